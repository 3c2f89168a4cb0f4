/* case_items.c — items as bytes: made empty, appended, put in order.
** Lists are exact arrays in an arena; appending copies the list, so that a document copied by value never shares the
** new item. Whoever reads many items at once makes room once (case_items_make). */
#include "core/case.h"

#include "base/str.h"

#include "case_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- empty ---- */

static void field_init(const CaseField *f, void *item)
{
    void *at = case_at(f, item);

    switch (f->kind) {
    case FIELD_TIME: *(Time *)at = TIME_NONE; break;
    case FIELD_DATE: *(Date *)at = DATE_NONE; break;
    case FIELD_CODE: *(Code *)at = CODE_NONE; break;
    case FIELD_YES: *(bool *)at = false; break;
    default: *(const char **)at = NULL; break;
    }
}

void case_item_init(CaseListId list, void *item)
{
    const CaseList *l = &case_lists[list];

    memset(item, 0, l->item_size);
    for (size_t i = 0; i < l->n_fields; i++) field_init(&l->fields[i], item);
}

void case_init(CaseDoc *doc)
{
    memset(doc, 0, sizeof *doc);
    for (size_t i = 0; i < case_n_scalars; i++) field_init(&case_scalars[i], doc);
}

bool case_field_is_text(const CaseField *f)
{
    bool text = f->kind == FIELD_TEXT || f->kind == FIELD_LONG || f->kind == FIELD_JSON || f->kind == FIELD_ANSWERS;

    return text && !(f->flags & FIELD_PLAIN);
}

bool case_field_absent(const CaseField *f, const void *item)
{
    const void *at = case_in(f, item);
    const char *text;

    switch (f->kind) {
    case FIELD_TIME: return *(const Time *)at == TIME_NONE;
    case FIELD_DATE: return *(const Date *)at == DATE_NONE;
    case FIELD_CODE: return *(const Code *)at == CODE_NONE;
    case FIELD_YES: return false;
    default: text = *(const char *const *)at; return text == NULL || *text == '\0';
    }
}

void case_field_copy(const CaseField *f, void *to, const void *from)
{
    switch (f->kind) {
    case FIELD_TIME: *(Time *)case_at(f, to) = *(const Time *)case_in(f, from); break;
    case FIELD_DATE: *(Date *)case_at(f, to) = *(const Date *)case_in(f, from); break;
    case FIELD_CODE: *(Code *)case_at(f, to) = *(const Code *)case_in(f, from); break;
    case FIELD_YES: *(bool *)case_at(f, to) = *(const bool *)case_in(f, from); break;
    default: *(const char **)case_at(f, to) = *(const char *const *)case_in(f, from); break;
    }
}

/* ---- lists ---- */

void *case_items_in(const void *holder, CaseListId list, size_t *n)
{
    const CaseList *l = &case_lists[list];

    *n = *(const size_t *)((const char *)holder + l->count_offset);
    return *(void *const *)((const char *)holder + l->items_offset);
}

void case_items_put(void *holder, CaseListId list, void *items, size_t n)
{
    const CaseList *l = &case_lists[list];

    *(void **)((char *)holder + l->items_offset) = items;
    *(size_t *)((char *)holder + l->count_offset) = n;
}

void *case_items(const CaseDoc *doc, CaseListId list, size_t *n)
{
    assert(list != LIST_STATUS);
    return case_items_in(doc, list, n);
}

void *case_items_make(CaseDoc *doc, CaseListId list, size_t n, Arena *a)
{
    size_t size = case_lists[list].item_size;
    char *items = n ? arena_alloc(a, n * size) : NULL;

    assert(list != LIST_STATUS);
    for (size_t i = 0; i < n; i++) case_item_init(list, items + i * size);
    case_items_put(doc, list, items, n);
    return items;
}

static void append(void *holder, CaseListId list, const void *item, Arena *a)
{
    size_t size = case_lists[list].item_size, n;
    void *old = case_items_in(holder, list, &n);
    char *items = arena_alloc(a, (n + 1) * size);

    if (n > 0) memcpy(items, old, n * size);
    memcpy(items + n * size, item, size);
    case_items_put(holder, list, items, n + 1);
}

/* A victim has one answer for each agency: the new one takes the place of the old. */
static bool consent_replaced(CaseDoc *doc, const Consent *item, Arena *a)
{
    for (size_t i = 0; i < doc->n_consent; i++) {
        if (!str_eq(doc->consent[i].to, item->to)) continue;
        Consent *copy = arena_alloc(a, doc->n_consent * sizeof *copy);
        memcpy(copy, doc->consent, doc->n_consent * sizeof *copy);
        copy[i] = *item;
        doc->consent = copy;
        return true;
    }
    return false;
}

void case_append(CaseDoc *doc, CaseListId list, const void *item, Arena *a)
{
    assert(list != LIST_STATUS);
    if (list == LIST_CONSENT && consent_replaced(doc, item, a)) return;
    append(doc, list, item, a);
}

void case_append_status(Person *person, const Status *status, Arena *a)
{
    append(person, LIST_STATUS, status, a);
}

/* ---- order ---- */

static const CaseField *order_field(const CaseList *l)
{
    for (size_t i = 0; i < l->n_fields; i++)
        if (l->fields[i].flags & FIELD_ORDER) return &l->fields[i];
    return NULL;
}

bool case_not_domestic_evidence(const CaseDoc *doc)
{
    return doc->cad_ground != CODE_NONE && doc->cad_evidence && *doc->cad_evidence;
}

Time case_item_time(CaseListId list, const void *item)
{
    const CaseField *by = order_field(&case_lists[list]);

    return by ? *(const Time *)(const void *)((const char *)item + by->offset) : TIME_NONE;
}

/* Insertion sort: stable, in place, and one pass over what is in order already, as nearly every list is. No time is
** the smallest Time, so it goes first by itself. */
static void sort_items(void *holder, CaseListId list)
{
    const CaseList *l = &case_lists[list];
    const CaseField *by = order_field(l);
    size_t size = l->item_size, n;
    char *items = case_items_in(holder, list, &n);
    union { /* room for an item of whichever list: all of them stand here */
        Offence offence; Flag flag; Person person; Reference reference; CrossReference xref; Book book; Addendum addendum; BookMove move;
        Assessment assessment; Review review; Referral referral; Contact contact; Event event; Notice notice; Owner owner; Consent consent; Investigator investigator;
        Task task; ReferralStep step; Hearing hearing; CourtOrder order; Bail bail; Breach breach; SafeContact safe; Attempt attempt; Hold hold;
        Link link; Disposal disposal; Status status;
    } held;

    for (size_t i = 1; by && i < n; i++) {
        Time at = *(const Time *)case_in(by, items + i * size);
        size_t to = i;
        while (to > 0 && *(const Time *)case_in(by, items + (to - 1) * size) > at) to--;
        if (to == i) continue;
        memcpy(&held, items + i * size, size);
        memmove(items + (to + 1) * size, items + to * size, (i - to) * size);
        memcpy(items + to * size, &held, size);
    }
}

void case_sort(CaseDoc *doc)
{
    for (CaseListId list = 0; list < LIST_STATUS; list++) sort_items(doc, list);
    for (size_t i = 0; i < doc->n_people; i++) sort_items(&doc->people[i], LIST_STATUS);
}
