/* order_view.c — how orders and bail stand at a moment, of the case that is looked at and of every other case with the same victim or
** suspect: whoever stands at a door is told in whichever case they opened. An order is said to run out from 28 days before. */
#include "inside.h"

#include "app/order.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

const char *const order_stand_words[ORDER_STANDS] = { "ended", "holds", "not-served", "ends-soon", "over" };

static const char *name_of(const CaseDoc *doc, const char *key, Arena *a)
{
    for (size_t i = 0; key && i < doc->n_people; i++) {
        const Person *p = &doc->people[i];
        if (!str_eq(p->key, key)) continue;
        if (p->given && p->family) return arena_printf(a, "%s %s", p->given, p->family);
        return p->family ? p->family : p->given ? p->given : key;
    }
    return key ? key : "";
}

static OrderStand stand_of(Time ended, Time until, bool served, Time now)
{
    if (ended != TIME_NONE && ended <= now) return ORDER_ENDED;
    if (until != TIME_NONE && until < now) return ORDER_IS_OVER;
    if (until != TIME_NONE && civil_local_date(until) - civil_local_date(now) <= ORDER_SOON_DAYS) return ORDER_ENDS_SOON;
    return served ? ORDER_HOLDS : ORDER_NOT_SERVED;
}

/* "in 12 d", "today"; "12 d ago". */
static const char *days(Time until, Time now, Arena *a)
{
    long n = (long)civil_local_date(until) - (long)civil_local_date(now);

    if (n == 0) return "today";
    return n > 0 ? arena_printf(a, "in %ld d", n) : arena_printf(a, "%ld d ago", -n);
}

static const char *sign_of(const OrderView *x, Time now, Arena *a)
{
    const char *unserved = x->order && x->order->served_at == TIME_NONE ? ", NOT SERVED" : "";

    switch (x->stand) {
    case ORDER_ENDED:
    case ORDER_STANDS: return "";
    case ORDER_HOLDS: return x->bail ? "on bail" : "order holds";
    case ORDER_NOT_SERVED: return "! ORDER NOT SERVED";
    case ORDER_ENDS_SOON:
        return arena_printf(a, "! %s %s%s", x->bail ? "BAIL ENDS" : "ORDER EXPIRES", days(x->until, now, a), unserved);
    case ORDER_IS_OVER: break;
    }
    return arena_printf(a, "! %s %s", x->bail ? "BAIL OVER" : "ORDER EXPIRED", days(x->until, now, a));
}

static void view_order(const CaseDoc *doc, const CourtOrder *o, const Vocabs *v, Time now, Arena *a, OrderView *x)
{
    x->order = o;
    x->key = o->key;
    x->title = vocab_label(v, VOCAB_ORDER, o->kind);
    x->against = name_of(doc, o->person, a);
    x->protects = name_of(doc, o->protects, a);
    x->until = o->expires;
    x->stand = stand_of(o->ended_at, o->expires, o->served_at != TIME_NONE, now);
    x->sign = sign_of(x, now, a);
}

static void view_bail(const CaseDoc *doc, const Bail *b, Time now, Arena *a, OrderView *x)
{
    x->bail = b;
    x->key = b->key;
    x->title = "Bail";
    x->against = name_of(doc, b->person, a);
    x->protects = "";
    x->until = b->until;
    x->stand = stand_of(b->ended_at, b->until, true, now);
    x->sign = sign_of(x, now, a);
}

size_t order_views(const CaseDoc *doc, const char *id, const Vocabs *v, Time now, Arena *a, OrderView **out)
{
    size_t n = 0;
    OrderView *all = arena_zero(a, doc->n_orders + doc->n_bail + 1, sizeof *all);

    for (size_t i = 0; i < doc->n_orders + doc->n_bail; i++) {
        OrderView *x = &all[n++];
        x->case_id = id;
        x->here = true;
        if (i < doc->n_orders)
            view_order(doc, &doc->orders[i], v, now, a, x);
        else
            view_bail(doc, &doc->bail[i - doc->n_orders], now, a, x);
    }
    *out = all;
    return n;
}

/* ---- with those of other cases ---- */

static bool is_of(const SameCase *same, const char *key)
{
    for (size_t i = 0; key && i < same->n; i++)
        if (str_eq(same->there[i], key)) return true;
    return false;
}

static bool concerns(const SameCase *same, const OrderView *x)
{
    return x->order ? is_of(same, x->order->person) || is_of(same, x->order->protects) : is_of(same, x->bail->person);
}

static int presses(const void *p, const void *q)
{
    const OrderView *x = p, *y = q;

    if (x->stand != y->stand) return x->stand > y->stand ? -1 : 1;
    if (x->until != y->until && x->until != TIME_NONE && y->until != TIME_NONE) return x->until < y->until ? -1 : 1;
    if (x->here != y->here) return x->here ? -1 : 1;
    return strcmp(x->key, y->key);
}

bool app_orders_of_case(App *app, const CaseView *view, Arena *a, OrderView **out, size_t *n, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    OrderView *own, *all;
    SameCase *same;
    size_t n_own = order_views(&view->doc, view->doc.id, v, app_now(app), a, &own), n_same = 0, most = n_own;

    *n = 0;
    *out = NULL;
    if (!app_same_cases(app, &view->doc, true, "orders.look", a, &same, &n_same, err)) return false;
    for (size_t i = 0; i < n_same; i++) most += same[i].doc.n_orders + same[i].doc.n_bail;
    all = arena_zero(a, most + 1, sizeof *all);
    for (size_t i = 0; i < n_own; i++) all[(*n)++] = own[i];
    for (size_t i = 0; i < n_same; i++) {
        OrderView *theirs;
        size_t k = order_views(&same[i].doc, same[i].row.id, v, app_now(app), a, &theirs);
        for (size_t j = 0; j < k; j++) {
            theirs[j].here = false;
            if (theirs[j].stand != ORDER_ENDED && concerns(&same[i], &theirs[j])) all[(*n)++] = theirs[j];
        }
    }
    qsort(all, *n, sizeof *all, presses);
    *out = all;
    return true;
}
