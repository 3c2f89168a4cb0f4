/* test_contact.c — safe contact: what is hidden, who is told it and what for, what must not be used, what is no longer sure; and each
** saying that the other began. */
#include "book_desk.h"

#include "app/contact.h"

#define CASE   "KG-2010-000009"
#define MOBILE "07700900123"
#define HOME   "02079460999"
#define STREET "12 Hidden Road"

#define MORE                                                                                                           \
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"Example\",\"given\":\"Anne\",\"sex\":\"female\",\"address\":\"" STREET  \
    "\",\"recorded_at\":\"2010-05-20T10:00:00Z\"},"                                                                    \
    "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"Sample\",\"given\":\"Paul\",\"sex\":\"male\",\"address\":\"9 Open Street\","      \
    "\"recorded_at\":\"2010-05-20T10:00:00Z\",\"relationship\":{\"to\":\"v1\",\"kind\":\"spouse\"},\"warnings\":\"A knife.\"}],"           \
    "\"safe_contacts\":["                                                                                               \
    "{\"person\":\"v1\",\"way\":\"home\",\"value\":\"" HOME "\",\"rule\":\"do-not-use\",\"at\":\"2010-05-20T10:00:00Z\"},"             \
    "{\"person\":\"v1\",\"way\":\"mobile\",\"value\":\"" MOBILE "\",\"rule\":\"at-times\",\"times\":\"weekdays\",\"voicemail\":true,"     \
    "\"at\":\"2010-05-20T11:00:00Z\"}]"

static int with_one(void **state)
{
    return desk_with(state, CASE, MORE);
}

static bool opens(Desk *d, const char *id, const char *purpose, const char *override, bool confirmed, const char **value)
{
    CaseView v = desk_look(d, CASE);
    SafeAsk ask = { id, purpose, override, confirmed };

    return app_safe_open(d->app, &v, &ask, d->a, value, &d->err);
}

static size_t ways(Desk *d, SafeWay **out)
{
    CaseView v = desk_look(d, CASE);

    return app_safe_ways(d->app, &v, d->a, out);
}

static void put(Desk *d, const char *rule, const char *way, const char *value)
{
    CaseView v = desk_look(d, CASE);
    SafeContact s;

    case_item_init(LIST_SAFE_CONTACTS, &s);
    s.person = "v1";
    s.way = vocab_code(app_vocabs(d->app), VOCAB_CONTACT_WAY, way);
    s.rule = vocab_code(app_vocabs(d->app), VOCAB_CONTACT_RULE, rule);
    s.value = value;
    assert_did(d, app_case_add(d->app, &v.row, LIST_SAFE_CONTACTS, &s, d->a, NULL, &d->err));
}

static Contact contact(const Desk *d, const char *result)
{
    Contact c;

    case_item_init(LIST_CONTACTS, &c);
    c.with = vocab_code(app_vocabs(d->app), VOCAB_CONTACT_WITH, "victim");
    c.kind = vocab_code(app_vocabs(d->app), VOCAB_CONTACT_KIND, "update");
    c.result = vocab_code(app_vocabs(d->app), VOCAB_CONTACT_RESULT, result);
    return c;
}

/* ---- what is hidden ---- */

static void a_look_returns_no_number_and_no_address_of_the_victim(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, CASE);
    Str text = { 0 };

    case_write(&v.doc, app_vocabs(d->app), &text);
    assert_null(strstr(str_text(&text), MOBILE));
    assert_null(strstr(str_text(&text), HOME));
    assert_null(strstr(str_text(&text), STREET));
    assert_non_null(strstr(str_text(&text), CASE_HIDDEN));
    assert_non_null(strstr(str_text(&text), "9 Open Street")); /* of the suspect: officers go there */
    str_finish(&text);
    assert_non_null(strstr(desk_export(d, CASE), MOBILE)); /* an exchange of documents is whole */
}

static void what_is_hidden_is_not_written_back(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, CASE);
    Person p = v.doc.people[0];

    p.ethnicity = "W1";
    assert_did(d, app_case_add(d->app, &v.row, LIST_PEOPLE, &p, d->a, NULL, &d->err));
    assert_non_null(strstr(desk_export(d, CASE), STREET));
}

/* ---- who is told, and what for ---- */

static void a_number_is_told_for_a_purpose_that_the_log_keeps(void **state)
{
    Desk *d = *state;
    const char *value = "x";

    assert_refused(d, ERR_INVALID, opens(d, "safe-2", "", NULL, false, &value));
    assert_string_equal(d->err.field, "purpose");
    assert_null(value);
    assert_did(d, opens(d, "safe-2", "update", NULL, false, &value));
    assert_string_equal(value, MOBILE);
    assert_logged(d, AUDIT_CONSULT, "contact.open", CASE);
    assert_did(d, opens(d, "home-v1", "visit", NULL, false, &value));
    assert_string_equal(value, STREET);
    assert_refused(d, ERR_MISSING, opens(d, "safe-9", "update", NULL, false, &value));
    assert_refused(d, ERR_MISSING, opens(d, "home-s1", "update", NULL, false, &value));
}

static void who_reaches_nobody_is_told_nothing(void **state)
{
    Desk *d = *state;
    const char *value;

    desk_as(d, "900003"); /* ibos */
    assert_refused(d, ERR_DENIED, opens(d, "safe-2", "update", NULL, false, &value));
    assert_logged(d, AUDIT_DENIED, "contact.open", CASE);
    desk_as(d, AUDITOR);
    assert_refused(d, ERR_DENIED, opens(d, "safe-2", "update", NULL, false, &value));
    assert_null(value);
}

static void what_cannot_be_logged_is_not_told(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, CASE);
    SafeAsk ask = { "safe-2", "update", NULL, false };
    App *writer = desk_terminal(d, NOW);
    const char *value = "x";
    Tx tx = { 0 };

    store_set_patience(app_store_handle(d->app), 50);
    assert_did(d, store_begin(app_store_handle(writer), &tx, &d->err));
    assert_refused(d, ERR_BUSY, app_safe_open(d->app, &v, &ask, d->a, &value, &d->err));
    assert_null(value);
    store_end(&tx);
    app_close(&writer);
}

static void a_case_that_changed_is_looked_at_again_first(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, CASE);
    SafeAsk ask = { "safe-2", "update", NULL, false };
    const char *value;

    put(d, "safe", "work", "0100");
    assert_refused(d, ERR_STALE, app_safe_open(d->app, &v, &ask, d->a, &value, &d->err));
    assert_null(value);
}

/* ---- what must not be used ---- */

static void what_must_not_be_used_is_told_to_a_supervisor_with_a_reason_alone(void **state)
{
    Desk *d = *state;
    const char *value;
    CaseView v;
    Contact c = contact(d, "spoke");

    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, opens(d, "safe-1", "safety", "She may be in danger.", false, &value));
    assert_logged(d, AUDIT_DENIED, "contact.open", CASE);
    desk_as(d, DS);
    assert_refused(d, ERR_INVALID, opens(d, "safe-1", "safety", "  ", false, &value));
    assert_string_equal(d->err.field, "override");
    assert_null(value);
    assert_did(d, opens(d, "safe-1", "safety", "She may be in danger.", false, &value));
    assert_string_equal(value, HOME);
    v = desk_look(d, CASE);
    assert_did(d, app_case_add(d->app, &v.row, LIST_CONTACTS, &c, d->a, NULL, &d->err));
    v = desk_look(d, CASE);
    assert_string_equal(v.doc.contacts[v.doc.n_contacts - 1].override, "She may be in danger.");
    assert_did(d, app_case_add(d->app, &v.row, LIST_CONTACTS, &c, d->a, NULL, &d->err)); /* the next one is not */
    v = desk_look(d, CASE);
    assert_null(v.doc.contacts[v.doc.n_contacts - 1].override);
}

static void an_override_written_by_hand_needs_the_rank(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, CASE);
    Contact c = contact(d, "spoke");

    c.override = "Because.";
    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, app_case_add(d->app, &v.row, LIST_CONTACTS, &c, d->a, NULL, &d->err));
    assert_logged(d, AUDIT_DENIED, "contact.add", CASE);
}

static void an_override_is_gone_with_the_session(void **state)
{
    Desk *d = *state;
    const char *value;
    CaseView v;
    Contact c = contact(d, "spoke");

    assert_did(d, opens(d, "safe-1", "safety", "She may be in danger.", false, &value));
    app_sign_out(d->app);
    desk_as(d, IO);
    v = desk_look(d, CASE);
    assert_did(d, app_case_add(d->app, &v.row, LIST_CONTACTS, &c, d->a, NULL, &d->err));
    v = desk_look(d, CASE);
    assert_null(v.doc.contacts[v.doc.n_contacts - 1].override);
}

static void a_word_on_the_whole_way_blocks_its_numbers(void **state)
{
    Desk *d = *state;
    const char *value;

    put(d, "do-not-use", "mobile", NULL);
    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, opens(d, "safe-2", "update", NULL, true, &value));
}

static void the_newest_word_on_a_number_counts(void **state)
{
    Desk *d = *state;
    SafeWay *w;
    const char *value;

    put(d, "safe", "home", HOME);
    assert_int_equal(ways(d, &w), 3); /* mobile, home again, the address */
    desk_as(d, IO);
    assert_did(d, opens(d, "safe-3", "update", NULL, false, &value));
    assert_string_equal(value, HOME);
    assert_refused(d, ERR_MISSING, opens(d, "safe-1", "update", NULL, false, &value));
}

static void letters_are_off_until_somebody_says_that_they_are_safe(void **state)
{
    Desk *d = *state;
    const char *value;

    desk_as(d, IO);
    assert_refused(d, ERR_DENIED, opens(d, "home-v1", "letter", NULL, true, &value));
    put(d, "safe", "letter", NULL);
    assert_did(d, opens(d, "home-v1", "letter", NULL, true, &value));
    put(d, "do-not-use", "letter", NULL);
    assert_refused(d, ERR_DENIED, opens(d, "home-v1", "letter", NULL, true, &value));
}

/* ---- what is no longer sure ---- */

static void an_old_word_is_confirmed_before_it_is_used(void **state)
{
    Desk *d = *state;
    const char *value;
    CaseView v;
    SafeWay *w;

    desk_reopen(d, "2010-06-17T09:00:00Z"); /* 28 days */
    desk_as(d, IO);
    assert_did(d, opens(d, "safe-2", "update", NULL, false, &value));
    desk_reopen(d, "2010-06-18T09:00:00Z");
    desk_as(d, IO);
    assert_refused(d, ERR_INVALID, opens(d, "safe-2", "update", NULL, false, &value));
    assert_string_equal(d->err.field, "confirmed");
    assert_null(value);
    assert_did(d, opens(d, "safe-2", "update", NULL, true, &value));
    v = desk_look(d, CASE);
    assert_did(d, app_safe_confirm(d->app, &v.row, "safe-2", &d->err));
    assert_logged(d, AUDIT_ALTER, "contact.confirm", CASE);
    assert_int_equal(ways(d, &w), 3);
    assert_string_equal(w[1].id, "safe-3");
    assert_null(w[1].unsure);
    assert_did(d, opens(d, "safe-3", "update", NULL, false, &value));
    assert_string_equal(value, MOBILE);
    assert_refused(d, ERR_MISSING, app_safe_confirm(d->app, &v.row, "home-v1", &d->err));
}

static void it_is_asked_again_after_the_suspect_was_freed_or_somebody_else_answered(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, CASE);
    const char *value;
    Event e;
    Contact c = contact(d, "unsafe");

    case_item_init(LIST_EVENTS, &e);
    e.kind = vocab_code(app_vocabs(d->app), VOCAB_EVENT, "bail");
    e.person = "s1";
    assert_did(d, app_case_add(d->app, &v.row, LIST_EVENTS, &e, d->a, NULL, &d->err));
    assert_refused(d, ERR_INVALID, opens(d, "safe-2", "update", NULL, false, &value));
    assert_non_null(strstr(d->err.text, "bailed since"));
    desk_reopen(d, "2010-06-01T10:00:00Z");
    desk_as(d, DS);
    v = desk_look(d, CASE);
    assert_did(d, app_safe_confirm(d->app, &v.row, "safe-2", &d->err));
    assert_did(d, opens(d, "safe-3", "update", NULL, false, &value));
    desk_reopen(d, "2010-06-01T11:00:00Z");
    desk_as(d, DS);
    v = desk_look(d, CASE);
    assert_did(d, app_case_add(d->app, &v.row, LIST_CONTACTS, &c, d->a, NULL, &d->err));
    assert_refused(d, ERR_INVALID, opens(d, "safe-3", "update", NULL, false, &value));
    assert_non_null(strstr(d->err.text, "not safe to speak"));
}

static void a_message_nobody_allowed_is_kept_and_said(void **state)
{
    Desk *d = *state;
    CaseView v;
    Contact c = contact(d, "voicemail");
    const char *warning = NULL;

    desk_import(d, case_line(d->a, "KG-NO-SAFE", ""));
    v = desk_look(d, "KG-NO-SAFE");
    assert_did(d, app_case_add(d->app, &v.row, LIST_CONTACTS, &c, d->a, &warning, &d->err));
    assert_non_null(warning);
    v = desk_look(d, CASE);
    assert_did(d, app_case_add(d->app, &v.row, LIST_CONTACTS, &c, d->a, &warning, &d->err));
    assert_null(warning); /* the mobile allows it */
}

static void only_speaking_to_the_victim_is_an_update(void **state)
{
    static const char *const results[] = { "voicemail", "message", "no-answer", "unsafe", "spoke" };
    Desk *d = *state;

    for (size_t i = 0; i < 5; i++) {
        CaseView v = desk_look(d, CASE);
        Contact c = contact(d, results[i]);
        const Duty *update = NULL;
        assert_did(d, app_case_add(d->app, &v.row, LIST_CONTACTS, &c, d->a, NULL, &d->err));
        v = desk_look(d, CASE);
        for (size_t k = 0; k < v.n_duties; k++)
            if (str_eq(v.duties[k].id, "victim-update") && v.duties[k].cycle == 0) update = &v.duties[k];
        assert_non_null(update);
        assert_int_equal(update->done != TIME_NONE, i == 4);
    }
}

/* ---- a book ---- */

static void a_book_is_read_without_its_safe_contact_until_somebody_says_what_for(void **state)
{
    static const char *const more[] = { "safe.ok", "yes", "safe.how", "telephone", "safe.number", "07700900456", "safe.message", "no", NULL };
    Desk *d = *state;
    BookView v;
    Str text = { 0 };
    const char *id, *value;
    CaseView look;
    SafeWay *w;
    size_t n;

    desk_as(d, PC);
    id = book_write(d, ONE, more);
    desk_as(d, PS);
    v = book_view(d, id);
    assert_string_equal(answers_get(v.answers, "safe.number"), CASE_HIDDEN);
    assert_string_equal(answers_get(v.answers, "safe.ok"), CASE_HIDDEN);
    assert_refused(d, ERR_INVALID, app_book_reveal(d->app, &v, "fun", &d->err));
    assert_did(d, app_book_reveal(d->app, &v, "check", &d->err));
    assert_logged(d, AUDIT_CONSULT, "contact.open", id);
    assert_string_equal(answers_get(v.answers, "safe.number"), "07700900456");
    assert_refused(d, ERR_MISSING, app_book_reveal(d->app, &v, "check", &d->err));
    app_book_close(&v);
    assert_did(d, app_book_print(d->app, id, NULL, 0, PAPER_BOOK, false, &text, &d->err));
    assert_null(strstr(str_text(&text), "07700900456"));
    str_finish(&text);
    assert_did(d, app_book_print_open(d->app, id, NULL, 0, "court", false, &text, &d->err));
    assert_non_null(strstr(str_text(&text), "07700900456"));
    str_finish(&text);
    look = desk_look(d, id);
    assert_null(strstr(look.doc.books[0].answers, "07700900456"));
    n = app_safe_ways(d->app, &look, d->a, &w);
    assert_true(n >= 1);
    assert_did(d, app_safe_open(d->app, &look, &(SafeAsk){ w[n - 1].id, "update", NULL, true }, d->a, &value, &d->err));
    assert_non_null(strstr(value, "07700900456"));
}

/* ---- each says that the other began ---- */

static void a_counter_allegation_is_a_case_of_its_own_and_both_name_each_other(void **state)
{
    Desk *d = *state;
    CaseView v = desk_look(d, CASE), w;
    const char *id = NULL, *again = NULL;

    assert_did(d, app_counter_allegation(d->app, &v.row, d->a, &id, &d->err));
    w = desk_look(d, id);
    assert_int_equal(w.doc.n_people, 2);
    assert_string_equal(w.doc.people[0].family, "Example");
    assert_string_equal(w.doc.people[0].key, "s1");
    assert_null(w.doc.people[0].address); /* hers is on no suspect's page */
    assert_string_equal(w.doc.people[0].related_to, "v1");
    assert_string_equal(w.doc.people[1].key, "v1");
    assert_null(w.doc.people[1].warnings);
    assert_int_equal(w.doc.n_safe_contacts, 0);
    assert_string_equal(w.doc.links[0].to, CASE);
    v = desk_look(d, CASE);
    assert_string_equal(v.doc.links[0].to, id);
    assert_refused(d, ERR_INVALID, app_counter_allegation(d->app, &v.row, d->a, &again, &d->err));
    assert_null(again);
    desk_as(d, AUDITOR);
    assert_refused(d, ERR_DENIED, app_counter_allegation(d->app, &v.row, d->a, &again, &d->err));
}

static void without_a_suspect_there_is_no_counter_allegation(void **state)
{
    Desk *d = *state;
    const char *id;
    CaseView v;
    int64_t before;

    desk_import(d, case_line(d->a, "KG-ALONE", "\"people\":[{\"key\":\"v1\",\"role\":\"victim\"}]"));
    v = desk_look(d, "KG-ALONE");
    before = log_size(d);
    assert_refused(d, ERR_INVALID, app_counter_allegation(d->app, &v.row, d->a, &id, &d->err));
    assert_int_equal(log_size(d), before);
    v = desk_look(d, CASE);
    v.row.rev--;
    assert_refused(d, ERR_STALE, app_counter_allegation(d->app, &v.row, d->a, &id, &d->err));
    assert_int_equal(desk_look(d, CASE).doc.n_links, 0);
}

int main(void)
{
#define ON_ONE(f) cmocka_unit_test_setup_teardown(f, with_one, desk_teardown)
    const struct CMUnitTest tests[] = {
        ON_ONE(a_look_returns_no_number_and_no_address_of_the_victim),
        ON_ONE(what_is_hidden_is_not_written_back),
        ON_ONE(a_number_is_told_for_a_purpose_that_the_log_keeps),
        ON_ONE(who_reaches_nobody_is_told_nothing),
        ON_ONE(what_cannot_be_logged_is_not_told),
        ON_ONE(a_case_that_changed_is_looked_at_again_first),
        ON_ONE(what_must_not_be_used_is_told_to_a_supervisor_with_a_reason_alone),
        ON_ONE(an_override_written_by_hand_needs_the_rank),
        ON_ONE(an_override_is_gone_with_the_session),
        ON_ONE(a_word_on_the_whole_way_blocks_its_numbers),
        ON_ONE(the_newest_word_on_a_number_counts),
        ON_ONE(letters_are_off_until_somebody_says_that_they_are_safe),
        ON_ONE(an_old_word_is_confirmed_before_it_is_used),
        ON_ONE(it_is_asked_again_after_the_suspect_was_freed_or_somebody_else_answered),
        ON_ONE(a_message_nobody_allowed_is_kept_and_said),
        ON_ONE(only_speaking_to_the_victim_is_an_update),
        cmocka_unit_test_setup_teardown(a_book_is_read_without_its_safe_contact_until_somebody_says_what_for, book_setup, desk_teardown),
        ON_ONE(a_counter_allegation_is_a_case_of_its_own_and_both_name_each_other),
        ON_ONE(without_a_suspect_there_is_no_counter_allegation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
