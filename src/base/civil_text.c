/* civil_text.c — dates and times as text: strict for machines (RFC 3339), in words for screens.
** Reading for people, who type "yesterday 2310", is in civil_typed.c.
** Words never begin with a blank or change with the locale: a British officer reads them. */
#include "base/civil.h"

#include "base/utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2200 };

static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
    "Dec" };
static const char weekdays[7][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

/* For "%.*s": as much of what was given as a sentence can hold, and no half characters. */
#define GIVEN(s) (int)utf8_clip((s), strlen(s), 60, NULL), (s)

/* --- reading -------------------------------------------------------------------------- */

/* Exactly n digits at *s, which moves on; -1 when there are not. */
static int digits(const char **s, int n)
{
    int value = 0;

    for (int i = 0; i < n; i++) {
        char c = (*s)[i];

        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    *s += n;
    return value;
}

static bool skip(const char **s, char c)
{
    if (**s != c) return false;
    (*s)++;
    return true;
}

static bool no_date(const char *s, Err *err)
{
    return err_set(err, ERR_INVALID, "date", "“%.*s” is not a date. Write it like 2010-02-01.", GIVEN(s));
}

/* YYYY-MM-DD at *s. A well-written day that the calendar does not have gets its own sentence. */
static bool read_date(const char *whole, const char **s, Date *out, Err *err)
{
    int year, month, day, y, m, d;

    if ((year = digits(s, 4)) < 0 || !skip(s, '-') || (month = digits(s, 2)) < 0 || !skip(s, '-') ||
        (day = digits(s, 2)) < 0)
        return no_date(whole, err);
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return err_set(
            err, ERR_INVALID, "date", "The year %04d is not between %d and %d.", year, FIRST_YEAR, LAST_YEAR);

    *out = civil_date(year, month, day);
    civil_of_date(*out, &y, &m, &d);
    if (y != year || m != month || d != day)
        return err_set(err, ERR_INVALID, "date", "There is no day %04d-%02d-%02d in the calendar.", year, month, day);
    return true;
}

bool civil_parse_date(const char *s, Date *out, Err *err)
{
    const char *at = s;
    Date d;

    if (!s) return no_date("", err);
    if (!read_date(s, &at, &d, err)) return false;
    if (*at) return no_date(s, err);
    *out = d;
    return true;
}

static bool no_time(const char *s, Err *err)
{
    return err_set(err, ERR_INVALID, "time",
        "“%.*s” is not a time. Write it like 2010-02-01T22:14:00Z or 2010-06-01T22:14:00+01:00.", GIVEN(s));
}

/* A fraction of zeros says nothing and is let through; one that says something would be lost. */
static bool read_fraction(const char *whole, const char **s, Err *err)
{
    const char *start = *s + 1;

    if (!skip(s, '.')) return true;
    while (**s == '0') (*s)++;
    if (**s >= '1' && **s <= '9')
        return err_set(err, ERR_INVALID, "time", "“%.*s” has parts of a second. Give whole seconds.", GIVEN(whole));
    return *s > start || no_time(whole, err);
}

static bool read_clock(const char *whole, const char **s, int *seconds, Err *err)
{
    int hour, minute, second;

    if ((hour = digits(s, 2)) < 0 || !skip(s, ':') || (minute = digits(s, 2)) < 0 || !skip(s, ':') ||
        (second = digits(s, 2)) < 0)
        return no_time(whole, err);
    if (hour > 23 || minute > 59 || second > 59)
        return err_set(err, ERR_INVALID, "time", "There is no time %02d:%02d:%02d. The last of a day is 23:59:59.",
            hour, minute, second);
    *seconds = hour * HOUR + minute * MINUTE + second;
    return read_fraction(whole, s, err);
}

/* Z or ±HH:MM. */
static bool read_offset(const char *whole, const char **s, int *seconds, Err *err)
{
    int sign = **s == '-' ? -1 : 1, hours, minutes;

    if (skip(s, 'Z') || skip(s, 'z')) return true;
    if (!skip(s, '+') && !skip(s, '-')) return no_time(whole, err);
    if ((hours = digits(s, 2)) < 0 || !skip(s, ':') || (minutes = digits(s, 2)) < 0) return no_time(whole, err);
    if (hours > 23 || minutes > 59) return no_time(whole, err);
    *seconds = sign * (hours * HOUR + minutes * MINUTE);
    return true;
}

bool civil_parse_time(const char *s, Time *out, Err *err)
{
    const char *at = s;
    int clock = 0, offset = 0;
    Date d;
    Time t;

    if (!s) return no_time("", err);
    if (!read_date(s, &at, &d, err)) return false;
    if (!skip(&at, 'T') && !skip(&at, 't')) return no_time(s, err);
    if (!read_clock(s, &at, &clock, err) || !read_offset(s, &at, &offset, err)) return false;
    if (*at) return no_time(s, err);

    t = (Time)d * DAY + clock - offset;
    if (t < (Time)civil_date(FIRST_YEAR, 1, 1) * DAY || t >= (Time)civil_date(LAST_YEAR + 1, 1, 1) * DAY)
        return err_set(
            err, ERR_INVALID, "time", "“%.*s” is not between the years %d and %d.", GIVEN(s), FIRST_YEAR, LAST_YEAR);
    *out = t;
    return true;
}

/* --- writing --------------------------------------------------------------------------- */

#define SAY(out, ...) ((void)snprintf((out), CIVIL_TEXT, __VA_ARGS__), (out))

static char *say_nothing(char *out)
{
    out[0] = '\0';
    return out;
}

/* Neither "none" nor "later than every time" has a date that could be written. */
static bool can_be_said(Time t)
{
    return t >= -62167219200 && t <= 253402300799 - HOUR;
}

static bool date_can_be_said(Date d)
{
    return d >= -719528 && d <= 2932896;
}

char *civil_format_time(Time t, char out[CIVIL_TEXT])
{
    Civil c = civil_utc(t);

    if (!can_be_said(t)) return say_nothing(out);
    return SAY(out, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

char *civil_format_date(Date d, char out[CIVIL_TEXT])
{
    int y, m, day;

    if (!date_can_be_said(d)) return say_nothing(out);
    civil_of_date(d, &y, &m, &day);
    return SAY(out, "%04d-%02d-%02d", y, m, day);
}

char *civil_words_full(Time t, char out[CIVIL_TEXT])
{
    Civil c = civil_local(t);

    if (!can_be_said(t)) return say_nothing(out);
    return SAY(out, "%s %d %s %d %02d:%02d", weekdays[civil_weekday(civil_local_date(t))], c.day, months[c.month - 1],
        c.year, c.hour, c.minute);
}

char *civil_words_short(Time t, char out[CIVIL_TEXT])
{
    Civil c = civil_local(t);

    if (!can_be_said(t)) return say_nothing(out);
    return SAY(out, "%s %d %s %02d:%02d", weekdays[civil_weekday(civil_local_date(t))], c.day, months[c.month - 1],
        c.hour, c.minute);
}

char *civil_words_clock(Time t, char out[CIVIL_TEXT])
{
    Civil c = civil_local(t);

    if (!can_be_said(t)) return say_nothing(out);
    return SAY(out, "%02d:%02d", c.hour, c.minute);
}

char *civil_words_date(Date d, char out[CIVIL_TEXT])
{
    int y, m, day;

    if (!date_can_be_said(d)) return say_nothing(out);
    civil_of_date(d, &y, &m, &day);
    return SAY(out, "%d %s %d", day, months[m - 1], y);
}

/* The second unit is two wide, so that a column of spans is easy to compare; from ten days on the
** hours no longer matter to anybody. Seconds are cut off: a duty 59 seconds late is 0m late. */
char *civil_words_span(int64_t seconds, char out[CIVIL_TEXT])
{
    uint64_t all = seconds < 0 ? 0 - (uint64_t)seconds : (uint64_t)seconds;
    uint64_t days = all / DAY, hours = all % DAY / HOUR, minutes = all % HOUR / MINUTE;

    if (days >= 10) return SAY(out, "%llud", (unsigned long long)days);
    if (days > 0) return SAY(out, "%dd %2dh", (int)days, (int)hours);
    if (hours > 0) return SAY(out, "%dh %2dm", (int)hours, (int)minutes);
    return SAY(out, "%dm", (int)minutes);
}
