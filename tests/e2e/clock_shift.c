/* clock_shift.c — loaded in front of the program by one test: the clock of idleness runs ahead by the seconds written in the file named
** by BOOK124_CLOCK_SHIFT, read at every look, so that five minutes without a key need not be waited for. */
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

__attribute__((visibility("default"))) int clock_gettime(clockid_t id, struct timespec *out)
{
    static int (*real)(clockid_t, struct timespec *);
    long ahead = 0;
    FILE *f;
    int status;

    if (!real) {
        void *found = dlsym(RTLD_NEXT, "clock_gettime");
        memcpy(&real, &found, sizeof real);
    }
    status = real(id, out);
    if (id != CLOCK_BOOTTIME || !*path || !(f = fopen(path, "re"))) return status;
    if (fscanf(f, "%ld", &ahead) == 1) out->tv_sec += ahead;
    fclose(f);
    return status;
}
