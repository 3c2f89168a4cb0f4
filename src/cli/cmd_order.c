/* cmd_order.c — orders of a court and bail: what binds whom until when, and what became of it. The same verbs take either by its key. */
#include "cli_inside.h"

#include "app/order.h"
#include "base/mem.h"

#include <string.h>

/* --- what is typed ---------------------------------------------------------------------------- */
/* A moment, or a day that stands for its last second: "until the 3rd" holds all of that day. */
static bool moment(const Cli *cli, const char *text, Time *out, Err *err)
{
    Date day;

    *out = TIME_NONE;
    if (!text) return true;
    if (civil_parse_time(text, out, NULL)) return true;
    if (civil_parse_date(text, &day, NULL)) return *out = civil_day_end(day), true;
    return civil_parse_typed(text, app_now(cli->app), out, err);
}

static bool given(const Cli *cli, OptId id, Time *out, Err *err)
{
    return moment(cli, cli_value(cli, id), out, err);
}

static bool set(const Cli *cli, CaseListId list, void *item, const char *column, const char *text, Err *err)
{
    return !text ||
           case_field_set(case_list_field(list, column), item, text, app_vocabs(cli->app), cli->arena, err);
}

static bool look(Cli *cli, CaseView *view, Err *err)
{
    return app_case_look(cli->app, cli->words[0], "order", cli->arena, view, err);
}

/* --- list ------------------------------------------------------------------------------------- */
static void row_of(Cli *cli, Out *out, const OrderView *x)
{
    const CaseField *conditions = case_list_field(LIST_BAIL, "conditions");
    const char *terms = x->order ? x->order->terms : x->bail->terms;

    out_text(out, x->case_id);
    out_text(out, x->key);
    out_text(out, x->title);
    out_text(out, x->against);
    out_text(out, *x->protects ? x->protects : NULL);
    out_text(out, order_stand_words[x->stand]);
    out_time(out, x->until);
    out_text(out, *x->sign ? x->sign : NULL);
    out_time(out, x->order ? x->order->served_at : TIME_NONE);
    out_time(out, x->order ? x->order->ended_at : x->bail->ended_at);
    out_text(out, x->bail ? case_field_words(conditions, x->bail, app_vocabs(cli->app), cli->arena) : NULL);
    out_text(out, terms);
    out_row(out);
}

bool cmd_order_list(Cli *cli, Err *err)
{
    static const Column columns[] = { { "case", "case", AS_ANY, false }, { "key", "key", AS_ANY, false },
        { "what", "what", AS_ANY, false }, { "against", "against", AS_ANY, false },
        { "protects", "protects", AS_ANY, false }, { "stand", "stands", AS_DATA, false },
        { "until", "until", AS_ANY, false }, { "says", "", AS_TABLE, false }, { "served", "served", AS_ANY, false },
        { "ended", "ended", AS_ANY, false }, { "conditions", "conditions", AS_DATA, false },
        { "terms", "terms", AS_DATA, false } };
    CaseView view;
    OrderView *all;
    size_t n;
    Out *out;

    if (!look(cli, &view, err) || !app_orders_of_case(cli->app, &view, cli->arena, &all, &n, err)) return false;
    out = cli_out(cli, columns, ARRAY_LEN(columns));
    for (size_t i = 0; i < n; i++) row_of(cli, out, &all[i]);
    return out_end(&out, err);
}

/* --- made ------------------------------------------------------------------------------------- */
bool cmd_order_add(Cli *cli, Err *err)
{
    CourtOrder o;
    CaseView view;

    case_item_init(LIST_ORDERS, &o);
    if (!look(cli, &view, err)) return false;
    if (!set(cli, LIST_ORDERS, &o, "kind", cli->words[1], err) || !set(cli, LIST_ORDERS, &o, "person", cli->words[2], err) ||
        !set(cli, LIST_ORDERS, &o, "protects", cli_value(cli, OPT_PROTECTS), err) ||
        !set(cli, LIST_ORDERS, &o, "court", cli_value(cli, OPT_COURT), err) ||
        !set(cli, LIST_ORDERS, &o, "number", cli_value(cli, OPT_NUMBER), err) ||
        !set(cli, LIST_ORDERS, &o, "terms", cli_value(cli, OPT_TERMS), err))
        return false;
    if (!given(cli, OPT_EXPIRES, &o.expires, err) || !given(cli, OPT_SERVED, &o.served_at, err) ||
        !given(cli, OPT_AT, &o.at, err))
        return false;
    if (!app_order_set(cli->app, &view.row, &o, err)) return false;
    cli_say("The order stands in %s.", view.row.id);
    return true;
}

static const char *conditions_given(const Cli *cli)
{
    Str all = { 0 };
    const char *text;

    for (size_t i = 0; i < cli->n_given; i++)
        if (cli->given[i].id == OPT_CONDITION) str_addf(&all, "%s%s", all.n ? "," : "", cli->given[i].value);
    text = all.n ? arena_dup(cli->arena, str_text(&all)) : NULL;
    str_finish(&all);
    return text;
}

bool cmd_bail_add(Cli *cli, Err *err)
{
    CaseView view;
    Bail b;

    case_item_init(LIST_BAIL, &b);
    if (!look(cli, &view, err)) return false;
    if (!set(cli, LIST_BAIL, &b, "person", cli->words[1], err) ||
        !set(cli, LIST_BAIL, &b, "conditions", conditions_given(cli), err) ||
        !set(cli, LIST_BAIL, &b, "terms", cli_value(cli, OPT_TERMS), err) || !given(cli, OPT_UNTIL, &b.until, err) ||
        !given(cli, OPT_AT, &b.at, err))
        return false;
    if (!app_bail_set(cli->app, &view.row, &b, err)) return false;
    cli_say("The bail stands in %s. The victim is told of it within a working day.", view.row.id);
    return true;
}

/* --- what becomes of it ------------------------------------------------------------------------- */
static bool done(bool ok, const Cli *cli, const char *what)
{
    if (ok) cli_say("%s of %s: %s.", cli->words[1], cli->words[0], what);
    return ok;
}

bool cmd_order_served(Cli *cli, Err *err)
{
    CaseView view;
    Time at;

    if (!look(cli, &view, err) || !given(cli, OPT_AT, &at, err)) return false;
    return done(app_order_served(cli->app, &view.row, cli->words[1], at, err), cli, "served");
}

bool cmd_order_considered(Cli *cli, Err *err)
{
    CaseView view;
    Time at;

    if (!look(cli, &view, err) || !given(cli, OPT_AT, &at, err)) return false;
    return done(app_order_considered(cli->app, &view.row, cli->words[1], at, err), cli, "its end was considered");
}

bool cmd_order_end(Cli *cli, Err *err)
{
    CaseView view;
    Time at;

    if (!look(cli, &view, err) || !given(cli, OPT_AT, &at, err)) return false;
    return done(app_order_ended(cli->app, &view.row, cli->words[1], cli->words[2], at, err), cli, "ended");
}

bool cmd_order_extend(Cli *cli, Err *err)
{
    CaseView view;
    Time until;

    if (!look(cli, &view, err) || !moment(cli, cli->words[2], &until, err)) return false;
    return done(app_order_extended(cli->app, &view.row, cli->words[1], until, err), cli, "a new one takes its place");
}

bool cmd_order_breach(Cli *cli, Err *err)
{
    BreachAsk ask = { .of = cli->words[1],
        .text = cli->n_words > 2 ? cli->words[2] : NULL,
        .offence = cli_has(cli, OPT_OFFENCE),
        .arrest = cli_has(cli, OPT_ARREST) };
    CaseView view;

    if (!look(cli, &view, err) || !given(cli, OPT_AT, &ask.at, err)) return false;
    return done(app_order_breach(cli->app, &view.row, &ask, err), cli, "the breach is recorded");
}
