/* form_gaps.c — the form as a whole: what is missing or wrong, how far it is, and the texts for the policy's words.
** One walk serves all: every question in the form's order, a question of a group once for each of its rows. */
#include "form.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

/* ---- gaps ---- */

typedef struct Gaps {
    const FormSpec *f;
    const Policy *p;
    const Answers *a;
    Time now;
    Arena *arena;
    FormGap *items;
    size_t n, cap;
} Gaps;

static void add_gap(Gaps *g, const char *path, const char *label, const char *says, bool wrong)
{
    g->items = mem_room(g->items, g->n, &g->cap, sizeof *g->items);
    g->items[g->n++] = (FormGap){ arena_dup(g->arena, path), label, arena_dup(g->arena, says), wrong };
}

/* What is kept must be what its kind would keep again. */
static const char *fault_of(Gaps *g, const FormQuestion *q, const char *value)
{
    const char *normal, *warning = NULL;
    Err err = { 0 };

    if (!form_normal(g->f, g->p, q, value, g->now, g->arena, &normal, &warning, &err))
        return arena_dup(g->arena, err.text);
    return str_eq(normal, value) ? NULL : "This is not written as answers are; enter it again.";
}

static void look_at(Gaps *g, size_t question, size_t row)
{
    const FormQuestion *q = &g->f->questions[question];
    const char *value, *fault;
    char path[ANSWERS_PATH];

    if (!form_asks(g->f, g->a, question, row)) return;
    form_path(g->f, q, row, path);
    value = arena_dup(g->arena, form_said(g->f, g->a, question, row));
    if (*value) {
        fault = fault_of(g, q, value);
        if (fault) add_gap(g, path, form_label(g->f, path, g->arena), fault, true);
    } else if (form_needs(g->f, g->a, question, row)) {
        add_gap(g, path, form_label(g->f, path, g->arena), "This is needed.", false);
    }
}

/* Rows that say something: an empty one asks for nothing. */
static bool row_counts(const FormSpec *f, const Answers *a, size_t group, size_t row)
{
    return row < f->groups[group].at_most && !answers_row_empty(a, f->groups[group].name, row);
}

static bool group_empty(const FormSpec *f, const Answers *a, size_t group)
{
    for (size_t row = 0; row < answers_rows(a, f->groups[group].name); row++)
        if (row_counts(f, a, group, row)) return false;
    return true;
}

static void look_at_group(Gaps *g, size_t group)
{
    const FormGroup *of = &g->f->groups[group];
    size_t rows = answers_rows(g->a, of->name);
    char path[ANSWERS_PATH];

    if (!form_group_asks(g->f, g->a, group)) return;
    if (group_empty(g->f, g->a, group) && form_group_needs(g->f, g->a, group))
        add_gap(g, answers_path(path, of->name, 0, g->f->questions[of->first].name), of->many,
            "At least one is needed.", false);
    if (rows > of->at_most)
        add_gap(g, answers_path(path, of->name, of->at_most - 1, g->f->questions[of->first].name), of->many,
            arena_printf(g->arena, "There are %zu, where %zu are allowed.", rows, of->at_most), true);
    for (size_t row = 0; row < rows; row++)
        for (size_t i = of->first; i < of->first + of->n && row_counts(g->f, g->a, group, row); i++) look_at(g, i, row);
}

static void look_at_section(Gaps *g, const FormSection *s)
{
    for (size_t i = s->first; i < s->first + s->n;) {
        size_t group = g->f->questions[i].group;
        if (group == FORM_NO_GROUP) {
            look_at(g, i++, 0);
            continue;
        }
        look_at_group(g, group);
        i = g->f->groups[group].first + g->f->groups[group].n;
    }
}

size_t form_gaps(
    const FormSpec *f, const Policy *p, const Answers *a, const char *who, Time now, Arena *arena, FormGap **out)
{
    Gaps g = { f, p, a, now, arena, NULL, 0, 0 };

    for (size_t s = 0; s < f->n_sections; s++)
        if (!who || str_eq(f->sections[s].filled_by, who)) look_at_section(&g, &f->sections[s]);
    *out = arena_alloc(arena, (g.n + 1) * sizeof **out);
    if (g.n) memcpy(*out, g.items, g.n * sizeof **out);
    mem_free(g.items);
    return g.n;
}

/* ---- tally ---- */

static void count(const FormSpec *f, const Answers *a, size_t question, size_t row, FormTally *t)
{
    bool answered, needed;

    if (!form_asks(f, a, question, row)) return;
    answered = *form_said(f, a, question, row) != '\0';
    needed = form_needs(f, a, question, row);
    t->asked++;
    t->answered += answered;
    t->needed += needed;
    t->missing += needed && !answered;
}

void form_tally(const FormSpec *f, const Answers *a, size_t section, FormTally *out)
{
    *out = (FormTally){ 0 };
    if (section >= f->n_sections) return;
    for (size_t i = f->sections[section].first; i < f->sections[section].first + f->sections[section].n; i++) {
        size_t group = f->questions[i].group;
        if (group == FORM_NO_GROUP) {
            count(f, a, i, 0, out);
            continue;
        }
        for (size_t row = 0; row < answers_rows(a, f->groups[group].name); row++)
            if (row_counts(f, a, group, row)) count(f, a, i, row, out);
        if (i == f->groups[group].first && group_empty(f, a, group) && form_group_needs(f, a, group)) {
            out->asked++;
            out->needed++;
            out->missing++;
        }
    }
}

/* ---- texts ---- */

typedef struct Texts {
    Arena *arena;
    PolicyText *items;
    size_t n, cap;
} Texts;

static void add_text(Texts *t, const FormSpec *f, const Answers *a, size_t question, size_t row)
{
    char path[ANSWERS_PATH];

    if (!form_is_answered(f, a, question, row)) return;
    t->items = mem_room(t->items, t->n, &t->cap, sizeof *t->items);
    t->items[t->n++] = (PolicyText){ arena_dup(t->arena, form_path(f, &f->questions[question], row, path)),
        arena_dup(t->arena, form_said(f, a, question, row)) };
}

size_t form_texts(const FormSpec *f, const Answers *a, Arena *arena, PolicyText **out)
{
    Texts t = { .arena = arena };

    for (size_t i = 0; i < f->n_questions; i++) {
        const FormQuestion *q = &f->questions[i];
        size_t rows = q->group == FORM_NO_GROUP ? 1 : answers_rows(a, f->groups[q->group].name);
        for (size_t row = 0; q->kind == ASK_ACCOUNT && row < rows; row++) add_text(&t, f, a, i, row);
    }
    *out = arena_alloc(arena, (t.n + 1) * sizeof **out);
    if (t.n) memcpy(*out, t.items, t.n * sizeof **out);
    mem_free(t.items);
    return t.n;
}
