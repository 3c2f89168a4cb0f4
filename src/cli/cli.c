/* cli.c — from the words of the command line to an exit status: parse, open, sign in, run, say how it ended.
** The only place where a kind of error becomes a number. */
#include "cli_inside.h"

#include "base/mem.h"

#include <errno.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#ifndef BOOK124_VERSION
#define BOOK124_VERSION "0.1.0"
#endif

/* --- what the terminal can show -------------------------------------------------------------- */
static Look look_of(const Cli *cli)
{
    bool terminal = isatty(STDOUT_FILENO);
    const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
    bool ascii = cli_has(cli, OPT_ASCII) || (terminal && strcmp(nl_langinfo(CODESET), "UTF-8") != 0);

    return (
        Look){ .colour = terminal && !(no_colour && *no_colour) && term && strcmp(term, "dumb") != 0, .ascii = ascii };
}

static const char *terminal_name(void)
{
    const char *name = ttyname(STDIN_FILENO);

    return name ? (strncmp(name, "/dev/", 5) ? name : name + 5) : "-";
}

/* --- options of every command ---------------------------------------------------------------- */
static bool choose_format(Cli *cli, Err *err)
{
    const char *word = cli_value(cli, OPT_FORMAT);
    unsigned can = cli->command ? cli->command->formats : AS_TABLE;

    for (int f = 0; word && f < FORMAT_COUNT; f++)
        if (!strcmp(format_words[f], word)) cli->format = (Format)f;
    if (can & 1u << cli->format) return true;
    return err_set(err, ERR_USAGE, "format", "\"%s\" cannot be written as %s.",
        cli->command ? cli->command->name : "The screens", word);
}

static bool has_default(void)
{
    const char *store = getenv("BOOK124_STORE"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");

    return (store && *store) || (data && *data == '/') || (home && *home);
}

static bool read_common(Cli *cli, Err *err)
{
    const char *now = cli_value(cli, OPT_NOW), *dir = cli_value(cli, OPT_STORE);
    Err why = { 0 };

    cli->now = TIME_NONE;
    if (now && !civil_parse_time(now, &cli->now, &why))
        return err_set(err, ERR_USAGE, "now", "--now takes a time such as 2010-02-01T09:12:00Z, not \"%.60s\".", now);
    if (dir && !*dir) return err_set(err, ERR_USAGE, "store", "--store needs the name of a directory.");
    cli->dir = dir ? dir : has_default() ? app_default_dir(cli->arena) : "";
    return choose_format(cli, err);
}

/* --- running --------------------------------------------------------------------------------- */
bool cli_store_named(const Cli *cli, Err *err)
{
    return *cli->dir || err_set(err, ERR_USAGE, "store",
                            "There is no home directory to look for the store in: name it with --store DIRECTORY or "
                            "BOOK124_STORE.");
}

/* Where the log stands is told to the system log too, which may lie on another machine. What a training store says is nobody's concern. */
static void tell_system_log(void *with, const char *line)
{
    syslog(LOG_NOTICE, "%s", line);
}

bool cli_open_store(Cli *cli, Err *err)
{
    if (!cli_store_named(cli, err)) return false;
    cli->app = app_open(&(AppOptions){ cli->dir, cli->now, terminal_name() }, err);
    if (!cli->app) return false;
    if (!app_store(cli->app)->training) {
        openlog("book124", LOG_PID | LOG_NDELAY, LOG_AUTHPRIV); /* opened now: later no socket can be */
        app_on_head(cli->app, tell_system_log, NULL);
    }
    cli_confine(cli);
    return true;
}

/* Behind the sign-in, which knows only the real clock. */
static bool set_ahead(Cli *cli, Err *err)
{
    char at[CIVIL_TEXT];
    Time t;

    if (!app_ahead_typed(cli->app, cli_value(cli, OPT_AHEAD), &t, err) || !app_ahead(cli->app, t, err)) {
        if (err && err->kind == ERR_INVALID) err->kind = ERR_USAGE;
        return false;
    }
    if (cli->format == FORMAT_TABLE) cli_say("As it will be %s, if nothing is done before.", civil_words_full(t, at));
    return true;
}

static bool run_command(Cli *cli, Err *err)
{
    const Command *c = cli->command;

    if (c->needs == NEEDS_OFFICER && !cli_has(cli, OPT_AS))
        return err_set(err, ERR_USAGE, "as", "\"%s\" needs an officer: --as WARRANT.", c->name);
    if (c->needs != NEEDS_NOTHING && !cli_open_store(cli, err)) return false;
    if (c->needs != NEEDS_NOTHING && !cli_sign_in(cli, err)) return false;
    if (cli_has(cli, OPT_AHEAD) && !set_ahead(cli, err)) return false;
    return c->run(cli, err);
}

/* Without a command: the screens where there is a terminal (or a script instead of one), the brief elsewhere. */
static int run_screens(Cli *cli, Err *err)
{
    UiOptions o = { .ascii = cli->look.ascii, .script = cli_value(cli, OPT_SCRIPT), .warrant = cli_value(cli, OPT_AS) };
    int64_t minutes;
    int status;

    if (!cli_number(cli, OPT_LOCK_AFTER, 1, 15, 5, &minutes, err)) return cli_status(err);
    o.idle_minutes = (int)minutes;
    if (!cli_open_store(cli, err)) return cli_status(err);
    /* Who and password are both known: no need to ask for them again on a screen. */
    if (o.warrant && !o.script && getenv("BOOK124_PASSWORD_FILE") && !cli_sign_in(cli, err)) return cli_status(err);
    status = cli->screens(cli->app, &o, err);
    return status;
}

static bool wants_screens(const Cli *cli)
{
    return !cli->command && cli->screens &&
           (cli_has(cli, OPT_SCRIPT) || (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)));
}

enum { READER_GONE = 141 }; /* what a shell says of a program that the closed pipe ended: 128 + SIGPIPE */

static int finish(const Cli *cli, bool ok, const Err *err)
{
    int status = ok ? 0 : cli_status(err);

    cli_progress_end();
    if (cli_stopped()) status = 130;
    if (status == 130)
        cli_say("%s", !ok && err->kind == ERR_STOPPED && *err->text ? err->text : "Stopped.");
    else if (!ok)
        cli_say_error(err);
    if (status == 2)
        fprintf(stderr, "book124 %s%s--help tells more.\n", cli->command ? cli->command->name : "",
            cli->command ? " " : "");
    if (status) return status;
    if (out_reader_gone(stdout)) return READER_GONE;
    return cli->worse ? cli->worse : cli->found ? 1 : 0;
}

static bool help_asked(const Cli *cli)
{
    return cli_has(cli, OPT_HELP) || cli_has(cli, OPT_VERSION);
}

static void show_help(const Cli *cli)
{
    if (cli_has(cli, OPT_VERSION))
        printf("book124 %s\n", BOOK124_VERSION);
    else if (cli->command)
        cli_help_of(cli->command, stdout);
    else if (cli->n_words)
        cli_help_family(cli->words[0], stdout);
    else
        cli_help(stdout);
}

static int run(Cli *cli, int argc, char **argv, Err *err)
{
    bool ok, family;

    if (!cli_parse(cli, argc, argv, err)) return finish(cli, false, err);
    if (help_asked(cli)) {
        show_help(cli);
        return finish(cli, out_flush(stdout, err), err);
    }
    if (!read_common(cli, err) || !crypto_start(err)) return finish(cli, false, err);
    cli->look = look_of(cli);
    if (wants_screens(cli)) {
        int status = run_screens(cli, err);
        if (status && *err->text) cli_say_error(err);
        return status;
    }
    if (!cli->command) cli->command = cli_command_named("brief", NULL, &family);
    cli_stop_start();
    ok = run_command(cli, err);
    if (ok) ok = out_flush(stdout, err);
    return finish(cli, ok, err);
}

int cli_main(int argc, char **argv, CliScreens *screens)
{
    Cli cli = { .screens = screens };
    Err err = { 0 };
    int status;

    cli_start(argc, argv);
    cli.arena = arena_new_secret();
    status = run(&cli, argc, argv, &err);
    app_close(&cli.app);
    arena_free(&cli.arena);
    return status;
}
