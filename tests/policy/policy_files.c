/* policy_files.c — files, cases and duties as lines, for the policy tests. */
#include "policy_files.h"

#include "base/crypto.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void give_up(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(99);
}

char *file_read(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    Str text = { 0 };
    char buffer[1 << 16];
    size_t got;

    if (!f) return NULL;
    while ((got = fread(buffer, 1, sizeof buffer, f)) > 0) str_add_n(&text, buffer, got);
    fclose(f);
    *n = text.n;
    return str_take(&text);
}

static const char *in_directory(const char *directory, const char *name)
{
    static char paths[4][600];
    static int next;
    char *path = paths[next++ % 4];

    snprintf(path, sizeof paths[0], "%s/%s", directory, name);
    return path;
}

const char *data_path(const char *name)
{
    const char *directory = getenv("BOOK124_POLICY_DATA");

    return in_directory(directory ? directory : "tests/policy/data", name);
}

const char *shared_path(const char *name)
{
    const char *directory = getenv("BOOK124_SHARED"), *path;
    FILE *f;

    if (!directory) directory = getenv("BOOK124_SHARED_DEFAULT");
    if (!directory) return NULL;
    path = in_directory(directory, name);
    if (!(f = fopen(path, "rb"))) return NULL;
    fclose(f);
    return path;
}

char *problems_of(const char *text, size_t n, Policy **policy)
{
    PolicyProblems problems = { .arena = arena_new() };
    Policy *p = policy_parse("test.policy", text, n, &problems);
    Str page = { 0 };

    for (size_t i = 0; i < problems.n; i++) policy_problem_print(&problems.items[i], "test.policy", text, n, &page);
    arena_free(&problems.arena);
    if (policy)
        *policy = p;
    else
        policy_free(&p);
    return str_take(&page);
}

Policy *standard_policy(void)
{
    size_t n;
    const char *text = policy_builtin(POLICY_STANDARD, &n);
    Policy *p;
    char *page;
    Err err = { 0 };

    if (!crypto_start(&err)) give_up("crypto", err.text);
    page = problems_of(text, n, &p);
    if (!p) give_up("the standard policy", page);
    mem_free(page);
    return p;
}

Cases cases_read(const char *path, const Vocabs *v, Arena *a)
{
    size_t n, cap = 0;
    char *text = file_read(path, &n);
    Cases out = { 0 };
    CaseDoc *docs = NULL;
    Err err = { 0 };

    if (!text) give_up(path, "cannot be read");
    for (char *line = text, *end; *line; line = end + 1) {
        end = strchr(line, '\n');
        if (!end) end = line + strlen(line);
        docs = mem_room(docs, out.n, &cap, sizeof *docs);
        if (end > line && !case_read(line, (size_t)(end - line), v, TIME_MAX, a, &docs[out.n++], NULL, &err))
            give_up(path, err.text);
        if (!*end) break;
    }
    out.docs = arena_alloc(a, (out.n + 1) * sizeof *docs);
    if (out.n) memcpy(out.docs, docs, out.n * sizeof *docs);
    mem_free(docs);
    mem_free(text);
    return out;
}

static void add_time(Str *out, const char *key, Time t)
{
    char text[CIVIL_TEXT];

    if (t == TIME_NONE)
        str_addf(out, ",\"%s\":null", key);
    else
        str_addf(out, ",\"%s\":\"%s\"", key, civil_format_time(t, text));
}

void duties_as_lines(const Policy *p, const Cases *cases, Time now, Str *out)
{
    Arena *a = arena_new();
    Duty *all;

    for (size_t c = 0; c < cases->n; c++) {
        size_t n = policy_evaluate(p, &cases->docs[c], now, a, &all);
        for (size_t i = 0; i < n; i++) {
            str_addf(out, "{\"case\":\"%s\",\"duty\":\"%s\",\"cycle\":%d,\"owner\":\"%s\",\"state\":\"%s\"",
                cases->docs[c].id, all[i].id, all[i].cycle, role_word(all[i].owner),
                duty_state_word(duty_state(&all[i], now)));
            add_time(out, "start", all[i].start);
            add_time(out, "opens", all[i].opens);
            add_time(out, "due", all[i].due);
            add_time(out, "done", all[i].done);
            str_add(out, "}\n");
        }
        arena_reset(a);
    }
    arena_free(&a);
}

Time at(const char *text)
{
    Time t = TIME_NONE;
    Err err = { 0 };

    if (!civil_parse_time(text, &t, &err)) give_up(text, err.text);
    return t;
}
