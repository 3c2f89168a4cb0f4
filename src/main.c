/* main.c — wires the layers together, and nothing else: the command line gets the screens as an argument, so that
** neither links the other. */
#include "cli/cli.h"
#include "ui/ui.h"

int main(int argc, char **argv)
{
    return cli_main(argc, argv, ui_run);
}
