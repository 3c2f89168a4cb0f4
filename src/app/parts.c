/* parts.c — a key in parts, so that two officers together can open what neither can alone: what breaking the glass needs, and the custodians.
** Officers have numbers, and two different numbers differ in a bit. For each bit the key is split in two: one half goes to those whose number has
** the bit, the other to those whose has not. A half is what a generator gives from a seed that only holders of the whole key know, or the
** key less that; both halves of one split are the key, and halves of different splits are nothing. */
#include "cipher_in.h"

#include <string.h>

static void half(const TextKey *k, unsigned bit, bool set, uint8_t out[PW_KEY])
{
    uint8_t number = (uint8_t)bit;
    Hasher h;

    crypto_hash_start(&h, "book124-half-v1");
    crypto_hash_add(&h, k->seed, sizeof k->seed);
    crypto_hash_add(&h, &number, 1);
    crypto_hash_end(&h, out);
    for (size_t i = 0; set && i < PW_KEY; i++) out[i] ^= k->key[i];
    crypto_wipe(&h, sizeof h);
}

_Static_assert((int)HASH_BYTES == (int)PW_KEY, "a hash is as long as a key");

void parts_make(const TextKey *k, unsigned number, uint8_t out[PARTS_SIZE])
{
    for (unsigned bit = 0; bit < PARTS_BITS; bit++) half(k, bit, (number >> bit & 1) != 0, out + (size_t)bit * PW_KEY);
}

bool parts_join(const uint8_t a[PARTS_SIZE], unsigned number_a, const uint8_t b[PARTS_SIZE], unsigned number_b, uint8_t key[PW_KEY])
{
    unsigned bit = 0;

    while (bit < PARTS_BITS && (number_a >> bit & 1) == (number_b >> bit & 1)) bit++;
    if (bit == PARTS_BITS) return false;
    for (size_t i = 0; i < PW_KEY; i++) key[i] = a[(size_t)bit * PW_KEY + i] ^ b[(size_t)bit * PW_KEY + i];
    return true;
}
