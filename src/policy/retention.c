/* retention.c — the groups of review out of their file, and which one a case is in. */
#include "policy/retention.h"

#include "base/mem.h"
#include "base/str.h"
#include "policy/policy.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { YEARS_MAX = 100, LINE = 1000 };

/* ---- the file ---- */

typedef struct Reading {
    const Vocabs *v;
    Arena *a;
    RetentionGroups *out;
    size_t cap;
    int line;
    Err *err;
} Reading;

static bool wrong(const Reading *r, const char *what)
{
    return err_set(r->err, ERR_INVALID, "", "retention.groups: line %d: %s.", r->line, what);
}

static bool group_line(Reading *r, const char *text)
{
    RetentionGroup g = { .offences = "", .flags = "", .outcomes = "" };
    char title[200];
    int end = -1;

    if (sscanf(text, "group %d \"%199[^\"]\" first %d again %d %n", &g.number, title, &g.first, &g.again, &end) != 4 || end < 0 || text[end])
        return wrong(r, "a group is: group 1 \"what it is\" first 10 again 10");
    if (g.number < 1 || g.first < 1 || g.first > YEARS_MAX || g.again < 1 || g.again > YEARS_MAX)
        return wrong(r, "numbers and years are from 1 to 100");
    if (retention_group_by_number(r->out, g.number)) return wrong(r, "there is a group of that number already");
    g.title = arena_dup(r->a, title);
    r->out->items = arena_room(r->a, r->out->items, r->out->n, &r->cap, sizeof g);
    r->out->items[r->out->n++] = g;
    return true;
}

/* Outcomes of cases and disposals of suspects share their words. */
static bool is_word(const Reading *r, const char *kind, const char *word)
{
    if (str_eq(kind, "offences")) return vocab_code(r->v, VOCAB_OFFENCE, word) != CODE_NONE;
    if (str_eq(kind, "flags")) return vocab_code(r->v, VOCAB_FLAG, word) != CODE_NONE;
    return vocab_code(r->v, VOCAB_OUTCOME, word) != CODE_NONE || vocab_code(r->v, VOCAB_DISPOSAL, word) != CODE_NONE;
}

static const char **words_of(RetentionGroup *g, const char *kind)
{
    return str_eq(kind, "offences") ? &g->offences : str_eq(kind, "flags") ? &g->flags : str_eq(kind, "outcomes") ? &g->outcomes : NULL;
}

static bool words_line(Reading *r, char *text)
{
    char *rest = NULL, *kind = strtok_r(text, " ", &rest);
    const char **words = r->out->n ? words_of(&r->out->items[r->out->n - 1], kind) : NULL;

    if (!words) return wrong(r, "a line begins with group, offences, flags or outcomes, and a group comes first");
    for (const char *word; (word = strtok_r(NULL, " ", &rest)) != NULL;) {
        if (!is_word(r, kind, word)) return wrong(r, arena_printf(r->a, "\"%.40s\" is not a word of %s", word, kind));
        *words = arena_printf(r->a, "%s%s ", **words ? *words : " ", word);
    }
    return true;
}

static bool takes_all(const RetentionGroup *g)
{
    return !*g->offences && !*g->flags && !*g->outcomes;
}

static bool one_line(Reading *r, const char *text, size_t n)
{
    char line[LINE];

    if (n >= sizeof line) return wrong(r, "the line is too long");
    while (n && isspace((unsigned char)text[n - 1])) n--;
    snprintf(line, sizeof line, "%.*s", (int)n, text);
    if (!*line || *line == '#') return true;
    return strncmp(line, "group ", 6) == 0 ? group_line(r, line) : words_line(r, line);
}

bool retention_groups_read(const char *text, size_t n, const Vocabs *v, Arena *a, RetentionGroups *out, Err *err)
{
    Reading r = { .v = v, .a = a, .out = out, .err = err };

    *out = (RetentionGroups){ 0 };
    for (const char *at = text, *end = text + n, *stop; at < end; at = stop + 1) {
        stop = memchr(at, '\n', (size_t)(end - at));
        if (!stop) stop = end;
        r.line++;
        if (!one_line(&r, at, (size_t)(stop - at))) return false;
    }
    for (size_t i = 0; i + 1 < out->n; i++)
        if (takes_all(&out->items[i])) return wrong(&r, "a group without words takes every case: it must be the last");
    return (out->n && takes_all(&out->items[out->n - 1])) || wrong(&r, "the last group must take every case, and so have no words");
}

/* ---- a case ---- */

static bool among(const char *words, const char *word)
{
    char blanked[80];

    if (!word || !*word) return false;
    snprintf(blanked, sizeof blanked, " %.70s ", word);
    return strstr(words, blanked) != NULL;
}

static bool fits(const RetentionGroup *g, const CaseDoc *doc, const Vocabs *v)
{
    if (takes_all(g) || among(g->outcomes, vocab_word(v, VOCAB_OUTCOME, doc->outcome))) return true;
    for (size_t i = 0; i < doc->n_offences; i++)
        if (among(g->offences, vocab_word(v, VOCAB_OFFENCE, doc->offences[i].class))) return true;
    for (size_t i = 0; i < doc->n_flags; i++)
        if (among(g->flags, vocab_word(v, VOCAB_FLAG, doc->flags[i].flag))) return true;
    for (size_t i = 0; i < doc->n_disposals; i++)
        if (among(g->outcomes, vocab_word(v, VOCAB_DISPOSAL, doc->disposals[i].kind))) return true;
    return false;
}

const RetentionGroup *retention_group_of(const RetentionGroups *g, const CaseDoc *doc, const Vocabs *v)
{
    size_t i = 0;

    while (i + 1 < g->n && !fits(&g->items[i], doc, v)) i++;
    return &g->items[i];
}

const RetentionGroup *retention_group_by_number(const RetentionGroups *g, int number)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->items[i].number == number) return &g->items[i];
    return NULL;
}

Date retention_add_years(Date d, int years)
{
    int year, month, day;

    civil_of_date(d, &year, &month, &day);
    return civil_date(year + years, month, day); /* of 29 February: 1 March */
}

Date retention_due(const RetentionGroup *g, Date closed, Date kept_until)
{
    Date due = retention_add_years(closed, g->first);

    return kept_until != DATE_NONE && kept_until > due ? kept_until : due;
}

/* ---- bounds ---- */

/* Outcomes are not asked by words: a group of them alone must not be looked at later than the rest. Then its cases are passed over one by one. */
void retention_bounds(const RetentionGroups *g, Date today, Arena *a, RetentionBounds *out)
{
    int soon = YEARS_MAX, late = 2 * YEARS_MAX;

    out->words = " ";
    for (size_t i = 0; i < g->n; i++)
        if (g->items[i].first < soon) soon = g->items[i].first;
    for (size_t i = 0; i < g->n; i++) {
        if (g->items[i].first == soon) continue;
        if (g->items[i].first < late) late = g->items[i].first;
        out->words = arena_printf(a, "%s%s%s", out->words, g->items[i].offences, g->items[i].flags);
    }
    out->soon = retention_add_years(today, -soon);
    out->late = late > YEARS_MAX ? out->soon : retention_add_years(today, -late);
}
