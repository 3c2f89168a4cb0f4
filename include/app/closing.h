/* closing.h — the end of an investigation, and its beginning again. Closing asks its gate: what a case lacks is said with where it is mended, and
** what nobody will do any more is said before. How it ended is the officer's to say; nothing here proposes an outcome. */
#ifndef APP_CLOSING_H
#define APP_CLOSING_H

#include "app/facts.h"

typedef struct ClosingLack { /* what stands in the way; strings in the arena */
    const char *says;
    const char *gate;   /* of the policy: its id, for `why`; NULL where it is a suspect without disposal */
    CaseListId list;    /* the list an entry of which mends it; LIST_COUNT: none does alone */
    const char *preset; /* what that entry begins with: "person=s1", "system=cris"; "" */
    const char *fact;   /* the group that mends it (core/fact_groups.h), or NULL */
} ClosingLack;
typedef struct GateMend { /* where what a gate wants is entered */
    const char *gate;
    CaseListId list; /* LIST_COUNT: it is the group `fact` */
    const char *preset, *fact;
} GateMend;
const GateMend *app_gate_mend(const char *gate); /* by its id; NULL when no one entry opens it */

typedef struct ClosingEnd { /* what would end unfinished */
    const char *says;
    bool missed; /* a duty that is past due: it goes into the figures as missed */
} ClosingEnd;
typedef struct Closing {
    ClosingLack *lacks;
    size_t n_lacks;
    Duty *duties;
    size_t n_duties; /* those that are missed first */
    Duty *stay;
    size_t n_stay; /* asked for as before, although the case is closed; those due first */
    ClosingEnd *runs;
    size_t n_runs; /* tasks, duties put aside, referrals, orders, bail that nobody would look after here any more */
} Closing;
/* Of a case that was looked at, as of now. */
void app_closing(App *app, const CaseView *view, Arena *a, Closing *out);
/* Each suspect of a crime has a disposal that ends it; else the sentence that names the first who has none. Pure. */
bool closing_disposed(const CaseDoc *doc, const Vocabs *v, Err *err);

/* Open again, with a reason; how it had been closed stands in its history, and its clocks run. ERR_INVALID when it is not closed. The roles that
** close. On success *row has the new revision. */
bool app_case_reopen(App *app, CaseRow *row, const char *reason, Err *err);

#endif
