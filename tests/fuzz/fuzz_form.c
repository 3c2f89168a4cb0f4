/* fuzz_form.c — any bytes as a form file, by the words of the standard policy. */
#include "fuzz.h"

#include "base/crypto.h"
#include "policy/form_spec.h"

#include <stdlib.h>

const char fuzz_kind[] = "form";

static const Policy *standard(void)
{
    static Policy *p;
    PolicyProblems problems;
    size_t n;
    const char *text = policy_builtin(POLICY_STANDARD, &n);
    Err err = { 0 };

    if (p) return p;
    if (!crypto_start(&err)) abort();
    problems = (PolicyProblems){ .arena = arena_new() };
    p = policy_parse(POLICY_STANDARD, text, n, &problems);
    arena_free(&problems.arena);
    if (!p) abort();
    return p;
}

/* Nothing is answered yet: all of it is walked. */
static void walk(const FormSpec *f, Arena *a)
{
    Answers *answers = answers_new();
    FormGap *gaps;
    FormTally tally;
    size_t sections;

    form_gaps(f, standard(), answers, NULL, 1265062440, a, &gaps);
    form_sections_of(f, &sections);
    for (size_t i = 0; i < sections; i++) form_tally(f, answers, i, &tally);
    answers_free(&answers);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    PolicyProblems problems = { .arena = arena_new() };
    FormSpec *f = form_parse("fuzz.form", (const char *)data, n, standard(), &problems);

    fuzz_problems(&problems, "fuzz.form", (const char *)data, n);
    if (!f && problems.n == 0) abort();
    if (f) walk(f, problems.arena);
    form_spec_free(&f);
    arena_free(&problems.arena);
    return 0;
}
