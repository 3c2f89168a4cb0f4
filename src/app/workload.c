/* workload.c — what waits for each role, added up along its queue: duties, the cases they are of, the minutes they take. */
#include "app/workload.h"

#include "inside.h"

#include "base/mem.h"

#include <stdlib.h>

typedef struct Sum {
    App *app;
    Workload *out;
    CaseKey *keys; /* of the cases counted so far, with their grade in the low bits */
    size_t n, cap;
} Sum;

static int by_key(const void *a, const void *b)
{
    CaseKey x = *(const CaseKey *)a, y = *(const CaseKey *)b;

    return (x > y) - (x < y);
}

static void take(Sum *s, const QueueRow *r, Time now, Time week)
{
    const PolicyDuty *rule = app_rule(s->app, r->duty);
    bool soon = r->due < now || (r->held <= now && r->opens <= now && r->due <= week);

    s->out->overdue += r->due < now;
    s->out->held += r->held > now;
    s->out->week += soon && r->due >= now;
    s->out->later += !soon && r->held <= now;
    if (soon && rule) s->out->minutes += rule->minutes;
    s->keys = mem_room(s->keys, s->n, &s->cap, sizeof *s->keys);
    s->keys[s->n++] = r->key * (GRADE_HIGH + 1) + (r->grade <= GRADE_HIGH ? r->grade : 0);
}

static void count_cases(Sum *s)
{
    if (s->n) qsort(s->keys, s->n, sizeof *s->keys, by_key);
    for (size_t i = 0; i < s->n; i++)
        if (i == 0 || s->keys[i] != s->keys[i - 1]) s->out->cases[s->keys[i] % (GRADE_HIGH + 1)]++;
}

static bool sum_role(Sum *s, Err *err)
{
    enum { STRIDE = 500 };
    Time now = app_now(s->app), week = civil_day_end(civil_local_date(now) + 7);
    QueueQuery q = { .roles = ROLE_BIT(s->out->role), .tab = TAB_ALL, .now = now, .limit = STRIDE };
    Arena *pages[2] = { arena_new(), arena_new() }; /* the last row of one is where the next begins */
    QueueRow *rows;
    size_t n = STRIDE;
    bool ok = true;

    for (int turn = 0; ok && n == STRIDE && s->n < WORKLOAD_ROWS; turn ^= 1) {
        arena_reset(pages[turn]);
        ok = app_page(s->app, &q, pages[turn], &rows, &n, err);
        for (size_t i = 0; ok && i < n; i++) take(s, &rows[i], now, week);
        if (ok && n) q.from = &rows[n - 1];
    }
    s->out->cut = ok && n == STRIDE;
    count_cases(s);
    arena_free(&pages[0]);
    arena_free(&pages[1]);
    return ok;
}

static void count_officers(const Officer *all, size_t n, Workload *out)
{
    for (size_t i = 0; i < n; i++) out->officers += !all[i].suspended && all[i].roles & ROLE_BIT(out->role);
}

bool app_workload(App *app, Arena *a, Workload **out, size_t *n, Err *err)
{
    RoleSet roles = app->session.roles;
    Officer *officers;
    size_t n_officers;

    *n = 0;
    if (!app_may_do(app, PERM_QUEUE_READ, "workload", NULL, err)) return false;
    if (role_may(app->session.roles, PERM_QUEUE_ALL)) roles = ~(RoleSet)0;
    if (!store_officer_list(app->store, a, &officers, &n_officers, err)) return false;
    *out = arena_zero(a, ROLE_COUNT, sizeof **out);
    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++) {
        Sum s = { .app = app, .out = &(*out)[*n] };
        bool ok;
        if (!(roles & ROLE_BIT(r)) || !role_is_case_role(r)) continue;
        *s.out = (Workload){ .role = r };
        count_officers(officers, n_officers, s.out);
        ok = sum_role(&s, err);
        mem_free(s.keys);
        if (!ok) return false;
        (*n)++;
    }
    return true;
}
