/* scr_search.c — find a case by any reference, its number or a family name. Each search is written to the
** log, so it runs on Enter and never while one types. A case that may not be seen is not found. */
#include "screens.h"

enum { SEARCH_LIMIT = 200 };

typedef struct Search {
    Editor *what;
    char *asked; /* the text that `hits` answers; NULL before the first search */
    CaseHits hits;
    List list;
    ListColumn columns[3];
    bool in_list;
} Search;

enum { DO_BACK = 1, DO_OPEN, DO_AGAIN };
static const Action search_actions[] = {
    { DO_OPEN, "open-case", "open", "Find; or open the case one stands on.", "Enter", 0 },
    { DO_AGAIN, "search-again", "search again", "Back to the line, to look for something else.", "/ F7", 2 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc F3 F12 q", 0 },
    { 0 },
};

static Search *search_of(const Screen *s)
{
    return s->state;
}

static size_t hits_count(void *of)
{
    return search_of(of)->hits.n;
}

static int64_t hits_id(void *of, size_t i)
{
    (void)of;
    return (int64_t)i + 1;
}

static void hits_row(void *of, size_t i, ListRow *out)
{
    const CaseHit *h = &search_of(of)->hits.items[i];

    list_cell(out, 0, STYLE_NORMAL, h->row.id);
    list_cell(out, 1, STYLE_NORMAL, h->shown ? h->shown : "");
    list_cellf(out, 2, STYLE_MUTED, "%s%s", restricted_words(h->row.restricted), h->what ? h->what : "");
}

static bool search_open(Screen *self, const void *arg, Err *err)
{
    Search *s = search_of(self);

    s->what = editor_new((EditorOptions){ .limit = 120 });
    s->columns[0] = (ListColumn){ .title = "Case", .width = 18 };
    s->columns[1] = (ListColumn){ .title = "Found", .width = 0 };
    s->columns[2] = (ListColumn){ .title = "What it is", .width = 26 };
    list_init(&s->list, s->columns, 3, (ListSource){ .of = self, .count = hits_count, .id = hits_id, .row = hits_row });
    s->list.titles = true;
    if (arg) {
        editor_set(s->what, arg);
        s->asked = mem_dup(arg);
    }
    return true;
}

static bool search_load(Screen *self, Err *err)
{
    Search *s = search_of(self);

    s->hits = (CaseHits){ 0 };
    if (!s->asked) return true;
    if (!app_case_search(app_of(self), s->asked, SEARCH_LIMIT, self->arena, &s->hits, err)) return false;
    list_refresh(&s->list);
    list_go(&s->list, 0);
    s->in_list = s->hits.n > 0;
    s->list.empty = arena_printf(self->arena, "Nothing is found for \"%s\".", s->asked);
    return true;
}

static React find(Screen *self)
{
    Search *s = search_of(self);
    char *typed = editor_text(s->what);

    if (!*typed) {
        mem_free(typed);
        return REACT_NONE;
    }
    mem_free(s->asked);
    s->asked = typed;
    return REACT_RELOAD;
}

static React line_event(Screen *self, const Event *e)
{
    Search *s = search_of(self);

    if (e->kind == EVENT_KEY && (e->key == K_DOWN || e->key == K_TAB) && s->hits.n) {
        s->in_list = true;
        return REACT_REDRAW;
    }
    return editor_event(s->what, e) == EDITOR_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React search_event(Screen *self, const Event *e)
{
    Search *s = search_of(self);

    if (!s->in_list) return line_event(self, e);
    if (e->kind == EVENT_KEY && e->key == K_UP && list_at(&s->list) == 0) {
        s->in_list = false;
        return REACT_REDRAW;
    }
    return list_event(&s->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React search_act(Screen *self, int action)
{
    Search *s = search_of(self);

    switch (action) {
    case DO_OPEN:
        if (!s->in_list) return find(self);
        return ui_open_case(self->loop, s->hits.items[list_at(&s->list)].row.id);
    case DO_AGAIN: s->in_list = false; return REACT_REDRAW;
    default: return REACT_POP;
    }
}

static bool search_typing(const Screen *self)
{
    return !search_of(self)->in_list;
}

static void search_draw(Screen *self, View v)
{
    Search *s = search_of(self);

    view_text(v, 0, 1, STYLE_LABEL, "Find a case");
    view_fill(view_part(v, 0, 14, 1, v.cols - 15), STYLE_FIELD);
    editor_draw(s->what, view_part(v, 0, 14, 1, v.cols - 15), !s->in_list);
    view_rule(v, 1);
    if (!s->asked) {
        view_wrapped(view_part(v, 3, 1, -1, v.cols - 2), 0, STYLE_MUTED,
            "Type a case number, a CRIS, Merlin, CRIMINT, PNC, custody or CAD reference, a book's serial or index "
            "number, or the beginning of a family name; then Enter. The search is written to the log.");
        return;
    }
    list_draw(&s->list, view_part(v, 2, 0, -1, -1), s->in_list);
}

static void search_close(Screen *self)
{
    Search *s = search_of(self);
    editor_free(&s->what);
    mem_free(s->asked);
}

const ScreenClass scr_search = {
    .name = "search",
    .actions = search_actions,
    .state_size = sizeof(Search),
    .open = search_open,
    .load = search_load,
    .event = search_event,
    .act = search_act,
    .typing = search_typing,
    .draw = search_draw,
    .close = search_close,
};
