/* contact_way.c — which ways there are to reach somebody, and what stands in front of each: whether it may be used, how old the word is,
** what happened since. It reads the document as it was masked and never sees a number. */
#include "inside.h"

#include "app/contact.h"
#include "base/str.h"

#include <string.h>

const VocabWord contact_purposes[] = {
    { "update", "News of the case" },
    { "safety", "To see whether they are safe" },
    { "statement", "A statement or evidence" },
    { "visit", "To send officers there" },
    { "letter", "To write a letter" },
    { "court", "Court: warnings, measures" },
    { "referral", "For an agency they agreed to" },
    { "check", "To check that it is recorded right" },
    { NULL, NULL },
};

const char *contact_purpose_label(const char *word)
{
    for (const VocabWord *w = contact_purposes; w->word; w++)
        if (str_eq(w->word, word)) return w->label;
    return NULL;
}

typedef struct Ways {
    const App *app;
    const CaseDoc *doc;
    const Vocabs *v;
    Time now;
    Arena *a;
    SafeWay *items;
    size_t n;
} Ways;

static bool is_word(const Ways *w, VocabId vocab, Code code, const char *word)
{
    return str_eq(vocab_word(w->v, vocab, code), word);
}

static const Person *person_of(const CaseDoc *doc, const char *key)
{
    for (size_t i = 0; key && i < doc->n_people; i++)
        if (str_eq(doc->people[i].key, key)) return &doc->people[i];
    return NULL;
}

static const char *name_of(const Ways *w, const char *key)
{
    const Person *p = person_of(w->doc, key);

    if (p && p->given && p->family) return arena_printf(w->a, "%s %s", p->given, p->family);
    return p && p->family ? p->family : p && p->given ? p->given : key ? key : "";
}

/* ---- what happened since ---- */

static bool is_suspect(const Ways *w, const char *key)
{
    const Person *p = person_of(w->doc, key);

    return !p || is_word(w, VOCAB_PERSON_ROLE, p->role, "suspect"); /* an event that names nobody is of the suspect */
}

static const char *freed_since(const Ways *w, Time at)
{
    for (size_t i = w->doc->n_events; i > 0; i--) {
        const Event *e = &w->doc->events[i - 1];
        bool freed = is_word(w, VOCAB_EVENT, e->kind, "release") || is_word(w, VOCAB_EVENT, e->kind, "bail");
        if (e->withdrawn.at == TIME_NONE && freed && is_suspect(w, e->person) && e->at != TIME_NONE && e->at > at)
            return is_word(w, VOCAB_EVENT, e->kind, "bail") ? "the suspect was bailed since" : "the suspect was released since";
    }
    return NULL;
}

static bool unsafe_since(const Ways *w, Time at)
{
    for (size_t i = 0; i < w->doc->n_contacts; i++) {
        const Contact *c = &w->doc->contacts[i];
        if (c->withdrawn.at == TIME_NONE && is_word(w, VOCAB_CONTACT_WITH, c->with, "victim") && is_word(w, VOCAB_CONTACT_RESULT, c->result, "unsafe") &&
            c->at != TIME_NONE && c->at > at)
            return true;
    }
    return false;
}

static const char *unsure(const Ways *w, Time at)
{
    const char *freed;
    long days;

    if (at == TIME_NONE) return "nobody said when that was confirmed";
    freed = freed_since(w, at);
    if (freed) return freed;
    if (unsafe_since(w, at)) return "it was not safe to speak since";
    days = (long)civil_local_date(w->now) - (long)civil_local_date(at);
    return days > SAFE_FRESH_DAYS ? arena_printf(w->a, "confirmed %ld days ago", days) : NULL;
}

/* ---- entries of safe contact ---- */

static bool says_no(const Ways *w, const SafeContact *s)
{
    return is_word(w, VOCAB_CONTACT_RULE, s->rule, "do-not-use");
}

/* The word on a way as a whole ("no letters"), where there is one and it is not older. */
static const SafeContact *on_the_way(const Ways *w, const char *person, const char *way, Time since)
{
    const SafeContact *last = NULL;

    for (size_t i = 0; i < w->doc->n_safe_contacts; i++) {
        const SafeContact *s = &w->doc->safe_contacts[i];
        if (!s->value && str_eq(s->person, person) && is_word(w, VOCAB_CONTACT_WAY, s->way, way) &&
            (since == TIME_NONE || s->at >= since))
            last = s;
    }
    return last;
}

static const char *rule_says(const Ways *w, const SafeContact *s)
{
    const char *rule = vocab_label(w->v, VOCAB_CONTACT_RULE, s->rule);

    if (says_no(w, s)) return s->note ? s->note : "by nobody";
    return arena_printf(w->a, "%s%s%s; %s%s%s", rule, s->times ? ": " : "", s->times ? s->times : "",
        s->voicemail ? "a message may be left" : "no message", s->note ? "; " : "", s->note ? s->note : "");
}

static SafeWay *add(Ways *w)
{
    return &w->items[w->n++];
}

/* Each says of itself whether a newer one says the same of the same value (case_mask leaves that mark). */
static void add_entries(Ways *w)
{
    for (size_t i = 0; i < w->doc->n_safe_contacts; i++) {
        const SafeContact *s = &w->doc->safe_contacts[i], *whole;
        const char *way = vocab_word(w->v, VOCAB_CONTACT_WAY, s->way);
        SafeWay *x;
        if (str_eq(s->value, SAFE_SAID_AGAIN)) continue;
        if (!s->value && on_the_way(w, s->person, way, TIME_NONE) != s) continue;
        whole = s->value ? on_the_way(w, s->person, way, s->at) : NULL;
        x = add(w);
        x->id = arena_printf(w->a, "safe-%zu", i + 1);
        x->person = s->person;
        x->what = arena_printf(w->a, "%s of %s", vocab_label(w->v, VOCAB_CONTACT_WAY, s->way), name_of(w, s->person));
        x->says = rule_says(w, s);
        x->blocked = says_no(w, s) || (whole && says_no(w, whole));
        x->unsure = unsure(w, s->at);
        x->message = s->voicemail && !x->blocked;
        x->at = s->at;
    }
}

/* ---- where somebody lives ---- */

static void add_addresses(Ways *w)
{
    for (size_t i = 0; i < w->doc->n_people; i++) {
        const Person *p = &w->doc->people[i];
        const SafeContact *visit;
        SafeWay *x;
        if (!str_eq(p->address, CASE_HIDDEN)) continue;
        visit = on_the_way(w, p->key, "visit", TIME_NONE);
        x = add(w);
        x->id = arena_printf(w->a, "home-%s", p->key);
        x->person = p->key;
        x->what = arena_printf(w->a, "Address of %s", name_of(w, p->key));
        x->says = visit ? rule_says(w, visit) : "nobody said whether it is safe to go there; letters are off";
        x->blocked = visit && says_no(w, visit);
        x->unsure = unsure(w, visit ? visit->at : p->recorded_at);
        x->at = visit ? visit->at : p->recorded_at;
    }
}

/* ---- what the newest book says ---- */

static void add_book(Ways *w)
{
    const Book *book = case_book(w->doc, NULL);
    SafeWay *x;

    if (!book || !book->answers || !strstr(book->answers, CASE_HIDDEN)) return;
    x = add(w);
    x->id = arena_printf(w->a, "book-%s", book->serial ? book->serial : "");
    x->what = arena_printf(w->a, "Safe contact in the book %s", book->serial ? book->serial : "");
    x->says = "as the book says";
    x->unsure = unsure(w, book->completed_at);
    x->at = book->completed_at;
}

size_t app_safe_ways(const App *app, const CaseView *view, Arena *a, SafeWay **out)
{
    Ways w = { .app = app, .doc = &view->doc, .v = app_vocabs(app), .now = app_now(app), .a = a };

    w.items = arena_zero(a, w.doc->n_safe_contacts + w.doc->n_people + 2, sizeof *w.items);
    add_entries(&w);
    add_addresses(&w);
    add_book(&w);
    *out = w.items;
    return w.n;
}
