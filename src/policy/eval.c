/* eval.c — the answer for one case: a walk over the rules, those first that others ask about.
** Nothing is copied and nothing dated after `now` is seen: lists are in time order, so an entry exists when its place
** is below n[list]; what is dated otherwise (people, acceptances, answers) is asked when it is met. Lists are looked
** through only when their words meet what a rule wants. Named definitions are worked out once a case.
** A trace, when there is one, is told what is found; it never decides anything. */
#include "eval.h"
#include "trace.h"

#include "base/mem.h"
#include "base/str.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

static const char *field_at(const CaseField *f, const void *item)
{
    return (const char *)item + f->offset;
}

static Time time_at(const CaseField *f, const void *item)
{
    return *(const Time *)field_at(f, item);
}

/* ---- the lists at `now` ---- */

static const char *items_of(const ListShape *shape, const void *holder)
{
    return *(const char *const *)((const char *)holder + shape->items);
}

static size_t count_of(const ListShape *shape, const void *holder)
{
    return *(const size_t *)((const char *)holder + shape->count);
}

static size_t existing(const View *v, const ListShape *shape, const void *holder)
{
    const char *items = items_of(shape, holder);
    size_t n = count_of(shape, holder);

    if (shape->order)
        while (n > 0 && time_at(shape->order, items + (n - 1) * shape->stride) > v->now) n--;
    return n;
}

/* A person without a time of recording counts from the report. */
static Time since_of(const View *v, const ListShape *shape, const void *item)
{
    Time t = time_at(shape->since, item);

    return t == TIME_NONE ? v->doc->reported_at : t;
}

static bool exists(const View *v, const ListShape *shape, const void *item)
{
    return !shape->since || since_of(v, shape, item) <= v->now;
}

static void look_at(View *v, CaseListId list)
{
    const ListShape *shape = &list_shapes[list];
    const char *item = items_of(shape, v->doc);
    size_t n = existing(v, shape, v->doc);
    CodeSet present = { 0 };

    for (size_t i = 0; i < n && shape->primary; i++, item += shape->stride)
        if (exists(v, shape, item)) set_add(&present, *(const Code *)field_at(shape->primary, item));
    v->n[list] = n;
    v->present[list] = present;
    v->ready |= 1u << list;
}

static void ready(View *v, CaseListId list)
{
    if (!(v->ready >> list & 1)) look_at(v, list);
}

/* ---- tests ---- */

static Truth match(View *v, const Selector *s, const char *item, const char *outer);

static Truth negated(Truth t, bool negate)
{
    return negate && t != TRUTH_UNKNOWN ? (t == TRUTH_YES ? TRUTH_NO : TRUTH_YES) : t;
}

/* "not" of a word is true as well when nobody said a word. */
static Truth test_code(View *v, const Test *t, const char *item, const char *outer)
{
    Code c = *(const Code *)(item + t->offset);

    if (t->negate) return set_has(&t->set, c) ? TRUTH_NO : TRUTH_YES;
    if (set_has(&t->set, c)) return TRUTH_YES;
    return set_has(&t->unsaid, c) ? TRUTH_UNKNOWN : TRUTH_NO;
}

static Truth test_yes(View *v, const Test *t, const char *item, const char *outer)
{
    return *(const bool *)(item + t->offset) != t->negate ? TRUTH_YES : TRUTH_NO;
}

static bool is_given(const View *v, const CaseField *f, const char *item)
{
    switch (f->kind) {
    case FIELD_TIME: return time_at(f, item) != TIME_NONE && (time_at(f, item) <= v->now || f->flags & FIELD_AHEAD);
    case FIELD_DATE: return *(const Date *)field_at(f, item) != DATE_NONE;
    case FIELD_CODE: return *(const Code *)field_at(f, item) != CODE_NONE;
    case FIELD_YES: return true;
    default: return *(const char *const *)field_at(f, item) && **(const char *const *)field_at(f, item);
    }
}

static Truth test_given(View *v, const Test *t, const char *item, const char *outer)
{
    return is_given(v, t->field, item) != t->negate ? TRUTH_YES : TRUTH_NO;
}

static Truth test_text(View *v, const Test *t, const char *item, const char *outer)
{
    const char *text = *(const char *const *)(item + t->offset);

    if (!text) return TRUTH_UNKNOWN;
    return (strcmp(text, t->text) == 0) != t->negate ? TRUTH_YES : TRUTH_NO;
}

static Truth test_person(View *v, const Test *t, const char *item, const char *outer)
{
    const char *key = *(const char *const *)(item + t->offset);

    if (!key) return TRUTH_UNKNOWN;
    for (size_t i = 0; i < v->doc->n_people; i++) {
        const Person *person = &v->doc->people[i];
        if (!person->key || strcmp(person->key, key) != 0) continue;
        if (!exists(v, &list_shapes[LIST_PEOPLE], person)) break;
        return negated(match(v, t->person, (const char *)person, item), t->negate);
    }
    return TRUTH_NO;
}

static Truth test_same(View *v, const Test *t, const char *item, const char *outer)
{
    Code mine = *(const Code *)(item + t->offset), theirs = *(const Code *)(outer + t->offset);

    if (set_has(&t->unsaid, mine) || set_has(&t->unsaid, theirs)) return TRUTH_UNKNOWN;
    return mine == theirs ? TRUTH_YES : TRUTH_NO;
}

static Truth test_formed(View *v, const Test *t, const char *item, const char *outer)
{
    const Reference *r = (const Reference *)(const void *)item;
    const char *system = vocab_word(&v->policy->vocabs, VOCAB_SYSTEM, r->system);

    return number_formed(v->policy, system, r->number) != t->negate ? TRUTH_YES : TRUTH_NO;
}

typedef Truth TestFn(View *v, const Test *t, const char *item, const char *outer);
static TestFn *const test_fns[] = {
    [TEST_CODE] = test_code,
    [TEST_YES] = test_yes,
    [TEST_GIVEN] = test_given,
    [TEST_TEXT] = test_text,
    [TEST_PERSON] = test_person,
    [TEST_SAME] = test_same,
    [TEST_FORMED] = test_formed,
};

static Truth match(View *v, const Selector *s, const char *item, const char *outer)
{
    Truth all = TRUTH_YES;

    for (size_t i = 0; i < s->n_tests; i++) {
        Truth t = test_fns[s->tests[i].kind](v, &s->tests[i], item, outer);
        if (t == TRUTH_NO) return TRUTH_NO;
        if (t == TRUTH_UNKNOWN) all = TRUTH_UNKNOWN;
    }
    return all;
}

/* No entry has a word that is wanted: there is nothing to look through. */
static bool nothing_for(View *v, const Selector *s)
{
    ready(v, s->list);
    return v->n[s->list] == 0 || (list_shapes[s->list].primary && !set_meets(&v->present[s->list], &s->primary));
}

static bool picked(View *v, const Selector *s, const char *item)
{
    return exists(v, &list_shapes[s->list], item) && match(v, s, item, NULL) == TRUTH_YES;
}

/* ---- values ---- */

static Code value_scalar(View *v, const Value *value)
{
    if (value->dated && time_at(value->dated, v->doc) > v->now) return CODE_NONE;
    return *(const Code *)field_at(value->field, v->doc);
}

/* The word in the latest picked entry that has one. */
static const char *latest_with(View *v, const Value *value)
{
    const ListShape *shape = &list_shapes[value->of->list];
    const char *items = items_of(shape, v->doc);

    if (nothing_for(v, value->of)) return NULL;
    for (size_t i = v->n[value->of->list]; i-- > 0;) {
        const char *item = items + i * shape->stride;
        if (*(const Code *)field_at(value->field, item) != CODE_NONE && picked(v, value->of, item)) return item;
    }
    return NULL;
}

static Code inner_latest(View *v, const Value *value, const char *person)
{
    const ListShape *shape = &list_shapes[value->inner];
    const char *items = items_of(shape, person);

    for (size_t i = existing(v, shape, person); i-- > 0;) {
        Code c = *(const Code *)field_at(value->field, items + i * shape->stride);
        if (c != CODE_NONE) return c;
    }
    return CODE_NONE;
}

/* The place of the latest accepted offer, and one more; 0 when there is none. */
static size_t owner_place(View *v)
{
    ready(v, LIST_OWNERS);
    for (size_t i = v->n[LIST_OWNERS]; i > 0; i--) {
        Time t = v->doc->owners[i - 1].accepted_at;
        if (t != TIME_NONE && t <= v->now) return i;
    }
    return 0;
}

static const char *risk_holder(View *v, const Value *value, Code *code)
{
    return (const char *)risk_latest(v, value, code);
}

/* ---- conditions ---- */

static Truth cond(View *v, const Cond *c);
static Time moment(View *v, const Moment *m, Time lower, Time upper, bool may_lie_ahead);

static Truth is_word(const Cond *c, Code code)
{
    bool in = set_has(&c->set, code);

    if (c->kind == COND_ISNT) return in ? TRUTH_NO : TRUTH_YES;
    if (c->kind == COND_SAID) return set_has(&c->unsaid, code) ? TRUTH_NO : TRUTH_YES;
    if (in) return TRUTH_YES;
    return set_has(&c->unsaid, code) ? TRUTH_UNKNOWN : TRUTH_NO;
}

/* True when it is so of some person that is picked. */
static Truth some_person(View *v, const Cond *c)
{
    Truth best = TRUTH_NO;

    if (nothing_for(v, c->value->of)) return TRUTH_NO;
    for (size_t i = 0; i < v->doc->n_people; i++) {
        const char *person = (const char *)&v->doc->people[i];
        Code code;
        Truth t;
        if (!picked(v, c->value->of, person)) continue;
        code = inner_latest(v, c->value, person);
        t = is_word(c, code);
        if (v->trace) trace_value(v->trace, c->value, person, code);
        if (t == TRUTH_YES) best = TRUTH_YES;
        if (t == TRUTH_UNKNOWN && best == TRUTH_NO) best = TRUTH_UNKNOWN;
    }
    return best;
}

static Truth cond_word(View *v, const Cond *c)
{
    const char *holder = NULL;
    Code code = CODE_NONE;

    switch (c->value->kind) {
    case VALUE_INNER: return some_person(v, c);
    case VALUE_SCALAR: code = value_scalar(v, c->value); break;
    case VALUE_LATEST:
        holder = latest_with(v, c->value);
        if (holder) code = *(const Code *)field_at(c->value->field, holder);
        break;
    case VALUE_OWNER:
        if (owner_place(v)) {
            holder = (const char *)&v->doc->owners[owner_place(v) - 1];
            code = v->doc->owners[owner_place(v) - 1].unit;
        }
        break;
    case VALUE_RISK: holder = risk_holder(v, c->value, &code); break;
    }
    if (v->trace) trace_value(v->trace, c->value, holder, code);
    return is_word(c, code);
}

static Truth cond_all(View *v, const Cond *c)
{
    Truth all = TRUTH_YES;

    for (size_t i = 0; i < c->n; i++) {
        Truth t = cond(v, c->kids[i]);
        if (t == TRUTH_NO) all = TRUTH_NO;
        if (t == TRUTH_UNKNOWN && all == TRUTH_YES) all = TRUTH_UNKNOWN;
        if (all == TRUTH_NO && !v->trace) break;
    }
    return all;
}

static Truth cond_any(View *v, const Cond *c)
{
    Truth any = TRUTH_NO;

    for (size_t i = 0; i < c->n; i++) {
        Truth t = cond(v, c->kids[i]);
        if (t == TRUTH_YES) any = TRUTH_YES;
        if (t == TRUTH_UNKNOWN && any == TRUTH_NO) any = TRUTH_UNKNOWN;
        if (any == TRUTH_YES && !v->trace) break;
    }
    return any;
}

static Truth cond_not(View *v, const Cond *c)
{
    return negated(cond(v, c->kids[0]), true);
}

static Truth cond_exists(View *v, const Cond *c)
{
    const Selector *s = c->selector;
    const ListShape *shape = &list_shapes[s->list];
    const char *item = items_of(shape, v->doc);
    Truth best = TRUTH_NO;
    const char *unknown = NULL;

    if (nothing_for(v, s)) {
        if (v->trace) trace_absent(v->trace, s, NULL);
        return TRUTH_NO;
    }
    if (s->plain && shape->primary && !v->trace) return TRUTH_YES;
    for (size_t i = 0; i < v->n[s->list]; i++, item += shape->stride) {
        Truth t = exists(v, shape, item) ? match(v, s, item, NULL) : TRUTH_NO;
        if (t == TRUTH_YES && v->trace) trace_entry(v->trace, s, item);
        if (t == TRUTH_YES) return TRUTH_YES;
        if (t != TRUTH_UNKNOWN) continue;
        best = TRUTH_UNKNOWN;
        unknown = item;
    }
    if (v->trace) trace_absent(v->trace, s, unknown);
    return best;
}

static Truth cond_moment(View *v, const Cond *c)
{
    return moment(v, c->moment, TIME_NONE, v->now, true) != TIME_NONE ? TRUTH_YES : TRUTH_NO;
}

static Truth cond_named(View *v, const Cond *c)
{
    if (!v->conds[c->slot]) v->conds[c->slot] = (uint8_t)(cond(v, c->kids[0]) + 1);
    return (Truth)(v->conds[c->slot] - 1);
}

/* ---- what people wrote ---- */

static const Looked *looked(View *v, TextsKind kind)
{
    const PolicyText *texts = v->texts;
    PolicyText *contexts = NULL;
    size_t n = v->n_texts;
    bool given = n > 0;

    if (v->looked[kind]) return v->looked[kind];
    if (kind == TEXTS_CONTEXT) {
        given = risk_contexts(v, &contexts, &n);
        texts = contexts;
    }
    v->looked[kind] = words_look(v->policy, texts, n, v->arena);
    v->looked[kind]->given = given;
    return v->looked[kind];
}

/* A text that nobody wrote says neither yes nor no, and nor does one that could not be searched. */
static Truth search_texts(View *v, const Cond *c, const Looked *l)
{
    enum { TOLD = 20 };
    TextHit hits[TOLD];
    bool gave_up = false;
    size_t n = 0;

    for (size_t i = 0; i < l->n && n < TOLD && (n == 0 || v->trace); i++)
        n += words_hits(v->policy, l, i, c->list, v->trace ? TOLD - n : 1, hits + n, &gave_up);
    if (gave_up && n == 0) v->gave_up = true;
    if (v->trace) trace_words(v->trace, c, l, hits, n, gave_up);
    l->found[c->list] = (uint8_t)(FOUND_BEFORE | (n > 0 ? FOUND_HIT : gave_up ? FOUND_GAVE_UP : 0));
    if (n > 0) return TRUTH_YES;
    return gave_up || !l->given ? TRUTH_UNKNOWN : TRUTH_NO;
}

/* The same list in the same texts is searched once, unless its places are to be told. */
static Truth cond_matches(View *v, const Cond *c)
{
    const Looked *l = looked(v, c->texts);
    uint8_t found = v->trace ? 0 : l->found[c->list];

    if (!found) return search_texts(v, c, l);
    if (found & FOUND_GAVE_UP) v->gave_up = true;
    if (found & FOUND_HIT) return TRUTH_YES;
    return (found & FOUND_GAVE_UP) || !l->given ? TRUTH_UNKNOWN : TRUTH_NO;
}

typedef Truth CondFn(View *v, const Cond *c);
static CondFn *const cond_fns[COND_KINDS] = {
    [COND_ALL] = cond_all,
    [COND_ANY] = cond_any,
    [COND_NOT] = cond_not,
    [COND_IS] = cond_word,
    [COND_ISNT] = cond_word,
    [COND_SAID] = cond_word,
    [COND_EXISTS] = cond_exists,
    [COND_MOMENT] = cond_moment,
    [COND_NAMED] = cond_named,
    [COND_MATCHES] = cond_matches,
};

static Truth cond(View *v, const Cond *c)
{
    size_t line;
    Truth t;

    if (!v->trace) return cond_fns[c->kind](v, c);
    line = trace_cond_open(v->trace, c);
    t = cond_fns[c->kind](v, c);
    trace_cond_close(v->trace, line, c, t);
    return t;
}

/* ---- moments ----
** Each within lower ≤ t ≤ upper, else TIME_NONE. A plain moment has no lower and `now` for upper. */

typedef struct Range {
    Time lower, upper;
    bool ahead; /* another duty's time may lie after `now` */
} Range;

static Time within(Time t, Range r)
{
    return t != TIME_NONE && t >= r.lower && t <= r.upper ? t : TIME_NONE;
}

/* What is planned is known before it comes. */
static Time known(const CaseField *f, Time t, Range r)
{
    return f->flags & FIELD_AHEAD ? (t >= r.lower ? t : TIME_NONE) : within(t, r);
}

static Time evaluate(View *v, const Moment *m, Range r);

static Time moment_scalar(View *v, const Moment *m, Range r)
{
    Time t = time_at(m->field, v->doc);

    return t <= v->now ? within(t, r) : TIME_NONE;
}

/* The time of an entry that the moment asks for; an entry's own time may be said by the report. */
static Time entry_time(const View *v, const Moment *m, const char *item)
{
    const ListShape *shape = &list_shapes[m->selector->list];

    return m->field == shape->since ? since_of(v, shape, item) : time_at(m->field, item);
}

static Time told_entry(View *v, const Moment *m, const char *item, Time t)
{
    if (v->trace && item) trace_entry(v->trace, m->selector, item);
    return t;
}

/* In a list that is in order of the time asked for, the first match is the first. */
static Time first_in_order(View *v, const Moment *m, Range r)
{
    const ListShape *shape = &list_shapes[m->selector->list];
    const char *item = items_of(shape, v->doc);

    for (size_t i = 0; i < v->n[m->selector->list]; i++, item += shape->stride) {
        Time t = time_at(m->field, item);
        if (t < r.lower || t == TIME_NONE) continue;
        if (t > r.upper) break;
        if (picked(v, m->selector, item)) return told_entry(v, m, item, t);
    }
    return TIME_NONE;
}

static Time latest_in_order(View *v, const Moment *m, Range r)
{
    const ListShape *shape = &list_shapes[m->selector->list];
    const char *items = items_of(shape, v->doc);

    for (size_t i = v->n[m->selector->list]; i-- > 0;) {
        Time t = time_at(m->field, items + i * shape->stride);
        if (t > r.upper) continue;
        if (t < r.lower || t == TIME_NONE) break;
        if (picked(v, m->selector, items + i * shape->stride)) return told_entry(v, m, items + i * shape->stride, t);
    }
    return TIME_NONE;
}

static Time best_of_all(View *v, const Moment *m, Range r)
{
    const ListShape *shape = &list_shapes[m->selector->list];
    const char *item = items_of(shape, v->doc), *which = NULL;
    Time best = TIME_NONE;

    for (size_t i = 0; i < v->n[m->selector->list]; i++, item += shape->stride) {
        Time t = known(m->field, entry_time(v, m, item), r);
        if (t == TIME_NONE || (t > v->now && !(m->field->flags & FIELD_AHEAD))) continue;
        if (best != TIME_NONE && (m->kind == MOMENT_FIRST ? t >= best : t < best)) continue;
        if (!picked(v, m->selector, item)) continue;
        best = t;
        which = item;
    }
    return told_entry(v, m, which, best);
}

/* It would be picked, but the file ignores such entries. */
static bool only_ignored(View *v, const Selector *s, const char *item)
{
    bool ignored = false;

    if (!exists(v, &list_shapes[s->list], item)) return false;
    for (size_t i = 0; i < s->n_tests; i++) {
        if (test_fns[s->tests[i].kind](v, &s->tests[i], item, NULL) == TRUTH_YES) continue;
        if (!s->tests[i].ignored) return false;
        ignored = true;
    }
    return ignored;
}

/* An explanation shows what nearly counted: too early, or of a kind that the file ignores. */
static void tell_near(View *v, const Moment *m, Range r)
{
    const Selector *s = m->selector;
    const ListShape *shape = &list_shapes[s->list];
    const char *item = items_of(shape, v->doc);

    for (size_t i = 0; i < v->n[s->list]; i++, item += shape->stride) {
        Time t = entry_time(v, m, item);
        if (t == TIME_NONE || t > r.upper) continue;
        if (t < r.lower && picked(v, s, item)) trace_too_early(v->trace, s, item, r.lower);
        if (t >= r.lower && only_ignored(v, s, item)) trace_ignored(v->trace, s, item);
    }
}

static Time moment_entry(View *v, const Moment *m, Range r)
{
    Time t = TIME_NONE;

    if (!nothing_for(v, m->selector)) {
        if (m->field != list_shapes[m->selector->list].order)
            t = best_of_all(v, m, r);
        else
            t = m->kind == MOMENT_FIRST ? first_in_order(v, m, r) : latest_in_order(v, m, r);
    }
    if (v->trace && t == TIME_NONE) tell_near(v, m, r);
    return t;
}

static Time moment_its(View *v, const Moment *m, Range r)
{
    Time t = v->its ? time_at(m->field, v->its) : TIME_NONE;

    return t <= v->now || m->field->flags & FIELD_AHEAD ? known(m->field, t, r) : TIME_NONE;
}

/* `photographs-again`, or for an entry `photographs-again o1`. */
static bool names_rule(const View *v, const Moment *m, const Task *t)
{
    size_t n = strlen(m->name);

    if (t->source != TASK_FROM_POLICY || !t->rule || strncmp(t->rule, m->name, n) != 0) return false;
    if (!v->its) return t->rule[n] == '\0';
    return t->rule[n] == ' ' && v->its_key && strcmp(t->rule + n + 1, v->its_key) == 0;
}

static Time moment_ticked(View *v, const Moment *m, Range r)
{
    const Task *which = NULL;

    ready(v, LIST_TASKS);
    for (size_t i = 0; i < v->n[LIST_TASKS]; i++) {
        const Task *t = &v->doc->tasks[i];
        Time at = t->done_at <= v->now ? within(t->done_at, r) : TIME_NONE;
        if (at == TIME_NONE || (which && at >= which->done_at) || !names_rule(v, m, t)) continue;
        which = t;
    }
    if (which && v->trace) trace_add(v->trace, WHY_FACT, TRUTH_YES, 0, "%s", item_words(v->trace, LIST_TASKS, which));
    return which ? which->done_at : TIME_NONE;
}

/* The time of the first entry of the unbroken run at the end of a list. */
static Time run_of_list(View *v, const Moment *m)
{
    const Selector *s = m->value->of;
    const ListShape *shape = &list_shapes[s->list];
    const char *items = items_of(shape, v->doc), *first = NULL;

    if (nothing_for(v, s) || !shape->order) return TIME_NONE;
    for (size_t i = v->n[s->list]; i-- > 0;) {
        const char *item = items + i * shape->stride;
        Code c = *(const Code *)field_at(m->value->field, item);
        if (c == CODE_NONE || !picked(v, s, item)) continue;
        if (!set_has(&m->set, c)) break;
        first = item;
    }
    if (first && v->trace) trace_entry(v->trace, s, first);
    return first ? time_at(shape->order, first) : TIME_NONE;
}

static Time run_of_person(View *v, const Moment *m, const char *person)
{
    const ListShape *shape = &list_shapes[m->value->inner];
    const char *items = items_of(shape, person);
    Time first = TIME_NONE;

    for (size_t i = existing(v, shape, person); i-- > 0;) {
        const char *item = items + i * shape->stride;
        Code c = *(const Code *)field_at(m->value->field, item);
        if (c == CODE_NONE) continue;
        if (!set_has(&m->set, c)) break;
        first = time_at(shape->order, item);
    }
    return first;
}

static Time run_of_people(View *v, const Moment *m)
{
    Time best = TIME_NONE;
    const char *who = NULL;

    if (nothing_for(v, m->value->of)) return TIME_NONE;
    for (size_t i = 0; i < v->doc->n_people; i++) {
        const char *person = (const char *)&v->doc->people[i];
        Time t;
        if (!picked(v, m->value->of, person)) continue;
        t = run_of_person(v, m, person);
        if (t == TIME_NONE || (best != TIME_NONE && t >= best)) continue;
        best = t;
        who = person;
    }
    if (who && v->trace) trace_entry(v->trace, m->value->of, who);
    return best;
}

static Time moment_became(View *v, const Moment *m, Range r)
{
    return within(m->value->kind == VALUE_INNER ? run_of_people(v, m) : run_of_list(v, m), r);
}

static Time moment_duty(View *v, const Moment *m, Range r)
{
    Time t = v->results[m->duty].times[m->part];

    return r.ahead ? t : within(t, r);
}

static Time moment_later(View *v, const Moment *m, Range r)
{
    Time best = TIME_NONE;
    bool all = true;

    for (size_t i = 0; i < m->n; i++) {
        Time t = evaluate(v, m->kids[i], r);
        if (t == TIME_NONE) all = false;
        if (t > best) best = t;
        if (!all && !v->trace) break;
    }
    return all ? best : TIME_NONE;
}

static Time moment_earlier(View *v, const Moment *m, Range r)
{
    Time best = TIME_NONE;

    for (size_t i = 0; i < m->n; i++) {
        Time t = evaluate(v, m->kids[i], r);
        if (t != TIME_NONE && (best == TIME_NONE || t < best)) best = t;
    }
    return best;
}

static Time moment_else(View *v, const Moment *m, Range r)
{
    Time t = evaluate(v, m->kids[0], r);

    return t != TIME_NONE ? t : evaluate(v, m->kids[1], r);
}

static Time moment_if(View *v, const Moment *m, Range r)
{
    return cond(v, m->cond) == TRUTH_YES ? evaluate(v, m->kids[0], r) : TIME_NONE;
}

/* So long before something that may itself lie ahead. */
static Time moment_before(View *v, const Moment *m, Range r)
{
    Time t = evaluate(v, m->kids[0], (Range){ TIME_NONE, TIME_MAX, true });

    if (t == TIME_NONE) return TIME_NONE;
    t = m->span->kind == CLOCK_SECONDS ? t - m->span->n : civil_add_days(t, -m->span->n);
    return t >= r.lower ? t : TIME_NONE;
}

/* Kept only without bounds: what a fulfilment may use depends on when the duty opens. */
static Time moment_named(View *v, const Moment *m, Range r)
{
    if (r.lower != TIME_NONE || r.upper != v->now) return evaluate(v, m->kids[0], r);
    if (!v->known[m->slot]) {
        v->moments[m->slot] = evaluate(v, m->kids[0], r);
        v->known[m->slot] = 1;
    }
    return v->moments[m->slot];
}

typedef Time MomentFn(View *v, const Moment *m, Range r);
static MomentFn *const moment_fns[MOMENT_KINDS] = {
    [MOMENT_SCALAR] = moment_scalar,
    [MOMENT_FIRST] = moment_entry,
    [MOMENT_LATEST] = moment_entry,
    [MOMENT_ITS] = moment_its,
    [MOMENT_BECAME] = moment_became,
    [MOMENT_DUTY] = moment_duty,
    [MOMENT_TICKED] = moment_ticked,
    [MOMENT_LATER] = moment_later,
    [MOMENT_EARLIER] = moment_earlier,
    [MOMENT_ELSE] = moment_else,
    [MOMENT_IF] = moment_if,
    [MOMENT_BEFORE] = moment_before,
    [MOMENT_NAMED] = moment_named,
};

static Time evaluate(View *v, const Moment *m, Range r)
{
    size_t line;
    Time t;

    if (!v->trace) return moment_fns[m->kind](v, m, r);
    line = trace_moment_open(v->trace, m);
    t = moment_fns[m->kind](v, m, r);
    trace_moment_close(v->trace, line, m, t);
    return t;
}

static Time moment(View *v, const Moment *m, Time lower, Time upper, bool may_lie_ahead)
{
    return evaluate(v, m, (Range){ lower, upper, may_lie_ahead });
}

/* ---- clocks ---- */

static Time at_clock(Date d, int minutes)
{
    Civil c = { .hour = minutes / 60, .minute = minutes % 60 };

    civil_of_date(d, &c.year, &c.month, &c.day);
    return civil_from_local(c);
}

static Time next_clock(Time t, int minutes)
{
    Date d = civil_local_date(t);
    Time at = at_clock(d, minutes);

    return at > t ? at : at_clock(d + 1, minutes);
}

static Time clock_after(const View *v, const Clock *c, Time start)
{
    switch (c->kind) {
    case CLOCK_SECONDS: return start + c->n;
    case CLOCK_DAYS: return civil_add_days(start, c->n);
    case CLOCK_WORKING: return civil_day_end(working_day_after(v->policy, civil_local_date(start), c->n));
    case CLOCK_END_OF_DAY: return civil_day_end(civil_local_date(start));
    default: return start;
    }
}

/* What the entry says; told by the clock's own line. */
static Time clock_said(View *v, const Clock *c)
{
    Trace *trace = v->trace;
    Time t;

    v->trace = NULL;
    t = moment(v, c->at, TIME_NONE, v->now, true);
    v->trace = trace;
    return t;
}

static Time opens_at(View *v, const Rule *r, Time start)
{
    if (r->opens.kind == CLOCK_MOMENT) {
        Time t = clock_said(v, &r->opens);
        return t > start ? t : start;
    }
    return r->opens.kind == CLOCK_AT ? next_clock(start, r->opens.n) : clock_after(v, &r->opens, start);
}

static Time due_at(View *v, const Rule *r, Time start, Time opens)
{
    Time due = r->due.kind == CLOCK_AT       ? at_clock(civil_local_date(opens), r->due.n)
               : r->due.kind == CLOCK_MOMENT ? clock_said(v, &r->due)
                                             : clock_after(v, &r->due, start);
    Time cap;

    if (due == TIME_NONE) return due;
    if (v->trace) trace_clock(v->trace, &r->due, "due", start, due);
    if (r->due.cap_kind == CAP_NONE) return due;
    cap = moment(v, r->due.cap, TIME_NONE, v->now, false);
    if (cap == TIME_NONE || cap > due || (r->due.cap_kind == CAP_BETWEEN && cap < start)) return due;
    if (v->trace) trace_cap(v->trace, &r->due, cap);
    return cap;
}

/* ---- ends ---- */

/* The first acceptance outside since the case was last inside. */
static Time left_units(View *v, const CodeSet *units)
{
    Time left = TIME_MAX;

    for (size_t i = owner_place(v); i-- > 0;) {
        const Owner *o = &v->doc->owners[i];
        if (o->accepted_at == TIME_NONE || o->accepted_at > v->now) continue;
        if (set_has(units, o->unit)) break;
        if (o->accepted_at < left) left = o->accepted_at;
    }
    return left;
}

static Time ending(View *v, int index)
{
    const Ending *e;
    Time end = TIME_MAX;

    if (index < 0) return TIME_MAX;
    if (v->ends[index] != TIME_NONE) return v->ends[index];
    e = &v->policy->endings[index];
    if (e->owned) end = left_units(v, &e->units);
    if (e->active && v->doc->closed_at != TIME_NONE && v->doc->closed_at <= v->now && v->doc->closed_at < end)
        end = v->doc->closed_at;
    return v->ends[index] = end;
}

/* ---- duties ---- */

static Duty *emit(View *v)
{
    if (v->n_out == v->cap_out) {
        size_t cap = v->cap_out ? v->cap_out * 2 : v->policy->n_rules + 16;
        Duty *larger = arena_alloc(v->arena, cap * sizeof *larger);
        if (v->n_out) memcpy(larger, v->out, v->n_out * sizeof *larger);
        v->out = larger;
        v->cap_out = cap;
    }
    return &v->out[v->n_out++];
}

static Time later_of(Time a, Time b)
{
    return a > b ? a : b;
}

/* An entry counts from the opening; one that began a cycle cannot also fulfil it. */
static Time fulfilled(View *v, const Rule *r, const Duty *d, Time end)
{
    bool later_only = r->timing == TIMING_STRICT || (r->every && d->cycle > 0);
    Time lower = later_only ? later_of(d->opens, d->start + 1) : d->opens, t;

    if (r->timing == TIMING_ANY) lower = TIME_NONE;
    t = moment(v, r->done, lower, end < v->now ? end : v->now, false);
    return r->timing == TIMING_ANY && t != TIME_NONE ? later_of(t, d->start) : t;
}

/* A label in the middle of a sentence. */
static void add_label(Str *out, const char *label)
{
    bool word = label[0] && label[1] >= 'a' && label[1] <= 'z';

    if (word) str_add_char(out, (char)tolower((unsigned char)label[0]));
    str_add(out, word ? label + 1 : label);
}

static void add_said(const View *v, const CaseField *f, Str *out)
{
    char words[CIVIL_TEXT];

    switch (f->kind) {
    case FIELD_CODE:
        if (*(const Code *)field_at(f, v->its)) add_label(out, vocab_label(&v->policy->vocabs, f->vocab, *(const Code *)field_at(f, v->its)));
        break;
    case FIELD_TIME:
        if (time_at(f, v->its) != TIME_NONE) str_addf(out, ", %s", civil_words_short(time_at(f, v->its), words));
        break;
    default:
        if (*(const char *const *)field_at(f, v->its)) str_addf(out, "%s%s", f->kind == FIELD_PERSON ? " of " : "", *(const char *const *)field_at(f, v->its));
    }
}

/* "Tell the victim: arrest of s1, Thu 5 Nov 15:08" */
static const char *said(const View *v, const Rule *r)
{
    Str out = { 0 };
    const char *text;

    str_addf(&out, "%s: ", r->lead);
    add_said(v, r->says, &out);
    for (size_t i = 0; i < r->n_more; i++) add_said(v, r->more[i], &out);
    text = arena_dup(v->arena, str_text(&out));
    str_finish(&out);
    return text;
}

/* Whose it is and what it says, when its entry does; false: the entry names nobody. */
static bool of_entry(const View *v, const Rule *r, Duty *d)
{
    d->of = v->its_key;
    if (r->lead)
        d->says = said(v, r);
    else if (r->says)
        d->says = *(const char *const *)field_at(r->says, v->its);
    if (r->owner) d->owner = v->policy->roles[*(const Code *)field_at(r->owner, v->its) & 127];
    return d->owner != ROLE_NONE;
}

/* One cycle; false when the end came first. */
static bool cycle(View *v, const Rule *r, int n, Time start, Time end)
{
    Trace *trace = v->trace;
    Duty d = { .id = r->face.id, .cycle = n, .owner = r->face.owner, .start = start, .ended = TIME_NONE };

    if (start >= end) {
        if (v->trace) trace_end(v->trace, r, end);
        return false;
    }
    if (v->its && !of_entry(v, r, &d)) return false;
    if (trace && n != v->trace_cycle) v->trace = NULL;
    if (v->trace && r->every && n > 0) trace_cycle(v->trace, n, start);
    d.opens = r->opens.kind == CLOCK_NONE ? start : opens_at(v, r, start);
    if (v->trace && r->opens.kind != CLOCK_NONE) trace_clock(v->trace, &r->opens, "opens", start, d.opens);
    d.due = due_at(v, r, start, d.opens);
    if (d.due == TIME_NONE) {
        v->trace = trace;
        return false;
    }
    if (v->trace && end != TIME_MAX) trace_end(v->trace, r, end);
    if (v->trace) {
        v->trace->moment_kind = WHY_FACT;
        v->trace->tell_early = !r->every || n == 0;
    }
    d.done = fulfilled(v, r, &d, end);
    if (d.done == TIME_NONE && end != TIME_MAX) d.ended = end;
    if (v->trace) v->trace->moment_kind = WHY_CLOCK;
    v->trace = trace;
    *emit(v) = d;
    return true;
}

static void rule_each(View *v, const Rule *r, Time end)
{
    const ListShape *shape = &list_shapes[r->each->list];
    const char *item = items_of(shape, v->doc);
    int n = r->after_first ? -1 : 0;

    if (nothing_for(v, r->each)) return;
    for (size_t i = 0; i < v->n[r->each->list]; i++, item += shape->stride) {
        Trace *trace = v->trace;
        Time start;
        if (!picked(v, r->each, item)) continue;
        if (n++ < 0) continue;
        v->its = item;
        v->its_key = r->key ? *(const char *const *)field_at(r->key, item) : NULL;
        if (trace && n - 1 != v->trace_cycle) v->trace = NULL;
        if (v->trace) trace_its(v->trace, r, item);
        start = moment(v, r->from, TIME_NONE, v->now, true);
        v->trace = trace;
        if (start != TIME_NONE) cycle(v, r, n - 1, start, end);
        v->its = v->its_key = NULL;
    }
}

static void rule_cycles(View *v, const Rule *r, Time end)
{
    Time start = moment(v, r->from, TIME_NONE, v->now, true);

    if (start == TIME_NONE) return;
    for (int n = 0; cycle(v, r, n, start, end); n++) {
        start = v->out[v->n_out - 1].done;
        if (!r->every || start == TIME_NONE) return;
    }
}

static void keep_result(View *v, size_t rule, size_t first)
{
    const Duty *d = &v->out[first];

    if (v->n_out == first) return;
    v->results[rule] =
        (Result){ { [PART_START] = d->start, [PART_OPENS] = d->opens, [PART_DUE] = d->due, [PART_DONE] = d->done } };
}

void eval_rule_view(View *v, size_t rule)
{
    const Rule *r = &v->policy->rules[rule];
    size_t first = v->n_out;
    Time end;

    if (r->when && cond(v, r->when) != TRUTH_YES) return;
    end = ending(v, r->ending);
    if (r->each)
        rule_each(v, r, end);
    else
        rule_cycles(v, r, end);
    keep_result(v, rule, first);
}

Truth eval_cond(View *v, const Cond *c)
{
    return cond(v, c);
}

size_t view_existing(const View *v, CaseListId list, const void *holder)
{
    return existing(v, &list_shapes[list], holder);
}

bool view_common(View *v)
{
    return !v->policy->common || cond(v, v->policy->common) == TRUTH_YES;
}

/* ---- the whole ---- */

void view_forget(View *v)
{
    if (v->policy->n_cond_slots) memset(v->conds, 0, (size_t)v->policy->n_cond_slots);
    if (v->policy->n_moment_slots) memset(v->known, 0, (size_t)v->policy->n_moment_slots);
}

/* What was taken back by then does not exist for any rule. */
static const CaseDoc *counted(const CaseDoc *doc, Time now, Arena *a)
{
    CaseDoc *out;

    if (!case_any_withdrawn(doc, now)) return doc;
    out = arena_alloc(a, sizeof *out);
    case_counting(doc, now, a, out);
    return out;
}

/* What was opened again after `now` is closed now. */
static const CaseDoc *as_closed(const CaseDoc *doc, Time now, Arena *a)
{
    CaseDoc *then;

    if (doc->n_reopenings == 0 || doc->reopenings[doc->n_reopenings - 1].at <= now) return doc;
    then = arena_alloc(a, sizeof *then);
    *then = *doc;
    case_closing_at(doc, now, &then->closed_at, &then->outcome);
    return then;
}

void view_init(View *v, const Policy *p, const CaseDoc *doc, Time now, Arena *a)
{
    size_t conds = (size_t)p->n_cond_slots, moments = (size_t)p->n_moment_slots;

    memset(v, 0, offsetof(View, n)); /* n and present are filled when `ready` says so */
    v->policy = p;
    v->doc = counted(as_closed(doc, now, a), now, a);
    v->now = now;
    v->arena = a;
    v->results =
        arena_alloc(a, p->n_rules * sizeof *v->results + (p->n_endings + moments) * sizeof(Time) + conds + moments);
    v->ends = (Time *)(v->results + p->n_rules);
    v->moments = v->ends + p->n_endings;
    v->conds = (uint8_t *)(v->moments + moments);
    v->known = v->conds + conds;
    v->its = v->its_key = NULL;
    v->out = NULL;
    v->n_out = v->cap_out = 0;
    for (size_t i = 0; i < p->n_rules; i++)
        for (size_t part = 0; part <= PART_DONE; part++) v->results[i].times[part] = TIME_NONE;
    for (size_t i = 0; i < p->n_endings; i++) v->ends[i] = TIME_NONE;
    view_forget(v);
}

void eval_duties(View *v)
{
    bool common = view_common(v);

    for (size_t i = 0; i < rules_asked(v->policy); i++) {
        size_t rule = v->policy->order[i];
        if (common || v->policy->rules[rule].any_case) eval_rule_view(v, rule);
    }
}

/* From the order of evaluation to the order of ids. */
static size_t in_order(View *v, const uint32_t *firsts, Duty **out)
{
    const Policy *p = v->policy;
    Duty *sorted = arena_alloc(v->arena, (v->n_out ? v->n_out : 1) * sizeof *sorted);
    size_t n = 0;

    for (size_t i = 0; i < rules_asked(p); i++) {
        uint32_t from = firsts[2 * i], to = firsts[2 * i + 1];
        for (uint32_t k = from; k < to; k++) sorted[n++] = v->out[k];
    }
    *out = sorted;
    return n;
}

size_t policy_evaluate(const Policy *p, const CaseDoc *doc, Time now, Arena *a, Duty **out)
{
    View v;
    uint32_t *firsts;
    size_t n;
    bool common;

    *out = NULL;
    if (doc->reported_at == TIME_NONE || doc->reported_at > now) return 0;
    view_init(&v, p, doc, now, a);
    firsts = arena_alloc(a, 2 * (p->n_rules ? p->n_rules : 1) * sizeof *firsts);
    common = view_common(&v);
    for (size_t i = 0; i < rules_asked(p); i++) {
        size_t rule = p->order[i];
        firsts[2 * rule] = (uint32_t)v.n_out;
        if (common || p->rules[rule].any_case) eval_rule_view(&v, rule);
        firsts[2 * rule + 1] = (uint32_t)v.n_out;
    }
    n = in_order(&v, firsts, out);
    holds_apply(p, doc, now, *out, n);
    return n;
}
