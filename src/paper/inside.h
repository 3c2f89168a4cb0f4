/* inside.h — what the files of this layer share. The idea, once for both writers: blocks are *set* into strips (a strip is one
** line across the page, which is never cut), strips are *dealt* onto pages, pages are *inked*. Setting asks a Press how a text
** breaks into lines; a Press is a writer: columns and lines for text, Pango units for PDF. */
#ifndef PAPER_INSIDE_H
#define PAPER_INSIDE_H

#include "base/arena.h"
#include "paper/paper.h"

/* --- the document ------------------------------------------------------------- */

typedef enum BlockKind {
    BLOCK_HEAD1,
    BLOCK_HEAD2,
    BLOCK_TEXT,
    BLOCK_FIELD, /* texts: label, answer */
    BLOCK_NOTE,
    BLOCK_RULE,
    BLOCK_SPACE,
    BLOCK_SIGN, /* texts: label, what stands on the line */
    BLOCK_MONO,
    BLOCK_TABLE, /* texts: the heads, then the cells row by row */
    BLOCK_KINDS
} BlockKind;

typedef struct Block {
    BlockKind kind;
    const char **texts; /* safe, without tabs; in the paper's arena */
    size_t columns, rows;
    const int *shares; /* each at least 1 */
} Block;

struct Paper {
    PaperHead head; /* texts safe, never NULL */
    Arena *arena;
    Block *blocks;
    size_t n, cap;
};

enum { PAPER_COLUMNS_MAX = 16 }; /* of a table */

/* --- strips ------------------------------------------------------------------- */

typedef enum Style {
    STYLE_TEXT,
    STYLE_LABEL,
    STYLE_ANSWER,
    STYLE_HEAD1,
    STYLE_HEAD2,
    STYLE_NOTE,
    STYLE_MONO,
    STYLE_COLUMN, /* the head of a table's column */
    STYLE_CELL,
    STYLE_MARKING,
    STYLE_TITLE,
    STYLE_SUBJECT,
    STYLE_FOOT,
    STYLE_TRAINING,
    STYLES
} Style;

typedef enum Rule {
    RULE_NONE,
    RULE_PLAIN,
    RULE_HEAD1,
    RULE_HEAD2,
    RULE_COLUMNS, /* under the head of a table */
    RULE_ROW,     /* between two rows */
    RULE_SIGN,
    RULES
} Rule;

typedef struct Line { /* one line of a text that was broken */
    const char *text; /* what a press of letters prints, */
    size_t n;
    void *shape;      /* and one of shapes: a PangoLayoutLine */
    int width, shift; /* shift: to the right, for text that reads from there */
    int rise, drop;   /* above and below the baseline */
} Line;

typedef struct Lines {
    Line *at;
    size_t n, cap;
} Lines;

typedef struct Piece {
    Line line;
    Style style;
    int x;
} Piece;

typedef struct Strip {
    size_t first, n; /* pieces */
    int rise, drop;  /* together its height */
    Rule rule;
    int x, width;   /* of the rule */
    bool leader;    /* dots lead from the first piece to the second */
    bool gap;       /* falls away at the head of a page */
    bool with_next; /* is never the last of a page */
    size_t head;    /* which table head stands above it on a new page, from 1; 0 for none */
} Strip;

typedef struct Head { /* strips that are repeated */
    size_t first, n;
    int height;
} Head;

typedef struct Flow {
    Strip *strips;
    Piece *pieces;
    Head *heads;
    size_t n, cap, pieces_n, pieces_cap, heads_n, heads_cap;
} Flow;

typedef struct Page {
    size_t head;     /* from 1; 0 for none */
    size_t first, n; /* strips */
} Page;

Strip *flow_strip(Flow *f, bool with_next);                       /* a new one; valid until the next */
void flow_gap(Flow *f, int height);                               /* nothing when height is 0 */
void flow_rule(Flow *f, Rule rule, int x, int width, int height); /* clings to what it stands under */
void flow_piece(Flow *f, int x, Style style, const Line *line);   /* into the last strip */
size_t flow_head(Flow *f, size_t first); /* the strips from `first` are a table's head; its number */
int flow_height(const Flow *f, size_t first, size_t n);
size_t flow_deal(const Flow *f, int room, Page **pages); /* at least one page; the caller frees with mem_free */
void flow_finish(Flow *f);

/* --- setting ------------------------------------------------------------------ */

typedef struct Sizes { /* in the units of the press */
    int width, gutter, indent;
    int label;                                     /* the column of the labels */
    int below;                                     /* between a label and the answer below it */
    int answer_lines;                              /* an answer of more lines goes below its label */
    int narrowest;                                 /* column of a table */
    int before[BLOCK_KINDS], between[BLOCK_KINDS]; /* before a block; between two of the kind */
    int after_head, space;
    int rule[RULES]; /* height; 0: this press has none */
    bool row_rules;  /* always between rows; else only when a row of the table has several lines */
} Sizes;

typedef struct Press Press;
struct Press {
    const Sizes *sizes;
    /* Adds the lines of s, as wide as `width` at most; one at least. */
    void (*wrap)(Press *press, Style style, const char *s, int width, Lines *out);
};

void lines_add(Lines *l, Line line);
void paper_set(const Paper *p, Press *press, Flow *flow);

/* --- text --------------------------------------------------------------------- */

/* Where the line that starts at `at` ends, and where the next begins; never inside a cluster. *used = its columns. With
** `hard` it ends only at the edge, else behind a word when it can. s holds no line feed. */
size_t wrap_line(const char *s, size_t n, size_t at, int columns, bool hard, size_t *next, int *used);

#endif
