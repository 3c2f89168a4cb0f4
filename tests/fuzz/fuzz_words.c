/* fuzz_words.c — any bytes as a words file: patterns from anybody, so the limits of the patterns are what is tried here. */
#include "fuzz.h"

#include "base/crypto.h"

#include <stdlib.h>

const char fuzz_kind[] = "words";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    PolicyProblems problems = { .arena = arena_new() };
    size_t lists = 0;
    Err err = { 0 };
    bool ok;

    if (!crypto_start(&err)) abort();
    ok = policy_words_check("fuzz.words", (const char *)data, n, &lists, &problems);
    fuzz_problems(&problems, "fuzz.words", (const char *)data, n);
    if (!ok && problems.n == 0) abort();
    arena_free(&problems.arena);
    return 0;
}
