/* cmd_view.c — saved views of the desk: a filter with a name. */
#include "cli_inside.h"

#include "app/caseload.h"
#include "app/queue.h"
#include "base/mem.h"

#include <string.h>

static const Column columns[] = { { "name", "name", AS_ANY, false }, { "whose", "whose", AS_ANY, false }, { "tab", "tab", AS_ANY, false },
    { "queue", "queue", AS_ANY, false }, { "grade", "grade", AS_ANY, false }, { "duty", "duty", AS_ANY, false }, { "investigator", "officer", AS_ANY, false }, { "words", "words", AS_ANY, false },
    { "by", "by", AS_DATA, false }, { "at", "at", AS_DATA, false } };

bool cmd_view_list(Cli *cli, Err *err)
{
    DeskView *all;
    size_t n;
    Out *out;

    if (!app_view_list(cli->app, cli->arena, &all, &n, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        out_text(out, all[i].name);
        out_text(out, all[i].role ? role_word(all[i].role) : "own");
        out_text(out, cli_tab_words(all[i].tab));
        out_text(out, all[i].queue ? role_word(all[i].queue) : NULL);
        out_text(out, all[i].grade);
        out_text(out, all[i].duty);
        out_text(out, all[i].investigator);
        out_text(out, all[i].words);
        out_text(out, all[i].by);
        out_time(out, all[i].at);
        out_row(out);
    }
    return out_end(&out, err);
}

bool cmd_view_add(Cli *cli, Err *err)
{
    const char *share = cli_value(cli, OPT_SHARE), *role = cli_value(cli, OPT_ROLE), *tab = cli_value(cli, OPT_TAB);
    DeskView v = { .name = cli->words[0],
        .tab = TAB_ALL,
        .role = share ? role_by_word(share) : ROLE_NONE,
        .queue = role ? role_by_word(role) : ROLE_NONE,
        .grade = cli_value(cli, OPT_GRADE),
        .duty = cli_value(cli, OPT_DUTY),
        .words = cli_value(cli, OPT_WORDS) };

    if (cli_has(cli, OPT_OFFICER) && !app_holder_named(cli->app, cli_value(cli, OPT_OFFICER), cli->arena, &v.investigator, err)) return false;
    for (size_t t = 0; tab && t < TAB_COUNT; t++)
        if (!strcmp(cli_tab_words(t), tab)) v.tab = (QueueTab)t;
    return app_view_save(cli->app, &v, err);
}

bool cmd_view_rename(Cli *cli, Err *err)
{
    DeskView v;

    return app_view_find(cli->app, cli->words[0], cli->arena, &v, err) && app_view_rename(cli->app, &v, cli->words[1], err);
}

bool cmd_view_remove(Cli *cli, Err *err)
{
    DeskView v;

    return app_view_find(cli->app, cli->words[0], cli->arena, &v, err) && app_view_remove(cli->app, &v, err);
}
