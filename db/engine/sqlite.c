/* sqlite.c — SQLite as the engine: one connection for one thread, opened hard.
** Every setting is read back, because a pragma that is not obeyed says nothing (sqlite_settings.c). Write-ahead log, full
** sync, no checkpoint by itself: SQLite up to 3.51.2 can damage a store when a checkpoint runs beside a write, so only
** the store's one function checkpoints, inside its gate. Nobody opens the file past this: closing a second descriptor
** would drop the locks of the whole process. */
#include "sqlite_parts.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

const char *engine_sqlite_vfs = "unix";

enum { APPLICATION = 0x42313234 /* "B124" */, BUSY_MS = 5000, HEAP_MAX = 256 << 20 };

EngResult sqlite_result(int rc)
{
    if (rc == SQLITE_BUSY_SNAPSHOT) return ENG_STALE;
    switch (rc & 0xff) {
    case SQLITE_OK:
    case SQLITE_DONE: return ENG_DONE;
    case SQLITE_ROW: return ENG_ROW;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: return ENG_BUSY;
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG: return ENG_CONSTRAINT;
    case SQLITE_AUTH: return ENG_DENIED;
    case SQLITE_FULL: return ENG_FULL;
    case SQLITE_READONLY: return ENG_READONLY;
    case SQLITE_NOMEM: mem_exhausted();
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: return ENG_IO;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ENG_CORRUPT;
    case SQLITE_INTERRUPT: return ENG_STOPPED;
    default: return ENG_BUG;
    }
}

static EngResult run(EngConn *c, const char *text)
{
    return sqlite_result(sqlite3_exec(c->db, text, NULL, NULL, NULL));
}

/* ---- a connection ---- */

static EngResult said(EngConn *c, EngResult r, char why[200])
{
    if (r != ENG_DONE) snprintf(why, 200, "%s", sqlite3_errmsg(c->db));
    return r;
}

/* What must be so before anything is read, and whose file it is. */
static EngResult accept_file(EngConn *c, EngOpen how, char why[200])
{
    int64_t application = 0;
    EngResult r;

    if (how == ENG_CREATE)
        r = run(c, "PRAGMA application_id = 0x42313234");
    else
        r = ENG_DONE;
    if (r == ENG_DONE) r = sqlite_pragma_int(c, "PRAGMA application_id", &application);
    if (r != ENG_DONE) return said(c, r, why);
    if (application == APPLICATION) return ENG_DONE;
    snprintf(why, 200, "it is not a store of book124");
    return ENG_CORRUPT;
}

static EngResult settle(EngConn *c, EngOpen how, char why[200])
{
    EngResult r = sqlite_harden(c, why);

    if (r == ENG_DONE) r = accept_file(c, how, why);
    if (r == ENG_DONE) r = sqlite_settings_make(c, why);
    return r;
}

static EngResult conn_open(const Engine *e, const char *path, EngOpen how, EngConn **out, char why[200])
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;
    EngConn *c = mem_new(sizeof *c);
    EngResult r;

    sqlite3_hard_heap_limit64(HEAP_MAX);
    if (how == ENG_CREATE) flags |= SQLITE_OPEN_CREATE;
    r = sqlite_result(sqlite3_open_v2(path, &c->db, flags, engine_sqlite_vfs));
    if (r != ENG_DONE) {
        snprintf(why, 200, "%s", c->db ? sqlite3_errmsg(c->db) : "no memory");
    } else {
        sqlite3_busy_timeout(c->db, BUSY_MS);
        r = settle(c, how, why);
    }
    if (r == ENG_DONE) {
        *out = c;
    } else {
        sqlite3_close(c->db);
        mem_free(c);
    }
    return r;
}

static void conn_close(EngConn **conn, bool checkpoint)
{
    EngConn *c = *conn;

    if (!c) return;
    for (int i = 0; i < TX_WORDS; i++) sqlite3_finalize(c->words[i]);
    sqlite3_db_config(c->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, checkpoint ? 0 : 1, (int *)NULL);
    sqlite3_close(c->db);
    mem_free(c);
    *conn = NULL;
}

static const char *conn_message(EngConn *c)
{
    return sqlite3_errmsg(c->db);
}

/* ---- transactions ---- */

static EngResult word(EngConn *c, int which)
{
    static const char *const texts[TX_WORDS] = { "BEGIN", "BEGIN IMMEDIATE", "COMMIT", "SAVEPOINT part",
        "RELEASE part" };
    sqlite3_stmt **s = &c->words[which];
    int rc = SQLITE_OK;

    if (!*s) rc = sqlite3_prepare_v3(c->db, texts[which], -1, SQLITE_PREPARE_PERSISTENT, s, NULL);
    if (rc != SQLITE_OK) return sqlite_result(rc);
    rc = sqlite3_step(*s);
    sqlite3_reset(*s);
    return sqlite_result(rc);
}

static EngResult tx_begin(EngConn *c, bool write)
{
    return word(c, write ? TX_WRITE : TX_READ);
}

static EngResult tx_commit(EngConn *c)
{
    return word(c, TX_COMMIT);
}

static void tx_rollback(EngConn *c)
{
    if (!sqlite3_get_autocommit(c->db)) run(c, "ROLLBACK");
}

static EngResult tx_part(EngConn *c, char what)
{
    switch (what) {
    case 'b': return word(c, TX_PART);
    case 'k': return word(c, TX_KEEP);
    default: return run(c, "ROLLBACK TO part; RELEASE part");
    }
}

/* ---- statements: an EngStmt is a sqlite3_stmt ---- */

static sqlite3_stmt *raw(EngStmt *s)
{
    return (sqlite3_stmt *)s;
}

static EngResult prepare(EngConn *c, const char *text, EngStmt **out)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v3(c->db, text, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL);

    *out = (EngStmt *)s;
    return sqlite_result(rc);
}

static void finalize(EngStmt *s)
{
    sqlite3_finalize(raw(s));
}

static int parameter(EngStmt *s, const char *name)
{
    char with_colon[64];

    snprintf(with_colon, sizeof with_colon, ":%s", name);
    return sqlite3_bind_parameter_index(raw(s), with_colon);
}

static void bind_int(EngStmt *s, int at, int64_t v)
{
    sqlite3_bind_int64(raw(s), at, v);
}

static void bind_text(EngStmt *s, int at, const char *p, size_t n)
{
    sqlite3_bind_text64(raw(s), at, p, n, SQLITE_STATIC, SQLITE_UTF8);
}

static void bind_blob(EngStmt *s, int at, const void *p, size_t n)
{
    sqlite3_bind_blob64(raw(s), at, p, n, SQLITE_STATIC);
}

static void bind_null(EngStmt *s, int at)
{
    sqlite3_bind_null(raw(s), at);
}

static EngResult step(EngStmt *s)
{
    return sqlite_result(sqlite3_step(raw(s)));
}

static void reset(EngStmt *s)
{
    sqlite3_reset(raw(s));
}

static int columns(EngStmt *s)
{
    return sqlite3_column_count(raw(s));
}

static bool is_null(EngStmt *s, int at)
{
    return sqlite3_column_type(raw(s), at) == SQLITE_NULL;
}

static int64_t get_int(EngStmt *s, int at)
{
    return sqlite3_column_int64(raw(s), at);
}

static EngText get_text(EngStmt *s, int at)
{
    const char *p = (const char *)sqlite3_column_text(raw(s), at);

    return (EngText){ p, p ? (size_t)sqlite3_column_bytes(raw(s), at) : 0 };
}

static EngText get_blob(EngStmt *s, int at)
{
    const char *p = sqlite3_column_blob(raw(s), at);

    return (EngText){ p, p ? (size_t)sqlite3_column_bytes(raw(s), at) : 0 };
}

static int64_t changes(EngConn *c)
{
    return sqlite3_changes64(c->db);
}

/* ---- care ---- */

static EngResult version(EngConn *c, int *get, const int *set)
{
    char text[64];
    int64_t v = 0;
    EngResult r = ENG_DONE;

    if (set) {
        snprintf(text, sizeof text, "PRAGMA user_version = %d", *set);
        r = run(c, text);
    }
    if (r == ENG_DONE && get) {
        r = sqlite_pragma_int(c, "PRAGMA user_version", &v);
        *get = (int)v;
    }
    return r;
}

/* Inside the gate "busy" can only mean that a reader still needs old pages: then the rest is folded in another time. */
static EngResult checkpoint(EngConn *c, bool *whole)
{
    int rc;

    sqlite3_busy_timeout(c->db, 0);
    rc = sqlite3_wal_checkpoint_v2(c->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_busy_timeout(c->db, BUSY_MS);
    *whole = rc == SQLITE_OK;
    return (rc & 0xff) == SQLITE_BUSY ? ENG_DONE : sqlite_result(rc);
}

/* By a connection of its own: the sealed one may not attach, which VACUUM INTO does inside. */
static EngResult copy(EngConn *c, const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_open_v2(sqlite3_db_filename(c->db, "main"), &db,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX, engine_sqlite_vfs);

    if (rc == SQLITE_OK) {
        sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
        sqlite3_busy_timeout(db, BUSY_MS);
        rc = sqlite3_exec(db, "PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL", NULL, NULL, NULL);
    }
    if (rc == SQLITE_OK) rc = sqlite3_prepare_v2(db, "VACUUM INTO ?1", -1, &s, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
        rc = sqlite3_step(s);
    }
    sqlite3_finalize(s);
    sqlite3_close(db);
    return sqlite_result(rc);
}

/* The engine's own words are for those who wrote it, and may be several lines. */
static const char *plainly(const char *line)
{
    if (strstr(line, " index ")) return "An index does not say what its table says";
    if (strstr(line, "CHECK") || strstr(line, "NULL value")) return "A row holds what it may not hold";
    return "A page of the file is damaged";
}

static EngResult check(EngConn *c, bool thorough, char says[200])
{
    const char *text = thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)";
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(c->db, text, -1, &s, NULL);

    says[0] = '\0';
    if (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        const char *line = (const char *)sqlite3_column_text(s, 0);
        if (line && strcmp(line, "ok") != 0) snprintf(says, 200, "%s", plainly(line));
        rc = SQLITE_DONE;
    }
    sqlite3_finalize(s);
    if (rc == SQLITE_DONE && !says[0] && thorough) {
        rc = sqlite3_prepare_v2(c->db, "PRAGMA foreign_key_check", -1, &s, NULL);
        if (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW)
            snprintf(says, 200, "A row of %s names a case that is not there", sqlite3_column_text(s, 0));
        sqlite3_finalize(s);
    }
    return rc == SQLITE_ROW ? ENG_DONE : sqlite_result(rc);
}

/* ---- the schema: what the steps make, in memory, beside what is there ---- */

static int parts_of(sqlite3 *db, sqlite3_stmt **out)
{
    return sqlite3_prepare_v2(db,
        "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1", -1, out, NULL);
}

static const char *part_text(sqlite3_stmt *s, int at)
{
    const char *text = (const char *)sqlite3_column_text(s, at);

    return text ? text : "";
}

static int parts_compare(sqlite3_stmt *is, sqlite3_stmt *should, char says[200])
{
    for (;;) {
        int a = sqlite3_step(is), b = sqlite3_step(should), order;
        if (a != SQLITE_ROW && a != SQLITE_DONE) return a;
        if (b != SQLITE_ROW && b != SQLITE_DONE) return b;
        if (a == SQLITE_DONE && b == SQLITE_DONE) return SQLITE_DONE;
        order = a == SQLITE_DONE ? 1 : b == SQLITE_DONE ? -1 : strcmp(part_text(is, 0), part_text(should, 0));
        if (order == 0 && strcmp(part_text(is, 1), part_text(should, 1)) == 0) continue;
        snprintf(says, 200, "The %s %s", part_text(order > 0 ? should : is, 0),
            order > 0   ? "is missing"
            : order < 0 ? "is not one of book124"
                        : "was changed");
        return SQLITE_DONE;
    }
}

static EngResult schema(EngConn *c, const char *const *steps, int n, char says[200])
{
    sqlite3 *made = NULL;
    sqlite3_stmt *is = NULL, *should = NULL;
    int rc = sqlite3_open_v2(":memory:", &made, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);

    says[0] = '\0';
    for (int i = 0; rc == SQLITE_OK && i < n; i++) rc = sqlite3_exec(made, steps[i], NULL, NULL, NULL);
    if (rc == SQLITE_OK) rc = parts_of(made, &should);
    if (rc == SQLITE_OK) rc = parts_of(c->db, &is);
    if (rc == SQLITE_OK) rc = parts_compare(is, should, says);
    sqlite3_finalize(is);
    sqlite3_finalize(should);
    sqlite3_close(made);
    return sqlite_result(rc);
}

static EngResult plan(EngConn *c, const char *text, char *out, size_t n)
{
    char *query = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", text);
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(c->db, query, -1, &s, NULL);
    size_t used = 0;

    out[0] = '\0';
    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        rc = sqlite3_step(s);
        if (rc != SQLITE_ROW || used >= n) break;
        used += (size_t)snprintf(out + used, n - used, "%s\n", sqlite3_column_text(s, 3));
    }
    sqlite3_finalize(s);
    sqlite3_free(query);
    return sqlite_result(rc);
}

const Engine engine_sqlite = {
    .name = "sqlite",
    .open = conn_open,
    .close = conn_close,
    .message = conn_message,
    .seal = sqlite_seal,
    .rewrite = sqlite_rewrite,
    .setting = sqlite_setting,
    .begin = tx_begin,
    .commit = tx_commit,
    .rollback = tx_rollback,
    .part = tx_part,
    .prepare = prepare,
    .finalize = finalize,
    .parameter = parameter,
    .bind_int = bind_int,
    .bind_text = bind_text,
    .bind_blob = bind_blob,
    .bind_null = bind_null,
    .step = step,
    .reset = reset,
    .columns = columns,
    .is_null = is_null,
    .get_int = get_int,
    .get_text = get_text,
    .get_blob = get_blob,
    .changes = changes,
    .script = run,
    .version = version,
    .checkpoint = checkpoint,
    .copy = copy,
    .check = check,
    .schema = schema,
    .plan = plan,
};
