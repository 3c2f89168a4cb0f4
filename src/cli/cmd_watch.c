/* cmd_watch.c — the watchdog: live cases without a dated next step. */
#include "cli_inside.h"

#include "app/queue.h"
#include "base/mem.h"

static const Column columns[] = { { "case", "case", AS_ANY, false }, { "grade", "grade", AS_ANY, false }, { "offence", "offence", AS_ANY, false },
    { "since", "nothing since", AS_ANY, false }, { "days", "days", AS_ANY, true } };

static void row(const Cli *cli, Out *out, const IdleRow *r)
{
    const Vocabs *v = app_vocabs(cli->app);

    out_text(out, r->case_id);
    out_shaded(out, r->grade ? vocab_word(v, VOCAB_GRADE, r->grade) : NULL, r->grade == GRADE_HIGH ? SHADE_BAD : SHADE_NONE);
    out_text(out, r->offence);
    out_time(out, r->since);
    out_int(out, (app_now(cli->app) - r->since) / DAY);
    out_row(out);
}

bool cmd_watchdog(Cli *cli, Err *err)
{
    enum { PAGE = 500 };
    Arena *pages[2] = { arena_new_secret(), arena_new_secret() }; /* the last row of one is where the next begins */
    Out *out = cli_out(cli, columns, ARRAY_LEN(columns));
    IdleRow *rows = NULL, *from = NULL;
    size_t n = PAGE;
    bool ok = true, any = false;

    for (int turn = 0; ok && n == PAGE && !cli_stopped(); turn ^= 1) {
        arena_reset(pages[turn]);
        ok = app_watch_page(cli->app, from, PAGE, pages[turn], &rows, &n, err);
        for (size_t i = 0; ok && i < n; i++) row(cli, out, &rows[i]);
        any = any || (ok && n);
        from = ok && n ? &rows[n - 1] : from;
    }
    ok = out_end(&out, ok ? err : NULL) && ok;
    cli->found = ok && any;
    arena_free(&pages[0]);
    arena_free(&pages[1]);
    return ok;
}
