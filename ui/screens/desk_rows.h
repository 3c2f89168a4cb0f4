/* desk_rows.h — the window of queue rows that the desk holds: a few pages around the cursor, fetched
** by the order's own keys, whatever the size of the store. */
#ifndef SCREENS_DESK_ROWS_H
#define SCREENS_DESK_ROWS_H

#include "screens.h"

enum { DESK_PAGE = 100 };

typedef struct DeskRows {
    Arena *arena; /* the texts of the rows */
    QueueRow *rows;
    size_t n;
    QueueRow anchor; /* the row before rows[0]; only with `before` */
    bool before;     /* there are rows before rows[0] */
    bool after;      /* there are rows behind the last */
} DeskRows;

void desk_rows_finish(DeskRows *d);
bool desk_rows_first(DeskRows *d, App *app, const DeskQuery *q, Err *err);
bool desk_rows_last(DeskRows *d, App *app, const DeskQuery *q, Err *err);
/* The same window once more, with what has changed since; at least a page. */
bool desk_rows_again(DeskRows *d, App *app, const DeskQuery *q, Err *err);
bool desk_rows_down(DeskRows *d, App *app, const DeskQuery *q, Err *err); /* a page behind the last */
/* A page before the first; *added rows came in front. */
bool desk_rows_up(DeskRows *d, App *app, const DeskQuery *q, size_t *added, Err *err);
int64_t desk_row_id(const QueueRow *r); /* stable across fetches */

#endif
