/* cmd_alert.c — alerts on the command line: those that wait, an answer to one of them, what became of them; and the gates of a case. */
#include "cli_inside.h"

#include "app/alert.h"
#include "base/mem.h"

#include <string.h>

/* --- those that wait ------------------------------------------------------------------------- */
static const char *grade_of(const Cli *cli, Code grade)
{
    return grade ? vocab_word(app_vocabs(cli->app), VOCAB_GRADE, grade) : NULL;
}

static void waiting_row(Cli *cli, Out *out, const AlertRow *r)
{
    const PolicyAlert *rule = app_alert_rule(cli->app, r->alert);

    out_text(out, r->case_id);
    out_text(out, r->alert);
    out_text(out, rule ? rule->title : NULL);
    out_text(out, role_word(r->owner));
    out_text(out, grade_of(cli, r->grade));
    out_time(out, r->since);
    out_text(out, rule ? rule->cite : NULL);
    out_row(out);
}

static bool waiting(Cli *cli, AlertAsk q, int64_t left, Out *out, Err *err)
{
    Arena *arenas[2] = { arena_new(),
        arena_new() }; /* the last row of a page is asked with while the next one is read */
    size_t n = 1;
    bool ok = true;

    for (int page = 0; ok && n && left > 0 && !cli_stopped(); page++) {
        AlertRow *rows = NULL;
        q.limit = left < 500 ? (size_t)left : 500;
        arena_reset(arenas[page & 1]);
        ok = app_alert_page(cli->app, &q, arenas[page & 1], &rows, &n, err);
        for (size_t i = 0; ok && i < n; i++) waiting_row(cli, out, &rows[i]);
        left -= (int64_t)n;
        if (ok && n) q.from = &rows[n - 1];
    }
    arena_free(&arenas[0]);
    arena_free(&arenas[1]);
    return ok;
}

static bool list_waiting(Cli *cli, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "alert", "alert", AS_ANY, false },
        { "title", "what does not fit", AS_ANY, false }, { "owner", "owner", AS_ANY, false },
        { "grade", "grade", AS_ANY, false }, { "since", "since", AS_ANY, false },
        { "cite", "paragraph", AS_DATA, false } };
    AlertAsk q = { .roles = cli_roles(cli) };
    int64_t limit;
    Out *out;
    bool ok;

    if (!cli_number(cli, OPT_LIMIT, 1, LIMIT_MAX, LIMIT_MAX, &limit, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    ok = waiting(cli, q, limit, out, err);
    return out_end(&out, ok ? err : NULL) && ok;
}

/* --- of one case ----------------------------------------------------------------------------- */
typedef struct CaseRowWords {
    const char *alert, *says;
    Role owner;
    Time since;
    const AlertAnswer *answer;
    const char *state;
} CaseRowWords;

static void case_row(Out *out, const CaseRowWords *w)
{
    out_text(out, w->alert);
    out_text(out, w->state);
    out_text(out, w->owner ? role_word(w->owner) : NULL);
    out_time(out, w->since);
    out_text(out, w->says);
    out_text(out, w->answer ? w->answer->by : NULL);
    out_time(out, w->answer ? w->answer->at : TIME_NONE);
    out_text(out, w->answer && *w->answer->reason ? w->answer->reason : NULL);
    out_row(out);
}

static const char *word_of(const AlertAnswer *answer)
{
    return answer->dismissed ? "dismissed" : "acted";
}

static bool wanted(RoleSet roles, Role owner)
{
    return roles == 0 || (roles & ROLE_BIT(owner));
}

static void case_rows(Cli *cli, const CaseAlerts *all, Out *out)
{
    RoleSet roles = cli_roles(cli);

    for (size_t i = 0; i < all->n; i++) {
        const CaseAlertView *x = &all->items[i];
        const PolicyAlert *rule = x->fired->alert;
        const char *state = x->answer ? word_of(x->answer) : x->before ? "reopened" : "waits";
        if (wanted(roles, rule->owner))
            case_row(out, &(CaseRowWords){ rule->id, x->fired->says, rule->owner, x->since,
                              x->answer ? x->answer : x->before, state });
    }
    for (size_t i = 0; i < all->n_past && roles == 0; i++)
        case_row(out, &(CaseRowWords){ all->past[i].alert, NULL, ROLE_NONE, TIME_NONE, &all->past[i],
                          arena_printf(cli->arena, "was %s", word_of(&all->past[i])) });
}

static bool list_case(Cli *cli, const char *id, Err *err)
{
    static const Column columns[] = { { "alert", "alert", AS_ANY, false }, { "state", "state", AS_ANY, false },
        { "owner", "owner", AS_ANY, false }, { "since", "since", AS_ANY, false },
        { "says", "what does not fit", AS_ANY, false }, { "by", "answered by", AS_ANY, false },
        { "at", "at", AS_ANY, false }, { "reason", "reason", AS_ANY, false } };
    CaseAlerts all;
    CaseView view;
    Out *out;

    if (!app_case_look(cli->app, id, "alerts", cli->arena, &view, err)) return false;
    if (!app_alert_of_case(cli->app, &view, cli->arena, &all, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    case_rows(cli, &all, out);
    return out_end(&out, err);
}

bool cmd_alert_list(Cli *cli, Err *err)
{
    const char *id = cli_value(cli, OPT_CASE);

    return id ? list_case(cli, id, err) : list_waiting(cli, err);
}

/* --- an answer ------------------------------------------------------------------------------- */
bool cmd_alert_answer(Cli *cli, Err *err)
{
    bool acted = cli_has(cli, OPT_ACTED), dismissed = cli_has(cli, OPT_DISMISSED);
    const char *reason = cli->n_words > 2 ? cli->words[2] : "";

    if (acted == dismissed)
        return err_set(err, ERR_USAGE, "dismissed", "Say either --acted, or --dismissed with a reason.");
    if (!app_alert_answer(cli->app, cli->words[0], cli->words[1], NULL, dismissed, reason, err)) return false;
    cli_say("The alert %s of %s is %s.", cli->words[1], cli->words[0], dismissed ? "dismissed" : "noted as acted on");
    return true;
}

/* --- what became of them --------------------------------------------------------------------- */
static void tally_row(Out *out, const AlertTally *t)
{
    out_text(out, t->id);
    out_text(out, role_word(t->owner));
    out_int(out, t->fired);
    out_int(out, t->changed);
    out_int(out, t->acted);
    out_int(out, t->dismissed);
    out_int(out, t->open);
    out_int(out, t->open ? t->open_for / t->open / HOUR : 0);
    out_time(out, t->oldest);
    out_row(out);
}

bool cmd_alert_budget(Cli *cli, Err *err)
{
    static const Column columns[] = { { "alert", "alert", AS_ANY, false }, { "owner", "owner", AS_ANY, false },
        { "fired", "fired", AS_ANY, true }, { "changed", "facts changed", AS_ANY, true },
        { "acted", "acted on", AS_ANY, true }, { "dismissed", "dismissed", AS_ANY, true },
        { "open", "waits", AS_ANY, true }, { "open_hours", "hours each", AS_ANY, true },
        { "oldest", "oldest", AS_ANY, false } };
    AlertTally *all = NULL;
    Time from, to;
    size_t n = 0;
    Out *out;
    bool ok;

    if (!cli_period(cli, &from, &to, err)) return false;
    cli->progress = cli_progress("budget");
    ok = app_alert_budget(cli->app, from, to, &cli->progress, cli->arena, &all, &n, err);
    cli_progress_end();
    if (!ok) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) tally_row(out, &all[i]);
    return out_end(&out, err);
}

/* --- gates ----------------------------------------------------------------------------------- */
static void gate_row(const Cli *cli, Out *out, const CaseView *view, const GateVerdict *g)
{
    static const char *const states[] = { [TRUTH_NO] = "shut", [TRUTH_YES] = "open", [TRUTH_UNKNOWN] = "not answered" };

    out_text(out, g->gate->act);
    out_text(out, g->gate->id);
    out_shaded(out, states[g->open], g->open == TRUTH_YES ? SHADE_GOOD : SHADE_WARN);
    out_yes(out, app_gate_passed(cli->app, view, g));
    out_text(out, g->open == TRUTH_YES ? NULL : g->says);
    out_text(out, g->gate->cite);
    out_row(out);
}

bool cmd_gate(Cli *cli, Err *err)
{
    static const Column columns[] = { { "act", "act", AS_ANY, false }, { "gate", "gate", AS_ANY, false },
        { "state", "state", AS_ANY, false }, { "done", "done already", AS_ANY, false },
        { "says", "what is missing", AS_ANY, false }, { "cite", "paragraph", AS_DATA, false } };
    GateVerdict *gates;
    CaseView view;
    size_t n;
    Out *out;

    if (!app_case_look(cli->app, cli->words[0], "gate", cli->arena, &view, err)) return false;
    if (!app_case_gates(cli->app, &view, cli->n_words > 1 ? cli->words[1] : NULL, cli->arena, &gates, &n, err))
        return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) {
        gate_row(cli, out, &view, &gates[i]);
        cli->found |= gates[i].open != TRUTH_YES;
    }
    return out_end(&out, err);
}
