/* words.c — word lists over texts: which patterns a text can match at all, and where those match.
** Most texts hold none of the letters that a pattern needs ("strangl", "chok" …). One walk over a text, whatever the number of lists,
** says which patterns' letters stand in it, and where the rarest of them do; only those patterns are given to PCRE2, and only from the
** places where a match with those letters in it can begin. The letters are read off the patterns, carefully: a pattern that
** words_letters.c does not understand is always tried, everywhere. The walk is an Aho-Corasick automaton over ASCII letters without case.
** A pattern that reaches its limits is told, never taken for a no. */
#include "eval.h"
#include "words_letters.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    STATES_MAX = 60000,
    HITS_MAX = 200 /* of one pattern in one text */,
    GIVE_UPS_MAX = 4,
    PLACES_MAX = 64 /* of one pattern in one text; with more, it is tried everywhere */,
};

/* ---- the automaton ---- */

typedef struct Found { /* patterns whose letters end in a state; a chain */
    uint32_t pattern, next;
    uint8_t need; /* which of the pattern's needs they meet, as a bit */
    bool place;   /* where they stand says where a match can begin */
} Found;

typedef struct Place { /* where such letters end; a chain, in order */
    size_t end;
    uint32_t next;
} Place;

struct Places { /* of one text; [0] is nobody */
    Place *items;
    size_t n, cap;
    struct {
        uint32_t first, last, n;
    } * of; /* by pattern */
};

struct Finder {
    uint8_t class[256]; /* 0: a byte that no letters hold */
    size_t n_classes;
    uint32_t *next;  /* state × class → state, already multiplied; those that find something come last */
    uint32_t *found; /* by state: first of its chain in `all`, 0 for none */
    uint32_t *link;  /* by state: the nearest shorter state that has found something, 0 for none */
    size_t n_states, cap_states;
    uint32_t finding; /* the first state that finds something, multiplied */
    Found *all;       /* [0] is nobody */
    size_t n_all, cap_all;
    uint8_t *needs; /* by pattern: bits of all its needs; 0: it has none to look for, and is always tried */
    unsigned *
        reach; /* by pattern: stretches between the beginning of a match and the end of its letters; LETTERS_FAR: no telling */
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

static void add_letters(Finder *f, const char *letters, Found found)
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
    found.next = f->found[state];
    f->all[f->n_all] = found;
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

/* States that find something go behind all others: the walk compares one number, and most of a text is in none of them. */
static void order_states(Finder *f)
{
    size_t size = f->n_states * f->n_classes, at = 0;
    uint32_t *to = mem_new(f->n_states * sizeof *to), *next = mem_grow(NULL, size, sizeof *next);
    uint32_t *found = mem_grow(NULL, f->n_states, sizeof *found), *link = mem_grow(NULL, f->n_states, sizeof *link);

    for (int finding = 0; finding < 2; finding++) {
        if (finding) f->finding = (uint32_t)(at * f->n_classes);
        for (size_t i = 0; i < f->n_states; i++)
            if ((f->found[i] || f->link[i]) == finding) to[i] = (uint32_t)at++;
    }
    for (size_t i = 0; i < f->n_states; i++) {
        found[to[i]] = f->found[i];
        link[to[i]] = to[f->link[i]];
        for (size_t c = 0; c < f->n_classes; c++)
            next[to[i] * f->n_classes + c] = to[f->next[i * f->n_classes + c]] * (uint32_t)f->n_classes;
    }
    mem_free(f->next);
    mem_free(f->found);
    mem_free(f->link);
    mem_free(to);
    f->next = next;
    f->found = found;
    f->link = link;
}

static void other_cases(Finder *f)
{
    for (int c = 'A'; c <= 'Z'; c++) f->class[c] = f->class[folded((uint8_t)c)];
    for (int c = '\t'; c <= '\r'; c++) f->class[c] = f->class[' '];
}

static void add_pattern(Finder *f, const LetterNeeds *needs, size_t pattern)
{
    if (f->n_states > STATES_MAX) return;
    f->reach[pattern] = needs->n ? needs->sets[0].reach : LETTERS_FAR;
    for (size_t i = 0; i < needs->n; i++) {
        Found found = { .pattern = (uint32_t)pattern,
            .need = (uint8_t)(1u << i),
            .place = i == 0 && f->reach[pattern] != LETTERS_FAR };
        f->needs[pattern] |= found.need;
        for (size_t k = 0; k < needs->sets[i].n; k++) add_letters(f, needs->sets[i].of[k], found);
    }
}

static void finder_make(Policy *p)
{
    Finder *f = p->finder = mem_new(sizeof *f);
    LetterNeeds *needs = mem_new((p->n_patterns + 1) * sizeof *needs);

    f->n_classes = 1;
    f->needs = mem_new(p->n_patterns + 1);
    f->reach = mem_new((p->n_patterns + 1) * sizeof *f->reach);
    for (size_t i = 0; i < p->n_patterns; i++) {
        if (!words_letters(p->patterns[i].text, &needs[i])) needs[i].n = 0;
        for (size_t k = 0; k < needs[i].n; k++) class_of_letters(f, &needs[i].sets[k]);
    }
    new_state(f);
    f->all = mem_room(NULL, 0, &f->cap_all, sizeof *f->all);
    f->n_all = 1;
    for (size_t i = 0; i < p->n_patterns; i++) add_pattern(f, &needs[i], i);
    link_states(f);
    order_states(f);
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
    mem_free((*f)->reach);
    mem_free(*f);
    *f = NULL;
}

uint8_t finder_needs(const Policy *p, size_t pattern)
{
    words_ready(p);
    return p->finder->needs[pattern];
}

/* ---- looking ---- */

typedef struct Walk {
    const Finder *f;
    uint8_t *near; /* by pattern */
    uint8_t *told; /* by state: what it finds is noted already, and whether places are among it */
    Places *places;
    Arena *a;
} Walk;
enum { TOLD = 1, TOLD_PLACES = 2 };

static void note_place(Walk *w, uint32_t pattern, size_t end)
{
    Places *p = w->places;
    uint32_t at = (uint32_t)p->n;

    if (p->of[pattern].n > PLACES_MAX) return;
    if (p->of[pattern].n++ > 0 && p->items[p->of[pattern].last].end == end) return;
    p->items = arena_room(w->a, p->items, p->n, &p->cap, sizeof *p->items);
    p->items[p->n++] = (Place){ end, 0 };
    if (p->of[pattern].first)
        p->items[p->of[pattern].last].next = at;
    else
        p->of[pattern].first = at;
    p->of[pattern].last = at;
}

static void note_found(Walk *w, uint32_t state, size_t end)
{
    uint8_t *told = &w->told[state];

    if (*told == TOLD) return;
    *told |= TOLD;
    for (; state; state = w->f->link[state])
        for (uint32_t i = w->f->found[state]; i; i = w->f->all[i].next) {
            const Found *found = &w->f->all[i];
            w->near[found->pattern] |= found->need;
            if (!found->place) continue;
            *told |= TOLD_PLACES;
            note_place(w, found->pattern, end);
        }
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

static void walk(Walk *w, const char *text, size_t n)
{
    const Finder *f = w->f;
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
        if (row >= f->finding) note_found(w, row / (uint32_t)f->n_classes, i + eaten);
    }
}

static Places *new_places(const Policy *p, Arena *a)
{
    Places *places = arena_zero(a, 1, sizeof *places);

    places->of = arena_zero(a, p->n_patterns + 1, sizeof *places->of);
    places->items = arena_room(a, NULL, 0, &places->cap, sizeof *places->items);
    places->n = 1;
    return places;
}

Looked *words_look(const Policy *p, const PolicyText *texts, size_t n, Arena *a)
{
    Looked *l = arena_zero(a, 1, sizeof *l);
    Walk w = { .a = a };

    words_ready(p);
    l->texts = texts;
    l->n = n;
    l->given = n > 0;
    l->lengths = arena_zero(a, n + 1, sizeof *l->lengths);
    l->readable = arena_zero(a, n + 1, sizeof *l->readable);
    l->near = arena_zero(a, n + 1, p->n_patterns + 1);
    l->found = arena_zero(a, p->n_lists + 1, 1);
    l->places = arena_zero(a, n + 1, sizeof(Places *));
    w.f = p->finder;
    w.told = arena_alloc(a, p->finder->n_states);
    for (size_t i = 0; i < n; i++) {
        size_t bad;
        l->lengths[i] = strlen(texts[i].text);
        l->readable[i] = utf8_valid(texts[i].text, l->lengths[i], &bad);
        if (!l->readable[i]) continue;
        memset(w.told, 0, p->finder->n_states);
        w.near = l->near + i * p->n_patterns;
        w.places = l->places[i] = new_places(p, a);
        walk(&w, texts[i].text, l->lengths[i]);
    }
    return l;
}

/* ---- finding ---- */

typedef struct Search { /* of one pattern in one text */
    const WordPattern *pattern;
    const PolicyText *text;
    size_t n, most;
    const char *name;
    TextHit *out;
    size_t found, from; /* where the next match begins at the earliest */
    bool on, gave_up;
} Search;

/* Every match that begins at `last` at the latest. */
static void search_to(Search *x, size_t last)
{
    while (x->found < x->most && x->from <= last && (x->from < x->n || !x->on)) { /* an empty text is tried once */
        size_t start = 0, end = 0;
        RxResult r = rx_match_between(x->pattern->rx, x->text->text, x->n, x->from, last, x->on, &start, &end);
        x->on = true;
        if (r == RX_LIMIT) x->gave_up = true;
        if (r != RX_YES) return;
        if (end < x->from) end = x->from; /* \K can set them anywhere */
        if (start > end) start = end;
        x->out[x->found++] = (TextHit){ x->text->path, start, end, x->name };
        x->from = start < end ? end : utf8_next(x->text->text, x->n, end);
    }
}

typedef enum Sort { EITHER, OTHER, LETTERS, BLANKS } Sort;

static Sort sort_of(uint8_t c)
{
    if (c & 0x80) return EITHER;
    if (c == ' ' || (c >= '\t' && c <= '\r')) return BLANKS;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ? LETTERS : OTHER;
}

/* Back from `at` over so many stretches, not beyond `from`: as far as a match that has its letters there can begin. */
static size_t back_over(const char *text, size_t at, size_t from, unsigned stretches)
{
    const uint8_t *s = (const uint8_t *)text;
    Sort last = EITHER, sort;

    for (; at > from; at--) {
        sort = sort_of(s[at - 1]);
        if (sort == EITHER || (sort == last && sort != OTHER)) continue;
        if (stretches-- == 0) break;
        last = sort;
    }
    return at;
}

static void pattern_hits(Search *x, const Finder *f, const Places *places, size_t pattern)
{
    unsigned reach = f->reach[pattern];
    uint32_t at = places->of[pattern].first;

    if (f->needs[pattern] == 0 || reach == LETTERS_FAR || places->of[pattern].n > PLACES_MAX) {
        search_to(x, x->n);
        return;
    }
    for (; at && x->found < x->most && !x->gave_up; at = places->items[at].next) {
        size_t end = places->items[at].end;
        if (end < x->from) continue;
        x->from = back_over(x->text->text, end, x->from, reach);
        search_to(x, end);
        if (x->from < end) x->from = end;
    }
}

size_t words_hits(const Policy *p, const Looked *l, size_t text, size_t list, size_t most, TextHit *out, bool *gave_up)
{
    const WordList *of = &p->lists[list];
    const uint8_t *near = l->near + text * p->n_patterns;
    size_t found = 0;
    int give_ups = 0;

    if (!l->readable[text]) {
        *gave_up = true;
        return 0;
    }
    for (size_t i = of->first; i < of->first + of->n && found < most && give_ups < GIVE_UPS_MAX; i++) {
        if (near[i] != p->finder->needs[i]) continue;
        Search x = { .pattern = &p->patterns[i], .text = &l->texts[text], .n = l->lengths[text], .name = of->name };
        x.most = most - found < HITS_MAX ? most - found : HITS_MAX;
        x.out = out + found;
        pattern_hits(&x, p->finder, l->places[text], i);
        found += x.found;
        give_ups += x.gave_up;
        *gave_up |= x.gave_up;
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
