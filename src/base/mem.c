/* mem.c — memory that cannot fail. A program that has none left has nothing sensible to say;
** what matters is that the terminal is given back before it ends. */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void (*mem_on_exhausted)(void);

void mem_exhausted(void)
{
    void (*last_words)(void) = mem_on_exhausted;

    mem_on_exhausted = NULL; /* should it run out of memory itself */
    if (last_words) last_words();
    abort();
}

void *mem_new(size_t size)
{
    void *p = calloc(1, size ? size : 1);

    if (!p) mem_exhausted();
    return p;
}

void *mem_grow(void *p, size_t count, size_t item)
{
    size_t size;
    void *grown;

    if (__builtin_mul_overflow(count, item, &size)) mem_exhausted();
    grown = realloc(p, size ? size : 1);
    if (!grown) mem_exhausted();
    return grown;
}

char *mem_dup(const char *s)
{
    size_t size;

    if (!s) return NULL;
    size = strlen(s) + 1;
    return memcpy(mem_grow(NULL, size, 1), s, size);
}

void mem_free(void *p)
{
    free(p);
}

void *mem_room(void *items, size_t n, size_t *cap, size_t item)
{
    if (n < *cap) return items;
    if (*cap > SIZE_MAX / 2) mem_exhausted();
    *cap = *cap ? *cap * 2 : 8;
    if (*cap <= n) *cap = n + 1;
    return mem_grow(items, *cap, item);
}
