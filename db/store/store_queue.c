/* store_queue.c — a page of a queue, whatever the size of the store.
** The index duty_queue has live duties by owner, rank, span, due. Each tab is a range of due in each of those segments: a
** duty with a span opens span seconds before it is due, so "open" and "waiting" are ranges too, and no row is ever read
** to be thrown away. Segments of one rank are merged here. A page starts at a place, never at a number of rows. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* ---- a place in the order ---- */

typedef struct Spot { /* what QueueRow.place holds */
    int64_t due;
    uint32_t key;
    uint16_t cycle;
    uint8_t part, rank;
    char duty[32];
} Spot;
_Static_assert(sizeof(Spot) == sizeof(((QueueRow *)0)->place), "a place has room for a spot");

typedef enum Part { PART_OVERDUE, PART_OPEN, PART_WAITING } Part; /* in the order of TAB_ALL */

static void spot_write(QueueRow *r, Part part, int rank)
{
    Spot spot = { .due = r->due,
        .key = (uint32_t)r->key,
        .cycle = (uint16_t)r->cycle,
        .part = (uint8_t)part,
        .rank = (uint8_t)rank };
    size_t n = strlen(r->duty);

    memcpy(spot.duty, r->duty, n < sizeof spot.duty ? n : sizeof spot.duty);
    memcpy(r->place, &spot, sizeof spot);
}

/* ---- one page being gathered ---- */

typedef struct Bound { /* rows lie behind this one: (due, case_id, duty, cycle) */
    int64_t due;
    const char *case_id, *duty;
    int64_t cycle;
} Bound;

typedef struct Page {
    Store *store;
    const QueueQuery *q;
    Arena *arena;
    QueueRow *rows;
    size_t n, cap;
    bool has_from;
    Spot from;
    Bound bound; /* of `from` */
} Page;

typedef struct Range {
    int64_t since, until;
} Range; /* of due, both included; empty when since > until */

/* What of a part a tab shows, among duties of this span. */
static Range part_range(const QueueQuery *q, Part part, int64_t span)
{
    Date today = civil_local_date(q->now);
    Time opened = span ? q->now + span : TIME_MAX - 1;
    Range r = { INT64_MIN + 1, TIME_MAX - 1 };

    switch (part) {
    case PART_OVERDUE: r.until = q->now - 1; break;
    case PART_OPEN: r = (Range){ q->now, opened }; break;
    case PART_WAITING: r.since = opened + 1; break;
    }
    if (q->tab == TAB_TODAY && r.until > civil_day_end(today)) r.until = civil_day_end(today);
    if (q->tab == TAB_WEEK) {
        if (r.since <= civil_day_end(today)) r.since = civil_day_end(today) + 1;
        if (r.until > civil_day_end(today + 7)) r.until = civil_day_end(today + 7);
    }
    return r;
}

static bool tab_has(QueueTab tab, Part part)
{
    switch (tab) {
    case TAB_OVERDUE: return part == PART_OVERDUE;
    case TAB_TODAY:
    case TAB_WEEK: return part == PART_OPEN;
    case TAB_WAITING: return part == PART_WAITING;
    case TAB_HELD: return part != PART_OVERDUE;
    default: return true;
    }
}

/* Rows that are put aside until later than this are not on the page. */
static Time aside(const QueueQuery *q)
{
    return q->tab == TAB_ALL ? TIME_MAX : q->now;
}

/* ---- one segment ---- */

/* The last column of every page says whose case it is. */
static const char *investigator_read(Page *p, Stmt *q, int column)
{
    const char *of = col_text(q, column, p->arena);

    return of && *of ? of : NULL;
}

static void row_read(Page *p, Stmt *q, Role owner, Part part, int rank)
{
    QueueRow *r;

    p->rows = arena_room(p->arena, p->rows, p->n, &p->cap, sizeof *p->rows);
    r = &p->rows[p->n++];
    *r = (QueueRow){ .due = col_int(q, 0),
        .case_id = col_text(q, 1, p->arena),
        .duty = col_text(q, 2, p->arena),
        .cycle = (int)col_int(q, 3),
        .opens = col_int(q, 4),
        .start = col_int(q, 5),
        .offence = col_text(q, 6, p->arena),
        .key = col_int(q, 7),
        .says = col_text(q, 8, p->arena),
        .owner = owner,
        .grade = grade_of_rank(rank) };
    spot_write(r, part, rank);
}

/* Up to `want` rows of one owner, rank and span, on from the bound or from the end of the range. `of`: of one officer's cases; NULL: of all. */
static bool segment_read(
    Page *p, Role owner, const char *of, int rank, int64_t span, Part part, const Bound *bound, size_t want, Err *err)
{
    static const SqlId ids[2][2][2] = { { { SQL_QUEUE_AFTER, SQL_QUEUE_BEFORE }, { SQL_QUEUE_AFTER_DUTY, SQL_QUEUE_BEFORE_DUTY } },
        { { SQL_QUEUE_OF_AFTER, SQL_QUEUE_OF_BEFORE }, { SQL_QUEUE_OF_AFTER_DUTY, SQL_QUEUE_OF_BEFORE_DUTY } } };
    bool back = p->q->backwards;
    Range range = part_range(p->q, part, span);
    Bound start = { back ? range.until + 1 : range.since - 1, "\xF4\x8F\xBF\xBF", "", 0 };
    Stmt *q;

    if (back) start.case_id = "";
    if (bound && (back ? bound->due <= range.until : bound->due >= range.since)) start = *bound;
    if (range.since > range.until) return true;
    q = stmt(p->store, ids[of != NULL][p->q->only_duty != NULL][back]);
    if (of) bind_text(q, "investigator", of);
    bind_text(q, "owner", role_word(owner));
    bind_int(q, "rank", rank);
    bind_int(q, "span", span);
    bind_int(q, "due", start.due);
    bind_text(q, "case_id", start.case_id);
    bind_text(q, "duty", start.duty);
    bind_int(q, "cycle", start.cycle);
    bind_int(q, back ? "since" : "until", back ? range.since : range.until);
    if (p->q->only_duty) bind_text(q, "only", p->q->only_duty);
    bind_int(q, "aside", aside(p->q));
    bind_int(q, "limit", (int64_t)want);
    while (stmt_row(q)) {
        row_read(p, q, owner, part, rank);
        if (!col_null(q, 9)) p->rows[p->n - 1].held = col_int(q, 9);
        p->rows[p->n - 1].investigator = investigator_read(p, q, 10);
    }
    return stmt_end(q, err);
}

/* The next span that an owner's duties of a rank have after `*span`; *found is false when there is none. */
static bool span_next(Page *p, Role owner, const char *of, int rank, int64_t *span, bool *found, Err *err)
{
    Stmt *q = stmt(p->store, of ? SQL_QUEUE_OF_SPAN : SQL_QUEUE_SPAN);

    if (of) bind_text(q, "investigator", of);
    bind_text(q, "owner", role_word(owner));
    bind_int(q, "rank", rank);
    bind_int(q, "span", *span);
    *found = stmt_row(q);
    if (*found) *span = col_int(q, 0);
    return stmt_end(q, err);
}

static bool spans_read(Page *p, Role owner, const char *of, int rank, Part part, const Bound *bound, size_t want, Err *err)
{
    int64_t span = -1;
    bool found = true;

    for (;;) {
        if (!span_next(p, owner, of, rank, &span, &found, err)) return false;
        if (!found) return true;
        if (!segment_read(p, owner, of, rank, span, part, bound, want, err)) return false;
    }
}

static bool owner_read(Page *p, Role owner, int rank, Part part, const Bound *bound, size_t want, Err *err)
{
    if (p->q->n_of == 0) return spans_read(p, owner, NULL, rank, part, bound, want, err);
    for (size_t i = 0; i < p->q->n_of; i++)
        if (!spans_read(p, owner, p->q->of[i], rank, part, bound, want, err)) return false;
    return true;
}

/* ---- segments merged ---- */

static int in_order(const void *a, const void *b)
{
    const QueueRow *x = a, *y = b;
    int c;

    if (x->due != y->due) return x->due < y->due ? -1 : 1;
    if ((c = strcmp(x->case_id, y->case_id)) != 0) return c;
    if ((c = strcmp(x->duty, y->duty)) != 0) return c;
    return (x->cycle > y->cycle) - (x->cycle < y->cycle);
}

static int against_order(const void *a, const void *b)
{
    return in_order(b, a);
}

/* All rows of one part and rank that the page still has room for. */
static bool rank_read(Page *p, Part part, int rank, const Bound *bound, Err *err)
{
    size_t had = p->n, want = p->q->limit - p->n;

    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if (p->q->roles & ROLE_BIT(r) && !owner_read(p, r, rank, part, bound, want, err)) return false;
    if (p->n == had) return true;
    qsort(p->rows + had, p->n - had, sizeof *p->rows, p->q->backwards ? against_order : in_order);
    if (p->n > p->q->limit) p->n = p->q->limit;
    return true;
}

/* Where (part, rank) stands against the place the page goes on from: -1 before, 0 the same, 1 behind. */
static int against_from(const Page *p, Part part, int rank)
{
    int here = (int)part * 4 + rank, there = p->from.part * 4 + p->from.rank;

    return p->has_from ? (here > there) - (here < there) : 1;
}

static bool page_read(Page *p, Err *err)
{
    bool back = p->q->backwards;

    if (p->q->tab == TAB_HELD) return true; /* those are merged in, as they lie in an order of their own */
    for (int i = 0; i < 12 && p->n < p->q->limit; i++) {
        int at = back ? 11 - i : i, rank = at % 4, side;
        Part part = (Part)(at / 4);
        if (!tab_has(p->q->tab, part)) continue;
        if (p->q->only_grade != CODE_NONE && rank != rank_of_grade(p->q->only_grade)) continue;
        side = against_from(p, part, rank);
        if (p->has_from && side == (back ? 1 : -1)) continue;
        if (!rank_read(p, part, rank, p->has_from && side == 0 ? &p->bound : NULL, err)) return false;
    }
    return true;
}

/* ---- rows that lie apart, merged in: those of restricted cases, and what is put aside ---- */

static Part part_of(const QueueQuery *q, const VeiledDuty *d)
{
    if (d->row.due < q->now) return PART_OVERDUE;
    return d->span == 0 || d->row.due <= q->now + d->span ? PART_OPEN : PART_WAITING;
}

static int spot_compare(const Spot *x, const Spot *y)
{
    int here = (int)x->part * 4 + x->rank, there = (int)y->part * 4 + y->rank;

    return (here > there) - (here < there);
}

static Spot spot_of(const QueueRow *r)
{
    Spot spot;

    memcpy(&spot, r->place, sizeof spot);
    return spot;
}

static int in_queue(const void *a, const void *b)
{
    Spot x = spot_of(a), y = spot_of(b);
    int c = spot_compare(&x, &y);

    return c ? c : in_order(a, b);
}

static int against_queue(const void *a, const void *b)
{
    return in_queue(b, a);
}

bool queue_is_of(const QueueQuery *q, const char *investigator)
{
    for (size_t i = 0; i < q->n_of; i++)
        if (str_eq(q->of[i], investigator ? investigator : "")) return true;
    return q->n_of == 0;
}

static bool asked_for(const Page *p, const VeiledDuty *d, Part part)
{
    const QueueQuery *q = p->q;
    Range range = part_range(q, part, d->span);

    if (!queue_is_of(q, d->row.investigator)) return false;

    if (q->tab == TAB_HELD ? d->row.held <= q->now : d->row.held > aside(q)) return false;
    if (!tab_has(q->tab, part) || d->row.due < range.since || d->row.due > range.until) return false;
    if (q->only_grade != CODE_NONE && d->rank != rank_of_grade(q->only_grade)) return false;
    return !q->only_duty || str_eq(q->only_duty, d->row.duty);
}

/* On the asked side of the place that the page goes on from. */
static bool lies_on(const Page *p, const QueueRow *r)
{
    QueueRow from = { .due = p->bound.due,
        .case_id = p->bound.case_id,
        .duty = p->bound.duty,
        .cycle = (int)p->bound.cycle };
    int c;

    if (!p->has_from) return true;
    memcpy(from.place, &p->from, sizeof p->from);
    c = in_queue(r, &from);
    return p->q->backwards ? c < 0 : c > 0;
}

static void take_apart(Page *p, VeiledDuty *d)
{
    Part part = part_of(p->q, d);

    spot_write(&d->row, part, d->rank);
    if (!asked_for(p, d, part) || !lies_on(p, &d->row)) return;
    p->rows = arena_room(p->arena, p->rows, p->n, &p->cap, sizeof *p->rows);
    p->rows[p->n++] = d->row;
}

/* As many as are put aside now, whatever the page. */
static bool held_take(Page *p, Role owner, Err *err)
{
    Stmt *q = stmt(p->store, SQL_QUEUE_HELD);

    bind_text(q, "owner", role_word(owner));
    bind_int(q, "now", p->q->now);
    while (stmt_row(q)) {
        VeiledDuty d = { .rank = (int)col_int(q, 10), .span = col_int(q, 11) };
        row_read(p, q, owner, PART_OPEN, d.rank);
        d.row = p->rows[--p->n];
        d.row.held = col_int(q, 9);
        d.row.investigator = investigator_read(p, q, 12);
        take_apart(p, &d);
    }
    return stmt_end(q, err);
}

static bool apart_merge(Page *p, Err *err)
{
    VeiledDuty *more;
    size_t n, had = p->n;

    for (Role r = ROLE_NONE + 1; p->q->tab == TAB_HELD && r < ROLE_COUNT; r++)
        if (p->q->roles & ROLE_BIT(r) && !held_take(p, r, err)) return false;
    if (!veiled_duties(p->store, p->q->roles, p->arena, &more, &n, err)) return false;
    for (size_t i = 0; i < n; i++) take_apart(p, &more[i]);
    if (p->n > had) qsort(p->rows, p->n, sizeof *p->rows, p->q->backwards ? against_queue : in_queue);
    if (p->n > p->q->limit) p->n = p->q->limit;
    for (size_t i = 0; i < p->n; i++)
        if (!sight_shown_id(p->store, p->rows[i].key, &p->rows[i].case_id, p->arena, err)) return false;
    return true;
}

/* ---- the page ---- */

static bool from_read(Page *p, const QueueRow *from, Err *err)
{
    Stmt *q;

    if (!from) return true;
    memcpy(&p->from, from->place, sizeof p->from);
    q = stmt(p->store, SQL_CASE_ROW);
    bind_int(q, "key", p->from.key);
    p->has_from = stmt_row(q);
    if (p->has_from) p->bound.case_id = col_text(q, 2, p->arena);
    if (!stmt_end(q, err)) return false;
    if (!p->has_from) return err_set(err, ERR_INVALID, "", "There is no such place in the queue.");
    p->bound.due = p->from.due;
    p->bound.duty = arena_dup_n(p->arena, p->from.duty, strnlen(p->from.duty, sizeof p->from.duty));
    p->bound.cycle = p->from.cycle;
    return true;
}

static void turn_round(QueueRow *rows, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        QueueRow held = rows[i];
        rows[i] = rows[n - 1 - i];
        rows[n - 1 - i] = held;
    }
}

bool store_queue_page(Store *s, const QueueQuery *q, Arena *a, QueueRow **rows, size_t *n, Err *err)
{
    Page p = { .store = s, .q = q, .arena = a };
    bool ok;

    *rows = NULL;
    *n = 0;
    if (!read_begin(s, err)) return false;
    ok = sight_fresh(s, err) && from_read(&p, q->from, err) && page_read(&p, err) && apart_merge(&p, err);
    read_end(s);
    if (!ok) return false;
    if (q->backwards) turn_round(p.rows, p.n);
    *rows = p.rows;
    *n = p.n;
    return true;
}

bool store_queue_given(Store *s, const char *duty, Time now, Arena *a, QueueRow **rows, size_t *n, Err *err)
{
    Page p = { .store = s, .arena = a };
    Stmt *q = stmt(s, SQL_QUEUE_GIVEN);

    if (!sight_fresh(s, err)) return false;
    bind_text(q, "duty", duty);
    bind_int(q, "now", now);
    while (stmt_row(q)) {
        bool veiled;
        Role owner = veiled_owner(s->engine->get_text(q->raw, 9).p, &veiled);
        if (sight_hides(s, col_int(q, 7))) continue;
        row_read(&p, q, owner, PART_OVERDUE, (int)col_int(q, 10));
        p.rows[p.n - 1].restricted = veiled;
        p.rows[p.n - 1].investigator = investigator_read(&p, q, 11);
    }
    *rows = p.rows;
    *n = p.n;
    return stmt_end(q, err);
}
