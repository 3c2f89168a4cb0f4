/* cmd_retention.c — how long cases are kept, typed: what is due, what is decided of it, what remains. */
#include "cli_inside.h"

#include "app/retention.h"
#include "base/mem.h"

static const char *day(Cli *cli, Date d)
{
    char text[CIVIL_TEXT];

    return d == DATE_NONE ? NULL : arena_dup(cli->arena, civil_format_date(d, text));
}

bool cmd_retention_due(Cli *cli, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "group", "group", AS_ANY, true }, { "what", "which is", AS_ANY, false },
        { "closed", "closed", AS_ANY, false }, { "due", "due", AS_ANY, false }, { "proposed_by", "to be erased says", AS_ANY, false },
        { "reason", "because", AS_ANY, false } };
    RetentionStand *rows;
    int64_t limit;
    bool more;
    size_t n;
    Out *out;

    if (!cli_number(cli, OPT_LIMIT, 1, LIMIT_MAX, 1000, &limit, err)) return false;
    if (!app_retention_due(cli->app, NULL, (size_t)limit, cli->arena, &rows, &n, &more, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        out_text(out, rows[i].case_id);
        out_text(out, arena_printf(cli->arena, "%d", rows[i].group->number));
        out_text(out, rows[i].group->title);
        out_text(out, day(cli, rows[i].closed));
        out_text(out, day(cli, rows[i].due));
        out_text(out, rows[i].proposed_by);
        out_text(out, rows[i].why);
        out_row(out);
    }
    if (!out_end(&out, err)) return false;
    if (more) cli_say("There are more than these: --limit.");
    return true;
}

bool cmd_retention_keep(Cli *cli, Err *err)
{
    RetentionAsk ask = { .case_id = cli->words[0], .reason = cli->words[2] };

    if (!civil_parse_date(cli->words[1], &ask.until, err) || !app_retention_keep(cli->app, &ask, err)) return false;
    cli_say("%s is kept until %s.", ask.case_id, cli->words[1]);
    return true;
}

bool cmd_retention_propose(Cli *cli, Err *err)
{
    RetentionAsk ask = { .case_id = cli->words[0], .reason = cli->words[1] };

    ask.password = cli_password_again(cli, err);
    if (!ask.password || !app_retention_propose(cli->app, &ask, err)) return false;
    cli_say("%s: to be erased when a second officer does it.", ask.case_id);
    return true;
}

bool cmd_retention_withdraw(Cli *cli, Err *err)
{
    RetentionAsk ask = { .case_id = cli->words[0] };

    if (!app_retention_withdraw(cli->app, &ask, err)) return false;
    cli_say("%s: not to be erased.", ask.case_id);
    return true;
}

bool cmd_retention_erase(Cli *cli, Err *err)
{
    RetentionAsk ask = { .case_id = cli->words[0] };
    bool gone;

    ask.password = cli_password_again(cli, err);
    if (!ask.password || !app_retention_erase(cli->app, &ask, &gone, err)) return false;
    cli_say("%s is erased. Its number, its dates and who decided it remain.%s", ask.case_id,
        gone ? "" : " Somebody reads just now: what it said leaves the files when they have done.");
    return true;
}

bool cmd_retention_erased(Cli *cli, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "group", "group", AS_ANY, true }, { "reported", "reported", AS_ANY, false },
        { "closed", "closed", AS_ANY, false }, { "due", "due", AS_ANY, false }, { "proposed_by", "proposed by", AS_ANY, false },
        { "erased_by", "erased by", AS_ANY, false }, { "erased_at", "erased", AS_ANY, false }, { "reason", "because", AS_ANY, false } };
    Tombstone *all;
    size_t n;
    Out *out;

    if (!app_tombstones(cli->app, cli->arena, &all, &n, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        out_text(out, all[i].case_id);
        out_text(out, arena_printf(cli->arena, "%d", all[i].group));
        out_text(out, day(cli, all[i].reported));
        out_text(out, day(cli, all[i].closed));
        out_text(out, day(cli, all[i].due));
        out_text(out, all[i].proposed_by);
        out_text(out, all[i].erased_by);
        out_time(out, all[i].erased_at);
        out_text(out, all[i].reason);
        out_row(out);
    }
    return out_end(&out, err);
}
