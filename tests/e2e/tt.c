/* tt.c — see tt.h. One thread, poll and non-blocking reads; libvterm keeps the cells. */
#include "tt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

struct Tt {
    int master;
    pid_t pid;
    int status; /* of waitpid, -1 while it runs */
    int rows, cols;
    VTerm *vt;
    VTermScreen *screen;
    bool alternate;
    int cursor_row, cursor_col;
    size_t bytes_out;
    char *kept; /* all bytes that came */
    size_t kept_room;
    char *scrolled; /* what went out of the screen at its top, a line each */
    size_t scrolled_n;
    char row[4096];
};

static long long clock_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    Tt *t = user;
    if (property == VTERM_PROP_ALTSCREEN) t->alternate = value->boolean != 0;
    return 1;
}

static int on_cursor(VTermPos to, VTermPos from, int visible, void *user)
{
    Tt *t = user;
    t->cursor_row = to.row;
    t->cursor_col = to.col;
    return 1;
}

/* A line that scrolls away is what a terminal keeps. Only ASCII: that is enough to know a text again. */
static int on_scrolled(int cols, const VTermScreenCell *cells, void *user)
{
    Tt *t = user;

    t->scrolled = realloc(t->scrolled, t->scrolled_n + (size_t)cols + 2);
    if (!t->scrolled) abort();
    for (int i = 0; i < cols; i++) {
        uint32_t c = cells[i].chars[0];
        t->scrolled[t->scrolled_n++] = c >= 32 && c < 127 ? (char)c : ' ';
    }
    t->scrolled[t->scrolled_n++] = '\n';
    t->scrolled[t->scrolled_n] = 0;
    return 1;
}

static const VTermScreenCallbacks callbacks = {
    .settermprop = on_property, .movecursor = on_cursor, .sb_pushline = on_scrolled
};

static void child(char *const argv[], const char *const *env)
{
    static const char *const kept[] = { "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS",
        "G_SLICE", "BOOK124_PRINT_DIR", "BOOK124_WITHOUT" }; /* of who runs the tests */
    const char *home = getenv("HOME"), *path = getenv("PATH");
    char home_text[512], path_text[2048], kept_text[8][512];
    char *vars[32];
    size_t n = 0;
    snprintf(home_text, sizeof home_text, "HOME=%s", home ? home : "/");
    snprintf(path_text, sizeof path_text, "PATH=%s", path ? path : "/usr/bin:/bin");
    vars[n++] = home_text;
    vars[n++] = path_text;
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        if (!getenv(kept[i])) continue;
        snprintf(kept_text[i], sizeof kept_text[i], "%s=%s", kept[i], getenv(kept[i]));
        vars[n++] = kept_text[i];
    }
    vars[n++] = strdup("TERM=xterm-256color");
    vars[n++] = strdup("LANG=C.UTF-8");
    for (; env && *env && n < 31; env++)
        vars[n++] = strdup(*env); /* a later one of a name wins; one without = unsets */
    vars[n] = NULL;
    clearenv();
    for (size_t i = 0; i < n; i++) putenv(vars[i]);
    execv(argv[0], argv);
    fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
    _exit(127);
}

Tt *tt_start(char *const argv[], int rows, int cols, const char *const *env)
{
    Tt *t = calloc(1, sizeof *t);
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
    if (!t) abort();
    t->status = -1;
    t->rows = rows;
    t->cols = cols;
    t->vt = vterm_new(rows, cols);
    vterm_set_utf8(t->vt, 1);
    t->screen = vterm_obtain_screen(t->vt);
    vterm_screen_enable_altscreen(t->screen, 1);
    vterm_screen_set_callbacks(t->screen, &callbacks, t);
    vterm_screen_reset(t->screen, 1);
    t->pid = forkpty(&t->master, NULL, NULL, &size);
    if (t->pid < 0) {
        perror("forkpty");
        abort();
    }
    if (t->pid == 0) child(argv, env);
    fcntl(t->master, F_SETFL, O_NONBLOCK);
    fcntl(t->master, F_SETFD, FD_CLOEXEC);
    return t;
}

/* What the terminal answers by itself (device reports) goes back as a terminal would send it. */
static void answer(Tt *t)
{
    char out[256];
    size_t n = vterm_output_read(t->vt, out, sizeof out);
    if (n > 0 && t->master >= 0 && write(t->master, out, n) < 0) return;
}

static void keep(Tt *t, const char *p, size_t n)
{
    if (t->bytes_out + n + 1 > t->kept_room) {
        t->kept_room = (t->bytes_out + n + 1) * 2;
        t->kept = realloc(t->kept, t->kept_room);
        if (!t->kept) abort();
    }
    memcpy(t->kept + t->bytes_out, p, n);
    t->bytes_out += n;
    t->kept[t->bytes_out] = 0;
}

/* Take in what is there, waiting at most `milliseconds` for it. True when something came. */
static bool take(Tt *t, int milliseconds)
{
    struct pollfd p = { .fd = t->master, .events = POLLIN };
    char buffer[16384];
    ssize_t n;
    if (t->master < 0 || poll(&p, 1, milliseconds) <= 0) return false;
    n = read(t->master, buffer, sizeof buffer);
    if (n <= 0) return false;
    keep(t, buffer, (size_t)n);
    vterm_input_write(t->vt, buffer, (size_t)n);
    answer(t);
    return true;
}

void tt_bytes(Tt *t, const char *p, size_t n)
{
    long long give_up = clock_ms() + TT_PATIENCE;
    while (n > 0 && clock_ms() < give_up) {
        ssize_t done = write(t->master, p, n > 1024 ? 1024 : n);
        if (done > 0) {
            p += done;
            n -= (size_t)done;
            while (take(t, 0)) {}
        } else if (done < 0 && errno != EAGAIN && errno != EINTR) {
            return;
        } else {
            take(t, 10);
        }
    }
}

void tt_type(Tt *t, const char *keys)
{
    tt_bytes(t, keys, strlen(keys));
}

void tt_paste(Tt *t, const char *text, size_t n)
{
    tt_type(t, "\033[200~");
    tt_bytes(t, text, n);
    tt_type(t, "\033[201~");
}

void tt_resize(Tt *t, int rows, int cols)
{
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
    t->rows = rows;
    t->cols = cols;
    vterm_set_size(t->vt, rows, cols);
    ioctl(t->master, TIOCSWINSZ, &size);
}

const char *tt_row(Tt *t, int n)
{
    size_t used = 0, kept = 0;
    for (int col = 0; col < t->cols; col++) {
        VTermScreenCell cell;
        VTermPos at = { .row = n, .col = col };
        if (!vterm_screen_get_cell(t->screen, at, &cell)) break;
        if (cell.chars[0] == (uint32_t)-1) continue; /* right half of a wide one */
        if (cell.chars[0] == 0) {
            if (used + 1 < sizeof t->row) t->row[used++] = ' ';
            continue;
        }
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] && used + 5 < sizeof t->row; i++) {
            uint32_t c = cell.chars[i];
            if (c < 0x80) {
                t->row[used++] = (char)c;
            } else if (c < 0x800) {
                t->row[used++] = (char)(0xC0 | (c >> 6));
                t->row[used++] = (char)(0x80 | (c & 0x3F));
            } else if (c < 0x10000) {
                t->row[used++] = (char)(0xE0 | (c >> 12));
                t->row[used++] = (char)(0x80 | ((c >> 6) & 0x3F));
                t->row[used++] = (char)(0x80 | (c & 0x3F));
            } else {
                t->row[used++] = (char)(0xF0 | (c >> 18));
                t->row[used++] = (char)(0x80 | ((c >> 12) & 0x3F));
                t->row[used++] = (char)(0x80 | ((c >> 6) & 0x3F));
                t->row[used++] = (char)(0x80 | (c & 0x3F));
            }
        }
        kept = used;
    }
    while (kept > 0 && t->row[kept - 1] == ' ') kept--;
    t->row[kept] = 0;
    return t->row;
}

bool tt_has(Tt *t, const char *text)
{
    for (int row = 0; row < t->rows; row++)
        if (strstr(tt_row(t, row), text)) return true;
    return false;
}

static bool wait_until(Tt *t, const char *text, bool there, int milliseconds)
{
    long long give_up = clock_ms() + milliseconds;
    for (;;) {
        while (take(t, 0)) {}
        if (tt_has(t, text) == there) return true;
        if (clock_ms() >= give_up) break;
        take(t, 20);
    }
    fprintf(stderr, "the screen never %s \"%s\":\n", there ? "showed" : "lost", text);
    tt_print(t);
    return false;
}

bool tt_wait(Tt *t, const char *text, int milliseconds)
{
    return wait_until(t, text, true, milliseconds);
}

bool tt_wait_gone(Tt *t, const char *text, int milliseconds)
{
    return wait_until(t, text, false, milliseconds);
}

void tt_settle(Tt *t, int milliseconds)
{
    while (take(t, milliseconds)) {}
}

void tt_print(Tt *t)
{
    for (int row = 0; row < t->rows; row++) fprintf(stderr, "%2d|%s\n", row, tt_row(t, row));
}

void tt_cursor(Tt *t, int *row, int *col)
{
    *row = t->cursor_row;
    *col = t->cursor_col;
}

int tt_rows(const Tt *t)
{
    return t->rows;
}

bool tt_on_alternate_screen(Tt *t)
{
    return t->alternate;
}

pid_t tt_pid(const Tt *t)
{
    return t->pid;
}

int tt_master(const Tt *t)
{
    return t->master;
}

void tt_kick(Tt *t, int rows, int cols)
{
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

    ioctl(t->master, TIOCSWINSZ, &size);
}

size_t tt_bytes_out(const Tt *t)
{
    return t->bytes_out;
}

const char *tt_scrolled(const Tt *t)
{
    return t->scrolled ? t->scrolled : "";
}

const char *tt_output(const Tt *t)
{
    return t->kept ? t->kept : "";
}

void tt_signal(Tt *t, int number)
{
    if (t->status < 0) kill(t->pid, number);
}

bool tt_stopped(Tt *t, int milliseconds)
{
    siginfo_t info = { 0 };
    for (long long give_up = clock_ms() + milliseconds; clock_ms() < give_up;) {
        if (waitid(P_PID, (id_t)t->pid, &info, WSTOPPED | WNOHANG | WNOWAIT) == 0 && info.si_pid == t->pid) return true;
        if (!take(t, 10)) poll(NULL, 0, 5);
    }
    return false;
}

void tt_hangup(Tt *t)
{
    if (t->master >= 0) close(t->master);
    t->master = -1;
}

int tt_exit(Tt *t, int milliseconds)
{
    long long give_up = clock_ms() + milliseconds;
    while (t->status < 0) {
        int status;
        if (waitpid(t->pid, &status, WNOHANG) == t->pid)
            t->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
        else if (clock_ms() >= give_up)
            return -1;
        else if (!take(t, 10))
            poll(NULL, 0, 5);
    }
    while (take(t, 0)) {}
    return t->status;
}

double tt_answer_ms(Tt *t, const char *keys, int quiet)
{
    struct timespec begin, last;
    bool some = false;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    last = begin;
    if (keys && write(t->master, keys, strlen(keys)) < 0) return 0;
    while (take(t, some ? quiet : 1000)) {
        clock_gettime(CLOCK_MONOTONIC, &last);
        some = true;
    }
    return (double)(last.tv_sec - begin.tv_sec) * 1e3 + (double)(last.tv_nsec - begin.tv_nsec) / 1e6;
}

void tt_end(Tt **t)
{
    if (!*t) return;
    tt_hangup(*t);
    if (tt_exit(*t, 2000) < 0) {
        kill((*t)->pid, SIGKILL);
        tt_exit(*t, 5000);
    }
    vterm_free((*t)->vt);
    free((*t)->kept);
    free((*t)->scrolled);
    free(*t);
    *t = NULL;
}
