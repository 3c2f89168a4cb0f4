/* test_grid.c — nothing is drawn outside a view, no half of a character is ever left, and no text is obeyed. */
#include "kit_help.h"
#include <stdlib.h>

static Grid *g;

static int start(void **unused)
{
    g = grid_new(4, 10, false);
    return 0;
}

static int stop(void **unused)
{
    grid_free(&g);
    return 0;
}

static void text_is_cut_at_the_edge(void **unused)
{
    View v = grid_view(g);
    assert_int_equal(view_text(v, 0, 7, 0, "abcdef"), 3);
    assert_row(g, 0, "       abc");
    assert_int_equal(view_text(v, 4, 0, 0, "x"), 0);
    assert_int_equal(view_text(v, -1, 0, 0, "x"), 0);
    assert_int_equal(view_text(v, 0, 10, 0, "x"), 0);
}

static void a_part_of_a_view_clips(void **unused)
{
    View v = view_part(grid_view(g), 1, 2, 2, 4);
    view_text(v, 0, 0, 0, "abcdefgh");
    view_text(v, 1, 2, 0, "xyz");
    view_text(v, 2, 0, 0, "no");
    assert_row(g, 1, "  abcd");
    assert_row(g, 2, "    xy");
    assert_row(g, 3, "");
    assert_true(view_empty(view_part(v, 5, 5, -1, -1)));
}

static void a_wide_character_does_not_fit_in_the_last_column(void **unused)
{
    View v = grid_view(g);
    assert_int_equal(view_text(v, 0, 8, 0, "a中"), 1);
    assert_row(g, 0, "        a");
    assert_int_equal(view_text(v, 1, 8, 0, "中"), 2);
    assert_row(g, 1, "        中");
    assert_grid_whole(g);
}

static void half_of_a_wide_character_becomes_a_blank(void **unused)
{
    View v = grid_view(g);
    view_text(v, 0, 0, 0, "中中");
    view_text(v, 0, 1, 0, "x");
    assert_row(g, 0, " x中");
    view_text(v, 1, 0, 0, "中中");
    view_text(v, 1, 2, 0, "x");
    assert_row(g, 1, "中x");
    view_text(v, 2, 0, 0, "中中中");
    view_text(v, 2, 1, 0, "中");
    assert_row(g, 2, " 中 中");
    assert_grid_whole(g);
}

static void a_mark_alone_is_named(void **unused)
{
    view_text(grid_view(g), 0, 0, 0, "\u0301x");
    assert_row(g, 0, "‹U+0301›x");
}

static void a_letter_and_its_marks_are_one_cell(void **unused)
{
    assert_int_equal(view_text(grid_view(g), 0, 0, 0, "e\u0301e"), 2);
    assert_row(g, 0, "e\u0301e");
}

/* Burmese aa is a cluster of its own, and Persian has a joiner between two letters: alone both would be named. */
static void what_belongs_to_its_neighbour_is_measured_with_it(void **unused)
{
    View v = grid_view(g);
    assert_int_equal(view_text(v, 0, 0, 0, "\u1019\u102cx"), 3);
    assert_row(g, 0, "\u1019\u102cx");
    assert_int_equal(view_text(v, 1, 0, 0, "\u06cc\u200c\u062e"), 2);
    assert_row(g, 1, "\u06cc\u200c\u062e");
    assert_int_equal(view_text(v, 2, 0, 0, "\u102c"), 8);
    assert_row(g, 2, "‹U+102C›");
    for (int col = 0; col < 10; col++)
        assert_true(grid_cell(g, 0, col)->width == 1 && grid_cell(g, 1, col)->width == 1);
    assert_int_equal(text_rows("\u1019\u102c\u1019\u102c", 4), 1);
}

static void controls_are_shown_not_obeyed(void **unused)
{
    Grid *wide = grid_new(2, 60, false);
    view_text(grid_view(wide), 0, 0, 0, "a\033[2Jb\rc\u202Ed\bx");
    Str line = { 0 };
    grid_line(wide, 0, &line);
    for (size_t i = 0; i < line.n; i++) assert_true((unsigned char)line.s[i] >= ' ');
    assert_null(strstr(line.s, "\u202E"));
    assert_non_null(strstr(line.s, "U+202E"));
    assert_true(line.s[0] == 'a');
    assert_row(wide, 1, "");
    str_finish(&line);
    grid_free(&wide);
}

static void random_bytes_never_break_the_grid(void **unused)
{
    srand(7);
    for (int turn = 0; turn < 3000; turn++) {
        char s[64];
        size_t n = (size_t)rand() % 63;
        for (size_t i = 0; i < n; i++) s[i] = (char)(rand() % 3 ? rand() : 0xcc + rand() % 4);
        s[n] = '\0';
        view_text(grid_view(g), rand() % 6 - 1, rand() % 14 - 2, STYLE_GOOD, s);
        view_cell(grid_view(g), rand() % 4, rand() % 10, rand() % 12, 0, s);
        view_wrapped(view_part(grid_view(g), 0, rand() % 5, -1, rand() % 6), 0, 0, s);
        assert_grid_whole(g);
    }
}

static void a_cell_is_padded_or_cut_with_a_sign(void **unused)
{
    View v = grid_view(g);
    view_text(v, 0, 0, 0, "##########");
    view_cell(v, 0, 2, 5, 0, "ab");
    assert_row(g, 0, "##ab   ###");
    view_cell(v, 1, 0, 5, 0, "abcdefgh");
    assert_row(g, 1, "abcd…");
    view_cell(v, 2, 0, 5, 0, "中中中");
    assert_row(g, 2, "中中…");
    view_cell_right(v, 3, 0, 5, 0, "42");
    assert_row(g, 3, "   42");
    assert_grid_whole(g);
}

static void in_ascii_everything_has_a_twin(void **unused)
{
    Grid *a = grid_new(3, 40, true);
    View v = grid_view(a);
    view_text(v, 0, 0, 0, "Zoë › O’Brien … 中 → £");
    assert_row(a, 0, "Zoe > O'Brien ~ ?? > ?");
    view_box(view_part(v, 1, 0, 2, 6), NULL);
    assert_row(a, 1, "+----+");
    view_text(v, 2, 10, 0, "\u202E");
    assert_true(row_has(a, 2, "<U+202E>"));
    for (int row = 0; row < 3; row++)
        for (int col = 0; col < 40; col++)
            for (const char *p = grid_cell(a, row, col)->text; *p; p++) assert_true((unsigned char)*p < 0x7f);
    grid_free(&a);
}

static void words_wrap_and_long_ones_break(void **unused)
{
    assert_int_equal(view_wrapped(grid_view(g), 0, 0, "one two three fourteenletters"), 4);
    assert_row(g, 0, "one two");
    assert_row(g, 1, "three");
    assert_row(g, 2, "fourteenle");
    assert_row(g, 3, "tters");
    assert_int_equal(text_rows("a\n\nb", 10), 3);
    assert_int_equal(text_rows("", 10), 1);
    assert_int_equal(text_rows("0123456789   ", 10), 1);
}

static void a_very_long_text_costs_no_more_than_a_row(void **unused)
{
    size_t n = 1 << 22;
    char *s = mem_new(n + 1);
    memset(s, 'x', n);
    for (int i = 0; i < 1000; i++) view_text_n(grid_view(g), 0, 0, 0, s, n);
    assert_row(g, 0, "xxxxxxxxxx");
    mem_free(s);
}

static void five_hundred_marks_stay_in_their_place(void **unused)
{
    Str s = { 0 };
    str_add(&s, "a");
    for (int i = 0; i < 500; i++) str_add(&s, "\u0301");
    view_text(grid_view(g), 0, 0, 0, str_text(&s));
    for (int col = 0; col < 10; col++) assert_true(grid_cell(g, 0, col)->n <= 20);
    assert_grid_whole(g);
    str_finish(&s);
}

static void the_cursor_stays_inside(void **unused)
{
    int row = 0, col = 0;
    View v = view_part(grid_view(g), 1, 1, 2, 2);
    assert_false(grid_cursor(g, &row, &col));
    view_cursor(v, 1, 1);
    assert_true(grid_cursor(g, &row, &col) && row == 2 && col == 2);
    view_cursor(v, 2, 0);
    assert_true(grid_cursor(g, &row, &col) && row == 2);
    view_cursor_hide(v);
    assert_false(grid_cursor(g, &row, &col));
}

static void something_is_never_shown_as_nothing(void **unused)
{
    view_bar(grid_view(g), 0, 0, 10, 0, 1, 1000);
    assert_row(g, 0, "█░░░░░░░░░");
    view_bar(grid_view(g), 1, 0, 4, 0, 5, 5);
    assert_row(g, 1, "████");
    view_bar(grid_view(g), 2, 0, 4, 0, 0, 0);
    assert_row(g, 2, "░░░░");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(text_is_cut_at_the_edge, start, stop),
        cmocka_unit_test_setup_teardown(a_part_of_a_view_clips, start, stop),
        cmocka_unit_test_setup_teardown(a_wide_character_does_not_fit_in_the_last_column, start, stop),
        cmocka_unit_test_setup_teardown(half_of_a_wide_character_becomes_a_blank, start, stop),
        cmocka_unit_test_setup_teardown(a_mark_alone_is_named, start, stop),
        cmocka_unit_test_setup_teardown(a_letter_and_its_marks_are_one_cell, start, stop),
        cmocka_unit_test_setup_teardown(what_belongs_to_its_neighbour_is_measured_with_it, start, stop),
        cmocka_unit_test_setup_teardown(controls_are_shown_not_obeyed, start, stop),
        cmocka_unit_test_setup_teardown(random_bytes_never_break_the_grid, start, stop),
        cmocka_unit_test_setup_teardown(a_cell_is_padded_or_cut_with_a_sign, start, stop),
        cmocka_unit_test_setup_teardown(in_ascii_everything_has_a_twin, start, stop),
        cmocka_unit_test_setup_teardown(words_wrap_and_long_ones_break, start, stop),
        cmocka_unit_test_setup_teardown(a_very_long_text_costs_no_more_than_a_row, start, stop),
        cmocka_unit_test_setup_teardown(five_hundred_marks_stay_in_their_place, start, stop),
        cmocka_unit_test_setup_teardown(the_cursor_stays_inside, start, stop),
        cmocka_unit_test_setup_teardown(something_is_never_shown_as_nothing, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
