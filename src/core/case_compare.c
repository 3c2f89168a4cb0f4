/* case_compare.c — whether two documents say the same, and whether one says at least what the other said.
** An entry may grow: an offer that is accepted later, a book that is indexed later is still the same entry, because
** everything it said before it says still. A person is known by the key and a consent by the agency; their fields may
** change but not become absent, no more than the document's own, and a person's statuses may only grow. Lists are compared without regard to order; entries are first looked
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

/* The first field that was said and is absent now; NULL when there is none. */
static const CaseField *field_lost(const CaseField *fields, size_t n, const void *longer, const void *shorter)
{
    for (size_t i = 0; i < n; i++)
        if (!case_field_absent(&fields[i], shorter) && case_field_absent(&fields[i], longer)) return &fields[i];
    return NULL;
}

/* Under a signature nothing is filled in any more; where a book is filed is no part of what was signed. */
static bool is_fixed(const CaseList *l, const CaseField *f, const void *shorter)
{
    const CaseField *value = case_list_field((CaseListId)(l - case_lists), "signed_value");

    return value && !case_field_absent(value, shorter) && strncmp(f->column, "index_", 6) != 0;
}

bool case_item_extends(CaseListId list, const void *longer, const void *shorter)
{
    const CaseList *l = &case_lists[list];
    size_t missing;

    if (list == LIST_CONSENT) return texts_same(((const Consent *)longer)->to, ((const Consent *)shorter)->to);
    if (list == LIST_PEOPLE)
        return texts_same(((const Person *)longer)->key, ((const Person *)shorter)->key) &&
               !field_lost(l->fields, l->n_fields, longer, shorter) &&
               all_found(LIST_STATUS, longer, shorter, case_item_same, &missing);
    for (size_t i = 0; i < l->n_fields; i++) {
        const CaseField *f = &l->fields[i];
        if (values_same(f, longer, shorter)) continue;
        if (!case_field_absent(f, shorter) || is_fixed(l, f, shorter)) return false;
    }
    return true;
}

/* ---- what is missing ---- */

static const char *text_of(const CaseField *f, const void *item, const Vocabs *v, char out[64])
{
    const void *at = case_in(f, item);
    char quoted[CASE_QUOTE];
    const char *s;

    switch (f->kind) {
    case FIELD_TIME: return civil_format_time(*(const Time *)at, out);
    case FIELD_CODE: return vocab_word(v, f->vocab, *(const Code *)at);
    default: break;
    }
    s = *(const char *const *)at;
    snprintf(out, 64, "%.60s", s ? case_quote(s, strlen(s), quoted) : "");
    return out;
}

/* An entry as people speak of it: what kind it is and of when, "the review ds-supervision of 2010-02-03T10:00:00Z". */
static void entry_words(CaseListId list, const void *item, const Vocabs *v, CaseLack *lack)
{
    const CaseList *l = &case_lists[list];
    const CaseField *first = NULL, *when = NULL;
    char what[64] = "", at[64] = "";

    for (size_t i = 0; i < l->n_fields; i++) {
        const CaseField *f = &l->fields[i];
        if (f->flags & FIELD_ORDER) when = f;
        if (!first && (f->flags & FIELD_REQUIRED) && f->kind != FIELD_TIME) first = f;
    }
    snprintf(lack->what, sizeof lack->what, "the %s %s%s%s", l->one, first ? text_of(first, item, v, what) : "",
        when ? " of " : "", when ? text_of(when, item, v, at) : "");
}

static bool lacks_field(CaseLack *lack, const CaseField *f, const char *in, const char *whose)
{
    snprintf(lack->where, sizeof lack->where, "%s%s%s", in, *in ? "." : "", f->path);
    snprintf(lack->what, sizeof lack->what, "%s%s%s", f->path, *whose ? " of " : "", whose);
    return false;
}

/* Which particular or which status of the person is missing, or that the person is. */
static bool lacks_of_person(const CaseDoc *longer, const CaseDoc *shorter, size_t i, const Vocabs *v, CaseLack *lack)
{
    const Person *before = &shorter->people[i];
    const CaseList *l = &case_lists[LIST_PEOPLE];
    char in[32], whose[64], quoted[CASE_QUOTE];
    size_t missing;

    snprintf(in, sizeof in, "people[%zu]", i);
    snprintf(whose, sizeof whose, "person %.50s", case_quote(before->key, strlen(before->key), quoted));
    for (size_t k = 0; k < longer->n_people; k++) {
        const Person *after = &longer->people[k];
        const CaseField *lost;
        if (!texts_same(after->key, before->key)) continue;
        lost = field_lost(l->fields, l->n_fields, after, before);
        if (lost) return lacks_field(lack, lost, in, whose);
        if (all_found(LIST_STATUS, after, before, case_item_same, &missing)) return true;
        snprintf(lack->where, sizeof lack->where, "%s.status[%zu]", in, missing);
        entry_words(LIST_STATUS, &before->status[missing], v, lack);
        return false;
    }
    snprintf(lack->where, sizeof lack->where, "%s", in);
    snprintf(lack->what, sizeof lack->what, "the %s", whose);
    return false;
}

static bool lacks_entry(const CaseDoc *longer, const CaseDoc *shorter, CaseListId list, size_t i, const Vocabs *v,
    CaseLack *lack)
{
    size_t n;
    const char *items = case_items_in(shorter, list, &n);

    if (list == LIST_PEOPLE) return lacks_of_person(longer, shorter, i, v, lack);
    snprintf(lack->where, sizeof lack->where, "%s[%zu]", case_lists[list].name, i);
    entry_words(list, items + i * case_lists[list].item_size, v, lack);
    return false;
}

bool case_extends(const CaseDoc *longer, const CaseDoc *shorter, const Vocabs *v, CaseLack *lack)
{
    CaseDoc before = *shorter;
    const CaseField *lost;
    size_t missing;

    if (longer->n_reopenings > shorter->n_reopenings) { /* how it had been closed stands there */
        before.closed_at = TIME_NONE;
        before.outcome = CODE_NONE;
    }
    lost = field_lost(case_scalars, case_n_scalars, longer, &before);
    if (lost) return lacks_field(lack, lost, "", "");
    for (CaseListId list = 0; list < LIST_STATUS; list++)
        if (!all_found(list, longer, shorter, case_item_extends, &missing) &&
            !lacks_entry(longer, shorter, list, missing, v, lack))
            return false;
    return true;
}
