/* roundup_paper.c — where to look for a suspect, and the briefing sheet of Operation Roundup. Officers carry the sheet to the door, and it can
** be lost there: so it never says where a victim, a witness or a child is. Every address that the case knows of them (recorded of the person,
** as safe contact, in any version of the book) is held against what is to be printed, without regard to case, spaces and commas; where the
** victim's address is not known, the place of the incident may be it and is not printed either. A suspect's own address that is the
** victim's too is left out, and the sheet says where to read it. */
#include "roundup_in.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "paper/paper.h"

#include <stdio.h>
#include <string.h>

#define NOT_PRINTED "Not printed: it is, or may be, where the victim is. Read it on the case."

/* ---- addresses that must not be told ---- */

enum { TELLING = 6 }; /* letters and digits: fewer are words of every address */

typedef struct Secrets {
    App *app;
    Arena *a;
    const char **items; /* folded */
    size_t n, cap;
    bool victim; /* some address of a victim is among them */
    const FormSpec *form; /* of the answers that are read */
} Secrets;

/* Letters and digits only, in small letters: "12, Example Rd" and "12 EXAMPLE RD" are one. */
static const char *folded(const char *text, Arena *a)
{
    char *fold = utf8_fold(text ? text : ""), *out = arena_dup(a, fold ? fold : text), *to = out;

    for (const char *c = out; *c; c++)
        if ((unsigned char)*c >= 0x80 || (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9')) *to++ = *c;
    *to = '\0';
    mem_free(fold);
    return out;
}

static void add(Secrets *s, const char *text, bool victim)
{
    const char *fold = folded(text, s->a);

    if (strlen(fold) < TELLING) return;
    s->items = arena_room(s->a, s->items, s->n, &s->cap, sizeof *s->items);
    s->items[s->n++] = fold;
    s->victim |= victim;
}

/* Addresses that the book asks for, but for the suspect's and the place where it happened. */
static bool add_answer(void *with, const char *path, const char *text)
{
    Secrets *s = with;
    const FormQuestion *q = form_question(s->form, path);

    if (!q || q->kind != ASK_ADDRESS || strncmp(path, "suspect.", 8) == 0 || str_eq(path, "incident.place")) return true;
    add(s, text, strncmp(path, "victim.", 7) == 0);
    return true;
}

static bool is_role(const Secrets *s, const CaseDoc *doc, const char *key, const char *role)
{
    const Person *p = roundup_person(doc, key);

    return p && str_eq(vocab_word(app_vocabs(s->app), VOCAB_PERSON_ROLE, p->role), role);
}

static void collect(Secrets *s, const CaseDoc *doc)
{
    for (size_t i = 0; i < doc->n_people; i++)
        if (!is_role(s, doc, doc->people[i].key, "suspect"))
            add(s, doc->people[i].address, is_role(s, doc, doc->people[i].key, "victim"));
    for (size_t i = 0; i < doc->n_safe_contacts; i++)
        if (!is_role(s, doc, doc->safe_contacts[i].person, "suspect"))
            add(s, doc->safe_contacts[i].value, is_role(s, doc, doc->safe_contacts[i].person, "victim"));
    for (size_t i = 0; i < doc->n_books; i++) {
        Answers *answers = book_answers(doc->books[i].answers);
        s->form = form_of_answers(s->app, answers);
        if (s->form) answers_each(answers, add_answer, s);
        answers_free(&answers);
    }
}

static bool tells(const Secrets *s, const char *text)
{
    const char *fold = folded(text, s->a);

    for (size_t i = 0; i < s->n; i++)
        if (strstr(fold, s->items[i]) || (strlen(fold) >= TELLING && strstr(s->items[i], fold))) return true;
    return false;
}

/* What the newest book says of the suspect it is about: the first one of the case. */
static const char *book_address(Secrets *s, const CaseDoc *doc, const char *key)
{
    const Book *b = case_book(doc, NULL);
    const char *kept = NULL;
    Answers *answers;

    for (size_t i = 0; i < doc->n_people; i++) {
        if (!is_role(s, doc, doc->people[i].key, "suspect")) continue;
        if (!b || !b->answers || !str_eq(doc->people[i].key, key)) return NULL;
        answers = book_answers(b->answers);
        if (*answers_get(answers, "suspect.address")) kept = arena_dup(s->a, answers_get(answers, "suspect.address"));
        answers_free(&answers);
        return kept;
    }
    return NULL;
}

/* The victim's address is only known to be another one when it is known. */
void roundup_address(App *app, const CaseDoc *doc, RoundupRow *r, Arena *a)
{
    Secrets s = { .app = app, .a = a };

    collect(&s, doc);
    r->address = r->person.address;
    if (!r->address) r->address = book_address(&s, doc, r->place.person);
    r->from_incident = !r->address && doc->incident_place;
    if (r->from_incident) r->address = doc->incident_place;
    r->not_on_paper = r->address && (tells(&s, r->address) || (r->from_incident && !s.victim));
}

const char *roundup_safe_text(App *app, const CaseDoc *doc, const char *text, Arena *a)
{
    Secrets s = { .app = app, .a = a };

    if (!text || !*text) return text;
    collect(&s, doc);
    return tells(&s, text) ? NOT_PRINTED : text;
}

/* ---- the sheet ---- */

typedef struct Sheet {
    App *app;
    Paper *paper;
    Arena *a;
    const RoundupRow *rows;
    size_t n;
    bool more, athena;
    int64_t arrests; /* of today */
} Sheet;

static const char *span_to_now(const Sheet *s, Time since)
{
    char span[CIVIL_TEXT];

    return arena_dup(s->a, civil_words_span(app_now(s->app) - since, span));
}

static const char *day_words(const Sheet *s, Time t)
{
    char words[CIVIL_TEXT];

    return arena_dup(s->a, civil_words_short(t, words));
}

static const char *name_words(const Sheet *s, const Person *p)
{
    if (p->given && p->family) return arena_printf(s->a, "%s, %s", p->family, p->given);
    return p->family ? p->family : p->given ? p->given : "name not recorded";
}

static void describe(const Sheet *s, const RoundupRow *r)
{
    const Vocabs *v = app_vocabs(s->app);
    char born[CIVIL_TEXT] = "not recorded";

    if (r->person.born != DATE_NONE) civil_words_date(r->person.born, born);
    paper_field(s->paper, "Born, sex, ethnicity",
        arena_printf(s->a, "%s; %s; %s", born, r->person.sex ? vocab_label(v, VOCAB_SEX, r->person.sex) : "not recorded",
            r->person.ethnicity ? r->person.ethnicity : "not recorded"));
}

static void attempts(const Sheet *s, const RoundupRow *r, const CaseDoc *doc)
{
    enum { SHOWN = 5 };
    const Vocabs *v = app_vocabs(s->app);
    size_t first = r->n_attempts > SHOWN ? r->n_attempts - SHOWN : 0;
    Str lines = { 0 };

    if (first) str_addf(&lines, "%zu earlier, and\n", first);
    for (size_t i = first; i < r->n_attempts; i++) {
        const Attempt *t = &r->attempts[i];
        const char *place = roundup_safe_text(s->app, doc, t->place, s->a);
        str_addf(&lines, "%s%s: %s%s%s", i > first ? "\n" : "", day_words(s, t->at), vocab_label(v, VOCAB_ATTEMPT, t->result),
            place && *place ? ", " : "", place ? place : "");
    }
    paper_field(s->paper, arena_printf(s->a, "Attempts: %zu", r->n_attempts), lines.n ? str_text(&lines) : "None recorded.");
    str_finish(&lines);
}

static bool suspect(const Sheet *s, size_t i, Err *err)
{
    const RoundupRow *r = &s->rows[i];
    const Vocabs *v = app_vocabs(s->app);
    Code offence = vocab_code(v, VOCAB_OFFENCE, r->offence);
    const char *warnings;
    CaseDoc doc;

    if (!store_case_load(s->app->store, r->row.key, v, s->a, &doc, err)) return false;
    warnings = roundup_safe_text(s->app, &doc, r->person.warnings, s->a);
    paper_heading(s->paper, 2, arena_printf(s->a, "%zu  %s", i + 1, name_words(s, &r->person)));
    paper_field(s->paper, "Case",
        arena_printf(s->a, "%s, %s, %s", r->row.id, r->place.grade ? vocab_label(v, VOCAB_GRADE, r->place.grade) : "not graded",
            offence ? vocab_label(v, VOCAB_OFFENCE, offence) : r->offence));
    paper_field(s->paper, "WARNINGS", warnings && *warnings ? warnings : "None recorded: that is not to say that there are none.");
    describe(s, r);
    paper_field(s->paper, r->from_incident ? "Where (place of the incident)" : "Last known address",
        r->not_on_paper ? NOT_PRINTED : r->address ? r->address : "Not known.");
    paper_field(s->paper, "Reported",
        arena_printf(s->a, "%s, %s ago; outstanding for %s", day_words(s, r->place.reported_at), span_to_now(s, r->place.reported_at),
            span_to_now(s, r->place.since)));
    attempts(s, r, &doc);
    if (r->bail_failures) paper_field(s->paper, "Bail", arena_printf(s->a, "%zu failure%s", r->bail_failures, r->bail_failures == 1 ? "" : "s"));
    paper_signature(s->paper, "Result, by whom, when", "");
    return true;
}

static bool compose(Sheet *s, Err *err)
{
    char now[CIVIL_TEXT];
    PaperHead head = {
        .marking = "RESTRICTED",
        .title = s->athena ? "Operation Athena: suspects to arrest" : "Operation Roundup: outstanding suspects",
        .subject = arena_printf(s->a, "%s · %zu suspect%s%s%s", app_store(s->app)->borough, s->n, s->n == 1 ? "" : "s",
            s->more ? " of a longer list" : "", s->athena ? arena_printf(s->a, " · arrested today: %lld", (long long)s->arrests) : ""),
        .foot = arena_printf(s->a, "Printed %s by %s. Destroy after the briefing.", civil_words_full(app_now(s->app), now),
            s->app->session.warrant),
        .training = app_store(s->app)->training,
    };

    s->paper = paper_new(&head);
    paper_note(s->paper, "High risk first, then the oldest report. Addresses of victims, witnesses and children are never on this sheet.");
    if (s->n == 0) paper_text(s->paper, "No suspect is outstanding.");
    for (size_t i = 0; i < s->n; i++)
        if (!suspect(s, i, err)) return false;
    return true;
}

static bool put_out(Sheet *s, bool pdf, Str *out, Err *err)
{
    const char *detail = arena_printf(s->a, "%s sheet of %zu, %s", s->athena ? "Athena" : "briefing", s->n, pdf ? "PDF" : "text");

    if (!compose(s, err) || !roundup_log(s->app, AUDIT_DISCLOSE, "roundup.print", detail, s->rows, s->n, err)) return false;
    if (pdf) return paper_to_pdf(s->paper, out, err);
    paper_to_text(s->paper, out);
    return true;
}

/* Only some may see them, and paper is seen by whoever finds it. */
static size_t leave_restricted_out(Sheet *s, RoundupRow *rows)
{
    size_t kept = 0, n = s->n;

    for (size_t i = 0; i < n; i++)
        if (!rows[i].row.restricted) rows[kept++] = rows[i];
    s->rows = rows;
    s->n = kept;
    return n - kept;
}

bool app_roundup_print(App *app, const RoundupPaper *how, Str *out, size_t *left_out, Err *err)
{
    enum { MOST = 2000 };
    Sheet s = { .app = app, .athena = how->athena };
    RoundupRow *rows;
    size_t left;
    bool ok;

    if (!app_may_do(app, PERM_ROUNDUP_PRINT, "roundup.print", NULL, err) || !again_given(app, "roundup.print", err)) return false;
    if (how->pdf && !paper_can_pdf()) return paper_to_pdf(NULL, out, err);
    s.a = arena_new_secret();
    ok = (!how->athena || app_roundup_arrests(app, civil_local_date(app->now), &s.arrests, err)) &&
         roundup_rows(app, NULL, how->limit ? how->limit : MOST, s.a, &rows, &s.n, &s.more, err);
    left = ok ? leave_restricted_out(&s, rows) : 0;
    if (left_out) *left_out = left;
    ok = ok && put_out(&s, how->pdf, out, err);
    paper_free(&s.paper);
    arena_free(&s.a);
    return ok;
}
