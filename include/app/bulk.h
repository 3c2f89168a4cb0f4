/* bulk.h — one review for several like cases: every line is looked at first, and each case is a write of its own. */
#ifndef APP_BULK_H
#define APP_BULK_H

#include "app/app.h"

/* Like cases: the same duty, open now, fulfilled by a kind of review that this officer may make, and the grade of the first one. High risk and
** cases without a grade are never of them: each of those is read and reviewed by itself. */
enum { BULK_MAX = 50 };
typedef enum BulkStand { BULK_READY, BULK_REFUSED, BULK_SAVED, BULK_STANDS } BulkStand;
extern const char *const bulk_stand_words[BULK_STANDS]; /* "ready", "refused", "saved" */
typedef struct BulkLine {
    const char *case_id;
    CaseRow row; /* of one that is ready */
    Code grade;
    BulkStand stand;
    const char *says; /* why it is refused; "" */
} BulkLine;
typedef struct Bulk {
    const char *duty, *review; /* and the kind of review that fulfils it */
    Code grade;                /* of all that are ready */
    BulkLine *lines; size_t n;
} Bulk;
/* Looks at every case (each look is logged) and says how it stands. Writes nothing. False only when the duty is none that a review fulfils,
** this officer may not make it, or there are too many. */
bool app_bulk_look(App *app, const char *duty, const char *const *ids, size_t n, Arena *a, Bulk *out, Err *err);
/* The same text for every line that is ready: each its own write and its own signature; one that was changed meanwhile, or fails, is refused
** with its sentence and the others go on. No check is ticked: in one go nobody looked. The review says with how many others it was made.
** False, and nothing is written: there is no text, or nothing is ready. *saved: how many. */
bool app_bulk_add(App *app, Bulk *bulk, const char *text, Arena *a, size_t *saved, Err *err);

#endif
