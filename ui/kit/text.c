/* text.c — how wide a text is when it is shown, and where its rows end. The one place that decides both, so that the
** editor, the pager and the boxes break lines alike. Plain ASCII is the fast road; the rest asks base/utf8. */
#include "base/mem.h"
#include "base/utf8.h"
#include "grid_in.h"
#include <string.h>

static bool simple(unsigned char c)
{
    return c >= ' ' && c < 0x7f;
}

/* Is the cluster [at, end) safe where it stands? By itself, or with what it belongs to: a mark that is a cluster of its own (Burmese)
** has its letter before it, a joiner its second letter behind it. */
static bool safe_here(const char *s, size_t n, size_t at, size_t end)
{
    enum { BACK = 5 /* a letter and the marks that it may carry */ };
    size_t from = at, behind = utf8_next(s, n, end);
    if (utf8_is_safe(s + at, end - at, false) || utf8_is_safe(s + at, behind - at, false)) return true;
    for (int k = 0; k < BACK && from > 0; k++) {
        from = utf8_prev(s, n, from);
        if (utf8_is_safe(s + from, end - from, false) || utf8_is_safe(s + from, behind - from, false)) return true;
    }
    return false;
}

size_t text_next(const char *s, size_t n, size_t at, int *width)
{
    *width = 1;
    if (at >= n) return n;
    bool alone = at + 1 >= n || (unsigned char)s[at + 1] < 0x80;
    if (alone && (simple((unsigned char)s[at]) || s[at] == '\t')) return at + 1;

    size_t end = utf8_next(s, n, at);
    if (safe_here(s, n, at, end)) {
        *width = utf8_cluster_width(s + at, end - at);
    } else {
        char *shown = utf8_make_safe(s + at, end - at, false, false);
        *width = utf8_width(shown);
        mem_free(shown);
    }
    if (*width < 1) *width = 1; /* every cell that is drawn takes a column */
    return end;
}

int text_width(const char *s, size_t n)
{
    int total = 0, w = 0;
    for (size_t i = 0; i < n; total += w) i = text_next(s, n, i, &w);
    return total;
}

const char *text_shown(const char *s, size_t *n, bool ascii, char **copy)
{
    *copy = NULL;
    if (utf8_is_safe(s, *n, false)) return s;
    *copy = utf8_make_safe(s, *n, false, ascii);
    *n = strlen(*copy);
    return *copy;
}

char *text_safe_lines(const char *s)
{
    char *safe = utf8_make_safe(s, strlen(s), true, false);
    for (char *p = safe; *p; p++)
        if (*p == '\t') *p = ' ';
    return safe;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Blanks that do not fit hang over the edge and are not carried to the next row. */
static size_t hang(const char *s, size_t n, size_t i, size_t *next)
{
    size_t end = i;
    while (i < n && is_blank(s[i])) i++;
    if (i < n && s[i] == '\n') end = i++;
    *next = i;
    return end;
}

size_t text_wrap(const char *s, size_t n, size_t at, int cols, size_t *next)
{
    int used = 0, w = 0;
    size_t soft = at; /* behind the last blank: where a row may end */
    for (size_t i = at, j; i < n; i = j, used += w) {
        if (s[i] == '\n') {
            *next = i + 1;
            return i;
        }
        j = text_next(s, n, i, &w);
        if (used + w > cols && is_blank(s[i])) return hang(s, n, i, next);
        if (used + w > cols) return *next = soft > at ? soft : i > at ? i : j;
        if (is_blank(s[i])) soft = j;
    }
    return *next = n;
}

int text_rows(const char *s, int cols)
{
    size_t n = strlen(s), at = 0, end = 0;
    int rows = 0;
    bool more = true;
    while (more) {
        size_t next = 0;
        end = text_wrap(s, n, at, cols, &next);
        more = next < n || (end < n && s[end] == '\n');
        at = next;
        rows++;
    }
    return rows;
}
