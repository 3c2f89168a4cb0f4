/* pager.c — a page to read. Text comes in as lines of styled pieces, made safe once; rows are counted once for a width and
** then only looked up, so that scrolling costs what is on the screen. Items are lines one can stand on. */
#include "ui/pager.h"
#include "base/crypto.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "grid_in.h"
#include "ui/editor.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Piece {
    uint32_t end; /* byte in the line's text where it ends */
    uint8_t style;
} Piece;

typedef struct Line {
    Str text;
    Piece *pieces;
    size_t n, cap;
    int indent, hang;
    int64_t item; /* 0: none */
    bool heading;
    bool seen_start, seen_end; /* its first and its last row have been on the screen */
    size_t row;   /* first row of it, for the width of `cols` */
    char *folded; /* for searching, made when it is needed */
} Line;

struct Pager {
    Line *lines;
    size_t n, cap;
    int64_t item; /* of the lines being added */
    bool open;    /* between begin and end */
    int cols;     /* for which rows were counted; 0: not */
    size_t rows;
    size_t top; /* row */
    int page;
    int64_t at; /* item */
    size_t seen; /* lines that have been on the screen */
    Editor *search; /* while it is typed */
    char *sought;   /* folded; NULL: none */
    bool wrapped_round;
};

Pager *pager_new(void)
{
    return mem_new(sizeof(Pager));
}

static void finish_line(Line *l)
{
    if (l->text.s) crypto_wipe(l->text.s, l->text.cap);
    if (l->folded) crypto_wipe(l->folded, strlen(l->folded));
    str_finish(&l->text);
    mem_free(l->pieces);
    mem_free(l->folded);
}

void pager_clear(Pager *p)
{
    for (size_t i = 0; i < p->n; i++) finish_line(&p->lines[i]);
    p->n = 0;
    p->item = 0;
    p->open = false;
    p->cols = 0;
    p->seen = 0;
}

void pager_free(Pager **p)
{
    if (!p || !*p) return;
    pager_clear(*p);
    editor_free(&(*p)->search);
    mem_free((*p)->sought);
    mem_free((*p)->lines);
    mem_free(*p);
    *p = NULL;
}

/* --- writing ------------------------------------------------------------------------ */

void pager_begin(Pager *p, int indent, int hang)
{
    p->lines = mem_room(p->lines, p->n, &p->cap, sizeof *p->lines);
    p->lines[p->n++] = (Line){ .indent = indent, .hang = hang, .item = p->item };
    p->open = true;
    p->cols = 0;
}

static void add_piece(Line *l, unsigned style, const char *s, size_t n)
{
    if (n == 0) return;
    str_add_n(&l->text, s, n);
    l->pieces = mem_room(l->pieces, l->n, &l->cap, sizeof *l->pieces);
    l->pieces[l->n++] = (Piece){ (uint32_t)l->text.n, (uint8_t)style };
}

void pager_put(Pager *p, unsigned style, const char *text)
{
    if (!p->open) pager_begin(p, 0, 0);
    char *safe = text_safe_lines(text ? text : "");
    for (char *s = safe; s;) {
        char *end = strchr(s, '\n');
        size_t n = end ? (size_t)(end - s) : strlen(s);
        Line *l = &p->lines[p->n - 1];
        add_piece(l, style, s, n);
        if (end) pager_begin(p, l->indent, l->hang);
        s = end ? end + 1 : NULL;
    }
    mem_free(safe);
}

void pager_putf(Pager *p, unsigned style, const char *fmt, ...)
{
    char *text = NULL;
    va_list ap;
    va_start(ap, fmt);
    int n = vasprintf(&text, fmt, ap);
    va_end(ap);
    if (n >= 0) pager_put(p, style, text);
    if (n >= 0) crypto_wipe(text, (size_t)n);
    free(text);
}

void pager_to(Pager *p, int column)
{
    if (!p->open) pager_begin(p, 0, 0);
    Line *l = &p->lines[p->n - 1];
    int at = l->indent + (l->text.n ? text_width(l->text.s, l->text.n) : 0);
    do add_piece(l, STYLE_NORMAL, " ", 1);
    while (++at < column);
}

void pager_end(Pager *p)
{
    p->open = false;
}

void pager_add(Pager *p, int indent, unsigned style, const char *text)
{
    pager_begin(p, indent, 0);
    pager_put(p, style, text);
    pager_end(p);
}

void pager_addf(Pager *p, int indent, unsigned style, const char *fmt, ...)
{
    char *text = NULL;
    va_list ap;
    va_start(ap, fmt);
    int n = vasprintf(&text, fmt, ap);
    va_end(ap);
    if (n >= 0) pager_add(p, indent, style, text);
    if (n >= 0) crypto_wipe(text, (size_t)n);
    free(text);
}

void pager_blank(Pager *p)
{
    pager_begin(p, 0, 0);
    pager_end(p);
}

void pager_heading(Pager *p, const char *text)
{
    pager_item_end(p);
    if (p->n > 0) pager_blank(p);
    pager_begin(p, 0, 0);
    pager_put(p, STYLE_HEADING, text);
    p->lines[p->n - 1].heading = true;
    pager_end(p);
}

void pager_item(Pager *p, int64_t id)
{
    p->item = id;
}

void pager_item_end(Pager *p)
{
    p->item = 0;
}

/* --- rows -------------------------------------------------------------------------------- */

/* The next row of a line: bytes [at, end), drawn at *col; returns where the following one begins. */
static size_t next_row(const Line *l, size_t at, int cols, size_t *end, int *col)
{
    size_t next = 0;
    *col = l->indent + (at > 0 ? l->hang : 0);
    int room = cols - *col;
    *end = text_wrap(str_text(&l->text), l->text.n, at, room > 4 ? room : 4, &next);
    return next;
}

static size_t rows_of(const Line *l, int cols)
{
    size_t rows = 0, at = 0, end = 0;
    int col = 0;
    if (l->heading) return 1;
    do {
        at = next_row(l, at, cols, &end, &col);
        rows++;
    } while (at < l->text.n);
    return rows;
}

static void count_rows(Pager *p, int cols)
{
    if (p->cols == cols) return;
    size_t keep = 0, within = 0; /* the line at the top stays at the top */
    for (size_t i = 0; p->cols && i < p->n && p->lines[i].row <= p->top; i++) keep = i;
    if (p->cols && p->n) within = p->top - p->lines[keep].row;
    bool known = p->cols != 0;
    p->rows = 0;
    for (size_t i = 0; i < p->n; i++) {
        p->lines[i].row = p->rows;
        p->rows += rows_of(&p->lines[i], cols);
    }
    p->cols = cols;
    if (known && p->n) p->top = p->lines[keep].row + (within ? 1 : 0);
}

/* The line in which a row lies. */
static size_t line_of_row(const Pager *p, size_t row)
{
    size_t low = 0, high = p->n;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (p->lines[middle].row <= row)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void clamp_top(Pager *p)
{
    size_t page = p->page > 0 ? (size_t)p->page : 1;
    size_t last = p->rows > page ? p->rows - page : 0;
    if (p->top > last) p->top = last;
}

static void scroll(Pager *p, long by)
{
    long top = (long)p->top + by;
    p->top = top < 0 ? 0 : (size_t)top;
    clamp_top(p);
}

/* Bring line i into the view, with what follows it as far as it is the same item. */
static void reveal(Pager *p, size_t i)
{
    size_t page = p->page > 0 ? (size_t)p->page : 1, last = i;
    while (last + 1 < p->n && p->lines[last + 1].item == p->lines[i].item && p->lines[i].item) last++;
    size_t first_row = p->lines[i].row, end = last + 1 < p->n ? p->lines[last + 1].row : p->rows;
    if (end > p->top + page) p->top = end - page;
    if (first_row < p->top) p->top = first_row;
    clamp_top(p);
}

/* --- items, headings ----------------------------------------------------------------------- */

static bool first_of_item(const Pager *p, size_t i)
{
    return p->lines[i].item != 0 && (i == 0 || p->lines[i - 1].item != p->lines[i].item);
}

static bool find_item(const Pager *p, int64_t id, size_t *line)
{
    for (size_t i = 0; id != 0 && i < p->n; i++) {
        if (p->lines[i].item != id) continue;
        *line = i;
        return true;
    }
    return false;
}

int64_t pager_at(const Pager *p)
{
    size_t line = 0;
    return find_item(p, p->at, &line) ? p->at : 0;
}

bool pager_go(Pager *p, int64_t id)
{
    size_t line = 0;
    if (!find_item(p, id, &line)) return false;
    p->at = id;
    if (p->cols) reveal(p, line);
    return true;
}

/* The item before or behind the one one stands on; without one, the first that is on the screen. */
static bool next_item(const Pager *p, int by, size_t *line)
{
    size_t from = 0;
    bool have = find_item(p, p->at, &from);
    if (!have) {
        size_t i = p->n ? line_of_row(p, p->top) : 0;
        for (; i < p->n; i++)
            if (first_of_item(p, i)) return *line = i, true;
        return false;
    }
    for (size_t i = from + (size_t)(long)by; i < p->n; i += (size_t)(long)by)
        if (first_of_item(p, i)) return *line = i, true;
    return false;
}

static bool to_item(Pager *p, int by)
{
    size_t line = 0;
    if (!next_item(p, by, &line)) return false;
    p->at = p->lines[line].item;
    reveal(p, line);
    return true;
}

/* An arrow goes to the next item if it is on the screen or one row from it; else it scrolls a row. */
static void arrow(Pager *p, int by)
{
    size_t line = 0, page = p->page > 0 ? (size_t)p->page : 1;
    if (next_item(p, by, &line)) {
        size_t row = p->lines[line].row;
        bool near = row + 1 >= p->top && row <= p->top + page;
        if (near) {
            p->at = p->lines[line].item;
            reveal(p, line);
            return;
        }
    }
    scroll(p, by);
}

size_t pager_headings(const Pager *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) n += p->lines[i].heading;
    return n;
}

static size_t heading_line(const Pager *p, size_t which)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->lines[i].heading && which-- == 0) return i;
    return p->n;
}

const char *pager_heading_text(const Pager *p, size_t i)
{
    size_t line = heading_line(p, i);
    return line < p->n ? str_text(&p->lines[line].text) : "";
}

void pager_go_heading(Pager *p, size_t i)
{
    size_t line = heading_line(p, i);
    if (line >= p->n) return;
    if (!p->cols) count_rows(p, 78);
    p->top = p->lines[line].row;
    p->at = 0;
    clamp_top(p);
}

static void heading_away(Pager *p, int by)
{
    size_t i = p->n ? line_of_row(p, p->top) : 0;
    for (i += (size_t)(long)by; i < p->n; i += (size_t)(long)by) {
        if (!p->lines[i].heading) continue;
        p->top = p->lines[i].row;
        p->at = 0;
        clamp_top(p);
        return;
    }
}

/* --- searching ------------------------------------------------------------------------------ */

static bool has_sought(Line *l, const char *sought)
{
    if (!sought || !*sought) return false;
    if (!l->folded) l->folded = utf8_fold(str_text(&l->text));
    return l->folded && strstr(l->folded, sought);
}

static void seek(Pager *p, int by, bool here)
{
    if (!p->sought || p->n == 0) return;
    size_t start = line_of_row(p, p->top), i = start;
    for (size_t tries = 0; tries <= p->n; tries++) {
        if ((tries > 0 || here) && has_sought(&p->lines[i], p->sought)) {
            p->top = p->lines[i].row;
            if (p->lines[i].item) p->at = p->lines[i].item;
            return; /* not clamped: the found line is at the top even near the end */
        }
        i = by > 0 ? (i + 1) % p->n : (i + p->n - 1) % p->n;
    }
}

static void set_sought(Pager *p, char *folded)
{
    mem_free(p->sought);
    p->sought = folded && *folded ? folded : NULL;
    if (!p->sought) mem_free(folded);
}

static PagerResult search_event(Pager *p, const Event *e)
{
    if (e->kind == EVENT_KEY && (e->key == K_ENTER || e->key == K_ESC)) {
        if (e->key == K_ESC) set_sought(p, NULL);
        editor_free(&p->search);
        return PAGER_MOVED;
    }
    editor_event(p->search, e);
    char *raw = editor_text(p->search);
    set_sought(p, utf8_fold(raw));
    mem_free(raw);
    seek(p, 1, true);
    return PAGER_MOVED;
}

bool pager_typing(const Pager *p)
{
    return p->search != NULL;
}

bool pager_seen_all(const Pager *p)
{
    return p->page > 0 && p->seen == p->n;
}

int pager_seen_share(const Pager *p)
{
    if (p->n == 0) return p->page > 0 ? 100 : 0;
    return p->seen == p->n ? 100 : (int)(p->seen * 99 / p->n);
}

/* --- keys ------------------------------------------------------------------------------------ */

static PagerResult escape(Pager *p)
{
    if (!p->sought) return PAGER_UNUSED;
    set_sought(p, NULL);
    return PAGER_MOVED;
}

PagerResult pager_event(Pager *p, const Event *e)
{
    if (p->search) return search_event(p, e);
    if (e->kind != EVENT_KEY) return PAGER_UNUSED;
    if (!p->cols) count_rows(p, 78);
    long page = p->page > 1 ? p->page - 1 : 1;
    switch (e->key) {
    case 'k':
    case K_UP: arrow(p, -1); break;
    case 'j':
    case K_DOWN: arrow(p, 1); break;
    case K_PAGE_UP: scroll(p, -page); break;
    case ' ':
    case K_PAGE_DOWN: scroll(p, page); break;
    case 'g':
    case K_HOME: scroll(p, -(long)p->rows); break;
    case 'G':
    case K_END: scroll(p, (long)p->rows); break;
    case K_TAB: return to_item(p, 1) ? PAGER_MOVED : PAGER_UNUSED;
    case K_BACKTAB: return to_item(p, -1) ? PAGER_MOVED : PAGER_UNUSED;
    case ']': heading_away(p, 1); break;
    case '[': heading_away(p, -1); break;
    case '/': p->search = editor_new((EditorOptions){ .limit = 100 }); break;
    case 'n': seek(p, 1, false); break;
    case 'N': seek(p, -1, false); break;
    case K_ESC: return escape(p);
    default: return PAGER_UNUSED;
    }
    return PAGER_MOVED;
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_row(const Line *l, View v, int y, int col, size_t at, size_t end, unsigned on)
{
    for (size_t i = 0, start = 0; i < l->n; start = l->pieces[i++].end) {
        size_t a = start > at ? start : at, b = l->pieces[i].end < end ? l->pieces[i].end : end;
        if (a < b) col += view_text_n(v, y, col, l->pieces[i].style | on, l->text.s + a, b - a);
    }
}

static void draw_line(Pager *p, View v, size_t i, bool focus)
{
    Line *l = &p->lines[i];
    bool here = focus && l->item != 0 && l->item == p->at;
    bool found = has_sought(l, p->sought);
    size_t at = 0, end = 0, row = l->row;
    int col = 0;
    do {
        size_t start = at;
        at = next_row(l, start, p->cols, &end, &col);
        long y = (long)row - (long)p->top;
        row++;
        if (y < 0) continue;
        if (y >= v.rows) return;
        if (l->heading) {
            view_rule_titled(v, (int)y, str_text(&l->text));
            return;
        }
        draw_row(l, v, (int)y, col, start, end, here ? STYLE_ON : 0);
        if (found)
            view_restyle(v, (int)y, col, end > start ? text_width(l->text.s + start, end - start) : 0, STYLE_MARK);
        if (here && start == 0) view_cursor(v, (int)y, col);
    } while (at < l->text.n);
}

static void draw_search(Pager *p, View row)
{
    view_fill(row, STYLE_NORMAL);
    view_text(row, 0, 0, STYLE_KEY, "/");
    editor_draw(p->search, view_part(row, 0, 1, 1, 40), true);
    if (p->sought) {
        size_t found = 0;
        for (size_t i = 0; i < p->n; i++) found += has_sought(&p->lines[i], p->sought);
        view_textf(row, 0, 43, STYLE_MUTED, "%zu lines   n next   N back   Esc clears", found);
    }
}

/* Whoever jumps to the end has not read what lies between: every line counts for itself. */
static void note_seen(Pager *p, Line *l, size_t end, size_t bottom)
{
    if (l->seen_start && l->seen_end) return;
    l->seen_start = l->seen_start || l->row >= p->top;
    l->seen_end = l->seen_end || end <= bottom;
    p->seen += l->seen_start && l->seen_end;
}

size_t pager_rows(Pager *p, int cols)
{
    count_rows(p, cols);
    return p->rows;
}

void pager_draw(Pager *p, View v, bool focus)
{
    View text = p->search ? view_part(v, 0, 0, v.rows - 1, -1) : v;
    if (view_empty(text)) return;
    p->page = text.rows;
    count_rows(p, text.cols);
    if (!p->sought) clamp_top(p);
    if (p->top >= p->rows) p->top = p->rows ? p->rows - 1 : 0;
    if (focus) view_cursor(text, 0, 0);
    size_t i = p->n ? line_of_row(p, p->top) : 0;
    for (size_t bottom = p->top + (size_t)text.rows; i < p->n && p->lines[i].row < bottom; i++) {
        draw_line(p, text, i, focus);
        note_seen(p, &p->lines[i], i + 1 < p->n ? p->lines[i + 1].row : p->rows, bottom);
    }
    if (p->search) draw_search(p, view_part(v, v.rows - 1, 0, 1, -1));
}
