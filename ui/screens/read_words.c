/* read_words.c — what is typed beside a book: why it goes back, which remedial action it needs, an addendum. Nothing typed is lost: it is
** put aside as a draft like every other text, stays in the form whatever storing answers, and comes back when the same is begun again. */
#include "qa.h"
#include "read.h"
#include "read_typed.h"

typedef struct WordsForm { /* one kind of words */
    const char *name;      /* in the draft's about */
    const char *title, *ask, *help, *done;
    const char *outcome; /* NULL: it is no reading */
} WordsForm;
static const WordsForm forms[WORDS_KINDS] = {
    [WORDS_RETURNED] = { "returned", "Return of a book", "What is to be done",
        "What the officer must put right, so that nobody has to ask.", "Returned", "returned" },
    [WORDS_REMEDIAL] = { "remedial", "Remedial action", "What is to be done, by whom",
        "The book stands, and this is still to be done. Lines that begin with whom and by when (\"io +2d Take the statement\") become tasks there; else "
        "all of it is a task of who wrote the book, by this time tomorrow. \"none: why\" asks nothing of anybody.", "Signed with remedial action",
        "remedial" },
    [WORDS_ADDENDUM] = { "addendum", "Addendum to a book", "What is to be read instead",
        "A signed book is never changed. What was wrong is said beside it, with the date and your number.", "Added",
        NULL },
};

typedef struct Words {
    Typed typed; /* first: read_typed.c */
    Screen *reading;
    WordsKind kind;
    char case_id[48], serial[64];
    char news[200]; /* a newer version came while one typed */
} Words;

enum { DO_SAVE = 1, DO_LEAVE };
static const Action words_actions[] = {
    { DO_SAVE, "save", "save", "Store it: your password is asked where it is a reading.", "Ctrl-S F10", 0 },
    { DO_LEAVE, "leave", "leave", "Back to the book; what is typed can be kept for later.", "Esc F12 F3", 1 },
    { 0 },
};

static Words *words_of(const Screen *s)
{
    return s->state;
}

/* --- the form ------------------------------------------------------------------------------------------ */
static FormField reasons_field(const Vocabs *v, Arena *a)
{
    const Vocab *vocab = &v->of[VOCAB_RETURN_REASON];
    FormChoice *choices = arena_alloc(a, (vocab->n + 1) * sizeof *choices);

    for (size_t i = 0; i < vocab->n; i++) choices[i] = (FormChoice){ vocab->words[i].word, vocab->words[i].label };
    return (FormField){ .name = "reasons",
        .label = "Because",
        .kind = FORM_MANY,
        .required = true,
        .choices = choices,
        .n_choices = vocab->n,
        .help = "Why it goes back, in words that are counted. Space ticks, letters find." };
}

/* An addendum says which question it is about: those of the form, by their names. */
static FormField about_field(const BookView *view, Arena *a)
{
    size_t n;
    const FormSection *sections = form_sections_of(view->form, &n);
    FormChoice *choices = arena_alloc(a, (n + 1) * sizeof *choices);

    for (size_t i = 0; i < n; i++) {
        const char *words = arena_printf(a, "%s %s", sections[i].letter, sections[i].title);
        choices[i] = (FormChoice){ words, words };
    }
    return (FormField){ .name = "about",
        .label = "About",
        .kind = FORM_CHOICE,
        .choices = choices,
        .n_choices = n,
        .help = "The part of the book that it is about; nothing: all of it." };
}

static Form *make_form(Screen *self)
{
    Words *w = words_of(self);
    const BookView *view = &reading_of(w->reading)->view;
    FormField fields[2];
    size_t n = 0;

    if (w->kind == WORDS_RETURNED) fields[n++] = reasons_field(vocabs_of(self), self->arena);
    if (w->kind == WORDS_ADDENDUM) fields[n++] = about_field(view, self->arena);
    fields[n++] = (FormField){ .name = "text",
        .label = forms[w->kind].ask,
        .kind = FORM_TEXT,
        .required = true,
        .rows = 6,
        .help = forms[w->kind].help };
    return form_new(fields, n, now_of(self));
}

/* --- drafts ------------------------------------------------------------------------------------------------ */
/* "KG-7F3Q2 reading returned 7F3Q2-1": a serial may have blanks in it, so it stands last. */
static void name_draft(Words *w)
{
    snprintf(w->typed.about, sizeof w->typed.about, "%s reading %s %s", w->case_id, forms[w->kind].name, w->serial);
}

static bool split_about(const char *about, char case_id[48], WordsKind *kind, const char **serial)
{
    char word[16];
    int at = 0;

    if (sscanf(about, "%47s reading %15s %n", case_id, word, &at) != 2 || !at || !about[at]) return false;
    for (*kind = 0; *kind < WORDS_KINDS && strcmp(forms[*kind].name, word) != 0;) ++*kind;
    *serial = about + at;
    return *kind < WORDS_KINDS;
}

/* The checklist of a dip sample is a draft of this family, too. */
static bool is_checklist(const char *about, char case_id[48], const char **serial)
{
    int at = 0;

    if (sscanf(about, "%47s reading qa %n", case_id, &at) != 1 || !at || !about[at]) return false;
    *serial = about + at;
    return true;
}

const char *read_about_words(const char *about)
{
    char case_id[48];
    const char *serial;
    WordsKind kind;

    if (is_checklist(about, case_id, &serial)) return "Checklist of a book";
    return split_about(about, case_id, &kind, &serial) ? forms[kind].title : NULL;
}

bool read_resume(Loop *l, const char *about)
{
    char case_id[48];
    ReadAsk ask = { .case_id = case_id };
    QaListAsk list = { .case_id = case_id };
    WordsKind kind;

    if (is_checklist(about, case_id, &list.serial)) {
        loop_go(l, &scr_qa_list, &list);
        return true;
    }
    if (!split_about(about, case_id, &kind, &ask.serial)) return false;
    loop_go(l, &scr_read, &ask);
    if (loop_top(l) && loop_top(l)->class == &scr_read) read_words(loop_top(l), kind);
    return true;
}

/* --- open ---------------------------------------------------------------------------------------------------- */
React read_words(Screen *self, WordsKind kind)
{
    WordsAsk ask = { .reading = self, .kind = kind };

    return loop_go(self->loop, &scr_read_words, &ask);
}

static bool words_open(Screen *self, const void *arg, Err *err)
{
    const WordsAsk *ask = arg;
    const Reading *r = reading_of(ask->reading);
    Words *w = words_of(self);

    w->reading = ask->reading;
    w->kind = ask->kind;
    snprintf(w->case_id, sizeof w->case_id, "%s", r->case_id);
    snprintf(w->serial, sizeof w->serial, "%s", r->view.book->serial);
    name_draft(w);
    return true;
}

static bool words_load(Screen *self, Err *err)
{
    Words *w = words_of(self);

    if (w->typed.form) return true; /* what was typed stays */
    w->typed.form = make_form(self);
    typed_bring_back(self);
    return true;
}

/* --- storing --------------------------------------------------------------------------------------------------- */
static const char *password_words(Screen *self)
{
    const Words *w = words_of(self);
    const Reading *r = reading_of(w->reading);
    char digest[24];

    return arena_printf(self->arena,
        "Book %s of %s, version %zu, by %s.\n\nYour signature binds to exactly this text:\n%s", w->serial, w->case_id,
        r->view.version, officer_words(r->view.book->by, self->arena), reading_digest16(r, digest));
}

/* Stored: the words are done with, and the book goes on as after a signature. */
static React stored(Screen *self)
{
    Words *w = words_of(self);
    Screen *below = w->reading;
    char said[200], clock[CIVIL_TEXT];

    typed_drop(self);
    snprintf(said, sizeof said, "%s %s: book %s of %s.", forms[w->kind].done, civil_words_clock(now_of(self), clock),
        w->serial, w->case_id);
    loop_pop(self->loop); /* this screen's memory stays until the key is done with */
    if (forms[w->kind].outcome) return reading_done(below, said, false);
    loop_status(self->loop, STYLE_GOOD, "%s", said);
    return REACT_RELOAD | REACT_STATUS;
}

/* The text stays in the form, whatever the reason. */
static React refused(Screen *self, const Err *err)
{
    Words *w = words_of(self);

    if (err->kind == ERR_NONE) return REACT_NONE; /* the password was not given */
    if (err->kind == ERR_INVALID && form_has(w->typed.form, err->field)) {
        form_set_error(w->typed.form, err->field, err->text);
        form_focus(w->typed.form, err->field);
    }
    if (err->kind == ERR_STALE)
        snprintf(w->news, sizeof w->news, "%.*s. Esc goes back to read it; your words are kept.",
            (int)strcspn(err->text, "."), err->text);
    loop_status_err(self->loop, err);
    return (err->kind == ERR_STALE ? REACT_RELOAD_ALL : REACT_NONE) | REACT_STATUS;
}

static React save(Screen *self)
{
    Words *w = words_of(self);
    const Reading *r = reading_of(w->reading);
    char *reasons, *text, *about;
    React react = REACT_NONE;
    Err err = { 0 };
    bool ok;

    if (!form_check(w->typed.form, true, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    if (w->news[0]) return loop_status(self->loop, STYLE_WARNING, "Read the newer version first: Esc."), REACT_STATUS;
    reasons = arena_dup(self->arena, w->kind == WORDS_RETURNED ? form_value(w->typed.form, "reasons") : "");
    about = arena_dup(self->arena, w->kind == WORDS_ADDENDUM ? form_value(w->typed.form, "about") : "");
    text = arena_dup(self->arena, form_value(w->typed.form, "text"));
    if (forms[w->kind].outcome) {
        BookReading reading = {
            .kind = r->view.kind, .outcome = forms[w->kind].outcome, .reasons = reasons, .text = text
        };
        ok = read_store(w->reading, self, forms[w->kind].title, password_words(self), &reading, &react, &err);
    } else
        ok = app_book_addendum(app_of(self), &r->view, about, text, &err);
    if (loop_top(self->loop) != self) return REACT_NONE; /* somebody else signed in over the question */
    return ok ? stored(self) : refused(self, &err);
}

static React leave(Screen *self)
{
    return typed_leave(self, "Back to the book",
        "What you typed is not stored. Kept for later, it comes back when you begin the same again, and waits on the "
        "desk.",
        "Kept for later: D on the desk, or the same key on this book.");
}

/* --- the screen --------------------------------------------------------------------------------------------------- */
static React words_event(Screen *self, const Event *e)
{
    React react;

    switch (typed_event(self, e, &react)) {
    case FORM_SAVE: return save(self);
    case FORM_LEAVE: return leave(self);
    default: return react;
    }
}

static React words_act(Screen *self, int action)
{
    return action == DO_SAVE ? save(self) : leave(self);
}

static bool words_typing(const Screen *self)
{
    return form_typing(words_of(self)->typed.form);
}

static void words_draw(Screen *self, View v)
{
    Words *w = words_of(self);
    const Reading *r = reading_of(w->reading);
    Pen pen = pen_at(view_part(v, 0, 0, 1, -1), 0, 1);
    char book[80];
    int row = 1;

    snprintf(book, sizeof book, "book %s", w->serial);
    pen_piece(&pen, STYLE_HEADING, w->case_id);
    pen_piece(&pen, STYLE_HEADING, book);
    if (r->open) pen_piece(&pen, r->words.grade_style, r->words.grade);
    if (r->open) pen_piece(&pen, STYLE_NORMAL, r->words.what);
    if (w->news[0]) row += view_wrapped(view_part(v, row, 1, 2, v.cols - 2), 0, STYLE_WARNING, w->news);
    view_rule_titled(v, row, forms[w->kind].title);
    form_draw(w->typed.form, view_prose(view_part(v, row + 1, 0, -1, -1)), true);
}

static void words_close(Screen *self)
{
    form_free(&words_of(self)->typed.form);
}

const ScreenClass scr_read_words = {
    .name = "words",
    .actions = words_actions,
    .state_size = sizeof(Words),
    .open = words_open,
    .load = words_load,
    .event = words_event,
    .act = words_act,
    .typing = words_typing,
    .draw = words_draw,
    .close = words_close,
};
