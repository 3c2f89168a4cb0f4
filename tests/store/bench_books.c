/* bench_books.c — a page of the register in each of its orders, at 10k, 100k and (BOOK124_BENCH_LARGE) 1M books, beside the bare
** query along the same index; and looking up people and places in the same store. Rows are written with plain SQL: every
** second book was indexed, so that its row stands twice. */
#include "desk.h"

#include "bench.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum { TIMES = 400, PAGE = 50 };
static volatile int64_t sink;

static void run(sqlite3 *db, const char *text)
{
    char *says = NULL;

    if (sqlite3_exec(db, text, NULL, NULL, &says) != SQLITE_OK) fail_msg("%s: %s", text, says);
}

static void fill(const char *path, int books)
{
    static const char *const tables[] = {
        "case_file SELECT i, printf('KG-%08d', i * 7919 % 100000000), 1, 1266000000, 1266000000, '900007' FROM c",
        "case_head (case_key, version, act, reported_at, incident_place) "
        "SELECT i, 1, 1, 1266000000 - i, printf('%d Example Road', i % 900) FROM c",
        "books (case_key, seq, version, act, serial, completed_at) "
        "SELECT i, 1, 1, 1, printf('%08d', i * 7919 % 100000000), 1266000000 - i * 7919 % 9000000 FROM c",
        "books (case_key, seq, version, act, serial, completed_at, index_number) "
        "SELECT i, 1, 2, 1, printf('%08d', i * 7919 % 100000000), 1266000000 - i * 7919 % 9000000, "
        "  printf('G/%d/10', i) FROM c WHERE i % 2",
        "book_moves (case_key, seq, version, act, book, \"to\", \"at\") "
        "SELECT i, 1, 1, 1, printf('%08d', i * 7919 % 100000000), iif(i % 3, 'CSU tray', '201' || (i % 90 + 100)), "
        "  1266000000 - i * 7919 % 9000000 FROM c",
        "people (case_key, seq, version, act, key, role, family, given, police_staff) "
        "SELECT i, 1, 1, 1, 'v1', 'victim', 'Example' || (i % 5000), 'Anne', 0 FROM c",
        "search_key SELECT 1, 'example' || (i % 5000), i, 'victim', 'Example' || (i % 5000) FROM c",
    };
    sqlite3 *db;
    char text[800];

    sqlite3_hard_heap_limit64(0); /* the store sets one; filling sorts many rows */
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    run(db, "PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=OFF; PRAGMA cache_size=-150000; BEGIN");
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        snprintf(text, sizeof text,
            "WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c WHERE i < %d) INSERT INTO %s", books,
            tables[i]);
        run(db, text);
    }
    run(db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
    sqlite3_close(db);
}

/* The least there is: so many rows along the index from behind a text or a moment on, their columns and the case's number read. */
typedef struct Order {
    const char *name;
    BookOrder order;
    const char *bare, *begins;
} Order;

#define BARE(table, index, serial, at, by, direction, sense)                                                           \
    "SELECT b.case_key, b.seq, f.id, b." serial ", b." at ", b." by " FROM " table " AS b INDEXED BY " index           \
    " CROSS JOIN case_file AS f ON f.key = b.case_key WHERE b." by " " sense " ?1 ORDER BY b." by " " direction        \
    ", b.case_key " direction " LIMIT 50"

static const Order orders[] = {
    { "completed", BOOKS_BY_COMPLETED,
        BARE("books", "books_completed", "serial", "completed_at", "completed_at", "DESC", "<"), NULL },
    { "serial", BOOKS_BY_SERIAL,
        "SELECT b.case_key, b.seq, f.id, b.serial, b.completed_at FROM books AS b INDEXED BY books_serial CROSS JOIN "
        "case_file AS f ON f.key = b.case_key WHERE b.serial >= ?1 COLLATE NOCASE ORDER BY b.serial COLLATE NOCASE, "
        "b.case_key LIMIT 50",
        "" },
    { "index", BOOKS_BY_INDEX,
        "SELECT b.case_key, b.seq, f.id, b.serial, b.index_number FROM books AS b INDEXED BY books_index_number CROSS "
        "JOIN "
        "case_file AS f ON f.key = b.case_key WHERE b.index_number >= ?1 COLLATE NOCASE ORDER BY b.index_number "
        "COLLATE "
        "NOCASE, b.case_key LIMIT 50",
        "g/" },
    { "holder", BOOKS_BY_HOLDER,
        "SELECT b.case_key, b.seq, f.id, b.book, b.\"to\", b.\"at\" FROM book_moves AS b INDEXED BY book_moves_to "
        "CROSS JOIN "
        "case_file AS f ON f.key = b.case_key WHERE b.\"to\" >= ?1 COLLATE NOCASE ORDER BY b.\"to\" COLLATE NOCASE, "
        "b.case_key LIMIT 50",
        "csu" },
    { "received", BOOKS_BY_RECEIVED, BARE("book_moves", "book_moves_at", "book", "\"to\"", "\"at\"", "DESC", "<"),
        NULL },
};

static double bare(const char *path, const Order *o)
{
    static int64_t ns[TIMES];
    sqlite3 *db;
    sqlite3_stmt *q;

    sqlite3_open(path, &db);
    sqlite3_exec(db, "PRAGMA wal_autocheckpoint=0", NULL, NULL, NULL);
    if (sqlite3_prepare_v2(db, o->bare, -1, &q, NULL) != SQLITE_OK) fail_msg("%s", sqlite3_errmsg(db));
    for (int i = 0; i < TIMES; i++) {
        int64_t t = bench_ns();
        int rows = 0;
        if (o->begins)
            sqlite3_bind_text(q, 1, o->begins, -1, SQLITE_STATIC);
        else
            sqlite3_bind_int64(q, 1, NOW);
        for (; sqlite3_step(q) == SQLITE_ROW; rows++)
            for (int at = 0; at < sqlite3_column_count(q); at++)
                sink += sqlite3_column_type(q, at) == SQLITE_TEXT ? sqlite3_column_text(q, at)[0]
                                                                  : sqlite3_column_int64(q, at);
        sqlite3_reset(q);
        ns[i] = bench_ns() - t;
        assert_int_equal(rows, PAGE);
    }
    sqlite3_finalize(q);
    sqlite3_close(db);
    return bench_at(ns, TIMES, .5);
}

static double page(Store *s, Arena *a, const Order *o, bool deep)
{
    static int64_t ns[TIMES];
    BookPlace from = { 0 }, *rows;
    size_t n = 0;

    for (int i = 0; i < TIMES; i++) {
        BookQuery q = { .order = o->order,
            .begins = o->begins,
            .after = TIME_NONE,
            .before = TIME_NONE,
            .from = deep && i % 50 ? &from : NULL,
            .limit = PAGE };
        int64_t t = bench_ns();
        arena_reset(a);
        must(store_books_page(s, &q, a, &rows, &n, E));
        ns[i] = bench_ns() - t;
        assert_int_equal(n, PAGE);
        memcpy(from.place, rows[n - 1].place, sizeof from.place);
    }
    return bench_at(ns, TIMES, .5);
}

static void look_up(Store *s, Arena *a)
{
    static int64_t ns[TIMES], places[TIMES];
    PersonHit *people;
    const char **where;
    size_t n, found = 0;

    for (int i = 0; i < TIMES; i++) {
        int64_t t = bench_ns();
        arena_reset(a);
        must(store_people_find(s, "example1", 10, vocabs_standard(), a, &people, &n, E));
        ns[i] = bench_ns() - t;
        found += n;
        t = bench_ns();
        must(store_places_find(s, "1", 10, a, &where, &n, E));
        places[i] = bench_ns() - t;
        found += n;
    }
    assert_int_equal(found, TIMES * 20);
    printf(
        "   people   %6.1f us (of 200 rows)   places %6.1f us\n", bench_at(ns, TIMES, .5), bench_at(places, TIMES, .5));
}

static void bench(int books)
{
    Store *s = desk_store("books");
    Arena *a = arena_new();

    fill(desk_path("books/book124.db"), books);
    printf("%8d books\n", books);
    for (size_t i = 0; i < ARRAY_LEN(orders); i++) {
        double base = bare(desk_path("books/book124.db"), &orders[i]);
        double one = page(s, a, &orders[i], false), deep = page(s, a, &orders[i], true);
        printf("   %-10s bare %6.1f us   page %6.1f (%4.2f of bare)   next page %6.1f (%4.2f)\n", orders[i].name, base,
            one, one / base, deep, deep / base);
    }
    look_up(s, a);
    arena_free(&a);
    store_close(&s);
    desk_remove("books");
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
