/* form_fact.c — which fact of the case an answer is: entries and facts of the file, bound to the catalogue.
** fact COLUMN               a column of the section's or row's entry; without an entry, of the case itself
** fact case.COLUMN          of the case itself, wherever it stands
** fact status.COLUMN        of the status of the person whose entry it is
** fact LIST.COLUMN WORDS    an item by itself: "references.number system=cris"
** fact LIST WORDS           an item by itself when the answer is yes: "flags flag=hbv"
** A kind of question that cannot become the kind of the column is a problem here, so that projecting never meets one. */
#include "form.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

/* ---- looking up ---- */

CaseListId form_entry_list(const FormSpec *f, const FormQuestion *q)
{
    if (q->group != FORM_NO_GROUP && f->groups[q->group].list != LIST_COUNT) return f->groups[q->group].list;
    return q->group == FORM_NO_GROUP ? f->sections[q->section].list : LIST_COUNT;
}

const FormPreset *form_entry_preset(const FormSpec *f, const FormQuestion *q)
{
    return q->group != FORM_NO_GROUP ? &f->group_parts[q->group].preset : &f->section_parts[q->section].preset;
}

static const CaseField *field_named(CaseListId list, const char *column)
{
    if (list != LIST_COUNT) return case_list_field(list, column);
    for (size_t i = 0; i < case_n_scalars; i++)
        if (str_eq(case_scalars[i].column, column)) return &case_scalars[i];
    return NULL;
}

static bool list_named(const char *name, CaseListId *out)
{
    for (CaseListId id = 0; id < LIST_COUNT; id++) {
        if (!str_eq(case_lists[id].name, name)) continue;
        *out = id;
        return true;
    }
    return false;
}

static const char *nearest_column(CaseListId list, const char *wrong)
{
    const char *names[64];
    size_t n = list == LIST_COUNT ? case_n_scalars : case_lists[list].n_fields;

    if (n > ARRAY_LEN(names)) n = ARRAY_LEN(names);
    for (size_t i = 0; i < n; i++)
        names[i] = list == LIST_COUNT ? case_scalars[i].column : case_lists[list].fields[i].column;
    return str_nearest(wrong, names, n);
}

static bool no_column(Parser *p, Src src, CaseListId list, const char *column)
{
    return problem(p, src, NULL, nearest_column(list, column), "%s %s no column \"%.60s\".",
        list == LIST_COUNT ? "The case itself" : case_lists[list].label, list == LIST_COUNT ? "has" : "have", column);
}

/* ---- presets: role=victim ---- */

static bool value_fits(FormParser *f, const CaseField *field, CaseListId list, const char *value, Src src)
{
    Err err = { 0 };
    Arena *scratch;
    void *item;
    bool ok;

    if (field->kind == FIELD_PERSON) {
        if (vocab_code(&f->form->vocabs, VOCAB_PERSON_ROLE, value)) return true;
        return problem(&f->p, src, "the role of a person, such as victim", NULL,
            "\"%.60s\" is no role; the first person of that role is meant.", value);
    }
    scratch = arena_new();
    item = arena_alloc(scratch, case_lists[list].item_size);
    case_item_init(list, item);
    ok = case_field_set(field, item, value, &f->form->vocabs, scratch, &err);
    if (!ok) problem(&f->p, src, NULL, NULL, "%s", err.text);
    arena_free(&scratch);
    return ok;
}

static bool pair_here(FormParser *f, CaseListId list, FormPair *out)
{
    Parser *p = &f->p;
    const Token *column = here(p), *value = ahead(p, 2);

    out->field = case_list_field(list, column->text);
    if (!out->field) return no_column(p, here_src(p), list, column->text);
    p->pos += 2;
    if (value->kind != TOKEN_WORD && value->kind != TOKEN_NUMBER && value->kind != TOKEN_STRING) {
        hint_phrase(p, "a word of the column");
        return unexpected(p, NULL);
    }
    out->value = value->text;
    p->pos++;
    return value_fits(f, out->field, list, value->text, src_of(p, p->pos - 1, p->pos));
}

bool form_read_preset(FormParser *f, CaseListId list, FormPreset *out)
{
    Parser *p = &f->p;
    FormPair pairs[8];
    Str text = { 0 };
    bool ok = true;

    out->n = 0;
    while (ok && here(p)->kind == TOKEN_WORD && ahead(p, 1)->kind == TOKEN_MARK && *ahead(p, 1)->text == '=') {
        if (out->n == ARRAY_LEN(pairs)) {
            ok = problem(p, here_src(p), NULL, NULL, "An entry starts with at most %zu words.", ARRAY_LEN(pairs));
            break;
        }
        ok = pair_here(f, list, &pairs[out->n]);
        if (!ok) break;
        str_addf(&text, "%s%s=%s", out->n ? " " : "", pairs[out->n].field->column, pairs[out->n].value);
        out->n++;
    }
    out->pairs = arena_alloc(p->arena, (out->n + 1) * sizeof *out->pairs);
    if (out->n) memcpy(out->pairs, pairs, out->n * sizeof *pairs);
    out->text = arena_dup(p->arena, str_text(&text));
    str_finish(&text);
    return ok;
}

/* ---- kinds that fit ---- */

enum {
    ONE_LINE = 1 << ASK_TEXT | 1 << ASK_CHOICE | 1 << ASK_NUMBER | 1 << ASK_REFERENCE | 1 << ASK_PERSON |
               1 << ASK_OFFICER | 1 << ASK_ADDRESS | 1 << ASK_TELEPHONE | 1 << ASK_BODY
};

static const struct {
    FieldKind column;
    unsigned kinds; /* of questions */
    const char *needs;
} fits[] = {
    { FIELD_TEXT, ONE_LINE, "a question of one line" },
    { FIELD_LONG, 1 << ASK_TEXT | 1 << ASK_ACCOUNT, "an account or a text" },
    { FIELD_TIME, 1 << ASK_MOMENT, "a moment" },
    { FIELD_DATE, 1 << ASK_DATE, "a date" },
    { FIELD_YES, 1 << ASK_ANSWER, "an answer" },
    { FIELD_OFFICER, 1 << ASK_OFFICER, "an officer" },
    { FIELD_CODE, 1 << ASK_CHOICE | 1 << ASK_SEVERAL | 1 << ASK_ANSWER, "a choice" },
};

static bool words_fit(FormParser *f, const FormQuestion *q, const CaseField *field, Src src)
{
    for (size_t i = 0; i < q->n_choices; i++) {
        if (vocab_code(&f->form->vocabs, field->vocab, q->choices[i].code)) continue;
        return problem(&f->p, src, NULL, NULL,
            "The choice \"%.60s\" is no word of the vocabulary %s, which this column has.", q->choices[i].code,
            f->form->vocabs.of[field->vocab].name);
    }
    return true;
}

static bool kind_fits(FormParser *f, const FormQuestion *q, const CaseField *field, Src src)
{
    for (size_t i = 0; i < ARRAY_LEN(fits); i++) {
        if (fits[i].column != field->kind) continue;
        if (!(fits[i].kinds & 1u << q->kind))
            return problem(&f->p, src, NULL, NULL, "The column %s needs %s.", field->column, fits[i].needs);
        if (q->kind == ASK_SEVERAL && !q->fact.own)
            return problem(&f->p, src, "LIST.COLUMN, an item for each word", NULL,
                "Several words are several items; one column cannot hold them.");
        return field->kind != FIELD_CODE || words_fit(f, q, field, src);
    }
    return problem(&f->p, src, NULL, NULL, "The column %s is none that a question can fill.", field->column);
}

/* ---- one fact ---- */

static bool set_fact(
    FormParser *f, FormQuestion *q, QuestionPart *part, CaseListId list, const char *column, bool own, Src src)
{
    const CaseField *field = field_named(list, column);

    if (!field) return no_column(&f->p, src, list, column);
    if (list == LIST_COUNT && str_eq(column, "id"))
        return problem(&f->p, src, NULL, NULL, "The number of a case is given by the program, not by a form.");
    if (field->flags & FIELD_MADE)
        return problem(&f->p, src, NULL, NULL, "The column %s is said by the program, never by a form.", field->column);
    q->fact = (FormFact){ list, field->column, "", own };
    if (!kind_fits(f, q, field, src)) return false;
    part->field = field;
    return true;
}

static bool read_own_preset(FormParser *f, FormQuestion *q, QuestionPart *part)
{
    Parser *p = &f->p;

    p->pos = part->fact.from + 1;
    p->end = part->fact.to;
    forget_hints(p);
    if (!form_read_preset(f, q->fact.list, &part->preset)) return false;
    q->fact.preset = part->preset.text;
    return true;
}

/* LIST.COLUMN, and the two whose list needs no words: case. and status. */
static bool dotted_fact(FormParser *f, FormQuestion *q, QuestionPart *part, const char *word, Src src)
{
    const char *dot = strchr(word, '.');
    char name[64];
    CaseListId list;

    snprintf(name, sizeof name, "%.*s", (int)(dot - word < 60 ? dot - word : 60), word);
    if (str_eq(name, "case")) {
        if (q->group != FORM_NO_GROUP)
            return problem(&f->p, src, NULL, NULL, "A row of a group cannot be a fact of the case itself.");
        return set_fact(f, q, part, LIST_COUNT, dot + 1, false, src);
    }
    if (!list_named(name, &list))
        return problem(&f->p, src, "a list of the case, such as references", NULL, "There is no list \"%s\".", name);
    if (list == LIST_STATUS) {
        if (form_entry_list(f->form, q) != LIST_PEOPLE)
            return problem(
                &f->p, src, NULL, NULL, "A status belongs to a person: this question is of no entry of people.");
        return set_fact(f, q, part, list, dot + 1, false, src);
    }
    if (list == LIST_PEOPLE)
        return problem(&f->p, src, "entry people role=…", NULL, "A person is an entry, not an item by itself.");
    return set_fact(f, q, part, list, dot + 1, true, src) && read_own_preset(f, q, part);
}

static bool yes_fact(FormParser *f, FormQuestion *q, QuestionPart *part, CaseListId list, Src src)
{
    if (q->kind != ASK_ANSWER)
        return problem(&f->p, src, "a column: LIST.COLUMN", NULL, "Only a yes makes an item without a column.");
    if (list == LIST_PEOPLE || list == LIST_STATUS)
        return problem(&f->p, src, NULL, NULL, "A person is an entry, not an item by itself.");
    q->fact = (FormFact){ list, NULL, "", true };
    if (!read_own_preset(f, q, part)) return false;
    return part->preset.n > 0 ||
           problem(&f->p, src, "words that it has, such as flag=hbv", NULL, "An item needs words to be known by.");
}

static bool bind_fact(FormParser *f, size_t i)
{
    FormQuestion *q = &f->form->questions[i];
    QuestionPart *part = &f->form->parts[i];
    const char *word = f->p.tokens[part->fact.from].text;
    Src src = src_of(&f->p, part->fact.from, part->fact.from + 1);
    CaseListId entry = form_entry_list(f->form, q), list;

    if (strchr(word, '.')) return dotted_fact(f, q, part, word, src);
    if ((entry == LIST_COUNT || !case_list_field(entry, word)) && list_named(word, &list))
        return yes_fact(f, q, part, list, src);
    if (part->fact.to > part->fact.from + 1)
        return problem(&f->p, src_of(&f->p, part->fact.from + 1, part->fact.to), "LIST.COLUMN in front of it", NULL,
            "Only an item by itself has words of its own.");
    if (entry == LIST_COUNT && q->group != FORM_NO_GROUP)
        return problem(&f->p, src, "a clause \"entry\" in the group", NULL,
            "The rows of this group are no entries of the case, so they have no columns.");
    return set_fact(f, q, part, entry, word, false, src);
}

void form_check_facts(FormParser *f)
{
    for (size_t i = 0; i < f->form->n_questions && !f->p.full; i++) {
        QuestionPart *part = &f->form->parts[i];
        if (!part->broken && part->fact.to > 0 && !bind_fact(f, i))
            f->form->questions[i].fact = (FormFact){ .list = LIST_COUNT, .preset = "" };
    }
}

/* ---- from a fact to its question ---- */

/* Every word of "role=victim stage=initial" is among the pairs. */
static bool preset_has(const FormPreset *preset, const char *wanted)
{
    for (size_t n; *(wanted += strspn(wanted, " ")); wanted += n) {
        bool found = false;
        n = strcspn(wanted, " ");
        for (size_t i = 0; i < preset->n && !found; i++) {
            size_t name = strlen(preset->pairs[i].field->column);
            found = n > name && memcmp(wanted, preset->pairs[i].field->column, name) == 0 && wanted[name] == '=' &&
                    strlen(preset->pairs[i].value) == n - name - 1 &&
                    memcmp(wanted + name + 1, preset->pairs[i].value, n - name - 1) == 0;
        }
        if (!found) return false;
    }
    return true;
}

const FormQuestion *form_question_of_fact(const FormSpec *f, CaseListId list, const char *column, const char *preset)
{
    for (size_t i = 0; i < f->n_questions; i++) {
        const FormQuestion *q = &f->questions[i];
        const FormPreset *has = q->fact.own ? &f->parts[i].preset : form_entry_preset(f, q);
        static const FormPreset nothing = { .text = "" };
        if (!f->parts[i].field && !f->parts[i].factor && !q->fact.own) continue;
        if (q->fact.list != list || (column && !str_eq(q->fact.column, column))) continue;
        if (list == LIST_COUNT) has = &nothing;
        if (preset_has(has, preset ? preset : "")) return q;
    }
    return NULL;
}

/* ---- what a book must fill ---- */

static const struct {
    CaseListId list;
    const char *column, *preset, *why;
} needed[] = {
    { LIST_COUNT, "reported_at", "", "most clocks start with it" },
    { LIST_COUNT, "children_answer", "", "a Merlin is asked for by it (BD 1.13)" },
    { LIST_PEOPLE, "family", "role=victim", "the case is found by the victim's name" },
    { LIST_PEOPLE, "police_staff", "role=victim", "the report is restricted by it (BD 1.22)" },
    { LIST_PEOPLE, "family", "role=suspect", "earlier cases are found by the suspect's name" },
    { LIST_PEOPLE, "police_staff", "role=suspect", "the DI is told by it (BD 1.21)" },
    { LIST_PEOPLE, "relationship_kind", "role=suspect", "whether it is domestic is read off it" },
    { LIST_REFERENCES, "number", "system=cris", "the CAD cannot be put away without it (BD 1.13)" },
    { LIST_ASSESSMENTS, "grade", "stage=initial", "who must act is read off it (BD 1.2)" },
    { LIST_ASSESSMENTS, "rationale", "stage=initial", "a grade without its reason cannot be checked (BD 1.2)" },
};

void form_must_fill(FormParser *f)
{
    const FormSpec *form = f->form;

    if (strncmp(form->id, "book-", 5) != 0) return;
    for (size_t i = 0; i < form->n_questions; i++)
        if (form->parts[i].broken ||
            (form->parts[i].fact.to && form->questions[i].fact.list == LIST_COUNT && !form->parts[i].field))
            return; /* perhaps that was it */
    for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
        if (form_question_of_fact(form, needed[i].list, needed[i].column, needed[i].preset)) continue;
        problem(&f->p, src_of(&f->p, 0, 2), NULL, NULL, "A book asks for %s%s%s%s%s: %s.",
            needed[i].list == LIST_COUNT ? "case" : case_lists[needed[i].list].name, ".", needed[i].column,
            *needed[i].preset ? " " : "", needed[i].preset, needed[i].why);
    }
}
