/* case_orders.c — orders and bail on the case page: what they forbid, until when, served or not, and what becomes of them. Those of other
** cases of the same people stand among them, with the number of their case; they are changed there. */
#include "case_more.h"

enum { KEY_COLS = 6, MOST = 24 };

/* --- the section ------------------------------------------------------------------------------------ */
static const char *until_words(const OrderView *x, Arena *a)
{
    char when[CIVIL_TEXT];

    return x->until == TIME_NONE ? "until further order" : arena_printf(a, "until %s", civil_words_full(x->until, when));
}

static const char *served_words(const OrderView *x, Arena *a)
{
    char when[CIVIL_TEXT];

    if (!x->order) return "";
    return x->order->served_at == TIME_NONE
               ? " " SIGN_DOT " not served"
               : arena_printf(a, " " SIGN_DOT " served %s", civil_words_full(x->order->served_at, when));
}

static const char *ended_words(const OrderView *x, const Vocabs *v, Arena *a)
{
    Time at = x->order ? x->order->ended_at : x->bail->ended_at;
    const char *how = x->order ? vocab_label(v, VOCAB_ORDER_END, x->order->ended)
                               : vocab_label(v, VOCAB_BAIL_END, x->bail->ended);
    char when[CIVIL_TEXT];

    return arena_printf(a, "ended %s%s%s", civil_words_full(at, when), *how ? ": " : "", label_inside(how, a));
}

static void write_breaches(Pager *p, const CaseDoc *doc, const char *key)
{
    char when[CIVIL_TEXT];

    for (size_t i = 0; i < doc->n_breaches; i++) {
        const Breach *b = &doc->breaches[i];
        if (!str_eq(b->of, key)) continue;
        pager_begin(p, KEY_COLS, 2);
        pager_putf(p, STYLE_WARNING, "! broken %s", b->at == TIME_NONE ? "(no time)" : civil_words_full(b->at, when));
        if (b->text) pager_putf(p, STYLE_NORMAL, ": %s", b->text);
        pager_end(p);
    }
}

static void write_one(Pager *p, const OrderView *x, const CaseDoc *doc, const Vocabs *v, Arena *a)
{
    const CaseField *conditions = case_list_field(LIST_BAIL, "conditions");
    const char *terms = x->order ? x->order->terms : x->bail->terms;
    bool presses = x->sign[0] == '!';
    char when[CIVIL_TEXT];

    pager_begin(p, 1, KEY_COLS - 1);
    pager_put(p, STYLE_LABEL, x->here ? x->key : x->case_id);
    pager_to(p, KEY_COLS);
    if (x->stand != ORDER_ENDED) pager_putf(p, presses ? STYLE_WARNING : STYLE_GOOD, "%s ", x->sign);
    pager_putf(p, x->stand == ORDER_ENDED ? STYLE_MUTED : STYLE_HEADING, "%s", x->title);
    pager_putf(p, STYLE_NORMAL, " against %s%s%s", x->against, *x->protects ? ", protects " : "", x->protects);
    pager_end(p);
    pager_addf(p, KEY_COLS, STYLE_MUTED, "%s%s",
        x->stand == ORDER_ENDED ? ended_words(x, v, a) : until_words(x, a), served_words(x, a));
    if (x->order && (x->order->court || x->order->number))
        pager_addf(p, KEY_COLS, STYLE_MUTED, "%s%s%s", x->order->court ? x->order->court : "",
            x->order->court && x->order->number ? ", " : "", x->order->number ? x->order->number : "");
    if (x->bail && x->bail->conditions)
        pager_add(p, KEY_COLS, STYLE_NORMAL, case_field_words(conditions, x->bail, v, a));
    if (x->bail && !x->bail->conditions && x->stand != ORDER_ENDED)
        pager_add(p, KEY_COLS, STYLE_WARNING, "! no condition is recorded");
    if (terms) pager_add(p, KEY_COLS, STYLE_NORMAL, terms);
    if (x->order && x->order->considered_at != TIME_NONE && x->stand != ORDER_ENDED)
        pager_addf(p, KEY_COLS, STYLE_MUTED, "its end was considered %s", civil_words_full(x->order->considered_at, when));
    if (x->here) write_breaches(p, doc, x->key);
}

void case_orders_write(Pager *p, const CasePage *page, const CaseDoc *doc, const Vocabs *v, Arena *a)
{
    if (page->n_orders == 0) pager_add(p, 1, STYLE_MUTED, "No order and no bail, here or in another case of these people.");
    for (size_t i = 0; i < page->n_orders; i++) write_one(p, &page->orders[i], doc, v, a);
}

/* --- which one ----------------------------------------------------------------------------------------- */
static bool is_bond(const OrderView *x)
{
    return x->here && x->stand != ORDER_ENDED;
}

bool case_has_bond(const CasePage *page)
{
    for (size_t i = 0; i < page->n_orders; i++)
        if (is_bond(&page->orders[i])) return true;
    return false;
}

static size_t bonds_of(const CasePage *page, const OrderView *out[MOST])
{
    size_t n = 0;

    for (size_t i = 0; i < page->n_orders && n < MOST; i++)
        if (is_bond(&page->orders[i])) out[n++] = &page->orders[i];
    return n;
}

static AskItem item_of(const OrderView *x, Arena *a)
{
    return (AskItem){ .text = arena_printf(a, "%s  %s against %s", x->key, x->title, x->against), .right = x->sign };
}

React case_refused(Screen *self, const Err *err)
{
    loop_status_err(self->loop, err);
    return err->kind == ERR_STALE ? REACT_RELOAD | REACT_STATUS : REACT_STATUS;
}

static React said(Screen *self, bool ok, const Err *err, const char *words)
{
    if (!ok) return case_refused(self, err);
    loop_status(self->loop, STYLE_GOOD, "%s", words);
    return REACT_RELOAD_ALL | REACT_STATUS;
}

/* --- broken ------------------------------------------------------------------------------------------------ */
enum { BROKEN_OFFENCE, BROKEN_ARREST, BROKEN_ONLY, BROKEN_FORM };

static React breach_form(Screen *self, const CaseView *view, const char *key)
{
    EntryAsk ask = { .case_id = view->doc.id, .list = LIST_BREACHES, .preset = arena_printf(self->arena, "of=%s", key) };

    return loop_go(self->loop, &scr_entry, &ask);
}

static React breach_of(Screen *self, CaseView *view, const OrderView *x)
{
    App *app = app_of(self);
    Code offence = order_breach_offence(&view->doc, app_vocabs(app), x->key);
    const char *class = offence ? vocab_label(app_vocabs(app), VOCAB_OFFENCE, offence) : NULL;
    AskItem items[4];
    int what[4], pick;
    size_t n = 0;
    BreachAsk ask = { .of = x->key, .at = TIME_NONE };
    Err err = { 0 };
    bool ok;

    if (class) what[n] = BROKEN_OFFENCE, items[n++] = (AskItem){ .text = "Broken now, and the offence", .right = class };
    if (!class) what[n] = BROKEN_ONLY, items[n++] = (AskItem){ .text = "Broken now" };
    what[n] = BROKEN_ARREST;
    items[n++] = (AskItem){ .text = class ? "Broken now, the offence, and arrested for it" : "Broken now, and arrested for it" };
    if (class) what[n] = BROKEN_ONLY, items[n++] = (AskItem){ .text = "Broken now, and nothing more" };
    what[n] = BROKEN_FORM;
    items[n++] = (AskItem){ .text = "At another time, or with words " SIGN_MORE };
    pick = ask_choice(self->loop, arena_printf(self->arena, "%s against %s", x->title, x->against), items, n, 0);
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    if (what[pick] == BROKEN_FORM) return breach_form(self, view, x->key);
    ask.offence = class && what[pick] != BROKEN_ONLY;
    ask.arrest = what[pick] == BROKEN_ARREST;
    ok = app_order_breach(app, &view->row, &ask, &err);
    return said(self, ok, &err, ask.arrest ? "The breach and the arrest are recorded; the suspect's status is not." : "The breach is recorded.");
}

static const OrderView *choose_bond(Screen *self, const CasePage *page, const char *title)
{
    const OrderView *all[MOST];
    AskItem items[MOST];
    size_t n = bonds_of(page, all);
    int pick = 0;

    for (size_t i = 0; i < n; i++) items[i] = item_of(all[i], self->arena);
    if (n > 1) pick = ask_choice(self->loop, title, items, n, 0);
    return n && pick >= 0 && loop_top(self->loop) == self ? all[pick] : NULL;
}

React case_breach(Screen *self, CaseView *view, const CasePage *page)
{
    const OrderView *x = choose_bond(self, page, "Which was broken");

    return x ? breach_of(self, view, x) : REACT_NONE;
}

/* --- what becomes of one ------------------------------------------------------------------------------------ */
/* A day stands for its last second. */
static bool until_typed(const App *app, const char *text, Time *out, Err *err)
{
    Date day;

    if (civil_parse_typed_date(text, app_now(app), &day, NULL)) {
        *out = civil_day_end(day);
        return true;
    }
    return app_ahead_typed(app, text, out, err);
}

static React extend(Screen *self, CaseView *view, const OrderView *x)
{
    AskLine q = { .title = x->title, .text = "A new one like it takes its place.", .label = "Lasts until", .limit = 40 };
    App *app = app_of(self);
    Str text = { 0 };
    char error[sizeof((Err *)0)->text] = "";
    Err err = { 0 };
    bool ok = false, asked = true;
    Time until;

    while (!ok && asked) {
        q.error = *error ? error : NULL;
        asked = ask_line(self->loop, &q, &text) && loop_top(self->loop) == self;
        err_clear(&err);
        ok = asked && until_typed(app, str_text(&text), &until, &err) &&
             app_order_extended(app, &view->row, x->key, until, &err);
        snprintf(error, sizeof error, "%s", err.text);
        if (asked && !ok && err.kind != ERR_INVALID) break;
    }
    str_finish(&text);
    return asked ? said(self, ok, &err, "A new one takes its place until then.") : REACT_NONE;
}

typedef struct Turn { /* a line of the menu of one order */
    enum { TURN_SERVED, TURN_CONSIDERED, TURN_EXTEND, TURN_BROKEN, TURN_END } act;
    const char *how;
} Turn;

static React take_turn(Screen *self, CaseView *view, const OrderView *x, const Turn *t)
{
    App *app = app_of(self);
    Err err = { 0 };

    switch (t->act) {
    case TURN_SERVED:
        return said(self, app_order_served(app, &view->row, x->key, TIME_NONE, &err), &err, "Served now.");
    case TURN_CONSIDERED:
        return said(self, app_order_considered(app, &view->row, x->key, TIME_NONE, &err), &err, "Its end was considered now.");
    case TURN_EXTEND: return extend(self, view, x);
    case TURN_BROKEN: return breach_of(self, view, x);
    case TURN_END: break;
    }
    return said(self, app_order_ended(app, &view->row, x->key, t->how, TIME_NONE, &err), &err,
        x->bail ? "The bail ended. The victim is told of it within a working day." : "The order ended.");
}

/* Every end that its vocabulary has, but the one that a new entry brings along. */
static size_t add_ends(const OrderView *x, const Vocabs *v, AskItem *items, Turn *turns, Arena *a)
{
    const Vocab *ends = &v->of[x->bail ? VOCAB_BAIL_END : VOCAB_ORDER_END];
    size_t n = 0;

    for (size_t i = 0; i < ends->n && n < 6; i++) {
        if (str_eq(ends->words[i].word, "extended") || str_eq(ends->words[i].word, "replaced")) continue;
        turns[n] = (Turn){ TURN_END, ends->words[i].word };
        items[n++] = (AskItem){ .text = arena_printf(a, "Ended: %s", label_inside(ends->words[i].label, a)) };
    }
    return n;
}

static React menu_of(Screen *self, CaseView *view, const OrderView *x)
{
    AskItem items[12];
    Turn turns[12];
    size_t n = 0;
    int pick;

    if (x->order && x->order->served_at == TIME_NONE) turns[n].act = TURN_SERVED, items[n++] = (AskItem){ .text = "Served now" };
    if (x->order && x->order->considered_at == TIME_NONE)
        turns[n].act = TURN_CONSIDERED, items[n++] = (AskItem){ .text = "Its end was considered" };
    turns[n].act = TURN_BROKEN, items[n++] = (AskItem){ .text = "Broken " SIGN_MORE };
    turns[n].act = TURN_EXTEND, items[n++] = (AskItem){ .text = "Lasts longer, until " SIGN_MORE };
    n += add_ends(x, vocabs_of(self), items + n, turns + n, self->arena);
    pick = ask_choice(self->loop, arena_printf(self->arena, "%s against %s", x->title, x->against), items, n, 0);
    return pick >= 0 && loop_top(self->loop) == self ? take_turn(self, view, x, &turns[pick]) : REACT_NONE;
}

React case_orders_menu(Screen *self, CaseView *view, const CasePage *page)
{
    const OrderView *all[MOST];
    AskItem items[MOST + 2];
    size_t n = bonds_of(page, all);
    EntryAsk ask = { .case_id = view->doc.id };
    int pick;

    for (size_t i = 0; i < n; i++) items[i] = item_of(all[i], self->arena);
    items[n] = (AskItem){ .text = "A new order " SIGN_MORE, .disabled = !app_may_add(app_of(self), LIST_ORDERS, NULL) };
    items[n + 1] = (AskItem){ .text = "New bail " SIGN_MORE, .disabled = !app_may_add(app_of(self), LIST_BAIL, NULL) };
    pick = ask_choice(self->loop, "Orders and bail", items, n + 2, 0);
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    if ((size_t)pick < n) return menu_of(self, view, all[pick]);
    ask.list = (size_t)pick == n ? LIST_ORDERS : LIST_BAIL;
    return loop_go(self->loop, &scr_entry, &ask);
}
