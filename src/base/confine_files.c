/* confine_files.c — Landlock, by its three calls: which directories this process may still open.
** Every right that the running kernel knows is taken away, and given back beneath the named places only. What is open already
** stays open. Newer kernels also take away TCP, abstract sockets and signals to others. */
#include "base/confine.h"
#include "base/protection.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

/* The numbers are the same on every machine. */
enum { CALL_CREATE = 444, CALL_ADD = 445, CALL_RESTRICT = 446, ASK_VERSION = 1 };

typedef struct Ruleset { /* as the newest kernel has it; an older one takes the beginning */
    uint64_t files, net, scoped;
} Ruleset;

#define READ_FILES (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define DEVICES    (READ_FILES | LANDLOCK_ACCESS_FS_WRITE_FILE)
#define WRITE_FILES                                                                                                    \
    (DEVICES | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE)
/* What a rule about a single file may say. */
#define OF_A_FILE (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE)

static const uint64_t rights[] = { [CONFINE_READ] = READ_FILES, [CONFINE_DEVICE] = DEVICES, [CONFINE_WRITE] = WRITE_FILES };

static uint64_t known_by(int version)
{
    int bits = version >= 3 ? 15 : version == 2 ? 14 : 13;

    return ((uint64_t)1 << bits) - 1;
}

static Ruleset taken_away(int version, size_t *size)
{
    Ruleset r = { .files = known_by(version) };

    *size = sizeof r.files;
    if (version >= 4) r.net = 3, *size = 2 * sizeof r.files; /* bind and connect of TCP */
    if (version >= 6) r.scoped = 3, *size = sizeof r;        /* abstract sockets, signals */
    return r;
}

static void allow(int ruleset, const ConfinePath *p, uint64_t known)
{
    struct landlock_path_beneath_attr rule = { .allowed_access = rights[p->right] & known };
    struct stat st;

    rule.parent_fd = open(p->path, O_PATH | O_CLOEXEC);
    if (rule.parent_fd < 0) return;
    if (fstat(rule.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode)) rule.allowed_access &= OF_A_FILE;
    syscall(CALL_ADD, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent_fd);
}

ConfineState confine_files(const ConfinePath *paths, size_t n, int *version)
{
    size_t size;
    Ruleset r;
    long ruleset, known = syscall(CALL_CREATE, NULL, 0, ASK_VERSION);
    bool ok;

    *version = known > 0 ? (int)known : 0;
    if (known <= 0) return CONFINE_LACKING;
    if (WITHOUT("files")) return CONFINE_IN_FORCE;
    r = taken_away((int)known, &size);
    ruleset = syscall(CALL_CREATE, &r, size, 0);
    if (ruleset < 0) return CONFINE_LACKING;
    for (size_t i = 0; i < n; i++)
        if (paths[i].path && *paths[i].path) allow((int)ruleset, &paths[i], r.files);
    ok = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(CALL_RESTRICT, (int)ruleset, 0) == 0;
    close((int)ruleset);
    return ok ? CONFINE_IN_FORCE : CONFINE_LACKING;
}
