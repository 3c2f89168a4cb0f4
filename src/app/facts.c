/* facts.c — saying what a case has once: attended, children, kind, the CAD's result, put away, closed. The policy's gate is
** asked with the case as it would be, so that what is said in the same breath counts. */
#include "app/closing.h"

#include "inside.h"

#include "core/disposal.h"

#include "base/str.h"
#include "cad_row.h"

#include <stdio.h>
#include <string.h>

/* ---- gates ---- */

static size_t shut(App *app, const FactGroup *g, const CaseDoc *doc, Arena *a, GateVerdict **out)
{
    PolicyText *texts;
    size_t n;

    *out = NULL;
    if (!g->gate) return 0;
    n = alert_texts(app, doc, app_now(app), a, &texts);
    return book_gates_shut(app, g->gate, doc, texts, n, a, out);
}

size_t app_facts_shut(App *app, const CaseView *view, const FactGroup *g, Arena *a, GateVerdict **out)
{
    return shut(app, g, &view->doc, a, out);
}

/* ---- what closing would end ---- */

size_t app_closing_ends(App *app, const CaseView *view, Arena *a, Duty **out)
{
    CaseDoc closed = view->doc;
    Duty *then;
    size_t all, n = 0;

    closed.closed_at = app_now(app);
    all = policy_evaluate(app->policy, &closed, app_now(app), a, &then);
    *out = arena_alloc(a, (all + 1) * sizeof **out);
    for (int missed = 1; missed >= 0; missed--)
        for (size_t i = 0; i < all; i++)
            if (then[i].ended == closed.closed_at && (then[i].ended > then[i].due) == missed) (*out)[n++] = then[i];
    return n;
}

/* ---- the act ---- */

typedef struct Saying {
    const FactGroup *group;
    Change change;
    Time before_decided; /* when it was decided before this */
} Saying;

/* What is said goes through the door that a file's values come through. */
static bool lay_over(App *app, Saying *s, const CaseDoc *values, Arena *a, Err *err)
{
    const CaseField *fields[FACTS_MAX];
    size_t n = fact_fields(s->group, fields);
    bool said = false;

    for (size_t i = 0; i < n; i++) {
        const CaseField *f = fields[i];
        bool moment = s->group->moment && str_eq(f->column, s->group->moment);
        if (case_field_absent(f, values)) {
            if (moment) *(Time *)(void *)((char *)&s->change.doc + f->offset) = app->now;
            continue;
        }
        said = true;
        if (!case_code_fits(app_vocabs(app), f, values, err)) return false;
        if (!case_field_set(f, &s->change.doc, case_field_text(f, values, app_vocabs(app), a), app_vocabs(app), a, err)) return false;
    }
    if (said || (n == 1 && s->group->moment)) return true;
    return err_set(err, ERR_INVALID, fields[0]->column, "%s: This is missing.", fields[0]->label);
}

/* A message that is not domestic stands on its evidence, and whoever says so decided it; a domestic one has none to give. */
static bool evidence_fits(App *app, Saying *s, const CaseDoc *values, Err *err)
{
    CaseDoc *doc = &s->change.doc;

    if (values->cad_result != CAD_NOT_DOMESTIC) {
        if (values->cad_ground || values->cad_evidence)
            return err_set(err, ERR_INVALID, "cad_ground", "Ground and evidence are of a message that is not domestic.");
        doc->cad_decided_at = s->before_decided;
        return true;
    }
    if (!values->cad_ground)
        return err_set(err, ERR_INVALID, "cad_ground", "Ground: A message is not domestic on a ground: say which (BD 1.13).");
    if (str_blank(values->cad_evidence))
        return err_set(err, ERR_INVALID, "cad_evidence", "Evidence: A message is not domestic on significant evidence: say what supports it (BD 1.13).");
    doc->cad_decided_by = app->session.warrant;
    return true;
}

static bool gate_is_open(App *app, const Saying *s, Arena *a, Err *err)
{
    GateVerdict *gates;

    if (shut(app, s->group, &s->change.doc, a, &gates) == 0) return true;
    return err_set(err, ERR_INVALID, "gate", "Not yet: %s", gates[0].says);
}

static bool prepare(App *app, Saying *s, const CaseDoc *values, Err *err)
{
    const CaseDoc *doc = &s->change.doc;
    bool closing = str_eq(s->group->word, "close");

    if (closing && doc->closed_at != TIME_NONE && doc->closed_at <= app->now)
        return err_set(err, ERR_INVALID, "closed_at", "This case is closed already.");
    s->before_decided = doc->cad_decided_at;
    if (!lay_over(app, s, values, s->change.a, err)) return false;
    if (str_eq(s->group->word, "cad") && !evidence_fits(app, s, values, err)) return false;
    if (closing && doc->outcome == CODE_NONE)
        return err_set(err, ERR_INVALID, "outcome", "Outcome: A case is closed with how it ended.");
    if (closing && !closing_disposed(doc, app_vocabs(app), err)) return false;
    if (values->kind == CASE_NO_CRIME && !disposal_no_crime(doc, app_vocabs(app)))
        return err_set(err, ERR_INVALID, "kind", "Kind: a no crime is asked for and decided as the disposal of its suspect: the Crime Management Unit decides.");
    return case_check(doc, app_vocabs(app), app->now, err) && gate_is_open(app, s, s->change.a, err);
}

bool app_facts_say(App *app, CaseRow *row, const FactGroup *g, const CaseDoc *values, Err *err)
{
    Arena *a = arena_new_secret();
    char act[32];
    Saying s = { .group = g, .change = { .app = app, .row = row, .act = act, .a = a } };
    bool ok;

    snprintf(act, sizeof act, "case.%s", g->word);
    ok = change_begin(&s.change, g->perm, err) && prepare(app, &s, values, err) && change_end(&s.change, NULL, err);
    arena_free(&a);
    return ok;
}
