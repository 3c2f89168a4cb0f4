/* test_utf8.c — UTF-8 as people see it. */
#include "helpers.h"

#include "base/str.h"
#include "base/utf8.h"

/* --- code points ------------------------------------------------------------------ */

static void every_character_goes_round(void **unused)
{
    for (uint32_t cp = 0; cp <= 0x110010; cp++) {
        char s[4];
        size_t n = utf8_encode(cp, s), len;
        bool exists = cp <= 0x10FFFF && (cp < 0xD800 || cp > 0xDFFF);

        if ((n > 0) != exists) fail_msg("U+%04X", (unsigned)cp);
        if (exists && (utf8_decode(s, n, &len) != cp || len != n)) fail_msg("U+%04X", (unsigned)cp);
        for (size_t cut = 1; cut < n; cut++)
            if (utf8_decode(s, cut, &len) != UTF8_BAD || len != cut) fail_msg("U+%04X cut", (unsigned)cp);
    }
    assert_int_equal(utf8_encode(UTF8_BAD, (char[4]){ 0 }), 0);
}

static void broken_sequences_are_eaten_as_unicode_advises(void **unused)
{
    static const struct {
        const char *bytes;
        size_t lengths[5]; /* of the pieces; 0 ends */
    } broken[] = {
        { "\x80", { 1 } },
        { "\xC0\xAF", { 1, 1 } },
        { "\xC1\xBF", { 1, 1 } },
        { "\xE0\x80\xAF", { 1, 1, 1 } },
        { "\xED\xA0\x80", { 1, 1, 1 } },
        { "\xF0\x80\x80\xAF", { 1, 1, 1, 1 } },
        { "\xF4\x90\x80\x80", { 1, 1, 1, 1 } },
        { "\xF5\x80", { 1, 1 } },
        { "\xFE\xFF", { 1, 1 } },
        { "\xE2\x82", { 2 } },
        { "\xF0\x9F\x98", { 3 } },
        { "\xE1\x80\xE2\xF0\x91\x92", { 2, 1, 3 } },
    };

    for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
        const char *s = broken[i].bytes;
        size_t len, bad = 99;

        assert_false(utf8_valid(s, strlen(s), &bad));
        assert_int_equal(bad, 0);
        for (size_t k = 0; broken[i].lengths[k] && k < 5; k++, s += len) {
            assert_int_equal(utf8_decode(s, strlen(s), &len), UTF8_BAD);
            assert_int_equal(len, broken[i].lengths[k]);
        }
        assert_string_equal(s, "");
    }
}

static void the_first_broken_byte_is_found_wherever_it_is(void **unused)
{
    char s[64];
    size_t bad;

    for (size_t at = 0; at < sizeof s; at++) {
        memset(s, 'a', sizeof s);
        s[at] = (char)0xFF;
        assert_false(utf8_valid(s, sizeof s, &bad));
        assert_int_equal(bad, at);
        assert_true(utf8_valid(s, at, NULL));
    }
    assert_true(utf8_valid("", 0, NULL));
    assert_true(utf8_valid("a\0b", 3, NULL));
}

/* --- the corpora ------------------------------------------------------------------- */

static size_t unhex(const char *hex, char *out)
{
    size_t n = 0;
    unsigned byte;
    int len;

    while (sscanf(hex, " %2x%n", &byte, &len) == 1) {
        out[n++] = (char)byte;
        hex += len;
    }
    return n;
}

/* What a reader that replaces broken sequences makes of it. */
static void replace_broken(const char *s, size_t n, Str *out)
{
    size_t len;

    for (size_t at = 0; at < n; at += len) {
        if (utf8_decode(s + at, n - at, &len) == UTF8_BAD)
            str_add(out, "\uFFFD");
        else
            str_add_n(out, s + at, len);
    }
}

static int check_utf8tests_line(char *line)
{
    char *kind = strchr(line, ':'), *data, *replaced, bytes[512], wanted[2048];
    Str got = { 0 };
    size_t n, m;

    if (line[0] == '#' || !kind || !(data = strchr(++kind, ':'))) return 0;
    *data++ = '\0';
    kind += strspn(kind, " ");
    if (strcmp(kind, "valid") == 0) {
        assert_true(utf8_valid(data, strlen(data), NULL));
        return 1;
    }
    n = unhex(data, bytes);
    if (strcmp(kind, "valid hex") == 0) {
        if (!utf8_valid(bytes, n, NULL)) fail_msg("%s: valid, they say", line);
        return 1;
    }
    if (utf8_valid(bytes, n, NULL)) fail_msg("%s: broken, they say", line);
    replaced = strchr(strchr(data, ':') + 1, ':') + 1;
    m = unhex(replaced, wanted);
    replace_broken(bytes, n, &got);
    if (got.n != m || memcmp(got.s, wanted, m) != 0) fail_msg("%s: replaced otherwise", line);
    str_finish(&got);
    return 1;
}

static void utf8tests_are_passed(void **unused)
{
    size_t n;
    char *file = shared_file("corpora/utf8tests/utf8tests.txt", &n), *rest = file, *line;
    int checked = 0;

    while ((line = strsep(&rest, "\n"))) checked += check_utf8tests_line(line);
    print_message("%d sequences\n", checked);
    assert_true(checked > 100);
    mem_free(file);
}

/* Broken sequences on the line that begins with `number`. */
static int broken_on_line(const char *file, size_t n, const char *number)
{
    const char *line = memmem(file, n, number, strlen(number)), *end;
    int broken = 0;
    size_t len;

    assert_non_null(line);
    line += *line == '\n';
    end = memchr(line, '\n', n - (size_t)(line - file));
    for (; line < end; line += len) broken += utf8_decode(line, (size_t)(end - line), &len) == UTF8_BAD;
    return broken;
}

static void kuhns_file_is_broken_where_it_says_so(void **unused)
{
    static const struct {
        const char *line;
        int broken;
    } lines[] = { { "1  Some correct UTF-8", 0 }, { "\n2.1.4 ", 0 }, { "\n2.1.5 ", 5 }, { "\n2.2.4 ", 4 },
        { "\n2.3.1 ", 0 }, { "\n2.3.4 ", 0 }, { "\n3.1.1 ", 1 }, { "\n3.1.2 ", 1 }, { "\n3.1.8 ", 7 },
        { "\n3.5.1 ", 1 }, { "\n3.5.3 ", 4 }, { "\n4.1.1 ", 2 }, { "\n4.1.3 ", 4 }, { "\n5.1.1 ", 3 },
        { "\n5.2.1 ", 6 }, { "\n5.3.1 ", 0 } };
    size_t n, pieces = 0;
    char *file = shared_file("corpora/kuhn-utf8/UTF-8-test.txt", &n);

    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        const char *number = lines[i].line;
        int broken = broken_on_line(file, n, number);

        if (broken != lines[i].broken) fail_msg("%s: %d broken sequences", number, broken);
    }
    for (size_t at = 0, next; at < n; at = next, pieces++) {
        next = utf8_next(file, n, at);
        assert_true(next > at && next <= n);
        assert_int_equal(utf8_prev(file, n, next), at);
    }
    assert_true(pieces > 15000);
    mem_free(file);
}

static void kuhns_demonstration_is_well_formed(void **unused)
{
    size_t n;
    char *file = shared_file("corpora/kuhn-utf8/UTF-8-demo.txt", &n);

    assert_true(utf8_valid(file, n, NULL));
    for (size_t at = 0, next; at < n; at = next) {
        next = utf8_next(file, n, at);
        assert_int_equal(utf8_prev(file, n, next), at);
    }
    mem_free(file);
}

/* --- clusters ----------------------------------------------------------------------- */

static const struct {
    const char *text;
    int width;
} clusters[] = {
    { "a", 1 },
    { "~", 1 },
    { "é", 1 },
    { "e\u0301", 1 },
    { "e\u0301\u0302\u0303\u0304", 1 },
    { "\r\n", 0 },
    { "\n", 0 },
    { "\x7F", 0 },
    { "한", 2 },
    { "\u1112\u1161\u11AB", 2 },
    { "語", 2 },
    { "Ａ", 2 },
    { "😀", 2 },
    { "👍🏽", 2 },
    { "👩‍👩‍👧‍👦", 2 },
    { "🇬🇧", 2 },
    { "❤", 1 },
    { "❤\uFE0F", 1 },
    { "1\uFE0F\u20E3", 1 },
    { "นี้", 1 },
    { "\u0301", 0 },
    { "\u200B", 0 },
    { "\xFF", 1 },
    { "\xE2\x82", 1 },
    { "\uFFFD", 1 },
    { "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F", 2 },
};

static void what_people_see_as_one_is_one(void **unused)
{
    for (size_t i = 0; i < ARRAY_LEN(clusters); i++) {
        const char *s = clusters[i].text;
        size_t n = strlen(s);

        if (utf8_next(s, n, 0) != n) fail_msg("cluster %zu is cut at %zu", i, utf8_next(s, n, 0));
        if (utf8_prev(s, n, n) != 0) fail_msg("cluster %zu is cut from behind", i);
        if (utf8_cluster_width(s, n) != clusters[i].width)
            fail_msg("cluster %zu is %d wide", i, utf8_cluster_width(s, n));
    }
    assert_int_equal(utf8_next("a", 1, 1), 1);
    assert_int_equal(utf8_next("a", 1, 7), 1);
    assert_int_equal(utf8_prev("a", 1, 0), 0);
    assert_int_equal(utf8_cluster_width("", 0), 0);
}

static void flags_stand_in_pairs(void **unused)
{
    const char *s = "🇬🇧🇫🇷🇩";
    size_t n = strlen(s);

    assert_int_equal(utf8_next(s, n, 0), 8);
    assert_int_equal(utf8_next(s, n, 8), 16);
    assert_int_equal(utf8_next(s, n, 16), 20);
    assert_int_equal(utf8_prev(s, n, 20), 16);
    assert_int_equal(utf8_prev(s, n, 16), 8);
    assert_int_equal(utf8_prev(s, n, 8), 0);
}

/* A text of the worst neighbours there are. */
static size_t nasty_text(uint64_t *seed, char *out, size_t pieces)
{
    static const char *const neighbours[] = { "a", "Z", " ", "\r", "\n", "\t", "\x1B", "é", "\u0301", "\u20E3",
        "\u200D", "\u200C", "\u200B", "\uFE0F", "👩", "❤", "🏽", "🇬", "🇧", "한", "\u1112", "\u1161", "\u11AB", "語",
        "\u0600", "\u0628", "\u0915", "\u094D", "\u093F", "\u0E33", "\u202E", "\u00AD", "\U000E0041", "\x80",
        "\xE2\x82", "\xF0\x9F", "\xFF", "\xC0", "\uFFFF", "\uE000", "\u2028" };
    size_t n = 0;

    for (size_t i = 0; i < pieces; i++) {
        const char *s = neighbours[dice_below(seed, ARRAY_LEN(neighbours))];

        memcpy(out + n, s, strlen(s));
        n += strlen(s);
    }
    return n;
}

static void going_back_visits_the_same_places_as_going_on(void **unused)
{
    uint64_t seed = 2010;
    char s[256];
    size_t places[256];

    for (int round = 0; round < 50000; round++) {
        size_t n = nasty_text(&seed, s, dice_below(&seed, 20)), count = 0, at;

        for (at = 0; at < n; at = utf8_next(s, n, at)) places[count++] = at;
        assert_int_equal(at, n);
        for (at = n; at > 0;) {
            at = utf8_prev(s, n, at);
            assert_true(count > 0);
            assert_int_equal(at, places[--count]);
        }
        assert_int_equal(count, 0);
    }
}

/* --- columns ------------------------------------------------------------------------- */

static void a_text_is_as_wide_as_its_clusters(void **unused)
{
    assert_int_equal(utf8_width(""), 0);
    assert_int_equal(utf8_width("Webb"), 4);
    assert_int_equal(utf8_width("Zoë"), 3);
    assert_int_equal(utf8_width("Zoe\u0308"), 3);
    assert_int_equal(utf8_width("田中 👍🏽"), 7);
    assert_int_equal(utf8_width_n("abcdef", 3), 3);
}

static void clipping_never_cuts_a_cluster(void **unused)
{
    uint64_t seed = 44;
    char s[256];

    for (int round = 0; round < 20000; round++) {
        size_t n = nasty_text(&seed, s, dice_below(&seed, 20)), kept;
        int columns = (int)dice_below(&seed, 25), used = -1;

        kept = utf8_clip(s, n, columns, &used);
        assert_true(used <= columns);
        assert_int_equal(utf8_width_n(s, kept), used);
        if (kept == n || kept == 0) continue;
        assert_true(used + utf8_cluster_width(s + kept, utf8_next(s, n, kept) - kept) > columns);
        assert_int_equal(utf8_next(s, n, utf8_prev(s, n, kept)), kept);
    }
    assert_int_equal(utf8_clip("田中", 6, 3, NULL), 3);
    assert_int_equal(utf8_clip("e\u0301x", 4, 1, NULL), 3);
    assert_int_equal(utf8_clip("abc", 3, 0, NULL), 0);
    assert_int_equal(utf8_clip("abc", 3, -1, NULL), 0);
}

static void a_million_marks_take_no_time(void **unused)
{
    size_t n = 1 + 2 * 1000000;
    char *s = mem_new(n + 1);

    s[0] = 'a';
    for (size_t i = 1; i < n; i += 2) memcpy(s + i, "\u0301", 2);
    assert_int_equal(utf8_next(s, n, 0), n);
    assert_int_equal(utf8_prev(s, n, n), 0);
    assert_int_equal(utf8_width(s), 1);
    mem_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_character_goes_round),
        TEST(broken_sequences_are_eaten_as_unicode_advises),
        TEST(the_first_broken_byte_is_found_wherever_it_is),
        TEST(utf8tests_are_passed),
        TEST(kuhns_file_is_broken_where_it_says_so),
        TEST(kuhns_demonstration_is_well_formed),
        TEST(what_people_see_as_one_is_one),
        TEST(flags_stand_in_pairs),
        TEST(going_back_visits_the_same_places_as_going_on),
        TEST(a_text_is_as_wide_as_its_clusters),
        TEST(clipping_never_cuts_a_cluster),
        TEST(a_million_marks_take_no_time),
    };

    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
