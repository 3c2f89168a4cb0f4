/* form_prefill.c — the other way round: a form for a case that is known, with what the case says filled in.
** Only where nothing is answered, and only so that projecting it again changes nothing: rows are filled as long as each says
** something, because people are known by their place. Risk is not filled in: it is asked afresh each time, or an old grade
** would be taken over unread. */
#include "form.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

typedef struct Prefill {
    const FormSpec *f;
    const CaseDoc *doc;
    const Vocabs *v;
    Answers *a;
    Arena *arena;
} Prefill;

static bool is_choice(const FormQuestion *q, const char *value)
{
    for (size_t i = 0; i < q->n_choices; i++)
        if (str_eq(q->choices[i].code, value)) return true;
    return false;
}

static void put(Prefill *p, size_t question, size_t row, const char *value)
{
    const FormQuestion *q = &p->f->questions[question];
    char path[ANSWERS_PATH];

    if (!value || !*value || *form_said(p->f, p->a, question, row)) return;
    if (q->choices && q->kind != ASK_SEVERAL && !is_choice(q, value)) return;
    form_path(p->f, q, row, path);
    if (q->kind == ASK_SEVERAL)
        answers_put_list(p->a, path, value);
    else
        answers_put(p->a, path, value);
}

/* A yes is said; that it was not yes was perhaps never asked. */
static const char *text_of(Prefill *p, const CaseField *field, const void *item)
{
    const char *text = case_field_text(field, item, p->v, p->arena);

    if (field->kind != FIELD_YES) return text;
    return str_eq(text, "true") ? "yes" : NULL;
}

static void fill_scalars(Prefill *p)
{
    for (size_t i = 0; i < p->f->n_questions; i++)
        if (p->f->parts[i].field && p->f->questions[i].fact.list == LIST_COUNT)
            put(p, i, 0, text_of(p, p->f->parts[i].field, p->doc));
}

/* ---- people ---- */

static void fill_status(Prefill *p, const Holder *h, const Person *person)
{
    size_t word = form_column(p->f, h, LIST_STATUS, "status"), when = form_column(p->f, h, LIST_STATUS, "at");
    const Status *latest = person->n_status ? &person->status[person->n_status - 1] : NULL;

    if (!latest || word == FORM_NONE || *form_said(p->f, p->a, word, h->row)) return;
    put(p, word, h->row, case_field_text(p->f->parts[word].field, latest, p->v, p->arena));
    if (when != FORM_NONE) put(p, when, h->row, case_field_text(p->f->parts[when].field, latest, p->v, p->arena));
}

static void fill_item(Prefill *p, const Holder *h, const void *item)
{
    for (size_t i = h->first; i < h->first + h->n; i++) {
        const FormQuestion *q = &p->f->questions[i];
        if (!form_is_of(p->f, h, i) || q->fact.own || q->fact.list != h->list || !p->f->parts[i].field) continue;
        put(p, i, h->row, text_of(p, p->f->parts[i].field, item));
    }
    if (h->list == LIST_PEOPLE) fill_status(p, h, item);
}

static void fill_sections(Prefill *p)
{
    for (size_t s = 0; s < p->f->n_sections; s++) {
        Holder h = form_section_holder(p->f, s);
        const Person *person;
        if (h.list != LIST_PEOPLE) continue;
        person = form_person(p->doc, form_role(p->f, p->a, &h, p->v), 0);
        if (person) fill_item(p, &h, person);
    }
}

/* Is the first person of this role the one of a section? 1, 0, or -1 when there is such a section but it says nothing. */
static int claimed(Prefill *p, Code role)
{
    int found = 0;

    for (size_t s = 0; s < p->f->n_sections; s++) {
        Holder h = form_section_holder(p->f, s);
        if (h.list != LIST_PEOPLE || form_role(p->f, p->a, &h, p->v) != role) continue;
        if (form_says(p->f, p->a, &h)) return 1;
        found = -1;
    }
    return found;
}

/* One person as the next row; false when the row would say nothing: then it is taken back, and no more follow. */
static bool fill_row(Prefill *p, size_t group, const void *item)
{
    const FormGroup *g = &p->f->groups[group];
    size_t row = answers_rows(p->a, g->name);
    Holder h = form_row_holder(p->f, group, row);

    if (row >= g->at_most || !answers_row_add(p->a, g->name)) return false;
    fill_item(p, &h, item);
    if (form_says(p->f, p->a, &h)) return true;
    answers_row_drop(p->a, g->name, row);
    return false;
}

/* The roles that the rows of a group can be. */
static bool role_fits(Prefill *p, const Holder *h, Code role)
{
    size_t q = form_column(p->f, h, LIST_PEOPLE, "role");
    Code preset = q == FORM_NONE ? form_role(p->f, p->a, h, p->v) : CODE_NONE;

    if (q == FORM_NONE) return preset == role;
    return is_choice(&p->f->questions[q], vocab_word(p->v, VOCAB_PERSON_ROLE, role));
}

static void fill_people(Prefill *p, size_t group)
{
    Holder h = form_row_holder(p->f, group, 0);

    for (size_t i = 0; i < p->doc->n_people; i++) {
        const Person *person = &p->doc->people[i];
        int first = role_fits(p, &h, person->role) ? claimed(p, person->role) : 0;
        if (!role_fits(p, &h, person->role)) continue;
        if (first < 0) return;
        if (first > 0 && form_person(p->doc, person->role, 0) == person) continue;
        if (!fill_row(p, group, person)) return;
    }
}

static void fill_items(Prefill *p, size_t group)
{
    Holder h = form_row_holder(p->f, group, 0);
    size_t n, size = case_lists[h.list].item_size;
    const char *items = case_items(p->doc, h.list, &n);

    for (size_t i = 0; i < n; i++)
        if (form_item_has(p->f, h.preset, h.list, items + i * size, p->v, p->arena))
            fill_row(p, group, items + i * size);
}

static void fill_groups(Prefill *p)
{
    for (size_t g = 0; g < p->f->n_groups; g++) {
        CaseListId list = p->f->groups[g].list;
        if (list == LIST_COUNT || list == LIST_ASSESSMENTS || answers_rows(p->a, p->f->groups[g].name) > 0) continue;
        if (list == LIST_PEOPLE)
            fill_people(p, g);
        else
            fill_items(p, g);
    }
}

/* ---- items by themselves ---- */

/* Every word that some item has, in the order of the choices. */
static const char *words_had(Prefill *p, size_t question, const char *items, size_t n)
{
    const FormQuestion *q = &p->f->questions[question];
    Str out = { 0 };
    const char *text;

    for (size_t c = 0; c < q->n_choices; c++)
        for (size_t i = 0; i < n; i++) {
            const void *item = items + i * case_lists[q->fact.list].item_size;
            if (!form_item_has(p->f, &p->f->parts[question].preset, q->fact.list, item, p->v, p->arena)) continue;
            if (!str_eq(case_field_text(p->f->parts[question].field, item, p->v, p->arena), q->choices[c].code))
                continue;
            str_addf(&out, "%s%s", out.n ? "," : "", q->choices[c].code);
            break;
        }
    text = arena_dup(p->arena, str_text(&out));
    str_finish(&out);
    return text;
}

static void fill_own(Prefill *p, size_t question)
{
    const FormQuestion *q = &p->f->questions[question];
    const QuestionPart *part = &p->f->parts[question];
    size_t n, size = case_lists[q->fact.list].item_size;
    const char *items = case_items(p->doc, q->fact.list, &n);

    if (q->kind == ASK_SEVERAL) {
        put(p, question, 0, words_had(p, question, items, n));
        return;
    }
    for (size_t i = n; i-- > 0;) { /* the latest */
        const void *item = items + i * size;
        if (!form_item_has(p->f, &part->preset, q->fact.list, item, p->v, p->arena)) continue;
        put(p, question, 0, part->field ? text_of(p, part->field, item) : "yes");
        return;
    }
}

void form_prefill(const FormSpec *f, const CaseDoc *doc, const Vocabs *v, Answers *a)
{
    Prefill p = { f, doc, v, a, arena_new_secret() };

    fill_scalars(&p);
    fill_sections(&p);
    fill_groups(&p);
    for (size_t i = 0; i < f->n_questions; i++)
        if (f->questions[i].fact.own && f->questions[i].group == FORM_NO_GROUP &&
            f->questions[i].fact.list != LIST_ASSESSMENTS)
            fill_own(&p, i);
    arena_free(&p.arena);
}
