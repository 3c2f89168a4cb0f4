/* place.c — where a store may lie.
** A directory of its own, 0700, ours, on a disk of this machine; files that are plain, ours alone, and have one name.
** Locks do not hold on network file systems, and a link or a second name would let two stores share one log. */
#include "place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define UNFINISHED "unfinished.db"

static const struct {
    unsigned long magic;
    const char *name;
} network[] = {
    { 0x6969, "NFS" },
    { 0xFF534D42, "CIFS" },
    { 0x517B, "SMB" },
    { 0xFE534D42, "SMB" },
    { 0x65735546, "FUSE" },
    { 0x01021997, "9P" },
    { 0x00C36400, "Ceph" },
    { 0x5346414F, "AFS" },
    { 0x73757245, "Coda" },
    { 0x47504653, "GPFS" },
    { 0x0BD00BD0, "Lustre" },
};

long long place_size(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? (long long)st.st_size : 0;
}

bool place_remember(Place *p, Err *err)
{
    struct stat st;

    if (lstat(p->db, &st) != 0)
        return err_set(err, ERR_IO, "", "%s cannot be found any more: %s.", p->db, strerror(errno));
    p->device = (unsigned long long)st.st_dev;
    p->file = (unsigned long long)st.st_ino;
    return true;
}

bool place_same(const Place *p, Err *err)
{
    struct stat st;

    if (lstat(p->db, &st) == 0 && (unsigned long long)st.st_dev == p->device && (unsigned long long)st.st_ino == p->file)
        return true;
    return err_set(err, ERR_IO, "",
        "The store was moved, replaced or deleted while this program had it open. Nothing was saved: put %s back, or leave "
        "and start again.",
        p->db);
}

/* ---- the directory ---- */

static bool on_this_machine(const char *dir, Err *err)
{
    struct statfs fs;

    if (statfs(dir, &fs) != 0)
        return err_set(err, ERR_IO, "", "The file system of %s cannot be asked: %s.", dir, strerror(errno));
    for (size_t i = 0; i < sizeof network / sizeof network[0]; i++) {
        if (((unsigned long)fs.f_type & 0xFFFFFFFFul) != network[i].magic) continue;
        return err_set(err, ERR_IO, "",
            "%s lies on a network file system (%s), where two programs cannot keep out of each other's way. Put the "
            "store "
            "on a disk of this machine.",
            dir, network[i].name);
    }
    return true;
}

static bool dir_is_ours(const char *dir, const struct stat *st, Err *err)
{
    if (S_ISLNK(st->st_mode)) return err_set(err, ERR_IO, "", "%s is a link. Name the directory itself.", dir);
    if (!S_ISDIR(st->st_mode)) return err_set(err, ERR_IO, "", "%s is not a directory.", dir);
    if (st->st_uid != geteuid())
        return err_set(err, ERR_IO, "", "%s belongs to another user (number %u). A store is opened by its owner only.",
            dir, st->st_uid);
    return true;
}

static bool names_fill(const char *dir, Place *p, Err *err)
{
    char whole[PATH_MAX];

    if (!realpath(dir, whole) || strlen(whole) >= sizeof p->dir)
        return err_set(err, ERR_IO, "", "%s cannot be followed to its place: %s.", dir, strerror(errno));
    snprintf(p->dir, sizeof p->dir, "%.*s", (int)sizeof p->dir - 1, whole);
    snprintf(p->db, sizeof p->db, "%s/" PLACE_DB, p->dir);
    snprintf(p->wal, sizeof p->wal, "%s/" PLACE_DB "-wal", p->dir);
    snprintf(p->gate, sizeof p->gate, "%s/" PLACE_GATE, p->dir);
    snprintf(p->unfinished, sizeof p->unfinished, "%s/" UNFINISHED, p->dir);
    snprintf(p->mark, sizeof p->mark, "%s/" UNFINISHED "-mark", p->dir);
    return true;
}

/* lstat follows a link that ends in a slash; a name given with slashes is looked at without. */
static bool dir_look(const char *dir, struct stat *st)
{
    char name[PATH_MAX];
    size_t n = (size_t)snprintf(name, sizeof name, "%s", dir);

    if (n >= sizeof name) {
        errno = ENAMETOOLONG;
        return false;
    }
    while (n > 1 && name[n - 1] == '/') name[--n] = '\0';
    return lstat(name, st) == 0;
}

/* ---- the files ---- */

/* What tells that a store was here: the first of its other files. NULL when there is none, or when they are those of a
** store that was being made. */
static const char *trace_of_a_store(const Place *p)
{
    static const char *const others[] = { PLACE_DB "-wal", PLACE_HEADS, "sign-in.slots", PLACE_GATE };
    char path[3400];

    if (access(p->mark, F_OK) == 0 || access(p->unfinished, F_OK) == 0) return NULL;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", p->dir, others[i]);
        if (access(path, F_OK) == 0) return others[i];
    }
    return NULL;
}

static bool store_is_missing(const Place *p, const char *trace, Err *err)
{
    return err_set(err, ERR_CORRUPT, "",
        "The file " PLACE_DB
        " of the store in %s is missing; %s is still there. Do not make a new store over it. " PUT_BACK,
        p->dir, trace);
}

static bool file_is_plain(const Place *p, const char *name, bool must, Err *err)
{
    char path[3400];
    struct stat st;

    snprintf(path, sizeof path, "%s/%s", p->dir, name);
    if (lstat(path, &st) != 0) {
        if (errno == ENOENT && !must) return true;
        if (errno == ENOENT && trace_of_a_store(p)) return store_is_missing(p, trace_of_a_store(p), err);
        if (errno == ENOENT)
            return err_set(err, ERR_MISSING, "",
                "There is no store in %s. Make one with \"book124 init\", or name another directory with --store.",
                p->dir);
        return err_set(err, ERR_IO, "", "%s cannot be looked at: %s.", path, strerror(errno));
    }
    if (S_ISLNK(st.st_mode))
        return err_set(
            err, ERR_IO, "", "%s is a link. A store is never opened through one; put the file itself there.", path);
    if (!S_ISREG(st.st_mode)) return err_set(err, ERR_IO, "", "%s is not an ordinary file.", path);
    if (st.st_nlink != 1)
        return err_set(err, ERR_IO, "",
            "%s has a second name somewhere (a hard link). Remove the other name: a store has one.", path);
    if (st.st_uid != geteuid())
        return err_set(err, ERR_IO, "", "%s belongs to another user (number %u).", path, st.st_uid);
    if (st.st_mode & 077)
        return err_set(err, ERR_IO, "", "%s can be read by others. Close it: chmod 600 %s", path, path);
    return true;
}

bool place_find(const char *dir, Place *p, Err *err)
{
    struct stat st;

    memset(p, 0, sizeof *p);
    if (!dir_look(dir, &st)) {
        if (errno == ENOENT)
            return err_set(err, ERR_MISSING, "",
                "There is no directory %s. Make a store with \"book124 init\", or name another directory with --store.",
                dir);
        return err_set(err, ERR_IO, "", "%s cannot be looked at: %s.", dir, strerror(errno));
    }
    if (!dir_is_ours(dir, &st, err) || !names_fill(dir, p, err) || !on_this_machine(p->dir, err)) return false;
    if (st.st_mode & 077)
        return err_set(err, ERR_IO, "", "%s can be entered by others. Close it: chmod 700 %s", p->dir, p->dir);
    return file_is_plain(p, PLACE_DB, true, err) && file_is_plain(p, PLACE_DB "-wal", false, err) &&
           file_is_plain(p, PLACE_DB "-shm", false, err) && file_is_plain(p, PLACE_GATE, false, err) &&
           file_is_plain(p, PLACE_HEADS, false, err);
}

/* ---- a new one ---- */

/* Parents that are missing are made too, as private as the last. */
static bool dir_make(const char *dir, Place *p, Err *err)
{
    char path[PATH_MAX];
    size_t n = (size_t)snprintf(path, sizeof path, "%s", dir);

    if (n >= sizeof path) return err_set(err, ERR_IO, "", "The name of the directory is too long.");
    for (size_t i = 1; i < n; i++) {
        if (path[i] != '/') continue;
        path[i] = '\0';
        mkdir(path, 0700);
        path[i] = '/';
    }
    while (n > 1 && path[n - 1] == '/') path[--n] = '\0';
    if (mkdir(path, 0700) == 0)
        p->made = true;
    else if (errno != EEXIST)
        return err_set(err, ERR_IO, "", "The directory %s cannot be made: %s.", dir, strerror(errno));
    return true;
}

/* What an interrupted creation left behind may be there; anything else may not. */
static bool dir_is_empty(const Place *p, Err *err)
{
    DIR *d;
    const struct dirent *e;
    bool ok = true;

    if (access(p->db, F_OK) == 0) return err_set(err, ERR_INVALID, "", "There is a store in %s already.", p->dir);
    if (trace_of_a_store(p)) return store_is_missing(p, trace_of_a_store(p), err);
    d = opendir(p->dir);
    if (!d) return err_set(err, ERR_IO, "", "%s cannot be read: %s.", p->dir, strerror(errno));
    while (ok && (e = readdir(d)) != NULL) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 || strcmp(e->d_name, PLACE_GATE) == 0 ||
            strncmp(e->d_name, UNFINISHED, strlen(UNFINISHED)) == 0)
            continue;
        ok = err_set(err, ERR_INVALID, "", "%s is not empty (it holds %s). A store is made in a directory of its own.",
            p->dir, e->d_name);
    }
    closedir(d);
    return ok;
}

bool place_is_free(const Place *p, Err *err)
{
    if (access(p->db, F_OK) != 0) return true;
    unlink(p->mark);
    return err_set(err, ERR_INVALID, "", "There is a store in %s already.", p->dir);
}

/* While it is there, a gate without a store is one that is being made, not one that was lost. */
static bool mark_put(const Place *p, Err *err)
{
    int fd = open(p->mark, O_CREAT | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0) return err_set(err, ERR_IO, "", "Nothing can be written in %s: %s.", p->dir, strerror(errno));
    close(fd);
    return true;
}

bool place_prepare(const char *dir, Place *p, Err *err)
{
    struct stat st;

    memset(p, 0, sizeof *p);
    if (!dir_look(dir, &st) && errno == ENOENT && !dir_make(dir, p, err)) return false;
    if (!dir_look(dir, &st)) return err_set(err, ERR_IO, "", "%s cannot be looked at: %s.", dir, strerror(errno));
    if (!dir_is_ours(dir, &st, err) || !names_fill(dir, p, err) || !on_this_machine(p->dir, err) ||
        !dir_is_empty(p, err)) {
        if (p->made) rmdir(dir);
        return false;
    }
    if ((st.st_mode & 0777) != 0700 && chmod(p->dir, 0700) != 0)
        return err_set(err, ERR_IO, "", "%s cannot be closed to others: %s.", p->dir, strerror(errno));
    return mark_put(p, err);
}

static bool sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0) close(fd);
    return ok;
}

bool place_settle(const Place *p, Err *err)
{
    if (sync_path(p->unfinished, O_RDONLY) && rename(p->unfinished, p->db) == 0 &&
        sync_path(p->dir, O_RDONLY | O_DIRECTORY)) {
        unlink(p->mark);
        return true;
    }
    return err_set(err, ERR_IO, "", "The new store cannot be put in its place: %s.", strerror(errno));
}

void place_abandon(const Place *p)
{
    static const char *const tails[] = { "", "-wal", "-shm", "-journal", "-heads" };
    char path[3400];

    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        snprintf(path, sizeof path, "%s%s", p->unfinished, tails[i]);
        unlink(path);
    }
    if (p->made) {
        unlink(p->gate);
        unlink(p->mark);
        rmdir(p->dir);
    }
}

bool place_drop_copies(const Place *p)
{
    DIR *d = opendir(p->dir);
    const struct dirent *e;
    bool ok = d != NULL;

    while (d && (e = readdir(d)) != NULL) {
        size_t n = strlen(e->d_name);
        if (strncmp(e->d_name, "before-", 7) != 0 || n < 10 || strncmp(e->d_name + n - 3, ".db", 3) != 0) continue;
        ok = unlinkat(dirfd(d), e->d_name, 0) == 0 && ok;
    }
    if (d) closedir(d);
    return ok;
}
