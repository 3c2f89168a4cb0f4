/* test_corpora.c — many documents: ours, the conformance cases, and the files of JSONTestSuite in every place where JSON stands.
** The shared corpora lie beside the source; where they are not, their tests say so and are skipped. */
#include "core_test.h"

#include <dirent.h>

/* ---- round trips ---- */

static void round_trip(Arena *a, const char *json, size_t line)
{
    CaseDoc doc, again;
    Err err = { 0 };
    CaseLack lack;

    if (!doc_read_at(a, json, TIME_MAX, &doc, &err)) fail_msg("line %zu: %s", line, err.text);
    const char *once = written(a, &doc);
    if (!doc_read_at(a, once, TIME_MAX, &again, &err)) fail_msg("line %zu, written: %s", line, err.text);
    assert_string_equal(written(a, &again), once);
    assert_true(case_same(&doc, &again));
    assert_true(case_extends(&again, &doc, vocabs_standard(), &lack));
}

static size_t each_line_round_trips(Arena *a, char *bytes)
{
    size_t lines = 0;

    for (char *line = bytes, *end; *line; line = end + 1) {
        end = strchrnul(line, '\n');
        bool last = *end == '\0';
        *end = '\0';
        if (*line) round_trip(a, line, ++lines);
        arena_reset(a);
        if (last) break;
    }
    return lines;
}

static void our_documents_come_back_as_they_were(void **state)
{
    size_t n;
    char *bytes = file_bytes(TEST_DATA "/cases.jsonl", &n);

    assert_non_null(bytes);
    assert_int_equal(each_line_round_trips(*state, bytes), 4);
    free(bytes);
}

static void conformance_cases_come_back_as_they_were(void **state)
{
    size_t n;
    char *bytes = file_bytes(SHARED_DATA "/scenarios/cases.jsonl", &n);

    if (!bytes) {
        print_message("no conformance cases beside the source\n");
        skip();
    }
    assert_int_equal(each_line_round_trips(*state, bytes), 150);
    free(bytes);
}

/* ---- JSONTestSuite ---- */

typedef bool EachFile(Arena *a, const char *name, const char *bytes, size_t n);

static size_t each_file(void **state, const char *dir, EachFile *each)
{
    DIR *d = opendir(dir);
    size_t files = 0;

    if (!d) {
        print_message("no JSONTestSuite beside the source\n");
        skip();
    }
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        const char *path = arena_printf(*state, "%s/%s", dir, e->d_name);
        size_t n;
        char *bytes = e->d_name[0] == '.' ? NULL : file_bytes(path, &n);
        if (!bytes) continue;
        if (!each(*state, e->d_name, bytes, n)) fail_msg("%s", e->d_name);
        free(bytes);
        arena_reset(*state);
        files++;
    }
    closedir(d);
    return files;
}

/* Read `before` + the bytes + `after`; when it is refused there is a sentence. The text is malloc'd to its exact size. */
static bool reads(Arena *a, const char *before, const char *bytes, size_t n, const char *after)
{
    size_t n_before = strlen(before), n_after = strlen(after), all = n_before + n + n_after;
    char *json = malloc(all ? all : 1);
    CaseDoc doc;
    Err err = { 0 };

    memcpy(json, before, n_before);
    memcpy(json + n_before, bytes, n);
    memcpy(json + n_before + n, after, n_after);
    bool ok = case_read(json, all, vocabs_standard(), TIME_MAX, a, &doc, NULL, &err);
    free(json);
    if (ok)
        round_trip(a, written(a, &doc), 0);
    else
        assert_true(err.kind == ERR_INVALID && *err.text && err.text[strlen(err.text) - 1] == '.');
    return ok;
}

#define BOOK HEAD ",\"books\":[{\"serial\":\"1\",\"completed_at\":\"2010-02-02T00:00:00Z\",\"answers\":{\"x\":"

/* As an answer of the book: what must be read is, what must not is not. Good JSON that we refuse all the same: keys given
** twice, and NUL in a text. */
static bool fits_as_answer(Arena *a, const char *name, const char *bytes, size_t n)
{
    static const char *const ours[] = { "y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json",
        "y_object_escaped_null_in_key.json", "y_string_null_escape.json" };
    bool read = reads(a, BOOK, bytes, n, "}}]}");

    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        if (strcmp(name, ours[i]) == 0) return !read;
    return name[0] == 'y' ? read : name[0] == 'n' ? !read : true;
}

static void every_file_is_judged_rightly_as_an_answer(void **state)
{
    assert_in_range(each_file(state, SHARED_DATA "/corpora/jsontestsuite/test_parsing", fits_as_answer), 300, 400);
}

/* Nothing of it is a case, a list, a text of ours or a key: always a sentence, never a crash. */
static bool is_refused_elsewhere(Arena *a, const char *name, const char *bytes, size_t n)
{
    if (strspn(bytes, " ") == n) return true; /* a blank may stand anywhere */
    return !reads(a, "", bytes, n, "") && !reads(a, HEAD ",\"reviews\":[", bytes, n, "]}") &&
           !reads(a, HEAD ",\"reviews\":[{\"kind\":", bytes, n, "}]}") && !reads(a, HEAD ",\"x\":", bytes, n, "}") &&
           !reads(a, HEAD ",", bytes, n, ":1}") && !reads(a, HEAD, bytes, n, "");
}

static void every_file_is_refused_in_other_places(void **state)
{
    each_file(state, SHARED_DATA "/corpora/jsontestsuite/test_parsing", is_refused_elsewhere);
}

static bool is_judged_the_same_when_unknown(Arena *a, const char *name, const char *bytes, size_t n)
{
    char *json = malloc(n + 200);
    size_t all = (size_t)sprintf(json, HEAD ",\"x\":");
    CaseWarnings w;
    CaseDoc doc;
    Err err = { 0 };

    memcpy(json + all, bytes, n);
    json[all + n] = '}';
    bool read = case_read(json, all + n + 1, vocabs_standard(), TIME_MAX, a, &doc, &w, &err);
    free(json);
    return read == reads(a, BOOK, bytes, n, "}}]}");
}

/* What lenient reading skips is still looked at. */
static void what_is_skipped_must_be_good_json_too(void **state)
{
    each_file(state, SHARED_DATA "/corpora/jsontestsuite/test_parsing", is_judged_the_same_when_unknown);
    each_file(state, SHARED_DATA "/corpora/jsontestsuite/test_transform", is_judged_the_same_when_unknown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(our_documents_come_back_as_they_were),
        FACT(conformance_cases_come_back_as_they_were),
        FACT(every_file_is_judged_rightly_as_an_answer),
        FACT(every_file_is_refused_in_other_places),
        FACT(what_is_skipped_must_be_good_json_too),
    };

    return cmocka_run_group_tests_name("corpora", tests, NULL, NULL);
}
