/* stmt.c — statements by name: prepared once, bound with an error that sticks, read column by column.
** Here an engine's result becomes a sentence for a person: what happened, and what to do. */
#include "inside.h"

#include <string.h>

/* ---- from result to sentence ---- */

bool engine_failed(Store *s, EngResult r, Err *err)
{
    const char *says = s->conn ? s->engine->message(s->conn) : "";

    switch (r) {
    case ENG_BUSY:
    case ENG_STALE:
        return err_set(
            err, ERR_BUSY, "", "The store is held by somebody else just now. Nothing was changed: try again.");
    case ENG_FULL:
        return err_set(err, ERR_IO, "",
            "The disk of the store is full: nothing was saved. Make room on the disk of %s, then save again.",
            s->place.dir);
    case ENG_READONLY:
        return err_set(err, ERR_IO, "",
            "The store cannot be written: nothing was saved. " MUST_WRITE
            " See that %s is not mounted read-only and that its files are yours (mode 0600).",
            s->place.dir);
    case ENG_IO:
        return err_set(err, ERR_IO, "",
            "The disk of the store failed (%s): nothing was saved. Check the disk of %s before going on.", says,
            s->place.dir);
    case ENG_CORRUPT:
        return err_set(
            err, ERR_CORRUPT, "", "The store in %s is damaged (%s). Stop working in it. " PUT_BACK, s->place.dir, says);
    case ENG_STOPPED: return err_set(err, ERR_STOPPED, "", "It was stopped.");
    default:
        return err_set(
            err, ERR_BUG, "", "The store refused a step of the program (%s). Nothing was changed: report this.", says);
    }
}

/* ---- one statement ---- */

static void stmt_reset(Stmt *q)
{
    if (q->raw && q->used) q->store->engine->reset(q->raw);
    q->used = false;
}

Stmt *stmt(Store *s, SqlId id)
{
    Stmt *q = &s->stmts[id];

    q->result = ENG_DONE;
    if (q->raw) {
        stmt_reset(q);
        return q;
    }
    q->store = s;
    q->id = id;
    q->result = s->engine->prepare(s->conn, sql_texts[id].text, &q->raw);
    return q;
}

void stmts_finish(Store *s)
{
    for (int i = 0; i < SQL_COUNT; i++) {
        if (s->stmts[i].raw) s->engine->finalize(s->stmts[i].raw);
        s->stmts[i].raw = NULL;
    }
}

static bool usable(const Stmt *q)
{
    return q->raw && (q->result == ENG_DONE || q->result == ENG_ROW);
}

bool stmt_row(Stmt *q)
{
    if (!usable(q)) return false;
    q->used = true;
    q->result = q->store->engine->step(q->raw);
    return q->result == ENG_ROW;
}

bool stmt_broken(const Stmt *q)
{
    return !usable(q);
}

bool stmt_end(Stmt *q, Err *err)
{
    bool ok = usable(q) || engine_failed(q->store, q->result, err);

    stmt_reset(q);
    return ok;
}

bool stmt_run(Stmt *q, Err *err)
{
    stmt_row(q);
    return stmt_end(q, err);
}

bool stmt_number(Stmt *q, int64_t *out, Err *err)
{
    *out = stmt_row(q) ? col_int(q, 0) : 0;
    return stmt_end(q, err);
}

/* ---- binding ---- */

/* The place of a parameter, 0 (and a mistake noted) when the statement has none of this name. */
static int place_of(Stmt *q, const char *name)
{
    int at;

    if (!usable(q)) return 0;
    for (int i = 0; i < q->n_known; i++)
        if (q->known[i].name == name) return q->known[i].at;
    at = q->store->engine->parameter(q->raw, name);
    if (at == 0) q->result = ENG_BUG;
    if (at && q->n_known < PARAMS_MAX) {
        q->known[q->n_known].name = name;
        q->known[q->n_known++].at = at;
    }
    return at;
}

void bind_int(Stmt *q, const char *name, int64_t v)
{
    int at = place_of(q, name);

    if (at) q->store->engine->bind_int(q->raw, at, v);
}

void bind_null(Stmt *q, const char *name)
{
    int at = place_of(q, name);

    if (at) q->store->engine->bind_null(q->raw, at);
}

void bind_time(Stmt *q, const char *name, Time v)
{
    if (v == TIME_NONE)
        bind_null(q, name);
    else
        bind_int(q, name, v);
}

void bind_text_n(Stmt *q, const char *name, const char *v, size_t n)
{
    int at = place_of(q, name);

    if (at) q->store->engine->bind_text(q->raw, at, v, n);
}

void bind_text(Stmt *q, const char *name, const char *v)
{
    if (v)
        bind_text_n(q, name, v, strlen(v));
    else
        bind_null(q, name);
}

void bind_blob(Stmt *q, const char *name, const void *v, size_t n)
{
    int at = place_of(q, name);

    if (at) q->store->engine->bind_blob(q->raw, at, n ? v : "", n);
}

/* ---- reading ---- */

bool col_null(Stmt *q, int at)
{
    return q->store->engine->is_null(q->raw, at);
}

int64_t col_int(Stmt *q, int at)
{
    return q->store->engine->get_int(q->raw, at);
}

Time col_time(Stmt *q, int at)
{
    return col_null(q, at) ? TIME_NONE : col_int(q, at);
}

const char *col_text(Stmt *q, int at, Arena *a)
{
    EngText t = q->store->engine->get_text(q->raw, at);

    return t.p ? arena_dup_n(a, t.p, t.n) : NULL;
}

void col_bytes(Stmt *q, int at, void *out, size_t n)
{
    EngText t = q->store->engine->get_blob(q->raw, at);

    if (t.n == n)
        memcpy(out, t.p, n);
    else
        memset(out, 0, n);
}

/* ---- one view for several statements ---- */

bool read_begin(Store *s, Err *err)
{
    EngResult r;

    if (s->writing || s->reading++ > 0) return true;
    r = s->engine->begin(s->conn, false);
    if (r == ENG_DONE) return true;
    s->reading = 0;
    return engine_failed(s, r, err);
}

void read_end(Store *s)
{
    if (s->writing || s->reading == 0 || --s->reading > 0) return;
    if (s->engine->commit(s->conn) != ENG_DONE) s->engine->rollback(s->conn);
}
