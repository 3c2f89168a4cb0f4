/* test_backtest.c — a policy tried over history: what it finds is what evaluating every case on every morning finds. */
#include "trial_policy.h"

static Date D(const char *text)
{
    Date d;

    assert_true(civil_parse_date(text, &d, NULL));
    return d;
}

static Backtest tried(Desk *d, const Policy *trial, const char *from, const char *to)
{
    BacktestOptions o = { .trial = trial, .from = D(from), .to = D(to) };
    Backtest b;

    d->err = (Err){ 0 };
    assert_did(d, app_backtest(d->app, &o, d->a, &b, &d->err));
    return b;
}

static const TrialDuty *row_of(const Backtest *b, const char *duty)
{
    for (size_t i = 0; i < b->n_duties; i++)
        if (str_eq(b->duties[i].id, duty)) return &b->duties[i];
    fail_msg("no row of %s", duty);
    return NULL;
}

/* ---- by hand ---- */

/* Reported 1 May 11:00 local. Seven days: due on the 8th, then the 15th, 22nd and 29th. Five: the 6th, 11th, 16th, 21st,
** 26th, and the 31st after the last morning. */
static void seven_days_become_five(void **state)
{
    Desk *d = *state;
    Policy *p = policy_of(d, five_days(d));
    const TrialDuty *row;
    Backtest b;

    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", ""));
    b = tried(d, p, "2010-05-01", "2010-05-31");
    row = row_of(&b, "ds-supervision");
    assert_int_equal(b.cases, 1);
    assert_int_equal(row->n[TRIAL_MOVED], 1);
    assert_int_equal(row->n[TRIAL_GAINED] + row->n[TRIAL_LOST], 0);
    assert_int_equal(row->sums[0].open, 7);
    assert_int_equal(row->sums[0].overdue, 23);
    assert_int_equal(row->sums[1].open, 5);
    assert_int_equal(row->sums[1].overdue, 25);
    assert_int_equal(row->sums[0].minutes, 40);
    assert_int_equal(row->sums[1].minutes, 50);
    assert_int_equal(b.n_changes, 1);
    assert_string_equal(b.changes[0].case_id, "KG-1");
    assert_true(b.changes[0].due[0] == T("2010-05-08T10:00:00Z"));
    assert_true(b.changes[0].due[1] == T("2010-05-06T10:00:00Z"));
    for (size_t i = 0; i < b.n_duties; i++)
        if (b.duties[i].owner != ROLE_CSU_DS)
            assert_memory_equal(&b.duties[i].sums[0], &b.duties[i].sums[1], sizeof(TrialSums));
    policy_free(&p);
}

/* A file that asks for something every minute is foolish and no reason to hang: 1440 a day, of ten minutes each. */
static void a_duty_of_every_minute_is_counted_and_not_waited_for(void **state)
{
    Desk *d = *state;
    Policy *p = policy_of(d, "policy p \"x\"\nminutes 10\nduty one \"x\"\n cite x\n owner dci\n from reported\n every "
                             "1 minute\n done review qa\n");
    Backtest b;

    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", ""));
    b = tried(d, p, "2010-05-10", "2010-05-11");
    assert_int_equal(row_of(&b, "one")->sums[1].minutes, 2 * 1440 * 10);
    policy_free(&p);
}

static void a_case_that_closes_asks_for_no_more(void **state)
{
    Desk *d = *state;
    Policy *p = policy_of(d, five_days(d));
    const TrialDuty *row;
    Backtest b;

    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", "\"closed_at\":\"2010-05-12T10:00:00Z\",\"outcome\":\"no-further-action\""));
    b = tried(d, p, "2010-05-01", "2010-05-31");
    row = row_of(&b, "ds-supervision");
    assert_int_equal(row->sums[0].minutes, 10);
    assert_int_equal(row->sums[1].minutes, 20);
    policy_free(&p);
}

static void what_a_file_adds_or_drops_is_gained_or_lost(void **state)
{
    Desk *d = *state;
    char *text = standard_with(d, "duty attend", "duty attend", "duty arrive");
    Policy *p = policy_of(d, text);
    Backtest b;

    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", ""));
    b = tried(d, p, "2010-05-01", "2010-05-31");
    assert_int_equal(row_of(&b, "arrive")->n[TRIAL_GAINED], 1);
    assert_int_equal(row_of(&b, "arrive")->sums[0].asked, 0);
    assert_int_equal(row_of(&b, "attend")->n[TRIAL_LOST], 1);
    assert_int_equal(row_of(&b, "attend")->sums[1].asked, 0);
    assert_int_equal(row_of(&b, "attend")->sums[0].late, 1);
    assert_int_equal(b.n_changes, 2);
    for (size_t i = 0; i < b.n_days; i++)
        if (b.days[i].role == ROLE_RESPONSE_PC && b.days[i].n[TRIAL_GAINED])
            assert_int_equal(b.days[i].day, D("2010-05-02")); /* on the first morning behind its start */
    policy_free(&p);
}

static void a_duty_that_changes_hands_counts_for_each_owner_under_its_policy(void **state)
{
    Desk *d = *state;
    Policy *p = policy_of(d, standard_with(d, "duty attend", "owner    response-pc", "owner    dps"));
    Backtest b;
    int64_t before = 0, after = 0;

    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", ""));
    b = tried(d, p, "2010-05-01", "2010-05-31");
    for (size_t i = 0; i < b.n_roles; i++) {
        if (b.roles[i].role != ROLE_DPS) continue;
        before = b.roles[i].sums[0].overdue;
        after = b.roles[i].sums[1].overdue;
    }
    assert_int_equal(before, 0);
    assert_int_equal(after, 30);
    assert_int_equal(row_of(&b, "attend")->n[TRIAL_MOVED], 1);
    policy_free(&p);
}

/* ---- against plain evaluation ---- */

typedef struct Plain {
    const Policy *p;
    Arena *a;
    Date from;
    size_t n;
    int64_t (*open)[ROLE_COUNT], (*overdue)[ROLE_COUNT];
} Plain;

static bool every_morning(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Plain *plain = with;

    for (size_t day = 0; day < plain->n; day++) {
        Civil c = { .hour = 7 };
        Duty *duties;
        civil_of_date(plain->from + (Date)day, &c.year, &c.month, &c.day);
        Time at = civil_from_local(c);
        size_t n = policy_evaluate(plain->p, doc, at, plain->a, &duties);
        for (size_t i = 0; i < n; i++) {
            DutyState s = duty_state(&duties[i], at);
            if (s == DUTY_OPEN) plain->open[day][duties[i].owner]++;
            if (s == DUTY_OVERDUE) plain->overdue[day][duties[i].owner]++;
        }
        arena_reset(plain->a);
    }
    return true;
}

static void every_morning_is_what_plain_evaluation_says(void **state)
{
    enum { DAYS = 200 };
    Desk *d = *state;
    Policy *p = policy_of(d, five_days(d));
    Date from = D("2009-12-01");
    Training *t = training_new(7, "KG", T(NOW), 150);
    Str lines = { 0 };
    Backtest b;

    desk_as(d, DI);
    for (int i = 0; i < 150; i++) {
        CaseDoc doc;
        Arena *a = arena_new();
        training_case(t, i, app_vocabs(d->app), a, &doc);
        case_write(&doc, app_vocabs(d->app), &lines);
        str_add_char(&lines, '\n');
        arena_free(&a);
    }
    desk_import(d, str_text(&lines));
    desk_reopen(d, "2010-06-20T09:00:00Z");
    desk_as(d, DI);
    b = tried(d, p, "2009-12-01", "2010-06-18");
    assert_int_equal(b.cases, 150);
    for (int s = 0; s < 2; s++) {
        int64_t open[DAYS][ROLE_COUNT] = { 0 }, overdue[DAYS][ROLE_COUNT] = { 0 }, total = 0;
        Plain plain = { s ? p : app_policy(d->app), arena_new(), from, DAYS, open, overdue };
        assert_did(d,
            store_case_each(app_store_handle(d->app), WALK_BY_KEY, app_vocabs(d->app), every_morning, &plain, &d->err));
        for (size_t i = 0; i < b.n_days; i++) {
            const TrialDay *day = &b.days[i];
            if (day->open[s] != open[day->day - from][day->role] ||
                day->overdue[s] != overdue[day->day - from][day->role])
                fail_msg("day %d, %s: %d open and %d overdue, not %d and %d", (int)(day->day - from),
                    role_word(day->role), (int)day->open[s], (int)day->overdue[s],
                    (int)open[day->day - from][day->role], (int)overdue[day->day - from][day->role]);
            open[day->day - from][day->role] = overdue[day->day - from][day->role] = 0;
            total += day->open[s] + day->overdue[s];
        }
        for (size_t i = 0; i < DAYS; i++)
            for (Role r = 0; r < ROLE_COUNT; r++) assert_int_equal(open[i][r] + overdue[i][r], 0); /* none left out */
        assert_true(total > 1000);
        arena_free(&plain.a);
    }
    training_free(&t);
    str_finish(&lines);
    policy_free(&p);
}

static void a_policy_beside_itself_changes_nothing(void **state)
{
    Desk *d = *state;
    size_t n;
    const char *text = policy_builtin(POLICY_STANDARD, &n);
    Policy *p = policy_of(d, arena_dup_n(d->a, text, n));
    Backtest b;

    desk_as(d, DI);
    for (int i = 0; i < 5; i++) desk_import(d, case_line(d->a, arena_printf(d->a, "KG-%d", i), ""));
    b = tried(d, p, "2010-05-01", "2010-05-31");
    assert_int_equal(b.n_changes, 0);
    for (size_t i = 0; i < b.n_roles; i++)
        assert_memory_equal(&b.roles[i].sums[0], &b.roles[i].sums[1], sizeof(TrialSums));
    policy_free(&p);
}

/* ---- words ---- */

/* In force: a file that adds one flag. On trial: one that adds two, the old one last. */
static void a_file_that_numbers_its_words_otherwise_reads_the_same_case(void **state)
{
    static const char duty[] = "duty flagged \"x\"\n    cite   local\n    owner  csu-di\n    when   flag alpha-flag\n"
                               "    from   reported\n    due    after 1 day\n    done   review di-review, any time\n";
    Desk *d = *state;
    size_t n;
    const char *text = policy_builtin(POLICY_STANDARD, &n);
    char *first = arena_printf(d->a, "%.*s\nvocabulary flag adds alpha-flag \"A\"\n", (int)n, text);
    Policy *p = policy_of(d, first);
    Tx tx = { 0 };
    AuditEntry e = {
        .at = T(NOW), .kind = AUDIT_CARE, .who = "-", .terminal = "", .act = "test", .case_id = "", .detail = ""
    };
    Backtest b;

    assert_did(d, store_begin(app_store_handle(d->app), &tx, &d->err));
    assert_did(d, store_policy_activate(&tx, policy_id(p), policy_hash(p), first, strlen(first), T(NOW), &d->err));
    assert_did(d, store_audit_append(&tx, &e, &d->err));
    assert_did(d, store_commit(&tx, &d->err));
    store_end(&tx);
    policy_free(&p);
    desk_reopen(d, NOW);
    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", "\"flags\":[{\"flag\":\"alpha-flag\",\"at\":\"2010-05-02T10:00:00Z\"}]"));
    p = policy_of(
        d, arena_printf(d->a, "%.*s\nvocabulary flag adds beta-flag \"B\", alpha-flag \"A\"\n%s", (int)n, text, duty));
    b = tried(d, p, "2010-05-01", "2010-05-31");
    assert_string_equal(str_text(&d->said), "");
    assert_int_equal(row_of(&b, "flagged")->n[TRIAL_GAINED], 1);
    assert_int_equal(b.n_changes, 1);
    policy_free(&p);
}

/* ---- outcomes ---- */

static void an_outcome_that_would_have_been_flagged_earlier_is_named(void **state)
{
    Desk *d = *state;
    Policy *p = policy_of(d, five_days(d));
    Backtest b;

    desk_as(d, DI);
    /* known since the 1st; the wounding on the 10th */
    desk_import(d, case_line(d->a, "KG-1", "\"offences\":[{\"class\":\"s18\",\"at\":\"2010-05-10T10:00:00Z\"}]"));
    /* known for less than a day */
    desk_import(d, case_line(d->a, "KG-2", "\"offences\":[{\"class\":\"s18\",\"at\":\"2010-05-01T20:00:00Z\"}]"));
    /* not of those that the file names */
    desk_import(d, case_line(d->a, "KG-3", "\"offences\":[{\"class\":\"s20\",\"at\":\"2010-05-10T10:00:00Z\"}]"));
    b = tried(d, p, "2010-05-01", "2010-05-31");
    assert_int_equal(b.harmed, 1);
    assert_int_equal(b.n_harms, 1);
    assert_string_equal(b.harms[0].case_id, "KG-1");
    assert_string_equal(b.harms[0].offence, "s18");
    assert_string_equal(b.harms[0].duty, "ds-supervision");
    assert_true(b.harms[0].flagged[0] == T("2010-05-08T10:00:00Z"));
    assert_true(b.harms[0].flagged[1] == T("2010-05-06T10:00:00Z"));
    b = tried(d, p, "2010-05-15", "2010-05-31"); /* the outcome lies before */
    assert_int_equal(b.harmed, 0);
    policy_free(&p);
}

/* ---- who, when, and how it ends ---- */

static bool stop(void *with, int64_t done, int64_t total)
{
    ++*(int *)with;
    return false;
}

static void it_writes_nothing_but_that_it_was_looked(void **state)
{
    Desk *d = *state;
    Policy *p = policy_of(d, five_days(d));
    uint8_t before[HASH_BYTES], after[HASH_BYTES];
    int64_t size;

    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", ""));
    size = log_size(d);
    assert_did(d, store_derived_digest(app_store_handle(d->app), before, &d->err));
    tried(d, p, "2010-05-01", "2010-05-31");
    assert_did(d, store_derived_digest(app_store_handle(d->app), after, &d->err));
    assert_memory_equal(before, after, HASH_BYTES);
    assert_int_equal(log_size(d), size + 1);
    assert_logged(d, AUDIT_CONSULT, "policy.backtest", "");
    policy_free(&p);
}

static void it_is_refused_stopped_and_kept_to_the_past(void **state)
{
    Desk *d = *state;
    Policy *p = policy_of(d, five_days(d));
    int asked = 0;
    Progress progress = { stop, &asked };
    BacktestOptions o = { .trial = p, .from = DATE_NONE, .to = DATE_NONE };
    Backtest b;

    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, app_backtest(d->app, &o, d->a, &b, &d->err));
    desk_as(d, DI);
    desk_import(d, case_line(d->a, "KG-1", ""));
    assert_did(d, app_backtest(d->app, &o, d->a, &b, &d->err));
    assert_int_equal(b.to, D("2010-05-31"));
    assert_int_equal(b.to - b.from, 364);
    o.progress = &progress;
    assert_refused(d, ERR_STOPPED, app_backtest(d->app, &o, d->a, &b, &d->err));
    assert_int_equal(asked, 1);
    o.to = D("2010-06-02");
    assert_refused(d, ERR_INVALID, app_backtest(d->app, &o, d->a, &b, &d->err));
    o.to = D("2010-05-01"), o.from = D("2010-05-02");
    assert_refused(d, ERR_INVALID, app_backtest(d->app, &o, d->a, &b, &d->err));
    o.from = D("1990-05-02");
    assert_refused(d, ERR_INVALID, app_backtest(d->app, &o, d->a, &b, &d->err));
    policy_free(&p);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        TEST(seven_days_become_five),
        TEST(a_duty_of_every_minute_is_counted_and_not_waited_for),
        TEST(a_case_that_closes_asks_for_no_more),
        TEST(what_a_file_adds_or_drops_is_gained_or_lost),
        TEST(a_duty_that_changes_hands_counts_for_each_owner_under_its_policy),
        TEST(every_morning_is_what_plain_evaluation_says),
        TEST(a_policy_beside_itself_changes_nothing),
        TEST(a_file_that_numbers_its_words_otherwise_reads_the_same_case),
        TEST(an_outcome_that_would_have_been_flagged_earlier_is_named),
        TEST(it_writes_nothing_but_that_it_was_looked),
        TEST(it_is_refused_stopped_and_kept_to_the_past),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
