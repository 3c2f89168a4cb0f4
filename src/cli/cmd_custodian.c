/* cmd_custodian.c — custodians, typed: named, listed, and two of them who give the keys of restricted cases anew. */
#include "cli_inside.h"

#include "app/custodian.h"
#include "base/mem.h"

#include <inttypes.h>

bool cmd_officer_custodians(Cli *cli, Err *err)
{
    static const Column columns[] = { { "officer", "officer", AS_ANY, false }, { "name", "name", AS_ANY, false },
        { "holds", "holds", AS_ANY, false }, { "since", "since", AS_ANY, false } };
    CustodianView view;
    const char *password;
    Out *out;

    if (cli->n_words > 0) {
        password = cli_password_again(cli, err);
        if (!password || !app_custodians_name(cli->app, cli->words, cli->n_words, password, err)) return false;
        cli_say("%zu custodians are named. The keys of restricted cases are sealed to them as those who hold them sign in.", cli->n_words);
        return true;
    }
    if (!app_custodians(cli->app, cli->arena, &view, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < view.n; i++) {
        out_text(out, view.items[i].warrant);
        out_text(out, view.items[i].name);
        out_text(out, view.items[i].holds ? "yes" : "no longer");
        out_time(out, view.since);
        out_row(out);
    }
    cli->found = view.n > 0;
    return out_end(&out, err);
}

bool cmd_officer_recover(Cli *cli, Err *err)
{
    const char *password = cli_password_again(cli, err), *second = password ? cli_second_password(cli, cli->words[0], err) : NULL;
    int64_t n;

    if (!second || !app_recover(cli->app, password, cli->words[0], second, &n, err)) return false;
    cli_say("%" PRId64 " key%s sealed anew to whoever is due by the lists.", n, n == 1 ? " was" : "s were");
    return true;
}
