/* cli_args.c — reading the words of the command line by the table of commands: --name VALUE and --name=VALUE,
** options anywhere, a unique beginning of a name is enough, -- ends them. What is not understood is named together
** with the nearest thing that is. */
#include "cli_inside.h"

#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* --- words that options take ----------------------------------------------------------------- */
const char *cli_role_words(size_t i)
{
    return i + 1 < ROLE_COUNT ? role_word((Role)(i + 1)) : NULL;
}

const char *cli_state_words(size_t i)
{
    return i < DUTY_STATE_COUNT ? duty_state_word((DutyState)i) : NULL;
}

const char *cli_tab_words(size_t i)
{
    static const char *const tabs[TAB_COUNT] = { "overdue", "today", "week", "waiting", "all", "held" };

    return i < TAB_COUNT ? tabs[i] : NULL;
}

const char *cli_format_words(size_t i)
{
    return i < FORMAT_COUNT ? format_words[i] : NULL;
}

const char *cli_forecast_words(size_t i)
{
    static const char *const words[] = { "late", "day" };

    return i < ARRAY_LEN(words) ? words[i] : NULL;
}

const char *cli_by_words(size_t i)
{
    static const char *const words[] = { "duty", "role", "day", "case", "outcome" };

    return i < ARRAY_LEN(words) ? words[i] : NULL;
}

const char *cli_grade_words(size_t i)
{
    static const char *const grades[] = { "standard", "medium", "high" };

    return i < ARRAY_LEN(grades) ? grades[i] : NULL;
}

const char *cli_basis_words(size_t i)
{
    const Vocab *v = &vocabs_standard()->of[VOCAB_BASIS];

    return i < v->n ? v->words[i].word : NULL;
}

/* --- options --------------------------------------------------------------------------------- */
typedef struct Found {
    const Option *option;
    size_t matches;
} Found;

/* The whole name wins; else all options that begin so are counted. */
static void look_among(const Option *options, const char *name, size_t len, Found *f)
{
    for (size_t i = 0; options && options[i].name; i++) {
        if (strncmp(options[i].name, name, len)) continue;
        if (!options[i].name[len]) {
            *f = (Found){ &options[i], 1 };
            return;
        }
        if (options[i].hidden) continue;
        if (!f->option || f->option->id != options[i].id) f->matches++;
        if (!f->option || f->option->name[len]) f->option = &options[i];
    }
}

static Found find_option(const Command *c, const char *name, size_t len)
{
    Found own = { 0 }, all;

    look_among(c ? c->options : NULL, name, len, &own);
    if (own.matches == 1 && !own.option->name[len]) return own;
    all = own;
    look_among(cli_options, name, len, &all);
    return all;
}

const Option *cli_option(const Command *c, OptId id)
{
    for (const Option *o = c ? c->options : NULL; o && o->name; o++)
        if (o->id == id) return o;
    for (const Option *o = cli_options; o->name; o++)
        if (o->id == id) return o;
    return NULL;
}

static const char *dash_hint(const Command *c)
{
    return c && c->most > 0 ? " What begins with a dash and is no option goes behind --." : "";
}

static bool unknown_option(const Command *c, const char *word, size_t len, Err *err)
{
    const char *names[2 * OPT_COUNT], *near;
    size_t n = 0;
    char name[64];

    for (const Option *o = c ? c->options : NULL; o && o->name; o++) names[n++] = o->name;
    for (const Option *o = cli_options; o->name; o++)
        if (!o->hidden) names[n++] = o->name;
    snprintf(name, sizeof name, "%.*s", (int)(len < 60 ? len : 60), word);
    near = str_nearest(name, names, n);
    if (near) return err_set(err, ERR_USAGE, "", "There is no option --%s; did you mean --%s?", name, near);
    return err_set(err, ERR_USAGE, "", "There is no option --%s%s%s.%s", name, c ? " of " : "", c ? c->name : "",
        dash_hint(c));
}

static bool check_word(const Option *o, const char *value, Err *err)
{
    const char *words[64], *near;
    size_t n = 0;

    if (!o->words) return true;
    for (; n < ARRAY_LEN(words) && (words[n] = o->words(n)); n++)
        if (!strcmp(words[n], value)) return true;
    near = str_nearest(value, words, n);
    if (near)
        return err_set(
            err, ERR_USAGE, o->name, "--%s does not know \"%s\"; did you mean \"%s\"?", o->name, value, near);
    err_set(err, ERR_USAGE, o->name, "--%s does not know \"%s\". It takes", o->name, value);
    for (size_t i = 0; i < n; i++) {
        size_t used = strlen(err->text);
        snprintf(err->text + used, sizeof err->text - used, "%s %s", i == 0 ? "" : i + 1 == n ? " or" : ",", words[i]);
    }
    snprintf(err->text + strlen(err->text), sizeof err->text - strlen(err->text), ".");
    return false;
}

static bool keep_option(Cli *cli, const Option *o, const char *value, Err *err)
{
    if (cli->n_given == GIVEN_MAX) return err_set(err, ERR_USAGE, o->name, "Too many options.");
    if (value && !check_word(o, value, err)) return false;
    cli->given[cli->n_given++] = (Given){ o->id, value ? value : "" };
    return true;
}

/* argv[*at] is an option; *at moves on to its value when that stands by itself. */
static bool read_option(Cli *cli, const Command *c, int argc, char **argv, int *at, Err *err)
{
    const char *name = argv[*at] + 2, *equals;
    size_t len = strcspn(name, "=");
    Found f;

    if (!strcmp(argv[*at], "-h")) return keep_option(cli, cli_option(NULL, OPT_HELP), NULL, err);
    if (argv[*at][1] != '-')
        return err_set(err, ERR_USAGE, "", "There is no option %.60s; options begin with two dashes.%s", argv[*at],
            dash_hint(c));
    f = find_option(c, name, len);
    if (!f.matches) return unknown_option(c, name, len, err);
    if (f.matches > 1)
        return err_set(
            err, ERR_USAGE, "", "--%.*s is the beginning of more than one option.", (int)(len < 60 ? len : 60), name);
    equals = name[len] ? name + len + 1 : NULL;
    if (!f.option->argument)
        return equals ? err_set(err, ERR_USAGE, f.option->name, "--%s takes no value.", f.option->name)
                      : keep_option(cli, f.option, NULL, err);
    if (!equals && *at + 1 >= argc)
        return err_set(err, ERR_USAGE, f.option->name, "--%s needs a value: %s.", f.option->name, f.option->argument);
    return keep_option(cli, f.option, equals ? equals : argv[++*at], err);
}

/* --- the command ----------------------------------------------------------------------------- */
static bool begins_with_word(const char *name, const char *word)
{
    size_t n = strlen(word);

    return !strncmp(name, word, n) && (!name[n] || name[n] == ' ');
}

/* The command of one word, or of two, which goes first; *family is true when `first` has sub-commands. */
const Command *cli_command_named(const char *first, const char *second, bool *family)
{
    const Command *alone = NULL;

    *family = false;
    for (size_t i = 0; i < cli_n_commands; i++) {
        const Command *c = &cli_commands[i];
        const char *rest = strchr(c->name, ' ');
        if (!begins_with_word(c->name, first)) continue;
        if (rest && second && !strcmp(rest + 1, second)) return c;
        if (rest)
            *family = true;
        else
            alone = c;
    }
    return alone;
}

static const char *nearest_command(const char *word, const char *within)
{
    const char *names[64];
    size_t n = 0;

    for (size_t i = 0; i < cli_n_commands && n < ARRAY_LEN(names); i++) {
        const char *rest = strchr(cli_commands[i].name, ' ');
        if (within && (!rest || !begins_with_word(cli_commands[i].name, within))) continue;
        names[n++] = within ? rest + 1 : cli_commands[i].name;
    }
    return str_nearest(word, names, n);
}

/* First words of families ("officer") are near too. */
static const char *nearest_family(const char *word, char first[32])
{
    for (size_t i = 0; i < cli_n_commands; i++) {
        const char *one = first;
        snprintf(first, 32, "%.*s", (int)strcspn(cli_commands[i].name, " "), cli_commands[i].name);
        if (str_nearest(word, &one, 1)) return first;
    }
    return NULL;
}

bool cli_unknown_command(const char *first, const char *second, bool family, Err *err)
{
    char other[32];
    const char *near = family ? (second ? nearest_command(second, first) : NULL) : nearest_command(first, NULL);

    if (!near && !family) near = nearest_family(first, other);
    if (family && !second)
        return err_set(err, ERR_USAGE, "", "\"%s\" needs one more word; book124 %s --help lists them.", first, first);
    if (family && near)
        return err_set(
            err, ERR_USAGE, "", "There is no command \"%s %s\"; did you mean \"%s %s\"?", first, second, first, near);
    if (family)
        return err_set(err, ERR_USAGE, "", "There is no command \"%s %s\"; book124 %s --help lists what there is.",
            first, second, first);
    if (near) return err_set(err, ERR_USAGE, "", "There is no command \"%s\"; did you mean \"%s\"?", first, near);
    return err_set(err, ERR_USAGE, "", "There is no command \"%s\"; book124 --help lists them.", first);
}

/* The first words that are no options, skipping the values of those that take one. */
static void name_command(int argc, char **argv, const char *words[2])
{
    size_t n = 0;
    bool over = false; /* behind -- everything is a word */

    for (int i = 1; i < argc && n < 2; i++) {
        const Option *o;
        if (!over && !strcmp(argv[i], "--")) {
            over = true;
            continue;
        }
        if (over || argv[i][0] != '-' || !argv[i][1]) {
            words[n++] = argv[i];
            continue;
        }
        if (argv[i][1] != '-' || strchr(argv[i], '=')) continue;
        o = find_option(NULL, argv[i] + 2, strlen(argv[i] + 2)).option;
        if (o && o->argument) i++;
    }
}

static bool count_words(const Cli *cli, Err *err)
{
    const Command *c = cli->command;

    if (cli_has(cli, OPT_HELP)) return true;
    if ((int)cli->n_words < c->least)
        return err_set(err, ERR_USAGE, "", "Something is missing. It goes: book124 %s %s", c->name, c->arguments);
    if ((int)cli->n_words > c->most)
        return err_set(err, ERR_USAGE, "", "\"%s\" is one word too many. It goes: book124 %s%s%s", cli->words[c->most],
            c->name, *c->arguments ? " " : "", c->arguments);
    return true;
}

bool cli_parse(Cli *cli, int argc, char **argv, Err *err)
{
    const char *name[2] = { NULL, NULL };
    int named, seen = 0;
    bool family = false, over = false;

    name_command(argc, argv, name);
    cli->command = name[0] ? cli_command_named(name[0], name[1], &family) : NULL;
    named = !cli->command ? (family ? 1 : 0) : strchr(cli->command->name, ' ') ? 2 : 1;
    for (int i = 1; i < argc; i++) {
        if (!over && !strcmp(argv[i], "--"))
            over = true;
        else if (!over && argv[i][0] == '-' && argv[i][1]) {
            if (!read_option(cli, cli->command, argc, argv, &i, err)) return false;
        } else if (seen < named)
            seen++;
        else if (cli->n_words < WORDS_MAX)
            cli->words[cli->n_words++] = argv[i];
        else
            return err_set(err, ERR_USAGE, "", "Too many words.");
    }
    if (cli->command) return count_words(cli, err);
    if (!name[0] && !cli->n_words) return true;
    if (family && cli_has(cli, OPT_HELP))
        cli->words[0] = name[0], cli->n_words = 1;
    else
        return cli_unknown_command(name[0] ? name[0] : cli->words[0], name[1], family, err);
    return true;
}

/* --- what was given -------------------------------------------------------------------------- */
const char *cli_value(const Cli *cli, OptId id)
{
    for (size_t i = cli->n_given; i > 0; i--)
        if (cli->given[i - 1].id == id) return cli->given[i - 1].value;
    return NULL;
}

bool cli_has(const Cli *cli, OptId id)
{
    return cli_value(cli, id) != NULL;
}

bool cli_number(const Cli *cli, OptId id, int64_t least, int64_t most, int64_t otherwise, int64_t *out, Err *err)
{
    const char *text = cli_value(cli, id);
    char *end;
    long long n;

    *out = otherwise;
    if (!text) return true;
    errno = 0;
    n = strtoll(text, &end, 10);
    if (end == text || *end || errno || n < least || n > most || strspn(text, "-0123456789") != strlen(text))
        return err_set(err, ERR_USAGE, cli_option(cli->command, id)->name,
            "--%s takes a whole number from %lld to %lld, not \"%s\".", cli_option(cli->command, id)->name,
            (long long)least, (long long)most, text);
    *out = n;
    return true;
}

RoleSet cli_roles(const Cli *cli)
{
    RoleSet roles = 0;

    for (size_t i = 0; i < cli->n_given; i++)
        if (cli->given[i].id == OPT_ROLE) roles |= ROLE_BIT(role_by_word(cli->given[i].value));
    return roles;
}

bool cli_borough_fits(const char *code, Err *err)
{
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    if (!code || (strlen(code) == 2 && strspn(code, capitals) == 2)) return true;
    return err_set(err, ERR_USAGE, "borough", "--borough takes two capital letters such as KG, not \"%.20s\".", code);
}
