/* cmd_exchange.c — cases in and out: import, export, and the made-up ones. */
#include "cli_inside.h"

#include "base/mem.h"

#include <errno.h>
#include <string.h>
#include <time.h>

/* --- import ---------------------------------------------------------------------------------- */
static void say_refused(void *with, const char *sentence)
{
    (void)with;
    cli_say("%s", sentence);
}

static bool tell_import(Cli *cli, const ImportReport *r, bool whole, bool dry_run, Err *err)
{
    static const Column columns[] = { { "read", "read", AS_ANY, true }, { "added", "added", AS_ANY, true },
        { "changed", "changed", AS_ANY, true }, { "same", "same", AS_ANY, true },
        { "refused", "refused", AS_ANY, true }, { "not_tried", "not tried", AS_ANY, true },
        { "go_on", "go on from", AS_ANY, true } };
    Out *out;

    if (cli->format == FORMAT_TABLE) {
        char rest[100] = "";
        if (!whole && r->not_tried)
            snprintf(rest, sizeof rest, ", %lld not tried; go on from line %lld", (long long)r->not_tried,
                (long long)r->go_on);
        else if (!whole)
            snprintf(rest, sizeof rest, "; go on from line %lld", (long long)r->go_on);
        cli_print(cli, "%lld read: %lld %s, %lld %s, %lld the same, %lld refused%s%s\n", (long long)r->read,
            (long long)r->added, dry_run ? "would be added" : "added", (long long)r->changed,
            dry_run ? "would be changed" : "changed", (long long)r->same, (long long)r->refused, rest,
            dry_run ? "; nothing was changed." : ".");
        return true;
    }
    out = cli_out(cli, columns, whole ? 5 : ARRAY_LEN(columns));
    out_int(out, r->read);
    out_int(out, r->added);
    out_int(out, r->changed);
    out_int(out, r->same);
    out_int(out, r->refused);
    if (!whole) out_int(out, r->not_tried), out_int(out, r->go_on);
    out_row(out);
    return out_end(&out, err);
}

typedef bool Importer(App *app, FILE *in, const ImportOptions *o, ImportReport *out, Err *err);

static bool import(Cli *cli, Importer *importer, Err *err)
{
    const char *name = cli->words[0];
    Progress progress = cli_progress("import");
    ImportOptions o = { .name = strcmp(name, "-") ? name : "standard input",
        .lenient = cli_has(cli, OPT_LENIENT),
        .dry_run = cli_has(cli, OPT_DRY_RUN),
        .say = say_refused,
        .progress = &progress };
    ImportReport report = { 0 };
    FILE *in = cli_open_input(name, err);
    bool ok;

    if (!in) return false;
    ok = importer(cli->app, in, &o, &report, err);
    if (in != stdin) fclose(in);
    cli_progress_end();
    cli->found = report.refused > 0;
    return (ok || report.read > 0) ? tell_import(cli, &report, ok, o.dry_run, ok ? err : NULL) && ok : false;
}

bool cmd_import_cases(Cli *cli, Err *err)
{
    return import(cli, app_import_cases, err);
}

bool cmd_import_cad(Cli *cli, Err *err)
{
    return import(cli, app_import_cad, err);
}

/* --- export ---------------------------------------------------------------------------------- */
bool cmd_export_cases(Cli *cli, Err *err)
{
    Progress progress = cli_progress("export");
    Target target;
    int64_t n = 0;
    bool ok;

    if (!cli_target_open(&target, cli_value(cli, OPT_OUTPUT), err)) return false;
    ok = app_export_cases(cli->app, cli_value(cli, OPT_CASE), target.file, &progress, &n, err);
    cli_progress_end();
    if (!ok && target.file == stdout && out_reader_gone(stdout)) ok = true; /* | head */
    ok = ok && cli_target_keep(&target, err);
    if (ok && target.name) cli_say("%lld case%s written to %s.", (long long)n, n == 1 ? "" : "s", target.name);
    cli_target_end(&target);
    return ok;
}

/* --- made-up cases --------------------------------------------------------------------------- */
static bool write_cases(Training *t, int64_t n, Err *err)
{
    const Vocabs *v = vocabs_standard();
    Arena *a = arena_new();
    Str line = { 0 };
    bool ok = true;

    for (int64_t i = 0; ok && i < n && !cli_stopped(); i++) {
        CaseDoc doc;
        arena_reset(a);
        str_clear(&line);
        training_case(t, i, v, a, &doc);
        case_write(&doc, v, &line);
        str_add_char(&line, '\n');
        if (fwrite(line.s, 1, line.n, stdout) != line.n)
            ok = err_set(err, ERR_IO, "", "The cases cannot be written: %s.", strerror(errno));
    }
    str_finish(&line);
    arena_free(&a);
    return ok || out_reader_gone(stdout);
}

bool cmd_training(Cli *cli, Err *err)
{
    Time now = cli->now != TIME_NONE ? cli->now : (Time)time(NULL);
    const char *borough = cli_value(cli, OPT_BOROUGH);
    int64_t n, seed;
    Training *t;
    bool ok;

    if (!cli_borough_fits(borough, err)) return false;
    if (!cli_number(cli, OPT_CASES, 0, 10000000, 300, &n, err) ||
        !cli_number(cli, OPT_SEED, 0, INT64_MAX, 1, &seed, err))
        return false;
    t = training_new((uint64_t)seed, borough, now, n);
    ok = write_cases(t, n, err);
    training_free(&t);
    return ok;
}
