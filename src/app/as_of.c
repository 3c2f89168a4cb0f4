/* as_of.c — a case as it was known at a moment: what is dated later is not there yet. Only a clock set back by hand
** can ask for it, because nothing later than the clock gets in. Duties need none of this (the policy leaves out by
** itself); pages do. Pure. */
#include "inside.h"

#include <stdint.h>

static void *at(const CaseField *f, void *item)
{
    return (char *)item + f->offset;
}

static bool is_later(const CaseField *f, void *item, Time now)
{
    if (f->flags & FIELD_AHEAD) return false; /* when an order runs out was known when it was made */
    return f->kind == FIELD_TIME && *(Time *)at(f, item) != TIME_NONE && *(Time *)at(f, item) > now;
}

/* True when the entry itself is later; other times in it that are later are not known yet. */
static bool cut_item(const CaseField *fields, size_t n, void *item, Time now)
{
    bool later = false;

    for (size_t i = 0; i < n; i++) {
        if (!is_later(&fields[i], item, now)) continue;
        if (fields[i].flags & FIELD_ORDER)
            later = true;
        else
            *(Time *)at(&fields[i], item) = TIME_NONE;
    }
    return later;
}

/* Lists are in order of time: what is later is their end. */
static void cut_list(CaseListId list, void *items, size_t *n, Time now)
{
    const CaseList *l = &case_lists[list];

    for (size_t i = 0; i < *n; i++)
        if (cut_item(l->fields, l->n_fields, (char *)items + i * l->item_size, now)) {
            *n = i;
            return;
        }
}

static void cut_people(CaseDoc *doc, Time now)
{
    size_t kept = 0;

    for (size_t i = 0; i < doc->n_people; i++) {
        Person *p = &doc->people[i];
        if (p->recorded_at != TIME_NONE && p->recorded_at > now) continue;
        cut_list(LIST_STATUS, p->status, &p->n_status, now);
        doc->people[kept++] = *p;
    }
    doc->n_people = kept;
}

/* Nor that an entry would be taken back, and why. */
static void cut_withdrawals(CaseDoc *doc, Time now)
{
    for (CaseListId list = 0; list < LIST_STATUS; list++) {
        size_t n, size = case_lists[list].item_size;
        char *items = case_items(doc, list, &n);
        for (size_t i = 0; i < n && case_can_withdraw(list); i++) {
            Withdrawal *w = (Withdrawal *)(uintptr_t)case_withdrawal(list, items + i * size);
            if (w && w->at > now) *w = (Withdrawal){ .at = TIME_NONE };
        }
    }
}

/* How something ended is not known before it did. */
static void cut_ends(CaseDoc *doc, Time now)
{
    for (size_t i = 0; i < doc->n_orders; i++)
        if (doc->orders[i].ended_at != TIME_NONE && doc->orders[i].ended_at > now) doc->orders[i].ended = CODE_NONE;
    for (size_t i = 0; i < doc->n_bail; i++)
        if (doc->bail[i].ended_at != TIME_NONE && doc->bail[i].ended_at > now) doc->bail[i].ended = CODE_NONE;
}

/* What came of it is not known before it is done. */
static void cut_task(Task *t, Time now)
{
    if (t->done_at != TIME_NONE && t->done_at > now) t->done_by = t->result = NULL;
    if (t->approved_at != TIME_NONE && t->approved_at > now) t->approved_by = NULL;
}

void case_as_of(CaseDoc *doc, Time now)
{
    Time reported = doc->reported_at;

    case_closing_at(doc, now, &doc->closed_at, &doc->outcome);
    if (doc->children_at != TIME_NONE && doc->children_at > now) doc->children = CODE_NONE;
    if (doc->closed_at != TIME_NONE && doc->closed_at > now) doc->outcome = CODE_NONE;
    for (size_t i = 0; i < doc->n_books; i++)
        if (doc->books[i].index_at != TIME_NONE && doc->books[i].index_at > now) doc->books[i].index_number = NULL;
    cut_withdrawals(doc, now);
    cut_ends(doc, now);
    for (size_t i = 0; i < doc->n_tasks; i++) cut_task(&doc->tasks[i], now);
    cut_item(case_scalars, case_n_scalars, doc, now);
    doc->reported_at = reported; /* a case that is not yet reported is still some case */
    cut_people(doc, now);
    for (CaseListId list = 0; list < LIST_STATUS; list++) {
        size_t *n = (size_t *)(void *)((char *)doc + case_lists[list].count_offset);
        size_t unused;
        if (list != LIST_PEOPLE) cut_list(list, case_items(doc, list, &unused), n, now);
    }
}
