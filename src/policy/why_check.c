/* why_check.c — why a gate is shut or an alert fires, or why not: as explain.c does for duties, from the same trace.
** The conditions are looked at with a trace whatever comes out, so that "why not" is told as fully as "why". */
#include "eval.h"
#include "trace.h"

#include "base/str.h"

#include <string.h>

static const Check *find(const Check *all, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].id, id)) return &all[i];
    return NULL;
}

/* The nearest that is on, or that it is off. */
static bool no_such(const Policy *p, const char *what, const Check *all, size_t n, const char *id, Arena *a, Err *err)
{
    const char **ids = arena_alloc(a, (n + 1) * sizeof *ids), *nearest;

    if (trace_is_off(p, id))
        return err_set(err, ERR_MISSING, what,
            "\"%.60s\" is off in the policy %s; a line \"use %.60s\" switches it on.", id, p->id, id);
    for (size_t i = 0; i < n; i++) ids[i] = all[i].id;
    nearest = str_nearest(id, ids, n);
    if (nearest)
        return err_set(err, ERR_MISSING, what, "The policy %s has no %s \"%.60s\"; did you mean \"%s\"?", p->id, what,
            id, nearest);
    return err_set(err, ERR_MISSING, what, "The policy %s has no %s \"%.60s\".", p->id, what, id);
}

/* Where the rule stands, so that a reader can look it up: the policy, its version, the line. */
static void say_source(Trace *t, int line)
{
    trace_add(t, WHY_RULE, TRUTH_YES, line, "%s, version %.8s, line %d", t->policy->id, t->policy->hash, line);
}

static void say_clears(Trace *t, const PolicyClears *c)
{
    if (c->n)
        trace_add(t, WHY_CLEARS, TRUTH_YES, 0, "%s", c->says);
    else if (c->gave_up)
        trace_add(t, WHY_CLEARS, TRUTH_UNKNOWN, 0,
            "no change that is small was found; the search gave up after %zu tries", c->tried);
    else
        trace_add(t, WHY_CLEARS, TRUTH_NO, 0, "no change of up to three facts would clear it now");
}

static void finish(Trace *t, const Check *c, WhyCheck *out)
{
    if (out->asked) say_clears(t, &out->clears);
    trace_source(t, c->text, c->text_n, c->line);
    out->lines = t->lines;
    out->n = t->n;
}

bool policy_why_gate(const Policy *p, const CaseDoc *doc, const PolicyText *texts, size_t n_texts, Time now,
    const char *gate, Arena *a, WhyCheck *out, Err *err)
{
    const Check *c = find(p->gates, p->n_gates_on, gate);
    Trace t = { .arena = a, .policy = p, .doc = doc, .now = now, .each = LIST_COUNT };
    View v;

    *out = (WhyCheck){ .says = "", .clears = { .says = "" } };
    if (!c) return no_such(p, "gate", p->gates, p->n_gates_on, gate, a, err);
    view_for_checks(&v, p, doc, texts, n_texts, now, a);
    gate_judge(&v, c, &out->gate);
    out->truth = out->gate.open;
    out->asked = out->truth != TRUTH_YES;
    out->says = out->gate.says;
    say_source(&t, c->line);
    trace_lines(&t, out->gate.lines, out->gate.n);
    if (out->asked) policy_clears(p, RULE_GATE, gate, -1, doc, texts, n_texts, now, a, &out->clears);
    finish(&t, c, out);
    return true;
}

static const char *alert_state(const Trace *t, const WhyCheck *out)
{
    if (out->truth == TRUTH_YES) return "fires";
    if (out->asked) return "fires: a word pattern reached its limit, so this could not be told";
    return arena_printf(t->arena, "does not fire: %s", t->failed ? trace_failed(t) : "its condition is not so");
}

bool policy_why_alert(const Policy *p, const CaseDoc *doc, const PolicyText *texts, size_t n_texts, Time now,
    const char *alert, Arena *a, WhyCheck *out, Err *err)
{
    const Check *c = find(p->alerts, p->n_alerts_on, alert);
    Trace t = { .arena = a, .policy = p, .doc = doc, .now = now, .each = LIST_COUNT };
    View v;

    *out = (WhyCheck){ .says = "", .clears = { .says = "" } };
    if (!c) return no_such(p, "alert", p->alerts, p->n_alerts_on, alert, a, err);
    view_for_checks(&v, p, doc, texts, n_texts, now, a);
    out->asked = check_alert(&v, c);
    view_forget(&v);
    v.trace = &t;
    say_source(&t, c->line);
    trace_add(&t, WHY_RULE, TRUTH_YES, c->line, "%s (%s)", c->title, c->cite);
    if (c->because) trace_add(&t, WHY_RULE, TRUTH_YES, c->line, "%s", c->because);
    out->truth = eval_cond(&v, c->when);
    v.trace = NULL;
    out->says = out->asked ? (c->because ? c->because : c->title) : alert_state(&t, out);
    trace_add(&t, WHY_STATE, out->asked ? TRUTH_YES : out->truth, 0, "%s", alert_state(&t, out));
    if (out->asked) policy_clears(p, RULE_ALERT, alert, -1, doc, texts, n_texts, now, a, &out->clears);
    finish(&t, c, out);
    return true;
}
