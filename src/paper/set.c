/* set.c — blocks become strips. What stays together is decided here, for both writers: a heading with what follows, the first and
** the last two lines of a text, short rows of a table, a drawing. What it looks like is not. */
#include "base/mem.h"
#include "inside.h"

enum { LABEL_LINES = 3, ROW_LINES = 8, DRAWING_LINES = 60 }; /* more are parted between pages when they must */

typedef struct Setter {
    Press *press;
    const Sizes *sizes;
    Flow *flow;
    int extra; /* the least gap that the last block wants behind it */
} Setter;

void lines_add(Lines *l, Line line)
{
    l->at = mem_room(l->at, l->n, &l->cap, sizeof *l->at);
    l->at[l->n++] = line;
}

static Lines wrapped(Setter *s, Style style, const char *text, int width)
{
    Lines lines = { 0 };

    s->press->wrap(s->press, style, text, width, &lines);
    return lines;
}

/* No line of a text stands alone, not the first at the foot of a page, not the last at the head of one. */
static bool tied(size_t i, size_t n, size_t whole)
{
    if (i + 1 >= n) return false;
    return n <= whole || i == 0 || i + 2 == n;
}

/* --- running text ---------------------------------------------------------------- */

/* Drawings keep their empty lines; those of a text fall away at the head of a page. */
static void put_lines(Setter *s, Style style, const Lines *lines, int x, size_t whole, bool with_next)
{
    for (size_t i = 0; i < lines->n; i++) {
        Strip *strip = flow_strip(s->flow, with_next || tied(i, lines->n, whole));
        strip->gap = style != STYLE_MONO && lines->at[i].width == 0;
        flow_piece(s->flow, x, style, &lines->at[i]);
    }
}

static void put_text(Setter *s, Style style, const char *text, int x, size_t whole)
{
    Lines lines = wrapped(s, style, text, s->sizes->width - x);

    put_lines(s, style, &lines, x, whole, false);
    mem_free(lines.at);
}

static void set_heading(Setter *s, const Block *b)
{
    bool first = b->kind == BLOCK_HEAD1;
    Style style = first ? STYLE_HEAD1 : STYLE_HEAD2;
    Rule rule = first ? RULE_HEAD1 : RULE_HEAD2;
    Lines lines = wrapped(s, style, b->texts[0], s->sizes->width);
    int widest = 0;

    for (size_t i = 0; i < lines.n; i++)
        if (lines.at[i].width > widest) widest = lines.at[i].width;
    put_lines(s, style, &lines, 0, 0, true);
    flow_rule(s->flow, rule, 0, first ? s->sizes->width : widest, s->sizes->rule[rule]);
    mem_free(lines.at);
}

static void set_text(Setter *s, const Block *b)
{
    put_text(s, STYLE_TEXT, b->texts[0], 0, 3);
}

static void set_note(Setter *s, const Block *b)
{
    put_text(s, STYLE_NOTE, b->texts[0], 0, 3);
}

static void set_mono(Setter *s, const Block *b)
{
    put_text(s, STYLE_MONO, b->texts[0], 0, DRAWING_LINES);
}

static void set_rule(Setter *s, const Block *b)
{
    flow_rule(s->flow, RULE_PLAIN, 0, s->sizes->width, s->sizes->rule[RULE_PLAIN]);
}

static void set_nothing(Setter *s, const Block *b)
{
    s->extra = s->sizes->space;
}

/* --- labels and answers ------------------------------------------------------------ */

static int answer_x(const Setter *s)
{
    return s->sizes->label + s->sizes->gutter;
}

/* The answer begins beside the last line of its label. */
static void put_beside(Setter *s, const Lines *label, const Lines *answer)
{
    size_t above = label->n - 1, n = above + answer->n;

    for (size_t i = 0; i < n; i++) {
        Strip *strip = flow_strip(s->flow, i + 1 < n);
        strip->leader = i == above;
        if (i < label->n) flow_piece(s->flow, 0, STYLE_LABEL, &label->at[i]);
        if (i >= above) flow_piece(s->flow, answer_x(s), STYLE_ANSWER, &answer->at[i - above]);
    }
}

static void put_below(Setter *s, const char *label, const char *answer)
{
    Lines lines = wrapped(s, STYLE_LABEL, label, s->sizes->width);

    put_lines(s, STYLE_LABEL, &lines, 0, 0, true);
    flow_gap(s->flow, s->sizes->below);
    put_text(s, STYLE_ANSWER, answer, s->sizes->indent, 3);
    s->extra = s->sizes->before[BLOCK_TEXT];
    mem_free(lines.at);
}

static void put_answer(Setter *s, const char *label_text, const char *text)
{
    Lines label = wrapped(s, STYLE_LABEL, label_text, s->sizes->label);
    Lines answer = wrapped(s, STYLE_ANSWER, text, s->sizes->width - answer_x(s));

    if (answer.n <= (size_t)s->sizes->answer_lines && label.n <= LABEL_LINES)
        put_beside(s, &label, &answer);
    else
        put_below(s, label_text, text);
    mem_free(label.at);
    mem_free(answer.at);
}

/* A dash for nothing: what was left open is seen to be open, and is not filled in afterwards by hand. */
static void set_field(Setter *s, const Block *b)
{
    put_answer(s, b->texts[0], *b->texts[1] ? b->texts[1] : "—");
}

/* Nothing for a signature is a line to sign on. */
static void set_signature(Setter *s, const Block *b)
{
    Lines label;

    if (*b->texts[1]) {
        put_answer(s, b->texts[0], b->texts[1]);
        return;
    }
    label = wrapped(s, STYLE_LABEL, b->texts[0], s->sizes->label);
    for (size_t i = 0; i < label.n; i++) {
        Strip *strip = flow_strip(s->flow, i + 1 < label.n);
        if (i + 1 == label.n) {
            strip->rule = RULE_SIGN;
            strip->x = answer_x(s);
            strip->width = s->sizes->width - answer_x(s);
        }
        flow_piece(s->flow, 0, STYLE_LABEL, &label.at[i]);
    }
    mem_free(label.at);
}

/* --- tables ------------------------------------------------------------------------- */

typedef struct Columns {
    int x[PAPER_COLUMNS_MAX], width[PAPER_COLUMNS_MAX];
    size_t n;
} Columns;

static size_t widest(const Columns *c)
{
    size_t at = 0;

    for (size_t i = 1; i < c->n; i++)
        if (c->width[i] > c->width[at]) at = i;
    return at;
}

/* The width by shares; a column too narrow for its letters takes from the widest, which also takes what rounding left. */
static Columns columns_of(const Setter *s, const Block *b)
{
    Columns c = { .n = b->columns };
    int room = s->sizes->width - s->sizes->gutter * ((int)c.n - 1), all = 0, left = room;

    for (size_t i = 0; i < c.n; i++) all += b->shares[i];
    for (size_t i = 0; i < c.n; i++) {
        c.width[i] = (int)((long long)room * b->shares[i] / all);
        if (c.width[i] < s->sizes->narrowest) c.width[i] = s->sizes->narrowest;
        left -= c.width[i];
    }
    while (left < 0) {
        size_t w = widest(&c);
        int spare = c.width[w] - s->sizes->narrowest, give = c.n > 1 ? -left / (int)c.n + 1 : -left;
        if (give > -left) give = -left;
        if (give > spare) give = spare;
        if (give <= 0) break;
        c.width[w] -= give;
        left += give;
    }
    if (left > 0) c.width[widest(&c)] += left;
    for (size_t i = 1; i < c.n; i++) c.x[i] = c.x[i - 1] + c.width[i - 1] + s->sizes->gutter;
    return c;
}

/* One row, a strip for each of its lines; returns how many. */
static size_t put_row(Setter *s, const Columns *c, const char *const *texts, Style style, size_t head)
{
    Lines cells[PAPER_COLUMNS_MAX] = { 0 };
    size_t n = 1;

    for (size_t i = 0; i < c->n; i++) {
        cells[i] = wrapped(s, style, texts[i], c->width[i]);
        if (cells[i].n > n) n = cells[i].n;
    }
    for (size_t line = 0; line < n; line++) {
        flow_strip(s->flow, style == STYLE_COLUMN || tied(line, n, ROW_LINES))->head = head;
        for (size_t i = 0; i < c->n; i++)
            if (line < cells[i].n) flow_piece(s->flow, c->x[i], style, &cells[i].at[line]);
    }
    for (size_t i = 0; i < c->n; i++) mem_free(cells[i].at);
    return n;
}

static bool any_wraps(Setter *s, const Block *b, const Columns *c)
{
    for (size_t i = 0; i < b->columns * b->rows; i++) {
        Lines lines = wrapped(s, STYLE_CELL, b->texts[b->columns + i], c->width[i % b->columns]);
        bool wraps = lines.n > 1;
        mem_free(lines.at);
        if (wraps) return true;
    }
    return false;
}

static void set_table(Setter *s, const Block *b)
{
    Columns c = columns_of(s, b);
    bool separate = s->sizes->row_rules || any_wraps(s, b, &c);
    size_t first = s->flow->n, head;

    put_row(s, &c, b->texts, STYLE_COLUMN, 0);
    flow_rule(s->flow, RULE_COLUMNS, 0, s->sizes->width, s->sizes->rule[RULE_COLUMNS]);
    head = flow_head(s->flow, first);
    for (size_t row = 0; row < b->rows; row++) {
        put_row(s, &c, b->texts + b->columns * (row + 1), STYLE_CELL, head);
        if (separate && row + 1 < b->rows) flow_rule(s->flow, RULE_ROW, 0, s->sizes->width, s->sizes->rule[RULE_ROW]);
    }
}

/* --- the document ------------------------------------------------------------------- */

static void (*const setters[BLOCK_KINDS])(Setter *, const Block *) = {
    [BLOCK_HEAD1] = set_heading,
    [BLOCK_HEAD2] = set_heading,
    [BLOCK_TEXT] = set_text,
    [BLOCK_FIELD] = set_field,
    [BLOCK_NOTE] = set_note,
    [BLOCK_RULE] = set_rule,
    [BLOCK_SPACE] = set_nothing,
    [BLOCK_SIGN] = set_signature,
    [BLOCK_MONO] = set_mono,
    [BLOCK_TABLE] = set_table,
};

static bool is_heading(const Block *b)
{
    return b->kind == BLOCK_HEAD1 || b->kind == BLOCK_HEAD2;
}

static int gap_between(const Sizes *sizes, const Block *last, const Block *b)
{
    if (b->kind == BLOCK_SPACE || !last) return 0;
    if (is_heading(last)) return sizes->after_head;
    return last->kind == b->kind ? sizes->between[b->kind] : sizes->before[b->kind];
}

void paper_set(const Paper *p, Press *press, Flow *flow)
{
    Setter s = { .press = press, .sizes = press->sizes, .flow = flow };

    for (size_t i = 0; i < p->n; i++) {
        const Block *b = &p->blocks[i];
        int gap = gap_between(s.sizes, i > 0 ? b - 1 : NULL, b), extra = s.extra;
        s.extra = 0;
        flow_gap(flow, gap > extra ? gap : extra);
        setters[b->kind](&s, b);
    }
}
