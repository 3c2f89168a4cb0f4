/* assign_ask.c — whose case it is to be: picked from the officers who may have cases, by typing a part of the name; or taken, by who may only take. Why is
** asked when it changes hands, and may stay empty: the case says it later. */
#include "caseload.h"

/* "12 cases, 3 high", or why not this one. */
static const char *what_he_has(const Holder *h, const char *has, Arena *a)
{
    if (h->unseen) return "does not see this case";
    if (str_eq(h->warrant, has)) return "has it";
    return arena_printf(a, "%lld %s%s", (long long)h->cases, h->cases == 1 ? "case" : "cases", h->high ? arena_printf(a, ", %lld high", (long long)h->high) : "");
}

bool holder_ask(Loop *l, const char *title, const CaseRow *row, const char *has, bool nobody, Arena *a, const char **officer)
{
    App *app = ((Ui *)loop_context(l))->app;
    AskItem *items;
    Holder *all;
    size_t n, first = 0;
    Err err = { 0 };
    int pick;

    if (!app_holders(app, row, a, &all, &n, &err)) {
        loop_status_err(l, &err);
        return false;
    }
    items = arena_zero(a, n + 2, sizeof *items);
    for (size_t i = 0; i < n; i++)
        items[i] = (AskItem){ .text = arena_printf(a, "%s %s", all[i].name, all[i].warrant),
            .right = what_he_has(&all[i], has, a),
            .disabled = all[i].unseen || str_eq(all[i].warrant, has) };
    items[n] = (AskItem){ .text = "Nobody", .right = *has ? "" : "it is nobody's", .disabled = !*has };
    while (first < n && items[first].disabled) first++;
    pick = ask_choice(l, title, items, nobody ? n + 1 : n, first < n ? first : 0);
    if (pick < 0) return false;
    *officer = (size_t)pick < n ? all[pick].warrant : "";
    return true;
}

bool hands_ask(Loop *l, const char *text, Str *reason)
{
    return ask_line(l, &(AskLine){ .title = "It changes hands", .text = text, .label = "Why, such as leave", .limit = 200, .may_be_empty = true }, reason);
}

static bool give(Loop *l, CaseView *view, Arena *a, Str *reason)
{
    App *app = ((Ui *)loop_context(l))->app;
    const char *officer, *was;
    Investigating is;
    Err err = { 0 };

    app_investigating(app, &view->doc, a, &is);
    was = is.entry && is.entry->officer ? is.entry->officer : "";
    if (!holder_ask(l, arena_printf(a, "Give %s to", view->row.id), &view->row, was, true, a, &officer)) return false;
    if (*was && !hands_ask(l, arena_printf(a, "%s, until now the case of %s.", view->row.id, app_officer_name(app, was, a)), reason)) return false;
    if (!app_case_assign(app, &view->row, officer, str_text(reason), &err)) {
        loop_status_err(l, &err);
        return false;
    }
    loop_status(l, STYLE_GOOD, *officer ? "%s is the case of %s now." : "%s is nobody's now.", view->row.id, app_officer_name(app, officer, a));
    return true;
}

static bool take(Loop *l, CaseView *view, Arena *a)
{
    App *app = ((Ui *)loop_context(l))->app;
    Investigating is;
    Err err = { 0 };

    app_investigating(app, &view->doc, a, &is);
    if (is.warrant && str_eq(is.warrant, app_session(app)->warrant)) {
        loop_status(l, STYLE_NORMAL, "%s is your case. It is given to another officer by %s.", view->row.id, role_who_may(PERM_CASE_ASSIGN));
        return false;
    }
    if (!is.warrant && !ask_confirm(l, "Take the case", arena_printf(a, "%s is nobody's. It becomes yours.", view->row.id), "Take it")) return false;
    if (!app_case_assign(app, &view->row, OF_ME, NULL, &err)) {
        loop_status_err(l, &err);
        return false;
    }
    loop_status(l, STYLE_GOOD, "%s is your case now.", view->row.id);
    return true;
}

React assign_ask(Loop *l, const char *case_id)
{
    App *app = ((Ui *)loop_context(l))->app;
    Arena *a = arena_new_secret();
    Str reason = { 0 };
    CaseView view;
    Err err = { 0 };
    bool done = false;

    if (!app_may_enter(app, &err) || !app_case_look(app, case_id, "assign", a, &view, &err))
        loop_status_err(l, &err);
    else
        done = app_may_assign(app) ? give(l, &view, a, &reason) : take(l, &view, a);
    str_finish(&reason);
    arena_free(&a);
    return done ? REACT_RELOAD_ALL | REACT_STATUS : REACT_STATUS;
}

bool assign_is_offered(const App *app)
{
    return app_may_quietly(app, PERM_CASE_ASSIGN) || app_may_quietly(app, PERM_CASE_INVESTIGATE);
}

bool assign_is_asked(const App *app, const char *duty)
{
    const PolicyDuty *rule = app_rule(app, duty);

    return rule && rule->list == LIST_INVESTIGATORS;
}
