/* form_spec.c — what can be asked of a form: its rows, and a question by its path. */
#include "form.h"

#include "base/str.h"

#include <string.h>

const char *form_id(const FormSpec *f)
{
    return f->id;
}

const char *form_title(const FormSpec *f)
{
    return f->title;
}

const char *form_hash(const FormSpec *f)
{
    return f->hash;
}

const char *form_text(const FormSpec *f, size_t *n)
{
    *n = f->text_n;
    return f->text;
}

const char *form_instrument(const FormSpec *f, const char *id)
{
    for (size_t i = 0; i < f->n_sections; i++)
        if (str_eq(f->section_parts[i].instrument, id)) return f->section_parts[i].instrument_hash;
    return NULL;
}

const FormSection *form_sections_of(const FormSpec *f, size_t *n)
{
    *n = f->n_sections;
    return f->sections;
}

const FormGroup *form_groups_of(const FormSpec *f, size_t *n)
{
    *n = f->n_groups;
    return f->groups;
}

const FormQuestion *form_questions_of(const FormSpec *f, size_t *n)
{
    *n = f->n_questions;
    return f->questions;
}

const FormQuestion *form_question(const FormSpec *f, const char *path)
{
    size_t row, i = path ? form_question_index(f, path, &row) : FORM_NONE;

    return i == FORM_NONE ? NULL : &f->questions[i];
}

const FormGroup *form_group(const FormSpec *f, const char *name)
{
    for (size_t i = 0; i < f->n_groups; i++)
        if (str_eq(f->groups[i].name, name)) return &f->groups[i];
    return NULL;
}

char *form_path(const FormSpec *f, const FormQuestion *q, size_t row, char out[ANSWERS_PATH])
{
    if (q->group != FORM_NO_GROUP) return answers_path(out, f->groups[q->group].name, row, q->name);
    memcpy(out, q->name, strlen(q->name) + 1); /* FORM_NAME, and with a factor's code still far below ANSWERS_PATH */
    return out;
}

bool form_asked(const FormSpec *f, const Answers *a, const char *path)
{
    size_t row, i = form_question_index(f, path, &row);

    return i != FORM_NONE && form_asks(f, a, i, row);
}

bool form_needed(const FormSpec *f, const Answers *a, const char *path)
{
    size_t row, i = form_question_index(f, path, &row);

    return i != FORM_NONE && form_needs(f, a, i, row);
}

const char *form_label(const FormSpec *f, const char *path, Arena *arena)
{
    size_t row, i = form_question_index(f, path, &row);
    const FormQuestion *q = i == FORM_NONE ? NULL : &f->questions[i];

    if (!q) return arena_dup(arena, path);
    if (q->group == FORM_NO_GROUP) return q->label;
    return arena_printf(arena, "%s %zu: %s", f->groups[q->group].one, row + 1, q->label);
}
