/* test_place.c — where a store may not lie, and what is said of a file that is not a store, or is no longer a whole one. */
#include "desk.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const StoreInfo birth = { .training = true, .borough = "KG", .created_at = NOW };

static int with_store(void **unused)
{
    Store *s;

    desk_remove("s");
    s = desk_store("s");
    desk_fill(s, 0, 60, true);
    store_close(&s);
    return 0;
}

/* Refused, and the sentence has these words. */
static void refused(const char *dir, ErrKind kind, const char *words)
{
    Err err = { 0 };
    Store *s = store_open(dir, &err);

    if (s) fail_msg("%s was opened", dir);
    if (err.kind != kind || !strstr(err.text, words)) fail_msg("%s: %s", err_kind_word(err.kind), err.text);
    assert_true(err.text[strlen(err.text) - 1] == '.' || strstr(err.text, "chmod"));
}

static void not_made(const char *dir, const char *words)
{
    Err err = { 0 };

    if (store_create(dir, &birth, &err)) fail_msg("%s was made", dir);
    if (!strstr(err.text, words)) fail_msg("%s", err.text);
}

/* ---- making ---- */

static void a_store_is_made_where_nothing_is(void **unused)
{
    struct stat st;
    char inner[250];

    snprintf(inner, sizeof inner, "%s/deep/er", desk_path("fresh"));
    must(store_create(inner, &birth, E));
    assert_int_equal(stat(inner, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    snprintf(inner, sizeof inner, "%s/deep/er/book124.db", desk_path("fresh"));
    assert_int_equal(stat(inner, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    unlink(inner);
    snprintf(inner, sizeof inner, "%s/deep/er/store.gate", desk_path("fresh"));
    unlink(inner);
    snprintf(inner, sizeof inner, "%s/deep/er", desk_path("fresh"));
    rmdir(inner);
    snprintf(inner, sizeof inner, "%s/deep", desk_path("fresh"));
    rmdir(inner);
}

static void a_store_is_not_made_over_anything(void **unused)
{
    int fd;

    not_made(desk_path("s"), "already");
    mkdir(desk_path("full"), 0700);
    fd = open(desk_path("full/letter"), O_CREAT | O_WRONLY, 0600);
    close(fd);
    not_made(desk_path("full"), "letter");
    assert_int_equal(access(desk_path("full/letter"), F_OK), 0);
    not_made(desk_path("full/letter"), "not a directory");
    assert_int_equal(symlink(desk_path("elsewhere"), desk_path("link")), 0);
    not_made(desk_path("link"), "link");
}

static void an_interrupted_making_is_begun_again(void **unused)
{
    Store *s;

    mkdir(desk_path("half"), 0755);
    close(open(desk_path("half/unfinished.db"), O_CREAT | O_WRONLY, 0600));
    close(open(desk_path("half/unfinished.db-wal"), O_CREAT | O_WRONLY, 0600));
    must(store_create(desk_path("half"), &birth, E));
    assert_int_not_equal(access(desk_path("half/unfinished.db"), F_OK), 0);
    must((s = store_open(desk_path("half"), E)) != NULL);
    store_close(&s);
}

/* ---- the place ---- */

static void nothing_there_is_said(void **unused)
{
    refused(desk_path("nowhere"), ERR_MISSING, "book124 init");
    mkdir(desk_path("empty"), 0700);
    refused(desk_path("empty"), ERR_MISSING, "There is no store");
}

static void links_are_not_followed(void **unused)
{
    char slashed[220];

    unlink(desk_path("way"));
    assert_int_equal(symlink(desk_path("s"), desk_path("way")), 0);
    refused(desk_path("way"), ERR_IO, "is a link");
    snprintf(slashed, sizeof slashed, "%s/", desk_path("way"));
    refused(slashed, ERR_IO, "is a link");
    rename(desk_path("s/book124.db"), desk_path("away.db"));
    assert_int_equal(symlink(desk_path("away.db"), desk_path("s/book124.db")), 0);
    refused(desk_path("s"), ERR_IO, "is a link");
    unlink(desk_path("s/book124.db"));
    assert_int_equal(link(desk_path("away.db"), desk_path("s/book124.db")), 0);
    refused(desk_path("s"), ERR_IO, "second name");
    unlink(desk_path("away.db"));
    mkdir(desk_path("s/book124.db-wal"), 0700);
    refused(desk_path("s"), ERR_IO, "not an ordinary file");
    rmdir(desk_path("s/book124.db-wal"));
}

static void an_open_door_is_refused(void **unused)
{
    chmod(desk_path("s"), 0750);
    refused(desk_path("s"), ERR_IO, "chmod 700");
    chmod(desk_path("s"), 0700);
    chmod(desk_path("s/book124.db"), 0644);
    refused(desk_path("s"), ERR_IO, "chmod 600");
}

static void a_directory_in_place_of_the_store_is_refused(void **unused)
{
    unlink(desk_path("s/book124.db"));
    mkdir(desk_path("s/book124.db"), 0700);
    refused(desk_path("s"), ERR_IO, "not an ordinary file");
    rmdir(desk_path("s/book124.db"));
}

/* ---- the file ---- */

static void write_at(const char *path, off_t at, const void *p, size_t n)
{
    int fd = open(path, O_WRONLY);

    assert_int_equal(pwrite(fd, p, n, at), (ssize_t)n);
    close(fd);
}

static void another_programs_file_is_refused(void **unused)
{
    sqlite3 *db;

    unlink(desk_path("s/book124.db"));
    assert_int_equal(sqlite3_open(desk_path("s/book124.db"), &db), SQLITE_OK);
    sqlite3_exec(db, "CREATE TABLE t (x)", NULL, NULL, NULL);
    sqlite3_close(db);
    chmod(desk_path("s/book124.db"), 0600);
    refused(desk_path("s"), ERR_CORRUPT, "not a store of book124");
    assert_int_equal(truncate(desk_path("s/book124.db"), 0), 0);
    refused(desk_path("s"), ERR_CORRUPT, "not a store of book124");
}

static void rubbish_is_refused(void **unused)
{
    char rubbish[8192];

    memset(rubbish, 'x', sizeof rubbish);
    write_at(desk_path("s/book124.db"), 0, rubbish, sizeof rubbish);
    refused(desk_path("s"), ERR_CORRUPT, "Put back your last copy");
}

/* Runs statements behind the program. */
static void by_hand(const char *path, const char *statements)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, statements, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void a_store_without_a_schema_number_is_not_a_whole_one(void **unused)
{
    by_hand(desk_path("s/book124.db"), "PRAGMA user_version = 0");
    refused(desk_path("s"), ERR_CORRUPT, "not a whole store");
}

static void a_store_whose_file_is_gone_is_not_made_anew(void **unused)
{
    unlink(desk_path("s/book124.db"));
    refused(desk_path("s"), ERR_CORRUPT, "book124.db of the store");
    not_made(desk_path("s"), "Do not make a new store over it");
    assert_int_equal(access(desk_path("s/unfinished.db-mark"), F_OK), -1);
    unlink(desk_path("s/heads"));
    rename(desk_path("s/store.gate"), desk_path("s/sign-in.slots"));
    not_made(desk_path("s"), "sign-in.slots is still there");
}

static void a_making_that_was_killed_at_the_gate_is_begun_again(void **unused)
{
    mkdir(desk_path("killed"), 0700);
    close(open(desk_path("killed/unfinished.db-mark"), O_CREAT | O_WRONLY, 0600));
    close(open(desk_path("killed/store.gate"), O_CREAT | O_WRONLY, 0600));
    refused(desk_path("killed"), ERR_MISSING, "There is no store");
    must(store_create(desk_path("killed"), &birth, E));
    assert_int_equal(access(desk_path("killed/unfinished.db-mark"), F_OK), -1);
}

static void the_doctor_sees_a_schema_that_was_changed(void **unused)
{
    static const struct {
        const char *statements, *says;
    } changes[] = {
        { "DROP TRIGGER audit_remains", "The trigger audit_remains is missing" },
        { "CREATE TABLE zebra (x)", "The table zebra is not one of book124" },
        { "DROP INDEX duty_queue; CREATE INDEX duty_queue ON duty (owner)", "The index duty_queue was changed" },
    };

    for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
        Arena *a = arena_new();
        StoreCheck *checks = NULL;
        size_t n = 0, told = 0;
        Store *s;
        with_store(NULL);
        must((s = store_open(desk_path("s"), E)) != NULL);
        must(store_doctor(s, false, a, &checks, &n, E));
        for (size_t k = 0; k < n; k++) told += !checks[k].ok;
        assert_int_equal(told, 0);
        by_hand(desk_path("s/book124.db"), changes[i].statements);
        must(store_doctor(s, false, a, &checks, &n, E));
        for (size_t k = 0; k < n; k++) told += !checks[k].ok && strstr(checks[k].says, changes[i].says);
        assert_int_equal(told, 1);
        store_close(&s);
        arena_free(&a);
    }
}

static bool look(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    return true;
}

/* Damage somewhere inside: whatever is read either comes out or is refused with a sentence; `doctor` sees it. */
static void damaged_pages_are_told(void **unused)
{
    char rubbish[4096];
    Store *s = NULL;
    Err err = { 0 };
    bool told = false;
    long long size = place_size(desk_path("s/book124.db"));

    for (size_t i = 0; i < sizeof rubbish; i++) rubbish[i] = (char)(i * 37 + 11);
    for (long long page = 2; page * 4096 < size; page += 3)
        write_at(desk_path("s/book124.db"), page * 4096, rubbish, sizeof rubbish);
    s = store_open(desk_path("s"), &err);
    if (s && !store_case_each(s, WALK_BY_KEY, vocabs_standard(), look, NULL, &err)) told = true;
    if (s) {
        Arena *a = arena_new();
        StoreCheck *checks;
        size_t n, bad = 0;
        Err ignored;
        if (store_doctor(s, true, a, &checks, &n, &ignored))
            for (size_t i = 0; i < n; i++) bad += !checks[i].ok;
        assert_true(bad > 0);
        arena_free(&a);
        store_close(&s);
    }
    if (told || err.kind) assert_true(err.kind == ERR_CORRUPT && strstr(err.text, "Put back"));
    assert_true(err.kind == ERR_CORRUPT);
}

/* ---- a disk that will not ---- */

/* A limit on the size of files stands for a full disk: writing past it fails. */
static void a_full_disk_is_told_and_nothing_is_lost(void **unused)
{
    struct rlimit was, small;
    Store *s;
    Err err = { 0 };
    int64_t before, after;
    int i = 1000;

    signal(SIGXFSZ, SIG_IGN);
    must((s = store_open(desk_path("s"), E)) != NULL);
    must(store_case_count(s, &before, E));
    getrlimit(RLIMIT_FSIZE, &was);
    small = was;
    small.rlim_cur = 300000;
    setrlimit(RLIMIT_FSIZE, &small);
    while (desk_save(s, i, true, &err)) i++;
    setrlimit(RLIMIT_FSIZE, &was);
    assert_int_equal(err.kind, ERR_IO);
    assert_non_null(strstr(err.text, "nothing was saved"));
    must(store_case_count(s, &after, E));
    assert_int_equal(after, before + (i - 1000));
    desk_must_save(s, i, true);
    must(desk_log_holds(s, &after, E));
    store_close(&s);
}

int main(int argc, char **argv)
{
#define T(f) cmocka_unit_test_setup_teardown(f, with_store, NULL)
    const struct CMUnitTest tests[] = {
        T(a_store_is_made_where_nothing_is),
        T(a_store_is_not_made_over_anything),
        T(an_interrupted_making_is_begun_again),
        T(nothing_there_is_said),
        T(links_are_not_followed),
        T(an_open_door_is_refused),
        T(a_directory_in_place_of_the_store_is_refused),
        T(another_programs_file_is_refused),
        T(rubbish_is_refused),
        T(a_store_without_a_schema_number_is_not_a_whole_one),
        T(a_store_whose_file_is_gone_is_not_made_anew),
        T(a_making_that_was_killed_at_the_gate_is_begun_again),
        T(the_doctor_sees_a_schema_that_was_changed),
        T(damaged_pages_are_told),
        T(a_full_disk_is_told_and_nothing_is_lost),
    };
    int failed;

    desk_start();
    failed = cmocka_run_group_tests_name("place", tests, NULL, NULL);
    desk_finish();
    return failed;
}
