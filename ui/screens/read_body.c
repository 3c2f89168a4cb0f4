/* read_body.c — the injuries on a body map in characters, front and back beside each other, each mark a number that the list
** beside it explains. Two marks on one place show the first number; the list has both. */
#include "core/body.h"
#include "read.h"

enum { GAP = 3, BOTH = BODY_COLS * 2 + GAP, MOST_MARKS = 35 };

typedef struct Mark {
    const BodyRegion *region; /* NULL: a place the map does not know */
    const char *words;
} Mark;

static char mark_sign(size_t i)
{
    return i < 9 ? (char)('1' + i) : i < MOST_MARKS ? (char)('a' + (i - 9)) : '+';
}

/* The question of the group that names a place on the body. */
static const FormQuestion *body_question(const FormSpec *f, const FormGroup *group)
{
    size_t n;
    const FormQuestion *all = form_questions_of(f, &n);

    for (size_t i = group->first; i < group->first + group->n && i < n; i++)
        if (all[i].kind == ASK_BODY) return &all[i];
    return NULL;
}

static void picture_row(char out[BOTH + 1], const Mark *marks, size_t n, int row)
{
    memset(out, ' ', BOTH);
    out[BOTH] = '\0';
    for (int side = 0; side < 2; side++) {
        const char *line = body_line(side == 1, row);
        size_t width = line ? strlen(line) : 0;
        memcpy(out + side * (BODY_COLS + GAP), line ? line : "", width < BODY_COLS ? width : BODY_COLS);
    }
    for (size_t i = n; i > 0; i--) { /* the first of two on one place is seen */
        const BodyRegion *r = marks[i - 1].region;
        if (r && r->row == row && r->col >= 0 && r->col < BODY_COLS)
            out[(r->back ? BODY_COLS + GAP : 0) + r->col] = mark_sign(i - 1);
    }
}

/* Marks stand out of the picture. */
static void put_picture(Pager *p, const char *line)
{
    while (*line) {
        size_t digits = strspn(line, "123456789"), plain = strcspn(line, "123456789");
        char piece[BOTH + 1];
        size_t n = digits ? digits : plain;
        memcpy(piece, line, n);
        piece[n] = '\0';
        pager_put(p, digits ? STYLE_MARK : STYLE_MUTED, piece);
        line += n;
    }
}

static size_t read_marks(const ReadPage *p, const FormQuestion *q, size_t rows, Mark *marks)
{
    char path[ANSWERS_PATH];
    size_t n = 0;

    for (size_t i = 0; i < rows && n < MOST_MARKS; i++, n++) {
        const char *code = answers_get(p->view->answers, form_path(p->view->form, q, i, path));
        marks[n].region = body_region(code);
        marks[n].words = *code ? form_words(p->view->form, q, arena_dup(p->a, code), p->a) : "place not said";
    }
    return n;
}

void read_body_write(const ReadPage *p, const FormGroup *group, size_t rows)
{
    const FormQuestion *q = body_question(p->view->form, group);
    Mark marks[MOST_MARKS];
    char line[BOTH + 1];
    size_t n;

    if (!q || rows == 0) return;
    n = read_marks(p, q, rows, marks);
    pager_begin(p->pager, 1, 0);
    pager_putf(p->pager, STYLE_LABEL, "%-*s%s", BODY_COLS + GAP, "Front", "Back");
    pager_end(p->pager);
    for (int row = 0; row < BODY_ROWS; row++) {
        picture_row(line, marks, n, row);
        pager_begin(p->pager, 1, BOTH + 2);
        put_picture(p->pager, line);
        if ((size_t)row < n) pager_putf(p->pager, STYLE_NORMAL, "  %c %s", mark_sign((size_t)row), marks[row].words);
        pager_end(p->pager);
    }
    for (size_t i = BODY_ROWS; i < n; i++) pager_addf(p->pager, 3, STYLE_NORMAL, "%c %s", mark_sign(i), marks[i].words);
}
