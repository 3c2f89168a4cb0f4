/* caseload.h — whose case it is, on the screens: the question, the officers with what each has, and one officer's cases. */
#ifndef SCREENS_CASELOAD_H
#define SCREENS_CASELOAD_H

#include "screens.h"

#include "app/caseload.h"

/* Gives the case to an officer who is picked, or takes it; what became stale. */
React assign_ask(Loop *l, const char *case_id);
bool assign_is_offered(const App *app);
bool assign_is_asked(const App *app, const char *duty); /* this is what fulfils it */
/* Which officer; `row`: for that case, NULL: for any; `has`: who has it, "" nobody; `nobody`: that can be picked, too ("" in *officer). In `a`. */
bool holder_ask(Loop *l, const char *title, const CaseRow *row, const char *has, bool nobody, Arena *a, const char **officer);
bool hands_ask(Loop *l, const char *text, Str *reason);

typedef struct CaseloadAsk { char of[16]; /* a warrant number; "" for nobody's */ } CaseloadAsk;
extern const ScreenClass scr_officers; /* no argument: what each investigating officer has */
extern const ScreenClass scr_caseload; /* CaseloadAsk */

#endif
