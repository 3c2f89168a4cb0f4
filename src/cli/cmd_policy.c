/* cmd_policy.c — policy and words files: all problems of one at once, as compilers say them; and the text in force. */
#include "cli_inside.h"

#include "base/mem.h"

#include <string.h>

static void say_fine(Cli *cli, const char *name, const Policy *p, bool warnings)
{
    size_t n = policy_duty_count(p), by_role[ROLE_COUNT] = { 0 };
    Str owners = { 0 };

    for (size_t i = 0; i < n; i++) by_role[policy_duty(p, i)->owner]++;
    if (by_role[ROLE_NONE]) str_addf(&owners, "named by entries %zu", by_role[ROLE_NONE]);
    for (int r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if (by_role[r]) str_addf(&owners, "%s%s %zu", owners.n ? ", " : "", role_word((Role)r), by_role[r]);
    cli_print(cli, "%s: %s, %zu dut%s%s%s%s", name, policy_id(p), n, n == 1 ? "y" : "ies", n ? " (" : "",
        str_text(&owners), n ? ")" : "");
    if (policy_gate_count(p) + policy_alert_count(p) > 0)
        cli_print(cli, ", %zu gates, %zu alerts", policy_gate_count(p), policy_alert_count(p));
    if (policy_off_count(p) > 0) cli_print(cli, ", %zu rules that are off", policy_off_count(p));
    cli_print(cli, "; no problems%s.\n", warnings ? " but warnings" : "");
    str_finish(&owners);
}

void cli_say_problems(Cli *cli, const char *name, const Str *text, const PolicyProblems *problems)
{
    Str out = { 0 };
    size_t warnings = 0;
    char *safe;

    for (size_t i = 0; i < problems->n; i++) policy_problem_print(&problems->items[i], name, str_text(text), text->n, &out);
    safe = out_safe(str_text(&out), true, cli->look.ascii);
    fputs(safe, stderr);
    mem_free(safe);
    str_finish(&out);
    for (size_t i = 0; i < problems->n; i++) warnings += problems->items[i].warning;
    if (warnings < problems->n)
        cli_say("%s: %zu problem%s.", name, problems->n - warnings, problems->n - warnings == 1 ? "" : "s");
    if (warnings > 0) cli_say("%s: %zu warning%s.", name, warnings, warnings == 1 ? "" : "s");
}

Policy *cli_policy_read(Cli *cli, const char *name, Err *err)
{
    PolicyProblems problems = { .arena = cli->arena };
    Str text = { 0 };
    Policy *p = NULL;
    char shown[SHOWN_MAX];

    if (cli_read_all(name, &text, err)) {
        p = policy_parse(name, str_text(&text), text.n, &problems);
        if (!p) {
            cli_say_problems(cli, name, &text, &problems);
            err_set(
                err, ERR_INVALID, "file", "%s cannot be tried before its problems are mended.", cli_shown(name, shown));
        }
    }
    str_finish(&text);
    return p;
}

static bool ends_in(const char *name, const char *ending)
{
    size_t n = strlen(name), end = strlen(ending);

    return n > end && !strcmp(name + n - end, ending);
}

/* *fine: it has no problem; false when what was asked about it could not be told. */
static bool check_policy(Cli *cli, const char *name, const Str *text, PolicyProblems *problems, bool *fine, Err *err)
{
    Policy *p = policy_parse(name, str_text(text), text->n, problems);
    bool ok = true;

    *fine = p != NULL;
    if (p && cli_has(cli, OPT_COVERAGE))
        ok = cli_policy_coverage(cli, p, err);
    else if (p)
        say_fine(cli, name, p, problems->n > 0);
    policy_free(&p);
    return ok;
}

static bool check(Cli *cli, const char *name, const Str *text, PolicyProblems *problems, bool *fine, Err *err)
{
    size_t lists = 0;

    if (ends_in(name, ".words")) {
        *fine = policy_words_check(name, str_text(text), text->n, &lists, problems);
        if (*fine) cli_print(cli, "%s: %zu word list%s; no problems.\n", name, lists, lists == 1 ? "" : "s");
        return true;
    }
    return check_policy(cli, name, text, problems, fine, err);
}

bool cmd_policy_check(Cli *cli, Err *err)
{
    const char *name = cli->words[0];
    PolicyProblems problems = { .arena = cli->arena };
    bool other = ends_in(name, ".words") || ends_in(name, ".form") || ends_in(name, ".instrument"), fine = true, ok;
    Str text = { 0 };

    if (other && cli_has(cli, OPT_COVERAGE))
        return err_set(err, ERR_USAGE, "coverage", "--coverage is told of the examples of a policy file.");
    if (cli->format != FORMAT_TABLE && !cli_has(cli, OPT_COVERAGE))
        return err_set(err, ERR_USAGE, "format", "Without --coverage a check is written for people only.");
    if (ends_in(name, ".form") || ends_in(name, ".instrument")) return cmd_form_check(cli, err);
    ok = cli_read_all(name, &text, err) && check(cli, name, &text, &problems, &fine, err);
    cli->found = !fine;
    if (problems.n > 0) cli_say_problems(cli, name, &text, &problems);
    str_finish(&text);
    return ok;
}

bool cli_show_text(Cli *cli, const char *text, size_t n)
{
    char *copy = arena_dup_n(cli->arena, text, n), *safe = out_safe(copy, true, cli->look.ascii);

    fputs(safe, stdout);
    mem_free(safe);
    return true;
}

/* One that the store keeps, by the beginning of its hash. */
static bool show_kept(Cli *cli, const char *hash, Err *err)
{
    PolicyEntry e;
    const char *text;
    size_t n;

    return cli_open_store(cli, err) && cli_sign_in(cli, err) && app_policy_find(cli->app, hash, cli->arena, &e, err) &&
           app_policy_text(cli->app, &e, cli->arena, &text, &n, err) && cli_show_text(cli, text, n);
}

/* One by name needs no store; the one in force, or one that the store keeps, does, and somebody who may read it. */
bool cmd_policy_show(Cli *cli, Err *err)
{
    size_t n = 0;
    const char *text = cli->n_words ? policy_builtin(cli->words[0], &n) : NULL;

    if (text) return cli_show_text(cli, text, n);
    if (cli->n_words && cli_has(cli, OPT_AS)) return show_kept(cli, cli->words[0], err);
    if (cli->n_words)
        return err_set(err, ERR_MISSING, "name",
            "No policy named \"%.60s\" comes with the program; " POLICY_STANDARD
            " and " POLICY_LEARNING " do. One of a file is read, not shown.",
            cli->words[0]);
    if (!cli_has(cli, OPT_AS))
        return err_set(err, ERR_USAGE, "as",
            "The policy in force needs an officer: --as WARRANT. One that comes with the program is shown by name.");
    if (!cli_open_store(cli, err) || !cli_sign_in(cli, err) || !app_may(cli->app, PERM_POLICY_READ, err)) return false;
    text = policy_text(app_policy(cli->app), &n);
    return cli_show_text(cli, text, n);
}
