/* test_fault.c — whatever step fails, the store is as it was before and says why in a sentence.
** Each act is run with the first step failing, then the second, until one run is whole: SQLite's own method in small. */
#include "desk.h"

#include <stdio.h>
#include <string.h>

static Store *s;
static Arena *a;

static const Vocabs *vocabs(void)
{
    return vocabs_standard();
}

/* ---- acts ---- */

static bool act_insert(Err *err)
{
    return desk_save(s, 5, true, err) != 0;
}

static bool act_update(Err *err)
{
    CaseDoc doc;
    Tx tx = { 0 };

    if (!store_case_load(s, 1, vocabs(), a, &doc, err)) return false;
    doc.people[0].family = "Corrected", doc.books[0].index_number = "G/1/10", doc.books[0].index_at = NOW;
    return desk_end(
        &tx, store_begin(s, &tx, err) && store_case_update(&tx, 1, 1, &doc, vocabs(), NOW, "900007", err), err);
}

static bool act_add(Err *err)
{
    Notice notice = { 3, NOW, .withdrawn = { .at = TIME_NONE } };
    Tx tx = { 0 };

    return desk_end(&tx,
        store_begin(s, &tx, err) && store_case_add(&tx, 1, 1, LIST_NOTICES, &notice, vocabs(), NOW, "900007", err),
        err);
}

static bool act_duties(Err *err)
{
    Duty duties[6];
    CaseBadge badge = { "x", GRADE_HIGH, "s18" };
    Tx tx = { 0 };
    size_t n = desk_duties(77, duties);

    return desk_end(
        &tx, store_begin(s, &tx, err) && store_duty_apply(&tx, 1, &badge, duties, n, 2, vocabs(), err), err);
}

static bool other_duties(void *with, const CaseDoc *doc, Arena *into, Derivation *out, Err *err)
{
    Duty *duties = arena_alloc(into, 6 * sizeof *duties);

    *out = (Derivation){ .badge = desk_badge(doc), .duties = duties, .policy_key = 3 };
    out->n = desk_duties(78, duties);
    return true;
}

/* One goes, one changes, one comes; and what was said to it. */
static bool act_alerts(Err *err)
{
    CaseAlert fires[] = { { "children-merlin", "1111111111111111", ROLE_CSU_DS, NOW },
        { "narrative-pets", "2222222222222222", ROLE_PPD, NOW } };
    AlertRun runs[] = { { "children-merlin", "0123456789abcdef", NOW - 2 * DAY, NOW },
        { "children-merlin", "1111111111111111", NOW, TIME_NONE },
        { "narrative-pets", "2222222222222222", NOW, TIME_NONE } };
    Derivation is = {
        .badge = { "x", GRADE_HIGH, "s18" }, .policy_key = 2, .alerts = fires, .n_alerts = 2, .runs = runs, .n_runs = 3
    };
    AlertAnswer answer = { "narrative-pets", "2222222222222222", true, "Seen.", "900007", NOW };
    Tx tx = { 0 };

    return desk_end(&tx,
        store_begin(s, &tx, err) && store_alert_apply(&tx, 3, &is, err) && store_alert_answer(&tx, 3, &answer, err) &&
            store_alert_apply(&tx, 3, &is, err),
        err);
}

/* Everything is found to differ, and mended in one write. */
static bool act_recheck(Err *err)
{
    Recheck *r = store_recheck_new(s, vocabs(), other_duties, NULL);
    Tx tx = { 0 };
    bool changed, ok = true;

    while (ok && store_recheck_next(r) == RECHECK_READ) ok = store_recheck_read(r, 1000, err);
    ok = desk_end(&tx, ok && store_begin(s, &tx, err) && store_recheck_mend(r, &tx, 1000, &changed, err), err);
    store_recheck_free(&r);
    return ok;
}

static bool act_officer(Err *err)
{
    Officer o = { .warrant = "190001", .name = "DS Example", .roles = ROLE_BIT(ROLE_CSU_DS), .retry_at = TIME_NONE };
    Tx tx = { 0 };

    return desk_end(&tx, store_begin(s, &tx, err) && store_officer_insert(&tx, &o, err), err);
}

static bool act_keys(Err *err)
{
    Officer o = { .warrant = "190002", .name = "DS Example", .roles = ROLE_BIT(ROLE_CSU_DS), .retry_at = TIME_NONE };
    OfficerKey made = { .warrant = "190002", .keys = { .sign = { 1 }, .box = { 2 } }, .made_at = NOW };
    OfficerKey ended = { .warrant = "190002", .none = true, .made_at = NOW };
    OfficerSecret secret = { .sealed = { 3 }, .n = 10 };
    Signature sig = { .kind = "dmm.sheet", .about = "2010-02-01", .by = "190002", .at = NOW };
    Tx tx = { 0 };

    return desk_end(&tx,
        store_begin(s, &tx, err) && store_officer_insert(&tx, &o, err) && store_key_add(&tx, &made, err) &&
            store_secret_put(&tx, "190002", &secret, err) && store_signature_add(&tx, &sig, err) &&
            store_key_add(&tx, &ended, err) && store_secret_drop(&tx, "190002", err),
        err);
}

static bool in_one_word(void *with, const RewriteAt *at, const char *text, Arena *into, const char **out, Err *err)
{
    if (!at->field || at->field->kind == FIELD_LONG || at->field->kind == FIELD_TEXT) *out = *text == 'x' ? text : "x";
    if (!strncmp(at->column, "signed", 6)) *out = text;
    return true;
}

static bool act_rewrite(Err *err)
{
    AuditEntry e = desk_entry("case.rewrite", "KG-0007919");
    Tx tx = { 0 };

    return desk_end(&tx, store_begin(s, &tx, err) && store_case_rewrite(&tx, 1, in_one_word, NULL, err) && store_audit_append(&tx, &e, err), err);
}

static bool act_erase(Err *err)
{
    AuditEntry e = desk_entry("case.erase", "KG-0007919");
    Tombstone t = { .key = 1, .group = 3, .proposed_by = "900008", .erased_by = "900009", .reason = "Due." };
    Tx tx = { 0 };

    return desk_end(&tx, store_begin(s, &tx, err) && store_case_erase(&tx, 1, &t, vocabs(), err) && store_audit_append(&tx, &e, err), err);
}

static bool act_proposal(Err *err)
{
    static const char hash[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    PolicyProposal p = { .id = "p", .hash = hash, .by = "900013", .at = NOW };
    Tx tx = { 0 };
    int64_t key;

    return desk_end(&tx,
        store_begin(s, &tx, err) && store_proposal_add(&tx, &p, "x", 1, &key, err) &&
            store_proposal_decide(&tx, key, 0, "900008", NOW, err),
        err);
}

static bool act_part(Err *err)
{
    CaseDoc doc;
    Tx tx = { 0 };
    bool ok;

    desk_case(6, true, a, &doc);
    ok = store_begin(s, &tx, err) && store_part_begin(&tx, err) &&
         store_case_insert(&tx, &doc, vocabs(), NOW, "900007", NULL, err) && store_part_keep(&tx, err);
    return desk_end(&tx, ok, err);
}

static bool act_draft(Err *err)
{
    Draft d = { "190001", "x", (const uint8_t *)"y", 1, NOW };
    Tx tx = { 0 };

    return desk_end(&tx, store_begin(s, &tx, err) && store_draft_put(&tx, &d, err), err);
}

/* What the book brought, in one write: a form, a sample, a draft that is put, taken and let go. */
static bool act_book(Err *err)
{
    static const char hash[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    Draft d = { "190001", "KG-1 124d", (const uint8_t *)"y", 1, NOW, "aa", "pts/1" };
    QaSample q = { .team = "", .wanted = 1, .picked = "[]", .drawn_by = "190002" };
    Tx tx = { 0 };
    int64_t key;

    return desk_end(&tx,
        store_begin(s, &tx, err) && store_form_activate(&tx, "mps-124d", hash, "x", 1, NOW, err) &&
            store_qa_insert(&tx, &q, &key, err) && store_draft_put(&tx, &d, err) &&
            store_draft_seat(&tx, d.warrant, d.about, "", "bb", "pts/2", err) &&
            store_draft_leave(&tx, d.warrant, "bb", err),
        err);
}

/* Somebody else has the seat: without a fault that is ERR_STALE, and so the run is whole. */
static bool act_draft_elsewhere(Err *err)
{
    Draft d = { "190001", "KG-1 124d", (const uint8_t *)"y", 1, NOW, "aa", "pts/1" }, other = d;
    Tx tx = { 0 };
    bool ok;

    other.seat = "bb";
    ok = store_begin(s, &tx, err) && store_draft_put(&tx, &d, err);
    ok = ok && !store_draft_put(&tx, &other, err) && err->kind == ERR_STALE;
    store_end(&tx);
    return ok;
}

static bool missing(bool found, const Err *err)
{
    return found || err->kind == ERR_MISSING;
}

static bool act_look_up(Err *err)
{
    BookQuery q = { .after = TIME_NONE, .before = TIME_NONE, .limit = 9 };
    BookPlace *books;
    PersonHit *people;
    QaSample *samples, sample;
    StoredForm form;
    CaseKey *keys;
    CaseRow row;
    const char **places;
    size_t n;

    for (; q.order < BOOK_ORDERS; q.order++) {
        if (!store_books_page(s, &q, a, &books, &n, err)) return false;
        q.from = n ? &books[0] : NULL;
        if (!store_books_page(s, &q, a, &books, &n, err)) return false;
        q.from = NULL;
    }
    return store_people_find(s, "zo", 5, vocabs(), a, &people, &n, err) &&
           store_places_find(s, "12", 5, a, &places, &n, err) && store_qa_list(s, 5, a, &samples, &n, err) &&
           missing(store_qa_get(s, 1, a, &sample, err), err) && store_qa_cases(s, 0, NOW, a, &keys, &n, err) &&
           missing(store_form_active(s, "x", a, &form, err), err) &&
           missing(store_form_by_hash(s, "x", a, &form, err), err) && store_case_row(s, 1, a, &row, err);
}

static bool nothing(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    return true;
}

static bool act_read(Err *err)
{
    CaseDoc doc;
    CaseRow row;
    CaseHit *hits;
    QueueRow *rows;
    Duty *duties;
    int64_t counts[TAB_COUNT];
    size_t n;
    QueueQuery q = { .roles = 0xffffffff, .tab = TAB_ALL, .now = NOW, .limit = 9 };
    AlertQuery alerts = { .roles = 0xffffffff, .limit = 9 };
    AlertRow *waiting;
    AlertAnswer *said;
    AlertBecame became;
    bool told;
    int64_t count;

    return store_case_find(s, "KG-0007919", a, &row, err) && store_case_load(s, row.key, vocabs(), a, &doc, err) &&
           store_case_each(s, WALK_BY_KEY, vocabs(), nothing, NULL, err) &&
           store_case_each(s, WALK_BY_ID, vocabs(), nothing, NULL, err) &&
           store_case_search(s, "zo", 5, vocabs(), a, &hits, &n, err) && store_queue_page(s, &q, a, &rows, &n, err) &&
           store_queue_counts(s, q.roles, NOW, counts, err) && store_duty_of_case(s, row.key, a, &duties, &n, err) &&
           store_alert_page(s, &alerts, a, &waiting, &n, err) &&
           store_alert_of_case(s, row.key, a, &waiting, &n, err) &&
           store_alert_told(s, &told, err) &&
           store_alert_became(s, "children-merlin", NOW - 30 * DAY + 7, NOW + 7, &became, err) &&
           store_alert_count(s, alerts.roles, &count, err) && store_alert_answers(s, row.key, a, &said, &n, err);
}

/* ---- the loop ---- */

typedef struct Act {
    const char *name;
    bool (*run)(Err *err);
} Act;

/* Everything there is, facts too. */
static void digest(uint8_t out[HASH_BYTES])
{
    static const char *const tables[] = { "audit", "officer", "policy", "policy_proposal", "policy_decision", "form",
        "officer_key", "officer_secret", "signature",
        "qa_sample", "draft", "case_file", "case_head", "duty", "badge", "duty_count", "search_key", "alert",
        "alert_stretch", "alert_tally", "alert_answer" };
    Hasher h;

    crypto_hash_start(&h, "test");
    for (size_t i = 0; i < ARRAY_LEN(tables) + LIST_COUNT; i++) {
        const char *table = i < ARRAY_LEN(tables) ? tables[i] : case_lists[i - ARRAY_LEN(tables)].name;
        char text[100];
        EngStmt *q;
        snprintf(text, sizeof text, "SELECT * FROM \"%s\" ORDER BY 1, 2%s", table,
            strcmp(table, "officer_secret") != 0 ? ", 3" : "");
        assert_int_equal(engine_sqlite.prepare(s->conn, text, &q), ENG_DONE);
        while (engine_sqlite.step(q) == ENG_ROW) {
            for (int at = 0; at < engine_sqlite.columns(q); at++) {
                EngText t = engine_sqlite.get_text(q, at);
                crypto_hash_add(&h, t.p ? t.p : "", t.n);
            }
        }
        engine_sqlite.finalize(q);
    }
    crypto_hash_end(&h, out);
}

static const struct {
    EngResult result;
    ErrKind kind;
} faults[] = { { ENG_IO, ERR_IO }, { ENG_FULL, ERR_IO }, { ENG_BUSY, ERR_BUSY }, { ENG_CORRUPT, ERR_CORRUPT },
    { ENG_READONLY, ERR_IO } };

/* The acts write to one store after the other failing; a whole run is taken back by starting from the same files. */
static void fails_cleanly(const Act *act, size_t fault)
{
    uint8_t before[HASH_BYTES], after[HASH_BYTES];
    bool whole = false;

    for (int64_t n = 1; !whole; n++) {
        Err err = { 0 };
        if (n == 1) {
            desk_remove("s");
            s = desk_store("s");
            for (int i = 0; i < 3; i++) desk_must_save(s, i + 1, true);
        }
        digest(before);
        engine_fault_at(n, faults[fault].result);
        whole = act->run(&err);
        if (!whole && engine_fault_seen() < n) fail_msg("%s fails without a fault: %s", act->name, err.text);
        engine_fault_at(0, ENG_DONE);
        if (whole) continue;
        if (err.kind != faults[fault].kind || strlen(err.text) < 20)
            fail_msg("%s, step %d: %d %s", act->name, (int)n, err.kind, err.text);
        digest(after);
        assert_memory_equal(before, after, HASH_BYTES);
        arena_reset(a);
    }
    store_close(&s);
}

static void a_failed_step_leaves_the_store_as_it_was(void **unused)
{
    static const Act acts[] = { { "insert", act_insert }, { "update", act_update }, { "add", act_add },
        { "duties", act_duties }, { "clear", act_recheck }, { "officer", act_officer }, { "keys", act_keys },
        { "proposal", act_proposal }, { "part", act_part }, { "draft", act_draft }, { "book", act_book }, { "elsewhere", act_draft_elsewhere },
        { "look up", act_look_up }, { "alerts", act_alerts }, { "read", act_read },
        { "rewrite", act_rewrite }, { "erase", act_erase } };

    for (size_t i = 0; i < ARRAY_LEN(acts); i++)
        for (size_t fault = 0; fault < (i < 2 ? 2 : ARRAY_LEN(faults)); fault++) fails_cleanly(&acts[i], fault);
}

static void making_a_store_leaves_all_or_nothing(void **unused)
{
    StoreInfo birth = { .borough = "KG", .created_at = NOW };
    Err err = { 0 };
    bool whole = false;

    for (int64_t n = 1; !whole; n++) {
        engine_fault_at(n, ENG_FULL);
        whole = store_create(desk_path("new"), &birth, &err);
        engine_fault_at(0, ENG_DONE);
        if (!whole) assert_null(store_open(desk_path("new"), &err));
        if (!whole) assert_int_equal(err.kind, ERR_MISSING);
    }
    must((s = store_open(desk_path("new"), E)) != NULL);
    store_close(&s);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failed_step_leaves_the_store_as_it_was),
        cmocka_unit_test(making_a_store_leaves_all_or_nothing),
    };
    int failed;

    engine_fault_over(&engine_sqlite);
    store_use_engine(&engine_fault);
    desk_start();
    a = arena_new();
    failed = cmocka_run_group_tests_name("fault", tests, NULL, NULL);
    arena_free(&a);
    desk_finish();
    return failed;
}
