/* scr_book.c — the book 124D as it is written. The writer (book_writer.c) turns keys into answers; this screen keeps them in the
** store within two seconds, asks the app when the keys rest, and shows where one is. Saving always works; only submitting asks
** whether everything is there (book_submit.c). */
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
    case WRITER_SAVE: return work_save(self, &book_work);
    case WRITER_LEAVE: return work_leave(self, &book_work);
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
    if (book_wants_map(b, e)) return book_open_map(self);
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

enum { GROUPS_MAX = 16 /* of one section */ };

/* The groups of the section one is in that are asked as the answers stand. */
static size_t groups_here(const BookPage *b, const FormGroup *own[GROUPS_MAX])
{
    size_t n = 0, here = 0, n_all = 0;
    const FormGroup *all = form_groups_of(b->work.form, &n);
    const FormQuestion *questions = form_questions_of(b->work.form, &n_all);
    const FormSection *s = writer_section(b->writer, writer_section_now(b->writer))->of;
    char path[ANSWERS_PATH];

    for (size_t i = 0; i < n && here < GROUPS_MAX; i++) {
        if (all[i].first < s->first || all[i].first >= s->first + s->n) continue;
        if (!form_asked(b->work.form, b->work.answers, form_path(b->work.form, &questions[all[i].first], 0, path))) continue;
        own[here++] = &all[i];
    }
    return here;
}

/* The group one stands in; else the only one of the section; else it is asked. */
static const FormGroup *which_group(Screen *self)
{
    BookPage *b = book_of(self);
    size_t row = 0, here;
    const FormGroup *g = writer_group(b->writer, &row), *own[GROUPS_MAX];
    AskItem items[GROUPS_MAX];
    int pick;

    if (g) return g;
    here = groups_here(b, own);
    if (here < 2) return here ? own[0] : NULL;
    for (size_t i = 0; i < here; i++) items[i] = (AskItem){ .text = own[i]->one };
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
    case DO_SAVE: return work_save(self, &book_work);
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
    default: return work_leave(self, &book_work);
    }
}

static Can book_can(const Screen *self, int action, const char **why)
{
    const BookPage *b = book_of(self);
    const FormGroup *own[GROUPS_MAX];
    size_t row = 0;

    *why = NULL;
    switch (action) {
    case DO_ADD_ROW: *why = "There is nothing to add here."; return groups_here(b, own) ? CAN : CAN_NOT;
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
