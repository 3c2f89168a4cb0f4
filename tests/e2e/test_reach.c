/* test_reach.c — an order of a court is entered, weeks later seen on the suspect's other case, and broken in two keys; a number that must not
** be used is refused, another is told for a purpose, and the log shows both. In the real program; the story and everybody in it are made up. */
#include "station.h"

#define IO  "900006"
#define ONE "KG-RCH1"
#define TWO "KG-RCH2"
#define CASE(id, cad, more)                                                                                            \
    "{\"format\":\"book124.case/1\",\"id\":\"" id "\",\"borough\":\"KG\",\"reported_at\":\"2010-02-06T20:10:00Z\","          \
    "\"reported_how\":\"call\",\"attended_at\":\"2010-02-06T20:31:00Z\",\"kind\":\"crime\","                            \
    "\"cad\":{\"number\":\"" cad "/06FEB10\",\"received_at\":\"2010-02-06T20:10:00Z\",\"result\":\"domestic\","             \
    "\"closed_at\":\"2010-02-06T21:40:00Z\"},\"children\":{\"answer\":\"none\",\"at\":\"2010-02-06T20:45:00Z\"}," more "}\n"
#define PAUL                                                                                                           \
    "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Sampleman\",\"given\":\"Paul\",\"born\":\"1978-01-02\"}"

static const char story[] = CASE(ONE, "9018",
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Inventedname\",\"given\":\"Vera\"}," PAUL "],"
    "\"safe_contacts\":[{\"person\":\"v1\",\"way\":\"home\",\"value\":\"020 7946 0311\",\"rule\":\"do-not-use\",\"at\":\"2010-02-06T21:00:00Z\"},"
    "{\"person\":\"v1\",\"way\":\"mobile\",\"value\":\"07700 900311\",\"rule\":\"safe\",\"at\":\"2010-02-06T21:00:00Z\"}]")
    CASE(TWO, "9019", "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Madeupwoman\",\"given\":\"Ines\"}," PAUL "]");

static void begin(Station *s)
{
    char path[128];

    station_file(s, "story.jsonl", story, path);
    MUST(s, DI, "import", "cases", path);
}

static void an_order_is_seen_at_the_next_door_and_broken_in_two_keys(void **state)
{
    Station *s = *state;
    Tt *t;

    begin(s);
    MUST(s, IO, "order", "add", ONE, "restraining", "s1", "--protects", "v1", "--expires", "2010-03-20", "--served", "2010-02-08T08:00:00Z");
    t = station_desk(s, PC);
    station_command(t, "case " TWO);
    see(t, "order holds (" ONE ")");
    station_leave(s, &t);
    s->now = "2010-02-28T09:12:00Z"; /* twenty days later */
    t = station_desk(s, PC);
    station_command(t, "case " TWO);
    see(t, "! ORDER EXPIRES in 20 d (" ONE ")");
    station_command(t, "case " ONE);
    see(t, "! ORDER EXPIRES in 20 d");
    type_see(t, "X", "Broken now, and the offence");
    type_see(t, ENTER, "The breach is recorded.");
    station_leave(s, &t);
    const char *json = MUST(s, DI, "case", "show", ONE, "--format", "json");
    assert_int_equal(times(json, "\"of\":\"o1\""), 1);
    assert_int_equal(times(json, "breach-restraining-order"), 1);
    s->now = "2010-03-23T09:12:00Z";
    t = station_desk(s, PC);
    station_command(t, "case " TWO);
    see(t, "! ORDER EXPIRED 3 d ago (" ONE ")");
    station_leave(s, &t);
    MUST(s, AUDITOR, "audit", "verify");
}

static void a_number_is_refused_told_for_a_purpose_and_both_are_in_the_log(void **state)
{
    Station *s = *state;
    char *text;
    Tt *t;

    begin(s);
    t = station_desk(s, IO);
    station_command(t, "case " ONE);
    see(t, "! DO NOT USE home telephone");
    type_see(t, "T", "Reach whom, by what");
    type_see(t, ENTER, "What for");
    type_see(t, ENTER, "must not be used");
    text = screen_text(t);
    assert_null(strstr(text, "7946"));
    free(text);
    type_see(t, ENTER, "Duties");
    type_see(t, "T", "Reach whom, by what");
    type_see(t, "mobile" ENTER, "What for");
    type_see(t, ENTER, "07700 900311");
    type_see(t, "l", "Duties");
    see_not(t, "07700 900311");
    station_leave(s, &t);
    const char *log = MUST(s, AUDITOR, "audit", "list", "--case", ONE, "--format", "json");
    assert_int_equal(times(log, "\"contact.open\""), 2);
    assert_int_equal(times(log, "safe-2 for update"), 1);
    assert_int_equal(times(log, "900311"), 0);
}

static void what_must_not_be_used_is_overridden_by_a_sergeant_of_the_unit_alone(void **state)
{
    Station *s = *state;
    const char *json;
    Tt *t;

    begin(s);
    t = station_desk(s, DS);
    station_command(t, "case " ONE);
    see(t, "! DO NOT USE home telephone");
    type_see(t, "T", "Reach whom, by what");
    type_see(t, ENTER, "What for");
    type_see(t, "safe" ENTER, "Why although");
    type_see(t, "She may be hurt; nobody answers the mobile." ENTER, "020 7946 0311");
    type_see(t, "r", "New contact");
    tt_type(t, "\033[C"); /* safety */
    tt_type(t, "u\tsp");
    tt_settle(t, 300);
    type_see(t, CTRL_S, "Saved");
    station_leave(s, &t);
    json = MUST(s, DI, "case", "show", ONE, "--format", "json");
    assert_int_equal(times(json, "\"override\":\"She may be hurt; nobody answers the mobile.\""), 1);
    MUST(s, AUDITOR, "audit", "verify");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_order_is_seen_at_the_next_door_and_broken_in_two_keys, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(a_number_is_refused_told_for_a_purpose_and_both_are_in_the_log, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(what_must_not_be_used_is_overridden_by_a_sergeant_of_the_unit_alone, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
