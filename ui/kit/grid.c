/* grid.c — a screen as an array of cells. A wide cluster owns two cells, the right one empty; whoever overwrites one
** half blanks the other, so that no half is ever sent. It does not know about clipping (view.c) or curses (term_show.c). */
#include "base/crypto.h"
#include "base/mem.h"
#include "grid_in.h"
#include <string.h>

struct Grid {
    int rows, cols;
    bool ascii;
    bool cursor;
    int cursor_row, cursor_col;
    size_t cap; /* cells */
    Cell *cells;
};

static const Cell blank = { .text = " ", .n = 1, .width = 1, .style = STYLE_NORMAL };

Grid *grid_new(int rows, int cols, bool ascii)
{
    Grid *g = mem_new(sizeof *g);
    g->ascii = ascii;
    grid_resize(g, rows, cols);
    return g;
}

void grid_free(Grid **g)
{
    if (!g || !*g) return;
    if ((*g)->cells) crypto_wipe((*g)->cells, (*g)->cap * sizeof(Cell));
    mem_free((*g)->cells);
    mem_free(*g);
    *g = NULL;
}

void grid_resize(Grid *g, int rows, int cols)
{
    enum { MOST = 1000 }; /* a terminal that claims more is not believed */
    rows = rows < 1 ? 1 : rows > MOST ? MOST : rows;
    cols = cols < 1 ? 1 : cols > MOST ? MOST : cols;
    size_t n = (size_t)rows * (size_t)cols;
    if (n > g->cap) {
        g->cells = mem_grow(g->cells, n, sizeof(Cell));
        g->cap = n;
    }
    g->rows = rows;
    g->cols = cols;
    grid_clear(g);
}

void grid_clear(Grid *g)
{
    size_t n = (size_t)g->rows * (size_t)g->cols;
    for (size_t i = 0; i < n; i++) g->cells[i] = blank;
    g->cursor = false;
}

void grid_copy(Grid *to, const Grid *from)
{
    grid_resize(to, from->rows, from->cols);
    memcpy(to->cells, from->cells, (size_t)from->rows * (size_t)from->cols * sizeof(Cell));
    to->cursor = from->cursor;
    to->cursor_row = from->cursor_row;
    to->cursor_col = from->cursor_col;
}

int grid_rows(const Grid *g)
{
    return g->rows;
}

int grid_cols(const Grid *g)
{
    return g->cols;
}

bool grid_ascii(const Grid *g)
{
    return g->ascii;
}

View grid_view(Grid *g)
{
    return (View){ g, 0, 0, g->rows, g->cols };
}

static Cell *at(const Grid *g, int row, int col)
{
    if (row < 0 || col < 0 || row >= g->rows || col >= g->cols) return NULL;
    return &g->cells[(size_t)row * (size_t)g->cols + (size_t)col];
}

const Cell *grid_cell(const Grid *g, int row, int col)
{
    return at(g, row, col);
}

static void make_blank(Cell *c)
{
    uint8_t style = c->style;
    *c = blank;
    c->style = style;
}

/* Before c is overwritten: the other half of a wide cluster must not stay. */
static void part_from_twin(Grid *g, int row, int col)
{
    Cell *c = at(g, row, col), *twin = NULL;
    if (c->width == 0) twin = at(g, row, col - 1);
    if (c->width == 2) twin = at(g, row, col + 1);
    if (twin) make_blank(twin);
}

bool grid_put(Grid *g, int row, int col, unsigned style, const char *s, size_t n, int width)
{
    Cell *c = at(g, row, col), *right = width == 2 ? at(g, row, col + 1) : NULL;
    if (!c || (width == 2 && !right) || n == 0 || n >= sizeof c->text) return false;
    if (c->width != 1) part_from_twin(g, row, col);
    if (right && right->width != 1) part_from_twin(g, row, col + 1);
    memcpy(c->text, s, n);
    c->text[n] = '\0';
    c->n = (uint8_t)n;
    c->width = (uint8_t)width;
    c->style = (uint8_t)style;
    if (right) *right = (Cell){ .style = (uint8_t)style };
    return true;
}

void grid_put_plain(Grid *g, int row, int col, unsigned style, const char *s, size_t n)
{
    Cell *c = at(g, row, col);
    if (!c) return;
    if (n > (size_t)(g->cols - col)) n = (size_t)(g->cols - col);
    for (size_t i = 0; i < n; i++, c++) { /* the bytes behind the NUL are nobody's: writing them cost more than the rest */
        if (c->width != 1) part_from_twin(g, row, col + (int)i);
        c->text[0] = s[i];
        c->text[1] = '\0';
        c->n = c->width = 1;
        c->style = (uint8_t)style;
    }
}

void grid_restyle(Grid *g, int row, int col, unsigned style)
{
    Cell *c = at(g, row, col);
    if (c) c->style = (uint8_t)style;
}

void grid_put_cursor(Grid *g, int row, int col)
{
    g->cursor = at(g, row, col) != NULL;
    g->cursor_row = row;
    g->cursor_col = col;
}

bool grid_cursor(const Grid *g, int *row, int *col)
{
    *row = g->cursor ? g->cursor_row : 0;
    *col = g->cursor ? g->cursor_col : 0;
    return g->cursor;
}

/* --- as text ------------------------------------------------------------------- */

void grid_line(const Grid *g, int row, Str *out)
{
    int last = g->cols - 1;
    for (; last >= 0; last--) {
        const Cell *c = at(g, row, last);
        if (!c) return;
        if (c->n != 1 || c->text[0] != ' ') break;
    }
    for (int col = 0; col <= last; col++) {
        const Cell *c = at(g, row, col);
        str_add_n(out, c->text, c->n);
    }
}

void grid_dump(const Grid *g, Str *out)
{
    size_t end = out->n;
    for (int row = 0; row < g->rows; row++) {
        size_t before = out->n;
        grid_line(g, row, out);
        bool text = out->n > before;
        str_add_char(out, '\n');
        if (text) end = out->n;
    }
    if (!out->s) return;
    out->n = end;
    out->s[end] = '\0';
}

