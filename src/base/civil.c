/* civil.c — the calendar and the clocks of London, by arithmetic alone.
** No tables, no cache, no libc zone: the same answer on every machine, in nanoseconds. Years are
** counted from March, so that the leap day is the last day and both switches of summer time fall
** into a week of fixed day numbers. Moments beyond the years 0–9999 (TIME_MAX among them) are taken
** as the nearest moment within; TIME_NONE and DATE_NONE stay what they are where they can. */
#include "base/civil.h"

enum {
    DAYS_400Y = 146097,
    MARCH_0000 = -719468, /* 0000-03-01 as days since 1970-01-01 */
    ERAS = 14700          /* of 400 years: enough that no Date is negative when they are added */
};

#define FIRST_TIME (-62167219200) /* 0000-01-01T00:00:00Z */
#define LAST_TIME  253402300799   /* 9999-12-31T23:59:59Z */

static Time within(Time t)
{
    if (t < FIRST_TIME) return FIRST_TIME;
    return t > LAST_TIME ? LAST_TIME : t;
}

static inline int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* --- days ------------------------------------------------------------------------------- */

/* A day as a year that begins in March and the days since its 1 March. */
typedef struct MarchDay {
    int year;
    int day; /* 0–365 */
} MarchDay;

/* Neri and Schneider, “Euclidean affine functions and their application to calendar algorithms”
** (2022): a multiplication gives the year of the century in its upper half and the day of the
** year in its lower. */
static inline MarchDay march_day(Date d)
{
    uint64_t quarters = 4 * ((uint64_t)((int64_t)d - MARCH_0000 + (int64_t)ERAS * DAYS_400Y)) + 3;
    uint32_t century = (uint32_t)(quarters / DAYS_400Y);
    uint64_t product = UINT64_C(2939745) * ((uint32_t)(quarters % DAYS_400Y) | 3);
    int year = (int)(100 * century + (uint32_t)(product >> 32)) - 400 * ERAS;

    return (MarchDay){ year, (int)((uint32_t)product / 2939745 / 4) };
}

/* Months and days may overflow; five months from March are 153 days, and so the next five. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t m = month - 3, carry = floor_div(m, 12), era, of_era;

    year += carry;
    m -= carry * 12;
    era = floor_div(year, 400);
    of_era = year - era * 400;
    return era * DAYS_400Y + of_era * 365 + of_era / 4 - of_era / 100 + (153 * m + 2) / 5 + day - 1 + MARCH_0000;
}

static Date as_date(int64_t days)
{
    if (days > INT32_MAX) return INT32_MAX;
    return days <= INT32_MIN ? INT32_MIN + 1 : (Date)days;
}

Date civil_date(int year, int month, int day)
{
    return as_date(days_of(year, month, day));
}

void civil_of_date(Date d, int *year, int *month, int *day)
{
    MarchDay m = march_day(d);
    int from_march = (5 * m.day + 2) / 153;

    *day = m.day - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = m.year + (*month < 3);
}

int civil_weekday(Date d)
{
    int w = (int)(((int64_t)d + 3) % 7); /* 1970-01-01 was a Thursday */

    return w < 0 ? w + 7 : w;
}

/* --- summer time ----------------------------------------------------------------------- */

/* From 01:00 UTC on the last Sunday of March until 01:00 UTC on the last Sunday of October. That
** Sunday is the only one in the month's last seven days: days 24–30 and 238–244 from 1 March. */
enum { MARCH_WEEK = 24, OCTOBER_WEEK = 238 };

/* Has the switch in the week that begins with day `week` happened at this moment of the week? */
static bool switched(Date d, int day, int week, int second)
{
    int weekday = civil_weekday(d);

    if (weekday == 6) return second >= HOUR;
    return day - (weekday + 1) >= week;
}

int civil_offset(Time t)
{
    Date d;
    int second;
    MarchDay m;

    t = within(t);
    d = (Date)floor_div(t, DAY);
    second = (int)(t - (Time)d * DAY);
    m = march_day(d);

    if (m.day < MARCH_WEEK || m.day >= OCTOBER_WEEK + 7) return 0;
    if (m.day < MARCH_WEEK + 7) return switched(d, m.day, MARCH_WEEK, second) ? HOUR : 0;
    if (m.day >= OCTOBER_WEEK) return switched(d, m.day, OCTOBER_WEEK, second) ? 0 : HOUR;
    return HOUR;
}

/* The moment of a local wall time, given as if it were UTC. Trying summer time first finds the
** first of two equal times in autumn; a wall time skipped in spring, read as winter time, is the
** same time an hour on. */
static Time from_wall(Time wall)
{
    return civil_offset(wall - HOUR) ? wall - HOUR : wall;
}

/* --- moments --------------------------------------------------------------------------- */

Civil civil_utc(Time t)
{
    Date d;
    int second;
    Civil c;

    t = within(t);
    d = (Date)floor_div(t, DAY);
    second = (int)(t - (Time)d * DAY);
    civil_of_date(d, &c.year, &c.month, &c.day);
    c.hour = second / HOUR;
    c.minute = second / MINUTE % 60;
    c.second = second % 60;
    return c;
}

Civil civil_local(Time t)
{
    t = within(t);
    return civil_utc(t + civil_offset(t));
}

Time civil_from_utc(Civil c)
{
    return days_of(c.year, c.month, c.day) * DAY + (int64_t)c.hour * HOUR + (int64_t)c.minute * MINUTE + c.second;
}

Time civil_from_local(Civil c)
{
    return from_wall(civil_from_utc(c));
}

Date civil_local_date(Time t)
{
    if (t == TIME_NONE) return DATE_NONE;
    t = within(t);
    return (Date)floor_div(t + civil_offset(t), DAY);
}

Time civil_day_start(Date d)
{
    return d == DATE_NONE ? TIME_NONE : from_wall((Time)d * DAY);
}

Time civil_day_end(Date d)
{
    return d == DATE_NONE ? TIME_NONE : from_wall((Time)d * DAY + DAY - 1);
}

/* No days later is the same moment, also in the hour that autumn has twice. */
Time civil_add_days(Time t, int days)
{
    if (days == 0 || t == TIME_NONE || t == TIME_MAX) return t;
    t = within(t);
    return from_wall(t + civil_offset(t) + (Time)days * DAY);
}
