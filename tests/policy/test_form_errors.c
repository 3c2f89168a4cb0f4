/* test_form_errors.c — wrong form and instrument files: every mistake in one run, with place, sentence and nearest name; hostile
** texts; and the shipped files changed at random, by bytes and by words of the language. */
#include "form_files.h"

static Policy *policy;

static int start(void **unused)
{
    policy = standard_policy();
    return 0;
}

static int stop(void **unused)
{
    policy_free(&policy);
    return 0;
}

/* ---- pages ---- */

static const char *path_of(const char *name, const char *ending)
{
    static char names[2][200];
    static int next;
    char *path = names[next++ % 2];

    snprintf(path, sizeof names[0], "form-errors/%s%s", name, ending);
    return data_path(path);
}

static void write_page(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void check_page(const char *name, const char *ending)
{
    bool is_form = strcmp(ending, ".form") == 0;
    size_t n, m;
    char *text = file_read(path_of(name, ending), &n), *got, *want;

    assert_non_null(text);
    got = is_form ? form_problems(policy, text, n, NULL) : instrument_problems(text, n, NULL);
    assert_true(*got != '\0');
    if (getenv("BOOK124_GOLDEN")) write_page(path_of(name, ".txt"), got);
    want = file_read(path_of(name, ".txt"), &m);
    assert_non_null(want);
    assert_string_equal(got, want);
    mem_free(want);
    mem_free(got);
    mem_free(text);
}

static void every_wrong_form_says_all_its_errors_at_once(void **unused)
{
    static const char *const pages[] = { "clauses", "conditions", "facts", "book", "margin", "bytes-utf8", "bytes-bidi",
        "empty", "nothing-asked" };

    for (size_t i = 0; i < ARRAY_LEN(pages); i++) check_page(pages[i], ".form");
}

static void every_wrong_instrument_says_all_its_errors_at_once(void **unused)
{
    static const char *const pages[] = { "factors", "supplements", "stages", "dates", "counts" };

    for (size_t i = 0; i < ARRAY_LEN(pages); i++) check_page(pages[i], ".instrument");
}

/* ---- hostile texts ---- */

static void must_be_refused(const char *text, size_t n)
{
    FormSpec *form;
    char *page = form_problems(policy, text, n, &form);

    assert_null(form);
    assert_true(strlen(page) > 0);
    mem_free(page);
}

static char *repeated(const char *before, const char *again, size_t times, const char *after)
{
    Str s = { 0 };

    str_add(&s, before);
    for (size_t i = 0; i < times; i++) str_add(&s, again);
    str_add(&s, after);
    return str_take(&s);
}

static void ten_megabytes_are_refused_with_a_sentence(void **unused)
{
    char *text = repeated("", "aaaaaaaaaaaaaaaa", 10u << 16, "");

    must_be_refused(text, strlen(text));
    mem_free(instrument_problems(text, strlen(text), NULL));
    mem_free(text);
}

static void deep_nesting_is_a_sentence_and_never_a_crash(void **unused)
{
    static const char head[] =
        "form x \"X\"\nsection s \"S\" letter A\n help \"h\"\n a answer \"A\" help \"h\" asked if ";
    static const char *const again[] = { "(", "not ", "a is yes and (", "not (", "any " };

    for (size_t i = 0; i < ARRAY_LEN(again); i++) {
        char *text = repeated(head, again[i], 60000 / strlen(again[i]), "a is yes");
        must_be_refused(text, strlen(text));
        mem_free(text);
    }
}

/* Each question asks twice for the one before: without a measure the last would look at 2^60 answers. */
static void conditions_that_double_cannot_run_away(void **unused)
{
    Str s = { 0 };

    str_add(&s, "form x \"X\"\nsection s \"S\" letter A\n help \"h\"\n q0 answer \"Q\" help \"h\"\n");
    for (int i = 1; i < 64; i++)
        str_addf(&s, " q%d answer \"Q\" help \"h\" asked if q%d is yes and q%d is not no\n", i, i - 1, i - 1);
    must_be_refused(s.s, s.n);
    str_finish(&s);
}

static void a_form_has_a_measure_of_everything(void **unused)
{
    static const char *const many[] = { " q%d text \"Q\" help \"h\"\n",
        " group g%d \"G\" many \"G\" up to 3\n  help \"h\"\n  a text \"A\" help \"h\"\n",
        "section s%d \"S\"\n help \"h\"\n" };

    for (size_t k = 0; k < ARRAY_LEN(many); k++) {
        Str s = { 0 };
        str_add(&s, "form x \"X\"\nsection s \"S\" letter A\n help \"h\"\n q text \"Q\" help \"h\"\n");
        for (int i = 0; i < 1200; i++) {
            char line[200];
            const char *mark = strstr(many[k], "%d");
            snprintf(line, sizeof line, "%.*s%d%s", (int)(mark - many[k]), many[k], i, mark + 2);
            str_add(&s, line);
        }
        must_be_refused(s.s, s.n);
        str_finish(&s);
    }
}

/* ---- the shipped files, changed ---- */

static const char *const files[] = { FORM_BOOK, FORM_QA };

static void the_shipped_files_are_good(void **unused)
{
    size_t n;
    const char *text = instrument_builtin("specss-plus", &n);
    Instrument *i;
    char *page = instrument_problems(text, n, &i);

    assert_string_equal(page, "");
    assert_string_equal(instrument_id(i), "specss-plus");
    instrument_factors(i, &n);
    assert_int_equal(n, 15);
    instrument_free(&i);
    instrument_free(&i);
    mem_free(page);
    for (size_t k = 0; k < ARRAY_LEN(files); k++) {
        FormSpec *form = shipped(policy, files[k]);
        assert_string_equal(form_id(form), files[k]);
        assert_int_equal(strlen(form_hash(form)), 64);
        form_spec_free(&form);
        form_spec_free(&form);
    }
    assert_null(form_builtin("no-such", &n));
    assert_null(instrument_builtin("book-124d", &n));
    assert_null(policy_builtin("book-124d", &n));
}

static uint32_t seed;

static size_t some(size_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

/* A form that a change has left good can be worked with: nothing of it was only half bound. */
static void work_with(const FormSpec *form)
{
    Answers *a = answers_new();
    Arena *arena = arena_new();
    const FormSection *sections;
    FormGap *gaps;
    FormTally t;
    CaseDoc doc;
    size_t n;

    case_init(&doc);
    answers_put(a, "victim.family", "Example");
    answers_put(a, "child[1].given", "Ada");
    answers_put(a, "children.answer", "present");
    answers_put(a, "suspect.arrested", "yes");
    form_gaps(form, policy, a, NULL, at("2010-02-01T22:14:00Z"), arena, &gaps);
    sections = form_sections_of(form, &n);
    for (size_t i = 0; sections && i < n; i++) form_tally(form, a, i, &t);
    assert_true(form_project(form, a, policy_vocabs(policy), at("2010-02-01T22:14:00Z"), &doc, arena, NULL));
    form_prefill(form, &doc, policy_vocabs(policy), a);
    arena_free(&arena);
    answers_free(&a);
}

/* Whatever comes of it, a form or a page in which every problem has its place (form_problems looks). */
static size_t read_changed(const char *text, size_t n)
{
    FormSpec *form;
    bool good;

    mem_free(form_problems(policy, text, n, &form));
    good = form != NULL;
    if (good) work_with(form);
    form_spec_free(&form);
    return good;
}

static void bytes_knocked_out_are_read_without_a_crash(void **unused)
{
    static const char junk[] = "(),\"/#=\n \t:-.0x\xff";

    seed = 7;
    for (int round = 0; round < 120; round++) {
        size_t n;
        const char *text = form_builtin(files[round % 2], &n);
        char *copy = mem_new(n + 1);
        memcpy(copy, text, n);
        for (int i = 0; i < 1 + round % 20; i++) copy[some(n)] = junk[some(sizeof junk - 1)];
        read_changed(copy, n - some(n / 2));
        mem_free(copy);
    }
}

/* Words of one place put into another, doubled, taken out; lines moved in and out. */
static void words_changed_over_are_read_without_a_crash(void **unused)
{
    static const char *const words[] = { "required", "if", "is", "not", "answered", "any", "(", ")", "or", "and",
        "fact", "entry", "people", "role=victim", "group", "child", "instrument specss-plus stage initial", "choice",
        "several", "sex", "\"x\"", "limit", "12", "help", "section", "form", "choices", "\n", "\n    ", "\n        ",
        ",", "=", "victim.family", "flags flag=hbv", "references.number", "status.status", "case.kind", "yes",
        "asked" };

    size_t good = 0;

    seed = 124;
    for (int round = 0; round < 240; round++) {
        size_t n, rarely = round % 3 ? 400 : 6000;
        const char *text = form_builtin(files[round % 2], &n);
        Str out = { 0 };
        for (size_t at = 0; at < n;) {
            size_t word = strcspn(text + at, " \n"), blanks = strspn(text + at + word, " \n");
            size_t what = some(rarely);
            if (what == 0)
                str_addf(&out, " %s ", words[some(ARRAY_LEN(words))]);
            else if (what == 1)
                str_add_n(&out, text + at, word); /* and once more below */
            if (what != 2) str_add_n(&out, text + at, word);
            if (what != 3) str_add_n(&out, text + at + word, blanks);
            at += word + blanks + (word + blanks == 0);
        }
        good += read_changed(str_text(&out), out.n);
        str_finish(&out);
    }
    assert_true(good > 0 && good < 200); /* some changes leave a form, most do not */
}

static void the_instrument_changed_is_read_without_a_crash(void **unused)
{
    size_t n;
    const char *text = instrument_builtin("specss-plus", &n);

    seed = 3;
    for (int round = 0; round < 200; round++) {
        char *copy = mem_new(n + 1);
        memcpy(copy, text, n);
        for (int i = 0; i < 1 + round % 9; i++) copy[some(n)] = "\" \n#abc(=\xff"[some(10)];
        mem_free(instrument_problems(copy, n - some(n / 2), NULL));
        mem_free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_wrong_form_says_all_its_errors_at_once),
        cmocka_unit_test(every_wrong_instrument_says_all_its_errors_at_once),
        cmocka_unit_test(ten_megabytes_are_refused_with_a_sentence),
        cmocka_unit_test(deep_nesting_is_a_sentence_and_never_a_crash),
        cmocka_unit_test(conditions_that_double_cannot_run_away),
        cmocka_unit_test(a_form_has_a_measure_of_everything),
        cmocka_unit_test(the_shipped_files_are_good),
        cmocka_unit_test(bytes_knocked_out_are_read_without_a_crash),
        cmocka_unit_test(words_changed_over_are_read_without_a_crash),
        cmocka_unit_test(the_instrument_changed_is_read_without_a_crash),
    };

    return cmocka_run_group_tests_name("form errors", tests, start, stop);
}
