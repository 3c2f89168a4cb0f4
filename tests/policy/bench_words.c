/* bench_words.c — what ten word lists cost over accounts, beside one list and beside PCRE2 alone.
** The same texts in one run: ten lists and one list as the policy searches them; both pattern by pattern through PCRE2; and all patterns
** of the ten in one PCRE2 alternation. What the first finds must be what PCRE2 finds alone, place for place. The limit: ten lists must cost
** less than one list costs with PCRE2 alone. */
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

static void make_texts(void)
{
    for (size_t i = 0; i < TEXTS; i++) {
        Str s = { 0 };
        for (uint32_t k = 8 + dice() % 24; k > 0; k--)
            str_add(&s, sentences[dice() % 40 == 0 ? PLAIN + dice() % (ALL - PLAIN) : dice() % PLAIN]);
        bytes += s.n;
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

int main(void)
{
    Policy *standard = standard_policy(), *ten = lists_of(LISTS), *one = lists_of(1);
    size_t found[5];
    double t_ten, t_one, t_patterns, t_one_alone, t_alternation;

    make_texts();
    make_alternation(ten);
    t_ten = best_of(as_policy, ten, &found[0]);
    t_one = best_of(as_policy, one, &found[1]);
    t_patterns = best_of(by_pattern, ten, &found[2]);
    t_one_alone = best_of(by_pattern, one, &found[4]);
    t_alternation = best_of(in_one, ten, &found[3]);
    printf("%d texts of %zu bytes; %d lists with %zu patterns\n", TEXTS, bytes / TEXTS, LISTS, ten->n_patterns);
    printf("ten lists            %8.2f us a text (%zu hits)\n", t_ten, found[0]);
    printf("one list             %8.2f us a text (%zu hits); ratio ten to one %.2f\n", t_one, found[1], t_ten / t_one);
    printf("one, by pattern      %8.2f us a text (%zu hits); ratio %.2f\n", t_one_alone, found[4], t_one_alone / t_ten);
    printf("ten, by pattern      %8.2f us a text (%zu hits); ratio %.2f\n", t_patterns, found[2], t_patterns / t_ten);
    printf("ten, one alternation %8.2f us a text (%zu hits); ratio %.2f\n", t_alternation, found[3],
        t_alternation / t_ten);
    if (!same_hits(ten)) {
        printf("the hits are not those of PCRE2 alone\n");
        return 1;
    }
    for (size_t i = 0; i < TEXTS; i++) mem_free(texts[i]);
    rx_free(&alternation);
    policy_free(&ten);
    policy_free(&one);
    policy_free(&standard);
    return t_ten > t_one_alone && !getenv("BOOK124_SLOW");
}
