/* cmd_store.c — making a store and caring for it: init, rebuild, doctor. */
#include "cli_inside.h"

#include "base/mem.h"

#include <errno.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- init ------------------------------------------------------------------------------------ */
static bool training_only(const Cli *cli, Err *err)
{
    static const OptId only[] = { OPT_CASES, OPT_SEED, OPT_NOW };

    for (size_t i = 0; i < ARRAY_LEN(only); i++)
        if (cli_has(cli, only[i]))
            return err_set(err, ERR_USAGE, cli_option(cli->command, only[i])->name,
                "--%s is for training stores: add --training.", cli_option(cli->command, only[i])->name);
    return true;
}

bool cmd_init(Cli *cli, Err *err)
{
    InitOptions o = {
        .dir = cli->dir, .borough = cli_value(cli, OPT_BOROUGH), .training = cli_has(cli, OPT_TRAINING), .now = cli->now
    };
    Progress progress = cli_progress("making cases");
    int64_t seed;

    if (!cli_store_named(cli, err) || !cli_borough_fits(o.borough, err) || (!o.training && !training_only(cli, err))) return false;
    if (!cli_number(cli, OPT_CASES, 0, 10000000, 300, &o.cases, err) ||
        !cli_number(cli, OPT_SEED, 0, INT64_MAX, 1, &seed, err))
        return false;
    o.seed = (uint64_t)seed;
    if (!o.training) o.cases = 0;
    if (!app_init(&o, &progress, err)) return false;
    if (o.training)
        cli_say("Made a training store in %s with %lld made-up case%s. Sign in as 900001 to 900013; the password of "
                "each is %s.",
            o.dir, (long long)o.cases, o.cases == 1 ? "" : "s", TRAINING_PASSWORD);
    else
        cli_say("Made a store in %s. Now name its keeper: book124 officer add WARRANT NAME --role keeper.", o.dir);
    return true;
}

/* --- rebuild --------------------------------------------------------------------------------- */
bool cmd_rebuild(Cli *cli, Err *err)
{
    static const Column columns[] = { { "changed", "changed", AS_JSON, false } };
    Progress progress = cli_progress("rebuild");
    int64_t cases = 0;
    bool changed = false;
    Out *out;

    if (!(cli_has(cli, OPT_THOROUGH) ? app_rebuild_thorough : app_rebuild)(cli->app, &progress, &cases, &changed, err)) return false;
    cli_progress_end();
    cli->found = changed;
    if (cli->format == FORMAT_TABLE) {
        cli_print(cli, "All cases; %s.\n", /* how many there are, hidden ones among them, is not told */
            changed ? "the derived records differed and are right now" : "nothing had to be changed");
        return true;
    }
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    out_yes(out, changed);
    out_row(out);
    return out_end(&out, err);
}

/* --- doctor ---------------------------------------------------------------------------------- */
static const Column doctor_columns[] = { { "check", "check", AS_ANY, false }, { "ok", "ok", AS_ANY, false },
    { "says", "", AS_ANY, false } };

static void check(Cli *cli, Out *out, const char *what, bool ok, const char *says)
{
    out_text(out, what);
    if (cli->format == FORMAT_TABLE)
        out_shaded(out, ok ? "yes" : "NO", ok ? SHADE_GOOD : SHADE_BAD);
    else
        out_yes(out, ok);
    out_text(out, says);
    out_row(out);
    if (!ok) cli->found = true;
}

static void check_terminal(Cli *cli, Out *out)
{
    const char *term = getenv("TERM"), *codeset = nl_langinfo(CODESET);
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO), utf8 = !strcmp(codeset, "UTF-8");
    struct rlimit core = { 1, 1 };

    check(cli, out, "terminal", true,
        terminal ? arena_printf(cli->arena, "TERM is %s", term ? term : "not set")
                 : "none: no screens, no colour, no questions");
    check(cli, out, "characters", utf8 || !terminal,
        utf8 ? "the locale is UTF-8"
             : arena_printf(cli->arena, "the locale is %s; screens use ASCII. Set LANG=C.UTF-8", codeset));
    getrlimit(RLIMIT_CORE, &core);
    check(cli, out, "core dumps", core.rlim_cur == 0, core.rlim_cur == 0 ? "off" : "could not be switched off");
    check(cli, out, "new rights", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1,
        "no program started from here gains rights");
}

static void check_process(Cli *cli, Out *out)
{
    check(cli, out, "files", true, cli_confined_files(cli->arena));
    check(cli, out, "calls", true, cli_confined_calls(cli->arena));
}

/* What makes the store itself wrong, and not only the house it stands in. */
static bool is_corruption(const char *what)
{
    return !strcmp(what, "pages") || !strcmp(what, "log") || !strcmp(what, "schema");
}

static bool check_store(Cli *cli, Out *out, Err *err)
{
    StoreCheck *checks;
    Err why = { 0 };
    size_t n = 0;

    if (!cli_open_store(cli, &why)) {
        check(cli, out, "store", false, arena_dup(cli->arena, why.text));
        cli->worse = why.kind == ERR_DENIED ? 0 : 3;
        return true;
    }
    check_process(cli, out);
    check(cli, out, "store", true,
        arena_printf(cli->arena, "%s, %sschema %d", cli->dir, app_store(cli->app)->training ? "training store, " : "",
            app_store(cli->app)->schema));
    if (!cli_has(cli, OPT_AS)) {
        check(cli, out, "inside the store", true, "not examined: sign in with --as");
        return true;
    }
    if (!cli_sign_in(cli, err) || !app_doctor(cli->app, cli_has(cli, OPT_THOROUGH), cli->arena, &checks, &n, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        check(cli, out, checks[i].what, checks[i].ok, checks[i].says);
        if (!checks[i].ok && is_corruption(checks[i].what)) cli->worse = 3;
    }
    return true;
}

bool cmd_doctor(Cli *cli, Err *err)
{
    Out *out = cli_out(cli, doctor_columns, ARRAY_LEN(doctor_columns));
    bool ok;

    check_terminal(cli, out);
    ok = check_store(cli, out, err);
    return out_end(&out, ok ? err : NULL) && ok;
}
