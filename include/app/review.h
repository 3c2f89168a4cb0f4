/* review.h — a review made well: what changed since the last one, the checks to tick, what the officer is asked to do, and all of it saved
** in one write. */
#ifndef APP_REVIEW_H
#define APP_REVIEW_H

#include "app/app.h"

/* --- what changed since ---------------------------------------------------------------------------------------- */
typedef struct SinceLine {
    Time at;          /* when it happened, as its entry says */
    const char *says; /* "Charles Fictional: arrested" */
    bool belated;     /* dated before, and written down since */
} SinceLine;
typedef struct Since {
    Time when;
    const Review *review; /* the one that it is counted from; NULL: a moment, or the report */
    SinceLine *lines; size_t n; /* newest first */
} Since;
/* What the case says now and did not say at `when`: by the times of the facts, and by when they were written down. Of what is secret no
** word. The view is one that was looked at (app_case_look); nothing more is logged. */
bool app_case_since(App *app, const CaseView *view, Time when, Arena *a, Since *out, Err *err);
/* The same from the newest review of that kind on (a word; one that was returned does not count); without one, from the report. */
bool app_case_since_review(App *app, const CaseView *view, const char *kind, Arena *a, Since *out, Err *err);

/* What a case says now and did not say when it was looked at before: for who finds it changed under their hands. */
void app_case_news(App *app, const CaseDoc *before, const CaseView *now, Arena *a, Since *out);

/* --- checks ------------------------------------------------------------------------------------------------------- */
typedef enum CheckTick { CHECK_LEFT, CHECK_YES, CHECK_NO, CHECK_NA, CHECK_TICKS } CheckTick;
extern const char *const check_tick_words[CHECK_TICKS];  /* "left", "yes", "no", "na": in a file and in a form ("left": "") */
extern const char *const check_tick_labels[CHECK_TICKS]; /* "not ticked", "yes", "no", "not applicable" */
typedef struct ReviewCheck {
    const char *name, *says, *cite, *otherwise; /* as in PolicyCheck; of a review that was made only the first two */
    CheckTick tick;
    bool on_record; /* the case itself may show it: `known` says whether it does */
    Truth known;
} ReviewCheck;
typedef struct ReviewChecks ReviewChecks;
struct ReviewChecks {
    const char *title, *cite; /* of the checklist; of a review that was made NULL */
    const char *policy;       /* hash of the policy that asked */
    bool at_once;             /* all that held were ticked with one key: the reviewer's own act, and said as such */
    bool despite;             /* satisfied although a check does not hold: the reviewer was asked, and meant it */
    const char *none;         /* remedial action, and why nothing is asked of anybody; NULL */
    ReviewCheck *items; size_t n;
};
/* What the policy in force asks of a review of that kind in this case; every one not ticked. n = 0: nothing. */
void app_checks_asked(const App *app, const CaseDoc *doc, const char *kind, Arena *a, ReviewChecks *out);
/* What a review ticked; n = 0: there was nothing to tick, or it is a checklist of another sort. */
void app_checks_of(const Review *r, Arena *a, ReviewChecks *out);
size_t app_checks_count(const ReviewChecks *c, CheckTick tick);

/* --- instructions ---------------------------------------------------------------------------------------------------- */
typedef struct Instruction { const char *what, *who; Role owner; Time due; } Instruction; /* who: an officer's number, or NULL */
enum { INSTRUCTIONS_MAX = 20 };
/* One a line: whom, by when, what: "+2d Take the neighbour's statement", "di tomorrow 0900 Approve the plan", "900006 fri 1700 …".
** Without a role it is the investigating officer's. err->field is "instructions" and the sentence names the line. */
bool app_instructions_read(const App *app, const char *text, Arena *a, Instruction **out, size_t *n, Err *err);
/* The line "none: why" among them: nothing is asked of anybody, and why. NULL when there is no such line. */
const char *app_instructions_none(const char *text, Arena *a);

/* --- the review ------------------------------------------------------------------------------------------------------- */
typedef struct ReviewSaid {
    const Review *review;
    const ReviewChecks *checks; /* ticks by name; NULL: none were shown. What is asked now and not ticked is kept as left */
    const Instruction *instructions; size_t n_instructions; /* become tasks with source "review" */
    const char *none; /* of remedial action without instructions: why nothing is asked of anybody; NULL */
    bool despite;     /* satisfied although a check does not hold: this was asked, and is meant */
} ReviewSaid;
/* One write: the review, signed with its ticks, and its tasks. ERR_STALE also when a tick is of a check that is not asked any more.
** ERR_INVALID with err->field "instructions": remedial action that asks nothing of anybody, without `none`; "despite": satisfied although a
** check does not hold and less is asked for than that, without `despite`. By whatever road a review comes (app_case_add, too), those two are asked. */
bool app_review_add(App *app, CaseRow *row, const ReviewSaid *said, Arena *a, Err *err);

#endif
