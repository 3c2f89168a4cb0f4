/* test_retention.c — closed cases that are due (MoPI): the inspector keeps one and proposes to erase another, the chief inspector erases it at a terminal of
** his own. Of the one every word is in the store, of the other none is in any file, while a third terminal has had it open and is still there.
** In the real program; the people are made up. */
#include "station.h"

#include "../bytes.h"

#include <unistd.h>

#define KEPT    "KG-0LDKP"
#define ERASED  "KG-0LDER"
#define WORD    "Qzxvwkj" /* of the erased one: two letters say where */
#define OF_KEPT "Okapikraal"
#define SECRECY "training-book124"

/* clang-format off */
static const char *const documents[] = {
    "{\"format\":\"book124.case/1\",\"id\":\"" KEPT "\",\"borough\":\"KG\",\"reported_at\":\"2001-01-02T10:00:00Z\",\"reported_how\":\"call\",\"kind\":\"crime\","
    "\"offences\":[{\"class\":\"criminal-damage\",\"at\":\"2001-01-02T10:00:00Z\"}],"
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"" OF_KEPT "\",\"given\":\"Karla\",\"recorded_at\":\"2001-01-02T10:00:00Z\"}],"
    "\"closed_at\":\"2001-03-09T12:00:00Z\",\"outcome\":\"undetected\"}\n",
    "{\"format\":\"book124.case/1\",\"id\":\"" ERASED "\",\"borough\":\"KG\",\"reported_at\":\"2001-02-02T10:00:00Z\",\"reported_how\":\"call\",\"kind\":\"crime\","
    "\"incident\":{\"place\":\"" WORD "aa Road\"},\"cad\":{\"number\":\"" WORD "ab\"},"
    "\"offences\":[{\"class\":\"criminal-damage\",\"at\":\"2001-02-02T10:00:00Z\"}],"
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"" WORD "ac\",\"given\":\"" WORD "ad\",\"born\":\"1961-03-04\",\"address\":\"" WORD "ae\",\"recorded_at\":\"2001-02-02T10:00:00Z\"},"
    "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"" WORD "af\",\"warnings\":\"" WORD "ag\",\"recorded_at\":\"2001-02-02T10:00:00Z\"}],"
    "\"references\":[{\"system\":\"cris\",\"number\":\"" WORD "ah\",\"at\":\"2001-02-02T11:00:00Z\"}],"
    "\"books\":[{\"serial\":\"" WORD "ai\",\"by\":\"900001\",\"completed_at\":\"2001-02-02T12:00:00Z\",\"answers\":{\"reported.words\":\"" WORD "aj\"}}],"
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\",\"at\":\"2001-02-02T13:00:00Z\",\"grade\":\"medium\",\"rationale\":\"" WORD "ak\"}],"
    "\"reviews\":[{\"kind\":\"ps-check\",\"by\":\"900002\",\"at\":\"2001-02-02T14:00:00Z\",\"outcome\":\"satisfied\",\"text\":\"" WORD "al\"}],"
    "\"contacts\":[{\"with\":\"victim\",\"kind\":\"update\",\"result\":\"spoke\",\"at\":\"2001-02-03T13:00:00Z\",\"text\":\"" WORD "am\"}],"
    "\"safe_contacts\":[{\"person\":\"v1\",\"way\":\"through\",\"value\":\"" WORD "an\",\"rule\":\"safe\",\"note\":\"" WORD "ao\",\"at\":\"2001-02-03T12:00:00Z\"}],"
    "\"closed_at\":\"2001-04-09T12:00:00Z\",\"outcome\":\"undetected\"}\n" };
/* clang-format on */

static int olds(void **state)
{
    char path[128], all[4000];
    Station *s;

    station_setup(state);
    s = *state;
    snprintf(all, sizeof all, "%s%s", documents[0], documents[1]);
    station_file(s, "olds.jsonl", all, path);
    MUST(s, DI, "import", "cases", path);
    assert_int_equal(unlink(path), 0);
    return 0;
}

static void in_no_file(Station *s, const char *when)
{
    const char *where = tree_holds(s->dir, WORD, NULL);

    if (where) fail_msg("%s: a word of it is in %s", when, where);
}

static void answer(Tt *t, const char *question, const char *keys)
{
    see(t, question);
    tt_settle(t, 400);
    tt_type(t, keys);
}

static Tt *at_the_list(Station *s, const char *warrant)
{
    Tt *t = station_terminal(s, ROWS, COLS, NULL, NULL);

    sign_in(t, warrant);
    station_command(t, "retention");
    see(t, "Due for review");
    return t;
}

static void go_to(Tt *t, const char *id)
{
    int row, col;

    for (int i = 0; i < 30; i++) {
        tt_settle(t, 60);
        tt_cursor(t, &row, &col);
        if (strstr(tt_row(t, row), id)) return;
        tt_type(t, DOWN);
    }
    tt_print(t);
    fail_msg("%s is not on the list", id);
}

static void one_is_kept_and_of_the_other_not_a_word_is_left(void **state)
{
    Station *s = *state;
    Tt *di, *dci, *reader;
    const char *said;
    int status;

    assert_non_null(tree_holds(s->dir, WORD, NULL));
    reader = station_desk(s, DS);
    station_command(reader, "case " ERASED);
    type_see(reader, "3", WORD "ac");

    di = at_the_list(s, DI);
    go_to(di, KEPT);
    tt_type(di, "u");
    answer(di, "may be kept until", ENTER); /* the longest is offered */
    answer(di, "Why must it be kept", "An appeal is pending" ENTER);
    see(di, KEPT ": kept.");
    see_not(di, KEPT "  ");
    go_to(di, ERASED);
    tt_type(di, "e");
    answer(di, "Why is it needed no longer", "Six clear years" ENTER);
    answer(di, "Password", SECRECY ENTER);
    see(di, "a second officer erases it");
    type_see(di, "E", "You proposed it yourself");
    assert_non_null(tree_holds(s->dir, WORD, NULL)); /* proposed is not erased */

    dci = at_the_list(s, DCI);
    go_to(dci, ERASED);
    tt_type(dci, "E");
    answer(dci, "Type " ERASED, ERASED ENTER);
    answer(dci, "Password", SECRECY ENTER);
    see(dci, ERASED ": erased.");
    type_see(dci, "t", "Six clear years");
    in_no_file(s, "erased");

    station_leave(s, &dci);
    station_leave(s, &di);
    station_leave(s, &reader);
    in_no_file(s, "all have left");
    said = MUST(s, DI, "retention", "erased");
    assert_true(strstr(said, ERASED) && strstr(said, DI) && strstr(said, DCI) && strstr(said, "Six clear years"));
    RUN(s, DI, &status, "case", "show", ERASED);
    assert_int_not_equal(status, 0);
    assert_non_null(strstr(s->said, "was erased"));
    said = MUST(s, DI, "case", "show", KEPT);
    assert_non_null(strstr(said, OF_KEPT));
    said = MUST(s, AUDITOR, "audit", "verify");
    assert_non_null(strstr(said, "erased"));
    assert_null(strstr(MUST(s, DI, "export", "cases"), WORD));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_is_kept_and_of_the_other_not_a_word_is_left, olds, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
