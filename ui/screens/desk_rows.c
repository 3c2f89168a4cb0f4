/* desk_rows.c — the list of the desk: which columns there is room for, and what stands in each. */
#include "desk.h"

enum { CELL_MARK, CELL_STATE, CELL_WHEN, CELL_CASE, CELL_GRADE, CELL_DUTY, CELL_OFFENCE, CELL_CITE, CELL_OWNER };

typedef struct DeskColumn {      /* shown from `from` columns of screen on */
    int cell, from, width, wide; /* `wide` from 132 columns on; 0 = takes what is left */
    const char *title;
    bool right;
} DeskColumn;
static const DeskColumn desk_columns[] = {
    { CELL_MARK, 0, 1, 1, "", false }, /* while something is marked */
    { CELL_STATE, 0, 9, 9, "  When", false },
    { CELL_WHEN, 0, 9, 9, "", true },
    { CELL_CASE, 0, 9, 9, "Case", false },
    { CELL_GRADE, 70, 8, 8, "Grade", false },
    { CELL_DUTY, 0, 0, 38, "What must be done", false },
    { CELL_OFFENCE, 100, 14, 0, "Offence", false },
    { CELL_CITE, 116, 14, 24, "Paragraph", false },
    { CELL_OWNER, 124, 8, 8, "Owner", false }, /* wider where it names officers */
};

static size_t rows_count(void *of)
{
    return desk_of(of)->rows.n;
}

static int64_t rows_id(void *of, size_t i)
{
    return window_id(&desk_of(of)->rows, i);
}

/* An investigating officer's duty is that officer's. */
static const char *owner_words(const Desk *d, const QueueRow *q)
{
    for (size_t i = 0; q->investigator && q->owner == ROLE_CSU_IO && i < d->n_names; i++)
        if (str_eq(d->names[i].warrant, q->investigator)) return d->names[i].name;
    return role_short(q->owner);
}

/* What is put aside says until when, in place of when it is due. */
static void row_due_words(const QueueRow *q, Time now, DueWords *out)
{
    if (q->held > now)
        held_words(q->held, now, out);
    else
        due_words(q->opens, q->due, now, out);
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const Desk *d = desk_of(self);
    const QueueRow *q = window_row(&d->rows, i);
    const Vocabs *v = vocabs_of(self);
    DueWords due;
    char grade[24];

    row_due_words(q, now_of(self), &due);
    for (size_t c = 0; c < d->list.n_columns; c++) {
        int column = (int)c;
        switch (d->cell[c]) {
        case CELL_MARK: list_cell(out, column, STYLE_MARK, marks_find(&d->marks, q->case_id, q->duty, q->cycle) ? "*" : ""); break;
        case CELL_STATE: list_cellf(out, column, due.style, "%s %s", due.sign, due.word); break;
        case CELL_WHEN: list_cellf(out, column, STYLE_NORMAL, "%s", due.when); break;
        case CELL_CASE: list_cell(out, column, STYLE_NORMAL, q->case_id); break;
        case CELL_GRADE:
            list_cellf(
                out, column, q->grade ? grade_style(q->grade) : STYLE_MUTED, "%s", grade_word(v, q->grade, grade));
            break;
        case CELL_DUTY:
            list_cellf(out, column, q->restricted ? STYLE_WARNING : STYLE_NORMAL, "%s%s", restricted_words(q->restricted),
                q->says ? q->says : duty_title(app_of(self), q->duty));
            break;
        case CELL_OFFENCE: list_cell(out, column, STYLE_NORMAL, offence_or_kind(v, q->offence)); break;
        case CELL_CITE: list_cell(out, column, STYLE_MUTED, duty_cite(app_of(self), q->duty)); break;
        case CELL_OWNER: list_cell(out, column, STYLE_MUTED, owner_words(d, q)); break;
        default: break;
        }
        if (i == list_at(&d->list)) out->style[c] = STYLE_NORMAL; /* the row one stands on is one bar */
    }
}

void desk_set_columns(Desk *d, int cols)
{
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(desk_columns); i++) {
        const DeskColumn *c = &desk_columns[i];
        if (cols < c->from || (c->cell == CELL_MARK && !d->marks.n)) continue;
        d->cell[n] = c->cell;
        d->columns[n] = (ListColumn){ .title = c->title, .width = cols >= 132 ? c->wide : c->width, .right = c->right };
        if (c->cell == CELL_CASE) d->columns[n].width = d->id_width;
        if (c->cell == CELL_OWNER && d->n_names) d->columns[n].width = 16;
        if (c->cell == CELL_WHEN) d->columns[n].width = d->when_width;
        n++;
    }
    d->list.columns = d->columns;
    d->list.n_columns = n;
}

/* Asked once for each officer of a row, so that drawing asks nothing. */
void desk_learn_name(const Screen *self, const char *warrant)
{
    Desk *d = desk_of(self);
    Arena *a;

    for (size_t i = 0; i < d->n_names; i++)
        if (str_eq(d->names[i].warrant, warrant)) return;
    if (d->n_names == NAMES) return;
    a = arena_new();
    snprintf(d->names[d->n_names].warrant, sizeof d->names[0].warrant, "%s", warrant);
    snprintf(d->names[d->n_names].name, sizeof d->names[0].name, "%s", app_holder_name(app_of(self), warrant, a));
    d->n_names++;
    arena_free(&a);
}

/* Numbers and times get the room they need, the words of the duty the rest. */
void desk_measure(const Screen *self)
{
    Desk *d = desk_of(self);
    DueWords due;

    d->id_width = 8;
    d->when_width = 5;
    for (size_t i = 0; i < d->rows.n; i++) {
        const QueueRow *q = window_row(&d->rows, i);
        int id = utf8_width(q->case_id), when;
        if (q->investigator && q->owner == ROLE_CSU_IO) desk_learn_name(self, q->investigator);
        row_due_words(q, now_of(self), &due);
        when = utf8_width(due.when);
        if (id > d->id_width) d->id_width = id > 18 ? 18 : id;
        if (when > d->when_width) d->when_width = when;
    }
}

const QueueRow *desk_current(const Desk *d)
{
    return list_any(&d->list) ? window_row(&d->rows, list_at(&d->list)) : NULL;
}

ListSource desk_rows(Screen *self)
{
    return (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row };
}
