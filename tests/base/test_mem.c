/* test_mem.c — memory that cannot fail, and what happens when it does. */
#include "helpers.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void new_memory_is_zeroed_even_of_no_size(void **unused)
{
    unsigned char *p = mem_new(1000), *nothing = mem_new(0);

    for (int i = 0; i < 1000; i++) assert_int_equal(p[i], 0);
    assert_non_null(nothing);
    mem_free(p);
    mem_free(nothing);
    mem_free(NULL);
}

static void a_copy_of_nothing_is_nothing(void **unused)
{
    char *s = mem_dup("text");

    assert_null(mem_dup(NULL));
    assert_string_equal(s, "text");
    mem_free(s);
}

static void an_array_grows_one_by_one_and_keeps_what_it_has(void **unused)
{
    int *items = NULL;
    size_t cap = 0;

    for (size_t n = 0; n < 10000; n++) {
        items = mem_room(items, n, &cap, sizeof *items);
        assert_true(cap > n);
        items[n] = (int)n;
    }
    for (size_t i = 0; i < 10000; i++) assert_int_equal(items[i], (int)i);
    assert_true(cap < 40000);
    mem_free(items);
}

static void give_back_the_terminal(void)
{
    if (write(STDOUT_FILENO, "", 0) == 0) _exit(42); /* seen by the parent */
}

/* In a child, because it ends. What its end says. */
static int end_of(void (*exhaust)(void), bool with_last_words)
{
    int status;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){ 0 });
        signal(SIGABRT, SIG_DFL);
        if (with_last_words) mem_on_exhausted = give_back_the_terminal;
        exhaust();
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void multiply_too_far(void)
{
    volatile size_t count = SIZE_MAX / 2; /* volatile: the compiler would see through it */

    mem_free(mem_grow(NULL, count, 3));
}

static void a_size_too_large_to_say_is_exhaustion(void **unused)
{
    int status = end_of(multiply_too_far, false);

    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void exhaustion_gives_back_the_terminal_first(void **unused)
{
    int status = end_of(multiply_too_far, true);

    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(new_memory_is_zeroed_even_of_no_size),
        TEST(a_copy_of_nothing_is_nothing),
        TEST(an_array_grows_one_by_one_and_keeps_what_it_has),
        TEST(a_size_too_large_to_say_is_exhaustion),
        TEST(exhaustion_gives_back_the_terminal_first),
    };

    return cmocka_run_group_tests_name("mem", tests, NULL, NULL);
}
