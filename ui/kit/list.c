/* list.c — rows with columns. The list asks for a row only to draw it, and remembers the id of the one it stands on: rows
** may come and go under it, the officer stays where he was. Where rows come from is not its business. */
#include "ui/list.h"
#include "base/mem.h"
#include "grid_in.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* --- rows ----------------------------------------------------------------------------- */

void list_cell(ListRow *r, int column, unsigned style, const char *text)
{
    if (column < 0 || column >= LIST_COLUMNS) return;
    r->text[column] = text;
    r->style[column] = style;
}

void list_cellf(ListRow *r, int column, unsigned style, const char *fmt, ...)
{
    va_list ap;
    size_t room = sizeof r->scratch - r->used;
    if (room < 2) return;
    char *at = r->scratch + r->used;
    va_start(ap, fmt);
    int n = vsnprintf(at, room, fmt, ap);
    va_end(ap);
    if (n < 0) return;
    r->used += (size_t)n < room ? (size_t)n + 1 : room;
    list_cell(r, column, style, at);
}

/* --- the place ------------------------------------------------------------------------- */

size_t list_count(const List *l)
{
    return l->source.count ? l->source.count(l->source.of) : 0;
}

static bool is_heading(const List *l, size_t i)
{
    return l->source.heading && l->source.heading(l->source.of, i);
}

/* The nearest row from i on that one can stand on, looking first in direction `by`. */
static bool landing(const List *l, size_t n, size_t i, int by, size_t *out)
{
    for (int turn = 0; turn < 2; turn++, by = -by) {
        for (size_t k = i; k < n; k += (size_t)(long)by) {
            if (is_heading(l, k)) continue;
            *out = k;
            return true;
        }
    }
    return false;
}

static void stand_on(List *l, size_t n, size_t i, int by)
{
    size_t at = 0;
    if (n == 0 || !landing(l, n, i < n ? i : n - 1, by, &at)) {
        l->at = 0;
        l->at_id = 0;
        return;
    }
    l->at = at;
    l->at_id = l->source.id(l->source.of, at);
}

void list_init(List *l, const ListColumn *columns, size_t n, ListSource source)
{
    *l = (List){
        .columns = columns, .n_columns = n < LIST_COLUMNS ? n : LIST_COLUMNS, .source = source, .titles = true
    };
    stand_on(l, list_count(l), 0, 1);
}

void list_refresh(List *l)
{
    size_t n = list_count(l);
    bool same = l->at < n && l->source.id(l->source.of, l->at) == l->at_id && !is_heading(l, l->at);
    if (same) return;
    for (size_t i = 0; l->at_id != 0 && i < n; i++) {
        if (is_heading(l, i) || l->source.id(l->source.of, i) != l->at_id) continue;
        size_t above = l->at - l->top; /* it stays on the same line of the screen, where there is room */
        l->at = i;
        l->top = l->at > above ? l->at - above : 0;
        return;
    }
    stand_on(l, n, l->at, 1);
}

bool list_any(const List *l)
{
    size_t n = list_count(l);
    return l->at < n && !is_heading(l, l->at);
}

size_t list_at(const List *l)
{
    return l->at;
}

int64_t list_id(const List *l)
{
    return list_any(l) ? l->at_id : 0;
}

void list_go(List *l, size_t i)
{
    stand_on(l, list_count(l), i, 1);
}

bool list_go_id(List *l, int64_t id)
{
    size_t n = list_count(l);
    for (size_t i = 0; i < n; i++) {
        if (is_heading(l, i) || l->source.id(l->source.of, i) != id) continue;
        list_go(l, i);
        return true;
    }
    return false;
}

/* --- keys ------------------------------------------------------------------------------ */

static ListResult move(List *l, long by)
{
    size_t n = list_count(l), was = l->at;
    if (n == 0) return by < 0 ? LIST_AT_START : LIST_AT_END;
    long to = (long)l->at + by;
    stand_on(l, n, to < 0 ? 0 : (size_t)to, by < 0 ? -1 : 1);
    bool stuck = by < 0 ? l->at >= was : l->at <= was;
    if (stuck) stand_on(l, n, was, 1);
    if (stuck && by < 0) l->top = 0; /* so that a heading above the first row is seen */
    return !stuck ? LIST_MOVED : by < 0 ? LIST_AT_START : LIST_AT_END;
}

ListResult list_event(List *l, const Event *e)
{
    if (e->kind != EVENT_KEY) return LIST_UNUSED;
    long page = l->page > 1 ? l->page - 1 : 1, all = (long)list_count(l);
    switch (e->key) {
    case 'k':
    case K_UP: return move(l, -1);
    case 'j':
    case K_DOWN: return move(l, 1);
    case K_PAGE_UP: return move(l, -page);
    case K_PAGE_DOWN: return move(l, page);
    case 'g':
    case K_HOME: move(l, -all); return LIST_MOVED;
    case 'G':
    case K_END: move(l, all); return LIST_MOVED;
    default: return LIST_UNUSED;
    }
}

/* --- drawing --------------------------------------------------------------------------- */

enum { GAP = 2, MARGIN = 2, GROW_LEAST = 8 };

/* Widths of the columns in `room`; 0 for those that are left out. */
static void share(const List *l, int room, int width[LIST_COLUMNS])
{
    bool out[LIST_COLUMNS] = { false };
    for (;;) {
        int fixed = 0, grow = 0, worst = -1;
        for (size_t i = 0; i < l->n_columns; i++) {
            if (out[i]) continue;
            const ListColumn *c = &l->columns[i];
            fixed += (c->width ? c->width : 0) + GAP;
            grow += c->width == 0;
            if (c->drop > 0 && (worst < 0 || c->drop > l->columns[worst].drop)) worst = (int)i;
        }
        fixed -= GAP;
        int left = room - fixed;
        if (left >= grow * GROW_LEAST || worst < 0) {
            for (size_t i = 0; i < l->n_columns; i++) {
                int w = l->columns[i].width;
                if (w == 0 && !out[i] && grow > 0) w = left / grow--, left -= w;
                width[i] = out[i] || w < 0 ? 0 : w;
            }
            return;
        }
        out[worst] = true;
    }
}

static void draw_titles(const List *l, View v, const int *width)
{
    int col = MARGIN;
    for (size_t i = 0; i < l->n_columns; i++) {
        if (width[i] == 0) continue;
        const char *title = l->columns[i].title ? l->columns[i].title : "";
        (l->columns[i].right ? view_cell_right : view_cell)(v, 0, col, width[i], STYLE_LABEL, title);
        col += width[i] + GAP;
    }
}

static void draw_cells(const List *l, View v, int y, const ListRow *r, const int *width, unsigned on)
{
    int col = MARGIN;
    for (size_t i = 0; i < l->n_columns; i++) {
        if (width[i] == 0) continue;
        unsigned style = r->style[i] != STYLE_NORMAL ? r->style[i] : r->whole;
        (l->columns[i].right ? view_cell_right : view_cell)(v, y, col, width[i], style | on, r->text[i]);
        col += width[i] + GAP;
    }
}

static void draw_row(const List *l, View v, int y, size_t i, const int *width, bool focus)
{
    ListRow r;
    memset(&r, 0, offsetof(ListRow, scratch));
    r.used = 0;
    l->source.row(l->source.of, i, &r);
    if (is_heading(l, i)) {
        view_cell(v, y, 0, v.cols, r.style[0] ? r.style[0] : STYLE_HEADING, r.text[0]);
        return;
    }
    bool here = i == l->at;
    unsigned on = here && focus ? STYLE_ON : 0;
    view_cell(v, y, 0, v.cols, r.whole | on, here ? SIGN_HERE : "");
    draw_cells(l, v, y, &r, width, on);
    if (here && focus) view_cursor(v, y, 0);
}

static void scroll(List *l, size_t n, int page)
{
    size_t p = (size_t)(page > 0 ? page : 1);
    if (l->at < l->top) l->top = l->at;
    if (l->at >= l->top + p) l->top = l->at - p + 1;
    if (l->top + p > n) l->top = n > p ? n - p : 0;
}

void list_draw(List *l, View v, bool focus)
{
    int width[LIST_COLUMNS] = { 0 };
    size_t n = list_count(l);
    share(l, v.cols - MARGIN, width);
    View rows = l->titles ? view_part(v, 1, 0, -1, -1) : v;
    if (l->titles) draw_titles(l, v, width);
    l->page = rows.rows;
    if (n == 0) {
        view_text(rows, 0, MARGIN, STYLE_MUTED, l->empty ? l->empty : "Nothing here.");
        if (focus) view_cursor(rows, 0, 0);
        return;
    }
    scroll(l, n, rows.rows);
    for (int y = 0; y < rows.rows && l->top + (size_t)y < n; y++)
        draw_row(l, rows, y, l->top + (size_t)y, width, focus);
}
