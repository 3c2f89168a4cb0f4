/* test_closing.c — the end of a message and of a case. The IBO supervisor is refused a closing, adds the number, closes; the detective sergeant sees what a
** case lacks, records how it ended, closes it, and opens it again; who is told of an outcome is in time. In the real program; the story and everybody in
** it are made up. */
#include "station.h"

#define IBOS "900003"
#define IO   "900006"
#define ID   "KG-CLS1"
#define MORE(cad, text)                                                                                                \
    "{\"format\":\"book124.case/1\",\"id\":\"" ID                                                                      \
    "\",\"borough\":\"KG\",\"reported_at\":\"2010-02-07T20:10:00Z\",\"reported_how\":\"call\","                        \
    "\"attended_at\":\"2010-02-07T20:31:00Z\",\"kind\":\"crime\",\"cad\":{\"number\":\"9018/"                          \
    "07FEB10\",\"received_at\":\"2010-02-07T20:10:00Z\"," cad "},"                                                     \
    "\"children\":{\"answer\":\"none\",\"at\":\"2010-02-07T20:45:00Z\"},\"offences\":[{\"class\":\"s47\",\"at\":"      \
    "\"2010-02-07T21:00:00Z\"}],"                                                                                      \
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Inventedname\",\"given\":\"Vera\",\"sex\":"          \
    "\"female\"},{\"key\":\"s1\",\"role\":\"suspect\","                                                                \
    "\"family\":\"Sampleman\",\"given\":\"Paul\",\"sex\":\"male\",\"status\":[{\"status\":\"arrested\",\"at\":\"2010-" \
    "02-07T21:10:00Z\"}]}],"                                                                                           \
    "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-02-07T22:00:00Z\",\"accepted_at\":\"2010-02-07T22:10:00Z\"}"  \
    "]" text "}\n"

static void begin(Station *s, const char *story)
{
    char path[128];

    station_file(s, "story.jsonl", story, path);
    MUST(s, DI, "import", "cases", path);
}

static void the_ibo_supervisor_is_refused_adds_the_number_and_puts_the_message_away(void **state)
{
    Station *s = *state;
    const char *json;
    int status;
    Tt *t;

    begin(s, MORE("\"result\":\"domestic\"", ""));
    t = station_desk(s, IBOS);
    station_command(t, "case " ID);
    see(t, ID);
    type_see(t, "a", "Type to find");
    type_see(t, "CAD put" ENTER, "Not yet");
    see(t, "CRIS");
    tt_type(t, CTRL_S);
    tt_settle(t, 400);
    see_not(t, "Saved");
    json = MUST(s, DI, "case", "show", ID, "--format", "json");
    assert_int_equal(times(json, "\"result\":\"domestic\",\"closed_at\""), 0);
    RUN(s, IBOS, &status, "case", "say", ID, "put-away");
    assert_int_equal(status, 3); /* the same refusal by the other road */
    MUST(s, IBOS, "case", "add", ID, "reviews", "kind=cad-supervision", "outcome=satisfied", "text=Read.", "check.result=yes");
    RUN(s, IBOS, &status, "case", "say", ID, "put-away");
    assert_int_equal(status, 3); /* supervised, and still without its numbers */
    type_see(t, ESC, "Duties");
    type_see(t, "a", "Type to find");
    type_see(t, "reference" ENTER, "New reference");
    tt_type(t, "cris\t4212345/10");
    type_see(t, CTRL_S, "Saved");
    see(t, "Duties");
    assert_state(s, ID, "cris-number", "done");
    type_see(t, "a", "Type to find");
    type_see(t, "CAD put" ENTER, "CAD put away");
    see_not(t, "Not yet");
    type_see(t, CTRL_S, "Saved");
    station_leave(s, &t);
    json = MUST(s, DI, "case", "show", ID, "--format", "json");
    assert_int_equal(times(json, "\"result\":\"domestic\",\"closed_at\":\"2010-02-08T09:12:00Z\""), 1);
    MUST(s, AUDITOR, "audit", "verify");
}

static void a_case_is_closed_when_nothing_is_missing_and_opened_again(void **state)
{
    Station *s = *state;
    const char *json;
    Tt *t;

    begin(s,
        MORE("\"result\":\"domestic\"",
            ",\"references\":[{\"system\":\"cris\",\"number\":\"4212345/"
            "10\",\"at\":\"2010-02-07T22:00:00Z\"}],\"books\":[{\"serial\":\"0001\",\"by\":\"900001\",\"completed_at\":"
            "\"2010-02-07T22:30:00Z\"}],\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":"
            "\"900001\",\"at\":\"2010-02-07T22:30:00Z\",\"grade\":\"medium\","
            "\"rationale\":\"Made up.\"}]"));
    t = station_desk(s, DS);
    station_command(t, "case " ID);
    see(t, "Duties");
    type_see(t, "Z", "How it ended for the suspect s1, Paul Sampleman.");
    see(t, "What nobody will do any more");
    type_see(t, "c", "Not yet");
    type_see(t, ENTER, "New disposal");
    tt_type(t, "caution\t\t\ty\t\tHe pushed her, as he said in interview.");
    tt_settle(t, 300);
    type_see(t, CTRL_S, "Saved");
    see(t, "Nothing is missing");
    see(t, "What is still asked when the case is closed");
    see(t, "Tell the victim: caution of s1");
    tt_type(t, "\033[6~");
    see(t, "sanction detection");
    assert_state(s, ID, "victim-told", "open");
    type_see(t, "c", "How did it end");
    type_see(t, "cautioned" ENTER, "Cancel");
    tt_settle(t, 400);
    type_see(t, "y", "closed.");
    see(t, "Opened again, its clocks run");
    assert_state(s, ID, "ds-supervision", "void");
    s->now = "2010-02-16T09:12:00Z"; /* the week after: what would have been due is asked for again */
    station_leave(s, &t);
    t = station_desk(s, DS);
    station_command(t, "closing " ID);
    see(t, "Closed Mon 8 Feb 2010 09:12");
    type_see(t, "o", "Open the case again");
    type_see(t, "A witness came forward." ENTER, "open again.");
    see(t, "Nothing is missing");
    assert_state(s, ID, "ds-supervision", "overdue");
    station_leave(s, &t);
    json = MUST(s, DI, "case", "show", ID, "--format", "json");
    assert_int_equal(
        times(json,
            "\"reopenings\":[{\"closed_at\":\"2010-02-08T09:12:00Z\",\"outcome\":\"cautioned\",\"by\":\"900007\""),
        1);
    assert_int_equal(times(json, "\"detection\":true"), 1);
    MUST(s, AUDITOR, "audit", "verify");
    MUST(s, KEEPER, "rebuild");
}

static void the_victim_is_told_of_an_outcome_within_a_working_day(void **state)
{
    Station *s = *state;
    Tt *t;

    begin(s, MORE("\"result\":\"domestic\"", ""));
    MUST(s, IO, "case", "add", ID, "disposals", "person=s1", "kind=charged", "counted=yes", "unsupported=yes");
    MUST(s, IO, "case", "add", ID, "events", "kind=release", "person=s1");
    assert_state(s, ID, "victim-told", "open");
    assert_state(s, ID, "wcu-safe-contact", "open");
    assert_state(s, ID, "dvip-leaflet", "open");
    t = station_desk(s, IO);
    station_command(t, "case " ID);
    see(t, "Tell the victim: charge of s1");
    type_see(t, "/Give WCU" ENTER, "Give WCU");
    station_leave(s, &t);
    MUST(s, IO, "case", "add", ID, "notices", "to=wcu");
    MUST(s, IO, "case", "add", ID, "notices", "to=dvip-leaflet");
    MUST(s, IO, "case", "add", ID, "contacts", "with=victim", "kind=event", "result=voicemail");
    assert_state(s, ID, "victim-told", "open"); /* a voicemail tells nobody */
    MUST(s, IO, "case", "add", ID, "contacts", "with=victim", "kind=event", "result=spoke");
    assert_state(s, ID, "victim-told", "done");
    assert_state(s, ID, "wcu-safe-contact", "done");
    assert_state(s, ID, "dvip-leaflet", "done");
    s->now = "2010-02-12T09:12:00Z"; /* nothing more is asked for, and nothing of it became late */
    assert_state(s, ID, "victim-told", "done");
    MUST(s, IO, "case", "add", ID, "events", "kind=bail-change", "person=s1", "at=2010-02-10T10:00:00Z");
    assert_state(s, ID, "victim-told", "overdue");
    MUST(s, AUDITOR, "audit", "verify");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            the_ibo_supervisor_is_refused_adds_the_number_and_puts_the_message_away, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            a_case_is_closed_when_nothing_is_missing_and_opened_again, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            the_victim_is_told_of_an_outcome_within_a_working_day, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
