/* owner.c — which unit has the case: one at a time, offered, accepted, refused or taken back (BD 1.10). The sender owns it until it is
** accepted; the plan of the risk and the duties go along, because they are the case's. */
#include "app/facts.h"

#include "inside.h"

#include "base/str.h"

#include <stdio.h>
#include <string.h>

const char *const owner_act_words[OWNER_ACTS] = { "offer", "accept", "refuse", "recall" };

/* ---- how it stands ---- */

static bool is_open(const Owner *o)
{
    return o->accepted_at == TIME_NONE && o->refused_at == TIME_NONE && o->recalled_at == TIME_NONE;
}

const Owner *app_owner_pending(const CaseDoc *doc, Time now)
{
    for (size_t i = doc->n_owners; i > 0; i--)
        if (is_open(&doc->owners[i - 1]) && doc->owners[i - 1].offered_at <= now) return &doc->owners[i - 1];
    return NULL;
}

bool app_owner_may(const App *app, OwnerAct act, const char *unit)
{
    if (!app_may_quietly(app, PERM_ADD_OWNER)) return false;
    return act == OWNER_OFFER || act == OWNER_RECALL || role_may_accept(app->session.roles, unit);
}

/* ---- the act ---- */

typedef struct Passing {
    OwnerAct act;
    const char *unit, *reason;
    char name[32]; /* "owner.accept" */
    Change change;
} Passing;

static bool may(App *app, Passing *p, Err *err)
{
    Err why = { 0 };

    if (!app_may_do(app, PERM_ADD_OWNER, p->name, p->change.row->id, err)) return false;
    if (!p->unit || app_owner_may(app, p->act, p->unit)) return true;
    err_set(&why, ERR_DENIED, "unit", "For %s this is answered by %s.",
        vocab_label(app_vocabs(app), VOCAB_UNIT, vocab_code(app_vocabs(app), VOCAB_UNIT, p->unit)), role_who_may_accept(p->unit));
    if (err) *err = why;
    return app_denied(app, p->name, p->change.row->id, why.text);
}

static bool offer(App *app, Passing *p, Arena *a, Err *err)
{
    const Owner *pending = app_owner_pending(&p->change.doc, app->now), *has = case_owner(&p->change.doc);
    const Vocabs *v = app_vocabs(app);
    Owner o;

    case_item_init(LIST_OWNERS, &o);
    o.unit = vocab_code(v, VOCAB_UNIT, p->unit);
    o.offered_at = app->now;
    o.by = app->session.warrant;
    if (!o.unit) return err_set(err, ERR_INVALID, "unit", "There is no unit \"%.40s\".", p->unit ? p->unit : "");
    if (has && has->unit == o.unit) return err_set(err, ERR_INVALID, "unit", "%s has it already.", vocab_label(v, VOCAB_UNIT, o.unit));
    if (pending)
        return err_set(err, ERR_INVALID, "unit", "It is offered to %s, who has not answered yet: recall that first.",
            vocab_label(v, VOCAB_UNIT, pending->unit));
    case_append(&p->change.doc, LIST_OWNERS, &o, a);
    return true;
}

static bool answer(App *app, Passing *p, Arena *a, Err *err)
{
    const Owner *pending = app_owner_pending(&p->change.doc, app->now);
    Owner *all, *o;

    if (!pending) return err_set(err, ERR_INVALID, "unit", "This case is offered to nobody.");
    if (p->unit && !str_eq(p->unit, vocab_word(app_vocabs(app), VOCAB_UNIT, pending->unit)))
        return err_set(err, ERR_INVALID, "unit", "It is offered to %s.", vocab_label(app_vocabs(app), VOCAB_UNIT, pending->unit));
    p->unit = vocab_word(app_vocabs(app), VOCAB_UNIT, pending->unit);
    if (!may(app, p, err)) return false;
    if (p->act != OWNER_ACCEPT && str_blank(p->reason))
        return err_set(err, ERR_INVALID, "reason", "Reason: Say why it is %s.", p->act == OWNER_REFUSE ? "refused" : "taken back");
    all = arena_alloc(a, p->change.doc.n_owners * sizeof *all);
    memcpy(all, p->change.doc.owners, p->change.doc.n_owners * sizeof *all);
    o = &all[pending - p->change.doc.owners];
    if (p->act == OWNER_ACCEPT) o->accepted_at = app->now;
    if (p->act == OWNER_REFUSE) o->refused_at = app->now;
    if (p->act == OWNER_RECALL) o->recalled_at = app->now;
    p->change.doc.owners = all;
    return p->act == OWNER_ACCEPT ||
           case_field_set(case_list_field(LIST_OWNERS, "reason"), o, p->reason, app_vocabs(app), a, err);
}

bool app_owner_act(App *app, CaseRow *row, OwnerAct act, const char *unit, const char *reason, Err *err)
{
    Arena *a = arena_new_secret();
    Passing p = { .act = act, .unit = unit, .reason = reason, .change = { .app = app, .row = row, .a = a } };
    bool ok;

    p.change.act = p.name;
    snprintf(p.name, sizeof p.name, "owner.%s", owner_act_words[act]);
    ok = may(app, &p, err) && change_begin(&p.change, PERM_ADD_OWNER, err) &&
         (act == OWNER_OFFER ? offer(app, &p, a, err) : answer(app, &p, a, err)) && change_end(&p.change, p.unit, err);
    arena_free(&a);
    return ok;
}
