/* scr_password.c — a password of one's own, before anything else: whoever comes here signed in with one that the keeper
** chose. Typed twice and never shown; on yes the desk opens, leaving signs out. */
#include "screens.h"

#include "core/role.h"

enum { FIELDS = 2 };

typedef struct Choosing {
    Editor *field[FIELDS]; /* the new one, and again */
    int at;
    Err said;
} Choosing;

enum { DO_TAKE = 1, DO_NEXT, DO_BEFORE, DO_LEAVE };
static const Action password_actions[] = {
    { DO_TAKE, "take", "go on", "The next field; from the last, this is your password from now on.", "Enter", 0 },
    { DO_NEXT, "next", NULL, "The next field.", "Tab Down", 9 },
    { DO_BEFORE, "before", NULL, "The field before.", "Shift-Tab Up", 9 },
    { DO_LEAVE, "leave", "sign out", "Sign out; the password stays to be chosen.", "Esc Ctrl-C F3 F12", 0 },
    { 0 },
};

static Choosing *choosing_of(const Screen *s)
{
    return s->state;
}

static bool password_open(Screen *self, const void *arg, Err *err)
{
    for (int i = 0; i < FIELDS; i++)
        choosing_of(self)->field[i] = editor_new((EditorOptions){ .secret = true, .limit = 128 });
    return true;
}

static React password_event(Screen *self, const Event *e)
{
    Choosing *c = choosing_of(self);

    return editor_event(c->field[c->at], e) == EDITOR_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static bool password_typing(const Screen *self)
{
    return true;
}

/* --- acting --- */
static void forget(char *password)
{
    crypto_wipe(password, strlen(password));
    mem_free(password);
}

static void begin_again(Choosing *c)
{
    for (int i = 0; i < FIELDS; i++) editor_set(c->field[i], "");
    c->at = 0;
}

static React choose(Screen *self)
{
    Choosing *c = choosing_of(self);
    App *app = app_of(self);
    char *password = editor_text(c->field[0]), *again = editor_text(c->field[1]);
    bool ok;

    err_clear(&c->said);
    ok = strcmp(password, again) == 0 ||
         err_set(&c->said, ERR_INVALID, "password", "The two are not the same. Type both again.");
    ok = ok && app_officer_password(app, app_session(app)->warrant, password, &c->said);
    forget(password);
    forget(again);
    begin_again(c);
    if (!ok) return REACT_REDRAW;
    loop_status(self->loop, STYLE_GOOD, "That is your password from now on. Nobody else knows it.");
    ui_enter(self->loop, true);
    return REACT_POP | REACT_STATUS; /* this page, under the desk */
}

static React take(Screen *self)
{
    Choosing *c = choosing_of(self);

    if (editor_empty(c->field[c->at])) return REACT_NONE;
    if (c->at == FIELDS - 1) return choose(self);
    c->at++;
    return REACT_REDRAW;
}

static React password_act(Screen *self, int action)
{
    Choosing *c = choosing_of(self);

    switch (action) {
    case DO_TAKE: return take(self);
    case DO_NEXT:
    case DO_BEFORE: c->at = FIELDS - 1 - c->at; return REACT_REDRAW;
    default: ui_sign_out(self->loop); return REACT_NONE;
    }
}

/* --- drawing --- */
static void password_draw(Screen *self, View v)
{
    static const char *const labels[FIELDS] = { "New password", "The same again" };
    Choosing *c = choosing_of(self);
    const Session *s = app_session(app_of(self));
    int top = v.rows > 20 ? 3 : 1, left = v.cols > 76 ? (v.cols - 74) / 2 : 1;
    View box = view_part(v, top, left, -1, v.cols - 2 * left);
    int row;

    if (!s) return;
    view_text(box, 0, 0, STYLE_TITLE, "book124  choose your password");
    view_textf(box, 2, 0, STYLE_NORMAL, "%s %s", s->name, s->warrant);
    row = 4 + view_wrapped(view_part(box, 4, 0, 2, -1), 0, STYLE_NORMAL,
                  "The keeper of the store chose the password you signed in with, and knows it. Choose one of your own; "
                  "then you can work.");
    for (int i = 0; i < FIELDS; i++) {
        View field = view_part(box, row + 1 + i, 16, 1, 40);
        view_text(box, row + 1 + i, 0, STYLE_LABEL, labels[i]);
        view_fill(field, c->at == i ? STYLE_FIELD_FOCUS : STYLE_FIELD);
        editor_draw(c->field[i], field, c->at == i);
    }
    if (c->said.kind) view_wrapped(view_part(box, row + 4, 0, 3, -1), 0, STYLE_ERROR, c->said.text);
    view_textf(box, row + 8, 0, STYLE_MUTED, "At least %d characters. Four or five unrelated words are easy to remember.",
        app_password_least(s->roles));
    view_text(box, row + 9, 0, STYLE_MUTED, "Enter goes on. Esc signs out.");
}

static void password_close(Screen *self)
{
    for (int i = 0; i < FIELDS; i++) editor_free(&choosing_of(self)->field[i]);
}

const ScreenClass scr_password = {
    .name = "password",
    .actions = password_actions,
    .state_size = sizeof(Choosing),
    .bare = true,
    .open = password_open,
    .event = password_event,
    .act = password_act,
    .typing = password_typing,
    .draw = password_draw,
    .close = password_close,
};
