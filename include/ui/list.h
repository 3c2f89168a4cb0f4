/* list.h — rows with columns, of which only the shown ones are asked for. Which rows there are, and
** paging through
** them, is the screen's business; the list keeps the place: it follows the row's id when rows come
** and go. */
#ifndef UI_LIST_H
#define UI_LIST_H

#include "ui/event.h"
#include "ui/grid.h"

enum { LIST_COLUMNS = 12, LIST_SCRATCH = 1024 };

typedef struct ListColumn {
    const char *title; /* NULL or "": none */
    int width;         /* columns; 0: takes a share of what is left */
    bool right;        /* numbers */
    int drop;          /* > 0: left out when the view is too narrow, the highest first */
} ListColumn;

typedef struct ListRow { /* filled by the callback; texts borrowed until the next row */
    const char *text[LIST_COLUMNS];
    unsigned style[LIST_COLUMNS];
    unsigned whole;             /* style where a column has none of its own (STYLE_NORMAL) */
    char scratch[LIST_SCRATCH]; /* list_cellf writes here */
    size_t used;
} ListRow;
/* Set a cell; texts are borrowed. */
void list_cell(ListRow *r, int column, unsigned style, const char *text);
/* Format a cell into the row's scratch; cut when that is full. */
void list_cellf(ListRow *r, int column, unsigned style, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

typedef struct ListSource {
    void *of;
    size_t (*count)(void *of);
    int64_t (*id)(void *of, size_t i); /* stable; cheap */
    void (*row)(void *of, size_t i, ListRow *out);
    bool (*heading)(void *of, size_t i); /* may be NULL: the row cannot be selected, its cell 0 spans the line */
} ListSource;

typedef struct List { /* read `at` and `top` if you like; change through the verbs */
    const ListColumn *columns;
    size_t n_columns;
    ListSource source;
    size_t at, top;
    int64_t at_id;
    int page;          /* rows of the last drawing */
    bool titles;       /* draw the column titles */
    const char *empty; /* what to say when there are no rows */
} List;

typedef enum ListResult {
    LIST_UNUSED,
    LIST_MOVED,
    LIST_AT_START, /* wanted to go up from the first row: fetch earlier ones, or nothing */
    LIST_AT_END    /* wanted to go down from the last row */
} ListResult;

void list_init(List *l, const ListColumn *columns, size_t n, ListSource source);
/* The rows changed: stand on the same id; if it is gone, on the row that took its place. */
void list_refresh(List *l);
size_t list_count(const List *l);
bool list_any(const List *l); /* is a row selected? */
size_t list_at(const List *l);
int64_t list_id(const List *l); /* of the selected row; 0 when there is none */
void list_go(List *l, size_t i);
bool list_go_id(List *l, int64_t id);
/* Up Down k j PgUp PgDn Home End g G. */
ListResult list_event(List *l, const Event *e);
void list_draw(List *l, View v, bool focus);

#endif
