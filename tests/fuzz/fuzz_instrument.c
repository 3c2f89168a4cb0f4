/* fuzz_instrument.c — any bytes as a risk instrument. */
#include "fuzz.h"

#include "base/crypto.h"
#include "policy/instrument.h"

#include <stdlib.h>

const char fuzz_kind[] = "instrument";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    PolicyProblems problems = { .arena = arena_new() };
    Err err = { 0 };
    Instrument *i;

    if (!crypto_start(&err)) abort();
    i = instrument_parse("fuzz.instrument", (const char *)data, n, &problems);
    fuzz_problems(&problems, "fuzz.instrument", (const char *)data, n);
    if (!i && problems.n == 0) abort();
    instrument_free(&i);
    arena_free(&problems.arena);
    return 0;
}
