/* cmd_risk.c — risk assessments and their instruments on the command line: what was assessed in a case, side by side, the drift between
** first and second grade, and instrument files. An assessment is not made here: that needs a screen. */
#include "cli_inside.h"

#include "app/risk.h"
#include "base/mem.h"

#include <string.h>

enum { WIDTH = 96 };

/* --- risk show -------------------------------------------------------------------------------- */
static const Column show_columns[] = { { "at", "at", AS_DATA, false }, { "stage", "stage", AS_DATA, false },
    { "instrument", "instrument", AS_DATA, false }, { "version", "version", AS_DATA, false },
    { "by", "by", AS_DATA, false }, { "grade", "grade", AS_DATA, false }, { "yes", "yes", AS_DATA, true },
    { "asked", "asked", AS_DATA, true }, { "rationale", "rationale", AS_DATA, false },
    { "reason", "reason", AS_DATA, false }, { "observed", "observed", AS_DATA, false } };

static void show_row(Cli *cli, Out *out, const RiskColumn *c)
{
    const Vocabs *v = app_vocabs(cli->app);
    const Assessment *s = c->made;

    out_time(out, s->at);
    out_text(out, vocab_word(v, VOCAB_STAGE, s->stage));
    out_text(out, vocab_word(v, VOCAB_INSTRUMENT, s->instrument));
    out_text(out, s->version);
    out_text(out, s->by);
    out_text(out, s->grade ? vocab_word(v, VOCAB_GRADE, s->grade) : NULL);
    out_int(out, (int64_t)c->yes);
    out_int(out, (int64_t)c->asked);
    out_text(out, s->rationale);
    out_text(out, s->reason);
    out_text(out, s->observed);
    out_row(out);
}

static void show_text(Cli *cli, const char *label, const char *text)
{
    if (!text) return;
    cli_print(cli, "  %s\n", label);
    cli_print_wrapped(cli, text, 4, WIDTH);
}

static void show_words(Cli *cli, const RiskColumn *c, bool first)
{
    const Vocabs *v = app_vocabs(cli->app);
    const Assessment *s = c->made;
    const char *grade = s->grade ? vocab_label(v, VOCAB_GRADE, s->grade) : "not graded";

    cli_print(cli, "%s%s, %s%s%.8s, by %s: %s\n", first ? "" : "\n", c->title,
        vocab_label(v, VOCAB_INSTRUMENT, s->instrument), s->version ? " " : "", s->version ? s->version : "",
        s->by ? s->by : "nobody named", grade);
    if (s->grade && c->asked) cli_print(cli, "  %zu of %zu answered yes\n", c->yes, c->asked);
    show_text(cli, "Rationale", s->rationale);
    show_text(cli, "Why the grade went down", s->reason);
    show_text(cli, "Observed", s->observed);
}

static bool table_of(Cli *cli, RiskTable *out, Err *err)
{
    CaseView view;

    if (!app_case_look(cli->app, cli->words[0], "risk.show", cli->arena, &view, err)) return false;
    app_risk_compare(cli->app, &view.doc, cli->arena, out);
    if (out->n_columns == 0) cli_say("The risk of %s is not yet assessed.", view.row.id);
    return true;
}

bool cmd_risk_show(Cli *cli, Err *err)
{
    RiskTable table;
    Out *out;

    if (!table_of(cli, &table, err)) return false;
    if (cli->format == FORMAT_TABLE) {
        for (size_t i = 0; i < table.n_columns; i++) show_words(cli, &table.columns[i], i == 0);
        return true;
    }
    out = cli_out(cli, show_columns, ARRAY_LEN(show_columns));
    for (size_t i = 0; i < table.n_columns; i++) show_row(cli, out, &table.columns[i]);
    return out_end(&out, err);
}

/* --- risk compare ----------------------------------------------------------------------------- */
enum { COMPARED_MAX = 40 };

static const char *cell_of(Cli *cli, const RiskRow *row, size_t column)
{
    const char *context = row->context[column];

    if (!row->answer[column]) return NULL;
    if (cli->format == FORMAT_TABLE || !context) return row->answer[column];
    return arena_printf(cli->arena, "%s: %s", row->answer[column], context);
}

/* Factors down, assessments across, the oldest first. A table has no room for contexts; csv and json have. */
bool cmd_risk_compare(Cli *cli, Err *err)
{
    Column columns[COMPARED_MAX + 3] = { { "factor", "factor", AS_DATA, false }, { "label", "factor", AS_ANY, false } };
    RiskTable t;
    size_t shown, first;
    Out *out;

    if (!table_of(cli, &t, err)) return false;
    shown = t.n_columns < COMPARED_MAX ? t.n_columns : COMPARED_MAX;
    first = t.n_columns - shown;
    for (size_t c = 0; c < shown; c++) {
        const char *name = arena_printf(cli->arena, "assessment_%zu", first + c + 1);
        columns[2 + c] = (Column){ name, t.columns[first + c].title, AS_ANY, false };
    }
    columns[2 + shown] = (Column){ "changed", "changed", AS_ANY, false };
    if (first) cli_say("Only the newest %zu of %zu assessments are shown.", shown, t.n_columns);
    out = cli_out(cli, columns, shown + 3);
    for (size_t i = 0; i < t.n_rows; i++) {
        out_text(out, t.rows[i].factor);
        out_text(out, t.rows[i].label);
        for (size_t c = 0; c < shown; c++) out_text(out, cell_of(cli, &t.rows[i], first + c));
        out_yes(out, t.rows[i].changed);
        out_row(out);
    }
    return out_end(&out, err);
}

/* --- risk drift ------------------------------------------------------------------------------- */
static const Column drift_columns[] = { { "what", "", AS_ANY, false }, { "name", "name", AS_ANY, false },
    { "both", "both", AS_ANY, true }, { "same", "same", AS_ANY, true }, { "up", "up", AS_ANY, true },
    { "down", "down", AS_ANY, true } };

static void drift_row(
    Out *out, const char *what, const char *name, int64_t both, int64_t same, int64_t up, int64_t down)
{
    out_text(out, what);
    out_text(out, name);
    out_int(out, both);
    out_int(out, same);
    out_int(out, up);
    out_int(out, down);
    out_row(out);
}

/* Grades by team, answers by factor: up is a higher grade, or an answer that became yes. */
bool cmd_risk_drift(Cli *cli, Err *err)
{
    RiskDrift *teams = NULL;
    FactorDrift *factors = NULL;
    size_t n_teams = 0, n_factors = 0;
    Time from, to;
    Out *out;

    if (!cli_period(cli, &from, &to, err)) return false;
    if (!app_risk_drift(cli->app, from, to, &cli->progress, cli->arena, &teams, &n_teams, &factors, &n_factors, err))
        return false;
    if (n_teams == 0) cli_say("No case of that time was assessed twice.");
    out = cli_out(cli, drift_columns, ARRAY_LEN(drift_columns));
    for (size_t i = 0; i < n_teams; i++)
        drift_row(out, "team", *teams[i].team ? teams[i].team : "no team named", teams[i].both, teams[i].same,
            teams[i].up, teams[i].down);
    for (size_t i = 0; i < n_factors; i++)
        drift_row(
            out, "factor", factors[i].label, factors[i].both, factors[i].same, factors[i].to_yes, factors[i].from_yes);
    return out_end(&out, err);
}

/* --- instrument check, show, activate ---------------------------------------------------------- */
static Instrument *read_instrument(Cli *cli, const char *name, const char *text, size_t n, Err *err)
{
    PolicyProblems problems = { .arena = cli->arena };
    Instrument *i = instrument_parse(name, text, n, &problems);
    Str page = { 0 };

    (void)err;
    if (i) return i;
    str_add_n(&page, text, n);
    cli_say_problems(cli, name, &page, &problems);
    str_finish(&page);
    cli->found = true;
    return NULL;
}

static void say_instrument(Cli *cli, const char *name, const Instrument *i)
{
    size_t n, n_groups, n_thresholds;

    instrument_factors(i, &n);
    instrument_groups(i, &n_groups);
    instrument_thresholds(i, &n_thresholds);
    cli_print(cli, "%s: %s, %zu factors, %zu of them in supplements, %zu groups, %zu threshold%s; no problems.\n", name,
        instrument_id(i), n, n - instrument_always(i), n_groups, n_thresholds, n_thresholds == 1 ? "" : "s");
}

bool cmd_instrument_check(Cli *cli, Err *err)
{
    Str text = { 0 };
    bool ok = cli_read_all(cli->words[0], &text, err);
    Instrument *i = ok ? read_instrument(cli, cli->words[0], str_text(&text), text.n, err) : NULL;

    if (i) say_instrument(cli, cli->words[0], i);
    instrument_free(&i);
    str_finish(&text);
    return ok;
}

static const Column factor_columns[] = { { "factor", "factor", AS_ANY, false }, { "label", "label", AS_ANY, false },
    { "group", "group", AS_ANY, false }, { "high", "high", AS_ANY, false },
    { "asked_after", "asked after", AS_ANY, false }, { "help", "help", AS_DATA, false } };

static void factor_row(Cli *cli, Out *out, const Instrument *i, const InstrumentFactor *f)
{
    size_t n;
    const InstrumentGroup *g = &instrument_groups(i, &n)[f->group];
    const char **openers = arena_zero(cli->arena, g->n_openers + 1, sizeof *openers);

    for (size_t k = 0; k < g->n_openers; k++) openers[k] = instrument_factors(i, &n)[g->openers[k]].code;
    out_text(out, f->code);
    out_text(out, f->label);
    out_text(out, g->title);
    out_yes(out, f->high);
    out_words(out, openers, g->n_openers);
    out_text(out, f->help);
    out_row(out);
}

static bool show_factors(Cli *cli, const Instrument *i, Err *err)
{
    size_t n;
    const InstrumentFactor *f = instrument_factors(i, &n);
    Out *out = cli_out(cli, factor_columns, ARRAY_LEN(factor_columns));

    for (size_t k = 0; k < n; k++) factor_row(cli, out, i, &f[k]);
    return out_end(&out, err);
}

/* One that comes with the program, by name; with --as the one in force; else a file. */
bool cmd_instrument_show(Cli *cli, Err *err)
{
    const char *name = cli->words[0], *text;
    const Instrument *in_force;
    Instrument *i = NULL;
    Str file = { 0 };
    size_t n = 0;
    bool ok = true;

    if (cli_has(cli, OPT_AS)) {
        if (!cli_open_store(cli, err) || !cli_sign_in(cli, err) || !app_may(cli->app, PERM_POLICY_READ, err))
            return false;
        in_force = app_instrument(cli->app, name, err);
        return in_force && show_factors(cli, in_force, err);
    }
    text = instrument_builtin(name, &n);
    if (!text && (ok = cli_read_all(name, &file, err))) text = str_text(&file), n = file.n;
    if (ok) i = read_instrument(cli, name, text, n, err);
    if (i) ok = show_factors(cli, i, err);
    instrument_free(&i);
    str_finish(&file);
    return ok;
}

bool cmd_instrument_activate(Cli *cli, Err *err)
{
    const char *name = cli->words[0];
    PolicyProblems problems = { .arena = cli->arena };
    Str text = { 0 };
    bool ok = cli_read_all(name, &text, err) &&
              app_instrument_activate(cli->app, name, str_text(&text), text.n, &problems, err);

    if (problems.n) cli_say_problems(cli, name, &text, &problems);
    if (ok) cli_print(cli, "%s is in force from now on; assessments keep the version they were made with.\n", name);
    str_finish(&text);
    return ok;
}
