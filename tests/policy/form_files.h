/* form_files.h — what the tests of forms share: a form from a text, its problems as one page, the shipped book. */
#ifndef TESTS_FORM_FILES_H
#define TESTS_FORM_FILES_H

#include "policy/form_spec.h"
#include "policy/instrument.h"

#include "policy_files.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The problems of a form's text as people see them; "" when there are none (then *out is it, if asked for). */
static inline char *form_problems(const Policy *p, const char *text, size_t n, FormSpec **out)
{
    PolicyProblems problems = { .arena = arena_new() };
    FormSpec *form = form_parse("test.form", text, n, p, &problems);
    Str page = { 0 };
    int lines = 0;

    for (size_t i = 0; i < n; i++) lines += text[i] == '\n';
    for (size_t i = 0; i < problems.n; i++) {
        assert_true(problems.items[i].line <= 1 + lines);
        assert_true(problems.items[i].line >= 1 && problems.items[i].column >= 1 && problems.items[i].width >= 1);
        policy_problem_print(&problems.items[i], "test.form", text, n, &page);
    }
    assert_int_equal(form == NULL, problems.n > 0);
    arena_free(&problems.arena);
    if (out)
        *out = form;
    else
        form_spec_free(&form);
    str_add(&page, "");
    return str_take(&page);
}

/* A form that must be good. */
static inline FormSpec *form_of(const Policy *p, const char *text)
{
    FormSpec *form;
    char *page = form_problems(p, text, strlen(text), &form);

    if (!form) fail_msg("%s", page);
    mem_free(page);
    return form;
}

static inline FormSpec *shipped(const Policy *p, const char *name)
{
    size_t n;
    const char *text = form_builtin(name, &n);

    assert_non_null(text);
    return form_of(p, text);
}

static inline char *instrument_problems(const char *text, size_t n, Instrument **out)
{
    PolicyProblems problems = { .arena = arena_new() };
    Instrument *i = instrument_parse("test.instrument", text, n, &problems);
    Str page = { 0 };

    for (size_t k = 0; k < problems.n; k++) policy_problem_print(&problems.items[k], "test.instrument", text, n, &page);
    assert_int_equal(i == NULL, problems.n > 0);
    arena_free(&problems.arena);
    if (out)
        *out = i;
    else
        instrument_free(&i);
    str_add(&page, "");
    return str_take(&page);
}

#endif
