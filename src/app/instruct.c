/* instruct.c — what a supervisor asks for, one line each: "+2d Take the neighbour's statement", "di fri 1700 Approve the plan". Whom it is
** for and by when stand in front, in either order; the rest is the task. By when must be said: work without a day is nobody's. */
#include "app/review.h"

#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* The unit's own people go by their short names; "pc" is who answered the call. */
static const struct {
    const char *word;
    Role role;
} short_names[] = {
    { "io", ROLE_CSU_IO }, { "ds", ROLE_CSU_DS }, { "di", ROLE_CSU_DI }, { "pc", ROLE_RESPONSE_PC }, { "ps", ROLE_RESPONSE_PS },
    { "marac", ROLE_MARAC_COORDINATOR },
};

static Role role_named(const char *word)
{
    Role r = role_by_word(word);

    for (size_t i = 0; i < ARRAY_LEN(short_names); i++)
        if (str_eq(short_names[i].word, word)) return short_names[i].role;
    return r != ROLE_NONE && role_is_case_role(r) ? r : ROLE_NONE;
}

/* The word at `at`, in small letters, without a comma or colon behind it. */
static size_t word_at(const char *at, char out[40])
{
    size_t n = strcspn(at, " \t"), kept = n;

    while (kept > 0 && strchr(",:;", at[kept - 1])) kept--;
    if (kept >= 40) kept = 0;
    for (size_t i = 0; i < kept; i++) out[i] = (char)tolower((unsigned char)at[i]);
    out[kept] = '\0';
    return n;
}

static bool take_whom(const char **at, Instruction *out, Arena *a)
{
    char word[40];
    size_t n = word_at(*at, word);
    Role role = role_named(word);

    if (out->owner != ROLE_NONE || out->who) return false;
    if (role == ROLE_NONE && !(strlen(word) == 6 && strspn(word, "0123456789") == 6)) return false;
    out->owner = role != ROLE_NONE ? role : ROLE_CSU_IO;
    if (role == ROLE_NONE) out->who = arena_dup(a, word);
    *at += n;
    return true;
}

/* The longest beginning that can be read as a moment to come: up to four words. */
static bool take_when(const char **at, Time now, Instruction *out, Err *err)
{
    char text[100];
    size_t ends[4], n_ends = 0;

    if (out->due != TIME_NONE) return false;
    for (size_t i = 0; n_ends < 4 && (*at)[i];) {
        i += strcspn(*at + i, " \t");
        ends[n_ends++] = i;
        i += strspn(*at + i, " \t");
    }
    while (n_ends > 0) {
        size_t n = ends[--n_ends];
        while (n > 0 && strchr(",:;", (*at)[n - 1])) n--;
        if (n == 0 || n >= sizeof text) continue;
        snprintf(text, sizeof text, "%.*s", (int)n, *at);
        if (!civil_parse_coming(text, now, &out->due, err)) continue;
        *at += ends[n_ends];
        return true;
    }
    out->due = TIME_NONE;
    return false;
}

static const char *skip(const char *s)
{
    return s + strspn(s, " \t,:;-");
}

static bool read_line(const App *app, const char *line, size_t number, Arena *a, Instruction *out, Err *err)
{
    const char *at = skip(line);

    *out = (Instruction){ .due = TIME_NONE };
    while (*at && (take_whom(&at, out, a) || take_when(&at, app->now, out, NULL))) at = skip(at);
    if (out->owner == ROLE_NONE) out->owner = ROLE_CSU_IO;
    if (out->due == TIME_NONE)
        return err_set(err, ERR_INVALID, "instructions",
            "Instruction %zu does not say by when. Begin it with a time to come: +2d, +4h, fri 1700, tomorrow 0900.", number);
    if (!*at) return err_set(err, ERR_INVALID, "instructions", "Instruction %zu does not say what is to be done.", number);
    out->what = arena_dup(a, at);
    return true;
}

/* Behind "none:" in a line; NULL when the line does not begin so, or says nothing behind it. */
static const char *none_because(const char *line)
{
    line += strspn(line, " \t");
    if (strncasecmp(line, "none", 4) != 0 || !line[4] || !strchr(":, \t", line[4])) return NULL;
    line = skip(line + 4);
    return *line && *line != '\n' ? line : NULL;
}

const char *app_instructions_none(const char *text, Arena *a)
{
    for (const char *at = text ? text : ""; *at; at += *at == '\n') {
        const char *why = none_because(at);
        if (why) return arena_dup_n(a, why, strcspn(why, "\n"));
        at += strcspn(at, "\n");
    }
    return NULL;
}

bool app_instructions_read(const App *app, const char *text, Arena *a, Instruction **out, size_t *n, Err *err)
{
    *out = arena_alloc(a, INSTRUCTIONS_MAX * sizeof **out);
    *n = 0;
    for (const char *at = text ? text : ""; *at; at += *at == '\n') {
        size_t length = strcspn(at, "\n");
        char *line = arena_dup_n(a, at, length);
        at += length;
        while (length > 0 && strchr(" \t\r", line[length - 1])) line[--length] = '\0';
        if (!*skip(line) || none_because(line)) continue;
        if (*n == INSTRUCTIONS_MAX)
            return err_set(err, ERR_INVALID, "instructions", "At most %d instructions go with one review.", INSTRUCTIONS_MAX);
        if (!read_line(app, line, *n + 1, a, &(*out)[*n], err)) return false;
        ++*n;
    }
    return true;
}
