/* dmm_line.c — one line at a daily management meeting: an action (what, who, by when), what came of one, or why somebody is satisfied. The line is
** a draft until it is stored, as every text that is typed. */
#include "dmm.h"
#include "read_typed.h"

typedef struct Line {
    Typed typed; /* first: read_typed.c */
    DmmLineAsk ask;
    char case_id[48], offence[48], task[24], what[400];
    char desk[200]; /* in whose queue it comes, as it is typed; "" */
} Line;

static const struct {
    const char *title, *label, *help, *said;
} kinds[MEETING_SAID_COUNT] = {
    [MEETING_SATISFIED] = { "Satisfied", "Why", "What was done, in a sentence.", "satisfied" },
    [MEETING_ACTION] = { "Action", "What, who, by when", "Such as: ring her, DC Webb, fri 1200", "an action is set" },
    [MEETING_DONE] = { "Done", "What came of it", "In a sentence: it stands with the action.", "the action is done" },
};

enum { DO_SAVE = 1, DO_LEAVE };
static const Action line_actions[] = {
    { DO_SAVE, "save", "save", "Say it: review and action are recorded.", "Ctrl-S F10", 0 },
    { DO_LEAVE, "leave", "leave", "Back to the meeting; what is typed can be kept for later.", "Esc F12 F3", 1 },
    { 0 },
};

static Line *line_of(const Screen *s)
{
    return s->state;
}

/* What the line means is shown before it is said. */
static void understand(Screen *self)
{
    Line *l = line_of(self);
    Arena *a = arena_new_secret();
    DmmAction action;
    char when[CIVIL_TEXT];

    l->desk[0] = '\0';
    if (l->ask.said == MEETING_ACTION && app_dmm_action(app_of(self), form_value(l->typed.form, "line"), a, &action, NULL))
        snprintf(l->desk, sizeof l->desk, SIGN_RIGHT " %s%s%s%s, by %s", role_label(action.owner), action.who ? " (" : "", action.who ? action.who : "",
            action.who ? ")" : "", civil_words_full(action.due, when));
    arena_free(&a);
}

static bool line_open(Screen *self, const void *arg, Err *err)
{
    Line *l = line_of(self);
    const DmmLineAsk *ask = arg;
    FormField field = { .name = "line", .kind = FORM_LINE, .required = true, .limit = 400 };

    l->ask = *ask;
    snprintf(l->case_id, sizeof l->case_id, "%s", ask->item.case_id);
    snprintf(l->task, sizeof l->task, "%s", ask->task ? ask->task : "");
    snprintf(l->what, sizeof l->what, "%s", ask->what ? ask->what : "");
    l->ask.item.case_id = l->ask.row.id = l->case_id;
    l->ask.task = ask->task ? l->task : NULL;
    field.label = kinds[ask->said].label;
    field.help = kinds[ask->said].help;
    l->typed.form = form_new(&field, 1, now_of(self));
    snprintf(l->typed.about, sizeof l->typed.about, "%s dmm %s %lld", l->case_id, meeting_said_words[ask->said], (long long)ask->meeting);
    typed_bring_back(self);
    understand(self);
    return true;
}

static bool say(Screen *self, Err *err)
{
    Line *l = line_of(self);
    App *app = app_of(self);
    const char *text = arena_dup(self->arena, form_value(l->typed.form, "line"));
    DmmSay say = { .meeting = l->ask.meeting, .item = &l->ask.item, .said = l->ask.said, .text = text, .line = text, .task = l->ask.task };
    DmmAction action;

    if (!form_check(l->typed.form, true, err)) return false;
    if (l->ask.said == MEETING_ACTION && !app_dmm_action(app, text, self->arena, &action, err)) return false;
    say.action = &action;
    return app_dmm_say(app, &l->ask.row, &say, err) || (err->kind == ERR_BUSY && app_dmm_say(app, &l->ask.row, &say, err));
}

static React save(Screen *self)
{
    Line *l = line_of(self);
    Loop *loop = self->loop;
    Screen *meet = loop_find(loop, &scr_dmm);
    char said[220], again[96];
    Err err = { 0 };

    if (!say(self, &err)) {
        if (err.kind == ERR_INVALID) form_set_error(l->typed.form, "line", err.text);
        loop_status_err(loop, &err);
        return REACT_STATUS;
    }
    typed_drop(self);
    snprintf(said, sizeof said, "%s: %s.%s", l->case_id, kinds[l->ask.said].said, l->ask.said == MEETING_DONE ? "" : dmm_again_words(self, &l->ask.item, again));
    loop_pop(loop); /* this screen's memory stays until the key is done with */
    if (meet) dmm_went_on(meet, said);
    return REACT_STATUS;
}

static React leave(Screen *self)
{
    return typed_leave(self, "Leave this line", "What you typed is not said yet. Kept for later, it comes back when you begin the same again.",
        "Kept for later: the same key brings it back.");
}

static React typed_in(Screen *self, const Event *e)
{
    React react;

    if (e->kind == EVENT_KEY && e->key == K_ENTER) return save(self);
    switch (typed_event(self, e, &react)) {
    case FORM_SAVE: return save(self);
    case FORM_LEAVE: return leave(self);
    default: return react;
    }
}

static React line_event(Screen *self, const Event *e)
{
    React react = typed_in(self, e);

    if (loop_top(self->loop) == self) understand(self);
    return react;
}

static React line_act(Screen *self, int action)
{
    return action == DO_SAVE ? save(self) : leave(self);
}

static bool line_typing(const Screen *self)
{
    return form_typing(line_of(self)->typed.form);
}

static void line_draw(Screen *self, View frame)
{
    enum { ROWS = 8 };
    Line *l = line_of(self);
    View box = view_part(frame, frame.rows - ROWS - 2, 2, ROWS, frame.cols - 4), inside = view_inset(box, 1, 2);
    char title[120];

    view_fill(box, STYLE_NORMAL);
    snprintf(title, sizeof title, "%s: %s", kinds[l->ask.said].title, l->case_id);
    view_box(box, title);
    if (*l->what) view_text(inside, 0, 0, STYLE_MUTED, l->what);
    form_draw(l->typed.form, view_part(inside, 1, 0, -1, -1), true);
    if (*l->desk)
        view_text(inside, inside.rows - 1, 0, STYLE_GOOD, l->desk);
    else if (!*form_value(l->typed.form, "line"))
        view_text(inside, inside.rows - 1, 0, STYLE_MUTED, kinds[l->ask.said].help);
}

static void line_close(Screen *self)
{
    form_free(&line_of(self)->typed.form);
}

const ScreenClass scr_dmm_line = {
    .name = "dmm-line",
    .actions = line_actions,
    .state_size = sizeof(Line),
    .overlay = true,
    .open = line_open,
    .event = line_event,
    .act = line_act,
    .typing = line_typing,
    .draw = line_draw,
    .close = line_close,
};
