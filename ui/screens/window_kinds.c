/* window_kinds.c — what a window of duties, of books and of alerts have of their own: where their rows come from, which texts say the
** place of one, and what it is a row of. */
#include "window.h"

/* FNV-1a over the texts that name it, each with its end. */
static uint64_t named(uint64_t h, const char *text)
{
    for (const char *s = text ? text : ""; *s; s++) h = (h ^ (unsigned char)*s) * 1099511628211u;
    return (h ^ 0x1fu) * 1099511628211u;
}

static int64_t id_of(uint64_t h)
{
    return (int64_t)(h >> 1) | 1;
}

static const uint64_t start = 14695981039346656037u;

int64_t row_named(const char *one, const char *two)
{
    return id_of(named(named(start, one), two));
}

/* ---- duties ---- */

static bool queue_fetch(App *app, const void *query, const WindowAsk *ask, Arena *a, void **rows, size_t *n, Err *err)
{
    DeskQuery q = *(const DeskQuery *)query;
    QueueRow *found = NULL;
    bool ok;

    q.from = ask->from;
    q.backwards = ask->backwards;
    q.limit = ask->limit;
    ok = app_queue_page(app, &q, a, &found, n, err);
    *rows = found;
    return ok;
}

static void queue_keep(void *row, Arena *a)
{
    QueueRow *r = row;

    r->case_id = arena_dup(a, r->case_id);
    r->duty = arena_dup(a, r->duty);
    r->offence = arena_dup(a, r->offence);
    r->says = r->says ? arena_dup(a, r->says) : NULL;
}

static int64_t queue_id(const void *row)
{
    const QueueRow *r = row;
    uint64_t h = named(named(start, r->case_id), r->duty);

    return id_of((h ^ (unsigned)r->cycle) * 1099511628211u);
}

const WindowKind window_queue = { sizeof(QueueRow), 100, queue_fetch, queue_keep, queue_id };

/* ---- books ---- */

static bool register_fetch(
    App *app, const void *query, const WindowAsk *ask, Arena *a, void **rows, size_t *n, Err *err)
{
    const RegisterQuery *q = query;
    const RegisterRow *from = ask->from;
    BookQuery page = q->books;
    RegisterRow *found = NULL;
    bool ok;

    page.from = from ? &from->place : NULL;
    page.backwards = ask->backwards;
    page.limit = ask->limit;
    ok = app_register_page(app, &page, q->states, a, &found, n, err);
    *rows = found;
    return ok;
}

static void register_keep(void *row, Arena *a)
{
    BookPlace place = ((const RegisterRow *)row)->place;

    place.case_id = arena_dup(a, place.case_id);
    place.serial = arena_dup(a, place.serial);
    place.text = arena_dup(a, place.text);
    *(RegisterRow *)row = (RegisterRow){ .place = place };
}

static int64_t register_id(const void *row)
{
    const RegisterRow *r = row;

    return row_named(r->case_id, r->serial);
}

const WindowKind window_register = { sizeof(RegisterRow), 60, register_fetch, register_keep, register_id };

/* ---- alerts ---- */

static bool alerts_fetch(App *app, const void *query, const WindowAsk *ask, Arena *a, void **rows, size_t *n, Err *err)
{
    AlertAsk q = { *(const RoleSet *)query, ask->from, ask->backwards, ask->limit };
    AlertRow *found = NULL;
    bool ok = app_alert_page(app, &q, a, &found, n, err);

    *rows = found;
    return ok;
}

static void alerts_keep(void *row, Arena *a)
{
    AlertRow *r = row;

    r->case_id = arena_dup(a, r->case_id);
    r->alert = arena_dup(a, r->alert);
    r->basis = arena_dup(a, r->basis);
}

static int64_t alerts_id(const void *row)
{
    const AlertRow *r = row;

    return row_named(r->case_id, r->alert);
}

const WindowKind window_alerts = { sizeof(AlertRow), 100, alerts_fetch, alerts_keep, alerts_id };
