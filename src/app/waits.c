/* waits.c — what an act leaves for another desk to do becomes a task of the case in the same write: it stands in that desk's queue, whatever the policy's
** own duties are, and is ticked off by the act that answers it. */
#include "inside.h"

#include "base/str.h"

#include <string.h>

enum { ANSWERED_IN = 24 * HOUR };

bool waits_add(App *app, Change *c, Role owner, const char *what, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    Task t;

    case_item_init(LIST_TASKS, &t);
    t.source = vocab_code(v, VOCAB_TASK_SOURCE, "other");
    t.what = what;
    t.owner = vocab_code(v, VOCAB_ROLE, role_word(owner));
    t.due = app->now + ANSWERED_IN;
    if (!app_item_fits(app, &c->doc, LIST_TASKS, &t, c->a, err) || !task_item_fits(&c->doc, &t, err)) return false;
    case_append(&c->doc, LIST_TASKS, &t, c->a);
    return true;
}

void waits_answered(const App *app, Change *c, const char *what, const char *result)
{
    Task *own = arena_alloc(c->a, (c->doc.n_tasks + 1) * sizeof *own);

    if (c->doc.n_tasks) memcpy(own, c->doc.tasks, c->doc.n_tasks * sizeof *own);
    c->doc.tasks = own;
    for (size_t i = 0; i < c->doc.n_tasks; i++) {
        if (!str_eq(own[i].what, what) || own[i].done_at != TIME_NONE) continue;
        own[i].done_at = app->now;
        own[i].done_by = app->session.warrant;
        own[i].result = result;
    }
}

/* ---- Professional Standards ---- */

#define DPS_TOLD "Police staff are reported in this case: take it in, and say what Professional Standards do"

bool notice_add(App *app, CaseRow *row, const Notice *item, Err *err)
{
    Arena *a = arena_new_secret();
    Change c = { .app = app, .row = row, .act = "notice.add", .a = a };
    Notice n = *item;
    bool ok = change_begin(&c, PERM_ADD_NOTICE, err) && app_item_fits(app, &c.doc, LIST_NOTICES, &n, a, err);

    if (ok) case_append(&c.doc, LIST_NOTICES, &n, a);
    ok = ok && waits_add(app, &c, ROLE_DPS, DPS_TOLD, err) && change_end(&c, NULL, err);
    arena_free(&a);
    return ok;
}
