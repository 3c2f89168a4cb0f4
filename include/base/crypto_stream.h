/* crypto_stream.h — long secrets for one reader: a stream key sealed to a public key (X25519 sealed box), then the text in pieces
** that cannot be changed, left out, swapped or cut off unseen (secretstream, XChaCha20-Poly1305). */
#ifndef BASE_CRYPTO_STREAM_H
#define BASE_CRYPTO_STREAM_H

#include "base/err.h"
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { STREAM_KEY = 32, STREAM_NAME = 17 };
void crypto_stream_pair(uint8_t public_key[STREAM_KEY], uint8_t secret_key[STREAM_KEY]);
void crypto_stream_public(const uint8_t secret_key[STREAM_KEY], uint8_t public_key[STREAM_KEY]);
/* Sixteen hex digits by which people tell a public key. */
char *crypto_stream_name(const uint8_t public_key[STREAM_KEY], char out[STREAM_NAME]);

/* Writing: `about` is bound to the stream, in the open. Pieces may be of any size; they go out in blocks. */
typedef struct StreamOut StreamOut;
StreamOut *stream_out_new(FILE *to, const uint8_t public_key[STREAM_KEY], const void *about, size_t n, Err *err);
bool stream_out_add(StreamOut *s, const void *p, size_t n, Err *err);
bool stream_out_end(StreamOut **s, Err *err);  /* only after this is it a whole stream; not flushed */
void stream_out_drop(StreamOut **s);           /* gives it up; content with NULL           */

/* Reading: ERR_DENIED when it is for another key, ERR_CORRUPT when it is not as it was written. */
typedef struct StreamIn StreamIn;
StreamIn *stream_in_new(FILE *from, const uint8_t secret_key[STREAM_KEY], const void *about, size_t n, Err *err);
/* Exactly n bytes; ERR_CORRUPT when there are fewer. */
bool stream_in_take(StreamIn *s, void *p, size_t n, Err *err);
/* True when all of it was taken, the stream ended there, and nothing follows in the file. */
bool stream_in_end(StreamIn *s, Err *err);
void stream_in_free(StreamIn **s);

#endif
