/* test_pdf.c — a document as PDF, read back with poppler's pdfinfo and pdftotext. */
#include "../base/helpers.h"

#include "base/str.h"
#include "base/utf8.h"
#include "sample.h"
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* --- reading it back ------------------------------------------------------------------- */

static Str pdf_of(const Paper *p)
{
    Str pdf = { 0 };
    Err err = { 0 };

    if (!paper_to_pdf(p, &pdf, &err)) fail_msg("%s", err.text);
    assert_true(pdf.n > 500 && memcmp(pdf.s, "%PDF-1.", 7) == 0);
    return pdf;
}

/* What `tool` says about the PDF; %s in it is the file. */
static Str asked(const Str *pdf, const char *tool)
{
    char path[] = "/tmp/book124-paper-XXXXXX", command[256], bytes[4096];
    int fd = mkstemp(path);
    Str said = { 0 };
    FILE *from;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, pdf->s, pdf->n), pdf->n);
    close(fd);
    snprintf(command, sizeof command, "%s %s %s", tool, path, strcmp(tool, "pdfinfo") == 0 ? "2>&1" : "- 2>&1");
    from = popen(command, "r");
    assert_non_null(from);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, from)) > 0;) str_add_n(&said, bytes, n);
    assert_int_equal(pclose(from), 0);
    unlink(path);
    return said;
}

static size_t pages_of(const Str *pdf)
{
    Str info = asked(pdf, "pdfinfo");
    const char *at = strstr(str_text(&info), "\nPages:");
    size_t n;

    assert_non_null(at);
    n = (size_t)strtoul(at + 7, NULL, 10);
    str_finish(&info);
    return n;
}

static size_t times(const char *text, const char *word)
{
    size_t n = 0;

    for (const char *at = text; (at = strstr(at, word)); at += strlen(word)) n++;
    return n;
}

/* Every page has its marking twice and its number, and pdfinfo counts as many. */
static void every_page_is_marked(const Str *pdf, bool training)
{
    size_t n = pages_of(pdf), page = 0;
    Str text = asked(pdf, "pdftotext -layout");
    char number[64];

    for (char *at = text.s, *end; (end = strchr(at, '\f')); at = end + 1) {
        *end = '\0';
        snprintf(number, sizeof number, "Page %zu of %zu", ++page, n);
        assert_int_equal(times(at, number), 1);
        assert_int_equal(times(at, "RESTRICTED"), 2);
        assert_int_equal(times(at, "TRAINING"), training ? 2 : 0);
        assert_int_equal(times(at, "Report book 124D"), 1);
    }
    assert_int_equal(page, n);
    str_finish(&text);
}

/* Letters of italic or marked kinds may lean out by a little. */
static void every_word_is_within_the_margins(const Str *pdf)
{
    enum { LEAN = 4, MARGIN = 56, TOP = 22 };
    Str boxes = asked(pdf, "pdftotext -bbox");
    size_t words = 0;

    for (const char *at = str_text(&boxes); (at = strstr(at, "<word ")); at++, words++) {
        double left, top, right, bottom;
        assert_int_equal(
            sscanf(at, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &left, &top, &right, &bottom), 4);
        if (left < MARGIN - LEAN || right > 595 - MARGIN + LEAN || top < TOP || bottom > 842 - TOP)
            fail_msg("out of the margins: %.120s", at);
    }
    assert_true(words > 10);
    str_finish(&boxes);
}

/* --- facts ------------------------------------------------------------------------------ */

/* In a child, since fontconfig reads its configuration once; the first test, for the same reason. */
static void without_any_font_it_says_so(void **unused)
{
    pid_t child = fork();
    int status = -1;

    assert_true(child >= 0);
    if (child == 0) {
        Paper *p = sample_report(false);
        Str pdf = { 0 };
        Err err = { 0 };
        setenv("FONTCONFIG_FILE", PAPER_NO_FONTS, 1);
        bool refused =
            !paper_to_pdf(p, &pdf, &err) && err.kind == ERR_MISSING && strstr(err.text, "font") && pdf.n == 0;
        if (!refused) fprintf(stderr, "kind %d: %s\n", err.kind, err.text);
        paper_free(&p);
        str_finish(&pdf);
        _exit(refused ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void every_answer_can_be_found_in_it(void **unused)
{
    Paper *p = sample_report(false);
    Str pdf = pdf_of(p), text = asked(&pdf, "pdftotext");

    assert_true(paper_can_pdf());
    for (size_t i = 0; sample_texts[i]; i++)
        if (!strstr(str_text(&text), sample_texts[i])) fail_msg("not found: %s\n%s", sample_texts[i], str_text(&text));
    str_finish(&text);
    str_finish(&pdf);
    paper_free(&p);
}

static void every_page_carries_marking_title_and_number(void **unused)
{
    for (int training = 0; training < 2; training++) {
        Paper *p = sample_report(training);
        Str pdf = pdf_of(p);
        assert_true(pages_of(&pdf) > 1);
        every_page_is_marked(&pdf, training);
        every_word_is_within_the_margins(&pdf);
        str_finish(&pdf);
        paper_free(&p);
    }
}

static void it_names_its_title_and_no_time_place_or_person(void **unused)
{
    static const char *const wrong[] = { "Creator:", "Author:", "Subject:", "Keywords:", "CreationDate:", "ModDate:" };
    Paper *p = sample_report(false);
    Str pdf = pdf_of(p), info = asked(&pdf, "pdfinfo");

    assert_non_null(strstr(str_text(&info), "Report book 124D\n"));
    assert_non_null(strstr(str_text(&info), "(A4)"));
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
        if (strstr(str_text(&info), wrong[i])) fail_msg("%s", str_text(&info));
    str_finish(&info);
    str_finish(&pdf);
    paper_free(&p);
}

static void the_same_document_gives_the_same_bytes(void **unused)
{
    Paper *p = sample_report(true), *other = sample_of_odd_texts();
    Str first = pdf_of(p), between = pdf_of(other), second = { 0 };

    nanosleep(&(struct timespec){ .tv_sec = 1, .tv_nsec = 50 * 1000 * 1000 }, NULL); /* another second of the clock */
    second = pdf_of(p);
    assert_int_equal(first.n, second.n);
    assert_memory_equal(first.s, second.s, first.n);
    str_finish(&first);
    str_finish(&between);
    str_finish(&second);
    paper_free(&p);
    paper_free(&other);
}

static void it_is_added_behind_what_is_there(void **unused)
{
    Paper *p = sample_report(false);
    Str out = { 0 };
    Err err = { 0 };

    str_add(&out, "before");
    assert_true(paper_to_pdf(p, &out, &err));
    assert_memory_equal(out.s, "before%PDF-", 11);
    str_finish(&out);
    paper_free(&p);
}

static void a_long_table_repeats_its_head_and_loses_no_row(void **unused)
{
    Paper *p = sample_of_rows(200);
    Str pdf = pdf_of(p), text = asked(&pdf, "pdftotext -layout");

    assert_int_equal(times(str_text(&text), "Mon 1 Feb 2010 09:12") - pages_of(&pdf), 200); /* and once in each foot */
    assert_true(times(str_text(&text), "What was done") >= pages_of(&pdf));
    every_page_is_marked(&pdf, false);
    str_finish(&text);
    str_finish(&pdf);
    paper_free(&p);
}

/* The figure that is promised is a second for 200 pages; a sanitizer and a busy machine may need longer. */
static void two_hundred_pages_are_quickly_made(void **unused)
{
    Paper *p = sample_of_rows(5000);
    struct timespec from, to;
    double seconds;
    Str pdf;

    clock_gettime(CLOCK_MONOTONIC, &from);
    pdf = pdf_of(p);
    clock_gettime(CLOCK_MONOTONIC, &to);
    seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    print_message("%zu pages in %.2f s, %zu bytes\n", pages_of(&pdf), seconds, pdf.n);
    assert_true(pages_of(&pdf) >= 200);
    assert_true(seconds < 20);
    str_finish(&pdf);
    paper_free(&p);
}

/* Words of such length take pango minutes when they are not given to it in portions. */
static void long_texts_without_a_line_feed_are_soon_made(void **unused)
{
    static const char *const words[] = { "word ", "слово", "كلمة ", "e\u0301" };

    for (size_t w = 0; w < ARRAY_LEN(words); w++) {
        Paper *p = paper_new(&(PaperHead){ .marking = "RESTRICTED", .title = "Report book 124D" });
        Str text = { 0 }, pdf;
        while (text.n < 1 << 20) str_add(&text, words[w]);
        paper_text(p, str_text(&text));
        pdf = pdf_of(p);
        assert_true(pages_of(&pdf) > 10);
        every_page_is_marked(&pdf, false);
        str_finish(&pdf);
        str_finish(&text);
        paper_free(&p);
    }
}

/* Where portions meet nothing is lost or doubled, and no line is broken early: all but the last hold about as many words. */
static void portions_are_joined_without_a_seam(void **unused)
{
    Paper *p = paper_new(&(PaperHead){ .marking = "RESTRICTED", .title = "Report book 124D" });
    Str text = { 0 }, pdf, said;
    size_t lines = 0, shortened = 0;

    for (int i = 0; i < 3000; i++) str_addf(&text, "n%04d ", i);
    paper_text(p, str_text(&text));
    pdf = pdf_of(p);
    said = asked(&pdf, "pdftotext -layout");
    for (int i = 0; i < 3000; i++) {
        char word[16];
        snprintf(word, sizeof word, "n%04d", i);
        assert_int_equal(times(str_text(&said), word), 1);
    }
    for (char *line = strtok(said.s, "\n\f"); line; line = strtok(NULL, "\n\f")) {
        size_t words = times(line, "n0") + times(line, "n1") + times(line, "n2");
        lines += words > 0;
        shortened += words > 0 && words < 12;
    }
    assert_true(lines > 150);
    assert_true(shortened <= 1);
    str_finish(&said);
    str_finish(&pdf);
    str_finish(&text);
    paper_free(&p);
}

static void the_corpora_and_odd_heads_are_printed(void **unused)
{
    static const char *const paths[] = { "corpora/kuhn-utf8/UTF-8-test.txt", "corpora/kuhn-utf8/UTF-8-demo.txt",
        "corpora/utf8tests/artifacts/utf8.replace.ref.txt", "corpora/utf8tests/artifacts/utf8.skip.ref.txt" };
    static const int shares[] = { 1, 1, 1 };

    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        size_t n;
        char *file = shared_file(paths[i], &n);
        const char *cells[] = { file, "", file };
        Paper *p = paper_new(&(PaperHead){ "RESTRICTED", "Report book 124D", file, file, false });
        Str pdf;
        paper_heading(p, 1, file);
        paper_text(p, file);
        paper_field(p, file, file);
        paper_mono(p, file);
        paper_signature(p, file, NULL);
        paper_table(p, cells, shares, 3, cells, 1);
        pdf = pdf_of(p);
        assert_true(pages_of(&pdf) > 2);
        every_word_is_within_the_margins(&pdf);
        str_finish(&pdf);
        paper_free(&p);
        mem_free(file);
    }
}

/* Their ends stay findable (pango says what an … stands for), but they are not drawn. */
static void a_head_too_long_for_its_line_stays_on_the_page(void **unused)
{
    Str words = { 0 }, pdf;
    Paper *p;

    for (int i = 0; i < 400; i++) str_addf(&words, "long%d ", i);
    p = paper_new(&(PaperHead){ str_text(&words), str_text(&words), str_text(&words), str_text(&words), true });
    pdf = pdf_of(p);
    assert_int_equal(pages_of(&pdf), 1);
    every_word_is_within_the_margins(&pdf);
    str_finish(&pdf);
    str_finish(&words);
    paper_free(&p);
}

static void an_empty_document_is_one_page(void **unused)
{
    Paper *p = paper_new(&(PaperHead){ NULL });
    Str pdf = pdf_of(p);

    assert_int_equal(pages_of(&pdf), 1);
    str_finish(&pdf);
    paper_field(p, NULL, NULL);
    paper_mono(p, NULL);
    pdf = pdf_of(p);
    assert_int_equal(pages_of(&pdf), 1);
    str_finish(&pdf);
    paper_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_any_font_it_says_so),
        TEST(every_answer_can_be_found_in_it),
        TEST(every_page_carries_marking_title_and_number),
        TEST(it_names_its_title_and_no_time_place_or_person),
        TEST(the_same_document_gives_the_same_bytes),
        TEST(it_is_added_behind_what_is_there),
        TEST(a_long_table_repeats_its_head_and_loses_no_row),
        TEST(two_hundred_pages_are_quickly_made),
        TEST(long_texts_without_a_line_feed_are_soon_made),
        TEST(portions_are_joined_without_a_seam),
        TEST(the_corpora_and_odd_heads_are_printed),
        TEST(a_head_too_long_for_its_line_stays_on_the_page),
        TEST(an_empty_document_is_one_page),
    };

    return cmocka_run_group_tests_name("paper pdf", tests, NULL, NULL);
}
