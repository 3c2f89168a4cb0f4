/* test_crypto_stream.c — a stream comes back as it went in, and no bit of it, no end of it, no other key goes unnoticed. */
#include "base/crypto.h"
#include "base/crypto_stream.h"
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint8_t public_key[STREAM_KEY], secret_key[STREAM_KEY];

static char *sealed(const char *text, size_t n, const char *about, size_t *size)
{
    char *out = NULL;
    FILE *f = open_memstream(&out, size);
    StreamOut *s = stream_out_new(f, public_key, about, strlen(about), NULL);

    assert_non_null(s);
    for (size_t at = 0; at < n; at += 1000) assert_true(stream_out_add(s, text + at, n - at < 1000 ? n - at : 1000, NULL));
    assert_true(stream_out_end(&s, NULL));
    fclose(f);
    return out;
}

static bool opened(const char *file, size_t size, const uint8_t key[STREAM_KEY], const char *about, char *text, size_t n, Err *err)
{
    FILE *f = fmemopen((void *)(uintptr_t)file, size, "r");
    StreamIn *s = stream_in_new(f, key, about, strlen(about), err);
    bool ok = s && stream_in_take(s, text, n, err) && stream_in_end(s, err);

    stream_in_free(&s);
    fclose(f);
    return ok;
}

static void every_length_comes_back(void **state)
{
    static const size_t lengths[] = { 0, 1, 999, 65535, 65536, 65537, 131072, 200001 };
    char *text = malloc(200001), *back = malloc(200001);

    crypto_random(text, 200001);
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        size_t size;
        char *file = sealed(text, lengths[i], "about", &size);
        assert_true(opened(file, size, secret_key, "about", back, lengths[i], NULL));
        assert_memory_equal(text, back, lengths[i]);
        if (lengths[i]) assert_false(opened(file, size, secret_key, "about", back, lengths[i] - 1, NULL)); /* something is left */
        assert_false(lengths[i] < 200001 && opened(file, size, secret_key, "about", back, lengths[i] + 1, NULL));
        free(file);
    }
    free(text);
    free(back);
}

static void no_bit_goes_unnoticed(void **state)
{
    char text[300], back[300];
    size_t size;
    char *file;
    Err err = { 0 };

    memset(text, 'x', sizeof text);
    file = sealed(text, sizeof text, "about", &size);
    for (size_t bit = 0; bit < size * 8; bit++) {
        file[bit / 8] = (char)(file[bit / 8] ^ 1 << bit % 8);
        if (opened(file, size, secret_key, "about", back, sizeof back, &err)) fail_msg("bit %zu", bit);
        file[bit / 8] = (char)(file[bit / 8] ^ 1 << bit % 8);
    }
    for (size_t n = 1; n < size; n++) assert_false(opened(file, size - n, secret_key, "about", back, sizeof back, &err));
    assert_false(opened(file, size, secret_key, "abouT", back, sizeof back, &err));
    assert_true(opened(file, size, secret_key, "about", back, sizeof back, &err));
    free(file);
}

static void another_key_is_told_so(void **state)
{
    uint8_t other_public[STREAM_KEY], other[STREAM_KEY];
    char back[4];
    size_t size;
    char *file = sealed("text", 4, "about", &size);
    Err err = { 0 };

    crypto_stream_pair(other_public, other);
    assert_false(opened(file, size, other, "about", back, 4, &err));
    assert_int_equal(err.kind, ERR_DENIED);
    free(file);
}

static void the_text_is_not_in_the_file(void **state)
{
    size_t size;
    char *file = sealed("a name that nobody may read", 27, "about", &size);

    assert_null(memmem(file, size, "a name", 6));
    free(file);
}

static int setup(void **state)
{
    if (!crypto_start(NULL)) return -1;
    crypto_stream_pair(public_key, secret_key);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_length_comes_back),
        cmocka_unit_test(no_bit_goes_unnoticed),
        cmocka_unit_test(another_key_is_told_so),
        cmocka_unit_test(the_text_is_not_in_the_file),
    };
    return cmocka_run_group_tests_name("crypto_stream", tests, setup, NULL);
}
