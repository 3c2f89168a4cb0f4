/* choice.c — a list in a box with a line that filters it: behind ask_choice, the list of keys and the palette. What is
** typed narrows; arrows move; Enter takes. A thing that cannot be done is shown grey with its reason, and not taken. */
#include "base/mem.h"
#include "base/utf8.h"
#include "loop_in.h"
#include "ui/editor.h"
#include <string.h>

typedef struct Chooser {
    const char *title;
    const Choice *items;
    char **folded; /* utf8_fold of each text, once */
    size_t n;
    size_t *shown; /* indexes into items, best first */
    int *score;
    size_t n_shown, at, top;
    int page;
    Editor *filter;
    bool free_text;
    int answer;
    Str *typed;
} Chooser;

/* Every word typed occurs somewhere in the text; both are folded. */
static bool has_words(const char *text, const char *typed)
{
    char word[256];
    while (*(typed += strspn(typed, " "))) {
        size_t n = strcspn(typed, " ");
        if (n >= sizeof word) return false;
        memcpy(word, typed, n);
        word[n] = '\0';
        if (!strstr(text, word)) return false;
        typed += n;
    }
    return true;
}

static int score_of(const Chooser *c, size_t i, const char *typed)
{
    if (!*typed) return 1;
    int fuzzy = c->items[i].match ? fuzzy_score(typed, c->items[i].match) : 0;
    return fuzzy > 0 ? fuzzy : has_words(c->folded[i], typed) ? 1 : 0;
}

/* Better ones first; equals keep their order (insertion, the lists are short). */
static void filter(Chooser *c)
{
    char *raw = editor_text(c->filter), *typed = utf8_fold(raw);
    c->n_shown = 0;
    for (size_t i = 0; i < c->n; i++) {
        int score = score_of(c, i, typed ? typed : "");
        if (score == 0) continue;
        size_t k = c->n_shown++;
        for (; k > 0 && c->score[k - 1] < score; k--) {
            c->shown[k] = c->shown[k - 1];
            c->score[k] = c->score[k - 1];
        }
        c->shown[k] = i;
        c->score[k] = score;
    }
    c->at = c->top = 0;
    mem_free(typed);
    mem_free(raw);
}

static React take(Chooser *c)
{
    if (c->n_shown == 0 && !c->free_text) return REACT_NONE;
    if (c->n_shown > 0) {
        if (c->items[c->shown[c->at]].disabled) return REACT_NONE;
        c->answer = (int)c->shown[c->at];
    } else {
        char *raw = editor_text(c->filter);
        str_add(c->typed, raw);
        mem_free(raw);
    }
    return REACT_POP;
}

static void move(Chooser *c, int by)
{
    long at = (long)c->at + by, last = (long)c->n_shown - 1;
    c->at = (size_t)(last < 0 || at < 0 ? 0 : at > last ? last : at);
}

static Chooser *of(const Screen *s)
{
    return *(Chooser **)s->state;
}

static bool choice_open(Screen *self, const void *arg, Err *err)
{
    memcpy(self->state, &arg, sizeof arg);
    return true;
}

static React choice_event(Screen *self, const Event *e)
{
    Chooser *c = of(self);
    int page = c->page > 1 ? c->page - 1 : 1;
    if (e->kind == EVENT_KEY) {
        switch (e->key) {
        case K_ESC: return REACT_POP;
        case K_ENTER: return take(c);
        case K_UP: move(c, -1); return REACT_REDRAW;
        case K_DOWN: move(c, 1); return REACT_REDRAW;
        case K_PAGE_UP: move(c, -page); return REACT_REDRAW;
        case K_PAGE_DOWN: move(c, page); return REACT_REDRAW;
        default: break;
        }
    }
    if (e->kind == EVENT_PASTE && !c->free_text) return REACT_NONE;
    EditorResult r = editor_event(c->filter, e);
    if (r == EDITOR_CHANGED || r == EDITOR_REFUSED) filter(c);
    return REACT_REDRAW;
}

static void draw_row(const Chooser *c, View v, int row, size_t k)
{
    const Choice *item = &c->items[c->shown[k]];
    bool here = k == c->at;
    unsigned style = (item->disabled ? STYLE_MUTED : STYLE_NORMAL) | (here ? STYLE_ON : 0);
    view_cell(v, row, 0, v.cols, style, "");
    if (here) view_text(v, row, 0, style, SIGN_HERE);
    int right = item->right ? utf8_width(item->right) : 0;
    if (right > v.cols / 2) right = v.cols / 2;
    view_cell(v, row, 2, v.cols - 2 - (right ? right + 1 : 0), style, item->text);
    if (right) view_cell(v, row, v.cols - right, right, STYLE_MUTED | (here ? STYLE_ON : 0), item->right);
}

static void choice_draw(Screen *self, View v)
{
    Chooser *c = of(self);
    int rows = (int)(c->n < 14 ? c->n : 14) + 4, cols = v.cols > 92 ? 88 : v.cols - 4;
    View in = box_middle(v, rows < 6 ? 6 : rows, cols, c->title);
    View list = view_part(in, 2, 0, -1, -1);
    c->page = list.rows;
    if (c->at < c->top) c->top = c->at;
    if (list.rows > 0 && c->at >= c->top + (size_t)list.rows) c->top = c->at - (size_t)list.rows + 1;
    view_text(in, 0, 0, STYLE_LABEL, SIGN_HERE);
    editor_draw(c->filter, view_part(in, 0, 2, 1, -1), true);
    view_rule(in, 1);
    for (int row = 0; row < list.rows && c->top + (size_t)row < c->n_shown; row++)
        draw_row(c, list, row, c->top + (size_t)row);
    if (c->n_shown == 0)
        view_text(list, 0, 0, STYLE_MUTED,
            c->free_text ? "Enter runs what you typed as a command." : "Nothing fits. Backspace takes letters away.");
    box_hint(v, "Type to find   Enter take   Up Down move   Esc leave");
}

static bool choice_typing(const Screen *self)
{
    return true;
}

static const ScreenClass choice_class = {
    .name = "choose",
    .state_size = sizeof(void *),
    .overlay = true,
    .open = choice_open,
    .event = choice_event,
    .typing = choice_typing,
    .draw = choice_draw,
};

int choice_run(Loop *l, const char *title, const Choice *items, size_t n, size_t standing, Str *typed)
{
    Chooser c = { .title = title, .items = items, .n = n, .answer = -1 };
    c.free_text = typed != NULL;
    c.typed = typed;
    c.folded = mem_new((n + 1) * sizeof *c.folded);
    c.shown = mem_new((n + 1) * sizeof *c.shown);
    c.score = mem_new((n + 1) * sizeof *c.score);
    c.filter = editor_new((EditorOptions){ .limit = 120 });
    for (size_t i = 0; i < n; i++) {
        c.folded[i] = utf8_fold(items[i].text);
        if (!c.folded[i]) c.folded[i] = mem_dup("");
    }
    filter(&c);
    if (standing < n) c.at = standing;
    loop_modal(l, &choice_class, &c);
    for (size_t i = 0; i < n; i++) mem_free(c.folded[i]);
    mem_free(c.folded);
    mem_free(c.shown);
    mem_free(c.score);
    editor_free(&c.filter);
    return c.answer;
}
