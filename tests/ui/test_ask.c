/* test_ask.c — questions: Cancel is the default, a paste answers nothing, what was typed ahead does not count, and closing
** everything under an open question is survived. */
#include "fake_console.h"
#include "ui/ask.h"

enum { CONFIRM = 1, LINE, TYPED, BUTTONS, CHOICE, TELL, TEXT, SECRET, NESTED, SIGN };
static const Action actions[] = {
    { CONFIRM, "confirm", "confirm", "x", "1", 0 },
    { LINE, "line", "line", "x", "2", 0 },
    { TYPED, "typed", "typed", "x", "3", 0 },
    { BUTTONS, "buttons", "buttons", "x", "4", 0 },
    { CHOICE, "choice", "choice", "x", "5", 0 },
    { TELL, "tell", "tell", "x", "6", 0 },
    { TEXT, "text", "text", "x", "7", 0 },
    { SECRET, "secret", "secret", "x", "8", 0 },
    { NESTED, "nested", "nested", "x", "9", 0 },
    { SIGN, "sign", "sign", "x", "0", 0 },
    { 0 },
};

static struct {
    int answer; /* -9: not answered yet */
    Str text;
    int resumed, closed;
    bool clear_in_tick;
} got;

static const AskItem items[] = { { "Kent", "KT", false }, { "Kensington Café", NULL, false },
    { "Lambeth", "closed", true }, { "Southwark", NULL, false } };

static void ask(Loop *l, int what)
{
    static const char *const labels[] = { "Cancel", "Keep yours", "Take theirs" };
    AskLine q = { .title = "Reason", .text = "Why is it returned?", .label = "Reason", .limit = 30 };
    switch (what) {
    case CONFIRM:
        got.answer = ask_confirm(l, "Delete draft", "The draft of KG-7F3Q2 will be deleted.", "Delete");
        break;
    case LINE: got.answer = ask_line(l, &q, &got.text); break;
    case TYPED: got.answer = ask_typed(l, "Erase", "This cannot be undone.", "ERASE"); break;
    case BUTTONS: got.answer = ask_buttons(l, "Changed", "By DS B at 14:02.", labels, 3, 0); break;
    case CHOICE: got.answer = ask_choice(l, "Where", items, 4, 0); break;
    case TELL:
        ask_tell(l, "Note", "One sentence.");
        got.answer = 0;
        break;
    case TEXT: got.answer = ask_text(l, &q, &got.text); break;
    case SECRET:
        q.secret = true;
        got.answer = ask_line(l, &q, &got.text);
        break;
    case SIGN:
        q.secret = q.by_hand = true;
        got.answer = ask_line(l, &q, &got.text);
        break;
    case NESTED: got.answer = ask_confirm(l, "One", "First?", "Yes") && ask_confirm(l, "Two", "Second?", "Yes"); break;
    default: break;
    }
}

static React toy_act(Screen *self, int action)
{
    int *alive = self->state;
    *alive = 1;
    ask(self->loop, action);
    assert_int_equal(*alive, 1); /* the state outlives whatever happened meanwhile */
    return REACT_NONE;
}

static void toy_draw(Screen *self, View v)
{
    view_text(v, 0, 0, 0, "below");
}

static void toy_resumed(Screen *self)
{
    got.resumed++;
}

static void toy_close(Screen *self)
{
    got.closed++;
}

static const ScreenClass toy = { .name = "toy",
    .actions = actions,
    .state_size = sizeof(int),
    .act = toy_act,
    .draw = toy_draw,
    .resumed = toy_resumed,
    .close = toy_close };
static const ScreenClass signin = { .name = "signin", .bare = true, .draw = toy_draw };

static React tick(Loop *l, int64_t idle)
{
    if (!got.clear_in_tick) return REACT_NONE;
    got.clear_in_tick = false;
    loop_clear(l);
    return loop_go(l, &signin, NULL);
}

static const LoopHooks hooks = { .tick = tick };
static Fake *fake;
static Loop *loop;

static int start(void **unused)
{
    Err err = { 0 };
    memset(&got, 0, sizeof got);
    got.answer = -9;
    fake = fake_new(24, 80);
    loop = loop_new(&fake->console, NULL, &hooks, NULL, NULL, &err);
    assert_true(loop_push(loop, &toy, NULL, &err));
    return 0;
}

static int stop(void **unused)
{
    loop_free(&loop);
    fake_free(&fake);
    str_finish(&got.text);
    return 0;
}

static void again(void)
{
    stop(NULL);
    start(NULL);
}

static void type(const char *s)
{
    fake_type(fake, s);
}

static void answered(int want)
{
    loop_run(loop);
    assert_int_equal(got.answer, want);
}

static void cancel_is_the_default(void **unused)
{
    type("1");
    fake_key(fake, K_ENTER);
    answered(0);
    again();
    type("1");
    fake_key(fake, K_ESC);
    answered(0);
    again();
    type("1n");
    answered(0);
    again();
    type("1xd ");
    fake_key(fake, K_ENTER);
    answered(0);
}

static void yes_is_one_key_or_an_arrow_and_enter(void **unused)
{
    type("1y");
    answered(1);
    again();
    type("1");
    fake_key(fake, K_RIGHT);
    fake_key(fake, K_ENTER);
    answered(1);
    assert_int_equal(got.resumed, 0);
}

static void the_box_names_the_thing_and_stands_on_cancel(void **unused)
{
    int row = 0, col = 0;
    type("1");
    loop_run(loop);
    assert_true(row_with(fake->shown, "The draft of KG-7F3Q2 will be deleted.") > 0);
    int buttons = row_with(fake->shown, "[ Cancel ]");
    assert_true(buttons > 0 && row_has(fake->shown, buttons, "Delete"));
    assert_true(grid_cursor(fake->shown, &row, &col) && row == buttons);
    assert_true(row_has(fake->shown, 1, "below"));
    assert_true(row_has(fake->shown, 23, "n Cancel   y Delete"));
    assert_int_equal(got.answer, 0); /* the end of the input is a cancel */
}

static void a_paste_confirms_nothing(void **unused)
{
    type("1");
    fake_event(fake, paste_of("y\ry\r"));
    answered(0);
    again();
    type("3");
    fake_event(fake, paste_of("ERASE"));
    fake_key(fake, K_ENTER);
    answered(0);
}

static void keys_typed_ahead_confirm_nothing(void **unused)
{
    type("1");
    fake_ahead(fake, 'y');
    fake_ahead(fake, K_ENTER);
    answered(0);
    assert_int_equal(fake->discards, 1);
}

static void a_line_is_asked(void **unused)
{
    type("2");
    fake_key(fake, K_ENTER); /* empty is no answer */
    type("needs more");
    fake_event(fake, paste_of("\nwords"));
    fake_key(fake, K_ENTER);
    answered(1);
    assert_string_equal(str_text(&got.text), "needs more words");
    again();
    type("2x");
    fake_key(fake, K_ESC);
    answered(0);
    assert_string_equal(str_text(&got.text), "");
}

static void a_password_is_not_shown(void **unused)
{
    type("8hunter2");
    loop_run(loop);
    assert_int_equal(row_with(fake->shown, "hunter2"), -1);
    assert_true(row_with(fake->shown, "•••••••") > 0);
}

static void what_signs_is_typed_by_hand(void **unused)
{
    type("0");
    fake_ahead(fake, 'y');
    fake_ahead(fake, K_ENTER);
    fake_event(fake, paste_of("hunter2"));
    fake_key(fake, K_ENTER); /* still empty */
    answered(0);
    assert_int_equal(fake->discards, 1);
    assert_string_equal(str_text(&got.text), "");
    again();
    type("0hunter2");
    fake_key(fake, K_ENTER);
    answered(1);
    assert_string_equal(str_text(&got.text), "hunter2");
}

static void the_word_must_be_typed(void **unused)
{
    type("3ERASE");
    fake_key(fake, K_ENTER);
    answered(1);
    again();
    type("3erase");
    fake_key(fake, K_ENTER);
    loop_run(loop);
    assert_true(row_with(fake->shown, "That is not the word.") > 0);
    assert_int_equal(got.answer, 0);
}

static void buttons_have_letters(void **unused)
{
    type("4t");
    answered(2);
    again();
    type("4k");
    answered(1);
    again();
    type("4");
    fake_key(fake, K_ESC);
    answered(-1);
    again();
    type("4");
    fake_key(fake, K_BACKTAB);
    fake_key(fake, K_ENTER);
    answered(2);
}

static void a_choice_is_narrowed_by_typing(void **unused)
{
    type("5sout");
    fake_key(fake, K_ENTER);
    answered(3);
    again();
    type("5cafe ken");
    fake_key(fake, K_ENTER);
    answered(1);
    again();
    type("5");
    fake_key(fake, K_DOWN);
    fake_key(fake, K_ENTER);
    answered(1);
    again();
    type("5lam");
    fake_key(fake, K_ENTER); /* cannot be taken */
    fake_key(fake, K_ESC);
    answered(-1);
    again();
    type("5zzz");
    fake_key(fake, K_ENTER);
    loop_run(loop);
    assert_true(row_with(fake->shown, "Nothing fits.") > 0);
}

static void a_text_is_asked_and_its_loss_is_confirmed(void **unused)
{
    type("7one");
    fake_key(fake, K_ENTER);
    type("two");
    fake_key(fake, CTRL_KEY('s'));
    answered(1);
    assert_string_equal(str_text(&got.text), "one\ntwo");
    again();
    type("7one");
    fake_key(fake, K_ESC);
    type("n");
    type("!");
    fake_key(fake, K_F(10));
    answered(1);
    assert_string_equal(str_text(&got.text), "one!");
    again();
    type("7one");
    fake_key(fake, K_ESC);
    type("y");
    answered(0);
}

static void a_note_is_closed(void **unused)
{
    type("6 ");
    fake_key(fake, K_ENTER);
    answered(0);
}

static void one_question_follows_another(void **unused)
{
    type("9yy");
    answered(1);
}

static void closing_all_cancels_what_is_open(void **unused)
{
    got.clear_in_tick = true;
    type("9y");
    fake_time(fake, 2000);
    type("yyyy");
    loop_run(loop);
    assert_int_equal(got.answer, 0);
    assert_int_equal(got.closed, 1);
    assert_ptr_equal(loop_top(loop)->class, &signin);
}

static void a_lost_line_cancels(void **unused)
{
    type("2some");
    fake_event(fake, (Event){ .kind = EVENT_HANGUP });
    type("y");
    answered(0);
}

static void any_size_at_any_moment(void **unused)
{
    static const int sizes[][2] = { { 24, 80 }, { 1, 1 }, { 20, 60 }, { 3, 7 }, { 21, 61 }, { 500, 200 }, { 5, 20 } };
    for (char what = '1'; what <= '9'; what++) {
        again();
        char verb[2] = { what, '\0' };
        type(verb);
        for (size_t i = 0; i < ARRAY_LEN(sizes) * 3; i++) {
            fake_resize(fake, sizes[i % ARRAY_LEN(sizes)][0], sizes[i % ARRAY_LEN(sizes)][1]);
            fake_key(fake, K_DOWN);
            type("q");
        }
        loop_run(loop);
        assert_int_not_equal(got.answer, -9);
    }
}

/* The loop refuses to act below its least size; boxes must hold out even so. */
static void a_long_sentence_scrolls_in_its_box(void **unused)
{
    Str s = { 0 };
    for (int i = 0; i < 100; i++) str_addf(&s, "Line %d of the text.\n", i);
    fake_key(fake, K_PAGE_DOWN);
    fake_key(fake, K_PAGE_DOWN);
    for (int i = 0; i < 200; i++) fake_key(fake, K_DOWN);
    ask_tell(loop, "Long", s.s);
    assert_true(row_with(fake->shown, "Line 99 of the text.") > 0);
    str_finish(&s);
}

#define T(f) cmocka_unit_test_setup_teardown(f, start, stop)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(cancel_is_the_default),
        T(yes_is_one_key_or_an_arrow_and_enter),
        T(the_box_names_the_thing_and_stands_on_cancel),
        T(a_paste_confirms_nothing),
        T(keys_typed_ahead_confirm_nothing),
        T(a_line_is_asked),
        T(a_password_is_not_shown),
        T(what_signs_is_typed_by_hand),
        T(the_word_must_be_typed),
        T(buttons_have_letters),
        T(a_choice_is_narrowed_by_typing),
        T(a_text_is_asked_and_its_loss_is_confirmed),
        T(a_note_is_closed),
        T(one_question_follows_another),
        T(closing_all_cancels_what_is_open),
        T(a_lost_line_cancels),
        T(any_size_at_any_moment),
        T(a_long_sentence_scrolls_in_its_box),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
