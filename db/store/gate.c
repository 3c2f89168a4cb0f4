/* gate.c — one writer at a time, in the order they came, whatever dies.
** Two parts. The lock: flock on store.gate, which the kernel takes back from the dead; only it decides who is inside. The
** queue: tickets in the same file, mapped, so that everybody waits for their turn instead of racing for the lock (a bare
** flock is right but unfair: the slowest of 50 waited a hundred times the median). The queue may be wrong without harm:
** who finds it standing still tries the lock. A ticket is alive while the byte of its number is locked; so the tickets
** of the dead are seen and passed over, and no clock, process number or clean-up is needed.
** Surprise: -DBOOK124_NO_GATE makes it a door that is always open. One test builds that, to show what it is for. */
#include "gate.h"
#include "place.h"

#include "base/mem.h"
#include "base/protection.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifdef BOOK124_NO_GATE
static const bool open_door = true;
#else
static const bool open_door = false;
#endif

enum { BELLS = 256, LOOK_MS = 20, STUCK_LOOKS = 5, REQUEUES = 3 };
#define TICKET_BYTE ((off_t)1 << 20) /* the byte of ticket 0: far behind what the file holds */

typedef struct Queue { /* the mapped part of the file; all zero is a new one */
    uint64_t next;     /* the ticket the next comer gets */
    uint64_t serving;  /* whose turn it is               */
    uint32_t bells[BELLS];
} Queue;

struct Gate {
    int fd;
    Queue *queue;
    uint64_t ticket;
    bool held;
};

/* ---- small things ---- */

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void nap(long microseconds)
{
    struct timespec t = { 0, microseconds * 1000 };

    nanosleep(&t, NULL);
}

static bool lock_try(Gate *g)
{
    while (flock(g->fd, LOCK_EX | LOCK_NB) != 0)
        if (errno != EINTR) return false;
    return true;
}

static void ticket_byte(Gate *g, uint64_t ticket, short type)
{
    struct flock l = { .l_type = type, .l_whence = SEEK_SET, .l_start = TICKET_BYTE + (off_t)ticket, .l_len = 1 };

    fcntl(g->fd, F_OFD_SETLK, &l);
}

static bool ticket_alive(Gate *g, uint64_t ticket)
{
    struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = TICKET_BYTE + (off_t)ticket, .l_len = 1 };

    return fcntl(g->fd, F_OFD_GETLK, &l) == 0 && l.l_type != F_UNLCK;
}

static uint64_t serving(Gate *g)
{
    return __atomic_load_n(&g->queue->serving, __ATOMIC_SEQ_CST);
}

static void ring(Gate *g, uint64_t ticket)
{
    uint32_t *bell = &g->queue->bells[ticket % BELLS];

    __atomic_fetch_add(bell, 1, __ATOMIC_SEQ_CST);
    syscall(SYS_futex, bell, FUTEX_WAKE, 1 << 30, NULL, NULL, 0);
}

static void listen_for_bell(Gate *g, uint64_t ticket, uint32_t heard, int64_t ms)
{
    struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

    syscall(SYS_futex, &g->queue->bells[ticket % BELLS], FUTEX_WAIT, heard, &t, NULL, 0);
}

/* ---- opening ---- */

static bool gate_map(Gate *g, Err *err)
{
    struct stat st;

    if (fstat(g->fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_nlink != 1)
        return err_set(
            err, ERR_IO, "", "The file store.gate of the store is not an ordinary file. Remove it and try again.");
    if (st.st_size < (off_t)sizeof(Queue) && ftruncate(g->fd, 4096) != 0)
        return err_set(err, ERR_IO, "", "The file store.gate cannot be made: %s.", strerror(errno));
    g->queue = mmap(NULL, sizeof(Queue), PROT_READ | PROT_WRITE, MAP_SHARED, g->fd, 0);
    if (g->queue == MAP_FAILED) {
        g->queue = NULL;
        return err_set(err, ERR_IO, "", "The file store.gate cannot be shared: %s.", strerror(errno));
    }
    return true;
}

Gate *gate_open(const char *path, Err *err)
{
    Gate *g = mem_new(sizeof *g);

    g->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (g->fd < 0)
        err_set(err, ERR_IO, "", "The gate of the store cannot be opened (%s): %s.%s", path, strerror(errno),
            errno == EROFS || errno == EACCES ? " " MUST_WRITE : "");
    if (g->fd < 0 || !gate_map(g, err)) gate_close(&g);
    return g;
}

void gate_close(Gate **gate)
{
    Gate *g = *gate;

    if (!g) return;
    gate_leave(g);
    if (g->queue) munmap(g->queue, sizeof(Queue));
    if (g->fd >= 0) close(g->fd);
    mem_free(g);
    *gate = NULL;
}

bool gate_is_held(const Gate *g)
{
    return g->held;
}

/* ---- the queue ---- */

static uint64_t ticket_take(Gate *g)
{
    uint64_t t = __atomic_fetch_add(&g->queue->next, 1, __ATOMIC_SEQ_CST);

    ticket_byte(g, t, F_WRLCK);
    return t;
}

/* Move on to `to`, never back; then past every ticket whose owner is gone. */
static void serve(Gate *g, uint64_t to)
{
    uint64_t s = serving(g);

    while (s < to &&
           !__atomic_compare_exchange_n(&g->queue->serving, &s, to, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {}
    s = serving(g);
    while (s < __atomic_load_n(&g->queue->next, __ATOMIC_SEQ_CST) && !ticket_alive(g, s)) {
        if (__atomic_compare_exchange_n(&g->queue->serving, &s, s + 1, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) s++;
    }
    ring(g, s);
}

/* The turn is with somebody who is dead, or who does not take it: true when we are inside instead. */
static bool turn_taken(Gate *g, bool stuck)
{
    if (!lock_try(g)) return false; /* somebody is inside: all is well */
    serve(g, 0);
    if (stuck || serving(g) >= g->ticket) return true;
    flock(g->fd, LOCK_UN);
    return false;
}

/* Wait for the turn. True when it has come or the queue has passed us; *inside when we hold the lock already. */
static bool turn_wait(Gate *g, int64_t deadline, bool *inside)
{
    uint64_t last = serving(g);
    int looks = 0;

    *inside = false;
    for (;;) {
        uint32_t heard = __atomic_load_n(&g->queue->bells[g->ticket % BELLS], __ATOMIC_SEQ_CST);
        uint64_t s = serving(g);
        int64_t left = deadline - now_ms();
        if (s >= g->ticket) return true;
        if (left <= 0) return false;
        looks = s == last ? looks + 1 : 0;
        last = s;
        if ((looks > STUCK_LOOKS || !ticket_alive(g, s)) && (*inside = turn_taken(g, looks > STUCK_LOOKS))) return true;
        if (serving(g) >= g->ticket) return true;
        listen_for_bell(g, g->ticket, heard, left < LOOK_MS ? left : LOOK_MS);
    }
}

static bool lock_by(Gate *g, int64_t deadline)
{
    while (!lock_try(g)) {
        if (now_ms() >= deadline) return false;
        nap(200);
    }
    return true;
}

static bool give_up(Gate *g, int patience, Err *err)
{
    ticket_byte(g, g->ticket, F_UNLCK);
    if (serving(g) == g->ticket) serve(g, g->ticket + 1);
    return err_set(err, ERR_BUSY, "",
        "Others are saving, and the turn did not come within %d.%d seconds. Nothing was changed: try again.",
        patience / 1000, patience % 1000 / 100);
}

bool gate_enter(Gate *g, int patience, Err *err)
{
    int64_t deadline = now_ms() + patience;
    bool inside = false;

    if (g->held) return err_set(err, ERR_BUG, "", "The gate of the store was entered twice.");
    if (open_door || WITHOUT("gate")) return g->held = true;
    for (int tries = 0; !inside; tries++) {
        g->ticket = ticket_take(g);
        if (!turn_wait(g, deadline, &inside)) return give_up(g, patience, err);
        if (inside || serving(g) <= g->ticket || tries == REQUEUES) break;
        ticket_byte(g, g->ticket, F_UNLCK); /* passed over while we slept: queue again */
    }
    if (!inside && !lock_by(g, deadline)) return give_up(g, patience, err);
    return g->held = true;
}

void gate_leave(Gate *g)
{
    if (!g->held) return;
    g->held = false;
    if (open_door || WITHOUT("gate")) return;
    flock(g->fd, LOCK_UN);
    ticket_byte(g, g->ticket, F_UNLCK);
    serve(g, g->ticket + 1);
}
