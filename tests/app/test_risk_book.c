/* test_risk_book.c — assessments side by side, the drift over many cases, the assessment that a book makes, and submitting broken at
** every step. */
#include "book_desk.h"
#include "faulty.h"

#include "app/risk.h"

extern void store_use_engine(const Engine *e); /* of the store, for tests */

static RiskWork work; /* of the fault test */

static int risk_setup(void **state)
{
    return faulty(state, book_setup);
}

static int risk_teardown(void **state)
{
    engine_fault_at(0, ENG_IO);
    store_use_engine(&engine_sqlite);
    app_risk_leave(((Desk *)*state)->app, &work);
    return desk_teardown(state);
}

/* ---- side by side ---- */

#define MADE(instrument, stage, at, rest)                                                                              \
    "{\"instrument\":\"" instrument "\",\"stage\":\"" stage "\",\"by\":\"900006\",\"at\":\"2010-05-" at "\"," rest "}"
#define GRADE(grade, answers) "\"grade\":\"" grade "\",\"rationale\":\"x\",\"answers\":" answers

static const char three[] = "\"assessments\":[" MADE("specss-plus", "initial", "01T22:30:00Z",
    GRADE("medium", "{\"separation\":{\"answer\":\"yes\",\"context\":\"Left.\"},\"weapons\":{\"answer\":\"no\"},"
                    "\"own-question\":{\"answer\":\"yes\"}}")) "," MADE("dash-2009", "marac", "04T10:00:00Z",
    GRADE("high", "{\"separation\":{\"answer\":\"no\"},\"weapons\":{\"answer\":\"no\"},\"frightened\":{\"answer\":"
                  "\"yes\"},\"stalking-visits\":{\"answer\":\"yes\"}}")) "," MADE("specss-plus", "secondary",
    "03T10:00:00Z", "\"answers\":{\"weapons\":{\"answer\":\"yes\",\"context\":\"A knife.\"}}") "]";

static const RiskRow *row_of(const RiskTable *t, const char *factor)
{
    for (size_t i = 0; i < t->n_rows; i++)
        if (str_eq(t->rows[i].factor, factor)) return &t->rows[i];
    return NULL;
}

static void assessments_stand_side_by_side_in_order_of_time(void **state)
{
    Desk *d = *state;
    CaseView v;
    RiskTable t;
    const RiskRow *row;

    desk_as(d, DS);
    desk_import(d, case_line(d->a, "KG-THREE", three));
    v = desk_look(d, "KG-THREE");
    app_risk_compare(d->app, &v.doc, d->a, &t);
    assert_int_equal(t.n_columns, 3);
    assert_string_equal(t.columns[0].title, "Initial · Sat 1 May 23:30");
    assert_string_equal(t.columns[1].title, "Secondary · Mon 3 May 11:00");
    assert_string_equal(t.columns[2].title, "MARAC · Tue 4 May 11:00");
    row = row_of(&t, "separation");
    assert_string_equal(row->label, "Separation, child contact");
    assert_string_equal(row->answer[0], "yes");
    assert_string_equal(row->context[0], "Left.");
    assert_null(row->answer[1]);
    assert_string_equal(row->answer[2], "no");
    assert_true(row->changed);
    row = row_of(&t, "weapons");
    assert_true(row->changed);
    assert_string_equal(row->answer[1], "yes");
    assert_false(row_of(&t, "frightened")->changed); /* asked once */
    assert_non_null(row_of(&t, "stalking-visits"));
    assert_null(row_of(&t, "stalking-loiters")); /* of a supplement, and not asked */
    row = row_of(&t, "pets");                    /* of everybody, and not answered */
    assert_true(row && !row->answer[0] && !row->answer[2]);
    row = row_of(&t, "own-question"); /* of another program */
    assert_string_equal(row->label, "own-question");
    assert_null(row->of);
    assert_true(row_of(&t, "separation")->of != NULL);
}

static void no_count_is_told_where_no_grade_was_given(void **state)
{
    Desk *d = *state;
    CaseView v;
    RiskTable t;

    desk_as(d, DS);
    desk_import(d, case_line(d->a, "KG-THREE", three));
    v = desk_look(d, "KG-THREE");
    app_risk_compare(d->app, &v.doc, d->a, &t);
    assert_true(t.columns[0].yes == 2 && t.columns[0].asked == 3);
    assert_true(t.columns[1].yes == 0 && t.columns[1].asked == 0); /* not graded */
    assert_true(t.columns[2].yes == 2 && t.columns[2].asked == 4);
    v = desk_look(d, ONE);
    app_risk_compare(d->app, &v.doc, d->a, &t);
    assert_true(t.n_columns == 0 && t.n_rows == 0);
}

/* ---- the drift ---- */

#define TWO(first, second, at, before, after)                                                                          \
    "\"assessments\":[" MADE("specss-plus", "initial", "01T22:30:00Z",                                                 \
        GRADE(                                                                                                         \
            first, "{\"weapons\":{\"answer\":\"" before "\"},\"pets\":{\"answer\":\"no\"}}")) "," MADE("specss-plus",  \
        "secondary", at, GRADE(second, "{\"weapons\":{\"answer\":\"" after "\"}}")) "]"
#define BOOK_OF(team)                                                                                                  \
    ",\"books\":[{\"serial\":\"1\",\"by\":\"900001\",\"completed_at\":\"2010-05-01T22:30:00Z\",\"answers\":{"          \
    "\"officer."                                                                                                       \
    "team\":\"" team "\"}}]"

static void the_drift_counts_pairs_by_team(void **state)
{
    Desk *d = *state;
    RiskDrift *teams;
    FactorDrift *factors;
    size_t n_teams, n_factors;

    desk_as(d, DS);
    desk_import(d, case_line(d->a, "KG-A", TWO("medium", "high", "03T10:00:00Z", "no", "yes") BOOK_OF("B relief")));
    desk_import(d, case_line(d->a, "KG-B", TWO("medium", "medium", "03T11:00:00Z", "yes", "yes") BOOK_OF("B relief")));
    desk_import(d, case_line(d->a, "KG-C", TWO("high", "standard", "04T10:00:00Z", "yes", "no") BOOK_OF("A relief")));
    desk_import(
        d, case_line(d->a, "KG-D", TWO("high", "high", "20T10:00:00Z", "yes", "no"))); /* outside, and no book */
    assert_did(d, app_risk_drift(d->app, T("2010-05-01T00:00:00Z"), T("2010-05-10T00:00:00Z"), NULL, d->a, &teams,
                      &n_teams, &factors, &n_factors, &d->err));
    assert_logged(d, AUDIT_CONSULT, "risk.drift", "");
    assert_int_equal(n_teams, 2);
    assert_string_equal(teams[0].team, "A relief");
    assert_true(teams[0].both == 1 && teams[0].down == 1 && teams[0].up == 0 && teams[0].same == 0);
    assert_string_equal(teams[1].team, "B relief");
    assert_true(teams[1].both == 2 && teams[1].up == 1 && teams[1].same == 1 && teams[1].down == 0);
    assert_int_equal(n_factors, 1); /* pets were asked once only */
    assert_string_equal(factors[0].factor, "weapons");
    assert_string_equal(factors[0].label, "Weapons used or at hand");
    assert_true(factors[0].both == 3 && factors[0].same == 1 && factors[0].to_yes == 1 && factors[0].from_yes == 1);
    assert_did(d, app_risk_drift(d->app, T("2010-05-11T00:00:00Z"), T("2011-05-10T00:00:00Z"), NULL, d->a, &teams,
                      &n_teams, &factors, &n_factors, &d->err));
    assert_true(n_teams == 1 && teams[0].both == 1);
    assert_string_equal(teams[0].team, "");
}

static bool stop_at_once(void *with, int64_t done, int64_t total)
{
    return false;
}

static void the_drift_is_for_those_who_sample_books(void **state)
{
    static const char *const may[] = { DS, DI, "900009" }, *const may_not[] = { PC, PS, IO, "900010", AUDITOR, KEEPER };
    Progress stop = { stop_at_once, NULL };
    Desk *d = *state;
    RiskDrift *teams;
    FactorDrift *factors;
    size_t n, m;

    desk_as(d, DS);
    for (int i = 0; i < 70; i++) desk_import(d, case_line(d->a, arena_printf(d->a, "KG-N%d", i), ""));
    for (size_t i = 0; i < ARRAY_LEN(may); i++) {
        desk_as(d, may[i]);
        assert_did(d, app_risk_drift(d->app, 0, TIME_MAX, NULL, d->a, &teams, &n, &factors, &m, &d->err));
    }
    assert_refused(d, ERR_INVALID, app_risk_drift(d->app, 5, 4, NULL, d->a, &teams, &n, &factors, &m, &d->err));
    assert_refused(d, ERR_STOPPED, app_risk_drift(d->app, 0, TIME_MAX, &stop, d->a, &teams, &n, &factors, &m, &d->err));
    for (size_t i = 0; i < ARRAY_LEN(may_not); i++) {
        desk_as(d, may_not[i]);
        assert_refused(
            d, ERR_DENIED, app_risk_drift(d->app, 0, TIME_MAX, NULL, d->a, &teams, &n, &factors, &m, &d->err));
        assert_logged(d, AUDIT_DENIED, "risk.drift", "");
    }
}

/* ---- the book's own ---- */

static void the_book_says_with_which_text_it_asked(void **state)
{
    Desk *d = *state;
    CaseView v;
    size_t n;
    const char *text = instrument_builtin("specss-plus", &n);
    uint8_t hash[HASH_BYTES];
    char hex[HASH_HEX];
    StoredForm stored;

    crypto_hash(text, n, hash);
    crypto_hex(hash, sizeof hash, hex);
    desk_as(d, PC);
    book_write(d, ONE, NULL);
    v = desk_look(d, ONE);
    assert_string_equal(v.doc.assessments[0].version, hex);
    assert_null(v.doc.assessments[0].reason);
    assert_did(
        d, store_form_by_hash(app_store_handle(d->app), hex, d->a, &stored, &d->err)); /* and the store holds it */
}

/* The licensed wording is in the book, and a book keeps the wording it was filled in with. */
static void a_book_asks_by_the_instrument_in_force(void **state)
{
    Desk *d = *state;
    PolicyProblems problems = { .arena = d->a };
    size_t n;
    const char *text = instrument_builtin("specss-plus", &n), *at = strstr(text, "Harm to animals");
    const char *licensed =
        arena_printf(d->a, "%.*sAs licensed%s", (int)(at - text), text, at + strlen("Harm to animals"));
    BookWork w;
    BookView view;
    CaseView v;

    desk_as(d, PC); /* begun under the old text: it goes on with the new one */
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &w, &d->err));
    assert_string_equal(form_question(w.form, "risk.pets")->label, "Harm to animals");
    assert_did(d, app_book_save(d->app, &w, &d->err));
    app_book_leave(d->app, &w);
    desk_as(d, KEEPER);
    assert_did(d, app_instrument_activate(d->app, "x.instrument", licensed, strlen(licensed), &problems, &d->err));
    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &w, &d->err));
    assert_true(w.resumed);
    assert_string_equal(form_question(w.form, "risk.pets")->label, "As licensed");
    app_book_leave(d->app, &w);
    book_write(d, ONE, NULL);
    v = desk_look(d, ONE);
    assert_string_equal(v.doc.assessments[0].version, instrument_hash(app_instrument(d->app, "specss-plus", NULL)));
    assert_non_null(strstr(v.doc.books[0].answers, " specss-plus@"));
    desk_as(d, KEEPER);
    assert_did(d, app_instrument_activate(d->app, "x.instrument", text, n, &problems, &d->err));
    desk_reopen(d, "2010-06-01T10:00:00Z");
    desk_as(d, PS);
    view = book_view(d, ONE);
    assert_string_equal(form_question(view.form, "risk.pets")->label, "As licensed");
    assert_string_equal(form_question(app_form(d->app, FORM_BOOK, NULL), "risk.pets")->label, "Harm to animals");
    app_book_close(&view);
}

static const char *const high[] = { "risk.grade", "high", NULL }, *const low[] = { "risk.grade", "standard", NULL };

static void a_book_grades_nothing_down_without_the_rank(void **state)
{
    Desk *d = *state;
    BookWork w;
    BookCheck check;
    CaseRow row;
    CaseView v;

    desk_as(d, PC);
    book_write(d, ONE, high);
    book_at(d, "2010-06-01T10:00:00Z", PS);
    assert_did(d, book_sign(d, ONE, "returned", "other", "Again."));
    book_at(d, "2010-06-01T11:00:00Z", PC);
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &w, &d->err));
    book_fill(d, &w, low);
    assert_did(d, app_book_check(d->app, &w, d->a, &check, &d->err));
    assert_int_equal(check.n_gaps, 1);
    assert_string_equal(check.gaps[0].path, "risk.grade");
    assert_non_null(strstr(check.gaps[0].says, "From high only the CSU detective inspector grades down."));
    assert_refused(d, ERR_INVALID, app_book_submit(d->app, &w, d->a, &row, &d->err));
    assert_string_equal(d->err.field, "risk.grade");
    book_fill(d, &w, high);
    assert_did(d, app_book_submit(d->app, &w, d->a, &row, &d->err));
    app_book_leave(d->app, &w);
    v = desk_look(d, ONE);
    assert_int_equal(case_grade(&v.doc), GRADE_HIGH);
}

static void an_inspector_who_writes_a_book_may_and_has_said_why(void **state)
{
    Desk *d = *state;
    CaseView v;

    desk_as(d, DS);
    desk_import(d, case_line(d->a, "KG-HIGH",
                       "\"assessments\":[" MADE("specss-plus", "initial", "01T22:30:00Z", GRADE("high", "{}")) "]"));
    desk_as(d, DI);
    book_write(d, "KG-HIGH", low);
    v = desk_look(d, "KG-HIGH");
    assert_int_equal(case_grade(&v.doc), GRADE_STANDARD);
    assert_string_equal(v.doc.assessments[1].reason, "An invented reason.");
}

static void what_was_not_asked_has_its_reason_in_the_book_too(void **state)
{
    Desk *d = *state;
    BookWork w;
    BookCheck check;

    desk_as(d, PC);
    assert_did(d, app_book_open(d->app, ONE, NULL, d->a, &w, &d->err));
    book_fill(d, &w, NULL);
    answers_put(w.answers, "risk.pets", "not-asked");
    assert_did(d, app_book_check(d->app, &w, d->a, &check, &d->err));
    assert_int_equal(check.n_gaps, 1);
    assert_string_equal(check.gaps[0].path, "risk.pets.context");
    app_book_leave(d->app, &w);
}

/* ---- broken half-way ---- */

static char *state_of(Desk *d)
{
    uint8_t digest[HASH_BYTES];
    char hex[HASH_HEX];
    CaseRow row;
    CaseDoc doc;
    Str text = { 0 };
    char *kept;

    assert_did(d, store_derived_digest(app_store_handle(d->app), digest, &d->err));
    assert_did(d, store_case_find(app_store_handle(d->app), ONE, d->a, &row, &d->err));
    assert_did(d, store_case_load(app_store_handle(d->app), row.key, app_vocabs(d->app), d->a, &doc, &d->err));
    str_addf(&text, "%lld %s ", (long long)row.rev, crypto_hex(digest, HASH_BYTES, hex));
    case_write(&doc, app_vocabs(d->app), &text);
    kept = arena_dup(d->a, str_text(&text));
    str_finish(&text);
    return kept;
}

static void fill_work(Desk *d)
{
    size_t n;
    const InstrumentFactor *f;

    assert_did(d, app_risk_open(d->app, ONE, "secondary", NULL, d->a, &work, &d->err));
    f = instrument_factors(work.instrument, &n);
    for (size_t i = 0; i < n; i++) answers_put(work.answers, f[i].code, "no");
    answers_put(work.answers, "grade", "high");
    answers_put(work.answers, "rationale", "As invented.");
    answers_put(work.answers, "observed", "As invented.");
    assert_did(d, app_risk_save(d->app, &work, &d->err));
}

static void break_everywhere(Desk *d, EngResult way)
{
    char *before;
    int64_t at = 0;
    bool ok = false;

    desk_as(d, IO);
    fill_work(d);
    before = state_of(d);
    while (!ok && ++at < 5000) {
        Err err = { 0 };
        CaseRow row;
        DraftView draft;
        size_t yes, of;
        engine_fault_at(at, way);
        ok = app_risk_submit(d->app, &work, d->a, &row, &yes, &of, &err);
        engine_fault_at(0, ENG_IO);
        if (ok) break;
        assert_true(yes == 0 && of == 0);
        if (err.kind == ERR_NONE || err.kind == ERR_BUG || !err.text[0])
            fail_msg("step %lld: %s: %s", (long long)at, err_kind_word(err.kind), err.text);
        assert_string_equal(before, state_of(d));
        assert_did(d, app_draft_get(d->app, work.about, d->a, &draft, &d->err)); /* what was typed is there */
    }
    assert_true(ok && at > 2);
    assert_string_not_equal(before, state_of(d));
    assert_int_equal(desk_look(d, ONE).doc.n_assessments, 1);
}

static void submitting_lands_whole_or_not_at_all(void **state)
{
    break_everywhere(*state, ENG_IO);
}

static void submitting_on_a_full_disk_loses_nothing(void **state)
{
    break_everywhere(*state, ENG_FULL);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, risk_setup, risk_teardown)
    const struct CMUnitTest tests[] = {
        T(assessments_stand_side_by_side_in_order_of_time),
        T(no_count_is_told_where_no_grade_was_given),
        T(the_drift_counts_pairs_by_team),
        T(the_drift_is_for_those_who_sample_books),
        T(the_book_says_with_which_text_it_asked),
        T(a_book_asks_by_the_instrument_in_force),
        T(a_book_grades_nothing_down_without_the_rank),
        T(an_inspector_who_writes_a_book_may_and_has_said_why),
        T(what_was_not_asked_has_its_reason_in_the_book_too),
        T(submitting_lands_whole_or_not_at_all),
        T(submitting_on_a_full_disk_loses_nothing),
    };

    return cmocka_run_group_tests_name("risk and the book", tests, NULL, NULL);
}
