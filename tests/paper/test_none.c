/* test_none.c — a book124 that was built without cairo and pango: text as ever, and a sentence for the PDF. */
#include "../base/helpers.h"

#include "sample.h"

static void it_says_that_it_cannot_and_what_to_do(void **unused)
{
    Paper *p = sample_report(false);
    Str out = { 0 };
    Err err = { 0 };

    assert_false(paper_can_pdf());
    assert_false(paper_to_pdf(p, &out, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_non_null(strstr(err.text, "Print the text form"));
    assert_int_equal(out.n, 0);
    paper_free(&p);
}

static void text_is_printed_all_the_same(void **unused)
{
    Paper *p = sample_report(false);
    Str out = { 0 };

    paper_to_text(p, &out);
    assert_non_null(strstr(str_text(&out), "Page 1 of 2"));
    str_finish(&out);
    paper_free(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_says_that_it_cannot_and_what_to_do),
        TEST(text_is_printed_all_the_same),
    };

    return cmocka_run_group_tests_name("paper without pdf", tests, NULL, NULL);
}
