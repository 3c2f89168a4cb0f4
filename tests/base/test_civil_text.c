/* test_civil_text.c — dates and times as text. */
#include "helpers.h"

static void rfc_3339_is_read(void **unused)
{
    assert_int_equal(T("1970-01-01T00:00:00Z"), 0);
    assert_int_equal(T("2010-02-01T22:14:00+01:00"), T("2010-02-01T21:14:00Z"));
    assert_int_equal(T("2010-02-01T22:14:00-05:30"), T("2010-02-02T03:44:00Z"));
    assert_int_equal(T("2010-02-01T22:14:00-00:00"), T("2010-02-01T22:14:00Z"));
    assert_int_equal(T("2010-02-01t22:14:00z"), T("2010-02-01T22:14:00Z"));
    assert_int_equal(T("2010-02-01T22:14:00.000Z"), T("2010-02-01T22:14:00Z"));
    assert_int_equal(T("2012-02-29T00:00:00Z"), 1330473600);
    assert_int_equal(T("1900-01-01T00:00:00Z"), -2208988800);
    assert_int_equal(T("2200-12-31T23:59:59Z"), 7289654399);
}

static void what_is_not_a_time_is_refused(void **unused)
{
    static const char *const wrong[] = { "", " ", "2010", "2010-02-01", "2010-02-01 22:14:00Z", "2010-02-01T22:14:00",
        "2010-02-01T22:14Z", "2010-02-01T22:14:00.5Z", "2010-02-01T22:14:00.001+01:00", "2010-02-01T22:14:00.Z",
        "2010-02-01T22:14:60Z", "2010-02-01T24:00:00Z", "2010-02-01T22:60:00Z", "2010-02-29T22:14:00Z",
        "1900-02-29T00:00:00Z", "2010-04-31T22:14:00Z", "2010-13-01T22:14:00Z", "2010-00-01T22:14:00Z",
        "2010-01-00T22:14:00Z", "1899-12-31T23:59:59Z", "2201-01-01T00:00:00Z", "1900-01-01T00:00:00+01:00",
        "2200-12-31T23:59:59-00:01", "10-02-01T22:14:00Z", "2010-2-1T22:14:00Z", "2010-02-01T22:14:00+1:00",
        "2010-02-01T22:14:00+0100", "2010-02-01T22:14:00+24:00", "2010-02-01T22:14:00+01:60", "2010-02-01T22:14:00Z ",
        " 2010-02-01T22:14:00Z", "2010-02-01T22:14:00ZZ", "2010-02-01T-2:14:00Z", "+010-02-01T22:14:00Z",
        "２０１０-02-01T22:14:00Z", "2010-02-01T22:14:00−01:00" };

    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        Time t = 12345;
        Err err = { 0 };

        if (civil_parse_time(wrong[i], &t, &err)) fail_msg("“%s” was read", wrong[i]);
        assert_int_equal(err.kind, ERR_INVALID);
        assert_true(strlen(err.text) > 20 && err.text[strlen(err.text) - 1] == '.');
        assert_int_equal(t, 12345);
    }
    assert_false(civil_parse_time(NULL, &(Time){ 0 }, NULL));
}

static void a_date_is_a_day_the_calendar_has(void **unused)
{
    static const char *const wrong[] = { "", "2010-02-30", "2010-2-1", "01/02/2010", "2010-02-01T", "2010-02-01 ",
        "20100201", "1899-12-31", "2201-01-01", "2100-02-29", "2010-02-0x" };
    Date d = 7;

    assert_int_equal(D("2000-02-29"), civil_date(2000, 2, 29));
    assert_int_equal(D("1970-01-01"), 0);
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        Err err = { 0 };

        if (civil_parse_date(wrong[i], &d, &err)) fail_msg("“%s” was read", wrong[i]);
        assert_int_equal(err.kind, ERR_INVALID);
    }
    assert_int_equal(d, 7);
    assert_false(civil_parse_date(NULL, &d, NULL));
}

static void what_is_written_is_read_back(void **unused)
{
    uint64_t seed = 9;
    char out[CIVIL_TEXT];

    for (int i = 0; i < 100000; i++) {
        Time t = T("1900-01-01T00:00:00Z") + (Time)dice_below(&seed, 300ull * 31557600), back;
        Date d = civil_local_date(t), day;

        assert_true(civil_parse_time(civil_format_time(t, out), &back, NULL));
        assert_int_equal(back, t);
        if (d < D("1900-01-01")) continue;
        assert_true(civil_parse_date(civil_format_date(d, out), &day, NULL));
        assert_int_equal(day, d);
    }
}

static void broken_text_is_never_read_beyond_its_end(void **unused)
{
    static const char whole[] = "2010-02-01T22:14:00.0+01:00";
    uint64_t seed = 11;

    for (int i = 0; i < 100000; i++) {
        size_t n = dice_below(&seed, sizeof whole);
        char *s = mem_new(n + 1); /* exactly as long as it is, for the address sanitizer */
        Time t;

        memcpy(s, whole, n);
        if (n > 0) s[dice_below(&seed, n)] = (char)(1 + dice_below(&seed, 255));
        civil_parse_time(s, &t, NULL);
        civil_parse_typed(s, 1265015520, &t, NULL);
        mem_free(s);
    }
}

static void screens_speak_local_time(void **unused)
{
    char out[CIVIL_TEXT];
    Time winter = T("2010-02-01T09:12:00Z"), summer = T("2010-07-31T23:30:00Z");

    assert_string_equal(civil_words_full(winter, out), "Mon 1 Feb 2010 09:12");
    assert_string_equal(civil_words_short(winter, out), "Mon 1 Feb 09:12");
    assert_string_equal(civil_words_clock(winter, out), "09:12");
    assert_string_equal(civil_words_full(summer, out), "Sun 1 Aug 2010 00:30");
    assert_string_equal(civil_words_short(summer, out), "Sun 1 Aug 00:30");
    assert_string_equal(civil_words_clock(summer, out), "00:30");
    assert_string_equal(civil_words_date(D("2010-12-25"), out), "25 Dec 2010");
    assert_string_equal(civil_format_time(summer, out), "2010-07-31T23:30:00Z");
    assert_string_equal(civil_format_date(D("2010-02-01"), out), "2010-02-01");
}

static void nothing_is_written_as_nothing(void **unused)
{
    char *(*const writers[])(
        Time, char[CIVIL_TEXT]) = { civil_format_time, civil_words_full, civil_words_short, civil_words_clock };
    const Time unsayable[] = { TIME_NONE, TIME_MAX, TIME_NONE + 1, 253402300800 };
    char out[CIVIL_TEXT];

    for (size_t i = 0; i < ARRAY_LEN(writers); i++)
        for (size_t k = 0; k < ARRAY_LEN(unsayable); k++) {
            memset(out, 'x', sizeof out);
            assert_string_equal(writers[i](unsayable[k], out), "");
        }
    assert_string_equal(civil_format_date(DATE_NONE, out), "");
    assert_string_equal(civil_words_date(DATE_NONE, out), "");
    assert_string_equal(civil_words_date(INT32_MAX, out), "");
}

static void spans_are_said_in_at_most_two_units(void **unused)
{
    static const struct {
        int64_t seconds;
        const char *words;
    } spans[] = {
        { 0, "0m" },
        { 59, "0m" },
        { 60, "1m" },
        { 45 * MINUTE, "45m" },
        { HOUR - 1, "59m" },
        { HOUR, "1h  0m" },
        { 3 * HOUR + 10 * MINUTE, "3h 10m" },
        { 23 * HOUR + 59 * MINUTE, "23h 59m" },
        { DAY, "1d  0h" },
        { DAY + 2 * HOUR + 59 * MINUTE, "1d  2h" },
        { 2 * DAY, "2d  0h" },
        { 9 * DAY + 23 * HOUR, "9d 23h" },
        { 12 * DAY + 5 * HOUR, "12d" },
        { 400 * (int64_t)DAY, "400d" },
        { -3 * HOUR - 10 * MINUTE, "3h 10m" },
        { INT64_MIN, "106751991167300d" },
        { INT64_MAX, "106751991167300d" },
    };
    char out[CIVIL_TEXT];

    for (size_t i = 0; i < ARRAY_LEN(spans); i++)
        assert_string_equal(civil_words_span(spans[i].seconds, out), spans[i].words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rfc_3339_is_read),
        TEST(what_is_not_a_time_is_refused),
        TEST(a_date_is_a_day_the_calendar_has),
        TEST(what_is_written_is_read_back),
        TEST(broken_text_is_never_read_beyond_its_end),
        TEST(screens_speak_local_time),
        TEST(nothing_is_written_as_nothing),
        TEST(spans_are_said_in_at_most_two_units),
    };

    return cmocka_run_group_tests_name("civil text", tests, NULL, NULL);
}
