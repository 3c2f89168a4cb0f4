/* stretch.h — what became of an alert. A stretch is a time in which it fired without a break, however its basis changed meanwhile, until
** somebody answered it or the facts fitted again; what fires after an answer is another stretch. */
#ifndef CORE_STRETCH_H
#define CORE_STRETCH_H

#include "base/arena.h"
#include "base/civil.h"

typedef struct AlertRun { /* from one moment of the case to another an alert fired on one basis */
    const char *alert, *basis;
    Time from, until; /* TIME_NONE: it still does */
} AlertRun;

typedef struct AlertAnswer {
    const char *alert, *basis;
    bool dismissed;     /* else acted on */
    const char *reason; /* "" for none: only one that was acted on may have none */
    const char *by;
    Time at;
} AlertAnswer;

typedef enum AlertEnd { ALERT_ACTED, ALERT_CHANGED /* the facts did */, ALERT_DISMISSED, ALERT_WAITS, ALERT_ENDS } AlertEnd;
const char *alert_end_word(AlertEnd end); /* "acted", "changed", "dismissed", "waits": in order */
AlertEnd alert_end_by_word(const char *word); /* ALERT_ENDS: there is none of that word */

typedef struct AlertStretch {
    const char *alert;
    Time since;
    AlertEnd end;
} AlertStretch;
/* Of one case, in order of alert and since; `runs` in order of `from`. No two of an alert begin at once. In `a`; texts are borrowed. */
size_t alert_stretches(const AlertRun *runs, size_t n, const AlertAnswer *said, size_t n_said, Arena *a, AlertStretch **out);

#endif
