/* qa_form.c — the checklist of one book, as a form out of the rows of qa-checklist.form; what is asked and what is needed follow the answers
** at once. */
#include "book_fields.h"
#include "qa.h"
#include "read_typed.h"

typedef struct QaList {
    Typed typed; /* first: read_typed.c */
    char case_id[48], serial[64];
    Answers *answers;
    const FormSpec *spec;
} QaList;

enum { DO_SAVE = 1, DO_LEAVE, DO_READ };
static const Action list_actions[] = {
    { DO_SAVE, "save", "save", "Store the checklist.", "Ctrl-S F10", 0 },
    { DO_LEAVE, "leave", "leave", "Leave; what is typed can be kept for later.", "Esc F12 F3", 1 },
    { DO_READ, "look-at-book", "book", "Look at the book; what is typed stays.", "Ctrl-O F4", 2 },
    { 0 },
};

static QaList *list_of(const Screen *s)
{
    return s->state;
}

/* What is asked and needed, as the answers stand. */
static void follow(QaList *q)
{
    size_t n;
    const FormSection *sections = form_sections_of(q->spec, &n);

    for (size_t i = 0; i < n; i++) book_section_refresh(q->typed.form, q->spec, &sections[i], q->answers);
}

/* One field into the answers; what cannot be understood yet stays typed, with its sentence when it is saved. */
static bool take_answer(Screen *self, const char *name, bool say)
{
    QaList *q = list_of(self);
    const FormQuestion *question = form_question(q->spec, name);
    const char *warning = NULL, *typed = arena_dup(self->arena, form_value(q->typed.form, name));
    Err err = { 0 };

    if (!question || !form_has(q->typed.form, name)) return true;
    if (form_answer(
            q->spec, app_policy(app_of(self)), q->answers, name, typed, now_of(self), self->arena, &warning, &err))
        return true;
    if (say) {
        form_set_error(q->typed.form, name, err.text);
        form_focus(q->typed.form, name);
        loop_status_err(self->loop, &err);
    }
    return false;
}

static bool take_all(Screen *self)
{
    QaList *q = list_of(self);
    size_t n;
    const FormQuestion *questions = form_questions_of(q->spec, &n);

    for (size_t i = 0; i < n; i++)
        if (questions[i].group == FORM_NO_GROUP && !take_answer(self, questions[i].name, true)) return false;
    return true;
}

/* --- open ------------------------------------------------------------------------------------------------- */
static bool list_open(Screen *self, const void *arg, Err *err)
{
    const QaListAsk *ask = arg;
    QaList *q = list_of(self);

    snprintf(q->case_id, sizeof q->case_id, "%s", ask->case_id);
    snprintf(q->serial, sizeof q->serial, "%s", ask->serial);
    snprintf(q->typed.about, sizeof q->typed.about, "%s reading qa %s", q->case_id, q->serial);
    q->spec = app_form(app_of(self), FORM_QA, err);
    if (!q->spec) return false;
    q->answers = answers_read(ask->answers, ask->answers ? strlen(ask->answers) : 0, err);
    return q->answers != NULL;
}

static bool list_load(Screen *self, Err *err)
{
    QaList *q = list_of(self);
    size_t n;
    const FormQuestion *questions = form_questions_of(q->spec, &n);

    if (q->typed.form) return true;
    q->typed.form = book_list_form(q->spec, q->answers, now_of(self));
    typed_bring_back(self);
    for (size_t i = 0; i < n; i++)
        if (questions[i].group == FORM_NO_GROUP) take_answer(self, questions[i].name, false);
    follow(q);
    return true;
}

/* --- keys --------------------------------------------------------------------------------------------------- */
static React list_save(Screen *self)
{
    QaList *q = list_of(self);
    FormGap *gaps;
    Err err = { 0 };
    char said[200];

    if (!take_all(self)) return REACT_STATUS;
    if (form_gaps(q->spec, app_policy(app_of(self)), q->answers, NULL, now_of(self), self->arena, &gaps) > 0) {
        form_set_error(q->typed.form, gaps[0].path, gaps[0].says);
        form_focus(q->typed.form, gaps[0].path);
        loop_status(self->loop, STYLE_WARNING, "%s: %s", gaps[0].label, gaps[0].says);
        return REACT_STATUS;
    }
    if (!app_qa_record(app_of(self), q->case_id, q->serial, q->answers, "", self->arena, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    typed_drop(self);
    snprintf(said, sizeof said, "Stored: the checklist of book %s.", q->serial);
    loop_status(self->loop, STYLE_GOOD, "%s", said);
    return REACT_POP | REACT_RELOAD | REACT_STATUS;
}

static React list_leave(Screen *self)
{
    return typed_leave(self, "Leave this checklist",
        "What you ticked is not stored. Kept for later, it comes back when you open it again.", "Kept for later.");
}

static React list_event_(Screen *self, const Event *e)
{
    QaList *q = list_of(self);
    React react;

    switch (typed_event(self, e, &react)) {
    case FORM_SAVE: return list_save(self);
    case FORM_LEAVE: return list_leave(self);
    case FORM_CHANGED:
        take_answer(self, form_focused(q->typed.form), false);
        follow(q);
        return react;
    default: return react;
    }
}

static React list_act(Screen *self, int action)
{
    const QaList *q = list_of(self);
    ReadAsk read = { .case_id = q->case_id, .serial = q->serial };

    if (action == DO_READ) return loop_go(self->loop, &scr_read, &read);
    return action == DO_SAVE ? list_save(self) : list_leave(self);
}

static bool list_typing(const Screen *self)
{
    return form_typing(list_of(self)->typed.form);
}

static void list_draw_(Screen *self, View v)
{
    QaList *q = list_of(self);
    size_t missing = form_missing(q->typed.form);
    char words[120];
    Pen pen = pen_at(view_part(v, 0, 0, 1, -1), 0, 1);

    snprintf(words, sizeof words, "Checklist of book %s", q->serial);
    pen_piece(&pen, STYLE_HEADING, words);
    pen_piece(&pen, STYLE_NORMAL, q->case_id);
    snprintf(words, sizeof words, "%zu to answer", missing);
    pen_piece(&pen, missing ? STYLE_WARNING : STYLE_GOOD, words);
    form_draw(q->typed.form, view_prose(view_part(v, 1, 0, -1, -1)), true);
}

static void list_close(Screen *self)
{
    form_free(&list_of(self)->typed.form);
    answers_free(&list_of(self)->answers);
}

const ScreenClass scr_qa_list = {
    .name = "checklist",
    .actions = list_actions,
    .state_size = sizeof(QaList),
    .open = list_open,
    .load = list_load,
    .event = list_event_,
    .act = list_act,
    .typing = list_typing,
    .draw = list_draw_,
    .close = list_close,
};
