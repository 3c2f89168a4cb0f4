/* cmd_officer.c — accounts. What does not fit here was said on the command line, so it is a mistake of usage and
** not of data. */
#include "cli_inside.h"

#include <string.h>

static bool some_roles(const Cli *cli, RoleSet *roles, Err *err)
{
    *roles = cli_roles(cli);
    return *roles ||
           err_set(err, ERR_USAGE, "role", "Say what the officer is: --role ROLE, for example --role csu-ds.");
}

static bool of_usage(bool ok, Err *err)
{
    if (!ok && err->kind == ERR_INVALID) err->kind = ERR_USAGE;
    return ok;
}

bool cmd_officer_add(Cli *cli, Err *err)
{
    const char *warrant = cli->words[0], *name = cli->words[1], *password;
    RoleSet roles;

    if (!some_roles(cli, &roles, err)) return false;
    password = cli_new_password(cli, warrant, err);
    if (!password || !of_usage(app_officer_add(cli->app, warrant, name, roles, password, err), err)) return false;
    cli_say("%s %s can sign in%s.", warrant, name,
        cli_has(cli, OPT_AS) ? ", and first chooses a password that nobody else knows" : "");
    return true;
}

bool cmd_officer_list(Cli *cli, Err *err)
{
    static const Column columns[] = { { "warrant", "warrant", AS_ANY, false }, { "name", "name", AS_ANY, false },
        { "roles", "roles", AS_ANY, false }, { "suspended", "suspended", AS_ANY, false },
        { "must_change", "must choose a password", AS_ANY, false } };
    Officer *officers;
    size_t n = 0;
    Out *out;

    if (!app_officer_list(cli->app, cli->arena, &officers, &n, err)) return false;
    out = cli_out(cli, columns, 5);
    for (size_t i = 0; i < n; i++) {
        const char *words[ROLE_COUNT];
        size_t n_words = 0;
        for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
            if (officers[i].roles & ROLE_BIT(r)) words[n_words++] = role_word(r);
        out_text(out, officers[i].warrant);
        out_text(out, officers[i].name);
        out_words(out, words, n_words);
        out_yes(out, officers[i].suspended);
        out_yes(out, officers[i].must_change);
        out_row(out);
    }
    return out_end(&out, err);
}

bool cmd_officer_suspend(Cli *cli, Err *err)
{
    bool undo = cli_has(cli, OPT_UNDO);

    if (!of_usage(app_officer_suspend(cli->app, cli->words[0], !undo, err), err)) return false;
    cli_say("%s %s.", cli->words[0], undo ? "can sign in again" : "cannot sign in any more");
    return true;
}

bool cmd_officer_password(Cli *cli, Err *err)
{
    const char *warrant = cli->n_words ? cli->words[0] : cli_value(cli, OPT_AS);
    const char *password = cli_new_password(cli, warrant, err);

    if (!password || !of_usage(app_officer_password(cli->app, warrant, password, err), err)) return false;
    cli_say("The password of %s is changed.%s", warrant,
        strcmp(warrant, cli_value(cli, OPT_AS)) ? " It is good for signing in once and choosing another. Their keys ended: what was sealed to them must be sealed again."
                                                : "");
    return true;
}

bool cmd_officer_role(Cli *cli, Err *err)
{
    RoleSet roles;

    if (!some_roles(cli, &roles, err) || !of_usage(app_officer_role(cli->app, cli->words[0], roles, err), err))
        return false;
    cli_say("The roles of %s are changed.", cli->words[0]);
    return true;
}
