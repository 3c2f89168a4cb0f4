/* test_sight.c — the one door: what a store tells to whom. Every statement that meets cases is known here with the way in which hidden ones are
** kept out of it; a new one fails until somebody has thought about that. And a store of before there were lists comes to be one of today. */
#include "desk.h"

#include "../../db/store/migrations.h"
#include "base/str.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Store *s;
static Arena *a;

/* ---- every statement ---- */

/* Tables that tell of cases, or of the duties and alerts that follow from them. */
static const char *const case_tables[] = { "case_file", "case_head", "\"offences\"", "\"people\"", "\"books\"", "\"book_moves\"", "\"reviews\"",
    "status", "duty", "badge", "duty_count", "search_key", "alert", "alert_answer", "access", "twin" };

typedef enum Way {
    BY_KEY,   /* by a key that its verb asked sight_hides about, or that came out of a verb that did */
    APART,    /* rows of restricted cases do not lie where it walks: another owner, no search key, restricted_at */
    PASSED,   /* its verb passes hidden rows over, one by one */
    COUNTED,  /* a number, less the hidden */
    WRITES,   /* it tells nothing */
    PROGRAM,  /* deriving, proving, mending: nothing of it is told */
    THE_LISTS /* what the door itself reads */
} Way;

static const struct {
    const char *name;
    Way way;
} known[] = {
    { "case_find", BY_KEY }, { "case_row", BY_KEY }, { "case_by_cad", PASSED }, { "case_count", COUNTED }, { "case_next", WRITES },
    { "case_walk", PASSED }, { "case_walk_by_id", PASSED }, { "case_head_walk", PASSED }, { "case_head_of_case", BY_KEY },
    { "*_walk", PASSED }, { "*_of_case", BY_KEY }, { "*_then", BY_KEY }, { "*_last", WRITES }, { "*_version", WRITES }, { "*_act", PROGRAM }, { "*_all", PROGRAM },
    { "queue_span", APART }, { "queue_after*", APART }, { "queue_before*", APART }, { "queue_given", PASSED }, { "queue_held", APART }, { "queue_of_*", APART }, { "queue_investigator", PROGRAM },
    { "caseload_investigator", PROGRAM }, { "caseload", PASSED }, { "idle_after", PASSED }, { "alert_queue_*", APART }, { "alert_count", APART }, { "count_*", APART }, { "duty_live_of_owner", APART },
    { "search_exact", APART }, { "search_prefix", APART }, { "search_on", PROGRAM }, { "outstanding_after", PASSED }, { "arrests_since", PASSED }, { "duty_named", PASSED }, { "duty_told", APART }, { "high_since", PASSED }, { "merlins_since", PASSED },
    { "tasks_given", PASSED }, { "meeting_case", BY_KEY }, { "cads_received", PASSED }, { "hearings_between", PASSED }, { "case_restricted_at", BY_KEY }, { "stretch_*", APART }, { "tally_*", APART }, { "alert_unmarked", PROGRAM }, { "people_begin", APART }, { "same_person", APART }, { "place_first", APART },
    { "place_next", APART }, { "books_*_up", PASSED }, { "books_*_down", PASSED }, { "books_completed_*", PASSED }, { "moves_*", PASSED },
    { "books_place", BY_KEY }, { "qa_cases", PASSED }, { "alert_mark_put", WRITES },
    { "access_last", THE_LISTS }, { "access_entry", BY_KEY }, { "access_unsigned", COUNTED }, { "access_all", THE_LISTS }, { "access_glasses", PASSED }, { "twin_id", THE_LISTS }, { "twins_of_id", PASSED },
    { "*_texts", PROGRAM }, { "*_reasons", PROGRAM }, { "person_role", PROGRAM }, /* read to be rewritten */
    { "retention_closed", PASSED }, { "handover_notes", PASSED }, { "tombstone_get", BY_KEY }, { "tombstone_walk", PASSED },
    { "case_cad", BY_KEY },
};

static bool fits(const char *pattern, const char *name)
{
    const char *star = strchr(pattern, '*');
    size_t head = star ? (size_t)(star - pattern) : strlen(pattern), tail = star ? strlen(star + 1) : 0, n = strlen(name);

    if (!star) return str_eq(pattern, name);
    return n >= head + tail && strncmp(pattern, name, head) == 0 && str_eq(star + 1, name + n - tail);
}

static bool names(const char *text, const char *table)
{
    size_t n = strlen(table);

    for (const char *p = text; (p = strstr(p, table)) != NULL; p += n) {
        bool from = p >= text + 5 && (strncmp(p - 5, "FROM ", 5) == 0 || strncmp(p - 5, "JOIN ", 5) == 0);
        if (from && !strchr("abcdefghijklmnopqrstuvwxyz_", p[n] ? p[n] : ' ')) return true;
    }
    return false;
}

static bool reads_cases(const SqlText *q)
{
    if (strncmp(q->text, "SELECT", 6) != 0) return false;
    for (size_t i = 0; i < ARRAY_LEN(case_tables); i++)
        if (names(q->text, case_tables[i])) return true;
    return false;
}

static void every_statement_that_reads_cases_has_a_way_to_keep_hidden_ones_out(void **unused)
{
    int n = 0;

    for (int id = 0; id < SQL_COUNT; id++) {
        size_t i = 0;
        if (!reads_cases(&sql_texts[id])) continue;
        n++;
        while (i < ARRAY_LEN(known) && !fits(known[i].name, sql_texts[id].name)) i++;
        if (i == ARRAY_LEN(known))
            fail_msg("%s reads cases: see that its verb asks sight_hides, or that rows of restricted cases do not lie there; then say so here.",
                sql_texts[id].name);
    }
    assert_true(n > 60);
}

/* ---- who sees ---- */

static void put_list(const AccessEntry *entries, size_t n)
{
    AuditEntry e = desk_entry("access", "");
    Tx tx;

    must(store_begin(s, &tx, E));
    for (size_t i = 0; i < n; i++) must(store_access_add(&tx, &entries[i], NULL, E));
    must(store_audit_append(&tx, &e, E));
    must(store_commit(&tx, E));
    store_end(&tx);
}

static const AccessEntry begin_for_ds[] = { { .case_key = 5, .verb = ACCESS_RESTRICT, .by = "900008", .at = NOW },
    { .case_key = 5, .verb = ACCESS_GRANT, .role = ROLE_CSU_DS, .by = "900008", .at = NOW } };

static int64_t count(void)
{
    int64_t n;

    must(store_case_count(s, &n, E));
    return n;
}

static void until_somebody_is_said_it_is_nobody(void **unused)
{
    CaseDoc doc;
    Err err = { 0 };

    put_list(begin_for_ds, 2);
    assert_int_equal(count(), 19);
    assert_false(store_case_load(s, 5, vocabs_standard(), a, &doc, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    store_view(s, &(Viewer){ "900007", ROLE_BIT(ROLE_CSU_DS), NOW });
    assert_int_equal(count(), 20);
    must(store_case_load(s, 5, vocabs_standard(), a, &doc, E));
    store_view(s, NULL);
    assert_int_equal(count(), 19);
}

static void an_entry_of_another_process_bites_at_the_next_look(void **unused)
{
    Store *other;

    put_list(begin_for_ds, 2);
    store_view(s, &(Viewer){ "900007", ROLE_BIT(ROLE_CSU_DS), NOW });
    assert_int_equal(count(), 20);
    must((other = store_open(desk_path("s"), E)) != NULL);
    {
        Store *mine = s;
        AccessEntry off = { .case_key = 5, .verb = ACCESS_SUBJECT, .officer = "900007", .by = "900008", .at = NOW };
        s = other;
        put_list(&off, 1);
        s = mine;
    }
    assert_int_equal(count(), 19);
    store_close(&other);
}

static void what_is_given_up_is_forgotten(void **unused)
{
    Tx tx;

    store_view(s, &(Viewer){ "900001", 0, NOW });
    must(store_begin(s, &tx, E));
    must(store_access_add(&tx, &begin_for_ds[0], NULL, E));
    assert_int_equal(count(), 19); /* inside, it is so already */
    store_end(&tx);
    assert_int_equal(count(), 20);
    put_list(&(AccessEntry){ .case_key = 6, .verb = ACCESS_RESTRICT, .by = "900008", .at = NOW }, 1); /* has the number of the other entry */
    assert_int_equal(count(), 19);
    {
        CaseDoc doc;
        must(store_case_load(s, 5, vocabs_standard(), a, &doc, E));
    }
}

static void a_case_does_not_stop_being_restricted_by_the_way(void **unused)
{
    Viewer ds = { "900007", ROLE_BIT(ROLE_CSU_DS), NOW };
    CaseRow row;
    CaseDoc doc;
    Err err = { 0 };
    Tx tx;

    store_view(s, &ds);
    must(store_case_row(s, 5, a, &row, E));
    must(store_case_load(s, 5, vocabs_standard(), a, &doc, E));
    doc.restricted_at = NOW;
    must(store_begin(s, &tx, E));
    must(store_case_update(&tx, 5, row.rev, &doc, vocabs_standard(), NOW, "900007", E));
    doc.restricted_at = TIME_NONE;
    assert_false(store_case_update(&tx, 5, row.rev + 1, &doc, vocabs_standard(), NOW, "900007", &err));
    assert_int_equal(err.kind, ERR_INVALID);
    store_end(&tx);
}

/* ---- a store of before ---- */

static void run_script(sqlite3 *db, const char *text)
{
    if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK) fail_msg("%s: %s", text, sqlite3_errmsg(db));
}

/* The rows of a table that was there before, in the columns that it had. */
static void take_over(sqlite3 *db, const char *table)
{
    char text[4000], cols[1500] = "";
    sqlite3_stmt *q;

    snprintf(text, sizeof text, "SELECT group_concat('\"' || name || '\"') FROM pragma_table_info('%s')", table);
    assert_int_equal(sqlite3_prepare_v2(db, text, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    snprintf(cols, sizeof cols, "%s", sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    snprintf(text, sizeof text, "INSERT INTO main.\"%s\" (%s) SELECT %s FROM today.\"%s\" ORDER BY 1", table, cols, cols, table);
    run_script(db, text);
}

/* Nothing was put aside then. */
static void nothing_is_held(const char *path)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    run_script(db, "UPDATE duty SET held = NULL");
    sqlite3_close(db);
}

/* As the step before left it: no lists, and restricted cases among the others. */
static void as_of_before(const char *path, int step)
{
    char text[600], old[300];
    sqlite3_stmt *q;
    sqlite3 *db;

    snprintf(old, sizeof old, "%s-old", path);
    assert_int_equal(sqlite3_open(old, &db), SQLITE_OK);
    run_script(db, "PRAGMA application_id = 0x42313234; PRAGMA foreign_keys = OFF");
    for (int i = 0; i < step - 1; i++) run_script(db, migrations[i].text);
    snprintf(text, sizeof text, "ATTACH '%s' AS today; PRAGMA user_version = %d", path, step - 1);
    run_script(db, text);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'", -1, &q, NULL), SQLITE_OK);
    while (sqlite3_step(q) == SQLITE_ROW) take_over(db, (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    run_script(db,
        "INSERT INTO case_head SELECT case_key, version + 1, act, "
        "borough, reported_at, reported_how, attended_at, incident_from, incident_to, incident_place, incident_ward, cad_number, "
        "cad_received_at, cad_result, cad_closed_at, kind, children_answer, children_at, 1266000000, closed_at, outcome FROM case_head WHERE "
        "case_key IN (5, 11)");
    sqlite3_close(db);
    assert_int_equal(chmod(old, 0600), 0);
    assert_int_equal(rename(old, path), 0);
}

static void a_store_of_before_comes_to_have_lists(void **unused)
{
    Viewer di = { "900008", ROLE_BIT(ROLE_CSU_DI), NOW };
    int64_t before[TAB_COUNT], hidden[TAB_COUNT], seen[TAB_COUNT];
    CaseHit *hits;
    CaseDoc doc;
    size_t n;
    int step = 0;

    while (!strstr(migrations[step].name, "restricted-cases")) step++;
    nothing_is_held(desk_path("s/book124.db"));
    must(store_queue_counts(s, 0xffffffff, NOW, before, E));
    store_close(&s);
    as_of_before(desk_path("s/book124.db"), step + 1);
    must((s = store_open(desk_path("s"), E)) != NULL);
    assert_int_equal(count(), 18);
    must(store_queue_counts(s, 0xffffffff, NOW, hidden, E));
    store_view(s, &di);
    assert_int_equal(count(), 20);
    must(store_case_load(s, 11, vocabs_standard(), a, &doc, E));
    must(store_queue_counts(s, 0xffffffff, NOW, seen, E));
    for (int i = 0; i < TAB_COUNT; i++) assert_int_equal(seen[i], before[i]);
    assert_true(hidden[TAB_ALL] < before[TAB_ALL]);
    store_view(s, NULL);
    must(store_case_search(s, doc.id, 5, vocabs_standard(), a, &hits, &n, E));
    assert_int_equal(n, 0);
}

static int with_store(void **unused)
{
    desk_remove("s");
    s = desk_store("s");
    a = arena_new();
    desk_fill(s, 0, 20, true);
    return 0;
}

static int without_store(void **unused)
{
    store_close(&s);
    arena_free(&a);
    return 0;
}

int main(int argc, char **argv)
{
#define T(f) cmocka_unit_test_setup_teardown(f, with_store, without_store)
    const struct CMUnitTest tests[] = {
        T(every_statement_that_reads_cases_has_a_way_to_keep_hidden_ones_out),
        T(until_somebody_is_said_it_is_nobody),
        T(an_entry_of_another_process_bites_at_the_next_look),
        T(what_is_given_up_is_forgotten),
        T(a_case_does_not_stop_being_restricted_by_the_way),
        T(a_store_of_before_comes_to_have_lists),
    };
    int failed;

    desk_start();
    failed = cmocka_run_group_tests_name("sight", tests, NULL, NULL);
    desk_finish();
    return failed;
}
