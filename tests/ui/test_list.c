/* test_list.c — a list keeps its place, asks only for what it shows, and survives any size. */
#include "kit_help.h"
#include "ui/list.h"
#include <stdio.h>

static struct {
    int64_t ids[5000];
    size_t n;
    size_t asked;
    int heading; /* index, -1: none */
} rows;

static size_t count(void *of)
{
    return rows.n;
}

static int64_t id(void *of, size_t i)
{
    return rows.ids[i];
}

static bool heading(void *of, size_t i)
{
    return (int)i == rows.heading;
}

static void row(void *of, size_t i, ListRow *out)
{
    rows.asked++;
    list_cell(out, 0, STYLE_OVERDUE, "! OVERDUE");
    list_cellf(out, 1, 0, "row %d", (int)rows.ids[i]);
    list_cellf(out, 2, 0, "%zu", i);
    if ((int)i == rows.heading) list_cell(out, 0, 0, "Heading");
}

static const ListColumn columns[] = { { "State", 9, false, 2 }, { "Name", 0, false, 0 }, { "No", 4, true, 1 } };
static List list;

static int start(void **unused)
{
    rows.n = 20;
    rows.heading = -1;
    for (size_t i = 0; i < 5000; i++) rows.ids[i] = (int64_t)i + 100;
    list_init(&list, columns, 3, (ListSource){ NULL, count, id, row, heading });
    return 0;
}

static Grid *drawn(int height, int width)
{
    Grid *g = grid_new(height, width, false);
    rows.asked = 0;
    list_draw(&list, grid_view(g), true);
    assert_grid_whole(g);
    return g;
}

static ListResult press(Key k)
{
    Event e = key(k);
    return list_event(&list, &e);
}

static void rows_have_columns(void **unused)
{
    Grid *g = drawn(5, 40);
    assert_row(g, 0, "  State      Name                     No");
    assert_row(g, 1, "› ! OVERDUE  row 100                   0");
    assert_row(g, 2, "  ! OVERDUE  row 101                   1");
    assert_int_equal(grid_cell(g, 2, 2)->style, STYLE_OVERDUE);
    assert_int_equal(grid_cell(g, 1, 2)->style, STYLE_OVERDUE | STYLE_ON);
    grid_free(&g);
}

static void a_narrow_view_drops_columns(void **unused)
{
    Grid *g = drawn(3, 20);
    assert_row(g, 1, "› row 100          0");
    grid_free(&g);
    g = drawn(3, 14);
    assert_row(g, 1, "› row 100");
    grid_free(&g);
}

static void only_shown_rows_are_asked_for(void **unused)
{
    rows.n = 5000;
    press('G');
    Grid *g = drawn(11, 60);
    assert_int_equal(rows.asked, 10);
    assert_true(row_has(g, 10, "row 5099"));
    assert_int_equal(list_id(&list), 5099);
    grid_free(&g);
}

static void the_cursor_is_on_the_selected_row(void **unused)
{
    int r = 0, c = 0;
    press(K_DOWN);
    press('j');
    Grid *g = drawn(6, 60);
    assert_true(grid_cursor(g, &r, &c) && r == 3 && c == 0);
    grid_free(&g);
}

static void the_ends_are_told(void **unused)
{
    assert_int_equal(press(K_UP), LIST_AT_START);
    assert_int_equal(press(K_DOWN), LIST_MOVED);
    press(K_END);
    assert_int_equal(press(K_DOWN), LIST_AT_END);
    assert_int_equal(press('x'), LIST_UNUSED);
    rows.n = 0;
    list_refresh(&list);
    assert_int_equal(press(K_DOWN), LIST_AT_END);
    assert_int_equal(press(K_UP), LIST_AT_START);
    assert_false(list_any(&list));
    assert_int_equal(list_id(&list), 0);
}

static void the_place_follows_the_row(void **unused)
{
    for (int i = 0; i < 10; i++) press(K_DOWN);
    Grid *g = drawn(6, 60);
    int before = row_with(g, "row 110");
    grid_free(&g);
    memmove(rows.ids, rows.ids + 3, 100 * sizeof *rows.ids);
    rows.n -= 3;
    list_refresh(&list);
    assert_int_equal(list_id(&list), 110);
    assert_int_equal(list_at(&list), 7);
    g = drawn(6, 60);
    assert_int_equal(row_with(g, "row 110"), before);
    grid_free(&g);
}

static void a_row_that_went_is_replaced_by_the_next(void **unused)
{
    list_go_id(&list, 105);
    memmove(rows.ids + 5, rows.ids + 6, 100 * sizeof *rows.ids);
    rows.n--;
    list_refresh(&list);
    assert_int_equal(list_id(&list), 106);
    list_go(&list, rows.n - 1);
    rows.n--;
    list_refresh(&list);
    assert_int_equal(list_at(&list), rows.n - 1);
}

static void headings_are_stepped_over(void **unused)
{
    rows.heading = 0;
    list_init(&list, columns, 3, (ListSource){ NULL, count, id, row, heading });
    assert_int_equal(list_id(&list), 101);
    assert_int_equal(press(K_UP), LIST_AT_START);
    assert_int_equal(list_id(&list), 101);
    rows.heading = 2;
    press(K_DOWN);
    assert_int_equal(list_id(&list), 103);
    press(K_UP);
    assert_int_equal(list_id(&list), 101);
    Grid *g = drawn(6, 60);
    assert_row(g, 3, "Heading");
    grid_free(&g);
}

static void pages_overlap_by_a_row(void **unused)
{
    Grid *g = drawn(6, 60);
    press(K_PAGE_DOWN);
    assert_int_equal(list_at(&list), 4);
    press(K_PAGE_UP);
    assert_int_equal(list_at(&list), 0);
    grid_free(&g);
}

static void nothing_is_said_in_words(void **unused)
{
    rows.n = 0;
    list.empty = "No duties. Well done.";
    list_refresh(&list);
    Grid *g = drawn(4, 60);
    assert_row(g, 1, "  No duties. Well done.");
    grid_free(&g);
}

static void any_size_is_survived(void **unused)
{
    for (int h = 1; h < 8; h++) {
        for (int w = 1; w < 40; w++) {
            Grid *g = drawn(h, w);
            press(w % 2 ? K_PAGE_DOWN : K_UP);
            grid_free(&g);
        }
    }
}

static void a_full_scratch_cuts(void **unused)
{
    ListRow *r = mem_new(sizeof *r);
    char big[3000];
    memset(big, 'x', sizeof big - 1);
    big[sizeof big - 1] = '\0';
    list_cellf(r, 0, 0, "%s", big);
    assert_int_equal(strlen(r->text[0]), LIST_SCRATCH - 1);
    list_cellf(r, 1, 0, "%s", "more");
    assert_null(r->text[1]);
    list_cell(r, 99, 0, "x");
    mem_free(r);
}

#define T(f) cmocka_unit_test_setup(f, start)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(rows_have_columns),
        T(a_narrow_view_drops_columns),
        T(only_shown_rows_are_asked_for),
        T(the_cursor_is_on_the_selected_row),
        T(the_ends_are_told),
        T(the_place_follows_the_row),
        T(a_row_that_went_is_replaced_by_the_next),
        T(headings_are_stepped_over),
        T(pages_overlap_by_a_row),
        T(nothing_is_said_in_words),
        T(any_size_is_survived),
        T(a_full_scratch_cuts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
