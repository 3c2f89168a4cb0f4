/* window.h — the rows of a long list that a screen holds: a few pages around the cursor, fetched along the order's own keys, whatever the
** size of the store. One kind of window for the queue, the register of books and the alerts; what differs is in their WindowKind. */
#ifndef SCREENS_WINDOW_H
#define SCREENS_WINDOW_H

#include "screens.h"

typedef struct WindowAsk {
    const void *from; /* a row: those behind it, or before it with `backwards`; NULL: from the start, or the end */
    bool backwards;
    size_t limit;
} WindowAsk;

typedef struct WindowKind {
    size_t row_size, page;
    /* Rows in their order; `query` is the screen's own. */
    bool (*fetch)(App *app, const void *query, const WindowAsk *ask, Arena *a, void **rows, size_t *n, Err *err);
    void (*keep)(void *row, Arena *a);    /* its texts move to another arena, as far as they say its place */
    int64_t (*id)(const void *row);       /* of what it is a row of: the same across fetches */
} WindowKind;

typedef struct Window {
    const WindowKind *kind;
    App *app;
    const void *query; /* borrowed; may change before window_first, _last and _again */
    Arena *arena;      /* the texts of the rows */
    void *rows;        /* n of kind->row_size */
    size_t n;
    void *anchor;      /* the row before the first; only with `before` */
    bool before, after; /* there are rows before the first; behind the last */
} Window;

extern const WindowKind window_queue;    /* QueueRow; query: DeskQuery */
extern const WindowKind window_register; /* RegisterRow; query: RegisterQuery */
extern const WindowKind window_alerts;   /* AlertRow; query: RoleSet, 0 for the officer's own */

typedef struct RegisterQuery {
    BookQuery books;
    unsigned states; /* 1 << BookState; 0 for all */
} RegisterQuery;

void window_init(Window *w, const WindowKind *kind, App *app, const void *query);
void window_finish(Window *w);
const void *window_row(const Window *w, size_t i); /* NULL behind the last */
int64_t window_id(const Window *w, size_t i);
bool window_first(Window *w, Err *err);
bool window_last(Window *w, Err *err);
/* The same window once more, with what has changed since; at least a page. */
bool window_again(Window *w, Err *err);
/* A page in hand on both sides of where the list stands, so that it need not know where the window ends. */
bool window_around(Window *w, List *list, Err *err);
/* g and G, where the window does not reach so far; false: the list does it. */
bool window_goes_far(const Window *w, const Event *e, bool *last);
/* To the end, or the beginning, of all rows. */
bool window_go(Window *w, List *list, bool last, Err *err);

#endif
