/* register_rows.c — paging through the register by keyset: each fetch starts from a place, never from a number, so that books which
** come and go meanwhile neither repeat nor hide one. One row more than a page is asked for: it says whether there is more. */
#include "register_rows.h"

void register_rows_finish(RegisterRows *r)
{
    arena_free(&r->arena);
    mem_free(r->rows);
    *r = (RegisterRows){ 0 };
}

static BookPlace place_copy(const BookPlace *from, Arena *a)
{
    BookPlace to = *from;

    to.case_id = arena_dup(a, from->case_id);
    to.serial = arena_dup(a, from->serial);
    to.text = arena_dup(a, from->text);
    return to;
}

static bool fetch(App *app, const BookQuery *q, unsigned states, const BookPlace *from, bool backwards, size_t limit,
    Arena *a, RegisterRow **rows, size_t *n, Err *err)
{
    BookQuery page = *q;

    page.from = from;
    page.backwards = backwards;
    page.limit = limit;
    return app_register_page(app, &page, states, a, rows, n, err);
}

/* The window becomes these rows; the old arena goes only now, because `from` may have pointed into it. */
static void replace(RegisterRows *r, Arena *a, const RegisterRow *rows, size_t n)
{
    arena_free(&r->arena);
    r->arena = a;
    r->rows = mem_grow(r->rows, n ? n : 1, sizeof *r->rows);
    if (n) memcpy(r->rows, rows, n * sizeof *rows);
    r->n = n;
}

static bool window_from(
    RegisterRows *r, App *app, const BookQuery *q, unsigned states, bool anchored, size_t want, Err *err)
{
    Arena *a = arena_new_secret();
    RegisterRow *rows = NULL;
    BookPlace anchor = { 0 };
    size_t n = 0;

    if (!fetch(app, q, states, anchored ? &r->anchor : NULL, false, want + 1, a, &rows, &n, err)) {
        arena_free(&a);
        return false;
    }
    if (anchored) anchor = place_copy(&r->anchor, a);
    r->after = n > want;
    replace(r, a, rows, n > want ? want : n);
    r->before = anchored;
    r->anchor = anchor;
    return true;
}

bool register_rows_first(RegisterRows *r, App *app, const BookQuery *q, unsigned states, Err *err)
{
    return window_from(r, app, q, states, false, REGISTER_PAGE, err);
}

bool register_rows_again(RegisterRows *r, App *app, const BookQuery *q, unsigned states, Err *err)
{
    return window_from(r, app, q, states, r->before, r->n < REGISTER_PAGE ? REGISTER_PAGE : r->n, err);
}

bool register_rows_last(RegisterRows *r, App *app, const BookQuery *q, unsigned states, Err *err)
{
    Arena *a = arena_new_secret();
    RegisterRow *rows = NULL;
    size_t n = 0, skip;

    if (!fetch(app, q, states, NULL, true, REGISTER_PAGE + 1, a, &rows, &n, err)) {
        arena_free(&a);
        return false;
    }
    skip = n > REGISTER_PAGE ? n - REGISTER_PAGE : 0;
    r->after = false;
    replace(r, a, rows + skip, n - skip);
    r->before = skip > 0;
    if (skip) r->anchor = place_copy(&rows[skip - 1].place, a);
    return true;
}

bool register_rows_down(RegisterRows *r, App *app, const BookQuery *q, unsigned states, Err *err)
{
    RegisterRow *rows = NULL;
    size_t n = 0;

    if (!r->after || r->n == 0) return true;
    if (!fetch(app, q, states, &r->rows[r->n - 1].place, false, REGISTER_PAGE + 1, r->arena, &rows, &n, err))
        return false;
    r->after = n > REGISTER_PAGE;
    if (n > REGISTER_PAGE) n = REGISTER_PAGE;
    r->rows = mem_grow(r->rows, r->n + n, sizeof *r->rows);
    if (n) memcpy(r->rows + r->n, rows, n * sizeof *rows);
    r->n += n;
    return true;
}

/* The place before the window is one of a book, not a row: all rows from it back are asked for, and its own with them. */
bool register_rows_up(RegisterRows *r, App *app, const BookQuery *q, unsigned states, size_t *added, Err *err)
{
    RegisterRow *rows = NULL;
    size_t n = 0, skip;

    *added = 0;
    if (!r->before || r->n == 0) return true;
    if (!fetch(app, q, states, &r->rows[0].place, true, REGISTER_PAGE + 1, r->arena, &rows, &n, err)) return false;
    skip = n > REGISTER_PAGE ? n - REGISTER_PAGE : 0;
    *added = n - skip;
    r->rows = mem_grow(r->rows, r->n + *added, sizeof *r->rows);
    memmove(r->rows + *added, r->rows, r->n * sizeof *r->rows);
    if (*added) memcpy(r->rows, rows + skip, *added * sizeof *rows);
    r->n += *added;
    r->before = skip > 0;
    if (skip) r->anchor = rows[skip - 1].place;
    return true;
}

/* FNV-1a over what names a book. */
int64_t register_row_id(const RegisterRow *r)
{
    uint64_t h = 14695981039346656037u;

    for (const char *s = r->case_id; s && *s; s++) h = (h ^ (unsigned char)*s) * 1099511628211u;
    h = (h ^ 0x1fu) * 1099511628211u;
    for (const char *s = r->serial; s && *s; s++) h = (h ^ (unsigned char)*s) * 1099511628211u;
    return (int64_t)(h >> 1) | 1;
}
