/* change.c — a case read anew, changed in memory and written back as a whole: for acts that say several things at once, or more
** about an entry that is there. What was said before must still be said (the store sees to it); the revision tells whether somebody
** was faster. */
#include "inside.h"

bool change_begin(Change *c, Perm perm, Err *err)
{
    return app_may_do(c->app, perm, c->act, c->row->id, err) &&
           store_case_load(c->app->store, c->row->key, app_vocabs(c->app), c->a, &c->doc, err);
}

static bool write(Change *c, const char *detail, Err *err)
{
    App *app = c->app;
    Tx tx = { 0 };
    bool ok = false;

    if (!store_begin(app->store, &tx, err)) goto out;
    if (!store_case_update(
            &tx, c->row->key, c->row->rev, &c->doc, app_vocabs(app), app->now, app->session.warrant, err))
        goto out;
    if (!app_derive(app, &tx, c->row->key, &c->doc, c->a, err)) goto out;
    if (!app_log_case(app, &tx, AUDIT_ALTER, c->act, c->row->key, NULL, detail, err)) goto out;
    ok = store_commit(&tx, err);
out:
    store_end(&tx);
    return ok;
}

bool change_end(Change *c, const char *detail, Err *err)
{
    case_sort(&c->doc);
    if (!case_check(&c->doc, app_vocabs(c->app), c->app->now, err)) return false;
    if (!write(c, detail, err)) return false;
    c->row->rev++;
    c->row->changed_at = c->app->now;
    c->row->changed_by = c->app->session.warrant;
    return true;
}
