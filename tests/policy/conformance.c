/* conformance.c — the standard policy against expected lines, exactly.
** conformance CASES.jsonl NOW EXPECTED.jsonl …: every difference is shown; the exit status is 1 when there is any.
** The file may be a name in the shared scenarios (shared:NAME); when they are not there, the test says so and is skipped. */
#include "policy_files.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

enum { SKIPPED = 77, SHOWN = 40 };

static const char *resolve(const char *name)
{
    if (strncmp(name, "shared:", 7) == 0) return shared_path(name + 7);
    return data_path(name);
}

static size_t line_length(const char *s)
{
    const char *end = strchr(s, '\n');

    return end ? (size_t)(end - s) : strlen(s);
}

static size_t compare(const char *want, const char *got)
{
    size_t different = 0;

    while (*want || *got) {
        size_t n = line_length(want), m = line_length(got);
        if ((n != m || memcmp(want, got, n) != 0) && ++different <= SHOWN)
            printf("want %.*s\ngot  %.*s\n", (int)n, want, (int)m, got);
        want += n + (want[n] == '\n');
        got += m + (got[m] == '\n');
    }
    return different;
}

static size_t compare_at(const Policy *p, const Cases *cases, const char *now, const char *expected)
{
    size_t n, different;
    char *want = file_read(expected, &n);
    Str got = { 0 };

    if (!want) {
        printf("%s cannot be read\n", expected);
        return 1;
    }
    duties_as_lines(p, cases, at(now), &got);
    different = compare(want, str_text(&got));
    printf("%s: %zu cases, %zu of the lines differ\n", now, cases->n, different);
    str_finish(&got);
    mem_free(want);
    return different;
}

int main(int argc, char **argv)
{
    Arena *a = arena_new();
    Policy *p = standard_policy();
    const char *path = argc > 1 ? resolve(argv[1]) : NULL;
    size_t different = 0;
    Cases cases;

    if (!path) {
        printf("SKIPPED: the shared scenarios are not here (BOOK124_SHARED)\n");
        return SKIPPED;
    }
    cases = cases_read(path, policy_vocabs(p), a);
    for (int i = 2; i + 1 < argc; i += 2) different += compare_at(p, &cases, argv[i], resolve(argv[i + 1]));
    policy_free(&p);
    arena_free(&a);
    return different > 0;
}
