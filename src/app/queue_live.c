/* queue_live.c — the queue as it stood at a moment before the last fact. Stored duties are those of all facts; under
** a clock set back by hand (training stores only) they would show what had not happened yet. Then the queue is
** computed from every case and sorted as the store sorts. Takes a walk over all cases, so it is for stores of a few
** thousand. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* ---- is it needed? ---- */

static void later(Time *last, Time t)
{
    if (t != TIME_NONE && t > *last) *last = t;
}

static void later_of_fields(Time *last, const CaseField *fields, size_t n, const void *item)
{
    for (size_t i = 0; i < n; i++)
        if (fields[i].kind == FIELD_TIME && !(fields[i].flags & FIELD_AHEAD)) /* what lies ahead has not happened */
            later(last, *(const Time *)(const void *)((const char *)item + fields[i].offset));
}

static void later_of_list(Time *last, CaseListId list, const void *items, size_t n)
{
    const CaseList *l = &case_lists[list];

    for (size_t i = 0; i < n; i++)
        later_of_fields(last, l->fields, l->n_fields, (const char *)items + i * l->item_size);
}

static bool last_of_case(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Time *last = with;

    later(last, row->changed_at); /* up to then the store counts as open what opened later than `now` */
    later_of_fields(last, case_scalars, case_n_scalars, doc);
    for (CaseListId list = 0; list < LIST_STATUS; list++) {
        size_t n;
        const void *items = case_items(doc, list, &n);
        later_of_list(last, list, items, n);
    }
    for (size_t i = 0; i < doc->n_people; i++)
        later_of_list(last, LIST_STATUS, doc->people[i].status, doc->people[i].n_status);
    return true;
}

bool queue_needs_live(App *app, bool *live, Err *err)
{
    Time last = INT64_MIN + 1;

    *live = false;
    if (app->fixed == TIME_NONE) return true;
    if (app->last_fact == TIME_NONE) {
        if (!store_case_each(app->store, WALK_BY_KEY, app_vocabs(app), last_of_case, &last, err)) return false;
        app->last_fact = last;
    }
    *live = app_now(app) < app->last_fact;
    return true;
}

/* ---- gathering ---- */

typedef struct Live {
    App *app;
    RoleSet roles;
    Arena *a;    /* whose the rows are      */
    Arena *work; /* of one case's evaluation */
    QueueRow *rows;
    size_t n, cap;
} Live;

static void keep(Live *l, const CaseRow *row, const CaseDoc *doc, const Duty *d)
{
    QueueRow *r;

    l->rows = mem_room(l->rows, l->n, &l->cap, sizeof *l->rows);
    r = &l->rows[l->n++];
    *r = (QueueRow){ .key = row->key,
        .case_id = arena_dup(l->a, row->id),
        .duty = arena_dup(l->a, d->id),
        .offence = arena_dup(l->a, app_offence_word(app_vocabs(l->app), doc)),
        .says = d->says && *d->says ? arena_dup(l->a, d->says) : NULL,
        .cycle = d->cycle,
        .owner = d->owner,
        .grade = case_grade(doc),
        .start = d->start,
        .opens = d->opens,
        .due = d->due,
        .held = d->held,
        .restricted = row->restricted,
        .investigator = arena_dup(l->a, case_investigator(doc, app_now(l->app))) };
}

/* What the case was at `now`: later entries are gone, so that its grade and offence are of that moment too. */
static void cut(CaseDoc *doc, Time now)
{
    while (doc->n_assessments && doc->assessments[doc->n_assessments - 1].at > now) doc->n_assessments--;
    while (doc->n_offences && doc->offences[doc->n_offences - 1].at > now) doc->n_offences--;
}

/* In the queue of these roles: theirs, or come to them because nobody did it. */
static bool stands_with(const Live *l, const Duty *d)
{
    const PolicyDuty *rule = policy_duty_by_id(l->app->policy, d->id);
    Role queues[ROLE_COUNT];
    size_t n = rule ? policy_duty_queues(rule, d, app_now(l->app), queues, ROLE_COUNT) : 0;

    for (size_t i = 0; i < n && i < ROLE_COUNT; i++)
        if (l->roles & ROLE_BIT(queues[i])) return true;
    return false;
}

static bool gather_case(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Live *l = with;
    CaseDoc then = *doc;
    Duty *duties = NULL;
    size_t n;

    arena_reset(l->work);
    cut(&then, app_now(l->app));
    n = policy_evaluate(l->app->policy, &then, app_now(l->app), l->work, &duties);
    for (size_t i = 0; i < n; i++)
        if (duty_is_live(&duties[i]) && stands_with(l, &duties[i])) keep(l, row, &then, &duties[i]);
    return true;
}

static bool gather(Live *l, Err *err)
{
    bool ok;

    l->work = arena_new_secret();
    ok = store_case_each(l->app->store, WALK_BY_KEY, app_vocabs(l->app), gather_case, l, err);
    arena_free(&l->work);
    return ok;
}

/* ---- tabs and order ---- */

static bool in_tab(const QueueRow *r, QueueTab tab, Time now)
{
    Date date = civil_local_date(now);
    Time today = civil_day_end(date);
    bool open = r->opens <= now && r->due >= now;

    if (r->held > now) return tab == TAB_HELD || tab == TAB_ALL;
    switch (tab) {
    case TAB_OVERDUE: return r->due < now;
    case TAB_TODAY: return open && r->due <= today;
    case TAB_WEEK: return open && r->due > today && r->due <= civil_day_end(date + 7);
    case TAB_WAITING: return r->due >= now && r->opens > now;
    case TAB_ALL: return true;
    case TAB_HELD:
    case TAB_COUNT: break;
    }
    return false;
}

static int part(const QueueRow *r, Time now)
{
    return r->due < now ? 0 : r->opens <= now ? 1 : 2;
}

#define BY(x, y)                                                                                                       \
    if ((x) != (y)) return (x) < (y) ? -1 : 1

int queue_compare(const void *p, const void *q, void *of)
{
    const QueueRow *x = p, *y = q;
    Time now = *(const Time *)of;

    BY(part(x, now), part(y, now));
    BY(grade_urgency(x->grade), grade_urgency(y->grade));
    BY(x->due, y->due);
    BY(strcmp(x->case_id, y->case_id), 0);
    BY(strcmp(x->duty, y->duty), 0);
    BY(x->cycle, y->cycle);
    return 0;
}

bool queue_asks_of(const QueueQuery *q, const char *investigator)
{
    for (size_t i = 0; i < q->n_of; i++)
        if (str_eq(q->of[i], investigator ? investigator : "")) return true;
    return q->n_of == 0;
}

static bool asked_for(const QueueQuery *q, const QueueRow *r)
{
    if (!queue_asks_of(q, r->investigator)) return false;
    if (q->only_grade != CODE_NONE && r->grade != q->only_grade) return false;
    if (q->only_duty && !str_eq(q->only_duty, r->duty)) return false;
    return in_tab(r, q->tab, q->now);
}

/* The page of the sorted rows that lies on the asked side of `from`, in queue order. */
static void page(const QueueQuery *q, const QueueRow *all, size_t n_all, Arena *a, QueueRow **rows, size_t *n)
{
    Time now = q->now;
    size_t first = 0, end = n_all;

    if (q->from && q->backwards)
        for (end = 0; end < n_all && queue_compare(&all[end], q->from, &now) < 0;) end++;
    else if (q->from)
        while (first < n_all && queue_compare(&all[first], q->from, &now) <= 0) first++;
    if (end - first > q->limit && q->backwards) first = end - q->limit;
    if (end - first > q->limit) end = first + q->limit;
    *n = end - first;
    *rows = arena_alloc(a, (*n + 1) * sizeof **rows);
    if (*n) memcpy(*rows, all + first, *n * sizeof **rows);
}

bool queue_live_page(App *app, const QueueQuery *q, Arena *a, QueueRow **rows, size_t *n, Err *err)
{
    Live l = { .app = app, .roles = q->roles, .a = a };
    Time now = q->now;
    size_t kept = 0;
    bool ok = gather(&l, err);

    for (size_t i = 0; i < l.n; i++)
        if (asked_for(q, &l.rows[i])) l.rows[kept++] = l.rows[i];
    if (kept) qsort_r(l.rows, kept, sizeof *l.rows, queue_compare, &now);
    if (ok) page(q, l.rows, kept, a, rows, n);
    mem_free(l.rows);
    return ok;
}

bool queue_live_counts(App *app, const QueueQuery *q, int64_t out[TAB_COUNT], Err *err)
{
    Live l = { .app = app, .roles = q->roles, .a = arena_new() };
    bool ok = gather(&l, err);

    for (QueueTab tab = 0; tab < TAB_COUNT; tab++) {
        out[tab] = 0;
        for (size_t i = 0; i < l.n; i++) out[tab] += queue_asks_of(q, l.rows[i].investigator) && in_tab(&l.rows[i], tab, app_now(app));
    }
    mem_free(l.rows);
    arena_free(&l.a);
    return ok;
}
