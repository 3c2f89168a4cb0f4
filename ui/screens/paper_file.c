/* paper_file.c — a paper into a file: its name is asked for. A file that is there already is replaced only after a question, and never half:
** the new one is written beside it and takes its place when it is whole. Only its owner may read it. */
#include "screens.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(int fd, const char *s, size_t n)
{
    while (n > 0) {
        ssize_t w = write(fd, s, n);
        if (w < 0 && errno == EINTR) continue;
        if (w <= 0) return false;
        s += w;
        n -= (size_t)w;
    }
    return fsync(fd) == 0;
}

static bool file_failed(const char *path, Err *err)
{
    if (errno == EACCES)
        return err_set(err, ERR_IO, "file",
            "%s cannot be written. Files go where book124 was started, or into the folder that BOOK124_PRINT_DIR names.", path);
    return err_set(err, ERR_IO, "file", "%s cannot be written: %s.", path, strerror(errno));
}

/* ERR_STALE when it is there already. */
static bool write_new(const char *path, const Str *text, Err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool ok;

    if (fd < 0 && errno == EEXIST) return err_set(err, ERR_STALE, "file", "%s is there already.", path);
    if (fd < 0) return file_failed(path, err);
    ok = write_all(fd, str_text(text), text->n);
    if (close(fd) != 0) ok = false;
    if (ok) return true;
    file_failed(path, err);
    unlink(path);
    return false;
}

static bool replace(const char *path, const Str *text, Err *err)
{
    char *beside = NULL;
    int fd;
    bool ok;

    if (asprintf(&beside, "%s.XXXXXX", path) < 0) return err_set(err, ERR_BUG, "file", "There is no memory left.");
    fd = mkstemp(beside); /* 0600 */
    ok = fd >= 0 && write_all(fd, str_text(text), text->n);
    if (fd >= 0 && close(fd) != 0) ok = false;
    if (ok) ok = rename(beside, path) == 0;
    if (!ok) file_failed(path, err);
    if (!ok && fd >= 0) unlink(beside);
    free(beside);
    return ok;
}

static bool put_file(Screen *self, const char *path, const Str *text, Err *err)
{
    char question[400];

    if (write_new(path, text, err)) return true;
    if (err->kind != ERR_STALE) return false;
    err_clear(err);
    snprintf(question, sizeof question, "%.200s is there already. What is in it now will be gone.", path);
    if (!ask_confirm(self->loop, "Replace the file", question, "Replace it")) return false;
    return replace(path, text, err);
}

/* A name that fits every file system: letters, digits, - and _ are kept, and the dot of its ending. */
static void suggest(const char *name, Str *out)
{
    size_t from = out->n;
    char *dot;

    str_add(out, name);
    dot = strrchr(out->s + from, '.');
    for (char *c = out->s + from; *c; c++)
        if (c != dot && !strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", *c)) *c = '_';
}

/* Asks until the file is written or Esc. */
void paper_write_file(Screen *self, const char *title, const char *name, const Str *text)
{
    Str path = { 0 };
    AskLine q = { .title = title, .label = "Name of the file", .limit = 400 };
    Err err = { 0 };
    char error[sizeof err.text];
    bool asked, ok = false;

    suggest(name, &path);
    do {
        snprintf(error, sizeof error, "%s", err.text);
        err_clear(&err);
        q.error = *error ? error : NULL;
        asked = ask_line(self->loop, &q, &path) && loop_top(self->loop) == self;
        if (asked) ok = put_file(self, str_text(&path), text, &err);
    } while (asked && !ok && loop_top(self->loop) == self);
    if (ok) {
        char *full = realpath(str_text(&path), NULL);
        loop_status(self->loop, STYLE_GOOD, "Written: %s", full ? full : str_text(&path));
        free(full);
    }
    str_finish(&path);
}
