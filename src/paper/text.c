/* text.c — a document as text: 80 columns and 66 lines a page, of which the form feed stands on the last, so that a printer that
** counts lines does not give out an empty sheet. */
#include "base/mem.h"
#include "base/utf8.h"
#include "inside.h"
#include <string.h>

enum { HEAD_GAP = 1, FOOT_LINES = 3 }; /* FOOT_LINES: more of the foot than that is cut */

/* clang-format off */
static const Sizes text_sizes = {
    .width = PAPER_COLS, .gutter = 2, .indent = 4, .label = 30, .answer_lines = 4, .narrowest = 3,
    .before = { [BLOCK_HEAD1] = 2, [BLOCK_HEAD2] = 1, [BLOCK_TEXT] = 1, [BLOCK_FIELD] = 1, [BLOCK_NOTE] = 1,
                [BLOCK_RULE] = 1, [BLOCK_SIGN] = 2, [BLOCK_MONO] = 1, [BLOCK_TABLE] = 1 },
    .between = { [BLOCK_HEAD1] = 1, [BLOCK_HEAD2] = 1, [BLOCK_TEXT] = 1, [BLOCK_NOTE] = 1, [BLOCK_SIGN] = 2, [BLOCK_TABLE] = 1 },
    .space = 1,
    .rule = { [RULE_PLAIN] = 1, [RULE_HEAD1] = 1, [RULE_HEAD2] = 1, [RULE_COLUMNS] = 1, [RULE_ROW] = 1 },
};
static const char *const rule_ink[RULES] = {
    [RULE_PLAIN] = "─", [RULE_HEAD1] = "═", [RULE_HEAD2] = "─", [RULE_COLUMNS] = "─", [RULE_SIGN] = "_",
};
/* clang-format on */

static void wrap_text(Press *press, Style style, const char *s, int width, Lines *out)
{
    for (bool more = true; more;) {
        size_t n = strcspn(s, "\n"), at = 0;
        do {
            Line line = { .text = s + at, .drop = 1 };
            size_t next;
            line.n = wrap_line(s, n, at, width, style == STYLE_MONO, &next, &line.width) - at;
            lines_add(out, line);
            at = next;
        } while (at < n);
        more = s[n] == '\n';
        s += n + 1;
    }
}

/* --- a line ---------------------------------------------------------------------- */

static void add_times(Str *out, const char *ink, int times)
{
    while (times-- > 0) str_add(out, ink);
}

/* One blank on each side of the dots. */
static void add_leader(Str *out, int from, int to)
{
    if (to - from < 4) return;
    str_add_char(out, ' ');
    add_times(out, ".", to - from - 2);
}

/* No line ends in blanks: not in those a text ends in, and not in those before a piece that is empty. */
static void end_line(Str *out, size_t start)
{
    while (out->n > start && out->s[out->n - 1] == ' ') out->s[--out->n] = '\0';
    str_add_char(out, '\n');
}

static void ink_strip(const Flow *f, const Strip *s, Str *out)
{
    size_t start = out->n;
    int at = 0;

    for (size_t i = 0; i < s->n; i++) {
        const Piece *p = &f->pieces[s->first + i];
        size_t before = out->n;
        if (s->leader && i == 1) add_leader(out, at, p->x);
        if (out->n > before) at = p->x - 1;
        add_times(out, " ", p->x - at);
        str_add_n(out, p->line.text, p->line.n);
        at = p->x + p->line.width;
    }
    if (rule_ink[s->rule]) {
        add_times(out, " ", s->x - at);
        add_times(out, rule_ink[s->rule], s->width);
    }
    end_line(out, start);
    add_times(out, "\n", s->drop - 1);
}

static void ink_strips(const Flow *f, size_t first, size_t n, Str *out)
{
    for (size_t i = first; i < first + n; i++) ink_strip(f, &f->strips[i], out);
}

/* --- the head and the foot ---------------------------------------------------------- */

/* What fits of s, and … when that is not all; returns its columns. */
static int add_clipped(Str *out, const char *s, int columns)
{
    size_t n = strlen(s), fits, next;
    int used;

    fits = wrap_line(s, n, 0, columns, true, &next, &used);
    if (fits == n) {
        str_add(out, s);
        return used;
    }
    fits = wrap_line(s, n, 0, columns - 1, true, &next, &used);
    str_add_n(out, s, fits);
    str_add(out, "…");
    return used + 1;
}

/* Left, centre and right on one line; the sides are short, the centre gives way. */
static void add_centred(Str *out, const char *left, const char *centre, const char *right)
{
    int side = utf8_width(left) > utf8_width(right) ? utf8_width(left) : utf8_width(right);
    int room = side > 0 ? PAPER_COLS - 2 * (side + 2) : PAPER_COLS, at, used;
    Str clipped = { 0 };
    size_t start = out->n;

    used = add_clipped(&clipped, centre, room);
    at = (PAPER_COLS - used) / 2;
    str_add(out, left);
    add_times(out, " ", at - utf8_width(left));
    str_add_n(out, str_text(&clipped), clipped.n);
    add_times(out, " ", PAPER_COLS - utf8_width(right) - at - used);
    str_add(out, right);
    end_line(out, start);
    str_finish(&clipped);
}

static void add_line(Str *out, const char *s)
{
    size_t start = out->n;

    add_clipped(out, s, PAPER_COLS);
    end_line(out, start);
}

/* Title and subject share a line when they can. */
static int add_names(Str *out, const PaperHead *h)
{
    int title = utf8_width(h->title), subject = utf8_width(h->subject);

    if (title > PAPER_COLS || subject > PAPER_COLS || title + subject + 2 > PAPER_COLS) {
        add_line(out, h->title);
        add_line(out, h->subject);
        return 2;
    }
    size_t start = out->n;
    str_add(out, h->title);
    add_times(out, " ", PAPER_COLS - title - subject);
    str_add(out, h->subject);
    end_line(out, start);
    return 1;
}

static int add_head(Str *out, const PaperHead *h)
{
    const char *side = h->training ? "TRAINING" : "";
    int names;

    add_centred(out, side, h->marking, side);
    names = add_names(out, h);
    add_times(out, "─", PAPER_COLS);
    add_times(out, "\n", 1 + HEAD_GAP);
    return 2 + names + HEAD_GAP;
}

/* All but the last line of the foot, which carries the number. */
static int add_foot(Str *out, const PaperHead *h)
{
    size_t n = strlen(h->foot), at = 0, next;
    int lines = 1, used;

    add_times(out, "─", PAPER_COLS);
    str_add_char(out, '\n');
    for (; at < n && lines <= FOOT_LINES; lines++, at = next) {
        size_t start = out->n, end = wrap_line(h->foot, n, at, PAPER_COLS, false, &next, &used);
        if (lines == FOOT_LINES) {
            add_line(out, h->foot + at);
            continue;
        }
        str_add_n(out, h->foot + at, end - at);
        end_line(out, start);
    }
    return lines;
}

/* --- the pages ------------------------------------------------------------------------ */

typedef struct TextPages {
    Flow flow;
    Page *pages;
    size_t n;
    int room; /* lines between head and foot */
    Str head, foot;
} TextPages;

static TextPages text_pages(const Paper *p)
{
    Press press = { &text_sizes, wrap_text };
    TextPages t = { 0 };

    t.room = PAPER_LINES - 1 - add_head(&t.head, &p->head);
    t.room -= add_foot(&t.foot, &p->head) + 1 + 1; /* an empty line above, the number below */
    paper_set(p, &press, &t.flow);
    t.n = flow_deal(&t.flow, t.room, &t.pages);
    return t;
}

static void text_pages_finish(TextPages *t)
{
    flow_finish(&t->flow);
    mem_free(t->pages);
    str_finish(&t->head);
    str_finish(&t->foot);
}

static void ink_page(const Paper *p, const TextPages *t, size_t i, Str *out)
{
    const Page *page = &t->pages[i];
    const Head *head = page->head ? &t->flow.heads[page->head - 1] : NULL;
    int used = flow_height(&t->flow, page->first, page->n) + (head ? head->height : 0);
    Str number = { 0 };

    str_add_n(out, str_text(&t->head), t->head.n);
    if (head) ink_strips(&t->flow, head->first, head->n, out);
    ink_strips(&t->flow, page->first, page->n, out);
    add_times(out, "\n", t->room - used + 1);
    str_add_n(out, str_text(&t->foot), t->foot.n);
    str_addf(&number, "Page %zu of %zu", i + 1, t->n);
    add_centred(out, "", p->head.marking, str_text(&number));
    str_add_char(out, '\f');
    str_finish(&number);
}

void paper_to_text(const Paper *p, Str *out)
{
    TextPages t = text_pages(p);

    for (size_t i = 0; i < t.n; i++) ink_page(p, &t, i, out);
    text_pages_finish(&t);
}

size_t paper_pages(const Paper *p)
{
    TextPages t = text_pages(p);
    size_t n = t.n;

    text_pages_finish(&t);
    return n;
}
