/* bench_import.c — how fast cases come in: made up, written out, read into an empty store, and read again; with the policy,
** the search keys and the log, on one core. */
#include "app/app.h"
#include "base/str.h"

#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define NOW 1275382800 /* 2010-06-01T09:00:00Z */

static void must(bool ok, const Err *err)
{
    if (ok) return;
    fprintf(stderr, "%s\n", err->text);
    exit(1);
}

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    return remove(path);
}

static App *store_at(const char *dir)
{
    InitOptions init = { .dir = dir, .training = true, .now = NOW };
    AppOptions o = { .dir = dir, .now = NOW, .terminal = "bench" };
    Err err = { 0 };
    App *app;

    must(app_init(&init, NULL, &err), &err);
    app = app_open(&o, &err);
    must(app != NULL, &err);
    must(app_sign_in(app, "900008", TRAINING_PASSWORD, &err), &err);
    return app;
}

static void write_cases(FILE *out, int64_t n)
{
    Training *t = training_new(1, "KG", NOW, n);
    Arena *a = arena_new();
    Str line = { 0 };

    for (int64_t i = 0; i < n; i++) {
        CaseDoc doc;
        arena_reset(a);
        str_clear(&line);
        training_case(t, i, vocabs_standard(), a, &doc);
        case_write(&doc, vocabs_standard(), &line);
        fprintf(out, "%s\n", str_text(&line));
    }
    fflush(out);
    str_finish(&line);
    arena_free(&a);
    training_free(&t);
}

static void complain(void *with, const char *sentence)
{
    fprintf(stderr, "%s\n", sentence);
}

static void measure(const char *what, App *app, FILE *in)
{
    ImportOptions o = { .name = "bench", .say = complain };
    ImportReport r;
    Err err = { 0 };
    struct rusage use;
    double began = seconds();

    rewind(in);
    must(app_import_cases(app, in, &o, &r, &err), &err);
    began = seconds() - began;
    getrusage(RUSAGE_SELF, &use);
    printf("%-22s %" PRId64 " cases in %.2f s: %.0f cases/s  (added %" PRId64 ", same %" PRId64 ", refused %" PRId64
           "; %ld KiB)\n",
        what, r.read, began, (double)r.read / began, r.added, r.same, r.refused, use.ru_maxrss);
}

int main(int argc, char **argv)
{
    int64_t n = argc > 1 ? strtoll(argv[1], NULL, 10) : 10000;
    char dir[] = "/tmp/book124-bench-XXXXXX", store[64];
    FILE *cases = tmpfile();
    App *app;
    Err err = { 0 };

    if (!mkdtemp(dir) || !cases) return 1;
    snprintf(store, sizeof store, "%s/store", dir);
    write_cases(cases, n);
    app = store_at(store);
    measure("into an empty store", app, cases);
    measure("the same again", app, cases);
    app_sign_out(app);
    must(app_sign_in(app, "900013", TRAINING_PASSWORD, &err), &err);
    double began = seconds();
    bool changed;
    must(app_rebuild(app, NULL, NULL, &changed, &err), &err);
    printf("rebuild                %.2f s%s\n", seconds() - began, changed ? " and it changed something" : "");
    app_close(&app);
    nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    return changed;
}
