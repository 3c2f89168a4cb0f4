/* case_reach.c — reaching the victim: the ways there are, without numbers; and the door to one of them. What for comes first, then what
** stands in the way: a word that is old, or that it must not be used. The log has it before the number is on the screen. */
#include "case_more.h"

enum { MOST = 40 };
#define NO_MESSAGE "\nLeave no message. When somebody else answers, say nothing of the police, and record: not safe to speak."

/* --- the section --------------------------------------------------------------------------------------- */
/* Behind its date: "57 days ago". */
static const char *unsure_words(const SafeWay *w)
{
    static const char again[] = "confirmed ";

    if (!w->unsure) return "";
    return strncmp(w->unsure, again, strlen(again)) == 0 ? w->unsure + strlen(again) : w->unsure;
}

void case_ways_write(Pager *p, const CasePage *page, Arena *a)
{
    char when[CIVIL_TEXT];

    (void)a;
    if (page->n_ways == 0) pager_add(p, 1, STYLE_MUTED, "Nobody said how the victim can be reached safely.");
    for (size_t i = 0; i < page->n_ways; i++) {
        const SafeWay *w = &page->ways[i];
        pager_begin(p, 1, 3);
        pager_put(p, w->blocked || w->unsure ? STYLE_WARNING : STYLE_GOOD,
            w->blocked ? "! DO NOT USE " : w->unsure ? "! ASK FIRST " : "");
        pager_put(p, STYLE_HEADING, w->what);
        pager_put(p, STYLE_MUTED, " " CASE_HIDDEN);
        pager_putf(p, STYLE_NORMAL, " " SIGN_DOT " %s", w->says);
        pager_end(p);
        pager_addf(p, 4, STYLE_MUTED, "confirmed %s%s%s", w->at == TIME_NONE ? "at no known time" : civil_words_full(w->at, when),
            w->unsure ? " " SIGN_DOT " " : "", unsure_words(w));
    }
    if (page->n_ways) pager_add(p, 1, STYLE_MUTED, "T tells one of them, for a purpose that the log keeps.");
}

/* --- what for ----------------------------------------------------------------------------------------------- */
const char *purpose_ask(Screen *self, const char *title)
{
    AskItem items[MOST];
    size_t n = 0;
    int pick;

    for (; contact_purposes[n].word && n < MOST; n++) items[n] = (AskItem){ .text = contact_purposes[n].label };
    pick = ask_choice(self->loop, title, items, n, 0);
    return pick >= 0 && loop_top(self->loop) == self ? contact_purposes[pick].word : NULL;
}

/* --- the door -------------------------------------------------------------------------------------------------- */
static const char *reason_ask(Screen *self, const SafeWay *w)
{
    AskLine q = { .title = arena_printf(self->arena, "%s must not be used", w->what),
        .text = "It can put somebody in danger. Your reason is logged, and goes onto the contact that you record next.",
        .label = "Why although",
        .limit = 280 };
    Str text = { 0 };
    const char *reason = NULL;

    if (ask_line(self->loop, &q, &text) && loop_top(self->loop) == self) reason = arena_dup(self->arena, str_text(&text));
    str_finish(&text);
    return reason;
}

/* What the app asks for, asked in its turn: it says no until it has all of it. */
static bool open_way(Screen *self, const CaseView *view, const SafeWay *w, SafeAsk *ask, const char **value, Err *err)
{
    App *app = app_of(self);

    for (;;) {
        err_clear(err);
        if (app_safe_open(app, view, ask, self->arena, value, err)) return true;
        if (err->kind != ERR_INVALID) return false;
        if (strcmp(err->field, "override") == 0 && !ask->override)
            ask->override = reason_ask(self, w);
        else if (strcmp(err->field, "confirmed") == 0 && !ask->confirmed)
            ask->confirmed = ask_confirm(self->loop, "Is it still safe?", err->text, "I ask first");
        else
            return false;
        if (loop_top(self->loop) != self || (!ask->override && strcmp(err->field, "override") == 0) ||
            (!ask->confirmed && strcmp(err->field, "confirmed") == 0)) {
            err_clear(err);
            return false;
        }
    }
}

/* What for, as the contact says what it is about. News is of an event as long as one waits to be told. */
static const char *about_of(const App *app, const CaseView *view, const char *purpose)
{
    bool event = false;

    for (size_t i = 0; i < view->n_duties; i++) {
        const PolicyDuty *rule = app_rule(app, view->duties[i].id);
        event |= duty_is_live(&view->duties[i]) && rule && rule->list == LIST_CONTACTS && strstr(rule->preset, "kind=event");
    }
    if (str_eq(purpose, "update")) return event ? " kind=event" : " kind=update";
    return str_eq(purpose, "safety") ? " kind=safety" : str_eq(purpose, "statement") ? " kind=statement" : "";
}

static React told(Screen *self, CaseView *view, const SafeWay *w, const char *purpose, const char *value)
{
    static const char *const labels[] = { "Record the contact", "Confirm: still so", "Close" };
    EntryAsk ask = { .case_id = view->doc.id, .list = LIST_CONTACTS, .preset = arena_printf(self->arena, "with=victim%s", about_of(app_of(self), view, purpose)) };
    const char *text = arena_printf(self->arena, "%s\n\n%s%s", value, w->says, w->message ? "" : NO_MESSAGE);
    Err err = { 0 };
    int pick = ask_buttons(self->loop, w->what, text, labels, ARRAY_LEN(labels), 0);

    if (loop_top(self->loop) != self || pick < 0 || pick == 2) return REACT_REDRAW;
    if (pick == 0) return loop_go(self->loop, &scr_entry, &ask);
    if (!app_safe_confirm(app_of(self), &view->row, w->id, &err)) return case_refused(self, &err);
    loop_status(self->loop, STYLE_GOOD, "Confirmed now.");
    return REACT_RELOAD | REACT_STATUS;
}

/* Which way, and what for; NULL when nothing is chosen. */
static const SafeWay *choose(Screen *self, const SafeWay *ways, size_t n, SafeAsk *ask)
{
    AskItem items[MOST];
    int pick;

    if (n > MOST) n = MOST;
    for (size_t i = 0; i < n; i++)
        items[i] = (AskItem){ .text = ways[i].what, .right = ways[i].blocked ? "! DO NOT USE" : ways[i].unsure ? "! ask first" : ways[i].says };
    pick = ask_choice(self->loop, "Reach whom, by what", items, n, 0);
    if (pick < 0 || loop_top(self->loop) != self) return NULL;
    ask->id = ways[pick].id;
    ask->purpose = purpose_ask(self, "What for");
    return ask->purpose ? &ways[pick] : NULL;
}

static React not_told(Screen *self, const Err *err)
{
    if (err->kind == ERR_NONE) return REACT_NONE;
    if (err->kind != ERR_DENIED) return case_refused(self, err);
    ask_tell(self->loop, "Not told", err->text);
    return REACT_NONE;
}

React case_reach(Screen *self, CaseView *view, const CasePage *page)
{
    SafeAsk ask = { 0 };
    const SafeWay *w = choose(self, page->ways, page->n_ways, &ask);
    const char *value;
    Err err = { 0 };

    if (!w) return REACT_NONE;
    return open_way(self, view, w, &ask, &value, &err) ? told(self, view, w, ask.purpose, value) : not_told(self, &err);
}

React case_reach_in_form(Screen *self, CaseView *view, Form *form)
{
    SafeWay *ways;
    size_t n = app_safe_ways(app_of(self), view, self->arena, &ways);
    SafeAsk ask = { 0 };
    const SafeWay *w;
    const char *value, *about;
    Err err = { 0 };

    if (!n) {
        loop_status(self->loop, STYLE_WARNING, "Nobody said how the victim can be reached safely.");
        return REACT_STATUS;
    }
    w = choose(self, ways, n, &ask);
    if (!w) return REACT_NONE;
    if (!open_way(self, view, w, &ask, &value, &err)) return not_told(self, &err);
    about = about_of(app_of(self), view, ask.purpose);
    if (*about && !*form_value(form, "kind")) form_put(form, "kind", about + strlen(" kind="));
    ask_tell(self->loop, w->what, arena_printf(self->arena, "%s\n\n%s%s", value, w->says, w->message ? "" : NO_MESSAGE));
    return REACT_REDRAW;
}

/* --- each says that the other began --------------------------------------------------------------------------- */
React case_counter(Screen *self, CaseView *view)
{
    const char *id;
    Err err = { 0 };

    if (!ask_confirm(self->loop, "Counter-allegation",
            "The other allegation becomes a report of its own, in which victim and suspect change places. The two cases name each other; "
            "nothing of this one changes.",
            "Make the case"))
        return REACT_NONE;
    if (loop_top(self->loop) != self) return REACT_NONE;
    if (!app_counter_allegation(app_of(self), &view->row, self->arena, &id, &err)) return case_refused(self, &err);
    loop_status(self->loop, STYLE_GOOD, "%s is the case of the counter-allegation.", id);
    return ui_open_case(self->loop, id) | REACT_RELOAD_ALL | REACT_STATUS;
}
