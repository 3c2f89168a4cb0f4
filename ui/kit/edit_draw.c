/* edit_draw.c — the editor on the screen: scrolled so that the cursor is seen, and nothing of the text changed by it. */
#include "base/mem.h"
#include "base/utf8.h"
#include "edit_in.h"
#include "grid_in.h"
#include <string.h>

static unsigned field_style(const Editor *e, bool focus)
{
    if (e->o.read_only) return STYLE_NORMAL;
    return focus ? STYLE_FIELD_FOCUS : STYLE_FIELD;
}

/* A stored text may hold tabs; they take one column here and in every measure. */
static void draw_bytes(View v, int row, unsigned style, const char *s, size_t n)
{
    if (n == 0) return;
    if (!memchr(s, '\t', n)) {
        view_text_n(v, row, 0, style, s, n);
        return;
    }
    Str copy = { 0 };
    str_add_n(&copy, s, n);
    for (size_t i = 0; i < n; i++)
        if (copy.s[i] == '\t') copy.s[i] = ' ';
    view_text_n(v, row, 0, style, copy.s, n);
    str_finish(&copy);
}

/* --- one line ------------------------------------------------------------------------- */

static size_t clusters_before(const Editor *e, size_t byte)
{
    size_t n = 0;
    for (Pos p = { 0, 0 }; p.byte < byte; p = edit_next(e, p)) n++;
    return n;
}

static void draw_secret(Editor *e, View v, unsigned style, bool focus)
{
    size_t total = clusters_before(e, e->paras[0].n), at = clusters_before(e, e->at.byte);
    size_t skip = at >= (size_t)v.cols ? at - (size_t)v.cols + 1 : 0;
    for (size_t i = skip; i < total && i - skip < (size_t)v.cols; i++)
        view_text(v, 0, (int)(i - skip), style, SIGN_BULLET);
    if (focus) view_cursor(v, 0, (int)(at - skip));
}

static void draw_line(Editor *e, View v, unsigned style, bool focus)
{
    const Para *p = &e->paras[0];
    if (e->top.byte > e->at.byte || e->top.byte > p->n) e->top.byte = e->at.byte;
    if (!focus && !e->o.read_only) e->top.byte = 0;
    int w = 0, col = p->n ? text_width(p->s + e->top.byte, e->at.byte - e->top.byte) : 0;
    while (focus && col >= v.cols && e->top.byte < e->at.byte) {
        e->top.byte = text_next(p->s, p->n, e->top.byte, &w);
        col -= w;
    }
    if (p->n) draw_bytes(v, 0, style, p->s + e->top.byte, p->n - e->top.byte);
    if (focus) view_cursor(v, 0, col < v.cols ? col : v.cols - 1);
}

/* --- many lines ----------------------------------------------------------------------- */

/* top.para and top.byte (a row there) so that row `row` of the cursor's paragraph is within `page` rows. */
static void scroll_to(Editor *e, int row, int page)
{
    Pos *top = &e->top;
    if (top->para >= e->n) *top = (Pos){ e->n - 1, 0 };
    if ((int)top->byte >= edit_para_rows(e, top->para)) top->byte = (size_t)edit_para_rows(e, top->para) - 1;
    bool above = e->at.para < top->para || (e->at.para == top->para && row < (int)top->byte);
    if (above) {
        *top = (Pos){ e->at.para, (size_t)row };
        return;
    }
    int between = row - (int)top->byte;
    for (size_t i = top->para; i < e->at.para && between < page; i++) between += edit_para_rows(e, i);
    if (between < page && e->at.para - top->para < (size_t)page) return;
    int above_rows = page - 1 - row;
    *top = (Pos){ e->at.para, 0 };
    while (above_rows > 0 && top->para > 0) above_rows -= edit_para_rows(e, --top->para);
    if (above_rows < 0) top->byte = (size_t)-above_rows;
}

static void draw_lines(Editor *e, View v, unsigned style, bool focus)
{
    size_t start = 0, next = 0;
    int row = edit_row_of(e, e->at, &start, &next), y = 0;
    scroll_to(e, row, v.rows);
    for (size_t para = e->top.para; para < e->n && y < v.rows; para++) {
        const Para *p = &e->paras[para];
        int skip = para == e->top.para ? (int)e->top.byte : 0, r = 0;
        size_t at = 0, after = 0;
        do {
            size_t end = text_wrap(p->s, p->n, at, edit_wrap_cols(e), &after);
            if (r >= skip && p->n) draw_bytes(v, y, style, p->s + at, end - at);
            if (focus && para == e->at.para && r == row && r >= skip) {
                int col = edit_column(e, e->at);
                view_cursor(v, y, col < v.cols ? col : v.cols - 1);
            }
            y += r++ >= skip;
            at = after;
        } while (at < p->n && y < v.rows);
    }
}

void editor_draw(Editor *e, View v, bool focus)
{
    if (view_empty(v)) return;
    unsigned style = field_style(e, focus);
    e->cols = v.cols;
    e->page = v.rows;
    if (!e->o.lines) v = view_part(v, 0, 0, 1, -1);
    view_fill(v, style);
    if (e->o.secret)
        draw_secret(e, v, style, focus);
    else if (e->o.lines)
        draw_lines(e, v, style, focus);
    else
        draw_line(e, v, style, focus);
}

int editor_rows(Editor *e, int cols)
{
    int rows = 0;
    e->cols = cols;
    for (size_t i = 0; i < e->n; i++) rows += edit_para_rows(e, i);
    return rows;
}
