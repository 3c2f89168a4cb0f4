/* test_crash.c — a save that was acknowledged survives: processes killed at any moment, and the power cut at any write.
** `kill`: six writers, killed without warning two hundred times. `power`: a file layer that remembers every write not yet
** synced and, at a moment drawn by lot, keeps, drops or tears each of them; then the store is opened and searched for
** everything that was acknowledged. `rewrite`: the same while the texts of a case are changed again and again: all of them say one thing. */
#include "desk.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Under a sanitizer each run takes five times as long; the plain suite has them all. */
#if defined __SANITIZE_ADDRESS__
#define SLOW 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define SLOW 1
#endif
#endif
#ifdef SLOW
enum { KILLS = 200, WRITERS = 6, CUTS = 80 };
#else
enum { KILLS = 200, WRITERS = 6, CUTS = 300 };
#endif

/* ---- what was acknowledged ---- */

static bool acknowledged[2000000]; /* by the number of the case */

static void hear(int pipe)
{
    int i;

    while (read(pipe, &i, sizeof i) == sizeof i) acknowledged[i] = true;
    close(pipe);
}

static void acknowledge(int pipe, int i)
{
    if (write(pipe, &i, sizeof i) != sizeof i) _exit(6);
}

static void all_acknowledged_are_there(Store *s, int from, int to)
{
    Arena *a = arena_new();

    for (int i = from; i < to; i++) {
        CaseDoc doc;
        CaseRow row;
        Duty *duties;
        size_t n;
        if (!acknowledged[i]) continue;
        arena_reset(a);
        desk_case(i, i % 2, a, &doc);
        must(store_case_find(s, doc.id, a, &row, E));
        must(store_duty_of_case(s, row.key, a, &duties, &n, E));
        assert_int_equal(n, 6);
    }
    arena_free(&a);
}

/* Pages, references, the log and the figures: nothing half done. */
static void sound(Store *s)
{
    Arena *a = arena_new();
    StoreCheck *checks;
    size_t n;
    int64_t cases, entries;

    must(store_doctor(s, true, a, &checks, &n, E));
    for (size_t i = 0; i < n; i++)
        if (!checks[i].ok) fail_msg("%s: %s", checks[i].what, checks[i].says);
    must(store_case_count(s, &cases, E));
    must(desk_log_holds(s, &entries, E));
    assert_int_equal(cases, entries); /* each save is one case and one entry */
    arena_free(&a);
}

/* ---- killed ---- */

static void write_until_killed(int from, int pipe)
{
    Store *s = store_open(desk_path("kill"), NULL);

    for (int i = from; s; i++) {
        Err err = { 0 };
        if (desk_save(s, i, i % 2, &err))
            acknowledge(pipe, i);
        else
            fprintf(stderr, "save: %s\n", err.text);
        if (i % 8 == 0) store_breathe(s, NULL);
        if (i % 31 == 0) {
            store_close(&s);
            s = store_open(desk_path("kill"), NULL);
        }
    }
    _exit(1);
}

typedef struct Victim {
    pid_t pid;
    int pipe;
} Victim;

static Victim start_writer(int from)
{
    int ends[2];
    Victim v;

    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    v = (Victim){ fork(), ends[0] };
    if (v.pid == 0) {
        close(ends[0]);
        write_until_killed(from, ends[1]);
    }
    close(ends[1]);
    return v;
}

static void kill_and_hear(const Victim *v)
{
    int status;

    kill(v->pid, SIGKILL);
    waitpid(v->pid, &status, 0);
    assert_true(WIFSIGNALED(status));
    hear(v->pipe);
}

static void nothing_acknowledged_is_lost_to_kill(void **unused)
{
    enum { BLOCK = 9000 };
    Victim v[WRITERS];
    Store *s = desk_store("kill");
    int born = 0, n = 0;

    store_close(&s);
    srand(1);
    for (int i = 0; i < WRITERS; i++) v[i] = start_writer(BLOCK * born++);
    for (int k = 0; k < KILLS; k++) {
        int i = rand() % WRITERS;
        usleep((useconds_t)(rand() % 70000));
        kill_and_hear(&v[i]);
        v[i] = start_writer(BLOCK * born++);
    }
    for (int i = 0; i < WRITERS; i++) kill_and_hear(&v[i]);
    must((s = store_open(desk_path("kill"), E)) != NULL);
    sound(s);
    for (int i = 0; i < BLOCK * born; i++) n += acknowledged[i];
    assert_true(n > 100);
    all_acknowledged_are_there(s, 0, BLOCK * born);
    store_close(&s);
    printf("%d kills, %d saves acknowledged, none lost\n", KILLS + WRITERS, n);
}

/* ---- the power goes ---- */

typedef struct Write { /* not synced yet, with what stood there before */
    struct Write *next;
    sqlite3_int64 at;
    int n, n_old;
    unsigned char *old;
} Write;

typedef struct Disk { /* one file */
    char name[300];
    Write *writes;
} Disk;

typedef struct CutFile {
    sqlite3_file base;
    sqlite3_file *real;
    Disk *disk;
} CutFile;

static Disk disks[16];
static int n_disks;
static long moments, cut_at = -1; /* -1: the power stays */
static sqlite3_vfs *below, cut;
static sqlite3_io_methods cut_methods;

static sqlite3_file *real(sqlite3_file *f)
{
    return ((CutFile *)(void *)f)->real;
}

static Disk *disk_named(const char *name)
{
    for (int i = 0; i < n_disks; i++)
        if (strcmp(disks[i].name, name) == 0) return &disks[i];
    if (n_disks == 16) _exit(9);
    snprintf(disks[n_disks].name, sizeof disks[n_disks].name, "%s", name);
    return &disks[n_disks++];
}

/* One write that the disk may not have: kept, dropped, or torn between two sectors. What it lost is as before, or zeros
** where there was nothing before; a file that grew by it may not have grown. */
static void lose(int fd, const Write *w)
{
    int lot = rand() % 4, kept = lot == 1 ? 0 : rand() % (w->n / 512 + 1) * 512;
    struct stat st;

    if (lot == 0) return;
    if (kept < w->n && pwrite(fd, w->old + kept, (size_t)(w->n - kept), w->at + kept) < 0) _exit(8);
    if (w->n_old == 0 && kept == 0 && rand() % 2 && fstat(fd, &st) == 0 && st.st_size == w->at + w->n &&
        ftruncate(fd, w->at) != 0)
        _exit(8);
}

static void power_goes(void)
{
    for (int i = 0; i < n_disks; i++) {
        int fd = open(disks[i].name, O_RDWR);
        for (const Write *w = disks[i].writes; fd >= 0 && w; w = w->next) lose(fd, w);
        if (fd >= 0) close(fd);
    }
    _exit(77);
}

static void moment(void)
{
    if (cut_at >= 0 && ++moments >= cut_at) power_goes();
}

static void forget(Disk *d)
{
    while (d->writes) {
        Write *w = d->writes;
        d->writes = w->next;
        free(w->old);
        free(w);
    }
}

static int cut_close(sqlite3_file *f)
{
    int rc = real(f)->pMethods->xClose(real(f));

    free(real(f));
    return rc;
}

static int cut_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
    return real(f)->pMethods->xRead(real(f), p, n, at);
}

/* What stood there is read through the file below: a descriptor of our own would drop the locks when it is closed. */
static void remember(CutFile *f, int n, sqlite3_int64 at)
{
    Write *w = calloc(1, sizeof *w);
    sqlite3_int64 size = 0;

    w->at = at;
    w->n = n;
    w->old = calloc(1, (size_t)n);
    f->real->pMethods->xFileSize(f->real, &size);
    w->n_old = size <= at ? 0 : size - at < n ? (int)(size - at) : n;
    if (w->n_old) f->real->pMethods->xRead(f->real, w->old, w->n_old, at);
    w->next = f->disk->writes;
    f->disk->writes = w;
}

static int cut_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    int rc;

    if (cut_at >= 0) remember((CutFile *)(void *)f, n, at);
    rc = real(f)->pMethods->xWrite(real(f), p, n, at);
    moment();
    return rc;
}

static int cut_truncate(sqlite3_file *f, sqlite3_int64 n)
{
    Write **w = &((CutFile *)(void *)f)->disk->writes;
    int rc = real(f)->pMethods->xTruncate(real(f), n);

    while (*w) {
        if ((*w)->at >= n)
            *w = (*w)->next;
        else
            w = &(*w)->next;
    }
    moment();
    return rc;
}

static int cut_sync(sqlite3_file *f, int flags)
{
    int rc;

    moment();
    rc = real(f)->pMethods->xSync(real(f), flags);
    forget(((CutFile *)(void *)f)->disk);
    return rc;
}

static int cut_size(sqlite3_file *f, sqlite3_int64 *n)
{
    return real(f)->pMethods->xFileSize(real(f), n);
}

static int cut_lock(sqlite3_file *f, int level)
{
    return real(f)->pMethods->xLock(real(f), level);
}

static int cut_unlock(sqlite3_file *f, int level)
{
    return real(f)->pMethods->xUnlock(real(f), level);
}

static int cut_reserved(sqlite3_file *f, int *out)
{
    return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int cut_control(sqlite3_file *f, int op, void *p)
{
    return real(f)->pMethods->xFileControl(real(f), op, p);
}

static int cut_sector(sqlite3_file *f)
{
    return real(f)->pMethods->xSectorSize(real(f));
}

static int cut_traits(sqlite3_file *f) /* it promises nothing, not even that a neighbour's bytes survive */
{
    return 0;
}

static int cut_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
    return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}

static int cut_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
    return real(f)->pMethods->xShmLock(real(f), at, n, flags);
}

static void cut_shm_barrier(sqlite3_file *f)
{
    real(f)->pMethods->xShmBarrier(real(f));
}

static int cut_shm_unmap(sqlite3_file *f, int delete)
{
    return real(f)->pMethods->xShmUnmap(real(f), delete);
}

static int cut_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    CutFile *c = (CutFile *)(void *)f;
    int rc;

    c->base.pMethods = NULL;
    c->real = calloc(1, (size_t)below->szOsFile);
    c->disk = disk_named(name ? name : "");
    rc = below->xOpen(below, name, c->real, flags, out);
    if (c->real->pMethods)
        c->base.pMethods = &cut_methods;
    else
        free(c->real);
    return rc;
}

static int cut_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    int rc = below->xDelete(below, name, sync);

    forget(disk_named(name));
    moment();
    return rc;
}

static void cut_register(void)
{
    below = sqlite3_vfs_find("unix");
    cut = *below;
    cut.zName = "cut";
    cut.szOsFile = sizeof(CutFile);
    cut.xOpen = cut_open;
    cut.xDelete = cut_delete;
    cut_methods = (sqlite3_io_methods){ 2, cut_close, cut_read, cut_write, cut_truncate, cut_sync, cut_size, cut_lock,
        cut_unlock, cut_reserved, cut_control, cut_sector, cut_traits, cut_shm_map, cut_shm_lock, cut_shm_barrier,
        cut_shm_unmap, NULL, NULL };
    sqlite3_vfs_register(&cut, 0);
}

/* Saves, log folding and closing, until the power goes. */
static void write_until_dark(unsigned seed, int pipe)
{
    Store *s;

    srand(seed);
    engine_sqlite_vfs = "cut";
    cut_at = 1 + rand() % 900;
    s = store_open(desk_path("power"), NULL);
    for (int i = 0; s && i < 40; i++) {
        if (desk_save(s, 10 + i, i % 2, NULL)) acknowledge(pipe, 10 + i);
        if (i % 9 == 8 && gate_enter(s->gate, 1000, NULL)) {
            store_fold(s, 0, NULL);
            gate_leave(s->gate);
        }
        if (i % 15 == 14) {
            store_close(&s);
            s = store_open(desk_path("power"), NULL);
        }
    }
    _exit(0);
}

/* ---- texts of facts are rewritten ---- */

typedef struct Said { /* what all the texts of a case say: the same number, or -1 */
    int says, n;
    char word[16]; /* "": only look */
} Said;

static bool say(void *with, const RewriteAt *at, const char *text, Arena *a, const char **out, Err *err)
{
    Said *w = with;

    if (at->field && at->field->kind != FIELD_TEXT && at->field->kind != FIELD_LONG) return true;
    if (!strncmp(at->column, "signed", 6)) return true;
    if (!w->word[0] && w->n++ == 0) w->says = text[0] == 'x' ? atoi(text + 1) : 0;
    if (!w->word[0] && w->says != (text[0] == 'x' ? atoi(text + 1) : 0)) w->says = -1;
    if (w->word[0]) *out = w->word;
    return true;
}

static bool rewrite(Store *s, Said *w)
{
    AuditEntry e = desk_entry("case.rewrite", "KG-0007919");
    Tx tx = { 0 };
    bool ok = store_begin(s, &tx, NULL) && store_case_rewrite(&tx, 2, say, w, NULL) && store_audit_append(&tx, &e, NULL) &&
              store_commit(&tx, NULL);

    store_end(&tx);
    return ok;
}

static void rewrite_until_dark(unsigned seed, int pipe)
{
    Store *s;

    srand(seed);
    engine_sqlite_vfs = "cut";
    cut_at = 1 + rand() % 300;
    s = store_open(desk_path("power"), NULL);
    for (int i = 1; s && i < 20; i++) {
        Said w = { 0 };
        snprintf(w.word, sizeof w.word, "x%d", i);
        if (rewrite(s, &w)) acknowledge(pipe, i);
    }
    _exit(0);
}

static void copy_file(const char *from, const char *to)
{
    static char bytes[1 << 20];
    int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ssize_t n;

    while ((n = read(in, bytes, sizeof bytes)) > 0) assert_int_equal(write(out, bytes, (size_t)n), n);
    close(in);
    close(out);
}

/* Runs it until the power goes; the store, opened again. */
static Store *dark(unsigned seed, void (*until_dark)(unsigned seed, int pipe), bool *cut_off)
{
    int ends[2], status;
    pid_t child;
    Store *s;

    desk_remove("power");
    mkdir(desk_path("power"), 0700);
    copy_file(desk_path("seed/book124.db"), desk_path("power/book124.db"));
    memset(acknowledged, 0, 60);
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    if ((child = fork()) == 0) {
        close(ends[0]);
        until_dark(seed, ends[1]);
    }
    close(ends[1]);
    hear(ends[0]);
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status) && (WEXITSTATUS(status) == 77 || WEXITSTATUS(status) == 0));
    *cut_off = WEXITSTATUS(status) == 77;
    must((s = store_open(desk_path("power"), E)) != NULL);
    return s;
}

static bool one_cut(unsigned seed)
{
    bool cut_off;
    Store *s = dark(seed, write_until_dark, &cut_off);

    sound(s);
    all_acknowledged_are_there(s, 10, 50);
    store_close(&s);
    return cut_off;
}

static bool one_cut_of_a_rewriting(unsigned seed)
{
    bool cut_off;
    Store *s = dark(seed, rewrite_until_dark, &cut_off);
    int64_t entries;
    int last = 0;
    Said w = { .says = -1 };

    must(desk_log_holds(s, &entries, E));
    for (int i = 1; i < 20; i++)
        if (acknowledged[i]) last = i;
    assert_true(rewrite(s, &w));
    assert_true(w.n > 30);
    if (w.says != last && w.says != last + 1) fail_msg("seed %u: texts say %d, %d was acknowledged", seed, w.says, last);
    store_close(&s);
    return cut_off;
}

static void nothing_acknowledged_is_lost_to_a_power_cut(void **unused)
{
    Store *s = desk_store("seed");
    int cuts = 0;

    for (int i = 0; i < 5; i++) desk_must_save(s, i, true);
    store_close(&s);
    cut_register();
    for (unsigned seed = 1; seed <= CUTS; seed++) cuts += one_cut(seed * 7919);
    printf("%d runs, %d power cuts, nothing acknowledged lost\n", CUTS, cuts);
    assert_true(cuts > CUTS / 2);
}

static void a_power_cut_leaves_all_texts_as_they_were_or_all_new(void **unused)
{
    Store *s = desk_store("seed");
    int cuts = 0;

    for (int i = 0; i < 3; i++) desk_must_save(s, i, true);
    store_close(&s);
    cut_register();
    for (unsigned seed = 1; seed <= CUTS / 2; seed++) cuts += one_cut_of_a_rewriting(seed * 7919);
    printf("%d runs, %d power cuts while texts were rewritten\n", CUTS / 2, cuts);
    assert_true(cuts > CUTS / 4);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest rewritten[] = { cmocka_unit_test(a_power_cut_leaves_all_texts_as_they_were_or_all_new) };
    const struct CMUnitTest killed[] = { cmocka_unit_test(nothing_acknowledged_is_lost_to_kill) };
    const struct CMUnitTest power[] = { cmocka_unit_test(nothing_acknowledged_is_lost_to_a_power_cut) };
    int failed;

    desk_start();
    if (argc > 1 && strcmp(argv[1], "kill") == 0)
        failed = cmocka_run_group_tests_name("kill", killed, NULL, NULL);
    else if (argc > 1 && strcmp(argv[1], "rewrite") == 0)
        failed = cmocka_run_group_tests_name("rewrite", rewritten, NULL, NULL);
    else
        failed = cmocka_run_group_tests_name("power", power, NULL, NULL);
    desk_finish();
    return failed;
}
