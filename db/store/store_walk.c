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

/* True to go on. *fine is false when something went wrong (err says what). */
static bool visit(const Walk *w, const CaseRow *row, CaseDoc *doc, bool *fine, Err *err)
{
    Err told = { 0 };

    doc->id = row->id;
    case_sort(doc);
    if (w->each(w->with, row, doc, &told)) return true;
    *fine = told.kind == ERR_NONE;
    if (!*fine && err) *err = told;
    return false;
}

static bool next_by_key(const Walk *w, Stmt *q, Cursor c[CURSORS], bool *fine, Err *err)
{
    CaseRow row;
    CaseDoc doc;

    if (!stmt_row(q)) return false;
    arena_reset(w->arena);
    row_read(q, w->arena, &row);
    case_init(&doc);
    for (int i = 0; i < CURSORS && *fine; i++) *fine = cursor_take(&c[i], row.key, w->v, w->arena, &doc, err);
    return *fine && visit(w, &row, &doc, fine, err);
}

static bool walk_by_key(const Walk *w, Err *err)
{
    Stmt *q = stmt(w->store, SQL_CASE_WALK);
    Cursor c[CURSORS];
    bool fine = true;

    cursor_start(&c[0], stmt(w->store, SQL_CASE_HEAD_WALK), LIST_COUNT);
    for (CaseListId list = 0; list < LIST_COUNT; list++)
        cursor_start(&c[list + 1], list_stmt(w->store, list, LIST_WALK), list);
    while (next_by_key(w, q, c, &fine, err)) {}
    for (int i = 0; i < CURSORS; i++) fine = stmt_end(c[i].q, fine ? err : NULL) && fine;
    return stmt_end(q, fine ? err : NULL) && fine;
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
    ok = order == WALK_BY_KEY ? walk_by_key(&w, err) : walk_by_id(&w, err);
    arena_free(&w.arena);
    s->walking = false;
    read_end(s);
    return ok;
}
