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

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_named_subject_loses_the_page_that_is_open, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(what_was_typed_is_kept_for_when_it_is_there_again, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
