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
    uint8_t need; /* which of the pattern's needs they meet, as a bit */
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
    uint8_t *needs; /* by pattern: bits of all its needs; 0: it has none to look for, and is always tried */
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

static void add_letters(Finder *f, const char *letters, size_t pattern, uint8_t need)
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
    f->all[f->n_all] = (Found){ (uint32_t)pattern, f->found[state], need };
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
    for (int c = '\t'; c <= '\r'; c++) f->class[c] = f->class[' '];
}

static void add_pattern(Finder *f, const LetterNeeds *needs, size_t pattern)
{
    if (f->n_states > STATES_MAX) return;
    for (size_t i = 0; i < needs->n; i++) {
        uint8_t bit = (uint8_t)(1u << i);
        f->needs[pattern] |= bit;
        for (size_t k = 0; k < needs->sets[i].n; k++) add_letters(f, needs->sets[i].of[k], pattern, bit);
    }
}

static void finder_make(Policy *p)
{
    Finder *f = p->finder = mem_new(sizeof *f);
    LetterNeeds *needs = mem_new((p->n_patterns + 1) * sizeof *needs);

    f->n_classes = 1;
    f->needs = mem_new(p->n_patterns + 1);
    for (size_t i = 0; i < p->n_patterns; i++) {
        if (!words_letters(p->patterns[i].text, &needs[i])) needs[i].n = 0;
        for (size_t k = 0; k < needs[i].n; k++) class_of_letters(f, &needs[i].sets[k]);
    }
    new_state(f);
    f->all = mem_room(NULL, 0, &f->cap_all, sizeof *f->all);
    f->n_all = 1;
    for (size_t i = 0; i < p->n_patterns; i++) add_pattern(f, &needs[i], i);
    link_states(f);
    multiply(f);
    other_cases(f);
    mem_free(needs);
}

/* What is kept for later changes nothing that can be seen of a policy. A pattern that was checked can be compiled. */
void words_ready(const Policy *p)
{
    Policy *own = (Policy *)(uintptr_t)p;

    if (p->finder) return;
    finder_make(own);
    for (size_t i = 0; i < p->n_patterns; i++) {
        WordPattern *w = &own->patterns[i];
        if (!w->rx) w->rx = rx_compile(w->text, strlen(w->text), w->ignore_case, NULL);
    }
}

void finder_free(Finder **f)
{
    if (!f || !*f) return;
    mem_free((*f)->next);
    mem_free((*f)->found);
    mem_free((*f)->link);
    mem_free((*f)->all);
    mem_free((*f)->needs);
    mem_free(*f);
    *f = NULL;
}

uint8_t finder_needs(const Policy *p, size_t pattern)
{
    words_ready(p);
    return p->finder->needs[pattern];
}

/* ---- looking ---- */

static void mark_found(const Finder *f, uint32_t state, uint8_t *near)
{
    for (; state; state = f->link[state])
        for (uint32_t i = f->found[state]; i; i = f->all[i].next) near[f->all[i].pattern] |= f->all[i].need;
}

/* The blanks beyond ASCII that \s takes: U+0085, U+00A0, U+1680, U+180E, U+2000 to 200A, U+2028, 2029, 202F, 205F, U+3000. */
static bool odd_blank(uint32_t c)
{
    return c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Two characters beyond ASCII are, without case, letters of ASCII to PCRE2: the long s and the Kelvin sign. */
static uint8_t odd_letter(const uint8_t *s, size_t n, size_t *eaten)
{
    if (odd_blank(utf8_decode((const char *)s, n, eaten))) return ' ';
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

/* `told`: by state, that its patterns are marked already. */
static void walk(const Finder *f, const char *text, size_t n, uint8_t *near, uint8_t *told)
{
    const uint8_t *s = (const uint8_t *)text;
    uint32_t row = 0;
    uint8_t blank = f->class[' '], before = 0;

    for (size_t i = 0, eaten = 1; i < n; i += eaten) {
        uint8_t c = s[i];
        if (c & 0x80)
            c = odd_letter(s + i, n - i, &eaten);
        else
            eaten = 1;
        if (f->class[c] == blank && before == blank && blank) continue;
        before = f->class[c];
        row = f->next[row + f->class[c]];
        if (row) { /* most of a text is in no letters at all */
            uint32_t state = row / (uint32_t)f->n_classes;
            if (told[state]) continue;
            told[state] = 1;
            mark_found(f, state, near);
        }
    }
}

Looked *words_look(const Policy *p, const PolicyText *texts, size_t n, Arena *a)
{
    Looked *l = arena_zero(a, 1, sizeof *l);
    uint8_t *told;

    words_ready(p);
    l->texts = texts;
    l->n = n;
    l->given = n > 0;
    l->lengths = arena_zero(a, n + 1, sizeof *l->lengths);
    l->readable = arena_zero(a, n + 1, sizeof *l->readable);
    l->near = arena_zero(a, n + 1, p->n_patterns + 1);
    l->found = arena_zero(a, p->n_lists + 1, 1);
    told = arena_alloc(a, p->finder->n_states);
    for (size_t i = 0; i < n; i++) {
        size_t bad;
        l->lengths[i] = strlen(texts[i].text);
        l->readable[i] = utf8_valid(texts[i].text, l->lengths[i], &bad);
        if (!l->readable[i]) continue;
        memset(told, 0, p->finder->n_states);
        walk(p->finder, texts[i].text, l->lengths[i], l->near + i * p->n_patterns, told);
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
        if (l->near[text * p->n_patterns + i] != p->finder->needs[i]) continue;
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
