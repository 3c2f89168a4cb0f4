/* bench_log.c — what the log costs: proving it, in memory and out of the store, beside a bare hash of the same bytes; an entry appended,
** beside the same write without one; and one question answered off its index in a log of that size. */
#include "desk.h"

#include "bench.h"

#include <stdio.h>
#include <string.h>

enum { ENTRIES = 200000, BITE = 2000, LOOKS = 400 };

/* Time of this process alone: what others do on the machine is not in it. */
static int64_t spent_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static bool prove(void *with, const AuditEntry *e)
{
    return audit_check_step(with, e, NULL);
}

static void fill(Store *s)
{
    char id[16];

    for (int i = 0; i < ENTRIES; i += BITE) {
        Tx tx;
        must(store_begin(s, &tx, E));
        for (int k = 0; k < BITE; k++) {
            snprintf(id, sizeof id, "KG-%d", (i + k) % 2000);
            AuditEntry e = desk_entry("case.look", id);
            e.kind = AUDIT_CONSULT;
            e.detail = "case.open";
            must(store_audit_append(&tx, &e, E));
        }
        must(store_commit(&tx, E));
        store_end(&tx);
    }
}

static bool nothing(void *with, const AuditEntry *e)
{
    ++*(int64_t *)with;
    return true;
}

/* In memory: one chain, proved; beside BLAKE2b over as many bytes in one go. */
static void in_memory(void)
{
    AuditEntry e = desk_entry("case.look", "KG-7F3Q2");
    uint8_t prev[HASH_BYTES] = { 0 }, bytes[235] = { 0 }, out[HASH_BYTES];
    int64_t began = spent_ns(), bare;

    for (int i = 0; i < ENTRIES; i++) {
        e.seq = i + 1;
        audit_link(&e, prev);
        memcpy(prev, e.hash, HASH_BYTES);
    }
    began = spent_ns() - began;
    bare = spent_ns();
    for (int i = 0; i < ENTRIES; i++) crypto_hash(bytes, sizeof bytes, out);
    bare = spent_ns() - bare;
    printf("hashes of entries, in memory: %.0f a second; a bare hash of 235 bytes %.0f: %.2f x\n", ENTRIES / ((double)began / 1e9),
        ENTRIES / ((double)bare / 1e9), (double)began / (double)bare);
}

static void out_of_the_store(Store *s)
{
    AuditCheck c;
    int64_t n = 0, read = spent_ns(), proved;

    must(store_audit_each(s, 1, nothing, &n, E));
    read = spent_ns() - read;
    audit_check_start(&c);
    proved = spent_ns();
    must(store_audit_each(s, 1, prove, &c, E));
    proved = spent_ns() - proved;
    printf("proved out of the store: %.0f entries a second (%lld entries); only read %.0f: %.2f x\n", (double)n / ((double)proved / 1e9),
        (long long)n, (double)n / ((double)read / 1e9), (double)proved / (double)read);
}

/* A write of nothing but its entry, and the entry's part of it. */
static void appended(Store *s)
{
    static int64_t whole[LOOKS], part[LOOKS];

    for (int i = 0; i < LOOKS; i++) {
        Tx tx;
        AuditEntry e = desk_entry("case.look", "KG-7F3Q2");
        int64_t began = bench_ns(), at;
        must(store_begin(s, &tx, E));
        at = bench_ns();
        must(store_audit_append(&tx, &e, E));
        part[i] = bench_ns() - at;
        must(store_commit(&tx, E));
        store_end(&tx);
        whole[i] = bench_ns() - began;
    }
    printf("an entry appended: median %.1f us, p99 %.1f us; the whole write with its sync: median %.1f us\n", bench_at(part, LOOKS, 0.5),
        bench_at(part, LOOKS, 0.99), bench_at(whole, LOOKS, 0.5));
}

static void asked(Store *s)
{
    AuditQuery q = { .case_id = "KG-77", .from = TIME_NONE, .to = TIME_NONE, .limit = 50, .newest = true };
    static int64_t ns[200];
    int64_t n;

    for (int i = 0; i < 200; i++) {
        n = 0;
        ns[i] = bench_ns();
        must(store_audit_find(s, &q, nothing, &n, E));
        ns[i] = bench_ns() - ns[i];
    }
    printf("the newest 50 looks at one case: median %.1f us for %lld entries\n", bench_at(ns, 200, 0.5), (long long)n);
}

int main(void)
{
    Store *s;

    desk_remove("log");
    s = desk_store("log");
    in_memory();
    fill(s);
    out_of_the_store(s);
    appended(s);
    asked(s);
    store_close(&s);
    return 0;
}
