/* test_journeys.c — a day's work behind a real terminal: reviews, two officers at one case, what is refused, how one gets about. */
#include "station.h"

#include <signal.h>

/* The number on the first tab. */
static int overdue(Tt *t)
{
    const char *at;

    see(t, "1 Overdue ");
    at = strstr(tt_row(t, 1), "1 Overdue ");
    return at ? atoi(at + strlen("1 Overdue ")) : -1;
}

/* ---- a review ---- */

static void a_saved_review_outlives_kill_9_and_does_its_duty(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);
    char id[16], said[64];
    const char *json;
    int before = overdue(t);

    open_review(t, id);
    see(t, id);
    tt_type(t, "Seen with the IO; the safety plan stands." CTRL_S);
    snprintf(said, sizeof said, "of %s.", id);
    see(t, "Saved 09:12:");
    see(t, said);
    see(t, "Next: KG-");
    see(t, "Earlier reviews");
    see_not(t, "Seen with the IO");
    type_see(t, ESC, "2 Today");
    see_not(t, id);
    assert_int_equal(overdue(t), before - 1);
    tt_signal(t, SIGKILL);
    assert_int_equal(tt_exit(t, 5000), 128 + SIGKILL);

    assert_int_equal(times(MUST(s, DS, "case", "show", id), "Seen with the IO; the safety plan stands."), 1);
    json = MUST(s, DI, "--format", "json", "duties", "--case", id, "--state", "overdue");
    assert_null(strstr(json, "\"ds-supervision\""));
    json = MUST(s, DI, "--format", "json", "duties", "--case", id, "--state", "late");
    assert_non_null(strstr(json, "\"ds-supervision\""));
    t = station_desk(s, DS);
    assert_int_equal(overdue(t), before - 1);
}

static void a_review_without_words_is_not_saved(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);
    char id[16];

    open_review(t, id);
    tt_type(t, CTRL_S);
    tt_settle(t, 300);
    assert_false(tt_has(t, "Saved"));
    assert_true(tt_has(t, "DS 7-day supervision"));
    tt_type(t, "Words.");
    tt_type(t, F(10));
    see(t, "Saved 09:12:");
}

static void thirty_reviews_are_thirty_texts(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);
    char id[16], text[64];
    size_t before, after;

    before = times(MUST(s, DI, "--format", "json", "duties", "--state", "overdue"), "\"ds-supervision\"");
    open_review(t, id);
    for (size_t i = 0; i < before; i++) {
        see(t, "DS 7-day supervision");
        snprintf(text, sizeof text, "Text number %zu.", i);
        type_see(t, text, text);
        tt_type(t, CTRL_S);
        see_not(t, text);
        see(t, i + 1 < before ? "Next: KG-" : "No more of these in this tab.");
    }
    after = times(MUST(s, DI, "--format", "json", "duties", "--state", "overdue"), "\"ds-supervision\"");
    assert_int_equal(after, 0);
    for (size_t i = 0; i < before; i++) {
        snprintf(text, sizeof text, "Text number %zu.", i);
        assert_int_equal(times(MUST(s, DI, "export", "cases"), text), 1);
    }
}

/* ---- two officers at one case ---- */

static void the_second_of_two_is_told_who_was_faster_and_keeps_the_text(void **state)
{
    Station *s = *state;
    Tt *first = station_desk(s, DS), *second = station_desk(s, DS);
    char id[16], other[16];
    const char *shown;

    open_review(first, id);
    open_review(second, other);
    assert_string_equal(id, other);
    type_see(second, "The second text.", "The second text.");
    tt_type(first, "The first text." CTRL_S);
    see(first, "Saved 09:12:");
    tt_type(second, CTRL_S);
    see(second, "was changed by " DS);
    see(second, "save again.");
    assert_true(tt_has(second, "The second text."));
    assert_true(tt_has(second, "The first text."));
    assert_int_equal(times(MUST(s, DS, "case", "show", id), "The second text."), 0);
    tt_type(second, CTRL_S);
    see(second, "Saved 09:12:");
    shown = MUST(s, DS, "case", "show", id);
    assert_int_equal(times(shown, "The first text."), 1);
    assert_int_equal(times(shown, "The second text."), 1);
}

static void what_another_officer_does_is_announced_and_rows_do_not_jump(void **state)
{
    Station *s = *state;
    Tt *watching = station_desk(s, DS), *working = station_desk(s, DS);
    char id[16], still[16];
    int before = overdue(watching);

    tt_type(watching, DOWN DOWN DOWN);
    tt_settle(watching, 1500);
    case_of_row(watching, id);
    open_review(working, still);
    tt_type(working, "Done." CTRL_S);
    see(working, "Saved 09:12:");
    if (!tt_wait(watching, "^L takes it in", 30000)) fail_msg("never announced");
    case_of_row(watching, still);
    assert_string_equal(id, still);
    tt_type(watching, CTRL_L);
    see_not(watching, "^L takes it in");
    assert_int_equal(overdue(watching), before - 1);
    case_of_row(watching, still);
    assert_string_equal(id, still);
}

/* ---- what is refused ---- */

static void a_refusal_is_a_sentence_that_says_who_may(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, PC);
    int status;

    type_see(t, "R", "Other roles' queues are shown to");
    see(t, "detective chief inspector"); /* to the end of the sentence */
    RUN(s, KEEPER, &status, "audit", "verify");
    assert_int_equal(status, 4);
    assert_non_null(strstr(s->said, "auditor"));
    station_leave(s, &t);

    t = station_terminal(s, ROWS, COLS, NULL, NULL);
    tt_type(t, AUDITOR ENTER "training-book124" ENTER);
    see(t, "Find a case"); /* no duty is an auditor's: there is no desk to sit at */
    assert_false(tt_has(t, "Overdue"));
}

static void the_menu_of_entries_says_who_may_add_what_one_may_not(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, PC);

    type_see(t, "a", "Add what");
    tt_type(t, "review");
    see(t, "sergeant");
    tt_type(t, ENTER);
    tt_settle(t, 300);
    assert_true(tt_has(t, "Add what"));
    tt_type(t, ESC);
    see_not(t, "Add what");
}

static void wrong(Tt *t, const char *warrant)
{
    tt_type(t, warrant);
    tt_type(t, ENTER "not the password" ENTER);
    see(t, "is not right");
}

static void five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(void **state)
{
    static const char *const at[] = { "2010-02-08T09:12:00Z", "2010-02-08T09:12:00Z", "2010-02-08T09:12:01Z",
        "2010-02-08T09:12:04Z", "2010-02-08T09:12:09Z" };
    Station *s = *state;
    Tt *t;

    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        s->now = at[i];
        t = station_terminal(s, ROWS, COLS, NULL, NULL);
        see(t, "Warrant");
        wrong(t, DS);
        station_leave(s, &t);
    }
    s->now = "2010-02-08T09:26:00Z";
    t = station_terminal(s, ROWS, COLS, NULL, NULL);
    see(t, "Warrant");
    tt_type(t, DS ENTER "training-book124" ENTER);
    see(t, "is not right, or it is too soon");
    station_leave(s, &t);
    s->now = "2010-02-08T09:27:30Z";
    t = station_desk(s, DS);
}

static void after_the_third_wrong_one_even_the_right_one_waits_a_moment(void **state)
{
    Station *s = *state;
    Tt *t;

    s->now = NOW;
    for (int i = 0; i < 2; i++) {
        t = station_terminal(s, ROWS, COLS, NULL, NULL);
        see(t, "Warrant");
        wrong(t, DS);
        station_leave(s, &t);
    }
    t = station_terminal(s, ROWS, COLS, NULL, NULL); /* its clock stands still: the moment is never over */
    see(t, "Warrant");
    tt_type(t, DS ENTER "training-book124" ENTER);
    see(t, "too soon");
    station_leave(s, &t);
    s->now = "2010-02-08T09:12:02Z";
    t = station_desk(s, DS);
}

/* The sign-in screen without the officer's number, from the sentence on. */
static char *refusal_of(Station *s, const char *warrant)
{
    Tt *t = station_terminal(s, ROWS, COLS, NULL, NULL);
    char *screen, *from;

    see(t, "Warrant");
    wrong(t, warrant);
    screen = screen_text(t);
    station_leave(s, &t);
    from = strstr(screen, "Password");
    from = strdup(from ? from : "");
    free(screen);
    return from;
}

static void an_unknown_warrant_and_a_wrong_password_look_alike(void **state)
{
    Station *s = *state;
    char *known = refusal_of(s, DS), *unknown = refusal_of(s, "999999");

    assert_string_equal(known, unknown);
    free(known);
    free(unknown);
}

/* ---- getting about ---- */

/* The list of keys and the palette open here and Esc takes them away again, leaving the screen as it was. */
static void helps_here(Tt *t, const char *landmark, bool typing)
{
    const char *const open[][2] = { { typing ? F(1) : "?", "What can be done here" }, { F(1), "What can be done here" },
        { typing ? CTRL_P : ":", "Commands" }, { CTRL_P, "Commands" } };

    for (size_t i = 0; i < 4; i++) {
        tt_type(t, open[i][0]);
        tt_settle(t, typing && i < 2 ? 200 : 0);
        if (typing && i < 2 && !tt_has(t, open[i][1])) tt_type(t, F(1)); /* the first F1 was help on the field */
        see(t, open[i][1]);
        tt_type(t, ESC);
        see_not(t, open[i][1]);
        see(t, landmark);
    }
}

static void keys_and_commands_open_on_every_screen_and_esc_leads_back(void **state)
{
    static const struct {
        const char *key, *landmark;
        bool typing;
    } screens[] = { { "\r", "Nothing is overdue", false }, { "w", "What is asked", false },
        { "/", "Find a case", true }, { "D", "unsaved", false }, { "r", "Earlier reviews", true } };
    Station *s = *state;
    Tt *t = station_desk(s, DS);

    helps_here(t, "1 Overdue", false);
    only_supervisions(t);
    for (size_t i = 0; i < sizeof screens / sizeof screens[0]; i++) {
        tt_type(t, screens[i].key);
        see_not(t, "2 Today");
        if (i > 0) see(t, screens[i].landmark);
        helps_here(t, i > 0 ? screens[i].landmark : "KG-", screens[i].typing);
        tt_type(t, ESC);
        see(t, "2 Today");
    }
}

static void every_key_has_a_twin_among_the_function_keys(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);
    char id[16];

    type_see(t, F(6), "Show only");
    tt_type(t, ESC);
    see_not(t, "Show only");
    type_see(t, F(7), "Find a case");
    type_see(t, F(3), "2 Today");
    type_see(t, "o", "Duties");
    type_see(t, F(4), "Go to");
    tt_type(t, ESC);
    see_not(t, "Go to");
    type_see(t, F(12), "2 Today");
    open_review(t, id);
    type_see(t, "Kept.", "Kept.");
    type_see(t, F(4), "Duties");
    type_see(t, F(3), "Kept.");
    type_see(t, F(12), "Leave this form");
    tt_type(t, ESC);
    see_not(t, "Leave this form");
    type_see(t, F(10), "Saved 09:12:");
    type_see(t, F(12), "2 Today");
    type_see(t, F(11), "locked");
    type_see(t, "training-book124" ENTER, "2 Today");
    type_see(t, F(3), "Your session ended at 09:12, entry ");
    tt_type(t, F(3));
    assert_int_equal(tt_exit(t, 5000), 0);
}

static void q_signs_out_and_then_leaves(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);

    type_see(t, "q", "Your session ended at 09:12, entry ");
    assert_false(tt_has(t, "KG-"));
    tt_type(t, "q");
    assert_int_equal(tt_exit(t, 5000), 0);
    assert_false(tt_on_alternate_screen(t));
}

static void the_palette_takes_the_verbs_of_the_command_line(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);
    char id[16], line[64];

    case_of_row(t, id);
    type_see(t, ":", "Commands");
    snprintf(line, sizeof line, "why %s ds-supervision" ENTER, id);
    type_see(t, line, "What is asked");
    type_see(t, ":", "Commands");
    snprintf(line, sizeof line, "case %s" ENTER, id);
    type_see(t, line, "Duties");
    type_see(t, ":", "Commands");
    type_see(t, "queue all" ENTER, "[5 All");
    type_see(t, ":", "Commands");
    type_see(t, "case KG-00000" ENTER, "[5 All");
    assert_false(tt_has(t, "Duties"));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_saved_review_outlives_kill_9_and_does_its_duty, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(a_review_without_words_is_not_saved, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(thirty_reviews_are_thirty_texts, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            the_second_of_two_is_told_who_was_faster_and_keeps_the_text, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            what_another_officer_does_is_announced_and_rows_do_not_jump, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(a_refusal_is_a_sentence_that_says_who_may, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            the_menu_of_entries_says_who_may_add_what_one_may_not, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            after_the_third_wrong_one_even_the_right_one_waits_a_moment, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            an_unknown_warrant_and_a_wrong_password_look_alike, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            keys_and_commands_open_on_every_screen_and_esc_leads_back, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(every_key_has_a_twin_among_the_function_keys, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(q_signs_out_and_then_leaves, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            the_palette_takes_the_verbs_of_the_command_line, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
