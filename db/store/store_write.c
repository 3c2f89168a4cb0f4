/* store_write.c — one write, from the gate to the disk.
** Everything that changes the store is between store_begin and store_end. A save never waits for the log file to be folded
** into the store: store_breathe does that when nobody types; only past BACKSTOP does a write do it, after its own commit. */
#include "inside.h"
#include "base/protection.h"

enum { SCRUB_MS = 2000 }; /* readers are short */
static const long long fold_above = 4 << 20, backstop = 16 << 20;

bool store_begin(Store *s, Tx *tx, Err *err)
{
    EngResult r;
    int64_t last;

    *tx = (Tx){ 0 };
    if (s->writing || s->reading)
        return err_set(err, ERR_BUG, "", "A write was begun inside another or inside a read.");
    if (!gate_enter(s->gate, s->patience, err)) return false;
    if (!place_same(&s->place, err)) {
        gate_leave(s->gate);
        return false;
    }
    r = s->engine->begin(s->conn, true);
    if (r != ENG_DONE) {
        gate_leave(s->gate);
        return engine_failed(s, r, err);
    }
    s->writing = true;
    *tx = (Tx){ .store = s, .open = true };
    if (!stmt_number(stmt(s, SQL_AUDIT_LAST), &last, err)) {
        store_end(tx);
        return false;
    }
    tx->act = last + 1;
    return true;
}

bool tx_open(Tx *tx, Err *err)
{
    return tx->open || err_set(err, ERR_BUG, "", "A change was tried outside a write.");
}

bool tx_touch(Tx *tx, Err *err)
{
    if (!tx_open(tx, err)) return false;
    return tx->changed = true;
}

bool tx_add_text(Tx *tx, SqlId add, const char *id, const char *hash, const char *text, size_t n, Time now, Err *err)
{
    Stmt *q;

    if (!tx_touch(tx, err)) return false;
    q = stmt(tx->store, add);
    bind_text(q, "id", id);
    bind_text(q, "hash", hash);
    bind_text_n(q, "text", text, n);
    bind_time(q, "activated_at", now);
    bind_int(q, "act", tx->act);
    return stmt_run(q, err);
}

bool store_commit(Tx *tx, Err *err)
{
    Store *s = tx->store;
    EngResult r;

    if (!tx_open(tx, err)) return false;
    if (tx->changed && tx->entries == 0 && !WITHOUT("log-with-change"))
        return err_set(
            err, ERR_BUG, "", "Something was changed and nothing was put in the log. Nothing was saved: report this.");
    if (!rewriting_logged(tx, err)) return false;
    r = s->engine->commit(s->conn);
    if (r != ENG_DONE) {
        engine_failed(s, r, err);
        s->engine->rollback(s->conn);
    }
    tx->open = false;
    if (r == ENG_DONE) heads_note(s, tx->entries);
    if (r == ENG_DONE && tx->rewrote) s->scrub_due = true;
    return r == ENG_DONE;
}

void store_end(Tx *tx)
{
    Store *s = tx->store;

    if (!s) return;
    if (tx->open) {
        s->engine->rollback(s->conn);
        sight_forget(s); /* entries of lists may be gone, and others get their numbers */
        cipher_forget(s);
    }
    s->writing = false;
    if (tx->rewrote) s->engine->rewrite(s->conn, false); /* shut already, but for a step that failed half-way */
    if (s->scrub_due) rewriting_scrub(s, SCRUB_MS);
    if (place_size(s->place.wal) > backstop) store_fold(s, backstop, NULL);
    gate_leave(s->gate);
    heads_tell(s);
    *tx = (Tx){ 0 };
}

/* ---- parts of a write ---- */

static bool part(Tx *tx, char what, Err *err)
{
    EngResult r;

    if (!tx_open(tx, err)) return false;
    r = tx->store->engine->part(tx->store->conn, what);
    return r == ENG_DONE || engine_failed(tx->store, r, err);
}

bool store_part_begin(Tx *tx, Err *err)
{
    if (!part(tx, 'b', err)) return false;
    tx->store->at_part = *tx;
    return true;
}

bool store_part_keep(Tx *tx, Err *err)
{
    return part(tx, 'k', err);
}

void store_part_drop(Tx *tx)
{
    if (part(tx, 'd', NULL)) *tx = tx->store->at_part;
    sight_forget(tx->store);
    cipher_forget(tx->store);
}

/* ---- the log file ---- */

bool store_fold(Store *s, long long above, Err *err)
{
    bool whole;
    EngResult r;

    if (!gate_is_held(s->gate)) return err_set(err, ERR_BUG, "", "The log file may be folded in inside the gate only.");
    if (place_size(s->place.wal) <= above) return true;
    r = s->engine->checkpoint(s->conn, &whole);
    return r == ENG_DONE || engine_failed(s, r, err);
}

bool store_breathe(Store *s, Err *err)
{
    bool ok;

    if (s->writing || s->reading || (!s->scrub_due && place_size(s->place.wal) <= fold_above)) return true;
    if (!gate_enter(s->gate, 0, NULL)) return true; /* somebody is saving: another time */
    if (s->scrub_due) rewriting_scrub(s, 0);
    ok = store_fold(s, fold_above, err);
    gate_leave(s->gate);
    return ok;
}
