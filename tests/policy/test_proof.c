/* test_proof.c — who gets a duty that stays undone, rules that are off until they are used, why a gate is shut and an alert fires, the
** smallest change that clears, and what the check warns of. */
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

#define DUTY(id, owner, rest)                                                                                          \
    "duty " id " \"x\"\n cite x\n owner " owner "\n from reported\n due after 1 day\n done review dmm\n" rest

static Arena *arena;
static Policy *policy;
static CaseDoc doc;

static void use_n(const char *text, size_t n)
{
    char *page;

    policy_free(&policy);
    page = problems_of(text, n, &policy);
    if (!policy) fail_msg("%s", page);
    mem_free(page);
}

static void use(const char *text)
{
    use_n(text, strlen(text));
}

static void refused(const char *text, const char *says)
{
    Policy *p;
    char *page = problems_of(text, strlen(text), &p);

    assert_null(p);
    if (!strstr(page, says)) fail_msg("%s\nhas not: %s", page, says);
    mem_free(page);
}

static void warned(const char *text, const char *says)
{
    Policy *p;
    char *page = problems_of(text, strlen(text), &p);

    if (!p) fail_msg("%s", page);
    if (says ? !strstr(page, says) : *page != '\0') fail_msg("“%s”\nis not: %s", page, says ? says : "nothing");
    policy_free(&p);
    mem_free(page);
}

static void a_case(const char *json)
{
    Str s = { 0 };
    Err err = { 0 };

    str_addf(&s,
        "{\"format\":\"book124.case/1\",\"id\":\"KG-1\",\"borough\":\"KG\",\"reported_at\":\"2010-02-01T10:00:00Z\"%s%"
        "s}",
        *json ? "," : "", json);
    if (!case_read(s.s, s.n, policy_vocabs(policy), TIME_MAX, arena, &doc, NULL, &err))
        fail_msg("%s: %s", s.s, err.text);
    str_finish(&s);
}

static bool told(const WhyLine *lines, size_t n, WhyKind kind, const char *words)
{
    for (size_t i = 0; i < n; i++)
        if (lines[i].kind == kind && strstr(lines[i].text, words)) return true;
    for (size_t i = 0; i < n; i++) print_message("%d %d %s\n", lines[i].kind, lines[i].truth, lines[i].text);
    return false;
}

/* ---- escalation ---- */

static size_t queues(const char *now, Role out[4])
{
    Duty *all;
    size_t n = policy_evaluate(policy, &doc, at(now), arena, &all);

    assert_int_equal(n, 1);
    return policy_duty_queues(policy_duty(policy, 0), &all[0], at(now), out, 4);
}

static void a_duty_that_stays_undone_comes_to_others_too(void **unused)
{
    Role out[4];

    use("policy p \"x\"\n" DUTY("d", "csu-ds, then csu-di after 2 days, then dci after 1 week", ""));
    assert_int_equal(policy_duty(policy, 0)->n_then, 2);
    assert_int_equal(policy_duty(policy, 0)->then[0].role, ROLE_CSU_DI);
    a_case("");
    assert_int_equal(queues("2010-02-01T12:00:00Z", out), 1);
    assert_int_equal(out[0], ROLE_CSU_DS);
    assert_int_equal(queues("2010-02-04T10:00:00Z", out), 1); /* due Tuesday 10:00; two days later it is still theirs */
    assert_int_equal(queues("2010-02-04T10:00:01Z", out), 2);
    assert_int_equal(out[1], ROLE_CSU_DI);
    assert_int_equal(queues("2010-02-09T10:00:01Z", out), 3);
    assert_int_equal(out[2], ROLE_DCI);
    assert_int_equal(policy_duty_queues(policy_duty(policy, 0), &(Duty){ .done = at("2010-02-01T12:00:00Z") },
                         at("2010-02-09T10:00:01Z"), out, 4),
        0);
}

static void it_comes_at_the_same_time_of_day_or_at_the_end_of_a_working_day(void **unused)
{
    char text[CIVIL_TEXT];
    Duty d = { .due = at("2010-03-27T10:00:00Z"), .done = TIME_NONE, .ended = TIME_NONE };

    use("policy p \"x\"\nbank holidays 2010 5 Apr\n" DUTY(
        "d", "csu-ds, then csu-di after 3 hours, then dci after 2 days, then dps after 6 working days", ""));
    assert_string_equal(
        civil_format_time(policy_escalates_at(policy_duty(policy, 0), &d, 0), text), "2010-03-27T13:00:00Z");
    assert_string_equal(
        civil_format_time(policy_escalates_at(policy_duty(policy, 0), &d, 1), text), "2010-03-29T09:00:00Z");
    assert_string_equal(
        civil_format_time(policy_escalates_at(policy_duty(policy, 0), &d, 2), text), "2010-04-06T22:59:59Z");
}

static void escalation_is_explained(void **unused)
{
    Why why;

    use("policy p \"x\"\n" DUTY("d", "csu-ds, then csu-di after 2 days, then dci after 1 week", ""));
    a_case("");
    assert_true(policy_why(policy, &doc, at("2010-02-05T12:00:00Z"), "d", -1, arena, &why, NULL));
    assert_true(
        told(why.lines, why.n, WHY_STATE, "in the queue of the CSU detective inspector too, since Thu 4 Feb 10:00"));
    assert_true(told(why.lines, why.n, WHY_STATE,
        "comes to the detective chief inspector too when it is not done by Tue 9 Feb 10:00"));
}

static void wrong_escalation_is_told(void **unused)
{
#define THEN(owner) "policy p \"x\"\n" DUTY("d", owner, "")
    refused(THEN("csu-ds, then csu-ds after 2 days"), "\"csu-ds\" has it already");
    refused(THEN("csu-ds, then dci after 2 days, then dci after 3 days"), "\"dci\" has it already");
    refused(THEN("csu-ds, then csu-di after 2 days, then dci after 1 day"), "later than to the one before");
    refused(THEN("csu-ds, then csu-di after 24 hours, then dci after 1 day"), "later than to the one before");
    refused(THEN("csu-ds, then csu-dx after 2 days"), "did you mean \"csu-ds\"");
    refused(THEN("csu-ds, then keeper after 2 days"), "works on no cases");
    refused(THEN("csu-ds, csu-di after 2 days"), "expected: then");
    refused(THEN("csu-ds, then csu-di"), "expected: after");
    refused(THEN("csu-ds, then csu-di after 2 lunches"), "minutes, hours, days, weeks or working days");
    refused(THEN("csu-ds, then csu-di after 2000 working days"), "At most 1000 working days");
    refused("policy p \"x\"\nalert e \"x\"\n cite x\n owner csu-ds, then csu-di after 2 days\n when flag dv\n",
        "the end of the clause");
}

/* ---- rules that are off ---- */

static void a_rule_that_is_off_is_checked_and_asks_nothing(void **unused)
{
    static const char text[] = "policy p \"x\"\n" DUTY("on", "csu-ds", "") DUTY("away", "csu-di", " off by default\n");
    Why why;
    Err err = { 0 };
    Duty *all;
    Str used = { 0 };

    use(text);
    a_case("");
    assert_int_equal(policy_duty_count(policy), 1);
    assert_int_equal(policy_off_count(policy), 1);
    assert_string_equal(policy_off(policy, 0), "away");
    assert_null(policy_duty_by_id(policy, "away"));
    assert_int_equal(policy_evaluate(policy, &doc, at("2010-02-01T12:00:00Z"), arena, &all), 1);
    assert_false(policy_why(policy, &doc, at("2010-02-01T12:00:00Z"), "away", -1, arena, &why, &err));
    assert_non_null(strstr(err.text, "use away"));
    str_addf(&used, "%suse away\n", text);
    use(used.s);
    assert_int_equal(policy_duty_count(policy), 2);
    assert_int_equal(policy_off_count(policy), 0);
    assert_int_equal(policy_evaluate(policy, &doc, at("2010-02-01T12:00:00Z"), arena, &all), 2);
    assert_string_equal(all[0].id, "away");
    str_finish(&used);
    refused("policy p \"x\"\n" DUTY("on", "csu-ds", "") "use on\n", "\"on\" is on");
    refused("policy p \"x\"\n" DUTY("away", "csu-ds", " off by default\n") "use away, away\n", "used already");
    refused("policy p \"x\"\n" DUTY("away", "csu-ds", " off by default\n") "use awy\n", "did you mean \"away\"");
    refused("policy p \"x\"\n" DUTY("away", "csu-ds", " off by default\n")
                DUTY("on", "csu-ds", " when duty away asked\n"),
        "The duty \"away\" is off");
    refused("policy p \"x\"\n" DUTY("away", "csu-ds",
                " off by default\n"
                " example \"e\"\n  reported 2010-02-01 10:00\n  at 2010-02-01 11:00 expect done\n"),
        "is open; the example says done");
}

static void gates_and_alerts_can_be_off_too(void **unused)
{
    static const char text[] =
        "policy p \"x\"\ngate g \"x\"\n cite x\n stops close-case\n unless book\n off by default\n"
        "alert e \"x\"\n cite x\n owner csu-ds\n when flag dv\n off by default\n";
    GateVerdict *gates;
    AlertFired *alerts;
    Str used = { 0 };

    use(text);
    a_case("\"flags\":[{\"flag\":\"dv\",\"at\":\"2010-02-01T11:00:00Z\"}]");
    assert_int_equal(policy_gate_count(policy) + policy_alert_count(policy), 0);
    assert_int_equal(policy_gates(policy, "close-case", &doc, NULL, 0, at("2010-02-01T12:00:00Z"), arena, &gates), 0);
    assert_int_equal(policy_alerts(policy, &doc, NULL, 0, at("2010-02-01T12:00:00Z"), arena, &alerts), 0);
    str_addf(&used, "%suse g and e\n", text);
    use(used.s);
    assert_int_equal(policy_gates(policy, "close-case", &doc, NULL, 0, at("2010-02-01T12:00:00Z"), arena, &gates), 1);
    assert_int_equal(policy_alerts(policy, &doc, NULL, 0, at("2010-02-01T12:00:00Z"), arena, &alerts), 1);
    str_finish(&used);
}

#define SHELF                                                                                                          \
    "policy shelf \"x\"\nvalue grade is latest grade of assessment\noffences grave is s18, s20\n"                      \
    "condition bad is offence in grave or grade is high\nfactors specss-plus is weapons\n"                             \
    "words blade \"x\"\n pattern /\\bknife\\b/\n matches \"a knife\"\n"                                                \
    "duty one \"x\"\n cite x\n owner csu-ds\n when bad\n from reported\n due after 1 day\n done review dmm\n off by "  \
    "default\n"                                                                                                        \
    "alert two \"x\"\n cite x\n owner csu-ds\n when account matches words blade and risk answer weapons is no\n off "  \
    "by default\n"

static Policy *with_shelf(const char *text, const char *shelf, char **page)
{
    PolicyFile file = { "shelf.policy", shelf, strlen(shelf) };
    PolicyProblems problems = { .arena = arena };
    Policy *p = policy_parse_with("p", text, strlen(text), &file, 1, &problems);
    Str s = { 0 };

    for (size_t i = 0; i < problems.n; i++) policy_problem_print(&problems.items[i], "p", text, strlen(text), &s);
    *page = str_take(&s);
    return p;
}

static void must_read(const char *text, const char *shelf)
{
    char *page;

    policy_free(&policy);
    policy = with_shelf(text, shelf, &page);
    if (!policy) fail_msg("%s", page);
    mem_free(page);
}

static void what_a_rule_stands_on_comes_with_it_and_nothing_else(void **unused)
{
    const char *whole;
    size_t n;

    must_read("policy p \"x\"\nuse one from shelf\n", SHELF);
    assert_int_equal(policy_duty_count(policy), 1);
    whole = policy_whole_text(policy, &n);
    assert_non_null(strstr(whole, "rules of shelf"));
    assert_non_null(strstr(whole, "condition bad is"));
    assert_non_null(strstr(whole, "offences grave is"));
    assert_null(strstr(whole, "words blade"));
    assert_null(strstr(whole, "alert two"));
    must_read("policy p \"x\"\nuse two from shelf\n", SHELF);
    whole = policy_whole_text(policy, &n);
    assert_non_null(strstr(whole, "words blade"));
    assert_non_null(strstr(whole, "factors specss-plus"));
    assert_null(strstr(whole, "condition bad"));
    policy_text(policy, &n);
    assert_int_equal(n, strlen("policy p \"x\"\nuse two from shelf\n"));
}

static void what_the_policy_says_by_itself_is_not_said_twice(void **unused)
{
    char *page;

    must_read("policy p \"x\"\nvalue grade is latest grade of assessment\nfactors specss-plus is weapons, pets\n"
              "gate g \"x\"\n cite x\n stops close-case\n unless grade is answered and risk answer pets is answered\n"
              "use one, two from shelf\n",
        SHELF);
    assert_null(with_shelf("policy p \"x\"\nvalue grade is latest instrument of assessment\nuse one from shelf\n"
                           "gate g \"x\"\n cite x\n stops close-case\n unless grade is answered\n",
        SHELF, &page));
    assert_non_null(
        strstr(page, "p:3:14: error: Line 2 of the policy \"shelf\": \"grade\" is defined already, in line 2."));
    mem_free(page);
}

static void the_hash_covers_what_is_used_and_nothing_else(void **unused)
{
    char first[65], *changed = NULL;
    const char *place;
    Str s = { 0 };

    must_read("policy p \"x\"\nuse one from shelf\n", SHELF);
    memcpy(first, policy_hash(policy), 65);
    str_addf(&s, "%s", SHELF);
    place = strstr(s.s, "a knife");
    ((char *)s.s)[place - s.s] = 'A'; /* of a rule that is not used */
    must_read("policy p \"x\"\nuse one from shelf\n", s.s);
    assert_string_equal(policy_hash(policy), first);
    place = strstr(s.s, "s18");
    ((char *)s.s)[place - s.s + 2] = '0';
    ((char *)s.s)[place - s.s + 1] = '2'; /* a word of the definition below the rule */
    changed = strstr(s.s, "s20, s20");
    assert_non_null(changed);
    must_read("policy p \"x\"\nuse one from shelf\n", s.s);
    assert_string_not_equal(policy_hash(policy), first);
    str_finish(&s);
}

static void what_is_kept_is_whole_by_itself(void **unused)
{
    char hash[65], *text;
    size_t n;

    must_read("policy p \"x\"\nuse one, two from shelf\n", SHELF);
    memcpy(hash, policy_hash(policy), 65);
    text = arena_dup(arena, policy_whole_text(policy, &n));
    use_n(text, n); /* the shelf is not at hand any more */
    assert_string_equal(policy_hash(policy), hash);
    assert_int_equal(policy_duty_count(policy), 1);
    assert_int_equal(policy_alert_count(policy), 1);
}

static void rules_that_are_not_there_are_told_with_the_nearest(void **unused)
{
    refused("policy p \"x\"\nuse finding-7 from learning\n", "The policy \"learning\" has no rule \"finding-7\"");
    refused("policy p \"x\"\nuse finding-7 from learning\n", "did you mean \"finding-07\"");
    refused("policy p \"x\"\nuse finding-07 from lerning\n", "did you mean \"learning\"");
    refused("policy p \"x\"\nuse\n", "the name of a rule that is off by default");
    refused("policy p \"x\"\nuse x from\n", "the name of a policy that comes with the program");
}

static void the_rules_of_the_findings_can_be_used_one_by_one_and_all(void **unused)
{
    size_t n, m;
    const char *text = policy_builtin(POLICY_LEARNING, &n), *standard = policy_builtin(POLICY_STANDARD, &m);
    Str all = { 0 };
    Policy *learning;
    char *page = problems_of(text, n, &learning);

    assert_string_equal(page, "");
    mem_free(page);
    assert_int_equal(policy_duty_count(learning) + policy_gate_count(learning) + policy_alert_count(learning), 0);
    assert_true(policy_off_count(learning) >= 25);
    str_add_n(&all, standard, m);
    for (size_t i = 0; i < policy_off_count(learning); i++) {
        Str one = { 0 };
        str_add_n(&one, standard, m);
        str_addf(&one, "\nuse %s from learning\n", policy_off(learning, i));
        str_addf(&all, "\nuse %s from learning\n", policy_off(learning, i));
        page = problems_of(one.s, one.n, NULL);
        assert_string_equal(page, "");
        mem_free(page);
        str_finish(&one);
    }
    use_n(all.s, all.n);
    assert_int_equal(policy_off_count(policy), 0);
    policy_free(&learning);
    str_finish(&all);
}

static void all_is_reached(size_t at_least)
{
    PolicyCover *rows;
    size_t n = policy_coverage(policy, arena, &rows);

    assert_true(n > at_least);
    for (size_t i = 0; i < n; i++)
        if (!rows[i].yes || !(rows[i].no || rows[i].unknown))
            fail_msg("%s %s: %s", rows[i].kind, rows[i].id, rows[i].text);
}

static void every_part_of_the_standard_policy_is_reached_by_an_example(void **unused)
{
    size_t n;
    const char *text = policy_builtin(POLICY_STANDARD, &n);

    use_n(text, n);
    all_is_reached(300);
}

static void every_finding_is_cited_and_every_part_is_reached_by_an_example(void **unused)
{
    size_t n;
    const char *text = policy_builtin(POLICY_LEARNING, &n);

    use_n(text, n);
    all_is_reached(90);
    for (size_t i = 0; i < policy_off_count(policy); i++) {
        char cite[40] = "cite     "; /* one that no finding asked for says on what it stands all the same */
        const char *name = policy_off(policy, i), *rule = strstr(text, arena_printf(arena, " %s \"", name));
        if (strncmp(name, "finding-", 8) == 0) snprintf(cite, sizeof cite, "cite     finding %d", atoi(name + 8));
        if (str_eq(name, "staff-di-review") || str_eq(name, "lgbt-hate-offer")) snprintf(cite, sizeof cite, "cite     BD "); /* no finding: a paragraph */
        assert_non_null(rule);
        assert_true(strstr(rule, cite) && strstr(rule, cite) - rule < 300);
    }
}

/* ---- why ---- */

#define NOW at("2010-02-01T12:00:00Z")
#define GATE                                                                                                           \
    "policy p \"x\"\ngate g \"Not yet\"\n cite BD 1\n stops close-cad\n when case is crime\n"                          \
    " unless reference cris and (children is none or reference merlin)\n because \"It must be whole.\"\n"

static WhyCheck why_gate(const char *json)
{
    WhyCheck w;

    a_case(json);
    assert_true(policy_why_gate(policy, &doc, NULL, 0, NOW, "g", arena, &w, NULL));
    return w;
}

static void a_gate_explains_itself(void **unused)
{
    WhyCheck w;

    use(GATE);
    w = why_gate("\"kind\":\"crime\",\"children\":{\"answer\":\"present\",\"at\":\"2010-02-01T11:00:00Z\"}");
    assert_true(w.asked);
    assert_int_equal(w.truth, TRUTH_NO);
    assert_true(told(w.lines, w.n, WHY_RULE, "line 2"));
    assert_true(told(w.lines, w.n, WHY_RULE, arena_printf(arena, "p, version %.8s", policy_hash(policy))));
    assert_true(told(w.lines, w.n, WHY_RULE, "Not yet (BD 1)"));
    assert_true(told(w.lines, w.n, WHY_CONDITION, "reference cris"));
    assert_true(told(w.lines, w.n, WHY_FACT, "none recorded"));
    assert_true(told(w.lines, w.n, WHY_STATE, "shut"));
    assert_true(told(w.lines, w.n, WHY_CLEARS, "record a CRIS number and record a Merlin number"));
    assert_true(told(w.lines, w.n, WHY_TEXT, " stops close-cad"));
    assert_int_equal(w.clears.n, 2);
    assert_int_equal(w.clears.changes[0].list, LIST_REFERENCES);
    assert_null(w.clears.changes[0].column);
    assert_string_equal(w.clears.changes[0].value, "system=cris");
}

static void what_nobody_has_said_is_asked_before_what_is_known_is_changed(void **unused)
{
    WhyCheck w;

    use(GATE);
    w = why_gate("\"kind\":\"crime\"");
    assert_int_equal(w.truth, TRUTH_NO);
    assert_string_equal(w.clears.says, "record a CRIS number and answer “Children” with No children");
    assert_int_equal(w.clears.changes[1].list, LIST_COUNT);
    assert_string_equal(w.clears.changes[1].column, "children_answer");
    assert_string_equal(w.clears.changes[1].value, "none");
    w = why_gate("\"references\":[{\"system\":\"cris\",\"number\":\"1\",\"at\":\"2010-02-01T11:00:00Z\"}]");
    assert_int_equal(w.truth, TRUTH_UNKNOWN);
    assert_int_equal(w.clears.n, 1);
}

static void an_open_gate_says_why_not(void **unused)
{
    WhyCheck w;
    Err err = { 0 };

    use(GATE);
    w = why_gate("\"kind\":\"incident\"");
    assert_false(w.asked);
    assert_true(told(w.lines, w.n, WHY_CONDITION, "case is crime"));
    assert_int_equal(w.clears.n, 0);
    assert_false(policy_why_gate(policy, &doc, NULL, 0, NOW, "gg", arena, &w, &err));
    assert_non_null(strstr(err.text, "has no gate \"gg\""));
}

#define ALERT                                                                                                          \
    "policy p \"x\"\nfactors specss-plus is weapons\nwords blade \"x\"\n pattern /knife/\n matches \"a knife\"\n"      \
    "alert e \"Not told\"\n cite BD 2\n owner csu-ds\n when account matches words blade and (risk answer weapons is "  \
    "no "                                                                                                              \
    "or risk answer weapons is not answered)\n"

static void an_alert_explains_itself(void **unused)
{
    PolicyText text = { "account", "He held a knife." }, other = { "account", "He left." };
    WhyCheck w;

    use(ALERT);
    a_case("");
    assert_true(policy_why_alert(policy, &doc, &text, 1, NOW, "e", arena, &w, NULL));
    assert_true(w.asked);
    assert_true(told(w.lines, w.n, WHY_FACT, "He held a knife."));
    assert_true(told(w.lines, w.n, WHY_STATE, "fires"));
    assert_true(told(w.lines, w.n, WHY_CLEARS, "answer the risk factor weapons with Yes"));
    assert_string_equal(w.clears.changes[0].column, "answers");
    assert_string_equal(w.clears.changes[0].value, "weapons=yes");
    assert_true(told(w.lines, w.n, WHY_TEXT, "alert e \"Not told\""));
    assert_true(policy_why_alert(policy, &doc, &other, 1, NOW, "e", arena, &w, NULL));
    assert_false(w.asked);
    assert_true(told(w.lines, w.n, WHY_STATE, "does not fire: \"account matches words blade\" is not so"));
    assert_true(policy_why_alert(policy, &doc, NULL, 0, NOW, "e", arena, &w, NULL));
    assert_false(w.asked);
    assert_true(told(w.lines, w.n, WHY_STATE,
        "does not fire: \"account matches words blade\" cannot be told (no account was given)"));
}

static PolicyClears cleared(const char *rules, const char *json)
{
    Str s = { 0 };
    PolicyClears c;

    str_addf(&s, "policy p \"x\"\nunits mine is response, csu\n%s", rules);
    if (!strstr(rules, "mine")) {
        str_clear(&s);
        str_addf(&s, "policy p \"x\"\n%s", rules);
    }
    use(s.s);
    str_finish(&s);
    a_case(json);
    assert_true(policy_clears(policy, policy_gate_count(policy) ? RULE_GATE : RULE_ALERT,
        policy_gate_count(policy) ? "g" : "e", -1, &doc, NULL, 0, NOW, arena, &c));
    return c;
}

static void changes_are_of_every_kind_of_fact(void **unused)
{
#define G(cond) "gate g \"x\"\n cite x\n stops close-case\n unless " cond "\n"
#define E(cond) "alert e \"x\"\n cite x\n owner csu-ds\n when " cond "\n"
#define PAIR                                                                                                           \
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"sex\":\"female\"},{\"key\":\"s1\",\"role\":\"suspect\","        \
    "\"sex\":"                                                                                                         \
    "\"male\",\"police_staff\":true}]"
    assert_string_equal(cleared(G("book"), "").says, "hand in a book 124D");
    assert_string_equal(cleared(G("closed"), "").says, "enter the time under “Closed”");
    assert_string_equal(cleared(G("flag hbv"), "").says, "set the flag Honour-based violence (HBV)");
    assert_string_equal(cleared(G("outcome is charged"), "").says, "answer “Outcome” with Charged");
    assert_string_equal(
        cleared(G("latest grade of assessment is high"), "").says, "make a risk assessment, grade High");
    assert_string_equal(cleared(G("owner in mine"), "").says, "offer the case to Response team, with accepted");
    assert_string_equal(
        cleared(G("latest status of suspect is charged"), PAIR).says, "record the status Charged of s1");
    assert_string_equal(cleared(E("suspect with police staff"), PAIR).says, "answer “Police staff” of s1 with no");
    assert_string_equal(cleared(E("suspect with police staff"), PAIR).changes[0].entry, "s1");
    assert_string_equal(cleared(G("victim with sex male"), PAIR).says, "record a person: Victim, sex Male");
    assert_string_equal(
        cleared(G("event charge of suspect with sex male"), PAIR).says, "record the event Charge, of s1");
    assert_int_equal(cleared(G("book and closed and flag dv"), "").n, 3);
}

static void a_search_without_an_end_gives_up_and_says_so(void **unused)
{
    PolicyClears c = cleared(G("book and closed and flag dv and flag hbv"), "");

    assert_int_equal(c.n, 0); /* four changes are too many */
    assert_false(c.gave_up);
    assert_string_equal(c.says, "");
    c = cleared(
        G("case is crime and outcome is charged and reported how is call and flag dv and flag hbv and flag fm and "
          "latest status of suspect is charged and owner is csu and cad result is domestic and children is none"),
        PAIR);
    assert_int_equal(c.n, 0);
    assert_true(c.gave_up);
    assert_true(c.tried <= 4000);
}

/* ---- the short words of a duty and the search say the same ---- */

static bool has_word(const char *value, const char *preset)
{
    size_t n = strlen(preset);

    for (const char *at = value; (at = strstr(at, preset)); at++)
        if ((at == value || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0')) return true;
    return false;
}

/* Of several that are needed, the form opens for the first; what is still missing has its words in the sentence. */
static bool says_the_same(const char *value, const char *says)
{
    char *words = arena_dup(arena, value), *save = NULL;

    for (char *word = strtok_r(words, " ", &save); word; word = strtok_r(NULL, " ", &save))
        if (!strchr(word, '=') || !strstr(says, strchr(word, '=') + 1)) return false;
    return *value != '\0';
}

/* An entry of the list that the duty's form opens for, with what that form starts with. */
static bool is_the_form(const PolicyDuty *rule, const PolicyChange *c, const char *says)
{
    char *words, *save = NULL;
    bool all = true;

    if (rule->list == LIST_COUNT) return c->list == LIST_COUNT;
    if (c->list != rule->list && !(rule->list == LIST_PEOPLE && c->list == LIST_STATUS)) return false;
    words = arena_dup(arena, rule->preset);
    for (char *word = strtok_r(words, " ", &save); word; word = strtok_r(NULL, " ", &save))
        if (!has_word(c->value, word)) all = false;
    return all || says_the_same(c->value, says);
}

static void check_live_duties(const CaseDoc *one, Time now, size_t *checked)
{
    Duty *all;
    size_t n = policy_evaluate(policy, one, now, arena, &all);

    for (size_t i = 0; i < n; i++) {
        const PolicyDuty *rule = policy_duty_by_id(policy, all[i].id);
        PolicyClears c;
        Why why;
        bool form = false;
        if (!duty_is_live(&all[i]) || all[i].opens > now || all[i].start >= now) continue;
        assert_true(policy_why(policy, one, now, all[i].id, all[i].cycle, arena, &why, NULL));
        assert_true(*why.short_clears != '\0');
        assert_true(policy_clears(policy, RULE_DUTY, all[i].id, all[i].cycle, one, NULL, 0, now, arena, &c));
        if (c.n == 0)
            fail_msg("%s: nothing clears %s (%zu tries); it says %s", one->id, all[i].id, c.tried, why.short_clears);
        for (size_t k = 0; k < c.n; k++) form = form || is_the_form(rule, &c.changes[k], why.short_clears);
        if (!form) fail_msg("%s: %s is cleared by “%s”, and says “%s”", one->id, all[i].id, c.says, why.short_clears);
        (*checked)++;
    }
}

static void what_a_duty_says_would_clear_it_does(void **unused)
{
    static const char *const times[] = { "2010-03-28T09:00:00Z", "2010-05-04T10:00:00Z", "2010-11-01T08:00:00Z" };
    Cases cases;
    size_t checked = 0;

    policy_free(&policy);
    policy = standard_policy();
    cases = cases_read(data_path("cases.jsonl"), policy_vocabs(policy), arena);
    for (size_t t = 0; t < ARRAY_LEN(times); t++)
        for (size_t i = 0; i < cases.n; i++) check_live_duties(&cases.docs[i], at(times[t]), &checked);
    print_message("%zu live duties of %zu cases were cleared as they say\n", checked, cases.n);
    assert_true(checked > 100);
}

/* ---- what the check warns of ---- */

static void rules_that_can_never_be_are_told(void **unused)
{
#define D(when) "policy p \"x\"\n" DUTY("d", "csu-ds", " when " when "\n")
    warned(D("reference merlin and not (reference merlin or flag dv)"), "The duty \"d\" can never be asked");
    warned(D("flag dv and not flag dv, hbv"), "can never be asked");
    warned(D("referral marac with restricted and no referral marac"), "can never be asked");
    warned(D("latest grade of assessment is high and no assessment"), "can never be asked");
    warned(D("children is none and (children is present or children is not answered)"), "can never be asked");
    warned("policy p \"x\"\n"
           "all duties \"Crime\"\n cite x\n when case is crime\n" DUTY("d", "csu-ds", " when case is incident\n"),
        "never true together with what all duties need");
    warned("policy p \"x\"\n" E("closed and active"), "The alert \"e\" can never fire");
    warned("policy p \"x\"\n" E("flag dv, hbv or no flag dv"), "fires in every case");
    warned("policy p \"x\"\n" G("closed and active"), "Nothing opens the gate \"g\"");
    warned("policy p \"x\"\n" G("closed or active"), "is always open");
    warned("policy p \"x\"\ngate g \"x\"\n cite x\n stops close-case\n when closed and active\n unless book\n",
        "asks nothing");
}

static void what_can_be_is_not_warned_of(void **unused)
{
    warned(D("flag dv, hbv and not flag dv"), NULL);
    warned(D("referral marac and no referral marac with restricted"), NULL);
    warned(D("children is present and not (children is none)"), NULL);
    warned(D("case is crime or case is not crime"), NULL); /* always; a duty may */
    warned("policy p \"x\"\n" E("children is none or children is present"), NULL);
    warned(
        "policy p \"x\"\n" E("latest status of suspect is outstanding and latest status of suspect is arrested"), NULL);
    warned("policy p \"x\"\n" E("children is none or children is not none"), "fires in every case");
}

static void two_duties_that_ask_the_same_are_told(void **unused)
{
    warned("policy p \"x\"\n" DUTY("one", "csu-ds", " when case is crime and flag dv\n")
               DUTY("two", "csu-ds", " when case is crime\n"),
        "Whenever the duty \"one\" is asked, \"two\" in line 9 asks the same");
    warned("policy p \"x\"\n" DUTY("one", "csu-ds", " when case is crime and flag dv\n")
               DUTY("two", "csu-di", " when case is crime\n"),
        NULL);
    warned("policy p \"x\"\n" DUTY("one", "csu-ds", " when case is crime\n")
               DUTY("two", "csu-ds", " when case is incident\n"),
        NULL);
}

static void the_shipped_policies_have_no_warnings(void **unused)
{
    static const char *const names[] = { POLICY_STANDARD, POLICY_LEARNING };

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        size_t n;
        const char *text = policy_builtin(names[i], &n);
        char *page = problems_of(text, n, NULL);
        assert_string_equal(page, "");
        mem_free(page);
    }
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
        cmocka_unit_test(a_duty_that_stays_undone_comes_to_others_too),
        cmocka_unit_test(it_comes_at_the_same_time_of_day_or_at_the_end_of_a_working_day),
        cmocka_unit_test(escalation_is_explained),
        cmocka_unit_test(wrong_escalation_is_told),
        cmocka_unit_test(a_rule_that_is_off_is_checked_and_asks_nothing),
        cmocka_unit_test(gates_and_alerts_can_be_off_too),
        cmocka_unit_test(what_a_rule_stands_on_comes_with_it_and_nothing_else),
        cmocka_unit_test(what_the_policy_says_by_itself_is_not_said_twice),
        cmocka_unit_test(the_hash_covers_what_is_used_and_nothing_else),
        cmocka_unit_test(what_is_kept_is_whole_by_itself),
        cmocka_unit_test(rules_that_are_not_there_are_told_with_the_nearest),
        cmocka_unit_test(the_rules_of_the_findings_can_be_used_one_by_one_and_all),
        cmocka_unit_test(every_finding_is_cited_and_every_part_is_reached_by_an_example),
        cmocka_unit_test(every_part_of_the_standard_policy_is_reached_by_an_example),
        cmocka_unit_test(a_gate_explains_itself),
        cmocka_unit_test(what_nobody_has_said_is_asked_before_what_is_known_is_changed),
        cmocka_unit_test(an_open_gate_says_why_not),
        cmocka_unit_test(an_alert_explains_itself),
        cmocka_unit_test(changes_are_of_every_kind_of_fact),
        cmocka_unit_test(a_search_without_an_end_gives_up_and_says_so),
        cmocka_unit_test(what_a_duty_says_would_clear_it_does),
        cmocka_unit_test(rules_that_can_never_be_are_told),
        cmocka_unit_test(what_can_be_is_not_warned_of),
        cmocka_unit_test(two_duties_that_ask_the_same_are_told),
        cmocka_unit_test(the_shipped_policies_have_no_warnings),
    };

    return cmocka_run_group_tests_name("policy proof", tests, start, stop);
}
