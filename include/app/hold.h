/* hold.h — a duty put aside for a while, with a reason and an end: its row leaves the tabs and comes back by itself. The clock and the state of the
** duty do not change. For how long at most stands in the policy (`hold high for 24 hours`); never past the moment it is due, and what is overdue is
** not put aside at all, so that no hold hides a missed step from anybody.
** A hold is an entry of LIST_HOLDS: it is made with app_case_add, which asks all of this, and holds every cycle of the duty that is asked then. */
#ifndef APP_HOLD_H
#define APP_HOLD_H

#include "app/app.h"

/* For drawing: may the officer put such a duty aside? Who has it, and who supervises them. */
bool app_may_hold(const App *app, Role owner);
/* Until when at most the duty may be put aside from now on. `cycle` -1: whichever is live. False: the sentence says why it may not. */
bool app_hold_room(App *app, const CaseView *view, const char *duty, Time *latest, Err *err);
/* The hold that puts it aside now; NULL when none does. */
const Hold *app_hold_of(const App *app, const CaseView *view, const char *duty, int cycle);
/* Takes it back before its time. ERR_MISSING when it is not put aside. */
bool app_hold_end(App *app, CaseRow *row, const char *duty, Err *err);

#endif
