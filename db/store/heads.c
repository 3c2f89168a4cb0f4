/* heads.c — the file `heads` beside the store: where the log stood, said again outside of it.
** A line is a number of an entry, its hash and the moment: appended every hundred entries, when the last line is older
** than a quarter of an hour, and when somebody signs out. Whoever cuts or rewrites the log must rewrite this file as
** well. Surprise: no save ever fails for it; `doctor` says when it cannot be written. */
#include "inside.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { EVERY_ENTRIES = 100, EVERY_SECONDS = 15 * MINUTE, LINE_MAX_BYTES = 160 };

static void path_of(const Store *s, char path[3400])
{
    snprintf(path, 3400, "%s/" PLACE_HEADS, s->place.dir);
}

static int heads_open(const Store *s, int flags)
{
    char path[3400];

    path_of(s, path);
    return open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
}

/* The machine's clock, not the book's: a training store may stand in another year. */
static bool due(const Store *s, int entries)
{
    char path[3400];
    struct stat st;

    if (s->head.leaving || s->head.seq / EVERY_ENTRIES != (s->head.seq - entries) / EVERY_ENTRIES) return true;
    path_of(s, path);
    return stat(path, &st) != 0 || time(NULL) - st.st_mtime >= EVERY_SECONDS || st.st_mtime > time(NULL) + HOUR;
}

/* After the commit, still inside the gate: so lines stand in the order of the log. */
void heads_note(Store *s, int entries)
{
    char line[LINE_MAX_BYTES], hex[HASH_HEX], at[CIVIL_TEXT];
    int fd, n;

    if (entries == 0 || !due(s, entries)) return;
    s->head.leaving = false;
    n = snprintf(line, sizeof line, "%" PRId64 " %s %s\n", s->head.seq, crypto_hex(s->head.hash, HASH_BYTES, hex),
        civil_format_time((Time)time(NULL), at));
    fd = heads_open(s, O_WRONLY | O_CREAT | O_APPEND);
    s->head.lost = fd < 0 || write(fd, line, (size_t)n) != n || fsync(fd) != 0;
    if (fd >= 0) close(fd);
    s->head.due = true;
}

/* After the gate was left: whoever listens may be slow, and nobody else shall wait for that. */
void heads_tell(Store *s)
{
    char line[LINE_MAX_BYTES], hex[HASH_HEX];

    if (!s->head.due) return;
    s->head.due = false;
    if (!s->head.tell) return;
    snprintf(line, sizeof line, "log head %" PRId64 " %s of store %s", s->head.seq,
        crypto_hex(s->head.hash, HASH_BYTES, hex), s->info.id);
    s->head.tell(s->head.with, line);
}

void store_on_head(Store *s, void (*tell)(void *with, const char *line), void *with)
{
    s->head.tell = tell;
    s->head.with = with;
}

bool heads_writable(Store *s, const char **why)
{
    int fd = heads_open(s, O_WRONLY | O_CREAT | O_APPEND);

    *why = fd < 0 ? strerror(errno) : s->head.lost ? "a line did not reach the disk" : NULL;
    if (fd >= 0) close(fd);
    return *why == NULL;
}

/* ---- reading ---- */

static bool line_read(char *line, LogHead *out)
{
    char *hex, *end;

    out->seq = strtoll(line, &hex, 10);
    if (hex == line || *hex != ' ' || out->seq <= 0) return false;
    end = strchr(++hex, ' ');
    if (!end || end - hex != HASH_HEX - 1) return false;
    *end = '\0';
    return crypto_unhex(hex, out->hash, HASH_BYTES);
}

static int by_seq(const void *a, const void *b)
{
    const LogHead *x = a, *y = b;

    return (x->seq > y->seq) - (x->seq < y->seq);
}

bool store_heads(Store *s, Arena *a, LogHead **out, size_t *n, size_t *unreadable, Err *err)
{
    char line[LINE_MAX_BYTES];
    LogHead *heads = NULL, head;
    size_t cap = 0;
    int fd = heads_open(s, O_RDONLY);
    FILE *f = fd >= 0 ? fdopen(fd, "r") : NULL;

    *out = NULL;
    *n = *unreadable = 0;
    if (!f)
        return errno == ENOENT ||
               err_set(err, ERR_IO, "", "The file " PLACE_HEADS " of the store cannot be read: %s.", strerror(errno));
    while (fgets(line, sizeof line, f)) {
        if (!line_read(line, &head)) {
            ++*unreadable;
            continue;
        }
        heads = mem_room(heads, *n, &cap, sizeof *heads);
        heads[(*n)++] = head;
    }
    fclose(f);
    if (*n) {
        qsort(heads, *n, sizeof *heads, by_seq);
        *out = arena_alloc(a, *n * sizeof *heads);
        memcpy(*out, heads, *n * sizeof *heads);
    }
    mem_free(heads);
    return true;
}
