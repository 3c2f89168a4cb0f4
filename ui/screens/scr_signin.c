/* scr_signin.c — who is at the keyboard. The store is named first, so that nobody works in the wrong one. A
** training store lists its officers and their password, because everybody may know them. A wrong number, a
** wrong password and a locked account look alike. */
#include "screens.h"

typedef enum Focus { ON_WARRANT, ON_PASSWORD, ON_LIST } Focus;

typedef struct SignIn {
    Editor *warrant, *password;
    Focus focus;
    List list; /* officers of a training store */
    ListColumn columns[3];
    bool training;
    Err said;
} SignIn;

enum { DO_ENTER = 1, DO_NEXT, DO_BEFORE, DO_LEAVE, DO_QUIT };
static const Action signin_actions[] = {
    { DO_ENTER, "sign-in", "sign in", "Take the officer, go to the password, sign in.", "Enter", 0 },
    { DO_NEXT, "next", NULL, "The next field.", "Tab", 9 },
    { DO_BEFORE, "before", NULL, "The field before.", "Shift-Tab", 9 },
    { DO_LEAVE, "leave", "leave", "Leave book124.", "Esc Ctrl-C F3 F12", 0 },
    { DO_QUIT, "quit", NULL, "Leave book124.", "q", 9 },
    { 0 },
};

static SignIn *signin_of(const Screen *s)
{
    return s->state;
}

/* --- the officers of a training store --------------------------------------------------- */
static size_t officers_count(void *of)
{
    return signin_of(of)->training ? ARRAY_LEN(training_officers) : 0;
}

static int64_t officers_id(void *of, size_t i)
{
    return (int64_t)i + 1;
}

static void officers_row(void *of, size_t i, ListRow *out)
{
    list_cell(out, 0, STYLE_NORMAL, training_officers[i].warrant);
    list_cell(out, 1, STYLE_NORMAL, training_officers[i].name);
    list_cell(out, 2, STYLE_MUTED, role_label(training_officers[i].role));
}

/* --- open ------------------------------------------------------------------------------- */
static void begin(SignIn *s, const char *warrant)
{
    editor_set(s->warrant, warrant ? warrant : "");
    editor_set(s->password, "");
    s->focus = warrant && *warrant ? ON_PASSWORD : s->training ? ON_LIST : ON_WARRANT;
}

static bool signin_open(Screen *self, const void *arg, Err *err)
{
    SignIn *s = signin_of(self);

    s->warrant = editor_new((EditorOptions){ .limit = 15 });
    s->password = editor_new((EditorOptions){ .secret = true, .limit = 128 });
    s->training = app_store(app_of(self))->training;
    s->columns[0] = (ListColumn){ .width = 8 };
    s->columns[1] = (ListColumn){ .width = 26 };
    s->columns[2] = (ListColumn){ .width = 0 };
    list_init(&s->list, s->columns, 3,
        (ListSource){ .of = self, .count = officers_count, .id = officers_id, .row = officers_row });
    s->list.titles = false;
    begin(s, ui_of(self)->options->warrant);
    return true;
}

static void signin_resumed(Screen *self)
{
    app_sign_out(app_of(self)); /* whoever was above this page has left it */
    begin(signin_of(self), NULL);
}

/* --- keys ------------------------------------------------------------------------------------ */
static React in_list(Screen *self, const Event *e)
{
    SignIn *s = signin_of(self);

    if (e->kind == EVENT_KEY && e->key == K_UP && list_at(&s->list) == 0) {
        s->focus = ON_WARRANT;
        return REACT_REDRAW;
    }
    if (list_event(&s->list, e) != LIST_UNUSED) return REACT_REDRAW;
    if (e->kind != EVENT_KEY || e->key < '0' || e->key > '9') return REACT_UNUSED;
    s->focus = ON_WARRANT; /* a warrant number is being typed */
    editor_set(s->warrant, "");
    editor_event(s->warrant, e);
    return REACT_REDRAW;
}

static React signin_event(Screen *self, const Event *e)
{
    SignIn *s = signin_of(self);
    Editor *at = s->focus == ON_PASSWORD ? s->password : s->warrant;

    if (s->focus == ON_LIST) return in_list(self, e);
    if (e->kind == EVENT_KEY && s->focus == ON_WARRANT && e->key == 'q' && editor_empty(at)) return REACT_UNUSED;
    if (e->kind == EVENT_KEY && e->key == K_DOWN) {
        s->focus = s->focus == ON_WARRANT || !s->training ? ON_PASSWORD : ON_LIST;
        return REACT_REDRAW;
    }
    if (e->kind == EVENT_KEY && e->key == K_UP) {
        s->focus = ON_WARRANT;
        return REACT_REDRAW;
    }
    return editor_event(at, e) == EDITOR_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static bool signin_typing(const Screen *self)
{
    const SignIn *s = signin_of(self);
    return s->focus == ON_PASSWORD || (s->focus == ON_WARRANT && !editor_empty(s->warrant));
}

/* --- act ------------------------------------------------------------------------------------------ */
static React sign_in(Screen *self)
{
    SignIn *s = signin_of(self);
    char *warrant = editor_text(s->warrant), *password = editor_text(s->password);
    Err err = { 0 };
    bool ok = app_sign_in(app_of(self), warrant, password, &err);

    crypto_wipe(password, strlen(password));
    mem_free(password);
    mem_free(warrant);
    editor_set(s->password, "");
    s->said = err;
    ui_of(self)->farewell[0] = '\0';
    if (!ok) {
        s->focus = ON_PASSWORD;
        return REACT_REDRAW;
    }
    ui_enter(self->loop, true);
    return REACT_STATUS;
}

static React enter(Screen *self)
{
    SignIn *s = signin_of(self);

    if (s->focus == ON_LIST) editor_set(s->warrant, training_officers[list_at(&s->list)].warrant);
    if (s->focus == ON_PASSWORD)
        return editor_empty(s->warrant) || editor_empty(s->password) ? REACT_NONE : sign_in(self);
    if (!editor_empty(s->warrant)) s->focus = ON_PASSWORD;
    return REACT_REDRAW;
}

static React move(SignIn *s, int by)
{
    int n = s->training ? 3 : 2;

    s->focus = (Focus)(((int)s->focus + by + n) % n);
    return REACT_REDRAW;
}

static React signin_act(Screen *self, int action)
{
    switch (action) {
    case DO_ENTER: return enter(self);
    case DO_NEXT: return move(signin_of(self), 1);
    case DO_BEFORE: return move(signin_of(self), -1);
    default: return REACT_QUIT;
    }
}

/* --- draw -------------------------------------------------------------------------------------------- */
static void draw_field(View v, int row, const char *label, Editor *e, bool focus)
{
    View field = view_part(v, row, 12, 1, 30);

    view_text(v, row, 1, STYLE_LABEL, label);
    view_fill(field, focus ? STYLE_FIELD_FOCUS : STYLE_FIELD);
    editor_draw(e, field, focus);
}

static int draw_store(const Screen *self, View v)
{
    const StoreInfo *store = app_store(app_of(self));

    view_cell(v, 0, 0, v.cols, STYLE_TITLE, " book124");
    view_textf(v, 0, 10, STYLE_TITLE, "domestic violence cases, borough %s", store->borough);
    if (!store->training) return 2;
    view_text(v, 1, 1, STYLE_WARNING, "TRAINING STORE " SIGN_DOT " nothing here is real");
    return 3;
}

static void signin_draw(Screen *self, View v)
{
    SignIn *s = signin_of(self);
    const char *farewell = ui_of(self)->farewell;
    int row = draw_store(self, v);

    view_text(v, row, 1, STYLE_NORMAL,
        s->training ? "Arrows and Enter choose an officer; or type a warrant number. Esc leaves."
                    : "Type your warrant number, Enter, your password, Enter. Esc leaves.");
    draw_field(v, row + 2, "Warrant", s->warrant, s->focus == ON_WARRANT);
    draw_field(v, row + 3, "Password", s->password, s->focus == ON_PASSWORD);
    if (s->training) view_text(v, row + 3, 44, STYLE_MUTED, "it is " TRAINING_PASSWORD);
    if (s->said.kind)
        view_wrapped(view_part(v, row + 4, 1, 2, v.cols - 2), 0, STYLE_ERROR, s->said.text);
    else if (*farewell)
        view_wrapped(view_part(v, row + 4, 1, 2, v.cols - 2), 0, STYLE_GOOD, farewell);
    if (!s->training) return;
    view_rule_titled(v, row + 6, "Officers of this training store");
    list_draw(&s->list, view_part(v, row + 7, 0, -1, -1), s->focus == ON_LIST);
}

static void signin_close(Screen *self)
{
    editor_free(&signin_of(self)->warrant);
    editor_free(&signin_of(self)->password);
}

const ScreenClass scr_signin = {
    .name = "sign-in",
    .actions = signin_actions,
    .state_size = sizeof(SignIn),
    .bare = true,
    .open = signin_open,
    .event = signin_event,
    .act = signin_act,
    .typing = signin_typing,
    .draw = signin_draw,
    .resumed = signin_resumed,
    .close = signin_close,
};
