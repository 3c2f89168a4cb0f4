/* shifts.c — when a shift begins, by the clock on the wall: what a hand-over reaches to. A policy that says nothing of it means the three shifts of the
** standard policy; stores whose policy was put in force before the statement was there go on as they were. */
#include "rule.h"

static const short usual[] = { 7 * 60, 15 * 60, 23 * 60 };

static size_t shifts_of(const Policy *p, const short **out)
{
    bool said = p && p->n_shifts;

    *out = said ? p->shifts : usual;
    return said ? p->n_shifts : sizeof usual / sizeof usual[0];
}

Time policy_shift_after(const Policy *p, Time at)
{
    const short *begins;
    size_t n = shifts_of(p, &begins);
    Civil c = civil_local(at);
    Time t;

    for (int day = 0;; day++)
        for (size_t i = 0; i < n; i++) {
            Civil when = { .year = c.year, .month = c.month, .day = c.day + day, .hour = begins[i] / 60, .minute = begins[i] % 60 };
            if ((t = civil_from_local(when)) > at) return t;
        }
}

const char *policy_shift_words(const Policy *p, Arena *a)
{
    const short *begins;
    size_t n = shifts_of(p, &begins);
    const char *out = "";

    for (size_t i = 0; i < n; i++)
        out = arena_printf(a, "%s%s%02d:%02d", out, !i ? "" : i + 1 == n ? " and " : ", ", begins[i] / 60, begins[i] % 60);
    return out;
}
