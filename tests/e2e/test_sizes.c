/* test_sizes.c — a window that changes its size two hundred times, on every screen and in every dialog: afterwards the screen is what it
** was, and what was typed is whole. */
#include "station.h"

static unsigned luck(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16;
}

static void one_size(Tt *t, unsigned *seed, int i)
{
    static const int edges[][2] = { { 1, 1 }, { 5, 20 }, { 500, 200 }, { 1, 200 }, { 200, 1 }, { 23, 79 }, { 24, 80 },
        { 20, 60 }, { 19, 60 }, { 20, 59 }, { 2, 500 }, { 200, 500 } };

    if (i < 12)
        tt_resize(t, edges[i][0], edges[i][1]);
    else
        tt_resize(t, 1 + (int)(luck(seed) % 200), 1 + (int)(luck(seed) % 500));
    if (i % 10 == 0) tt_settle(t, 2);
}

static void storm(Tt *t, int sizes)
{
    unsigned seed = 124;

    for (int i = 0; i < sizes; i++) one_size(t, &seed, i);
    tt_resize(t, ROWS, COLS);
}

static bool becomes(Tt *t, const char *screen)
{
    bool same = false;

    for (int i = 0; i < 100 && !same; i++) {
        char *now;
        tt_settle(t, station_is_slow() ? 200 : 50);
        now = screen_text(t);
        same = strcmp(now, screen) == 0;
        free(now);
    }
    return same;
}

/* After the storm the screen is the same, and drawing it all again changes nothing. */
static void stands(Tt *t, const char *what)
{
    char *before;

    tt_settle(t, 300);
    before = screen_text(t);
    storm(t, station_is_slow() ? 50 : 200);
    if (!becomes(t, before)) {
        tt_print(t);
        print_error("before:\n%s", before);
        fail_msg("%s is not what it was before the storm", what);
    }
    free(before);
}

static void every_screen_and_dialog_stands_a_storm_of_sizes(void **state)
{
    Station *s = *state;
    Tt *t = station_terminal(s, ROWS, COLS, NULL, NULL);
    char id[16];

    see(t, "Warrant");
    stands(t, "sign-in");
    sign_in(t, DS);
    see(t, "Clears:");
    stands(t, "the desk");
    type_see(t, "?", "What can be done here");
    stands(t, "the list of keys");
    tt_type(t, ESC);
    see_not(t, "What can be done here");
    type_see(t, ":", "Commands");
    stands(t, "the palette");
    tt_type(t, ESC);
    see_not(t, "Commands");
    type_see(t, "f", "Show only");
    stands(t, "the filter");
    tt_type(t, ESC);
    see_not(t, "Show only");
    type_see(t, "/", "Find a case");
    type_see(t, "KG-", "KG-");
    stands(t, "search");
    type_see(t, ESC, "2 Today");
    type_see(t, "w", "What is asked");
    stands(t, "why");
    type_see(t, ESC, "2 Today");
    type_see(t, ENTER, "8 Reviews");
    stands(t, "a case");
    type_see(t, "s", "Go to");
    stands(t, "the sections");
    tt_type(t, ESC);
    see_not(t, "Go to");
    type_see(t, ESC, "2 Today");
    open_review(t, id);
    type_see(t, "Words that are kept.", "Words that are kept.");
    stands(t, "a form");
    type_see(t, ESC, "Leave this form");
    stands(t, "a question");
    type_see(t, "k", "2 Today");
    type_see(t, "D", "Words that are kept.");
    stands(t, "drafts");
    type_see(t, "d", "Throw this text away");
    stands(t, "a confirmation");
    type_see(t, "y", "Nothing is left unsaved.");
    type_see(t, ESC, "2 Today");
    type_see(t, "L", "locked");
    stands(t, "the lock");
    type_see(t, "training-book124" ENTER, "2 Today");
    tt_type(t, "q");
    see(t, "Your session ended");
    tt_type(t, ESC);
    assert_int_equal(tt_exit(t, 5000), 0);
}

static void what_is_typed_while_the_window_changes_is_whole(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);
    char id[16], want[4000] = "", word[16];
    unsigned seed = 7;
    size_t n = 0;

    open_review(t, id);
    for (int i = 0; i < (station_is_slow() ? 60 : 200); i++) {
        snprintf(word, sizeof word, "w%d ", i);
        tt_type(t, word);
        n += (size_t)snprintf(want + n, sizeof want - n, "%s", word);
        tt_resize(t, 20 + (int)(luck(&seed) % 100), 60 + (int)(luck(&seed) % 200)); /* all of them usable: keys count */
        if (i % 8 == 0) tt_settle(t, 2);
    }
    tt_type(t, "end");
    snprintf(want + n, sizeof want - n, "end");
    tt_resize(t, ROWS, COLS);
    see(t, "end");
    tt_type(t, CTRL_R CTRL_S);
    see(t, "Saved 09:12:");
    assert_int_equal(times(MUST(s, DI, "export", "cases"), want), 1);
}

static void a_window_that_is_too_small_says_so_and_loses_nothing(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);
    char id[16];

    open_review(t, id);
    type_see(t, "Kept.", "Kept.");
    tt_resize(t, 5, 20);
    see(t, "Window 20x5 is too");
    assert_false(tt_has(t, "Kept."));
    tt_type(t, " Nobody acts on what he cannot see." CTRL_S "y" ENTER);
    tt_settle(t, 300);
    tt_resize(t, ROWS, COLS);
    see(t, "Kept.");
    assert_false(tt_has(t, "Nobody acts"));
    tt_resize(t, 1, 1);
    tt_settle(t, 300);
    tt_resize(t, 20, 60);
    see(t, "Kept.");
    see(t, "DS 7-day supervision");
    tt_type(t, " And saved." CTRL_R CTRL_S);
    see(t, "Saved 09:12:");
    assert_int_equal(times(MUST(s, DS, "case", "show", id), "Kept. And saved."), 1);
}

static void it_starts_in_any_window(void **state)
{
    static const int sizes[][2] = { { 1, 1 }, { 5, 20 }, { 20, 60 }, { 23, 79 }, { 200, 500 } };
    Station *s = *state;

    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        Tt *t = station_terminal(s, sizes[i][0], sizes[i][1], NULL, NULL);
        tt_settle(t, 300);
        tt_resize(t, ROWS, COLS);
        sign_in(t, DS);
        see(t, "2 Today");
        station_leave(s, &t);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            every_screen_and_dialog_stands_a_storm_of_sizes, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            what_is_typed_while_the_window_changes_is_whole, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            a_window_that_is_too_small_says_so_and_loses_nothing, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(it_starts_in_any_window, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
