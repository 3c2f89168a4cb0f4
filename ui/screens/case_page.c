/* case_page.c — a case as one page that reads like a story: what must be done, who they are, what happened
** when. Everything the case document holds is on it, but for what a book says: that is read on its own screen. Sections and the words of each kind of entry are
** tables; the timeline walks the catalogue, so a new kind of entry is in it as soon as it has words. */
#include "alerts.h"
#include "caseload.h"
#include "marac.h"
#include "case_more.h"
#include "entry_review.h"
#include <ctype.h>
#include <stdlib.h>

typedef struct Page {
    Pager *pager;
    const App *app;
    const CaseView *view;
    const CaseDoc *doc;
    const Vocabs *v;
    Arena *a;
    Time now;
    const CasePage *given;
} Page;

enum { COL_DUTY = 22, LABEL = 18 };

static const char *label(const Page *p, VocabId vocab, Code code)
{
    return vocab_label(p->v, vocab, code);
}

static const char *inner(const Page *p, VocabId vocab, Code code)
{
    return label_inside(label(p, vocab, code), p->a);
}

static const char *by(const Page *p, const char *warrant)
{
    return warrant && *warrant ? arena_printf(p->a, ", %s", officer_words(warrant, p->a)) : "";
}

/* --- the words of one entry of each list ------------------------------------------------- */
typedef const char *EntryWords(const Page *p, const void *item);

static const char *offence_words(const Page *p, const void *item)
{
    return case_offence_words(p->v, item, p->a);
}

static const char *disposal_words(const Page *p, const void *item)
{
    return case_disposal_words(p->doc, p->v, item, p->a);
}

static const char *reopening_words(const Page *p, const void *item)
{
    return case_reopening_words(p->v, item, p->a);
}

static const char *flag_words(const Page *p, const void *item)
{
    const Flag *f = item;
    return arena_printf(p->a, "Flag %s%s", label(p, VOCAB_FLAG, f->flag), by(p, f->by));
}

static const char *person_entry_words(const Page *p, const void *item)
{
    const Person *x = item;
    return arena_printf(p->a, "%s recorded: %s", label(p, VOCAB_PERSON_ROLE, x->role), person_name(x, p->a));
}

static const char *reference_words(const Page *p, const void *item)
{
    const Reference *r = item;
    return arena_printf(p->a, "%s %s", label(p, VOCAB_SYSTEM, r->system), r->number ? r->number : "");
}

static const char *cross_reference_words(const Page *p, const void *item)
{
    const CrossReference *x = item;
    return arena_printf(p->a, "%s now quotes %s", label(p, VOCAB_SYSTEM, x->in), label(p, VOCAB_XREF_TARGET, x->to));
}

static const char *book_words(const Page *p, const void *item)
{
    const Book *b = item;
    return arena_printf(p->a, "Book 124D %s completed%s", b->serial ? b->serial : "", by(p, b->by));
}

static const char *assessment_words(const Page *p, const void *item)
{
    const Assessment *x = item;
    return arena_printf(p->a, "Risk %s: %s, %s%s", x->grade ? label(p, VOCAB_GRADE, x->grade) : "not graded",
        label(p, VOCAB_INSTRUMENT, x->instrument), inner(p, VOCAB_STAGE, x->stage), by(p, x->by));
}

static const char *review_words(const Page *p, const void *item)
{
    const Review *r = item;
    return arena_printf(
        p->a, "%s: %s%s", label(p, VOCAB_REVIEW, r->kind), inner(p, VOCAB_REVIEW_OUTCOME, r->outcome), by(p, r->by));
}

/* How it stands goes behind the words of the entry; what is wrong has a line of its own. */
static bool is_wrong(SignedStand stand)
{
    return stand == SIGNED_CHANGED || stand == SIGNED_UNKNOWN;
}

static const char *signed_tail(SignedStand stand, Arena *a)
{
    return is_wrong(stand) ? "" : arena_printf(a, " " SIGN_DOT " %s", signed_line(stand));
}

static void signed_alarm(const Page *p, SignedStand stand)
{
    if (is_wrong(stand)) signed_write(p->pager, 3, stand);
}

static const char *referral_words(const Page *p, const void *item)
{
    const Referral *r = item;
    return arena_printf(
        p->a, "Referred to %s%s", label(p, VOCAB_REFERRAL, r->to), r->restricted ? " (restricted)" : "");
}

static const char *contact_words(const Page *p, const void *item)
{
    const Contact *c = item;
    return arena_printf(p->a, "%s, %s: %s%s", label(p, VOCAB_CONTACT_WITH, c->with),
        inner(p, VOCAB_CONTACT_KIND, c->kind), inner(p, VOCAB_CONTACT_RESULT, c->result), by(p, c->by));
}

static const char *event_words(const Page *p, const void *item)
{
    const CaseEvent *e = item;
    const char *who = e->person ? person_words(p->doc, e->person, p->a) : "";
    return arena_printf(p->a, "%s%s%s", label(p, VOCAB_EVENT, e->kind), *who ? ": " : "", who);
}

static const char *notice_words(const Page *p, const void *item)
{
    return arena_printf(p->a, "%s told", label(p, VOCAB_NOTICE, ((const Notice *)item)->to));
}

static const char *owner_words(const Page *p, const void *item)
{
    const Owner *o = item;
    char when[CIVIL_TEXT];

    if (o->accepted_at == TIME_NONE)
        return arena_printf(p->a, "Offered to %s, not yet accepted", label(p, VOCAB_UNIT, o->unit));
    return arena_printf(
        p->a, "Offered to %s, accepted %s", label(p, VOCAB_UNIT, o->unit), civil_words_full(o->accepted_at, when));
}

/* In the timeline the acceptance is a moment of its own. */
static const char *offer_words(const Page *p, const void *item)
{
    return arena_printf(p->a, "Offered to %s", label(p, VOCAB_UNIT, ((const Owner *)item)->unit));
}

static const char *addendum_words(const Page *p, const void *item)
{
    const Addendum *x = item;
    return arena_printf(p->a, "Addendum to book %s%s%s%s%s: %s", x->book ? x->book : "",
        x->about && *x->about ? " (" : "", x->about ? x->about : "", x->about && *x->about ? ")" : "", by(p, x->by),
        x->text ? x->text : "");
}

static const char *book_move_words(const Page *p, const void *item)
{
    const BookMove *m = item;
    return arena_printf(p->a, "Book %s received: %s%s", m->book ? m->book : "", m->to ? m->to : "", by(p, m->by));
}

static const char *order_entry_words(const Page *p, const void *item)
{
    const CourtOrder *o = item;
    return arena_printf(p->a, "%s (%s) against %s%s", label(p, VOCAB_ORDER, o->kind), o->key,
        person_words(p->doc, o->person, p->a), by(p, o->by));
}

static const char *bail_entry_words(const Page *p, const void *item)
{
    const Bail *b = item;
    return arena_printf(p->a, "Bail (%s) of %s%s", b->key, person_words(p->doc, b->person, p->a), by(p, b->by));
}

static const char *breach_entry_words(const Page *p, const void *item)
{
    const Breach *b = item;
    return arena_printf(p->a, "%s was broken%s", b->of, by(p, b->by));
}

static const char *way_entry_words(const Page *p, const void *item)
{
    const SafeContact *s = item;
    return arena_printf(p->a, "Safe contact of %s: %s, %s%s", person_words(p->doc, s->person, p->a),
        inner(p, VOCAB_CONTACT_WAY, s->way), inner(p, VOCAB_CONTACT_RULE, s->rule), by(p, s->by));
}

static const char *investigator_words(const Page *p, const void *item)
{
    const Investigator *i = item;
    const char *who = i->officer ? app_officer_name(p->app, i->officer, p->a) : "Nobody";
    return arena_printf(p->a, "%s investigates%s%s%s", who, i->by && !str_eq(i->by, i->officer) ? arena_printf(p->a, ", given by %s", app_officer_name(p->app, i->by, p->a)) : "",
        i->reason ? ": " : "", i->reason ? i->reason : "");
}

static EntryWords *const words_of[LIST_COUNT] = {
    [LIST_INVESTIGATORS] = investigator_words,
    [LIST_ORDERS] = order_entry_words,
    [LIST_BAIL] = bail_entry_words,
    [LIST_BREACHES] = breach_entry_words,
    [LIST_SAFE_CONTACTS] = way_entry_words,
    [LIST_OFFENCES] = offence_words,
    [LIST_DISPOSALS] = disposal_words,
    [LIST_REOPENINGS] = reopening_words,
    [LIST_FLAGS] = flag_words,
    [LIST_PEOPLE] = person_entry_words,
    [LIST_REFERENCES] = reference_words,
    [LIST_CROSS_REFERENCES] = cross_reference_words,
    [LIST_BOOKS] = book_words,
    [LIST_ADDENDA] = addendum_words,
    [LIST_BOOK_MOVES] = book_move_words,
    [LIST_ASSESSMENTS] = assessment_words,
    [LIST_REVIEWS] = review_words,
    [LIST_REFERRALS] = referral_words,
    [LIST_CONTACTS] = contact_words,
    [LIST_EVENTS] = event_words,
    [LIST_NOTICES] = notice_words,
    [LIST_OWNERS] = owner_words,
};

/* What has no words of its own yet is told by the catalogue: "Court order: Restraining order, s1, …". What is secret is not told. */
static const char *catalogue_words(const Page *p, CaseListId list, const void *item)
{
    const CaseList *l = &case_lists[list];
    Str out = { 0 };
    const char *words;

    for (size_t i = 0; i < l->n_fields; i++) {
        const CaseField *f = &l->fields[i];
        if (f->kind == FIELD_YES || f->kind == FIELD_OFFICER || f->kind == FIELD_LONG || str_eq(f->column, "key") ||
            (f->flags & (FIELD_ORDER | FIELD_SECRET)) || case_field_absent(f, item))
            continue;
        str_addf(&out, "%s%s", out.n ? ", " : "", case_field_words(f, item, p->v, p->a));
    }
    words = arena_printf(p->a, "%c%s: %s", toupper((unsigned char)*l->one), l->one + 1, str_text(&out));
    str_finish(&out);
    return words;
}

/* What was taken back is still told, with why it does not count: the word comes first. */
static const char *struck(const Page *p, CaseListId list, const void *item, const char *words)
{
    const Withdrawal *w = case_withdrawal(list, item);
    char when[CIVIL_TEXT];

    if (!w) return words;
    return arena_printf(p->a, "WITHDRAWN: %s " SIGN_DOT " taken back %s%s: %s", words, civil_words_short(w->at, when), by(p, w->by), w->why ? w->why : "");
}

static const char *words_in(const Page *p, CaseListId list, const void *item)
{
    return struck(p, list, item, words_of[list] ? words_of[list](p, item) : catalogue_words(p, list, item));
}

static Style entry_style(CaseListId list, const void *item)
{
    return case_withdrawal(list, item) ? STYLE_MUTED : STYLE_NORMAL;
}

/* --- lines ------------------------------------------------------------------------------------ */
static void labelled(const Page *p, const char *name, const char *words)
{
    if (!words || !*words) return;
    pager_begin(p->pager, 1, LABEL);
    pager_put(p->pager, STYLE_LABEL, name);
    pager_to(p->pager, 1 + LABEL);
    pager_put(p->pager, STYLE_NORMAL, words);
    pager_end(p->pager);
}

static void nothing(const Page *p, const char *words)
{
    pager_add(p->pager, 1, STYLE_MUTED, words);
}

static Time time_of(CaseListId list, const void *item)
{
    return list == LIST_PEOPLE ? ((const Person *)item)->recorded_at : case_item_time(list, item);
}

static void plain_list(const Page *p, CaseListId list)
{
    size_t n;
    const char *items = case_items(p->doc, list, &n);

    for (size_t i = 0; i < n; i++) {
        const void *item = items + i * case_lists[list].item_size;
        pager_dated(p->pager, time_of(list, item), entry_style(list, item), words_in(p, list, item));
    }
}

/* --- sections ------------------------------------------------------------------------------------ */
static int duty_rank(const Duty *d, Time now)
{
    static const int rank[DUTY_STATE_COUNT] = {
        [DUTY_OVERDUE] = 0,
        [DUTY_OPEN] = 1,
        [DUTY_WAITING] = 2,
        [DUTY_MISSED] = 3,
        [DUTY_LATE] = 4,
        [DUTY_DONE] = 5,
        [DUTY_VOID] = 6,
    };
    return rank[duty_state(d, now)];
}

/* "! OVERDUE   28d", "  Fri 5   16:42", "  done    29 Jan": the whole clock is behind w. */
static void duty_line(const Page *p, const Duty *d)
{
    DutyState state = duty_state(d, p->now);
    char when[CIVIL_TEXT];
    DueWords due;

    due_words(d->opens, d->due, p->now, &due);
    if (!duty_is_live(d)) {
        due = (DueWords){ .sign = state == DUTY_MISSED ? "!" : " ",
            .style = state == DUTY_MISSED ? STYLE_WARNING : STYLE_MUTED };
        snprintf(due.word, sizeof due.word, "%.15s", duty_state_word(state));
        civil_words_date(civil_local_date(d->done != TIME_NONE ? d->done : d->due), when);
        snprintf(due.when, sizeof due.when, "%.*s", (int)(strlen(when) - 5), when);
    }
    pager_begin(p->pager, 1, COL_DUTY - 1);
    pager_putf(p->pager, due.style, "%s %s", due.sign, due.word);
    pager_to(p->pager, 11);
    pager_putf(p->pager, duty_is_live(d) ? STYLE_NORMAL : STYLE_MUTED, "%9s", due.when);
    pager_to(p->pager, COL_DUTY);
    pager_putf(p->pager, duty_is_live(d) ? STYLE_NORMAL : STYLE_MUTED, "%s", d->says ? d->says : duty_title(p->app, d->id));
    if (d->cycle > 0 && !d->says) pager_putf(p->pager, STYLE_MUTED, " (%d)", d->cycle + 1);
    pager_putf(
        p->pager, STYLE_MUTED, " " SIGN_DOT " %s " SIGN_DOT " %s", role_short(d->owner), duty_cite(p->app, d->id));
    pager_end(p->pager);
}

typedef struct Ranked {
    const Duty *duty;
    int rank;
} Ranked;

/* What presses most comes first: by state, then by when it is due. */
static int by_rank(const void *x, const void *y)
{
    const Ranked *a = x, *b = y;
    if (a->rank != b->rank) return a->rank - b->rank;
    if (a->duty->due != b->duty->due) return a->duty->due < b->duty->due ? -1 : 1;
    return duty_compare(a->duty, b->duty);
}

#define NO_EVIDENCE "no evidence recorded" /* that it is not domestic (BD 1.13) */

static void write_duties(const Page *p)
{
    size_t n = p->view->n_duties;
    Ranked *order = arena_alloc(p->a, (n + 1) * sizeof *order);

    if (n == 0 && p->doc->cad_result == CAD_NOT_DOMESTIC)
        nothing(p, case_not_domestic_evidence(p->doc)
                       ? arena_printf(p->a, "Not domestic, and so nothing is asked: %s. %s", inner(p, VOCAB_CAD_GROUND, p->doc->cad_ground), p->doc->cad_evidence)
                       : "Resulted not domestic, and so nothing is asked: " NO_EVIDENCE ".");
    else if (n == 0)
        nothing(p, "The policy asks nothing of this case.");
    for (size_t i = 0; i < n; i++) order[i] = (Ranked){ &p->view->duties[i], duty_rank(&p->view->duties[i], p->now) };
    qsort(order, n, sizeof *order, by_rank);
    for (size_t i = 0; i < n; i++) {
        pager_item(p->pager, PAGE_DUTY + (order[i].duty - p->view->duties));
        duty_line(p, order[i].duty);
    }
    pager_item_end(p->pager);
}

static void write_summary(const Page *p)
{
    char when[CIVIL_TEXT];

    for (size_t i = 0; i < case_n_scalars; i++)
        labelled(p, case_scalars[i].label, case_field_words(&case_scalars[i], p->doc, p->v, p->a));
    if (p->doc->cad_result == CAD_NOT_DOMESTIC && !case_not_domestic_evidence(p->doc)) labelled(p, "Evidence", NO_EVIDENCE);
    for (size_t i = 0; i < p->doc->n_consent; i++)
        labelled(p, i ? "" : "Consent",
            arena_printf(p->a, "%s: %s", p->doc->consent[i].to, inner(p, VOCAB_CONSENT, p->doc->consent[i].answer)));
    if (p->view->row.changed_by)
        labelled(p, "Last changed",
            arena_printf(
                p->a, "%s%s", civil_words_full(p->view->row.changed_at, when), by(p, p->view->row.changed_by)));
}

static int age_on(Date born, Date day)
{
    int y, m, d, y2, m2, d2;

    civil_of_date(born, &y, &m, &d);
    civil_of_date(day, &y2, &m2, &d2);
    return y2 - y - (m2 < m || (m2 == m && d2 < d));
}

static void write_person(const Page *p, const Person *x)
{
    char born[CIVIL_TEXT];

    pager_begin(p->pager, 1, LABEL);
    pager_put(p->pager, STYLE_LABEL, label(p, VOCAB_PERSON_ROLE, x->role));
    pager_to(p->pager, 1 + LABEL);
    pager_put(p->pager, STYLE_HEADING, person_name(x, p->a));
    if (x->key) pager_putf(p->pager, STYLE_MUTED, " (%s)", x->key);
    if (x->born != DATE_NONE)
        pager_putf(p->pager, STYLE_NORMAL, ", born %s (%d)", civil_words_date(x->born, born),
            age_on(x->born, civil_local_date(p->now)));
    if (x->sex) pager_putf(p->pager, STYLE_NORMAL, ", %s", inner(p, VOCAB_SEX, x->sex));
    if (x->ethnicity) pager_putf(p->pager, STYLE_NORMAL, ", %s", x->ethnicity);
    if (x->police_staff) pager_put(p->pager, STYLE_WARNING, ", POLICE STAFF");
    pager_end(p->pager);
    if (x->related_to)
        pager_addf(p->pager, 1 + LABEL, STYLE_NORMAL, "%s of %s", inner(p, VOCAB_RELATIONSHIP, x->relationship),
            person_words(p->doc, x->related_to, p->a));
    for (size_t i = 0; i < x->n_status; i++) {
        char when[CIVIL_TEXT] = "(no time)";
        if (x->status[i].at != TIME_NONE) civil_words_full(x->status[i].at, when);
        pager_addf(p->pager, 1 + LABEL, i + 1 == x->n_status ? STYLE_NORMAL : STYLE_MUTED, "%s since %s",
            inner(p, VOCAB_SUSPECT_STATUS, x->status[i].status), when);
    }
}

static void write_people(const Page *p)
{
    if (p->doc->n_people == 0) nothing(p, "Nobody is recorded.");
    for (size_t i = 0; i < p->doc->n_people; i++) write_person(p, &p->doc->people[i]);
}

static void write_offences(const Page *p)
{
    if (p->doc->n_offences + p->doc->n_flags == 0) nothing(p, "No offence and no flag.");
    case_offences_write(p->pager, p->doc, p->v, p->a);
    plain_list(p, LIST_FLAGS);
    case_ended_write(p->pager, p->doc, p->v, p->a);
}

static void write_references(const Page *p)
{
    if (p->doc->n_references + p->doc->n_cross_references == 0) nothing(p, "No reference yet.");
    plain_list(p, LIST_REFERENCES);
    plain_list(p, LIST_CROSS_REFERENCES);
}

/* --- books: how each stands, who read it, what was added, where it is. What it says is read on its own screen. --- */
static void book_versions(const Page *p, const Book *latest)
{
    for (size_t i = p->doc->n_books; i > 0; i--) {
        const Book *b = &p->doc->books[i - 1];
        if (!str_eq(b->serial, latest->serial)) continue;
        SignedStand stand = app_book_signed(p->app, p->doc->id, b);
        pager_dated(p->pager, b->completed_at, b == latest ? STYLE_NORMAL : STYLE_MUTED,
            arena_printf(p->a, "version %zu completed%s%s", case_book_version(p->doc, b), by(p, b->by),
                signed_tail(stand, p->a)));
        signed_alarm(p, stand);
    }
}

static void book_readings(const Page *p, const Book *latest)
{
    const CaseField *reasons = case_list_field(LIST_REVIEWS, "reasons");

    for (size_t i = 0; i < p->doc->n_reviews; i++) {
        const Review *r = &p->doc->reviews[i];
        const Book *b = read_is_reading(vocab_word(p->v, VOCAB_REVIEW, r->kind)) ? book_of_review(p->doc, r) : NULL;
        if (!b || !str_eq(b->serial, latest->serial)) continue;
        SignedStand stand = app_reading_signed(p->app, p->doc, r);
        pager_dated(p->pager, r->at, STYLE_NORMAL,
            arena_printf(p->a, "version %zu, %s%s", case_book_version(p->doc, b),
                label_inside(review_words(p, r), p->a), signed_tail(stand, p->a)));
        if (r->reasons && *r->reasons)
            pager_addf(p->pager, 3, STYLE_WARNING, "Because: %s", case_field_words(reasons, r, p->v, p->a));
        signed_alarm(p, stand);
    }
}

static void book_whereabouts(const Page *p, const BookStand *stand)
{
    const Book *latest = stand->latest;
    char when[CIVIL_TEXT];

    for (size_t i = 0; i < p->doc->n_addenda; i++)
        if (str_eq(p->doc->addenda[i].book, latest->serial))
            pager_dated(p->pager, p->doc->addenda[i].at, STYLE_NORMAL, addendum_words(p, &p->doc->addenda[i]));
    if (stand->move)
        labelled(p, "Who has it",
            arena_printf(p->a, "%s, since %s", stand->move->to,
                stand->move->at == TIME_NONE ? "a time not said" : civil_words_full(stand->move->at, when)));
    labelled(p, "Index",
        !stand->index_number && stand->index_at == TIME_NONE
            ? "not indexed yet"
            : arena_printf(p->a, "%s%s%s", stand->index_number ? stand->index_number : "",
                  stand->index_number && stand->index_at != TIME_NONE ? ", " : "",
                  stand->index_at != TIME_NONE ? civil_words_full(stand->index_at, when) : ""));
}

static void write_books(const Page *p)
{
    if (p->doc->n_books == 0) nothing(p, "No book 124D is recorded.");
    for (size_t i = p->doc->n_books; i > 0; i--) {
        const Book *b = &p->doc->books[i - 1];
        BookStand stand;
        if (b != case_book(p->doc, b->serial) || !book_stand(p->doc, p->v, b->serial, &stand)) continue;
        pager_begin(p->pager, 1, LABEL);
        pager_put(p->pager, STYLE_HEADING, b->serial ? b->serial : "(no serial)");
        pager_putf(p->pager, stand.state == BOOK_RETURNED ? STYLE_WARNING : STYLE_NORMAL, " " SIGN_DOT " %s",
            book_state_label(stand.state));
        pager_put(p->pager, STYLE_MUTED, " " SIGN_DOT " b reads it");
        pager_end(p->pager);
        book_versions(p, b);
        book_readings(p, b);
        book_whereabouts(p, &stand);
    }
}

/* "separation: Yes (left in January)", a line each; what was answered with yes stands out. */
static void write_factors(const Page *p, const Assessment *x)
{
    const CaseField *f = case_list_field(LIST_ASSESSMENTS, "answers");
    const char *words = x->answers ? case_field_words(f, x, p->v, p->a) : "";

    while (*words) {
        size_t n = strcspn(words, "\n");
        char *line = arena_dup_n(p->a, words, n);
        pager_add(p->pager, 3, strstr(line, ": Yes") ? STYLE_NORMAL : STYLE_MUTED, line);
        words += n + (words[n] == '\n');
    }
}

static void write_risk(const Page *p)
{
    bool may = app_may_quietly(p->app, PERM_ADD_ASSESSMENT);

    if (p->doc->n_assessments == 0)
        nothing(p, may ? "The risk is not yet assessed; R assesses it." : "The risk is not yet assessed.");
    if (p->doc->n_assessments)
        pager_addf(p->pager, 1, STYLE_MUTED, "K shows the assessments side by side%s",
            may ? " " SIGN_DOT " R makes another" : "");
    for (size_t i = p->doc->n_assessments; i > 0; i--) {
        const Assessment *x = &p->doc->assessments[i - 1];
        const char *moved = regrade_words(p->doc, p->v, x, p->a);
        pager_dated(p->pager, x->at, grade_style(x->grade),
            moved ? arena_printf(p->a, "%s " SIGN_DOT " %s", assessment_words(p, x), moved) : assessment_words(p, x));
        if (x->rationale) pager_add(p->pager, 3, STYLE_NORMAL, x->rationale);
        if (x->reason) pager_addf(p->pager, 3, STYLE_NORMAL, "Lower because: %s", x->reason);
        if (x->observed) pager_addf(p->pager, 3, STYLE_NORMAL, "The officer saw: %s", x->observed);
        write_factors(p, x);
    }
}

static void one_review(const Page *p, const Review *r)
{
    SignedStand stand = app_reading_signed(p->app, p->doc, r);

    pager_dated(p->pager, r->at, case_withdrawal(LIST_REVIEWS, r) ? STYLE_MUTED : STYLE_HEADING,
        struck(p, LIST_REVIEWS, r, arena_printf(p->a, "%s%s", review_words(p, r), signed_tail(stand, p->a))));
    signed_alarm(p, stand);
    if (r->text && *r->text) pager_add(p->pager, 3, entry_style(LIST_REVIEWS, r), r->text);
    review_checks_write(p->pager, r, 3, p->a);
}

static void write_reviews(const Page *p)
{
    if (p->doc->n_reviews == 0) nothing(p, "No review yet.");
    for (size_t i = p->doc->n_reviews; i > 0; i--) one_review(p, &p->doc->reviews[i - 1]);
}

#define LIST_SECTION(name, list, empty)                                                                                \
    static void name(const Page *p)                                                                                    \
    {                                                                                                                  \
        size_t n;                                                                                                      \
        case_items(p->doc, list, &n);                                                                                  \
        if (n == 0) nothing(p, empty);                                                                                 \
        plain_list(p, list);                                                                                           \
    }
static void write_referrals(const Page *p)
{
    referrals_write(p->pager, p->app, p->view, &p->given->marac, p->a);
}

LIST_SECTION(write_contacts, LIST_CONTACTS, "Nobody was contacted yet.")
LIST_SECTION(write_events, LIST_EVENTS, "No event yet.")
static void write_owners(const Page *p)
{
    if (p->doc->n_owners == 0) nothing(p, "No unit has it.");
    plain_list(p, LIST_OWNERS);
    plain_list(p, LIST_INVESTIGATORS);
}
LIST_SECTION(write_notices, LIST_NOTICES, "Nobody was told yet.")

/* --- the timeline ------------------------------------------------------------------------------------ */
typedef struct Moment {
    Time at;
    size_t order;
    const char *words;
} Moment;
typedef struct Moments {
    Moment *items;
    size_t n, cap;
} Moments;

static void moment_add(Moments *m, Time at, const char *words)
{
    if (at == TIME_NONE) return;
    m->items = mem_room(m->items, m->n, &m->cap, sizeof *m->items);
    m->items[m->n] = (Moment){ .at = at, .order = m->n, .words = words };
    m->n++;
}

static int by_time(const void *x, const void *y)
{
    const Moment *a = x, *b = y;
    if (a->at != b->at) return a->at < b->at ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void moments_of_people(const Page *p, Moments *m)
{
    for (size_t i = 0; i < p->doc->n_people; i++) {
        const Person *x = &p->doc->people[i];
        for (size_t k = 0; k < x->n_status; k++)
            moment_add(m, x->status[k].at,
                arena_printf(
                    p->a, "%s: %s", person_name(x, p->a), inner(p, VOCAB_SUSPECT_STATUS, x->status[k].status)));
    }
}

static void moments_of_lists(const Page *p, Moments *m)
{
    for (CaseListId list = 0; list < LIST_STATUS; list++) {
        size_t n;
        const char *items = case_items(p->doc, list, &n);
        for (size_t i = 0; i < n; i++) {
            const void *item = items + i * case_lists[list].item_size;
            moment_add(m, time_of(list, item), list == LIST_OWNERS ? offer_words(p, item) : words_in(p, list, item));
        }
    }
    for (size_t i = 0; i < p->doc->n_owners; i++)
        moment_add(m, p->doc->owners[i].accepted_at,
            arena_printf(p->a, "Accepted by %s", label(p, VOCAB_UNIT, p->doc->owners[i].unit)));
    for (size_t i = 0; i < p->doc->n_books; i++) moment_add(m, p->doc->books[i].index_at, "Book 124D indexed");
}

static void write_timeline(const Page *p)
{
    Moments m = { 0 };

    for (size_t i = 0; i < case_n_scalars; i++)
        if (case_scalars[i].kind == FIELD_TIME)
            moment_add(&m, *(const Time *)(const void *)((const char *)p->doc + case_scalars[i].offset),
                case_scalars[i].label);
    moments_of_people(p, &m);
    moments_of_lists(p, &m);
    if (m.n) qsort(m.items, m.n, sizeof *m.items, by_time);
    for (size_t i = 0; i < m.n; i++) pager_dated(p->pager, m.items[i].at, STYLE_NORMAL, m.items[i].words);
    mem_free(m.items);
}

/* --- what does not fit, and what may not happen yet ------------------------------------------------------- */
static void alert_line(const Page *p, const CaseAlertView *x)
{
    char when[CIVIL_TEXT];
    bool waits = !x->answer;

    pager_begin(p->pager, 1, 3);
    pager_put(p->pager, waits ? STYLE_WARNING : STYLE_MUTED, waits ? "! " : "  ");
    pager_put(p->pager, waits ? STYLE_NORMAL : STYLE_MUTED, x->fired->says);
    pager_putf(p->pager, STYLE_MUTED, " " SIGN_DOT " %s " SIGN_DOT " since %s", role_short(x->fired->alert->owner),
        civil_words_short(x->since, when));
    pager_end(p->pager);
    if (x->answer) pager_add(p->pager, 3, STYLE_MUTED, alert_answer_words(x->answer, p->a));
    if (!x->answer && x->before)
        pager_addf(
            p->pager, 3, STYLE_MUTED, "Waits again, the facts changed: it was %s", alert_answer_words(x->before, p->a));
}

static void gate_line(const Page *p, const GateVerdict *g)
{
    bool passed = app_gate_passed(p->app, p->view, g);

    pager_begin(p->pager, 1, 3);
    pager_putf(p->pager, passed ? STYLE_WARNING : STYLE_NORMAL, "%s %s", passed ? "!" : " ",
        passed ? "Done although its gate is shut: " : "Not yet: ");
    pager_putf(p->pager, STYLE_NORMAL, "%s. %s", g->gate->act, g->says);
    pager_end(p->pager);
}

/* --- the plan, and what else somebody was given ------------------------------------------------- */
/* "! OVERDUE   2d 3h", "  Fri 5   16:42", "  done     3 Jun". */
static void task_stand(const Page *p, const Task *t)
{
    char when[CIVIL_TEXT];
    DueWords due;

    due_words(t->at, t->due, p->now, &due);
    if (t->done_at != TIME_NONE) {
        due = (DueWords){ .sign = " ", .word = "done", .style = STYLE_MUTED };
        civil_words_date(civil_local_date(t->done_at), when);
        snprintf(due.when, sizeof due.when, "%.*s", (int)(strlen(when) - 5), when);
    }
    pager_putf(p->pager, due.style, "%s %s", due.sign, due.word);
    pager_to(p->pager, 11);
    pager_putf(p->pager, t->done_at == TIME_NONE ? STYLE_NORMAL : STYLE_MUTED, "%9s", due.when);
    pager_to(p->pager, COL_DUTY);
}

static void task_line(const Page *p, const Task *t)
{
    Style style = t->done_at == TIME_NONE ? STYLE_NORMAL : STYLE_MUTED;

    pager_begin(p->pager, 1, COL_DUTY - 1);
    task_stand(p, t);
    pager_putf(p->pager, STYLE_MUTED, "%s ", t->key);
    pager_put(p->pager, style, t->what);
    pager_putf(p->pager, STYLE_MUTED, " " SIGN_DOT " %s",
        t->approach ? label(p, VOCAB_APPROACH, t->approach) : label(p, VOCAB_TASK_SOURCE, t->source));
    pager_putf(p->pager, STYLE_MUTED, " " SIGN_DOT " %s%s%s", role_short(app_task_owner(p->app, t)), t->who ? ", " : "", t->who ? t->who : "");
    pager_end(p->pager);
    if (t->approach == APPROACH_ACCEPT && t->approved_at == TIME_NONE)
        pager_addf(p->pager, COL_DUTY, STYLE_WARNING, "not approved yet%s", app_may_task_approve(p->app, t) ? ": v approves it" : "");
    if (t->approach == APPROACH_ACCEPT && t->approved_at != TIME_NONE)
        pager_addf(p->pager, COL_DUTY, STYLE_MUTED, "approved%s", by(p, t->approved_by));
    if (t->rationale) pager_addf(p->pager, COL_DUTY, style, "Because: %s", t->rationale);
    if (t->result) pager_addf(p->pager, COL_DUTY, STYLE_NORMAL, "%s: %s", t->done_by ? officer_words(t->done_by, p->a) : "done", t->result);
}

static void write_tasks(const Page *p)
{
    const char *lacks = app_plan_lacks(p->doc);
    const Task **order;
    size_t n = app_tasks_in_order(p->doc, p->a, &order);

    if (lacks) pager_addf(p->pager, 1, STYLE_WARNING, "! %s", lacks);
    if (app_may_add(p->app, LIST_TASKS, NULL))
        pager_add(p->pager, 1, STYLE_MUTED, n ? "P adds a line " SIGN_DOT " r on a line ticks it off" : "P adds the first line of a plan.");
    else if (n == 0)
        nothing(p, "Nothing is planned, and nobody was given a task.");
    for (size_t i = 0; i < n; i++) {
        pager_item(p->pager, PAGE_TASK + (order[i] - p->doc->tasks));
        task_line(p, order[i]);
    }
    pager_item_end(p->pager);
}

static void write_alerts(const Page *p)
{
    const CaseAlerts *all = &p->given->alerts;
    size_t shut = 0, before_closing = 0;

    for (size_t i = 0; i < all->n; i++) {
        pager_item(p->pager, PAGE_ALERT + (int64_t)i);
        alert_line(p, &all->items[i]);
    }
    for (size_t i = 0; i < p->given->n_gates; i++) {
        if (p->given->gates[i].open == TRUTH_YES) continue;
        if (str_eq(p->given->gates[i].gate->act, "close-case")) { /* on a page of their own: in every open case some are */
            before_closing++;
            continue;
        }
        shut++;
        pager_item(p->pager, PAGE_GATE + (int64_t)i);
        gate_line(p, &p->given->gates[i]);
    }
    pager_item_end(p->pager);
    for (size_t i = 0; i < all->n_past; i++)
        pager_addf(p->pager, 3, STYLE_MUTED, "%s was %s", all->past[i].alert, alert_answer_words(&all->past[i], p->a));
    if (all->n + shut + all->n_past + before_closing == 0) nothing(p, "No alert, and no gate is shut.");
    if (before_closing)
        pager_addf(p->pager, 1, STYLE_MUTED, "Before it is closed %zu %s missing: Z.", before_closing, before_closing == 1 ? "thing is" : "things are");
}

static void write_orders(const Page *p)
{
    case_orders_write(p->pager, p->given, p->doc, p->v, p->a);
}

static void write_ways(const Page *p)
{
    case_ways_write(p->pager, p->given, p->a);
}

/* --- the page ------------------------------------------------------------------------------------------- */
typedef struct Section {
    const char *title;
    void (*write)(const Page *p);
    CaseListId list[2]; /* what is counted beside the title; LIST_COUNT: nothing */
} Section;

#define NO LIST_COUNT
static const Section sections[] = {
    { "Duties", write_duties, { NO, NO } },
    { "Summary", write_summary, { NO, NO } },
    { "People", write_people, { LIST_PEOPLE, NO } },
    { "Offences and flags", write_offences, { LIST_OFFENCES, LIST_FLAGS } },
    { "References", write_references, { LIST_REFERENCES, LIST_CROSS_REFERENCES } },
    { "Book 124D", write_books, { LIST_BOOKS, NO } },
    { "Risk", write_risk, { LIST_ASSESSMENTS, NO } },
    { "Reviews", write_reviews, { LIST_REVIEWS, NO } },
    { "Referrals", write_referrals, { LIST_REFERRALS, NO } },
    { "Contacts", write_contacts, { LIST_CONTACTS, NO } },
    { "Events", write_events, { LIST_EVENTS, NO } },
    { "Owners", write_owners, { LIST_OWNERS, LIST_INVESTIGATORS } },
    { "Notices", write_notices, { LIST_NOTICES, NO } },
    { "Timeline", write_timeline, { NO, NO } },
    { "Alerts and gates", write_alerts, { NO, NO } },
    { "Plan and tasks", write_tasks, { NO, NO } },
    { "Orders and bail", write_orders, { NO, NO } },
    { "Safe contact", write_ways, { NO, NO } },
};

static Page page_of(Pager *pager, const App *app, const CaseView *view, Arena *a)
{
    return (Page){
        .pager = pager, .app = app, .view = view, .doc = &view->doc, .v = app_vocabs(app), .a = a, .now = app_now(app)
    };
}

static size_t live_duties(const CaseView *view)
{
    size_t n = 0;
    for (size_t i = 0; i < view->n_duties; i++) n += duty_is_live(&view->duties[i]);
    return n;
}

static size_t open_tasks(const CaseDoc *doc)
{
    size_t n = 0;
    for (size_t i = 0; i < doc->n_tasks; i++) n += doc->tasks[i].done_at == TIME_NONE;
    return n;
}

static size_t counted(const Section *s, const CaseView *view, const CasePage *page)
{
    if (s->write == write_duties) return live_duties(view);
    if (s->write == write_alerts) return page->alerts.waiting;
    if (s->write == write_tasks) return open_tasks(&view->doc);
    if (s->write == write_ways) return page->n_ways;
    return s->write == write_orders ? page->n_orders : 0;
}

void case_page_write(Pager *pager, const App *app, const CaseView *view, Arena *a, CasePage *out)
{
    Page p = page_of(pager, app, view, a);

    p.given = out;
    pager_clear(pager);
    out->n = ARRAY_LEN(sections);
    for (size_t i = 0; i < out->n; i++) {
        size_t n = 0;
        out->title[i] = sections[i].title;
        out->count[i] = counted(&sections[i], view, out);
        for (size_t k = 0; k < 2; k++, n = 0)
            if (sections[i].list[k] != NO) {
                case_items(&view->doc, sections[i].list[k], &n);
                out->count[i] += n;
            }
        pager_heading(pager, sections[i].title);
        sections[i].write(&p);
    }
}

const char *case_entry_words(const App *app, const CaseView *view, CaseListId list, const void *item, Arena *a)
{
    Page p = page_of(NULL, app, view, a);

    return words_in(&p, list, item);
}

static bool wanted(const Page *p, CaseListId list, const char *kind, const void *item)
{
    if (list != LIST_REVIEWS || !*kind) return true;
    return strcmp(vocab_word(p->v, VOCAB_REVIEW, ((const Review *)item)->kind), kind) == 0;
}

static size_t statuses(const Page *p)
{
    size_t found = 0;

    for (size_t i = 0; i < p->doc->n_people; i++)
        for (size_t k = p->doc->people[i].n_status; k > 0; k--, found++) {
            const Status *s = &p->doc->people[i].status[k - 1];
            pager_dated(p->pager, s->at, STYLE_NORMAL,
                arena_printf(
                    p->a, "%s: %s", person_name(&p->doc->people[i], p->a), inner(p, VOCAB_SUSPECT_STATUS, s->status)));
        }
    return found;
}

size_t case_page_entries(
    Pager *pager, const App *app, const CaseView *view, CaseListId list, const char *kind, Arena *a)
{
    Page p = page_of(pager, app, view, a);
    size_t n = 0, found = 0;
    const char *items = list == LIST_STATUS ? NULL : case_items(p.doc, list, &n);

    if (list == LIST_STATUS) found = statuses(&p);
    for (size_t i = n; i > 0; i--) {
        const void *item = items + (i - 1) * case_lists[list].item_size;
        if (!wanted(&p, list, kind, item)) continue;
        found++;
        if (list == LIST_REVIEWS)
            one_review(&p, item);
        else
            pager_dated(p.pager, time_of(list, item), entry_style(list, item), words_in(&p, list, item));
    }
    if (!found) nothing(&p, list == LIST_REVIEWS && *kind ? "No earlier review of this kind." : "Nothing yet.");
    return found;
}

static const char *ended_words(const Page *p, const Duty *d)
{
    char due[CIVIL_TEXT];

    return arena_printf(p->a, "%s %s: %s, %s", d->ended > d->due ? "! MISSED" : "  void  ", civil_words_short(d->due, due),
        duty_title(p->app, d->id), role_short(d->owner));
}

size_t case_page_facts(Pager *pager, App *app, const CaseView *view, const FactGroup *g, Arena *a)
{
    Page p = page_of(pager, app, view, a);
    const CaseField *fields[FACTS_MAX];
    size_t n = fact_fields(g, fields), lines = 0;
    GateVerdict *gates;
    Duty *ends;

    pager_clear(pager);
    for (size_t i = 0; i < n; i++) {
        if (case_field_absent(fields[i], p.doc)) continue;
        labelled(&p, fields[i]->label, case_field_words(fields[i], p.doc, p.v, a));
        lines++;
    }
    n = app_facts_shut(app, view, g, a, &gates);
    for (size_t i = 0; i < n; i++, lines++) pager_addf(pager, 1, STYLE_WARNING, "! Not yet: %s", gates[i].says);
    n = str_eq(g->word, "close") ? app_closing_ends(app, view, a, &ends) : 0;
    if (n > 0) pager_addf(pager, 1, STYLE_NORMAL, "Closing it now ends %zu that nobody did:", n);
    for (size_t i = 0; i < n; i++, lines++)
        pager_add(pager, 3, ends[i].ended > ends[i].due ? STYLE_OVERDUE : STYLE_MUTED, ended_words(&p, &ends[i]));
    if (!lines) nothing(&p, "Nothing is said yet.");
    return lines;
}
