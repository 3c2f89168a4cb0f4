/* test_roundup.c — Operation Roundup: who is on the list and in which order, an attempt, an arrest in one write; refused, invalid, stale,
** broken half-way; and a sheet that never says where a victim is. */
#include "app/access.h"
#include "app/roundup.h"
#include "faulty.h"
#include "store/migrations.h"

#include <sqlite3.h>
#include <stdio.h>

#define OUT "\"status\":[{\"status\":\"outstanding\",\"at\":\"2010-05-01T11:00:00Z\"}]"
#define SUSPECT(key, more)                                                                                             \
    "{\"key\":\"" key "\",\"role\":\"suspect\",\"family\":\"Placeholder\",\"recorded_at\":\"2010-05-01T10:30:00Z\"" more "," OUT "}"
#define GRADE(g)                                                                                                       \
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\",\"at\":\"2010-05-01T12:00:00Z\"," \
    "\"grade\":\"" g "\",\"rationale\":\"He said so.\"}]"

static void import(Desk *d, const char *id, const char *more)
{
    assert_int_equal(desk_import(d, case_line(d->a, id, more)).added, 1);
}

static int with_suspects(void **state)
{
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, DI);
    import(d, "KG-STD", "\"people\":[" SUSPECT("s1", "") "]," GRADE("standard"));
    import(d, "KG-HIGH", "\"people\":[" SUSPECT("s1", ",\"address\":\"1 Made-up Mews\",\"warnings\":\"Carries a knife.\"") ","
                         SUSPECT("s2", "") "]," GRADE("high"));
    import(d, "KG-NONE", "\"people\":[" SUSPECT("s1", "") "]");
    import(d, "KG-HELD",
        "\"people\":[{\"key\":\"s1\",\"role\":\"suspect\",\"recorded_at\":\"2010-05-01T10:30:00Z\",\"status\":["
        "{\"status\":\"outstanding\",\"at\":\"2010-05-01T11:00:00Z\"},{\"status\":\"arrested\",\"at\":\"2010-05-02T11:00:00Z\"}]}]");
    import(d, "KG-SHUT",
        "\"people\":[" SUSPECT("s1", "") "],\"closed_at\":\"2010-05-20T10:00:00Z\",\"outcome\":\"undetected\"");
    return 0;
}

static size_t list(Desk *d, RoundupRow **rows)
{
    size_t n;
    bool more;

    assert_did(d, app_roundup_page(d->app, NULL, 50, d->a, rows, &n, &more, &d->err));
    assert_false(more);
    return n;
}

static RoundupTry attempt(Desk *d, const char *person, const char *result)
{
    return (RoundupTry){ .person = person,
        .result = vocab_code(app_vocabs(d->app), VOCAB_ATTEMPT, result),
        .place = "9 Fictitious Close",
        .text = "Looked through the window.",
        .at = TIME_NONE };
}

static const Duty *duty_of(const CaseView *v, const char *id)
{
    for (size_t i = 0; i < v->n_duties; i++)
        if (str_eq(v->duties[i].id, id)) return &v->duties[i];
    return NULL;
}

/* ---- the list ---- */

static void high_risk_comes_first_and_only_who_is_outstanding(void **state)
{
    Desk *d = *state;
    RoundupRow *r;

    assert_int_equal(list(d, &r), 4);
    assert_string_equal(r[0].row.id, "KG-HIGH");
    assert_string_equal(r[0].place.person, "s1");
    assert_string_equal(r[0].address, "1 Made-up Mews");
    assert_string_equal(r[0].person.warnings, "Carries a knife.");
    assert_string_equal(r[1].place.person, "s2");
    assert_null(r[1].address);
    assert_string_equal(r[2].row.id, "KG-NONE");
    assert_string_equal(r[3].row.id, "KG-STD");
    assert_int_equal(r[3].n_attempts, 0);
}

static void each_case_that_is_shown_is_logged_once_as_looked_at(void **state)
{
    Desk *d = *state;
    RoundupRow *r;
    int64_t before = log_size(d);

    list(d, &r);
    assert_int_equal(log_size(d) - before, 3);
    assert_logged(d, AUDIT_CONSULT, "case.look", "KG-STD");
}

static void pages_go_on_where_the_last_one_ended(void **state)
{
    Desk *d = *state;
    RoundupRow *all, *r, *from = NULL;
    size_t n, at = 0, count = list(d, &all);
    bool more = true;

    for (; more; from = &r[n - 1]) {
        assert_did(d, app_roundup_page(d->app, from, 1, d->a, &r, &n, &more, &d->err));
        assert_int_equal(n, 1);
        assert_string_equal(r[0].row.id, all[at].row.id);
        assert_string_equal(r[0].place.person, all[at++].place.person);
    }
    assert_int_equal(at, count);
}

static void a_rebuild_finds_nothing_to_change(void **state)
{
    Desk *d = *state;
    bool changed = true;

    desk_as(d, KEEPER);
    assert_did(d, app_rebuild(d->app, NULL, NULL, &changed, &d->err));
    assert_false(changed);
}

static void a_rebuild_mends_the_list(void **state)
{
    Desk *d = *state;
    Store *s = app_store_handle(d->app);
    Derivation is = { .badge = { "KG-STD", GRADE_STANDARD, "" } };
    AuditEntry e = { .at = T(NOW), .kind = AUDIT_CARE, .who = "-", .terminal = "", .act = "test", .case_id = "", .detail = "" };
    RoundupRow *r;
    CaseRow row;
    Tx tx = { 0 };
    bool changed = false;

    assert_did(d, store_case_find(s, "KG-STD", d->a, &row, &d->err));
    assert_did(d, store_begin(s, &tx, &d->err) && store_outstanding_apply(&tx, row.key, &is, &d->err) &&
                      store_audit_append(&tx, &e, &d->err) && store_commit(&tx, &d->err));
    store_end(&tx);
    assert_int_equal(list(d, &r), 3);
    desk_as(d, KEEPER);
    assert_did(d, app_rebuild(d->app, NULL, NULL, &changed, &d->err));
    assert_true(changed);
    desk_as(d, DI);
    assert_int_equal(list(d, &r), 4);
}

/* The step of the schema that fills the table says what a rebuild would. */
static void a_store_that_is_brought_on_has_its_list(void **state)
{
    Desk *d = *state;
    char path[120];
    const char *fill = NULL;
    sqlite3 *db;
    bool changed = true;

    for (int i = 0; i < migrations_n && !fill; i++) fill = strstr(migrations[i].text, "INSERT INTO outstanding");
    assert_non_null(fill);
    app_close(&d->app);
    snprintf(path, sizeof path, "%s/book124.db", d->store);
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM outstanding", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, fill, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_changes(db), 4);
    sqlite3_close(db);
    desk_reopen(d, NOW);
    desk_as(d, KEEPER);
    assert_did(d, app_rebuild(d->app, NULL, NULL, &changed, &d->err));
    assert_false(changed);
}

static void under_a_clock_set_back_the_list_is_of_that_day(void **state)
{
    Desk *d = *state;
    RoundupRow *r;

    desk_reopen(d, "2010-05-01T20:00:00Z");
    desk_as(d, DI);
    assert_int_equal(list(d, &r), 6); /* one was not arrested yet, and one case was open */
    assert_string_equal(r[0].row.id, "KG-HIGH");
    desk_reopen(d, "2010-04-01T20:00:00Z");
    desk_as(d, DI);
    assert_int_equal(list(d, &r), 0);
}

static void the_list_is_not_for_everybody(void **state)
{
    Desk *d = *state;
    RoundupRow *r;
    size_t n;
    bool more;
    Str out = { 0 };

    desk_as(d, AUDITOR);
    assert_refused(d, ERR_DENIED, app_roundup_page(d->app, NULL, 5, d->a, &r, &n, &more, &d->err));
    assert_logged(d, AUDIT_DENIED, "roundup.list", NULL);
    desk_as(d, PC);
    list(d, &r);
    assert_refused(d, ERR_DENIED, app_roundup_print(d->app, &(RoundupPaper){ 0 }, &out, NULL, &d->err));
    assert_int_equal(out.n, 0);
}

/* ---- an attempt ---- */

static void an_attempt_is_kept_and_the_suspect_stays(void **state)
{
    Desk *d = *state;
    RoundupRow *r;
    RoundupTry t = attempt(d, "s1", "no-reply");
    size_t n = list(d, &r);
    Rev rev = r[0].row.rev;

    assert_did(d, app_roundup_record(d->app, &r[0].row, &t, &d->err));
    assert_int_equal(r[0].row.rev, rev + 1);
    assert_logged(d, AUDIT_ALTER, "attempt.add", "KG-HIGH");
    assert_int_equal(list(d, &r), n);
    assert_int_equal(r[0].n_attempts, 1);
    assert_string_equal(r[0].attempts[0].by, DI);
    assert_int_equal(r[0].attempts[0].at, T(NOW));
    assert_int_equal(r[1].n_attempts, 0);
}

static void an_arrest_takes_the_row_away_and_the_duty(void **state)
{
    Desk *d = *state;
    RoundupRow *r;
    RoundupTry t = attempt(d, "s1", "arrested");
    CaseView v = desk_look(d, "KG-STD");
    Rev rev = v.row.rev;

    assert_non_null(duty_of(&v, "roundup"));
    assert_did(d, app_roundup_record(d->app, &v.row, &t, &d->err));
    assert_int_equal(v.row.rev, rev + 1);
    assert_logged(d, AUDIT_ALTER, "suspect.arrest", "KG-STD");
    assert_int_equal(list(d, &r), 3);
    v = desk_look(d, "KG-STD");
    assert_int_equal(v.row.rev, rev + 1);
    assert_int_equal(v.doc.n_attempts, 1);
    assert_int_equal(v.doc.n_events, 1);
    assert_string_equal(vocab_word(app_vocabs(d->app), VOCAB_EVENT, v.doc.events[0].kind), "arrest");
    assert_string_equal(v.doc.events[0].person, "s1");
    assert_int_equal(v.doc.people[0].n_status, 2);
    assert_string_equal(v.doc.people[0].family, "Placeholder");
    assert_null(duty_of(&v, "roundup"));           /* nobody is outstanding: it is not asked for any more */
    assert_non_null(duty_of(&v, "victim-told"));   /* and the victim is to be told */
    desk_as(d, KEEPER);
    bool changed = true;
    assert_did(d, app_rebuild(d->app, NULL, NULL, &changed, &d->err));
    assert_false(changed);
}

static void of_two_suspects_the_other_one_stays(void **state)
{
    Desk *d = *state;
    RoundupRow *r;
    RoundupTry t = attempt(d, "s1", "arrested");
    CaseView v = desk_look(d, "KG-HIGH");

    assert_did(d, app_roundup_record(d->app, &v.row, &t, &d->err));
    list(d, &r);
    assert_string_equal(r[0].row.id, "KG-HIGH");
    assert_string_equal(r[0].place.person, "s2");
    v = desk_look(d, "KG-HIGH");
    assert_non_null(duty_of(&v, "roundup"));
}

static void refused_invalid_stale(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, "KG-STD");
    CaseRow old = v.row;
    RoundupTry t = attempt(d, "s1", "no-reply"), arrest = attempt(d, "s1", "arrested");

    t.person = "v9";
    assert_refused(d, ERR_INVALID, app_roundup_record(d->app, &v.row, &t, &d->err));
    assert_string_equal(d->err.field, "person");
    t = attempt(d, "s1", "no such result");
    assert_refused(d, ERR_INVALID, app_roundup_record(d->app, &v.row, &t, &d->err));
    assert_string_equal(d->err.field, "result");
    t = attempt(d, "s1", "no-reply");
    t.at = T("2010-07-01T09:00:00Z"); /* to come */
    assert_refused(d, ERR_INVALID, app_roundup_record(d->app, &v.row, &t, &d->err));
    arrest.at = T("2010-05-01T10:00:00Z"); /* before he was outstanding */
    assert_refused(d, ERR_INVALID, app_roundup_record(d->app, &v.row, &arrest, &d->err));
    assert_string_equal(d->err.field, "at");
    arrest.at = TIME_NONE;
    desk_as(d, AUDITOR);
    assert_refused(d, ERR_DENIED, app_roundup_record(d->app, &v.row, &t, &d->err));
    assert_logged(d, AUDIT_DENIED, "attempt.add", "KG-STD");
    desk_as(d, DS);
    assert_int_equal(desk_look(d, "KG-STD").row.rev, old.rev); /* nothing of all that */
    t = attempt(d, "s1", "no-reply");
    assert_did(d, app_roundup_record(d->app, &v.row, &t, &d->err));
    assert_refused(d, ERR_STALE, app_roundup_record(d->app, &old, &arrest, &d->err)); /* the other officer's screen */
    assert_did(d, app_roundup_record(d->app, &v.row, &arrest, &d->err));
    assert_refused(d, ERR_STALE, app_roundup_record(d->app, &v.row, &arrest, &d->err));
    assert_non_null(strstr(d->err.text, "not outstanding any more"));
}

/* ---- broken half-way ---- */

static int with_faults(void **state)
{
    return faulty(state, with_suspects);
}

static void an_arrest_is_recorded_wholly_or_not(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, "KG-STD");
    RoundupTry t = attempt(d, "s1", "arrested");
    bool ok = false;
    int64_t at = 0;

    while (!ok && ++at < 5000) {
        Err err = { 0 };
        CaseRow row = v.row;
        CaseView is;
        engine_fault_at(at, ENG_IO);
        ok = app_roundup_record(d->app, &row, &t, &err);
        engine_fault_at(0, ENG_IO);
        is = desk_look(d, "KG-STD");
        assert_int_equal(is.doc.n_attempts + is.doc.n_events + is.doc.people[0].n_status, ok ? 4 : 1);
        assert_int_equal(is.row.rev, ok ? v.row.rev + 1 : v.row.rev);
        if (!ok && (err.kind == ERR_BUG || !err.text[0])) fail_msg("step %lld: %s", (long long)at, err.text);
    }
    assert_true(ok && at > 10);
}

/* ---- the sheet ---- */

static const char *printed(Desk *d)
{
    Str out = { 0 };
    const char *kept;

    assert_did(d, app_roundup_print(d->app, &(RoundupPaper){ 0 }, &out, NULL, &d->err));
    kept = arena_dup(d->a, str_text(&out));
    str_finish(&out);
    return kept;
}

static void the_sheet_says_who_where_and_what_was_tried(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, "KG-HIGH");
    RoundupTry t = attempt(d, "s1", "no-reply");
    const char *text;

    assert_did(d, app_roundup_record(d->app, &v.row, &t, &d->err));
    text = printed(d);
    assert_logged(d, AUDIT_DISCLOSE, "roundup.print", NULL);
    assert_non_null(strstr(text, "RESTRICTED"));
    assert_non_null(strstr(text, "1 Made-up Mews"));
    assert_non_null(strstr(text, "Carries a knife."));
    assert_non_null(strstr(text, "No reply, 9 Fictitious Close"));
    assert_non_null(strstr(text, "KG-STD"));
    assert_null(strstr(text, "KG-HELD"));
}

/* The same address in other letters, spaces and commas; as the place of the incident, of an attempt, inside a warning. */
static void the_sheet_never_says_where_a_victim_is(void **state)
{
    Desk *d = *state;
    const char *text;

    import(d, "KG-HOME",
        "\"incident\":{\"place\":\"71 Hidden Lane\"},\"people\":["
        "{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Example\",\"recorded_at\":\"2010-05-01T10:30:00Z\"},"
        SUSPECT("s1", ",\"address\":\"71, HIDDEN lane, Exampleton\",\"warnings\":\"Waits outside 71  Hidden Lane at night.\"") ","
        SUSPECT("s2", "") "],"
        "\"safe_contacts\":[{\"person\":\"v1\",\"way\":\"letter\",\"value\":\"71 Hidden Lane\",\"rule\":\"safe\",\"voicemail\":false,"
        "\"by\":\"900006\",\"at\":\"2010-05-01T13:00:00Z\"}],"
        "\"attempts\":[{\"person\":\"s1\",\"place\":\"71 Hidden Lane\",\"result\":\"no-reply\",\"by\":\"900006\","
        "\"at\":\"2010-05-02T13:00:00Z\"}]");
    import(d, "KG-UNKNOWN", "\"incident\":{\"place\":\"5 Perhaps Place\"},\"people\":[" SUSPECT("s1", "") "]");
    import(d, "KG-ELSEWHERE",
        "\"incident\":{\"place\":\"Bus stop E\"},\"people\":["
        "{\"key\":\"v1\",\"role\":\"victim\",\"recorded_at\":\"2010-05-01T10:30:00Z\",\"address\":\"71 Hidden Lane\"}," SUSPECT("s1", "") "]");
    text = printed(d);
    for (const char *c = text; *c; c++)
        if (strncasecmp(c, "hidden", 6) == 0) fail_msg("the sheet says: %.60s", c);
    assert_null(strstr(text, "Perhaps")); /* nobody knows where that victim lives */
    assert_non_null(strstr(text, "Bus stop E"));
}

/* Whoever finds the sheet learns nothing of them, not even that there are any. */
static void a_suspect_of_a_restricted_case_is_not_on_the_sheet(void **state)
{
    Desk *d = *state;
    Str out = { 0 };
    size_t left = 9;

    assert_did(d, app_case_restrict(d->app, &(RestrictAsk){ .case_id = "KG-STD", .reason = "Police staff.", .password = TRAINING_PASSWORD }, &d->err));
    assert_did(d, app_roundup_print(d->app, &(RoundupPaper){ 0 }, &out, &left, &d->err));
    assert_int_equal(left, 1);
    assert_null(strstr(str_text(&out), "KG-STD"));
    assert_null(strstr(str_text(&out), "estricted"));
    assert_non_null(strstr(str_text(&out), "KG-HIGH"));
    str_finish(&out);
}

static void an_athena_day_counts_its_arrests(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, "KG-STD");
    RoundupTry t = attempt(d, "s1", "arrested");
    Str out = { 0 };
    int64_t n = 9;

    assert_did(d, app_roundup_arrests(d->app, civil_local_date(app_now(d->app)), &n, &d->err));
    assert_int_equal(n, 0);
    assert_did(d, app_roundup_record(d->app, &v.row, &t, &d->err));
    assert_did(d, app_roundup_arrests(d->app, civil_local_date(app_now(d->app)), &n, &d->err));
    assert_int_equal(n, 1);
    assert_did(d, app_roundup_arrests(d->app, civil_local_date(app_now(d->app)) + 1, &n, &d->err));
    assert_int_equal(n, 0);
    assert_did(d, app_roundup_print(d->app, &(RoundupPaper){ .athena = true }, &out, NULL, &d->err));
    assert_non_null(strstr(str_text(&out), "Operation Athena"));
    assert_non_null(strstr(str_text(&out), "arrested today: 1"));
    str_finish(&out);
}

int main(void)
{
#define T_(f) cmocka_unit_test_setup_teardown(f, with_suspects, desk_teardown)
    const struct CMUnitTest tests[] = {
        T_(high_risk_comes_first_and_only_who_is_outstanding),
        T_(each_case_that_is_shown_is_logged_once_as_looked_at),
        T_(pages_go_on_where_the_last_one_ended),
        T_(a_rebuild_finds_nothing_to_change),
        T_(a_rebuild_mends_the_list),
        T_(a_store_that_is_brought_on_has_its_list),
        T_(under_a_clock_set_back_the_list_is_of_that_day),
        T_(the_list_is_not_for_everybody),
        T_(an_attempt_is_kept_and_the_suspect_stays),
        T_(an_arrest_takes_the_row_away_and_the_duty),
        T_(of_two_suspects_the_other_one_stays),
        T_(refused_invalid_stale),
        T_(the_sheet_says_who_where_and_what_was_tried),
        T_(the_sheet_never_says_where_a_victim_is),
        T_(a_suspect_of_a_restricted_case_is_not_on_the_sheet),
        T_(an_athena_day_counts_its_arrests),
        cmocka_unit_test_setup_teardown(an_arrest_is_recorded_wholly_or_not, with_faults, faulty_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
