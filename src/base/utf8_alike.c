/* utf8_alike.c — the same word typed on two keyboards made the same bytes.
** NFC is for what is stored; the search key goes much further and is never shown. */
#include "base/utf8.h"

#include "base/mem.h"
#include "base/str.h"
#include <string.h>
#include <utf8proc.h>

/* What a search may ignore: capitals, accents, width and ligatures, invisible characters; and
** the many hyphens, apostrophes and spaces are one each, so that O’Neill is O'Neill. */
enum {
    NFC = UTF8PROC_STABLE | UTF8PROC_COMPOSE,
    SEARCH_KEY = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
                 UTF8PROC_IGNORE | UTF8PROC_LUMP
};

static bool is_ascii(const char *s)
{
    while (*s && (signed char)*s >= 0) s++;
    return *s == '\0';
}

/* NULL when s is not UTF-8. */
static char *map(const char *s, int options)
{
    utf8proc_uint8_t *out = NULL;
    size_t n = strlen(s);

    if (!utf8_valid(s, n, NULL)) return NULL;
    utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &out, (utf8proc_option_t)options);
    if (!out) mem_exhausted(); /* valid text can only fail for want of memory */
    return (char *)out;
}

char *utf8_nfc(const char *s)
{
    return is_ascii(s) ? mem_dup(s) : map(s, NFC);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Runs of white space become one space; none is left at either end. In place. */
static void fold_spaces(char *s)
{
    char *to = s;

    for (const char *from = s; *from; from++) {
        if (!is_space(*from))
            *to++ = *from;
        else if (to > s && to[-1] != ' ')
            *to++ = ' ';
    }
    if (to > s && to[-1] == ' ') to--;
    *to = '\0';
}

char *utf8_fold(const char *s)
{
    char *key;

    if (!is_ascii(s)) {
        key = map(s, SEARCH_KEY);
    } else {
        key = mem_dup(s);
        for (char *c = key; *c; c++)
            if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 'a' - 'A');
    }
    if (key) fold_spaces(key);
    return key;
}
