/* edit_move.c — places in the text: the next and the previous grapheme, word, row. Rows exist only here and in drawing;
** they are found anew from the paragraph, of which only the number of rows is remembered. */
#include "base/mem.h"
#include "base/utf8.h"
#include "edit_in.h"
#include "grid_in.h"

bool edit_same(Pos a, Pos b)
{
    return a.para == b.para && a.byte == b.byte;
}

static bool ascii_at(const Para *p, size_t i)
{
    return (unsigned char)p->s[i] < 0x80;
}

static size_t cluster_after(const Para *p, size_t at)
{
    if (ascii_at(p, at) && (at + 1 >= p->n || ascii_at(p, at + 1))) return at + 1;
    return utf8_next(p->s, p->n, at);
}

/* Looks back only as far as a cluster can sensibly reach, so that a long paragraph costs no more than a short one. */
static size_t cluster_before(const Para *p, size_t at)
{
    enum { REACH = 160 };
    if (ascii_at(p, at - 1)) return at - 1;
    size_t start = at - 1;
    while (start > 0 && at - start < REACH && !ascii_at(p, start)) start--;
    while (start < at && ((unsigned char)p->s[start] & 0xc0) == 0x80) start++;
    size_t last = start;
    for (size_t i = start; i < at; i = utf8_next(p->s, p->n, i)) last = i;
    return last < at ? last : at - 1;
}

Pos edit_next(const Editor *e, Pos p)
{
    if (p.byte < e->paras[p.para].n) return (Pos){ p.para, cluster_after(&e->paras[p.para], p.byte) };
    return p.para + 1 < e->n ? (Pos){ p.para + 1, 0 } : p;
}

Pos edit_prev(const Editor *e, Pos p)
{
    if (p.byte > 0) return (Pos){ p.para, cluster_before(&e->paras[p.para], p.byte) };
    return p.para > 0 ? (Pos){ p.para - 1, e->paras[p.para - 1].n } : p;
}

/* Letters, digits and everything beyond ASCII make words; an apostrophe belongs to them. */
static bool word_at(const Editor *e, Pos p)
{
    const Para *q = &e->paras[p.para];
    if (p.byte >= q->n) return false;
    unsigned char c = (unsigned char)q->s[p.byte];
    return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '\'' || c == '_';
}

Pos edit_word_next(const Editor *e, Pos p)
{
    Pos end = { e->n - 1, e->paras[e->n - 1].n };
    while (!edit_same(p, end) && word_at(e, p)) p = edit_next(e, p);
    while (!edit_same(p, end) && !word_at(e, p)) p = edit_next(e, p);
    return p;
}

Pos edit_word_prev(const Editor *e, Pos p)
{
    Pos start = { 0, 0 }, q = p;
    while (!edit_same(p, start) && !word_at(e, (q = edit_prev(e, p)))) p = q;
    while (!edit_same(p, start) && word_at(e, (q = edit_prev(e, p)))) p = q;
    return p;
}

/* --- rows --------------------------------------------------------------------------- */

/* The last column is kept free for the cursor behind the last character. */
int edit_wrap_cols(const Editor *e)
{
    return e->cols > 2 ? e->cols - 1 : e->cols > 0 ? e->cols : 1;
}

int edit_para_rows(Editor *e, size_t para)
{
    Para *p = &e->paras[para];
    int cols = edit_wrap_cols(e);
    if (p->rows_at == cols) return p->rows;
    p->rows = 0;
    p->rows_at = cols;
    size_t at = 0;
    do {
        text_wrap(p->s, p->n, at, cols, &at);
        p->rows++;
    } while (at < p->n);
    return p->rows;
}

int edit_row_of(const Editor *e, Pos pos, size_t *start, size_t *next)
{
    const Para *p = &e->paras[pos.para];
    int cols = edit_wrap_cols(e), row = 0;
    *start = 0;
    text_wrap(p->s, p->n, 0, cols, next);
    while (*next <= pos.byte && *next < p->n) {
        *start = *next;
        text_wrap(p->s, p->n, *start, cols, next);
        row++;
    }
    return row;
}

Pos edit_row_start(const Editor *e, Pos p)
{
    size_t start = 0, next = 0;
    edit_row_of(e, p, &start, &next);
    return (Pos){ p.para, start };
}

Pos edit_row_end(const Editor *e, Pos p)
{
    size_t start = 0, next = 0;
    edit_row_of(e, p, &start, &next);
    if (next >= e->paras[p.para].n) return (Pos){ p.para, e->paras[p.para].n };
    return edit_prev(e, (Pos){ p.para, next }); /* `next` itself belongs to the row below */
}

int edit_column(const Editor *e, Pos p)
{
    size_t start = 0, next = 0;
    if (e->o.lines) edit_row_of(e, p, &start, &next);
    const char *s = e->paras[p.para].s;
    return s ? text_width(s + start, p.byte - start) : 0;
}

/* The place in the row [start, next) of a paragraph that is nearest to a column from the left. */
static Pos at_column(const Editor *e, size_t para, size_t start, size_t next, int goal)
{
    const Para *p = &e->paras[para];
    int col = 0, w = 0;
    size_t i = start;
    while (i < next) {
        size_t j = text_next(p->s, p->n, i, &w);
        if (col + w > goal || (j >= next && next < p->n)) break;
        col += w;
        i = j;
    }
    return (Pos){ para, i };
}

static bool one_down(const Editor *e, size_t *para, size_t *start, size_t *next)
{
    if (*next < e->paras[*para].n)
        *start = *next;
    else if (*para + 1 < e->n)
        *start = (++*para, 0);
    else
        return false;
    const Para *p = &e->paras[*para];
    text_wrap(p->s, p->n, *start, edit_wrap_cols(e), next);
    return true;
}

static bool one_up(const Editor *e, size_t *para, size_t *start, size_t *next)
{
    Pos above;
    if (*start > 0)
        above = (Pos){ *para, *start - 1 };
    else if (*para > 0)
        above = (Pos){ *para - 1, e->paras[*para - 1].n };
    else
        return false;
    *para = above.para;
    edit_row_of(e, above, start, next);
    return true;
}

Pos edit_rows_away(Editor *e, Pos p, int by, int goal)
{
    size_t para = p.para, start = 0, next = 0;
    edit_row_of(e, p, &start, &next);
    for (; by > 0; by--)
        if (!one_down(e, &para, &start, &next)) break;
    for (; by < 0; by++)
        if (!one_up(e, &para, &start, &next)) break;
    return at_column(e, para, start, next, goal);
}
