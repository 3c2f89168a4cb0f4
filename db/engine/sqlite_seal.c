/* sqlite_seal.c — what a connection may do once the store is open: the authorizer.
** Facts and the log may be added to and read. Only the tables named here may be changed, the schema and the settings
** not at all. Triggers say the same inside the file; this stops our own mistakes before they are even prepared.
** The one exception, texts of facts, is for as long as the store says so (sqlite_rewrite); which texts, the triggers know. */
#include "sqlite_parts.h"
#include "base/protection.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *table;
    bool may_delete;
} changeable[] = {
    { "officer", false },
    { "officer_secret", true },
    { "terminal_tries", false },
    { "cipher_grant", true },
    { "cipher_wait", true },
    { "draft", true },
    { "duty", true },
    { "badge", true },
    { "alert", true },
    { "alert_stretch", true },
    { "alert_tally", true },
    { "outstanding", true },
    { "duty_count", true },
    { "search_key", true },
    { "desk_view", true }, /* settings */
};

/* What a case says, and what is said of it. */
static const char *const rewritable[] = { "case_head", "offences", "flags", "people", "references", "cross_references", "books", "addenda",
    "book_moves", "assessments", "reviews", "referrals", "contacts", "events", "notices", "owners", "investigators", "consent", "tasks", "referral_steps",
    "hearings", "orders", "bail", "breaches", "safe_contacts", "attempts", "holds", "links", "disposals", "reopenings", "status", "alert_answer", "access", "retention", "handover_note" };

static const char *const case_file_changes[] = { "rev", "changed_at", "changed_by" };

/* Pragmas that may be asked; those with an argument are refused, except the checks. */
static const char *const readable[] = {
    "journal_mode",
    "synchronous",
    "wal_autocheckpoint",
    "journal_size_limit",
    "cell_size_check",
    "mmap_size",
    "temp_store",
    "secure_delete",
    "foreign_keys",
    "recursive_triggers",
    "ignore_check_constraints",
    "trusted_schema",
    "cache_size",
    "application_id",
    "user_version",
    "data_version",
    "foreign_key_check",
};

static bool among(const char *const *words, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], word) == 0) return true;
    return false;
}
#define AMONG(words, word) among(words, sizeof(words) / sizeof((words)[0]), word)

static bool may_change(const char *table, bool delete)
{
    for (size_t i = 0; i < sizeof changeable / sizeof changeable[0]; i++)
        if (strcmp(changeable[i].table, table) == 0) return !delete || changeable[i].may_delete;
    return false;
}

static bool is_door(const char *table)
{
    return strcmp(table, "rewriting") == 0;
}

static bool may_rewrite(const EngConn *c, const char *table)
{
    return c->rewriting && (is_door(table) || AMONG(rewritable, table));
}

static bool may_pragma(const char *name, const char *argument)
{
    if (strcmp(name, "quick_check") == 0 || strcmp(name, "integrity_check") == 0) return true;
    return argument == NULL && AMONG(readable, name);
}

static int authorize(void *with, int action, const char *a, const char *b, const char *schema, const char *from)
{
    const EngConn *c = with;
    bool ok = false;

    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
    case SQLITE_RECURSIVE: ok = true; break;
    case SQLITE_FUNCTION: ok = strcmp(b, "load_extension") != 0 && strcmp(b, "fts3_tokenizer") != 0; break;
    case SQLITE_INSERT: ok = strncmp(a, "sqlite_", 7) != 0 && (!is_door(a) || c->rewriting); break;
    case SQLITE_UPDATE:
        ok = may_change(a, false) || may_rewrite(c, a) || (strcmp(a, "case_file") == 0 && AMONG(case_file_changes, b));
        break;
    case SQLITE_DELETE: ok = may_change(a, true) || may_rewrite(c, a); break;
    case SQLITE_PRAGMA: ok = may_pragma(a, b); break;
    default: break;
    }
    return ok || WITHOUT("authorizer") ? SQLITE_OK : SQLITE_DENY;
}

/* For the one test that shows what they are for. */
static void drop_triggers(EngConn *c)
{
    sqlite3_stmt *q = NULL;
    char text[200];

    sqlite3_set_authorizer(c->db, NULL, NULL);
    while (sqlite3_prepare_v2(c->db, "SELECT name FROM sqlite_schema WHERE type = 'trigger' LIMIT 1", -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW) {
        snprintf(text, sizeof text, "DROP TRIGGER \"%s\"", sqlite3_column_text(q, 0));
        sqlite3_finalize(q);
        if (sqlite3_exec(c->db, text, NULL, NULL, NULL) != SQLITE_OK) return;
    }
    sqlite3_finalize(q);
}

EngResult sqlite_seal(EngConn *c)
{
    if (WITHOUT("triggers")) drop_triggers(c);
    return sqlite_result(sqlite3_set_authorizer(c->db, authorize, c));
}

/* Setting the authorizer anew makes the engine ask it again about every statement that it knows. */
EngResult sqlite_rewrite(EngConn *c, bool on)
{
    c->rewriting = on;
    return sqlite_seal(c);
}
