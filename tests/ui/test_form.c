/* test_form.c — an officer fills in a form: values, times typed his way, what is missing, drafts. */
#include "kit_help.h"
#include "ui/form.h"
#include <stdlib.h>

static const FormChoice weapons[] = { { "knife", "Knife or blade" }, { "gun", "Firearm" }, { "blunt", "Blunt object" },
    { "hands", "Hands or feet" }, { "vehicle", "Vehicle used as a weapon" }, { "none", "No weapon" } };
static const FormChoice seen[] = { { "child", "Children" }, { "pol", "Police" }, { "other", "Others" } };

static const FormField fields[] = {
    { "", "What happened", NULL, FORM_HEADING, false, false, 0, 0, NULL, 0, NULL },
    { "place", "Place", "Street, house, or a description.", FORM_LINE, true, false, 60, 0, NULL, 0, NULL },
    { "when", "When", NULL, FORM_TIME, true, false, 0, 0, NULL, 0, NULL },
    { "weapon", "Weapon", NULL, FORM_CHOICE, true, false, 0, 0, weapons, 6, NULL },
    { "", "Who", NULL, FORM_HEADING, false, false, 0, 0, NULL, 0, NULL },
    { "born", "Born", NULL, FORM_DATE, false, false, 0, 0, NULL, 0, NULL },
    { "afraid", "Is the victim very frightened?", NULL, FORM_YESNO, true, false, 0, 0, NULL, 0, NULL },
    { "saw", "Seen by", NULL, FORM_MANY, false, false, 0, 0, seen, 3, NULL },
    { "age", "Age", NULL, FORM_NUMBER, false, false, 0, 0, NULL, 0, NULL },
    { "account", "Account", NULL, FORM_TEXT, true, false, 0, 4, NULL, 0, NULL },
    { "secret", "Password", NULL, FORM_SECRET, false, false, 0, 0, NULL, 0, NULL },
    { "ref", "Reference", NULL, FORM_LINE, false, true, 0, 0, NULL, 0, "KG-7F3Q2" },
};

static Form *f;
static Time now;

static int start(void **unused)
{
    civil_parse_time("2010-02-01T09:12:00Z", &now, NULL); /* a Monday */
    f = form_new(fields, ARRAY_LEN(fields), now);
    return 0;
}

static int stop(void **unused)
{
    form_free(&f);
    form_free(&f);
    return 0;
}

static FormResult press(Key k)
{
    Event e = key(k);
    return form_event(f, &e);
}

static FormResult type(const char *s)
{
    FormResult r = FORM_UNUSED;
    for (; *s; s++) r = press((Key)(unsigned char)*s);
    return r;
}

static void holds(const char *name, const char *value)
{
    assert_string_equal(form_value(f, name), value);
}

static Grid *drawn(int rows, int cols)
{
    Grid *g = grid_new(rows, cols, false);
    form_draw(f, grid_view(g), true);
    assert_grid_whole(g);
    return g;
}

static void tab_goes_through_the_fields(void **unused)
{
    static const char *const order[] = { "place", "when", "weapon", "born", "afraid", "saw", "age", "account",
        "secret" };
    for (size_t i = 0; i < ARRAY_LEN(order); i++) {
        assert_string_equal(form_focused(f), order[i]);
        assert_int_equal(press(K_TAB), FORM_MOVED);
    }
    assert_string_equal(form_focused(f), "secret");
    for (size_t i = ARRAY_LEN(order); i-- > 0; press(K_BACKTAB)) assert_string_equal(form_focused(f), order[i]);
}

static void passing_by_changes_nothing(void **unused)
{
    for (int i = 0; i < 40; i++) press(K_DOWN);
    for (int i = 0; i < 40; i++) press(K_UP);
    for (int i = 0; i < 12; i++) press(K_ENTER);
    assert_string_equal(form_focused(f), "account");
    assert_true(form_changed(f)); /* Enter in a long text is a new line */
    press(CTRL_KEY('z'));
    for (int i = 0; i < 12; i++) press(CTRL_KEY('z'));
    assert_false(form_changed(f));
}

static void a_time_is_typed_the_officers_way(void **unused)
{
    form_focus(f, "when");
    type("yesterday 2310");
    Grid *g = drawn(20, 80);
    assert_true(row_has(g, 2, "= Sun 31 Jan 2010 23:10"));
    grid_free(&g);
    holds("when", "2010-01-31T23:10:00Z");
    press(K_TAB);
    form_set_now(f, now + 3 * DAY);
    holds("when", "2010-01-31T23:10:00Z");
    g = drawn(20, 80);
    assert_true(row_has(g, 2, "31 Jan 2010 23:10"));
    grid_free(&g);
    form_set(f, "when", "2010-07-01T12:00:00Z");
    holds("when", "2010-07-01T12:00:00Z");
    assert_false(form_changed(f));
}

static void a_time_that_is_none_is_said_under_the_field(void **unused)
{
    form_focus(f, "when");
    type("half past nine");
    press(K_TAB);
    Grid *g = drawn(20, 80);
    int row = row_with(g, "half past nine");
    assert_true(row_has(g, row + 1, "!"));
    grid_free(&g);
    holds("when", "half past nine");
    Err err = { 0 };
    assert_false(form_check(f, false, &err));
    assert_string_equal(err.field, "when");
    assert_string_equal(form_focused(f), "when");
    press(CTRL_KEY('u'));
    g = drawn(20, 80);
    assert_false(row_has(g, row + 1, "!"));
    grid_free(&g);
}

static void a_date_is_written_out(void **unused)
{
    form_focus(f, "born");
    type("1/2/1980");
    holds("born", "1980-02-01");
    press(K_TAB);
    press(K_BACKTAB);
    Grid *g = drawn(20, 80);
    assert_true(row_with(g, "1 Feb 1980") > 0);
    grid_free(&g);
    holds("born", "1980-02-01");
}

static void letters_choose(void **unused)
{
    form_focus(f, "weapon");
    assert_int_equal(type("h"), FORM_CHANGED);
    holds("weapon", "hands");
    type("x");
    holds("weapon", "hands");
    press(K_BACKSPACE);
    holds("weapon", "");
    type("no");
    holds("weapon", "none");
    press(K_LEFT);
    holds("weapon", "vehicle");
    press(K_RIGHT);
    press(K_RIGHT);
    holds("weapon", "none");
}

static void a_space_opens_the_list(void **unused)
{
    form_focus(f, "weapon");
    press(' ');
    Grid *g = drawn(20, 80);
    assert_true(row_with(g, "Vehicle used as a weapon") > 0);
    grid_free(&g);
    press(K_DOWN);
    press(K_DOWN);
    holds("weapon", "");
    assert_int_equal(press(K_ENTER), FORM_CHANGED);
    holds("weapon", "blunt");
    press(' ');
    press(K_DOWN);
    assert_int_equal(press(K_ESC), FORM_MOVED);
    holds("weapon", "blunt");
    assert_int_equal(press(K_ESC), FORM_LEAVE);
}

static void yes_and_no_are_one_key(void **unused)
{
    form_focus(f, "afraid");
    type("y");
    holds("afraid", "yes");
    type("n");
    holds("afraid", "no");
    press(K_DELETE);
    holds("afraid", "");
    Grid *g = drawn(20, 80);
    int row = row_with(g, "Is the victim very frightened?");
    assert_true(row_has(g, row + 1, "( ) yes  ( ) no"));
    grid_free(&g);
}

static void several_are_ticked(void **unused)
{
    form_focus(f, "saw");
    press(K_DOWN);
    press(K_DOWN);
    press(' ');
    press(K_UP);
    press(K_UP);
    press(' ');
    holds("saw", "child,other");
    assert_int_equal(press(K_UP), FORM_MOVED);
    assert_string_equal(form_focused(f), "afraid");
}

static void a_paste_chooses_nothing(void **unused)
{
    Event e = paste_of("yes\nknife\n");
    form_focus(f, "afraid");
    form_event(f, &e);
    holds("afraid", "");
    form_focus(f, "weapon");
    form_event(f, &e);
    holds("weapon", "");
    form_focus(f, "place");
    form_event(f, &e);
    holds("place", "yes knife ");
    assert_string_equal(form_focused(f), "place");
}

static void only_digits_make_a_number(void **unused)
{
    form_focus(f, "age");
    type("3x4");
    holds("age", "34");
    assert_string_equal(form_notice(f), "");
    type("x");
    assert_string_equal(form_notice(f), "Only digits belong here.");
}

static void what_is_missing_is_counted_and_found(void **unused)
{
    assert_int_equal(form_missing(f), 5);
    assert_int_equal(form_sections(f), 2);
    assert_string_equal(form_section_title(f, 1), "Who");
    assert_int_equal(form_section_missing(f, 0), 3);
    type("Here");
    assert_int_equal(form_section_missing(f, 0), 2);
    assert_int_equal(form_section_answered(f, 0), 1);
    press(CTRL_KEY('g'));
    assert_string_equal(form_focused(f), "when");
    press(CTRL_KEY('g'));
    press(CTRL_KEY('g'));
    assert_string_equal(form_focused(f), "afraid");
    assert_int_equal(form_section_now(f), 1);
    form_require(f, "afraid", false);
    form_show(f, "account", false);
    assert_int_equal(form_missing(f), 2);
    Err err = { 0 };
    assert_false(form_check(f, true, &err));
    assert_string_equal(err.field, "when");
    assert_string_equal(err.text, "When: This is needed.");
}

static void pages_go_by_section(void **unused)
{
    press(K_PAGE_DOWN);
    assert_string_equal(form_focused(f), "born");
    press(K_PAGE_UP);
    assert_string_equal(form_focused(f), "place");
}

static void saving_and_leaving_are_the_screens(void **unused)
{
    assert_int_equal(press(K_F(10)), FORM_SAVE);
    assert_int_equal(press(CTRL_KEY('s')), FORM_SAVE);
    assert_int_equal(press(K_ESC), FORM_LEAVE);
    assert_int_equal(press(K_F(5)), FORM_UNUSED);
}

static void help_is_shown_under_the_field(void **unused)
{
    assert_int_equal(press(K_F(1)), FORM_MOVED);
    Grid *g = drawn(20, 80);
    assert_true(row_with(g, "? Street, house, or a description.") > 0);
    grid_free(&g);
    assert_int_equal(press(K_F(1)), FORM_UNUSED);
}

static void a_draft_brings_everything_back(void **unused)
{
    type("12 High St \"x\"");
    press(K_TAB);
    type("today 0415");
    press(K_TAB);
    type("k");
    form_put(f, "account", "line one\nline two é");
    form_put(f, "saw", "pol");
    form_put(f, "secret", "never kept");
    form_put(f, "afraid", "no");
    char *draft = form_save(f);
    assert_null(strstr(draft, "never kept"));
    form_free(&f);
    start(NULL);
    Err err = { 0 };
    assert_true(form_restore(f, draft, &err));
    assert_true(form_changed(f));
    holds("place", "12 High St \"x\"");
    holds("when", "2010-02-01T04:15:00Z");
    holds("weapon", "knife");
    holds("account", "line one\nline two é");
    holds("saw", "pol");
    holds("afraid", "no");
    holds("ref", "KG-7F3Q2");
    assert_true(form_restore(f, "{\"unknown\":\"x\",\"place\":3}", &err));
    assert_false(form_restore(f, "[", &err));
    assert_false(form_restore(f, "[]", &err));
    mem_free(draft);
}

static void what_is_set_is_no_change(void **unused)
{
    form_set(f, "place", "there");
    assert_false(form_changed(f));
    type("x");
    assert_true(form_changed(f));
    press(K_BACKSPACE);
    assert_false(form_changed(f));
    type("y");
    form_keep(f);
    assert_false(form_changed(f));
    holds("place", "therey");
}

static void offers_are_taken_with_down_and_enter(void **unused)
{
    static const char *const people[] = { "Ms A, born 1980", "Ms B, born 1991" };
    type("A");
    form_offer(f, people, 2);
    Grid *g = drawn(20, 80);
    assert_true(row_with(g, "Ms B, born 1991") > 0);
    grid_free(&g);
    press(K_DOWN);
    press(K_DOWN);
    press(K_DOWN);
    assert_int_equal(press(K_ENTER), FORM_PICKED);
    assert_int_equal(form_picked(f), 1);
    assert_string_equal(form_focused(f), "place");
    form_offer(f, people, 2);
    press(K_TAB);
    g = drawn(20, 80);
    assert_int_equal(row_with(g, "Ms B"), -1);
    grid_free(&g);
}

static void notes_and_errors_stand_under_their_field(void **unused)
{
    form_set_error(f, "place", "The place is not in London.");
    form_set_note(f, "place", STYLE_WARNING, "The account says \"strangled\".");
    Grid *g = drawn(20, 60);
    assert_row(g, 2, "  ! The place is not in London.");
    assert_row(g, 3, "  → The account says \"strangled\".");
    grid_free(&g);
    type("x");
    form_set_note(f, "place", STYLE_WARNING, NULL);
    g = drawn(20, 60);
    assert_int_equal(row_with(g, "London"), -1);
    assert_int_equal(row_with(g, "strangled"), -1);
    grid_free(&g);
}

static void a_hidden_field_keeps_its_value(void **unused)
{
    type("kept");
    form_show(f, "place", false);
    assert_string_equal(form_focused(f), "when");
    holds("place", "kept");
    assert_false(form_focus(f, "place"));
    Grid *g = drawn(20, 60);
    assert_int_equal(row_with(g, "kept"), -1);
    grid_free(&g);
}

static void the_cursor_is_always_on_the_focused_field(void **unused)
{
    for (int rows = 3; rows < 30; rows += 4) {
        for (int cols = 20; cols < 100; cols += 17) {
            form_section_go(f, 0);
            for (int i = 0; i < 9; i++, press(K_TAB)) {
                int row = -1, col = -1;
                Grid *g = drawn(rows, cols);
                assert_true(grid_cursor(g, &row, &col));
                grid_free(&g);
            }
        }
    }
}

static void random_keys_and_sizes_are_survived(void **unused)
{
    static const Key keys[] = { K_TAB, K_BACKTAB, K_ENTER, K_UP, K_DOWN, K_LEFT, K_RIGHT, ' ', 'k', 'y', 'n', '1', '/',
        K_BACKSPACE, K_DELETE, K_ESC, K_PAGE_UP, K_PAGE_DOWN, CTRL_KEY('g'), K_F(1), CTRL_KEY('z'), 0x4e2d, 0x301 };
    srand(5);
    for (int i = 0; i < 6000; i++) {
        press(keys[(size_t)rand() % ARRAY_LEN(keys)]);
        if (i % 3 == 0) {
            Grid *g = drawn(1 + rand() % 25, 1 + rand() % 90);
            grid_free(&g);
        }
    }
    char *draft = form_save(f);
    assert_true(form_restore(f, draft, NULL));
    mem_free(draft);
}

static void a_form_without_fields_is_content(void **unused)
{
    Form *empty = form_new(NULL, 0, now);
    Grid *g = grid_new(3, 20, false);
    Event e = key(K_TAB);
    form_event(empty, &e);
    form_draw(empty, grid_view(g), true);
    assert_string_equal(form_focused(empty), "");
    assert_int_equal(form_sections(empty), 0);
    assert_false(form_next_missing(empty));
    grid_free(&g);
    form_free(&empty);
}

/* --- a part of a longer form ------------------------------------------------------------------ */
static const FormChoice kinds[] = { { "bruise", "Bruise" }, { "cut", "Cut" }, { "burn", "Burn" }, { "bite", "Bite" },
    { "graze", "Graze" }, { "other", "Other" } };
static const FormChoice answers[] = { { "yes", "Yes" }, { "no", "No" }, { "not-known", "Not known (u)" },
    { "declined", "Declined" } };
static const FormField part[] = {
    { .name = "seen", .label = "Seen", .kind = FORM_CHOICE, .choices = answers, .n_choices = 4 },
    { .name = "kinds", .label = "Kinds", .kind = FORM_MANY, .choices = kinds, .n_choices = 6 },
    { .name = "words", .label = "Words", .kind = FORM_TEXT, .rows = 2 },
    { .name = "+row", .label = "Another: Injury", .kind = FORM_BUTTON },
};

static void make_part(void)
{
    form_free(&f);
    f = form_new(part, ARRAY_LEN(part), now);
    form_set_part(f);
}

static void a_part_tells_when_it_is_left(void **unused)
{
    make_part();
    press(K_UP);
    assert_int_equal(form_past(f), FORM_PAST_START);
    press(K_ENTER);
    assert_int_equal(form_past(f), FORM_PAST_NOT);
    assert_string_equal(form_focused(f), "kinds");
    press(K_PAGE_DOWN);
    assert_int_equal(form_past(f), FORM_PAST_ON);
    press(K_PAGE_UP);
    assert_int_equal(form_past(f), FORM_PAST_BACK);
    assert_string_equal(form_focused(f), "kinds"); /* whoever shows the parts goes to another one */
    form_to_last(f);
    assert_string_equal(form_focused(f), "+row");
    press(K_TAB);
    assert_int_equal(form_past(f), FORM_PAST_END);
    form_to_start(f);
    assert_string_equal(form_focused(f), "seen");
}

/* A blank before "0000" would be midnight of today, and today is nobody's date of birth who was not born today. */
static void a_blank_is_no_date(void **unused)
{
    static const char *const none[] = { " ", ",", "0415", "now" };

    assert_true(form_focus(f, "born"));
    for (size_t i = 0; i < ARRAY_LEN(none); i++) {
        form_put(f, "born", "");
        for (const char *p = none[i]; *p; p++) press((Key)*p);
        assert_string_equal(form_value(f, "born"), none[i]);
    }
    form_put(f, "born", "");
    for (const char *p = "today"; *p; p++) press((Key)*p);
    assert_string_equal(form_value(f, "born"), "2010-02-01");
}

static void a_button_is_pressed_with_space_and_passed_with_enter(void **unused)
{
    make_part();
    form_focus(f, "+row");
    assert_int_equal(press(' '), FORM_PICKED);
    assert_int_equal(press(K_ENTER), FORM_MOVED);
    assert_int_equal(type("x"), FORM_UNUSED);
    holds("+row", "");
    char *text = form_save(f);
    assert_null(strstr(text, "+row"));
    mem_free(text);
    assert_int_equal(form_missing(f), 0);
}

static void many_boxes_stand_in_columns(void **unused)
{
    make_part();
    Grid *g = drawn(20, 60);
    int row = row_with(g, "Bruise");
    assert_true(row_has(g, row, "Burn")); /* beside each other, read downwards */
    form_focus(f, "kinds");
    press(K_RIGHT);
    press(' ');
    assert_string_not_equal(form_value(f, "kinds"), "");
    assert_string_not_equal(form_value(f, "kinds"), "bruise");
    press(K_LEFT);
    press(' ');
    assert_non_null(strstr(form_value(f, "kinds"), "bruise,"));
    grid_free(&g);
    g = drawn(20, 24); /* no room for two */
    assert_int_equal(row_with(g, "Cut"), row_with(g, "Bruise") + 1);
    press(K_RIGHT);
    grid_free(&g);
}

static void letters_after_a_box_begin_a_new_word(void **unused)
{
    make_part();
    form_focus(f, "kinds");
    type("b o ");
    holds("kinds", "bruise,other");
}

static void choices_stand_close_where_there_is_little_room(void **unused)
{
    make_part();
    form_put(f, "seen", "not-known");
    Grid *g = drawn(10, 80);
    assert_true(row_has(g, 0, "( ) Yes  ( ) No  (*) Not known (u)  ( ) Declined"));
    grid_free(&g);
    g = drawn(10, 56);
    assert_true(row_has(g, 0, " Yes  No [Not known (u)] Declined"));
    grid_free(&g);
    g = drawn(10, 40); /* no room for them: the chosen one alone */
    assert_true(row_has(g, 0, "Not known (u)"));
    assert_false(row_has(g, 0, "Declined"));
    grid_free(&g);
}

static void a_text_of_a_part_grows_with_its_words(void **unused)
{
    make_part();
    Grid *g = drawn(24, 60);
    int row = row_with(g, "Another");
    grid_free(&g);
    form_put(f, "words", "one\ntwo\nthree\nfour\nfive");
    g = drawn(24, 60);
    assert_int_equal(row_with(g, "Another"), row + 3);
    assert_true(row_with(g, "five") > 0);
    grid_free(&g);
}

/* ---- a checklist ---- */

static const FormField checks[] = {
    { "text", "Text", NULL, FORM_LINE, false, false, 0, 0, NULL, 0, NULL },
    { "one", "The victim was spoken to", NULL, FORM_TICK, false, false, 0, 0, NULL, 0, NULL },
    { "two", "The risk grade still fits what is known", NULL, FORM_TICK, false, false, 0, 0, NULL, 0, NULL },
    { "end", "End", NULL, FORM_LINE, false, false, 0, 0, NULL, 0, NULL },
};

static int start_checks(void **unused)
{
    f = form_new(checks, ARRAY_LEN(checks), now);
    return 0;
}

static void a_check_is_ticked_by_one_key_and_by_nothing_else(void **unused)
{
    press(K_TAB);
    assert_string_equal(form_focused(f), "one");
    press(K_DOWN);
    press(K_UP);
    press(K_RIGHT);
    press('x');
    holds("one", "");
    assert_false(form_changed(f));
    assert_int_equal(press('y'), FORM_CHANGED);
    holds("one", "yes");
    assert_string_equal(form_focused(f), "two"); /* a letter goes on */
    assert_int_equal(press('a'), FORM_CHANGED);
    holds("two", "na");
    assert_string_equal(form_focused(f), "end");
}

static void space_goes_round_and_delete_takes_the_tick_away(void **unused)
{
    static const char *const round[] = { "yes", "no", "na", "" };

    press(K_TAB);
    for (size_t i = 0; i < ARRAY_LEN(round); i++) {
        press(' ');
        holds("one", round[i]);
    }
    press(' ');
    press(K_DELETE);
    holds("one", "");
    Event e = { .kind = EVENT_PASTE, .text = "yyy", .n = 3 };
    form_event(f, &e);
    holds("one", ""); /* a paste ticks nothing */
}

static void a_tick_stands_in_front_of_its_words_as_a_word(void **unused)
{
    press(K_TAB);
    press('n');
    Grid *g = drawn(6, 30);
    assert_true(row_has(g, 1, "[no ] The victim was spoken"));
    assert_true(row_with(g, "[   ] The risk grade still") > 1);
    grid_free(&g);
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, stop)
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_check_is_ticked_by_one_key_and_by_nothing_else, start_checks, stop),
        cmocka_unit_test_setup_teardown(space_goes_round_and_delete_takes_the_tick_away, start_checks, stop),
        cmocka_unit_test_setup_teardown(a_tick_stands_in_front_of_its_words_as_a_word, start_checks, stop),
        T(tab_goes_through_the_fields),
        T(passing_by_changes_nothing),
        T(a_part_tells_when_it_is_left),
        T(a_blank_is_no_date),
        T(a_button_is_pressed_with_space_and_passed_with_enter),
        T(many_boxes_stand_in_columns),
        T(letters_after_a_box_begin_a_new_word),
        T(choices_stand_close_where_there_is_little_room),
        T(a_text_of_a_part_grows_with_its_words),
        T(a_time_is_typed_the_officers_way),
        T(a_time_that_is_none_is_said_under_the_field),
        T(a_date_is_written_out),
        T(letters_choose),
        T(a_space_opens_the_list),
        T(yes_and_no_are_one_key),
        T(several_are_ticked),
        T(a_paste_chooses_nothing),
        T(only_digits_make_a_number),
        T(what_is_missing_is_counted_and_found),
        T(pages_go_by_section),
        T(saving_and_leaving_are_the_screens),
        T(help_is_shown_under_the_field),
        T(a_draft_brings_everything_back),
        T(what_is_set_is_no_change),
        T(offers_are_taken_with_down_and_enter),
        T(notes_and_errors_stand_under_their_field),
        T(a_hidden_field_keeps_its_value),
        T(the_cursor_is_always_on_the_focused_field),
        T(random_keys_and_sizes_are_survived),
        T(a_form_without_fields_is_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
