/* str.h — a text that grows. Always NUL-terminated; may hold any bytes. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Str {
    char *s;  /* never NULL after the first add; use str_text() to read */
    size_t n; /* bytes without the NUL */
    size_t cap;
} Str;

void str_add(Str *b, const char *s);
void str_add_n(Str *b, const char *s, size_t n);
void str_add_char(Str *b, char c);
void str_addf(Str *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void str_clear(Str *b);            /* empty, memory kept            */
void str_finish(Str *b);           /* frees; b is {0} afterwards    */
const char *str_text(const Str *b); /* "" when nothing was added     */
char *str_take(Str *b);            /* the caller owns it; b is {0}  */

bool str_eq(const char *a, const char *b); /* NULL equals NULL only */
bool str_blank(const char *s);              /* NULL, or nothing but blanks and ends of lines */
/* How many edits (insert, delete, replace, swap) from a to b; for "did you mean". At most 64 bytes each. */
size_t str_distance(const char *a, const char *b);
/* The word of `words` nearest to `wrong`, or NULL when none is near enough to be meant. */
const char *str_nearest(const char *wrong, const char *const *words, size_t n);

#endif
