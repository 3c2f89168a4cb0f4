/* test_month.c — thirty days of a borough: after every hour the stored queues are what the facts say, and nothing that happened
** left anything else behind. MONTH_SEED plays another month. */
#include "month.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define BEGINS "2010-03-10T00:00:00Z" /* the spring change of the clock and Easter lie in it */

enum { DAYS = 30, A_DAY = 15, SHIFT = 11, ACTS = 13, LATE_DAYS = 4 };

/* ---- the clock ---- */

static Time machine;

/* The machine's clock, as every verb reads it: this program has its own. */
time_t time(time_t *out)
{
    if (out) *out = (time_t)machine;
    return (time_t)machine;
}

/* No power fails in this month: nothing waits for a disk. */
int fsync(int fd)
{
    return 0;
}

int fdatasync(int fd)
{
    return 0;
}

void month_clock(Month *m, Time now)
{
    machine = m->now = now;
    for (size_t i = 0; i < OFFICERS; i++)
        if (m->at[i]) app_tick(m->at[i]);
}

/* ---- chance ---- */

uint32_t month_random(Month *m, uint32_t below)
{
    uint64_t z = m->seed += 0x9e3779b97f4a7c15u; /* splitmix64 */

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (uint32_t)((z ^ (z >> 31)) >> 32) % below;
}

bool month_chance(Month *m, uint32_t percent)
{
    return month_random(m, 100) < percent;
}

/* ---- people ---- */

App *month_officer(Month *m, Role role)
{
    for (size_t i = 0; i < OFFICERS; i++)
        if (training_officers[i].role == role) return m->at[i];
    fail_msg("%s has no terminal", role_word(role));
    return NULL;
}

/* Nobody works twelve hours on end. */
static void change_shift(Month *m)
{
    for (size_t i = 0; i < OFFICERS; i++) {
        Err err = { 0 };
        if (!app_sign_in(m->at[i], training_officers[i].warrant, TRAINING_PASSWORD, &err)) fail_msg("%s", err.text);
    }
}

static int begin(void **state)
{
    Month *m = mem_new(sizeof *m);
    const char *seed = getenv("MONTH_SEED");

    machine = T(BEGINS);
    m->seed = seed ? strtoull(seed, NULL, 10) : 124;
    m->d = desk_new(true);
    m->a = arena_new();
    for (size_t i = 0; i < OFFICERS; i++) m->at[i] = desk_terminal(m->d, NULL);
    month_clock(m, T(BEGINS));
    *state = m;
    return 0;
}

static int end(void **state)
{
    Month *m = *state;
    Err err = { 0 };
    bool sound;

    for (size_t i = 0; i < OFFICERS; i++) app_close(&m->at[i]);
    app_close(&m->d->app);
    sound = log_holds_together(m->d->store, &err);
    if (!sound) print_error("the log: %s\n", err.text);
    arena_free(&m->a);
    desk_free(&m->d);
    mem_free(m);
    return sound ? 0 : -1;
}

/* ---- the month ---- */

/* A role that has a bad day leaves everything until tomorrow: another one each day. */
static bool is_late(Role r, int day)
{
    return ((unsigned)day * 5 + r) % LATE_DAYS == 0;
}

static bool is_working_day(int day)
{
    return (day + 2) % 7 < 5; /* it begins on a Wednesday */
}

/* Which hour ends then: at eight in winter, at nine in summer. */
static bool is_before_nine(int hour)
{
    return hour % 24 == 7;
}

static Role somebody(Month *m)
{
    /* By how much there is to do. */
    static const Role busy[] = { ROLE_RESPONSE_PC, ROLE_RESPONSE_PC, ROLE_RESPONSE_PC, ROLE_RESPONSE_PS, ROLE_IBOS,
        ROLE_CMU, ROLE_PPD, ROLE_CSU_IO, ROLE_CSU_IO, ROLE_CSU_DS, ROLE_CSU_DS, ROLE_CSU_DS, ROLE_CSU_DI, ROLE_CSU_DI,
        ROLE_DCI };

    return busy[month_random(m, sizeof busy / sizeof busy[0])];
}

static void play_hour(Month *m, int hour)
{
    Time from = m->now;

    if (hour % SHIFT == 0) change_shift(m);
    for (int i = 0; i < ACTS; i++) {
        Role r = somebody(m);
        month_clock(m, from + (i * HOUR + (int)month_random(m, HOUR)) / ACTS);
        if (month_random(m, 24 * ACTS) < A_DAY) month_report(m);
        if (month_chance(m, 40))
            month_event(m);
        else if (!is_late(r, hour / 24))
            month_duty(m, r);
    }
    month_clock(m, from + HOUR);
}

static void tell(const Month *m, size_t rows)
{
    for (size_t i = 0; i < m->n_tallies; i++)
        print_message("%-28s %6lld done %6lld refused\n", m->tallies[i].act, (long long)m->tallies[i].done,
            (long long)m->tallies[i].refused);
    print_message("%lld reports, %zu rows compared\n", (long long)m->reports, rows);
}

static void every_hour_of_a_month_the_queue_is_what_the_facts_say(void **state)
{
    Month *m = *state;
    Scratch *s = scratch_new(m);
    size_t rows = 0;
    int64_t done = 0, cases = 0;
    bool changed = true;

    for (int hour = 0; hour < DAYS * 24; hour++) {
        play_hour(m, hour);
        if (is_before_nine(hour) && is_working_day(hour / 24)) month_meeting(m);
        rows += scratch_compare(s, hour % 24 == 9);
    }
    rows += scratch_compare(s, true);
    scratch_free(&s);
    tell(m, rows);
    for (size_t i = 0; i < m->n_tallies; i++) {
        if (m->tallies[i].done == 0) fail_msg("Nobody ever did: %s", m->tallies[i].act);
        done += m->tallies[i].done;
    }
    assert_true(m->reports > 350 && done > 4000 && rows > 100000);
    assert_did(m->d, app_sign_in(m->at[0], KEEPER, TRAINING_PASSWORD, &m->d->err));
    assert_did(m->d, app_rebuild(m->at[0], NULL, &cases, &changed, &m->d->err));
    assert_false(changed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_hour_of_a_month_the_queue_is_what_the_facts_say, begin, end),
    };

    return cmocka_run_group_tests_name("month", tests, NULL, NULL);
}
