/* grow.c — an entry that says more about one that is there: a book that is indexed, an offer that is accepted, a
** person whose status or particulars change, a task that is done, an order that ended. What was said before is still said, and the store keeps both versions.
** Pure. */
#include "inside.h"

#include "base/str.h"

#include <string.h>

/* A copy of the list in the arena, so that a document copied by value is not changed behind its back. */
static void *own_list(Arena *a, const void *items, size_t n, size_t size)
{
    void *copy = arena_alloc(a, n * size);

    memcpy(copy, items, n * size);
    return copy;
}

static const char *key_of(const CaseField *key, const void *item)
{
    return *(const char *const *)((const char *)item + key->offset);
}

static bool grow_owner(CaseDoc *doc, const Owner *item, Arena *a)
{
    if (item->accepted_at == TIME_NONE) return false;
    for (size_t i = doc->n_owners; i-- > 0;) {
        if (doc->owners[i].unit != item->unit || doc->owners[i].accepted_at != TIME_NONE) continue;
        doc->owners = own_list(a, doc->owners, doc->n_owners, sizeof *doc->owners);
        doc->owners[i].accepted_at = item->accepted_at;
        return true;
    }
    return false;
}

/* More about the newest version of that serial; a completion of its own makes the next version. */
static bool grow_book(CaseDoc *doc, const Book *item, Arena *a)
{
    for (size_t i = doc->n_books; i-- > 0;) {
        if (!str_eq(doc->books[i].serial, item->serial)) continue;
        if (item->completed_at != TIME_NONE && item->completed_at != doc->books[i].completed_at) continue;
        doc->books = own_list(a, doc->books, doc->n_books, sizeof *doc->books);
        Book *b = &doc->books[i];
        if (item->begun_at != TIME_NONE) b->begun_at = item->begun_at;
        if (item->index_number) b->index_number = item->index_number;
        if (item->index_at != TIME_NONE) b->index_at = item->index_at;
        if (item->answers) b->answers = item->answers;
        return true;
    }
    return false;
}

static bool has_status(const Person *p, const Status *s)
{
    for (size_t i = 0; i < p->n_status; i++)
        if (p->status[i].status == s->status && p->status[i].at == s->at) return true;
    return false;
}

static void add_statuses(Person *p, const Person *item, Arena *a)
{
    Status *all = arena_alloc(a, (p->n_status + item->n_status + 1) * sizeof *all);

    if (p->n_status) memcpy(all, p->status, p->n_status * sizeof *all);
    p->status = all;
    for (size_t i = 0; i < item->n_status; i++)
        if (!has_status(p, &item->status[i])) all[p->n_status++] = item->status[i];
}

static bool grow_person(CaseDoc *doc, const Person *item, Arena *a)
{
    for (size_t i = 0; i < doc->n_people; i++) {
        if (!str_eq(doc->people[i].key, item->key)) continue;
        doc->people = own_list(a, doc->people, doc->n_people, sizeof *doc->people);
        Person *p = &doc->people[i];
        Person before = *p;
        *p = *item;
        if (str_eq(item->address, CASE_HIDDEN)) p->address = before.address; /* as it was shown, not as it is */
        p->recorded_at = before.recorded_at; /* since when the case knows this person does not change */
        p->status = before.status;
        p->n_status = before.n_status;
        add_statuses(p, item, a);
        return true;
    }
    return false;
}

/* What has a key of its own is filled in where it said nothing: a task that is done, an order that ended. */
static bool grow_keyed(CaseDoc *doc, CaseListId list, const CaseField *key, const void *item, Arena *a)
{
    const CaseList *l = &case_lists[list];
    size_t n;
    char *items = case_items(doc, list, &n), *it;

    for (size_t i = 0; i < n; i++) {
        if (!str_eq(key_of(key, items + i * l->item_size), key_of(key, item))) continue;
        items = own_list(a, items, n, l->item_size);
        it = items + i * l->item_size;
        for (size_t k = 0; k < l->n_fields; k++)
            if (case_field_absent(&l->fields[k], it)) case_field_copy(&l->fields[k], it, item);
        memcpy((char *)doc + l->items_offset, &items, sizeof items);
        return true;
    }
    return false;
}

bool case_grow(CaseDoc *doc, CaseListId list, const void *item, Arena *a)
{
    const CaseField *key = case_list_field(list, "key");

    if (list == LIST_OWNERS) return grow_owner(doc, item, a);
    if (list == LIST_BOOKS) return grow_book(doc, item, a);
    if (list == LIST_PEOPLE) return grow_person(doc, item, a);
    if (key) return grow_keyed(doc, list, key, item, a);
    return false;
}
