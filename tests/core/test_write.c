/* test_write.c — one case has one text. */
#include "core_test.h"

/* The example of interchange §1 with its keys in another order, its times elsewhere, and its absences spelled out. */
static void a_document_is_written_in_the_order_of_the_contract(void **state)
{
    size_t n;
    char *in = file_bytes(TEST_DATA "/contract-shuffled.json", &n), *out = file_bytes(TEST_DATA "/contract.json", &n);
    CaseDoc doc;
    Err err = { 0 };

    assert_non_null(in);
    assert_non_null(out);
    out[strcspn(out, "\n")] = '\0';
    if (!doc_read_at(*state, in, TIME_MAX, &doc, &err)) fail_msg("%s", err.text);
    assert_string_equal(written(*state, &doc), out);
    if (!doc_read_at(*state, out, TIME_MAX, &doc, &err)) fail_msg("%s", err.text);
    assert_string_equal(written(*state, &doc), out);
    free(in);
    free(out);
}

static void answers_leave_without_signs_that_deceive(void **state)
{
    CaseDoc doc = doc_of(*state, "\"books\":[{\"serial\":\"1\",\"completed_at\":\"2010-02-02T00:00:00Z\",\"answers\":{\"a\":"
                                 "\"\\u202e \\udb40\\udc41 \\u00e9 \\\\\"}}]");

    assert_non_null(strstr(written(*state, &doc), "{\"a\":\"\\u202e \\udb40\\udc41 \u00e9 \\\\\"}"));
}

static void what_is_absent_is_left_out(void **state)
{
    CaseDoc doc = doc_of(*state,
        "\"cad\":{\"number\":null},\"incident\":null,\"flags\":[],\"consent\":{\"idva\":null},\"borough\":\"\"");

    assert_string_equal(written(*state, &doc), HEAD "}");
}

/* As little as JSON allows, and what would deceive whoever reads the file elsewhere. */
static void texts_are_escaped_where_they_must_be(void **state)
{
    CaseDoc doc =
        doc_of(*state, "\"reviews\":[{\"kind\":\"qa\",\"at\":\"2010-02-02T00:00:00Z\",\"outcome\":\"satisfied\","
                       "\"text\":\"\\\"q\\\" \\\\ \\/ \\n\\t\\r \\u00e9 \\u2028 \\u202e\"}]");

    assert_string_equal(written(*state, &doc),
        HEAD ",\"reviews\":[{\"kind\":\"qa\",\"at\":\"2010-02-02T00:00:00Z\",\"outcome\":\"satisfied\","
             "\"text\":\"\\\"q\\\" \\\\ / \\n\\t\\r \u00e9 \\u2028 \\u202e\"}]}");
}

static void numbers_in_answers_keep_their_value(void **state)
{
    CaseDoc doc = doc_of(*state, "\"books\":[{\"serial\":\"1\",\"completed_at\":\"2010-02-02T00:00:00Z\",\"answers\":"
                                 "{\"a\":0.1,\"b\":1e300,\"c\":-0.0,\"d\":9223372036854775807,\"e\":1.0}}]");
    const char *once = written(*state, &doc);
    CaseDoc again;

    assert_true(doc_read_at(*state, once, TIME_MAX, &again, NULL));
    assert_string_equal(written(*state, &again), once);
    assert_true(case_same(&doc, &again));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(a_document_is_written_in_the_order_of_the_contract),
        FACT(answers_leave_without_signs_that_deceive),
        FACT(what_is_absent_is_left_out),
        FACT(texts_are_escaped_where_they_must_be),
        FACT(numbers_in_answers_keep_their_value),
    };

    return cmocka_run_group_tests_name("write", tests, NULL, NULL);
}
