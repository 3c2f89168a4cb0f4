/* paper.c — a document as blocks in memory. Every text is made safe on its way in, so that no writer can forget it. */
#include "base/crypto.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "inside.h"
#include <assert.h>
#include <string.h>

/* A safe copy; tabs are blanks, since neither form has stops. */
static const char *keep(Paper *p, const char *text, bool lines)
{
    char *safe, *kept;

    if (!text) return "";
    safe = utf8_make_safe(text, strlen(text), lines, false);
    if (!safe) return "";
    for (char *c = safe; *c; c++)
        if (*c == '\t') *c = ' ';
    kept = arena_dup(p->arena, safe);
    crypto_wipe(safe, strlen(safe));
    mem_free(safe);
    return kept;
}

Paper *paper_new(const PaperHead *head)
{
    Paper *p = mem_new(sizeof *p);

    p->arena = arena_new_secret();
    p->head = (PaperHead){
        .marking = keep(p, head->marking, false),
        .title = keep(p, head->title, false),
        .subject = keep(p, head->subject, false),
        .foot = keep(p, head->foot, false),
        .training = head->training,
    };
    return p;
}

void paper_free(Paper **p)
{
    if (!*p) return;
    arena_free(&(*p)->arena);
    mem_free((*p)->blocks);
    mem_free(*p);
    *p = NULL;
}

static Block *add(Paper *p, BlockKind kind, size_t texts)
{
    Block *b;

    p->blocks = mem_room(p->blocks, p->n, &p->cap, sizeof *p->blocks);
    b = &p->blocks[p->n++];
    *b = (Block){ .kind = kind, .texts = arena_zero(p->arena, texts + 1, sizeof *b->texts) };
    return b;
}

static void add_text(Paper *p, BlockKind kind, const char *text, bool lines)
{
    add(p, kind, 1)->texts[0] = keep(p, text, lines);
}

static void add_labelled(Paper *p, BlockKind kind, const char *label, const char *text)
{
    Block *b = add(p, kind, 2);

    b->texts[0] = keep(p, label, false);
    b->texts[1] = keep(p, text, true);
}

void paper_heading(Paper *p, int level, const char *text)
{
    add_text(p, level <= 1 ? BLOCK_HEAD1 : BLOCK_HEAD2, text, false);
}

void paper_text(Paper *p, const char *text)
{
    add_text(p, BLOCK_TEXT, text, true);
}

void paper_note(Paper *p, const char *text)
{
    add_text(p, BLOCK_NOTE, text, true);
}

void paper_mono(Paper *p, const char *text)
{
    add_text(p, BLOCK_MONO, text, true);
}

void paper_field(Paper *p, const char *label, const char *text)
{
    add_labelled(p, BLOCK_FIELD, label, text);
}

void paper_signature(Paper *p, const char *label, const char *text)
{
    add_labelled(p, BLOCK_SIGN, label, text);
}

void paper_rule(Paper *p)
{
    add(p, BLOCK_RULE, 0);
}

void paper_space(Paper *p)
{
    add(p, BLOCK_SPACE, 0);
}

void paper_table(
    Paper *p, const char *const *heads, const int *shares, size_t columns, const char *const *cells, size_t rows)
{
    int *kept;
    Block *b;

    assert(columns <= PAPER_COLUMNS_MAX);
    if (columns == 0) return;
    kept = arena_zero(p->arena, columns, sizeof *kept);
    b = add(p, BLOCK_TABLE, columns * (rows + 1));
    b->columns = columns;
    b->rows = rows;
    b->shares = kept;
    for (size_t i = 0; i < columns; i++) {
        kept[i] = shares[i] < 1 ? 1 : shares[i] > 1000 ? 1000 : shares[i];
        b->texts[i] = keep(p, heads[i], false);
    }
    for (size_t i = 0; i < columns * rows; i++) b->texts[columns + i] = keep(p, cells[i], true);
}
