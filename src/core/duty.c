/* duty.c — the state of a duty at a moment, read off its times (duties.md, States).
** Pure: no clock, no store. What is dated after `now` does not exist yet: the policy has left it out before. */
#include "core/duty.h"

#include "base/str.h"

#include <string.h>

static const char *const state_words[DUTY_STATE_COUNT] = {
    [DUTY_WAITING] = "waiting",
    [DUTY_OPEN] = "open",
    [DUTY_OVERDUE] = "overdue",
    [DUTY_DONE] = "done",
    [DUTY_LATE] = "late",
    [DUTY_VOID] = "void",
    [DUTY_MISSED] = "missed",
};

DutyState duty_state(const Duty *d, Time now)
{
    if (d->done != TIME_NONE) return d->done <= d->due ? DUTY_DONE : DUTY_LATE;
    if (d->ended != TIME_NONE) return d->ended <= d->due ? DUTY_VOID : DUTY_MISSED;
    if (now < d->opens) return DUTY_WAITING;
    return now <= d->due ? DUTY_OPEN : DUTY_OVERDUE;
}

const char *duty_state_word(DutyState s)
{
    return (unsigned)s < DUTY_STATE_COUNT ? state_words[s] : "";
}

bool duty_state_by_word(const char *word, DutyState *out)
{
    for (DutyState s = 0; s < DUTY_STATE_COUNT; s++) {
        if (str_eq(state_words[s], word)) {
            *out = s;
            return true;
        }
    }
    return false;
}

bool duty_is_live(const Duty *d)
{
    return d->done == TIME_NONE && d->ended == TIME_NONE;
}

int duty_compare(const Duty *a, const Duty *b)
{
    int by_id = strcmp(a->id, b->id);

    return by_id ? by_id : (a->cycle > b->cycle) - (a->cycle < b->cycle);
}
