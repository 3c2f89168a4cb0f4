/* grid.h — a screen in memory: cells of one grapheme cluster each, and Views, which are clipped
** rectangles of it.
** Everything drawn goes through a View; nothing can be drawn outside it, and no byte of a text is
** ever obeyed:
** hostile characters are shown as ‹U+202E›. Curses is not known here, so that a test reads the
** screen as text. */
#ifndef UI_GRID_H
#define UI_GRID_H

#include "base/str.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a text is, not how it looks. A state is a word and a sign first; this only adds to it. */
typedef enum Style {
    STYLE_NORMAL,
    STYLE_TITLE,    /* the header line, titles of boxes */
    STYLE_HEADING,  /* within a page                    */
    STYLE_LABEL,    /* names of fields and columns      */
    STYLE_HINT,     /* words of the hint bar            */
    STYLE_KEY,      /* keys of the hint bar             */
    STYLE_SELECTED, /* the row one stands on            */
    STYLE_OVERDUE,
    STYLE_HIGH,
    STYLE_MEDIUM,
    STYLE_GOOD,
    STYLE_WARNING,
    STYLE_ERROR,
    STYLE_MUTED,
    STYLE_RULE, /* lines and boxes                  */
    STYLE_FIELD,
    STYLE_FIELD_FOCUS,
    STYLE_MARK, /* found text, a chip, a badge      */
    STYLE_COUNT
} Style;
/* Or-ed to a style: the same words on the selected row (reversed, whatever they are). */
#define STYLE_ON 0x80u

typedef struct Grid Grid;

typedef struct View { /* passed by value; row and col of a drawing call count from its corner */
    Grid *grid;
    int row, col, rows, cols;
} View;

/* --- the grid itself ---------------------------------------------------------- */
Grid *grid_new(int rows, int cols, bool ascii); /* ascii: nothing but 0x20–0x7e is ever put into a cell */
void grid_free(Grid **g);                       /* wiped */
void grid_resize(Grid *g, int rows, int cols);  /* everything is blank afterwards */
void grid_copy(Grid *to, const Grid *from);
void grid_clear(Grid *g); /* blank, no cursor */
int grid_rows(const Grid *g);
int grid_cols(const Grid *g);
bool grid_ascii(const Grid *g);
View grid_view(Grid *g);

typedef struct Cell {
    char text[21]; /* UTF-8 of one cluster (base and at most four marks), NUL-terminated */
    uint8_t n;     /* bytes; 0 for the right half of a wide one */
    uint8_t width; /* 1 or 2; 0 for the right half */
    uint8_t style;
} Cell;
const Cell *grid_cell(const Grid *g, int row, int col); /* NULL outside */
/* Where the hardware cursor belongs; false when it is hidden. */
bool grid_cursor(const Grid *g, int *row, int *col);
/* One line as text, trailing blanks cut, added to `out` (no line end). */
void grid_line(const Grid *g, int row, Str *out);
/* All lines, each ended with \n; trailing empty lines are cut. */
void grid_dump(const Grid *g, Str *out);
const char *style_name(Style s);

/* --- views --------------------------------------------------------------------- */
/* The part of v that begins at row, col and has at most that size; rows or cols < 0: up to the end. */
View view_part(View v, int row, int col, int rows, int cols);
View view_inset(View v, int by_rows, int by_cols);
bool view_empty(View v);

/* --- drawing: each says how many columns it used --------------------------------- */
/* Text from col to at most the right edge. A cluster that does not fit whole is not drawn. */
int view_text(View v, int row, int col, unsigned style, const char *s);
int view_text_n(View v, int row, int col, unsigned style, const char *s, size_t n);
int view_textf(View v, int row, int col, unsigned style, const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* Exactly `width` columns: padded with blanks, or cut with … at the end. */
void view_cell(View v, int row, int col, int width, unsigned style, const char *s);
void view_cell_right(View v, int row, int col, int width, unsigned style, const char *s);
/* Ends at the right edge. Returns the column where it begins. */
int view_text_right(View v, int row, unsigned style, const char *s);
/* Wrapped at words over at most v.rows rows from `row`; returns the rows used. */
int view_wrapped(View v, int row, unsigned style, const char *s);
void view_fill(View v, unsigned style);                                /* blanks */
void view_restyle(View v, int row, int col, int cols, unsigned style); /* keeps the text */
void view_rule(View v, int row);                                       /* ──── or ---- */
void view_rule_titled(View v, int row, const char *title);             /* ── Title ─── */
void view_upright(View v, int col);                                    /* │ over all rows */
void view_box(View v, const char *title); /* title may be NULL; the inside is not cleared */
/* A bar of `cols` columns filled for part/whole, numbers are the caller's: ███░░ or ###.. */
void view_bar(View v, int row, int col, int cols, unsigned style, int64_t part, int64_t whole);
void view_cursor(View v, int row, int col); /* ignored outside the view */
void view_cursor_hide(View v);

/* How many rows `s` takes when wrapped to `cols`. */
int text_rows(const char *s, int cols);
/* End (bytes) of the visual row that begins at `at`, wrapping at words; *next is where the next row
** begins
** (blanks in between hang over the edge). At a line feed, end is before it and *next behind it. */
size_t text_wrap(const char *s, size_t n, size_t at, int cols, size_t *next);

/* Signs with an ascii twin, to be drawn as text: the grid draws the twin by itself in ascii. */
#define SIGN_HERE   "›"
#define SIGN_MORE   "…"
#define SIGN_DOT    "·"
#define SIGN_TICK   "✓"
#define SIGN_CROSS  "✗"
#define SIGN_RIGHT  "→"
#define SIGN_UP     "↑"
#define SIGN_DOWN   "↓"
#define SIGN_BULLET "•"

#endif
