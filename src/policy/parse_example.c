/* parse_example.c — a small case inside a rule, and how the rule must stand at certain times.
** The case is told in the words of the rules: `review ds-supervision at 2010-02-01 09:00`. Examples are run whenever the
** file is read, so a rule that does not do what its example says cannot be activated. */
#include "eval.h"
#include "parse.h"

#include "base/mem.h"
#include "base/str.h"

#include <assert.h>
#include <jansson.h>
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
            hint_known(p, list);
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

/* ---- what people wrote ---- */

typedef struct RiskLine {
    size_t assessment; /* index */
    const char *factor, *answer, *context;
    struct RiskLine *next;
} RiskLine;

typedef struct ExampleRead {
    Example *example;
    const Check *check; /* whose example it is; NULL: a duty's */
    RiskLine *risk;
} ExampleRead;

/* account "He put his hands round her neck." */
static bool read_account(Parser *p, ExampleRead *read)
{
    Example *x = read->example;
    const char *text;

    if (!read->check || read->check->list)
        return problem(p, src_of(p, p->pos - 1, p->pos), NULL, NULL,
            "A duty and a checklist come from the facts alone; an account belongs in the example of a gate or an alert.");
    if (!(text = quoted(p))) return false;
    x->texts = arena_room(p->arena, x->texts, x->n_texts, &x->cap_texts, sizeof *x->texts);
    x->texts[x->n_texts++] = (PolicyText){ "account", text };
    return expect_end(p);
}

/* The assessment that the answers belong to: the last one above, else an initial one made for them. */
static size_t risk_assessment(Parser *p, CaseDoc *doc, const Symbol *factor)
{
    Assessment made;

    if (doc->n_assessments > 0) return doc->n_assessments - 1;
    case_item_init(LIST_ASSESSMENTS, &made);
    made.instrument = set_first(&factor->set);
    made.stage = vocab_code(&p->policy->vocabs, VOCAB_STAGE, "initial");
    case_append(doc, LIST_ASSESSMENTS, &made, p->arena);
    return 0;
}

static const Symbol *read_factor(Parser *p)
{
    const Symbol *factor = here(p)->kind == TOKEN_WORD ? names_find(&p->factors, here(p)->text) : NULL;

    if (factor) {
        p->pos++;
        return factor;
    }
    for (const Symbol *s = p->factors.first; s; s = s->next) hint_word(p, s->name);
    hint_phrase(p, "a risk factor of this file");
    unexpected(p, NULL);
    return NULL;
}

static bool answered_already(Parser *p, const ExampleRead *read, const RiskLine *line)
{
    for (const RiskLine *it = read->risk; it; it = it->next)
        if (it->assessment == line->assessment && str_eq(it->factor, line->factor))
            return !problem(p, here_src(p), NULL, NULL, "\"%s\" has its answer above.", line->factor);
    return false;
}

/* risk FACTOR ANSWER [context "…"] */
static bool read_risk(Parser *p, ExampleRead *read)
{
    const Symbol *factor = read_factor(p);
    RiskLine *line;
    CodeSet set;

    if (!factor) return false;
    line = arena_zero(p->arena, 1, sizeof *line);
    *line = (RiskLine){ risk_assessment(p, &read->example->doc, factor), factor->name, NULL, NULL, read->risk };
    if (answered_already(p, read, line) || !need_words(p, VOCAB_ANSWER, &set, factor->name)) return false;
    line->answer = vocab_word(&p->policy->vocabs, VOCAB_ANSWER, set_first(&set));
    mark(p, ',');
    if (accept(p, "context") && !(line->context = quoted(p))) return false;
    read->risk = line;
    return expect_end(p);
}

/* The answers as the case document keeps them, once all are read. */
static void keep_risk(Parser *p, ExampleRead *read)
{
    CaseDoc *doc = &read->example->doc;

    for (size_t i = 0; i < doc->n_assessments; i++) {
        Assessment *a = &doc->assessments[i];
        json_t *all = json_object();
        char *text;
        for (const RiskLine *line = read->risk; line; line = line->next)
            if (line->assessment == i)
                json_object_set_new(
                    all, line->factor, json_pack("{s:s,s:s*}", "answer", line->answer, "context", line->context));
        text = json_object_size(all) ? json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
        if (text) a->answers = arena_dup(p->arena, text);
        free(text);
        json_decref(all);
        if (a->at == TIME_NONE) a->at = doc->reported_at;
    }
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

static const char *const verdict_words[VERDICTS] = { "open", "shut", "unknown", "alert", "no alert", "check", "no check" };

/* check NAME · no check NAME */
static bool read_asked(Parser *p, const Checklist *list, Expectation *e)
{
    e->verdict = accept(p, "no") ? VERDICT_NOT_ASKED : VERDICT_ASKED;
    if (!expect(p, "check")) return false;
    for (size_t i = 0; i < list->n; i++) {
        if (accept_quietly(p, list->items[i].face.name)) {
            e->check = list->items[i].face.name;
            return true;
        }
        hint_word(p, list->items[i].face.name);
    }
    hint_phrase(p, "the name of a check above");
    return unexpected(p, NULL);
}

/* open|shut|unknown [ACT] · alert|no alert · check|no check NAME */
static bool read_verdict(Parser *p, const Check *check, Expectation *e)
{
    const char *act = NULL;

    if (check->list) return read_asked(p, check->list, e);
    for (Verdict v = VERDICT_OPEN; v <= VERDICT_UNKNOWN && check->is_gate; v++) {
        if (!accept(p, verdict_words[v])) continue;
        e->verdict = v;
        if (at_end(p)) return true;
        if (!parse_act(p, &act)) return false;
        return str_eq(act, check->act) || !*check->act ||
               problem(p, src_of(p, p->pos - 1, p->pos), check->act, NULL, "This gate stops \"%s\".", check->act);
    }
    if (check->is_gate) return unexpected(p, NULL);
    e->verdict = accept(p, "no") ? VERDICT_NO_ALERT : VERDICT_ALERT;
    return expect(p, "alert");
}

/* at TIME expect STATE [cycle N] [due TIME] */
static bool read_expectation(Parser *p, ExampleRead *read)
{
    size_t from = p->pos - 1;
    Expectation *e = arena_zero(p->arena, 1, sizeof *e), **last = &read->example->expected;

    e->cycle = -1;
    e->due = TIME_NONE;
    if (!read_time(p, &e->at) || !expect(p, "expect")) return false;
    if (read->check ? !read_verdict(p, read->check, e) : !read_state(p, e)) return false;
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
    ExampleRead *read = ctx;
    Example *example = read->example;
    Symbol *s;
    size_t eaten;

    if (accept_quietly(p, "at")) {
        read_expectation(p, read);
        return;
    }
    if (accept_quietly(p, "account")) {
        read_account(p, read);
        return;
    }
    if (accept_quietly(p, "risk")) {
        read_risk(p, read);
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
    hint_phrase(p, read->check
                       ? "a fact (reported 2010-02-01 22:14), an entry (review dmm at …), account \"…\", risk FACTOR "
                         "ANSWER or at TIME expect …"
                       : "a fact (reported 2010-02-01 22:14), an entry (review dmm at …) or at TIME expect STATE");
    unexpected(p, NULL);
}

static const char *expects_such_as(const Check *check)
{
    if (!check) return "a line such as at 2010-02-02 09:00 expect open";
    if (check->list) return "a line such as at 2010-02-02 09:00 expect check NAME";
    return check->is_gate ? "a line such as at 2010-02-02 09:00 expect shut"
                          : "a line such as at 2010-02-02 09:00 expect alert";
}

bool parse_example(Parser *p, size_t from, size_t to, Example **list, const Check *check)
{
    size_t header = from - 1, body = header_end(p, header, to), before = p->problems->n;
    Example *example = arena_zero(p->arena, 1, sizeof *example), **last = list;
    ExampleRead read = { .example = example, .check = check };

    p->end = body;
    if (!(example->title = quoted(p)) || !expect_end(p)) return false;
    case_init(&example->doc);
    example->doc.id = "EXAMPLE";
    each_clause(p, body, to, read_line, &read);
    if (p->problems->n > before) return false;
    p->pos = header;
    p->end = header + 1;
    if (example->doc.reported_at == TIME_NONE)
        return problem(p, here_src(p), "a line such as reported 2010-02-01 22:14", NULL,
            "The example does not say when its case was reported.");
    if (!example->expected)
        return problem(p, here_src(p), expects_such_as(check), NULL, "The example expects nothing.");
    keep_risk(p, &read);
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

static const char *verdict_of(Verdict v, const Check *c, View *view)
{
    Truth open;

    if (!c->is_gate) return verdict_words[check_alert(view, c) ? VERDICT_ALERT : VERDICT_NO_ALERT];
    open = check_gate(view, c);
    if (open == TRUTH_UNKNOWN && v == VERDICT_SHUT) return verdict_words[VERDICT_SHUT]; /* unknown is shut too */
    return verdict_words[open == TRUTH_YES ? VERDICT_OPEN : open == TRUTH_NO ? VERDICT_SHUT : VERDICT_UNKNOWN];
}

static void run_verdict(Parser *p, const Check *c, const Example *x, const Expectation *e)
{
    Arena *a = arena_new();
    View v;
    const char *is;

    view_for_checks(&v, p->policy, &x->doc, x->texts, x->n_texts, e->at, a);
    is = verdict_of(e->verdict, c, &v);
    if (!str_eq(is, verdict_words[e->verdict]))
        problem(p, e->src, NULL, NULL, "In the example \"%s\" the %s \"%s\" says \"%s\"; the example says \"%s\".",
            x->title, c->is_gate ? "gate" : "alert", c->id, is, verdict_words[e->verdict]);
    arena_free(&a);
}

static void run_asked(Parser *p, const Checklist *list, const Example *x, const Expectation *e)
{
    Arena *a = arena_new();
    bool asked = checklist_asks(p->policy, list, e->check, &x->doc, e->at, a);

    if (asked != (e->verdict == VERDICT_ASKED))
        problem(p, e->src, NULL, NULL, "In the example \"%s\" the checklist \"%s\" says \"%s\" of \"%s\"; the example says \"%s\".", x->title,
            list->head->id, verdict_words[asked ? VERDICT_ASKED : VERDICT_NOT_ASKED], e->check, verdict_words[e->verdict]);
    arena_free(&a);
}

static void run_checklists(Parser *p)
{
    for (size_t i = 0; i < p->policy->n_checklists; i++)
        for (const Example *x = p->policy->checklists[i].head->examples; x; x = x->next)
            for (const Expectation *e = x->expected; e && !p->full; e = e->next) run_asked(p, &p->policy->checklists[i], x, e);
}

static void run_checks(Parser *p, const Check *checks, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (const Example *x = checks[i].examples; x; x = x->next)
            for (const Expectation *e = x->expected; e && !p->full; e = e->next) run_verdict(p, &checks[i], x, e);
}

void run_examples(Parser *p)
{
    p->policy->with_off = true;
    run_checks(p, p->policy->gates, p->policy->n_gates);
    run_checks(p, p->policy->alerts, p->policy->n_alerts);
    run_checklists(p);

    for (size_t i = 0; i < p->policy->n_rules; i++) {
        const Rule *r = &p->policy->rules[i];
        for (const Example *x = r->examples; x; x = x->next)
            for (const Expectation *e = x->expected; e; e = e->next) run_expectation(p, r, x, e);
    }
    p->policy->with_off = false;
}
