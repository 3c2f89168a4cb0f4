/* test_staff.c — an officer is the suspect (BD 1.20 to 1.22): one key starts the steps, each is ticked where it stands, and the report is restricted with that
** officer's warrant offered as the one who never sees it. In the real program; the story and everybody in it are made up. */
#include "station.h"

#define ID "KG-STF1"

static const char story[] =
    "{\"format\":\"book124.case/1\",\"id\":\"" ID
    "\",\"borough\":\"KG\",\"reported_at\":\"2010-02-08T09:00:00Z\",\"reported_how\":\"call\",\"kind\":\"crime\","
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Inventedname\",\"given\":\"Vera\"},{\"key\":\"s1\","
    "\"role\":\"suspect\",\"family\":\"Example\","
    "\"given\":\"Ama\"}],\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-02-08T09:02:00Z\",\"accepted_at\":\"2010-"
    "02-08T09:03:00Z\"}]}\n";

static void a_report_about_an_officer_is_restricted_and_never_there_for_that_officer(void **state)
{
    Station *s = *state;
    const char *log;
    char path[128];
    int status;
    Tt *t;

    station_file(s, "story.jsonl", story, path);
    MUST(s, DI, "import", "cases", path);
    t = station_desk(s, DS);
    station_command(t, "case " ID);
    see(t, "Duties");
    type_see(t, "S", "Who is employed by the police");
    type_see(t, "Ama" ENTER, "is marked as police staff");
    assert_state(s, ID, "staff-restricted", "open");
    assert_state(s, ID, "staff-dps", "open");
    type_see(t, "S", "Police staff: what is to be done");
    type_see(t, "PE flag" ENTER, "recorded now");
    assert_state(s, ID, "staff-pe-flag", "done");
    type_see(t, "S", "Police staff: what is to be done");
    type_see(t, "Restrict" ENTER, "Why must only a few see it?");
    type_see(t, "The suspect is one of ours." ENTER, "Officer");
    see(t, PC); /* offered, because one officer has that name */
    type_see(t, ENTER, "and never for");
    see(t, PC ".");
    tt_settle(t, 400);
    type_see(t, "training-book124" ENTER, "is restricted");
    assert_state(s, ID, "staff-restricted", "done");
    station_leave(s, &t);
    for (const char *const *to =
             (const char *const[]){ "di", "dps", "borough-commander", "vcd", "welfare-officer", NULL };
         *to; to++) {
        char notice[40];
        snprintf(notice, sizeof notice, "to=%s", *to);
        MUST(s, DI, "case", "add", ID, "notices", notice);
    }
    assert_state(s, ID, "staff-di-alert", "done");
    assert_state(s, ID, "staff-welfare", "done");
    RUN(s, PC, &status, "case", "show", ID);
    assert_int_equal(status, 3);
    log = MUST(s, DI, "access", "show", ID);
    assert_non_null(strstr(log, PC));
    MUST(s, AUDITOR, "audit", "verify");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_report_about_an_officer_is_restricted_and_never_there_for_that_officer, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
