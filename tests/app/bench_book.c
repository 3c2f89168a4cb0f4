/* bench_book.c — what a pause in writing costs: the check of a whole book, with a usual account and with one of ten thousand
** words, beside the reading of its answers alone; and what a book costs to submit. */
#include "book_desk.h"

#include <stdio.h>
#include <time.h>

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double time_checks(Desk *d, BookWork *work, int times)
{
    double began = seconds();
    BookCheck check;

    for (int i = 0; i < times; i++) {
        Arena *a = arena_new();
        assert_did(d, app_book_check(d->app, work, a, &check, &d->err));
        arena_free(&a);
    }
    return (seconds() - began) / times;
}

static double time_copies(const BookWork *work, int times)
{
    double began = seconds();

    for (int i = 0; i < times; i++) {
        Str text = { 0 };
        answers_write(work->answers, &text);
        Answers *a = answers_read(str_text(&text), text.n, NULL);
        answers_free(&a);
        str_finish(&text);
    }
    return (seconds() - began) / times;
}

static void tell(const char *what, double check, double copy)
{
    printf("%-28s check %8.3f ms, answers written and read %8.3f ms, ratio %.1f\n", what, check * 1e3, copy * 1e3,
        check / copy);
}

int main(void)
{
    void *state = NULL;
    Desk *d;
    BookWork work;
    CaseRow row;
    Str account = { 0 };
    double began;

    book_setup(&state);
    d = state;
    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &work, &d->err));
    book_fill(d, &work, NULL);
    tell("a usual account", time_checks(d, &work, 200), time_copies(&work, 200));
    for (int i = 0; i < 10000; i++) str_addf(&account, "%s%s", i ? " " : "", i % 97 ? "word" : "shouted");
    answers_put(work.answers, "allegation.account", str_text(&account));
    tell("ten thousand words", time_checks(d, &work, 50), time_copies(&work, 50));
    began = seconds();
    assert_did(d, app_book_submit(d->app, &work, d->a, &row, &d->err));
    printf("%-28s %8.3f ms\n", "submitted in", (seconds() - began) * 1e3);
    app_book_leave(d->app, &work);
    str_finish(&account);
    return desk_teardown(&state);
}
