/* test_signed.c — what a signature is over. Whose key it is, the tests of the app ask. */
#include "core_test.h"

#include "core/signed.h"

/* Made by the first version. Should this fail, no signature of before would hold any more. */
static void a_signature_made_long_ago_still_holds(void **unused)
{
    static const char key[] = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";
    static const char value[] = "cfba3fdfc13537cbdaf6edba58b22bb95748a4f6f827c53951977345e84c8849"
                                "56f3c7b392a4faf9ac3c1e028902eb7f99265f7067114a4dbb7a8201299b2709";
    static const char text[] = "exactly this";
    Signed s;

    assert_true(signed_read(key, value, &s));
    assert_true(signed_holds(&s, SIGN_REVIEW, "900002", text, strlen(text)));
    assert_false(signed_holds(&s, SIGN_REVIEW, "900002", text, strlen(text) - 1));
    assert_false(signed_holds(&s, SIGN_REVIEW, "900003", text, strlen(text)));
    assert_false(signed_holds(&s, SIGN_BOOK, "900002", text, strlen(text)));
    s.value[63] ^= 1;
    assert_false(signed_holds(&s, SIGN_REVIEW, "900002", text, strlen(text)));
}

static void what_is_no_signature_is_not_read(void **unused)
{
    Signed s;

    assert_false(signed_read(NULL, NULL, &s));
    assert_false(signed_read("00", "00", &s));
    assert_false(signed_read("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8", NULL, &s));
}

/* A field that comes later changes no digest of before. */
static void the_digest_of_a_review_is_what_it_was(void **state)
{
    const Vocabs *v = vocabs_standard();
    CaseDoc doc = doc_of(*state, "\"reviews\":[{\"kind\":\"ds-supervision\",\"by\":\"900007\",\"at\":\"2010-02-03T10:00:00Z\","
                                 "\"outcome\":\"satisfied\",\"text\":\"Seen.\"}]");
    char digest[HASH_HEX], again[HASH_HEX];
    Review r = doc.reviews[0];

    review_digest("KG-1", &r, v, digest);
    assert_string_equal(digest, "7aa7798453ac92cb5c93557db6d79a893869214f81b730527fff20e9d56152ab");
    r.signed_key = "aa";
    r.signed_value = "bb";
    review_digest("KG-1", &r, v, again);
    assert_string_equal(digest, again);
    r.text = "Seen";
    review_digest("KG-1", &r, v, again);
    assert_string_not_equal(digest, again);
    review_digest("KG-2", &doc.reviews[0], v, again);
    assert_string_not_equal(digest, again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(a_signature_made_long_ago_still_holds),
        FACT(what_is_no_signature_is_not_read),
        FACT(the_digest_of_a_review_is_what_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
