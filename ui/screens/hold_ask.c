/* hold_ask.c — a duty is put aside: a form for the end and the reason, in which the end stands at the latest that the policy allows. What is put aside
** already is asked about and taken back. The same wherever one stands on the duty. */
#include "screens.h"

static React told(Loop *l, const Err *err)
{
    loop_status_err(l, err);
    return REACT_STATUS;
}

const char *hold_preset(const char *duty, Time until, Arena *a)
{
    char when[CIVIL_TEXT];

    return until == TIME_NONE ? arena_printf(a, "duty=%s", duty)
                              : arena_printf(a, "duty=%s until=%s", duty, civil_format_time(until, when));
}

static Time due_of(const CaseView *view, const DutyName *name)
{
    for (size_t i = 0; i < view->n_duties; i++)
        if (str_eq(view->duties[i].id, name->duty) && view->duties[i].cycle == name->cycle) return view->duties[i].due;
    return TIME_MAX;
}

/* The latest that is allowed, but an hour before it is due: there must be time to do it. Nothing when there is less. */
static Time offered(Time now, Time latest, Time due)
{
    Time t = latest < due - HOUR ? latest : due - HOUR;

    return t > now ? t : TIME_NONE;
}

static React take_back(Loop *l, App *app, CaseView *view, const DutyName *name, const Hold *h, Arena *a)
{
    char until[CIVIL_TEXT];
    const char *text = arena_printf(a, "%s of %s is put aside until %s by %s: %s", duty_title(app, name->duty), name->case_id,
        civil_words_short(h->until, until), officer_words(h->by, a), h->reason ? h->reason : "");
    Err err = { 0 };

    if (!ask_confirm(l, "Take back what is put aside", text, "Take back")) return REACT_NONE;
    if (!app_hold_end(app, &view->row, name->duty, &err)) return told(l, &err);
    loop_status(l, STYLE_GOOD, "Taken back: %s of %s.", duty_title(app, name->duty), name->case_id);
    return REACT_RELOAD | REACT_STATUS;
}

React hold_ask(Loop *l, const DutyName *name, Screen *desk)
{
    App *app = ((Ui *)loop_context(l))->app;
    Arena *a = arena_new_secret();
    DutyName own = { arena_dup(a, name->case_id), arena_dup(a, name->duty), name->cycle };
    EntryAsk ask = { .case_id = own.case_id, .list = LIST_HOLDS, .duty = own.duty, .cycle = own.cycle };
    React react = REACT_STATUS;
    const Hold *held;
    CaseView view;
    Time latest;
    Err err = { 0 };

    if (!app_case_look(app, own.case_id, "hold", a, &view, &err))
        told(l, &err);
    else if ((held = app_hold_of(app, &view, own.duty, own.cycle)) != NULL)
        react = take_back(l, app, &view, &own, held, a);
    else if (!app_hold_room(app, &view, own.duty, &latest, &err))
        told(l, &err);
    else {
        if (desk) desk_leave(desk);
        ask.preset = hold_preset(own.duty, offered(app_now(app), latest, due_of(&view, &own)), a);
        react = loop_go(l, &scr_entry, &ask);
    }
    arena_free(&a);
    return react;
}
