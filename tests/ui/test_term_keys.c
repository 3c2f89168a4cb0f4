/* test_term_keys.c — bytes of a terminal: keys, torn sequences, reports nobody asked for, pastes of every kind. */
#include "kit_help.h"
#include "term_keys.h"
#include <stdio.h>
#include <stdlib.h>

static Decoder *d;
static int64_t now;

static int start(void **unused)
{
    d = decoder_new(1000);
    now = 5000;
    return 0;
}

static int stop(void **unused)
{
    decoder_free(&d);
    return 0;
}

static void feed(const char *s)
{
    decoder_feed(d, s, strlen(s), now);
}

/* All events so far as names: "a Up paste(text)". */
static const char *events(void)
{
    static char out[600];
    char name[KEY_TEXT];
    Event e;
    int wait = 0;
    out[0] = '\0';
    while (decoder_next(d, &e, now, &wait)) {
        size_t n = strlen(out);
        if (e.kind == EVENT_PASTE)
            snprintf(out + n, sizeof out - n, "%spaste(%.*s)", n ? " " : "", (int)e.n, e.text);
        else
            snprintf(out + n, sizeof out - n, "%s%s", n ? " " : "", key_spell(e.key, name));
    }
    return out;
}

static void means(const char *bytes, const char *keys)
{
    feed(bytes);
    assert_string_equal(events(), keys);
}

static void plain_keys(void **unused)
{
    means("aé中 ", "a é 中 Space");
    means("\r\n\t\x7f\x08", "Enter Enter Tab Backspace Backspace");
    means("\x01\x1a\x1f\x1c", "Ctrl-A Ctrl-Z Ctrl-_ Ctrl-\\");
}

static void arrows_of_every_terminal(void **unused)
{
    means("\033[A\033OB\033[1;5C\033[H\033OF\033[7~\033[4~", "Up Down Ctrl-Right Home End Home End");
    means("\033[5~\033[6~\033[2~\033[3~\033[Z", "PgUp PgDn Ins Del Shift-Tab");
    means("\033OP\033[11~\033[[B\033[15~\033[21~\033[24~\033[1;2P", "F1 F1 F2 F5 F10 F12 Shift-F1");
    means("\033[97;5u\033[13u\033[9;2u", "Ctrl-A Enter Shift-Tab");
}

static void escape_and_a_digit_is_an_f_key(void **unused)
{
    means("\0331\0330\033-\033=", "F1 F10 F11 F12");
}

static void escape_alone_waits_a_moment(void **unused)
{
    int wait = 0;
    Event e;
    feed("\033");
    assert_false(decoder_next(d, &e, now, &wait));
    assert_int_equal(wait, 25);
    now += 25;
    assert_string_equal(events(), "Esc");
    means("\033\033a", "Esc");
}

static void escape_twice_is_at_once(void **unused)
{
    Event e;
    int wait = 0;
    feed("\033\033");
    assert_true(decoder_next(d, &e, now, &wait));
    assert_int_equal(e.key, K_ESC);
}

static void reports_are_swallowed_whole(void **unused)
{
    means(
        "\033[I\033[Ox\033[<0;10;5M\033[M !!y\033[?1;2c\033]11;rgb:0/0/0\007z\033P1+r\033\\w\033[24;80Rq", "x y z w q");
    means("\033[999999999999999~\033[38;5;1mk", "k");
    means("\033xj\033éj", "j j"); /* Alt and a letter is nothing */
}

static void a_torn_sequence_is_no_text(void **unused)
{
    feed("\033");
    now += 30;
    assert_string_equal(events(), "Esc");
    now += 100;
    means("[A", "");
    means("[A", "[ A"); /* typed by a hand later: text */
    feed("\033[1;");
    assert_string_equal(events(), "");
    now += 600;
    assert_string_equal(events(), "");
    means("x", "x");
}

static void a_character_in_two_reads_is_one(void **unused)
{
    means("\xe4\xb8", "");
    means("\xad", "中");
}

static void broken_utf8_is_dropped_and_the_rest_kept(void **unused)
{
    means("a\xff\xc0\x80z", "a z");
    assert_true(decoder_refused(d));
    assert_false(decoder_refused(d));
    means("\xed\xa0\x80q\xc2\x85r", "q r");
}

static void a_paste_is_one_event_and_never_keys(void **unused)
{
    means("\033[200~y\r\033[21~:wq\n\033[201~z", "paste(y\r\033[21~:wq\n) z");
}

static void a_paste_may_come_in_any_pieces(void **unused)
{
    const char *all = "\033[200~hello\033[201~x";
    char got[64] = "";
    for (const char *p = all; *p; p++) {
        decoder_feed(d, p, 1, now);
        strcat(got, events());
    }
    assert_string_equal(got, "paste(hello)x");
}

static void an_end_mark_inside_a_paste_lets_no_key_out(void **unused)
{
    means("\033[200~ab\033[201~rm\r\033[201~x", "paste(ab\033[201~rm\r) x");
    means("\033[200~1\033[201~a\033[200~2\033[201~", "paste(1) a paste(2)");
}

static void a_long_paste_is_cut_and_counted(void **unused)
{
    Str s = { 0 };
    Event e;
    int wait = 0;
    str_add(&s, "\033[200~");
    for (int i = 0; i < 5000; i++) str_add_char(&s, 'p');
    str_add(&s, "\033[201~");
    feed(s.s);
    assert_true(decoder_next(d, &e, now, &wait));
    assert_int_equal(e.n, 1000);
    assert_int_equal(e.dropped, 4000);
    str_finish(&s);
}

static void a_paste_without_an_end_ends_by_itself(void **unused)
{
    means("\033[200~abc", "");
    now += 2001;
    assert_string_equal(events(), "paste(abc)");
    means("\033[201~x", "x");
}

static void a_burst_on_a_terminal_that_marks_nothing_is_a_paste(void **unused)
{
    decoder_guess_pastes(d, true);
    means("this was never typed by any hand y\r", "paste(this was never typed by any hand y\r)");
    means("short\r", "s h o r t Enter");
}

static void a_terminals_own_sequence_is_learnt(void **unused)
{
    decoder_learn(d, "\033&x", K_F(7));
    means("\033&x\033", "F7");
    now += 30;
    assert_string_equal(events(), "Esc");
}

static void any_bytes_are_survived(void **unused)
{
    srand(3);
    for (int i = 0; i < 20000; i++) {
        char s[16];
        static const char spice[] = "\033[;<0123456789~ABMOP]\\?u\x9b\xe4";
        size_t n = 1 + (size_t)rand() % 15;
        for (size_t k = 0; k < n; k++) s[k] = rand() % 2 ? spice[(size_t)rand() % (sizeof spice - 1)] : (char)rand();
        decoder_feed(d, s, n, now);
        now += rand() % 50;
        events();
    }
    now += 5000;
    events();
    assert_true(decoder_empty(d));
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, stop)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(plain_keys),
        T(arrows_of_every_terminal),
        T(escape_and_a_digit_is_an_f_key),
        T(escape_alone_waits_a_moment),
        T(escape_twice_is_at_once),
        T(reports_are_swallowed_whole),
        T(a_torn_sequence_is_no_text),
        T(a_character_in_two_reads_is_one),
        T(broken_utf8_is_dropped_and_the_rest_kept),
        T(a_paste_is_one_event_and_never_keys),
        T(a_paste_may_come_in_any_pieces),
        T(an_end_mark_inside_a_paste_lets_no_key_out),
        T(a_long_paste_is_cut_and_counted),
        T(a_paste_without_an_end_ends_by_itself),
        T(a_burst_on_a_terminal_that_marks_nothing_is_a_paste),
        T(a_terminals_own_sequence_is_learnt),
        T(any_bytes_are_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
