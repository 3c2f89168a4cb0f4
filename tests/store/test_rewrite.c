/* test_rewrite.c — what was written of one case can be changed through one door, and through no other: every text is reached, nothing else is,
** the log says so, and what stood there is in no byte of the files afterwards. */
#include "desk.h"

#include "../bytes.h"

#include "base/str.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static Store *s;
static Arena *a;

enum { CASE = 2 };
#define CANARY  "Quetzalcoatl Vlkodlak"
#define CANARY2 "Ouagadougou Zwartkruis"

static AlertAnswer answer = { "honour-grade", "0123456789abcdef", false, "She laughed. " CANARY, "900007", NOW };

static int with_store(void **unused)
{
    AuditEntry e = desk_entry("alert.answer", "KG-0007919");
    CaseDoc doc;
    Tx tx;

    a = arena_new();
    desk_remove("s");
    s = desk_store("s");
    desk_fill(s, 0, 3, true);
    must(store_begin(s, &tx, E));
    must(store_alert_answer(&tx, CASE, &answer, E));
    must(store_audit_append(&tx, &e, E));
    must(store_commit(&tx, E));
    store_end(&tx);
    must(store_case_load(s, CASE, vocabs_standard(), a, &doc, E));
    doc.people[0].family = CANARY, doc.people[1].address = "9 " CANARY " Road", doc.people[1].warnings = CANARY2;
    doc.incident_ward = CANARY, doc.people[1].given = CANARY2, doc.restricted_at = NOW;
    must(store_begin(s, &tx, E));
    must(store_case_update(&tx, CASE, 1, &doc, vocabs_standard(), NOW, "900007", E));
    must(store_access_add(&tx, &(AccessEntry){ .case_key = CASE, .verb = ACCESS_RESTRICT, .by = "900007", .at = NOW, .reason = "Her cousin is " CANARY }, NULL, E));
    must(store_audit_append(&tx, &e, E));
    must(store_commit(&tx, E));
    store_end(&tx);
    return 0;
}

static int without_store(void **unused)
{
    store_close(&s);
    arena_free(&a);
    return 0;
}

/* ---- beside the program ---- */

static sqlite3 *stranger(const char *path)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(desk_path(path), &db), SQLITE_OK);
    sqlite3_exec(db, "PRAGMA wal_autocheckpoint=0; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON", NULL, NULL, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
    return db;
}

/* The rows of a question, each as text. */
static size_t rows_of(sqlite3 *db, const char *question, const char ***out)
{
    sqlite3_stmt *q;
    size_t n = 0;
    const char **all = arena_alloc(a, 400 * sizeof *all);

    if (sqlite3_prepare_v2(db, question, -1, &q, NULL) != SQLITE_OK) fail_msg("%s: %s", question, sqlite3_errmsg(db));
    while (sqlite3_step(q) == SQLITE_ROW && n < 400) all[n++] = arena_dup(a, (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    *out = all;
    return n;
}

static int64_t number_of(sqlite3 *db, const char *question)
{
    const char **row;

    return rows_of(db, question, &row) ? atoll(row[0]) : -1;
}

/* ---- what is asked, and what is answered ---- */

typedef struct Asked {
    int n;
    int fail_at;   /* 0: never */
    int die_at;
    bool nothing;  /* a needed text is to go */
} Asked;

/* Something else that the column can hold. */
static bool other_text(void *with, const RewriteAt *at, const char *text, Arena *into, const char **out, Err *err)
{
    Asked *w = with;

    w->n++;
    if (w->die_at == w->n) raise(SIGKILL);
    if (w->fail_at == w->n) return err_set(err, ERR_INVALID, "", "No.");
    if (at->field && (at->field->kind == FIELD_JSON || at->field->kind == FIELD_ANSWERS))
        *out = "{}";
    else if (!strncmp(at->column, "signed", 6))
        *out = NULL;
    else
        *out = w->nothing && !at->needed ? NULL : w->nothing && str_eq(at->column, "number") ? NULL : arena_printf(into, "x%d", (int)at->seq);
    return true;
}

static bool rewrite(Asked *w, CaseKey key, const char *logged, Err *err)
{
    AuditEntry e = desk_entry("case.rewrite", logged ? logged : "");
    Tx tx = { 0 };
    bool ok = store_begin(s, &tx, err) && store_case_rewrite(&tx, key, other_text, w, err) &&
              (!logged || store_audit_append(&tx, &e, err)) && store_commit(&tx, err);

    store_end(&tx);
    return ok;
}

static const char *name(CaseKey key)
{
    CaseRow row;

    store_view_all(s, true);
    must(store_case_row(s, key, a, &row, E));
    store_view_all(s, false);
    return row.id;
}

/* ---- which tables and columns there are ---- */

/* Tables that hold rows of cases and no text of theirs, or are derived and made again from what the case says then. */
static const char *const not_text[] = {
    "case_file",    /* number, revision, who changed it */
    "rewriting",    /* the door */
    "cipher", "cipher_grant", "cipher_wait", /* keys of texts, sealed, and which case waits for one */
    "status",       /* words of the vocabulary and times */
    "twin",         /* the number it came in under */
    "tombstone",    /* of an erased case: days, and why it was erased */
    "meeting_said", /* one of four words, the key of a task, who and when */
    "meeting_left", /* why it stood on the list */
    "badge", "alert", "alert_stretch", "outstanding", /* derived: words of policy and vocabulary, keys of persons */
    "duty",         /* derived: `says` is the text of a task */
    "search_key",   /* derived: names and numbers */
};
static const char *const outside[] = { "alert_answer", "access", "retention", "handover_note" };
/* Named by number inside texts: `audit`, `draft`, `qa_sample`, `meeting_end`, `signature` have no column of cases. docs/schema.md says so. */

static bool among(const char *const *words, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(words[i], word)) return true;
    return false;
}

static int list_named(const char *table)
{
    for (int list = 0; list < LIST_COUNT; list++)
        if (str_eq(case_lists[list].name, table)) return list;
    return str_eq(table, "case_head") ? REWRITE_HEAD : -1;
}

static const CaseField *field_of(const char *table, const char *column)
{
    int list = list_named(table);

    if (list < 0) return NULL;
    if (list < LIST_COUNT) return case_list_field((CaseListId)list, column);
    for (size_t i = 0; i < case_n_scalars; i++)
        if (str_eq(case_scalars[i].column, column)) return &case_scalars[i];
    return NULL;
}

static bool is_text(const char *table, const char *column, bool through_sql)
{
    const CaseField *f = field_of(table, column);

    if (among(outside, ARRAY_LEN(outside), table)) return str_eq(column, "reason");
    if (str_eq(table, "people") && strncmp(column, "born", 4) == 0) return through_sql; /* a number, or a text where the case lies enciphered */
    return f && f->kind != FIELD_TIME && f->kind != FIELD_DATE && f->kind != FIELD_CODE && f->kind != FIELD_YES;
}

static const char *const case_tables = "SELECT DISTINCT m.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c "
                                       "WHERE m.type = 'table' AND c.name IN ('case_key', 'case_id') AND m.name <> 'audit' ORDER BY 1";

static void every_table_of_cases_is_rewritten_or_said_to_hold_no_text(void **unused)
{
    sqlite3 *db = stranger("s/book124.db");
    const char **tables;
    size_t n = rows_of(db, case_tables, &tables);

    assert_true(n > 35);
    for (size_t i = 0; i < n; i++) {
        bool rewritten = sql_named(tables[i], "rewrite") != SQL_COUNT;
        if (rewritten == among(not_text, ARRAY_LEN(not_text), tables[i]))
            fail_msg("%s: a table that holds texts of cases is rewritten (db/sql/rewrite.sql, store_rewrite.c), one that holds none is named here "
                     "and in docs/schema.md; never both, never neither.",
                tables[i]);
        if (rewritten && list_named(tables[i]) < 0) assert_true(among(outside, ARRAY_LEN(outside), tables[i]));
    }
    sqlite3_close(db);
}

static void every_text_of_the_catalogue_has_its_place_in_the_statement(void **unused)
{
    sqlite3 *db = stranger("s/book124.db");

    assert_int_equal(engine_sqlite.rewrite(s->conn, true), ENG_DONE);
    for (int list = 0; list <= REWRITE_HEAD; list++) {
        const char *table = list == REWRITE_HEAD ? "case_head" : case_lists[list].name;
        const CaseField *fields = list == REWRITE_HEAD ? case_scalars : case_lists[list].fields;
        size_t n = list == REWRITE_HEAD ? case_n_scalars : case_lists[list].n_fields;
        for (size_t i = 0; i < n; i++) {
            SqlId id = sql_named(table, "rewrite");
            bool there = id != SQL_COUNT && s->engine->parameter(stmt(s, id)->raw, fields[i].column) > 0;
            if (str_eq(fields[i].column, "id")) continue;
            if (there != is_text(table, fields[i].column, false)) fail_msg("%s.%s: see @cols of db/sql/rewrite.sql", table, fields[i].column);
            if (there && number_of(db, arena_printf(a, "SELECT \"notnull\" FROM pragma_table_info('%s') WHERE name = '%s'", table, fields[i].column)) !=
                             !!(fields[i].flags & FIELD_REQUIRED))
                fail_msg("%s.%s: is it needed, or not?", table, fields[i].column);
        }
    }
    engine_sqlite.rewrite(s->conn, false);
    sqlite3_close(db);
}

/* With the door open for case 2: its texts, and nothing else of it, and nothing of another case. */
static void through_the_open_door_only_texts_of_that_case_go(void **unused)
{
    sqlite3 *db = stranger("s/book124.db");
    const char **tables, **columns;
    size_t n = rows_of(db, case_tables, &tables), tried = 0;

    assert_int_equal(sqlite3_exec(db, "BEGIN; INSERT INTO rewriting VALUES (1, 2, 0)", NULL, NULL, NULL), SQLITE_OK);
    for (size_t i = 0; i < n; i++) {
        size_t m;
        if (list_named(tables[i]) < 0 && !among(outside, ARRAY_LEN(outside), tables[i])) continue;
        m = rows_of(db, arena_printf(a, "SELECT name FROM pragma_table_info('%s')", tables[i]), &columns);
        for (size_t k = 0; k < m; k++) {
            static const char *const keys[] = { "= 2", "<> 2" };
            for (size_t c = 0; c < 2; c++) {
                const char *text = arena_printf(a, "UPDATE \"%s\" SET \"%s\" = \"%s\" WHERE case_key %s", tables[i], columns[k], columns[k], keys[c]);
                bool may = c == 0 && is_text(tables[i], columns[k], true);
                if (number_of(db, arena_printf(a, "SELECT count(*) FROM \"%s\" WHERE case_key %s", tables[i], keys[c])) == 0) continue;
                tried++;
                if ((sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK) != may)
                    fail_msg("%s was %s: triggers of facts are remade where a column is added (0014-rewriting.sql)", text, may ? "refused" : "done");
            }
        }
        if (sqlite3_exec(db, arena_printf(a, "DELETE FROM \"%s\" WHERE case_key = 2", tables[i]), NULL, NULL, NULL) == SQLITE_OK &&
            sqlite3_changes(db) > 0)
            fail_msg("rows of %s were removed", tables[i]);
    }
    assert_true(tried > 300);
    sqlite3_close(db);
}

static void an_ordinary_connection_cannot_open_it(void **unused)
{
    static const char *const texts[] = { "INSERT INTO rewriting VALUES (1, 2, 0)", "UPDATE people SET family = 'x'",
        "UPDATE case_head SET incident_place = 'x'", "UPDATE access SET reason = ''", "DELETE FROM rewriting", "DELETE FROM people",
        "REPLACE INTO rewriting VALUES (1, 2, 1)" };
    Asked w = { 0 };

    for (int round = 0; round < 2; round++) { /* before a rewriting, and after one */
        for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
            EngStmt *q = NULL;
            if (engine_sqlite.prepare(s->conn, texts[i], &q) != ENG_DENIED) fail_msg("%s was prepared", texts[i]);
        }
        if (round == 0) must(rewrite(&w, CASE, name(CASE), E));
    }
    /* One that was prepared while it was open is refused, too. */
    assert_int_equal(engine_sqlite.step(stmt(s, SQL_REWRITING_OPEN)->raw), ENG_DENIED);
}

/* ---- every text is reached ---- */

static void every_text_of_the_case_is_asked_for_in_all_versions(void **unused)
{
    sqlite3 *db = stranger("s/book124.db");
    const char **tables, **columns;
    size_t n = rows_of(db, case_tables, &tables);
    int64_t texts = 0, stayed = 0;
    Asked w = { 0 };

    for (int after = 0; after < 2; after++) {
        for (size_t i = 0; i < n; i++) {
            size_t m = rows_of(db, arena_printf(a, "SELECT name FROM pragma_table_info('%s')", tables[i]), &columns);
            for (size_t k = 0; k < m; k++) {
                if (!is_text(tables[i], columns[k], false)) continue;
                if (!after)
                    texts += number_of(db, arena_printf(a, "SELECT count(\"%s\") FROM \"%s\" WHERE case_key = 2", columns[k], tables[i]));
                else
                    stayed += number_of(db, arena_printf(a, "SELECT count(*) FROM \"%s\" WHERE case_key = 2 AND \"%s\" NOT GLOB 'x[0-9]*' AND \"%s\" <> '{}'",
                                                tables[i], columns[k], columns[k]));
            }
        }
        if (!after) must(rewrite(&w, CASE, name(CASE), E));
    }
    assert_int_equal(w.n, texts);
    assert_true(texts > 90);
    assert_int_equal(stayed, 0);
    assert_int_equal(number_of(db, "SELECT count(*) FROM rewriting"), 0);
    assert_true(number_of(db, "SELECT count(*) FROM people WHERE case_key <> 2 AND family GLOB 'x[0-9]*'") == 0);
    sqlite3_close(db);
}

static void what_stood_there_is_in_no_byte_of_the_files(void **unused)
{
    Asked w = { 0 };

    assert_true(folder_holds(desk_path("s"), CANARY) && folder_holds(desk_path("s"), CANARY2));
    must(rewrite(&w, CASE, name(CASE), E));
    assert_true(store_scrubbed(s));
    /* A name is in the search keys and what a task says in a duty still: they are derived, and were not told. */
    assert_null(folder_holds(desk_path("s"), CANARY " Road"));
    assert_null(folder_holds(desk_path("s"), CANARY2));
    assert_null(folder_holds(desk_path("s"), "She laughed."));
    assert_null(folder_holds(desk_path("s"), "Her cousin is"));
}

static void who_reads_meanwhile_keeps_it_there_a_moment_longer(void **unused)
{
    sqlite3 *db = stranger("s/book124.db");
    Asked w = { 0 };

    assert_int_equal(sqlite3_exec(db, "BEGIN; SELECT count(*) FROM people", NULL, NULL, NULL), SQLITE_OK);
    must(rewrite(&w, CASE, name(CASE), E));
    assert_false(store_scrubbed(s));
    assert_non_null(folder_holds(desk_path("s"), CANARY2));
    sqlite3_close(db);
    must(store_breathe(s, E));
    assert_true(store_scrubbed(s));
    assert_null(folder_holds(desk_path("s"), CANARY2));
}

/* ---- the log ---- */

static void the_log_says_so_or_nothing_is_saved(void **unused)
{
    Asked w = { 0 };
    Err err = { 0 };
    Tx tx;

    assert_false(rewrite(&w, CASE, NULL, &err));
    assert_false(rewrite(&w, CASE, "KG-SOMEBODY", &err));
    assert_non_null(strstr(err.text, "log"));
    assert_non_null(folder_holds(desk_path("s"), CANARY2));
    must(store_begin(s, &tx, E));
    must(store_case_rewrite(&tx, CASE, other_text, &w, E));
    assert_false(store_case_rewrite(&tx, 1, other_text, &w, &err)); /* the first is not in the log yet */
    store_end(&tx);
}

static void a_text_that_is_needed_and_goes_a_refusal_and_a_case_that_is_not_change_nothing(void **unused)
{
    sqlite3 *db = stranger("s/book124.db");
    Asked gone = { .nothing = true }, no = { .fail_at = 40 }, w = { 0 };
    Err err = { 0 };

    assert_false(rewrite(&gone, CASE, name(CASE), &err));
    assert_false(rewrite(&no, CASE, name(CASE), &err));
    assert_string_equal(err.text, "No.");
    assert_false(rewrite(&w, 99, "KG-99", &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_int_equal(number_of(db, "SELECT count(*) FROM rewriting"), 0);
    assert_int_equal(number_of(db, "SELECT count(*) FROM people WHERE family GLOB 'x[0-9]*'"), 0);
    sqlite3_close(db);
}

/* Somebody is killed at any text: the old stands, whole, and the door is shut. */
static void killed_in_the_middle_nothing_was_changed(void **unused)
{
    for (int at = 1; at < 100; at += 9) {
        int status;
        pid_t child;
        Asked w = { .die_at = at };
        sqlite3 *db;
        store_close(&s);
        fflush(NULL);
        if ((child = fork()) == 0) {
            Err err = { 0 };
            s = store_open(desk_path("s"), &err);
            rewrite(&w, CASE, name(CASE), &err);
            _exit(1);
        }
        waitpid(child, &status, 0);
        assert_true(WIFSIGNALED(status));
        must((s = store_open(desk_path("s"), E)) != NULL);
        db = stranger("s/book124.db");
        assert_int_equal(number_of(db, "SELECT count(*) FROM rewriting"), 0);
        assert_int_equal(number_of(db, "SELECT count(*) FROM people WHERE family GLOB 'x[0-9]*' OR key GLOB 'x[0-9]*'"), 0);
        sqlite3_close(db);
    }
}

int main(int argc, char **argv)
{
#define T(f) cmocka_unit_test_setup_teardown(f, with_store, without_store)
    const struct CMUnitTest tests[] = {
        T(every_table_of_cases_is_rewritten_or_said_to_hold_no_text),
        T(every_text_of_the_catalogue_has_its_place_in_the_statement),
        T(through_the_open_door_only_texts_of_that_case_go),
        T(an_ordinary_connection_cannot_open_it),
        T(every_text_of_the_case_is_asked_for_in_all_versions),
        T(what_stood_there_is_in_no_byte_of_the_files),
        T(who_reads_meanwhile_keeps_it_there_a_moment_longer),
        T(the_log_says_so_or_nothing_is_saved),
        T(a_text_that_is_needed_and_goes_a_refusal_and_a_case_that_is_not_change_nothing),
        T(killed_in_the_middle_nothing_was_changed),
    };
    int failed;

    desk_start();
    failed = cmocka_run_group_tests_name("rewrite", tests, NULL, NULL);
    desk_finish();
    return failed;
}
