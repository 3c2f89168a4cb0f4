/* since_words.c — what changed, a line each: who and what first, because a line is cut where the room ends. Lists that a supervisor looks
** for have words of their own; the others are told by the catalogue. Texts are not quoted but for what a task asks: they stand in the case. */
#include "since.h"

#include "app/caseload.h"

#include "base/mem.h"
#include "base/str.h"

#include <ctype.h>
#include <string.h>

static const char *label(const SinceWords *w, VocabId vocab, Code code)
{
    return vocab_label(w->v, vocab, code);
}

/* "spoke" of "Spoke": within a sentence; "CRIS" stays. */
static const char *inner(const SinceWords *w, VocabId vocab, Code code)
{
    char *s = arena_dup(w->a, label(w, vocab, code));

    if (s[0] && !isupper((unsigned char)s[1])) s[0] = (char)tolower((unsigned char)s[0]);
    return s;
}

static const char *by(const SinceWords *w, const char *warrant)
{
    return warrant && *warrant ? arena_printf(w->a, ", officer %s", warrant) : "";
}

static const char *name_of(const SinceWords *w, const Person *p)
{
    const char *given = p->given ? p->given : "", *family = p->family ? p->family : "";

    if (!*given && !*family) return label(w, VOCAB_PERSON_ROLE, p->role);
    return arena_printf(w->a, "%s%s%s", given, *given && *family ? " " : "", family);
}

static const char *person(const SinceWords *w, const char *key)
{
    for (size_t i = 0; key && i < w->doc->n_people; i++)
        if (str_eq(w->doc->people[i].key, key)) return name_of(w, &w->doc->people[i]);
    return key ? key : "";
}

/* ---- new entries ---- */

typedef const char *EntryWords(const SinceWords *w, const void *item);

static const char *person_words(const SinceWords *w, const void *item)
{
    const Person *p = item;
    return arena_printf(w->a, "%s recorded: %s", label(w, VOCAB_PERSON_ROLE, p->role), name_of(w, p));
}

static const char *reference_words(const SinceWords *w, const void *item)
{
    const Reference *r = item;
    return arena_printf(w->a, "%s %s recorded", label(w, VOCAB_SYSTEM, r->system), r->number ? r->number : "");
}

static const char *cross_words(const SinceWords *w, const void *item)
{
    const CrossReference *x = item;
    return arena_printf(w->a, "%s now quotes %s", label(w, VOCAB_SYSTEM, x->in), label(w, VOCAB_XREF_TARGET, x->to));
}

static const char *offence_words(const SinceWords *w, const void *item)
{
    const Offence *o = item;
    return arena_printf(w->a, "Offence: %s%s", inner(w, VOCAB_OFFENCE, o->class), o->attempt ? " (attempt)" : "");
}

static const char *flag_words(const SinceWords *w, const void *item)
{
    const Flag *f = item;
    return arena_printf(w->a, "Flag %s set%s", label(w, VOCAB_FLAG, f->flag), by(w, f->by));
}

static const char *assessment_words(const SinceWords *w, const void *item)
{
    const Assessment *x = item;
    char grade[40];

    snprintf(grade, sizeof grade, "%s", x->grade ? label(w, VOCAB_GRADE, x->grade) : "not graded");
    for (char *c = grade; x->grade && *c; c++) *c = (char)toupper((unsigned char)*c);
    return arena_printf(w->a, "Risk %s, %s%s", grade, inner(w, VOCAB_STAGE, x->stage), by(w, x->by));
}

static const char *review_words(const SinceWords *w, const void *item)
{
    const Review *r = item;
    return arena_printf(w->a, "%s: %s%s", label(w, VOCAB_REVIEW, r->kind), inner(w, VOCAB_REVIEW_OUTCOME, r->outcome), by(w, r->by));
}

static const char *contact_words(const SinceWords *w, const void *item)
{
    const Contact *c = item;
    return arena_printf(w->a, "%s, %s: %s%s", label(w, VOCAB_CONTACT_WITH, c->with), inner(w, VOCAB_CONTACT_KIND, c->kind),
        inner(w, VOCAB_CONTACT_RESULT, c->result), by(w, c->by));
}

static const char *event_words(const SinceWords *w, const void *item)
{
    const Event *e = item;
    const char *who = person(w, e->person);
    return arena_printf(w->a, "%s%s%s", label(w, VOCAB_EVENT, e->kind), *who ? ": " : "", who);
}

static const char *notice_words(const SinceWords *w, const void *item)
{
    return arena_printf(w->a, "%s told", label(w, VOCAB_NOTICE, ((const Notice *)item)->to));
}

static const char *referral_words(const SinceWords *w, const void *item)
{
    const Referral *r = item;
    return arena_printf(w->a, "Referred to %s%s", label(w, VOCAB_REFERRAL, r->to), by(w, r->by));
}

static const char *owner_words(const SinceWords *w, const void *item)
{
    const Owner *o = item;
    return arena_printf(w->a, "%s %s", o->accepted_at != TIME_NONE ? "Accepted by" : "Offered to", label(w, VOCAB_UNIT, o->unit));
}

static const char *book_words(const SinceWords *w, const void *item)
{
    const Book *b = item;
    return arena_printf(w->a, "Book 124D %s completed%s", b->serial ? b->serial : "", by(w, b->by));
}

static const char *task_words(const SinceWords *w, const void *item)
{
    const Task *t = item;
    char due[CIVIL_TEXT];

    if (t->done_at != TIME_NONE) return arena_printf(w->a, "Done: %s%s", t->what ? t->what : t->key, by(w, t->done_by));
    return arena_printf(w->a, "Asked of %s by %s: %s", role_short(app_task_owner(w->app, t)), t->due == TIME_NONE ? "some time" : civil_words_short(t->due, due),
        t->what ? t->what : "");
}

static const char *attempt_words(const SinceWords *w, const void *item)
{
    const Attempt *t = item;
    return arena_printf(w->a, "Attempt to arrest %s: %s%s", person(w, t->person), inner(w, VOCAB_ATTEMPT, t->result), by(w, t->by));
}

static const char *investigator_words(const SinceWords *w, const void *item)
{
    const Investigator *i = item;
    return i->officer ? arena_printf(w->a, "The case of %s%s", app_officer_name(w->app, i->officer, w->a), by(w, i->by)) : arena_printf(w->a, "Nobody's case%s", by(w, i->by));
}

static EntryWords *const words_of[LIST_COUNT] = {
    [LIST_INVESTIGATORS] = investigator_words,
    [LIST_PEOPLE] = person_words,
    [LIST_REFERENCES] = reference_words,
    [LIST_CROSS_REFERENCES] = cross_words,
    [LIST_OFFENCES] = offence_words,
    [LIST_FLAGS] = flag_words,
    [LIST_ASSESSMENTS] = assessment_words,
    [LIST_REVIEWS] = review_words,
    [LIST_CONTACTS] = contact_words,
    [LIST_EVENTS] = event_words,
    [LIST_NOTICES] = notice_words,
    [LIST_REFERRALS] = referral_words,
    [LIST_OWNERS] = owner_words,
    [LIST_BOOKS] = book_words,
    [LIST_TASKS] = task_words,
    [LIST_ATTEMPTS] = attempt_words,
};

/* ---- by the catalogue ---- */

static bool told(const CaseField *f, const void *item)
{
    return f->kind != FIELD_YES && f->kind != FIELD_OFFICER && f->kind != FIELD_LONG && f->kind != FIELD_JSON && f->kind != FIELD_ANSWERS &&
           !(f->flags & (FIELD_ORDER | FIELD_SECRET)) && !str_eq(f->column, "key") && strncmp(f->column, "signed_", 7) != 0 &&
           !case_field_absent(f, item);
}

/* "Bail: Charles Fictional, until Fri 5 Feb 10:00": fields of the item, or only those that `then` lacks. */
static const char *catalogue_words(const SinceWords *w, CaseListId list, const void *item, const void *then)
{
    const CaseList *l = &case_lists[list];
    Str out = { 0 };
    const char *words;

    for (size_t i = 0; i < l->n_fields; i++) {
        const CaseField *f = &l->fields[i];
        const char *text;
        if (!told(f, item) || (then && !case_field_absent(f, then))) continue;
        text = f->kind == FIELD_PERSON ? person(w, case_field_text(f, item, w->v, w->a)) : case_field_words(f, item, w->v, w->a);
        if (f->kind == FIELD_TIME || then)
            str_addf(&out, "%s%s %s", out.n ? ", " : "", f->label, text);
        else
            str_addf(&out, "%s%s", out.n ? ", " : "", text);
    }
    words = out.n || !then ? arena_printf(w->a, "%c%s%s%s", toupper((unsigned char)*l->one), l->one + 1, out.n ? ": " : "", str_text(&out)) : NULL;
    str_finish(&out);
    return words;
}

static const char *taken_back(const SinceWords *w, CaseListId list, const void *item)
{
    const Withdrawal *x = case_withdrawal(list, item);
    const char *words = words_of[list] ? words_of[list](w, item) : catalogue_words(w, list, item, NULL);

    return arena_printf(w->a, "WITHDRAWN%s: %s", by(w, x->by), words);
}

const char *since_entry(const SinceWords *w, CaseListId list, const void *item)
{
    if (case_withdrawal(list, item)) return taken_back(w, list, item);
    return words_of[list] ? words_of[list](w, item) : catalogue_words(w, list, item, NULL);
}

const char *since_more(const SinceWords *w, CaseListId list, const void *now, const void *then)
{
    if (case_withdrawal(list, now) && !case_withdrawal(list, then)) return taken_back(w, list, now);
    if (list == LIST_TASKS || list == LIST_OWNERS) return words_of[list](w, now);
    if (list == LIST_PEOPLE) return arena_printf(w->a, "%s: particulars", name_of(w, now));
    return catalogue_words(w, list, now, then);
}

const char *since_status(const SinceWords *w, const Person *p, const Status *s)
{
    return arena_printf(w->a, "%s: %s", name_of(w, p), inner(w, VOCAB_SUSPECT_STATUS, s->status));
}

const char *since_scalar(const SinceWords *w, const CaseField *f, const char *words)
{
    if (!*words) return NULL;
    return f->kind == FIELD_TIME ? f->label : arena_printf(w->a, "%s: %s", f->label, words);
}
