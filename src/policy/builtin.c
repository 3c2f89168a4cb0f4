/* builtin.c — the policies that the program carries with it: policies/NAME.policy. */
#include "policy/policy.h"

#include "base/str.h"

#include "embedded.h"

#include <stdio.h>

/* policies/NAME.words */
const char *policy_words_builtin(const char *name, size_t *n)
{
    char file[80];
    const char *text;

    snprintf(file, sizeof file, "%s.words", name);
    text = policy_builtin(file, n);
    return text ? text : policy_builtin(name, n); /* the table leaves endings out */
}

const char *policy_builtin(const char *name, size_t *n)
{
    for (const EmbeddedText *it = embedded_texts; it->name; it++) {
        if (!str_eq(it->name, name)) continue;
        *n = it->n;
        return it->text;
    }
    *n = 0;
    return NULL;
}
