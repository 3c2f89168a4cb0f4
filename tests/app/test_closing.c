/* test_closing.c — how it ends: an offence is classified anew and the old class stays, a disposal says how it ended for a suspect, a case is closed when
** nothing is missing and opened again with a reason. Each: allowed, refused, invalid, stale. */
#include "desk.h"

#include "app/closing.h"
#include "app/task.h"
#include "core/disposal.h"
#include "core/offence.h"

#include <stdio.h>

#define ONE  "KG-2010-000001"
#define IBOS "900003"
#define CMU  "900004"

static const char two_people[] =
    "\"cad\":{\"number\":\"1/"
    "01MAY10\",\"received_at\":\"2010-05-01T10:00:00Z\"},\"offences\":[{\"class\":\"s18\",\"at\":\"2010-05-01T12:00:"
    "00Z\"}],"
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"sex\":\"female\",\"family\":\"Example\"},{\"key\":\"s1\","
    "\"role\":\"suspect\",\"sex\":\"male\",\"given\":\"Paul\","
    "\"family\":\"Sample\",\"status\":[{\"status\":\"arrested\",\"at\":\"2010-05-02T10:00:00Z\"}]}]";

static int with_one_case(void **state)
{
    return desk_with(state, ONE, two_people);
}

static Code code(Desk *d, VocabId id, const char *word)
{
    Code c = vocab_code(app_vocabs(d->app), id, word);

    if (*word && !c) fail_msg("no word %s", word);
    return c;
}

/* "kind=charged person=s1 counted=yes text=As|charged." as an entry of the list; '|' is a space. */
static bool add_to(Desk *d, CaseRow *row, CaseListId list, const char *values)
{
    void *item = arena_alloc(d->a, case_lists[list].item_size);
    char *copy = arena_dup(d->a, values), *rest = NULL;

    case_item_init(list, item);
    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        char *value = strchr(word, '=');
        *value++ = '\0';
        for (char *p = value; *p; p++)
            if (*p == '|') *p = ' ';
        if (!case_list_field(list, word)) fail_msg("no field %s", word);
        assert_did(d, case_field_set(case_list_field(list, word), item, value, app_vocabs(d->app), d->a, &d->err));
    }
    return app_case_add(d->app, row, list, item, d->a, NULL, &d->err);
}

static bool add(Desk *d, CaseListId list, const char *values)
{
    CaseView v = desk_look(d, ONE);

    return add_to(d, &v.row, list, values);
}

static bool dispose(Desk *d, const char *values)
{
    return add(d, LIST_DISPOSALS, arena_printf(d->a, "person=s1 %s", values));
}

static const char *status_of(Desk *d)
{
    CaseView v = desk_look(d, ONE);

    return vocab_word(app_vocabs(d->app), VOCAB_SUSPECT_STATUS, disposal_status(&v.doc.people[1]));
}

static DutyState stands(Desk *d, const char *duty)
{
    CaseView v = desk_look(d, ONE);

    for (size_t i = v.n_duties; i-- > 0;)
        if (str_eq(v.duties[i].id, duty)) return duty_state(&v.duties[i], app_now(d->app));
    return DUTY_STATE_COUNT;
}

static void assert_says(const Desk *d, const char *field, const char *words)
{
    assert_string_equal(d->err.field, field);
    if (!strstr(d->err.text, words)) fail_msg("\"%s\" does not say \"%s\"", d->err.text, words);
}

/* ---- classified anew ---- */

static void a_class_that_is_replaced_stays_on_record(void **state)
{
    Desk *d = *state;
    CaseView v;

    assert_did(d, add(d, LIST_OFFENCES, "class=s20 replaces=s18 reason=No|intent|can|be|shown."));
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_offences, 2);
    assert_false(offence_holds(&v.doc, 0));
    assert_ptr_equal(offence_instead(&v.doc, 0), &v.doc.offences[1]);
    assert_string_equal(v.doc.offences[1].by, DS);
    assert_int_equal(case_main_offence(&v.doc), code(d, VOCAB_OFFENCE, "s20"));
    assert_logged(d, AUDIT_CONSULT, "case.look", ONE);
    assert_did(d, add(d, LIST_OFFENCES, "class=s18 replaces=s20 reason=A|second|witness."));
    v = desk_look(d, ONE);
    assert_int_equal(case_main_offence(&v.doc), code(d, VOCAB_OFFENCE, "s18"));
    assert_false(offence_holds(&v.doc, 0)); /* the first one was replaced, and stays so */
    assert_true(offence_holds(&v.doc, 2));
}

static void what_a_serious_assault_asks_for_is_not_classified_away(void **state)
{
    Desk *d = *state;
    DutyState was = stands(d, "di-review");

    assert_true(was == DUTY_OVERDUE);
    assert_did(d, add(d, LIST_OFFENCES, "class=common-assault replaces=s18 reason=The|hospital|found|nothing."));
    assert_int_equal(stands(d, "di-review"), DUTY_OVERDUE);
}

static void a_high_harm_offence_is_made_less_by_a_supervisor(void **state)
{
    Desk *d = *state;

    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, add(d, LIST_OFFENCES, "class=s47 replaces=s18 reason=It|was|a|bruise."));
    assert_says(d, "replaces", "a CSU detective sergeant");
    assert_logged(d, AUDIT_DENIED, "offence.add", ONE);
    assert_did(d, add(d, LIST_OFFENCES, "class=attempted-murder replaces=s18 reason=He|went|for|the|throat."));
    desk_as(d, DS);
    assert_did(d, add(d, LIST_OFFENCES, "class=s47 replaces=attempted-murder reason=It|was|a|bruise."));
}

static void a_class_is_replaced_by_another_with_a_reason_and_only_one_that_holds(void **state)
{
    Desk *d = *state;
    CaseRow old = desk_look(d, ONE).row;

    assert_refused(d, ERR_INVALID, add(d, LIST_OFFENCES, "class=s20 replaces=s18"));
    assert_says(d, "reason", "Say why");
    assert_refused(d, ERR_INVALID, add(d, LIST_OFFENCES, "class=s47 replaces=s20 reason=So."));
    assert_says(d, "replaces", "no offence of the class");
    assert_refused(d, ERR_INVALID, add(d, LIST_OFFENCES, "class=s18 replaces=s18 reason=So."));
    assert_says(d, "class", "already");
    assert_refused(d, ERR_INVALID, add(d, LIST_OFFENCES, "class=s20 replaces=s18 reason=So. at=2010-04-30T10:00:00Z"));
    assert_says(d, "at", "before");
    assert_did(d, add(d, LIST_OFFENCES, "class=s18 replaces=s18 attempt=yes reason=He|missed."));
    assert_refused(d, ERR_STALE, add_to(d, &old, LIST_OFFENCES, "class=s20 replaces=s18 reason=So."));
}

/* ---- disposals ---- */

static void a_charge_makes_the_suspect_charged_and_the_victim_is_told(void **state)
{
    Desk *d = *state;
    CaseView v;

    desk_as(d, IO);
    assert_did(d, dispose(d, "kind=charged offence=s18 counted=yes unsupported=yes text=CPS|by|telephone."));
    assert_string_equal(status_of(d), "charged");
    v = desk_look(d, ONE);
    assert_true(v.doc.disposals[0].detection && v.doc.disposals[0].unsupported);
    assert_string_equal(v.doc.disposals[0].by, IO);
    assert_int_equal(v.doc.n_events, 1);
    assert_string_equal(v.doc.events[0].person, "s1");
    assert_int_equal(stands(d, "victim-told"), DUTY_OPEN);
    assert_int_equal(stands(d, "wcu-safe-contact"), DUTY_OPEN);
    assert_did(d, dispose(d, "kind=taken-into-consideration counted=yes admission=Two|others."));
    assert_int_equal(desk_look(d, ONE).doc.n_events, 1);
}

static void an_event_of_that_day_is_not_told_twice(void **state)
{
    Desk *d = *state;

    assert_did(d, add(d, LIST_EVENTS, "kind=charge person=s1"));
    assert_did(d, dispose(d, "kind=charged counted=no"));
    assert_int_equal(desk_look(d, ONE).doc.n_events, 1);
    assert_false(desk_look(d, ONE).doc.disposals[0].detection);
}

/* Written up on the next day: the disposal is of the event that stands there, at its time, and the victim is told once. */
static void a_disposal_recorded_late_is_of_the_event_that_stands_there(void **state)
{
    Desk *d = *state;
    CaseView v;
    size_t told = 0;

    assert_did(d, add(d, LIST_EVENTS, "kind=caution person=s1 at=2010-05-02T09:00:00Z"));
    assert_did(d, dispose(d, "kind=caution counted=yes admission=He|did."));
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_events, 1);
    assert_int_equal(v.doc.disposals[0].at, v.doc.events[0].at);
    for (size_t i = 0; i < v.n_duties; i++) told += strcmp(v.duties[i].id, "victim-told") == 0;
    assert_int_equal(told, 1);
}

/* What was written up is written up: another charge is another event. */
static void a_second_charge_of_another_day_is_an_event_of_its_own(void **state)
{
    Desk *d = *state;

    assert_did(d, add(d, LIST_EVENTS, "kind=charge person=s1 at=2010-05-02T09:00:00Z"));
    assert_did(d, dispose(d, "kind=charged offence=s18 counted=yes"));
    assert_int_equal(desk_look(d, ONE).doc.n_events, 1);
    assert_did(d, dispose(d, "kind=charged counted=yes"));
    assert_int_equal(desk_look(d, ONE).doc.n_events, 2);
}

static void what_stays_open_is_said_before_closing(void **state)
{
    Desk *d = *state;
    CaseView v;
    Closing c;
    bool told = false;

    assert_did(d, dispose(d, "kind=charged counted=yes"));
    v = desk_look(d, ONE);
    app_closing(d->app, &v, d->a, &c);
    for (size_t i = 0; i < c.n_stay; i++) told |= strcmp(c.stay[i].id, "victim-told") == 0;
    assert_true(told);
    for (size_t i = 0; i < c.n_stay; i++) assert_int_equal(c.stay[i].ended, TIME_NONE);
}

static void a_sanction_detection_is_said_and_never_assumed(void **state)
{
    Desk *d = *state;

    assert_refused(d, ERR_INVALID, dispose(d, "kind=charged"));
    assert_says(d, "counted", "never assumed");
    assert_refused(d, ERR_INVALID, dispose(d, "kind=conditional-caution counted=yes admission=He|did."));
    assert_says(d, "counted", "never one");
    assert_refused(d, ERR_INVALID, dispose(d, "kind=no-further-action counted=yes reason=evidence"));
    assert_did(d, dispose(d, "kind=conditional-caution admission=He|did."));
    assert_string_equal(status_of(d), "cautioned");
}

static void a_caution_needs_what_was_admitted_and_an_adult(void **state)
{
    Desk *d = *state;
    CaseView v;
    Person p;

    assert_refused(d, ERR_INVALID, dispose(d, "kind=caution counted=yes"));
    assert_says(d, "admission", "admitted");
    v = desk_look(d, ONE);
    p = v.doc.people[1];
    p.born = civil_date(1992, 6, 2); /* eighteen tomorrow */
    p.n_status = 0;
    assert_did(d, app_case_add(d->app, &v.row, LIST_PEOPLE, &p, d->a, NULL, &d->err));
    assert_refused(d, ERR_INVALID, dispose(d, "kind=caution counted=yes admission=I|did."));
    assert_says(d, "kind", "under 18");
    assert_did(d, dispose(d, "kind=reprimand counted=yes admission=I|did."));
}

static void a_status_that_contradicts_a_disposal_is_named(void **state)
{
    Desk *d = *state;

    assert_did(d, dispose(d, "kind=charged counted=yes"));
    assert_refused(d, ERR_INVALID, dispose(d, "kind=no-further-action reason=evidence"));
    assert_says(d, "kind", "Charged");
    assert_refused(d, ERR_INVALID, dispose(d, "kind=undetected"));
    assert_refused(d, ERR_INVALID, add(d, LIST_DISPOSALS, "person=v1 kind=undetected reason=evidence"));
    assert_says(d, "person", "suspect");
    assert_refused(d, ERR_INVALID, dispose(d, "kind=summons counted=no offence=rape"));
    assert_says(d, "offence", "no offence of the class");
    assert_refused(d, ERR_INVALID, add(d, LIST_DISPOSALS, "person=s9 kind=undetected reason=evidence"));
}

static void no_further_action_has_its_reason_and_a_victim_who_declines_is_none(void **state)
{
    Desk *d = *state;

    desk_as(d, IO);
    assert_refused(d, ERR_INVALID, dispose(d, "kind=no-further-action"));
    assert_says(d, "reason", "Not enough evidence");
    assert_refused(d, ERR_INVALID, dispose(d, "kind=no-further-action reason=wrongly-recorded"));
    assert_refused(d, ERR_INVALID, dispose(d, "kind=charged counted=yes reason=evidence"));
    assert_refused(d, ERR_INVALID, dispose(d, "kind=no-further-action reason=other"));
    assert_refused(d, ERR_INVALID, dispose(d, "kind=no-further-action reason=evidence unsupported=yes"));
    assert_refused(d, ERR_DENIED, dispose(d, "kind=no-further-action reason=victim-declines text=999|call."));
    assert_logged(d, AUDIT_DENIED, "disposal.add", ONE);
    desk_as(d, DS);
    assert_refused(d, ERR_INVALID, dispose(d, "kind=no-further-action reason=victim-declines"));
    assert_says(d, "text", "without the victim");
    assert_did(d, dispose(d, "kind=no-further-action reason=victim-declines text=999|call|only,|no|injury."));
    assert_string_equal(status_of(d), "no-further-action");
    assert_int_equal(stands(d, "victim-told"), DUTY_OPEN);
}

static void a_no_crime_is_asked_for_by_one_and_decided_by_another(void **state)
{
    Desk *d = *state;
    CaseDoc said;
    CaseView v;

    assert_refused(d, ERR_DENIED, dispose(d, "kind=no-crime reason=wrongly-recorded text=CAD."));
    assert_says(d, "kind", "the Crime Management Unit");
    desk_as(d, CMU);
    assert_refused(d, ERR_INVALID, dispose(d, "kind=no-crime reason=wrongly-recorded text=CAD."));
    assert_says(d, "kind", "nobody has asked");
    case_init(&said);
    said.kind = CASE_NO_CRIME;
    v = desk_look(d, ONE);
    assert_refused(d, ERR_INVALID, app_facts_say(d->app, &v.row, fact_group("kind"), &said, &d->err));
    desk_as(d, DI);
    assert_refused(d, ERR_INVALID, dispose(d, "kind=no-crime-asked reason=wrongly-recorded"));
    assert_did(d, dispose(d, "kind=no-crime-asked reason=wrongly-recorded text=The|same|as|KG-1."));
    assert_refused(d, ERR_INVALID, dispose(d, "kind=no-crime-asked reason=wrongly-recorded text=Again."));
    assert_refused(d, ERR_INVALID, dispose(d, "kind=no-crime reason=wrongly-recorded text=So."));
    assert_says(d, "kind", "you asked");
    desk_as(d, CMU);
    assert_did(d, dispose(d, "kind=no-crime-refused text=Two|calls,|two|crimes."));
    assert_refused(d, ERR_INVALID, dispose(d, "kind=no-crime reason=wrongly-recorded text=So."));
    desk_as(d, IO);
    assert_did(d, dispose(d, "kind=no-crime-asked reason=additional-information text=CCTV."));
    desk_as(d, CMU);
    assert_did(d, dispose(d, "kind=no-crime reason=additional-information text=CCTV|seen."));
    assert_int_equal(desk_look(d, ONE).doc.kind, CASE_NO_CRIME);
    assert_string_equal(status_of(d), "no-further-action");
}

/* How many rows of this desk say these words. */
static size_t rows_that_say(Desk *d, const char *words)
{
    QueueRow *rows;
    size_t n;

    assert_did(d, app_queue_page(d->app, &(DeskQuery){ .tab = TAB_ALL, .only_words = words, .limit = 20 }, d->a, &rows, &n, &d->err));
    return n;
}

static void a_no_crime_that_was_asked_for_waits_on_the_desk_that_decides_it(void **state)
{
    Desk *d = *state;
    CaseDoc doc;

    desk_as(d, IO);
    assert_did(d, dispose(d, "kind=no-crime-asked reason=additional-information text=CCTV."));
    desk_as(d, CMU);
    assert_int_equal(rows_that_say(d, "No crime asked for s1"), 1);
    assert_did(d, dispose(d, "kind=no-crime-refused text=Two|calls,|two|crimes."));
    assert_int_equal(rows_that_say(d, "No crime asked for"), 0);
    doc = desk_look(d, ONE).doc;
    assert_int_equal(doc.n_tasks, 1);
    assert_string_equal(doc.tasks[0].done_by, CMU);
    desk_as(d, IO);
    assert_did(d, dispose(d, "kind=no-crime-asked reason=additional-information text=CCTV."));
    desk_as(d, DI);
    assert_did(d, dispose(d, "kind=no-crime reason=additional-information text=CCTV|seen."));
    desk_as(d, CMU);
    assert_int_equal(rows_that_say(d, "No crime asked for"), 0);
    assert_int_equal(desk_look(d, ONE).doc.n_tasks, 2);
}

static void what_professional_standards_are_told_waits_on_their_desk(void **state)
{
    Desk *d = *state;
    CaseView v;

    desk_as(d, DS);
    assert_did(d, add(d, LIST_NOTICES, "to=di"));
    assert_int_equal(desk_look(d, ONE).doc.n_tasks, 0);
    assert_did(d, add(d, LIST_NOTICES, "to=dps text=Rung."));
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.n_notices, 2);
    assert_string_equal(v.doc.notices[1].by, DS);
    desk_as(d, "900011");
    assert_int_equal(rows_that_say(d, "Police staff are reported"), 1);
    v = desk_look(d, ONE);
    assert_did(d, app_task_done(d->app, &v.row, v.doc.tasks[0].key, "An investigator is named.", &d->err));
    assert_int_equal(rows_that_say(d, "Police staff are reported"), 0);
    desk_as(d, PC);
    v = desk_look(d, ONE);
    assert_refused(d, ERR_DENIED, add_to(d, &v.row, LIST_NOTICES, "to=dps"));
}

static void who_may_not_is_refused_and_who_is_late_is_told(void **state)
{
    Desk *d = *state;
    CaseRow old = desk_look(d, ONE).row;

    desk_as(d, PC);
    assert_refused(d, ERR_DENIED, dispose(d, "kind=charged counted=yes"));
    assert_logged(d, AUDIT_DENIED, "disposal.add", ONE);
    desk_as(d, IO);
    assert_did(d, dispose(d, "kind=charged counted=yes"));
    assert_refused(d, ERR_STALE, add_to(d, &old, LIST_DISPOSALS, "person=s1 kind=summons counted=no"));
    assert_refused(d, ERR_INVALID, dispose(d, "kind=summons counted=no at=2010-06-02T09:00:00Z"));
    assert_refused(d, ERR_INVALID, dispose(d, ""));
}

/* ---- closing ---- */

static bool close_as(Desk *d, const char *outcome)
{
    CaseView v = desk_look(d, ONE);
    CaseDoc said;

    case_init(&said);
    if (outcome) said.outcome = code(d, VOCAB_OUTCOME, outcome);
    return app_facts_say(d->app, &v.row, fact_group("close"), &said, &d->err);
}

static void give_all_it_needs(Desk *d)
{
    CaseView v;
    CaseDoc said;

    assert_did(d, add(d, LIST_REFERENCES, "system=cris number=4212345/10"));
    assert_did(d, add(d, LIST_BOOKS, "serial=0001"));
    assert_did(d, add(d, LIST_ASSESSMENTS, "instrument=specss-plus stage=secondary grade=medium rationale=So."));
    v = desk_look(d, ONE);
    case_init(&said);
    said.children = code(d, VOCAB_CHILDREN, "none");
    assert_did(d, app_facts_say(d->app, &v.row, fact_group("children"), &said, &d->err));
}

static bool lacks(Desk *d, const char *words)
{
    CaseView v = desk_look(d, ONE);
    Closing c;

    app_closing(d->app, &v, d->a, &c);
    for (size_t i = 0; i < c.n_lacks; i++)
        if (strstr(c.lacks[i].says, words)) return true;
    return false;
}

static void what_is_missing_is_said_together_and_where_it_is_mended(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Closing c;

    app_closing(d->app, &v, d->a, &c);
    assert_true(lacks(d, "CRIS") && lacks(d, "children") && lacks(d, "book") && lacks(d, "assessed") &&
                lacks(d, "s1, Paul Sample"));
    for (size_t i = 0; i < c.n_lacks; i++) assert_true(c.lacks[i].list != LIST_COUNT || c.lacks[i].fact);
    assert_true(c.n_duties > 0);
    give_all_it_needs(d);
    v = desk_look(d, ONE);
    app_closing(d->app, &v, d->a, &c);
    assert_int_equal(c.n_lacks, 1);
    assert_string_equal(c.lacks[0].preset, "person=s1");
    assert_refused(d, ERR_INVALID, close_as(d, "charged"));
    assert_says(d, "disposals", "s1, Paul Sample");
    assert_did(d, dispose(d, "kind=charged counted=yes"));
    assert_false(lacks(d, "s1"));
    assert_refused(d, ERR_INVALID, close_as(d, NULL));
    assert_says(d, "outcome", "missing");
    assert_did(d, close_as(d, "charged"));
    assert_int_equal(stands(d, "di-review"), DUTY_MISSED);
}

static void what_would_run_on_unwatched_is_said_before(void **state)
{
    Desk *d = *state;
    CaseView v;
    Closing c;
    Str all = { 0 };

    assert_did(d, add(d, LIST_TASKS, "from=dmm what=Ring|her owner=csu-io due=2010-06-09T09:00:00Z"));
    assert_did(d, add(d, LIST_ORDERS, "kind=restraining person=s1 protects=v1 expires=2010-12-01T00:00:00Z"));
    assert_did(d, add(d, LIST_BAIL, "person=s1 until=2010-06-20T09:00:00Z"));
    assert_did(d, add(d, LIST_EVENTS, "kind=arrest person=s1"));
    assert_did(d, add(d, LIST_HOLDS, "duty=victim-told until=2010-06-01T12:00:00Z reason=She|is|away."));
    assert_did(d, add(d, LIST_REFERRALS, "to=idva basis=vital-interests text=At|once."));
    v = desk_look(d, ONE);
    app_closing(d->app, &v, d->a, &c);
    for (size_t i = 0; i < c.n_runs; i++) str_addf(&all, "%s\n", c.runs[i].says);
    assert_int_equal(c.n_runs, 5);
    assert_non_null(strstr(str_text(&all), "Ring her"));
    assert_non_null(strstr(str_text(&all), "Restraining order o1"));
    assert_non_null(strstr(str_text(&all), "Bail b1"));
    assert_non_null(strstr(str_text(&all), "victim-told"));
    assert_non_null(strstr(str_text(&all), "IDVA"));
    str_finish(&all);
}

static void each_suspect_of_a_crime_needs_a_disposal_and_nobody_else_does(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    Err err = { 0 };

    assert_false(closing_disposed(&v.doc, app_vocabs(d->app), &err));
    v.doc.kind = code(d, VOCAB_CASE_KIND, "incident");
    assert_true(closing_disposed(&v.doc, app_vocabs(d->app), &err));
    assert_did(d, dispose(d, "kind=no-crime-asked reason=wrongly-recorded text=So."));
    v = desk_look(d, ONE);
    assert_false(closing_disposed(&v.doc, app_vocabs(d->app), &err)); /* asking is no end */
}

/* ---- open again ---- */

static void a_closed_case_is_opened_again_and_its_clocks_run(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, ONE);
    char *before, *after;

    assert_refused(d, ERR_INVALID, app_case_reopen(d->app, &v.row, "A witness.", &d->err));
    give_all_it_needs(d);
    assert_did(d, dispose(d, "kind=charged counted=yes"));
    assert_did(d, close_as(d, "charged"));
    assert_int_equal(stands(d, "ds-supervision"), DUTY_MISSED);
    v = desk_look(d, ONE);
    assert_refused(d, ERR_INVALID, app_case_reopen(d->app, &v.row, "  ", &d->err));
    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, app_case_reopen(d->app, &v.row, "A witness.", &d->err));
    assert_logged(d, AUDIT_DENIED, "case.reopen", ONE);
    desk_reopen(d, "2010-06-03T09:00:00Z");
    desk_as(d, DI);
    v = desk_look(d, ONE);
    assert_did(d, app_case_reopen(d->app, &v.row, "A witness.", &d->err));
    assert_refused(d, ERR_INVALID, app_case_reopen(d->app, &v.row, "Again.", &d->err));
    v = desk_look(d, ONE);
    assert_int_equal(v.doc.closed_at, TIME_NONE);
    assert_int_equal(v.doc.outcome, CODE_NONE);
    assert_int_equal(v.doc.reopenings[0].closed_at, T(NOW));
    assert_string_equal(v.doc.reopenings[0].by, DI);
    assert_int_equal(stands(d, "ds-supervision"), DUTY_OVERDUE);
    /* As it stood before it was closed, between, and after, from the same facts. */
    assert_int_equal(policy_evaluate(app_policy(d->app), &v.doc, T(NOW) + 60, d->a, &v.duties) > 0, true);
    for (size_t i = 0; i < v.n_duties; i++)
        if (str_eq(v.duties[i].id, "ds-supervision"))
            assert_int_equal(duty_state(&v.duties[i], T(NOW) + 60), DUTY_MISSED);
    before = desk_export(d, ONE);
    assert_non_null(strstr(before, "\"reopenings\":[{\"closed_at\":\"2010-06-01T09:00:00Z\",\"outcome\":\"charged\""));
    assert_did(d, close_as(d, "charged"));
    after = desk_export(d, ONE);
    assert_non_null(strstr(after, "\"closed_at\":\"2010-06-03T09:00:00Z\",\"outcome\":\"charged\""));
}

static void what_is_exported_comes_in_again_as_it_was(void **state)
{
    Desk *d = *state, *other = desk_new(true);
    CaseView v;
    char *file;

    give_all_it_needs(d);
    assert_did(d, add(d, LIST_OFFENCES, "class=s20 replaces=s18 reason=So."));
    assert_did(d, dispose(d, "kind=caution counted=yes admission=I|did."));
    assert_did(d, close_as(d, "cautioned"));
    v = desk_look(d, ONE);
    assert_did(d, app_case_reopen(d->app, &v.row, "A witness.", &d->err));
    file = desk_export(d, ONE);
    desk_as(other, DS);
    assert_int_equal(desk_import(other, file).added, 1);
    assert_string_equal(desk_export(other, ONE), file);
    desk_free(&other);
}

int main(void)
{
#define T_(f) cmocka_unit_test_setup_teardown(f, with_one_case, desk_teardown)
    const struct CMUnitTest tests[] = {
        T_(a_class_that_is_replaced_stays_on_record),
        T_(what_a_serious_assault_asks_for_is_not_classified_away),
        T_(a_high_harm_offence_is_made_less_by_a_supervisor),
        T_(a_class_is_replaced_by_another_with_a_reason_and_only_one_that_holds),
        T_(a_charge_makes_the_suspect_charged_and_the_victim_is_told),
        T_(an_event_of_that_day_is_not_told_twice),
        T_(a_disposal_recorded_late_is_of_the_event_that_stands_there),
        T_(a_second_charge_of_another_day_is_an_event_of_its_own),
        T_(what_stays_open_is_said_before_closing),
        T_(a_sanction_detection_is_said_and_never_assumed),
        T_(a_caution_needs_what_was_admitted_and_an_adult),
        T_(a_status_that_contradicts_a_disposal_is_named),
        T_(no_further_action_has_its_reason_and_a_victim_who_declines_is_none),
        T_(a_no_crime_is_asked_for_by_one_and_decided_by_another),
        T_(a_no_crime_that_was_asked_for_waits_on_the_desk_that_decides_it),
        T_(what_professional_standards_are_told_waits_on_their_desk),
        T_(who_may_not_is_refused_and_who_is_late_is_told),
        T_(what_is_missing_is_said_together_and_where_it_is_mended),
        T_(what_would_run_on_unwatched_is_said_before),
        T_(each_suspect_of_a_crime_needs_a_disposal_and_nobody_else_does),
        T_(a_closed_case_is_opened_again_and_its_clocks_run),
        T_(what_is_exported_comes_in_again_as_it_was),
    };

    return cmocka_run_group_tests_name("closing", tests, NULL, NULL);
}
