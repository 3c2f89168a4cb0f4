/* read_typed.c — text that is typed and not yet stored, for the screens of this kind. */
#include "read_typed.h"

static Typed *typed_of(const Screen *s)
{
    return s->state;
}

bool typed_put(Screen *self)
{
    Typed *t = typed_of(self);
    char *text = form_save(t->form);
    Err err = { 0 };
    bool ok = app_draft_put(app_of(self), t->about, text, &err);

    if (ok) {
        t->keeping.dirty = false;
        t->keeping.stored = true;
    } else {
        loop_status(self->loop, STYLE_ERROR, "What you type cannot be put aside: %s", err.text);
        t->keeping.changed_ms = loop_clock_ms(self->loop); /* and try again a little later */
    }
    crypto_wipe(text, strlen(text));
    mem_free(text);
    return ok;
}

void typed_drop(Screen *self)
{
    Typed *t = typed_of(self);

    if (t->keeping.stored) app_draft_drop(app_of(self), t->about, NULL);
    t->keeping.dirty = t->keeping.stored = false;
}

void typed_bring_back(Screen *self)
{
    Typed *t = typed_of(self);
    DraftView draft;
    char when[CIVIL_TEXT];

    if (!app_draft_get(app_of(self), t->about, self->arena, &draft, NULL)) return;
    if (!form_restore(t->form, draft.text, NULL)) return;
    t->keeping.stored = true;
    loop_status(self->loop, STYLE_GOOD, "What you typed %s is back.", civil_words_short(draft.at, when));
}

Keeping *typed_keeping(const Screen *self)
{
    return &typed_of(self)->keeping;
}

FormResult typed_event(Screen *self, const Event *e, React *react)
{
    Typed *t = typed_of(self);
    FormResult result;

    *react = REACT_REDRAW;
    if (e->kind == EVENT_KEY && e->key == CTRL_KEY('z') && !form_typing(t->form)) return FORM_MOVED; /* meant as undo */
    if (e->kind == EVENT_KEY && e->key == K_F(1) && t->f1) return *react = REACT_UNUSED, FORM_UNUSED;
    t->f1 = e->kind == EVENT_KEY && e->key == K_F(1);
    form_set_now(t->form, now_of(self));
    result = form_event(t->form, e);
    if (result == FORM_UNUSED) *react = REACT_UNUSED;
    if (result == FORM_CHANGED) keeping_typed(&t->keeping, self->loop);
    if (*form_notice(t->form)) loop_status(self->loop, STYLE_WARNING, "%s", form_notice(t->form));
    return result;
}

React typed_leave(Screen *self, const char *title, const char *text, const char *kept)
{
    static const char *const answers[] = { "Keep for later", "Throw away", "Go on" };
    Typed *t = typed_of(self);
    int pick;

    if (!form_changed(t->form) && !t->keeping.stored) return REACT_POP;
    pick = ask_buttons(self->loop, title, text, answers, ARRAY_LEN(answers), 0);
    if (loop_top(self->loop) != self || pick < 0 || pick == 2) return REACT_NONE;
    if (pick == 1)
        typed_drop(self);
    else if (!typed_put(self))
        return REACT_STATUS;
    else
        loop_status(self->loop, STYLE_GOOD, "%s", kept);
    return REACT_POP | REACT_STATUS;
}
