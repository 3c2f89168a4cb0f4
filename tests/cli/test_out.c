/* test_out.c — rows as table, csv and json, to the byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "out.h"

#include <stdlib.h>
#include <string.h>

static const Column columns[] = {
    { "name", "name", AS_ANY, false },
    { "count", "count", AS_ANY, true },
    { "at", "when", AS_DATA, false },
    { "fine", "fine", AS_ANY, false },
};

static char *written(Format format, Look look, const char *name, int64_t count, Time at)
{
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    Out *o = out_new(to, format, look, columns, ARRAY_LEN(columns));
    Err err = { 0 };

    out_text(o, name);
    out_int(o, count);
    out_time(o, at);
    out_yes(o, true);
    assert_true(out_row(o));
    assert_true(out_end(&o, &err));
    assert_null(o);
    fclose(to);
    return text;
}

static void gives(Format format, Look look, const char *name, int64_t count, Time at, const char *wanted)
{
    char *text = written(format, look, name, count, at);

    assert_string_equal(text, wanted);
    free(text);
}

static void json_has_keys_in_order_and_no_blanks(void **unused)
{
    gives(FORMAT_JSON, (Look){ 0 }, "Example", 3, 1265062440,
        "{\"name\":\"Example\",\"count\":3,\"at\":\"2010-02-01T22:14:00Z\",\"fine\":true}\n");
    gives(FORMAT_JSON, (Look){ 0 }, NULL, INT64_MIN, TIME_NONE,
        "{\"name\":null,\"count\":-9223372036854775808,\"at\":null,\"fine\":true}\n");
}

static void json_escapes_what_a_terminal_could_obey(void **unused)
{
    gives(FORMAT_JSON, (Look){ 0 }, "a\"b\\c\n\033[31m\xe2\x80\xae", 0, TIME_NONE,
        "{\"name\":\"a\\\"b\\\\c\\n\\u001b[31m\\u202e\",\"count\":0,\"at\":null,\"fine\":true}\n");
    gives(FORMAT_JSON, (Look){ 0 }, "\xf3\xa0\x81\x81\xff", 0, TIME_NONE,
        "{\"name\":\"\\udb40\\udc41\\ufffd\",\"count\":0,\"at\":null,\"fine\":true}\n");
}

static void json_leaves_letters_of_all_scripts_alone(void **unused)
{
    gives(FORMAT_JSON, (Look){ 0 }, "Àpẹẹrẹ 示例 نموذج", 0, TIME_NONE,
        "{\"name\":\"Àpẹẹrẹ 示例 نموذج\",\"count\":0,\"at\":null,\"fine\":true}\n");
}

static void csv_has_a_header_and_defuses_formulas(void **unused)
{
    char *text = written(FORMAT_CSV, (Look){ 0 }, "=1+1", 3, 1265062440);

    assert_ptr_equal(strstr(text, "name,count,at,fine\r\n"), text);
    assert_null(strstr(text, "\n=1+1"));
    assert_non_null(strstr(text, ",3,2010-02-01T22:14:00Z,true\r\n"));
    free(text);
}

static void times_before_1970_and_across_midnight_are_right(void **unused)
{
    gives(FORMAT_JSON, (Look){ 0 }, "", 0, -1,
        "{\"name\":\"\",\"count\":0,\"at\":\"1969-12-31T23:59:59Z\",\"fine\":true}\n");
    gives(FORMAT_JSON, (Look){ 0 }, "", 0, 0,
        "{\"name\":\"\",\"count\":0,\"at\":\"1970-01-01T00:00:00Z\",\"fine\":true}\n");
    gives(FORMAT_JSON, (Look){ 0 }, "", 0, -DAY,
        "{\"name\":\"\",\"count\":0,\"at\":\"1969-12-31T00:00:00Z\",\"fine\":true}\n");
}

static void a_table_is_aligned_by_what_is_seen(void **unused)
{
    gives(FORMAT_TABLE, (Look){ 0 }, "示例", 7, TIME_NONE, "name  count  fine\n示例      7  yes\n");
}

static void a_table_shows_what_is_hostile(void **unused)
{
    gives(FORMAT_TABLE, (Look){ .ascii = true }, "a\xe2\x80\xae", 7, TIME_NONE,
        "name       count  fine\na<U+202E>      7  yes\n");
}

static void an_ascii_table_holds_nothing_else(void **unused)
{
    char *safe = out_safe("Zoë — “quoted” → 示", false, true);

    assert_string_equal(safe, "Zo? - \"quoted\" -> ?");
    mem_free(safe);
}

static void an_empty_table_says_nothing(void **unused)
{
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    Out *o = out_new(to, FORMAT_TABLE, (Look){ 0 }, columns, ARRAY_LEN(columns));

    assert_true(out_end(&o, NULL));
    assert_true(out_end(&o, NULL));
    fclose(to);
    assert_string_equal(text, "");
    free(text);
}

static void a_long_table_keeps_its_first_widths(void **unused)
{
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    Out *o = out_new(to, FORMAT_TABLE, (Look){ 0 }, columns, 2);

    for (int i = 0; i < 1000; i++) {
        out_text(o, i == 999 ? "longer than all before" : "x");
        out_int(o, i);
        assert_true(out_row(o));
    }
    assert_true(out_end(&o, NULL));
    fclose(to);
    assert_ptr_equal(strstr(text, "name  count\nx         0\n"), text);
    assert_non_null(strstr(text, "x       998\nlonger than all before    999\n"));
    free(text);
}

static void a_failed_write_is_told_once_at_the_end(void **unused)
{
    FILE *to = fopen("/dev/full", "w");
    Out *o = out_new(to, FORMAT_JSON, (Look){ 0 }, columns, 1);
    Err err = { 0 };
    bool ok = true;

    for (int i = 0; ok && i < 100000; i++) out_text(o, "a row"), ok = out_row(o);
    assert_false(ok);
    assert_false(out_end(&o, &err));
    assert_int_equal(err.kind, ERR_IO);
    assert_non_null(strstr(err.text, "No space left"));
    fclose(to);
}

static void words_are_an_array_or_a_line(void **unused)
{
    static const char *const words[] = { "csu-ds", "csu-di" };
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    Out *o = out_new(to, FORMAT_JSON, (Look){ 0 }, columns, 1);

    out_words(o, words, 2);
    out_row(o);
    out_words(o, words, 0);
    out_row(o);
    assert_true(out_end(&o, NULL));
    fclose(to);
    assert_string_equal(text, "{\"name\":[\"csu-ds\",\"csu-di\"]}\n{\"name\":[]}\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_has_keys_in_order_and_no_blanks),
        cmocka_unit_test(json_escapes_what_a_terminal_could_obey),
        cmocka_unit_test(json_leaves_letters_of_all_scripts_alone),
        cmocka_unit_test(csv_has_a_header_and_defuses_formulas),
        cmocka_unit_test(times_before_1970_and_across_midnight_are_right),
        cmocka_unit_test(a_table_is_aligned_by_what_is_seen),
        cmocka_unit_test(a_table_shows_what_is_hostile),
        cmocka_unit_test(an_ascii_table_holds_nothing_else),
        cmocka_unit_test(an_empty_table_says_nothing),
        cmocka_unit_test(a_long_table_keeps_its_first_widths),
        cmocka_unit_test(a_failed_write_is_told_once_at_the_end),
        cmocka_unit_test(words_are_an_array_or_a_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
