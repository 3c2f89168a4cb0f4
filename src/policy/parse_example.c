/* parse_example.c — a small case inside a rule, and how the rule must stand at certain times.
** The case is told in the words of the rules: `review ds-supervision at 2010-02-01 09:00`. Examples are run whenever the
** file is read, so a rule that does not do what its example says cannot be activated. */
#include "parse.h"

#include "base/mem.h"
#include "base/str.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- times ---- */

/* 2010-02-01 22:14, local */
static bool read_time(Parser *p, Time *out)
{
    Civil c = { 0 };
    char text[40];
    Date d;
    Err err = { 0 };

    if (here(p)->kind != TOKEN_DATE || ahead(p, 1)->kind != TOKEN_CLOCK) {
        hint_phrase(p, "a date and a time, such as 2010-02-01 22:14");
        return unexpected(p, NULL);
    }
    snprintf(text, sizeof text, "%.10s", here(p)->text);
    if (!civil_parse_date(text, &d, &err)) return problem(p, here_src(p), NULL, NULL, "%s", err.text);
    p->pos++;
    sscanf(here(p)->text, "%d:%d:%d", &c.hour, &c.minute, &c.second);
    if (c.hour > 23 || c.minute > 59 || c.second > 59)
        return problem(p, here_src(p), "00:00 to 23:59", NULL, "There is no such time of day.");
    p->pos++;
    civil_of_date(d, &c.year, &c.month, &c.day);
    *out = civil_from_local(c);
    return true;
}

/* ---- facts ---- */

static void *place_of(const CaseField *f, void *item)
{
    return (char *)item + f->offset;
}

static bool read_code(Parser *p, const CaseField *f, void *item)
{
    CodeSet set;

    if (!need_words(p, f->vocab, &set, f->label)) return false;
    *(Code *)place_of(f, item) = set_first(&set);
    return true;
}

static bool read_text(Parser *p, const CaseField *f, void *item)
{
    if (here(p)->kind != TOKEN_STRING && here(p)->kind != TOKEN_WORD && here(p)->kind != TOKEN_NUMBER) {
        hint_phrase(p, "a text");
        return unexpected(p, NULL);
    }
    *(const char **)place_of(f, item) = p->tokens[p->pos++].text;
    return true;
}

static bool read_fact(Parser *p, const CaseField *f, void *item)
{
    switch (f->kind) {
    case FIELD_TIME: return read_time(p, place_of(f, item));
    case FIELD_CODE: return read_code(p, f, item);
    case FIELD_YES: *(bool *)place_of(f, item) = true; return true;
    case FIELD_DATE: return problem(p, here_src(p), NULL, NULL, "An example needs no dates of birth.");
    default: return read_text(p, f, item);
    }
}

/* NAME VALUE [at TIME] */
static bool read_scalar(Parser *p, const Symbol *s, CaseDoc *doc)
{
    if (!read_fact(p, s->field, doc)) return false;
    if (s->kind == SYMBOL_CHOICE && accept(p, "at")) {
        char name[80];
        const Symbol *time;
        snprintf(name, sizeof name, "%s answered", s->name);
        time = names_find(&p->names, name);
        if (!time || time->kind != SYMBOL_TIME)
            return problem(p, here_src(p), NULL, NULL, "When \"%s\" was answered is not kept.", s->name);
        if (!read_time(p, place_of(time->field, doc))) return false;
    }
    return expect_end(p);
}

/* The parts of an entry: at TIME, and fields with what they say. */
static bool read_parts(Parser *p, CaseListId list, void *item)
{
    const CaseField *order = list_shapes[list].order;

    while (!at_end(p)) {
        size_t eaten;
        const CaseField *f = field_said(list, &p->tokens[p->pos], &eaten);
        mark(p, ',');
        if (is(p, "with") && !(f && vocab_code(&p->policy->vocabs, f->vocab, ahead(p, 1)->text))) p->pos++;
        if (order && accept(p, "at")) {
            if (!read_time(p, place_of(order, item))) return false;
            continue;
        }
        f = field_said(list, &p->tokens[p->pos], &eaten);
        if (!f || eaten > p->end - p->pos) {
            char said[64];
            for (size_t i = 0; i < case_lists[list].n_fields; i++) {
                field_say(list, &case_lists[list].fields[i], said);
                hint_word(p, arena_dup(p->arena, said));
            }
            hint_phrase(p, arena_printf(p->arena, "what is known of the %s", noun_of(list)));
            return unexpected(p, NULL);
        }
        p->pos += eaten;
        if (!read_fact(p, f, item)) return false;
    }
    return true;
}

typedef union Item {
    Person person;
    Assessment assessment;
    Review review;
    char bytes[256];
} Item;

/* victim v1 …: the key may be left out. */
static void read_person_key(Parser *p, CaseDoc *doc, Person *person)
{
    size_t eaten;

    if (here(p)->kind == TOKEN_WORD && !is(p, "with") && !field_said(LIST_PEOPLE, &p->tokens[p->pos], &eaten))
        person->key = p->tokens[p->pos++].text;
    else
        person->key = arena_printf(p->arena, "p%zu", doc->n_people + 1);
}

static bool read_entry(Parser *p, CaseDoc *doc)
{
    CaseListId list = LIST_PEOPLE;
    Item item;
    size_t eaten;
    bool noun = noun_list(&p->tokens[p->pos], &list, &eaten), found;
    CodeSet set;

    assert(case_lists[list].item_size <= sizeof item);
    case_item_init(list, &item);
    if (noun) p->pos += eaten;
    if (list_shapes[list].primary) {
        if (!words_of(p, list_shapes[list].primary->vocab, &set, &found)) return false;
        if (!found) hint_vocab(p, list_shapes[list].primary->vocab);
        if (found) *(Code *)place_of(list_shapes[list].primary, &item) = set_first(&set);
    }
    if (list == LIST_PEOPLE) read_person_key(p, doc, &item.person);
    if (!read_parts(p, list, &item)) return false;
    if (list_shapes[list].order && *(Time *)place_of(list_shapes[list].order, &item) == TIME_NONE) {
        hint_phrase(p, "at, and when");
        return unexpected(p, "This entry has no time.");
    }
    case_append(doc, list, &item, p->arena);
    return true;
}

/* status of KEY WORD at TIME */
static bool read_status(Parser *p, CaseDoc *doc)
{
    Status status = { .at = TIME_NONE }, *all;
    Person *person = NULL;
    CodeSet set;

    if (!expect(p, "of")) return false;
    for (size_t i = 0; i < doc->n_people; i++)
        if (here(p)->kind == TOKEN_WORD && str_eq(doc->people[i].key, here(p)->text)) person = &doc->people[i];
    if (!person) {
        hint_phrase(p, "the key of a person above");
        return unexpected(p, NULL);
    }
    p->pos++;
    if (!need_words(p, VOCAB_SUSPECT_STATUS, &set, "status") || !expect(p, "at") || !read_time(p, &status.at))
        return false;
    status.status = set_first(&set);
    all = arena_alloc(p->arena, (person->n_status + 1) * sizeof *all);
    if (person->n_status) memcpy(all, person->status, person->n_status * sizeof *all);
    all[person->n_status++] = status;
    person->status = all;
    return expect_end(p);
}

/* ---- what is expected ---- */

static bool read_state(Parser *p, Expectation *e)
{
    if (accept(p, "not")) return expect(p, "asked");
    for (DutyState s = 0; s < DUTY_STATE_COUNT; s++) {
        if (!accept(p, duty_state_word(s))) continue;
        e->asked = true;
        e->state = s;
        return true;
    }
    return unexpected(p, NULL);
}

/* at TIME expect STATE [cycle N] [due TIME] */
static bool read_expectation(Parser *p, Example *example)
{
    size_t from = p->pos - 1;
    Expectation *e = arena_zero(p->arena, 1, sizeof *e), **last = &example->expected;

    e->cycle = -1;
    e->due = TIME_NONE;
    if (!read_time(p, &e->at) || !expect(p, "expect") || !read_state(p, e)) return false;
    if (e->asked && accept(p, "cycle")) {
        if (here(p)->kind != TOKEN_NUMBER || here(p)->n > 4) {
            hint_phrase(p, "a number");
            return unexpected(p, NULL);
        }
        e->cycle = atoi(p->tokens[p->pos++].text);
    }
    if (e->asked && accept(p, "due") && !read_time(p, &e->due)) return false;
    e->src = src_of(p, from, p->pos);
    while (*last) last = &(*last)->next;
    *last = e;
    return expect_end(p);
}

/* ---- the example ---- */

static void read_line(Parser *p, size_t from, size_t to, void *ctx)
{
    Example *example = ctx;
    Symbol *s;
    size_t eaten;

    if (accept_quietly(p, "at")) {
        read_expectation(p, example);
        return;
    }
    if (is(p, "status")) {
        p->pos++;
        read_status(p, &example->doc);
        return;
    }
    s = symbol_here(p, &eaten);
    if (s && s->field) {
        p->pos += eaten;
        read_scalar(p, s, &example->doc);
        return;
    }
    if (selector_starts(p)) {
        read_entry(p, &example->doc);
        return;
    }
    for (s = p->names.first; s; s = s->next)
        if (s->field) hint_word(p, s->name);
    hint_nouns(p);
    hint_phrase(p, "a fact (reported 2010-02-01 22:14), an entry (review dmm at …) or at TIME expect STATE");
    unexpected(p, NULL);
}

bool parse_example(Parser *p, size_t from, size_t to, Rule *rule)
{
    size_t header = from - 1, body = header_end(p, header, to), before = p->problems->n;
    Example *example = arena_zero(p->arena, 1, sizeof *example), **last = &rule->examples;

    p->end = body;
    if (!(example->title = quoted(p)) || !expect_end(p)) return false;
    case_init(&example->doc);
    example->doc.id = "EXAMPLE";
    each_clause(p, body, to, read_line, example);
    if (p->problems->n > before) return false;
    p->pos = header;
    p->end = header + 1;
    if (example->doc.reported_at == TIME_NONE)
        return problem(p, here_src(p), "a line such as reported 2010-02-01 22:14", NULL,
            "The example does not say when its case was reported.");
    if (!example->expected)
        return problem(
            p, here_src(p), "a line such as at 2010-02-02 09:00 expect open", NULL, "The example expects nothing.");
    case_sort(&example->doc);
    while (*last) last = &(*last)->next;
    *last = example;
    return true;
}

/* ---- running them ---- */

static const Duty *duty_of(const Rule *r, const Expectation *e, const Duty *all, size_t n)
{
    const Duty *found = NULL;

    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].id, r->face.id) && (e->cycle < 0 || e->cycle == all[i].cycle)) found = &all[i];
    return found;
}

static void run_expectation(Parser *p, const Rule *r, const Example *example, const Expectation *e)
{
    Arena *a = arena_new();
    Duty *all;
    size_t n = policy_evaluate(p->policy, &example->doc, e->at, a, &all);
    const Duty *d = duty_of(r, e, all, n);
    const char *is = d ? duty_state_word(duty_state(d, e->at)) : "not asked";
    const char *should = e->asked ? duty_state_word(e->state) : "not asked";
    char due[CIVIL_TEXT];

    if (!str_eq(is, should))
        problem(p, e->src, NULL, NULL, "In the example \"%s\" the duty \"%s\" is %s; the example says %s.",
            example->title, r->face.id, is, should);
    else if (d && e->due != TIME_NONE && e->due != d->due)
        problem(p, e->src, NULL, NULL, "In the example \"%s\" the duty \"%s\" is due %s.", example->title, r->face.id,
            civil_words_full(d->due, due));
    arena_free(&a);
}

void run_examples(Parser *p)
{
    for (size_t i = 0; i < p->policy->n_rules; i++) {
        const Rule *r = &p->policy->rules[i];
        for (const Example *x = r->examples; x; x = x->next)
            for (const Expectation *e = x->expected; e; e = e->next) run_expectation(p, r, x, e);
    }
}
