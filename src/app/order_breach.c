/* order_breach.c — an order or bail that was broken: the breach, the offence that it is, the arrest, in one act, so that an officer at
** the door has one thing to do. */
#include "inside.h"

#include "app/order.h"
#include "base/mem.h"
#include "base/str.h"

#include <string.h>

static const CourtOrder *order_of(const CaseDoc *doc, const char *key)
{
    for (size_t i = 0; i < doc->n_orders; i++)
        if (str_eq(doc->orders[i].key, key)) return &doc->orders[i];
    return NULL;
}

static const Bail *bail_of(const CaseDoc *doc, const char *key)
{
    for (size_t i = 0; i < doc->n_bail; i++)
        if (str_eq(doc->bail[i].key, key)) return &doc->bail[i];
    return NULL;
}

/* Which breach is an offence by itself, and the class it has on CRIS. */
static const struct {
    const char *order, *offence;
} classes[] = {
    { "non-molestation", "breach-non-molestation" },
    { "restraining", "breach-restraining-order" },
};

Code order_breach_offence(const CaseDoc *doc, const Vocabs *v, const char *key)
{
    const CourtOrder *o = order_of(doc, key);

    for (size_t i = 0; o && i < ARRAY_LEN(classes); i++)
        if (str_eq(vocab_word(v, VOCAB_ORDER, o->kind), classes[i].order))
            return vocab_code(v, VOCAB_OFFENCE, classes[i].offence);
    return CODE_NONE;
}

/* It broke something that held then. */
static bool held(const CaseDoc *doc, const BreachAsk *ask, Time at, const char **person, Err *err)
{
    const CourtOrder *o = order_of(doc, ask->of);
    const Bail *b = bail_of(doc, ask->of);
    Time from = o ? o->at : b ? b->at : TIME_NONE, end = o ? o->ended_at : b ? b->ended_at : TIME_NONE;
    char when[CIVIL_TEXT];

    if (!o && !b)
        return err_set(err, ERR_MISSING, "of", "This case has no order and no bail \"%.20s\".", ask->of ? ask->of : "");
    *person = o ? o->person : b->person;
    if (from != TIME_NONE && at < from)
        return err_set(err, ERR_INVALID, "at", "It was made only on %s.", civil_words_full(from, when));
    if (end != TIME_NONE && at > end)
        return err_set(err, ERR_INVALID, "at", "It ended on %s; what ended is not broken.", civil_words_full(end, when));
    return true;
}

/* What the ask says besides the breach needs its own permission. */
static bool may_say(App *app, const BreachAsk *ask, const char *id, Err *err)
{
    return (!ask->offence || app_may_do(app, PERM_ADD_OFFENCE, "breach.add", id, err)) &&
           (!ask->arrest || app_may_do(app, PERM_ADD_EVENT, "breach.add", id, err));
}

static void say_offence(Change *c, const BreachAsk *ask, Time at)
{
    Offence o;

    case_item_init(LIST_OFFENCES, &o);
    o.class = order_breach_offence(&c->doc, app_vocabs(c->app), ask->of);
    o.at = at;
    if (o.class) case_append(&c->doc, LIST_OFFENCES, &o, c->a);
}

static void say_arrest(Change *c, const char *person, Time at)
{
    Event e;

    case_item_init(LIST_EVENTS, &e);
    e.kind = vocab_code(app_vocabs(c->app), VOCAB_EVENT, "arrest");
    e.person = person;
    e.by = c->app->session.warrant;
    e.at = at;
    case_append(&c->doc, LIST_EVENTS, &e, c->a);
}

static bool breach(Change *c, const BreachAsk *ask, Err *err)
{
    const Vocabs *v = app_vocabs(c->app);
    const char *person = NULL;
    Breach b;

    case_item_init(LIST_BREACHES, &b);
    b.by = c->app->session.warrant;
    b.at = ask->at == TIME_NONE ? c->app->now : ask->at;
    if (!held(&c->doc, ask, b.at, &person, err)) return false;
    if (!case_field_set(case_list_field(LIST_BREACHES, "of"), &b, ask->of, v, c->a, err)) return false;
    if (ask->text && !case_field_set(case_list_field(LIST_BREACHES, "text"), &b, ask->text, v, c->a, err)) return false;
    if (!case_check_item(&c->doc, LIST_BREACHES, &b, v, c->app->now, err)) return false;
    case_append(&c->doc, LIST_BREACHES, &b, c->a);
    if (ask->offence) say_offence(c, ask, b.at);
    if (ask->arrest) say_arrest(c, person, b.at);
    return change_end(c, arena_printf(c->a, "%s%s%s", ask->of, ask->offence ? " offence" : "", ask->arrest ? " arrest" : ""), err);
}

bool app_order_breach(App *app, CaseRow *row, const BreachAsk *ask, Err *err)
{
    Change c = { .app = app, .row = row, .act = "breach.add", .a = arena_new_secret() };
    bool ok = may_say(app, ask, row->id, err) && change_begin(&c, PERM_ADD_BREACH, err) && breach(&c, ask, err);

    arena_free(&c.a);
    return ok;
}
