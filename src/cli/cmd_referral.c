/* cmd_referral.c — referrals on the command line: how each stands in a case, the steps of its life, and over a period where cases should have
** gone against where they went. */
#include "cli_inside.h"

#include "app/referral.h"
#include "base/mem.h"

#include <string.h>

/* --- referral list ---------------------------------------------------------------------------------- */
static const Column list_columns[] = { { "to", "to", AS_ANY, false }, { "state", "stands", AS_ANY, false },
    { "since", "since", AS_ANY, false }, { "consent", "consent", AS_DATA, false }, { "basis", "basis", AS_DATA, false },
    { "restricted", "restricted", AS_DATA, false }, { "eligible", "eligible", AS_ANY, false }, { "gap", "gap", AS_ANY, false },
    { "due", "due", AS_ANY, false }, { "why", "why", AS_ANY, false }, { "cite", "paragraph", AS_DATA, false },
    { "reason", "reason", AS_ANY, false } };

static const char *word_or_null(const Cli *cli, VocabId vocab, Code code)
{
    return code ? vocab_word(app_vocabs(cli->app), vocab, code) : NULL;
}

static void list_row(Cli *cli, Out *out, const ReferralLine *l)
{
    const ReferralStand *s = &l->stand;

    out_text(out, word_or_null(cli, VOCAB_REFERRAL, s->to));
    out_shaded(out, referral_state_word(s->state), l->gap ? SHADE_WARN : SHADE_NONE);
    out_time(out, s->since);
    out_text(out, word_or_null(cli, VOCAB_CONSENT, s->consent));
    out_text(out, word_or_null(cli, VOCAB_BASIS, s->basis));
    out_yes(out, s->sent && s->sent->restricted);
    out_yes(out, l->eligible);
    out_yes(out, l->gap);
    out_time(out, l->due);
    out_text(out, l->why);
    out_text(out, l->cite);
    out_text(out, l->gap ? l->reason : s->reason);
    out_row(out);
}

bool cmd_referral_list(Cli *cli, Err *err)
{
    ReferralLine *lines;
    CaseView view;
    size_t n;
    Out *out;

    if (!app_case_look(cli->app, cli->words[0], "referrals", cli->arena, &view, err)) return false;
    app_referrals_of(cli->app, &view, cli->arena, &lines, &n);
    if (n == 0) cli_say("Nothing is recorded of %s, and no rule asks for a referral.", view.row.id);
    out = cli_out(cli, list_columns, ARRAY_LEN(list_columns));
    for (size_t i = 0; i < n; i++) list_row(cli, out, &lines[i]);
    return out_end(&out, err);
}

/* --- the steps --------------------------------------------------------------------------------------- */
static bool step(Cli *cli, const char *word, const char *text, Err *err)
{
    if (!app_referral_step(cli->app, cli->words[0], cli->words[1], word, text, err)) return false;
    cli_say("%s, %s: %s.", cli->words[0], cli->words[1], word);
    return true;
}

static const char *word_at(const Cli *cli, size_t i)
{
    return cli->n_words > i ? cli->words[i] : "";
}

bool cmd_referral_offer(Cli *cli, Err *err)
{
    return step(cli, "offered", word_at(cli, 2), err);
}

bool cmd_referral_answer(Cli *cli, Err *err)
{
    const char *answer = cli->words[2];

    if (str_eq(answer, "given")) return step(cli, "consented", word_at(cli, 3), err);
    if (str_eq(answer, "refused")) return step(cli, "refused", word_at(cli, 3), err);
    return err_set(err, ERR_USAGE, "answer", "The answer is given or refused, not \"%.40s\".", answer);
}

bool cmd_referral_skip(Cli *cli, Err *err)
{
    return step(cli, "not-made", word_at(cli, 2), err);
}

bool cmd_referral_accept(Cli *cli, Err *err)
{
    return step(cli, "accepted", word_at(cli, 2), err);
}

bool cmd_referral_decline(Cli *cli, Err *err)
{
    return step(cli, "declined", word_at(cli, 2), err);
}

bool cmd_referral_close(Cli *cli, Err *err)
{
    return step(cli, "closed", word_at(cli, 2), err);
}

bool cmd_referral_send(Cli *cli, Err *err)
{
    ReferralSend send = { .to = cli->words[1],
        .text = word_at(cli, 2),
        .basis = cli_value(cli, OPT_BASIS),
        .grounds = cli_value(cli, OPT_GROUNDS),
        .restricted = cli_has(cli, OPT_RESTRICTED) };

    if (!app_referral_send(cli->app, cli->words[0], &send, err)) return false;
    cli_say("%s, %s: sent.", cli->words[0], cli->words[1]);
    return true;
}

/* --- over a period -------------------------------------------------------------------------------------- */
static bool counted(Cli *cli, ReferralGap **gaps, size_t *n_gaps, ReferralFigure **figures, size_t *n_figures, Err *err)
{
    Time from, to;
    bool ok;

    if (!cli_period(cli, &from, &to, err)) return false;
    cli->progress = cli_progress("referrals");
    ok = app_referral_gaps(cli->app, from, to, &cli->progress, cli->arena, gaps, n_gaps, figures, n_figures, err);
    cli_progress_end();
    return ok;
}

bool cmd_referral_gaps(Cli *cli, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "to", "to", AS_ANY, false },
        { "state", "stands", AS_ANY, false }, { "reported_at", "reported", AS_DATA, false }, { "why", "why", AS_ANY, false },
        { "cite", "paragraph", AS_DATA, false }, { "reason", "reason", AS_ANY, false } };
    ReferralGap *gaps = NULL;
    size_t n = 0;
    Out *out;

    if (!counted(cli, &gaps, &n, NULL, NULL, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        out_text(out, gaps[i].case_id);
        out_text(out, gaps[i].to);
        out_text(out, gaps[i].state);
        out_time(out, gaps[i].reported_at);
        out_text(out, gaps[i].why);
        out_text(out, gaps[i].cite);
        out_text(out, gaps[i].reason);
        out_row(out);
    }
    cli->found = n > 0;
    return out_end(&out, err);
}

bool cmd_report_referrals(Cli *cli, Err *err)
{
    static const Column columns[] = { { "to", "to", AS_ANY, false }, { "month", "month", AS_ANY, false },
        { "eligible", "eligible", AS_ANY, true }, { "referred", "referred", AS_ANY, true }, { "gap", "gap", AS_ANY, true },
        { "refused", "refused", AS_ANY, true }, { "not_made", "not made", AS_ANY, true }, { "waiting", "waiting", AS_ANY, true },
        { "silent", "no reason", AS_ANY, true }, { "others", "besides", AS_ANY, true } };
    ReferralFigure *f = NULL;
    size_t n = 0;
    Out *out;

    if (!counted(cli, NULL, NULL, &f, &n, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        const int64_t figures[] = { f[i].eligible, f[i].referred, f[i].gap, f[i].refused, f[i].not_made, f[i].waiting, f[i].silent, f[i].others };
        out_text(out, f[i].to);
        out_text(out, f[i].month);
        for (size_t k = 0; k < ARRAY_LEN(figures); k++) out_int(out, figures[k]);
        out_row(out);
    }
    return out_end(&out, err);
}
