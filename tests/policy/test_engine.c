/* test_engine.c — the promises of the engine: pure, blind to what is dated later, indifferent to the order of entry. */
#include "policy_files.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

typedef struct World {
    Arena *arena;
    Policy *policy;
    Cases cases;
} World;

static World world;
static const char *const moments[] = { "2010-03-28T09:00:00Z", "2010-04-06T08:00:00Z", "2010-11-01T08:00:00Z" };

static int start(void **unused)
{
    world.arena = arena_new();
    world.policy = standard_policy();
    world.cases = cases_read(data_path("cases.jsonl"), policy_vocabs(world.policy), world.arena);
    return 0;
}

static int stop(void **unused)
{
    policy_free(&world.policy);
    arena_free(&world.arena);
    return 0;
}

static char *lines_of(const CaseDoc *doc, Time now)
{
    Cases one = { .n = 1 };
    Str out = { 0 };
    CaseDoc copy = *doc;

    one.docs = &copy;
    duties_as_lines(world.policy, &one, now, &out);
    return str_take(&out);
}

static void same_lines(const CaseDoc *a, const CaseDoc *b, Time now)
{
    char *x = lines_of(a, now), *y = lines_of(b, now);

    if (strcmp(x, y) != 0) fail_msg("%s\n%s\n---\n%s", a->id, x, y);
    mem_free(x);
    mem_free(y);
}

static void the_same_question_has_the_same_answer_twice(void **unused)
{
    for (size_t i = 0; i < world.cases.n; i++)
        for (size_t m = 0; m < ARRAY_LEN(moments); m++)
            same_lines(&world.cases.docs[i], &world.cases.docs[i], at(moments[m]));
}

static void asking_changes_nothing_in_the_case(void **unused)
{
    for (size_t i = 0; i < world.cases.n; i++) {
        Str before = { 0 }, after = { 0 };
        Why why;
        case_write(&world.cases.docs[i], policy_vocabs(world.policy), &before);
        mem_free(lines_of(&world.cases.docs[i], at(moments[1])));
        assert_true(
            policy_why(world.policy, &world.cases.docs[i], at(moments[1]), "dci-review", -1, world.arena, &why, NULL));
        case_write(&world.cases.docs[i], policy_vocabs(world.policy), &after);
        assert_string_equal(str_text(&before), str_text(&after));
        str_finish(&before);
        str_finish(&after);
    }
}

/* ---- what is dated later ---- */

static void forget_time(Time *t, Time now)
{
    if (*t > now) *t = TIME_NONE;
}

static const CaseField *time_field(CaseListId list)
{
    const CaseList *l = &case_lists[list];

    for (size_t i = 0; i < l->n_fields; i++)
        if (l->fields[i].flags & FIELD_ORDER) return &l->fields[i];
    return NULL;
}

/* The items of a list dated until `now`, in a list of their own. */
static void cut_list(char *holder, CaseListId list, Time now, Arena *a)
{
    const CaseList *l = &case_lists[list];
    const CaseField *time = time_field(list);
    size_t *n = (size_t *)(void *)(holder + l->count_offset), kept = 0;
    char **items = (char **)(void *)(holder + l->items_offset), *copy = arena_alloc(a, (*n + 1) * l->item_size);

    for (size_t i = 0; i < *n; i++) {
        const char *item = *items + i * l->item_size;
        if (time && *(const Time *)(const void *)(item + time->offset) > now) continue;
        memcpy(copy + kept++ * l->item_size, item, l->item_size);
    }
    *items = copy;
    *n = kept;
}

static void cut_people(CaseDoc *doc, Time now, Arena *a)
{
    size_t kept = 0;

    for (size_t i = 0; i < doc->n_people; i++) {
        if (doc->people[i].recorded_at != TIME_NONE && doc->people[i].recorded_at > now) continue;
        doc->people[kept] = doc->people[i];
        cut_list((char *)&doc->people[kept++], LIST_STATUS, now, a);
    }
    doc->n_people = kept;
}

/* The document as it would have been written at `now`. */
static CaseDoc cut(const CaseDoc *doc, Time now, Arena *a)
{
    CaseDoc out = *doc;

    for (CaseListId list = 0; list < LIST_STATUS; list++) cut_list((char *)&out, list, now, a);
    cut_people(&out, now, a);
    for (size_t i = 0; i < out.n_owners; i++) forget_time(&out.owners[i].accepted_at, now);
    for (size_t i = 0; i < out.n_books; i++) forget_time(&out.books[i].index_at, now);
    if (out.children_at > now) out.children = CODE_NONE;
    forget_time(&out.children_at, now);
    forget_time(&out.attended_at, now);
    forget_time(&out.cad_received_at, now);
    forget_time(&out.cad_closed_at, now);
    forget_time(&out.restricted_at, now);
    forget_time(&out.closed_at, now);
    return out;
}

static void a_case_then_is_the_case_cut_then(void **unused)
{
    Arena *a = arena_new();

    for (Time now = at("2010-03-19T00:00:00Z"); now < at("2010-04-10T00:00:00Z"); now += 5 * HOUR + 1234)
        for (size_t i = 0; i < world.cases.n; i++) {
            CaseDoc then;
            if (world.cases.docs[i].reported_at > now) continue;
            then = cut(&world.cases.docs[i], now, a);
            same_lines(&world.cases.docs[i], &then, now);
            arena_reset(a);
        }
    arena_free(&a);
}

static void nothing_is_asked_before_the_report(void **unused)
{
    for (size_t i = 0; i < world.cases.n; i++) {
        char *lines = lines_of(&world.cases.docs[i], world.cases.docs[i].reported_at - 1);
        assert_string_equal(lines, "");
        mem_free(lines);
    }
}

/* ---- order ---- */

static uint32_t seed = 124;

static size_t below(size_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* Entries of equal time keep their order among themselves, so only unequal neighbours change places. */
static void shuffle_list(CaseDoc *doc, CaseListId list, Arena *a)
{
    const CaseList *l = &case_lists[list];
    const CaseField *time = time_field(list);
    size_t n, size = l->item_size;
    char *items, held[256];

    cut_list((char *)doc, list, TIME_MAX, a);
    items = case_items(doc, list, &n);
    for (size_t swaps = 0; time && n > 1 && swaps < 4 * n; swaps++) {
        char *x = items + below(n - 1) * size, *y = x + size;
        if (*(Time *)(void *)(x + time->offset) == *(Time *)(void *)(y + time->offset)) continue;
        memcpy(held, x, size);
        memcpy(x, y, size);
        memcpy(y, held, size);
    }
}

static void shuffled_lists_give_the_same_answer_when_they_are_sorted(void **unused)
{
    Arena *a = arena_new();

    for (int round = 0; round < 5; round++)
        for (size_t i = 0; i < world.cases.n; i++) {
            CaseDoc doc = world.cases.docs[i];
            for (CaseListId list = 0; list < LIST_STATUS; list++) shuffle_list(&doc, list, a);
            case_sort(&doc);
            for (size_t m = 0; m < ARRAY_LEN(moments); m++) same_lines(&world.cases.docs[i], &doc, at(moments[m]));
            arena_reset(a);
        }
    arena_free(&a);
}

static void duties_come_in_order_of_id_and_cycle(void **unused)
{
    Arena *a = arena_new();
    Duty *all;

    for (size_t i = 0; i < world.cases.n; i++) {
        size_t n = policy_evaluate(world.policy, &world.cases.docs[i], at(moments[2]), a, &all);
        for (size_t k = 1; k < n; k++) assert_true(duty_compare(&all[k - 1], &all[k]) < 0);
    }
    arena_free(&a);
}

/* The explanation of every duty of every case is of the duty that the evaluation gives. */
static void why_never_contradicts_the_evaluation(void **unused)
{
    Arena *a = arena_new();
    Time now = at(moments[1]);

    for (size_t i = 0; i < world.cases.n; i++) {
        Duty *all;
        size_t n = policy_evaluate(world.policy, &world.cases.docs[i], now, a, &all), at_duty = 0;
        for (size_t d = 0; d < policy_duty_count(world.policy); d++) {
            const char *id = policy_duty(world.policy, d)->id;
            Why why;
            bool asked = at_duty < n && str_eq(all[at_duty].id, id);
            assert_true(policy_why(world.policy, &world.cases.docs[i], now, id, -1, a, &why, NULL));
            assert_true(why.asked == asked && why.n > 3 && *why.short_why);
            for (; at_duty < n && str_eq(all[at_duty].id, id); at_duty++) {
                assert_true(policy_why(world.policy, &world.cases.docs[i], now, id, all[at_duty].cycle, a, &why, NULL));
                assert_true(str_eq(why.duty.says, all[at_duty].says) || (!why.duty.says && !all[at_duty].says));
                why.duty.says = all[at_duty].says; /* made of fields, it is made anew each time */
                assert_memory_equal(&why.duty, &all[at_duty], sizeof why.duty);
                assert_true((*why.short_clears != '\0') == duty_is_live(&why.duty));
            }
        }
        arena_reset(a);
    }
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_question_has_the_same_answer_twice),
        cmocka_unit_test(asking_changes_nothing_in_the_case),
        cmocka_unit_test(a_case_then_is_the_case_cut_then),
        cmocka_unit_test(nothing_is_asked_before_the_report),
        cmocka_unit_test(shuffled_lists_give_the_same_answer_when_they_are_sorted),
        cmocka_unit_test(duties_come_in_order_of_id_and_cycle),
        cmocka_unit_test(why_never_contradicts_the_evaluation),
    };

    return cmocka_run_group_tests_name("policy engine", tests, start, stop);
}
