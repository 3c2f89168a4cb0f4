/* policy_diff.c — two policy files compared as one would on paper: which statements came, went or changed; in a duty,
** which clauses. Notes, blanks and the order of things do not count. And the examples of the first run under the second:
** what was meant then, is it still so? Both texts were parsed before, so they are well made. Pure. */
#include "app/app.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

const char *const diff_words[DIFF_KINDS] = { "added", "removed", "changed" };

typedef struct Part { /* a statement, or a clause of a duty */
    const char *key;  /* what it is found by: "duty attend", "due", "example …" */
    const char *text; /* without notes, blanks made single */
    int line;
    int column;            /* of a clause */
    const char *from, *to; /* its lines in the file */
} Part;

typedef struct Parts {
    Part *items;
    size_t n, cap;
} Parts;

/* ---- lines ---- */

static const char *line_end(const char *from, const char *end)
{
    const char *newline = memchr(from, '\n', (size_t)(end - from));

    return newline ? newline : end;
}

static int indent_of(const char *from, const char *to)
{
    int n = 0;

    while (from + n < to && (from[n] == ' ' || from[n] == '\t')) n++;
    return n;
}

/* Where the note of a line begins, or its end. A # in a quotation or a pattern is none. */
static const char *without_note(const char *from, const char *to)
{
    char inside = '\0';

    for (const char *c = from; c < to; c++) {
        if (inside && *c == '\\')
            c++;
        else if (inside)
            inside = *c == inside ? '\0' : inside;
        else if (*c == '"' || (*c == '/' && c > from && c[-1] == ' '))
            inside = *c;
        else if (*c == '#')
            return c;
    }
    return to;
}

static bool says_nothing(const char *from, const char *to)
{
    to = without_note(from, to);
    while (from < to && strchr(" \t\r", *from)) from++;
    return from == to;
}

static const char *plain(Arena *a, const char *from, const char *to)
{
    Str out = { 0 };
    const char *text;

    for (const char *line = from, *end; line < to; line = end + 1) {
        end = line_end(line, to);
        for (const char *c = line, *stop = without_note(line, end); c < stop; c++)
            if (!strchr(" \t\r", *c))
                str_add_char(&out, *c);
            else if (out.n && out.s[out.n - 1] != ' ')
                str_add_char(&out, ' ');
        if (out.n && out.s[out.n - 1] != ' ') str_add_char(&out, ' ');
    }
    while (out.n && out.s[out.n - 1] == ' ') out.s[--out.n] = '\0';
    text = arena_dup(a, str_text(&out));
    str_finish(&out);
    return text;
}

/* ---- parts ---- */

/* What begins at `column` begins a part; what stands deeper belongs to it. -1: the column of the first line that says
** anything. */
static void split(const char *from, const char *end, int column, int line, Arena *a, Parts *out)
{
    const char *open = NULL;

    for (const char *at = from, *stop; at < end; at = stop + 1, line++) {
        stop = line_end(at, end);
        if (says_nothing(at, stop)) continue;
        if (column < 0) column = indent_of(at, stop);
        if (indent_of(at, stop) <= column) {
            out->items = mem_room(out->items, out->n, &out->cap, sizeof *out->items);
            out->items[out->n++] = (Part){ .line = line, .column = column, .from = at };
            open = at;
        }
        if (open) out->items[out->n - 1].to = stop;
    }
    for (size_t i = 0; i < out->n; i++) out->items[i].text = plain(a, out->items[i].from, out->items[i].to);
}

static const char *words(Arena *a, const char *text, int n)
{
    const char *at = text;

    while (n-- > 0 && at && *at) at = strchr(at + (at > text), ' ');
    return at ? arena_dup_n(a, text, (size_t)(at - text)) : text;
}

/* What a statement is: its first word and the name behind it. */
static void name_statement(Part *p, Arena *a)
{
    bool nameless = !strncmp(p->text, "policy ", 7) || !strncmp(p->text, "minutes ", 8);

    p->key = words(a, p->text, nameless ? 1 : 2);
}

/* An example is known by its title, a check by its name; due and every are two ways of saying one thing. */
static void name_clause(Part *p, Arena *a)
{
    const char *first = words(a, p->text, 1), *end;

    p->key = str_eq(first, "every") ? "due" : str_eq(first, "check") ? words(a, p->text, 2) : first;
    if (!str_eq(first, "example")) return;
    end = strchr(p->text, '"');
    end = end ? strchr(end + 1, '"') : NULL;
    if (end) p->key = arena_dup_n(a, p->text, (size_t)(end + 1 - p->text));
}

static Parts statements_of(const Policy *p, Arena *a)
{
    Parts parts = { 0 };
    size_t n;
    const char *text = policy_whole_text(p, &n);
    const char *from = n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? text + 3 : text;

    split(from, text + n, 0, 1, a, &parts);
    for (size_t i = 0; i < parts.n; i++) name_statement(&parts.items[i], a);
    return parts;
}

static Parts clauses_of(const Part *duty, Arena *a)
{
    Parts parts = { 0 };
    const char *body = line_end(duty->from, duty->to);

    if (body < duty->to) split(body + 1, duty->to, -1, duty->line + 1, a, &parts);
    for (size_t i = 0; i < parts.n; i++) name_clause(&parts.items[i], a);
    return parts;
}

/* The n-th of that key, so that two statements of one name are compared in order. */
static const Part *find(const Parts *in, const char *key, size_t nth)
{
    for (size_t i = 0; i < in->n; i++)
        if (str_eq(in->items[i].key, key) && nth-- == 0) return &in->items[i];
    return NULL;
}

static size_t nth_of(const Parts *in, size_t i)
{
    size_t nth = 0;

    for (size_t j = 0; j < i; j++) nth += str_eq(in->items[j].key, in->items[i].key);
    return nth;
}

/* A duty, a task, a gate, an alert or a checklist: what has clauses and examples. */
static bool has_clauses(const Part *p)
{
    return strncmp(p->key, "duty ", 5) == 0 || strncmp(p->key, "task ", 5) == 0 || strncmp(p->key, "gate ", 5) == 0 || strncmp(p->key, "alert ", 6) == 0 ||
           strncmp(p->key, "checklist ", 10) == 0;
}

/* ---- rows ---- */

typedef struct Rows {
    Arena *a;
    DiffRow *items;
    size_t n, cap;
} Rows;

static void row_add(Rows *r, const char *what, const char *clause, const Part *was, const Part *is)
{
    const Part *one = was && is ? NULL : was ? was : is;

    r->items = mem_room(r->items, r->n, &r->cap, sizeof *r->items);
    r->items[r->n++] = (DiffRow){ .kind = !was  ? DIFF_ADDED
                                          : !is ? DIFF_REMOVED
                                                : DIFF_CHANGED,
        .what = what,
        .clause = clause,
        .text = { was ? was->text : NULL, is ? is->text : NULL },
        .line = { was ? was->line : 0, is ? is->line : 0 },
        .written = one && !*clause ? arena_dup_n(r->a, one->from, (size_t)(one->to - one->from)) : NULL };
}

static const char *clause_word(Rows *r, const Part *was, const Part *is)
{
    const Part *p = is ? is : was;

    return strncmp(p->key, "example", 7) == 0 || strncmp(p->key, "check ", 6) == 0 ? p->key : words(r->a, p->text, 1);
}

static void compare_clauses(Rows *r, const Part *was, const Part *is)
{
    Parts x = clauses_of(was, r->a), y = clauses_of(is, r->a);
    Part heads[2] = { *was, *is };

    for (int s = 0; s < 2; s++) heads[s].text = plain(r->a, heads[s].from, line_end(heads[s].from, heads[s].to));
    if (!str_eq(heads[0].text, heads[1].text)) row_add(r, is->key, "title", &heads[0], &heads[1]);
    for (size_t i = 0; i < y.n; i++) {
        const Part *old = find(&x, y.items[i].key, nth_of(&y, i));
        if (!old || !str_eq(old->text, y.items[i].text))
            row_add(r, is->key, clause_word(r, old, &y.items[i]), old, &y.items[i]);
    }
    for (size_t i = 0; i < x.n; i++)
        if (!find(&y, x.items[i].key, nth_of(&x, i)))
            row_add(r, is->key, clause_word(r, &x.items[i], NULL), &x.items[i], NULL);
    mem_free(x.items);
    mem_free(y.items);
}

static void compare(Rows *r, const Parts *x, const Parts *y)
{
    for (size_t i = 0; i < y->n; i++) {
        const Part *is = &y->items[i], *was = find(x, is->key, nth_of(y, i));
        if (was && str_eq(was->text, is->text)) continue;
        if (was && has_clauses(is))
            compare_clauses(r, was, is);
        else
            row_add(r, is->key, "", was, is);
    }
    for (size_t i = 0; i < x->n; i++)
        if (!find(y, x->items[i].key, nth_of(x, i))) row_add(r, x->items[i].key, "", &x->items[i], NULL);
}

enum { SHOWN_WHOLE = 90 };

void app_diff_texts(const DiffRow *r, Arena *a, const char *out[2])
{
    const char *was = out[0] = r->text[0], *is = out[1] = r->text[1];
    size_t from = 0, behind = 0, n, m, least;

    if (!was || !is) return;
    n = strlen(was), m = strlen(is), least = n < m ? n : m;
    if (n <= SHOWN_WHOLE && m <= SHOWN_WHOLE) return;
    while (from < least && was[from] == is[from]) from++;
    while (behind < least - from && was[n - 1 - behind] == is[m - 1 - behind]) behind++;
    while (from && was[from - 1] != ' ') from--;
    while (behind && was[n - behind] != ' ') behind--;
    out[0] = arena_printf(a, "%s%.*s%s", from ? "… " : "", (int)(n - behind - from), was + from, behind ? " …" : "");
    out[1] = arena_printf(a, "%s%.*s%s", from ? "… " : "", (int)(m - behind - from), is + from, behind ? " …" : "");
}

/* ---- the examples of the first under the second ---- */

static bool is_example(const Part *p)
{
    return strncmp(p->key, "example", 7) == 0;
}

/* The lines of a clause, moved so that it begins in another column. */
static void add_moved(Str *out, const Part *clause, int column)
{
    for (const char *at = clause->from, *stop; at < clause->to; at = stop + 1) {
        stop = line_end(at, clause->to);
        int deeper = indent_of(at, stop) - clause->column;
        str_addf(out, "%*s", column + (deeper > 0 ? deeper : 0), "");
        at += indent_of(at, stop);
        str_add_n(out, at, (size_t)(stop - at));
        str_add_char(out, '\n');
    }
}

static void add_lines(Str *out, const Part *p)
{
    str_add_n(out, p->from, (size_t)(p->to - p->from));
    str_add_char(out, '\n');
}

/* The duty as it is, with the examples of what it was. */
static void add_with_examples(Str *out, const Part *is, const Part *was, Arena *a)
{
    Parts x = clauses_of(was, a), y = clauses_of(is, a);
    const char *head = line_end(is->from, is->to);

    str_add_n(out, is->from, (size_t)(head - is->from));
    str_add_char(out, '\n');
    for (size_t i = 0; i < y.n; i++)
        if (!is_example(&y.items[i])) add_lines(out, &y.items[i]);
    for (size_t i = 0; i < x.n; i++)
        if (is_example(&x.items[i])) add_moved(out, &x.items[i], y.n ? y.items[0].column : 4);
    mem_free(x.items);
    mem_free(y.items);
}

static void run_examples(const Parts *x, const Parts *y, Arena *a, PolicyDiff *out)
{
    PolicyProblems problems = { .arena = a };
    Policy *both;
    Str text = { 0 };

    for (size_t i = 0; i < y->n; i++) {
        const Part *was = has_clauses(&y->items[i]) ? find(x, y->items[i].key, 0) : NULL;
        if (was)
            add_with_examples(&text, &y->items[i], was, a);
        else
            add_lines(&text, &y->items[i]);
    }
    both = policy_parse("both", str_text(&text), text.n, &problems);
    policy_free(&both);
    str_finish(&text);
    out->fails = arena_alloc(a, (problems.n + 1) * sizeof *out->fails);
    for (size_t i = 0; i < problems.n; i++)
        if (!problems.items[i].warning) out->fails[out->n_fails++] = problems.items[i].text;
}

void app_policy_diff(const Policy *was, const Policy *is, Arena *a, PolicyDiff *out)
{
    Parts x = statements_of(was, a), y = statements_of(is, a);
    Rows rows = { .a = a };

    *out = (PolicyDiff){ 0 };
    compare(&rows, &x, &y);
    out->n = rows.n;
    out->rows = arena_alloc(a, (rows.n + 1) * sizeof *out->rows);
    if (rows.n) memcpy(out->rows, rows.items, rows.n * sizeof *out->rows);
    run_examples(&x, &y, a, out);
    mem_free(rows.items);
    mem_free(x.items);
    mem_free(y.items);
}
