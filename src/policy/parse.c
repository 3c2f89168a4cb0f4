/* parse.c — the small verbs of the parser: the token here, what could have stood here, and problems.
** Every word that is tried leaves a hint; when nothing fits, the hints of that place are what the message says was
** expected and what the nearest name is looked up in. So no message lists words by hand. */
#include "parse.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- where ---- */

Src src_of(const Parser *p, size_t from, size_t to)
{
    const Token *a = &p->tokens[from], *b = &p->tokens[to > from ? to - 1 : from];

    return (Src){ a->at, b->at + b->n - a->at, a->line };
}

Src here_src(const Parser *p)
{
    if (p->pos < p->end) return src_of(p, p->pos, p->pos + 1);
    /* At the end of a clause: just behind its last word. */
    const Token *last = &p->tokens[p->end > 0 ? p->end - 1 : 0];
    return (Src){ last->at + last->n, 0, last->line };
}

/* Columns of s, a tab being one. */
static int columns(const char *s, size_t n)
{
    int sum = 0;

    for (size_t i = 0, next; i < n; i = next) {
        next = utf8_next(s, n, i);
        sum += s[i] == '\t' ? 1 : utf8_cluster_width(s + i, next - i);
    }
    return sum;
}

static size_t line_start(const char *s, size_t at)
{
    while (at > 0 && s[at - 1] != '\n') at--;
    return at;
}

/* ---- problems ---- */

enum { LONGEST_LINE = 4000 }; /* what is behind it has no column worth naming */

static void place(const Parser *p, Src src, PolicyProblem *out)
{
    const char *s = p->policy->text, *newline;
    size_t start = line_start(s, src.at), n = src.n, before = src.at - start;

    newline = memchr(s + src.at, '\n', n);
    if (newline) n = (size_t)(newline - (s + src.at)); /* underlined on its first line only */
    if (before > LONGEST_LINE) before = LONGEST_LINE;
    if (n > LONGEST_LINE) n = LONGEST_LINE;
    out->line = src.line;
    out->column = columns(s + start, before) + 1;
    out->width = columns(s + src.at, n);
    if (out->width < 1) out->width = 1;
}

/* What is wrong in a words file behind the policy's text is told where the policy asks for that file. */
static Src own_place(const Parser *p, Src src, Str *text)
{
    for (size_t i = p->n_includes; i-- > 0;) {
        const Inclusion *it = &p->includes[i];
        if (src.at < it->at || src.at < p->policy->own_n) continue;
        str_addf(text, "Line %d of the %s \"%s\": ", src.line - it->line, it->kind, it->name);
        return it->src;
    }
    return src;
}

static void add_problem(Parser *p, Src src, PolicyProblem it, const char *sentence)
{
    PolicyProblems *all = p->problems;
    Str text = { 0 };

    if (p->full) return;
    src = own_place(p, src, &text);
    place(p, src, &it);
    p->full = all->n + 1 >= PROBLEMS_MAX;
    str_add(&text, sentence);
    if (p->full) str_add(&text, " There are more problems than can be shown: put these right first.");
    it.text = arena_dup(all->arena, str_text(&text));
    str_finish(&text);

    all->items = arena_room(all->arena, all->items, all->n, &p->problems_cap, sizeof *all->items); /* the caller's arena */
    all->items[all->n++] = it;
}

bool problem(Parser *p, Src src, const char *expected, const char *nearest, const char *fmt, ...)
{
    Arena *a = p->problems->arena;
    char sentence[600];
    va_list args;

    va_start(args, fmt);
    vsnprintf(sentence, sizeof sentence, fmt, args);
    va_end(args);
    add_problem(p, src,
        (PolicyProblem){
            .expected = arena_dup(a, expected ? expected : ""), .nearest = arena_dup(a, nearest ? nearest : "") },
        sentence);
    return false;
}

void warn(Parser *p, Src src, const char *fmt, ...)
{
    char sentence[600];
    va_list args;

    va_start(args, fmt);
    vsnprintf(sentence, sizeof sentence, fmt, args);
    va_end(args);
    add_problem(p, src, (PolicyProblem){ .expected = "", .nearest = "", .warning = true }, sentence);
}

/* ---- hints ---- */

void forget_hints(Parser *p)
{
    p->hints_at = p->pos;
    p->n_hints = p->n_phrases = 0;
}

/* Hints belong to the furthest token that was tried: going back for another reading keeps them, and a problem is told
** where the best reading came to its end. */
static bool hints_here(Parser *p)
{
    if (p->pos < p->hints_at) return false;
    if (p->pos > p->hints_at) p->n_hints = p->n_phrases = 0;
    p->hints_at = p->pos;
    return true;
}

void hint_word(Parser *p, const char *word)
{
    if (!hints_here(p)) return;
    for (size_t i = 0; i < p->n_hints; i++)
        if (str_eq(p->hints[i], word)) return;
    if (p->n_hints < HINTS_MAX) p->hints[p->n_hints++] = word;
}

void hint_phrase(Parser *p, const char *phrase)
{
    if (!hints_here(p)) return;
    for (size_t i = 0; i < p->n_phrases; i++)
        if (str_eq(p->phrases[i], phrase)) return;
    if (p->n_phrases < PHRASES_MAX) p->phrases[p->n_phrases++] = phrase;
}

static const char *phrases_text(const Parser *p, Arena *a)
{
    Str out = { 0 };
    const char *text;

    for (size_t i = 0; i < p->n_phrases; i++) {
        if (i > 0) str_add(&out, i + 1 == p->n_phrases ? " or " : ", ");
        str_add(&out, p->phrases[i]);
    }
    text = arena_dup(a, str_text(&out));
    str_finish(&out);
    return text;
}

/* The nearest hint, read as one, two or three words of the file. */
static const char *nearest_hint(const Parser *p)
{
    char said[130] = "";
    const char *found = NULL;
    size_t n = 0;

    for (size_t i = p->pos; i < p->end && i < p->pos + 3; i++) {
        const Token *t = &p->tokens[i];
        const char *nearer;
        if (t->kind != TOKEN_WORD || n + t->n + 2 > sizeof said) break;
        n += (size_t)snprintf(said + n, sizeof said - n, "%s%s", n ? " " : "", t->text);
        nearer = str_nearest(said, p->hints, p->n_hints);
        if (nearer && (!found || strlen(nearer) > strlen(found))) found = nearer;
    }
    return found;
}

bool unexpected(Parser *p, const char *text)
{
    const Token *t;
    const char *expected = "", *nearest = NULL;

    if (!text && p->hints_at > p->pos && p->hints_at < p->end) p->pos = p->hints_at;
    t = here(p);
    if (p->hints_at == p->pos) {
        expected = phrases_text(p, p->problems->arena);
        nearest = nearest_hint(p);
    }
    if (t->kind == TOKEN_OPEN)
        return problem(
            p, here_src(p), "", NULL, "%s has no end on this line.", *t->text == '/' ? "The pattern" : "The text");
    if (text) return problem(p, here_src(p), expected, nearest, "%s", text);
    if (at_end(p)) return problem(p, here_src(p), expected, nearest, "Something is missing here.");
    return problem(p, here_src(p), expected, nearest, "\"%.80s\" is not understood here.", t->text);
}

/* ---- tokens ---- */

static const Token the_end = { .kind = TOKEN_END, .text = "" };

const Token *ahead(const Parser *p, size_t n)
{
    return p->pos + n < p->end ? &p->tokens[p->pos + n] : &the_end;
}

const Token *here(const Parser *p)
{
    return ahead(p, 0);
}

bool at_end(const Parser *p)
{
    return p->pos >= p->end;
}

bool is(const Parser *p, const char *word)
{
    return here(p)->kind == TOKEN_WORD && str_eq(here(p)->text, word);
}

bool accept_quietly(Parser *p, const char *word)
{
    if (!is(p, word)) return false;
    p->pos++;
    return true;
}

bool accept(Parser *p, const char *word)
{
    if (accept_quietly(p, word)) return true;
    hint_word(p, word);
    hint_phrase(p, word);
    return false;
}

bool mark(Parser *p, char c)
{
    if (here(p)->kind != TOKEN_MARK || *here(p)->text != c) return false;
    p->pos++;
    return true;
}

bool expect(Parser *p, const char *word)
{
    return accept(p, word) || unexpected(p, NULL);
}

bool expect_end(Parser *p)
{
    if (at_end(p)) return true;
    hint_phrase(p, "the end of the clause");
    return unexpected(p, NULL);
}

bool deeper(Parser *p)
{
    if (++p->depth <= DEPTH_MAX) return true;
    p->depth--;
    return problem(
        p, here_src(p), "a named definition for the inner part", NULL, "This is nested too deeply to be read.");
}

void shallower(Parser *p)
{
    p->depth--;
}

const char *quoted(Parser *p)
{
    if (here(p)->kind == TOKEN_STRING) return p->tokens[p->pos++].text;
    hint_phrase(p, "a text in quotation marks");
    unexpected(p, NULL);
    return NULL;
}

void parser_finish(Parser *p)
{
    Names *all[] = { &p->names, &p->duties, &p->gates, &p->alerts, &p->lists, &p->factors, &p->rule_files,
        &p->words_files };

    for (size_t i = 0; i < ARRAY_LEN(all); i++) names_finish(all[i]);
    mem_free(p->rules);
    mem_free(p->includes);
    if (p->gates_cap) mem_free(p->policy->gates); /* never compiled */
    if (p->alerts_cap) mem_free(p->policy->alerts);
}

/* ---- clauses ---- */

size_t header_end(const Parser *p, size_t from, size_t to)
{
    size_t i = from + 1;

    while (i < to && !p->tokens[i].first) i++;
    return i;
}

/* The first clause sets the indentation; a line further in continues, a line further out is a clause that stands
** wrong, which is said once and read all the same. */
void each_clause(Parser *p, size_t from, size_t to, ClauseFn *clause, void *ctx)
{
    int indent = from < to ? p->tokens[from].indent : 0;

    for (size_t i = from, next; i < to; i = next) {
        if (p->tokens[i].indent < indent)
            problem(p, src_of(p, i, i + 1), NULL, NULL,
                "This line stands further left than the clauses above it; begin it in column %d.", indent + 1);
        for (next = i + 1; next < to; next++)
            if (p->tokens[next].first && p->tokens[next].indent <= indent) break;
        p->pos = i;
        p->end = next;
        p->depth = 0;
        forget_hints(p);
        clause(p, i, next, ctx);
        if (p->full) return;
    }
}
