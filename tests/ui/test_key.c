/* test_key.c — every key has a name, and its name means it. */
#include "kit_help.h"

static void assert_name(Key k, const char *name)
{
    char text[KEY_TEXT];
    assert_string_equal(key_spell(k, text), name);
    assert_int_equal(key_parse(name, strlen(name)), k);
}

static void keys_are_spelled_and_read_alike(void **unused)
{
    assert_name('a', "a");
    assert_name('A', "A");
    assert_name(' ', "Space");
    assert_name('-', "-");
    assert_name('^', "^");
    assert_name(0xe9, "é");
    assert_name(CTRL_KEY('p'), "Ctrl-P");
    assert_name(CTRL_KEY('_'), "Ctrl-_");
    assert_name(K_PAGE_DOWN, "PgDn");
    assert_name(K_F(10), "F10");
    assert_name(K_F(1), "F1");
    assert_name(K_BACKTAB, "Shift-Tab");
    assert_name(K_CTRL | K_LEFT, "Ctrl-Left");
    assert_name(K_CTRL | K_ALT | K_SHIFT | K_BACKSPACE, "Ctrl-Alt-Shift-Backspace");
}

static void other_spellings_are_understood(void **unused)
{
    assert_int_equal(key_parse("^p", 2), CTRL_KEY('p'));
    assert_int_equal(key_parse("ctrl-P", 6), CTRL_KEY('p'));
    assert_int_equal(key_parse("PageDown", 8), K_PAGE_DOWN);
    assert_int_equal(key_parse("return", 6), K_ENTER);
    assert_int_equal(key_parse("f12", 3), K_F(12));
}

static void nonsense_is_no_key(void **unused)
{
    const char *const wrong[] = { "", "F0", "F13", "Ctrl-", "Shift-a", "ab", "PgDown2", "\xff", "\x1b" };
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) assert_int_equal(key_parse(wrong[i], strlen(wrong[i])), 0);
    assert_int_equal(key_parse("F1x", 3), 0);
}

static void the_hint_bar_spells_short(void **unused)
{
    char text[KEY_TEXT];
    assert_string_equal(key_short(CTRL_KEY('s'), text), "^S");
    assert_string_equal(key_short(K_CTRL | K_LEFT, text), "Ctrl-Left");
    assert_string_equal(key_short('q', text), "q");
}

static void only_characters_are_text(void **unused)
{
    assert_true(key_is_text('a') && key_is_text(' ') && key_is_text(0x4e2d));
    assert_false(key_is_text(K_ENTER) || key_is_text(CTRL_KEY('a')) || key_is_text(K_ALT | 'a') || key_is_text(0x7f));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_spelled_and_read_alike),
        cmocka_unit_test(other_spellings_are_understood),
        cmocka_unit_test(nonsense_is_no_key),
        cmocka_unit_test(the_hint_bar_spells_short),
        cmocka_unit_test(only_characters_are_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
