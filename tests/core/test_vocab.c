/* test_vocab.c — the words of interchange §1 are there, and a policy can add to a copy of them. */
#include "core/role.h"

#include "core_test.h"

static const Vocabs *std(void)
{
    return vocabs_standard();
}

static void every_word_is_found_and_has_a_label(void **state)
{
    for (VocabId id = 0; id < VOCAB_COUNT; id++) {
        const Vocab *v = &std()->of[id];
        VocabId back;
        assert_true(v->n > 0);
        assert_true(vocab_by_name(v->name, &back));
        assert_int_equal(back, id);
        for (size_t i = 0; i < v->n; i++) {
            assert_int_equal(vocab_code(std(), id, v->words[i].word), i + 1);
            assert_string_equal(vocab_word(std(), id, (Code)(i + 1)), v->words[i].word);
            assert_true(vocab_label(std(), id, (Code)(i + 1))[0] != '\0');
            assert_true(strlen(v->words[i].label) <= 30);
        }
    }
}

/* The lists as the contract has them. */
static void the_words_are_those_of_the_contract(void **state)
{
    static const struct {
        VocabId id;
        const char *words;
    } contract[] = {
        { VOCAB_REPORTED_HOW, "call, station, third-party, agency or officer" },
        { VOCAB_CAD_RESULT, "domestic or not-domestic" },
        { VOCAB_CAD_GROUND, "not-related, nothing-happened, false-report, duplicate, other-police or other" },
        { VOCAB_CASE_KIND, "incident, crime, crime-related-incident or no-crime" },
        { VOCAB_OFFENCE,
            "murder, attempted-murder, s18, s20, s20-aggravated, s47, common-assault, threats-to-kill, harassment, "
            "harassment-fear, rape, assault-by-penetration, sexual-assault, criminal-damage, false-imprisonment, "
            "breach-non-molestation, breach-restraining-order or other" },
        { VOCAB_FLAG, "dv, hbv, fm, pe or sso" },
        { VOCAB_CHILDREN, "none, present, not-present or unknown" },
        { VOCAB_PERSON_ROLE, "victim, suspect, child, witness or informant" },
        { VOCAB_SEX, "female, male or unknown" },
        { VOCAB_SUSPECT_STATUS,
            "outstanding, arrested, bailed, charged, cautioned, released, no-further-action or died" },
        { VOCAB_RELATIONSHIP,
            "spouse, civil-partner, partner, ex-spouse, ex-civil-partner, ex-partner, parent, child, sibling, "
            "grandparent, grandchild, in-law, step, extended-family or other" },
        { VOCAB_SYSTEM, "cad, cris, merlin, crimint, pnc, custody or asn" },
        { VOCAB_XREF_TARGET, "cad, cris, merlin, crimint, pnc, custody, asn, 124d or risk" },
        { VOCAB_INSTRUMENT, "specss-plus or dash-2009" },
        { VOCAB_STAGE, "initial, secondary, marac or review" },
        { VOCAB_GRADE, "standard, medium or high" },
        { VOCAB_ANSWER, "yes, no, not-known, not-asked or declined" },
        { VOCAB_REVIEW, "cad-supervision, ps-check, cris-supervision, csu-ds-read, dmm, ds-supervision, "
                        "serious-assault, di-review, "
                        "dci-review, ppd-merlin, risk-plan, roundup, inspector or qa" },
        { VOCAB_REVIEW_OUTCOME, "satisfied, remedial or returned" },
        { VOCAB_RETURN_REASON,
            "account-unclear, risk-not-asked, risk-not-reasoned, grade-not-agreed, children-missing, references-missing, "
            "history-missing, statement-missing, injuries-missing, safe-contact-missing, action-not-reasoned, "
            "suspect-missing, illegible or other" },
        { VOCAB_REFERRAL, "idva, marac, sanctuary, advocacy, victim-support, lgbt-liaison, childrens-services, dvip, "
                          "refuge or other" },
        { VOCAB_CONTACT_WITH, "victim, suspect, witness or other" },
        { VOCAB_CONTACT_KIND, "update, safety, statement or event" },
        { VOCAB_CONTACT_RESULT, "spoke, no-answer, voicemail, message or unsafe" },
        { VOCAB_EVENT, "arrest, interview, bail, bail-change, release, charge, summons, caution, conditional-caution, "
                       "no-further-action or court" },
        { VOCAB_NOTICE,
            "di, dps, dps-completion, borough-commander, vcd, welfare-officer, line-manager, wcu or dvip-leaflet" },
        { VOCAB_UNIT, "response, csu, scd2, scd5, dps or buddy" },
        { VOCAB_CONSENT, "given, refused or not-asked" },
        { VOCAB_OUTCOME,
            "charged, cautioned, conditional-caution, no-further-action, no-crime, undetected, transferred, "
            "not-domestic or other" },
        { VOCAB_TASK_SOURCE, "plan, marac, dmm, review, roundup, policy or other" },
        { VOCAB_APPROACH, "remove, avoid, reduce or accept" },
        { VOCAB_ROLE, "response-pc, response-ps, ibos, cmu, ppd, csu-io, csu-ds, csu-di, dci, marac-coordinator or dps" },
        { VOCAB_BASIS, "consent, vital-interests, children, crime or court" },
        { VOCAB_MARAC_GROUND, "judgement, visible-high-risk, escalation or repeat" },
        { VOCAB_REFERRAL_STEP, "offered, consented, refused, not-made, accepted, declined or closed" },
        { VOCAB_AGENCY, "police, idva, childrens-services, adult-services, housing, health, mental-health, drugs-alcohol, education, probation, victim-support, advocacy, refuge or other" },
        { VOCAB_ORDER, "non-molestation, occupation, restraining, prohibited-steps, forced-marriage, anti-social or other" },
        { VOCAB_ORDER_END, "expired, discharged or replaced" },
        { VOCAB_BAIL_CONDITION, "no-contact, not-to-go, residence, curfew, reporting, passport or other" },
        { VOCAB_BAIL_END, "charged, no-further-action, cancelled or extended" },
        { VOCAB_CONTACT_WAY, "mobile, home, work, e-mail, letter, visit or through" },
        { VOCAB_CONTACT_RULE, "safe, at-times or do-not-use" },
        { VOCAB_ATTEMPT, "arrested, no-reply, not-there, moved, information or other" },
        { VOCAB_LINK, "counter-allegation, same-people, same-victim, same-suspect or related" },
        { VOCAB_DISPOSAL, "charged, summons, caution, conditional-caution, taken-into-consideration, penalty-notice, reprimand, no-further-action, no-crime-asked, no-crime-refused, no-crime or undetected" },
        { VOCAB_DISPOSAL_REASON, "evidence, victim-declines, public-interest, not-identified, died, additional-information, wrongly-recorded or other" },
        { VOCAB_DETECTION, "yes or no" },
    };
    Str s = { 0 };

    assert_int_equal(sizeof contract / sizeof contract[0], VOCAB_COUNT);
    for (size_t i = 0; i < VOCAB_COUNT; i++) {
        str_clear(&s);
        vocab_list(std(), contract[i].id, &s);
        assert_string_equal(str_text(&s), contract[i].words);
    }
    str_finish(&s);
}

static void the_few_codes_that_c_names_are_right(void **state)
{
    assert_string_equal(vocab_word(std(), VOCAB_GRADE, GRADE_STANDARD), "standard");
    assert_string_equal(vocab_word(std(), VOCAB_GRADE, GRADE_MEDIUM), "medium");
    assert_string_equal(vocab_word(std(), VOCAB_GRADE, GRADE_HIGH), "high");
    assert_string_equal(vocab_word(std(), VOCAB_CAD_RESULT, CAD_DOMESTIC), "domestic");
    assert_string_equal(vocab_word(std(), VOCAB_CAD_RESULT, CAD_NOT_DOMESTIC), "not-domestic");
    assert_string_equal(vocab_word(std(), VOCAB_CASE_KIND, CASE_CRIME), "crime");
    assert_string_equal(vocab_word(std(), VOCAB_CASE_KIND, CASE_NO_CRIME), "no-crime");
    assert_string_equal(vocab_word(std(), VOCAB_TASK_SOURCE, TASK_FROM_PLAN), "plan");
    assert_string_equal(vocab_word(std(), VOCAB_TASK_SOURCE, TASK_FROM_POLICY), "policy");
    assert_string_equal(vocab_word(std(), VOCAB_APPROACH, APPROACH_ACCEPT), "accept");
}

static void the_roles_are_those_of_the_permission_table(void **state)
{
    size_t n = 0;

    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++) {
        if (!role_is_case_role(r)) continue;
        n++;
        assert_int_equal(vocab_code(std(), VOCAB_ROLE, role_word(r)), n);
        assert_string_equal(vocab_label(std(), VOCAB_ROLE, (Code)n), role_label(r));
    }
    assert_int_equal(std()->of[VOCAB_ROLE].n, n);
}

static void targets_begin_with_the_systems(void **state)
{
    for (Code c = 1; c <= std()->of[VOCAB_SYSTEM].n; c++)
        assert_string_equal(vocab_word(std(), VOCAB_SYSTEM, c), vocab_word(std(), VOCAB_XREF_TARGET, c));
}

static void what_is_not_a_word_has_no_code(void **state)
{
    assert_int_equal(vocab_code(std(), VOCAB_OFFENCE, "s2"), CODE_NONE);
    assert_int_equal(vocab_code(std(), VOCAB_OFFENCE, "s20-"), CODE_NONE);
    assert_int_equal(vocab_code(std(), VOCAB_OFFENCE, "S20"), CODE_NONE);
    assert_int_equal(vocab_code(std(), VOCAB_OFFENCE, ""), CODE_NONE);
    assert_int_equal(vocab_code(std(), VOCAB_OFFENCE, NULL), CODE_NONE);
    assert_int_equal(vocab_code_n(std(), VOCAB_OFFENCE, "s20-aggravated", 3), vocab_code(std(), VOCAB_OFFENCE, "s20"));
    assert_int_equal(vocab_code_n(std(), VOCAB_OFFENCE, "s20\0x", 5), CODE_NONE);
    assert_string_equal(vocab_word(std(), VOCAB_OFFENCE, CODE_NONE), "");
    assert_string_equal(vocab_label(std(), VOCAB_OFFENCE, 200), "");
}

static Vocabs *copy(Arena *a)
{
    Vocabs *v = arena_alloc(a, sizeof *v);

    *v = *std();
    return v;
}

static void a_copy_takes_new_words(void **state)
{
    Vocabs *v = copy(*state);

    assert_true(vocabs_extend(v, VOCAB_REVIEW, "threat-to-life", "Threat to life", NULL));
    assert_int_equal(vocab_code(v, VOCAB_REVIEW, "threat-to-life"), 15);
    assert_string_equal(vocab_label(v, VOCAB_REVIEW, 15), "Threat to life");
    assert_int_equal(vocab_code(std(), VOCAB_REVIEW, "threat-to-life"), CODE_NONE);
    assert_true(vocabs_extend(v, VOCAB_REVIEW, "plain", NULL, NULL));
    assert_string_equal(vocab_label(v, VOCAB_REVIEW, 16), "plain");
}

static void a_new_system_can_be_pointed_at(void **state)
{
    Vocabs *v = copy(*state);

    assert_true(vocabs_extend(v, VOCAB_SYSTEM, "viisor", "ViSOR", NULL));
    assert_int_not_equal(vocab_code(v, VOCAB_XREF_TARGET, "viisor"), CODE_NONE);
}

static void a_bad_or_known_word_is_refused(void **state)
{
    Vocabs *v = copy(*state);
    Err err = { 0 };

    assert_false(vocabs_extend(v, VOCAB_FLAG, "dv", "again", &err));
    assert_string_equal(err.text, "\"dv\" is already a word of \"flag\".");
    assert_false(vocabs_extend(v, VOCAB_FLAG, "", "x", NULL));
    assert_false(vocabs_extend(v, VOCAB_FLAG, NULL, "x", NULL));
    assert_false(vocabs_extend(v, VOCAB_FLAG, "Big", "x", NULL));
    assert_false(vocabs_extend(v, VOCAB_FLAG, "two words", "x", NULL));
    assert_false(vocabs_extend(v, VOCAB_FLAG, "-x", "x", NULL));
    assert_false(vocabs_extend(v, VOCAB_FLAG, "x-", "x", NULL));
    assert_int_equal(v->of[VOCAB_FLAG].n, 5);
}

static void a_vocabulary_can_be_full(void **state)
{
    Vocabs *v = copy(*state);
    Err err = { 0 };

    for (size_t i = v->of[VOCAB_FLAG].n; i < VOCAB_WORDS_MAX; i++)
        assert_true(vocabs_extend(v, VOCAB_FLAG, arena_printf(*state, "w%zu", i), NULL, NULL));
    assert_false(vocabs_extend(v, VOCAB_FLAG, "one-more", NULL, &err));
    assert_string_equal(err.text, "The vocabulary \"flag\" is full: it holds 120 words.");
}

static void an_added_word_is_read_and_written(void **state)
{
    Vocabs *v = copy(*state);
    const char *json = doc_text(*state,
        "\"reviews\":[{\"kind\":\"threat-to-life\",\"at\":\"2010-02-02T00:00:00Z\",\"outcome\":\"satisfied\"}]");
    CaseDoc doc;
    Str s = { 0 };

    assert_false(doc_read_at(*state, json, TIME_MAX, &doc, NULL));
    assert_true(vocabs_extend(v, VOCAB_REVIEW, "threat-to-life", "Threat to life", NULL));
    assert_true(case_read(json, strlen(json), v, TIME_MAX, *state, &doc, NULL, NULL));
    case_write(&doc, v, &s);
    assert_string_equal(str_text(&s), json);
    str_finish(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(every_word_is_found_and_has_a_label),
        FACT(the_words_are_those_of_the_contract),
        FACT(the_few_codes_that_c_names_are_right),
        FACT(the_roles_are_those_of_the_permission_table),
        FACT(targets_begin_with_the_systems),
        FACT(what_is_not_a_word_has_no_code),
        FACT(a_copy_takes_new_words),
        FACT(a_new_system_can_be_pointed_at),
        FACT(a_bad_or_known_word_is_refused),
        FACT(a_vocabulary_can_be_full),
        FACT(an_added_word_is_read_and_written),
    };

    return cmocka_run_group_tests_name("vocab", tests, NULL, NULL);
}
