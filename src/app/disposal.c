/* disposal.c — how it ends for a suspect, as one act: the disposal, what the suspect is from then on, the event of which the victim is told, and
** of a no crime the kind of the report. What it must be is core/disposal.h; who decides it, core/role.h. */
#include "inside.h"

#include "core/disposal.h"

#include "base/str.h"

#include <string.h>

/* ---- who ---- */

static bool may_decide(App *app, const Change *c, const Disposal *d, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    const char *words[] = { vocab_word(v, VOCAB_DISPOSAL, d->kind), vocab_word(v, VOCAB_DISPOSAL_REASON, d->reason) };
    Err why = { 0 };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (role_may_dispose(app->session.roles, words[i])) continue;
        err_set(&why, ERR_DENIED, i ? "reason" : "kind", "This is decided by %s.", role_who_may_dispose(words[i]));
        if (err) *err = why;
        return app_denied(app, c->act, c->row->id, why.text);
    }
    return true;
}

/* ---- what comes with it ---- */

static Person *own_person(Change *c, const char *key)
{
    Person *all = arena_alloc(c->a, (c->doc.n_people + 1) * sizeof *all), *found = NULL;

    memcpy(all, c->doc.people, c->doc.n_people * sizeof *all);
    c->doc.people = all;
    for (size_t i = 0; i < c->doc.n_people; i++)
        if (str_eq(all[i].key, key)) found = &all[i];
    return found;
}

/* A status that is newer than the decision is left alone: it is written up late, and more has happened since. */
static void set_status(Change *c, const Vocabs *v, const Disposal *d, const char *word)
{
    Person *p = own_person(c, d->person);
    Status s = { vocab_code(v, VOCAB_SUSPECT_STATUS, word), d->at };

    if (disposal_status(p) == s.status) return;
    case_append_status(p, &s, c->a);
}

/* It was written down before, or it is of the same day: another disposal of the same charge. */
static bool has_event(const Change *c, const Vocabs *v, Code kind, const Disposal *d)
{
    if (disposal_event(&c->doc, v, d->kind, d->person)) return true;
    for (size_t i = 0; i < c->doc.n_events; i++) {
        const Event *e = &c->doc.events[i];
        if (e->kind == kind && str_eq(e->person, d->person) && !case_withdrawal(LIST_EVENTS, e) && e->at != TIME_NONE &&
            civil_local_date(e->at) == civil_local_date(d->at))
            return true;
    }
    return false;
}

static void add_event(Change *c, const Vocabs *v, const Disposal *d, const char *word)
{
    Event e;

    case_item_init(LIST_EVENTS, &e);
    e.kind = vocab_code(v, VOCAB_EVENT, word);
    e.person = d->person;
    e.at = d->at;
    e.by = d->by;
    if (!has_event(c, v, e.kind, d)) case_append(&c->doc, LIST_EVENTS, &e, c->a);
}

/* A no crime is decided by another than who asks: it waits on the desk of the Crime Management Unit until it is. */
static bool ask_and_answer(App *app, Change *c, const Vocabs *v, const Disposal *d, Err *err)
{
    const char *word = vocab_word(v, VOCAB_DISPOSAL, d->kind);
    const char *what = arena_printf(c->a, "No crime asked for %s: decide it, or refuse it", d->person);

    if (str_eq(word, "no-crime-asked")) return waits_add(app, c, ROLE_CMU, what, err);
    if (str_eq(word, "no-crime") || str_eq(word, "no-crime-refused")) waits_answered(app, c, what, vocab_label(v, VOCAB_DISPOSAL, d->kind));
    return true;
}

static void bring_along(Change *c, const Vocabs *v, const Disposal *d)
{
    const DisposalKind *k = disposal_kind(v, d->kind);

    if (k && k->status) set_status(c, v, d, k->status);
    if (k && k->event) add_event(c, v, d, k->event);
    if (k && str_eq(k->word, "no-crime") && d->offence == CODE_NONE)
        c->doc.kind = vocab_code(v, VOCAB_CASE_KIND, "no-crime");
}

/* ---- the act ---- */

static bool put(App *app, Change *c, Disposal *d, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    const Event *known;

    if (!may_decide(app, c, d, err)) return false;
    d->detection = str_eq(vocab_word(v, VOCAB_DETECTION, d->counted), "yes");
    known = disposal_event(&c->doc, v, d->kind, d->person);
    if (known && d->at == TIME_NONE) d->at = known->at;
    if (!app_item_fits(app, &c->doc, LIST_DISPOSALS, d, c->a, err) || !disposal_may_stand(&c->doc, v, d, err))
        return false;
    bring_along(c, v, d);
    case_append(&c->doc, LIST_DISPOSALS, d, c->a);
    return ask_and_answer(app, c, v, d, err);
}

bool disposal_add(App *app, CaseRow *row, const Disposal *item, Err *err)
{
    Arena *a = arena_new_secret();
    Change c = { .app = app, .row = row, .act = "disposal.add", .a = a };
    Disposal d = *item;
    bool ok = change_begin(&c, PERM_ADD_DISPOSAL, err) && put(app, &c, &d, err) &&
              change_end(&c, vocab_word(app_vocabs(app), VOCAB_DISPOSAL, d.kind), err);

    arena_free(&a);
    return ok;
}
