/* fault.c — an engine that does what another one does, except that its n-th step, commit or begin fails.
** The store's tests run every verb with n = 1, 2, 3 … until one run is whole, and look after each that the store is as
** before. A failed step has not happened below; a failed commit is rolled back, as a full disk would. */
#include "engine.h"

static const Engine *below;
static int64_t count, fail_at;
static EngResult fail_with;

void engine_fault_over(const Engine *inner)
{
    below = inner;
}

void engine_fault_at(int64_t n, EngResult with)
{
    count = 0;
    fail_at = n;
    fail_with = with;
}

int64_t engine_fault_seen(void)
{
    return count;
}

static bool fails(void)
{
    return ++count == fail_at;
}

static EngResult conn_open(const Engine *e, const char *path, EngOpen how, EngConn **out, char why[200])
{
    return below->open(below, path, how, out, why);
}

static void conn_close(EngConn **c, bool checkpoint)
{
    below->close(c, checkpoint);
}

static const char *conn_message(EngConn *c)
{
    return count == fail_at && fail_at ? "a fault was asked for" : below->message(c);
}

static EngResult conn_seal(EngConn *c)
{
    return below->seal(c);
}

static EngResult conn_rewrite(EngConn *c, bool on)
{
    return below->rewrite(c, on);
}

static bool conn_setting(EngConn *c, int i, char out[80], bool *holds)
{
    return below->setting(c, i, out, holds);
}

/* The end of a read is no step: nothing is lost when it fails, so that nobody asks, and a test would take it for the end of its way. */
static const EngConn *writer;

static EngResult tx_begin(EngConn *c, bool write)
{
    if (fails()) return fail_with;
    if (write || writer == c) writer = write ? c : NULL;
    return below->begin(c, write);
}

static EngResult tx_commit(EngConn *c)
{
    if (c != writer || !fails()) return below->commit(c);
    below->rollback(c);
    return fail_with;
}

static void tx_rollback(EngConn *c)
{
    below->rollback(c);
}

/* Dropping a part is part of failing, so it does not fail itself. */
static EngResult tx_part(EngConn *c, char what)
{
    return what != 'd' && fails() ? fail_with : below->part(c, what);
}

static EngResult prepare(EngConn *c, const char *text, EngStmt **out)
{
    return below->prepare(c, text, out);
}

static void finalize(EngStmt *s)
{
    below->finalize(s);
}

static int parameter(EngStmt *s, const char *name)
{
    return below->parameter(s, name);
}

static void bind_int(EngStmt *s, int at, int64_t v)
{
    below->bind_int(s, at, v);
}

static void bind_text(EngStmt *s, int at, const char *p, size_t n)
{
    below->bind_text(s, at, p, n);
}

static void bind_blob(EngStmt *s, int at, const void *p, size_t n)
{
    below->bind_blob(s, at, p, n);
}

static void bind_null(EngStmt *s, int at)
{
    below->bind_null(s, at);
}

static EngResult step(EngStmt *s)
{
    return fails() ? fail_with : below->step(s);
}

static void reset(EngStmt *s)
{
    below->reset(s);
}

static int columns(EngStmt *s)
{
    return below->columns(s);
}

static bool is_null(EngStmt *s, int at)
{
    return below->is_null(s, at);
}

static int64_t get_int(EngStmt *s, int at)
{
    return below->get_int(s, at);
}

static EngText get_text(EngStmt *s, int at)
{
    return below->get_text(s, at);
}

static EngText get_blob(EngStmt *s, int at)
{
    return below->get_blob(s, at);
}

static int64_t changes(EngConn *c)
{
    return below->changes(c);
}

static EngResult script(EngConn *c, const char *text)
{
    return fails() ? fail_with : below->script(c, text);
}

static EngResult version(EngConn *c, int *get, const int *set)
{
    return set && fails() ? fail_with : below->version(c, get, set);
}

static EngResult checkpoint(EngConn *c, bool *whole)
{
    return fails() ? fail_with : below->checkpoint(c, whole);
}

static EngResult copy(EngConn *c, const char *path)
{
    return fails() ? fail_with : below->copy(c, path);
}

static EngResult check(EngConn *c, bool thorough, char says[200])
{
    return below->check(c, thorough, says);
}

static EngResult schema(EngConn *c, const char *const *steps, int n, char says[200])
{
    return below->schema(c, steps, n, says);
}

static EngResult plan(EngConn *c, const char *text, char *out, size_t n)
{
    return below->plan(c, text, out, n);
}

const Engine engine_fault = {
    .name = "fault",
    .open = conn_open,
    .close = conn_close,
    .message = conn_message,
    .seal = conn_seal,
    .rewrite = conn_rewrite,
    .setting = conn_setting,
    .begin = tx_begin,
    .commit = tx_commit,
    .rollback = tx_rollback,
    .part = tx_part,
    .prepare = prepare,
    .finalize = finalize,
    .parameter = parameter,
    .bind_int = bind_int,
    .bind_text = bind_text,
    .bind_blob = bind_blob,
    .bind_null = bind_null,
    .step = step,
    .reset = reset,
    .columns = columns,
    .is_null = is_null,
    .get_int = get_int,
    .get_text = get_text,
    .get_blob = get_blob,
    .changes = changes,
    .script = script,
    .version = version,
    .checkpoint = checkpoint,
    .copy = copy,
    .check = check,
    .schema = schema,
    .plan = plan,
};
