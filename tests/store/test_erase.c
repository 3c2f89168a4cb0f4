/* test_erase.c — a case is erased: of it nothing is left but its number and a tombstone, in no table and in no byte of the files; everything
** else is as it was. */
#include "desk.h"

#include "../bytes.h"

#include "base/str.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Store *s;
static Arena *a;

#define CANARY "Quetzalcoatl Vlkodlak"
enum { MANY = 400, CASE = 201 };

static const Vocabs *v(void)
{
    return vocabs_standard();
}

static void logged(Tx *tx, const char *id)
{
    AuditEntry e = desk_entry("case.change", id);

    must(store_audit_append(tx, &e, E));
    must(store_commit(tx, E));
    store_end(tx);
}

/* A case that grew among others that grew: its text was moved from page to page. */
static void grow(CaseKey key, int round, const char *word)
{
    CaseDoc doc;
    CaseRow row;
    Tx tx;
    Review review = { 2, "190001", NOW + round, 1 };

    must(store_case_row(s, key, a, &row, E));
    must(store_case_load(s, key, v(), a, &doc, E));
    review.text = arena_printf(a, "%s said in round %d that %0*d she would not", word, round, 100 + (int)(key * 37 + round * 11) % 900, 7);
    doc.people[0].family = arena_printf(a, "%s %d", word, round);
    doc.people[0].warnings = arena_printf(a, "%s %0*d", word, 50 + round * 13, round);
    must(store_begin(s, &tx, E));
    must(store_case_update(&tx, key, row.rev, &doc, v(), NOW, "900007", E));
    must(store_case_add(&tx, key, row.rev + 1, LIST_REVIEWS, &review, v(), NOW, "900007", E));
    logged(&tx, row.id);
}

static void many_and_grown(void)
{
    desk_fill(s, 0, MANY, true);
    for (int round = 0; round < 6; round++) {
        for (CaseKey key = CASE - 8; key <= CASE + 8; key++) {
            grow(key, round, key == CASE ? CANARY : "Somebody");
            arena_reset(a);
        }
        if (round % 2) store_close(&s);
        if (round % 2) must((s = store_open(desk_path("s"), E)) != NULL);
    }
}

static int with_store(void **unused)
{
    a = arena_new();
    desk_remove("s");
    s = desk_store("s");
    return 0;
}

static int without_store(void **unused)
{
    store_close(&s);
    arena_free(&a);
    return 0;
}

static void no_byte_of_its_text_is_left_wherever_it_had_been_moved(void **unused)
{
    const char *which = "";

    many_and_grown();
    assert_non_null(folder_holds(desk_path("s"), CANARY));
    desk_erase(s, CASE);
    assert_true(store_scrubbed(s));
    if ((which = folder_holds(desk_path("s"), CANARY)) != NULL) fail_msg("in %s", which);
    if ((which = folder_holds(desk_path("s"), "quetzalcoatl")) != NULL) fail_msg("folded in %s", which);
}

static void copies_that_were_put_aside_go(void **unused)
{
    FILE *f = fopen(desk_path("s/before-7.db"), "wb"), *other = fopen(desk_path("s/notes.db"), "wb");

    fputs(CANARY, f);
    fclose(f);
    fclose(other);
    desk_fill(s, 0, 3, true);
    desk_erase(s, 2);
    assert_int_not_equal(access(desk_path("s/before-7.db"), F_OK), 0);
    assert_int_equal(access(desk_path("s/notes.db"), F_OK), 0);
}

/* ---- what is left in the tables ---- */

static sqlite3 *stranger(void)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open_v2(desk_path("s/book124.db"), &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    return db;
}

/* Rows of each table with a case, one line a table: "people 12". Those of one case, or of all others. */
static const char *rows(const char *where)
{
    sqlite3 *db = stranger();
    sqlite3_stmt *tables, *q;
    const char *all = "";

    assert_int_equal(sqlite3_prepare_v2(db, "SELECT DISTINCT m.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table' AND "
        "c.name = 'case_key' ORDER BY 1", -1, &tables, NULL), SQLITE_OK);
    while (sqlite3_step(tables) == SQLITE_ROW) {
        const char *table = (const char *)sqlite3_column_text(tables, 0);
        const char *text = arena_printf(a, "SELECT count(*), coalesce(sum(length(quote(case_key))), 0) FROM \"%s\" WHERE case_key %s", table, where);
        assert_int_equal(sqlite3_prepare_v2(db, text, -1, &q, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(q), SQLITE_ROW);
        if (sqlite3_column_int(q, 0)) all = arena_printf(a, "%s%s %d\n", all, table, sqlite3_column_int(q, 0));
        sqlite3_finalize(q);
    }
    sqlite3_finalize(tables);
    sqlite3_close(db);
    return all;
}

static void its_rows_go_and_those_of_others_stay(void **unused)
{
    Draft its = { "190001", NULL, (const uint8_t *)"x", 1, NOW, "", "" }, other = its;
    const char *before;
    Draft *drafts;
    CaseRow row;
    Tx tx;
    size_t n;

    desk_fill(s, 0, 9, true);
    must(store_case_row(s, 5, a, &row, E));
    its.about = arena_printf(a, "%s reviews ds-supervision 0", row.id);
    other.about = arena_printf(a, "%s0 reviews ds-supervision 0", row.id);
    must(store_begin(s, &tx, E));
    must(store_draft_put(&tx, &its, E));
    must(store_draft_put(&tx, &other, E));
    must(store_access_add(&tx, &(AccessEntry){ .case_key = 5, .verb = ACCESS_PROPOSE, .by = "900007", .at = NOW, .reason = CANARY }, NULL, E));
    must(store_retention_add(&tx, &(RetentionEntry){ .case_key = 5, .verb = RETENTION_KEEP, .until = 20000, .reason = CANARY, .by = "900008", .at = NOW }, E));
    logged(&tx, row.id);
    before = rows("<> 5");
    desk_erase(s, 5);
    assert_string_equal(rows("<> 5"), before);
    assert_string_equal(rows("= 5"), "access 1\nretention 1\ntombstone 1\n");
    must(store_draft_list(s, "190001", a, &drafts, &n, E));
    assert_int_equal(n, 1);
    assert_string_equal(drafts[0].about, other.about);
    assert_null(folder_holds(desk_path("s"), CANARY));
}

/* ---- it is not there any more ---- */

static bool counted(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    ++*(int *)with;
    return true;
}

static void nothing_tells_of_it_but_its_tombstone(void **unused)
{
    Arena *b = arena_new();
    CaseRow row, gone;
    CaseDoc doc;
    Tombstone t, *all;
    StoreCheck *checks;
    int64_t cases, entries;
    int seen = 0;
    size_t n;
    Err err = { 0 };
    Tx tx;

    desk_fill(s, 0, 9, true);
    must(store_case_row(s, 5, b, &row, E));
    must(store_case_load(s, 5, v(), b, &doc, E));
    desk_erase(s, 5);
    assert_false(store_case_find(s, row.id, a, &gone, &err) || store_case_row(s, 5, a, &gone, &err) || store_case_load(s, 5, v(), a, &doc, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_false(store_case_find(s, row.id, a, &gone, &err));
    assert_int_equal(gone.key, 0); /* an import asks by it whether the case is there */
    must(store_case_count(s, &cases, E));
    assert_int_equal(cases, 8);
    must(store_case_each(s, WALK_BY_KEY, v(), counted, &seen, E));
    must(store_case_each(s, WALK_BY_ID, v(), counted, &seen, E));
    assert_int_equal(seen, 16);
    must(store_tombstone(s, row.id, a, &t, E));
    assert_string_equal(t.case_id, row.id);
    assert_string_equal(t.reason, "Due.");
    must(store_tombstones(s, a, &all, &n, E));
    assert_int_equal(n, 1);
    assert_false(store_tombstone(s, "KG-0000000", a, &t, &err));
    /* Nothing is written of it any more, and it does not come in again. */
    must(store_begin(s, &tx, E));
    assert_false(store_case_add(&tx, 5, row.rev + 1, LIST_NOTICES, &(Notice){ 3, NOW }, v(), NOW, "900007", &err));
    assert_false(store_case_insert(&tx, &doc, v(), NOW, "900007", &gone, &err));
    assert_non_null(strstr(err.text, "erased"));
    store_end(&tx);
    must(store_doctor(s, true, a, &checks, &n, E));
    for (size_t i = 0; i < n; i++)
        if (!checks[i].ok) fail_msg("%s: %s", checks[i].what, checks[i].says);
    must(desk_log_holds(s, &entries, E));
    arena_free(&b);
}

/* The tombstone of a restricted case is there for those who were on its list. */
static void that_of_a_restricted_case_is_hidden_as_the_case_was(void **unused)
{
    Viewer ds = { "900007", ROLE_BIT(ROLE_CSU_DS), NOW }, other = { "900001", ROLE_BIT(ROLE_RESPONSE_PC), NOW };
    CaseDoc doc;
    CaseRow row, twin;
    CaseKey *keys;
    Tombstone t;
    int64_t cases;
    size_t n;
    Err err = { 0 };
    Tx tx;

    desk_fill(s, 0, 9, true);
    must(store_case_row(s, 5, a, &row, E));
    must(store_case_load(s, 5, v(), a, &doc, E));
    doc.restricted_at = NOW;
    must(store_begin(s, &tx, E));
    must(store_case_update(&tx, 5, row.rev, &doc, v(), NOW, "900007", E));
    logged(&tx, row.id);
    desk_erase(s, 5);
    store_view(s, &ds);
    must(store_tombstone(s, row.id, a, &t, E));
    must(store_restricted(s, a, &keys, &n, E));
    assert_int_equal(n, 0);
    must(store_case_count(s, &cases, E));
    assert_int_equal(cases, 8);
    store_view(s, &other);
    assert_false(store_tombstone(s, row.id, a, &t, &err));
    must(store_case_count(s, &cases, E));
    assert_int_equal(cases, 8);
    must(store_begin(s, &tx, E)); /* a number taken by what is not there for them is free for them */
    must(store_case_insert(&tx, &doc, v(), NOW, "900001", &twin, E));
    store_end(&tx);
}

/* ---- which are due ---- */

static bool key_of(void *with, const ClosedCase *c)
{
    const char **all = with;

    *all = arena_printf(a, "%s %d", *all, (int)c->key);
    return true;
}

static const char *closed(ClosedQuery q)
{
    const char *all = "";

    must(store_closed_each(s, &q, key_of, &all, E));
    return all;
}

static void closed_ones_come_in_the_order_they_were_closed(void **unused)
{
    static const Time at[] = { 900, 100, 500, 300, 500 }; /* of cases 1 to 5 */
    ClosedQuery q = { .soon = 1000, .late = 400, .words = " s18 ", .today = 10 };
    CaseDoc doc;
    CaseRow row;
    Tx tx;

    for (int i = 0; i < 5; i++) {
        desk_case(i, false, a, &doc);
        doc.closed_at = at[i], doc.offences[0].class = vocab_code(v(), VOCAB_OFFENCE, i == 2 ? "s18" : "s47");
        must(store_begin(s, &tx, E));
        must(store_case_insert(&tx, &doc, v(), NOW, "900007", &row, E));
        logged(&tx, doc.id);
    }
    assert_string_equal(closed(q), " 2 4 5 1"); /* 3 is looked at later, and was not closed long enough ago */
    q.late = 600;
    assert_string_equal(closed(q), " 2 4 3 5 1");
    q.soon = 300, q.late = 0;
    assert_string_equal(closed(q), " 2 4");
    q = (ClosedQuery){ .soon = 1000, .late = 1000, .words = " ", .today = 10, .from = &(ClosedCase){ 4, 300 } };
    assert_string_equal(closed(q), " 3 5 1");
    q.from = NULL;
    must(store_begin(s, &tx, E));
    must(store_retention_add(&tx, &(RetentionEntry){ .case_key = 2, .verb = RETENTION_KEEP, .until = 20, .reason = "x", .by = "900008", .at = NOW }, E));
    logged(&tx, "");
    assert_string_equal(closed(q), " 4 3 5 1");
    q.today = 20;
    assert_string_equal(closed(q), " 2 4 3 5 1");
    desk_erase(s, 4);
    assert_string_equal(closed(q), " 2 3 5 1");
}

int main(int argc, char **argv)
{
#define T(f) cmocka_unit_test_setup_teardown(f, with_store, without_store)
    const struct CMUnitTest tests[] = {
        T(no_byte_of_its_text_is_left_wherever_it_had_been_moved),
        T(copies_that_were_put_aside_go),
        T(its_rows_go_and_those_of_others_stay),
        T(nothing_tells_of_it_but_its_tombstone),
        T(that_of_a_restricted_case_is_hidden_as_the_case_was),
        T(closed_ones_come_in_the_order_they_were_closed),
    };
    int failed;

    desk_start();
    failed = cmocka_run_group_tests_name("erase", tests, NULL, NULL);
    desk_finish();
    return failed;
}
