/* store_search.c — what a case may be found by: its own number, the numbers of others, family names.
** Keys are derived from facts and compared folded: NFKC, no case, no marks, no spaces. A case that changes drops the keys
** it lost and adds the ones it gained; no index by case is needed for that. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "core/book.h"

#include <stdlib.h>
#include <string.h>

enum { CLASS_NUMBER, CLASS_NAME, CLASS_STATE };

typedef struct SearchKeys {
    SearchKey *items;
    size_t n, cap;
} SearchKeys;

char *search_fold(const char *text)
{
    char *folded = utf8_fold(text), *to = folded;

    for (const char *p = folded; p && *p; p++)
        if (*p != ' ') *to++ = *p;
    if (to) *to = '\0';
    if (to == folded) { /* nothing is left */
        mem_free(folded);
        return NULL;
    }
    return folded;
}

const char *prefix_end(Arena *a, const char *begins)
{
    return arena_printf(a, "%s\xF4\x8F\xBF\xBF", begins);
}

/* ---- the keys of a document ---- */

static void key_put(SearchKeys *k, int class, const char *what, const char *text)
{
    char *folded = text && *text ? search_fold(text) : NULL;

    if (!folded) return;
    k->items = mem_room(k->items, k->n, &k->cap, sizeof *k->items);
    k->items[k->n++] = (SearchKey){ class, folded, what, text, folded };
}

/* One for each book that is on its way. */
static void state_put(SearchKeys *k, const CaseDoc *doc, const Vocabs *v, const Book *b)
{
    const char *word;
    BookStand s;

    if (case_book(doc, b->serial) != b || !book_stand(doc, v, b->serial, &s) || s.state == BOOK_INDEXED) return;
    word = book_state_word(s.state);
    k->items = mem_room(k->items, k->n, &k->cap, sizeof *k->items);
    k->items[k->n++] = (SearchKey){ CLASS_STATE, word, "book", b->serial, NULL };
}

static void all_keys_of(SearchKeys *k, const CaseDoc *doc, const Vocabs *v)
{
    key_put(k, CLASS_NUMBER, "case", doc->id);
    key_put(k, CLASS_NUMBER, "cad", doc->cad_number);
    for (size_t i = 0; i < doc->n_references; i++)
        if (doc->references[i].withdrawn.at == TIME_NONE) key_put(k, CLASS_NUMBER, vocab_word(v, VOCAB_SYSTEM, doc->references[i].system), doc->references[i].number);
    for (size_t i = 0; i < doc->n_books; i++) {
        key_put(k, CLASS_NUMBER, "book", doc->books[i].serial);
        key_put(k, CLASS_NUMBER, "index", doc->books[i].index_number);
        state_put(k, doc, v, &doc->books[i]);
    }
    for (size_t i = 0; i < doc->n_people; i++)
        key_put(k, CLASS_NAME, vocab_word(v, VOCAB_PERSON_ROLE, doc->people[i].role), doc->people[i].family);
}

/* Those that are kept: of a restricted case none, so that nothing of it stands anywhere but in the case. */
static void keys_of(SearchKeys *k, const CaseDoc *doc, const Vocabs *v)
{
    if (doc->restricted_at == TIME_NONE) all_keys_of(k, doc, v);
}

static void keys_finish(SearchKeys *k)
{
    for (size_t i = 0; i < k->n; i++) mem_free(k->items[i].own);
    mem_free(k->items);
}

bool search_key_same(const SearchKey *a, const SearchKey *b)
{
    return a->class == b->class && strcmp(a->folded, b->folded) == 0 && strcmp(a->what, b->what) == 0 &&
           strcmp(a->shown, b->shown) == 0;
}

static bool has(const SearchKeys *k, const SearchKey *key)
{
    for (size_t i = 0; i < k->n; i++)
        if (search_key_same(&k->items[i], key)) return true;
    return false;
}

static bool key_write(Store *s, SqlId id, CaseKey case_key, const SearchKey *key, Err *err)
{
    Stmt *q = stmt(s, id);

    bind_int(q, "class", key->class);
    bind_text(q, "folded", key->folded);
    bind_int(q, "case_key", case_key);
    bind_text(q, "what", key->what);
    bind_text(q, "shown", key->shown);
    return stmt_run(q, err);
}

bool search_keys_change(Store *s, CaseKey key, const CaseDoc *before, const CaseDoc *after, const Vocabs *v, Err *err)
{
    SearchKeys old = { 0 }, new = { 0 };
    bool ok = true;

    if (before) keys_of(&old, before, v);
    if (after) keys_of(&new, after, v);
    for (size_t i = 0; ok && i < old.n; i++)
        if (!has(&new, &old.items[i])) ok = key_write(s, SQL_SEARCH_DROP, key, &old.items[i], err);
    for (size_t i = 0; ok && i < new.n; i++)
        if (!has(&old, &new.items[i])) ok = key_write(s, SQL_SEARCH_ADD, key, &new.items[i], err);
    keys_finish(&old);
    keys_finish(&new);
    return ok;
}

/* ---- for a recheck ---- */

bool search_keys_each(const CaseDoc *doc, const Vocabs *v, SearchKeyVisitor *each, void *with, Err *err)
{
    SearchKeys k = { 0 };
    bool ok = true;

    keys_of(&k, doc, v);
    for (size_t i = 0; ok && i < k.n; i++) {
        const SearchKey *x = &k.items[i];
        size_t same = 0;
        while (!search_key_same(&k.items[same], x)) same++;
        if (same == i) ok = each(with, x, err); /* the table has each once */
    }
    keys_finish(&k);
    return ok;
}

bool search_key_put(Store *s, CaseKey case_key, const SearchKey *key, Err *err)
{
    if (!key_write(s, SQL_SEARCH_ADD, case_key, key, err)) return false;
    s->rows_changed += s->engine->changes(s->conn);
    return true;
}

bool search_key_drop(Store *s, CaseKey case_key, const SearchKey *key, Err *err)
{
    s->rows_changed++;
    return key_write(s, SQL_SEARCH_DROP, case_key, key, err);
}

/* ---- searching ---- */

typedef struct Search {
    Store *store;
    const Vocabs *v;
    Arena *arena;
    const char *folded, *until; /* until: the first text that does not begin so */
    CaseHit *hits;
    size_t n, limit;
} Search;

static bool is_hit(const Search *x, CaseKey key)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->hits[i].row.key == key) return true;
    return false;
}

static const char *words(const Search *x, int class, const char *what, const char *shown)
{
    Code system = vocab_code(x->v, VOCAB_SYSTEM, what);

    if (class == CLASS_NAME) return what;
    if (system != CODE_NONE) what = vocab_label(x->v, VOCAB_SYSTEM, system);
    return arena_printf(x->arena, "%s %s", what, shown);
}

static bool hit_add(Search *x, Stmt *q, int class, Err *err)
{
    CaseHit *h = &x->hits[x->n++];

    h->shown = col_text(q, 1, x->arena);
    h->what = words(x, class, col_text(q, 0, x->arena), h->shown);
    h->row = (CaseRow){ .key = col_int(q, 2),
        .rev = col_int(q, 3),
        .id = col_text(q, 4, x->arena),
        .changed_at = col_time(q, 5),
        .changed_by = col_text(q, 6, x->arena) };
    return sight_shown_id(x->store, h->row.key, &h->row.id, x->arena, err);
}

/* ---- restricted cases: read, there is no other road to their words ---- */

static bool matches(const Search *x, const SearchKey *key, int class, bool exact)
{
    if (key->class != class) return false;
    return exact ? strcmp(key->folded, x->folded) == 0
                 : strncmp(key->folded, x->folded, strlen(x->folded)) == 0 && strcmp(key->folded, x->folded) != 0;
}

static bool veiled_hit(Search *x, CaseKey key, const SearchKey *k, int class, Err *err)
{
    CaseHit *h = &x->hits[x->n++];

    h->shown = arena_dup(x->arena, k->shown);
    h->what = words(x, class, arena_dup(x->arena, k->what), h->shown);
    return store_case_row(x->store, key, x->arena, &h->row, err);
}

static bool search_veiled(Search *x, int class, bool exact, Err *err)
{
    size_t at = 0;
    CaseKey key;
    bool ok = true;

    while (ok && x->n < x->limit && (key = sight_seen(x->store, &at)) != 0) {
        SearchKeys keys = { 0 };
        CaseDoc doc;
        size_t i = 0;
        if (is_hit(x, key)) continue;
        if (!store_case_load(x->store, key, x->v, x->arena, &doc, err)) return false;
        all_keys_of(&keys, &doc, x->v);
        while (i < keys.n && !matches(x, &keys.items[i], class, exact)) i++;
        if (i < keys.n) ok = veiled_hit(x, key, &keys.items[i], class, err);
        keys_finish(&keys);
    }
    return ok;
}

static bool search(Search *x, int class, bool exact, Err *err)
{
    Stmt *q;
    bool ok = search_veiled(x, class, exact, err);

    if (!ok) return false;
    q = stmt(x->store, exact ? SQL_SEARCH_EXACT : SQL_SEARCH_PREFIX);

    bind_int(q, "class", class);
    bind_text(q, "folded", x->folded);
    if (!exact) bind_text(q, "until", x->until);
    while (ok && x->n < x->limit && stmt_row(q))
        if (!is_hit(x, col_int(q, 2))) ok = hit_add(x, q, class, err);
    return stmt_end(q, ok ? err : NULL) && ok;
}

bool store_case_search(
    Store *s, const char *text, size_t limit, const Vocabs *v, Arena *a, CaseHit **out, size_t *n, Err *err)
{
    Search x = { .store = s, .v = v, .arena = a, .limit = limit };
    char *folded = search_fold(text);
    bool ok;

    *n = 0;
    *out = x.hits = arena_alloc(a, (limit + 1) * sizeof *x.hits);
    if (!folded) return true;
    x.folded = arena_dup(a, folded);
    x.until = prefix_end(a, folded);
    mem_free(folded);
    if (!read_begin(s, err)) return false;
    ok = sight_fresh(s, err) && search(&x, CLASS_NUMBER, true, err) && search(&x, CLASS_NAME, true, err) &&
         search(&x, CLASS_NUMBER, false, err) && search(&x, CLASS_NAME, false, err);
    read_end(s);
    *n = x.n;
    return ok;
}

/* ---- books on their way ---- */

typedef struct StateAsk {
    unsigned states;
    size_t limit;
    const Vocabs *v;
} StateAsk;

static bool veiled_in_state(Store *s, const StateAsk *ask, Arena *a, BookName *out, size_t *n, Err *err)
{
    size_t at = 0;
    CaseKey key;

    while ((key = sight_seen(s, &at)) != 0) {
        CaseDoc doc;
        if (!store_case_load(s, key, ask->v, a, &doc, err)) return false;
        for (size_t i = 0; i < doc.n_books && *n < ask->limit; i++) {
            BookStand stand;
            if (case_book(&doc, doc.books[i].serial) == &doc.books[i] &&
                book_stand(&doc, ask->v, doc.books[i].serial, &stand) && (ask->states & 1u << stand.state))
                out[(*n)++] = (BookName){ key, doc.books[i].serial };
        }
    }
    return true;
}

bool store_books_in_state(Store *s, unsigned states, size_t limit, const Vocabs *v, Arena *a, BookName **out, size_t *n, Err *err)
{
    StateAsk ask = { states, limit, v };
    bool ok;

    *n = 0;
    *out = arena_alloc(a, (limit + 1) * sizeof **out);
    if (!read_begin(s, err)) return false;
    ok = sight_fresh(s, err) && veiled_in_state(s, &ask, a, *out, n, err);
    for (BookState state = 0; ok && state < BOOK_STATES; state++) {
        if (!(states & 1u << state)) continue;
        Stmt *q = stmt(s, SQL_SEARCH_EXACT);
        bind_int(q, "class", CLASS_STATE);
        bind_text(q, "folded", book_state_word(state));
        while (*n < limit && stmt_row(q)) (*out)[(*n)++] = (BookName){ col_int(q, 2), col_text(q, 1, a) };
        ok = stmt_end(q, err);
    }
    read_end(s);
    return ok;
}
