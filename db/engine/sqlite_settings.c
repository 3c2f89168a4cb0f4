/* sqlite_settings.c — how a connection is hardened: two tables, each row set and then read back. */
#include "sqlite_parts.h"
#include "base/protection.h"

#include <stdio.h>
#include <string.h>

/* ---- switches of the connection ---- */

static const struct {
    int op, on;
    const char *name;
} switches[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1, "defensive" },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, "trusted_schema" },
    { SQLITE_DBCONFIG_DQS_DML, 0, "dqs_dml" },
    { SQLITE_DBCONFIG_DQS_DDL, 0, "dqs_ddl" },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, "load_extension" },
    { SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0, "fts3_tokenizer" },
    { SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0, "writable_schema" },
    { SQLITE_DBCONFIG_ENABLE_FKEY, 1, "enable_fkey" },
};

static const struct {
    int id, most;
} limits[] = {
    { SQLITE_LIMIT_LENGTH, 4000000 },
    { SQLITE_LIMIT_SQL_LENGTH, 100000 },
    { SQLITE_LIMIT_COLUMN, 100 },
    { SQLITE_LIMIT_EXPR_DEPTH, 50 },
    { SQLITE_LIMIT_COMPOUND_SELECT, 10 },
    { SQLITE_LIMIT_VDBE_OP, 25000 },
    { SQLITE_LIMIT_FUNCTION_ARG, 16 },
    { SQLITE_LIMIT_ATTACHED, 0 },
    { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100 },
    { SQLITE_LIMIT_VARIABLE_NUMBER, 64 },
    { SQLITE_LIMIT_TRIGGER_DEPTH, 4 },
    { SQLITE_LIMIT_WORKER_THREADS, 0 },
};

enum { SWITCHES = sizeof switches / sizeof switches[0], LIMITS = sizeof limits / sizeof limits[0] };

EngResult sqlite_harden(EngConn *c, char why[200])
{
    for (int i = 0; i < SWITCHES; i++) {
        int now = -1;
        int rc = sqlite3_db_config(c->db, switches[i].op, switches[i].on, &now);
        if (rc == SQLITE_OK && now == switches[i].on) continue;
        snprintf(why, 200, "the setting %s cannot be made %d", switches[i].name, switches[i].on);
        return ENG_BUG;
    }
    for (int i = 0; i < LIMITS; i++) {
        sqlite3_limit(c->db, limits[i].id, limits[i].most);
        if (sqlite3_limit(c->db, limits[i].id, -1) == limits[i].most) continue;
        snprintf(why, 200, "the limit %d cannot be made %d", limits[i].id, limits[i].most);
        return ENG_BUG;
    }
    return ENG_DONE;
}

/* ---- pragmas ---- */

#define PRAGMA(name, value, wanted)                                                                                    \
    {                                                                                                                  \
        "PRAGMA " name " = " value, "PRAGMA " name, wanted                                                             \
    }
static const struct {
    const char *set, *get, *wanted;
} pragmas[] = {
    PRAGMA("journal_mode", "WAL", "wal"),
    PRAGMA("synchronous", "FULL", "2"), /* NORMAL lost acknowledged saves in 116 of 300 power cuts */
    PRAGMA("wal_autocheckpoint", "0", "0"), PRAGMA("journal_size_limit", "67108864", "67108864"),
    PRAGMA("cell_size_check", "ON", "1"), PRAGMA("mmap_size", "0", "0"),
    PRAGMA("temp_store", "MEMORY", "2"), /* a sort on the disk would leave text there */
    PRAGMA("secure_delete", "ON", "1"), PRAGMA("foreign_keys", "ON", "1"),
    PRAGMA("recursive_triggers", "ON", "1"), /* else REPLACE walks past the triggers that forbid removal */
    PRAGMA("ignore_check_constraints", "OFF", "0"), PRAGMA("trusted_schema", "OFF", "0"),
    PRAGMA("cache_size", "-6000", "-6000"), /* KiB: a session stays small */
};
enum { PRAGMAS = sizeof pragmas / sizeof pragmas[0] };

static EngResult pragma_text(EngConn *c, const char *text, char out[40])
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(c->db, text, -1, &s, NULL);

    out[0] = '\0';
    if (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        const char *value = (const char *)sqlite3_column_text(s, 0);
        snprintf(out, 40, "%s", value ? value : "");
        rc = SQLITE_DONE;
    }
    sqlite3_finalize(s);
    return sqlite_result(rc);
}

EngResult sqlite_pragma_int(EngConn *c, const char *text, int64_t *out)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(c->db, text, -1, &s, NULL);

    if (rc == SQLITE_OK && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        *out = sqlite3_column_int64(s, 0);
        rc = SQLITE_DONE;
    }
    sqlite3_finalize(s);
    return sqlite_result(rc);
}

bool sqlite_setting(EngConn *c, int i, char out[80], bool *holds)
{
    char value[40];

    if (i < 0 || i >= PRAGMAS) return false;
    *holds = pragma_text(c, pragmas[i].get, value) == ENG_DONE && strcmp(value, pragmas[i].wanted) == 0;
    snprintf(out, 80, "%s=%s wanted=%s", pragmas[i].get + sizeof "PRAGMA", value, pragmas[i].wanted);
    return true;
}

EngResult sqlite_settings_make(EngConn *c, char why[200])
{
    char ignored[40];
    bool holds;

    for (int i = 0; i < PRAGMAS; i++) {
        EngResult r = pragma_text(c, pragmas[i].set, ignored);
        if (r == ENG_DONE) continue;
        snprintf(why, 200, "%s", sqlite3_errmsg(c->db));
        return r;
    }
    for (int i = 0; i < PRAGMAS; i++) {
        char says[80];
        sqlite_setting(c, i, says, &holds);
        if (holds) continue;
        snprintf(why, 200, "the setting %s was not obeyed", says);
        return ENG_BUG;
    }
    if (WITHOUT("full-sync")) pragma_text(c, "PRAGMA synchronous = OFF", ignored);
    if (WITHOUT("secure-delete")) pragma_text(c, "PRAGMA secure_delete = OFF", ignored);
    return ENG_DONE;
}
