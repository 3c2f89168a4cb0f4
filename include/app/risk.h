/* risk.h — assessing risk as something one does: open an instrument for a case, answer every factor, grade by judgement, compare.
** The grade is the officer's: nothing here computes, proposes or preselects one, and how many factors were answered yes is told only after
** the grade was given (BD 1.2, 1.5). What is typed lives in a draft "KG-7F3Q2 risk secondary specss-plus" until it is submitted. */
#ifndef APP_RISK_H
#define APP_RISK_H

#include "app/order.h"
#include "core/answers.h"
#include "policy/instrument.h"

/* The instruments compiled in and those put in force by the keeper, by id; every assessment keeps the version it was made with. NULL and ERR_MISSING.
** Lives as long as the app. A store that has none of that id yet gets the one compiled in. */
const Instrument *app_instrument(App *app, const char *id, Err *err);
/* The text an assessment was made with (Assessment.version); the one in force when it names none or one that is not kept; NULL when there is none. */
const Instrument *app_instrument_of(App *app, const Assessment *made);
/* Which instruments a stage is made with today, the usual one first: words of VOCAB_INSTRUMENT. *out is good until the next call for that stage. */
size_t app_instruments_for(App *app, const char *stage, const char *const **out);
/* Keeper: the text becomes the instrument in force of its id; checked first, logged. What was assessed keeps its version. */
bool app_instrument_activate(App *app, const char *name, const char *text, size_t n, PolicyProblems *problems, Err *err);
/* May the signed-in officer make that stage? For drawing: what to offer. */
bool app_may_assess(const App *app, const char *stage);

typedef struct RiskWork { /* strings in the arena given; answers freed by app_risk_leave */
    const Instrument *instrument;
    const char *stage;       /* "initial", "secondary", "marac", "review" */
    char case_id[48], about[120];
    CaseView view;           /* looked at, logged */
    Answers *answers;        /* "FACTOR" = yes, no, not-known, declined, not-asked; "FACTOR.context"; "grade", "rationale", "reason", "observed" */
    const Assessment *before; /* the latest with the same instrument, else the latest of any; NULL */
    Answers *last;           /* its answers as above (app_risk_answers), to stand beside; NULL */
    SameCase *earlier; size_t n_earlier; /* other cases of its victims and suspects, newest first: looked at, logged. Shown before the grade */
    Time begun_at;
    bool resumed;
    Time draft_at;
    const char *elsewhere;   /* as BookWork */
} RiskWork;
/* `instrument` NULL: the usual one of the stage. ERR_DENIED when this officer may not make that stage (role.c). */
bool app_risk_open(App *app, const char *case_id, const char *stage, const char *instrument, Arena *a, RiskWork *out, Err *err);
bool app_risk_resume(App *app, const char *about, Arena *a, RiskWork *out, Err *err);
bool app_risk_take(App *app, RiskWork *work, Err *err);
bool app_risk_save(App *app, const RiskWork *work, Err *err);
bool app_risk_discard(App *app, const RiskWork *work, Err *err);
void app_risk_leave(App *app, RiskWork *work);

/* The earlier cases were on the screen, all of them: kept in the draft as "history.seen", and in the log with the assessment. */
#define RISK_HISTORY "history.seen"
void app_risk_see(RiskWork *work, Arena *a);
bool app_risk_seen(const RiskWork *work, Arena *a); /* true when there is none */
/* What the instrument says of so many yes on that day, in a sentence; NULL when no threshold of it holds. To be told after the grade, which it does not give. */
const char *app_risk_threshold(const RiskWork *work, size_t yes, Time at, Arena *a);

/* A factor is asked when its supplement is open: a yes to the factor that opens it. */
bool app_risk_asked(const RiskWork *work, const InstrumentFactor *factor);
typedef struct RiskGap { const char *path, *label, *says; } RiskGap; /* every factor has a state; a yes its context; not-asked its reason; grade; rationale */
typedef struct RiskCheck {
    RiskGap *gaps; size_t n_gaps;
    AlertFired *alerts; size_t n_alerts; /* contradictions between account, answers and case facts, with the words that caused them */
    const char **alert_paths;            /* beside alerts: the factor */
    bool downgrade;                      /* the grade chosen is lower than the case's */
    const char *may_not;                 /* why this officer may not give that grade ("From high only the detective inspector grades down."), or NULL */
    const char *honour;                  /* HBV or FM is flagged and the grade chosen is below high: what BD 4.6 says of that. It stops nothing. NULL */
} RiskCheck;
bool app_risk_check(App *app, const RiskWork *work, Arena *a, RiskCheck *out, Err *err);
/* One assessment, immutable; one transaction with the duties and the log. ERR_INVALID with err->field = the first path. *yes, *of: told now, after the grade. */
bool app_risk_submit(App *app, RiskWork *work, Arena *a, CaseRow *row, size_t *yes, size_t *of, Err *err);
/* {factor: {answer, context}} of an assessment as flat answers ("FACTOR", "FACTOR.context"), with its grade, rationale, reason and observations. The caller frees. */
Answers *app_risk_answers(const App *app, const Assessment *made);

/* --- side by side -------------------------------------------------------------------------------------- */
typedef struct RiskColumn { const Assessment *made; const char *title; /* "Initial · Mon 1 Feb 23:30" */ size_t yes, asked; /* 0 of 0 where no grade was given */ } RiskColumn;
typedef struct RiskRow { const char *factor, *label; const InstrumentFactor *of; const char **answer, **context; /* beside columns; NULL where it was not asked */ bool changed; /* answers differ between the columns that asked it */ } RiskRow;
typedef struct RiskTable { RiskColumn *columns; size_t n_columns; RiskRow *rows; size_t n_rows; } RiskTable; /* columns in time order */
void app_risk_compare(App *app, const CaseDoc *doc, Arena *a, RiskTable *out); /* pure, of a case already looked at */

/* --- drift: initial against secondary, over a period (no names, no cases) ------------------------------------- */
typedef struct RiskDrift { const char *team; int64_t both, same, up, down; } RiskDrift;
typedef struct FactorDrift { const char *factor, *label; int64_t both, same, to_yes, from_yes; } FactorDrift;
bool app_risk_drift(App *app, Time from, Time to, const Progress *p, Arena *a, RiskDrift **teams, size_t *n_teams, FactorDrift **factors, size_t *n_factors, Err *err);

#endif
