/* test_book_fault.c — every verb of the book that writes, broken at its first step, its second, its third … until it comes
** through: each time the case is as it was before, what was typed is still there, and the sentence is one for people. */
#include "app/alert.h"
#include "book_desk.h"
#include "faulty.h"

#include <stdio.h>

extern void store_use_engine(const Engine *e); /* of the store, for tests */

static BookWork work;
static BookView view;

static int fault_setup(void **state)
{
    return faulty(state, book_setup);
}

static int fault_teardown(void **state)
{
    engine_fault_at(0, ENG_IO);
    store_use_engine(&engine_sqlite);
    app_book_leave(((Desk *)*state)->app, &work);
    app_book_close(&view);
    return desk_teardown(state);
}

/* Every case, what is derived, the samples, and which form is in force. */
static char *state_of(Desk *d)
{
    Store *s = app_store_handle(d->app);
    uint8_t digest[HASH_BYTES];
    char hex[HASH_HEX], *kept;
    CaseRow row;
    CaseDoc doc;
    QaSample *samples;
    StoredForm form = { .hash = "none" };
    size_t n_samples;
    int64_t n;
    Str text = { 0 };

    assert_did(d, store_case_count(s, &n, &d->err));
    assert_did(d, store_derived_digest(s, digest, &d->err));
    assert_did(d, store_case_find(s, ONE, d->a, &row, &d->err));
    assert_did(d, store_case_load(s, row.key, app_vocabs(d->app), d->a, &doc, &d->err));
    assert_did(d, store_qa_list(s, 100, d->a, &samples, &n_samples, &d->err));
    store_form_active(s, FORM_BOOK, d->a, &form, NULL);
    str_addf(&text, "%lld %s %lld %zu %s ", (long long)n, crypto_hex(digest, HASH_BYTES, hex), (long long)row.rev,
        n_samples, form.hash);
    case_write(&doc, app_vocabs(d->app), &text);
    kept = arena_dup(d->a, str_text(&text));
    str_finish(&text);
    return kept;
}

typedef bool Act(Desk *d, Err *err);

static void break_everywhere(Desk *d, EngResult way, Act *act)
{
    char *before = state_of(d);
    int64_t at = 0;
    bool ok = false;

    while (!ok && ++at < 5000) {
        Err err = { 0 };
        engine_fault_at(at, way);
        ok = act(d, &err);
        engine_fault_at(0, ENG_IO);
        if (ok) break;
        if (err.kind == ERR_NONE || err.kind == ERR_BUG || !err.text[0])
            fail_msg("step %lld: %s: %s", (long long)at, err_kind_word(err.kind), err.text);
        assert_string_equal(before, state_of(d));
    }
    assert_true(ok);
    assert_true(at > 2);
    assert_string_not_equal(before, state_of(d));
}

/* ---- the acts ---- */

static bool submit(Desk *d, Err *err)
{
    CaseRow row;
    DraftView draft;

    if (app_book_submit(d->app, &work, d->a, &row, err)) return true;
    engine_fault_at(0, ENG_IO);
    if (app_draft_get(d->app, work.about, d->a, &draft, NULL)) return false;
    assert_did(d, app_book_save(d->app, &work,
                      &d->err)); /* the very first step was the draft's own: it is typed, and can be put again */
    return false;
}

static bool sign(Desk *d, Err *err)
{
    BookReading r = {
        .kind = view.kind, .outcome = "returned", .reasons = "other", .text = "Again.", .password = TRAINING_PASSWORD
    };

    return app_book_review(d->app, &view, &r, d->a, err);
}

static bool correct(Desk *d, Err *err)
{
    return app_book_addendum(d->app, &view, NULL, "It is Anna.", err);
}

static bool file(Desk *d, Err *err)
{
    return app_book_index(d->app, &view, "G/1/10", d->a, NULL, err);
}

static bool move(Desk *d, Err *err)
{
    return app_book_move(d->app, ONE, NULL, "CSU tray", err);
}

static bool sample(Desk *d, Err *err)
{
    QaAsk ask = { .seed = 1, .from = T("2010-05-01T00:00:00Z"), .to = T(NOW), .wanted = 1 };
    QaSample s;

    return app_qa_draw(d->app, &ask, d->a, &s, err);
}

static bool activate(Desk *d, Err *err)
{
    PolicyProblems problems = { .arena = d->a };
    size_t n;
    const char *text = form_builtin(FORM_BOOK, &n);
    char *changed = arena_printf(d->a, "%.*s\n# changed\n", (int)n, text);

    return app_form_activate(d->app, "x.form", changed, strlen(changed), &problems, err);
}

static bool dismiss(Desk *d, Err *err)
{
    return app_alert_answer(d->app, ONE, "narrative-weapons", NULL, true, "A picture of a knife.", err);
}

/* ---- the facts ---- */

static void open_filled(Desk *d, const char *case_id)
{
    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, case_id, NULL, d->a, &work, &d->err));
    book_fill(d, &work, NULL);
}

static void a_first_book_is_whole_or_not_there(void **state)
{
    open_filled(*state, ONE);
    break_everywhere(*state, ENG_IO, submit);
}

static void a_first_book_on_a_full_disk_is_whole_or_not_there(void **state)
{
    open_filled(*state, ONE);
    break_everywhere(*state, ENG_FULL, submit);
}

static void a_new_case_is_whole_or_not_there(void **state)
{
    open_filled(*state, NULL);
    break_everywhere(*state, ENG_IO, submit);
}

static void a_reading_is_whole_or_not_there(void **state)
{
    Desk *d = *state;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    desk_as(d, PS);
    view = book_view(d, ONE);
    break_everywhere(d, ENG_IO, sign);
}

static void what_stands_beside_a_book_is_whole_or_not_there(void **state)
{
    static Act *const acts[] = { correct, file, move };
    Desk *d = *state;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    desk_as(d, PS);
    assert_did(d, book_sign(d, ONE, "satisfied", NULL, NULL));
    desk_as(d, DS);
    view = book_view(d, ONE);
    for (size_t i = 0; i < ARRAY_LEN(acts); i++) break_everywhere(d, ENG_IO, acts[i]);
}

static void an_answer_to_an_alert_is_whole_or_not_there(void **state)
{
    Desk *d = *state;

    desk_as(d, PC);
    book_write(d, ONE, (const char *[]){ "allegation.account", "He held a kitchen knife, said Anne Example.", NULL });
    desk_as(d, PS);
    break_everywhere(d, ENG_IO, dismiss);
}

static void a_sample_and_a_form_are_whole_or_not_there(void **state)
{
    Desk *d = *state;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    desk_as(d, DI);
    break_everywhere(d, ENG_IO, sample);
    desk_as(d, KEEPER);
    break_everywhere(d, ENG_FULL, activate);
}

static bool print(Desk *d, Err *err)
{
    Str out = { 0 };
    bool ok = app_book_print(d->app, ONE, NULL, 0, PAPER_BOOK, false, &out, err);

    assert_true(ok || out.n == 0); /* nothing leaves that the log does not have */
    str_finish(&out);
    return ok;
}

static void nothing_is_printed_that_is_not_logged(void **state)
{
    Desk *d = *state;
    bool ok = false;

    desk_as(d, PC);
    book_write(d, ONE, NULL);
    desk_as(d, PS);
    for (int64_t at = 1; !ok && at < 500; at++) {
        Err err = { 0 };
        engine_fault_at(at, ENG_IO);
        ok = print(d, &err);
        engine_fault_at(0, ENG_IO);
        assert_true(ok || err.kind != ERR_NONE);
    }
    assert_true(ok);
}

static const struct CMUnitTest tests[] = {
#define DESK(test) cmocka_unit_test_setup_teardown(test, fault_setup, fault_teardown)
    DESK(a_first_book_is_whole_or_not_there),
    DESK(a_first_book_on_a_full_disk_is_whole_or_not_there),
    DESK(a_new_case_is_whole_or_not_there),
    DESK(a_reading_is_whole_or_not_there),
    DESK(what_stands_beside_a_book_is_whole_or_not_there),
    DESK(an_answer_to_an_alert_is_whole_or_not_there),
        DESK(a_sample_and_a_form_are_whole_or_not_there),
    DESK(nothing_is_printed_that_is_not_logged),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
