/* access.c — restricting a case, and its list. Safety first: one sergeant restricts, two officers open again. The list is made of entries that
** stay; who may see follows from them in the store, for every verb at once, so nothing here hides anything by itself. */
#include "access_in.h"

#include "base/str.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { REASON_MAX = 2000 };

/* ---- what all of them ask ---- */

bool access_proved(App *app, const char *warrant, const char *password, PwKeys *keys, Officer *who, Arena *a, Err *err)
{
    PwKeys unused;
    bool ok = app_prove(app, warrant, password ? password : "", AUDIT_SIGN_IN, "access.password", keys ? keys : &unused, who, a, err);

    crypto_wipe(&unused, sizeof unused);
    if (!ok && err && err->kind == ERR_DENIED)
        err_set(err, ERR_DENIED, "password", "Not right, or too soon to try again. Nothing was changed.");
    return ok;
}

bool access_own_proof(App *app, const char *password, Arena *a, Err *err)
{
    char warrant[sizeof app->session.warrant];
    Officer o;

    memcpy(warrant, app->session.warrant, sizeof warrant);
    return access_proved(app, warrant, password, NULL, &o, a, err);
}

/* Through the door of every other text: UTF-8 in one spelling, nothing that a terminal obeys, not without end. */
bool access_text(App *app, const char *text, size_t least, const char **out, Arena *a, Err *err)
{
    const CaseField *f = case_list_field(LIST_REVIEWS, "text");
    size_t letters = 0, all = 0;
    Review held;

    text = text ? text : "";
    for (const char *p = text; *p; p++) {
        all += ((unsigned char)*p & 0xC0) != 0x80;
        letters += ((unsigned char)*p & 0xC0) != 0x80 && !isspace((unsigned char)*p);
    }
    if (all > REASON_MAX) return err_set(err, ERR_INVALID, "reason", "A reason has at most %d characters.", REASON_MAX);
    if (letters < least && least == 1) return err_set(err, ERR_INVALID, "reason", "Say why.");
    if (letters < least)
        return err_set(err, ERR_INVALID, "reason", "Say why, in %zu letters or more: others will have to judge it.", least);
    case_item_init(LIST_REVIEWS, &held);
    if (!case_field_set(f, &held, text, app_vocabs(app), a, err)) {
        if (err) snprintf(err->field, sizeof err->field, "reason");
        return false;
    }
    *out = held.text ? held.text : "";
    return true;
}

/* "900001 " becomes "900001". */
bool access_warrant(const char *text, const char **out, Arena *a, Err *err)
{
    char *warrant = arena_dup(a, text ? text : "");
    size_t n;

    warrant += strspn(warrant, " ");
    for (n = strlen(warrant); n && warrant[n - 1] == ' ';) warrant[--n] = '\0';
    for (char *p = warrant; *p; p++) *p = (char)toupper((unsigned char)*p);
    if (!warrant_fits(warrant)) return err_set(err, ERR_INVALID, "officer", "\"%.20s\" is not a warrant number.", warrant);
    *out = warrant;
    return true;
}

static RoleSet roles_of(App *app, const char *warrant, Arena *a)
{
    Officer o;

    return store_officer_get(app->store, warrant, a, &o, NULL) ? o.roles : 0;
}

bool access_find(App *app, ListChange *c, const char *id, Arena *a, Err *err)
{
    CaseRow row;
    Err why = { 0 };

    if (app_case_find(app, id, a, &row, &why)) {
        c->key = row.key;
        c->name = row.id;
        return true;
    }
    if (err) *err = why;
    return why.kind == ERR_MISSING ? app_denied(app, c->act, id, "not there") : false;
}

/* ---- one change, from the gate to the disk ---- */

/* The document as it is now, under the view of the program: who takes himself off the list writes the last line of it too. */
static bool load(App *app, ListChange *c, Arena *a, Err *err)
{
    size_t n;

    if (!store_case_row(app->store, c->key, a, &c->row, err)) return false;
    if (!store_case_load(app->store, c->key, app_vocabs(app), a, &c->doc, err)) return false;
    if (!store_access_of_case(app->store, c->key, a, &c->entries, &n, err)) return false;
    c->n = n;
    access_list(c->entries, n, a, &c->list);
    return true;
}

static bool keep_doc(App *app, ListChange *c, Tx *tx, Arena *a, Err *err)
{
    return store_case_update(tx, c->key, c->row.rev, &c->doc, app_vocabs(app), app->now, app->session.warrant, err) &&
           app_derive(app, tx, c->key, &c->doc, a, err);
}

static bool write(App *app, ListChange *c, Tx *tx, Arena *a, Err *err)
{
    if (!app_policy_same(app, err) || !load(app, c, a, err) || !c->change(app, c, tx, a, err)) return false;
    if (c->doc_changed && !keep_doc(app, c, tx, a, err)) return false;
    return app_log_case(app, tx, AUDIT_ALTER, c->act, c->key, NULL, c->detail, err) && store_commit(tx, err);
}

bool access_write(App *app, ListChange *c, Arena *a, Err *err)
{
    Tx tx = { 0 };
    bool ok = store_begin(app->store, &tx, err);

    store_view_all(app->store, true);
    ok = ok && write(app, c, &tx, a, err);
    store_end(&tx);
    store_view_all(app->store, false);
    return ok;
}

bool access_put(App *app, ListChange *c, Tx *tx, AccessEntry e, Err *err)
{
    e.case_key = c->key;
    if (!e.by) e.by = app->session.warrant;
    e.at = app->now;
    if (!e.reason) e.reason = "";
    if (!store_access_add(tx, &e, &c->last, err)) return false;
    e.key = c->last;
    return sign_access(app, tx, &e, err) && (!c->second_keys || sign_access_second(app, tx, &e, c->second_keys, err));
}

/* ---- restricting ---- */

typedef struct Restricting {
    ListChange change;
    const char *reason, *subject;
} Restricting;

static bool list_begins(App *app, ListChange *c, Tx *tx, Arena *a, Err *err)
{
    const Restricting *r = (const Restricting *)c;
    bool no_di = r->subject && (roles_of(app, r->subject, a) & ROLE_BIT(ROLE_CSU_DI)) && !senior_other(app, ROLE_CSU_DI, r->subject, a);

    if (c->list.restricted) return err_set(err, ERR_STALE, "case", "The case %s is restricted already.", c->name);
    if (!access_put(app, c, tx, (AccessEntry){ .verb = ACCESS_RESTRICT, .reason = r->reason }, err) ||
        !access_put(app, c, tx, (AccessEntry){ .verb = ACCESS_GRANT, .officer = app->session.warrant }, err) ||
        !access_put(app, c, tx, (AccessEntry){ .verb = ACCESS_GRANT, .role = ROLE_DPS }, err))
        return false;
    if (!no_di && !access_put(app, c, tx, (AccessEntry){ .verb = ACCESS_GRANT, .role = ROLE_CSU_DI }, err)) return false;
    if (r->subject && !access_put(app, c, tx, (AccessEntry){ .verb = ACCESS_SUBJECT, .officer = r->subject }, err)) return false;
    if (!senior_keeps(app, c, tx, SENIOR_PUT, a, err)) return false;
    c->doc.restricted_at = app->now;
    c->doc_changed = true;
    return true;
}

static bool restrict_fits(App *app, const RestrictAsk *ask, Restricting *r, Arena *a, Err *err)
{
    if (!access_text(app, ask->reason, 1, &r->reason, a, err)) return false;
    if (ask->subject && *ask->subject && !access_warrant(ask->subject, &r->subject, a, err)) {
        if (err) snprintf(err->field, sizeof err->field, "subject");
        return false;
    }
    return !str_eq(r->subject ? r->subject : "", app->session.warrant) ||
           err_set(err, ERR_INVALID, "subject",
               "You are its victim or suspect yourself: somebody else must restrict it. Speak to Professional Standards.");
}

bool app_case_restrict(App *app, const RestrictAsk *ask, Err *err)
{
    Restricting r = { .change = { .act = "case.restrict", .change = list_begins } };
    Arena *a;
    bool ok;

    if (!app_may_do(app, PERM_CASE_RESTRICT, r.change.act, ask->case_id, err)) return false;
    a = arena_new_secret();
    ok = access_find(app, &r.change, ask->case_id, a, err) && restrict_fits(app, ask, &r, a, err) &&
         access_own_proof(app, ask->password, a, err) && access_write(app, &r.change, a, err);
    arena_free(&a);
    return ok;
}

/* ---- its list ---- */

typedef struct Listing {
    ListChange change;
    const AccessAsk *ask;
    const char *officer, *reason;
} Listing;

static bool is_on(const AccessList *l, const char *officer, Role role)
{
    for (size_t i = 0; i < l->n_on; i++)
        if (role != ROLE_NONE ? l->on[i]->role == role : l->on[i]->role == ROLE_NONE && str_eq(l->on[i]->officer, officer))
            return true;
    return false;
}

static const char *whom(const Listing *x)
{
    return x->ask->role != ROLE_NONE ? role_label(x->ask->role) : x->officer;
}

static bool grant_fits(App *app, const Listing *x, Arena *a, Err *err)
{
    const AccessList *l = &x->change.list;
    RoleSet roles = x->ask->role != ROLE_NONE ? ROLE_BIT(x->ask->role) : roles_of(app, x->officer, a);

    if (roles == 0) return err_set(err, ERR_INVALID, "officer", "There is no officer %s here.", x->officer);
    if (!role_may(roles, PERM_CASE_READ))
        return err_set(err, ERR_INVALID, "officer", "%s may look at no case at all.", whom(x));
    if (x->officer && access_subject(l, x->officer))
        return err_set(err, ERR_INVALID, "officer", "%s is named as victim or suspect of this case, and is kept from it by every road.",
            x->officer);
    return !is_on(l, x->officer, x->ask->role) || err_set(err, ERR_STALE, "officer", "%s is on the list already.", whom(x));
}

static bool revoke_fits(const Listing *x, Err *err)
{
    const AccessList *l = &x->change.list;
    Role role = x->ask->role, other = role == ROLE_CSU_DI ? ROLE_DPS : ROLE_CSU_DI;

    if (!is_on(l, x->officer, role)) return err_set(err, ERR_STALE, "officer", "%s is not on the list.", whom(x));
    if ((role != ROLE_CSU_DI && role != ROLE_DPS) || is_on(l, NULL, other)) return true;
    return err_set(err, ERR_INVALID, "role",
        "The detective inspector or Professional Standards must stay on the list: else nobody could find the case again.");
}

static bool subject_fits(App *app, const Listing *x, Err *err)
{
    if (str_eq(x->officer, app->session.warrant))
        return err_set(err, ERR_INVALID, "officer", "You cannot name yourself: you would lose sight of the case. Somebody else must.");
    return !access_subject(&x->change.list, x->officer) || err_set(err, ERR_STALE, "officer", "%s is named already.", x->officer);
}

/* What is withdrawn may as well be that a subject is none. */
static const AccessEntry *open_proposal(const Listing *x)
{
    const AccessList *l = &x->change.list;

    return l->proposal || x->ask->verb != ACCESS_WITHDRAW ? l->proposal : l->clearing;
}

static bool lift_fits(App *app, const Listing *x, Err *err)
{
    const AccessEntry *p = open_proposal(x);

    if (!p) return err_set(err, ERR_STALE, "case", "Nobody proposes to unrestrict this case.");
    return x->ask->verb != ACCESS_LIFT || !str_eq(p->by, app->session.warrant) ||
           err_set(err, ERR_DENIED, "case", "You proposed it yourself: unrestricting takes a second officer on the list.");
}

static bool change_fits(App *app, const Listing *x, Arena *a, Err *err)
{
    if (!x->change.list.restricted) return err_set(err, ERR_STALE, "case", "The case %s is not restricted.", x->change.name);
    switch (x->ask->verb) {
    case ACCESS_GRANT: return grant_fits(app, x, a, err);
    case ACCESS_REVOKE: return revoke_fits(x, err);
    case ACCESS_SUBJECT: return subject_fits(app, x, err);
    case ACCESS_PROPOSE:
        return !x->change.list.proposal ||
               err_set(err, ERR_STALE, "case", "%s proposed that already; it waits for a second officer.", x->change.list.proposal->by);
    default: return lift_fits(app, x, err);
    }
}

static bool list_changes(App *app, ListChange *c, Tx *tx, Arena *a, Err *err)
{
    Listing *x = (Listing *)c;
    AccessEntry e = { .verb = x->ask->verb, .officer = x->officer, .role = x->ask->role, .reason = x->reason };

    if (!change_fits(app, x, a, err)) return false;
    if (e.verb == ACCESS_WITHDRAW || e.verb == ACCESS_LIFT) e.about = open_proposal(x)->key;
    if (!access_put(app, c, tx, e, err)) return false;
    if (e.verb == ACCESS_SUBJECT && !senior_keeps(app, c, tx, SENIOR_PUT_OR_REFUSE, a, err)) return false;
    if (e.verb == ACCESS_REVOKE && !senior_keeps(app, c, tx, SENIOR_REFUSE, a, err)) return false;
    c->detail = arena_printf(a, "entry %lld of the lists", (long long)c->last); /* who is named stays in the list */
    if (e.verb != ACCESS_LIFT) return true;
    c->doc.restricted_at = TIME_NONE;
    return c->doc_changed = true;
}

static bool ask_fits(App *app, Listing *x, Arena *a, Err *err)
{
    const AccessAsk *ask = x->ask;
    bool needs = ask->verb == ACCESS_GRANT || ask->verb == ACCESS_REVOKE || ask->verb == ACCESS_SUBJECT;
    bool quiet = ask->verb == ACCESS_WITHDRAW || ask->verb == ACCESS_LIFT;

    if (ask->verb < ACCESS_GRANT || ask->verb > ACCESS_LIFT) return err_set(err, ERR_BUG, "", "The list has no such change.");
    if (ask->verb == ACCESS_SUBJECT && ask->role != ROLE_NONE)
        return err_set(err, ERR_INVALID, "officer", "A victim or suspect is one officer, not a role.");
    if (needs && ask->role == ROLE_NONE && !access_warrant(ask->officer, &x->officer, a, err)) return false;
    return access_text(app, ask->reason, quiet ? 0 : 1, &x->reason, a, err);
}

bool app_access_change(App *app, const AccessAsk *ask, Err *err)
{
    char act[32];
    Listing x = { .change = { .act = act, .change = list_changes }, .ask = ask };
    Arena *a;
    bool ok;

    snprintf(act, sizeof act, "access.%s", access_verb_word(ask->verb));
    if (!app_may_do(app, PERM_ACCESS_CHANGE, act, ask->case_id, err)) return false;
    a = arena_new_secret();
    ok = access_find(app, &x.change, ask->case_id, a, err) && ask_fits(app, &x, a, err) &&
         access_own_proof(app, ask->password, a, err) && access_write(app, &x.change, a, err);
    arena_free(&a);
    return ok;
}

bool app_access_of_case(App *app, const CaseView *view, Arena *a, AccessView *out, Err *err)
{
    memset(out, 0, sizeof *out);
    if (!app_somebody(app, err) || !store_access_of_case(app->store, view->row.key, a, &out->entries, &out->n, err)) return false;
    access_list(out->entries, out->n, a, &out->list);
    return true;
}
