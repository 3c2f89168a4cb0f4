/* confine_calls.c — seccomp: the calls of the kernel that book124 makes, as a table, and a filter that refuses all others.
** A call outside the table fails with EPERM and the program goes on: libraries try things (a socket to a name service, another
** scheduler) and live with a no. A call that would start a program or reach into another one ends this one at once: nothing of
** ours makes it, so whoever does is not ours. Memory that can be executed stays allowed: the pattern compiler makes code, and
** the PDF writer is loaded when it is first wanted. */
#include "base/confine.h"
#include "base/protection.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined __x86_64__
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define OUR_ARCH AUDIT_ARCH_AARCH64
#endif

#ifndef SECCOMP_RET_KILL_PROCESS
#define SECCOMP_RET_KILL_PROCESS 0x80000000U
#endif

bool confine_calls_seen(void)
{
    return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) == 2;
}

#ifdef OUR_ARCH

/* --- the table ------------------------------------------------------------------------------------ */
#define CALL(name) SYS_##name
static const int allowed[] = {
    /* files that are open, and those that Landlock lets be opened */
    CALL(read), CALL(write), CALL(readv), CALL(writev), CALL(pread64), CALL(pwrite64), CALL(openat), CALL(close), CALL(close_range),
    CALL(newfstatat), CALL(fstat), CALL(statx), CALL(lseek), CALL(fsync), CALL(fdatasync), CALL(ftruncate), CALL(fallocate),
    CALL(unlinkat), CALL(renameat), CALL(renameat2), CALL(flock), CALL(fcntl), CALL(fchmod), CALL(fchmodat), CALL(fchown), CALL(faccessat),
    CALL(faccessat2), CALL(readlinkat), CALL(getdents64), CALL(getcwd), CALL(statfs), CALL(fstatfs), CALL(fadvise64), CALL(umask),
    CALL(dup), CALL(dup3), CALL(pipe2),
    /* the terminal, waiting, the clock */
    CALL(ppoll), CALL(pselect6), CALL(clock_gettime), CALL(clock_nanosleep), CALL(nanosleep), CALL(gettimeofday), CALL(setitimer),
    /* memory */
    CALL(brk), CALL(mmap), CALL(munmap), CALL(mprotect), CALL(mremap), CALL(madvise), CALL(mlock), CALL(munlock), CALL(getrandom),
    /* signals of this process, threads of the fonts */
    CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(rt_sigreturn), CALL(rt_sigtimedwait), CALL(rt_sigpending), CALL(rt_sigsuspend),
    CALL(sigaltstack), CALL(restart_syscall), CALL(tgkill), CALL(futex), CALL(set_robust_list), CALL(set_tid_address), CALL(sched_yield),
    CALL(sched_getaffinity), CALL(membarrier), CALL(exit), CALL(exit_group),
#ifdef SYS_rseq
    CALL(rseq),
#endif
    /* who and what this process is */
    CALL(getpid), CALL(gettid), CALL(getppid), CALL(getuid), CALL(geteuid), CALL(getgid), CALL(getegid), CALL(getpgid), CALL(getsid),
    CALL(getrlimit), CALL(prlimit64), CALL(getrusage), CALL(sysinfo), CALL(uname),
#ifdef __x86_64__ /* what newer machines do not have any more */
    CALL(open), CALL(stat), CALL(lstat), CALL(unlink), CALL(rename), CALL(access), CALL(readlink), CALL(chmod), CALL(dup2), CALL(poll),
    CALL(select), CALL(time), CALL(getpgrp), CALL(alarm),
#endif
};

/* Start a program, or reach into one. */
static const int deadly[] = {
    CALL(execve), CALL(execveat), CALL(ptrace), CALL(process_vm_readv), CALL(process_vm_writev), CALL(pidfd_getfd), CALL(kexec_load),
    CALL(init_module), CALL(finit_module), CALL(bpf), CALL(mount), CALL(pivot_root), CALL(unshare), CALL(setns),
#ifdef __x86_64__
    CALL(fork), CALL(vfork),
#endif
};

enum { ALLOWED = sizeof allowed / sizeof allowed[0], DEADLY = sizeof deadly / sizeof deadly[0] };

/* --- the filter ------------------------------------------------------------------------------------ */
enum { FILTER_MAX = 2 * (ALLOWED + DEADLY) + 64 };
typedef struct Filter {
    struct sock_filter code[FILTER_MAX];
    unsigned short n;
} Filter;

#define DATA(field) (uint32_t) offsetof(struct seccomp_data, field)
#define LOW_OF(arg) (DATA(args) + 8 * (arg))     /* both machines are little-endian */
#define HIGH_OF(arg) (DATA(args) + 8 * (arg) + 4)
#define REFUSED      (SECCOMP_RET_ERRNO | EPERM)

static void put(Filter *f, struct sock_filter step)
{
    f->code[f->n++] = step;
}

static void load(Filter *f, uint32_t at)
{
    put(f, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at));
}

static void answer(Filter *f, uint32_t what)
{
    put(f, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what));
}

/* When what was loaded is that: the answer; else on. */
static void when(Filter *f, uint32_t value, uint32_t what)
{
    put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
    answer(f, what);
}

/* The next `skip` steps are for this call only; behind them its number is loaded again. */
static void only_for(Filter *f, int call, uint8_t skip)
{
    put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, skip));
}

/* A thread of this process may be made, a process may not. */
static void clone_rule(Filter *f)
{
    only_for(f, SYS_clone, 4);
    load(f, LOW_OF(0));
    put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1));
    answer(f, SECCOMP_RET_ALLOW);
    answer(f, SECCOMP_RET_KILL_PROCESS);
    when(f, SYS_clone3, SECCOMP_RET_ERRNO | ENOSYS); /* its flags lie in memory; the C library then takes the other one */
}

/* Is another process there? That may be asked (signal 0); to send one a signal may not be. */
static void kill_rule(Filter *f)
{
    only_for(f, SYS_kill, 4);
    load(f, LOW_OF(1));
    put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1));
    answer(f, SECCOMP_RET_ALLOW);
    answer(f, REFUSED);
}

/* Typing for whoever reads the terminal next is how a program gets out. */
static void ioctl_rule(Filter *f)
{
    only_for(f, SYS_ioctl, 5);
    load(f, LOW_OF(1));
    put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TIOCSTI, 1, 0));
    put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x541C /* TIOCLINUX */, 0, 1));
    answer(f, REFUSED);
    answer(f, SECCOMP_RET_ALLOW);
}

/* The system log, which was connected before: a message to whom the socket is for, and to nobody named here. */
static void send_rule(Filter *f)
{
    only_for(f, SYS_sendto, 6);
    load(f, LOW_OF(4));
    put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3));
    load(f, HIGH_OF(4));
    put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1));
    answer(f, SECCOMP_RET_ALLOW);
    answer(f, REFUSED);
}

/* The name of a thread, and what this process is; nothing that gives it rights. */
static void prctl_rule(Filter *f)
{
    static const uint32_t harmless[] = { PR_SET_NAME, PR_GET_NAME, PR_GET_NO_NEW_PRIVS, PR_GET_SECCOMP, PR_GET_DUMPABLE, PR_SET_VMA };
    enum { HARMLESS = sizeof harmless / sizeof harmless[0] };

    only_for(f, SYS_prctl, 2 * HARMLESS + 2);
    load(f, LOW_OF(0));
    for (size_t i = 0; i < HARMLESS; i++) when(f, harmless[i], SECCOMP_RET_ALLOW);
    answer(f, REFUSED);
}

static void make(Filter *f)
{
    load(f, DATA(arch));
    put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0));
    answer(f, SECCOMP_RET_KILL_PROCESS);
    load(f, DATA(nr));
#ifdef __x86_64__ /* the numbers of the 32-bit ABI are other calls */
    put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
    answer(f, SECCOMP_RET_KILL_PROCESS);
#endif
    clone_rule(f);
    kill_rule(f);
    ioctl_rule(f);
    send_rule(f);
    prctl_rule(f);
    for (size_t i = 0; i < ALLOWED; i++) when(f, (uint32_t)allowed[i], SECCOMP_RET_ALLOW);
    for (size_t i = 0; i < DEADLY; i++) when(f, (uint32_t)deadly[i], SECCOMP_RET_KILL_PROCESS);
    answer(f, REFUSED);
}

ConfineState confine_calls(size_t *n)
{
    static Filter f;
    struct sock_fprog program;

    *n = ALLOWED + 5;
    f.n = 0;
    make(&f);
    program = (struct sock_fprog){ f.n, f.code };
    if (WITHOUT("calls")) return CONFINE_IN_FORCE;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        return CONFINE_LACKING;
    return CONFINE_IN_FORCE;
}

#else

ConfineState confine_calls(size_t *n)
{
    *n = 0;
    return CONFINE_LACKING;
}

#endif
