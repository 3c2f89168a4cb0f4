/* book_keep.c — a book is opened, kept while it is written, and left. A book is open at one terminal of its officer at a time: when
** another one takes it over this screen says so and puts nothing any more, so that the newer text is never written over. */
#include "book_screen.h"

/* --- what was there before ------------------------------------------------------------------------------ */
static bool is_answer(void *with, const char *path, const char *text)
{
    bool *any = with;
    *any = strcmp(path, "form") != 0; /* the mark of the form is no answer */
    return !*any;
}

/* A version of which only the paper is kept says nothing that could have changed. */
static bool has_answers(const Answers *a)
{
    bool any = false;

    if (a) answers_each(a, is_answer, &any);
    return any;
}

/* --- opening: before the screen is there, because it may ask a question ---------------------------------- */
static void start_writer(Screen *self)
{
    BookPage *b = book_of(self);
    WriterOf of = { .form = b->work.form,
        .policy = app_policy(app_of(self)),
        .answers = b->work.answers,
        .last = has_answers(b->work.last) ? b->work.last : NULL,
        .who = "officer",
        .now = now_of(self) };

    writer_free(&b->writer);
    b->writer = writer_new(&of);
    b->checked = b->rested = false;
}

static bool take_over(Loop *l, App *app, BookWork *work)
{
    Err err = { 0 };

    if (!work_ask_over(l, &book_work, work->elsewhere, work->draft_at)) return false;
    if (app_book_take(app, work, &err)) return true;
    loop_status_err(l, &err);
    return false;
}

/* What book_write hands to the screen it opens. */
bool book_open(Screen *self, const void *arg, Err *err)
{
    BookPage *b = book_of(self);
    char when[CIVIL_TEXT];

    *b = *(const BookPage *)arg;
    b->check_arena = arena_new_secret();
    b->found.arena = arena_new_secret();
    b->earlier_arena = arena_new_secret();
    b->keeping.saved_at = b->work.resumed ? b->work.draft_at : TIME_NONE;
    b->keeping.stored = b->work.resumed;
    start_writer(self);
    if (writer_sections(b->writer) == 0)
        return err_set(err, ERR_INVALID, "",
            "The form in force asks nothing of an officer: the keeper must put another one in force.");
    if (!b->work.returned) writer_next_missing(b->writer); /* what came back begins with why it did */
    if (b->work.resumed)
        loop_status(
            self->loop, STYLE_GOOD, "What you typed up to %s is back.", civil_words_short(b->work.draft_at, when));
    return true;
}

static bool open_work(App *app, const BookAsk *ask, BookPage *page, Err *err)
{
    if (ask->about) return app_book_resume(app, ask->about, page->arena, &page->work, err);
    return app_book_open(app, ask->case_id, ask->cad, page->arena, &page->work, err);
}

React book_write(Loop *l, const BookAsk *ask)
{
    App *app = ((Ui *)loop_context(l))->app;
    BookPage page = { .arena = arena_new_secret() };
    Screen *top = loop_top(l);
    Err err = { 0 };

    if (loop_find(l, &scr_book)) { /* two screens would write one draft over each other */
        loop_status(l, STYLE_WARNING, "A book is being written already, below this page: Esc leads back to it.");
        arena_free(&page.arena);
        return REACT_STATUS;
    }
    if (!open_work(app, ask, &page, &err)) {
        loop_status_err(l, &err);
        arena_free(&page.arena);
        return REACT_STATUS;
    }
    bool ours = !page.work.elsewhere || take_over(l, app, &page.work);
    if (!ours || loop_top(l) != top) { /* no, or another officer signed in over the question */
        app_book_leave(app, &page.work);
        arena_free(&page.arena);
        return REACT_STATUS;
    }
    if (top && top->class == &scr_desk) desk_leave(top);
    return loop_go(l, &scr_book, &page);
}

/* Whoever writes books: what other units do with a book is not written on this screen. */
bool book_is_asked(const App *app, const char *duty)
{
    const PolicyDuty *rule = app_rule(app, duty);

    return rule && rule->list == LIST_BOOKS && rule->owner == ROLE_RESPONSE_PC;
}

React book_begin(Loop *l)
{
    Str cad = { 0 };
    AskLine q = { .title = "New book",
        .text = "The CAD number, so that the book lands with its message; empty when there is none yet.",
        .label = "CAD",
        .limit = 40,
        .may_be_empty = true };
    React r = REACT_NONE;

    if (ask_line(l, &q, &cad)) r = book_write(l, &(BookAsk){ .cad = cad.n ? str_text(&cad) : NULL });
    str_finish(&cad);
    return r;
}

/* --- keeping what is typed ------------------------------------------------------------------------------------ */
Keeping *book_keeping(const Screen *self)
{
    return &book_of(self)->keeping;
}

/* The message is that of a case which is there: asked, because it changes whose book it is. */
bool book_join(Screen *self)
{
    BookPage *b = book_of(self);
    char text[400], place[ANSWERS_PATH], case_id[48];
    Err err = { 0 };

    snprintf(case_id, sizeof case_id, "%s", b->check.cad_case);
    snprintf(text, sizeof text,
        "The CAD message typed here is of the case %s. Written there, the book goes on with all that you typed, as a "
        "book "
        "of that case; without that it cannot be submitted.",
        case_id);
    if (!ask_confirm(self->loop, "Not a new incident", text, "Write it there") || loop_top(self->loop) != self)
        return false;
    snprintf(place, sizeof place, "%s", writer_path(b->writer));
    writer_settle(b->writer);
    bool ok = app_book_join(app_of(self), &b->work, case_id, b->arena, &err);
    start_writer(self);
    writer_go(b->writer, place);
    if (!ok) {
        loop_status_err(self->loop, &err);
        return false;
    }
    b->keeping.saved_at = now_of(self);
    b->keeping.dirty = false;
    b->keeping.stored = true;
    loop_status(self->loop, STYLE_GOOD, "It is a book of %s now.", b->work.case_id);
    return true;
}

/* --- how it is kept (work_keep.h) ------------------------------------------------------------------------- */
static bool save(Screen *self, Err *err)
{
    BookPage *b = book_of(self);

    writer_settle(b->writer);
    return app_book_save(app_of(self), &b->work, err);
}

static bool take_back(Screen *self, Err *err)
{
    BookPage *b = book_of(self);
    bool ok;

    writer_free(&b->writer); /* it points into the answers, which are read anew */
    ok = app_book_take(app_of(self), &b->work, err);
    start_writer(self);
    return ok;
}

static bool discard(Screen *self, Err *err)
{
    return app_book_discard(app_of(self), &book_of(self)->work, err);
}

static void all_that_goes(const Screen *self, char out[200])
{
    const BookWork *work = &book_of(self)->work;

    snprintf(out, 200, "Everything typed for the book %s of %s since it was last submitted goes.", work->serial,
        work->case_id);
}

static void go(Screen *self, const char *path)
{
    BookPage *b = book_of(self);

    if (*path) writer_go(b->writer, path);
    b->rested = false;
}

const WorkKind book_work = { .noun = "book",
    .made = "written",
    .saved_note = "The sergeant has it only when you submit it.",
    .keeping = book_keeping,
    .save = save,
    .take_back = take_back,
    .discard = discard,
    .go = go,
    .all_that_goes = all_that_goes };

bool book_put(Screen *self)
{
    return work_put(self, &book_work);
}
