/* test_crypto.c — hashes, passwords, sealed drafts. Only one test pays the full price of a password. */
#include "helpers.h"

#include "base/crypto.h"
#include <errno.h>

static int start(void **unused)
{
    return crypto_start(NULL) ? 0 : -1;
}

static void the_hash_is_blake2b_256(void **unused)
{
    uint8_t hash[HASH_BYTES];
    char hex[HASH_HEX];

    crypto_hash("abc", 3, hash);
    assert_string_equal(
        crypto_hex(hash, HASH_BYTES, hex), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    crypto_hash(NULL, 0, hash);
    assert_string_equal(
        crypto_hex(hash, HASH_BYTES, hex), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

static void hash_of(const char *domain, const char *a, const char *b, uint8_t out[HASH_BYTES])
{
    Hasher h;

    crypto_hash_start(&h, domain);
    if (a) crypto_hash_add(&h, a, strlen(a));
    if (b) crypto_hash_add(&h, b, strlen(b));
    crypto_hash_end(&h, out);
}

static void where_one_part_ends_matters(void **unused)
{
    static const char *const parts[][3] = { { "log", "ab", "c" }, { "log", "a", "bc" }, { "log", "abc", NULL },
        { "log", "abc", "" }, { "loga", "bc", NULL }, { "case", "ab", "c" }, { "log", NULL, NULL } };
    uint8_t hashes[ARRAY_LEN(parts)][HASH_BYTES], again[HASH_BYTES];

    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        hash_of(parts[i][0], parts[i][1], parts[i][2], hashes[i]);
        hash_of(parts[i][0], parts[i][1], parts[i][2], again);
        assert_memory_equal(again, hashes[i], HASH_BYTES);
        for (size_t k = 0; k < i; k++) assert_memory_not_equal(hashes[k], hashes[i], HASH_BYTES);
    }
}

/* The parts by hand: eight bytes of length in front of each. A store's log depends on it for ever. */
static void a_hash_of_parts_is_the_hash_of_lengths_and_parts(void **unused)
{
    static const char flat[] = "\3\0\0\0\0\0\0\0log\2\0\0\0\0\0\0\0ab\1\0\0\0\0\0\0\0c";
    uint8_t parts[HASH_BYTES], whole[HASH_BYTES];

    hash_of("log", "ab", "c", parts);
    crypto_hash(flat, sizeof flat - 1, whole);
    assert_memory_equal(parts, whole, HASH_BYTES);
}

static void hex_goes_round_and_nonsense_does_not(void **unused)
{
    static const char *const wrong[] = { "", "0", "00112", "0011223", "001122334", "0011223g", "0x112233", "00 12233" };
    uint8_t bytes[4] = { 0 };
    char hex[9];

    assert_true(crypto_unhex("00aBff7E", bytes, 4));
    assert_string_equal(crypto_hex(bytes, 4, hex), "00abff7e");
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) assert_false(crypto_unhex(wrong[i], bytes, 4));
    assert_false(crypto_unhex(NULL, bytes, 4));
}

/* --- passwords ------------------------------------------------------------------------ */

static void the_right_password_opens_and_gives_the_same_key(void **unused)
{
    PwRecord r;
    PwKeys keys = { 0 }, again = { .drafts = { 1 } };

    assert_true(crypto_pw_make("correct horse", PW_COST_TRAINING, &r, NULL, NULL));
    assert_true(crypto_pw_check("correct horse", &r, &keys));
    assert_true(crypto_pw_check("correct horse", &r, &again));
    assert_memory_equal(&keys, &again, sizeof keys);
    assert_memory_not_equal(keys.drafts, r.verifier, PW_KEY);
    assert_memory_not_equal(keys.secrets, r.verifier, PW_KEY);
    assert_memory_not_equal(keys.secrets, keys.drafts, PW_KEY);
}

static void a_wrong_password_opens_nothing(void **unused)
{
    static const char *const wrong[] = { "", "correct hors", "correct horse ", "Correct horse", "\xFF" };
    PwRecord r;
    PwKeys keys, untouched;

    memset(&keys, 7, sizeof keys);
    memset(&untouched, 7, sizeof untouched);
    assert_true(crypto_pw_make("correct horse", PW_COST_TRAINING, &r, NULL, NULL));
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        errno = 5;
        assert_false(crypto_pw_check(wrong[i], &r, &keys));
        assert_int_equal(errno, 0);
    }
    assert_false(crypto_pw_check(NULL, &r, &keys));
    assert_memory_equal(&keys, &untouched, sizeof keys);
}

static void the_same_password_twice_has_nothing_in_common(void **unused)
{
    PwRecord a, b;
    PwKeys of_a, of_b;

    assert_true(crypto_pw_make("twice", PW_COST_TRAINING, &a, NULL, NULL));
    assert_true(crypto_pw_make("twice", PW_COST_TRAINING, &b, NULL, NULL));
    assert_memory_not_equal(a.salt, b.salt, PW_SALT);
    assert_memory_not_equal(a.verifier, b.verifier, HASH_BYTES);
    assert_true(crypto_pw_check("twice", &a, &of_a) && crypto_pw_check("twice", &b, &of_b));
    assert_memory_not_equal(of_a.drafts, of_b.drafts, PW_KEY);
    assert_memory_not_equal(of_a.secrets, of_b.secrets, PW_KEY);
}

static void a_password_works_from_every_keyboard(void **unused)
{
    static const char *const odd[] = { "", "x", "\xFF\xFE broken", "🔑🔑", "\u1112\u1161\u11AB", "\uFB2C\u0344" };
    PwRecord r;
    PwKeys keys;

    assert_true(crypto_pw_make("Zoë und Åsa", PW_COST_TRAINING, &r, NULL, NULL));
    assert_true(crypto_pw_check("Zoe\u0308 und A\u030Asa", &r, &keys));
    assert_false(crypto_pw_check("Zoe und Asa", &r, &keys));
    for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
        assert_true(crypto_pw_make(odd[i], PW_COST_TRAINING, &r, NULL, NULL));
        assert_true(crypto_pw_check(odd[i], &r, &keys));
    }
}

/* Made by the first version. Should this fail, nobody could sign in to an older store any more. */
static void a_password_made_long_ago_still_opens(void **unused)
{
    PwRecord r = { .ops = 1, .mem = 8u << 20 };
    PwKeys keys;
    char hex[2 * PW_KEY + 1];

    for (uint8_t i = 0; i < PW_SALT; i++) r.salt[i] = i;
    assert_true(
        crypto_unhex("43dab90f1186f09805b787a1a2ba98583862eaa2854841513872f3b8b0fdbce7", r.verifier, HASH_BYTES));
    assert_true(crypto_pw_check("correct horse battery staple", &r, &keys));
    assert_string_equal(
        crypto_hex(keys.drafts, PW_KEY, hex), "fc0f07d1ec7bace41b23ec38a8defb964d38f52d228c7d8ab75aabb77b3c34ff");
}

static void a_real_password_costs_three_passes_over_256_mib(void **unused)
{
    PwRecord r;
    PwKeys keys;

    assert_true(crypto_pw_make("real", PW_COST_FULL, &r, NULL, NULL));
    assert_int_equal(r.ops, 3);
    assert_int_equal(r.mem, 268435456);
    assert_true(crypto_pw_check("real", &r, &keys));
}

static void a_forged_record_cannot_ask_for_everything(void **unused)
{
    PwRecord r;
    PwKeys keys;

    assert_true(crypto_pw_make("x", PW_COST_TRAINING, &r, NULL, NULL));
    r.mem = 1ull << 40;
    assert_false(crypto_pw_check("x", &r, &keys));
    r.mem = 8u << 20;
    r.ops = 4000000000u;
    assert_false(crypto_pw_check("x", &r, &keys));
    r.ops = 0;
    assert_false(crypto_pw_check("x", &r, &keys));
    r.ops = 1;
    r.mem = 0;
    assert_false(crypto_pw_check("x", &r, &keys));
}

/* --- sealing --------------------------------------------------------------------------- */

static void a_sealed_text_opens_with_its_key_and_its_subject_only(void **unused)
{
    static const char text[] = "draft of a review";
    uint8_t key[PW_KEY], other[PW_KEY], sealed[100];
    size_t size = crypto_sealed_size(sizeof text), n = 99;
    char out[sizeof text];

    crypto_random(key, sizeof key);
    crypto_random(other, sizeof other);
    assert_true(size <= sizeof sealed);
    crypto_seal(key, "case 12 review", text, sizeof text, sealed);

    assert_true(crypto_unseal(key, "case 12 review", sealed, size, out, &n));
    assert_int_equal(n, sizeof text);
    assert_string_equal(out, text);
    assert_false(crypto_unseal(other, "case 12 review", sealed, size, out, &n));
    assert_int_equal(n, 0);
    assert_false(crypto_unseal(key, "case 13 review", sealed, size, out, &n));
}

static void a_sealed_text_with_one_bit_changed_does_not_open(void **unused)
{
    uint8_t key[PW_KEY] = { 1 }, sealed[64];
    size_t size = crypto_sealed_size(5), n;
    char out[5];

    crypto_seal(key, "a", "hello", 5, sealed);
    for (size_t bit = 0; bit < size * 8; bit++) {
        sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(crypto_unseal(key, "a", sealed, size, out, &n));
        sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    for (size_t cut = 0; cut < size; cut++) assert_false(crypto_unseal(key, "a", sealed, cut, out, &n));
    assert_true(crypto_unseal(key, "a", sealed, size, out, NULL));
}

static void the_same_text_sealed_twice_looks_different_and_nothing_can_be_sealed(void **unused)
{
    uint8_t key[PW_KEY] = { 2 }, a[64], b[64];
    size_t n = 9;

    crypto_seal(key, "a", "hello", 5, a);
    crypto_seal(key, "a", "hello", 5, b);
    assert_memory_not_equal(a, b, crypto_sealed_size(5));
    crypto_seal(key, "", NULL, 0, a);
    assert_true(crypto_unseal(key, "", a, crypto_sealed_size(0), b, &n));
    assert_int_equal(n, 0);
}

static void dice_fall_everywhere_and_nowhere_else(void **unused)
{
    int seen[7] = { 0 };

    for (int i = 0; i < 7000; i++) seen[crypto_random_below(7)]++;
    for (int i = 0; i < 7; i++) assert_in_range(seen[i], 700, 1300);
    assert_int_equal(crypto_random_below(1), 0);
}

static void what_is_wiped_is_gone(void **unused)
{
    char secret[] = "secret";

    crypto_wipe(secret, sizeof secret);
    for (size_t i = 0; i < sizeof secret; i++) assert_int_equal(secret[i], 0);
    crypto_wipe(NULL, 0);
}

/* --- keys ------------------------------------------------------------------------------- */

static void what_is_signed_holds_and_what_is_sealed_opens_for_one(void **unused)
{
    SecretKeys *mine = crypto_guarded(sizeof *mine), *other = crypto_guarded(sizeof *other);
    PublicKeys keys, same, others;
    uint8_t hash[HASH_BYTES] = { 1, 2, 3 }, value[SIGN_VALUE], sealed[64], open[64];
    size_t n = 0;

    crypto_keys_make(mine, &keys);
    crypto_keys_make(other, &others);
    crypto_keys_public(mine, &same);
    assert_memory_equal(&keys, &same, sizeof keys);
    crypto_sign_hash(mine, hash, value);
    assert_true(crypto_signed(keys.sign, hash, value));
    assert_false(crypto_signed(others.sign, hash, value));
    hash[0] ^= 1;
    assert_false(crypto_signed(keys.sign, hash, value));
    assert_true(crypto_boxed_to(keys.box, "a key", 5, sealed));
    assert_true(crypto_boxed_open(mine, sealed, crypto_boxed_size(5), open, &n));
    assert_int_equal(n, 5);
    assert_memory_equal(open, "a key", 5);
    assert_false(crypto_boxed_open(other, sealed, crypto_boxed_size(5), open, &n));
    assert_false(crypto_boxed_open(mine, sealed, 4, open, &n));
    crypto_guarded_shut(mine);
    crypto_guarded_open(mine);
    crypto_sign_hash(mine, hash, value);
    crypto_guarded_free(mine);
    crypto_guarded_free(other);
    crypto_guarded_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_hash_is_blake2b_256),
        TEST(where_one_part_ends_matters),
        TEST(a_hash_of_parts_is_the_hash_of_lengths_and_parts),
        TEST(hex_goes_round_and_nonsense_does_not),
        TEST(the_right_password_opens_and_gives_the_same_key),
        TEST(a_wrong_password_opens_nothing),
        TEST(the_same_password_twice_has_nothing_in_common),
        TEST(a_password_works_from_every_keyboard),
        TEST(a_password_made_long_ago_still_opens),
        TEST(a_real_password_costs_three_passes_over_256_mib),
        TEST(a_forged_record_cannot_ask_for_everything),
        TEST(a_sealed_text_opens_with_its_key_and_its_subject_only),
        TEST(a_sealed_text_with_one_bit_changed_does_not_open),
        TEST(the_same_text_sealed_twice_looks_different_and_nothing_can_be_sealed),
        TEST(dice_fall_everywhere_and_nowhere_else),
        TEST(what_is_wiped_is_gone),
        cmocka_unit_test(what_is_signed_holds_and_what_is_sealed_opens_for_one),
    };

    return cmocka_run_group_tests_name("crypto", tests, start, NULL);
}
