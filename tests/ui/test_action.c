/* test_action.c — tables of actions: dispatch, key files, the check, the hint bar, what somebody half remembers. */
#include "kit_help.h"
#include "ui/action.h"

enum { OPEN = 1, WHY, LEAVE, SECRET };
static const Action table[] = {
    { OPEN, "open-case", "open", "Open the case.", "Enter o", 0 },
    { WHY, "explain-duty", "why", "Say why it is due.", "w", 2 },
    { LEAVE, "close-screen", "close", "Go back.", "q F3", 1 },
    { SECRET, "export-list", NULL, "Write the list to a file.", "", 5 },
    { 0 },
};

static void a_key_means_its_action(void **unused)
{
    Keymap *m = keymap_new();
    keymap_add(m, "queue", table);
    assert_int_equal(keymap_lookup(m, "queue", 'o')->id, OPEN);
    assert_int_equal(keymap_lookup(m, "queue", K_F(3))->id, LEAVE);
    assert_null(keymap_lookup(m, "queue", 'x'));
    assert_null(keymap_lookup(m, "elsewhere", 'o'));
    keymap_free(&m);
    keymap_free(&m);
}

static void a_key_file_replaces_the_keys_it_names(void **unused)
{
    Keymap *m = keymap_new();
    Err err = { 0 };
    assert_true(keymap_load(m, "# mine\nin queue  x open-case  y open-case # both\n\nin later z close-screen\n", &err));
    keymap_add(m, "queue", table);
    keymap_add(m, "later", table);
    assert_null(keymap_lookup(m, "queue", 'o'));
    assert_int_equal(keymap_lookup(m, "queue", 'x')->id, OPEN);
    assert_int_equal(keymap_lookup(m, "queue", 'y')->id, OPEN);
    assert_int_equal(keymap_lookup(m, "queue", 'w')->id, WHY);
    assert_int_equal(keymap_lookup(m, "later", 'z')->id, LEAVE);
    assert_int_equal(keymap_lookup(m, "later", 'o')->id, OPEN);
    keymap_free(&m);
}

static void a_wished_key_wins_over_another_actions_own(void **unused)
{
    Keymap *m = keymap_new();
    keymap_add(m, "queue", table);
    assert_true(keymap_load(m, "in queue o explain-duty", NULL));
    assert_int_equal(keymap_lookup(m, "queue", 'o')->id, WHY);
    Key keys[4];
    assert_int_equal(keymap_keys(m, "queue", &table[0], keys, 4), 1);
    assert_int_equal(keys[0], K_ENTER);
    keymap_free(&m);
}

static void a_wrong_key_file_is_told_by_line(void **unused)
{
    Keymap *m = keymap_new();
    Err err = { 0 };
    keymap_add(m, "queue", table);
    assert_false(keymap_load(m, "in queue a open-case\nin queue Ctrrl-P open-case", &err));
    assert_string_equal(err.field, "2");
    assert_non_null(strstr(err.text, "Ctrrl-P"));
    assert_false(keymap_load(m, "in queue a opn-case", &err));
    assert_non_null(strstr(err.text, "opn-case"));
    assert_false(keymap_load(m, "in queue a", &err));
    assert_false(keymap_load(m, "in", &err));
    keymap_free(&m);
}

static void the_check_finds_what_is_wrong(void **unused)
{
    static const Action bad[] = {
        { 1, "one", "one", "One.", "F5", 0 },
        { 1, "two", "two", "", "a a", 0 },
        { 3, "one", "x", "X.", "Blah a", 0 },
        { 0 },
    };
    Str s = { 0 };
    assert_true(action_check(table, &s));
    assert_string_equal(str_text(&s), "");
    assert_false(action_check(bad, &s));
    assert_non_null(strstr(str_text(&s), "one: only an F-key reaches it."));
    assert_non_null(strstr(str_text(&s), "two: it has no help sentence."));
    assert_non_null(strstr(str_text(&s), "two: the number 1 is used twice."));
    assert_non_null(strstr(str_text(&s), "one: named twice."));
    assert_non_null(strstr(str_text(&s), "one: there is no key \"Blah\"."));
    assert_non_null(strstr(str_text(&s), "one: the key a is already two."));
    str_finish(&s);
}

static void hints(int cols, bool typing, const char *want)
{
    Keymap *m = keymap_new();
    Grid *g = grid_new(1, cols, false);
    Hint all[3];
    keymap_add(m, "queue", table);
    for (size_t i = 0; i < 3; i++) all[i] = (Hint){ "queue", &table[i] };
    hint_draw(grid_view(g), m, all, 3, typing);
    assert_row(g, 0, want);
    grid_free(&g);
    keymap_free(&m);
}

static void the_hint_bar_keeps_what_matters_most(void **unused)
{
    hints(80, false, " Enter open  w why  q close");
    hints(26, false, " Enter open  q close");
    hints(14, false, " Enter open");
    hints(5, false, "");
}

static void while_typing_only_keys_that_do_not_type_are_hinted(void **unused)
{
    hints(80, true, " Enter open  F3 close");
}

static void some_letters_find_a_name(void **unused)
{
    assert_true(fuzzy_score("oc", "open-case") > 0);
    assert_true(fuzzy_score("opca", "open-case") > 0);
    assert_int_equal(fuzzy_score("xo", "open-case"), 0);
    assert_true(fuzzy_score("oc", "open-case") > fuzzy_score("oc", "lock-screen"));
    assert_true(fuzzy_score("lock", "lock-screen") > fuzzy_score("lock", "look-up-clock"));
    assert_true(fuzzy_score("", "anything") > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_means_its_action),
        cmocka_unit_test(a_key_file_replaces_the_keys_it_names),
        cmocka_unit_test(a_wished_key_wins_over_another_actions_own),
        cmocka_unit_test(a_wrong_key_file_is_told_by_line),
        cmocka_unit_test(the_check_finds_what_is_wrong),
        cmocka_unit_test(the_hint_bar_keeps_what_matters_most),
        cmocka_unit_test(while_typing_only_keys_that_do_not_type_are_hinted),
        cmocka_unit_test(some_letters_find_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
