/* test_form_project.c — from answers to the facts of a case and back: nothing said becomes absent, twice is once, and what was
** prefilled changes nothing. Told on small cases, and then for every case beside the source with answers made at random. */
#include "form_files.h"

static Policy *policy;
static FormSpec *book;
static const Vocabs *vocabs;
static Arena *arena;
static Time now;

static int start(void **unused)
{
    policy = standard_policy();
    book = shipped(policy, FORM_BOOK);
    vocabs = policy_vocabs(policy);
    now = at("2010-12-31T12:00:00Z");
    return 0;
}

static int stop(void **unused)
{
    form_spec_free(&book);
    policy_free(&policy);
    return 0;
}

static int up(void **unused)
{
    arena = arena_new();
    return 0;
}

static int down(void **unused)
{
    arena_free(&arena);
    return 0;
}

#define FACT(f) cmocka_unit_test_setup_teardown(f, up, down)

/* ---- small helps ---- */

static CaseDoc case_of(const char *members)
{
    CaseDoc doc;
    Err err = { 0 };
    const char *json = arena_printf(arena,
        "{\"format\":\"book124.case/1\",\"id\":\"KG-1\",\"reported_at\":\"2010-02-01T22:14:00Z\"%s%s}",
        *members ? "," : "", members);

    if (!case_read(json, strlen(json), vocabs, TIME_MAX, arena, &doc, NULL, &err)) fail_msg("%s", err.text);
    return doc;
}

static const char *written(const CaseDoc *doc)
{
    Str s = { 0 };
    const char *text;

    case_write(doc, vocabs, &s);
    text = arena_dup(arena, str_text(&s));
    str_finish(&s);
    return text;
}

static Answers *answers_of(const char *json)
{
    Err err = { 0 };
    Answers *a = answers_read(json, strlen(json), &err);

    if (!a) fail_msg("%s", err.text);
    return a;
}

static void project(const FormSpec *f, const Answers *a, Time when, CaseDoc *doc)
{
    Err err = { 0 };
    CaseDoc before = *doc;
    CaseLack lack;
    const char *old = written(doc);

    if (!form_project(f, a, vocabs, when, doc, arena, &err)) fail_msg("%s", err.text);
    assert_string_equal(written(&before), old); /* the old lists are as they were */
    if (!case_extends(doc, &before, vocabs, &lack)) fail_msg("%s is gone (%s)", lack.what, lack.where);
    if (!case_check(doc, vocabs, TIME_MAX, &err)) fail_msg("%s\n%s", err.text, written(doc));
}

static void twice_is_once(const FormSpec *f, const Answers *a, Time when, CaseDoc *doc)
{
    const char *once = written(doc);

    project(f, a, when + 3600, doc);
    assert_string_equal(written(doc), once);
}

static void gives(const char *answers, const char *before, const char *after)
{
    CaseDoc doc = case_of(before);
    Answers *a = answers_of(answers);

    project(book, a, now, &doc);
    if (!strstr(written(&doc), after)) fail_msg("%s", written(&doc));
    twice_is_once(book, a, now, &doc);
    answers_free(&a);
}

/* ---- facts one by one ---- */

static void a_scalar_is_what_was_said(void **unused)
{
    gives("{\"incident.place\":\"12 Example Road\",\"reported.how\":\"call\"}", "",
        "\"incident\":{\"place\":\"12 Example Road\"}");
    gives("{\"incident.place\":\"14 Example Road\"}", "\"incident\":{\"place\":\"12 Example Road\",\"ward\":\"Abbey\"}",
        "\"incident\":{\"place\":\"14 Example Road\",\"ward\":\"Abbey\"}");
}

static void an_answer_about_children_has_its_time(void **unused)
{
    gives("{\"children.answer\":\"none\"}", "", "\"children\":{\"answer\":\"none\",\"at\":\"2010-12-31T12:00:00Z\"}");
    gives("{\"children.answer\":\"none\"}", "\"children\":{\"answer\":\"none\",\"at\":\"2010-02-01T23:10:00Z\"}",
        "\"children\":{\"answer\":\"none\",\"at\":\"2010-02-01T23:10:00Z\"}");
}

static void people_are_made_and_related(void **unused)
{
    gives(
        "{\"victim.family\":\"Example\",\"victim.staff\":\"no\",\"suspect.known\":\"yes\",\"suspect.family\":\"Other\","
        "\"relationship.kind\":\"ex-partner\",\"suspect.staff\":\"yes\"}",
        "",
        "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Example\",\"police_staff\":false,\"recorded_at\":"
        "\"2010-12-31T12:00:00Z\"},"
        "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Other\",\"police_staff\":true,\"recorded_at\":\"2010-12-"
        "31T12:00:00Z\","
        "\"relationship\":{\"to\":\"v1\",\"kind\":\"ex-partner\"}}]");
}

static void a_relationship_to_nobody_is_not_kept(void **unused)
{
    CaseDoc doc = case_of("");
    Answers *a =
        answers_of("{\"suspect.known\":\"yes\",\"suspect.family\":\"Other\",\"relationship.kind\":\"spouse\"}");

    project(book, a, now, &doc);
    assert_null(strstr(written(&doc), "relationship"));
    answers_free(&a);
}

static void who_is_known_is_filled_in_and_keeps_the_key(void **unused)
{
    gives("{\"victim.given\":\"Anne\",\"victim.born\":\"1980-03-04\"}",
        "\"people\":[{\"key\":\"x9\",\"role\":\"victim\",\"family\":\"Example\",\"sex\":\"female\"}]",
        "\"people\":[{\"key\":\"x9\",\"role\":\"victim\",\"family\":\"Example\",\"given\":\"Anne\",\"born\":\"1980-03-"
        "04\",\"sex\":\"female\"");
}

static void a_new_key_is_never_one_of_the_case(void **unused)
{
    gives("{\"victim.family\":\"Example\"}", "\"people\":[{\"key\":\"v1\",\"role\":\"witness\",\"family\":\"Wood\"}]",
        "{\"key\":\"v2\",\"role\":\"victim\"");
}

static void further_suspects_come_after_the_first(void **unused)
{
    CaseDoc doc = case_of("\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"One\"},{\"key\":\"s2\","
                          "\"role\":\"suspect\",\"family\":\"Two\"}]");
    Answers *a = answers_of("{\"suspect.known\":\"yes\",\"suspect.family\":\"Uno\",\"more-suspect\":[{},{\"family\":"
                            "\"Due\"},{\"family\":\"Tre\"}]}");

    project(book, a, now, &doc);
    assert_int_equal(doc.n_people, 3);
    assert_string_equal(doc.people[0].family, "Uno");
    assert_string_equal(doc.people[1].family, "Due");
    assert_string_equal(doc.people[2].family, "Tre");
    twice_is_once(book, a, now, &doc);
    answers_free(&a);
}

static void rows_of_a_role_that_is_answered_are_counted_by_role(void **unused)
{
    CaseDoc doc = case_of("");
    Answers *a =
        answers_of("{\"other\":[{\"role\":\"witness\",\"family\":\"Ash\"},{\"role\":\"informant\",\"family\":\"Elm\"},"
                   "{\"family\":\"no role\"},{\"role\":\"witness\",\"family\":\"Oak\"},{\"role\":\"witness\"}]}");

    project(book, a, now, &doc);
    assert_int_equal(doc.n_people, 3);
    assert_string_equal(doc.people[0].key, "w1");
    assert_string_equal(doc.people[1].key, "i1");
    assert_string_equal(doc.people[2].family, "Oak");
    twice_is_once(book, a, now, &doc);
    answers_free(&a);
}

static void a_status_is_added_once(void **unused)
{
    gives("{\"suspect.known\":\"yes\",\"suspect.family\":\"Oak\",\"suspect.status\":\"outstanding\"}", "",
        "\"status\":[{\"status\":\"outstanding\",\"at\":\"2010-12-31T12:00:00Z\"}]");
    gives("{\"suspect.status\":\"outstanding\"}",
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"status\":[{\"status\":\"outstanding\",\"at\":\"2010-02-"
        "01T23:00:00Z\"},"
        "{\"status\":\"arrested\",\"at\":\"2010-02-03T06:10:00Z\"}]}]",
        "\"status\":[{\"status\":\"outstanding\",\"at\":\"2010-02-01T23:00:00Z\"},{\"status\":\"arrested\",\"at\":"
        "\"2010-02-03T06:10:00Z\"}]");
    gives("{\"suspect.status\":\"bailed\",\"suspect.status-at\":\"2010-02-02T00:00:00Z\"}",
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"status\":[{\"status\":\"outstanding\",\"at\":\"2010-02-"
        "01T23:00:00Z\"},"
        "{\"status\":\"arrested\",\"at\":\"2010-02-03T06:10:00Z\"}]}]",
        "{\"status\":\"bailed\",\"at\":\"2010-02-02T00:00:00Z\"},{\"status\":\"arrested\"");
}

static void a_number_is_a_reference_of_its_own(void **unused)
{
    gives("{\"header.cris\":\"4212345/10\"}", "",
        "\"references\":[{\"system\":\"cris\",\"number\":\"4212345/10\",\"at\":\"2010-12-31T12:00:00Z\"}]");
    gives("{\"header.cris\":\"4212345/10\"}",
        "\"references\":[{\"system\":\"cris\",\"number\":\"4212345/10\",\"at\":\"2010-02-01T23:40:00Z\"}]",
        "\"references\":[{\"system\":\"cris\",\"number\":\"4212345/10\",\"at\":\"2010-02-01T23:40:00Z\"}]");
    gives("{\"header.cris\":\"4212346/10\"}",
        "\"references\":[{\"system\":\"cris\",\"number\":\"4212345/10\",\"at\":\"2010-02-01T23:40:00Z\"}]",
        "\"number\":\"4212345/10\",\"at\":\"2010-02-01T23:40:00Z\"},{\"system\":\"cris\",\"number\":\"4212346/10\"");
}

static void a_yes_makes_a_flag_and_a_no_makes_none(void **unused)
{
    CaseDoc doc = case_of("");
    Answers *a = answers_of("{\"allegation.honour\":\"no\",\"allegation.forced-marriage\":\"not-known\"}");

    gives("{\"allegation.honour\":\"yes\"}", "", "\"flags\":[{\"flag\":\"hbv\",\"at\":\"2010-12-31T12:00:00Z\"}]");
    gives("{\"allegation.honour\":\"yes\"}",
        "\"flags\":[{\"flag\":\"hbv\",\"at\":\"2010-02-01T23:40:00Z\",\"by\":\"201234\"}]",
        "\"flags\":[{\"flag\":\"hbv\",\"at\":\"2010-02-01T23:40:00Z\",\"by\":\"201234\"}]");
    project(book, a, now, &doc);
    assert_int_equal(doc.n_flags, 0);
    answers_free(&a);
}

static void several_offences_are_an_item_each(void **unused)
{
    CaseDoc doc = case_of("\"offences\":[{\"class\":\"s47\",\"attempt\":true,\"at\":\"2010-02-01T23:40:00Z\"}]");
    Answers *a = answers_of("{\"allegation.offences\":[\"s47\",\"harassment\"]}");

    project(book, a, now, &doc);
    assert_int_equal(doc.n_offences, 2);
    twice_is_once(book, a, now, &doc);
    answers_free(&a);
}

static void an_arrest_is_an_event_of_the_suspect(void **unused)
{
    gives("{\"suspect.known\":\"yes\",\"suspect.family\":\"Oak\",\"suspect.arrested\":\"yes\",\"suspect.arrest-at\":"
          "\"2010-02-03T06:10:00Z\"}",
        "", "\"events\":[{\"kind\":\"arrest\",\"person\":\"s1\",\"at\":\"2010-02-03T06:10:00Z\"}]");
}

static void consent_takes_the_place_of_an_earlier_one(void **unused)
{
    gives("{\"support.consent\":\"refused\"}", "\"consent\":{\"victim-support\":\"given\",\"other\":\"given\"}",
        "\"consent\":{\"victim-support\":\"refused\",\"other\":\"given\"}");
}

static const char risk_answers[] =
    "{\"risk.separation\":\"yes\",\"risk.separation.context\":\"left in January\",\"risk.pets\":\"no\","
    "\"risk.pets.context\":\"not asked, so not kept\",\"risk.grade\":\"medium\",\"risk.rationale\":\"x\"}";

static void risk_is_one_assessment_with_its_factors(void **unused)
{
    gives(risk_answers, "",
        "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"at\":\"2010-12-31T12:00:00Z\","
        "\"grade\":\"medium\","
        "\"rationale\":\"x\",\"answers\":{\"pets\":{\"answer\":\"no\"},\"separation\":{\"answer\":\"yes\",\"context\":"
        "\"left in January\"}}}]");
}

static void an_assessment_is_never_changed_but_made_again(void **unused)
{
    CaseDoc doc = case_of("");
    Answers *a = answers_of(risk_answers);

    project(book, a, now, &doc);
    answers_put(a, "risk.grade", "high");
    project(book, a, now + 60, &doc);
    assert_int_equal(doc.n_assessments, 2);
    answers_put(a, "risk.grade", "medium"); /* going back is news */
    project(book, a, now + 120, &doc);
    assert_int_equal(doc.n_assessments, 3);
    twice_is_once(book, a, now, &doc);
    answers_free(&a);
}

static void what_is_wrong_is_refused_and_the_case_stays(void **unused)
{
    CaseDoc doc = case_of("");
    Answers *a = answers_of(
        "{\"incident.place\":\"12 Example Road\",\"victim.born\":\"some day\",\"victim.family\":\"Example\"}");
    const char *before = written(&doc);
    Err err = { 0 };

    assert_false(form_project(book, a, vocabs, now, &doc, arena, &err));
    assert_true(strlen(err.text) > 10);
    assert_string_equal(written(&doc), before);
    answers_free(&a);
}

/* ---- the way back ---- */

static void a_known_case_fills_the_form_in(void **unused)
{
    CaseDoc doc =
        case_of("\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Example\",\"police_staff\":true},"
                "{\"key\":\"c1\",\"role\":\"child\",\"given\":\"Ada\"},{\"key\":\"c2\",\"role\":\"child\"},{\"key\":"
                "\"c3\",\"role\":\"child\",\"given\":\"Bo\"},"
                "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"One\"},{\"key\":\"s2\",\"role\":\"suspect\","
                "\"family\":\"Two\"}],"
                "\"children\":{\"answer\":\"present\",\"at\":\"2010-02-01T23:10:00Z\"},\"flags\":[{\"flag\":\"fm\","
                "\"at\":\"2010-02-01T23:10:00Z\"}],"
                "\"references\":[{\"system\":\"cris\",\"number\":\"1/"
                "10\",\"at\":\"2010-02-01T23:10:00Z\"},{\"system\":\"cris\",\"number\":\"2/"
                "10\",\"at\":\"2010-02-02T23:10:00Z\"}],"
                "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"at\":\"2010-02-02T23:10:"
                "00Z\",\"grade\":\"high\"}]");
    Answers *a = answers_of("{\"victim.given\":\"Anne\",\"suspect.known\":\"yes\"}");

    form_prefill(book, &doc, vocabs, a);
    assert_string_equal(answers_get(a, "victim.family"), "Example");
    assert_string_equal(answers_get(a, "victim.given"), "Anne");
    assert_string_equal(answers_get(a, "victim.staff"), "yes");
    assert_string_equal(answers_get(a, "header.reported"), "2010-02-01T22:14:00Z");
    assert_string_equal(answers_get(a, "children.answer"), "present");
    assert_string_equal(answers_get(a, "child[0].given"), "Ada");
    assert_int_equal(
        answers_rows(a, "child"), 1); /* the second says nothing, so that the third would be taken for it */
    assert_string_equal(answers_get(a, "suspect.family"), "One");
    assert_string_equal(answers_get(a, "more-suspect[0].family"), "Two");
    assert_string_equal(answers_get(a, "header.cris"), "2/10");
    assert_string_equal(answers_get(a, "allegation.forced-marriage"), "yes");
    assert_string_equal(answers_get(a, "risk.grade"), ""); /* asked afresh */
    answers_free(&a);
}

static void what_is_answered_is_not_overwritten(void **unused)
{
    CaseDoc doc = case_of("\"incident\":{\"place\":\"12 Example "
                          "Road\"},\"people\":[{\"key\":\"c1\",\"role\":\"child\",\"given\":\"Ada\"}]");
    Answers *a = answers_of(
        "{\"incident.place\":\"elsewhere\",\"child\":[{\"given\":\"Eve\"}],\"children.answer\":\"present\"}");

    form_prefill(book, &doc, vocabs, a);
    assert_string_equal(answers_get(a, "incident.place"), "elsewhere");
    assert_string_equal(answers_get(a, "child[0].given"), "Eve");
    answers_free(&a);
}

/* The first suspect says nothing that a form asks: the second must not be taken for the first when the form comes back. */
static void nobody_takes_the_place_of_one_who_says_nothing(void **unused)
{
    CaseDoc doc = case_of(
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\"},{\"key\":\"s2\",\"role\":\"suspect\",\"family\":\"Two\"}]");
    const char *before = written(&doc);
    Answers *a = answers_new();

    form_prefill(book, &doc, vocabs, a);
    project(book, a, now, &doc);
    assert_string_equal(written(&doc), before);
    answers_free(&a);
}

/* A form of other entries than people: offences as rows, an assessment as rows, columns of the case beside an entry. */
static FormSpec *other_entries(void)
{
    return form_of(policy, "form other \"Other entries\"\n"
                           "section s \"S\" letter A\n    help \"h\"\n    entry contacts with=victim kind=safety\n"
                           "    s.result choice contact-result \"R\" help \"h\" fact result\n"
                           "    s.at moment \"A\" help \"h\" fact at\n"
                           "    s.place text \"P\" help \"h\" fact case.incident_place\n"
                           "    group offence \"O\" many \"Os\" up to 5\n        entry offences\n        help \"h\"\n"
                           "        class choice offence \"C\" help \"h\" fact class\n"
                           "        attempt answer \"A\" help \"h\" fact attempt\n"
                           "        merlin reference merlin \"M\" help \"h\" fact references.number system=merlin\n"
                           "    group dash \"D\" many \"Ds\" up to 5\n"
                           "        entry assessments instrument=dash-2009 stage=marac\n        help \"h\"\n"
                           "        grade choice grade \"G\" help \"h\" fact grade\n");
}

static void other_entries_are_added_once_and_filled_in(void **unused)
{
    FormSpec *f = other_entries();
    CaseDoc doc = case_of("\"offences\":[{\"class\":\"s47\",\"attempt\":false,\"at\":\"2010-02-01T23:40:00Z\"}]"),
            later;
    Answers *a = answers_of("{\"s.result\":\"spoke\",\"s.place\":\"here\",\"offence\":[{\"class\":\"s47\",\"merlin\":"
                            "\"10PAC012345\"},{\"attempt\":\"yes\"},"
                            "{\"class\":\"s18\",\"attempt\":\"yes\"}],\"dash\":[{\"grade\":\"high\"}]}");
    Answers *back = answers_new();

    project(f, a, now, &doc);
    assert_int_equal(doc.n_contacts, 1);
    assert_int_equal(doc.contacts[0].at, now);
    assert_string_equal(doc.incident_place, "here");
    assert_int_equal(doc.n_offences, 2); /* what has no class is none */
    assert_true(doc.offences[1].attempt);
    assert_int_equal(doc.n_references, 1);
    assert_int_equal(doc.n_assessments, 1);
    twice_is_once(f, a, now, &doc);
    form_prefill(f, &doc, vocabs, back);
    assert_string_equal(answers_get(back, "offence[1].class"), "s18");
    assert_string_equal(answers_get(back, "offence[1].attempt"), "yes");
    assert_string_equal(answers_get(back, "s.place"), "here");
    assert_int_equal(answers_rows(back, "dash"), 0); /* risk is asked afresh */
    later = doc;
    project(f, back, now + DAY, &later);
    assert_string_equal(written(&later), written(&doc));
    answers_free(&a);
    answers_free(&back);
    form_spec_free(&f);
}

static void a_fact_leads_to_its_question(void **unused)
{
    static const struct {
        CaseListId list;
        const char *column, *preset, *name;
    } facts[] = {
        { LIST_PEOPLE, "police_staff", "role=victim", "victim.staff" },
        { LIST_PEOPLE, "police_staff", "role=suspect", "suspect.staff" },
        { LIST_PEOPLE, "given", "role=child", "given" },
        { LIST_COUNT, "children_answer", "", "children.answer" },
        { LIST_COUNT, "reported_at", NULL, "header.reported" },
        { LIST_REFERENCES, "number", "system=cris", "header.cris" },
        { LIST_REFERENCES, "number", "system=merlin", "children.merlin" },
        { LIST_FLAGS, NULL, "flag=hbv", "allegation.honour" },
        { LIST_ASSESSMENTS, "grade", "stage=initial", "risk.grade" },
        { LIST_ASSESSMENTS, "answers", "stage=initial instrument=specss-plus", "risk.separation" },
        { LIST_STATUS, "status", "role=suspect", "suspect.status" },
    };

    for (size_t i = 0; i < ARRAY_LEN(facts); i++) {
        const FormQuestion *q = form_question_of_fact(book, facts[i].list, facts[i].column, facts[i].preset);
        assert_non_null(q);
        assert_string_equal(q->name, facts[i].name);
    }
    assert_null(form_question_of_fact(book, LIST_ASSESSMENTS, "grade", "stage=marac"));
    assert_null(form_question_of_fact(book, LIST_OWNERS, "unit", ""));
    assert_null(form_question_of_fact(book, LIST_PEOPLE, "family", "role=vic"));
}

/* ---- many cases, many answers ---- */

static uint32_t seed;

static size_t some(size_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* Something that a question takes. */
static const char *an_answer(const FormQuestion *q)
{
    static const char *const texts[] = { "Example", "Ash", "Oak", "an account of some length", "x" };
    static const char *const moments[] = { "2010-02-01T22:14:00Z", "2010-02-02T08:00:00Z", "2010-12-30T23:59:59Z" };

    if (q->n_choices) return q->choices[some(q->n_choices)].code;
    switch (q->kind) {
    case ASK_DATE: return some(2) ? "1980-03-04" : "2010-02-01";
    case ASK_TIME: return "23:10";
    case ASK_MOMENT: return moments[some(ARRAY_LEN(moments))];
    case ASK_NUMBER: return some(2) ? "3" : "12";
    case ASK_REFERENCE: return q->example ? q->example : "4212345/10";
    case ASK_OFFICER: return "201234";
    case ASK_TELEPHONE: return "020 7946 0123";
    case ASK_BODY: return "front-chest";
    default: return q->limit && q->limit < 40 ? "KG" : texts[some(ARRAY_LEN(texts))];
    }
}

static void answer_at_random(Answers *a, size_t share)
{
    size_t n;
    const FormQuestion *q = form_questions_of(book, &n);

    for (size_t i = 0; i < n; i++)
        for (size_t row = 0; row < (q[i].group == FORM_NO_GROUP ? 1 : 3); row++) {
            char path[ANSWERS_PATH];
            Err err = { 0 };
            if (some(100) >= share) continue;
            form_path(book, &q[i], row, path);
            if (!form_answer(book, policy, a, path, an_answer(&q[i]), now, arena, NULL, &err))
                fail_msg("%s: %s", path, err.text);
        }
}

static Cases all_cases(const char *path)
{
    return cases_read(path, vocabs, arena);
}

/* incident and closing times made at random can stand the wrong way round; form_gaps' owner, the app, tells that. */
static void keep_in_order(Answers *a)
{
    answers_put(a, "incident.to", "");
    answers_put(a, "header.reported", "2010-02-01T22:14:00Z");
}

static void nothing_changes(const char *path)
{
    Cases cases = all_cases(path);

    assert_true(cases.n >= 1);
    for (size_t i = 0; i < cases.n; i++) {
        Answers *a = answers_new();
        CaseDoc doc = cases.docs[i];
        const char *before = written(&doc);
        form_prefill(book, &doc, vocabs, a);
        assert_true(*answers_get(a, "header.reported") != '\0');
        project(book, a, now, &doc);
        assert_string_equal(written(&doc), before);
        /* With what makes its questions asked, too. */
        answers_put(a, "suspect.known", "yes");
        answers_put(a, "suspect.arrested", "yes");
        project(book, a, now, &doc);
        assert_string_equal(written(&doc), before);
        answers_free(&a);
    }
}

static void prefilled_and_projected_is_unchanged_for_our_cases(void **unused)
{
    nothing_changes(data_path("cases.jsonl"));
}

static void prefilled_and_projected_is_unchanged_for_the_scenarios(void **unused)
{
    const char *path = shared_path("scenarios/cases.jsonl");

    if (!path) {
        print_message("no scenarios beside the source\n");
        skip();
    }
    nothing_changes(path);
}

static void random_answers_extend_every_case_and_twice_is_once(void **unused)
{
    Cases cases = all_cases(data_path("cases.jsonl"));
    size_t changed = 0;

    seed = 124;
    for (size_t i = 0; i < cases.n; i++)
        for (int round = 0; round < 2; round++) {
            Answers *a = answers_new();
            CaseDoc doc = cases.docs[i];
            const char *before = written(&doc);
            doc.closed_at = TIME_NONE; /* the time of reporting made here may lie behind it */
            if (round) form_prefill(book, &doc, vocabs, a);
            answer_at_random(a, 20 + some(80));
            keep_in_order(a);
            project(book, a, now, &doc);
            changed += strcmp(written(&doc), before) != 0;
            twice_is_once(book, a, now, &doc);
            answers_free(&a);
        }
    assert_int_equal(changed, cases.n * 2);
}

/* What another program wrote, of any shape where the form has a text: it is told as wrong or left alone, and nothing breaks. */
static void foreign_answers_of_any_shape_are_survived(void **unused)
{
    static const char *const shapes[] = { "7", "null", "true", "{\"a\":{\"b\":[]}}", "[]", "[1,\"x\"]", "[{}]",
        "[[\"x\"]]", "\"\"", "\"yes\"", "[\"yes\",\"no\"]",
        "[{\"given\":7,\"role\":\"witness\",\"family\":[\"a\",\"b\"]},{\"family\":{}}]", "\"2010-02-01T22:14:00Z\"",
        "\"9999-99-99\"", "\"\\u202e\\ud83d\\ude00\"", "-1e308" };
    size_t n_questions, n_groups, refused = 0;
    const FormQuestion *q = form_questions_of(book, &n_questions);
    const FormGroup *g = form_groups_of(book, &n_groups);

    seed = 99;
    for (int round = 0; round < 200; round++) {
        Str json = { 0 };
        CaseDoc doc = case_of("\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Example\"}]");
        FormGap *gaps;
        PolicyText *texts;
        FormTally t;
        Err err = { 0 };
        str_add(&json, "{\"suspect.known\":\"yes\"");
        for (size_t i = 0; i < n_questions; i++)
            if (q[i].group == FORM_NO_GROUP && !str_eq(q[i].name, "suspect.known") && some(4) == 0)
                str_addf(&json, ",\"%s\":%s", q[i].name, shapes[some(ARRAY_LEN(shapes))]);
        for (size_t i = 0; i < n_groups; i++) str_addf(&json, ",\"%s\":%s", g[i].name, shapes[some(ARRAY_LEN(shapes))]);
        str_add(&json, "}");
        Answers *a = answers_of(str_text(&json));
        form_gaps(book, policy, a, NULL, now, arena, &gaps);
        form_texts(book, a, arena, &texts);
        for (size_t i = 0; i < 24; i++) form_tally(book, a, i, &t);
        if (form_project(book, a, vocabs, now, &doc, arena, &err))
            twice_is_once(book, a, now, &doc);
        else
            refused += strlen(err.text) > 10;
        form_prefill(book, &doc, vocabs, a);
        answers_free(&a);
        str_finish(&json);
    }
    assert_true(refused > 0);
}

/* A book with every answer given has nothing missing and nothing wrong. */
static void a_whole_book_has_no_gaps(void **unused)
{
    seed = 7;
    for (int round = 0; round < 20; round++) {
        Answers *a = answers_new();
        FormGap *gaps;
        size_t n;
        answer_at_random(a, 100);
        n = form_gaps(book, policy, a, "officer", now, arena, &gaps);
        if (n) fail_msg("%s: %s", gaps[0].path, gaps[0].says);
        answers_free(&a);
    }
}

static void an_empty_book_asks_for_what_is_needed(void **unused)
{
    Answers *a = answers_new();
    FormGap *gaps;
    size_t n = form_gaps(book, policy, a, "officer", now, arena, &gaps), sections, missing = 0;
    const FormSection *s = form_sections_of(book, &sections);

    assert_true(n > 40 && n < 90); /* it is no torment */
    assert_string_equal(gaps[0].path, "book.serial");
    assert_int_equal(sections, 24);
    for (size_t i = 0; i < sections; i++) {
        FormTally t;
        char letter[2] = { (char)('A' + i), 0 };
        assert_string_equal(s[i].letter, letter);
        form_tally(book, a, i, &t);
        missing += t.missing;
    }
    assert_int_equal(missing, n);
    answers_free(&a);
}

static void labels_fit_beside_their_answers(void **unused)
{
    size_t n;
    const FormQuestion *q = form_questions_of(book, &n);

    for (size_t i = 0; i < n; i++)
        if (strlen(q[i].label) > 26) fail_msg("%s is too long a label", q[i].label);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(a_scalar_is_what_was_said),
        FACT(an_answer_about_children_has_its_time),
        FACT(people_are_made_and_related),
        FACT(a_relationship_to_nobody_is_not_kept),
        FACT(who_is_known_is_filled_in_and_keeps_the_key),
        FACT(a_new_key_is_never_one_of_the_case),
        FACT(further_suspects_come_after_the_first),
        FACT(rows_of_a_role_that_is_answered_are_counted_by_role),
        FACT(a_status_is_added_once),
        FACT(a_number_is_a_reference_of_its_own),
        FACT(a_yes_makes_a_flag_and_a_no_makes_none),
        FACT(several_offences_are_an_item_each),
        FACT(an_arrest_is_an_event_of_the_suspect),
        FACT(consent_takes_the_place_of_an_earlier_one),
        FACT(risk_is_one_assessment_with_its_factors),
        FACT(an_assessment_is_never_changed_but_made_again),
        FACT(what_is_wrong_is_refused_and_the_case_stays),
        FACT(a_known_case_fills_the_form_in),
        FACT(what_is_answered_is_not_overwritten),
        FACT(nobody_takes_the_place_of_one_who_says_nothing),
        FACT(other_entries_are_added_once_and_filled_in),
        FACT(a_fact_leads_to_its_question),
        FACT(prefilled_and_projected_is_unchanged_for_our_cases),
        FACT(prefilled_and_projected_is_unchanged_for_the_scenarios),
        FACT(random_answers_extend_every_case_and_twice_is_once),
        FACT(foreign_answers_of_any_shape_are_survived),
        FACT(a_whole_book_has_no_gaps),
        FACT(an_empty_book_asks_for_what_is_needed),
        FACT(labels_fit_beside_their_answers),
    };

    return cmocka_run_group_tests_name("form project", tests, start, stop);
}
