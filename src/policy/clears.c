/* clears.c — the smallest change that would clear a rule: tried, not reasoned.
** The rule names facts; each of them gives a few changes that a person could make now: an entry more, another word, a time, yes for no.
** They are tried one by one, then two together, then three, each on a copy of the case that is evaluated as any case is, and the first
** that clears the rule is the answer. What says only what nobody has said yet is tried first: nobody is told to deny what is known when a
** number that is missing would do. So the answer cannot disagree with the engine. Entries are never taken away, because the book keeps
** them, and what people wrote is never changed. */
#include "eval.h"
#include "trace.h"

#include "base/mem.h"
#include "base/str.h"
#include "names.h"

#include <stdio.h>
#include <string.h>

enum {
    MOVES_MAX = 90,
    TOGETHER_MAX = 3,
    TRIES_MAX = 4000,
    SLOW_TRY = 400,
    MANY_RULES = 200,
    ENTRIES_LOOKED_AT = 4,
    DEPTH_OF_DUTIES = 4
};

typedef enum MoveKind {
    MOVE_SCALAR, /* a field of the case gets `item`'s value      */
    MOVE_ENTRY,  /* an entry more                                */
    MOVE_FIELD,  /* a field of an existing entry                 */
    MOVE_STATUS  /* a status more of the person `at`             */
} MoveKind;

typedef union Item {
    CaseDoc doc; /* of a scalar: the one field counts */
    Person person;
    Assessment assessment;
    Review review;
    Book book;
    Status status;
    char bytes[256];
} Item;

typedef struct Move { /* one change */
    MoveKind kind;
    int rank; /* 0 says what nobody has said, 1 says otherwise, 2 takes back */
    CaseListId list;
    const CaseField *field, *dated; /* dated: the time that dates a field of the case, or NULL */
    size_t at;                      /* which entry */
    const Item *item;
    const char *factor; /* a risk answer */
    Code answer;
} Move;

typedef struct Search {
    const Policy *policy;
    const CaseDoc *doc;
    Time now;
    RuleKind kind;
    const Rule *rule;
    const Check *check;
    int cycle;
    const PolicyText *texts;
    size_t n_texts;
    Looked *account, *context; /* what people wrote, searched once for all tries */
    Arena *arena, *scratch;
    Move moves[MOVES_MAX];
    size_t n_moves, n_new, n_tried; /* those that deny nothing, in front; how many of all are being tried */
    bool gave_up;
    size_t tried, most;
    int depth;
} Search;

/* ---- making a change ---- */

static void *place_of(const CaseField *f, void *item)
{
    return (char *)item + f->offset;
}

static size_t size_of(const CaseField *f)
{
    switch (f->kind) {
    case FIELD_TIME: return sizeof(Time);
    case FIELD_DATE: return sizeof(Date);
    case FIELD_CODE: return sizeof(Code);
    case FIELD_YES: return sizeof(bool);
    default: return sizeof(const char *);
    }
}

static void **items_of(CaseDoc *doc, CaseListId list)
{
    return (void **)(void *)((char *)doc + list_shapes[list].items);
}

static size_t *count_of(CaseDoc *doc, CaseListId list)
{
    return (size_t *)(void *)((char *)doc + list_shapes[list].count);
}

/* Behind all that is dated up to now, so that the list stays in order. */
static void add_entry(const Search *s, CaseDoc *doc, CaseListId list, const void *item)
{
    const ListShape *shape = &list_shapes[list];
    size_t n = *count_of(doc, list), at = n;
    char *old = *items_of(doc, list), *all = arena_alloc(s->scratch, (n + 1) * shape->stride);

    while (shape->order && at > 0 && *(Time *)(void *)(old + (at - 1) * shape->stride + shape->order->offset) > s->now)
        at--;
    if (at > 0) memcpy(all, old, at * shape->stride);
    memcpy(all + at * shape->stride, item, shape->stride);
    if (at < n) memcpy(all + (at + 1) * shape->stride, old + at * shape->stride, (n - at) * shape->stride);
    *items_of(doc, list) = all;
    *count_of(doc, list) = n + 1;
}

static void *own_entry(const Search *s, CaseDoc *doc, CaseListId list, size_t at)
{
    const ListShape *shape = &list_shapes[list];
    size_t n = *count_of(doc, list);
    char *all = arena_alloc(s->scratch, n * shape->stride);

    memcpy(all, *items_of(doc, list), n * shape->stride);
    *items_of(doc, list) = all;
    return all + at * shape->stride;
}

static void add_status(const Search *s, CaseDoc *doc, const Move *m)
{
    Person *person = own_entry(s, doc, LIST_PEOPLE, m->at);
    size_t n = person->n_status, at = n;
    Status *all = arena_alloc(s->scratch, (n + 1) * sizeof *all);

    while (at > 0 && person->status[at - 1].at > s->now) at--;
    if (at > 0) memcpy(all, person->status, at * sizeof *all);
    all[at] = m->item->status;
    if (at < n) memcpy(all + at + 1, person->status + at, (n - at) * sizeof *all);
    person->status = all;
    person->n_status = n + 1;
}

static void set_scalar(const Search *s, CaseDoc *doc, const Move *m)
{
    memcpy(place_of(m->field, doc), (const char *)m->item + m->field->offset, size_of(m->field));
    if (m->dated) *(Time *)place_of(m->dated, doc) = s->now;
}

static void make(const Search *s, CaseDoc *doc, const Move *m)
{
    switch (m->kind) {
    case MOVE_SCALAR: set_scalar(s, doc, m); break;
    case MOVE_ENTRY: add_entry(s, doc, m->list, m->item); break;
    case MOVE_STATUS: add_status(s, doc, m); break;
    case MOVE_FIELD:
        memcpy((char *)own_entry(s, doc, m->list, m->at) + m->field->offset, (const char *)m->item + m->field->offset,
            size_of(m->field));
        break;
    }
}

/* ---- does it clear the rule? ---- */

static bool duty_cleared(const Search *s, const CaseDoc *doc)
{
    Duty *all;
    size_t n = policy_evaluate(s->policy, doc, s->now, s->scratch, &all);

    for (size_t i = 0; i < n; i++)
        if (all[i].id == s->rule->face.id && all[i].cycle == s->cycle) return !duty_is_live(&all[i]);
    return true;
}

static bool is_clear(Search *s, const CaseDoc *doc)
{
    View v;
    bool clear;

    s->tried++;
    if (s->kind == RULE_DUTY) return duty_cleared(s, doc);
    view_for_checks(&v, s->policy, doc, s->texts, s->n_texts, s->now, s->scratch);
    v.looked[TEXTS_ACCOUNT] = s->account;
    if (doc->assessments == s->doc->assessments) v.looked[TEXTS_CONTEXT] = s->context;
    clear = s->kind == RULE_GATE ? check_gate(&v, s->check) == TRUTH_YES : !check_alert(&v, s->check);
    if (v.gave_up && !v.looked[TEXTS_CONTEXT]) s->tried += SLOW_TRY;
    return clear;
}

/* ---- the changes that a rule's facts give ---- */

static bool same_move(const Move *a, const Move *b)
{
    return a->kind == b->kind && a->list == b->list && a->field == b->field && a->at == b->at &&
           a->answer == b->answer && str_eq(a->factor, b->factor) && memcmp(a->item, b->item, sizeof *a->item) == 0;
}

static void add_move(Search *s, Move m)
{
    for (size_t i = 0; i < s->n_moves; i++)
        if (same_move(&s->moves[i], &m)) return;
    if (s->n_moves < MOVES_MAX)
        s->moves[s->n_moves++] = m;
    else
        s->gave_up = true;
}

static Item *item_new(Search *s)
{
    return arena_zero(s->arena, 1, sizeof(Item));
}

static size_t words_of_vocab(const Search *s, VocabId vocab)
{
    size_t n = s->policy->vocabs.of[vocab].n;

    return n < 127 ? n : 127;
}

/* Words that say that nobody knows; absent is one of them. */
static bool is_unsaid(const Search *s, VocabId vocab, Code c)
{
    static const char *const unsaid[] = { "unknown", "not-known", "not-asked", "declined" };

    for (size_t i = 0; i < ARRAY_LEN(unsaid); i++)
        if (c == vocab_code(&s->policy->vocabs, vocab, unsaid[i])) return true;
    return c == CODE_NONE;
}

static int rank_of(const Search *s, VocabId vocab, Code was, Code becomes)
{
    if (is_unsaid(s, vocab, becomes)) return 2;
    return is_unsaid(s, vocab, was) ? 0 : 1;
}

static void moves_of_scalar_word(Search *s, const Value *v)
{
    const CaseField *f = v->field;
    Code was = *(const Code *)((const char *)s->doc + f->offset);

    for (Code c = 0; c <= words_of_vocab(s, f->vocab); c++) {
        Item *item = item_new(s);
        if (c == was) continue;
        *(Code *)place_of(f, item) = c;
        add_move(s, (Move){ .kind = MOVE_SCALAR,
                        .list = LIST_COUNT,
                        .field = f,
                        .dated = v->dated,
                        .item = item,
                        .rank = rank_of(s, f->vocab, was, c) });
    }
}

static void moves_of_scalar_time(Search *s, const CaseField *f)
{
    Time was = *(const Time *)(const void *)((const char *)s->doc + f->offset);
    Item *item = item_new(s);
    bool given = was != TIME_NONE && was <= s->now;

    *(Time *)place_of(f, item) = given ? TIME_NONE : s->now;
    if (!given || !(f->flags & FIELD_REQUIRED))
        add_move(s, (Move){ .kind = MOVE_SCALAR, .list = LIST_COUNT, .field = f, .item = item, .rank = given ? 2 : 0 });
}

static void give(const Search *s, const CaseField *f, Item *item)
{
    void *place = place_of(f, item);

    switch (f->kind) {
    case FIELD_TIME: *(Time *)place = s->now; break;
    case FIELD_DATE: *(Date *)place = civil_local_date(s->now) - 30 * 365; break;
    case FIELD_CODE: *(Code *)place = 1; break;
    case FIELD_YES: *(bool *)place = true; break;
    case FIELD_JSON:
    case FIELD_ANSWERS: *(const char **)place = "{}"; break;
    default: *(const char **)place = "…"; break;
    }
}

/* The system is known by then: the noun's first word is tested first. */
static void fit_number(const Search *s, const Test *t, Reference *r)
{
    const char *example = policy_reference_example(s->policy, vocab_word(&s->policy->vocabs, VOCAB_SYSTEM, r->system));

    if (!t->negate && example) r->number = example;
}

static void fit_test(const Search *s, const Test *t, Item *item)
{
    void *place = place_of(t->field, item);

    switch (t->kind) {
    case TEST_CODE:
        if (!t->negate) *(Code *)place = set_first(&t->set);
        break;
    case TEST_YES: *(bool *)place = !t->negate; break;
    case TEST_GIVEN:
        if (!t->negate) give(s, t->field, item);
        break;
    case TEST_TEXT:
        if (!t->negate) *(const char **)place = t->text;
        break;
    case TEST_FORMED: fit_number(s, t, (Reference *)(void *)item); break;
    default: break; /* another person: fit_person */
    }
}

static Item *item_for(Search *s, const Selector *sel)
{
    Item *item = item_new(s);
    const ListShape *shape = &list_shapes[sel->list];

    case_item_init(sel->list, item);
    for (size_t i = 0; i < sel->n_tests; i++) fit_test(s, &sel->tests[i], item);
    if (shape->order) *(Time *)place_of(shape->order, item) = s->now;
    if (sel->list != LIST_PEOPLE) return item;
    item->person.key = arena_printf(s->arena, "new%zu", s->n_moves);
    item->person.recorded_at = s->now;
    return item;
}

static void add_entry_move(Search *s, CaseListId list, const Item *item)
{
    add_move(s, (Move){ .kind = MOVE_ENTRY, .list = list, .item = item });
}

static const Test *person_test(const Selector *sel)
{
    for (size_t i = 0; i < sel->n_tests; i++)
        if (sel->tests[i].kind == TEST_PERSON && !sel->tests[i].negate) return &sel->tests[i];
    return NULL;
}

/* An entry about each of the people there are; the evaluation says which of them it must be. */
static void moves_about_people(Search *s, const Selector *sel, const Test *t)
{
    for (size_t i = 0; i < s->doc->n_people && i < ENTRIES_LOOKED_AT; i++) {
        Item *item = item_for(s, sel);
        *(const char **)place_of(t->field, item) = s->doc->people[i].key;
        add_entry_move(s, sel->list, item);
    }
}

static void moves_of_entry(Search *s, const Selector *sel)
{
    const Test *t = person_test(sel);

    if (t)
        moves_about_people(s, sel, t);
    else
        add_entry_move(s, sel->list, item_for(s, sel));
}

/* ---- what is known of people may turn out otherwise ---- */

static void move_person(Search *s, size_t at, const CaseField *f, const Item *item, int rank)
{
    add_move(s, (Move){ .kind = MOVE_FIELD, .list = LIST_PEOPLE, .at = at, .field = f, .item = item, .rank = rank });
}

static void moves_of_person_field(Search *s, size_t at, const Test *t)
{
    const void *person = &s->doc->people[at];
    const CaseField *f = t->field;

    if (t->kind == TEST_YES) {
        Item *item = item_new(s);
        bool was = *(const bool *)((const char *)person + f->offset);
        *(bool *)place_of(f, item) = !was;
        move_person(s, at, f, item, was ? 1 : 0);
    }
    if (t->kind != TEST_CODE && t->kind != TEST_SAME) return;
    for (Code c = 0, was = *(const Code *)((const char *)person + f->offset); c <= words_of_vocab(s, f->vocab); c++) {
        Item *item = item_new(s);
        *(Code *)place_of(f, item) = c;
        if (c != was) move_person(s, at, f, item, rank_of(s, f->vocab, was, c));
    }
}

static void moves_of_people(Search *s, const Selector *sel)
{
    for (size_t i = 0; i < sel->n_tests; i++) {
        const Test *t = &sel->tests[i];
        if (t->kind == TEST_PERSON) moves_of_people(s, t->person);
        if (sel->list != LIST_PEOPLE || t->field == list_shapes[LIST_PEOPLE].primary) continue;
        for (size_t at = 0; at < s->doc->n_people && at < ENTRIES_LOOKED_AT; at++) moves_of_person_field(s, at, t);
    }
}

/* ---- values ---- */

/* An assessment that answers this one factor, as the instrument of the policy has it. */
static void move_risk(Search *s, const Value *v, Code answer, Code was)
{
    Item *item = item_new(s);
    Assessment *a = &item->assessment;

    case_item_init(LIST_ASSESSMENTS, item);
    a->instrument = set_first(&v->instruments);
    a->stage = v->stage ? v->stage : vocab_code(&s->policy->vocabs, VOCAB_STAGE, "initial");
    a->at = s->now;
    a->answers = arena_printf(
        s->arena, "{\"%s\":{\"answer\":\"%s\"}}", v->factor, vocab_word(&s->policy->vocabs, VOCAB_ANSWER, answer));
    add_move(s, (Move){ .kind = MOVE_ENTRY,
                    .list = LIST_ASSESSMENTS,
                    .item = item,
                    .factor = v->factor,
                    .answer = answer,
                    .rank = rank_of(s, VOCAB_ANSWER, was, answer) });
}

static void moves_of_risk(Search *s, const Value *v)
{
    Code was;
    View view;

    view_init(&view, s->policy, s->doc, s->now, s->arena);
    risk_latest(&view, v, &was);
    for (Code c = 1; c <= words_of_vocab(s, VOCAB_ANSWER); c++)
        if (c != was) move_risk(s, v, c, was);
}

static void moves_of_latest(Search *s, const Value *v, const CodeSet *only)
{
    for (Code c = 1; c <= words_of_vocab(s, v->vocab); c++) {
        Item *item;
        if (only && !set_has(only, c)) continue;
        item = item_for(s, v->of);
        *(Code *)place_of(v->field, item) = c;
        add_move(s,
            (Move){ .kind = MOVE_ENTRY, .list = v->of->list, .item = item, .rank = is_unsaid(s, v->vocab, c) ? 2 : 0 });
    }
}

static void moves_of_inner(Search *s, const Value *v)
{
    for (size_t at = 0; at < s->doc->n_people && at < ENTRIES_LOOKED_AT; at++)
        for (Code c = 1; c <= words_of_vocab(s, v->vocab); c++) {
            Item *item = item_new(s);
            item->status = (Status){ .status = c, .at = s->now };
            add_move(s, (Move){ .kind = MOVE_STATUS, .list = LIST_STATUS, .at = at, .item = item });
        }
}

static void moves_of_owner(Search *s)
{
    for (Code c = 1; c <= words_of_vocab(s, VOCAB_UNIT); c++) {
        Item *item = item_new(s);
        Owner *owner = (Owner *)(void *)item;
        case_item_init(LIST_OWNERS, owner);
        owner->unit = c;
        owner->offered_at = owner->accepted_at = s->now;
        add_move(s, (Move){ .kind = MOVE_ENTRY, .list = LIST_OWNERS, .item = item, .rank = 1 });
    }
}

static void moves_of_value(Search *s, const Value *v, const CodeSet *only)
{
    switch (v->kind) {
    case VALUE_SCALAR: moves_of_scalar_word(s, v); break;
    case VALUE_LATEST: moves_of_latest(s, v, only); break;
    case VALUE_INNER: moves_of_inner(s, v); break;
    case VALUE_OWNER: moves_of_owner(s); break;
    case VALUE_RISK: moves_of_risk(s, v); break;
    }
}

/* ---- conditions and moments ---- */

static void moves_of_moment(Search *s, const Moment *m);

static void moves_of_cond(Search *s, const Cond *c)
{
    if (!c) return;
    switch (c->kind) {
    case COND_IS:
    case COND_ISNT:
    case COND_SAID: moves_of_value(s, c->value, NULL); break;
    case COND_EXISTS:
        moves_of_people(s, c->selector);
        moves_of_entry(s, c->selector);
        break;
    case COND_MOMENT: moves_of_moment(s, c->moment); break;
    default:
        for (size_t i = 0; i < c->n; i++) moves_of_cond(s, c->kids[i]);
    }
}

static void moves_of_entry_moment(Search *s, const Moment *m)
{
    size_t before = s->n_moves;

    moves_of_entry(s, m->selector);
    for (size_t i = before; i < s->n_moves; i++) { /* the time that is asked for is now, too */
        Item *item = item_new(s);
        *item = *s->moves[i].item;
        *(Time *)place_of(m->field, item) = s->now;
        s->moves[i].item = item;
    }
}

/* The entry that a duty is for gets its time. */
static void moves_of_its(Search *s, const Moment *m)
{
    CaseListId list = s->rule && s->rule->each ? s->rule->each->list : LIST_COUNT;
    size_t n = list == LIST_COUNT ? 0 : *(const size_t *)(const void *)((const char *)s->doc + list_shapes[list].count);

    for (size_t at = 0; at < n && at < 4 * ENTRIES_LOOKED_AT; at++) {
        Item *item = item_new(s);
        *(Time *)place_of(m->field, item) = s->now;
        add_move(s, (Move){ .kind = MOVE_FIELD, .list = list, .at = at, .field = m->field, .item = item });
    }
}

static const char *items_in(const CaseDoc *doc, CaseListId list)
{
    return *(const char *const *)(const void *)((const char *)doc + list_shapes[list].items);
}

/* Somebody ticks the task off: an entry that names the rule (and the key of what it is for). */
static void moves_of_tick(Search *s, const Moment *m)
{
    const Rule *r = s->rule && s->rule->done == m ? s->rule : NULL;
    CaseListId list = r && r->each ? r->each->list : LIST_COUNT;
    size_t n = list == LIST_COUNT ? 1 : *(const size_t *)(const void *)((const char *)s->doc + list_shapes[list].count);

    for (size_t at = 0; at < n && at < 4 * ENTRIES_LOOKED_AT; at++) {
        Item *item = item_new(s);
        Task *t = (Task *)(void *)item;
        const char *entry = list == LIST_COUNT ? NULL : items_in(s->doc, list) + at * list_shapes[list].stride;
        case_item_init(LIST_TASKS, t);
        t->source = TASK_FROM_POLICY;
        t->rule = entry ? arena_printf(s->arena, "%s %s", m->name, *(const char *const *)(const void *)(entry + r->key->offset)) : m->name;
        t->what = "…";
        t->at = t->due = t->done_at = s->now;
        t->result = "…";
        add_move(s, (Move){ .kind = MOVE_ENTRY, .list = LIST_TASKS, .item = item });
    }
}

/* A duty that is waited for is fulfilled by what fulfils it. */
static void moves_of_duty(Search *s, const Moment *m)
{
    if (++s->depth <= DEPTH_OF_DUTIES) moves_of_moment(s, s->policy->rules[m->duty].done);
    s->depth--;
}

static void moves_of_moment(Search *s, const Moment *m)
{
    switch (m->kind) {
    case MOMENT_SCALAR: moves_of_scalar_time(s, m->field); break;
    case MOMENT_FIRST:
    case MOMENT_LATEST: moves_of_entry_moment(s, m); break;
    case MOMENT_ITS: moves_of_its(s, m); break;
    case MOMENT_BECAME: moves_of_value(s, m->value, &m->set); break;
    case MOMENT_DUTY: moves_of_duty(s, m); break;
    case MOMENT_TICKED: moves_of_tick(s, m); break;
    default:
        for (size_t i = 0; i < m->n; i++) moves_of_moment(s, m->kids[i]);
        moves_of_cond(s, m->cond);
    }
}

/* What nobody has said yet goes first, what would have to be taken back last; else in the order of the rule. */
static void sort_moves(Search *s)
{
    Move sorted[MOVES_MAX];
    size_t n = 0;

    for (int rank = 0; rank <= 2; rank++) {
        for (size_t i = 0; i < s->n_moves; i++)
            if (s->moves[i].rank == rank) sorted[n++] = s->moves[i];
        if (rank == 0) s->n_new = n;
    }
    memcpy(s->moves, sorted, n * sizeof *sorted);
}

static void collect(Search *s)
{
    if (s->rule) {
        moves_of_moment(s, s->rule->done);
        moves_of_cond(s, s->rule->when);
    } else {
        moves_of_cond(s, s->check->unless);
        moves_of_cond(s, s->check->when);
    }
    sort_moves(s);
}

/* ---- trying ---- */

/* Two values of one fact are not two changes. */
static bool go_together(const Move *a, const Move *b)
{
    return a->kind != b->kind || a->list != b->list || a->field != b->field || a->at != b->at || a->kind == MOVE_ENTRY;
}

static bool try_these(Search *s, const size_t *chosen, size_t n)
{
    CaseDoc doc = *s->doc;
    bool clear;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (!go_together(&s->moves[chosen[i]], &s->moves[chosen[k]])) return false;
    for (size_t i = 0; i < n; i++) make(s, &doc, &s->moves[chosen[i]]);
    clear = is_clear(s, &doc);
    arena_reset(s->scratch);
    return clear;
}

/* Every choice of n out of the moves, in order; true when one clears the rule. */
static bool try_all(Search *s, size_t *chosen, size_t n)
{
    for (size_t i = 0; i < n; i++) chosen[i] = i;
    if (n > s->n_tried) return false;
    for (;;) {
        size_t at = n;
        if (s->tried >= s->most) {
            s->gave_up = true;
            return false;
        }
        if (try_these(s, chosen, n)) return true;
        while (at > 0 && chosen[at - 1] == s->n_tried - n + at - 1) at--;
        if (at == 0) return false;
        chosen[at - 1]++;
        for (size_t i = at; i < n; i++) chosen[i] = chosen[i - 1] + 1;
    }
}

/* ---- in words ---- */

static const char *const entry_verbs[LIST_COUNT] = {
    /* %s: the first word of the entry */
    [LIST_OFFENCES] = "record the offence %s",
    [LIST_FLAGS] = "set the flag %s",
    [LIST_PEOPLE] = "record a person: %s",
    [LIST_REFERENCES] = "record a %s number",
    [LIST_CROSS_REFERENCES] = "record a cross reference in %s",
    [LIST_BOOKS] = "hand in a book 124D%s",
    [LIST_ADDENDA] = "write an addendum%s",
    [LIST_BOOK_MOVES] = "record a movement of the book%s",
    [LIST_ASSESSMENTS] = "make a risk assessment%s",
    [LIST_REVIEWS] = "make the review %s",
    [LIST_REFERRALS] = "refer to %s",
    [LIST_CONTACTS] = "have a contact with %s",
    [LIST_EVENTS] = "record the event %s",
    [LIST_NOTICES] = "tell %s",
    [LIST_OWNERS] = "offer the case to %s",
    [LIST_INVESTIGATORS] = "give the case an investigating officer%s",
    [LIST_CONSENT] = "record the consent %s",
    [LIST_TASKS] = "set a task from %s",
    [LIST_REFERRAL_STEPS] = "record a step of the referral to %s",
    [LIST_HEARINGS] = "put the case on the list of a MARAC%s",
    [LIST_ORDERS] = "record the order %s",
    [LIST_BAIL] = "record bail%s",
    [LIST_BREACHES] = "record a breach%s",
    [LIST_SAFE_CONTACTS] = "record the safe contact by %s",
    [LIST_ATTEMPTS] = "record an attempt to arrest: %s",
    [LIST_HOLDS] = "put a duty aside%s",
    [LIST_LINKS] = "link a case: %s",
    [LIST_DISPOSALS] = "record the disposal %s",
    [LIST_REOPENINGS] = "open the case again%s",
    [LIST_STATUS] = "record the status %s",
};

static const char *words_at(const Search *s, const CaseField *f, const void *item)
{
    if (f->kind == FIELD_YES) return *(const bool *)((const char *)item + f->offset) ? "yes" : "no";
    return case_field_words(f, item, &s->policy->vocabs, s->arena);
}

/* Said of an entry besides its first word; not its time, which is now. */
static bool is_said(const Search *s, CaseListId list, const CaseField *f, const Item *item)
{
    bool no = f->kind == FIELD_YES && !*(const bool *)((const char *)item + f->offset);
    const char *text = case_field_text(f, item, &s->policy->vocabs, s->arena);

    if (!text || no || f == list_shapes[list].order || f == list_shapes[list].since) return false;
    return !(list == LIST_PEOPLE && str_eq(f->column, "key"));
}

static const char *entry_says(const Search *s, const Move *m)
{
    const CaseField *first = list_shapes[m->list].primary;
    bool bare = !strstr(entry_verbs[m->list], " %s"); /* "a risk assessment": its first word is no name for it */
    Str out = { 0 };
    const char *text;

    if (m->list == LIST_TASKS && ((const Task *)(const void *)m->item)->source == TASK_FROM_POLICY) return "tick it off";
    if (m->factor)
        return arena_printf(s->arena, "answer the risk factor %s with %s", m->factor,
            vocab_label(&s->policy->vocabs, VOCAB_ANSWER, m->answer));
    if (bare)
        str_add_n(&out, entry_verbs[m->list], strlen(entry_verbs[m->list]) - 2);
    else {
        const char *verb = entry_verbs[m->list], *hole = strstr(verb, "%s");
        str_add_n(&out, verb, (size_t)(hole - verb));
        str_add(&out, first ? words_at(s, first, m->item) : "");
        str_add(&out, hole + 2);
    }
    for (size_t i = 0; i < case_lists[m->list].n_fields; i++) {
        const CaseField *f = &case_lists[m->list].fields[i];
        char said[64];
        if ((f == first && !bare) || !is_said(s, m->list, f, m->item)) continue;
        field_say(m->list, f, said);
        if (f->kind == FIELD_CODE || f->kind == FIELD_PERSON)
            str_addf(&out, ", %s %s", said, words_at(s, f, m->item));
        else if (m->list == LIST_REFERENCES && str_eq(f->column, "number"))
            str_addf(&out, " like %s", words_at(s, f, m->item));
        else
            str_addf(&out, ", with %s", said);
    }
    text = arena_dup(s->arena, str_text(&out));
    str_finish(&out);
    return text;
}

static bool is_absent(const CaseField *f, const Item *item)
{
    const char *place = (const char *)item + f->offset;

    if (f->kind == FIELD_TIME) return *(const Time *)(const void *)place == TIME_NONE;
    return f->kind == FIELD_CODE && *(const Code *)place == CODE_NONE;
}

static const char *field_says(const Search *s, const Move *m, const char *of)
{
    if (is_absent(m->field, m->item)) return arena_printf(s->arena, "take back “%s”%s", m->field->label, of);
    if (m->field->kind == FIELD_TIME) return arena_printf(s->arena, "enter the time under “%s”%s", m->field->label, of);
    return arena_printf(s->arena, "answer “%s”%s with %s", m->field->label, of, words_at(s, m->field, m->item));
}

static const char *move_says(const Search *s, const Move *m)
{
    switch (m->kind) {
    case MOVE_ENTRY: return entry_says(s, m);
    case MOVE_STATUS:
        return arena_printf(s->arena, "record the status %s of %s",
            vocab_label(&s->policy->vocabs, VOCAB_SUSPECT_STATUS, m->item->status.status), s->doc->people[m->at].key);
    case MOVE_FIELD:
        if (m->list == LIST_TASKS && str_eq(m->field->column, "done_at")) return "tick it off";
        if (m->list != LIST_PEOPLE) return field_says(s, m, arena_printf(s->arena, " of this %s", noun_of(m->list)));
        return field_says(s, m, arena_printf(s->arena, " of %s", s->doc->people[m->at].key));
    default: return field_says(s, m, "");
    }
}

/* What an entry is made of, as a preset: "kind=ds-supervision outcome=satisfied". */
static const char *entry_value(const Search *s, const Move *m)
{
    Str out = { 0 };
    const char *text;

    if (m->factor)
        return arena_printf(s->arena, "%s=%s", m->factor, vocab_word(&s->policy->vocabs, VOCAB_ANSWER, m->answer));
    for (size_t i = 0; i < case_lists[m->list].n_fields; i++) {
        const CaseField *f = &case_lists[m->list].fields[i];
        if (!is_said(s, m->list, f, m->item) ||
            (f->kind != FIELD_CODE && f->kind != FIELD_YES && f->kind != FIELD_PERSON))
            continue;
        str_addf(&out, "%s%s=%s", out.n ? " " : "", f->column,
            f->kind == FIELD_YES ? "yes" : case_field_text(f, m->item, &s->policy->vocabs, s->arena));
    }
    text = arena_dup(s->arena, str_text(&out));
    str_finish(&out);
    return text;
}

static const char *field_value(const Search *s, const Move *m)
{
    const char *text;

    if (m->field->kind == FIELD_YES) return words_at(s, m->field, m->item);
    text = case_field_text(m->field, m->item, &s->policy->vocabs, s->arena);
    return text ? text : "";
}

static PolicyChange change_of(const Search *s, const Move *m)
{
    PolicyChange c = { .list = m->list, .says = move_says(s, m) };

    if (m->kind == MOVE_ENTRY) {
        c.column = m->factor ? "answers" : NULL;
        c.value = entry_value(s, m);
        return c;
    }
    if (m->kind == MOVE_STATUS) {
        c.entry = s->doc->people[m->at].key;
        c.value = arena_printf(
            s->arena, "status=%s", vocab_word(&s->policy->vocabs, VOCAB_SUSPECT_STATUS, m->item->status.status));
        return c;
    }
    c.column = m->field->column;
    c.value = field_value(s, m);
    if (m->kind == MOVE_FIELD)
        c.entry = m->list == LIST_PEOPLE ? s->doc->people[m->at].key : arena_printf(s->arena, "%zu", m->at);
    return c;
}

static void tell(const Search *s, const size_t *chosen, size_t n, PolicyClears *out)
{
    Str says = { 0 };

    out->changes = arena_alloc(s->arena, n * sizeof *out->changes);
    out->n = n;
    for (size_t i = 0; i < n; i++) {
        out->changes[i] = change_of(s, &s->moves[chosen[i]]);
        str_addf(&says, "%s%s", i == 0 ? "" : i + 1 == n ? " and " : ", ", out->changes[i].says);
    }
    out->says = arena_dup(s->arena, str_text(&says));
    str_finish(&says);
}

/* ---- the question ---- */

/* All that was written, ready to be searched; the contexts of the case as it is live as long as the search. */
static void look_at_texts(Search *s)
{
    PolicyText *contexts;
    size_t n;
    View v;
    bool given;

    s->account = words_look(s->policy, s->texts, s->n_texts, s->arena);
    s->account->given = s->n_texts > 0;
    view_init(&v, s->policy, s->doc, s->now, s->arena);
    given = risk_contexts(&v, &contexts, &n);
    s->context = words_look(s->policy, contexts, n, s->arena);
    s->context->given = given;
}

static const Check *check_named(const Check *all, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].id, id)) return &all[i];
    return NULL;
}

static bool find_rule(Search *s, const char *id)
{
    const Policy *p = s->policy;
    const PolicyDuty *face = s->kind == RULE_DUTY ? policy_duty_by_id(p, id) : NULL;

    if (face) s->rule = (const Rule *)(const void *)((const char *)face - offsetof(Rule, face));
    if (s->kind == RULE_GATE) s->check = check_named(p->gates, p->n_gates_on, id);
    if (s->kind == RULE_ALERT) s->check = check_named(p->alerts, p->n_alerts_on, id);
    return s->rule || s->check;
}

/* The cycle that waits, when none is named. */
static void find_cycle(Search *s)
{
    Duty *all;
    size_t n = s->rule && s->cycle < 0 ? policy_evaluate(s->policy, s->doc, s->now, s->arena, &all) : 0;

    for (size_t i = 0; i < n; i++)
        if (all[i].id == s->rule->face.id && duty_is_live(&all[i])) s->cycle = all[i].cycle;
}

/* One change, then two together, then three, of the first n_tried. */
static void search(Search *s, size_t n_tried, size_t tries, PolicyClears *out)
{
    size_t chosen[TOGETHER_MAX];

    s->n_tried = n_tried;
    s->most = tries;
    for (size_t n = 1; n <= TOGETHER_MAX && out->n == 0 && s->tried < tries; n++)
        if (try_all(s, chosen, n)) tell(s, chosen, n, out);
}

bool policy_clears(const Policy *p, RuleKind kind, const char *id, int cycle, const CaseDoc *doc,
    const PolicyText *texts, size_t n_texts, Time now, Arena *a, PolicyClears *out)
{
    Search *s = arena_zero(a, 1, sizeof *s);
    size_t most = TRIES_MAX / (1 + p->n_rules / MANY_RULES); /* each try evaluates all duties */
    bool needed;

    *out = (PolicyClears){ .says = "" };
    *s = (Search){ .policy = p, .doc = doc, .now = now, .kind = kind, .cycle = cycle, .arena = a };
    if (!find_rule(s, id)) return false;
    find_cycle(s);
    s->texts = texts;
    s->n_texts = texts ? n_texts : 0;
    s->scratch = arena_new();
    look_at_texts(s);
    needed = !is_clear(s, doc);
    arena_reset(s->scratch);
    if (needed) {
        collect(s);
        search(s, s->n_new, most / 2, out);
        if (out->n == 0) search(s, s->n_moves, most, out);
    }
    arena_free(&s->scratch);
    out->gave_up = s->gave_up && out->n == 0;
    out->tried = s->tried;
    return needed;
}
