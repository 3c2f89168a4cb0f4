/* ask_text.c — questions answered by typing: a line, a text, the word that confirms what cannot be undone. */
#include "base/crypto.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "loop_in.h"
#include "ui/ask.h"
#include "ui/editor.h"
#include <string.h>

typedef struct Typed {
    const AskLine *q;
    Editor *editor;
    bool lines;
    bool no_paste; /* a word that confirms must be typed */
    bool taken;
} Typed;

static Typed *of(const Screen *s)
{
    return *(Typed **)s->state;
}

static bool typed_open(Screen *self, const void *arg, Err *err)
{
    memcpy(self->state, &arg, sizeof arg);
    return true;
}

static React take(Typed *t)
{
    if (!t->q->may_be_empty && editor_empty(t->editor)) return REACT_NONE;
    t->taken = true;
    return REACT_POP;
}

static React leave(Screen *self, const Typed *t)
{
    bool ask = t->lines && editor_changed(t->editor);
    if (ask && !ask_confirm(self->loop, "Leave", "What you typed here will be lost.", "Leave it")) return REACT_NONE;
    return REACT_POP;
}

static React typed_event(Screen *self, const Event *e)
{
    Typed *t = of(self);
    if (e->kind == EVENT_PASTE && t->no_paste) {
        if (t->q->by_hand) loop_status(self->loop, STYLE_WARNING, "This is typed by hand; nothing was pasted.");
        return REACT_STATUS;
    }
    if (e->kind == EVENT_KEY) {
        if (e->key == K_ESC || e->key == K_F(12)) return leave(self, t);
        if (e->key == CTRL_KEY('s') || e->key == K_F(10)) return take(t);
        if (e->key == K_ENTER && !t->lines) return take(t);
    }
    editor_event(t->editor, e);
    return REACT_REDRAW;
}

static bool typed_typing(const Screen *self)
{
    return true;
}

static int draw_words(const Typed *t, View in)
{
    int used = 0;
    if (t->q->text && *t->q->text) used = box_text(view_part(in, 0, 0, in.rows - 2, -1), t->q->text, 0) + 1;
    if (t->q->label) used += view_text(in, used, 0, STYLE_LABEL, t->q->label) > 0;
    return used > in.rows - 1 ? in.rows - 1 : used < 0 ? 0 : used;
}

/* What was wrong is said to its end: it says what to do. */
static int notice_rows(const Typed *t, int cols)
{
    int rows = t->q->error ? text_rows(t->q->error, cols) : 1;

    return rows < 1 ? 1 : rows;
}

static void draw_notice(const Typed *t, View in)
{
    const char *notice = editor_notice(t->editor);
    if (*notice)
        view_text(in, 0, 0, STYLE_WARNING, notice);
    else if (t->q->error)
        view_wrapped(in, 0, STYLE_ERROR, t->q->error);
    else if (t->lines)
        view_textf(in, 0, 0, STYLE_MUTED, "%zu characters left", editor_remaining(t->editor));
}

static void typed_draw(Screen *self, View v)
{
    Typed *t = of(self);
    int cols = t->lines ? v.cols - 4 : v.cols - 8 > 68 ? 68 : v.cols - 4;
    int words = t->q->text && *t->q->text ? text_rows(t->q->text, cols - 4) + 1 : 0;
    int notice = notice_rows(t, cols - 4);
    int rows = words + (t->q->label ? 1 : 0) + (t->lines ? 12 : 1) + notice;
    View in = box_middle(v, rows + 2, cols, t->q->title);
    int used = draw_words(t, in);
    int field = t->lines ? in.rows - used - notice : 1;
    View box = view_part(in, used, 0, field < 1 ? 1 : field, -1);
    draw_notice(t, view_part(in, used + box.rows, 0, notice, -1));
    editor_draw(t->editor, box, true);
    box_hint(v, t->lines ? "^S take   Esc leave   ^Z undo" : "Enter take   Esc cancel");
}

static const ScreenClass typed_class = {
    .name = "typing",
    .state_size = sizeof(void *),
    .overlay = true,
    .open = typed_open,
    .event = typed_event,
    .typing = typed_typing,
    .draw = typed_draw,
};

static bool run(Loop *l, const AskLine *q, bool lines, bool no_paste, Str *out)
{
    Typed t = { .q = q, .lines = lines, .no_paste = no_paste };
    size_t limit = q->limit ? q->limit : lines ? 0 : 200;
    Console *c = loop_console(l);
    if (q->by_hand && c->ops->discard) c->ops->discard(c);
    t.editor = editor_new((EditorOptions){ .lines = lines, .secret = q->secret, .limit = limit });
    editor_set(t.editor, str_text(out));
    loop_modal(l, &typed_class, &t);
    if (t.taken) {
        char *text = editor_text(t.editor);
        if (out->s) crypto_wipe(out->s, out->n);
        str_clear(out);
        str_add(out, text);
        crypto_wipe(text, strlen(text));
        mem_free(text);
    }
    editor_free(&t.editor);
    return t.taken;
}

bool ask_line(Loop *l, const AskLine *q, Str *out)
{
    return run(l, q, false, q->by_hand, out);
}

bool ask_text(Loop *l, const AskLine *q, Str *out)
{
    return run(l, q, true, false, out);
}

bool ask_typed(Loop *l, const char *title, const char *text, const char *word)
{
    Str typed = { 0 }, label = { 0 };
    AskLine q = { .title = title, .text = text, .limit = 60 };
    str_addf(&label, "Type %s to go on:", word);
    q.label = str_text(&label);
    bool same = false;
    while (!same && run(l, &q, false, true, &typed)) {
        same = str_eq(str_text(&typed), word);
        q.error = "That is not the word. Esc cancels.";
        str_clear(&typed);
    }
    str_finish(&typed);
    str_finish(&label);
    return same;
}
