/* gates.c — what may not happen yet, and what is missing for it.
** A gate is a condition looked at with a trace: its lines are the explanation, and its sentence is made from those lines. A gate
** that asks for something never answered is not open: unknown is not yes. */
#include "eval.h"
#include "trace.h"

#include "base/str.h"

#include <string.h>

/* ---- one evaluation ---- */

void view_for_checks(
    View *v, const Policy *p, const CaseDoc *doc, const PolicyText *texts, size_t n, Time now, Arena *a)
{
    view_init(v, p, doc, now, a);
    v->texts = texts;
    v->n_texts = texts ? n : 0;
    if (p->checks_use_duties && doc->reported_at != TIME_NONE && doc->reported_at <= now) eval_duties(v);
}

/* Not asked, or what it asks for is there. */
static Truth either(Truth when, Truth unless)
{
    if (when == TRUTH_NO || unless == TRUTH_YES) return TRUTH_YES;
    return when == TRUTH_UNKNOWN ? TRUTH_UNKNOWN : unless;
}

Truth check_gate(View *v, const Check *c)
{
    return either(c->when ? eval_cond(v, c->when) : TRUTH_YES, eval_cond(v, c->unless));
}

/* ---- in words ---- */

/* A name of the file is words: "actual-cris-number" is told as "actual cris number". */
static void add_words(Str *out, const char *text)
{
    bool name = !strpbrk(text, " \"");

    for (; *text; text++) str_add_char(out, name && *text == '-' ? ' ' : *text);
}

/* The conditions from line `from` on that stand by themselves and are not so. */
static void say_missing(const Trace *t, size_t from, Str *out)
{
    size_t said = 0;

    for (size_t i = from; i < t->n; i++) {
        const WhyLine *line = &t->lines[i];
        if (line->kind != WHY_CONDITION || line->indent > 0 || line->truth == TRUTH_YES) continue;
        str_add(out, said++ ? "; " : " Missing: ");
        add_words(out, line->text);
        if (line->truth == TRUTH_UNKNOWN) str_add(out, " (never answered)");
    }
    if (said) str_add_char(out, '.');
}

/* The sentence of the file, and what it wants. */
static const char *says(const Trace *t, const Check *c, Truth open, size_t from)
{
    const char *s = c->because ? c->because : c->title, *text;
    size_t n = strlen(s);
    Str out = { 0 };

    while (n > 0 && s[n - 1] == '.') n--;
    str_addf(&out, "%.*s (%s).", (int)n, s, c->cite);
    if (open != TRUTH_YES) say_missing(t, from, &out);
    text = arena_dup(t->arena, str_text(&out));
    str_finish(&out);
    return text;
}

/* Everything is looked at, so that the lines tell all that is missing, not only the first. */
void gate_judge(View *v, const Check *c, GateVerdict *out)
{
    Trace t = { .arena = v->arena, .policy = v->policy, .doc = v->doc, .now = v->now, .each = LIST_COUNT };
    Truth when = TRUTH_YES, unless;
    size_t from;

    view_forget(v);
    v->trace = &t;
    trace_add(&t, WHY_RULE, TRUTH_YES, c->line, "%s (%s)", c->title, c->cite);
    if (c->because) trace_add(&t, WHY_RULE, TRUTH_YES, c->line, "%s", c->because);
    if (c->when) when = eval_cond(v, c->when);
    from = when == TRUTH_UNKNOWN ? 0 : t.n;
    unless = eval_cond(v, c->unless);
    v->trace = NULL;
    out->gate = &c->gate;
    out->open = either(when, unless);
    out->says = says(&t, c, out->open, from);
    trace_add(&t, WHY_STATE, out->open, 0, "%s",
        out->open == TRUTH_YES  ? "open"
        : out->open == TRUTH_NO ? "shut"
                                : "shut: something was never answered");
    out->lines = t.lines;
    out->n = t.n;
}

/* ---- the question ---- */

/* Shut ones first, then in order of id as they come. */
static void shut_first(GateVerdict *all, size_t n, Arena *a)
{
    GateVerdict *sorted = arena_alloc(a, (n + 1) * sizeof *sorted);
    size_t at = 0;

    for (int open = 0; open < 2; open++)
        for (size_t i = 0; i < n; i++)
            if ((all[i].open == TRUTH_YES) == open) sorted[at++] = all[i];
    if (n) memcpy(all, sorted, n * sizeof *sorted);
}

size_t policy_gates(const Policy *p, const char *act, const CaseDoc *doc, const PolicyText *texts, size_t n_texts,
    Time now, Arena *a, GateVerdict **out)
{
    View v;
    size_t n = 0;

    *out = arena_alloc(a, (p->n_gates_on + 1) * sizeof **out);
    view_for_checks(&v, p, doc, texts, n_texts, now, a);
    for (size_t i = 0; i < p->n_gates_on; i++)
        if (str_eq(p->gates[i].act, act)) gate_judge(&v, &p->gates[i], &(*out)[n++]);
    shut_first(*out, n, a);
    return n;
}

size_t policy_gate_count(const Policy *p)
{
    return p->n_gates_on;
}

const PolicyGate *policy_gate(const Policy *p, size_t i)
{
    return i < p->n_gates_on ? &p->gates[i].gate : NULL;
}
