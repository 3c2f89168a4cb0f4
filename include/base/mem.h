/* mem.h — memory that cannot fail: out of memory ends the program through
** mem_on_exhausted, which the ui sets so that the terminal is given back first. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void *mem_new(size_t size);                             /* zeroed                        */
void *mem_grow(void *p, size_t count, size_t item);     /* realloc(count*item), checked  */
char *mem_dup(const char *s);                           /* NULL stays NULL               */
void mem_free(void *p);
/* Make room for one more in a growing array: doubles `*cap` when `n == *cap`. */
void *mem_room(void *items, size_t n, size_t *cap, size_t item);
/* Called once, before abort(), when memory is exhausted. NULL for none. */
extern void (*mem_on_exhausted)(void);
_Noreturn void mem_exhausted(void); /* for libraries that report it instead of dying */

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
