/* flow.c — strips, and how they are dealt onto pages. A page takes strips while they fit; what must not be parted goes to the
** next page together, unless it would fill a page by itself: then it is parted, because every page must take something. */
#include "base/mem.h"
#include "inside.h"

/* What falls away or only underlines holds on to what is held before it: a heading, a gap and a paragraph stay together. */
static bool held(const Flow *f)
{
    return f->n > 0 && f->strips[f->n - 1].with_next;
}

Strip *flow_strip(Flow *f, bool with_next)
{
    f->strips = mem_room(f->strips, f->n, &f->cap, sizeof *f->strips);
    f->strips[f->n] = (Strip){ .first = f->pieces_n, .with_next = with_next };
    return &f->strips[f->n++];
}

void flow_gap(Flow *f, int height)
{
    Strip *s;

    if (height <= 0) return;
    s = flow_strip(f, held(f));
    s->gap = true;
    s->drop = height;
}

void flow_rule(Flow *f, Rule rule, int x, int width, int height)
{
    Strip *s;

    if (height <= 0) return;
    s = flow_strip(f, held(f));
    s->rule = rule;
    s->gap = rule == RULE_ROW;
    s->x = x;
    s->width = width;
    s->drop = height;
}

void flow_piece(Flow *f, int x, Style style, const Line *line)
{
    Strip *s = &f->strips[f->n - 1];

    f->pieces = mem_room(f->pieces, f->pieces_n, &f->pieces_cap, sizeof *f->pieces);
    f->pieces[f->pieces_n++] = (Piece){ .line = *line, .style = style, .x = x };
    s->n++;
    if (line->rise > s->rise) s->rise = line->rise;
    if (line->drop > s->drop) s->drop = line->drop;
}

static int height_of(const Strip *s)
{
    return s->rise + s->drop;
}

int flow_height(const Flow *f, size_t first, size_t n)
{
    int height = 0;

    for (size_t i = first; i < first + n; i++) height += height_of(&f->strips[i]);
    return height;
}

size_t flow_head(Flow *f, size_t first)
{
    f->heads = mem_room(f->heads, f->heads_n, &f->heads_cap, sizeof *f->heads);
    f->heads[f->heads_n] = (Head){ first, f->n - first, flow_height(f, first, f->n - first) };
    return ++f->heads_n;
}

/* A head that would take a third of the page is not repeated. */
static size_t head_above(const Flow *f, size_t at, int room)
{
    size_t head = f->strips[at].head;

    return head > 0 && f->heads[head - 1].height <= room / 3 ? head : 0;
}

/* How many strips from `at` a page holds. */
static size_t take(const Flow *f, size_t at, int room)
{
    size_t end = at, back;
    int used = 0;

    while (end < f->n && height_of(&f->strips[end]) <= room - used) used += height_of(&f->strips[end++]);
    if (end == f->n) return end - at;
    for (back = end; back > at && f->strips[back - 1].with_next;) back--;
    if (back > at) return back - at;
    return end > at ? end - at : 1;
}

size_t flow_deal(const Flow *f, int room, Page **pages)
{
    size_t n = 0, cap = 0, at = 0;

    *pages = NULL;
    for (;;) {
        Page page = { 0 };
        while (at < f->n && f->strips[at].gap) at++;
        if (at == f->n && n > 0) return n;
        page.first = at;
        if (at < f->n) {
            page.head = head_above(f, at, room);
            page.n = take(f, at, room - (page.head ? f->heads[page.head - 1].height : 0));
        }
        at += page.n;
        *pages = mem_room(*pages, n, &cap, sizeof **pages);
        (*pages)[n++] = page;
    }
}

void flow_finish(Flow *f)
{
    mem_free(f->strips);
    mem_free(f->pieces);
    mem_free(f->heads);
    *f = (Flow){ 0 };
}
