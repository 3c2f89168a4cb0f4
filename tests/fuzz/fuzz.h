/* fuzz.h — what the fuzz targets share: one entry each, and a maker of texts that nearly are of the language. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include "policy/policy.h"

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

extern size_t fuzz_fine; /* texts that had no problem: a fuzzer that makes none of them tries only the first error */
extern const char fuzz_kind[]; /* "policy": the grammar and the corpus of this target */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Every problem has a line and a column of the text and a sentence, in order; aborts when one has not. */
void fuzz_problems(const PolicyProblems *problems, const char *name, const char *text, size_t n);

/* --- grammar.c: a grammar in a file, and texts made from it ------------------------------------------ */
typedef struct Grammar Grammar;
Grammar *grammar_read(const char *path); /* NULL when it cannot be read */
void grammar_free(Grammar **g);
/* A text of the language, for the most part; the same for the same seed. */
void grammar_make(const Grammar *g, uint64_t seed, Str *out);
/* The text with some of its tokens and lines lost, doubled, moved, or made into others of the grammar. */
void grammar_mutate(const Grammar *g, uint64_t seed, const char *text, size_t n, Str *out);

#endif
