/* bench_rebuild.c — what a rebuild of an unchanged store costs beside a bare scan of the same facts. The aim: at most
** three times as much. */
#include "app/app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double cpu_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
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

int main(int argc, char **argv)
{
    enum { TIMES = 5 };
    char dir[] = "/tmp/b124-rebuild-XXXXXX", store[64], command[100];
    InitOptions o = { .training = true, .cases = getenv("BOOK124_BENCH_LARGE") ? 100000 : 5000, .seed = 1 };
    double scan = 0, rebuild = 0;
    bool changed = false;
    Err err = { 0 };
    App *app;

    o.now = 1275382800; /* 2010-06-01T09:00:00Z */
    if (!mkdtemp(dir)) return 1;
    snprintf(store, sizeof store, "%s/s", dir);
    o.dir = store;
    if (!app_init(&o, NULL, &err)) return failed(&err);
    app = app_open(&(AppOptions){ store, o.now, "bench" }, &err);
    if (!app || !app_sign_in(app, training_officers[12].warrant, TRAINING_PASSWORD, &err)) return failed(&err);
    for (int i = 0; i < TIMES; i++) {
        int64_t n = 0;
        double t = cpu_now();
        if (!store_case_each(app_store_handle(app), WALK_BY_KEY, app_vocabs(app), count, &n, &err)) return failed(&err);
        t = (cpu_now() - t) / (double)n;
        if (i == 0 || t < scan) scan = t;
        t = cpu_now();
        if (!app_rebuild(app, NULL, &n, &changed, &err)) return failed(&err);
        t = (cpu_now() - t) / (double)n;
        if (i == 0 || t < rebuild) rebuild = t;
    }
    app_close(&app);
    printf("scan %.1f us a case, rebuild %.1f us a case: %.2f times%s\n", scan, rebuild, rebuild / scan,
        changed ? "; SOMETHING CHANGED" : "");
    snprintf(command, sizeof command, "rm -r %s", dir);
    return system(command) != 0 || changed;
}
