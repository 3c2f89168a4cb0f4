/* view.c — drawing into a clipped rectangle. The only road from a text to a cell; on it everything hostile has become
** visible before the first cell is written. */
#include "base/mem.h"
#include "base/utf8.h"
#include "grid_in.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

View view_part(View v, int row, int col, int rows, int cols)
{
    row = row < 0 ? 0 : row > v.rows ? v.rows : row;
    col = col < 0 ? 0 : col > v.cols ? v.cols : col;
    int down = v.rows - row, across = v.cols - col;
    return (View){ v.grid, v.row + row, v.col + col, rows < 0 || rows > down ? down : rows,
        cols < 0 || cols > across ? across : cols };
}

View view_inset(View v, int by_rows, int by_cols)
{
    int rows = v.rows - 2 * by_rows, cols = v.cols - 2 * by_cols;
    return view_part(v, by_rows, by_cols, rows < 0 ? 0 : rows, cols < 0 ? 0 : cols);
}

bool view_empty(View v)
{
    return v.rows <= 0 || v.cols <= 0;
}

/* --- text ------------------------------------------------------------------------ */

/* One cluster, already safe. */
static bool put_cluster(View v, int row, int col, unsigned style, const char *s, size_t n, int w)
{
    char buf[32];
    bool high = (unsigned char)s[0] >= 0x80 || n > 1;
    if (high && grid_ascii(v.grid)) {
        plain_twin(s, n, w, buf);
        bool ok = grid_put(v.grid, v.row + row, v.col + col, style, buf, 1, 1);
        return ok && (w == 1 || grid_put(v.grid, v.row + row, v.col + col + 1, style, buf + 1, 1, 1));
    }
    return grid_put(v.grid, v.row + row, v.col + col, style, s, n, w);
}

/* More bytes than this cannot be seen in `cols` columns: a cell holds at most 20. */
static size_t enough(const char *s, size_t n, int cols)
{
    size_t most = (size_t)cols * 20 + 20;
    if (n <= most) return n;
    while (most > 0 && ((unsigned char)s[most] & 0xc0) == 0x80) most--;
    return most;
}

/* Nearly every text of a frame is plain ASCII: nothing in it can deceive, and a byte is a cell. -1: it is not. */
static int put_plain(View v, int row, int col, int limit, unsigned style, const char *s, size_t n, bool *cut)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] < ' ' || s[i] > '~') return -1;
    *cut = n > (size_t)(limit - col);
    if (*cut) n = (size_t)(limit - col);
    grid_put_plain(v.grid, v.row + row, v.col + col, style, s, n);
    return (int)n;
}

/* Draw into columns [col, limit) of v; *cut tells whether anything was left out. */
static int put_text(View v, int row, int col, int limit, unsigned style, const char *s, size_t n, bool *cut)
{
    *cut = false;
    if (limit > v.cols) limit = v.cols;
    if (row < 0 || row >= v.rows || col < 0 || col >= limit) {
        *cut = n > 0;
        return 0;
    }
    int plain = put_plain(v, row, col, limit, style, s, n, cut);
    if (plain >= 0) return plain;
    char *copy = NULL;
    size_t seen = enough(s, n, limit - col);
    bool more = seen < n;
    const char *t = text_shown(s, &seen, grid_ascii(v.grid), &copy);
    int at = col, w = 0;
    for (size_t i = 0, j; i < seen; i = j, at += w) {
        j = text_next(t, seen, i, &w);
        if (at + w > limit) {
            *cut = true;
            break;
        }
        put_cluster(v, row, at, style, t + i, j - i, w);
    }
    mem_free(copy);
    *cut = *cut || more;
    return at - col;
}

int view_text_n(View v, int row, int col, unsigned style, const char *s, size_t n)
{
    bool cut = false;
    return put_text(v, row, col, v.cols, style, s, n, &cut);
}

int view_text(View v, int row, int col, unsigned style, const char *s)
{
    return s ? view_text_n(v, row, col, style, s, strlen(s)) : 0;
}

int view_textf(View v, int row, int col, unsigned style, const char *fmt, ...)
{
    char buf[1024]; /* wider than any row; what is longer could not be seen */
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    return view_text(v, row, col, style, buf);
}

static void pad(View v, int row, int col, int cols, unsigned style)
{
    static const char blanks[] = "                                                                ";
    if (row < 0 || row >= v.rows) return;
    int from = col < 0 ? 0 : col, to = col + cols < v.cols ? col + cols : v.cols;
    for (int most = sizeof blanks - 1; from < to; from += most)
        grid_put_plain(v.grid, v.row + row, v.col + from, style, blanks, (size_t)(to - from < most ? to - from : most));
}

void view_cell(View v, int row, int col, int width, unsigned style, const char *s)
{
    bool cut = false;
    if (width <= 0) return;
    if (!s) s = "";
    int used = put_text(v, row, col, col + width, style, s, strlen(s), &cut);
    pad(v, row, col + used, width - used, style);
    if (!cut) return;
    int end = (col + width > v.cols ? v.cols : col + width) - 1;
    int mark = used < width && col + used < end ? col + used : end;
    put_text(v, row, mark, mark + 1, style, SIGN_MORE, strlen(SIGN_MORE), &cut);
}

void view_cell_right(View v, int row, int col, int width, unsigned style, const char *s)
{
    if (!s) s = "";
    int w = text_width(s, enough(s, strlen(s), width < 0 ? 0 : width));
    if (w >= width) {
        view_cell(v, row, col, width, style, s);
        return;
    }
    pad(v, row, col, width - w, style);
    view_text(v, row, col + width - w, style, s);
}

int view_text_right(View v, int row, unsigned style, const char *s)
{
    int w = text_width(s, enough(s, strlen(s), v.cols));
    int col = w > v.cols ? 0 : v.cols - w;
    view_text(v, row, col, style, s);
    return col;
}

int view_wrapped(View v, int row, unsigned style, const char *s)
{
    char *safe = text_safe_lines(s);
    size_t n = strlen(safe), at = 0, next = 0;
    int used = 0;
    bool more = v.cols > 0;
    while (more && row + used < v.rows) {
        size_t end = text_wrap(safe, n, at, v.cols, &next);
        view_text_n(v, row + used, 0, style, safe + at, end - at);
        more = next < n;
        at = next;
        used++;
    }
    mem_free(safe);
    return used;
}

/* --- surfaces, lines, boxes ---------------------------------------------------------- */

void view_fill(View v, unsigned style)
{
    for (int row = 0; row < v.rows; row++) pad(v, row, 0, v.cols, style);
}

void view_restyle(View v, int row, int col, int cols, unsigned style)
{
    if (row < 0 || row >= v.rows) return;
    for (int i = col < 0 ? 0 : col; i < col + cols && i < v.cols; i++)
        grid_restyle(v.grid, v.row + row, v.col + i, style);
}

/* One of our own signs: known to be safe and one column wide. */
static void put_sign(View v, int row, int col, unsigned style, const char *sign)
{
    if (row < 0 || row >= v.rows || col < 0 || col >= v.cols) return;
    put_cluster(v, row, col, style, sign, strlen(sign), 1);
}

void view_rule(View v, int row)
{
    for (int col = 0; col < v.cols; col++) put_sign(v, row, col, STYLE_RULE, "\u2500");
}

void view_rule_titled(View v, int row, const char *title)
{
    view_rule(v, row);
    int w = view_text(v, row, 3, STYLE_HEADING, title);
    put_sign(v, row, 2, STYLE_RULE, " ");
    put_sign(v, row, 3 + w, STYLE_RULE, " ");
}

void view_upright(View v, int col)
{
    for (int row = 0; row < v.rows; row++) put_sign(v, row, col, STYLE_RULE, "\u2502");
}

void view_box(View v, const char *title)
{
    int bottom = v.rows - 1, right = v.cols - 1;
    if (bottom < 1 || right < 1) return;
    view_upright(v, 0);
    view_upright(v, right);
    view_rule(v, 0);
    view_rule(v, bottom);
    put_sign(v, 0, 0, STYLE_RULE, "\u250c");
    put_sign(v, 0, right, STYLE_RULE, "\u2510");
    put_sign(v, bottom, 0, STYLE_RULE, "\u2514");
    put_sign(v, bottom, right, STYLE_RULE, "\u2518");
    if (!title || v.cols < 6) return;
    View top = view_part(v, 0, 2, 1, v.cols - 4);
    int w = view_text(top, 0, 1, STYLE_TITLE, title);
    put_sign(top, 0, 0, STYLE_RULE, " ");
    put_sign(top, 0, 1 + w, STYLE_RULE, " ");
}

void view_bar(View v, int row, int col, int cols, unsigned style, int64_t part, int64_t whole)
{
    int64_t full = whole > 0 && part > 0 ? (part * cols + whole / 2) / whole : 0;
    if (part > 0 && full == 0) full = 1; /* something is never shown as nothing */
    for (int i = 0; i < cols; i++) put_sign(v, row, col + i, style, i < full ? "\u2588" : "\u2591");
}

void view_cursor(View v, int row, int col)
{
    if (row < 0 || col < 0 || row >= v.rows || col >= v.cols) return;
    grid_put_cursor(v.grid, v.row + row, v.col + col);
}

void view_cursor_hide(View v)
{
    grid_put_cursor(v.grid, -1, -1);
}
