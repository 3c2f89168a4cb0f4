/* care.c — care of the store: holding what is derived against the facts, proving the log. A rebuild reads everything
** and writes what differs, which is nothing when nothing is wrong; it reads in slices and writes in short writes, so
** that other terminals go on working, and what they save meanwhile is safe from it. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <inttypes.h>
#include <string.h>

/* ---- rebuild ---- */

enum { SLICE_MS = 1500, TELL_MS = 200 };

typedef struct Rebuild {
    App *app;
    const Progress *progress;
    Recheck *recheck;
    int64_t total, told;
    bool changed;
} Rebuild;

static bool tell(Rebuild *r, Err *err)
{
    const Progress *p = r->progress;
    int64_t done = store_recheck_seen(r->recheck);

    if (!p || !p->step || app_ticks() - r->told < TELL_MS) return true;
    r->told = app_ticks();
    return p->step(p->with, done < r->total ? done : r->total, r->total) ||
           err_set(err, ERR_STOPPED, "",
               "Stopped after %" PRId64 " of %" PRId64 " cases. Nothing is lost: run it again when there is time.",
               done, r->total);
}

static bool derive_case(void *with, const CaseDoc *doc, Arena *a, Derivation *out, Err *err)
{
    Rebuild *r = with;

    app_derivation(r->app, doc, a, out);
    return store_recheck_seen(r->recheck) % 16 != 0 || tell(r, err);
}

static bool mend(Rebuild *r, Err *err)
{
    Tx tx = { 0 };
    bool changed = false;
    bool ok =
        store_begin(r->app->store, &tx, err) && store_recheck_mend(r->recheck, &tx, GATE_MILLISECONDS, &changed, err);

    if (ok && changed)
        ok = app_log(r->app, &tx, AUDIT_CARE, "store.mend", NULL, "what was derived differed from the facts", err) &&
             store_commit(&tx, err);
    store_end(&tx);
    r->changed |= ok && changed;
    return ok && tell(r, err);
}

static bool recheck(Rebuild *r, Err *err)
{
    for (;;) {
        switch (store_recheck_next(r->recheck)) {
        case RECHECK_READ:
            if (!store_recheck_read(r->recheck, SLICE_MS, err)) return false;
            break;
        case RECHECK_MEND:
            if (!mend(r, err)) return false;
            break;
        default: return true;
        }
    }
}

bool app_rebuild(App *app, const Progress *p, int64_t *cases, bool *changed, Err *err)
{
    Rebuild r = { .app = app, .progress = p };
    char detail[80];
    bool ok;

    if (!app_may_do(app, PERM_REBUILD, "store.rebuild", NULL, err)) return false;
    if (!store_case_count(app->store, &r.total, err)) return false;
    r.recheck = store_recheck_new(app->store, app_vocabs(app), derive_case, &r);
    ok = recheck(&r, err);
    if (cases) *cases = store_recheck_seen(r.recheck);
    if (changed) *changed = r.changed;
    snprintf(detail, sizeof detail, "%" PRId64 " cases, %s", store_recheck_seen(r.recheck),
        r.changed ? "some were mended" : "nothing differed");
    ok = ok && app_log_now(app, AUDIT_CARE, "store.rebuild", NULL, detail, err);
    store_recheck_free(&r.recheck);
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
