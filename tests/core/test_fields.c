/* test_fields.c — the catalogue agrees with itself, and a value goes in and out of every kind of field. */
#include "core_test.h"

/* Every row there is, the document's own as list LIST_COUNT. */
typedef void EachField(CaseListId list, const CaseField *f, size_t size, void *with);

static void each_field(EachField *each, void *with)
{
    for (size_t i = 0; i < case_n_scalars; i++) each(LIST_COUNT, &case_scalars[i], sizeof(CaseDoc), with);
    for (CaseListId list = 0; list < LIST_COUNT; list++)
        for (size_t i = 0; i < case_lists[list].n_fields; i++)
            each(list, &case_lists[list].fields[i], case_lists[list].item_size, with);
}

static void row_is_sound(CaseListId list, const CaseField *f, size_t size, void *with)
{
    char column[64];

    snprintf(column, sizeof column, "%s", f->path);
    for (char *p = column; *p; p++)
        if (*p == '.') *p = '_';
    assert_string_equal(f->column, column);
    assert_true(f->offset < size);
    assert_true(f->label && *f->label && strlen(f->label) <= 20);
    if (f->help) assert_true(f->help[strlen(f->help) - 1] == '.' && strlen(f->help) <= 110);
    if (f->kind == FIELD_CODE) assert_true(f->vocab < VOCAB_COUNT);
    if (f->flags & FIELD_ORDER) assert_int_equal(f->kind, FIELD_TIME);
}

static void every_row_is_sound(void **state)
{
    each_field(row_is_sound, NULL);
}

static void rows_of_one_prefix_stand_together(void **state)
{
    for (CaseListId list = 0; list <= LIST_COUNT; list++) {
        const CaseField *f = list == LIST_COUNT ? case_scalars : case_lists[list].fields;
        size_t n = list == LIST_COUNT ? case_n_scalars : case_lists[list].n_fields;
        for (size_t i = 0; i < n; i++) {
            const char *dot = strchr(f[i].path, '.');
            size_t prefix = dot ? (size_t)(dot - f[i].path) + 1 : 0;
            bool left = false;
            for (size_t k = i + 1; dot && k < n; k++) {
                bool same = strncmp(f[i].path, f[k].path, prefix) == 0;
                assert_false(same && left);
                left = left || !same;
            }
        }
    }
}

static void columns_and_offsets_are_never_shared(void **state)
{
    for (CaseListId list = 0; list < LIST_COUNT; list++) {
        const CaseList *l = &case_lists[list];
        for (size_t i = 0; i < l->n_fields; i++) {
            assert_ptr_equal(case_list_field(list, l->fields[i].column), &l->fields[i]);
            for (size_t k = 0; k < i; k++) assert_int_not_equal(l->fields[i].offset, l->fields[k].offset);
        }
    }
    assert_null(case_list_field(LIST_REVIEWS, "nothing"));
}

static void every_list_but_people_and_consent_has_one_order(void **state)
{
    for (CaseListId list = 0; list < LIST_COUNT; list++) {
        int orders = 0;
        for (size_t i = 0; i < case_lists[list].n_fields; i++)
            orders += (case_lists[list].fields[i].flags & FIELD_ORDER) != 0;
        assert_int_equal(orders, list != LIST_PEOPLE && list != LIST_CONSENT);
    }
}

static const CaseField *scalar(const char *column)
{
    for (size_t i = 0; i < case_n_scalars; i++)
        if (strcmp(case_scalars[i].column, column) == 0) return &case_scalars[i];
    fail_msg("no scalar %s", column);
    return NULL;
}

static const char *sample(FieldKind kind, const Vocabs *v, VocabId vocab)
{
    switch (kind) {
    case FIELD_TIME: return "2010-02-01T22:14:00Z";
    case FIELD_DATE: return "1980-03-04";
    case FIELD_CODE: return vocab_word(v, vocab, 2);
    case FIELD_CODES: return vocab_word(v, vocab, 2);
    case FIELD_YES: return "true";
    case FIELD_JSON: return "{\"a\":[1,2]}";
    case FIELD_ANSWERS: return "{\"separation\":{\"answer\":\"yes\",\"context\":\"left\"}}";
    default: return "some words";
    }
}

static void goes_in_and_out(CaseListId list, const CaseField *f, size_t size, void *with)
{
    Arena *a = with;
    const Vocabs *v = vocabs_standard();
    const char *text = sample(f->kind, v, f->vocab);
    void *item = arena_zero(a, 1, size);
    Err err = { 0 };

    if (!case_field_set(f, item, text, v, a, &err)) fail_msg("%s: %s", f->path, err.text);
    assert_string_equal(case_field_text(f, item, v, a), text);
    assert_true(*case_field_words(f, item, v, a));
    assert_true(case_field_set(f, item, "", v, a, NULL)); /* a form emptied */
    if (f->kind == FIELD_YES) {
        assert_string_equal(case_field_text(f, item, v, a), "false");
        return;
    }
    assert_null(case_field_text(f, item, v, a));
    assert_string_equal(case_field_words(f, item, v, a), "");
}

static void a_text_goes_into_every_field_and_comes_out(void **state)
{
    each_field(goes_in_and_out, *state);
}

static void words_are_for_people(void **state)
{
    const Vocabs *v = vocabs_standard();
    CaseDoc doc = doc_of(*state,
        "\"kind\":\"crime\",\"children\":{\"answer\":\"not-present\",\"at\":\"2010-07-01T12:00:00Z\"},"
        "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"at\":\"2010-07-01T12:00:00Z\","
        "\"answers\":"
        "{\"separation\":{\"answer\":\"yes\",\"context\":\"left\"},\"pregnancy\":{\"answer\":\"not-known\"}}}]");

    assert_string_equal(case_field_words(scalar("kind"), &doc, v, *state), "Crime");
    assert_string_equal(case_field_words(scalar("children_answer"), &doc, v, *state), "Children, not present");
    assert_string_equal(case_field_words(scalar("children_at"), &doc, v, *state), "Thu 1 Jul 2010 13:00");
    assert_string_equal(case_field_words(case_list_field(LIST_ASSESSMENTS, "answers"), doc.assessments, v, *state),
        "pregnancy: Not known\nseparation: Yes (left)");
}

/* What a form says about a value that does not fit: the label, the fault, the column. */
static void refused(Arena *a, CaseListId list, const char *column, const char *text, const char *sentence)
{
    const CaseField *f = list == LIST_COUNT ? scalar(column) : case_list_field(list, column);
    void *item = arena_zero(a, 1, sizeof(CaseDoc));
    Err err = { 0 };

    assert_false(case_field_set(f, item, text, vocabs_standard(), a, &err));
    assert_string_equal(err.field, column);
    if (sentence) assert_string_equal(err.text, sentence);
}

static void a_value_that_does_not_fit_is_refused_with_a_sentence(void **state)
{
    Arena *a = *state;
    char *longer = arena_alloc(a, 60002);

    refused(a, LIST_COUNT, "kind", "crimes",
        "Kind: \"crimes\" is not one of incident, crime, crime-related-incident or no-crime.");
    refused(a, LIST_COUNT, "reported_at", "yesterday", NULL);
    refused(a, LIST_PEOPLE, "born", "1980-02-30", NULL);
    refused(a, LIST_PEOPLE, "police_staff", "perhaps", "Police staff: Write yes or no.");
    refused(a, LIST_PEOPLE, "family", "two\nlines", "Family name: This is one line; it cannot hold a line break.");
    refused(
        a, LIST_PEOPLE, "family", "esc\033[31m", "Family name: A control character (byte 1B) cannot stand in a text.");
    refused(a, LIST_PEOPLE, "family", "nel\xc2\x85", NULL);
    refused(a, LIST_PEOPLE, "family", "ls\xe2\x80\xa8", NULL);
    refused(a, LIST_PEOPLE, "family", "bad\xff", "Family name: This text is broken at byte 4 (not UTF-8).");
    refused(a, LIST_REVIEWS, "text", "bell\a", "Text: A control character (byte 07) cannot stand in a text.");
    refused(a, LIST_BOOKS, "answers", "[1]", "Answers: This must be an object, not a list.");
    refused(a, LIST_BOOKS, "answers", "{", "Answers: This is not good JSON: it ends too early (byte 1).");
    refused(a, LIST_ASSESSMENTS, "answers", "{\"x\":{\"answer\":\"maybe\"}}",
        "Answers: x.answer: \"maybe\" is not one of yes, no, not-known, not-asked or declined.");
    memset(longer, 'x', 60001);
    longer[60001] = '\0';
    refused(a, LIST_REVIEWS, "text", longer, "Text: This text is too long: 60001 characters, where 60000 are allowed.");
    longer[401] = '\0';
    refused(
        a, LIST_PEOPLE, "family", longer, "Family name: This text is too long: 401 characters, where 400 are allowed.");
    longer[41] = '\0';
    refused(a, LIST_REVIEWS, "by", longer, NULL);
}

static void lengths_are_counted_in_characters(void **state)
{
    Str s = { 0 };
    Person p;

    for (int i = 0; i < 400; i++) str_add(&s, "\xc3\xa9");
    assert_true(
        case_field_set(case_list_field(LIST_PEOPLE, "family"), &p, str_text(&s), vocabs_standard(), *state, NULL));
    str_finish(&s);
}

static void a_long_text_holds_lines(void **state)
{
    Review r;

    assert_true(
        case_field_set(case_list_field(LIST_REVIEWS, "text"), &r, "one\r\n\ttwo\n", vocabs_standard(), *state, NULL));
    assert_string_equal(r.text, "one\r\n\ttwo\n");
}

static void answers_are_kept_canonical(void **state)
{
    Assessment x;

    assert_true(case_field_set(case_list_field(LIST_ASSESSMENTS, "answers"), &x,
        " { \"z\": {\"context\": \"c\", \"answer\": \"no\"}, \"gone\": null, \"a\": {\"answer\":\"yes\", \"context\": "
        "null} } ",
        vocabs_standard(), *state, NULL));
    assert_string_equal(x.answers, "{\"a\":{\"answer\":\"yes\"},\"z\":{\"answer\":\"no\",\"context\":\"c\"}}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(every_row_is_sound),
        FACT(rows_of_one_prefix_stand_together),
        FACT(columns_and_offsets_are_never_shared),
        FACT(every_list_but_people_and_consent_has_one_order),
        FACT(a_text_goes_into_every_field_and_comes_out),
        FACT(words_are_for_people),
        FACT(a_value_that_does_not_fit_is_refused_with_a_sentence),
        FACT(lengths_are_counted_in_characters),
        FACT(a_long_text_holds_lines),
        FACT(answers_are_kept_canonical),
    };

    return cmocka_run_group_tests_name("fields", tests, NULL, NULL);
}
