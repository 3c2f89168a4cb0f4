/* cmd_help.c — help by name, and what shells and man(1) ask for. */
#include "cli_inside.h"

#include <string.h>

bool cmd_completion(Cli *cli, Err *err)
{
    const char *shell = cli->words[0];

    if (!strcmp(shell, "bash")) cli_completion_bash(stdout);
    else if (!strcmp(shell, "mdoc")) cli_manual(stdout); /* the generated part of docs/book124.1 */
    else return err_set(err, ERR_USAGE, "shell", "There are completions for bash only, not for \"%.40s\".", shell);
    return true;
}

bool cmd_help(Cli *cli, Err *err)
{
    bool any = false;

    if (!cli->n_words) {
        cli_help(stdout);
        return true;
    }
    for (size_t i = 0; i < cli_n_commands; i++) {
        const char *name = cli_commands[i].name, *rest = strchr(name, ' ');
        size_t n = strcspn(name, " ");
        if (strncmp(name, cli->words[0], n) || cli->words[0][n]) continue;
        if (cli->n_words > 1 && (!rest || strcmp(rest + 1, cli->words[1]))) continue;
        if (any) fputc('\n', stdout);
        cli_help_of(&cli_commands[i], stdout);
        any = true;
    }
    return any || err_set(err, ERR_USAGE, "", "There is no command \"%s%s%s\".", cli->words[0], cli->n_words > 1 ? " " : "", cli->n_words > 1 ? cli->words[1] : "");
}
