/* test_answers.c — answers by their paths, rows, the canonical form, foreign values, and what differs. */
#include "core_test.h"

#include "core/answers.h"

#include "base/mem.h"

#include <dirent.h>

static Answers *read_text(const char *json)
{
    Err err = { 0 };
    Answers *a = answers_read(json, strlen(json), &err);

    if (!a) fail_msg("%s", err.text);
    return a;
}

static const char *text_of(Arena *arena, const Answers *a)
{
    Str s = { 0 };
    const char *text;

    answers_write(a, &s);
    text = arena_dup(arena, str_text(&s));
    str_finish(&s);
    return text;
}

static void writes(Arena *arena, const char *json, const char *wanted)
{
    Answers *a = read_text(json);

    assert_string_equal(text_of(arena, a), wanted);
    answers_free(&a);
    answers_free(&a);
}

/* ---- one answer ---- */

static void no_text_is_no_answers(void **state)
{
    Answers *a = answers_read(NULL, 0, NULL), *b = answers_read("", 0, NULL), *c = answers_new();

    assert_string_equal(text_of(*state, a), "{}");
    assert_true(answers_same(a, b) && answers_same(b, c));
    assert_string_equal(answers_get(a, "victim.family"), "");
    answers_free(&a);
    answers_free(&b);
    answers_free(&c);
}

static void what_is_put_is_got(void **state)
{
    Answers *a = answers_new();

    assert_true(answers_put(a, "victim.family", "Example"));
    assert_true(answers_put(a, "child[2].given", "Ada"));
    assert_true(answers_put_list(a, "injury.kinds", "bruise,,cut,"));
    assert_string_equal(answers_get(a, "victim.family"), "Example");
    assert_string_equal(answers_get(a, "child[2].given"), "Ada");
    assert_string_equal(answers_get(a, "child[1].given"), "");
    assert_string_equal(answers_get(a, "injury.kinds"), "bruise,cut");
    assert_int_equal(answers_rows(a, "child"), 3);
    assert_string_equal(text_of(*state, a),
        "{\"child\":[{},{},{\"given\":\"Ada\"}],\"injury.kinds\":[\"bruise\",\"cut\"],\"victim.family\":\"Example\"}");
    answers_free(&a);
}

static void an_empty_text_takes_the_answer_away(void **state)
{
    Answers *a = read_text("{\"a\":\"1\",\"g\":[{\"x\":\"2\"}],\"l\":[\"3\"]}");

    assert_true(answers_put(a, "a", ""));
    assert_true(answers_put(a, "g[0].x", NULL));
    assert_true(answers_put_list(a, "l", ","));
    assert_true(answers_put(a, "nobody[7].x", "")); /* makes no rows */
    assert_int_equal(answers_rows(a, "nobody"), 0);
    assert_int_equal(answers_rows(a, "g"), 1); /* the row somebody stands in stays */
    assert_true(answers_row_empty(a, "g", 0));
    assert_string_equal(text_of(*state, a), "{}");
    answers_free(&a);
}

static void an_answer_can_be_put_from_itself(void **state)
{
    Answers *a = read_text("{\"a\":\"Example\",\"l\":[\"x\",\"y\"]}");

    assert_true(answers_put(a, "a", answers_get(a, "a")));
    assert_string_equal(answers_get(a, "a"), "Example");
    assert_true(answers_put_list(a, "l", answers_get(a, "l")));
    assert_string_equal(answers_get(a, "l"), "x,y");
    answers_free(&a);
}

static void a_path_that_is_none_is_refused(void **state)
{
    static const char *const none[] = { "", "child[0]", "child[].x", "child[200].x", "child[01].x", "child[-1].x",
        "[0].x", "child[0].", "child[0]x", "child[0].x[1].y", "a]b", "child[99999999999999999999].x", "broken\xff" };
    Answers *a = answers_new();
    char longest[400];

    for (size_t i = 0; i < ARRAY_LEN(none); i++) {
        if (answers_put(a, none[i], "x")) fail_msg("%s was taken", none[i]);
        assert_string_equal(answers_get(a, none[i]), "");
    }
    memset(longest, 'a', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_false(answers_put(a, longest, "x"));
    assert_false(answers_put(a, "a", "broken\xff"));
    assert_true(answers_put(a, "child[199].x", "the last row"));
    assert_string_equal(answers_get(a, "child[199].x"), "the last row");
    answers_free(&a);
}

static void a_path_comes_apart_as_it_was_made(void **state)
{
    char path[ANSWERS_PATH], group[ANSWERS_PATH], name[ANSWERS_PATH];
    size_t row;

    assert_string_equal(answers_path(path, "child", 12, "given"), "child[12].given");
    assert_true(answers_path_split(path, group, &row, name));
    assert_string_equal(group, "child");
    assert_string_equal(name, "given");
    assert_int_equal(row, 12);
    assert_false(answers_path_split("victim.family", group, &row, name));
    assert_string_equal(name, "victim.family");
}

/* ---- rows ---- */

static void rows_are_added_put_between_and_dropped(void **state)
{
    Answers *a = answers_new();

    answers_put(a, "g[0].x", "one");
    answers_put(a, "g[1].x", "three");
    answers_row_insert(a, "g", 1);
    answers_put(a, "g[1].x", "two");
    assert_true(answers_row_add(a, "g"));
    assert_int_equal(answers_rows(a, "g"), 4);
    assert_string_equal(text_of(*state, a), "{\"g\":[{\"x\":\"one\"},{\"x\":\"two\"},{\"x\":\"three\"}]}");
    answers_row_drop(a, "g", 0);
    answers_row_drop(a, "g", 17);
    assert_string_equal(answers_get(a, "g[0].x"), "two");
    assert_int_equal(answers_rows(a, "g"), 3);
    answers_free(&a);
}

static void a_group_has_no_more_rows_than_its_limit(void **state)
{
    Answers *a = answers_new();

    for (size_t i = 0; i < ANSWERS_ROWS; i++) assert_true(answers_row_add(a, "g"));
    assert_false(answers_row_add(a, "g"));
    answers_row_insert(a, "g", 0);
    assert_int_equal(answers_rows(a, "g"), ANSWERS_ROWS);
    answers_free(&a);
}

/* ---- the canonical form ---- */

static void keys_stand_in_order_and_nothing_empty_is_left(void **state)
{
    writes(*state, "{ \"b\" : \"2\", \"a\":\"1\" }", "{\"a\":\"1\",\"b\":\"2\"}");
    writes(*state, "{\"a\":\"\",\"l\":[],\"m\":[\"\",\"\"],\"g\":[{},{\"x\":\"\"}]}", "{}");
    writes(*state, "{\"l\":[\"\",\"x\",\"\"],\"g\":[{},{\"z\":\"1\",\"y\":\"2\"},{\"x\":\"\"},{}]}",
        "{\"g\":[{},{\"y\":\"2\",\"z\":\"1\"}],\"l\":[\"x\"]}");
    writes(*state, "{\"\\u00e9\":\"\\u00e9\\/\"}", "{\"é\":\"é/\"}");
}

static void foreign_values_come_back_as_they_were(void **state)
{
    static const char foreign[] =
        "{\"deep\":{\"a\":[1,{\"b\":null}]},\"list\":[1,\"x\"],\"no\":false,\"none\":null,\"number\":12.5,"
        "\"rows\":[{\"age\":7,\"name\":\"Ada\"}]}";
    Answers *a = read_text(foreign);

    assert_string_equal(answers_get(a, "number"), "");
    assert_string_equal(answers_get(a, "rows[0].age"), "");
    assert_string_equal(answers_get(a, "rows[0].name"), "Ada");
    answers_put(a, "rows[0].name", "Eve");
    answers_put(a, "rows[0].name", "Ada");
    assert_string_equal(text_of(*state, a), foreign);
    answers_free(&a);
}

static void what_is_no_object_is_refused_with_a_sentence(void **state)
{
    static const char *const bad[] = { "[]", "\"a\"", "{", "{\"a\":1,\"a\":2}", "{\"a\":\"\\u0000\"}", "nul", "{} {}",
        "{\"a\":1e999}" };
    char deep[3000];

    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        Err err = { 0 };
        assert_null(answers_read(bad[i], strlen(bad[i]), &err));
        assert_true(strlen(err.text) > 10);
    }
    memset(deep, '[', sizeof deep);
    memcpy(deep, "{\"a\":", 5);
    assert_null(answers_read(deep, sizeof deep, NULL));
}

static void a_copy_is_the_same_and_goes_its_own_way(void **state)
{
    Answers *a = read_text("{\"a\":\"1\",\"g\":[{\"x\":\"2\"}]}"), *b = answers_copy(a);
    uint8_t x[HASH_BYTES], y[HASH_BYTES];

    assert_true(answers_same(a, b));
    answers_digest(a, x);
    answers_put(b, "g[0].x", "3");
    assert_false(answers_same(a, b));
    assert_string_equal(answers_get(a, "g[0].x"), "2");
    answers_put(b, "g[0].x", "2");
    answers_row_add(b, "g");
    answers_digest(b, y);
    assert_memory_equal(x, y, HASH_BYTES);
    answers_free(&a);
    answers_free(&b);
}

/* ---- walking and comparing ---- */

typedef struct Seen {
    Str text;
    size_t most;
} Seen;

static bool see(void *with, const char *path, const char *text)
{
    Seen *s = with;

    str_addf(&s->text, "%s=%s;", path, text);
    return --s->most > 0;
}

static void every_answer_is_walked_in_order(void **state)
{
    Answers *a =
        read_text("{\"z\":[\"1\",\"2\"],\"n\":{\"b\":2,\"a\":1},\"g\":[{},{\"y\":\"b\",\"x\":\"a\"}],\"e\":\"\"}");
    Seen all = { .most = 100 }, two = { .most = 2 };

    answers_each(a, see, &all);
    assert_string_equal(str_text(&all.text), "g[1].x=a;g[1].y=b;n={\"a\":1,\"b\":2};z=1,2;");
    answers_each(a, see, &two);
    assert_string_equal(str_text(&two.text), "g[1].x=a;g[1].y=b;");
    str_finish(&all.text);
    str_finish(&two.text);
    answers_free(&a);
}

static void what_differs_is_told_place_by_place(void **state)
{
    Answers *a = read_text("{\"a\":\"1\",\"b\":\"2\",\"g\":[{\"x\":\"1\"},{\"x\":\"2\"}],\"g.x\":\"9\"}");
    Answers *b = read_text("{\"a\":\"1\",\"c\":\"3\",\"g\":[{\"x\":\"1\"},{\"x\":\"5\",\"y\":\"6\"}],\"g.x\":\"9\"}");
    AnswerChange *c;
    Str s = { 0 };
    size_t n = answers_compare(a, b, *state, &c);

    for (size_t i = 0; i < n; i++) str_addf(&s, "%s:%s>%s;", c[i].path, c[i].before, c[i].after);
    assert_string_equal(str_text(&s), "b:2>;c:>3;g[1].x:2>5;g[1].y:>6;");
    assert_int_equal(answers_compare(a, a, *state, &c), 0);
    str_finish(&s);
    answers_free(&a);
    answers_free(&b);
}

/* ---- many ---- */

/* A thousand random changes, kept beside in a plain table: the tree says what the table says. */
static void random_changes_read_back(void **state)
{
    char told[6][8][16] = { 0 };
    Answers *a = answers_new();
    uint32_t seed = 124;

    for (int i = 0; i < 4000; i++) {
        size_t row, name;
        char path[ANSWERS_PATH], column[8];
        seed = seed * 1664525u + 1013904223u;
        row = seed >> 8 & 7;
        name = (seed >> 16) % 6;
        snprintf(column, sizeof column, "q%zu", name);
        answers_path(path, "g", row, column);
        snprintf(told[name][row], 16, "%s", seed & 0x40000000 ? "" : "value");
        if (*told[name][row]) snprintf(told[name][row], 16, "v%d", i);
        assert_true(answers_put(a, path, told[name][row]));
        assert_string_equal(answers_get(a, path), told[name][row]);
        if (i % 50 == 0) {
            const char *text = text_of(*state, a);
            Answers *again = read_text(text);
            assert_true(answers_same(a, again));
            assert_string_equal(text_of(*state, again), text);
            answers_free(&again);
        }
    }
    answers_free(&a);
}

/* One text as answers, or inside of them: read, and then the same when it is written and read again; or refused. */
static bool read_or_refused(Arena *arena, const char *json, size_t n)
{
    Err err = { 0 };
    Answers *a = answers_read(json, n, &err), *again;
    bool read = a != NULL;

    if (!read) {
        assert_true(*err.text != '\0');
        return false;
    }
    const char *once = text_of(arena, a);
    again = read_text(once);
    assert_string_equal(text_of(arena, again), once);
    answers_free(&again);
    answers_free(&a);
    return true;
}

static void the_json_suite_is_read_or_refused(void **state)
{
    DIR *d = opendir(SHARED_DATA "/corpora/jsontestsuite/test_parsing");
    size_t read = 0, refused = 0;

    if (!d) {
        print_message("no JSON test suite beside the source\n");
        skip();
    }
    for (struct dirent *e; (e = readdir(d));) {
        size_t n;
        char path[600], *bytes;
        Str inside = { 0 };
        snprintf(path, sizeof path, SHARED_DATA "/corpora/jsontestsuite/test_parsing/%s", e->d_name);
        if (!strstr(e->d_name, ".json") || !(bytes = file_bytes(path, &n))) continue;
        str_add(&inside, "{\"x\":");
        str_add_n(&inside, bytes, n);
        str_add(&inside, "}");
        if (read_or_refused(*state, inside.s, inside.n))
            read++;
        else
            refused++;
        if (n > 0) read_or_refused(*state, bytes, n);
        str_finish(&inside);
        free(bytes);
    }
    closedir(d);
    assert_true(read > 90);
    assert_true(refused > 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(no_text_is_no_answers),
        FACT(what_is_put_is_got),
        FACT(an_empty_text_takes_the_answer_away),
        FACT(an_answer_can_be_put_from_itself),
        FACT(a_path_that_is_none_is_refused),
        FACT(a_path_comes_apart_as_it_was_made),
        FACT(rows_are_added_put_between_and_dropped),
        FACT(a_group_has_no_more_rows_than_its_limit),
        FACT(keys_stand_in_order_and_nothing_empty_is_left),
        FACT(foreign_values_come_back_as_they_were),
        FACT(what_is_no_object_is_refused_with_a_sentence),
        FACT(a_copy_is_the_same_and_goes_its_own_way),
        FACT(every_answer_is_walked_in_order),
        FACT(what_differs_is_told_place_by_place),
        FACT(random_changes_read_back),
        FACT(the_json_suite_is_read_or_refused),
    };

    return cmocka_run_group_tests_name("core answers", tests, NULL, NULL);
}
