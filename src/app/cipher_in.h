/* cipher_in.h — what cipher.c, parts.c and recover.c share: keys in hand, and who gets them. */
#ifndef APP_CIPHER_INSIDE_H
#define APP_CIPHER_INSIDE_H

#include "inside.h"

/* What opens the text of a case: its key, and what its parts are made with. */
typedef struct TextKey {
    uint8_t key[PW_KEY], seed[PW_KEY];
} TextKey;

/* The keys in hand are kept guarded until the session is locked or left; a few, the last ones. */
enum { RING_SLOTS = 64 };
typedef struct KeyRing {
    struct RingSlot {
        CaseKey case_key;
        int64_t generation;
        bool used, none; /* none: looked for, and not in these hands */
        TextKey key;
    } slots[RING_SLOTS];
    size_t next;
} KeyRing;
void ring_put(App *app, CaseKey key, int64_t generation, const TextKey *k);
bool ring_get(App *app, CaseKey key, int64_t generation, TextKey *out);
/* As ring_get, and seen in the store when it is not in the ring; the caller wipes. False: it could not be looked up, which is not "not in these hands". */
bool key_look(App *app, CaseKey key, int64_t generation, TextKey *out, bool *have, Err *err);
/* The same where both come to one: there is nothing to open it with. */
bool text_key(App *app, CaseKey key, int64_t generation, TextKey *out);

/* --- two of many (parts.c): nobody opens it alone, any two of different number do -------------------------------- */
enum { PARTS_BITS = 10, PARTS_OFFICERS = 1 << PARTS_BITS, PARTS_SIZE = PARTS_BITS * PW_KEY };
void parts_make(const TextKey *k, unsigned number, uint8_t out[PARTS_SIZE]);
bool parts_join(const uint8_t a[PARTS_SIZE], unsigned number_a, const uint8_t b[PARTS_SIZE], unsigned number_b, uint8_t key[PW_KEY]);

/* --- whose keys are trusted (holders.c) ------------------------------------------------------------------------------ */
#define HOLDER_BEGIN   "holder.begin"   /* kinds of signatures */
#define HOLDER_AGREE   "holder.agree"
#define HOLDER_RECOVER "holder.recover"
#define HOLDERS_AGREE  (ROLE_BIT(ROLE_CSU_DI) | ROLE_BIT(ROLE_DPS))
typedef struct Holders Holders;
bool holders_load(App *app, const Holders **out, Err *err); /* the app's own */
/* Inside the write that seals the first case of this store: all officers there are. Content when it was done. */
bool holders_begin(App *app, Tx *tx, Err *err);
/* Two custodians: whoever waits. Inside their write. */
bool holders_recover(App *app, Tx *tx, Arena *a, Err *err);
typedef struct HolderCase { /* one restricted case; h NULL: the unit's key */
    const Holders *h;
    const OfficerKey *keys; /* all there ever were, in their order */
    size_t n_keys;
    const AccessEntry *entries;
    size_t n;
    const AccessList *list;
    Time now;
} HolderCase;
/* What an officer who is due gets for now: 0 the whole, 1 parts, -1 nothing. */
int holder_let(const HolderCase *c, const Officer *o, const uint8_t box[SEAL_KEY], int how);
bool holders_custodians(const HolderCase *c, const Custodians *all); /* are all of them trusted? */

/* --- who gets the key of a case ------------------------------------------------------------------------------------ */
typedef struct KeyDue {
    const char *officer; /* "" is the custodians' */
    PublicKeys keys;
    bool parts;
    int64_t act;    /* the entry of the log that the keys came with */
    size_t n;       /* of the custodians: how many */
} KeyDue;
bool due_vouched(App *app, const KeyDue *due); /* asked of who has it not yet: else nothing is sealed, and what was stays */
/* May these roles have the unit's key? */
bool holds_unit(RoleSet roles);
bool grant_given(const KeyDue *due, const CipherGrant *there, size_t n); /* what is due is there */
bool grant_stays(const CipherGrant *g, const KeyDue *due, size_t n);     /* whoever has it may keep it */
/* Sealed to one; `taken` are the numbers of parts that are given out, needed for parts alone. */
bool grant_put(App *app, Tx *tx, CipherGrant g, const KeyDue *due, const TextKey *k, uint8_t *taken, Err *err);
/* Sealed to all of them who have it not yet; *left: somebody has it who is not due any more (those lose it with the next generation). */
bool grants_follow(App *app, Tx *tx, CaseKey key, int64_t generation, const TextKey *k, const KeyDue *due, size_t n, bool *left, Err *err);
/* The next generation, its key in the ring and sealed to them. */
bool generation_begins(App *app, Tx *tx, CaseKey key, const KeyDue *due, size_t n, int64_t *generation, Err *err);
/* The key that was left, under the one after it. */
bool left_put(App *app, Tx *tx, CaseKey key, int64_t generation, Err *err);
/* Those due for the unit's key (case 0), or that of a case by its list. */
bool due_of_case(App *app, CaseKey key, Arena *a, KeyDue **out, size_t *n, Err *err);

#endif
