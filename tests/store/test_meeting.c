/* test_meeting.c — daily management meetings as facts, and the walks that an agenda is made of: each held against what was stored. */
#include "desk.h"

#include "base/str.h"

#include <string.h>

static Store *s;
static Arena *a;

static int with_store(void **unused)
{
    desk_remove("s");
    s = desk_store("s");
    a = arena_new();
    return 0;
}

static int without_store(void **unused)
{
    store_close(&s);
    arena_free(&a);
    return 0;
}

static int64_t begin(Time at)
{
    Meeting m = { .since = at - DAY, .began_by = "900008", .began_at = at };
    Tx tx = { 0 };
    int64_t key = 0;

    must(desk_end(&tx, store_begin(s, &tx, E) && store_meeting_begin(&tx, &m, &key, E), E));
    return key;
}

static void meetings_are_numbered_and_come_newest_first(void **unused)
{
    Meeting *all, one;
    size_t n;
    Tx tx = { 0 };
    Err err = { 0 };

    assert_int_equal(begin(NOW), 1);
    must(desk_end(&tx, store_begin(s, &tx, E) && store_meeting_end(&tx, 1, "900009", NOW + HOUR, "{}", E), E));
    assert_int_equal(begin(NOW + DAY), 2);
    must(store_meeting_list(s, 5, a, &all, &n, E));
    assert_int_equal(n, 2);
    assert_int_equal(all[0].key, 2);
    assert_null(all[0].ended_by);
    assert_int_equal(all[0].ended_at, TIME_NONE);
    assert_string_equal(all[1].ended_by, "900009");
    assert_true(all[1].ended_act > all[1].began_act);
    must(store_meeting_get(s, 1, a, &one, E));
    assert_string_equal(one.figures, "{}");
    assert_false(store_meeting_get(s, 3, a, &one, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_false(desk_end(&tx, store_begin(s, &tx, &err) && store_meeting_end(&tx, 1, "900009", NOW, "{}", &err), &err)); /* once */
}

static void what_was_said_comes_in_the_order_in_which_it_was_said(void **unused)
{
    CaseKey key = desk_must_save(s, 1, true);
    int64_t meeting = begin(NOW);
    MeetingSaid said[3] = { { .key = key, .sections = 3, .said = MEETING_PASSED, .by = "900008", .at = NOW },
        { .key = key, .sections = 3, .said = MEETING_ACTION, .task = "t1", .by = "900009", .at = NOW + 1 },
        { .key = key, .said = MEETING_DONE, .task = "t1", .by = "900008", .at = NOW + 2 } };
    MeetingSaid *back;
    size_t n;

    for (size_t i = 0; i < 3; i++) {
        Tx tx = { 0 };
        must(desk_end(&tx, store_begin(s, &tx, E) && store_meeting_say(&tx, meeting, &said[i], E), E));
    }
    must(store_meeting_said(s, meeting, a, &back, &n, E));
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(back[i].seq, (int64_t)i + 1);
        assert_int_equal(back[i].said, said[i].said);
        assert_int_equal(back[i].sections, said[i].sections);
        assert_true(str_eq(back[i].task, said[i].task));
        assert_string_equal(back[i].by, said[i].by);
        assert_int_equal(back[i].at, said[i].at);
    }
    must(store_meeting_said(s, meeting + 1, a, &back, &n, E));
    assert_int_equal(n, 0);
}

static Task task(const char *key, Code source, Time due, Time done)
{
    Task t;

    case_item_init(LIST_TASKS, &t);
    t.key = key, t.source = source, t.what = "Ring her", t.owner = 1, t.due = due, t.at = NOW - DAY, t.done_at = done;
    return t;
}

static void work_that_was_given_is_there_until_its_newest_version_says_done(void **unused)
{
    const Vocabs *v = vocabs_standard();
    Code dmm = vocab_code(v, VOCAB_TASK_SOURCE, "dmm"), marac = vocab_code(v, VOCAB_TASK_SOURCE, "marac");
    Task tasks[3] = { task("t1", dmm, NOW + DAY, TIME_NONE), task("t2", dmm, NOW - HOUR, TIME_NONE), task("t3", marac, NOW, TIME_NONE) };
    CaseKey key = desk_must_save(s, 2, false);
    CaseRow row;
    CaseDoc doc;
    MeetingRow *rows;
    size_t n;
    Tx tx = { 0 };

    must(store_case_row(s, key, a, &row, E));
    must(store_case_load(s, key, v, a, &doc, E));
    for (size_t i = 0; i < 3; i++) case_append(&doc, LIST_TASKS, &tasks[i], a);
    must(desk_end(&tx, store_begin(s, &tx, E) && store_case_update(&tx, key, row.rev, &doc, v, NOW, "900008", E), E));
    must(store_tasks_given(s, "dmm", TIME_MAX, a, &rows, &n, E));
    assert_int_equal(n, 2);
    assert_string_equal(rows[0].what, "t2"); /* due first */
    assert_int_equal(rows[0].due, NOW - HOUR);
    must(store_tasks_given(s, "dmm", NOW, a, &rows, &n, E));
    assert_int_equal(n, 1);
    must(store_tasks_given(s, "marac", NOW - 1, a, &rows, &n, E));
    assert_int_equal(n, 0);
    doc.tasks[1].done_at = NOW, doc.tasks[1].done_by = "900008", doc.tasks[1].result = "She is well.";
    must(store_case_row(s, key, a, &row, E));
    must(desk_end(&tx, store_begin(s, &tx, E) && store_case_update(&tx, key, row.rev, &doc, v, NOW, "900008", E), E));
    must(store_tasks_given(s, "dmm", TIME_MAX, a, &rows, &n, E));
    assert_int_equal(n, 1);
    assert_string_equal(rows[0].what, "t1");
}

/* Every live duty of that name that has opened, and no other. */
static void duties_of_a_name_are_those_that_are_live_and_open(void **unused)
{
    enum { CASES = 40 };
    size_t wanted = 0, found;
    MeetingRow *rows;
    Duty all[6];

    desk_duties(0, all);
    for (int i = 0; i < CASES; i++) {
        Duty d[6];
        size_t n = desk_duties(i, d);
        desk_must_save(s, i, false);
        for (size_t k = 0; k < n; k++) wanted += str_eq(d[k].id, all[0].id) && duty_is_live(&d[k]) && d[k].opens <= NOW;
    }
    must(store_duties_named(s, all[0].id, NOW, TIME_MAX, 1000, a, &rows, &found, E));
    assert_int_equal(found, wanted);
    must(store_duties_named(s, "no-such-duty", NOW, TIME_MAX, 1000, a, &rows, &found, E));
    assert_int_equal(found, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(meetings_are_numbered_and_come_newest_first, with_store, without_store),
        cmocka_unit_test_setup_teardown(what_was_said_comes_in_the_order_in_which_it_was_said, with_store, without_store),
        cmocka_unit_test_setup_teardown(work_that_was_given_is_there_until_its_newest_version_says_done, with_store, without_store),
        cmocka_unit_test_setup_teardown(duties_of_a_name_are_those_that_are_live_and_open, with_store, without_store),
    };
    int failed;

    desk_start();
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    desk_finish();
    return failed;
}
