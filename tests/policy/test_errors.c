/* test_errors.c — what a policy writer is told. Every file in data/errors has the page it must give beside it (.txt).
** BOOK124_GOLDEN=write writes the pages anew; read them before they are committed. */
#include "policy_files.h"

#include "base/crypto.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const pages[] = { "empty", "no-policy-line", "no-duty", "names", "types", "twice", "clauses",
    "references", "calendar", "duties", "circle", "examples", "examples-run", "vocabulary", "unclosed", "indent",
    "same", "bytes-utf8", "bytes-nul", "bytes-bidi", "gates", "alerts", "words", "words-run", "checks-run", "tasks", "shifts" };

static const char *path_of(const char *name, const char *ending)
{
    char file[100];

    snprintf(file, sizeof file, "errors/%s%s", name, ending);
    return data_path(file);
}

static void write_page(const char *path, const char *page)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    fputs(page, f);
    fclose(f);
}

static void check_page(const char *name)
{
    size_t n, m;
    char *text = file_read(path_of(name, ".policy"), &n), *want, *got;
    Policy *p;

    assert_non_null(text);
    got = problems_of(text, n, &p);
    assert_null(p);
    assert_true(*got != '\0');
    if (getenv("BOOK124_GOLDEN")) write_page(path_of(name, ".txt"), got);
    want = file_read(path_of(name, ".txt"), &m);
    assert_non_null(want);
    assert_string_equal(got, want);
    mem_free(want);
    mem_free(got);
    mem_free(text);
}

/* Thirty different mistakes in one file are thirty sentences in one run, each in the line below the number of its mistake. */
static void thirty_mistakes_are_thirty_sentences(void **unused)
{
    size_t n, m;
    char *text = file_read(data_path("thirty.policy"), &n), *want, *got;
    PolicyProblems problems = { .arena = arena_new() };
    Policy *p;

    assert_non_null(text);
    assert_null(policy_parse("thirty.policy", text, n, &problems));
    assert_int_equal(problems.n, 30);
    for (size_t i = 0; i < problems.n; i++)
        for (size_t k = 0; k < i; k++) assert_string_not_equal(problems.items[i].text, problems.items[k].text);
    got = problems_of(text, n, &p);
    if (getenv("BOOK124_GOLDEN")) write_page(data_path("thirty.txt"), got);
    want = file_read(data_path("thirty.txt"), &m);
    assert_non_null(want);
    assert_string_equal(got, want);
    arena_free(&problems.arena);
    mem_free(want);
    mem_free(got);
    mem_free(text);
}

static void every_wrong_file_says_all_its_errors_at_once(void **unused)
{
    for (size_t i = 0; i < ARRAY_LEN(pages); i++) check_page(pages[i]);
}

/* ---- hostile texts ---- */

static void must_be_refused(const char *text, size_t n)
{
    Policy *p;
    char *page = problems_of(text, n, &p);

    assert_null(p);
    assert_true(strlen(page) > 0);
    mem_free(page);
}

static void ten_megabytes_are_refused_with_a_sentence(void **unused)
{
    size_t n = 10u << 20;
    char *text = mem_new(n + 1);

    memset(text, 'a', n);
    must_be_refused(text, n);
    mem_free(text);
}

static char *repeated(const char *before, const char *again, size_t times, const char *after)
{
    Str s = { 0 };

    str_add(&s, before);
    for (size_t i = 0; i < times; i++) str_add(&s, again);
    str_add(&s, after);
    return str_take(&s);
}

static void deep_nesting_is_a_sentence_and_never_a_crash(void **unused)
{
    static const char head[] = "policy p \"x\"\nduty d \"x\"\n cite x\n owner csu-ds\n from reported\n due after 1 "
                               "hour\n done attended\n when ";
    static const char *const again[] = { "(", "not ", "suspect to ", "no (", "latest status of suspect to " };

    for (size_t i = 0; i < ARRAY_LEN(again); i++) {
        char *text = repeated(head, again[i], 60000 / strlen(again[i]), "case is crime");
        must_be_refused(text, strlen(text));
        mem_free(text);
    }
    char *text = repeated("policy p \"x\"\nduty d \"x\"\n from ", "later of (", 50000, "");
    must_be_refused(text, strlen(text));
    mem_free(text);
}

static void definitions_that_double_cannot_run_away(void **unused)
{
    Str s = { 0 };

    str_add(&s, "policy p \"x\"\ncondition c0 is case is crime\n");
    for (int i = 1; i < 64; i++) str_addf(&s, "condition c%d is c%d and c%d\n", i, i - 1, i - 1);
    str_add(&s, "duty d \"x\"\n cite x\n owner csu-ds\n when c63\n from reported\n due after 1 hour\n done attended\n");
    must_be_refused(s.s, s.n);
    str_finish(&s);
}

static void a_long_chain_of_duties_is_read(void **unused)
{
    Str s = { 0 };
    Policy *p;
    char *page;

    str_add(&s, "policy p \"x\"\nduty d0 \"x\"\n cite x\n owner csu-ds\n from reported\n due after 1 hour\n done "
                "attended, any time\n");
    for (int i = 1; i < 5000; i++)
        str_addf(&s,
            "duty d%d \"x\"\n cite x\n owner csu-ds\n from duty d%d due\n due after 1 hour\n done attended, any time\n",
            i, i - 1);
    page = problems_of(s.s, s.n, &p);
    assert_string_equal(page, "");
    assert_int_equal(policy_duty_count(p), 5000);
    policy_free(&p);
    mem_free(page);
    str_finish(&s);
}

/* The standard policy with bytes knocked out, put in and doubled: whatever comes of it, a policy or a page. */
static void broken_copies_of_the_standard_policy_are_read_without_a_crash(void **unused)
{
    static const char junk[] = "(),\"/#\n \t:-.0x\xff";
    size_t n;
    const char *text = policy_builtin(POLICY_STANDARD, &n);
    uint32_t seed = 7;

    for (int round = 0; round < 150; round++) {
        char *copy = mem_new(n + 1);
        memcpy(copy, text, n);
        for (int i = 0; i < 1 + round % 20; i++) {
            size_t place;
            seed = seed * 1664525u + 1013904223u;
            place = (seed >> 8) % n;
            copy[place] = junk[(seed >> 4) % (sizeof junk - 1)];
        }
        Policy *p;
        mem_free(problems_of(copy, n - (size_t)round, &p));
        policy_free(&p);
        mem_free(copy);
    }
}

/* ---- shipped files, changed at random ---- */

static uint32_t dice(uint32_t below)
{
    static uint32_t seed = 124;

    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

/* Words and lines of the file itself in other places: what a tired editor does. */
static void shuffle(Str *s)
{
    static const char *const words[] = { "gate ", "alert ", "words ", "unless ", "when ", "example ", "account ",
        "risk ", "matches ", "pattern /a|/i ", "not ", "(", ")", " and ", " or ", "\"", "/", "\n", "\n    ", "is ",
        "expect ", "2010-02-01 22:14 ", "words from accounts\n", "words of accounts \"x\"\n",
        "factors specss-plus is a", "context ", "stops close-cad\n" };
    size_t from = dice((uint32_t)s->n), n = dice(60), to = dice((uint32_t)s->n);
    Str out = { 0 };

    if (from + n > s->n) n = s->n - from;
    str_add_n(&out, s->s, to);
    if (dice(2))
        str_add_n(&out, s->s + from, n);
    else
        str_add(&out, words[dice(ARRAY_LEN(words))]);
    if (dice(3) == 0 && to + n <= s->n) to += n; /* in place of what stood there */
    str_add_n(&out, s->s + to, s->n - to);
    str_finish(s);
    *s = out;
}

static size_t errors_of(const PolicyProblems *problems)
{
    size_t n = 0;

    for (size_t i = 0; i < problems->n; i++) n += !problems->items[i].warning;
    return n;
}

static void has_its_place(const PolicyProblems *problems, const Str *text)
{
    int lines = 1;

    for (size_t i = 0; i < text->n; i++) lines += text->s[i] == '\n';
    for (size_t i = 0; i < problems->n; i++) {
        const PolicyProblem *it = &problems->items[i];
        assert_in_range(it->line, 1, lines);
        assert_true(it->column >= 1 && it->width >= 1 && *it->text);
        if (i > 0) assert_true(problems->items[i - 1].line <= it->line);
    }
}

static void change_at_random(const char *text, size_t n, bool is_words, int rounds)
{
    size_t refused = 0;

    for (int round = 0; round < rounds; round++) {
        PolicyProblems problems = { .arena = arena_new() };
        Str s = { 0 };
        bool ok;
        str_add_n(&s, text, n);
        for (uint32_t i = dice(4) + 1; i > 0; i--) shuffle(&s);
        if (is_words)
            ok = policy_words_check("w", s.s, s.n, NULL, &problems);
        else {
            Policy *p = policy_parse("p", s.s, s.n, &problems);
            ok = p != NULL;
            policy_free(&p);
        }
        assert_true(ok == (errors_of(&problems) == 0));
        has_its_place(&problems, &s);
        refused += !ok;
        str_finish(&s);
        arena_free(&problems.arena);
    }
    assert_true(refused > (size_t)rounds / 2);
}

static void must_be_read(const char *text, size_t n)
{
    Policy *p;
    char *page = problems_of(text, n, &p);

    assert_string_equal(page, "");
    policy_free(&p);
    mem_free(page);
}

static void shipped_files_changed_at_random_are_read_or_refused_with_places(void **unused)
{
    size_t n;
    const char *text = policy_builtin(POLICY_STANDARD, &n), *gates = strstr(text, "\nwords from accounts") + 1;
    Str small = { 0 };

    change_at_random(text, n, false, 60);
    str_add(&small, "policy p \"x\"\nvalue grade is latest grade of assessment\n");
    str_add(&small, "ignore review with outcome returned\n"
                    "reference cris /^\\d{7}\\/\\d{2}$/ example \"4212345/10\" otherwise warn\n"
                    "reference merlin /^\\d{2}(PAC|MIS)\\d{6}$/ example \"10PAC012345\" otherwise warn\n"
                    "condition actual-cris-number is reference cris well-formed or reference cris with unusual\n"
                    "condition actual-merlin-number is reference merlin well-formed or reference merlin with unusual\n");
    str_add(&small, gates); /* the gates and alerts alone: more changes hit them */
    must_be_read(small.s, small.n);
    change_at_random(small.s, small.n, false, 150);
    str_finish(&small);
    text = policy_words_builtin("accounts", &n);
    change_at_random(text, n, true, 150);
}

static int start(void **unused)
{
    Err err;

    return crypto_start(&err) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_wrong_file_says_all_its_errors_at_once),
        cmocka_unit_test(thirty_mistakes_are_thirty_sentences),
        cmocka_unit_test(ten_megabytes_are_refused_with_a_sentence),
        cmocka_unit_test(deep_nesting_is_a_sentence_and_never_a_crash),
        cmocka_unit_test(definitions_that_double_cannot_run_away),
        cmocka_unit_test(a_long_chain_of_duties_is_read),
        cmocka_unit_test(broken_copies_of_the_standard_policy_are_read_without_a_crash),
        cmocka_unit_test(shipped_files_changed_at_random_are_read_or_refused_with_places),
    };

    return cmocka_run_group_tests_name("policy errors", tests, start, NULL);
}
