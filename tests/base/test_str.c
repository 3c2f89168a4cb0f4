/* test_str.c — a text that grows, and words that were nearly typed. */
#include "helpers.h"

#include "base/str.h"

static void a_text_grows_and_is_always_ended(void **unused)
{
    Str b = { 0 };

    assert_string_equal(str_text(&b), "");
    str_add(&b, "a");
    str_add_n(&b, "bcd", 2);
    str_add_char(&b, '!');
    str_addf(&b, "%d%s", 12, "");
    str_addf(&b, "%s", "");
    str_add(&b, NULL);
    assert_string_equal(str_text(&b), "abc!12");
    assert_int_equal(b.n, 6);
    for (int i = 0; i < 100000; i++) str_add_char(&b, 'x');
    assert_int_equal(b.n, 100006);
    assert_int_equal(strlen(b.s), b.n);
    str_clear(&b);
    assert_string_equal(str_text(&b), "");
    str_finish(&b);
    str_finish(&b);
    assert_null(b.s);
}

static void a_text_may_hold_any_bytes(void **unused)
{
    Str b = { 0 };

    str_add_n(&b, "a\0b", 3);
    assert_int_equal(b.n, 3);
    assert_memory_equal(b.s, "a\0b", 4);
    str_finish(&b);
}

static void a_taken_text_belongs_to_the_taker(void **unused)
{
    Str b = { 0 };
    char *s;

    str_addf(&b, "%05d", 42);
    s = str_take(&b);
    assert_string_equal(s, "00042");
    assert_null(b.s);
    mem_free(s);
    s = str_take(&b);
    assert_string_equal(s, "");
    mem_free(s);
}

static void nothing_equals_only_nothing(void **unused)
{
    assert_true(str_eq(NULL, NULL));
    assert_false(str_eq(NULL, ""));
    assert_false(str_eq("", NULL));
    assert_true(str_eq("a", "a"));
    assert_false(str_eq("a", "b"));
}

static void an_edit_is_a_letter_more_less_other_or_swapped(void **unused)
{
    assert_int_equal(str_distance("", ""), 0);
    assert_int_equal(str_distance("", "abc"), 3);
    assert_int_equal(str_distance("review", "review"), 0);
    assert_int_equal(str_distance("reveiw", "review"), 1);
    assert_int_equal(str_distance("reviw", "review"), 1);
    assert_int_equal(str_distance("reviiew", "review"), 1);
    assert_int_equal(str_distance("rewiew", "review"), 1);
    assert_int_equal(str_distance("ca", "abc"), 3); /* optimal string alignment: no place is edited twice */
    assert_int_equal(str_distance("kitten", "sitting"), 3);
    assert_int_equal(str_distance("abcd", "badc"), 2);
}

static void distance_is_the_same_both_ways(void **unused)
{
    uint64_t seed = 7;

    for (int round = 0; round < 5000; round++) {
        char a[65] = "", b[65] = "";
        size_t na = dice_below(&seed, 65), nb = dice_below(&seed, 65), d;

        for (size_t i = 0; i < na; i++) a[i] = (char)('a' + dice_below(&seed, 3));
        for (size_t i = 0; i < nb; i++) b[i] = (char)('a' + dice_below(&seed, 3));
        d = str_distance(a, b);
        assert_int_equal(d, str_distance(b, a));
        assert_true(d <= (na > nb ? na : nb) && d >= (na > nb ? na - nb : nb - na));
        assert_true((d == 0) == str_eq(a, b));
    }
}

static void words_too_long_to_compare_are_far_apart(void **unused)
{
    char a[100], b[100];

    memset(a, 'a', 99);
    memset(b, 'a', 99);
    a[99] = b[99] = '\0';
    assert_int_equal(str_distance(a, b), 0);
    b[50] = 'b';
    assert_int_equal(str_distance(a, b), 99);
    assert_null(str_nearest(a, (const char *const[]){ b }, 1));
}

static void a_slip_finds_its_word_and_nonsense_none(void **unused)
{
    static const char *const words[] = { "review", "hold", "restrict", "export", "st", "" };

    assert_string_equal(str_nearest("reveiw", words, 6), "review");
    assert_string_equal(str_nearest("REVEIW", words, 6), "review");
    assert_string_equal(str_nearest("restict", words, 6), "restrict");
    assert_string_equal(str_nearest("hlod", words, 6), "hold");
    assert_string_equal(str_nearest("ts", words, 6), "st");
    assert_null(str_nearest("zebra", words, 6));
    assert_null(str_nearest("x", words, 6));
    assert_null(str_nearest("", words, 6));
    assert_null(str_nearest(NULL, words, 6));
    assert_null(str_nearest("review", NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_text_grows_and_is_always_ended),
        TEST(a_text_may_hold_any_bytes),
        TEST(a_taken_text_belongs_to_the_taker),
        TEST(nothing_equals_only_nothing),
        TEST(an_edit_is_a_letter_more_less_other_or_swapped),
        TEST(distance_is_the_same_both_ways),
        TEST(words_too_long_to_compare_are_far_apart),
        TEST(a_slip_finds_its_word_and_nonsense_none),
    };

    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
