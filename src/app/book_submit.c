/* book_submit.c — from a draft to a version. What the answers say becomes the facts of the case in the same write that
** adds the version and drops the draft: typed once, used everywhere, and never half. The case is read anew for the write,
** so that what other officers put in meanwhile stays; the facts of the book are laid over it. A version is completed later
** than the one before and than every reading of that, because time is what numbers them. */
#include "cad_row.h"
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

/* ---- the document as it will be ---- */

/* The assessment is the writer's, made with the text of the instrument that the form asks by. A lower grade, where the writer may
** give it at all, has its reason in the rationale: the form asks for no other. */
static void sign_assessment(const App *app, const BookWork *work, Code was, Assessment *s)
{
    s->by = work->writer;
    s->version = form_instrument(work->form, vocab_word(app_vocabs(app), VOCAB_INSTRUMENT, s->instrument));
    if (was && s->grade && s->grade < was) s->reason = s->rationale;
}

/* Whoever writes the book says what it says: new entries that name nobody are the writer's. */
static void sign_new(const App *app, const BookWork *work, const CaseDoc *before, CaseDoc *doc, Time at, Arena *a)
{
    const char *writer = work->writer;
    Flag *flags = arena_zero(a, doc->n_flags + 1, sizeof *flags);
    Assessment *assessments = arena_zero(a, doc->n_assessments + 1, sizeof *assessments);

    for (size_t i = 0; i < doc->n_flags; i++) {
        flags[i] = doc->flags[i];
        if (!flags[i].by && flags[i].at == at) flags[i].by = writer;
    }
    for (size_t i = 0; i < doc->n_assessments; i++) {
        assessments[i] = doc->assessments[i];
        if (!assessments[i].by && assessments[i].at == at)
            sign_assessment(app, work, case_grade(before), &assessments[i]);
    }
    doc->flags = flags;
    doc->assessments = assessments;
}

static const char *answers_text(const BookWork *work, const char *serial, Arena *a)
{
    Answers *all = answers_copy(work->answers);
    Str text = { 0 };
    const char *kept;

    answers_put(all, ANSWER_FORM, form_mark(work->form, a));
    if (form_question(work->form, ANSWER_SERIAL) && !book_serial_same(answers_get(all, ANSWER_SERIAL), serial))
        answers_put(all, ANSWER_SERIAL, serial);
    answers_write(all, &text);
    kept = arena_dup_n(a, text.s, text.n);
    crypto_wipe(text.s, text.cap);
    str_finish(&text);
    answers_free(&all);
    return kept;
}

bool book_project(App *app, const BookWork *work, const CaseDoc *before, const char *serial, Time at, Arena *a,
    CaseDoc *out, Err *err)
{
    Book book;

    *out = *before;
    if (!form_project(work->form, work->answers, app_vocabs(app), at, out, a, err)) return false;
    out->cad_number = cad_plain(out->cad_number);
    sign_new(app, work, before, out, at, a);
    case_item_init(LIST_BOOKS, &book);
    book.serial = serial;
    book.by = work->writer;
    book.begun_at = work->begun_at <= at ? work->begun_at : at;
    book.completed_at = at;
    book.answers = answers_text(work, serial, a);
    case_append(out, LIST_BOOKS, &book, a);
    case_sort(out);
    return true;
}

/* As every call does until it is offered on, the case belongs to response. */
static void give_to_response(const App *app, CaseDoc *doc, Arena *a)
{
    Owner response;

    case_item_init(LIST_OWNERS, &response);
    response.unit = vocab_code(app_vocabs(app), VOCAB_UNIT, "response");
    response.offered_at = response.accepted_at = doc->reported_at;
    case_append(doc, LIST_OWNERS, &response, a);
    case_sort(doc);
}

/* ---- what stands in the way ---- */

size_t book_gates_shut(
    App *app, const char *act, const CaseDoc *doc, const PolicyText *texts, size_t n, Arena *a, GateVerdict **out)
{
    size_t all = policy_gates(app->policy, act, doc, texts, n, app->now, a, out), shut = 0;

    for (size_t i = 0; i < all; i++)
        if ((*out)[i].open != TRUTH_YES) (*out)[shut++] = (*out)[i];
    return shut;
}

/* A factor of the risk assessment is asked under its own name, in whatever section the form has it. */
static const FormQuestion *question_of_factor(const FormSpec *form, const char *factor)
{
    size_t n;
    const FormQuestion *q = form_questions_of(form, &n);

    for (size_t i = 0; i < n; i++) {
        const char *dot = strrchr(q[i].name, '.');
        if (q[i].fact.list == LIST_ASSESSMENTS && dot && str_eq(dot + 1, factor)) return &q[i];
    }
    return NULL;
}

static const FormQuestion *question_of(const FormSpec *form, const FactName *fact)
{
    const char *preset = fact->preset ? fact->preset : "";
    const FormQuestion *q;

    if (fact->list == LIST_ASSESSMENTS && str_eq(fact->column, "answers")) return question_of_factor(form, preset);
    q = form_question_of_fact(form, fact->list, fact->column, preset);
    return q ? q : form_question_of_fact(form, fact->list, fact->column, "");
}

static const char *path_of_fact(const FormSpec *form, const FactName *fact, Arena *a)
{
    const FormQuestion *q = question_of(form, fact);
    char path[ANSWERS_PATH];

    return q ? arena_dup(a, form_path(form, q, 0, path)) : NULL;
}

/* Where the words stand that set it off; else the first fact that a question of the form asks for. */
static const char *path_of_alert(const FormSpec *form, const AlertFired *fired, Arena *a)
{
    const char *path = NULL;

    for (size_t i = 0; i < fired->n_hits && !path; i++)
        if (fired->hits[i].path && form_question(form, fired->hits[i].path)) path = fired->hits[i].path;
    for (size_t i = 0; i < fired->n_facts && !path; i++) path = path_of_fact(form, &fired->facts[i], a);
    return path;
}

/* What a condition of a gate asks for, by its first words, and the fact that a question of the form may give. */
static const struct {
    const char *words;
    FactName fact;
} gate_words[] = {
    { "children", { LIST_COUNT, "children_answer", "" } },
    { "assessment", { LIST_ASSESSMENTS, "grade", "" } },
    { "assessment", { LIST_ASSESSMENTS, "rationale", "" } },
    { "victim", { LIST_PEOPLE, "family", "role=victim" } },
    { "suspect", { LIST_PEOPLE, "family", "role=suspect" } },
    { "reference cris", { LIST_REFERENCES, "number", "system=cris" } },
    { "reference merlin", { LIST_REFERENCES, "number", "system=merlin" } },
    { "notice di", { LIST_NOTICES, NULL, "to=di" } },
    { "flag", { LIST_FLAGS, NULL, "" } },
};

/* The first question, not answered if there is such, that a condition which is not met asks about. */
static const char *path_of_gate(const BookWork *work, const GateVerdict *gate, Arena *a)
{
    const char *first = NULL;

    for (size_t i = 0; i < gate->n; i++) {
        const WhyLine *line = &gate->lines[i];
        if (line->kind != WHY_CONDITION || line->truth == TRUTH_YES) continue;
        for (size_t k = 0; k < ARRAY_LEN(gate_words); k++) {
            if (strncmp(line->text, gate_words[k].words, strlen(gate_words[k].words)) != 0) continue;
            const char *path = path_of_fact(work->form, &gate_words[k].fact, a);
            if (path && !*answers_get(work->answers, path)) return path;
            if (!first) first = path;
        }
    }
    return first;
}

static void add_gap(BookCheck *out, const char *path, const char *label, const char *says, Arena *a)
{
    FormGap *all = arena_zero(a, out->n_gaps + 1, sizeof *all);

    if (out->n_gaps) memcpy(all, out->gaps, out->n_gaps * sizeof *all);
    all[out->n_gaps++] = (FormGap){ .path = path, .label = label, .says = says, .wrong = true };
    out->gaps = all;
}

/* A book lowers no grade that its writer could not lower by another road. */
static void check_grade(
    const App *app, const BookWork *work, const CaseDoc *before, const CaseDoc *doc, Arena *a, BookCheck *out)
{
    const FormQuestion *q = form_question_of_fact(work->form, LIST_ASSESSMENTS, "grade", "stage=initial");
    const char *may_not = risk_may_not(app, case_grade(before), case_grade(doc), a);

    if (may_not)
        add_gap(out, q ? q->name : "", q ? q->label : "Grade",
            arena_printf(a, "%s Leave it as it is, and say in the reason what speaks for less.", may_not), a);
}

static void check_facts(App *app, const BookWork *work, const CaseDoc *doc, Arena *a, BookCheck *out)
{
    PolicyText *texts = NULL;
    size_t n = form_texts(work->form, work->answers, a, &texts);

    out->n_gates = book_gates_shut(app, "submit-book", doc, texts, n, a, &out->gates);
    out->n_alerts = policy_alerts(app->policy, doc, texts, n, app->now, a, &out->alerts);
    out->alert_paths = arena_zero(a, out->n_alerts + 1, sizeof *out->alert_paths);
    out->gate_paths = arena_zero(a, out->n_gates + 1, sizeof *out->gate_paths);
    for (size_t i = 0; i < out->n_gates; i++) out->gate_paths[i] = path_of_gate(work, &out->gates[i], a);
    for (size_t i = 0; i < out->n_alerts; i++) out->alert_paths[i] = path_of_alert(work->form, &out->alerts[i], a);
}

static void check_work(App *app, const BookWork *work, const CaseDoc *before, Arena *a, BookCheck *out)
{
    CaseDoc doc;
    Err why = { 0 };

    memset(out, 0, sizeof *out);
    out->n_gaps = form_gaps(work->form, app->policy, work->answers, "officer", app->now, a, &out->gaps);
    if (book_project(app, work, before, work->serial, app->now, a, &doc, &why)) {
        check_grade(app, work, before, &doc, a, out);
        check_facts(app, work, &doc, a, out);
    } else if (out->n_gaps == 0) /* a gap says it better */
        add_gap(out, arena_dup(a, why.field), form_label(work->form, why.field, a), arena_dup(a, why.text), a);
}

/* The case of the CAD message that is typed into a new incident. */
static const char *cad_case(App *app, const BookWork *work, Arena *a)
{
    const FormQuestion *q = form_question_of_fact(work->form, LIST_COUNT, "cad_number", "");
    const char *typed = q && work->new_case ? answers_get(work->answers, q->name) : "";
    const char *number, *case_id = NULL;

    return *typed && book_case_of_cad(app, typed, a, &number, &case_id, NULL) ? case_id : NULL;
}

bool app_book_check(App *app, const BookWork *work, Arena *a, BookCheck *out, Err *err)
{
    CaseDoc before;

    memset(out, 0, sizeof *out);
    if (!app_somebody(app, err)) return false;
    if (work->new_case)
        book_case_begin(app, work, a, &before);
    else
        before = work->view.doc;
    check_work(app, work, &before, a, out);
    out->cad_case = cad_case(app, work, a);
    return true;
}

static bool nothing_stands(const BookCheck *c, Err *err)
{
    if (c->n_gaps)
        return err_set(err, ERR_INVALID, c->gaps[0].path, "%s: %s%s", c->gaps[0].label, c->gaps[0].says,
            c->n_gaps > 1 ? " And more is missing." : "");
    if (c->n_gates) return err_set(err, ERR_INVALID, c->gate_paths[0] ? c->gate_paths[0] : "", "%s", c->gates[0].says);
    return true;
}

/* ---- the serial ---- */

static bool serial_fits(App *app, const char *serial, Err *err)
{
    char normal[64], sentence[240];

    if (strlen(serial) > SERIAL_MAX)
        return err_set(err, ERR_INVALID, ANSWER_SERIAL, "The serial of a book has at most %d characters.", SERIAL_MAX);
    return policy_reference(app->policy, "124d", serial, normal, sentence) != REF_REFUSED ||
           err_set(err, ERR_INVALID, ANSWER_SERIAL, "%s", sentence);
}

/* As it is printed on the paper book when the officer says so; else the one it was begun with, or the next free one when
** somebody else's book has taken that meanwhile. */
static const char *first_serial(App *app, const BookWork *work, const CaseDoc *doc, Arena *a, Err *err)
{
    const char *typed = answers_get(work->answers, ANSWER_SERIAL);
    bool own = *typed && !book_serial_same(typed, work->serial);

    if (!own) return case_book(doc, work->serial) ? book_serial_free(app, doc, work->case_id, a) : work->serial;
    if (!serial_fits(app, typed, err)) return NULL;
    if (!case_book(doc, typed)) return arena_dup(a, typed);
    err_set(err, ERR_INVALID, ANSWER_SERIAL, "This case has a book %s already.", typed);
    return NULL;
}

static const char *serial_of(
    App *app, const BookWork *work, const CaseDoc *doc, const BookTurn *turn, Arena *a, Err *err)
{
    const char *typed = answers_get(work->answers, ANSWER_SERIAL);

    if (!turn->last) return first_serial(app, work, doc, a, err);
    if (!*typed || book_serial_same(typed, turn->serial)) return turn->serial;
    err_set(err, ERR_INVALID, ANSWER_SERIAL, "A book that is reworked keeps its serial: %.40s.", turn->serial);
    return NULL;
}

/* ---- the act ---- */

typedef struct Submitting {
    BookWork *work;
    CaseRow row; /* key 0 while there is none */
    CaseDoc before, after;
    const char *serial;
    size_t version;
} Submitting;

static bool later_than(Time now, Time after, Err *err)
{
    char then[CIVIL_TEXT];

    if (after == TIME_NONE || now > after) return true;
    return err_set(err, ERR_INVALID, "",
        "The version before, or its reading, is of %s, and it is not later than that by this clock. Try again.",
        civil_words_full(after, then));
}

/* A number that names another case would make two of one call. */
static bool cad_is_free(App *app, const Submitting *s, Arena *a, Err *err)
{
    const FormQuestion *q = form_question_of_fact(s->work->form, LIST_COUNT, "cad_number", "");
    CaseRow row;
    Err why = { 0 };

    if (!s->after.cad_number) return true;
    if (store_case_by_cad(app->store, s->after.cad_number, a, &row, &why))
        return err_set(err, ERR_INVALID, q ? q->name : "",
            "The CAD message %.40s is of the case %s: open the book from there, or correct the number.",
            s->after.cad_number, row.id);
    if (why.kind == ERR_MISSING) return true;
    if (err) *err = why;
    return false;
}

/* A book of a new case whose number somebody took meanwhile gets another one. */
static bool meet_new(App *app, Submitting *s, Arena *a, BookTurn *turn, Err *err)
{
    Err why = { 0 };
    char number[16];

    *turn = (BookTurn){ .version = 1, .after = TIME_NONE };
    if (store_case_find(app->store, s->work->case_id, a, &s->row, &why)) {
        if (!app_case_number(app, number, err)) return false;
        strcpy(s->work->case_id, number);
    } else if (why.kind != ERR_MISSING) {
        if (err) *err = why;
        return false;
    }
    s->row = (CaseRow){ 0 };
    book_case_begin(app, s->work, a, &s->before);
    return true;
}

static bool meet_known(App *app, Submitting *s, Arena *a, BookTurn *turn, Err *err)
{
    const BookWork *work = s->work;
    bool first = !work->last;

    if (!app_case_find(app, work->case_id, a, &s->row, err)) return false;
    if (!store_case_load(app->store, s->row.key, app_vocabs(app), a, &s->before, err)) return false;
    *turn = (BookTurn){ .version = 1, .after = TIME_NONE };
    const Book *there = case_book(&s->before, work->serial);
    if (first && (!there || !str_eq(there->by, work->writer))) return true; /* another officer's book is another book */
    return book_turn(app, &s->before, work->serial, a, turn, err);
}

/* The writer's own signature, over what the sergeant will read. */
static bool sign(App *app, Submitting *s, Arena *a, Err *err)
{
    const Book *book = case_book(&s->after, s->serial);

    return book ? sign_book(app, s->after.id, &s->after.books[book - s->after.books], a, err)
                : err_set(err, ERR_BUG, "serial", "The book is not in its case.");
}

static bool prepare(App *app, Submitting *s, Arena *a, Err *err)
{
    BookTurn turn;
    BookCheck check;

    if (!(s->work->new_case ? meet_new(app, s, a, &turn, err) : meet_known(app, s, a, &turn, err))) return false;
    check_work(app, s->work, &s->before, a, &check);
    if (!nothing_stands(&check, err) || !later_than(app->now, turn.after, err)) return false;
    s->serial = serial_of(app, s->work, &s->before, &turn, a, err);
    s->version = turn.version;
    if (!s->serial || !book_project(app, s->work, &s->before, s->serial, app->now, a, &s->after, err)) return false;
    if (s->work->new_case) give_to_response(app, &s->after, a);
    if (s->work->new_case && !cad_is_free(app, s, a, err)) return false;
    return case_check(&s->after, app_vocabs(app), app->now, err) && sign(app, s, a, err);
}

static bool drop_draft(App *app, Tx *tx, const BookWork *work, Err *err)
{
    Err why = { 0 };

    if (store_draft_drop(tx, app->session.warrant, work->about, &why) || why.kind == ERR_MISSING) return true;
    if (err) *err = why;
    return false;
}

static const char *said_of(const Submitting *s, Arena *a)
{
    const Book *book = case_book(&s->after, s->serial);
    char digest[HASH_HEX];

    book_digest(s->after.id, book, digest);
    return arena_printf(a, "%s version %zu %s", s->serial, s->version, digest);
}

static bool write(App *app, Submitting *s, Arena *a, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    const char *who = app->session.warrant;
    bool new = s->work->new_case, ok = false;
    Tx tx = { 0 };

    if (!store_begin(app->store, &tx, err)) goto out;
    if (new ? !store_case_insert(&tx, &s->after, v, app->now, who, &s->row, err)
            : !store_case_update(&tx, s->row.key, s->row.rev, &s->after, v, app->now, who, err))
        goto out;
    if (!app_derive(app, &tx, s->row.key, &s->after, a, err)) goto out;
    if (!app_log_case(app, &tx, new ? AUDIT_COLLECT : AUDIT_ALTER, "book.submit", s->row.key, NULL, said_of(s, a), err))
        goto out;
    if (!drop_draft(app, &tx, s->work, err)) goto out;
    ok = store_commit(&tx, err);
out:
    store_end(&tx);
    return ok;
}

static bool may_submit(App *app, const BookWork *work, Err *err)
{
    Err why = { 0 };

    if (!app_may_do(app, PERM_ADD_BOOK, "book.submit", work->new_case ? NULL : work->case_id, err)) return false;
    if (str_eq(work->writer, app->session.warrant)) return true;
    err_set(&why, ERR_DENIED, "", "This book is written by another officer.");
    if (err) *err = why;
    return app_denied(app, "book.submit", work->case_id, why.text);
}

bool app_book_submit(App *app, BookWork *work, Arena *a, CaseRow *row, Err *err)
{
    Submitting s = { .work = work };
    Arena *own = arena_new_secret();
    Err why = { 0 };
    bool ok =
        may_submit(app, work, &why) && app_book_save(app, work, &why); /* stale when another terminal took it over */

    for (int i = 0; ok && i < BOOK_TRIES; i++) {
        arena_reset(own);
        why = (Err){ 0 };
        if (prepare(app, &s, own, &why) && write(app, &s, own, &why)) break;
        if (why.kind != ERR_STALE || i == BOOK_TRIES - 1) ok = false;
    }
    if (ok) {
        work->version = s.version;
        memmove(work->serial, s.serial, strlen(s.serial) + 1); /* may be its own; the form keeps it short */
        *row = (CaseRow){ s.row.key, work->new_case ? 1 : s.row.rev + 1, arena_dup(a, work->case_id), app->now,
            arena_dup(a, app->session.warrant) };
        work->new_case = false;
    } else if (err)
        *err = why;
    arena_free(&own);
    return ok;
}
