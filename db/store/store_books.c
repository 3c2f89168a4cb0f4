/* store_books.c — where books lie along one order of the register, whatever their number.
** Each order is an index, walked up or down from a place: the row of a fact, which stays for ever, so that a place needs
** no text of its own. What a page says of a book must be read from its case: here stand single rows, older versions and
** movements of a book among them. Surprise: the rows of an entry that grew lie beside each other in every order, because what
** an entry said it goes on saying; so the last is told without a look elsewhere. */
#include "inside.h"

#include "base/mem.h"

#include <string.h>

static const struct Walk {
    SqlId up, down, place;
    bool by_time; /* newest first; else by text, the least first */
    int at;       /* where `place` has what the order goes by */
} walks[BOOK_ORDERS] = {
    [BOOKS_BY_COMPLETED] = { SQL_BOOKS_COMPLETED_UP, SQL_BOOKS_COMPLETED_DOWN, SQL_BOOKS_PLACE, true, 0 },
    [BOOKS_BY_SERIAL] = { SQL_BOOKS_SERIAL_UP, SQL_BOOKS_SERIAL_DOWN, SQL_BOOKS_PLACE, false, 1 },
    [BOOKS_BY_INDEX] = { SQL_BOOKS_INDEX_NUMBER_UP, SQL_BOOKS_INDEX_NUMBER_DOWN, SQL_BOOKS_PLACE, false, 2 },
    [BOOKS_BY_HOLDER] = { SQL_MOVES_TO_UP, SQL_MOVES_TO_DOWN, SQL_MOVES_PLACE, false, 1 },
    [BOOKS_BY_RECEIVED] = { SQL_MOVES_AT_UP, SQL_MOVES_AT_DOWN, SQL_MOVES_PLACE, true, 0 },
};

/* ---- a place in the order ---- */

typedef struct Spot { /* what BookPlace.place holds */
    int64_t key, seq, version;
    SqlId place; /* of which table the row is */
} Spot;
_Static_assert(sizeof(Spot) <= sizeof(((BookPlace *)0)->place), "a place has room for a spot");

typedef struct Bound { /* rows lie behind this one */
    const char *text;
    Time at;
    Spot spot;
} Bound;

typedef struct Page {
    Store *store;
    const BookQuery *q;
    const struct Walk *walk;
    Arena *arena;
    const char *begins, *until; /* texts: from, and before */
    Time after, before;         /* times, both included    */
    bool up;
    int64_t key, seq; /* of the entry that was taken last, on the page before too */
    BookPlace *rows;
    size_t n, cap;
} Page;

/* Texts as the index has them: without regard to the case of ASCII letters. */
static int in_order(const char *a, const char *b)
{
    for (;; a++, b++) {
        unsigned char x = (unsigned char)*a, y = (unsigned char)*b;
        if (x >= 'A' && x <= 'Z') x |= 0x20;
        if (y >= 'A' && y <= 'Z') y |= 0x20;
        if (x != y || x == 0) return x - y;
    }
}

/* The end of the range that the walk starts from: keys are from 1 on. */
static Bound start_of(const Page *p)
{
    int64_t key = p->walk->by_time && !p->up ? INT64_MAX : 0;

    return (Bound){ p->up ? p->begins : p->until, p->up ? p->after : p->before, { key, 0, 0, 0 } };
}

static bool inside(const Page *p, const Bound *b)
{
    if (p->walk->by_time) return b->at >= p->after && b->at <= p->before;
    return in_order(b->text, p->begins) >= 0 && in_order(b->text, p->until) < 0;
}

/* A place outside the range lies before its beginning or behind its end: nothing, or all of it. */
static bool is_past(const Page *p, const Bound *b)
{
    bool low = p->walk->by_time ? b->at < p->after : in_order(b->text, p->begins) < 0;

    return low != p->up;
}

static bool bound_read(Page *p, const BookPlace *from, Bound *out, Err *err)
{
    Stmt *q;
    bool found;

    memcpy(&out->spot, from->place, sizeof out->spot);
    if (out->spot.place != p->walk->place)
        return err_set(err, ERR_INVALID, "", "This place is of another order of the register.");
    q = stmt(p->store, p->walk->place);
    bind_int(q, "key", out->spot.key);
    bind_int(q, "seq", out->spot.seq);
    bind_int(q, "version", out->spot.version);
    found = stmt_row(q) && !col_null(q, p->walk->at) && !sight_hides(p->store, out->spot.key);
    if (found && p->walk->by_time) out->at = col_int(q, p->walk->at);
    if (found && !p->walk->by_time) out->text = col_text(q, p->walk->at, p->arena);
    if (!stmt_end(q, err)) return false;
    return found || err_set(err, ERR_INVALID, "", "There is no such place in the register.");
}

/* ---- the walk ---- */

static BookPlace *room(Page *p)
{
    p->rows = arena_room(p->arena, p->rows, p->n, &p->cap, sizeof *p->rows);
    return &p->rows[p->n++];
}

static void row_read(Page *p, Stmt *q, BookPlace *r)
{
    Spot spot = { col_int(q, 0), col_int(q, 1), col_int(q, 2), p->walk->place };

    *r = (BookPlace){ .key = spot.key,
        .case_id = col_text(q, 3, p->arena),
        .serial = col_text(q, 4, p->arena),
        .at = col_time(q, 5),
        .text = col_text(q, 6, p->arena) };
    memcpy(r->place, &spot, sizeof spot);
}

/* Of an entry that grew the last version is kept: the later one going up, the first one going down. False when the page is full. */
static bool row_take(Page *p, Stmt *q)
{
    bool again = col_int(q, 0) == p->key && col_int(q, 1) == p->seq;

    if (sight_hides(p->store, col_int(q, 0))) return true; /* it is not there */
    if (again && p->up && p->n) row_read(p, q, &p->rows[p->n - 1]);
    if (again) return true;
    if (p->n == p->q->limit) return false;
    p->key = col_int(q, 0), p->seq = col_int(q, 1);
    row_read(p, q, room(p));
    return true;
}

static void bind_times(Page *p, Stmt *q, const Bound *from)
{
    bind_int(q, "first", from->at);
    bind_int(q, "last", p->up ? p->before : p->after);
    bind_text(q, "begins", p->begins);
    bind_text(q, "until", p->until);
}

static void bind_texts(Page *p, Stmt *q, const Bound *from)
{
    bind_text(q, "first", from->text);
    bind_text(q, "last", p->up ? p->until : p->begins);
    bind_int(q, "after", p->after);
    bind_int(q, "before", p->before);
    bind_int(q, "untimed", p->q->after == TIME_NONE && p->q->before == TIME_NONE);
}

static bool rows_walk(Page *p, const Bound *from, Err *err)
{
    Stmt *q = stmt(p->store, p->up ? p->walk->up : p->walk->down);

    bind_int(q, "key", from->spot.key);
    bind_int(q, "seq", from->spot.seq);
    bind_int(q, "version", from->spot.version);
    if (p->walk->by_time)
        bind_times(p, q, from);
    else
        bind_texts(p, q, from);
    while (stmt_row(q) && row_take(p, q)) {}
    return stmt_end(q, err);
}

static bool page_read(Page *p, Err *err)
{
    Bound from = start_of(p), there = { .at = TIME_NONE };

    if (p->q->from) {
        if (!bound_read(p, p->q->from, &there, err)) return false;
        if (!inside(p, &there) && is_past(p, &there)) return true;
        if (inside(p, &there)) from = there;
    }
    p->key = from.spot.key, p->seq = from.spot.seq;
    return rows_walk(p, &from, err);
}

/* ---- the page ---- */

static void turn_round(BookPlace *rows, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        BookPlace held = rows[i];
        rows[i] = rows[n - 1 - i];
        rows[n - 1 - i] = held;
    }
}

bool store_books_page(Store *s, const BookQuery *q, Arena *a, BookPlace **out, size_t *n, Err *err)
{
    Page p = { .store = s, .q = q, .arena = a, .begins = q->begins ? q->begins : "" };
    bool ok;

    *out = NULL;
    *n = 0;
    if ((unsigned)q->order >= BOOK_ORDERS) return err_set(err, ERR_BUG, "", "The register has no such order.");
    p.walk = &walks[q->order];
    p.up = p.walk->by_time == q->backwards;
    p.until = prefix_end(a, p.begins);
    p.after = q->after == TIME_NONE ? TIME_NONE + 1 : q->after;
    p.before = q->before == TIME_NONE ? TIME_MAX : q->before;
    if (!read_begin(s, err)) return false;
    ok = sight_fresh(s, err) && page_read(&p, err);
    for (size_t i = 0; ok && i < p.n; i++) ok = sight_shown_id(s, p.rows[i].key, &p.rows[i].case_id, a, err);
    read_end(s);
    if (!ok) return false;
    if (q->backwards) turn_round(p.rows, p.n);
    *out = p.rows;
    *n = p.n;
    return true;
}
