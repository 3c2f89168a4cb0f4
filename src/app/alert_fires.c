/* alert_fires.c — which alerts fire on a case, on what basis, and since when.
** All of it follows from the facts, so that a rebuild comes to the same: the words come from the newest book, and `since` is found by
** going back over the moments of the case as long as the alert fires on the same basis. Most cases have no alert, and cost one
** evaluation. Nothing is asked of the clock: what is derived is derived from all facts. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* ---- the accounts ---- */

static const Book *book_at(const CaseDoc *doc, Time at)
{
    const Book *latest = NULL;

    for (size_t i = 0; i < doc->n_books; i++) {
        const Book *b = &doc->books[i];
        if (b->completed_at > at || !b->answers) continue;
        if (!latest || b->completed_at >= latest->completed_at) latest = b;
    }
    return latest;
}

static size_t texts_of_book(App *app, const Book *book, Arena *a, PolicyText **out)
{
    Answers *answers;
    const FormSpec *form;
    size_t n = 0;

    *out = NULL;
    if (!book) return 0;
    answers = book_answers(book->answers);
    form = form_of_answers(app, answers);
    if (form) n = form_texts(form, answers, a, out);
    answers_free(&answers);
    return n;
}

size_t alert_texts(App *app, const CaseDoc *doc, Time at, Arena *a, PolicyText **out)
{
    return texts_of_book(app, book_at(doc, at), a, out);
}

/* ---- one moment after the other ---- */

typedef struct Look { /* the texts are kept until another book is the newest */
    App *app;
    const CaseDoc *doc;
    Arena *a;
    const Book *book;
    bool read;
    PolicyText *texts;
    size_t n_texts;
    PolicyMemo *memo; /* and what was found in them */
} Look;

static size_t look_at(Look *l, Time at, AlertFired **out)
{
    const Book *book = book_at(l->doc, at);

    if (!l->read || book != l->book) l->n_texts = texts_of_book(l->app, book, l->a, &l->texts);
    l->book = book;
    l->read = true;
    if (!l->memo) l->memo = policy_memo(l->a);
    return policy_alerts_kept(l->memo, l->app->policy, l->doc, l->texts, l->n_texts, at, l->a, out);
}

typedef struct Moments {
    Time *items;
    size_t n, cap;
} Moments;

static void of_fields(Moments *m, const CaseField *fields, size_t n, const void *item)
{
    for (size_t i = 0; i < n; i++) {
        Time t = fields[i].kind == FIELD_TIME ? *(const Time *)(const void *)((const char *)item + fields[i].offset)
                                              : TIME_NONE;
        if (t == TIME_NONE) continue;
        m->items = mem_room(m->items, m->n, &m->cap, sizeof *m->items);
        m->items[m->n++] = t;
    }
}

static void of_list(Moments *m, CaseListId list, const void *items, size_t n)
{
    const CaseList *l = &case_lists[list];

    for (size_t i = 0; i < n; i++) of_fields(m, l->fields, l->n_fields, (const char *)items + i * l->item_size);
}

static int by_time(const void *a, const void *b)
{
    Time x = *(const Time *)a, y = *(const Time *)b;

    return (x > y) - (x < y);
}

/* Every time that the case tells, up to `now`, each once, in order. */
static void moments_of(const CaseDoc *doc, Time now, Moments *m)
{
    size_t kept = 0, n;

    of_fields(m, case_scalars, case_n_scalars, doc);
    for (CaseListId list = 0; list < LIST_STATUS; list++) {
        const void *items = case_items(doc, list, &n);
        of_list(m, list, items, n);
    }
    for (size_t i = 0; i < doc->n_people; i++) of_list(m, LIST_STATUS, doc->people[i].status, doc->people[i].n_status);
    if (m->n) qsort(m->items, m->n, sizeof *m->items, by_time);
    for (size_t i = 0; i < m->n; i++)
        if (m->items[i] <= now && (kept == 0 || m->items[i] != m->items[kept - 1])) m->items[kept++] = m->items[i];
    m->n = kept;
}

/* ---- since when ---- */

static bool among(const AlertFired *all, size_t n, const CaseAlert *x)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].alert->id, x->id)) return str_eq(all[i].basis, x->basis);
    return false;
}

static void go_back(Look *l, Time now, CaseAlert *out, size_t n)
{
    Moments m = { 0 };
    bool *settled = mem_grow(NULL, n, sizeof *settled);
    size_t left = n;

    memset(settled, 0, n * sizeof *settled);
    moments_of(l->doc, now, &m);
    for (size_t i = 0; i < n && m.n; i++) out[i].since = m.items[m.n - 1];
    for (size_t k = m.n; left && k > 1; k--) {
        AlertFired *then;
        size_t n_then = look_at(l, m.items[k - 2], &then);
        for (size_t i = 0; i < n; i++) {
            if (settled[i]) continue;
            settled[i] = !among(then, n_then, &out[i]);
            left -= settled[i];
            if (!settled[i]) out[i].since = m.items[k - 2];
        }
    }
    mem_free(settled);
    mem_free(m.items);
}

static size_t fires_at(Look *l, Time now, CaseAlert **out, AlertFired **fired)
{
    AlertFired *all = NULL;
    size_t n = look_at(l, now, &all);

    *out = arena_alloc(l->a, (n + 1) * sizeof **out);
    for (size_t i = 0; i < n; i++)
        (*out)[i] = (CaseAlert){ all[i].alert->id, all[i].basis, all[i].alert->owner, l->doc->reported_at };
    if (n) go_back(l, now, *out, n);
    if (fired) *fired = all;
    return n;
}

size_t alert_fires(App *app, const CaseDoc *doc, Time now, Arena *a, CaseAlert **out, AlertFired **fired)
{
    Look l = { .app = app, .doc = doc, .a = a };

    return fires_at(&l, now, out, fired);
}

/* ---- the whole story ---- */

typedef struct Runs {
    AlertRun *items;
    size_t n, cap;
} Runs;

static bool still(const Runs *r, const char *alert)
{
    for (size_t i = r->n; i > 0; i--)
        if (r->items[i - 1].until == TIME_NONE && str_eq(r->items[i - 1].alert, alert)) return true;
    return false;
}

static void step(Runs *r, const AlertFired *all, size_t n, Time at)
{
    for (size_t i = 0; i < r->n; i++) {
        AlertRun *run = &r->items[i];
        if (run->until == TIME_NONE && !among(all, n, &(CaseAlert){ .id = run->alert, .basis = run->basis }))
            run->until = at;
    }
    for (size_t i = 0; i < n; i++) {
        if (still(r, all[i].alert->id)) continue;
        r->items = mem_room(r->items, r->n, &r->cap, sizeof *r->items);
        r->items[r->n++] = (AlertRun){ all[i].alert->id, all[i].basis, at, TIME_NONE };
    }
}

static size_t runs_until(Look *l, Time now, AlertRun **out)
{
    Moments m = { 0 };
    Runs r = { 0 };
    AlertFired *all;

    moments_of(l->doc, now, &m);
    for (size_t i = 0; i < m.n; i++) {
        size_t n = look_at(l, m.items[i], &all);
        step(&r, all, n, m.items[i]);
    }
    *out = arena_alloc(l->a, (r.n + 1) * sizeof **out);
    if (r.n) memcpy(*out, r.items, r.n * sizeof **out);
    mem_free(r.items);
    mem_free(m.items);
    return r.n;
}

size_t alert_runs(App *app, const CaseDoc *doc, Time now, Arena *a, AlertRun **out)
{
    Look l = { .app = app, .doc = doc, .a = a };

    return runs_until(&l, now, out);
}

/* The runs first, so that the last look is at the newest book, whose texts are in hand then. */
void alert_derivation(App *app, const CaseDoc *doc, Arena *a, Derivation *out)
{
    Look l = { .app = app, .doc = doc, .a = a };
    CaseAlert *alerts;
    AlertRun *runs;

    out->n_runs = runs_until(&l, TIME_MAX, &runs);
    out->n_alerts = fires_at(&l, TIME_MAX, &alerts, NULL);
    out->runs = runs;
    out->alerts = alerts;
}

/* ---- the queue under a clock set back ---- */

typedef struct Live {
    App *app;
    RoleSet roles;
    Arena *a, *work;
    AlertRow *rows;
    size_t n, cap;
} Live;

static bool said(const AlertAnswer *all, size_t n, const CaseAlert *x, Time now)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].alert, x->id) && str_eq(all[i].basis, x->basis) && all[i].at <= now) return true;
    return false;
}

static bool gather(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Live *l = with;
    CaseDoc then = *doc;
    CaseAlert *all;
    AlertAnswer *answers;
    Time now = app_now(l->app);
    size_t n, n_answers;

    arena_reset(l->work);
    if (!store_alert_answers(l->app->store, row->key, l->work, &answers, &n_answers, err)) return false;
    while (then.n_assessments && then.assessments[then.n_assessments - 1].at > now) then.n_assessments--;
    n = alert_fires(l->app, doc, now, l->work, &all, NULL);
    for (size_t i = 0; i < n; i++) {
        if (!(l->roles & ROLE_BIT(all[i].owner)) || said(answers, n_answers, &all[i], now)) continue;
        l->rows = mem_room(l->rows, l->n, &l->cap, sizeof *l->rows);
        l->rows[l->n++] = (AlertRow){ row->key, arena_dup(l->a, row->id), arena_dup(l->a, all[i].id),
            arena_dup(l->a, all[i].basis), all[i].owner, case_grade(&then), all[i].since, row->restricted };
    }
    return true;
}

int app_alert_order(const void *a, const void *b)
{
    const AlertRow *x = a, *y = b;
    int c = grade_urgency(x->grade) - grade_urgency(y->grade);

    if (c) return c;
    if (x->since != y->since) return x->since < y->since ? -1 : 1;
    c = strcmp(x->case_id, y->case_id);
    return c ? c : strcmp(x->alert, y->alert);
}

bool alert_live_rows(App *app, RoleSet roles, Arena *a, AlertRow **rows, size_t *n, Err *err)
{
    Live l = { .app = app, .roles = roles, .a = a, .work = arena_new_secret() };
    bool ok = store_case_each(app->store, WALK_BY_KEY, app_vocabs(app), gather, &l, err);

    if (l.n) qsort(l.rows, l.n, sizeof *l.rows, app_alert_order);
    *rows = arena_alloc(a, (l.n + 1) * sizeof **rows);
    if (l.n) memcpy(*rows, l.rows, l.n * sizeof **rows);
    *n = ok ? l.n : 0;
    mem_free(l.rows);
    arena_free(&l.work);
    return ok;
}
