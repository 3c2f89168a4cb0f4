/* test_err.c — errors say one thing to the program and one to a person. */
#include "helpers.h"

#include "base/err.h"
#include "base/utf8.h"

static void an_error_is_returned_as_false(void **unused)
{
    Err err;

    assert_false(err_set(&err, ERR_STALE, "reviews[2].kind", "Somebody %s it.", "changed"));
    assert_int_equal(err.kind, ERR_STALE);
    assert_string_equal(err.field, "reviews[2].kind");
    assert_string_equal(err.text, "Somebody changed it.");
}

static void nobody_needs_to_listen(void **unused)
{
    assert_false(err_set(NULL, ERR_IO, NULL, "Lost."));
    assert_false(err_wrap(NULL, "further"));
    err_clear(NULL);
}

static void words_in_front_keep_kind_and_field(void **unused)
{
    Err err;

    err_set(&err, ERR_INVALID, "date", "There is no such day.");
    assert_false(err_wrap(&err, "line %d", 12));
    assert_false(err_wrap(&err, "cases.jsonl: "));
    assert_int_equal(err.kind, ERR_INVALID);
    assert_string_equal(err.field, "date");
    assert_string_equal(err.text, "cases.jsonl: line 12: There is no such day.");
}

static void an_error_can_be_made_from_its_own_words(void **unused)
{
    Err err;

    err_set(&err, ERR_IO, "a", "The disk is full.");
    err_set(&err, ERR_BUSY, err.field, "Not saved. %s", err.text);
    assert_string_equal(err.field, "a");
    assert_string_equal(err.text, "Not saved. The disk is full.");
}

static void a_sentence_too_long_is_cut_between_characters(void **unused)
{
    char long_text[2000];
    Err err;

    for (size_t shift = 0; shift < 4; shift++) {
        memset(long_text, 'x', shift);
        for (size_t i = shift; i + 3 < sizeof long_text; i += 3) memcpy(long_text + i, "€", 4);
        err_set(&err, ERR_INVALID, long_text, "%s", long_text);
        assert_true(utf8_valid(err.text, strlen(err.text), NULL));
        assert_true(utf8_valid(err.field, strlen(err.field), NULL));
        assert_true(strlen(err.text) >= sizeof err.text - 4);
        err_wrap(&err, "€ in front");
        assert_true(utf8_valid(err.text, strlen(err.text), NULL));
        assert_memory_equal(err.text, "€ in front: ", strlen("€ in front: "));
    }
}

static void every_kind_has_a_word_of_its_own(void **unused)
{
    for (int a = ERR_NONE; a <= ERR_BUG; a++)
        for (int b = ERR_NONE; b < a; b++)
            assert_string_not_equal(err_kind_word((ErrKind)a), err_kind_word((ErrKind)b));
    assert_string_equal(err_kind_word((ErrKind)99), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_error_is_returned_as_false),
        TEST(nobody_needs_to_listen),
        TEST(words_in_front_keep_kind_and_field),
        TEST(an_error_can_be_made_from_its_own_words),
        TEST(a_sentence_too_long_is_cut_between_characters),
        TEST(every_kind_has_a_word_of_its_own),
    };

    return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
