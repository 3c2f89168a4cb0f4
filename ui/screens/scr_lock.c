/* scr_lock.c — the locked screen: nothing of the work is on it, nor left in what the terminal keeps. The same
** officer goes on with the password; another one may sign in, and what the first was typing is kept. */
#include "screens.h"

typedef struct Lock {
    Editor *password;
    char name[96];
    Err said;
} Lock;

enum { DO_OPEN = 1, DO_OTHER };
static const Action lock_actions[] = {
    { DO_OPEN, "unlock", "unlock", "Go on where you were.", "Enter", 0 },
    { DO_OTHER, "another-officer", "another officer", "End this session, keep its texts, and sign in as somebody else.",
        "Tab F3", 1 },
    { 0 },
};

static Lock *lock_of(const Screen *s)
{
    return s->state;
}

static bool lock_open(Screen *self, const void *arg, Err *err)
{
    Lock *k = lock_of(self);
    const Session *s = app_session(app_of(self));

    k->password = editor_new((EditorOptions){ .secret = true, .limit = 128 });
    if (s) snprintf(k->name, sizeof k->name, "%s %s", s->name, s->warrant);
    return true;
}

static React lock_event(Screen *self, const Event *e)
{
    return editor_event(lock_of(self)->password, e) == EDITOR_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

/* What went while it was locked is not shown for a moment either. */
static React away(Screen *self)
{
    React gone;

    loop_pop(self->loop);
    gone = ui_withdrawn(self->loop, false);
    return REACT_REPAINT | (gone == REACT_UNUSED ? REACT_NONE : gone);
}

static React unlock(Screen *self)
{
    Lock *k = lock_of(self);
    char *password = editor_text(k->password);
    Err err = { 0 };
    bool ok = app_unlock(app_of(self), password, &err);

    crypto_wipe(password, strlen(password));
    mem_free(password);
    editor_set(k->password, "");
    if (ok) return away(self);
    k->said = err;
    return REACT_REDRAW;
}

static React another(Screen *self)
{
    char text[300];

    snprintf(text, sizeof text, "End the session of %s? What was typed and not saved is kept for that officer.",
        lock_of(self)->name);
    if (ask_confirm(self->loop, "Another officer", text, "End the session")) ui_sign_out(self->loop);
    return REACT_NONE;
}

static React lock_act(Screen *self, int action)
{
    return action == DO_OPEN ? unlock(self) : another(self);
}

static bool lock_typing(const Screen *self)
{
    return true;
}

static void lock_draw(Screen *self, View v)
{
    Lock *k = lock_of(self);
    int top = v.rows / 2 - 6, left = v.cols > 68 ? v.cols / 2 - 32 : 2;
    View box = view_part(v, top, left, 12, 64);

    view_textf(box, 0, 0, STYLE_TITLE, "book124  locked");
    view_text(box, 2, 0, STYLE_NORMAL, k->name);
    view_text(box, 4, 0, STYLE_LABEL, "Password");
    view_fill(view_part(box, 4, 10, 1, 32), STYLE_FIELD_FOCUS);
    editor_draw(k->password, view_part(box, 4, 10, 1, 32), true);
    if (k->said.kind) view_wrapped(view_part(box, 6, 0, 3, -1), 0, STYLE_ERROR, k->said.text);
    view_text(box, 10, 0, STYLE_MUTED, "Enter goes on where you were.");
    view_text(box, 11, 0, STYLE_MUTED, "Tab: another officer. What you typed is kept for you.");
}

static void lock_close(Screen *self)
{
    editor_free(&lock_of(self)->password);
}

const ScreenClass scr_lock = {
    .name = "lock",
    .actions = lock_actions,
    .state_size = sizeof(Lock),
    .bare = true,
    .open = lock_open,
    .event = lock_event,
    .act = lock_act,
    .typing = lock_typing,
    .draw = lock_draw,
    .close = lock_close,
};
