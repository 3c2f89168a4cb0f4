/* test_pager.c — a page to read: wrapped, walked by items, searched, and in its place after a reload. */
#include "kit_help.h"
#include "ui/pager.h"

static Pager *p;

static void fill(void)
{
    pager_heading(p, "People");
    pager_item(p, 1);
    pager_begin(p, 1, 2);
    pager_put(p, STYLE_HIGH, "HIGH");
    pager_put(p, STYLE_NORMAL, "  Ms A was told that the words wrap here");
    pager_end(p);
    pager_item(p, 2);
    pager_addf(p, 1, STYLE_NORMAL, "Mr %c", 'B');
    pager_item_end(p);
    pager_heading(p, "Timeline");
    for (int i = 0; i < 30; i++) pager_addf(p, 0, STYLE_MUTED, "event %d", i);
    pager_item(p, 3);
    pager_add(p, 0, STYLE_NORMAL, "The last, with a Café");
}

static int start(void **unused)
{
    p = pager_new();
    fill();
    return 0;
}

static int stop(void **unused)
{
    pager_free(&p);
    pager_free(&p);
    return 0;
}

static Grid *drawn(int rows, int cols)
{
    Grid *g = grid_new(rows, cols, false);
    pager_draw(p, grid_view(g), true);
    assert_grid_whole(g);
    return g;
}

static PagerResult press(Key k)
{
    Event e = key(k);
    return pager_event(p, &e);
}

static void lines_wrap_under_their_indent(void **unused)
{
    Grid *g = drawn(6, 30);
    assert_row(g, 0, "── People ────────────────────");
    assert_row(g, 1, " HIGH  Ms A was told that the");
    assert_row(g, 2, "   words wrap here");
    assert_row(g, 3, " Mr B");
    assert_int_equal(grid_cell(g, 1, 1)->style, STYLE_HIGH);
    assert_int_equal(grid_cell(g, 1, 7)->style, STYLE_NORMAL);
    grid_free(&g);
}

static void items_are_stood_on(void **unused)
{
    int row = 0, col = 0;
    Grid *g = drawn(6, 30);
    grid_free(&g);
    assert_int_equal(pager_at(p), 0);
    press(K_DOWN);
    assert_int_equal(pager_at(p), 1);
    press(K_TAB);
    assert_int_equal(pager_at(p), 2);
    g = drawn(6, 30);
    assert_true(grid_cursor(g, &row, &col) && row == 3 && col == 1);
    grid_free(&g);
    press(K_TAB);
    assert_int_equal(pager_at(p), 3);
    assert_int_equal(press(K_TAB), PAGER_UNUSED);
    g = drawn(6, 30);
    assert_true(row_has(g, 5, "The last"));
    grid_free(&g);
    press(K_BACKTAB);
    assert_int_equal(pager_at(p), 2);
    assert_true(pager_go(p, 1));
    assert_false(pager_go(p, 99));
}

static void arrows_scroll_where_no_item_is_near(void **unused)
{
    Grid *g = drawn(6, 30);
    grid_free(&g);
    press(K_DOWN);
    press(K_DOWN);
    for (int i = 0; i < 10; i++) press(K_DOWN);
    assert_int_equal(pager_at(p), 2);
    g = drawn(6, 30);
    assert_true(row_has(g, 5, "event 9"));
    grid_free(&g);
}

static void headings_are_jumped_to(void **unused)
{
    assert_int_equal(pager_headings(p), 2);
    assert_string_equal(pager_heading_text(p, 1), "Timeline");
    Grid *g = drawn(6, 30);
    grid_free(&g);
    press(']');
    g = drawn(6, 30);
    assert_true(row_has(g, 0, "Timeline"));
    grid_free(&g);
    press('[');
    pager_go_heading(p, 0);
    g = drawn(6, 30);
    assert_true(row_has(g, 0, "People"));
    grid_free(&g);
}

static void a_search_folds_case_and_accents(void **unused)
{
    Grid *g = drawn(6, 60);
    grid_free(&g);
    press('/');
    assert_true(pager_typing(p));
    for (const char *s = "cafe"; *s; s++) press((Key)*s);
    g = drawn(6, 60);
    assert_true(row_has(g, 0, "Café"));
    assert_true(row_has(g, 5, "/cafe"));
    grid_free(&g);
    press(K_ENTER);
    assert_false(pager_typing(p));
    assert_int_equal(press(K_ESC), PAGER_MOVED);
    assert_int_equal(press(K_ESC), PAGER_UNUSED);
}

static void n_goes_round(void **unused)
{
    Grid *g = drawn(6, 60);
    grid_free(&g);
    press('/');
    for (const char *s = "event 2"; *s; s++) press((Key)*s);
    press(K_ENTER);
    g = drawn(6, 60);
    assert_row(g, 0, "event 2");
    assert_int_equal(grid_cell(g, 0, 0)->style, STYLE_MARK);
    grid_free(&g);
    for (int i = 0; i < 11; i++) press('n');
    g = drawn(6, 60);
    assert_row(g, 0, "event 2");
    grid_free(&g);
    press('N');
    g = drawn(6, 60);
    assert_row(g, 0, "event 29");
    grid_free(&g);
}

static void every_line_must_have_been_on_the_screen(void **unused)
{
    Grid *g = drawn(6, 60);
    assert_false(pager_seen_all(p));
    grid_free(&g);
    press('G');
    g = drawn(6, 60);
    assert_false(pager_seen_all(p)); /* what lies between was not read */
    assert_in_range(pager_seen_share(p), 1, 99);
    grid_free(&g);
    press('g');
    for (int i = 0; i < 200 && !pager_seen_all(p); i++) {
        g = drawn(6, 60);
        grid_free(&g);
        press(K_PAGE_DOWN);
    }
    assert_true(pager_seen_all(p));
    assert_int_equal(pager_seen_share(p), 100);
}

static void a_reload_keeps_the_place(void **unused)
{
    Grid *g = drawn(6, 60);
    grid_free(&g);
    for (int i = 0; i < 3; i++) press(' ');
    g = drawn(6, 60);
    Str before = { 0 }, after = { 0 };
    grid_dump(g, &before);
    grid_free(&g);
    pager_clear(p);
    fill();
    g = drawn(6, 60);
    grid_dump(g, &after);
    assert_string_equal(str_text(&after), str_text(&before));
    str_finish(&before);
    str_finish(&after);
    grid_free(&g);
}

static void hostile_text_is_named(void **unused)
{
    pager_clear(p);
    pager_add(p, 0, 0, "a\033[1mb\nc\td\u202E");
    Grid *g = drawn(6, 60);
    assert_true(row_has(g, 0, "‹") && row_has(g, 0, "[1mb"));
    assert_true(row_has(g, 1, "c d‹U+202E›"));
    grid_free(&g);
}

static void any_size_is_survived(void **unused)
{
    static const Key keys[] = { K_DOWN, K_UP, K_PAGE_DOWN, 'G', 'g', K_TAB, ']', '[', '/', 'e', K_ENTER, 'n', K_ESC };
    for (int rows = 1; rows < 7; rows++) {
        for (int cols = 1; cols < 50; cols += 3) {
            for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
                press(keys[i]);
                Grid *g = drawn(rows, cols);
                grid_free(&g);
            }
        }
    }
    pager_clear(p);
    Grid *g = drawn(3, 3);
    press('n');
    press(K_DOWN);
    grid_free(&g);
}

static void rows_are_counted_for_a_width(void **unused)
{
    Grid *g = drawn(6, 30);
    assert_int_equal(pager_rows(p, 30), 1 + 2 + 1 + 2 + 31);
    assert_int_equal(pager_rows(p, 78), 1 + 1 + 1 + 2 + 31);
    grid_free(&g);
    g = drawn(6, 30); /* and the page is drawn as before */
    assert_row(g, 2, "   words wrap here");
    grid_free(&g);
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, stop)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(lines_wrap_under_their_indent),
        T(items_are_stood_on),
        T(arrows_scroll_where_no_item_is_near),
        T(headings_are_jumped_to),
        T(a_search_folds_case_and_accents),
        T(n_goes_round),
        T(every_line_must_have_been_on_the_screen),
        T(a_reload_keeps_the_place),
        T(hostile_text_is_named),
        T(rows_are_counted_for_a_width),
        T(any_size_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
