/* test_number.c — case numbers: made, checked, and what a slip of the finger does to one. */
#include "core_test.h"

static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

static void a_number_that_was_made_is_good(void **state)
{
    char number[16];

    for (uint32_t r = 0; r < 200000; r++) {
        case_number_make("KG", r * 2654435761u, number);
        assert_true(case_number_ok(number));
    }
    assert_int_equal(strlen(number), 8);
}

static void a_number_has_the_borough_and_five_signs(void **state)
{
    char number[16];

    case_number_make("KG", 0, number);
    assert_memory_equal(number, "KG-2222", 7);
    assert_false(case_number_ok("KG-2222"));
    assert_false(case_number_ok("KG-222222"));
    assert_false(case_number_ok("kg-22222"));
    assert_false(case_number_ok("-22222"));
    assert_false(case_number_ok("KG22222"));
    assert_false(case_number_ok(""));
    assert_false(case_number_ok(NULL));
    assert_false(case_number_ok("KG-2010-000123"));
    assert_false(case_number_ok("KG-I0O11"));
}

static void any_one_wrong_sign_is_found(void **state)
{
    char number[16];

    for (uint32_t r = 0; r < 400; r++) {
        case_number_make("KG", r * 2654435761u, number);
        for (size_t i = 3; i < 8; i++) {
            char was = number[i];
            for (const char *c = alphabet; *c; c++) {
                number[i] = *c;
                assert_int_equal(case_number_ok(number), *c == was);
            }
            number[i] = was;
        }
        for (size_t i = 0; i < 2; i++) {
            char was = number[i];
            for (char c = 'A'; c <= 'Z'; c++) {
                number[i] = c;
                assert_int_equal(case_number_ok(number), c == was);
            }
            number[i] = was;
        }
    }
}

static void two_neighbours_changed_over_are_found(void **state)
{
    char number[16];

    for (uint32_t r = 0; r < 20000; r++) {
        case_number_make("KG", r * 2654435761u, number);
        for (size_t i = 0; i < 7; i++) {
            char a = number[i], b = number[i + 1];
            if (a == '-' || b == '-' || a == b) continue;
            number[i] = b, number[i + 1] = a;
            assert_false(case_number_ok(number));
            number[i] = a, number[i + 1] = b;
        }
    }
}

static void a_borough_that_is_none_does_no_harm(void **state)
{
    char number[16];

    case_number_make("", 7, number);
    assert_true(case_number_ok(number));
    case_number_make("MUCHTOOLONGABOROUGH", 7, number);
    assert_true(case_number_ok(number));
    case_number_make("ABCDEFGH", 7, number);
    assert_true(case_number_ok(number));
}

static void import_keeps_ids_of_forty_plain_signs(void **state)
{
    assert_true(case_id_valid("KG-2010-000123"));
    assert_true(case_id_valid("a"));
    assert_true(case_id_valid("a/b_c.d-E9"));
    assert_true(case_id_valid("0123456789012345678901234567890123456789"));
    assert_false(case_id_valid("01234567890123456789012345678901234567890"));
    assert_false(case_id_valid("-a"));
    assert_false(case_id_valid("../a"));
    assert_false(case_id_valid(""));
    assert_false(case_id_valid(NULL));
    assert_false(case_id_valid("KG 1"));
    assert_false(case_id_valid("KG\n1"));
    assert_false(case_id_valid("KG\xc3\xa9"));
    assert_false(case_id_valid("=1+1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(a_number_that_was_made_is_good),
        FACT(a_number_has_the_borough_and_five_signs),
        FACT(any_one_wrong_sign_is_found),
        FACT(two_neighbours_changed_over_are_found),
        FACT(a_borough_that_is_none_does_no_harm),
        FACT(import_keeps_ids_of_forty_plain_signs),
    };

    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
