/* access_clear.c — the naming of a victim or suspect taken back, by two officers on the list: one proposes, another says so too. What is named in
** error, or to keep somebody out, must not stay for ever; and nobody undoes it alone. */
#include "access_in.h"

#include "base/str.h"

typedef struct Clearing {
    ListChange change;
    const char *officer, *reason;
    bool done;
} Clearing;

static bool clear_fits(App *app, const Clearing *x, const AccessEntry *naming, Err *err)
{
    const AccessList *l = &x->change.list;

    if (!l->restricted) return err_set(err, ERR_STALE, "case", "The case %s is not restricted.", x->change.name);
    if (!naming) return err_set(err, ERR_STALE, "officer", "%s is not named as victim or suspect.", x->officer);
    if (!l->clearing) return true;
    if (l->cleared != naming)
        return err_set(err, ERR_STALE, "officer", "That %s is none waits for a second officer: that first, or withdraw it.", l->cleared->officer);
    return !str_eq(l->clearing->by, app->session.warrant) ||
           err_set(err, ERR_DENIED, "officer", "You proposed it yourself: a second officer on the list must say so too.");
}

static bool list_clears(App *app, ListChange *c, Tx *tx, Arena *a, Err *err)
{
    Clearing *x = (Clearing *)c;
    const AccessEntry *naming = access_subject(&c->list, x->officer);
    AccessEntry e = { .verb = ACCESS_PROPOSE, .reason = x->reason };

    if (!clear_fits(app, x, naming, err)) return false;
    x->done = c->list.clearing != NULL;
    if (x->done) e.verb = ACCESS_REVIEW;
    e.about = x->done ? c->list.clearing->key : naming->key;
    if (!access_put(app, c, tx, e, err)) return false;
    c->detail = arena_printf(a, "entry %lld of the lists", (long long)c->last);
    return true;
}

bool app_access_clear(App *app, const AccessAsk *ask, bool *done, Err *err)
{
    Clearing x = { .change = { .act = "access.clear", .change = list_clears } };
    Arena *a;
    bool ok;

    *done = false;
    if (!app_may_do(app, PERM_ACCESS_CHANGE, x.change.act, ask->case_id, err)) return false;
    a = arena_new_secret();
    ok = access_find(app, &x.change, ask->case_id, a, err) && access_warrant(ask->officer, &x.officer, a, err) &&
         access_text(app, ask->reason, 1, &x.reason, a, err) && access_own_proof(app, ask->password, a, err) && access_write(app, &x.change, a, err);
    *done = ok && x.done;
    arena_free(&a);
    return ok;
}
