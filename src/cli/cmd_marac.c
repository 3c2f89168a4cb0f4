/* cmd_marac.c — MARAC on the command line: meetings, the list of one, minutes, actions, grounds, the referral form and the packs of partners. */
#include "cli_inside.h"

#include "app/marac.h"
#include "base/mem.h"

#include <string.h>
#include <unistd.h>

enum { AHEAD_DAYS = 92, BACK_DAYS = 366 };

/* --- which meeting ------------------------------------------------------------------------------------- */
/* "next", or a time as people type it ("wed 1000"), or RFC 3339. */
static bool meeting_typed(Cli *cli, const char *text, Time *out, Err *err)
{
    MaracMeeting *all;
    size_t n;

    if (!text || str_eq(text, "next")) {
        if (!app_marac_meetings(cli->app, app_now(cli->app), civil_add_days(app_now(cli->app), AHEAD_DAYS), cli->arena, &all, &n, err)) return false;
        if (n == 0) return err_set(err, ERR_MISSING, "meeting", "No case is listed for a meeting to come.");
        *out = all[0].at;
        return true;
    }
    if (civil_parse_time(text, out, NULL) || app_ahead_typed(cli->app, text, out, NULL) || civil_parse_typed(text, app_now(cli->app), out, NULL))
        return true;
    return err_set(err, ERR_USAGE, "meeting", "--meeting takes a time such as \"wed 1000\" or 2010-02-10T10:00:00Z, or next.");
}

static bool meeting_given(Cli *cli, Time *out, Err *err)
{
    return meeting_typed(cli, cli_value(cli, OPT_MEETING), out, err);
}

/* --- agenda ---------------------------------------------------------------------------------------------- */
static bool meetings(Cli *cli, Err *err)
{
    static const Column columns[] = { { "meeting", "meeting", AS_ANY, false }, { "restricted", "restricted", AS_ANY, false },
        { "cases", "cases", AS_ANY, true }, { "heard", "heard", AS_ANY, true } };
    Time now = app_now(cli->app);
    MaracMeeting *m;
    size_t n;
    Out *out;

    if (!app_marac_meetings(cli->app, civil_add_days(now, -BACK_DAYS), civil_add_days(now, BACK_DAYS), cli->arena, &m, &n, err)) return false;
    if (n == 0) cli_say("No case is listed for any meeting.");
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        out_time(out, m[i].at);
        out_yes(out, m[i].restricted);
        out_int(out, m[i].cases);
        out_int(out, m[i].heard);
        out_row(out);
    }
    return out_end(&out, err);
}

static void item_row(Cli *cli, Out *out, const MaracItem *x)
{
    const char *grade = vocab_word(app_vocabs(cli->app), VOCAB_GRADE, x->grade);

    out_text(out, x->case_id);
    out_text(out, x->hearing);
    out_text(out, *grade ? grade : NULL);
    out_text(out, x->grounds);
    out_text(out, x->agencies);
    out_time(out, x->heard_at);
    out_int(out, x->actions);
    out_int(out, x->open);
    out_int(out, x->overdue);
    out_row(out);
}

bool cmd_marac_agenda(Cli *cli, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "hearing", "hearing", AS_DATA, false }, { "grade", "grade", AS_ANY, false },
        { "grounds", "grounds", AS_ANY, false }, { "agencies", "agencies", AS_DATA, false }, { "heard_at", "heard", AS_ANY, false },
        { "actions", "actions", AS_ANY, true }, { "open", "open", AS_ANY, true }, { "overdue", "overdue", AS_ANY, true } };
    MaracItem *items;
    Time meeting;
    size_t n;
    Out *out;

    if (!cli_has(cli, OPT_MEETING)) return meetings(cli, err);
    if (!meeting_given(cli, &meeting, err) ||
        !app_marac_agenda(cli->app, meeting, cli_has(cli, OPT_RESTRICTED), cli->arena, &items, &n, err))
        return false;
    if (n == 0) cli_say("No case is on that list.");
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) item_row(cli, out, &items[i]);
    return out_end(&out, err);
}

/* --- list, hear, action ----------------------------------------------------------------------------------- */
bool cmd_marac_list(Cli *cli, Err *err)
{
    MaracListing ask = { .restricted = cli_has(cli, OPT_RESTRICTED), .agencies = cli_value(cli, OPT_AGENCIES) };
    char when[CIVIL_TEXT];

    if (!meeting_typed(cli, cli->words[1], &ask.meeting, err) || !app_marac_list(cli->app, cli->words[0], &ask, err)) return false;
    cli_say("%s is listed for %s%s.", cli->words[0], civil_words_full(ask.meeting, when), ask.restricted ? ", restricted" : "");
    return true;
}

bool cmd_marac_hear(Cli *cli, Err *err)
{
    if (!app_marac_hear(cli->app, cli->words[0], NULL, cli->words[1], err)) return false;
    cli_say("%s was heard.", cli->words[0]);
    return true;
}

bool cmd_marac_action(Cli *cli, Err *err)
{
    MaracAction action;

    if (!app_marac_action_typed(cli->app, cli->words[1], cli->arena, &action, err) || !app_marac_act(cli->app, cli->words[0], &action, err)) return false;
    cli_say("%s: %s does it.", cli->words[0], action.who);
    return true;
}

/* --- actions ------------------------------------------------------------------------------------------------ */
static void action_row(Out *out, const MaracActionRow *r)
{
    out_text(out, r->case_id);
    out_text(out, r->key);
    out_shaded(out, r->done_at != TIME_NONE ? "done" : r->overdue ? "overdue" : "open", r->overdue ? SHADE_BAD : SHADE_NONE);
    out_time(out, r->due);
    out_text(out, r->who);
    out_text(out, role_word(r->owner));
    out_text(out, r->what);
    out_time(out, r->done_at);
    out_text(out, r->result);
    out_row(out);
}

bool cmd_marac_actions(Cli *cli, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "key", "key", AS_DATA, false }, { "state", "stands", AS_ANY, false },
        { "due", "due", AS_ANY, false }, { "who", "who", AS_ANY, false }, { "owner", "owner", AS_DATA, false }, { "what", "what", AS_ANY, false },
        { "done_at", "done", AS_ANY, false }, { "result", "result", AS_DATA, false } };
    Time now = app_now(cli->app), from = civil_add_days(now, -BACK_DAYS), to = civil_add_days(now, BACK_DAYS);
    MaracActionRow *rows;
    size_t n;
    Out *out;

    if (cli_has(cli, OPT_MEETING)) {
        if (!meeting_given(cli, &from, err)) return false;
        to = from;
    }
    if (!app_marac_actions(cli->app, from, to, cli_has(cli, OPT_OPEN), cli->arena, &rows, &n, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        action_row(out, &rows[i]);
        cli->found |= rows[i].overdue;
    }
    return out_end(&out, err);
}

/* --- grounds --------------------------------------------------------------------------------------------------- */
bool cmd_marac_grounds(Cli *cli, Err *err)
{
    static const Column columns[] = { { "ground", "ground", AS_ANY, false }, { "stands", "stands", AS_ANY, false }, { "count", "count", AS_ANY, true },
        { "needed", "of", AS_ANY, true }, { "cases", "cases", AS_ANY, false }, { "says", "says", AS_ANY, false } };
    MaracGrounds g;
    CaseView view;
    Out *out;

    if (!app_case_look(cli->app, cli->words[0], "marac.grounds", cli->arena, &view, err) ||
        !app_marac_grounds(cli->app, &view, cli->arena, &g, err))
        return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < g.n; i++) {
        out_text(out, g.items[i].word);
        out_yes(out, g.items[i].stands);
        out_int(out, g.items[i].count);
        out_int(out, g.items[i].needed);
        out_words(out, g.items[i].cases, g.items[i].n_cases);
        out_text(out, g.items[i].says);
        out_row(out);
    }
    return out_end(&out, err);
}

/* --- paper -------------------------------------------------------------------------------------------------------- */
static bool has_place(const Cli *cli, bool pdf, Err *err)
{
    const char *output = cli_value(cli, OPT_OUTPUT);

    return !pdf || (output && strcmp(output, "-")) || !isatty(STDOUT_FILENO) ||
           err_set(err, ERR_USAGE, "output", "A PDF does not go to a terminal: say --output FILE.");
}

static bool write_paper(Cli *cli, Str *paper, bool ok, Err *err)
{
    Target target;

    if (ok && (ok = cli_target_open(&target, cli_value(cli, OPT_OUTPUT), err))) {
        ok = fwrite(paper->s, 1, paper->n, target.file) == paper->n || (target.file == stdout && out_reader_gone(stdout)) ||
             err_set(err, ERR_IO, "output", "The paper cannot be written.");
        ok = ok && cli_target_keep(&target, err);
        if (ok && target.name) cli_say("Written to %s.", target.name);
        cli_target_end(&target);
    }
    if (paper->s) crypto_wipe(paper->s, paper->cap);
    str_finish(paper);
    return ok;
}

bool cmd_marac_form(Cli *cli, Err *err)
{
    bool pdf = cli_has(cli, OPT_PDF);
    Str paper = { 0 };

    return has_place(cli, pdf, err) && write_paper(cli, &paper, app_marac_print(cli->app, cli->words[0], pdf, &paper, err), err);
}

bool cmd_marac_pack(Cli *cli, Err *err)
{
    MaracPack ask = { .restricted = cli_has(cli, OPT_RESTRICTED), .agency = cli->words[0], .pdf = cli_has(cli, OPT_PDF) };
    Str paper = { 0 };
    int64_t copies;

    if (!cli_number(cli, OPT_COPIES, 1, 20, 1, &copies, err) || !has_place(cli, ask.pdf, err) || !meeting_given(cli, &ask.meeting, err)) return false;
    ask.copies = (int)copies;
    return write_paper(cli, &paper, app_marac_pack(cli->app, &ask, &paper, err), err);
}
