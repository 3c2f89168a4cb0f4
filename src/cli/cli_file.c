/* cli_file.c — files as the user names them. In: a regular file, a pipe, or standard input; a directory or a
** device gets a sentence. Out: a new file beside the wanted one, synced and renamed, so that there is the whole
** file or none. */
#include "cli_inside.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_MAX = 16 << 20 };

const char *cli_shown(const char *name, char out[SHOWN_MAX])
{
    char *safe = utf8_make_safe(name, strlen(name), false, false);
    size_t n = strlen(safe), fits = 0;

    for (size_t next = 0; next < SHOWN_MAX - 4 && fits < n; next = utf8_next(safe, n, fits)) fits = next;
    snprintf(out, SHOWN_MAX, "%.*s%s", (int)fits, safe, fits < n ? "…" : "");
    mem_free(safe);
    return out;
}

static bool cannot(const char *what, const char *name, Err *err)
{
    int why = errno;
    char shown[SHOWN_MAX];

    return err_set(err, why == ENOENT ? ERR_MISSING : ERR_IO, "file", "%s cannot be %s: %s.", cli_shown(name, shown),
        what, strerror(why));
}

static bool is_named(const char *name, Err *err)
{
    return *name || err_set(err, ERR_USAGE, "file", "The name of the file is empty.");
}

static bool kind_fits(const struct stat *st, const char *name, Err *err)
{
    char shown[SHOWN_MAX];

    if (S_ISREG(st->st_mode) || S_ISFIFO(st->st_mode)) return true;
    return err_set(err, ERR_IO, "file", "%s is %s, not a file that can be read.", cli_shown(name, shown),
        S_ISDIR(st->st_mode)    ? "a directory"
        : S_ISSOCK(st->st_mode) ? "a socket"
                                : "a device");
}

/* "/dev/fd/63" and "/dev/stdin" name what is open already; opening them anew fails for a process that cannot be
** inspected. */
static int open_descriptor(const char *name)
{
    static const char prefix[] = "/dev/fd/";

    if (!strcmp(name, "/dev/stdin")) return dup(STDIN_FILENO);
    if (strncmp(name, prefix, strlen(prefix)) ||
        strspn(name + strlen(prefix), "0123456789") != strlen(name + strlen(prefix)))
        return -1;
    return fcntl(atoi(name + strlen(prefix)), F_DUPFD_CLOEXEC, 3);
}

FILE *cli_open_input(const char *name, Err *err)
{
    struct stat st;
    FILE *in = NULL;
    int fd = open_descriptor(name);

    if (!strcmp(name, "-")) return stdin;
    if (!is_named(name, err)) return NULL;
    if (fd < 0 && stat(name, &st)) return cannot("read", name, err), NULL;
    if (fd < 0 && !kind_fits(&st, name, err))
        return NULL; /* before it is opened: opening some devices does something */
    if (fd < 0) fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || fstat(fd, &st))
        cannot("read", name, err);
    else if (kind_fits(&st, name, err))
        in = fdopen(fd, "r");
    if (!in && fd >= 0) close(fd);
    return in;
}

bool cli_read_all(const char *name, Str *out, Err *err)
{
    FILE *in = cli_open_input(name, err);
    char part[1 << 16];
    size_t n;
    bool ok;

    if (!in) return false;
    while (out->n <= READ_MAX && (n = fread(part, 1, sizeof part, in)) > 0) str_add_n(out, part, n);
    ok = !ferror(in) || cannot("read", name, err);
    if (ok && out->n > READ_MAX) ok = err_set(err, ERR_INVALID, "file", "%s is larger than 16 MiB.", cli_shown(name, part));
    if (in != stdin) fclose(in);
    return ok;
}

/* --- out ------------------------------------------------------------------------------------- */
bool cli_target_open(Target *t, const char *name, Err *err)
{
    struct stat st;
    char shown[SHOWN_MAX];
    int fd;

    *t = (Target){ .file = stdout };
    if (!name || !strcmp(name, "-") || !strcmp(name, "/dev/stdout")) return true;
    if (!is_named(name, err)) return false;
    if (!stat(name, &st) && !S_ISREG(st.st_mode))
        return err_set(err, ERR_IO, "output", "%s is %s; the result is only put into a file.", cli_shown(name, shown),
            S_ISDIR(st.st_mode) ? "a directory" : "not a file");
    t->name = mem_dup(name);
    if (asprintf(&t->temporary, "%s.XXXXXX", name) < 0) abort();
    fd = mkostemp(t->temporary, O_CLOEXEC); /* mode 0600 */
    t->file = fd < 0 ? NULL : fdopen(fd, "w");
    if (t->file) return true;
    cannot("written", name, err);
    free(t->temporary);
    t->temporary = NULL;
    cli_target_end(t);
    return false;
}

static bool sync_directory(const char *name)
{
    const char *slash = strrchr(name, '/');
    char *dir = slash ? strndup(name, slash == name ? 1 : (size_t)(slash - name)) : strdup(".");
    int fd = dir ? open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    bool ok = fd >= 0 && (!fsync(fd) || errno == EINVAL);

    if (fd >= 0) close(fd);
    free(dir);
    return ok;
}

bool cli_target_keep(Target *t, Err *err)
{
    FILE *file = t->file;

    if (!t->name) return out_flush(stdout, err);
    t->file = NULL;
    if (fflush(file) || ferror(file) || fsync(fileno(file))) {
        cannot("written", t->name, err);
        fclose(file);
        return false;
    }
    if (fclose(file) || rename(t->temporary, t->name)) return cannot("written", t->name, err);
    free(t->temporary);
    t->temporary = NULL;
    return sync_directory(t->name) || cannot("made safe on the disk", t->name, err);
}

void cli_target_end(Target *t)
{
    if (t->name && t->file) fclose(t->file);
    if (t->temporary) unlink(t->temporary);
    free(t->temporary);
    mem_free(t->name);
    *t = (Target){ 0 };
}
