/* bench.h — timing for the store's benchmarks: medians, and ratios to a baseline measured in the same run. */
#ifndef TESTS_STORE_BENCH_H
#define TESTS_STORE_BENCH_H

#include <stdint.h>
#include <stdlib.h>
#include <time.h>

static inline int64_t bench_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int bench_by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* The value below which `part` of the n lie, in microseconds; sorts them. */
static inline double bench_at(int64_t *ns, size_t n, double part)
{
    size_t i = (size_t)((double)n * part);

    qsort(ns, n, sizeof *ns, bench_by_value);
    return (double)ns[i < n ? i : n - 1] / 1e3;
}

#endif
