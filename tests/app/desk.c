/* desk.c — the desk of the tests. Everything lies below one temporary directory, which is gone afterwards. */
#include "desk.h"

#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

Time T(const char *text)
{
    Time t = TIME_NONE;
    Err err = { 0 };

    if (!civil_parse_time(text, &t, &err)) fail_msg("%s: %s", text, err.text);
    return t;
}

/* ---- the desk ---- */

App *desk_terminal(const Desk *d, const char *now)
{
    AppOptions o = { .dir = d->store, .now = now ? T(now) : TIME_NONE, .terminal = "test" };
    Err err = { 0 };
    App *app = app_open(&o, &err);

    if (!app) fail_msg("%s", err.text);
    return app;
}

Desk *desk_new(bool training)
{
    Desk *d = mem_new(sizeof *d);
    InitOptions o = { .training = training, .now = training ? T(NOW) : TIME_NONE };

    snprintf(d->dir, sizeof d->dir, "/tmp/book124-app-XXXXXX");
    assert_non_null(mkdtemp(d->dir));
    snprintf(d->store, sizeof d->store, "%s/store", d->dir);
    o.dir = d->store;
    d->a = arena_new();
    assert_did(d, app_init(&o, NULL, &d->err));
    d->app = desk_terminal(d, training ? NOW : NULL);
    return d;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    return remove(path);
}

void desk_free(Desk **desk)
{
    Desk *d = *desk;

    app_close(&d->app);
    arena_free(&d->a);
    str_finish(&d->said);
    nftw(d->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    mem_free(d);
    *desk = NULL;
}

int desk_setup(void **state)
{
    *state = desk_new(true);
    return 0;
}

int desk_teardown(void **state)
{
    Desk *d = *state;
    Err err = { 0 };
    bool sound;

    app_close(&d->app);
    sound = log_holds_together(d->store, &err);
    if (!sound) print_error("the log: %s\n", err.text);
    desk_free(&d);
    return sound ? 0 : -1;
}

void desk_reopen(Desk *d, const char *now)
{
    app_close(&d->app);
    d->app = desk_terminal(d, now);
}

void desk_as(Desk *d, const char *warrant)
{
    assert_did(d, app_sign_in(d->app, warrant, TRAINING_PASSWORD, &d->err));
}

/* ---- files ---- */

FILE *desk_file(const char *text, size_t n)
{
    FILE *f = tmpfile();

    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, n, f), n);
    rewind(f);
    return f;
}

static void say(void *with, const char *sentence)
{
    Desk *d = with;

    str_addf(&d->said, "%s\n", sentence);
}

typedef bool ImportVerb(App *app, FILE *in, const ImportOptions *o, ImportReport *out, Err *err);

static ImportReport import(Desk *d, const char *text, const char *name, ImportVerb *verb)
{
    ImportOptions o = { .name = name, .say = say, .with = d };
    ImportReport r;
    FILE *f = desk_file(text, strlen(text));

    str_clear(&d->said);
    d->err = (Err){ 0 };
    assert_did(d, verb(d->app, f, &o, &r, &d->err));
    fclose(f);
    return r;
}

ImportReport desk_import(Desk *d, const char *lines)
{
    return import(d, lines, "cases.jsonl", app_import_cases);
}

ImportReport desk_import_cad(Desk *d, const char *csv)
{
    return import(d, csv, "cad.csv", app_import_cad);
}

char *desk_export(Desk *d, const char *id)
{
    char *text = NULL, *kept;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);

    assert_did(d, app_export_cases(d->app, id, f, NULL, NULL, &d->err));
    fclose(f);
    kept = arena_dup_n(d->a, text, n);
    free(text);
    return kept;
}

/* ---- cases ---- */

char *case_line(Arena *a, const char *id, const char *more)
{
    return arena_printf(a,
        "{\"format\":\"book124.case/"
        "1\",\"id\":\"%s\",\"borough\":\"KG\",\"reported_at\":\"2010-05-01T10:00:00Z\",\"reported_how\":\"call\","
        "\"kind\":\"crime\",\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-05-01T11:00:00Z\",\"accepted_at\":"
        "\"2010-05-01T12:00:00Z\"}]%s%s}\n",
        id, *more ? "," : "", more);
}

CaseView desk_look(Desk *d, const char *id)
{
    CaseView v;

    assert_did(d, app_case_look(d->app, id, "test", d->a, &v, &d->err));
    return v;
}

/* ---- the log ---- */

int64_t log_size(Desk *d)
{
    AuditEntry head;

    assert_did(d, store_audit_head(app_store_handle(d->app), d->a, &head, &d->err));
    return head.seq;
}

void assert_logged(Desk *d, AuditKind kind, const char *act, const char *case_id)
{
    AuditEntry head;

    assert_did(d, store_audit_head(app_store_handle(d->app), d->a, &head, &d->err));
    assert_string_equal(audit_kind_word(head.kind), audit_kind_word(kind));
    if (act) assert_string_equal(head.act, act);
    if (case_id) assert_string_equal(head.case_id, case_id);
}

static bool step(void *with, const AuditEntry *e)
{
    void **parts = with;

    return audit_check_step(parts[0], e, parts[1]);
}

bool log_holds_together(const char *dir, Err *err)
{
    AuditCheck check;
    void *parts[] = { &check, err };
    Store *s;
    bool ok;

    if (!crypto_start(err)) return false;
    s = store_open(dir, err);
    if (!s) return false;
    audit_check_start(&check);
    ok = store_audit_each(s, 1, step, parts, err) && err->kind == ERR_NONE;
    store_close(&s);
    return ok;
}

void desk_by_hand(const Desk *d, const char *statements)
{
    char path[120], *why = NULL;
    sqlite3 *db;

    snprintf(path, sizeof path, "%s/book124.db", d->store);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    if (sqlite3_exec(db, statements, NULL, NULL, &why) != SQLITE_OK) fail_msg("%s: %s", statements, why);
    sqlite3_close(db);
}

/* ---- one case ---- */

int desk_with(void **state, const char *id, const char *more)
{
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, DS);
    assert_int_equal(desk_import(d, case_line(d->a, id, more)).added, 1);
    return 0;
}

void desk_restrict(Desk *d, const char *id, const char *subject)
{
    RestrictAsk ask = { id, "A colleague is the victim.", subject, TRAINING_PASSWORD };

    assert_did(d, app_case_restrict(d->app, &ask, &d->err));
}
