/* test_risk.c — assessing risk: opened, kept, checked, submitted; who may and who may not; the grade that nobody but the officer gives. */
#include "desk.h"

#include "app/risk.h"

#define MARAC "900010"
#define ONE   "KG-2010-000001"
#define PLAIN                                                                                                          \
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\",\"at\":\"2010-05-01T12:" \
    "00:00Z\",\"grade\":\"%s\",\"rationale\":\"As invented.\",\"answers\":{\"weapons\":{\"answer\":\"no\"},"           \
    "\"separation\":{\"answer\":\"yes\",\"context\":\"Left in April.\"}}}]"

static int setup(void **state)
{
    return desk_with(state, ONE, "");
}

/* A case that is graded already. */
static void graded(Desk *d, const char *id, const char *grade)
{
    desk_as(d, DS);
    desk_import(d, case_line(d->a, id, arena_printf(d->a, PLAIN, grade)));
}

static RiskWork open_risk(Desk *d, const char *id, const char *stage, const char *instrument)
{
    RiskWork w;

    assert_did(d, app_risk_open(d->app, id, stage, instrument, d->a, &w, &d->err));
    return w;
}

/* Every factor that is asked, the same answer; a context where one is needed. */
static void answer_all(RiskWork *w, const char *answer)
{
    size_t n;
    const InstrumentFactor *f = instrument_factors(w->instrument, &n);
    char path[ANSWERS_PATH];

    for (size_t i = 0; i < n; i++) {
        if (!app_risk_asked(w, &f[i])) continue;
        answers_put(w->answers, f[i].code, answer);
        snprintf(path, sizeof path, "%s.context", f[i].code);
        answers_put(w->answers, path, strcmp(answer, "no") ? "As invented." : "");
    }
}

static void grade_it(RiskWork *w, const char *grade, const char *reason)
{
    answers_put(w->answers, "grade", grade);
    answers_put(w->answers, "observed", "She was shaking, as invented.");
    answers_put(w->answers, "rationale", "An invented rationale.");
    answers_put(w->answers, "reason", reason);
}

static bool submit(Desk *d, RiskWork *w)
{
    CaseRow row;
    size_t yes, of;

    return app_risk_submit(d->app, w, d->a, &row, &yes, &of, &d->err);
}

static void assess(
    Desk *d, const char *id, const char *stage, const char *instrument, const char *answer, const char *grade)
{
    RiskWork w = open_risk(d, id, stage, instrument);

    answer_all(&w, answer);
    grade_it(&w, grade, "Safe elsewhere, as invented.");
    assert_did(d, submit(d, &w));
    app_risk_leave(d->app, &w);
}

static const Assessment *last_of(const CaseView *v)
{
    assert_true(v->doc.n_assessments > 0);
    return &v->doc.assessments[v->doc.n_assessments - 1];
}

static const char *word(Desk *d, VocabId vocab, Code code)
{
    return vocab_word(app_vocabs(d->app), vocab, code);
}

static bool has_gap(const RiskCheck *c, const char *path)
{
    for (size_t i = 0; i < c->n_gaps; i++)
        if (str_eq(c->gaps[i].path, path)) return true;
    return false;
}

static RiskCheck check(Desk *d, const RiskWork *w)
{
    RiskCheck c;

    assert_did(d, app_risk_check(d->app, w, d->a, &c, &d->err));
    return c;
}

/* ---- who may ---- */

static void each_stage_is_for_those_who_make_it(void **state)
{
    static const struct {
        const char *stage, *may, *may_not;
    } rows[] = {
        { "initial", PC " " PS " " IO " " DS " " DI, MARAC " 900003 900004 900005 900009 900011 " AUDITOR " " KEEPER },
        { "secondary", IO " " DS " " DI, PC " " PS " " MARAC " 900009 " AUDITOR " " KEEPER },
        { "marac", IO " " DS " " DI " " MARAC, PC " " PS " 900009 " AUDITOR " " KEEPER },
        { "review", DS " " DI, PC " " PS " " IO " " MARAC " 900009 " AUDITOR " " KEEPER },
    };
    Desk *d = *state;
    RiskWork w;

    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        for (const char *who = rows[i].may; *who; who += strspn(who, " ")) {
            desk_as(d, arena_dup_n(d->a, who, 6));
            assert_true(app_may_assess(d->app, rows[i].stage));
            w = open_risk(d, ONE, rows[i].stage, NULL);
            app_risk_leave(d->app, &w);
            who += 6;
        }
        for (const char *who = rows[i].may_not; *who; who += strspn(who, " ")) {
            desk_as(d, arena_dup_n(d->a, who, 6));
            assert_false(app_may_assess(d->app, rows[i].stage));
            assert_refused(d, ERR_DENIED, app_risk_open(d->app, ONE, rows[i].stage, NULL, d->a, &w, &d->err));
            assert_logged(d, AUDIT_DENIED, "risk.open", ONE);
            who += 6;
        }
    }
    app_sign_out(d->app);
    assert_false(app_may_assess(d->app, "initial"));
    assert_refused(d, ERR_DENIED, app_risk_open(d->app, ONE, "initial", NULL, d->a, &w, &d->err));
}

static void only_those_who_may_submit(void **state)
{
    Desk *d = *state;
    RiskWork w;

    desk_as(d, IO);
    w = open_risk(d, ONE, "secondary", NULL);
    answer_all(&w, "no");
    grade_it(&w, "high", NULL);
    desk_as(d, PC); /* another one signs in over it */
    assert_refused(d, ERR_DENIED, submit(d, &w));
    assert_logged(d, AUDIT_DENIED, "risk.submit", ONE);
    assert_string_equal(d->err.field, "stage");
    app_risk_leave(d->app, &w);
}

static void from_high_only_the_inspector_grades_down(void **state)
{
    static const char *const others[] = { IO, DS };
    Desk *d = *state;
    RiskWork w;
    RiskCheck c;
    CaseView v;

    graded(d, "KG-HIGH", "high");
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        desk_as(d, others[i]);
        w = open_risk(d, "KG-HIGH", "secondary", NULL);
        answer_all(&w, "no");
        grade_it(&w, "medium", "Safe elsewhere, as invented.");
        c = check(d, &w);
        assert_true(c.downgrade && c.n_gaps == 0);
        assert_string_equal(c.may_not, "From high only the CSU detective inspector grades down.");
        assert_refused(d, ERR_DENIED, submit(d, &w));
        assert_logged(d, AUDIT_DENIED, "risk.submit", "KG-HIGH");
        assert_string_equal(d->err.field, "grade");
        grade_it(&w, "high", NULL); /* staying is everybody's */
        assert_null(check(d, &w).may_not);
        assert_false(check(d, &w).downgrade);
        app_risk_leave(d->app, &w);
    }
    desk_as(d, DI);
    assess(d, "KG-HIGH", "secondary", NULL, "no", "medium");
    assert_logged(d, AUDIT_ALTER, "risk.submit", "KG-HIGH");
    v = desk_look(d, "KG-HIGH");
    assert_string_equal(word(d, VOCAB_GRADE, case_grade(&v.doc)), "medium");
    assert_string_equal(last_of(&v)->reason, "Safe elsewhere, as invented.");
}

static void from_medium_a_sergeant_grades_down_and_an_investigator_does_not(void **state)
{
    Desk *d = *state;
    RiskWork w;

    graded(d, "KG-MED", "medium");
    desk_as(d, IO);
    w = open_risk(d, "KG-MED", "secondary", NULL);
    answer_all(&w, "no");
    grade_it(&w, "standard", "As invented.");
    assert_refused(d, ERR_DENIED, submit(d, &w));
    grade_it(&w, "high", NULL); /* upwards nobody is held back */
    assert_did(d, submit(d, &w));
    app_risk_leave(d->app, &w);
    graded(d, "KG-MED-2", "medium");
    desk_as(d, DS);
    assess(d, "KG-MED-2", "secondary", NULL, "no", "standard");
}

static void grading_down_needs_a_reason(void **state)
{
    Desk *d = *state;
    RiskWork w;
    RiskCheck c;
    CaseView v;

    graded(d, "KG-HIGH", "high");
    desk_as(d, DI);
    w = open_risk(d, "KG-HIGH", "review", NULL);
    answer_all(&w, "no");
    grade_it(&w, "medium", " \n");
    c = check(d, &w);
    assert_true(has_gap(&c, "reason"));
    assert_refused(d, ERR_INVALID, submit(d, &w));
    assert_string_equal(d->err.field, "reason");
    grade_it(&w, "high", "Left over from another choice.");
    assert_did(d, submit(d, &w));
    v = desk_look(d, "KG-HIGH");
    assert_null(last_of(&v)->reason);
    app_risk_leave(d->app, &w);
}

/* The general road for entries has the same rules. */
static void no_other_road_leads_round_the_rules(void **state)
{
    Desk *d = *state;
    const Vocabs *v = app_vocabs(d->app);
    Assessment s;
    CaseRow row;
    CaseView view;

    graded(d, "KG-HIGH", "high");
    case_item_init(LIST_ASSESSMENTS, &s);
    s.instrument = vocab_code(v, VOCAB_INSTRUMENT, "specss-plus");
    s.stage = vocab_code(v, VOCAB_STAGE, "secondary");
    s.grade = GRADE_STANDARD;
    s.rationale = "As invented.";
    assert_did(d, store_case_find(app_store_handle(d->app), "KG-HIGH", d->a, &row, &d->err));
    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, app_case_add(d->app, &row, LIST_ASSESSMENTS, &s, d->a, NULL, &d->err));
    assert_string_equal(d->err.field, "stage");
    assert_logged(d, AUDIT_DENIED, "risk-assessment.add", "KG-HIGH");
    desk_as(d, DS);
    assert_refused(d, ERR_DENIED, app_case_add(d->app, &row, LIST_ASSESSMENTS, &s, d->a, NULL, &d->err));
    assert_string_equal(d->err.field, "grade");
    assert_logged(d, AUDIT_DENIED, "risk-assessment.add", "KG-HIGH");
    desk_as(d, DI);
    assert_refused(d, ERR_INVALID, app_case_add(d->app, &row, LIST_ASSESSMENTS, &s, d->a, NULL, &d->err));
    assert_string_equal(d->err.field, "reason");
    s.reason = "As invented.";
    assert_did(d, app_case_add(d->app, &row, LIST_ASSESSMENTS, &s, d->a, NULL, &d->err));
    view = desk_look(d, "KG-HIGH");
    assert_int_equal(strlen(last_of(&view)->version), 64);
}

/* ---- the grade is the officer's ---- */

static void identical_answers_leave_the_grade_to_the_officer(void **state)
{
    static const char *const grades[] = { "standard", "medium", "high" };
    static const char *const sheets[] = { "yes", "no", "not-known", "declined", "not-asked" };
    Desk *d = *state;

    for (size_t s = 0; s < ARRAY_LEN(sheets); s++)
        for (size_t g = 0; g < ARRAY_LEN(grades); g++) {
            const char *id = arena_printf(d->a, "KG-G%zu%zu", s, g);
            RiskWork w;
            RiskCheck c;
            CaseView v;
            desk_as(d, DS);
            desk_import(d, case_line(d->a, id, ""));
            desk_as(d, IO);
            w = open_risk(d, id, "secondary", NULL);
            answer_all(&w, sheets[s]);
            c = check(
                d, &w); /* whatever was answered, only the grade and its reason are missing, and none is proposed */
            assert_int_equal(c.n_gaps, 3);
            assert_string_equal(c.gaps[0].path, "observed");
            assert_string_equal(c.gaps[1].path, "grade");
            assert_string_equal(c.gaps[2].path, "rationale");
            assert_string_equal(answers_get(w.answers, "grade"), "");
            answers_put(w.answers, "rationale", "As invented.");
            answers_put(w.answers, "observed", "As invented.");
            assert_refused(d, ERR_INVALID, submit(d, &w));
            assert_string_equal(d->err.field, "grade");
            assert_string_equal(answers_get(w.answers, "grade"), "");
            grade_it(&w, grades[g], NULL);
            assert_did(d, submit(d, &w));
            app_risk_leave(d->app, &w);
            v = desk_look(d, id);
            assert_string_equal(word(d, VOCAB_GRADE, last_of(&v)->grade), grades[g]);
        }
}

/* Neither the grade before nor anything else is taken over. */
static void every_assessment_begins_with_a_clean_sheet(void **state)
{
    Desk *d = *state;
    RiskWork w;
    Str text = { 0 };

    graded(d, "KG-HIGH", "high");
    desk_as(d, IO);
    w = open_risk(d, "KG-HIGH", "secondary", NULL);
    answers_write(w.answers, &text);
    assert_string_equal(str_text(&text), "{}");
    assert_non_null(w.before);
    assert_string_equal(answers_get(w.last, "separation"), "yes");
    assert_string_equal(answers_get(w.last, "separation.context"), "Left in April.");
    assert_string_equal(answers_get(w.last, "grade"), "high");
    assert_false(w.resumed);
    str_finish(&text);
    app_risk_leave(d->app, &w);
}

static void the_count_is_told_after_the_grade(void **state)
{
    Desk *d = *state;
    RiskWork w;
    CaseRow row;
    size_t yes = 99, of = 99;

    desk_as(d, IO);
    w = open_risk(d, ONE, "secondary", NULL);
    answer_all(&w, "no");
    answers_put(w.answers, "weapons", "yes");
    answers_put(w.answers, "weapons.context", "An invented knife.");
    assert_refused(d, ERR_INVALID, app_risk_submit(d->app, &w, d->a, &row, &yes, &of, &d->err));
    assert_true(yes == 0 && of == 0);
    grade_it(&w, "standard", NULL);
    assert_did(d, app_risk_submit(d->app, &w, d->a, &row, &yes, &of, &d->err));
    assert_true(yes == 1 && of == 15);
    assert_int_equal(row.rev, desk_look(d, ONE).row.rev);
    app_risk_leave(d->app, &w);
}

/* ---- what is read before the grade, and told after it ---- */

#define SAME_PEOPLE                                                                                                    \
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Example\",\"given\":\"Anne\",\"born\":\"1980-03-04\"},"  \
    "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Sample\",\"given\":\"Paul\",\"born\":\"1978-01-02\"}]"

static void earlier_cases_of_the_same_people_are_seen_before_the_grade(void **state)
{
    Desk *d = *state;
    RiskWork w;
    RiskCheck c;

    desk_as(d, DS);
    desk_import(d, case_line(d->a, "KG-E1", SAME_PEOPLE));
    desk_import(d, case_line(d->a, "KG-E2", SAME_PEOPLE ",\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"at\":\"2010-05-02T10:00:00Z\",\"grade\":\"high\",\"rationale\":\"x\"}]"));
    desk_as(d, IO);
    w = open_risk(d, "KG-E1", "secondary", NULL);
    assert_int_equal(w.n_earlier, 1);
    assert_string_equal(w.earlier[0].row.id, "KG-E2");
    assert_int_equal(w.earlier[0].n, 2);
    answer_all(&w, "no");
    grade_it(&w, "", NULL);
    c = check(d, &w);
    assert_true(has_gap(&c, RISK_HISTORY));
    assert_string_equal(answers_get(w.answers, "grade"), ""); /* a high grade elsewhere proposes nothing here */
    grade_it(&w, "standard", NULL);
    assert_refused(d, ERR_INVALID, submit(d, &w));
    assert_string_equal(d->err.field, RISK_HISTORY);
    app_risk_see(&w, d->a);
    assert_true(app_risk_seen(&w, d->a));
    assert_string_equal(answers_get(w.answers, "grade"), "standard");
    assert_did(d, submit(d, &w));
    assert_logged(d, AUDIT_ALTER, "risk.submit", "KG-E1");
    app_risk_leave(d->app, &w);
}

static void nothing_seen_is_said_with_its_reason(void **state)
{
    static const char *const too_little[] = { "", " ", "-", "none", "Nothing.", "N/A", "nil", "nothing seen" };
    Desk *d = *state;
    RiskWork w;
    RiskCheck c;

    desk_as(d, IO);
    w = open_risk(d, ONE, "secondary", NULL);
    answer_all(&w, "no");
    grade_it(&w, "standard", NULL);
    for (size_t i = 0; i < ARRAY_LEN(too_little); i++) {
        answers_put(w.answers, "observed", too_little[i]);
        c = check(d, &w);
        assert_true(has_gap(&c, "observed"));
    }
    answers_put(w.answers, "observed", "Nothing: we spoke by telephone.");
    c = check(d, &w);
    assert_int_equal(c.n_gaps, 0);
    answers_put(w.answers, "observed", "No marks; the door was broken.");
    c = check(d, &w);
    assert_int_equal(c.n_gaps, 0);
    app_risk_leave(d->app, &w);
}

/* Whatever is reached, it is a sentence of afterwards: nothing of it is in the draft or the check. */
static void a_threshold_is_told_and_gives_no_grade(void **state)
{
    static const char text[] = "instrument specss-plus \"Invented\"\n    usual for secondary\n"
                               "group one \"One\"\n"
                               "factor weapons \"Weapons\" group one\n    help \"h\"\n"
                               "factor pets \"Pets\" group one\n    help \"h\"\n"
                               "factor stalking \"Stalking\" group one\n    help \"h\"\n"
                               "threshold visible \"Visible high risk\" 2 of 3 from 2010-01-01\n    help \"Invented.\"\n";
    Desk *d = *state;
    PolicyProblems problems = { 0 };
    Instrument *i = instrument_parse("x", text, strlen(text), &problems);
    RiskWork w = { .instrument = i };

    assert_non_null(i);
    assert_null(app_risk_threshold(&w, 1, T(NOW), d->a));
    assert_non_null(strstr(app_risk_threshold(&w, 2, T(NOW), d->a), "Visible high risk (from 2 of 3) is reached"));
    assert_null(app_risk_threshold(&w, 3, T("2009-06-01T00:00:00Z"), d->a));
    instrument_free(&i);
}

/* ---- what is needed ---- */

static void every_factor_has_a_state_and_what_belongs_to_it(void **state)
{
    Desk *d = *state;
    RiskWork w;
    RiskCheck c;

    desk_as(d, IO);
    w = open_risk(d, ONE, "secondary", NULL);
    assert_int_equal(check(d, &w).n_gaps, 15 + 3);
    answer_all(&w, "no");
    grade_it(&w, "standard", NULL);
    assert_int_equal(check(d, &w).n_gaps, 0);
    answers_put(w.answers, "weapons", "yes");
    answers_put(w.answers, "pets", "not-asked");
    answers_put(w.answers, "sexual", "declined");
    answers_put(w.answers, "suicide", "not-known");
    answers_put(w.answers, "culture", "perhaps");
    c = check(d, &w);
    assert_int_equal(c.n_gaps, 3);
    assert_true(has_gap(&c, "weapons.context") && has_gap(&c, "pets.context") && has_gap(&c, "culture"));
    answers_put(w.answers, "culture", "");
    assert_refused(d, ERR_INVALID, submit(d, &w));
    assert_string_equal(d->err.field, "culture");
    app_risk_leave(d->app, &w);
}

static void a_yes_opens_its_supplement(void **state)
{
    Desk *d = *state;
    RiskWork w;
    CaseView v;
    CaseRow row;
    const InstrumentFactor *f;
    size_t yes, of, n;

    desk_as(d, IO);
    w = open_risk(d, ONE, "marac", NULL);
    assert_string_equal(instrument_id(w.instrument), "dash-2009");
    answer_all(&w, "no");
    grade_it(&w, "high", NULL);
    assert_int_equal(check(d, &w).n_gaps, 0);
    answers_put(w.answers, "afraid-of-others", "yes");
    answers_put(w.answers, "afraid-of-others.context", "Two invented cousins.");
    assert_int_equal(check(d, &w).n_gaps, 10);
    answer_all(&w, "no");
    answers_put(w.answers, "afraid-of-others", "yes");
    answers_put(w.answers, "afraid-of-others.context", "Two invented cousins.");
    answers_put(w.answers, "stalking-visits", "yes"); /* of a supplement that is not open: it does not count */
    f = instrument_factors(w.instrument, &n);
    for (size_t i = 0; i < n; i++)
        if (app_risk_asked(&w, &f[i]) && !*answers_get(w.answers, f[i].code)) answers_put(w.answers, f[i].code, "no");
    assert_did(d, app_risk_submit(d->app, &w, d->a, &row, &yes, &of, &d->err));
    assert_true(yes == 1 && of == 37);
    v = desk_look(d, ONE);
    assert_non_null(strstr(last_of(&v)->answers, "\"hbv-abroad\":{\"answer\":\"no\"}"));
    assert_null(strstr(last_of(&v)->answers, "stalking-visits"));
    app_risk_leave(d->app, &w);
}

static void contradictions_lead_to_their_factor(void **state)
{
    Desk *d = *state;
    RiskWork w;
    RiskCheck c;
    bool found = false;

    desk_as(d, IO);
    w = open_risk(d, ONE, "secondary", NULL);
    answer_all(&w, "no");
    grade_it(&w, "medium", NULL);
    answers_put(w.answers, "observed", "Red marks: he had put both hands round her neck and squeezed, as invented.");
    c = check(d, &w);
    for (size_t i = 0; i < c.n_alerts; i++) {
        if (!str_eq(c.alerts[i].alert->id, "narrative-strangulation")) continue;
        found = true;
        assert_string_equal(c.alert_paths[i], "strangulation");
        assert_true(c.alerts[i].n_hits > 0);
        assert_string_equal(c.alerts[i].hits[0].path, "observed");
    }
    assert_true(found);
    answers_put(w.answers, "strangulation", "yes");
    answers_put(w.answers, "strangulation.context", "As invented.");
    c = check(d, &w);
    for (size_t i = 0; i < c.n_alerts; i++) assert_string_not_equal(c.alerts[i].alert->id, "narrative-strangulation");
    app_risk_leave(d->app, &w);
}

static void honour_below_high_is_said_and_stops_nothing(void **state)
{
    Desk *d = *state;
    RiskWork w;

    desk_import(d, case_line(d->a, "KG-HBV", "\"flags\":[{\"flag\":\"hbv\",\"at\":\"2010-05-01T12:00:00Z\"}]"));
    desk_as(d, IO);
    w = open_risk(d, "KG-HBV", "secondary", NULL);
    answer_all(&w, "no");
    assert_null(check(d, &w).honour);
    grade_it(&w, "medium", NULL);
    assert_non_null(strstr(check(d, &w).honour, "BD 4.6"));
    grade_it(&w, "high", NULL);
    assert_null(check(d, &w).honour);
    grade_it(&w, "medium", NULL);
    assert_did(d, submit(d, &w));
    app_risk_leave(d->app, &w);
    w = open_risk(d, ONE, "secondary", NULL);
    grade_it(&w, "medium", NULL);
    assert_null(check(d, &w).honour);
    app_risk_leave(d->app, &w);
}

/* ---- what is recorded ---- */

static void what_was_said_is_recorded_once_and_for_ever(void **state)
{
    Desk *d = *state;
    RiskWork w;
    CaseView v;
    const Assessment *s;
    DraftView *drafts;
    size_t n;

    desk_as(d, IO);
    w = open_risk(d, ONE, "secondary", NULL);
    answer_all(&w, "no");
    answers_put(w.answers, "weapons", "yes");
    answers_put(w.answers, "weapons.context", "An invented knife.");
    grade_it(&w, "high", NULL);
    answers_put(w.answers, "observed", "The door was broken, as invented.");
    assert_did(d, app_risk_save(d->app, &w, &d->err));
    assert_did(d, submit(d, &w));
    assert_logged(d, AUDIT_ALTER, "risk.submit", ONE);
    app_risk_leave(d->app, &w);
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_assessments, 1);
    s = last_of(&v);
    assert_string_equal(s->by, IO);
    assert_int_equal(s->at, app_now(d->app));
    assert_string_equal(word(d, VOCAB_STAGE, s->stage), "secondary");
    assert_string_equal(s->version, instrument_hash(app_instrument(d->app, "specss-plus", NULL)));
    assert_string_equal(s->rationale, "An invented rationale.");
    assert_string_equal(s->observed, "The door was broken, as invented.");
    assert_non_null(strstr(s->answers, "\"weapons\":{\"answer\":\"yes\",\"context\":\"An invented knife.\"}"));
    assert_did(d, app_draft_list(d->app, d->a, &drafts, &n, &d->err));
    assert_int_equal(n, 0);
}

static void a_version_stays_readable_when_another_is_in_force(void **state)
{
    static const char next[] = "instrument specss-plus \"SPECSS+, licensed\"\ngroup main \"Main\"\n"
                               "factor separation \"As the licence words it\" group main help \"h\"\n";
    static const char other[] = "instrument other \"O\"\ngroup m \"M\"\nfactor x \"X\" group m help \"h\"\n";
    Desk *d = *state;
    PolicyProblems problems = { .arena = d->a };
    CaseView v;
    RiskWork w;

    desk_as(d, IO);
    assess(d, ONE, "secondary", NULL, "no", "medium");
    w = open_risk(d, ONE, "secondary", NULL);
    answers_put(w.answers, "weapons", "no");
    assert_did(d, app_risk_save(d->app, &w, &d->err));
    app_risk_leave(d->app, &w);
    assert_refused(
        d, ERR_DENIED, app_instrument_activate(d->app, "x.instrument", next, strlen(next), &problems, &d->err));
    desk_as(d, KEEPER);
    assert_did(d, app_instrument_activate(d->app, "x.instrument", next, strlen(next), &problems, &d->err));
    assert_logged(d, AUDIT_CARE, "instrument.activate", "");
    assert_refused(d, ERR_INVALID, app_instrument_activate(d->app, "x.instrument", "x", 1, &problems, &d->err));
    assert_true(problems.n > 0);
    assert_refused(
        d, ERR_INVALID, app_instrument_activate(d->app, "x.instrument", other, strlen(other), &problems, &d->err));
    desk_reopen(d, NOW);
    desk_as(d, IO);
    v = desk_look(d, ONE);
    assert_string_equal(instrument_title(app_instrument_of(d->app, last_of(&v))), "SPECSS+");
    assert_string_equal(instrument_title(app_instrument(d->app, "specss-plus", NULL)), "SPECSS+, licensed");
    w = open_risk(d, ONE, "secondary", NULL); /* what was begun goes on with what it was begun with */
    assert_true(w.resumed);
    assert_string_equal(instrument_title(w.instrument), "SPECSS+");
    assert_did(d, app_risk_discard(d->app, &w, &d->err));
    app_risk_leave(d->app, &w);
    w = open_risk(d, ONE, "secondary", "specss-plus");
    assert_string_equal(instrument_title(w.instrument), "SPECSS+, licensed");
    app_risk_leave(d->app, &w);
}

static void an_instrument_is_for_its_stages_and_its_days(void **state)
{
    static const char past[] =
        "instrument dash-2009 \"Old DASH\"\n    usual for marac\n    valid from 2009-01-01 until 2010-05-31\n"
        "group main \"Main\"\nfactor one \"One\" group main help \"h\"\n";
    Desk *d = *state;
    PolicyProblems problems = { .arena = d->a };
    const char *const *offered;
    RiskWork w;

    desk_as(d, IO);
    assert_int_equal(app_instruments_for(d->app, "secondary", &offered), 2);
    assert_string_equal(offered[0], "specss-plus");
    assert_int_equal(app_instruments_for(d->app, "marac", &offered), 2);
    assert_string_equal(offered[0], "dash-2009");
    assert_int_equal(app_instruments_for(d->app, "no-such", &offered), 0);
    assert_refused(d, ERR_INVALID, app_risk_open(d->app, ONE, "no-such", NULL, d->a, &w, &d->err));
    assert_refused(d, ERR_MISSING, app_risk_open(d->app, ONE, "secondary", "no-such", d->a, &w, &d->err));
    assert_refused(d, ERR_MISSING, app_risk_open(d->app, "KG-NONE", "secondary", NULL, d->a, &w, &d->err));
    desk_as(d, KEEPER);
    assert_did(d, app_instrument_activate(d->app, "x.instrument", past, strlen(past), &problems, &d->err));
    desk_as(d, IO);
    assert_refused(d, ERR_INVALID, app_risk_open(d->app, ONE, "marac", "dash-2009", d->a, &w, &d->err));
    assert_non_null(strstr(d->err.text, "was valid until 31 May 2010"));
    assert_refused(d, ERR_INVALID, app_risk_open(d->app, ONE, "secondary", "dash-2009", d->a, &w, &d->err));
    assert_non_null(strstr(d->err.text, "not for the stage Secondary"));
    assert_int_equal(app_instruments_for(d->app, "marac", &offered), 1);
    assert_string_equal(offered[0], "specss-plus");
}

/* ---- drafts ---- */

static void what_was_typed_is_there_again(void **state)
{
    Desk *d = *state;
    RiskWork w;

    desk_as(d, IO);
    w = open_risk(d, ONE, "marac", "specss-plus"); /* not the usual one: it is found all the same */
    answers_put(w.answers, "weapons", "yes");
    answers_put(w.answers, "weapons.context", "An invented knife.");
    assert_did(d, app_risk_save(d->app, &w, &d->err));
    assert_string_equal(w.about, ONE " risk marac specss-plus");
    app_risk_leave(d->app, &w);
    desk_reopen(d, "2010-06-01T10:00:00Z");
    desk_as(d, IO);
    w = open_risk(d, ONE, "marac", NULL);
    assert_true(w.resumed);
    assert_string_equal(instrument_id(w.instrument), "specss-plus");
    assert_int_equal(w.begun_at, T(NOW));
    assert_string_equal(answers_get(w.answers, "weapons.context"), "An invented knife.");
    app_risk_leave(d->app, &w);
    assert_did(d, app_risk_resume(d->app, ONE " risk marac specss-plus", d->a, &w, &d->err));
    assert_string_equal(w.stage, "marac");
    assert_did(d, app_risk_discard(d->app, &w, &d->err));
    app_risk_leave(d->app, &w);
    assert_refused(d, ERR_MISSING, app_risk_resume(d->app, ONE " risk marac specss-plus", d->a, &w, &d->err));
    assert_did(d, app_draft_put(d->app, ONE " reviews x 0", "{}", &d->err));
    assert_refused(d, ERR_INVALID, app_risk_resume(d->app, ONE " reviews x 0", d->a, &w, &d->err));
    assert_did(d, app_draft_put(d->app, ONE " risk secondary specss-plus", "nonsense", &d->err));
    assert_refused(d, ERR_CORRUPT, app_risk_open(d->app, ONE, "secondary", NULL, d->a, &w, &d->err));
}

static void one_terminal_writes(void **state)
{
    Desk *d = *state;
    App *first = d->app, *second;
    RiskWork w, other;

    desk_as(d, IO);
    w = open_risk(d, ONE, "secondary", NULL);
    answers_put(w.answers, "weapons", "no");
    assert_did(d, app_risk_save(d->app, &w, &d->err));
    second = d->app = desk_terminal(d, NOW);
    desk_as(d, IO);
    other = open_risk(d, ONE, "secondary", NULL);
    assert_string_equal(other.elsewhere, "test");
    assert_did(d, app_risk_take(d->app, &other, &d->err));
    assert_null(other.elsewhere);
    assert_string_equal(answers_get(other.answers, "weapons"), "no");
    d->app = first;
    assert_refused(d, ERR_STALE, app_risk_save(d->app, &w, &d->err));
    answer_all(&w, "no");
    grade_it(&w, "high", NULL);
    assert_refused(d, ERR_STALE, submit(d, &w));
    app_risk_leave(first, &w);
    app_risk_leave(second, &other);
    app_close(&second);
}

/* Whoever was faster with another entry is no hindrance; a grade that came meanwhile counts. */
static void the_case_is_met_as_it_is_then(void **state)
{
    Desk *d = *state;
    App *first = d->app, *second;
    RiskWork w;

    desk_as(d, IO);
    w = open_risk(d, ONE, "secondary", NULL);
    answer_all(&w, "no");
    grade_it(&w, "standard", NULL);
    second = d->app = desk_terminal(d, NOW);
    desk_as(d, DS);
    assess(d, ONE, "review", NULL, "no", "high");
    d->app = first;
    assert_null(check(d, &w).may_not); /* as it was when it was opened */
    assert_refused(d, ERR_DENIED, submit(d, &w));
    assert_non_null(strstr(d->err.text, "From high only"));
    grade_it(&w, "high", NULL);
    assert_did(d, submit(d, &w));
    assert_int_equal(desk_look(d, ONE).doc.n_assessments, 2);
    app_risk_leave(d->app, &w);
    app_close(&second);
}

static void submitting_moves_the_duties(void **state)
{
    Desk *d = *state;
    bool secondary = false, referral = false;
    CaseView v;

    desk_as(d, IO);
    assess(d, ONE, "secondary", NULL, "yes", "high");
    v = desk_look(d, ONE);
    for (size_t i = 0; i < v.n_duties; i++) {
        DutyState s = duty_state(&v.duties[i], app_now(d->app));
        secondary |= str_eq(v.duties[i].id, "secondary-risk") && (s == DUTY_DONE || s == DUTY_LATE);
        referral |= str_eq(v.duties[i].id, "high-risk-referral") && s == DUTY_OPEN;
    }
    assert_true(secondary && referral);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        T(each_stage_is_for_those_who_make_it),
        T(only_those_who_may_submit),
        T(from_high_only_the_inspector_grades_down),
        T(from_medium_a_sergeant_grades_down_and_an_investigator_does_not),
        T(grading_down_needs_a_reason),
        T(no_other_road_leads_round_the_rules),
        T(identical_answers_leave_the_grade_to_the_officer),
        T(earlier_cases_of_the_same_people_are_seen_before_the_grade),
        T(nothing_seen_is_said_with_its_reason),
        T(a_threshold_is_told_and_gives_no_grade),
        T(every_assessment_begins_with_a_clean_sheet),
        T(the_count_is_told_after_the_grade),
        T(every_factor_has_a_state_and_what_belongs_to_it),
        T(a_yes_opens_its_supplement),
        T(contradictions_lead_to_their_factor),
        T(honour_below_high_is_said_and_stops_nothing),
        T(what_was_said_is_recorded_once_and_for_ever),
        T(a_version_stays_readable_when_another_is_in_force),
        T(an_instrument_is_for_its_stages_and_its_days),
        T(what_was_typed_is_there_again),
        T(one_terminal_writes),
        T(the_case_is_met_as_it_is_then),
        T(submitting_moves_the_duties),
    };

    return cmocka_run_group_tests_name("risk", tests, NULL, NULL);
}
