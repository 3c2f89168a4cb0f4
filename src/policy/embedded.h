/* embedded.h — the table that tools/embed.py makes. Private to src/policy. */
#ifndef POLICY_EMBEDDED_H
#define POLICY_EMBEDDED_H

#include <stddef.h>

typedef struct EmbeddedText {
    const char *name; /* NULL ends the table */
    const char *text; /* a NUL follows       */
    size_t n;
} EmbeddedText;

extern const EmbeddedText embedded_texts[];

#endif
