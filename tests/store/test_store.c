/* test_store.c — the promises of include/store/store.h, one by one, on the engine named: `sqlite:` or `fault:sqlite:`.
** The queue has a test of its own (test_queue.c), as have the places a store may lie in, crashes and the gate. */
#include "desk.h"

#include "../../db/store/migrations.h"
#include "base/str.h"

#include <sqlite3.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static Store *s;
static Arena *a;

static const Vocabs *vocabs(void)
{
    return vocabs_standard();
}

static int with_store(void **unused)
{
    desk_remove("s");
    s = desk_store("s");
    a = arena_new();
    return 0;
}

static int without_store(void **unused)
{
    store_close(&s);
    arena_free(&a);
    return 0;
}

static CaseRow row_of(CaseKey key)
{
    CaseDoc doc;
    CaseRow row;

    must(store_case_load(s, key, vocabs(), a, &doc, E));
    must(store_case_find(s, doc.id, a, &row, E));
    return row;
}

static CaseDoc doc_of(CaseKey key)
{
    CaseDoc doc;

    must(store_case_load(s, key, vocabs(), a, &doc, E));
    return doc;
}

static bool logged_commit(Tx *tx, Err *err)
{
    AuditEntry e = desk_entry("test", "");

    return store_audit_append(tx, &e, err) && store_commit(tx, err);
}

/* ---- the store itself ---- */

static void a_new_store_says_what_it_is(void **unused)
{
    const StoreInfo *info = store_info(s);

    assert_true(info->training);
    assert_string_equal(info->borough, "KG");
    assert_true(info->created_at == NOW);
    assert_int_equal(strlen(info->id), 32);
    assert_int_equal(info->schema, migrations_n);
}

static void closing_twice_is_harmless(void **unused)
{
    store_close(&s);
    assert_null(s);
    store_close(&s);
}

static void a_sound_store_has_nothing_to_complain_of(void **unused)
{
    StoreCheck *checks;
    size_t n;

    desk_fill(s, 0, 30, true);
    for (int thorough = 0; thorough < 2; thorough++) {
        must(store_doctor(s, thorough, a, &checks, &n, E));
        assert_true(n >= 5);
        for (size_t i = 0; i < n; i++)
            if (!checks[i].ok) fail_msg("%s: %s", checks[i].what, checks[i].says);
    }
}

/* ---- writes ---- */

static void a_change_without_a_log_entry_is_refused(void **unused)
{
    Tx tx;
    Err err = { 0 };
    CaseDoc doc;
    int64_t n;

    desk_case(1, false, a, &doc);
    must(store_begin(s, &tx, E));
    must(store_case_insert(&tx, &doc, vocabs(), NOW, "900007", NULL, E));
    assert_false(store_commit(&tx, &err));
    assert_int_equal(err.kind, ERR_BUG);
    store_end(&tx);
    store_end(&tx);
    must(store_case_count(s, &n, E));
    assert_int_equal(n, 0);
}

static void what_is_not_committed_never_was(void **unused)
{
    Tx tx;
    CaseDoc doc;
    int64_t n;

    desk_case(1, true, a, &doc);
    must(store_begin(s, &tx, E));
    must(store_case_insert(&tx, &doc, vocabs(), NOW, "900007", NULL, E));
    store_end(&tx);
    must(store_case_count(s, &n, E));
    assert_int_equal(n, 0);
    desk_must_save(s, 1, true);
}

static void a_part_can_be_given_up_alone(void **unused)
{
    Tx tx;
    CaseDoc one, two, three;
    int64_t n;

    desk_case(1, false, a, &one);
    desk_case(2, false, a, &two);
    desk_case(3, false, a, &three);
    must(store_begin(s, &tx, E));
    must(store_part_begin(&tx, E));
    must(store_case_insert(&tx, &one, vocabs(), NOW, "900007", NULL, E));
    must(store_part_keep(&tx, E));
    must(store_part_begin(&tx, E));
    must(store_case_insert(&tx, &two, vocabs(), NOW, "900007", NULL, E));
    store_part_drop(&tx);
    must(store_part_begin(&tx, E));
    must(store_case_insert(&tx, &three, vocabs(), NOW, "900007", NULL, E));
    must(store_part_keep(&tx, E));
    must(logged_commit(&tx, E));
    store_end(&tx);
    must(store_case_count(s, &n, E));
    assert_int_equal(n, 2);
}

static void a_dropped_part_takes_its_log_entry_along(void **unused)
{
    Tx tx;
    AuditEntry e = desk_entry("test", "");
    CaseDoc doc;
    Err err = { 0 };

    desk_case(1, false, a, &doc);
    must(store_begin(s, &tx, E));
    must(store_case_insert(&tx, &doc, vocabs(), NOW, "900007", NULL, E));
    must(store_part_begin(&tx, E));
    must(store_audit_append(&tx, &e, E));
    store_part_drop(&tx);
    assert_false(store_commit(&tx, &err));
    assert_int_equal(err.kind, ERR_BUG);
    store_end(&tx);
}

static void an_empty_transaction_is_content(void **unused)
{
    Tx tx = { 0 };
    Err err = { 0 };

    store_end(&tx);
    assert_false(store_commit(&tx, &err));
    assert_int_equal(err.kind, ERR_BUG);
}

static void a_second_writer_waits_its_patience_and_is_told(void **unused)
{
    Store *other;
    Tx tx, late;
    Err err = { 0 };

    must((other = store_open(desk_path("s"), E)) != NULL);
    store_set_patience(other, 30);
    must(store_begin(s, &tx, E));
    assert_false(store_begin(other, &late, &err));
    assert_int_equal(err.kind, ERR_BUSY);
    assert_non_null(strstr(err.text, "try again"));
    store_end(&late);
    store_end(&tx);
    must(store_begin(other, &late, E));
    store_end(&late);
    store_close(&other);
}

static void a_write_inside_a_write_is_our_mistake(void **unused)
{
    Tx tx, inner;
    Err err = { 0 };

    must(store_begin(s, &tx, E));
    assert_false(store_begin(s, &inner, &err));
    assert_int_equal(err.kind, ERR_BUG);
    store_end(&inner);
    store_end(&tx);
}

static void breathing_folds_a_long_log_file(void **unused)
{
    char wal[200];

    snprintf(wal, sizeof wal, "%s-wal", desk_path("s/book124.db"));
    desk_fill(s, 0, 2000, true);
    assert_true(place_size(wal) > 4 << 20);
    must(store_breathe(s, E));
    assert_true(place_size(wal) < 4 << 20);
}

/* ---- the log ---- */

static void the_log_is_numbered_and_bound(void **unused)
{
    AuditEntry head;
    int64_t n;

    must(store_audit_head(s, a, &head, E));
    assert_int_equal(head.seq, 0);
    assert_memory_equal(head.hash, audit_genesis, HASH_BYTES);
    for (int i = 0; i < 20; i++) desk_must_save(s, i, false);
    must(store_audit_head(s, a, &head, E));
    assert_int_equal(head.seq, 20);
    assert_string_equal(head.act, "case.import");
    must(desk_log_holds(s, &n, E));
    assert_int_equal(n, 20);
}

static void a_write_knows_the_number_its_entry_will_have(void **unused)
{
    Tx tx;
    AuditEntry e = desk_entry("test", "");

    desk_must_save(s, 1, false);
    must(store_begin(s, &tx, E));
    assert_int_equal(tx.act, 2);
    must(store_audit_append(&tx, &e, E));
    assert_int_equal(e.seq, 2);
    must(store_commit(&tx, E));
    store_end(&tx);
}

static bool third(void *with, const AuditEntry *e)
{
    *(int64_t *)with = e->seq;
    return e->seq < 3;
}

static void reading_the_log_can_be_stopped(void **unused)
{
    int64_t last = 0;

    for (int i = 0; i < 5; i++) desk_must_save(s, i, false);
    must(store_audit_each(s, 2, third, &last, E));
    assert_int_equal(last, 3);
}

/* ---- officers, policies, drafts ---- */

static void officers_are_kept_and_changed_by_revision(void **unused)
{
    Officer o = { "190001", "DS Example", ROLE_BIT(ROLE_CSU_DS) | ROLE_BIT(ROLE_CSU_DI), false,
        { .ops = 3, .mem = 1 << 20 }, 0, TIME_NONE, 0 },
            back, *all;
    Tx tx;
    Err err = { 0 };
    size_t n;

    assert_false(store_officer_get(s, "190001", a, &back, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    must(store_begin(s, &tx, E));
    must(store_officer_insert(&tx, &o, E));
    assert_false(store_officer_insert(&tx, &o, &err));
    assert_int_equal(err.kind, ERR_INVALID);
    must(logged_commit(&tx, E));
    store_end(&tx);
    must(store_officer_get(s, "190001", a, &back, E));
    assert_int_equal(back.roles, o.roles);
    assert_true(back.retry_at == TIME_NONE && back.rev == 1);
    back.failures = 3, back.retry_at = NOW;
    must(store_begin(s, &tx, E));
    must(store_officer_update(&tx, &back, E));
    assert_false(store_officer_update(&tx, &back, &err));
    assert_int_equal(err.kind, ERR_STALE);
    must(logged_commit(&tx, E));
    store_end(&tx);
    must(store_officer_list(s, a, &all, &n, E));
    assert_int_equal(n, 1);
    assert_true(all[0].failures == 3 && all[0].retry_at == NOW && all[0].rev == 2);
}

static void the_last_policy_counts(void **unused)
{
    StoredPolicy p;
    Err err = { 0 };
    Tx tx;

    assert_false(store_policy_active(s, a, &p, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    for (int i = 0; i < 2; i++) {
        must(store_begin(s, &tx, E));
        must(store_policy_activate(&tx, i ? "learning" : "mps-dv-2010", "abc", "duty x\n", 7, NOW + i, E));
        must(logged_commit(&tx, E));
        store_end(&tx);
    }
    must(store_policy_active(s, a, &p, E));
    assert_string_equal(p.id, "learning");
    assert_string_equal(p.text, "duty x\n");
    assert_true(p.n == 7 && p.activated_at == NOW + 1);
}

static void a_proposal_is_decided_once_and_stays(void **unused)
{
    static const char hash[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    PolicyProposal p = { .id = "learning", .hash = hash, .by = "900013", .at = NOW }, *all;
    PolicyVersion *versions;
    const char *text;
    int64_t key = 0, newest = 7;
    size_t n;
    Err err = { 0 };
    Tx tx;

    must(store_policy_newest(s, &newest, E));
    assert_int_equal(newest, 0);
    must(store_begin(s, &tx, E));
    must(store_proposal_add(&tx, &p, "duty y\n", 7, &key, E));
    must(store_policy_activate(&tx, "learning", hash, "duty y\n", 7, NOW + 9, E));
    must(store_policy_newest(s, &newest, E));
    must(store_proposal_decide(&tx, key, newest, "900008", NOW + 9, E));
    assert_false(store_proposal_decide(&tx, key, 0, "900008", NOW + 9, &err));
    assert_int_equal(err.kind, ERR_STALE);
    must(logged_commit(&tx, E));
    store_end(&tx);
    must(store_proposal_list(s, a, &all, &n, E));
    assert_int_equal(n, 1);
    assert_string_equal(all[0].decision, "activated");
    assert_string_equal(all[0].decided_by, "900008");
    must(store_policy_list(s, a, &versions, &n, E));
    assert_int_equal(n, 1);
    assert_string_equal(versions[0].by, "900013");
    assert_string_equal(versions[0].approved_by, "900008");
    must(store_proposal_text(s, key, a, &text, &n, E));
    assert_int_equal(n, 7);
    must(store_policy_text(s, newest, a, &text, &n, E));
    assert_string_equal(text, "duty y\n");
    err = (Err){ 0 };
    assert_false(store_policy_text(s, 99, a, &text, &n, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static void drafts_need_no_log_entry(void **unused)
{
    const uint8_t sealed[] = { 0, 1, 2, 0, 255 };
    Draft d = { "190001", "KG-1 reviews dmm 0", sealed, sizeof sealed, NOW }, back, *all;
    Err err = { 0 };
    size_t n;
    Tx tx;

    for (int i = 0; i < 2; i++) {
        must(store_begin(s, &tx, E));
        d.at = NOW + i;
        must(store_draft_put(&tx, &d, E));
        must(store_commit(&tx, E));
        store_end(&tx);
    }
    must(store_draft_get(s, "190001", d.about, a, &back, E));
    assert_true(back.n == sizeof sealed && back.at == NOW + 1);
    assert_memory_equal(back.sealed, sealed, sizeof sealed);
    must(store_draft_list(s, "190001", a, &all, &n, E));
    assert_int_equal(n, 1);
    must(store_begin(s, &tx, E));
    must(store_draft_drop(&tx, "190001", d.about, E));
    must(store_commit(&tx, E));
    store_end(&tx);
    assert_false(store_draft_get(s, "190001", d.about, a, &back, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

/* ---- cases ---- */

static void same_document(const CaseDoc *x, const CaseDoc *y)
{
    Str as_x = { 0 }, as_y = { 0 };

    case_write(x, vocabs(), &as_x);
    case_write(y, vocabs(), &as_y);
    assert_string_equal(as_x.s, as_y.s);
    str_finish(&as_x);
    str_finish(&as_y);
}

static void a_case_comes_back_as_it_went_in(void **unused)
{
    for (int i = 0; i < 20; i++) {
        CaseDoc in, out = doc_of(desk_must_save(s, i, i % 2));
        desk_case(i, i % 2, a, &in);
        same_document(&in, &out);
    }
}

static void an_id_is_given_once(void **unused)
{
    Err err = { 0 };

    desk_must_save(s, 1, false);
    assert_int_equal(desk_save(s, 1, true, &err), 0);
    assert_int_equal(err.kind, ERR_INVALID);
    assert_string_equal(err.field, "id");
}

static void a_case_is_found_by_id_and_by_cad(void **unused)
{
    CaseKey key = desk_must_save(s, 7, true);
    CaseDoc doc = doc_of(key);
    CaseRow row;
    Err err = { 0 };

    must(store_case_find(s, doc.id, a, &row, E));
    assert_true(row.key == key && row.rev == 1 && row.changed_at == NOW);
    assert_string_equal(row.changed_by, "900007");
    must(store_case_by_cad(s, doc.cad_number, a, &row, E));
    assert_true(row.key == key);
    assert_false(store_case_find(s, "KG-NONE", a, &row, &err));
    assert_int_equal(err.kind, ERR_MISSING);
    assert_false(store_case_by_cad(s, "1/01JAN99", a, &row, &err));
    assert_int_equal(err.kind, ERR_MISSING);
}

static bool add(CaseKey key, CaseListId list, const void *item, Err *err)
{
    Tx tx;
    bool ok = store_begin(s, &tx, err) &&
              store_case_add(&tx, key, row_of(key).rev, list, item, vocabs(), NOW + 5, "190001", err) &&
              logged_commit(&tx, err);

    store_end(&tx);
    return ok;
}

static bool update(CaseKey key, const CaseDoc *after, Err *err)
{
    Tx tx;
    Rev rev = row_of(key).rev;
    bool ok = store_begin(s, &tx, err) && store_case_update(&tx, key, rev, after, vocabs(), NOW + 5, "190001", err) &&
              logged_commit(&tx, err);

    store_end(&tx);
    return ok;
}

static void every_list_can_be_added_to(void **unused)
{
    CaseKey key = desk_must_save(s, 3, true);
    CaseDoc before = doc_of(key), after;

    for (CaseListId list = 0; list < LIST_STATUS; list++) {
        size_t n, m;
        char *items = case_items(&before, list, &n);
        union {
            Person p;
            max_align_t aligned;
            unsigned char bytes[1024]; /* of the largest item there is */
        } copy;
        assert_true(case_lists[list].item_size <= sizeof copy);
        memcpy(&copy, items + (n - 1) * case_lists[list].item_size, case_lists[list].item_size);
        if (list == LIST_PEOPLE) copy.p.key = "w1";
        must(add(key, list, &copy, E));
        after = doc_of(key);
        case_items(&after, list, &m);
        assert_int_equal(m, list == LIST_CONSENT ? n : n + 1);
    }
    assert_int_equal(row_of(key).rev, 1 + LIST_STATUS);
    assert_string_equal(row_of(key).changed_by, "190001");
}

static void a_status_is_added_to_its_person(void **unused)
{
    CaseKey key = desk_must_save(s, 3, true);
    Status charged = { 4, NOW };
    Person whose = { .key = "s1", .status = &charged, .n_status = 1 }, nobody = whose;
    CaseDoc doc;
    Err err = { 0 };

    must(add(key, LIST_STATUS, &whose, E));
    doc = doc_of(key);
    assert_int_equal(doc.people[1].n_status, 3);
    assert_int_equal(doc.people[1].status[2].status, 4);
    nobody.key = "s9";
    assert_false(add(key, LIST_STATUS, &nobody, &err));
    assert_int_equal(err.kind, ERR_INVALID);
}

static void a_person_key_is_given_once(void **unused)
{
    CaseKey key = desk_must_save(s, 3, true);
    CaseDoc doc = doc_of(key);
    Err err = { 0 };

    assert_false(add(key, LIST_PEOPLE, &doc.people[0], &err));
    assert_int_equal(err.kind, ERR_INVALID);
}

static int64_t count_rows(const char *table)
{
    EngStmt *q;
    char text[100];
    int64_t n;

    snprintf(text, sizeof text, "SELECT count(*) FROM \"%s\"", table);
    assert_int_equal(engine_sqlite.prepare(s->conn, text, &q), ENG_DONE);
    assert_int_equal(engine_sqlite.step(q), ENG_ROW);
    n = engine_sqlite.get_int(q, 0);
    engine_sqlite.finalize(q);
    return n;
}

static void what_grew_is_a_new_version_beside_the_old(void **unused)
{
    CaseKey key = desk_must_save(s, 4, true);
    CaseDoc doc = doc_of(key), back;
    Book *book = &doc.books[0];
    Status *more = arena_alloc(a, 3 * sizeof *more);

    book->index_number = "G/0123/10", book->index_at = NOW;
    doc.people[0].family = "Corrected";
    memcpy(more, doc.people[1].status, 2 * sizeof *more);
    more[2] = (Status){ 5, NOW };
    doc.people[1].status = more, doc.people[1].n_status = 3;
    doc.consent[0].answer = 2;
    doc.closed_at = NOW;
    must(update(key, &doc, E));
    back = doc_of(key);
    same_document(&doc, &back);
    assert_int_equal(count_rows("books"), 2);
    assert_int_equal(count_rows("people"), 3);
    assert_int_equal(count_rows("status"), 3);
    assert_int_equal(count_rows("consent"), 2);
    assert_int_equal(count_rows("case_head"), 2);
    assert_int_equal(count_rows("reviews"), 1);
}

static void an_update_that_changes_nothing_adds_nothing(void **unused)
{
    CaseKey key = desk_must_save(s, 4, true);
    CaseDoc doc = doc_of(key);

    must(update(key, &doc, E));
    assert_int_equal(count_rows("case_head"), 1);
    assert_int_equal(count_rows("people"), 2);
    assert_int_equal(count_rows("owners"), 2);
    assert_int_equal(row_of(key).rev, 2);
}

static void an_update_may_not_lose_an_entry(void **unused)
{
    CaseKey key = desk_must_save(s, 4, true);
    CaseDoc doc = doc_of(key);
    Err err = { 0 };

    doc.n_reviews = 0;
    assert_false(update(key, &doc, &err));
    assert_int_equal(err.kind, ERR_INVALID);
    assert_int_equal(row_of(key).rev, 1);
}

static void who_comes_too_late_is_told_who_was_first(void **unused)
{
    CaseKey key = desk_must_save(s, 4, true);
    Store *other;
    Notice notice = { 2, NOW, .withdrawn = { .at = TIME_NONE } };
    Tx tx;
    Err err = { 0 };

    must((other = store_open(desk_path("s"), E)) != NULL);
    must(add(key, LIST_NOTICES, &notice, E));
    must(store_begin(other, &tx, E));
    assert_false(store_case_add(&tx, key, 1, LIST_NOTICES, &notice, vocabs(), NOW, "900008", &err));
    store_end(&tx);
    assert_int_equal(err.kind, ERR_STALE);
    assert_non_null(strstr(err.text, "190001"));
    assert_non_null(strstr(err.text, "18:40"));
    store_close(&other);
}

/* ---- walks ---- */

typedef struct Seen {
    char last[41];
    CaseKey last_key;
    int n, stop_at;
    bool by_id, grumble;
} Seen;

static bool see(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Seen *x = with;
    CaseDoc one = doc_of(row->key);

    if (x->by_id)
        assert_true(strcmp(x->last, row->id) < 0);
    else
        assert_true(x->last_key < row->key);
    snprintf(x->last, sizeof x->last, "%s", row->id);
    x->last_key = row->key;
    assert_string_equal(doc->id, row->id);
    same_document(doc, &one);
    if (++x->n == x->stop_at) return x->grumble ? err_set(err, ERR_STOPPED, "", "Enough.") : false;
    return true;
}

static void both_walks_see_every_case_whole(void **unused)
{
    for (int i = 0; i < 60; i++) desk_must_save(s, i, i % 3);
    for (int by_id = 0; by_id < 2; by_id++) {
        Seen x = { .by_id = by_id };
        must(store_case_each(s, by_id ? WALK_BY_ID : WALK_BY_KEY, vocabs(), see, &x, E));
        assert_int_equal(x.n, 60);
    }
}

static void a_walk_can_be_stopped(void **unused)
{
    Seen x = { .stop_at = 3 }, y = { .stop_at = 3, .grumble = true };
    Err err = { 0 };

    for (int i = 0; i < 9; i++) desk_must_save(s, i, false);
    must(store_case_each(s, WALK_BY_KEY, vocabs(), see, &x, E));
    assert_int_equal(x.n, 3);
    assert_false(store_case_each(s, WALK_BY_KEY, vocabs(), see, &y, &err));
    assert_int_equal(err.kind, ERR_STOPPED);
}

static void a_walk_inside_a_write_sees_it(void **unused)
{
    Tx tx;
    CaseDoc doc;
    Seen x = { 0 };

    desk_must_save(s, 1, true);
    desk_case(2, true, a, &doc);
    must(store_begin(s, &tx, E));
    must(store_case_insert(&tx, &doc, vocabs(), NOW, "900007", NULL, E));
    must(store_case_each(s, WALK_BY_KEY, vocabs(), see, &x, E));
    assert_int_equal(x.n, 2);
    store_end(&tx);
}

static void a_walk_of_nothing_is_short(void **unused)
{
    Seen x = { 0 };

    must(store_case_each(s, WALK_BY_KEY, vocabs(), see, &x, E));
    assert_int_equal(x.n, 0);
}

/* ---- search ---- */

static size_t search(const char *text, CaseHit **hits)
{
    size_t n;

    must(store_case_search(s, text, 10, vocabs(), a, hits, &n, E));
    return n;
}

static void a_case_is_found_by_whatever_names_it(void **unused)
{
    CaseKey key = desk_must_save(s, 1, true), other = desk_must_save(s, 0, true);
    CaseDoc doc = doc_of(key);
    CaseHit *h;

    assert_int_equal(search(doc.id, &h), 1);
    assert_string_equal(h[0].row.id, doc.id);
    assert_int_equal(search("0000001/10", &h), 1);
    assert_string_equal(h[0].what, "CRIS 0000001/10");
    assert_true(search("10pac00000", &h) == 2);
    assert_int_equal(search("zoe-smith", &h), 2); /* victim of one, suspect of the other */
    assert_true(h[0].row.key == key && h[1].row.key == other);
    assert_string_equal(h[0].what, "victim");
    assert_string_equal(h[0].shown, "Zoë-Smith");
    assert_int_equal(search("ZOË", &h), 2);
    assert_int_equal(search("nobody", &h), 0);
    assert_int_equal(search("", &h), 0);
    assert_int_equal(search(" % _ ", &h), 0);
}

static void a_corrected_name_is_found_and_the_old_one_is_not(void **unused)
{
    CaseKey key = desk_must_save(s, 1, true);
    CaseDoc doc = doc_of(key);
    CaseHit *h;

    doc.people[0].family = "Corrected";
    must(update(key, &doc, E));
    assert_int_equal(search("corrected", &h), 1);
    assert_int_equal(search("zoe", &h), 0);
}

static void exact_hits_come_first(void **unused)
{
    CaseHit *h;
    CaseDoc doc;
    CaseKey keys[3];
    static const char *const ids[] = { "KG-12", "KG-1", "KG-123" };

    for (int i = 0; i < 3; i++) {
        Tx tx;
        CaseRow row;
        desk_case(i, false, a, &doc);
        doc.id = ids[i];
        must(store_begin(s, &tx, E));
        must(store_case_insert(&tx, &doc, vocabs(), NOW, "900007", &row, E));
        must(logged_commit(&tx, E));
        store_end(&tx);
        keys[i] = row.key;
    }
    assert_int_equal(search("kg-1", &h), 3);
    assert_true(h[0].row.key == keys[1] && h[1].row.key == keys[0] && h[2].row.key == keys[2]);
}

/* ---- derived rows ---- */

static void apply(CaseKey key, const Duty *duties, size_t n)
{
    CaseDoc doc = doc_of(key);
    CaseBadge badge = desk_badge(&doc);
    Tx tx;

    must(store_begin(s, &tx, E));
    must(store_duty_apply(&tx, key, &badge, duties, n, 1, vocabs(), E));
    must(logged_commit(&tx, E));
    store_end(&tx);
}

static void duties_become_what_they_are_said_to_be(void **unused)
{
    CaseKey key = desk_must_save(s, 1, true);
    Duty wanted[6], swapped[6], *have;
    size_t n = desk_duties(1, wanted), m;

    must(store_duty_of_case(s, key, a, &have, &m, E));
    assert_int_equal(m, n);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(have[i].id, wanted[i].id);
        assert_true(have[i].due == wanted[i].due && have[i].done == wanted[i].done &&
                    have[i].ended == wanted[i].ended && have[i].owner == wanted[i].owner &&
                    have[i].cycle == wanted[i].cycle);
    }
    wanted[1].done = NOW;
    for (size_t i = 0; i < n; i++) swapped[i] = wanted[n - 1 - i];
    apply(key, swapped, n - 1); /* any order; "attend" is gone */
    must(store_duty_of_case(s, key, a, &have, &m, E));
    assert_int_equal(m, n - 1);
    assert_string_equal(have[0].id, "csu-ds-read");
    assert_true(have[0].done == NOW);
}

/* The duties that desk.c makes for the case. */
static bool derive(void *with, const CaseDoc *doc, Arena *into, Derivation *out, Err *err)
{
    Duty *duties = arena_alloc(into, 6 * sizeof *duties);
    CaseAlert *alerts = arena_alloc(into, 3 * sizeof *alerts);
    AlertRun *runs = arena_alloc(into, DESK_RUNS * sizeof *runs);
    int i = 0;

    for (char id[41]; i < 100; i++) {
        snprintf(id, sizeof id, "KG-%07d", (int)((int64_t)i * 7919 % 10000000));
        if (strcmp(id, doc->id) == 0) break;
    }
    *out = (Derivation){ .badge = desk_badge(doc), .duties = duties, .policy_key = 1, .alerts = alerts };
    out->n = desk_duties(i, duties);
    out->n_alerts = desk_alerts(i, alerts);
    out->runs = runs;
    out->n_runs = desk_runs(i, runs);
    return true;
}

/* True when something had to be mended. */
static bool recheck(int milliseconds)
{
    Recheck *r = store_recheck_new(s, vocabs(), derive, NULL);
    RecheckStep step;
    bool any = false;

    while ((step = store_recheck_next(r)) != RECHECK_DONE) {
        bool changed = false;
        Tx tx = { 0 };
        if (step == RECHECK_READ) {
            must(store_recheck_read(r, milliseconds, E));
            continue;
        }
        must(store_begin(s, &tx, E));
        must(store_recheck_mend(r, &tx, milliseconds, &changed, E));
        if (changed) must(logged_commit(&tx, E));
        store_end(&tx);
        any |= changed;
    }
    store_recheck_free(&r);
    return any;
}

/* Behind the program, by a connection without its rules. */
static void by_hand(const char *statements)
{
    sqlite3 *db;
    char *why = NULL;

    assert_int_equal(sqlite3_open(s->place.db, &db), SQLITE_OK);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    if (sqlite3_exec(db, statements, NULL, NULL, &why) != SQLITE_OK) fail_msg("%s: %s", statements, why);
    sqlite3_close(db);
}

static void lives(void)
{
    for (int i = 0; i < 40; i++) desk_must_save(s, i, i % 2);
    for (int i = 0; i < 40; i += 5) { /* a life of changes leaves no other trace than a fresh derivation */
        CaseDoc doc = doc_of(i + 1);
        doc.people[0].family = "Corrected";
        must(update(i + 1, &doc, E));
        apply(i + 1, NULL, 0);
    }
    recheck(1000);
}

static void a_recheck_of_what_is_right_writes_nothing(void **unused)
{
    uint8_t before[HASH_BYTES], after[HASH_BYTES];

    lives();
    must(store_derived_digest(s, before, E));
    assert_false(recheck(1000));
    assert_false(recheck(0)); /* in the smallest slices */
    must(store_derived_digest(s, after, E));
    assert_memory_equal(before, after, HASH_BYTES);
}

static void a_recheck_mends_whatever_was_damaged(void **unused)
{
    static const char *const damages[] = {
        "DELETE FROM duty",
        "DELETE FROM badge",
        "DELETE FROM duty_count",
        "DELETE FROM search_key",
        "DELETE FROM duty; DELETE FROM badge; DELETE FROM duty_count; DELETE FROM search_key",
        "UPDATE duty SET due = due + 1000000 WHERE case_key % 3 = 0",
        "UPDATE duty SET owner = 'nobody' WHERE case_key = 5",
        "UPDATE duty SET rank = NULL, done = 1 WHERE case_key = 7",
        "UPDATE duty_count SET n = n + 3",
        "UPDATE duty_count SET n = 0",
        "INSERT INTO duty_count VALUES ('nobody', 0, 0, 14000, 7), ('csu-ds', 1, 9, 9, 9)",
        "UPDATE badge SET investigator = '300009' WHERE case_key % 2",
        "UPDATE badge SET investigator = NULL, touched = NULL WHERE case_key % 2",
        "UPDATE badge SET touched = touched + 1 WHERE investigator IS NOT NULL",
        "UPDATE duty SET investigator = '' WHERE investigator = '300001'",
        "UPDATE badge SET rank = 3, offence = 'other' WHERE case_key % 2",
        "INSERT INTO search_key SELECT 1, 'zz' || key, key, 'victim', 'ZZ' FROM case_file",
        "UPDATE search_key SET shown = 'x' WHERE case_key = 4",
        "DELETE FROM search_key WHERE case_key % 4 = 0 AND class = 1",
        "DELETE FROM alert",
        "DELETE FROM alert WHERE alert = 'honour-grade'",
        "UPDATE alert SET owner = 'nobody' WHERE case_key % 2",
        "UPDATE alert SET since = since + 1, basis = 'cccccccccccccccc' WHERE alert = 'children-merlin'",
        "UPDATE badge SET alert_mark = 0",
        "DELETE FROM alert_stretch",
        "DELETE FROM alert_tally",
        "DELETE FROM alert_stretch; DELETE FROM alert_tally",
        "UPDATE alert_stretch SET \"end\" = 'acted' WHERE case_key % 2",
        "UPDATE alert_tally SET n = n + 1",
        "UPDATE alert_tally SET since_sum = since_sum - 9 WHERE \"end\" = 'waits'",
        "INSERT INTO alert_tally VALUES ('nobody', 'acted', 14000, 7, 7), ('narrative-pets', 'changed', 1, 1, 1)",
        "INSERT INTO alert_stretch SELECT key, 'zz', 5, 'waits' FROM case_file",
        "PRAGMA foreign_keys = OFF; INSERT INTO alert_stretch VALUES (904, 'zz', 5, 'waits');",
        "INSERT INTO alert SELECT key, 'zz', '0123456789abcdef', 'csu-ds', 1, id, 0 FROM case_file",
        "PRAGMA foreign_keys = OFF; INSERT INTO alert VALUES (903, 'zz', '0123456789abcdef', 'csu-ds', 1, 'x', 0);",
        "PRAGMA foreign_keys = OFF; INSERT INTO badge VALUES (900, 1, 1, '', 0, 5, '', 9), (-5, 1, 1, '', 7, NULL, NULL, NULL); UPDATE badge SET idle = 77 WHERE case_key = 4;"
        "INSERT INTO search_key VALUES (1, 'ghost', 901, 'victim', 'Ghost');"
        "INSERT INTO duty SELECT 902, duty, cycle, owner, start, opens, due, done, ended, rank, span, case_id, offence, says, held, investigator "
        "FROM duty WHERE case_key = 3",
    };
    uint8_t before[HASH_BYTES], after[HASH_BYTES];

    lives();
    must(store_derived_digest(s, before, E));
    for (size_t i = 0; i < ARRAY_LEN(damages); i++) {
        by_hand(damages[i]);
        must(store_derived_digest(s, after, E));
        assert_memory_not_equal(before, after, HASH_BYTES);
        assert_true(recheck(i % 2 ? 1000 : 0));
        must(store_derived_digest(s, after, E));
        if (memcmp(before, after, HASH_BYTES) != 0) fail_msg("after %s it is not as it was", damages[i]);
        assert_false(recheck(1000));
    }
}

static void a_duty_name_that_has_no_room_is_refused(void **unused)
{
    CaseKey key = desk_must_save(s, 1, true);
    CaseBadge badge = { "x", 1, "" };
    Duty d = { "a-name-that-is-much-longer-than-any-duty-ever-was", 0, ROLE_DCI, NOW, NOW, NOW, TIME_NONE, TIME_NONE };
    Tx tx;
    Err err = { 0 };

    must(store_begin(s, &tx, E));
    assert_false(store_duty_apply(&tx, key, &badge, &d, 1, 1, vocabs(), &err));
    assert_int_equal(err.kind, ERR_INVALID);
    store_end(&tx);
}

int main(int argc, char **argv)
{
#define T(f) cmocka_unit_test_setup_teardown(f, with_store, without_store)
    const struct CMUnitTest tests[] = {
        T(a_new_store_says_what_it_is),
        T(closing_twice_is_harmless),
        T(a_sound_store_has_nothing_to_complain_of),
        T(a_change_without_a_log_entry_is_refused),
        T(what_is_not_committed_never_was),
        T(a_part_can_be_given_up_alone),
        T(a_dropped_part_takes_its_log_entry_along),
        T(an_empty_transaction_is_content),
        T(a_second_writer_waits_its_patience_and_is_told),
        T(a_write_inside_a_write_is_our_mistake),
        T(breathing_folds_a_long_log_file),
        T(the_log_is_numbered_and_bound),
        T(a_write_knows_the_number_its_entry_will_have),
        T(reading_the_log_can_be_stopped),
        T(officers_are_kept_and_changed_by_revision),
        T(the_last_policy_counts),
        T(a_proposal_is_decided_once_and_stays),
        T(drafts_need_no_log_entry),
        T(a_case_comes_back_as_it_went_in),
        T(an_id_is_given_once),
        T(a_case_is_found_by_id_and_by_cad),
        T(every_list_can_be_added_to),
        T(a_status_is_added_to_its_person),
        T(a_person_key_is_given_once),
        T(what_grew_is_a_new_version_beside_the_old),
        T(an_update_that_changes_nothing_adds_nothing),
        T(an_update_may_not_lose_an_entry),
        T(who_comes_too_late_is_told_who_was_first),
        T(both_walks_see_every_case_whole),
        T(a_walk_can_be_stopped),
        T(a_walk_inside_a_write_sees_it),
        T(a_walk_of_nothing_is_short),
        T(a_case_is_found_by_whatever_names_it),
        T(a_corrected_name_is_found_and_the_old_one_is_not),
        T(exact_hits_come_first),
        T(duties_become_what_they_are_said_to_be),
        T(a_recheck_of_what_is_right_writes_nothing),
        T(a_recheck_mends_whatever_was_damaged),
        T(a_duty_name_that_has_no_room_is_refused),
    };
    int failed;

    if (argc > 1 && strncmp(argv[1], "fault:", 6) == 0) {
        engine_fault_over(&engine_sqlite);
        store_use_engine(&engine_fault);
    }
    desk_start();
    failed = cmocka_run_group_tests_name("store", tests, NULL, NULL);
    desk_finish();
    return failed;
}
