/* test_withdrawn.c — a case is restricted while others have it open: it goes from their screens by itself, with the sentence of a case that was never there,
** and what they typed is theirs again if they ever come on its list. In the real program, at two terminals; everybody in it is made up. */
#include "station.h"

#define IO   "900006"
#define ID   "KG-WDR1"
#define GONE "There is no case \"" ID "\" that you may look at."

static const char story[] =
    "{\"format\":\"book124.case/1\",\"id\":\"" ID
    "\",\"borough\":\"KG\",\"reported_at\":\"2010-02-08T09:00:00Z\",\"reported_how\":\"call\",\"kind\":\"crime\","
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Canaryson\",\"given\":\"Vera\"},{\"key\":\"s1\","
    "\"role\":\"suspect\",\"family\":\"Budgieson\",\"given\":\"Ama\"}],\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-02-08T09:02:00Z\",\"accepted_at\":\"2010-"
    "02-08T09:03:00Z\"}]}\n";

static void take_in(Station *s)
{
    char path[128];

    station_file(s, "story.jsonl", story, path);
    MUST(s, DI, "import", "cases", path);
}

static void the_named_subject_loses_the_page_that_is_open(void **state)
{
    Station *s = *state;
    Tt *t;

    take_in(s);
    t = station_desk(s, IO);
    station_command(t, "case " ID);
    type_see(t, "3", "Canaryson");
    MUST(s, DS, "access", "restrict", ID, "One of ours.", "--subject", IO);
    see(t, GONE);
    assert_true(tt_wait_gone(t, "Canaryson", TT_PATIENCE));
    assert_true(tt_wait_gone(t, "Budgieson", TT_PATIENCE));
    station_command(t, "case " ID);
    see(t, GONE);
}

static void what_was_typed_is_kept_for_when_it_is_there_again(void **state)
{
    Station *s = *state;
    Tt *t;

    take_in(s);
    t = station_desk(s, IO);
    station_command(t, "case " ID);
    see(t, "Duties");
    type_see(t, "a", "Add what");
    tt_type(t, "attempt");
    tt_settle(t, 300);
    type_see(t, ENTER, "New attempt");
    for (int i = 0; i < 8 && !tt_has(t, "Parakeet"); i++) {
        tt_type(t, "\025Parakeet");
        tt_settle(t, 300);
        if (!tt_has(t, "Parakeet")) tt_type(t, "\t");
    }
    MUST(s, DS, "access", "restrict", ID, "One of ours.");
    see(t, GONE " What you typed is kept.");
    assert_true(tt_wait_gone(t, "Parakeet", TT_PATIENCE));
    type_see(t, "D", "Nothing is left unsaved.");
    MUST(s, DI, "access", "grant", ID, IO, "He has the inquiry.");
    tt_type(t, ESC);
    tt_settle(t, 300);
    type_see(t, "D", "Parakeet");
    see(t, ID);
}

static void what_is_linked_is_restricted_with_it_unless_one_says_no(void **state)
{
    Station *s = *state;
    const char *made;
    char other[16] = "";
    int status;
    Tt *t;

    take_in(s);
    made = strstr(MUST(s, DS, "case", "counter", ID), "KG-");
    while (made && strncmp(made, ID, strlen(ID)) == 0) made = strstr(made + 1, "KG-");
    assert_non_null(made);
    snprintf(other, sizeof other, "%.8s", made);
    t = station_desk(s, DS);
    station_command(t, "case " ID);
    see(t, "Duties");
    type_see(t, "V", "Why must only a few see it?");
    type_see(t, "One of ours." ENTER, "Officer");
    type_see(t, IO ENTER, "Linked cases");
    see(t, other);
    tt_settle(t, 400);
    type_see(t, ENTER, "and never for");
    tt_settle(t, 400);
    type_see(t, "training-book124" ENTER, "and what is linked to it");
    RUN(s, IO, &status, "case", "show", other);
    assert_int_equal(status, 3);
    MUST(s, DI, "case", "show", other);
}

/* The keeper makes a detective inspector with a password that he knows. */
static void a_new_inspector_waits_for_the_word_of_another(void **state)
{
    Station *s = *state;
    int status;
    Tt *t;

    take_in(s);
    MUST(s, DS, "access", "restrict", ID, "One of ours.");
    MUST(s, DI, "case", "show", ID);
    setenv("BOOK124_NEW_PASSWORD_FILE", s->password, 1);
    MUST(s, KEEPER, "officer", "add", "777777", "DI Helper", "--role", "csu-di");
    RUN(s, "777777", &status, "case", "show", ID);
    assert_int_not_equal(status, 0);
    assert_non_null(strstr(MUST(s, DI, "access", "holders"), "777777"));
    assert_non_null(strstr(MUST(s, DI, "access", "show", ID), "waits for key"));
    t = station_desk(s, DI);
    see(t, "! KEYS: 777777");
    type_see(t, "V", "Who may have keys");
    tt_settle(t, 400);
    type_see(t, ENTER, "may they be given keys");
    tt_settle(t, 400);
    type_see(t, "training-book124" ENTER, "may have keys of restricted cases");
    see_not(t, "! KEYS:");
    assert_non_null(strstr(MUST(s, "777777", "case", "show", ID), "Canaryson"));
    MUST(s, AUDITOR, "audit", "verify");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_named_subject_loses_the_page_that_is_open, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(what_was_typed_is_kept_for_when_it_is_there_again, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(what_is_linked_is_restricted_with_it_unless_one_says_no, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(a_new_inspector_waits_for_the_word_of_another, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
