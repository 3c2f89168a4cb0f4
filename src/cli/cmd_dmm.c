/* cmd_dmm.c — the daily management meeting on the command line: what is on its list, which were held, and a sheet. It is held on the screens. */
#include "cli_inside.h"

#include "app/dmm.h"
#include "base/mem.h"

#include <stdio.h>

/* --- the list -------------------------------------------------------------------------------- */
static const Column item_columns[] = { { "section", "section", AS_ANY, false }, { "case", "case", AS_ANY, false },
    { "grade", "grade", AS_ANY, false }, { "offence", "offence", AS_ANY, false }, { "reported_at", "reported", AS_ANY, false },
    { "what", "what", AS_ANY, false }, { "owner", "owner", AS_ANY, false }, { "due", "due", AS_ANY, false }, { "said", "said", AS_ANY, false },
    { "by", "by", AS_ANY, false }, { "late", "late", AS_DATA, false },
    { "left_since", "left since", AS_DATA, false }, { "before", "before", AS_DATA, false }, { "opens", "opens", AS_DATA, false } };

static void item_row(const Cli *cli, Out *out, const DmmItem *x)
{
    const char *words[DMM_SECTIONS];
    size_t n = 0;

    for (DmmSection s = 0; s < DMM_SECTIONS; s++)
        if (x->sections & 1u << s) words[n++] = dmm_section_words[s];
    out_words(out, words, n);
    out_text(out, x->case_id);
    out_text(out, x->grade ? vocab_word(app_vocabs(cli->app), VOCAB_GRADE, x->grade) : NULL);
    out_text(out, *x->offence ? x->offence : NULL);
    out_time(out, x->reported_at);
    out_text(out, NULL);
    out_text(out, NULL);
    out_time(out, x->due);
    out_text(out, x->said ? meeting_said_words[x->said] : NULL);
    out_text(out, x->by);
    out_yes(out, x->late);
    out_time(out, x->left_since);
    out_text(out, x->before ? meeting_said_words[x->before] : NULL);
    out_time(out, x->opens);
    out_row(out);
}

static void line_row(Out *out, const DmmLine *l)
{
    out_words(out, &dmm_section_words[l->section], 1);
    out_text(out, l->case_id);
    out_text(out, NULL);
    out_text(out, NULL);
    out_time(out, TIME_NONE);
    out_text(out, l->what);
    out_text(out, l->owner ? role_word(l->owner) : NULL);
    out_time(out, l->due);
    out_text(out, NULL);
    out_text(out, NULL);
    out_yes(out, false);
    out_time(out, TIME_NONE);
    out_text(out, NULL);
    out_time(out, TIME_NONE);
    out_row(out);
}

bool cmd_dmm(Cli *cli, Err *err)
{
    Dmm dmm;
    DmmFigures figures;
    Out *out;

    if (!app_dmm(cli->app, cli->arena, &dmm, err) || !app_dmm_figures(cli->app, DMM_TOLD_MOST, cli->arena, &figures, err)) return false;
    out = cli_out(cli, item_columns, ARRAY_LEN(item_columns));
    for (size_t i = 0; i < dmm.n; i++)
        if (dmm.items[i].sections & DMM_OWN_BITS || dmm.items[i].said) item_row(cli, out, &dmm.items[i]);
    for (size_t i = 0; i < figures.n_lines; i++) line_row(out, &figures.lines[i]);
    return out_end(&out, err);
}

/* --- meetings ---------------------------------------------------------------------------------- */
bool cmd_dmm_meetings(Cli *cli, Err *err)
{
    static const Column columns[] = { { "meeting", "meeting", AS_ANY, true }, { "since", "since", AS_DATA, false },
        { "began_at", "began", AS_ANY, false }, { "began_by", "by", AS_ANY, false }, { "ended_at", "ended", AS_ANY, false },
        { "ended_by", "by", AS_ANY, false } };
    Meeting *all = NULL;
    size_t n = 0;
    int64_t limit;
    Out *out;

    if (!cli_number(cli, OPT_LIMIT, 1, 10000, 50, &limit, err) || !app_dmm_meetings(cli->app, (size_t)limit, cli->arena, &all, &n, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        out_int(out, all[i].key);
        out_time(out, all[i].since);
        out_time(out, all[i].began_at);
        out_text(out, all[i].began_by);
        out_time(out, all[i].ended_at);
        out_text(out, all[i].ended_by);
        out_row(out);
    }
    return out_end(&out, err);
}

bool cmd_dmm_sheet(Cli *cli, Err *err)
{
    Str paper = { 0 };
    bool pdf = cli_has(cli, OPT_PDF), ok;
    int64_t meeting;

    if (!cli_number(cli, OPT_MEETING, 1, LIMIT_MAX, 0, &meeting, err)) return false;
    ok = cli_paper_has_place(cli, pdf, err) && app_dmm_print(cli->app, meeting, pdf, &paper, err) && cli_paper_write(cli, &paper, err);
    if (paper.s) crypto_wipe(paper.s, paper.cap);
    str_finish(&paper);
    return ok;
}
