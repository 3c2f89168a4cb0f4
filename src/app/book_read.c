/* book_read.c — the whole book under the eyes of whoever signs it, and what they do with it: sign, set remedial action,
** return. A reading is bound to the digest of exactly what was on the screen and asks the password once more. Nobody reads
** their own, by whatever road (WF 4.2): the same rule stands in front of app_case_add. A signed book never changes; what
** was wrong in it is said beside it. */
#include "app/review.h"
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define CHECK "ps-check"
#define READ  "csu-ds-read"

/* ---- who may not ---- */

/* Officers who had a hand in a book besides whoever typed it, by the names that forms give them. */
static const char *const other_hands[] = { ANSWER_OFFICER, "officer.second" };

static bool had_a_hand(const Book *book, const char *warrant)
{
    Answers *answers = book_answers(book->answers);
    bool had = false;

    for (size_t i = 0; i < ARRAY_LEN(other_hands); i++) had |= str_eq(answers_get(answers, other_hands[i]), warrant);
    answers_free(&answers);
    return had;
}

static bool read_by(const App *app, const CaseDoc *doc, const Book *book, const char *kind, const char *warrant)
{
    for (size_t i = 0; i < doc->n_reviews; i++) {
        const Review *r = &doc->reviews[i];
        if (str_eq(vocab_word(app_vocabs(app), VOCAB_REVIEW, r->kind), kind) && str_eq(r->by, warrant) &&
            book_of_review(doc, r) == book)
            return true;
    }
    return false;
}

const char *app_book_may_not_read(
    const App *app, const CaseDoc *doc, const Book *book, const char *kind, const char *warrant)
{
    if (!str_eq(kind, CHECK) && !str_eq(kind, READ)) return NULL;
    if (str_eq(book->by, warrant))
        return "You wrote this book. Nobody checks their own; somebody else reads it (WF 4.2).";
    if (had_a_hand(book, warrant))
        return "You are one of the officers of this book. Nobody checks their own; somebody else reads it (WF 4.2).";
    if (str_eq(kind, READ) && read_by(app, doc, book, CHECK, warrant))
        return "You checked this book as sergeant. Two people read every book; somebody else reads it for the unit (WF "
               "4.2).";
    return NULL;
}

/* What of a book lets no reading of that kind happen now, whoever comes. */
static const char *not_now(const App *app, const BookStand *s, const char *kind, Arena *a)
{
    char when[CIVIL_TEXT];

    if (s->returned)
        return arena_printf(a, "It went back to its officer on %s; the next version is what is read.",
            civil_words_full(s->returned->at, when));
    if (str_eq(kind, CHECK) && s->check)
        return arena_printf(
            a, "It was checked on %s by %s.", civil_words_full(s->check->at, when), book_officer(app, s->check->by, a));
    if (str_eq(kind, READ) && !s->check)
        return "The sergeant has not checked it yet; the unit reads it after that (WF 4.2).";
    if (str_eq(kind, READ) && s->read)
        return arena_printf(a, "It was read for the unit on %s by %s.", civil_words_full(s->read->at, when),
            book_officer(app, s->read->by, a));
    return NULL;
}

static const char *why_not(const App *app, const CaseDoc *doc, const BookStand *s, const char *kind, Arena *a)
{
    const char *own = app_book_may_not_read(app, doc, s->latest, kind, app->session.warrant);

    return own ? own : not_now(app, s, kind, a);
}

/* Which reading this officer would make: of the two that one person may make, the one whose turn it is. */
static const char *kind_for(const App *app, const BookStand *s)
{
    bool check = role_may_review(app->session.roles, CHECK), read = role_may_review(app->session.roles, READ);

    if (check && read) return s->check ? READ : CHECK;
    return check ? CHECK : read ? READ : NULL;
}

/* ---- the book on the screen ---- */

static const Book *version_of(const CaseDoc *doc, const char *serial, size_t version)
{
    for (size_t i = 0; i < doc->n_books; i++)
        if (str_eq(doc->books[i].serial, serial) && case_book_version(doc, &doc->books[i]) == version)
            return &doc->books[i];
    return NULL;
}

static bool choose_version(
    const char *case_id, const char *serial, size_t version, BookView *out, const Vocabs *v, Err *err)
{
    const CaseDoc *doc = &out->view.doc;

    if (!book_stand(doc, v, serial, &out->stand))
        return err_set(err, ERR_MISSING, "serial", "The case %.40s has no book%s%.40s.", case_id, serial ? " " : "",
            serial ? serial : "");
    out->version = version ? version : out->stand.versions;
    out->book = version ? version_of(doc, out->stand.latest->serial, version) : out->stand.latest;
    return out->book || err_set(err, ERR_MISSING, "version", "The book %.40s has %zu version%s.",
                            out->stand.latest->serial, out->stand.versions, out->stand.versions == 1 ? "" : "s");
}

static void judge(App *app, BookView *out, Arena *a)
{
    PolicyText *texts = NULL;
    size_t n = form_texts(out->form, out->answers, a, &texts);

    out->n_gaps = form_gaps(out->form, app->policy, out->answers, "officer", app->now, a, &out->gaps);
    out->n_alerts = policy_alerts(app->policy, &out->view.doc, texts, n, app->now, a, &out->alerts);
    out->n_gates = book_gates_shut(app, "sign-book", &out->view.doc, texts, n, a, &out->gates);
}

static void say_who_may(App *app, BookView *out, Arena *a)
{
    out->kind = kind_for(app, &out->stand);
    if (!out->kind) return;
    out->may_not = out->book == out->stand.latest ? why_not(app, &out->view.doc, &out->stand, out->kind, a)
                                                  : arena_printf(a, "This is version %zu; version %zu is the newest.",
                                                        out->version, out->stand.versions);
}

/* What was changed is still told, not into what. The document goes as every look returns it. */
static void hide(BookView *out)
{
    Answers *whole = answers_copy(out->answers);

    if (answers_mask(out->form, out->answers))
        out->whole = whole;
    else
        answers_free(&whole);
    if (out->before) answers_mask(out->form, out->before);
    for (size_t i = 0; i < out->n_changes; i++) {
        const FormQuestion *q = form_question(out->form, out->changes[i].path);
        if (!q || q->sensitivity != SENSITIVE_SAFE_CONTACT) continue;
        if (*out->changes[i].before) out->changes[i].before = CASE_HIDDEN;
        if (*out->changes[i].after) out->changes[i].after = CASE_HIDDEN;
    }
}

bool app_book_read(App *app, const char *case_id, const char *serial, size_t version, Arena *a, BookView *out, Err *err)
{
    const Book *before;

    memset(out, 0, sizeof *out);
    if (!case_look_whole(app, case_id, "book.read", a, &out->view, err)) return false;
    if (!choose_version(case_id, serial, version, out, app_vocabs(app), err)) return false;
    out->answers = book_answers(out->book->answers);
    out->form = app_form_of(app, out->answers, err);
    if (!out->form) {
        app_book_close(out);
        return false;
    }
    before = out->version > 1 ? version_of(&out->view.doc, out->book->serial, out->version - 1) : NULL;
    if (before) out->before = book_answers(before->answers);
    if (before) out->n_changes = answers_compare(out->before, out->answers, a, &out->changes);
    judge(app, out, a);
    hide(out);
    case_mask_ways(app, &out->view.doc);
    book_digest(out->view.doc.id, out->book, out->digest);
    out->opened_at = app->now;
    say_who_may(app, out, a);
    return true;
}

void app_book_close(BookView *view)
{
    answers_free(&view->answers);
    answers_free(&view->before);
    answers_free(&view->whole);
}

/* ---- the reading ---- */

typedef struct Reading {
    const BookView *view;
    const BookReading *said;
    Review review;
    CaseRow row;
    CaseDoc doc;
    char act[16];
    Task tasks[INSTRUCTIONS_MAX]; /* what remedial action asks */
    size_t n_tasks;
} Reading;

static bool refuse(App *app, const Reading *r, const char *sentence, Err *err)
{
    Err why = { 0 };

    err_set(&why, ERR_DENIED, "", "%s", sentence);
    if (err) *err = why;
    return app_denied(app, r->act, r->view->view.doc.id, why.text);
}

static bool may_read(App *app, const Reading *r, Err *err)
{
    const char *kind = r->said->kind ? r->said->kind : "";
    char sentence[400];

    if (!str_eq(kind, CHECK) && !str_eq(kind, READ))
        return err_set(err, ERR_BUG, "kind", "A book is read as %s or %s.", CHECK, READ);
    if (!app_may_do(app, PERM_ADD_REVIEW, r->act, r->view->view.doc.id, err)) return false;
    if (role_may_review(app->session.roles, kind)) return true;
    snprintf(sentence, sizeof sentence, "This review is for %s.", role_who_may_review(kind));
    return refuse(app, r, sentence, err);
}

static bool is_outcome(const Reading *r, const char *word)
{
    return str_eq(r->said->outcome, word);
}

static bool text_fits(const char *text, Err *err)
{
    size_t bad;

    return utf8_valid(text, strlen(text), &bad) || err_set(err, ERR_INVALID, "text", "The text is not UTF-8.");
}

static bool fill(App *app, Reading *r, Arena *a, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    Review *review = &r->review;
    const CaseField *reasons = case_list_field(LIST_REVIEWS, "reasons"), *text = case_list_field(LIST_REVIEWS, "text");

    case_item_init(LIST_REVIEWS, review);
    review->kind = vocab_code(v, VOCAB_REVIEW, r->said->kind);
    review->outcome = vocab_code(v, VOCAB_REVIEW_OUTCOME, r->said->outcome ? r->said->outcome : "");
    if (!review->outcome)
        return err_set(err, ERR_INVALID, "outcome", "Say how it came out: satisfied, remedial or returned.");
    if (is_outcome(r, "returned") && str_blank(r->said->reasons))
        return err_set(err, ERR_INVALID, "reasons", "Choose at least one reason why it goes back.");
    if (!is_outcome(r, "satisfied") && str_blank(r->said->text))
        return err_set(err, ERR_INVALID, "text", "Say in words what is to be done.");
    if (r->said->text && !text_fits(r->said->text, err)) return false;
    if (is_outcome(r, "returned") && !case_field_set(reasons, review, r->said->reasons, v, a, err)) return false;
    return str_blank(r->said->text) || case_field_set(text, review, r->said->text, v, a, err);
}

/* The reader's own password, once more: whoever walked up to an open session cannot sign. */
static bool proved(App *app, const Reading *r, Err *err)
{
    bool ok = app_prove_again(app, r->said->password, AUDIT_SIGN_IN, "book.password", err);

    if (!ok && err && err->kind == ERR_DENIED)
        err_set(err, ERR_DENIED, "password",
            "The password is not right, or it is too soon to try again. Nothing was signed; what you wrote is still "
            "here.");
    return ok;
}

static bool is_what_was_read(const Reading *r, const BookStand *s, Err *err)
{
    char digest[HASH_HEX], when[CIVIL_TEXT];

    book_digest(r->doc.id, s->latest, digest);
    if (str_eq(digest, r->view->digest)) return true;
    return err_set(err, ERR_STALE, "serial",
        "There is another version of the book %.40s by now, completed on %s. Read that one; nothing was signed.",
        s->latest->serial, civil_words_full(s->latest->completed_at, when));
}

static bool gates_are_open(App *app, const Reading *r, Arena *a, Err *err)
{
    PolicyText *texts = NULL;
    GateVerdict *gates = NULL;
    size_t n = form_texts(r->view->form, r->view->answers, a, &texts);

    if (!is_outcome(r, "satisfied")) return true;
    if (book_gates_shut(app, "sign-book", &r->doc, texts, n, a, &gates) == 0) return true;
    return err_set(err, ERR_INVALID, "outcome", "%s", gates[0].says);
}

/* The case as it is now, and is this still the reading that may be made of it? */
static bool prepare(App *app, Reading *r, Arena *a, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    const char *why;
    BookStand s;

    if (!app_case_find(app, r->view->view.doc.id, a, &r->row, err)) return false;
    if (!store_case_load(app->store, r->row.key, v, a, &r->doc, err)) return false;
    if (!book_stand(&r->doc, v, r->view->book->serial, &s))
        return err_set(err, ERR_MISSING, "serial", "This book is not there.");
    why = app_book_may_not_read(app, &r->doc, s.latest, r->said->kind, app->session.warrant);
    if (why) return refuse(app, r, why, err);
    if (!is_what_was_read(r, &s, err)) return false;
    why = not_now(app, &s, r->said->kind, a);
    if (why) return err_set(err, ERR_INVALID, "", "%s", why);
    if (app->now < s.latest->completed_at)
        return err_set(
            err, ERR_INVALID, "", "The book was completed later than it is by this clock. Nothing was signed.");
    r->review.by = app->session.warrant;
    r->review.at = app->now;
    r->review.book = s.latest->serial;
    r->review.opened_at = r->view->opened_at <= app->now ? r->view->opened_at : app->now;
    r->review.signature = r->view->digest;
    return gates_are_open(app, r, a, err) && case_check_item(&r->doc, LIST_REVIEWS, &r->review, v, app->now, err) &&
           sign_review(app, r->doc.id, &r->review, a, err);
}

/* The first line of what is to be done, short enough for a row. */
static const char *first_line(const char *text, Arena *a)
{
    enum { MOST = 200 };
    size_t n = strcspn(text, "\n");

    if (n > MOST)
        for (n = MOST; n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80;) n--;
    return arena_dup_n(a, text, n);
}

/* Lines that say whom and by when are instructions as in any review; else all of it is asked of who wrote the book, by this time tomorrow
** (local). "none: why" asks nothing of anybody. */
static size_t what_is_asked(App *app, const Reading *r, Arena *a, Instruction **out)
{
    size_t n = 0;

    if (!is_outcome(r, "remedial") || app_instructions_none(r->said->text, a)) return 0;
    if (app_instructions_read(app, r->said->text, a, out, &n, NULL) && n > 0) return n;
    *out = arena_alloc(a, sizeof **out);
    **out = (Instruction){ .what = first_line(r->said->text, a), .who = r->view->book->by, .owner = ROLE_RESPONSE_PC, .due = app->now + DAY };
    return 1;
}

static bool ask(App *app, Reading *r, Arena *a, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    Instruction *asked = NULL;

    r->n_tasks = what_is_asked(app, r, a, &asked);
    for (size_t i = 0; i < r->n_tasks; i++) {
        Task *t = &r->tasks[i];
        case_item_init(LIST_TASKS, t);
        t->source = vocab_code(v, VOCAB_TASK_SOURCE, "review");
        t->what = asked[i].what;
        t->owner = vocab_code(v, VOCAB_ROLE, role_word(asked[i].owner));
        t->who = asked[i].who;
        t->due = asked[i].due;
        if (!app_item_fits(app, &r->doc, LIST_TASKS, t, a, err) || !task_item_fits(&r->doc, t, err)) return false;
        case_append(&r->doc, LIST_TASKS, t, a);
    }
    return true;
}

static bool write(App *app, Reading *r, Arena *a, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    const char *detail = arena_printf(a, "%s %s %s %s %llds", r->said->kind, r->said->outcome, r->review.book,
        r->view->digest, (long long)(r->review.at - r->review.opened_at));
    Tx tx = { 0 };
    bool ok = false;

    case_append(&r->doc, LIST_REVIEWS, &r->review, a);
    if (!ask(app, r, a, err)) return false;
    case_sort(&r->doc);
    if (!store_begin(app->store, &tx, err)) goto out;
    if (!store_case_add(&tx, r->row.key, r->row.rev, LIST_REVIEWS, &r->review, v, app->now, app->session.warrant, err))
        goto out;
    for (size_t i = 0; i < r->n_tasks; i++)
        if (!store_case_add(&tx, r->row.key, r->row.rev + 1 + (int64_t)i, LIST_TASKS, &r->tasks[i], v, app->now, app->session.warrant, err)) goto out;
    if (!app_derive(app, &tx, r->row.key, &r->doc, a, err)) goto out;
    if (!app_log_case(app, &tx, AUDIT_ALTER, r->act, r->row.key, NULL, detail, err)) goto out;
    ok = store_commit(&tx, err);
out:
    store_end(&tx);
    return ok;
}

/* Somebody who was faster with something else is no reason to read again; a newer version of the book is. */
static bool land(App *app, Reading *r, Err *err)
{
    Arena *a = arena_new_secret();
    bool ok = false;

    for (int i = 0; i < BOOK_TRIES; i++) {
        Err why = { 0 };
        arena_reset(a);
        bool ready = prepare(app, r, a, &why);
        ok = ready && write(app, r, a, &why);
        if (!ok && err) *err = why;
        if (ok || !ready || why.kind != ERR_STALE) break;
    }
    arena_free(&a);
    return ok;
}

bool app_book_review(App *app, const BookView *view, const BookReading *reading, Arena *a, Err *err)
{
    Reading r = { .view = view, .said = reading };
    Arena *own;
    bool ok;

    (void)a;
    strcpy(r.act, str_eq(reading->outcome, "returned") ? "book.return" : "book.sign");
    if (!may_read(app, &r, err)) return false;
    const char *why = app_book_may_not_read(app, &view->view.doc, view->book, reading->kind, app->session.warrant);
    if (why) return refuse(app, &r, why, err);
    own = arena_new_secret();
    ok = fill(app, &r, own, err) && proved(app, &r, err) && land(app, &r, err);
    arena_free(&own);
    return ok;
}

/* ---- the same rules by every road ---- */

static bool reading_fits(const App *app, const CaseDoc *doc, const Review *review, Err *err)
{
    const char *kind = vocab_word(app_vocabs(app), VOCAB_REVIEW, review->kind), *why;
    Review r = *review;
    const Book *book;

    if (r.at == TIME_NONE) r.at = app->now;
    book = book_of_review(doc, &r);
    why = book ? app_book_may_not_read(app, doc, book, kind, app->session.warrant) : NULL;
    return !why || err_set(err, ERR_DENIED, "kind", "%s", why);
}

static bool addendum_fits(const App *app, const CaseDoc *doc, const Addendum *item, Err *err)
{
    BookStand s;

    if (!item->book || !book_stand(doc, app_vocabs(app), item->book, &s)) return true; /* the catalogue says that */
    if (s.state != BOOK_SUBMITTED && s.state != BOOK_RETURNED) return true;
    return err_set(err, ERR_INVALID, "book",
        "The book %.40s is not signed (it %s): what is wrong in it is put right in it. An addendum stands beside a "
        "signed book.",
        s.latest->serial, s.state == BOOK_RETURNED ? "was returned for rework" : "waits for the sergeant");
}

static bool is_signed(const CaseDoc *doc, const Book *b)
{
    for (size_t i = 0; i < doc->n_reviews; i++)
        if (doc->reviews[i].signature && book_of_review(doc, &doc->reviews[i]) == b) return true;
    return false;
}

/* What was left empty may be filled in later, as every entry may, but not under a signature. */
static bool book_fits(const CaseDoc *doc, const Book *item, Err *err)
{
    const Book *there = case_book(doc, item->serial);

    if (!there || (item->completed_at != TIME_NONE && item->completed_at != there->completed_at)) return true;
    if ((!item->answers || str_eq(item->answers, there->answers)) &&
        (item->begun_at == TIME_NONE || item->begun_at == there->begun_at))
        return true;
    return !is_signed(doc, there) ||
           err_set(err, ERR_INVALID, "answers",
               "The book %.40s is signed and never changes. What is wrong in it is said beside it, in an addendum.",
               there->serial);
}

bool book_item_fits(const App *app, const CaseDoc *doc, CaseListId list, const void *item, Err *err)
{
    if (list == LIST_REVIEWS) return reading_fits(app, doc, item, err);
    if (list == LIST_ADDENDA) return addendum_fits(app, doc, item, err);
    if (list == LIST_BOOKS) return book_fits(doc, item, err);
    return true;
}

/* ---- beside the book ---- */

bool app_book_addendum(App *app, const BookView *view, const char *about, const char *text, Err *err)
{
    Arena *a;
    Addendum item;
    bool ok;

    if (!app_may_do(app, PERM_ADD_ADDENDUM, "addendum.add", view->view.doc.id, err)) return false;
    if (str_blank(text)) return err_set(err, ERR_INVALID, "text", "Say what is to be read instead, and why.");
    a = arena_new_secret();
    case_item_init(LIST_ADDENDA, &item);
    item.book = view->book->serial;
    item.about = about && *about ? about : NULL;
    item.text = text;
    ok = case_add_anew(app, view->view.doc.id, LIST_ADDENDA, &item, a, NULL, err);
    arena_free(&a);
    return ok;
}

/* Another book filed under that number. */
static const char *filed_too(App *app, const char *case_id, const char *serial, const char *number, Arena *a)
{
    BookQuery q = { .order = BOOKS_BY_INDEX, .begins = number, .after = TIME_NONE, .before = TIME_NONE, .limit = 20 };
    BookPlace *places = NULL;
    size_t n = 0;

    if (!store_books_page(app->store, &q, a, &places, &n, NULL)) return NULL;
    for (size_t i = 0; i < n; i++)
        if (str_eq(places[i].text, number) && !(str_eq(places[i].case_id, case_id) && str_eq(places[i].serial, serial)))
            return arena_printf(
                a, "The book %.40s of %.40s is filed under %.60s too.", places[i].serial, places[i].case_id, number);
    return NULL;
}

bool app_book_index(App *app, const BookView *view, const char *number, Arena *a, const char **warning, Err *err)
{
    const char *case_id = view->view.doc.id, *serial = view->book->serial;
    Book item;

    if (warning) *warning = NULL;
    if (!app_may_do(app, PERM_BOOK_INDEX, "book.index", case_id, err)) return false;
    if (str_blank(number))
        return err_set(err, ERR_INVALID, "number", "Say the number that the book is filed under, such as G/0123/10.");
    if (view->stand.index_number && !str_eq(view->stand.index_number, number))
        return err_set(err, ERR_INVALID, "number", "This book is filed under %.60s already.", view->stand.index_number);
    case_item_init(LIST_BOOKS, &item);
    item.serial = serial;
    item.index_number = number;
    item.index_at = app->now;
    if (!case_add_anew(app, case_id, LIST_BOOKS, &item, a, NULL, err)) return false;
    if (warning) *warning = filed_too(app, case_id, serial, number, a);
    return true;
}

bool app_book_move(App *app, const char *case_id, const char *serial, const char *to, Err *err)
{
    Arena *a;
    CaseRow row;
    CaseDoc doc;
    BookMove item;
    bool ok;

    if (!app_may_do(app, PERM_ADD_BOOK_MOVE, "movement-of-a-book.add", case_id, err)) return false;
    if (str_blank(to))
        return err_set(
            err, ERR_INVALID, "to", "Say who has the book now: a warrant number, or a place such as CSU tray.");
    a = arena_new_secret();
    case_item_init(LIST_BOOK_MOVES, &item);
    item.to = to;
    ok = app_case_find(app, case_id, a, &row, err) &&
         store_case_load(app->store, row.key, app_vocabs(app), a, &doc, err);
    if (ok && !case_book(&doc, serial))
        ok = err_set(err, ERR_MISSING, "serial", "The case %.40s has no book%s%.40s.", case_id, serial ? " " : "",
            serial ? serial : "");
    if (ok) item.book = case_book(&doc, serial)->serial;
    ok = ok && case_add_anew(app, case_id, LIST_BOOK_MOVES, &item, a, NULL, err);
    arena_free(&a);
    return ok;
}
