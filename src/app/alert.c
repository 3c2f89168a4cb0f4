/* alert.c — alerts that wait for an answer, and the gates of a case. An answer is of the basis that the officer read: it is found
** again inside the write, so that nobody dismisses what they have not seen. */
#include "inside.h"

#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- those that wait ---- */

static bool may_see(App *app, RoleSet asked, RoleSet *roles, Err *err)
{
    if (!app_may_do(app, PERM_QUEUE_READ, "alert.read", NULL, err)) return false;
    *roles = asked ? asked : app->session.roles;
    return (*roles & ~app->session.roles) == 0 || app_may_do(app, PERM_QUEUE_ALL, "alert.read", NULL, err);
}

static bool is_place(const AlertRow *row, const AlertRow *from)
{
    return str_eq(row->case_id, from->case_id) && str_eq(row->alert, from->alert);
}

/* Of the rows in order those on the asked side of `from`; a place that is gone is the start. */
static void cut(const AlertQuery *q, AlertRow *all, size_t n_all, AlertRow **rows, size_t *n)
{
    size_t at = 0, first = 0, end = n_all;

    while (q->from && at < n_all && !is_place(&all[at], q->from)) at++;
    if (q->from && at < n_all && q->backwards) end = at;
    if (q->from && at < n_all && !q->backwards) first = at + 1;
    if (end - first > q->limit && q->backwards) first = end - q->limit;
    if (end - first > q->limit) end = first + q->limit;
    *rows = all + first;
    *n = end - first;
}

bool alert_page(App *app, const AlertQuery *q, Arena *a, AlertRow **rows, size_t *n, Err *err)
{
    AlertRow *all;
    size_t n_all;
    bool live = false;

    if (!queue_needs_live(app, &live, err)) return false;
    if (!live) return store_alert_page(app->store, q, a, rows, n, err);
    if (!alert_live_rows(app, q->roles, a, &all, &n_all, err)) return false;
    cut(q, all, n_all, rows, n);
    return true;
}

bool app_alert_page(App *app, const AlertAsk *q, Arena *a, AlertRow **rows, size_t *n, Err *err)
{
    AlertQuery query = { .from = q->from, .backwards = q->backwards, .limit = q->limit };

    *rows = NULL, *n = 0;
    return may_see(app, q->roles, &query.roles, err) && alert_page(app, &query, a, rows, n, err);
}

bool alert_count(App *app, RoleSet roles, int64_t *out, Err *err)
{
    Arena *a;
    AlertRow *rows;
    size_t n = 0;
    bool live = false, ok;

    *out = 0;
    if (!queue_needs_live(app, &live, err)) return false;
    if (!live) return store_alert_count(app->store, roles, out, err);
    a = arena_new();
    ok = alert_live_rows(app, roles, a, &rows, &n, err);
    *out = (int64_t)n;
    arena_free(&a);
    return ok;
}

bool app_alert_count(App *app, RoleSet roles, int64_t *out, Err *err)
{
    *out = 0;
    return may_see(app, roles, &roles, err) && alert_count(app, roles, out, err);
}

const PolicyAlert *app_alert_rule(const App *app, const char *alert)
{
    const PolicyAlert *rule;

    for (size_t i = 0; (rule = policy_alert(app->policy, i)) != NULL; i++)
        if (str_eq(rule->id, alert)) return rule;
    return NULL;
}

/* ---- of one case ---- */

/* On the same basis, or the last one on another. */
static const AlertAnswer *answer_of(const AlertAnswer *all, size_t n, const CaseAlert *x, bool same)
{
    const AlertAnswer *found = NULL;

    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].alert, x->id) && str_eq(all[i].basis, x->basis) == same && (!found || all[i].at >= found->at))
            found = &all[i];
    return found;
}

static size_t known_by(AlertAnswer *all, size_t n, Time now)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (all[i].at <= now) all[kept++] = all[i];
    return kept;
}

static int by_time(const void *x, const void *y)
{
    const AlertAnswer *a = x, *b = y;

    return a->at != b->at ? (a->at < b->at ? -1 : 1) : strcmp(a->alert, b->alert);
}

static void keep_past(
    const AlertAnswer *all, size_t n, const CaseAlert *fires, size_t n_fires, Arena *a, CaseAlerts *out)
{
    out->past = arena_alloc(a, (n + 1) * sizeof *out->past);
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < n_fires && !str_eq(fires[k].id, all[i].alert)) k++;
        if (k == n_fires) out->past[out->n_past++] = all[i];
    }
    if (out->n_past > 1) qsort(out->past, out->n_past, sizeof *out->past, by_time);
}

bool app_alert_of_case(App *app, const CaseView *view, Arena *a, CaseAlerts *out, Err *err)
{
    AlertFired *fired;
    CaseAlert *fires;
    AlertAnswer *said;
    size_t n_said;

    memset(out, 0, sizeof *out);
    if (!app_somebody(app, err)) return false;
    if (!store_alert_answers(app->store, view->row.key, a, &said, &n_said, err)) return false;
    n_said = known_by(said, n_said, app_now(app));
    out->n = alert_fires(app, &view->doc, app->fixed != TIME_NONE ? app_now(app) : TIME_MAX, a, &fires, &fired);
    out->items = arena_zero(a, out->n + 1, sizeof *out->items);
    for (size_t i = 0; i < out->n; i++) {
        out->items[i] = (CaseAlertView){ &fired[i], fires[i].since, answer_of(said, n_said, &fires[i], true),
            answer_of(said, n_said, &fires[i], false) };
        out->waiting += !out->items[i].answer;
    }
    keep_past(said, n_said, fires, out->n, a, out);
    return true;
}

/* ---- answering ---- */

typedef struct Answering {
    const char *case_id, *basis; /* NULL: whatever it is now */
    const PolicyAlert *rule;
    AlertAnswer answer;
} Answering;

bool app_may_alert(const App *app, Role owner)
{
    return app_may_quietly(app, PERM_ALERT_ANSWER) && role_may_alert(app->session.roles, owner);
}

static bool may_answer(App *app, const Answering *x, Err *err)
{
    Err why = { 0 };

    if (role_may_alert(app->session.roles, x->rule->owner)) return true;
    err_set(&why, ERR_DENIED, "", "This alert is answered by %s.", role_who_may_alert(x->rule->owner));
    if (err) *err = why;
    return app_denied(app, "alert.answer", x->case_id, why.text);
}

/* It goes through the door of every other text: UTF-8 in one spelling, nothing that a terminal obeys, not without end. */
static bool reason_fits(App *app, Answering *x, Arena *a, Err *err)
{
    const CaseField *f = case_list_field(LIST_REVIEWS, "text");
    const char *reason = x->answer.reason;
    size_t characters = 0;
    Review held;

    for (const char *p = reason; *p; p++) characters += ((unsigned char)*p & 0xC0) != 0x80;
    if (characters > ALERT_REASON_MAX)
        return err_set(err, ERR_INVALID, "reason", "A reason has at most %d characters.", ALERT_REASON_MAX);
    case_item_init(LIST_REVIEWS, &held);
    if (!case_field_set(f, &held, reason, app_vocabs(app), a, err)) {
        if (err) snprintf(err->field, sizeof err->field, "reason");
        return false;
    }
    x->answer.reason = held.text ? held.text : "";
    if (x->answer.dismissed && str_blank(x->answer.reason))
        return err_set(err, ERR_INVALID, "reason", "Say why: an alert is dismissed with a reason.");
    return true;
}

static bool not_answered(App *app, const Answering *x, CaseKey key, const CaseAlert *now, Arena *a, Err *err)
{
    AlertAnswer *all;
    const AlertAnswer *said;
    size_t n;
    char when[CIVIL_TEXT];

    if (!store_alert_answers(app->store, key, a, &all, &n, err)) return false;
    said = answer_of(all, n, now, true);
    return !said || err_set(err, ERR_STALE, "alert", "The officer %s answered this alert on %s already.", said->by,
                        civil_words_full(said->at, when));
}

/* As it fires now, on the basis that was read. */
static bool meet(App *app, Answering *x, CaseKey key, const Derivation *is, Arena *a, Err *err)
{
    const CaseAlert *now = NULL;

    for (size_t i = 0; i < is->n_alerts && !now; i++)
        if (str_eq(is->alerts[i].id, x->rule->id)) now = &is->alerts[i];
    if (!now)
        return err_set(err, ERR_STALE, "alert", "This alert does not fire on the case %s%s.", x->case_id,
            x->basis ? " any more: the facts changed" : "");
    if (x->basis && !str_eq(x->basis, now->basis))
        return err_set(err, ERR_STALE, "alert",
            "The facts behind this alert changed meanwhile. Nothing was saved: read it again.");
    x->answer.basis = now->basis;
    return not_answered(app, x, key, now, a, err);
}

static bool write(App *app, Answering *x, CaseKey key, Arena *a, Err *err)
{
    Tx tx = { 0 };
    CaseDoc doc;
    Derivation is = { .n = 0 };
    bool ok = false;

    if (!store_begin(app->store, &tx, err) || !app_policy_same(app, err)) goto out;
    if (!store_case_load(app->store, key, app_vocabs(app), a, &doc, err)) goto out;
    app_derivation(app, &doc, a, &is);
    if (!meet(app, x, key, &is, a, err)) goto out;
    if (!store_alert_answer(&tx, key, &x->answer, err)) goto out;
    if (!store_alert_apply(&tx, key, &is, err)) goto out;
    if (!app_log_case(app, &tx, AUDIT_ALTER, "alert.answer", key, NULL,
            arena_printf(a, "%s %s %s", x->rule->id, x->answer.basis, x->answer.dismissed ? "dismissed" : "acted"),
            err))
        goto out;
    ok = store_commit(&tx, err);
out:
    store_end(&tx);
    return ok;
}

bool app_alert_answer(
    App *app, const char *case_id, const char *alert, const char *basis, bool dismissed, const char *reason, Err *err)
{
    Answering x = { .case_id = case_id, .basis = basis, .rule = app_alert_rule(app, alert) };
    Arena *a;
    CaseRow row;
    bool ok;

    if (!app_may_do(app, PERM_ALERT_ANSWER, "alert.answer", case_id, err)) return false;
    if (!x.rule) return err_set(err, ERR_MISSING, "alert", "The policy in force has no alert \"%.60s\".", alert);
    x.answer = (AlertAnswer){ .alert = x.rule->id,
        .dismissed = dismissed,
        .reason = reason ? reason : "",
        .by = app->session.warrant,
        .at = app->now };
    if (!may_answer(app, &x, err)) return false;
    a = arena_new_secret();
    ok = reason_fits(app, &x, a, err) && app_case_find(app, case_id, a, &row, err) && write(app, &x, row.key, a, err);
    arena_free(&a);
    return ok;
}

/* ---- gates ---- */

static bool act_known(const char *act, Err *err)
{
    for (size_t i = 0; policy_acts[i]; i++)
        if (str_eq(policy_acts[i], act)) return true;
    return err_set(err, ERR_INVALID, "act", "No gate can stop \"%.40s\".", act);
}

bool app_case_gates(App *app, const CaseView *view, const char *act, Arena *a, GateVerdict **out, size_t *n, Err *err)
{
    PolicyText *texts;
    size_t n_texts;

    *out = NULL, *n = 0;
    if (!app_somebody(app, err) || (act && !act_known(act, err))) return false;
    *out = arena_alloc(a, (policy_gate_count(app->policy) + 1) * sizeof **out);
    n_texts = alert_texts(app, &view->doc, app_now(app), a, &texts);
    for (size_t i = 0; policy_acts[i]; i++) {
        GateVerdict *some;
        if (act && !str_eq(policy_acts[i], act)) continue;
        size_t found = policy_gates(app->policy, policy_acts[i], &view->doc, texts, n_texts, app_now(app), a, &some);
        if (found) memcpy(*out + *n, some, found * sizeof *some);
        *n += found;
    }
    return true;
}

static bool by_now(const App *app, Time t)
{
    return t != TIME_NONE && t <= app_now(app);
}

bool app_gate_passed(const App *app, const CaseView *view, const GateVerdict *gate)
{
    const CaseDoc *doc = &view->doc;
    BookStand stand;

    if (str_eq(gate->gate->act, "close-cad")) return by_now(app, doc->cad_closed_at);
    if (str_eq(gate->gate->act, "close-case")) return by_now(app, doc->closed_at);
    if (!book_stand(doc, app_vocabs(app), NULL, &stand)) return false;
    if (str_eq(gate->gate->act, "submit-book")) return true;
    return str_eq(gate->gate->act, "sign-book") && stand.state != BOOK_SUBMITTED && stand.state != BOOK_RETURNED;
}

bool app_case_why_check(App *app, const CaseView *view, const char *name, Arena *a, WhyCheck *out, Err *err)
{
    PolicyText *texts;
    RuleKind kind = RULE_ALERT;
    size_t n;

    if (!app_somebody(app, err)) return false;
    policy_rule_kind(app->policy, name, &kind);
    n = alert_texts(app, &view->doc, app_now(app), a, &texts);
    return kind == RULE_GATE ? policy_why_gate(app->policy, &view->doc, texts, n, app_now(app), name, a, out, err)
                             : policy_why_alert(app->policy, &view->doc, texts, n, app_now(app), name, a, out, err);
}
