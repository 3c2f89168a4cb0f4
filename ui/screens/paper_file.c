/* paper_file.c — a paper into a file: its name is asked for, and nothing but a name. It goes into the folder for papers, never among the files of the
** store, whatever is typed. A file that is there already is replaced only after a question, and never half: the new one is written beside it, where
** nobody who empties the folder takes it for a paper, and gets its name when it is whole. Only its owner may read it. */

#include "access.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
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

/* ---- the folder ---- */

static const char *folder_name(void)
{
    const char *named = getenv("BOOK124_PRINT_DIR");

    return named && *named ? named : ".";
}

static bool same_folder(int a, int b)
{
    struct stat x, y;

    return fstat(a, &x) == 0 && fstat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* The store's own folder, or one below it. */
static bool inside_store(int folder, const char *store)
{
    int of_store = open(store, O_PATH | O_DIRECTORY | O_CLOEXEC), at = openat(folder, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    bool inside = of_store < 0 || at < 0 || same_folder(at, of_store), top = inside;

    while (!inside && !top) {
        int above = openat(at, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
        top = above < 0 || same_folder(above, at);
        inside = !top && same_folder(above, of_store);
        close(at);
        at = above;
    }
    if (of_store >= 0) close(of_store);
    if (at >= 0) close(at);
    return inside;
}

static int folder_open(const App *app, Err *err)
{
    int folder = open(folder_name(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (folder < 0) {
        err_set(err, ERR_IO, "file", "The folder for papers, %.200s, cannot be opened: %s. BOOK124_PRINT_DIR names it.", folder_name(), strerror(errno));
        return -1;
    }
    if (!inside_store(folder, app_dir(app))) return folder;
    close(folder);
    err_set(err, ERR_INVALID, "file", "No paper goes into the folder of the store. Start book124 elsewhere, or name a folder in BOOK124_PRINT_DIR.");
    return -1;
}

/* ---- the file ---- */

static bool is_name(const char *name, Err *err)
{
    if (*name && *name != '.' && !strchr(name, '/')) return true;
    return err_set(err, ERR_INVALID, "file", "A name only, without / and not beginning with a dot: the file goes into %.200s.",
        str_eq(folder_name(), ".") ? "the folder where book124 was started" : folder_name());
}

static bool file_failed(const char *name, Err *err)
{
    return err_set(err, ERR_IO, "file", "%.120s cannot be written: %s. Papers go where book124 was started, or into the folder that BOOK124_PRINT_DIR names.",
        name, strerror(errno));
}

static bool is_there(int folder, const char *name)
{
    struct stat st;

    return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

/* errno is EEXIST when there is one already and it is not to be replaced. */
static bool give_name(int folder, const char *from, const char *name, bool instead)
{
    if (instead) return renameat(folder, from, folder, name) == 0;
    if (renameat2(folder, from, folder, name, RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL) return false; /* else a file system that cannot promise it */
    errno = EEXIST;
    return !is_there(folder, name) && renameat(folder, from, folder, name) == 0;
}

/* ERR_STALE when it is there already. */
static bool write_file(int folder, const char *name, const Str *text, bool instead, Err *err)
{
    char beside[300];
    int fd;
    bool ok;

    snprintf(beside, sizeof beside, ".%.200s.%ld", name, (long)getpid());
    unlinkat(folder, beside, 0); /* of a process of that number that was killed */
    fd = openat(folder, beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return file_failed(name, err);
    ok = write_all(fd, str_text(text), text->n);
    if (close(fd) != 0) ok = false;
    if (ok && give_name(folder, beside, name, instead)) return true;
    if (ok && errno == EEXIST)
        err_set(err, ERR_STALE, "file", "%.120s is there already.", name);
    else
        file_failed(name, err);
    unlinkat(folder, beside, 0);
    return false;
}

static bool put_file(Screen *self, const char *name, const Str *text, Err *err)
{
    char question[400];
    int folder;
    bool ok;

    if (!is_name(name, err) || (folder = folder_open(app_of(self), err)) < 0) return false;
    ok = write_file(folder, name, text, false, err);
    if (!ok && err->kind == ERR_STALE) {
        err_clear(err);
        snprintf(question, sizeof question, "%.200s is there already. What is in it now will be gone.", name);
        ok = ask_confirm(self->loop, "Replace the file", question, "Replace it") && loop_top(self->loop) == self &&
             write_file(folder, name, text, true, err);
    }
    close(folder);
    return ok;
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
    AskLine q = { .title = title, .label = "Name of the file", .limit = 120 };
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
        char *folder = realpath(folder_name(), NULL);
        loop_status(self->loop, STYLE_GOOD, "Written: %s/%s", folder ? folder : folder_name(), str_text(&path));
        free(folder);
    }
    str_finish(&path);
}

React paper_sheet(Screen *self, const char *what, const char *act, const char *name, PaperMake *make)
{
    const AskItem items[] = { { .text = arena_printf(self->arena, "%s, as PDF", what) }, { .text = arena_printf(self->arena, "%s, as text", what) } };
    int pick = ask_choice(self->loop, "On paper", items, ARRAY_LEN(items), 0);
    bool pdf = pick == 0;
    Str text = { 0 };
    Err err = { 0 };

    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    if (!again_ask(self, act, items[pick].text)) return REACT_STATUS;
    if (!make(self, pdf, &text, &err))
        loop_status_err(self->loop, &err);
    else if (loop_top(self->loop) == self)
        paper_write_file(self, items[pick].text, arena_printf(self->arena, "%s.%s", name, pdf ? "pdf" : "txt"), &text);
    if (text.s) crypto_wipe(text.s, text.cap);
    str_finish(&text);
    return REACT_STATUS;
}
