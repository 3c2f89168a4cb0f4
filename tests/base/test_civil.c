/* test_civil.c — the calendar and the clocks of London.
** The C library, told the rule as text, is the second opinion; it knows no summer before 1970, so
** earlier moments are asked 400 years later, when the calendar is the same again. */
#include "helpers.h"

#include <time.h>

static void the_c_library_agrees_on_every_local_time(void **unused)
{
    uint64_t seed = 124;

    setenv("TZ", "GMT0BST,M3.5.0/1,M10.5.0", 1);
    tzset();
    for (int i = 0; i < 200000; i++) {
        Time t = T("1900-01-01T00:00:00Z") + (Time)dice_below(&seed, 301ull * 31557600);
        bool early = t < 0;
        time_t libc = early ? t + 146097ll * DAY : t;
        struct tm tm;
        Civil c = civil_local(t);

        localtime_r(&libc, &tm);
        if (c.year != tm.tm_year + (early ? 1500 : 1900) || c.month != tm.tm_mon + 1 || c.day != tm.tm_mday ||
            c.hour != tm.tm_hour || c.minute != tm.tm_min || c.second != tm.tm_sec ||
            civil_offset(t) != (tm.tm_isdst ? HOUR : 0) || civil_weekday(civil_local_date(t)) != (tm.tm_wday + 6) % 7)
            fail_msg("%lld is another time for the C library", (long long)t);
    }
}

/* The nights the clocks changed, from the tables everybody has on the wall. */
static const struct {
    const char *spring, *autumn;
} nights[] = {
    { "1996-03-31", "1996-10-27" },
    { "2000-03-26", "2000-10-29" },
    { "2009-03-29", "2009-10-25" },
    { "2010-03-28", "2010-10-31" },
    { "2016-03-27", "2016-10-30" },
    { "2019-03-31", "2019-10-27" },
    { "2024-03-31", "2024-10-27" },
    { "2025-03-30", "2025-10-26" },
    { "2026-03-29", "2026-10-25" },
    { "2100-03-28", "2100-10-31" },
};

static Civil at(Date d, int hour, int minute)
{
    Civil c = { .hour = hour, .minute = minute };

    civil_of_date(d, &c.year, &c.month, &c.day);
    return c;
}

static void clocks_change_at_one_in_the_morning_utc(void **unused)
{
    for (size_t i = 0; i < ARRAY_LEN(nights); i++) {
        Time spring = (Time)D(nights[i].spring) * DAY + HOUR, autumn = (Time)D(nights[i].autumn) * DAY + HOUR;

        assert_int_equal(civil_offset(spring - 1), 0);
        assert_int_equal(civil_offset(spring), HOUR);
        assert_int_equal(civil_offset(autumn - 1), HOUR);
        assert_int_equal(civil_offset(autumn), 0);
        assert_int_equal(civil_local(spring - 1).hour, 0);
        assert_int_equal(civil_local(spring).hour, 2);
        assert_int_equal(civil_local(autumn - 1).hour, 1);
        assert_int_equal(civil_local(autumn).hour, 1);
    }
}

static void a_time_skipped_in_spring_is_an_hour_on(void **unused)
{
    for (size_t i = 0; i < ARRAY_LEN(nights); i++) {
        Date d = D(nights[i].spring);

        for (int minute = 0; minute < 60; minute++) {
            Time t = civil_from_local(at(d, 1, minute));

            assert_int_equal(t, civil_from_local(at(d, 2, minute)));
            assert_int_equal(civil_local(t).hour, 2);
            assert_int_equal(civil_local(t).minute, minute);
        }
        assert_int_equal(civil_from_local(at(d, 0, 59)) + MINUTE, civil_from_local(at(d, 2, 0)));
    }
}

static void of_two_equal_times_in_autumn_the_first_is_meant(void **unused)
{
    for (size_t i = 0; i < ARRAY_LEN(nights); i++) {
        Date d = D(nights[i].autumn);

        for (int minute = 0; minute < 60; minute++) {
            Time t = civil_from_local(at(d, 1, minute));

            assert_int_equal(t, (Time)d * DAY + minute * MINUTE);
            assert_int_equal(civil_local(t).hour, 1);
            assert_int_equal(civil_local(t + HOUR).hour, 1);
        }
        assert_int_equal(civil_from_local(at(d, 2, 0)), (Time)d * DAY + 2 * HOUR);
    }
}

static void a_day_has_23_24_or_25_hours(void **unused)
{
    for (Date d = D("1995-12-31"); d < D("2051-01-01"); d++) {
        Time start = civil_day_start(d), end = civil_day_end(d);
        Civil first = civil_local(start), last = civil_local(end);
        int length = (int)(end + 1 - start);

        assert_true(first.hour == 0 && first.minute == 0 && first.second == 0);
        assert_true(last.hour == 23 && last.minute == 59 && last.second == 59);
        assert_int_equal(civil_local_date(start), d);
        assert_int_equal(civil_local_date(end), d);
        assert_int_equal(civil_day_start(d + 1), end + 1);
        assert_true(length == 23 * HOUR || length == 24 * HOUR || length == 25 * HOUR);
    }
    for (size_t i = 0; i < ARRAY_LEN(nights); i++) {
        Date spring = D(nights[i].spring), autumn = D(nights[i].autumn);

        assert_int_equal(civil_day_end(spring) + 1 - civil_day_start(spring), 23 * HOUR);
        assert_int_equal(civil_day_end(autumn) + 1 - civil_day_start(autumn), 25 * HOUR);
    }
}

static void days_later_is_the_same_time_on_the_wall(void **unused)
{
    assert_int_equal(civil_add_days(T("2025-03-29T09:00:00Z"), 1), T("2025-03-30T09:00:00+01:00"));
    assert_int_equal(civil_add_days(T("2025-03-29T09:00:00Z"), 7), T("2025-04-05T09:00:00+01:00"));
    assert_int_equal(civil_add_days(T("2025-10-20T09:00:00+01:00"), 7), T("2025-10-27T09:00:00Z"));
    assert_int_equal(civil_add_days(T("2025-10-27T09:00:00Z"), -7), T("2025-10-20T09:00:00+01:00"));
    /* onto the hour that is not there, and onto the one that is there twice */
    assert_int_equal(civil_add_days(T("2025-03-29T01:30:00Z"), 1), T("2025-03-30T01:30:00Z"));
    assert_int_equal(civil_add_days(T("2025-10-25T01:30:00+01:00"), 1), T("2025-10-26T00:30:00Z"));
    /* no days later than the second of two is the second of two */
    assert_int_equal(civil_add_days(T("2025-10-26T01:30:00Z"), 0), T("2025-10-26T01:30:00Z"));
}

static void never_and_forever_stay_what_they_are(void **unused)
{
    char out[CIVIL_TEXT];

    assert_int_equal(civil_add_days(TIME_NONE, 7), TIME_NONE);
    assert_int_equal(civil_add_days(TIME_MAX, 7), TIME_MAX);
    assert_int_equal(civil_day_start(DATE_NONE), TIME_NONE);
    assert_int_equal(civil_day_end(DATE_NONE), TIME_NONE);
    assert_int_equal(civil_local_date(TIME_NONE), DATE_NONE);
    assert_int_equal(civil_local(TIME_MAX).year, 9999);
    assert_int_equal(civil_utc(TIME_NONE).year, 0);
    assert_string_equal(civil_format_time(TIME_MAX, out), "");
}

static void calendar_and_clock_go_round(void **unused)
{
    uint64_t seed = 3;

    for (int i = 0; i < 200000; i++) {
        Time t = T("1900-01-01T00:00:00Z") + (Time)dice_below(&seed, 301ull * 31557600);
        Civil c = civil_local(t);
        Time back = civil_from_local(c);

        assert_int_equal(civil_from_utc(civil_utc(t)), t);
        assert_true(back == t || (back == t - HOUR && civil_offset(t) == 0)); /* the second of two */
    }
}

static void every_day_follows_the_day_before(void **unused)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    Date d = civil_date(1, 1, 1);
    int weekday = civil_weekday(d);

    for (int year = 1; year < 4000; year++)
        for (int month = 1; month <= 12; month++) {
            bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
            int days = lengths[month - 1] + (month == 2 && leap);

            for (int day = 1; day <= days; day++, d++, weekday = (weekday + 1) % 7) {
                int y, m, dd;

                civil_of_date(d, &y, &m, &dd);
                if (y != year || m != month || dd != day || civil_date(year, month, day) != d ||
                    civil_weekday(d) != weekday)
                    fail_msg("%d-%d-%d is not day %d", year, month, day, d);
            }
        }
    assert_int_equal(civil_date(1970, 1, 1), 0);
    assert_int_equal(civil_weekday(D("2010-02-01")), 0);
    assert_int_equal(civil_weekday(D("1969-12-28")), 6);
}

static void fields_that_overflow_are_carried(void **unused)
{
    assert_int_equal(civil_date(2010, 1, 32), D("2010-02-01"));
    assert_int_equal(civil_date(2010, 13, 1), D("2011-01-01"));
    assert_int_equal(civil_date(2010, 0, 1), D("2009-12-01"));
    assert_int_equal(civil_date(2010, -11, 1), D("2009-01-01"));
    assert_int_equal(civil_date(2010, 3, 0), D("2010-02-28"));
    assert_int_equal(civil_date(2012, 2, 30), D("2012-03-01"));
    assert_int_equal(civil_from_local((Civil){ 2010, 1, 31, 25, 61, 61 }), T("2010-02-01T02:02:01Z"));
    assert_int_equal(civil_from_utc((Civil){ 2010, 1, 1, 0, 0, -1 }), T("2009-12-31T23:59:59Z"));
    assert_int_equal(civil_date(INT32_MAX, 1, 1), INT32_MAX); /* as late as a Date can say */
    assert_true(civil_date(INT32_MIN, 1, 1) != DATE_NONE);
}

static double nanoseconds_each(struct timespec from, int rounds)
{
    struct timespec to;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    return ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) / rounds;
}

/* 47 duties in 10 µs a case leave some 200 ns a duty; sanitizers and a busy machine are allowed for. */
static void a_date_costs_nanoseconds(void **unused)
{
    enum { ROUNDS = 1000000 };
    struct timespec from;
    Time sum = 0;
    double each;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (Time t = 0; t < ROUNDS; t++) {
        Time due = civil_add_days(1264979520 + t * 977, 7);

        sum += civil_day_end(civil_local_date(due)) + civil_from_local(civil_local(due));
    }
    each = nanoseconds_each(from, ROUNDS) / 5;
    print_message("%.1f ns a call (sum %lld)\n", each, (long long)sum);
    assert_true(each < 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_c_library_agrees_on_every_local_time),
        TEST(clocks_change_at_one_in_the_morning_utc),
        TEST(a_time_skipped_in_spring_is_an_hour_on),
        TEST(of_two_equal_times_in_autumn_the_first_is_meant),
        TEST(a_day_has_23_24_or_25_hours),
        TEST(days_later_is_the_same_time_on_the_wall),
        TEST(never_and_forever_stay_what_they_are),
        TEST(calendar_and_clock_go_round),
        TEST(every_day_follows_the_day_before),
        TEST(fields_that_overflow_are_carried),
        TEST(a_date_costs_nanoseconds),
    };

    return cmocka_run_group_tests_name("civil", tests, NULL, NULL);
}
