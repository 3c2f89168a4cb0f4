/* book_help.h — what tests of the written book share: the standard policy, a form out of a text, keys. */
#ifndef TESTS_UI_BOOK_HELP_H
#define TESTS_UI_BOOK_HELP_H

#include "kit_help.h"

#include "book_writer.h"
#include <stdio.h>
#include <stdlib.h>

static inline Policy *book_policy(void)
{
    size_t n = 0;
    const char *text = policy_builtin(POLICY_STANDARD, &n);
    Arena *a = arena_new();
    PolicyProblems problems = { .arena = a };
    Policy *p = policy_parse(POLICY_STANDARD, text, n, &problems);

    assert_non_null(p);
    arena_free(&a);
    return p;
}

static inline FormSpec *book_form(const char *name, const char *text, size_t n, const Policy *p)
{
    Arena *a = arena_new();
    PolicyProblems problems = { .arena = a };
    FormSpec *f = form_parse(name, text, n, p, &problems);

    if (!f)
        for (size_t i = 0; i < problems.n; i++)
            print_message("%d: %s\n", problems.items[i].line, problems.items[i].text);
    assert_non_null(f);
    arena_free(&a);
    return f;
}

static inline WriterResult press(Writer *w, Key k)
{
    Event e = key(k);
    return writer_event(w, &e);
}

static inline void type(Writer *w, const char *s)
{
    for (; *s; s++) press(w, (Key)(unsigned char)*s);
}

#endif
