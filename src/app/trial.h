/* trial.h — a back-test while it runs: two policies side by side, and the sums that it fills. backtest.c walks the
** cases, trial_sums.c counts. */
#ifndef APP_TRIAL_H
#define APP_TRIAL_H

#include "inside.h"

enum { TRIAL_HOUR = 7, TRIAL_DAYS_MAX = 3653, TRIAL_CHANGES_MAX = 100000 };

typedef struct Seen { /* a duty that was asked on some morning of the period */
    size_t duty;      /* in the table of all duties */
    Duty d;           /* as it was last             */
    bool asked;       /* on the mornings looked at just now */
    bool counted;     /* its minutes are in the sums */
} Seen;

typedef struct TrialSide { /* one of the two policies */
    const Policy *policy;
    size_t *index; /* its rule i in the table of all duties */
    Seen *seen;    /* of the case looked at, in order of duty and cycle */
    size_t n_seen;
    struct Again { /* by duty: when a repeating one is due again, if each time is done when it is due */
        Time next;
        bool live;
    } * again;
} TrialSide;

typedef struct TrialCell { /* a role on a day; open and overdue as differences to the day before until the end */
    int64_t n[TRIAL_CHANGES], open[2], overdue[2], minutes[2];
} TrialCell;

typedef struct Trial {
    TrialSide sides[2];
    bool same_words; /* a case loaded for one policy reads the same under the other */
    const Policy *harm_policy;
    int harm_side;
    Arena *a, *work;
    const Progress *progress;
    int64_t total;
    Time *mornings; /* [i + 1] of day i; [0] of the day before the first */
    size_t n_days, first_day; /* on which there was a case */
    uint32_t *look, look_stamp; /* days on whose morning something new is known of the case */
    TrialCell *cells;           /* [role][day], one day more than there are */
    TrialRole by_role[ROLE_COUNT];
    size_t changes_cap, harms_cap;
    Backtest *out;
} Trial;

static inline int seen_order(const Seen *s, size_t duty, int cycle)
{
    if (s->duty != duty) return s->duty < duty ? -1 : 1;
    return (s->d.cycle > cycle) - (s->d.cycle < cycle);
}

size_t trial_day(const Trial *t, Time at); /* the first day whose morning is not before `at`; n_days when none */
void trial_start(Trial *t, const Policy *now, const Policy *trial);
void trial_count(Trial *t, int s, Seen *seen, size_t first, size_t last);
void trial_repeats_start(Trial *t, int s);
void trial_repeats_end(Trial *t, int s);
void trial_compare(Trial *t, const char *case_id);
void trial_harm(Trial *t, const TrialHarm *harm);
void trial_tables(Trial *t);
void trial_finish(Trial *t);

#endif
