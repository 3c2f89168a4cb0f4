/* test_sql.c — the statements, the schema and the settings: what C may name, what the file refuses, what is hardened. */
#include "desk.h"

#include "../../db/store/migrations.h"
#include "base/str.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static Store *s;

static int with_store(void **unused)
{
    static const char sixty_four[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    AuditEntry e = desk_entry("policy.activate", "");
    PolicyProposal proposal = { .id = "mps-dv-2010",
        .hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        .by = "900013",
        .at = NOW };
    int64_t key, generation;
    static const uint8_t part[368];
    AlertAnswer answer = { "honour-grade", "0123456789abcdef", true, "Seen.", "900007", NOW };
    QaSample sample = { .team = "", .wanted = 1, .picked = "[]", .drawn_by = "190002" };
    Officer officer = { .warrant = "190003", .name = "DS Example", .roles = ROLE_BIT(ROLE_CSU_DS), .retry_at = NOW };
    OfficerKey made = { .warrant = "190003", .keys = { .sign = { 1 }, .box = { 2 } }, .made_at = NOW };
    Signature sig = { .kind = "dmm.sheet", .about = "2010-02-01", .by = "190003", .at = NOW };
    Meeting meeting = { .since = NOW - DAY, .began_by = "900008", .began_at = NOW };
    MeetingSaid said = { .key = 1, .said = MEETING_PASSED, .by = "900008", .at = NOW };
    Tx tx;

    desk_remove("s");
    s = desk_store("s");
    desk_fill(s, 0, 20, true);
    must(store_begin(s, &tx, E));
    must(store_policy_activate(&tx, "mps-dv-2010", "0", "x", 1, NOW, E));
    must(store_proposal_add(&tx, &proposal, "x", 1, &key, E));
    must(store_proposal_decide(&tx, key, 1, "900008", NOW, E));
    must(store_form_activate(&tx, "mps-124d", sixty_four, "x", 1, NOW, E));
    must(store_qa_insert(&tx, &sample, NULL, E));
    must(store_alert_answer(&tx, 1, &answer, E));
    must(store_officer_insert(&tx, &officer, E));
    must(store_key_add(&tx, &made, E));
    must(store_signature_add(&tx, &sig, E));
    must(store_meeting_begin(&tx, &meeting, &key, E));
    must(store_meeting_say(&tx, key, &said, E));
    must(store_meeting_leave(&tx, key, &(MeetingLeft){ 1, 1, NOW }, E));
    must(store_meeting_end(&tx, key, "900008", NOW, "{}", E));
    must(store_handover_give(&tx, &(Handover){ .role = ROLE_RESPONSE_PS, .until = NOW + 9, .by = "900002", .at = NOW }, &key, E));
    must(store_handover_take(&tx, key, "900003", NOW + 1, E));
    must(store_handover_note(&tx, &(HandoverNote){ .role = ROLE_IBOS, .until = NOW + 9, .text = "Ring back.", .by = "900003", .at = NOW }, &key, E));
    must(store_handover_note_read(&tx, key, "900004", NOW + 1, E));
    must(store_access_add(&tx, &(AccessEntry){ .case_key = 2, .verb = ACCESS_RESTRICT, .by = "900007", .at = NOW }, NULL, E));
    must(store_retention_add(&tx, &(RetentionEntry){ .case_key = 4, .verb = RETENTION_PROPOSE, .until = DATE_NONE, .reason = "Due.", .by = "900008", .at = NOW }, E));
    must(store_cipher_next(&tx, 3, NOW, &generation, E));
    must(store_custodians_put(&tx, &(Custodians){ .since = NOW, .items = &(Custodian){ 0, "190003", part, sizeof part }, .n = 1 }, E));
    must(store_audit_append(&tx, &e, E));
    must(store_commit(&tx, E));
    store_end(&tx);
    desk_erase(s, 4);
    must(desk_save(s, 1, false, E) != 0); /* the number of the restricted one: a case of its own */
    return 0;
}

static int without_store(void **unused)
{
    store_close(&s);
    return 0;
}

/* ---- statements ---- */

static const char *const fact_tables[] = { "audit", "policy", "policy_proposal", "policy_decision", "form", "qa_sample",
    "officer_key", "signature",
    "alert_answer", "access", "twin", "cipher", "custodians", "custodian", "retention", "tombstone", "meeting", "meeting_said", "meeting_left", "meeting_end", "handover", "handover_taken", "handover_note", "handover_read", "case_head", "offences", "flags", "people", "references", "cross_references", "books", "addenda",
    "book_moves", "assessments", "reviews", "referrals", "contacts", "events", "notices", "owners", "consent",
    "status" };

/* Those of the door (store_rewrite.c): only while it is open. */
static bool rewrites(int id)
{
    return strstr(sql_texts[id].name, "_rewrite") || (strstr(sql_texts[id].name, "_erase") && !str_eq(sql_texts[id].name, "draft_erase")) || strncmp(sql_texts[id].name, "rewriting_", 10) == 0;
}

static void every_statement_prepares(void **unused)
{
    for (int id = 0; id < SQL_COUNT; id++) {
        EngStmt *q = NULL;
        bool shut = engine_sqlite.prepare(s->conn, sql_texts[id].text, &q) == ENG_DENIED;
        engine_sqlite.finalize(q);
        engine_sqlite.rewrite(s->conn, rewrites(id));
        if (rewrites(id) != shut || stmt(s, (SqlId)id)->result != ENG_DONE)
            fail_msg("%s: %s", sql_texts[id].name, s->engine->message(s->conn));
        engine_sqlite.rewrite(s->conn, false);
    }
}

/* "SCAN case_file" is a full walk; "SCAN … USING INDEX …" of a whole index too. A constant row and a subquery's result are not. */
static bool scans(const char *plan)
{
    for (const char *at = plan; (at = strstr(at, "SCAN ")) != NULL; at++)
        if (strncmp(at, "SCAN CONSTANT ROW", 17) != 0) return true;
    return false;
}

static void a_full_scan_is_declared_and_nothing_is_sorted(void **unused)
{
    static const char *const newest[] = { "audit_head", "policy_active", "audit_from", "audit_all_up", "audit_all_down", "policy_newest",
        "proposal_last", "alert_unmarked", "custodians_now" };

    engine_sqlite.rewrite(s->conn, true);
    for (int id = 0; id < SQL_COUNT; id++) {
        char plan[2000];
        bool first_row_only = false;
        assert_int_equal(s->engine->plan(s->conn, sql_texts[id].text, plan, sizeof plan), ENG_DONE);
        for (size_t i = 0; i < ARRAY_LEN(newest); i++) first_row_only |= str_eq(sql_texts[id].name, newest[i]);
        if (scans(plan) && !sql_texts[id].scan && !first_row_only) fail_msg("%s scans:\n%s", sql_texts[id].name, plan);
        if (!scans(plan) && sql_texts[id].scan && strncmp(sql_texts[id].text, "DELETE", 6) != 0)
            fail_msg("%s is declared to scan and does not", sql_texts[id].name);
        if (strstr(plan, "TEMP B-TREE")) fail_msg("%s sorts:\n%s", sql_texts[id].name, plan);
    }
}

/* Else a page would cost what stands under one text, or read books for their few columns. */
static void the_register_seeks_its_place_and_reads_its_index_alone(void **unused)
{
    int n = 0;

    for (int id = SQL_BOOKS_SERIAL_UP; id <= SQL_MOVES_AT_DOWN; id++, n++) {
        char plan[2000];
        assert_int_equal(s->engine->plan(s->conn, sql_texts[id].text, plan, sizeof plan), ENG_DONE);
        if (!strstr(plan, "COVERING INDEX") || !strstr(plan, ",case_key,seq,version)"))
            fail_msg("%s does not:\n%s", sql_texts[id].name, plan);
    }
    assert_int_equal(n, 2 * 5);
}

static const char *act_table(int id)
{
    static char name[64];

    snprintf(name, sizeof name, "%s", sql_texts[id].name);
    name[strlen(name) - strlen("_act")] = '\0';
    return name;
}

/* The log, which the acts are numbers of, is the one that has none of its own. */
static void every_table_of_facts_tells_its_last_act(void **unused)
{
    for (size_t i = 0; i < ARRAY_LEN(fact_tables); i++) {
        int id = SQL_POLICY_ACT;
        while (id <= SQL_STATUS_ACT && !str_eq(act_table(id), fact_tables[i])) id++;
        if (id > SQL_STATUS_ACT && !str_eq(fact_tables[i], "audit")) fail_msg("%s does not", fact_tables[i]);
    }
}

static void every_field_of_the_catalogue_has_its_column(void **unused)
{
    for (CaseListId list = 0; list < LIST_COUNT; list++) {
        Stmt *q = list_stmt(s, list, LIST_ADD);
        for (size_t i = 0; i < case_lists[list].n_fields; i++)
            if (!s->engine->parameter(q->raw, case_lists[list].fields[i].column))
                fail_msg("%s has no column %s", case_lists[list].name, case_lists[list].fields[i].column);
    }
    for (size_t i = 0; i < case_n_scalars; i++)
        if (!s->engine->parameter(stmt(s, SQL_CASE_HEAD_ADD)->raw, case_scalars[i].column) &&
            strcmp(case_scalars[i].column, "id") != 0)
            fail_msg("case_head has no column %s", case_scalars[i].column);
}

/* ---- facts stay ---- */

static void the_program_itself_may_not_change_a_fact(void **unused)
{
    char text[120];

    for (size_t i = 0; i < ARRAY_LEN(fact_tables); i++) {
        EngStmt *q = NULL;
        snprintf(text, sizeof text, "DELETE FROM \"%s\"", fact_tables[i]);
        assert_int_equal(engine_sqlite.prepare(s->conn, text, &q), ENG_DENIED);
        snprintf(text, sizeof text, "UPDATE \"%s\" SET act = 1", fact_tables[i]);
        assert_int_equal(engine_sqlite.prepare(s->conn, text, &q), ENG_DENIED);
    }
}

static void nor_the_schema_nor_a_setting(void **unused)
{
    static const char *const texts[] = { "DROP TABLE audit", "DROP TRIGGER audit_remains", "CREATE TABLE x (y)",
        "ALTER TABLE audit ADD z", "ATTACH ':memory:' AS m", "PRAGMA foreign_keys = OFF", "PRAGMA writable_schema = ON",
        "PRAGMA synchronous = OFF", "PRAGMA journal_mode = DELETE", "PRAGMA wal_checkpoint",
        "SELECT load_extension('x')", "UPDATE case_file SET id = 'x'", "DELETE FROM case_file", "DELETE FROM officer",
        "UPDATE store_info SET training = 1", "VACUUM", "REINDEX", "DELETE FROM sqlite_master" };

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        EngStmt *q = NULL;
        EngResult r = engine_sqlite.prepare(s->conn, texts[i], &q);
        if (r == ENG_DONE) r = engine_sqlite.step(q);
        if (r == ENG_DONE || r == ENG_ROW) fail_msg("%s was done", texts[i]);
        engine_sqlite.finalize(q);
    }
}

static sqlite3 *stranger(void)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(desk_path("s/book124.db"), &db), SQLITE_OK);
    sqlite3_exec(
        db, "PRAGMA wal_autocheckpoint=0; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON", NULL, NULL, NULL);
    return db;
}

static void the_file_says_the_same_to_strangers(void **unused)
{
    static const char *const others[] = { "UPDATE case_file SET rev = 9", "UPDATE case_file SET id = 'x'",
        "DELETE FROM case_file",
        "INSERT INTO audit SELECT seq + 5, at, kind, who, terminal, act, case_id, detail, prev, hash FROM audit WHERE "
        "seq = 1",
        "REPLACE INTO audit SELECT seq, at, kind, 'x', terminal, act, case_id, detail, prev, hash FROM audit WHERE seq "
        "= 1",
        "INSERT INTO offences VALUES (1, 99, 1, 1, 's18', 'maybe', 0)",
        "INSERT INTO offences VALUES (999999, 1, 1, 1, 's18', 0, 0)",
        "INSERT INTO duty_count VALUES ('x', 0, 0, 0, -1)",
        "INSERT INTO alert_tally VALUES ('x', 'waits', 0, -1, 0)",
        "INSERT INTO alert_stretch VALUES (1, 'x', 0, 'forgotten')",
        "INSERT INTO offences VALUES (1, 99, 1, 1, 's18', 0, 'monday')" };
    sqlite3 *db = stranger();
    char text[120];

    for (size_t i = 0; i < ARRAY_LEN(fact_tables); i++) {
        snprintf(text, sizeof text, "DELETE FROM \"%s\"", fact_tables[i]);
        assert_int_not_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
        snprintf(text, sizeof text, "UPDATE \"%s\" SET act = 1", fact_tables[i]);
        assert_int_not_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
    }
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (sqlite3_exec(db, others[i], NULL, NULL, NULL) == SQLITE_OK) fail_msg("%s was done", others[i]);
    sqlite3_close(db);
}

static void a_changed_log_is_found(void **unused)
{
    sqlite3 *db = stranger();
    int64_t n;
    Err err = { 0 };

    assert_int_equal(
        sqlite3_exec(db, "DROP TRIGGER audit_stays; UPDATE audit SET detail = 'x' WHERE seq = 7", NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
    assert_false(desk_log_holds(s, &n, &err));
    assert_int_equal(err.kind, ERR_CORRUPT);
    assert_non_null(strstr(err.text, "7"));
}

/* ---- settings ---- */

static void every_setting_holds(void **unused)
{
    char says[80];
    bool holds;
    int n = 0;

    for (; s->engine->setting(s->conn, n, says, &holds); n++)
        if (!holds) fail_msg("%s", says);
    assert_true(n >= 12);
}

/* ---- migrations ---- */

static char *schema_of(const char *path)
{
    static char all[200000];
    sqlite3 *db;
    sqlite3_stmt *q;
    size_t n = 0;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name", -1, &q, NULL),
        SQLITE_OK);
    while (sqlite3_step(q) == SQLITE_ROW)
        n += (size_t)snprintf(all + n, sizeof all - n, "%s\n", sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    sqlite3_close(db);
    return all;
}

static EngConn *conn(const char *path, EngOpen how)
{
    char why[200];
    EngConn *c = NULL;

    if (engine_sqlite.open(&engine_sqlite, path, how, &c, why) != ENG_DONE) fail_msg("%s", why);
    return c;
}

/* The steps there are, and one more that only a test has. */
enum { NEXT = 64 };
static int with_a_step(Migration steps[NEXT], const char *text)
{
    for (int i = 0; i < migrations_n; i++) steps[i] = migrations[i];
    steps[migrations_n] = (Migration){ migrations_n + 1, "next-x.sql", text };
    return migrations_n + 1;
}

static void a_step_puts_a_copy_aside_first(void **unused)
{
    Migration steps[NEXT];
    int next = with_a_step(steps, "CREATE TABLE later (x INTEGER) STRICT;");
    const char *path = desk_path("s/book124.db");
    char copy[40];
    EngConn *c;
    int version;

    store_close(&s);
    c = conn(path, ENG_OPEN);
    must(migrate_run(&engine_sqlite, c, desk_path("s"), steps, next, E));
    engine_sqlite.version(c, &version, NULL);
    assert_int_equal(version, next);
    engine_sqlite.close(&c, true);
    snprintf(copy, sizeof copy, "s/before-%d.db", next);
    assert_null(strstr(schema_of(desk_path(copy)), "later"));
    assert_non_null(strstr(schema_of(path), "later"));
}

static void a_step_that_fails_changes_nothing(void **unused)
{
    Migration steps[NEXT];
    int next = with_a_step(steps, "CREATE TABLE later (x INTEGER) STRICT; DROP TABLE nowhere;");
    EngConn *c;
    Err err = { 0 };

    store_close(&s);
    c = conn(desk_path("s/book124.db"), ENG_OPEN);
    assert_false(migrate_run(&engine_sqlite, c, desk_path("s"), steps, next, &err));
    assert_non_null(strstr(err.text, "next-x.sql"));
    engine_sqlite.close(&c, true);
    assert_null(strstr(schema_of(desk_path("s/book124.db")), "later"));
    must((s = store_open(desk_path("s"), E)) != NULL);
}

static void a_newer_store_is_left_alone(void **unused)
{
    EngConn *c;
    int newer = migrations_n + 1;
    Err err = { 0 };

    store_close(&s);
    c = conn(desk_path("s/book124.db"), ENG_OPEN);
    engine_sqlite.version(c, NULL, &newer);
    engine_sqlite.close(&c, true);
    assert_null(store_open(desk_path("s"), &err));
    assert_int_equal(err.kind, ERR_INVALID);
    assert_non_null(strstr(err.text, "newer book124"));
}

int main(int argc, char **argv)
{
#define T(f) cmocka_unit_test_setup_teardown(f, with_store, without_store)
    const struct CMUnitTest tests[] = {
        T(every_statement_prepares),
        T(a_full_scan_is_declared_and_nothing_is_sorted),
        T(the_register_seeks_its_place_and_reads_its_index_alone),
        T(every_table_of_facts_tells_its_last_act),
        T(every_field_of_the_catalogue_has_its_column),
        T(the_program_itself_may_not_change_a_fact),
        T(nor_the_schema_nor_a_setting),
        T(the_file_says_the_same_to_strangers),
        T(a_changed_log_is_found),
        T(every_setting_holds),
        T(a_step_puts_a_copy_aside_first),
        T(a_step_that_fails_changes_nothing),
        T(a_newer_store_is_left_alone),
    };
    int failed;

    desk_start();
    failed = cmocka_run_group_tests_name("sql", tests, NULL, NULL);
    desk_finish();
    return failed;
}
