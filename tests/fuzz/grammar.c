/* grammar.c — texts from a grammar, and changes token by token.
** A grammar file has a line for each alternative: NAME := part part …. A part is <name>, with ? * or + behind it for "perhaps", "some"
** and "at least one"; ^ begins a line at the margin, ~ a clause, ~~ and ~~~ a line inside it; anything else stands for itself. */
#include "fuzz.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 200, PARTS_MAX = 100, DEPTH_MAX = 24, LENGTH_MAX = 20000, WORDS_MAX = 1000 };

typedef struct Alternative {
    char *line; /* cut into its parts */
    const char *parts[PARTS_MAX];
    size_t n;
} Alternative;

typedef struct Rule {
    const char *name;
    Alternative *alternatives;
    size_t n, cap;
} Rule;

struct Grammar {
    Rule rules[NAMES_MAX];
    size_t n;
    const char *words[WORDS_MAX]; /* everything that stands for itself */
    size_t n_words;
};

typedef struct Dice {
    uint64_t state;
} Dice;

static uint32_t roll(Dice *d, size_t below)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return below ? (uint32_t)((d->state >> 33) % below) : 0;
}

/* ---- reading ---- */

static Rule *rule_named(Grammar *g, const char *name, size_t n)
{
    for (size_t i = 0; i < g->n; i++)
        if (strlen(g->rules[i].name) == n && memcmp(g->rules[i].name, name, n) == 0) return &g->rules[i];
    return NULL;
}

static void keep_word(Grammar *g, const char *part)
{
    if (*part == '<' || *part == '^' || *part == '~') return;
    for (size_t i = 0; i < g->n_words; i++)
        if (strcmp(g->words[i], part) == 0) return;
    if (g->n_words < WORDS_MAX) g->words[g->n_words++] = part;
}

static void read_line(Grammar *g, const char *text)
{
    const char *is = strstr(text, " := ");
    Alternative a = { 0 };
    char *save = NULL, *name;
    Rule *rule;

    if (!is || *text == '#') return;
    rule = rule_named(g, text, (size_t)(is - text));
    name = strndup(text, (size_t)(is - text));
    if (!rule && g->n < NAMES_MAX)
        (rule = &g->rules[g->n++])->name = name;
    else
        free(name);
    if (!rule) return;
    a.line = strdup(is + 4);
    for (char *part = strtok_r(a.line, " ", &save); part && a.n < PARTS_MAX; part = strtok_r(NULL, " ", &save)) {
        a.parts[a.n++] = part;
        keep_word(g, part);
    }
    rule->alternatives = mem_room(rule->alternatives, rule->n, &rule->cap, sizeof a);
    rule->alternatives[rule->n++] = a;
}

Grammar *grammar_read(const char *path)
{
    FILE *f = fopen(path, "r");
    char line[2000];
    Grammar *g;

    if (!f) return NULL;
    g = mem_new(sizeof *g);
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        read_line(g, line);
    }
    fclose(f);
    return g;
}

void grammar_free(Grammar **g)
{
    if (!g || !*g) return;
    for (size_t i = 0; i < (*g)->n; i++) {
        Rule *r = &(*g)->rules[i];
        for (size_t k = 0; k < r->n; k++) free(r->alternatives[k].line);
        mem_free(r->alternatives);
        free((char *)(uintptr_t)r->name);
    }
    mem_free(*g);
    *g = NULL;
}

/* ---- making ---- */

static void make(const Grammar *g, Dice *d, const Rule *r, int depth, Str *out);

static void make_part(const Grammar *g, Dice *d, const char *part, int depth, Str *out)
{
    size_t n = strlen(part), times = 1;
    char last = part[n - 1];
    const Rule *r;

    if (*part == '^' || *part == '~') {
        static const char *const starts[] = { "\n    ", "\n        ", "\n            " };
        str_add(out, *part == '^' ? "\n" : starts[n < 3 ? n - 1 : 2]);
        return;
    }
    if (*part != '<') {
        if (out->n > 0 && out->s[out->n - 1] != ' ' && out->s[out->n - 1] != '\n') str_add_char(out, ' ');
        str_add(out, part);
        return;
    }
    if (last == '?') times = roll(d, 2);
    if (last == '*') times = roll(d, 4);
    if (last == '+') times = 1 + roll(d, 4);
    r = rule_named((Grammar *)(uintptr_t)g, part + 1, n - 2 - (last != '>'));
    while (r && times-- > 0) make(g, d, r, depth + 1, out);
}

/* Deep down the first alternative is taken, which a grammar keeps simple. */
static void make(const Grammar *g, Dice *d, const Rule *r, int depth, Str *out)
{
    const Alternative *a = &r->alternatives[depth > DEPTH_MAX ? 0 : roll(d, r->n)];

    if (depth > 4 * DEPTH_MAX) return;
    for (size_t i = 0; i < a->n && out->n < LENGTH_MAX; i++) make_part(g, d, a->parts[i], depth, out);
}

void grammar_make(const Grammar *g, uint64_t seed, Str *out)
{
    Dice d = { seed * 2654435761u + 1 };

    if (g->n) make(g, &d, &g->rules[0], 0, out);
    str_add_char(out, '\n');
}

/* ---- changing ---- */

typedef struct Piece {
    size_t from, n;
} Piece;

/* Words, blanks and marks, each a piece; so that nothing is lost. */
static size_t cut(const char *text, size_t n, Piece *pieces, size_t most)
{
    size_t count = 0;

    for (size_t at = 0, end; at < n && count < most; at = end) {
        bool blank = text[at] == ' ' || text[at] == '\n';
        end = at + 1;
        if (text[at] != '\n')
            while (end < n && text[end] != '\n' && (text[end] == ' ') == blank) end++;
        pieces[count++] = (Piece){ at, end - at };
    }
    return count;
}

static const char *odd_word(const Grammar *g, Dice *d)
{
    static const char *const odd[] = { "(", ")", ",", "\"", "/", "\n", "\n    ", "\n        ", "#", "0", "99999999",
        "not", "\xc3\xa9", "\xe2\x80\xae", "\xff", "\t", "2010-02-30", "25:61", "-", ".", "a.b_c", "\"x\"", "/(a+)+$/",
        "/(/", "" };

    if (g->n_words == 0 || roll(d, 3) == 0) return odd[roll(d, ARRAY_LEN(odd))];
    return g->words[roll(d, g->n_words)];
}

static void change(const Grammar *g, Dice *d, Str *s)
{
    enum { PIECES = 6000 };
    Piece *pieces = mem_grow(NULL, PIECES, sizeof *pieces);
    size_t count = cut(str_text(s), s->n, pieces, PIECES), at = roll(d, count), from = roll(d, count);
    size_t run = 1 + (roll(d, 4) == 0 ? roll(d, 30) : 0);
    uint32_t how = roll(d, 6);
    Str out = { 0 };

    for (size_t i = 0; i < count; i++) {
        if (i == at && how == 0) str_addf(&out, " %s ", odd_word(g, d)); /* one more     */
        if (i == at && how == 1)                                         /* from elsewhere */
            for (size_t k = from; k < count && k < from + run; k++) str_add_n(&out, s->s + pieces[k].from, pieces[k].n);
        if (how == 2 && i >= at && i < at + run) continue; /* lost         */
        if (how == 3 && i == at) {                         /* another      */
            str_add(&out, odd_word(g, d));
            continue;
        }
        str_add_n(&out, s->s + pieces[i].from, pieces[i].n);
        if (how == 4 && i == at) str_add_n(&out, s->s + pieces[i].from, pieces[i].n); /* doubled      */
        if (how == 5 && i == at && pieces[i].n > 1)
            out.s[out.n - 1 - roll(d, pieces[i].n - 1)] ^= (char)(1 << roll(d, 7));
    }
    str_finish(s);
    mem_free(pieces);
    *s = out;
}

void grammar_mutate(const Grammar *g, uint64_t seed, const char *text, size_t n, Str *out)
{
    Dice d = { seed * 2654435761u + 77 };

    str_clear(out);
    str_add_n(out, text, n < LENGTH_MAX ? n : LENGTH_MAX);
    for (uint32_t i = 1 + roll(&d, 5); i > 0; i--) change(g, &d, out);
}
