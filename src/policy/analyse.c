/* analyse.c — what is right by the grammar and yet looks wrong: a duty that can never be asked, an alert that always fires, a gate that
** nothing opens, two duties that ask for the same.
** A condition is a formula over its leaves. Leaves that look at the same fact are one variable, whose choices are the words that the
** rules tell apart, "another word" and "never answered"; all choices are tried, with a bound. Facts are taken to be free of each other
** but for what can be seen: an entry that is picked by a narrower phrase is picked by the wider one too. So what is said to be impossible
** is; what is too much to try is passed over in silence. */
#include "parse.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

enum {
    VARS_MAX = 28,
    LEAVES_MAX = 120,
    CHOICES_MAX = 40,
    STEPS_MAX = 60000,
    FILE_STEPS_MAX = 3000000,
    OVERLAP_MAX = 500
};

typedef enum Seen { SEEN_NO, SEEN_YES, SEEN_UNKNOWN, SEEN_NOT_YET } Seen; /* Truth, and "nobody has chosen" */

typedef struct Var {
    const Cond *leaf;        /* the first that looks at it */
    Code codes[CHOICES_MAX]; /* of a value; else Truths */
    size_t n, chosen;        /* chosen: CHOICES_MAX when not yet */
} Var;

typedef struct Goal { /* all of them must come out so */
    const Cond *cond; /* NULL is true */
    unsigned wanted;  /* bits by Truth */
} Goal;

typedef struct Solver {
    const Policy *policy;
    Var vars[VARS_MAX];
    size_t n_vars;
    struct {
        const Cond *leaf;
        size_t var;
    } leaves[LEAVES_MAX];
    size_t n_leaves;
    bool within[VARS_MAX][VARS_MAX]; /* an entry that one speaks of is one that the other speaks of */
    Goal goals[2];
    size_t n_goals;
    bool too_much;
    int steps;
    long *file_steps; /* left for the whole file */
} Solver;

/* ---- one phrase inside another ---- */

static bool subset(const CodeSet *a, const CodeSet *b)
{
    return (a->bits[0] & ~b->bits[0]) == 0 && (a->bits[1] & ~b->bits[1]) == 0;
}

static bool selector_within(const Selector *a, const Selector *b);

/* What passes `a` passes `b`. */
static bool test_implies(const Test *a, const Test *b)
{
    if (a->field != b->field) return false;
    if (b->kind == TEST_GIVEN && !b->negate && !a->negate && (a->kind == TEST_TEXT || a->kind == TEST_CODE || a->kind == TEST_FORMED))
        return true;
    if (a->kind != b->kind || a->negate != b->negate) return false;
    switch (a->kind) {
    case TEST_CODE: return a->negate ? subset(&b->set, &a->set) : subset(&a->set, &b->set);
    case TEST_TEXT: return str_eq(a->text, b->text);
    case TEST_PERSON: return a->negate ? selector_within(b->person, a->person) : selector_within(a->person, b->person);
    default: return true;
    }
}

static bool some_implies(const Selector *a, const Test *t)
{
    for (size_t i = 0; i < a->n_tests; i++)
        if (test_implies(&a->tests[i], t)) return true;
    return false;
}

/* Every entry that `a` picks is picked by `b`. */
static bool selector_within(const Selector *a, const Selector *b)
{
    if (a->list != b->list) return false;
    for (size_t i = 0; i < b->n_tests; i++)
        if (!some_implies(a, &b->tests[i])) return false;
    return true;
}

static bool same_selector(const Selector *a, const Selector *b)
{
    return a == b || (a && b && selector_within(a, b) && selector_within(b, a));
}

/* ---- leaves and variables ---- */

static bool is_word_leaf(const Cond *c)
{
    return (c->kind == COND_IS || c->kind == COND_ISNT || c->kind == COND_SAID) && c->value->kind != VALUE_INNER;
}

static bool same_value(const Value *a, const Value *b)
{
    return a->kind == b->kind && a->field == b->field && a->stage == b->stage && str_eq(a->factor, b->factor) &&
           same_selector(a->of, b->of);
}

static bool same_moment(const Moment *a, const Moment *b)
{
    if (a == b) return true;
    if (a->kind != b->kind) return false;
    if (a->kind == MOMENT_SCALAR) return a->field == b->field;
    if (a->kind == MOMENT_NAMED) return a->kids == b->kids;
    return a->kind == MOMENT_DUTY && a->duty == b->duty && a->part == b->part;
}

/* They look at the same fact. */
static bool same_fact(const Cond *a, const Cond *b)
{
    if (a == b) return true;
    if (is_word_leaf(a) || is_word_leaf(b)) return is_word_leaf(a) && is_word_leaf(b) && same_value(a->value, b->value);
    if (a->kind != b->kind) return false;
    switch (a->kind) {
    case COND_IS:
    case COND_ISNT: return same_value(a->value, b->value) && set_same(&a->set, &b->set);
    case COND_SAID: return same_value(a->value, b->value);
    case COND_EXISTS: return same_selector(a->selector, b->selector);
    case COND_MOMENT: return same_moment(a->moment, b->moment);
    case COND_MATCHES: return a->texts == b->texts && a->list == b->list;
    default: return false;
    }
}

static void add_choice(Var *v, Code code)
{
    for (size_t i = 0; i < v->n; i++)
        if (v->codes[i] == code) return;
    if (v->n < CHOICES_MAX) v->codes[v->n++] = code;
}

/* The words that this leaf tells apart; of those that it does not, one. */
static void add_words(Solver *s, Var *v, const Cond *c)
{
    size_t words = s->policy->vocabs.of[c->value->vocab].n;
    bool other = false;

    add_choice(v, CODE_NONE);
    for (Code code = 1; code <= words && code < 128; code++) {
        bool told = set_has(&c->set, code) || set_has(&c->unsaid, code);
        if (told || !other) add_choice(v, code);
        if (!told) other = true;
    }
}

/* A field that every entry has, with words that all say something, leaves no doubt. */
static bool may_be_unknown(const Test *t)
{
    if (t->kind == TEST_YES || t->kind == TEST_GIVEN || t->kind == TEST_FORMED || (t->kind == TEST_CODE && t->negate)) return false;
    return t->kind != TEST_CODE || !(t->field->flags & FIELD_REQUIRED) || t->unsaid.bits[0] != 1 || t->unsaid.bits[1];
}

static Seen last_choice(const Cond *c)
{
    if (c->kind == COND_MOMENT) return SEEN_YES;
    for (size_t i = 0; c->kind == COND_EXISTS && i < c->selector->n_tests; i++)
        if (may_be_unknown(&c->selector->tests[i])) return SEEN_UNKNOWN;
    return c->kind == COND_EXISTS ? SEEN_YES : SEEN_UNKNOWN;
}

static void add_leaf(Solver *s, const Cond *c)
{
    size_t i;
    Var *v;

    for (i = 0; i < s->n_vars && !same_fact(s->vars[i].leaf, c); i++) {}
    if (i == VARS_MAX || s->n_leaves == LEAVES_MAX) {
        s->too_much = true;
        return;
    }
    v = &s->vars[i];
    if (i == s->n_vars) {
        *v = (Var){ .leaf = c, .chosen = CHOICES_MAX };
        s->n_vars++;
    }
    if (is_word_leaf(c))
        add_words(s, v, c);
    else
        for (Code t = SEEN_NO; t <= last_choice(c); t++) add_choice(v, t);
    s->leaves[s->n_leaves].leaf = c;
    s->leaves[s->n_leaves++].var = i;
}

static bool is_leaf(const Cond *c)
{
    return c->kind != COND_ALL && c->kind != COND_ANY && c->kind != COND_NOT && c->kind != COND_NAMED;
}

static void collect(Solver *s, const Cond *c)
{
    if (!c || s->too_much) return;
    if (is_leaf(c)) {
        add_leaf(s, c);
        return;
    }
    for (size_t i = 0; i < c->n; i++) collect(s, c->kids[i]);
}

/* ---- how a formula comes out ---- */

static Seen leaf_seen(Solver *s, const Cond *c)
{
    const Var *v = NULL;
    Code code;

    for (size_t i = 0; i < s->n_leaves && !v; i++)
        if (s->leaves[i].leaf == c) v = &s->vars[s->leaves[i].var];
    if (!v || v->chosen == CHOICES_MAX) return SEEN_NOT_YET;
    code = v->codes[v->chosen];
    if (!is_word_leaf(c)) return (Seen)code;
    if (c->kind == COND_ISNT) return set_has(&c->set, code) ? SEEN_NO : SEEN_YES;
    if (c->kind == COND_SAID) return set_has(&c->unsaid, code) ? SEEN_NO : SEEN_YES;
    return set_has(&c->set, code) ? SEEN_YES : set_has(&c->unsaid, code) ? SEEN_UNKNOWN : SEEN_NO;
}

static Seen seen(Solver *s, const Cond *c);

/* An "and" of which one is false is false whatever the others are; else what nobody has chosen decides, else what is unknown. */
static Seen seen_joined(Solver *s, const Cond *c)
{
    Seen stops = c->kind == COND_ALL ? SEEN_NO : SEEN_YES, all = c->kind == COND_ALL ? SEEN_YES : SEEN_NO;

    for (size_t i = 0; i < c->n; i++) {
        Seen it = seen(s, c->kids[i]);
        if (it == stops) return it;
        if (it == SEEN_NOT_YET || (it == SEEN_UNKNOWN && all != SEEN_NOT_YET)) all = it;
    }
    return all;
}

static Seen seen(Solver *s, const Cond *c)
{
    Seen it;

    s->steps--;
    if (is_leaf(c)) return leaf_seen(s, c);
    if (c->kind == COND_NAMED) return seen(s, c->kids[0]);
    if (c->kind != COND_NOT) return seen_joined(s, c);
    it = seen(s, c->kids[0]);
    return it == SEEN_NO ? SEEN_YES : it == SEEN_YES ? SEEN_NO : it;
}

/* ---- choices that cannot be together ---- */

static const Selector *selector_of(const Var *v)
{
    return v->leaf->kind == COND_EXISTS ? v->leaf->selector : NULL;
}

/* What says that there are entries of this kind, when anything is chosen. */
static const Selector *entries_of(const Var *v)
{
    if (selector_of(v)) return selector_of(v);
    return is_word_leaf(v->leaf) && v->leaf->value->kind == VALUE_LATEST ? v->leaf->value->of : NULL;
}

static void compare_vars(Solver *s)
{
    for (size_t i = 0; i < s->n_vars; i++)
        for (size_t k = 0; k < s->n_vars; k++) {
            const Selector *some = entries_of(&s->vars[i]), *other = selector_of(&s->vars[k]);
            s->within[i][k] = i != k && some && other && selector_within(some, other);
        }
}

/* Code 0 is "no" of entries and "never answered" of words. */
static bool is_possible(Solver *s)
{
    s->steps -= (int)s->n_vars;
    for (size_t i = 0; i < s->n_vars; i++) {
        const Var *some = &s->vars[i];
        if (some->chosen == CHOICES_MAX || some->codes[some->chosen] == 0) continue;
        for (size_t k = 0; k < s->n_vars; k++) {
            const Var *other = &s->vars[k];
            if (s->within[i][k] && other->chosen != CHOICES_MAX && other->codes[other->chosen] == 0) return false;
        }
    }
    return true;
}

/* ---- the search ---- */

typedef enum Found { FOUND_NOT, FOUND_YES, FOUND_TOO_MUCH } Found;

/* FOUND_TOO_MUCH stands for "cannot be said yet". */
static Found goals_met(Solver *s)
{
    Found all = FOUND_YES;

    for (size_t i = 0; i < s->n_goals; i++) {
        Seen it = s->goals[i].cond ? seen(s, s->goals[i].cond) : SEEN_YES;
        if (it == SEEN_NOT_YET)
            all = FOUND_TOO_MUCH;
        else if (!(s->goals[i].wanted >> it & 1))
            return FOUND_NOT;
    }
    return all;
}

static Found choose(Solver *s, size_t at)
{
    Found now;

    if (s->steps <= 0) return FOUND_TOO_MUCH;
    if (!is_possible(s)) return FOUND_NOT;
    now = goals_met(s);
    if (now != FOUND_TOO_MUCH) return now;
    if (at == s->n_vars) return FOUND_NOT;
    for (size_t i = 0; i < s->vars[at].n; i++) {
        s->vars[at].chosen = i;
        now = choose(s, at + 1);
        s->vars[at].chosen = CHOICES_MAX;
        if (now != FOUND_NOT) return now;
    }
    return FOUND_NOT;
}

static Found solve(const Policy *p, const Goal *goals, size_t n, long *file_steps)
{
    Solver s = { .policy = p, .n_goals = n, .steps = STEPS_MAX };
    Found found;

    memcpy(s.goals, goals, n * sizeof *goals);
    if (*file_steps <= 0) return FOUND_TOO_MUCH;
    for (size_t i = 0; i < n; i++) collect(&s, goals[i].cond);
    *file_steps -= (long)(4 * s.n_leaves * s.n_vars);
    if (s.too_much) return FOUND_TOO_MUCH;
    compare_vars(&s);
    found = choose(&s, 0);
    *file_steps -= STEPS_MAX - s.steps;
    return found;
}

enum { ONLY_YES = 1 << TRUTH_YES, NOT_YES = 1 << TRUTH_NO | 1 << TRUTH_UNKNOWN };

/* ---- duties ---- */

static void check_duty(Parser *p, const Rule *r, long *steps)
{
    const Policy *policy = p->policy;
    Goal goals[] = { { r->when, ONLY_YES }, { r->any_case ? NULL : policy->common, ONLY_YES } };

    if (!r->when || solve(policy, goals, ARRAY_LEN(goals), steps) != FOUND_NOT) return;
    if (goals[1].cond && solve(policy, goals, 1, steps) == FOUND_YES)
        warn(p, r->when->src,
            "The duty \"%s\" can never be asked: its \"when\" is never true together with what all duties need.",
            r->face.id);
    else
        warn(p, r->when->src, "The duty \"%s\" can never be asked: its \"when\" is never true.", r->face.id);
}

static bool same_words(const Policy *p, Src a, Src b)
{
    const char *x = p->text + a.at, *y = p->text + b.at, *x_end = x + a.n, *y_end = y + b.n;

    for (;;) {
        bool gap = false, other = false;
        for (; x < x_end && strchr(" \t\r\n", *x); x++) gap = true;
        for (; y < y_end && strchr(" \t\r\n", *y); y++) other = true;
        if (x == x_end || y == y_end) return x == x_end && y == y_end;
        if (gap != other || *x++ != *y++) return false;
    }
}

static bool same_each(const Policy *p, const Rule *a, const Rule *b)
{
    if (!a->each || !b->each) return a->each == b->each;
    return a->after_first == b->after_first && same_words(p, a->each->src, b->each->src);
}

/* One entry fulfils both, and both wait for it in one queue from the same moment. */
static bool ask_the_same(const Policy *p, const Rule *a, const Rule *b)
{
    return a->face.owner == b->face.owner && a->owner == b->owner && a->every == b->every && a->timing == b->timing && a->ending == b->ending &&
           same_words(p, a->done_src, b->done_src) && same_words(p, a->from->src, b->from->src) && same_each(p, a, b);
}

static void check_overlap(Parser *p, const Rule *a, const Rule *b, long *steps)
{
    Goal goals[] = { { a->when, ONLY_YES }, { b->when, NOT_YES } };

    if (!ask_the_same(p->policy, a, b)) return;
    if (b->when && solve(p->policy, goals, ARRAY_LEN(goals), steps) != FOUND_NOT) return;
    warn(p, a->name, "Whenever the duty \"%s\" is asked, \"%s\" in line %d asks the same of the same role.", a->face.id,
        b->face.id, b->face.line);
}

static void check_overlaps(Parser *p, long *steps)
{
    const Policy *policy = p->policy;

    if (policy->n_rules > OVERLAP_MAX) return;
    for (size_t i = 0; i < policy->n_rules && !p->full && *steps > 0; i++)
        for (size_t k = 0; k < policy->n_rules; k++) {
            const Rule *a = &policy->rules[i], *b = &policy->rules[k];
            if (i != k) check_overlap(p, a, b, steps);
        }
}

/* ---- gates and alerts ---- */

static void check_alert_sense(Parser *p, const Check *c, long *steps)
{
    Goal fires = { c->when, ONLY_YES }, rests = { c->when, NOT_YES };

    if (solve(p->policy, &fires, 1, steps) == FOUND_NOT)
        warn(p, c->when->src, "The alert \"%s\" can never fire: its \"when\" is never true.", c->id);
    else if (solve(p->policy, &rests, 1, steps) == FOUND_NOT)
        warn(p, c->when->src, "The alert \"%s\" fires in every case: its \"when\" is always true.", c->id);
}

static void check_gate_sense(Parser *p, const Check *c, long *steps)
{
    Goal asked = { c->when, ONLY_YES }, opens = { c->unless, ONLY_YES };
    Goal shuts[] = { { c->when, 1 << TRUTH_YES | 1 << TRUTH_UNKNOWN }, { c->unless, NOT_YES } };

    if (c->when && solve(p->policy, &asked, 1, steps) == FOUND_NOT)
        warn(p, c->when->src, "The gate \"%s\" asks nothing: its \"when\" is never true.", c->id);
    else if (solve(p->policy, &opens, 1, steps) == FOUND_NOT)
        warn(p, c->unless->src, "Nothing opens the gate \"%s\": its \"unless\" is never true.", c->id);
    else if (solve(p->policy, shuts, ARRAY_LEN(shuts), steps) == FOUND_NOT)
        warn(p, c->unless->src, "The gate \"%s\" is always open.", c->id);
}

/* ---- checklists ---- */

static void check_list_sense(Parser *p, const Checklist *list, long *steps)
{
    for (size_t i = 0; i < list->n; i++) {
        Goal asked = { list->items[i].when, ONLY_YES | 1 << TRUTH_UNKNOWN };
        if (list->items[i].when && solve(p->policy, &asked, 1, steps) == FOUND_NOT)
            warn(p, list->items[i].src, "The check \"%s\" is never asked: its \"when\" is never true.", list->items[i].face.name);
    }
}

void analyse_file(Parser *p)
{
    Policy *policy = p->policy;
    long steps = FILE_STEPS_MAX;

    for (size_t i = 0; i < policy->n_rules; i++) check_duty(p, &policy->rules[i], &steps);
    for (size_t i = 0; i < policy->n_gates; i++) check_gate_sense(p, &policy->gates[i], &steps);
    for (size_t i = 0; i < policy->n_alerts; i++) check_alert_sense(p, &policy->alerts[i], &steps);
    for (size_t i = 0; i < policy->n_checklists; i++) check_list_sense(p, &policy->checklists[i], &steps);
    check_overlaps(p, &steps);
}
