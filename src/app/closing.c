/* closing.c — what a case lacks before it is closed, what closing it would end, and opening it again. The gates are the policy's; that every suspect
** of a crime has a disposal is asked here, because it is asked of each of them. */
#include "app/closing.h"

#include "app/order.h"
#include "app/referral.h"
#include "inside.h"

#include "core/disposal.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- each suspect ---- */

static const char *name_of(const Person *p, char out[120])
{
    snprintf(out, 120, "%.20s%s%.40s%s%.40s", p->key, p->given || p->family ? ", " : "", p->given ? p->given : "",
        p->given && p->family ? " " : "", p->family ? p->family : "");
    return out;
}

static bool lacks_disposal(const CaseDoc *doc, const Vocabs *v, const Person *p)
{
    return doc->kind == CASE_CRIME && str_eq(vocab_word(v, VOCAB_PERSON_ROLE, p->role), "suspect") &&
           !disposal_of(doc, v, p->key);
}

bool closing_disposed(const CaseDoc *doc, const Vocabs *v, Err *err)
{
    char name[120];

    for (size_t i = 0; i < doc->n_people; i++)
        if (lacks_disposal(doc, v, &doc->people[i]))
            return err_set(err, ERR_INVALID, "disposals",
                "Nobody has recorded how it ended for the suspect %s: record the disposal.",
                name_of(&doc->people[i], name));
    return true;
}

/* ---- what is missing ---- */

static const GateMend mends[] = {
    { "close-cad-cris", LIST_REFERENCES, "system=cris", NULL },
    { "close-cad-merlin", LIST_REFERENCES, "system=merlin", NULL },
    { "close-cad-supervision", LIST_REVIEWS, "kind=cad-supervision", NULL },
    { "close-case-cris", LIST_REFERENCES, "system=cris", NULL },
    { "close-case-merlin", LIST_REFERENCES, "system=merlin", NULL },
    { "close-case-children", LIST_COUNT, "", "children" },
    { "close-case-book", LIST_BOOKS, "", NULL },
    { "close-case-risk", LIST_ASSESSMENTS, "", NULL },
    { "close-case-kind", LIST_COUNT, "", "kind" },
};

const GateMend *app_gate_mend(const char *gate)
{
    for (size_t i = 0; i < ARRAY_LEN(mends); i++)
        if (str_eq(mends[i].gate, gate)) return &mends[i];
    return NULL;
}

static ClosingLack *lack(Closing *c)
{
    ClosingLack *l = &c->lacks[c->n_lacks++];

    *l = (ClosingLack){ .list = LIST_COUNT, .preset = "" };
    return l;
}

static void lacks_of_gates(App *app, const CaseView *view, Arena *a, Closing *out)
{
    GateVerdict *gates;
    size_t n = app_facts_shut(app, view, fact_group("close"), a, &gates);

    out->lacks = arena_alloc(a, (n + view->doc.n_people + 1) * sizeof *out->lacks);
    for (size_t i = 0; i < n; i++) {
        ClosingLack *l = lack(out);
        l->says = gates[i].says;
        l->gate = gates[i].gate->id;
        const GateMend *mend = app_gate_mend(l->gate);
        if (mend) l->list = mend->list, l->preset = mend->preset, l->fact = mend->fact;
    }
}

static void lacks_of_suspects(App *app, const CaseDoc *doc, Arena *a, Closing *out)
{
    char name[120];

    for (size_t i = 0; i < doc->n_people; i++) {
        if (!lacks_disposal(doc, app_vocabs(app), &doc->people[i])) continue;
        ClosingLack *l = lack(out);
        l->says = arena_printf(a, "How it ended for the suspect %s.", name_of(&doc->people[i], name));
        l->list = LIST_DISPOSALS;
        l->preset = arena_printf(a, "person=%s", doc->people[i].key);
    }
}

/* ---- what would end ---- */

static void runs(Closing *out, Arena *a, size_t *cap, const char *says)
{
    out->runs = arena_room(a, out->runs, out->n_runs, cap, sizeof *out->runs);
    out->runs[out->n_runs++] = (ClosingEnd){ .says = says };
}

static void tasks_run(App *app, const CaseDoc *doc, Arena *a, Closing *out, size_t *cap)
{
    char due[CIVIL_TEXT];

    for (size_t i = 0; i < doc->n_tasks; i++) {
        const Task *t = &doc->tasks[i];
        if (t->done_at != TIME_NONE) continue;
        runs(out, a, cap, arena_printf(a, "task %s, due %s: %s", t->key, civil_words_short(t->due, due), t->what));
    }
    for (size_t i = 0; i < doc->n_holds; i++) {
        const Hold *h = &doc->holds[i];
        if (h->ended_at == TIME_NONE && h->until > app_now(app))
            runs(out, a, cap, arena_printf(a, "put aside until %s: %s", civil_words_short(h->until, due), h->duty));
    }
}

static void referrals_run(App *app, const CaseDoc *doc, Arena *a, Closing *out, size_t *cap)
{
    const Vocabs *v = app_vocabs(app);

    for (Code to = 1; to <= v->of[VOCAB_REFERRAL].n; to++) {
        ReferralStand s;
        referral_stand(doc, v, to, &s);
        if (referral_is_out(s.state))
            runs(out, a, cap,
                arena_printf(
                    a, "referral to %s: %s", vocab_label(v, VOCAB_REFERRAL, to), referral_state_label(s.state)));
    }
}

static void bonds_run(App *app, const CaseView *view, Arena *a, Closing *out, size_t *cap)
{
    OrderView *views;
    size_t n = order_views(&view->doc, view->doc.id, app_vocabs(app), app_now(app), a, &views);

    for (size_t i = 0; i < n; i++)
        if (views[i].stand != ORDER_ENDED)
            runs(out, a, cap,
                arena_printf(a, "%s %s of %s%s%s", views[i].title, views[i].key, views[i].against,
                    *views[i].sign ? ": " : "", views[i].sign));
}

static int by_due(const void *x, const void *y)
{
    const Duty *a = x, *b = y;

    return a->due != b->due ? (a->due < b->due ? -1 : 1) : strcmp(a->id, b->id);
}

/* What does not end with the investigation: the victim is still told. */
static void stays(App *app, const CaseView *view, Arena *a, Closing *out)
{
    CaseDoc closed = view->doc;
    Duty *then;
    size_t n;

    closed.closed_at = app_now(app);
    n = policy_evaluate(app->policy, &closed, app_now(app), a, &then);
    out->stay = arena_alloc(a, (n + 1) * sizeof *out->stay);
    for (size_t i = 0; i < n; i++)
        if (duty_is_live(&then[i])) out->stay[out->n_stay++] = then[i];
    qsort(out->stay, out->n_stay, sizeof *out->stay, by_due);
}

void app_closing(App *app, const CaseView *view, Arena *a, Closing *out)
{
    size_t cap = 0;

    *out = (Closing){ .n_lacks = 0 };
    lacks_of_gates(app, view, a, out);
    lacks_of_suspects(app, &view->doc, a, out);
    out->n_duties = app_closing_ends(app, view, a, &out->duties);
    stays(app, view, a, out);
    tasks_run(app, &view->doc, a, out, &cap);
    referrals_run(app, &view->doc, a, out, &cap);
    bonds_run(app, view, a, out, &cap);
}

/* ---- open again ---- */

static bool reopen(App *app, Change *c, const char *reason, Err *err)
{
    Reopening r;

    case_item_init(LIST_REOPENINGS, &r);
    if (c->doc.closed_at == TIME_NONE) return err_set(err, ERR_INVALID, "closed_at", "This case is open.");
    if (str_blank(reason)) return err_set(err, ERR_INVALID, "reason", "Reason: Say why it is open again.");
    r.closed_at = c->doc.closed_at;
    r.outcome = c->doc.outcome;
    r.reason = reason;
    if (!app_item_fits(app, &c->doc, LIST_REOPENINGS, &r, c->a, err)) return false;
    case_append(&c->doc, LIST_REOPENINGS, &r, c->a);
    c->doc.closed_at = TIME_NONE;
    c->doc.outcome = CODE_NONE;
    return true;
}

bool app_case_reopen(App *app, CaseRow *row, const char *reason, Err *err)
{
    Arena *a = arena_new_secret();
    Change c = { .app = app, .row = row, .act = "case.reopen", .a = a };
    bool ok = change_begin(&c, PERM_ADD_REOPENING, err) && reopen(app, &c, reason, err) && change_end(&c, NULL, err);

    arena_free(&a);
    return ok;
}
