/* store_officer.c — accounts. They are not facts: a row changes, and its revision tells who was too late. */
#include "inside.h"

#include "base/str.h"

#include <inttypes.h>
#include <string.h>

/* ---- rows ---- */

static void officer_read(Stmt *q, Arena *a, Officer *out)
{
    EngText roles = q->store->engine->get_text(q->raw, 2);

    *out = (Officer){ .warrant = col_text(q, 0, a), .name = col_text(q, 1, a) };
    out->roles = roles_by_words(arena_dup_n(a, roles.p, roles.n));
    out->suspended = col_int(q, 3);
    col_bytes(q, 4, out->password.salt, PW_SALT);
    out->password.ops = (uint32_t)col_int(q, 5);
    out->password.mem = (uint64_t)col_int(q, 6);
    col_bytes(q, 7, out->password.verifier, HASH_BYTES);
    out->failures = (int)col_int(q, 8);
    out->retry_at = col_time(q, 9);
    out->must_change = col_int(q, 10);
    out->rev = col_int(q, 11);
}

static bool officer_write(Stmt *q, const Officer *o, Err *err)
{
    Str roles = { 0 };
    bool ok;

    roles_write(o->roles, " ", &roles);
    bind_text(q, "warrant", o->warrant);
    bind_text(q, "name", o->name);
    bind_text(q, "roles", str_text(&roles));
    bind_int(q, "suspended", o->suspended);
    bind_blob(q, "salt", o->password.salt, PW_SALT);
    bind_int(q, "ops", o->password.ops);
    bind_int(q, "mem", (int64_t)o->password.mem);
    bind_blob(q, "verifier", o->password.verifier, HASH_BYTES);
    bind_int(q, "failures", o->failures);
    bind_time(q, "retry_at", o->retry_at);
    bind_int(q, "must_change", o->must_change);
    ok = stmt_run(q, err);
    str_finish(&roles);
    return ok;
}

/* ---- verbs ---- */

bool store_officer_get(Store *s, const char *warrant, Arena *a, Officer *out, Err *err)
{
    Stmt *q = stmt(s, SQL_OFFICER_GET);
    bool found;

    bind_text(q, "warrant", warrant);
    found = stmt_row(q);
    if (found) officer_read(q, a, out);
    if (!stmt_end(q, err)) return false;
    return found || err_set(err, ERR_MISSING, "warrant", "There is no officer with the warrant number %s.", warrant);
}

bool store_officer_list(Store *s, Arena *a, Officer **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_OFFICER_LIST);
    size_t cap = 0;

    *n = 0;
    *out = arena_room(a, NULL, 0, &cap, sizeof **out); /* a list also when there is nobody in it */
    while (stmt_row(q)) {
        *out = arena_room(a, *out, *n, &cap, sizeof **out);
        officer_read(q, a, &(*out)[(*n)++]);
    }
    return stmt_end(q, err);
}

bool store_officer_insert(Tx *tx, const Officer *o, Err *err)
{
    Store *s = tx->store;

    if (!tx_touch(tx, err) || !officer_write(stmt(s, SQL_OFFICER_INSERT), o, err)) return false;
    if (s->engine->changes(s->conn) == 1) return true;
    return err_set(err, ERR_INVALID, "warrant", "There is already an officer with the warrant number %s.", o->warrant);
}

bool store_officer_update(Tx *tx, const Officer *o, Err *err)
{
    Store *s = tx->store;
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(s, SQL_OFFICER_UPDATE);
    bind_int(q, "rev", o->rev);
    if (!officer_write(q, o, err)) return false;
    if (s->engine->changes(s->conn) == 1) return true;
    return err_set(err, ERR_STALE, "warrant",
        "The account %s was changed by somebody else just now. Look at it again: nothing of yours was saved.",
        o->warrant);
}

/* ---- tries at a terminal ---- */

bool store_tries_get(Store *s, const char *terminal, Tries *out, Err *err)
{
    Stmt *q = stmt(s, SQL_TRIES_GET);

    *out = (Tries){ .since = TIME_NONE };
    bind_text(q, "terminal", terminal);
    if (stmt_row(q)) *out = (Tries){ (int)col_int(q, 0), col_time(q, 1) };
    return stmt_end(q, err);
}

bool store_tries_put(Tx *tx, const char *terminal, const Tries *tries, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, SQL_TRIES_PUT);
    bind_text(q, "terminal", terminal);
    bind_int(q, "failures", tries->failures);
    bind_time(q, "since", tries->since);
    return stmt_run(q, err);
}
