/* assign.c — giving a case to an investigating officer, taking one that is nobody's, and handing on the cases of somebody who is away. Each case is a write of
** its own; what stands against one takes no other with it. Who has a case does not get it by this: a restricted one is given only to who sees it already. */
#include "app/caseload.h"

#include "inside.h"

#include "base/str.h"

#include <string.h>

/* ---- may he? ---- */

bool app_may_assign(const App *app)
{
    return app_may_quietly(app, PERM_CASE_ASSIGN);
}

static bool is_nobodys(const App *app, const CaseDoc *doc, Arena *a, const char **has)
{
    Investigating is;

    app_investigating(app, doc, a, &is);
    *has = is.name;
    return !is.warrant;
}

bool app_may_take(const App *app, const CaseDoc *doc)
{
    Arena *a;
    const char *has;
    bool yes;

    if (!app_may_quietly(app, PERM_CASE_INVESTIGATE)) return false;
    a = arena_new();
    yes = is_nobodys(app, doc, a, &has);
    arena_free(&a);
    return yes;
}

typedef struct Giving {
    App *app;
    const char *to;       /* "": nobody */
    const char *from;     /* whose it must be still, "" for nobody's; NULL: anybody's */
    const char *reason;
    Change change;
} Giving;

/* Who gives cases gives any of them; who investigates takes what is nobody's. */
static bool may(Giving *g, Err *err)
{
    App *app = g->app;
    Err why = { 0 };
    const char *has;

    if (role_may(app->session.roles, PERM_CASE_ASSIGN)) return true;
    if (!str_eq(g->to, app->session.warrant))
        err_set(&why, ERR_DENIED, "officer", "Cases are given to others, and taken from them, by %s.", role_who_may(PERM_CASE_ASSIGN));
    else if (!is_nobodys(app, &g->change.doc, g->change.a, &has))
        err_set(&why, ERR_DENIED, "officer", "It is the case of %s: it is given to another officer by %s.", has, role_who_may(PERM_CASE_ASSIGN));
    if (why.kind == ERR_NONE) return true;
    if (err) *err = why;
    return app_denied(app, g->change.act, g->change.row->id, why.text);
}

/* ---- is it valid? ---- */

static bool officer_fits(App *app, const CaseRow *row, const char *to, Arena *a, Err *err)
{
    Officer o = { 0 };
    bool yes, ok;

    if (!store_officer_get(app->store, to, a, &o, NULL)) return err_set(err, ERR_MISSING, "officer", "There is no officer \"%.40s\".", to);
    crypto_wipe(&o.password, sizeof o.password);
    if (o.suspended) return err_set(err, ERR_INVALID, "officer", "%s is suspended, and is given no cases.", o.name);
    if (!role_may(o.roles, PERM_CASE_INVESTIGATE))
        return err_set(err, ERR_INVALID, "officer", "%s has no cases: they are investigated by %s.", o.name, role_who_may(PERM_CASE_INVESTIGATE));
    ok = caseload_sees(app, row, &o, a, &yes, err);
    if (ok && !yes)
        return err_set(err, ERR_INVALID, "officer", "It is restricted, and %s does not see it: put the officer on its list first.", o.name);
    return ok;
}

static bool case_fits(App *app, const CaseDoc *doc, const char *to, Arena *a, Err *err)
{
    const char *has = case_investigator(doc, app->now), *name;

    if (doc->closed_at != TIME_NONE) return err_set(err, ERR_INVALID, "", "The case is closed: open it again before it is given to anybody.");
    if (!has && !*to) return err_set(err, ERR_INVALID, "officer", "It is nobody's already.");
    if (!str_eq(has, to)) return true;
    name = app_officer_name(app, to, a);
    return err_set(err, ERR_INVALID, "officer", "%s has it already.", name);
}

/* Somebody else was faster. */
static bool still_of(Giving *g, Err *err)
{
    const char *has = case_investigator(&g->change.doc, g->app->now), *name;

    if (!g->from || (*g->from ? str_eq(has, g->from) : is_nobodys(g->app, &g->change.doc, g->change.a, &name))) return true;
    return err_set(err, ERR_STALE, "officer", "It is the case of %s by now.", app_officer_name(g->app, has, g->change.a));
}

/* ---- the act ---- */

static bool give(Giving *g, Err *err)
{
    App *app = g->app;
    Change *c = &g->change;
    Perm perm = app_may_quietly(app, PERM_CASE_INVESTIGATE) && !app_may_assign(app) ? PERM_CASE_INVESTIGATE : PERM_CASE_ASSIGN;
    Investigator entry;

    if (!change_begin(c, perm, err) || !may(g, err) || !still_of(g, err) || !case_fits(app, &c->doc, g->to, c->a, err)) return false;
    if (*g->to && !officer_fits(app, c->row, g->to, c->a, err)) return false;
    case_item_init(LIST_INVESTIGATORS, &entry);
    entry.officer = *g->to ? g->to : NULL;
    entry.by = app->session.warrant;
    entry.at = app->now;
    if (!item_set(app, LIST_INVESTIGATORS, &entry, "reason", str_blank(g->reason) ? NULL : g->reason, c->a, err)) return false;
    case_append(&c->doc, LIST_INVESTIGATORS, &entry, c->a);
    return change_end(c, *g->to ? g->to : OF_NOBODY, err);
}

static bool give_from(App *app, CaseRow *row, const char *from, const char *to, const char *reason, Err *err)
{
    Arena *a = arena_new_secret();
    Giving g = { .app = app, .to = to, .from = from, .reason = reason, .change = { .app = app, .row = row, .act = "case.assign", .a = a } };
    bool ok = give(&g, err);

    arena_free(&a);
    return ok;
}

bool app_case_assign(App *app, CaseRow *row, const char *officer, const char *reason, Err *err)
{
    if (!officer || str_eq(officer, OF_NOBODY)) officer = "";
    if (str_eq(officer, OF_ME)) officer = app->session.warrant;
    return give_from(app, row, NULL, officer, reason, err);
}

/* ---- many at once ---- */

static bool refuse(BulkLine *line, const char *says)
{
    line->stand = BULK_REFUSED;
    line->says = says;
    return false;
}

static const CaseloadRow *in_list(const CaseloadRow *rows, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].case_id, id)) return &rows[i];
    return NULL;
}

/* What can be told without reading the case. */
static void look(App *app, Moving *m, BulkLine *line, const CaseloadRow *r, const Officer *to, Arena *a)
{
    Err why = { 0 };
    bool yes = true;

    line->grade = r->grade;
    if (!app_case_find(app, line->case_id, a, &line->row, &why))
        refuse(line, arena_dup(a, why.text));
    else if (to && !caseload_sees(app, &line->row, to, a, &yes, &why))
        refuse(line, arena_dup(a, why.text));
    else if (!yes)
        refuse(line, arena_printf(a, "It is restricted, and %s does not see it: put the officer on its list first.", m->to_name));
    else
        line->stand = BULK_READY;
}

static bool lines_make(App *app, Moving *m, const CaseloadRow *rows, size_t n_rows, const char *const *ids, size_t n, const Officer *to, Arena *a, Err *err)
{
    m->n = n ? n : n_rows;
    if (m->n > MOVING_MAX) return err_set(err, ERR_INVALID, "cases", "At most %d cases are handed on at once.", MOVING_MAX);
    m->lines = arena_zero(a, m->n + 1, sizeof *m->lines);
    for (size_t i = 0; i < m->n; i++) {
        const CaseloadRow *r = n ? in_list(rows, n_rows, ids[i]) : &rows[i];
        m->lines[i] = (BulkLine){ .case_id = n ? arena_dup(a, ids[i]) : r->case_id, .says = "" };
        if (r)
            look(app, m, &m->lines[i], r, to, a);
        else
            refuse(&m->lines[i], arena_printf(a, "It is no open case of %s.", *m->from ? m->from_name : OF_NOBODY));
    }
    return true;
}

bool app_moving_look(App *app, const char *from, const char *to, const char *const *ids, size_t n, Arena *a, Moving *out, Err *err)
{
    CaseloadRow *rows = NULL;
    Officer o = { 0 };
    size_t n_rows;

    *out = (Moving){ .n = 0 };
    if (!app_may_do(app, PERM_CASE_ASSIGN, "case.assign", NULL, err)) return false;
    if (!app_holder_typed(app, from, a, &out->from, err) || !app_holder_typed(app, to, a, &out->to, err)) return false;
    if (str_eq(out->from, out->to)) return err_set(err, ERR_INVALID, "officer", "They would stay where they are: name another officer.");
    if (*out->to && !officer_fits(app, NULL, out->to, a, err)) return false;
    if (*out->to && !store_officer_get(app->store, out->to, a, &o, err)) return false;
    crypto_wipe(&o.password, sizeof o.password);
    out->from_name = app_officer_name(app, out->from, a);
    out->to_name = app_officer_name(app, out->to, a);
    return app_caseload(app, out->from, a, &rows, &n_rows, err) && lines_make(app, out, rows, n_rows, ids, n, *out->to ? &o : NULL, a, err);
}

bool app_moving_do(App *app, Moving *m, const char *reason, Arena *a, size_t *moved, Err *err)
{
    size_t ready = 0;

    *moved = 0;
    for (size_t i = 0; i < m->n; i++) ready += m->lines[i].stand == BULK_READY;
    if (!ready) return err_set(err, ERR_INVALID, "cases", "None of these cases can be handed on.");
    for (size_t i = 0; i < m->n; i++) {
        BulkLine *line = &m->lines[i];
        Err why = { 0 };
        if (line->stand != BULK_READY) continue;
        if (give_from(app, &line->row, m->from, m->to, reason, &why)) {
            line->stand = BULK_SAVED;
            (*moved)++;
        } else
            refuse(line, arena_dup(a, why.text));
    }
    return true;
}
