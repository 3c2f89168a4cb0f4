/* test_order.c — orders and bail: made, served, considered, ended, extended, broken; how they stand, here and in other cases of the
** same people. */
#include "desk.h"

#include "app/order.h"

#define ONE "KG-2010-000001"
#define TWO "KG-2010-000002"

#define PEOPLE                                                                                                         \
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Example\",\"given\":\"Anne\",\"born\":\"1980-03-04\"},"  \
    "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Sample\",\"given\":\"Paul\",\"born\":\"1978-01-02\"}]"

static int with_two_cases(void **state)
{
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, DS);
    assert_int_equal(desk_import(d, case_line(d->a, ONE, PEOPLE)).added, 1);
    assert_int_equal(desk_import(d, case_line(d->a, TWO,
                                        "\"people\":[{\"key\":\"v9\",\"role\":\"victim\",\"family\":\"Other\"},{\"key\":"
                                        "\"s9\",\"role\":\"suspect\",\"family\":\"SAMPLE\",\"given\":\"paul\","
                                        "\"born\":\"1978-01-02\"}]"))
                         .added,
        1);
    return 0;
}

static CourtOrder order_until(const Desk *d, const char *kind, const char *expires)
{
    CourtOrder o;

    case_item_init(LIST_ORDERS, &o);
    o.kind = vocab_code(app_vocabs(d->app), VOCAB_ORDER, kind);
    o.person = "s1";
    o.protects = "v1";
    o.at = T("2010-05-02T10:00:00Z");
    if (expires) o.expires = T(expires);
    return o;
}

static CaseView with_order(Desk *d, const char *kind, const char *expires)
{
    CaseView v = desk_look(d, ONE);
    CourtOrder o = order_until(d, kind, expires);

    assert_did(d, app_order_set(d->app, &v.row, &o, &d->err));
    return desk_look(d, ONE);
}

static OrderView *views(Desk *d, const char *id, size_t *n)
{
    CaseView v = desk_look(d, id);
    OrderView *out = NULL;

    assert_did(d, app_orders_of_case(d->app, &v, d->a, &out, n, &d->err));
    return out;
}

/* ---- made ---- */

static void an_order_gets_its_key_and_its_officer(void **state)
{
    Desk *d = *state;
    CaseView v = with_order(d, "restraining", "2010-12-01T12:00:00Z");

    assert_logged(d, AUDIT_CONSULT, "case.look", ONE);
    assert_int_equal(v.doc.n_orders, 1);
    assert_string_equal(v.doc.orders[0].key, "o1");
    assert_string_equal(v.doc.orders[0].by, DS);
    v = with_order(d, "occupation", NULL);
    assert_string_equal(v.doc.orders[1].key, "o2");
}

static void an_order_that_ends_before_it_begins_is_refused(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    CourtOrder o = order_until(d, "restraining", "2010-05-01T12:00:00Z");

    assert_refused(d, ERR_INVALID, app_order_set(d->app, &v.row, &o, &d->err));
    assert_string_equal(d->err.field, "expires");
    o.expires = TIME_NONE;
    o.person = "nobody";
    assert_refused(d, ERR_INVALID, app_order_set(d->app, &v.row, &o, &d->err));
    assert_int_equal(desk_look(d, ONE).doc.n_orders, 0);
}

static void who_has_no_part_in_cases_sets_no_order(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    CourtOrder o = order_until(d, "restraining", NULL);

    desk_as(d, AUDITOR);
    assert_refused(d, ERR_DENIED, app_order_set(d->app, &v.row, &o, &d->err));
    assert_logged(d, AUDIT_DENIED, "order.set", ONE);
}

static void what_somebody_changed_meanwhile_is_said(void **state)
{
    Desk *d = *state;
    CaseView old = desk_look(d, ONE);
    CourtOrder o = order_until(d, "restraining", NULL);

    with_order(d, "occupation", NULL);
    assert_refused(d, ERR_STALE, app_order_set(d->app, &old.row, &o, &d->err));
    assert_int_equal(desk_look(d, ONE).doc.n_orders, 1);
}

static void a_key_given_by_hand_does_not_change_another_order(void **state)
{
    Desk *d = *state;
    CaseView v = with_order(d, "restraining", NULL);
    CourtOrder o = order_until(d, "occupation", "2010-12-01T12:00:00Z");

    o.key = "o1";
    o.ended_at = T(NOW);
    assert_did(d, app_order_set(d->app, &v.row, &o, &d->err));
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_orders, 2);
    assert_int_equal(v.doc.orders[0].expires, TIME_NONE);
    assert_int_equal(v.doc.orders[1].ended_at, TIME_NONE);
}

/* ---- served, considered, ended, extended ---- */

static void an_order_is_served_once(void **state)
{
    Desk *d = *state;
    CaseView v = with_order(d, "restraining", NULL);

    assert_did(d, app_order_served(d->app, &v.row, "o1", T("2010-05-03T10:00:00Z"), &d->err));
    assert_logged(d, AUDIT_ALTER, "order.serve", ONE);
    assert_refused(d, ERR_INVALID, app_order_served(d->app, &v.row, "o1", TIME_NONE, &d->err));
    assert_non_null(strstr(d->err.text, "3 May 2010"));
    assert_refused(d, ERR_MISSING, app_order_served(d->app, &v.row, "o7", TIME_NONE, &d->err));
    assert_int_equal(desk_look(d, ONE).doc.orders[0].served_at, T("2010-05-03T10:00:00Z"));
}

static DutyState expiry_of(Desk *d)
{
    CaseView v = desk_look(d, ONE);

    for (size_t i = 0; i < v.n_duties; i++)
        if (str_eq(v.duties[i].id, "order-expiry")) return duty_state(&v.duties[i], app_now(d->app));
    return DUTY_STATE_COUNT;
}

static void who_says_how_an_order_ended_or_that_it_lasts_longer_has_considered_its_end(void **state)
{
    Desk *d = *state;
    CaseView v = with_order(d, "restraining", "2010-06-10T12:00:00Z");

    assert_int_equal(expiry_of(d), DUTY_OPEN);
    assert_did(d, app_order_extended(d->app, &v.row, "o1", T("2010-12-10T12:00:00Z"), &d->err));
    v = desk_look(d, ONE);
    for (size_t i = 0; i < v.n_duties; i++)
        if (str_eq(v.duties[i].id, "order-expiry"))
            assert_int_equal(duty_state(&v.duties[i], app_now(d->app)), v.duties[i].cycle ? DUTY_WAITING : DUTY_DONE);
    assert_did(d, app_order_ended(d->app, &v.row, "o2", "discharged", TIME_NONE, &d->err));
    assert_int_equal(desk_look(d, ONE).doc.orders[1].considered_at, T(NOW));
}

static void its_end_is_considered_and_it_ends(void **state)
{
    Desk *d = *state;
    CaseView v = with_order(d, "restraining", "2010-06-10T12:00:00Z");

    assert_did(d, app_order_considered(d->app, &v.row, "o1", TIME_NONE, &d->err));
    assert_refused(d, ERR_INVALID, app_order_ended(d->app, &v.row, "o1", "lapsed", TIME_NONE, &d->err));
    assert_non_null(strstr(d->err.text, "discharged"));
    assert_did(d, app_order_ended(d->app, &v.row, "o1", "discharged", TIME_NONE, &d->err));
    assert_refused(d, ERR_INVALID, app_order_ended(d->app, &v.row, "o1", "expired", TIME_NONE, &d->err));
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.orders[0].ended_at, T(NOW));
    assert_int_equal(v.doc.orders[0].considered_at, T(NOW));
}

static void nothing_ends_in_the_future_or_before_it_began(void **state)
{
    Desk *d = *state;
    CaseView v = with_order(d, "restraining", NULL);

    assert_refused(d, ERR_INVALID, app_order_ended(d->app, &v.row, "o1", "expired", T("2010-07-01T00:00:00Z"), &d->err));
    assert_refused(d, ERR_INVALID, app_order_ended(d->app, &v.row, "o1", "expired", T("2010-04-01T00:00:00Z"), &d->err));
    assert_int_equal(desk_look(d, ONE).doc.orders[0].ended_at, TIME_NONE);
}

static void an_extended_order_is_a_new_one_that_is_served_anew(void **state)
{
    Desk *d = *state;
    CaseView v = with_order(d, "restraining", "2010-06-10T12:00:00Z");

    assert_refused(d, ERR_INVALID, app_order_extended(d->app, &v.row, "o1", T("2010-05-30T00:00:00Z"), &d->err));
    assert_did(d, app_order_extended(d->app, &v.row, "o1", T("2011-06-10T12:00:00Z"), &d->err));
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_orders, 2);
    assert_string_equal(vocab_word(app_vocabs(d->app), VOCAB_ORDER_END, v.doc.orders[0].ended), "replaced");
    assert_int_equal(v.doc.orders[0].considered_at, T(NOW));
    assert_string_equal(v.doc.orders[1].key, "o2");
    assert_int_equal(v.doc.orders[1].served_at, TIME_NONE);
    assert_int_equal(v.doc.orders[1].expires, T("2011-06-10T12:00:00Z"));
}

/* ---- bail ---- */

static Bail bail_for(const char *person)
{
    Bail b;

    case_item_init(LIST_BAIL, &b);
    b.person = person;
    b.conditions = "no-contact,not-to-go";
    b.until = T("2010-06-20T10:00:00Z");
    return b;
}

static size_t events_of(Desk *d, const char *word)
{
    CaseView view = desk_look(d, ONE);
    const CaseDoc *doc = &view.doc;
    size_t n = 0;

    for (size_t i = 0; i < doc->n_events; i++)
        n += str_eq(vocab_word(app_vocabs(d->app), VOCAB_EVENT, doc->events[i].kind), word);
    return n;
}

static void bail_and_its_end_are_events_of_which_the_victim_is_told(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Bail b = bail_for("s1");
    bool told = false;

    assert_did(d, app_bail_set(d->app, &v.row, &b, &d->err));
    assert_int_equal(events_of(d, "bail"), 1);
    assert_did(d, app_order_ended(d->app, &v.row, "b1", "no-further-action", TIME_NONE, &d->err));
    v = desk_look(d, ONE);
    assert_int_equal(events_of(d, "no-further-action"), 1);
    for (size_t i = 0; i < v.n_duties; i++) told |= str_eq(v.duties[i].id, "victim-told") && v.duties[i].done == TIME_NONE;
    assert_true(told);
}

static void an_event_that_is_there_is_not_said_twice(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Bail b = bail_for("s1");
    Event e;

    case_item_init(LIST_EVENTS, &e);
    e.kind = vocab_code(app_vocabs(d->app), VOCAB_EVENT, "bail");
    e.person = "s1";
    assert_did(d, app_case_add(d->app, &v.row, LIST_EVENTS, &e, d->a, NULL, &d->err));
    assert_did(d, app_bail_set(d->app, &v.row, &b, &d->err));
    assert_int_equal(events_of(d, "bail"), 1);
}

static void bail_is_extended_with_its_conditions(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Bail b = bail_for("s1");

    assert_did(d, app_bail_set(d->app, &v.row, &b, &d->err));
    assert_did(d, app_order_extended(d->app, &v.row, "b1", T("2010-07-20T10:00:00Z"), &d->err));
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_bail, 2);
    assert_string_equal(v.doc.bail[1].key, "b2");
    assert_string_equal(v.doc.bail[1].conditions, "no-contact,not-to-go");
    assert_int_equal(events_of(d, "bail-change"), 1);
    assert_refused(d, ERR_MISSING, app_order_served(d->app, &v.row, "b2", TIME_NONE, &d->err));
}

/* ---- broken ---- */

static void a_breach_its_offence_and_the_arrest_are_one_act(void **state)
{
    Desk *d = *state;
    CaseView v = with_order(d, "non-molestation", "2010-12-01T12:00:00Z");
    BreachAsk ask = { .of = "o1", .at = TIME_NONE, .text = "Came to the door.", .offence = true, .arrest = true };
    int64_t before = log_size(d);

    assert_did(d, app_order_breach(d->app, &v.row, &ask, &d->err));
    assert_int_equal(log_size(d), before + 1);
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_breaches, 1);
    assert_int_equal(v.doc.breaches[0].at, T(NOW));
    assert_string_equal(vocab_word(app_vocabs(d->app), VOCAB_OFFENCE, v.doc.offences[v.doc.n_offences - 1].class),
        "breach-non-molestation");
    assert_int_equal(events_of(d, "arrest"), 1);
}

static void a_breach_of_bail_is_no_offence_by_itself(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    size_t offences = v.doc.n_offences;
    Bail b = bail_for("s1");
    BreachAsk ask = { .of = "b1", .at = TIME_NONE, .offence = true };

    assert_did(d, app_bail_set(d->app, &v.row, &b, &d->err));
    assert_did(d, app_order_breach(d->app, &v.row, &ask, &d->err));
    assert_int_equal(desk_look(d, ONE).doc.n_offences, offences);
}

static void what_ended_or_was_not_made_yet_is_not_broken(void **state)
{
    Desk *d = *state;
    CaseView v = with_order(d, "restraining", NULL);
    BreachAsk ask = { .of = "o1", .at = T("2010-05-01T00:00:00Z") };

    assert_refused(d, ERR_INVALID, app_order_breach(d->app, &v.row, &ask, &d->err));
    ask.at = T("2010-07-01T00:00:00Z");
    assert_refused(d, ERR_INVALID, app_order_breach(d->app, &v.row, &ask, &d->err));
    assert_did(d, app_order_ended(d->app, &v.row, "o1", "discharged", T("2010-05-20T00:00:00Z"), &d->err));
    ask.at = TIME_NONE;
    assert_refused(d, ERR_INVALID, app_order_breach(d->app, &v.row, &ask, &d->err));
    ask.of = "o9";
    assert_refused(d, ERR_MISSING, app_order_breach(d->app, &v.row, &ask, &d->err));
    assert_int_equal(desk_look(d, ONE).doc.n_breaches, 0);
    desk_as(d, AUDITOR);
    assert_refused(d, ERR_DENIED, app_order_breach(d->app, &v.row, &ask, &d->err));
}

/* ---- how they stand ---- */

static void an_order_says_that_it_expires_from_28_days_before(void **state)
{
    Desk *d = *state;
    CaseView v = with_order(d, "restraining", "2010-06-29T12:00:00Z");
    OrderView *x;
    size_t n;

    assert_did(d, app_order_served(d->app, &v.row, "o1", TIME_NONE, &d->err));
    x = views(d, ONE, &n);
    assert_int_equal(n, 1);
    assert_string_equal(x[0].sign, "! ORDER EXPIRES in 28 d");
    assert_string_equal(x[0].against, "Paul Sample");
    v = with_order(d, "occupation", "2010-06-30T12:00:00Z");
    assert_did(d, app_order_served(d->app, &v.row, "o2", TIME_NONE, &d->err));
    x = views(d, ONE, &n);
    assert_int_equal(n, 2);
    assert_string_equal(x[1].sign, "order holds");
    with_order(d, "prohibited-steps", NULL);
    with_order(d, "other", "2010-05-30T12:00:00Z");
    with_order(d, "other", "2010-06-01T22:00:00Z");
    x = views(d, ONE, &n);
    assert_string_equal(x[0].sign, "! ORDER EXPIRED 2 d ago");
    assert_string_equal(x[1].sign, "! ORDER EXPIRES today, NOT SERVED");
    assert_string_equal(x[3].sign, "! ORDER NOT SERVED");
}

static void it_is_seen_in_another_case_of_the_same_person_and_the_log_says_so(void **state)
{
    Desk *d = *state;
    OrderView *x;
    size_t n;

    with_order(d, "restraining", "2010-06-10T12:00:00Z");
    x = views(d, TWO, &n);
    assert_int_equal(n, 1);
    assert_false(x[0].here);
    assert_string_equal(x[0].case_id, ONE);
    assert_logged(d, AUDIT_CONSULT, "orders.look", TWO);
}

static void an_ended_order_is_not_told_elsewhere(void **state)
{
    Desk *d = *state;
    CaseView v = with_order(d, "restraining", "2010-06-10T12:00:00Z");
    size_t n;

    assert_did(d, app_order_ended(d->app, &v.row, "o1", "discharged", TIME_NONE, &d->err));
    views(d, TWO, &n);
    assert_int_equal(n, 0);
    assert_string_equal(views(d, ONE, &n)[0].sign, "");
}

static void another_birth_date_is_another_person(void **state)
{
    Desk *d = *state;
    size_t n;

    with_order(d, "restraining", "2010-06-10T12:00:00Z");
    desk_import(d, case_line(d->a, "KG-3",
                       "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Sample\",\"given\":\"Paul\",\"born\":\"1978-01-03\"}]"));
    desk_import(d, case_line(d->a, "KG-4",
                       "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Sample\",\"given\":\"Paul\"}]"));
    desk_import(d, case_line(d->a, "KG-5",
                       "\"people\":[{\"key\":\"s1\",\"role\":\"witness\",\"family\":\"Sample\",\"given\":\"Paul\",\"born\":\"1978-01-02\"}]"));
    views(d, "KG-3", &n);
    assert_int_equal(n, 0);
    views(d, "KG-4", &n);
    assert_int_equal(n, 0);
    views(d, "KG-5", &n);
    assert_int_equal(n, 0);
}

static void at_most_so_many_cases_are_looked_into(void **state)
{
    Desk *d = *state;
    CaseView v;
    SameCase *same;
    size_t n;

    for (int i = 0; i < SAME_CASES_MAX + 5; i++)
        desk_import(d, case_line(d->a, arena_printf(d->a, "KG-M-%d", i), PEOPLE));
    v = desk_look(d, ONE);
    assert_did(d, app_same_cases(d->app, &v.doc, false, "test.look", d->a, &same, &n, &d->err));
    assert_int_equal(n, SAME_CASES_MAX);
    assert_int_equal(same[0].n, 2); /* victim and suspect */
}

int main(void)
{
#define ON_TWO(f) cmocka_unit_test_setup_teardown(f, with_two_cases, desk_teardown)
    const struct CMUnitTest tests[] = {
        ON_TWO(an_order_gets_its_key_and_its_officer),
        ON_TWO(an_order_that_ends_before_it_begins_is_refused),
        ON_TWO(who_has_no_part_in_cases_sets_no_order),
        ON_TWO(what_somebody_changed_meanwhile_is_said),
        ON_TWO(a_key_given_by_hand_does_not_change_another_order),
        ON_TWO(an_order_is_served_once),
        ON_TWO(who_says_how_an_order_ended_or_that_it_lasts_longer_has_considered_its_end),
        ON_TWO(its_end_is_considered_and_it_ends),
        ON_TWO(nothing_ends_in_the_future_or_before_it_began),
        ON_TWO(an_extended_order_is_a_new_one_that_is_served_anew),
        ON_TWO(bail_and_its_end_are_events_of_which_the_victim_is_told),
        ON_TWO(an_event_that_is_there_is_not_said_twice),
        ON_TWO(bail_is_extended_with_its_conditions),
        ON_TWO(a_breach_its_offence_and_the_arrest_are_one_act),
        ON_TWO(a_breach_of_bail_is_no_offence_by_itself),
        ON_TWO(what_ended_or_was_not_made_yet_is_not_broken),
        ON_TWO(an_order_says_that_it_expires_from_28_days_before),
        ON_TWO(it_is_seen_in_another_case_of_the_same_person_and_the_log_says_so),
        ON_TWO(an_ended_order_is_not_told_elsewhere),
        ON_TWO(another_birth_date_is_another_person),
        ON_TWO(at_most_so_many_cases_are_looked_into),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
