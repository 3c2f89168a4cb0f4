/* training_book.c — the books of made-up cases, written backwards: the case is finished, and its book says what the case
** says, so that the two never differ. Where the case is silent the book is filled in from short lists; every sentence is
** invented, and every telephone number is one of those kept for plays. A book that came back lacks, in its first version,
** what it came back for. Pure: the same case and chance give the same books. */
#include "training_book.h"

#include "base/crypto.h"
#include "base/mem.h"
#include "base/str.h"
#include "core/answers.h"
#include "core/book.h"
#include "policy/form_spec.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- words ---- */

static const char *const teams[] = { "A relief", "B relief", "C relief", "D relief", "E relief" };
static const char *const first_words[] = {
    "\"Thank God you are here, he has gone mad again.\"",
    "\"I did not want to call. It was the noise, the neighbour must have called.\"",
    "\"Please be quiet, the little one is asleep.\"",
    "\"It is nothing. We only had words.\"",
};
static const char *const accounts[] = {
    "%v says that %s came home late and that an argument began about money. It went on for about an hour in the "
    "kitchen. %s shouted, "
    "threw a plate at the wall and stood in the door so that %v could not leave the room. %v then pressed the button "
    "for the police on the telephone.",
    "%v and %s had spoken on the telephone in the afternoon about the weekend. In the evening %s rang at the door and "
    "would not go away. "
    "When %v opened on the chain, %s pushed the door and the chain came out of the frame. %v was pushed against the "
    "radiator.",
    "According to %v the evening had been quiet until %s read the messages on the telephone. %s shouted names and "
    "took the telephone. "
    "%v tried to get it back and was held by both wrists. There was no other violence tonight.",
    "%v was at the bus stop when %s drove past, turned and stopped. %s got out and shouted across the street for "
    "several minutes. "
    "%v walked into the shop; the man behind the counter let %v wait there until police came.",
    "There had been a family meal. %s said something about the way %v keeps the house, and it grew loud. %s swept the "
    "things off the table "
    "and gripped %v by the upper arm. An aunt led %s out of the room.",
};
static const char *const demeanours[] = { "Calm, but looked at the door again and again.",
    "Crying, and spoke very softly.", "Angry, and tired of telling it.",
    "Shaking at first; better after a glass of water." };
static const char *const plans[] = {
    "%v stays at the address with a sister. %s has no key. The alarm number was tried out.",
    "%v is with a friend until Monday. Patrols pass the address twice in the night.",
    "%s is in custody. %v is told before any release.",
    "%v has a bag packed and knows where to go. The neighbour has the number of the station."
};
static const char *const fears[] = { "Afraid that it will start again as soon as police have gone.",
    "Not afraid of more tonight, but for the little one.", "Says the worst is over. Hands shook while saying it.",
    "Wants it to stop and does not want anybody to be arrested." };
static const char *const causes[] = { "grip of a hand", "pushed against the radiator", "the edge of the door",
    "an open hand" };
static const char *const regions[] = { "front-left-forearm", "front-right-forearm", "front-left-upper-arm",
    "front-mouth", "back-upper-back" };
static const char *const addenda_texts[] = {
    "The door number in the account is wrong: it is the flat on the left. Nothing else changes.",
    "%v rang to say that the sister's name was written down wrongly. Put right here.",
    "The exhibit is kept at the station and not with the officer."
};

/* ---- chance ---- */

typedef struct Teller {
    CaseDoc *doc;
    const Vocabs *v;
    const TrainingForms *forms;
    uint64_t chance;
    Time now;
    Arena *arena;
    Answers *a; /* of the book that is being written */
    const Book *book;
    const Person *victim, *suspect;
} Teller;

static uint64_t draw(Teller *t)
{
    uint64_t z = t->chance += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static uint32_t below(Teller *t, uint32_t n)
{
    return (uint32_t)((draw(t) >> 32) * n >> 32);
}

static bool one_in_hundred(Teller *t, uint32_t times)
{
    return below(t, 100) < times;
}

#define ANY(t, list) (list)[below(t, (uint32_t)ARRAY_LEN(list))]

/* ---- writing ---- */

static void put(Teller *t, const char *name, const char *text)
{
    if (text && *text) answers_put(t->a, name, text);
}

/* A name that is longer than the form has room for is left out: the case has it. */
static void put_name(Teller *t, const char *name, const char *text)
{
    enum { ROOM = 60 };
    size_t characters = 0;

    for (const char *s = text; s && *s; s++) characters += ((unsigned char)*s & 0xc0) != 0x80;
    if (characters <= ROOM) put(t, name, text);
}

static void put_time(Teller *t, const char *name, Time at)
{
    char text[CIVIL_TEXT];

    if (at != TIME_NONE && at <= t->book->completed_at) put(t, name, civil_format_time(at, text));
}

static void put_date(Teller *t, const char *name, Date d)
{
    char text[CIVIL_TEXT];

    if (d != DATE_NONE) put(t, name, civil_format_date(d, text));
}

static void put_yes(Teller *t, const char *name, bool yes)
{
    put(t, name, yes ? "yes" : "no");
}

static void put_code(Teller *t, const char *name, VocabId vocab, Code code)
{
    if (code) put(t, name, vocab_word(t->v, vocab, code));
}

static const char *row(Teller *t, const char *group, size_t i, const char *name)
{
    char path[ANSWERS_PATH];

    return arena_dup(t->arena, answers_path(path, group, i, name));
}

static const char *name_of(const Person *p, const char *otherwise)
{
    if (!p) return otherwise;
    return p->given ? p->given : p->family ? p->family : otherwise;
}

/* %v is the victim, %s the suspect. */
static const char *told(Teller *t, const char *text)
{
    Str out = { 0 };
    const char *kept;

    for (const char *s = text; *s;) {
        size_t plain = strcspn(s, "%");
        str_add_n(&out, s, plain);
        s += plain;
        if (!*s) break;
        str_add(&out, s[1] == 'v' ? name_of(t->victim, "the victim") : name_of(t->suspect, "the suspect"));
        s += 2;
    }
    kept = arena_dup(t->arena, str_text(&out));
    str_finish(&out);
    return kept;
}

static bool is_word(const Teller *t, VocabId vocab, Code code, const char *word)
{
    return str_eq(vocab_word(t->v, vocab, code), word);
}

/* ---- sections ---- */

static const Reference *reference_of(const Teller *t, const char *system)
{
    for (size_t i = 0; i < t->doc->n_references; i++) {
        const Reference *r = &t->doc->references[i];
        if (is_word(t, VOCAB_SYSTEM, r->system, system) && r->at <= t->book->completed_at) return r;
    }
    return NULL;
}

static void put_reference(Teller *t, const char *name, const char *system)
{
    const Reference *r = reference_of(t, system);

    if (r) put(t, name, r->number);
}

static void tell_header(Teller *t)
{
    const CaseDoc *doc = t->doc;

    put(t, "book.serial", t->book->serial);
    put(t, "header.borough", doc->borough);
    put(t, "header.cad", doc->cad_number);
    put_time(t, "header.cad-received", doc->cad_received_at);
    put_reference(t, "header.cris", "cris");
    put_time(t, "header.reported", doc->reported_at);
    put_time(t, "header.attended", doc->attended_at);
    put_time(t, "incident.from", doc->incident_from);
    put_time(t, "incident.to", doc->incident_to);
    put(t, "incident.place", doc->incident_place);
    put(t, "incident.ward", doc->incident_ward);
    put(t, "officer.warrant", t->book->by);
    put(t, "officer.rank", "pc");
    put(t, "officer.team",
        teams[(t->book->by ? (unsigned char)t->book->by[strlen(t->book->by) - 1] : 0) % ARRAY_LEN(teams)]);
    put_code(t, "reported.how", VOCAB_REPORTED_HOW, doc->reported_how);
    if (!is_word(t, VOCAB_REPORTED_HOW, doc->reported_how, "call")) return;
    put(t, "reported.caller", one_in_hundred(t, 60) ? "victim" : "neighbour");
    put(t, "reported.recording", "yes");
}

static void tell_victim(Teller *t)
{
    const Person *p = t->victim;

    if (!p) return;
    put_name(t, "victim.family", p->family);
    put_name(t, "victim.given", p->given);
    put_date(t, "victim.born", p->born);
    put_code(t, "victim.sex", VOCAB_SEX, p->sex);
    put(t, "victim.ethnicity", p->ethnicity);
    put_yes(t, "victim.staff", p->police_staff);
    put(t, "victim.interpreter", "no");
    put_yes(t, "victim.living-there", one_in_hundred(t, 60));
    put(t, "victim.occupation", one_in_hundred(t, 50) ? "shop assistant" : "none at present");
}

static void tell_safe_contact(Teller *t)
{
    put(t, "safe.ok", "yes");
    answers_put_list(t->a, "safe.how", "telephone");
    put(t, "safe.number", arena_printf(t->arena, "020 7946 0%03u", below(t, 1000)));
    put(t, "safe.times", one_in_hundred(t, 50) ? "weekdays 10 to 12" : "after 8 in the evening");
    put_yes(t, "safe.message", one_in_hundred(t, 20));
    put(t, "safe.code-word", one_in_hundred(t, 30) ? "umbrella" : NULL);
}

static Time arrested_at(const Teller *t)
{
    for (size_t i = 0; i < t->doc->n_events; i++) {
        const Event *e = &t->doc->events[i];
        if (is_word(t, VOCAB_EVENT, e->kind, "arrest") && e->at <= t->book->completed_at) return e->at;
    }
    return TIME_NONE;
}

/* Where the suspect stood when the book was written. */
static const Status *status_of(const Teller *t)
{
    const Status *last = NULL;

    for (size_t i = 0; t->suspect && i < t->suspect->n_status; i++)
        if (t->suspect->status[i].at <= t->book->completed_at) last = &t->suspect->status[i];
    return last;
}

static void tell_arrest(Teller *t)
{
    Time at = arrested_at(t);
    const Status *status = status_of(t);

    put_yes(t, "suspect.arrested", at != TIME_NONE);
    put_time(t, "suspect.arrest-at", at);
    if (at == TIME_NONE) put(t, "suspect.no-arrest", "not-there");
    if (!status) return;
    put_code(t, "suspect.status", VOCAB_SUSPECT_STATUS, status->status);
    put_time(t, "suspect.status-at", status->at);
    if (is_word(t, VOCAB_SUSPECT_STATUS, status->status, "outstanding"))
        put(t, "suspect.whereabouts", "Said to stay with a friend in another borough; no address yet.");
}

static bool is_told(const Teller *t, const char *whom)
{
    for (size_t i = 0; i < t->doc->n_notices; i++)
        if (is_word(t, VOCAB_NOTICE, t->doc->notices[i].to, whom) && t->doc->notices[i].at <= t->book->completed_at)
            return true;
    return false;
}

static void tell_suspect(Teller *t)
{
    const Person *p = t->suspect;

    put_yes(t, "suspect.known", p != NULL);
    put_yes(t, "suspect.there", one_in_hundred(t, 50));
    put(t, "suspect.weapons", "no");
    put(t, "suspect.bail", "no");
    put_yes(t, "suspect.staff", p && p->police_staff);
    if (is_told(t, "di")) put(t, "suspect.di-told", "yes");
    tell_arrest(t);
    if (!p) {
        put(t, "suspect.description", "Not seen by anybody who could describe them.");
        return;
    }
    put_name(t, "suspect.family", p->family);
    put_name(t, "suspect.given", p->given);
    put_date(t, "suspect.born", p->born);
    put_code(t, "suspect.sex", VOCAB_SEX, p->sex);
    put(t, "suspect.ethnicity", p->ethnicity);
    put_code(t, "relationship.kind", VOCAB_RELATIONSHIP, p->relationship);
    answers_put_list(t->a, "suspect.checks", "pnc,cris");
    put(t, "suspect.checks-result", "Nothing but one old report of the same kind.");
}

static void tell_relationship(Teller *t)
{
    bool children = t->doc->children && !is_word(t, VOCAB_CHILDREN, t->doc->children, "none");
    bool together = one_in_hundred(t, 50);

    put_yes(t, "relationship.living-together", together);
    put_yes(t, "relationship.separated", !together && one_in_hundred(t, 60));
    put_yes(t, "relationship.shared-children", children);
    if (children) put_yes(t, "relationship.contact-dispute", one_in_hundred(t, 30));
}

static void tell_child(Teller *t, const Person *p, size_t i)
{
    put_name(t, row(t, "child", i, "family"), p->family);
    put_name(t, row(t, "child", i, "given"), p->given);
    put_date(t, row(t, "child", i, "born"), p->born);
    put_code(t, row(t, "child", i, "sex"), VOCAB_SEX, p->sex);
    put(t, row(t, "child", i, "ethnicity"), p->ethnicity);
    put(t, row(t, "child", i, "lives-there"), "yes");
    put(t, row(t, "child", i, "there"), "no");
    put(t, row(t, "child", i, "injured"), "no");
    put(t, row(t, "child", i, "suspect-child"), "not-known");
}

static void tell_children(Teller *t)
{
    const CaseDoc *doc = t->doc;
    size_t n = 0;

    if (!doc->children || doc->children_at > t->book->completed_at) return;
    put_code(t, "children.answer", VOCAB_CHILDREN, doc->children);
    put_reference(t, "children.merlin", "merlin");
    if (is_word(t, VOCAB_CHILDREN, doc->children, "present")) {
        put(t, "children.seen", "yes");
        put(t, "demeanour.children", "Awake and quiet; the older one held the younger one's hand.");
    }
    if (is_word(t, VOCAB_CHILDREN, doc->children, "none")) return;
    for (size_t i = 0; i < doc->n_people; i++)
        if (is_word(t, VOCAB_PERSON_ROLE, doc->people[i].role, "child")) tell_child(t, &doc->people[i], n++);
}

static bool is_flagged(const Teller *t, const char *word)
{
    for (size_t i = 0; i < t->doc->n_flags; i++)
        if (is_word(t, VOCAB_FLAG, t->doc->flags[i].flag, word) && t->doc->flags[i].at <= t->book->completed_at)
            return true;
    return false;
}

static bool is_classed(const Teller *t, Code class)
{
    for (size_t i = 0; i < t->doc->n_offences; i++)
        if (t->doc->offences[i].class == class && t->doc->offences[i].at <= t->book->completed_at) return true;
    return false;
}

static void tell_allegation(Teller *t)
{
    Str classes = { 0 };

    put_code(t, "allegation.kind", VOCAB_CASE_KIND, t->doc->kind);
    for (size_t code = 1; code <= t->v->of[VOCAB_OFFENCE].n;
         code++) /* in the order of the words, as a list of answers is */
        if (is_classed(t, (Code)code))
            str_addf(&classes, "%s%s", classes.n ? "," : "", vocab_word(t->v, VOCAB_OFFENCE, (Code)code));
    if (classes.n) answers_put_list(t->a, "allegation.offences", str_text(&classes));
    str_finish(&classes);
    put(t, "allegation.first-words", ANY(t, first_words));
    put(t, "allegation.account", told(t, ANY(t, accounts)));
    put_yes(t, "allegation.honour", is_flagged(t, "hbv"));
    put_yes(t, "allegation.forced-marriage", is_flagged(t, "fm"));
    put_yes(t, "allegation.sexual", is_flagged(t, "sso"));
    put(t, "allegation.counter", "no");
    put(t, "others.house-to-house", "yes");
    put(t, "others.result", "Next door heard shouting, not words. Nobody came to the other door.");
}

static void tell_injury(Teller *t, size_t i)
{
    put(t, row(t, "injury", i, "region"), ANY(t, regions));
    answers_put_list(t->a, row(t, "injury", i, "kinds"), one_in_hundred(t, 60) ? "bruise" : "redness,graze");
    put(t, row(t, "injury", i, "size"), one_in_hundred(t, 50) ? "3 cm by 2 cm" : "as a coin");
    put(t, row(t, "injury", i, "cause"), ANY(t, causes));
    put(t, row(t, "injury", i, "whose"), "victim");
    put(t, row(t, "injury", i, "photographed"), "yes");
}

static void tell_injuries(Teller *t)
{
    size_t n = t->doc->n_offences ? below(t, 3) : 0;

    put_yes(t, "injury.any", n > 0);
    put(t, "injury.strangled", "no");
    put_yes(t, "photo.any", n > 0);
    if (n == 0) return;
    put(t, "injury.ambulance", "no");
    put(t, "injury.treated", "no");
    put(t, "injury.refused", "Would see a doctor in the morning; nobody else was in the room.");
    put(t, "photo.again", "yes");
    for (size_t i = 0; i < n; i++) tell_injury(t, i);
    put(t, row(t, "photo", 0, "of"), "the injuries, each from two sides");
    put(t, row(t, "photo", 0, "medium"), "digital");
    put(t, row(t, "photo", 0, "where"), "card in the exhibits safe");
}

/* ---- risk ---- */

static const Assessment *initial_of(const Teller *t)
{
    const Assessment *found = NULL;

    for (size_t i = 0; i < t->doc->n_assessments; i++) {
        const Assessment *s = &t->doc->assessments[i];
        if (is_word(t, VOCAB_STAGE, s->stage, "initial") && s->at <= t->book->completed_at) found = s;
    }
    return found;
}

static void tell_factors(Teller *t, const char *json)
{
    json_t *all = json ? json_loads(json, 0, NULL) : NULL, *one;
    const char *factor;

    json_object_foreach(all, factor, one)
    {
        put(t, arena_printf(t->arena, "risk.%s", factor), json_string_value(json_object_get(one, "answer")));
        put(t, arena_printf(t->arena, "risk.%s.context", factor), json_string_value(json_object_get(one, "context")));
    }
    json_decref(all);
}

static void tell_risk(Teller *t)
{
    const Assessment *s = initial_of(t);

    put(t, "risk.victim-view", ANY(t, fears));
    if (!s) return;
    tell_factors(t, s->answers);
    put_code(t, "risk.grade", VOCAB_GRADE, s->grade);
    put(t, "risk.rationale", s->rationale);
}

/* ---- the rest ---- */

static void tell_evidence(Teller *t)
{
    bool statement = one_in_hundred(t, 60);

    answers_put_list(t->a, "scene.state", one_in_hundred(t, 70) ? "undisturbed" : "untidy");
    put(t, "scene.messages", "no");
    put(t, "demeanour.victim", ANY(t, demeanours));
    put(t, "demeanour.suspect", "Quiet, and helpful to the officers.");
    put(t, "history.checked", "yes");
    put(t, "history.calls", arena_printf(t->arena, "%u", below(t, 4)));
    put(t, "orders.any", "no");
    put_yes(t, "statement.taken", statement);
    if (statement)
        put(t, "statement.signed", "yes");
    else
        put(t, "statement.why-not", one_in_hundred(t, 50) ? "too-upset" : "later");
    put(t, "statement.supports", statement ? "yes" : "undecided");
}

static void tell_action(Teller *t)
{
    bool arrest = arrested_at(t) != TIME_NONE;

    answers_put_list(t->a, "action.taken", arrest ? "arrest" : "victim-moved,advice");
    if (!arrest) put(t, "action.none", "The suspect had gone before police came; the places named were looked at.");
    put(t, "action.tonight", told(t, ANY(t, plans)));
    answers_put_list(t->a, "support.advice", one_in_hundred(t, 50) ? "leaflet" : "leaflet,alarm");
    put(t, "support.share", "yes");
    for (size_t i = 0; i < t->doc->n_consent; i++)
        if (str_eq(t->doc->consent[i].to, "victim-support"))
            put_code(t, "support.consent", VOCAB_CONSENT, t->doc->consent[i].answer);
    put(t, "declaration.true", "yes");
    put_time(t, "declaration.at", t->book->completed_at);
}

/* ---- one book ---- */

static void say_all(Teller *t)
{
    tell_header(t);
    tell_victim(t);
    tell_safe_contact(t);
    tell_suspect(t);
    tell_relationship(t);
    tell_children(t);
    tell_allegation(t);
    tell_injuries(t);
    tell_risk(t);
    tell_evidence(t);
    tell_action(t);
}

/* What the sergeant sent it back for. */
static void leave_out(Teller *t)
{
    put(t, "demeanour.victim", "Upset.");
    put(t, "action.tonight", "Advice given.");
    answers_put(t->a, "history.calls", "");
    answers_put(t->a, "others.result", "");
}

static const char *written(Teller *t)
{
    Str text = { 0 };
    const char *kept;

    put(t, "form", t->forms->book);
    answers_write(t->a, &text);
    kept = arena_dup_n(t->arena, text.s, text.n);
    str_finish(&text);
    return kept;
}

static void write_book(Teller *t, Book *b, bool came_back)
{
    uint64_t chance = t->chance; /* both versions are told alike */

    t->book = b;
    t->a = answers_new();
    say_all(t);
    if (came_back) leave_out(t);
    b->answers = written(t);
    b->begun_at = b->completed_at - 25 * MINUTE - (Time)below(t, 40) * MINUTE;
    if (t->victim && b->begun_at < t->victim->recorded_at) b->begun_at = t->victim->recorded_at;
    if (b->begun_at > b->completed_at) b->begun_at = b->completed_at;
    answers_free(&t->a);
    t->chance = chance;
}

/* ---- readings, movements, corrections ---- */

static void read_book(Teller *t, Review *r)
{
    static const char *const reasons[] = { "risk-not-reasoned", "account-unclear,action-not-reasoned",
        "history-missing", "statement-missing,injuries-missing" };
    const Book *b = book_of_review(t->doc, r);
    char digest[HASH_HEX];

    if (!b) return;
    book_digest(t->doc->id, b, digest);
    r->book = b->serial;
    r->signature = arena_dup(t->arena, digest);
    r->opened_at = r->at - 90 - (Time)below(t, 600);
    if (r->opened_at < b->completed_at) r->opened_at = b->completed_at;
    if (is_word(t, VOCAB_REVIEW_OUTCOME, r->outcome, "returned")) r->reasons = ANY(t, reasons);
}

static void check_quality(Teller *t, Review *r)
{
    static const char *const items[] = { "refs", "asked", "context", "grade", "signed", "children", "safe-contact",
        "orders", "history", "narrative", "statement", "injuries", "consent", "arrest" };
    const Book *b = book_of_review(t->doc, r);
    Answers *all = answers_new();
    Str text = { 0 };
    bool fine = true;

    for (size_t i = 0; i < ARRAY_LEN(items); i++) {
        uint32_t roll = below(t, 100);
        answers_put(all, items[i], roll < 78 ? "met" : roll < 90 ? "not-applicable" : "not-met");
        if (roll < 90) continue;
        fine = false;
        answers_put(all, arena_printf(t->arena, "%s.comment", items[i]), "One line more would have told it.");
    }
    answers_put(all, "returned", "no");
    answers_put(all, "form", t->forms->qa);
    answers_write(all, &text);
    r->answers = arena_dup_n(t->arena, text.s, text.n);
    if (b) r->book = b->serial;
    r->outcome = vocab_code(t->v, VOCAB_REVIEW_OUTCOME, fine ? "satisfied" : "remedial");
    str_finish(&text);
    answers_free(&all);
}

static void read_books(Teller *t)
{
    for (size_t i = 0; i < t->doc->n_reviews; i++) {
        Review *r = &t->doc->reviews[i];
        const char *kind = vocab_word(t->v, VOCAB_REVIEW, r->kind);
        if (str_eq(kind, "ps-check") || str_eq(kind, "csu-ds-read")) read_book(t, r);
        if (str_eq(kind, "qa")) check_quality(t, r);
    }
}

static void move_book(Teller *t, const char *to, const char *by, Time at)
{
    BookMove m = { .book = t->doc->books[0].serial, .to = to, .by = by, .at = at };

    if (at <= t->now) case_append(t->doc, LIST_BOOK_MOVES, &m, t->arena);
}

static void move_books(Teller *t)
{
    const Book *b = &t->doc->books[0];

    move_book(t, "Response tray", b->by, b->completed_at + 10 * MINUTE);
    for (size_t i = 0; i < t->doc->n_reviews; i++) {
        const Review *r = &t->doc->reviews[i];
        bool back = is_word(t, VOCAB_REVIEW_OUTCOME, r->outcome, "returned");
        if (is_word(t, VOCAB_REVIEW, r->kind, "ps-check"))
            move_book(t, back ? b->by : "CSU tray", r->by, r->at + 20 * MINUTE);
        if (is_word(t, VOCAB_REVIEW, r->kind, "csu-ds-read") && !back) move_book(t, "CSU cabinet", r->by, r->at + HOUR);
    }
}

static bool is_signed(const Teller *t)
{
    BookStand s;

    return book_stand(t->doc, t->v, NULL, &s) && s.state != BOOK_SUBMITTED && s.state != BOOK_RETURNED;
}

static void correct_book(Teller *t)
{
    BookStand s;
    Addendum d = { .about = "allegation.account" };

    if (!one_in_hundred(t, 12) || !is_signed(t) || !book_stand(t->doc, t->v, NULL, &s)) return;
    d.book = s.latest->serial;
    d.by = s.latest->by;
    d.at = s.check->at + 5 * HOUR + (Time)below(t, 40) * HOUR;
    d.text = told(t, ANY(t, addenda_texts));
    if (d.at <= t->now) case_append(t->doc, LIST_ADDENDA, &d, t->arena);
}

/* ---- a case ---- */

static const Person *first_of(const Teller *t, const char *role)
{
    for (size_t i = 0; i < t->doc->n_people; i++)
        if (is_word(t, VOCAB_PERSON_ROLE, t->doc->people[i].role, role)) return &t->doc->people[i];
    return NULL;
}

/* Of somebody whom nobody arrested for anything, the book says that too. */
static void settle_suspect(Teller *t)
{
    Status nothing = { .status = vocab_code(t->v, VOCAB_SUSPECT_STATUS, "no-further-action"),
        .at = t->doc->books[0].completed_at };

    for (size_t i = 0; i < t->doc->n_people; i++) {
        Person *p = &t->doc->people[i];
        if (is_word(t, VOCAB_PERSON_ROLE, p->role, "suspect") && p->n_status == 0)
            case_append_status(p, &nothing, t->arena);
    }
}

/* The book asks for it, so the case has an answer. */
static void ask_consent(Teller *t)
{
    Consent c = { .to = "victim-support", .answer = vocab_code(t->v, VOCAB_CONSENT, "not-asked") };

    if (t->doc->n_consent == 0) case_append(t->doc, LIST_CONSENT, &c, t->arena);
}

void training_books(CaseDoc *doc, const Vocabs *v, const TrainingForms *forms, uint64_t chance, Time now, Arena *a)
{
    Teller t = { .doc = doc, .v = v, .forms = forms, .chance = chance ^ 0x124d, .now = now, .arena = a };

    if (doc->n_books == 0 || doc->reported_at < now - BOOK_DAYS * (Time)DAY) return;
    ask_consent(&t);
    settle_suspect(&t);
    t.victim = first_of(&t, "victim");
    t.suspect = first_of(&t, "suspect");
    for (size_t i = 0; i < doc->n_books; i++) write_book(&t, &doc->books[i], i + 1 < doc->n_books);
    draw(&t);
    read_books(&t);
    move_books(&t);
    correct_book(&t);
    case_sort(doc);
}

static void mark_of(const char *id, char out[96])
{
    uint8_t hash[HASH_BYTES];
    char hex[HASH_HEX];
    size_t n = 0;
    const char *text = form_builtin(id, &n);

    crypto_hash(text ? text : "", n, hash);
    snprintf(out, 96, "%s@%s", id, crypto_hex(hash, sizeof hash, hex));
}

void training_forms(TrainingForms *out)
{
    mark_of(FORM_BOOK, out->book);
    mark_of(FORM_QA, out->qa);
}
