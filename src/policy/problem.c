/* problem.c — a problem as people know it from compilers: place, sentence, the line, and what is meant underlined.
** The line is made safe to show before it is shown; a very long one is cut to a window around the place. */
#include "policy/policy.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <string.h>

enum { WINDOW = 120, BEFORE = 60 };

static void find_line(const char *text, size_t n, int line, const char **from, size_t *length)
{
    size_t at = 0, end;

    for (; line > 1 && at < n; line--) {
        const char *newline = memchr(text + at, '\n', n - at);
        at = newline ? (size_t)(newline - text) + 1 : n;
    }
    for (end = at; end < n && text[end] != '\n'; end++) {}
    if (end > at && text[end - 1] == '\r') end--;
    *from = text + at;
    *length = end - at;
}

/* Bytes of s before column c (from 1); a tab is one column. */
static size_t byte_of_column(const char *s, size_t n, int c)
{
    size_t at = 0;

    for (int column = 1; at < n && column < c;) {
        size_t next = utf8_next(s, n, at);
        column += s[at] == '\t' ? 1 : utf8_cluster_width(s + at, next - at);
        at = next;
    }
    return at;
}

/* The line from `from` for at most WINDOW columns; tabs become single blanks so that the carets stand right. */
static void add_line(Str *out, const char *s, size_t n)
{
    size_t most = n < 4 * WINDOW ? n : 4 * WINDOW; /* what has no width would go on without end */
    size_t fits = byte_of_column(s, most, WINDOW + 1);
    char *copy = mem_grow(NULL, fits + 1, 1), *safe;

    memcpy(copy, s, fits);
    copy[fits] = '\0';
    for (size_t i = 0; i < fits; i++)
        if (copy[i] == '\t') copy[i] = ' ';
    safe = utf8_make_safe(copy, fits, false, false);
    str_add_n(out, safe, utf8_clip(safe, strlen(safe), WINDOW, NULL));
    mem_free(safe);
    mem_free(copy);
}

static void add_carets(Str *out, int column, int width)
{
    for (int i = 1; i < column; i++) str_add_char(out, ' ');
    str_add_char(out, '^');
    for (int i = 1; i < width && column + i <= WINDOW; i++) str_add_char(out, '~');
}

static void add_safe(Str *out, const char *s)
{
    char *safe = utf8_make_safe(s, strlen(s), false, false);

    str_add(out, safe);
    mem_free(safe);
}

void policy_problem_print(const PolicyProblem *problem, const char *name, const char *text, size_t n, Str *out)
{
    const char *line;
    size_t length, skip = 0;
    int column = problem->column;

    str_addf(out, "%s:%d:%d: %s: ", name, problem->line, problem->column,
        problem->warning ? "warning" : "error");
    add_safe(out, problem->text);
    str_add_char(out, '\n');

    find_line(text, n, problem->line, &line, &length);
    if (column > WINDOW - BEFORE / 2) {
        skip = byte_of_column(line, length, column - BEFORE);
        column = BEFORE + 1;
    }
    str_addf(out, "%5d | ", problem->line);
    add_line(out, line + skip, length - skip);
    str_add(out, "\n      | ");
    add_carets(out, column, problem->width);
    str_add_char(out, '\n');
    if (*problem->expected) {
        str_add(out, "      = expected: ");
        add_safe(out, problem->expected);
        str_add_char(out, '\n');
    }
    if (*problem->nearest) {
        str_add(out, "      = did you mean \"");
        add_safe(out, problem->nearest);
        str_add(out, "\"?\n");
    }
}
