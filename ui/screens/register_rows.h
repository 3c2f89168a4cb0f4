/* register_rows.h — the window of register rows on the screen: a few pages around the cursor, fetched along an index, whatever
** the size of the store. */
#ifndef SCREENS_REGISTER_ROWS_H
#define SCREENS_REGISTER_ROWS_H

#include "screens.h"

enum { REGISTER_PAGE = 60 };

typedef struct RegisterRows {
    Arena *arena; /* the texts of the rows */
    RegisterRow *rows;
    size_t n;
    BookPlace anchor;   /* the place before rows[0]; only with `before` */
    bool before, after; /* there are rows before rows[0]; behind the last */
} RegisterRows;

void register_rows_finish(RegisterRows *r);
/* From the start of the order; `again`: from where the window begins now, as many rows as it holds. */
bool register_rows_first(RegisterRows *r, App *app, const BookQuery *q, unsigned states, Err *err);
bool register_rows_again(RegisterRows *r, App *app, const BookQuery *q, unsigned states, Err *err);
bool register_rows_last(RegisterRows *r, App *app, const BookQuery *q, unsigned states, Err *err);
bool register_rows_down(RegisterRows *r, App *app, const BookQuery *q, unsigned states, Err *err);
bool register_rows_up(RegisterRows *r, App *app, const BookQuery *q, unsigned states, size_t *added, Err *err);
int64_t register_row_id(const RegisterRow *r); /* of its case and serial: stable across fetches */

#endif
