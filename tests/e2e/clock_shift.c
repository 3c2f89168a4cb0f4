/* clock_shift.c — loaded in front of the program by two tests, so that five minutes without a key and the hour of a broken glass need not be waited for.
** The file named by BOOK124_CLOCK_SHIFT holds one or two numbers, read at every look: by how many seconds the clock of idleness runs ahead, and the
** clock on the wall. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static char path[512]; /* the program cleans its environment: remembered before it starts */

__attribute__((constructor)) static void remember(void)
{
    const char *name = getenv("BOOK124_CLOCK_SHIFT");

    if (name) snprintf(path, sizeof path, "%s", name);
}

static void shifts(long *idle, long *wall)
{
    FILE *f = *path ? fopen(path, "re") : NULL;

    *idle = *wall = 0;
    if (!f) return;
    if (fscanf(f, "%ld %ld", idle, wall) < 1) *idle = 0;
    fclose(f);
}

__attribute__((visibility("default"))) int clock_gettime(clockid_t id, struct timespec *out)
{
    static int (*real)(clockid_t, struct timespec *);
    long idle, wall;
    int status;

    if (!real) {
        void *found = dlsym(RTLD_NEXT, "clock_gettime");
        memcpy(&real, &found, sizeof real);
    }
    status = real(id, out);
    if (id != CLOCK_BOOTTIME && id != CLOCK_REALTIME) return status;
    shifts(&idle, &wall);
    out->tv_sec += id == CLOCK_BOOTTIME ? idle : wall;
    return status;
}

__attribute__((visibility("default"))) time_t time(time_t *out)
{
    struct timespec ts;

    clock_gettime(CLOCK_REALTIME, &ts);
    if (out) *out = ts.tv_sec;
    return ts.tv_sec;
}
