/* problems.c — what must be true of all that a checker says, and what makes libFuzzer write like an officer. */
#include "fuzz.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t fuzz_fine;

static void must(bool so, const char *what, const char *text, size_t n)
{
    if (so) return;
    fprintf(stderr, "%s:\n%.*s\n", what, (int)n, text);
    abort();
}

void fuzz_problems(const PolicyProblems *problems, const char *name, const char *text, size_t n)
{
    Str page = { 0 };
    int lines = 1;

    for (size_t i = 0; i < n; i++) lines += text[i] == '\n';
    for (size_t i = 0; i < problems->n; i++) {
        const PolicyProblem *it = &problems->items[i];
        must(it->line >= 1 && it->line <= lines, "a problem without a line", text, n);
        must(it->column >= 1 && it->width >= 1, "a problem without a column", text, n);
        must(it->text && *it->text, "a problem without a sentence", text, n);
        must(i == 0 || problems->items[i - 1].line <= it->line, "problems out of order", text, n);
        policy_problem_print(it, name, text, n, &page);
    }
    must(problems->n == 0 || page.n > 0, "problems that print nothing", text, n);
    fuzz_fine += problems->n == 0;
    str_finish(&page);
}

#ifdef FUZZ_GRAMMARS /* only in a libFuzzer program */
size_t LLVMFuzzerMutate(uint8_t *data, size_t n, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t n, size_t most, unsigned int seed);

static Grammar *grammar(void)
{
    static Grammar *g;
    char path[600];

    snprintf(path, sizeof path, "%s/%s.grammar", FUZZ_GRAMMARS, fuzz_kind);
    if (!g && !(g = grammar_read(path))) abort();
    return g;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t n, size_t most, unsigned int seed)
{
    Str out = { 0 };
    size_t length;

    if (seed % 4 == 0) return LLVMFuzzerMutate(data, n, most);
    if (seed % 16 == 1)
        grammar_make(grammar(), seed, &out);
    else
        grammar_mutate(grammar(), seed, (const char *)data, n, &out);
    length = out.n < most ? out.n : most;
    if (length) memcpy(data, out.s, length);
    str_finish(&out);
    return length;
}
#endif
