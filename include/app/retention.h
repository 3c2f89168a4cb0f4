/* retention.h — how long cases are kept: those that are due for review, what was decided, and erasing by two. Nothing is ever erased by
** itself. Groups and years are policies/retention.groups; what the store erases and what stays is in docs/schema.md. */
#ifndef APP_RETENTION_H
#define APP_RETENTION_H

#include "app/app.h"
#include "policy/retention.h"

#define TOMBSTONE_FORMAT "book124.tombstone/1" /* of its line in an export: docs/case-document.md */

typedef struct RetentionStand { /* a case as it stands; no case text */
    ClosedCase place;        /* where it stands in the list: give it back as `from` */
    const char *case_id;
    bool restricted;
    Date reported, closed;
    const RetentionGroup *group;
    Date due;                /* DATE_NONE: it is not closed */
    const char *newer;       /* a newer case of its victim or suspect, that set the clock back to its beginning; NULL */
    Date kept_until;         /* by the last decision; DATE_NONE */
    const char *proposed_by, *why; /* somebody proposes to erase it; NULL */
    Time proposed_at;
} RetentionStand;
/* Those that are due, the longest closed first, behind `from`. *more: there are others. PERM_RETENTION. */
bool app_retention_due(App *app, const ClosedCase *from, size_t limit, Arena *a, RetentionStand **out, size_t *n, bool *more, Err *err);
/* One case, due or not. A newer case that this officer may not see counts as none. */
bool app_retention_of(App *app, const char *case_id, Arena *a, RetentionStand *out, Err *err);
Date app_retention_longest(App *app, const RetentionStand *s); /* until when it may be kept at most, decided today */

typedef struct RetentionAsk {
    const char *case_id, *reason;
    Date until;           /* keep */
    const char *password; /* propose, erase: the officer's own, once more */
} RetentionAsk;
/* Until a day after today and at most as long as its group says; an open proposal to erase it ends with it. */
bool app_retention_keep(App *app, const RetentionAsk *ask, Err *err);
/* ERR_INVALID while it is not due, or an order or bail of it holds. The reason stays on the tombstone: nothing of a person in it. */
bool app_retention_propose(App *app, const RetentionAsk *ask, Err *err);
bool app_retention_withdraw(App *app, const RetentionAsk *ask, Err *err); /* ERR_STALE when nobody proposes it */
/* By another officer than proposed it; for good. *gone: the files hold nothing of it any more (else: as soon as nobody reads). */
bool app_retention_erase(App *app, const RetentionAsk *ask, bool *gone, Err *err);

bool app_tombstones(App *app, Arena *a, Tombstone **out, size_t *n, Err *err); /* the last first. PERM_RETENTION */
/* "KG-7F3Q2 was erased on 3 May 2016 by 900008 and 900009: …" */
const char *tombstone_words(const Tombstone *t, Arena *a);
void tombstone_line(const Tombstone *t, Str *out); /* as an export has it, with its end */

#endif
