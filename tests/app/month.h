/* month.h — a month of a borough, played through the verbs of the app under a clock that is moved by hand: fifteen reports a day, officers of
** every role at terminals of their own, some of them late, some of them wrong. After every hour the queues that the store keeps are held
** against what the policy says of every case from nothing but its facts at that moment. The same seed plays the same month. */
#ifndef TESTS_APP_MONTH_H
#define TESTS_APP_MONTH_H

#include "desk.h"

enum { OFFICERS = 11, MONTH_KINDS_MAX = 64 };

typedef struct Tally {
    const char *act;
    int64_t done, refused;
} Tally;

typedef struct Month {
    Desk *d;
    App *at[OFFICERS]; /* each role's terminal: 900001 … 900011 */
    Time now;          /* what the machine's clock says: month_clock moves it */
    uint64_t seed;
    int64_t reports;
    Arena *a; /* of one act */
    Tally tallies[MONTH_KINDS_MAX];
    size_t n_tallies;
} Month;

void month_clock(Month *m, Time now);
uint32_t month_random(Month *m, uint32_t below); /* 0 … below - 1 */
bool month_chance(Month *m, uint32_t percent);
App *month_officer(Month *m, Role role);

/* --- what people do (month_acts.c) --- */
void month_report(Month *m);       /* a call comes in */
void month_duty(Month *m, Role r); /* somebody of that role does what the queue asks for */
void month_event(Month *m);        /* something happens that no queue asked for: by whom it should be, or not */
void month_meeting(Month *m);     /* the daily management meeting: a fifth of its list is left undecided (month_meeting.c) */
void month_tally(Month *m, const char *act, bool did, const Err *err);

/* --- from scratch (month_check.c) --- */
typedef struct Scratch Scratch;
Scratch *scratch_new(Month *m);
void scratch_free(Scratch **s);
/* Every queue of every officer, and the figures on its tabs, against the policy over the facts; the test fails with the first line that
** differs. `thorough`: also every tab by itself, and every duty as `duties --now` lists it. Returns how many rows were compared. */
size_t scratch_compare(Scratch *s, bool thorough);

#endif
