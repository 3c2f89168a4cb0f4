/* workload.h — how much waits for each role, and for each officer of it if it were shared out evenly. What each investigating officer
** has is in app/caseload.h. */
#ifndef APP_WORKLOAD_H
#define APP_WORKLOAD_H

#include "app/app.h"

enum { WORKLOAD_ROWS = 20000 }; /* of one role: what is looked at has an end */
typedef struct Workload {
    Role role;
    int64_t officers;             /* that have the role and are not suspended */
    int64_t cases[GRADE_HIGH + 1]; /* with something that waits for the role, by grade; 0: not yet assessed */
    int64_t overdue, week;        /* duties: past due; to be done and due by the end of the seventh day after today */
    int64_t held, later;          /* put aside; all others */
    int64_t minutes;              /* of the overdue and the week's, as the policy says how long each takes */
    bool cut;                     /* there is more than WORKLOAD_ROWS */
} Workload;
/* The roles that have anything or anybody, in their order; the officer's own, or all with PERM_QUEUE_ALL. Of restricted cases only those that are there for the
** officer. As much work as duties wait. */
bool app_workload(App *app, Arena *a, Workload **out, size_t *n, Err *err);

#endif
