/* cmd_hold.c — a duty put aside for a while, and taken back. */
#include "cli_inside.h"

#include "app/hold.h"
#include "base/mem.h"

bool cmd_hold_add(Cli *cli, Err *err)
{
    const char *until = cli_value(cli, OPT_UNTIL);
    const Vocabs *v = app_vocabs(cli->app);
    CaseView view;
    Err why = { 0 };
    Hold h;

    case_item_init(LIST_HOLDS, &h);
    if (!until) return err_set(err, ERR_USAGE, "until", "Say until when it is put aside: --until \"tomorrow 0700\".");
    if (!app_ahead_typed(cli->app, until, &h.until, &why)) return err_set(err, ERR_USAGE, "until", "--until: %s", why.text);
    if (!app_case_look(cli->app, cli->words[0], "hold", cli->arena, &view, err)) return false;
    h.duty = cli->words[1];
    return case_field_set(case_list_field(LIST_HOLDS, "reason"), &h, cli->words[2], v, cli->arena, err) &&
           app_case_add(cli->app, &view.row, LIST_HOLDS, &h, cli->arena, NULL, err);
}

bool cmd_hold_end(Cli *cli, Err *err)
{
    CaseView view;

    return app_case_look(cli->app, cli->words[0], "hold", cli->arena, &view, err) &&
           app_hold_end(cli->app, &view.row, cli->words[1], err);
}
