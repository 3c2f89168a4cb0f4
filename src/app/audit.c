/* audit.c — the log read by people: all of it, one case's looks, one's own record, the looks at restricted cases.
** Each reading is itself in the log before the first entry is given. A search that showed a case names the other cases it
** found; to who asks about the one they are nobody's business, and neither is how many they were. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

#define LOOKS (1u << AUDIT_CONSULT | 1u << AUDIT_DISCLOSE | 1u << AUDIT_COMBINE)

/* ---- all of it ---- */

bool app_audit_find(App *app, const AuditQuery *q, AuditVisitor *each, void *with, Err *err)
{
    return app_may_do(app, PERM_AUDIT_READ, "audit.list", q->case_id, err) &&
           app_log_now(app, AUDIT_CONSULT, "audit.list", q->case_id, q->who ? q->who : NULL, err) &&
           store_audit_find(app->store, q, each, with, err);
}

/* ---- one case ---- */

typedef struct Veiled {
    const char *case_id;
    AuditVisitor *each;
    void *with;
} Veiled;

/* An entry that is not about this case alone names others, or says how many they were: both are of who looked then, and a reader who holds the
** number against his own would know of cases that are not there for him. The act says what it was. */
static bool tell_veiled(void *with, const AuditEntry *e)
{
    const Veiled *v = with;
    AuditEntry told = *e;

    if (!str_eq(e->case_id, v->case_id)) told.detail = "";
    return v->each(v->with, &told);
}

bool app_who_looked(App *app, const char *case_id, const AuditQuery *sieve, AuditVisitor *each, void *with, Err *err)
{
    Arena *a = arena_new();
    AuditQuery q = *sieve;
    CaseRow row;
    Err why = { 0 };
    bool ok = app_may_do(app, PERM_AUDIT_CASE, "audit.who-looked", case_id, err);

    if (ok && !app_case_find(app, case_id, a, &row, &why)) {
        ok = why.kind == ERR_MISSING ? app_denied(app, "audit.who-looked", case_id, "not there") : false;
        if (err) *err = why;
    }
    if (ok) {
        Veiled v = { row.id, each, with };
        q.case_id = row.id;
        q.named = true;
        if (!q.kinds) q.kinds = LOOKS;
        ok = app_log_now(app, AUDIT_CONSULT, "audit.who-looked", row.id, NULL, err) &&
             store_audit_find(app->store, &q, tell_veiled, &v, err);
    }
    arena_free(&a);
    return ok;
}

/* ---- one's own ---- */

typedef struct Own {
    AuditVisitor *each;
    void *with;
    int64_t n;
} Own;

/* Counted for themselves: the number in the log would say how long that is, and so how much others do. */
static bool tell_own(void *with, const AuditEntry *e)
{
    Own *own = with;
    AuditEntry told = *e;

    told.seq = ++own->n;
    memset(told.hash, 0, sizeof told.hash);
    memset(told.prev, 0, sizeof told.prev);
    return own->each(own->with, &told);
}

bool app_my_record(App *app, const AuditQuery *sieve, AuditVisitor *each, void *with, Err *err)
{
    AuditQuery q = *sieve;
    Own own = { each, with, 0 };
    char warrant[sizeof app->session.warrant];

    if (!app_somebody(app, err)) return false;
    if (q.from_seq || q.to_seq) return err_set(err, ERR_USAGE, "from", "Your own record goes by days and times, not by numbers of the log.");
    memcpy(warrant, app->session.warrant, sizeof warrant);
    q.who = warrant;
    q.named = true;
    return app_log_now(app, AUDIT_CONSULT, "audit.my-record", NULL, NULL, err) &&
           store_audit_find(app->store, &q, tell_own, &own, err);
}

/* ---- restricted cases ---- */

typedef struct Judged { /* a case that was met before: is it restricted, and for this officer's eyes? */
    const char *id;
    bool shown;
} Judged;

typedef struct Restricted {
    App *app;
    AuditVisitor *each;
    void *with;
    int64_t left;
    Arena *a;
    Judged *cases;
    size_t n, cap;
    AuditEntry *entries; /* collected first: nothing else may be asked while a statement walks */
    size_t n_entries, cap_entries;
} Restricted;

static bool is_shown(Restricted *r, const char *id, bool *shown, Err *err)
{
    Arena *a;
    CaseRow row;
    Time since;
    Err why = { 0 };

    for (size_t i = 0; i < r->n; i++)
        if (str_eq(r->cases[i].id, id)) {
            *shown = r->cases[i].shown;
            return true;
        }
    if (!store_case_restricted(r->app->store, id, &since, err)) return false;
    *shown = since != TIME_NONE;
    a = arena_new();
    if (*shown && !app_case_find(r->app, id, a, &row, &why)) *shown = false;
    arena_free(&a);
    if (why.kind != ERR_NONE && why.kind != ERR_MISSING && why.kind != ERR_DENIED) {
        if (err) *err = why;
        return false;
    }
    r->cases = mem_room(r->cases, r->n, &r->cap, sizeof *r->cases);
    r->cases[r->n++] = (Judged){ arena_dup(r->a, id), *shown };
    return true;
}

static bool keep(void *with, const AuditEntry *e)
{
    Restricted *r = with;
    AuditEntry *copy;

    if (!*e->case_id) return true;
    r->entries = mem_room(r->entries, r->n_entries, &r->cap_entries, sizeof *r->entries);
    copy = &r->entries[r->n_entries++];
    *copy = *e;
    copy->who = arena_dup(r->a, e->who);
    copy->terminal = arena_dup(r->a, e->terminal);
    copy->act = arena_dup(r->a, e->act);
    copy->case_id = arena_dup(r->a, e->case_id);
    copy->detail = arena_dup(r->a, e->detail);
    return true;
}

static bool tell_restricted(Restricted *r, Err *err)
{
    bool shown;

    for (size_t i = 0; i < r->n_entries && r->left > 0; i++) {
        if (!is_shown(r, r->entries[i].case_id, &shown, err)) return false;
        if (!shown) continue;
        r->left--;
        if (!r->each(r->with, &r->entries[i])) return true;
    }
    return true;
}

bool app_restricted_looks(App *app, const AuditQuery *sieve, AuditVisitor *each, void *with, Err *err)
{
    AuditQuery q = *sieve;
    Restricted r = { .app = app, .each = each, .with = with, .left = q.limit > 0 ? q.limit : INT64_MAX };
    bool ok;

    if (!app_may_do(app, PERM_AUDIT_RESTRICTED, "audit.restricted", NULL, err)) return false;
    if (q.from == TIME_NONE && q.to == TIME_NONE) q.from = civil_add_days(app->now, -7);
    if (!q.kinds) q.kinds = LOOKS | 1u << AUDIT_DENIED;
    q.limit = 0;
    if (!app_log_now(app, AUDIT_CONSULT, "audit.restricted", NULL, NULL, err)) return false;
    r.a = arena_new();
    ok = store_audit_find(app->store, &q, keep, &r, err) && tell_restricted(&r, err);
    mem_free(r.cases);
    mem_free(r.entries);
    arena_free(&r.a);
    return ok;
}

/* ---- where it stands ---- */

bool app_log_head(App *app, LogHead *out, Err *err)
{
    Arena *a = arena_new();
    AuditEntry e = { 0 };
    bool ok = store_audit_head(app->store, a, &e, err);

    out->seq = e.seq;
    memcpy(out->hash, e.hash, HASH_BYTES);
    arena_free(&a);
    return ok;
}

void app_on_head(App *app, void (*tell)(void *with, const char *line), void *with)
{
    store_on_head(app->store, tell, with);
}
