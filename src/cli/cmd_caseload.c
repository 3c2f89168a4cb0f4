/* cmd_caseload.c — whose case it is: giving one to an officer, taking one, what each officer has, and handing on the cases of somebody who is away. */
#include "cli_inside.h"

#include "app/caseload.h"
#include "base/mem.h"

/* ---- one case ---- */

static bool named(Cli *cli, const char **officer, Err *err)
{
    bool mine = cli_has(cli, OPT_MINE), nobody = cli_has(cli, OPT_NOBODY);

    if ((cli->n_words > 1) + mine + nobody != 1) return err_set(err, ERR_USAGE, "officer", "Say an officer, or --mine, or --nobody.");
    return app_holder_typed(cli->app, mine ? OF_ME : nobody ? OF_NOBODY : cli->words[1], cli->arena, officer, err);
}

bool cmd_case_assign(Cli *cli, Err *err)
{
    const char *officer;
    CaseView view;

    if (!named(cli, &officer, err)) return false;
    if (!app_case_look(cli->app, cli->words[0], "assign", cli->arena, &view, err)) return false;
    if (!app_case_assign(cli->app, &view.row, officer, cli_value(cli, OPT_REASON), err)) return false;
    cli_say("%s: %s.", view.row.id, *officer ? app_officer_name(cli->app, officer, cli->arena) : "nobody's");
    return true;
}

/* ---- what each has ---- */

bool cli_caseloads(Cli *cli, Err *err)
{
    static const Column columns[] = { { "warrant", "warrant", AS_ANY, false }, { "officer", "officer", AS_ANY, false }, { "cases", "cases", AS_ANY, true },
        { "high", "high", AS_ANY, true }, { "unassessed", "no grade", AS_ANY, true }, { "medium", "medium", AS_ANY, true },
        { "standard", "standard", AS_ANY, true }, { "overdue", "overdue", AS_ANY, true }, { "week", "this week", AS_ANY, true },
        { "oldest", "longest untouched", AS_ANY, false }, { "touched", "since", AS_ANY, false } };
    Caseload *all;
    size_t n;
    Out *out;

    if (!app_caseloads(cli->app, cli->arena, &all, &n, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        const Caseload *c = &all[i];
        out_text(out, *c->warrant ? c->warrant : NULL);
        out_text(out, c->name);
        out_int(out, c->all);
        out_int(out, c->cases[GRADE_HIGH]);
        out_int(out, c->cases[CODE_NONE]);
        out_int(out, c->cases[GRADE_MEDIUM]);
        out_int(out, c->cases[GRADE_STANDARD]);
        out_int(out, c->overdue);
        out_int(out, c->week);
        out_text(out, c->oldest);
        out_time(out, c->oldest ? c->touched : TIME_NONE);
        out_row(out);
    }
    return out_end(&out, err);
}

bool cmd_caseload_show(Cli *cli, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "grade", "grade", AS_ANY, false }, { "offence", "offence", AS_ANY, false },
        { "touched", "last entry", AS_ANY, false }, { "restricted", "", AS_ANY, false } };
    const char *of = OF_ME;
    CaseloadRow *rows;
    size_t n;
    Out *out;

    if (cli->n_words && !app_holder_typed(cli->app, cli->words[0], cli->arena, &of, err)) return false;
    if (!app_caseload(cli->app, of, cli->arena, &rows, &n, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        out_text(out, rows[i].case_id);
        out_shaded(out, rows[i].grade ? vocab_word(app_vocabs(cli->app), VOCAB_GRADE, rows[i].grade) : NULL,
            rows[i].grade == GRADE_HIGH ? SHADE_BAD : SHADE_NONE);
        out_text(out, rows[i].offence);
        out_time(out, rows[i].touched);
        if (cli->format == FORMAT_TABLE)
            out_text(out, rows[i].restricted ? "restricted" : "");
        else
            out_yes(out, rows[i].restricted);
        out_row(out);
    }
    return out_end(&out, err);
}

/* ---- many at once ---- */

static bool show(Cli *cli, const Moving *m, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "grade", "grade", AS_ANY, false }, { "result", "", AS_ANY, false },
        { "why", "why", AS_ANY, false } };
    static const char *const stands[BULK_STANDS] = { "ready", "refused", "given" };
    Out *out = cli_out(cli, columns, ARRAY_LEN(columns));

    for (size_t i = 0; i < m->n; i++) {
        const BulkLine *l = &m->lines[i];
        out_text(out, l->case_id);
        out_text(out, vocab_word(app_vocabs(cli->app), VOCAB_GRADE, l->grade));
        out_text(out, stands[l->stand]);
        out_text(out, l->says);
        out_row(out);
    }
    return out_end(&out, err);
}

/* The exit status is 1 when a case was refused. */
bool cmd_caseload_move(Cli *cli, Err *err)
{
    bool dry = cli_has(cli, OPT_DRY_RUN);
    size_t ready = 0, moved = 0;
    Moving m;

    if (!app_moving_look(cli->app, cli->words[0], cli->words[1], cli->words + 2, cli->n_words - 2, cli->arena, &m, err)) return false;
    for (size_t i = 0; i < m.n; i++) ready += m.lines[i].stand == BULK_READY;
    if (!dry && ready && !app_moving_do(cli->app, &m, cli_value(cli, OPT_REASON), cli->arena, &moved, err)) return false;
    if (!show(cli, &m, err)) return false;
    cli_say("%s: %zu of %zu %s %s.", m.from_name, dry ? ready : moved, m.n, dry ? "would go to" : "given to", m.to_name);
    cli->found = (dry ? ready : moved) < m.n;
    return true;
}
