/* test_items.c — items begin empty, are appended without being shared, and lists are in time order; what follows from them. */
#include "core_test.h"

static void a_new_item_says_nothing(void **state)
{
    Owner o;
    Person p;
    CaseDoc d;

    case_item_init(LIST_OWNERS, &o);
    assert_int_equal(o.unit, CODE_NONE);
    assert_true(o.offered_at == TIME_NONE && o.accepted_at == TIME_NONE);
    case_item_init(LIST_PEOPLE, &p);
    assert_true(
        p.born == DATE_NONE && p.recorded_at == TIME_NONE && p.family == NULL && !p.police_staff && p.n_status == 0);
    case_init(&d);
    assert_true(d.closed_at == TIME_NONE && d.children_at == TIME_NONE && d.n_people == 0 && d.id == NULL);
}

static void appending_leaves_a_copy_of_the_document_alone(void **state)
{
    CaseDoc one, two;
    Notice n = { .to = 1, .at = 10 }, m = { .to = 2, .at = 20 };

    case_init(&one);
    case_append(&one, LIST_NOTICES, &n, *state);
    two = one;
    case_append(&one, LIST_NOTICES, &m, *state);
    case_append(&two, LIST_NOTICES, &n, *state);
    assert_int_equal(one.n_notices, 2);
    assert_int_equal(one.notices[1].to, 2);
    assert_int_equal(two.notices[1].to, 1);
}

static void a_consent_takes_the_place_of_the_earlier_one(void **state)
{
    CaseDoc doc = doc_of(*state, "\"consent\":{\"idva\":\"given\",\"victim-support\":\"not-asked\"}");
    CaseDoc before = doc;
    Consent c = { "idva", vocab_code(vocabs_standard(), VOCAB_CONSENT, "refused") };

    case_append(&doc, LIST_CONSENT, &c, *state);
    assert_int_equal(doc.n_consent, 2);
    assert_int_equal(doc.consent[0].answer, c.answer);
    assert_int_not_equal(before.consent[0].answer, c.answer);
}

static void a_status_is_appended_to_its_person(void **state)
{
    CaseDoc doc = doc_of(*state, "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\"}]");
    Status s = { 1, T("2010-02-02T00:00:00Z") };

    case_append_status(&doc.people[0], &s, *state);
    case_append_status(&doc.people[0], &s, *state);
    assert_int_equal(doc.people[0].n_status, 2);
}

static void room_is_made_for_many(void **state)
{
    CaseDoc doc;
    size_t n;
    Review *r;

    case_init(&doc);
    r = case_items_make(&doc, LIST_REVIEWS, 3, *state);
    r[2].kind = 4;
    assert_ptr_equal(case_items(&doc, LIST_REVIEWS, &n), r);
    assert_int_equal(n, 3);
    assert_true(doc.reviews[1].at == TIME_NONE);
    assert_null(case_items_make(&doc, LIST_REVIEWS, 0, *state));
    assert_int_equal(doc.n_reviews, 0);
}

static void lists_are_in_time_order_and_equal_times_keep_theirs(void **state)
{
    CaseDoc doc;
    static const struct {
        Code to;
        Time at;
    } given[] = { { 1, 50 }, { 2, 20 }, { 3, 50 }, { 4, TIME_NONE }, { 5, 20 }, { 6, 10 } };

    case_init(&doc);
    for (size_t i = 0; i < 6; i++) case_append(&doc, LIST_NOTICES, &(Notice){ given[i].to, given[i].at }, *state);
    case_sort(&doc);
    static const Code sorted[] = { 4, 6, 2, 5, 1, 3 };
    for (size_t i = 0; i < 6; i++) assert_int_equal(doc.notices[i].to, sorted[i]);
}

/* Tasks are longer than people: once they were sorted through too little room. */
static void every_list_can_be_sorted_however_long_its_items_are(void **state)
{
    for (CaseListId list = 0; list < LIST_STATUS; list++) {
        const CaseList *l = &case_lists[list];
        CaseDoc doc;
        char *items;
        case_init(&doc);
        items = case_items_make(&doc, list, 2, *state);
        for (size_t i = 0; i < l->n_fields; i++)
            if (l->fields[i].flags & FIELD_ORDER) *(Time *)(void *)(items + l->fields[i].offset) = 2, *(Time *)(void *)(items + l->item_size + l->fields[i].offset) = 1;
        case_sort(&doc);
        for (size_t i = 0; i < l->n_fields; i++)
            if (l->fields[i].flags & FIELD_ORDER) assert_int_equal(*(Time *)(void *)(items + l->fields[i].offset), 1);
    }
}

static void people_keep_their_order_and_their_statuses_do_not(void **state)
{
    CaseDoc doc = doc_of(*state,
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"recorded_at\":\"2010-02-03T00:00:00Z\",\"status\":["
        "{\"status\":\"arrested\",\"at\":\"2010-02-05T00:00:00Z\"},{\"status\":\"outstanding\",\"at\":\"2010-02-04T00:"
        "00:00Z\"}]},"
        "{\"key\":\"v1\",\"role\":\"victim\",\"recorded_at\":\"2010-02-02T00:00:00Z\"}]");

    assert_string_equal(doc.people[0].key, "s1");
    assert_string_equal(
        vocab_word(vocabs_standard(), VOCAB_SUSPECT_STATUS, doc.people[0].status[0].status), "outstanding");
}

static void owners_are_ordered_by_offer_and_books_by_completion(void **state)
{
    CaseDoc doc = doc_of(*state,
        "\"books\":[{\"serial\":\"2\",\"completed_at\":\"2010-02-03T00:00:00Z\"},{\"serial\":\"1\",\"completed_at\":"
        "\"2010-02-02T00:00:00Z\"}],"
        "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-02-03T00:00:00Z\",\"accepted_at\":\"2010-02-03T00:00:"
        "00Z\"},"
        "{\"unit\":\"response\",\"offered_at\":\"2010-02-02T00:00:00Z\",\"accepted_at\":\"2010-02-09T00:00:00Z\"}]");

    assert_string_equal(doc.books[0].serial, "1");
    assert_string_equal(vocab_word(vocabs_standard(), VOCAB_UNIT, doc.owners[0].unit), "response");
}

/* ---- what follows ---- */

static void the_grade_is_that_of_the_latest_graded_assessment(void **state)
{
    CaseDoc doc = doc_of(*state,
        "\"assessments\":[{\"instrument\":\"dash-2009\",\"stage\":\"marac\",\"at\":\"2010-02-09T00:00:00Z\"},"
        "{\"instrument\":\"specss-plus\",\"stage\":\"secondary\",\"at\":\"2010-02-05T00:00:00Z\",\"grade\":\"high\"},"
        "{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"at\":\"2010-02-02T00:00:00Z\",\"grade\":\"standard\"}"
        "]");

    assert_int_equal(case_grade(&doc), GRADE_HIGH);
    case_init(&doc);
    assert_int_equal(case_grade(&doc), CODE_NONE);
}

static void an_offer_that_is_not_accepted_changes_nothing(void **state)
{
    CaseDoc doc = doc_of(*state, "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-02-03T00:00:00Z\",\"accepted_"
                                 "at\":\"2010-02-04T00:00:00Z\"},"
                                 "{\"unit\":\"scd2\",\"offered_at\":\"2010-02-05T00:00:00Z\"}]");

    assert_string_equal(vocab_word(vocabs_standard(), VOCAB_UNIT, case_owner(&doc)->unit), "csu");
    case_init(&doc);
    assert_null(case_owner(&doc));
}

static void the_main_offence_is_the_most_serious(void **state)
{
    CaseDoc doc = doc_of(*state,
        "\"offences\":[{\"class\":\"criminal-damage\",\"at\":\"2010-02-02T00:00:00Z\"},"
        "{\"class\":\"s18\",\"at\":\"2010-02-03T00:00:00Z\"},{\"class\":\"s47\",\"at\":\"2010-02-04T00:00:00Z\"}]");

    assert_string_equal(vocab_word(vocabs_standard(), VOCAB_OFFENCE, case_main_offence(&doc)), "s18");
    case_init(&doc);
    assert_int_equal(case_main_offence(&doc), CODE_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(a_new_item_says_nothing),
        FACT(appending_leaves_a_copy_of_the_document_alone),
        FACT(a_consent_takes_the_place_of_the_earlier_one),
        FACT(a_status_is_appended_to_its_person),
        FACT(room_is_made_for_many),
        FACT(lists_are_in_time_order_and_equal_times_keep_theirs),
        FACT(every_list_can_be_sorted_however_long_its_items_are),
        FACT(people_keep_their_order_and_their_statuses_do_not),
        FACT(owners_are_ordered_by_offer_and_books_by_completion),
        FACT(the_grade_is_that_of_the_latest_graded_assessment),
        FACT(an_offer_that_is_not_accepted_changes_nothing),
        FACT(the_main_offence_is_the_most_serious),
    };

    return cmocka_run_group_tests_name("items", tests, NULL, NULL);
}
