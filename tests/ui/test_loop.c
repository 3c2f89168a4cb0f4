/* test_loop.c — the stack of screens: who gets a key, when is loaded and drawn, what time and a lost line do. */
#include "fake_console.h"

enum { OPEN = 1, RELOAD, CLOSE, NEVER, SECRET, QUIT, OVER, CLEAR, GLOBAL = 100 };

static struct {
    int loads, draws, closes, opens, resumed, acts, last_act, hangups, ticks, resumes, idles;
    int64_t idle;
    char keys[64];
    bool open_fails, load_fails, may_suspend;
    bool typing;
} seen;

static const Action actions[] = {
    { OPEN, "open-other", "open", "Open another.", "o", 0 },
    { RELOAD, "reload", "reload", "Load again.", "r F5", 1 },
    { CLOSE, "close-screen", "close", "Close.", "q F3", 1 },
    { NEVER, "sign-book", "sign", "Sign.", "s", 1 },
    { SECRET, "hidden", "hidden", "Not for you.", "H", 1 },
    { QUIT, "leave", "leave", "Leave.", "X", 1 },
    { OVER, "over", NULL, "Clear all in the middle.", "C", 1 },
    { 0 },
};
static const Action globals[] = { { GLOBAL, "lock", "lock", "Lock.", "L F11", 2 }, { 0 } };

static const ScreenClass toy, other;

static bool toy_open(Screen *self, const void *arg, Err *err)
{
    seen.opens++;
    return !seen.open_fails || err_set(err, ERR_DENIED, "", "There is no such case.");
}

static bool toy_load(Screen *self, Err *err)
{
    seen.loads++;
    arena_dup(self->arena, "something");
    return !seen.load_fails || err_set(err, ERR_IO, "", "The store cannot be read.");
}

static React toy_event(Screen *self, const Event *e)
{
    if (e->kind == EVENT_KEY && e->key < 0x80 && strlen(seen.keys) < 60) {
        char c[2] = { (char)e->key, '\0' };
        strcat(seen.keys, c);
    }
    return e->kind == EVENT_KEY && e->key == 'z' ? REACT_REDRAW : REACT_UNUSED;
}

static Can toy_can(const Screen *self, int action, const char **why)
{
    if (action == NEVER) *why = "Only a sergeant signs.";
    return action == NEVER ? CAN_NOT : action == SECRET ? CAN_HIDE : CAN;
}

static React toy_act(Screen *self, int action)
{
    seen.acts++;
    seen.last_act = action;
    switch (action) {
    case OPEN: return loop_go(self->loop, &other, NULL);
    case RELOAD: loop_status(self->loop, STYLE_GOOD, "Loaded."); return REACT_RELOAD;
    case CLOSE: return REACT_POP | REACT_RELOAD;
    case QUIT: return REACT_QUIT;
    case OVER: loop_clear(self->loop); return loop_go(self->loop, &other, NULL);
    default: return REACT_NONE;
    }
}

static bool toy_typing(const Screen *self)
{
    return seen.typing;
}

static void toy_draw(Screen *self, View v)
{
    seen.draws++;
    view_textf(v, 0, 0, 0, "screen %s", self->class->name);
}

static React toy_idle(Screen *self, int64_t ms)
{
    seen.idles++;
    return REACT_NONE;
}

static void toy_resumed(Screen *self)
{
    seen.resumed++;
}

static void toy_close(Screen *self)
{
    seen.closes++;
}

#define TOY                                                                                                            \
    .actions = actions, .state_size = 8, .open = toy_open, .load = toy_load, .event = toy_event, .can = toy_can,       \
    .act = toy_act, .typing = toy_typing, .draw = toy_draw, .idle = toy_idle, .resumed = toy_resumed,                  \
    .close = toy_close
static const ScreenClass toy = { .name = "toy", TOY };
static const ScreenClass other = { .name = "other", TOY };
static const ScreenClass bare = { .name = "lock", .bare = true, TOY };

static void header(Loop *l, View v)
{
    view_text(v, 0, 0, STYLE_TITLE, "the header");
}

static React global_act(Loop *l, int action)
{
    seen.last_act = action;
    return REACT_NONE;
}

static React command(Loop *l, const char *line)
{
    return strcmp(line, "case KG-7F3Q2") == 0 ? loop_go(l, &other, NULL) : REACT_UNUSED;
}

static React tick(Loop *l, int64_t idle)
{
    seen.ticks++;
    seen.idle = idle;
    return REACT_NONE;
}

static void hangup(Loop *l)
{
    seen.hangups++;
}

static bool may_suspend(Loop *l)
{
    return seen.may_suspend;
}

static void resume(Loop *l)
{
    seen.resumes++;
}

static const LoopHooks hooks = { .header = header,
    .act = global_act,
    .command = command,
    .tick = tick,
    .hangup = hangup,
    .suspend = may_suspend,
    .resume = resume };
static Fake *fake;
static Loop *loop;

static int start(void **unused)
{
    Err err = { 0 };
    memset(&seen, 0, sizeof seen);
    fake = fake_new(24, 80);
    loop = loop_new(&fake->console, &seen, &hooks, globals, NULL, &err);
    assert_true(loop_push(loop, &toy, NULL, &err));
    return 0;
}

static int stop(void **unused)
{
    loop_free(&loop);
    loop_free(&loop);
    fake_free(&fake);
    return 0;
}

static void type(const char *s)
{
    fake_type(fake, s);
}

static void a_frame_has_its_four_parts(void **unused)
{
    type("r");
    loop_run(loop);
    assert_row(fake->shown, 0, "the header");
    assert_row(fake->shown, 1, "screen toy");
    assert_row(fake->shown, 22, " Loaded.");
    assert_true(row_has(fake->shown, 23, "o open  r reload  q close"));
    assert_false(row_has(fake->shown, 23, "sign"));
    assert_false(row_has(fake->shown, 23, "hidden"));
    assert_int_equal(seen.loads, 2);
}

static void a_message_goes_with_the_next_key(void **unused)
{
    type("rz");
    loop_run(loop);
    assert_row(fake->shown, 22, "");
}

static void what_may_not_be_done_says_why(void **unused)
{
    type("s");
    loop_run(loop);
    assert_row(fake->shown, 22, " Only a sergeant signs.");
    assert_int_equal(seen.acts, 0);
}

static void what_is_hidden_does_nothing(void **unused)
{
    type("H");
    loop_run(loop);
    assert_int_equal(seen.acts, 0);
    assert_row(fake->shown, 22, "");
}

static void a_screen_opens_over_another_and_closes(void **unused)
{
    type("o");
    fake_key(fake, K_F(3));
    type("z");
    loop_run(loop);
    assert_int_equal(seen.opens, 2);
    assert_int_equal(seen.closes, 1);
    assert_int_equal(seen.resumed, 1);
    assert_int_equal(seen.loads, 3); /* two openings, and once for POP with RELOAD */
    assert_int_equal(loop_depth(loop), 1);
    assert_row(fake->shown, 1, "screen toy");
}

static void the_last_screen_ends_the_loop(void **unused)
{
    type("qzzz");
    loop_run(loop);
    assert_int_equal(loop_depth(loop), 0);
    assert_string_equal(seen.keys, "q");
}

static void what_cannot_be_opened_is_said_and_not_there(void **unused)
{
    seen.open_fails = true;
    type("o");
    loop_run(loop);
    assert_row(fake->shown, 22, " There is no such case.");
    assert_int_equal(loop_depth(loop), 1);
    assert_int_equal(seen.closes, 1);
}

static void a_load_that_fails_keeps_the_screen(void **unused)
{
    seen.load_fails = true;
    type("r");
    loop_run(loop);
    assert_row(fake->shown, 22, " The store cannot be read.");
    assert_row(fake->shown, 1, "screen toy");
}

static void typing_keeps_letters_from_being_verbs(void **unused)
{
    seen.typing = true;
    type("rqoL?:");
    fake_key(fake, K_F(5));
    loop_run(loop);
    assert_int_equal(seen.acts, 1);
    assert_string_equal(seen.keys, "rqoL?:");
    assert_true(row_has(fake->shown, 23, "F5 reload  F3 close  F11 lock"));
}

static void a_global_verb_reaches_the_hook(void **unused)
{
    type("L");
    loop_run(loop);
    assert_int_equal(seen.last_act, GLOBAL);
}

static void drawn_once_for_many_keys(void **unused)
{
    for (int i = 0; i < 100; i++) fake_ahead(fake, 'z');
    loop_run(loop);
    assert_true(fake->frames <= 3);
    assert_true(strlen(seen.keys) == 60);
}

static void time_is_told_and_only_keys_end_idleness(void **unused)
{
    fake_time(fake, 1500);
    fake_resize(fake, 30, 90);
    fake_time(fake, 2000);
    loop_run(loop);
    assert_int_equal(seen.ticks, 2);
    assert_int_equal(seen.idles, 2);
    assert_int_equal(seen.idle, 3500);
    assert_int_equal(loop_idle_ms(loop), 3500);
}

static void a_key_ends_idleness(void **unused)
{
    fake_time(fake, 5000);
    type("z");
    fake_time(fake, 1000);
    loop_run(loop);
    assert_int_equal(seen.idle, 1000);
}

static void a_lost_line_is_told_once_and_ends(void **unused)
{
    fake_event(fake, (Event){ .kind = EVENT_HANGUP });
    type("r");
    loop_run(loop);
    assert_int_equal(seen.hangups, 1);
    assert_int_equal(seen.acts, 0);
    assert_true(loop_ended(loop));
    loop_run(loop);
}

static void too_small_a_window_takes_no_keys(void **unused)
{
    fake_resize(fake, 10, 40);
    type("r");
    loop_run(loop);
    assert_int_equal(seen.acts, 0);
    assert_true(row_has(fake->shown, 0, "Window 40x10 is too small"));
    assert_int_equal(loop_depth(loop), 1);
}

static void every_size_is_survived(void **unused)
{
    static const int sizes[] = { 1, 2, 3, 19, 20, 21, 60, 500 };
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
            Fake *f = fake_new(sizes[i], sizes[k]);
            Err err = { 0 };
            Loop *l = loop_new(&f->console, NULL, &hooks, globals, NULL, &err);
            loop_push(l, &toy, NULL, &err);
            fake_type(f, "?x");
            fake_key(f, K_ESC);
            fake_type(f, ":");
            loop_run(l);
            loop_free(&l);
            fake_free(&f);
        }
    }
}

static void suspending_asks_first(void **unused)
{
    fake_key(fake, CTRL_KEY('z'));
    loop_run(loop);
    assert_int_equal(fake->suspends, 0);
    assert_row(fake->shown, 22, " Going back to the shell is not allowed here.");
    loop_free(&loop);
    fake_free(&fake);
    start(NULL);
    seen.may_suspend = true;
    fake_event(fake, (Event){ .kind = EVENT_SUSPEND });
    loop_run(loop);
    assert_int_equal(fake->suspends, 1);
    assert_int_equal(seen.resumes, 1);
    assert_int_equal(fake->repaints, 1);
}

static void the_list_of_keys_does_what_is_chosen(void **unused)
{
    type("?reload");
    fake_key(fake, K_ENTER);
    loop_run(loop);
    assert_int_equal(seen.last_act, RELOAD);
}

static void the_list_of_keys_shows_all_with_reasons(void **unused)
{
    type("?");
    loop_run(loop);
    assert_true(row_with(fake->shown, "r F5") > 0);
    assert_true(row_with(fake->shown, "Only a sergeant signs.") > 0);
    assert_true(row_with(fake->shown, "L F11") > 0);
    assert_int_equal(row_with(fake->shown, "Not for you."), -1);
}

static void the_palette_finds_by_some_letters_and_shows_the_key(void **unused)
{
    fake_key(fake, CTRL_KEY('p'));
    type("opot");
    loop_run(loop);
    assert_true(row_with(fake->shown, "open-other") > 0);
    loop_free(&loop);
    fake_free(&fake);
    start(NULL);
    type(":opot");
    fake_key(fake, K_ENTER);
    loop_run(loop);
    assert_int_equal(seen.last_act, OPEN);
}

static void the_palette_runs_commands(void **unused)
{
    type(":case KG-7F3Q2");
    fake_key(fake, K_ENTER);
    loop_run(loop);
    assert_int_equal(loop_depth(loop), 2);
    assert_row(fake->shown, 1, "screen other");
}

static void an_unknown_command_is_told(void **unused)
{
    type(":zzz qqq");
    fake_key(fake, K_ENTER);
    loop_run(loop);
    assert_row(fake->shown, 22, " There is no command \"zzz qqq\".");
}

static void what_cannot_be_done_is_not_taken_from_the_palette(void **unused)
{
    type(":sign-book");
    fake_key(fake, K_ENTER);
    loop_run(loop);
    assert_int_equal(seen.acts, 0);
}

static void a_bare_screen_hides_everything(void **unused)
{
    Err err = { 0 };
    assert_true(loop_push(loop, &bare, NULL, &err));
    type("L?:r");
    loop_run(loop);
    assert_int_equal(row_with(fake->shown, "the header"), -1);
    assert_row(fake->shown, 23, "");
    assert_row(fake->shown, 0, "screen lock");
    assert_int_equal(seen.last_act, RELOAD);
}

static void all_may_be_closed_from_inside(void **unused)
{
    type("oC");
    loop_run(loop);
    assert_int_equal(loop_depth(loop), 1);
    assert_int_equal(seen.closes, 2);
    assert_row(fake->shown, 1, "screen other");
    assert_non_null(loop_find(loop, &other));
    assert_null(loop_find(loop, &toy));
}

static void a_key_file_is_heard(void **unused)
{
    Err err = { 0 };
    loop_free(&loop);
    loop = loop_new(&fake->console, NULL, &hooks, globals, "in toy k reload\neverywhere F2 keys # list\n", &err);
    assert_non_null(loop);
    loop_push(loop, &toy, NULL, &err);
    type("rk");
    loop_run(loop);
    assert_int_equal(seen.acts, 1);
    assert_null(loop_new(&fake->console, NULL, NULL, NULL, "in everywhere Foo lock", &err));
}

static void long_work_is_stopped_by_escape(void **unused)
{
    fake_ahead(fake, 'a');
    fake_ahead(fake, 'b');
    assert_false(loop_progress(loop, "import 1 200 of 5 000"));
    assert_true(row_has(fake->shown, 22, "import 1 200 of 5 000"));
    fake_ahead(fake, K_ESC);
    assert_true(loop_progress(loop, "import 1 300 of 5 000"));
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, stop)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_frame_has_its_four_parts),
        T(a_message_goes_with_the_next_key),
        T(what_may_not_be_done_says_why),
        T(what_is_hidden_does_nothing),
        T(a_screen_opens_over_another_and_closes),
        T(the_last_screen_ends_the_loop),
        T(what_cannot_be_opened_is_said_and_not_there),
        T(a_load_that_fails_keeps_the_screen),
        T(typing_keeps_letters_from_being_verbs),
        T(a_global_verb_reaches_the_hook),
        T(drawn_once_for_many_keys),
        T(time_is_told_and_only_keys_end_idleness),
        T(a_key_ends_idleness),
        T(a_lost_line_is_told_once_and_ends),
        T(too_small_a_window_takes_no_keys),
        T(every_size_is_survived),
        T(suspending_asks_first),
        T(the_list_of_keys_does_what_is_chosen),
        T(the_list_of_keys_shows_all_with_reasons),
        T(the_palette_finds_by_some_letters_and_shows_the_key),
        T(the_palette_runs_commands),
        T(an_unknown_command_is_told),
        T(what_cannot_be_done_is_not_taken_from_the_palette),
        T(a_bare_screen_hides_everything),
        T(all_may_be_closed_from_inside),
        T(a_key_file_is_heard),
        T(long_work_is_stopped_by_escape),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
