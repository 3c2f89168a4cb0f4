/* book_lookup.c — who and what is meant, while it is typed: people, officers, places, and numbers that other cases hold. Found
** people are offered before a new one is made; who is chosen brings along what cases know of him, and which cases these are.
** Each look is in the log, so only what was typed is looked up, once, when the keys rest. */
#include "book_screen.h"

enum { LEAST_LETTERS = 2, MOST_CASES = 20 };

/* --- the lines of the offers -------------------------------------------------------------------- */
static const char *roles_words(const Screen *self, const PersonHit *p, Arena *a)
{
    Code seen[MOST_CASES];
    size_t n = 0;
    Str s = { 0 };
    const char *out;

    for (size_t i = 0; i < p->n_cases && i < MOST_CASES; i++) {
        bool known = false;
        for (size_t k = 0; k < n; k++) known = known || seen[k] == p->roles[i];
        if (known) continue;
        seen[n++] = p->roles[i];
        str_addf(
            &s, "%s%s", s.n ? ", " : "", label_inside(vocab_label(vocabs_of(self), VOCAB_PERSON_ROLE, p->roles[i]), a));
    }
    out = arena_dup(a, str_text(&s));
    str_finish(&s);
    return out;
}

/* "Example, Anne · born 1 Feb 1980 · 3 cases (victim, suspect)" */
static const char *person_line(const Screen *self, const PersonHit *p, Arena *a)
{
    char born[CIVIL_TEXT];
    const char *when = p->born == DATE_NONE ? "" : arena_printf(a, " · born %s", civil_words_date(p->born, born));

    return arena_printf(a, "%s%s%s%s · %zu case%s (%s)", p->family ? p->family : "", p->given && *p->given ? ", " : "",
        p->given ? p->given : "", when, p->n_cases, p->n_cases == 1 ? "" : "s", roles_words(self, p, a));
}

static void offer(Screen *self, BookFound *f)
{
    const char *lines[BOOK_OFFERS];

    for (size_t i = 0; i < f->n; i++)
        lines[i] = f->kind == ASK_PERSON ? person_line(self, &f->people[i], f->arena)
                   : f->kind == ASK_OFFICER
                       ? arena_printf(f->arena, "%s  %s", f->officers[i].warrant, f->officers[i].name)
                       : f->places[i];
    writer_offer(book_of(self)->writer, lines, f->n);
}

/* --- looking ---------------------------------------------------------------------------------------- */
static bool find(Screen *self, BookFound *f)
{
    App *app = app_of(self);

    if (strlen(f->value) < LEAST_LETTERS) return true;
    switch (f->kind) {
    case ASK_PERSON: return app_find_people(app, f->value, BOOK_OFFERS, f->arena, &f->people, &f->n, NULL);
    case ASK_OFFICER: return app_find_officers(app, f->value, BOOK_OFFERS, f->arena, &f->officers, &f->n, NULL);
    case ASK_ADDRESS: return app_find_places(app, f->value, BOOK_OFFERS, f->arena, &f->places, &f->n, NULL);
    default: return true;
    }
}

/* A number that stands in other cases is no mistake; it is good to know. */
static void note_reference(Screen *self, BookFound *f)
{
    BookPage *b = book_of(self);
    CaseHits hits = { 0 };
    Str s = { 0 };

    f->noted[0] = '\0';
    if (strlen(f->value) < LEAST_LETTERS) return;
    if (!app_find_reference(app_of(self), f->value, b->work.case_id, f->arena, &hits, NULL) || hits.n == 0) return;
    for (size_t i = 0; i < hits.n && i < 4; i++) str_addf(&s, "%s%s", i ? ", " : "", hits.items[i].row.id);
    snprintf(f->noted, sizeof f->noted, "%s", f->path);
    snprintf(f->note, sizeof f->note, "Also on %s%s.", str_text(&s), hits.n > 4 ? " and more" : "");
    str_finish(&s);
}

static bool is_looked_up(QuestionKind k)
{
    return k == ASK_PERSON || k == ASK_OFFICER || k == ASK_ADDRESS || k == ASK_REFERENCE;
}

void book_look_up(Screen *self)
{
    BookPage *b = book_of(self);
    BookFound *f = &b->found;
    const FormQuestion *q = writer_question(b->writer);
    const char *path = writer_path(b->writer), *value;

    if (!q || !is_looked_up(q->kind)) return;
    value = writer_value(b->writer);
    if (strcmp(f->typed, path) != 0) return;
    if (strcmp(f->path, path) == 0 && strcmp(f->value, value) == 0) return;
    arena_reset(f->arena);
    f->n = 0;
    f->kind = q->kind;
    snprintf(f->path, sizeof f->path, "%s", path);
    if (snprintf(f->value, sizeof f->value, "%s", value) >= (int)sizeof f->value) return; /* nobody is called so */
    if (q->kind == ASK_REFERENCE)
        note_reference(self, f);
    else if (find(self, f))
        offer(self, f);
}

/* --- choosing ------------------------------------------------------------------------------------------- */
/* The question of the same section, and of the same row, that is this column of a person. */
static const FormQuestion *sibling(const BookPage *b, const FormQuestion *of, const char *column)
{
    size_t n = 0;
    const FormQuestion *all = form_questions_of(b->work.form, &n);

    for (size_t i = 0; i < n; i++) {
        const FormQuestion *q = &all[i];
        bool here = q->section == of->section && q->group == of->group && !q->fact.own && q->fact.list == LIST_PEOPLE;
        if (here && q->fact.column && strcmp(q->fact.column, column) == 0) return q;
    }
    return NULL;
}

static void fill(BookPage *b, const FormQuestion *of, size_t row, const char *column, const char *value)
{
    const FormQuestion *q = sibling(b, of, column);
    char path[ANSWERS_PATH];

    if (!q || !value || !*value) return;
    writer_put(b->writer, form_path(b->work.form, q, row, path), value);
}

static void take_person(Screen *self, const PersonHit *p)
{
    BookPage *b = book_of(self);
    const FormQuestion *q = writer_question(b->writer);
    char born[CIVIL_TEXT], path[ANSWERS_PATH], group[ANSWERS_PATH], name[ANSWERS_PATH];
    size_t row = 0;

    snprintf(path, sizeof path, "%s", writer_path(b->writer));
    answers_path_split(path, group, &row, name);
    writer_begin(b->writer);
    writer_put(b->writer, path, p->family ? p->family : "");
    fill(b, q, row, "given", p->given);
    fill(b, q, row, "born", p->born == DATE_NONE ? "" : civil_format_date(p->born, born));
    fill(b, q, row, "sex", p->sex ? vocab_word(vocabs_of(self), VOCAB_SEX, p->sex) : "");
    fill(b, q, row, "ethnicity", p->ethnicity);
    fill(b, q, row, "police_staff", p->police_staff ? "yes" : "");
    writer_end(b->writer);
}

/* The hit lives until the next look; what is shown of it later is kept apart. */
static void remember(BookPage *b, const PersonHit *p)
{
    Arena *a = b->earlier_arena;
    const char **ids;
    Code *roles;

    arena_reset(a);
    ids = arena_zero(a, p->n_cases + 1, sizeof *ids);
    roles = arena_zero(a, p->n_cases + 1, sizeof *roles);
    for (size_t i = 0; i < p->n_cases; i++) {
        ids[i] = arena_dup(a, p->case_ids[i]);
        roles[i] = p->roles[i];
    }
    b->earlier = (PersonHit){ .family = arena_dup(a, p->family),
        .given = arena_dup(a, p->given),
        .born = p->born,
        .case_ids = ids,
        .roles = roles,
        .n_cases = p->n_cases };
}

React book_earlier(Screen *self)
{
    BookPage *b = book_of(self);
    AskItem items[MOST_CASES];
    size_t n = b->earlier.n_cases < MOST_CASES ? b->earlier.n_cases : MOST_CASES;
    char title[120];
    int pick;

    for (size_t i = 0; i < n; i++)
        items[i] = (AskItem){ .text = b->earlier.case_ids[i],
            .right = vocab_label(vocabs_of(self), VOCAB_PERSON_ROLE, b->earlier.roles[i]) };
    snprintf(title, sizeof title, "Earlier cases of %.40s %.40s", b->earlier.given ? b->earlier.given : "",
        b->earlier.family ? b->earlier.family : "");
    pick = ask_choice(self->loop, title, items, n, 0);
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    return ui_open_case(self->loop, b->earlier.case_ids[pick]);
}

React book_pick(Screen *self)
{
    BookPage *b = book_of(self);
    BookFound *f = &b->found;
    size_t i = writer_picked(b->writer), row = 0;
    const FormGroup *g = writer_group(b->writer, &row);

    if (g && row == SIZE_MAX) { /* the button that adds one */
        if (writer_row_add(b->writer, g)) keeping_typed(&b->keeping, self->loop);
        return REACT_REDRAW;
    }
    if (i >= f->n) return REACT_REDRAW;
    keeping_typed(&b->keeping, self->loop);
    if (f->kind == ASK_PERSON)
        take_person(self, &f->people[i]);
    else
        writer_put(b->writer, f->path, f->kind == ASK_OFFICER ? f->officers[i].warrant : f->places[i]);
    snprintf(f->value, sizeof f->value, "%s", writer_value(b->writer)); /* who is chosen is not looked up again */
    if (f->kind != ASK_PERSON || f->people[i].n_cases == 0) return REACT_REDRAW;
    remember(b, &f->people[i]);
    return book_earlier(self);
}
