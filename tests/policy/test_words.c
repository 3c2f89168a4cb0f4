/* test_words.c — word lists: what they find, what they never miss, and that no pattern can hold them up. */
#include "policy_files.h"

#include "base/crypto.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "eval.h"
#include "words_letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DUTY "duty d \"x\"\n cite x\n owner dci\n from reported\n due after 1 hour\n done attended\n"

static Policy *policy_of(const char *words)
{
    Str s = { 0 };
    Policy *p;
    char *page;

    str_addf(&s, "policy p \"x\"\n" DUTY "%s", words);
    page = problems_of(s.s, s.n, &p);
    if (!p) fail_msg("%s", page);
    mem_free(page);
    str_finish(&s);
    return p;
}

/* ---- finding ---- */

static void every_place_is_found_in_order(void **unused)
{
    Policy *p = policy_of("words hit \"x\"\n pattern /\\bhit\\b/i, /\\bhit\\s+her\\b/i\n matches \"hit\"\n"
                          "words her \"x\"\n pattern /\\bher\\b/i\n matches \"her\"\n");
    Arena *a = arena_new();
    PolicyText text = { "allegation.account", "HIT, and he hit her; whit." };
    const char *gave_up = "?";
    TextHit *hits;

    assert_int_equal(policy_words(p, &text, a, &hits, &gave_up), 4);
    assert_null(gave_up);
    assert_string_equal(hits[0].words, "hit");
    assert_int_equal(hits[0].from, 0);
    assert_int_equal(hits[0].to, 3);
    assert_int_equal(hits[1].from, 12); /* the longer one of two first */
    assert_int_equal(hits[1].to, 19);
    assert_int_equal(hits[2].to, 15);
    assert_string_equal(hits[3].words, "her");
    assert_string_equal(hits[3].path, "allegation.account");
    arena_free(&a);
    policy_free(&p);
}

static void a_text_without_words_and_an_empty_one_have_no_hits(void **unused)
{
    Policy *p = standard_policy();
    Arena *a = arena_new();
    PolicyText none = { "a", "" }, calm = { "a", "They talked about the weather." };
    const char *gave_up;
    TextHit *hits;

    assert_int_equal(policy_words(p, &none, a, &hits, &gave_up), 0);
    assert_null(gave_up);
    assert_int_equal(policy_words(p, &calm, a, &hits, &gave_up), 0);
    assert_null(gave_up);
    arena_free(&a);
    policy_free(&p);
}

static void letters_without_case_are_found_in_any_alphabet(void **unused)
{
    Policy *p = policy_of("words s \"x\"\n pattern /strangl/i, /izzat/i, /ĞÜL/i\n matches \"strangled\"\n");
    Arena *a = arena_new();
    PolicyText odd = { "a", "\xC5\xBFtrangled, I\xC5\xBF"
                            "no, İzzat izzat IZZAT, \xC4\x9F\xC3\xBCl" };
    TextHit *hits;

    assert_int_equal(policy_words(p, &odd, a, &hits, NULL), 4); /* the long s is an s to PCRE2 */
    arena_free(&a);
    policy_free(&p);
}

static void a_pattern_with_case_keeps_it(void **unused)
{
    Policy *p = policy_of("words s \"x\"\n pattern /\\bFGM\\b/\n matches \"FGM\"\n not \"fgm\"\n");

    policy_free(&p);
}

/* ---- what the walk may never miss ---- */

static uint32_t dice(uint32_t below)
{
    static uint32_t seed = 2010;

    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static const char *const pattern_bits[] = { "a", "b", "ab", "A", "s", "k", "\\s", "\\s+", "\\s*", " ", "  ", "\\b",
    "(a|b)", "(?:ab|ba)", "(?:a b|k)", "?", "*", "+", "{2}", "{0,2}", "{1,}", "|", "(", ")", "(?:", "(?=a)", "(?!b)",
    "(?<=a)", "(?<!b)", "\\bhit", "hit", "her", "(?:day|night)", "(?:all |no)", "(?:\\w+\\s+){0,2}?",
    "(?:hit|hits|a b)", "\\d+", "[- ]", "\\w*", "\\w+", "\\S+", ".*", "\\W", "\\G", "\\X", "{3,5}", "[ab]", "[^a]",
    "[]a]", "[[:alpha:]]", ".", "^", "$", "\\w", "\\d", "\\.", "\\(", "é", "\\x41", "\\Qa\\E", "(?i)", "(?x)", "(?#c)",
    "\\K", "(a)\\1", "\\p{L}", "{", "}", "]", "+?", "?+", "(*ACCEPT)", "\\R", "\\N", "\\t", "-" };
static const char *const text_bits[] = { "a", "b", "ab", "ba", "A", "B", "s", "S", "\xC5\xBF", "k", "\xE2\x84\xAA", " ",
    "  ", "\t", "\n", "\xC2\xA0", "\xE2\x80\x83", "\xC2\x85", ".", "(", "é", "É", "x", "-", "aab", "a b",
    "\xE1\xA0\x8E", "hit", "her", "hit her", "day", "all night", "no day ", " words between ", "12", "\xE2\x80\x99s",
    ". ", "hits" };

static void random_text(Str *s, const char *const *bits, size_t n, uint32_t most)
{
    str_clear(s);
    for (uint32_t i = 1 + dice(most); i > 0; i--) str_add(s, bits[dice((uint32_t)n)]);
}

typedef struct Tally {
    size_t tried, spared, found;
} Tally;

enum { PLAIN_MAX = 200 };

/* What PCRE2 finds by itself from the first letter to the last; false when it gives up. */
static bool plain_hits(const Rx *rx, const char *s, size_t n, TextHit *out, size_t *found)
{
    size_t from = 0, start = 0, end = 0;

    for (*found = 0; *found < PLAIN_MAX; from = start < end ? end : utf8_next(s, n, end)) {
        RxResult r = *found && from >= n ? RX_NO : rx_match_from(rx, s, n, from, &start, &end);
        if (r == RX_LIMIT) return false;
        if (r == RX_NO) break;
        if (end < from) end = from;
        if (start > end) start = end;
        out[(*found)++] = (TextHit){ .from = start, .to = end };
    }
    return true;
}

/* A policy with one pattern: what it finds in a text is what PCRE2 finds alone, place for place. */
static void same_as_plain(const Policy *p, const char *text, size_t n, Tally *t)
{
    Arena *a = arena_new();
    PolicyText one = { "a", text };
    Looked *l = words_look(p, &one, 1, a);
    TextHit hits[PLAIN_MAX], plain[PLAIN_MAX];
    bool gave_up = false;
    size_t found = words_hits(p, l, 0, 0, PLAIN_MAX, hits, &gave_up), n_plain;

    if (plain_hits(p->patterns[0].rx, text, n, plain, &n_plain)) {
        if (found != n_plain)
            fail_msg("/%s/ in \"%s\": %zu, and PCRE2 says %zu", p->patterns[0].text, text, found, n_plain);
        for (size_t i = 0; i < found; i++)
            if (hits[i].from != plain[i].from || hits[i].to != plain[i].to)
                fail_msg("/%s/ in \"%s\": %zu to %zu, and PCRE2 says %zu to %zu", p->patterns[0].text, text,
                    hits[i].from, hits[i].to, plain[i].from, plain[i].to);
    }
    t->tried++;
    t->found += found > 0;
    t->spared += l->near[0] != finder_needs(p, 0);
    arena_free(&a);
}

/* One pattern as a policy of its own, made by hand: most random ones have no example. */
static Policy *alone(const char *pattern, Policy *p, WordList *list, WordPattern *one)
{
    *one = (WordPattern){ .text = pattern, .ignore_case = true };
    *list = (WordList){ .name = "w", .n = 1 };
    *p = (Policy){ .lists = list, .n_lists = 1, .patterns = one, .n_patterns = 1 };
    one->rx = rx_compile(pattern, strlen(pattern), true, NULL);
    if (!one->rx) return NULL;
    words_ready(p);
    return p;
}

static void compare(const char *pattern, Tally *t)
{
    WordPattern one;
    WordList list;
    Policy p;
    Str s = { 0 };

    if (!alone(pattern, &p, &list, &one)) return;
    for (int i = 0; i < 40; i++) {
        random_text(&s, text_bits, ARRAY_LEN(text_bits), dice(30) ? 10 : 300);
        same_as_plain(&p, s.s, s.n, t);
    }
    finder_free(&p.finder);
    rx_free(&one.rx);
    str_finish(&s);
}

static void the_walk_spares_work_and_never_a_match(void **unused)
{
    Tally t = { 0 };
    Str pattern = { 0 };

    for (int i = 0; i < 20000; i++) {
        random_text(&pattern, pattern_bits, ARRAY_LEN(pattern_bits), 8);
        compare(pattern.s, &t);
    }
    assert_true(t.tried > 100000);
    assert_true(t.spared > t.tried / 20); /* else the walk would be of no use, */
    assert_true(t.found > t.tried / 20);  /* and this test neither */
    str_finish(&pattern);
}

/* Every shipped pattern over texts of what its examples and those of others say, in any order, cut anywhere, with odd blanks between. */
static void shipped_patterns_find_what_pcre2_finds(void **unused)
{
    static const char *const between[] = { " ", "  ", "\n", "\xC2\xA0", ", ", "", "-", " he then " };
    Policy *standard = standard_policy();
    Tally t = { 0 };
    Str s = { 0 };

    for (size_t i = 0; i < standard->n_patterns; i++) {
        WordPattern one;
        WordList list;
        Policy p;
        assert_non_null(alone(standard->patterns[i].text, &p, &list, &one));
        for (int k = 0; k < 200; k++) {
            str_clear(&s);
            for (uint32_t parts = 1 + dice(dice(20) ? 12 : 150); parts > 0; parts--) {
                const WordList *of =
                    &standard->lists[dice(2) ? standard->patterns[i].list : dice((uint32_t)standard->n_lists)];
                const char *say = of->examples[dice((uint32_t)of->n_examples)].text;
                size_t n = strlen(say), cut = dice(3) ? n : utf8_prev(say, n, dice((uint32_t)n) + 1);
                str_add_n(&s, say, cut);
                str_add(&s, between[dice(ARRAY_LEN(between))]);
            }
            same_as_plain(&p, s.s, s.n, &t);
        }
        finder_free(&p.finder);
        rx_free(&one.rx);
    }
    assert_true(t.spared > t.tried / 4);
    assert_true(t.found > t.tried / 8);
    str_finish(&s);
    policy_free(&standard);
}

static void every_shipped_pattern_has_letters_and_an_example(void **unused)
{
    Policy *p = standard_policy();
    Arena *a = arena_new();

    for (size_t i = 0; i < p->n_patterns; i++) {
        const WordPattern *w = &p->patterns[i];
        const WordList *l = &p->lists[w->list];
        LetterNeeds needs;
        bool reached = false;
        if (!words_letters(w->text, &needs)) fail_msg("%s: no letters in /%s/", l->name, w->text);
        for (size_t k = 0; k < l->n_examples && !reached; k++)
            reached = l->examples[k].matches &&
                      rx_match(w->rx, l->examples[k].text, strlen(l->examples[k].text), NULL, NULL) == RX_YES;
        if (!reached) fail_msg("%s: no example reaches /%s/", l->name, w->text);
    }
    arena_free(&a);
    policy_free(&p);
}

static void every_shipped_list_has_six_examples_each_way(void **unused)
{
    Policy *p = standard_policy();

    assert_int_equal(p->n_lists, 13);
    for (size_t i = 0; i < p->n_lists; i++) {
        size_t yes = 0, no = 0;
        for (size_t k = 0; k < p->lists[i].n_examples; k++) *(p->lists[i].examples[k].matches ? &yes : &no) += 1;
        if (yes < 6 || no < 6) fail_msg("%s has %zu and %zu examples", p->lists[i].name, yes, no);
    }
    policy_free(&p);
}

/* ---- limits ---- */

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void a_pattern_at_its_limit_is_told_and_never_a_no(void **unused)
{
    Policy *p = policy_of("words slow \"x\"\n pattern /^(a|a)+$/i\n matches \"aaa\"\n"
                          "words fine \"x\"\n pattern /b/\n matches \"b\"\n");
    Arena *a = arena_new();
    char s[102];
    PolicyText text = { "a", s };
    const char *gave_up = NULL;
    TextHit *hits;

    memset(s, 'a', 99);
    memcpy(s + 99, "!b", 3);
    assert_int_equal(policy_words(p, &text, a, &hits, &gave_up), 1); /* the other list is searched all the same */
    assert_string_equal(hits[0].words, "fine");
    assert_string_equal(gave_up, "slow");
    arena_free(&a);
    policy_free(&p);
}

static void an_example_that_reaches_the_limit_is_a_problem(void **unused)
{
    static const char words[] = "words of w \"x\"\nwords slow \"x\"\n pattern /^(a|a)+$/\n matches \"a\"\n"
                                " not \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"\n";
    PolicyProblems problems = { .arena = arena_new() };

    assert_false(policy_words_check("w", words, sizeof words - 1, NULL, &problems));
    assert_int_equal(problems.n, 1);
    assert_int_equal(problems.items[0].line, 5);
    assert_non_null(strstr(problems.items[0].text, "reach their limit"));
    arena_free(&problems.arena);
}

static void text_that_cannot_be_read_is_told(void **unused)
{
    Policy *p = policy_of("words w \"x\"\n pattern /b/\n matches \"b\"\n");
    Arena *a = arena_new();
    PolicyText text = { "a", "b \xFF" };
    const char *gave_up = NULL;
    TextHit *hits;

    policy_words(p, &text, a, &hits, &gave_up);
    assert_string_equal(gave_up, "w");
    arena_free(&a);
    policy_free(&p);
}

/* The patterns of a collection of catastrophic ones, each over what makes it explode. */
static void one_redos(const char *pattern)
{
    static const char *const pumps[] = { "a", "ab", "abc", "a@a.a", "x ", "aa " };
    WordPattern one = { .text = pattern };
    WordList list = { .name = "w", .n = 1 };
    Policy p = { .lists = &list, .n_lists = 1, .patterns = &one, .n_patterns = 1 };
    Arena *a = arena_new();

    one.rx = rx_compile(pattern, strlen(pattern), true, NULL);
    assert_non_null(one.rx);
    words_ready(&p);
    for (size_t i = 0; i < ARRAY_LEN(pumps); i++) {
        Str s = { 0 };
        const char *gave_up;
        double from = seconds();
        TextHit *hits;
        while (s.n < 20000) str_add(&s, pumps[i]);
        str_add(&s, "!");
        PolicyText text = { "a", s.s };
        size_t n = policy_words(&p, &text, a, &hits, &gave_up);
        RxResult direct = rx_match(one.rx, s.s, s.n, NULL, NULL);
        if (direct == RX_LIMIT) assert_non_null(gave_up);
        if (direct == RX_NO) assert_int_equal(n, 0);
        if (direct == RX_YES) assert_true(n > 0);
        if (seconds() - from > 2.0) fail_msg("/%s/ took %.1f s", pattern, seconds() - from);
        str_finish(&s);
    }
    finder_free(&p.finder);
    rx_free(&one.rx);
    arena_free(&a);
}

static void the_redos_patterns_end_with_an_answer_or_a_word(void **unused)
{
    static const char *const files[] = { "1", "2", "3", "4", "5", "6", "7", "9", "charclass", "w", "1-limits",
        "8-timeout-limits" };

    if (!shared_path("corpora/redos/SOURCE.txt")) skip();
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        char path[200], pattern[400] = "", *json, *key;
        size_t n, out = 0;
        snprintf(path, sizeof path, "corpora/redos/src/detect/test/unsafe/unsafe-%s.json", files[i]);
        json = file_read(shared_path(path), &n);
        assert_non_null(json);
        key = strstr(json, "\"pattern\": \"");
        assert_non_null(key);
        for (key += 12; *key && *key != '"' && out < sizeof pattern - 1; key++) {
            if (*key == '\\') key++;
            pattern[out++] = *key;
        }
        one_redos(pattern);
        mem_free(json);
    }
}

/* ---- files ---- */

static const char with_words[] =
    "policy p \"x\"\nwords from mine\n" DUTY "alert one \"x\"\n cite x\n owner dci\n when account matches words hit\n";
static const char mine[] =
    "words of mine \"x\"\nwords hit \"x\"\n pattern /\\bhit\\b/i\n matches \"He hit her.\"\n not \"white\"\n";

static Policy *with(const char *text, const char *words, PolicyProblems *problems)
{
    PolicyFile file = { "mine", words, strlen(words) };

    return policy_parse_with("p", text, strlen(text), &file, words == NULL ? 0 : 1, problems);
}

/* What is in force is read without being checked again, and says the same: hash, hits, duties. */
static void a_text_that_was_checked_is_read_alike(void **unused)
{
    static const char *const said[] = { "He put his hands round my neck and strangled me.", "Nothing of the kind.",
        "He had a knife and said he would kill her; she is pregnant." };
    Arena *a = arena_new();
    PolicyProblems problems = { .arena = a };
    size_t n = 0, whole_n = 0, found = 0;
    const char *text = policy_builtin(POLICY_STANDARD, &n);
    Policy *slow = policy_parse(POLICY_STANDARD, text, n, &problems), *fast;
    const char *whole = policy_whole_text(slow, &whole_n);

    fast = policy_parse_checked(POLICY_STANDARD, whole, whole_n, &problems);
    assert_non_null(fast);
    assert_string_equal(policy_hash(fast), policy_hash(slow));
    assert_int_equal(policy_duty_count(fast), policy_duty_count(slow));
    for (size_t i = 0; i < ARRAY_LEN(said); i++) {
        PolicyText one = { "allegation.account", said[i] };
        TextHit *x, *y;
        size_t n_x = policy_words(slow, &one, a, &x, NULL), n_y = policy_words(fast, &one, a, &y, NULL);
        assert_int_equal(n_x, n_y);
        for (size_t k = 0; k < n_x; k++) {
            assert_string_equal(x[k].words, y[k].words);
            assert_int_equal(x[k].from, y[k].from);
        }
        found += n_x;
    }
    assert_true(found > 3);
    policy_free(&slow);
    policy_free(&fast);
    arena_free(&a);
}

static void the_hash_covers_the_words(void **unused)
{
    PolicyProblems problems = { .arena = arena_new() };
    Policy *p = with(with_words, mine, &problems), *q, *whole;
    Str other = { 0 };
    const char *text;
    size_t n;

    assert_non_null(p);
    str_addf(&other, "%s not \"hitherto\"\n", mine);
    q = with(with_words, other.s, &problems);
    assert_non_null(q);
    assert_string_not_equal(policy_hash(p), policy_hash(q));
    assert_string_equal(policy_text(p, &n), policy_whole_text(p, &n)); /* one text, of two lengths */
    policy_text(p, &n);
    assert_int_equal(n, strlen(with_words));
    text = policy_whole_text(q, &n);
    assert_int_equal(n, strlen(with_words) + other.n);
    whole = policy_parse("kept", text, n, &problems); /* needs no words file any more */
    assert_non_null(whole);
    assert_string_equal(policy_hash(whole), policy_hash(q));
    policy_free(&p);
    policy_free(&q);
    policy_free(&whole);
    str_finish(&other);
    arena_free(&problems.arena);
}

static void without_words_the_hash_is_that_of_the_text(void **unused)
{
    static const char text[] = "policy p \"x\"\n" DUTY;
    PolicyProblems problems = { .arena = arena_new() };
    Policy *p = policy_parse("p", text, sizeof text - 1, &problems);
    uint8_t hash[HASH_BYTES];
    char hex[HASH_HEX];

    crypto_hash(text, sizeof text - 1, hash);
    assert_string_equal(policy_hash(p), crypto_hex(hash, sizeof hash, hex));
    policy_free(&p);
    arena_free(&problems.arena);
}

static void a_broken_words_file_is_told_where_it_is_asked_for(void **unused)
{
    PolicyProblems problems = { .arena = arena_new() };

    assert_null(with(with_words, "words of mine \"x\"\n\nwords hit \"x\"\n pattern /(/\n matches \"a\"\n", &problems));
    assert_int_equal(problems.items[0].line, 2);
    assert_non_null(strstr(problems.items[0].text, "Line 4 of the words file \"mine\": "));
    assert_null(with(with_words, "words of mine \"x\"\nduty sneaked \"in\"\n", &problems));
    assert_null(with(with_words, "words of mine \"\xFF\"\n", &problems));
    assert_int_equal(problems.items[0].line, 2);
    assert_null(with("policy p \"x\"\nwords from nowhere\n" DUTY, mine, &problems));
    assert_non_null(strstr(problems.items[0].text, "There is no words file \"nowhere\"."));
    arena_free(&problems.arena);
}

static void the_shipped_words_file_is_right_by_itself(void **unused)
{
    PolicyProblems problems = { .arena = arena_new() };
    size_t n, lists = 0;
    const char *text = policy_words_builtin("accounts", &n);

    assert_true(policy_words_check("accounts", text, n, &lists, &problems));
    assert_int_equal(lists, 13);
    assert_null(policy_words_builtin("nothing", &n));
    arena_free(&problems.arena);
}

static int start(void **unused)
{
    Err err;

    return crypto_start(&err) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_place_is_found_in_order),
        cmocka_unit_test(a_text_without_words_and_an_empty_one_have_no_hits),
        cmocka_unit_test(letters_without_case_are_found_in_any_alphabet),
        cmocka_unit_test(a_pattern_with_case_keeps_it),
        cmocka_unit_test(the_walk_spares_work_and_never_a_match),
        cmocka_unit_test(shipped_patterns_find_what_pcre2_finds),
        cmocka_unit_test(every_shipped_pattern_has_letters_and_an_example),
        cmocka_unit_test(every_shipped_list_has_six_examples_each_way),
        cmocka_unit_test(a_pattern_at_its_limit_is_told_and_never_a_no),
        cmocka_unit_test(an_example_that_reaches_the_limit_is_a_problem),
        cmocka_unit_test(text_that_cannot_be_read_is_told),
        cmocka_unit_test(the_redos_patterns_end_with_an_answer_or_a_word),
        cmocka_unit_test(a_text_that_was_checked_is_read_alike),
        cmocka_unit_test(the_hash_covers_the_words),
        cmocka_unit_test(without_words_the_hash_is_that_of_the_text),
        cmocka_unit_test(a_broken_words_file_is_told_where_it_is_asked_for),
        cmocka_unit_test(the_shipped_words_file_is_right_by_itself),
    };

    return cmocka_run_group_tests_name("policy words", tests, start, NULL);
}
