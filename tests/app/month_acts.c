/* month_acts.c — what happens in the month. An officer takes a row of the queue and does what it asks for, as its form would be filled in; or
** something happens that nobody asked for. Entries are made by the catalogue: what a list holds, and what its fields may say, is read there, so a
** list that comes later is played, too. Some are dated back, some say nonsense, some are by somebody whom it does not concern: a refusal is an
** act like any other, and must leave the queue alone. */
#include "month.h"

#include "app/access.h"
#include "app/alert.h"
#include "app/caseload.h"
#include "app/closing.h"
#include "app/contact.h"
#include "app/facts.h"
#include "app/hold.h"
#include "app/order.h"
#include "app/referral.h"
#include "app/roundup.h"
#include "app/task.h"

#include <stdio.h>

enum { PAGE = 12 };

void month_tally(Month *m, const char *act, bool did, const Err *err)
{
    size_t i = 0;

    if (!did && (err->kind == ERR_BUG || err->kind == ERR_CORRUPT || err->kind == ERR_IO || err->kind == ERR_NONE))
        fail_msg("%s: %s: %s", act, err_kind_word(err->kind), err->text);
    if (!did && getenv("MONTH_TELL")) print_message("%s refused: %s: %s\n", act, err->field, err->text);
    while (i < m->n_tallies && !str_eq(m->tallies[i].act, act)) i++;
    if (i == m->n_tallies) {
        assert_true(i < MONTH_KINDS_MAX);
        m->tallies[m->n_tallies++] = (Tally){ act, 0, 0 };
    }
    *(did ? &m->tallies[i].done : &m->tallies[i].refused) += 1;
}

/* ---- a call comes in ---- */

/* What is known at once; every third has been looked into by the time it is entered. */
void month_report(Month *m)
{
    static const char *const kinds[] = { "crime", "crime", "crime", "incident", "crime-related-incident" };
    static const char *const hows[] = { "call", "call", "call", "station", "agency", "third-party", "officer" };
    long long n = (long long)++m->reports;
    Time at = m->now - (Time)month_random(m, 2 * HOUR);
    char reported[CIVIL_TEXT], *text;
    ImportOptions o = { .name = "reports" };
    ImportReport r;
    FILE *f;
    Err err = { 0 };

    civil_format_time(at, reported);
    text = arena_printf(m->a,
        "{\"format\":\"book124.case/"
        "1\",\"id\":\"KG-M%04lld\",\"borough\":\"KG\",\"reported_at\":\"%s\",\"reported_how\":\"%s\",\"kind\":\"%s\","
        "\"cad\":{\"number\":\"%lld/"
        "10MAR10\",\"received_at\":\"%s\"},\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"sex\":\"female\","
        "\"family\":\"Example\","
        "\"given\":\"Anne "
        "%lld\",\"police_staff\":%s},{\"key\":\"s1\",\"role\":\"suspect\",\"sex\":\"%s\",\"family\":\"Sample\","
        "\"given\":\"Paul %lld\",\"police_staff\":%s,"
        "\"relationship\":{\"to\":\"v1\",\"kind\":\"partner\"}}],\"owners\":[{\"unit\":\"response\",\"offered_at\":\"%"
        "s\",\"accepted_at\":\"%s\"}]%s}\n",
        n, reported, hows[month_random(m, 7)], kinds[month_random(m, 5)], n, reported, n,
        month_chance(m, 2) ? "true" : "false", month_chance(m, 90) ? "male" : "female", n,
        month_chance(m, 3) ? "true" : "false", reported, reported,
        month_chance(m, 60) ? arena_printf(m->a, ",\"flags\":[{\"flag\":\"dv\",\"at\":\"%s\"}]", reported) : "");
    f = desk_file(text, strlen(text));
    month_tally(m, "report", app_import_cases(month_officer(m, ROLE_CSU_DS), f, &o, &r, &err) && r.added == 1, &err);
    fclose(f);
}

/* ---- a case to do it in ---- */

typedef struct Hand { /* one officer, one case, one act */
    Month *m;
    App *app;
    CaseRow row;
    CaseDoc doc;
} Hand;

static bool take(Hand *h, Month *m, App *app, const char *id)
{
    Err err = { 0 };

    *h = (Hand){ .m = m, .app = app };
    return store_case_find(app_store_handle(app), id, m->a, &h->row, &err) &&
           store_case_load(app_store_handle(app), h->row.key, app_vocabs(app), m->a, &h->doc, &err);
}

/* The newer the likelier. */
static const char *some_id(Month *m)
{
    uint32_t n = (uint32_t)m->reports, back = month_random(m, n);

    return arena_printf(m->a, "KG-M%04u", n - (month_chance(m, 60) ? back % (n < 60 ? n : 60) : back));
}

static bool take_some(Hand *h, Month *m, App *app)
{
    return m->reports > 0 && take(h, m, app, some_id(m));
}

static const char *some_person(Hand *h, const char *role)
{
    Code code = vocab_code(app_vocabs(h->app), VOCAB_PERSON_ROLE, role);
    size_t first = h->doc.n_people ? month_random(h->m, (uint32_t)h->doc.n_people) : 0;

    for (size_t i = 0; i < h->doc.n_people; i++) {
        const Person *p = &h->doc.people[(first + i) % h->doc.n_people];
        if (p->role == code) return p->key;
    }
    return "s1";
}

/* ---- an entry, filled in by the catalogue ---- */

static const char *some_number(Hand *h, Code system)
{
    static const char *const shapes[] = { "%u/10MAR10", "%07u/10", "10PAC%06u", "KGRT%08u", "%u", "KD/%u/10", "%u" };
    char number[40];
    const char *shape = shapes[system >= 1 && system <= 7 ? system - 1 : 4];

    snprintf(number, sizeof number, shape[0] == '%' && shape[1] == '0' ? "%07u/10" : "10PAC%06u",
        100000 + month_random(h->m, 800000));
    return arena_dup(h->m->a, number);
}

static const char *some_text(Hand *h, CaseListId list, const CaseField *f, const void *item)
{
    const PolicyDuty *rule;

    if (str_eq(f->column, "number") && list == LIST_REFERENCES)
        return some_number(h, ((const Reference *)item)->system);
    if (list == LIST_LINKS && str_eq(f->column, "to")) return some_id(h->m);
    if (list == LIST_CONSENT) return "victim-support";
    if (list == LIST_BOOKS || list == LIST_ADDENDA || list == LIST_BOOK_MOVES) {
        if (str_eq(f->column, "serial") || str_eq(f->column, "book"))
            return h->doc.n_books ? h->doc.books[0].serial : arena_printf(h->m->a, "%s-1", h->row.id + 3);
        if (str_eq(f->column, "index_number")) return "G/0123/10";
    }
    if (list == LIST_HOLDS) {
        rule = policy_duty(app_policy(h->app), month_random(h->m, (uint32_t)policy_duty_count(app_policy(h->app))));
        return rule->id;
    }
    if (list == LIST_BREACHES) return h->doc.n_orders ? h->doc.orders[0].key : "b1";
    return "Said and done as the made-up month has it.";
}

static const char *some_value(Hand *h, CaseListId list, const CaseField *f, const void *item)
{
    const Vocab *words = &app_vocabs(h->app)->of[f->vocab];
    char text[CIVIL_TEXT];
    bool ahead = (f->flags & FIELD_AHEAD) != 0;

    switch (f->kind) {
    case FIELD_CODE:
    case FIELD_CODES: return words->words[month_random(h->m, (uint32_t)words->n)].word;
    case FIELD_YES: return month_chance(h->m, 20) ? "yes" : "no";
    case FIELD_PERSON:
        return some_person(h, list == LIST_SAFE_CONTACTS || str_eq(f->column, "protects") ? "victim" : "suspect");
    case FIELD_TIME:
        /* Mostly now; sometimes written up late; now and then by a watch that is fast. */
        if (!ahead && month_chance(h->m, 75)) return NULL;
        return arena_dup(
            h->m->a, civil_format_time(h->m->now + (ahead                      ? (Time)month_random(h->m, 20 * DAY)
                                                       : month_chance(h->m, 3) ? HOUR
                                                                               : -(Time)month_random(h->m, 9 * HOUR)),
                         text));
    case FIELD_TEXT:
    case FIELD_LONG: return some_text(h, list, f, item);
    default: return NULL;
    }
}

static const char *preset_of(Arena *a, const char *preset, const char *column)
{
    size_t n = strlen(column);

    for (const char *at = preset; at && *at; at += strcspn(at, " "), at += *at == ' ')
        if (strncmp(at, column, n) == 0 && at[n] == '=') return arena_dup_n(a, at + n + 1, strcspn(at + n + 1, " "));
    return NULL;
}

static bool is_filled(Hand *h, CaseListId list, const CaseField *f, const char *preset)
{
    if (preset_of(h->m->a, preset, f->column) || f->flags & FIELD_REQUIRED) return true;
    if (f->kind == FIELD_OFFICER || f->flags & FIELD_MADE || str_eq(f->column, "key")) return false;
    if (list == LIST_BOOKS && (str_eq(f->column, "index_at") || str_eq(f->column, "index_number"))) return false;
    if (list == LIST_OWNERS && str_eq(f->column, "accepted_at")) return month_chance(h->m, 50);
    if (str_eq(f->column, "grade") || str_eq(f->column, "text") || str_eq(f->column, "rationale")) return true;
    return month_chance(h->m, 40);
}

static bool fill(Hand *h, CaseListId list, const char *preset, void *item, Err *err)
{
    const CaseList *l = &case_lists[list];

    case_item_init(list, item);
    for (size_t i = 0; i < l->n_fields; i++) {
        const CaseField *f = &l->fields[i];
        const char *text = preset_of(h->m->a, preset, f->column);
        if (!is_filled(h, list, f, preset) || (str_eq(f->column, "key") && list != LIST_PEOPLE)) continue;
        if (!text || str_eq(text, "*")) text = some_value(h, list, f, item);
        if (text && !case_field_set(f, item, text, app_vocabs(h->app), h->m->a, err)) return false;
    }
    return true;
}

static bool add(Hand *h, CaseListId list, const char *preset, Err *err)
{
    void *item = arena_alloc(h->m->a, case_lists[list].item_size);

    return fill(h, list, preset, item, err) && app_case_add(h->app, &h->row, list, item, h->m->a, NULL, err);
}

/* The person as the case has them, one status more. */
static bool add_status(Hand *h, const char *status, Err *err)
{
    const char *key = some_person(h, "suspect");
    Status one = { vocab_code(app_vocabs(h->app), VOCAB_SUSPECT_STATUS, status),
        h->m->now - (Time)(month_chance(h->m, 20) ? month_random(h->m, 5 * HOUR) : 0) };

    for (size_t i = 0; i < h->doc.n_people; i++) {
        Person p = h->doc.people[i];
        if (!str_eq(p.key, key)) continue;
        p.status = &one;
        p.n_status = 1;
        return app_case_add(h->app, &h->row, LIST_PEOPLE, &p, h->m->a, NULL, err);
    }
    return err_set(err, ERR_INVALID, "person", "There is no such suspect.");
}

static bool say(Hand *h, const FactGroup *g, Err *err)
{
    const CaseField *fields[FACTS_MAX];
    size_t n = fact_fields(g, fields);
    CaseDoc said;

    case_init(&said);
    for (size_t i = 0; i < n; i++) {
        const char *text = fields[i]->kind == FIELD_TIME ? NULL : some_value(h, LIST_COUNT, fields[i], &said);
        if (text && !case_field_set(fields[i], &said, text, app_vocabs(h->app), h->m->a, err)) return false;
    }
    return app_facts_say(h->app, &h->row, g, &said, err);
}

static bool restrict_it(Hand *h, Err *err)
{
    RestrictAsk ask = { .case_id = h->row.id,
        .reason = "An employee is in it.",
        .password = TRAINING_PASSWORD,
        .subject = month_chance(h->m, 30) ? "900008" : NULL };

    return app_case_restrict(h->app, &ask, err);
}

/* ---- what the queue asks for ---- */

static bool do_it(Hand *h, const PolicyDuty *rule, const QueueRow *r, const char **act, Err *err)
{
    *act = rule->list < LIST_COUNT ? case_lists[rule->list].name : "facts";
    if (rule->tick != TICK_NONE) {
        *act = "tick";
        return app_task_tick(h->app, &h->row, r->duty, r->cycle, "Done.", err);
    }
    if (str_eq(rule->preset, "restricted_at")) {
        *act = "restrict";
        return restrict_it(h, err);
    }
    if (rule->list == LIST_COUNT && !fact_group_of(rule->preset)) { /* more than one thing shows that it is done */
        if (strstr(r->duty, "children")) return say(h, fact_group("children"), err);
        return add(h, LIST_ASSESSMENTS, "stage=secondary grade=high", err);
    }
    if (rule->list == LIST_COUNT) return say(h, fact_group_of(rule->preset), err);
    if (rule->list == LIST_BOOKS && strstr(r->duty, "index"))
        return add(h, LIST_BOOKS, "index_number=* index_at=*", err);
    if (rule->list == LIST_OWNERS && str_eq(r->duty, "transfer-acceptance"))
        return app_owner_act(
            h->app, &h->row, month_chance(h->m, 85) ? OWNER_ACCEPT : OWNER_REFUSE, NULL, "As agreed.", err);
    return add(h, rule->list, rule->preset, err);
}

/* Or taken back, when it is; mostly for a while that the policy allows. */
static bool put_aside(Hand *h, const QueueRow *r, const char **act, Err *err)
{
    Hold hold;

    *act = r->held > h->m->now ? "hold.end" : "holds";
    if (r->held > h->m->now) return app_hold_end(h->app, &h->row, r->duty, err);
    case_item_init(LIST_HOLDS, &hold);
    hold.duty = r->duty;
    hold.until = h->m->now + (1 + month_random(h->m, 26)) * HOUR;
    hold.reason = "Nothing can be done before then.";
    return app_case_add(h->app, &h->row, LIST_HOLDS, &hold, h->m->a, NULL, err);
}

void month_duty(Month *m, Role r)
{
    App *app = month_officer(m, r);
    DeskQuery q = { .tab = month_random(m, TAB_COUNT), .limit = PAGE };
    QueueRow *rows;
    size_t n;
    Hand h;
    Err err = { 0 };
    const char *act;

    arena_reset(m->a);
    if (!app_queue_page(app, &q, m->a, &rows, &n, &err)) fail_msg("%s", err.text);
    if (n == 0) return;
    const QueueRow *row = &rows[month_random(m, (uint32_t)n)];
    if (!take(&h, m, app, row->case_id))
        fail_msg("%s stands in the queue of %s and is not there", row->case_id, role_word(r));
    bool did = month_chance(m, 12) ? put_aside(&h, row, &act, &err) : do_it(&h, app_rule(app, row->duty), row, &act, &err);
    month_tally(m, act, did, &err);
}

/* ---- what nobody asked for ---- */

/* What becomes of a suspect; the bail sheet and its event come together in a verb of their own. */
static bool suspect_moves(Hand *h, Err *err)
{
    static const struct {
        const char *status, *event;
    } moves[] = { { "outstanding", NULL }, { "arrested", "arrest" }, { "bailed", "bail" }, { "charged", "charge" },
        { "cautioned", "caution" }, { "released", "release" }, { "no-further-action", "no-further-action" } };
    uint32_t i = month_random(h->m, sizeof moves / sizeof moves[0]);
    char preset[80];

    if (!add_status(h, moves[i].status, err)) return false;
    if (!moves[i].event || month_chance(h->m, 10)) return true; /* somebody forgot */
    snprintf(preset, sizeof preset, "kind=%s person=%s", moves[i].event, some_person(h, "suspect"));
    return add(h, LIST_EVENTS, preset, err);
}

static bool roundup(Hand *h, Err *err)
{
    RoundupTry t = {
        .person = some_person(h, "suspect"), .result = (Code)(1 + month_random(h->m, 6)), .at = TIME_NONE
    };

    return app_roundup_record(h->app, &h->row, &t, err);
}

static bool owner_moves(Hand *h, Err *err)
{
    static const char *const units[] = { "csu", "csu", "csu", "csu", "scd2", "scd5", "buddy", "dps", "response" };
    OwnerAct act = month_chance(h->m, 50) ? OWNER_OFFER : (OwnerAct)month_random(h->m, OWNER_ACTS);

    return app_owner_act(
        h->app, &h->row, act, act == OWNER_OFFER ? units[month_random(h->m, 9)] : NULL, "As agreed by telephone.", err);
}

static bool order_moves(Hand *h, Err *err)
{
    static const char *const ends[] = { "expired", "discharged", "charged", "no-further-action", "cancelled" };
    const char *key = h->doc.n_orders && month_chance(h->m, 50) ? h->doc.orders[0].key
                      : h->doc.n_bail                           ? h->doc.bail[0].key
                                                                : "o1";
    BreachAsk breach = { .of = key,
        .at = TIME_NONE,
        .text = "Came to the door.",
        .offence = month_chance(h->m, 50),
        .arrest = month_chance(h->m, 50) };

    switch (month_random(h->m, 5)) {
    case 0: return app_order_served(h->app, &h->row, key, TIME_NONE, err);
    case 1: return app_order_considered(h->app, &h->row, key, TIME_NONE, err);
    case 2: return app_order_ended(h->app, &h->row, key, ends[month_random(h->m, 5)], TIME_NONE, err);
    case 3: return app_order_extended(h->app, &h->row, key, h->m->now + 20 * DAY, err);
    default: return app_order_breach(h->app, &h->row, &breach, err);
    }
}

static bool order_begins(Hand *h, Err *err)
{
    CourtOrder o;
    Bail b;

    if (month_chance(h->m, 50)) return fill(h, LIST_ORDERS, "", &o, err) && app_order_set(h->app, &h->row, &o, err);
    return fill(h, LIST_BAIL, "", &b, err) && app_bail_set(h->app, &h->row, &b, err);
}

static bool task_moves(Hand *h, Err *err)
{
    const char *key = h->doc.n_tasks ? h->doc.tasks[month_random(h->m, (uint32_t)h->doc.n_tasks)].key : "t1";

    if (h->doc.n_tasks && month_chance(h->m, 30)) return app_task_done(h->app, &h->row, key, "Seen to.", err);
    if (h->doc.n_tasks && month_chance(h->m, 20)) return app_task_approve(h->app, &h->row, key, err);
    return add(h, LIST_TASKS,
        month_chance(h->m, 50) ? "from=plan approach=* rationale=* review_at=*" : "from=dmm approach=", err);
}

static bool refer(Hand *h, Err *err)
{
    static const char *const agencies[] = { "idva", "marac", "sanctuary", "advocacy", "victim-support", "refuge" },
                             *const steps[] = { "offered", "consented", "refused", "not-made", "accepted", "closed" };
    const char *to = agencies[month_random(h->m, 6)];
    ReferralSend send = { .to = to,
        .basis = "vital-interests",
        .grounds = str_eq(to, "marac") ? "judgement" : NULL,
        .text = "She asked for it.",
        .restricted = month_chance(h->m, 20) && str_eq(to, "marac") };

    if (month_chance(h->m, 50))
        return app_referral_step(h->app, h->row.id, to, steps[month_random(h->m, 6)], "As she said.", err);
    return app_referral_send(h->app, h->row.id, &send, err);
}

static bool access_moves(Hand *h, Err *err)
{
    static const AccessVerb verbs[] = { ACCESS_GRANT, ACCESS_GRANT, ACCESS_REVOKE, ACCESS_SUBJECT, ACCESS_PROPOSE,
        ACCESS_LIFT, ACCESS_WITHDRAW };
    AccessAsk ask = { .case_id = h->row.id,
        .verb = verbs[month_random(h->m, 7)],
        .officer = training_officers[month_random(h->m, OFFICERS)].warrant,
        .reason = "Needed for the enquiry.",
        .password = TRAINING_PASSWORD };

    if (!h->row.restricted) return month_chance(h->m, 15) ? restrict_it(h, err) : add(h, LIST_NOTICES, "", err);
    return app_access_change(h->app, &ask, err);
}

static bool glass(Hand *h, Err *err)
{
    GlassAsk ask = { .case_id = h->row.id,
        .reason = "She is on the line now and nobody who may look is in.",
        .password = TRAINING_PASSWORD,
        .second = "900009",
        .second_password = TRAINING_PASSWORD,
        .minutes = 30 };
    Time until;

    for (int64_t i = 1; i <= h->m->reports; i++) { /* he has the number from the caller */
        ask.case_id = arena_printf(h->m->a, "KG-M%04lld", (long long)i);
        CaseRow row;
        Err why = { 0 };
        if (store_case_find(app_store_handle(h->app), ask.case_id, h->m->a, &row, &why)) continue;
        return app_glass_break(h->app, &ask, &until, err);
    }
    return err_set(err, ERR_MISSING, "case", "Everything is open.");
}

static bool answer_alert(Hand *h, Err *err)
{
    AlertAsk q = { .limit = PAGE };
    AlertRow *rows;
    size_t n;

    h->app = month_officer(h->m, month_chance(h->m, 50) ? ROLE_RESPONSE_PS : ROLE_CSU_DS); /* who has alerts */
    if (!app_alert_page(h->app, &q, h->m->a, &rows, &n, err)) return false;
    if (n == 0) return err_set(err, ERR_MISSING, "alert", "No alert waits.");
    const AlertRow *r = &rows[month_random(h->m, (uint32_t)n)];
    return app_alert_answer(h->app, r->case_id, r->alert, NULL, month_chance(h->m, 50), "It was looked into.", err);
}

static bool any_fact(Hand *h, Err *err)
{
    return say(h, &fact_groups[month_random(h->m, (uint32_t)fact_n_groups)], err);
}

/* The sergeant goes through what is missing; not all of it can be had. */
static void mend(Hand *h)
{
    CaseView view;
    Closing c;
    Err err = { 0 };

    if (!app_case_look(h->app, h->row.id, "closing", h->m->a, &view, &err)) return;
    app_closing(h->app, &view, h->m->a, &c);
    for (size_t i = 0; i < c.n_lacks; i++) {
        const ClosingLack *l = &c.lacks[i];
        const char *preset =
            l->list == LIST_DISPOSALS
                ? arena_printf(h->m->a,
                      "%s kind=no-further-action reason=evidence counted=no unsupported=no offence=", l->preset)
            : l->list == LIST_ASSESSMENTS ? "stage=secondary grade=high"
                                          : l->preset;
        if (l->fact)
            say(h, fact_group(l->fact), &err);
        else if (l->list != LIST_COUNT)
            add(h, l->list, preset, &err);
    }
}

/* What its gate asks for comes late, or not at all. */
static bool closes(Hand *h, Err *err)
{
    if (month_chance(h->m, 60)) mend(h);
    if (h->doc.closed_at != TIME_NONE && month_chance(h->m, 50))
        return app_case_reopen(h->app, &h->row, "A witness came forward.", err);
    return say(h, fact_group("close"), err);
}

static bool any_entry(Hand *h, Err *err)
{
    CaseListId list = month_random(h->m, LIST_STATUS);

    return add(h, list,
        list == LIST_PEOPLE ? "key=c1 role=child police_staff=no family=* related_to= relationship_kind=" : "", err);
}

static bool offence(Hand *h, Err *err)
{
    if (h->doc.n_offences && month_chance(h->m, 30))
        return add(h, LIST_OFFENCES,
            arena_printf(h->m->a, "replaces=%s reason=*",
                vocab_word(app_vocabs(h->app), VOCAB_OFFENCE, h->doc.offences[0].class)),
            err);
    return add(h, LIST_OFFENCES, "", err);
}

static bool disposal(Hand *h, Err *err)
{
    static const char *const ends[] = { "kind=charged reason= counted=yes offence=",
        "kind=caution reason= counted=yes admission=* offence=",
        "kind=no-further-action reason=evidence counted=no unsupported=no offence=",
        "kind=no-crime-asked reason=wrongly-recorded counted=no unsupported=no offence=",
        "kind=no-crime reason=wrongly-recorded counted=no unsupported=no offence=",
        "kind=undetected reason=not-identified counted=no unsupported=no offence=", "" };

    return add(h, LIST_DISPOSALS, ends[month_random(h->m, 7)], err);
}

static bool speaks(Hand *h, Err *err)
{
    return add(h, LIST_CONTACTS, "with=victim result=spoke", err);
}

static bool counter(Hand *h, Err *err)
{
    const char *id;

    return app_counter_allegation(h->app, &h->row, h->m->a, &id, err);
}

/* The CAD's own system sends its listing: numbers that came later, messages put away there. */
static bool listing(Hand *h, Err *err)
{
    char received[CIVIL_TEXT], closed[CIVIL_TEXT], *text;
    ImportOptions o = { .name = "cad.csv" };
    ImportReport r;
    bool ok;
    FILE *f;

    text = arena_printf(h->m->a, "cad,received,closed,result,cris\n%s,%s,%s,%s,%s\n", h->doc.cad_number,
        civil_format_time(h->doc.cad_received_at, received),
        month_chance(h->m, 50) ? civil_format_time(h->m->now, closed) : "",
        month_chance(h->m, 90) ? "domestic" : "not-domestic", month_chance(h->m, 40) ? some_number(h, 2) : "");
    f = desk_file(text, strlen(text));
    ok = app_import_cad(h->app, f, &o, &r, err);
    fclose(f);
    if (ok && r.refused) return err_set(err, ERR_INVALID, "cad", "The row was refused.");
    return ok;
}

/* Somebody else was there since the row was read. */
static bool too_late(Hand *h, Err *err)
{
    CaseRow old = h->row;

    if (!add(h, LIST_CONSENT, "", err)) return false;
    h->row = old;
    if (add(h, LIST_CONSENT, "", err)) fail_msg("a stale row was written");
    if (err->kind != ERR_STALE) fail_msg("%s instead of stale: %s", err_kind_word(err->kind), err->text);
    return true;
}

/* To who may have it, to who may not, to nobody; by who may only take, too. */
static bool given(Hand *h, Err *err)
{
    static const char *const to[] = { "900006", "900006", "900007", "", "900001" };

    return app_case_assign(h->app, &h->row, to[month_random(h->m, 5)], month_chance(h->m, 30) ? "Leave." : NULL, err);
}

typedef struct Happening {
    const char *act;
    bool (*run)(Hand *h, Err *err);
    Role by;
    int weight;
} Happening;

static const Happening happenings[] = {
    { "suspect", suspect_moves, ROLE_CSU_IO, 14 },
    { "roundup", roundup, ROLE_CSU_IO, 5 },
    { "owner", owner_moves, ROLE_CSU_DI, 14 },
    { "order or bail", order_begins, ROLE_CSU_IO, 5 },
    { "order goes on", order_moves, ROLE_CSU_DS, 5 },
    { "task", task_moves, ROLE_CSU_DS, 6 },
    { "referral", refer, ROLE_CSU_DS, 8 },
    { "access", access_moves, ROLE_CSU_DI, 3 },
    { "glass", glass, ROLE_CSU_DS, 1 },
    { "alert", answer_alert, ROLE_CSU_DS, 4 },
    { "fact", any_fact, ROLE_CSU_DS, 6 },
    { "closing", closes, ROLE_CSU_DS, 5 },
    { "any entry", any_entry, ROLE_CSU_DS, 10 },
    { "offence", offence, ROLE_RESPONSE_PC, 8 },
    { "disposal", disposal, ROLE_CSU_DS, 4 },
    { "contact", speaks, ROLE_CSU_IO, 8 },
    { "counter-allegation", counter, ROLE_CSU_DS, 1 },
    { "CAD listing", listing, ROLE_CSU_DS, 4 },
    { "too late", too_late, ROLE_CSU_DS, 2 },
    { "given", given, ROLE_CSU_DS, 9 },
};

static const Happening *some_happening(Month *m)
{
    int all = 0, at;
    size_t n = sizeof happenings / sizeof happenings[0];

    for (size_t i = 0; i < n; i++) all += happenings[i].weight;
    at = (int)month_random(m, (uint32_t)all);
    for (size_t i = 0; i < n; i++)
        if ((at -= happenings[i].weight) < 0) return &happenings[i];
    return &happenings[0];
}

void month_event(Month *m)
{
    const Happening *happens = some_happening(m);
    App *app = month_officer(m, happens->by);
    Hand h;
    Err err = { 0 };

    arena_reset(m->a);
    if (month_chance(m, 12)) app = m->at[month_random(m, OFFICERS)]; /* it is not his to do */
    if (!take_some(&h, m, app)) return;
    month_tally(m, happens->act, happens->run(&h, &err), &err);
}
