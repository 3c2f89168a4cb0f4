/* task.h — work that somebody is given: a line of the risk plan (BD 1.6), an action of a MARAC (WF 7.5) or a DMM (BD 1.4), an instruction of
** a review. It stands in the queue of its owner until it is ticked off in words. Every verb has the six beats of app.h; on success *row has the
** new revision. */
#ifndef APP_TASK_H
#define APP_TASK_H

#include "app/app.h"

/* Adds one; by whom, when and its key ("t1") are filled in, and *key is the latter (in `a`; NULL: not asked for). A risk that is accepted says
** why and until when, and is never all that is planned for a case of high risk. ERR_DENIED, ERR_INVALID (err->field is the column), ERR_STALE. */
bool app_task_set(App *app, CaseRow *row, const Task *task, Arena *a, const char **key, Err *err);
/* Ticks it off: `result` says what came of it and is needed. For the role that owns it, who supervises that role, and the officer who set it.
** An accepted risk is approved first. ERR_MISSING: no such task; ERR_STALE: somebody was faster. */
bool app_task_done(App *app, CaseRow *row, const char *key, const char *result, Err *err);
/* Ticks off what the duty of that id and cycle (-1: the one that waits) asks for: the task it is for, or, where the policy has a `task` of that
** name, by an entry that says so. ERR_INVALID: another record of the case shows that it is done, or it cannot be done yet. */
bool app_task_tick(App *app, CaseRow *row, const char *duty, int cycle, const char *result, Err *err);
/* Accepting a risk is approved by a CSU detective inspector who did not write the line. */
bool app_task_approve(App *app, CaseRow *row, const char *key, Err *err);

/* For drawing: what to offer to the signed-in officer. */
bool app_may_task_done(const App *app, const Task *task);
bool app_may_task_tick(const App *app, const Duty *d); /* of a duty that is ticked off (PolicyDuty.tick) */
bool app_may_task_approve(const App *app, const Task *task);
/* In whose queue it stands. */
Role app_task_owner(const App *app, const Task *task);

/* How it stands: overdue when it is not done and was due before now. */
typedef enum TaskStand { TASK_OPEN, TASK_OVERDUE, TASK_DONE, TASK_STANDS } TaskStand;
extern const char *const task_stand_words[TASK_STANDS]; /* "open", "overdue", "done" */
TaskStand app_task_stand(const Task *task, Time now);
/* As people read them: what is open first, in order of due; then what is done, in order of when. In `a`. */
size_t app_tasks_in_order(const CaseDoc *doc, Arena *a, const Task ***out);

/* What a plan of this case lacks, in a sentence; NULL when it lacks nothing or none is needed: a high risk without a plan, or with nothing but
** accepted risks in it. Pure. */
const char *app_plan_lacks(const CaseDoc *doc);
const Task *app_task_of(const CaseDoc *doc, const char *key); /* NULL when there is none */

#endif
