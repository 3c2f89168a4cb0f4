/* test_alert.c — alerts that wait: every page forwards and backwards and every figure held against a plain sort of all that was
** applied; what an answer does, and what it does not. On the engine named: `sqlite:` or `fault:sqlite:`. */
#include "desk.h"

#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASES = 90, ALL_MAX = CASES * 3 };

static Store *s;
static Arena *a;

typedef struct Known {
    char id[40], case_id[41], basis[17];
    Role owner;
    Time since;
    int rank;
} Known;
static Known all[ALL_MAX];
static size_t n_all;

static int with_store(void **unused)
{
    desk_remove("s");
    s = desk_store("s");
    a = arena_new();
    n_all = 0;
    return 0;
}

static int without_store(void **unused)
{
    store_close(&s);
    arena_free(&a);
    return 0;
}

static Derivation fires(CaseKey key, const CaseAlert *alerts, size_t n)
{
    CaseDoc *doc = arena_alloc(a, sizeof *doc);

    must(store_case_load(s, key, vocabs_standard(), a, doc, E));
    return (Derivation){ .badge = desk_badge(doc), .policy_key = 1, .alerts = alerts, .n_alerts = n };
}

static bool apply(CaseKey key, const CaseAlert *alerts, size_t n, Err *err)
{
    Derivation is = fires(key, alerts, n);
    Tx tx = { 0 };

    return desk_end(&tx, store_begin(s, &tx, err) && store_alert_apply(&tx, key, &is, err), err);
}

static bool say(CaseKey key, const char *alert, const char *basis, bool dismissed, Err *err)
{
    AlertAnswer answer = { alert, basis, dismissed, dismissed ? "It was a maid of honour." : "", "900007", NOW };
    Tx tx = { 0 };

    return desk_end(&tx, store_begin(s, &tx, err) && store_alert_answer(&tx, key, &answer, err), err);
}

static size_t waiting(CaseKey key, AlertRow **rows)
{
    size_t n;

    must(store_alert_of_case(s, key, a, rows, &n, E));
    return n;
}

/* ---- pages and figures ---- */

static void fill(void)
{
    for (int i = 0; i < CASES; i++) {
        CaseAlert alerts[3];
        CaseDoc doc;
        size_t n = desk_alerts(i, alerts);
        desk_case(i, i % 3, a, &doc);
        desk_must_save(s, i, i % 3);
        for (size_t k = 0; k < n; k++) {
            Known *x = &all[n_all++];
            *x = (Known){ .owner = alerts[k].owner, .since = alerts[k].since, .rank = rank_of_grade(case_grade(&doc)) };
            snprintf(x->id, sizeof x->id, "%s", alerts[k].id);
            snprintf(x->case_id, sizeof x->case_id, "%s", doc.id);
            snprintf(x->basis, sizeof x->basis, "%s", alerts[k].basis);
        }
    }
}

static int order(const void *p, const void *q)
{
    const Known *x = p, *y = q;
    int c;

    if (x->rank != y->rank) return x->rank - y->rank;
    if (x->since != y->since) return x->since < y->since ? -1 : 1;
    c = strcmp(x->case_id, y->case_id);
    return c ? c : strcmp(x->id, y->id);
}

static size_t plain(RoleSet roles, Known *out)
{
    size_t n = 0;

    for (size_t i = 0; i < n_all; i++)
        if (roles & ROLE_BIT(all[i].owner)) out[n++] = all[i];
    qsort(out, n, sizeof *out, order);
    return n;
}

static void same_row(const Known *k, const AlertRow *r)
{
    assert_string_equal(k->case_id, r->case_id);
    assert_string_equal(k->id, r->alert);
    assert_string_equal(k->basis, r->basis);
    assert_int_equal(k->owner, r->owner);
    assert_int_equal(k->since, r->since);
    assert_int_equal(k->rank, rank_of_grade(r->grade));
}

static void walked(RoleSet roles, size_t limit)
{
    static Known want[ALL_MAX];
    AlertQuery q = { .roles = roles, .limit = limit };
    size_t n_want = plain(roles, want), at = 0, n;
    AlertRow *rows;

    do {
        must(store_alert_page(s, &q, a, &rows, &n, E));
        for (size_t i = 0; i < n; i++) same_row(&want[at++], &rows[i]);
        if (n) q.from = &rows[n - 1];
    } while (n == limit);
    assert_int_equal(at, n_want);
    q = (AlertQuery){ .roles = roles, .limit = limit, .backwards = true };
    do {
        must(store_alert_page(s, &q, a, &rows, &n, E));
        for (size_t i = n; i > 0; i--) same_row(&want[--at], &rows[i - 1]);
        if (n) q.from = &rows[0];
    } while (n == limit);
    assert_int_equal(at, 0);
}

static void every_page_and_figure_is_the_plain_one(void **unused)
{
    static Known some[ALL_MAX];
    RoleSet sets[] = { ROLE_BIT(ROLE_RESPONSE_PS), ROLE_BIT(ROLE_CSU_DS),
        ROLE_BIT(ROLE_RESPONSE_PS) | ROLE_BIT(ROLE_CSU_DS), ROLE_BIT(ROLE_DCI), 0xffffffff, 0 };

    fill();
    assert_true(n_all > CASES);
    for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
        int64_t n;
        must(store_alert_count(s, sets[i], &n, E));
        assert_int_equal(n, plain(sets[i], some));
        walked(sets[i], 1);
        walked(sets[i], 7);
        walked(sets[i], 1000);
    }
}

/* ---- what became of them ---- */

static AlertBecame became_plainly(const char *alert, Time from, Time to, const AlertStretch *known, size_t n)
{
    AlertBecame b = { .oldest = TIME_NONE };

    for (size_t i = 0; i < n; i++) {
        const AlertStretch *x = &known[i];
        if (strcmp(x->alert, alert) != 0 || x->since < from || x->since > to) continue;
        b.n[x->end]++;
        if (x->end != ALERT_WAITS) continue;
        b.since_sum += x->since;
        if (b.oldest == TIME_NONE || x->since < b.oldest) b.oldest = x->since;
    }
    return b;
}

static void same_became(const AlertStretch *known, size_t n, Time from, Time to)
{
    static const char *const names[] = { "children-merlin", "honour-grade", "narrative-pets", "narrative-weapons",
        "x" };

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        AlertBecame is, plain = became_plainly(names[i], from, to, known, n);
        must(store_alert_became(s, names[i], from, to, &is, E));
        assert_memory_equal(&is, &plain, sizeof is);
    }
}

/* Every case, some of them answered, as the stretches that core makes of the same runs. */
static size_t known_stretches(AlertStretch *known, bool answered)
{
    size_t n = 0;

    for (int i = 0; i < CASES; i++) {
        AlertRun *runs = arena_alloc(a, DESK_RUNS * sizeof *runs);
        AlertAnswer pets = { .alert = "narrative-pets", .basis = "3333333333333333", .dismissed = i % 2 };
        AlertStretch *some;
        size_t n_runs = desk_runs(i, runs), n_some;
        n_some = alert_stretches(runs, n_runs, &pets, answered && i % 7 == 0, a, &some);
        memcpy(known + n, some, n_some * sizeof *some);
        n += n_some;
    }
    return n;
}

static void what_became_of_alerts_is_the_plain_sum(void **unused)
{
    static const Time cuts[] = { 0, 1, 7200, DAY - 1, DAY, 40 * DAY, 41 * DAY + 12345 };
    static AlertStretch known[CASES * DESK_RUNS];
    size_t n = known_stretches(known, false);
    Date day = civil_local_date(NOW - 55 * DAY);

    assert_true(n > CASES);
    fill();
    for (int answered = 0; answered < 2; answered++) {
        for (size_t i = 0; i < ARRAY_LEN(cuts); i++) {
            same_became(known, n, civil_day_start(day) + cuts[i], civil_day_start(day) + 50 * DAY - cuts[i]);
            same_became(known, n, civil_day_start(day), civil_day_end(day + 5 + (Date)i));
            same_became(known, n, civil_day_start(day) - 3 * DAY + 1, civil_day_end(day + (Date)i) + 60);
            same_became(known, n, NOW - cuts[i], NOW + cuts[i]);
        }
        for (int i = 0; i < CASES && !answered; i += 7) {
            AlertRun runs[DESK_RUNS];
            CaseAlert alerts[3];
            Derivation is;
            CaseRow row;
            Tx tx = { 0 };
            char id[41];
            snprintf(id, sizeof id, "KG-%07d", (int)((int64_t)i * 7919 % 10000000));
            must(store_case_find(s, id, a, &row, E));
            must(say(row.key, "narrative-pets", "3333333333333333", i % 2, E));
            is = fires(row.key, alerts, desk_alerts(i, alerts));
            is.runs = runs;
            is.n_runs = desk_runs(i, runs);
            must(desk_end(&tx, store_begin(s, &tx, E) && store_alert_apply(&tx, row.key, &is, E), E));
        }
        n = known_stretches(known, true);
    }
}

static void an_alert_that_fires_no_more_is_gone(void **unused)
{
    CaseAlert two[] = { { "b", "0123456789abcdef", ROLE_PPD, 5 }, { "a", "0123456789abcdef", ROLE_CMU, 6 } };
    CaseKey key = desk_must_save(s, 4, true);
    AlertRow *rows;
    int64_t n;

    must(apply(key, two, 2, E)); /* in any order */
    assert_int_equal(waiting(key, &rows), 2);
    assert_string_equal(rows[0].alert, "a");
    assert_string_equal(rows[1].alert, "b");
    two[0].owner = ROLE_CSU_DI, two[0].since = 9;
    must(apply(key, two, 1, E));
    assert_int_equal(waiting(key, &rows), 1);
    assert_int_equal(rows[0].owner, ROLE_CSU_DI);
    assert_int_equal(rows[0].since, 9);
    must(apply(key, NULL, 0, E));
    assert_int_equal(waiting(key, &rows), 0);
    must(store_alert_count(s, 0xffffffff, &n, E));
    assert_int_equal(n, 0);
}

/* ---- answers ---- */

static void an_answer_is_of_one_basis(void **unused)
{
    CaseAlert x = { "a", "0123456789abcdef", ROLE_PPD, 5 };
    CaseKey key = desk_must_save(s, 4, true);
    AlertAnswer *said;
    AlertRow *rows;
    size_t n;

    must(apply(key, &x, 1, E));
    must(say(key, "a", x.basis, true, E));
    must(apply(key, &x, 1, E));
    assert_int_equal(waiting(key, &rows), 0); /* quiet */
    x.basis = "fedcba9876543210";
    must(apply(key, &x, 1, E));
    assert_int_equal(waiting(key, &rows), 1); /* the facts changed: it waits again */
    must(say(key, "a", x.basis, false, E));
    must(apply(key, &x, 1, E));
    assert_int_equal(waiting(key, &rows), 0);
    must(store_alert_answers(s, key, a, &said, &n, E));
    assert_int_equal(n, 2);
    assert_string_equal(said[0].basis, "0123456789abcdef");
    assert_true(said[0].dismissed);
    assert_string_equal(said[0].reason, "It was a maid of honour.");
    assert_string_equal(said[0].by, "900007");
    assert_int_equal(said[0].at, NOW);
    assert_false(said[1].dismissed);
    assert_string_equal(said[1].reason, "");
}

static void a_second_answer_on_one_basis_is_stale(void **unused)
{
    CaseKey key = desk_must_save(s, 4, true);
    AlertAnswer *said;
    Err err = { 0 };
    size_t n;

    must(say(key, "a", "0123456789abcdef", true, E));
    assert_false(say(key, "a", "0123456789abcdef", false, &err));
    assert_int_equal(err.kind, ERR_STALE);
    must(store_alert_answers(s, key, a, &said, &n, E));
    assert_int_equal(n, 1);
    assert_true(said[0].dismissed);
}

static void the_answer_to_one_case_is_none_to_another(void **unused)
{
    CaseAlert x = { "a", "0123456789abcdef", ROLE_PPD, 5 };
    CaseKey one = desk_must_save(s, 4, true), two = desk_must_save(s, 8, true);
    AlertRow *rows;

    must(say(one, "a", x.basis, true, E));
    must(apply(one, &x, 1, E));
    must(apply(two, &x, 1, E));
    assert_int_equal(waiting(one, &rows), 0);
    assert_int_equal(waiting(two, &rows), 1);
}

static void what_has_no_name_or_basis_is_refused(void **unused)
{
    CaseAlert wrong[] = { { "", "0123456789abcdef", ROLE_PPD, 5 }, { "a", "short", ROLE_PPD, 5 } };
    CaseKey key = desk_must_save(s, 4, true);

    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        Err err = { 0 };
        assert_false(apply(key, &wrong[i], 1, &err));
        assert_int_equal(err.kind, ERR_INVALID);
    }
}

static void a_dismissal_without_a_reason_does_not_get_in(void **unused)
{
    AlertAnswer answer = { "a", "0123456789abcdef", true, "", "900007", NOW };
    CaseKey key = desk_must_save(s, 4, true);
    Tx tx = { 0 };
    Err err = { 0 };

    assert_false(desk_end(&tx, store_begin(s, &tx, &err) && store_alert_answer(&tx, key, &answer, &err), &err));
    assert_int_not_equal(err.kind, ERR_NONE);
}

int main(int argc, char **argv)
{
#define T(f) cmocka_unit_test_setup_teardown(f, with_store, without_store)
    const struct CMUnitTest tests[] = {
        T(every_page_and_figure_is_the_plain_one),
        T(what_became_of_alerts_is_the_plain_sum),
        T(an_alert_that_fires_no_more_is_gone),
        T(an_answer_is_of_one_basis),
        T(a_second_answer_on_one_basis_is_stale),
        T(the_answer_to_one_case_is_none_to_another),
        T(what_has_no_name_or_basis_is_refused),
        T(a_dismissal_without_a_reason_does_not_get_in),
    };
    int failed;

    if (argc > 1 && strncmp(argv[1], "fault:", 6) == 0) {
        engine_fault_over(&engine_sqlite);
        store_use_engine(&engine_fault);
    }
    desk_start();
    failed = cmocka_run_group_tests_name("alert", tests, NULL, NULL);
    desk_finish();
    return failed;
}
