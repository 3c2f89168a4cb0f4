/* core_test.h — what the tests of the core share: cmocka, an arena for one test, times as text, a document as text. */
#ifndef CORE_TEST_H
#define CORE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each test has its own arena in *state. */
static inline int arena_up(void **state)
{
    *state = arena_new();
    return 0;
}

static inline int arena_down(void **state)
{
    arena_free((Arena **)state);
    return 0;
}

#define FACT(f) cmocka_unit_test_setup_teardown(f, arena_up, arena_down)

/* The moment of a text; the test fails when it is none. */
static inline Time T(const char *s)
{
    Time t = TIME_NONE;

    assert_true(civil_parse_time(s, &t, NULL));
    return t;
}

#define HEAD "{\"format\":\"book124.case/1\",\"id\":\"KG-1\",\"reported_at\":\"2010-02-01T22:14:00Z\""

/* A document: HEAD, the members given, and the end. */
static inline const char *doc_text(Arena *a, const char *members)
{
    return arena_printf(a, "%s%s%s}", HEAD, *members ? "," : "", members);
}

static inline bool doc_read_at(Arena *a, const char *json, Time now, CaseDoc *out, Err *err)
{
    return case_read(json, strlen(json), vocabs_standard(), now, a, out, NULL, err);
}

/* The document of these members; the test fails with its sentence when it cannot be read. */
static inline CaseDoc doc_of(Arena *a, const char *members)
{
    CaseDoc doc;
    Err err = { 0 };

    if (!doc_read_at(a, doc_text(a, members), TIME_MAX, &doc, &err)) fail_msg("%s", err.text);
    return doc;
}

/* The sentence that refuses these members. */
static inline const char *refusal(Arena *a, const char *members)
{
    CaseDoc doc;
    Err err = { 0 };

    if (doc_read_at(a, doc_text(a, members), TIME_MAX, &doc, &err)) return "it was read";
    assert_int_equal(err.kind, ERR_INVALID);
    return arena_dup(a, err.text);
}

static inline const char *written(Arena *a, const CaseDoc *doc)
{
    Str s = { 0 };
    const char *text;

    case_write(doc, vocabs_standard(), &s);
    text = arena_dup(a, str_text(&s));
    str_finish(&s);
    return text;
}

/* A whole file, NUL added; NULL when it is not there. */
static inline char *file_bytes(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    char *bytes;
    long size;

    if (!f) return NULL;
    fseek(f, 0, SEEK_END);
    size = ftell(f);
    rewind(f);
    bytes = malloc((size_t)size + 1);
    *n = fread(bytes, 1, (size_t)size, f);
    bytes[*n] = '\0';
    fclose(f);
    return bytes;
}

#endif
