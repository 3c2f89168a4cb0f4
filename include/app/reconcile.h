/* reconcile.h — other systems' listings held against the cases: numbers that are missing, quoted one way only, or not the same; and how many
** CAD messages have their CRIS number, with those that need none named (BD 1.1, 1.13, 1.14). */
#ifndef APP_RECONCILE_H
#define APP_RECONCILE_H

#include "app/app.h"

typedef enum ReconcileKind {
    RECONCILE_UNKNOWN,  /* listed, and no case has the number             */
    RECONCILE_MISSING,  /* the listing quotes a number that the case lacks */
    RECONCILE_MISMATCH, /* the case has another number of that system      */
    RECONCILE_ONE_WAY,  /* one of the two records does not quote the other */
    RECONCILE_UNLISTED, /* a case of the period has a number that is not listed */
    RECONCILE_NO_CRIS,  /* a domestic CAD of the period without its CRIS number */
    RECONCILE_EXCEPTION,   /* one that needs none, with the evidence that it is not domestic: no finding, but named */
    RECONCILE_NO_EVIDENCE, /* one that is resulted not domestic, and nothing says why */
    RECONCILE_NEW,      /* one less than a day old: it has its time yet, no finding */
    RECONCILE_UNUSUAL,  /* its CRIS number has not the usual shape, and a supervisor said why it is right: no finding */
    RECONCILE_BAD_ROW,  /* a row of a listing that could not be used */
    RECONCILE_KINDS
} ReconcileKind;
/* "unknown", "missing", "mismatch", "one-way", "unlisted", "no-cris", "exception", "no-evidence", "new", "unusual", "bad-row" */
extern const char *const reconcile_words[RECONCILE_KINDS];
bool reconcile_is_finding(ReconcileKind kind); /* something to be put right; else a named exception of the rate */

typedef struct Unreconciled {
    ReconcileKind kind;
    const char *case_id;        /* "" when no case has it */
    const char *system, *number; /* whose record it is about */
    const char *says;           /* one sentence */
    size_t line;                /* of the listing; 0 when it is not of one */
} Unreconciled;

typedef struct ReconcileRate { /* of the CAD messages received in the period: all of them, as BD 1.13 counts (with_cris of messages) */
    int64_t messages, with_cris, not_domestic, within_the_day, without;
    int64_t no_evidence; /* of not_domestic */
    int64_t unusual;     /* of with_cris: by a supervisor's word */
} ReconcileRate;
/* "CAD to CRIS: 92 of 95 messages (97%). Without a CRIS number: 2 not domestic, 1 less than a day old, 0 that need one." */
const char *reconcile_rate_words(const ReconcileRate *r, Arena *a);

typedef struct ReconcileAsk {
    FILE *cris, *merlin;             /* CSV with a header (number or cris or merlin, cad), or screen text: a line is a record, and the numbers in it are
                                        those that fit the policy's formats. NULL: not given */
    const char *cris_name, *merlin_name;
    Time from, to;                   /* the period of the rate and of what is not listed; TIME_NONE: neither is looked for */
    bool skip_bad;                   /* go on without rows that cannot be used, and tell them; else the first of them ends it */
    const Progress *progress;
} ReconcileAsk;
typedef struct Reconciled { Unreconciled *items; size_t n; int64_t read; ReconcileRate rate; } Reconciled;
/* Logged as a look that combines. Work is of the size of the listings; with a period one walk over the cases more. All in `a`. */
bool app_reconcile(App *app, const ReconcileAsk *ask, Arena *a, Reconciled *out, Err *err);

#endif
