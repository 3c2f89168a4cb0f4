/* term_show.c — a grid onto the screen. Only cells that differ from the last frame are handed to curses, which sends only
** what differs on the terminal. How a style looks is decided here and nowhere else: an attribute that a screen without
** colour has, and a colour of the terminal's own palette, never a background. */
#include "base/crypto.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "term_in.h"
#include <string.h>
#include <wchar.h>

enum { SAME = -1, GREY = -2 /* only where there are 256 colours */ };

static const struct Look {
    attr_t attr;
    int colour;
} looks[STYLE_COUNT] = {
    [STYLE_NORMAL] = { A_NORMAL, SAME },
    [STYLE_TITLE] = { A_BOLD, SAME },
    [STYLE_HEADING] = { A_BOLD, COLOR_CYAN },
    [STYLE_LABEL] = { A_NORMAL, COLOR_CYAN },
    [STYLE_HINT] = { A_NORMAL, SAME },
    [STYLE_KEY] = { A_BOLD, COLOR_CYAN },
    [STYLE_SELECTED] = { A_REVERSE, SAME },
    [STYLE_OVERDUE] = { A_BOLD, COLOR_RED },
    [STYLE_HIGH] = { A_BOLD, COLOR_RED },
    [STYLE_MEDIUM] = { A_NORMAL, COLOR_YELLOW },
    [STYLE_GOOD] = { A_NORMAL, COLOR_GREEN },
    [STYLE_WARNING] = { A_BOLD, COLOR_YELLOW },
    [STYLE_ERROR] = { A_BOLD | A_UNDERLINE, COLOR_RED },
    [STYLE_MUTED] = { A_NORMAL, GREY },
    [STYLE_RULE] = { A_NORMAL, GREY },
    [STYLE_FIELD] = { A_UNDERLINE, SAME },
    [STYLE_FIELD_FOCUS] = { A_UNDERLINE | A_BOLD, SAME },
    [STYLE_MARK] = { A_REVERSE, SAME },
};

/* One pair a colour, whatever the number of styles: 64 pairs is all that some terminals have. */
static short pair_of(int colour, bool many)
{
    if (colour == GREY) return many ? 9 : 0;
    return colour == SAME ? 0 : (short)(colour + 1);
}

void show_start(Show *s, bool colour)
{
    s->colour = colour && has_colors();
    if (s->colour) {
        start_color();
        use_default_colors();
        s->many = COLORS >= 256;
        for (short c = 0; c < 8; c++) init_pair((short)(c + 1), c, -1);
        if (s->many) init_pair(9, 244, -1);
    }
    for (size_t i = 0; i < STYLE_COUNT; i++) {
        s->attrs[i] = looks[i].attr;
        s->pairs[i] = s->colour ? pair_of(looks[i].colour, s->many) : 0;
    }
}

void show_forget(Show *s)
{
    if (s->last) crypto_wipe(s->last, (size_t)s->rows * (size_t)s->cols * sizeof *s->last);
    mem_free(s->last);
    s->last = NULL;
    s->rows = s->cols = 0;
}

void show_finish(Show *s)
{
    show_forget(s);
}

/* The characters of a cell, or question marks where this machine's idea of its width is another one than ours: a wrong
** width would shift everything to the right of it. *beside: where a vowel sign begins that has the second column; 0: none. */
static int characters(const Cell *c, wchar_t out[CCHARW_MAX + 1], int *beside)
{
    size_t len = 0;
    int n = 0, sum;

    *beside = 0;
    if (c->n == 1) { /* ASCII, which nobody disputes */
        out[0] = (unsigned char)c->text[0];
        out[1] = L'\0';
        return c->width;
    }
    for (size_t i = 0; i < c->n && n < CCHARW_MAX; i += len)
        out[n++] = (wchar_t)utf8_decode(c->text + i, c->n - i, &len);
    out[n] = L'\0';
    bool trusted = wcwidth(out[0]) > 0;
    sum = wcwidth(out[0]);
    for (int i = 1; i < n; i++) {
        int w = wcwidth(out[i]);
        trusted = trusted && (w == 0 || (w == 1 && !*beside));
        if (w == 1) *beside = i;
        sum += w;
    }
    if (trusted && sum == c->width) return c->width;
    *beside = 0;
    out[0] = L'?';
    out[1] = L'\0';
    return 1;
}

static void send_cell(const Show *s, int row, int col, const Cell *c)
{
    wchar_t text[CCHARW_MAX + 1];
    cchar_t cell;
    unsigned style = c->style & ~STYLE_ON;
    attr_t attr = s->attrs[style < STYLE_COUNT ? style : STYLE_NORMAL];
    short pair = s->pairs[style < STYLE_COUNT ? style : STYLE_NORMAL];
    if (c->style & STYLE_ON) attr = (attr & ~(attr_t)A_UNDERLINE) | A_REVERSE;
    int beside, width = characters(c, text, &beside);
    wchar_t sign[CCHARW_MAX + 1];
    if (beside) {
        wcscpy(sign, text + beside);
        text[beside] = L'\0';
    }
    if (setcchar(&cell, text, attr, pair, NULL) != OK) return;
    mvadd_wchnstr(row, col, &cell, 1);
    if (beside && setcchar(&cell, sign, attr, pair, NULL) != OK) return;
    if (beside || width < c->width) mvadd_wchnstr(row, col + 1, &cell, 1);
}

static bool same_cell(const Cell *a, const Cell *b)
{
    return a->n == b->n && a->width == b->width && a->style == b->style && memcmp(a->text, b->text, a->n) == 0;
}

static void remember_size(Show *s, int rows, int cols)
{
    if (s->last && s->rows == rows && s->cols == cols) return;
    show_forget(s);
    s->rows = rows;
    s->cols = cols;
    s->last = mem_new((size_t)rows * (size_t)cols * sizeof *s->last);
    erase();
}

void show_grid(Show *s, const Grid *g)
{
    int row = 0, col = 0;
    remember_size(s, grid_rows(g), grid_cols(g));
    for (int y = 0; y < s->rows && y < LINES; y++) {
        Cell *last = s->last + (size_t)y * (size_t)s->cols;
        const Cell *now = grid_cell(g, y, 0);
        if (memcmp(last, now, (size_t)s->cols * sizeof *now) == 0) continue; /* most rows of most frames */
        for (int x = 0; x < s->cols && x < COLS; x++) {
            if (same_cell(&last[x], &now[x])) continue;
            last[x] = now[x];
            if (now[x].width > 0) send_cell(s, y, x, &now[x]);
        }
    }
    bool seen = grid_cursor(g, &row, &col);
    curs_set(seen ? 1 : 0);
    move(seen ? row : s->rows - 1, seen ? col : 0);
    refresh();
}
