/* cmd_policy_trial.c — a policy before it is in force, typed: what differs in the text (diff), and what it would have
** asked for (backtest). For people first the sentences, then what changes and nothing else; with --by, or as csv and
** json, every row. */
#include "cli_inside.h"

#include "base/mem.h"

#include <string.h>

/* --- back-test: rows ------------------------------------------------------------------------- */
static const Column duty_columns[] = { { "duty", "duty", AS_ANY, false }, { "owner", "owner", AS_ANY, false },
    { "gained", "gained", AS_ANY, true }, { "lost", "lost", AS_ANY, true }, { "moved", "moved", AS_ANY, true },
    { "asked_in_force", "asked", AS_DATA, true }, { "asked_trial", "then", AS_DATA, true },
    { "late_in_force", "late", AS_ANY, true }, { "late_trial", "then", AS_ANY, true },
    { "open_in_force", "open", AS_DATA, true }, { "open_trial", "then", AS_DATA, true },
    { "overdue_in_force", "overdue days", AS_ANY, true }, { "overdue_trial", "then", AS_ANY, true },
    { "minutes_in_force", "minutes", AS_ANY, true }, { "minutes_trial", "then", AS_ANY, true } };

static void sums_cells(Out *out, const int64_t n[TRIAL_CHANGES], const TrialSums sums[2])
{
    for (int c = 0; c < TRIAL_CHANGES; c++) out_int(out, n[c]);
    out_int(out, sums[0].asked), out_int(out, sums[1].asked);
    out_int(out, sums[0].late), out_int(out, sums[1].late);
    out_int(out, sums[0].open), out_int(out, sums[1].open);
    out_int(out, sums[0].overdue), out_int(out, sums[1].overdue);
    out_int(out, sums[0].minutes), out_int(out, sums[1].minutes);
}

static bool duty_rows(Cli *cli, const Backtest *b, bool all, Err *err)
{
    Out *out = cli_out(cli, duty_columns, ARRAY_LEN(duty_columns));

    for (size_t i = 0; i < b->n_duties; i++) {
        const TrialDuty *d = &b->duties[i];
        if (!all && !app_backtest_differs(d)) continue;
        out_text(out, d->id);
        out_text(out, role_word(d->owner));
        sums_cells(out, d->n, d->sums);
        out_row(out);
    }
    return out_end(&out, err);
}

static bool role_rows(Cli *cli, const Backtest *b, Err *err)
{
    Column columns[ARRAY_LEN(duty_columns) - 1];
    Out *out;

    memcpy(columns, duty_columns + 1, sizeof columns);
    columns[0] = (Column){ "role", "role", AS_ANY, false };
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < b->n_roles; i++) {
        out_text(out, role_word(b->roles[i].role));
        sums_cells(out, b->roles[i].n, b->roles[i].sums);
        out_row(out);
    }
    return out_end(&out, err);
}

static bool day_rows(Cli *cli, const Backtest *b, Err *err)
{
    static const Column columns[] = { { "day", "day", AS_ANY, false }, { "role", "role", AS_ANY, false },
        { "gained", "gained", AS_ANY, true }, { "lost", "lost", AS_ANY, true }, { "moved", "moved", AS_ANY, true },
        { "open_in_force", "open", AS_ANY, true }, { "open_trial", "then", AS_ANY, true },
        { "overdue_in_force", "overdue", AS_ANY, true }, { "overdue_trial", "then", AS_ANY, true },
        { "minutes_in_force", "minutes", AS_ANY, true }, { "minutes_trial", "then", AS_ANY, true } };
    Out *out = cli_out(cli, columns, ARRAY_LEN(columns));
    char date[CIVIL_TEXT];

    for (size_t i = 0; i < b->n_days; i++) {
        const TrialDay *d = &b->days[i];
        out_text(out, civil_format_date(d->day, date));
        out_text(out, role_word(d->role));
        for (int c = 0; c < TRIAL_CHANGES; c++) out_int(out, d->n[c]);
        out_int(out, d->open[0]), out_int(out, d->open[1]);
        out_int(out, d->overdue[0]), out_int(out, d->overdue[1]);
        out_int(out, d->minutes[0]), out_int(out, d->minutes[1]);
        if (!out_row(out)) break;
    }
    return out_end(&out, err);
}

static bool case_rows(Cli *cli, const Backtest *b, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "duty", "duty", AS_ANY, false },
        { "cycle", "cycle", AS_ANY, true }, { "owner", "owner", AS_ANY, false }, { "change", "", AS_ANY, false },
        { "due_in_force", "due", AS_ANY, false }, { "due_trial", "then", AS_ANY, false } };
    Out *out = cli_out(cli, columns, ARRAY_LEN(columns));
    bool ok;

    for (size_t i = 0; i < b->n_changes; i++) {
        const TrialCase *c = &b->changes[i];
        out_text(out, c->case_id);
        out_text(out, c->duty);
        out_int(out, c->cycle);
        out_text(out, role_word(c->owner));
        out_text(out, trial_words[c->change]);
        out_time(out, c->due[0]);
        out_time(out, c->due[1]);
        if (!out_row(out)) break;
    }
    ok = out_end(&out, err);
    if (b->left_off) cli_say("%lld more changes are counted and not listed.", (long long)b->left_off);
    return ok;
}

static int64_t earlier_by(const TrialHarm *h)
{
    return (h->flagged[0] == TIME_NONE ? h->at : h->flagged[0]) - h->flagged[1];
}

static bool harm_rows(Cli *cli, const Backtest *b, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "offence", "outcome", AS_ANY, false },
        { "at", "", AS_ANY, false }, { "duty", "duty", AS_ANY, false }, { "cycle", "cycle", AS_DATA, true },
        { "flagged_in_force", "overdue since", AS_ANY, false }, { "flagged_trial", "then", AS_ANY, false },
        { "earlier_hours", "earlier by", AS_ANY, true } };
    Out *out = cli_out(cli, columns, ARRAY_LEN(columns));
    char span[CIVIL_TEXT];

    for (size_t i = 0; i < b->n_harms; i++) {
        const TrialHarm *h = &b->harms[i];
        out_text(out, h->case_id);
        out_text(out, h->offence);
        out_time(out, h->at);
        out_text(out, h->duty);
        out_int(out, h->cycle);
        out_time(out, h->flagged[0]);
        out_time(out, h->flagged[1]);
        if (cli->format == FORMAT_TABLE)
            out_text(out, civil_words_span(earlier_by(h), span));
        else
            out_int(out, earlier_by(h) / HOUR);
        out_row(out);
    }
    return out_end(&out, err);
}

/* --- back-test: sentences -------------------------------------------------------------------- */
static void say_summary(Cli *cli, const Backtest *b)
{
    const char **lines;
    size_t n = app_backtest_words(b, cli->arena, &lines);

    for (size_t i = 0; i < n; i++) cli_print(cli, "%s\n", lines[i]);
}

static bool any_difference(const Backtest *b)
{
    for (size_t i = 0; i < b->n_duties; i++)
        if (app_backtest_differs(&b->duties[i])) return true;
    return false;
}

static bool summary(Cli *cli, const Backtest *b, Err *err)
{
    say_summary(cli, b);
    if (any_difference(b)) {
        cli_print(cli, "\nWhat changes (\"then\" is under the trial):\n");
        if (!duty_rows(cli, b, false, err)) return false;
    }
    if (!b->n_harms) return true;
    cli_print(cli, "\nOutcomes flagged earlier:\n");
    return harm_rows(cli, b, err);
}

/* --- back-test ------------------------------------------------------------------------------- */
static bool date_of(const Cli *cli, OptId id, Date *out, Err *err)
{
    const char *text = cli_value(cli, id);

    *out = DATE_NONE;
    if (!text || civil_parse_date(text, out, NULL)) return true;
    return err_set(err, ERR_USAGE, cli_option(cli->command, id)->name,
        "--%s takes a day such as 2010-02-01, not \"%.40s\".", cli_option(cli->command, id)->name, text);
}

static bool write_result(Cli *cli, const Backtest *b, Err *err)
{
    const char *by = cli_value(cli, OPT_BY);

    if (!by && cli->format == FORMAT_TABLE) return summary(cli, b, err);
    if (!by || !strcmp(by, "duty")) return duty_rows(cli, b, true, err);
    if (!strcmp(by, "role")) return role_rows(cli, b, err);
    if (!strcmp(by, "day")) return day_rows(cli, b, err);
    return !strcmp(by, "case") ? case_rows(cli, b, err) : harm_rows(cli, b, err);
}

bool cmd_policy_backtest(Cli *cli, Err *err)
{
    Progress progress = cli_progress("back-test");
    BacktestOptions o = { .progress = &progress };
    Policy *p;
    Backtest b;
    bool ok;

    if (!date_of(cli, OPT_FROM, &o.from, err) || !date_of(cli, OPT_TO, &o.to, err)) return false;
    o.trial = p = cli_policy_read(cli, cli->words[0], err);
    if (!p) return false;
    ok = app_backtest(cli->app, &o, cli->arena, &b, err);
    cli_progress_end();
    ok = ok && write_result(cli, &b, err);
    policy_free(&p);
    return ok;
}

/* --- diff ------------------------------------------------------------------------------------ */
static bool diff_rows(Cli *cli, const PolicyDiff *d, Err *err)
{
    static const Column columns[] = { { "what", "", AS_ANY, false }, { "clause", "", AS_ANY, false },
        { "change", "", AS_ANY, false }, { "line_was", "", AS_ANY, true }, { "was", "", AS_ANY, false },
        { "line_is", "", AS_ANY, true }, { "is", "", AS_ANY, false } };
    Out *out = cli_out(cli, columns, ARRAY_LEN(columns));

    for (size_t i = 0; i < d->n; i++) {
        const DiffRow *r = &d->rows[i];
        out_text(out, r->what);
        out_text(out, r->clause);
        out_text(out, diff_words[r->kind]);
        for (int s = 0; s < 2; s++) {
            if (r->line[s])
                out_int(out, r->line[s]);
            else
                out_text(out, NULL);
            out_text(out, r->text[s]);
        }
        out_row(out);
    }
    return out_end(&out, err);
}

/* As one reads it: the rule, then the line that was and the line that is. */
static void say_written(Cli *cli, const DiffRow *r)
{
    int line = r->line[r->kind == DIFF_ADDED];

    for (const char *at = r->written; at; at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
        cli_print(cli, "  %c %5d  %.*s\n", r->kind == DIFF_ADDED ? '+' : '-', line++, (int)strcspn(at, "\r\n"), at);
}

static void say_diff(Cli *cli, const PolicyDiff *d)
{
    static const char *const whole[DIFF_KINDS] = { ": added", ": removed", ": changed" };
    const char *what = "";

    if (!d->n) cli_print(cli, "The two say the same.\n");
    for (size_t i = 0; i < d->n; i++) {
        const DiffRow *r = &d->rows[i];
        const char *text[2];

        app_diff_texts(r, cli->arena, text);
        if (r->written) text[0] = text[1] = NULL;
        if (strcmp(what, r->what) != 0)
            cli_print(cli, "%s%s%s\n", i ? "\n" : "", r->what, *r->clause ? "" : whole[r->kind]);
        what = r->what;
        if (!strncmp(r->clause, "example", 7)) cli_print(cli, "           %s\n", r->clause);
        if (r->written) say_written(cli, r);
        if (text[0]) cli_print(cli, "  - %5d  %s\n", r->line[0], text[0]);
        if (text[1]) cli_print(cli, "  + %5d  %s\n", r->line[1], text[1]);
    }
}

static void say_examples(Cli *cli, const PolicyDiff *d)
{
    if (!d->n_fails) cli_say("Every example of the first comes out under the second.");
    for (size_t i = 0; i < d->n_fails; i++) cli_say("Not as the first meant it: %s", d->fails[i]);
    cli->found = d->n_fails > 0;
}

static bool show_diff(Cli *cli, const Policy *was, const Policy *is, Err *err)
{
    PolicyDiff d;

    app_policy_diff(was, is, cli->arena, &d);
    if (cli->format == FORMAT_TABLE)
        say_diff(cli, &d);
    else if (!diff_rows(cli, &d, err))
        return false;
    say_examples(cli, &d);
    return true;
}

static bool diff_files(Cli *cli, Err *err)
{
    Policy *was = cli_policy_read(cli, cli->words[0], err);
    Policy *is = was ? cli_policy_read(cli, cli->words[1], err) : NULL;
    bool ok = is && show_diff(cli, was, is, err);

    policy_free(&was);
    policy_free(&is);
    return ok;
}

/* The one in force and a file: the texts, and for people what it would have asked for. */
static bool diff_in_force(Cli *cli, Err *err)
{
    Policy *is = cli_policy_read(cli, cli->words[0], err);
    Progress progress = cli_progress("back-test");
    BacktestOptions o = { .trial = is, .from = DATE_NONE, .to = DATE_NONE, .progress = &progress };
    Backtest b;
    bool ok = is && cli_open_store(cli, err) && cli_sign_in(cli, err) && app_may(cli->app, PERM_POLICY_READ, err) &&
              show_diff(cli, app_policy(cli->app), is, err);

    if (ok && cli->format == FORMAT_TABLE && app_may_quietly(cli->app, PERM_QUEUE_ALL)) {
        ok = app_backtest(cli->app, &o, cli->arena, &b, err);
        cli_progress_end();
        if (ok) {
            cli_print(cli, "\n");
            say_summary(cli, &b);
        }
    }
    policy_free(&is);
    return ok;
}

bool cmd_policy_diff(Cli *cli, Err *err)
{
    if (cli->n_words == 2) return diff_files(cli, err);
    if (cli_has(cli, OPT_AS)) return diff_in_force(cli, err);
    return err_set(err, ERR_USAGE, "as",
        "One file is compared with the policy in force, which needs an officer: --as WARRANT. Or name two files.");
}
