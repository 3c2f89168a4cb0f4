/* test_gate.c — one writer at a time, in turn, whatever dies; and what happens to a store without that.
** SQLite up to 3.51.2 loses committed pages when a commit falls into the moment between a checkpoint's reading of the log's
** header and its comparing of it. A shim under one connection makes that moment happen. Behind the gate nothing can
** commit then; built with -DBOOK124_NO_GATE and run as `without`, the same test must fail, or it would prove nothing. */
#include "desk.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- a file layer with a hook in xUnfetch, which SQLite calls in just that moment ---- */

typedef struct ShimFile {
    sqlite3_file base;
    sqlite3_file *real;
} ShimFile;

static sqlite3_vfs *below;
static sqlite3_vfs shim;
static sqlite3_io_methods shim_methods;
static void (*in_the_moment)(void);

static sqlite3_file *real(sqlite3_file *f)
{
    return ((ShimFile *)(void *)f)->real;
}

static int shim_close(sqlite3_file *f)
{
    int rc = real(f)->pMethods->xClose(real(f));

    free(real(f));
    return rc;
}

static int shim_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
    return real(f)->pMethods->xRead(real(f), p, n, at);
}

static int shim_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    return real(f)->pMethods->xWrite(real(f), p, n, at);
}

static int shim_truncate(sqlite3_file *f, sqlite3_int64 n)
{
    return real(f)->pMethods->xTruncate(real(f), n);
}

static int shim_sync(sqlite3_file *f, int flags)
{
    return real(f)->pMethods->xSync(real(f), flags);
}

static int shim_size(sqlite3_file *f, sqlite3_int64 *n)
{
    return real(f)->pMethods->xFileSize(real(f), n);
}

static int shim_lock(sqlite3_file *f, int level)
{
    return real(f)->pMethods->xLock(real(f), level);
}

static int shim_unlock(sqlite3_file *f, int level)
{
    return real(f)->pMethods->xUnlock(real(f), level);
}

static int shim_reserved(sqlite3_file *f, int *out)
{
    return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int shim_control(sqlite3_file *f, int op, void *p)
{
    return real(f)->pMethods->xFileControl(real(f), op, p);
}

static int shim_sector(sqlite3_file *f)
{
    return real(f)->pMethods->xSectorSize(real(f));
}

static int shim_traits(sqlite3_file *f)
{
    return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int shim_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
    return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}

static int shim_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
    return real(f)->pMethods->xShmLock(real(f), at, n, flags);
}

static void shim_shm_barrier(sqlite3_file *f)
{
    real(f)->pMethods->xShmBarrier(real(f));
}

static int shim_shm_unmap(sqlite3_file *f, int delete)
{
    return real(f)->pMethods->xShmUnmap(real(f), delete);
}

static int shim_fetch(sqlite3_file *f, sqlite3_int64 at, int n, void **out)
{
    return real(f)->pMethods->xFetch(real(f), at, n, out);
}

static int shim_unfetch(sqlite3_file *f, sqlite3_int64 at, void *p)
{
    void (*hook)(void) = in_the_moment;

    if (p == NULL && hook) {
        in_the_moment = NULL;
        hook();
    }
    return real(f)->pMethods->xUnfetch(real(f), at, p);
}

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    ShimFile *s = (ShimFile *)(void *)f;
    int rc;

    s->base.pMethods = NULL;
    s->real = calloc(1, (size_t)below->szOsFile);
    rc = below->xOpen(below, name, s->real, flags, out);
    if (s->real->pMethods)
        s->base.pMethods = &shim_methods;
    else
        free(s->real);
    return rc;
}

static void shim_register(void)
{
    below = sqlite3_vfs_find("unix");
    shim = *below;
    shim.zName = "shim";
    shim.szOsFile = sizeof(ShimFile);
    shim.xOpen = shim_open;
    shim_methods = (sqlite3_io_methods){ 3, shim_close, shim_read, shim_write, shim_truncate, shim_sync, shim_size,
        shim_lock, shim_unlock, shim_reserved, shim_control, shim_sector, shim_traits, shim_shm_map, shim_shm_lock,
        shim_shm_barrier, shim_shm_unmap, shim_fetch, shim_unfetch };
    sqlite3_vfs_register(&shim, 0);
}

/* ---- the race ---- */

enum { ENOUGH = 1300 /* cases: more than 4 MB of log, and less than the 16 at which a write folds it itself */ };
static Store *writer;
static Tx open_write;
static bool fell_into_it;

static void commit_now(void)
{
    fell_into_it = true;
    must(store_commit(&open_write, E));
    store_end(&open_write);
}

static void write_half(int i)
{
    Arena *a = arena_new();
    CaseDoc doc;
    AuditEntry e;

    desk_case(i, true, a, &doc);
    e = desk_entry("case.import", doc.id);
    must(store_begin(writer, &open_write, E));
    must(store_case_insert(&open_write, &doc, vocabs_standard(), NOW, "900007", NULL, E));
    must(store_audit_append(&open_write, &e, E));
    arena_free(&a);
}

static void a_commit_never_falls_into_a_checkpoint(void **unused)
{
    Store *folder, *reader, *s;
    Arena *a = arena_new();
    StoreCheck *checks;
    size_t n;
    int64_t count;

    writer = desk_store("race");
    engine_sqlite_vfs = "shim";
    must((folder = store_open(desk_path("race"), E)) != NULL);
    engine_sqlite_vfs = "unix";
    must((reader = store_open(desk_path("race"), E)) != NULL);
    must(store_case_count(folder, &count, E)); /* it remembers the log's header of now */
    desk_fill(writer, 0, ENOUGH, true);
    must(read_begin(reader, E));
    must(store_case_count(reader, &count, E));
    must(store_breathe(writer, E)); /* all folded in, but the log cannot begin anew while somebody reads */
    read_end(reader);
    write_half(ENOUGH);
    in_the_moment = commit_now;
    store_breathe(folder, NULL);
    in_the_moment = NULL;
    if (!fell_into_it) commit_now(), fell_into_it = false;
    desk_fill(writer, ENOUGH + 1, ENOUGH + 400, true); /* the log is longer than it was */
    must(store_breathe(writer, E));
    desk_must_save(writer, 2 * ENOUGH + 401, true);
    store_close(&folder);
    store_close(&reader);
    store_close(&writer);
    must((s = store_open(desk_path("race"), E)) != NULL);
    must(store_case_count(s, &count, E));
    must(store_doctor(s, true, a, &checks, &n, E));
    for (size_t i = 0; i < n; i++)
        if (!checks[i].ok) fail_msg("%s: %s", checks[i].what, checks[i].says);
    assert_int_equal(count, 2 * ENOUGH + 402);
    assert_false(fell_into_it);
    store_close(&s);
    arena_free(&a);
}

/* ---- in turn ---- */

typedef struct Board { /* shared by all the processes of a test */
    int go, left, served[64], order[4096], n_order;
} Board;

static Board *board;

static Gate *gate(void)
{
    Gate *g;

    must((g = gate_open(desk_path("gate"), E)) != NULL);
    return g;
}

static void wait_for_go(void)
{
    while (!__atomic_load_n(&board->go, __ATOMIC_ACQUIRE)) usleep(500);
}

static void come_again_and_again(int who)
{
    Gate *g = gate();

    wait_for_go();
    while (__atomic_sub_fetch(&board->left, 1, __ATOMIC_SEQ_CST) >= 0) {
        if (!gate_enter(g, 30000, NULL)) _exit(1);
        usleep(100);
        board->order[board->n_order++ % 4096] = who;
        board->served[who]++;
        gate_leave(g);
    }
    _exit(0);
}

static void everyone(int n, void (*life)(int))
{
    fflush(NULL);
    for (int i = 0; i < n; i++)
        if (fork() == 0) life(i);
    usleep(100000);
    __atomic_store_n(&board->go, 1, __ATOMIC_RELEASE);
    for (int i = 0; i < n; i++) {
        int status;
        wait(&status);
        if (WIFEXITED(status)) assert_int_equal(WEXITSTATUS(status), 0);
    }
}

/* With everybody waiting all the time, between two turns of one come about as many turns as there are others. */
static void fifty_are_served_in_turn(void **unused)
{
    enum { MANY = 50, TURNS = 40 };

    memset(board, 0, sizeof *board);
    board->left = MANY * TURNS;
    everyone(MANY, come_again_and_again);
    assert_int_equal(board->n_order, MANY * TURNS);
    for (int i = 0; i < MANY; i++)
        if (board->served[i] < TURNS / 2) fail_msg("one was served %d times of %d", board->served[i], TURNS);
}

/* Every third dies inside, every third leaves a waiter of its own behind that is killed while it waits. */
static void die_inside(int who, int k)
{
    if (who % 3 == 0 && k == who % 7) raise(SIGKILL);
}

static void leave_a_dead_waiter(int who, int k)
{
    pid_t waiter;

    if (who % 3 != 1 || k != who % 5 || (waiter = fork()) < 0) return;
    if (waiter == 0) {
        Gate *own = gate();
        gate_enter(own, 30000, NULL); /* its parent is inside */
        _exit(2);
    }
    usleep(3000);
    kill(waiter, SIGKILL);
    waitpid(waiter, NULL, 0);
}

static void come_and_die(int who)
{
    Gate *g = gate();

    wait_for_go();
    for (int k = 0; k < 20; k++) {
        if (!gate_enter(g, 30000, NULL)) _exit(1);
        board->served[who]++;
        die_inside(who, k);
        leave_a_dead_waiter(who, k);
        gate_leave(g);
    }
    _exit(0);
}

static void the_dead_block_nobody(void **unused)
{
    memset(board, 0, sizeof *board);
    everyone(12, come_and_die);
    for (int i = 0; i < 12; i++) assert_int_equal(board->served[i], i % 3 == 0 ? i % 7 + 1 : 20);
}

/* Two inside at once would both add to a figure that is read and written apart. */
static void add_slowly(int who)
{
    Gate *g = gate();

    wait_for_go();
    for (int k = 0; k < 50; k++) {
        if (!gate_enter(g, 30000, NULL)) _exit(1);
        int seen = board->left;
        if (k % 10 == 0) usleep(10);
        board->left = seen + 1;
        gate_leave(g);
    }
    _exit(0);
}

static void never_are_two_inside(void **unused)
{
    memset(board, 0, sizeof *board);
    everyone(8, add_slowly);
    assert_int_equal(board->left, 8 * 50);
}

static void a_held_gate_is_told_in_time(void **unused)
{
    Gate *one = gate(), *two = gate();
    Err err = { 0 };

    must(gate_enter(one, 1000, E));
    assert_true(gate_is_held(one));
    assert_false(gate_enter(two, 50, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    gate_leave(one);
    gate_leave(one);
    must(gate_enter(two, 1000, E));
    assert_false(gate_enter(two, 1000, &err));
    assert_int_equal(err.kind, ERR_BUG);
    gate_close(&two);
    must(gate_enter(one, 1000, E));
    gate_close(&one);
    gate_close(&one);
}

/* Whatever stands in the queue's part of the file, the lock decides, and somebody gets in. */
static void a_queue_of_rubbish_stops_nobody(void **unused)
{
    FILE *f = fopen(desk_path("gate"), "r+");
    Gate *g;

    for (int i = 0; i < 1200; i++) fputc(i * 7, f);
    fclose(f);
    g = gate();
    for (int i = 0; i < 3; i++) {
        must(gate_enter(g, 5000, E));
        gate_leave(g);
    }
    gate_close(&g);
    unlink(desk_path("gate"));
}

/* ---- without the gate ---- */

static const struct CMUnitTest race[] = { cmocka_unit_test(a_commit_never_falls_into_a_checkpoint) };

/* The same test, its words not shown, in a process of its own. */
static int race_alone(void)
{
    int status;

    fflush(NULL);
    if (fork() == 0) {
        if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr)) _exit(0);
        _exit(cmocka_run_group_tests_name("race", race, NULL, NULL) != 0);
    }
    wait(&status);
    return status;
}

static void without_the_gate_the_store_is_damaged(void **unused)
{
    if (sqlite3_libversion_number() >= 3051003) skip(); /* there is no such race from 3.51.3 on */
    assert_int_not_equal(race_alone(), 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest without[] = { cmocka_unit_test(without_the_gate_the_store_is_damaged) };
    const struct CMUnitTest turns[] = {
        cmocka_unit_test(fifty_are_served_in_turn),
        cmocka_unit_test(never_are_two_inside),
        cmocka_unit_test(the_dead_block_nobody),
        cmocka_unit_test(a_held_gate_is_told_in_time),
        cmocka_unit_test(a_queue_of_rubbish_stops_nobody),
    };
    int failed;

    desk_start();
    shim_register();
    board = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (argc > 1 && strcmp(argv[1], "without") == 0) {
        failed = cmocka_run_group_tests_name("without", without, NULL, NULL);
    } else {
        failed = cmocka_run_group_tests_name("race", race, NULL, NULL);
        failed += cmocka_run_group_tests_name("turns", turns, NULL, NULL);
    }
    desk_finish();
    return failed;
}
