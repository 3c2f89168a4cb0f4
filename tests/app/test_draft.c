/* test_draft.c — what is typed and not yet saved: kept, found again, nobody else's. */
#include "desk.h"

#include <sys/wait.h>
#include <unistd.h>

#define ABOUT "KG-7F3Q2 reviews ds-supervision 0"

static int signed_in(void **state)
{
    desk_setup(state);
    desk_as(*state, DS);
    return 0;
}

static void a_draft_is_kept_over_signing_out(void **state)
{
    Desk *d = *state;
    DraftView one, *all;
    size_t n;

    assert_did(d, app_draft_put(d->app, ABOUT, "half a sent", &d->err));
    assert_did(d, app_draft_put(d->app, ABOUT, "half a sentence — ünd", &d->err)); /* takes its place */
    assert_did(d, app_draft_put(d->app, "KG-2M8KX contacts", "", &d->err));
    desk_reopen(d, NOW);
    desk_as(d, DS);
    assert_did(d, app_draft_list(d->app, d->a, &all, &n, &d->err));
    assert_int_equal(n, 2);
    assert_did(d, app_draft_get(d->app, ABOUT, d->a, &one, &d->err));
    assert_string_equal(one.text, "half a sentence — ünd");
    assert_int_equal(one.at, app_now(d->app));
    assert_did(d, app_draft_drop(d->app, ABOUT, &d->err));
    assert_refused(d, ERR_MISSING, app_draft_get(d->app, ABOUT, d->a, &one, &d->err));
}

static void a_draft_is_its_officers_alone(void **state)
{
    Desk *d = *state;
    DraftView one, *all;
    size_t n;

    assert_did(d, app_draft_put(d->app, ABOUT, "secret", &d->err));
    desk_as(d, DI);
    assert_refused(d, ERR_MISSING, app_draft_get(d->app, ABOUT, d->a, &one, &d->err));
    assert_did(d, app_draft_list(d->app, d->a, &all, &n, &d->err));
    assert_int_equal(n, 0);
    app_sign_out(d->app);
    assert_refused(d, ERR_DENIED, app_draft_put(d->app, ABOUT, "x", &d->err));
    assert_refused(d, ERR_DENIED, app_draft_list(d->app, d->a, &all, &n, &d->err));
    assert_refused(d, ERR_DENIED, app_draft_drop(d->app, ABOUT, &d->err));
}

static void a_draft_lies_sealed_and_bound_to_its_form(void **state)
{
    Desk *d = *state;
    Store *s = app_store_handle(d->app);
    Draft raw;
    DraftView one;
    Tx tx = { 0 };

    assert_did(d, app_draft_put(d->app, ABOUT, "the text of the draft", &d->err));
    assert_did(d, store_draft_get(s, DS, ABOUT, d->a, &raw, &d->err));
    assert_null(memmem(raw.sealed, raw.n, "text", 4));
    raw.about = "KG-OTHER reviews"; /* somebody moves the row */
    assert_did(d, store_begin(s, &tx, &d->err));
    assert_did(d, store_draft_put(&tx, &raw, &d->err));
    assert_did(d, store_commit(&tx, &d->err));
    store_end(&tx);
    assert_refused(d, ERR_MISSING, app_draft_get(d->app, "KG-OTHER reviews", d->a, &one, &d->err));
}

static void what_is_being_typed_can_be_kept_at_the_lock(void **state)
{
    Desk *d = *state;
    DraftView one;

    assert_did(d, app_lock(d->app, &d->err));
    assert_did(d, app_draft_put(d->app, ABOUT, "typed until the lock", &d->err));
    assert_refused(d, ERR_DENIED, app_draft_get(d->app, ABOUT, d->a, &one, &d->err));
    assert_did(d, app_unlock(d->app, TRAINING_PASSWORD, &d->err));
    assert_did(d, app_draft_get(d->app, ABOUT, d->a, &one, &d->err));
    assert_string_equal(one.text, "typed until the lock");
}

static void drafts_have_an_end(void **state)
{
    Desk *d = *state;
    char *text = mem_new((3u << 20) + 2);

    memset(text, 'x', (3u << 20) + 1);
    assert_refused(d, ERR_INVALID, app_draft_put(d->app, ABOUT, text, &d->err));
    text[3 << 20] = '\0';
    assert_did(d, app_draft_put(d->app, ABOUT, text, &d->err));
    mem_free(text);
}

/* ---- two terminals of one officer ---- */

static App *at_terminal(const Desk *d, const char *name, const char *warrant)
{
    AppOptions o = { .dir = d->store, .now = T(NOW), .terminal = name };
    Err err = { 0 };
    App *app = app_open(&o, &err);

    if (!app || !app_sign_in(app, warrant, TRAINING_PASSWORD, &err)) fail_msg("%s", err.text);
    return app;
}

static void of_two_terminals_one_writes_a_draft(void **state)
{
    Desk *d = *state;
    App *other = at_terminal(d, "pts/9", DS);
    DraftView one;

    assert_did(d, app_draft_put(d->app, ABOUT, "here", &d->err));
    assert_did(d, app_draft_get(d->app, ABOUT, d->a, &one, &d->err));
    assert_null(one.elsewhere);
    assert_did(d, app_draft_get(other, ABOUT, d->a, &one, &d->err));
    assert_string_equal(one.elsewhere, "test");
    assert_string_equal(one.text, "here");
    assert_refused(d, ERR_STALE, app_draft_put(other, ABOUT, "there", &d->err));
    assert_did(d, app_draft_put(d->app, ABOUT, "here, and more", &d->err));

    assert_did(d, app_draft_take(other, ABOUT, &d->err));
    assert_did(d, app_draft_put(other, ABOUT, "there", &d->err));
    memset(&d->err, 0, sizeof d->err);
    assert_false(app_draft_put(d->app, ABOUT, "too late", &d->err));
    assert_int_equal(d->err.kind, ERR_STALE);
    assert_non_null(strstr(d->err.text, "pts/9"));
    assert_did(d, app_draft_get(d->app, ABOUT, d->a, &one, &d->err));
    assert_string_equal(one.text, "there");
    assert_string_equal(one.elsewhere, "pts/9");

    assert_did(d, app_draft_release(d->app, ABOUT, &d->err)); /* not ours: it stays where it is */
    assert_refused(d, ERR_STALE, app_draft_put(d->app, ABOUT, "too late", &d->err));
    assert_did(d, app_draft_release(other, ABOUT, &d->err));
    assert_did(d, app_draft_get(d->app, ABOUT, d->a, &one, &d->err));
    assert_null(one.elsewhere);
    assert_did(d, app_draft_put(d->app, ABOUT, "here again", &d->err));
    app_close(&other);
}

static void signing_out_lets_go_of_every_draft(void **state)
{
    Desk *d = *state;
    App *other = at_terminal(d, "pts/9", DS);
    DraftView *all;
    size_t n;

    assert_did(d, app_draft_put(other, ABOUT, "one", &d->err));
    assert_did(d, app_draft_put(other, "KG-2M8KX contacts", "two", &d->err));
    assert_did(d, app_draft_put(d->app, "KG-3 notices", "three", &d->err));
    app_sign_out(other);
    assert_did(d, app_draft_list(d->app, d->a, &all, &n, &d->err));
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++) assert_null(all[i].elsewhere);
    assert_did(d, app_sign_in(other, DS, TRAINING_PASSWORD, &d->err));
    assert_did(d, app_draft_list(other, d->a, &all, &n, &d->err));
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(all[i].elsewhere != NULL, strcmp(all[i].about, "KG-3 notices") == 0);
    app_close(&other);
}

/* Killed, or the machine went down: nobody is asked whether a dead session may be taken over. */
static void a_session_that_died_holds_nothing(void **state)
{
    Desk *d = *state;
    DraftView one;
    int status = -1;
    pid_t child = fork();

    if (child == 0) {
        App *other = at_terminal(d, "pts/9", DS);
        _exit(app_draft_put(other, ABOUT, "before the power went", NULL) ? 0 : 1);
    }
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    assert_int_equal(status, 0);
    assert_did(d, app_draft_get(d->app, ABOUT, d->a, &one, &d->err));
    assert_string_equal(one.text, "before the power went");
    assert_null(one.elsewhere);
    assert_did(d, app_draft_put(d->app, ABOUT, "and on", &d->err));
}

static void seats_are_of_one_officer_alone(void **state)
{
    Desk *d = *state;
    App *other = at_terminal(d, "pts/9", DI);
    DraftView one, *all;
    size_t n;

    assert_did(d, app_draft_put(d->app, ABOUT, "of the sergeant", &d->err));
    assert_refused(d, ERR_MISSING, app_draft_take(other, ABOUT, &d->err));
    assert_did(d, app_draft_release(other, ABOUT, &d->err));
    assert_did(d, app_draft_put(other, ABOUT, "of the inspector", &d->err));
    assert_did(d, app_draft_list(other, d->a, &all, &n, &d->err));
    assert_int_equal(n, 1);
    assert_string_equal(all[0].text, "of the inspector");
    assert_did(d, app_draft_get(d->app, ABOUT, d->a, &one, &d->err));
    assert_string_equal(one.text, "of the sergeant");
    assert_null(one.elsewhere);
    app_sign_out(other);
    assert_refused(d, ERR_DENIED, app_draft_take(other, ABOUT, &d->err));
    assert_refused(d, ERR_DENIED, app_draft_release(other, ABOUT, &d->err));
    app_close(&other);
}

static void a_new_password_leaves_drafts_where_they_are_written(void **state)
{
    Desk *d = *state;
    App *other = at_terminal(d, "pts/9", DS);
    DraftView one;

    assert_did(d, app_draft_put(other, ABOUT, "there", &d->err));
    assert_did(d, app_officer_password(d->app, DS, "seven brown ponies ran", &d->err));
    assert_did(d, app_draft_get(d->app, ABOUT, d->a, &one, &d->err));
    assert_string_equal(one.elsewhere, "pts/9");
    app_close(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_draft_is_kept_over_signing_out, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_draft_is_its_officers_alone, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_draft_lies_sealed_and_bound_to_its_form, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_being_typed_can_be_kept_at_the_lock, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(drafts_have_an_end, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(of_two_terminals_one_writes_a_draft, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(signing_out_lets_go_of_every_draft, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_session_that_died_holds_nothing, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(seats_are_of_one_officer_alone, signed_in, desk_teardown),
        cmocka_unit_test_setup_teardown(a_new_password_leaves_drafts_where_they_are_written, signed_in, desk_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
