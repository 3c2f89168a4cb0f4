/* desk_rows.c — paging through the queue by keyset: each fetch starts from a row, never from a number,
** so that rows which come and go meanwhile neither repeat nor hide one. One row more than a page is
** asked for: it says whether there is more. */
#include "desk_rows.h"

void desk_rows_finish(DeskRows *d)
{
    arena_free(&d->arena);
    mem_free(d->rows);
    *d = (DeskRows){ 0 };
}

/* `at` rows of what is held stay before and `keep` behind the new ones; their texts move along. */
static void row_copy(QueueRow *to, const QueueRow *from, Arena *a)
{
    *to = *from;
    to->case_id = arena_dup(a, from->case_id);
    to->duty = arena_dup(a, from->duty);
    to->offence = arena_dup(a, from->offence);
}

static bool fetch(App *app, const DeskQuery *q, const QueueRow *from, bool backwards, size_t limit, Arena *a,
    QueueRow **rows, size_t *n, Err *err)
{
    DeskQuery page = *q;

    page.from = from;
    page.backwards = backwards;
    page.limit = limit;
    return app_queue_page(app, &page, a, rows, n, err);
}

/* The window becomes these rows; the old arena goes only now, because `from` may have pointed into it. */
static void replace(DeskRows *d, Arena *a, const QueueRow *rows, size_t n)
{
    arena_free(&d->arena);
    d->arena = a;
    d->rows = mem_grow(d->rows, n ? n : 1, sizeof *d->rows);
    if (n) memcpy(d->rows, rows, n * sizeof *rows);
    d->n = n;
}

static bool window_from(DeskRows *d, App *app, const DeskQuery *q, bool anchored, size_t want, Err *err)
{
    Arena *a = arena_new();
    QueueRow *rows = NULL, anchor = { 0 };
    size_t n = 0;

    if (!fetch(app, q, anchored ? &d->anchor : NULL, false, want + 1, a, &rows, &n, err)) {
        arena_free(&a);
        return false;
    }
    if (anchored) row_copy(&anchor, &d->anchor, a);
    d->after = n > want;
    replace(d, a, rows, n > want ? want : n);
    d->before = anchored;
    d->anchor = anchor;
    return true;
}

bool desk_rows_first(DeskRows *d, App *app, const DeskQuery *q, Err *err)
{
    return window_from(d, app, q, false, DESK_PAGE, err);
}

bool desk_rows_again(DeskRows *d, App *app, const DeskQuery *q, Err *err)
{
    size_t want = d->n < DESK_PAGE ? DESK_PAGE : d->n;
    return window_from(d, app, q, d->before, want, err);
}

bool desk_rows_last(DeskRows *d, App *app, const DeskQuery *q, Err *err)
{
    Arena *a = arena_new();
    QueueRow *rows = NULL;
    size_t n = 0, skip;

    if (!fetch(app, q, NULL, true, DESK_PAGE + 1, a, &rows, &n, err)) {
        arena_free(&a);
        return false;
    }
    skip = n > DESK_PAGE ? n - DESK_PAGE : 0;
    d->after = false;
    replace(d, a, rows + skip, n - skip);
    d->before = skip > 0;
    if (skip) d->anchor = rows[skip - 1];
    return true;
}

bool desk_rows_down(DeskRows *d, App *app, const DeskQuery *q, Err *err)
{
    QueueRow *rows = NULL;
    size_t n = 0;

    if (!d->after || d->n == 0) return true;
    if (!fetch(app, q, &d->rows[d->n - 1], false, DESK_PAGE + 1, d->arena, &rows, &n, err)) return false;
    d->after = n > DESK_PAGE;
    if (n > DESK_PAGE) n = DESK_PAGE;
    d->rows = mem_grow(d->rows, d->n + n, sizeof *d->rows);
    memcpy(d->rows + d->n, rows, n * sizeof *rows);
    d->n += n;
    return true;
}

/* The anchor itself becomes a row of the window; what lies before it is asked for. */
bool desk_rows_up(DeskRows *d, App *app, const DeskQuery *q, size_t *added, Err *err)
{
    QueueRow *rows = NULL;
    size_t n = 0, skip;

    *added = 0;
    if (!d->before) return true;
    if (!fetch(app, q, &d->anchor, true, DESK_PAGE, d->arena, &rows, &n, err)) return false;
    skip = n == DESK_PAGE ? 1 : 0;
    *added = n - skip + 1;
    d->rows = mem_grow(d->rows, d->n + *added, sizeof *d->rows);
    memmove(d->rows + *added, d->rows, d->n * sizeof *d->rows);
    memcpy(d->rows, rows + skip, (n - skip) * sizeof *rows);
    d->rows[*added - 1] = d->anchor;
    d->n += *added;
    d->before = skip == 1;
    if (skip) d->anchor = rows[0];
    return true;
}

/* FNV-1a over what names a duty. */
int64_t desk_row_id(const QueueRow *r)
{
    uint64_t h = 14695981039346656037u;

    for (const char *s = r->case_id; *s; s++) h = (h ^ (unsigned char)*s) * 1099511628211u;
    for (const char *s = r->duty; *s; s++) h = (h ^ (unsigned char)*s) * 1099511628211u;
    h = (h ^ (unsigned)r->cycle) * 1099511628211u;
    return (int64_t)(h >> 1) | 1;
}
