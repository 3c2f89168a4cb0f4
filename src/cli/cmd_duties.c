/* cmd_duties.c — what must be done: every duty, the queue, and the explanations. */
#include "cli_inside.h"

#include "app/caseload.h"
#include "app/queue.h"
#include "base/mem.h"

#include <string.h>

static Shade shade_of(DutyState s)
{
    static const Shade shades[DUTY_STATE_COUNT] = { [DUTY_OVERDUE] = SHADE_BAD,
        [DUTY_OPEN] = SHADE_WARN,
        [DUTY_DONE] = SHADE_GOOD,
        [DUTY_LATE] = SHADE_GOOD,
        [DUTY_VOID] = SHADE_DIM,
        [DUTY_MISSED] = SHADE_BAD,
        [DUTY_WAITING] = SHADE_DIM };

    return shades[s];
}

/* In json the key is left out where there is none. */
static void time_if(Out *out, Time t)
{
    if (t == TIME_NONE)
        out_text_if(out, NULL);
    else
        out_time(out, t);
}

/* --- duties ---------------------------------------------------------------------------------- */
static const Column duty_columns[] = { { "case", "case", AS_ANY, false }, { "duty", "duty", AS_ANY, false },
    { "cycle", "cycle", AS_ANY, true }, { "owner", "owner", AS_ANY, false }, { "state", "state", AS_ANY, false },
    { "start", "start", AS_DATA, false }, { "opens", "opens", AS_DATA, false }, { "due", "due", AS_ANY, false },
    { "done", "done", AS_ANY, false }, { "cite", "paragraph", AS_ANY, false }, { "policy", "policy", AS_DATA, false },
    { "says", "what", AS_TABLE, false }, { "held", "held until", AS_JSON, false } };

typedef struct DutyList {
    Cli *cli;
    Out *out;
    const char *policy;
    const char *id, *cite; /* of the last duty */
} DutyList;

static const char *cite_of(DutyList *list, const char *duty)
{
    const PolicyDuty *rule;

    if (list->id && (list->id == duty || !strcmp(list->id, duty))) return list->cite;
    rule = app_rule(list->cli->app, duty);
    list->id = rule ? rule->id : NULL;
    list->cite = rule ? rule->cite : NULL;
    return list->cite;
}

static bool duty_row(void *with, const char *case_id, const Duty *d, DutyState state, Err *err)
{
    DutyList *list = with;

    if (cli_stopped()) return err_set(err, ERR_STOPPED, "", "Stopped.");
    out_text(list->out, case_id);
    out_text(list->out, d->id);
    out_int(list->out, d->cycle);
    out_text(list->out, role_word(d->owner));
    out_shaded(list->out, duty_state_word(state), shade_of(state));
    out_time(list->out, d->start);
    out_time(list->out, d->opens);
    out_time(list->out, d->due);
    out_time(list->out, d->done);
    out_text(list->out, cite_of(list, d->id));
    out_text(list->out, list->policy);
    out_text_if(list->out, d->says && *d->says ? d->says : NULL);
    time_if(list->out, d->held > app_now(list->cli->app) ? d->held : TIME_NONE);
    return out_row(list->out);
}

static unsigned states_of(const Cli *cli)
{
    unsigned states = 0;
    DutyState s;

    for (size_t i = 0; i < cli->n_given; i++)
        if (cli->given[i].id == OPT_STATE && duty_state_by_word(cli->given[i].value, &s)) states |= 1u << s;
    return states;
}

bool cmd_duties(Cli *cli, Err *err)
{
    const char *role = cli_value(cli, OPT_ROLE);
    DutyFilter filter = { cli_value(cli, OPT_CASE), role ? role_by_word(role) : ROLE_NONE, states_of(cli) };
    DutyList list = { .cli = cli, .policy = policy_id(app_policy(cli->app)) };
    bool ok;

    list.out = cli_out(cli, duty_columns, ARRAY_LEN(duty_columns));
    ok = app_duties_each(cli->app, &filter, duty_row, &list, err);
    return out_end(&list.out, ok ? err : NULL) && ok;
}

/* --- queue ----------------------------------------------------------------------------------- */
static const Column queue_columns[] = { { "state", "", AS_ANY, false }, { "late", "", AS_TABLE, true },
    { "case", "case", AS_ANY, false }, { "grade", "grade", AS_ANY, false }, { "duty", "duty", AS_ANY, false },
    { "cycle", "cycle", AS_DATA, true }, { "owner", "owner", AS_ANY, false }, { "offence", "offence", AS_ANY, false },
    { "start", "start", AS_DATA, false }, { "opens", "opens", AS_DATA, false }, { "due", "due", AS_ANY, false },
    { "cite", "paragraph", AS_ANY, false }, { "investigator", "officer", AS_TABLE | AS_JSON, false },
    { "says", "what", AS_TABLE | AS_JSON, false }, { "held", "held until", AS_DATA, false }, { "place", "stands here", AS_ANY, false } };

/* `before`: the row above; with `places` the last cell says why this one stands here. */
static void queue_row(Cli *cli, Out *out, const QueueRow *before, const QueueRow *r, Arena *a)
{
    Time now = app_now(cli->app);
    DutyState state = now < r->opens ? DUTY_WAITING : now > r->due ? DUTY_OVERDUE : DUTY_OPEN;
    const PolicyDuty *rule = app_rule(cli->app, r->duty);
    char span[CIVIL_TEXT];

    if (r->held > now && cli->format == FORMAT_TABLE) {
        out_shaded(out, "held", SHADE_DIM);
        out_text(out, civil_words_span(r->held - now, span));
    } else {
        out_shaded(out, duty_state_word(state), shade_of(state));
        out_text(out, civil_words_span(state == DUTY_WAITING ? r->opens - now : r->due - now, span));
    }
    out_text(out, r->case_id);
    out_shaded(out, r->grade ? vocab_word(app_vocabs(cli->app), VOCAB_GRADE, r->grade) : NULL,
        r->grade == GRADE_HIGH ? SHADE_BAD : SHADE_NONE);
    out_text(out, r->duty);
    out_int(out, r->cycle);
    out_text(out, role_word(r->owner));
    out_text(out, r->offence);
    out_time(out, r->start);
    out_time(out, r->opens);
    out_time(out, r->due);
    out_text(out, rule ? rule->cite : NULL);
    out_text_if(out, r->investigator && cli->format == FORMAT_TABLE ? app_officer_name(cli->app, r->investigator, a) : r->investigator);
    out_text_if(out, r->says);
    time_if(out, r->held > now ? r->held : TIME_NONE);
    if (cli_has(cli, OPT_PLACES)) out_text(out, app_queue_order_words(app_vocabs(cli->app), before, r, now, a));
    out_row(out);
}

static QueueTab tab_of(const Cli *cli)
{
    const char *word = cli_value(cli, OPT_TAB);

    for (size_t t = 0; word && t < TAB_COUNT; t++)
        if (!strcmp(cli_tab_words(t), word)) return (QueueTab)t;
    return TAB_ALL;
}

static bool queue_pages(Cli *cli, DeskQuery q, int64_t left, Out *out, Err *err)
{
    Arena *arenas[2] = { arena_new(),
        arena_new() }; /* the last row of a page is asked with while the next one is read */
    size_t n = 1;
    bool ok = true;

    for (int page = 0; ok && n && left > 0 && !cli_stopped(); page++) {
        QueueRow *rows = NULL;
        q.limit = left < 500 ? (size_t)left : 500;
        arena_reset(arenas[page & 1]);
        ok = app_queue_page(cli->app, &q, arenas[page & 1], &rows, &n, err);
        if (!ok || !n) break;
        for (size_t i = 0; i < n; i++) queue_row(cli, out, i ? &rows[i - 1] : q.from, &rows[i], arenas[page & 1]);
        left -= (int64_t)n;
        q.from = &rows[n - 1];
    }
    arena_free(&arenas[0]);
    arena_free(&arenas[1]);
    return ok;
}

bool cmd_queue(Cli *cli, Err *err)
{
    const char *grade = cli_value(cli, OPT_GRADE), *duty = cli_value(cli, OPT_DUTY);
    DeskQuery q = { .tab = TAB_ALL };
    DeskView view;
    int64_t limit;
    Out *out;
    bool ok;

    if (!cli_number(cli, OPT_LIMIT, 1, LIMIT_MAX, INT64_MAX, &limit, err)) return false;
    if (cli_value(cli, OPT_VIEW)) {
        if (!app_view_find(cli->app, cli_value(cli, OPT_VIEW), cli->arena, &view, err)) return false;
        app_view_query(cli->app, &view, &q);
    }
    if (cli_has(cli, OPT_TAB)) q.tab = tab_of(cli);
    if (cli_has(cli, OPT_ROLE)) q.roles = cli_roles(cli);
    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if ((q.roles & ROLE_BIT(r)) && (r == ROLE_KEEPER || r == ROLE_AUDITOR))
            return err_set(err, ERR_USAGE, "role", "A %s has no queue: no duty is theirs.", role_word(r));
    if (duty) q.only_duty = duty;
    if (cli_has(cli, OPT_OFFICER) && !app_holder_named(cli->app, cli_value(cli, OPT_OFFICER), cli->arena, &q.only_of, err)) return false;
    if (cli_value(cli, OPT_WORDS)) q.only_words = cli_value(cli, OPT_WORDS);
    if (grade) q.only_grade = vocab_code(app_vocabs(cli->app), VOCAB_GRADE, grade);
    if (duty && !app_rule(cli->app, duty))
        return err_set(err, ERR_MISSING, "duty", "The policy has no duty \"%.60s\".", duty);
    out = cli_out(cli, queue_columns, ARRAY_LEN(queue_columns) - (cli_has(cli, OPT_PLACES) ? 0 : 1));
    ok = queue_pages(cli, q, limit, out, err);
    return out_end(&out, ok ? err : NULL) && ok;
}

/* --- why and why not ------------------------------------------------------------------------- */
static const char *const why_words[] = { "rule", "condition", "fact", "clock", "state", "clears", "text" };
static const char *const why_headings[] = { "Rule", "Conditions", "Facts", "Clock", "Now", "What would clear it",
    "As written" }; /* by WhyKind */
static const char *const truth_words[] = { "no", "yes", "unknown" };

static void why_time(Str *line, const char *name, Time t)
{
    str_addf(line, ",\"%s\":", name);
    json_add_time(line, t);
}

void cli_why_lines(Str *json, const WhyLine *lines, size_t n)
{
    str_add(json, ",\"lines\":[");
    for (size_t i = 0; i < n; i++) {
        const WhyLine *l = &lines[i];
        str_addf(json, "%s{\"kind\":\"%s\"", i ? "," : "", why_words[l->kind]);
        if (l->kind == WHY_CONDITION) json_member(json, "truth", truth_words[l->truth]);
        str_addf(json, ",\"indent\":%d,\"line\":%d", l->indent, l->line);
        json_member(json, "text", l->text);
        str_add_char(json, '}');
    }
    str_add_char(json, ']');
}

static void why_json(Cli *cli, const char *case_id, const char *duty, const Why *w)
{
    Str line = { 0 };

    str_add(&line, "{\"case\":");
    json_add(&line, case_id);
    json_member(&line, "duty", duty);
    str_addf(&line, ",\"asked\":%s", w->asked ? "true" : "false");
    if (w->asked) {
        str_addf(&line, ",\"cycle\":%d", w->duty.cycle);
        json_member(&line, "owner", role_word(w->duty.owner));
        json_member(&line, "state", duty_state_word(duty_state(&w->duty, app_now(cli->app))));
        why_time(&line, "start", w->duty.start);
        why_time(&line, "opens", w->duty.opens);
        why_time(&line, "due", w->duty.due);
        why_time(&line, "done", w->duty.done);
        if (w->duty.says) json_member(&line, "says", w->duty.says);
    }
    json_member(&line, "policy", policy_id(app_policy(cli->app)));
    json_member(&line, "policy_hash", policy_hash(app_policy(cli->app)));
    json_member(&line, "why", w->short_why);
    json_member(&line, "clock", w->short_clock);
    json_member(&line, "clears", w->short_clears);
    cli_why_lines(&line, w->lines, w->n);
    str_add(&line, "}\n");
    fwrite(line.s, 1, line.n, stdout);
    str_finish(&line);
}

static void why_line(Cli *cli, const WhyLine *l)
{
    static const char *const marks[] = { "no   ", "yes  ", "?    " };

    if (l->kind == WHY_TEXT)
        cli_print(cli, "  %4d  %s\n", l->line, l->text);
    else if (l->kind == WHY_CONDITION)
        cli_print(cli, "  %*s%s%s\n", 2 * l->indent, "", marks[l->truth], l->text);
    else if (l->kind == WHY_FACT)
        cli_print_wrapped(cli, l->text, 7 + 2 * l->indent, 100);
    else
        cli_print_wrapped(cli, l->text, 2 + 2 * l->indent, 100);
}

/* Facts stand under the condition or the clock line that asked for them. */
void cli_why_sections(Cli *cli, const WhyLine *lines, size_t n)
{
    int section = -1;

    for (size_t i = 0; i < n; i++) {
        int kind = (int)lines[i].kind;
        if (kind != section && (kind != WHY_FACT || section < 0 || section == WHY_RULE)) {
            cli_print(cli, "\n%s\n", why_headings[kind]);
            section = kind;
        }
        why_line(cli, &lines[i]);
    }
}

static void why_people(Cli *cli, const char *case_id, const char *duty, const Why *w)
{
    if (w->asked)
        cli_print(cli, "%s of %s, cycle %d, is %s.\n", duty, case_id, w->duty.cycle,
            duty_state_word(duty_state(&w->duty, app_now(cli->app))));
    else
        cli_print(cli, "%s is not asked of %s.\n", duty, case_id);
    cli_print(cli, "Says the policy %s.\n", app_policy_words(cli->app, cli->arena));
    cli_why_sections(cli, w->lines, w->n);
}

static bool explain(Cli *cli, bool expected, Err *err)
{
    int64_t cycle;
    RuleKind kind;
    CaseView view;
    Why why;

    if (!cli_number(cli, OPT_CYCLE, 0, 1000000, -1, &cycle, err)) return false;
    if (!app_case_look(cli->app, cli->words[0], "why", cli->arena, &view, err)) return false;
    if (policy_rule_kind(app_policy(cli->app), cli->words[1], &kind) && kind != RULE_DUTY)
        return cli_why_check(cli, kind, &view, expected, err);
    if (!app_case_why(cli->app, &view, cli->words[1], (int)cycle, cli->arena, &why, err)) return false;
    if (cli->format == FORMAT_JSON)
        why_json(cli, view.row.id, cli->words[1], &why);
    else
        why_people(cli, view.row.id, cli->words[1], &why);
    cli->found = why.asked != expected;
    return true;
}

bool cmd_why(Cli *cli, Err *err)
{
    return explain(cli, true, err);
}

bool cmd_why_not(Cli *cli, Err *err)
{
    return explain(cli, false, err);
}
