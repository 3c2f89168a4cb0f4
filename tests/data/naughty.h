/* naughty.h — the strings of naughty.txt and of the shared corpora, as tests of several layers take them. Needs nothing but libc. */
#ifndef TESTS_NAUGHTY_H
#define TESTS_NAUGHTY_H

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Naughty {
    char *s; /* malloc'd to its exact size: a byte behind it is nobody's */
    size_t n;
} Naughty;

typedef struct NaughtyList {
    Naughty *items;
    size_t n, cap;
} NaughtyList;

static inline void naughty_add(NaughtyList *l, const char *s, size_t n)
{
    if (l->n == l->cap) l->items = realloc(l->items, (l->cap = l->cap ? 2 * l->cap : 256) * sizeof *l->items);
    l->items[l->n] = (Naughty){ .s = malloc(n ? n : 1), .n = n };
    memcpy(l->items[l->n++].s, s, n);
}

static inline void naughty_free(NaughtyList *l)
{
    for (size_t i = 0; i < l->n; i++) free(l->items[i].s);
    free(l->items);
    *l = (NaughtyList){ 0 };
}

/* --- the spelling of naughty.txt ------------------------------------------------------------------------ */
static inline size_t naughty_encode(uint32_t cp, char out[4])
{
    if (cp < 0x80) return out[0] = (char)cp, 1;
    if (cp < 0x800) return out[0] = (char)(0xc0 | cp >> 6), out[1] = (char)(0x80 | (cp & 0x3f)), 2;
    if (cp < 0x10000) {
        out[0] = (char)(0xe0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
        out[2] = (char)(0x80 | (cp & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
    out[3] = (char)(0x80 | (cp & 0x3f));
    return 4;
}

static inline uint32_t naughty_hex(const char **p, int digits)
{
    char text[9] = "";

    memcpy(text, *p, (size_t)digits);
    *p += digits;
    return (uint32_t)strtoul(text, NULL, 16);
}

/* What stands behind the backslash; *p is behind it afterwards. */
static inline size_t naughty_escape(const char **p, char out[4])
{
    static const char letters[] = "abefnrtv\\", bytes[] = "\a\b\033\f\n\r\t\v\\";
    char c = *(*p)++;
    const char *at = strchr(letters, c);

    if (c == 'x') return out[0] = (char)naughty_hex(p, 2), 1;
    if (c == 'u') return naughty_encode(naughty_hex(p, 4), out);
    if (c == 'U') return naughty_encode(naughty_hex(p, 8), out);
    out[0] = at ? bytes[at - letters] : c;
    return 1;
}

static inline size_t naughty_spell(const char *line, const char *end, char *out)
{
    size_t n = 0;

    for (const char *p = line; p < end;) {
        if (*p != '\\') {
            out[n++] = *p++;
        } else if (p[1] == '{') {
            char *colon;
            unsigned long times = strtoul(p + 2, &colon, 10);
            const char *close = memchr(colon, '}', (size_t)(end - colon));
            while (times-- > 0) n += naughty_spell(colon + 1, close, out + n);
            p = close + 1;
        } else {
            p++;
            n += naughty_escape(&p, out + n);
        }
    }
    return n;
}

/* --- files ------------------------------------------------------------------------------------------------ */
static inline char *naughty_file(const char *path, size_t *n)
{
    enum { MOST = 1 << 20 };
    FILE *f = fopen(path, "rb");
    char *bytes = f ? malloc(MOST) : NULL;

    *n = f ? fread(bytes, 1, MOST - 1, f) : 0;
    if (f) fclose(f);
    if (bytes) bytes[*n] = '\0';
    return bytes;
}

typedef void NaughtyLine(NaughtyList *l, const char *line, const char *end);

static inline size_t naughty_lines(NaughtyList *l, const char *path, NaughtyLine *each)
{
    size_t n, before = l->n;
    char *bytes = naughty_file(path, &n);

    for (char *p = bytes, *end; p && p < bytes + n; p = end + 1) {
        end = memchr(p, '\n', (size_t)(bytes + n - p));
        if (!end) end = bytes + n;
        if (end > p) each(l, p, end);
    }
    free(bytes);
    return l->n - before;
}

static inline void naughty_spelt(NaughtyList *l, const char *line, const char *end)
{
    char *out;

    if (*line == '#') return;
    out = malloc(1 << 20);
    naughty_add(l, out, naughty_spell(line, end, out));
    free(out);
}

static inline void naughty_raw(NaughtyList *l, const char *line, const char *end)
{
    naughty_add(l, line, (size_t)(end - line));
}

/* "2.1.0:valid hex:C2 A9" and "3.0.1:valid:abc" of utf8tests. */
static inline void naughty_utf8test(NaughtyList *l, const char *line, const char *end)
{
    const char *kind = memchr(line, ':', (size_t)(end - line));
    const char *p = kind ? memchr(kind + 1, ':', (size_t)(end - kind - 1)) : NULL;
    char out[512];
    size_t n = 0;

    if (*line == '#' || !p) return;
    if (strncmp(kind, ":valid:", 7) == 0) {
        naughty_raw(l, p + 1, end);
        return;
    }
    for (p++; p < end && *p != ':' && n < sizeof out;) {
        if (*p == ' ')
            p++;
        else
            out[n++] = (char)naughty_hex(&p, 2);
    }
    naughty_add(l, out, n);
}

/* Every file of a directory as one string, cut where it is long. */
static inline size_t naughty_directory(NaughtyList *l, const char *path)
{
    enum { LONG = 3000 };
    DIR *d = opendir(path);
    size_t before = l->n;

    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        char file[600];
        size_t n;
        snprintf(file, sizeof file, "%.300s/%.255s", path, e->d_name);
        char *bytes = e->d_name[0] == '.' ? NULL : naughty_file(file, &n);
        if (bytes) naughty_add(l, bytes, n < LONG ? n : LONG);
        free(bytes);
    }
    if (d) closedir(d);
    return l->n - before;
}

/* Those that lie beside the source; 0 when they do not. */
static inline size_t naughty_corpora(NaughtyList *l, const char *shared)
{
    static const struct {
        const char *path;
        NaughtyLine *each; /* NULL: a directory */
    } all[] = { { "kuhn-utf8/UTF-8-test.txt", naughty_raw }, { "kuhn-utf8/UTF-8-demo.txt", naughty_raw },
        { "utf8tests/utf8tests.txt", naughty_utf8test }, { "csv-injection/Intruder/csv-payload.txt", naughty_raw },
        { "jsontestsuite/test_parsing", NULL }, { "jsontestsuite/test_transform", NULL },
        { "redos/src/detect/test/unsafe", NULL }, { "redos/bin/test/check-regex", NULL } };
    size_t before = l->n;
    char path[600];

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        snprintf(path, sizeof path, "%.400s/corpora/%s", shared, all[i].path);
        if (all[i].each)
            naughty_lines(l, path, all[i].each);
        else
            naughty_directory(l, path);
    }
    return l->n - before;
}

#endif
