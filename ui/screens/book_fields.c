/* book_fields.c — from the rows of a form to fields on the screen. What a kind looks like is one row of a table; a choice shows
** how it is typed. Nothing here knows what a question means. */
#include "book_fields.h"
#include "base/mem.h"
#include "base/str.h"
#include "core/body.h"
#include <stdio.h>
#include <string.h>

enum { MOST_FIELDS = 4000, SHORT_TEXT = 3, ACCOUNT_LIMIT = 60000 };

static const FormKind kinds[ASK_KINDS] = {
    [ASK_TEXT] = FORM_LINE,
    [ASK_ACCOUNT] = FORM_TEXT,
    [ASK_DATE] = FORM_DATE,
    [ASK_TIME] = FORM_LINE,
    [ASK_MOMENT] = FORM_TIME,
    [ASK_CHOICE] = FORM_CHOICE,
    [ASK_SEVERAL] = FORM_MANY,
    [ASK_ANSWER] = FORM_CHOICE,
    [ASK_NUMBER] = FORM_NUMBER,
    [ASK_REFERENCE] = FORM_LINE,
    [ASK_PERSON] = FORM_LINE,
    [ASK_OFFICER] = FORM_LINE,
    [ASK_ADDRESS] = FORM_LINE,
    [ASK_TELEPHONE] = FORM_LINE,
    [ASK_BODY] = FORM_CHOICE,
};

/* --- the choices of one question --------------------------------------------------------------- */
/* Two of the four usual answers begin alike: the second of them is typed with the letter that stands in brackets. */
static const struct {
    const char *code, *words;
} typed_so[] = { { "not-known", "Not known (u)" }, { "not-asked", "Not asked (a)" } };

static const char *choice_words(const FormQuestion *q, const FormChoiceWord *c)
{
    for (size_t i = 0; q->kind == ASK_ANSWER && i < ARRAY_LEN(typed_so); i++)
        if (str_eq(typed_so[i].code, c->code)) return typed_so[i].words;
    return c->words;
}

static void add_choices(FormField *f, const FormQuestion *q, Arena *a)
{
    FormChoice *choices = arena_alloc(a, (q->n_choices + 1) * sizeof *choices);

    for (size_t i = 0; i < q->n_choices; i++)
        choices[i] = (FormChoice){ .code = q->choices[i].code, .words = choice_words(q, &q->choices[i]) };
    f->choices = choices;
    f->n_choices = q->n_choices;
}

/* " y n u d, or Space": the one letter that each answer takes. */
static const char *letters_hint(const FormQuestion *q, Arena *a)
{
    Str s = { 0 };
    const char *out;

    for (size_t i = 0; i < q->n_choices; i++) {
        const char *words = choice_words(q, &q->choices[i]), *bracket = strchr(words, '(');
        str_addf(&s, " %c", bracket ? bracket[1] : words[0] | 0x20);
    }
    str_add(&s, ", or Space");
    out = arena_dup(a, str_text(&s));
    str_finish(&s);
    return out;
}

static void add_regions(FormField *f, Arena *a)
{
    size_t n = 0;
    const BodyRegion *regions = body_regions(&n);
    FormChoice *choices = arena_alloc(a, (n + 1) * sizeof *choices);

    for (size_t i = 0; i < n; i++) choices[i] = (FormChoice){ .code = regions[i].code, .words = regions[i].words };
    f->choices = choices;
    f->n_choices = n;
}

/* --- the fields of a section ------------------------------------------------------------------------ */
typedef struct Fields { /* while they are gathered */
    const FormSpec *form;
    const FormSection *section;
    const Answers *answers;
    Arena *a;
    FormField *items;
    size_t n, cap;
} Fields;

static FormField *add_field(Fields *f)
{
    f->items = mem_room(f->items, f->n, &f->cap, sizeof *f->items);
    f->items[f->n] = (FormField){ 0 };
    return &f->items[f->n++];
}

static void add_question(Fields *f, const FormQuestion *q, size_t row)
{
    char path[ANSWERS_PATH];
    FormField *field;

    if (f->n >= MOST_FIELDS) return;
    field = add_field(f);
    form_path(f->form, q, row, path);
    field->name = arena_dup(f->a, path);
    field->label = q->label;
    field->help = q->example ? arena_printf(f->a, "%s\nFor example: %s", q->help, q->example) : q->help;
    field->kind = kinds[q->kind];
    field->limit = q->limit ? q->limit : q->kind == ASK_ACCOUNT ? ACCOUNT_LIMIT : 0;
    field->rows = q->rows ? q->rows : SHORT_TEXT;
    field->value = arena_dup(f->a, answers_get(f->answers, path));
    if (q->kind == ASK_BODY) field->hint = " Space opens the map";
    if (q->kind == ASK_ANSWER) field->hint = letters_hint(q, f->a);
    if (q->kind == ASK_BODY)
        add_regions(field, f->a);
    else if (q->n_choices)
        add_choices(field, q, f->a);
}

static const FormQuestion *questions(const Fields *f)
{
    size_t n = 0;
    return form_questions_of(f->form, &n);
}

static void add_row(Fields *f, const FormGroup *g, size_t row, size_t rows)
{
    FormField *heading = add_field(f);

    heading->kind = FORM_HEADING;
    heading->name = arena_printf(f->a, "#%s[%zu]", g->name, row);
    heading->label = arena_printf(f->a, "%s %zu of %zu", g->one, row + 1, rows);
    for (size_t i = g->first; i < g->first + g->n; i++) add_question(f, &questions(f)[i], row);
}

static void add_group(Fields *f, const FormGroup *g)
{
    size_t rows = answers_rows(f->answers, g->name);
    FormField *button;

    for (size_t row = 0; row < rows; row++) add_row(f, g, row, rows);
    button = add_field(f);
    button->kind = FORM_BUTTON;
    button->name = arena_printf(f->a, "+%s", g->name);
    button->label = arena_printf(f->a, rows ? "Another: %s" : "%s: none yet", rows ? g->one : g->many);
    button->help = g->help;
}

/* Walks the section in file order: each question once, each group as a whole where its first question stands. */
static void walk(
    Fields *f, void (*question)(Fields *, const FormQuestion *, size_t), void (*group)(Fields *, const FormGroup *))
{
    size_t n_groups = 0, end = f->section->first + f->section->n;
    const FormGroup *groups = form_groups_of(f->form, &n_groups);

    for (size_t i = f->section->first; i < end;) {
        const FormQuestion *q = &questions(f)[i];
        if (q->group == FORM_NO_GROUP) {
            question(f, q, 0);
            i++;
        } else {
            group(f, &groups[q->group]);
            i = groups[q->group].first + groups[q->group].n;
        }
    }
}

Form *book_section_form(const FormSpec *form, const FormSection *section, const Answers *answers, Time now)
{
    Fields f = { .form = form, .section = section, .answers = answers, .a = arena_new_secret() };
    Form *out;

    walk(&f, add_question, add_group);
    out = form_new(f.items, f.n, now);
    form_set_part(out);
    book_section_refresh(out, form, section, answers);
    form_to_start(out);
    mem_free(f.items);
    arena_free(&f.a);
    return out;
}

static void no_group(Fields *f, const FormGroup *g)
{
    (void)f;
    (void)g;
}

Form *book_list_form(const FormSpec *form, const Answers *answers, Time now)
{
    Fields f = { .form = form, .answers = answers, .a = arena_new_secret() };
    size_t n;
    const FormSection *sections = form_sections_of(form, &n);
    Form *out;

    for (size_t i = 0; i < n; i++) {
        FormField *heading = add_field(&f);
        f.section = &sections[i];
        heading->kind = FORM_HEADING;
        heading->name = arena_printf(f.a, "#%s", sections[i].name);
        heading->label = arena_printf(f.a, "%s  %s", sections[i].letter, sections[i].title);
        walk(&f, add_question, no_group);
    }
    out = form_new(f.items, f.n, now);
    for (size_t i = 0; i < n; i++) book_section_refresh(out, form, &sections[i], answers);
    mem_free(f.items);
    arena_free(&f.a);
    return out;
}

/* --- what is asked --------------------------------------------------------------------------------------- */
typedef struct Refresh {
    Fields of; /* first, so that the walkers find the rest */
    Form *form;
} Refresh;

static bool refresh_one(Refresh *r, const FormQuestion *q, size_t row)
{
    char path[ANSWERS_PATH];
    bool asked;

    form_path(r->of.form, q, row, path);
    asked = form_asked(r->of.form, r->of.answers, path);
    form_require(r->form, path, asked && form_needed(r->of.form, r->of.answers, path));
    /* what is answered is never out of sight, even when it need not be asked any more; nor does a field vanish under the cursor */
    bool here = str_eq(form_focused(r->form), path);
    form_show(r->form, path, asked || here || *answers_get(r->of.answers, path));
    return asked;
}

static void refresh_question(Fields *f, const FormQuestion *q, size_t row)
{
    refresh_one((Refresh *)(void *)f, q, row);
}

static bool asked_anything(const Fields *f, const FormGroup *g, size_t row)
{
    char path[ANSWERS_PATH];

    for (size_t i = g->first; i < g->first + g->n; i++)
        if (form_asked(f->form, f->answers, form_path(f->form, &questions(f)[i], row, path))) return true;
    return false;
}

static void refresh_group(Fields *f, const FormGroup *g)
{
    Refresh *r = (Refresh *)(void *)f;
    char name[ANSWERS_PATH + 2];
    size_t rows = answers_rows(f->answers, g->name);

    for (size_t row = 0; row < rows; row++)
        for (size_t i = g->first; i < g->first + g->n; i++) refresh_one(r, &questions(f)[i], row);
    snprintf(name, sizeof name, "+%s", g->name);
    form_show(r->form, name, rows < g->at_most && asked_anything(f, g, rows));
}

void book_section_refresh(Form *form, const FormSpec *spec, const FormSection *section, const Answers *answers)
{
    Refresh r = { .of = { .form = spec, .section = section, .answers = answers }, .form = form };

    walk(&r.of, refresh_question, refresh_group);
}

/* --- the paths ------------------------------------------------------------------------------------------------ */
static void path_question(Fields *f, const FormQuestion *q, size_t row)
{
    char path[ANSWERS_PATH];

    form_path(f->form, q, row, path);
    add_field(f)->name = arena_dup(f->a, path);
}

static void path_group(Fields *f, const FormGroup *g)
{
    size_t rows = answers_rows(f->answers, g->name);

    for (size_t row = 0; row < rows; row++)
        for (size_t i = g->first; i < g->first + g->n; i++) path_question(f, &questions(f)[i], row);
}

size_t book_section_paths(
    const FormSpec *form, const FormSection *section, const Answers *answers, Arena *a, const char ***out)
{
    Fields f = { .form = form, .section = section, .answers = answers, .a = a };

    walk(&f, path_question, path_group);
    *out = arena_alloc(a, (f.n + 1) * sizeof **out);
    for (size_t i = 0; i < f.n; i++) (*out)[i] = f.items[i].name;
    mem_free(f.items);
    return f.n;
}
