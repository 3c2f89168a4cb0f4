/* read_typed.c — text that is typed and not yet stored, for the screens of this kind. */
#include "read_typed.h"

enum { PAUSE_MS = 700, LONGEST_MS = 900 /* a tick is a second: two are the promise */ };

static const ScreenClass *const holders[] = { &scr_read_words, &scr_qa_list };

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
        t->dirty = false;
        t->stored = true;
    } else {
        loop_status(self->loop, STYLE_ERROR, "What you type cannot be put aside: %s", err.text);
        t->changed_ms = loop_clock_ms(self->loop); /* and try again a little later */
    }
    crypto_wipe(text, strlen(text));
    mem_free(text);
    return ok;
}

void typed_drop(Screen *self)
{
    Typed *t = typed_of(self);

    if (t->stored) app_draft_drop(app_of(self), t->about, NULL);
    t->dirty = t->stored = false;
}

void typed_bring_back(Screen *self)
{
    Typed *t = typed_of(self);
    DraftView draft;
    char when[CIVIL_TEXT];

    if (!app_draft_get(app_of(self), t->about, self->arena, &draft, NULL)) return;
    if (!form_restore(t->form, draft.text, NULL)) return;
    t->stored = true;
    loop_status(self->loop, STYLE_GOOD, "What you typed %s is back.", civil_words_short(draft.at, when));
}

static bool holds_text(const Screen *s)
{
    for (size_t i = 0; i < ARRAY_LEN(holders); i++)
        if (s->class == holders[i]) return true;
    return false;
}

bool read_put_drafts(Loop *l, bool even_fresh)
{
    int64_t now = loop_clock_ms(l);
    bool ok = true;

    for (size_t i = 0; i < loop_depth(l); i++) {
        Screen *s = loop_screen(l, i);
        const Typed *t = s->state;
        if (!holds_text(s) || !t->dirty) continue;
        if (!even_fresh && now - t->changed_ms < PAUSE_MS && now - t->dirty_since < LONGEST_MS) continue;
        ok = typed_put(s) && ok;
    }
    return ok;
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
    if (result == FORM_CHANGED) {
        t->changed_ms = loop_clock_ms(self->loop);
        if (!t->dirty) t->dirty_since = t->changed_ms;
        t->dirty = true;
    }
    if (*form_notice(t->form)) loop_status(self->loop, STYLE_WARNING, "%s", form_notice(t->form));
    return result;
}

React typed_leave(Screen *self, const char *title, const char *text, const char *kept)
{
    static const char *const answers[] = { "Keep for later", "Throw away", "Go on" };
    Typed *t = typed_of(self);
    int pick;

    if (!form_changed(t->form) && !t->stored) return REACT_POP;
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
