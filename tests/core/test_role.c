/* test_role.c — who may do what: the whole table, printed and compared with the one below.
** A change of the table is a change of this picture, seen by whoever reviews it. */
#include "core_test.h"

#include "core/role.h"

static const char *const perms[PERM_COUNT] = { "queue-read", "queue-all", "watch-read", "view-share", "handover", "case-read", "case-import", "case-export", "book-print",
    "book-index", "qa-draw", "roundup-read", "roundup-print", "dmm-read", "dmm-hold",
    "marac-read", "marac-pack", "add-offence", "add-flag", "add-person", "add-reference", "add-cross-reference", "add-book", "add-addendum", "add-book-move",
    "add-assessment",
    "add-review", "add-referral", "add-contact", "add-event", "add-notice", "add-owner", "case-assign", "add-consent", "add-task", "add-referral-step", "add-hearing",
    "add-order", "add-bail", "add-breach", "add-safe-contact", "add-attempt", "add-hold", "add-link", "add-disposal", "add-reopening", "case-investigate", "class-down", "task-done",
    "withdraw", "task-approve", "fact-attended", "fact-children", "fact-incident", "fact-kind", "fact-cad", "fact-put-away", "fact-close",
    "contact-open", "contact-override", "reference-unusual", "alert-answer",
    "case-restrict", "access-change", "glass-break", "glass-second", "glass-review", "holders", "retention", "match-read",
    "policy-read",
    "policy-propose", "policy-activate", "rebuild", "officer-manage", "audit-read",
    "audit-case", "audit-restricted", "store-care" };

/* Columns: response PC, PS, IBOS, CMU, PPD, csu IO, DS, DI, dCi, Marac, dPs, Auditor, Keeper */
static const char expected_perms[] = "                     pc ps ib cm pp io ds di ci ma dp au ke\n"
                                     "queue-read           x  x  x  x  x  x  x  x  x  x  x  .  .\n"
                                     "queue-all            .  x  x  x  .  .  x  x  x  .  .  .  .\n"
                                     "watch-read           .  .  .  .  .  .  x  x  x  .  .  .  .\n"
                                     "view-share           .  .  .  .  .  .  x  x  .  .  .  .  .\n"
                                     "handover             .  x  x  x  x  .  x  x  .  .  .  .  .\n"
                                     "case-read            x  x  x  x  x  x  x  x  x  x  x  x  .\n"
                                     "case-import          .  .  .  .  .  .  x  x  .  .  .  .  .\n"
                                     "case-export          .  .  .  .  .  .  x  x  .  .  .  .  .\n"
                                     "book-print           .  x  .  .  .  x  x  x  x  .  .  .  .\n"
                                     "book-index           .  .  x  .  .  x  x  x  .  .  .  .  .\n"
                                     "qa-draw              .  .  .  .  .  .  x  x  x  .  .  .  .\n"
                                     "roundup-read         x  x  .  x  .  x  x  x  x  .  .  .  .\n"
                                     "roundup-print        .  x  .  .  .  .  x  x  x  .  .  .  .\n"
                                     "dmm-read             .  .  .  x  .  .  x  x  x  .  .  .  .\n"
                                     "dmm-hold             .  .  .  .  .  .  .  x  x  .  .  .  .\n"
                                     "marac-read           .  .  .  .  x  x  x  x  x  x  .  .  .\n"
                                     "marac-pack           .  .  .  .  .  .  x  x  .  x  .  .  .\n"
                                     "add-offence          x  x  .  x  .  x  x  x  .  .  .  .  .\n"
                                     "add-flag             x  x  .  x  x  x  x  x  .  .  .  .  .\n"
                                     "add-person           x  x  .  .  x  x  x  x  .  .  .  .  .\n"
                                     "add-reference        x  x  x  x  x  x  x  x  .  .  .  .  .\n"
                                     "add-cross-reference  x  x  .  x  x  x  x  x  .  .  .  .  .\n"
                                     "add-book             x  x  .  .  .  x  x  x  .  .  .  .  .\n"
                                     "add-addendum         x  x  .  .  .  x  x  x  .  .  .  .  .\n"
                                     "add-book-move        x  x  x  .  .  x  x  x  .  .  .  .  .\n"
                                     "add-assessment       x  x  .  .  .  x  x  x  .  x  .  .  .\n"
                                     "add-review           .  x  x  x  x  .  x  x  x  .  .  .  .\n"
                                     "add-referral         .  x  .  .  x  x  x  x  .  .  .  .  .\n"
                                     "add-contact          x  x  .  .  .  x  x  x  .  .  .  .  .\n"
                                     "add-event            x  x  .  x  .  x  x  x  .  .  .  .  .\n"
                                     "add-notice           .  x  .  .  .  x  x  x  x  .  .  .  .\n"
                                     "add-owner            .  x  .  x  .  .  x  x  x  .  x  .  .\n"
                                     "case-assign          .  .  .  .  .  .  x  x  x  .  .  .  .\n"
                                     "add-consent          x  x  .  .  .  x  x  x  .  .  .  .  .\n"
                                     "add-task             .  x  x  x  x  x  x  x  x  x  .  .  .\n"
                                     "add-referral-step    .  x  .  .  x  x  x  x  .  x  .  .  .\n"
                                     "add-hearing          .  .  .  .  .  .  x  x  .  x  .  .  .\n"
                                     "add-order            x  x  .  .  .  x  x  x  .  .  .  .  .\n"
                                     "add-bail             x  x  .  .  .  x  x  x  .  .  .  .  .\n"
                                     "add-breach           x  x  .  .  .  x  x  x  .  .  .  .  .\n"
                                     "add-safe-contact     x  x  .  .  .  x  x  x  .  .  .  .  .\n"
                                     "add-attempt          x  x  .  .  .  x  x  x  .  .  .  .  .\n"
                                     "add-hold             .  x  x  x  x  .  x  x  x  .  .  .  .\n"
                                     "add-link             x  x  .  x  .  x  x  x  .  .  .  .  .\n"
                                     "add-disposal         .  .  .  x  .  x  x  x  .  .  .  .  .\n"
                                     "add-reopening        .  .  .  .  .  .  x  x  x  .  .  .  .\n"
                                     "case-investigate     .  .  .  .  .  x  x  .  .  .  .  .  .\n"
                                     "class-down           .  .  .  .  .  .  x  x  x  .  .  .  .\n"
                                     "task-done            x  x  x  x  x  x  x  x  x  x  x  .  .\n"
                                     "withdraw             .  x  .  .  .  .  x  x  x  .  .  .  .\n"
                                     "task-approve         .  .  .  .  .  .  .  x  .  .  .  .  .\n"
                                     "fact-attended        x  x  x  .  .  x  x  x  .  .  .  .  .\n"
                                     "fact-children        x  x  .  .  x  x  x  x  .  .  .  .  .\n"
                                     "fact-incident        x  x  .  x  .  x  x  x  .  .  .  .  .\n"
                                     "fact-kind            .  .  .  x  .  x  x  x  .  .  .  .  .\n"
                                     "fact-cad             .  x  x  .  .  x  x  x  .  .  .  .  .\n"
                                     "fact-put-away        .  .  x  .  .  .  .  .  .  .  .  .  .\n"
                                     "fact-close           .  .  .  .  .  .  x  x  x  .  .  .  .\n"
                                     "contact-open         x  x  .  .  .  x  x  x  x  x  .  .  .\n"
                                     "contact-override     .  .  .  .  .  .  x  x  .  .  .  .  .\n"
                                     "reference-unusual    .  .  x  x  x  .  x  x  .  .  .  .  .\n"
                                     "alert-answer         x  x  x  x  x  x  x  x  x  x  x  .  .\n";

/* The rest of it: no literal is longer than C says. */
static const char more_perms[] =     "case-restrict        .  .  .  .  .  .  x  x  .  .  .  .  .\n"
                                     "access-change        .  .  .  .  .  .  x  x  .  .  x  .  .\n"
                                     "glass-break          x  x  x  x  x  x  x  x  x  x  x  .  .\n"
                                     "glass-second         .  x  .  .  .  .  x  x  x  .  x  .  .\n"
                                     "glass-review         .  .  .  .  .  .  .  x  .  .  x  .  .\n"
                                     "holders              .  .  .  .  .  .  .  x  .  .  x  .  .\n"
                                     "retention            .  .  .  .  .  .  .  x  x  .  .  .  .\n"
                                     "match-read           .  .  .  .  .  .  .  x  .  .  .  .  .\n"
                                     "policy-read          x  x  x  x  x  x  x  x  x  x  x  x  x\n"
                                     "policy-propose       .  .  .  .  .  .  .  .  .  .  .  .  x\n"
                                     "policy-activate      .  .  .  .  .  .  .  x  .  .  .  .  .\n"
                                     "rebuild              .  .  .  .  .  .  .  .  .  .  .  .  x\n"
                                     "officer-manage       .  .  .  .  .  .  .  .  .  .  .  .  x\n"
                                     "audit-read           .  .  .  .  .  .  .  .  .  .  .  x  .\n"
                                     "audit-case           .  .  .  .  .  .  .  x  x  .  x  x  .\n"
                                     "audit-restricted     .  .  .  .  .  .  .  x  .  .  x  x  .\n"
                                     "store-care           .  .  .  .  .  .  .  .  .  .  .  .  x\n";

static const char expected_reviews[] = "                     pc ps ib cm pp io ds di ci ma dp au ke\n"
                                       "cad-supervision      .  .  x  .  .  .  .  .  .  .  .  .  .\n"
                                       "ps-check             .  x  .  .  .  .  .  .  .  .  .  .  .\n"
                                       "cris-supervision     .  x  .  x  .  .  .  .  .  .  .  .  .\n"
                                       "csu-ds-read          .  .  .  .  .  .  x  x  .  .  .  .  .\n"
                                       "dmm                  .  .  .  .  .  .  .  x  x  .  .  .  .\n"
                                       "ds-supervision       .  .  .  .  .  .  x  x  .  .  .  .  .\n"
                                       "serious-assault      .  .  .  .  .  .  x  x  .  .  .  .  .\n"
                                       "di-review            .  .  .  .  .  .  .  x  x  .  .  .  .\n"
                                       "dci-review           .  .  .  .  .  .  .  .  x  .  .  .  .\n"
                                       "ppd-merlin           .  .  .  .  x  .  .  .  .  .  .  .  .\n"
                                       "risk-plan            .  .  .  .  .  .  x  x  .  .  .  .  .\n"
                                       "roundup              .  .  .  .  .  .  x  x  .  .  .  .  .\n"
                                       "inspector            .  .  .  .  .  .  .  x  x  .  .  .  .\n"
                                       "qa                   .  .  .  .  .  .  x  x  x  .  .  .  .\n";

static const char expected_stages[] = "                     pc ps ib cm pp io ds di ci ma dp au ke\n"
                                      "initial              x  x  .  .  .  x  x  x  .  .  .  .  .\n"
                                      "secondary            .  .  .  .  .  x  x  x  .  .  .  .  .\n"
                                      "marac                .  .  .  .  .  x  x  x  .  x  .  .  .\n"
                                      "review               .  .  .  .  .  .  x  x  .  .  .  .  .\n";

/* By the grade that the case has. From the lowest nobody can go down; the row is what a policy's own grades would get. */
static const char expected_downs[] = "                     pc ps ib cm pp io ds di ci ma dp au ke\n"
                                     "standard             .  .  .  .  .  .  x  x  .  .  .  .  .\n"
                                     "medium               .  .  .  .  .  .  x  x  .  .  .  .  .\n"
                                     "high                 .  .  .  .  .  .  .  x  .  .  .  .  .\n";

static const char heading[] = "                     pc ps ib cm pp io ds di ci ma dp au ke\n";

static void add_cell(Str *s, Role r, bool may)
{
    str_addf(s, "%s%s", may ? "x" : ".", r + 1 == ROLE_COUNT ? "\n" : "  ");
}

static void every_role_may_what_the_table_says(void **state)
{
    Str s = { 0 }, table = { 0 };

    str_add(&s, heading);
    for (Perm p = 0; p < PERM_COUNT; p++) {
        str_addf(&s, "%-21s", perms[p]);
        for (Role r = 1; r < ROLE_COUNT; r++) add_cell(&s, r, role_may(ROLE_BIT(r), p));
    }
    str_addf(&table, "%s%s", expected_perms, more_perms);
    assert_string_equal(str_text(&s), str_text(&table));
    str_finish(&table);
    str_finish(&s);
}

static void every_review_has_its_reviewers(void **state)
{
    const Vocab *reviews = &vocabs_standard()->of[VOCAB_REVIEW];
    Str s = { 0 };

    str_add(&s, heading);
    for (size_t i = 0; i < reviews->n; i++) {
        str_addf(&s, "%-21s", reviews->words[i].word);
        for (Role r = 1; r < ROLE_COUNT; r++) add_cell(&s, r, role_may_review(ROLE_BIT(r), reviews->words[i].word));
    }
    assert_string_equal(str_text(&s), expected_reviews);
    str_finish(&s);
}

typedef bool MayWord(RoleSet roles, const char *word);

static void check_words(VocabId vocab, MayWord *may, const char *expected)
{
    const Vocab *words = &vocabs_standard()->of[vocab];
    Str s = { 0 };

    str_add(&s, heading);
    for (size_t i = 0; i < words->n; i++) {
        str_addf(&s, "%-21s", words->words[i].word);
        for (Role r = 1; r < ROLE_COUNT; r++) add_cell(&s, r, may(ROLE_BIT(r), words->words[i].word));
    }
    assert_string_equal(str_text(&s), expected);
    str_finish(&s);
}

static void every_stage_has_its_assessors(void **state)
{
    check_words(VOCAB_STAGE, role_may_assess, expected_stages);
    assert_true(role_may_assess(ROLE_BIT(ROLE_CSU_DS), "after-release")); /* a stage that a policy adds */
    assert_false(role_may_assess(ROLE_BIT(ROLE_RESPONSE_PC), "after-release"));
    assert_false(role_may_assess(0, "initial"));
    assert_false(role_may_assess(ROLE_BIT(ROLE_CSU_DI) | ROLE_BIT(ROLE_AUDITOR), "initial"));
    assert_string_equal(role_who_may_assess("review"), "a CSU detective sergeant or the CSU detective inspector");
    assert_string_equal(role_cite_assess("secondary"), "BD 1.5");
}

static void a_no_crime_is_decided_by_the_crime_management_unit(void **state)
{
    assert_true(role_may_dispose(ROLE_BIT(ROLE_CMU), "no-crime") && role_may_dispose(ROLE_BIT(ROLE_CSU_DI), "no-crime"));
    assert_false(role_may_dispose(ROLE_BIT(ROLE_CSU_DS), "no-crime"));
    assert_true(role_may_dispose(ROLE_BIT(ROLE_CSU_IO), "charged"));
    assert_false(role_may_dispose(ROLE_BIT(ROLE_RESPONSE_PC), "charged"));
    assert_false(role_may_dispose(ROLE_BIT(ROLE_CSU_IO), "victim-declines"));
    assert_string_equal(role_who_may_dispose("no-crime"), "the Crime Management Unit or the CSU detective inspector");
}

static void grading_down_needs_rank(void **state)
{
    check_words(VOCAB_GRADE, role_may_grade_down, expected_downs);
    assert_false(role_may_grade_down(ROLE_BIT(ROLE_CSU_DI) | ROLE_BIT(ROLE_AUDITOR), "high"));
    assert_string_equal(role_who_may_grade_down("high"), "the CSU detective inspector");
    assert_string_equal(role_who_may_grade_down("medium"), "a CSU detective sergeant or the CSU detective inspector");
}

static void every_reviewer_may_review(void **state)
{
    for (Role r = 1; r < ROLE_COUNT; r++) {
        bool some = false;
        const Vocab *reviews = &vocabs_standard()->of[VOCAB_REVIEW];
        for (size_t i = 0; i < reviews->n; i++) some = some || role_may_review(ROLE_BIT(r), reviews->words[i].word);
        assert_int_equal(some, role_may(ROLE_BIT(r), PERM_ADD_REVIEW));
    }
}

static void a_review_that_a_policy_adds_is_for_the_supervisors(void **state)
{
    assert_true(role_may_review(ROLE_BIT(ROLE_CSU_DS), "threat-to-life"));
    assert_true(role_may_review(ROLE_BIT(ROLE_DCI), "threat-to-life"));
    assert_false(role_may_review(ROLE_BIT(ROLE_CSU_IO), "threat-to-life"));
    assert_false(role_may_review(ROLE_BIT(ROLE_AUDITOR), "threat-to-life"));
}

static void nobody_may_nothing(void **state)
{
    for (Perm p = 0; p < PERM_COUNT; p++) assert_false(role_may(0, p));
    assert_false(role_may(~0u, PERM_COUNT));
    assert_false(role_may_review(0, "dmm"));
}

static void two_roles_may_what_either_may(void **state)
{
    RoleSet set = ROLE_BIT(ROLE_PPD) | ROLE_BIT(ROLE_DCI);

    assert_true(role_may(set, PERM_ADD_PERSON));
    assert_true(role_may(set, PERM_ADD_OWNER));
    assert_false(role_may(set, PERM_ADD_CONTACT));
}

static void deny_beats_allow(void **state)
{
    assert_false(role_may(ROLE_BIT(ROLE_CSU_DI) | ROLE_BIT(ROLE_KEEPER), PERM_CASE_READ));
    assert_false(role_may(ROLE_BIT(ROLE_CSU_DI) | ROLE_BIT(ROLE_AUDITOR), PERM_ADD_CONTACT));
    assert_false(role_may(ROLE_BIT(ROLE_KEEPER) | ROLE_BIT(ROLE_AUDITOR), PERM_OFFICER_MANAGE));
    assert_false(role_may_review(ROLE_BIT(ROLE_CSU_DI) | ROLE_BIT(ROLE_AUDITOR), "dmm"));
}

static void the_keeper_sees_no_case(void **state)
{
    RoleSet keeper = ROLE_BIT(ROLE_KEEPER);

    for (Perm p = PERM_QUEUE_READ; p <= PERM_ADD_CONSENT; p++) assert_false(role_may(keeper, p));
}

static void who_may_is_said_in_words(void **state)
{
    assert_string_equal(role_who_may(PERM_CASE_EXPORT), "a CSU detective sergeant or the CSU detective inspector");
    assert_string_equal(role_who_may(PERM_AUDIT_READ), "the auditor");
    assert_string_equal(role_who_may(PERM_QUEUE_READ), "an officer who works on cases");
    assert_string_equal(role_who_may_review("ps-check"), "a response sergeant");
    assert_string_equal(role_who_may_review("cris-supervision"), "a response sergeant or the Crime Management Unit");
    assert_string_equal(role_who_may_review("qa"),
        "a CSU detective sergeant, the CSU detective inspector or the detective chief inspector");
    assert_string_equal(role_who_may_review("threat-to-life"),
        "a CSU detective sergeant, the CSU detective inspector or the detective chief inspector");
    for (Perm p = 0; p < PERM_COUNT; p++) assert_true(strlen(role_who_may(p)) > 5 && strlen(role_who_may(p)) < 400);
}

static void a_task_is_for_its_owner_and_who_supervises_the_owner(void **state)
{
    assert_true(role_may_task(ROLE_BIT(ROLE_CSU_IO), ROLE_CSU_IO));
    assert_true(role_may_task(ROLE_BIT(ROLE_CSU_DS), ROLE_CSU_IO));
    assert_false(role_may_task(ROLE_BIT(ROLE_CSU_IO), ROLE_CSU_DS));
    assert_false(role_may_task(ROLE_BIT(ROLE_AUDITOR), ROLE_CSU_IO));
    assert_true(role_may_task(ROLE_BIT(ROLE_MARAC_COORDINATOR), ROLE_MARAC_COORDINATOR));
    assert_false(role_may_task(~0u, ROLE_NONE));
    assert_false(role_may_task(~0u, ROLE_COUNT));
    assert_string_equal(role_who_may_task(ROLE_CSU_DS), "a CSU detective sergeant or the CSU detective inspector");
    assert_string_equal(role_who_may_task(ROLE_CSU_DI), "the CSU detective inspector or the detective chief inspector");
}

static void every_row_stands_on_something(void **state)
{
    for (Perm p = 0; p < PERM_COUNT; p++) assert_true(*role_cite(p));
    assert_string_equal(role_cite(PERM_ADD_CONTACT), "BD 3.5");
    assert_string_equal(role_cite_review("dmm"), "BD 1.4");
    assert_string_equal(role_cite_review("threat-to-life"), "access");
    assert_string_equal(role_cite(PERM_COUNT), "");
}

static void keeper_and_auditor_stand_alone(void **state)
{
    const char *why = NULL;

    assert_true(roles_fit(0, NULL));
    assert_true(roles_fit(ROLE_BIT(ROLE_KEEPER), &why));
    assert_true(roles_fit(ROLE_BIT(ROLE_AUDITOR), &why));
    assert_true(roles_fit(ROLE_BIT(ROLE_CSU_DS) | ROLE_BIT(ROLE_CSU_IO), &why));
    assert_null(why);
    assert_false(roles_fit(ROLE_BIT(ROLE_KEEPER) | ROLE_BIT(ROLE_DPS), &why));
    assert_string_equal(why, "The keeper of the store sees no case, and so has no role on cases.");
    assert_false(roles_fit(ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_KEEPER), &why));
    assert_string_equal(why, "An auditor reads what the others do, and so has no other role.");
    assert_false(roles_fit(ROLE_BIT(ROLE_NONE), &why));
    assert_false(roles_fit(1u << 30, NULL));
}

static void roles_have_words(void **state)
{
    for (Role r = 1; r < ROLE_COUNT; r++) {
        assert_int_equal(role_by_word(role_word(r)), r);
        assert_true(*role_label(r));
        assert_in_range(strlen(role_short(r)), 1, 8);
    }
    assert_int_equal(role_by_word("chief-wizard"), ROLE_NONE);
    assert_int_equal(role_by_word(""), ROLE_NONE);
    assert_int_equal(role_by_word(NULL), ROLE_NONE);
    assert_string_equal(role_label(ROLE_CSU_DS), "CSU detective sergeant");
    assert_true(role_is_case_role(ROLE_DPS));
    assert_false(role_is_case_role(ROLE_AUDITOR));
    assert_false(role_is_case_role(ROLE_KEEPER));
    assert_false(role_is_case_role(ROLE_NONE));
}

/* The warrants of a training store are in this order (interchange §3). */
static void the_roles_are_in_the_order_of_the_contract(void **state)
{
    static const char *const order[] = { "", "response-pc", "response-ps", "ibos", "cmu", "ppd", "csu-io", "csu-ds",
        "csu-di", "dci", "marac-coordinator", "dps", "auditor", "keeper" };

    for (Role r = 0; r < ROLE_COUNT; r++) assert_string_equal(role_word(r), order[r]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(every_role_may_what_the_table_says),
        FACT(every_review_has_its_reviewers),
        FACT(every_stage_has_its_assessors),
        FACT(a_no_crime_is_decided_by_the_crime_management_unit), FACT(grading_down_needs_rank),
        FACT(every_reviewer_may_review),
        FACT(a_review_that_a_policy_adds_is_for_the_supervisors),
        FACT(nobody_may_nothing),
        FACT(two_roles_may_what_either_may),
        FACT(deny_beats_allow),
        FACT(the_keeper_sees_no_case),
        FACT(who_may_is_said_in_words),
        FACT(a_task_is_for_its_owner_and_who_supervises_the_owner),
        FACT(every_row_stands_on_something),
        FACT(keeper_and_auditor_stand_alone),
        FACT(roles_have_words),
        FACT(the_roles_are_in_the_order_of_the_contract),
    };

    return cmocka_run_group_tests_name("role", tests, NULL, NULL);
}
