/* alert.h — alerts as something that waits for an answer, and the gates of a case.
** An alert waits in its owner's queue until the facts change or an officer answers it: acted on, or dismissed with a reason. An answer
** is of one basis; when the facts behind the alert change, it waits again. Alerts stop nothing; gates do. */
#ifndef APP_ALERT_H
#define APP_ALERT_H

#include "app/app.h"

/* --- those that wait ----------------------------------------------------------------------------------- */
typedef struct AlertAsk {
    RoleSet roles; /* 0 = the officer's own; others need PERM_QUEUE_ALL */
    const AlertRow *from;
    bool backwards;
    size_t limit;
} AlertAsk;
/* Rows say which case, which alert, since when: no case text. Reading them is not a look at a case. By grade, then the oldest first. */
bool app_alert_page(App *app, const AlertAsk *q, Arena *a, AlertRow **rows, size_t *n, Err *err);
int app_alert_order(const void *a, const void *b); /* of AlertRow, as the page has them; for qsort */
bool app_alert_count(App *app, RoleSet roles, int64_t *out, Err *err);
const PolicyAlert *app_alert_rule(const App *app, const char *alert); /* title, paragraph; NULL when the policy has none of that name */

/* --- of one case ---------------------------------------------------------------------------------------- */
typedef struct CaseAlertView { /* one that fires */
    const AlertFired *fired;   /* its sentence, basis, facts and lines */
    Time since;                /* it has fired on this basis from then on */
    const AlertAnswer *answer; /* what was said to it: it is quiet; NULL: it waits */
    const AlertAnswer *before; /* what was said last on another basis: it waits again, or was answered again; NULL */
} CaseAlertView;
typedef struct CaseAlerts {
    CaseAlertView *items; size_t n;  /* in order of id */
    size_t waiting;                  /* of them */
    AlertAnswer *past; size_t n_past; /* what was said to alerts that do not fire any more, the oldest first */
} CaseAlerts;
bool app_alert_of_case(App *app, const CaseView *view, Arena *a, CaseAlerts *out, Err *err); /* no second look */

/* Says that it was acted on (reason may be "") or dismisses it (a reason is needed). `basis` is the one that was read; NULL: whatever it is
** now. For the owner of the alert, or who supervises the owner. ERR_MISSING: the policy has no such alert. ERR_STALE: the facts changed
** meanwhile, it does not fire any more, or somebody answered it. */
bool app_alert_answer(App *app, const char *case_id, const char *alert, const char *basis, bool dismissed, const char *reason, Err *err);
bool app_may_alert(const App *app, Role owner); /* for drawing: what to offer */
enum { ALERT_REASON_MAX = 2000 /* characters */ };

/* --- gates -------------------------------------------------------------------------------------------------- */
/* Every gate of the policy with its verdict on this case now, in order of act, shut ones first; only of `act` unless it is NULL.
** ERR_INVALID: there is no such act. */
bool app_case_gates(App *app, const CaseView *view, const char *act, Arena *a, GateVerdict **out, size_t *n, Err *err);
/* The act is done already as the facts say, although a gate of it is shut: a CAD put away, a case closed, a book handed in or signed. */
bool app_gate_passed(const App *app, const CaseView *view, const GateVerdict *gate);

/* Why a gate is shut or an alert fires, whether it does or not; ERR_MISSING: there is none of that name. No second look. */
bool app_case_why_check(App *app, const CaseView *view, const char *name, Arena *a, WhyCheck *out, Err *err);

/* --- the budget: what becomes of alerts ----------------------------------------------------------------------- */
typedef struct AlertTally { /* of those that began to wait in the period; one that changed its basis while it waited is one */
    const char *id, *title;
    Role owner;
    int64_t fired;
    int64_t changed;   /* the facts changed, and it was gone   */
    int64_t acted;     /* answered: acted on                   */
    int64_t dismissed; /* answered: dismissed                  */
    int64_t open;      /* nobody said anything, and it waits   */
    int64_t open_for;  /* seconds, of those together           */
    Time oldest;       /* since when the longest of them waits; TIME_NONE */
} AlertTally;
/* Every alert of the policy in force, in order of id. PERM_QUEUE_ALL; logged as a look. Only under a clock set back or ahead it walks every case. */
bool app_alert_budget(App *app, Time from, Time to, const Progress *p, Arena *a, AlertTally **out, size_t *n, Err *err);

#endif
