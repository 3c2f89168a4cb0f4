/* store_copy.c — the store as one file, and a file as the store.
** A copy is made by the engine in one piece (never page by page: that never ends beside a writer), checked, and compared with the
** log it was taken from. It lies for a moment in the store's own directory, which is as closed as the store, under the number of
** the process that made it: what a killed process left is taken away by the next. */
#include "inside.h"

#include "migrations.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPY_BEGINS "copy-"
#define COPY_HEADS  "-heads"

/* ---- what others left ---- */

static bool is_left_over(const char *name)
{
    char *end;
    long process;

    if (strncmp(name, COPY_BEGINS, strlen(COPY_BEGINS)) != 0) return false;
    process = strtol(name + strlen(COPY_BEGINS), &end, 10);
    return *end == '.' && process > 0 && (process == (long)getpid() || (kill((pid_t)process, 0) != 0 && errno == ESRCH));
}

static void remove_left_overs(const Store *s)
{
    DIR *d = opendir(s->place.dir);
    const struct dirent *e;

    while (d && (e = readdir(d)) != NULL)
        if (is_left_over(e->d_name)) unlinkat(dirfd(d), e->d_name, 0);
    if (d) closedir(d);
}

/* ---- a copy ---- */

static bool is_sound(const Store *copy, bool thorough, Err *err)
{
    char says[200] = "";
    EngResult r = copy->engine->check(copy->conn, thorough, says);

    if (r == ENG_DONE && !says[0]) return true;
    return err_set(err, ERR_CORRUPT, "", "The copy is not sound: %s.", says[0] ? says : copy->engine->message(copy->conn));
}

/* The last entry of the copy must be the one of that number in the store. */
static bool is_of(Store *s, Store *copy, StoreCopy *out, Err *err)
{
    Arena *a = arena_new();
    AuditEntry head = { 0 }, same = { 0 };
    bool ok;

    store_view_all(copy, true); /* a copy has every case, whoever made it */
    ok = store_audit_head(copy, a, &head, err) && store_case_count(copy, &out->cases, err) &&
         (head.seq == 0 || store_audit_entry(s, head.seq, a, &same, err));
    store_view_all(copy, false);

    if (ok && head.seq && memcmp(head.hash, same.hash, HASH_BYTES) != 0)
        ok = err_set(err, ERR_CORRUPT, "", "The copy's log ends in another entry %" PRId64 " than the store has.", head.seq);
    out->seq = head.seq;
    memcpy(out->head, head.hash, HASH_BYTES);
    arena_free(&a);
    return ok;
}

static bool copy_check(Store *s, StoreCopy *out, Err *err)
{
    Store *copy = store_open_file(out->path, err);
    bool ok = copy && is_sound(copy, false, err) && is_of(s, copy, out, err);

    store_close_file(&copy);
    out->bytes = place_size(out->path);
    out->schema = s->info.schema;
    return ok;
}

bool store_copy(Store *s, StoreCopy *out, Err *err)
{
    mode_t mask;
    EngResult r;

    memset(out, 0, sizeof *out);
    if (s->writing || s->reading) return err_set(err, ERR_BUG, "", "A copy was begun inside a write or a read.");
    remove_left_overs(s);
    snprintf(out->path, sizeof out->path, "%s/" COPY_BEGINS "%ld.db", s->place.dir, (long)getpid());
    mask = umask(077);
    r = s->engine->copy(s->conn, out->path);
    umask(mask);
    if (r == ENG_DONE && copy_check(s, out, err)) return true;
    /* A page that is not what it was can look like a disk without room. */
    if (r != ENG_DONE && r != ENG_CORRUPT && !is_sound(s, false, NULL)) r = ENG_CORRUPT;
    if (r == ENG_CORRUPT)
        err_set(err, ERR_CORRUPT, "", "The store is damaged, and no copy of it can be made. Stop working in it, and restore the last backup.");
    else if (r != ENG_DONE)
        err_set(err, ERR_IO, "", "The store could not be copied: %s. There must be room for it once more beside it.",
            r == ENG_FULL ? "the disk is full" : "the disk failed");
    store_copy_drop(out);
    return false;
}

void store_copy_drop(StoreCopy *c)
{
    static const char *const tails[] = { "", "-wal", "-shm", "-journal" };
    char path[sizeof c->path + 16];

    for (size_t i = 0; *c->path && i < sizeof tails / sizeof tails[0]; i++) {
        snprintf(path, sizeof path, "%s%s", c->path, tails[i]);
        unlink(path);
    }
    c->path[0] = '\0';
}

bool store_heads_text(Store *s, Arena *a, const char **out, size_t *n, Err *err)
{
    char path[3400];
    struct stat st;
    char *text;
    int fd;
    ssize_t got = 0;

    snprintf(path, sizeof path, "%s/" PLACE_HEADS, s->place.dir);
    *out = "";
    *n = 0;
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT) return true;
    if (fd < 0 || fstat(fd, &st) != 0) {
        if (fd >= 0) close(fd);
        return err_set(err, ERR_IO, "", "The file " PLACE_HEADS " of the store cannot be read: %s.", strerror(errno));
    }
    text = arena_alloc(a, (size_t)st.st_size + 1);
    while ((off_t)*n < st.st_size && (got = read(fd, text + *n, (size_t)st.st_size - *n)) > 0) *n += (size_t)got;
    close(fd);
    *out = text;
    return got >= 0 || err_set(err, ERR_IO, "", "The file " PLACE_HEADS " of the store cannot be read: %s.", strerror(errno));
}

/* ---- a file as the store ---- */

static bool version_fits(Store *s, Err *err)
{
    int version = 0;

    if (s->engine->version(s->conn, &version, NULL) != ENG_DONE || version < 1)
        return err_set(err, ERR_CORRUPT, "", "The file is not a whole store.");
    if (version <= migrations_n) return true;
    return err_set(err, ERR_INVALID, "",
        "The store was made by a newer book124 (schema %d; this one knows %d). Use that one, or a newer one.", version, migrations_n);
}

static bool file_fits(const char *path, Err *err)
{
    Store *s = store_open_file_any(path, err);
    bool ok = s && version_fits(s, err) && is_sound(s, true, err);

    store_close_file(&s);
    return ok;
}

static void heads_settle(const Place *p)
{
    char from[3400], to[3400];

    snprintf(from, sizeof from, "%s" COPY_HEADS, p->unfinished);
    snprintf(to, sizeof to, "%s/" PLACE_HEADS, p->dir);
    rename(from, to);
}

bool store_adopt(const char *dir, StoreFill *fill, void *with, Err *err)
{
    Place p, left;
    char heads[3400];
    Gate *gate = NULL;
    bool ok = false;

    if (!place_prepare(dir, &p, err)) return false;
    gate = gate_open(p.gate, err);
    if (gate && gate_enter(gate, 10000, err) && place_is_free(&p, err)) {
        left = p;
        left.made = false;
        place_abandon(&left); /* what an interrupted one left */
        snprintf(heads, sizeof heads, "%s" COPY_HEADS, p.unfinished);
        ok = fill(with, p.unfinished, heads, err) && file_fits(p.unfinished, err);
        ok = ok && place_settle(&p, err);
        if (ok)
            heads_settle(&p);
        else
            place_abandon(&p);
    } else if (p.made)
        place_abandon(&p);
    gate_close(&gate);
    return ok;
}
