/* form_question.c — one question, and what stands above questions: the entry of a section and its instrument.
** NAME KIND "Label" and then clauses in any order; each is one row of a table. What the words mean (which column, which
** word of which choices) is looked up when the file is whole: form_check.c, form_fact.c. */
#include "form.h"

#include "base/mem.h"
#include "base/str.h"
#include "policy/instrument.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- kinds ---- */

static const char *const kinds[ASK_KINDS] = { "text", "account", "date", "time", "moment", "choice", "several",
    "answer", "number", "reference", "person", "officer", "address", "telephone", "body" };

static bool read_kind(Parser *p, QuestionKind *out)
{
    for (QuestionKind k = 0; k < ASK_KINDS; k++) {
        if (!accept_quietly(p, kinds[k])) {
            hint_word(p, kinds[k]);
            continue;
        }
        *out = k;
        return true;
    }
    hint_phrase(p,
        "a kind: text, account, date, time, moment, choice, several, answer, number, reference, person, officer, "
        "address, telephone or body");
    return unexpected(p, NULL);
}

/* The words of a vocabulary, or NULL when it is none. */
static const FormChoiceWord *vocab_choices(FormParser *f, const char *name, VocabId *vocab, size_t *n)
{
    const Vocab *v;
    FormChoiceWord *words;

    if (!vocab_by_name(name, vocab)) return NULL;
    v = &f->form->vocabs.of[*vocab];
    words = arena_alloc(f->p.arena, (v->n + 1) * sizeof *words);
    for (size_t i = 0; i < v->n; i++) words[i] = (FormChoiceWord){ v->words[i].word, v->words[i].label };
    *n = v->n;
    return words;
}

static bool read_choices_name(FormParser *f, FormQuestion *q, QuestionPart *part)
{
    Parser *p = &f->p;
    const char *name = here(p)->text;

    if (here(p)->kind != TOKEN_WORD) {
        hint_phrase(p, "the name of choices, or of a vocabulary such as sex or relationship");
        return unexpected(p, NULL);
    }
    part->choices = name;
    part->vocab = VOCAB_COUNT;
    for (size_t i = 0; i < f->form->n_choices; i++) {
        FormChoices *c = &f->form->choices[i];
        hint_word(p, c->name);
        if (!str_eq(c->name, name)) continue;
        c->used = true;
        q->choices = c->words;
        q->n_choices = c->n;
    }
    if (!q->choices) q->choices = vocab_choices(f, name, &part->vocab, &q->n_choices);
    if (q->choices) {
        p->pos++;
        return true;
    }
    for (VocabId id = 0; id < VOCAB_COUNT; id++) hint_word(p, f->form->vocabs.of[id].name);
    hint_phrase(p, "choices that stand above in this file, or a vocabulary such as sex or relationship");
    return unexpected(p, "There are no such choices.");
}

static bool read_system(FormParser *f, FormQuestion *q)
{
    Parser *p = &f->p;
    const Policy *policy = f->policy;

    for (size_t i = 0; i < policy->n_formats; i++) {
        const char *name = policy->formats[i].name;
        if (here(p)->kind == TOKEN_WORD && str_eq(here(p)->text, name)) {
            q->system = here(p)->text;
            p->pos++;
            return true;
        }
        hint_word(p, name);
    }
    hint_phrase(p, "a number that the policy knows the shape of, such as cris or pnc");
    return unexpected(p, "The policy knows no such number.");
}

static const FormChoiceWord yes_no[] = { { "yes", "Yes" }, { "no", "No" }, { "not-known", "Not known" },
    { "declined", "Declined" } };

static bool read_of_kind(FormParser *f, FormQuestion *q, QuestionPart *part)
{
    if (q->kind == ASK_CHOICE || q->kind == ASK_SEVERAL) return read_choices_name(f, q, part);
    if (q->kind == ASK_REFERENCE) return read_system(f, q);
    if (q->kind == ASK_ANSWER) {
        q->choices = yes_no;
        q->n_choices = ARRAY_LEN(yes_no);
    }
    return true;
}

/* ---- clauses ---- */

typedef struct Clause { /* what a clause writes to */
    FormParser *f;
    FormQuestion *q;
    QuestionPart *part;
} Clause;

static bool said_twice(Parser *p, bool already)
{
    if (!already) return false;
    p->pos--;
    problem(p, here_src(p), NULL, NULL, "\"%s\" is said already.", here(p)->text);
    return true;
}

static bool clause_required(Clause *c)
{
    Parser *p = &c->f->p;

    if (said_twice(p, c->q->required || c->part->required)) return false;
    if (accept(p, "if")) return (c->part->required = form_cond_parse(p)) != NULL;
    c->q->required = true;
    return true;
}

static bool clause_asked(Clause *c)
{
    Parser *p = &c->f->p;

    if (said_twice(p, c->part->asked != NULL)) return false;
    return expect(p, "if") && (c->part->asked = form_cond_parse(p)) != NULL;
}

/* A whole number from 1 to `most`. */
static bool number_here(Parser *p, int most, int *out)
{
    const Token *t = here(p);

    *out = t->kind == TOKEN_NUMBER && t->n < 7 ? atoi(t->text) : 0;
    if (*out < 1 || *out > most) {
        hint_phrase(p, arena_printf(p->arena, "a number from 1 to %d", most));
        return unexpected(p, NULL);
    }
    p->pos++;
    return true;
}

static bool clause_limit(Clause *c)
{
    int n;

    if (said_twice(&c->f->p, c->q->limit > 0)) return false;
    if (!number_here(&c->f->p, c->q->kind == ASK_ACCOUNT ? 60000 : 400, &n)) return false;
    c->q->limit = (size_t)n;
    return true;
}

static bool clause_lines(Clause *c)
{
    if (said_twice(&c->f->p, c->q->rows > 0)) return false;
    if (c->q->kind != ASK_ACCOUNT) {
        c->f->p.pos--;
        return problem(&c->f->p, here_src(&c->f->p), NULL, NULL, "Only an account has lines.");
    }
    return number_here(&c->f->p, 40, &c->q->rows);
}

static bool clause_example(Clause *c)
{
    if (said_twice(&c->f->p, c->q->example != NULL)) return false;
    return (c->q->example = quoted(&c->f->p)) != NULL;
}

static bool clause_help(Clause *c)
{
    if (said_twice(&c->f->p, c->q->help != NULL)) return false;
    return (c->q->help = form_strings(&c->f->p)) != NULL;
}

static bool sensitive(Clause *c, Sensitivity s)
{
    if (said_twice(&c->f->p, c->q->sensitivity != SENSITIVE_NOT)) return false;
    c->q->sensitivity = s;
    return true;
}

static bool clause_safe_contact(Clause *c)
{
    return sensitive(c, SENSITIVE_SAFE_CONTACT);
}

static bool clause_restricted(Clause *c)
{
    return sensitive(c, SENSITIVE_RESTRICTED);
}

/* Only the extent of the fact: it is understood when the section's entry is known. */
static bool clause_fact(Clause *c)
{
    Parser *p = &c->f->p;
    size_t from = p->pos;

    if (said_twice(p, c->part->fact.to > 0)) return false;
    if (here(p)->kind != TOKEN_WORD) {
        hint_phrase(p, "a column such as family, or a list and its column such as references.number");
        return unexpected(p, NULL);
    }
    p->pos++;
    while (ahead(p, 1)->kind == TOKEN_MARK && *ahead(p, 1)->text == '=' && ahead(p, 2)->kind != TOKEN_END) p->pos += 3;
    c->part->fact = (FormRange){ from, p->pos };
    return true;
}

static const struct {
    const char *word;
    bool (*read)(Clause *c);
} clauses[] = {
    { "help", clause_help },
    { "required", clause_required },
    { "asked", clause_asked },
    { "fact", clause_fact },
    { "limit", clause_limit },
    { "lines", clause_lines },
    { "example", clause_example },
    { "safe-contact", clause_safe_contact },
    { "restricted", clause_restricted },
};

static bool read_clause(Clause *c)
{
    Parser *p = &c->f->p;

    for (size_t i = 0; i < ARRAY_LEN(clauses); i++) {
        if (accept_quietly(p, clauses[i].word)) return clauses[i].read(c);
        hint_word(p, clauses[i].word);
    }
    hint_phrase(p, "help, required, asked if, fact, limit, lines, example, safe-contact or restricted");
    return unexpected(p, NULL);
}

/* ---- the question ---- */

static size_t add_question(FormParser *f, const char *name, int line, FormRange at)
{
    FormSpec *form = f->form;

    form->questions = mem_room(form->questions, form->n_questions, &form->questions_cap, sizeof *form->questions);
    form->parts = mem_room(form->parts, form->n_questions, &form->parts_cap, sizeof *form->parts);
    form->questions[form->n_questions] = (FormQuestion){ .name = name,
        .label = "",
        .section = f->section,
        .group = f->group == FORM_NONE ? FORM_NO_GROUP : f->group,
        .fact = { .list = LIST_COUNT, .preset = "" },
        .line = line };
    form->parts[form->n_questions] = (QuestionPart){ .vocab = VOCAB_COUNT, .preset = { .text = "" }, .name = at };
    return form->n_questions++;
}

static bool room_for_question(FormParser *f)
{
    if (f->form->n_questions < FORM_QUESTIONS) return true;
    return problem(&f->p, here_src(&f->p), NULL, NULL, "A form has at most %d questions.", FORM_QUESTIONS);
}

static bool read_rest(FormParser *f, FormQuestion *q, QuestionPart *part)
{
    Parser *p = &f->p;
    Clause c = { f, q, part };

    if (!read_kind(p, &q->kind) || !read_of_kind(f, q, part)) return false;
    if (here(p)->kind != TOKEN_STRING) {
        hint_phrase(p, "the label of the question in quotation marks");
        return unexpected(p, NULL);
    }
    q->label = quoted(p);
    while (!at_end(p))
        if (!read_clause(&c)) return false;
    return true;
}

void form_question_read(FormParser *f, size_t from, size_t to)
{
    Parser *p = &f->p;
    FormQuestion q;
    QuestionPart part;
    const char *name;
    size_t i;

    if (!room_for_question(f)) return;
    hint_word(p, "help");
    hint_word(p, "entry");
    hint_word(p, "group");
    if (!(name = form_name_here(p, f->group == FORM_NONE))) return;
    i = add_question(f, name, p->tokens[from].line, (FormRange){ from, from + 1 });
    q = f->form->questions[i];
    part = f->form->parts[i];
    part.broken = !read_rest(f, &q, &part);
    f->form->questions[i] = q;
    f->form->parts[i] = part;
}

/* ---- entries ---- */

/* people role=victim */
bool form_read_entry(FormParser *f, CaseListId *list, EntryPart *part)
{
    Parser *p = &f->p;
    size_t from = p->pos;

    if (part->entry.to > 0) {
        p->pos--;
        return problem(p, here_src(p), NULL, NULL, "\"entry\" is said already.");
    }
    for (CaseListId id = 0; id < LIST_STATUS; id++) {
        if (is(p, case_lists[id].name)) *list = id;
        hint_word(p, case_lists[id].name);
    }
    if (*list == LIST_COUNT) {
        hint_phrase(p, "a list of the case, such as people, references or offences");
        return unexpected(p, NULL);
    }
    p->pos++;
    part->entry = (FormRange){ from, p->pos };
    if (!form_read_preset(f, *list, &part->preset)) return false;
    part->entry.to = p->pos;
    return expect_end(p);
}

/* ---- the instrument ---- */

/* The answer `name` is one of these words. */
static FormCond *answer_is(FormParser *f, const char *name, const char *const *words, size_t n, FormRange at)
{
    Arena *a = f->p.arena;
    FormCond *c = arena_zero(a, 1, sizeof *c);

    *c = (FormCond){ .kind = FORM_IS, .name = name, .question = FORM_NONE, .n_words = n, .src = range_src(&f->p, at) };
    c->words = arena_zero(a, n, sizeof *c->words);
    c->word_tokens = arena_zero(a, n, sizeof *c->word_tokens);
    for (size_t i = 0; i < n; i++) {
        c->words[i] = words[i];
        c->word_tokens[i] = at.from;
    }
    return c;
}

/* A yes to one of the factors that open the supplement; NULL when it is asked of everybody. */
static FormCond *opened(
    FormParser *f, const InstrumentFactor *factors, const InstrumentGroup *g, FormRange at, const char *section)
{
    static const char *const yes[] = { "yes" };
    Arena *a = f->p.arena;
    FormCond *any;

    if (g->n_openers == 0) return NULL;
    any = arena_zero(a, 1, sizeof *any);
    *any = (FormCond){ .kind = FORM_ANY, .question = FORM_NONE, .n = g->n_openers, .src = range_src(&f->p, at) };
    any->kids = arena_zero(a, g->n_openers, sizeof *any->kids);
    for (size_t i = 0; i < g->n_openers; i++)
        any->kids[i] = answer_is(f, arena_printf(a, "%s.%s", section, factors[g->openers[i]].code), yes, 1, at);
    return any;
}

static size_t add_asked(
    FormParser *f, const InstrumentFactor *factor, const char *name, FormCond *asked, FormRange at, int line)
{
    size_t i = add_question(f, name, line, at);

    f->form->questions[i].required = true;
    f->form->questions[i].fact = (FormFact){ LIST_ASSESSMENTS, "answers", "", false };
    f->form->parts[i].factor = arena_dup(f->p.arena, factor->code);
    f->form->parts[i].asked = asked;
    return i;
}

static void add_factor(
    FormParser *f, const InstrumentFactor *factor, FormCond *asked, FormRange at, const char *section, int line)
{
    static const char *const told[] = { "yes", "not-asked" }; /* a yes has its context, and not to ask its reason */
    Arena *a = f->p.arena;
    const char *name = arena_printf(a, "%s.%s", section, factor->code);
    VocabId vocab;
    size_t n = 0, i = add_asked(f, factor, name, asked, at, line);
    FormQuestion *q = &f->form->questions[i];

    q->kind = ASK_ANSWER;
    q->label = arena_dup(a, factor->label);
    q->help = arena_dup(a, factor->help);
    q->choices = vocab_choices(f, "answer", &vocab, &n);
    q->n_choices = n;

    i = add_asked(f, factor, arena_printf(a, "%s.context", name), answer_is(f, name, told, 2, at), at, line);
    q = &f->form->questions[i];
    q->kind = ASK_ACCOUNT;
    q->rows = 2;
    q->label = "What was said";
    q->help =
        "A yes means little without its context: who did what, when, and what the victim said of it. Of what was not "
        "asked: why not.";
    f->form->parts[i].context = true;
}

static Instrument *instrument_named(FormParser *f, const char *name)
{
    PolicyProblems problems = { .arena = f->p.problems->arena };
    size_t n;
    const char *text = instrument_builtin(name, &n);

    for (size_t i = 0; i < f->n_instruments; i++) {
        if (!str_eq(f->instruments[i].name, name)) continue;
        text = f->instruments[i].text;
        n = f->instruments[i].n;
    }

    return text ? instrument_parse(name, text, n, &problems) : NULL;
}

static void entry_of_instrument(FormParser *f, const Instrument *i, const char *id, const char *stage)
{
    FormSection *s = &f->form->sections[f->section];
    EntryPart *part = &f->form->section_parts[f->section];
    FormPair *pairs = arena_alloc(f->p.arena, 2 * sizeof *pairs);

    pairs[0] = (FormPair){ case_list_field(LIST_ASSESSMENTS, "instrument"), id };
    pairs[1] = (FormPair){ case_list_field(LIST_ASSESSMENTS, "stage"), stage };
    part->preset = (FormPreset){ pairs, 2, arena_printf(f->p.arena, "instrument=%s stage=%s", id, stage) };
    part->instrument = id;
    part->instrument_hash = arena_dup(f->p.arena, instrument_hash(i));
    s->list = LIST_ASSESSMENTS;
    s->preset = part->preset.text;
}

/* instrument specss-plus stage initial */
void form_read_instrument(FormParser *f)
{
    Parser *p = &f->p;
    FormRange at = { p->pos - 1, p->pos + 1 };
    EntryPart *part = &f->form->section_parts[f->section];
    const char *id = here(p)->text, *stage;
    const char *section = f->form->sections[f->section].name;
    const InstrumentFactor *factors;
    const InstrumentGroup *groups;
    Instrument *i;
    size_t n, n_groups;

    if (part->entry.to > 0) {
        p->pos--;
        problem(p, here_src(p), NULL, NULL,
            "A section with an instrument has the assessment as its entry; it can have no other.");
        return;
    }
    part->entry = at;
    if (here(p)->kind != TOKEN_WORD || !vocab_code(&f->form->vocabs, VOCAB_INSTRUMENT, id) ||
        !(i = instrument_named(f, id))) {
        const Vocab *v = &f->form->vocabs.of[VOCAB_INSTRUMENT];
        for (size_t k = 0; k < v->n; k++) hint_word(p, v->words[k].word);
        hint_phrase(p, "an instrument that the program carries, such as specss-plus");
        unexpected(p, "There is no such instrument.");
        return;
    }
    p->pos++;
    if (expect(p, "stage")) {
        stage = here(p)->text;
        for (size_t k = 0; k < f->form->vocabs.of[VOCAB_STAGE].n; k++)
            hint_word(p, f->form->vocabs.of[VOCAB_STAGE].words[k].word);
        hint_phrase(p, "a stage: initial, secondary, marac or review");
        if (!vocab_code(&f->form->vocabs, VOCAB_STAGE, stage)) {
            unexpected(p, NULL);
        } else {
            p->pos++;
            entry_of_instrument(f, i, id, stage);
            expect_end(p);
        }
    }
    factors = instrument_factors(i, &n);
    groups = instrument_groups(i, &n_groups);
    for (size_t k = 0; k < n && f->form->n_questions + 2 <= FORM_QUESTIONS; k++)
        add_factor(f, &factors[k], opened(f, factors, &groups[factors[k].group], at, section), at, section,
            p->tokens[at.from].line);
    instrument_free(&i);
}
