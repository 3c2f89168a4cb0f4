/* scr_note.c — a note for the next shift, of a case or of none: what they must know, and nothing that somebody must do (that is a task). What is typed is a
** draft until it is written. */
#include "read_typed.h"

typedef struct NoteState {
    Typed typed; /* first: keeping.c and read_typed.c know it by that */
    char case_id[48]; /* "": of no case */
} NoteState;

enum { DO_SAVE = 1, DO_BACK };
static const Action note_actions[] = {
    { DO_SAVE, "save", "save", "Write the note.", "Ctrl-S F10", 0 },
    { DO_BACK, "back", "back", "Back; what is typed can be kept.", "Esc F12 F3", 0 },
    { 0 },
};
static const char no_case[] = "(no-case)", ending[] = " handover-note";

static NoteState *note_of(const Screen *s)
{
    return s->state;
}

const char *note_of_about(const char *about, char case_id[48])
{
    const char *end = strstr(about, ending);

    if (!end || end[sizeof ending - 1]) return NULL;
    snprintf(case_id, 48, "%.*s", (int)(end - about), about);
    if (str_eq(case_id, no_case)) case_id[0] = '\0';
    return case_id;
}

static bool note_open(Screen *self, const void *arg, Err *err)
{
    NoteState *s = note_of(self);
    const char *id = arg;
    const FormField field = { .name = "text", .label = "What the next shift must know", .kind = FORM_TEXT, .rows = 8, .limit = NOTE_MAX, .required = true };

    snprintf(s->case_id, sizeof s->case_id, "%s", id ? id : "");
    snprintf(s->typed.about, sizeof s->typed.about, "%s%s", *s->case_id ? s->case_id : no_case, ending);
    s->typed.form = form_new(&field, 1, now_of(self));
    return true;
}

static bool note_load(Screen *self, Err *err)
{
    if (!form_changed(note_of(self)->typed.form)) typed_bring_back(self);
    return true;
}

static React save(Screen *self)
{
    NoteState *s = note_of(self);
    Loop *l = self->loop;
    Err err = { 0 };

    if (!form_check(s->typed.form, true, &err) ||
        !app_handover_note(app_of(self), *s->case_id ? s->case_id : NULL, form_value(s->typed.form, "text"), TIME_NONE, &err)) {
        if (err.kind == ERR_INVALID && form_has(s->typed.form, err.field)) form_set_error(s->typed.form, err.field, err.text);
        loop_status_err(l, &err);
        return REACT_STATUS;
    }
    typed_drop(self);
    loop_status(l, STYLE_GOOD, "The note is written. Whoever comes next ticks it as read.");
    return REACT_POP | REACT_RELOAD | REACT_STATUS;
}

static React leave(Screen *self)
{
    return typed_leave(self, "Leave this note", "It is not written yet. Kept for later, it comes back when you begin the same again, and stands under D on the desk.",
        "Kept for later: n brings it back.");
}

static React note_event(Screen *self, const Event *e)
{
    React react;

    switch (typed_event(self, e, &react)) {
    case FORM_SAVE: return save(self);
    case FORM_LEAVE: return leave(self);
    case FORM_UNUSED:
    case FORM_MOVED:
    case FORM_CHANGED:
    case FORM_PICKED: break;
    }
    return react;
}

static React note_act(Screen *self, int action)
{
    return action == DO_SAVE ? save(self) : leave(self);
}

static bool note_typing(const Screen *self)
{
    return form_typing(note_of(self)->typed.form);
}

static void note_draw(Screen *self, View v)
{
    NoteState *s = note_of(self);

    view_textf(v, 0, 1, STYLE_HEADING, "A note for the next shift%s%s", *s->case_id ? ", of " : ", of no case", s->case_id);
    view_text(v, 1, 1, STYLE_MUTED, "It is read and ticked, by name. What somebody must do is a task.");
    view_rule(v, 2);
    form_draw(s->typed.form, view_prose(view_part(v, 3, 0, -1, -1)), true);
}

static void note_close(Screen *self)
{
    form_free(&note_of(self)->typed.form);
}

const ScreenClass scr_note = {
    .name = "note",
    .actions = note_actions,
    .state_size = sizeof(NoteState),
    .open = note_open,
    .load = note_load,
    .event = note_event,
    .act = note_act,
    .typing = note_typing,
    .draw = note_draw,
    .close = note_close,
};
