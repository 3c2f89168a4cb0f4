/* scr_drafts.c — "You left 2 texts unsaved": what was typed and never saved, to resume, to throw away, or to
** leave for later. Only the officer's own; nobody else's password opens them. */
#include "screens.h"
#include <jansson.h>

typedef struct Drafts {
    DraftView *items;
    size_t n;
    const char **what, **begins; /* beside the items */
    List list;
    ListColumn columns[4];
} Drafts;

enum { DO_RESUME = 1, DO_DISCARD, DO_BACK };
static const Action drafts_actions[] = {
    { DO_RESUME, "resume", "resume", "Open the form with this text in it.", "Enter r", 0 },
    { DO_DISCARD, "discard", "throw away", "Throw this text away.", "d Delete", 2 },
    { DO_BACK, "later", "leave for later", "Leave them where they are.", "Esc q F3 F12", 0 },
    { 0 },
};

static Drafts *drafts_of(const Screen *s)
{
    return s->state;
}

static size_t drafts_count(void *of)
{
    return drafts_of(of)->n;
}

static int64_t drafts_id(void *of, size_t i)
{
    return drafts_of(of)->items[i].at * 64 + (int64_t)(i % 64) + 1;
}

static void drafts_row(void *of, size_t i, ListRow *out)
{
    const Drafts *d = drafts_of(of);
    char when[CIVIL_TEXT];

    list_cellf(out, 0, STYLE_NORMAL, "%.*s", (int)strcspn(d->items[i].about, " "), d->items[i].about);
    list_cell(out, 1, STYLE_NORMAL, d->what[i]);
    list_cellf(out, 2, STYLE_MUTED, "%s", civil_words_short(d->items[i].at, when) + 4); /* without the weekday */
    list_cell(out, 3, STYLE_MUTED, d->begins[i]);
}

static bool drafts_open(Screen *self, const void *arg, Err *err)
{
    Drafts *d = drafts_of(self);

    d->columns[0] = (ListColumn){ .title = "Case", .width = 9 };
    d->columns[1] = (ListColumn){ .title = "What", .width = 30 };
    d->columns[2] = (ListColumn){ .title = "Typed", .width = 12 };
    d->columns[3] = (ListColumn){ .title = "It begins", .width = 0 };
    list_init(
        &d->list, d->columns, 4, (ListSource){ .of = self, .count = drafts_count, .id = drafts_id, .row = drafts_row });
    d->list.titles = true;
    d->list.empty = "Nothing is left unsaved.";
    return true;
}

/* What one would know the form by: its long text, else the longest thing typed. */
static void longest(const char *name, const json_t *value, const char **best, bool *sure)
{
    const char *key;
    const json_t *inside;
    size_t i;

    if (strcmp(name, "form") == 0) return; /* which form a book was written on */
    if (json_is_string(value) && !*sure && strlen(json_string_value(value)) > strlen(*best))
        *best = json_string_value(value);
    if (json_is_string(value) && json_string_length(value) && strcmp(name, "text") == 0) {
        *best = json_string_value(value);
        *sure = true;
    }
    json_object_foreach((json_t *)(uintptr_t)value, key, inside) longest(key, inside, best, sure);
    json_array_foreach(value, i, inside) longest(name, inside, best, sure);
}

/* The draft of a book or of an assessment begins with a line of its own, before the answers. */
static const char *behind_mark(const char *text)
{
    const char *line = strncmp(text, "book124.", 8) == 0 ? strchr(text, '\n') : NULL;
    return line ? line + 1 : text;
}

static const char *beginning(const char *text, Arena *a)
{
    json_t *value = json_loads(behind_mark(text), JSON_DECODE_ANY, NULL);
    const char *best = "";
    bool sure = false;
    char *out;

    if (value) longest("", value, &best, &sure);
    out = arena_dup_n(a, best, utf8_clip(best, strlen(best), 200, &(int){ 0 }));
    for (char *c = out; *c; c++)
        if (*c == '\n' || *c == '\t') *c = ' ';
    json_decref(value);
    return out;
}

/* "KG-7F3Q2 124d 7F3Q2-1" is a book; NULL for the draft of another form. */
static const char *book_serial(const char *about)
{
    const char *word = strstr(about, " 124d ");
    return word ? word + 6 : NULL;
}

static const char *what_of(const Screen *self, const char *about)
{
    EntryAsk ask;
    const char *serial = book_serial(about);
    char note[48];

    if (serial) return arena_printf(self->arena, "Book 124D %s", serial);
    if (read_about_words(about)) return read_about_words(about);
    if (wizard_about_words(app_of(self), about, self->arena)) return wizard_about_words(app_of(self), about, self->arena);
    if (strstr(about, " dmm ")) return "A line of the daily management meeting";
    if (note_of_about(about, note)) return "Note for the next shift";
    if (bulk_of_about(about)) return arena_printf(self->arena, "For several cases: %s", duty_title(app_of(self), bulk_of_about(about)));
    if (!entry_of_about(app_of(self), about, self->arena, &ask)) return about;
    return ask.duty ? duty_title(app_of(self), ask.duty) : entry_words(&ask);
}

static bool drafts_load(Screen *self, Err *err)
{
    Drafts *d = drafts_of(self);

    d->n = 0;
    if (!app_draft_list(app_of(self), self->arena, &d->items, &d->n, err)) return false;
    d->what = arena_zero(self->arena, d->n + 1, sizeof *d->what);
    d->begins = arena_zero(self->arena, d->n + 1, sizeof *d->begins);
    for (size_t i = 0; i < d->n; i++) {
        d->what[i] = what_of(self, d->items[i].about);
        if (d->items[i].elsewhere)
            d->what[i] = arena_printf(self->arena, "%s, at %s", d->what[i], d->items[i].elsewhere);
        d->begins[i] = beginning(d->items[i].text, self->arena);
    }
    list_refresh(&d->list);
    return true;
}

static React drafts_event(Screen *self, const Event *e)
{
    return list_event(&drafts_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React resume(Screen *self)
{
    Drafts *d = drafts_of(self);
    Loop *l = self->loop;
    EntryAsk ask;
    char about[220], note[48];

    snprintf(about, sizeof about, "%s", d->items[list_at(&d->list)].about);
    if (book_serial(about)) {
        loop_pop(l);
        return book_write(l, &(BookAsk){ .about = about });
    }
    if (wizard_about_words(app_of(self), about, self->arena)) {
        loop_pop(l);
        return wizard_assess(l, &(RiskAsk){ .about = about });
    }
    if (read_about_words(about)) {
        loop_pop(l); /* its memory stays until the key is done with */
        if (loop_find(l, &scr_desk)) desk_leave(loop_find(l, &scr_desk));
        read_resume(l, about);
        return REACT_STATUS;
    }
    if (strstr(about, " dmm ")) { /* the same key on its case brings it back */
        loop_pop(l);
        if (loop_find(l, &scr_desk)) desk_leave(loop_find(l, &scr_desk));
        return loop_go(l, &scr_dmm, NULL);
    }
    if (note_of_about(about, note)) {
        loop_pop(l);
        if (loop_find(l, &scr_desk)) desk_leave(loop_find(l, &scr_desk));
        return loop_go(l, &scr_note, *note ? note : NULL);
    }
    if (bulk_of_about(about)) {
        loop_pop(l);
        if (loop_find(l, &scr_desk)) desk_leave(loop_find(l, &scr_desk));
        return loop_go(l, &scr_bulk, &(BulkAsk){ .duty = bulk_of_about(about) });
    }
    if (!entry_of_about(app_of(self), d->items[list_at(&d->list)].about, self->arena, &ask)) {
        loop_status(l, STYLE_WARNING, "This text belongs to a form that this version does not have. It is kept.");
        return REACT_STATUS;
    }
    loop_pop(l);
    if (loop_find(l, &scr_desk)) desk_leave(loop_find(l, &scr_desk));
    return loop_go(l, &scr_entry, &ask);
}

static React discard(Screen *self)
{
    Drafts *d = drafts_of(self);
    size_t at = list_at(&d->list);
    Err err = { 0 };
    char text[480];

    snprintf(text, sizeof text, "%.160s\n\n%.200s%s", d->items[at].about, d->begins[at],
        d->items[at].elsewhere ? "\n\nIt is open at another terminal of yours just now." : "");
    if (!ask_confirm(self->loop, "Throw this text away", text, "Throw away")) return REACT_NONE;
    if (!app_draft_drop(app_of(self), d->items[at].about, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    return REACT_RELOAD;
}

static React drafts_act(Screen *self, int action)
{
    switch (action) {
    case DO_RESUME: return resume(self);
    case DO_DISCARD: return discard(self);
    default: return REACT_POP;
    }
}

static Can drafts_can(const Screen *self, int action, const char **why)
{
    *why = "Nothing is left unsaved.";
    return action == DO_BACK || list_any(&drafts_of(self)->list) ? CAN : CAN_NOT;
}

static void drafts_draw(Screen *self, View v)
{
    Drafts *d = drafts_of(self);

    if (d->n == 0)
        view_text(v, 0, 1, STYLE_HEADING, "Texts that were left unsaved");
    else if (d->n == 1)
        view_text(v, 0, 1, STYLE_HEADING, "You left 1 text unsaved.");
    else
        view_textf(v, 0, 1, STYLE_HEADING, "You left %zu texts unsaved.", d->n);
    view_rule(v, 1);
    list_draw(&d->list, view_part(v, 2, 0, -1, -1), true);
}

const ScreenClass scr_drafts = {
    .name = "drafts",
    .actions = drafts_actions,
    .state_size = sizeof(Drafts),
    .open = drafts_open,
    .load = drafts_load,
    .event = drafts_event,
    .can = drafts_can,
    .act = drafts_act,
    .draw = drafts_draw,
};
