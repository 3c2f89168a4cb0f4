/* cli.h — the command line, from outside: one call that returns the exit status of interchange §3.
** The screens come in as an argument, so that the command line does not link them. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "app/app.h"
#include "ui/ui.h"

typedef int CliScreens(App *app, const UiOptions *o, Err *err); /* ui_run; NULL where there are none */

int cli_main(int argc, char **argv, CliScreens *screens);

#endif
