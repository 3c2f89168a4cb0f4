/* signals.c — signals become readable bytes. A handler only writes one byte, or, when all is lost, the restoring string;
** what a signal means is decided in the loop, where memory, curses and the store may be used. */
#include "term_in.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

static int pipe_in = -1, pipe_out = -1;
static void (*on_fatal)(void);

static const struct {
    int number;
    char bit;
} ours[] = {
    { SIGHUP, SENT_STOP },
    { SIGTERM, SENT_STOP },
    { SIGINT, SENT_STOP },
    { SIGQUIT, SENT_STOP },
    { SIGWINCH, SENT_SIZE },
    { SIGTSTP, SENT_SUSPEND },
    { SIGCONT, SENT_CONTINUE },
};
static const int fatal[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
static struct sigaction before[ARRAY_LEN(ours)];

static void note(int number)
{
    int saved = errno;
    for (size_t i = 0; i < ARRAY_LEN(ours); i++) {
        if (ours[i].number != number) continue;
        ssize_t ignored = write(pipe_in, &ours[i].bit, 1); /* a full pipe already says enough */
        (void)ignored;
    }
    errno = saved;
}

static void die(int number)
{
    if (on_fatal) on_fatal();
    signal(number, SIG_DFL);
    raise(number);
}

static void catch (int number, void (*handler)(int), int flags, struct sigaction *old)
{
    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_handler = handler;
    a.sa_flags = flags;
    sigfillset(&a.sa_mask);
    sigaction(number, &a, old);
}

int signals_open(void (*fatal_hook)(void))
{
    int fds[2];
    if (pipe2(fds, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
    pipe_out = fds[0];
    pipe_in = fds[1];
    on_fatal = fatal_hook;
    for (size_t i = 0; i < ARRAY_LEN(ours); i++) catch (ours[i].number, note, SA_RESTART, &before[i]);
    for (size_t i = 0; i < ARRAY_LEN(fatal); i++) catch (fatal[i], die, SA_RESETHAND | SA_NODEFER, NULL);
    signal(SIGPIPE, SIG_IGN);
    return pipe_out;
}

unsigned signals_take(void)
{
    char bytes[64];
    unsigned sent = 0;
    ssize_t n = 0;
    while ((n = read(pipe_out, bytes, sizeof bytes)) > 0)
        for (ssize_t i = 0; i < n; i++) sent |= (unsigned char)bytes[i];
    return sent;
}

void signals_close(void)
{
    for (size_t i = 0; i < ARRAY_LEN(ours); i++) sigaction(ours[i].number, &before[i], NULL);
    for (size_t i = 0; i < ARRAY_LEN(fatal); i++) signal(fatal[i], SIG_DFL);
    if (pipe_in >= 0) close(pipe_in);
    if (pipe_out >= 0) close(pipe_out);
    pipe_in = pipe_out = -1;
    on_fatal = NULL;
}

void signals_default_stop(void)
{
    struct sigaction mine;
    catch (SIGTSTP, SIG_DFL, 0, &mine);
    raise(SIGTSTP);
    sigaction(SIGTSTP, &mine, NULL);
    signals_take(); /* the CONT that woke us is known */
}
