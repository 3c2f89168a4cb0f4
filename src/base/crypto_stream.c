/* crypto_stream.c — a file that one key opens: name of the key, sealed stream key, header of the stream, blocks.
** A block is its length (4 bytes, little endian) and that many bytes; the last one is tagged so, and a file that ends before it
** is refused. The tag of every block covers all before it. */
#include "base/crypto_stream.h"

#include "base/crypto.h"
#include "base/mem.h"

#include <errno.h>
#include <string.h>

#define crypto_hash sodium_crypto_hash /* as in crypto.c */
#include <sodium.h>
#undef crypto_hash

_Static_assert(crypto_box_PUBLICKEYBYTES == STREAM_KEY && crypto_box_SECRETKEYBYTES == STREAM_KEY, "a key of a stream");

enum {
    BLOCK = 1 << 16,
    SEALED_KEY = crypto_secretstream_xchacha20poly1305_KEYBYTES + crypto_box_SEALBYTES,
    HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
    EXTRA = crypto_secretstream_xchacha20poly1305_ABYTES,
    NAME = 8
};

typedef crypto_secretstream_xchacha20poly1305_state State;

/* ---- keys ---- */

void crypto_stream_pair(uint8_t public_key[STREAM_KEY], uint8_t secret_key[STREAM_KEY])
{
    crypto_box_keypair(public_key, secret_key);
}

void crypto_stream_public(const uint8_t secret_key[STREAM_KEY], uint8_t public_key[STREAM_KEY])
{
    crypto_scalarmult_base(public_key, secret_key);
}

static void name_bytes(const uint8_t public_key[STREAM_KEY], uint8_t out[NAME])
{
    uint8_t hash[HASH_BYTES];
    Hasher h;

    crypto_hash_start(&h, "book124 name of a public key");
    crypto_hash_add(&h, public_key, STREAM_KEY);
    crypto_hash_end(&h, hash);
    memcpy(out, hash, NAME);
}

char *crypto_stream_name(const uint8_t public_key[STREAM_KEY], char out[STREAM_NAME])
{
    uint8_t name[NAME];

    name_bytes(public_key, name);
    return crypto_hex(name, NAME, out);
}

/* ---- writing ---- */

struct StreamOut {
    FILE *to;
    State state;
    uint8_t block[BLOCK], sealed[BLOCK + EXTRA];
    size_t n;
};

static bool put(FILE *to, const void *p, size_t n, Err *err)
{
    errno = 0;
    return fwrite(p, 1, n, to) == n || err_set(err, ERR_IO, "", "The file cannot be written: %s.", strerror(errno));
}

static bool put_block(StreamOut *s, unsigned char tag, Err *err)
{
    unsigned long long n = 0;
    uint8_t length[4];

    crypto_secretstream_xchacha20poly1305_push(&s->state, s->sealed, &n, s->block, s->n, NULL, 0, tag);
    for (int i = 0; i < 4; i++) length[i] = (uint8_t)(n >> (8 * i));
    s->n = 0;
    return put(s->to, length, sizeof length, err) && put(s->to, s->sealed, (size_t)n, err);
}

/* The first block holds nothing and binds what stands in the open. */
static bool begin(StreamOut *s, const uint8_t public_key[STREAM_KEY], const void *about, size_t n, Err *err)
{
    uint8_t key[crypto_secretstream_xchacha20poly1305_KEYBYTES], sealed[SEALED_KEY], header[HEADER], name[NAME], tag[EXTRA];
    unsigned long long size = 0;
    bool ok;

    crypto_secretstream_xchacha20poly1305_keygen(key);
    crypto_box_seal(sealed, key, sizeof key, public_key);
    crypto_secretstream_xchacha20poly1305_init_push(&s->state, header, key);
    sodium_memzero(key, sizeof key);
    crypto_secretstream_xchacha20poly1305_push(&s->state, tag, &size, NULL, 0, about, n, 0);
    name_bytes(public_key, name);
    ok = put(s->to, name, sizeof name, err) && put(s->to, sealed, sizeof sealed, err) &&
         put(s->to, header, sizeof header, err) && put(s->to, tag, sizeof tag, err);
    return ok;
}

StreamOut *stream_out_new(FILE *to, const uint8_t public_key[STREAM_KEY], const void *about, size_t n, Err *err)
{
    StreamOut *s = mem_new(sizeof *s);

    s->to = to;
    if (!begin(s, public_key, about, n, err)) stream_out_drop(&s);
    return s;
}

bool stream_out_add(StreamOut *s, const void *p, size_t n, Err *err)
{
    const uint8_t *from = p;

    while (n > 0) {
        size_t part = n < BLOCK - s->n ? n : BLOCK - s->n;
        memcpy(s->block + s->n, from, part);
        s->n += part;
        from += part;
        n -= part;
        if (s->n == BLOCK && !put_block(s, 0, err)) return false;
    }
    return true;
}

bool stream_out_end(StreamOut **s, Err *err)
{
    bool ok = put_block(*s, crypto_secretstream_xchacha20poly1305_TAG_FINAL, err);

    stream_out_drop(s);
    return ok;
}

void stream_out_drop(StreamOut **s)
{
    if (!*s) return;
    sodium_memzero(*s, sizeof **s);
    mem_free(*s);
    *s = NULL;
}

/* ---- reading ---- */

struct StreamIn {
    FILE *from;
    State state;
    uint8_t block[BLOCK], sealed[BLOCK + EXTRA];
    size_t n, at;
    bool last;
};

static bool damaged(Err *err)
{
    return err_set(err, ERR_CORRUPT, "", "The file is not as it was written: it was changed, or its end is missing.");
}

static bool get(StreamIn *s, void *p, size_t n)
{
    return fread(p, 1, n, s->from) == n;
}

static bool get_block(StreamIn *s, Err *err)
{
    uint8_t length[4];
    unsigned long long open = 0;
    unsigned char tag = 0;
    size_t n;

    if (!get(s, length, sizeof length)) return damaged(err);
    n = (size_t)length[0] | (size_t)length[1] << 8 | (size_t)length[2] << 16 | (size_t)length[3] << 24;
    if (n < EXTRA || n > sizeof s->sealed || !get(s, s->sealed, n) ||
        crypto_secretstream_xchacha20poly1305_pull(&s->state, s->block, &open, &tag, s->sealed, n, NULL, 0) != 0)
        return damaged(err);
    s->n = (size_t)open;
    s->at = 0;
    s->last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return s->last || s->n == BLOCK || damaged(err);
}

static bool open_up(StreamIn *s, const uint8_t secret_key[STREAM_KEY], const void *about, size_t n, Err *err)
{
    uint8_t key[crypto_secretstream_xchacha20poly1305_KEYBYTES], sealed[SEALED_KEY], header[HEADER], name[NAME], ours[NAME], tag[EXTRA];
    uint8_t public_key[STREAM_KEY];
    unsigned char kind;
    bool ok;

    crypto_stream_public(secret_key, public_key);
    name_bytes(public_key, ours);
    if (!get(s, name, sizeof name) || !get(s, sealed, sizeof sealed) || !get(s, header, sizeof header) || !get(s, tag, sizeof tag))
        return damaged(err);
    if (memcmp(name, ours, sizeof name) != 0)
        return err_set(err, ERR_DENIED, "secret", "It was made for another key. Bring the secret key that belongs to it.");
    if (crypto_box_seal_open(key, sealed, sizeof sealed, public_key, secret_key) != 0) return damaged(err);
    ok = crypto_secretstream_xchacha20poly1305_init_pull(&s->state, header, key) == 0 &&
         crypto_secretstream_xchacha20poly1305_pull(&s->state, s->block, NULL, &kind, tag, sizeof tag, about, n) == 0;
    sodium_memzero(key, sizeof key);
    return ok || damaged(err);
}

StreamIn *stream_in_new(FILE *from, const uint8_t secret_key[STREAM_KEY], const void *about, size_t n, Err *err)
{
    StreamIn *s = mem_new(sizeof *s);

    s->from = from;
    if (!open_up(s, secret_key, about, n, err)) stream_in_free(&s);
    return s;
}

bool stream_in_take(StreamIn *s, void *p, size_t n, Err *err)
{
    uint8_t *to = p;

    while (n > 0) {
        size_t part = s->n - s->at < n ? s->n - s->at : n;
        memcpy(to, s->block + s->at, part);
        s->at += part;
        to += part;
        n -= part;
        if (n == 0) break;
        if (s->last) return damaged(err);
        if (!get_block(s, err)) return false;
    }
    return true;
}

bool stream_in_end(StreamIn *s, Err *err)
{
    while (s->at == s->n && !s->last)
        if (!get_block(s, err)) return false;
    return (s->at == s->n && fgetc(s->from) == EOF) || damaged(err);
}

void stream_in_free(StreamIn **s)
{
    if (!*s) return;
    sodium_memzero(*s, sizeof **s);
    mem_free(*s);
    *s = NULL;
}
