/* test_gates.c — gates and alerts: what is open, what fires, what is told, and what an answered alert depends on. */
#include "policy_files.h"

#include "base/crypto.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD                                                                                                           \
    "policy p \"x\"\nignore review with outcome returned\nfactors specss-plus is strangulation, weapons, sexual\n"     \
    "factors dash-2009 is weapons\nwords neck \"x\"\n pattern /\\b(?:neck|throat)\\b/i\n matches \"neck\"\n"           \
    "words slow \"x\"\n pattern /^(a|a)+$/\n matches \"aa\"\n"

static Arena *arena;
static Policy *policy;
static CaseDoc doc;

static void use(const char *rules)
{
    Str s = { 0 };
    char *page;

    policy_free(&policy);
    str_addf(&s, "%s%s", HEAD, rules);
    page = problems_of(s.s, s.n, &policy);
    if (!policy) fail_msg("%s", page);
    mem_free(page);
    str_finish(&s);
}

static void a_case(const char *json)
{
    const Vocabs *v = policy ? policy_vocabs(policy) : vocabs_standard();
    Str s = { 0 };
    Err err = { 0 };

    str_addf(&s,
        "{\"format\":\"book124.case/1\",\"id\":\"KG-1\",\"borough\":\"KG\",\"reported_at\":\"2010-02-01T22:14:00Z\"%s%"
        "s}",
        *json ? "," : "", json);
    if (!case_read(s.s, s.n, v, TIME_MAX, arena, &doc, NULL, &err)) fail_msg("%s: %s", s.s, err.text);
    str_finish(&s);
}

#define NOW at("2010-02-02T09:00:00Z")

static GateVerdict gate_of(const char *act, const char *account)
{
    PolicyText text = { "allegation.account", account };
    GateVerdict *all;
    size_t n = policy_gates(policy, act, &doc, account ? &text : NULL, account ? 1 : 0, NOW, arena, &all);

    assert_true(n >= 1);
    return all[0];
}

static size_t alerts_of(const char *account, AlertFired **out)
{
    PolicyText text = { "allegation.account", account };

    return policy_alerts(policy, &doc, account ? &text : NULL, account ? 1 : 0, NOW, arena, out);
}

static bool told(const WhyLine *lines, size_t n, WhyKind kind, Truth truth, const char *words)
{
    for (size_t i = 0; i < n; i++)
        if (lines[i].kind == kind && lines[i].truth == truth && strstr(lines[i].text, words)) return true;
    for (size_t i = 0; i < n; i++)
        print_message("%d %d %*s%s\n", lines[i].kind, lines[i].truth, lines[i].indent, "", lines[i].text);
    return false;
}

static size_t lines_with(const WhyLine *lines, size_t n, const char *words)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++) count += lines[i].kind == WHY_CONDITION && str_eq(lines[i].text, words);
    return count;
}

/* ---- gates ---- */

#define GATE "gate g \"Not yet\"\n cite x\n stops close-cad\n"

static void a_gate_is_open_shut_or_unknown(void **unused)
{
    use(GATE " unless children is none or reference merlin\n");
    a_case("");
    assert_int_equal(gate_of("close-cad", NULL).open, TRUTH_UNKNOWN);
    a_case("\"children\":{\"answer\":\"unknown\",\"at\":\"2010-02-01T23:00:00Z\"}");
    assert_int_equal(gate_of("close-cad", NULL).open, TRUTH_UNKNOWN);
    a_case("\"children\":{\"answer\":\"present\",\"at\":\"2010-02-01T23:00:00Z\"}");
    assert_int_equal(gate_of("close-cad", NULL).open, TRUTH_NO);
    a_case("\"children\":{\"answer\":\"none\",\"at\":\"2010-02-01T23:00:00Z\"}");
    assert_int_equal(gate_of("close-cad", NULL).open, TRUTH_YES);
    a_case("\"children\":{\"answer\":\"none\",\"at\":\"2010-02-02T23:00:00Z\"}"); /* tomorrow's answer */
    assert_int_equal(gate_of("close-cad", NULL).open, TRUTH_UNKNOWN);
}

static void what_a_gate_is_for_may_be_unknown_too(void **unused)
{
    use(GATE " when case is crime\n unless reference cris\n");
    a_case("");
    assert_int_equal(gate_of("close-cad", NULL).open, TRUTH_UNKNOWN);
    a_case("\"kind\":\"incident\"");
    assert_int_equal(gate_of("close-cad", NULL).open, TRUTH_YES);
    a_case("\"kind\":\"crime\"");
    assert_int_equal(gate_of("close-cad", NULL).open, TRUTH_NO);
    a_case("\"references\":[{\"system\":\"cris\",\"number\":\"4212345/10\",\"at\":\"2010-02-02T00:10:00Z\"}]");
    assert_int_equal(gate_of("close-cad", NULL).open, TRUTH_YES); /* whatever it is */
}

static void only_gates_of_the_act_answer_and_shut_ones_come_first(void **unused)
{
    GateVerdict *all;

    use("gate first \"A\"\n cite x\n stops close-case\n unless reported\n"
        "gate second \"B\"\n cite x\n stops close-case\n unless closed\n"
        "gate third \"C\"\n cite x\n stops close-case\n unless reported\n"
        "gate other \"D\"\n cite x\n stops sign-book\n unless closed\n");
    a_case("");
    assert_int_equal(policy_gates(policy, "close-case", &doc, NULL, 0, NOW, arena, &all), 3);
    assert_string_equal(all[0].gate->id, "second");
    assert_string_equal(all[1].gate->id, "first");
    assert_string_equal(all[2].gate->id, "third");
    assert_int_equal(policy_gates(policy, "no-such-act", &doc, NULL, 0, NOW, arena, &all), 0);
    assert_int_equal(policy_gate_count(policy), 4);
    assert_string_equal(policy_gate(policy, 0)->id, "first");
    assert_null(policy_gate(policy, 4));
    assert_non_null(strstr(policy_gate(policy, 1)->text, "stops sign-book"));
}

static void a_gate_says_in_one_sentence_what_is_missing(void **unused)
{
    GateVerdict g;

    use(GATE " unless reference cris and (children is none or reference merlin)\n because \"It must be whole.\"\n");
    a_case("");
    g = gate_of("close-cad", NULL);
    assert_string_equal(g.says,
        "It must be whole (x). Missing: reference cris; children is none or reference merlin (never answered).");
    assert_true(told(g.lines, g.n, WHY_RULE, TRUTH_YES, "Not yet (x)"));
    assert_true(told(g.lines, g.n, WHY_CONDITION, TRUTH_NO, "reference cris"));
    assert_true(told(g.lines, g.n, WHY_FACT, TRUTH_NO, "none recorded"));
    assert_true(told(g.lines, g.n, WHY_CONDITION, TRUTH_UNKNOWN, "children is none"));
    assert_true(told(g.lines, g.n, WHY_FACT, TRUTH_YES, "Children: never answered"));
    a_case("\"children\":{\"answer\":\"none\",\"at\":\"2010-02-01T23:00:00Z\"},"
           "\"references\":[{\"system\":\"cris\",\"number\":\"4212345/10\",\"at\":\"2010-02-02T00:10:00Z\"}]");
    g = gate_of("close-cad", NULL);
    assert_string_equal(g.says, "It must be whole (x).");
    assert_true(told(g.lines, g.n, WHY_STATE, TRUTH_YES, "open"));
}

static void a_gate_can_ask_about_duties(void **unused)
{
    use("duty read \"R\"\n cite x\n owner csu-ds\n from reported\n due after 1 hour\n done review csu-ds-read, any "
        "time\n" GATE " unless duty read fulfilled\n");
    a_case("");
    assert_int_equal(gate_of("close-cad", NULL).open, TRUTH_NO);
    a_case("\"reviews\":[{\"kind\":\"csu-ds-read\",\"at\":\"2010-02-02T08:00:00Z\",\"outcome\":\"satisfied\"}]");
    assert_int_equal(gate_of("close-cad", NULL).open, TRUTH_YES);
}

static void a_gate_can_ask_what_was_written(void **unused)
{
    use(GATE " unless not account matches words neck\n");
    a_case("");
    assert_int_equal(gate_of("close-cad", NULL).open, TRUTH_UNKNOWN); /* nobody wrote anything */
    assert_int_equal(gate_of("close-cad", "Her arm.").open, TRUTH_YES);
    assert_int_equal(gate_of("close-cad", "Her neck.").open, TRUTH_NO);
}

static void before_it_was_reported_nothing_is_known(void **unused)
{
    GateVerdict *all;

    use(GATE " unless reported\n");
    a_case("");
    assert_int_equal(policy_gates(policy, "close-cad", &doc, NULL, 0, at("2010-02-01T10:00:00Z"), arena, &all), 1);
    assert_int_equal(all[0].open, TRUTH_NO);
}

/* ---- risk answers ---- */

#define ASSESSED(instrument, stage, time, answers)                                                                     \
    "{\"instrument\":\"" instrument "\",\"stage\":\"" stage "\",\"at\":\"2010-02-0" time ":00Z\",\"answers\":" answers \
    "}"

static void expect_open(const char *cond, const char *assessments, Truth open)
{
    char rules[300], json[900];
    Truth got;

    snprintf(rules, sizeof rules, GATE " unless %s\n", cond);
    use(rules);
    snprintf(json, sizeof json, "\"assessments\":[%s]", assessments);
    a_case(json);
    got = gate_of("close-cad", NULL).open;
    if (got != open) fail_msg("%s with %s is %d", cond, assessments, got);
}

static void a_risk_answer_is_three_valued(void **unused)
{
#define ONE(word) ASSESSED("specss-plus", "initial", "1T23:00", "{\"strangulation\":{\"answer\":\"" word "\"}}")
    expect_open("risk answer strangulation is no", "", TRUTH_UNKNOWN);
    expect_open("risk answer strangulation is no", ONE("no"), TRUTH_YES);
    expect_open("risk answer strangulation is no", ONE("yes"), TRUTH_NO);
    expect_open("risk answer strangulation is no", ONE("not-known"), TRUTH_UNKNOWN);
    expect_open("risk answer strangulation is no", ONE("not-asked"), TRUTH_UNKNOWN);
    expect_open("risk answer strangulation is no", ONE("declined"), TRUTH_UNKNOWN);
    expect_open("risk answer strangulation is declined", ONE("declined"), TRUTH_YES);
    expect_open("risk answer strangulation is answered", ONE("declined"), TRUTH_NO);
    expect_open("risk answer strangulation is answered", ONE("no"), TRUTH_YES);
    expect_open("risk answer strangulation is not yes", ONE("not-known"), TRUTH_YES);
    expect_open("not risk answer strangulation is yes", ONE("not-known"), TRUTH_UNKNOWN);
}

static void the_latest_assessment_that_answers_counts(void **unused)
{
#define FIRST                                                                                                          \
    ASSESSED("specss-plus", "initial", "1T23:00", "{\"weapons\":{\"answer\":\"no\"},\"sexual\":{\"answer\":\"no\"}}")
#define SECOND ASSESSED("specss-plus", "secondary", "2T01:00", "{\"weapons\":{\"answer\":\"yes\"}}")
#define DASH                                                                                                           \
    ASSESSED(                                                                                                          \
        "dash-2009", "marac", "2T02:00", "{\"weapons\":{\"answer\":\"not-known\"},\"sexual\":{\"answer\":\"yes\"}}")
#define LATE ASSESSED("specss-plus", "review", "3T02:00", "{\"weapons\":{\"answer\":\"no\"}}")
    expect_open("risk answer weapons is yes", FIRST "," SECOND, TRUTH_YES);
    expect_open("initial risk answer weapons is no", FIRST "," SECOND, TRUTH_YES);
    expect_open("secondary risk answer weapons is yes", FIRST "," SECOND, TRUTH_YES);
    expect_open("secondary risk answer sexual is no", FIRST "," SECOND, TRUTH_UNKNOWN);
    expect_open("risk answer sexual is no", FIRST "," SECOND, TRUTH_YES);
    expect_open("risk answer weapons is not-known", FIRST "," SECOND "," DASH, TRUTH_YES); /* DASH has the factor… */
    expect_open("risk answer sexual is no", FIRST "," DASH, TRUTH_YES);                    /* …and this one not */
    expect_open("risk answer weapons is yes", FIRST "," SECOND "," LATE, TRUTH_YES); /* tomorrow's does not exist */
}

static void a_risk_answer_may_be_named_and_asked_by_duties(void **unused)
{
    use("value hands is risk answer strangulation\n"
        "duty look \"L\"\n cite x\n owner csu-ds\n when hands is yes\n from reported\n due after 1 hour\n done review "
        "dmm\n"
        " example \"e\"\n  reported 2010-02-01 10:00\n  risk strangulation yes context \"By the neck.\"\n"
        "  at 2010-02-01 10:30 expect open\n"
        " example \"f\"\n  reported 2010-02-01 10:00\n  risk strangulation not-known\n  at 2010-02-01 10:30 expect not "
        "asked\n");
}

/* ---- alerts ---- */

#define NECK                                                                                                           \
    "alert neck \"The account speaks of a neck\"\n cite x\n owner response-ps\n"                                       \
    " when (account matches words neck or context matches words neck) and (risk answer strangulation is no or "        \
    "risk answer strangulation is not answered)\n because \"It does not fit.\"\n"

static void an_alert_names_what_decided(void **unused)
{
    AlertFired *f;

    use(NECK);
    a_case("\"assessments\":[" ASSESSED("specss-plus", "initial", "1T23:00",
        "{\"strangulation\":{\"answer\":\"no\"},\"sexual\":{\"answer\":\"yes\",\"context\":\"He held her neck.\"}}") "]");
    assert_int_equal(alerts_of("Her arm was red.", &f), 1);
    assert_string_equal(f->alert->id, "neck");
    assert_int_equal(f->alert->owner, ROLE_RESPONSE_PS);
    assert_string_equal(f->says, "It does not fit.");
    assert_int_equal(f->n_hits, 1); /* the account has none: only the context decided */
    assert_string_equal(f->hits[0].path, "risk.sexual.context");
    assert_string_equal(f->hits[0].words, "neck");
    assert_int_equal(f->hits[0].from, 12);
    assert_int_equal(f->n_facts, 1);
    assert_int_equal(f->facts[0].list, LIST_ASSESSMENTS);
    assert_string_equal(f->facts[0].column, "answers");
    assert_string_equal(f->facts[0].preset, "strangulation");
    assert_true(told(f->lines, f->n, WHY_FACT, TRUTH_YES, "risk answer strangulation: No"));
    assert_true(told(f->lines, f->n, WHY_FACT, TRUTH_YES, "risk.sexual.context: “He held her neck.”"));
    assert_int_equal(lines_with(f->lines, f->n, "risk answer strangulation is not answered"), 1);
    assert_int_equal(alerts_of("Her neck was red.", &f), 1);
    assert_int_equal(f->n_hits, 2);
}

static void facts_have_the_names_that_forms_know(void **unused)
{
    AlertFired *f;

    use("alert one \"A\"\n cite x\n owner csu-ds\n when children is present and no reference merlin and no victim or "
        "suspect with "
        "police staff and latest grade of assessment is high and flag dv, hbv and not closed and owner is response\n");
    a_case("\"children\":{\"answer\":\"present\",\"at\":\"2010-02-01T23:00:00Z\"},"
           "\"people\":[{\"key\":\"v1\",\"role\":\"victim\"}],\"flags\":[{\"flag\":\"dv\",\"at\":\"2010-02-01T23:00:"
           "00Z\"}],"
           "\"owners\":[{\"unit\":\"response\",\"offered_at\":\"2010-02-01T22:14:00Z\",\"accepted_at\":\"2010-02-01T22:"
           "14:00Z\"}],"
           "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"at\":\"2010-02-01T23:00:00Z\","
           "\"grade\":\"high\"}]");
    assert_int_equal(alerts_of(NULL, &f), 1);
    static const FactName want[] = { { LIST_COUNT, "children_answer", "" }, { LIST_REFERENCES, NULL, "system=merlin" },
        { LIST_PEOPLE, "police_staff", "role=victim" }, { LIST_PEOPLE, "police_staff", "role=suspect" },
        { LIST_ASSESSMENTS, "grade", "" }, { LIST_FLAGS, NULL, "flag=dv" }, { LIST_FLAGS, NULL, "flag=hbv" },
        { LIST_COUNT, "closed_at", "" }, { LIST_OWNERS, "unit", "" } };
    assert_int_equal(f->n_facts, ARRAY_LEN(want));
    for (size_t i = 0; i < ARRAY_LEN(want); i++) {
        assert_int_equal(f->facts[i].list, want[i].list);
        assert_true(str_eq(f->facts[i].column, want[i].column));
        assert_string_equal(f->facts[i].preset, want[i].preset);
    }
    assert_string_equal(f->says, "A"); /* without a sentence, the title */
}

static void what_did_not_decide_is_no_fact(void **unused)
{
    AlertFired *f;

    use("alert one \"A\"\n cite x\n owner csu-ds\n when flag hbv or flag dv or children is present\n"
        "alert two \"B\"\n cite x\n owner csu-ds\n when not (flag dv and flag hbv)\n");
    a_case("\"flags\":[{\"flag\":\"dv\",\"at\":\"2010-02-01T23:00:00Z\"}]");
    assert_int_equal(alerts_of(NULL, &f), 2);
    assert_int_equal(f[0].n_facts, 1);
    assert_string_equal(f[0].facts[0].preset, "flag=dv");
    assert_int_equal(f[1].n_facts, 1);
    assert_string_equal(f[1].facts[0].preset, "flag=hbv");
}

static const char *basis(const char *json, const char *account)
{
    AlertFired *f;

    a_case(json);
    assert_int_equal(alerts_of(account, &f), 1);
    assert_int_equal(strlen(f->basis), 16);
    return f->basis;
}

static void the_basis_changes_with_the_facts_and_with_nothing_else(void **unused)
{
#define NO(time, rest)                                                                                                 \
    "\"assessments\":[" ASSESSED("specss-plus", "initial", time, "{\"strangulation\":{\"answer\":\"no\"}" rest "}") "]"
    const char *first;

    use(NECK);
    first = basis(NO("1T23:00", ""), "A mark on her neck.");
    assert_string_equal(basis(NO("1T23:00", ""), "A mark on her neck."), first);
    assert_string_equal(basis(NO("1T23:00", ""), "There was also, he said, a red mark on her NECK."), first);
    assert_string_equal(basis(NO("1T23:00", ""), "Her neck and again her neck."), first);
    assert_string_equal(basis(NO("1T22:30", ""), "A mark on her neck."), first); /* the same answer, at another time */
    assert_string_equal(basis(NO("1T23:00", "") ",\"outcome\":\"other\"", "A mark on her neck."), first);
    assert_string_not_equal(basis("", "A mark on her neck."), first); /* no answer is another fact */
    assert_string_not_equal(basis(NO("1T23:00", ""), "A mark on her throat."), first);
    assert_string_equal(
        basis(NO("1T23:00", ",\"sexual\":{\"answer\":\"yes\",\"context\":\"Her neck.\"}"), "Her arm."), first);
}

static void another_child_is_another_fact(void **unused)
{
    const char *one;

    use("alert kids \"x\"\n cite x\n owner csu-ds\n when child and no reference merlin\n");
    one = basis("\"people\":[{\"key\":\"c1\",\"role\":\"child\"}]", NULL);
    assert_string_equal(
        basis("\"people\":[{\"key\":\"v1\",\"role\":\"victim\"},{\"key\":\"c1\",\"role\":\"child\"}]", NULL), one);
    assert_string_not_equal(basis("\"people\":[{\"key\":\"c2\",\"role\":\"child\"}]", NULL), one);
}

static void an_alert_that_is_unknown_does_not_fire(void **unused)
{
    AlertFired *f;

    use("alert one \"x\"\n cite x\n owner csu-ds\n when case is crime\n");
    a_case("");
    assert_int_equal(alerts_of(NULL, &f), 0);
    use(NECK);
    a_case("");
    assert_int_equal(alerts_of(NULL, &f), 0);
}

static void an_alert_whose_words_give_up_fires_and_says_so(void **unused)
{
    char account[102];
    AlertFired *f;

    memset(account, 'a', 100);
    memcpy(account + 100, "!", 2);
    use("condition it is account matches words slow\nalert one \"Slow words\"\n cite x\n owner csu-ds\n when it and "
        "reported\n"
        "alert two \"Never\"\n cite x\n owner csu-ds\n when it and closed\n" GATE " unless not it\n");
    a_case("");
    assert_int_equal(alerts_of(account, &f), 1);
    assert_string_equal(f->alert->id, "one");
    assert_non_null(strstr(f->says, "could not be told"));
    assert_true(told(f->lines, f->n, WHY_FACT, TRUTH_UNKNOWN, "reached their limit"));
    assert_int_equal(gate_of("close-cad", account).open, TRUTH_UNKNOWN);
    assert_int_equal(alerts_of("aaaa", &f), 1);
    assert_non_null(strstr(f->says, "Slow words"));
    assert_int_equal(alerts_of("bbb", &f), 0);
}

static void hostile_accounts_do_no_harm(void **unused)
{
    static const char *const texts[] = { "", "\xFF\xFE neck", "neck\x1b[2J\xE2\x80\xAE", "neck\n\n\t\r neck",
        "\xF0\x9F\x92\xA9 neck" };
    AlertFired *f;

    use(NECK);
    a_case("");
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        size_t n = alerts_of(texts[i], &f);
        for (size_t k = 0; k < n; k++)
            for (size_t line = 0; line < f[k].n; line++) assert_null(strchr(f[k].lines[line].text, '\n'));
    }
    Str huge = { 0 };
    while (huge.n < 300000) str_add(&huge, "her neck ");
    assert_int_equal(alerts_of(huge.s, &f), 1);
    assert_true(f->n_hits > 0 && f->n_hits <= 20);
    str_finish(&huge);
}

/* ---- the shipped ones over the shared cases ---- */

static void every_shared_case_is_answered(void **unused)
{
    const char *path = shared_path("scenarios/cases.jsonl");
    Policy *p = standard_policy();
    Cases cases;
    size_t gates = 0, alerts = 0;
    PolicyText text = { "account", "He put his hands round her neck. Their son watched." };

    if (!path) skip();
    cases = cases_read(path, policy_vocabs(p), arena);
    for (size_t i = 0; i < cases.n; i++) {
        Arena *a = arena_new();
        GateVerdict *g;
        AlertFired *f;
        for (const char *const *act = policy_acts; *act; act++)
            gates += policy_gates(p, *act, &cases.docs[i], &text, 1, at("2010-11-01T08:00:00Z"), a, &g);
        alerts += policy_alerts(p, &cases.docs[i], &text, 1, at("2010-11-01T08:00:00Z"), a, &f);
        arena_free(&a);
    }
    assert_int_equal(gates, cases.n * policy_gate_count(p));
    assert_true(alerts >= cases.n); /* nobody answered about strangling */
    policy_free(&p);
}

static void every_shipped_gate_and_alert_has_examples_both_ways(void **unused)
{
    Policy *p = standard_policy();

    for (size_t i = 0; i < policy_gate_count(p); i++) {
        const PolicyGate *g = policy_gate(p, i);
        char *text = strndup(g->text, g->text_n);
        if (!strstr(text, "expect shut") && !strstr(text, "expect unknown")) fail_msg("%s is never shut", g->id);
        if (!strstr(text, "expect open")) fail_msg("%s is never open", g->id);
        free(text);
    }
    for (size_t i = 0; i < policy_alert_count(p); i++) {
        const PolicyAlert *alert = policy_alert(p, i);
        char *text = strndup(alert->text, alert->text_n);
        if (!strstr(text, "expect alert") || !strstr(text, "expect no alert"))
            fail_msg("%s lacks an example", alert->id);
        free(text);
    }
    policy_free(&p);
}

/* ---- what the examples reach ---- */

static const PolicyCover *cover_of(const PolicyCover *all, size_t n, const char *id, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].id, id) && str_eq(all[i].text, text)) return &all[i];
    fail_msg("no part \"%s\" of %s", text, id);
    return NULL;
}

static void coverage_says_which_parts_no_example_tests(void **unused)
{
    const PolicyCover *part;
    PolicyCover *all;
    size_t n;

    use("duty look \"L\"\n cite x\n owner csu-ds\n when flag dv\n from reported\n due after 1 hour\n done review "
        "dmm\n" GATE
        " unless reference cris and (children is none or not flag hbv)\n example \"e\"\n  reported 2010-02-01 10:00\n"
        "  flag hbv at 2010-02-01 10:30\n  at 2010-02-01 10:10 expect shut\n  at 2010-02-01 11:00 expect shut\n");
    n = policy_coverage(policy, arena, &all);
    part = cover_of(all, n, "look", "flag dv");
    assert_true(!part->yes && !part->no && !part->unknown);
    part = cover_of(all, n, "g", "open");
    assert_true(!part->yes && part->no && !part->unknown);
    part = cover_of(all, n, "g", "reference cris");
    assert_true(!part->yes && part->no && part->line > 1);
    part = cover_of(all, n, "g", "children is none");
    assert_true(!part->yes && !part->no && part->unknown);
    part = cover_of(all, n, "g", "flag hbv");
    assert_true(part->yes && part->no);
    part = cover_of(all, n, "slow", "^(a|a)+$");
    assert_true(part->yes && !part->no);
    assert_string_equal(part->kind, "words");
}

static void examples_reach_every_part_of_the_shipped_gates_alerts_and_words(void **unused)
{
    Policy *p = standard_policy();
    PolicyCover *all;
    size_t n = policy_coverage(p, arena, &all), seen = 0;

    for (size_t i = 0; i < n; i++) {
        if (str_eq(all[i].kind, "duty")) continue;
        seen++;
        if (!all[i].yes || !(all[i].no || all[i].unknown))
            fail_msg("%s %s, line %d: no example tests \"%s\"", all[i].kind, all[i].id, all[i].line, all[i].text);
    }
    assert_true(seen > 150);
    policy_free(&p);
}

static int start(void **unused)
{
    Err err;

    arena = arena_new();
    return crypto_start(&err) ? 0 : -1;
}

static int stop(void **unused)
{
    policy_free(&policy);
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gate_is_open_shut_or_unknown),
        cmocka_unit_test(what_a_gate_is_for_may_be_unknown_too),
        cmocka_unit_test(only_gates_of_the_act_answer_and_shut_ones_come_first),
        cmocka_unit_test(a_gate_says_in_one_sentence_what_is_missing),
        cmocka_unit_test(a_gate_can_ask_about_duties),
        cmocka_unit_test(a_gate_can_ask_what_was_written),
        cmocka_unit_test(before_it_was_reported_nothing_is_known),
        cmocka_unit_test(a_risk_answer_is_three_valued),
        cmocka_unit_test(the_latest_assessment_that_answers_counts),
        cmocka_unit_test(a_risk_answer_may_be_named_and_asked_by_duties),
        cmocka_unit_test(an_alert_names_what_decided),
        cmocka_unit_test(facts_have_the_names_that_forms_know),
        cmocka_unit_test(what_did_not_decide_is_no_fact),
        cmocka_unit_test(the_basis_changes_with_the_facts_and_with_nothing_else),
        cmocka_unit_test(another_child_is_another_fact),
        cmocka_unit_test(an_alert_that_is_unknown_does_not_fire),
        cmocka_unit_test(an_alert_whose_words_give_up_fires_and_says_so),
        cmocka_unit_test(hostile_accounts_do_no_harm),
        cmocka_unit_test(every_shared_case_is_answered),
        cmocka_unit_test(every_shipped_gate_and_alert_has_examples_both_ways),
        cmocka_unit_test(coverage_says_which_parts_no_example_tests),
        cmocka_unit_test(examples_reach_every_part_of_the_shipped_gates_alerts_and_words),
    };

    return cmocka_run_group_tests_name("policy gates", tests, start, stop);
}
