/* contact.c — the door to a number or an address: what for, may it be used, is the word still fresh; the log; and then the value. An
** override is remembered until the contact that it was for is recorded. */
#include "inside.h"

#include "app/contact.h"
#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

#define ACT "contact.open"
enum { REASON_MAX = 300 };

/* ---- may it be opened ---- */

static const SafeWay *way_of(const App *app, const CaseView *view, const char *id, Arena *a)
{
    SafeWay *all;
    size_t n = app_safe_ways(app, view, a, &all);

    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].id, id)) return &all[i];
    return NULL;
}

static bool refuse(App *app, const CaseView *view, const char *field, const char *sentence, Err *err)
{
    Err why = { 0 };

    err_set(&why, ERR_DENIED, field, "%s", sentence);
    if (err) *err = why;
    return app_denied(app, ACT, view->row.id, why.text);
}

static bool overrides(App *app, const CaseView *view, const SafeWay *way, const SafeAsk *ask, Arena *a, Err *err)
{
    const char *why = way->blocked ? "must not be used" : "is off";

    if (!role_may(app->session.roles, PERM_CONTACT_OVERRIDE))
        return refuse(app, view, "override",
            arena_printf(a, "%s %s: it would put somebody in danger. Only %s may, with a reason.", way->what, why,
                role_who_may(PERM_CONTACT_OVERRIDE)),
            err);
    if (str_blank(ask->override))
        return err_set(err, ERR_INVALID, "override", "%s %s: say why although.", way->what, why);
    return strlen(ask->override) <= REASON_MAX ||
           err_set(err, ERR_INVALID, "override", "The reason is longer than %d characters.", REASON_MAX);
}

/* Letters are off unless somebody said that they are safe (BD 3.6). */
static bool letters_are_safe(const App *app, const CaseDoc *doc, const char *person)
{
    const Vocabs *v = app_vocabs(app);
    bool safe = false;

    for (size_t i = 0; i < doc->n_safe_contacts; i++) {
        const SafeContact *s = &doc->safe_contacts[i];
        if (person && !str_eq(s->person, person)) continue;
        if (str_eq(vocab_word(v, VOCAB_CONTACT_WAY, s->way), "letter"))
            safe = !str_eq(vocab_word(v, VOCAB_CONTACT_RULE, s->rule), "do-not-use");
    }
    return safe;
}

static bool may_open(App *app, const CaseView *view, const SafeWay *way, const SafeAsk *ask, Arena *a, Err *err)
{
    bool letter = str_eq(ask->purpose, "letter") && !letters_are_safe(app, &view->doc, way->person);
    SafeWay off = *way;

    if (letter && !way->blocked) off.what = "Writing letters";
    if ((way->blocked || letter) && !overrides(app, view, &off, ask, a, err)) return false;
    return !way->unsure || ask->confirmed ||
           err_set(err, ERR_INVALID, "confirmed",
               "%s: %s. Whoever calls asks first whether it is safe now, and confirms it here afterwards.", way->what,
               way->unsure);
}

/* ---- what it says ---- */

typedef struct Telling {
    const FormSpec *form;
    Arena *a;
    Str out;
} Telling;

static bool tell_answer(void *with, const char *path, const char *text)
{
    Telling *t = with;
    const FormQuestion *q = form_question(t->form, path);

    if (!q || q->sensitivity != SENSITIVE_SAFE_CONTACT) return true;
    str_addf(&t->out, "%s%s: %s", t->out.n ? "\n" : "", q->label, form_words(t->form, q, arena_dup(t->a, text), t->a));
    return true;
}

static const char *book_tells(App *app, const CaseDoc *doc, Arena *a)
{
    const Book *book = case_book(doc, NULL);
    Answers *answers = book_answers(book ? book->answers : NULL);
    Telling t = { .form = form_of_answers(app, answers), .a = a };
    const char *text;

    if (t.form) answers_each(answers, tell_answer, &t);
    answers_free(&answers);
    text = arena_dup(a, str_text(&t.out));
    if (t.out.s) crypto_wipe(t.out.s, t.out.cap);
    str_finish(&t.out);
    return text;
}

/* Out of the document as the store has it. */
static const char *value_of(App *app, const CaseDoc *doc, const char *id, Arena *a)
{
    size_t i;

    if (strncmp(id, "safe-", 5) == 0) {
        i = (size_t)strtoul(id + 5, NULL, 10);
        return i > 0 && i <= doc->n_safe_contacts ? doc->safe_contacts[i - 1].value : NULL;
    }
    for (i = 0; strncmp(id, "home-", 5) == 0 && i < doc->n_people; i++)
        if (str_eq(doc->people[i].key, id + 5)) return doc->people[i].address;
    return strncmp(id, "book-", 5) == 0 ? book_tells(app, doc, a) : NULL;
}

/* ---- the act ---- */

static void remember(App *app, CaseKey key, const char *reason)
{
    app->override_key = key;
    snprintf(app->override, sizeof app->override, "%s", reason);
}

/* The same ids name the same entries only while the case is as it was shown. */
static bool as_shown(App *app, const CaseView *view, Arena *a, CaseDoc *doc, Err *err)
{
    CaseRow row;

    if (!app_case_find(app, view->row.id, a, &row, err)) return false;
    if (row.rev != view->row.rev)
        return err_set(err, ERR_STALE, "case", "The case %s was changed meanwhile. Look at it again.", view->row.id);
    return store_case_load(app->store, row.key, app_vocabs(app), a, doc, err);
}

bool app_safe_open(App *app, const CaseView *view, const SafeAsk *ask, Arena *a, const char **value, Err *err)
{
    const SafeWay *way;
    const char *found;
    bool over;
    CaseDoc doc;

    *value = NULL;
    if (!app_may_do(app, PERM_CONTACT_OPEN, ACT, view->row.id, err)) return false;
    way = way_of(app, view, ask->id ? ask->id : "", a);
    if (!way) return err_set(err, ERR_MISSING, "id", "This case has no number or address \"%.40s\".", ask->id ? ask->id : "");
    if (!contact_purpose_label(ask->purpose))
        return err_set(err, ERR_INVALID, "purpose", "Say what it is for: update, safety, statement, visit, letter, court, referral or check.");
    if (!may_open(app, view, way, ask, a, err)) return false;
    if (!as_shown(app, view, a, &doc, err)) return false;
    found = value_of(app, &doc, way->id, a);
    if (str_blank(found)) return err_set(err, ERR_MISSING, "id", "%s: no number and no address is recorded.", way->what);
    over = !str_blank(ask->override) && role_may(app->session.roles, PERM_CONTACT_OVERRIDE);
    if (!app_log_now(app, AUDIT_CONSULT, ACT, view->row.id,
            arena_printf(a, "%s for %s%s%s", way->id, ask->purpose, over ? ", override: " : "", over ? ask->override : ""), err))
        return false;
    if (over) remember(app, view->row.key, ask->override);
    *value = found;
    return true;
}

/* ---- confirmed ---- */

static bool confirm(Change *c, const char *id, Err *err)
{
    size_t i = strncmp(id, "safe-", 5) == 0 ? (size_t)strtoul(id + 5, NULL, 10) : 0;
    SafeContact again;

    if (i == 0 || i > c->doc.n_safe_contacts)
        return err_set(err, ERR_MISSING, "id", "Nothing \"%.40s\" of safe contact can be confirmed; enter it as safe contact.", id);
    again = c->doc.safe_contacts[i - 1];
    again.by = c->app->session.warrant;
    again.at = c->app->now;
    case_append(&c->doc, LIST_SAFE_CONTACTS, &again, c->a);
    return change_end(c, id, err);
}

bool app_safe_confirm(App *app, CaseRow *row, const char *id, Err *err)
{
    Change c = { .app = app, .row = row, .act = "contact.confirm", .a = arena_new_secret() };
    bool ok = change_begin(&c, PERM_ADD_SAFE_CONTACT, err) && confirm(&c, id ? id : "", err);

    arena_free(&c.a);
    return ok;
}

/* ---- a book that is read ---- */

bool app_book_reveal(App *app, BookView *view, const char *purpose, Err *err)
{
    Answers *whole;

    if (!app_may_do(app, PERM_CONTACT_OPEN, ACT, view->view.row.id, err)) return false;
    if (!view->whole) return err_set(err, ERR_MISSING, "", "Nothing of this book is hidden.");
    if (!contact_purpose_label(purpose))
        return err_set(err, ERR_INVALID, "purpose", "Say what it is for: update, safety, statement, visit, letter, court, referral or check.");
    char detail[160];
    snprintf(detail, sizeof detail, "book %.60s version %zu for %.30s", view->book->serial ? view->book->serial : "",
        view->version, purpose);
    if (!app_log_now(app, AUDIT_CONSULT, ACT, view->view.row.id, detail, err)) return false;
    whole = view->whole;
    view->whole = NULL;
    answers_free(&view->answers);
    view->answers = whole;
    return true;
}

/* ---- what add.c asks of a contact ---- */

bool contact_item_fits(App *app, const CaseDoc *doc, CaseKey key, Contact *item, const char **warning, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    const char *result = vocab_word(v, VOCAB_CONTACT_RESULT, item->result);
    bool victim = str_eq(vocab_word(v, VOCAB_CONTACT_WITH, item->with), "victim"), allowed = false;

    if (item->override && !role_may(app->session.roles, PERM_CONTACT_OVERRIDE))
        return err_set(err, ERR_DENIED, "override", "Only %s uses a way that must not be used.",
            role_who_may(PERM_CONTACT_OVERRIDE));
    if (victim && !item->override && app->override_key == key && *app->override) item->override = app->override;
    for (size_t i = 0; i < doc->n_safe_contacts; i++) allowed |= doc->safe_contacts[i].voicemail;
    if (victim && !allowed && warning && (str_eq(result, "voicemail") || str_eq(result, "message")))
        *warning = "Nobody said that a message may be left: it can be heard by the suspect. A message is not a contact.";
    return true;
}
