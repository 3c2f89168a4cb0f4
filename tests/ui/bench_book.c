/* bench_book.c — from a key to a finished drawing inside the shipped book with an account of 60,000 characters, against a bare editor
** that holds the same text: what the form around it costs. A benchmark, not a test: it prints and never fails. */
#include "book_help.h"

#include "ui/editor.h"
#include <time.h>

enum { ROWS = 19, COLS = 80, TURNS = 2000 };

static double ms_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static Key next_key(int i)
{
    static const Key keys[] = { 'x', 'y', ' ', 'z', K_BACKSPACE, K_UP, 'a' };
    return keys[i % (int)ARRAY_LEN(keys)];
}

static double bare(const char *text)
{
    Editor *e = editor_new((EditorOptions){ .lines = true });
    Grid *g = grid_new(ROWS, COLS, false);
    double from;

    editor_set(e, text);
    from = ms_now();
    for (int i = 0; i < TURNS; i++) {
        Event ev = key(next_key(i));
        editor_event(e, &ev);
        grid_clear(g);
        editor_draw(e, grid_view(g), true);
    }
    from = (ms_now() - from) / TURNS;
    editor_free(&e);
    grid_free(&g);
    return from;
}

/* `rest`: the keys rest after every so many, so that the account goes into the answers; 0: never. */
static double in_the_book(const FormSpec *form, const Policy *p, const char *text, int rest, double *worst)
{
    Answers *answers = answers_new();
    Grid *g = grid_new(ROWS, COLS, false);
    WriterOf of = { .form = form, .policy = p, .answers = answers, .who = "officer" };
    Writer *w;
    double from, sum = 0;

    answers_put(answers, "allegation.account", text);
    w = writer_new(&of);
    writer_go(w, "allegation.account");
    *worst = 0;
    for (int i = 0; i < TURNS; i++) {
        from = ms_now();
        press(w, next_key(i));
        if (rest && i % rest == rest - 1) writer_settle(w);
        grid_clear(g);
        writer_draw(w, grid_view(g), true);
        from = ms_now() - from;
        if (from > *worst) *worst = from;
        sum += from;
    }
    writer_free(&w);
    answers_free(&answers);
    grid_free(&g);
    return sum / TURNS;
}

static void one(const FormSpec *form, const Policy *p, const char *what, const char *text)
{
    double worst = 0, alone = bare(text), never = in_the_book(form, p, text, 0, &worst), slow = worst;
    double resting = in_the_book(form, p, text, 20, &worst);

    printf("%s: bare editor %.3f ms, in the book %.3f ms (%.1f times; slowest %.2f), resting after 20 keys %.3f ms "
           "(slowest %.2f)\n",
        what, alone, never, never / alone, slow, resting, worst);
}

int main(void)
{
    size_t n = 0;
    const char *text = form_builtin(FORM_BOOK, &n);
    Policy *p = book_policy();
    FormSpec *form = book_form(FORM_BOOK, text, n, p);
    Str paragraphs = { 0 }, endless = { 0 };

    while (paragraphs.n < 59900)
        str_add(&paragraphs, paragraphs.n % 900 > 870 ? "\n" : "He said that he would come back. ");
    while (endless.n < 59900) str_add(&endless, "She says that it is getting worse. ");
    one(form, p, "60,000 characters in paragraphs", str_text(&paragraphs));
    one(form, p, "60,000 characters in one paragraph", str_text(&endless));
    str_finish(&paragraphs);
    str_finish(&endless);
    form_spec_free(&form);
    policy_free(&p);
    return 0;
}
