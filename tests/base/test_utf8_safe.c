/* test_utf8_safe.c — hostile text is shown, never obeyed. */
#include "helpers.h"

#include "base/str.h"
#include "base/utf8.h"

static void shows(const char *s, const char *wanted)
{
    char *safe = utf8_make_safe(s, strlen(s), false, false);

    assert_string_equal(safe, wanted);
    assert_int_equal(utf8_is_safe(s, strlen(s), false), strcmp(s, wanted) == 0);
    mem_free(safe);
}

static void names_of_the_world_are_left_alone(void **unused)
{
    static const char *const names[] = { "", "Webb", "O'Néill-D'Arcy", "Zoe\u0308", "Łukasz Żółć", "Иванова", "李小龍",
        "ភាសាខ្មែរ", "محمد", "नमस्ते", "ﺡﺐﻴﺑ", "עִבְרִית", "ไทย", "Ðorđe", "👍🏽", "❤\uFE0F", "🇬🇧", "½ € ‹›" };

    for (size_t i = 0; i < ARRAY_LEN(names); i++) shows(names[i], names[i]);
}

static void controls_are_named(void **unused)
{
    shows("a\x1B[31mb", "a‹ESC›[31mb");
    shows("\x07\b\r\v\f\x7F", "‹BEL›‹BS›‹CR›‹VT›‹FF›‹DEL›");
    shows("\xC2\x9B"
          "2J\xC2\x85",
        "‹U+009B›2J‹U+0085›");
    shows("\x1B]52;c;aGk=\x07", "‹ESC›]52;c;aGk=‹BEL›");
}

static void a_nul_inside_is_seen(void **unused)
{
    char *safe = utf8_make_safe("a\0b", 3, true, false);

    assert_string_equal(safe, "a‹NUL›b");
    assert_false(utf8_is_safe("a\0b", 3, true));
    mem_free(safe);
}

static void lines_survive_where_there_are_lines(void **unused)
{
    const char *s = "one\n\ttwo\r\n";
    char *lines = utf8_make_safe(s, strlen(s), true, false), *line = utf8_make_safe(s, strlen(s), false, false);

    assert_string_equal(lines, "one\n\ttwo‹CR›\n");
    assert_string_equal(line, "one‹LF›‹TAB›two‹CR›‹LF›");
    assert_true(utf8_is_safe("one\n\ttwo", 8, true));
    assert_false(utf8_is_safe("one\ntwo", 7, false));
    mem_free(lines);
    mem_free(line);
}

static void direction_is_not_turned_and_nothing_hides(void **unused)
{
    shows("KG\u202E123", "KG‹U+202E›123");
    shows("\u2066x\u2069\u200F\u061C", "‹U+2066›x‹U+2069›‹U+200F›‹U+061C›");
    shows("a\u200Bb\u2060c\uFEFFd", "a‹U+200B›b‹U+2060›c‹U+FEFF›d");
    shows("a\u00ADb\u034Fc\u3164d\u180Ee", "a‹U+00AD›b‹U+034F›c‹U+3164›d‹U+180E›e");
    shows("x\U000E0041\U000E007F", "x‹U+E0041›‹U+E007F›");
    shows("\uE000\U000F0000\U0010FFFD", "‹U+E000›‹U+F0000›‹U+10FFFD›");
    shows("\u2028\u2029\uFFF9\uFFFE", "‹U+2028›‹U+2029›‹U+FFF9›‹U+FFFE›");
    shows("\u0600\u0661", "\u0600\u0661"); /* a format character, but one that is seen */
}

static void broken_bytes_are_shown_one_by_one(void **unused)
{
    shows("a\xFF", "a‹byte FF›");
    shows("\xE2\x82.", "‹byte E2›‹byte 82›.");
    shows("\xED\xA0\x80", "‹byte ED›‹byte A0›‹byte 80›");
}

static void a_letter_carries_four_marks_and_no_more(void **unused)
{
    shows("a\u0301\u0302\u0303\u0304", "a\u0301\u0302\u0303\u0304");
    shows("a\u0301\u0302\u0303\u0304\u0305\u0306b\u0301", "a\u0301\u0302\u0303\u0304‹U+0305›‹U+0306›b\u0301");
}

static void a_mark_needs_a_letter_to_stand_on(void **unused)
{
    char *safe = utf8_make_safe("\n\u0301a", 4, true, false);

    shows("\u0301a", "‹U+0301›a");
    shows("\x1B\u0301", "‹ESC›‹U+0301›");
    assert_string_equal(safe, "\n‹U+0301›a");
    mem_free(safe);
}

static void joiners_are_kept_where_a_script_needs_them(void **unused)
{
    shows("می\u200Cخواهم", "می\u200Cخواهم"); /* Persian */
    shows("क्\u200Dष", "क्\u200Dष");           /* Hindi */
    shows("ශ්\u200Dරී", "ශ්\u200Dරී");           /* Sinhala */
    shows("ad\u200Cmin", "ad‹U+200C›min");
    shows("می\u200C", "می‹U+200C›");
    shows("\u200Cمی", "‹U+200C›می");
    shows("م\u200C\u200Cی", "م‹U+200C›‹U+200C›ی");
    shows("👩\u200D👧", "👩‹U+200D›👧");
    shows("م\u200Cx", "م‹U+200C›x");
}

static void a_plain_terminal_gets_plain_marks(void **unused)
{
    char *safe = utf8_make_safe("\x1B\u202E\xFF", 5, false, true);

    assert_string_equal(safe, "<ESC><U+202E><byte FF>");
    mem_free(safe);
}

static void one_character_alone_is_judged_without_its_place(void **unused)
{
    for (uint32_t cp = 0; cp < 0xA0; cp++) assert_int_equal(utf8_is_hostile(cp), cp < 0x20 || cp >= 0x7F);
    assert_true(utf8_is_hostile(0x200D) && utf8_is_hostile(0x200C));
    assert_true(utf8_is_hostile(UTF8_BAD) && utf8_is_hostile(0xD800) && utf8_is_hostile(0x110000));
    assert_false(utf8_is_hostile(0x301) || utf8_is_hostile(0xFE0F) || utf8_is_hostile(0x1F600));
}

/* Whatever comes in: what goes out is well-formed and safe, and safe text is not touched. */
static void what_was_made_safe_is_safe(void **unused)
{
    static const char *const bits[] = { "a", " ", "\n", "\t", "\r", "\x1B", "\x9B", "é", "\u0301", "\u0305", "\u20DD",
        "\u200D", "\u200C", "\u0645", "\u0915", "\u094D", "\u202E", "👩", "\uFE0F", "\xE2\x82", "\xFF", "\U000E0041",
        "\u3164", "‹", "›" };
    uint64_t seed = 99;

    for (int round = 0; round < 40000; round++) {
        bool lines = dice_below(&seed, 2), ascii = dice_below(&seed, 2);
        Str s = { 0 };
        char *safe, *again;
        size_t n;

        for (size_t i = dice_below(&seed, 20); i > 0; i--) {
            if (dice_below(&seed, 20) == 0)
                str_add_char(&s, (char)dice(&seed));
            else
                str_add(&s, bits[dice_below(&seed, ARRAY_LEN(bits))]);
        }
        safe = utf8_make_safe(str_text(&s), s.n, lines, ascii);
        n = strlen(safe);
        assert_true(utf8_valid(safe, n, NULL));
        assert_true(utf8_is_safe(safe, n, lines));
        assert_int_equal(utf8_is_safe(str_text(&s), s.n, lines), n == s.n && memcmp(safe, str_text(&s), n) == 0);
        again = utf8_make_safe(safe, n, lines, ascii);
        assert_string_equal(again, safe);
        for (const char *c = safe; *c; c++)
            assert_true((unsigned char)*c >= 0x20 || (lines && (*c == '\n' || *c == '\t')));
        mem_free(again);
        mem_free(safe);
        str_finish(&s);
    }
}

static void kuhns_file_can_be_shown(void **unused)
{
    size_t n;
    char *file = shared_file("corpora/kuhn-utf8/UTF-8-test.txt", &n);
    char *safe = utf8_make_safe(file, n, true, false);

    assert_true(utf8_is_safe(safe, strlen(safe), true));
    assert_non_null(strstr(safe, "‹byte FE›‹byte FE›‹byte FF›‹byte FF›"));
    mem_free(safe);
    mem_free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_of_the_world_are_left_alone),
        TEST(controls_are_named),
        TEST(a_nul_inside_is_seen),
        TEST(lines_survive_where_there_are_lines),
        TEST(direction_is_not_turned_and_nothing_hides),
        TEST(broken_bytes_are_shown_one_by_one),
        TEST(a_letter_carries_four_marks_and_no_more),
        TEST(a_mark_needs_a_letter_to_stand_on),
        TEST(joiners_are_kept_where_a_script_needs_them),
        TEST(a_plain_terminal_gets_plain_marks),
        TEST(one_character_alone_is_judged_without_its_place),
        TEST(what_was_made_safe_is_safe),
        TEST(kuhns_file_can_be_shown),
    };

    return cmocka_run_group_tests_name("utf8 safe", tests, NULL, NULL);
}
