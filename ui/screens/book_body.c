/* book_body.c — the body map in characters. Front and back stand side by side; arrows go from region to region, Tab to the other
** side, letters to a region by its name. The person's own left and right: the pictures say which is which. */
#include "book_body.h"
#include "book_screen.h"
#include <stdlib.h>

enum { GAP = 3, MAP_COLS = 2 * BODY_COLS + GAP, BOX_ROWS = BODY_ROWS + 4 };

typedef struct Map {
    BodyAsk ask;
    const BodyRegion *here;
    char typed[40];
} Map;

enum { DO_TAKE = 1, DO_SIDE, DO_CLEAR, DO_LEAVE };
static const Action map_actions[] = {
    { DO_TAKE, "take", "take", "This is the place.", "Enter", 0 },
    { DO_SIDE, "other-side", "front or back", "Go to the other side.", "Tab Shift-Tab", 1 },
    { DO_CLEAR, "no-place", "no place", "The injury has no place on the map.", "Delete Ctrl-D", 2 },
    { DO_LEAVE, "leave", "leave", "Leave it as it was.", "Esc F12", 1 },
    { 0 },
};

static Map *map_of(const Screen *s)
{
    return s->state;
}

/* --- drawing, for whoever shows a map ------------------------------------------------------------ */
static void draw_mark(View v, const BodyRegion *r, size_t number, unsigned style)
{
    char sign[2] = { number <= 9 ? (char)('0' + number) : '+', '\0' };
    view_text(v, r->row, r->col + (r->cols - 1) / 2, style, sign);
}

void body_draw(View v, bool back, const BodyMark *marks, size_t n, const BodyRegion *here)
{
    for (int row = 0; row < BODY_ROWS; row++) view_text(v, row, 0, STYLE_NORMAL, body_line(back, row));
    for (size_t i = 0; i < n; i++) {
        const BodyRegion *r = body_region(marks[i].region);
        if (r && r->back == back) draw_mark(v, r, i + 1, STYLE_MARK);
    }
    if (!here || here->back != back) return;
    view_restyle(v, here->row, here->col, here->cols, STYLE_SELECTED);
    view_cursor(v, here->row, here->col + (here->cols - 1) / 2);
}

int body_list(View v, const BodyMark *marks, size_t n, size_t now)
{
    int row = 0;

    for (size_t i = 0; i < n && row < v.rows; i++) {
        const BodyRegion *r = body_region(marks[i].region);
        char text[200];
        snprintf(
            text, sizeof text, "%s%s%s", r ? r->words : "no place yet", marks[i].words[0] ? ": " : "", marks[i].words);
        view_textf(v, row, 0, i == now ? STYLE_KEY : STYLE_LABEL, "%2zu", i + 1);
        row += view_wrapped(view_part(v, 0, 3, -1, -1), row, i == now ? STYLE_HEADING : STYLE_NORMAL, text);
    }
    return row;
}

/* --- the overlay ------------------------------------------------------------------------------------- */
static bool map_open(Screen *self, const void *arg, Err *err)
{
    Map *m = map_of(self);
    const BodyRegion *all = body_regions(&(size_t){ 0 });

    m->ask = *(const BodyAsk *)arg;
    m->here = body_region(m->ask.region);
    if (!m->here) m->here = &all[0];
    return true;
}

static int middle(const BodyRegion *r)
{
    return r->col + r->cols / 2;
}

/* The same place of the body on the other side: what is on the reader's left here is on the right there. */
static const BodyRegion *across(const BodyRegion *from)
{
    size_t n = 0;
    const BodyRegion *all = body_regions(&n), *best = from;
    int least = 1000;

    for (size_t i = 0; i < n; i++) {
        int away = 3 * abs(all[i].row - from->row) + abs(middle(&all[i]) - (BODY_COLS - 1 - middle(from)));
        if (all[i].back == from->back || away >= least) continue;
        least = away;
        best = &all[i];
    }
    return best;
}

/* The next region, from where one stands, whose words hold what was typed so far. */
static const BodyRegion *by_name(const Map *m, const char *typed)
{
    size_t n = 0;
    const BodyRegion *all = body_regions(&n);
    size_t at = (size_t)(m->here - all);

    for (size_t k = 0; k < n; k++)
        if (strstr(all[(at + k) % n].words, typed)) return &all[(at + k) % n];
    return NULL;
}

/* Letters run together while they fit a name; one that does not begins anew. */
static void type_name(Map *m, Key k)
{
    size_t n = strlen(m->typed);
    const BodyRegion *hit;

    if (n + 2 > sizeof m->typed || k > 0x7e) return;
    m->typed[n] = (char)k;
    m->typed[n + 1] = '\0';
    hit = by_name(m, m->typed);
    if (!hit && n > 0) {
        m->typed[0] = '\0';
        type_name(m, k);
        return;
    }
    if (hit)
        m->here = hit;
    else
        m->typed[0] = '\0';
}

static React map_event(Screen *self, const Event *e)
{
    static const struct {
        Key key;
        int dr, dc;
    } moves[] = { { K_UP, -1, 0 }, { K_DOWN, 1, 0 }, { K_LEFT, 0, -1 }, { K_RIGHT, 0, 1 } };
    Map *m = map_of(self);

    if (e->kind != EVENT_KEY) return REACT_NONE;
    for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
        if (moves[i].key != e->key) continue;
        m->here = body_next(m->here, moves[i].dr, moves[i].dc);
        m->typed[0] = '\0';
        return REACT_REDRAW;
    }
    if (e->key == K_BACKSPACE && m->typed[0]) {
        m->typed[strlen(m->typed) - 1] = '\0';
        return REACT_REDRAW;
    }
    if (!key_is_text(e->key)) return REACT_UNUSED;
    type_name(m, e->key);
    return REACT_REDRAW;
}

static React map_act(Screen *self, int action)
{
    Map *m = map_of(self);

    switch (action) {
    case DO_SIDE:
        m->here = across(m->here);
        m->typed[0] = '\0';
        return REACT_REDRAW;
    case DO_TAKE: book_take_region(self->loop, m->ask.path, m->here->code); return REACT_POP;
    case DO_CLEAR: book_take_region(self->loop, m->ask.path, ""); return REACT_POP;
    default: return REACT_POP;
    }
}

static bool map_typing(const Screen *self)
{
    return true;
}

static void draw_side(const Map *m, View v, int col, bool back)
{
    bool on = m->here->back == back;

    view_text(v, 0, col + 7, on ? STYLE_HEADING : STYLE_MUTED, back ? "Back" : "Front");
    body_draw(view_part(v, 1, col, BODY_ROWS, BODY_COLS), back, m->ask.marks, m->ask.n, on ? m->here : NULL);
    view_text(v, 2, col, STYLE_MUTED, back ? "left" : "right");
    view_text(v, 2, col + BODY_COLS - (back ? 5 : 4), STYLE_MUTED, back ? "right" : "left");
}

static void map_draw(Screen *self, View v)
{
    Map *m = map_of(self);
    char title[120];
    View in, list;

    snprintf(title, sizeof title, "%s: where", m->ask.label[0] ? m->ask.label : "Body map");
    in = book_box(view_part(v, 0, 0, v.rows - 1, -1), BOX_ROWS, v.cols < 96 ? v.cols : 92, title);
    draw_side(m, in, 0, false);
    draw_side(m, in, BODY_COLS + GAP, true);
    list = view_part(in, 1, MAP_COLS + GAP, in.rows - 2, -1);
    view_text(in, 0, MAP_COLS + GAP, STYLE_HEADING, m->ask.n ? "Injuries" : "No injury yet");
    body_list(list, m->ask.marks, m->ask.n, m->ask.at);
    view_textf(in, in.rows - 1, 0, STYLE_KEY, "%s%s", m->here->words, m->typed[0] ? "   typed: " : "");
    if (m->typed[0]) view_text(in, in.rows - 1, utf8_width(m->here->words) + 10, STYLE_MARK, m->typed);
    view_fill(view_part(v, v.rows - 1, 0, 1, -1), STYLE_HINT);
    view_text(
        v, v.rows - 1, 1, STYLE_HINT, "Arrows move   Tab other side   Type a name   Enter take   Del none   Esc leave");
}

const ScreenClass scr_body = {
    .name = "body-map",
    .actions = map_actions,
    .state_size = sizeof(Map),
    .overlay = true,
    .open = map_open,
    .event = map_event,
    .act = map_act,
    .typing = map_typing,
    .draw = map_draw,
};

/* --- from the book to the map and back ------------------------------------------------------------------------ */
/* The words beside a mark: what the other choices of its row say. */
static void mark_words(const BookWork *w, const FormGroup *g, size_t row, char out[80], Arena *a)
{
    const FormQuestion *all = form_questions_of(w->form, &(size_t){ 0 });
    char path[ANSWERS_PATH];
    size_t n = 0;

    out[0] = '\0';
    for (size_t i = g->first; i < g->first + g->n; i++) {
        const char *value = answers_get(w->answers, form_path(w->form, &all[i], row, path));
        if ((all[i].kind != ASK_CHOICE && all[i].kind != ASK_SEVERAL) || !*value) continue;
        n += (size_t)snprintf(out + n, 80 - n, "%s%s", n ? ", " : "", form_words(w->form, &all[i], value, a));
        if (n >= 80) return;
    }
}

static void gather_marks(const BookWork *w, const FormGroup *g, const FormQuestion *q, BodyAsk *out, Arena *a)
{
    char path[ANSWERS_PATH];
    size_t rows = answers_rows(w->answers, g->name);

    for (size_t row = 0; row < rows && out->n < BODY_MARKS; row++, out->n++) {
        BodyMark *m = &out->marks[out->n];
        snprintf(m->region, sizeof m->region, "%s", answers_get(w->answers, form_path(w->form, q, row, path)));
        mark_words(w, g, row, m->words, a);
    }
}

React book_open_map(Screen *self)
{
    BookPage *b = book_of(self);
    Arena *a = arena_new_secret();
    BodyAsk ask = { .at = SIZE_MAX };
    size_t row = 0;
    const FormGroup *g = writer_group(b->writer, &row);
    const FormQuestion *q = writer_question(b->writer);

    snprintf(ask.path, sizeof ask.path, "%s", writer_path(b->writer));
    snprintf(ask.region, sizeof ask.region, "%s", answers_get(b->work.answers, ask.path));
    snprintf(ask.label, sizeof ask.label, "%s", q->label);
    if (g) {
        gather_marks(&b->work, g, q, &ask, a);
        ask.at = row;
        snprintf(ask.label, sizeof ask.label, "%.40s %zu", g->one, row + 1);
    }
    arena_free(&a);
    return loop_go(self->loop, &scr_body, &ask);
}

void book_take_region(Loop *l, const char *path, const char *code)
{
    Screen *self = loop_find(l, &scr_book);
    BookPage *b = self ? book_of(self) : NULL;

    if (!b) return;
    writer_put(b->writer, path, code);
    keeping_typed(&b->keeping, l);
    b->rested = false;
}

bool book_wants_map(const BookPage *b, const Event *e)
{
    const FormQuestion *q = writer_question(b->writer);

    if (e->kind != EVENT_KEY || !q || q->kind != ASK_BODY) return false;
    return e->key == ' ' || (e->key == K_ENTER && !*answers_get(b->work.answers, writer_path(b->writer)));
}
