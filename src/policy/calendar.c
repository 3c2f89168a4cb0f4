/* calendar.c — working days: Monday to Friday, but for the bank holidays that the policy file lists.
** A bit a day; outside the years the file speaks of only the week counts. */
#include "rule.h"

static bool holiday_place(Date d, size_t *place)
{
    int64_t first = civil_date(HOLIDAY_FIRST, 1, 1), at = (int64_t)d - first;

    if (at < 0 || d > civil_date(HOLIDAY_LAST, 12, 31)) return false;
    *place = (size_t)at;
    return true;
}

bool holiday_add(Policy *p, Date d)
{
    size_t at;

    if (!holiday_place(d, &at) || (p->holidays[at / 8] >> at % 8 & 1)) return false;
    p->holidays[at / 8] |= (uint8_t)(1u << at % 8);
    return true;
}

bool policy_is_working_day(const Policy *p, Date d)
{
    size_t at;

    return civil_weekday(d) < 5 && !(holiday_place(d, &at) && (p->holidays[at / 8] >> at % 8 & 1));
}

Date working_day_after(const Policy *p, Date d, int n)
{
    while (n > 0) n -= policy_is_working_day(p, ++d);
    return d;
}
