/* alerts.c — what does not fit: account against answers, children without a Merlin.
** Most alerts of most cases do not fire, so each is looked at plainly first and only one that fires is looked at again with a trace,
** which says what decided. From that come the lines, the facts to put a flag at, and the basis by which an answered alert stays
** answered. An alert whose words could not be searched for fires too: a pattern that gives up is never a no. */
#include "eval.h"
#include "trace.h"

#include "base/crypto.h"
#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

bool check_alert(View *v, const Check *c)
{
    Truth t;

    view_forget(v); /* a kept answer would hide that its pattern gave up */
    v->gave_up = false;
    t = eval_cond(v, c->when);
    return t == TRUTH_YES || (t == TRUTH_UNKNOWN && v->gave_up);
}

/* ---- the basis ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *fact_line(const Trace *t, const TraceFact *f)
{
    const char *list = f->name.list == LIST_COUNT ? "" : case_lists[f->name.list].name;

    return arena_printf(
        t->arena, "%d %s|%s|%s|%s", f->is_hit, list, f->name.column ? f->name.column : "", f->name.preset, f->says);
}

/* Of what was found, in no order and without doubles: the same facts told otherwise are the same basis. */
static const char *basis_of(const Trace *t, const Check *c)
{
    const char **lines = arena_alloc(t->arena, (t->n_facts + 1) * sizeof *lines);
    uint8_t hash[HASH_BYTES];
    char *hex = arena_alloc(t->arena, 17);
    Hasher h;

    for (size_t i = 0; i < t->n_facts; i++) lines[i] = fact_line(t, &t->facts[i]);
    if (t->n_facts > 1) qsort(lines, t->n_facts, sizeof *lines, by_text);
    crypto_hash_start(&h, "book124 alert basis");
    crypto_hash_add(&h, c->id, strlen(c->id));
    for (size_t i = 0; i < t->n_facts; i++)
        if (i == 0 || strcmp(lines[i - 1], lines[i]) != 0) crypto_hash_add(&h, lines[i], strlen(lines[i]));
    crypto_hash_end(&h, hash);
    return crypto_hex(hash, 8, hex);
}

/* ---- what decided ---- */

static bool same_name(const FactName *a, const FactName *b)
{
    return a->list == b->list && str_eq(a->column, b->column) && str_eq(a->preset, b->preset);
}

static void add_name(AlertFired *out, const FactName *name)
{
    for (size_t i = 0; i < out->n_facts; i++)
        if (same_name(&out->facts[i], name)) return;
    out->facts[out->n_facts++] = *name;
}

static bool same_hit(const TextHit *a, const TextHit *b)
{
    return a->path == b->path && a->from == b->from && a->to == b->to && str_eq(a->words, b->words);
}

static void add_place(AlertFired *out, const TextHit *hit)
{
    for (size_t i = 0; i < out->n_hits; i++)
        if (same_hit(&out->hits[i], hit)) return;
    out->hits[out->n_hits++] = *hit;
}

static void take_facts(const Trace *t, AlertFired *out)
{
    out->facts = arena_alloc(t->arena, (t->n_facts + 1) * sizeof *out->facts);
    out->hits = arena_alloc(t->arena, (t->n_facts + 1) * sizeof *out->hits);
    for (size_t i = 0; i < t->n_facts; i++) {
        if (t->facts[i].is_hit)
            add_place(out, &t->facts[i].hit);
        else
            add_name(out, &t->facts[i].name);
    }
}

static const char *says(const Trace *t, const Check *c, Truth truth)
{
    if (truth == TRUTH_YES) return c->because ? c->because : c->title;
    return arena_printf(
        t->arena, "%s: this could not be told, because a word pattern reached its limit. Read the account.", c->title);
}

static void fire(View *v, const Check *c, AlertFired *out)
{
    Trace t = {
        .arena = v->arena, .policy = v->policy, .doc = v->doc, .now = v->now, .each = LIST_COUNT, .collect = true
    };
    Truth truth;

    *out = (AlertFired){ .alert = &c->alert };
    view_forget(v);
    v->trace = &t;
    trace_add(&t, WHY_RULE, TRUTH_YES, c->line, "%s (%s)", c->title, c->cite);
    if (c->because) trace_add(&t, WHY_RULE, TRUTH_YES, c->line, "%s", c->because);
    truth = eval_cond(v, c->when);
    v->trace = NULL;
    out->says = says(&t, c, truth);
    out->basis = basis_of(&t, c);
    take_facts(&t, out);
    out->lines = t.lines;
    out->n = t.n;
}

/* ---- the question ---- */

static size_t alerts_of(View *v, AlertFired **out)
{
    const Policy *p = v->policy;
    size_t n = 0;

    *out = arena_alloc(v->arena, (p->n_alerts_on + 1) * sizeof **out);
    for (size_t i = 0; i < p->n_alerts_on; i++)
        if (check_alert(v, &p->alerts[i])) fire(v, &p->alerts[i], &(*out)[n++]);
    return n;
}

size_t policy_alerts(
    const Policy *p, const CaseDoc *doc, const PolicyText *texts, size_t n_texts, Time now, Arena *a, AlertFired **out)
{
    View v;

    view_for_checks(&v, p, doc, texts, n_texts, now, a);
    return alerts_of(&v, out);
}

/* ---- at many moments ---- */

struct PolicyMemo {
    struct RiskSheet *risk;  /* the answers of assessments, whenever they were made */
    const PolicyText *texts; /* the accounts, and what stands in them */
    Looked *account;
    const Assessment *of; /* whose contexts, and what stands in them */
    Looked *context;
};

PolicyMemo *policy_memo(Arena *a)
{
    return arena_zero(a, 1, sizeof(PolicyMemo));
}

size_t policy_alerts_kept(PolicyMemo *m, const Policy *p, const CaseDoc *doc, const PolicyText *texts, size_t n_texts,
    Time now, Arena *a, AlertFired **out)
{
    const Assessment *of;
    View v;
    size_t n;

    view_for_checks(&v, p, doc, texts, n_texts, now, a);
    of = risk_context_of(&v);
    v.risk = m->risk;
    if (m->texts == texts) v.looked[TEXTS_ACCOUNT] = m->account;
    if (m->of == of) v.looked[TEXTS_CONTEXT] = m->context;
    n = alerts_of(&v, out);
    *m = (PolicyMemo){ v.risk, texts, v.looked[TEXTS_ACCOUNT], of, v.looked[TEXTS_CONTEXT] };
    return n;
}

size_t policy_alert_count(const Policy *p)
{
    return p->n_alerts_on;
}

const PolicyAlert *policy_alert(const Policy *p, size_t i)
{
    return i < p->n_alerts_on ? &p->alerts[i].alert : NULL;
}
