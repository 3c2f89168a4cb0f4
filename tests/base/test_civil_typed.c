/* test_civil_typed.c — what officers type for a time. It is Monday 1 February 2010, 09:12, unless said. */
#include "helpers.h"

#include "base/utf8.h"

#define NOW "2010-02-01T09:12:00Z"

typedef struct Typing {
    const char *typed, *meant;
} Typing;

static void reads(const char *now, const Typing *typings, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char meant[CIVIL_TEXT];
        Err err = { 0 };
        Time t = TIME_NONE;

        if (!civil_parse_typed(typings[i].typed, T(now), &t, &err)) fail_msg("“%s”: %s", typings[i].typed, err.text);
        if (t != T(typings[i].meant))
            fail_msg("“%s” is %s, not %s", typings[i].typed, civil_format_time(t, meant), typings[i].meant);
    }
}

static void a_time_alone_is_the_last_such_time(void **unused)
{
    static const Typing typings[] = {
        { "0415", "2010-02-01T04:15:00Z" },
        { "04:15", "2010-02-01T04:15:00Z" },
        { "4:15", "2010-02-01T04:15:00Z" },
        { "  0415  ", "2010-02-01T04:15:00Z" },
        { "04:15:30", "2010-02-01T04:15:30Z" },
        { "0000", "2010-02-01T00:00:00Z" },
        { "0912", "2010-02-01T09:12:00Z" },
        { "0913", "2010-01-31T09:13:00Z" },
        { "2359", "2010-01-31T23:59:00Z" },
        { "now", "2010-02-01T09:12:00Z" },
        { "NOW", "2010-02-01T09:12:00Z" },
    };

    reads(NOW, typings, ARRAY_LEN(typings));
}

static void a_day_named_is_the_day_meant(void **unused)
{
    static const Typing typings[] = {
        { "yesterday 2310", "2010-01-31T23:10:00Z" },
        { "Yesterday 23:10", "2010-01-31T23:10:00Z" },
        { "yesterday, 2310", "2010-01-31T23:10:00Z" },
        { "today 0415", "2010-02-01T04:15:00Z" },
        { "today 2310", "2010-02-01T23:10:00Z" },
        { "mon 0900", "2010-02-01T09:00:00Z" },
        { "mon 0930", "2010-01-25T09:30:00Z" },
        { "sun 2310", "2010-01-31T23:10:00Z" },
        { "tue 0900", "2010-01-26T09:00:00Z" },
        { "Tues 0900", "2010-01-26T09:00:00Z" },
        { "wednesday 9:00", "2010-01-27T09:00:00Z" },
        { "thurs 0900", "2010-01-28T09:00:00Z" },
        { "fri 0900", "2010-01-29T09:00:00Z" },
        { "SAT 0900", "2010-01-30T09:00:00Z" },
    };

    reads(NOW, typings, ARRAY_LEN(typings));
}

static void a_date_may_leave_out_the_year(void **unused)
{
    static const Typing typings[] = {
        { "1/2 0415", "2010-02-01T04:15:00Z" },
        { "1/2 2310", "2009-02-01T23:10:00Z" },
        { "31/1 2310", "2010-01-31T23:10:00Z" },
        { "01/12 2310", "2009-12-01T23:10:00Z" },
        { "29/2 1200", "2008-02-29T12:00:00Z" },
        { "31 jan 2310", "2010-01-31T23:10:00Z" },
        { "31 january 23:10", "2010-01-31T23:10:00Z" },
        { "1 feb 2310", "2009-02-01T23:10:00Z" },
        { "3 sept 0900", "2009-09-03T09:00:00+01:00" },
        { "1 feb 20:10", "2009-02-01T20:10:00Z" },
    };

    reads(NOW, typings, ARRAY_LEN(typings));
}

static void a_whole_date_is_taken_as_it_stands(void **unused)
{
    static const Typing typings[] = {
        { "1/2/10 23:10", "2010-02-01T23:10:00Z" },
        { "1/2/2010 2310", "2010-02-01T23:10:00Z" },
        { "01/02/2010 2310", "2010-02-01T23:10:00Z" },
        { "1/2/75 0600", "1975-02-01T06:00:00Z" },
        { "1/2/11 0600", "1911-02-01T06:00:00Z" },
        { "1 feb 2010 2310", "2010-02-01T23:10:00Z" },
        { "1 Feb 10 2310", "2010-02-01T23:10:00Z" },
        { "2010-02-01 23:10", "2010-02-01T23:10:00Z" },
        { "2010-02-01 2310", "2010-02-01T23:10:00Z" },
        { "2010-02-01T23:10", "2010-02-01T23:10:00Z" },
        { "2010-07-01 23:10", "2010-07-01T23:10:00+01:00" },
        { "2010-02-01T23:10:00+01:00", "2010-02-01T22:10:00Z" },
        { "2010-02-01T23:10:00Z", "2010-02-01T23:10:00Z" },
        { "2031-05-06 10:00", "2031-05-06T10:00:00+01:00" },
    };

    reads(NOW, typings, ARRAY_LEN(typings));
}

static void typed_times_are_local(void **unused)
{
    static const Typing summer[] = {
        { "0415", "2010-06-30T04:15:00+01:00" },
        { "0030", "2010-07-01T00:30:00+01:00" },
        { "0031", "2010-06-30T00:31:00+01:00" },
        { "today 0015", "2010-07-01T00:15:00+01:00" },
        { "yesterday 0015", "2010-06-30T00:15:00+01:00" },
        { "thu 0015", "2010-07-01T00:15:00+01:00" },
        { "1/2 0015", "2010-02-01T00:15:00Z" },
    };

    reads("2010-06-30T23:30:00Z", summer, ARRAY_LEN(summer));
}

static void nights_when_the_clocks_change_are_read_too(void **unused)
{
    static const Typing spring[] = {
        { "0130", "2010-03-28T02:30:00+01:00" },
        { "0030", "2010-03-28T00:30:00Z" },
        { "yesterday 0130", "2010-03-27T01:30:00Z" },
    };
    static const Typing autumn[] = {
        { "0130", "2010-10-31T01:30:00+01:00" }, /* the first of two */
        { "0230", "2010-10-30T02:30:00+01:00" },
        { "sat 0130", "2010-10-30T01:30:00+01:00" },
    };

    reads("2010-03-28T09:00:00Z", spring, ARRAY_LEN(spring));
    reads("2010-10-31T01:45:00Z", autumn, ARRAY_LEN(autumn));
}

static void what_cannot_be_read_is_refused_with_two_examples(void **unused)
{
    static const char *const wrong[] = { "", "   ", "415", "2400", "0460", "24:00", "4:5", "04:60", "yesterday", "mon",
        "today", "1/2", "1 feb", "tomorrow 0900", "mo 0900", "1/13 0900", "0/2 0900", "32/1 0900", "30/2 0900",
        "29/2/2010 0900", "1/2/201 0900", "1/2/1899 0900", "1/2/ 0900", "31 feb 0900", "1 fe 0900", "1 feb 201 0900",
        "1 feb 2010 09000", "2010-02-30 09:00", "2010-02-01", "2010-2-1 09:00", "0900 0900", "now now", "now 0900",
        "1 2 3 4 5 6 7", "-0900", "09:-1", "a very long word that nobody would type for a time", "０９００", "0900z",
        "yesterday 0900 x", "2010-02-01T", "t", "2010-02-01T24:10", "1/2/10/3 0900" };

    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        Err err = { 0 };
        Time t = 5;

        if (civil_parse_typed(wrong[i], T(NOW), &t, &err)) fail_msg("“%s” was read", wrong[i]);
        assert_int_equal(err.kind, ERR_INVALID);
        assert_int_equal(t, 5);
        assert_non_null(strstr(err.text, "“yesterday 2310” or “1/2/2010 04:15”"));
    }
    assert_false(civil_parse_typed(NULL, T(NOW), &(Time){ 0 }, NULL));
}

static void what_was_typed_is_repeated_without_half_characters(void **unused)
{
    char typed[400] = "";

    for (size_t shift = 0; shift < 4; shift++) {
        Err err = { 0 };
        Time t;

        memset(typed, 'x', shift);
        for (size_t i = shift; i + 3 < sizeof typed; i += 3) memcpy(typed + i, "語", 4);
        assert_false(civil_parse_typed(typed, T(NOW), &t, &err));
        assert_true(utf8_valid(err.text, strlen(err.text), NULL));
        assert_false(civil_parse_time(typed, &t, &err));
        assert_true(utf8_valid(err.text, strlen(err.text), NULL));
        assert_non_null(strstr(err.text, "“"));
    }
}

static void the_examples_in_the_refusal_can_be_typed(void **unused)
{
    static const Typing typings[] = {
        { "yesterday 2310", "2010-01-31T23:10:00Z" },
        { "1/2/2010 04:15", "2010-02-01T04:15:00Z" },
    };

    reads(NOW, typings, ARRAY_LEN(typings));
}

static void a_year_that_could_be_a_time_is_not_guessed(void **unused)
{
    Err err = { 0 };
    Time t;

    assert_false(civil_parse_typed("1 feb 2010", T(NOW), &t, &err));
    assert_string_equal(err.text, "“2010” could be a year or a time. Write “1 feb 2010 2310” or “1 feb 20:10”.");
    assert_false(civil_parse_typed("1 feb 1999", T(NOW), &t, &err));
    assert_true(utf8_valid(err.text, strlen(err.text), NULL));
}

/* Whatever time a day has, typed back at any later moment of the next day, it is found again. */
static void a_time_read_off_the_screen_can_be_typed(void **unused)
{
    uint64_t seed = 5;

    for (int i = 0; i < 20000; i++) {
        Time now = T("1996-01-01T00:00:00Z") + (Time)dice_below(&seed, 30ull * 31557600), t;
        Time then = now - (Time)dice_below(&seed, 300ull * DAY);
        Civil c = civil_local(then);
        char text[64];

        then = civil_from_local((Civil){ c.year, c.month, c.day, c.hour, c.minute, 0 });
        snprintf(text, sizeof text, "%d/%d/%d %02d%02d", c.day, c.month, c.year, c.hour, c.minute);
        assert_true(civil_parse_typed(text, now, &t, NULL));
        assert_int_equal(t, then);
        if (c.month == 2 && c.day == 29) continue;
        snprintf(text, sizeof text, "%d/%d %02d:%02d", c.day, c.month, c.hour, c.minute);
        assert_true(civil_parse_typed(text, now, &t, NULL));
        assert_int_equal(t, then);
    }
}

/* A day without its time: born, separated, an order's last day. */
static void a_day_alone_is_a_date(void **unused)
{
    static const Typing days[] = {
        { "1980-03-04", "1980-03-04" },
        { " 4/3/1980 ", "1980-03-04" },
        { "4 mar 80", "1980-03-04" },
        { "29 feb 2008", "2008-02-29" },
        { "1/8/2012", "2012-08-01" },
        { "today", "2010-02-01" },
        { "yesterday", "2010-01-31" },
        { "Mon", "2010-02-01" },
        { "sunday", "2010-01-31" },
        { "2/2", "2009-02-02" },
    };
    static const char *const wrong[] = { "", " ", "now", "0415", "29 feb 2009", "31/2/2010", "1980-02-30",
        "2010-02-01 23:10", "soon", "1/2/2010 0415", "yesterday 2310" };
    Date d, wanted;
    Err err;

    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        if (!civil_parse_typed_date(days[i].typed, T("2010-02-01T22:14:00Z"), &d, &err)) fail_msg("%s", err.text);
        assert_true(civil_parse_date(days[i].meant, &wanted, NULL));
        assert_int_equal(d, wanted);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (civil_parse_typed_date(wrong[i], T("2010-02-01T22:14:00Z"), &d, &err)) fail_msg("“%s” was read", wrong[i]);
        assert_non_null(strstr(err.text, "1 feb 1980"));
    }
    assert_false(civil_parse_typed_date(NULL, T("2010-02-01T22:14:00Z"), &d, NULL));
}

static void so_long_from_now_is_typed_with_a_plus(void **unused)
{
    static const Typing typings[] = {
        { "+2d", "2010-02-03T09:12:00Z" },
        { " + 2 d ", "2010-02-03T09:12:00Z" },
        { "+4h", "2010-02-01T13:12:00Z" },
        { "+1W", "2010-02-08T09:12:00Z" },
        { "+60d", "2010-04-02T08:12:00Z" }, /* the same time of day, through the spring change */
    };
    static const char *const wrong[] = { "+", "+2", "+0d", "+2x", "+2dd", "+9999d", "2d", "+-2d", "+2d 0900" };
    Time t;

    for (size_t i = 0; i < sizeof typings / sizeof typings[0]; i++) {
        assert_true(civil_parse_coming(typings[i].typed, T(NOW), &t, NULL));
        assert_int_equal(t, T(typings[i].meant));
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        if (civil_parse_coming(wrong[i], T(NOW), &t, NULL)) fail_msg("“%s” was read", wrong[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_time_alone_is_the_last_such_time),
        TEST(a_day_named_is_the_day_meant),
        TEST(a_date_may_leave_out_the_year),
        TEST(a_whole_date_is_taken_as_it_stands),
        TEST(typed_times_are_local),
        TEST(nights_when_the_clocks_change_are_read_too),
        TEST(what_cannot_be_read_is_refused_with_two_examples),
        TEST(what_was_typed_is_repeated_without_half_characters),
        TEST(the_examples_in_the_refusal_can_be_typed),
        TEST(a_year_that_could_be_a_time_is_not_guessed),
        TEST(a_time_read_off_the_screen_can_be_typed),
        TEST(a_day_alone_is_a_date),
        TEST(so_long_from_now_is_typed_with_a_plus),
    };

    return cmocka_run_group_tests_name("civil typed", tests, NULL, NULL);
}
