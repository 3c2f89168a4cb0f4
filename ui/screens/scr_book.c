/* scr_book.c — the book 124D as it is written. The writer (book_writer.c) turns keys into answers; this screen keeps them in the
** store within two seconds, asks the app when the keys rest, and shows where one is. Saving always works; only submitting asks
** whether everything is there (book_submit.c).
**
** A book may be open at one terminal of its officer at a time. When another one takes it over this screen says so and stops
** putting anything: the newer text is never written over. */
#include "book_body.h"
#include "book_screen.h"

enum {
    DO_SAVE = 1,
    DO_SUBMIT,
    DO_MISSING,
    DO_FIND,
    DO_ADD_ROW,
    DO_DROP_ROW,
    DO_UNDO,
    DO_REDO,
    DO_SECTIONS,
    DO_LIST,
    DO_WHY_BACK,
    DO_EARLIER,
    DO_CASE,
    DO_LEAVE
};

static const Action book_actions[] = {
    { DO_SUBMIT, "submit", "submit", "Give the book to the sergeant; what is missing is listed first.", "Ctrl-R F10",
        1 },
    { DO_MISSING, "next-missing", "missing", "Go to the next thing that is needed and unanswered.", "Ctrl-G F4", 1 },
    { DO_FIND, "find", "find", "Find a question or an answer; again for the next one.", "Ctrl-F F7", 3 },
    { DO_ADD_ROW, "add-row", "add", "Add one more: a child, an injury, an exhibit.", "Ctrl-N F9", 2 },
    { DO_DROP_ROW, "drop-row", "drop", "Take this child, injury or exhibit away.", "Ctrl-D", 4 },
    { DO_SECTIONS, "sections", "sections", "Go to a section by its letter; PgUp and PgDn to its neighbours.",
        "Ctrl-B F6", 5 },
    { DO_UNDO, "undo-in-form", "undo", "Take back the last change anywhere in the form; Ctrl-Z: in this field.",
        "Ctrl-T", 6 },
    { DO_REDO, "redo-in-form", NULL, "Do again what was taken back in the form; Ctrl-Y: in this field.", "Ctrl-V", 9 },
    { DO_WHY_BACK, "why-it-came-back", "why back", "Why the book was returned, and by whom.", "Ctrl-Q F2", 3 },
    { DO_LIST, "list-missing", NULL, "List everything that is missing or wrong.", "", 9 },
    { DO_EARLIER, "earlier-cases", NULL, "The earlier cases of the person who was found.", "", 9 },
    { DO_CASE, "look-at-case", NULL, "Look at the whole case; what is typed stays.", "Ctrl-O", 7 },
    { DO_SAVE, "save", "save", "Put it into the store now; it happens by itself within two seconds.", "Ctrl-S", 7 },
    { DO_LEAVE, "leave", "leave", "Leave the book; what is typed is kept.", "Esc F12 F3", 0 },
    { 0 },
};

BookPage *book_of(const Screen *s)
{
    return s->state;
}

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
    char text[300], when[CIVIL_TEXT];
    Err err = { 0 };

    snprintf(text, sizeof text,
        "It is open at %.40s and was last put aside there at %s. Taken over, it goes on here from there, and nothing "
        "more is saved at the other terminal.",
        work->elsewhere, civil_words_short(work->draft_at, when));
    if (!ask_confirm(l, "Take the book over", text, "Take over")) return false;
    if (app_book_take(app, work, &err)) return true;
    loop_status_err(l, &err);
    return false;
}

/* What book_write hands to the screen it opens. */
static bool book_open(Screen *self, const void *arg, Err *err)
{
    BookPage *b = book_of(self);
    char when[CIVIL_TEXT];

    *b = *(const BookPage *)arg;
    b->check_arena = arena_new_secret();
    b->found.arena = arena_new_secret();
    b->earlier_arena = arena_new_secret();
    b->saved_at = b->work.resumed ? b->work.draft_at : TIME_NONE;
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

bool book_put(Screen *self)
{
    BookPage *b = book_of(self);
    Err err = { 0 };

    if (b->lost) return true; /* it belongs to the other terminal now */
    writer_settle(b->writer);
    if (app_book_save(app_of(self), &b->work, &err)) {
        b->keeping.dirty = false;
        b->keeping.stored = true;
        b->saved_at = now_of(self);
        return true;
    }
    b->lost = err.kind == ERR_STALE;
    b->keeping.changed_ms = b->keeping.dirty_since = loop_clock_ms(self->loop); /* and try again a little later */
    if (b->lost)
        loop_status(self->loop, STYLE_ERROR, "%s ^S takes it back, Esc leaves.", err.text);
    else
        loop_status(self->loop, STYLE_ERROR, "Not saved: %s It is tried again.", err.text);
    return false;
}

/* Another terminal has it: back to here with what stands there, or away. */
static React lost(Screen *self)
{
    static const char *const answers[] = { "Take it back", "Leave", "Stay" };
    BookPage *b = book_of(self);
    Err err = { 0 };
    int pick = ask_buttons(self->loop, "Taken over at another terminal",
        "Taken back, the book goes on here as it was put aside there. What was typed on this screen since then is not "
        "kept.",
        answers, ARRAY_LEN(answers), 2);

    if (loop_top(self->loop) != self || pick < 0 || pick == 2) return REACT_NONE;
    if (pick == 1) return REACT_POP | REACT_RELOAD;
    writer_free(&b->writer);
    bool ok = app_book_take(app_of(self), &b->work, &err);
    start_writer(self);
    if (!ok) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    b->lost = b->keeping.dirty = false;
    loop_status(self->loop, STYLE_GOOD, "Taken back; it is written here again.");
    return REACT_STATUS;
}

bool book_save_now(Screen *self)
{
    return book_put(self) && !book_of(self)->lost;
}

static React save(Screen *self)
{
    char clock[CIVIL_TEXT];

    if (book_of(self)->lost) return lost(self);
    if (book_save_now(self))
        loop_status(self->loop, STYLE_GOOD, "Saved %s. The sergeant has it only when you submit it.",
            civil_words_clock(now_of(self), clock));
    return REACT_STATUS;
}

/* --- leaving ------------------------------------------------------------------------------------------------------ */
static React throw_away(Screen *self)
{
    BookPage *b = book_of(self);
    char text[200];
    Err err = { 0 };

    snprintf(text, sizeof text,
        "Everything typed for the book %s of %s since it was last submitted goes. It cannot be brought back.",
        b->work.serial, b->work.case_id);
    if (!ask_confirm(self->loop, "Throw it away", text, "Throw away")) return REACT_NONE;
    if (loop_top(self->loop) != self) return REACT_NONE;
    if (!book_save_now(self)) return REACT_STATUS; /* taken over meanwhile: it is not this terminal's to throw away */
    b->keeping.dirty = false;
    if (app_book_discard(app_of(self), &b->work, &err)) return REACT_POP | REACT_RELOAD;
    loop_status_err(self->loop, &err);
    return REACT_STATUS;
}

static React leave(Screen *self)
{
    static const char *const answers[] = { "Keep for later", "Throw away", "Go on" };
    BookPage *b = book_of(self);
    int pick;

    if (b->lost) return lost(self);
    if (!b->keeping.dirty && !b->keeping.stored) return REACT_POP | REACT_RELOAD;
    pick = ask_buttons(self->loop, "Leave the book",
        "It is not submitted. Kept for later, it waits for you on the desk under D, and opens as it is now.", answers,
        ARRAY_LEN(answers), 0);
    if (loop_top(self->loop) != self || pick < 0 || pick == 2) return REACT_NONE;
    if (pick == 1) return throw_away(self);
    if (!book_save_now(self)) return REACT_STATUS;
    loop_status(self->loop, STYLE_GOOD, "Kept for later: D on the desk.");
    return REACT_POP | REACT_RELOAD | REACT_STATUS;
}

/* --- when the keys rest -------------------------------------------------------------------------------------------- */
static React book_idle(Screen *self, int64_t ms)
{
    BookPage *b = book_of(self);

    if (b->rested || ms < BOOK_REST_MS) return REACT_NONE;
    b->rested = true;
    writer_settle(b->writer);
    book_look_up(self);
    book_check(self);
    writer_tally(b->writer);
    return REACT_REDRAW | REACT_STATUS;
}

/* --- the body map -------------------------------------------------------------------------------------------------------- */
/* The words beside a mark: what the other choices of its row say. */
static void mark_words(const BookWork *w, const FormGroup *g, size_t row, char out[80], Arena *a)
{
    const FormQuestion *all = form_questions_of(w->form, &(size_t){ 0 });
    char path[ANSWERS_PATH];
    size_t n = 0;

    out[0] = '\0';
    for (size_t i = g->first; i < g->first + g->n; i++) {
        const char *value = answers_get(w->answers, form_path(w->form, &all[i], row, path));
        if ((all[i].kind != ASK_CHOICE && all[i].kind != ASK_SEVERAL) || !*value) continue;
        n += (size_t)snprintf(out + n, 80 - n, "%s%s", n ? ", " : "", form_words(w->form, &all[i], value, a));
        if (n >= 80) return;
    }
}

static void gather_marks(const BookWork *w, const FormGroup *g, const FormQuestion *q, BodyAsk *out, Arena *a)
{
    char path[ANSWERS_PATH];
    size_t rows = answers_rows(w->answers, g->name);

    for (size_t row = 0; row < rows && out->n < BODY_MARKS; row++, out->n++) {
        BodyMark *m = &out->marks[out->n];
        snprintf(m->region, sizeof m->region, "%s", answers_get(w->answers, form_path(w->form, q, row, path)));
        mark_words(w, g, row, m->words, a);
    }
}

static React open_map(Screen *self, const FormQuestion *q)
{
    BookPage *b = book_of(self);
    Arena *a = arena_new_secret();
    BodyAsk ask = { .at = SIZE_MAX };
    size_t row = 0;
    const FormGroup *g = writer_group(b->writer, &row);

    snprintf(ask.path, sizeof ask.path, "%s", writer_path(b->writer));
    snprintf(ask.region, sizeof ask.region, "%s", answers_get(b->work.answers, ask.path));
    snprintf(ask.label, sizeof ask.label, "%s", q->label);
    if (g) {
        gather_marks(&b->work, g, q, &ask, a);
        ask.at = row;
        snprintf(ask.label, sizeof ask.label, "%.40s %zu", g->one, row + 1);
    }
    arena_free(&a);
    return loop_go(self->loop, &scr_body, &ask);
}

void book_take_region(Loop *l, const char *path, const char *code)
{
    Screen *self = loop_find(l, &scr_book);
    BookPage *b = self ? book_of(self) : NULL;

    if (!b) return;
    writer_put(b->writer, path, code);
    keeping_typed(&b->keeping, l);
    b->rested = false;
}

static bool wants_map(const BookPage *b, const Event *e)
{
    const FormQuestion *q = writer_question(b->writer);

    if (e->kind != EVENT_KEY || !q || q->kind != ASK_BODY) return false;
    return e->key == ' ' || (e->key == K_ENTER && !*answers_get(b->work.answers, writer_path(b->writer)));
}

/* --- keys ------------------------------------------------------------------------------------------------------------------ */
void book_say_moved(Screen *self)
{
    BookPage *b = book_of(self);
    Arena *a = arena_new_secret();
    const char *path = writer_path(b->writer);

    loop_status(self->loop, STYLE_NORMAL, "%s", form_label(b->work.form, path, a));
    arena_free(&a);
}

/* The way through the list of what is missing: Enter on an answered thing goes to the next one. */
static React walk_on(Screen *self)
{
    BookPage *b = book_of(self);

    if (writer_next_missing(b->writer)) return REACT_REDRAW;
    b->walking = false;
    loop_status(self->loop, STYLE_GOOD, "Nothing that is needed is missing any more. ^R submits the book.");
    return REACT_STATUS;
}

static bool key_is(const Event *e, Key k)
{
    return e->kind == EVENT_KEY && e->key == k;
}

/* Keys that the fields of a form would take for themselves and that mean something wider here. */
static bool wider(const BookPage *b, const Event *e)
{
    static const Key keys[] = { CTRL_KEY('g'), CTRL_KEY('s'), K_F(10) };

    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (key_is(e, keys[i])) return true;
    return key_is(e, K_F(1)) && b->f1;
}

static React written(Screen *self, WriterResult r)
{
    BookPage *b = book_of(self);

    b->rested = false;
    switch (r) {
    case WRITER_UNUSED: return REACT_UNUSED;
    case WRITER_SAVE: return save(self);
    case WRITER_LEAVE: return leave(self);
    case WRITER_PICKED: return book_pick(self);
    case WRITER_CHANGED:
        keeping_typed(&b->keeping, self->loop);
        snprintf(b->found.typed, sizeof b->found.typed, "%s", writer_path(b->writer));
        break;
    case WRITER_MOVED: break;
    }
    if (!*writer_notice(b->writer)) return REACT_REDRAW;
    loop_status(self->loop, STYLE_WARNING, "%s", writer_notice(b->writer));
    return REACT_STATUS;
}

/* Ctrl-Z where a field has no undo of its own (a choice): the form's, when it was this field that changed. */
static bool field_undo(const BookPage *b, const Event *e)
{
    const FormQuestion *q = writer_question(b->writer);

    if (!key_is(e, CTRL_KEY('z')) && !key_is(e, CTRL_KEY('y'))) return false;
    return !q || q->kind == ASK_CHOICE || q->kind == ASK_SEVERAL || q->kind == ASK_ANSWER || q->kind == ASK_BODY;
}

static React undo(Screen *self, bool back)
{
    BookPage *b = book_of(self);
    bool did = back ? writer_undo(b->writer) : writer_redo(b->writer);

    b->rested = false;
    b->found.typed[0] = '\0'; /* what is brought back is not looked up again */
    if (!did) {
        loop_status(self->loop, STYLE_WARNING, back ? "Nothing to take back." : "Nothing to do again.");
        return REACT_STATUS;
    }
    keeping_typed(&b->keeping, self->loop);
    book_say_moved(self);
    return REACT_STATUS;
}

static React book_event(Screen *self, const Event *e)
{
    BookPage *b = book_of(self);
    bool answered;

    if (wider(b, e)) return REACT_UNUSED;
    b->f1 = key_is(e, K_F(1));
    if (wants_map(b, e)) return open_map(self, writer_question(b->writer));
    if (field_undo(b, e)) return undo(self, e->key == CTRL_KEY('z'));
    writer_set_now(b->writer, now_of(self));
    answered = key_is(e, K_ENTER) && b->walking && *answers_get(b->work.answers, writer_path(b->writer));
    React r = written(self, writer_event(b->writer, e));
    return answered && r == REACT_REDRAW ? walk_on(self) : r;
}

/* --- the other verbs --------------------------------------------------------------------------------------------------------- */
static React find(Screen *self)
{
    BookPage *b = book_of(self);
    Str words = { 0 };
    AskLine q = { .title = "Find in the book",
        .text = "Words of a question or of an answer; Enter alone finds the next.",
        .label = "Find" };

    str_add(&words, b->find);
    if (ask_line(self->loop, &q, &words) && loop_top(self->loop) == self) {
        snprintf(b->find, sizeof b->find, "%s", str_text(&words));
        if (writer_find(b->writer, b->find))
            book_say_moved(self);
        else
            loop_status(self->loop, STYLE_WARNING, "Nothing in this book says \"%.60s\".", b->find);
    }
    str_finish(&words);
    b->rested = false;
    return REACT_STATUS;
}

/* The group one stands in; else the only one of the section; else it is asked. */
static const FormGroup *which_group(Screen *self)
{
    BookPage *b = book_of(self);
    size_t n = 0, here = 0, row = 0;
    const FormGroup *all = form_groups_of(b->work.form, &n), *g = writer_group(b->writer, &row);
    const FormSection *s = writer_section(b->writer, writer_section_now(b->writer))->of;
    const FormGroup *own[16];
    AskItem items[16];
    int pick;

    if (g) return g;
    for (size_t i = 0; i < n && here < 16; i++) {
        if (all[i].first < s->first || all[i].first >= s->first + s->n) continue;
        items[here] = (AskItem){ .text = all[i].one };
        own[here++] = &all[i];
    }
    if (here < 2) return here ? own[0] : NULL;
    pick = ask_choice(self->loop, "Add", items, here, 0);
    return pick < 0 || loop_top(self->loop) != self ? NULL : own[pick];
}

static React add_row(Screen *self)
{
    BookPage *b = book_of(self);
    const FormGroup *g = which_group(self);

    b->rested = false;
    if (!g) return REACT_NONE;
    if (!writer_row_add(b->writer, g)) {
        loop_status(self->loop, STYLE_WARNING, "%s", writer_notice(b->writer));
        return REACT_STATUS;
    }
    keeping_typed(&b->keeping, self->loop);
    return REACT_REDRAW;
}

static React drop_row(Screen *self)
{
    BookPage *b = book_of(self);
    size_t row = 0;
    const FormGroup *g = writer_group(b->writer, &row);
    char text[200], title[80];

    if (!g || row == SIZE_MAX) return REACT_NONE;
    snprintf(title, sizeof title, "Take away: %.40s %zu", g->one, row + 1);
    snprintf(text, sizeof text, "%.40s %zu and what is written about it go from this book. ^T brings it back.", g->one,
        row + 1);
    writer_settle(b->writer);
    if (!answers_row_empty(b->work.answers, g->name, row) && !ask_confirm(self->loop, title, text, "Take away"))
        return REACT_NONE;
    if (loop_top(self->loop) != self) return REACT_NONE;
    writer_row_drop(b->writer, g, row);
    keeping_typed(&b->keeping, self->loop);
    b->rested = false;
    return REACT_REDRAW;
}

/* Why it came back, in the words of whoever sent it. */
static React why_back(Screen *self)
{
    BookPage *b = book_of(self);
    const Review *r = b->work.returned;
    char when[CIVIL_TEXT];
    Str text = { 0 };

    str_addf(&text, "Officer %s, %s:\n", r->by, civil_words_full(r->at, when));
    for (const char *p = r->reasons ? r->reasons : ""; *p; p += strspn(p, ",")) {
        char word[64];
        size_t n = strcspn(p, ",");
        snprintf(word, sizeof word, "%.*s", (int)n, p);
        const Vocab *v = &vocabs_of(self)->of[VOCAB_RETURN_REASON];
        const char *label = word;
        for (size_t i = 0; i < v->n; i++)
            if (str_eq(v->words[i].word, word)) label = v->words[i].label;
        str_addf(&text, "- %s\n", label);
        p += n;
    }
    if (r->text) str_addf(&text, "\n%s", r->text);
    ask_tell(self->loop, "Why it came back", str_text(&text));
    str_finish(&text);
    return REACT_NONE;
}

static React next_missing(Screen *self)
{
    BookPage *b = book_of(self);

    b->rested = false;
    if (writer_next_missing(b->writer)) return REACT_REDRAW;
    loop_status(self->loop, STYLE_GOOD, "Nothing that is needed is missing.");
    return REACT_STATUS;
}

static React book_act(Screen *self, int action)
{
    switch (action) {
    case DO_SAVE: return save(self);
    case DO_SUBMIT: return book_submit(self);
    case DO_MISSING: return next_missing(self);
    case DO_LIST: return book_missing_list(self);
    case DO_FIND: return find(self);
    case DO_ADD_ROW: return add_row(self);
    case DO_DROP_ROW: return drop_row(self);
    case DO_UNDO: return undo(self, true);
    case DO_REDO: return undo(self, false);
    case DO_SECTIONS: return loop_go(self->loop, &scr_sections, NULL);
    case DO_WHY_BACK: return why_back(self);
    case DO_EARLIER: return book_earlier(self);
    case DO_CASE: return ui_open_case(self->loop, book_of(self)->work.case_id);
    default: return leave(self);
    }
}

static Can book_can(const Screen *self, int action, const char **why)
{
    const BookPage *b = book_of(self);
    size_t row = 0;

    *why = NULL;
    switch (action) {
    case DO_ADD_ROW: *why = "There is nothing to add here."; return writer_group(b->writer, &row) ? CAN : CAN_NOT;
    case DO_DROP_ROW:
        *why = "Stand in a child, an injury or another row first.";
        return writer_group(b->writer, &row) && row != SIZE_MAX ? CAN : CAN_NOT;
    case DO_WHY_BACK: return b->work.returned ? CAN : CAN_HIDE;
    case DO_EARLIER: *why = "Nobody was chosen from the people found."; return b->earlier.n_cases ? CAN : CAN_NOT;
    case DO_CASE: *why = "There is no case yet: the book makes it."; return b->work.new_case ? CAN_NOT : CAN;
    default: return CAN;
    }
}

static bool book_typing(const Screen *self)
{
    return true;
}

static void book_close(Screen *self)
{
    BookPage *b = book_of(self);

    writer_free(&b->writer);
    app_book_leave(app_of(self), &b->work);
    arena_free(&b->arena);
    arena_free(&b->check_arena);
    arena_free(&b->found.arena);
    arena_free(&b->earlier_arena);
}

const ScreenClass scr_book = {
    .name = "book",
    .actions = book_actions,
    .state_size = sizeof(BookPage),
    .open = book_open,
    .event = book_event,
    .can = book_can,
    .act = book_act,
    .typing = book_typing,
    .draw = book_draw,
    .idle = book_idle,
    .rest_ms = BOOK_REST_MS,
    .close = book_close,
};
