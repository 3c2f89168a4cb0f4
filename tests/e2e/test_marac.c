/* test_marac.c — a case on its way to a restricted MARAC, in the real program: the first officer said medium; the investigating officer grades high and says why;
** the sergeant refers to an advocate and to MARAC, the checklist is made, the case is listed with the agencies that must know, heard, acted on; and an action that
** nobody did is overdue. The story and everybody in it are made up. */
#include "station.h"

#define IO     "900006"
#define MARAC  "900010"
#define CTRL_S "\023"
#define ID     "KG-MRC17"

static const char story[] =
    "{\"format\":\"book124.case/1\",\"id\":\"" ID "\",\"borough\":\"KG\",\"reported_at\":\"2010-02-06T20:10:00Z\","
    "\"reported_how\":\"call\",\"attended_at\":\"2010-02-06T20:31:00Z\",\"kind\":\"crime\","
    "\"offences\":[{\"class\":\"common-assault\",\"at\":\"2010-02-06T20:40:00Z\"}],"
    "\"flags\":[{\"flag\":\"hbv\",\"at\":\"2010-02-07T09:30:00Z\",\"by\":\"900001\"}],"
    "\"children\":{\"answer\":\"none\",\"at\":\"2010-02-06T20:45:00Z\"},"
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Inventedname\",\"given\":\"Vera\",\"sex\":\"female\","
    "\"recorded_at\":\"2010-02-06T20:50:00Z\"}],"
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\",\"at\":\"2010-02-06T22:30:00Z\","
    "\"grade\":\"medium\",\"rationale\":\"A push, no injury.\"}],"
    "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-02-07T08:00:00Z\",\"accepted_at\":\"2010-02-07T09:00:00Z\"}]}\n";

/* No to every factor, then the grade with its rationale: the judgement is the officer's, whatever the answers. */
static void assess(Station *s, const char *stage, const char *first, int factors, const char *why)
{
    Tt *t = station_desk(s, IO);

    station_command(t, stage);
    see(t, first);
    for (int i = 0; i < factors; i++) tt_type(t, "n" ENTER);
    see(t, "Graded before");
    tt_type(t, ENTER);
    see(t, "What you saw yourself");
    tt_type(t, "She would not sit near the window.\th\t");
    tt_type(t, why);
    see(t, "(*) High");
    tt_type(t, CTRL_R);
    see(t, "Cancel");
    tt_settle(t, 400);
    tt_type(t, "y");
    see(t, "is graded HIGH");
    station_leave(s, &t);
}

static void is_referred(Station *s)
{
    Tt *t = station_desk(s, DS);

    station_command(t, "referral " ID);
    see(t, "! nothing recorded");
    type_see(t, "o", "IDVA: offered");
    type_see(t, "y", "IDVA: the victim agreed");
    type_see(t, "s", "New referral");
    see(t, "Consent of the victim");
    tt_type(t, CTRL_S);
    see(t, "Saved");
    type_see(t, "k", "Restricted MARAC");
    type_see(t, "s", "(*) yes  ( ) no"); /* restricted, because of the flag */
    tt_type(t, "life\t \tHer brothers are looking for her.");
    see(t, "[x] Professional judgement");
    tt_type(t, CTRL_S);
    see(t, "Saved");
    station_leave(s, &t);
}

static void is_listed(Station *s)
{
    Tt *t = station_desk(s, MARAC);

    type_see(t, "C", "MARAC meetings");
    type_see(t, "n", "Case");
    tt_settle(t, 300);
    tt_type(t, ID ENTER);
    see(t, "When does it meet?");
    tt_settle(t, 300);
    tt_type(t, "wed 1000" ENTER);
    see(t, "New MARAC hearing");
    tt_type(t, CTRL_S);
    see(t, "restricted MARAC only"); /* not to the open one */
    tt_type(t, "y");
    tt_type(t, CTRL_S);
    see(t, "names the agencies"); /* and it says who is there */
    tt_type(t, "idva " );
    see(t, "[x] IDVA service");
    tt_type(t, CTRL_S);
    see(t, "Saved");
    see(t, "RESTRICTED");
    station_leave(s, &t);
}

static void is_heard(Station *s)
{
    Tt *t = station_desk(s, MARAC);

    type_see(t, "C", "RESTRICTED");
    type_see(t, ENTER, "! RESTRICTED: only the agencies named");
    type_see(t, "a", "What, who, by when");
    tt_settle(t, 300);
    tt_type(t, "Move her out of the borough, IDVA, thu 1200" ENTER);
    see(t, "IDVA does it");
    type_see(t, "m", "What was said and decided");
    tt_settle(t, 300);
    tt_type(t, "Her brothers know the refuge; she moves on.");
    tt_type(t, CTRL_S);
    see(t, "was heard");
    see(t, "heard 10:30");
    station_leave(s, &t);
}

static void is_overdue(Station *s)
{
    Tt *t = station_desk(s, DS);

    station_command(t, "marac");
    see(t, "MARAC meetings");
    type_see(t, "r", "OVERDUE");
    see(t, "Move her out of the borough");
    station_command(t, "case " ID);
    see(t, ID);
    type_see(t, "9", "Honour-based violence or forced marriage");
    station_leave(s, &t);
}

static void a_case_goes_to_a_restricted_marac(void **state)
{
    Station *s = *state;
    char path[128];
    int status;

    station_file(s, "story.jsonl", story, path);
    MUST(s, DI, "import", "cases", path);
    assert_state(s, ID, "hbv-high", "open");
    assert_state(s, ID, "hbv-restricted-marac", "open");
    assess(s, "risk assess " ID " secondary specss-plus", "1 of 15", 15, "Her brothers are looking for her.");
    assert_state(s, ID, "secondary-risk", "done");
    assert_state(s, ID, "hbv-high", "done");
    assert_state(s, ID, "high-risk-referral", "open");
    is_referred(s);
    assert_state(s, ID, "high-risk-referral", "done");
    assert_state(s, ID, "hbv-advocacy", "done");
    assert_state(s, ID, "hbv-restricted-marac", "done");
    assert_state(s, ID, "marac-dash", "open");
    assert_state(s, ID, "hbv-risk-plan", "open");
    s->now = "2010-02-08T11:00:00Z";
    assess(s, "risk assess " ID " marac dash-2009", "1 of 27", 27, "For the conference.");
    assert_state(s, ID, "marac-dash", "done");
    is_listed(s);
    s->now = "2010-02-10T10:30:00Z";
    is_heard(s);
    s->now = "2010-02-12T09:00:00Z";
    is_overdue(s);
    RUN(s, MARAC, &status, "marac", "actions", "--open");
    assert_int_equal(status, 1); /* one is overdue */
    RUN(s, MARAC, &status, "marac", "pack", "housing", "--meeting", "2010-02-10T10:00:00Z", "--restricted");
    assert_int_not_equal(status, 0); /* it was not invited */
    assert_non_null(strstr(MUST(s, MARAC, "marac", "pack", "idva", "--meeting", "2010-02-10T10:00:00Z", "--restricted"), "copy 1 of 1"));
    MUST(s, AUDITOR, "audit", "verify");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_case_goes_to_a_restricted_marac, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
