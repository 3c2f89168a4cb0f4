/* store_walk.c — every case, one after the other.
** By key, the tables are walked side by side: one cursor each, all in key order, so that a case costs its rows and not
** a look into each table. By id, each case is looked up. One view of the store for the whole walk. */
#include "inside.h"

enum { CURSORS = LIST_COUNT + 1 };

typedef struct Walk {
    Store *store;
    const Vocabs *v;
    CaseVisitor *each;
    void *with;
    Arena *arena;
} Walk;

static void row_read(Stmt *q, Arena *a, CaseRow *out)
{
    *out = (CaseRow){ .key = col_int(q, 0),
        .rev = col_int(q, 1),
        .id = col_text(q, 2, a),
        .changed_at = col_time(q, 3),
        .changed_by = col_text(q, 4, a) };
}

/* True to go on. *fine is false when something went wrong (err says what). A case that is not there for who looks is passed over. */
static bool visit(const Walk *w, CaseRow *row, CaseDoc *doc, bool *fine, Err *err)
{
    Err told = { 0 };

    if (sight_hides(w->store, row->key)) return true;
    row->restricted = sight_veils(w->store, row->key);
    row->enciphered = cipher_of(w->store, row->key) != 0;
    doc->id = row->id;
    *fine = sight_own_id(w->store, row->key, &doc->id, w->arena, err) &&
            sight_shown_id(w->store, row->key, &row->id, w->arena, err);
    if (!*fine) return false;
    case_sort(doc);
    if (w->each(w->with, row, doc, &told)) return true;
    *fine = told.kind == ERR_NONE;
    if (!*fine && err) *err = told;
    return false;
}

typedef struct Side { /* the tables, side by side */
    Stmt *files;
    Cursor lists[CURSORS];
} Side;

static Stmt *from_key(Stmt *q, CaseKey from)
{
    bind_int(q, "from", from);
    return q;
}

static void side_start(Side *w, Store *s, CaseKey from)
{
    w->files = from_key(stmt(s, SQL_CASE_WALK), from);
    cursor_start(&w->lists[0], from_key(stmt(s, SQL_CASE_HEAD_WALK), from), LIST_COUNT);
    for (CaseListId list = 0; list < LIST_COUNT; list++)
        cursor_start(&w->lists[list + 1], from_key(list_stmt(s, list, LIST_WALK), from), list);
}

/* The next case. False at the end, or when something went wrong (then *fine is false). */
static bool side_next(Side *w, const Vocabs *v, Arena *a, CaseRow *row, CaseDoc *doc, bool *fine, Err *err)
{
    if (!stmt_row(w->files)) return false;
    arena_reset(a);
    row_read(w->files, a, row);
    case_init(doc);
    for (int i = 0; i < CURSORS && *fine; i++) *fine = cursor_take(&w->lists[i], row->key, v, a, doc, err);
    for (int i = 0; i < CURSORS && *fine; i++) *fine = !stmt_broken(w->lists[i].q); /* nobody is shown a case with a part that could not be read */
    return *fine;
}

static bool side_end(Side *w, bool fine, Err *err)
{
    for (int i = 0; i < CURSORS; i++) fine = stmt_end(w->lists[i].q, err) && fine; /* that one failed is said, not what looked wrong because of it */
    return stmt_end(w->files, fine ? err : NULL) && fine;
}

static bool walk_by_key(const Walk *w, Err *err)
{
    Side side;
    CaseRow row;
    CaseDoc doc;
    bool fine = true;

    side_start(&side, w->store, INT64_MIN);
    while (side_next(&side, w->v, w->arena, &row, &doc, &fine, err) && visit(w, &row, &doc, &fine, err)) {}
    return side_end(&side, fine, err);
}

bool walk_from(Store *s, CaseKey from, const Vocabs *v, Arena *a, WalkVisitor *each, void *with, DerivedCursor *d,
    bool *ended, Err *err)
{
    Side side;
    CaseRow row;
    CaseDoc doc;
    bool fine = true, more = true, there = true;

    side_start(&side, s, from);
    while (fine && more && (there = side_next(&side, v, a, &row, &doc, &fine, err)))
        fine = each(with, d, &row, &doc, &more, err);
    *ended = fine && !there;
    return side_end(&side, fine, err);
}

static bool next_by_id(const Walk *w, Stmt *q, bool *fine, Err *err)
{
    CaseRow row;
    CaseDoc doc;

    if (!stmt_row(q)) return false;
    arena_reset(w->arena);
    row_read(q, w->arena, &row);
    *fine = case_rows_load(w->store, row.key, w->v, w->arena, &doc, NULL, err);
    return *fine && visit(w, &row, &doc, fine, err);
}

static bool walk_by_id(const Walk *w, Err *err)
{
    Stmt *q = stmt(w->store, SQL_CASE_WALK_BY_ID);
    bool fine = true;

    while (next_by_id(w, q, &fine, err)) {}
    return stmt_end(q, fine ? err : NULL) && fine;
}

bool store_case_each(Store *s, WalkOrder order, const Vocabs *v, CaseVisitor *each, void *with, Err *err)
{
    Walk w = { s, v, each, with, NULL };
    bool ok;

    if (s->walking) return err_set(err, ERR_BUG, "", "A walk of the cases was begun inside another.");
    if (!read_begin(s, err)) return false;
    s->walking = true;
    w.arena = arena_new_secret();
    ok = sight_fresh(s, err) && (order == WALK_BY_KEY ? walk_by_key(&w, err) : walk_by_id(&w, err));
    arena_free(&w.arena);
    s->walking = false;
    read_end(s);
    return ok;
}
