/* cmd_task.c — the plan and the tasks of a case on the command line: listed, added, ticked off, approved. */
#include "cli_inside.h"

#include "app/task.h"
#include "base/mem.h"


/* --- what options take ------------------------------------------------------------------------- */
static const char *word_of(VocabId id, size_t i)
{
    const Vocab *v = &vocabs_standard()->of[id];

    return i < v->n ? v->words[i].word : NULL;
}

const char *cli_task_source_words(size_t i)
{
    return word_of(VOCAB_TASK_SOURCE, i + (i + 1 >= TASK_FROM_POLICY)); /* what the policy asks for is not added */
}

const char *cli_approach_words(size_t i)
{
    return word_of(VOCAB_APPROACH, i);
}

const char *cli_owner_words(size_t i)
{
    return word_of(VOCAB_ROLE, i);
}

/* --- which case ------------------------------------------------------------------------------- */
static bool look(Cli *cli, const char *purpose, CaseView *view, Err *err)
{
    const char *id = cli_value(cli, OPT_CASE);

    if (!id) return err_set(err, ERR_USAGE, "case", "Say of which case: --case ID.");
    return app_case_look(cli->app, id, purpose, cli->arena, view, err);
}

/* --- list ------------------------------------------------------------------------------------- */
static const Column task_columns[] = { { "task", "task", AS_ANY, false }, { "state", "state", AS_ANY, false },
    { "from", "set by", AS_ANY, false }, { "approach", "approach", AS_ANY, false }, { "owner", "owner", AS_ANY, false },
    { "who", "who", AS_ANY, false }, { "due", "due", AS_ANY, false }, { "what", "what", AS_ANY, false },
    { "rule", "rule", AS_DATA, false }, { "by", "by", AS_DATA, false }, { "at", "set", AS_DATA, false },
    { "rationale", "rationale", AS_DATA, false }, { "review", "review", AS_DATA, false },
    { "approved_by", "approved by", AS_DATA, false }, { "approved", "approved", AS_DATA, false },
    { "done", "done", AS_DATA, false }, { "done_by", "done by", AS_DATA, false }, { "result", "result", AS_ANY, false } };

static const char *word_or_null(const Vocabs *v, VocabId id, Code c)
{
    return c == CODE_NONE ? NULL : vocab_word(v, id, c);
}

static void task_row(Cli *cli, Out *out, const Task *t)
{
    const Vocabs *v = app_vocabs(cli->app);
    TaskStand stand = app_task_stand(t, app_now(cli->app));

    out_text(out, t->key);
    out_shaded(out, task_stand_words[stand], stand == TASK_OVERDUE ? SHADE_BAD : stand == TASK_DONE ? SHADE_GOOD : SHADE_WARN);
    out_text(out, word_or_null(v, VOCAB_TASK_SOURCE, t->source));
    out_text(out, word_or_null(v, VOCAB_APPROACH, t->approach));
    out_text(out, word_or_null(v, VOCAB_ROLE, t->owner));
    out_text(out, t->who);
    out_time(out, t->due);
    out_text(out, t->what);
    out_text(out, t->rule);
    out_text(out, t->by);
    out_time(out, t->at);
    out_text(out, t->rationale);
    out_time(out, t->review_at);
    out_text(out, t->approved_by);
    out_time(out, t->approved_at);
    out_time(out, t->done_at);
    out_text(out, t->done_by);
    out_text(out, t->result);
    out_row(out);
}

bool cmd_task_list(Cli *cli, Err *err)
{
    const Task **tasks;
    CaseView view;
    size_t n;
    Out *out;

    if (!look(cli, "task.list", &view, err)) return false;
    n = app_tasks_in_order(&view.doc, cli->arena, &tasks);
    out = cli_out(cli, task_columns, ARRAY_LEN(task_columns));
    for (size_t i = 0; i < n; i++)
        if (!cli_has(cli, OPT_OPEN) || tasks[i]->done_at == TIME_NONE) task_row(cli, out, tasks[i]);
    if (app_plan_lacks(&view.doc)) cli_say("%s", app_plan_lacks(&view.doc));
    return out_end(&out, err);
}

/* --- add -------------------------------------------------------------------------------------- */
typedef struct Part {
    OptId option;
    const char *column;
} Part;

static const Part parts[] = { { OPT_SET_BY, "from" }, { OPT_APPROACH, "approach" }, { OPT_OWNER, "owner" }, { OPT_WHO, "who" },
    { OPT_RATIONALE, "rationale" } };

static bool read_time(Cli *cli, OptId option, const char *name, Time *out, Err *err)
{
    const char *text = cli_value(cli, option);
    Err why = { 0 };

    if (!text || app_ahead_typed(cli->app, text, out, &why)) return true;
    return err_set(err, ERR_USAGE, name, "--%s: %s", name, why.text);
}

static bool fill(Cli *cli, Task *t, Err *err)
{
    const Vocabs *v = app_vocabs(cli->app);

    case_item_init(LIST_TASKS, t);
    t->source = TASK_FROM_PLAN;
    if (!case_field_set(case_list_field(LIST_TASKS, "what"), t, cli->words[0], v, cli->arena, err)) return false;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        const char *text = cli_value(cli, parts[i].option);
        if (text && !case_field_set(case_list_field(LIST_TASKS, parts[i].column), t, text, v, cli->arena, err)) return false;
    }
    return read_time(cli, OPT_DUE, "due", &t->due, err) && read_time(cli, OPT_REVIEW, "review", &t->review_at, err);
}

bool cmd_task_add(Cli *cli, Err *err)
{
    CaseView view;
    const char *key;
    Task t;

    if (!look(cli, "task.add", &view, err) || !fill(cli, &t, err)) return false;
    if (!app_task_set(cli->app, &view.row, &t, cli->arena, &key, err)) return false;
    cli_print(cli, "%s\n", key);
    return true;
}

/* --- done, approve ---------------------------------------------------------------------------- */
bool cmd_task_done(Cli *cli, Err *err)
{
    const PolicyDuty *rule = app_rule(cli->app, cli->words[0]);
    CaseView view;

    if (!look(cli, "task.done", &view, err)) return false;
    if (!app_task_of(&view.doc, cli->words[0]) && rule)
        return app_task_tick(cli->app, &view.row, rule->id, -1, cli->words[1], err);
    return app_task_done(cli->app, &view.row, cli->words[0], cli->words[1], err);
}

bool cmd_task_approve(Cli *cli, Err *err)
{
    CaseView view;

    return look(cli, "task.approve", &view, err) && app_task_approve(cli->app, &view.row, cli->words[0], err);
}
