/* test_store.c — every promise of include/store/store.h, on the engine named: `sqlite:` or `fault:sqlite:`. */
#include "desk.h"

#include "base/str.h"

#include <stdio.h>
#include <string.h>

static const Vocabs *vocabs(void)
{
    return vocabs_standard();
}

/* ---- the store itself ---- */

static void a_new_store_says_what_it_is(void **unused)
{
    Store *s = desk_store("birth");
    const StoreInfo *info = store_info(s);

    assert_true(info->training);
    assert_string_equal(info->borough, "KG");
    assert_true(info->created_at == NOW);
    assert_int_equal(strlen(info->id), 32);
    store_close(&s);
    assert_null(s);
    store_close(&s);
}

static void a_case_comes_back_as_it_went_in(void **unused)
{
    Store *s = desk_store("round");
    Arena *a = arena_new();

    for (int i = 0; i < 20; i++) {
        CaseDoc in, out;
        CaseRow row;
        Str x = { 0 }, y = { 0 };
        desk_case(i, i % 2, a, &in);
        desk_must_save(s, i, i % 2);
        must(store_case_find(s, in.id, a, &row, E));
        must(store_case_load(s, row.key, vocabs(), a, &out, E));
        case_write(&in, vocabs(), &x);
        case_write(&out, vocabs(), &y);
        assert_string_equal(x.s, y.s);
        str_finish(&x);
        str_finish(&y);
    }
    arena_free(&a);
    store_close(&s);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_store_says_what_it_is),
        cmocka_unit_test(a_case_comes_back_as_it_went_in),
    };
    int failed;

    desk_start();
    failed = cmocka_run_group_tests_name("store", tests, NULL, NULL);
    desk_finish();
    return failed;
}
