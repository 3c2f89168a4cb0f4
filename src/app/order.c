/* order.c — what happens to an order or bail: made, served, considered, ended, extended. Each is one act; whoever ends or extends bail
** says in the same act the event of which the victim is told (BD 3.5), so that neither can be forgotten. */
#include "inside.h"

#include "app/order.h"
#include "base/str.h"

#include <string.h>

typedef struct Bond { /* one of the two */
    CourtOrder *order;
    Bail *bail;
} Bond;

static Bond bond_of(CaseDoc *doc, const char *key)
{
    for (size_t i = 0; i < doc->n_orders; i++)
        if (str_eq(doc->orders[i].key, key)) return (Bond){ .order = &doc->orders[i] };
    for (size_t i = 0; i < doc->n_bail; i++)
        if (str_eq(doc->bail[i].key, key)) return (Bond){ .bail = &doc->bail[i] };
    return (Bond){ 0 };
}

static bool no_such(const char *key, Err *err)
{
    return err_set(err, ERR_MISSING, "of", "This case has no order and no bail \"%.20s\".", key);
}

/* A fact that is there already is not said again. */
static bool not_yet(Time already, const char *field, const char *what, Err *err)
{
    char when[CIVIL_TEXT];

    return already == TIME_NONE ||
           err_set(err, ERR_INVALID, field, "%s already, on %s.", what, civil_words_full(already, when));
}

/* ---- a key, and the officer ---- */

static const char *free_key(CaseDoc *doc, char letter, Arena *a)
{
    const char *key;
    size_t n = 1;

    do key = arena_printf(a, "%c%zu", letter, n++);
    while (bond_of(doc, key).order || bond_of(doc, key).bail);
    return key;
}

/* ---- events ---- */

static bool has_event(const CaseDoc *doc, const Event *e)
{
    for (size_t i = 0; i < doc->n_events; i++) {
        const Event *x = &doc->events[i];
        if (x->withdrawn.at == TIME_NONE && x->kind == e->kind && str_eq(x->person, e->person) && x->at != TIME_NONE &&
            civil_local_date(x->at) == civil_local_date(e->at))
            return true;
    }
    return false;
}

/* Where that day has none of the kind for that person. */
static void say_event(Change *c, const char *word, const char *person, Time at)
{
    Event e;

    case_item_init(LIST_EVENTS, &e);
    e.kind = vocab_code(app_vocabs(c->app), VOCAB_EVENT, word);
    e.person = person;
    e.by = c->app->session.warrant;
    e.at = at;
    if (!has_event(&c->doc, &e)) case_append(&c->doc, LIST_EVENTS, &e, c->a);
}

/* ---- the run of an act: its own arena, whose texts nobody keeps ---- */

typedef bool Doing(Change *c, const void *what, Err *err);

static bool run(App *app, CaseRow *row, const char *act, Perm perm, Doing *doing, const void *what, Err *err)
{
    Change c = { .app = app, .row = row, .act = act, .a = arena_new_secret() };
    bool ok = change_begin(&c, perm, err) && doing(&c, what, err);

    arena_free(&c.a);
    return ok;
}

typedef struct Turn { /* what becomes of one that is there */
    const char *key, *how;
    Time at;
} Turn;

static Time turn_at(const Change *c, const Turn *t)
{
    return t->at == TIME_NONE ? c->app->now : t->at;
}

/* The permission is that of the list it stands in: asked again where it is bail. */
static Perm perm_of(const char *key)
{
    return key && key[0] == 'b' ? PERM_ADD_BAIL : PERM_ADD_ORDER;
}

/* ---- made ---- */

static bool lasts(Time from, Time until, const char *field, const char *what, Err *err)
{
    return until == TIME_NONE || from == TIME_NONE || until > from ||
           err_set(err, ERR_INVALID, field, "%s cannot end before it begins.", what);
}

static bool set_order(Change *c, const void *what, Err *err)
{
    CourtOrder o = *(const CourtOrder *)what;

    o.key = free_key(&c->doc, 'o', c->a);
    o.by = c->app->session.warrant;
    if (o.at == TIME_NONE) o.at = c->app->now;
    o.considered_at = o.ended_at = TIME_NONE;
    o.ended = CODE_NONE;
    if (!lasts(o.at, o.expires, "expires", "An order", err)) return false;
    if (!item_fields_fit(app_vocabs(c->app), LIST_ORDERS, &o, c->a, err)) return false;
    if (!case_check_item(&c->doc, LIST_ORDERS, &o, app_vocabs(c->app), c->app->now, err)) return false;
    case_append(&c->doc, LIST_ORDERS, &o, c->a);
    return change_end(c, o.key, err);
}

bool app_order_set(App *app, CaseRow *row, const CourtOrder *order, Err *err)
{
    return run(app, row, "order.set", PERM_ADD_ORDER, set_order, order, err);
}

static bool set_bail(Change *c, const void *what, Err *err)
{
    Bail b = *(const Bail *)what;

    b.key = free_key(&c->doc, 'b', c->a);
    b.by = c->app->session.warrant;
    if (b.at == TIME_NONE) b.at = c->app->now;
    b.ended_at = TIME_NONE;
    b.ended = CODE_NONE;
    if (!lasts(b.at, b.until, "until", "Bail", err)) return false;
    if (!item_fields_fit(app_vocabs(c->app), LIST_BAIL, &b, c->a, err)) return false;
    if (!case_check_item(&c->doc, LIST_BAIL, &b, app_vocabs(c->app), c->app->now, err)) return false;
    case_append(&c->doc, LIST_BAIL, &b, c->a);
    say_event(c, "bail", b.person, b.at);
    return change_end(c, b.key, err);
}

bool app_bail_set(App *app, CaseRow *row, const Bail *bail, Err *err)
{
    return run(app, row, "bail.set", PERM_ADD_BAIL, set_bail, bail, err);
}

/* ---- served, considered ---- */

static bool serve(Change *c, const void *what, Err *err)
{
    const Turn *t = what;
    CourtOrder *o = bond_of(&c->doc, t->key).order;

    if (!o) return no_such(t->key, err);
    if (!not_yet(o->served_at, "served_at", "It was served", err)) return false;
    o->served_at = turn_at(c, t);
    return change_end(c, t->key, err);
}

bool app_order_served(App *app, CaseRow *row, const char *key, Time at, Err *err)
{
    return run(app, row, "order.serve", PERM_ADD_ORDER, serve, &(Turn){ key, NULL, at }, err);
}

static bool consider(Change *c, const void *what, Err *err)
{
    const Turn *t = what;
    CourtOrder *o = bond_of(&c->doc, t->key).order;

    if (!o) return no_such(t->key, err);
    if (!not_yet(o->considered_at, "considered_at", "Its end was considered", err)) return false;
    o->considered_at = turn_at(c, t);
    return change_end(c, t->key, err);
}

bool app_order_considered(App *app, CaseRow *row, const char *key, Time at, Err *err)
{
    return run(app, row, "order.consider", PERM_ADD_ORDER, consider, &(Turn){ key, NULL, at }, err);
}

/* ---- ended ---- */

static bool no_such_end(const Change *c, VocabId vocab, const char *how, Err *err)
{
    Str words = { 0 };

    vocab_list(app_vocabs(c->app), vocab, &words);
    err_set(err, ERR_INVALID, "ended", "It does not end \"%.40s\": say %s.", how ? how : "", str_text(&words));
    str_finish(&words);
    return false;
}

static bool end_order(Change *c, CourtOrder *o, const Turn *t, Err *err)
{
    Code how = vocab_code(app_vocabs(c->app), VOCAB_ORDER_END, t->how ? t->how : "");

    if (!how) return no_such_end(c, VOCAB_ORDER_END, t->how, err);
    if (!not_yet(o->ended_at, "ended_at", "It ended", err)) return false;
    o->ended_at = turn_at(c, t);
    o->ended = how;
    if (o->considered_at == TIME_NONE) o->considered_at = o->ended_at; /* whoever says how it ended has considered it */
    return true;
}

/* By the word of how it ended: what the victim is told of. */
static const char *event_of_end(const char *how)
{
    return str_eq(how, "charged") ? "charge" : str_eq(how, "no-further-action") ? "no-further-action" : "bail-change";
}

static bool end_bail(Change *c, Bail *b, const Turn *t, Err *err)
{
    Code how = vocab_code(app_vocabs(c->app), VOCAB_BAIL_END, t->how ? t->how : "");

    if (!how) return no_such_end(c, VOCAB_BAIL_END, t->how, err);
    if (!not_yet(b->ended_at, "ended_at", "It ended", err)) return false;
    b->ended_at = turn_at(c, t);
    b->ended = how;
    say_event(c, event_of_end(t->how), b->person, b->ended_at);
    return true;
}

static bool end(Change *c, const void *what, Err *err)
{
    const Turn *t = what;
    Bond bond = bond_of(&c->doc, t->key);

    if (!bond.order && !bond.bail) return no_such(t->key, err);
    return (bond.order ? end_order(c, bond.order, t, err) : end_bail(c, bond.bail, t, err)) &&
           change_end(c, arena_printf(c->a, "%s %s", t->key, t->how), err);
}

bool app_order_ended(App *app, CaseRow *row, const char *key, const char *how, Time at, Err *err)
{
    return run(app, row, "order.end", perm_of(key), end, &(Turn){ key, how, at }, err);
}

/* ---- extended ---- */

static const char *extend_order(Change *c, CourtOrder *o, Time until, Err *err)
{
    CourtOrder next = *o;

    if (!end_order(c, o, &(Turn){ o->key, "replaced", TIME_NONE }, err)) return NULL;
    if (o->considered_at == TIME_NONE) o->considered_at = c->app->now;
    next.key = free_key(&c->doc, 'o', c->a);
    next.by = c->app->session.warrant;
    next.at = c->app->now;
    next.expires = until;
    next.served_at = TIME_NONE; /* the new one has to be served anew */
    next.considered_at = TIME_NONE;
    case_append(&c->doc, LIST_ORDERS, &next, c->a);
    return next.key;
}

static const char *extend_bail(Change *c, Bail *b, Time until, Err *err)
{
    Bail next = *b;

    if (!end_bail(c, b, &(Turn){ b->key, "extended", TIME_NONE }, err)) return NULL;
    next.key = free_key(&c->doc, 'b', c->a);
    next.by = c->app->session.warrant;
    next.at = c->app->now;
    next.until = until;
    case_append(&c->doc, LIST_BAIL, &next, c->a);
    return next.key;
}

static bool extend(Change *c, const void *what, Err *err)
{
    const Turn *t = what;
    Bond bond = bond_of(&c->doc, t->key);
    const char *key;

    if (!bond.order && !bond.bail) return no_such(t->key, err);
    if (t->at == TIME_NONE || t->at <= c->app->now)
        return err_set(err, ERR_INVALID, "until", "Say until when it lasts now: a time that lies ahead.");
    key = bond.order ? extend_order(c, bond.order, t->at, err) : extend_bail(c, bond.bail, t->at, err);
    return key && change_end(c, arena_printf(c->a, "%s takes the place of %s", key, t->key), err);
}

bool app_order_extended(App *app, CaseRow *row, const char *key, Time until, Err *err)
{
    return run(app, row, "order.extend", perm_of(key), extend, &(Turn){ key, NULL, until }, err);
}
