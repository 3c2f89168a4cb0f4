/* test_log.c — the log asked and proved: who looked, one's own record, months that prove themselves, and every way in which
** somebody who owns the files may disturb it, held against a note from outside. */
#include "desk.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

static const AuditQuery everything = { .from = TIME_NONE, .to = TIME_NONE };

static int with_cases(void **state)
{
    Desk *d;
    Str lines = { 0 };

    desk_setup(state);
    d = *state;
    desk_as(d, DI);
    for (int i = 0; i < 5; i++)
        str_add(&lines, case_line(d->a, arena_printf(d->a, "KG-%d", i),
                            arena_printf(d->a, "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Example%d\"}]", i)));
    desk_import(d, str_text(&lines));
    str_finish(&lines);
    return 0;
}

/* ---- asked ---- */

typedef struct Seen {
    Arena *a;
    AuditEntry e[2000];
    size_t n;
} Seen;

static bool see(void *with, const AuditEntry *e)
{
    Seen *s = with;

    s->e[s->n] = *e;
    s->e[s->n].who = arena_dup(s->a, e->who);
    s->e[s->n].act = arena_dup(s->a, e->act);
    s->e[s->n].case_id = arena_dup(s->a, e->case_id);
    s->e[s->n].detail = arena_dup(s->a, e->detail);
    s->e[s->n].terminal = arena_dup(s->a, e->terminal);
    return ++s->n < ARRAY_LEN(s->e);
}

static Seen *seen_new(Desk *d)
{
    Seen *s = arena_zero(d->a, 1, sizeof *s);

    s->a = d->a;
    return s;
}

static void who_looked_is_looks_and_searches_that_showed_it(void **state)
{
    Desk *d = *state;
    Seen *s = seen_new(d);
    CaseHits hits;

    desk_as(d, DS);
    desk_look(d, "KG-1");
    assert_did(d, app_case_search(d->app, "Example", 20, d->a, &hits, &d->err));
    assert_int_equal(hits.n, 5);
    desk_look(d, "KG-2");
    assert_refused(d, ERR_DENIED, app_who_looked(d->app, "KG-1", &everything, see, s, &d->err));
    assert_int_equal(s->n, 0);
    desk_as(d, DI);
    assert_did(d, app_who_looked(d->app, "KG-1", &everything, see, s, &d->err));
    assert_int_equal(s->n, 3); /* the look, the search, and this question */
    assert_string_equal(s->e[0].act, "case.look");
    assert_string_equal(s->e[0].who, DS);
    assert_string_equal(s->e[1].act, "case.search");
    assert_string_equal(s->e[1].detail, ""); /* which others it found, and how many, is nobody's business here */
    assert_string_equal(s->e[2].act, "audit.who-looked");
    assert_refused(d, ERR_MISSING, app_who_looked(d->app, "KG-77", &everything, see, s, &d->err));
    assert_logged(d, AUDIT_DENIED, "audit.who-looked", "KG-77");
}

static void an_export_of_all_cases_counts_for_each(void **state)
{
    Desk *d = *state;
    Seen *s = seen_new(d);

    desk_export(d, NULL);
    assert_did(d, app_who_looked(d->app, "KG-3", &everything, see, s, &d->err));
    assert_string_equal(s->e[0].act, "case.export");
}

static void a_number_that_begins_so_is_another_case(void **state)
{
    Desk *d = *state;
    Seen *s = seen_new(d);
    CaseHits hits;

    desk_import(d, case_line(d->a, "KG-10", ""));
    assert_did(d, app_case_search(d->app, "KG-10", 20, d->a, &hits, &d->err));
    assert_did(d, app_who_looked(d->app, "KG-1", &everything, see, s, &d->err));
    assert_int_equal(s->n, 1); /* this question */
}

static void ones_own_record_has_acts_account_and_tries_to_sign_in(void **state)
{
    Desk *d = *state;
    Seen *s = seen_new(d);
    size_t tried = 0, role = 0, foreign = 0;

    desk_as(d, KEEPER);
    assert_did(d, app_officer_role(d->app, PS, ROLE_BIT(ROLE_RESPONSE_PS), &d->err));
    assert_false(app_sign_in(d->app, PS, "not the password", &d->err));
    desk_as(d, PS);
    desk_look(d, "KG-1");
    assert_did(d, app_my_record(d->app, &everything, see, s, &d->err));
    for (size_t i = 0; i < s->n; i++) {
        tried += s->e[i].kind == AUDIT_DENIED && str_eq(s->e[i].act, "session.in");
        role += str_eq(s->e[i].act, "officer.role");
        foreign += !str_eq(s->e[i].who, PS) && !strstr(s->e[i].detail, PS);
        assert_int_equal(s->e[i].seq, i + 1); /* not how long the log is */
    }
    assert_refused(d, ERR_USAGE, app_my_record(d->app, &(AuditQuery){ .from_seq = 5, .from = TIME_NONE, .to = TIME_NONE }, see, s, &d->err));
    assert_int_equal(tried, 1);
    assert_int_equal(role, 1);
    assert_int_equal(foreign, 0);
    app_sign_out(d->app);
    assert_refused(d, ERR_DENIED, app_my_record(d->app, &everything, see, s, &d->err));
}

static void looks_at_restricted_cases_are_for_those_who_may_see_them(void **state)
{
    Desk *d = *state;
    Seen *s = seen_new(d);

    desk_import(d, case_line(d->a, "KG-9", "\"restricted_at\":\"2010-05-02T10:00:00Z\""));
    desk_look(d, "KG-9");
    desk_look(d, "KG-1");
    assert_did(d, app_restricted_looks(d->app, &everything, see, s, &d->err));
    assert_int_equal(s->n, 1);
    assert_string_equal(s->e[0].case_id, "KG-9");
    assert_string_equal(s->e[0].act, "case.look");
    desk_as(d, DS);
    assert_refused(d, ERR_DENIED, app_restricted_looks(d->app, &everything, see, s, &d->err));
}

/* Whatever is asked, the answer is what sieving the whole log by hand gives. */
static bool fits(const AuditQuery *q, const AuditEntry *e)
{
    return (!q->who || str_eq(q->who, e->who)) && (!q->case_id || str_eq(q->case_id, e->case_id)) &&
           (!q->kinds || q->kinds & 1u << e->kind) && (q->from == TIME_NONE || e->at >= q->from) &&
           (q->to == TIME_NONE || e->at <= q->to) && e->seq >= q->from_seq && (!q->to_seq || e->seq <= q->to_seq);
}

static void compare(Desk *d, const AuditQuery *q, const Seen *all)
{
    Seen *is = seen_new(d);
    size_t n = 0;

    assert_did(d, store_audit_find(app_store_handle(d->app), q, see, is, &d->err));
    for (size_t i = 0; i < all->n && (!q->limit || n < (size_t)q->limit); i++) {
        const AuditEntry *e = &all->e[q->newest ? all->n - 1 - i : i];
        if (!fits(q, e)) continue;
        assert_true(n < is->n);
        assert_int_equal(is->e[n].seq, e->seq);
        n++;
    }
    assert_int_equal(n, is->n);
}

static void every_road_gives_what_a_sieve_would(void **state)
{
    static const char *const cases[] = { NULL, "KG-1", "KG-77" }, *const whos[] = { NULL, DS, "-" };
    static const unsigned kinds[] = { 0, 1u << AUDIT_CONSULT, 1u << AUDIT_CONSULT | 1u << AUDIT_DENIED };
    static const int64_t limits[] = { 0, 1, 7 }, seqs[] = { 0, 9 };
    Desk *d = *state;
    Seen *all = seen_new(d);

    for (int i = 0; i < 300; i++) {
        if (i % 50 == 0) desk_reopen(d, arena_printf(d->a, "2010-06-%02dT09:00:00Z", 1 + i / 50));
        if (i % 50 == 0) desk_as(d, i % 100 ? DS : DI);
        desk_look(d, arena_printf(d->a, "KG-%d", i % 5));
    }
    assert_did(d, store_audit_find(app_store_handle(d->app), &everything, see, all, &d->err));
    assert_true(all->n > 300);
    for (size_t i = 0; i < 3 * 3 * 3 * 3 * 2 * 2 * 4; i++) {
        size_t at = i;
        AuditQuery q = everything;
        q.case_id = cases[at % 3], at /= 3;
        q.who = whos[at % 3], at /= 3;
        q.kinds = kinds[at % 3], at /= 3;
        q.limit = limits[at % 3], at /= 3;
        q.from_seq = seqs[at % 2], at /= 2;
        q.newest = at % 2, at /= 2;
        if (at & 1) q.from = T("2010-06-02T00:00:00Z");
        if (at & 2) q.to = T("2010-06-04T00:00:00Z"), q.to_seq = 250;
        compare(d, &q, all);
    }
}

/* ---- sealed months ---- */

static char *seal(Desk *d, const char *month, AuditSeal *s, size_t *n)
{
    char *text = NULL, *kept;
    FILE *f = open_memstream(&text, n);

    assert_did(d, app_audit_seal(d->app, month, f, s, &d->err));
    fclose(f);
    kept = arena_dup_n(d->a, text, *n);
    free(text);
    return kept;
}

static bool seal_holds(const char *text, size_t n, AuditSeal *s, Err *err)
{
    FILE *f = fmemopen((void *)(uintptr_t)text, n, "r");
    bool ok = audit_seal_check(f, s, err);

    fclose(f);
    return ok;
}

static void months_in_a_row_fit_each_other_and_the_store_keeps_all(void **state)
{
    Desk *d = *state;
    AuditSeal may, june, again;
    int64_t before;
    size_t n;
    char *text;

    desk_reopen(d, "2010-07-02T09:00:00Z");
    desk_as(d, AUDITOR);
    before = log_size(d);
    assert_refused(d, ERR_INVALID, app_audit_seal(d->app, "2010-07", stdout, &may, &d->err));
    assert_refused(d, ERR_INVALID, app_audit_seal(d->app, "2010-7", stdout, &may, &d->err));
    assert_refused(d, ERR_MISSING, app_audit_seal(d->app, "2010-05", stdout, &may, &d->err));
    text = seal(d, "2010-06", &june, &n);
    assert_int_equal(june.first, 1);
    assert_int_equal(log_size(d), before + 1);
    assert_logged(d, AUDIT_DISCLOSE, "audit.seal", "");
    assert_true(seal_holds(text, n, &again, &d->err));
    assert_string_equal(again.head, june.head);
    assert_string_equal(again.hash, june.hash);
    assert_string_equal(again.store, app_store(d->app)->id);
    desk_reopen(d, "2010-08-02T09:00:00Z");
    desk_as(d, AUDITOR);
    seal(d, "2010-07", &again, &n);
    assert_int_equal(again.first, june.last + 1);
    assert_string_equal(again.prev, june.head);
    desk_as(d, DI);
    assert_refused(d, ERR_DENIED, app_audit_seal(d->app, "2010-06", stdout, &may, &d->err));
}

static void every_bit_of_a_sealed_month_counts(void **state)
{
    Desk *d = *state;
    AuditSeal s;
    size_t n;
    char *text;
    Err err = { 0 };

    desk_reopen(d, "2010-07-02T09:00:00Z");
    desk_as(d, AUDITOR);
    text = seal(d, "2010-06", &s, &n);
    assert_true(seal_holds(text, n, &s, &err));
    for (size_t bit = 0; bit < n * 8; bit++) {
        text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
        if (seal_holds(text, n, &s, &err)) fail_msg("bit %zu of byte %zu", bit % 8, bit / 8);
        text[bit / 8] = (char)(text[bit / 8] ^ 1 << bit % 8);
    }
    for (size_t cut = 1; cut < n; cut += 97) assert_false(seal_holds(text, n - cut, &s, &err));
    assert_true(seal_holds(text, n, &s, &err));
}

/* ---- disturbed, by whoever owns the files ---- */

static void by_hand(const Desk *d, const char *statements)
{
    char path[120], *why = NULL;
    sqlite3 *db;

    snprintf(path, sizeof path, "%s/book124.db", d->store);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    if (sqlite3_exec(db, "DROP TRIGGER IF EXISTS audit_stays; DROP TRIGGER IF EXISTS audit_remains; DROP TRIGGER IF EXISTS audit_follows", NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s", why);
    if (sqlite3_exec(db, statements, NULL, NULL, &why) != SQLITE_OK) fail_msg("%s: %s", statements, why);
    sqlite3_close(db);
}

static void put_hash(sqlite3 *db, const AuditEntry *e)
{
    sqlite3_stmt *q;

    assert_int_equal(sqlite3_prepare_v2(db, "UPDATE audit SET prev = ?1, hash = ?2 WHERE seq = ?3", -1, &q, NULL), SQLITE_OK);
    sqlite3_bind_blob(q, 1, e->prev, HASH_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(q, 2, e->hash, HASH_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(q, 3, e->seq);
    assert_int_equal(sqlite3_step(q), SQLITE_DONE);
    sqlite3_finalize(q);
}

/* The whole chain anew, and the file heads to fit: what a patient insider does. */
static void recompute_all(Desk *d)
{
    Seen *all = seen_new(d);
    char path[120], hex[HASH_HEX];
    const uint8_t *prev = audit_genesis;
    sqlite3 *db;
    FILE *heads;

    assert_did(d, store_audit_find(app_store_handle(d->app), &everything, see, all, &d->err));
    snprintf(path, sizeof path, "%s/book124.db", d->store);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    for (size_t i = 0; i < all->n; i++) {
        all->e[i].seq = (int64_t)i + 1;
        audit_link(&all->e[i], prev);
        prev = all->e[i].hash;
        put_hash(db, &all->e[i]);
    }
    sqlite3_close(db);
    snprintf(path, sizeof path, "%s/heads", d->store);
    heads = fopen(path, "w");
    fprintf(heads, "%zu %s 2010-06-01T09:00:00Z\n", all->n, crypto_hex(prev, HASH_BYTES, hex));
    fclose(heads);
}

/* What somebody wrote down of the sign-out: either the whole hash, or the eight digits of the screen. */
static AuditAnchor note(Desk *d, bool whole)
{
    LogHead head;
    AuditAnchor *out;
    char line[200], hex[HASH_HEX], digits[AUDIT_SHORT];
    FILE *f;
    size_t n;

    app_sign_out(d->app);
    assert_did(d, app_log_head(d->app, &head, &d->err));
    if (whole)
        snprintf(line, sizeof line, "Jun  1 09:00:00 kg book124[77]: log head %lld %s of store x\n", (long long)head.seq, crypto_hex(head.hash, HASH_BYTES, hex));
    else
        snprintf(line, sizeof line, "Your session ended at 09:00, entry %lld of the log, %s.\n", (long long)head.seq, audit_short(head.hash, digits));
    f = desk_file(line, strlen(line));
    assert_did(d, audit_anchors_read(f, d->a, &out, &n, &d->err));
    fclose(f);
    assert_int_equal(n, 1);
    assert_int_equal(out->seq, head.seq);
    assert_int_equal(out->n, whole ? HASH_BYTES : 4);
    return *out;
}

static void found(Desk *d, const AuditAnchor *anchor)
{
    AuditVerdict v;

    desk_as(d, AUDITOR);
    assert_refused(d, ERR_CORRUPT, app_audit_verify_with(d->app, anchor, 1, NULL, &v, &d->err));
}

static int disturbed_teardown(void **state)
{
    Desk *d = *state;

    app_close(&d->app);
    desk_free(&d);
    return 0;
}

static void disturb(void **state, const char *statements, bool recompute)
{
    for (int whole = 0; whole < 2; whole++) {
        Desk *d;
        AuditAnchor anchor;
        AuditVerdict v;
        if (whole) disturbed_teardown(state), with_cases(state);
        d = *state;
        for (int i = 0; i < 20; i++) desk_look(d, "KG-1");
        anchor = note(d, whole);
        desk_as(d, AUDITOR);
        assert_did(d, app_audit_verify_with(d->app, &anchor, 1, NULL, &v, &d->err));
        assert_int_equal(v.noted, anchor.seq);
        app_sign_out(d->app);
        by_hand(d, statements);
        if (recompute) recompute_all(d);
        found(d, &anchor);
    }
}

static void an_edited_entry_is_found(void **state)
{
    disturb(state, "UPDATE audit SET who = '900001' WHERE seq = 12", false);
}

static void a_deleted_entry_is_found(void **state)
{
    disturb(state, "DELETE FROM audit WHERE seq = 12", false);
}

static void a_tail_that_was_cut_is_found(void **state)
{
    disturb(state, "DELETE FROM audit WHERE seq > 15", true);
}

static void swapped_entries_are_found(void **state)
{
    disturb(state, "UPDATE audit SET seq = 100000 WHERE seq = 12; UPDATE audit SET seq = 12 WHERE seq = 13; UPDATE audit SET seq = 13 WHERE seq = 100000", false);
}

static void an_inserted_entry_is_found(void **state)
{
    disturb(state, "UPDATE audit SET seq = seq + 100000 WHERE seq > 12; UPDATE audit SET seq = seq - 99999 WHERE seq > 100000;"
        "INSERT INTO audit SELECT 13, at, kind, '900001', terminal, act, case_id, detail, prev, hash FROM audit WHERE seq = 12", false);
}

static void a_log_written_anew_with_heads_to_fit_is_found_by_the_note_alone(void **state)
{
    Desk *d = *state;
    AuditVerdict v;

    disturb(state, "UPDATE audit SET who = '900001' WHERE seq = 12", true);
    d = *state;
    assert_did(d, app_audit_verify(d->app, NULL, &v, &d->err)); /* without it, nothing shows */
}

static void notes_that_say_nothing_are_refused(void **state)
{
    static const char text[] = "nothing 12 here\n8F2C-1A9D before its number 12\n";
    Desk *d = *state;
    AuditAnchor *out;
    size_t n;
    FILE *f = desk_file(text, sizeof text - 1);

    assert_refused(d, ERR_INVALID, audit_anchors_read(f, d->a, &out, &n, &d->err));
    fclose(f);
}

static void heard(void *with, const char *line)
{
    str_addf(with, "%s\n", line);
}

static void where_the_log_stands_is_told_outside_the_directory(void **state)
{
    Desk *d = *state;
    Str lines = { 0 };
    char head[24];

    app_on_head(d->app, heard, &lines);
    for (int i = 0; i < 100; i++) desk_look(d, "KG-1");
    app_sign_out(d->app);
    snprintf(head, sizeof head, "log head %lld ", (long long)log_size(d));
    assert_non_null(strstr(str_text(&lines), head));
    assert_non_null(strstr(str_text(&lines), "00 "));
    str_finish(&lines);
}

int main(void)
{
#define T_(f)  cmocka_unit_test_setup_teardown(f, with_cases, desk_teardown)
#define TX_(f) cmocka_unit_test_setup_teardown(f, with_cases, disturbed_teardown)
    const struct CMUnitTest tests[] = {
        T_(who_looked_is_looks_and_searches_that_showed_it),
        T_(an_export_of_all_cases_counts_for_each),
        T_(a_number_that_begins_so_is_another_case),
        T_(ones_own_record_has_acts_account_and_tries_to_sign_in),
        T_(looks_at_restricted_cases_are_for_those_who_may_see_them),
        T_(every_road_gives_what_a_sieve_would),
        T_(months_in_a_row_fit_each_other_and_the_store_keeps_all),
        T_(every_bit_of_a_sealed_month_counts),
        TX_(an_edited_entry_is_found),
        TX_(a_deleted_entry_is_found),
        TX_(a_tail_that_was_cut_is_found),
        TX_(swapped_entries_are_found),
        TX_(an_inserted_entry_is_found),
        TX_(a_log_written_anew_with_heads_to_fit_is_found_by_the_note_alone),
        T_(notes_that_say_nothing_are_refused),
        T_(where_the_log_stands_is_told_outside_the_directory),
    };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
