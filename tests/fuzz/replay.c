/* replay.c — a fuzz target as an ordinary test: every file of its corpus, then texts from its grammar and changed copies for some seconds.
** replay GRAMMAR SECONDS SEED FILE|DIRECTORY …: a crash ends the program, a text that takes too long ends it with its text; both are what
** a fuzzer would find, and both are shown. The seed is told, so that a run can be had again. */
#include "fuzz.h"

#include "base/mem.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { HANG_SECONDS = 20 };

static const char *now_text;
static size_t now_n, tried;

static void show_and_end(int number)
{
    static const char says[] = "\nthis text crashed or hung the reader:\n";

    if (write(2, says, sizeof says - 1) < 0 || write(2, now_text, now_n) < 0) _exit(2);
    _exit(1);
}

static void try_text(const char *text, size_t n)
{
    now_text = text;
    now_n = n;
    alarm(HANG_SECONDS);
    LLVMFuzzerTestOneInput((const uint8_t *)text, n);
    alarm(0);
    tried++;
}

typedef struct Seeds {
    Str *items;
    size_t n, cap;
} Seeds;

static void read_file(Seeds *seeds, const char *path)
{
    FILE *f = fopen(path, "rb");
    Str s = { 0 };
    char buffer[1 << 16];
    size_t got;

    if (!f) return;
    while ((got = fread(buffer, 1, sizeof buffer, f)) > 0) str_add_n(&s, buffer, got);
    fclose(f);
    try_text(str_text(&s), s.n);
    seeds->items = mem_room(seeds->items, seeds->n, &seeds->cap, sizeof s);
    seeds->items[seeds->n++] = s;
}

/* Of a directory the files of this target's kind, and those without an ending; in order of name, so that a seed means the same everywhere. */
static void read_path(Seeds *seeds, const char *path)
{
    struct dirent **names;
    int n = scandir(path, &names, NULL, alphasort);

    if (n < 0) {
        read_file(seeds, path);
        return;
    }
    for (int i = 0; i < n; i++) {
        char full[1200];
        const char *dot = strrchr(names[i]->d_name, '.');
        struct stat st;
        snprintf(full, sizeof full, "%s/%s", path, names[i]->d_name);
        if ((!dot || strcmp(dot + 1, fuzz_kind) == 0) && stat(full, &st) == 0 && S_ISREG(st.st_mode))
            read_file(seeds, full);
        free(names[i]);
    }
    free(names);
}

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void make_texts(const Grammar *g, const Seeds *seeds, double until, uint64_t seed)
{
    for (uint64_t i = seed; seconds() < until; i++) {
        Str s = { 0 }, t = { 0 };
        grammar_make(g, i, &s);
        try_text(str_text(&s), s.n);
        for (uint64_t k = 0; k < 4; k++) {
            const Str *from = k % 2 == 0 || seeds->n == 0 ? &s : &seeds->items[(i * 31 + k) % seeds->n];
            grammar_mutate(g, i * 8 + k, str_text(from), from->n, &t);
            try_text(str_text(&t), t.n);
        }
        str_finish(&s);
        str_finish(&t);
    }
}

int main(int argc, char **argv)
{
    Grammar *g = argc > 4 ? grammar_read(argv[1]) : NULL;
    Seeds seeds = { 0 };
    size_t of_corpus, fine;

    if (!g) {
        fprintf(stderr, "replay GRAMMAR SECONDS SEED FILE|DIRECTORY ...\n");
        return 2;
    }
    signal(SIGALRM, show_and_end);
    signal(SIGABRT, show_and_end);
#ifndef __SANITIZE_ADDRESS__ /* which has a better report */
    signal(SIGSEGV, show_and_end);
#endif
    for (int i = 4; i < argc; i++) read_path(&seeds, argv[i]);
    of_corpus = tried;
    if (of_corpus == 0) {
        fprintf(stderr, "there is no corpus\n");
        return 2;
    }
    fine = fuzz_fine;
    make_texts(g, &seeds, seconds() + atof(argv[2]), strtoull(argv[3], NULL, 10));
    printf("%s: %zu texts of the corpus, %zu made from seed %s, of which %zu were of the language\n", fuzz_kind,
        of_corpus, tried - of_corpus, argv[3], fuzz_fine - fine);
    if (fuzz_fine - fine <= (tried - of_corpus) / 1000) {
        fprintf(stderr, "the grammar makes too few texts that can be read\n");
        return 1;
    }
    for (size_t i = 0; i < seeds.n; i++) str_finish(&seeds.items[i]);
    mem_free(seeds.items);
    grammar_free(&g);
    return 0;
}
