/* case_compare.c — whether two documents say the same, and whether one says at least what the other said.
** An entry may grow: an offer that is accepted later, a book that is indexed later is still the same entry, because
** everything it said before it says still. A person is known by the key and a consent by the agency; their fields may
** change, but a person's statuses may only grow. Lists are compared without regard to order; entries are first looked
** for where they probably are, so that equal lists cost one pass. */
#include "core/case.h"

#include "base/mem.h"
#include "base/str.h"

#include "case_parts.h"

#include <stdio.h>
#include <string.h>

typedef bool Match(CaseListId list, const void *longer, const void *shorter);

static bool texts_same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool values_same(const CaseField *f, const void *a, const void *b)
{
    const void *x = case_in(f, a), *y = case_in(f, b);

    switch (f->kind) {
    case FIELD_TIME: return *(const Time *)x == *(const Time *)y;
    case FIELD_DATE: return *(const Date *)x == *(const Date *)y;
    case FIELD_CODE: return *(const Code *)x == *(const Code *)y;
    case FIELD_YES: return *(const bool *)x == *(const bool *)y;
    default: return texts_same(*(const char *const *)x, *(const char *const *)y);
    }
}

/* ---- lists against lists ---- */

typedef struct Pairing { /* who has found whom */
    CaseListId list;
    const char *longer, *shorter;
    size_t n_longer, n_shorter;
    bool *taken, *found;
} Pairing;

/* Pair what `match` says belongs together. The search goes on from the last one found: lists are nearly alike. */
static void pair(Pairing *p, Match *match)
{
    size_t size = case_lists[p->list].item_size, next = 0;

    for (size_t i = 0; i < p->n_shorter; i++) {
        for (size_t seen = 0; !p->found[i] && seen < p->n_longer; seen++) {
            size_t k = next < p->n_longer ? next : 0;
            next = k + 1;
            if (p->taken[k] || !match(p->list, p->longer + k * size, p->shorter + i * size)) continue;
            p->taken[k] = p->found[i] = true;
        }
    }
}

/* Every item of `shorter` finds one of its own in `longer`: its equal, or failing that one that `match` accepts.
** False with *missing = the first that does not. */
static bool all_found(CaseListId list, const void *longer, const void *shorter, Match *match, size_t *missing)
{
    Pairing p = { .list = list };
    bool small[128] = { false }, *marks = small;
    size_t i = 0;

    p.longer = case_items_in(longer, list, &p.n_longer);
    p.shorter = case_items_in(shorter, list, &p.n_shorter);
    if (p.n_shorter == 0) return true;
    if (p.n_longer + p.n_shorter > sizeof small) marks = mem_new(p.n_longer + p.n_shorter);
    p.taken = marks;
    p.found = marks + p.n_longer;
    pair(&p, case_item_same);
    if (match != case_item_same) pair(&p, match);
    while (i < p.n_shorter && p.found[i]) i++;
    if (marks != small) mem_free(marks);
    *missing = i;
    return i == p.n_shorter;
}

static bool lists_same(CaseListId list, const void *a, const void *b)
{
    size_t n_a, n_b, missing;

    case_items_in(a, list, &n_a);
    case_items_in(b, list, &n_b);
    return n_a == n_b && all_found(list, a, b, case_item_same, &missing);
}

bool case_item_same(CaseListId list, const void *a, const void *b)
{
    const CaseList *l = &case_lists[list];

    for (size_t i = 0; i < l->n_fields; i++)
        if (!values_same(&l->fields[i], a, b)) return false;
    return list != LIST_PEOPLE || lists_same(LIST_STATUS, a, b);
}

bool case_same(const CaseDoc *a, const CaseDoc *b)
{
    for (size_t i = 0; i < case_n_scalars; i++)
        if (!values_same(&case_scalars[i], a, b)) return false;
    for (CaseListId list = 0; list < LIST_STATUS; list++)
        if (!lists_same(list, a, b)) return false;
    return true;
}

/* ---- longer and shorter ---- */

bool case_item_extends(CaseListId list, const void *longer, const void *shorter)
{
    const CaseList *l = &case_lists[list];
    size_t missing;

    if (list == LIST_CONSENT) return texts_same(((const Consent *)longer)->to, ((const Consent *)shorter)->to);
    if (list == LIST_PEOPLE)
        return texts_same(((const Person *)longer)->key, ((const Person *)shorter)->key) &&
               all_found(LIST_STATUS, longer, shorter, case_item_same, &missing);
    for (size_t i = 0; i < l->n_fields; i++) {
        const CaseField *f = &l->fields[i];
        if (!case_field_absent(f, shorter) && !values_same(f, longer, shorter)) return false;
    }
    return true;
}

/* The status of which person, and which status, is missing. */
static bool people_extend(const CaseDoc *longer, const CaseDoc *shorter, size_t i, char where[64])
{
    const Person *before = &shorter->people[i];
    size_t missing;

    for (size_t k = 0; k < longer->n_people; k++) {
        const Person *after = &longer->people[k];
        if (!texts_same(after->key, before->key)) continue;
        if (all_found(LIST_STATUS, after, before, case_item_same, &missing)) return true;
        snprintf(where, 64, "people[%zu].status[%zu]", i, missing);
        return false;
    }
    snprintf(where, 64, "people[%zu]", i);
    return false;
}

bool case_extends(const CaseDoc *longer, const CaseDoc *shorter, char where[64])
{
    size_t missing;

    for (CaseListId list = 0; list < LIST_STATUS; list++) {
        if (all_found(list, longer, shorter, case_item_extends, &missing)) continue;
        if (list == LIST_PEOPLE)
            people_extend(longer, shorter, missing, where);
        else
            snprintf(where, 64, "%s[%zu]", case_lists[list].name, missing);
        return false;
    }
    return true;
}
