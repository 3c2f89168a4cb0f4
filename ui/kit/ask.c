/* ask.c — questions answered with a button. Cancel is where one stands; a paste answers nothing; keys typed before the box
** was on the screen are thrown away, so that a burst of keys cannot confirm what nobody has read. */
#include "ui/ask.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "loop_in.h"
#include <ctype.h>
#include <string.h>

enum { MOST_BUTTONS = 8 };

typedef struct Buttons {
    const char *title, *text;
    const char *labels[MOST_BUTTONS];
    char letters[MOST_BUTTONS]; /* lower case; 0: none */
    size_t n, at;
    int answer;           /* -1: cancelled */
    int skip, rows, page; /* scrolling of the text */
} Buttons;

/* --- text in a box --------------------------------------------------------------------- */

int box_text(View v, const char *text, int skip)
{
    char *safe = utf8_make_safe(text, strlen(text), true, false);
    size_t n = strlen(safe), at = 0, next = 0;
    int row = -skip;
    bool more = v.cols > 0;
    for (; more && row < v.rows; row++, at = next) {
        size_t end = text_wrap(safe, n, at, v.cols, &next);
        if (row >= 0) view_text_n(v, row, 0, STYLE_NORMAL, safe + at, end - at);
        more = next < n;
    }
    mem_free(safe);
    return row < 0 ? 0 : row;
}

/* --- the box ----------------------------------------------------------------------------- */

static Buttons *of(const Screen *s)
{
    return *(Buttons **)s->state;
}

static bool buttons_open(Screen *self, const void *arg, Err *err)
{
    memcpy(self->state, &arg, sizeof arg);
    return true;
}

static React answer(Buttons *b, size_t i)
{
    b->answer = (int)i;
    return REACT_POP;
}

static void scroll(Buttons *b, int by)
{
    int most = b->rows - b->page;
    b->skip += by;
    if (b->skip > most) b->skip = most;
    if (b->skip < 0) b->skip = 0;
}

static React buttons_event(Screen *self, const Event *e)
{
    Buttons *b = of(self);
    if (e->kind != EVENT_KEY) return REACT_NONE; /* a paste never answers */
    switch (e->key) {
    case K_ESC: return REACT_POP;
    case K_ENTER: return answer(b, b->at);
    case K_RIGHT:
    case K_TAB: b->at = (b->at + 1) % b->n; return REACT_REDRAW;
    case K_LEFT:
    case K_BACKTAB: b->at = (b->at + b->n - 1) % b->n; return REACT_REDRAW;
    case K_UP: scroll(b, -1); return REACT_REDRAW;
    case K_DOWN: scroll(b, 1); return REACT_REDRAW;
    case K_PAGE_UP: scroll(b, -b->page); return REACT_REDRAW;
    case ' ':
    case K_PAGE_DOWN: scroll(b, b->page); return REACT_REDRAW;
    default: break;
    }
    for (size_t i = 0; e->key < 0x80 && i < b->n; i++)
        if (b->letters[i] && tolower((int)e->key) == b->letters[i]) return answer(b, i);
    return REACT_UNUSED;
}

static void draw_buttons(const Buttons *b, View v)
{
    int width = 0, col = 0, here = 0;
    for (size_t i = 0; i < b->n; i++) width += utf8_width(b->labels[i]) + 6;
    if (width < v.cols) col = (v.cols - width + 2) / 2;
    for (size_t i = 0; i < b->n; i++) {
        bool on = i == b->at;
        int w = view_textf(
            v, 0, col, on ? STYLE_SELECTED : STYLE_NORMAL, "%s %s %s", on ? "[" : " ", b->labels[i], on ? "]" : " ");
        if (on) here = col + 2;
        col += w + 2;
    }
    view_cursor(v, 0, here < v.cols ? here : 0);
}

static void letter_hint(const Buttons *b, Str *out)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->letters[i]) str_addf(out, "%c %s   ", b->letters[i], b->labels[i]);
    str_addf(out, "%sEnter take   Esc %s", b->n > 1 ? "Left Right move   " : "", b->n > 1 ? "cancel" : "close");
    if (b->rows > b->page) str_add(out, "   Up Down scroll");
}

static void buttons_draw(Screen *self, View v)
{
    Buttons *b = of(self);
    int cols = v.cols - 8 > 68 ? 68 : v.cols - 4;
    b->rows = text_rows(b->text, cols - 4);
    View in = box_middle(v, b->rows + 4, cols, b->title);
    View text = view_part(in, 0, 0, in.rows - 2, -1);
    b->page = text.rows;
    scroll(b, 0);
    box_text(text, b->text, b->skip);
    draw_buttons(b, view_part(in, in.rows - 1, 0, 1, -1));
    Str hint = { 0 };
    letter_hint(b, &hint);
    box_hint(v, str_text(&hint));
    str_finish(&hint);
}

static const ScreenClass buttons_class = {
    .name = "question",
    .state_size = sizeof(void *),
    .overlay = true,
    .open = buttons_open,
    .event = buttons_event,
    .draw = buttons_draw,
};

static int run(Loop *l, Buttons *b)
{
    b->answer = -1;
    Console *c = loop_console(l);
    if (c->ops->discard) c->ops->discard(c);
    loop_modal(l, &buttons_class, b);
    return b->answer;
}

/* --- the questions ------------------------------------------------------------------------ */

bool ask_confirm(Loop *l, const char *title, const char *text, const char *yes)
{
    Buttons b = { .title = title, .text = text, .labels = { "Cancel", yes }, .letters = "ny", .n = 2 };
    return run(l, &b) == 1;
}

void ask_tell(Loop *l, const char *title, const char *text)
{
    Buttons b = { .title = title, .text = text, .labels = { "Close" }, .n = 1 };
    run(l, &b);
}

static bool taken(const Buttons *b, size_t before, char c)
{
    for (size_t i = 0; i < before; i++)
        if (b->letters[i] == c) return true;
    return false;
}

int ask_buttons(Loop *l, const char *title, const char *text, const char *const *labels, size_t n, size_t standing)
{
    Buttons b = { .title = title, .text = text, .n = n < MOST_BUTTONS ? n : MOST_BUTTONS };
    if (b.n == 0) return -1;
    b.at = standing < b.n ? standing : 0;
    for (size_t i = 0; i < b.n; i++) {
        b.labels[i] = labels[i];
        for (const char *p = labels[i]; *p && !b.letters[i]; p++) {
            char c = (char)tolower((unsigned char)*p);
            if (isalpha((unsigned char)c) && !taken(&b, i, c)) b.letters[i] = c;
        }
    }
    return run(l, &b);
}

int ask_choice(Loop *l, const char *title, const AskItem *items, size_t n, size_t standing)
{
    Choice *choices = mem_new((n + 1) * sizeof *choices);
    for (size_t i = 0; i < n; i++) choices[i] = (Choice){ items[i].text, items[i].right, NULL, items[i].disabled };
    int i = choice_run(l, title, choices, n, standing, NULL);
    mem_free(choices);
    return i;
}
