/* test_book.c — a book 124D from the first key to the index, in the real program: a constable writes it, the machine dies under him, he
** goes on, hands it in; the sergeant sends it back; it is reworked, signed, read by the unit and filed. The duties of its case close
** one by one as the procedure says. The story and everybody in it are made up. */
#include "story.h"

#include <signal.h>

/* ---- the journey ---- */

static void writes_and_is_killed(Station *s, char id[16])
{
    Tt *t = station_desk(s, PC);

    type_see(t, "n", "CAD");
    tt_type(t, ENTER);
    see(t, "(new)");
    story_number(t, id);
    tt_type(t, story_first_half);
    see(t, "pulled her hair");
    tt_settle(t, station_is_slow() ? 6000 : 2500);
    tt_signal(t, SIGKILL);
    assert_int_equal(tt_exit(t, 5000), 128 + SIGKILL);
    assert_int_equal(times(MUST(s, DI, "export", "cases"), "Madeup"), 0); /* it is nobody's case yet */
    station_leave(s, &t);
}

static void goes_on_and_hands_in(Station *s, const char *id)
{
    Tt *t = station_terminal(s, ROWS, COLS, NULL, NULL);
    const char *shown;

    sign_in(t, PC);
    see(t, "You left 1 text unsaved.");
    see(t, id);
    tt_type(t, ENTER);
    see(t, "pulled her hair");
    tt_type(t, CTRL_B "h");
    see(t, "Child 1 of 1");
    tt_type(t, story_second_half);
    see(t, "V\u2713");
    story_hand_in(t);
    assert_state(s, id, "book-124d", "done");
    assert_state(s, id, "initial-risk", "done");
    assert_state(s, id, "children-answered", "done");
    assert_state(s, id, "cris-number", "done");
    assert_state(s, id, "merlin-number", "open");
    assert_state(s, id, "ps-check", "open");
    shown = MUST(s, DI, "export", "cases", "--case", id);
    assert_int_equal(times(shown, "\"family\":\"Madeup\""), 3); /* victim, child, and the row of the book */
    assert_int_equal(times(shown, "\"number\":\"4212345/10\""), 1);
    assert_int_equal(times(shown, "\"grade\":\"high\""), 1);
    station_leave(s, &t);
}

static void sends_it_back(Station *s, const char *id)
{
    Tt *t = station_desk(s, PS);

    story_command(t, "book ", id);
    see(t, "version 1 of 1");
    tt_type(t, "t");
    see(t, "Read all of it first");
    story_read(t);
    type_see(t, "t", "Return of a book");
    tt_type(t, " \tWrite who else heard him say it.");
    tt_type(t, CTRL_S);
    story_password(t);
    assert_state(s, id, "ps-check", "open");
    assert_state(s, id, "book-rework", "open");
    station_leave(s, &t);
}

static void reworks_it(Station *s, const char *id)
{
    Tt *t = station_desk(s, PC);

    story_command(t, "case ", id);
    see(t, "Duties");
    type_see(t, "B", "Came back from");
    see(t, "Write who else heard him say it.");
    type_see(t, CTRL_B "d", "Victim");
    tt_type(t, "\t\tBea");
    see(t, "Bea");
    story_hand_in(t);
    assert_state(s, id, "book-rework", "done");
    station_leave(s, &t);
}

static void signs_it(Station *s, const char *officer, const char *id)
{
    Tt *t = station_desk(s, officer);

    story_command(t, "book ", id);
    see(t, "version 2 of 2");
    see(t, "What changed since version 1");
    story_read(t);
    tt_type(t, "s");
    story_password(t);
    if (strcmp(officer, DS) == 0) {
        see(t, "Index number");
        tt_settle(t, 400);
        tt_type(t, "i");
        tt_settle(t, 600);
        tt_type(t, "G/0301/10" ENTER);
        see(t, "is G/0301/10");
        tt_settle(t, 400);
        tt_type(t, "g");
    }
    see(t, "Signed 12:00");
    station_leave(s, &t);
}

/* Two versions, a return, a check, a reading: whoever made them signed them, and the case takes that along. In another store the
** keys are nobody's; what somebody changed on the way shows there as changed. */
static void its_signatures_go_with_it(Station *s, const char *id)
{
    Station other = *s;
    char lines[128], *exported, *at;

    other.said = NULL;
    assert_int_equal(times(MUST(s, DI, "case", "show", id), "✓ signature valid, key "), 5);
    /* and thirteen words for the keys of the officers, of the training store's restricted cases */
    if (!strstr(MUST(s, AUDITOR, "audit", "verify"), "Signatures: 18 valid, 0 whose text changed")) fail_msg("%s", s->said);
    exported = strdup(MUST(s, DI, "export", "cases", "--case", id));
    at = strstr(exported, "Write who else heard him say it.");
    assert_non_null(at);

    snprintf(other.store, sizeof other.store, "%s/other", s->dir);
    MUST(&other, NULL, "init", "--training", "--cases", "0");
    station_file(s, "same.jsonl", exported, lines);
    MUST(&other, DI, "import", "cases", lines);
    assert_string_equal(MUST(&other, DI, "export", "cases"), exported);
    assert_int_equal(times(MUST(&other, DI, "case", "show", id), "? signer unknown: "), 5);

    memcpy(at, "Wrote", 5);
    snprintf(other.store, sizeof other.store, "%s/changed", s->dir);
    MUST(&other, NULL, "init", "--training", "--cases", "0");
    station_file(s, "changed.jsonl", exported, lines);
    MUST(&other, DI, "import", "cases", lines);
    assert_int_equal(times(MUST(&other, DI, "case", "show", id), "! TEXT CHANGED SINCE IT WAS SIGNED"), 1);
    if (!strstr(MUST(&other, AUDITOR, "audit", "verify"), "1 whose text changed since it was signed (the first in "))
        fail_msg("%s", other.said);
    free(other.said);
    free(exported);
}

static void a_book_goes_its_whole_way(void **state)
{
    Station *s = *state;
    char id[16];

    writes_and_is_killed(s, id);
    goes_on_and_hands_in(s, id);
    s->now = "2010-02-08T10:00:00Z"; /* a later version is later */
    sends_it_back(s, id);
    s->now = "2010-02-08T11:00:00Z";
    reworks_it(s, id);
    s->now = "2010-02-08T12:00:00Z";
    assert_state(s, id, "ps-check", "open");
    signs_it(s, PS, id);
    assert_state(s, id, "ps-check", "done");
    assert_state(s, id, "csu-ds-read", "open");
    signs_it(s, DS, id);
    assert_state(s, id, "csu-ds-read", "done");
    assert_state(s, id, "book-index", "done");
    MUST(s, AUDITOR, "audit", "verify");
    s->now = "2010-02-08T13:00:00Z";
    its_signatures_go_with_it(s, id);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_book_goes_its_whole_way, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
