/* test_form_answers.c — one answer from what was typed to its one spelling and to words; when a question is asked and needed;
** what is missing; and hostile texts through every kind: kept as they are and read back, or refused with a sentence. */
#include "form_files.h"

#include "base/utf8.h"

#include <dirent.h>
#include <sys/stat.h>

static const char text_of_kinds[] =
    "form kinds \"Kinds\"\n"
    "choices colour\n"
    "    red \"Red\", dark-blue \"Dark blue\", 3 \"Three\"\n"
    "section s \"Section\" letter A filled by officer\n"
    "    help \"h\"\n"
    "    k.text text \"Text\" limit 10 help \"h\"\n"
    "    k.long text \"Long\" help \"h\"\n"
    "    k.account account \"Account\" help \"h\"\n"
    "    k.date date \"Date\" help \"h\"\n"
    "    k.time time \"Time\" help \"h\"\n"
    "    k.moment moment \"Moment\" help \"h\"\n"
    "    k.choice choice colour \"Choice\" help \"h\"\n"
    "    k.several several colour \"Several\" help \"h\"\n"
    "    k.answer answer \"Answer\" help \"h\"\n"
    "    k.number number \"Number\" help \"h\"\n"
    "    k.cris reference cris \"CRIS\" help \"h\"\n"
    "    k.pnc reference pnc \"PNC\" help \"h\"\n"
    "    k.person person \"Person\" help \"h\"\n"
    "    k.officer officer \"Officer\" help \"h\"\n"
    "    k.address address \"Address\" help \"h\"\n"
    "    k.telephone telephone \"Telephone\" help \"h\"\n"
    "    k.body body \"Body\" help \"h\"\n"
    "    k.reported moment \"Reported\" fact reported_at help \"h\"\n"
    "    group row \"Row\" many \"Rows\" up to 3\n"
    "        help \"h\"\n"
    "        one choice colour \"One\" required help \"h\"\n"
    "        two account \"Two\" asked if one is red required if one is red help \"h\"\n";

typedef struct World {
    Policy *policy;
    FormSpec *form;
    Answers *answers;
    Arena *arena;
    Time now;
} World;

static World w;

static int start(void **unused)
{
    w = (World){ .policy = standard_policy(), .now = at("2010-02-01T22:14:00Z") };
    return 0;
}

static int stop(void **unused)
{
    policy_free(&w.policy);
    return 0;
}

static int up(void **unused)
{
    w.form = form_of(w.policy, text_of_kinds);
    w.answers = answers_new();
    w.arena = arena_new();
    return 0;
}

static int down(void **unused)
{
    form_spec_free(&w.form);
    answers_free(&w.answers);
    arena_free(&w.arena);
    return 0;
}

#define FACT(f) cmocka_unit_test_setup_teardown(f, up, down)

/* ---- one spelling ---- */

static const char *warned;

static void becomes(const char *path, const char *typed, const char *kept)
{
    Err err = { 0 };

    if (!form_answer(w.form, w.policy, w.answers, path, typed, w.now, w.arena, &warned, &err))
        fail_msg("%s: %s", typed, err.text);
    assert_string_equal(answers_get(w.answers, path), kept);
    /* What is kept is kept again as it is. */
    assert_true(form_answer(w.form, w.policy, w.answers, path, kept, w.now, w.arena, NULL, &err));
    assert_string_equal(answers_get(w.answers, path), kept);
}

static void refused(const char *path, const char *typed, const char *part_of_sentence)
{
    Err err = { 0 };
    const char *before = arena_dup(w.arena, answers_get(w.answers, path));

    if (form_answer(w.form, w.policy, w.answers, path, typed, w.now, w.arena, &warned, &err))
        fail_msg("%s was taken", typed);
    assert_int_equal(err.text[strlen(err.text) - 1], '.');
    if (!strstr(err.text, part_of_sentence)) fail_msg("%s", err.text);
    assert_string_equal(answers_get(w.answers, path), before);
}

static void texts_lose_the_blanks_around_them(void **unused)
{
    becomes("k.text", "  Zoë  ", "Zoë");
    becomes("k.text", "   ", "");
    refused("k.text", "eleven char", "11 characters, where 10");
    becomes("k.text", "ten charaé", "ten charaé");
    refused("k.text", "a\nb", "one line");
    refused("k.text", "a\033[2J", "control");
    refused("k.text", "a\xff", "UTF-8");
    becomes("k.account", "one\n two\n", "one\n two");
    refused("k.account", "bell \a", "control");
}

static void times_are_typed_the_officers_way(void **unused)
{
    becomes("k.moment", "2310", "2010-01-31T23:10:00Z");
    becomes("k.moment", "yesterday 0415", "2010-01-31T04:15:00Z");
    becomes("k.moment", "now", "2010-02-01T22:14:00Z");
    refused("k.moment", "soon", "yesterday 2310");
    becomes("k.date", "4 mar 1980", "1980-03-04");
    becomes("k.date", "1/2/09", "2009-02-01");
    becomes("k.date", "1980-02-29", "1980-02-29");
    becomes("k.date", "yesterday", "2010-01-31");
    becomes("k.date", "today", "2010-02-01");
    becomes("k.date", "mon", "2010-02-01");
    becomes("k.date", "1/8/2012", "2012-08-01"); /* an order may end in years */
    refused("k.date", "31/2/2010", "1/2/1980");
    refused("k.date", "now", "not a date");
    refused("k.date", "0415", "not a date");
    becomes("k.time", "2310", "23:10");
    becomes("k.time", "9:05", "09:05");
    becomes("k.time", "0130", "01:30");
    refused("k.time", "2460", "2310 or 23:10");
    refused("k.time", "yesterday", "2310 or 23:10");
}

static void a_fact_of_the_case_cannot_lie_ahead(void **unused)
{
    becomes("k.moment", "2/2/2010 0900", "2010-02-02T09:00:00Z");
    refused("k.reported", "2/2/2010 0900", "in the future");
    becomes("k.reported", "2200", "2010-02-01T22:00:00Z");
}

static void choices_are_taken_by_code_or_by_label(void **unused)
{
    becomes("k.choice", "dark-blue", "dark-blue");
    becomes("k.choice", "DARK BLUE", "dark-blue");
    becomes("k.choice", "3", "3");
    refused("k.choice", "green", "red, dark-blue or 3");
    becomes("k.several", "3, Red,3,", "red,3"); /* in their order, each once */
    becomes("k.several", " , ", "");
    refused("k.several", "red, green", "\"green\" is none");
    becomes("k.answer", "y", "yes");
    becomes("k.answer", "Not known", "not-known");
    refused("k.answer", "perhaps", "yes, no, not-known or declined");
}

static void several_are_a_list_in_the_file(void **unused)
{
    Str s = { 0 };

    becomes("k.several", "3,red", "red,3");
    answers_write(w.answers, &s);
    assert_string_equal(str_text(&s), "{\"k.several\":[\"red\",\"3\"]}");
    str_finish(&s);
}

static void numbers_are_checked_by_the_policy(void **unused)
{
    becomes("k.number", "007", "7");
    becomes("k.number", "000", "0");
    refused("k.number", "-1", "digits only");
    refused("k.number", "1234567890", "digits only");
    becomes("k.cris", "4212345/10", "4212345/10");
    assert_null(warned);
    becomes("k.cris", "4212345", "4212345");
    becomes("k.pnc", "2009/0123456c", "09/123456C");
    refused("k.pnc", "09/123456D", "check letter");
    refused("k.cris", "1234567890123456789012345678901234567890123456789012345678901234", "63 characters");
    becomes("k.officer", "201234", "201234");
}

static void an_unusual_number_is_kept_and_said(void **unused)
{
    Err err = { 0 };

    assert_true(form_answer(w.form, w.policy, w.answers, "k.cris", "4212345", w.now, w.arena, &warned, &err));
    assert_non_null(strstr(warned, "4212345/10"));
    assert_true(form_answer(w.form, w.policy, w.answers, "k.telephone", "12345", w.now, w.arena, &warned, &err));
    assert_non_null(strstr(warned, "telephone number"));
    assert_true(form_answer(w.form, w.policy, w.answers, "k.text", "x", w.now, w.arena, &warned, &err));
    assert_null(warned);
}

static void telephones_and_addresses_have_single_blanks(void **unused)
{
    becomes("k.telephone", "(020)  7946-0123 ", "020 7946 0123");
    becomes("k.telephone", "+44 20 7946 0123", "+44 20 7946 0123");
    refused("k.telephone", "020 7946 0123 ext 5", "digits and spaces");
    refused("k.telephone", "12", "three digits");
    refused("k.telephone", "00000000000000000000000000000000000000", "digits and spaces");
    becomes("k.address", "12  Example Road,\nBarking\n", "12 Example Road, Barking");
    becomes("k.address", "12 Example Road\r\nBarking", "12 Example Road, Barking");
}

static void a_place_on_the_body_is_a_code_or_its_words(void **unused)
{
    becomes("k.body", "front-left-forearm", "front-left-forearm");
    becomes("k.body", "Left forearm, front", "front-left-forearm");
    refused("k.body", "tail", "front-left-forearm");
}

static void a_question_that_is_none_is_refused(void **unused)
{
    Err err = { 0 };
    static const char *const none[] = { "", "k", "k.text2", "row.one", "row[3].one", "row[0].three", "nobody[0].one",
        "k.text[0].x" };

    for (size_t i = 0; i < ARRAY_LEN(none); i++) {
        assert_null(form_question(w.form, none[i]));
        assert_false(form_answer(w.form, w.policy, w.answers, none[i], "x", w.now, w.arena, NULL, &err));
    }
    assert_non_null(form_question(w.form, "row[2].one"));
}

/* ---- words ---- */

static void says(const char *path, const char *value, const char *words)
{
    assert_string_equal(form_words(w.form, form_question(w.form, path), value, w.arena), words);
}

static void answers_have_words_for_people(void **unused)
{
    says("k.choice", "dark-blue", "Dark blue");
    says("k.choice", "gone", "gone");
    says("k.several", "red,3,gone", "Red, Three, gone");
    says("k.answer", "not-known", "Not known");
    says("k.moment", "2010-07-01T22:14:00Z", "Thu 1 Jul 2010 23:14");
    says("k.date", "1980-03-04", "4 Mar 1980");
    says("k.body", "front-left-forearm", "left forearm, front");
    says("k.text", "plain", "plain");
    assert_string_equal(form_label(w.form, "row[1].one", w.arena), "Row 2: One");
    assert_string_equal(form_label(w.form, "k.text", w.arena), "Text");
    assert_string_equal(form_label(w.form, "gone", w.arena), "gone");
}

/* ---- asked and needed ---- */

static FormSpec *with_conditions(void)
{
    return form_of(w.policy,
        "form c \"C\"\n"
        "section s \"S\" letter A filled by officer\n"
        "    help \"h\"\n"
        "    yes answer \"Y\" required help \"h\"\n"
        "    two answer \"T\" asked if yes is yes help \"h\"\n"
        "    three text \"T\" asked if two is yes required if not any row.one is no help \"h\"\n"
        "    four text \"F\" required if three answered or (yes is not no and two is not yes) help \"h\"\n"
        "    five text \"F\" asked if any row.name answered help \"h\"\n"
        "    group row \"R\" many \"Rs\" up to 4 asked if yes is yes, no  required if two is no\n"
        "        help \"h\"\n"
        "        one answer \"O\" required help \"h\"\n"
        "        name text \"N\" asked if one is yes required if yes is yes help \"h\"\n"
        "section u \"U\" letter B filled by unit\n"
        "    help \"h\"\n"
        "    unit text \"U\" required help \"h\"\n");
}

static void questions_follow_the_answers(void **unused)
{
    FormSpec *f = with_conditions();
    Answers *a = w.answers;

    assert_true(form_asked(f, a, "yes") && form_needed(f, a, "yes"));
    assert_false(form_asked(f, a, "two"));
    assert_true(form_needed(f, a, "four")); /* "is not" holds for what was never answered */
    assert_false(form_asked(f, a, "row[0].one"));
    answers_put(a, "yes", "yes");
    assert_true(form_asked(f, a, "two") && !form_needed(f, a, "two"));
    answers_put(a, "two", "yes");
    assert_true(form_asked(f, a, "three") && form_needed(f, a, "three"));
    assert_false(form_needed(f, a, "four"));
    answers_put(a, "three", "x");
    assert_true(form_needed(f, a, "four"));
    answers_put(a, "row[0].one", "no");
    assert_false(form_needed(f, a, "three"));
    assert_true(form_needed(f, a, "row[0].one") && !form_asked(f, a, "row[0].name"));
    answers_put(a, "row[1].one", "yes");
    assert_true(form_asked(f, a, "row[1].name") && form_needed(f, a, "row[1].name"));
    assert_false(form_asked(f, a, "five"));
    answers_put(a, "row[1].name", "x");
    assert_true(form_asked(f, a, "five"));
    assert_false(form_asked(f, a, "row[4].one")); /* beyond the form */
    assert_false(form_asked(f, a, "nothing"));
    form_spec_free(&f);
}

/* An answer that stayed behind when its question went away does not count. */
static void an_answer_that_is_not_asked_does_not_count(void **unused)
{
    FormSpec *f = with_conditions();
    Answers *a = w.answers;

    answers_put(a, "yes", "no");
    answers_put(a, "two", "yes");
    answers_put(a, "three", "x");
    assert_false(form_asked(f, a, "three"));
    answers_put(a, "yes", "yes");
    assert_true(form_asked(f, a, "three"));
    form_spec_free(&f);
}

static void gaps_are_told_in_order_and_by_whose_part_it_is(void **unused)
{
    FormSpec *f = with_conditions();
    FormGap *gaps;
    FormTally t;

    assert_int_equal(form_gaps(f, w.policy, w.answers, "officer", w.now, w.arena, &gaps), 2);
    assert_string_equal(gaps[0].path, "yes");
    assert_string_equal(gaps[1].path, "four");
    assert_int_equal(form_gaps(f, w.policy, w.answers, NULL, w.now, w.arena, &gaps), 3);
    assert_int_equal(form_gaps(f, w.policy, w.answers, "unit", w.now, w.arena, &gaps), 1);
    answers_put(w.answers, "yes", "yes");
    answers_put(w.answers, "two", "no");
    answers_put(w.answers, "four", "x");
    assert_int_equal(form_gaps(f, w.policy, w.answers, "officer", w.now, w.arena, &gaps), 1);
    assert_string_equal(gaps[0].path, "row[0].one");
    assert_string_equal(gaps[0].says, "At least one is needed.");
    form_tally(f, w.answers, 0, &t);
    assert_int_equal(t.missing, 1);
    answers_put(w.answers, "row[1].one", "yes");
    assert_int_equal(form_gaps(f, w.policy, w.answers, "officer", w.now, w.arena, &gaps), 1);
    assert_string_equal(gaps[0].path, "row[1].name"); /* the empty row before it asks nothing */
    assert_string_equal(gaps[0].label, "R 2: N");
    form_tally(f, w.answers, 0, &t);
    assert_int_equal(t.missing, 1);
    assert_int_equal(t.answered, 4);
    form_spec_free(&f);
}

static void foreign_answers_that_do_not_fit_are_told(void **unused)
{
    static const char json[] =
        "{\"k.choice\":\"green\",\"k.date\":\"4 mar 1980\",\"k.number\":7,\"k.reported\":\"2011-01-01T00:00:00Z\","
        "\"k.text\":\"much too long\",\"row\":[{\"one\":\"red\"},{},{},{},{\"one\":\"red\"}]}";
    FormGap *gaps;
    Str paths = { 0 };
    Err err = { 0 };
    Answers *a = answers_read(json, strlen(json), &err);
    size_t n = form_gaps(w.form, w.policy, a, NULL, w.now, w.arena, &gaps);

    for (size_t i = 0; i < n; i++) str_addf(&paths, "%s%s ", gaps[i].path, gaps[i].wrong ? "!" : "");
    assert_string_equal(str_text(&paths), "k.text! k.date! k.choice! k.reported! row[2].one! row[0].two ");
    str_finish(&paths);
    answers_free(&a);
}

static void accounts_are_gathered_with_their_places(void **unused)
{
    PolicyText *texts;

    answers_put(w.answers, "k.account", "first");
    answers_put(w.answers, "row[1].one", "red");
    answers_put(w.answers, "row[1].two", "second");
    answers_put(w.answers, "row[0].two", "not asked");
    assert_int_equal(form_texts(w.form, w.answers, w.arena, &texts), 2);
    assert_string_equal(texts[0].path, "k.account");
    assert_string_equal(texts[1].path, "row[1].two");
    assert_string_equal(texts[1].text, "second");
}

/* ---- hostile texts ---- */

static const char *const naughty[] = { "", " ", "'", "\"", "\\", "\\u0000", "null", "undefined", "NaN", "-1", "1e309",
    "0x7f", "%s%n%s", "${HOME}", "$(reboot)", "`id`", "; DROP TABLE person; --", "' OR '1'='1",
    "<script>alert(1)</script>", "../../etc/passwd", "=1+1", "@SUM(A1)", "\t=cmd", "{\"a\":1}", "[1,2]", "a[0].b",
    "child[0].given", "yes,no", ",", ",,,,", "yes,",
    "\xef\xbb\xbf"
    "bom",
    "\xe2\x80\xae"
    "gnirts",
    "\xe2\x80\x8b", "a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7",
    "\xd8\xa7\xd9\x84", "\xed\xa0\x80", "\xc0\xaf", "\xff\xfe", "\xf4\x90\x80\x80", "a\x01", "\x7f", "\xc2\x85",
    "\xe2\x80\xa8", "\r\n\r\n", "99999999999999999999", "9999-12-31", "0000-00-00", "2010-02-30", "24:00", "00:00",
    "23:59:60", "2010-02-01T25:00:00Z", "yesterday yesterday", "tomorrow", "1/1/1", "0", "00", "+", "+++", "++44", "()",
    "front-", "FRONT-CHEST", "dv", "Ⅷ", "１２３", "²" };

/* Kept and read back as what its kind makes of it, or refused with a sentence; the file that holds it is good JSON. */
static void through_every_kind(const char *typed)
{
    size_t n;
    const FormQuestion *q = form_questions_of(w.form, &n);

    for (size_t i = 0; i < n; i++) {
        char path[ANSWERS_PATH];
        const char *warning = NULL, *kept;
        Err err = { 0 };
        form_path(w.form, &q[i], 1, path);
        if (!form_answer(w.form, w.policy, w.answers, path, typed, w.now, w.arena, &warning, &err)) {
            size_t length = strlen(err.text);
            assert_true(length > 10 && utf8_valid(err.text, length, &length));
            assert_string_equal(answers_get(w.answers, path), "");
            continue;
        }
        kept = arena_dup(w.arena, answers_get(w.answers, path));
        if (!form_answer(w.form, w.policy, w.answers, path, kept, w.now, w.arena, &warning, &err))
            fail_msg("%s: \"%s\" was kept and is refused: %s", path, kept, err.text);
        assert_string_equal(answers_get(w.answers, path), kept);
        if (q[i].kind == ASK_TEXT && *kept) assert_non_null(strstr(typed, kept));
        form_words(w.form, &q[i], kept, w.arena);
        Str json = { 0 };
        answers_write(w.answers, &json);
        Answers *again = answers_read(json.s, json.n, &err);
        assert_non_null(again);
        assert_string_equal(answers_get(again, path), kept);
        answers_free(&again);
        str_finish(&json);
        answers_put(w.answers, path, "");
    }
    arena_reset(w.arena);
}

static void naughty_strings_are_kept_or_refused(void **unused)
{
    char *huge = mem_new(300001);

    for (size_t i = 0; i < ARRAY_LEN(naughty); i++) through_every_kind(naughty[i]);
    memset(huge, 'a', 300000);
    through_every_kind(huge);
    memset(huge, '1', 300000);
    through_every_kind(huge);
    memset(huge, ',', 300000);
    through_every_kind(huge);
    mem_free(huge);
}

static size_t lines_of_file(const char *path)
{
    size_t n, lines = 0;
    char *text = file_read(path, &n);

    for (char *line = text; line && line < text + n; lines++) {
        char *end = memchr(line, '\n', (size_t)(text + n - line));
        if (end) *end = '\0';
        through_every_kind(line); /* to the first NUL when it has one */
        if (!end) break;
        line = end + 1;
    }
    mem_free(text);
    return lines;
}

static size_t lines_of_folder(const char *path)
{
    DIR *d = opendir(path);
    size_t lines = 0;

    for (struct dirent *e; d && (e = readdir(d));) {
        char inner[800];
        struct stat st;
        snprintf(inner, sizeof inner, "%s/%s", path, e->d_name);
        if (*e->d_name == '.' || stat(inner, &st) != 0) continue;
        lines += S_ISDIR(st.st_mode) ? lines_of_folder(inner) : st.st_size < (1 << 20) ? lines_of_file(inner) : 0;
    }
    if (d) closedir(d);
    return lines;
}

static void the_corpora_are_kept_or_refused(void **unused)
{
    static const char *const folders[] = { "corpora/utf8tests", "corpora/kuhn-utf8", "corpora/csv-injection",
        "corpora/jsontestsuite" };

    for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
        const char *path = shared_path(folders[i]);
        if (!path) {
            print_message("%s is not beside the source\n", folders[i]);
            skip();
        }
        assert_true(lines_of_folder(path) > 20);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(texts_lose_the_blanks_around_them),
        FACT(times_are_typed_the_officers_way),
        FACT(a_fact_of_the_case_cannot_lie_ahead),
        FACT(choices_are_taken_by_code_or_by_label),
        FACT(several_are_a_list_in_the_file),
        FACT(numbers_are_checked_by_the_policy),
        FACT(an_unusual_number_is_kept_and_said),
        FACT(telephones_and_addresses_have_single_blanks),
        FACT(a_place_on_the_body_is_a_code_or_its_words),
        FACT(a_question_that_is_none_is_refused),
        FACT(answers_have_words_for_people),
        FACT(questions_follow_the_answers),
        FACT(an_answer_that_is_not_asked_does_not_count),
        FACT(gaps_are_told_in_order_and_by_whose_part_it_is),
        FACT(foreign_answers_that_do_not_fit_are_told),
        FACT(accounts_are_gathered_with_their_places),
        FACT(naughty_strings_are_kept_or_refused),
        FACT(the_corpora_are_kept_or_refused),
    };

    return cmocka_run_group_tests_name("form answers", tests, start, stop);
}
