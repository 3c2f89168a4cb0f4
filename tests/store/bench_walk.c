/* bench_walk.c — what adding, reading and walking a case costs, and what a rebuild costs beside a bare walk. */
#include "desk.h"

#include "bench.h"

#include <stdio.h>

static bool count(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    ++*(int64_t *)with;
    return true;
}

static void walk(Store *s, const char *name, WalkOrder order)
{
    int64_t n = 0, t = bench_ns();

    must(store_case_each(s, order, vocabs_standard(), count, &n, E));
    t = bench_ns() - t;
    printf("%-34s %8.1f us a case\n", name, (double)t / 1e3 / (double)n);
}

static void load(Store *s, int cases)
{
    enum { TIMES = 2000 };
    static int64_t ns[TIMES];
    Arena *a = arena_new();

    for (int i = 0; i < TIMES; i++) {
        CaseDoc doc;
        int64_t t = bench_ns();
        arena_reset(a);
        must(store_case_load(s, 1 + (int64_t)i * 7919 % cases, vocabs_standard(), a, &doc, E));
        ns[i] = bench_ns() - t;
    }
    printf("%-34s %8.1f us median, %.1f p99\n", "load one case", bench_at(ns, TIMES, .5), bench_at(ns, TIMES, .99));
    arena_free(&a);
}

static int64_t cpu_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int main(int argc, char **argv)
{
    int cases = getenv("BOOK124_BENCH_LARGE") ? 100000 : 10000;
    int64_t t, cpu;
    Store *s;

    desk_start();
    s = desk_store("walk");
    for (int rich = 0; rich < 2; rich++) {
        t = bench_ns(), cpu = cpu_ns();
        desk_fill(s, rich * cases, cases, rich);
        t = bench_ns() - t, cpu = cpu_ns() - cpu;
        printf("%-34s %8.0f cases a second, %.0f a second of one processor (with making them up)\n",
            rich ? "import, rich" : "import, plain", cases / ((double)t / 1e9), cases / ((double)cpu / 1e9));
    }
    walk(s, "walk by key", WALK_BY_KEY);
    walk(s, "walk by id", WALK_BY_ID);
    load(s, 2 * cases);
    store_close(&s);
    desk_finish();
    return 0;
}
