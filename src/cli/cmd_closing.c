/* cmd_closing.c — closing a case, typed: what it lacks and what would end, closing it, and opening it again. */
#include "cli_inside.h"

#include "app/closing.h"
#include "base/mem.h"

/* --- closing ----------------------------------------------------------------------------------- */
static const Column closing_columns[] = { { "what", "what", AS_ANY, false }, { "says", "says", AS_ANY, false },
    { "rule", "rule", AS_ANY, false }, { "due", "due", AS_ANY, false }, { "owner", "owner", AS_ANY, false } };

static void row(
    Out *out, const char *what, Shade shade, const char *says, const char *rule, Time due, const char *owner)
{
    out_shaded(out, what, shade);
    out_text(out, says);
    out_text(out, rule);
    out_time(out, due);
    out_text(out, owner);
    out_row(out);
}

static const char *duty_says(const Cli *cli, const Duty *d)
{
    const PolicyDuty *rule = app_rule(cli->app, d->id);

    return d->says ? d->says : rule ? rule->title : d->id;
}

static void rows(Cli *cli, Out *out, const Closing *c)
{
    for (size_t i = 0; i < c->n_lacks; i++)
        row(out, "missing", SHADE_WARN, c->lacks[i].says, c->lacks[i].gate, TIME_NONE, NULL);
    for (size_t i = 0; i < c->n_duties; i++) {
        const Duty *d = &c->duties[i];
        bool missed = d->ended > d->due;
        row(out, missed ? "missed" : "ends", missed ? SHADE_WARN : SHADE_NONE,
duty_says(cli, d), d->id, d->due, role_word(d->owner));
    }
    for (size_t i = 0; i < c->n_stay; i++)
        row(out, "stays", SHADE_NONE, duty_says(cli, &c->stay[i]), c->stay[i].id, c->stay[i].due, role_word(c->stay[i].owner));
    for (size_t i = 0; i < c->n_runs; i++) row(out, "runs-on", SHADE_NONE, c->runs[i].says, NULL, TIME_NONE, NULL);
}

bool cmd_closing(Cli *cli, Err *err)
{
    CaseView view;
    Closing c;
    Out *out;

    if (!app_case_look(cli->app, cli->words[0], "closing", cli->arena, &view, err)) return false;
    app_closing(cli->app, &view, cli->arena, &c);
    if (view.doc.closed_at != TIME_NONE) cli_say("%s is closed.", view.row.id);
    out = cli_out(cli, closing_columns, ARRAY_LEN(closing_columns));
    rows(cli, out, &c);
    if (c.n_lacks) cli->found = true;
    return out_end(&out, err);
}

/* --- close, and open again ---------------------------------------------------------------------- */
static bool look(Cli *cli, CaseView *view, Err *err)
{
    return app_case_look(cli->app, cli->words[0], "entry", cli->arena, view, err);
}

bool cmd_case_close(Cli *cli, Err *err)
{
    const FactGroup *g = fact_group("close");
    const CaseField *fields[FACTS_MAX];
    CaseView view;
    CaseDoc said;

    case_init(&said);
    fact_fields(g, fields); /* the outcome, and when */
    if (!case_field_set(fields[0], &said, cli->words[1], app_vocabs(cli->app), cli->arena, err)) return false;
    if (!look(cli, &view, err) || !app_facts_say(cli->app, &view.row, g, &said, err)) return false;
    cli_say("%s is closed.", view.row.id);
    return true;
}

bool cmd_case_reopen(Cli *cli, Err *err)
{
    CaseView view;

    if (!look(cli, &view, err) || !app_case_reopen(cli->app, &view.row, cli->words[1], err)) return false;
    cli_say("%s is open again: its clocks run.", view.row.id);
    return true;
}
