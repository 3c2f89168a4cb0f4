/* book_submit.c — what stands between the book and the sergeant, and the way there. The list of what is missing leads to each thing
** and on to the next; a flag of the rules is said beside its field and stops nothing. Submitting asks once more, because the
** version never changes afterwards. */
#include "book_screen.h"

enum { MOST_ITEMS = 400 };

bool book_gate_is_gap(const BookPage *b, size_t i)
{
    const char *path = b->check.gate_paths[i];

    for (size_t k = 0; path && k < b->check.n_gaps; k++)
        if (str_eq(b->check.gaps[k].path, path)) return true;
    return false;
}

size_t book_gates_beside(const BookPage *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->check.n_gates; i++) n += !book_gate_is_gap(b, i);
    return n;
}

/* --- flags beside their fields -------------------------------------------------------------------- */
static void note_flags(BookPage *b)
{
    for (size_t i = 0; i < b->check.n_alerts; i++)
        if (b->check.alert_paths[i])
            writer_note(b->writer, b->check.alert_paths[i], STYLE_WARNING, b->check.alerts[i].says);
    for (size_t i = 0; i < b->check.n_gates; i++)
        if (b->check.gate_paths[i] && !book_gate_is_gap(b, i))
            writer_note(b->writer, b->check.gate_paths[i], STYLE_WARNING, b->check.gates[i].says);
    if (b->found.noted[0]) writer_note(b->writer, b->found.noted, STYLE_MUTED, b->found.note);
}

void book_check(Screen *self)
{
    BookPage *b = book_of(self);
    Err err = { 0 };

    arena_reset(b->check_arena);
    b->checked = app_book_check(app_of(self), &b->work, b->check_arena, &b->check, &err);
    if (!b->checked) {
        b->check = (BookCheck){ 0 };
        loop_status_err(self->loop, &err);
        return;
    }
    writer_clear_notes(b->writer);
    note_flags(b);
    for (size_t i = 0; i < b->check.n_gaps; i++)
        if (b->check.gaps[i].wrong && b->check.gaps[i].path)
            writer_error(b->writer, b->check.gaps[i].path, b->check.gaps[i].says);
}

size_t book_in_the_way(const BookPage *b)
{
    return b->check.n_gaps + book_gates_beside(b);
}

/* --- the list of what is missing --------------------------------------------------------------------- */
typedef struct Missing {
    AskItem items[MOST_ITEMS];
    const char *paths[MOST_ITEMS]; /* NULL: nowhere to go */
    size_t n;
} Missing;

static void add(Missing *m, const char *text, const char *right, const char *path)
{
    if (m->n == MOST_ITEMS) return;
    m->items[m->n] = (AskItem){ .text = text, .right = right };
    m->paths[m->n++] = path;
}

static const char *section_title(const BookPage *b, const char *path)
{
    size_t n = 0;
    const FormSection *all = form_sections_of(b->work.form, &n);
    const FormQuestion *q = path ? form_question(b->work.form, path) : NULL;

    return q ? arena_printf(b->check_arena, "%s %s", all[q->section].letter, all[q->section].title) : "";
}

/* The sentence of a wrong answer begins with its question; so does the label, which says the row as well. */
static const char *wrong_words(const BookPage *b, const FormGap *gap)
{
    const FormQuestion *q = form_question(b->work.form, gap->path);
    size_t n = q ? strlen(q->label) : 0;
    const char *says = n && strncmp(gap->says, q->label, n) == 0 && gap->says[n] == ':' ? gap->says + n + 1 : gap->says;

    return arena_printf(b->check_arena, "%s: %s", gap->label, says + strspn(says, " "));
}

/* What is wrong first, then what is missing, each in the order of the form; last what the rules ask. */
static Missing *gather(BookPage *b)
{
    Missing *m = arena_zero(b->check_arena, 1, sizeof *m);
    const BookCheck *c = &b->check;

    for (int wrong = 1; wrong >= 0; wrong--)
        for (size_t i = 0; i < c->n_gaps; i++) {
            const FormGap *gap = &c->gaps[i];
            if (gap->wrong != (wrong == 1)) continue;
            add(m, wrong ? wrong_words(b, gap) : gap->label, section_title(b, gap->path), gap->path);
        }
    for (size_t i = 0; i < c->n_gates; i++)
        if (!book_gate_is_gap(b, i)) add(m, c->gates[i].says, c->gates[i].gate->cite, c->gate_paths[i]);
    return m;
}

React book_missing_list(Screen *self)
{
    BookPage *b = book_of(self);
    Missing *m;
    char title[80];
    int pick;

    writer_settle(b->writer);
    book_check(self);
    m = gather(b);
    if (m->n == 0) {
        loop_status(self->loop, STYLE_GOOD, "Nothing that is needed is missing.");
        return REACT_STATUS;
    }
    snprintf(title, sizeof title, m->n == 1 ? "One thing is missing" : "%zu things are missing", m->n);
    pick = ask_choice(self->loop, title, m->items, m->n, 0);
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    b->walking = true;
    b->rested = false;
    if (m->paths[pick] && writer_go(b->writer, m->paths[pick])) return REACT_REDRAW;
    loop_status(self->loop, STYLE_WARNING, "%s", m->items[pick].text);
    return REACT_STATUS;
}

/* --- submitting ------------------------------------------------------------------------------------------- */
static bool confirmed(Screen *self)
{
    const BookPage *b = book_of(self);
    char text[500];
    size_t flags = b->check.n_alerts;

    snprintf(text, sizeof text,
        "Book %s of %s, version %zu%s, goes to the sergeant. This version never changes; what must be corrected comes "
        "back as a "
        "new one.%s",
        b->work.serial, b->work.case_id, b->work.version, b->work.new_case ? ", with a new case" : "",
        flags == 0   ? ""
        : flags == 1 ? "\n\nOne flag of the rules stands; the sergeant sees it, too."
                     : "\n\nFlags of the rules stand; the sergeant sees them, too.");
    return ask_confirm(self->loop, "Submit the book", text, "Submit");
}

static bool submit_now(Screen *self, CaseRow *row, Err *err)
{
    BookPage *b = book_of(self);
    App *app = app_of(self);

    if (app_book_submit(app, &b->work, b->check_arena, row, err)) return true;
    if (err->kind != ERR_BUSY) return false;
    *err = (Err){ 0 };
    return app_book_submit(app, &b->work, b->check_arena, row, err);
}

React book_submit(Screen *self)
{
    BookPage *b = book_of(self);
    CaseRow row = { 0 };
    char said[200], serial[32];
    Err err = { 0 };

    if (b->keeping.lost) {
        loop_status(self->loop, STYLE_WARNING, "It is written at another terminal now. ^S takes it back first.");
        return REACT_STATUS;
    }
    writer_settle(b->writer);
    if (b->keeping.dirty && !work_save_now(self, &book_work)) return REACT_STATUS;
    book_check(self);
    if (!b->checked) return REACT_STATUS;
    if (b->check.cad_case) {
        if (!book_join(self)) return REACT_STATUS;
        book_check(self);
    }
    if (book_in_the_way(b) > 0) return book_missing_list(self);
    if (!confirmed(self) || loop_top(self->loop) != self) return REACT_NONE;
    snprintf(serial, sizeof serial, "%s", b->work.serial);
    if (!submit_now(self, &row, &err)) return work_refused(self, &book_work, &err);
    b->keeping.dirty = b->keeping.stored = false;
    snprintf(said, sizeof said, "Submitted %s, book %s version %zu: the sergeant has it.",
        row.id ? row.id : b->work.case_id, b->work.serial, b->work.version);
    loop_pop(self->loop); /* its memory stays until the key is done with; what lies below has loaded */
    loop_status(self->loop, STYLE_GOOD, "%s", said);
    return REACT_RELOAD | REACT_STATUS;
}
