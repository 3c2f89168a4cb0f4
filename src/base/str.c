/* str.c — a text that grows, and how far two words are apart.
** Growth doubles, so adding a million characters one by one copies about two million. */
#include "base/str.h"

#include "base/mem.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Room for n more bytes and the NUL. */
static void need(Str *b, size_t n)
{
    size_t cap = b->cap ? b->cap : 32, wanted;

    if (__builtin_add_overflow(b->n + 1, n, &wanted) || wanted > SIZE_MAX / 2) mem_exhausted();
    if (b->s && wanted <= b->cap) return;
    while (cap < wanted) cap *= 2;
    b->s = mem_grow(b->s, cap, 1);
    b->cap = cap;
}

void str_add(Str *b, const char *s)
{
    if (s) str_add_n(b, s, strlen(s));
}

void str_add_n(Str *b, const char *s, size_t n)
{
    need(b, n);
    if (n > 0) memcpy(b->s + b->n, s, n);
    b->n += n;
    b->s[b->n] = '\0';
}

void str_add_char(Str *b, char c)
{
    str_add_n(b, &c, 1);
}

void str_addf(Str *b, const char *fmt, ...)
{
    va_list args, again;
    int n;

    if (!fmt) return;
    va_start(args, fmt);
    va_copy(again, args);
    n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (n > 0) {
        need(b, (size_t)n);
        vsnprintf(b->s + b->n, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

void str_clear(Str *b)
{
    b->n = 0;
    if (b->s) b->s[0] = '\0';
}

void str_finish(Str *b)
{
    mem_free(b->s);
    *b = (Str){ 0 };
}

const char *str_text(const Str *b)
{
    return b->s ? b->s : "";
}

char *str_take(Str *b)
{
    char *s;

    need(b, 0);
    b->s[b->n] = '\0';
    s = b->s;
    *b = (Str){ 0 };
    return s;
}

bool str_eq(const char *a, const char *b)
{
    if (!a || !b) return a == b;
    return strcmp(a, b) == 0;
}

bool str_blank(const char *s)
{
    return !s || s[strspn(s, " \t\r\n")] == '\0';
}

/* --- how far apart --------------------------------------------------------------- */

enum { WORD = 64 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: a swap of neighbours is one edit, and no place is edited twice. Three
** rows of the table are enough: the one being made, the last, and the one before for swaps. */
size_t str_distance(const char *a, const char *b)
{
    size_t rows[3][WORD + 1], na = strlen(a), nb = strlen(b);
    size_t *before = rows[0], *last = rows[1], *row = rows[2];

    if (na > WORD || nb > WORD) return strcmp(a, b) == 0 ? 0 : (na > nb ? na : nb);
    for (size_t j = 0; j <= nb; j++) before[j] = last[j] = j;

    for (size_t i = 1; i <= na; i++) {
        size_t *spare = before;

        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        before = last;
        last = row;
        row = spare;
    }
    return last[nb];
}

static void lower_word(char out[WORD + 1], const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) out[i] = (char)tolower((unsigned char)s[i]);
    out[n] = '\0';
}

/* One slip in three letters is a slip; more is another word. Capitals do not matter. */
const char *str_nearest(const char *wrong, const char *const *words, size_t n)
{
    const char *nearest = NULL;
    char typed[WORD + 1], word[WORD + 1];
    size_t best = SIZE_MAX, length = wrong ? strlen(wrong) : 0;

    if (length == 0 || length > WORD) return NULL;
    lower_word(typed, wrong, length);

    for (size_t i = 0; i < n; i++) {
        size_t m = strlen(words[i]), longer = m > length ? m : length, apart;

        if (m == 0 || m > WORD) continue;
        lower_word(word, words[i], m);
        apart = str_distance(typed, word);
        if (apart >= best || apart >= longer) continue;
        if (apart > 1 && apart > longer / 3) continue;
        best = apart;
        nearest = words[i];
    }
    return nearest;
}
