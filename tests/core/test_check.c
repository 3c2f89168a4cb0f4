/* test_check.c — each rule that one field cannot say, in a file (by path) and in a form (by column). */
#include "core_test.h"

static void refuses(void **state, const char *members, const char *sentence)
{
    assert_string_equal(refusal(*state, members), sentence);
}

static void every_required_field_is_required(void **state)
{
    CaseDoc doc;
    Err err = { 0 };

    assert_false(doc_read_at(
        *state, "{\"format\":\"book124.case/1\",\"reported_at\":\"2010-02-01T22:14:00Z\"}", TIME_MAX, &doc, &err));
    assert_string_equal(err.text, "id: This is missing.");
    assert_false(doc_read_at(*state, "{\"format\":\"book124.case/1\",\"id\":\"x\"}", TIME_MAX, &doc, &err));
    assert_string_equal(err.text, "reported_at: This is missing.");
    assert_false(doc_read_at(*state, "{\"id\":\"x\",\"reported_at\":\"2010-02-01T22:14:00Z\"}", TIME_MAX, &doc, &err));
    assert_string_equal(err.text, "format: This must be \"book124.case/1\".");
    assert_string_equal(err.field, "format");
}

/* Leave each required field of each list out, one at a time: the sentence names exactly that one. */
static void every_required_field_of_every_list_is_required(void **state)
{
    Arena *a = *state;
    const Vocabs *v = vocabs_standard();
    CaseDoc doc = doc_of(a, "\"people\":[{\"key\":\"v1\",\"role\":\"victim\"}],\"books\":[{\"serial\":\"x1\",\"completed_at\":"
                           "\"2010-02-02T00:00:00Z\"}],\"orders\":[{\"key\":\"o1\",\"kind\":\"other\",\"person\":\"v1\",\"at\":\"2010-02-02T00:00:00Z\"}]");

    for (CaseListId list = 0; list < LIST_COUNT; list++) {
        const CaseList *l = &case_lists[list];
        for (size_t out = 0; out <= l->n_fields; out++) {
            char *item = arena_zero(a, 1, l->item_size);
            Err err = { 0 };
            case_item_init(list, item);
            for (size_t i = 0; i < l->n_fields; i++) {
                const CaseField *f = &l->fields[i];
                const char *text = f->kind == FIELD_TIME   ? "2010-02-02T00:00:00Z"
                                   : f->kind == FIELD_CODE ? vocab_word(v, f->vocab, 1)
                                   : f->kind == FIELD_PERSON ? "v1"
                                                           : "x1";
                if (list == LIST_TASKS && str_eq(f->column, "from")) text = "dmm"; /* a line of the plan needs more */
                if (list == LIST_BREACHES && str_eq(f->column, "of")) text = "o1";
                if (i != out && (f->flags & FIELD_REQUIRED)) assert_true(case_field_set(f, item, text, v, a, &err));
            }
            bool must = out < l->n_fields && (l->fields[out].flags & FIELD_REQUIRED);
            assert_int_equal(case_check_item(&doc, list, item, v, TIME_MAX, &err), !must);
            if (!must) continue;
            assert_string_equal(err.field, l->fields[out].column);
            assert_string_equal(err.text, arena_printf(a, "%s: This is missing.", l->fields[out].label));
        }
    }
}

static void the_required_fields_are_these(void **state)
{
    static const char *const required[LIST_COUNT] = { "class at", "flag at", "key role", "system number at", "in to at",
        "serial completed_at", "book at text", "book to at", "instrument stage at", "kind at outcome", "to at", "with kind result at", "kind at",
        "to at", "unit offered_at", "at", "to answer", "key from what owner due at", "to step at", "key meeting at", "key kind person at", "key person at", "of at",
        "person way rule at", "person result at", "key duty until reason at", "to why at", "person kind at", "at reason", "status at" };

    for (CaseListId list = 0; list < LIST_COUNT; list++) {
        Str s = { 0 };
        for (size_t i = 0; i < case_lists[list].n_fields; i++) {
            const CaseField *f = &case_lists[list].fields[i];
            if (f->flags & FIELD_REQUIRED) str_addf(&s, "%s%s", s.n ? " " : "", f->path);
        }
        assert_string_equal(str_text(&s), required[list]);
        str_finish(&s);
    }
}

static void what_is_missing_in_a_list_is_named_by_its_place_in_the_file(void **state)
{
    refuses(state, "\"notices\":[{\"to\":\"di\",\"at\":\"2010-02-09T00:00:00Z\"},{\"to\":\"di\"}]",
        "notices[1].at: This is missing.");
    refuses(state, "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"status\":[{\"status\":\"arrested\"}]}]",
        "people[0].status[0].at: This is missing.");
    refuses(state, "\"references\":[{\"system\":\"cris\",\"number\":\"\",\"at\":\"2010-02-09T00:00:00Z\"}]",
        "references[0].number: This is missing.");
}

static void nothing_is_later_than_now(void **state)
{
    Time now = T("2010-02-03T00:00:00Z");
    CaseDoc doc;
    Err err = { 0 };
    Arena *a = *state;

    assert_true(doc_read_at(a, doc_text(a, "\"closed_at\":\"2010-02-03T00:00:00Z\""), now, &doc, &err));
    assert_false(doc_read_at(a, doc_text(a, "\"closed_at\":\"2010-02-03T00:00:01Z\""), now, &doc, &err));
    assert_string_equal(err.text, "closed_at: 2010-02-03T00:00:01Z is in the future; it is 2010-02-03T00:00:00Z now.");
    assert_false(doc_read_at(a,
        doc_text(a, "\"books\":[{\"serial\":\"1\",\"completed_at\":\"2010-02-02T00:00:00Z\",\"index\":{\"at\":\"2010-"
                    "02-04T00:00:00Z\"}}]"),
        now, &doc, &err));
    assert_string_equal(err.field, "books[0].index.at");
    assert_false(doc_read_at(
        a, doc_text(a, "\"people\":[{\"key\":\"c1\",\"role\":\"child\",\"born\":\"2010-02-04\"}]"), now, &doc, &err));
    assert_string_equal(err.text, "people[0].born: 2010-02-04 is in the future.");
    assert_false(doc_read_at(a, doc_text(a, ""), T("2010-02-01T22:13:59Z"), &doc, &err));
    assert_string_equal(err.field, "reported_at");
}

static void addenda_and_movements_are_of_a_book_of_the_case(void **state)
{
    refuses(state, "\"addenda\":[{\"book\":\"7\",\"at\":\"2010-02-09T00:00:00Z\",\"text\":\"x\"}]",
        "addenda[0].book: No book of this case has the serial \"7\".");
    refuses(state, "\"book_moves\":[{\"book\":\"7\",\"to\":\"CSU\",\"at\":\"2010-02-09T00:00:00Z\"}]",
        "book_moves[0].book: No book of this case has the serial \"7\".");
}

static void person_keys_are_unique(void **state)
{
    refuses(state, "\"people\":[{\"key\":\"v1\",\"role\":\"victim\"},{\"key\":\"v1\",\"role\":\"suspect\"}]",
        "people[1].key: Another person of this case has this key.");
}

static void relationships_and_events_name_people_of_the_case(void **state)
{
    refuses(state,
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"relationship\":{\"to\":\"v9\",\"kind\":\"spouse\"}}]",
        "people[0].relationship.to: No person of this case has the key \"v9\".");
    refuses(state,
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"relationship\":{\"to\":\"s1\",\"kind\":\"spouse\"}}]",
        "people[0].relationship.to: Nobody is related to themselves.");
    refuses(state,
        "\"people\":[{\"key\":\"v1\",\"role\":\"victim\"},{\"key\":\"s1\",\"role\":\"suspect\",\"relationship\":{"
        "\"to\":\"v1\"}}]",
        "people[1].relationship.kind: A relationship says to whom and what kind.");
    refuses(state, "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"relationship\":{\"kind\":\"spouse\"}}]",
        "people[0].relationship.to: A relationship says to whom and what kind.");
    refuses(state, "\"events\":[{\"kind\":\"arrest\",\"person\":\"s1\",\"at\":\"2010-02-02T00:00:00Z\"}]",
        "events[0].person: No person of this case has the key \"s1\".");
    (void)doc_of(
        *state, "\"events\":[{\"kind\":\"court\",\"at\":\"2010-02-02T00:00:00Z\"}]"); /* of nobody in particular */
}

static void an_end_is_not_before_its_beginning(void **state)
{
    refuses(state, "\"incident\":{\"from\":\"2010-02-01T22:00:00Z\",\"to\":\"2010-02-01T21:59:59Z\"}",
        "incident.to: The incident cannot end before it begins.");
    refuses(
        state, "\"closed_at\":\"2010-02-01T22:13:59Z\"", "closed_at: A case cannot be closed before it was reported.");
    refuses(state,
        "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-02-02T00:00:00Z\",\"accepted_at\":\"2010-02-01T00:00:"
        "00Z\"}]",
        "owners[0].accepted_at: An offer cannot be accepted before it was made.");
    (void)doc_of(*state, "\"incident\":{\"from\":\"2010-02-01T22:00:00Z\",\"to\":\"2010-02-01T22:00:00Z\"}");
    (void)doc_of(*state, "\"cad\":{\"received_at\":\"2010-02-02T00:00:00Z\",\"closed_at\":\"2010-02-01T00:00:"
                         "00Z\"}"); /* records do that */
}

static void ids_are_plain(void **state)
{
    CaseDoc doc;
    Err err = { 0 };

    assert_false(
        doc_read_at(*state, "{\"format\":\"book124.case/1\",\"id\":\"a b\",\"reported_at\":\"2010-02-01T22:14:00Z\"}",
            TIME_MAX, &doc, &err));
    assert_string_equal(err.field, "id");
}

static void a_form_is_told_by_label_and_column(void **state)
{
    CaseDoc doc = doc_of(*state, "\"people\":[{\"key\":\"v1\",\"role\":\"victim\"}]");
    const Vocabs *v = vocabs_standard();
    Time now = T("2010-02-03T00:00:00Z");
    Err err = { 0 };
    Review r = { .kind = 1, .outcome = 1, .at = T("2010-02-04T00:00:00Z"), .withdrawn = { .at = TIME_NONE } };
    Owner o = { .unit = 1, .offered_at = T("2010-02-02T00:00:00Z"), .accepted_at = T("2010-02-01T00:00:00Z"), .refused_at = TIME_NONE, .recalled_at = TIME_NONE };
    Person p;

    assert_false(case_check_item(&doc, LIST_REVIEWS, &r, v, now, &err));
    assert_string_equal(err.field, "at");
    assert_string_equal(err.text, "Reviewed: 2010-02-04T00:00:00Z is in the future; it is 2010-02-03T00:00:00Z now.");
    assert_false(case_check_item(&doc, LIST_OWNERS, &o, v, now, &err));
    assert_string_equal(err.field, "accepted_at");
    case_item_init(LIST_PEOPLE, &p);
    p.key = "v1", p.role = 2;
    assert_false(case_check_item(&doc, LIST_PEOPLE, &p, v, now, &err));
    assert_string_equal(err.text, "Key: Another person of this case has this key.");
    p.key = "s1", p.related_to = "v2", p.relationship = 1;
    assert_false(case_check_item(&doc, LIST_PEOPLE, &p, v, now, &err));
    assert_string_equal(err.field, "relationship_to");
    p.related_to = "v1";
    assert_true(case_check_item(&doc, LIST_PEOPLE, &p, v, now, &err));
    assert_true(case_check_item(&doc, LIST_PEOPLE, &doc.people[0], v, now, &err)); /* not against itself */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(every_required_field_is_required),
        FACT(every_required_field_of_every_list_is_required),
        FACT(the_required_fields_are_these),
        FACT(what_is_missing_in_a_list_is_named_by_its_place_in_the_file),
        FACT(nothing_is_later_than_now),
        FACT(addenda_and_movements_are_of_a_book_of_the_case),
        FACT(person_keys_are_unique),
        FACT(relationships_and_events_name_people_of_the_case),
        FACT(an_end_is_not_before_its_beginning),
        FACT(ids_are_plain),
        FACT(a_form_is_told_by_label_and_column),
    };

    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
