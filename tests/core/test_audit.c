/* test_audit.c — a chain of log entries holds, and every way to disturb it is found at the right entry. */
#include "core_test.h"

#include "core/audit.h"

enum { N = 12 };

static AuditEntry entry(int64_t seq)
{
    static const char *const acts[] = { "session.in", "case.look", "review.add", "case.export" };

    return (AuditEntry){ .seq = seq,
        .at = 1265062440 + seq * 60,
        .kind = (AuditKind)(seq % AUDIT_KIND_COUNT),
        .who = "190001",
        .terminal = "pts/3",
        .act = acts[seq % 4],
        .case_id = "KG-7F3Q2",
        .detail = "{\"n\":1}" };
}

static void chain(AuditEntry *e, int n)
{
    const uint8_t *prev = audit_genesis;

    for (int i = 0; i < n; i++) {
        e[i] = entry(i + 1);
        audit_link(&e[i], prev);
        prev = e[i].hash;
    }
}

/* Where the check of a chain stops: place from 0, n when it does not. */
static int stops_at(const AuditEntry *e, int n, Err *err)
{
    AuditCheck c;

    audit_check_start(&c);
    for (int i = 0; i < n; i++)
        if (!audit_check_step(&c, &e[i], err)) return i;
    return n;
}

static void a_chain_as_written_holds(void **state)
{
    AuditEntry e[N];

    chain(e, N);
    assert_int_equal(stops_at(e, N, NULL), N);
    assert_memory_equal(e[0].prev, audit_genesis, HASH_BYTES);
}

static void the_check_remembers_where_it_is(void **state)
{
    AuditEntry e[N];
    AuditCheck c;

    chain(e, N);
    audit_check_start(&c);
    for (int i = 0; i < N; i++) assert_true(audit_check_step(&c, &e[i], NULL));
    assert_int_equal(c.next_seq, N + 1);
    assert_memory_equal(c.prev, e[N - 1].hash, HASH_BYTES);
    assert_int_equal(c.last, e[N - 1].at);
}

static void every_bit_of_both_hashes_counts(void **state)
{
    AuditEntry e[N];

    chain(e, N);
    for (int bit = 0; bit < HASH_BYTES * 8; bit++) {
        e[5].hash[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(stops_at(e, N, NULL), 5);
        e[5].hash[bit / 8] ^= (uint8_t)(1 << bit % 8);
        e[7].prev[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(stops_at(e, N, NULL), 7);
        e[7].prev[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

static void every_bit_of_every_text_counts(void **state)
{
    static const size_t texts[] = { offsetof(AuditEntry, who), offsetof(AuditEntry, terminal),
        offsetof(AuditEntry, act), offsetof(AuditEntry, case_id), offsetof(AuditEntry, detail) };
    AuditEntry e[N];

    chain(e, N);
    for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++) {
        const char **field = (const char **)((char *)&e[4] + texts[t]);
        const char *was = *field;
        char copy[64];
        for (size_t bit = 0; bit < strlen(was) * 8; bit++) {
            snprintf(copy, sizeof copy, "%s", was);
            copy[bit / 8] = (char)(copy[bit / 8] ^ (1 << bit % 8));
            *field = copy;
            assert_int_equal(stops_at(e, N, NULL), 4);
        }
        *field = was;
    }
}

static void every_bit_of_time_and_number_counts(void **state)
{
    AuditEntry e[N];

    chain(e, N);
    for (int bit = 0; bit < 64; bit++) {
        e[3].at = (Time)((uint64_t)e[3].at ^ (uint64_t)1 << bit);
        assert_int_equal(stops_at(e, N, NULL), 3);
        e[3].at = (Time)((uint64_t)e[3].at ^ (uint64_t)1 << bit);
        e[3].seq = (int64_t)((uint64_t)e[3].seq ^ (uint64_t)1 << bit);
        assert_int_equal(stops_at(e, N, NULL), 3);
        e[3].seq = (int64_t)((uint64_t)e[3].seq ^ (uint64_t)1 << bit);
    }
    e[3].kind = AUDIT_CARE;
    assert_int_equal(stops_at(e, N, NULL), 3);
}

/* Two hundred entries, every bit of every field of each: what is before it still holds, and the check stops at it or, where only its
** own hash was hashed anew, at the next. */
enum { MANY = 200 };

static bool found_from(const AuditCheck *before, const AuditEntry *e, int at)
{
    AuditCheck c = *before;

    return !audit_check_step(&c, &e[at], NULL) || (at + 1 < MANY && !audit_check_step(&c, &e[at + 1], NULL));
}

static int64_t flip_bytes(const AuditCheck *before, AuditEntry *e, int at, uint8_t *bytes, size_t n)
{
    for (size_t bit = 0; bit < n * 8; bit++) {
        bytes[bit / 8] = (uint8_t)(bytes[bit / 8] ^ 1 << bit % 8);
        if (!found_from(before, e, at)) fail_msg("entry %d, bit %zu", at + 1, bit);
        bytes[bit / 8] = (uint8_t)(bytes[bit / 8] ^ 1 << bit % 8);
    }
    return (int64_t)n * 8;
}

static int64_t flip_text(const AuditCheck *before, AuditEntry *e, int at, const char **field)
{
    const char *was = *field;
    char copy[64];
    int64_t n;

    snprintf(copy, sizeof copy, "%s", was);
    *field = copy;
    n = flip_bytes(before, e, at, (uint8_t *)copy, strlen(was));
    *field = was;
    return n;
}

static void every_bit_of_two_hundred_entries_counts(void **state)
{
    static AuditEntry e[MANY];
    AuditCheck c;
    int64_t flipped = 0;

    chain(e, MANY);
    audit_check_start(&c);
    for (int i = 0; i < MANY; i++) {
        flipped += flip_bytes(&c, e, i, (uint8_t *)&e[i].seq, sizeof e[i].seq);
        flipped += flip_bytes(&c, e, i, (uint8_t *)&e[i].at, sizeof e[i].at);
        flipped += flip_bytes(&c, e, i, e[i].prev, HASH_BYTES);
        flipped += flip_bytes(&c, e, i, e[i].hash, HASH_BYTES);
        flipped += flip_text(&c, e, i, &e[i].who);
        flipped += flip_text(&c, e, i, &e[i].terminal);
        flipped += flip_text(&c, e, i, &e[i].act);
        flipped += flip_text(&c, e, i, &e[i].case_id);
        flipped += flip_text(&c, e, i, &e[i].detail);
        assert_true(audit_check_step(&c, &e[i], NULL));
    }
    assert_true(flipped > MANY * 800);
}

static void a_line_of_a_sealed_month_comes_back_as_it_was(void **state)
{
    static const char *const details[] = { "", "a \"quote\", a \n feed", "\xff\xfe no UTF-8", "\xe2\x80\xae turned", "{\"n\":1}" };
    Arena *a = arena_new();
    Str line = { 0 };

    for (size_t i = 0; i < sizeof details / sizeof details[0]; i++) {
        AuditEntry e = entry(7), back = { 0 };
        e.detail = details[i];
        audit_link(&e, audit_genesis);
        str_clear(&line);
        audit_line_write(&e, &line);
        assert_null(strchr(str_text(&line), '\n'));
        assert_true(audit_line_read(line.s, line.n, a, &back, NULL));
        audit_link(&back, audit_genesis);
        assert_memory_equal(e.hash, back.hash, HASH_BYTES);
        for (size_t n = 0; n < line.n; n++) assert_false(audit_line_read(line.s, n, a, &back, NULL));
    }
    str_finish(&line);
    arena_free(&a);
}

static void a_letter_moved_to_the_next_field_is_seen(void **state)
{
    AuditEntry e[N];

    chain(e, N);
    e[2].who = "19000";
    e[2].terminal = "1pts/3";
    assert_int_equal(stops_at(e, N, NULL), 2);
}

static void a_deleted_entry_is_missed(void **state)
{
    AuditEntry e[N];
    Err err = { 0 };

    chain(e, N);
    memmove(e + 4, e + 5, (N - 5) * sizeof *e);
    assert_int_equal(stops_at(e, N - 1, &err), 4);
    assert_int_equal(err.kind, ERR_CORRUPT);
    assert_string_equal(err.text, "Entry 5 of the log is missing.");
    memmove(e + 4, e + 6, (N - 7) * sizeof *e);
    assert_int_equal(stops_at(e, N - 3, &err), 4);
    assert_string_equal(err.text, "Entries 5 to 7 of the log are missing.");
}

static void a_deleted_entry_is_missed_even_when_the_rest_is_renumbered(void **state)
{
    AuditEntry e[N];
    Err err = { 0 };

    chain(e, N);
    memmove(e + 4, e + 5, (N - 5) * sizeof *e);
    for (int i = 4; i < N - 1; i++) e[i].seq = i + 1;
    assert_int_equal(stops_at(e, N - 1, &err), 4);
    assert_string_equal(
        err.text, "Entry 5 of the log does not follow the one before it: one of them was put in or changed.");
}

static void swapped_entries_are_out_of_order(void **state)
{
    AuditEntry e[N], held;
    Err err = { 0 };

    chain(e, N);
    held = e[6], e[6] = e[7], e[7] = held;
    assert_int_equal(stops_at(e, N, NULL), 6);
    chain(e, N);
    memmove(e + 9, e + 8, (N - 9) * sizeof *e); /* entry 9 twice */
    assert_int_equal(stops_at(e, N, &err), 9);
    assert_string_equal(err.text, "Entry 9 of the log is out of order: it stands where entry 10 should.");
}

static void an_inserted_entry_is_found(void **state)
{
    AuditEntry e[N];
    Err err = { 0 };

    chain(e, N);
    memmove(e + 5, e + 4, (N - 5) * sizeof *e);
    e[4] = entry(5);
    e[4].who = "999999";
    audit_link(&e[4], e[3].hash); /* a good link backwards … */
    for (int i = 5; i < N; i++) e[i].seq = i + 1;
    assert_int_equal(stops_at(e, N, &err), 5); /* … but nothing follows it */
    assert_string_equal(err.field, "6");
}

static void a_changed_entry_that_is_hashed_again_breaks_the_next(void **state)
{
    AuditEntry e[N];

    chain(e, N);
    e[4].detail = "another";
    audit_link(&e[4], e[3].hash);
    assert_int_equal(stops_at(e, N, NULL), 5);
}

static void a_clock_set_back_is_no_fault(void **state)
{
    AuditEntry e[2] = { entry(1), entry(2) };

    e[1].at = e[0].at - DAY;
    audit_link(&e[0], audit_genesis);
    audit_link(&e[1], e[0].hash);
    assert_int_equal(stops_at(e, 2, NULL), 2);
}

static void absent_texts_are_empty_texts(void **state)
{
    AuditEntry a = { .seq = 1 }, b = { .seq = 1, .who = "", .terminal = "", .act = "", .case_id = "", .detail = "" };

    audit_link(&a, audit_genesis);
    audit_link(&b, audit_genesis);
    assert_memory_equal(a.hash, b.hash, HASH_BYTES);
}

/* A store of today must verify for ever: the bytes of one entry, pinned. */
static void the_hash_of_an_entry_never_changes(void **state)
{
    AuditEntry e = entry(1);
    char hex[HASH_HEX];

    audit_link(&e, audit_genesis);
    assert_string_equal(
        crypto_hex(e.hash, HASH_BYTES, hex), "23f15c1e95f5fb0d1a8ff9148e24379d32d5dda66329a90239d73e34d8c38e71");
}

/* Short and long entries go different ways to the hash; around the border between them every byte still counts, and no two are alike. */
static void an_entry_of_any_length_has_its_own_hash(void **state)
{
    static char detail[1400];
    AuditEntry e = entry(1);
    uint8_t last[HASH_BYTES] = { 0 };

    e.detail = detail;
    for (size_t n = 0; n + 1 < sizeof detail; n++) {
        uint8_t hash[HASH_BYTES];
        detail[n] = '\0';
        audit_link(&e, audit_genesis);
        memcpy(hash, e.hash, HASH_BYTES);
        assert_memory_not_equal(hash, last, HASH_BYTES);
        memcpy(last, hash, HASH_BYTES);
        if (n) {
            detail[n - 1] = 'y';
            audit_link(&e, audit_genesis);
            assert_memory_not_equal(hash, e.hash, HASH_BYTES);
            detail[n - 1] = 'x';
        }
        detail[n] = 'x';
    }
}

/* Of a long one, pinned as well: it was hashed field by field before short ones were gathered. */
static void the_hash_of_a_long_entry_never_changes(void **state)
{
    static char detail[1201];
    AuditEntry e = entry(1);
    Hasher h;
    uint8_t by_hand[HASH_BYTES], number[8] = { 1 }, at[8];

    memset(detail, 'z', 1200);
    e.detail = detail;
    audit_link(&e, audit_genesis);
    for (int i = 0; i < 8; i++) at[i] = (uint8_t)((uint64_t)e.at >> (8 * i));
    crypto_hash_start(&h, "book124-audit-v1");
    crypto_hash_add(&h, audit_genesis, HASH_BYTES);
    crypto_hash_add(&h, number, 8);
    crypto_hash_add(&h, at, 8);
    crypto_hash_add(&h, audit_kind_word(e.kind), strlen(audit_kind_word(e.kind)));
    crypto_hash_add(&h, e.who, strlen(e.who));
    crypto_hash_add(&h, e.terminal, strlen(e.terminal));
    crypto_hash_add(&h, e.act, strlen(e.act));
    crypto_hash_add(&h, e.case_id, strlen(e.case_id));
    crypto_hash_add(&h, detail, 1200);
    crypto_hash_end(&h, by_hand);
    assert_memory_equal(e.hash, by_hand, HASH_BYTES);
}

static void kinds_have_words(void **state)
{
    AuditKind back;

    for (AuditKind k = 0; k < AUDIT_KIND_COUNT; k++) {
        assert_true(audit_kind_by_word(audit_kind_word(k), &back));
        assert_int_equal(back, k);
    }
    assert_false(audit_kind_by_word("gossip", &back));
    assert_false(audit_kind_by_word(NULL, &back));
    assert_string_equal(audit_kind_word(AUDIT_KIND_COUNT), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FACT(a_chain_as_written_holds),
        FACT(the_check_remembers_where_it_is),
        FACT(every_bit_of_both_hashes_counts),
        FACT(every_bit_of_every_text_counts),
        FACT(every_bit_of_time_and_number_counts),
        FACT(every_bit_of_two_hundred_entries_counts),
        FACT(a_line_of_a_sealed_month_comes_back_as_it_was),
        FACT(a_letter_moved_to_the_next_field_is_seen),
        FACT(a_deleted_entry_is_missed),
        FACT(a_deleted_entry_is_missed_even_when_the_rest_is_renumbered),
        FACT(swapped_entries_are_out_of_order),
        FACT(an_inserted_entry_is_found),
        FACT(a_changed_entry_that_is_hashed_again_breaks_the_next),
        FACT(a_clock_set_back_is_no_fault),
        FACT(absent_texts_are_empty_texts),
        FACT(the_hash_of_an_entry_never_changes),
        FACT(an_entry_of_any_length_has_its_own_hash),
        FACT(the_hash_of_a_long_entry_never_changes),
        FACT(kinds_have_words),
    };

    if (!crypto_start(NULL)) return 1;
    return cmocka_run_group_tests_name("audit", tests, NULL, NULL);
}
