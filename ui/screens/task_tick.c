/* task_tick.c — a task is ticked off: what came of it, in words, with what was to be done above. And the inspector's yes to a risk that is
** accepted. The same questions wherever one stands. */
#include "screens.h"

typedef struct Tick { /* of one: its texts are the caller's no longer */
    char case_id[48], duty[64], key[24];
    int cycle;
    CaseView view;
    Arena *a;
} Tick;

bool tick_is_asked(const App *app, const char *duty)
{
    const PolicyDuty *rule = app_rule(app, duty);

    return rule && rule->tick != TICK_NONE;
}

static App *app_in(Loop *l)
{
    return ((Ui *)loop_context(l))->app;
}

static const Duty *duty_of(const Tick *t)
{
    for (size_t i = 0; i < t->view.n_duties; i++)
        if (str_eq(t->view.duties[i].id, t->duty) && t->view.duties[i].cycle == t->cycle) return &t->view.duties[i];
    return NULL;
}

/* "Fit a new lock. Reduce it. Due Thu 3 Jun 12:00. Given to the CSU IO, PC Example." */
static const char *task_words(App *app, const Tick *t, const Task *task)
{
    const Vocabs *v = app_vocabs(app);
    char due[CIVIL_TEXT];

    return arena_printf(t->a, "%s%s%s\nDue %s, for %s%s%s.", task->what, task->approach ? " \xc2\xb7 " : "",
        task->approach ? vocab_label(v, VOCAB_APPROACH, task->approach) : "", civil_words_short(task->due, due),
        role_label(app_task_owner(app, task)), task->who ? ", " : "", task->who ? task->who : "");
}

static const char *what_words(App *app, const Tick *t)
{
    const Duty *d = *t->duty ? duty_of(t) : NULL;
    const Task *task = app_task_of(&t->view.doc, *t->key ? t->key : d ? d->of : NULL);
    char due[CIVIL_TEXT];

    if (task && (*t->key || str_eq(d->says, task->what))) return task_words(app, t, task);
    if (!d) return "";
    return arena_printf(
        t->a, "%s\nDue %s, for %s.", d->says ? d->says : duty_title(app, t->duty), civil_words_short(d->due, due), role_label(d->owner));
}

static bool save(App *app, Tick *t, const char *result, Err *err)
{
    if (*t->key) return app_task_done(app, &t->view.row, t->key, result, err);
    return app_task_tick(app, &t->view.row, t->duty, t->cycle, result, err);
}

/* What was refused stands there again, with the sentence beside it; nothing typed is lost but by leaving. */
static bool ask(Loop *l, Tick *t, Str *result)
{
    App *app = app_in(l);
    AskLine q = { .title = arena_printf(t->a, "%s: done", t->case_id),
        .text = what_words(app, t),
        .label = "What came of it",
        .may_be_empty = true }; /* the app says what is wrong with none */
    Err err = { 0 };

    for (;;) {
        if (!ask_text(l, &q, result)) return false;
        err_clear(&err);
        if (save(app, t, str_text(result), &err)) break;
        if (err.kind == ERR_STALE) { /* read it anew; if it is still to be done, once more saves it */
            CaseView again;
            if (!app_case_look(app, t->case_id, "task.done", t->a, &again, NULL)) break;
            t->view = again;
        } else if (err.kind != ERR_INVALID && err.kind != ERR_BUSY && err.kind != ERR_IO) {
            loop_status_err(l, &err);
            return false;
        }
        q.text = arena_printf(t->a, "%s\n%s", what_words(app, t), err.text);
    }
    loop_status(l, STYLE_GOOD, "Ticked off.");
    return true;
}

static React tick(Loop *l, Tick *t)
{
    Err err = { 0 };
    Str result = { 0 };
    bool done;

    t->a = arena_new_secret();
    if (!app_case_look(app_in(l), t->case_id, "task.done", t->a, &t->view, &err)) {
        loop_status_err(l, &err);
        arena_free(&t->a);
        return REACT_STATUS;
    }
    done = ask(l, t, &result);
    if (result.s) crypto_wipe(result.s, result.n);
    str_finish(&result);
    arena_free(&t->a);
    return done ? REACT_RELOAD_ALL | REACT_STATUS : REACT_STATUS;
}

React tick_duty(Loop *l, const DutyName *name)
{
    Tick t = { .cycle = name->cycle };

    snprintf(t.case_id, sizeof t.case_id, "%s", name->case_id);
    snprintf(t.duty, sizeof t.duty, "%s", name->duty);
    return tick(l, &t);
}

React tick_task(Loop *l, const char *case_id, const char *key)
{
    Tick t = { .cycle = -1 };

    snprintf(t.case_id, sizeof t.case_id, "%s", case_id);
    snprintf(t.key, sizeof t.key, "%s", key);
    return tick(l, &t);
}

/* ---- approving ---- */

static const char *risk_words(App *app, const Tick *t, const Task *task)
{
    char when[CIVIL_TEXT] = "";

    if (task->review_at != TIME_NONE) civil_words_full(task->review_at, when);
    return arena_printf(t->a, "%s\nBecause: %s\nLooked at again %s. Written by %s.", task->what, task->rationale ? task->rationale : "(no reason)",
        *when ? when : "(not said when)", task->by ? officer_words(task->by, t->a) : "nobody named");
}

static bool approve(Loop *l, Tick *t, Err *err)
{
    App *app = app_in(l);
    const Task *task;

    if (!app_case_look(app, t->case_id, "task.approve", t->a, &t->view, err)) return false;
    task = app_task_of(&t->view.doc, t->key);
    if (!task) return err_set(err, ERR_MISSING, "", "There is no such task.");
    if (!ask_confirm(l, "Approve that this risk is accepted", risk_words(app, t, task), "Approve")) return false;
    return app_task_approve(app, &t->view.row, t->key, err);
}

React task_approve(Loop *l, const char *case_id, const char *key)
{
    Tick t = { .cycle = -1, .a = arena_new_secret() };
    Err err = { 0 };
    bool ok;

    snprintf(t.case_id, sizeof t.case_id, "%s", case_id);
    snprintf(t.key, sizeof t.key, "%s", key);
    ok = approve(l, &t, &err);
    arena_free(&t.a);
    if (ok) loop_status(l, STYLE_GOOD, "Approved.");
    if (!ok && err.kind != ERR_NONE) loop_status_err(l, &err);
    return ok ? REACT_RELOAD_ALL | REACT_STATUS : REACT_STATUS;
}
