/* scr_handover.c — the change of shifts: what waits for the team until the next shift ends, in the order in which a sergeant reads it out. Rows say
** what must be done and nothing of what a case says. Notes for the shift come first; they are read and ticked. What somebody must do is a task. */
#include "access.h"

enum { STATE, WHEN, CASE, GRADE, WHAT, OWNER, COLUMNS };

typedef struct Hand {
    HandoverList found;
    List list;
    ListColumn columns[COLUMNS];
} Hand;

enum { DO_OPEN = 1, DO_NOTE, DO_READ, DO_TASK, DO_GIVE, DO_TAKE, DO_SHEET, DO_REFRESH, DO_BACK };
static const Action hand_actions[] = {
    { DO_OPEN, "open-case", "open", "Open the case; of a note, all its words first.", "Enter o", 0 },
    { DO_NOTE, "note", "note", "Write a note for the next shift: of this case, or of none.", "n", 1 },
    { DO_READ, "note-read", "read", "Tick the note as read, by your name.", "r", 1 },
    { DO_TASK, "add-task", "task", "Give the next shift something to do: a task of this case.", "a", 4 },
    { DO_GIVE, "hand-over", "hand over", "Hand over to the next shift.", "h", 2 },
    { DO_TAKE, "take-over", "take over", "Take over what was handed over.", "t", 2 },
    { DO_SHEET, "sheet", "paper", "The list on paper, as text or PDF.", "p", 3 },
    { DO_REFRESH, "refresh", NULL, "Take in what is new.", "Ctrl-L F5", 8 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Hand *hand_of(const Screen *s)
{
    return s->state;
}

/* --- rows -------------------------------------------------------------------------------------------- */
static size_t rows_count(void *of)
{
    return hand_of(of)->found.n;
}

static const char *number_words(int64_t n, char out[24])
{
    snprintf(out, 24, "%lld", (long long)n);
    return out;
}

static int64_t rows_id(void *of, size_t i)
{
    const HandoverLine *l = &hand_of(of)->found.lines[i];
    char number[24];

    if (l->note) return row_named("note", number_words(l->note, number));
    snprintf(number, sizeof number, "%d %d", (int)l->part, l->cycle);
    return row_named(l->case_id, l->duty ? l->duty : "suspect") ^ row_named(number, "");
}

static void state_words(const HandoverLine *l, Time now, DueWords *out)
{
    char words[CIVIL_TEXT];

    switch (l->part) {
    case HAND_BACK: held_words(l->when, now, out); return;
    case HAND_OPENS: due_words(l->when, TIME_MAX, now, out); return;
    case HAND_BOOK:
        due_words(now, l->when, now, out);
        snprintf(out->word, sizeof out->word, "returned");
        return;
    case HAND_NOTE:
        *out = (DueWords){ .sign = l->read_by ? " " : "!", .word = "note", .style = l->read_by ? STYLE_NORMAL : STYLE_WARNING };
        if (civil_local_date(l->when) == civil_local_date(now))
            civil_words_clock(l->when, out->when);
        else
            civil_words_short(l->when, out->when);
        return;
    case HAND_SUSPECT:
        *out = (DueWords){ .sign = " ", .word = "suspect", .style = STYLE_WARNING };
        snprintf(out->when, sizeof out->when, "%s", span_words(now - l->when, words));
        return;
    default: due_words(now, l->when, now, out);
    }
}

static const char *one_line(const Screen *self, const char *text)
{
    char *words = arena_dup(self->arena, text);

    for (char *c = words; *c; c++)
        if (*c == '\n') *c = ' ';
    return words;
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const Hand *h = hand_of(self);
    const HandoverLine *l = &h->found.lines[i];
    bool here = i == list_at(&h->list);
    char grade[24];
    DueWords due;

    state_words(l, now_of(self), &due);
    list_cellf(out, STATE, here ? STYLE_NORMAL : due.style, "%s %s", due.sign, due.word);
    list_cellf(out, WHEN, STYLE_NORMAL, "%s", due.when);
    list_cell(out, CASE, STYLE_NORMAL, l->case_id);
    if (l->note) {
        list_cell(out, GRADE, STYLE_MUTED, l->read_by ? "read" : "not read");
        list_cellf(out, WHAT, here ? STYLE_NORMAL : STYLE_MARK, "%s%.200s", restricted_words(l->restricted), one_line(self, l->what));
        list_cell(out, OWNER, STYLE_MUTED, l->by);
        return;
    }
    list_cellf(out, GRADE, here ? STYLE_NORMAL : l->grade ? grade_style(l->grade) : STYLE_MUTED, "%s",
        grade_word(vocabs_of(self), l->grade, grade));
    list_cellf(out, WHAT, here ? STYLE_NORMAL : l->task ? STYLE_MARK : STYLE_NORMAL, "%s%s%s", restricted_words(l->restricted), l->task ? "TASK  " : "",
        l->what);
    list_cell(out, OWNER, here ? STYLE_NORMAL : STYLE_MUTED, l->owner ? role_short(l->owner) : "");
}

/* --- load ---------------------------------------------------------------------------------------------- */
static bool hand_open(Screen *self, const void *arg, Err *err)
{
    Hand *h = hand_of(self);

    h->columns[STATE] = (ListColumn){ .title = "  When", .width = 10 };
    h->columns[WHEN] = (ListColumn){ .title = "", .width = 7, .right = true };
    h->columns[CASE] = (ListColumn){ .title = "Case", .width = 9 };
    h->columns[GRADE] = (ListColumn){ .title = "Grade", .width = 8 };
    h->columns[WHAT] = (ListColumn){ .title = "What", .width = 0 };
    h->columns[OWNER] = (ListColumn){ .title = "Whose", .width = 8 };
    list_init(&h->list, h->columns, COLUMNS, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    h->list.empty = "Nothing waits for the next shift.";
    return true;
}

static bool hand_load(Screen *self, Err *err)
{
    Hand *h = hand_of(self);
    int width = 7, when = 5, w;
    DueWords due;

    if (!app_handover_list(app_of(self), TIME_NONE, self->arena, &h->found, err)) return false;
    for (size_t i = 0; i < h->found.n; i++) {
        state_words(&h->found.lines[i], now_of(self), &due);
        if ((w = utf8_width(due.when)) > when) when = w;
        if ((w = utf8_width(h->found.lines[i].case_id)) > width) width = w;
    }
    h->columns[CASE].width = width > 18 ? 18 : width;
    h->columns[WHEN].width = when;
    list_refresh(&h->list);
    return true;
}

/* --- the verbs ------------------------------------------------------------------------------------------- */
static const HandoverLine *current(const Hand *h)
{
    return list_any(&h->list) ? &h->found.lines[list_at(&h->list)] : NULL;
}

static React hand_event(Screen *self, const Event *e)
{
    return list_event(&hand_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

/* "3 overdue, 9 to be done in the shift, 2 put aside, and back in the shift." */
static const char *sum_words(const HandoverList *f, Arena *a)
{
    static const char *const words[HAND_PARTS] = { "written as a note", "overdue", "to be done in the shift", "to be done only later in it", "put aside, and back in it",
        "returned and not back", "suspects outstanding" };
    Str s = { 0 };
    const char *out;

    for (HandoverPart p = 0; p < HAND_PARTS; p++)
        if (f->counts[p]) str_addf(&s, "%s%zu %s", s.n ? "; " : "", f->counts[p], words[p]);
    out = arena_printf(a, "%s%s.", s.n ? str_text(&s) : "Nothing waits", f->cut ? " (and more than is listed)" : "");
    str_finish(&s);
    return out;
}

static React give(Screen *self)
{
    Hand *h = hand_of(self);
    char until[CIVIL_TEXT];
    Err err = { 0 };
    const char *text = arena_printf(self->arena, "%s, to the shift that ends %s. %s%s", role_label(h->found.role),
        civil_words_short(h->found.until, until), sum_words(&h->found, self->arena),
        h->found.drafts ? arena_printf(self->arena, " You typed %zu text%s and did not save: D on the desk.", h->found.drafts, h->found.drafts == 1 ? "" : "s") : "");

    if (!ask_confirm(self->loop, "Hand over to the next shift", text, "Hand over") || loop_top(self->loop) != self) return REACT_NONE;
    if (!app_handover_give(app_of(self), h->found.until, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    loop_status(self->loop, STYLE_GOOD, "Handed over. Whoever comes next takes it over with H and t.");
    return REACT_RELOAD | REACT_STATUS;
}

static React take(Screen *self)
{
    Hand *h = hand_of(self);
    const char *text = arena_printf(self->arena, "%s %s", app_handover_words(&h->found.last, self->arena), sum_words(&h->found, self->arena));
    Err err = { 0 };

    if (!ask_confirm(self->loop, "Take over", text, "Take over") || loop_top(self->loop) != self) return REACT_NONE;
    if (!app_handover_take(app_of(self), &err)) {
        loop_status_err(self->loop, &err);
        return REACT_RELOAD | REACT_STATUS;
    }
    loop_status(self->loop, STYLE_GOOD, "Taken over. It is yours now.");
    return REACT_RELOAD | REACT_STATUS;
}

/* Who is asked nothing but which case: the one one stands on, or none. */
static React note(Screen *self, const HandoverLine *l)
{
    char id[48];
    const AskItem items[] = { { .text = l && *l->case_id ? arena_printf(self->arena, "A note of %s", l->case_id) : "" }, { .text = "A note of no case" } };
    int pick = l && *l->case_id ? ask_choice(self->loop, "A note for the next shift", items, ARRAY_LEN(items), 0) : 1;

    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    snprintf(id, sizeof id, "%s", pick == 0 ? l->case_id : "");
    return loop_go(self->loop, &scr_note, *id ? id : NULL);
}

static React tick_read(Screen *self, const HandoverLine *l)
{
    Err err = { 0 };

    if (!app_handover_note_read(app_of(self), l->note, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    loop_status(self->loop, STYLE_GOOD, "Ticked as read, by your name.");
    return REACT_RELOAD | REACT_STATUS;
}

static React open_line(Screen *self, const HandoverLine *l)
{
    char when[CIVIL_TEXT], id[48];

    snprintf(id, sizeof id, "%s", l->case_id);
    if (l->note)
        ask_tell(self->loop, "Note for the shift",
            arena_printf(self->arena, "%s%s%s\n\nWritten by officer %s, %s. %s%s%s", id, *id ? "\n\n" : "", l->what, l->by, civil_words_short(l->when, when),
                l->read_by ? "Read by " : "Nobody has read it yet", l->read_by ? l->read_by : "", "."));
    if (loop_top(self->loop) != self || !*id) return REACT_NONE;
    return l->note ? REACT_NONE : ui_open_case(self->loop, id);
}

static React task(Screen *self, const HandoverLine *l)
{
    const HandoverList *f = &hand_of(self)->found;
    char until[CIVIL_TEXT];
    const char *preset = arena_printf(self->arena, "from=review owner=%s due=%s", role_word(f->role), civil_format_time(f->until, until));

    return loop_go(self->loop, &scr_entry, &(EntryAsk){ .case_id = l->case_id, .list = LIST_TASKS, .preset = preset });
}

static bool sheet_make(Screen *self, bool pdf, Str *out, Err *err)
{
    return app_handover_print(app_of(self), hand_of(self)->found.until, pdf, out, err);
}

static React sheet(Screen *self)
{
    return paper_sheet(self, "The hand-over", "handover.print", "handover", sheet_make);
}

static React hand_act(Screen *self, int action)
{
    const HandoverLine *l = current(hand_of(self));

    switch (action) {
    case DO_OPEN: return open_line(self, l);
    case DO_NOTE: return note(self, l);
    case DO_READ: return tick_read(self, l);
    case DO_TASK: return task(self, l);
    case DO_GIVE: return give(self);
    case DO_TAKE: return take(self);
    case DO_SHEET: return sheet(self);
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP;
    }
}

static Can hand_can(const Screen *self, int action, const char **why)
{
    const Hand *h = hand_of(self);
    const Handover *last = &h->found.last;

    switch (action) {
    case DO_TAKE:
        if (!last->key || last->taken_by) return CAN_HIDE;
        *why = "You handed it over yourself: whoever comes next takes it over.";
        return str_eq(last->by, app_session(app_of(self))->warrant) ? CAN_NOT : CAN;
    case DO_READ: {
        const HandoverLine *l = current(h);
        if (!l || !l->note || l->read) return CAN_HIDE;
        *why = "You wrote this note yourself: whoever comes next reads it.";
        return str_eq(l->by, app_session(app_of(self))->warrant) ? CAN_NOT : CAN;
    }
    case DO_TASK:
        if (!app_may_add(app_of(self), LIST_TASKS, NULL)) return CAN_HIDE;
        *why = "There is no case to do it with.";
        return current(h) && *current(h)->case_id ? CAN : CAN_NOT;
    case DO_OPEN:
        *why = "There is no row to do it with.";
        return current(h) ? CAN : CAN_NOT;
    default: return CAN;
    }
}

/* --- draw -------------------------------------------------------------------------------------------------- */
static void hand_draw(Screen *self, View v)
{
    Hand *h = hand_of(self);
    const HandoverLine *l = current(h);
    int rows = v.rows - 5;
    char until[CIVIL_TEXT], place[48];

    h->list.titles = v.rows >= 16;
    h->list.n_columns = v.cols >= 100 ? COLUMNS : OWNER;
    view_textf(v, 0, 1, STYLE_HEADING, "Hand-over: %s, to %s", role_label(h->found.role), civil_words_short(h->found.until, until));
    if (h->found.n) {
        snprintf(place, sizeof place, "%zu of %zu%s ", list_at(&h->list) + 1, h->found.n, h->found.cut ? " and more" : "");
        view_text_right(view_part(v, 0, 0, 1, -1), 0, STYLE_MUTED, place);
    }
    view_cell(v, 1, 1, v.cols - 2, h->found.last.key && !h->found.last.taken_by ? STYLE_WARNING : STYLE_MUTED,
        app_handover_words(&h->found.last, self->arena));
    view_rule(v, 2);
    list_draw(&h->list, view_part(v, 3, 0, rows, -1), true);
    view_rule(v, 3 + rows);
    if (l) view_textf(v, 4 + rows, 1, STYLE_NORMAL, "%s%s%s", handover_part_titles[l->part], l->owner ? " \xc2\xb7 " : "", l->owner ? role_label(l->owner) : "");
}

const ScreenClass scr_handover = {
    .name = "handover",
    .actions = hand_actions,
    .state_size = sizeof(Hand),
    .open = hand_open,
    .load = hand_load,
    .event = hand_event,
    .can = hand_can,
    .act = hand_act,
    .draw = hand_draw,
};
