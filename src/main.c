/* main.c — wires the command line to the screens, and nothing else. */
#include "cli/cli.h"
#include "ui/ui.h"

int main(int argc, char **argv)
{
    return cli_main(argc, argv, ui_run);
}
