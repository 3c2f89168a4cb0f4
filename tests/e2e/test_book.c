/* test_book.c — a book 124D from the first key to the index, in the real program: a constable writes it, the machine dies under him, he
** goes on, hands it in; the sergeant sends it back; it is reworked, signed, read by the unit and filed. The duties of its case close
** one by one as the procedure says. The story and everybody in it are made up. */
#include "station.h"

#include <signal.h>

#define PS "900002"

#define CTRL_B "\002"
#define CTRL_G "\a"
#define CTRL_R "\022"

/* Up to what the child said, and the rest. */
static const char first_half[] =
    "\002a"
    "\r\rCAD 8123/01FEB10\r\r4212345/10\a0402\r0411\a0350\a"
    "12 Example Road, second floor\aB relief\at\at\r"
    "He is here again and he has got the kitchen knife, please hurry.\ay\aMadeup\a"
    "Beatrice\a4 mar 1980\af\aw\an\r\r\r\r\r\r"
    "12 Example Road, second floor\an\rWith her sister, 3 Sample Street\an\ay"
    "\at v \a020 7946 0123\aweekdays between 10 and 12\an\ay\a"
    "Fictional\aCharles Edward\r\r12 nov 1977\am\an\an\ao"
    "\aDrinks at the Imaginary Arms; his brother lives in Invented Lane. Drives a white van.\an"
    "\ag\ap cris \a"
    "One caution for common assault on an earlier partner; no firearms; no bail.\ay\a"
    "The kitchen knife he held; he took it with him.\an\aformer p\an\ay"
    "\ay\ay\ac\ay\aMadeup\aDora\r2 jun 2004\ay"
    "\ay\ay\an\ay\rDad shouted and Mum cried and then he pulled her hair.";

static const char second_half[] =
    "\ay\ay\r"
    "Number 10 heard shouting and a door broken at about ten to four; numbers 8 and 14 did not answer.\a"
    "c\aab d \aHe put his hands round my neck. I thought that I was going to die.\a"
    "The victim and the suspect parted in November after nine years. He has no key. At ten to four this "
    "morning she woke to knocking; he shouted that he wanted to see his daughter. She did not open. He "
    "kicked the door until the lock broke, came in with a kitchen knife in his right hand and shouted "
    "that she would never take the child from him. He put the knife on the table, pulled her by the hair "
    "into the hall, and pressed both hands round her neck until everything went dark. She came to on the "
    "floor. The daughter stood in the door of her room and cried. He then took the knife and left by the "
    "stairs. She called at once. It is the third time since November that he has come at night; the two "
    "earlier times were not reported. She says that each time was worse than the one before, and that he "
    "has said more than once that he would kill her and himself if she took the child away."
    "\an\an\an\an\ay\ay\am h ou \ay\ay"
    "\rImaginary General, seen at 0530\ane\ab r \aboth of his hands pressing"
    "\at\ay\ay\atoday\as t \a"
    "The lock of the flat door is torn out of the frame; splinters inside the hall. A chair lies on its "
    "side."
    "\an\ay\ay\athe victim's neck from the front\ad\a"
    "card 3 in the relief safe\aShaking, hoarse, hardly able to stand; kept looking at the door."
    "\aVery quiet. Held on to her mother all the time and would not look at us.\ay\r\r"
    "\r\r\r"
    "First time about two years ago, a push down the stairs; never reported. Worst and latest is tonight."
    "\an\ay\aParted in November; he wants the child and does not accept it.\an"
    "\ay\aThird time since November, each worse than the one before.\an\ay"
    "\aComes at night uninvited and waits outside her work.\an\an\an\ay"
    "\aKitchen knife in his hand tonight; taken away by him.\ay\a"
    "Both hands, until she passed out.\ay\a"
    "Would kill her and himself if she took the child away.\ay\a"
    "His words above; nothing more is known.\an\ak\an\a"
    "She is sure that he will come back, and that next time he will kill her.\ah\a"
    "Strangled until she passed out, a knife, threats to kill both, recent separation, getting worse, "
    "and he is at large."
    "\ay\ay\as\av c \a"
    "Victim and child are with her sister, whose address he does not know. Door boarded up. Night duty "
    "circulates him."
    "\al id \ag\ay\ay\anow\a\t";

/* ---- what the command line says of it ---- */

/* Of the newest cycle; "" when the duty is not asked. */
static const char *state_of(Station *s, const char *id, const char *duty, char out[24])
{
    const char *json = MUST(s, DI, "--format", "json", "duties", "--case", id);
    char key[80];
    const char *at, *last = NULL;

    snprintf(key, sizeof key, "\"duty\":\"%s\"", duty);
    for (at = json; (at = strstr(at, key)); at++) last = at;
    *out = '\0';
    if (last) sscanf(strstr(last, "\"state\":"), "\"state\":\"%20[a-z]", out);
    return out;
}

#define assert_state(s, id, duty, wanted)                                                                              \
    do {                                                                                                               \
        char found_[24];                                                                                               \
        if (strcmp(state_of(s, id, duty, found_), wanted) != 0)                                                        \
            fail_msg("%s is \"%s\" and not " wanted, duty, found_);                                                    \
    } while (0)

/* ---- the screens ---- */

/* The number of the case that is written on the second line. */
static void number_of(Tt *t, char id[16])
{
    const char *at = strstr(tt_row(t, 1), "KG-");

    if (!at) fail_msg("no case on the second line: %s", tt_row(t, 1));
    snprintf(id, 16, "%.*s", (int)strcspn(at, " "), at);
}

static void command(Tt *t, const char *words, const char *id)
{
    tt_type(t, ":");
    tt_settle(t, 300);
    tt_type(t, words);
    tt_type(t, id);
    tt_type(t, ENTER);
}

static void read_to_the_end(Tt *t)
{
    for (int page = 0; page < 40 && !tt_has(t, "\u2713 all read"); page++) {
        tt_type(t, " ");
        tt_settle(t, 100); /* a page counts when it was drawn */
    }
    see(t, "\u2713 all read");
}

/* What is typed ahead of a question does not answer it. */
static void password(Tt *t)
{
    see(t, "Your password");
    tt_settle(t, 400);
    tt_type(t, "training-book124" ENTER);
    see_not(t, "Your password");
}

static void hand_in(Tt *t)
{
    tt_type(t, CTRL_R);
    see(t, "Cancel");
    tt_settle(t, 400);
    tt_type(t, "y");
    see(t, "the sergeant has it");
}

/* ---- the journey ---- */

static void writes_and_is_killed(Station *s, char id[16])
{
    Tt *t = station_desk(s, PC);

    type_see(t, "n", "CAD");
    tt_type(t, ENTER);
    see(t, "(new)");
    number_of(t, id);
    tt_type(t, first_half);
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
    tt_type(t, second_half);
    see(t, "V\u2713");
    hand_in(t);
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

    command(t, "book ", id);
    see(t, "version 1 of 1");
    tt_type(t, "t");
    see(t, "Read all of it first");
    read_to_the_end(t);
    type_see(t, "t", "Return of a book");
    tt_type(t, " \tWrite who else heard him say it.");
    tt_type(t, CTRL_S);
    password(t);
    assert_state(s, id, "ps-check", "open");
    assert_state(s, id, "book-rework", "open");
    station_leave(s, &t);
}

static void reworks_it(Station *s, const char *id)
{
    Tt *t = station_desk(s, PC);

    command(t, "case ", id);
    see(t, "Duties");
    type_see(t, "B", "Came back from");
    see(t, "Write who else heard him say it.");
    type_see(t, CTRL_B "d", "Victim");
    tt_type(t, "\t\tBea");
    see(t, "Bea");
    hand_in(t);
    assert_state(s, id, "book-rework", "done");
    station_leave(s, &t);
}

static void signs_it(Station *s, const char *officer, const char *id)
{
    Tt *t = station_desk(s, officer);

    command(t, "book ", id);
    see(t, "version 2 of 2");
    see(t, "What changed since version 1");
    read_to_the_end(t);
    tt_type(t, "s");
    password(t);
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
