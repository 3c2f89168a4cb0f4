/* care.c — care of the store: making derived rows again, proving the log, and what a doctor would look at. A rebuild
** of a store of ordinary size is one write: all that is derived is forgotten and made again, figures and search keys
** too. Of a very large one it goes case by case in short writes that touch only what differs, so that other
** terminals go on working. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

/* ---- rebuild ---- */

enum { AT_ONCE = 5000 /* cases */, TELL_MS = 200 };

typedef struct Rebuild {
    App *app;
    const Progress *progress;
    CaseKey *keys;
    size_t n, cap, done;
    int64_t told;
    Arena *a;
} Rebuild;

static bool note_key(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Rebuild *r = with;

    r->keys = mem_room(r->keys, r->n, &r->cap, sizeof *r->keys);
    r->keys[r->n++] = row->key;
    return true;
}

static bool derive_case(Rebuild *r, Tx *tx, CaseKey key, Err *err)
{
    CaseDoc doc;

    arena_reset(r->a);
    return store_case_load(r->app->store, key, app_vocabs(r->app), r->a, &doc, err) &&
           app_derive(r->app, tx, key, &doc, r->a, err);
}

static bool tell(Rebuild *r, Err *err)
{
    const Progress *p = r->progress;

    if (!p || !p->step || app_ticks() - r->told < TELL_MS) return true;
    r->told = app_ticks();
    return p->step(p->with, (int64_t)r->done, (int64_t)r->n) ||
           err_set(err, ERR_STOPPED, "",
               "Stopped after %zu of %zu cases. Nothing is lost: run it again when there is time.", r->done, r->n);
}

/* One write: everything forgotten and made again, or as many cases as fit into a write of moderate length. */
static bool derive_some(Rebuild *r, bool anew, Err *err)
{
    int64_t began = app_ticks();
    size_t first = r->done;
    char detail[60];
    Tx tx = { 0 };
    bool ok = store_begin(r->app->store, &tx, err) && (!anew || store_derived_clear(&tx, err));

    while (ok && r->done < r->n && (anew || app_ticks() - began < GATE_MILLISECONDS))
        ok = derive_case(r, &tx, r->keys[r->done++], err) && tell(r, err);
    snprintf(detail, sizeof detail, "cases %zu to %zu of %zu", r->done ? first + 1 : 0, r->done, r->n);
    ok = ok && app_log(r->app, &tx, AUDIT_CARE, "store.rebuild", NULL, detail, err) && store_commit(&tx, err);
    store_end(&tx);
    return ok;
}

static bool derive_all(Rebuild *r, Err *err)
{
    if (!store_case_each(r->app->store, WALK_BY_KEY, app_vocabs(r->app), note_key, r, err)) return false;
    if (r->n <= AT_ONCE) return derive_some(r, true, err);
    while (r->done < r->n)
        if (!derive_some(r, false, err)) return false;
    return true;
}

bool app_rebuild(App *app, const Progress *p, int64_t *cases, bool *changed, Err *err)
{
    Rebuild r = { .app = app, .progress = p };
    uint8_t before[HASH_BYTES], after[HASH_BYTES];
    bool ok;

    if (!app_may_do(app, PERM_REBUILD, "store.rebuild", NULL, err)) return false;
    if (!store_derived_digest(app->store, before, err)) return false;
    r.a = arena_new_secret();
    ok = derive_all(&r, err) && store_derived_digest(app->store, after, err);
    if (cases) *cases = (int64_t)r.done;
    if (changed) *changed = ok && memcmp(before, after, HASH_BYTES) != 0;
    mem_free(r.keys);
    arena_free(&r.a);
    return ok;
}

/* ---- the log ---- */

typedef struct Proof {
    AuditCheck check;
    AuditVerdict *out;
    const Progress *progress;
    int64_t total;
    Err err;
} Proof;

static bool prove_entry(void *with, const AuditEntry *e)
{
    Proof *p = with;

    if (!audit_check_step(&p->check, e, &p->err)) return false;
    if (p->out->entries++ == 0) p->out->first = e->at;
    p->out->last = e->at;
    if (p->out->entries % 1000 != 0 || !p->progress || !p->progress->step) return true;
    return p->progress->step(p->progress->with, p->out->entries, p->total) ||
           err_set(&p->err, ERR_STOPPED, "", "Stopped; the log was not read to its end.");
}

bool app_audit_verify(App *app, const Progress *progress, AuditVerdict *out, Err *err)
{
    Proof p = { .out = out, .progress = progress };
    Arena *a;
    AuditEntry head = { 0 };
    bool ok;

    *out = (AuditVerdict){ .first = TIME_NONE, .last = TIME_NONE };
    if (!app_may_do(app, PERM_AUDIT_READ, "audit.verify", NULL, err)) return false;
    a = arena_new();
    audit_check_start(&p.check);
    ok = store_audit_head(app->store, a, &head, err);
    p.total = head.seq;
    ok = ok && store_audit_each(app->store, 1, prove_entry, &p, err);
    arena_free(&a);
    if (ok && p.err.kind != ERR_NONE) {
        if (err) *err = p.err;
        return false;
    }
    if (ok && out->entries < p.total)
        return err_set(err, ERR_CORRUPT, "",
            "The log ends at entry %" PRId64 " and had %" PRId64 " when the reading began.", out->entries, p.total);
    crypto_hex(p.check.prev, HASH_BYTES, out->head);
    return ok;
}

bool app_audit_each(App *app, int64_t from, bool (*each)(void *with, const AuditEntry *e), void *with, Err *err)
{
    return app_may_do(app, PERM_AUDIT_READ, "audit.list", NULL, err) &&
           store_audit_each(app->store, from, each, with, err);
}
