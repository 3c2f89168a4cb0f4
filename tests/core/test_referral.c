/* test_referral.c — how a referral stands: what happened last, what the victim said, and what may happen next. */
#include "core_test.h"

#include "core/referral.h"

static CaseDoc doc;

#define STEP(to, step, at, more) "{\"to\":\"" to "\",\"step\":\"" step "\",\"at\":\"2010-02-" at "Z\"" more "}"
#define SENT(to, at, more)       "{\"to\":\"" to "\",\"at\":\"2010-02-" at "Z\"" more "}"

static Code agency(const char *word)
{
    return vocab_code(vocabs_standard(), VOCAB_REFERRAL, word);
}

static ReferralStand stand(Arena *a, const char *members, const char *to)
{
    ReferralStand s;

    doc = doc_of(a, members);
    referral_stand(&doc, vocabs_standard(), agency(to), &s);
    return s;
}

static void what_nobody_recorded_stands_nowhere(void **state)
{
    ReferralStand s;

    doc = doc_of(*state, "\"kind\":\"crime\"");
    assert_false(referral_stand(&doc, vocabs_standard(), agency("idva"), &s));
    assert_int_equal(s.state, REFERRAL_NONE);
    assert_false(referral_was_made(&s));
}

static void what_happened_last_is_how_it_stands(void **state)
{
    static const struct {
        const char *steps;
        ReferralState state;
    } rows[] = {
        { STEP("idva", "offered", "02T10:00:00", ""), REFERRAL_OFFERED },
        { STEP("idva", "offered", "02T10:00:00", "") "," STEP("idva", "consented", "02T11:00:00", ""), REFERRAL_AGREED },
        { STEP("idva", "refused", "02T11:00:00", ",\"text\":\"No.\""), REFERRAL_REFUSED },
        { STEP("idva", "not-made", "02T11:00:00", ",\"text\":\"Moved away.\""), REFERRAL_NOT_MADE },
    };
    ReferralStand s;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        s = stand(*state, arena_printf(*state, "\"referral_steps\":[%s]", rows[i].steps), "idva");
        assert_int_equal(s.state, rows[i].state);
        assert_int_equal(stand(*state, arena_printf(*state, "\"referral_steps\":[%s]", rows[i].steps), "marac").state, REFERRAL_NONE);
    }
    s = stand(*state, "\"referral_steps\":[" STEP("idva", "refused", "02T11:00:00", ",\"text\":\"Not now.\"") "]", "idva");
    assert_string_equal(s.reason, "Not now.");
}

static void what_was_sent_is_answered_by_the_agency(void **state)
{
    ReferralStand s = stand(*state, "\"referrals\":[" SENT("idva", "02T10:00:00", ",\"basis\":\"consent\"") "]", "idva");

    assert_int_equal(s.state, REFERRAL_SENT);
    assert_true(referral_was_made(&s));
    s = stand(*state,
        "\"referrals\":[" SENT("idva", "02T10:00:00", "") "],\"referral_steps\":[" STEP("idva", "offered", "02T10:00:00", "") ","
        STEP("idva", "accepted", "02T10:00:00", "") "]", "idva");
    assert_int_equal(s.state, REFERRAL_ACCEPTED); /* of one second: what comes later in its life */
    s = stand(*state,
        "\"referrals\":[" SENT("idva", "02T10:00:00", "") "],\"referral_steps\":["
        STEP("idva", "accepted", "03T10:00:00", "") "," STEP("idva", "closed", "09T10:00:00", ",\"text\":\"Safe.\"") "]", "idva");
    assert_int_equal(s.state, REFERRAL_CLOSED);
    assert_string_equal(s.reason, "Safe.");
    s = stand(*state,
        "\"referrals\":[" SENT("idva", "02T10:00:00", "") "," SENT("idva", "12T10:00:00", "") "],\"referral_steps\":["
        STEP("idva", "declined", "03T10:00:00", ",\"text\":\"Full.\"") "]", "idva");
    assert_int_equal(s.state, REFERRAL_SENT); /* and sent again */
}

static void a_no_anywhere_is_a_no(void **state)
{
    const Vocabs *v = vocabs_standard();
    Code yes = vocab_code(v, VOCAB_CONSENT, "given"), no = vocab_code(v, VOCAB_CONSENT, "refused");

    assert_int_equal(stand(*state, "\"consent\":{\"idva\":\"given\"}", "idva").consent, yes);
    assert_int_equal(stand(*state, "\"consent\":{\"idva\":\"refused\"}", "idva").state, REFERRAL_REFUSED);
    assert_int_equal(stand(*state, "\"consent\":{\"idva\":\"given\"},\"referral_steps\":["
        STEP("idva", "refused", "02T10:00:00", ",\"text\":\"No.\"") "]", "idva").consent, no);
    assert_int_equal(stand(*state, "\"consent\":{\"idva\":\"refused\"},\"referral_steps\":["
        STEP("idva", "consented", "02T10:00:00", "") "]", "idva").consent, no);
    assert_int_equal(stand(*state, "\"consent\":{\"idva\":\"given\"},\"referral_steps\":["
        STEP("idva", "refused", "02T10:00:00", ",\"text\":\"No.\"") "," STEP("idva", "consented", "03T10:00:00", "") "]", "idva").consent, yes);
}

typedef struct Asked {
    const char *members, *to, *basis, *grounds, *text;
    bool restricted;
    const char *field; /* NULL: it may */
} Asked;

static void sending_needs_a_yes_or_what_the_law_allows(void **state)
{
    static const Asked rows[] = {
        { "\"kind\":\"crime\"", "idva", "", "", "", false, "basis" },
        { "\"kind\":\"crime\"", "idva", "consent", "", "", false, "basis" },
        { "\"kind\":\"crime\"", "idva", "vital-interests", "", "", false, "text" },
        { "\"kind\":\"crime\"", "idva", "vital-interests", "", "He said he would.", false, NULL },
        { "\"consent\":{\"idva\":\"given\"}", "idva", "consent", "", "", false, NULL },
        { "\"consent\":{\"idva\":\"given\"}", "idva", "", "", "", false, NULL },
        { "\"consent\":{\"idva\":\"given\"}", "sanctuary", "", "", "", false, "basis" },
        { "\"consent\":{\"idva\":\"refused\"}", "idva", "", "", "", false, "basis" },
        { "\"consent\":{\"idva\":\"refused\"}", "idva", "vital-interests", "", "He said he would.", false, NULL },
        { "\"kind\":\"crime\"", "victim-support", "", "", "", false, NULL },
        { "\"consent\":{\"victim-support\":\"refused\"}", "victim-support", "", "", "", false, "to" },
        { "\"consent\":{\"victim-support\":\"refused\"}", "victim-support", "vital-interests", "", "For her.", false, "to" },
        { "\"consent\":{\"marac\":\"given\"}", "marac", "consent", "", "", false, "grounds" },
        { "\"consent\":{\"marac\":\"given\"}", "marac", "consent", "judgement", "", false, NULL },
        { "\"consent\":{\"marac\":\"given\"},\"flags\":[{\"flag\":\"fm\",\"at\":\"2010-02-02T10:00:00Z\"}]", "marac", "consent", "judgement", "", false, "restricted" },
        { "\"consent\":{\"marac\":\"given\"},\"flags\":[{\"flag\":\"hbv\",\"at\":\"2010-02-02T10:00:00Z\"}]", "marac", "consent", "judgement", "", true, NULL },
        { "\"consent\":{\"idva\":\"given\"}", "idva", "consent", "", "", true, "restricted" },
        { "\"consent\":{\"idva\":\"given\"}", "idva", "consent", "judgement", "", false, "grounds" },
    };
    const Vocabs *v = vocabs_standard();

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Referral r;
        Err err = { 0 };
        doc = doc_of(*state, rows[i].members);
        case_item_init(LIST_REFERRALS, &r);
        r.to = agency(rows[i].to);
        r.basis = vocab_code(v, VOCAB_BASIS, rows[i].basis);
        r.grounds = *rows[i].grounds ? rows[i].grounds : NULL;
        r.text = rows[i].text;
        r.restricted = rows[i].restricted;
        if (referral_may_send(&doc, v, &r, &err) != !rows[i].field) fail_msg("row %zu: %s", i, err.text);
        if (rows[i].field) assert_string_equal(err.field, rows[i].field);
        assert_true(!rows[i].field || err.text[0]);
    }
}

static void each_step_has_its_place_and_some_their_reason(void **state)
{
    static const struct {
        const char *members, *step, *text, *field;
    } rows[] = {
        { "\"kind\":\"crime\"", "offered", "", NULL },
        { "\"kind\":\"crime\"", "consented", "", NULL },
        { "\"kind\":\"crime\"", "refused", " ", "text" },
        { "\"kind\":\"crime\"", "refused", "Not now.", NULL },
        { "\"kind\":\"crime\"", "not-made", "", "text" },
        { "\"kind\":\"crime\"", "not-made", "Moved away.", NULL },
        { "\"kind\":\"crime\"", "accepted", "", "step" },
        { "\"kind\":\"crime\"", "declined", "Full.", "step" },
        { "\"kind\":\"crime\"", "closed", "Safe.", "step" },
        { "\"referrals\":[" SENT("idva", "02T10:00:00", "") "]", "accepted", "", NULL },
        { "\"referrals\":[" SENT("idva", "02T10:00:00", "") "]", "declined", "", "text" },
        { "\"referrals\":[" SENT("idva", "02T10:00:00", "") "]", "declined", "Full.", NULL },
        { "\"referrals\":[" SENT("idva", "02T10:00:00", "") "]", "closed", "Safe.", NULL },
        { "\"referrals\":[" SENT("idva", "02T10:00:00", "") "]", "offered", "", "step" },
        { "\"referrals\":[" SENT("idva", "02T10:00:00", "") "]", "not-made", "Why not.", "step" },
    };
    const Vocabs *v = vocabs_standard();

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ReferralStep s;
        Err err = { 0 };
        doc = doc_of(*state, rows[i].members);
        case_item_init(LIST_REFERRAL_STEPS, &s);
        s.to = agency("idva");
        s.step = vocab_code(v, VOCAB_REFERRAL_STEP, rows[i].step);
        s.text = rows[i].text;
        if (referral_may_step(&doc, v, &s, &err) != !rows[i].field) fail_msg("row %zu: %s", i, err.text);
        if (rows[i].field) assert_string_equal(err.field, rows[i].field);
    }
}

static void children_and_a_male_suspect_make_a_case_eligible(void **state)
{
    const ReferralFact *facts[REFERRAL_FACTS_MAX];

    doc = doc_of(*state, "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"sex\":\"female\"}]");
    assert_int_equal(referral_facts(&doc, vocabs_standard(), facts), 0);
    doc = doc_of(*state, "\"children\":{\"answer\":\"not-present\",\"at\":\"2010-02-02T10:00:00Z\"},"
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"sex\":\"male\"}]");
    assert_int_equal(referral_facts(&doc, vocabs_standard(), facts), 2);
    assert_string_equal(facts[0]->to, "childrens-services");
    assert_string_equal(facts[1]->to, "dvip");
}

static void every_state_has_its_words(void **state)
{
    (void)state;
    for (ReferralState s = 0; s < REFERRAL_STATES; s++) assert_true(*referral_state_word(s) && *referral_state_label(s));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(what_nobody_recorded_stands_nowhere),
        FACT(what_happened_last_is_how_it_stands),
        FACT(what_was_sent_is_answered_by_the_agency),
        FACT(a_no_anywhere_is_a_no),
        FACT(sending_needs_a_yes_or_what_the_law_allows),
        FACT(each_step_has_its_place_and_some_their_reason),
        FACT(children_and_a_male_suspect_make_a_case_eligible),
        FACT(every_state_has_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
