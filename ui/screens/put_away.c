/* put_away.c — a CAD message is put away with one key, wherever its case stands under the cursor. What is missing is said, and the next key leads to
** where it is entered: nobody has to find out how a gate is opened. */
#include "case_more.h"

#include "app/closing.h"

static const char *mend_words(const GateMend *m)
{
    return m->list == LIST_REFERENCES ? "Enter the number" : m->list == LIST_REVIEWS ? "Supervise it now" : "Go there";
}

static bool may_mend(App *app, const GateMend *m)
{
    return m && m->list != LIST_COUNT && app_may_add(app, m->list, m->list == LIST_REVIEWS ? "cad-supervision" : NULL);
}

/* The first gate that this officer can do something about is the one that is offered. */
static React not_yet(Screen *self, const CaseView *view, Arena *a)
{
    GateVerdict *gates;
    size_t n = app_facts_shut(app_of(self), view, fact_group("put-away"), a, &gates), at = 0;
    const char *answers[2] = { NULL, "Leave it open" };
    const GateMend *mend;

    while (at + 1 < n && !may_mend(app_of(self), app_gate_mend(gates[at].gate->id))) at++;
    mend = n ? app_gate_mend(gates[at].gate->id) : NULL;
    if (!n) return REACT_RELOAD;
    if (!may_mend(app_of(self), mend)) {
        ask_tell(self->loop, "Not put away", gates[at].says);
        return REACT_NONE;
    }
    answers[0] = mend_words(mend);
    if (ask_buttons(self->loop, "Not put away", gates[at].says, answers, ARRAY_LEN(answers), 1) != 0 || loop_top(self->loop) != self) return REACT_NONE;
    return loop_go(self->loop, &scr_entry, &(EntryAsk){ .case_id = view->row.id, .list = mend->list, .preset = mend->preset });
}

static React say(Screen *self, CaseView *view, Arena *a)
{
    CaseDoc said;
    Err err = { 0 };

    case_init(&said);
    if (view->doc.cad_closed_at != TIME_NONE && view->doc.cad_closed_at <= now_of(self)) {
        loop_status(self->loop, STYLE_WARNING, "%s: its CAD is put away already.", view->row.id);
        return REACT_STATUS;
    }
    if (app_facts_say(app_of(self), &view->row, fact_group("put-away"), &said, &err)) {
        loop_status(self->loop, STYLE_GOOD, "%s: CAD %s put away.", view->row.id, view->doc.cad_number ? view->doc.cad_number : "message");
        return REACT_RELOAD_ALL | REACT_STATUS;
    }
    return err.kind == ERR_INVALID && str_eq(err.field, "gate") ? not_yet(self, view, a) : case_refused(self, &err);
}

React put_away(Screen *self, const char *case_id)
{
    Arena *a = arena_new_secret();
    CaseView view;
    Err err = { 0 };
    React react = app_may_enter(app_of(self), &err) && app_case_look(app_of(self), case_id, "put-away", a, &view, &err)
                      ? say(self, &view, a)
                      : case_refused(self, &err);

    arena_free(&a);
    return react;
}

Can put_away_can(const Screen *self, bool any, const char **why)
{
    if (!app_may_quietly(app_of(self), PERM_FACT_PUT_AWAY)) return CAN_HIDE;
    *why = "There is no row to do it with.";
    return any ? CAN : CAN_NOT;
}
