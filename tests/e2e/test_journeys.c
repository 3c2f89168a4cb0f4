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
    tt_type(t, "Seen with the IO; the safety plan stands." CTRL_R CTRL_S);
    snprintf(said, sizeof said, "of %s.", id);
    see(t, "Saved 09:12:");
    see(t, said);
    see(t, "Next: KG-");
    see(t, "DS 7-day supervision");
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
    type_see(t, F(10), "not ticked"); /* one key decides */
    tt_type(t, "s");
    see(t, "Saved 09:12:");
}

/* What is typed besides the text is counted: that is what a routine review costs. */
typedef struct Count {
    Tt *t;
    size_t keys, most;
} Count;

static void press(Count *c, const char *key)
{
    tt_type(c->t, key);
    c->keys++;
}

enum { KEYS_MOST = 4 };

/* True when it was the last of the tab. */
static bool one_routine_review(Count *c, size_t number)
{
    char text[64];
    size_t before = c->keys;

    see(c->t, "DS 7-day supervision");
    see(c->t, "[   ] The victim was spoken to");
    snprintf(text, sizeof text, "Text number %zu.", number);
    type_see(c->t, text, text);
    press(c, CTRL_R);
    press(c, CTRL_S);
    see_not(c->t, text);
    if (c->keys - before > c->most) c->most = c->keys - before;
    if (tt_has(c->t, "No more of these in this tab.")) return true;
    see(c->t, "Next: KG-");
    return false;
}

static void thirty_reviews_are_thirty_texts_and_few_keys(void **state)
{
    Station *s = *state;
    Count c = { .t = station_desk(s, DS) };
    char id[16], text[64];
    const char *cases;
    size_t n = 0;

    open_review(c.t, id);
    while (!one_routine_review(&c, n++)) {}
    assert_true(n >= 30);
    print_message("%zu reviews, %zu keys besides their texts, at most %zu for one\n", n, c.keys, c.most);
    assert_true(c.most <= KEYS_MOST);
    assert_int_equal(times(MUST(s, DS, "--format", "json", "duties", "--role", "csu-ds", "--state", "overdue"), "\"ds-supervision\""), 0);
    cases = MUST(s, DI, "export", "cases");
    for (size_t i = 0; i < n; i++) {
        snprintf(text, sizeof text, "Text number %zu.\"", i);
        assert_int_equal(times(cases, text), 1);
    }
    assert_int_equal(times(cases, "at_once"), n);
}

/* What does not hold goes to the officer as a task, in the same write. */
static void what_does_not_hold_becomes_the_officers_task(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);
    char id[16];
    const char *said;

    open_review(t, id);
    type_see(t, "She was not told of the bail.", "not told of the bail.");
    type_see(t, DOWN "i", "io +2d Speak to the victim");
    tt_type(t, CTRL_R CTRL_S);
    see(t, "Saved 09:12:");
    said = MUST(s, DI, "case", "show", id);
    assert_int_equal(times(said, "no: The victim was spoken to"), 1);
    assert_int_equal(times(said, "Speak to the victim and record what was said"), 1);
    said = MUST(s, DI, "--format", "json", "duties", "--case", id, "--state", "open");
    assert_int_equal(times(said, "\"duty\":\"instruction\""), 1);
    assert_non_null(strstr(said, "2010-02-10T09:12:00Z"));
}

/* ---- two supervisors at one case ---- */

/* The inspector comes by the case's page, and says in the form which review it is. */
static void inspector_opens(Tt *t, const char *id)
{
    char line[64];

    type_see(t, ":", "Commands");
    snprintf(line, sizeof line, "case %s" ENTER, id);
    type_see(t, line, "Duties");
    type_see(t, "a", "Add what");
    tt_type(t, "review");
    tt_settle(t, 200);
    type_see(t, ENTER, "New review");
    tt_type(t, "DS\t");
    see(t, "[   ] The victim was spoken to"); /* the checks of that kind come with it */
    tt_type(t, "\t");
}

static void the_second_of_two_is_told_who_when_and_what_and_keeps_the_text(void **state)
{
    Station *s = *state;
    Tt *first = station_desk(s, DS), *second = station_desk(s, DI);
    char id[16];
    const char *shown;

    open_review(first, id);
    inspector_opens(second, id);
    type_see(second, "The second text.", "The second text.");
    type_see(second, DOWN "y", "[yes] The victim was spoken to");
    type_see(first, "The first text.", "The first text.");
    tt_type(first, CTRL_R CTRL_S);
    see(first, "Saved 09:12:");
    tt_type(second, CTRL_R CTRL_S);
    see(second, "was changed by " DS);
    see(second, "09:12");
    see(second, "New: DS 7-day supervision: satisfied, officer " DS);
    see(second, "save again.");
    assert_true(tt_has(second, "The second text."));
    assert_true(tt_has(second, "The first text."));
    assert_true(tt_has(second, "[yes] The victim was spoken to"));
    assert_int_equal(times(MUST(s, DS, "case", "show", id), "The second text."), 0);
    tt_type(second, CTRL_S); /* the second decides: saved all the same */
    see(second, "Saved 09:12:");
    shown = MUST(s, DS, "case", "show", id);
    assert_int_equal(times(shown, "The first text."), 1);
    assert_int_equal(times(shown, "The second text."), 1);
}

/* Or throws it away, and nothing of it is there. */
static void the_second_of_two_may_also_let_it_be(void **state)
{
    Station *s = *state;
    Tt *first = station_desk(s, DS), *second = station_desk(s, DS);
    char id[16], other[16];

    open_review(first, id);
    open_review(second, other);
    assert_string_equal(id, other);
    type_see(second, "The second text.", "The second text.");
    tt_type(first, "The first text." CTRL_R CTRL_S);
    see(first, "Saved 09:12:");
    tt_type(second, CTRL_R CTRL_S);
    see(second, "was changed by " DS);
    type_see(second, ESC, "Leave this form");
    tt_type(second, "t");
    see(second, "2 Today");
    assert_int_equal(times(MUST(s, DS, "case", "show", id), "The second text."), 0);
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
    tt_type(working, "Done." CTRL_R CTRL_S);
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
        { "/", "Find a case", true }, { "D", "unsaved", false }, { "r", "DS 7-day supervision", true } };
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
    tt_type(t, CTRL_R);
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
        cmocka_unit_test_setup_teardown(thirty_reviews_are_thirty_texts_and_few_keys, station_setup_many, station_teardown),
        cmocka_unit_test_setup_teardown(what_does_not_hold_becomes_the_officers_task, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            the_second_of_two_is_told_who_when_and_what_and_keeps_the_text, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(the_second_of_two_may_also_let_it_be, station_setup, station_teardown),
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
