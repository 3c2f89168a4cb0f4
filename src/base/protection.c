/* protection.c — which protection is switched off, in the one build that can (-Dprotections=true). */
#include "base/protection.h"

#include <stdlib.h>
#include <string.h>

#ifdef BOOK124_PROTECTIONS
static char off[40];

__attribute__((constructor)) static void read_it(void)
{
    const char *name = getenv("BOOK124_WITHOUT");

    if (name) strncpy(off, name, sizeof off - 1);
}

bool protection_is_off(const char *name)
{
    return strcmp(off, name) == 0;
}
#else
typedef int nothing; /* a file must hold something */
#endif
