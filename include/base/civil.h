/* civil.h — dates, times and durations; there is no "now" here.
** A Time is whole seconds since 1970-01-01T00:00:00Z. Local means Europe/London: the rule in force since
** 1996 (last Sundays of March and October, 01:00 UTC), which is also used for years before. */
#ifndef BASE_CIVIL_H
#define BASE_CIVIL_H

#include "base/err.h"
#include <stddef.h>
#include <stdint.h>

typedef int64_t Time;
#define TIME_NONE INT64_MIN /* absent */
#define TIME_MAX  INT64_MAX /* later than every time */

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

typedef struct Civil { /* a local or UTC wall-clock moment */
    int year, month, day, hour, minute, second;
} Civil;

typedef int32_t Date; /* days since 1970-01-01; a date has no zone */
#define DATE_NONE INT32_MIN

/* --- text ---------------------------------------------------------------------- */
/* RFC 3339 with an offset or Z, e.g. 2010-02-01T22:14:00+01:00. Whole seconds: a fraction other than zeros is refused,
** as are :60, impossible dates and years outside 1900–2200. */
bool civil_parse_time(const char *s, Time *out, Err *err);
bool civil_parse_date(const char *s, Date *out, Err *err); /* YYYY-MM-DD */
#define CIVIL_TEXT 32
char *civil_format_time(Time t, char out[CIVIL_TEXT]); /* 2010-02-01T22:14:00Z; "" for TIME_NONE */
char *civil_format_date(Date d, char out[CIVIL_TEXT]); /* 2010-02-01 */
/* Local words for screens: "Mon 1 Feb 2010 09:12", "Mon 1 Feb 09:12", "09:12". */
char *civil_words_full(Time t, char out[CIVIL_TEXT]);
char *civil_words_short(Time t, char out[CIVIL_TEXT]);
char *civil_words_clock(Time t, char out[CIVIL_TEXT]);
char *civil_words_date(Date d, char out[CIVIL_TEXT]); /* "1 Feb 2010" */
/* A span of seconds as people say it, at most two units: "3h 10m", "1d  2h", "12d", "45m", "0m". Sign is dropped. */
char *civil_words_span(int64_t seconds, char out[CIVIL_TEXT]);

/* What officers type, read at local time `now`: "0415", "04:15" (today, or yesterday when that would be in the
** future), "yesterday 2310", "today 0415", "mon 0900" (the last such day), "1/2 2310", "1/2/10 23:10", "1 feb 2010 2310",
** "2010-02-01 23:10", "now", RFC 3339. Refused with a sentence that shows two examples. */
bool civil_parse_typed(const char *s, Time now, Time *out, Err *err);
/* The same of a moment to come: "mon 0700" is the next one, "tomorrow 0900"; what has passed is refused. */
bool civil_parse_coming(const char *s, Time now, Time *out, Err *err);
/* A day typed the same ways without the time: "1/2/1980", "1 feb 1980", "yesterday", "mon", 1980-02-01. */
bool civil_parse_typed_date(const char *s, Time now, Date *out, Err *err);

/* --- local time ---------------------------------------------------------------------- */
Civil civil_utc(Time t);
Civil civil_local(Time t);
/* The moment of a local wall time. A wall time that the spring change skips moves forward by the hour skipped; of two
** equal ones in autumn the first. Fields may overflow (day 32, hour 25) and are carried. */
Time civil_from_local(Civil c);
Time civil_from_utc(Civil c);
int civil_offset(Time t);                      /* seconds east of UTC: 0 or 3600 */
Date civil_local_date(Time t);                 /* the local day a moment falls on */
Time civil_day_start(Date d);                  /* first second of the local day   */
Time civil_day_end(Date d);                    /* its last second, 23:59:59       */
Time civil_add_days(Time t, int days);         /* same local wall-clock time, n days later */
int civil_weekday(Date d);                     /* 0 Monday … 6 Sunday */
Date civil_date(int year, int month, int day); /* proleptic Gregorian; months and days may overflow */
void civil_of_date(Date d, int *year, int *month, int *day);

#endif
