/* test_utf8_alike.c — one word from two keyboards. */
#include "helpers.h"

#include "base/str.h"
#include "base/utf8.h"

static void same(char *(*make)(const char *), const char *from, const char *wanted)
{
    char *made = make(from);

    assert_non_null(made);
    assert_string_equal(made, wanted);
    mem_free(made);
}

static void two_ways_to_write_a_letter_become_one(void **unused)
{
    same(utf8_nfc, "Zoe\u0308", "Zoë");
    same(utf8_nfc, "Zoë", "Zoë");
    same(utf8_nfc, "\u212B", "Å");
    same(utf8_nfc, "\u1112\u1161\u11AB", "한");
    same(utf8_nfc, "plain text", "plain text");
    same(utf8_nfc, "", "");
    same(utf8_nfc, "ﬁ ½ Ａ", "ﬁ ½ Ａ"); /* what looks different stays different */
    same(utf8_nfc, "a\u0323\u0307", "ạ\u0307");
    same(utf8_nfc, "a\u0307\u0323", "ạ\u0307");
}

static void broken_text_has_no_form(void **unused)
{
    assert_null(utf8_nfc("a\xFF"));
    assert_null(utf8_fold("a\xFF"));
    assert_null(utf8_nfc("\xED\xA0\x80"));
}

static void a_search_finds_a_name_however_it_is_written(void **unused)
{
    same(utf8_fold, "ZOË", "zoe");
    same(utf8_fold, "Zoe\u0308", "zoe");
    same(utf8_fold, "  O'Neill \t D'Arcy\n", "o'neill d'arcy");
    same(utf8_fold, "O’Neill–D’Arcy", "o'neill-d'arcy");
    same(utf8_fold, "STRASSE", "strasse");
    same(utf8_fold, "Straße", "strasse");
    same(utf8_fold, "İpek", "ipek");
    same(utf8_fold, "ﬁona", "fiona");
    same(utf8_fold, "０７７００", "07700");
    same(utf8_fold, "a\u00A0\u2003b", "a b");
    same(utf8_fold, "Mc\u200BKay\u00AD", "mckay");
    same(utf8_fold, "ΣΊΣΥΦΟΣ", "σισυφοσ");
    same(utf8_fold, "", "");
    same(utf8_fold, " \n ", "");
}

static void a_key_made_of_a_key_is_the_same_key(void **unused)
{
    uint64_t seed = 17;

    for (int round = 0; round < 30000; round++) {
        Str s = { 0 };
        char *once, *twice, *nfc, *nfc_twice;

        for (size_t i = dice_below(&seed, 12); i > 0; i--) {
            char c[4];
            uint32_t cp = (uint32_t)dice_below(&seed, round % 2 ? 0x3000 : 0x20000);

            if (cp > 0) str_add_n(&s, c, utf8_encode(cp, c));
        }
        once = utf8_fold(str_text(&s));
        twice = utf8_fold(once);
        nfc = utf8_nfc(str_text(&s));
        nfc_twice = utf8_nfc(nfc);
        if (!str_eq(once, twice)) fail_msg("“%s” is once “%s”, twice “%s”", s.s, once, twice);
        assert_string_equal(nfc, nfc_twice);
        mem_free(nfc_twice);
        nfc_twice = utf8_fold(nfc);
        if (!str_eq(once, nfc_twice)) fail_msg("“%s” is “%s”, by NFC “%s”", s.s, once, nfc_twice);
        mem_free(nfc_twice);
        mem_free(nfc);
        mem_free(twice);
        mem_free(once);
        str_finish(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(two_ways_to_write_a_letter_become_one),
        TEST(broken_text_has_no_form),
        TEST(a_search_finds_a_name_however_it_is_written),
        TEST(a_key_made_of_a_key_is_the_same_key),
    };

    return cmocka_run_group_tests_name("utf8 alike", tests, NULL, NULL);
}
