/* case_withdrawn.c — entries that were taken back. They stay where they are, with who, when and why; what counts entries is given the
** document without them. Which lists: those whose entries are a moment's act that can land in the wrong case. What has its own way of ending
** (an offer, a task, an order) is ended that way; a book that was read and signed is not unread. Pure. */
#include "core/case.h"

#include "case_parts.h"

#include <stdint.h>
#include <string.h>

static const struct {
    CaseListId list;
    size_t offset;
} lists[] = {
    { LIST_REFERENCES, offsetof(Reference, withdrawn) },
    { LIST_CROSS_REFERENCES, offsetof(CrossReference, withdrawn) },
    { LIST_REVIEWS, offsetof(Review, withdrawn) },
    { LIST_CONTACTS, offsetof(Contact, withdrawn) },
    { LIST_EVENTS, offsetof(Event, withdrawn) },
    { LIST_NOTICES, offsetof(Notice, withdrawn) },
    { LIST_ATTEMPTS, offsetof(Attempt, withdrawn) },
};
enum { N_LISTS = sizeof lists / sizeof lists[0] };

static const Withdrawal *within(size_t i, const void *item)
{
    return (const Withdrawal *)(const void *)((const char *)item + lists[i].offset);
}

bool case_can_withdraw(CaseListId list)
{
    for (size_t i = 0; i < N_LISTS; i++)
        if (lists[i].list == list) return true;
    return false;
}

const Withdrawal *case_withdrawal(CaseListId list, const void *item)
{
    for (size_t i = 0; i < N_LISTS; i++)
        if (lists[i].list == list) return within(i, item)->at != TIME_NONE ? within(i, item) : NULL;
    return NULL;
}

const void *case_last(const CaseDoc *doc, CaseListId list)
{
    size_t n, size = case_lists[list].item_size;
    const char *items = case_items(doc, list, &n);

    while (n > 0 && case_withdrawal(list, items + (n - 1) * size)) n--;
    return n ? items + (n - 1) * size : NULL;
}

static bool is_gone(size_t i, const void *item, Time now)
{
    return within(i, item)->at != TIME_NONE && within(i, item)->at <= now;
}

static size_t count_gone(const CaseDoc *doc, size_t i, Time now)
{
    size_t n, gone = 0, size = case_lists[lists[i].list].item_size;
    const char *items = case_items(doc, lists[i].list, &n);

    for (size_t k = 0; k < n; k++) gone += is_gone(i, items + k * size, now);
    return gone;
}

bool case_any_withdrawn(const CaseDoc *doc, Time now)
{
    for (size_t i = 0; i < N_LISTS; i++)
        if (count_gone(doc, i, now)) return true;
    return false;
}

static void leave_out(CaseDoc *out, size_t i, Time now, Arena *a)
{
    const CaseList *l = &case_lists[lists[i].list];
    size_t n, kept = 0;
    const char *items = case_items(out, lists[i].list, &n);
    char *copy = arena_alloc(a, (n + 1) * l->item_size);

    for (size_t k = 0; k < n; k++)
        if (!is_gone(i, items + k * l->item_size, now)) memcpy(copy + kept++ * l->item_size, items + k * l->item_size, l->item_size);
    *(void **)(void *)((char *)out + l->items_offset) = copy;
    *(size_t *)(void *)((char *)out + l->count_offset) = kept;
}

void case_counting(const CaseDoc *doc, Time now, Arena *a, CaseDoc *out)
{
    *out = *doc;
    for (size_t i = 0; i < N_LISTS; i++)
        if (count_gone(doc, i, now)) leave_out(out, i, now, a);
}
