/* trial_policy.h — policies to try: the standard one with some words replaced. */
#ifndef TESTS_APP_TRIAL_POLICY_H
#define TESTS_APP_TRIAL_POLICY_H

#include "desk.h"

/* The standard text with the first `old` behind `after` replaced; in the arena. */
static inline char *standard_with(Desk *d, const char *after, const char *old, const char *new)
{
    size_t n;
    const char *text = policy_builtin(POLICY_STANDARD, &n);
    char *copy = arena_dup_n(d->a, text, n), *at = strstr(copy, after);

    assert_non_null(at);
    at = strstr(at, old);
    assert_non_null(at);
    return arena_printf(d->a, "%.*s%s%s", (int)(at - copy), copy, new, at + strlen(old));
}

/* Supervision every five days instead of seven, and the examples as they then are. */
static inline char *five_days(Desk *d)
{
    static const char *const changes[][2] = { { "every    7 days", "every    5 days" },
        { "due 2010-03-29 10:00", "due 2010-03-27 10:00" }, { "due 2010-03-31 15:00", "due 2010-03-29 15:00" },
        { "at 2010-03-31 15:00:01", "at 2010-03-29 15:00:01" } };
    char *text = standard_with(d, "duty ds-supervision", changes[0][0], changes[0][1]);

    for (size_t i = 1; i < ARRAY_LEN(changes); i++) {
        char *at = strstr(strstr(text, "duty ds-supervision"), changes[i][0]);
        assert_non_null(at);
        memcpy(at, changes[i][1], strlen(changes[i][1])); /* as long as the old */
    }
    return text;
}

static inline Policy *policy_of(Desk *d, const char *text)
{
    PolicyProblems problems = { .arena = d->a };
    Policy *p = policy_parse("trial", text, strlen(text), &problems);

    if (!p) fail_msg("line %d: %s", problems.items[0].line, problems.items[0].text);
    return p;
}

#endif
