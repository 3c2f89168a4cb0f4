/* builtin.c — the files that the program carries with it: policies/NAME.policy, .words, .form, .instrument, and retention.groups. */
#include "policy/form_spec.h"
#include "policy/instrument.h"
#include "policy/retention.h"

#include "base/str.h"

#include "embedded.h"

#include <stdio.h>

static const char *builtin(const char *name, const char *ending, size_t *n)
{
    char file[80];

    snprintf(file, sizeof file, "%s.%s", name, ending);
    for (const EmbeddedText *it = embedded_texts; it->name; it++) {
        if (!str_eq(it->name, file)) continue;
        *n = it->n;
        return it->text;
    }
    *n = 0;
    return NULL;
}

const char *policy_builtin(const char *name, size_t *n)
{
    return builtin(name, "policy", n);
}

const char *policy_words_builtin(const char *name, size_t *n)
{
    return builtin(name, "words", n);
}

const char *form_builtin(const char *name, size_t *n)
{
    return builtin(name, "form", n);
}

const char *instrument_builtin(const char *name, size_t *n)
{
    return builtin(name, "instrument", n);
}

const char *retention_groups_builtin(size_t *n)
{
    return builtin("retention", "groups", n);
}
