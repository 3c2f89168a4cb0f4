/* civil_typed.c — what officers type for a time, read as a colleague would read it. A time without
** a day is the last such time, because people write down what has happened; a day that is spelled
** out is taken as it stands. What could mean two things is refused, never guessed. */
#include "base/civil.h"

#include "base/utf8.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { WORDS = 5, WORD_SIZE = 32 };

typedef struct Typed { /* what was typed, in lower case, cut at blanks */
    char word[WORDS][WORD_SIZE];
    int n;
} Typed;

/* For "%.*s": as much of what was given as a sentence can hold, and no half characters. */
#define GIVEN(s) (int)utf8_clip((s), strlen(s), 60, NULL), (s)

/* --- words ----------------------------------------------------------------------------- */

static bool split(const char *s, Typed *t)
{
    size_t len;

    for (t->n = 0; *(s += strspn(s, " \t,")); s += len) {
        len = strcspn(s, " \t,");
        if (t->n == WORDS || len >= WORD_SIZE) return false;
        for (size_t i = 0; i < len; i++)
            t->word[t->n][i] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] + 'a' - 'A') : s[i];
        t->word[t->n++][len] = '\0';
    }
    return t->n > 0;
}

/* Up to `most` digits at *s, which moves on. */
static bool number(const char **s, int least, int most, int *out)
{
    int n = 0;

    for (*out = 0; **s >= '0' && **s <= '9' && n < most; (*s)++, n++) *out = *out * 10 + (**s - '0');
    return n >= least && !(**s >= '0' && **s <= '9');
}

/* "mon", "tues", "monday": three letters or more of a name. Gives its place in the list. */
static bool name(const char *word, const char *const *names, int n, int *out)
{
    size_t len = strlen(word);

    for (int i = 0; i < n; i++)
        if (len >= 3 && strncmp(names[i], word, len) == 0) {
            *out = i;
            return true;
        }
    return false;
}

static bool weekday(const char *word, int *out)
{
    static const char *const names[] = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" };

    return name(word, names, 7, out);
}

static bool month(const char *word, int *out)
{
    static const char *const names[] = { "january", "february", "march", "april", "may", "june", "july", "august",
        "september", "october", "november", "december" };

    if (!name(word, names, 12, out)) return false;
    ++*out;
    return true;
}

/* "0415", "4:15", "04:15", "04:15:30". */
static bool clock(const char *word, Civil *c)
{
    const char *s = word;
    int four;

    c->second = 0;
    if (number(&s, 4, 4, &four) && *s == '\0') {
        c->hour = four / 100;
        c->minute = four % 100;
    } else {
        s = word;
        if (!number(&s, 1, 2, &c->hour) || *s++ != ':' || !number(&s, 2, 2, &c->minute)) return false;
        if (*s == ':' && (s++, !number(&s, 2, 2, &c->second))) return false;
        if (*s) return false;
    }
    return c->hour < 24 && c->minute < 60 && c->second < 60;
}

/* --- days ------------------------------------------------------------------------------ */

static Civil on(Date d, Civil clock_time)
{
    civil_of_date(d, &clock_time.year, &clock_time.month, &clock_time.day);
    return clock_time;
}

/* The last day, from today back in steps, on which that time is not in the future. */
static Time last_such(Date day, int step, Civil c, Time now)
{
    Time t = civil_from_local(on(day, c));

    return t > now ? civil_from_local(on(day - step, c)) : t;
}

static bool day_exists(int y, int m, int d)
{
    int y2, m2, d2;

    if (y < 1900 || y > 2200) return false;
    civil_of_date(civil_date(y, m, d), &y2, &m2, &d2);
    return y == y2 && m == m2 && d == d2;
}

/* A day and month without a year: the last one that has such a day and is not in the future. */
static bool last_year_with(Civil *c, Time now)
{
    int this_year = civil_local(now).year;

    for (c->year = this_year; c->year > this_year - 9; c->year--)
        if (day_exists(c->year, c->month, c->day) && civil_from_local(*c) <= now) return true;
    return false;
}

/* "10" is 2010; a year of two digits that is not yet here is of the last century. */
static int full_year(int year, bool two_digits, Time now)
{
    if (!two_digits) return year;
    return year + 2000 > civil_local(now).year ? year + 1900 : year + 2000;
}

/* "1/2", "1/2/10", "1/2/2010"; year is 0 when none was given. */
static bool slashed(const char *s, Civil *c, Time now)
{
    const char *start;

    c->year = 0;
    if (!number(&s, 1, 2, &c->day) || *s++ != '/' || !number(&s, 1, 2, &c->month)) return false;
    if (*s == '\0') return true;
    if (*s++ != '/') return false;
    start = s;
    if (!number(&s, 2, 4, &c->year) || *s || s - start == 3) return false;
    c->year = full_year(c->year, s - start == 2, now);
    return true;
}

/* --- the shapes of what is typed ---------------------------------------------------------- */

/* Each answers false when it is not this shape, or is no moment. */

static bool just_a_time(const Typed *w, Time now, Time *out)
{
    Civil c;

    if (w->n != 1 || !clock(w->word[0], &c)) return false;
    *out = last_such(civil_local_date(now), 1, c, now);
    return true;
}

static bool a_near_day(const Typed *w, Time now, Time *out)
{
    Date today = civil_local_date(now);
    int day;
    Civil c;

    if (w->n != 2 || !clock(w->word[1], &c)) return false;
    if (strcmp(w->word[0], "today") == 0) {
        *out = civil_from_local(on(today, c));
    } else if (strcmp(w->word[0], "yesterday") == 0) {
        *out = civil_from_local(on(today - 1, c));
    } else if (weekday(w->word[0], &day)) {
        *out = last_such(today - (civil_weekday(today) - day + 7) % 7, 7, c, now);
    } else {
        return false;
    }
    return true;
}

static bool a_slashed_day(const Typed *w, Time now, Time *out)
{
    Civil c;

    if (w->n != 2 || !slashed(w->word[0], &c, now) || !clock(w->word[1], &c)) return false;
    if (c.year == 0 && !last_year_with(&c, now)) return false;
    *out = civil_from_local(c);
    return day_exists(c.year, c.month, c.day);
}

/* "1 feb 2310", "1 feb 2010 2310". */
static bool a_named_month(const Typed *w, Time now, Time *out)
{
    const char *day = w->word[0], *year = w->word[2];
    Civil c;

    if ((w->n != 3 && w->n != 4) || !clock(w->word[w->n - 1], &c)) return false;
    if (!number(&day, 1, 2, &c.day) || *day || !month(w->word[1], &c.month)) return false;
    if (w->n == 3) {
        if (!last_year_with(&c, now)) return false;
    } else {
        bool two_digits = strlen(year) == 2;

        if (!number(&year, 2, 4, &c.year) || *year || strlen(w->word[2]) == 3) return false;
        c.year = full_year(c.year, two_digits, now);
    }
    *out = civil_from_local(c);
    return day_exists(c.year, c.month, c.day);
}

/* "2010-02-01 23:10", "2010-02-01t23:10". */
static bool an_iso_day(const Typed *w, Time *out)
{
    char text[WORD_SIZE];
    const char *time = w->word[1];
    Date d;
    Civil c;

    snprintf(text, sizeof text, "%.10s", w->word[0]);
    if (w->n == 1 && w->word[0][strlen(text)] == 't')
        time = w->word[0] + 11;
    else if (w->n != 2 || strlen(w->word[0]) != 10)
        return false;
    if (!civil_parse_date(text, &d, NULL) || !clock(time, &c)) return false;
    *out = civil_from_local(on(d, c));
    return true;
}

/* "1 feb 2010": a day of that year, or ten past eight that evening? */
static bool year_or_time(const Typed *w)
{
    const char *four = w->word[2];
    int day, year;

    return w->n == 3 && month(w->word[1], &day) && number(&four, 4, 4, &year) && !*four && year >= 1900 && year <= 2200;
}

bool civil_parse_typed(const char *s, Time now, Time *out, Err *err)
{
    Typed w;
    Time t = now;

    if (!s) s = "";
    if (split(s, &w)) {
        if (year_or_time(&w))
            return err_set(err, ERR_INVALID, "time",
                "“%s” could be a year or a time. Write “%s %s %s 2310” or “%s %s 20:10”.", w.word[2], w.word[0],
                w.word[1], w.word[2], w.word[0], w.word[1]);
        if ((w.n == 1 && strcmp(w.word[0], "now") == 0) || just_a_time(&w, now, &t) || a_near_day(&w, now, &t) ||
            a_slashed_day(&w, now, &t) || a_named_month(&w, now, &t) || an_iso_day(&w, &t) ||
            (w.n == 1 && civil_parse_time(w.word[0], &t, NULL))) {
            *out = t;
            return true;
        }
    }
    return err_set(err, ERR_INVALID, "time",
        "“%.*s” is not a time that can be read. Write it like “yesterday 2310” or “1/2/2010 04:15”.", GIVEN(s));
}

/* A day is what a moment is without its clock: midnight of it is typed for the officer. "0415" and "now" are moments, not days. */
bool civil_parse_typed_date(const char *s, Time now, Date *out, Err *err)
{
    char at_midnight[96];
    Typed w;
    Time t;

    if (!s) s = "";
    if (split(s, &w) && strlen(s) < 80) {
        if (w.n == 1 && civil_parse_date(w.word[0], out, NULL)) return true;
        snprintf(at_midnight, sizeof at_midnight, "%s 0000", s);
        if ((w.n == 1 && strcmp(w.word[0], "today") == 0) || civil_parse_typed(at_midnight, now, &t, NULL)) {
            *out = w.n == 1 && strcmp(w.word[0], "today") == 0 ? civil_local_date(now) : civil_local_date(t);
            return true;
        }
    }
    return err_set(err, ERR_INVALID, "date",
        "“%.*s” is not a date that can be read. Write it like “1/2/1980” or “1 feb 1980”.", GIVEN(s));
}

/* ---- what is to come ---- */

static bool begins(const char *text, const char *word)
{
    size_t n = strlen(word);

    return strncmp(text, word, n) == 0 && (text[n] == ' ' || text[n] == '\0');
}

static bool a_weekday(const char *text)
{
    static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (strncasecmp(text, days[i], 3) == 0) return true;
    return false;
}

/* A colleague who types a time means the last one when writing something down, and the next one when looking ahead: what
** was read as the past is moved on by the day or week that was left open. */
static Time moved_on(const char *text, Time t, Time now)
{
    if (t > now) return t;
    if (a_weekday(text)) return civil_add_days(t, 7);
    return strchr(text, ' ') || strchr(text, '-') ? t : civil_add_days(t, 1);
}

/* "+2d", "+4h", "+1w", "+ 2 d": so long from now; days and weeks at the same time of day. */
static bool a_span(const char *text, Time now, Time *out)
{
    const char *at = text + 1;
    int n;

    if (*text != '+') return false;
    at += strspn(at, " ");
    if (!number(&at, 1, 3, &n) || n == 0) return false;
    at += strspn(at, " ");
    if (!*at || at[1 + strspn(at + 1, " ")]) return false;
    switch (*at) {
    case 'h':
    case 'H': *out = now + (Time)n * 3600; return true;
    case 'd':
    case 'D': *out = civil_add_days(now, n); return true;
    case 'w':
    case 'W': *out = civil_add_days(now, 7 * n); return true;
    default: return false;
    }
}

bool civil_parse_coming(const char *text, Time now, Time *out, Err *err)
{
    char today[100];
    bool tomorrow;
    Time t = TIME_NONE;

    if (!text) text = "";
    text += strspn(text, " ");
    if (a_span(text, now, out)) return true;
    tomorrow = begins(text, "tomorrow");
    if (tomorrow) snprintf(today, sizeof today, "today%.80s", text + strlen("tomorrow"));
    if (civil_parse_typed(tomorrow ? today : text, now, &t, NULL)) {
        *out = tomorrow ? civil_add_days(t, 1) : moved_on(text, t, now);
        if (*out > now) return true;
        return err_set(err, ERR_INVALID, "time", "That moment has passed. Give one to come, such as \"mon 0700\".");
    }
    return err_set(err, ERR_INVALID, "time",
        "\"%.40s\" is not a moment that can be read. Write it like \"mon 0700\", \"tomorrow 0900\" or \"2010-02-15 "
        "07:00\".",
        text);
}
