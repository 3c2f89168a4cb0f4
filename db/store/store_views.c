/* store_views.c — saved views of the desk: settings of officers and of roles. */
#include "inside.h"

#include "base/str.h"

static void view_read(Stmt *q, Arena *a, DeskView *out)
{
    const char *role = col_text(q, 2, a), *queue = col_text(q, 5, a);

    *out = (DeskView){ .key = col_int(q, 0),
        .officer = col_text(q, 1, a),
        .role = role ? role_by_word(role) : ROLE_NONE,
        .name = col_text(q, 3, a),
        .tab = col_int(q, 4) < TAB_COUNT ? (QueueTab)col_int(q, 4) : TAB_ALL,
        .queue = queue ? role_by_word(queue) : ROLE_NONE,
        .grade = col_text(q, 6, a),
        .duty = col_text(q, 7, a),
        .words = col_text(q, 8, a),
        .by = col_text(q, 9, a),
        .at = col_int(q, 10),
        .investigator = col_text(q, 11, a) };
}

static bool take_all(Stmt *q, Arena *a, DeskView **out, size_t *n, size_t *cap, Err *err)
{
    while (stmt_row(q)) {
        *out = arena_room(a, *out, *n, cap, sizeof **out);
        view_read(q, a, &(*out)[(*n)++]);
    }
    return stmt_end(q, err);
}

bool store_desk_views(Store *s, const char *officer, RoleSet roles, Arena *a, DeskView **out, size_t *n, Err *err)
{
    size_t cap = 0;
    Stmt *q = stmt(s, SQL_DESK_VIEW_OWN);
    bool ok;

    *out = NULL, *n = 0;
    bind_text(q, "officer", officer);
    ok = take_all(q, a, out, n, &cap, err);
    for (Role r = ROLE_NONE + 1; ok && r < ROLE_COUNT; r++) {
        if (!(roles & ROLE_BIT(r))) continue;
        q = stmt(s, SQL_DESK_VIEW_SHARED);
        bind_text(q, "role", role_word(r));
        ok = take_all(q, a, out, n, &cap, err);
    }
    return ok;
}

bool store_desk_view_add(Tx *tx, const DeskView *v, Err *err)
{
    int64_t next;
    Stmt *q;

    if (!tx_touch(tx, err) || !stmt_number(stmt(tx->store, SQL_DESK_VIEW_KEY), &next, err)) return false;
    q = stmt(tx->store, SQL_DESK_VIEW_ADD);
    bind_int(q, "key", next);
    bind_text(q, "officer", v->officer);
    bind_text(q, "role", v->role != ROLE_NONE ? role_word(v->role) : NULL);
    bind_text(q, "name", v->name);
    bind_int(q, "tab", (int64_t)v->tab);
    bind_text(q, "queue", v->queue != ROLE_NONE ? role_word(v->queue) : NULL);
    bind_text(q, "grade", v->grade);
    bind_text(q, "duty", v->duty);
    bind_text(q, "words", v->words);
    bind_text(q, "by", v->by);
    bind_int(q, "at", v->at);
    bind_text(q, "investigator", v->investigator);
    return stmt_run(q, err);
}

bool store_desk_view_rename(Tx *tx, int64_t key, const char *name, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_DESK_VIEW_RENAME);
    bind_int(q, "key", key);
    bind_text(q, "name", name);
    return stmt_run(q, err);
}

bool store_desk_view_remove(Tx *tx, int64_t key, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_DESK_VIEW_REMOVE);
    bind_int(q, "key", key);
    return stmt_run(q, err);
}
