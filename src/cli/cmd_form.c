/* cmd_form.c — form files: all problems of one at once, as compilers say them; the text in force; a new one put in force. */
#include "cli_inside.h"

#include "app/book.h"
#include "base/mem.h"
#include "policy/instrument.h"

#include <string.h>

/* --- form check ------------------------------------------------------------------------------ */
static void say_form(Cli *cli, const char *name, const FormSpec *f)
{
    size_t sections, questions, groups;

    form_sections_of(f, &sections);
    form_questions_of(f, &questions);
    form_groups_of(f, &groups);
    cli_print(cli, "%s: %s, %zu sections, %zu questions, %zu groups; no problems.\n", name, form_id(f), sections,
        questions, groups);
}

static bool ends_in(const char *name, const char *ending)
{
    size_t n = strlen(name), end = strlen(ending);

    return n > end && !strcmp(name + n - end, ending);
}

static bool check_instrument(Cli *cli, const char *name, const Str *text, PolicyProblems *problems)
{
    Instrument *i = instrument_parse(name, str_text(text), text->n, problems);
    size_t n = 0;

    if (!i) return false;
    instrument_factors(i, &n);
    cli_print(cli, "%s: %s, %zu factors; no problems.\n", name, instrument_id(i), n);
    instrument_free(&i);
    return true;
}

/* By the words of the standard policy: no store is needed. */
static bool check_form(Cli *cli, const char *name, const Str *text, PolicyProblems *problems)
{
    size_t n = 0;
    const char *standard = policy_builtin(POLICY_STANDARD, &n);
    PolicyProblems none = { .arena = cli->arena };
    Policy *p = policy_parse(POLICY_STANDARD, standard, n, &none);
    FormSpec *f = p ? form_parse(name, str_text(text), text->n, p, problems) : NULL;
    bool ok = f != NULL;

    if (ok) say_form(cli, name, f);
    form_spec_free(&f);
    policy_free(&p);
    return ok;
}

bool cmd_form_check(Cli *cli, Err *err)
{
    const char *name = cli->words[0];
    PolicyProblems problems = { .arena = cli->arena };
    Str text = { 0 };
    bool ok = cli_read_all(name, &text, err);

    if (ok) {
        cli->found = !(ends_in(name, ".instrument") ? check_instrument(cli, name, &text, &problems)
                                                    : check_form(cli, name, &text, &problems));
        if (cli->found) cli_say_problems(cli, name, &text, &problems);
    }
    str_finish(&text);
    return ok;
}

/* --- form show ------------------------------------------------------------------------------- */
/* One that comes with the program needs no store; the one in force does, and somebody who may read it. */
bool cmd_form_show(Cli *cli, Err *err)
{
    const char *name = cli->n_words ? cli->words[0] : FORM_BOOK, *text;
    const FormSpec *form;
    size_t n = 0;

    text = form_builtin(name, &n);
    if (!text)
        return err_set(err, ERR_MISSING, "name",
            "There is no form named \"%.60s\"; there are " FORM_BOOK " and " FORM_QA ".", name);
    if (cli_has(cli, OPT_AS)) {
        if (!cli_open_store(cli, err) || !cli_sign_in(cli, err) || !app_may(cli->app, PERM_POLICY_READ, err))
            return false;
        form = app_form(cli->app, name, err);
        if (!form) return false;
        text = form_text(form, &n);
    } else if (!cli->n_words)
        return err_set(err, ERR_USAGE, "as",
            "The form in force needs an officer: --as WARRANT. One that comes with the program is shown by name.");
    return cli_show_text(cli, text, n);
}

/* --- form activate --------------------------------------------------------------------------- */
bool cmd_form_activate(Cli *cli, Err *err)
{
    const char *name = cli->words[0];
    PolicyProblems problems = { .arena = cli->arena };
    Str text = { 0 };
    bool ok;

    if (ends_in(name, ".instrument")) return cmd_instrument_activate(cli, err);
    ok = cli_read_all(name, &text, err) && app_form_activate(cli->app, name, str_text(&text), text.n, &problems, err);

    if (problems.n) cli_say_problems(cli, name, &text, &problems);
    if (ok) cli_print(cli, "%s is in force from now on; books that were begun keep what was typed.\n", name);
    str_finish(&text);
    return ok;
}
