/* bench_backtest.c — a back-test of one year over 5,000 cases, beside a bare walk of the same facts. The aim: under two
** seconds, of the wall clock. */
#include "app/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double wall(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool count(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    ++*(int64_t *)with;
    return true;
}

static int failed(const Err *err)
{
    fprintf(stderr, "%s\n", err->text);
    return 1;
}

/* The standard policy with supervision every five days; its examples, which say seven, are left out. */
static Policy *five_days(Arena *a)
{
    size_t n;
    const char *text = policy_builtin(POLICY_STANDARD, &n);
    char *copy = arena_dup_n(a, text, n), *duty = strstr(copy, "duty ds-supervision"), *days = strstr(duty, "7 days"),
         *from = strstr(duty, "    example"), *to = strstr(duty, "\nduty ");
    PolicyProblems problems = { .arena = a };

    *days = '5';
    memset(from, '\n', (size_t)(to - from));
    return policy_parse("five", copy, n, &problems);
}

int main(void)
{
    enum { TIMES = 5 };
    char dir[] = "/tmp/b124-backtest-XXXXXX", store[64], command[100];
    InitOptions o = { .training = true, .cases = getenv("BOOK124_BENCH_LARGE") ? 100000 : 5000, .seed = 1 };
    BacktestOptions trial = { .from = DATE_NONE, .to = DATE_NONE };
    double bare = 0, took = 0;
    Backtest b = { 0 };
    Arena *a = arena_new();
    Policy *p;
    Err err = { 0 };
    App *app;

    o.now = 1275382800; /* 2010-06-01T09:00:00Z */
    if (!mkdtemp(dir)) return 1;
    snprintf(store, sizeof store, "%s/s", dir);
    o.dir = store;
    if (!app_init(&o, NULL, &err)) return failed(&err);
    app = app_open(&(AppOptions){ store, o.now, "bench" }, &err);
    if (!app || !app_sign_in(app, training_officers[7].warrant, TRAINING_PASSWORD, &err)) return failed(&err);
    trial.trial = p = five_days(a);
    if (!p) return 1;
    for (int i = 0; i < TIMES; i++) {
        int64_t n = 0;
        double t = wall();
        if (!store_case_each(app_store_handle(app), WALK_BY_KEY, app_vocabs(app), count, &n, &err)) return failed(&err);
        t = wall() - t;
        if (i == 0 || t < bare) bare = t;
        t = wall();
        if (!app_backtest(app, &trial, a, &b, &err)) return failed(&err);
        t = wall() - t;
        if (i == 0 || t < took) took = t;
    }
    app_close(&app);
    printf("%lld cases, %d days, %lld changes: back-test %.3f s, bare walk %.3f s: %.1f times\n", (long long)b.cases,
        b.to - b.from + 1, (long long)b.n_changes + (long long)b.left_off, took, bare, took / bare);
    policy_free(&p);
    arena_free(&a);
    snprintf(command, sizeof command, "rm -r %s", dir);
    return system(command) != 0 || (o.cases == 5000 && took > 2);
}
