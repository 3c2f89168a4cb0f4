/* helpers.h — what the tests of the base share: cmocka with what it needs in front, moments written
** as text, random numbers that are the same every day, and the corpora when they are there. */
#ifndef TESTS_BASE_HELPERS_H
#define TESTS_BASE_HELPERS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/civil.h"
#include "base/mem.h"

#define TEST(name) cmocka_unit_test(name)

/* A moment, written as RFC 3339. */
static inline Time T(const char *text)
{
    Time t = TIME_NONE;
    Err err = { 0 };

    if (!civil_parse_time(text, &t, &err)) fail_msg("%s: %s", text, err.text);
    return t;
}

static inline Date D(const char *text)
{
    Date d = DATE_NONE;
    Err err = { 0 };

    if (!civil_parse_date(text, &d, &err)) fail_msg("%s: %s", text, err.text);
    return d;
}

/* splitmix64: the same numbers for the same seed, everywhere. */
static inline uint64_t dice(uint64_t *seed)
{
    uint64_t z = *seed += 0x9E3779B97F4A7C15u;

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static inline size_t dice_below(uint64_t *seed, size_t n)
{
    return (size_t)(dice(seed) % n);
}

/* The bytes of a file of the corpora, with a NUL behind them; skips the test when it is not there. */
static inline char *shared_file(const char *path, size_t *n)
{
    const char *shared = getenv("BOOK124_SHARED"), *source = getenv("BOOK124_SOURCE");
    char whole[4096];
    char *bytes = NULL;
    FILE *in;

    if (shared)
        snprintf(whole, sizeof whole, "%s/%s", shared, path);
    else
        snprintf(whole, sizeof whole, "%s/../shared/%s", source ? source : ".", path);
    in = fopen(whole, "rb");
    if (!in) {
        print_message("%s is not here; set BOOK124_SHARED\n", path);
        skip();
        abort(); /* skip() does not come back; the compilers do not know */
    }
    for (size_t cap = 0, got = *n = 0;; *n += got) {
        cap += 1 << 16;
        bytes = mem_grow(bytes, cap, 1);
        got = fread(bytes + *n, 1, cap - *n - 1, in);
        if (got == 0) break;
    }
    fclose(in);
    bytes[*n] = '\0';
    return bytes;
}

#endif
