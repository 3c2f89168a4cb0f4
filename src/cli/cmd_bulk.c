/* cmd_bulk.c — one review text for several like cases: what stands against each, then the result of each. */
#include "cli_inside.h"

#include "app/bulk.h"
#include "base/mem.h"

static const Column columns[] = { { "case", "case", AS_ANY, false }, { "grade", "grade", AS_ANY, false }, { "result", "", AS_ANY, false },
    { "why", "why", AS_ANY, false } };

static bool show(Cli *cli, const Bulk *b, Err *err)
{
    Out *out = cli_out(cli, columns, ARRAY_LEN(columns));

    for (size_t i = 0; i < b->n; i++) {
        const BulkLine *l = &b->lines[i];
        out_text(out, l->case_id);
        out_text(out, vocab_word(app_vocabs(cli->app), VOCAB_GRADE, l->grade));
        out_text(out, bulk_stand_words[l->stand]);
        out_text(out, l->says);
        out_row(out);
    }
    return out_end(&out, err);
}

/* The exit status is 1 when a case was refused. */
bool cmd_case_review(Cli *cli, Err *err)
{
    bool dry = cli_has(cli, OPT_DRY_RUN);
    size_t ready = 0, saved = 0, n = cli->n_words - 2;
    BulkMark *marks = arena_zero(cli->arena, n + 1, sizeof *marks);
    Bulk b;

    for (size_t i = 0; i < n; i++) marks[i].case_id = cli->words[i + 2];
    if (!app_bulk_look(cli->app, cli->words[0], marks, n, cli->arena, &b, err)) return false;
    for (size_t i = 0; i < b.n; i++) ready += b.lines[i].stand == BULK_READY;
    if (!dry && ready && !app_bulk_add(cli->app, &b, cli->words[1], cli->arena, &saved, err)) return false;
    if (!show(cli, &b, err)) return false;
    cli_say("%zu of %zu %s.", dry ? ready : saved, b.n, dry ? "would be reviewed; nothing was written" : "reviewed");
    cli->found = (dry ? ready : saved) < b.n;
    return true;
}
