/* store.c — made, opened, closed: a store as a whole. */
#include "inside.h"

#include "base/mem.h"
#include "migrations.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATIENCE_MS = 10000, CLOSE_PATIENCE_MS = 3000 };

static const Engine *engine_in_use = &engine_sqlite;

void store_use_engine(const Engine *e)
{
    engine_in_use = e;
}

/* ---- parts ---- */

static Store *store_new(void)
{
    Store *s = mem_new(sizeof *s);

    s->engine = engine_in_use;
    s->patience = PATIENCE_MS;
    list_names_find(s);
    return s;
}

static void store_drop(Store **store, bool checkpoint)
{
    Store *s = *store;

    stmts_finish(s);
    s->engine->close(&s->conn, checkpoint);
    gate_close(&s->gate);
    mem_free(s->rows);
    sight_free(s);
    cipher_free(s);
    crypto_wipe(s, sizeof *s);
    mem_free(s);
    *store = NULL;
}

static bool conn_open(Store *s, const char *path, EngOpen how, Err *err)
{
    char why[200] = "";
    mode_t mask = umask(077);
    EngResult r = s->engine->open(s->engine, path, how, &s->conn, why);

    umask(mask);
    if (r == ENG_DONE) return true;
    if (r != ENG_CORRUPT) {
        engine_failed(s, r, err);
        return err_set(err, err && err->kind ? err->kind : ERR_IO, "", "%s cannot be opened: %s.", path, why);
    }
    return err_set(err, ERR_CORRUPT, "", "%s cannot be used: %s. If it was a store: " PUT_BACK, path, why);
}

static bool seal(Store *s, Err *err)
{
    EngResult r = s->engine->seal(s->conn);

    return r == ENG_DONE || engine_failed(s, r, err);
}

/* ---- making ---- */

static bool info_write(Store *s, const StoreInfo *birth, Err *err)
{
    EngResult r = s->engine->begin(s->conn, true);
    uint8_t random[16];
    char id[33];
    Stmt *q;

    if (r != ENG_DONE) return engine_failed(s, r, err);
    crypto_random(random, sizeof random);
    q = stmt(s, SQL_INFO_PUT);
    bind_text(q, "id", birth->id[0] ? birth->id : crypto_hex(random, sizeof random, id));
    bind_int(q, "training", birth->training);
    bind_text(q, "borough", birth->borough);
    bind_int(q, "created_at", birth->created_at);
    if (!stmt_run(q, err)) return false;
    r = s->engine->commit(s->conn);
    return r == ENG_DONE || engine_failed(s, r, err);
}

static bool store_fill(Store *s, const StoreInfo *birth, Err *err)
{
    return conn_open(s, s->place.unfinished, ENG_CREATE, err) &&
           migrate_run(s->engine, s->conn, s->place.dir, migrations, migrations_n, err) && seal(s, err) &&
           info_write(s, birth, err);
}

/* Written under another name, closed (which folds everything into the one file), and only then given its own. */
bool store_create(const char *dir, const StoreInfo *birth, Err *err)
{
    Store *s = store_new();
    Place place;
    bool ok = false;

    if (!place_prepare(dir, &s->place, err)) goto out;
    s->gate = gate_open(s->place.gate, err);
    if (!s->gate || !gate_enter(s->gate, s->patience, err) || !place_is_free(&s->place, err)) goto out;
    place = s->place;
    place.made = false;
    place_abandon(&place); /* what an interrupted creation left */
    ok = store_fill(s, birth, err);
    stmts_finish(s);
    s->engine->close(&s->conn, true);
    ok = ok && place_settle(&s->place, err);
    if (!ok) place_abandon(&s->place);
out:
    store_drop(&s, false);
    return ok;
}

/* ---- opening ---- */

static bool info_read(Store *s, Err *err)
{
    Stmt *q = stmt(s, SQL_INFO_GET);
    Arena *a = arena_new();
    bool found = stmt_row(q);

    if (found) {
        snprintf(s->info.id, sizeof s->info.id, "%s", col_text(q, 0, a));
        s->info.training = col_int(q, 1);
        snprintf(s->info.borough, sizeof s->info.borough, "%s", col_text(q, 2, a));
        s->info.created_at = col_int(q, 3);
        s->info.schema = migrations_n;
    }
    arena_free(&a);
    if (!stmt_end(q, err)) return false;
    return found || err_set(err, ERR_CORRUPT, "", "The store in %s does not say which it is. " PUT_BACK, s->place.dir);
}

/* The step that takes restricted cases out of the figures leaves it to this program to count again: days are local ones. */
static bool figures_are_old(const Store *s)
{
    for (int i = s->grown_from; i < migrations_n; i++)
        if (strstr(migrations[i].name, "restricted-cases")) return true;
    return false;
}

/* Steps that change the file run inside the gate; a store of today needs none. */
static bool store_update(Store *s, Err *err)
{
    int version = 0;
    bool ok;
    EngResult r = s->engine->version(s->conn, &version, NULL);

    if (r != ENG_DONE) return engine_failed(s, r, err);
    s->grown_from = version;
    if (version == migrations_n) return true;
    if (version == 0) /* a new store gets its number before it gets its name */
        return err_set(
            err, ERR_CORRUPT, "", "%s is not a whole store: it has no number of a schema. " PUT_BACK, s->place.db);
    if (!gate_enter(s->gate, s->patience, err)) return false;
    ok = migrate_run(s->engine, s->conn, s->place.dir, migrations, migrations_n, err);
    gate_leave(s->gate);
    return ok;
}

Store *store_open(const char *dir, Err *err)
{
    Store *s = store_new();

    if (place_find(dir, &s->place, err) && (s->gate = gate_open(s->place.gate, err)) != NULL &&
        conn_open(s, s->place.db, ENG_OPEN, err) && place_remember(&s->place, err) && store_update(s, err) && seal(s, err) && info_read(s, err) &&
        (!figures_are_old(s) || figures_again(s, err)))
        return s;
    store_drop(&s, false);
    return NULL;
}

Store *store_open_file_any(const char *path, Err *err)
{
    Store *s = store_new();

    snprintf(s->place.db, sizeof s->place.db, "%s", path);
    if (conn_open(s, path, ENG_OPEN, err)) return s;
    store_drop(&s, false);
    return NULL;
}

Store *store_open_file(const char *path, Err *err)
{
    Store *s = store_open_file_any(path, err);

    if (!s || (seal(s, err) && info_read(s, err))) return s;
    store_drop(&s, false);
    return NULL;
}

void store_close_file(Store **s)
{
    if (*s) store_drop(s, true);
}

/* The last one out folds the log file in. Whoever does not get the gate in time leaves that to the next. */
void store_close(Store **store)
{
    Store *s = *store;
    bool inside;

    if (!s) return;
    s->engine->rollback(s->conn);
    stmts_finish(s);
    inside = gate_is_held(s->gate) || gate_enter(s->gate, CLOSE_PATIENCE_MS, NULL);
    store_drop(store, inside);
}

const StoreInfo *store_info(const Store *s)
{
    return &s->info;
}

void store_set_patience(Store *s, int milliseconds)
{
    s->patience = milliseconds;
}
