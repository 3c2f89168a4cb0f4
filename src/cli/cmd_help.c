/* cmd_help.c — help by name, and what shells and man(1) ask for. */
#include "cli_inside.h"

#include <string.h>

bool cmd_completion(Cli *cli, Err *err)
{
    const char *shell = cli->words[0];

    if (!strcmp(shell, "bash"))
        cli_completion_bash(stdout);
    else if (!strcmp(shell, "mdoc"))
        cli_manual(stdout); /* the generated part of docs/book124.1 */
    else
        return err_set(err, ERR_USAGE, "shell", "There are completions for bash only, not for \"%.40s\".", shell);
    return true;
}

bool cmd_help(Cli *cli, Err *err)
{
    const char *first = cli->words[0], *second = cli->n_words > 1 ? cli->words[1] : NULL;
    bool family = false;
    const Command *c = first ? cli_command_named(first, second, &family) : NULL;

    if (c)
        cli_help_of(c, stdout);
    else if (!first)
        cli_help(stdout);
    else if (family && !second)
        cli_help_family(first, stdout);
    else
        return cli_unknown_command(first, second, family, err);
    return true;
}
