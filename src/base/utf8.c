/* utf8.c — UTF-8 as people see it: code points, grapheme clusters, columns.
** Breaks and widths are libutf8proc's, so that two machines with different C libraries agree.
** Nearly all text here is plain ASCII: every function has a short way for it.
** A broken sequence is a cluster of its own, one column wide (the replacement character). */
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

enum { ZWJ = 0x200D, FIRST_FLAG = 0x1F1E6, LAST_FLAG = 0x1F1FF };

static bool is_plain(char c) /* printable ASCII: one byte, one cluster, one column */
{
    return c >= 0x20 && c < 0x7F;
}

/* --- code points ------------------------------------------------------------------- */

/* The second byte's range is where overlong forms, surrogates and values that are too large
** are refused, so that what is eaten is the longest prefix some character could begin with. */
typedef struct Lead {
    unsigned more, low, high, bits;
} Lead;

static Lead lead_of(unsigned char c)
{
    if (c >= 0xC2 && c <= 0xDF) return (Lead){ 1, 0x80, 0xBF, c & 0x1Fu };
    if (c == 0xE0) return (Lead){ 2, 0xA0, 0xBF, 0 };
    if (c == 0xED) return (Lead){ 2, 0x80, 0x9F, 0x0D };
    if (c >= 0xE1 && c <= 0xEF) return (Lead){ 2, 0x80, 0xBF, c & 0x0Fu };
    if (c == 0xF0) return (Lead){ 3, 0x90, 0xBF, 0 };
    if (c >= 0xF1 && c <= 0xF3) return (Lead){ 3, 0x80, 0xBF, c & 0x07u };
    if (c == 0xF4) return (Lead){ 3, 0x80, 0x8F, 4 };
    return (Lead){ 0, 0, 0, 0 };
}

uint32_t utf8_decode(const char *s, size_t n, size_t *len)
{
    const unsigned char *u = (const unsigned char *)s;
    uint32_t cp;
    size_t i;
    Lead lead;

    *len = n > 0;
    if (n == 0) return UTF8_BAD;
    if (u[0] < 0x80) return u[0];

    lead = lead_of(u[0]);
    if (lead.more == 0) return UTF8_BAD;
    cp = lead.bits;
    for (i = 1; i <= lead.more && i < n && u[i] >= lead.low && u[i] <= lead.high; i++) {
        cp = cp << 6 | (u[i] & 0x3Fu);
        lead.low = 0x80;
        lead.high = 0xBF;
    }
    *len = i;
    return i > lead.more ? cp : UTF8_BAD;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) return 0;
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
}

bool utf8_valid(const char *s, size_t n, size_t *bad)
{
    size_t len;

    for (size_t at = 0; at < n; at += len) {
        uint64_t eight;

        len = 8;
        if (n - at >= 8) {
            memcpy(&eight, s + at, 8);
            if (!(eight & 0x8080808080808080u)) continue;
        }
        if (utf8_decode(s + at, n - at, &len) != UTF8_BAD) continue;
        if (bad) *bad = at;
        return false;
    }
    return true;
}

/* --- clusters ------------------------------------------------------------------------ */

size_t utf8_next(const char *s, size_t n, size_t at)
{
    utf8proc_int32_t state = 0;
    uint32_t last, cp;
    size_t len;

    if (at >= n) return n;
    if (is_plain(s[at]) && (at + 1 == n || (signed char)s[at + 1] >= 0)) return at + 1;

    last = utf8_decode(s + at, n - at, &len);
    at += len;
    while (at < n && last != UTF8_BAD) {
        cp = utf8_decode(s + at, n - at, &len);
        if (cp == UTF8_BAD) break;
        if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)last, (utf8proc_int32_t)cp, &state)) break;
        at += len;
        last = cp;
    }
    return at;
}

/* The code point that ends at `at` (> 0); *start is where it begins. A broken prefix is eaten
** forwards as utf8_decode does, so going back sees the same pieces as going on. */
static uint32_t decode_before(const char *s, size_t at, size_t *start)
{
    size_t from = at - 1, len;
    uint32_t cp;

    while (from > 0 && at - from < 4 && ((unsigned char)s[from] & 0xC0) == 0x80) from--;
    for (; from < at; from += len) {
        cp = utf8_decode(s + from, at - from, &len);
        *start = from;
        if (from + len == at) return cp;
    }
    *start = at - 1;
    return UTF8_BAD;
}

static bool is_flag(uint32_t cp)
{
    return cp >= FIRST_FLAG && cp <= LAST_FLAG;
}

/* A place at or before the start of the cluster that ends at `at`, where a break is certain without
** knowing what came before: rules with a memory (flags in pairs, emoji joined by ZWJ) are never
** cut. */
static size_t certain_break(const char *s, size_t at)
{
    size_t start, before;
    uint32_t cp = decode_before(s, at, &start);

    while (start > 0 && cp != UTF8_BAD) {
        uint32_t last = decode_before(s, start, &before);

        if (last == UTF8_BAD) break;
        if (last != ZWJ && !(is_flag(last) && is_flag(cp)) &&
            utf8proc_grapheme_break((utf8proc_int32_t)last, (utf8proc_int32_t)cp))
            break;
        cp = last;
        start = before;
    }
    return start;
}

size_t utf8_prev(const char *s, size_t n, size_t at)
{
    size_t start, next;

    if (at > n) at = n;
    if (at == 0) return 0;
    if (is_plain(s[at - 1]) && (at == 1 || (signed char)s[at - 2] >= 0)) return at - 1;

    start = certain_break(s, at);
    while ((next = utf8_next(s, at, start)) < at) start = next;
    return start;
}

/* --- columns ------------------------------------------------------------------------- */

/* A terminal gives a cluster the columns of its widest base, and one to a vowel sign that stands beside it (Bengali, Gujarati,
** Hindi, Tamil …), which is a column of its own to wcwidth and to the terminals that go by it. VS16 does not widen: few terminals
** obey it, and a cell too many is a gap, while a cell too few breaks every border to its right. */
int utf8_cluster_width(const char *s, size_t n)
{
    int width = 0, flags = 0;
    bool beside = false;
    size_t len;

    if (n == 1) return is_plain(s[0]) || (signed char)s[0] < 0;
    for (size_t at = 0; at < n; at += len) {
        uint32_t cp = utf8_decode(s + at, n - at, &len);
        int w = cp == UTF8_BAD ? 1 : utf8proc_charwidth((utf8proc_int32_t)cp);

        if (w > width) width = w;
        if (w == 0 && at > 0 && cp != UTF8_BAD && utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_MC) beside = true;
        if (is_flag(cp) && ++flags == 2) width = 2;
    }
    return beside && width == 1 ? 2 : width;
}

int utf8_width(const char *s)
{
    return utf8_width_n(s, strlen(s));
}

int utf8_width_n(const char *s, size_t n)
{
    int width = 0;

    for (size_t at = 0, next; at < n; at = next) {
        next = utf8_next(s, n, at);
        width += utf8_cluster_width(s + at, next - at);
    }
    return width;
}

size_t utf8_clip(const char *s, size_t n, int columns, int *used)
{
    int width = 0;
    size_t at = 0;

    while (at < n) {
        size_t next = utf8_next(s, n, at);
        int w = utf8_cluster_width(s + at, next - at);

        if (width + w > columns) break;
        width += w;
        at = next;
    }
    if (used) *used = width;
    return at;
}
