/* cli_help.c — the table of commands as people, man(1) and bash read it. Nothing here knows a command by name. */
#include "cli_inside.h"

#include "base/utf8.h"

#include <string.h>

static const char what[] = "Domestic-violence case management: what must be done, by whom and when, and why.";

/* --- wrapped text ---------------------------------------------------------------------------- */
/* `begun`: the first line stands behind its indent already. */
static void wrap(FILE *to, const char *text, int indent, int width, bool begun)
{
    int column = 0;

    while (*text) {
        size_t n = strcspn(text, " ");
        int columns = utf8_width_n(text, n);
        if (column && column + 1 + columns > width - indent) fputc('\n', to), column = 0;
        if (column)
            fputc(' ', to), column++;
        else if (!begun)
            fprintf(to, "%*s", indent, "");
        begun = false;
        fwrite(text, 1, n, to);
        column += columns;
        text += n;
        text += strspn(text, " ");
    }
    fputc('\n', to);
}

static void option_line(FILE *to, const Option *o)
{
    char head[64];

    snprintf(head, sizeof head, "--%s%s%s", o->name, o->argument ? " " : "", o->argument ? o->argument : "");
    fprintf(to, "  %-22s", head);
    if (strlen(head) > 21) fprintf(to, "\n  %22s", "");
    wrap(to, o->help, 24, 80, true);
}

static void all_options(FILE *to, bool own)
{
    fputs(own ? "\nEvery command also takes:\n" : "\nOptions:\n", to);
    for (const Option *o = cli_options; o->name; o++)
        if (!o->hidden) option_line(to, o);
}

/* --- --help ---------------------------------------------------------------------------------- */
void cli_help(FILE *to)
{
    fprintf(to,
        "%s\n\n  book124 [OPTION...]              the screens; without a terminal, the brief\n"
        "  book124 [OPTION...] COMMAND ...\n\nCommands:\n",
        what);
    for (size_t i = 0; i < cli_n_commands; i++) {
        const Command *c = &cli_commands[i];
        char head[64];
        snprintf(head, sizeof head, "%s%s%s", c->name, *c->arguments ? " " : "", c->arguments);
        fprintf(to, "  %-26s %s\n", head, c->summary);
    }
    all_options(to, false);
    fputs("\nThe password of --as is asked for on the terminal, or comes from the file named\n"
          "by BOOK124_PASSWORD_FILE (mode 0600).\n\n"
          "Exit status: 0 done; 1 done, but something was found or refused; 2 usage;\n"
          "3 data or store; 4 not allowed; 5 changed by somebody else; 130 interrupted;\n"
          "141 the reader of the result went away.\n\n"
          "book124 COMMAND --help tells more; book124(1) tells all.\n",
        to);
}

void cli_help_of(const Command *c, FILE *to)
{
    fprintf(to, "book124 %s%s%s%s — %s\n", c->name, *c->arguments ? " " : "", c->arguments,
        c->options ? " [OPTION...]" : "", c->summary);
    if (c->help) fputc('\n', to), wrap(to, c->help, 0, 80, false);
    if (c->options) fputs("\nOptions:\n", to);
    for (const Option *o = c->options; o && o->name; o++) option_line(to, o);
    all_options(to, true);
}

void cli_help_family(const char *word, FILE *to)
{
    size_t n = strlen(word);

    for (size_t i = 0; i < cli_n_commands; i++) {
        const Command *c = &cli_commands[i];
        char head[64];
        if (strncmp(c->name, word, n) || c->name[n] != ' ') continue;
        snprintf(head, sizeof head, "%s%s%s", c->name, *c->arguments ? " " : "", c->arguments);
        fprintf(to, "  %-26s %s\n", head, c->summary);
    }
}

/* --- bash ------------------------------------------------------------------------------------ */
static void words_of(FILE *to, const Option *o)
{
    for (size_t i = 0; o->words(i); i++) fprintf(to, "%s%s", i ? " " : "", o->words(i));
}

/* Every option that takes a value, once. Options of one name take the same words everywhere. */
static size_t options_with_value(const Option *out[OPT_COUNT])
{
    bool seen[OPT_COUNT] = { false };
    size_t n = 0;

    for (size_t c = 0; c <= cli_n_commands; c++) {
        const Option *o = c ? cli_commands[c - 1].options : cli_options;
        for (; o && o->name; o++) {
            if (seen[o->id] || !o->argument || o->hidden) continue;
            seen[o->id] = true;
            out[n++] = o;
        }
    }
    return n;
}

/* What follows an option: its words, a directory, a file, or nothing known. */
static void completion_values(FILE *to, const Option *const *options, size_t n)
{
    fputs("\tcase $before in\n", to);
    for (size_t i = 0; i < n; i++) {
        const Option *o = options[i];
        fprintf(to, "\t--%s) ", o->name);
        if (o->words)
            fputs("mapfile -t COMPREPLY < <(compgen -W '", to), words_of(to, o), fputs("' -- \"$word\")", to);
        else if (!strcmp(o->argument, "DIRECTORY"))
            fputs("compopt -o dirnames", to);
        else if (!strcmp(o->argument, "FILE"))
            fputs("compopt -o default", to);
        else
            fputs(":", to);
        fputs("; return ;;\n", to);
    }
    fputs("\tesac\n", to);
}

static void option_names(FILE *to, const Option *o)
{
    for (; o && o->name; o++)
        if (!o->hidden) fprintf(to, " --%s", o->name);
}

static void completion_commands(FILE *to)
{
    fputs("\tcase $words in\n", to);
    for (size_t i = 0; i < cli_n_commands; i++) {
        const Command *c = &cli_commands[i];
        fprintf(to, "\t'%s'|'%s '*) own='", c->name, c->name);
        option_names(to, c->options);
        fprintf(to, "'%s ;;\n", strstr(c->arguments, "FILE") ? "; files=1" : "");
    }
    fputs("\t*) own='' ;;\n\tesac\n", to);
}

/* First words once, then the second words of a family. */
static void completion_first(FILE *to)
{
    const char *last = "";

    fputs("\t'') set -- ", to);
    for (size_t i = 0; i < cli_n_commands; i++) {
        size_t n = strcspn(cli_commands[i].name, " ");
        if (strncmp(last, cli_commands[i].name, n) || (last[n] && last[n] != ' '))
            fprintf(to, "%.*s ", (int)n, cli_commands[i].name);
        last = cli_commands[i].name;
    }
    fputs(";;\n", to);
    for (size_t i = 0; i < cli_n_commands; i++) {
        const char *name = cli_commands[i].name, *rest = strchr(name, ' ');
        size_t n = rest ? (size_t)(rest - name) : 0;
        if (!rest) continue;
        if (i && !strncmp(cli_commands[i - 1].name, name, n + 1)) continue;
        fprintf(to, "\t%.*s) set --", (int)n, name);
        for (size_t k = i; k < cli_n_commands && !strncmp(cli_commands[k].name, name, n + 1); k++)
            fprintf(to, " %s", cli_commands[k].name + n + 1);
        fputs(" ;;\n", to);
    }
}

void cli_completion_bash(FILE *to)
{
    const Option *valued[OPT_COUNT];
    size_t n = options_with_value(valued);

    fputs(
        "# bash completion of book124, printed by: book124 completion bash\n"
        "_book124()\n{\n"
        "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words='' own='' files='' i takes=\n"
        "\tCOMPREPLY=()\n",
        to);
    completion_values(to, valued, n);
    fputs("\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
          "\t\tif [ -n \"$takes\" ]; then takes=; continue; fi\n"
          "\t\tcase ${COMP_WORDS[i]} in\n\t\t",
        to);
    for (size_t i = 0; i < n; i++) fprintf(to, "%s--%s", i ? "|" : "", valued[i]->name);
    fputs(") takes=1 ;;\n\t\t-*) ;;\n\t\t*) words=\"${words:+$words }${COMP_WORDS[i]}\" ;;\n\t\tesac\n\tdone\n", to);
    completion_commands(to);
    fputs("\tif [ \"${word:0:1}\" = - ]; then\n\t\tmapfile -t COMPREPLY < <(compgen -W \"$own", to);
    option_names(to, cli_options);
    fputs("\" -- \"$word\")\n\t\treturn\n\tfi\n\tset --\n\tcase $words in\n", to);
    completion_first(to);
    fputs("\tesac\n"
          "\tmapfile -t COMPREPLY < <(compgen -W \"$*\" -- \"$word\")\n"
          "\t[ -z \"$files\" ] || compopt -o default\n"
          "}\n"
          "complete -F _book124 book124\n",
        to);
}

/* --- the manual ------------------------------------------------------------------------------ */
/* A new line for each sentence, as mdoc likes it, and none too long; what begins like a request is defused. */
static void manual_text(FILE *to, const char *text)
{
    size_t column = 0;

    while (*text) {
        size_t n = strcspn(text, " ");
        bool ends = n && strchr(".!?", text[n - 1]);
        if (column + n > 70)
            fputc('\n', to), column = 0;
        else if (column)
            fputc(' ', to);
        if (*text == '.' || *text == '\'') fputs("\\&", to);
        for (size_t i = 0; i < n; i++)
            fputs(text[i] == '-' ? "\\-" : text[i] == '\\' ? "\\e" : (char[]){ text[i], 0 }, to);
        column += n + 1;
        text += n;
        text += strspn(text, " ");
        if (ends && *text) fputc('\n', to), column = 0;
    }
    fputc('\n', to);
}

static void manual_option(FILE *to, const Option *o)
{
    char help[200];

    snprintf(help, sizeof help, "%c%s.", o->help[0] >= 'a' && o->help[0] <= 'z' ? o->help[0] - 'a' + 'A' : o->help[0],
        o->help + 1);
    fprintf(to, ".It Fl Fl %s", o->name);
    if (o->argument) fprintf(to, " Ar %s", o->argument);
    fputc('\n', to);
    manual_text(to, help);
}

static void manual_argument(FILE *to, const char *arguments)
{
    char words[64], *rest = NULL;

    snprintf(words, sizeof words, "%s", arguments);
    for (char *w = strtok_r(words, " []", &rest); w; w = strtok_r(NULL, " []", &rest))
        fprintf(to, " %sAr %s", *arguments == '[' ? "Op " : "", w);
}

static void manual_command(FILE *to, const Command *c)
{
    char summary[120];

    fprintf(to, ".It Cm %s", c->name);
    manual_argument(to, c->arguments);
    snprintf(summary, sizeof summary, "%c%s.", c->summary[0] - 'a' + 'A', c->summary + 1);
    fputc('\n', to);
    manual_text(to, summary);
    if (c->help) manual_text(to, c->help);
    if (!c->options) return;
    fputs(".Bl -tag -width 18n\n", to);
    for (const Option *o = c->options; o->name; o++) manual_option(to, o);
    fputs(".El\n", to);
}

void cli_manual(FILE *to)
{
    fputs(".Sh OPTIONS\nOptions may stand before or behind the command.\n.Bl -tag -width 18n\n", to);
    for (const Option *o = cli_options; o->name; o++)
        if (!o->hidden) manual_option(to, o);
    fputs(".El\n.Sh COMMANDS\n.Bl -tag -width 4n\n", to);
    for (size_t i = 0; i < cli_n_commands; i++) manual_command(to, &cli_commands[i]);
    fputs(".El\n", to);
}
