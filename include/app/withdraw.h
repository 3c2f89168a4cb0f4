/* withdraw.h — an entry that was made by mistake is taken back: reviews, contacts, references and cross references, events, notices, attempts. */
#ifndef APP_WITHDRAW_H
#define APP_WITHDRAW_H

#include "app/app.h"

/* May the signed-in officer take this one back: its author, or a supervisor (of a review, one who may make it)? For drawing. */
bool app_may_withdraw(const App *app, CaseListId list, const void *item);
/* The same, and can it be at all: not taken back yet, not the reading of a book, and the case is not closed. */
bool app_can_withdraw(const App *app, const CaseDoc *doc, CaseListId list, const void *item);
/* May entries of this list be taken back by the signed-in officer who made them? Of references no author is kept: a supervisor may. For drawing. */
bool app_may_withdraw_own(const App *app, CaseListId list);
/* Which entry of the list the signed-in officer made at that time: the last one of those that stand. False: there is none (any more). */
bool app_entry_made(const App *app, const CaseDoc *doc, CaseListId list, Time at, size_t *index);
/* The entry stays, with when, by whom and why; from then on it counts as not made. `index`: in the list as a look at the case shows it.
** On success *row has the new revision. ERR_STALE: taken back already, or the case changed. ERR_INVALID: it is not of those that can be. */
bool app_entry_withdraw(App *app, CaseRow *row, CaseListId list, size_t index, const char *why, Err *err);

#endif
