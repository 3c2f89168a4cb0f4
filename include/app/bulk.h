/* bulk.h — one review for several like cases: every line is looked at first, and each case is a write of its own. */
#ifndef APP_BULK_H
#define APP_BULK_H

#include "app/app.h"
#include "app/review.h"

/* Like cases: the same duty, open now, fulfilled by a kind of review that this officer may make, and the grade of the first one. High risk and
** cases without a grade are never of them: each of those is read and reviewed by itself. */
enum { BULK_MAX = 50 };
typedef enum BulkStand { BULK_READY, BULK_REFUSED, BULK_SAVED, BULK_STANDS } BulkStand;
extern const char *const bulk_stand_words[BULK_STANDS]; /* "ready", "refused", "saved" */
typedef struct BulkMark { /* a case that was chosen before it is looked at */
    const char *case_id;
    Rev rev; /* of the case when it was chosen; 0: not known, and nothing is said of what changed since */
} BulkMark;
typedef struct BulkLine {
    const char *case_id;
    CaseRow row; /* of one that is ready */
    Code grade;
    Time due;           /* of the duty, of one that is ready */
    const Review *last; /* the newest review of it, of whatever kind; NULL: none */
    BulkStand stand;
    const char *says; /* why it is refused; "" */
    bool changed;     /* because somebody wrote in it since it was marked, or while the text was typed: once read, it can be marked anew */
    Rev rev;          /* of the case as it was looked at; 0: it was not */
} BulkLine;
typedef struct Bulk {
    const char *duty, *review; /* and the kind of review that fulfils it */
    Code grade;                /* of all that are ready */
    BulkLine *lines; size_t n;
    ReviewChecks checks;       /* what the policy asks of every one that is ready; none is ticked */
} Bulk;
/* Is this duty one that several cases can be reviewed for at once, by this officer? For drawing; err says why not. */
bool app_bulk_may(const App *app, const char *duty, Err *err);
/* The revision of a case, for a mark: no look at it. */
bool app_bulk_mark(App *app, const char *case_id, Rev *rev, Err *err);
/* Looks at every case (each look is logged) and says how it stands. Writes nothing. False only when the duty is none that a review fulfils,
** this officer may not make it, or there are too many. */
bool app_bulk_look(App *app, const char *duty, const BulkMark *marks, size_t n, Arena *a, Bulk *out, Err *err);
/* The same text, and the same ticks (bulk->checks), for every line that is ready: each its own write and its own signature; one that was
** changed meanwhile, or fails, is refused with its sentence and the others go on. What was ticked is kept as ticked in one go; where a case is
** asked more than all are, that stays not ticked. The review says with how many others it was made.
** False, and nothing is written: there is no text, or nothing is ready. *saved: how many. */
bool app_bulk_add(App *app, Bulk *bulk, const char *text, Arena *a, size_t *saved, Err *err);

#endif
