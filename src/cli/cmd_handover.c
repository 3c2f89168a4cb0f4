/* cmd_handover.c — the change of shifts: what waits for the team, on a page or on paper; given and taken. */
#include "cli_inside.h"

#include "app/handover.h"
#include "base/mem.h"

#include <stdlib.h>

static bool until_of(Cli *cli, Time *out, Err *err)
{
    const char *text = cli_value(cli, OPT_UNTIL);
    Err why = { 0 };

    *out = TIME_NONE;
    if (!text || app_ahead_typed(cli->app, text, out, &why)) return true;
    return err_set(err, ERR_USAGE, "until", "--until: %s", why.text);
}

static const Column columns[] = { { "part", "part", AS_ANY, false }, { "when", "when", AS_ANY, false }, { "case", "case", AS_ANY, false },
    { "grade", "grade", AS_ANY, false }, { "duty", "duty", AS_DATA, false }, { "cycle", "cycle", AS_DATA, true }, { "owner", "owner", AS_ANY, false },
    { "note", "note", AS_ANY, false }, { "what", "what", AS_ANY, false } };

static bool list(Cli *cli, Time until, Err *err)
{
    const Vocabs *v = app_vocabs(cli->app);
    HandoverList all;
    Out *out;

    if (!app_handover_list(cli->app, until, cli->arena, &all, err)) return false;
    if (cli->format == FORMAT_TABLE) cli_print(cli, "%s\n", app_handover_words(&all.last, cli->arena));
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < all.n; i++) {
        const HandoverLine *l = &all.lines[i];
        out_shaded(out, handover_part_words[l->part], l->part == HAND_OVERDUE ? SHADE_BAD : SHADE_NONE);
        out_time(out, l->when);
        out_text(out, l->case_id && *l->case_id ? l->case_id : NULL);
        out_shaded(out, l->grade ? vocab_word(v, VOCAB_GRADE, l->grade) : NULL, l->grade == GRADE_HIGH ? SHADE_BAD : SHADE_NONE);
        out_text(out, l->duty);
        out_int(out, l->cycle);
        out_text(out, l->owner ? role_word(l->owner) : NULL);
        out_yes(out, l->note != 0);
        out_text(out, !l->note ? l->what : cli->format == FORMAT_TABLE
                                  ? arena_printf(cli->arena, "%lld: %s (officer %s%s%s)", (long long)l->note, l->what, l->by, l->read_by ? "; read by " : "; not read yet",
                                        l->read_by ? l->read_by : "")
                                  : l->what);
        out_row(out);
    }
    return out_end(&out, err);
}

bool cmd_handover_show(Cli *cli, Err *err)
{
    Str paper = { 0 };
    bool pdf = cli_has(cli, OPT_PDF), ok;
    Time until;

    if (!until_of(cli, &until, err)) return false;
    if (!cli_has(cli, OPT_SHEET) && (pdf || cli_has(cli, OPT_OUTPUT)))
        return err_set(err, ERR_USAGE, "sheet", "--pdf and --output are for the sheet: say --sheet too.");
    if (!cli_has(cli, OPT_SHEET)) return list(cli, until, err);
    ok = cli_paper_has_place(cli, pdf, err) && app_handover_print(cli->app, until, pdf, &paper, err) && cli_paper_write(cli, &paper, err);
    if (paper.s) crypto_wipe(paper.s, paper.cap);
    str_finish(&paper);
    return ok;
}

bool cmd_handover_note(Cli *cli, Err *err)
{
    Time until;

    return until_of(cli, &until, err) && app_handover_note(cli->app, cli_value(cli, OPT_CASE), cli->words[0], until, err);
}

bool cmd_handover_read(Cli *cli, Err *err)
{
    char *end;
    long long number = strtoll(cli->words[0], &end, 10);

    if (number < 1 || *end) return err_set(err, ERR_USAGE, "number", "\"%.40s\" is no number of a note: handover show says it.", cli->words[0]);
    return app_handover_note_read(cli->app, number, err);
}

bool cmd_handover_give(Cli *cli, Err *err)
{
    Time until;

    return until_of(cli, &until, err) && app_handover_give(cli->app, until, err);
}

bool cmd_handover_take(Cli *cli, Err *err)
{
    return app_handover_take(cli->app, err);
}
