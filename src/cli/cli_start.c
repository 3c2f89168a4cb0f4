/* cli_start.c — the process before it does anything: three open descriptors, an environment with nothing in it
** that steers libraries, files for nobody else, no core dump with people's names in it, no new rights. What it
** does not do: Landlock and seccomp, which come when the store is open (cli_confine.c). */
#include "cli_inside.h"

#include "base/mem.h"
#include "base/protection.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined __has_feature
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined __SANITIZE_ADDRESS__ && !defined SANITIZED
#define SANITIZED 1
#endif

extern char **environ;

/* A closed standard output is filled with one that cannot be written: the result is lost, and that is said. */
static void open_descriptors(void)
{
    static const int how[] = { O_RDONLY, O_RDONLY, O_RDWR };

    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF && open("/dev/null", how[fd]) != fd) _exit(3);
}

/* What may stay. LD_*, TERMINFO, LINES, COLUMNS, TZ, LOCPATH and all the rest go. */
static const char *const kept[] = { "BOOK124_STORE", "BOOK124_PASSWORD_FILE", "BOOK124_NEW_PASSWORD_FILE", "BOOK124_SECOND_PASSWORD_FILE", "BOOK124_PRINT_DIR", "HOME",
    "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TERM", "COLORTERM", "NO_COLOR", "ESCDELAY", "LANG", "LC_ALL",
    "LC_CTYPE" };
static const char *const plain[] = { "TERM", "COLORTERM", "ESCDELAY", "LANG", "LC_ALL",
    "LC_CTYPE" }; /* no path can hide in these */

static bool is_among(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(names[i], name)) return true;
    return false;
}

static bool is_plain(const char *value)
{
    return strlen(value) <= 40 &&
           strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+_@-") == strlen(value);
}

static void clean_environment(void)
{
    for (size_t i = 0; environ && environ[i];) {
        char name[64];
        size_t n = strcspn(environ[i], "=");
        snprintf(name, sizeof name, "%.*s", (int)(n < 63 ? n : 63), environ[i]);
        if (n == strlen(name) && is_among(kept, ARRAY_LEN(kept), name) &&
            (!is_among(plain, ARRAY_LEN(plain), name) || is_plain(environ[i] + n + 1))) {
            i++;
            continue;
        }
        if (n == 0 || n != strlen(name) || unsetenv(name)) { /* no name, or a very long one */
            for (size_t k = i; environ[k]; k++) environ[k] = environ[k + 1];
        }
    }
}

/* --- what was left open ----------------------------------------------------------------------- */
/* A shell's <(command) is such a descriptor: then a word of the command line names it. */
static bool is_named_by(int fd, int argc, char **argv)
{
    char name[32];

    snprintf(name, sizeof name, "/dev/fd/%d", fd);
    for (int i = 1; i < argc; i++) {
        const char *at = strstr(argv[i], name);
        if (at && !at[strlen(name)]) return true;
    }
    return false;
}

static void close_others(int argc, char **argv)
{
    enum { NAMED_MAX = 1024 };
    int from = 3;

    for (int fd = 3; fd < NAMED_MAX; fd++) {
        if (!is_named_by(fd, argc, argv)) continue;
        if (fd > from) close_range((unsigned)from, (unsigned)fd - 1, 0);
        from = fd + 1;
    }
    close_range((unsigned)from, ~0U, 0);
}

void cli_start(int argc, char **argv)
{
    open_descriptors();
    close_others(argc, argv);
    clean_environment();
    umask(077);
    if (!WITHOUT("no-core")) setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
#ifndef SANITIZED
    if (!WITHOUT("closed-memory")) prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is a full disk: a sentence, not an end */
    setlocale(LC_CTYPE, "");
}
