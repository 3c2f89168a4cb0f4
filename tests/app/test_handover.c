/* test_handover.c — the change of shifts: what is in the list, who hands over and who takes over, once; refused, stale, broken half-way. */
#include "app/access.h"
#include "app/handover.h"
#include "app/hold.h"
#include "app/task.h"
#include "faulty.h"

#define ONE "KG-2010-000001"
#define SUPERVISED                                                                                                     \
    "\"reviews\":[{\"kind\":\"ds-supervision\",\"outcome\":\"satisfied\",\"by\":\"190001\",\"at\":\"2010-05-25T11:00:00Z\",\"text\":\"Seen.\"}]"

static int with_case(void **state)
{
    return desk_with(state, ONE, SUPERVISED);
}

static HandoverList list(Desk *d)
{
    HandoverList out;

    assert_did(d, app_handover_list(d->app, TIME_NONE, d->a, &out, &d->err));
    return out;
}

static const HandoverLine *line(const HandoverList *l, HandoverPart part, const char *duty)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->lines[i].part == part && l->lines[i].duty && str_eq(l->lines[i].duty, duty)) return &l->lines[i];
    return NULL;
}

static void second_sergeant(Desk *d) /* the IO is made one, too */
{
    desk_as(d, KEEPER);
    assert_did(d, app_officer_role(d->app, IO, ROLE_BIT(ROLE_CSU_DS), &d->err));
}

static void the_list_is_what_waits_until_the_next_shift_ends(void **state)
{
    Desk *d = *state;
    HandoverList l;

    l = list(d); /* NOW is 10:00 in London: the day shift, up to 15:00 */
    assert_int_equal(l.role, ROLE_CSU_DS);
    assert_int_equal(l.until, T("2010-06-01T14:00:00Z"));
    assert_non_null(line(&l, HAND_DUE, "ds-supervision")); /* due 12:00 */
    assert_non_null(line(&l, HAND_OVERDUE, "secondary-risk")); /* of the team */
    desk_reopen(d, "2010-06-01T05:50:00Z");
    desk_as(d, DS);
    l = list(d);
    assert_int_equal(l.until, T("2010-06-01T14:00:00Z"));
    desk_reopen(d, "2010-06-01T11:00:01Z");
    desk_as(d, DS);
    l = list(d);
    assert_int_equal(l.until, T("2010-06-01T22:00:00Z"));
    assert_non_null(line(&l, HAND_OVERDUE, "ds-supervision"));
}

static void what_is_put_aside_comes_back_in_the_list_only_when_it_comes_back_in_the_shift(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    HandoverList l;
    Hold h;

    case_item_init(LIST_HOLDS, &h);
    h.duty = "ds-supervision";
    h.reason = "The court sits at eleven.";
    h.until = T("2010-06-01T10:30:00Z");
    assert_did(d, app_case_add(d->app, &v.row, LIST_HOLDS, &h, d->a, NULL, &d->err));
    l = list(d);
    assert_null(line(&l, HAND_DUE, "ds-supervision"));
    assert_int_equal(line(&l, HAND_BACK, "ds-supervision")->when, h.until);
}

static const HandoverLine *note(const HandoverList *l, const char *words)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->lines[i].part == HAND_NOTE && strstr(l->lines[i].what, words)) return &l->lines[i];
    return NULL;
}

static void a_note_of_a_case_or_of_none_is_read_by_name(void **state)
{
    Desk *d = *state;
    HandoverList l;
    int64_t key;

    assert_did(d, app_handover_note(d->app, ONE, "She rings back at five.", TIME_NONE, &d->err));
    assert_logged(d, AUDIT_ALTER, "handover.note", ONE);
    assert_did(d, app_handover_note(d->app, NULL, "The van is in the workshop.", TIME_NONE, &d->err));
    l = list(d);
    assert_int_equal(l.counts[HAND_NOTE], 2);
    assert_string_equal(note(&l, "rings back")->case_id, ONE);
    assert_string_equal(note(&l, "van")->case_id, "");
    key = note(&l, "van")->note;
    assert_refused(d, ERR_DENIED, app_handover_note_read(d->app, key, &d->err));
    second_sergeant(d);
    desk_as(d, IO);
    assert_did(d, app_handover_note_read(d->app, key, &d->err));
    assert_logged(d, AUDIT_ALTER, "handover.read-note", NULL);
    assert_refused(d, ERR_STALE, app_handover_note_read(d->app, key, &d->err));
    l = list(d);
    assert_string_equal(note(&l, "van")->read_by, IO);
    assert_null(note(&l, "rings back")->read_by);
    desk_reopen(d, "2010-06-03T05:50:00Z"); /* two days on: what nobody has read still waits */
    desk_as(d, DS);
    l = list(d);
    assert_null(note(&l, "van"));
    assert_non_null(note(&l, "rings back"));
    desk_as(d, DI); /* another role */
    l = list(d);
    assert_int_equal(l.counts[HAND_NOTE], 0);
    assert_refused(d, ERR_MISSING, app_handover_note_read(d->app, key, &d->err));
}

static void a_note_of_a_restricted_case_is_there_for_who_sees_it_and_lies_enciphered(void **state)
{
    static const char words[] = "Quixotic words of a note";
    Desk *d = *state;
    HandoverList l;

    assert_did(d, app_handover_note(d->app, ONE, words, TIME_NONE, &d->err));
    assert_did(d, app_case_restrict(d->app, &(RestrictAsk){ .case_id = ONE, .reason = "Her brother serves here.", .password = TRAINING_PASSWORD }, &d->err));
    l = list(d);
    assert_true(note(&l, words)->restricted);
    second_sergeant(d);
    desk_as(d, IO); /* not on its list */
    l = list(d);
    assert_int_equal(l.counts[HAND_NOTE], 0);
    assert_refused(d, ERR_MISSING, app_handover_note(d->app, ONE, "Another.", TIME_NONE, &d->err));
    desk_as(d, DS);
    assert_did(d, app_handover_note(d->app, ONE, "Sesquipedalian, too.", TIME_NONE, &d->err));
    l = list(d);
    assert_non_null(note(&l, "Sesquipedalian, too."));
}

static void what_is_no_note_is_a_sentence(void **state)
{
    Desk *d = *state;
    char *long_one = arena_alloc(d->a, NOTE_MAX + 2);

    memset(long_one, 'x', NOTE_MAX + 1);
    long_one[NOTE_MAX + 1] = '\0';
    assert_refused(d, ERR_INVALID, app_handover_note(d->app, NULL, " \n", TIME_NONE, &d->err));
    assert_refused(d, ERR_INVALID, app_handover_note(d->app, NULL, long_one, TIME_NONE, &d->err));
    assert_refused(d, ERR_INVALID, app_handover_note(d->app, NULL, "Late.", app_now(d->app) - 1, &d->err));
    assert_refused(d, ERR_MISSING, app_handover_note(d->app, "KG-404", "Of none.", TIME_NONE, &d->err));
    assert_refused(d, ERR_MISSING, app_handover_note_read(d->app, 7, &d->err));
    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, app_handover_note(d->app, NULL, "No.", TIME_NONE, &d->err));
    assert_logged(d, AUDIT_DENIED, "handover.note", NULL);
    desk_as(d, "900003"); /* the desks that cannot give tasks can write notes */
    assert_did(d, app_handover_note(d->app, NULL, "Channel 4 is dead.", TIME_NONE, &d->err));
    desk_as(d, "900004");
    assert_did(d, app_handover_note(d->app, ONE, "CRIS was down from six.", TIME_NONE, &d->err));
}

static void a_task_for_the_shift_is_in_the_list_until_it_is_done(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    HandoverList l = list(d);
    const char *key;
    Task t;

    case_item_init(LIST_TASKS, &t);
    t.source = vocab_code(app_vocabs(d->app), VOCAB_TASK_SOURCE, "review");
    t.what = "Ring the neighbour after nine";
    t.owner = vocab_code(app_vocabs(d->app), VOCAB_ROLE, "csu-ds");
    t.due = l.until;
    assert_did(d, app_task_set(d->app, &v.row, &t, d->a, &key, &d->err));
    l = list(d);
    assert_true(line(&l, HAND_DUE, "instruction")->task);
    assert_string_equal(line(&l, HAND_DUE, "instruction")->what, "Ring the neighbour after nine");
    assert_did(d, app_task_done(d->app, &v.row, key, "Nobody there.", &d->err));
    l = list(d);
    assert_null(line(&l, HAND_DUE, "instruction"));
}

static void it_is_given_and_taken_once_and_by_somebody_else(void **state)
{
    Desk *d = *state;
    HandoverList l;

    assert_refused(d, ERR_MISSING, app_handover_take(d->app, &d->err));
    assert_did(d, app_handover_give(d->app, TIME_NONE, &d->err));
    assert_logged(d, AUDIT_ALTER, "handover.give", "");
    assert_refused(d, ERR_DENIED, app_handover_take(d->app, &d->err));
    l = list(d);
    assert_string_equal(l.last.by, DS);
    assert_null(l.last.taken_by);
    second_sergeant(d);
    desk_as(d, IO);
    assert_did(d, app_handover_take(d->app, &d->err));
    assert_logged(d, AUDIT_ALTER, "handover.take", "");
    l = list(d);
    assert_string_equal(l.last.taken_by, IO);
    assert_refused(d, ERR_STALE, app_handover_take(d->app, &d->err));
    assert_non_null(strstr(app_handover_words(&l.last, d->a), "by " IO));
}

static void who_runs_no_shift_hands_nothing_over(void **state)
{
    Desk *d = *state;
    HandoverList l;
    Str out = { 0 };

    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, app_handover_list(d->app, TIME_NONE, d->a, &l, &d->err));
    assert_refused(d, ERR_DENIED, app_handover_give(d->app, TIME_NONE, &d->err));
    assert_logged(d, AUDIT_DENIED, "handover.give", "");
    assert_refused(d, ERR_DENIED, app_handover_take(d->app, &d->err));
    assert_refused(d, ERR_DENIED, app_handover_print(d->app, TIME_NONE, false, &out, &d->err));
    desk_as(d, DS);
    assert_refused(d, ERR_INVALID, app_handover_give(d->app, T("2010-05-31T00:00:00Z"), &d->err));
}

static void a_restricted_case_is_in_no_list_of_who_may_not_see_it_and_on_no_paper(void **state)
{
    Desk *d = *state;
    HandoverList l;
    size_t before;
    Str out = { 0 };

    before = list(d).n;
    desk_as(d, DI);
    assert_int_equal(desk_import(d, case_line(d->a, "KG-2010-000002", "\"restricted_at\":\"2010-05-20T10:00:00Z\",\"offences\":[{\"class\":\"s18\",\"at\":\"2010-05-01T10:30:00Z\"}]")).added, 1);
    desk_as(d, DS);
    assert_int_equal(list(d).n, before);
    desk_as(d, DI);
    l = list(d);
    assert_true(l.n > 0);
    assert_did(d, app_handover_print(d->app, TIME_NONE, false, &out, &d->err));
    assert_logged(d, AUDIT_DISCLOSE, "handover.print", "");
    assert_non_null(strstr(str_text(&out), "Hand-over"));
    assert_null(strstr(str_text(&out), "KG-2010-000002"));
    str_finish(&out);
}

/* ---- broken half-way ---- */

static int over_faults(void **state)
{
    return faulty(state, with_case);
}

static void break_everywhere(Desk *d, bool (*act)(App *app, Err *err), const char *who)
{
    int64_t size = log_size(d), step = 0;
    bool ok = false;

    while (!ok && ++step < 500) {
        Err err = { 0 };
        engine_fault_at(step, ENG_IO);
        ok = act(d->app, &err);
        engine_fault_at(0, ENG_IO);
        if (ok) break;
        if (err.kind == ERR_NONE || err.kind == ERR_BUG) fail_msg("step %lld: %s", (long long)step, err.text);
        if (!app_session(d->app)) desk_as(d, who), size++;
        assert_int_equal(log_size(d), size);
    }
    assert_true(ok && step > 2);
}

static bool give(App *app, Err *err)
{
    return app_handover_give(app, TIME_NONE, err);
}

static void every_act_happens_wholly_or_not(void **state)
{
    Desk *d = *state;

    second_sergeant(d);
    desk_as(d, DS);
    break_everywhere(d, give, DS);
    desk_as(d, IO);
    break_everywhere(d, app_handover_take, IO);
    assert_string_equal(list(d).last.taken_by, IO);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, with_case, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_list_is_what_waits_until_the_next_shift_ends),
        TEST(what_is_put_aside_comes_back_in_the_list_only_when_it_comes_back_in_the_shift),
        TEST(a_task_for_the_shift_is_in_the_list_until_it_is_done),
        TEST(a_note_of_a_case_or_of_none_is_read_by_name),
        TEST(a_note_of_a_restricted_case_is_there_for_who_sees_it_and_lies_enciphered),
        TEST(what_is_no_note_is_a_sentence),
        TEST(it_is_given_and_taken_once_and_by_somebody_else),
        TEST(who_runs_no_shift_hands_nothing_over),
        TEST(a_restricted_case_is_in_no_list_of_who_may_not_see_it_and_on_no_paper),
        cmocka_unit_test_setup_teardown(every_act_happens_wholly_or_not, over_faults, faulty_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
