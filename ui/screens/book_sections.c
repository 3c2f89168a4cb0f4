/* book_sections.c — where to go in a book: its sections with what is missing in each. A letter goes there at once, so that ^B D is
** the victim wherever one is. */
#include "book_screen.h"

typedef struct Sections {
    size_t at, top;
} Sections;

enum { DO_GO = 1, DO_LEAVE };
static const Action sections_actions[] = {
    { DO_GO, "go", "go there", "Go to this section.", "Enter", 0 },
    { DO_LEAVE, "leave", "leave", "Stay where you were.", "Esc F12", 0 },
    { 0 },
};

static Sections *sections_of(const Screen *s)
{
    return s->state;
}

static BookPage *book_below(const Screen *s)
{
    Screen *book = loop_find(s->loop, &scr_book);
    return book ? book_of(book) : NULL;
}

static bool sections_open(Screen *self, const void *arg, Err *err)
{
    sections_of(self)->at = writer_section_now(book_below(self)->writer);
    return true;
}

static React go(Screen *self, size_t i)
{
    BookPage *b = book_below(self);

    writer_section_go(b->writer, i);
    b->rested = false;
    return REACT_POP;
}

static React sections_event(Screen *self, const Event *e)
{
    Sections *s = sections_of(self);
    const Writer *w = book_below(self)->writer;
    size_t n = writer_sections(w);

    if (e->kind != EVENT_KEY) return REACT_NONE;
    switch (e->key) {
    case K_UP: s->at -= s->at > 0; return REACT_REDRAW;
    case K_DOWN: s->at += s->at + 1 < n; return REACT_REDRAW;
    case K_HOME: s->at = 0; return REACT_REDRAW;
    case K_END: s->at = n - 1; return REACT_REDRAW;
    default: break;
    }
    if (!key_is_text(e->key)) return REACT_UNUSED;
    for (size_t i = 0; i < n; i++)
        if ((writer_section(w, i)->of->letter[0] | 0x20) == (char)(e->key | 0x20)) return go(self, i);
    return REACT_NONE;
}

static React sections_act(Screen *self, int action)
{
    return action == DO_GO ? go(self, sections_of(self)->at) : REACT_POP;
}

static bool sections_typing(const Screen *self)
{
    return true;
}

static void sections_draw(Screen *self, View v)
{
    Sections *s = sections_of(self);
    const Writer *w = book_below(self)->writer;
    size_t n = writer_sections(w);
    bool whole = (int)n + 2 >= v.rows; /* the last row, too, when all of them are to be seen */
    View in =
        book_box(whole ? v : view_part(v, 0, 0, v.rows - 1, -1), (int)n + 2, 50, "Go to section: its letter, or Enter");

    if (s->at < s->top) s->top = s->at;
    if (s->at >= s->top + (size_t)in.rows) s->top = s->at - (size_t)in.rows + 1;
    for (int row = 0; row < in.rows && s->top + (size_t)row < n; row++)
        book_section_row(
            view_part(in, row, 0, 1, -1), writer_section(w, s->top + (size_t)row), s->top + (size_t)row == s->at);
    view_cursor(in, (int)(s->at - s->top), 0);
    if (whole) return;
    view_fill(view_part(v, v.rows - 1, 0, 1, -1), STYLE_HINT);
    view_text(v, v.rows - 1, 1, STYLE_HINT, "A letter goes there   Up Down move   Enter go   Esc stay");
}

const ScreenClass scr_sections = {
    .name = "sections",
    .actions = sections_actions,
    .state_size = sizeof(Sections),
    .overlay = true,
    .open = sections_open,
    .event = sections_event,
    .act = sections_act,
    .typing = sections_typing,
    .draw = sections_draw,
};
