/* window.c — paging by keyset: each fetch starts from a row, never from a number, so that rows which come and go meanwhile neither repeat
** nor hide one. One row more than a page is asked for: it says whether there is more. */
#include "window.h"

void window_init(Window *w, const WindowKind *kind, App *app, const void *query)
{
    *w = (Window){ .kind = kind, .app = app, .query = query };
}

void window_finish(Window *w)
{
    arena_free(&w->arena);
    mem_free(w->rows);
    w->rows = w->anchor = NULL;
    w->n = 0;
    w->before = w->after = false;
}

static void *at(const Window *w, const void *rows, size_t i)
{
    return (char *)(uintptr_t)rows + i * w->kind->row_size;
}

const void *window_row(const Window *w, size_t i)
{
    return i < w->n ? at(w, w->rows, i) : NULL;
}

int64_t window_id(const Window *w, size_t i)
{
    return w->kind->id(at(w, w->rows, i));
}

static bool fetch(Window *w, const void *from, bool backwards, size_t limit, Arena *a, void **rows, size_t *n, Err *err)
{
    WindowAsk ask = { from, backwards, limit };

    *rows = NULL, *n = 0;
    return w->kind->fetch(w->app, w->query, &ask, a, rows, n, err);
}

static void *row_kept(const Window *w, const void *row, Arena *a)
{
    void *kept = arena_alloc(a, w->kind->row_size);

    memcpy(kept, row, w->kind->row_size);
    w->kind->keep(kept, a);
    return kept;
}

/* The window becomes these rows; the old arena goes only now, because what was asked from may have stood in it. */
static void replace(Window *w, Arena *a, const void *rows, size_t n, void *anchor)
{
    arena_free(&w->arena);
    w->arena = a;
    w->rows = mem_grow(w->rows, n ? n : 1, w->kind->row_size);
    if (n) memcpy(w->rows, rows, n * w->kind->row_size);
    w->n = n;
    w->anchor = anchor;
    w->before = anchor != NULL;
}

static bool window_from(Window *w, const void *anchor, size_t want, Err *err)
{
    Arena *a = arena_new_secret();
    void *rows;
    size_t n;

    if (!fetch(w, anchor, false, want + 1, a, &rows, &n, err)) {
        arena_free(&a);
        return false;
    }
    w->after = n > want;
    replace(w, a, rows, n > want ? want : n, anchor ? row_kept(w, anchor, a) : NULL);
    return true;
}

bool window_first(Window *w, Err *err)
{
    return window_from(w, NULL, w->kind->page, err);
}

bool window_again(Window *w, Err *err)
{
    bool was_behind = w->before;

    if (!window_from(w, w->before ? w->anchor : NULL, w->n < w->kind->page ? w->kind->page : w->n, err)) return false;
    return w->n > 0 || !was_behind ||
           window_last(w, err); /* all that stood here is gone, and what is before it is not */
}

bool window_last(Window *w, Err *err)
{
    Arena *a = arena_new_secret();
    void *rows;
    size_t n, skip;

    if (!fetch(w, NULL, true, w->kind->page + 1, a, &rows, &n, err)) {
        arena_free(&a);
        return false;
    }
    skip = n > w->kind->page ? n - w->kind->page : 0;
    w->after = false;
    replace(w, a, at(w, rows, skip), n - skip, skip ? at(w, rows, skip - 1) : NULL);
    return true;
}

/* A page behind the last. */
static bool window_down(Window *w, Err *err)
{
    void *rows;
    size_t n;

    if (!w->after || w->n == 0) return true;
    if (!fetch(w, at(w, w->rows, w->n - 1), false, w->kind->page + 1, w->arena, &rows, &n, err)) return false;
    w->after = n > w->kind->page;
    if (w->after) n = w->kind->page;
    w->rows = mem_grow(w->rows, w->n + n + 1, w->kind->row_size);
    if (n) memcpy(at(w, w->rows, w->n), rows, n * w->kind->row_size);
    w->n += n;
    return true;
}

/* A page before the first; *added rows came in front. */
static bool window_up(Window *w, size_t *added, Err *err)
{
    void *rows;
    size_t n, skip;

    *added = 0;
    if (!w->before || w->n == 0) return true;
    if (!fetch(w, at(w, w->rows, 0), true, w->kind->page + 1, w->arena, &rows, &n, err)) return false;
    skip = n > w->kind->page ? n - w->kind->page : 0;
    *added = n - skip;
    w->rows = mem_grow(w->rows, w->n + *added, w->kind->row_size);
    memmove(at(w, w->rows, *added), w->rows, w->n * w->kind->row_size);
    if (*added) memcpy(w->rows, at(w, rows, skip), *added * w->kind->row_size);
    w->n += *added;
    w->anchor = skip ? at(w, rows, skip - 1) : NULL;
    w->before = skip > 0;
    return true;
}

bool window_around(Window *w, List *list, Err *err)
{
    size_t margin = (size_t)(list->page > 0 ? list->page : 20) * 2, added;

    if (list_at(list) + margin >= w->n && !window_down(w, err)) return false;
    if (list_at(list) >= margin) return true;
    if (!window_up(w, &added, err)) return false;
    list->at += added;
    list->top += added;
    return true;
}

bool window_goes_far(const Window *w, const Event *e, bool *last)
{
    if (e->kind != EVENT_KEY) return false;
    *last = e->key == K_END || e->key == 'G';
    return *last ? w->after : (e->key == K_HOME || e->key == 'g') && w->before;
}

bool window_go(Window *w, List *list, bool last, Err *err)
{
    if (!(last ? window_last : window_first)(w, err)) return false;
    list_refresh(list);
    list_go(list, last && w->n ? w->n - 1 : 0);
    return true;
}
