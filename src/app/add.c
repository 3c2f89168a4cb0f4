/* add.c — one more entry in a list of a case. The officer and the time are filled in; the catalogue, the policy's
** reference formats and the permission table have their say; the revision tells whether somebody was faster.
** Nothing is ever overwritten. An entry that names one that is there already (the same book, the same pending offer,
** the same person) says more about it: an indexed book, an accepted offer, a new status. Everything said before must
** still be said. */
#include "app/caseload.h"
#include "app/closing.h"
#include "app/facts.h"

#include "inside.h"

#include "base/str.h"
#include "core/marac.h"
#include "core/referral.h"

#include <string.h>

/* ---- who may ---- */

static const Perm list_perms[LIST_COUNT] = {
    [LIST_OFFENCES] = PERM_ADD_OFFENCE,
    [LIST_FLAGS] = PERM_ADD_FLAG,
    [LIST_PEOPLE] = PERM_ADD_PERSON,
    [LIST_REFERENCES] = PERM_ADD_REFERENCE,
    [LIST_CROSS_REFERENCES] = PERM_ADD_CROSS_REFERENCE,
    [LIST_BOOKS] = PERM_ADD_BOOK,
    [LIST_ADDENDA] = PERM_ADD_ADDENDUM,
    [LIST_BOOK_MOVES] = PERM_ADD_BOOK_MOVE,
    [LIST_ASSESSMENTS] = PERM_ADD_ASSESSMENT,
    [LIST_REVIEWS] = PERM_ADD_REVIEW,
    [LIST_REFERRALS] = PERM_ADD_REFERRAL,
    [LIST_CONTACTS] = PERM_ADD_CONTACT,
    [LIST_EVENTS] = PERM_ADD_EVENT,
    [LIST_NOTICES] = PERM_ADD_NOTICE,
    [LIST_OWNERS] = PERM_ADD_OWNER,
    [LIST_INVESTIGATORS] = PERM_CASE_ASSIGN,
    [LIST_CONSENT] = PERM_ADD_CONSENT,
    [LIST_TASKS] = PERM_ADD_TASK,
    [LIST_REFERRAL_STEPS] = PERM_ADD_REFERRAL_STEP,
    [LIST_HEARINGS] = PERM_ADD_HEARING,
    [LIST_ORDERS] = PERM_ADD_ORDER,
    [LIST_BAIL] = PERM_ADD_BAIL,
    [LIST_BREACHES] = PERM_ADD_BREACH,
    [LIST_SAFE_CONTACTS] = PERM_ADD_SAFE_CONTACT,
    [LIST_ATTEMPTS] = PERM_ADD_ATTEMPT,
    [LIST_HOLDS] = PERM_ADD_HOLD,
    [LIST_LINKS] = PERM_ADD_LINK,
    [LIST_DISPOSALS] = PERM_ADD_DISPOSAL,
    [LIST_REOPENINGS] = PERM_ADD_REOPENING,
    [LIST_STATUS] = PERM_ADD_PERSON,
};

bool app_may_add(const App *app, CaseListId list, const char *review_kind)
{
    if ((unsigned)list >= LIST_COUNT || !app_may_quietly(app, list_perms[list])) return false;
    return list != LIST_REVIEWS || !review_kind || role_may_review(app->session.roles, review_kind);
}

static bool may_assess(App *app, const Assessment *item, const char *act, const char *id, Err *err)
{
    const char *stage = vocab_word(app_vocabs(app), VOCAB_STAGE, item->stage);
    Err why = { 0 };

    if (!*stage || role_may_assess(app->session.roles, stage)) return true; /* the catalogue says that it is missing */
    err_set(&why, ERR_DENIED, "stage", "This assessment is made by %s.", role_who_may_assess(stage));
    if (err) *err = why;
    return app_denied(app, act, id, why.text);
}

static bool may_add(App *app, CaseListId list, const void *item, const char *act, const char *id, Err *err)
{
    const char *kind;
    Err why = { 0 };

    if (!app_may_do(app, list_perms[list], act, id, err)) return false;
    if (list == LIST_ASSESSMENTS) return may_assess(app, item, act, id, err);
    if (list != LIST_REVIEWS) return true;
    kind = vocab_word(app_vocabs(app), VOCAB_REVIEW, ((const Review *)item)->kind);
    if (role_may_review(app->session.roles, kind)) return true;
    err_set(&why, ERR_DENIED, "kind", "This review is for %s.", role_who_may_review(kind));
    if (err) *err = why;
    return app_denied(app, act, id, why.text);
}

/* "review.add", "cross-reference.add": how the log calls it. */
static void act_of(CaseListId list, char act[48])
{
    snprintf(act, 48, "%.40s.add", case_lists[list].one);
    for (char *p = act; *p; p++)
        if (*p == ' ') *p = '-';
}

/* ---- is it valid ---- */

bool case_code_fits(const Vocabs *v, const CaseField *f, const void *item, Err *err)
{
    return f->kind != FIELD_CODE || *(const Code *)((const char *)item + f->offset) <= v->of[f->vocab].n ||
           err_set(err, ERR_INVALID, f->column, "%s: There is no such choice.", f->label);
}

/* Every value goes once more through the door that a file's values come through: words of the vocabulary, texts that
** are text and not too long, answers in canonical form. */
bool item_fields_fit(const Vocabs *v, CaseListId list, void *item, Arena *a, Err *err)
{
    const CaseList *l = &case_lists[list];

    for (size_t i = 0; i < l->n_fields; i++) {
        const CaseField *f = &l->fields[i];
        if (!case_code_fits(v, f, item, err)) return false;
        if (!case_field_set(f, item, case_field_text(f, item, v, a), v, a, err)) return false;
    }
    for (size_t i = 0; list == LIST_PEOPLE && i < ((Person *)item)->n_status; i++)
        if (!item_fields_fit(v, LIST_STATUS, &((Person *)item)->status[i], a, err)) return false;
    return true;
}

/* A reference is kept in its normal form; one that fits but looks unusual is kept and said. */
static bool reference_fits(App *app, Reference *r, Arena *a, const char **warning, Err *err)
{
    const char *system = vocab_word(app_vocabs(app), VOCAB_SYSTEM, r->system);
    char normal[64] = "", sentence[240] = "";
    RefVerdict verdict = policy_reference(app->policy, system, r->number ? r->number : "", normal, sentence);

    if (r->unusual && !role_may(app->session.roles, PERM_REFERENCE_UNUSUAL))
        return err_set(err, ERR_DENIED, "unusual", "That an unusual number is right is said by %s.", role_who_may(PERM_REFERENCE_UNUSUAL));
    if (r->number && strlen(r->number) >= sizeof normal)
        return err_set(err, ERR_INVALID, "number", "A reference number has at most %zu characters.", sizeof normal - 1);
    if (verdict == REF_REFUSED) return err_set(err, ERR_INVALID, "number", "%s", sentence);
    r->number = arena_dup(a, normal);
    if (verdict == REF_WARN && warning && !r->unusual) *warning = arena_dup(a, sentence);
    return true;
}

/* ---- what is filled in ---- */

/* The first letter of what an entry is called in its case, by list: t1, o2. People go by their role: v1, s2, c1. */
static char key_letter(CaseListId list, const void *item, const Vocabs *v)
{
    static const char letters[LIST_COUNT] = { [LIST_TASKS] = 't', [LIST_HEARINGS] = 'm', [LIST_ORDERS] = 'o', [LIST_BAIL] = 'b', [LIST_HOLDS] = 'h' };
    char of_role = list == LIST_PEOPLE ? vocab_word(v, VOCAB_PERSON_ROLE, ((const Person *)item)->role)[0] : '\0';

    return of_role ? of_role : letters[list] ? letters[list] : 'p';
}

static bool key_taken(const CaseDoc *doc, CaseListId list, const CaseField *key, const char *text)
{
    size_t n;
    const char *items = case_items(doc, list, &n);

    for (size_t i = 0; i < n; i++)
        if (str_eq(*(const char *const *)(items + i * case_lists[list].item_size + key->offset), text)) return true;
    return false;
}

/* The first that is free. */
void case_fill_key(const CaseDoc *doc, CaseListId list, void *item, const Vocabs *v, Arena *a)
{
    const CaseField *key = case_list_field(list, "key");
    const char *text;
    size_t n = 1;

    if (!key || !case_field_absent(key, item)) return;
    do text = arena_printf(a, "%c%zu", key_letter(list, item, v), n++);
    while (key_taken(doc, list, key, text));
    *(const char **)((char *)item + key->offset) = text;
}

/* What is asked of the investigating officer is asked of the one that the case has. */
static void fill_who(App *app, const CaseDoc *doc, Task *t, Arena *a)
{
    Investigating is;

    if (t->who || t->done_at != TIME_NONE || !str_eq(vocab_word(app_vocabs(app), VOCAB_ROLE, t->owner), role_word(ROLE_CSU_IO))) return;
    app_investigating(app, doc, a, &is);
    if (is.warrant) t->who = is.name;
}

/* `by` is whoever is signed in, whatever the form says; only a book may be written up for the officer who filled it
** in. */
static void fill(App *app, const CaseDoc *doc, CaseListId list, void *item, Arena *a)
{
    const CaseList *l = &case_lists[list];
    Owner *owner = list == LIST_OWNERS ? item : NULL;

    if (owner && owner->offered_at == TIME_NONE) owner->offered_at = owner->accepted_at; /* in one go, or none yet */
    for (size_t i = 0; i < l->n_fields; i++) {
        const CaseField *f = &l->fields[i];
        void *at = (char *)item + f->offset;
        if (f->kind == FIELD_OFFICER && !(f->flags & FIELD_MADE) && !(list == LIST_BOOKS && *(const char **)at))
            *(const char **)at = arena_dup(a, app->session.warrant);
        bool moment = (f->flags & FIELD_ORDER) || str_eq(f->column, "recorded_at");
        if (list == LIST_BOOKS && case_book(doc, ((const Book *)item)->serial))
            moment = false; /* more about that one */
        if (f->kind == FIELD_TIME && moment && *(Time *)at == TIME_NONE) *(Time *)at = app->now;
    }
    if (list == LIST_TASKS) fill_who(app, doc, item, a);
    case_fill_key(doc, list, item, app_vocabs(app), a);
}

bool app_item_fits(App *app, const CaseDoc *doc, CaseListId list, void *item, Arena *a, Err *err)
{
    const Vocabs *v = app_vocabs(app);

    fill(app, doc, list, item, a);
    return item_fields_fit(v, list, item, a, err) && case_check_item(doc, list, item, v, app->now, err);
}

/* ---- the act ---- */

typedef struct Adding {
    CaseRow *row;
    CaseListId list;
    void *item;
    CaseDoc after;
    bool grown; /* it says more about an entry that is there */
    CaseExtra *more; /* further entries of the same write */
    size_t n_more;
    char act[48];
} Adding;

/* What one field or the document cannot say: of a list, asked of the case as it is and the entry that is to come. */
typedef bool ItemRule(App *app, const CaseDoc *doc, const void *item, Arena *a, Err *err);

static bool assessment_fits(App *app, const CaseDoc *doc, const void *item, Arena *a, Err *err)
{
    return risk_item_fits(app, doc, item, a, err);
}

static bool task_fits(App *app, const CaseDoc *doc, const void *item, Arena *a, Err *err)
{
    return task_item_fits(doc, item, err);
}

static bool referral_fits(App *app, const CaseDoc *doc, const void *item, Arena *a, Err *err)
{
    return referral_may_send(doc, app_vocabs(app), item, err);
}

static bool step_fits(App *app, const CaseDoc *doc, const void *item, Arena *a, Err *err)
{
    return referral_may_step(doc, app_vocabs(app), item, err);
}

static bool hold_fits(App *app, const CaseDoc *doc, const void *item, Arena *a, Err *err)
{
    return hold_item_fits(app, doc, item, a, err);
}

/* A hearing that is there is filled in by what is decided at the meeting (marac.c). */
static bool hearing_fits(App *app, const CaseDoc *doc, const void *item, Arena *a, Err *err)
{
    return marac_hearing(doc, ((const Hearing *)item)->key) || marac_may_list(doc, app_vocabs(app), item, app->now, err);
}

/* A unit is offered a case once at a time, and is not said to have taken it by whoever cannot say so for it (BD 1.10). */
static bool owner_fits(App *app, const CaseDoc *doc, const void *of, Arena *a, Err *err)
{
    const Owner *item = of;
    const Vocabs *v = app_vocabs(app);
    const Owner *pending = app_owner_pending(doc, app->now);
    const char *unit = vocab_word(v, VOCAB_UNIT, item->unit);

    if (item->accepted_at != TIME_NONE && !role_may_accept(app->session.roles, unit))
        return err_set(err, ERR_DENIED, "unit", "For %s this is answered by %s.", vocab_label(v, VOCAB_UNIT, item->unit),
            role_who_may_accept(unit));
    return !pending || pending->unit == item->unit ||
           err_set(err, ERR_INVALID, "unit", "It is offered to %s, who has not answered yet: recall that first.",
               vocab_label(v, VOCAB_UNIT, pending->unit));
}

static ItemRule *const rules_of[LIST_COUNT] = {
    [LIST_ASSESSMENTS] = assessment_fits,
    [LIST_TASKS] = task_fits,
    [LIST_HEARINGS] = hearing_fits,
    [LIST_REFERRALS] = referral_fits,
    [LIST_REFERRAL_STEPS] = step_fits,
    [LIST_OWNERS] = owner_fits,
    [LIST_HOLDS] = hold_fits,
    [LIST_OFFENCES] = offence_item_fits,
};

/* Nobody reads their own book, and nobody grades down without the rank, by this road either; that refusal is logged as
** every other. */
static bool rules_fit(App *app, const Adding *add, CaseListId list, const void *item, Arena *a, Err *err)
{
    ItemRule *rule = rules_of[list];
    Err why = { 0 };

    if (rule ? rule(app, &add->after, item, a, &why) : book_item_fits(app, &add->after, list, item, &why)) return true;
    if (err) *err = why;
    return why.kind == ERR_DENIED ? app_denied(app, add->act, add->row->id, why.text) : false;
}

/* Each against the case with those before it: their keys follow one another. */
static bool prepare_more(App *app, Adding *add, Arena *a, Err *err)
{
    const Vocabs *v = app_vocabs(app);

    for (size_t i = 0; i < add->n_more; i++) {
        CaseListId list = add->more[i].list;
        void *item = add->more[i].item;
        fill(app, &add->after, list, item, a);
        if (!rules_fit(app, add, list, item, a, err) || !item_fields_fit(v, list, item, a, err)) return false;
        if (!case_check_item(&add->after, list, item, v, app->now, err)) return false;
        case_append(&add->after, list, item, a);
    }
    case_sort(&add->after);
    return true;
}

/* What must not be used is used, and what looks wrong is called right, by nobody without the rank; that refusal is logged, too. */
static bool ranked_fits(App *app, const Adding *add, Arena *a, const char **warning, Err *err)
{
    Err why = { 0 };

    if (add->list == LIST_CONTACTS ? contact_item_fits(app, &add->after, add->row->key, add->item, warning, &why)
                                   : reference_fits(app, add->item, a, warning, &why))
        return true;
    if (err) *err = why;
    return why.kind == ERR_DENIED ? app_denied(app, add->act, add->row->id, why.text) : false;
}

static size_t tasks_among(const Adding *add)
{
    size_t n = 0;

    for (size_t i = 0; i < add->n_more; i++) n += add->more[i].list == LIST_TASKS;
    return n;
}

/* The document as it will be, checked as a whole where an old entry changes and for its new entry where one is
** added. */
static bool prepare(App *app, Adding *add, Arena *a, const char **warning, Err *err)
{
    const Vocabs *v = app_vocabs(app);

    if (!store_case_load(app->store, add->row->key, v, a, &add->after, err)) return false;
    fill(app, &add->after, add->list, add->item, a);
    if (add->list == LIST_ASSESSMENTS) risk_stamp(app, add->item);
    if (!rules_fit(app, add, add->list, add->item, a, err)) return false;
    if (add->list == LIST_CONTACTS && !ranked_fits(app, add, a, warning, err)) return false;
    if (!item_fields_fit(v, add->list, add->item, a, err)) return false;
    if (add->list == LIST_REFERENCES && !ranked_fits(app, add, a, warning, err)) return false;
    add->grown = case_grow(&add->after, add->list, add->item, a);
    if (add->grown) {
        case_sort(&add->after);
        return case_check(&add->after, v, app->now, err);
    }
    if (!case_check_item(&add->after, add->list, add->item, v, app->now, err)) return false;
    if (add->list == LIST_REVIEWS && !(review_follows(app, add->item, tasks_among(add), a, err) && sign_review(app, add->row->id, add->item, a, err)))
        return false;
    case_append(&add->after, add->list, add->item, a);
    case_sort(&add->after);
    return add->list != LIST_PEOPLE || case_check(&add->after, v, app->now, err); /* a person brings a list along */
}

static bool write(App *app, const Adding *add, Arena *a, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    const char *who = app->session.warrant;
    CaseRow *row = add->row;
    Tx tx = { 0 };
    bool ok = false;

    if (!store_begin(app->store, &tx, err)) goto out;
    if (add->grown ? !store_case_update(&tx, row->key, row->rev, &add->after, v, app->now, who, err)
                   : !store_case_add(&tx, row->key, row->rev, add->list, add->item, v, app->now, who, err))
        goto out;
    for (size_t i = 0; i < add->n_more; i++)
        if (!store_case_add(&tx, row->key, row->rev + 1 + (int64_t)i, add->more[i].list, add->more[i].item, v, app->now, who, err)) goto out;
    if (!app_derive(app, &tx, row->key, &add->after, a, err)) goto out;
    if (!app_log_case(app, &tx, AUDIT_ALTER, add->act, row->key, NULL, NULL, err)) goto out;
    ok = store_commit(&tx, err);
out:
    store_end(&tx);
    return ok;
}

/* Their values are gone over; the caller's must stay as they are. */
static void own_statuses(Person *p, Arena *a)
{
    Status *own = arena_alloc(a, (p->n_status + 1) * sizeof *own);

    if (p->n_status) memcpy(own, p->status, p->n_status * sizeof *own);
    p->status = own;
}

static const char *key_of(const Adding *add)
{
    const CaseField *key = case_list_field(add->list, "key");

    return key ? *(const char *const *)((const char *)add->item + key->offset) : NULL;
}

static void *own(Arena *a, CaseListId list, const void *item)
{
    void *copy = arena_alloc(a, case_lists[list].item_size);

    memcpy(copy, item, case_lists[list].item_size);
    return copy;
}

/* The victim's answer to an agency is the case's consent to it, too: duties ask that. */
static bool is_answer(const App *app, const ReferralStep *step, Consent *out)
{
    const Vocabs *v = app_vocabs(app);
    const char *word = vocab_word(v, VOCAB_REFERRAL_STEP, step->step);
    bool yes = str_eq(word, "consented");

    if (!yes && !str_eq(word, "refused")) return false;
    *out = (Consent){ vocab_word(v, VOCAB_REFERRAL, step->to), vocab_code(v, VOCAB_CONSENT, yes ? "given" : "refused") };
    return true;
}

static bool may_add_all(App *app, const Adding *add, Err *err)
{
    if (!may_add(app, add->list, add->item, add->act, add->row->id, err)) return false;
    for (size_t i = 0; i < add->n_more; i++)
        if (!may_add(app, add->more[i].list, add->more[i].item, add->act, add->row->id, err)) return false;
    return true;
}

static void own_all(Adding *add, const CaseExtra *more, Arena *a)
{
    CaseExtra *own_more = arena_alloc(a, (add->n_more + 1) * sizeof *own_more);

    add->item = own(a, add->list, add->item);
    for (size_t i = 0; i < add->n_more; i++) own_more[i] = (CaseExtra){ more[i].list, own(a, more[i].list, more[i].item) };
    add->more = own_more;
    if (add->list == LIST_PEOPLE) own_statuses(add->item, a);
}

bool case_add_with(
    App *app, CaseRow *row, const CaseExtra *first, const CaseExtra *more, size_t n_more, Arena *a, const char **key, const char **warning, Err *err)
{
    Adding add = { .row = row, .list = first->list, .item = first->item, .more = (CaseExtra *)(uintptr_t)more, .n_more = n_more };
    Arena *work;
    bool ok;

    if (warning) *warning = NULL;
    if ((unsigned)add.list >= LIST_STATUS) return err_set(err, ERR_BUG, "list", "A status is added with its person.");
    act_of(add.list, add.act);
    if (!may_add_all(app, &add, err)) return false;
    work = arena_new_secret();
    own_all(&add, more, work);
    ok = prepare(app, &add, work, warning, err) && prepare_more(app, &add, work, err) && write(app, &add, work, err);
    if (ok) case_raised(app, row, 1 + (int)n_more);
    if (key) *key = ok && key_of(&add) ? arena_dup(a, key_of(&add)) : NULL;
    if (ok && add.list == LIST_CONTACTS && ((const Contact *)add.item)->override) app->override[0] = '\0';
    if (warning && *warning) *warning = ok && a ? arena_dup(a, *warning) : NULL;
    arena_free(&work);
    return ok;
}

bool case_add_keyed(
    App *app, CaseRow *row, CaseListId list, const void *item, Arena *a, const char **key, const char **warning, Err *err)
{
    CaseExtra first = { list, (void *)(uintptr_t)item };
    Consent answer;
    bool answers = list == LIST_REFERRAL_STEPS && is_answer(app, item, &answer);

    return case_add_with(app, row, &first, &(CaseExtra){ LIST_CONSENT, &answer }, answers ? 1 : 0, a, key, warning, err);
}

bool app_case_add(App *app, CaseRow *row, CaseListId list, const void *item, Arena *a, const char **warning, Err *err)
{
    if (warning) *warning = NULL;
    if (list == LIST_INVESTIGATORS) return app_case_assign(app, row, ((const Investigator *)item)->officer, ((const Investigator *)item)->reason, err);
    if (list == LIST_DISPOSALS) return disposal_add(app, row, item, err); /* these say more than themselves */
    if (list == LIST_NOTICES && str_eq(vocab_word(app_vocabs(app), VOCAB_NOTICE, ((const Notice *)item)->to), "dps")) return notice_add(app, row, item, err);
    if (list == LIST_REOPENINGS) return app_case_reopen(app, row, ((const Reopening *)item)->reason, err);
    return case_add_keyed(app, row, list, item, a, NULL, warning, err);
}

bool case_add_anew(App *app, const char *case_id, CaseListId list, const void *item, Arena *a, const char **warning, Err *err)
{
    CaseRow row;
    Err why = { 0 };
    bool ok = false;

    for (int i = 0; i < BOOK_TRIES && !ok; i++) {
        why = (Err){ 0 };
        ok = app_case_find(app, case_id, a, &row, &why) && app_case_add(app, &row, list, item, a, warning, &why);
        if (why.kind != ERR_STALE) break;
    }
    if (!ok && err) *err = why;
    return ok;
}

bool item_set(const App *app, CaseListId list, void *item, const char *column, const char *text, Arena *a, Err *err)
{
    return case_field_set(case_list_field(list, column), item, text ? text : "", app_vocabs(app), a, err);
}
