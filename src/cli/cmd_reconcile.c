/* cmd_reconcile.c — other systems' listings held against the cases. */
#include "cli_inside.h"

#include "app/reconcile.h"
#include "base/mem.h"

#include <string.h>

static bool open_listing(Cli *cli, OptId id, FILE **out, const char **name, Err *err)
{
    const char *path = cli_value(cli, id);

    *out = NULL;
    *name = path;
    if (!path) return true;
    *out = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    return *out || err_set(err, ERR_IO, "file", "%s cannot be read.", path);
}

static void close_listing(FILE **f)
{
    if (*f && *f != stdin) fclose(*f);
    *f = NULL;
}

enum { RATE_COLUMNS = 5 };

/* The last row of the result: all messages of the period, as BD 1.13 counts them. */
static void rate(Cli *cli, Out *out, const ReconcileRate *r)
{
    out_text(out, "rate");
    out_text(out, NULL);
    out_text(out, "cad");
    out_text(out, NULL);
    out_int(out, 0);
    out_text(out, reconcile_rate_words(r, cli->arena));
    out_int(out, r->messages);
    out_int(out, r->with_cris);
    out_int(out, r->not_domestic);
    out_int(out, r->within_the_day);
    out_int(out, r->without);
    out_row(out);
}

static bool print(Cli *cli, const Reconciled *r, bool period, Err *err)
{
    static const Column columns[] = { { "kind", "kind", AS_ANY, false }, { "case", "case", AS_ANY, false },
        { "system", "system", AS_DATA, false }, { "number", "number", AS_DATA, false }, { "line", "line", AS_ANY, true },
        { "says", "what does not agree", AS_ANY, false }, { "messages", "messages", AS_DATA, true }, { "with_cris", "with CRIS", AS_DATA, true },
        { "not_domestic", "not domestic", AS_DATA, true }, { "new", "new", AS_DATA, true }, { "without", "without", AS_DATA, true } };
    Out *out = cli_out(cli, columns, ARRAY_LEN(columns));

    for (size_t i = 0; i < r->n; i++) {
        const Unreconciled *x = &r->items[i];
        out_text(out, reconcile_words[x->kind]);
        out_text(out, *x->case_id ? x->case_id : NULL);
        out_text(out, x->system);
        out_text(out, x->number);
        out_int(out, (int64_t)x->line);
        out_text(out, x->says);
        for (int k = 0; k < RATE_COLUMNS; k++) out_text(out, NULL);
        out_row(out);
        cli->found |= reconcile_is_finding(x->kind);
    }
    if (period) rate(cli, out, &r->rate);
    return out_end(&out, err);
}

bool cmd_reconcile(Cli *cli, Err *err)
{
    ReconcileAsk ask = { .from = TIME_NONE, .to = TIME_NONE, .skip_bad = cli_has(cli, OPT_SKIP_BAD), .progress = &cli->progress };
    Reconciled r;
    bool ok = true;

    if ((cli_has(cli, OPT_FROM) || cli_has(cli, OPT_TO)) && !cli_period(cli, &ask.from, &ask.to, err)) return false;
    ok = open_listing(cli, OPT_CRIS, &ask.cris, &ask.cris_name, err) && open_listing(cli, OPT_MERLIN, &ask.merlin, &ask.merlin_name, err);
    if (ok) {
        cli->progress = cli_progress("reconcile");
        ok = app_reconcile(cli->app, &ask, cli->arena, &r, err);
        cli_progress_end();
    }
    close_listing(&ask.cris);
    close_listing(&ask.merlin);
    if (!ok && err->kind == ERR_INVALID && str_eq(err->field, "row")) cli_say("--skip-bad goes on with the good rows and lists those that cannot be used.");
    return ok && print(cli, &r, ask.from != TIME_NONE, err);
}
