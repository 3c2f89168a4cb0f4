/* lines.c — a file of any size as lines of bounded length, in constant memory. A line that is too long is read to
** its end and said to be so; the next one is whole again. */
#include "lines.h"

#include "base/crypto.h"
#include "base/mem.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { BUFFER = 64 << 10 };

int64_t file_size(FILE *in)
{
    struct stat st;
    off_t at = ftello(in);

    if (fstat(fileno(in), &st) != 0 || !S_ISREG(st.st_mode) || at < 0 || st.st_size < at) return 0;
    return st.st_size - at;
}

void lines_start(Lines *l, FILE *in)
{
    *l = (Lines){ .in = in, .buffer = mem_new(BUFFER) };
}

void lines_finish(Lines *l)
{
    if (l->buffer) crypto_wipe(l->buffer, BUFFER);
    if (l->text.s) crypto_wipe(l->text.s, l->text.cap);
    mem_free(l->buffer);
    str_finish(&l->text);
    l->buffer = NULL;
}

/* False at the end of the file or when reading fails (then err is filled). */
static bool fill(Lines *l, Err *err)
{
    if (l->at < l->filled) return true;
    l->at = 0;
    errno = 0;
    l->filled = fread(l->buffer, 1, BUFFER, l->in);
    if (l->filled > 0) return true;
    if (ferror(l->in)) err_set(err, ERR_IO, "", "The file cannot be read: %s.", strerror(errno));
    return false;
}

size_t lines_peek(Lines *l, const char **bytes, Err *err)
{
    if (!fill(l, err)) return 0;
    if (l->bytes == 0 && l->filled >= 3 && memcmp(l->buffer, "\xef\xbb\xbf", 3) == 0) l->at = 3, l->bytes = 3;
    *bytes = l->buffer + l->at;
    return l->filled - l->at;
}

static void keep(Lines *l, const char *bytes, size_t n)
{
    size_t room = LINE_BYTES_MAX - l->text.n;

    l->bytes += (int64_t)n;
    if (n > room) l->too_long = true;
    str_add_n(&l->text, bytes, n < room ? n : room);
}

bool lines_next(Lines *l, Err *err)
{
    const char *start, *end = NULL;
    Err why = { 0 };
    bool any = false;

    str_clear(&l->text);
    l->too_long = false;
    if (l->number == 0) lines_peek(l, &start, &why);
    while (!end && fill(l, &why)) {
        any = true;
        start = l->buffer + l->at;
        end = memchr(start, '\n', l->filled - l->at);
        size_t n = end ? (size_t)(end - start) : l->filled - l->at;
        keep(l, start, n);
        l->at += n + (end != NULL);
        l->bytes += end != NULL;
    }
    if (why.kind != ERR_NONE) {
        if (err) *err = why;
        return false;
    }
    if (l->text.n > 0 && l->text.s[l->text.n - 1] == '\r') l->text.s[--l->text.n] = '\0';
    l->number += any;
    return any;
}
