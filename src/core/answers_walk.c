/* answers_walk.c — answers as a whole: the canonical form, its hash, the walk over all of them, and what differs.
** Canonical is: keys in order of their bytes, no spaces, no empty text, list or row at the end; an empty row between
** others stays, because rows are known by their place. */
#include "answers_parts.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { DUMP = JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY };

/* ---- canonical ---- */

bool answers_nothing(const json_t *value)
{
    json_t *inner;
    const char *key;
    size_t i;

    switch (answers_sort(value)) {
    case SORT_TEXT: return json_string_length(value) == 0;
    case SORT_LIST: json_array_foreach(value, i, inner) if (json_string_length(inner) > 0) return false; return true;
    case SORT_ROWS:
        json_array_foreach(value, i, inner)
            json_object_foreach(inner, key, value) if (!answers_nothing(value)) return false;
        return true;
    default: return false;
    }
}

static void tidy_object(json_t *object);

static void tidy_list(json_t *list)
{
    for (size_t i = json_array_size(list); i-- > 0;)
        if (json_string_length(json_array_get(list, i)) == 0) json_array_remove(list, i);
}

static void tidy_rows(json_t *rows)
{
    for (size_t i = json_array_size(rows); i-- > 0;) {
        json_t *row = json_array_get(rows, i);
        tidy_object(row);
        if (json_object_size(row) == 0 && i + 1 == json_array_size(rows)) json_array_remove(rows, i);
    }
}

static void tidy_object(json_t *object)
{
    const char *key;
    json_t *value;
    void *next;

    json_object_foreach_safe(object, next, key, value)
    {
        if (answers_nothing(value))
            json_object_del(object, key);
        else if (answers_sort(value) == SORT_LIST)
            tidy_list(value);
        else if (answers_sort(value) == SORT_ROWS)
            tidy_rows(value);
    }
}

static json_t *tidied(const Answers *a)
{
    json_t *copy = json_deep_copy(a->root);

    if (!copy) mem_exhausted();
    tidy_object(copy);
    return copy;
}

static int add_piece(const char *piece, size_t n, void *out)
{
    str_add_n(out, piece, n);
    return 0;
}

void answers_write(const Answers *a, Str *out)
{
    json_t *copy = tidied(a);

    json_dump_callback(copy, add_piece, out, DUMP);
    answers_wipe(copy);
    json_decref(copy);
}

void answers_digest(const Answers *a, uint8_t out[HASH_BYTES])
{
    Str text = { 0 };

    answers_write(a, &text);
    crypto_hash(str_text(&text), text.n, out);
    crypto_wipe(text.s, text.n);
    str_finish(&text);
}

bool answers_same(const Answers *a, const Answers *b)
{
    uint8_t x[HASH_BYTES], y[HASH_BYTES];

    answers_digest(a, x);
    answers_digest(b, y);
    return memcmp(x, y, sizeof x) == 0;
}

/* ---- walking ---- */

typedef struct Answered {   /* one answer with its place: by these the order is made */
    const char *key, *name; /* name "" outside of rows */
    size_t row;             /* from 1; 0 outside of rows */
    const char *text;
} Answered;

typedef struct Walk {
    Arena *arena;
    Answered *items;
    size_t n, cap;
} Walk;

static int by_place(const void *a, const void *b)
{
    const Answered *x = a, *y = b;
    int order = strcmp(x->key, y->key);

    if (order == 0) order = (x->row > y->row) - (x->row < y->row);
    return order ? order : strcmp(x->name, y->name);
}

static const char *value_text(const json_t *value, Arena *arena)
{
    Str text = { 0 };
    const char *kept;

    switch (answers_sort(value)) {
    case SORT_TEXT: return arena_dup(arena, json_string_value(value));
    case SORT_LIST: answers_join(value, &text); break;
    default: json_dump_callback(value, add_piece, &text, DUMP);
    }
    kept = arena_dup(arena, str_text(&text));
    if (text.s) crypto_wipe(text.s, text.n);
    str_finish(&text);
    return kept;
}

static void gather(Walk *w, const char *key, size_t row, const char *name, const json_t *value)
{
    if (answers_nothing(value)) return;
    w->items = mem_room(w->items, w->n, &w->cap, sizeof *w->items);
    w->items[w->n++] =
        (Answered){ arena_dup(w->arena, key), arena_dup(w->arena, name), row, value_text(value, w->arena) };
}

static void gather_rows(Walk *w, const char *key, const json_t *rows)
{
    json_t *row, *value;
    const char *name;
    size_t i;

    json_array_foreach(rows, i, row) json_object_foreach(row, name, value) gather(w, key, i + 1, name, value);
}

/* Every answer in canonical order; the items are the caller's to free. */
static Walk walk(const Answers *a, Arena *arena)
{
    Walk w = { .arena = arena };
    const char *key;
    json_t *value;

    json_object_foreach(a->root, key, value)
    {
        if (answers_sort(value) == SORT_ROWS)
            gather_rows(&w, key, value);
        else
            gather(&w, key, 0, "", value);
    }
    if (w.n > 1) qsort(w.items, w.n, sizeof *w.items, by_place);
    return w;
}

static const char *path_of(const Answered *it, Arena *arena)
{
    return it->row ? arena_printf(arena, "%s[%zu].%s", it->key, it->row - 1, it->name) : it->key;
}

void answers_each(const Answers *a, bool (*each)(void *with, const char *path, const char *text), void *with)
{
    Arena *arena = arena_new_secret();
    Walk w = walk(a, arena);

    for (size_t i = 0; i < w.n; i++)
        if (!each(with, path_of(&w.items[i], arena), w.items[i].text)) break;
    mem_free(w.items);
    arena_free(&arena);
}

/* ---- comparing ---- */

size_t answers_compare(const Answers *before, const Answers *after, Arena *arena, AnswerChange **out)
{
    Walk x = walk(before, arena), y = walk(after, arena);
    AnswerChange *changes = arena_alloc(arena, (x.n + y.n + 1) * sizeof *changes);
    size_t n = 0;

    for (size_t i = 0, k = 0; i < x.n || k < y.n;) {
        int order = i == x.n ? 1 : k == y.n ? -1 : by_place(&x.items[i], &y.items[k]);
        const Answered *old = order <= 0 ? &x.items[i++] : NULL, *new = order >= 0 ? &y.items[k++] : NULL;
        if (old && new &&strcmp(old->text, new->text) == 0) continue;
        changes[n++] = (AnswerChange){ path_of(old ? old : new, arena), old ? old->text : "", new ? new->text : "" };
    }
    mem_free(x.items);
    mem_free(y.items);
    *out = changes;
    return n;
}
