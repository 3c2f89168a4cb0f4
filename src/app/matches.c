/* matches.c — repeat victims without a leak: people of restricted cases who turn up in other cases. Who may know looks for them when he asks;
** nothing of it is kept, so that there is no list to be found. A person is the same by family name and date of birth, as the search keys have
** the name; a case that came in under the number of a restricted one is a match by its number. */
#include "access_in.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <string.h>

typedef struct Matching {
    App *app;
    Arena *a;
    AccessMatch *items;
    size_t n, cap, limit;
} Matching;

static void put(Matching *m, AccessMatch match)
{
    if (m->n == m->limit) return;
    m->items = arena_room(m->a, m->items, m->n, &m->cap, sizeof *m->items);
    m->items[m->n++] = match;
}

static bool same_name(const char *x, const char *y)
{
    char *p = utf8_fold(x ? x : ""), *q = utf8_fold(y ? y : "");
    bool same = p && q && *p && strcmp(p, q) == 0;

    mem_free(p);
    mem_free(q);
    return same;
}

/* A person who is known by name and birth; ordinary cases only, because who sees the restricted ones sees them anyway. */
static bool person(Matching *m, const CaseRow *row, const Person *p, Err *err)
{
    const Vocabs *v = app_vocabs(m->app);
    PersonHit *hits;
    size_t n;

    if (!p->family || p->born == DATE_NONE) return true;
    if (!store_people_find(m->app->store, p->family, 200, v, m->a, &hits, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        if (hits[i].born != p->born || !same_name(hits[i].family, p->family)) continue;
        for (size_t k = 0; k < hits[i].n_cases; k++)
            put(m, (AccessMatch){ row->id, hits[i].case_ids[k], vocab_word(v, VOCAB_PERSON_ROLE, hits[i].roles[k]), p->family, p->given,
                       p->born });
    }
    return true;
}

static bool number(Matching *m, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    CaseKey *twins;
    CaseRow other;
    size_t n;

    if (!store_case_twins(m->app->store, doc->id, m->a, &twins, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        if (!store_case_row(m->app->store, twins[i], m->a, &other, err)) return false;
        if (other.key != row->key) put(m, (AccessMatch){ row->id, other.id, "number", NULL, NULL, DATE_NONE });
    }
    return true;
}

static bool one_case(Matching *m, CaseKey key, Err *err)
{
    CaseRow row;
    CaseDoc doc;

    if (!store_case_row(m->app->store, key, m->a, &row, err) ||
        !store_case_load(m->app->store, key, app_vocabs(m->app), m->a, &doc, err) || !number(m, &row, &doc, err))
        return false;
    for (size_t i = 0; i < doc.n_people; i++)
        if (!person(m, &row, &doc.people[i], err)) return false;
    return true;
}

bool app_access_matches(App *app, size_t limit, Arena *a, AccessMatch **out, size_t *n, Err *err)
{
    Matching m = { .app = app, .a = a, .limit = limit };
    CaseKey *keys;
    size_t n_keys;
    char detail[40];

    *out = NULL, *n = 0;
    if (!app_may_do(app, PERM_MATCH_READ, "access.matches", NULL, err)) return false;
    if (!store_restricted(app->store, a, &keys, &n_keys, err)) return false;
    for (size_t i = 0; i < n_keys; i++)
        if (!one_case(&m, keys[i], err)) return false;
    snprintf(detail, sizeof detail, "%zu found", m.n);
    if (!app_log_now(app, AUDIT_COMBINE, "access.matches", NULL, detail, err)) return false;
    *out = m.items, *n = m.n;
    return true;
}
