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

static void say_rate(const ReconcileRate *r)
{
    int64_t asked = r->messages - r->not_domestic - r->within_the_day;

    cli_say("CAD to CRIS: %lld of %lld messages that need a CRIS number have one.", (long long)r->with_cris, (long long)asked);
    if (r->no_evidence) cli_say("Of those resulted not domestic %lld have no evidence recorded.", (long long)r->no_evidence);
    cli_say("Not counted: %lld resulted not domestic, %lld less than a day old. Received in the period: %lld.", (long long)r->not_domestic,
        (long long)r->within_the_day, (long long)r->messages);
}

static bool print(Cli *cli, const Reconciled *r, Err *err)
{
    static const Column columns[] = { { "kind", "kind", AS_ANY, false }, { "case", "case", AS_ANY, false },
        { "system", "system", AS_DATA, false }, { "number", "number", AS_DATA, false }, { "line", "line", AS_ANY, true },
        { "says", "what does not agree", AS_ANY, false } };
    Out *out = cli_out(cli, columns, ARRAY_LEN(columns));

    for (size_t i = 0; i < r->n; i++) {
        const Unreconciled *x = &r->items[i];
        out_text(out, reconcile_words[x->kind]);
        out_text(out, *x->case_id ? x->case_id : NULL);
        out_text(out, x->system);
        out_text(out, x->number);
        out_int(out, (int64_t)x->line);
        out_text(out, x->says);
        out_row(out);
    }
    for (size_t i = 0; i < r->n; i++) cli->found |= r->items[i].kind != RECONCILE_EXCEPTION;
    return out_end(&out, err);
}

bool cmd_reconcile(Cli *cli, Err *err)
{
    ReconcileAsk ask = { .from = TIME_NONE, .to = TIME_NONE, .progress = &cli->progress };
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
    if (!ok || !print(cli, &r, err)) return false;
    if (ask.from != TIME_NONE) say_rate(&r.rate);
    return true;
}
