/* book_open.c — a book on the desk of its writer: a first one, one that came back, or what was typed before the line broke.
** What is typed is the draft of the book and nobody's record until it is submitted. The draft says in its first line when
** the book was begun and whether the case is still to be made; below stand the answers. Whose turn it is, is read off the
** case: a first book is anybody's, a returned one is its writer's. */
#include "cad_row.h"
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* ---- whose turn ---- */

static bool serial_taken(const CaseDoc *doc, const char *serial)
{
    return case_book(doc, serial) != NULL;
}

const char *book_serial_free(const App *app, const CaseDoc *doc, const char *case_id, Arena *a)
{
    size_t borough = strlen(app_store(app)->borough);
    const char *number = case_id;

    if (strncmp(case_id, app_store(app)->borough, borough) == 0 && case_id[borough] == '-') number += borough + 1;
    for (size_t i = 1;; i++) {
        char tail[24];
        size_t n = (size_t)snprintf(tail, sizeof tail, "-%zu", i), room = SERIAL_MAX - n, all = strlen(number);
        const char *serial = arena_printf(a, "%s%s", all > room ? number + (all - room) : number, tail);
        if (!serial_taken(doc, serial)) return serial;
    }
}

const char *book_serial_normal(const App *app, const char *serial, Arena *a)
{
    char normal[64], sentence[240];

    if (strlen(serial) >= sizeof normal) return serial;
    return policy_reference(app->policy, "124d", serial, normal, sentence) == REF_OK ? arena_dup(a, normal) : serial;
}

bool book_serial_same(const char *a, const char *b)
{
    return strcasecmp(a, b) == 0;
}

const char *book_officer(const App *app, const char *warrant, Arena *a)
{
    Officer o = { 0 };

    if (!warrant || !*warrant) return "an officer";
    if (!store_officer_get(app->store, warrant, a, &o, NULL)) return warrant;
    crypto_wipe(&o.password, sizeof o.password);
    return arena_printf(a, "%s %s", o.name, o.warrant);
}

static Time later(Time a, Time b)
{
    return a > b ? a : b;
}

static void turn_of_rework(const CaseDoc *doc, const BookStand *s, BookTurn *out)
{
    *out = (BookTurn){ .serial = s->latest->serial,
        .last = s->latest,
        .returned = s->returned,
        .version = s->versions + 1,
        .after = s->latest->completed_at };
    for (size_t i = 0; i < doc->n_reviews; i++) /* a reading is of the version that was there when it was made */
        if (book_of_review(doc, &doc->reviews[i]) == s->latest) out->after = later(out->after, doc->reviews[i].at);
}

static bool not_their_turn(const App *app, const BookStand *s, Arena *a, Err *err)
{
    const char *serial = s->latest->serial, *writer = book_officer(app, s->latest->by, a);

    if (s->state == BOOK_RETURNED)
        return err_set(
            err, ERR_DENIED, "serial", "The book %.40s went back to %s, who alone reworks it.", serial, writer);
    if (s->state == BOOK_SUBMITTED)
        return err_set(err, ERR_INVALID, "serial",
            "The book %.40s is written (%s) and waits for the sergeant. It changes only when it comes back.", serial,
            writer);
    return err_set(err, ERR_INVALID, "serial",
        "The book %.40s is signed and stays as it is. What is wrong in it is said beside it, in an addendum.", serial);
}

static bool comes_back_to(const App *app, const BookStand *s)
{
    return s->state == BOOK_RETURNED && str_eq(s->latest->by, app->session.warrant);
}

/* The newest book that waits for this officer; else the newest of all says why there is nothing to do. */
static bool any_turn(const App *app, const CaseDoc *doc, Arena *a, BookTurn *out, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    BookStand newest, s;

    if (!book_stand(doc, v, NULL, &newest)) {
        *out = (BookTurn){ .serial = book_serial_free(app, doc, doc->id, a), .version = 1, .after = TIME_NONE };
        return true;
    }
    for (size_t i = doc->n_books; i-- > 0;)
        if (book_stand(doc, v, doc->books[i].serial, &s) && comes_back_to(app, &s))
            return turn_of_rework(doc, &s, out), true;
    return not_their_turn(app, &newest, a, err);
}

bool book_turn(const App *app, const CaseDoc *doc, const char *serial, Arena *a, BookTurn *out, Err *err)
{
    BookStand s;

    if (!serial) return any_turn(app, doc, a, out, err);
    if (!book_stand(doc, app_vocabs(app), serial, &s)) {
        *out = (BookTurn){ .serial = arena_dup(a, serial), .version = 1, .after = TIME_NONE };
        return true;
    }
    if (!comes_back_to(app, &s)) return not_their_turn(app, &s, a, err);
    turn_of_rework(doc, &s, out);
    return true;
}

/* ---- the draft ---- */

static AnswersDraft draft_kind(void)
{
    return (AnswersDraft){ .mark = "book124.draft/1", .what = "a book" };
}

static void adopt(BookWork *work, const AnswersDraft *d)
{
    answers_free(&work->answers);
    work->answers = d->answers;
    work->begun_at = d->begun_at;
    work->draft_at = d->at;
    work->resumed = true;
    work->elsewhere = d->elsewhere;
}

/* "KG-7F3Q2 124d 7F3Q2-1" */
static char *about_of(const char *case_id, const char *serial, Arena *a)
{
    return arena_printf(a, "%s 124d %s", case_id, serial);
}

static bool about_read(const char *about, BookWork *out, Err *err)
{
    const char *word = strstr(about, " 124d ");
    size_t id = word ? (size_t)(word - about) : 0, serial = word ? strlen(word + 6) : 0;

    if (id == 0 || id >= sizeof out->case_id || serial == 0 || serial >= sizeof out->serial ||
        strlen(about) >= sizeof out->about)
        return err_set(err, ERR_INVALID, "about", "This is not the draft of a book.");
    memcpy(out->case_id, about, id);
    memcpy(out->serial, word + 6, serial);
    strcpy(out->about, about);
    return case_id_valid(out->case_id) || err_set(err, ERR_INVALID, "about", "This is not the draft of a book.");
}

/* ---- what is on the desk ---- */

Answers *book_answers(const char *json)
{
    Answers *read = json ? answers_read(json, strlen(json), NULL) : NULL;

    return read ? read : answers_new();
}

static bool name_it(BookWork *out, const char *case_id, const char *serial, Arena *a, Err *err)
{
    const char *about = about_of(case_id, serial, a);

    if (strlen(case_id) >= sizeof out->case_id || strlen(serial) >= sizeof out->serial ||
        strlen(about) >= sizeof out->about)
        return err_set(err, ERR_INVALID, "serial", "The serial of the book is too long to be written on here.");
    strcpy(out->case_id, case_id);
    strcpy(out->serial, serial);
    strcpy(out->about, about);
    return true;
}

/* The version before and why it came back, where there is one. */
static void take_turn(BookWork *out, const BookTurn *turn)
{
    out->version = turn->version;
    out->returned = turn->returned;
    if (turn->last) out->last = book_answers(turn->last->answers);
}

static bool is_empty(const Answers *a)
{
    Str text = { 0 };
    bool empty;

    answers_write(a, &text);
    empty = str_eq(str_text(&text), "{}");
    str_finish(&text);
    return empty;
}

static void stamp(App *app, BookWork *out, Arena *a)
{
    answers_put(out->answers, ANSWER_FORM, form_mark(out->form, a));
    out->writer = arena_dup(a, app->session.warrant);
}

static void offer(BookWork *out, const char *name, const char *text)
{
    if (form_question(out->form, name) && !*answers_get(out->answers, name)) answers_put(out->answers, name, text);
}

/* Nothing was typed yet: the version that came back, else what the case says already. */
static void start(App *app, const CaseDoc *doc, BookWork *out, Arena *a)
{
    out->begun_at = app->now;
    out->answers = out->last ? answers_copy(out->last) : answers_new();
    if (is_empty(out->answers)) form_prefill(out->form, doc, app_vocabs(app), out->answers);
    offer(out, ANSWER_SERIAL, book_serial_normal(app, out->serial, a));
    offer(out, ANSWER_OFFICER, app->session.warrant);
    stamp(app, out, a);
}

static bool resume(App *app, const DraftView *view, BookWork *out, Arena *a, Err *err)
{
    AnswersDraft d = draft_kind();
    bool ok = draft_answers_resume(app, view, &d, err);

    if (!d.answers) return false;
    adopt(out, &d);
    out->new_case = str_eq(d.word, "new");
    stamp(app, out, a);
    return ok;
}

static void forget(BookWork *work)
{
    Answers *last;

    memcpy(&last, &work->last, sizeof last); /* ours; only readers see it as const */
    answers_free(&work->answers);
    answers_free(&last);
    work->last = NULL;
}

/* The officer's draft of a book of that case. */
static bool draft_of(App *app, const char *case_id, Arena *a, DraftView *out, bool *found, Err *err)
{
    DraftView *all = NULL;
    size_t n = 0, length = strlen(case_id);

    *found = false;
    if (!app_draft_list(app, a, &all, &n, err)) return false;
    for (size_t i = 0; i < n && !*found; i++) {
        if (strncmp(all[i].about, case_id, length) != 0 || strncmp(all[i].about + length, " 124d ", 6) != 0) continue;
        *out = all[i];
        *found = true;
    }
    return true;
}

/* ---- opening ---- */

static bool open_draft(App *app, const DraftView *d, Arena *a, BookWork *out, Err *err)
{
    BookTurn turn;

    if (!about_read(d->about, out, err) || !resume(app, d, out, a, err)) return false;
    if (out->new_case) {
        out->version = 1;
        return true;
    }
    if (!out->view.row.id && !case_look_whole(app, out->case_id, "book.write", a, &out->view, err)) return false;
    if (!book_turn(app, &out->view.doc, out->serial, a, &turn, err)) return false;
    take_turn(out, &turn);
    return true;
}

static bool open_known(App *app, const char *case_id, Arena *a, BookWork *out, Err *err)
{
    DraftView draft;
    BookTurn turn;
    bool found;

    if (!case_look_whole(app, case_id, "book.write", a, &out->view, err)) return false;
    if (!draft_of(app, out->view.row.id, a, &draft, &found, err)) return false;
    if (found) return open_draft(app, &draft, a, out, err);
    if (!book_turn(app, &out->view.doc, NULL, a, &turn, err)) return false;
    if (!name_it(out, out->view.row.id, turn.serial, a, err)) return false;
    take_turn(out, &turn);
    start(app, &out->view.doc, out, a);
    return true;
}

void book_case_begin(const App *app, const BookWork *work, Arena *a, CaseDoc *out)
{
    case_init(out);
    out->id = arena_dup(a, work->case_id);
    out->borough = arena_dup(a, app_store(app)->borough);
    out->reported_at = work->begun_at; /* until the book says when it was */
}

static bool open_new(App *app, const char *cad, Arena *a, BookWork *out, Err *err)
{
    CaseDoc doc;
    char number[16];

    if (!app_case_number(app, number, err)) return false;
    out->new_case = true;
    out->version = 1;
    out->begun_at = app->now;
    strcpy(out->case_id, number);
    book_case_begin(app, out, a, &doc);
    if (!name_it(out, number, book_serial_free(app, &doc, number, a), a, err)) return false;
    doc.reported_at = TIME_NONE; /* nobody said so yet */
    doc.cad_number = cad;
    start(app, &doc, out, a);
    return true;
}

/* The number as the store holds it; the case of that CAD when there is one. */
bool book_case_of_cad(App *app, const char *cad, Arena *a, const char **number, const char **case_id, Err *err)
{
    char normal[64], sentence[240];
    CaseRow row;
    Err why = { 0 };

    if (strlen(cad) >= sizeof normal || policy_reference(app->policy, "cad", cad, normal, sentence) == REF_REFUSED)
        return err_set(
            err, ERR_INVALID, "cad", "%s", strlen(cad) < sizeof normal ? sentence : "A CAD number is not so long.");
    *number = arena_dup(a, cad_plain(normal));
    if (store_case_by_cad(app->store, *number, a, &row, &why)) {
        *case_id = row.id;
        return true;
    }
    if (why.kind != ERR_MISSING && err) *err = why;
    return why.kind == ERR_MISSING;
}

static bool begin(App *app, const char *case_id, BookWork *out, Err *err)
{
    memset(out, 0, sizeof *out);
    out->draft_at = TIME_NONE;
    if (!app_may_do(app, PERM_ADD_BOOK, "book.open", case_id, err)) return false;
    out->form = app_form(app, FORM_BOOK, err);
    return out->form && instruments_put(app, out->form, err);
}

/* What was begun is put away again when it could not be opened. */
static bool opened(BookWork *out, bool ok)
{
    if (ok) return true;
    forget(out);
    memset(out, 0, sizeof *out);
    return false;
}

bool app_book_open(App *app, const char *case_id, const char *cad, Arena *a, BookWork *out, Err *err)
{
    const char *number = NULL;

    if (!begin(app, case_id, out, err)) return opened(out, false);
    if (!case_id && cad && *cad && !book_case_of_cad(app, cad, a, &number, &case_id, err)) return opened(out, false);
    return opened(out, case_id ? open_known(app, case_id, a, out, err) : open_new(app, number, a, out, err));
}

bool app_book_resume(App *app, const char *about, Arena *a, BookWork *out, Err *err)
{
    DraftView draft;

    if (!begin(app, NULL, out, err)) return opened(out, false);
    return opened(out, app_draft_get(app, about, a, &draft, err) && open_draft(app, &draft, a, out, err));
}

/* ---- a new incident that is none ---- */

/* The serial it was begun with was made from the number of a case that will not be. */
static void rename_serial(App *app, BookWork *work, const char *was, Arena *a)
{
    if (book_serial_same(answers_get(work->answers, ANSWER_SERIAL), was))
        answers_put(work->answers, ANSWER_SERIAL, book_serial_normal(app, work->serial, a));
}

static bool can_join(App *app, const BookWork *work, const char *case_id, Arena *a, CaseView *view, BookTurn *turn, Err *err)
{
    DraftView draft;
    bool begun;

    if (!work->new_case) return err_set(err, ERR_BUG, "", "This book is of a case already.");
    if (!case_look_whole(app, case_id, "book.write", a, view, err) || !book_turn(app, &view->doc, NULL, a, turn, err) ||
        !draft_of(app, view->row.id, a, &draft, &begun, err))
        return false;
    if (turn->last)
        return err_set(err, ERR_INVALID, "", "A book of %.40s came back to you: rework that one.", view->row.id);
    return !begun || err_set(err, ERR_INVALID, "",
                         "You have begun a book of %.40s already. Open that one from its case; this one stays as it is.",
                         view->row.id);
}

bool app_book_join(App *app, BookWork *work, const char *case_id, Arena *a, Err *err)
{
    BookWork to = *work;
    BookTurn turn;

    if (!can_join(app, work, case_id, a, &to.view, &turn, err)) return false;
    if (!name_it(&to, to.view.row.id, turn.serial, a, err)) return false;
    to.new_case = false;
    to.version = turn.version;
    rename_serial(app, &to, work->serial, a);
    form_prefill(to.form, &to.view.doc, app_vocabs(app), to.answers);
    if (!app_book_save(app, &to, err)) return false; /* first where it goes on, then away from where it was */
    app_draft_drop(app, work->about, NULL);
    *work = to;
    return true;
}

/* ---- while it is written ---- */

bool app_book_save(App *app, const BookWork *work, Err *err)
{
    AnswersDraft d = draft_kind();

    d.begun_at = work->begun_at;
    strcpy(d.word, work->new_case ? "new" : "known");
    d.answers = work->answers;
    return draft_answers_put(app, work->about, &d, err);
}

bool app_book_take(App *app, BookWork *work, Err *err)
{
    AnswersDraft d = draft_kind();

    if (!draft_answers_take(app, work->about, &d, err)) return false;
    adopt(work, &d);
    return true;
}

bool app_book_discard(App *app, const BookWork *work, Err *err)
{
    return app_draft_drop(app, work->about, err);
}

void app_book_leave(App *app, BookWork *work)
{
    if (work->answers && app->in) app_draft_release(app, work->about, NULL);
    forget(work);
}
