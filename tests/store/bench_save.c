/* bench_save.c — one save (a case, its duties, its search keys, its log entry), beside a bare transaction that writes the same
** rows; then eight and fifty processes saving at once, beside the same on a bare lock. */
#include "desk.h"

#include "bench.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TIMES = 300, TABLES_MAX = 40, PROCESSES_MAX = 50, SAVES_MAX = 100000 };

/* ---- the same rows, bare ---- */

typedef struct Copy { /* the rows of one case in one table, and the statement that writes them again */
    sqlite3_stmt *put;
    sqlite3_value *rows[64][24];
    int n, columns, key_at, seq_at, id_at;
} Copy;

static Copy copies[TABLES_MAX];
static int n_copies;

static void copy_table(sqlite3 *db, const char *table)
{
    Copy *c = &copies[n_copies];
    sqlite3_stmt *q;
    char text[400];
    size_t n;

    snprintf(text, sizeof text, "SELECT * FROM \"%s\" WHERE %s = 1", table,
        strcmp(table, "audit") == 0       ? "seq"
        : strcmp(table, "case_file") == 0 ? "key"
                                          : "case_key");
    if (sqlite3_prepare_v2(db, text, -1, &q, NULL) != SQLITE_OK) fail_msg("%s: %s", text, sqlite3_errmsg(db));
    c->columns = sqlite3_column_count(q);
    c->key_at = c->seq_at = c->id_at = -1;
    for (int i = 0; i < c->columns; i++) {
        const char *name = sqlite3_column_name(q, i);
        if (strcmp(name, "case_key") == 0 || strcmp(name, "key") == 0) {
            if (c->key_at < 0 && strcmp(table, "people") != 0) c->key_at = i;
            if (strcmp(name, "case_key") == 0) c->key_at = i;
        }
        if (strcmp(table, "audit") == 0 && strcmp(name, "seq") == 0) c->seq_at = i;
        if (strcmp(table, "case_file") == 0 && strcmp(name, "id") == 0) c->id_at = i;
    }
    while (sqlite3_step(q) == SQLITE_ROW && c->n < 64) {
        for (int i = 0; i < c->columns; i++) c->rows[c->n][i] = sqlite3_value_dup(sqlite3_column_value(q, i));
        c->n++;
    }
    sqlite3_finalize(q);
    if (c->n == 0) return;
    n = (size_t)snprintf(text, sizeof text, "INSERT INTO \"%s\" VALUES (?", table);
    for (int i = 1; i < c->columns; i++) n += (size_t)snprintf(text + n, sizeof text - n, ",?");
    snprintf(text + n, sizeof text - n, ")");
    if (sqlite3_prepare_v2(db, text, -1, &c->put, NULL) != SQLITE_OK) fail_msg("%s: %s", text, sqlite3_errmsg(db));
    n_copies++;
}

static void say(sqlite3 *db, sqlite3_stmt *q)
{
    if (sqlite3_step(q) != SQLITE_DONE) fail_msg("bare: %s", sqlite3_errmsg(db));
    sqlite3_reset(q);
}

static void write_again(sqlite3 *db, int64_t key)
{
    for (Copy *c = copies; c < copies + n_copies; c++) {
        for (int r = 0; r < c->n; r++) {
            char id[24];
            for (int i = 0; i < c->columns; i++) sqlite3_bind_value(c->put, i + 1, c->rows[r][i]);
            snprintf(id, sizeof id, "XX-%07lld", (long long)(key * 7919 % 10000000));
            if (c->key_at >= 0) sqlite3_bind_int64(c->put, c->key_at + 1, key);
            if (c->seq_at >= 0) sqlite3_bind_int64(c->put, c->seq_at + 1, key);
            if (c->id_at >= 0) sqlite3_bind_text(c->put, c->id_at + 1, id, -1, SQLITE_STATIC);
            say(db, c->put);
        }
    }
}

typedef struct Bare {
    sqlite3 *db;
    sqlite3_stmt *begin, *commit;
} Bare;

static void bare_open(Bare *b, const char *path)
{
    static const char *const first[] = { "case_file", "case_head", "status", "duty", "badge", "search_key", "audit" };

    sqlite3_open(path, &b->db);
    sqlite3_exec(
        b->db, "PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON", NULL, NULL, NULL);
    for (size_t i = 0; i < ARRAY_LEN(first); i++) copy_table(b->db, first[i]);
    for (CaseListId list = 0; list < LIST_STATUS; list++) copy_table(b->db, case_lists[list].name);
    sqlite3_prepare_v2(b->db, "BEGIN IMMEDIATE", -1, &b->begin, NULL);
    sqlite3_prepare_v2(b->db, "COMMIT", -1, &b->commit, NULL);
}

static void bare_save(Bare *b, int i)
{
    say(b->db, b->begin);
    write_again(b->db, i);
    say(b->db, b->commit);
}

static void bare_close(Bare *b)
{
    for (int i = 0; i < n_copies; i++) sqlite3_finalize(copies[i].put);
    sqlite3_finalize(b->begin);
    sqlite3_finalize(b->commit);
    sqlite3_close(b->db);
}

/* One of each in turn, so that both meet the same weather. */
static void alone(void)
{
    static int64_t ours[TIMES], theirs[TIMES];
    Store *s = desk_store("bare");
    Bare bare;
    double base, save;

    desk_must_save(s, 1, true);
    store_close(&s);
    bare_open(&bare, desk_path("bare/book124.db"));
    s = desk_store("save");
    desk_must_save(s, 1, true);
    for (int i = 0; i < TIMES; i++) {
        int64_t t = bench_ns();
        desk_must_save(s, 2 + i, true);
        ours[i] = bench_ns() - t;
        t = bench_ns();
        bare_save(&bare, 2 + i);
        theirs[i] = bench_ns() - t;
    }
    store_close(&s);
    bare_close(&bare);
    save = bench_at(ours, TIMES, .5), base = bench_at(theirs, TIMES, .5);
    printf("alone: save %.2f ms median, bare transaction of the same rows %.2f (%.2f times); p99 %.2f and %.2f\n",
        save / 1e3, base / 1e3, save / base, bench_at(ours, TIMES, .99) / 1e3, bench_at(theirs, TIMES, .99) / 1e3);
}

/* ---- many at once ---- */

typedef struct Board {
    int go, stop, n, per[PROCESSES_MAX];
    int64_t ns[SAVES_MAX];
} Board;

static Board *board;

static void save_again_and_again(int who)
{
    Store *s = store_open(desk_path("many"), NULL);

    if (!s) _exit(1);
    while (!__atomic_load_n(&board->go, __ATOMIC_ACQUIRE)) usleep(1000);
    for (int i = 0; !__atomic_load_n(&board->stop, __ATOMIC_RELAXED); i++) {
        int64_t t = bench_ns();
        int k;
        if (!desk_save(s, who * 100000 + i, true, NULL)) _exit(2);
        t = bench_ns() - t;
        k = __atomic_fetch_add(&board->n, 1, __ATOMIC_RELAXED);
        if (k < SAVES_MAX) board->ns[k] = t;
        board->per[who]++;
    }
    _exit(0);
}

static void together(int processes)
{
    Store *s = desk_store("many");
    double p50, p99, max;
    int least = 1 << 30, most = 0, bad = 0;
    size_t n;

    store_close(&s);
    memset(board, 0, sizeof *board);
    fflush(NULL);
    for (int i = 0; i < processes; i++)
        if (fork() == 0) save_again_and_again(i);
    usleep(600000);
    __atomic_store_n(&board->go, 1, __ATOMIC_RELEASE);
    sleep(5);
    board->stop = 1;
    for (int i = 0, status; i < processes; i++) {
        wait(&status);
        bad += !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    n = board->n < SAVES_MAX ? (size_t)board->n : SAVES_MAX;
    for (int i = 0; i < processes; i++) {
        if (board->per[i] < least) least = board->per[i];
        if (board->per[i] > most) most = board->per[i];
    }
    p50 = bench_at(board->ns, n, .5), p99 = bench_at(board->ns, n, .99), max = bench_at(board->ns, n, 1);
    printf("%2d at once: %5.0f saves a second; median %.1f ms, p99 %.1f (%.2f times), max %.1f; the least served %d, "
           "the most %d; failed %d\n",
        processes, (double)n / 5, p50 / 1e3, p99 / 1e3, p99 / p50, max / 1e3, least, most, bad);
    desk_remove("many");
}

int main(int argc, char **argv)
{
    desk_start();
    board = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    alone();
    together(8);
    together(50);
    desk_finish();
    return 0;
}
