/* wrap.c — where a line of text ends, by the columns a reader sees. */
#include "base/utf8.h"
#include "inside.h"

#include <string.h>

/* One cluster further; it takes one column at least, as on a screen. */
static size_t next_cluster(const char *s, size_t n, size_t at, int *width)
{
    size_t end;
    unsigned char c = (unsigned char)s[at];

    *width = 1;
    if (c >= ' ' && c < 0x7f && (at + 1 >= n || (unsigned char)s[at + 1] < 0x80)) return at + 1;
    end = utf8_next(s, n, at);
    *width = utf8_cluster_width(s + at, end - at);
    if (*width < 1) *width = 1;
    return end;
}

/* Letters of two columns (Chinese, Japanese, signs) are words of their own; one with a vowel sign beside it is not. */
static bool is_wide(const char *s, size_t at, size_t end, int width)
{
    size_t len;

    utf8_decode(s + at, end - at, &len);
    return width == 2 && utf8_cluster_width(s + at, len) == 2;
}

/* Behind a joiner the next letter belongs to the one before: at the end of a line it would join nothing. */
static bool is_joined(const char *s, size_t at)
{
    return at >= 3 && (memcmp(s + at - 3, "\u200d", 3) == 0 || memcmp(s + at - 3, "\u200c", 3) == 0);
}

static bool is_blank(const char *s, size_t at, size_t end)
{
    return end == at + 1 && s[at] == ' ';
}

static size_t skip_blanks(const char *s, size_t n, size_t at)
{
    int w;

    while (at < n && s[at] == ' ') {
        size_t end = next_cluster(s, n, at, &w);
        if (!is_blank(s, at, end)) break; /* a blank that carries a mark is a letter */
        at = end;
    }
    return at;
}

/* Wide letters may be parted anywhere; other words only between them, or, when one is too long for a line, at the edge. */
size_t wrap_line(const char *s, size_t n, size_t at, int columns, bool hard, size_t *next, int *used)
{
    size_t soft = at, soft_next = at, edge = at; /* where the line may end, and the next begin; where it must */
    int width = 0, soft_width = 0, edge_width = 0, w = 0;
    bool in_word = false;

    for (size_t i = at, end; i < n; i = end, width += w) {
        bool blank;
        end = next_cluster(s, n, i, &w);
        blank = is_blank(s, i, end);
        if (blank && in_word && !hard) soft = i, soft_width = width, soft_next = 0;
        in_word = !blank;
        if (!is_joined(s, i)) edge = i, edge_width = width;
        if (width + w > columns && i > at) {
            if (soft > at) return *next = soft_next ? soft_next : skip_blanks(s, n, soft), *used = soft_width, soft;
            if (edge == at) edge = i, edge_width = width;
            return *next = edge, *used = edge_width, edge;
        }
        if (!hard && is_wide(s, i, end, w)) soft = soft_next = end, soft_width = width + w;
    }
    return *next = n, *used = width, n;
}
