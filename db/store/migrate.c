/* migrate.c — bring a store to today's schema, or say why not.
** Numbered steps, each one transaction that also sets the version: a kill leaves the old or the new, never between. There
** is no second "newest schema": a new store walks the same steps, all in one transaction, because there is nothing between nothing and the whole.
** What an older store held is copied aside before. */
#include "migrations.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool failed(const Engine *e, EngConn *c, const char *what, Err *err)
{
    return err_set(err, ERR_IO, "",
        "The store could not be brought to this version of book124 (%s: %s). It is as it was before.", what,
        e->message(c));
}

/* "before-2.db": the store as it was before step 2. A copy from an earlier try is made again. */
static bool put_aside(const Engine *e, EngConn *c, const char *dir, int step, Err *err)
{
    char path[3400];
    mode_t mask = umask(077);
    EngResult r;
    int fd;

    snprintf(path, sizeof path, "%s/before-%d.db", dir, step);
    unlink(path);
    r = e->copy(c, path);
    umask(mask);
    if (r != ENG_DONE) return failed(e, c, "a copy could not be put aside", err);
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd >= 0 && fsync(fd) == 0) {
        close(fd);
        return true;
    }
    if (fd >= 0) close(fd);
    return err_set(err, ERR_IO, "", "The copy %s did not reach the disk: %s.", path, strerror(errno));
}

/* `n` steps as one. */
static bool steps_run(const Engine *e, EngConn *c, const Migration *list, int n, Err *err)
{
    EngResult r = e->begin(c, true);
    int i = 0;

    while (r == ENG_DONE && i < n) r = e->script(c, list[i++].text);
    if (r == ENG_DONE) r = e->version(c, NULL, &list[n - 1].number);
    if (r == ENG_DONE) r = e->commit(c);
    if (r == ENG_DONE) return true;
    failed(e, c, list[i ? i - 1 : 0].name, err);
    e->rollback(c);
    return false;
}

bool migrate_run(const Engine *e, EngConn *c, const char *dir, const Migration *list, int n, Err *err)
{
    int version = 0;

    if (e->version(c, &version, NULL) != ENG_DONE) return failed(e, c, "its version cannot be read", err);
    if (version > n)
        return err_set(err, ERR_INVALID, "",
            "The store in %s was made by a newer book124 (schema %d; this one knows %d). Use that one, or a newer one.",
            dir, version, n);
    if (version > 0 && version < n && !put_aside(e, c, dir, version + 1, err)) return false;
    if (version == 0) return steps_run(e, c, list, n, err);
    for (int i = version; i < n; i++)
        if (!steps_run(e, c, &list[i], 1, err)) return false;
    return true;
}
