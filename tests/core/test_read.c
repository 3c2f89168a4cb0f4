/* test_read.c — what is refused, where, and in which words. */
#include "core_test.h"

static void refuses(void **state, const char *members, const char *sentence)
{
    assert_string_equal(refusal(*state, members), sentence);
}

static void refuses_text(Arena *a, const char *json, size_t n, const char *sentence)
{
    CaseDoc doc;
    Err err = { 0 };

    assert_false(case_read(json, n, vocabs_standard(), TIME_MAX, a, &doc, NULL, &err));
    assert_int_equal(err.kind, ERR_INVALID);
    assert_string_equal(err.text, sentence);
}

/* ---- keys ---- */

static void an_unknown_key_is_named_with_its_nearest(void **state)
{
    refuses(state, "\"people\":[{\"key\":\"v1\",\"role\":\"victim\"},{\"key\":\"s1\",\"roel\":\"suspect\"}]",
        "people[1].roel: unknown key (did you mean \"role\"?).");
    refuses(state, "\"cad\":{\"numbr\":\"1\"}", "cad.numbr: unknown key (did you mean \"number\"?).");
    refuses(state, "\"revews\":[]", "revews: unknown key (did you mean \"reviews\"?).");
    refuses(state, "\"incidnet\":{}", "incidnet: unknown key (did you mean \"incident\"?).");
    refuses(state, "\"zzzzzzzzzzzz\":1", "zzzzzzzzzzzz: unknown key.");
    refuses(state, "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"statsu\":[]}]",
        "people[0].statsu: unknown key (did you mean \"status\"?).");
    refuses(state, "\"books\":[{\"serial\":\"1\",\"index\":{\"nubmer\":\"x\"}}]",
        "books[0].index.nubmer: unknown key (did you mean \"number\"?).");
    refuses(state, "\"status\":[]", "status: unknown key.");
    refuses(state, "\"cad.number\":\"1\"", "cad.number: unknown key.");
    refuses(state, "\"\":1", ": unknown key.");
}

static void the_example_of_the_contract_is_said_so(void **state)
{
    refuses(
        state, "\"people\":[{\"key\":\"v1\",\"role\":\"victim\"},{\"nmae\":\"x\"}]", "people[1].nmae: unknown key.");
}

static void a_hostile_key_is_made_visible(void **state)
{
    refuses(state, "\"a\\u202eb\\u001b\":1", "a\u2039U+202E\u203ab\u2039ESC\u203a: unknown key.");
}

static void a_key_given_twice_is_refused(void **state)
{
    refuses(state, "\"kind\":\"crime\",\"kind\":\"incident\"", "kind: This key is given twice.");
    refuses(state, "\"cad\":{\"number\":\"1\"},\"cad\":{\"result\":\"domestic\"}", "cad: This key is given twice.");
    refuses(state, "\"cad\":{\"number\":\"1\",\"n\\u0075mber\":\"1\"}", "cad.number: This key is given twice.");
    refuses(state, "\"kind\":null,\"kind\":null", "kind: This key is given twice.");
    refuses(state, "\"flags\":[],\"flags\":[]", "flags: This key is given twice.");
    refuses(state, "\"format\":\"book124.case/1\"", "format: This key is given twice.");
    refuses(state, "\"consent\":{\"idva\":\"given\",\"idva\":\"given\"}", "consent: \"idva\" is answered twice.");
    assert_non_null(strstr(
        refusal(*state, "\"books\":[{\"serial\":\"1\",\"answers\":{\"a\":1,\"a\":2}}]"), "a key is given twice"));
}

static void lenient_reading_warns_and_goes_on(void **state)
{
    const char *json = doc_text(*state,
        "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"nmae\":{\"deep\":[1,{}]}}],\"x\":1,\"kind\":\"crime\"");
    CaseWarnings w;
    CaseDoc doc;

    assert_true(case_read(json, strlen(json), vocabs_standard(), TIME_MAX, *state, &doc, &w, NULL));
    assert_int_equal(w.n, 2);
    assert_string_equal(w.text[0], "people[0].nmae: unknown key.");
    assert_string_equal(w.text[1], "x: unknown key.");
    assert_int_equal(doc.n_people, 1);
    assert_true(doc.kind != CODE_NONE);
}

static void many_warnings_are_counted(void **state)
{
    Str s = { 0 };
    CaseWarnings w;
    CaseDoc doc;

    str_add(&s, HEAD);
    for (int i = 0; i < 30; i++) str_addf(&s, ",\"a-very-long-unknown-key-%d-%0200d\":1", i, 0);
    str_add(&s, "}");
    assert_true(case_read(s.s, s.n, vocabs_standard(), TIME_MAX, *state, &doc, &w, NULL));
    assert_int_equal(w.n, 30);
    assert_true(strlen(w.text[7]) < sizeof w.text[7]);
    str_finish(&s);
}

static void lenient_reading_still_refuses_wrong_values(void **state)
{
    const char *json = doc_text(*state, "\"x\":1,\"kind\":\"crimes\"");
    CaseWarnings w;
    CaseDoc doc;
    Err err = { 0 };

    assert_false(case_read(json, strlen(json), vocabs_standard(), TIME_MAX, *state, &doc, &w, &err));
    assert_string_equal(err.field, "kind");
}

/* ---- values ---- */

static void a_word_outside_its_vocabulary_is_told_the_choices(void **state)
{
    refuses(state, "\"kind\":\"crimes\"",
        "kind: \"crimes\" is not one of incident, crime, crime-related-incident or no-crime.");
    refuses(state, "\"cad\":{\"result\":\"\"}", "cad.result: \"\" is not one of domestic or not-domestic.");
    refuses(
        state, "\"consent\":{\"idva\":\"yes\"}", "consent.idva: \"yes\" is not one of given, refused or not-asked.");
    refuses(state, "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"status\":[{\"status\":\"gone\"}]}]",
        "people[0].status[0].status: \"gone\" is not one of outstanding, arrested, bailed, charged, cautioned, "
        "released, no-further-action or died.");
}

static void a_value_of_the_wrong_type_is_told_the_right_one(void **state)
{
    refuses(state, "\"borough\":5", "borough: This must be a text, not a number.");
    refuses(state, "\"borough\":true", "borough: This must be a text, not true or false.");
    refuses(state, "\"attended_at\":1265062440",
        "attended_at: This must be a time such as \"2010-02-01T22:14:00Z\", not a number.");
    refuses(state, "\"people\":[{\"born\":1980}]",
        "people[0].born: This must be a date such as \"1980-03-04\", not a number.");
    refuses(state, "\"people\":[{\"police_staff\":\"no\"}]",
        "people[0].police_staff: This must be true or false, not a text.");
    refuses(state, "\"people\":{\"key\":\"v1\"}", "people: This must be a list, not an object.");
    refuses(state, "\"people\":[null]", "people[0]: This must be an object, not null.");
    refuses(state, "\"people\":[[]]", "people[0]: This must be an object, not a list.");
    refuses(state, "\"cad\":\"8123\"", "cad: This must be an object, not a text.");
    refuses(state, "\"consent\":[]", "consent: This must be an object {agency: answer}, not a list.");
    refuses(state, "\"consent\":{\"idva\":1}", "consent.idva: This must be a text, not a number.");
    refuses(state, "\"books\":[{\"answers\":[]}]", "books[0].answers: This must be an object, not a list.");
    refuses(state, "\"kind\":1", "kind: This must be a text, not a number.");
}

static void the_format_must_be_ours(void **state)
{
    static const char other[] = "{\"format\":\"book124.case/2\",\"id\":\"x\",\"reported_at\":\"2010-02-01T22:14:00Z\"}";
    static const char number[] = "{\"format\":1}";

    refuses_text(*state, other, strlen(other), "format: This must be \"book124.case/1\".");
    refuses_text(*state, number, strlen(number), "format: This must be \"book124.case/1\".");
}

static void only_an_object_is_a_case(void **state)
{
    refuses_text(*state, "[]", 2, "This must be a case, an object {…}, not a list.");
    refuses_text(*state, "\"x\"", 3, "This must be a case, an object {…}, not a text.");
    refuses_text(*state, "null", 4, "This must be a case, an object {…}, not null.");
}

static void times_are_rfc_3339(void **state)
{
    CaseDoc doc = doc_of(*state, "\"attended_at\":\"2010-07-01T12:00:00+01:00\"");

    assert_int_equal(doc.attended_at, T("2010-07-01T11:00:00Z"));
    assert_non_null(strstr(refusal(*state, "\"attended_at\":\"2010-07-01\""), "attended_at: "));
    assert_non_null(strstr(refusal(*state, "\"attended_at\":\"2010-13-01T00:00:00Z\""), "attended_at: "));
    assert_non_null(strstr(refusal(*state, "\"attended_at\":\"\""), "attended_at: "));
}

static void texts_are_kept_as_given(void **state)
{
    CaseDoc doc =
        doc_of(*state, "\"incident\":{\"place\":\" 12 \\\"Caf\\u00e9\\\" \\\\ e\\u0301 \\ud83d\\ude00 \\/ \"}");

    assert_string_equal(doc.incident_place, " 12 \"Caf\u00e9\" \\ e\u0301 \U0001F600 / ");
}

static void controls_and_breaks_do_not_stand_in_one_line(void **state)
{
    refuses(
        state, "\"incident\":{\"place\":\"a\\nb\"}", "incident.place: This is one line; it cannot hold a line break.");
    refuses(state, "\"incident\":{\"place\":\"a\\u001bb\"}",
        "incident.place: A control character (byte 1B) cannot stand in a text.");
    refuses(state, "\"incident\":{\"place\":\"a\\u007fb\"}",
        "incident.place: A control character (byte 7F) cannot stand in a text.");
    refuses(state, "\"consent\":{\"a\\nb\":\"given\"}",
        "consent.a\u2039LF\u203ab: This is one line; it cannot hold a line break.");
    refuses(state, "\"consent\":{\"\":\"given\"}", "consent[0].to: This is missing.");
}

static void nul_never_comes_in(void **state)
{
    assert_non_null(strstr(refusal(*state, "\"borough\":\"K\\u0000G\""), "NUL"));
    assert_non_null(strstr(refusal(*state, "\"bo\\u0000rough\":\"KG\""), "NUL"));
    assert_non_null(strstr(refusal(*state, "\"books\":[{\"answers\":{\"a\":\"\\u0000\"}}]"), "NUL"));
}

static void risk_answers_are_checked(void **state)
{
#define RISK(answers)                                                                                                  \
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"at\":\"2010-02-02T00:00:00Z\","          \
    "\"answers\":" answers "}]"
    refuses(state, RISK("{\"separation\":{\"answer\":\"maybe\"}}"),
        "assessments[0].answers.separation.answer: \"maybe\" is not one of yes, no, not-known, not-asked or declined.");
    refuses(state, RISK("{\"separation\":\"yes\"}"),
        "assessments[0].answers.separation: This must be an object {\"answer\": …, \"context\": …}, not a text.");
    refuses(state, RISK("{\"separation\":{\"context\":\"x\"}}"),
        "assessments[0].answers.separation.answer: This is missing.");
    refuses(state, RISK("{\"separation\":{\"answer\":\"yes\",\"context\":5}}"),
        "assessments[0].answers.separation.context: This must be a text, not a number.");
    refuses(state, RISK("{\"separation\":{\"answer\":\"yes\",\"note\":\"x\"}}"),
        "assessments[0].answers.separation.note: unknown key.");
    refuses(state, RISK("{\"separation\":{\"answer\":\"yes\",\"contxt\":\"x\"}}"),
        "assessments[0].answers.separation.contxt: unknown key (did you mean \"context\"?).");
    CaseDoc doc = doc_of(*state,
        RISK(
            "{\"z\":{\"context\":\"c\",\"answer\":\"yes\"},\"none\":null,\"a\":{\"answer\":\"no\",\"context\":null}}"));
    assert_string_equal(
        doc.assessments[0].answers, "{\"a\":{\"answer\":\"no\"},\"z\":{\"answer\":\"yes\",\"context\":\"c\"}}");
}

static void the_book_s_answers_are_any_object(void **state)
{
    CaseDoc doc = doc_of(*state, "\"books\":[{\"serial\":\"1\",\"completed_at\":\"2010-02-02T00:00:00Z\",\"answers\":{ "
                                 "\"b\" : [1, 2.5, null, true], \"a\":{\"x\":\"\\u00e9\"} }}]");

    assert_string_equal(doc.books[0].answers, "{\"a\":{\"x\":\"\u00e9\"},\"b\":[1,2.5,null,true]}");
}

/* ---- limits ---- */

static void a_hundred_thousand_brackets_are_one_sentence(void **state)
{
    Str s = { 0 };

    for (int i = 0; i < 100000; i++) str_add_char(&s, '[');
    refuses_text(*state, s.s, s.n, "The JSON is nested more than 64 deep.");
    str_clear(&s);
    str_add(&s, HEAD ",\"books\":[{\"serial\":\"1\",\"answers\":");
    for (int i = 0; i < 100000; i++) str_add(&s, "{\"a\":");
    refuses_text(*state, s.s, s.n, "The JSON is nested more than 64 deep.");
    str_finish(&s);
}

static void sixty_four_deep_is_still_read(void **state)
{
    for (int deep = 60; deep <= 62; deep++) { /* the document, the list and the book are three */
        Str s = { 0 };
        CaseDoc doc;
        str_add(&s, HEAD ",\"books\":[{\"serial\":\"1\",\"completed_at\":\"2010-02-02T00:00:00Z\",\"answers\":");
        for (int i = 0; i < deep; i++) str_add(&s, "{\"a\":");
        str_add(&s, "1");
        for (int i = 0; i < deep; i++) str_add(&s, "}");
        str_add(&s, "}]}");
        assert_int_equal(doc_read_at(*state, s.s, TIME_MAX, &doc, NULL), deep <= 61);
        str_finish(&s);
    }
}

static void brackets_in_texts_are_no_depth(void **state)
{
    CaseDoc doc = doc_of(*state, "\"incident\":{\"place\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
                                 "[[[[[[[[[[[[[[ \\\" {{{\"}");

    assert_non_null(doc.incident_place);
}

static void a_list_has_a_limit(void **state)
{
    for (int n = 5000; n <= 5001; n++) {
        Str s = { 0 };
        CaseDoc doc;
        Err err = { 0 };
        str_add(&s, HEAD ",\"notices\":[");
        for (int i = 0; i < n; i++) str_addf(&s, "%s{\"to\":\"di\",\"at\":\"2010-02-02T00:00:00Z\"}", i ? "," : "");
        str_add(&s, "]}");
        assert_int_equal(doc_read_at(*state, s.s, TIME_MAX, &doc, &err), n == 5000);
        if (n > 5000) assert_string_equal(err.text, "notices: This list holds more than 5000 entries.");
        str_finish(&s);
    }
}

static void texts_have_limits(void **state)
{
    Str s = { 0 };

    str_add(&s, "\"incident\":{\"place\":\"");
    for (int i = 0; i < 401; i++) str_add(&s, "\xc3\xa9");
    str_add(&s, "\"}");
    refuses(state, s.s, "incident.place: This text is too long: 401 characters, where 400 are allowed.");
    str_clear(&s);
    str_add(&s, "\"books\":[{\"answers\":{\"a\":\"");
    for (int i = 0; i < 2000000; i++) str_add_char(&s, 'x');
    str_add(&s, "\"}}]");
    refuses(state, s.s, "books[0].answers: The answers are too long: 2000008 bytes, where 2000000 are allowed.");
    str_finish(&s);
}

static void bad_json_is_told_where(void **state)
{
    refuses_text(*state, "", 0, "This is not good JSON: it ends too early (byte 1).");
    refuses_text(*state, "{\"id\":", 6, "This is not good JSON: it ends too early (byte 7).");
    refuses_text(*state, HEAD "} x", strlen(HEAD "} x"), "This is not good JSON: something follows its end (byte 78).");
    refuses_text(*state, "{\"id\":\"\xff\"}", 9, "This is not good JSON: a text is not UTF-8 (byte 8).");
    refuses_text(
        *state, "{\"id\" \"x\"}", 10, "This is not good JSON: a sign is missing or does not belong there (byte 7).");
}

static void every_beginning_of_a_document_is_refused(void **state)
{
    const char *json = doc_text(*state,
        "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"born\":\"1980-03-04\",\"police_staff\":true}],"
        "\"books\":[{\"serial\":\"1\",\"completed_at\":\"2010-02-02T00:00:00Z\",\"answers\":{\"a\":[1,-2.5e3,null]}}],"
        "\"consent\":{\"idva\":\"given\"}");
    size_t n = strlen(json);

    for (size_t i = 0; i < n; i++) {
        char *part = malloc(i ? i : 1); /* exact, so that one byte too far is seen */
        CaseDoc doc;
        Err err = { 0 };
        memcpy(part, json, i);
        assert_false(case_read(part, i, vocabs_standard(), TIME_MAX, *state, &doc, NULL, &err));
        assert_true(*err.text);
        free(part);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(an_unknown_key_is_named_with_its_nearest),
        FACT(the_example_of_the_contract_is_said_so),
        FACT(a_hostile_key_is_made_visible),
        FACT(a_key_given_twice_is_refused),
        FACT(lenient_reading_warns_and_goes_on),
        FACT(many_warnings_are_counted),
        FACT(lenient_reading_still_refuses_wrong_values),
        FACT(a_word_outside_its_vocabulary_is_told_the_choices),
        FACT(a_value_of_the_wrong_type_is_told_the_right_one),
        FACT(the_format_must_be_ours),
        FACT(only_an_object_is_a_case),
        FACT(times_are_rfc_3339),
        FACT(texts_are_kept_as_given),
        FACT(controls_and_breaks_do_not_stand_in_one_line),
        FACT(nul_never_comes_in),
        FACT(risk_answers_are_checked),
        FACT(the_book_s_answers_are_any_object),
        FACT(a_hundred_thousand_brackets_are_one_sentence),
        FACT(sixty_four_deep_is_still_read),
        FACT(brackets_in_texts_are_no_depth),
        FACT(a_list_has_a_limit),
        FACT(texts_have_limits),
        FACT(bad_json_is_told_where),
        FACT(every_beginning_of_a_document_is_refused),
    };

    return cmocka_run_group_tests_name("read", tests, NULL, NULL);
}
