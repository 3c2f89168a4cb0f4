/* cli_confine.c — what this process may still open once its store is open: the store, the terminal, what libraries read of the
** system, and the files that were named on the command line. Then the filter of calls. A program that was built with a
** sanitizer is let be: that needs more of the system than the book does. */
#include "cli_inside.h"

#include "base/confine.h"
#include "base/mem.h"
#include "paper/paper.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED true
#endif
#endif
#if (defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__) && !defined SANITIZED
#define SANITIZED true
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

typedef struct Places {
    Arena *a;
    ConfinePath *items;
    size_t n, cap;
} Places;

static ConfineState files, calls;
static int files_version;
static size_t calls_allowed;

static void add(Places *p, const char *path, ConfineRight right)
{
    if (!path || !*path) return;
    p->items = arena_room(p->a, p->items, p->n, &p->cap, sizeof *p->items);
    p->items[p->n++] = (ConfinePath){ path, right };
}

/* --- of the system --------------------------------------------------------------------------------- */
/* Terminals are described here, zones, words of the C library, fonts; the PDF writer and what it brings is loaded late. */
static const char *const readable[] = { "/usr/lib", "/usr/lib64", "/usr/share", "/usr/local/lib", "/usr/local/share", "/lib",
    "/lib64", "/etc/terminfo", "/etc/localtime", "/etc/ld.so.cache", "/etc/fonts", "/var/cache/fontconfig" };
static const char *const devices[] = { "/dev/null", "/dev/tty", "/dev/urandom", "/dev/random" };
/* Beneath the home: fonts of one's own, terminals of one's own. */
static const char *const of_home[] = { ".cache/fontconfig", ".fonts", ".local/share/fonts", ".config/fontconfig", ".terminfo" };

static void add_system(Places *p)
{
    const char *home = getenv("HOME");

    for (size_t i = 0; i < ARRAY_LEN(readable); i++) add(p, readable[i], CONFINE_READ);
    for (size_t i = 0; i < ARRAY_LEN(devices); i++) add(p, devices[i], CONFINE_DEVICE);
    for (size_t i = 0; home && *home == '/' && i < ARRAY_LEN(of_home); i++)
        add(p, arena_printf(p->a, "%s/%s", home, of_home[i]), CONFINE_READ);
    for (int fd = 0; fd <= 2; fd++) add(p, ttyname(fd) ? arena_dup(p->a, ttyname(fd)) : NULL, CONFINE_DEVICE);
}

/* Just built, the PDF writer lies beside the program. */
static void add_own_folder(Places *p)
{
    char program[4096];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    char *slash;

    if (n <= 0) return;
    program[n] = '\0';
    slash = strrchr(program, '/');
    if (!slash || slash == program) return;
    *slash = '\0';
    add(p, arena_printf(p->a, "%s/src/paper", program), CONFINE_READ);
    add(p, arena_printf(p->a, "%s/../../src/paper", program), CONFINE_READ);
}

/* --- of the command line ----------------------------------------------------------------------------- */
static const char *folder_of(Arena *a, const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? arena_dup_n(a, name, slash == name ? 1 : (size_t)(slash - name)) : ".";
}

/* What is written appears under its name when it is whole, so its folder is needed; the screens write where BOOK124_PRINT_DIR says,
** without it where they were started. */
static void add_named(Places *p, const Cli *cli)
{
    static const char *const passwords[] = { "BOOK124_PASSWORD_FILE", "BOOK124_NEW_PASSWORD_FILE" };
    const char *papers = getenv("BOOK124_PRINT_DIR");

    for (size_t i = 0; i < ARRAY_LEN(passwords); i++) add(p, getenv(passwords[i]), CONFINE_READ);
    for (size_t i = 0; i < cli->n_words; i++) add(p, cli->words[i], CONFINE_READ);
    for (size_t i = 0; i < cli->n_given; i++) {
        const Option *o = cli_option(cli->command, cli->given[i].id);
        if (!o || !o->argument || o->id == OPT_STORE) continue;
        if (!strcmp(o->argument, "DIRECTORY")) add(p, cli->given[i].value, CONFINE_WRITE);
        if (strcmp(o->argument, "FILE") != 0) continue;
        if (o->id == OPT_OUTPUT || o->id == OPT_SCRIPT) add(p, folder_of(p->a, cli->given[i].value), CONFINE_WRITE);
        add(p, cli->given[i].value, CONFINE_READ);
    }
    if (cli->command) return;
    add(p, papers && *papers ? papers : ".", CONFINE_WRITE);
}

void cli_confine(Cli *cli)
{
    Places p = { .a = cli->arena };

    if (SANITIZED || calls != CONFINE_OFF || files != CONFINE_OFF) return;
    add(&p, app_dir(cli->app), CONFINE_WRITE);
    add_system(&p);
    add(&p, paper_pdf_folder(), CONFINE_READ);
    add_own_folder(&p);
    add_named(&p, cli);
    files = confine_files(p.items, p.n, &files_version);
    calls = confine_calls(&calls_allowed);
}

/* --- for the doctor ------------------------------------------------------------------------------------ */
const char *cli_confined_files(Arena *a)
{
    if (files == CONFINE_IN_FORCE)
        return arena_printf(a, "in force (Landlock, version %d): only the store, the terminal, what was named, and to be read libraries, fonts and words of the system can be opened", files_version);
    return files == CONFINE_LACKING ? "NOT in force: this kernel has no Landlock, or it is switched off"
                                    : "off: no store is open, or the program was built with a sanitizer";
}

const char *cli_confined_calls(Arena *a)
{
    if (calls == CONFINE_IN_FORCE && confine_calls_seen())
        return arena_printf(a, "in force (seccomp): %zu calls are allowed; no program can be started, no connection made", calls_allowed);
    return calls == CONFINE_LACKING ? "NOT in force: this kernel filters no calls (seccomp)"
                                    : "off: no store is open, or the program was built with a sanitizer";
}
