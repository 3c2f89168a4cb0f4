/* test_script.c — a script plays officer and terminal: what it can say, and that it fails when the screen is another. */
#include "kit_help.h"
#include "ui/loop.h"
#include "ui/script.h"
#include <stdio.h>

typedef struct Toy {
    char last[40];
    int pastes;
} Toy;

enum { HELLO = 1, BYE };
static const Action actions[] = {
    { HELLO, "say-hello", "hello", "Says hello.", "h", 0 },
    { BYE, "close-screen", "bye", "Ends.", "q F3", 1 },
    { 0 },
};

static React toy_event(Screen *self, const Event *e)
{
    Toy *t = self->state;
    if (e->kind == EVENT_PASTE) {
        snprintf(t->last, sizeof t->last, "paste %.20s", e->text);
        return REACT_REDRAW;
    }
    if (e->key == 'h' || e->key == 'q' || !key_is_text(e->key)) return REACT_UNUSED;
    snprintf(t->last, sizeof t->last, "%c", (int)e->key);
    return REACT_REDRAW;
}

static React toy_act(Screen *self, int action)
{
    if (action == BYE) return REACT_POP;
    loop_status(self->loop, STYLE_GOOD, "Hello.");
    return REACT_NONE;
}

static void toy_draw(Screen *self, View v)
{
    Toy *t = self->state;
    view_textf(v, 0, 2, STYLE_OVERDUE, "last: %s", t->last);
    view_cursor(v, 0, 2);
}

static const ScreenClass toy = {
    .name = "toy",
    .actions = actions,
    .state_size = sizeof(Toy),
    .event = toy_event,
    .act = toy_act,
    .draw = toy_draw,
};

static int words_seen;

static bool word(void *of, const char *w, const char *rest, Err *err)
{
    if (strcmp(w, "clock") != 0) return err_set(err, ERR_INVALID, w, "Nobody knows %s.", w);
    words_seen += strcmp(rest, "2010-02-01T09:12") == 0;
    return true;
}

/* Failures of a script, or -1 when it cannot be read; what it says of them goes to report. */
static int play(const char *text, bool update, Str *report, Str *rewritten)
{
    Err err = { 0 };
    Script *s = script_open_text("toy.script", text, word, NULL, &err);
    if (!s) {
        str_add(report, err.text);
        return -1;
    }
    script_update(s, update);
    Loop *l = loop_new(script_console(s), NULL, NULL, NULL, NULL, &err);
    assert_true(loop_push(l, &toy, NULL, &err));
    loop_run(l);
    loop_free(&l);
    int failures = (int)script_failures(s, report);
    if (rewritten) str_add(rewritten, script_text(s));
    script_free(&s);
    script_free(&s);
    return failures;
}

static const char good[] = "# a toy\n"
                           "size 60 20\n"
                           "clock 2010-02-01T09:12\n"
                           "\n"
                           "keys a \"bcd\" h\n"
                           "expect\n"
                           "  \n"
                           "    last: d\n"
                           "  ...\n"
                           "   Hello.\n"
                           "   h hello  q bye  ? keys  : commands\n"
                           "cursor 1 2\n"
                           "status Hello.\n"
                           "style 1 4 overdue\n"
                           "paste \"x\\ty\"\n"
                           "size 80 24\n"
                           "wait 3\n"
                           "expect\n"
                           "  ...\n"
                           "    last: paste x‹TAB›y\n"
                           "  ...\n"
                           "   h hello  q bye  ? keys  : commands\n"
                           "keys q\n";

static void what_is_shown_is_compared(void **unused)
{
    Str report = { 0 };
    words_seen = 0;
    int failures = play(good, false, &report, NULL);
    assert_string_equal(str_text(&report), "");
    assert_int_equal(failures, 0);
    assert_int_equal(words_seen, 1);
    str_finish(&report);
}

static void another_screen_fails_with_its_line(void **unused)
{
    Str report = { 0 };
    assert_int_equal(
        play("size 60 20\nkeys a\nexpect\n  ...\n    last: b\ncursor 9 9\nstyle 1 2 good\n", false, &report, NULL), 3);
    assert_non_null(strstr(str_text(&report), "toy.script:3: row 0"));
    assert_non_null(strstr(str_text(&report), "the cursor is at 1 2"));
    assert_non_null(strstr(str_text(&report), "the style at 1 2 is overdue"));
    str_finish(&report);
}

static void text_after_the_block_must_be_expected_too(void **unused)
{
    Str report = { 0 };
    assert_int_equal(play("size 60 20\nkeys a\nexpect\n  \n    last: a\n", false, &report, NULL), 1);
    str_finish(&report);
}

static void an_update_writes_what_is_there(void **unused)
{
    Str report = { 0 }, text = { 0 }, again = { 0 };
    const char *before = "size 60 20\nkeys a # typed\nexpect\n  nonsense\n\ncursor 1 2\nkeys q\nkeys never\n";
    assert_int_equal(play(before, true, &report, &text), 0);
    assert_non_null(strstr(text.s, "keys a # typed\nexpect\n\n    last: a\n"));
    assert_non_null(strstr(text.s, "commands\n\ncursor 1 2\nkeys q\nkeys never\n"));
    assert_int_equal(play(text.s, false, &report, NULL), 0);
    assert_int_equal(play(text.s, true, &report, &again), 0);
    assert_string_equal(again.s, text.s);
    str_finish(&report);
    str_finish(&text);
    str_finish(&again);
}

static void a_word_nobody_knows_is_told(void **unused)
{
    Str report = { 0 };
    assert_int_equal(play("dance\n", false, &report, NULL), -1);
    assert_string_equal(str_text(&report), "toy.script:1: Nobody knows dance.");
    str_clear(&report);
    assert_int_equal(play("keys a\ndance\nkeys Nokey b\n", false, &report, NULL), 2);
    assert_non_null(strstr(str_text(&report), "there is no key \"Nokey\""));
    str_finish(&report);
}

static void an_empty_script_ends(void **unused)
{
    Str report = { 0 };
    assert_int_equal(play("", false, &report, NULL), 0);
    assert_int_equal(play("\n\n# x", false, &report, NULL), 0);
    assert_int_equal(play("expect", false, &report, NULL), 1); /* nothing was expected, something is there */
    assert_int_equal(play("hangup\nkeys a", false, &report, NULL), 0);
    str_finish(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_shown_is_compared),
        cmocka_unit_test(another_screen_fails_with_its_line),
        cmocka_unit_test(text_after_the_block_must_be_expected_too),
        cmocka_unit_test(an_update_writes_what_is_there),
        cmocka_unit_test(a_word_nobody_knows_is_told),
        cmocka_unit_test(an_empty_script_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
