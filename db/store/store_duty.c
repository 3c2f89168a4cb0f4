/* store_duty.c — the duties of a case, as the queue needs them.
** Derived: whoever knows the policy says what the duties are, and the rows are made equal to that, writing only the
** difference. A live row (neither done nor ended) says besides what the queue orders and shows: the rank of the grade,
** how long it waits, the case, the offence. Overdue is never written: it is read off `due`. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct DutyRow {
    Duty d;
    int rank; /* of a live one; else -1 */
    int64_t span;
    bool veiled; /* of a restricted case: in no queue and no figure */
    const char *case_id, *offence, *investigator; /* NULL unless it is live */
} DutyRow;

enum { DUTY_ID_MAX = 32, CYCLE_MAX = 65535 }; /* what a place in the queue has room for */

int rank_of_grade(Code grade)
{
    return grade_urgency(grade);
}

Code grade_of_rank(int rank)
{
    static const Code grades[] = { GRADE_HIGH, CODE_NONE, GRADE_MEDIUM, GRADE_STANDARD };

    return grades[rank & 3];
}

/* ---- reading ---- */

/* "csu-ds", or "csu-ds#". */
Role veiled_owner(const char *text, bool *veiled)
{
    size_t n = strlen(text), tail = strlen(VEIL);
    char word[40];

    *veiled = n > tail && n < sizeof word && strcmp(text + n - tail, VEIL) == 0;
    if (!*veiled) return role_by_word(text);
    memcpy(word, text, n - tail);
    word[n - tail] = '\0';
    return role_by_word(word);
}

const char *veiled_word(Role owner, bool veiled, char out[40])
{
    snprintf(out, 40, "%s%s", role_word(owner), veiled ? VEIL : "");
    return out;
}

static void row_read(Stmt *q, Arena *a, DutyRow *out)
{
    bool veiled;
    Role owner = veiled_owner(q->store->engine->get_text(q->raw, 3).p, &veiled);

    *out = (DutyRow){
        .veiled = veiled,
        .d = { .id = col_text(q, 1, a),
            .cycle = (int)col_int(q, 2),
            .owner = owner,
            .start = col_int(q, 4),
            .opens = col_int(q, 5),
            .due = col_int(q, 6),
            .done = col_time(q, 7),
            .ended = col_time(q, 8),
            .says = col_text(q, 13, a),
            .held = col_null(q, 14) ? 0 : col_int(q, 14) },
        .rank = col_null(q, 9) ? -1 : (int)col_int(q, 9),
        .span = col_int(q, 10),
        .case_id = col_text(q, 11, a),
        .offence = col_text(q, 12, a),
        .investigator = col_text(q, 15, a),
    };
}

static bool rows_read(Store *s, CaseKey key, Arena *a, DutyRow **out, size_t *n, Err *err)
{
    Stmt *q = stmt(s, SQL_DUTY_OF_CASE);
    DutyRow *rows = NULL;
    size_t cap = 0;

    *n = 0;
    bind_int(q, "case_key", key);
    while (stmt_row(q)) {
        rows = arena_room(a, rows, *n, &cap, sizeof *rows);
        row_read(q, a, &rows[(*n)++]);
    }
    *out = rows;
    return stmt_end(q, err);
}

bool store_duty_of_case(Store *s, CaseKey key, Arena *a, Duty **out, size_t *n, Err *err)
{
    DutyRow *rows;

    *n = 0;
    if (!sight_is_there(s, key, err) || !rows_read(s, key, a, &rows, n, err)) return false;
    *out = arena_alloc(a, (*n + 1) * sizeof **out);
    for (size_t i = 0; i < *n; i++) (*out)[i] = rows[i].d;
    return true;
}

/* ---- those of restricted cases, for who may see them ---- */

static void veiled_take(CaseKey key, const DutyRow *r, VeiledDuty *out)
{
    *out = (VeiledDuty){ .rank = r->rank, .span = r->span };
    out->row = (QueueRow){ .key = key,
        .case_id = r->case_id,
        .duty = r->d.id,
        .offence = r->offence,
        .cycle = r->d.cycle,
        .owner = r->d.owner,
        .grade = grade_of_rank(r->rank),
        .start = r->d.start,
        .opens = r->d.opens,
        .due = r->d.due,
        .says = r->d.says,
        .held = r->d.held,
        .restricted = true,
        .investigator = r->investigator && *r->investigator ? r->investigator : NULL };
}

/* Most rows of a case are done, or somebody else's: they are passed over before any text of theirs is copied. */
static bool is_asked_for(Stmt *q, RoleSet owners)
{
    bool veiled;

    return !col_null(q, 9) && (owners & ROLE_BIT(veiled_owner(q->store->engine->get_text(q->raw, 3).p, &veiled)));
}

bool veiled_duties(Store *s, RoleSet owners, Arena *a, VeiledDuty **out, size_t *n, Err *err)
{
    size_t at = 0, cap = 0;
    CaseKey key;

    *out = NULL, *n = 0;
    while ((key = sight_seen(s, &at)) != 0) {
        Stmt *q = stmt(s, SQL_DUTY_OF_CASE);
        bind_int(q, "case_key", key);
        while (stmt_row(q)) {
            DutyRow row;
            if (!is_asked_for(q, owners)) continue;
            row_read(q, a, &row);
            *out = arena_room(a, *out, *n, &cap, sizeof **out);
            veiled_take(key, &row, &(*out)[(*n)++]);
        }
        if (!stmt_end(q, err)) return false;
    }
    return true;
}

/* ---- writing one row ---- */

static void row_bind(Stmt *q, CaseKey key, const DutyRow *r, char owner[40])
{
    bind_int(q, "case_key", key);
    bind_text(q, "duty", r->d.id);
    bind_int(q, "cycle", r->d.cycle);
    bind_text(q, "owner", veiled_word(r->d.owner, r->veiled, owner));
    bind_int(q, "start", r->d.start);
    bind_int(q, "opens", r->d.opens);
    bind_int(q, "due", r->d.due);
    bind_time(q, "done", r->d.done);
    bind_time(q, "ended", r->d.ended);
    if (r->rank < 0) {
        bind_null(q, "rank");
        bind_null(q, "span");
    } else {
        bind_int(q, "rank", r->rank);
        bind_int(q, "span", r->span);
    }
    bind_text(q, "case_id", r->case_id);
    bind_text(q, "offence", r->offence);
    bind_text(q, "says", r->d.says);
    bind_time(q, "held", r->d.held ? r->d.held : TIME_NONE);
    bind_text(q, "investigator", r->investigator);
}

static bool counted(Store *s, const DutyRow *r, int by, Err *err)
{
    return r->rank < 0 || r->veiled || count_change(s, role_word(r->d.owner), r->span, r->d.due, by, err);
}

static bool row_insert(Store *s, CaseKey key, const DutyRow *r, Err *err)
{
    Stmt *q = stmt(s, SQL_DUTY_INSERT);
    char owner[40];

    row_bind(q, key, r, owner);
    s->rows_changed++;
    return stmt_run(q, err) && counted(s, r, 1, err);
}

static bool row_delete(Store *s, CaseKey key, const DutyRow *r, Err *err)
{
    Stmt *q = stmt(s, SQL_DUTY_DELETE);

    bind_int(q, "case_key", key);
    bind_text(q, "duty", r->d.id);
    bind_int(q, "cycle", r->d.cycle);
    s->rows_changed++;
    return stmt_run(q, err) && counted(s, r, -1, err);
}

static bool row_same(const DutyRow *a, const DutyRow *b)
{
    return a->d.owner == b->d.owner && a->veiled == b->veiled && a->d.start == b->d.start && a->d.opens == b->d.opens && a->d.due == b->d.due &&
           a->d.done == b->d.done && a->d.ended == b->d.ended && a->rank == b->rank && a->span == b->span &&
           str_eq(a->case_id, b->case_id) && str_eq(a->offence, b->offence) && str_eq(a->d.says, b->d.says) &&
           a->d.held == b->d.held && str_eq(a->investigator, b->investigator);
}

static bool row_update(Store *s, CaseKey key, const DutyRow *old, const DutyRow *new, Err *err)
{
    Stmt *q;
    char owner[40];

    if (row_same(old, new)) return true;
    q = stmt(s, SQL_DUTY_UPDATE);
    row_bind(q, key, new, owner);
    s->rows_changed++;
    return stmt_run(q, err) && counted(s, old, -1, err) && counted(s, new, 1, err);
}

/* ---- making the rows equal ---- */

static int by_id(const void *a, const void *b)
{
    return duty_compare(&((const DutyRow *)a)->d, &((const DutyRow *)b)->d);
}

typedef struct OfCase { /* what rows say of their case */
    Time changed_at; /* what opens later than that may wait */
    const char *id;  /* the inner one */
    bool veiled;
} OfCase;

static bool of_case_read(Store *s, CaseKey key, Arena *a, OfCase *out, Err *err)
{
    Stmt *q = stmt(s, SQL_CASE_ROW);
    bool found;

    bind_int(q, "key", key);
    found = stmt_row(q);
    if (found) *out = (OfCase){ .changed_at = col_int(q, 3), .id = col_text(q, 2, a) };
    if (!stmt_end(q, err)) return false;
    if (!found) return err_set(err, ERR_MISSING, "", "There is no such case.");
    out->veiled = sight_veils(s, key);
    return true;
}

static bool duty_fits(const Duty *d, Err *err)
{
    size_t n = strlen(d->id);

    if (n >= 1 && n <= DUTY_ID_MAX && d->cycle >= 0 && d->cycle <= CYCLE_MAX) return true;
    return err_set(err, ERR_INVALID, "duty",
        "The name of a duty has 1 to %d letters, and no duty has more than %d cycles: %s, %d.", DUTY_ID_MAX, CYCLE_MAX,
        d->id, d->cycle);
}

static DutyRow *rows_wanted(const CaseBadge *badge, const Duty *duties, size_t n, const OfCase *of, Arena *a)
{
    DutyRow *rows = arena_alloc(a, (n + 1) * sizeof *rows);
    bool sorted = true;

    for (size_t i = 0; i < n; i++) {
        rows[i] = (DutyRow){ .d = duties[i], .rank = -1, .veiled = of->veiled };
        if (rows[i].d.says && !*rows[i].d.says) rows[i].d.says = NULL;
        if (rows[i].d.says && of->veiled) rows[i].d.says = "Task of a restricted case"; /* what it says is the case's to tell */
        if (duty_is_live(&duties[i])) {
            rows[i].rank = rank_of_grade(badge->grade);
            rows[i].span = duties[i].opens > of->changed_at ? duties[i].due - duties[i].opens : 0;
            rows[i].case_id = of->id;
            rows[i].offence = badge->offence ? badge->offence : "";
            rows[i].investigator = badge->investigator ? badge->investigator : "";
            if (rows[i].span < 0) rows[i].span = 0;
        } else
            rows[i].d.held = 0;
        sorted = sorted && (i == 0 || duty_compare(&duties[i - 1], &duties[i]) < 0);
    }
    if (!sorted) qsort(rows, n, sizeof *rows, by_id);
    return rows;
}

static bool rows_equalize(
    Store *s, CaseKey key, const DutyRow *old, size_t n_old, const DutyRow *new, size_t n_new, Err *err)
{
    size_t i = 0, k = 0;

    while (i < n_old || k < n_new) {
        int order = i == n_old ? 1 : k == n_new ? -1 : duty_compare(&old[i].d, &new[k].d);
        if (order < 0   ? !row_delete(s, key, &old[i], err)
            : order > 0 ? !row_insert(s, key, &new[k], err)
                        : !row_update(s, key, &old[i], &new[k], err))
            return false;
        if (order <= 0) i++;
        if (order >= 0) k++;
    }
    return true;
}

/* In whose list it stands; NULL: in none. */
static const char *listed(const CaseBadge *badge)
{
    if (!badge->investigated) return NULL;
    return badge->investigator ? badge->investigator : "";
}

static bool badge_put(Store *s, CaseKey key, const CaseBadge *badge, int64_t policy_key, Err *err)
{
    Stmt *q = stmt(s, SQL_BADGE_PUT);

    bind_int(q, "case_key", key);
    bind_int(q, "policy", policy_key);
    bind_int(q, "rank", rank_of_grade(badge->grade));
    bind_text(q, "offence", badge->offence ? badge->offence : "");
    bind_time(q, "idle", badge->idle ? badge->idle : TIME_NONE);
    bind_text(q, "investigator", listed(badge));
    bind_time(q, "touched", badge->investigated ? badge->touched : TIME_NONE);
    if (!stmt_run(q, err)) return false;
    s->rows_changed += s->engine->changes(s->conn);
    return true;
}

bool store_duty_apply(Tx *tx, CaseKey key, const CaseBadge *badge, const Duty *duties, size_t n, int64_t policy_key,
    const Vocabs *v, Err *err)
{
    Store *s = tx->store;
    Arena *a;
    OfCase of = { 0 };
    DutyRow *old;
    size_t n_old;
    bool ok;

    if (!tx_touch(tx, err)) return false;
    for (size_t i = 0; i < n; i++)
        if (!duty_fits(&duties[i], err)) return false;
    a = arena_new();
    ok = sight_fresh(s, err) && of_case_read(s, key, a, &of, err) && rows_read(s, key, a, &old, &n_old, err) &&
         rows_equalize(s, key, old, n_old, rows_wanted(badge, duties, n, &of, a), n, err) &&
         badge_put(s, key, badge, policy_key, err);
    arena_free(&a);
    return ok;
}

/* ---- beside a walk of cases ---- */

void derived_start(DerivedCursor *d, Store *s, CaseKey from)
{
    *d = (DerivedCursor){ .duties = stmt(s, SQL_DUTY_WALK),
        .badges = stmt(s, SQL_BADGE_WALK),
        .alerts = stmt(s, SQL_ALERT_WALK),
        .stretches = stmt(s, SQL_STRETCH_WALK),
        .outstanding = stmt(s, SQL_OUTSTANDING_WALK) };
    bind_int(d->duties, "from", from);
    bind_int(d->badges, "from", from);
    bind_int(d->alerts, "from", from);
    bind_int(d->stretches, "from", from);
    bind_int(d->outstanding, "from", from);
    d->on_duty = stmt_row(d->duties);
    d->on_badge = stmt_row(d->badges);
    d->on_alert = stmt_row(d->alerts);
    d->on_stretch = stmt_row(d->stretches);
    d->on_outstanding = stmt_row(d->outstanding);
}

bool derived_end(DerivedCursor *d, Err *err)
{
    bool ok = stmt_end(d->duties, err);

    ok = stmt_end(d->badges, ok ? err : NULL) && ok;
    ok = stmt_end(d->alerts, ok ? err : NULL) && ok;
    ok = stmt_end(d->stretches, ok ? err : NULL) && ok;
    return stmt_end(d->outstanding, ok ? err : NULL) && ok;
}

bool derived_orphan(const DerivedCursor *d, CaseKey key)
{
    return (d->on_duty && col_int(d->duties, 0) < key) || (d->on_badge && col_int(d->badges, 0) < key) ||
           (d->on_alert && col_int(d->alerts, 0) < key) || (d->on_stretch && col_int(d->stretches, 0) < key) ||
           (d->on_outstanding && col_int(d->outstanding, 0) < key);
}

CaseKey derived_pass(DerivedCursor *d)
{
    struct {
        Stmt *q;
        bool *on;
    } all[] = { { d->duties, &d->on_duty }, { d->badges, &d->on_badge }, { d->alerts, &d->on_alert },
        { d->stretches, &d->on_stretch }, { d->outstanding, &d->on_outstanding } };
    size_t first = ARRAY_LEN(all);
    CaseKey key = 0;

    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        if (!*all[i].on || (first < ARRAY_LEN(all) && col_int(all[i].q, 0) >= key)) continue;
        first = i;
        key = col_int(all[i].q, 0);
    }
    *all[first].on = stmt_row(all[first].q);
    return key;
}

static bool list_same(Stmt *badges, const CaseBadge *is)
{
    if (col_null(badges, 6)) return !is->investigated;
    return str_eq(badges->store->engine->get_text(badges->raw, 6).p, listed(is)) && (col_null(badges, 7) ? TIME_NONE : col_int(badges, 7)) == is->touched;
}

static bool badge_same(DerivedCursor *d, CaseKey key, const Derivation *is, int64_t *alert_mark)
{
    const char *offence = is->badge.offence ? is->badge.offence : "";
    bool same;

    *alert_mark = 0;
    if (!d->on_badge || col_int(d->badges, 0) != key) return false;
    *alert_mark = col_int(d->badges, 4);
    same = col_int(d->badges, 1) == is->policy_key && col_int(d->badges, 2) == rank_of_grade(is->badge.grade) &&
           str_eq(d->badges->store->engine->get_text(d->badges->raw, 3).p, offence) &&
           (col_null(d->badges, 5) ? 0 : col_int(d->badges, 5)) == is->badge.idle && list_same(d->badges, &is->badge);
    d->on_badge = stmt_row(d->badges);
    return same;
}

bool derived_same(DerivedCursor *d, const CaseRow *row, const Derivation *is, Arena *a, bool *same, Err *err)
{
    OfCase of = { row->changed_at, row->id, sight_veils(d->duties->store, row->key) };
    DutyRow *wanted = rows_wanted(&is->badge, is->duties, is->n, &of, a), there;
    size_t n = 0;
    int64_t mark;

    for (size_t i = 0; i < is->n; i++)
        if (!duty_fits(&is->duties[i], err)) return false;
    *same = badge_same(d, row->key, is, &mark);
    for (; d->on_duty && col_int(d->duties, 0) == row->key; d->on_duty = stmt_row(d->duties), n++) {
        row_read(d->duties, a, &there);
        *same = *same && n < is->n && duty_compare(&wanted[n].d, &there.d) == 0 && row_same(&wanted[n], &there);
    }
    *same = alerts_same(d, row, is, mark, a) && *same && n == is->n;
    *same = outstanding_same(d->outstanding, &d->on_outstanding, row->key, is, a) && *same;
    return true;
}

bool derived_drop(Store *s, CaseKey key, Err *err)
{
    Arena *a = arena_new();
    DutyRow *old;
    size_t n;
    bool ok = rows_read(s, key, a, &old, &n, err) && rows_equalize(s, key, old, n, NULL, 0, err);
    Stmt *q = stmt(s, SQL_BADGE_DELETE);

    bind_int(q, "case_key", key);
    ok = stmt_run(q, ok ? err : NULL) && ok;
    if (ok) s->rows_changed += s->engine->changes(s->conn);
    arena_free(&a);
    return ok && alerts_drop(s, key, err) && outstanding_drop(s, key, err);
}
