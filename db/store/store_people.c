/* store_people.c — looking up while somebody types: who was in a case before, where something happened before.
** Restricted cases are offered to nobody here: what is typed into one case must not be taken out of such another.
** Both look at what stands now: a corrected name or place is not offered any more. The work is bounded, whatever is in
** the store: people come out of at most ROWS_MAX search keys, a place costs one step along its index. */
#include "inside.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 200, CASES_MAX = 20 };

/* ---- people ---- */

typedef struct Found { /* a case in which the name stands */
    CaseKey key;
    const char *case_id;
    Time reported_at;
} Found;

typedef struct Sighting { /* one person of one case */
    const Person *person;
    const char *folded;
    const Found *in;
} Sighting;

typedef struct Sightings {
    Sighting items[ROWS_MAX];
    size_t n;
} Sightings;

/* The cases, each once; at most ROWS_MAX rows are looked at. */
static bool cases_find(Store *s, const char *folded, Arena *a, Found found[ROWS_MAX], size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_PEOPLE_BEGIN);

    *n = 0;
    bind_text(q, "folded", folded);
    bind_text(q, "until", prefix_end(a, folded));
    bind_int(q, "limit", ROWS_MAX);
    while (stmt_row(q)) {
        size_t i = 0;
        while (i < *n && found[i].key != col_int(q, 0)) i++;
        if (i == *n) found[(*n)++] = (Found){ col_int(q, 0), col_text(q, 1, a), col_time(q, 2) };
    }
    return stmt_end(q, err);
}

static void people_see(Sightings *all, const Found *in, const CaseDoc *doc, const char *folded, Arena *a)
{
    for (size_t i = 0; i < doc->n_people && all->n < ROWS_MAX; i++) {
        char *own = doc->people[i].family ? search_fold(doc->people[i].family) : NULL;
        if (own && strncmp(own, folded, strlen(folded)) == 0)
            all->items[all->n++] = (Sighting){ &doc->people[i], arena_dup(a, own), in };
        mem_free(own);
    }
}

static int texts(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

/* 0 when they are one person: as cases know them, not as they are. */
static int persons(const Sighting *x, const Sighting *y)
{
    const Person *p = x->person, *q = y->person;
    int c = strcmp(x->folded, y->folded);

    if (c == 0) c = texts(p->family, q->family);
    if (c == 0) c = texts(p->given, q->given);
    if (c == 0) c = (p->born > q->born) - (p->born < q->born);
    if (c == 0) c = (p->sex > q->sex) - (p->sex < q->sex);
    return c;
}

/* By name, the sightings of one person together, the newest case first. */
static int by_person(const void *a, const void *b)
{
    const Sighting *x = a, *y = b;
    const Found *f = x->in, *g = y->in;
    int c = persons(x, y);

    if (c == 0) c = (f->reported_at < g->reported_at) - (f->reported_at > g->reported_at);
    if (c == 0) c = (f->key < g->key) - (f->key > g->key);
    return c ? c : texts(x->person->key, y->person->key);
}

/* One person out of all their sightings; the newest says what may differ. */
static PersonHit hit_of(const Sighting *seen, size_t n, Arena *a)
{
    const Person *p = seen[0].person;
    size_t n_cases = n < CASES_MAX ? n : CASES_MAX;
    const char **ids = arena_alloc(a, n_cases * sizeof *ids);
    Code *roles = arena_alloc(a, n_cases * sizeof *roles);

    for (size_t i = 0; i < n_cases; i++) {
        ids[i] = seen[i].in->case_id;
        roles[i] = seen[i].person->role;
    }
    return (PersonHit){ p->family, p->given, p->ethnicity, p->born, p->sex, p->police_staff, ids, roles, n_cases };
}

static void hits_make(Sightings *all, size_t limit, Arena *a, PersonHit **out, size_t *n)
{
    size_t same;

    qsort(all->items, all->n, sizeof *all->items, by_person);
    *out = arena_alloc(a, (all->n + 1) * sizeof **out);
    for (size_t i = 0; i < all->n && *n < limit; i += same) {
        same = 1;
        while (i + same < all->n && persons(&all->items[i], &all->items[i + same]) == 0) same++;
        (*out)[(*n)++] = hit_of(&all->items[i], same, a);
    }
}

static bool people_read(Store *s, const char *folded, const Vocabs *v, Arena *a, Sightings *all, Err *err)
{
    Found *found = arena_alloc(a, ROWS_MAX * sizeof *found);
    size_t n;

    if (!cases_find(s, folded, a, found, &n, err)) return false;
    for (size_t i = 0; i < n && all->n < ROWS_MAX; i++) {
        CaseDoc doc;
        if (!sight_shown_id(s, found[i].key, &found[i].case_id, a, err)) return false;
        if (!case_list_load(s, LIST_PEOPLE, found[i].key, v, a, &doc, err)) return false;
        people_see(all, &found[i], &doc, folded, a);
    }
    return true;
}

bool store_people_find(
    Store *s, const char *begins, size_t limit, const Vocabs *v, Arena *a, PersonHit **out, size_t *n, Err *err)
{
    char *folded = begins ? search_fold(begins) : NULL;
    Sightings *all;
    bool ok;

    *n = 0;
    *out = NULL;
    if (!folded) return true;
    all = arena_zero(a, 1, sizeof *all);
    ok = read_begin(s, err);
    if (ok) {
        ok = sight_fresh(s, err) && people_read(s, folded, v, a, all, err);
        read_end(s);
    }
    if (ok) hits_make(all, limit, a, out, n);
    mem_free(folded);
    return ok;
}

/* ---- places ---- */

/* The first place at or behind the text, or behind it; NULL when there is none. */
static bool place_read(Store *s, bool first, const char *from, const char *until, Arena *a, const char **out, Err *err)
{
    Stmt *q = stmt(s, first ? SQL_PLACE_FIRST : SQL_PLACE_NEXT);

    bind_text(q, first ? "begins" : "after", from);
    bind_text(q, "until", until);
    *out = stmt_row(q) ? col_text(q, 0, a) : NULL;
    return stmt_end(q, err);
}

static bool places_read(Store *s, const char *begins, size_t limit, Arena *a, const char **out, size_t *n, Err *err)
{
    const char *until = prefix_end(a, begins), *place = begins;

    while (*n < limit) {
        if (!place_read(s, *n == 0, place, until, a, &place, err)) return false;
        if (!place) return true;
        out[(*n)++] = place;
    }
    return true;
}

bool store_places_find(Store *s, const char *begins, size_t limit, Arena *a, const char ***out, size_t *n, Err *err)
{
    bool ok;

    *n = 0;
    *out = NULL;
    if (!begins || !*begins) return true;
    if (!read_begin(s, err)) return false;
    *out = arena_alloc(a, (limit + 1) * sizeof **out);
    ok = places_read(s, begins, limit, a, *out, n, err);
    read_end(s);
    return ok;
}
