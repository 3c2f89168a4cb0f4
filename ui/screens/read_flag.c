/* read_flag.c — why the rules flag a book, or will not have it signed: what was found in which words, the conditions as they came
** out, and the rule as written. It only prints what the evaluation itself recorded. */
#include "read.h"

enum { AROUND = 60 };

typedef struct FlagState {
    char title[200], cite[160];
    Pager *pager;
} FlagState;

enum { DO_BACK = 1 };
static const Action flag_actions[] = {
    { DO_BACK, "back", "back", "Back to the book.", "Esc q F3 F12", 0 },
    { 0 },
};

static FlagState *flag_of(const Screen *s)
{
    return s->state;
}

/* The words that were found, in what stands around them. */
static void write_hit(Pager *p, const FlagAsk *ask, const TextHit *hit, Arena *a)
{
    const char *text = answers_get(ask->answers, hit->path);
    size_t n = strlen(text), from = hit->from > AROUND ? hit->from - AROUND : 0,
           to = hit->to + AROUND < n ? hit->to + AROUND : n;

    if (hit->from > hit->to || hit->to > n) return;
    while (from > 0 && text[from - 1] != ' ' && text[from - 1] != '\n') from--;
    while (to < n && text[to] != ' ' && text[to] != '\n') to++;
    pager_begin(p, 1, 3);
    pager_putf(p, STYLE_LABEL, "%s (%s): ", form_label(ask->form, hit->path, a), hit->words);
    pager_putf(p, STYLE_NORMAL, "%s%.*s", from ? SIGN_MORE " " : "", (int)(hit->from - from), text + from);
    pager_putf(p, STYLE_MARK, "%.*s", (int)(hit->to - hit->from), text + hit->from);
    pager_putf(p, STYLE_NORMAL, "%.*s%s", (int)(to - hit->to), text + hit->to, to < n ? " " SIGN_MORE : "");
    pager_end(p);
}

/* A rule's own lines with their numbers in the file. */
static void write_rule(Pager *p, int line, const char *text, size_t n)
{
    const char *end = text + n;

    pager_heading(p, "The rule as written");
    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        if (!stop) stop = end;
        pager_begin(p, 1, 7);
        pager_putf(p, STYLE_MUTED, "%5d  ", line++);
        pager_putf(p, STYLE_NORMAL, "%.*s", (int)(stop - text), text);
        pager_end(p);
        text = stop + 1;
    }
}

/* The conditions and the facts; what is asked stands above already, and the rule below. */
static void write_conditions(Pager *p, const WhyLine *lines, size_t n, Arena *a)
{
    WhyLine *kept = arena_zero(a, n + 1, sizeof *kept);
    size_t k = 0;

    for (size_t i = 0; i < n; i++)
        if (lines[i].kind != WHY_RULE && lines[i].kind != WHY_TEXT) kept[k++] = lines[i];
    why_write(p, kept, k);
}

static bool flag_open(Screen *self, const void *arg, Err *err)
{
    FlagState *f = flag_of(self);
    const FlagAsk *ask = arg;
    const AlertFired *alert = ask->alert;
    const GateVerdict *gate = ask->gate;
    Arena *a = arena_new_secret();

    f->pager = pager_new();
    snprintf(f->title, sizeof f->title, "%s", alert ? alert->alert->title : gate->gate->title);
    snprintf(f->cite, sizeof f->cite, "%s", alert ? alert->alert->cite : gate->gate->cite);
    pager_heading(f->pager, alert ? "What does not fit" : "What may not happen yet");
    pager_add(f->pager, 1, STYLE_NORMAL, alert ? alert->says : gate->says);
    if (alert && alert->n_hits) pager_heading(f->pager, "Found in");
    for (size_t i = 0; alert && i < alert->n_hits; i++) write_hit(f->pager, ask, &alert->hits[i], a);
    write_conditions(f->pager, alert ? alert->lines : gate->lines, alert ? alert->n : gate->n, a);
    write_rule(f->pager, alert ? alert->alert->line : gate->gate->line, alert ? alert->alert->text : gate->gate->text,
        alert ? alert->alert->text_n : gate->gate->text_n);
    arena_free(&a);
    return true;
}

static React flag_event(Screen *self, const Event *e)
{
    return pager_event(flag_of(self)->pager, e) == PAGER_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React flag_act(Screen *self, int action)
{
    return REACT_POP;
}

static bool flag_typing(const Screen *self)
{
    return pager_typing(flag_of(self)->pager);
}

static void flag_draw(Screen *self, View v)
{
    FlagState *f = flag_of(self);
    Pen pen = pen_at(view_part(v, 0, 0, 1, -1), 0, 1);

    pen_piece(&pen, STYLE_HEADING, f->title);
    pen_piece(&pen, STYLE_MUTED, f->cite);
    pager_draw(f->pager, view_prose(view_part(v, 1, 0, -1, -1)), true);
}

static void flag_close(Screen *self)
{
    pager_free(&flag_of(self)->pager);
}

const ScreenClass scr_read_flag = {
    .name = "flag",
    .actions = flag_actions,
    .state_size = sizeof(FlagState),
    .open = flag_open,
    .event = flag_event,
    .act = flag_act,
    .typing = flag_typing,
    .draw = flag_draw,
    .close = flag_close,
};
