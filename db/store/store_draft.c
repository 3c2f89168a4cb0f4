/* store_draft.c — what officers typed and did not save yet. Sealed before it comes here; no fact, so no log entry.
** A draft has a seat: the session that writes it now. Another session of the same officer cannot write over it unknowing;
** it must take the seat first, and then the other one is told.
** A draft about a case that is not there for its officer (any more) is not there either: it begins with the number of the case. It stays,
** and is there again with the case. */
#include "inside.h"

#include <string.h>

static void draft_read(Stmt *q, const char *warrant, Arena *a, Draft *out)
{
    EngText sealed = q->store->engine->get_blob(q->raw, 1);
    uint8_t *copy = arena_alloc(a, sealed.n + 1);

    if (sealed.n) memcpy(copy, sealed.p, sealed.n);
    *out = (Draft){ .warrant = arena_dup(a, warrant),
        .about = col_text(q, 0, a),
        .sealed = copy,
        .n = sealed.n,
        .at = col_int(q, 2),
        .seat = col_text(q, 3, a),
        .terminal = col_text(q, 4, a) };
}

/* Is there a case of the number that `about` begins with, and none for who looks? */
static bool draft_is_hidden(Store *s, const char *about, bool *hidden, Err *err)
{
    char id[64];
    size_t n = strcspn(about, " ");
    CaseKey any = 0, theirs = 0;
    bool ok;

    *hidden = false;
    if (n == 0 || n >= sizeof id) return true;
    memcpy(id, about, n);
    id[n] = '\0';
    if (!sight_key(s, id, &theirs, err) || theirs) return theirs != 0;
    store_view_all(s, true);
    ok = sight_key(s, id, &any, err);
    store_view_all(s, false);
    *hidden = any != 0;
    return ok;
}

static bool no_draft(const char *about, Err *err)
{
    return err_set(err, ERR_MISSING, "", "There is no draft of %s.", about);
}

/* Why nothing was put: another seat has it. */
static bool held_elsewhere(Store *s, const Draft *d, Err *err)
{
    Arena *a = arena_new_secret();
    Draft held;
    char at[CIVIL_TEXT];

    if (store_draft_get(s, d->warrant, d->about, a, &held, err))
        err_set(err, ERR_STALE, "",
            "This text is being written at %s%s, where it was last kept %s. Nothing was kept here: take it over to go "
            "on.",
            held.terminal[0] ? "terminal " : "another terminal", held.terminal, civil_words_short(held.at, at));
    arena_free(&a);
    return false;
}

bool store_draft_put(Tx *tx, const Draft *d, Err *err)
{
    Stmt *q;

    if (!tx_open(tx, err)) return false;
    q = stmt(tx->store, SQL_DRAFT_PUT);
    bind_text(q, "warrant", d->warrant);
    bind_text(q, "about", d->about);
    bind_blob(q, "sealed", d->sealed, d->n);
    bind_time(q, "at", d->at);
    bind_text(q, "seat", d->seat ? d->seat : "");
    bind_text(q, "terminal", d->terminal ? d->terminal : "");
    if (!stmt_run(q, err)) return false;
    return tx->store->engine->changes(tx->store->conn) == 1 || held_elsewhere(tx->store, d, err);
}

static bool draft_is_there(Store *s, const char *warrant, const char *about, bool *found, Err *err)
{
    Stmt *q = stmt(s, SQL_DRAFT_GET);

    bind_text(q, "warrant", warrant);
    bind_text(q, "about", about);
    *found = stmt_row(q);
    return stmt_end(q, err);
}

bool store_draft_seat(Tx *tx, const char *warrant, const char *about, const char *seat_was, const char *seat,
    const char *terminal, Err *err)
{
    Stmt *q;
    bool found;

    if (!tx_open(tx, err) || !draft_is_there(tx->store, warrant, about, &found, err)) return false;
    if (!found) return no_draft(about, err);
    q = stmt(tx->store, SQL_DRAFT_SEAT);
    bind_text(q, "warrant", warrant);
    bind_text(q, "about", about);
    bind_text(q, "was", seat_was ? seat_was : "");
    bind_text(q, "seat", seat);
    bind_text(q, "terminal", *seat && terminal ? terminal : "");
    return stmt_run(q, err);
}

bool store_draft_leave(Tx *tx, const char *warrant, const char *seat, Err *err)
{
    Stmt *q;

    if (!tx_open(tx, err)) return false;
    q = stmt(tx->store, SQL_DRAFT_LEAVE);
    bind_text(q, "warrant", warrant);
    bind_text(q, "seat", seat);
    return stmt_run(q, err);
}

bool store_draft_get(Store *s, const char *warrant, const char *about, Arena *a, Draft *out, Err *err)
{
    Stmt *q = stmt(s, SQL_DRAFT_GET);
    bool found, hidden = false;

    bind_text(q, "warrant", warrant);
    bind_text(q, "about", about);
    found = stmt_row(q);
    if (found) draft_read(q, warrant, a, out);
    if (!stmt_end(q, err) || (found && !draft_is_hidden(s, about, &hidden, err))) return false;
    return (found && !hidden) || no_draft(about, err);
}

static bool hidden_dropped(Store *s, Draft *all, size_t *n, Err *err)
{
    size_t kept = 0;
    bool hidden;

    for (size_t i = 0; i < *n; i++) {
        if (!draft_is_hidden(s, all[i].about, &hidden, err)) return false;
        if (!hidden) all[kept++] = all[i];
    }
    *n = kept;
    return true;
}

bool store_draft_list(Store *s, const char *warrant, Arena *a, Draft **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_DRAFT_LIST);
    size_t cap = 0;

    *n = 0;
    *out = arena_room(a, NULL, 0, &cap, sizeof **out); /* a list also when there is nothing in it */
    bind_text(q, "warrant", warrant);
    while (stmt_row(q)) {
        *out = arena_room(a, *out, *n, &cap, sizeof **out);
        draft_read(q, warrant, a, &(*out)[(*n)++]);
    }
    return stmt_end(q, err) && hidden_dropped(s, *out, n, err);
}

bool store_draft_drop(Tx *tx, const char *warrant, const char *about, Err *err)
{
    Stmt *q;

    if (!tx_open(tx, err)) return false;
    q = stmt(tx->store, SQL_DRAFT_DROP);
    bind_text(q, "warrant", warrant);
    bind_text(q, "about", about);
    return stmt_run(q, err);
}
