/* bare.c — the smallest honest queue screen: ncurses and one indexed SQLite query, nothing else.
** The baseline of the desk's benchmarks: no policy, no log, no safe text, no roles. Down and Up move, space and b page,
** q leaves. Usage: bare STORE_DIRECTORY ROLE. */
#include <curses.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Row {
    long long due, key;
    char id[48], duty[48], offence[48];
} Row;

static Row rows[300];
static int n_rows, selected;

static void page(sqlite3_stmt *q, const char *role, long long due, const char *id)
{
    int height = LINES - 3 > 300 ? 300 : LINES - 3;
    n_rows = 0;
    sqlite3_bind_text(q, 1, role, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 2, due);
    sqlite3_bind_text(q, 3, id, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int(q, 4, height);
    while (sqlite3_step(q) == SQLITE_ROW) {
        Row *r = &rows[n_rows++];
        r->due = sqlite3_column_int64(q, 0);
        snprintf(r->id, sizeof r->id, "%s", (const char *)sqlite3_column_text(q, 1));
        snprintf(r->duty, sizeof r->duty, "%s", (const char *)sqlite3_column_text(q, 2));
    }
    sqlite3_reset(q);
    if (selected >= n_rows) selected = n_rows > 0 ? n_rows - 1 : 0;
}

static void draw(void)
{
    erase();
    mvprintw(0, 0, "bare queue");
    for (int i = 0; i < n_rows; i++) {
        if (i == selected) attron(A_REVERSE);
        mvprintw(2 + i, 0, " OVERDUE %-16.16s %-30.30s due %lld", rows[i].id, rows[i].duty, rows[i].due);
        if (i == selected) attroff(A_REVERSE);
    }
    mvprintw(LINES - 1, 0, " q quit");
    refresh();
}

int main(int argc, char **argv)
{
    char path[4096];
    sqlite3 *db;
    sqlite3_stmt *q;
    if (argc != 3) return 2;
    setlocale(LC_ALL, "");
    snprintf(path, sizeof path, "%s/book124.db", argv[1]);
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) return 3;
    if (sqlite3_prepare_v2(db,
            "SELECT due, case_id, duty FROM duty INDEXED BY duty_queue WHERE rank = 3 AND owner = ?1 AND span = 0 "
            "AND (due, case_id) > (?2, ?3) ORDER BY due, case_id LIMIT ?4",
            -1, &q, NULL)
        != SQLITE_OK) {
        fprintf(stderr, "bare: %s\n", sqlite3_errmsg(db));
        return 3;
    }
    initscr();
    raw();
    noecho();
    nonl();
    keypad(stdscr, 1);
    set_escdelay(25);
    curs_set(0);
    page(q, argv[2], -1, "");
    for (;;) {
        int key;
        draw();
        key = getch();
        if (key == 'q' || key == ERR) break;
        if (key == KEY_DOWN && selected < n_rows - 1) selected++;
        if (key == KEY_UP && selected > 0) selected--;
        if (key == 'b') page(q, argv[2], -1, "");
        if (key == ' ' && n_rows > 0) page(q, argv[2], rows[n_rows - 1].due, rows[n_rows - 1].id);
    }
    endwin();
    sqlite3_finalize(q);
    sqlite3_close(db);
    return 0;
}
