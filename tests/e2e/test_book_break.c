/* test_book_break.c — a whole book is written and not handed in yet, and then the program dies, the line breaks, the disk is full, the
** store goes away, another terminal takes it: afterwards the draft is there or the version, never neither and never both, and
** nobody but its writer can read the draft. */
#include "story.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { KILLS = 20, KILLS_SLOW = 4 };

static char written[128]; /* a copy of the store with the whole book in it as a draft */
static char id[16];
static unsigned seed = 124;

/* ---- the store as it was when the book was written ---- */

static int write_the_book(void **state)
{
    return story_station(state, id, written, sizeof written);
}

static int put_back(void **state)
{
    Station *s = *state;

    return story_copy(written, s->store);
}

/* ---- what is there ---- */

static int count(Station *s, const char *sql)
{
    char path[160];
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    int n;

    snprintf(path, sizeof path, "%s/book124.db", s->store);
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK) fail_msg("%s", sqlite3_errmsg(db));
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    n = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(db);
    return n;
}

static int drafts(Station *s)
{
    return count(s, "SELECT count(*) FROM draft WHERE warrant = '" PC "' AND about LIKE '%124d%'");
}

/* Versions of the book, all of them whole: as the command line reads them. */
static size_t versions(Station *s)
{
    int status;
    const char *said = RUN(s, DI, &status, "export", "cases", "--case", id);

    if (status != 0 || !said) return 0;
    size_t n = times(said, "\"completed_at\"");
    if (n && !strstr(said, "Strangled until she passed out, a knife, threats to kill both"))
        fail_msg("half a book: %s", said);
    if (n && !strstr(said, "\"family\":\"Madeup\"")) fail_msg("a book without its case: %s", said);
    return n;
}

static void draft_or_version(Station *s, bool said)
{
    int d = drafts(s);
    size_t v = versions(s);

    if (d + (int)v != 1) fail_msg("%d drafts and %zu versions", d, v);
    if (said && v != 1) fail_msg("it was said to be handed in, and is a draft");
}

/* Signed in again, the book is offered, and goes on as it was. */
static Tt *go_on(Station *s)
{
    Tt *t = station_terminal(s, ROWS, COLS, NULL, NULL);

    sign_in(t, PC);
    see(t, "You left 1 text unsaved.");
    type_see(t, ENTER, "V\u2713");
    return t;
}

/* Another given name for the victim, with which a later look can tell this text from an earlier one. */
static void type_more(Tt *t, const char *word)
{
    type_see(t, CTRL_B "d", "Victim");
    type_see(t, "\t", "Beatrice");
    type_see(t, word, word);
}

static void ask(Tt *t)
{
    type_see(t, CTRL_R, "Submit the book");
    see(t, "Cancel");
}

/* ---- while it is written, and while the question is open ---- */

typedef enum Blow { TERM, HUP, INT, KILL, LINE, LOCK, BLOWS } Blow;
static const int signals[] = { [TERM] = SIGTERM, [HUP] = SIGHUP, [INT] = SIGINT, [KILL] = SIGKILL };

/* Kill leaves no time: what was typed more than two seconds ago is what was promised. */
static void strike(Tt *t, Blow blow, const char *word)
{
    if (blow == LOCK) {
        if (tt_has(t, "Cancel")) { /* a question is answered before one leaves the desk */
            tt_type(t, ESC);
            see_not(t, "Cancel");
        }
        type_see(t, CTRL_X, "locked");
        assert_false(tt_has(t, word));
        assert_false(tt_has(t, id));
    }
    if (blow == KILL) tt_settle(t, station_is_slow() ? 6000 : 2500);
    if (blow == LINE)
        tt_hangup(t);
    else
        tt_signal(t, blow == LOCK ? SIGKILL : signals[blow]);
    if (tt_exit(t, station_is_slow() ? 20000 : 5000) < 0) fail_msg("still there after blow %d", blow);
}

static void nothing_typed_is_lost(Station *s, bool asked)
{
    char word[24];

    for (int blow = 0; blow < BLOWS; blow++) {
        Tt *t = go_on(s);
        snprintf(word, sizeof word, " Xylo%c%c", 'a' + blow, asked ? 'q' : 'w');
        type_more(t, word);
        if (asked) ask(t);
        strike(t, (Blow)blow, word);
        station_leave(s, &t);
        draft_or_version(s, false);
        assert_int_equal(drafts(s), 1);
        t = go_on(s);
        tt_type(t, CTRL_B "d");
        see(t, word);
        station_leave(s, &t);
    }
}

static void a_book_half_typed_outlives_whatever_ends_the_program(void **state)
{
    nothing_typed_is_lost(*state, false);
}

static void a_book_outlives_whatever_ends_the_program_at_the_question(void **state)
{
    nothing_typed_is_lost(*state, true);
}

/* ---- kill -9 in the middle of handing in ---- */

static double seconds(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static unsigned luck(unsigned below)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 8) % (below ? below : 1);
}

static Tt *at_the_last_key(Station *s)
{
    Tt *t = go_on(s);

    ask(t);
    tt_settle(t, 400); /* what is typed ahead does not answer */
    return t;
}

/* How long it takes here and now, so that the kills fall into it. */
static unsigned microseconds_to_hand_in(Station *s)
{
    Tt *t = at_the_last_key(s);
    double begun = seconds();
    unsigned took;

    tt_type(t, "y");
    see(t, "the sergeant has it");
    took = (unsigned)((seconds() - begun) * 1e6);
    station_leave(s, &t);
    draft_or_version(s, true);
    return took;
}

static void the_draft_or_the_version_outlives_kill_9(void **state)
{
    Station *s = *state;
    unsigned most = microseconds_to_hand_in(s);
    int kills = station_is_slow() ? KILLS_SLOW : KILLS, handed_in = 0;

    for (int i = 0; i < kills; i++) {
        assert_int_equal(put_back(state), 0);
        Tt *t = at_the_last_key(s);
        tt_type(t, "y");
        usleep(luck(1 + luck(most))); /* early ones more often: the commit comes early */
        tt_signal(t, SIGKILL);
        tt_settle(t, 1);
        bool said = tt_has(t, "the sergeant has it");
        assert_true(tt_exit(t, 5000) >= 0);
        station_leave(s, &t);
        draft_or_version(s, said);
        handed_in += drafts(s) == 0;
        MUST(s, AUDITOR, "audit", "verify");
    }
    print_message("%d of %d were handed in before the kill, within %u ms\n", handed_in, kills, most / 1000);
}

/* ---- no room, no store ---- */

static void not_saved(Tt *t, const char *word)
{
    type_see(t, CTRL_S, "Not saved");
    see(t, word);
}

static void a_full_disk_is_a_sentence_and_the_book_stays(void **state)
{
    Station *s = *state;
    char was[sizeof s->store];
    Tt *t;

    memcpy(was, s->store, sizeof was);
    if (!station_small_disk(s, "size=16m,mode=0700")) skip();
    t = go_on(s);
    type_more(t, " Xylofull");
    station_fill_disk(s, true);
    not_saved(t, "Xylofull");
    tt_type(t, CTRL_R); /* nor is it handed in */
    tt_settle(t, 600);
    assert_false(tt_has(t, "Submit the book"));
    assert_false(tt_has(t, "the sergeant has it"));
    station_fill_disk(s, false);
    see(t, "Xylofull");
    type_see(t, CTRL_S, "Saved 09:12");
    story_hand_in(t);
    draft_or_version(s, true);
    assert_int_equal(
        times(MUST(s, DI, "export", "cases", "--case", id), "Beatrice Xylofull"), 2); /* the person and the answer */
    MUST(s, AUDITOR, "audit", "verify");
    station_take_disk_away(s);
    memcpy(s->store, was, sizeof was);
    put_back(state);
}

static void a_store_that_was_taken_away_is_a_sentence_and_the_book_stays(void **state)
{
    Station *s = *state;
    char away[160];
    Tt *t = go_on(s);

    type_more(t, " Xylogone");
    snprintf(away, sizeof away, "%s.away", s->store);
    assert_int_equal(rename(s->store, away), 0);
    not_saved(t, "Xylogone");
    assert_int_equal(rename(away, s->store), 0);
    type_see(t, CTRL_S, "Saved 09:12");
    ask(t);
    tt_settle(t, 400);
    assert_int_equal(rename(s->store, away), 0);
    tt_type(t, "y");
    see(t, "Not submitted");
    assert_int_equal(rename(away, s->store), 0);
    tt_type(t, ESC);
    see_not(t, "Not submitted");
    see(t, "Xylogone");
    story_hand_in(t);
    draft_or_version(s, true);
}

/* ---- two terminals, and other officers ---- */

static void the_newer_terminal_has_the_book_and_the_older_says_so(void **state)
{
    Station *s = *state;
    Tt *older = go_on(s), *newer;

    type_more(older, " Xyloold");
    type_see(older, CTRL_S, "Saved 09:12");
    newer = station_terminal(s, ROWS, COLS, NULL, NULL);
    sign_in(newer, PC);
    see(newer, "You left 1 text unsaved.");
    type_see(newer, ENTER, "Take over");
    tt_settle(newer, 400);
    tt_type(newer, "y");
    see(newer, "is back");
    tt_type(newer, CTRL_B "d");
    see(newer, "Xyloold");
    type_see(older, "er", "taken over");
    tt_type(older, CTRL_R);
    see(older, "another terminal now");
    draft_or_version(s, false);
    story_hand_in(newer);
    draft_or_version(s, true);
    assert_int_equal(times(MUST(s, DI, "export", "cases", "--case", id), "Xyloolder"), 0);
}

/* Words of the book that no made-up case has. */
static const char *const canaries[] = { "kitchen knife in his right hand", "Imaginary Arms", "Xylocanary",
    "With her sister, 3 Sample" };

static void in_no_file(Station *s, const char *when)
{
    char command[400];

    for (size_t i = 0; i < sizeof canaries / sizeof canaries[0]; i++) {
        snprintf(command, sizeof command, "grep -rlaF '%s' '%s' >/dev/null", canaries[i], s->store);
        if (system(command) == 0) fail_msg("\"%s\" stands in a file of the store %s", canaries[i], when);
    }
}

static void a_draft_is_nobody_elses_and_in_no_file_in_the_clear(void **state)
{
    Station *s = *state;
    int status;
    Tt *t = go_on(s);

    type_more(t, " Xylocanary");
    type_see(t, CTRL_S, "Saved 09:12");
    in_no_file(s, "while it is written");
    tt_signal(t, SIGKILL);
    assert_true(tt_exit(t, 5000) >= 0);
    in_no_file(s, "after a kill");
    for (size_t i = 0; i < 3; i++) {
        t = station_desk(s, (const char *const[]){ "900002", DS, DI }[i]);
        assert_false(tt_has(t, "unsaved"));
        station_leave(s, &t);
    }
    RUN(s, DI, &status, "case", "show", id);
    assert_int_not_equal(status, 0);
    for (size_t i = 0; i < sizeof canaries / sizeof canaries[0]; i++)
        assert_int_equal(times(MUST(s, DI, "export", "cases"), canaries[i]), 0);
    t = go_on(s);
    story_hand_in(t);
    station_leave(s, &t);
    draft_or_version(s, true);
    assert_true(
        times(MUST(s, DI, "export", "cases"), "Xylocanary") > 0); /* the canary sings, so it would have been heard */
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_book_half_typed_outlives_whatever_ends_the_program, put_back, story_is_sound),
        cmocka_unit_test_setup_teardown(a_book_outlives_whatever_ends_the_program_at_the_question, put_back, story_is_sound),
        cmocka_unit_test_setup_teardown(the_draft_or_the_version_outlives_kill_9, put_back, story_is_sound),
        cmocka_unit_test_setup_teardown(a_full_disk_is_a_sentence_and_the_book_stays, put_back, story_is_sound),
        cmocka_unit_test_setup_teardown(
            a_store_that_was_taken_away_is_a_sentence_and_the_book_stays, put_back, story_is_sound),
        cmocka_unit_test_setup_teardown(the_newer_terminal_has_the_book_and_the_older_says_so, put_back, story_is_sound),
        cmocka_unit_test_setup_teardown(a_draft_is_nobody_elses_and_in_no_file_in_the_clear, put_back, story_is_sound),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    return cmocka_run_group_tests(tests, write_the_book, station_teardown);
}
