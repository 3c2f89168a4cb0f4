/* work_keep.c — put aside, taken over, taken back, thrown away, left: the same for every kind of work that is open at one terminal at
** a time. When another terminal has it, this one says so and puts nothing any more: newer text is never written over. */
#include "work_keep.h"

bool work_ask_over(Loop *l, const WorkKind *kind, const char *elsewhere, Time draft_at)
{
    char title[80], text[300], when[CIVIL_TEXT];

    snprintf(title, sizeof title, "Take the %s over", kind->noun);
    snprintf(text, sizeof text,
        "It is open at %.40s and was last put aside there at %s. Taken over, it goes on here from there, and nothing "
        "more is saved at the other terminal.",
        elsewhere, civil_words_short(draft_at, when));
    return ask_confirm(l, title, text, "Take over");
}

/* --- putting aside --------------------------------------------------------------------------------------- */
bool work_put(Screen *self, const WorkKind *kind)
{
    Keeping *k = kind->keeping(self);
    Err err = { 0 };

    if (k->lost) return true; /* it belongs to the other terminal now */
    if (kind->save(self, &err)) {
        k->dirty = false;
        k->stored = true;
        k->saved_at = now_of(self);
        return true;
    }
    k->lost = err.kind == ERR_STALE;
    k->changed_ms = k->dirty_since = loop_clock_ms(self->loop); /* and try again a little later */
    if (k->lost)
        loop_status(self->loop, STYLE_ERROR, "%s ^S takes it back, Esc leaves.", err.text);
    else
        loop_status(self->loop, STYLE_ERROR, "Not saved: %s It is tried again.", err.text);
    return false;
}

bool work_save_now(Screen *self, const WorkKind *kind)
{
    return work_put(self, kind) && !kind->keeping(self)->lost;
}

React work_save(Screen *self, const WorkKind *kind)
{
    char clock[CIVIL_TEXT];

    if (kind->keeping(self)->lost) return work_lost(self, kind);
    if (work_save_now(self, kind))
        loop_status(self->loop, STYLE_GOOD, "Saved %s. %s", civil_words_clock(now_of(self), clock), kind->saved_note);
    return REACT_STATUS;
}

Style work_words(const Keeping *k, char out[40])
{
    char clock[CIVIL_TEXT];

    if (k->lost) return (void)snprintf(out, 40, "NOT SAVED: taken over"), STYLE_ERROR;
    if (k->dirty) return (void)snprintf(out, 40, "not saved yet"), STYLE_WARNING;
    if (k->saved_at == TIME_NONE) return (void)snprintf(out, 40, "nothing typed"), STYLE_MUTED;
    snprintf(out, 40, "saved %s", civil_words_clock(k->saved_at, clock));
    return STYLE_GOOD;
}

/* --- taken over elsewhere ------------------------------------------------------------------------------------ */
React work_lost(Screen *self, const WorkKind *kind)
{
    static const char *const answers[] = { "Take it back", "Leave", "Stay" };
    Keeping *k = kind->keeping(self);
    char text[240];
    Err err = { 0 };
    int pick;

    snprintf(text, sizeof text,
        "Taken back, the %s goes on here as it was put aside there. What was typed on this screen since then is not "
        "kept.",
        kind->noun);
    pick = ask_buttons(self->loop, "Taken over at another terminal", text, answers, ARRAY_LEN(answers), 2);
    if (loop_top(self->loop) != self || pick < 0 || pick == 2) return REACT_NONE;
    if (pick == 1) return REACT_POP | REACT_RELOAD;
    if (!kind->take_back(self, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    k->lost = k->dirty = false;
    loop_status(self->loop, STYLE_GOOD, "Taken back; it is %s here again.", kind->made);
    return REACT_STATUS;
}

/* --- leaving ------------------------------------------------------------------------------------------------------ */
static React throw_away(Screen *self, const WorkKind *kind)
{
    char goes[200], text[260];
    Err err = { 0 };

    kind->all_that_goes(self, goes);
    snprintf(text, sizeof text, "%s It cannot be brought back.", goes);
    if (!ask_confirm(self->loop, "Throw it away", text, "Throw away")) return REACT_NONE;
    if (loop_top(self->loop) != self) return REACT_NONE;
    if (!work_save_now(self, kind))
        return REACT_STATUS; /* taken over meanwhile: it is not this terminal's to throw away */
    kind->keeping(self)->dirty = false;
    if (kind->discard(self, &err)) return REACT_POP | REACT_RELOAD;
    loop_status_err(self->loop, &err);
    return REACT_STATUS;
}

React work_leave(Screen *self, const WorkKind *kind)
{
    static const char *const answers[] = { "Keep for later", "Throw away", "Go on" };
    const Keeping *k = kind->keeping(self);
    char title[80];
    int pick;

    if (k->lost) return work_lost(self, kind);
    if (!k->dirty && !k->stored) return REACT_POP | REACT_RELOAD;
    snprintf(title, sizeof title, "Leave the %s", kind->noun);
    pick = ask_buttons(self->loop, title,
        "It is not submitted. Kept for later, it waits for you on the desk under D, and opens as it is now.", answers,
        ARRAY_LEN(answers), 0);
    if (loop_top(self->loop) != self || pick < 0 || pick == 2) return REACT_NONE;
    if (pick == 1) return throw_away(self, kind);
    if (!work_save_now(self, kind)) return REACT_STATUS;
    loop_status(self->loop, STYLE_GOOD, "Kept for later: D on the desk.");
    return REACT_POP | REACT_RELOAD | REACT_STATUS;
}

/* --- submitting --------------------------------------------------------------------------------------------------- */
React work_refused(Screen *self, const WorkKind *kind, const Err *err)
{
    Loop *l = self->loop;

    switch (err->kind) {
    case ERR_INVALID: kind->go(self, err->field); break;
    case ERR_STALE:
    case ERR_BUSY:
        loop_status(l, STYLE_WARNING, "Not submitted yet, and nothing is lost: %s", err->text);
        return REACT_STATUS;
    case ERR_IO:
    case ERR_CORRUPT: ask_tell(l, "Not submitted; what you typed is kept", err->text); return REACT_NONE;
    case ERR_NONE:
    case ERR_USAGE:
    case ERR_DENIED:
    case ERR_MISSING:
    case ERR_STOPPED:
    case ERR_BUG: break;
    }
    loop_status_err(l, err);
    return REACT_STATUS;
}
