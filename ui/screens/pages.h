/* pages.h — rows that a list collects page by page as one goes down: as many as were come to, and no more are read. For lists that are only ever
** walked from their beginning; one that goes to its end and back has a window (window.h). */
#ifndef SCREENS_PAGES_H
#define SCREENS_PAGES_H

#include "screens.h"

/* Rows behind `last` (NULL: from the start), in the arena of the screen. */
typedef bool PagesFetch(Screen *self, const void *last, size_t limit, void **rows, size_t *n, bool *more, Err *err);
typedef struct Pages { /* zero but for the first three */
    size_t row_size, page;
    PagesFetch *fetch;
    void *items; /* n of row_size */
    size_t n, cap;
    bool more; /* there are rows behind them */
} Pages;

bool pages_load(Screen *self, Pages *p, List *list, Err *err); /* as many as stood there, so that one stays where one was */
React pages_event(Screen *self, Pages *p, List *list, const Event *e);

#endif
