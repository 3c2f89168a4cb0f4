/* forecast.c — what a forecast needs to know of the store: which duties wait, how many officers have which role, what
** a duty takes and when it comes again. The simulation itself is forecast_run.c. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

typedef struct Gather {
    App *app;
    const ForecastOptions *o;
    Arena *a;
    ForecastDuty *duties;
    size_t n, cap;
} Gather;

static bool keep(Gather *g, const QueueRow *r, Err *err)
{
    const PolicyDuty *rule = policy_duty_by_id(g->app->policy, r->duty);
    int minutes = rule && rule->minutes ? rule->minutes : g->o->minutes;

    if (minutes <= 0)
        return err_set(err, ERR_INVALID, "minutes",
            "The policy in force does not say how many minutes %s takes. Say it for all duties with --minutes 10.",
            r->duty);
    g->duties = mem_room(g->duties, g->n, &g->cap, sizeof *g->duties);
    g->duties[g->n++] = (ForecastDuty){ .case_id = arena_dup(g->a, r->case_id),
        .duty = rule ? rule->id : arena_dup(g->a, r->duty),
        .cycle = r->cycle,
        .owner = r->owner,
        .opens = r->opens,
        .due = r->due,
        .minutes = minutes,
        .again = rule && rule->repeats ? r->due - r->start : 0 };
    return true;
}

static bool gather(Gather *g, Err *err)
{
    QueueQuery q = { .tab = TAB_ALL, .roles = roles_of_cases(), .now = app_now(g->app), .limit = 1000 };
    Arena *pages[2] = { arena_new(), arena_new() }; /* the last row of a page is asked with */
    QueueRow *rows;
    size_t n = 0;
    bool ok = true;

    for (int page = 0; ok && (page == 0 || n == q.limit); page++) {
        arena_reset(pages[page & 1]);
        ok = app_page(g->app, &q, pages[page & 1], &rows, &n, err);
        for (size_t i = 0; ok && i < n; i++) ok = keep(g, &rows[i], err);
        if (ok && n) q.from = &rows[n - 1];
    }
    arena_free(&pages[0]);
    arena_free(&pages[1]);
    return ok;
}

/* ---- officers ---- */

static bool find_leave(const Officer *all, size_t n, ForecastLeave *leave, Err *err)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].warrant, leave->warrant)) {
            leave->roles = all[i].suspended ? 0 : all[i].roles;
            return true;
        }
    return err_set(err, ERR_MISSING, "leave", "There is no officer %.20s, who could be on leave.", leave->warrant);
}

static bool officers(App *app, const ForecastOptions *o, Arena *a, ForecastInput *in, Err *err)
{
    ForecastLeave *leave = arena_alloc(a, (o->n_leave + 1) * sizeof *leave);
    Officer *all;
    size_t n;

    if (!store_officer_list(app->store, a, &all, &n, err)) return false;
    if (o->n_leave) memcpy(leave, o->leave, o->n_leave * sizeof *leave);
    for (size_t i = 0; i < o->n_leave; i++)
        if (!find_leave(all, n, &leave[i], err)) return false;
    in->leave = leave;
    in->n_leave = o->n_leave;
    for (Role r = 0; r < ROLE_COUNT; r++) {
        in->strength[r] = o->strength[r] >= 0 ? o->strength[r] : 0;
        for (size_t i = 0; i < n && o->strength[r] < 0; i++)
            in->strength[r] += !all[i].suspended && (all[i].roles & ROLE_BIT(r)) != 0;
    }
    return true;
}

/* ---- the act ---- */

static bool valid(const App *app, const ForecastOptions *o, Err *err)
{
    Date today = civil_local_date(app_now(app));

    if (o->until == TIME_NONE || o->until <= app_now(app))
        return err_set(err, ERR_INVALID, "until", "A forecast needs a moment to come, such as \"fri 1700\".");
    if (civil_local_date(o->until) - today > FORECAST_DAYS_MAX)
        return err_set(err, ERR_INVALID, "until", "A forecast looks ahead %d days at most.", FORECAST_DAYS_MAX);
    if (o->minutes_a_day < 0 || o->minutes_a_day > 24 * 60 || o->minutes < 0 || o->minutes > 24 * 60)
        return err_set(err, ERR_INVALID, "minutes", "A day has at most 1440 minutes.");
    return true;
}

bool app_forecast(App *app, const ForecastOptions *o, Arena *a, Forecast *out, Err *err)
{
    Gather g = { .app = app, .o = o, .a = a };
    ForecastInput in = { .now = app_now(app),
        .until = o->until,
        .minutes_a_day = o->minutes_a_day ? o->minutes_a_day : FORECAST_MINUTES_A_DAY,
        .calendar = app->policy };
    char until[CIVIL_TEXT];
    bool ok;

    *out = (Forecast){ 0 };
    if (!app_may_do(app, PERM_QUEUE_ALL, "forecast", NULL, err)) return false;
    if (!valid(app, o, err) || !officers(app, o, a, &in, err)) return false;
    if (!app_log_now(app, AUDIT_CONSULT, "forecast", NULL, civil_format_time(o->until, until), err)) return false;
    ok = gather(&g, err);
    in.duties = g.duties;
    in.n_duties = g.n;
    if (ok) forecast_run(&in, a, out);
    mem_free(g.duties);
    return ok;
}
