/* words.c — word lists over texts: which patterns a text can match at all, and where those match.
** Most texts hold none of the letters that a pattern needs ("strangl", "chok" …). One walk over a text, whatever the number of lists,
** says which patterns' letters stand in it; only those are given to PCRE2. The letters are read off the patterns, carefully: a pattern
** that words_letters.c does not understand is always tried. The walk is an Aho-Corasick automaton over ASCII letters without case.
** A pattern that reaches its limits is told, never taken for a no. */
#include "eval.h"
#include "words_letters.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { STATES_MAX = 60000, HITS_MAX = 200 /* of one pattern in one text */, GIVE_UPS_MAX = 4 };

/* ---- the automaton ---- */

typedef struct Found { /* patterns whose letters end in a state; a chain */
    uint32_t pattern, next;
} Found;

struct Finder {
    uint8_t class[256]; /* 0: a byte that no letters hold */
    size_t n_classes;
    uint32_t *next;  /* state × class → state, already multiplied */
    uint32_t *found; /* by state: first of its chain in `all`, 0 for none */
    uint32_t *link;  /* by state: the nearest shorter state that has found something, 0 for none */
    size_t n_states, cap_states;
    Found *all; /* [0] is nobody */
    size_t n_all, cap_all;
    uint8_t *always; /* by pattern: it has no letters to look for */
};

static uint8_t folded(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c + 32) : c;
}

static void class_of_letters(Finder *f, const LetterSet *set)
{
    for (size_t i = 0; i < set->n; i++)
        for (const char *c = set->of[i]; *c; c++)
            if (!f->class[(uint8_t)*c]) f->class[(uint8_t)*c] = (uint8_t)f->n_classes++;
}

static size_t new_state(Finder *f)
{
    if (f->n_states == f->cap_states) {
        size_t cap = f->cap_states ? f->cap_states * 2 : 256;
        f->next = mem_grow(f->next, cap * f->n_classes, sizeof *f->next);
        f->found = mem_grow(f->found, cap, sizeof *f->found);
        f->link = mem_grow(f->link, cap, sizeof *f->link);
        f->cap_states = cap;
    }
    memset(f->next + f->n_states * f->n_classes, 0, f->n_classes * sizeof *f->next);
    f->found[f->n_states] = f->link[f->n_states] = 0;
    return f->n_states++;
}

static void add_letters(Finder *f, const char *letters, size_t pattern)
{
    size_t state = 0;

    for (const char *c = letters; *c; c++) {
        size_t at = state * f->n_classes + f->class[(uint8_t)*c];
        if (!f->next[at]) {
            uint32_t made = (uint32_t)new_state(f); /* moves f->next */
            f->next[at] = made;
        }
        state = f->next[at];
    }
    f->all = mem_room(f->all, f->n_all, &f->cap_all, sizeof *f->all);
    f->all[f->n_all] = (Found){ (uint32_t)pattern, f->found[state] };
    f->found[state] = (uint32_t)f->n_all++;
}

/* Breadth first: where to go on when a letter does not fit, made into transitions, so that the walk never looks back. */
static void link_states(Finder *f)
{
    uint32_t *queue = mem_grow(NULL, f->n_states, sizeof *queue), *fail = mem_new(f->n_states * sizeof *fail);
    size_t head = 0, tail = 0;

    for (size_t c = 0; c < f->n_classes; c++)
        if (f->next[c]) queue[tail++] = f->next[c];
    while (head < tail) {
        uint32_t state = queue[head++];
        for (size_t c = 0; c < f->n_classes; c++) {
            uint32_t *to = &f->next[state * f->n_classes + c], other = f->next[fail[state] * f->n_classes + c];
            if (!*to) {
                *to = other;
                continue;
            }
            fail[*to] = other;
            f->link[*to] = f->found[other] ? other : f->link[other];
            queue[tail++] = *to;
        }
    }
    mem_free(queue);
    mem_free(fail);
}

static void multiply(Finder *f)
{
    for (size_t i = 0; i < f->n_states * f->n_classes; i++) f->next[i] *= (uint32_t)f->n_classes;
}

static void other_cases(Finder *f)
{
    for (int c = 'A'; c <= 'Z'; c++) f->class[c] = f->class[folded((uint8_t)c)];
}

void finder_make(Policy *p)
{
    Finder *f = p->finder = mem_new(sizeof *f);
    LetterSet *sets = mem_new((p->n_patterns + 1) * sizeof *sets);

    f->n_classes = 1;
    f->always = mem_new(p->n_patterns + 1);
    for (size_t i = 0; i < p->n_patterns; i++) {
        f->always[i] = !words_letters(p->patterns[i].text, &sets[i]);
        if (!f->always[i]) class_of_letters(f, &sets[i]);
    }
    new_state(f);
    f->all = mem_room(NULL, 0, &f->cap_all, sizeof *f->all);
    f->n_all = 1;
    for (size_t i = 0; i < p->n_patterns; i++) {
        if (f->always[i]) continue;
        if (f->n_states > STATES_MAX) {
            f->always[i] = 1;
            continue;
        }
        for (size_t k = 0; k < sets[i].n; k++) add_letters(f, sets[i].of[k], i);
    }
    link_states(f);
    multiply(f);
    other_cases(f);
    mem_free(sets);
}

void finder_free(Finder **f)
{
    if (!f || !*f) return;
    mem_free((*f)->next);
    mem_free((*f)->found);
    mem_free((*f)->link);
    mem_free((*f)->all);
    mem_free((*f)->always);
    mem_free(*f);
    *f = NULL;
}

/* ---- looking ---- */

static void mark_found(const Finder *f, uint32_t state, uint8_t *near)
{
    for (; state; state = f->link[state])
        for (uint32_t i = f->found[state]; i; i = f->all[i].next) near[f->all[i].pattern] = 1;
}

/* Two characters beyond ASCII are, without case, letters of ASCII to PCRE2: the long s and the Kelvin sign. */
static uint8_t odd_letter(const uint8_t *s, size_t n, size_t *eaten)
{
    if (n >= 2 && s[0] == 0xC5 && s[1] == 0xBF) {
        *eaten = 2;
        return 's';
    }
    if (n >= 3 && s[0] == 0xE2 && s[1] == 0x84 && s[2] == 0xAA) {
        *eaten = 3;
        return 'k';
    }
    *eaten = 1;
    return s[0];
}

static void walk(const Finder *f, const char *text, size_t n, uint8_t *near)
{
    const uint8_t *s = (const uint8_t *)text;
    uint32_t row = 0;

    for (size_t i = 0, eaten = 1; i < n; i += eaten) {
        uint8_t c = s[i];
        if (c & 0x80)
            c = odd_letter(s + i, n - i, &eaten);
        else
            eaten = 1;
        row = f->next[row + f->class[c]];
        if (row) { /* most of a text is in no letters at all */
            uint32_t state = row / (uint32_t)f->n_classes;
            if (f->found[state] || f->link[state]) mark_found(f, state, near);
        }
    }
}

Looked *words_look(const Policy *p, const PolicyText *texts, size_t n, Arena *a)
{
    Looked *l = arena_zero(a, 1, sizeof *l);

    l->texts = texts;
    l->n = n;
    l->given = n > 0;
    l->lengths = arena_zero(a, n + 1, sizeof *l->lengths);
    l->readable = arena_zero(a, n + 1, sizeof *l->readable);
    l->near = arena_zero(a, n + 1, p->n_patterns + 1);
    for (size_t i = 0; i < n; i++) {
        size_t bad;
        l->lengths[i] = strlen(texts[i].text);
        l->readable[i] = utf8_valid(texts[i].text, l->lengths[i], &bad);
        if (l->readable[i] && p->finder) walk(p->finder, texts[i].text, l->lengths[i], l->near + i * p->n_patterns);
    }
    return l;
}

/* ---- finding ---- */

static size_t pattern_hits(
    const WordPattern *w, const char *name, const PolicyText *text, size_t n, size_t most, TextHit *out, bool *gave_up)
{
    size_t found = 0, from = 0;

    while (found < most && found < HITS_MAX) {
        size_t start = 0, end = 0;
        RxResult r = rx_match_from(w->rx, text->text, n, from, &start, &end);
        if (r == RX_LIMIT) *gave_up = true;
        if (r != RX_YES) break;
        if (end < from) end = from; /* \K can set them anywhere */
        if (start > end) start = end;
        out[found++] = (TextHit){ text->path, start, end, name };
        from = start < end ? end : utf8_next(text->text, n, end);
        if (from >= n) break;
    }
    return found;
}

size_t words_hits(const Policy *p, const Looked *l, size_t text, size_t list, size_t most, TextHit *out, bool *gave_up)
{
    const WordList *of = &p->lists[list];
    size_t found = 0;
    int give_ups = 0;

    if (!l->readable[text]) {
        *gave_up = true;
        return 0;
    }
    for (size_t i = of->first; i < of->first + of->n && found < most && give_ups < GIVE_UPS_MAX; i++) {
        bool gave = false;
        if (!l->near[text * p->n_patterns + i] && !p->finder->always[i]) continue;
        found += pattern_hits(
            &p->patterns[i], of->name, &l->texts[text], l->lengths[text], most - found, out + found, &gave);
        give_ups += gave;
        *gave_up |= gave;
    }
    return found;
}

/* ---- every list ---- */

static int by_place(const void *a, const void *b)
{
    const TextHit *x = a, *y = b;

    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    if (x->to != y->to) return x->to > y->to ? -1 : 1;
    return strcmp(x->words, y->words);
}

/* What two patterns of one list find in one place is one hit. */
static size_t unique(TextHit *hits, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (kept == 0 || by_place(&hits[kept - 1], &hits[i]) != 0) hits[kept++] = hits[i];
    return kept;
}

size_t policy_words(const Policy *p, const PolicyText *text, Arena *a, TextHit **out, const char **gave_up)
{
    enum { MOST = 2000 };
    const Looked *l = words_look(p, text, 1, a);
    TextHit *hits = mem_grow(NULL, MOST, sizeof *hits);
    size_t n = 0;
    int give_ups = 0;

    if (gave_up) *gave_up = NULL;
    for (size_t i = 0; i < p->n_lists && n < MOST && give_ups < GIVE_UPS_MAX; i++) {
        bool gave = false;
        n += words_hits(p, l, 0, i, MOST - n, hits + n, &gave);
        give_ups += gave;
        if (gave && gave_up && !*gave_up) *gave_up = p->lists[i].name;
    }
    if (n > 1) qsort(hits, n, sizeof *hits, by_place);
    n = unique(hits, n);
    *out = arena_alloc(a, (n + 1) * sizeof **out);
    if (n) memcpy(*out, hits, n * sizeof *hits);
    mem_free(hits);
    return n;
}
