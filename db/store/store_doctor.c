/* store_doctor.c — how the store stands: one line a check, with what to do where it does not hold. */
#include "inside.h"

#include "migrations.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { CHECKS_MAX = 40 };

typedef struct Doctor {
    Store *store;
    Arena *arena;
    StoreCheck *checks;
    size_t n;
} Doctor;

static void say(Doctor *d, const char *what, bool ok, const char *says)
{
    if (d->n < CHECKS_MAX) d->checks[d->n++] = (StoreCheck){ arena_dup(d->arena, what), ok, arena_dup(d->arena, says) };
}

static void place_check(Doctor *d)
{
    Place p;
    Err err = { 0 };
    bool ok = place_find(d->store->place.dir, &p, &err);

    say(d, "place", ok, ok ? "a directory of its own, closed to others, on a disk of this machine" : err.text);
}

/* A trigger that was taken away, a table that was put in: nothing else would notice. */
static void schema_check(Doctor *d)
{
    const char **steps = arena_alloc(d->arena, (size_t)migrations_n * sizeof *steps);
    char says[200];
    EngResult r;

    for (int i = 0; i < migrations_n; i++) steps[i] = migrations[i].text;
    r = d->store->engine->schema(d->store->conn, steps, migrations_n, says);
    if (r == ENG_DONE && !says[0])
        say(d, "schema", true,
            arena_printf(d->arena, "version %d, the newest this program knows, as it was made", migrations_n));
    else
        say(d, "schema", false,
            arena_printf(d->arena, "%s: somebody changed the store behind the program. Stop working in it. " PUT_BACK,
                says[0] ? says : "The schema cannot be read"));
}

static void settings_check(Doctor *d)
{
    char says[80];
    bool holds;
    int n = 0, bad = 0;

    for (; d->store->engine->setting(d->store->conn, n, says, &holds); n++) {
        if (holds) continue;
        bad++;
        say(d, "setting", false, arena_printf(d->arena, "%s: close the program and open it again", says));
    }
    if (!bad) say(d, "settings", true, arena_printf(d->arena, "all %d hold", n));
}

static void log_file_check(Doctor *d)
{
    long long size = place_size(d->store->place.wal);

    say(d, "write-ahead log", size <= 64 << 20,
        size <= 64 << 20
            ? arena_printf(d->arena, "%lld KiB wait to be folded in", size / 1024)
            : arena_printf(d->arena, "%lld MiB wait to be folded in: a session reads without end. Close all sessions.",
                  size >> 20));
}

static void pages_check(Doctor *d, bool thorough)
{
    char says[200] = "";
    EngResult r = d->store->engine->check(d->store->conn, thorough, says);
    bool ok = r == ENG_DONE && !says[0];

    say(d, "pages", ok,
        ok ? thorough ? "every page, index and reference was read and holds" : "every page was read and holds"
           : arena_printf(
                 d->arena, "%s. Stop working in this store. " PUT_BACK, says[0] ? says : "The store cannot be read"));
}

static void heads_check(Doctor *d)
{
    const char *why;
    bool ok = heads_writable(d->store, &why);

    say(d, "heads", ok,
        ok ? "the end of the log is noted now and then in the file " PLACE_HEADS
           : arena_printf(d->arena,
                 "the end of the log cannot be noted in the file " PLACE_HEADS
                 " (%s): saving goes on, but a log that is cut would not be noticed. Make the file writable",
                 why));
}

typedef struct Chain {
    AuditCheck check;
    Err err;
    int64_t n;
} Chain;

static bool chain_step(void *with, const AuditEntry *e)
{
    Chain *c = with;

    c->n++;
    return audit_check_step(&c->check, e, &c->err);
}

static void log_check(Doctor *d)
{
    Chain c = { .n = 0 };
    bool ok;

    audit_check_start(&c.check);
    ok = store_audit_each(d->store, 1, chain_step, &c, &c.err) && c.err.kind == ERR_NONE;
    say(d, "log", ok,
        ok ? arena_printf(d->arena, "%" PRId64 " entries, each bound to the one before", c.n) : c.err.text);
}

bool store_doctor(Store *s, bool thorough, Arena *a, StoreCheck **out, size_t *n, Err *err)
{
    Doctor d = { s, a, arena_alloc(a, CHECKS_MAX * sizeof(StoreCheck)), 0 };

    place_check(&d);
    schema_check(&d);
    settings_check(&d);
    log_file_check(&d);
    heads_check(&d);
    pages_check(&d, thorough);
    if (thorough) log_check(&d);
    *out = d.checks;
    *n = d.n;
    return true;
}
