/* cmd_roundup.c — suspects who are outstanding (BD 1.7): the list, and the briefing sheet. */
#include "cli_inside.h"

#include "app/roundup.h"
#include "base/mem.h"

static const Column columns[] = { { "case", "case", AS_ANY, false }, { "grade", "grade", AS_ANY, false },
    { "offence", "offence", AS_ANY, false }, { "person", "person", AS_DATA, false }, { "family", "family", AS_ANY, false },
    { "given", "given", AS_ANY, false }, { "born", "born", AS_DATA, false }, { "reported_at", "reported", AS_ANY, false },
    { "outstanding_since", "since", AS_DATA, false }, { "age_days", "days", AS_ANY, true },
    { "attempts", "tries", AS_ANY, true }, { "last_result", "last result", AS_ANY, false },
    { "last_at", "last tried", AS_DATA, false }, { "bail_failures", "bail", AS_ANY, true },
    { "address", "where", AS_ANY, false }, { "address_of", "of", AS_DATA, false }, { "warnings", "warnings", AS_ANY, false } };

static void row(const Cli *cli, Out *out, const RoundupRow *r)
{
    const Vocabs *v = app_vocabs(cli->app);
    const Attempt *last = r->n_attempts ? &r->attempts[r->n_attempts - 1] : NULL;
    char born[CIVIL_TEXT];

    out_text(out, r->row.id);
    out_shaded(out, r->place.grade ? vocab_word(v, VOCAB_GRADE, r->place.grade) : NULL,
        r->place.grade == GRADE_HIGH ? SHADE_BAD : SHADE_NONE);
    out_text(out, r->offence && *r->offence ? r->offence : NULL);
    out_text(out, r->place.person);
    out_text(out, r->person.family);
    out_text(out, r->person.given);
    out_text(out, r->person.born == DATE_NONE ? NULL : civil_format_date(r->person.born, born));
    out_time(out, r->place.reported_at);
    out_time(out, r->place.since);
    out_int(out, (app_now(cli->app) - r->place.reported_at) / DAY);
    out_int(out, (int64_t)r->n_attempts);
    out_text(out, last ? vocab_word(v, VOCAB_ATTEMPT, last->result) : NULL);
    out_time(out, last ? last->at : TIME_NONE);
    out_int(out, (int64_t)r->bail_failures);
    out_text(out, r->address);
    out_text(out, r->address ? r->from_incident ? "incident" : "suspect" : NULL);
    out_text(out, r->person.warnings);
    out_row(out);
}

static bool list(Cli *cli, size_t limit, Err *err)
{
    enum { PAGE = 100 };
    Arena *pages[2] = { arena_new_secret(), arena_new_secret() }; /* the last row of one is where the next begins */
    Out *out = cli_out(cli, columns, ARRAY_LEN(columns));
    RoundupRow *rows = NULL, *from = NULL;
    size_t n = 0;
    bool more = true, ok = true;

    for (int turn = 0; ok && more && limit; turn ^= 1) {
        arena_reset(pages[turn]);
        ok = app_roundup_page(cli->app, from, limit < PAGE ? limit : PAGE, pages[turn], &rows, &n, &more, err);
        for (size_t i = 0; ok && i < n; i++) row(cli, out, &rows[i]);
        limit -= ok ? n : 0;
        from = n ? &rows[n - 1] : from;
    }
    ok = out_end(&out, ok ? err : NULL) && ok;
    arena_free(&pages[0]);
    arena_free(&pages[1]);
    return ok;
}

static bool sheet(Cli *cli, size_t limit, Err *err)
{
    Str paper = { 0 };
    size_t left = 0;
    bool pdf = cli_has(cli, OPT_PDF);
    bool ok = cli_paper_has_place(cli, pdf, err) && app_roundup_print(cli->app, &(RoundupPaper){ limit, pdf, cli_has(cli, OPT_ATHENA) }, &paper, &left, err) &&
              cli_paper_write(cli, &paper, err);

    if (ok && left) cli_say("Not on the sheet: %zu suspect%s of restricted cases.", left, left == 1 ? "" : "s");
    if (paper.s) crypto_wipe(paper.s, paper.cap);
    str_finish(&paper);
    return ok;
}

static bool say_arrests(Cli *cli, Err *err)
{
    int64_t arrests;

    if (!app_roundup_arrests(cli->app, civil_local_date(app_now(cli->app)), &arrests, err)) return false;
    cli_say("Operation Athena: %lld arrested today.", (long long)arrests);
    return true;
}

bool cmd_roundup(Cli *cli, Err *err)
{
    int64_t limit;

    if (!cli_number(cli, OPT_LIMIT, 1, LIMIT_MAX, 0, &limit, err)) return false;
    if (cli_has(cli, OPT_SHEET)) return sheet(cli, (size_t)limit, err);
    if (cli_has(cli, OPT_PDF) || cli_has(cli, OPT_OUTPUT))
        return err_set(err, ERR_USAGE, "sheet", "--pdf and --output are for the sheet: say --sheet too.");
    return (!cli_has(cli, OPT_ATHENA) || say_arrests(cli, err)) && list(cli, limit ? (size_t)limit : LIMIT_MAX, err);
}
