/* coverage.c — what the examples of a policy reach.
** For every rule, gate and alert its conditions are taken apart to the parts that are not made of others, and each part is looked at in
** each example at each time that the example names. A part that was never true, or never anything else, is a part that nobody would miss
** if it were wrong. Patterns of word lists are reached by the texts that they must match. */
#include "eval.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

typedef struct Rows {
    const Policy *policy;
    Arena *arena;
    PolicyCover *items;
    const Cond **conds; /* by row: the part; NULL for an outcome */
    size_t n, cap, conds_cap;
} Rows;

static void add_row(Rows *rows, PolicyCover row, const Cond *cond)
{
    rows->items = mem_room(rows->items, rows->n, &rows->cap, sizeof *rows->items);
    rows->conds = mem_room(rows->conds, rows->n, &rows->conds_cap, sizeof *rows->conds);
    rows->conds[rows->n] = cond;
    rows->items[rows->n++] = row;
}

static void mark(PolicyCover *row, Truth t)
{
    if (t == TRUTH_YES) row->yes = true;
    if (t == TRUTH_NO) row->no = true;
    if (t == TRUTH_UNKNOWN) row->unknown = true;
}

/* ---- parts ---- */

/* Said in one word: "is not answered" is a part, "not (…)" is made of one. */
static bool is_made_of(const Cond *c)
{
    if (c->kind == COND_NOT) return c->kids[0]->src.at != c->src.at;
    return c->kind == COND_ALL || c->kind == COND_ANY;
}

static void add_parts(Rows *rows, const char *kind, const char *id, const Cond *c)
{
    PolicyCover row = { .kind = kind, .id = id };

    if (!c) return;
    if (is_made_of(c)) {
        for (size_t i = 0; i < c->n; i++) add_parts(rows, kind, id, c->kids[i]);
        return;
    }
    row.line = c->src.line;
    row.text = arena_dup_n(rows->arena, rows->policy->text + c->src.at, c->src.n);
    add_row(rows, row, c);
}

static void mark_parts(Rows *rows, size_t from, View *v)
{
    for (size_t i = from; i < rows->n; i++)
        if (rows->conds[i]) mark(&rows->items[i], eval_cond(v, rows->conds[i]));
}

/* ---- duties ---- */

static Truth asked_or_done(const Duty *all, size_t n, const char *id, bool done)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].id, id) && (!done || all[i].done != TIME_NONE)) return TRUTH_YES;
    return TRUTH_NO;
}

static void cover_duty(Rows *rows, const Rule *r)
{
    size_t from = rows->n;
    Arena *a = arena_new();

    add_row(rows, (PolicyCover){ .kind = "duty", .id = r->face.id, .line = r->face.line, .text = "asked" }, NULL);
    add_row(rows, (PolicyCover){ .kind = "duty", .id = r->face.id, .line = r->done_src.line, .text = "done" }, NULL);
    add_parts(rows, "duty", r->face.id, r->when);
    for (const Example *x = r->examples; x; x = x->next)
        for (const Expectation *e = x->expected; e; e = e->next) {
            Duty *all;
            size_t n = policy_evaluate(rows->policy, &x->doc, e->at, a, &all);
            View v;
            mark(&rows->items[from], asked_or_done(all, n, r->face.id, false));
            mark(&rows->items[from + 1], asked_or_done(all, n, r->face.id, true));
            view_init(&v, rows->policy, &x->doc, e->at, a);
            eval_duties(&v);
            mark_parts(rows, from, &v);
            arena_reset(a);
        }
    arena_free(&a);
}

/* ---- gates and alerts ---- */

static void cover_check(Rows *rows, const Check *c)
{
    const char *kind = c->is_gate ? "gate" : "alert";
    size_t from = rows->n;
    Arena *a = arena_new();

    add_row(
        rows, (PolicyCover){ .kind = kind, .id = c->id, .line = c->line, .text = c->is_gate ? "open" : "fires" }, NULL);
    add_parts(rows, kind, c->id, c->when);
    add_parts(rows, kind, c->id, c->unless);
    for (const Example *x = c->examples; x; x = x->next)
        for (const Expectation *e = x->expected; e; e = e->next) {
            View v;
            view_for_checks(&v, rows->policy, &x->doc, x->texts, x->n_texts, e->at, a);
            mark(&rows->items[from], c->is_gate ? check_gate(&v, c) : check_alert(&v, c) ? TRUTH_YES : TRUTH_NO);
            mark_parts(rows, from, &v);
            arena_reset(a);
        }
    arena_free(&a);
}

/* ---- checklists ---- */

static void cover_checklist(Rows *rows, const Checklist *list)
{
    size_t from = rows->n;
    Arena *a = arena_new();

    for (size_t i = 0; i < list->n; i++)
        if (list->items[i].when) {
            add_row(rows, (PolicyCover){ .kind = "checklist", .id = list->head->id, .line = list->items[i].face.line, .text = list->items[i].face.name },
                list->items[i].when);
            add_parts(rows, "checklist", list->head->id, list->items[i].when);
        }
    for (const Example *x = list->head->examples; x; x = x->next)
        for (const Expectation *e = x->expected; e; e = e->next) {
            View v;
            view_for_checks(&v, rows->policy, &x->doc, NULL, 0, e->at, a);
            mark_parts(rows, from, &v);
            arena_reset(a);
        }
    arena_free(&a);
}

/* ---- words ---- */

static void cover_pattern(Rows *rows, const WordPattern *w)
{
    const WordList *l = &rows->policy->lists[w->list];
    PolicyCover row = { .kind = "words", .id = l->name, .line = w->src.line, .text = w->text };

    for (size_t i = 0; i < l->n_examples; i++) {
        const char *text = l->examples[i].text;
        mark(&row, rx_match(w->rx, text, strlen(text), NULL, NULL) == RX_YES ? TRUTH_YES : TRUTH_NO);
    }
    add_row(rows, row, NULL);
}

size_t policy_coverage(const Policy *p, Arena *a, PolicyCover **out)
{
    Policy whole = *p;
    Rows rows = { .policy = &whole, .arena = a };

    whole.with_off = true;
    for (size_t i = 0; i < p->n_rules; i++) cover_duty(&rows, &p->rules[i]);
    for (size_t i = 0; i < p->n_gates; i++) cover_check(&rows, &p->gates[i]);
    for (size_t i = 0; i < p->n_alerts; i++) cover_check(&rows, &p->alerts[i]);
    for (size_t i = 0; i < p->n_checklists; i++) cover_checklist(&rows, &p->checklists[i]);
    for (size_t i = 0; i < p->n_patterns; i++) cover_pattern(&rows, &p->patterns[i]);
    *out = arena_alloc(a, (rows.n + 1) * sizeof **out);
    if (rows.n) memcpy(*out, rows.items, rows.n * sizeof *rows.items);
    mem_free(rows.items);
    mem_free(rows.conds);
    return rows.n;
}
