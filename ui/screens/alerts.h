/* alerts.h — what the screens of alerts share. */
#ifndef SCREENS_ALERTS_H
#define SCREENS_ALERTS_H

#include "screens.h"

extern const ScreenClass scr_alerts;       /* const RoleSet *: whose; NULL: the officer's own */
extern const ScreenClass scr_alert_budget; /* no argument */

typedef struct AlertName { /* which one, as it was read */
    const char *case_id, *alert, *basis;
} AlertName;
/* Asks what became of it and says so to the store. False: nothing was said; a sentence may stand on the status line. */
bool alert_answer(Loop *l, const AlertName *name);
/* May the officer answer it? False: `why` is a sentence. */
bool alert_may_answer(const App *app, const char *alert, const char **why);
/* "dismissed by officer 900007, Mon 1 Feb 2010 09:12: It was a film." */
const char *alert_answer_words(const AlertAnswer *answer, Arena *a);
/* "! 3 alerts wait" */
const char *alert_count_words(int64_t n, char out[48]);

#endif
