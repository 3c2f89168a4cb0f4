/* change.c — a case read anew, changed in memory and written back as a whole: for acts that say several things at once, or more
** about an entry that is there. What was said before must still be said (the store sees to it); the revision tells whether somebody
** was faster. */
#include "inside.h"

bool change_begin(Change *c, Perm perm, Err *err)
{
    return app_may_do(c->app, perm, c->act, c->row->id, err) &&
           store_case_load(c->app->store, c->row->key, app_vocabs(c->app), c->a, &c->doc, err);
}

void case_raised(const App *app, CaseRow *row, int by)
{
    row->rev += by;
    row->changed_at = app->now;
    row->changed_by = app->session.warrant;
}

static bool write(App *app, const CaseRow *row, const CaseDoc *after, const char *act, const char *detail, Arena *a, Err *err)
{
    Tx tx = { 0 };
    bool ok = false;

    if (!store_begin(app->store, &tx, err)) goto out;
    if (!store_case_update(&tx, row->key, row->rev, after, app_vocabs(app), app->now, app->session.warrant, err)) goto out;
    if (!app_derive(app, &tx, row->key, after, a, err)) goto out;
    if (!app_log_case(app, &tx, AUDIT_ALTER, act, row->key, NULL, detail, err)) goto out;
    ok = store_commit(&tx, err);
out:
    store_end(&tx);
    return ok;
}

bool case_change(App *app, CaseRow *row, CaseDoc *after, const char *act, const char *detail, Arena *a, Err *err)
{
    case_sort(after);
    if (!case_check(after, app_vocabs(app), app->now, err) || !write(app, row, after, act, detail, a, err)) return false;
    case_raised(app, row, 1);
    return true;
}

bool change_end(Change *c, const char *detail, Err *err)
{
    return case_change(c->app, c->row, &c->doc, c->act, detail, c->a, err);
}
