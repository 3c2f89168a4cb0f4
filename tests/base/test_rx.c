/* test_rx.c — patterns find, and no pattern can hold the program up. */
#include "helpers.h"

#include "base/rx.h"
#include "base/str.h"
#include <time.h>

static Rx *rx(const char *pattern, bool ignore_case)
{
    Err err = { 0 };
    Rx *made = rx_compile(pattern, strlen(pattern), ignore_case, &err);

    if (!made) fail_msg("%s: %s", pattern, err.text);
    return made;
}

static RxResult match(const char *pattern, bool ignore_case, const char *s)
{
    Rx *r = rx(pattern, ignore_case);
    RxResult result = rx_match(r, s, strlen(s), NULL, NULL);

    rx_free(&r);
    assert_null(r);
    return result;
}

static void a_pattern_finds_where(void **unused)
{
    Rx *r = rx("b+", false);
    size_t start = 9, end = 9;

    assert_int_equal(rx_match(r, "aabbbc", 6, &start, &end), RX_YES);
    assert_int_equal(start, 2);
    assert_int_equal(end, 5);
    assert_int_equal(rx_match(r, "aabbbc", 2, NULL, NULL), RX_NO);
    assert_int_equal(rx_match(r, "", 0, NULL, NULL), RX_NO);
    rx_free(&r);
    rx_free(&r);
}

static void the_next_match_sees_what_stands_before_it(void **unused)
{
    Rx *r = rx("\\bhit", true);
    size_t start = 9, end = 9;

    assert_int_equal(rx_match_from(r, "hit whit Hit", 12, 0, &start, &end), RX_YES);
    assert_int_equal(start, 0);
    assert_int_equal(rx_match_from(r, "hit whit Hit", 12, end, &start, &end), RX_YES);
    assert_int_equal(start, 9); /* the one in "whit" is no word */
    assert_int_equal(rx_match_from(r, "hit whit Hit", 12, end, NULL, NULL), RX_NO);
    assert_int_equal(rx_match_from(r, "é hit", 6, 1, NULL, NULL), RX_LIMIT); /* in the middle of a character */
    assert_int_equal(rx_match_from(r, "hit", 3, 4, NULL, NULL), RX_LIMIT);
    rx_free(&r);
}

static void patterns_know_letters_of_the_world(void **unused)
{
    assert_int_equal(match("strangl", true, "He STRANGLED her"), RX_YES);
    assert_int_equal(match("strangl", false, "He STRANGLED her"), RX_NO);
    assert_int_equal(match("zoë", true, "ZOË"), RX_YES);
    assert_int_equal(match("^\\w+$", false, "Żółć"), RX_YES);
    assert_int_equal(match("^.$", false, "語"), RX_YES);
    assert_int_equal(match("\\bchok", true, "was choked"), RX_YES);
    assert_int_equal(match("^\\d$", false, "٣"), RX_YES);
}

static void a_bad_pattern_says_where_it_is_bad(void **unused)
{
    static const struct {
        const char *pattern, *offset;
    } bad[] = { { "a(b", "3" }, { "a**+", "2" }, { "[z-a]", "3" }, { "(?<n", "4" }, { "a\\Cb", "3" }, { "\\", "1" },
        { "(*NO_JIT)a", "8" } };

    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        Err err = { 0 };

        assert_null(rx_compile(bad[i].pattern, strlen(bad[i].pattern), false, &err));
        assert_int_equal(err.kind, ERR_INVALID);
        assert_string_equal(err.field, bad[i].offset);
        assert_true(err.text[strlen(err.text) - 1] == '.');
    }
    assert_null(rx_compile("\xFF", 1, false, NULL));
}

static void a_pattern_may_hold_a_nul(void **unused)
{
    Rx *r = rx_compile("a\0b", 3, false, NULL);

    assert_non_null(r);
    assert_int_equal(rx_match(r, "xa\0b", 4, NULL, NULL), RX_YES);
    assert_int_equal(rx_match(r, "xab", 3, NULL, NULL), RX_NO);
    rx_free(&r);
}

static void text_that_is_not_utf8_is_neither_yes_nor_no(void **unused)
{
    assert_int_equal(match("a", false, "a\xFF"), RX_LIMIT);
}

/* --- evil ------------------------------------------------------------------------------ */

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* How long it takes at most over texts that make backtracking explode. */
static double worst(const char *pattern)
{
    static const char *const pumps[] = { "a", "ab", "aaab", "abc", "a@a.a", "x ", "aa " };
    double most = 0;
    Rx *r = rx(pattern, true);

    for (size_t i = 0; i < ARRAY_LEN(pumps); i++) {
        Str s = { 0 };
        double from = seconds(), took;

        while (s.n < 60000) str_add(&s, pumps[i]);
        str_add(&s, "!");
        rx_match(r, s.s, s.n, NULL, NULL);
        took = seconds() - from;
        if (took > most) most = took;
        str_finish(&s);
    }
    rx_free(&r);
    return most;
}

static void no_pattern_holds_a_search_up(void **unused)
{
    static const char *const evil[] = { "(a+)+$", "(a+(a|b))+$", "(a*ba+)+$", "((abc)+)+$", "((a|b)(a+))+$",
        "((\\w|b)(a+))+$", "(a|\\w)+$", "(a{1,40}){1,40}$", "(a+)+!x", "([a-z]+)+$", "(\\w+)+$",
        ".+\\@.+\\..+a.+a.+a.+x", "(a|a)+$", "(.*)*(.*)*(.*)*x", "(?:(?:a?){50}){50}b", "^(a?){60}a{60}$", "(x+x+)+y",
        "(a|b|ab)*c", "\\s+$", "(?R)?a", "(a(?1)?b)+$", "(?:a?){16}!!", "(?:\\w?){15}\\d", "(\\p{L}+\\s?)*\\d" };

    for (size_t i = 0; i < ARRAY_LEN(evil); i++) {
        double took = worst(evil[i]);

        if (took > 1.0) fail_msg("%s took %.1f s", evil[i], took);
    }
}

static void the_redos_patterns_finish(void **unused)
{
    static const char *const files[] = { "1", "2", "3", "4", "5", "6", "7", "9", "charclass", "w", "1-limits",
        "8-timeout-limits" };

    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        char path[200], pattern[200] = "";
        char *json, *key;
        size_t n, out = 0;

        snprintf(path, sizeof path, "corpora/redos/src/detect/test/unsafe/unsafe-%s.json", files[i]);
        json = shared_file(path, &n);
        key = strstr(json, "\"pattern\": \"");
        assert_non_null(key);
        for (key += 12; *key && *key != '"'; key++) {
            if (*key == '\\') key++;
            pattern[out++] = *key;
        }
        assert_true(worst(pattern) < 1.0);
        mem_free(json);
    }
}

static void a_runaway_match_gives_up(void **unused)
{
    char s[101];

    memset(s, 'a', 99);
    s[99] = '!';
    s[100] = '\0';
    assert_int_equal(match("^(a|a)+$", false, s), RX_LIMIT);
    assert_null(rx_compile("(*LIMIT_MATCH=4000000000)^(a|a)+$", 33, false, NULL)); /* no lifting */
}

static void a_long_narrative_is_no_runaway(void **unused)
{
    Str s = { 0 };

    while (s.n < 60000) str_add(&s, "She said that he was at the door again. ");
    str_add(&s, "He STRANGLED her.");
    assert_int_equal(match("\\b(strangl|chok|suffocat)\\w*", true, s.s), RX_YES);
    assert_int_equal(match("(?s)door.*strangled", true, s.s), RX_YES);
    assert_int_equal(match("(?:[a-z]+ )+nowhere", true, s.s), RX_NO);
    str_finish(&s);
}

static void a_pattern_too_large_is_refused(void **unused)
{
    Str s = { 0 };
    Err err = { 0 };

    assert_null(rx_compile("((a{1,1000}){1,1000}){1,1000}", 29, false, &err));
    while (s.n <= 1 << 16) str_add(&s, "a");
    assert_null(rx_compile(s.s, s.n, false, &err));
    str_clear(&s);
    for (int i = 0; i < 5000; i++) str_add(&s, "(");
    assert_null(rx_compile(s.s, s.n, false, &err));
    str_finish(&s);
}

static void random_patterns_do_no_harm(void **unused)
{
    static const char *const bits[] = { "a", "b", ".", "*", "+", "?", "(", ")", "(?:", "(?=", "|", "[", "]", "^", "$",
        "\\w", "\\b", "{2,5}", "\\1", "(?1)", "\\p{L}", "é", "\xFF", "(?C1)", "\\C", "(*ACCEPT)", "\\K", "-" };
    uint64_t seed = 31;

    for (int round = 0; round < 20000; round++) {
        Str s = { 0 };
        size_t start = 0, end = 0;
        Rx *r;

        for (size_t i = 1 + dice_below(&seed, 10); i > 0; i--) str_add(&s, bits[dice_below(&seed, ARRAY_LEN(bits))]);
        r = rx_compile(s.s, s.n, true, NULL);
        if (r && rx_match(r, "aabab éa aaaaaaaaaaaaaaaaaaaaaaaab", 36, &start, &end) == RX_YES) {
            assert_true(start <= 36 && end <= 36);
        }
        rx_free(&r);
        str_finish(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_pattern_finds_where),
        TEST(the_next_match_sees_what_stands_before_it),
        TEST(patterns_know_letters_of_the_world),
        TEST(a_bad_pattern_says_where_it_is_bad),
        TEST(a_pattern_may_hold_a_nul),
        TEST(text_that_is_not_utf8_is_neither_yes_nor_no),
        TEST(no_pattern_holds_a_search_up),
        TEST(the_redos_patterns_finish),
        TEST(a_runaway_match_gives_up),
        TEST(a_long_narrative_is_no_runaway),
        TEST(a_pattern_too_large_is_refused),
        TEST(random_patterns_do_no_harm),
    };

    return cmocka_run_group_tests_name("rx", tests, NULL, NULL);
}
