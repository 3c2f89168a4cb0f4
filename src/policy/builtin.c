/* builtin.c — the policies that the program carries with it: policies/NAME.policy. */
#include "policy/policy.h"

#include "base/str.h"

#include "embedded.h"

/* policies/NAME.words */
const char *policy_words_builtin(const char *name, size_t *n)
{
    return policy_builtin(name, n);
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
