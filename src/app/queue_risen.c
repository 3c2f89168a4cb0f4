/* queue_risen.c — duties that nobody did and that came to a second queue: `owner csu-ds, then csu-di after 2 days`.
** Nothing of that is stored: such a duty lies past due in its owner's part of the queue and is read from there, in the same
** order, so that pages of both are merged. Where an entry of the case names the owner, those past due have an index of their own. A policy without such rules costs nothing; with them the cost is that of the rules'
** overdue duties. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

enum { STRIDE = 200 };

/* Could a duty of this rule stand in the queue of these roles without being theirs? */
static bool can_rise(const PolicyDuty *rule, RoleSet roles)
{
    if (rule->owner != ROLE_NONE && roles & ROLE_BIT(rule->owner)) return false;
    for (size_t i = 0; i < rule->n_then; i++)
        if (roles & ROLE_BIT(rule->then[i].role)) return true;
    return false;
}

static bool has_risen(const PolicyDuty *rule, const QueueRow *r, RoleSet roles, Time now)
{
    Duty d = { .id = r->duty,
        .cycle = r->cycle,
        .owner = r->owner,
        .start = r->start,
        .opens = r->opens,
        .due = r->due,
        .done = TIME_NONE,
        .ended = TIME_NONE };

    for (size_t i = 0; i < rule->n_then; i++)
        if (roles & ROLE_BIT(rule->then[i].role) && policy_escalates_at(rule, &d, i) < now) return true; /* that very second it is still in time */
    return false;
}

typedef struct Risen { /* what was gathered: rows, or only their number */
    Arena *a;
    QueueRow *rows;
    size_t n, cap, most; /* of one rule; 0: none is kept, all are counted */
} Risen;

static bool take(Risen *out, const QueueRow *r, size_t *taken)
{
    (*taken)++;
    if (out->most == 0) {
        out->n++;
        return true;
    }
    out->rows = mem_room(out->rows, out->n, &out->cap, sizeof *out->rows);
    out->rows[out->n++] = *r;
    return *taken < out->most;
}

/* The risen duties of one rule on the asked side of `from`, nearest first. */
static bool gather_rule(App *app, const PolicyDuty *rule, const QueueQuery *q, Risen *out, Err *err)
{
    QueueQuery one = *q;
    size_t taken = 0, n;
    QueueRow *rows;

    one.roles = ROLE_BIT(rule->owner);
    one.tab = TAB_OVERDUE;
    one.only_duty = rule->id;
    one.limit = STRIDE;
    do {
        if (!store_queue_page(app->store, &one, out->a, &rows, &n, err)) return false;
        for (size_t i = 0; i < n; i++) {
            const QueueRow *r = &rows[q->backwards ? n - 1 - i : i];
            if (has_risen(rule, r, q->roles, q->now) && !take(out, r, &taken)) return true;
        }
        if (n) one.from = &rows[q->backwards ? 0 : n - 1];
    } while (n == STRIDE);
    return true;
}

/* Those whose entries say whose they are lie in every owner's part; the store finds them together. */
static bool gather_given(App *app, const PolicyDuty *rule, const QueueQuery *q, Risen *out, Err *err)
{
    QueueRow *rows;
    size_t n, taken = 0;
    Time now = q->now;
    Risen all = { .a = out->a, .rows = out->rows, .n = out->n, .cap = out->cap, .most = out->most ? SIZE_MAX : 0 };

    if (!store_queue_given(app->store, rule->id, q->now, out->a, &rows, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        const QueueRow *r = &rows[i];
        int side = q->from ? queue_compare(r, q->from, &now) : 1;
        if (q->roles & ROLE_BIT(r->owner) || (q->only_grade != CODE_NONE && r->grade != q->only_grade)) continue;
        if (!queue_asks_of(q, r->investigator)) continue;
        if (q->from && (q->backwards ? side >= 0 : side <= 0)) continue;
        if (has_risen(rule, r, q->roles, q->now)) take(&all, r, &taken);
    }
    out->rows = all.rows;
    out->n = all.n;
    out->cap = all.cap;
    return true;
}

static bool gather(App *app, const QueueQuery *q, Risen *out, Err *err)
{
    for (size_t i = 0; i < policy_duty_count(app->policy); i++) {
        const PolicyDuty *rule = policy_duty(app->policy, i);
        if (!can_rise(rule, q->roles) || (q->only_duty && !str_eq(q->only_duty, rule->id))) continue;
        if (rule->owner == ROLE_NONE ? !gather_given(app, rule, q, out, err) : !gather_rule(app, rule, q, out, err)) return false;
    }
    return true;
}

/* Both in queue order, cut to what was asked. */
static void merge(const QueueQuery *q, const Risen *risen, Arena *a, QueueRow **rows, size_t *n)
{
    size_t all = *n + risen->n, keep = all < q->limit ? all : q->limit;
    QueueRow *both = arena_alloc(a, (all + 1) * sizeof *both);
    Time now = q->now;

    if (*n) memcpy(both, *rows, *n * sizeof *both);
    memcpy(both + *n, risen->rows, risen->n * sizeof *both);
    qsort_r(both, all, sizeof *both, queue_compare, &now);
    *rows = q->backwards ? both + (all - keep) : both;
    *n = keep;
}

bool queue_risen_page(App *app, const QueueQuery *q, Arena *a, QueueRow **rows, size_t *n, Err *err)
{
    Risen risen = { .a = a, .most = q->limit };
    bool ok = true;

    if (q->tab != TAB_OVERDUE && q->tab != TAB_ALL) return true; /* what came to others is past due */
    if (q->limit > 0) ok = gather(app, q, &risen, err);
    if (ok && risen.n > 0) merge(q, &risen, a, rows, n);
    mem_free(risen.rows);
    return ok;
}

bool queue_risen_counts(App *app, const QueueQuery *q, int64_t out[TAB_COUNT], Err *err)
{
    Risen risen = { .a = arena_new() };
    bool ok = gather(app, q, &risen, err);

    out[TAB_OVERDUE] += (int64_t)risen.n;
    out[TAB_ALL] += (int64_t)risen.n;
    arena_free(&risen.a);
    return ok;
}
