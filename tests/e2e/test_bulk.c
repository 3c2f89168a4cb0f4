/* test_bulk.c — one review for several cases from the desk, in the real program: three rows are marked, the terminal dies in the middle of the text,
** another officer writes in one of the cases; the text and its cases are offered again, two are written, the third says who changed it and keeps its
** mark, is read, and is written too. Then all that was written last is taken back with one key. */
#include "station.h"

#include <signal.h>

static const char words[] = "Nothing new since the last supervision; the plan stands.";

/* Three supervisions of standard risk. */
static void mark_three(Tt *t, char id[3][16])
{
    type_see(t, "5", "[5 All");
    type_see(t, "f", "Show only");
    tt_type(t, "standard" ENTER);
    see(t, "only STANDARD");
    only_supervisions(t);
    for (int i = 0; i < 3; i++) {
        char marked[24];
        case_of_row(t, id[i]);
        snprintf(marked, sizeof marked, "* %d marked", i + 1);
        type_see(t, " ", marked);
    }
}

static void dies_in_the_middle(Station *s, char id[3][16])
{
    Tt *t = station_desk(s, DS);

    mark_three(t, id);
    type_see(t, "B", "3 ready");
    tt_type(t, words);
    see(t, "the plan stands.");
    tt_settle(t, 2000); /* the promise: within two seconds */
    tt_type(t, " And so on");
    tt_signal(t, SIGKILL);
    assert_int_equal(tt_exit(t, 5000), 128 + SIGKILL);
}

static void two_are_written_and_the_third_waits(Station *s, Tt *t, char id[3][16])
{
    see(t, "You left 1 text unsaved.");
    see(t, "For several cases");
    type_see(t, ENTER, "What you typed");
    see(t, "the plan stands.");
    see(t, "3 marked");
    tt_type(t, CTRL_R CTRL_S);
    see(t, "What would be written");
    see(t, "! changed");
    see(t, "Changed since it was marked: ");
    see(t, "900006: contact added");
    type_see(t, "w", "Write 2 reviews");
    tt_settle(t, 400);
    type_see(t, "y", "2 of 3 written. The others keep their marks.");
    assert_state(s, id[1], "ds-supervision", "overdue");
}

static void a_text_for_several_cases_survives_a_kill_and_what_changed_waits_to_be_read(void **state)
{
    Station *s = *state;
    char id[3][16];
    Tt *t;

    dies_in_the_middle(s, id);
    assert_state(s, id[1], "ds-supervision", "overdue");
    MUST(s, "900006", "case", "add", id[1], "contacts", "with=victim", "kind=update", "result=spoke");
    t = station_terminal(s, ROWS, COLS, NULL, NULL);
    sign_in(t, DS);
    two_are_written_and_the_third_waits(s, t, id);
    assert_non_null(strstr(MUST(s, DS, "case", "show", id[0]), words));
    assert_null(strstr(MUST(s, DS, "case", "show", id[1]), words));
    type_see(t, "r", "! changed");
    type_see(t, ENTER, "1 Duties");
    type_see(t, ESC, "1 ready");
    type_see(t, "w", "Write 1 review");
    tt_settle(t, 400);
    type_see(t, "y", "1 of 1 written.");
    assert_non_null(strstr(MUST(s, DS, "case", "show", id[1]), words));
    type_see(t, "\004", "What was wrong with it"); /* Ctrl-D */
    tt_type(t, "It was meant for others." ENTER);
    see(t, "Taken back");
    tt_type(t, ESC);
    see(t, "[1 Overdue");
    station_leave(s, &t);
    assert_state(s, id[0], "ds-supervision", "open");
    assert_state(s, id[1], "ds-supervision", "overdue");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_text_for_several_cases_survives_a_kill_and_what_changed_waits_to_be_read, station_setup_many, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "build/book124";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
