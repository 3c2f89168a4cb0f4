/* arena.c — memory that is freed together: blocks in a chain, handed out from the front of the
** newest.
** Blocks double up to a megabyte, so a small answer costs one small block and a large one few. A
** secret arena wipes what it handed out, and only that: a wipe costs as much as was used. */
#include "base/arena.h"
#include "base/protection.h"

#include "base/mem.h"
#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { ALIGN = 16, FIRST_BLOCK = 4096, LARGEST_STEP = 1 << 20 };

typedef struct Block {
    struct Block *older;
    size_t size, used; /* of bytes[] */
    alignas(ALIGN) char bytes[];
} Block;

struct Arena {
    Block *newest;
    size_t used;
    bool secret;
};

Arena *arena_new(void)
{
    return mem_new(sizeof(Arena));
}

Arena *arena_new_secret(void)
{
    Arena *a = arena_new();

    a->secret = true;
    return a;
}

static void block_empty(const Arena *a, Block *b)
{
    if (a->secret && !WITHOUT("wiping")) explicit_bzero(b->bytes, b->used);
    b->used = 0;
}

/* Frees every block but `keep`, which may be NULL. */
static void drop_blocks(Arena *a, Block *keep)
{
    for (Block *b = a->newest, *older; b; b = older) {
        older = b->older;
        block_empty(a, b);
        if (b != keep) mem_free(b);
    }
    if (keep) keep->older = NULL;
    a->newest = keep;
    a->used = 0;
}

void arena_free(Arena **a)
{
    if (!a || !*a) return;
    drop_blocks(*a, NULL);
    mem_free(*a);
    *a = NULL;
}

void arena_reset(Arena *a)
{
    Block *largest = a->newest;

    for (Block *b = a->newest; b; b = b->older)
        if (b->size > largest->size) largest = b;
    drop_blocks(a, largest);
}

static void add_block(Arena *a, size_t at_least)
{
    size_t size = a->newest ? a->newest->size * 2 : FIRST_BLOCK;
    Block *b;

    if (size > LARGEST_STEP) size = LARGEST_STEP;
    if (size < at_least) size = at_least;
    if (size > SIZE_MAX - sizeof(Block)) mem_exhausted();
    b = mem_grow(NULL, sizeof(Block) + size, 1);
    *b = (Block){ .older = a->newest, .size = size };
    a->newest = b;
}

void *arena_alloc(Arena *a, size_t size)
{
    size_t rounded;
    Block *b;

    if (size > SIZE_MAX - ALIGN) mem_exhausted();
    rounded = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (rounded == 0) rounded = ALIGN; /* two allocations are never the same address */
    if (!a->newest || a->newest->size - a->newest->used < rounded) add_block(a, rounded);
    b = a->newest;
    b->used += rounded;
    a->used += size;
    return b->bytes + b->used - rounded;
}

void *arena_zero(Arena *a, size_t count, size_t item)
{
    size_t size;

    if (__builtin_mul_overflow(count, item, &size)) mem_exhausted();
    return memset(arena_alloc(a, size), 0, size);
}

void *arena_room(Arena *a, void *items, size_t n, size_t *cap, size_t item)
{
    void *more;
    size_t size;

    if (n < *cap) return items;
    if (__builtin_mul_overflow(n < 4 ? 8 : 2 * n, item, &size)) mem_exhausted();
    *cap = n < 4 ? 8 : 2 * n;
    more = arena_alloc(a, size);
    if (n > 0) memcpy(more, items, n * item);
    return more;
}

char *arena_dup(Arena *a, const char *s)
{
    return s ? arena_dup_n(a, s, strlen(s)) : NULL;
}

char *arena_dup_n(Arena *a, const char *s, size_t n)
{
    char *copy = arena_alloc(a, n + 1);

    if (n > 0) memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}

char *arena_printf(Arena *a, const char *fmt, ...)
{
    va_list args, again;
    char *s;
    int n;

    if (!fmt) return arena_dup(a, "");
    va_start(args, fmt);
    va_copy(again, args);
    n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (n < 0) n = 0; /* only a broken format or 2 GiB of text: empty beats undefined */
    s = arena_alloc(a, (size_t)n + 1);
    s[0] = '\0';
    vsnprintf(s, (size_t)n + 1, fmt, again);
    va_end(again);
    return s;
}

size_t arena_used(const Arena *a)
{
    return a->used;
}
