/* test_break.c — the program dies, the line breaks, the disk is full, the store goes away: nothing that was said to be saved is lost,
** and what was typed comes back. */
#include "station.h"

#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define TYPED "Half a sentence about the visit, and the other half"

/* ---- half-typed ---- */

static Tt *half_typed(Station *s, char id[16])
{
    Tt *t = station_desk(s, DS);

    open_review(t, id);
    type_see(t, TYPED, "the other half");
    return t;
}

/* Signed in again, the text is offered, is whole, and can be saved. */
static void offered_and_whole(Station *s, const char *id)
{
    Tt *t = station_terminal(s, ROWS, COLS, NULL, NULL);

    sign_in(t, DS);
    see(t, "You left 1 text unsaved.");
    see(t, id);
    tt_type(t, ENTER);
    see(t, TYPED);
    tt_type(t, " of it." CTRL_R CTRL_S);
    see(t, "Saved 09:12:");
    assert_int_equal(times(MUST(s, DS, "case", "show", id), "about the visit, and the other half of it."), 1);
    tt_type(t, "q");
    station_leave(s, &t);
    t = station_desk(s, DS);
    assert_false(tt_has(t, "unsaved"));
}

static void half_a_text_outlives_kill_9_after_three_seconds(void **state)
{
    Station *s = *state;
    char id[16];
    Tt *t = half_typed(s, id);

    tt_settle(t, station_is_slow() ? 6000 : 3000);
    tt_signal(t, SIGKILL);
    assert_int_equal(tt_exit(t, 5000), 128 + SIGKILL);
    offered_and_whole(s, id);
}

static void half_a_text_outlives_a_line_that_breaks(void **state)
{
    Station *s = *state;
    char id[16];
    Tt *t = half_typed(s, id);
    int status;

    tt_hangup(t);
    status = tt_exit(t, 5000);
    if (status < 0) fail_msg("still there five seconds after the line broke");
    offered_and_whole(s, id);
}

static void half_a_text_outlives_a_polite_end(void **state)
{
    static const int polite[] = { SIGTERM, SIGHUP, SIGINT };
    Station *s = *state;
    char id[16];

    for (size_t i = 0; i < sizeof polite / sizeof polite[0]; i++) {
        Tt *t = half_typed(s, id);
        tt_signal(t, polite[i]);
        if (tt_exit(t, 5000) < 0) fail_msg("still there five seconds after signal %d", polite[i]);
        assert_false(tt_on_alternate_screen(t));
        assert_false(tt_has(t, "the other half"));
        assert_false(tt_has(t, id));
        station_leave(s, &t);
        offered_and_whole(s, id);
    }
}

static void half_a_text_is_nobody_elses_and_not_in_the_clear(void **state)
{
    Station *s = *state;
    char id[16], command[256];
    Tt *t = half_typed(s, id);

    tt_signal(t, SIGTERM);
    assert_true(tt_exit(t, 5000) >= 0);
    snprintf(command, sizeof command, "grep -rlF 'the other half' %s >/dev/null", s->store);
    assert_int_not_equal(system(command), 0);
    t = station_desk(s, DI);
    assert_false(tt_has(t, "unsaved"));
}

/* ---- kill -9 while saving ---- */

typedef struct Saving {
    Tt *t;
    char text[48];
} Saving;

enum { AT_ONCE = 3, ROUNDS = 8, ROUNDS_SLOW = 3 };

static unsigned luck(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16;
}

/* Where typing takes seconds (sanitizers) what an earlier kill cut off was put aside, and is offered: it stays aside. */
static Tt *desk_past_drafts(Station *s, const char *warrant)
{
    Tt *t = station_terminal(s, ROWS, COLS, NULL, NULL);

    sign_in(t, warrant);
    tt_settle(t, 100);
    if (tt_has(t, "unsaved.")) tt_type(t, ESC);
    see(t, "Overdue");
    return t;
}

/* The form of the k-th supervision is open and has its text; ^S is the next key. */
static void make_ready(Station *s, Saving *p, int round, int k)
{
    p->t = desk_past_drafts(s, k == 2 ? DI : DS);
    snprintf(p->text, sizeof p->text, "round %d terminal %d.", round, k);
    if (k == 2) {
        type_see(p->t, "R", "Whose queue");
        tt_type(p->t, "CSU detective sergeant" ENTER);
        see(p->t, "queue of CSU detective sergeant");
    }
    only_supervisions(p->t);
    for (int i = 0; i < k; i++) tt_type(p->t, DOWN);
    type_see(p->t, "r", "DS 7-day supervision");
    type_see(p->t, p->text, p->text);
    type_see(p->t, CTRL_R, "icked"); /* now, or in the draft that a kill left: ^S asks no question then */
}

static void a_week_later(Station *s, int weeks)
{
    static const char *const days[] = { "2010-02-08", "2010-02-16", "2010-02-24", "2010-03-04", "2010-03-12",
        "2010-03-20", "2010-03-27", "2010-04-04" };

    snprintf(s->clock, sizeof s->clock, "%sT09:12:00Z", days[weeks]);
    s->now = s->clock;
}

/* What the screen acknowledged is there once; what it did not may be there, once. */
static void judge(Station *s, Saving *p)
{
    bool said;
    size_t there;

    assert_true(tt_exit(p->t, 5000) >= 0);
    said = tt_has(p->t, "Saved 09:12:");
    there = times(MUST(s, DI, "export", "cases"), p->text);
    if (said && there != 1) fail_msg("\"%s\" was said to be saved and is there %zu times", p->text, there);
    if (there > 1) fail_msg("\"%s\" is there %zu times", p->text, there);
    station_leave(s, &p->t);
}

static void nothing_that_was_said_to_be_saved_is_lost_to_kill_9(void **state)
{
    Station *s = *state;
    Saving p[AT_ONCE];
    unsigned seed = 124;
    int acknowledged = 0;

    for (int round = 0; round < (station_is_slow() ? ROUNDS_SLOW : ROUNDS); round++) {
        a_week_later(s, round);
        for (int k = 0; k < AT_ONCE; k++) make_ready(s, &p[k], round, k);
        for (int k = 0; k < AT_ONCE; k++) tt_type(p[k].t, CTRL_S);
        for (int k = 0; k < AT_ONCE; k++) {
            usleep(luck(&seed) % 30000); /* an accident has no condition to wait for */
            tt_signal(p[k].t, SIGKILL);
        }
        for (int k = 0; k < AT_ONCE; k++) {
            tt_settle(p[k].t, 1);
            acknowledged += tt_has(p[k].t, "Saved 09:12:");
            judge(s, &p[k]);
        }
        assert_non_null(strstr(MUST(s, AUDITOR, "audit", "verify"), "each follows the one before"));
    }
    print_message("%d of the saves were acknowledged before the kill\n", acknowledged);
}

/* ---- no room, no store ---- */

/* ^S is answered by a sentence, and the text is still in the form; with `again` it can be saved after all. */
static void not_saved_but_kept(Tt *t)
{
    tt_type(t, CTRL_R CTRL_S);
    see(t, "Not saved");
    tt_type(t, ESC);
    see_not(t, "Not saved");
    see(t, "the other half");
    assert_false(tt_has(t, "Saved 09:12:"));
}

static void saved_after_all(Station *s, Tt *t, const char *id)
{
    tt_type(t, CTRL_R CTRL_S);
    see(t, "Saved 09:12:");
    assert_int_equal(times(MUST(s, DS, "case", "show", id), "the other half"), 1);
}

static void a_limit_on_the_size_of_files_is_a_sentence_and_the_text_stays(void **state)
{
    struct rlimit none = { .rlim_cur = 1024, .rlim_max = RLIM_INFINITY }, all = { RLIM_INFINITY, RLIM_INFINITY };
    Station *s = *state;
    char id[16];
    Tt *t = half_typed(s, id);

    assert_int_equal(prlimit(tt_pid(t), RLIMIT_FSIZE, &none, NULL), 0);
    not_saved_but_kept(t);
    assert_int_equal(prlimit(tt_pid(t), RLIMIT_FSIZE, &all, NULL), 0);
    saved_after_all(s, t, id);
}

static void a_full_disk_is_a_sentence_and_the_text_stays(void **state)
{
    Station *s = *state;
    char id[16];
    Tt *t;

    if (!station_small_disk(s, "size=4m,mode=0700")) skip();
    t = half_typed(s, id);
    station_fill_disk(s, true);
    not_saved_but_kept(t);
    station_fill_disk(s, false);
    saved_after_all(s, t, id);
    MUST(s, AUDITOR, "audit", "verify");
    station_take_disk_away(s);
}

static void a_disk_that_can_only_be_read_is_a_sentence_at_the_start(void **state)
{
    Station *s = *state;
    char path[160];
    int status;
    Tt *t;

    if (!station_small_disk(s, "size=4m,mode=0700")) skip();
    snprintf(path, sizeof path, "%s/disk", s->dir);
    assert_int_equal(mount(NULL, path, NULL, MS_REMOUNT | MS_RDONLY, NULL), 0);
    t = station_terminal(s, ROWS, COLS, NULL, NULL);
    status = tt_exit(t, 10000);
    assert_int_equal(status, 3);
    assert_true(tt_has(t, "book124: "));
    assert_false(tt_on_alternate_screen(t));
    assert_int_equal(mount(NULL, path, NULL, MS_REMOUNT, "size=4m"), 0);
    station_take_disk_away(s);
}

static void a_store_that_was_taken_away_is_a_sentence_and_the_text_stays(void **state)
{
    Station *s = *state;
    char id[16], away[128];
    Tt *t = half_typed(s, id);

    snprintf(away, sizeof away, "%s.away", s->store);
    assert_int_equal(rename(s->store, away), 0);
    not_saved_but_kept(t);
    assert_int_equal(rename(away, s->store), 0);
    saved_after_all(s, t, id);
}

static void a_store_that_was_deleted_is_a_sentence_and_the_text_stays(void **state)
{
    Station *s = *state;
    char id[16], command[160];
    Tt *t = half_typed(s, id);

    snprintf(command, sizeof command, "rm -rf '%s'", s->store);
    assert_int_equal(system(command), 0);
    not_saved_but_kept(t);
    tt_signal(t, SIGTERM);
    assert_true(tt_exit(t, 5000) >= 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            half_a_text_outlives_kill_9_after_three_seconds, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(half_a_text_outlives_a_line_that_breaks, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(half_a_text_outlives_a_polite_end, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            half_a_text_is_nobody_elses_and_not_in_the_clear, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            nothing_that_was_said_to_be_saved_is_lost_to_kill_9, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            a_limit_on_the_size_of_files_is_a_sentence_and_the_text_stays, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(a_full_disk_is_a_sentence_and_the_text_stays, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            a_disk_that_can_only_be_read_is_a_sentence_at_the_start, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            a_store_that_was_taken_away_is_a_sentence_and_the_text_stays, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            a_store_that_was_deleted_is_a_sentence_and_the_text_stays, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
