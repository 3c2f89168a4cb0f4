/* case_scan.c — JSON (RFC 8259) read piece by piece.
** Why not jansson for the whole document: its tree costs two thirds of the time of an import's reading, and the catalogue
** says already what comes where. Numbers do not occur in a case outside of answers, so this knows only where they end.
** A text must be UTF-8 and hold no NUL and no half of a surrogate pair. */
#include "case_scan.h"

#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

static bool bad(Scan *sc, const char *fault)
{
    if (!sc->fault) sc->fault = fault;
    return false;
}

static bool bad_sign(Scan *sc)
{
    return bad(sc, sc->p < sc->end ? "a sign is missing or does not belong there" : "it ends too early");
}

static void skip_space(Scan *sc)
{
    while (sc->p < sc->end && (*sc->p == ' ' || *sc->p == '\n' || *sc->p == '\t' || *sc->p == '\r')) sc->p++;
}

void scan_start(Scan *sc, const char *json, size_t n, Arena *a)
{
    *sc = (Scan){ .start = json, .p = json, .end = json + n, .a = a };
}

bool scan_finish(Scan *sc)
{
    skip_space(sc);
    return sc->p == sc->end || bad(sc, "something follows its end");
}

bool scan_tell(const Scan *sc, Err *err)
{
    return err_set(
        err, ERR_INVALID, "", "This is not good JSON: %s (byte %zu).", sc->fault, (size_t)(sc->p - sc->start) + 1);
}

ScanKind scan_peek(Scan *sc)
{
    skip_space(sc);
    if (sc->fault || sc->p == sc->end) return bad_sign(sc), SCAN_BAD;
    switch (*sc->p) {
    case '{': return SCAN_OBJECT;
    case '[': return SCAN_LIST;
    case '"': return SCAN_TEXT;
    case 't': return SCAN_YES;
    case 'f': return SCAN_NO;
    case 'n': return SCAN_NULL;
    default: return *sc->p == '-' || (*sc->p >= '0' && *sc->p <= '9') ? SCAN_NUMBER : (bad_sign(sc), SCAN_BAD);
    }
}

const char *scan_word(ScanKind kind)
{
    static const char *const words[] = { "", "an object", "a list", "a text", "a number", "true or false",
        "true or false", "null" };

    return words[kind];
}

/* ---- texts ---- */

/* Four hex digits behind \u; -1 when they are not. */
static int hex4(const char *p, const char *end)
{
    int value = 0;

    if (end - p < 4) return -1;
    for (int i = 0; i < 4; i++) {
        int c = (unsigned char)p[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* \uXXXX at sc->p (on the u), pairs together; the character goes to `to`, which moves. */
static bool unescape_unicode(Scan *sc, char **to)
{
    int high = hex4(sc->p + 1, sc->end), low;
    uint32_t character = (uint32_t)high;

    if (high < 0) return bad_sign(sc);
    if (high == 0) return bad(sc, "a text holds a NUL character");
    sc->p += 5;
    if (high >= 0xD800 && high <= 0xDFFF) {
        low = sc->end - sc->p >= 2 && sc->p[0] == '\\' && sc->p[1] == 'u' ? hex4(sc->p + 2, sc->end) : -1;
        if (high >= 0xDC00 || low < 0xDC00 || low > 0xDFFF) return bad(sc, "a text holds half of a surrogate pair");
        character = 0x10000 + (((uint32_t)high - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
        sc->p += 6;
    }
    *to += utf8_encode(character, *to);
    return true;
}

static bool unescape(Scan *sc, char **to)
{
    static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
    const char *at;

    sc->p++;
    if (sc->p == sc->end) return bad_sign(sc);
    if (*sc->p == 'u') return unescape_unicode(sc, to);
    at = memchr(from, *sc->p, sizeof from - 1);
    if (!at) return bad_sign(sc);
    *(*to)++ = into[at - from];
    sc->p++;
    return true;
}

/* From the first backslash on: what came before is copied, the rest is taken apart. */
static bool text_with_escapes(Scan *sc, const char *first, const char *close, ScanText *out)
{
    char *s = arena_alloc(sc->a, (size_t)(close - first)), *to = s;

    for (sc->p = first; *sc->p != '"';) {
        if (*sc->p == '\\') {
            if (!unescape(sc, &to)) return false;
        } else {
            *to++ = *sc->p++;
        }
    }
    *out = (ScanText){ s, (size_t)(to - s) };
    return true;
}

bool scan_text(Scan *sc, ScanText *out)
{
    const char *first = sc->p + 1, *p = first;
    bool escapes = false, foreign = false;
    size_t broken;

    for (; p < sc->end && *p != '"'; p++) {
        unsigned char c = (unsigned char)*p;
        if (c < 0x20) return sc->p = p, bad(sc, "a text holds a line break or control character");
        if (c == '\\') escapes = true, p++;
        foreign = foreign || c >= 0x80;
    }
    if (p >= sc->end) return sc->p = sc->end, bad_sign(sc);
    if (foreign && !utf8_valid(first, (size_t)(p - first), &broken))
        return sc->p = first + broken, bad(sc, "a text is not UTF-8");
    *out = (ScanText){ first, (size_t)(p - first) };
    if (escapes && !text_with_escapes(sc, first, p, out)) return false;
    sc->p = p + 1;
    return true;
}

/* ---- other values ---- */

bool scan_literal(Scan *sc)
{
    const char *word = *sc->p == 't' ? "true" : *sc->p == 'f' ? "false" : "null";
    size_t n = strlen(word);

    if ((size_t)(sc->end - sc->p) < n || memcmp(sc->p, word, n) != 0) return bad_sign(sc);
    sc->p += n;
    return true;
}

/* Behind the value that begins here: brackets are counted, what is in quotes is not looked at. */
static const char *value_end(const char *p, const char *end)
{
    size_t depth = 0;

    for (; p < end; p++) {
        if (*p == '"') {
            for (p++; p < end && *p != '"'; p++)
                if (*p == '\\') p++;
            if (p >= end) return end;
            if (depth == 0) return p + 1;
        } else if (*p == '{' || *p == '[') {
            depth++;
        } else if (*p == '}' || *p == ']') {
            if (depth == 0) return p;
            if (--depth == 0) return p + 1;
        } else if (depth == 0 && (*p == ',' || *p == ' ' || *p == '\n' || *p == '\t' || *p == '\r')) {
            return p;
        }
    }
    return end;
}

bool scan_extent(Scan *sc, ScanText *out)
{
    if (scan_peek(sc) == SCAN_BAD) return false;
    *out = (ScanText){ sc->p, (size_t)(value_end(sc->p, sc->end) - sc->p) };
    sc->p += out->n;
    return true;
}

/* ---- walking ---- */

bool scan_enter(Scan *sc)
{
    sc->p++;
    return true;
}

/* At the end of an object or list, or at its next part: a comma stands before every one but the first. */
static bool next_part(Scan *sc, bool first, char close, bool *more)
{
    *more = false;
    skip_space(sc);
    if (sc->p == sc->end) return bad_sign(sc);
    if (*sc->p == close) return sc->p++, true;
    if (!first) {
        if (*sc->p != ',') return bad_sign(sc);
        sc->p++;
        skip_space(sc);
    }
    *more = true;
    return true;
}

bool scan_member(Scan *sc, bool first, ScanText *key, bool *more)
{
    if (!next_part(sc, first, '}', more)) return false;
    if (!*more) return true;
    if (sc->p == sc->end || *sc->p != '"') return bad_sign(sc);
    if (!scan_text(sc, key)) return false;
    skip_space(sc);
    if (sc->p == sc->end || *sc->p != ':') return bad_sign(sc);
    sc->p++;
    return true;
}

bool scan_item(Scan *sc, bool first, bool *more)
{
    return next_part(sc, first, ']', more);
}
