/* caseload.c — what each investigating officer has. Whose a case is follows from its facts and is kept with its badge and its duties; whether that officer may
** still have cases is a matter of accounts, and is asked when it is read: suspending somebody writes no case. Under a clock set back by hand the lists are
** computed from every case, as the queue is. */
#include "app/caseload.h"

#include "inside.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* ---- who may have cases ---- */

bool caseload_may_hold(const Officer *o)
{
    return !o->suspended && role_may(o->roles, PERM_CASE_INVESTIGATE);
}

static bool officers(App *app, Arena *a, Officer **out, size_t *n, Err *err)
{
    if (!store_officer_list(app->store, a, out, n, err)) return false;
    for (size_t i = 0; i < *n; i++) crypto_wipe(&(*out)[i].password, sizeof (*out)[i].password);
    return true;
}

static const Officer *find(const Officer *all, size_t n, const char *warrant)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].warrant, warrant)) return &all[i];
    return NULL;
}

const char *app_officer_name(const App *app, const char *warrant, Arena *a)
{
    Officer o = { 0 };

    if (!warrant || !*warrant) return OF_NOBODY;
    if (!store_officer_get(app->store, warrant, a, &o, NULL)) return arena_dup(a, warrant);
    crypto_wipe(&o.password, sizeof o.password);
    return o.name;
}

const char *app_holder_name(const App *app, const char *warrant, Arena *a)
{
    Officer o = { 0 };
    bool may = warrant && store_officer_get(app->store, warrant, a, &o, NULL) && caseload_may_hold(&o);

    crypto_wipe(&o.password, sizeof o.password);
    return may ? o.name : OF_NOBODY;
}

void app_investigating(const App *app, const CaseDoc *doc, Arena *a, Investigating *out)
{
    const Investigator *newest = case_investigation(doc, app_now(app));
    const char *warrant = newest ? newest->officer : NULL;
    Officer o = { 0 };
    bool known = warrant && store_officer_get(app->store, warrant, a, &o, NULL);

    *out = (Investigating){ .name = OF_NOBODY, .entry = newest };
    crypto_wipe(&o.password, sizeof o.password);
    if (!warrant) return;
    if (known && caseload_may_hold(&o)) {
        out->warrant = warrant;
        out->name = o.name;
        return;
    }
    out->was = known ? o.name : warrant;
    out->why = !known ? "unknown here" : o.suspended ? "suspended" : "not of the unit any more";
}

const char *app_investigating_words(const App *app, const CaseDoc *doc, Arena *a)
{
    Investigating is;

    app_investigating(app, doc, a, &is);
    return is.was ? arena_printf(a, "nobody (%s is %s)", is.was, is.why) : is.name;
}

/* ---- whom a filter names ---- */

/* Nobody, and everybody who has cases and may not. */
static bool nobody_named(App *app, Arena *a, const char *const **out, size_t *n, Err *err)
{
    const char **held, **all;
    size_t n_held, n_officers;
    Officer *known;

    if (!store_investigators(app->store, a, &held, &n_held, err) || !officers(app, a, &known, &n_officers, err)) return false;
    all = arena_alloc(a, (n_held + 1) * sizeof *all);
    all[(*n)++] = "";
    for (size_t i = 0; i < n_held; i++) {
        const Officer *o = find(known, n_officers, held[i]);
        if (!o || !caseload_may_hold(o)) all[(*n)++] = held[i];
    }
    *out = all;
    return true;
}

bool caseload_named(App *app, const char *only, Arena *a, const char *const **out, size_t *n, Err *err)
{
    const char **one;

    *out = NULL;
    *n = 0;
    if (!only) return true;
    if (str_eq(only, OF_NOBODY) || !*only) return nobody_named(app, a, out, n, err);
    one = arena_alloc(a, sizeof *one);
    *one = arena_dup(a, str_eq(only, OF_ME) ? app->session.warrant : only);
    *out = one;
    *n = 1;
    return true;
}

bool caseload_is_named(App *app, const char *only, Arena *a, Err *err)
{
    Officer o = { 0 };
    bool ok;

    if (str_eq(only, OF_ME) || str_eq(only, OF_NOBODY)) return true;
    ok = store_officer_get(app->store, only, a, &o, NULL);
    crypto_wipe(&o.password, sizeof o.password);
    return ok || err_set(err, ERR_INVALID, "officer", "There is no officer \"%.40s\". Say a warrant number, \"me\" or \"nobody\".", only);
}

const char *app_caseload_whose(const App *app, const char *of, Arena *a)
{
    if (str_eq(of, OF_ME)) return "my own cases";
    if (!*of || str_eq(of, OF_NOBODY)) return "nobody's cases";
    return arena_printf(a, "cases of %s", app_officer_name(app, of, a));
}

/* ---- which cases stand in a list ---- */

/* Whoever has one has it while it is open and the borough's own. What is nobody's and should be somebody's is a crime that the unit took. */
bool caseload_has(const App *app, const CaseDoc *doc, Time now)
{
    const Vocabs *v = app_vocabs(app);

    if (doc->reported_at == TIME_NONE || doc->reported_at > now || doc->cad_result == CAD_NOT_DOMESTIC) return false;
    if (doc->closed_at != TIME_NONE && doc->closed_at <= now) return false;
    if (case_investigator(doc, now)) return watch_is_ours(v, doc, now);
    return str_eq(vocab_word(v, VOCAB_CASE_KIND, doc->kind), "crime") && str_eq(watch_unit(v, doc, now), "csu");
}

typedef struct Live {
    App *app;
    const char *of; /* "": nobody's */
    Arena *a;
    CaseloadRow *rows;
    size_t n, cap;
} Live;

static bool gather(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Live *l = with;
    Time now = app_now(l->app);
    const char *has = case_investigator(doc, now);
    CaseDoc then = *doc;

    if (!str_eq(has ? has : "", l->of) || !caseload_has(l->app, doc, now)) return true;
    while (then.n_assessments && then.assessments[then.n_assessments - 1].at > now) then.n_assessments--;
    l->rows = arena_room(l->a, l->rows, l->n, &l->cap, sizeof *l->rows);
    l->rows[l->n++] = (CaseloadRow){ .key = row->key,
        .case_id = arena_dup(l->a, row->id),
        .offence = arena_dup(l->a, app_offence_word(app_vocabs(l->app), &then)),
        .grade = case_grade(&then),
        .touched = case_touched(&then) < now ? case_touched(&then) : now,
        .restricted = row->restricted };
    return true;
}

static int in_order(const void *a, const void *b)
{
    const CaseloadRow *x = a, *y = b;
    int rank = grade_urgency(x->grade) - grade_urgency(y->grade);

    if (rank) return rank;
    if (x->touched != y->touched) return x->touched < y->touched ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

static bool one_list(App *app, const char *of, bool named, bool live, Arena *a, CaseloadRow **out, size_t *n, Err *err)
{
    Live l = { .app = app, .of = of, .a = a };

    if (!live) return store_caseload(app->store, of, named, a, out, n, err);
    if (!store_case_each(app->store, WALK_BY_KEY, app_vocabs(app), gather, &l, err)) return false;
    *out = l.rows;
    *n = l.n;
    return true;
}

/* The cases of all of these, in one order. */
static bool lists(App *app, const char *const *of, size_t n_of, bool named, Arena *a, CaseloadRow **out, size_t *n, Err *err)
{
    CaseloadRow *all = NULL, *some;
    size_t cap = 0, n_some;
    bool live;

    *n = 0;
    if (!queue_needs_live(app, &live, err)) return false;
    for (size_t i = 0; i < n_of; i++) {
        if (!one_list(app, of[i], named, live, a, &some, &n_some, err)) return false;
        for (size_t k = 0; k < n_some; k++) {
            all = arena_room(a, all, *n, &cap, sizeof *all);
            all[(*n)++] = some[k];
        }
    }
    if (*n) qsort(all, *n, sizeof *all, in_order);
    *out = all;
    return true;
}

/* ---- may one see it? ---- */

static bool is_own(const App *app, const char *of)
{
    return str_eq(of, OF_ME) || str_eq(of, app->session.warrant);
}

static bool may_see(App *app, const char *of, Err *err)
{
    Err why = { 0 };
    RoleSet roles = app->session.roles;

    if (!app_may_do(app, PERM_QUEUE_READ, "caseload", NULL, err)) return false;
    if (role_may(roles, PERM_CASE_ASSIGN)) return true;
    if (role_may(roles, PERM_CASE_INVESTIGATE) && (!of || !*of || is_own(app, of) || str_eq(of, OF_NOBODY))) return true;
    err_set(&why, ERR_DENIED, "officer", "The cases of other officers are listed for %s.", role_who_may(PERM_CASE_ASSIGN));
    if (err) *err = why;
    return app_denied(app, "caseload", NULL, why.text);
}

bool app_caseload(App *app, const char *of, Arena *a, CaseloadRow **out, size_t *n, Err *err)
{
    const char *const *named;
    size_t n_named;

    *n = 0;
    return may_see(app, of, err) && caseload_named(app, *of ? of : OF_NOBODY, a, &named, &n_named, err) &&
           lists(app, named, n_named, true, a, out, n, err);
}

/* ---- the lines of the workload ---- */

static bool oldest_named(App *app, CaseKey key, Arena *a, Caseload *out, Err *err)
{
    CaseRow row;

    if (!key) return true;
    if (!store_case_row(app->store, key, a, &row, err)) return false;
    out->oldest = row.id;
    return true;
}

static bool line(App *app, const char *of, Arena *a, Caseload *out, Err *err)
{
    const char *const *named;
    CaseloadRow *rows = NULL;
    int64_t counts[TAB_COUNT];
    size_t n_named, n = 0;
    CaseKey oldest = 0;
    Arena *work = arena_new();
    bool ok = caseload_named(app, *of ? of : OF_NOBODY, work, &named, &n_named, err) && lists(app, named, n_named, false, work, &rows, &n, err) &&
              queue_counts_of(app, ROLE_BIT(ROLE_CSU_IO), named, n_named, counts, err);

    for (size_t i = 0; ok && i < n; i++) {
        out->cases[rows[i].grade <= GRADE_HIGH ? rows[i].grade : 0]++;
        if (oldest && rows[i].touched >= out->touched) continue;
        oldest = rows[i].key;
        out->touched = rows[i].touched;
    }
    arena_free(&work);
    if (!ok) return false;
    out->all = (int64_t)n;
    out->overdue = counts[TAB_OVERDUE];
    out->week = counts[TAB_TODAY] + counts[TAB_WEEK];
    return oldest_named(app, oldest, a, out, err);
}

static int by_name(const void *a, const void *b)
{
    const Officer *x = a, *y = b;
    int c = strcmp(x->name, y->name);

    return c ? c : strcmp(x->warrant, y->warrant);
}

bool app_caseloads(App *app, Arena *a, Caseload **out, size_t *n, Err *err)
{
    Officer *all;
    size_t n_all;
    bool every;

    *n = 0;
    if (!may_see(app, NULL, err) || !officers(app, a, &all, &n_all, err)) return false;
    every = role_may(app->session.roles, PERM_CASE_ASSIGN);
    if (n_all) qsort(all, n_all, sizeof *all, by_name);
    *out = arena_zero(a, n_all + 1, sizeof **out);
    for (size_t i = 0; i < n_all; i++) {
        Caseload *c = &(*out)[*n];
        if (!caseload_may_hold(&all[i]) || (!every && !is_own(app, all[i].warrant))) continue;
        *c = (Caseload){ .warrant = all[i].warrant, .name = all[i].name };
        if (!line(app, c->warrant, a, c, err)) return false;
        (*n)++;
    }
    (*out)[*n] = (Caseload){ .warrant = "", .name = OF_NOBODY };
    return line(app, "", a, &(*out)[(*n)++], err);
}

/* ---- whom a case can be given to ---- */

bool caseload_sees(App *app, const CaseRow *row, const Officer *o, Arena *a, bool *yes, Err *err)
{
    Viewer who = { o->warrant, o->roles, app->now };
    AccessEntry *entries;
    size_t n;

    *yes = true;
    if (!row || !row->restricted) return true;
    if (!store_access_of_case(app->store, row->key, a, &entries, &n, err)) return false;
    *yes = access_sight(entries, n, &who, NULL) != ACCESS_HIDDEN;
    return true;
}

bool app_holders(App *app, const CaseRow *row, Arena *a, Holder **out, size_t *n, Err *err)
{
    Officer *all;
    size_t n_all;

    *n = 0;
    if (!app_may_do(app, PERM_CASE_ASSIGN, "case.assign", row ? row->id : NULL, err) || !officers(app, a, &all, &n_all, err)) return false;
    if (n_all) qsort(all, n_all, sizeof *all, by_name);
    *out = arena_zero(a, n_all + 1, sizeof **out);
    for (size_t i = 0; i < n_all; i++) {
        Caseload load = { 0 };
        bool yes;
        if (!caseload_may_hold(&all[i])) continue;
        if (!line(app, all[i].warrant, a, &load, err) || !caseload_sees(app, row, &all[i], a, &yes, err)) return false;
        (*out)[(*n)++] = (Holder){ all[i].warrant, all[i].name, load.all, load.cases[GRADE_HIGH], !yes };
    }
    return true;
}

static bool has_part(const char *folded, const char *name)
{
    char *all = utf8_fold(name);
    bool part = folded && all && *folded && strstr(all, folded);

    mem_free(all);
    return part;
}

bool app_holder_typed(App *app, const char *text, Arena *a, const char **warrant, Err *err)
{
    const Officer *found = NULL;
    Officer *all;
    size_t n, hits = 0;
    char *folded;

    if (str_eq(text, OF_ME)) return *warrant = arena_dup(a, app->session.warrant), true;
    if (str_eq(text, OF_NOBODY)) return *warrant = "", true;
    if (!officers(app, a, &all, &n, err)) return false;
    if ((found = find(all, n, text)) != NULL) return *warrant = found->warrant, true;
    folded = utf8_fold(text);
    for (size_t i = 0; i < n; i++) {
        if (!caseload_may_hold(&all[i]) || !has_part(folded, all[i].name)) continue;
        found = &all[i];
        hits++;
    }
    mem_free(folded);
    if (hits == 0) return err_set(err, ERR_MISSING, "officer", "There is no officer \"%.60s\" who may be given cases.", text);
    if (hits > 1) return err_set(err, ERR_INVALID, "officer", "\"%.60s\" is more than one officer: say the warrant number.", text);
    *warrant = found->warrant;
    return true;
}

bool app_holder_named(App *app, const char *text, Arena *a, const char **of, Err *err)
{
    if (!str_eq(text, OF_ME) && !str_eq(text, OF_NOBODY)) return app_holder_typed(app, text, a, of, err);
    *of = arena_dup(a, text);
    return true;
}
