/* bench_desk.c — the desk as its user feels it: start to first paint, a key to its paint, bytes sent, memory.
** Behind a real pty, beside the bare ncurses and SQLite program (bare.c) over the same store and, when it is installed,
** beside tig over this repository. Prints medians and ratios; judges nothing.
** Usage: bench_desk BOOK124 BARE WORKDIR [CASES]. Stores are made once in WORKDIR and kept for the next run. */
#include "../e2e/tt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROWS = 24, COLS = 80, STARTS = 15, KEYS = 200, QUIET = 4 };

static char password_file[4096];

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v, int n)
{
    qsort(v, (size_t)n, sizeof *v, by_size);
    return v[n / 2];
}

/* Resident memory of a process in MiB, the highest it ever was. */
static double peak_mib(pid_t pid)
{
    char path[64], line[256];
    double kib = 0;
    FILE *f;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f)) sscanf(line, "VmHWM: %lf", &kib);
    if (f) fclose(f);
    return kib / 1024;
}

static Tt *start(char *const argv[])
{
    char env[4200];
    const char *const vars[] = { env, NULL };
    snprintf(env, sizeof env, "BOOK124_PASSWORD_FILE=%s", password_file);
    return tt_start(argv, ROWS, COLS, vars);
}

/* Milliseconds from start to a first screen that stands still, the median of several starts. */
static double first_paint(char *const argv[])
{
    double ms[STARTS];
    for (int i = 0; i < STARTS; i++) {
        Tt *t = start(argv);
        ms[i] = tt_answer_ms(t, NULL, 60);
        tt_end(&t);
    }
    return median(ms, STARTS);
}

typedef struct Keys {
    double row, page, bytes, mib;
} Keys;

/* One row down (and up again at the end of the page), then a page on and back. */
static Keys keys(char *const argv[], const char *ready, const char *page_on, const char *page_back)
{
    Keys k = { 0 };
    double ms[KEYS];
    Tt *t = start(argv);
    size_t before;
    tt_wait(t, ready, TT_PATIENCE);
    tt_settle(t, 500);
    before = tt_bytes_out(t);
    for (int i = 0; i < KEYS; i++) ms[i] = tt_answer_ms(t, i / 10 % 2 ? "\033OA" : "\033OB", QUIET);
    k.bytes = (double)(tt_bytes_out(t) - before) / KEYS;
    k.row = median(ms, KEYS);
    for (int i = 0; i < KEYS / 4; i++) ms[i] = tt_answer_ms(t, i % 2 ? page_back : page_on, 15);
    k.page = median(ms, KEYS / 4);
    k.mib = peak_mib(tt_pid(t));
    tt_end(&t);
    return k;
}

static bool run(char *const argv[])
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        execv(argv[0], argv);
        _exit(127);
    }
    return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void one_size(char *book124, char *bare, const char *work, const char *cases)
{
    char store[4096];
    struct stat st;
    Keys desk, base;
    double paint, bare_paint;
    snprintf(store, sizeof store, "%s/store-%s", work, cases);
    if (stat(store, &st) != 0) {
        char *const init[] = { book124, "--store", store, "init", "--training", "--cases", (char *)(size_t)cases, NULL };
        printf("making %s cases (kept in %s)\n", cases, store);
        fflush(stdout);
        if (!run(init)) {
            printf("could not be made\n");
            exit(1);
        }
    }
    char *const sign_in[] = { book124, "--store", store, NULL };
    char *const on_desk[] = { book124, "--store", store, "--as", "900007", NULL };
    char *const baseline[] = { bare, store, "csu-ds", NULL };
    paint = first_paint(sign_in);
    bare_paint = first_paint(baseline);
    desk = keys(on_desk, "2 Today", "\033[6~", "\033[5~");
    base = keys(baseline, "bare queue", " ", "b");
    printf("%s cases\n", cases);
    printf("  start to first paint    %7.2f ms   bare %6.2f ms   ratio %.2f\n", paint, bare_paint, paint / bare_paint);
    printf("  a row down to its paint %7.2f ms   bare %6.2f ms   ratio %.2f   %.0f bytes, bare %.0f\n", desk.row, base.row,
        desk.row / base.row, desk.bytes, base.bytes);
    printf("  a page to its paint     %7.2f ms   bare %6.2f ms   ratio %.2f\n", desk.page, base.page, desk.page / base.page);
    printf("  memory, highest         %7.1f MiB  bare %6.1f MiB\n", desk.mib, base.mib);
    fflush(stdout);
}

static void beside_tig(void)
{
    char *const tig[] = { "/usr/bin/tig", NULL };
    Keys k;
    if (access(tig[0], X_OK) != 0) {
        printf("tig is not installed: no comparison\n");
        return;
    }
    k = keys(tig, "[main]", " ", "-");
    printf("tig: start %.2f ms, a row %.2f ms (%.0f bytes), a page %.2f ms\n", first_paint(tig), k.row, k.bytes, k.page);
}

int main(int argc, char **argv)
{
    FILE *f;
    if (argc < 4) return 2;
    mkdir(argv[3], 0700);
    snprintf(password_file, sizeof password_file, "%s/password", argv[3]);
    umask(077);
    f = fopen(password_file, "w");
    if (!f || fputs("training-book124\n", f) < 0 || fclose(f) != 0) return 3;
    if (argc > 4) {
        one_size(argv[1], argv[2], argv[3], argv[4]);
    } else {
        one_size(argv[1], argv[2], argv[3], "10000");
        one_size(argv[1], argv[2], argv[3], "100000");
        if (getenv("BOOK124_BENCH_LARGE")) one_size(argv[1], argv[2], argv[3], "1000000");
    }
    beside_tig();
    return 0;
}
