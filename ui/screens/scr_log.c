/* scr_log.c — the log as an officer may read it: what it holds about oneself, who looked at a case, the week's looks at
** restricted cases. Newest first, so many rows as were asked for: going down past the last one reads older ones. Reading it is
** itself in the log. */
#include "screens.h"

enum { PAGE = 200, COLUMNS = 6 };

typedef struct Log {
    LogWhat what;
    char case_id[48];
    AuditEntry *items;
    size_t n, limit;
    bool more; /* there may be older ones */
    List list;
    ListColumn columns[COLUMNS];
} Log;

enum { DO_OPEN = 1, DO_REFRESH, DO_BACK };
static const Action log_actions[] = {
    { DO_OPEN, "open-case", "case", "Open the case of this entry.", "Enter o F4", 1 },
    { DO_REFRESH, "refresh", NULL, "Read the log again.", "Ctrl-L F5", 9 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Log *log_of(const Screen *s)
{
    return s->state;
}

/* --- rows --------------------------------------------------------------------------------------- */
static size_t rows_count(void *of)
{
    return log_of(of)->n;
}

static int64_t rows_id(void *of, size_t i)
{
    return log_of(of)->items[i].seq;
}

/* A case's digest says nothing to people. */
static void detail_cell(ListRow *out, int column, const char *detail)
{
    const char *digest = strstr(detail, "case:");
    size_t n = digest ? (size_t)(digest - detail) : strlen(detail);

    while (digest && n > 0 && strchr(", ", detail[n - 1])) n--;
    list_cellf(out, column, STYLE_MUTED, "%.*s", (int)n, detail);
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const AuditEntry *e = &log_of(of)->items[i];
    bool denied = e->kind == AUDIT_DENIED;
    char at[CIVIL_TEXT];

    list_cellf(out, 0, STYLE_NORMAL, "%s", civil_words_full(e->at, at));
    list_cellf(out, 1, STYLE_NORMAL, "%s", e->who);
    list_cellf(out, 2, denied ? STYLE_WARNING : STYLE_NORMAL, "%s%s", denied ? "! " : "", audit_kind_word(e->kind));
    list_cellf(out, 3, STYLE_NORMAL, "%s", e->act);
    list_cellf(out, 4, STYLE_NORMAL, "%s", e->case_id);
    detail_cell(out, 5, e->detail);
}

/* --- open, load ----------------------------------------------------------------------------------- */
static bool log_open(Screen *self, const void *arg, Err *err)
{
    Log *l = log_of(self);
    const LogAsk *ask = arg;

    l->what = ask->what;
    l->limit = PAGE;
    if (ask->case_id) snprintf(l->case_id, sizeof l->case_id, "%s", ask->case_id);
    l->columns[0] = (ListColumn){ .title = "When", .width = 21 };
    l->columns[1] = (ListColumn){ .title = "Who", .width = 7 };
    l->columns[2] = (ListColumn){ .title = "What", .width = 9 };
    l->columns[3] = (ListColumn){ .title = "Act", .width = 16 };
    l->columns[4] = (ListColumn){ .title = "Case", .width = 9 };
    l->columns[5] = (ListColumn){ .title = "Detail", .width = 0, .drop = 1 };
    list_init(&l->list, l->columns, COLUMNS,
        (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    l->list.titles = true;
    l->list.empty = l->what == LOG_RESTRICTED ? "Nobody looked at a restricted case in the last seven days." : "Nothing is there.";
    return true;
}

typedef struct Taking {
    Screen *self;
    size_t cap;
} Taking;

static bool take(void *with, const AuditEntry *e)
{
    Taking *t = with;
    Log *l = log_of(t->self);
    Arena *a = t->self->arena;
    AuditEntry *copy;

    l->items = arena_room(a, l->items, l->n, &t->cap, sizeof *l->items);
    copy = &l->items[l->n++];
    *copy = *e;
    copy->who = arena_dup(a, e->who);
    copy->terminal = "";
    copy->act = arena_dup(a, e->act);
    copy->case_id = arena_dup(a, e->case_id);
    copy->detail = arena_dup(a, app_log_detail(app_of(t->self), e, a));
    return true;
}

static bool log_load(Screen *self, Err *err)
{
    Log *l = log_of(self);
    App *app = app_of(self);
    Taking t = { .self = self };
    AuditQuery q = { .from = TIME_NONE, .to = TIME_NONE, .limit = (int64_t)l->limit, .newest = true };
    bool ok;

    l->items = NULL;
    l->n = 0;
    switch (l->what) {
    case LOG_CASE: ok = app_who_looked(app, l->case_id, &q, take, &t, err); break;
    case LOG_RESTRICTED: ok = app_restricted_looks(app, &q, take, &t, err); break;
    default: ok = app_my_record(app, &q, take, &t, err); break;
    }
    l->more = l->n == l->limit;
    list_refresh(&l->list);
    return ok;
}

/* --- keys ------------------------------------------------------------------------------------------ */
static React log_event(Screen *self, const Event *e)
{
    Log *l = log_of(self);
    ListResult r = list_event(&l->list, e);

    if (r == LIST_UNUSED) return REACT_UNUSED;
    if (r != LIST_AT_END || !l->more) return REACT_REDRAW;
    l->limit += PAGE;
    return REACT_RELOAD;
}

static React log_act(Screen *self, int action)
{
    Log *l = log_of(self);
    const char *id;

    if (action == DO_BACK) return REACT_POP;
    if (action == DO_REFRESH) return REACT_RELOAD;
    id = list_any(&l->list) ? l->items[list_at(&l->list)].case_id : "";
    if (*id && l->what != LOG_CASE) return ui_open_case(self->loop, id);
    return REACT_NONE;
}

static void log_draw(Screen *self, View v)
{
    static const char *const titles[LOG_WHATS] = { [LOG_OWN] = "What the log holds about you",
        [LOG_RESTRICTED] = "Looks at restricted cases, the last seven days" };
    Log *l = log_of(self);

    if (l->what == LOG_CASE)
        view_textf(v, 0, 1, STYLE_HEADING, "Who looked at %s", l->case_id);
    else
        view_text(v, 0, 1, STYLE_HEADING, titles[l->what]);
    view_rule(v, 1);
    list_draw(&l->list, view_part(v, 2, 0, -1, -1), true);
}

const ScreenClass scr_log = {
    .name = "log",
    .actions = log_actions,
    .state_size = sizeof(Log),
    .open = log_open,
    .load = log_load,
    .event = log_event,
    .act = log_act,
    .draw = log_draw,
};
