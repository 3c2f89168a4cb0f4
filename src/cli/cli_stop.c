/* cli_stop.c — the interrupt key, and how far a long work is. The first interrupt asks the work to stop at the
** next safe place; the second ends the program as the system would. Progress is text with numbers on one line of
** the terminal. */
#include "cli_inside.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t stop;
static struct {
    const char *verb;
    int64_t shown_at;
    bool shown;
} telling;

static void on_signal(int number)
{
    stop = 1;
    signal(number, SIG_DFL);
}

void cli_stop_start(void)
{
    struct sigaction act = { .sa_handler = on_signal }; /* without SA_RESTART: a read that waits is to return */
    struct sigaction was;
    static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        if (!sigaction(signals[i], NULL, &was) && was.sa_handler == SIG_IGN) continue; /* nohup stays nohup */
        sigaction(signals[i], &act, NULL);
    }
}

bool cli_stopped(void)
{
    return stop;
}

static int64_t milliseconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* 5200 as "5 200" */
static const char *grouped(int64_t n, char out[32])
{
    char digits[24];
    size_t len = (size_t)snprintf(digits, sizeof digits, "%" PRId64, n), used = 0;

    for (size_t i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0) out[used++] = ' ';
        out[used++] = digits[i];
    }
    out[used] = 0;
    return out;
}

static bool step(void *with, int64_t done, int64_t total)
{
    int64_t at = milliseconds();
    char a[32], b[32];

    if (stop) return false;
    if (!isatty(STDERR_FILENO) || at - telling.shown_at < 100) return true;
    fprintf(stderr, "\r\033[K%s %s%s%s (Ctrl-C stops)", telling.verb, grouped(done, a), total ? " of " : "",
        total ? grouped(total, b) : "");
    telling.shown_at = at;
    telling.shown = true;
    return true;
}

Progress cli_progress(const char *verb)
{
    telling.verb = verb;
    telling.shown_at = milliseconds() + 300; /* what is quick shows nothing */
    return (Progress){ step, NULL };
}

void cli_progress_end(void)
{
    if (telling.shown) fputs("\r\033[K", stderr);
    telling.shown = false;
}
