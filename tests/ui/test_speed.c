/* test_speed.c — from a key to a finished frame. The limits are ten times what is measured, so that a slow machine or a
** sanitizer does not fail, and a wrong algorithm does. Prints what it measured. */
#include "fake_console.h"
#include "ui/editor.h"
#include "ui/form.h"
#include "ui/list.h"
#include <stdio.h>
#include <time.h>

static double ms_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void within(const char *what, double ms, int turns, double goal)
{
    print_message("%s: %.3f ms (goal %.1f)\n", what, ms / turns, goal);
    assert_true(ms / turns < goal * 10);
}

static size_t count(void *of)
{
    return 100000;
}

static int64_t id(void *of, size_t i)
{
    return (int64_t)i + 1;
}

static void row(void *of, size_t i, ListRow *r)
{
    list_cell(r, 0, STYLE_OVERDUE, "! OVERDUE");
    list_cellf(r, 1, 0, "KG-%05zu", i);
    list_cell(r, 2, 0, "Serious assault review — Zoë");
    list_cell(r, 3, 0, "BD 1.12");
}

static const ListColumn columns[] = { { "State", 10, false, 0 }, { "Case", 9, false, 0 }, { "Duty", 0, false, 0 },
    { "Rule", 8, false, 1 } };

static bool open_list(Screen *self, const void *arg, Err *err)
{
    list_init(self->state, columns, 4, (ListSource){ NULL, count, id, row, NULL });
    return true;
}

static React list_screen_event(Screen *self, const Event *e)
{
    return list_event(self->state, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static void list_screen_draw(Screen *self, View v)
{
    list_draw(self->state, v, true);
}

static const Action actions[] = { { 1, "open-case", "open", "x", "Enter", 0 }, { 0 } };
static const ScreenClass list_screen = { .name = "list",
    .actions = actions,
    .state_size = sizeof(List),
    .open = open_list,
    .event = list_screen_event,
    .draw = list_screen_draw };

static void a_key_in_a_list_is_on_the_screen_at_once(void **unused)
{
    Fake *f = fake_new(24, 80);
    Err err = { 0 };
    Loop *l = loop_new(&f->console, NULL, NULL, NULL, NULL, &err);
    loop_push(l, &list_screen, NULL, &err);
    for (int i = 0; i < 2000; i++) fake_key(f, i % 10 ? (Key)K_DOWN : (Key)K_PAGE_DOWN);
    double from = ms_now();
    loop_run(l);
    within("list, key to frame", ms_now() - from, 2000, 0.3);
    assert_true(f->frames >= 2000);
    loop_free(&l);
    fake_free(&f);
}

static void a_key_in_a_long_account_is_on_the_screen_at_once(void **unused)
{
    Editor *e = editor_new((EditorOptions){ .lines = true });
    Grid *g = grid_new(20, 76, false);
    Str s = { 0 };
    for (int i = 0; s.n < 58000; i++) str_add(&s, i % 12 ? "He said that he would come back. " : "\nThen:\n");
    editor_insert(e, s.s, s.n);
    double from = ms_now();
    for (int i = 0; i < 1000; i++) {
        Event ev = key(i % 7 ? 'x' : (Key)K_UP);
        editor_event(e, &ev);
        grid_clear(g);
        editor_draw(e, grid_view(g), true);
    }
    within("10,000 words, key to drawing", ms_now() - from, 1000, 0.3);
    editor_free(&e);
    grid_free(&g);
    str_finish(&s);
}

static void one_endless_paragraph_is_still_quick(void **unused)
{
    Editor *e = editor_new((EditorOptions){ .lines = true });
    Grid *g = grid_new(20, 76, false);
    Str s = { 0 };
    while (s.n < 58000) str_add(&s, "Elle a dit « non », répété. ");
    editor_insert(e, s.s, s.n);
    double from = ms_now();
    for (int i = 0; i < 200; i++) {
        Event ev = key('x');
        editor_event(e, &ev);
        editor_draw(e, grid_view(g), true);
    }
    within("one paragraph of 58,000 bytes, key to drawing", ms_now() - from, 200, 5);
    editor_free(&e);
    grid_free(&g);
    str_finish(&s);
}

static void a_form_of_three_hundred_fields_is_quick(void **unused)
{
    static FormField fields[300];
    static char names[300][24];
    for (int i = 0; i < 300; i++) {
        snprintf(names[i], sizeof names[i], "field.%d", i);
        fields[i] = (FormField){
            .name = names[i], .label = "A question of some length", .required = i % 2, .value = "an answer"
        };
    }
    Form *f = form_new(fields, 300, 0);
    Grid *g = grid_new(20, 76, false);
    double from = ms_now();
    for (int i = 0; i < 300; i++) {
        Event ev = key(i % 3 ? 'x' : (Key)K_TAB);
        form_event(f, &ev);
        grid_clear(g);
        form_draw(f, grid_view(g), true);
    }
    within("form of 300 fields, key to drawing", ms_now() - from, 300, 0.3);
    form_free(&f);
    grid_free(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_in_a_list_is_on_the_screen_at_once),
        cmocka_unit_test(a_key_in_a_long_account_is_on_the_screen_at_once),
        cmocka_unit_test(one_endless_paragraph_is_still_quick),
        cmocka_unit_test(a_form_of_three_hundred_fields_is_quick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
