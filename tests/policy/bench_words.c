/* bench_words.c — what ten word lists cost over accounts, beside one list and beside PCRE2 alone.
** The same texts in one run: ten lists and one list as the policy searches them; both pattern by pattern through PCRE2; and all patterns
** of the ten in one PCRE2 alternation. First ordinary accounts, which hit little; then such where every other sentence is an example of a
** list. What the first finds must be what PCRE2 finds alone, place for place. The limits, on ordinary accounts: ten lists cost less than one
** list costs with PCRE2 alone, and less than half as much again as one list. */
#include "policy_files.h"

#include "base/mem.h"
#include "rule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TEXTS = 200, TRIES = 15, LISTS = 10 };

/* Sentences of accounts; one in a dozen has words of a list in it. */
static const char *const sentences[] = { "He came home at about six and went straight to the kitchen. ",
    "She said that they had argued about the rent since Monday. ", "The neighbour heard shouting through the wall. ",
    "He raised his voice and swept the plates off the table. ", "She went to the bedroom and closed the door. ",
    "Nothing was broken except a cup, which lay by the window. ",
    "He then left the flat and walked towards the station. ",
    "She was calm when officers spoke to her and answered every question. ",
    "They have lived at the address for four years and separated in May. ",
    "He pushed her shoulder and she fell against the wardrobe. ",
    "She did not want to go to hospital; the mark on her arm was red, about 5 cm long. ",
    "He returned after midnight and asked to talk things over. ", "The door of the lounge has an older dent in it. ",
    "She called a friend first, and the friend called 999. ",
    "Statements were taken and photographs made at the scene. ",
    "He was found two streets away and said that it was all a misunderstanding. ",
    "He put his hands round her neck and squeezed. ", "Their son watched from the stairs. ",
    "He said that he would kill her if she left. " };
enum { PLAIN = 16, ALL = sizeof sentences / sizeof *sentences };

static char *texts[TEXTS];
static size_t bytes;

static uint32_t dice(void)
{
    static uint32_t seed = 124;

    seed = seed * 1664525u + 1013904223u;
    return seed >> 8;
}

static const char *ordinary(const Policy *p)
{
    return sentences[dice() % 40 == 0 ? PLAIN + dice() % (ALL - PLAIN) : dice() % PLAIN];
}

/* Every other one is an example that a list finds. */
static const char *dense(const Policy *p)
{
    const WordList *l = &p->lists[dice() % p->n_lists];
    const WordExample *e = &l->examples[dice() % l->n_examples];

    return e->matches ? e->text : sentences[dice() % PLAIN];
}

static void make_texts(const Policy *p, const char *(*say)(const Policy *))
{
    bytes = 0;
    for (size_t i = 0; i < TEXTS; i++) {
        Str s = { 0 };
        for (uint32_t k = 8 + dice() % 24; k > 0; k--) str_addf(&s, "%s ", say(p));
        bytes += s.n;
        mem_free(texts[i]);
        texts[i] = str_take(&s);
    }
}

/* A policy with the first `most` lists of the standard words. */
static Policy *lists_of(size_t most)
{
    size_t n, lists = 0;
    const char *text = policy_words_builtin("accounts", &n), *end = text;
    Str s = { 0 };
    Policy *p;
    char *page;

    for (const char *at = text; (at = strstr(at, "\nwords ")); at++) {
        if (strncmp(at, "\nwords of", 9) == 0) continue;
        if (lists++ == most) break;
        end = strstr(at + 1, "\nwords ");
        if (!end) end = text + n;
    }
    str_add(&s,
        "policy b \"Bench\"\nduty d \"x\"\n cite x\n owner dci\n from reported\n due after 1 hour\n done attended\n");
    str_add_n(&s, text, (size_t)(end - text));
    page = problems_of(s.s, s.n, &p);
    if (!p) fputs(page, stderr);
    mem_free(page);
    str_finish(&s);
    if (!p) exit(99);
    return p;
}

static size_t as_policy(const Policy *p, Arena *a)
{
    size_t sum = 0;

    for (size_t i = 0; i < TEXTS; i++) {
        PolicyText text = { "account", texts[i] };
        TextHit *hits;
        sum += policy_words(p, &text, a, &hits, NULL);
        arena_reset(a);
    }
    return sum;
}

static size_t matches(const Rx *rx, const char *s, size_t n)
{
    size_t from = 0, start, end, count = 0;

    while (from < n && rx_match_from(rx, s, n, from, &start, &end) == RX_YES) {
        count++;
        from = end > start ? end : end + 1;
    }
    return count;
}

/* Each pattern by itself; hits in the same place in one list are one, as policy_words counts them. */
static size_t by_pattern(const Policy *p, Arena *a)
{
    size_t sum = 0;

    for (size_t i = 0; i < TEXTS; i++)
        for (size_t k = 0; k < p->n_patterns; k++) sum += matches(p->patterns[k].rx, texts[i], strlen(texts[i]));
    return sum;
}

static Rx *alternation;

static size_t in_one(const Policy *p, Arena *a)
{
    size_t sum = 0;

    for (size_t i = 0; i < TEXTS; i++) sum += matches(alternation, texts[i], strlen(texts[i]));
    return sum;
}

static void make_alternation(const Policy *p)
{
    Str s = { 0 };

    for (size_t k = 0; k < p->n_patterns; k++) str_addf(&s, "%s(?:%s)", k ? "|" : "", p->patterns[k].text);
    alternation = rx_compile(s.s, s.n, true, NULL);
    str_finish(&s);
    if (!alternation) exit(99);
}

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The best of some tries, in microseconds a text. */
static double best_of(size_t (*way)(const Policy *p, Arena *a), const Policy *p, size_t *found)
{
    Arena *a = arena_new();
    double best = 1e9;

    for (int i = 0; i < TRIES; i++) {
        double from = seconds(), took;
        *found = way(p, a);
        took = seconds() - from;
        if (took < best) best = took;
    }
    arena_free(&a);
    return best / TEXTS * 1e6;
}

/* What the policy finds is what each pattern finds by itself, place for place. */
static bool same_hits(const Policy *p)
{
    Arena *a = arena_new();
    bool same = true;

    for (size_t i = 0; i < TEXTS && same; i++) {
        PolicyText text = { "account", texts[i] };
        TextHit *hits;
        size_t n = policy_words(p, &text, a, &hits, NULL), len = strlen(texts[i]), start, end, seen = 0;
        for (size_t k = 0; k < p->n_patterns && same; k++)
            for (size_t from = 0;
                 same && from < len && rx_match_from(p->patterns[k].rx, texts[i], len, from, &start, &end) == RX_YES;
                 from = end) {
                size_t at = 0;
                while (at < n && !(hits[at].from == start && hits[at].to == end &&
                                     str_eq(hits[at].words, p->lists[p->patterns[k].list].name)))
                    at++;
                same = at < n;
                seen++;
            }
        same = same && seen >= n;
        arena_reset(a);
    }
    arena_free(&a);
    return same;
}

/* What ten lists and one list cost as the policy searches them; their ratio. False when the hits are wrong. */
static bool measure(const char *name, const Policy *ten, const Policy *one, double *t_ten, double *ratio)
{
    size_t n_ten, n_one;
    double t_one;

    *t_ten = best_of(as_policy, ten, &n_ten);
    t_one = best_of(as_policy, one, &n_one);
    *ratio = *t_ten / t_one;
    printf("%s: %d texts of %zu bytes\n", name, TEXTS, bytes / TEXTS);
    printf("ten lists            %8.2f us a text (%zu hits)\n", *t_ten, n_ten);
    printf("one list             %8.2f us a text (%zu hits); ratio ten to one %.2f\n", t_one, n_one, *ratio);
    if (same_hits(ten)) return true;
    printf("the hits are not those of PCRE2 alone\n");
    return false;
}

/* The same searched by PCRE2 alone, beside `t_ten`; what one list costs so. */
static double alone(const Policy *ten, const Policy *one, double t_ten)
{
    size_t found;
    double t_one = best_of(by_pattern, one, &found), t;

    printf("one, by pattern      %8.2f us a text (%zu hits); ratio %.2f\n", t_one, found, t_one / t_ten);
    t = best_of(by_pattern, ten, &found);
    printf("ten, by pattern      %8.2f us a text (%zu hits); ratio %.2f\n", t, found, t / t_ten);
    t = best_of(in_one, ten, &found);
    printf("ten, one alternation %8.2f us a text (%zu hits); ratio %.2f\n", t, found, t / t_ten);
    return t_one;
}

int main(void)
{
    Policy *standard = standard_policy(), *ten = lists_of(LISTS), *one = lists_of(1);
    double t_ten, ratio, t_alone, t_dense, ratio_dense;
    bool ok;

    printf("%d lists with %zu patterns\n", LISTS, ten->n_patterns);
    make_alternation(ten);
    make_texts(ten, ordinary);
    ok = measure("ordinary accounts", ten, one, &t_ten, &ratio);
    t_alone = alone(ten, one, t_ten);
    make_texts(ten, dense);
    ok = measure("accounts full of hits", ten, one, &t_dense, &ratio_dense) && ok;
    alone(ten, one, t_dense);
    for (size_t i = 0; i < TEXTS; i++) mem_free(texts[i]);
    rx_free(&alternation);
    policy_free(&ten);
    policy_free(&one);
    policy_free(&standard);
    return !ok || ((t_ten > t_alone || ratio > 1.5) && !getenv("BOOK124_SLOW"));
}
