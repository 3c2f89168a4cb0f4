/* fuzz_policy.c — any bytes as a policy file: read or refused with places; what was read answers for a case, twice the same. */
#include "fuzz.h"

#include "base/crypto.h"

#include <stdlib.h>
#include <string.h>

const char fuzz_kind[] = "policy";

static const char case_text[] =
    "{\"format\":\"book124.case/"
    "1\",\"id\":\"KG-1\",\"borough\":\"KG\",\"reported_at\":\"2010-02-01T22:14:00Z\",\"kind\":\"crime\","
    "\"offences\":[{\"class\":\"s18\",\"at\":\"2010-02-01T23:00:00Z\"}],\"flags\":[{\"flag\":\"dv\",\"at\":\"2010-02-"
    "01T23:00:00Z\"}],"
    "\"children\":{\"answer\":\"present\",\"at\":\"2010-02-01T23:00:00Z\"},\"people\":[{\"key\":\"v1\",\"role\":"
    "\"victim\",\"sex\":\"female\"},"
    "{\"key\":\"s1\",\"role\":\"suspect\",\"police_staff\":true,\"relationship\":{\"to\":\"v1\",\"kind\":\"spouse\"},"
    "\"status\":[{\"status\":\"outstanding\",\"at\":\"2010-02-01T23:00:00Z\"}]}],"
    "\"references\":[{\"system\":\"cris\",\"number\":\"4212345/10\",\"at\":\"2010-02-02T00:10:00Z\"}],"
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"grade\":\"high\",\"at\":\"2010-02-01T23:"
    "00:00Z\","
    "\"answers\":{\"weapons\":{\"answer\":\"yes\",\"context\":\"A knife.\"},\"strangulation\":{\"answer\":\"no\"}}}],"
    "\"reviews\":[{\"kind\":\"ps-check\",\"outcome\":\"returned\",\"at\":\"2010-02-02T05:00:00Z\"}],"
    "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-02-02T06:00:00Z\",\"accepted_at\":\"2010-02-02T07:00:00Z\"}],"
    "\"events\":[{\"kind\":\"arrest\",\"person\":\"s1\",\"at\":\"2010-02-02T08:00:00Z\"}]}";

static void must(bool so)
{
    if (!so) abort();
}

static void ask(const Policy *p, const CaseDoc *doc, Time now, Arena *a)
{
    PolicyText text = { "account", "He held a knife to her neck. Their son woke up." };
    Duty *one, *two;
    GateVerdict *gates;
    AlertFired *alerts;
    PolicyClears clears;
    size_t n = policy_evaluate(p, doc, now, a, &one), m = policy_evaluate(p, doc, now, a, &two);

    must(n == m && (n == 0 || memcmp(one, two, n * sizeof *one) == 0));
    for (size_t i = 0; i < n && i < 3; i++) {
        Why why;
        must(policy_why(p, doc, now, one[i].id, one[i].cycle, a, &why, NULL));
    }
    for (const char *const *act = policy_acts; *act; act++) policy_gates(p, *act, doc, &text, 1, now, a, &gates);
    n = policy_alerts(p, doc, &text, 1, now, a, &alerts);
    if (n > 0) policy_clears(p, RULE_ALERT, alerts[0].alert->id, -1, doc, &text, 1, now, a, &clears);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static bool ready;
    PolicyProblems problems = { .arena = arena_new() };
    const char *text = (const char *)data;
    CaseDoc doc;
    Policy *p;
    Err err = { 0 };

    if (!ready) ready = crypto_start(&err);
    p = policy_parse("fuzz.policy", text, n, &problems);
    fuzz_problems(&problems, "fuzz.policy", text, n);
    if (!p) must(problems.n > 0);
    if (p) {
        Time now;
        must(civil_parse_time("2010-02-03T09:00:00Z", &now, &err));
        must(case_read(case_text, sizeof case_text - 1, policy_vocabs(p), TIME_MAX, problems.arena, &doc, NULL, &err));
        ask(p, &doc, now, problems.arena);
    }
    policy_free(&p);
    arena_free(&problems.arena);
    return 0;
}
