/* task.c — tasks are set, ticked off, approved. Setting one is adding an entry (add.c) under the rules below; the other two fill in what it did
** not say yet. Nothing that was planned can be taken back, so a plan that once held more than accepted risks always will. */
#include "inside.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* ---- the plan ---- */

static const char only_accepted[] = "The risk is high and only accepted risk is planned (BD 1.6).";

static bool is_plan(const Task *t)
{
    return t->source == TASK_FROM_PLAN;
}

/* Does the plan hold a line, open or done, that does more than accept? */
static bool plan_acts(const CaseDoc *doc)
{
    for (size_t i = 0; i < doc->n_tasks; i++)
        if (is_plan(&doc->tasks[i]) && doc->tasks[i].approach != APPROACH_ACCEPT) return true;
    return false;
}

static bool plan_begun(const CaseDoc *doc)
{
    for (size_t i = 0; i < doc->n_tasks; i++)
        if (is_plan(&doc->tasks[i])) return true;
    return false;
}

const char *app_plan_lacks(const CaseDoc *doc)
{
    if (case_grade(doc) != GRADE_HIGH || plan_acts(doc)) return NULL;
    return plan_begun(doc) ? only_accepted : "The risk is high and nothing is planned yet (BD 1.6).";
}

static bool may_accept(const CaseDoc *doc, Err *err)
{
    if (case_grade(doc) != GRADE_HIGH || plan_acts(doc)) return true;
    return err_set(err, ERR_INVALID, "approach",
        "The risk is high: accepting it cannot be all that is planned. First add a line that removes, avoids or reduces it (BD 1.6).");
}

/* ---- how they stand ---- */

const char *const task_stand_words[TASK_STANDS] = { "open", "overdue", "done" };

TaskStand app_task_stand(const Task *task, Time now)
{
    return task->done_at != TIME_NONE ? TASK_DONE : task->due < now ? TASK_OVERDUE : TASK_OPEN;
}

static int by_stand(const void *p, const void *q)
{
    const Task *x = *(const Task *const *)p, *y = *(const Task *const *)q;
    bool x_done = x->done_at != TIME_NONE, y_done = y->done_at != TIME_NONE;
    Time x_at = x_done ? x->done_at : x->due, y_at = y_done ? y->done_at : y->due;

    if (x_done != y_done) return x_done - y_done;
    if (x_at != y_at) return x_at < y_at ? -1 : 1;
    return x < y ? -1 : x > y;
}

size_t app_tasks_in_order(const CaseDoc *doc, Arena *a, const Task ***out)
{
    *out = arena_alloc(a, (doc->n_tasks + 1) * sizeof **out);
    for (size_t i = 0; i < doc->n_tasks; i++) (*out)[i] = &doc->tasks[i];
    if (doc->n_tasks) qsort(*out, doc->n_tasks, sizeof **out, by_stand);
    return doc->n_tasks;
}

/* ---- one of them ---- */

const Task *app_task_of(const CaseDoc *doc, const char *key)
{
    for (size_t i = 0; i < doc->n_tasks; i++)
        if (key && str_eq(doc->tasks[i].key, key)) return &doc->tasks[i];
    return NULL;
}

Role app_task_owner(const App *app, const Task *task)
{
    return role_by_word(vocab_word(app_vocabs(app), VOCAB_ROLE, task->owner));
}

static bool own_line(const App *app, const Task *task)
{
    return app->session.warrant[0] && task->by && str_eq(task->by, app->session.warrant);
}

bool app_may_task_done(const App *app, const Task *task)
{
    if (!app_may_quietly(app, PERM_TASK_DONE) || task->done_at != TIME_NONE) return false;
    return role_may_task(app->session.roles, app_task_owner(app, task)) || own_line(app, task);
}

bool app_may_task_approve(const App *app, const Task *task)
{
    return task->approach == APPROACH_ACCEPT && task->approved_at == TIME_NONE && app_may_quietly(app, PERM_TASK_APPROVE) &&
           !own_line(app, task);
}

/* ---- setting one ---- */

/* What is said later is not said when it is set, and not by this road. */
static bool new_only(const CaseDoc *doc, const Task *t, Err *err)
{
    if (app_task_of(doc, t->key))
        return err_set(err, ERR_INVALID, "key", "The task %.20s is there already: it is ticked off or approved, and not set again.", t->key);
    if (t->done_at != TIME_NONE || t->done_by || t->result)
        return err_set(err, ERR_INVALID, "done_at", "A task is set first, and ticked off when it is done.");
    if (t->approved_at != TIME_NONE || t->approved_by)
        return err_set(err, ERR_INVALID, "approved_at", "A task is set first; the CSU detective inspector approves it afterwards.");
    if (t->source == TASK_FROM_POLICY || t->rule)
        return err_set(err, ERR_INVALID, "from", "A task of the policy comes from its rule, and is ticked off where it stands in the queue.");
    return true;
}

bool task_item_fits(const CaseDoc *before, const Task *item, Err *err)
{
    if (!new_only(before, item, err)) return false;
    if (item->due != TIME_NONE && item->at != TIME_NONE && item->due < item->at)
        return err_set(err, ERR_INVALID, "due", "Due: a task cannot be due before it is set.");
    return item->approach != APPROACH_ACCEPT || may_accept(before, err);
}

bool app_task_set(App *app, CaseRow *row, const Task *task, Arena *a, const char **key, Err *err)
{
    return case_add_keyed(app, row, LIST_TASKS, task, a, key, NULL, err);
}

/* ---- filling in ---- */

/* The case as it is now, with a list of tasks that is its own. */
static bool load(App *app, const CaseRow *row, const char *key, Arena *a, CaseDoc *doc, Task **task, Err *err)
{
    const Task *found;
    Task *own;

    if (!store_case_load(app->store, row->key, app_vocabs(app), a, doc, err)) return false;
    found = app_task_of(doc, key);
    if (!found) return err_set(err, ERR_MISSING, "key", "The case %s has no task \"%.20s\".", row->id, key ? key : "");
    own = arena_alloc(a, doc->n_tasks * sizeof *own);
    memcpy(own, doc->tasks, doc->n_tasks * sizeof *own);
    *task = own + (found - doc->tasks);
    doc->tasks = own;
    return true;
}

static bool refused(App *app, const char *act, const CaseRow *row, Err *err, const char *sentence)
{
    Err why = { 0 };

    err_set(&why, ERR_DENIED, "", "%s", sentence);
    if (err) *err = why;
    return app_denied(app, act, row->id, why.text);
}

static bool was_faster(const char *key, const char *did, const char *by, Time at, Err *err)
{
    char when[CIVIL_TEXT];

    return err_set(err, ERR_STALE, "key", "The task %.20s was %s by the officer %s on %s already.", key, did, by ? by : "(not named)",
        civil_words_full(at, when));
}

/* ---- ticking off ---- */

/* It goes through the door of every other text. */
static bool result_fits(App *app, Task *t, const char *result, Arena *a, Err *err)
{
    if (str_blank(result))
        return err_set(err, ERR_INVALID, "result", "Say what came of it: a task is ticked off in words.");
    return case_field_set(case_list_field(LIST_TASKS, "result"), t, result, app_vocabs(app), a, err);
}

static bool tick(App *app, CaseRow *row, const char *key, const char *result, Arena *a, Err *err)
{
    CaseDoc doc;
    Task *t = NULL;

    if (!load(app, row, key, a, &doc, &t, err)) return false;
    if (!role_may_task(app->session.roles, app_task_owner(app, t)) && !own_line(app, t))
        return refused(app, "task.done", row, err,
            arena_printf(a, "This task is ticked off by %s, or by the officer who set it.", role_who_may_task(app_task_owner(app, t))));
    if (t->done_at != TIME_NONE) return was_faster(t->key, "ticked off", t->done_by, t->done_at, err);
    if (t->approach == APPROACH_ACCEPT && t->approved_at == TIME_NONE)
        return err_set(err, ERR_INVALID, "approved_at",
            "The task %.20s accepts a risk: %s approves it before it is ticked off.", t->key, role_who_may(PERM_TASK_APPROVE));
    if (!result_fits(app, t, result, a, err)) return false;
    t->done_at = app->now;
    t->done_by = app->session.warrant;
    return case_change(app, row, &doc, "task.done", t->key, a, err);
}

bool app_task_done(App *app, CaseRow *row, const char *key, const char *result, Err *err)
{
    Arena *a;
    bool ok;

    if (!app_may_do(app, PERM_TASK_DONE, "task.done", row->id, err)) return false;
    a = arena_new_secret();
    ok = tick(app, row, key, result, a, err);
    arena_free(&a);
    return ok;
}

/* ---- what the policy asks for ---- */

bool app_may_task_tick(const App *app, const Duty *d)
{
    return duty_is_live(d) && role_may_task(app->session.roles, d->owner) && app_may_quietly(app, PERM_TASK_DONE);
}

static const Duty *meant(App *app, const CaseDoc *doc, const PolicyDuty *rule, int cycle, Arena *a)
{
    Duty *all;
    size_t n = policy_evaluate(app->policy, doc, app->now, a, &all);
    const Duty *found = NULL;

    for (size_t i = 0; i < n; i++) {
        if (!str_eq(all[i].id, rule->id) || (cycle >= 0 && all[i].cycle != cycle)) continue;
        if (!found || !duty_is_live(found)) found = &all[i];
    }
    return found;
}

static bool can_be_done(App *app, const CaseRow *row, const PolicyDuty *rule, const Duty *d, Err *err)
{
    char when[CIVIL_TEXT];

    if (!d) return err_set(err, ERR_MISSING, "duty", "The task %s is not asked for in the case %s.", rule->id, row->id);
    if (!duty_is_live(d))
        return err_set(err, ERR_STALE, "duty", "The task %s of the case %s was ticked off already, or is not asked for any more.", rule->id, row->id);
    return app->now >= d->opens ||
           err_set(err, ERR_INVALID, "duty", "The task %s can be done from %s on.", rule->id, civil_words_full(d->opens, when));
}

/* An entry of its own: set and done in one go. */
static bool tick_rule(App *app, CaseRow *row, const PolicyDuty *rule, int cycle, const char *result, Arena *a, Err *err)
{
    CaseDoc doc;
    Task t;
    const Duty *d;

    if (!store_case_load(app->store, row->key, app_vocabs(app), a, &doc, err)) return false;
    d = meant(app, &doc, rule, cycle, a);
    if (!can_be_done(app, row, rule, d, err)) return false;
    if (!role_may_task(app->session.roles, d->owner))
        return refused(app, "task.done", row, err, arena_printf(a, "This task is ticked off by %s.", role_who_may_task(d->owner)));
    case_item_init(LIST_TASKS, &t);
    if (!result_fits(app, &t, result, a, err)) return false;
    t.source = TASK_FROM_POLICY;
    t.rule = policy_tick_rule(rule, d, a);
    t.what = rule->title;
    t.owner = vocab_code(app_vocabs(app), VOCAB_ROLE, role_word(d->owner));
    t.due = d->due;
    t.by = t.done_by = app->session.warrant;
    t.at = t.done_at = app->now;
    case_fill_key(&doc, LIST_TASKS, &t, app_vocabs(app), a);
    case_append(&doc, LIST_TASKS, &t, a);
    return case_change(app, row, &doc, "task.done", arena_printf(a, "%s %s", t.key, t.rule), a, err);
}

static bool tick_entry(App *app, CaseRow *row, const PolicyDuty *rule, int cycle, const char *result, Arena *a, Err *err)
{
    CaseDoc doc;
    const Duty *d;

    if (!store_case_load(app->store, row->key, app_vocabs(app), a, &doc, err)) return false;
    d = meant(app, &doc, rule, cycle, a);
    if (!d) return err_set(err, ERR_MISSING, "duty", "The duty %s is not asked for in the case %s.", rule->id, row->id);
    return tick(app, row, d->of, result, a, err);
}

bool app_task_tick(App *app, CaseRow *row, const char *duty, int cycle, const char *result, Err *err)
{
    const PolicyDuty *rule;
    Arena *a;
    bool ok;

    if (!app_may_do(app, PERM_TASK_DONE, "task.done", row->id, err)) return false;
    rule = policy_duty_by_id(app->policy, duty);
    if (!rule) return err_set(err, ERR_MISSING, "duty", "The policy has no task \"%.60s\".", duty);
    if (rule->tick == TICK_NONE)
        return err_set(err, ERR_INVALID, "duty", "The duty %s is not ticked off: another record of the case shows that it is done.", rule->id);
    a = arena_new_secret();
    ok = rule->tick == TICK_RULE ? tick_rule(app, row, rule, cycle, result, a, err) : tick_entry(app, row, rule, cycle, result, a, err);
    arena_free(&a);
    return ok;
}

/* ---- approving ---- */

static bool approve(App *app, CaseRow *row, const char *key, Arena *a, Err *err)
{
    CaseDoc doc;
    Task *t = NULL;

    if (!load(app, row, key, a, &doc, &t, err)) return false;
    if (own_line(app, t))
        return refused(app, "task.approve", row, err, "You wrote this line. Nobody approves their own: another detective inspector does.");
    if (t->approach != APPROACH_ACCEPT)
        return err_set(err, ERR_INVALID, "approach", "The task %.20s accepts no risk, so there is nothing to approve.", t->key);
    if (t->approved_at != TIME_NONE) return was_faster(t->key, "approved", t->approved_by, t->approved_at, err);
    if (!may_accept(&doc, err)) return false;
    t->approved_at = app->now;
    t->approved_by = app->session.warrant;
    return case_change(app, row, &doc, "task.approve", t->key, a, err);
}

bool app_task_approve(App *app, CaseRow *row, const char *key, Err *err)
{
    Arena *a;
    bool ok;

    if (!app_may_do(app, PERM_TASK_APPROVE, "task.approve", row->id, err)) return false;
    a = arena_new_secret();
    ok = approve(app, row, key, a, err);
    arena_free(&a);
    return ok;
}
