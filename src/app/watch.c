/* watch.c — the watchdog: live cases that no duty and no task would ever bring back to anybody. Which they are follows from the facts and is kept
** with the badge of the case (app_derivation); under a clock set back by hand it is computed from every case, as the queue is. */
#include "app/queue.h"

#include "inside.h"

#include "base/str.h"

#include <stdlib.h>

/* ---- which ---- */

const char *watch_unit(const Vocabs *v, const CaseDoc *doc, Time now)
{
    const Owner *latest = NULL;

    for (size_t i = 0; i < doc->n_owners; i++) {
        const Owner *o = &doc->owners[i];
        if (o->accepted_at != TIME_NONE && o->accepted_at <= now && (!latest || o->offered_at >= latest->offered_at)) latest = o;
    }
    return latest ? vocab_word(v, VOCAB_UNIT, latest->unit) : "";
}

bool watch_is_ours(const Vocabs *v, const CaseDoc *doc, Time now)
{
    static const char *const ours[] = { "", "response", "csu", "buddy" }; /* what nobody took yet is the first officer's */
    const char *unit = watch_unit(v, doc, now);

    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        if (str_eq(unit, ours[i])) return true;
    return false;
}

static void later(Time *since, Time t, Time now)
{
    if (t != TIME_NONE && t <= now && t > *since) *since = t;
}

Time watch_idle(const App *app, const CaseDoc *doc, const Duty *duties, size_t n, Time now)
{
    Time since = doc->reported_at;

    if (since == TIME_NONE || since > now || doc->cad_result == CAD_NOT_DOMESTIC) return 0;
    if (doc->closed_at != TIME_NONE && doc->closed_at <= now) return 0;
    for (size_t i = 0; i < n; i++) {
        if (duty_is_live(&duties[i])) return 0;
        later(&since, duties[i].done, now);
        later(&since, duties[i].ended, now);
    }
    for (size_t i = 0; i < doc->n_tasks; i++) {
        const Task *t = &doc->tasks[i];
        if (t->at <= now && (t->done_at == TIME_NONE || t->done_at > now)) return 0;
        later(&since, t->done_at, now);
    }
    return watch_is_ours(app_vocabs(app), doc, now) ? since : 0;
}

/* ---- at a moment that the stored rows do not know ---- */

typedef struct Live {
    App *app;
    Arena *a, *work;
    IdleRow *rows;
    size_t n, cap;
} Live;

static bool gather(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Live *l = with;
    CaseDoc then = *doc;
    Duty *duties;
    Time since;
    size_t n;

    arena_reset(l->work);
    n = policy_evaluate(l->app->policy, doc, app_now(l->app), l->work, &duties);
    since = watch_idle(l->app, doc, duties, n, app_now(l->app));
    if (!since) return true;
    while (then.n_assessments && then.assessments[then.n_assessments - 1].at > app_now(l->app)) then.n_assessments--;
    l->rows = arena_room(l->a, l->rows, l->n, &l->cap, sizeof *l->rows);
    l->rows[l->n++] = (IdleRow){ .key = row->key,
        .case_id = arena_dup(l->a, row->id),
        .offence = arena_dup(l->a, app_offence_word(app_vocabs(l->app), &then)),
        .grade = case_grade(&then),
        .since = since,
        .restricted = row->restricted };
    return true;
}

static int in_order(const void *a, const void *b)
{
    const IdleRow *x = a, *y = b;
    int rank = grade_urgency(x->grade) - grade_urgency(y->grade);

    if (rank) return rank;
    if (x->since != y->since) return x->since < y->since ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

static bool live_rows(App *app, Arena *a, IdleRow **out, size_t *n, Err *err)
{
    Live l = { .app = app, .a = a, .work = arena_new_secret() };
    bool ok = store_case_each(app->store, WALK_BY_KEY, app_vocabs(app), gather, &l, err);

    arena_free(&l.work);
    if (l.n) qsort(l.rows, l.n, sizeof *l.rows, in_order);
    *out = l.rows;
    *n = l.n;
    return ok;
}

/* ---- the list ---- */

bool app_watch_page(App *app, const IdleRow *from, size_t limit, Arena *a, IdleRow **out, size_t *n, Err *err)
{
    size_t first = 0;
    bool live;

    *n = 0;
    if (!app_may_do(app, PERM_WATCH_READ, "watchdog", NULL, err) || !queue_needs_live(app, &live, err)) return false;
    if (!live) return store_idle_page(app->store, from, limit, a, out, n, err);
    if (!live_rows(app, a, out, n, err)) return false;
    while (from && first < *n && in_order(&(*out)[first], from) <= 0) first++;
    *out += first;
    *n = *n - first < limit ? *n - first : limit;
    return true;
}

bool app_watch_count(App *app, int64_t *out, Err *err)
{
    Arena *a;
    IdleRow *rows;
    size_t n;
    bool live, ok;

    *out = 0;
    if (!app_may_do(app, PERM_WATCH_READ, "watchdog", NULL, err) || !queue_needs_live(app, &live, err)) return false;
    if (!live) return store_idle_count(app->store, WATCH_MOST, out, err);
    a = arena_new();
    ok = live_rows(app, a, &rows, &n, err);
    *out = n < WATCH_MOST ? (int64_t)n : WATCH_MOST;
    arena_free(&a);
    return ok;
}
