/* bench_queue.c — opening a tab, and the figures on the tabs, at 10k, 100k and (BOOK124_BENCH_LARGE) 1M cases, beside the bare
** query along the covering index. The duties are written with plain SQL, in the shape the store gives them. */
#include "desk.h"

#include "bench.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum { TIMES = 400, PAGE = 50 };
static const char *const tab_names[TAB_COUNT] = { "overdue", "today", "week", "waiting", "all", "held" };
static volatile int64_t sink;

static void run(sqlite3 *db, const char *text)
{
    char *says = NULL;

    if (sqlite3_exec(db, text, NULL, NULL, &says) != SQLITE_OK) fail_msg("%s: %s", text, says);
}

/* Four live duties and four old ones a case, over two years for the old and a few weeks around NOW for the live. */
static void fill(const char *path, int cases)
{
    sqlite3 *db;
    char text[2000];

    sqlite3_hard_heap_limit64(0); /* the store sets one; filling sorts millions of rows */
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    run(db, "PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=OFF; PRAGMA cache_size=-150000; BEGIN");
    snprintf(text, sizeof text,
        "WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c WHERE i < %d) "
        "INSERT INTO case_file SELECT i, printf('KG-%%08d', i * 7919 %% 100000000), 1, %lld, %lld, '900007' FROM c",
        cases, (long long)NOW, (long long)NOW);
    run(db, text);
    snprintf(text, sizeof text,
        "INSERT INTO duty SELECT f.key, d.column1, 0, d.column2, t, t + d.column4, t + d.column4 + d.column3, "
        "  CASE d.column5 WHEN 0 THEN t + 1 END, NULL, CASE d.column5 WHEN 1 THEN abs(random()) %% 4 END, "
        "  CASE d.column5 WHEN 1 THEN CASE WHEN t + d.column4 > %lld THEN d.column3 ELSE 0 END END, "
        "  CASE d.column5 WHEN 1 THEN f.id END, CASE d.column5 WHEN 1 THEN 's47' END, NULL, NULL "
        "FROM (SELECT key, id, %lld - abs(random()) %% 1209600 AS t FROM case_file) AS f, (VALUES "
        "  ('csu-ds-read', 'csu-ds', 86400, 0, 1), ('ds-supervision', 'csu-ds', 604800, 0, 1), ('victim-update', "
        "'csu-io', 2419200, 0, 1), "
        "  ('dci-review', 'dci', 2419200, 604800, 1), ('attend', 'response-pc', 3600, 0, 0), ('book-124d', "
        "'response-pc', 43200, 0, 0), "
        "  ('initial-risk', 'response-pc', 43200, 0, 0), ('ps-check', 'response-ps', 43200, 0, 0)) AS d",
        (long long)NOW, (long long)NOW);
    run(db, text);
    run(db, "INSERT INTO duty_count SELECT owner, 0, span, due / 86400, count(*) FROM duty WHERE rank IS NOT NULL "
            "GROUP BY 1, 2, 3, 4");
    run(db, "INSERT INTO duty_count SELECT owner, 1, span, due / 600, count(*) FROM duty WHERE rank IS NOT NULL GROUP "
            "BY 1, 2, 3, 4");
    run(db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
    sqlite3_close(db);
}

/* The least there is: fifty rows along the covering index, by a statement prepared once, their columns read. */
static double bare(const char *path)
{
    static int64_t ns[TIMES];
    sqlite3 *db;
    sqlite3_stmt *q;

    sqlite3_open(path, &db);
    sqlite3_exec(db, "PRAGMA wal_autocheckpoint=0", NULL, NULL, NULL);
    sqlite3_prepare_v2(db,
        "SELECT due, case_id, duty, cycle, opens, start, offence, case_key FROM duty INDEXED BY duty_queue "
        "WHERE rank IS NOT NULL AND owner = 'csu-ds' AND rank = ?1 AND span = 0 AND due < ?2 ORDER BY due, case_id, "
        "duty, cycle LIMIT 50",
        -1, &q, NULL);
    for (int i = 0; i < TIMES; i++) {
        int64_t t = bench_ns();
        sqlite3_bind_int(q, 1, i % 4);
        sqlite3_bind_int64(q, 2, NOW);
        while (sqlite3_step(q) == SQLITE_ROW)
            for (int at = 0; at < 8; at++)
                sink += sqlite3_column_type(q, at) == SQLITE_TEXT ? sqlite3_column_text(q, at)[0]
                                                                  : sqlite3_column_int64(q, at);
        sqlite3_reset(q);
        ns[i] = bench_ns() - t;
    }
    sqlite3_finalize(q);
    sqlite3_close(db);
    return bench_at(ns, TIMES, .5);
}

static double page(Store *s, Arena *a, RoleSet roles, QueueTab tab, bool deep)
{
    static int64_t ns[TIMES];
    QueueRow from = { 0 }, *rows;
    size_t n;

    for (int i = 0; i < TIMES; i++) {
        QueueQuery q = { .roles = roles, .tab = tab, .now = NOW, .limit = PAGE, .from = deep && i % 50 ? &from : NULL };
        int64_t t = bench_ns();
        arena_reset(a);
        must(store_queue_page(s, &q, a, &rows, &n, E));
        ns[i] = bench_ns() - t;
        if (n) memcpy(from.place, rows[n - 1].place, sizeof from.place);
    }
    return bench_at(ns, TIMES, .5);
}

static double figures(Store *s, RoleSet roles)
{
    static int64_t ns[TIMES];
    int64_t counts[TAB_COUNT];

    for (int i = 0; i < TIMES; i++) {
        int64_t t = bench_ns();
        must(store_queue_counts(s, roles, NOW + i, counts, E));
        ns[i] = bench_ns() - t;
    }
    return bench_at(ns, TIMES, .5);
}

static void bench(int cases)
{
    Store *s = desk_store("queue");
    Arena *a = arena_new();
    double base;

    fill(desk_path("queue/book124.db"), cases);
    base = bare(desk_path("queue/book124.db"));
    printf("%8d cases  bare query %6.1f us\n", cases, base);
    for (QueueTab tab = 0; tab < TAB_COUNT; tab++) {
        double one = page(s, a, ROLE_BIT(tab == TAB_WAITING ? ROLE_DCI : ROLE_CSU_DS), tab, false);
        double deep = page(s, a, ROLE_BIT(tab == TAB_WAITING ? ROLE_DCI : ROLE_CSU_DS), tab, true);
        double every = page(s, a, 0xffffffff, tab, false);
        printf("   %-8s page %6.1f us (%4.2f of bare)   next page %6.1f (%4.2f)   all roles %6.1f\n", tab_names[tab],
            one, one / base, deep, deep / base, every);
    }
    printf("   figures  one role %6.1f us   all roles %6.1f us\n", figures(s, ROLE_BIT(ROLE_CSU_DS)),
        figures(s, 0xffffffff));
    arena_free(&a);
    store_close(&s);
    desk_remove("queue");
}

int main(int argc, char **argv)
{
    desk_start();
    bench(10000);
    bench(100000);
    if (getenv("BOOK124_BENCH_LARGE")) bench(1000000);
    desk_finish();
    return 0;
}
