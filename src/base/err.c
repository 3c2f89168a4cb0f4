/* err.c — the sentence a person reads when something did not work.
** Everything is formatted aside first, so that an error may be made from its own old text.
** A sentence too long is cut between characters, never inside one. */
#include "base/err.h"

#include "base/utf8.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ROOM = sizeof((Err){ 0 }.text) };

/* snprintf cuts anywhere; take half a character off the end. */
static void trim_to_character(char *s, size_t size)
{
    size_t n = strlen(s), bad;

    if (n + 1 == size && !utf8_valid(s, n, &bad) && bad + 4 > n) s[bad] = '\0';
}

bool err_set(Err *err, ErrKind kind, const char *field, const char *fmt, ...)
{
    Err made = { .kind = kind };
    va_list args;

    if (!err) return false;
    snprintf(made.field, sizeof made.field, "%s", field ? field : "");
    trim_to_character(made.field, sizeof made.field);
    va_start(args, fmt);
    vsnprintf(made.text, sizeof made.text, fmt, args);
    va_end(args);
    trim_to_character(made.text, sizeof made.text);
    *err = made;
    return false;
}

bool err_wrap(Err *err, const char *fmt, ...)
{
    char front[ROOM], whole[2 * ROOM + 2];
    const char *gap;
    va_list args;
    size_t n;

    if (!err) return false;
    va_start(args, fmt);
    vsnprintf(front, sizeof front, fmt, args);
    va_end(args);
    n = strlen(front);
    gap = n > 0 && front[n - 1] == ' ' ? "" : ": ";
    snprintf(whole, sizeof whole, "%s%s%s", front, gap, err->text);
    whole[ROOM - 1] = '\0';
    trim_to_character(whole, ROOM);
    memcpy(err->text, whole, ROOM);
    return false;
}

void err_clear(Err *err)
{
    if (err) *err = (Err){ 0 };
}

const char *err_kind_word(ErrKind kind)
{
    static const char *const words[] = {
        [ERR_NONE] = "none",
        [ERR_INVALID] = "invalid",
        [ERR_USAGE] = "usage",
        [ERR_DENIED] = "denied",
        [ERR_MISSING] = "missing",
        [ERR_STALE] = "stale",
        [ERR_BUSY] = "busy",
        [ERR_IO] = "io",
        [ERR_CORRUPT] = "corrupt",
        [ERR_STOPPED] = "stopped",
        [ERR_BUG] = "bug",
    };

    if ((unsigned)kind >= sizeof words / sizeof words[0]) return "unknown";
    return words[kind];
}
