/* slots.c — at most four passwords are tried at once on one host: each trial takes 256 MiB.
** Four bytes of one file in the store's directory, each locked by whoever is deriving. The locks belong to the open
** file (OFD), so that two books in one process count as two, and a killed program gives its place back by itself.
** Waiting is in turn only by luck; it is bounded and ends with a sentence. */
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { SLOTS = 4, PAUSE_MS = 40 };

static int slots_open(const App *app, Err *err)
{
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/sign-in.slots", app->dir);
    int fd = n < (int)sizeof path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;

    if (fd < 0) err_set(err, ERR_IO, "", "The file sign-in.slots of the store cannot be opened: %s.", strerror(errno));
    return fd;
}

static bool slot_lock(int fd, int which)
{
    struct flock byte = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = which, .l_len = 1 };

    return fcntl(fd, F_OFD_SETLK, &byte) == 0;
}

int slot_take(const App *app, int patience, Err *err)
{
    static const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000L };
    int fd = slots_open(app, err);

    if (fd < 0) return -1;
    for (int waited = 0; waited <= patience; waited += PAUSE_MS) {
        for (int i = 0; i < SLOTS; i++)
            if (slot_lock(fd, i)) return fd;
        nanosleep(&pause, NULL);
    }
    close(fd);
    err_set(err, ERR_BUSY, "", "Several officers are signing in at this moment. Try again in a little while.");
    return -1;
}

void slot_give(int slot)
{
    if (slot >= 0) close(slot); /* closing lets the lock go */
}
