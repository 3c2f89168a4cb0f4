/* test_confine.c — what a confined process cannot do any more, and what it still can. Each fact is tried in a process of its own, since
** nothing of it can be taken back; where the kernel lacks it, that is said and the fact is passed over. */
#include "base/confine.h"
#include "helpers.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { HOLDS = 0, FAILS = 1, LACKING = 77 };

/* Exit status of the child, or 1000 + the signal that ended it. */
static int in_a_process(int (*fact)(void))
{
    int status;
    pid_t child = fork();

    if (child == 0) _exit(fact());
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void must(int (*fact)(void), int outcome)
{
    int is = in_a_process(fact);

    if (is == LACKING) skip();
    assert_int_equal(is, outcome);
}

/* ---- files ---- */

static char folder[64];

static ConfineState confined(void)
{
    static const char *const system[] = { "/usr/share", "/dev/null" };
    ConfinePath paths[] = { { folder, CONFINE_WRITE }, { system[0], CONFINE_READ }, { system[1], CONFINE_DEVICE }, { "/nowhere/at/all", CONFINE_READ } };
    int version;

    return confine_files(paths, sizeof paths / sizeof paths[0], &version);
}

static int opens(const char *path, int flags)
{
    int fd = open(path, flags, 0600);

    if (fd >= 0) close(fd);
    return fd >= 0 ? 0 : errno;
}

static int only_the_named_can_be_opened(void)
{
    char file[100], other[100];
    int before = open("/etc/passwd", O_RDONLY);
    char byte;

    if (confined() != CONFINE_IN_FORCE) return LACKING;
    snprintf(file, sizeof file, "%s/file", folder);
    snprintf(other, sizeof other, "%s/other", folder);
    if (opens(file, O_WRONLY | O_CREAT) || opens(file, O_RDONLY) || rename(file, other) || unlink(other)) return FAILS;
    if (opens("/usr/share", O_RDONLY | O_DIRECTORY) || opens("/dev/null", O_RDWR)) return 2;
    if (opens("/etc/passwd", O_RDONLY) != EACCES || opens("/proc/self/maps", O_RDONLY) != EACCES) return 3;
    if (opens("/usr/share/x", O_WRONLY | O_CREAT) != EACCES || opens("/tmp/x", O_WRONLY | O_CREAT) != EACCES) return 4;
    if (opens("/root", O_RDONLY | O_DIRECTORY) == 0) return 5;
    return before < 0 || read(before, &byte, 1) == 1 ? HOLDS : 6; /* what was open stays open */
}

static void only_what_was_named_can_be_opened(void **state)
{
    must(only_the_named_can_be_opened, HOLDS);
}

/* ---- calls ---- */

static bool filtered(void)
{
    size_t n;

    return confine_calls(&n) == CONFINE_IN_FORCE && n > 50;
}

static int starts_a_program(void)
{
    char *argv[] = { (char *)(uintptr_t) "true", NULL }, *env[] = { NULL };

    if (!filtered()) return LACKING;
    execve("/bin/true", argv, env);
    return FAILS;
}

static int makes_a_process(void)
{
    if (!filtered()) return LACKING;
    fork();
    return FAILS;
}

static int asks_a_shell(void)
{
    if (!filtered()) return LACKING;
    return system("true") == 0 ? FAILS : 2;
}

static int traces_another(void)
{
    if (!filtered()) return LACKING;
    ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
    return FAILS;
}

static int is_refused_the_rest(void)
{
    if (!filtered()) return LACKING;
    if (socket(AF_INET, SOCK_STREAM, 0) != -1 || errno != EPERM) return FAILS;
    if (socket(AF_UNIX, SOCK_DGRAM, 0) != -1 || errno != EPERM) return 2;
    if (kill(getppid(), SIGCONT) != -1 || errno != EPERM) return 3;
    if (chroot("/") != -1 || errno != EPERM) return 4;
    if (ioctl(0, TIOCSTI, "x") != -1 || errno != EPERM) return 5;
    if (syscall(SYS_setuid, 0) != -1 || errno != EPERM) return 6;
    return confine_calls_seen() ? HOLDS : 7;
}

static void *a_thread(void *with)
{
    return with;
}

static int still_does_its_work(void)
{
    pthread_t thread;
    void *back = NULL;
    int fds[2];
    char *memory;

    if (!filtered()) return LACKING;
    memory = malloc(1 << 22);
    if (!memory || pipe2(fds, O_CLOEXEC) != 0 || write(fds[1], "x", 1) != 1) return FAILS;
    if (kill(getppid(), 0) != 0) return 2; /* is it there? may be asked */
    if (pthread_create(&thread, NULL, a_thread, memory) != 0 || pthread_join(thread, &back) != 0 || back != memory) return 3;
    free(memory);
    signal(SIGUSR1, SIG_IGN);
    return raise(SIGUSR1) == 0 ? HOLDS : 4;
}

static void no_program_can_be_started(void **state)
{
    must(starts_a_program, 1000 + SIGSYS);
}

static void no_process_can_be_made(void **state)
{
    must(makes_a_process, 1000 + SIGSYS);
    must(asks_a_shell, 1000 + SIGSYS);
}

static void no_other_process_can_be_reached_into(void **state)
{
    must(traces_another, 1000 + SIGSYS);
}

static void what_libraries_try_is_refused_and_not_deadly(void **state)
{
    must(is_refused_the_rest, HOLDS);
}

static void what_the_book_needs_goes_on(void **state)
{
    must(still_does_its_work, HOLDS);
}

static int setup(void **state)
{
    snprintf(folder, sizeof folder, "/tmp/book124-confine-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int teardown(void **state)
{
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_was_named_can_be_opened),
        cmocka_unit_test(no_program_can_be_started),
        cmocka_unit_test(no_process_can_be_made),
        cmocka_unit_test(no_other_process_can_be_reached_into),
        cmocka_unit_test(what_libraries_try_is_refused_and_not_deadly),
        cmocka_unit_test(what_the_book_needs_goes_on),
    };
    return cmocka_run_group_tests_name("confine", tests, setup, teardown);
}
