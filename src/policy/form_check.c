/* form_check.c — what can be said only when the whole form is read: names, conditions, helps, and circles.
** Conditions are bound to their questions here; after this no reading of answers can meet a name that is none, and
** none can take for ever: what a question's asking rests on is counted, as definitions are in a policy. */
#include "form.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

/* ---- finding questions ---- */

static size_t in_group(const FormSpec *form, size_t group, const char *name)
{
    const FormGroup *g = &form->groups[group];

    for (size_t i = g->first; i < g->first + g->n; i++)
        if (str_eq(form->questions[i].name, name)) return i;
    return FORM_NONE;
}

static size_t outside(const FormSpec *form, const char *name)
{
    size_t low = 0, high = form->n_by_name;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(form->questions[form->by_name[middle]].name, name);
        if (order == 0) return form->by_name[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return FORM_NONE;
}

static size_t group_index(const FormSpec *form, const char *name, size_t n)
{
    for (size_t i = 0; i < form->n_groups; i++)
        if (strlen(form->groups[i].name) == n && memcmp(form->groups[i].name, name, n) == 0) return i;
    return FORM_NONE;
}

size_t form_question_index(const FormSpec *form, const char *path, size_t *row)
{
    char group[ANSWERS_PATH], name[ANSWERS_PATH];
    size_t g;

    if (!answers_path_split(path, group, row, name)) return outside(form, path);
    g = group_index(form, group, strlen(group));
    return g == FORM_NONE || *row >= form->groups[g].at_most ? FORM_NONE : in_group(form, g, name);
}

/* ---- conditions ---- */

static const char *nearest_question(const FormSpec *form, size_t group, const char *wrong)
{
    const char **names = mem_grow(NULL, form->n_questions + 1, sizeof *names), *nearest;
    size_t n = 0;

    for (size_t i = 0; i < form->n_questions; i++)
        if (form->questions[i].group == FORM_NO_GROUP || form->questions[i].group == group)
            names[n++] = form->questions[i].name;
    nearest = str_nearest(wrong, names, n);
    mem_free(names);
    return nearest;
}

/* any GROUP.NAME */
static size_t question_of_rows(FormParser *f, const FormCond *c)
{
    const FormSpec *form = f->form;
    const char *dot = strchr(c->name, '.');
    size_t g = dot ? group_index(form, c->name, (size_t)(dot - c->name)) : FORM_NONE, q;

    if (g == FORM_NONE) {
        problem(&f->p, c->src, "a group and its question, such as child.given", NULL,
            "\"%.60s\" names no group of this form.", c->name);
        return FORM_NONE;
    }
    q = in_group(form, g, dot + 1);
    if (q == FORM_NONE)
        problem(&f->p, c->src, NULL, nearest_question(form, g, dot + 1), "The group \"%s\" has no question \"%.60s\".",
            form->groups[g].name, dot + 1);
    return q;
}

static size_t question_of_name(FormParser *f, const FormCond *c, size_t group)
{
    const FormSpec *form = f->form;
    const char *dot = strchr(c->name, '.');
    size_t q = group == FORM_NO_GROUP ? FORM_NONE : in_group(form, group, c->name), g;

    if (q == FORM_NONE) q = outside(form, c->name);
    if (q != FORM_NONE) return q;
    g = dot ? group_index(form, c->name, (size_t)(dot - c->name)) : FORM_NONE;
    if (g != FORM_NONE && in_group(form, g, dot + 1) != FORM_NONE)
        problem(&f->p, c->src, g == group ? dot + 1 : arena_printf(f->p.arena, "any %s", c->name), NULL,
            g == group ? "In its own group a question is named alone."
                       : "A group has many rows: say that any of them is meant.");
    else
        problem(
            &f->p, c->src, NULL, nearest_question(form, group, c->name), "There is no question \"%.60s\".", c->name);
    return FORM_NONE;
}

static void check_words(FormParser *f, const FormCond *c)
{
    const FormQuestion *q = &f->form->questions[c->question];
    const char *codes[FORM_CHOICES + VOCAB_WORDS_MAX];
    size_t n = 0;

    if (!q->choices) {
        problem(&f->p, c->src, "answered, or not answered", NULL, "\"%s\" has no words to choose from.", c->name);
        return;
    }
    for (size_t i = 0; i < q->n_choices && n < ARRAY_LEN(codes); i++) codes[n++] = q->choices[i].code;
    for (size_t i = 0; i < c->n_words; i++) {
        bool known = false;
        for (size_t k = 0; k < n && !known; k++) known = str_eq(codes[k], c->words[i]);
        if (!known)
            problem(&f->p, src_of(&f->p, c->word_tokens[i], c->word_tokens[i] + 1), NULL,
                str_nearest(c->words[i], codes, n), "\"%s\" can never be \"%.60s\".", c->name, c->words[i]);
    }
}

static void bind_cond(FormParser *f, FormCond *c, size_t group)
{
    if (!c) return;
    for (size_t i = 0; i < c->n; i++) bind_cond(f, c->kids[i], group);
    if (c->kind != FORM_IS && c->kind != FORM_ANSWERED) return;
    c->question = c->any_row ? question_of_rows(f, c) : question_of_name(f, c, group);
    if (c->question != FORM_NONE && c->kind == FORM_IS && !f->form->parts[c->question].broken) check_words(f, c);
}

static bool bound(const FormCond *c)
{
    if (!c) return true;
    for (size_t i = 0; i < c->n; i++)
        if (!bound(c->kids[i])) return false;
    return (c->kind != FORM_IS && c->kind != FORM_ANSWERED) || c->question != FORM_NONE;
}

/* ---- circles ---- */

static size_t weigh(FormParser *f, size_t question);

static size_t weigh_cond(FormParser *f, const FormCond *c)
{
    size_t sum = 0;

    if (!c) return 0;
    for (size_t i = 0; i < c->n; i++) sum += weigh_cond(f, c->kids[i]);
    if (c->question != FORM_NONE) sum += weigh(f, c->question);
    return sum;
}

/* How many answers are looked at to know whether a question is asked. */
static size_t weigh(FormParser *f, size_t question)
{
    QuestionPart *part = &f->form->parts[question];
    size_t group = f->form->questions[question].group, sum;

    if (part->weight) return part->weight;
    if (part->counting) {
        problem(&f->p, range_src(&f->p, part->name), NULL, NULL,
            "Whether \"%s\" is asked rests on its own answer, by way of other questions or at once.",
            f->form->questions[question].name);
        return part->weight = 1;
    }
    part->counting = true;
    sum = 1 + weigh_cond(f, part->asked);
    if (group != FORM_NO_GROUP) sum += weigh_cond(f, f->form->group_parts[group].asked);
    if (sum > FORM_WEIGHT) {
        problem(&f->p, range_src(&f->p, part->name), NULL, NULL,
            "Whether \"%s\" is asked rests on too many other answers.", f->form->questions[question].name);
        sum = 1;
    }
    part->counting = false;
    if (!part->weight) part->weight = sum;
    return part->weight;
}

static void check_circles(FormParser *f)
{
    FormSpec *form = f->form;

    for (size_t i = 0; i < form->n_questions; i++)
        if (!bound(form->parts[i].asked)) return; /* told already */
    for (size_t i = 0; i < form->n_groups; i++)
        if (!bound(form->group_parts[i].asked)) return;
    for (size_t i = 0; i < form->n_questions && !f->p.full; i++) weigh(f, i);
}

/* ---- one by one ---- */

static void check_twice(FormParser *f, size_t i)
{
    const FormSpec *form = f->form;
    const FormQuestion *q = &form->questions[i];
    size_t first = q->group == FORM_NO_GROUP ? 0 : form->groups[q->group].first;

    for (size_t k = first; k < i; k++) {
        if (form->questions[k].group != q->group || !str_eq(form->questions[k].name, q->name)) continue;
        problem(&f->p, range_src(&f->p, form->parts[i].name), NULL, NULL,
            "There is a question \"%s\" already, in line %d.", q->name, form->questions[k].line);
        return;
    }
}

static void check_example(FormParser *f, size_t i)
{
    const FormQuestion *q = &f->form->questions[i];
    const Time some_day = 1265061600; /* 2010-02-01 22:00 */
    Arena *scratch = arena_new();
    const char *out, *warning = NULL;
    Err err = { 0 };

    if (!form_normal(f->form, f->policy, q, q->example, some_day, scratch, &out, &warning, &err) || warning)
        problem(&f->p, range_src(&f->p, f->form->parts[i].name), NULL, NULL,
            "The example of \"%s\" is no answer to it: %s", q->name, warning ? warning : err.text);
    arena_free(&scratch);
}

static void check_question(FormParser *f, size_t i)
{
    const FormQuestion *q = &f->form->questions[i];
    const QuestionPart *part = &f->form->parts[i];

    check_twice(f, i);
    bind_cond(f, part->asked, q->group);
    bind_cond(f, part->required, q->group);
    if (part->broken) return;
    if (!*q->label) problem(&f->p, range_src(&f->p, part->name), NULL, NULL, "The label of \"%s\" is empty.", q->name);
    if (!q->help || !*q->help)
        problem(&f->p, range_src(&f->p, part->name), "help \"why it is asked\"", NULL,
            "\"%s\" does not say why it is asked.", q->name);
    if (q->example) check_example(f, i);
}

static void check_group(FormParser *f, size_t i)
{
    const FormSpec *form = f->form;
    const FormGroup *g = &form->groups[i];
    Src src = range_src(&f->p, form->group_parts[i].name);

    bind_cond(f, form->group_parts[i].asked, FORM_NO_GROUP);
    bind_cond(f, form->group_parts[i].required, FORM_NO_GROUP);
    if (outside(form, g->name) != FORM_NONE)
        problem(&f->p, src, NULL, NULL, "\"%s\" is a question already; a group needs a name of its own.", g->name);
    if (g->n == 0) problem(&f->p, src, NULL, NULL, "The group \"%s\" has no questions.", g->name);
    if (!g->help)
        problem(
            &f->p, src, "help \"why it is asked\"", NULL, "The group \"%s\" does not say why it is asked.", g->name);
}

void form_check_whole(FormParser *f)
{
    const FormSpec *form = f->form;

    for (size_t i = 0; i < form->n_questions && !f->p.full; i++) check_question(f, i);
    for (size_t i = 0; i < form->n_groups && !f->p.full; i++) check_group(f, i);
    for (size_t i = 0; i < form->n_sections && !f->p.full; i++)
        if (!form->sections[i].help)
            problem(&f->p, range_src(&f->p, form->section_parts[i].name), "help \"what it is for\"", NULL,
                "The section \"%s\" does not say what it is for.", form->sections[i].name);
    for (size_t i = 0; i < form->n_choices; i++)
        if (!form->choices[i].used)
            problem(&f->p, src_of(&f->p, form->choices[i].token, form->choices[i].token + 1), NULL, NULL,
                "Nothing uses \"%s\".", form->choices[i].name);
    check_circles(f);
    if (form->n_questions == 0 && f->p.problems->n == 0)
        problem(&f->p, src_of(&f->p, 0, 1), NULL, NULL, "The form asks nothing.");
}
