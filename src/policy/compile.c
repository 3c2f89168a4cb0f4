/* compile.c — what can be said only when the whole file is read: names that nothing uses, duties that wait for each
** other, the order of evaluation, and what the forms want to know of a duty. */
#include "parse.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* ---- the whole file ---- */

static void check_unused(Parser *p)
{
    for (const Symbol *s = p->names.first; s; s = s->next)
        if (!s->used) problem(p, s->src, NULL, NULL, "Nothing uses \"%s\".", s->name);
}

static const char *nearest_duty(Parser *p, const char *wrong)
{
    const char **words = mem_grow(NULL, p->duties.n + 1, sizeof *words), *nearest;
    size_t n = 0;

    for (const Symbol *s = p->duties.first; s; s = s->next) words[n++] = s->name;
    nearest = str_nearest(wrong, words, n);
    mem_free(words);
    return nearest;
}

static void bind_use(Parser *p, DutyUse *use)
{
    const Symbol *s = names_find(&p->duties, use->moment->duty_id);
    const Rule *r;

    if (!s) {
        problem(p, use->src, "the id of a duty of this file", nearest_duty(p, use->moment->duty_id),
            "There is no duty \"%s\".", use->moment->duty_id);
        return;
    }
    r = &p->rules[s->index];
    use->moment->duty = s->index;
    if (r->every || r->each)
        problem(p, use->src, NULL, NULL, "The duty \"%s\" comes more than once, so it has no one time to speak of.",
            r->face.id);
    if (r->off && (use->rule == CHECK_RULE || use->rule == NO_RULE || !p->rules[use->rule].off))
        problem(p, use->src, arena_printf(p->problems->arena, "a line use %s", r->face.id), NULL,
            "The duty \"%s\" is off, so nothing can wait for it.", r->face.id);
}

static int by_place(const void *a, const void *b)
{
    const PolicyProblem *x = a, *y = b;

    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

void check_file(Parser *p)
{
    rules_switch_on(p);
    for (DutyUse *use = p->uses; use; use = use->next) bind_use(p, use);
    words_bind(p);
    check_unused(p);
    if (p->n_rules + p->policy->n_gates + p->policy->n_alerts + p->policy->n_checklists == 0 && p->problems->n == 0 && !p->words_only) {
        p->end = 1;
        p->pos = 0;
        problem(p, here_src(p), "duty NAME \"title\"", NULL, "The file has no duty.");
    }
}

void sort_problems(PolicyProblems *problems)
{
    if (problems->n > 1) qsort(problems->items, problems->n, sizeof *problems->items, by_place);
}

/* ---- what a form wants to know ---- */

/* The part of a fulfilment that an entry would be made for. */
static const Moment *first_entry(const Moment *m)
{
    const Moment *found = NULL;

    if (m->kind == MOMENT_FIRST || m->kind == MOMENT_LATEST || m->kind == MOMENT_BECAME) return m;
    for (size_t i = 0; i < m->n && !found; i++) found = first_entry(m->kids[i]);
    return found;
}

/* A time of the entry that the duty is for, or the earliest of such. */
static bool is_of_entry(const Moment *m)
{
    for (size_t i = 0; i < m->n; i++)
        if (!is_of_entry(m->kids[i])) return false;
    return m->n > 0 || m->kind == MOMENT_ITS;
}

static void preset_test(const Policy *p, const Test *t, Str *out)
{
    if (t->negate) return;
    if (t->kind == TEST_CODE)
        str_addf(out, "%s%s=%s", out->n ? " " : "", t->field->column,
            vocab_word(&p->vocabs, t->field->vocab, set_first(&t->set)));
    if (t->kind == TEST_YES) str_addf(out, "%s%s=yes", out->n ? " " : "", t->field->column);
}

static void derive_form(Policy *p, Rule *r)
{
    PolicyDuty *face = &r->face;
    const Moment *done = r->done, *m = first_entry(done);
    const Selector *s;
    Str preset = { 0 };

    face->list = LIST_COUNT;
    face->preset = "";
    if (!m && is_of_entry(done)) face->list = r->each->list;
    if (!m && done->kind == MOMENT_SCALAR) face->preset = done->field->column;
    face->tick = done->kind == MOMENT_TICKED ? TICK_RULE : TICK_NONE;
    if (face->list == LIST_TASKS && done->kind == MOMENT_ITS && str_eq(done->field->column, "done_at")) face->tick = TICK_ENTRY;
    if (face->tick == TICK_RULE) face->list = LIST_TASKS;
    if (!m) return;
    s = m->kind == MOMENT_BECAME ? m->value->of : m->selector;
    face->list = s->list;
    for (size_t i = 0; i < s->n_tests; i++) {
        preset_test(p, &s->tests[i], &preset);
        if (s->list == LIST_REVIEWS && s->tests[i].kind == TEST_CODE && s->tests[i].field->vocab == VOCAB_REVIEW &&
            !s->tests[i].negate)
            face->review = vocab_word(&p->vocabs, VOCAB_REVIEW, set_first(&s->tests[i].set));
    }
    if (m->kind == MOMENT_BECAME)
        str_addf(&preset, "%s%s=%s", preset.n ? " " : "", m->value->field->column,
            vocab_word(&p->vocabs, m->value->vocab, set_first(&m->set)));
    face->preset = arena_dup(p->arena, str_text(&preset));
    str_finish(&preset);
}

/* ---- order ---- */

static int by_id(const void *a, const void *b)
{
    const Rule *x = a, *y = b;

    if (x->off != y->off) return x->off - y->off;
    return strcmp(x->face.id, y->face.id);
}

/* Rules move to the order of their ids; `moved` says where each went. */
static void sort_rules(Parser *p, size_t *moved)
{
    Policy *policy = p->policy;

    for (size_t i = 0; i < p->n_rules; i++) p->rules[i].n_needs = i; /* where it was */
    policy->rules = arena_alloc(p->arena, (p->n_rules ? p->n_rules : 1) * sizeof *policy->rules);
    policy->n_rules = p->n_rules;
    if (p->n_rules) memcpy(policy->rules, p->rules, p->n_rules * sizeof *policy->rules);
    qsort(policy->rules, policy->n_rules, sizeof *policy->rules, by_id);
    for (size_t i = 0; i < policy->n_rules; i++) {
        moved[policy->rules[i].n_needs] = i;
        policy->rules[i].n_needs = 0;
    }
}

static void collect_needs(Parser *p, const size_t *moved)
{
    Policy *policy = p->policy;

    for (DutyUse *use = p->uses; use; use = use->next) {
        use->moment->duty = moved[use->moment->duty];
        if (use->rule == CHECK_RULE) {
            policy->checks_use_duties = true;
            continue;
        }
        use->rule = moved[use->rule];
        policy->rules[use->rule].n_needs++;
    }
    for (size_t i = 0; i < policy->n_rules; i++) {
        Rule *r = &policy->rules[i];
        r->needs = arena_alloc(p->arena, (r->n_needs + 1) * sizeof *r->needs);
        r->n_needs = 0;
    }
    for (DutyUse *use = p->uses; use; use = use->next) {
        if (use->rule == CHECK_RULE) continue;
        Rule *r = &policy->rules[use->rule];
        r->needs[r->n_needs++] = use->moment->duty;
    }
}

/* Depth first with a stack of our own, so that a long chain of duties costs memory and not the program. */
typedef struct Walk {
    size_t *stack, *next, depth;
    uint8_t *state; /* 0 new, 1 being visited, 2 placed */
    size_t placed;
} Walk;

static bool visit(Parser *p, Walk *w, size_t rule)
{
    Policy *policy = p->policy;

    w->depth = 0;
    w->stack[w->depth++] = rule;
    w->state[rule] = 1;
    while (w->depth > 0) {
        size_t at = w->stack[w->depth - 1];
        Rule *r = &policy->rules[at];
        if (w->next[at] == r->n_needs) {
            w->state[at] = 2;
            policy->order[w->placed++] = at;
            w->depth--;
            continue;
        }
        size_t need = r->needs[w->next[at]++];
        if (w->state[need] == 1)
            return problem(p, r->name, NULL, NULL,
                "The duty \"%s\" waits for \"%s\", and that one, in the end, for this.", r->face.id,
                policy->rules[need].face.id);
        if (w->state[need] == 2) continue;
        w->state[need] = 1;
        w->stack[w->depth++] = need;
    }
    return true;
}

static bool order_rules(Parser *p)
{
    Policy *policy = p->policy;
    size_t n = policy->n_rules;
    Walk w = {
        .stack = mem_new((n + 1) * sizeof *w.stack), .next = mem_new((n + 1) * sizeof *w.next), .state = mem_new(n + 1)
    };
    bool ok = true;

    policy->order = arena_alloc(p->arena, (n + 1) * sizeof *policy->order);
    for (size_t i = 0; i < n && ok; i++)
        if (w.state[i] == 0) ok = visit(p, &w, i);
    mem_free(w.stack);
    mem_free(w.next);
    mem_free(w.state);
    return ok;
}

/* ---- gates and alerts ---- */

static int by_check_id(const void *a, const void *b)
{
    const Check *x = a, *y = b;

    if (x->off != y->off) return x->off - y->off;
    return strcmp(x->id, y->id);
}

/* In order of id, in the arena, each with the face that the world sees. */
static Check *settle(Parser *p, Check *checks, size_t n)
{
    Check *out = arena_alloc(p->arena, (n ? n : 1) * sizeof *out);

    if (n) memcpy(out, checks, n * sizeof *out);
    mem_free(checks);
    qsort(out, n, sizeof *out, by_check_id);
    for (size_t i = 0; i < n; i++) {
        const Check *c = &out[i];
        out[i].gate = (PolicyGate){ c->id, c->title, c->cite, c->act, c->line, c->text, c->text_n };
        out[i].alert = (PolicyAlert){ c->id, c->title, c->cite, c->owner, c->line, c->text, c->text_n, c->because };
    }
    return out;
}

static size_t count_on(const Check *checks, size_t n)
{
    size_t on = 0;

    for (size_t i = 0; i < n; i++) on += !checks[i].off;
    return on;
}

/* The names of all that is off: duties, gates, alerts. */
static void list_off(Parser *p)
{
    Policy *policy = p->policy;

    policy->off =
        arena_alloc(p->arena, (policy->n_rules + policy->n_gates + policy->n_alerts + 1) * sizeof *policy->off);
    for (size_t i = 0; i < policy->n_rules; i++)
        if (policy->rules[i].off) policy->off[policy->n_off++] = policy->rules[i].face.id;
    for (size_t i = 0; i < policy->n_gates; i++)
        if (policy->gates[i].off) policy->off[policy->n_off++] = policy->gates[i].id;
    for (size_t i = 0; i < policy->n_alerts; i++)
        if (policy->alerts[i].off) policy->off[policy->n_off++] = policy->alerts[i].id;
}

static void compile_checks(Parser *p)
{
    p->policy->gates = settle(p, p->policy->gates, p->policy->n_gates);
    p->policy->alerts = settle(p, p->policy->alerts, p->policy->n_alerts);
    p->gates_cap = p->alerts_cap = 0;
    p->policy->n_gates_on = count_on(p->policy->gates, p->policy->n_gates);
    p->policy->n_alerts_on = count_on(p->policy->alerts, p->policy->n_alerts);
}

static void take_roles(Policy *p)
{
    for (Code c = 1; c <= p->vocabs.of[VOCAB_ROLE].n && c < ARRAY_LEN(p->roles); c++)
        p->roles[c] = role_by_word(vocab_word(&p->vocabs, VOCAB_ROLE, c));
}

void compile_file(Parser *p)
{
    size_t *moved = mem_new((p->n_rules + 1) * sizeof *moved);

    take_roles(p->policy);
    sort_rules(p, moved);
    collect_needs(p, moved);
    mem_free(moved);
    for (size_t i = 0; i < p->policy->n_rules; i++) {
        Rule *r = &p->policy->rules[i];
        p->policy->n_rules_on += !r->off;
        derive_form(p->policy, r);
        if (!r->face.minutes) r->face.minutes = p->policy->minutes;
    }
    compile_checks(p);
    list_off(p);
    order_rules(p);
}
