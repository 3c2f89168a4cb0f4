/* test_arena.c — memory that is freed together. */
#include "helpers.h"

#include "base/arena.h"

static void everything_handed_out_is_aligned_and_apart(void **unused)
{
    Arena *a = arena_new();
    uint64_t seed = 1;
    char *pieces[500];
    size_t sizes[500], all = 0;

    for (size_t i = 0; i < 500; i++) {
        sizes[i] = dice_below(&seed, i % 50 == 0 ? 200000 : 300);
        pieces[i] = arena_alloc(a, sizes[i]);
        assert_int_equal((uintptr_t)pieces[i] % 16, 0);
        memset(pieces[i], (int)i, sizes[i]);
        all += sizes[i];
    }
    for (size_t i = 0; i < 500; i++)
        for (size_t k = 0; k < sizes[i]; k++) assert_int_equal((unsigned char)pieces[i][k], i & 0xFF);
    assert_int_equal(arena_used(a), all);
    arena_free(&a);
}

static void a_list_grows_and_keeps_what_it_holds(void **unused)
{
    Arena *a = arena_new();
    int *items = NULL;
    size_t cap = 0;

    for (size_t n = 0; n < 1000; n++) {
        int *before = items;
        size_t room = cap;
        items = arena_room(a, items, n, &cap, sizeof *items);
        assert_true(cap > n);
        if (n < room) assert_ptr_equal(items, before);
        items[n] = (int)n;
    }
    for (int i = 0; i < 1000; i++) assert_int_equal(items[i], i);
    arena_free(&a);
}

static void freeing_twice_is_freeing_once(void **unused)
{
    Arena *a = arena_new(), *none = NULL;

    arena_free(&a);
    assert_null(a);
    arena_free(&a);
    arena_free(&none);
}

static void a_reset_arena_begins_again_in_the_memory_it_has(void **unused)
{
    Arena *a = arena_new();
    char *large, *again;

    arena_alloc(a, 10);
    large = arena_alloc(a, 500000);
    arena_reset(a);
    assert_int_equal(arena_used(a), 0);
    again = arena_alloc(a, 1000);
    assert_ptr_equal(again, large);
    arena_reset(a);
    arena_reset(a);
    arena_free(&a);
}

static void a_secret_does_not_outlive_a_reset(void **unused)
{
    Arena *a = arena_new_secret();
    char *secret = arena_dup(a, "safe address: 12 Rosebery Road");

    arena_reset(a);
    for (size_t i = 0; i < 30; i++) assert_int_equal(secret[i], 0); /* the block is kept, so it can be seen */
    arena_free(&a);
}

static void text_is_copied_and_made(void **unused)
{
    Arena *a = arena_new();
    char *s;

    assert_null(arena_dup(a, NULL));
    assert_string_equal(arena_dup(a, ""), "");
    assert_string_equal(arena_dup_n(a, "abcdef", 3), "abc");
    assert_string_equal(arena_dup_n(a, NULL, 0), "");
    assert_string_equal(arena_printf(a, "%s-%d", "KG", 7), "KG-7");
    s = arena_printf(a, "%0*d", 10000, 1);
    assert_int_equal(strlen(s), 10000);
    arena_free(&a);
}

static void an_array_is_zeroed_even_in_used_memory(void **unused)
{
    Arena *a = arena_new();
    int *n;

    memset(arena_alloc(a, 4000), 0xAA, 4000);
    arena_reset(a);
    n = arena_zero(a, 900, sizeof *n);
    for (int i = 0; i < 900; i++) assert_int_equal(n[i], 0);
    assert_ptr_not_equal(arena_alloc(a, 0), arena_alloc(a, 0));
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(everything_handed_out_is_aligned_and_apart),
        TEST(a_list_grows_and_keeps_what_it_holds),
        TEST(freeing_twice_is_freeing_once),
        TEST(a_reset_arena_begins_again_in_the_memory_it_has),
        TEST(a_secret_does_not_outlive_a_reset),
        TEST(text_is_copied_and_made),
        TEST(an_array_is_zeroed_even_in_used_memory),
    };

    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
