/* counter.c — each says that the other began: a report of its own, in which victim and suspect have changed places, so that nobody's
** allegation is swallowed by the other's (IOPC on counter-allegations). The two cases name each other, in one act. What the first report
** found stays there: injuries, risk and references are looked into afresh. Of a restricted case it is born restricted, for the same
** people: it tells the same story. One that is not there for whoever asks is none (links.c). */
#include "inside.h"

#include "app/contact.h"
#include "base/mem.h"
#include "base/str.h"

#include <string.h>

#define ACT "case.counter"

static bool is_word(const Vocabs *v, VocabId vocab, Code code, const char *word)
{
    return str_eq(vocab_word(v, vocab, code), word);
}

/* ---- the people, with their places changed ---- */

/* What holds in both directions; "parent of" does not. */
static bool is_mutual(const Vocabs *v, Code kind)
{
    static const char *const mutual[] = { "spouse", "civil-partner", "partner", "ex-spouse", "ex-civil-partner",
        "ex-partner", "sibling", "in-law", "extended-family", "other" };

    for (size_t i = 0; i < ARRAY_LEN(mutual); i++)
        if (is_word(v, VOCAB_RELATIONSHIP, kind, mutual[i])) return true;
    return false;
}

/* Whoever was reported against speaks now, and the other way round; children and witnesses stay what they are. */
static Person turned(const Vocabs *v, const Person *p, Time now)
{
    Person q = *p;

    if (is_word(v, VOCAB_PERSON_ROLE, p->role, "victim"))
        q.role = vocab_code(v, VOCAB_PERSON_ROLE, "suspect");
    else if (is_word(v, VOCAB_PERSON_ROLE, p->role, "suspect"))
        q.role = vocab_code(v, VOCAB_PERSON_ROLE, "victim");
    q.recorded_at = now;
    q.status = NULL;
    q.n_status = 0;
    q.related_to = NULL;
    q.relationship = CODE_NONE;
    if (!is_word(v, VOCAB_PERSON_ROLE, q.role, "suspect")) q.warnings = NULL;
    if (is_word(v, VOCAB_PERSON_ROLE, q.role, "suspect")) q.address = NULL; /* of who was the victim: it does not go onto a suspect's page */
    return q;
}

/* Keys go with the role: the suspect that was is v1 here. Returns the key in the arena. */
static const char *key_for(const CaseDoc *doc, const Vocabs *v, const Person *p, Arena *a)
{
    char letter = vocab_word(v, VOCAB_PERSON_ROLE, p->role)[0];
    size_t n = 1;

    for (size_t i = 0; i < doc->n_people; i++) n += doc->people[i].role == p->role;
    return arena_printf(a, "%c%zu", letter, n);
}

static void turn_people(const CaseDoc *from, CaseDoc *to, const Vocabs *v, Time now, Arena *a)
{
    const char **keys = arena_zero(a, from->n_people + 1, sizeof *keys);

    for (size_t i = 0; i < from->n_people; i++) {
        Person q = turned(v, &from->people[i], now);
        q.key = keys[i] = key_for(to, v, &q, a);
        case_append(to, LIST_PEOPLE, &q, a);
    }
    for (size_t i = 0; i < from->n_people; i++) { /* "spouse of v1" becomes "spouse of" whom that was said */
        const Person *p = &from->people[i];
        for (size_t k = 0; p->related_to && k < from->n_people; k++) {
            if (!str_eq(from->people[k].key, p->related_to) || !is_mutual(v, p->relationship)) continue;
            bool suspect = is_word(v, VOCAB_PERSON_ROLE, p->role, "suspect");
            Person *q = &to->people[suspect ? k : i];
            q->related_to = keys[suspect ? i : k];
            q->relationship = p->relationship;
        }
    }
}

/* ---- the two cases ---- */

static bool has_both(const CaseDoc *doc, const Vocabs *v)
{
    bool victim = false, suspect = false;

    for (size_t i = 0; i < doc->n_people; i++) {
        victim |= is_word(v, VOCAB_PERSON_ROLE, doc->people[i].role, "victim");
        suspect |= is_word(v, VOCAB_PERSON_ROLE, doc->people[i].role, "suspect");
    }
    return victim && suspect;
}

static const char *counter_of(App *app, const CaseDoc *doc)
{
    for (size_t i = 0; i < doc->n_links; i++)
        if (is_word(app_vocabs(app), VOCAB_LINK, doc->links[i].why, "counter-allegation") && link_shown(app, &doc->links[i])) return doc->links[i].to;
    return NULL;
}

static void link_to(Change *c, CaseDoc *doc, const char *id)
{
    Link l;

    case_item_init(LIST_LINKS, &l);
    l.to = id;
    l.why = vocab_code(app_vocabs(c->app), VOCAB_LINK, "counter-allegation");
    l.by = c->app->session.warrant;
    l.at = c->app->now;
    case_append(doc, LIST_LINKS, &l, c->a);
}

static void flag_dv(Change *c, CaseDoc *to)
{
    const Vocabs *v = app_vocabs(c->app);
    Flag f;

    for (size_t i = 0; i < c->doc.n_flags; i++) {
        if (!is_word(v, VOCAB_FLAG, c->doc.flags[i].flag, "dv")) continue;
        f = c->doc.flags[i];
        f.by = c->app->session.warrant;
        f.at = c->app->now;
        case_append(to, LIST_FLAGS, &f, c->a);
        return;
    }
}

/* With whoever has the first: it is one story. */
static void same_owner(Change *c, CaseDoc *to)
{
    const Owner *has = case_owner(&c->doc);
    Owner o;

    if (!has) return;
    case_item_init(LIST_OWNERS, &o);
    o.unit = has->unit;
    o.by = c->app->session.warrant;
    o.offered_at = o.accepted_at = c->app->now;
    case_append(to, LIST_OWNERS, &o, c->a);
}

static void begin_other(Change *c, const char *id, CaseDoc *to)
{
    const CaseDoc *from = &c->doc;

    case_init(to);
    to->id = id;
    to->borough = from->borough;
    to->reported_at = c->app->now;
    to->reported_how = vocab_code(app_vocabs(c->app), VOCAB_REPORTED_HOW, "officer");
    to->incident_from = from->incident_from;
    to->incident_to = from->incident_to;
    to->incident_place = from->incident_place;
    to->incident_ward = from->incident_ward;
    to->kind = from->kind;
    if (from->restricted_at != TIME_NONE) to->restricted_at = c->app->now;
    to->children = from->children;
    to->children_at = from->children != CODE_NONE ? c->app->now : TIME_NONE;
    turn_people(from, to, app_vocabs(c->app), c->app->now, c->a);
    flag_dv(c, to);
    same_owner(c, to);
    link_to(c, to, from->id);
    case_sort(to);
}

static bool write(Change *c, const CaseDoc *other, Err *err)
{
    App *app = c->app;
    const Vocabs *v = app_vocabs(app);
    const char *who = app->session.warrant;
    CaseRow row;
    Tx tx = { 0 };
    bool ok = false;

    if (!store_begin(app->store, &tx, err)) goto out;
    if (!store_case_update(&tx, c->row->key, c->row->rev, &c->doc, v, app->now, who, err)) goto out;
    if (!store_case_insert_beside(&tx, other, c->row->key, v, app->now, who, &row, err)) goto out;
    if (!app_derive(app, &tx, c->row->key, &c->doc, c->a, err)) goto out;
    if (!app_derive(app, &tx, row.key, other, c->a, err)) goto out;
    if (!app_log_case(app, &tx, AUDIT_ALTER, ACT, c->row->key, NULL, other->id, err)) goto out;
    if (!app_log_case(app, &tx, AUDIT_COLLECT, ACT, row.key, other, c->doc.id, err)) goto out;
    ok = store_commit(&tx, err);
out:
    store_end(&tx);
    return ok;
}

static bool counter(Change *c, char number[16], Err *err)
{
    const Vocabs *v = app_vocabs(c->app);
    const char *there = counter_of(c->app, &c->doc);
    CaseDoc other;

    if (there) return err_set(err, ERR_INVALID, "to", "The counter-allegation is the case %.40s already.", there);
    if (!has_both(&c->doc, v))
        return err_set(err, ERR_INVALID, "people", "There must be a victim and a suspect to change places.");
    if (!app_case_number(c->app, number, err)) return false;
    begin_other(c, arena_dup(c->a, number), &other);
    link_to(c, &c->doc, other.id);
    case_sort(&c->doc);
    return case_check(&c->doc, v, c->app->now, err) && case_check(&other, v, c->app->now, err) && write(c, &other, err);
}

bool app_counter_allegation(App *app, CaseRow *row, Arena *a, const char **id, Err *err)
{
    Change c = { .app = app, .row = row, .act = ACT, .a = arena_new_secret() };
    char number[16] = "";
    bool ok = app_may_do(app, PERM_ADD_LINK, ACT, row->id, err) && change_begin(&c, PERM_ADD_PERSON, err) &&
              counter(&c, number, err);

    *id = ok ? arena_dup(a, number) : NULL;
    if (ok) case_raised(app, row, 1);
    arena_free(&c.a);
    return ok;
}
