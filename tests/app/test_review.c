/* test_review.c — a review made well: what changed since the last one, what is ticked, what is asked of the officer; refused, invalid, stale,
** and broken half-way. */
#include "app/review.h"
#include "app/sign.h"
#include "app/task.h"
#include "faulty.h"

#include <stdio.h>

#define ONE "KG-2010-000001"
#define SUSPECT                                                                                                        \
    "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Madeup\",\"given\":\"Carl\",\"status\":[{\"status\":\"outstanding\",\"at\":"   \
    "\"2010-05-01T11:00:00Z\"}]}]"

static CaseRow row_of(Desk *d)
{
    CaseRow row;

    assert_did(d, store_case_find(app_store_handle(d->app), ONE, d->a, &row, &d->err));
    return row;
}

static CaseDoc stored(Desk *d)
{
    CaseRow row = row_of(d);
    CaseDoc doc;

    assert_did(d, store_case_load(app_store_handle(d->app), row.key, app_vocabs(d->app), d->a, &doc, &d->err));
    return doc;
}

static int with(void **state, const char *more)
{
    return desk_with(state, ONE, more);
}

static int with_one_case(void **state)
{
    return with(state, SUSPECT);
}

static const char *outcome = "satisfied"; /* of the next reviews */
static bool meant;                         /* satisfied, although a check does not hold */

static Review review(Desk *d, const char *kind)
{
    Review r;

    case_item_init(LIST_REVIEWS, &r);
    r.kind = vocab_code(app_vocabs(d->app), VOCAB_REVIEW, kind);
    r.outcome = vocab_code(app_vocabs(d->app), VOCAB_REVIEW_OUTCOME, outcome);
    r.text = "Seen with the officer in the case.";
    return r;
}

static ReviewChecks asked(Desk *d, const char *kind)
{
    CaseDoc doc = stored(d);
    ReviewChecks c;

    app_checks_asked(d->app, &doc, kind, d->a, &c);
    return c;
}

static bool said(Desk *d, const char *kind, const ReviewChecks *checks, const char *instructions, Err *err)
{
    Review r = review(d, kind);
    CaseRow row;
    Instruction *all = NULL;
    size_t n = 0;

    return store_case_find(app_store_handle(d->app), ONE, d->a, &row, err) && app_instructions_read(d->app, instructions, d->a, &all, &n, err) &&
           app_review_add(d->app, &row, &(ReviewSaid){ &r, checks, all, n, app_instructions_none(instructions, d->a), meant }, d->a, err);
}

static void arrested(Desk *d, const char *at)
{
    CaseDoc doc = stored(d);
    CaseRow row = row_of(d);
    Status status = { vocab_code(app_vocabs(d->app), VOCAB_SUSPECT_STATUS, "arrested"), T(at) };
    Person p = doc.people[0];

    p.status = &status;
    p.n_status = 1;
    assert_did(d, app_case_add(d->app, &row, LIST_PEOPLE, &p, d->a, NULL, &d->err));
}

/* ---- what is ticked ---- */

static void what_was_ticked_is_in_the_review_and_under_its_signature(void **state)
{
    Desk *d = *state;
    ReviewChecks c = asked(d, "ds-supervision"), back;
    CaseDoc doc;
    Review changed;

    assert_int_equal(c.n, 4);
    assert_int_equal(app_checks_count(&c, CHECK_LEFT), 4);
    c.items[0].tick = CHECK_YES;
    c.items[1].tick = CHECK_NO;
    c.items[2].tick = CHECK_NA;
    meant = true;
    assert_did(d, said(d, "ds-supervision", &c, "", &d->err));
    meant = false;
    doc = stored(d);
    app_checks_of(&doc.reviews[0], d->a, &back);
    assert_int_equal(back.n, 4);
    assert_true(back.despite);
    assert_string_equal(back.policy, policy_hash(app_policy(d->app)));
    assert_false(back.at_once);
    assert_string_equal(back.items[0].name, "victim-updated");
    assert_string_equal(back.items[0].says, c.items[0].says);
    assert_int_equal(back.items[0].tick, CHECK_YES);
    assert_int_equal(back.items[1].tick, CHECK_NO);
    assert_int_equal(back.items[2].tick, CHECK_NA);
    assert_int_equal(back.items[3].tick, CHECK_LEFT);
    assert_int_equal(app_review_signed(d->app, doc.id, &doc.reviews[0]), SIGNED_VALID);
    changed = doc.reviews[0];
    changed.answers = "{\"checks\":[],\"policy\":\"x\"}";
    assert_int_equal(app_review_signed(d->app, doc.id, &changed), SIGNED_CHANGED);
}

/* ---- what an outcome asks ---- */

static void satisfied_with_a_check_that_does_not_hold_is_asked_once(void **state)
{
    Desk *d = *state;
    ReviewChecks c = asked(d, "ds-supervision");

    c.items[1].tick = CHECK_NO;
    assert_refused(d, ERR_INVALID, said(d, "ds-supervision", &c, "", &d->err));
    assert_string_equal(d->err.field, "despite");
    assert_non_null(strstr(d->err.text, c.items[1].says));
    assert_int_equal(stored(d).n_reviews, 0);
    meant = true;
    assert_did(d, said(d, "ds-supervision", &c, "", &d->err));
    meant = false;
    assert_did(d, said(d, "ds-supervision", &c, "+2d Try his addresses", &d->err)); /* it is asked for */
    c.items[0].tick = CHECK_NO;
    assert_refused(d, ERR_INVALID, said(d, "ds-supervision", &c, "+2d Try his addresses", &d->err));
}

static void remedial_action_asks_something_or_says_why_not(void **state)
{
    Desk *d = *state;
    ReviewChecks c = asked(d, "ds-supervision"), back;

    outcome = "remedial";
    assert_refused(d, ERR_INVALID, said(d, "ds-supervision", &c, "", &d->err));
    assert_string_equal(d->err.field, "instructions");
    assert_refused(d, ERR_INVALID, said(d, "ds-supervision", &c, "none:", &d->err));
    assert_int_equal(stored(d).n_reviews + stored(d).n_tasks, 0);
    assert_did(d, said(d, "ds-supervision", &c, "+2d Take the statement", &d->err));
    assert_int_equal(stored(d).n_tasks, 1);
    assert_did(d, said(d, "ds-supervision", &c, "None: it was done while I read", &d->err));
    assert_int_equal(stored(d).n_tasks, 1);
    app_checks_of(&stored(d).reviews[1], d->a, &back);
    assert_string_equal(back.none, "it was done while I read");
    outcome = "satisfied";
}

/* The road of the command line has no ticks and no instructions: the rule stands there, too. */
static void no_other_road_leads_round_it(void **state)
{
    Desk *d = *state;
    Review r = review(d, "ds-supervision");
    CaseRow row = row_of(d);

    r.outcome = vocab_code(app_vocabs(d->app), VOCAB_REVIEW_OUTCOME, "remedial");
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &row, LIST_REVIEWS, &r, d->a, NULL, &d->err));
    assert_string_equal(d->err.field, "instructions");
}

static void nothing_is_ticked_by_itself(void **state)
{
    Desk *d = *state;
    ReviewChecks back;

    assert_did(d, said(d, "ds-supervision", NULL, "", &d->err));
    app_checks_of(&stored(d).reviews[0], d->a, &back);
    assert_int_equal(app_checks_count(&back, CHECK_LEFT), back.n);
    assert_int_equal(back.n, 4);
}

static void all_at_once_is_kept_as_said_so(void **state)
{
    Desk *d = *state;
    ReviewChecks c = asked(d, "ds-supervision"), back;

    for (size_t i = 0; i < c.n; i++) c.items[i].tick = CHECK_YES;
    c.at_once = true;
    assert_did(d, said(d, "ds-supervision", &c, "", &d->err));
    app_checks_of(&stored(d).reviews[0], d->a, &back);
    assert_true(back.at_once);
}

static void a_tick_of_what_is_not_asked_any_more_is_stale(void **state)
{
    Desk *d = *state;
    ReviewChecks c = asked(d, "ds-supervision");

    c.items[1].tick = CHECK_YES; /* the suspect is looked for */
    assert_string_equal(c.items[1].name, "suspect-sought");
    arrested(d, "2010-05-20T11:00:00Z");
    assert_refused(d, ERR_STALE, said(d, "ds-supervision", &c, "", &d->err));
    assert_int_equal(stored(d).n_reviews, 0);
}

static void what_a_file_calls_answers_is_no_tick(void **state)
{
    Desk *d = *state;
    Review r = review(d, "ds-supervision");
    static const char *const texts[] = { "{\"form\":\"qa\",\"a\":\"met\"}", "{\"policy\":\"x\"}", "{\"policy\":\"x\",\"checks\":7}",
        "{\"policy\":\"x\",\"checks\":[7,{},{\"check\":\"a\"},{\"check\":\"a\",\"answer\":\"maybe\"}]}", "{\"policy\":[],\"checks\":[]}" };
    ReviewChecks c;

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        r.answers = texts[i];
        app_checks_of(&r, d->a, &c);
        assert_int_equal(c.n, 0);
    }
    r.answers = NULL;
    app_checks_of(&r, d->a, &c);
    assert_int_equal(c.n, 0);
}

/* ---- what is asked of the officer ---- */

static Instruction *read(Desk *d, const char *text, size_t n)
{
    Instruction *all;
    size_t found;

    assert_did(d, app_instructions_read(d->app, text, d->a, &all, &found, &d->err));
    assert_int_equal(found, n);
    return all;
}

static void an_instruction_says_whom_by_when_and_what_in_one_line(void **state)
{
    Desk *d = *state;
    Instruction *i = read(d, "+2d Take the neighbour's statement\n\n  di fri 1700: Approve the plan\r\n900006 tomorrow 0900 Call her\nppd, +4h - See the school", 4);

    assert_int_equal(i[0].owner, ROLE_CSU_IO);
    assert_int_equal(i[0].due, T("2010-06-03T09:00:00Z"));
    assert_string_equal(i[0].what, "Take the neighbour's statement");
    assert_int_equal(i[1].owner, ROLE_CSU_DI);
    assert_int_equal(i[1].due, T("2010-06-04T16:00:00Z"));
    assert_string_equal(i[1].what, "Approve the plan");
    assert_string_equal(i[2].who, "900006");
    assert_int_equal(i[2].owner, ROLE_CSU_IO);
    assert_int_equal(i[2].due, T("2010-06-02T08:00:00Z"));
    assert_int_equal(i[3].owner, ROLE_PPD);
    assert_int_equal(i[3].due, T("2010-06-01T13:00:00Z"));
    assert_string_equal(i[3].what, "See the school");
}

static void an_instruction_without_a_day_or_a_deed_is_refused(void **state)
{
    Desk *d = *state;
    Instruction *all;
    size_t n;

    assert_refused(d, ERR_INVALID, app_instructions_read(d->app, "+2d Do this\nTake a statement", d->a, &all, &n, &d->err));
    assert_string_equal(d->err.field, "instructions");
    assert_non_null(strstr(d->err.text, "Instruction 2"));
    assert_refused(d, ERR_INVALID, app_instructions_read(d->app, "io +2d", d->a, &all, &n, &d->err));
    assert_refused(d, ERR_INVALID, app_instructions_read(d->app, "io yesterday 0900 Do it", d->a, &all, &n, &d->err));
}

static bool has_duty(Desk *d, const char *id)
{
    CaseView view = desk_look(d, ONE);

    for (size_t i = 0; i < view.n_duties; i++)
        if (str_eq(view.duties[i].id, id) && duty_is_live(&view.duties[i])) return true;
    return false;
}

static void instructions_become_tasks_with_owner_and_day_in_the_same_write(void **state)
{
    Desk *d = *state;
    int64_t rev = row_of(d).rev, log = log_size(d);
    CaseDoc doc;

    assert_false(has_duty(d, "instruction"));
    log = log_size(d);
    assert_did(d, said(d, "ds-supervision", NULL, "+2d Take the statement\ndi +3d Approve the plan", &d->err));
    assert_int_equal(log_size(d), log + 1);
    assert_logged(d, AUDIT_ALTER, "review.add", ONE);
    doc = stored(d);
    assert_int_equal(doc.n_reviews, 1);
    assert_int_equal(doc.n_tasks, 2);
    assert_int_equal(row_of(d).rev, rev + 3);
    assert_string_equal(app_task_of(&doc, "t1")->what, "Take the statement");
    assert_string_equal(app_task_of(&doc, "t1")->by, DS);
    assert_string_equal(vocab_word(app_vocabs(d->app), VOCAB_TASK_SOURCE, app_task_of(&doc, "t2")->source), "review");
    assert_int_equal(app_task_owner(d->app, app_task_of(&doc, "t2")), ROLE_CSU_DI);
    assert_true(has_duty(d, "instruction"));
}

/* ---- refused ---- */

static void a_review_that_is_not_yours_leaves_nothing_behind(void **state)
{
    Desk *d = *state;

    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, said(d, "ds-supervision", NULL, "+2d Do it", &d->err));
    assert_logged(d, AUDIT_DENIED, "review.add", ONE);
    assert_int_equal(stored(d).n_tasks, 0);
}

static void an_instruction_that_does_not_fit_takes_the_review_with_it(void **state)
{
    Desk *d = *state;
    Review r = review(d, "ds-supervision");
    CaseRow row = row_of(d);
    Instruction early = { .what = "Do it", .owner = ROLE_CSU_IO, .due = T("2010-05-01T09:00:00Z") };

    assert_refused(d, ERR_INVALID, app_review_add(d->app, &row, &(ReviewSaid){ &r, NULL, &early, 1 }, d->a, &d->err));
    assert_int_equal(stored(d).n_reviews, 0);
}

static void a_review_of_a_case_that_changed_is_stale_and_says_who(void **state)
{
    Desk *d = *state;
    Review r = review(d, "ds-supervision");
    CaseRow row = row_of(d);

    assert_did(d, said(d, "ds-supervision", NULL, "", &d->err));
    assert_refused(d, ERR_STALE, app_review_add(d->app, &row, &(ReviewSaid){ &r, NULL, NULL, 0 }, d->a, &d->err));
    assert_non_null(strstr(d->err.text, DS));
    assert_int_equal(stored(d).n_reviews, 1);
}

/* ---- what changed since ---- */

static Since since(Desk *d, const char *kind)
{
    CaseView view = desk_look(d, ONE);
    Since s;

    assert_did(d, app_case_since_review(d->app, &view, kind, d->a, &s, &d->err));
    return s;
}

static bool tells(const Since *s, const char *words)
{
    for (size_t i = 0; i < s->n; i++)
        if (str_eq(s->lines[i].says, words)) return true;
    for (size_t i = 0; i < s->n; i++) print_message("%s\n", s->lines[i].says);
    return false;
}

static void add(Desk *d, CaseListId list, const char *fields)
{
    void *item = arena_alloc(d->a, case_lists[list].item_size);
    CaseRow row = row_of(d);
    char *at = arena_dup(d->a, fields), *word, *rest = NULL;

    case_item_init(list, item);
    for (word = strtok_r(at, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        char *value = strchr(word, '=');
        *value++ = '\0';
        assert_did(d, case_field_set(case_list_field(list, word), item, value, app_vocabs(d->app), d->a, &d->err));
    }
    assert_did(d, app_case_add(d->app, &row, list, item, d->a, NULL, &d->err));
}

static void what_is_new_comes_first_and_only_that(void **state)
{
    Desk *d = *state;
    Since s;

    assert_did(d, said(d, "ds-supervision", NULL, "", &d->err));
    s = since(d, "ds-supervision");
    assert_int_equal(s.n, 0);
    assert_non_null(s.review);
    desk_reopen(d, "2010-06-05T09:00:00Z");
    desk_as(d, DS);
    add(d, LIST_REFERENCES, "system=merlin number=10PAC012345");
    desk_reopen(d, "2010-06-07T09:00:00Z");
    desk_as(d, DS);
    add(d, LIST_CONTACTS, "with=victim kind=update result=spoke");
    s = since(d, "ds-supervision");
    assert_int_equal(s.n, 2);
    assert_string_equal(s.lines[0].says, "Victim, update (VCOP): spoke, officer " DS);
    assert_string_equal(s.lines[1].says, "Merlin 10PAC012345 recorded");
    assert_int_equal(s.lines[1].at, T("2010-06-05T09:00:00Z"));
    assert_false(s.lines[1].belated);
}

static void what_was_written_down_since_is_new_whatever_its_date(void **state)
{
    Desk *d = *state;
    Since s;

    assert_did(d, said(d, "ds-supervision", NULL, "", &d->err));
    desk_reopen(d, "2010-06-05T09:00:00Z");
    desk_as(d, DS);
    add(d, LIST_CONTACTS, "with=victim kind=update result=voicemail at=2010-05-30T10:00:00Z");
    s = since(d, "ds-supervision");
    assert_int_equal(s.n, 1);
    assert_true(s.lines[0].belated);
    assert_true(tells(&s, "Victim, update (VCOP): voicemail, officer " DS));
}

static void what_became_of_a_task_and_of_a_suspect_is_told(void **state)
{
    Desk *d = *state;
    CaseRow row;
    Since s;

    assert_did(d, said(d, "ds-supervision", NULL, "+2d Take the statement", &d->err));
    desk_reopen(d, "2010-06-02T09:00:00Z");
    desk_as(d, DS);
    row = row_of(d);
    assert_did(d, app_task_done(d->app, &row, "t1", "Taken.", &d->err));
    arrested(d, "2010-06-02T08:00:00Z");
    s = since(d, "ds-supervision");
    assert_true(tells(&s, "Done: Take the statement, officer " DS));
    assert_true(tells(&s, "Carl Madeup: arrested"));
    assert_int_equal(s.n, 2);
}

static void without_an_earlier_one_it_counts_from_the_report(void **state)
{
    Desk *d = *state;
    Since s = since(d, "di-review");

    assert_null(s.review);
    assert_int_equal(s.when, T("2010-05-01T10:00:00Z"));
    assert_true(tells(&s, "Carl Madeup: outstanding"));
}

static void what_is_secret_is_not_told(void **state)
{
    Desk *d = *state;
    Since s;

    assert_did(d, said(d, "ds-supervision", NULL, "", &d->err));
    desk_reopen(d, "2010-06-05T09:00:00Z");
    desk_as(d, DS);
    add(d, LIST_SAFE_CONTACTS, "person=s1 way=mobile value=07700900123 rule=safe");
    s = since(d, "ds-supervision");
    assert_int_equal(s.n, 1);
    assert_null(strstr(s.lines[0].says, "07700900123"));
}

/* ---- broken half-way ---- */

static bool act(Desk *d, Err *err)
{
    return said(d, "ds-supervision", NULL, "+2d Take the statement\ndi +3d Approve it", err);
}

static void a_review_and_its_instructions_happen_together_or_not_at_all(void **state)
{
    Desk *d = *state;
    bool ok = false;

    for (int64_t at = 1; !ok && at < 5000; at++) {
        Err err = { 0 };
        CaseDoc doc;
        if (!app_session(d->app)) desk_as(d, DS);
        engine_fault_at(at, ENG_IO);
        ok = act(d, &err);
        engine_fault_at(0, ENG_IO);
        doc = stored(d);
        assert_int_equal(doc.n_reviews, ok);
        assert_int_equal(doc.n_tasks, ok ? 2 : 0);
    }
    assert_true(ok);
}

static int over_faults(void **state)
{
    return faulty(state, with_one_case);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_ticked_is_in_the_review_and_under_its_signature, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(satisfied_with_a_check_that_does_not_hold_is_asked_once, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(remedial_action_asks_something_or_says_why_not, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(no_other_road_leads_round_it, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(nothing_is_ticked_by_itself, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(all_at_once_is_kept_as_said_so, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(a_tick_of_what_is_not_asked_any_more_is_stale, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(what_a_file_calls_answers_is_no_tick, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(an_instruction_says_whom_by_when_and_what_in_one_line, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(an_instruction_without_a_day_or_a_deed_is_refused, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(instructions_become_tasks_with_owner_and_day_in_the_same_write, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(a_review_that_is_not_yours_leaves_nothing_behind, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(an_instruction_that_does_not_fit_takes_the_review_with_it, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(a_review_of_a_case_that_changed_is_stale_and_says_who, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_new_comes_first_and_only_that, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(what_was_written_down_since_is_new_whatever_its_date, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(what_became_of_a_task_and_of_a_suspect_is_told, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(without_an_earlier_one_it_counts_from_the_report, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_secret_is_not_told, with_one_case, desk_teardown),
        cmocka_unit_test_setup_teardown(a_review_and_its_instructions_happen_together_or_not_at_all, over_faults, faulty_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
