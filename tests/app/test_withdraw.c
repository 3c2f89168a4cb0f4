/* test_withdraw.c — an entry that was made by mistake is taken back: it stays and does not count, from that moment on; refused, invalid, stale,
** and broken half-way; and what was told before is told again by a file. */
#include "app/review.h"
#include "app/sign.h"
#include "app/withdraw.h"
#include "faulty.h"

#define ONE "KG-2010-000001"
#define PPD "900005"

static CaseRow row_of(Desk *d)
{
    CaseRow row;

    assert_did(d, store_case_find(app_store_handle(d->app), ONE, d->a, &row, &d->err));
    return row;
}

static CaseDoc stored(Desk *d)
{
    CaseRow row = row_of(d);
    CaseDoc doc;

    assert_did(d, store_case_load(app_store_handle(d->app), row.key, app_vocabs(d->app), d->a, &doc, &d->err));
    return doc;
}

static void add(Desk *d, CaseListId list, const char *fields)
{
    void *item = arena_alloc(d->a, case_lists[list].item_size);
    CaseRow row = row_of(d);
    char *at = arena_dup(d->a, fields), *word, *rest = NULL;

    case_item_init(list, item);
    for (word = strtok_r(at, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        char *value = strchr(word, '=');
        *value++ = '\0';
        assert_did(d, case_field_set(case_list_field(list, word), item, value, app_vocabs(d->app), d->a, &d->err));
    }
    assert_did(d, app_case_add(d->app, &row, list, item, d->a, NULL, &d->err));
}

static bool take_back(Desk *d, CaseListId list, size_t index, const char *why, Err *err)
{
    CaseRow row;

    return store_case_find(app_store_handle(d->app), ONE, d->a, &row, err) && app_entry_withdraw(d->app, &row, list, index, why, err);
}

/* How a duty stands at its newest cycle; "" when it is not asked. */
static const char *state(Desk *d, const char *duty)
{
    CaseView view = desk_look(d, ONE);
    const char *found = "";

    for (size_t i = 0; i < view.n_duties; i++)
        if (str_eq(view.duties[i].id, duty)) found = duty_state_word(duty_state(&view.duties[i], app_now(d->app)));
    return found;
}

static int with_one_case(void **state_of)
{
    return desk_with(state_of, ONE, "\"children\":{\"answer\":\"present\",\"at\":\"2010-05-01T11:00:00Z\"}");
}

/* ---- what it does ---- */

static void what_was_taken_back_stays_and_does_not_count(void **state_of)
{
    Desk *d = *state_of;
    CaseDoc doc;
    const Review *r;

    assert_string_equal(state(d, "ds-supervision"), "overdue");
    add(d, LIST_REVIEWS, "kind=ds-supervision outcome=satisfied text=Wrong-case.");
    assert_string_equal(state(d, "ds-supervision"), "open");
    assert_did(d, take_back(d, LIST_REVIEWS, 0, "It was meant for another case.", &d->err));
    assert_logged(d, AUDIT_ALTER, "entry.withdraw", ONE);
    assert_string_equal(state(d, "ds-supervision"), "overdue");
    doc = stored(d);
    assert_int_equal(doc.n_reviews, 1);
    r = &doc.reviews[0];
    assert_string_equal(r->text, "Wrong-case.");
    assert_string_equal(r->withdrawn.by, DS);
    assert_int_equal(r->withdrawn.at, T(NOW));
    assert_string_equal(r->withdrawn.why, "It was meant for another case.");
    assert_int_equal(app_review_signed(d->app, doc.id, r), SIGNED_VALID);
    assert_null(case_last(&doc, LIST_REVIEWS));
}

static void it_counted_until_it_was_taken_back(void **state_of)
{
    Desk *d = *state_of;
    Duty *all;
    CaseDoc doc;
    size_t n;
    bool done = false;

    add(d, LIST_REFERENCES, "system=merlin number=10PAC012345");
    desk_reopen(d, "2010-06-02T09:00:00Z");
    desk_as(d, DS);
    assert_did(d, take_back(d, LIST_REFERENCES, 0, "The number of another report.", &d->err));
    doc = stored(d);
    n = policy_evaluate(app_policy(d->app), &doc, T("2010-06-01T12:00:00Z"), d->a, &all);
    for (size_t i = 0; i < n; i++) done |= str_eq(all[i].id, "merlin-number") && all[i].done != TIME_NONE;
    assert_true(done);
    assert_string_equal(state(d, "merlin-number"), "overdue");
}

static void it_is_not_found_by_its_number_any_more(void **state_of)
{
    Desk *d = *state_of;
    CaseHits hits;

    add(d, LIST_REFERENCES, "system=merlin number=10PAC012345");
    assert_did(d, app_case_search(d->app, "10PAC012345", 5, d->a, &hits, &d->err));
    assert_int_equal(hits.n, 1);
    assert_did(d, take_back(d, LIST_REFERENCES, 0, "The number of another report.", &d->err));
    assert_did(d, app_case_search(d->app, "10PAC012345", 5, d->a, &hits, &d->err));
    assert_int_equal(hits.n, 0);
}

static void a_rebuild_changes_nothing_and_the_last_review_is_the_one_before(void **state_of)
{
    Desk *d = *state_of;
    int64_t cases;
    bool changed = true;
    CaseView view;
    Since since;

    add(d, LIST_REVIEWS, "kind=ds-supervision outcome=satisfied text=Right.");
    desk_reopen(d, "2010-06-03T09:00:00Z");
    desk_as(d, DS);
    add(d, LIST_REVIEWS, "kind=ds-supervision outcome=satisfied text=Wrong.");
    assert_did(d, take_back(d, LIST_REVIEWS, 1, "Another case.", &d->err));
    view = desk_look(d, ONE);
    assert_did(d, app_case_since_review(d->app, &view, "ds-supervision", d->a, &since, &d->err));
    assert_int_equal(since.when, T(NOW));
    assert_int_equal(since.n, 1);
    assert_string_equal(since.lines[0].says, "WITHDRAWN, officer " DS ": DS 7-day supervision: satisfied, officer " DS);
    desk_as(d, KEEPER);
    assert_did(d, app_rebuild(d->app, NULL, &cases, &changed, &d->err));
    assert_false(changed);
}

static void a_file_tells_it_and_another_store_reads_it(void **state_of)
{
    Desk *d = *state_of, *other;
    char *line;

    add(d, LIST_CONTACTS, "with=victim kind=update result=spoke");
    assert_did(d, take_back(d, LIST_CONTACTS, 0, "It was another victim.", &d->err));
    line = desk_export(d, ONE);
    assert_non_null(strstr(line, "\"withdrawn\":{\"at\":\"2010-06-01T09:00:00Z\",\"by\":\"900007\",\"why\":\"It was another victim.\"}"));
    other = desk_new(true);
    desk_as(other, DS);
    assert_int_equal(desk_import(other, line).added, 1);
    assert_string_equal(desk_export(other, ONE), line);
    assert_int_equal(desk_import(other, line).same, 1);
    desk_free(&other);
}

/* ---- who may ---- */

static void its_author_may_and_a_supervisor_and_nobody_else(void **state_of)
{
    Desk *d = *state_of;

    desk_as(d, IO);
    add(d, LIST_CONTACTS, "with=victim kind=update result=spoke");
    add(d, LIST_CONTACTS, "with=victim kind=safety result=spoke");
    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, take_back(d, LIST_CONTACTS, 0, "No.", &d->err));
    assert_logged(d, AUDIT_DENIED, "entry.withdraw", ONE);
    desk_as(d, IO);
    assert_did(d, take_back(d, LIST_CONTACTS, 0, "Another victim.", &d->err));
    desk_as(d, DS);
    assert_did(d, take_back(d, LIST_CONTACTS, 1, "Another victim.", &d->err));
    desk_as(d, DI);
    add(d, LIST_REVIEWS, "kind=di-review outcome=satisfied text=Seen.");
    desk_as(d, DS); /* cannot make that review, and cannot take it back */
    assert_refused(d, ERR_DENIED, take_back(d, LIST_REVIEWS, 0, "No.", &d->err));
}

static void a_cross_reference_is_taken_back_and_its_duty_is_asked_again(void **state_of)
{
    Desk *d = *state_of;

    add(d, LIST_REFERENCES, "system=cris number=4212345/10");
    add(d, LIST_REFERENCES, "system=merlin number=10PAC012345");
    desk_as(d, PPD);
    add(d, LIST_CROSS_REFERENCES, "in=cris to=merlin");
    add(d, LIST_CROSS_REFERENCES, "in=merlin to=cris");
    assert_string_equal(state(d, "cris-merlin-xref"), "done");
    assert_string_equal(stored(d).cross_references[1].by, PPD);
    assert_did(d, take_back(d, LIST_CROSS_REFERENCES, 1, "It stands in another Merlin.", &d->err)); /* who made it may */
    assert_string_equal(state(d, "cris-merlin-xref"), "open");
    assert_int_equal(stored(d).n_cross_references, 2);
    assert_string_equal(stored(d).cross_references[1].withdrawn.why, "It stands in another Merlin.");
    assert_refused(d, ERR_STALE, take_back(d, LIST_CROSS_REFERENCES, 1, "Again.", &d->err));
    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, take_back(d, LIST_CROSS_REFERENCES, 0, "Not mine.", &d->err));
    desk_as(d, DS);
    assert_did(d, take_back(d, LIST_CROSS_REFERENCES, 0, "Not there either.", &d->err)); /* and a supervisor */
    assert_string_equal(state(d, "cris-merlin-xref"), "open");
}

static void what_was_made_at_that_moment_is_found_and_nothing_else(void **state_of)
{
    Desk *d = *state_of;
    Time now = app_now(d->app);
    CaseDoc doc;
    size_t index = 99;

    add(d, LIST_REVIEWS, "kind=ds-supervision outcome=satisfied text=Before. at=2010-05-01T12:00:00Z");
    add(d, LIST_REVIEWS, "kind=ds-supervision outcome=satisfied text=One.");
    add(d, LIST_REVIEWS, "kind=ds-supervision outcome=satisfied text=Two.");
    doc = stored(d);
    assert_true(app_entry_made(d->app, &doc, LIST_REVIEWS, now, &index));
    assert_string_equal(doc.reviews[index].text, "Two.");
    assert_did(d, take_back(d, LIST_REVIEWS, index, "Twice.", &d->err));
    doc = stored(d);
    assert_true(app_entry_made(d->app, &doc, LIST_REVIEWS, now, &index));
    assert_string_equal(doc.reviews[index].text, "One.");
    assert_false(app_entry_made(d->app, &doc, LIST_REVIEWS, now + 1, &index));
    desk_as(d, DI);
    assert_false(app_entry_made(d->app, &doc, LIST_REVIEWS, now, &index)); /* somebody else's */
}

static void what_cannot_be_taken_back_says_why(void **state_of)
{
    Desk *d = *state_of;

    add(d, LIST_CONTACTS, "with=victim kind=update result=spoke");
    add(d, LIST_REVIEWS, "kind=qa outcome=satisfied text=Seen.");
    assert_refused(d, ERR_INVALID, take_back(d, LIST_CONTACTS, 0, "  ", &d->err));
    assert_refused(d, ERR_INVALID, take_back(d, LIST_REVIEWS, 0, "It was read.", &d->err));
    assert_refused(d, ERR_INVALID, take_back(d, LIST_OWNERS, 0, "No.", &d->err));
    assert_refused(d, ERR_MISSING, take_back(d, LIST_CONTACTS, 7, "No.", &d->err));
    assert_null(case_withdrawal(LIST_CONTACTS, &stored(d).contacts[0]));
}

static void twice_is_stale_and_so_is_a_case_that_changed(void **state_of)
{
    Desk *d = *state_of;
    CaseRow old;

    add(d, LIST_CONTACTS, "with=victim kind=update result=spoke");
    add(d, LIST_CONTACTS, "with=victim kind=safety result=spoke");
    old = row_of(d);
    assert_did(d, take_back(d, LIST_CONTACTS, 0, "Another victim.", &d->err));
    assert_refused(d, ERR_STALE, take_back(d, LIST_CONTACTS, 0, "Again.", &d->err));
    assert_non_null(strstr(d->err.text, DS));
    assert_refused(d, ERR_STALE, app_entry_withdraw(d->app, &old, LIST_CONTACTS, 1, "Late.", &d->err));
}

static void of_a_closed_case_nothing_is_taken_back(void **state_of)
{
    Desk *d = *state_of;

    add(d, LIST_CONTACTS, "with=victim kind=update result=spoke");
    assert_int_equal(desk_import(d, desk_export(d, ONE)).same, 1);
    desk_import(d, case_line(d->a, "KG-2", "\"closed_at\":\"2010-05-20T10:00:00Z\",\"contacts\":[{\"with\":\"victim\",\"kind\":\"update\",\"result\":\"spoke\","
                                           "\"by\":\"900007\",\"at\":\"2010-05-10T10:00:00Z\"}]"));
    {
        CaseRow row;
        assert_did(d, store_case_find(app_store_handle(d->app), "KG-2", d->a, &row, &d->err));
        assert_refused(d, ERR_INVALID, app_entry_withdraw(d->app, &row, LIST_CONTACTS, 0, "Late.", &d->err));
        assert_non_null(strstr(d->err.text, "closed"));
    }
}

/* ---- broken half-way ---- */

static void it_is_taken_back_wholly_or_not(void **state_of)
{
    Desk *d = *state_of;
    bool ok = false;

    add(d, LIST_CONTACTS, "with=victim kind=update result=spoke");
    for (int64_t at = 1; !ok && at < 5000; at++) {
        Err err = { 0 };
        engine_fault_at(at, ENG_IO);
        ok = take_back(d, LIST_CONTACTS, 0, "Another victim.", &err);
        engine_fault_at(0, ENG_IO);
        assert_int_equal(case_withdrawal(LIST_CONTACTS, &stored(d).contacts[0]) != NULL, ok);
    }
    assert_true(ok);
}

static int over_faults(void **state_of)
{
    return faulty(state_of, with_one_case);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_taken_back_stays_and_does_not_count, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(it_counted_until_it_was_taken_back, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(it_is_not_found_by_its_number_any_more, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(a_rebuild_changes_nothing_and_the_last_review_is_the_one_before, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(a_file_tells_it_and_another_store_reads_it, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(its_author_may_and_a_supervisor_and_nobody_else, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(a_cross_reference_is_taken_back_and_its_duty_is_asked_again, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(what_was_made_at_that_moment_is_found_and_nothing_else, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_taken_back_says_why, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(twice_is_stale_and_so_is_a_case_that_changed, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(of_a_closed_case_nothing_is_taken_back, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(it_is_taken_back_wholly_or_not, over_faults, faulty_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
