/* form_project.c — typed once, used everywhere: the facts among the answers, put into the case.
** What is already so is left as it is, so that projecting twice changes nothing, and only what was said is ever set, so that
** nothing the case says becomes absent. People are found by role and order, other entries by what they say. An assessment is
** never changed: when the form says other than the latest one of its stage, it is a new one. All happens to a copy of the
** document, which takes its place at the end; lists are copied before they are touched. */
#include "form.h"

#include "base/crypto.h"
#include "base/mem.h"
#include "base/str.h"

#include <jansson.h>

#include <stdio.h>
#include <string.h>

typedef struct Project {
    const FormSpec *f;
    const Answers *a;
    const Vocabs *v;
    Time now;
    CaseDoc doc;
    Arena *arena;
    Err *err;
    size_t next[VOCAB_WORDS_MAX + 1]; /* of each role: the person the next row is */
} Project;

/* ---- holders ---- */

Holder form_section_holder(const FormSpec *f, size_t section)
{
    const FormSection *s = &f->sections[section];

    return (Holder){ section, FORM_NONE, 0, s->list, &f->section_parts[section].preset, s->first, s->n };
}

Holder form_row_holder(const FormSpec *f, size_t group, size_t row)
{
    const FormGroup *g = &f->groups[group];

    return (Holder){ g->section, group, row, g->list, &f->group_parts[group].preset, g->first, g->n };
}

bool form_is_of(const FormSpec *f, const Holder *h, size_t question)
{
    size_t group = f->questions[question].group;

    return h->group == FORM_NONE ? group == FORM_NO_GROUP : group == h->group;
}

/* A fact of the holder's own item: a column, a status, an answer to a factor. */
static bool of_item(const FormSpec *f, const Holder *h, size_t question)
{
    const FormFact *fact = &f->questions[question].fact;

    if (!form_is_of(f, h, question) || fact->own || (!f->parts[question].field && !f->parts[question].factor))
        return false;
    return fact->list == h->list || (fact->list == LIST_STATUS && h->list == LIST_PEOPLE);
}

size_t form_column(const FormSpec *f, const Holder *h, CaseListId list, const char *column)
{
    for (size_t i = h->first; i < h->first + h->n; i++)
        if (of_item(f, h, i) && f->questions[i].fact.list == list && str_eq(f->questions[i].fact.column, column))
            return i;
    return FORM_NONE;
}

bool form_says(const FormSpec *f, const Answers *a, const Holder *h)
{
    for (size_t i = h->first; i < h->first + h->n; i++)
        if (of_item(f, h, i) && !(h->list == LIST_PEOPLE && str_eq(f->questions[i].fact.column, "role")) &&
            form_is_answered(f, a, i, h->row))
            return true;
    return false;
}

Code form_role(const FormSpec *f, const Answers *a, const Holder *h, const Vocabs *v)
{
    size_t q = form_column(f, h, LIST_PEOPLE, "role");

    for (size_t i = 0; i < h->preset->n; i++)
        if (str_eq(h->preset->pairs[i].field->column, "role"))
            return vocab_code(v, VOCAB_PERSON_ROLE, h->preset->pairs[i].value);
    if (q == FORM_NONE || !form_is_answered(f, a, q, h->row)) return CODE_NONE;
    return vocab_code(v, VOCAB_PERSON_ROLE, form_said(f, a, q, h->row));
}

Person *form_person(const CaseDoc *doc, Code role, size_t n)
{
    for (size_t i = 0; i < doc->n_people; i++)
        if (doc->people[i].role == role && n-- == 0) return &doc->people[i];
    return NULL;
}

/* ---- values ---- */

/* Put an answer into a field. What an officer did not get to know says nothing. */
static bool set_field(Project *j, const CaseField *field, void *item, const char *value)
{
    if (field->kind == FIELD_YES && !str_eq(value, "yes") && !str_eq(value, "no")) return true;
    return case_field_set(field, item, value, j->v, j->arena, j->err);
}

/* The value of a question, out of the way of the next one. */
static const char *value_of(Project *j, size_t question, size_t row)
{
    return arena_dup(j->arena, form_said(j->f, j->a, question, row));
}

/* What a preset says of an item; a person is named by key when there is one. */
static bool set_preset(Project *j, const FormPreset *preset, void *item)
{
    for (size_t i = 0; i < preset->n; i++) {
        const FormPair *pair = &preset->pairs[i];
        const char *value = pair->value;
        if (pair->field->kind == FIELD_PERSON) {
            const Person *person = form_person(&j->doc, vocab_code(j->v, VOCAB_PERSON_ROLE, value), 0);
            if (!person) continue;
            value = person->key;
        }
        if (!case_field_set(pair->field, item, value, j->v, j->arena, j->err)) return false;
    }
    return true;
}

static bool value_same(const CaseField *field, const void *a, const void *b, const Vocabs *v, Arena *arena)
{
    return str_eq(case_field_text(field, a, v, arena), case_field_text(field, b, v, arena));
}

bool form_item_has(
    const FormSpec *f, const FormPreset *preset, CaseListId list, const void *item, const Vocabs *v, Arena *arena)
{
    for (size_t i = 0; i < preset->n; i++) {
        const CaseField *field = preset->pairs[i].field;
        const char *text;
        if (field->kind == FIELD_PERSON) continue;
        text = case_field_text(field, item, v, arena);
        if (field->kind == FIELD_YES && text)
            text = str_eq(text, "true") ==
                           (str_eq(preset->pairs[i].value, "yes") || str_eq(preset->pairs[i].value, "true"))
                       ? preset->pairs[i].value
                       : NULL;
        if (!str_eq(text, preset->pairs[i].value)) return false;
    }
    return true;
}

/* ---- the case itself ---- */

/* An answer that has its own time beside it ("children_answer", "children_at") was given now, when nothing else is said. */
static void date_answer(Project *j, const CaseField *field)
{
    size_t stem = strlen(field->column) - strlen("_answer");

    for (size_t i = 0; i < case_n_scalars; i++) {
        const CaseField *at = &case_scalars[i];
        if (at->kind != FIELD_TIME || strlen(at->column) != stem + 3) continue;
        if (memcmp(at->column, field->column, stem) == 0 && str_eq(at->column + stem, "_at"))
            *(Time *)(void *)((char *)&j->doc + at->offset) = j->now;
    }
}

static bool ends_in_answer(const char *column)
{
    size_t n = strlen(column), end = strlen("_answer");

    return n > end && str_eq(column + n - end, "_answer");
}

static bool set_scalar(Project *j, size_t question)
{
    const CaseField *field = j->f->parts[question].field;
    const char *before = case_field_text(field, &j->doc, j->v, j->arena);

    if (!set_field(j, field, &j->doc, value_of(j, question, 0))) return false;
    if (ends_in_answer(field->column) && !str_eq(before, case_field_text(field, &j->doc, j->v, j->arena)))
        date_answer(j, field);
    return true;
}

static bool project_scalars(Project *j)
{
    for (int dates = 0; dates < 2; dates++) /* a time that is answered comes after the answer it belongs to */
        for (size_t i = 0; i < j->f->n_questions; i++) {
            const QuestionPart *part = &j->f->parts[i];
            if (!part->field || j->f->questions[i].fact.list != LIST_COUNT) continue;
            if ((part->field->kind == FIELD_TIME) != dates || !form_is_answered(j->f, j->a, i, 0)) continue;
            if (!set_scalar(j, i)) return false;
        }
    return true;
}

/* ---- people ---- */

/* "v1", "s2": the role's first letter and a number that nobody of the case has. */
static const char *new_key(Project *j, Code role)
{
    char key[16];
    bool taken = true;

    for (size_t n = 1; taken; n++) {
        snprintf(key, sizeof key, "%c%zu", *vocab_word(j->v, VOCAB_PERSON_ROLE, role), n);
        taken = false;
        for (size_t i = 0; i < j->doc.n_people && !taken; i++) taken = str_eq(j->doc.people[i].key, key);
    }
    return arena_dup(j->arena, key);
}

static Person *person_made(Project *j, Code role, const FormPreset *preset)
{
    Person person;

    case_item_init(LIST_PEOPLE, &person);
    person.key = new_key(j, role);
    person.role = role;
    person.recorded_at = j->now;
    for (size_t i = 0; i < preset->n; i++) /* relationships wait until everybody is there */
        if (preset->pairs[i].field->kind != FIELD_PERSON &&
            !case_field_set(preset->pairs[i].field, &person, preset->pairs[i].value, j->v, j->arena, j->err))
            return NULL;
    case_append(&j->doc, LIST_PEOPLE, &person, j->arena);
    return &j->doc.people[j->doc.n_people - 1];
}

/* A status is new unless the person has had it: with a time that is said, at that very time. */
static bool add_status(Project *j, const Holder *h, Person *person)
{
    size_t word = form_column(j->f, h, LIST_STATUS, "status"), when = form_column(j->f, h, LIST_STATUS, "at");
    Status status = { .at = TIME_NONE };

    if (word == FORM_NONE || !form_is_answered(j->f, j->a, word, h->row)) return true;
    if (!case_field_set(j->f->parts[word].field, &status, value_of(j, word, h->row), j->v, j->arena, j->err))
        return false;
    if (when != FORM_NONE && form_is_answered(j->f, j->a, when, h->row) &&
        !case_field_set(j->f->parts[when].field, &status, value_of(j, when, h->row), j->v, j->arena, j->err))
        return false;
    for (size_t i = 0; i < person->n_status; i++)
        if (person->status[i].status == status.status && (status.at == TIME_NONE || person->status[i].at == status.at))
            return true;
    if (status.at == TIME_NONE) status.at = j->now;
    case_append_status(person, &status, j->arena);
    return true;
}

static bool fill_person(Project *j, const Holder *h, Person *person)
{
    for (size_t i = h->first; i < h->first + h->n; i++) {
        const FormFact *fact = &j->f->questions[i].fact;
        if (!of_item(j->f, h, i) || fact->list != LIST_PEOPLE || str_eq(fact->column, "role")) continue;
        if (!form_is_answered(j->f, j->a, i, h->row)) continue;
        if (!set_field(j, j->f->parts[i].field, person, value_of(j, i, h->row))) return false;
    }
    return add_status(j, h, person);
}

static bool project_person(Project *j, const Holder *h)
{
    Code role = form_role(j->f, j->a, h, j->v);
    Person *person;

    if (role == CODE_NONE || !form_says(j->f, j->a, h)) return true;
    person = form_person(&j->doc, role, h->group == FORM_NONE ? 0 : j->next[role]);
    if (!person) person = person_made(j, role, h->preset);
    if (h->group != FORM_NONE)
        j->next[role]++;
    else
        j->next[role] = 1; /* the rows of groups are the others */
    return person && fill_person(j, h, person);
}

/* The role that an entry's people are related to, or CODE_NONE. */
static Code related_role(Project *j, const FormPreset *preset)
{
    for (size_t i = 0; i < preset->n; i++)
        if (preset->pairs[i].field->kind == FIELD_PERSON)
            return vocab_code(j->v, VOCAB_PERSON_ROLE, preset->pairs[i].value);
    return CODE_NONE;
}

/* A relationship says to whom and what kind: neither stands alone. */
static void complete_relationships(Project *j, const FormPreset *preset, Code role)
{
    Code to = related_role(j, preset);
    const Person *other = to ? form_person(&j->doc, to, 0) : NULL;

    for (size_t i = 0; i < j->doc.n_people; i++) {
        Person *p = &j->doc.people[i];
        if (p->role != role || !p->relationship || p->related_to) continue;
        if (other && other != p)
            p->related_to = other->key;
        else
            p->relationship = CODE_NONE;
    }
}

static void copy_people(Project *j)
{
    size_t n = j->doc.n_people;
    Person *copy = arena_alloc(j->arena, (n + 1) * sizeof *copy);

    if (n) memcpy(copy, j->doc.people, n * sizeof *copy);
    j->doc.people = copy;
}

typedef bool HolderFn(Project *j, const Holder *h);

/* The sections, then the rows of groups: who a section names is the first of the role. */
static bool each_holder(Project *j, bool people, HolderFn *act)
{
    Holder h;

    for (size_t s = 0; s < j->f->n_sections; s++) {
        h = form_section_holder(j->f, s);
        if (h.list != LIST_COUNT && (h.list == LIST_PEOPLE) == people && !act(j, &h)) return false;
    }
    for (size_t g = 0; g < j->f->n_groups; g++)
        for (size_t row = 0; row < answers_rows(j->a, j->f->groups[g].name) && row < j->f->groups[g].at_most; row++) {
            h = form_row_holder(j->f, g, row);
            if (h.list != LIST_COUNT && (h.list == LIST_PEOPLE) == people && !act(j, &h)) return false;
        }
    return true;
}

static bool relate(Project *j, const Holder *h)
{
    Code role = form_role(j->f, j->a, h, j->v);

    if (role) complete_relationships(j, h->preset, role);
    return true;
}

static bool project_people(Project *j)
{
    copy_people(j);
    return each_holder(j, true, project_person) && each_holder(j, true, relate);
}

/* ---- other entries ---- */

/* {factor: {answer, context}} of the holder's instrument; NULL when no factor is answered. */
static json_t *factors(Project *j, const Holder *h)
{
    json_t *all = json_object();

    for (size_t i = h->first; i < h->first + h->n; i++) {
        const QuestionPart *part = &j->f->parts[i];
        json_t *one;
        if (!part->factor || !form_is_of(j->f, h, i) || !form_is_answered(j->f, j->a, i, h->row)) continue;
        if (!(one = json_object_get(all, part->factor))) {
            one = json_object();
            json_object_set_new(all, part->factor, one);
        }
        json_object_set_new(one, part->context ? "context" : "answer", json_string(form_said(j->f, j->a, i, h->row)));
    }
    if (json_object_size(all) > 0) return all;
    json_decref(all);
    return NULL;
}

static bool set_factors(Project *j, const Holder *h, void *item)
{
    json_t *all = factors(j, h);
    char *text = all ? json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    bool ok = !text || case_field_set(case_list_field(LIST_ASSESSMENTS, "answers"), item, text, j->v, j->arena, j->err);

    if (text) crypto_wipe(text, strlen(text));
    free(text);
    json_decref(all);
    return ok;
}

/* Every factor that `said` tells is told so by `known`. */
static bool answers_told(const char *known, const char *said)
{
    json_t *x = json_loads(known ? known : "{}", 0, NULL), *y = json_loads(said ? said : "{}", 0, NULL), *value;
    const char *factor;
    bool told = x && y;

    json_object_foreach(y, factor, value) told = told && json_equal(json_object_get(x, factor), value);
    json_decref(x);
    json_decref(y);
    return told;
}

static const CaseField *order_field(CaseListId list)
{
    for (size_t i = 0; i < case_lists[list].n_fields; i++)
        if (case_lists[list].fields[i].flags & FIELD_ORDER) return &case_lists[list].fields[i];
    return NULL;
}

/* Does the case's item tell all that the new one would? */
static bool told_by(Project *j, CaseListId list, const void *known, const void *said)
{
    for (size_t i = 0; i < case_lists[list].n_fields; i++) {
        const CaseField *field = &case_lists[list].fields[i];
        const char *text = case_field_text(field, said, j->v, j->arena);
        if (!text || field->kind == FIELD_PERSON) continue;
        if (field->kind == FIELD_YES && str_eq(text, "false")) continue;
        if (field->kind == FIELD_ANSWERS) {
            if (!answers_told(case_field_text(field, known, j->v, j->arena), text)) return false;
        } else if (!value_same(field, known, said, j->v, j->arena))
            return false;
    }
    return true;
}

/* Is it known already? Of assessments only the latest counts: going back to an earlier grade is news. */
static bool is_known(Project *j, CaseListId list, const FormPreset *preset, const void *said)
{
    size_t n, size = case_lists[list].item_size;
    const char *items = case_items(&j->doc, list, &n);

    for (size_t i = n; i-- > 0;) {
        if (!form_item_has(j->f, preset, list, items + i * size, j->v, j->arena)) continue;
        if (told_by(j, list, items + i * size, said)) return true;
        if (list == LIST_ASSESSMENTS) return false;
    }
    return false;
}

/* A new item, when it is news and has all that an item needs. */
static bool add_item(Project *j, CaseListId list, const FormPreset *preset, void *item)
{
    const CaseField *order = order_field(list);

    if (is_known(j, list, preset, item)) return true;
    if (order && !case_field_text(order, item, j->v, j->arena))
        *(Time *)(void *)((char *)item + order->offset) = j->now;
    for (size_t i = 0; i < case_lists[list].n_fields; i++)
        if (case_lists[list].fields[i].flags & FIELD_REQUIRED &&
            !case_field_text(&case_lists[list].fields[i], item, j->v, j->arena))
            return true; /* form_gaps tells what is missing */
    case_append(&j->doc, list, item, j->arena);
    return true;
}

static void *item_made(Project *j, CaseListId list)
{
    void *item = arena_alloc(j->arena, case_lists[list].item_size);

    case_item_init(list, item);
    return item;
}

static bool project_entry(Project *j, const Holder *h)
{
    void *item;

    if (!form_says(j->f, j->a, h)) return true;
    item = item_made(j, h->list);
    if (!set_preset(j, h->preset, item)) return false;
    for (size_t i = h->first; i < h->first + h->n; i++) {
        if (!of_item(j->f, h, i) || !j->f->parts[i].field || !form_is_answered(j->f, j->a, i, h->row)) continue;
        if (!set_field(j, j->f->parts[i].field, item, value_of(j, i, h->row))) return false;
    }
    if (h->list == LIST_ASSESSMENTS && !set_factors(j, h, item)) return false;
    return add_item(j, h->list, h->preset, item);
}

/* ---- items by themselves ---- */

static bool own_item(Project *j, size_t question, const char *value)
{
    CaseListId list = j->f->questions[question].fact.list;
    const QuestionPart *part = &j->f->parts[question];
    void *item = item_made(j, list);

    if (!set_preset(j, &part->preset, item)) return false;
    if (part->field && !set_field(j, part->field, item, value)) return false;
    return add_item(j, list, &part->preset, item);
}

static bool own_items(Project *j, size_t question, size_t row)
{
    const FormQuestion *q = &j->f->questions[question];
    const QuestionPart *part = &j->f->parts[question];
    const char *value = value_of(j, question, row);
    bool yes_only = q->kind == ASK_ANSWER && (!part->field || part->field->kind == FIELD_YES);

    if (yes_only) return !str_eq(value, "yes") || own_item(j, question, value);
    if (q->kind != ASK_SEVERAL) return own_item(j, question, value);
    for (size_t n; *value; value += n + (value[n] == ',')) {
        n = strcspn(value, ",");
        if (n > 0 && !own_item(j, question, arena_dup_n(j->arena, value, n))) return false;
    }
    return true;
}

static bool project_own(Project *j)
{
    for (size_t i = 0; i < j->f->n_questions; i++) {
        const FormQuestion *q = &j->f->questions[i];
        size_t rows = q->group == FORM_NO_GROUP ? 1 : answers_rows(j->a, j->f->groups[q->group].name);
        for (size_t row = 0; q->fact.own && row < rows; row++)
            if (form_is_answered(j->f, j->a, i, row) && !own_items(j, i, row)) return false;
    }
    return true;
}

/* ---- all of it ---- */

bool form_project(const FormSpec *f, const Answers *a, const Vocabs *v, Time now, CaseDoc *doc, Arena *arena, Err *err)
{
    Project j = { .f = f, .a = a, .v = v, .now = now, .doc = *doc, .arena = arena, .err = err };

    if (!project_scalars(&j) || !project_people(&j) || !each_holder(&j, false, project_entry) || !project_own(&j))
        return false;
    case_sort(&j.doc);
    *doc = j.doc;
    return true;
}
