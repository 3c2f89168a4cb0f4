/* test_backup.c — a backup comes back as the store it was; and cut, changed, for another key, broken or killed half-way it is refused, and
** there is the whole store or nothing. */
#include "app/backup.h"
#include "faulty.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static uint8_t public_key[STREAM_KEY], secret_key[STREAM_KEY];

static int with_cases(void **state)
{
    Desk *d;
    Str lines = { 0 };

    desk_setup(state);
    d = *state;
    desk_as(d, DI);
    for (int i = 0; i < 30; i++) str_add(&lines, case_line(d->a, arena_printf(d->a, "KG-%d", i), ""));
    desk_import(d, str_text(&lines));
    str_finish(&lines);
    app_sign_out(d->app);
    crypto_stream_pair(public_key, secret_key);
    return 0;
}

static char *backup(Desk *d, size_t *n, BackupInfo *info)
{
    char *text = NULL, *kept;
    FILE *f = open_memstream(&text, n);

    assert_did(d, app_backup(d->app, public_key, f, info, &d->err));
    fclose(f);
    kept = arena_alloc(d->a, *n);
    memcpy(kept, text, *n);
    free(text);
    return kept;
}

static char *elsewhere(Desk *d)
{
    return arena_printf(d->a, "%s/back", d->dir);
}

static bool restore(Desk *d, const char *dir, const char *file, size_t n, const uint8_t key[STREAM_KEY], Err *err)
{
    FILE *f = desk_file(file, n);
    BackupInfo info;
    AuditVerdict v;
    bool ok = app_restore(dir, f, key, NULL, &info, &v, err);

    fclose(f);
    return ok;
}

static bool holds(const char *file, size_t n, const uint8_t key[STREAM_KEY], Err *err)
{
    FILE *f = desk_file(file, n);
    BackupInfo info;
    bool ok = backup_check(f, key, &info, err);

    fclose(f);
    return ok;
}

static size_t files_in(const char *dir, const char *begins)
{
    DIR *d = opendir(dir);
    const struct dirent *e;
    size_t n = 0;

    while (d && (e = readdir(d)) != NULL) n += e->d_name[0] != '.' && strncmp(e->d_name, begins, strlen(begins)) == 0;
    if (d) closedir(d);
    return n;
}

static char *cases_of(Desk *d, const char *dir)
{
    AppOptions o = { dir, T(NOW), "test" };
    App *mine = d->app;
    char *text;

    if (dir) d->app = app_open(&o, &d->err);
    assert_non_null(d->app);
    desk_as(d, DI);
    text = desk_export(d, NULL);
    if (dir) app_close(&d->app);
    d->app = mine;
    return text;
}

static void it_comes_back_as_it_was(void **state)
{
    Desk *d = *state;
    BackupInfo info;
    size_t n;
    char *file = backup(d, &n, &info), *dir = elsewhere(d);
    uint8_t digest[HASH_BYTES], again[HASH_BYTES];
    FILE *f = desk_file(file, n);
    AuditVerdict v;
    Store *back;
    AuditEntry e;

    assert_int_equal(info.cases, 30);
    assert_logged(d, AUDIT_DISCLOSE, "store.backup", "");
    assert_int_equal(info.entries, log_size(d) - 1); /* that it was made came after */
    assert_did(d, app_restore(dir, f, secret_key, NULL, &info, &v, &d->err));
    fclose(f);
    assert_int_equal(v.cases, 30);
    assert_int_equal(v.anchored, info.entries); /* the notes came along */
    assert_string_equal(cases_of(d, NULL), cases_of(d, dir));
    back = store_open(dir, &d->err);
    assert_non_null(back);
    assert_did(d, store_derived_digest(app_store_handle(d->app), digest, &d->err));
    assert_did(d, store_derived_digest(back, again, &d->err));
    assert_memory_equal(digest, again, HASH_BYTES);
    assert_did(d, store_audit_entry(back, info.entries + 1, d->a, &e, &d->err));
    assert_string_equal(e.act, "store.restore");
    assert_string_equal(store_info(back)->id, app_store(d->app)->id);
    store_close(&back);
    assert_int_equal(files_in(d->store, "copy-"), 0);
}

static void nothing_of_it_can_be_read_without_the_key(void **state)
{
    Desk *d = *state;
    BackupInfo info;
    size_t n;
    char *file = backup(d, &n, &info);
    uint8_t other_public[STREAM_KEY], other[STREAM_KEY];

    assert_null(memmem(file, n, "KG-1", 4));
    assert_null(memmem(file, n, "SQLite", 6));
    crypto_stream_pair(other_public, other);
    assert_refused(d, ERR_DENIED, restore(d, elsewhere(d), file, n, other, &d->err));
    assert_int_equal(access(elsewhere(d), F_OK), -1);
}

static void cut_or_changed_it_is_refused_and_nothing_is_left(void **state)
{
    Desk *d = *state;
    BackupInfo info;
    size_t n, line;
    char *file = backup(d, &n, &info), *dir = elsewhere(d);
    Err err = { 0 };

    line = (size_t)((char *)memchr(file, '\n', n) - file) + 1;
    for (size_t cut = 1; cut < n; cut += n / 60 + 1) assert_false(holds(file, n - cut, secret_key, &err));
    for (size_t bit = 0; bit < (line + 200) * 8; bit += 3) { /* the line in the open, the sealed key, the first blocks */
        file[bit / 8] = (char)(file[bit / 8] ^ 1 << bit % 8);
        if (holds(file, n, secret_key, &err)) fail_msg("bit %zu", bit);
        file[bit / 8] = (char)(file[bit / 8] ^ 1 << bit % 8);
    }
    for (size_t i = 0; i < 50; i++) {
        size_t at = line + 200 + crypto_random_below((uint32_t)(n - line - 200));
        file[at] = (char)(file[at] ^ 1 << crypto_random_below(8));
        assert_refused(d, ERR_CORRUPT, restore(d, dir, file, n, secret_key, &d->err));
        assert_int_equal(access(dir, F_OK), -1);
        file[at] ^= 0x7f; /* differently wrong, then made again */
        file = backup(d, &n, &info);
    }
    assert_true(holds(file, n, secret_key, &err));
    assert_refused(d, ERR_CORRUPT, restore(d, dir, "what is this\n", 13, secret_key, &d->err));
}

static void nothing_is_ever_written_over(void **state)
{
    Desk *d = *state;
    BackupInfo info;
    size_t n;
    char *file = backup(d, &n, &info), *before = cases_of(d, NULL);

    assert_refused(d, ERR_INVALID, restore(d, d->store, file, n, secret_key, &d->err));
    assert_refused(d, ERR_INVALID, restore(d, d->dir, file, n, secret_key, &d->err)); /* holds the store's directory */
    assert_string_equal(before, cases_of(d, NULL));
}

static void signed_in_it_is_the_keepers(void **state)
{
    Desk *d = *state;
    BackupInfo info;
    FILE *f = tmpfile();

    desk_as(d, DI);
    assert_refused(d, ERR_DENIED, app_backup(d->app, public_key, f, &info, &d->err));
    desk_as(d, KEEPER);
    assert_did(d, app_backup(d->app, public_key, f, &info, &d->err));
    fclose(f);
}

static void a_damaged_store_gives_no_backup(void **state)
{
    Desk *d = *state;
    BackupInfo info;
    char path[160];
    FILE *f, *out = tmpfile();

    desk_reopen(d, NOW);
    snprintf(path, sizeof path, "%s/book124.db", d->store);
    f = fopen(path, "r+"); /* behind an open store: what it has read already still holds */
    fseek(f, 0, SEEK_END);
    for (long pages = ftell(f) / 4096, at = pages * 8 / 10; at < pages; at++) fseek(f, at * 4096 + 8, SEEK_SET), fputs("damage", f);
    fclose(f);
    assert_refused(d, ERR_CORRUPT, app_backup(d->app, public_key, out, &info, &d->err));
    fclose(out);
    assert_int_equal(files_in(d->store, "copy-"), 0);
    desk_free(&d);
}

/* Broken at its first step, its second … until it comes through: no copy is left beside the store. */
static void broken_anywhere_it_leaves_no_copy(void **state)
{
    Desk *d = *state;
    bool ok = false;

    for (int64_t at = 1; !ok && at < 3000; at++) {
        BackupInfo info;
        Err err = { 0 };
        FILE *f = tmpfile();
        engine_fault_at(at, ENG_IO);
        ok = app_backup(d->app, public_key, f, &info, &err);
        engine_fault_at(0, ENG_IO);
        fclose(f);
        assert_int_equal(files_in(d->store, "copy-"), 0);
        assert_true(ok || err.text[0]);
    }
    assert_true(ok);
}

static int with_faults(void **state)
{
    return faulty(state, with_cases);
}

/* Killed at any moment, a restore leaves nothing that opens, or the whole store; and can be begun again. */
static void killed_half_way_there_is_all_or_nothing(void **state)
{
    Desk *d = *state;
    BackupInfo info;
    size_t n, whole = 0, nothing = 0;
    char *file = backup(d, &n, &info), *dir = elsewhere(d);

    for (int i = 0; i < 40; i++) {
        pid_t child;
        Store *s;
        Err err = { 0 };
        snprintf(dir, strlen(dir) + 1, "%s/back", d->dir);
        char *mine = arena_printf(d->a, "%s%d", dir, i);
        if ((child = fork()) == 0) _exit(restore(d, mine, file, n, secret_key, &err) ? 0 : 1);
        usleep((useconds_t)crypto_random_below(60000));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        s = store_open(mine, &err);
        if (s) {
            int64_t cases = 0;
            assert_did(d, store_case_count(s, &cases, &d->err));
            assert_int_equal(cases, 30);
            store_close(&s);
            whole++;
            continue;
        }
        nothing++;
        if (!restore(d, mine, file, n, secret_key, &err)) fail_msg("again: %s", err.text);
    }
    assert_true(whole + nothing == 40);
}

/* A kill leaves the copy for a moment: the next backup takes it away, and never that of a process that lives. */
static void what_a_kill_left_beside_the_store_is_taken_away(void **state)
{
    Desk *d = *state;
    char dead[160], living[160];
    BackupInfo info;
    pid_t child = fork();
    FILE *f = tmpfile();

    if (child == 0) _exit(0);
    waitpid(child, NULL, 0);
    snprintf(dead, sizeof dead, "%s/copy-%d.db", d->store, (int)child);
    snprintf(living, sizeof living, "%s/copy-%d.db", d->store, (int)getppid());
    fclose(fopen(dead, "w"));
    fclose(fopen(living, "w"));
    assert_did(d, app_backup(d->app, public_key, f, &info, &d->err));
    fclose(f);
    assert_int_equal(access(dead, F_OK), -1);
    assert_int_equal(access(living, F_OK), 0);
    unlink(living);
}

static void those_that_are_kept_grow_rarer_with_age(void **state)
{
    enum { N = 100 * 96 };
    static Time times[N];
    static bool keep[N];
    Time now = T(NOW);
    size_t kept = 0, hour = 0, day = 0, fortnight = 0;

    for (int i = 0; i < N; i++) times[i] = now - (Time)i * 15 * MINUTE;
    backup_thin(times, N, now, keep);
    for (int i = 0; i < N; i++) {
        Time age = now - times[i];
        kept += keep[i];
        hour += keep[i] && age <= HOUR;
        day += keep[i] && age > HOUR && age <= DAY;
        fortnight += keep[i] && age > DAY && age <= 14 * DAY;
        if (age > 84 * DAY) assert_false(keep[i]);
    }
    assert_int_equal(hour, 5);
    assert_in_range(day, 23, 25);
    assert_in_range(fortnight, 13, 15);
    assert_in_range(kept, 50, 60);
    backup_thin(times + N - 1, 1, now, keep);
    assert_true(keep[0]); /* the only one stays, however old */
}

static void keys_are_told_apart(void **state)
{
    Desk *d = *state;
    char line[BACKUP_KEY_LINE];
    uint8_t back[STREAM_KEY];

    backup_key_write(secret_key, true, line);
    assert_true(backup_key_read(line, true, back, &d->err));
    assert_memory_equal(back, secret_key, STREAM_KEY);
    assert_refused(d, ERR_INVALID, backup_key_read(line, false, back, &d->err));
    assert_refused(d, ERR_INVALID, backup_key_read("book124-backup-public 12", false, back, &d->err));
    assert_refused(d, ERR_INVALID, backup_key_read("", false, back, &d->err));
}

int main(void)
{
#define T_(f) cmocka_unit_test_setup_teardown(f, with_cases, desk_teardown)
    const struct CMUnitTest tests[] = {
        T_(it_comes_back_as_it_was),
        T_(nothing_of_it_can_be_read_without_the_key),
        T_(cut_or_changed_it_is_refused_and_nothing_is_left),
        T_(nothing_is_ever_written_over),
        T_(signed_in_it_is_the_keepers),
        cmocka_unit_test_setup(a_damaged_store_gives_no_backup, with_cases),
        cmocka_unit_test_setup_teardown(broken_anywhere_it_leaves_no_copy, with_faults, faulty_end),
        T_(killed_half_way_there_is_all_or_nothing),
        T_(what_a_kill_left_beside_the_store_is_taken_away),
        cmocka_unit_test(those_that_are_kept_grow_rarer_with_age),
        T_(keys_are_told_apart),
    };
    return crypto_start(NULL) ? cmocka_run_group_tests_name("backup", tests, NULL, NULL) : 1;
}
