/* since.c — what a case says now and did not say then. Two things make a fact new: it happened since, or it was written down since (a
** contact of Monday that was entered on Thursday is new to whoever reviewed on Wednesday). So the case as it stood in the store then, cut
** to what was dated by then, is held against the case as it is now. Nothing is kept: two loads and a comparison. */
#include "since.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

typedef struct Lines {
    SinceLine *items;
    size_t n, cap;
    const SinceWords *words;
    Time when, changed;
} Lines;

static void line_add(Lines *l, Time at, const char *says)
{
    if (!says || !*says) return;
    if (at == TIME_NONE) at = l->changed;
    l->items = mem_room(l->items, l->n, &l->cap, sizeof *l->items);
    l->items[l->n++] = (SinceLine){ at, says, at <= l->when };
}

static Time time_in(const CaseField *f, const void *item)
{
    return *(const Time *)(const void *)((const char *)item + f->offset);
}

/* When an entry happened, as it says itself. */
static Time time_of(CaseListId list, const void *item)
{
    const CaseList *l = &case_lists[list];

    for (size_t i = 0; i < l->n_fields; i++)
        if ((l->fields[i].flags & FIELD_ORDER) || str_eq(l->fields[i].column, "recorded_at")) return time_in(&l->fields[i], item);
    return TIME_NONE;
}

/* ---- entries ---- */

/* What `now` says more than `then`: the newest time among it. */
static Time time_of_more(CaseListId list, const void *now, const void *then)
{
    const CaseList *l = &case_lists[list];
    Time newest = TIME_NONE;

    for (size_t i = 0; i < l->n_fields; i++) {
        const CaseField *f = &l->fields[i];
        if (f->kind != FIELD_TIME || (f->flags & FIELD_AHEAD) || case_field_absent(f, now) || !case_field_absent(f, then)) continue;
        if (newest == TIME_NONE || time_in(f, now) > newest) newest = time_in(f, now);
    }
    return newest;
}

static void compare_lists(Lines *l, CaseListId list, const CaseDoc *now, const CaseDoc *then)
{
    size_t n, m, size = case_lists[list].item_size;
    const char *is = case_items(now, list, &n), *was = case_items(then, list, &m);
    bool *taken = mem_new((m + 1) * sizeof *taken), *known = mem_new((n + 1) * sizeof *known);

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m && !known[i]; k++)
            if (!taken[k] && case_item_same(list, is + i * size, was + k * size)) known[i] = taken[k] = true;
    for (size_t i = 0; i < n; i++) {
        const void *item = is + i * size, *before = NULL;
        for (size_t k = 0; k < m && !known[i] && !before; k++)
            if (!taken[k] && case_item_extends(list, item, was + k * size)) {
                before = was + k * size;
                taken[k] = true;
            }
        if (known[i]) continue;
        if (before)
            line_add(l, time_of_more(list, item, before), since_more(l->words, list, item, before));
        else
            line_add(l, time_of(list, item), since_entry(l->words, list, item));
    }
    mem_free(taken);
    mem_free(known);
}

/* ---- people: their particulars, and where a suspect stands ---- */

static const Person *person_of(const CaseDoc *doc, const char *key)
{
    for (size_t i = 0; i < doc->n_people; i++)
        if (str_eq(doc->people[i].key, key)) return &doc->people[i];
    return NULL;
}

static bool status_known(const Person *p, const Status *s)
{
    for (size_t i = 0; p && i < p->n_status; i++)
        if (p->status[i].status == s->status && p->status[i].at == s->at) return true;
    return false;
}

static bool particulars_same(const Person *x, const Person *y)
{
    Person a = *x, b = *y;

    a.n_status = b.n_status = 0;
    return case_item_same(LIST_PEOPLE, &a, &b);
}

static void compare_people(Lines *l, const CaseDoc *now, const CaseDoc *then)
{
    for (size_t i = 0; i < now->n_people; i++) {
        const Person *p = &now->people[i], *was = person_of(then, p->key);
        if (!was)
            line_add(l, p->recorded_at, since_entry(l->words, LIST_PEOPLE, p));
        else if (!particulars_same(p, was))
            line_add(l, TIME_NONE, since_more(l->words, LIST_PEOPLE, p, was));
        for (size_t k = 0; k < p->n_status; k++)
            if (!status_known(was, &p->status[k])) line_add(l, p->status[k].at, since_status(l->words, p, &p->status[k]));
    }
}

/* ---- what a case has once ---- */

/* When it was said, where the case keeps that. */
static Time time_said(const CaseField *f, const CaseDoc *doc)
{
    if (str_eq(f->column, "children_answer")) return doc->children_at;
    if (str_eq(f->column, "outcome")) return doc->closed_at;
    return f->kind == FIELD_TIME ? time_in(f, doc) : TIME_NONE;
}

static void compare_scalars(Lines *l, const CaseDoc *now, const CaseDoc *then)
{
    for (size_t i = 0; i < case_n_scalars; i++) {
        const CaseField *f = &case_scalars[i];
        const char *is = case_field_words(f, now, l->words->v, l->words->a), *was = case_field_words(f, then, l->words->v, l->words->a);
        if (str_eq(is, was) || str_eq(f->column, "children_at")) continue;
        line_add(l, time_said(f, now), since_scalar(l->words, f, is));
    }
}

/* ---- the whole ---- */

static int newest_first(const void *p, const void *q)
{
    const SinceLine *x = p, *y = q;

    if (x->at != y->at) return x->at > y->at ? -1 : 1;
    return strcmp(x->says, y->says);
}

static void compare(Lines *l, const CaseDoc *now, const CaseDoc *then, Arena *a, Since *out)
{
    compare_scalars(l, now, then);
    compare_people(l, now, then);
    for (CaseListId list = 0; list < LIST_STATUS; list++)
        if (list != LIST_PEOPLE) compare_lists(l, list, now, then);
    if (l->n) qsort(l->items, l->n, sizeof *l->items, newest_first);
    out->lines = arena_alloc(a, (l->n + 1) * sizeof *out->lines);
    if (l->n) memcpy(out->lines, l->items, l->n * sizeof *l->items);
    out->n = l->n;
    mem_free(l->items);
}

bool app_case_since(App *app, const CaseView *view, Time when, Arena *a, Since *out, Err *err)
{
    SinceWords words = { .app = app, .v = app_vocabs(app), .doc = &view->doc, .a = a };
    Lines lines = { .words = &words, .when = when, .changed = view->row.changed_at };
    CaseDoc then;

    *out = (Since){ .when = when };
    if (!app_somebody(app, err)) return false;
    if (!store_case_load_then(app->store, view->row.key, when, words.v, a, &then, err)) return false;
    case_as_of(&then, when);
    case_mask(app, &then, a);
    compare(&lines, &view->doc, &then, a, out);
    return true;
}

void app_case_news(App *app, const CaseDoc *before, const CaseView *now, Arena *a, Since *out)
{
    SinceWords words = { .app = app, .v = app_vocabs(app), .doc = &now->doc, .a = a };
    Lines lines = { .words = &words, .when = TIME_NONE, .changed = now->row.changed_at };

    *out = (Since){ .when = now->row.changed_at };
    compare(&lines, &now->doc, before, a, out);
}

static const Review *last_of_kind(const App *app, const CaseDoc *doc, const char *kind)
{
    Code wanted = vocab_code(app_vocabs(app), VOCAB_REVIEW, kind), returned = vocab_code(app_vocabs(app), VOCAB_REVIEW_OUTCOME, "returned");

    for (size_t i = doc->n_reviews; i > 0; i--) {
        const Review *r = &doc->reviews[i - 1];
        if (r->kind == wanted && r->outcome != returned && r->withdrawn.at == TIME_NONE && r->at != TIME_NONE) return r;
    }
    return NULL;
}

bool app_case_since_review(App *app, const CaseView *view, const char *kind, Arena *a, Since *out, Err *err)
{
    const Review *last = last_of_kind(app, &view->doc, kind);

    if (!app_case_since(app, view, last ? last->at : view->doc.reported_at, a, out, err)) return false;
    out->review = last;
    return true;
}
