/* form_file.c — a *.form file: what stands at the margin, then sections with their questions and groups.
** The lexer, the verbs of the parser and the way of telling problems are those of a policy; a mistake in one clause never
** hides the next one. A name is taken down before anything else of its clause is understood, so that a broken question
** is not also reported as unknown wherever it is mentioned. */
#include "form.h"

#include "base/crypto.h"
#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORM_TEXT_MAX = 1 << 20 };

static FormParser *parser_of(Parser *p)
{
    return (FormParser *)p; /* p is its first member */
}

/* ---- small parts ---- */

Src range_src(const Parser *p, FormRange r)
{
    return src_of(p, r.from, r.to);
}

static bool good_name(const char *s, bool dots)
{
    if (*s < 'a' || *s > 'z' || strlen(s) > FORM_NAME) return false;
    for (; *s; s++)
        if (!(*s >= 'a' && *s <= 'z') && !(*s >= '0' && *s <= '9') && *s != '-' && !(dots && *s == '.')) return false;
    return true;
}

const char *form_name_here(Parser *p, bool dots)
{
    const Token *t = here(p);

    if (t->kind != TOKEN_WORD) {
        hint_phrase(p, "a name of your own");
        unexpected(p, NULL);
        return NULL;
    }
    if (!good_name(t->text, dots)) {
        problem(p, here_src(p), NULL, NULL,
            "\"%.60s\" cannot be a name here: small letters, digits and hyphens%s, at most %d, the first a letter.",
            t->text, dots ? ", with dots between" : "", FORM_NAME);
        return NULL;
    }
    p->pos++;
    return t->text;
}

const char *form_strings(Parser *p)
{
    const char *text = quoted(p);
    Str joined = { 0 };

    if (!text || here(p)->kind != TOKEN_STRING) return text;
    str_add(&joined, text);
    while (here(p)->kind == TOKEN_STRING) str_addf(&joined, " %s", quoted(p));
    text = arena_dup(p->arena, str_text(&joined));
    str_finish(&joined);
    return text;
}

/* ---- choices NAME, and a line or more of WORD "label" ---- */

static bool choice_here(Parser *p, FormChoiceWord *out)
{
    const Token *t = here(p);

    if (t->kind != TOKEN_WORD && t->kind != TOKEN_NUMBER) {
        hint_phrase(p, "a word and its label, such as bruise \"Bruise\"");
        return unexpected(p, NULL);
    }
    p->pos++;
    out->code = t->text;
    if (strlen(t->text) > FORM_NAME) {
        p->pos--;
        return problem(p, here_src(p), NULL, NULL, "A word has at most %d letters.", FORM_NAME);
    }
    return (out->words = quoted(p)) != NULL;
}

static bool choice_is_new(Parser *p, const FormChoices *c, const FormChoiceWord *w)
{
    for (size_t i = 0; i < c->n; i++) {
        if (!str_eq(c->words[i].code, w->code)) continue;
        return problem(p, src_of(p, p->pos - 2, p->pos - 1), NULL, NULL, "\"%s\" stands here twice.", w->code);
    }
    if (c->n < FORM_CHOICES) return true;
    return problem(p, src_of(p, p->pos - 2, p->pos - 1), NULL, NULL, "A list has at most %d words.", FORM_CHOICES);
}

static void read_choice_words(Parser *p, FormChoices *c)
{
    FormChoiceWord w;

    while (!at_end(p)) {
        if (!choice_here(p, &w)) return;
        if (choice_is_new(p, c, &w) && c->n < FORM_CHOICES) c->words[c->n++] = w;
        if (!mark(p, ',') && !at_end(p) && !here(p)->first) {
            hint_phrase(p, "a comma, or the next line");
            unexpected(p, NULL);
            return;
        }
    }
}

static FormChoices *choices_of(FormSpec *form, const char *name)
{
    for (size_t i = 0; i < form->n_choices; i++)
        if (str_eq(form->choices[i].name, name)) return &form->choices[i];
    return NULL;
}

static void read_choices(FormParser *f, size_t from)
{
    Parser *p = &f->p;
    FormSpec *form = f->form;
    const char *name = form_name_here(p, false);
    FormChoices *c;
    VocabId vocab;

    if (!name) return;
    if (choices_of(form, name)) {
        problem(p, src_of(p, from + 1, from + 2), NULL, NULL, "The choices \"%s\" stand here twice.", name);
        return;
    }
    if (vocab_by_name(name, &vocab)) {
        problem(p, src_of(p, from + 1, from + 2), NULL, NULL,
            "\"%s\" is a vocabulary of every case already; use it as it is, or take another name.", name);
        return;
    }
    form->choices = mem_room(form->choices, form->n_choices, &form->choices_cap, sizeof *c);
    c = &form->choices[form->n_choices++];
    *c = (FormChoices){ .name = name, .token = from + 1 };
    c->words = arena_zero(p->arena, FORM_CHOICES, sizeof *c->words);
    read_choice_words(p, c);
    if (c->n == 0 && !p->full) {
        problem(
            p, src_of(p, from + 1, from + 2), NULL, NULL, "The choices \"%s\" have no words that can be read.", name);
        c->used = true;
    }
}

/* ---- the file ---- */

static void read_form(FormParser *f)
{
    Parser *p = &f->p;

    if (*f->form->id) {
        problem(p, src_of(p, p->pos - 1, p->pos), NULL, NULL, "The form has its name already.");
        return;
    }
    f->form->id = form_name_here(p, false);
    f->form->title = f->form->id ? quoted(p) : NULL;
    if (f->form->title) expect_end(p);
    if (!f->form->id) f->form->id = "?";
    if (!f->form->title) f->form->title = "";
}

static void read_statement(FormParser *f, size_t from, size_t to)
{
    Parser *p = &f->p;

    p->pos = from;
    p->end = to;
    p->depth = 0;
    forget_hints(p);
    if (accept(p, "form"))
        read_form(f);
    else if (accept(p, "choices"))
        read_choices(f, from);
    else if (accept(p, "section"))
        form_read_section(f, from, to);
    else
        unexpected(p, "Nothing can begin like this.");
}

static void read_file(FormParser *f)
{
    Parser *p = &f->p;
    size_t from = 0, to;

    p->end = 1;
    if (p->tokens[0].kind == TOKEN_END) {
        problem(p, (Src){ 0, 0, 1 }, "form NAME \"title\"", NULL, "The file says nothing.");
        return;
    }
    if (!is(p, "form")) problem(p, here_src(p), "form NAME \"title\"", NULL, "A form file begins with its name.");
    while (p->tokens[from].kind != TOKEN_END && !p->full) {
        for (to = from + 1; p->tokens[to].kind != TOKEN_END; to++)
            if (p->tokens[to].first && p->tokens[to].indent == 0) break;
        p->pos = from;
        p->end = to;
        if (p->tokens[from].indent > 0)
            problem(p, here_src(p), NULL, NULL,
                "Nothing stands above this line that it could belong to; begin it at the margin.");
        else
            read_statement(f, from, to);
        from = to;
    }
}

/* ---- problems in the order of the file ---- */

static int by_place(const void *a, const void *b)
{
    const PolicyProblem *x = a, *y = b;

    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

void problems_sort(PolicyProblems *problems)
{
    /* Few, and nearly in order already; stable, so that equal places keep the order in which they were found. */
    for (size_t i = 1; i < problems->n; i++) {
        PolicyProblem held = problems->items[i];
        size_t to = i;
        for (; to > 0 && by_place(&problems->items[to - 1], &held) > 0; to--)
            problems->items[to] = problems->items[to - 1];
        problems->items[to] = held;
    }
}

/* ---- from text to form ---- */

/* The policy's words, their texts in our own arena: the form may outlive the policy. */
static void copy_vocabs(FormSpec *form, const Vocabs *v)
{
    form->vocabs = *v;
    for (VocabId id = 0; id < VOCAB_COUNT; id++) {
        Vocab *of = &form->vocabs.of[id];
        of->name = arena_dup(form->arena, of->name);
        for (size_t i = 0; i < of->n; i++)
            of->words[i] =
                (VocabWord){ arena_dup(form->arena, of->words[i].word), arena_dup(form->arena, of->words[i].label) };
    }
}

static FormSpec *form_new(const char *text, size_t n, const Policy *p)
{
    FormSpec *form = mem_new(sizeof *form);
    uint8_t hash[HASH_BYTES];

    form->arena = arena_new();
    form->id = form->title = "";
    form->text_n = n <= FORM_TEXT_MAX ? n : 0;
    form->text = arena_dup_n(form->arena, text, form->text_n);
    copy_vocabs(form, policy_vocabs(p));
    crypto_hash(text, n, hash);
    crypto_hex(hash, sizeof hash, form->hash);
    return form;
}

static int by_name(const void *a, const void *b, void *form)
{
    const FormQuestion *q = ((const FormSpec *)form)->questions;

    return strcmp(q[*(const size_t *)a].name, q[*(const size_t *)b].name);
}

static void make_index(FormSpec *form)
{
    form->by_name = arena_alloc(form->arena, (form->n_questions + 1) * sizeof *form->by_name);
    for (size_t i = 0; i < form->n_questions; i++)
        if (form->questions[i].group == FORM_NO_GROUP) form->by_name[form->n_by_name++] = i;
    if (form->n_by_name > 1) qsort_r(form->by_name, form->n_by_name, sizeof *form->by_name, by_name, form);
}

static void read_all(FormParser *f, size_t n)
{
    Parser *p = &f->p;
    size_t n_tokens;

    if (n > FORM_TEXT_MAX) {
        problem(p, (Src){ 0, 0, 1 }, NULL, NULL, "A form file has at most %d KiB; this one has %zu.",
            FORM_TEXT_MAX / 1024, n / 1024);
        return;
    }
    if (!check_bytes(p, p->policy->text, n, lex_bom(p->policy->text, n))) return;
    p->tokens = lex(p->policy->text, n, p->arena, &n_tokens);
    read_file(f);
    if (p->full) return;
    make_index(f->form);
    form_check_facts(f);
    form_check_whole(f);
    form_must_fill(f);
}

FormSpec *form_parse(const char *name, const char *text, size_t n, const Policy *policy, PolicyProblems *problems)
{
    return form_parse_with(name, text, n, policy, NULL, 0, problems);
}

FormSpec *form_parse_with(const char *name, const char *text, size_t n, const Policy *policy,
    const PolicyFile *instruments, size_t n_instruments, PolicyProblems *problems)
{
    FormSpec *form = form_new(text, n, policy);
    Arena *scratch = arena_new();
    Policy *carrier = arena_zero(scratch, 1, sizeof *carrier); /* so that the verbs of the parser find the text */
    FormParser f = {
        .p = { .policy = carrier, .arena = form->arena, .problems = problems, .each = LIST_COUNT, .rule = NO_RULE },
        .form = form,
        .policy = policy,
        .instruments = instruments,
        .n_instruments = n_instruments,
        .group = FORM_NONE
    };

    problems->items = NULL;
    problems->n = 0;
    carrier->text = form->text;
    carrier->text_n = form->text_n;
    read_all(&f, n);
    problems_sort(problems);
    arena_free(&scratch);
    if (problems->n > 0) form_spec_free(&form);
    return form;
}

void form_spec_free(FormSpec **f)
{
    if (!f || !*f) return;
    mem_free((*f)->sections);
    mem_free((*f)->section_parts);
    mem_free((*f)->groups);
    mem_free((*f)->group_parts);
    mem_free((*f)->questions);
    mem_free((*f)->parts);
    mem_free((*f)->choices);
    arena_free(&(*f)->arena);
    mem_free(*f);
    *f = NULL;
}

/* ---- sections and groups ---- */

static size_t add_section(FormParser *f, const char *name)
{
    FormSpec *form = f->form;

    form->sections = mem_room(form->sections, form->n_sections, &form->sections_cap, sizeof *form->sections);
    form->section_parts =
        mem_room(form->section_parts, form->n_sections, &form->section_parts_cap, sizeof *form->section_parts);
    form->sections[form->n_sections] = (FormSection){ .name = name,
        .letter = "",
        .filled_by = "officer",
        .list = LIST_COUNT,
        .preset = "",
        .first = form->n_questions,
        .title = "" };
    form->section_parts[form->n_sections] = (EntryPart){ .preset = { .text = "" } };
    return form->n_sections++;
}

/* section NAME "Title" letter D filled by officer */
static bool section_header(FormParser *f, FormSection *s)
{
    Parser *p = &f->p;

    if (!(s->title = quoted(p))) return false;
    if (accept(p, "letter")) {
        if (here(p)->kind != TOKEN_WORD || here(p)->n > 3) {
            hint_phrase(p, "the letter of the section, such as D");
            return unexpected(p, NULL);
        }
        s->letter = here(p)->text;
        p->pos++;
    }
    if (accept(p, "filled")) {
        if (!expect(p, "by")) return false;
        s->filled_by = is(p, "officer") ? "officer" : is(p, "supervisor") ? "supervisor" : "unit";
        if (!accept(p, "officer") && !accept(p, "supervisor") && !accept(p, "unit")) return unexpected(p, NULL);
    }
    return expect_end(p);
}

static void read_help(Parser *p, const char **help)
{
    const char *text;

    if (*help) {
        problem(p, src_of(p, p->pos - 1, p->pos), NULL, NULL, "The help stands here twice.");
        return;
    }
    text = form_strings(p);
    if (text && expect_end(p)) *help = text;
}

static void read_group_clause(Parser *p, size_t from, size_t to, void *ctx)
{
    FormParser *f = ctx;
    FormGroup *g = &f->form->groups[f->group];

    if (accept(p, "help"))
        read_help(p, &g->help);
    else if (accept(p, "entry")) {
        EntryPart *part = &f->form->group_parts[f->group];
        form_read_entry(f, &g->list, part);
        g->preset = part->preset.text;
    } else
        form_question_read(f, from, to);
}

static void read_row_conditions(Parser *p, EntryPart *part)
{
    while (!at_end(p)) {
        bool asked = accept(p, "asked");
        FormCond **cond = asked ? (FormCond **)&part->asked : (FormCond **)&part->required;
        if (!asked && !expect(p, "required")) return;
        if (*cond) {
            unexpected(p, "This is said already.");
            return;
        }
        if (!expect(p, "if") || !(*cond = form_cond_parse(p))) return;
    }
}

/* group NAME "Child" many "Children" up to 12 [asked if …] [required if …] */
static void group_header(FormParser *f, FormGroup *g, EntryPart *part)
{
    Parser *p = &f->p;

    if (!(g->one = quoted(p)) || !expect(p, "many") || !(g->many = quoted(p))) return;
    if (!expect(p, "up") || !expect(p, "to")) return;
    if (here(p)->kind != TOKEN_NUMBER || here(p)->n > 3 || atoi(here(p)->text) < 1 ||
        atoi(here(p)->text) > ANSWERS_ROWS) {
        hint_phrase(p, "how many there can be, from 1 to 200");
        unexpected(p, NULL);
        return;
    }
    g->at_most = (size_t)atoi(here(p)->text);
    p->pos++;
    read_row_conditions(p, part);
}

static size_t group_named(const FormSpec *form, const char *name)
{
    for (size_t i = 0; i < form->n_groups; i++)
        if (str_eq(form->groups[i].name, name)) return i;
    return FORM_NONE;
}

static size_t add_group(FormParser *f, const char *name)
{
    FormSpec *form = f->form;

    form->groups = mem_room(form->groups, form->n_groups, &form->groups_cap, sizeof *form->groups);
    form->group_parts = mem_room(form->group_parts, form->n_groups, &form->group_parts_cap, sizeof *form->group_parts);
    form->groups[form->n_groups] = (FormGroup){ .name = name,
        .one = "",
        .many = "",
        .section = f->section,
        .first = form->n_questions,
        .at_most = 1,
        .list = LIST_COUNT,
        .preset = "" };
    form->group_parts[form->n_groups] = (EntryPart){ .preset = { .text = "" } };
    return form->n_groups++;
}

static void read_group(FormParser *f, size_t from, size_t to)
{
    Parser *p = &f->p;
    FormSpec *form = f->form;
    const char *name = form_name_here(p, false);
    FormGroup *g;
    size_t body = header_end(p, from, to);

    if (!name) return;
    if (group_named(form, name) != FORM_NONE)
        problem(p, src_of(p, from + 1, from + 2), NULL, NULL, "There is a group \"%s\" already, in line %d.", name,
            form->groups[group_named(form, name)].line);
    if (form->n_groups >= FORM_GROUPS) {
        problem(p, src_of(p, from + 1, from + 2), NULL, NULL, "A form has at most %d groups.", FORM_GROUPS);
        return;
    }
    f->group = add_group(f, name);
    g = &form->groups[f->group];
    g->line = p->tokens[from].line;
    form->group_parts[f->group].name = (FormRange){ from + 1, from + 2 };
    p->end = body;
    group_header(f, g, &form->group_parts[f->group]);
    each_clause(p, body, to, read_group_clause, f);
    g = &form->groups[f->group];
    g->n = form->n_questions - g->first;
    f->group = FORM_NONE;
}

static void read_section_clause(Parser *p, size_t from, size_t to, void *ctx)
{
    FormParser *f = ctx;
    FormSection *s = &f->form->sections[f->section];

    if (accept(p, "help"))
        read_help(p, &s->help);
    else if (accept(p, "group"))
        read_group(parser_of(p), from, to);
    else if (accept(p, "instrument"))
        form_read_instrument(f);
    else if (accept(p, "entry")) {
        EntryPart *part = &f->form->section_parts[f->section];
        form_read_entry(f, &s->list, part);
        s->preset = part->preset.text;
    } else
        form_question_read(f, from, to);
}

static const FormSection *section_twice(const FormSpec *form, const char *name)
{
    for (size_t i = 0; i < form->n_sections; i++)
        if (str_eq(form->sections[i].name, name)) return &form->sections[i];
    return NULL;
}

void form_read_section(FormParser *f, size_t from, size_t to)
{
    Parser *p = &f->p;
    FormSpec *form = f->form;
    size_t body = header_end(p, from, to);
    const char *name;

    p->end = body;
    if (!(name = form_name_here(p, false))) return;
    if (section_twice(form, name))
        problem(p, src_of(p, from + 1, from + 2), NULL, NULL, "There is a section \"%s\" already, in line %d.", name,
            section_twice(form, name)->line);
    if (form->n_sections >= FORM_SECTIONS) {
        problem(p, src_of(p, from + 1, from + 2), NULL, NULL, "A form has at most %d sections.", FORM_SECTIONS);
        return;
    }
    f->section = add_section(f, name);
    f->group = FORM_NONE;
    form->sections[f->section].line = p->tokens[from].line;
    form->section_parts[f->section].name = (FormRange){ from + 1, from + 2 };
    section_header(f, &form->sections[f->section]);
    each_clause(p, body, to, read_section_clause, f);
    form->sections[f->section].n = form->n_questions - form->sections[f->section].first;
}
