/* risk_screen.h — the inside of the screen on which a risk is assessed, for its files: scr_risk.c (keys and verbs), risk_walk.c (from
** factor to factor), risk_keep.c (opening, saving, leaving), risk_known.c (what is shown before the grade), risk_submit.c (the
** grade, what is missing, the way out), risk_draw.c.
** The steps: every factor that is asked, then what is known of the case, then the grade. */
#ifndef SCREENS_RISK_SCREEN_H
#define SCREENS_RISK_SCREEN_H

#include "work_keep.h"

#define Event CaseEvent
#include "app/risk.h"
#undef Event

enum { RISK_REST_MS = 250, RISK_ANSWERS = 5 };

typedef enum RiskStep { STEP_FACTOR, STEP_KNOWN, STEP_GRADE } RiskStep;

typedef struct RiskAnswer { /* one of the five, in the order of the vocabulary */
    const char *word, *label;
    const char *asks; /* what is typed beside it: "Context", "Reason" */
    bool needed;      /* and must be */
} RiskAnswer;
extern const RiskAnswer wizard_answers[RISK_ANSWERS];
const RiskAnswer *wizard_answer(const char *word); /* NULL: none */

typedef struct RiskPage {
    Arena *arena; /* of the work: as long as the screen */
    RiskWork work;
    Keeping keeping;
    Arena *check_arena;
    RiskCheck check;
    bool checked, rested, f1;
    RiskStep step;
    size_t factor; /* index into the instrument's; it is asked */
    Editor *words; /* the context or reason of that factor */
    bool writing;  /* the keys go into it */
    Pager *known;
    Form *grade;
} RiskPage;

RiskPage *wizard_of(const Screen *s);

/* --- risk_keep.c ------------------------------------------------------------------------------ */
bool wizard_open(Screen *self, const void *arg, Err *err);
void wizard_settle(RiskPage *r); /* what stands in the editor and the form goes into the answers */
extern const WorkKind wizard_work;

/* --- risk_walk.c -------------------------------------------------------------------- */
const InstrumentFactor *wizard_factors(const RiskPage *r, size_t *n);
const InstrumentFactor *wizard_here(const RiskPage *r);                    /* NULL on the last two steps */
const char *wizard_answer_of(const Answers *a, const InstrumentFactor *f); /* "yes", or "" */
const char *wizard_context_of(const Answers *a, const InstrumentFactor *f);
bool wizard_alert_is_here(const RiskPage *r, size_t i);
typedef enum FactorState { FACTOR_OPEN, FACTOR_LACKS, FACTOR_DONE } FactorState;
FactorState wizard_state(const RiskPage *r, const InstrumentFactor *f);
size_t wizard_place(const RiskPage *r, size_t *of); /* "3 of 15", of those that are asked */
size_t wizard_open_factors(const RiskPage *r);      /* open or lacking words */
void wizard_go(RiskPage *r, size_t factor);
bool wizard_go_path(Screen *self, const char *path);
void wizard_go_step(Screen *self, RiskStep step);
React wizard_next(Screen *self);
React wizard_back(Screen *self);
React wizard_next_missing(Screen *self);
React wizard_choose_factor(Screen *self); /* a factor, by some letters of its name */
void wizard_start(Screen *self);          /* at the first factor that is open */

/* --- risk_known.c ---------------------------------------------------------------------------------- */
void wizard_write_known(Screen *self);

/* --- risk_submit.c --------------------------------------------------------------------------------- */
void wizard_make_grade(Screen *self); /* the form of the last step, out of the answers */
void wizard_take_grade(RiskPage *r);  /* and back */
void wizard_check(Screen *self);
React wizard_submit(Screen *self);
React wizard_missing_list(Screen *self);

/* --- risk_draw.c ------------------------------------------------------------------------------------ */
void wizard_draw(Screen *self, View v);

#endif
