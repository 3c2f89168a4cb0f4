/* test_text.c — what people type, what gets pasted, and what somebody put into a text to deceive: kept as typed, said, shown, never obeyed. */
#include "station.h"

#include <sqlite3.h>
#include <time.h>

#define SCRIPTS                                                                                                                  \
    "Zoë Àpẹẹrẹ, Ελένη, Ирина, 李小龍, עברית, العربية, ไทย, नमस्ते, Łódź " \
    "🙂"

static Tt *at_review(Station *s, char id[16])
{
    Tt *t = station_desk(s, DS);

    open_review(t, id);
    return t;
}

static void save(Tt *t)
{
    tt_type(t, CTRL_R CTRL_S);
    see(t, "Saved 09:12:");
}

static const char *everything(Station *s)
{
    return MUST(s, DI, "export", "cases");
}

/* ---- scripts ---- */

static void texts_of_many_scripts_are_kept_as_typed_and_as_pasted(void **state)
{
    Station *s = *state;
    char id[16];
    Tt *t = at_review(s, id);

    tt_type(t, "Typed: " SCRIPTS ".");
    see(t, "李小龍");
    assert_true(tt_has(t, "עברית"));
    save(t);
    see_not(t, "李小龍");
    tt_paste(t, "Pasted: " SCRIPTS ".", strlen("Pasted: " SCRIPTS "."));
    see(t, "नमस्ते, Łódź");
    save(t);
    everything(s);
    assert_int_equal(times(s->said, "\"Typed: " SCRIPTS ".\""), 1);
    assert_int_equal(times(s->said, "\"Pasted: " SCRIPTS ".\""), 1);
}

static void marks_combine_and_a_hundred_on_one_letter_do_not(void **state)
{
    Station *s = *state;
    char id[16], pile[256] = "a";
    Tt *t = at_review(s, id);

    for (int i = 0; i < 100; i++) strcat(pile, "\u0301");
    type_see(t, "Cafe\u0301 ", "Cafe\u0301");
    tt_paste(t, pile, strlen(pile));
    see(t, "96 invisible or control characters were left out.");
    type_see(t, " end", " end");
    save(t);
    everything(s);
    assert_int_equal(times(s->said, "\"Café á\u0301\u0301\u0301 end\""), 1);
}

static void a_name_in_any_script_is_found_by_its_beginning(void **state)
{
    static const char *const names[] = { "Παπαδοπούλου", "Иванова", "Nguyễn", "Àpẹẹrẹ" };
    Station *s = *state;
    char path[128], line[64];
    char doc[1024];
    Tt *t = station_desk(s, DI);

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(doc, sizeof doc,
            "{\"format\":\"book124.case/"
            "1\",\"id\":\"KG-N0NE%zu\",\"borough\":\"KG\",\"reported_at\":\"2010-02-06T10:00:00Z\","
            "\"reported_how\":\"call\",\"kind\":\"crime\",\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":"
            "\"%s\"}]}",
            i + 1, names[i]);
        station_file(s, "cases.jsonl", doc, path);
        MUST(s, DI, "import", "cases", path);
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        type_see(t, "/", "Find a case");
        tt_type(t, names[i]);
        tt_type(t, ENTER);
        snprintf(line, sizeof line, "KG-N0NE%zu", i + 1);
        see(t, line);
        tt_type(t, ESC);
        see(t, "2 Today");
    }
}

/* ---- hostile text ---- */

static const char *const hostile[] = { "\033]52;c;aGVsbG8=\007", "\033[31m", "\033[?1049l", "\033P$q\"p\033\\",
    "\033[21t", "\u202e", "\u2066", "\u200b", "\ufeff", "\xc2\x85", "\xff\xfe", "\xed\xa0\x80", "\b\b\b", "\177" };
enum { HOSTILE = sizeof hostile / sizeof hostile[0] };

static void a_hostile_paste_is_cleaned_and_said_and_never_obeyed(void **state)
{
    Station *s = *state;
    char id[16], text[128];
    Tt *t = at_review(s, id);

    for (size_t i = 0; i < HOSTILE; i++) {
        snprintf(text, sizeof text, "<%s>", hostile[i]);
        tt_paste(t, text, strlen(text));
        see(t, "<");
        if (i == 0) see(t, "character");
        tt_type(t, ".");
    }
    tt_settle(t, 200);
    assert_true(tt_on_alternate_screen(t));
    assert_null(strstr(tt_output(t), "\033]52"));
    assert_null(strstr(tt_output(t), "\033[21t"));
    save(t);
    everything(s);
    for (size_t i = 0; i < HOSTILE; i++) assert_null(strstr(s->said, hostile[i]));
    assert_null(strstr(s->said, "\\u001b"));
    assert_null(strstr(s->said, "\\u202e"));
}

/* By another way than the program: it refuses controls in what it imports. */
static void write_into_store(Station *s, const char *id, const char *text)
{
    char path[160];
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;

    snprintf(path, sizeof path, "%s/book124.db", s->store);
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    assert_int_equal(
        sqlite3_prepare_v2(db,
            "INSERT INTO reviews (case_key, seq, version, act, kind, \"by\", at, outcome, text) SELECT c.key, "
            "(SELECT coalesce(max(seq), 0) + 1 FROM reviews r WHERE r.case_key = c.key), 1, 1, 'ps-check', '900007', "
            "1265300000, "
            "'satisfied', ?2 FROM case_file c WHERE c.id = ?1",
            -1, &st, NULL),
        SQLITE_OK);
    sqlite3_bind_text(st, 1, id, -1, SQLITE_STATIC);
    sqlite3_bind_text(st, 2, text, -1, SQLITE_STATIC);
    if (sqlite3_step(st) != SQLITE_DONE) fail_msg("%s", sqlite3_errmsg(db));
    assert_int_equal(sqlite3_changes(db), 1);
    sqlite3_finalize(st);
    sqlite3_close(db);
}

static void hostile_text_that_is_stored_is_shown_as_marks(void **state)
{
    Station *s = *state;
    Tt *t = station_desk(s, DS);
    char id[16];
    const char *shown;
    size_t before;
    int status;

    case_of_row(t, id);
    s->tampered = true;
    write_into_store(s, id,
        "evil \033]52;c;aGVsbG8=\007 \033[31mred \u202eback zero\u200bwidth \xc2\x9b"
        "31m \r\b end");
    before = tt_bytes_out(t);
    type_see(t, ENTER, "Duties");
    tt_type(t, "8");
    see(t, "evil");
    assert_true(tt_has(t, "‹ESC›"));
    assert_true(tt_has(t, "‹U+202E›"));
    shown = tt_output(t) + before;
    assert_null(strstr(shown, "\033]52"));
    assert_null(strstr(shown, "\033[31mred"));
    assert_null(strstr(shown, "\u202e"));
    assert_null(strstr(shown, "\u200b"));
    assert_null(strstr(shown, "\xc2\x9b"));
    shown = MUST(s, DS, "case", "show", id);
    assert_null(strchr(shown, '\033'));
    assert_null(strstr(shown, "\u202e"));
    RUN(s, AUDITOR, &status, "audit", "verify");
    assert_int_equal(status, 3);
    assert_non_null(strstr(s->said, id)); /* and what was written behind the program is known for it */
}

/* ---- big pastes ---- */

static double seconds(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void ten_megabytes_pasted_are_cut_and_said_and_cost_seconds(void **state)
{
    Station *s = *state;
    size_t n = 10 << 20;
    char *much = malloc(n), id[16];
    Tt *t = at_review(s, id);
    double begun = seconds();

    for (size_t i = 0; i < n; i++) much[i] = i % 61 == 60 ? '\n' : (char)('a' + i % 23);
    tt_paste(t, much, n);
    see(t, "did not fit");
    if (seconds() - begun > 60) fail_msg("it took %.0f seconds", seconds() - begun);
    tt_type(t, ESC);
    see(t, "Leave this form");
    tt_type(t, "t");
    see(t, "2 Today");
    type_see(t, "/", "Find a case");
    tt_paste(t, much, n);
    tt_type(t, ESC);
    see(t, "2 Today");
    free(much);
}

/* ---- pastes decide nothing ---- */

static void a_paste_into_a_form_saves_nothing_and_presses_no_key(void **state)
{
    static const char keys[] = "one\023two\033[21~three\033OStwo\033[24~\002four\004\003\032five\nsix";
    Station *s = *state;
    char id[16];
    Tt *t = at_review(s, id);

    tt_paste(t, keys, sizeof keys - 1);
    see(t, "six");
    tt_settle(t, 200);
    assert_false(tt_has(t, "Saved"));
    assert_true(tt_has(t, "DS 7-day supervision"));
    assert_int_equal(times(MUST(s, DS, "case", "show", id), "five"), 0);
}

static void a_paste_into_a_question_answers_nothing(void **state)
{
    static const char yes[] = "y\n\rk\nt\n \t\033[21~Y";
    Station *s = *state;
    char id[16];
    Tt *t = at_review(s, id);

    type_see(t, "Precious words.", "Precious words.");
    type_see(t, ESC, "Leave this form");
    tt_paste(t, yes, sizeof yes - 1);
    tt_settle(t, 300);
    assert_true(tt_has(t, "Leave this form"));
    tt_type(t, "k");
    see(t, "2 Today");
    type_see(t, "D", "Precious words.");
    type_see(t, "d", "Throw this text away");
    tt_paste(t, yes, sizeof yes - 1);
    tt_settle(t, 300);
    assert_true(tt_has(t, "Throw this text away"));
    tt_type(t, ENTER); /* Cancel is where one stands */
    see_not(t, "Throw this text away");
    see(t, "Precious words.");
    tt_type(t, "dy"); /* in one breath: the answer came before the question was seen */
    see(t, "Throw this text away");
    tt_settle(t, 300);
    assert_true(tt_has(t, "Throw this text away"));
    tt_type(t, "n");
    see_not(t, "Throw this text away");
    see(t, "Precious words.");
}

static void a_paste_on_the_desk_or_into_a_menu_presses_no_key(void **state)
{
    static const char keys[] = "q\nLrow\n/\033[21~:quit\n";
    Station *s = *state;
    Tt *t = station_desk(s, DS);

    tt_paste(t, keys, sizeof keys - 1);
    tt_settle(t, 300);
    assert_true(tt_has(t, "2 Today"));
    type_see(t, "?", "What can be done here");
    tt_paste(t, keys, sizeof keys - 1);
    tt_settle(t, 300);
    assert_true(tt_has(t, "What can be done here"));
    tt_type(t, ESC);
    see_not(t, "What can be done here");
    type_see(t, ":", "Commands");
    tt_paste(t, "quit\n", 5);
    tt_settle(t, 300);
    assert_true(tt_has(t, "Commands"));
    tt_type(t, ESC);
    see_not(t, "Commands");
    assert_true(tt_has(t, "2 Today"));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            texts_of_many_scripts_are_kept_as_typed_and_as_pasted, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            marks_combine_and_a_hundred_on_one_letter_do_not, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            a_name_in_any_script_is_found_by_its_beginning, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            a_hostile_paste_is_cleaned_and_said_and_never_obeyed, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(hostile_text_that_is_stored_is_shown_as_marks, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            ten_megabytes_pasted_are_cut_and_said_and_cost_seconds, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            a_paste_into_a_form_saves_nothing_and_presses_no_key, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(a_paste_into_a_question_answers_nothing, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(
            a_paste_on_the_desk_or_into_a_menu_presses_no_key, station_setup, station_teardown),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
