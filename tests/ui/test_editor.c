/* test_editor.c — the field editor: what is typed is what is kept; graphemes are whole; wrapping never enters the text. */
#include "kit_help.h"
#include "ui/editor.h"
#include <stdlib.h>
#include <time.h>

static Editor *line, *text;

static int start(void **unused)
{
    line = editor_new((EditorOptions){ .limit = 40 });
    text = editor_new((EditorOptions){ .lines = true });
    return 0;
}

static int stop(void **unused)
{
    editor_free(&line);
    editor_free(&text);
    editor_free(&text);
    return 0;
}

static EditorResult press(Editor *e, Key k)
{
    Event ev = key(k);
    return editor_event(e, &ev);
}

static void type(Editor *e, const char *ascii)
{
    for (; *ascii; ascii++) press(e, *ascii == '\n' ? (Key)K_ENTER : (Key)(unsigned char)*ascii);
}

static EditorResult paste(Editor *e, const char *s)
{
    Event ev = paste_of(s);
    return editor_event(e, &ev);
}

static void holds(Editor *e, const char *want)
{
    char *have = editor_text(e);
    assert_string_equal(have, want);
    mem_free(have);
}

/* Where the cursor is drawn. */
static void cursor_at(Editor *e, int rows, int cols, int want_row, int want_col)
{
    int row = -1, col = -1;
    Grid *g = grid_new(rows, cols, false);
    editor_draw(e, grid_view(g), true);
    assert_true(grid_cursor(g, &row, &col));
    assert_int_equal(row, want_row);
    assert_int_equal(col, want_col);
    grid_free(&g);
}

static void what_is_typed_is_there(void **unused)
{
    type(line, "Zoe O'Brien");
    holds(line, "Zoe O'Brien");
    press(line, K_HOME);
    type(line, "Ms ");
    holds(line, "Ms Zoe O'Brien");
    assert_int_equal(press(line, K_ENTER), EDITOR_UNUSED);
    assert_int_equal(press(line, K_TAB), EDITOR_UNUSED);
    assert_int_equal(press(line, K_ESC), EDITOR_UNUSED);
    assert_int_equal(press(line, K_UP), EDITOR_UNUSED);
    assert_int_equal(press(line, K_F(3)), EDITOR_UNUSED);
}

static void a_letter_with_marks_goes_as_one(void **unused)
{
    editor_set(line, "ae\u0301\u0308z");
    press(line, K_LEFT);
    assert_int_equal(press(line, K_BACKSPACE), EDITOR_CHANGED);
    holds(line, "az");
}

static void a_mark_joins_the_letter_before_it_and_nfc_comes_out(void **unused)
{
    type(line, "Zoe");
    assert_int_equal(press(line, 0x308), EDITOR_CHANGED);
    holds(line, "Zo\u00eb");
    press(line, K_BACKSPACE);
    holds(line, "Zo");
}

static void a_fifth_mark_is_refused(void **unused)
{
    type(line, "a");
    for (int i = 0; i < 4; i++) assert_int_equal(press(line, 0x316), EDITOR_CHANGED);
    assert_int_equal(press(line, 0x316), EDITOR_REFUSED);
    assert_string_equal(editor_notice(line), "One invisible or control character was left out.");
    assert_int_equal(editor_count(line), 5);
}

static void wide_characters_move_two_columns(void **unused)
{
    editor_set(line, "中文x");
    cursor_at(line, 1, 20, 0, 5);
    press(line, K_LEFT);
    press(line, K_LEFT);
    cursor_at(line, 1, 20, 0, 2);
    press(line, K_BACKSPACE);
    holds(line, "文x");
}

static void a_flag_is_one_step(void **unused)
{
    editor_set(line, "\U0001F1EC\U0001F1E7\U0001F1EB\U0001F1F7!");
    press(line, K_LEFT);
    press(line, K_BACKSPACE);
    holds(line, "\U0001F1EC\U0001F1E7!");
    press(line, K_LEFT);
    press(line, K_DELETE);
    holds(line, "!");
}

static void hostile_characters_stay_outside(void **unused)
{
    static const Key bad[] = { 0x202e, 0x2066, 0x200b, 0xfeff, 0x85, 0xe0041 };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) assert_int_equal(press(line, bad[i]), EDITOR_REFUSED);
    holds(line, "");
    assert_int_equal(paste(line, "a\033[2Jb\u202Ec\xff"), EDITOR_REFUSED);
    holds(line, "a[2Jbc");
    assert_string_equal(editor_notice(line), "3 invisible or control characters were left out.");
    press(line, K_LEFT);
    assert_string_equal(editor_notice(line), "");
}

static void opening_changes_nothing(void **unused)
{
    editor_set(text, "a\u202Eb\tc\n\nd");
    holds(text, "a\u202Eb\tc\n\nd");
    assert_false(editor_changed(text));
    Grid *g = grid_new(5, 40, false);
    editor_draw(text, grid_view(g), true);
    assert_row(g, 0, "a‹U+202E›b c");
    grid_free(&g);
}

static void a_line_feed_pasted_into_one_line_is_a_blank(void **unused)
{
    paste(line, "one\r\ntwo\nthree\rfour\tfive");
    holds(line, "one two three four five");
}

static void line_ends_of_all_kinds_become_one(void **unused)
{
    paste(text, "one\r\ntwo\rthree\n\nfour");
    holds(text, "one\ntwo\nthree\n\nfour");
}

static void the_limit_is_told_in_characters(void **unused)
{
    assert_int_equal(editor_remaining(line), 40);
    paste(line, "ééééé");
    assert_int_equal(editor_remaining(line), 35);
    Str s = { 0 };
    for (int i = 0; i < 50; i++) str_add(&s, "é");
    assert_int_equal(paste(line, s.s), EDITOR_REFUSED);
    assert_int_equal(editor_remaining(line), 0);
    assert_string_equal(editor_notice(line), "There is room for 40 characters; 15 did not fit.");
    assert_int_equal(press(line, 'x'), EDITOR_REFUSED);
    assert_int_equal(editor_count(line), 40);
    str_finish(&s);
}

static void one_paste_is_one_undo_step(void **unused)
{
    type(text, "before ");
    paste(text, "one\ntwo\nthree");
    press(text, CTRL_KEY('z'));
    holds(text, "before ");
    press(text, CTRL_KEY('y'));
    holds(text, "before one\ntwo\nthree");
}

static void a_typed_word_is_one_undo_step(void **unused)
{
    type(text, "one two three");
    press(text, CTRL_KEY('z'));
    holds(text, "one two ");
    press(text, CTRL_KEY('z'));
    holds(text, "one ");
    press(text, CTRL_KEY('z'));
    holds(text, "");
    assert_false(editor_changed(text));
    press(text, CTRL_KEY('z'));
    for (int i = 0; i < 3; i++) press(text, CTRL_KEY('y'));
    holds(text, "one two three");
}

static void backspaces_in_a_row_come_back_together(void **unused)
{
    paste(text, "wonderful");
    for (int i = 0; i < 4; i++) press(text, K_BACKSPACE);
    holds(text, "wonde");
    press(text, CTRL_KEY('z'));
    holds(text, "wonderful");
}

static void a_move_ends_the_run(void **unused)
{
    type(text, "ab");
    press(text, K_LEFT);
    type(text, "x");
    press(text, CTRL_KEY('z'));
    holds(text, "ab");
}

static void undone_changes_are_no_changes(void **unused)
{
    editor_set(line, "kept");
    type(line, "x");
    assert_true(editor_changed(line));
    press(line, CTRL_KEY('z'));
    assert_false(editor_changed(line));
    type(line, "yz");
    editor_keep(line);
    assert_false(editor_changed(line));
    type(line, "w");
    assert_true(editor_changed(line));
    press(line, CTRL_KEY('z'));
    holds(line, "keptyz");
    assert_false(editor_changed(line));
    press(line, CTRL_KEY('z'));
    assert_true(editor_changed(line));
    type(line, "!");
    assert_true(editor_changed(line));
}

static void random_edits_undo_to_the_beginning(void **unused)
{
    srand(11);
    for (int turn = 0; turn < 60; turn++) {
        editor_set(text, "The account.\n\nSecond é\u0301 中文 paragraph\n");
        char *before = editor_text(text);
        static const Key keys[] = { 'a', ' ', 'b', K_ENTER, K_BACKSPACE, K_DELETE, K_LEFT, K_RIGHT, K_UP, K_DOWN,
            K_HOME, K_END, CTRL_KEY('w'), CTRL_KEY('k'), CTRL_KEY('u'), 0x308, 0x4e2d, K_CTRL | K_LEFT,
            K_CTRL | K_RIGHT, K_PAGE_UP, K_PAGE_DOWN, K_CTRL | K_HOME, CTRL_KEY('z'), CTRL_KEY('y') };
        for (int i = 0; i < 200; i++) press(text, keys[(size_t)rand() % ARRAY_LEN(keys)]);
        char *after = editor_text(text);
        size_t count = editor_count(text);
        while (editor_undo(text)) {}
        holds(text, before);
        while (editor_redo(text)) {}
        while (editor_undo(text)) {}
        holds(text, before);
        assert_true(count < 60000);
        mem_free(before);
        mem_free(after);
    }
}

static void a_wrapped_text_has_no_added_line_feeds(void **unused)
{
    paste(text, "hello world this is text");
    assert_int_equal(editor_rows(text, 11), 3);
    Grid *g = grid_new(4, 11, false);
    editor_draw(text, grid_view(g), true);
    assert_row(g, 0, "hello");
    assert_row(g, 1, "world this");
    assert_row(g, 2, "is text");
    holds(text, "hello world this is text");
    grid_free(&g);
}

static void down_keeps_its_column_over_a_short_row(void **unused)
{
    paste(text, "abcdefgh\nab\nabcdefgh");
    press(text, K_CTRL | K_HOME);
    for (int i = 0; i < 6; i++) press(text, K_RIGHT);
    press(text, K_DOWN);
    cursor_at(text, 5, 20, 1, 2);
    press(text, K_DOWN);
    cursor_at(text, 5, 20, 2, 6);
    press(text, K_UP);
    press(text, K_UP);
    cursor_at(text, 5, 20, 0, 6);
}

static void rows_of_a_wrapped_paragraph_are_walked(void **unused)
{
    paste(text, "hello world this is text");
    cursor_at(text, 4, 11, 2, 7);
    press(text, K_UP);
    cursor_at(text, 4, 11, 1, 7);
    press(text, K_END);
    cursor_at(text, 4, 11, 1, 10);
    press(text, K_HOME);
    cursor_at(text, 4, 11, 1, 0);
    press(text, K_UP);
    press(text, K_HOME);
    assert_true(editor_at_first_row(text));
    assert_false(editor_at_last_row(text));
    press(text, K_PAGE_DOWN);
    assert_true(editor_at_last_row(text));
}

static void words_are_jumped_and_cut(void **unused)
{
    type(line, "she said \"no, don't\"");
    press(line, CTRL_KEY('w'));
    holds(line, "she said \"no, ");
    press(line, K_CTRL | K_LEFT);
    press(line, K_CTRL | K_LEFT);
    press(line, CTRL_KEY('u'));
    holds(line, "said \"no, ");
    press(line, K_CTRL | K_RIGHT);
    press(line, CTRL_KEY('k'));
    holds(line, "said \"");
}

static void the_end_of_a_paragraph_joins_the_next(void **unused)
{
    paste(text, "one\ntwo");
    press(text, K_CTRL | K_HOME);
    press(text, CTRL_KEY('k'));
    press(text, CTRL_KEY('k'));
    holds(text, "two");
    type(text, "\n");
    press(text, K_BACKSPACE);
    holds(text, "two");
    press(text, K_BACKSPACE);
    holds(text, "two");
}

static void one_line_scrolls_sideways(void **unused)
{
    paste(line, "0123456789abcdefghij");
    Grid *g = grid_new(1, 8, false);
    editor_draw(line, grid_view(g), true);
    assert_row(g, 0, "defghij");
    press(line, K_HOME);
    editor_draw(line, grid_view(g), true);
    assert_row(g, 0, "01234567");
    grid_free(&g);
    cursor_at(line, 1, 8, 0, 0);
}

static void a_long_text_follows_the_cursor(void **unused)
{
    for (int i = 0; i < 100; i++) type(text, "x\n");
    Grid *g = grid_new(5, 20, false);
    int row = 0, col = 0;
    editor_draw(text, grid_view(g), true);
    assert_true(grid_cursor(g, &row, &col) && row == 4);
    press(text, K_CTRL | K_HOME);
    editor_draw(text, grid_view(g), true);
    assert_true(grid_cursor(g, &row, &col) && row == 0);
    for (int i = 0; i < 3; i++) press(text, K_PAGE_DOWN);
    editor_draw(text, grid_view(g), true);
    assert_true(grid_cursor(g, &row, &col) && row == 4);
    grid_free(&g);
}

static void a_password_shows_bullets_and_has_no_history(void **unused)
{
    Editor *e = editor_new((EditorOptions){ .secret = true, .limit = 128 });
    Grid *g = grid_new(1, 20, false);
    type(e, "secret");
    editor_draw(e, grid_view(g), true);
    assert_row(g, 0, "••••••");
    press(e, CTRL_KEY('z'));
    holds(e, "secret");
    assert_true(editor_changed(e));
    grid_free(&g);
    editor_free(&e);
}

static void reading_only_moves(void **unused)
{
    Editor *e = editor_new((EditorOptions){ .lines = true, .read_only = true });
    editor_set(e, "signed text");
    type(e, "x");
    press(e, K_BACKSPACE);
    press(e, CTRL_KEY('k'));
    assert_int_equal(paste(e, "x"), EDITOR_UNUSED);
    holds(e, "signed text");
    editor_free(&e);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void ten_megabytes_are_pasted_in_a_moment(void **unused)
{
    size_t n = 10u << 20;
    char *s = mem_new(n + 1);
    memset(s, 'a', n);
    for (size_t i = 0; i < n; i += 61) s[i] = i % 3 ? ' ' : '\n';
    double from = seconds();
    assert_int_equal(paste(text, s), EDITOR_REFUSED);
    assert_true(seconds() - from < 5);
    assert_int_equal(editor_count(text), 60000);
    press(text, CTRL_KEY('z'));
    assert_true(editor_empty(text));
    mem_free(s);
}

static void sixty_thousand_characters_are_edited_without_delay(void **unused)
{
    Str s = { 0 };
    while (s.n < 59000) str_add(&s, "He said that he would come back. ");
    paste(text, s.s); /* one paragraph: the worst case */
    Grid *g = grid_new(20, 80, false);
    press(text, K_CTRL | K_HOME);
    double from = seconds();
    for (int i = 0; i < 100; i++) {
        type(text, "x");
        editor_draw(text, grid_view(g), true);
    }
    assert_true((seconds() - from) / 100 < 0.03); /* with sanitizers; measured in test_speed without */
    grid_free(&g);
    str_finish(&s);
}

static void tiny_views_are_survived(void **unused)
{
    paste(text, "some 中文 text that wraps\nand goes on é\u0301");
    for (int rows = 1; rows < 4; rows++) {
        for (int cols = 1; cols < 6; cols++) {
            Grid *g = grid_new(rows, cols, false);
            for (int i = 0; i < 60; i++) {
                press(text, i % 7 ? K_UP : K_LEFT);
                editor_draw(text, grid_view(g), true);
                assert_grid_whole(g);
            }
            press(text, K_CTRL | K_END);
            grid_free(&g);
        }
    }
    editor_draw(text, (View){ NULL, 0, 0, 0, 0 }, true);
}

static void words_are_found_from_the_cursor_on(void **unused)
{
    Editor *e = editor_new((EditorOptions){ .lines = true });
    editor_set(e, "A knife lay there.\nThe Knife was taken.");
    editor_to_start(e);
    assert_true(editor_find(e, "KNIFE"));
    editor_insert(e, "!", 1);
    assert_true(editor_find(e, "knife"));
    editor_insert(e, "?", 1);
    assert_false(editor_find(e, "knife"));
    assert_false(editor_find(e, ""));
    char *after = editor_text(e);
    assert_string_equal(after, "A knife! lay there.\nThe Knife? was taken.");
    mem_free(after);
    editor_free(&e);
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, stop)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_is_typed_is_there),
        cmocka_unit_test(words_are_found_from_the_cursor_on),
        T(a_letter_with_marks_goes_as_one),
        T(a_mark_joins_the_letter_before_it_and_nfc_comes_out),
        T(a_fifth_mark_is_refused),
        T(wide_characters_move_two_columns),
        T(a_flag_is_one_step),
        T(hostile_characters_stay_outside),
        T(opening_changes_nothing),
        T(a_line_feed_pasted_into_one_line_is_a_blank),
        T(line_ends_of_all_kinds_become_one),
        T(the_limit_is_told_in_characters),
        T(one_paste_is_one_undo_step),
        T(a_typed_word_is_one_undo_step),
        T(backspaces_in_a_row_come_back_together),
        T(a_move_ends_the_run),
        T(undone_changes_are_no_changes),
        T(random_edits_undo_to_the_beginning),
        T(a_wrapped_text_has_no_added_line_feeds),
        T(down_keeps_its_column_over_a_short_row),
        T(rows_of_a_wrapped_paragraph_are_walked),
        T(words_are_jumped_and_cut),
        T(the_end_of_a_paragraph_joins_the_next),
        T(one_line_scrolls_sideways),
        T(a_long_text_follows_the_cursor),
        T(a_password_shows_bullets_and_has_no_history),
        T(reading_only_moves),
        T(ten_megabytes_are_pasted_in_a_moment),
        T(sixty_thousand_characters_are_edited_without_delay),
        T(tiny_views_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
