/* arena.h — memory that is freed together. What reading verbs return lives in
** the arena they were given and dies with it. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_new(void);
Arena *arena_new_secret(void); /* wiped when reset or freed: text about people */
void arena_free(Arena **a);    /* leaves NULL; content with NULL */
void arena_reset(Arena *a);    /* everything in it is gone; its memory is kept for reuse (one block) */

void *arena_alloc(Arena *a, size_t size);                 /* aligned, NOT zeroed */
void *arena_zero(Arena *a, size_t count, size_t item);    /* zeroed array        */
/* A growing list, as mem_room (mem.h): room for one more behind the n that are there. */
void *arena_room(Arena *a, void *items, size_t n, size_t *cap, size_t item);
char *arena_dup(Arena *a, const char *s);                 /* NULL stays NULL     */
char *arena_dup_n(Arena *a, const char *s, size_t n);     /* NUL added           */
char *arena_printf(Arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
size_t arena_used(const Arena *a); /* bytes handed out since the last reset */

#endif
