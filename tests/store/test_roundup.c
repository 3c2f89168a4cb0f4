/* test_roundup.c — suspects who are outstanding: every page held against a plain sort of all that was applied, only the difference written,
** and what is wrong in the table found and mended by a recheck. */
#include "desk.h"

#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASES = 60, ALL_MAX = CASES * 2 };

static Store *s;
static Arena *a;

typedef struct Known {
    char id[41], person[8];
    Time reported_at;
    int rank;
} Known;
static Known all[ALL_MAX];
static size_t n_all;

static int with_store(void **unused)
{
    desk_remove("s");
    s = desk_store("s");
    a = arena_new();
    n_all = 0;
    return 0;
}

static int without_store(void **unused)
{
    store_close(&s);
    arena_free(&a);
    return 0;
}

static bool apply(CaseKey key, const Outstanding *them, size_t n, Err *err)
{
    CaseDoc doc;
    Tx tx = { 0 };
    Derivation is = { .policy_key = 1, .outstanding = them, .n_outstanding = n };

    must(store_case_load(s, key, vocabs_standard(), a, &doc, E));
    is.badge = desk_badge(&doc);
    return desk_end(&tx, store_begin(s, &tx, err) && store_outstanding_apply(&tx, key, &is, err), err);
}

/* None, one or two, with reports that fall together now and then. */
static void fill(void)
{
    for (int i = 0; i < CASES; i++) {
        CaseDoc doc;
        CaseKey key = desk_must_save(s, i, i % 3);
        Outstanding them[2] = { { "s2", NOW - i / 4 * DAY, NOW }, { "s1", NOW - i / 4 * DAY, NOW - HOUR } };
        size_t n = (size_t)i % 3;
        desk_case(i, i % 3, a, &doc);
        for (size_t k = 0; k < n; k++) {
            Known *x = &all[n_all++];
            *x = (Known){ .reported_at = them[k].reported_at, .rank = rank_of_grade(case_grade(&doc)) };
            snprintf(x->id, sizeof x->id, "%s", doc.id);
            snprintf(x->person, sizeof x->person, "%s", them[k].person);
        }
        must(apply(key, them, n, E));
    }
}

static int order(const void *p, const void *q)
{
    const Known *x = p, *y = q;
    int c;

    if (x->rank != y->rank) return x->rank - y->rank;
    if (x->reported_at != y->reported_at) return x->reported_at < y->reported_at ? -1 : 1;
    c = strcmp(x->id, y->id);
    return c ? c : strcmp(x->person, y->person);
}

static void pages_of_every_size_are_the_list(void **unused)
{
    fill();
    qsort(all, n_all, sizeof *all, order);
    assert_true(n_all > CASES / 2);
    for (size_t limit = 1; limit <= n_all + 1; limit += 1 + limit / 3) {
        OutstandingRow *rows, last;
        const OutstandingRow *from = NULL;
        size_t n, at = 0;
        do {
            must(store_outstanding_page(s, from, limit, a, &rows, &n, E));
            assert_true(n <= limit);
            for (size_t i = 0; i < n; i++, at++) {
                assert_string_equal(rows[i].case_id, all[at].id);
                assert_string_equal(rows[i].person, all[at].person);
                assert_int_equal(rows[i].reported_at, all[at].reported_at);
                assert_int_equal(rank_of_grade(rows[i].grade), all[at].rank);
            }
            if (n) last = rows[n - 1], from = &last;
        } while (n);
        assert_int_equal(at, n_all);
    }
}

static void only_the_difference_is_written(void **unused)
{
    CaseKey key = desk_must_save(s, 1, true);
    Outstanding two[2] = { { "s1", NOW, NOW }, { "s2", NOW, NOW } }, later[2] = { { "s1", NOW, NOW + 5 }, { "s2", NOW, NOW } };
    int64_t before;

    must(apply(key, two, 2, E));
    before = s->rows_changed;
    must(apply(key, two, 2, E));
    assert_int_equal(s->rows_changed - before, 0);
    must(apply(key, later, 2, E));
    assert_int_equal(s->rows_changed - before, 1);
    must(apply(key, later, 1, E));
    assert_int_equal(s->rows_changed - before, 2);
    must(apply(key, NULL, 0, E));
    assert_int_equal(s->rows_changed - before, 3);
}

static void the_digest_of_what_is_derived_knows_them(void **unused)
{
    CaseKey key = desk_must_save(s, 1, true);
    Outstanding one = { "s1", NOW, NOW };
    uint8_t none[HASH_BYTES], some[HASH_BYTES];

    must(store_derived_digest(s, none, E));
    must(apply(key, &one, 1, E));
    must(store_derived_digest(s, some, E));
    assert_memory_not_equal(none, some, HASH_BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pages_of_every_size_are_the_list, with_store, without_store),
        cmocka_unit_test_setup_teardown(only_the_difference_is_written, with_store, without_store),
        cmocka_unit_test_setup_teardown(the_digest_of_what_is_derived_knows_them, with_store, without_store),
    };
    int failed;

    desk_start();
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    desk_finish();
    return failed;
}
