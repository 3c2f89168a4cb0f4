/* case_reach.c — reaching the victim: the ways there are, without numbers; and the door to one of them. What for comes first, then what
** stands in the way: a word that is old, or that it must not be used. The log has it before the number is on the screen. */
#include "case_more.h"

enum { MOST = 40 };

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

static React told(Screen *self, CaseView *view, const SafeWay *w, const char *value)
{
    static const char *const labels[] = { "Record the contact", "Confirm: still so", "Close" };
    EntryAsk ask = { .case_id = view->doc.id, .list = LIST_CONTACTS, .preset = "with=victim" };
    const char *text = arena_printf(self->arena, "%s\n\n%s%s", value, w->says,
        w->message ? "" : "\nLeave no message. When somebody else answers, say nothing of the police, and record: not safe to speak.");
    Err err = { 0 };
    int pick = ask_buttons(self->loop, w->what, text, labels, ARRAY_LEN(labels), 0);

    if (loop_top(self->loop) != self || pick < 0 || pick == 2) return REACT_REDRAW;
    if (pick == 0) return loop_go(self->loop, &scr_entry, &ask);
    if (!app_safe_confirm(app_of(self), &view->row, w->id, &err)) return case_refused(self, &err);
    loop_status(self->loop, STYLE_GOOD, "Confirmed now.");
    return REACT_RELOAD | REACT_STATUS;
}

React case_reach(Screen *self, CaseView *view, const CasePage *page)
{
    AskItem items[MOST];
    size_t n = page->n_ways < MOST ? page->n_ways : MOST;
    SafeAsk ask = { 0 };
    const SafeWay *w;
    const char *value;
    Err err = { 0 };
    int pick;

    for (size_t i = 0; i < n; i++)
        items[i] = (AskItem){ .text = page->ways[i].what,
            .right = page->ways[i].blocked ? "! DO NOT USE" : page->ways[i].unsure ? "! ask first" : page->ways[i].says };
    pick = ask_choice(self->loop, "Reach whom, by what", items, n, 0);
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    w = &page->ways[pick];
    ask.id = w->id;
    ask.purpose = purpose_ask(self, "What for");
    if (!ask.purpose) return REACT_NONE;
    if (open_way(self, view, w, &ask, &value, &err)) return told(self, view, w, value);
    if (err.kind == ERR_NONE) return REACT_NONE;
    if (err.kind != ERR_DENIED) return case_refused(self, &err);
    ask_tell(self->loop, "Not told", err.text);
    return REACT_NONE;
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
