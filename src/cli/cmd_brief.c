/* cmd_brief.c — the page for where there are no screens: plain sentences first, then a line a role. */
#include "app/alert.h"
#include "cli_inside.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Borough codes as the force used them (domain facts §5.2). */
static const struct {
    const char *code, *name;
} boroughs[] = { { "KG", "Barking and Dagenham" }, { "SX", "Barnet" }, { "RY", "Bexley" }, { "QK", "Brent" },
    { "PY", "Bromley" }, { "EK", "Camden" }, { "ZD", "Croydon" }, { "XD", "Ealing" }, { "YE", "Enfield" },
    { "RG", "Greenwich" }, { "GD", "Hackney" }, { "FH", "Hammersmith and Fulham" }, { "YR", "Haringey" },
    { "QA", "Harrow" }, { "KD", "Havering" }, { "XH", "Hillingdon" }, { "TX", "Hounslow" }, { "NI", "Islington" },
    { "BS", "Kensington and Chelsea" }, { "VK", "Kingston" }, { "LX", "Lambeth" }, { "PL", "Lewisham" },
    { "VW", "Merton" }, { "KF", "Newham" }, { "JI", "Redbridge" }, { "TW", "Richmond" }, { "MD", "Southwark" },
    { "ZT", "Sutton" }, { "HT", "Tower Hamlets" }, { "JC", "Waltham Forest" }, { "WW", "Wandsworth" },
    { "CW", "Westminster" } };

static const char *borough_name(const char *code)
{
    for (size_t i = 0; i < ARRAY_LEN(boroughs); i++)
        if (!strcmp(boroughs[i].code, code)) return boroughs[i].name;
    return code;
}

static void say_sentences(Cli *cli, const BriefLine *lines, size_t n)
{
    int64_t overdue = 0, today = 0, week = 0;
    Time now = app_now(cli->app), oldest = TIME_MAX;
    char span[CIVIL_TEXT], at[CIVIL_TEXT];

    for (size_t i = 0; i < n; i++) {
        overdue += lines[i].counts[TAB_OVERDUE], today += lines[i].counts[TAB_TODAY], week += lines[i].counts[TAB_WEEK];
        if (lines[i].oldest_due != TIME_NONE && lines[i].oldest_due < oldest) oldest = lines[i].oldest_due;
    }
    cli_print(cli, "%s%s, %s.\n", borough_name(app_store(cli->app)->borough),
        app_store(cli->app)->training ? " training store" : "", civil_words_full(now, at));
    if (overdue)
        cli_print(cli, "%lld dut%s overdue, the oldest by %s; ", (long long)overdue, overdue == 1 ? "y is" : "ies are",
            civil_words_span(now - oldest, span));
    else
        cli_print(cli, "Nothing is overdue; ");
    cli_print(cli, "%lld more to do today and %lld in the seven days after.\n", (long long)today, (long long)week);
}

static void say_alert(Cli *cli, const AlertRow *r)
{
    const PolicyAlert *rule = app_alert_rule(cli->app, r->alert);
    const char *grade = r->grade ? vocab_label(app_vocabs(cli->app), VOCAB_GRADE, r->grade) : "not assessed";
    char span[CIVIL_TEXT];

    cli_print(cli, "  %s, %s, for %s: %s\n", r->case_id, grade, civil_words_span(app_now(cli->app) - r->since, span),
        rule ? rule->title : r->alert);
}

/* How many alerts wait, and the worst few of all roles. */
static void say_alerts(Cli *cli, const BriefLine *lines, size_t n)
{
    AlertRow worst[ROLE_COUNT * BRIEF_WORST];
    size_t n_worst = 0;
    int64_t waiting = 0;

    for (size_t i = 0; i < n; i++) {
        waiting += lines[i].alerts;
        for (size_t k = 0; k < lines[i].n_worst; k++) worst[n_worst++] = lines[i].worst[k];
    }
    if (!waiting) {
        cli_print(cli, "No alert waits for an answer.\n");
        return;
    }
    qsort(worst, n_worst, sizeof *worst, app_alert_order);
    cli_print(cli, "%lld alert%s for an answer%s\n", (long long)waiting, waiting == 1 ? " waits" : "s wait",
        waiting > BRIEF_WORST ? "; the worst:" : ":");
    for (size_t i = 0; i < n_worst && i < BRIEF_WORST; i++) say_alert(cli, &worst[i]);
}

static const Column columns[] = { { "role", "role", AS_ANY, false }, { "overdue", "overdue", AS_ANY, true },
    { "today", "today", AS_ANY, true }, { "week", "this week", AS_ANY, true }, { "waiting", "waiting", AS_ANY, true },
    { "all", "all", AS_ANY, true }, { "held", "held", AS_ANY, true }, { "oldest_due", "oldest due", AS_ANY, false }, { "alerts", "alerts", AS_ANY, true },
    { "worst_alerts", "worst alerts", AS_DATA, false } };

/* "KG-49S86 narrative-children": what alert answer takes. */
static void worst_words(Cli *cli, Out *out, const BriefLine *l)
{
    const char *words[BRIEF_WORST];

    for (size_t i = 0; i < l->n_worst; i++)
        words[i] = arena_printf(cli->arena, "%s %s", l->worst[i].case_id, l->worst[i].alert);
    out_words(out, words, l->n_worst);
}

static void brief_row(Cli *cli, Out *out, const BriefLine *l)
{
    Time now = app_now(cli->app);
    char span[CIVIL_TEXT], number[24];

    out_text(out, cli->format == FORMAT_TABLE ? role_label(l->role) : role_word(l->role));
    snprintf(number, sizeof number, "%lld", (long long)l->counts[TAB_OVERDUE]);
    if (cli->format == FORMAT_TABLE)
        out_shaded(out, number, l->counts[TAB_OVERDUE] ? SHADE_BAD : SHADE_NONE);
    else
        out_int(out, l->counts[TAB_OVERDUE]);
    for (int tab = TAB_TODAY; tab < TAB_COUNT; tab++) out_int(out, l->counts[tab]);
    if (cli->format == FORMAT_TABLE && l->oldest_due != TIME_NONE && l->oldest_due < now)
        out_text(out, arena_printf(cli->arena, "%s late", civil_words_span(now - l->oldest_due, span)));
    else
        out_time(out, l->oldest_due);
    out_int(out, l->alerts);
    worst_words(cli, out, l);
    out_row(out);
}

bool cmd_brief(Cli *cli, Err *err)
{
    BriefLine *lines = NULL;
    size_t n = 0;
    Out *out;

    if (!app_store(cli->app)->training && !cli_has(cli, OPT_AS))
        return err_set(err, ERR_DENIED, "as", "This store holds real cases: sign in with --as WARRANT.");
    if (!app_brief(cli->app, cli->arena, &lines, &n, err)) return false;
    if (cli->format == FORMAT_TABLE) {
        say_sentences(cli, lines, n);
        say_alerts(cli, lines, n);
    }
    if (cli->format == FORMAT_TABLE && n) fputc('\n', stdout);
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++)
        if (lines[i].counts[TAB_ALL] || lines[i].alerts) brief_row(cli, out, &lines[i]);
    return out_end(&out, err);
}
