/* explain.c — why a duty is asked, or why not: the engine's own trace, with the rule before it and the state behind it.
** Nothing here evaluates anything. The case is evaluated once as always, to find the cycle that is meant, and once more
** with a trace for the one rule. */
#include "eval.h"
#include "trace.h"

#include "base/mem.h"
#include "base/str.h"
#include "names.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- what would clear it ---- */

static void say_moment(const Trace *t, const Moment *m, Str *out);

static void say_words(const Trace *t, VocabId vocab, const CodeSet *set, Str *out)
{
    size_t left = (size_t)(__builtin_popcountll(set->bits[0] & ~1ull) + __builtin_popcountll(set->bits[1]));

    for (Code c = 1; c < 128; c++) {
        if (!set_has(set, c) || *vocab_word(&t->policy->vocabs, vocab, c) == '\0') continue;
        str_add(out, vocab_word(&t->policy->vocabs, vocab, c));
        left--;
        str_add(out, left > 1 ? ", " : left == 1 ? " or " : "");
    }
}

/* "a review ds-supervision that is not returned": as the rule says it, and what the file ignores. */
static void say_selector(const Trace *t, const Selector *s, Str *out)
{
    const char *words = source_words(t, s->src);

    str_addf(out, "%s %s", strchr("aeiou", *words) ? "an" : "a", words);
    for (size_t i = 0; i < s->n_tests; i++) {
        if (!s->tests[i].ignored) continue;
        str_add(out, " that is not ");
        say_words(t, s->tests[i].field->vocab, &s->tests[i].set, out);
    }
}

static void say_entry(const Trace *t, const Moment *m, Str *out)
{
    char said[64];

    say_selector(t, m->selector, out);
    if (m->field == list_shapes[m->selector->list].order) return;
    field_say(m->selector->list, m->field, said);
    str_addf(out, " that is %s", said);
}

static bool is_met(const Trace *t, const Moment *m)
{
    for (size_t i = 0; i < t->n_met; i++)
        if (t->met[i] == m) return true;
    return false;
}

/* Of several that are all needed, those that are there already are not asked for again. */
static void say_several(const Trace *t, const Moment *m, const char *joint, Str *out)
{
    size_t said = 0;

    for (size_t i = 0; i < m->n; i++) {
        if (m->kind == MOMENT_LATER && is_met(t, m->kids[i])) continue;
        if (said++ > 0) str_add(out, joint);
        say_moment(t, m->kids[i], out);
    }
}

static void say_became(const Trace *t, const Moment *m, Str *out)
{
    const Value *v = m->value;
    CaseListId list = v->kind == VALUE_INNER ? v->inner : v->of->list;
    char said[64];

    field_say(list, v->field, said);
    str_addf(out, "a new %s with %s ", noun_of(list), said);
    say_words(t, v->vocab, &m->set, out);
}

static void say_its(const Trace *t, const Moment *m, Str *out)
{
    if (t->each == LIST_TASKS && str_eq(m->field->column, "done_at"))
        str_add(out, "that somebody ticks it off in words");
    else
        str_addf(out, "the time under \"%s\" of this %s", m->field->label, noun_of(t->each));
}

static void say_moment(const Trace *t, const Moment *m, Str *out)
{
    switch (m->kind) {
    case MOMENT_SCALAR: str_addf(out, "the time under \"%s\"", m->field->label); break;
    case MOMENT_FIRST:
    case MOMENT_LATEST: say_entry(t, m, out); break;
    case MOMENT_TICKED: str_add(out, "that somebody ticks it off in words"); break;
    case MOMENT_ITS: say_its(t, m, out); break;
    case MOMENT_BECAME: say_became(t, m, out); break;
    case MOMENT_DUTY: str_addf(out, "the duty %s", m->duty_id); break;
    case MOMENT_LATER: say_several(t, m, " and ", out); break;
    case MOMENT_EARLIER:
    case MOMENT_ELSE: say_several(t, m, " or ", out); break;
    case MOMENT_IF:
        say_moment(t, m->kids[0], out);
        str_addf(out, ", %s", source_words(t, m->cond->src));
        break;
    default: say_several(t, m, "", out); break;
    }
}

/* "the response constable", "the Crime Management Unit": a small letter where the rest of the name has small letters. */
static void say_owner(Role role, Str *out)
{
    const char *label = role_label(role), *next = strchr(label, ' ');
    bool small = islower((unsigned char)label[1]) && (!next || islower((unsigned char)next[1]));

    str_addf(out, "the %c%s", small ? tolower((unsigned char)*label) : *label, label + 1);
}

static const char *clears(const Trace *t, const Rule *r, const Duty *d)
{
    Str out = { 0 };
    const char *text;

    if (!duty_is_live(d)) return "";
    say_moment(t, r->done, &out);
    if (r->face.review)
        str_addf(&out, ", by %s", role_who_may_review(r->face.review));
    else {
        str_add(&out, ", by ");
        say_owner(d->owner, &out);
    }
    if (r->timing != TIMING_ANY && d->opens > t->now) str_addf(&out, ", not before %s", trace_when(t, d->opens));
    text = arena_dup(t->arena, str_text(&out));
    str_finish(&out);
    return text;
}

/* ---- where it stands ---- */

/* A span in a sentence: "3h 10m", without the blanks that line up columns. */
static const char *span(const Trace *t, int64_t seconds)
{
    char words[CIVIL_TEXT], *to = words;

    civil_words_span(seconds, words);
    for (char *c = words; *c; c++)
        if (*c != ' ' || (to > words && to[-1] != ' ')) *to++ = *c;
    *to = '\0';
    return arena_dup(t->arena, words);
}

static const char *state_words(const Trace *t, const Duty *d)
{
    switch (duty_state(d, t->now)) {
    case DUTY_WAITING:
        return arena_printf(
            t->arena, "waiting: it opens %s, in %s", trace_when(t, d->opens), span(t, d->opens - t->now));
    case DUTY_OPEN:
        return arena_printf(t->arena, "open: due %s, in %s", trace_when(t, d->due), span(t, d->due - t->now));
    case DUTY_OVERDUE:
        return arena_printf(t->arena, "overdue: due %s, %s ago", trace_when(t, d->due), span(t, t->now - d->due));
    case DUTY_DONE: return arena_printf(t->arena, "done %s, in time", trace_when(t, d->done));
    case DUTY_LATE:
        return arena_printf(t->arena, "done %s, late by %s", trace_when(t, d->done), span(t, d->done - d->due));
    case DUTY_VOID:
        return arena_printf(t->arena, "void: no longer asked for since %s, before it was due", trace_when(t, d->ended));
    default:
        return arena_printf(
            t->arena, "missed: no longer asked for since %s, but overdue by then", trace_when(t, d->ended));
    }
}

/* Near times are told by their weekday, "Mon 09:02", unless the clock runs for so long that a weekday comes twice. */
static const char *brief(const Trace *t, const Duty *d, Time at)
{
    char words[CIVIL_TEXT], clock[CIVIL_TEXT];
    Time apart = at > t->now ? at - t->now : t->now - at;

    if (apart >= 6 * (Time)DAY || d->due - d->start >= 6 * (Time)DAY) return trace_when(t, at);
    return arena_printf(t->arena, "%.3s %s", civil_words_short(at, words), civil_words_clock(at, clock));
}

static const char *start_name(const Trace *t, const Duty *d)
{
    for (size_t i = 0; i < t->n_leaves; i++)
        if (t->leaves[i].time == d->start && strlen(t->leaves[i].name) <= 36) return t->leaves[i].name;
    return t->each == LIST_COUNT && d->cycle > 0 ? "last done" : "from";
}

static const char *short_clock(const Trace *t, const Duty *d)
{
    const char *opens = d->opens != d->start ? arena_printf(t->arena, " → opens %s", brief(t, d, d->opens)) : "";
    const char *done = d->done != TIME_NONE ? arena_printf(t->arena, " → done %s", brief(t, d, d->done)) : "";

    return arena_printf(
        t->arena, "%s %s%s → due %s%s", start_name(t, d), brief(t, d, d->start), opens, brief(t, d, d->due), done);
}

/* ---- why ---- */

static const char *short_why(const Trace *t, const Rule *r)
{
    const char *s = r->because ? r->because : r->face.title;
    size_t n = strlen(s);

    while (n > 0 && s[n - 1] == '.') n--;
    return arena_printf(t->arena, "%.*s (%s).", (int)n, s, r->face.cite);
}

void trace_source(Trace *t, const char *s, size_t length, int line)
{
    for (size_t from = 0; from <= length; line++) {
        const char *newline = memchr(s + from, '\n', length - from);
        size_t end = newline ? (size_t)(newline - s) : length, n = end - from;
        if (n > 0 && s[end - 1] == '\r') n--;
        trace_add(t, WHY_TEXT, TRUTH_YES, line, "%.*s", (int)n, s + from);
        from = end + 1;
    }
}

static void trace_rule(Trace *t, const Rule *r)
{
    Str owner = { 0 };

    if (r->owner)
        str_add(&owner, "whom it was given to");
    else
        say_owner(r->face.owner, &owner);
    trace_add(t, WHY_RULE, TRUTH_YES, r->face.line, "%s (%s), for %s", r->face.title, r->face.cite, str_text(&owner));
    if (r->because) trace_add(t, WHY_RULE, TRUTH_YES, r->face.line, "%s", r->because);
    str_finish(&owner);
}

/* To whom it has come since it was due, and to whom it will. */
static void explain_escalation(Trace *t, const Rule *r, const Duty *d)
{
    for (size_t i = 0; i < r->face.n_then && duty_is_live(d); i++) {
        Time at = policy_escalates_at(&r->face, d, i);
        Str who = { 0 };
        if (r->face.then[i].role == d->owner) continue;
        say_owner(r->face.then[i].role, &who);
        if (at < t->now)
            trace_add(
                t, WHY_STATE, TRUTH_YES, 0, "in the queue of %s too, since %s", str_text(&who), trace_when(t, at));
        else
            trace_add(t, WHY_STATE, TRUTH_NO, 0, "comes to %s too when it is not done by %s", str_text(&who),
                trace_when(t, at));
        str_finish(&who);
    }
}

/* Put aside, and by whom; the clock is the one above. */
static void explain_hold(Trace *t, const Duty *d)
{
    const Hold *h = policy_hold_of(t->policy, t->doc, d, t->now);

    if (h)
        trace_add(t, WHY_STATE, TRUTH_YES, 0, "put aside until %s by the officer %s: %s The clock runs on.", trace_when(t, d->held),
            h->by ? h->by : "(not named)", h->reason ? h->reason : "");
}

static void explain_asked(Trace *t, const Rule *r, Why *out)
{
    if (r->owner) {
        Str who = { 0 };
        say_owner(out->duty.owner, &who);
        trace_add(t, WHY_STATE, TRUTH_YES, 0, "it was given to %s", str_text(&who));
        str_finish(&who);
    }
    if (out->duty.says) trace_add(t, WHY_STATE, TRUTH_YES, 0, "it says: %s", out->duty.says);
    trace_add(t, WHY_STATE, TRUTH_YES, 0, "%s", state_words(t, &out->duty));
    holds_apply(t->policy, t->doc, t->now, &out->duty, 1);
    explain_hold(t, &out->duty);
    explain_escalation(t, r, &out->duty);
    out->short_why = short_why(t, r);
    out->short_clock = short_clock(t, &out->duty);
    out->short_clears = clears(t, r, &out->duty);
    if (*out->short_clears) trace_add(t, WHY_CLEARS, TRUTH_YES, r->done_src.line, "%s", out->short_clears);
}

/* A condition that failed, and what it found. */
const char *trace_failed(const Trace *t)
{
    const char *name = t->common_failed ? t->policy->common_title : t->failed;

    if (t->failed_truth == TRUTH_UNKNOWN)
        return arena_printf(t->arena, "\"%s\" cannot be told (%s)", name,
            t->failed_fact ? t->failed_fact : "something was never answered");
    if (t->failed_fact) return arena_printf(t->arena, "\"%s\" is not so: %s", name, t->failed_fact);
    return arena_printf(t->arena, "\"%s\" is not so", name);
}

/* The first thing that is missing, in the order of the rule. */
static const char *missing(const Trace *t, const Rule *r)
{
    if (t->failed) return trace_failed(t);
    for (size_t i = 0; i < t->n; i++) {
        const WhyLine *line = &t->lines[i];
        if (line->kind == WHY_CLOCK && line->indent == 0 && line->truth == TRUTH_NO) return line->text;
    }
    return r->each ? arena_printf(t->arena, "there is no %s", source_words(t, r->each->src)) : "there is no such cycle";
}

static void explain_not_asked(Trace *t, const Rule *r, Why *out)
{
    const char *why = missing(t, r);

    trace_add(t, WHY_STATE, TRUTH_NO, 0, "not asked: %s", why);
    out->short_why =
        arena_printf(t->arena, "Not asked: %s (%s).", why, t->common_failed ? t->policy->common_cite : r->face.cite);
}

/* What all duties need, as a rule of its own. False when it is not so. */
static bool trace_common(View *v)
{
    Trace *t = v->trace;
    const Policy *p = v->policy;

    if (!p->common) return true;
    trace_add(t, WHY_RULE, TRUTH_YES, p->common_line, "All duties: %s (%s)", p->common_title, p->common_cite);
    t->common_failed = !view_common(v);
    return !t->common_failed;
}

/* The cycle that is meant: the one asked for, else the live one that is due first, else the last. */
static const Duty *choose(const Duty *all, size_t n, const char *id, int cycle)
{
    const Duty *live = NULL, *last = NULL;

    for (size_t i = 0; i < n; i++) {
        const Duty *d = &all[i];
        if (!str_eq(d->id, id)) continue;
        if (cycle == d->cycle) return d;
        last = d;
        if (duty_is_live(d) && (!live || d->due < live->due)) live = d;
    }
    return cycle >= 0 ? NULL : live ? live : last;
}

static void explain(View *v, size_t rule, int cycle, Trace *t, Why *out)
{
    const Rule *r = &v->policy->rules[rule];
    const Duty *meant;

    eval_duties(v);
    meant = choose(v->out, v->n_out, r->face.id, cycle);
    out->asked = meant != NULL;
    if (meant) out->duty = *meant;

    view_forget(v);
    if (r->each) t->each = r->each->list;
    v->trace = t;
    v->trace_cycle = meant ? meant->cycle : cycle > 0 ? cycle : 0;
    trace_rule(t, r);
    if (r->any_case || trace_common(v)) eval_rule_view(v, rule);
    if (meant)
        explain_asked(t, r, out);
    else
        explain_not_asked(t, r, out);
}

bool trace_is_off(const Policy *p, const char *id)
{
    for (size_t i = 0; i < p->n_off; i++)
        if (str_eq(p->off[i], id)) return true;
    return false;
}

static bool no_such_duty(const Policy *p, const char *id, Arena *a, Err *err)
{
    const char **ids = arena_alloc(a, (p->n_rules + 1) * sizeof *ids), *nearest;

    if (trace_is_off(p, id))
        return err_set(err, ERR_MISSING, "duty",
            "\"%.60s\" is off in the policy %s; a line \"use %.60s\" switches it on.", id, p->id, id);
    for (size_t i = 0; i < p->n_rules_on; i++) ids[i] = p->rules[i].face.id;
    nearest = str_nearest(id, ids, p->n_rules_on);
    if (nearest)
        return err_set(
            err, ERR_MISSING, "duty", "The policy %s has no duty \"%.60s\"; did you mean \"%s\"?", p->id, id, nearest);
    return err_set(err, ERR_MISSING, "duty", "The policy %s has no duty \"%.60s\".", p->id, id);
}

bool policy_why(
    const Policy *p, const CaseDoc *doc, Time now, const char *duty, int cycle, Arena *a, Why *out, Err *err)
{
    const PolicyDuty *face = policy_duty_by_id(p, duty);
    Trace t = { .arena = a, .policy = p, .doc = doc, .now = now, .moment_kind = WHY_CLOCK, .each = LIST_COUNT };
    const Rule *r;
    View v;

    *out = (Why){ .short_why = "", .short_clock = "", .short_clears = "" };
    if (!face) return no_such_duty(p, duty, a, err);
    r = (const Rule *)(const void *)((const char *)face - offsetof(Rule, face));
    if (doc->reported_at == TIME_NONE || doc->reported_at > now) {
        trace_rule(&t, r);
        trace_add(&t, WHY_STATE, TRUTH_NO, 0, "not asked: the case had not been reported then");
        out->short_why = "Not asked: the case had not been reported then.";
    } else {
        view_init(&v, p, doc, now, a);
        explain(&v, (size_t)(r - p->rules), cycle, &t, out);
    }
    trace_source(&t, r->face.text, r->face.text_n, r->face.line);
    out->lines = t.lines;
    out->n = t.n;
    return true;
}
