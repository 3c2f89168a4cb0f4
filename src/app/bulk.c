/* bulk.c — one review for several like cases. What speeds up thirty routine entries must not hide the one that is none: so every case is
** looked at first, what is high risk or not graded stays out, what somebody else changed since it was chosen stays out until it was read, what
** is ticked is kept as ticked in one go, and each review says that it was made with others. A line that fails takes no other with it. */
#include "app/bulk.h"

#include "app/moved.h"
#include "inside.h"

#include "base/str.h"

#include <string.h>

const char *const bulk_stand_words[BULK_STANDS] = { "ready", "refused", "saved" };

/* ---- what stands against a case ---- */

static const Duty *open_duty(const App *app, const CaseView *view, const char *duty)
{
    for (size_t i = 0; i < view->n_duties; i++) {
        const Duty *d = &view->duties[i];
        if (str_eq(d->id, duty) && duty_is_live(d) && app->now >= d->opens) return d;
    }
    return NULL;
}

static bool refuse(BulkLine *line, const char *says)
{
    line->stand = BULK_REFUSED;
    line->says = says;
    return false;
}

static bool named_before(const Bulk *b, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(b->lines[i].case_id, b->lines[at].case_id)) return true;
    return false;
}

/* The first that fits says which grade this round is of. */
static bool grade_fits(App *app, Bulk *b, BulkLine *line, Arena *a)
{
    const Vocabs *v = app_vocabs(app);

    if (line->grade == CODE_NONE) return refuse(line, "It has no grade yet: review it by itself.");
    if (line->grade == GRADE_HIGH) return refuse(line, "It is high risk: review it by itself.");
    if (b->grade == CODE_NONE) b->grade = line->grade;
    if (b->grade == line->grade) return true;
    return refuse(line, arena_printf(a, "Its grade is %s, and this round is of %s.", vocab_label(v, VOCAB_GRADE, line->grade), vocab_label(v, VOCAB_GRADE, b->grade)));
}

/* "Changed since it was marked: 09:14, officer 900008: review added." */
static bool changed(App *app, const BulkMark *mark, BulkLine *line, Arena *a)
{
    CaseRow seen = line->row;
    CaseMoved moved;
    const char *says = NULL;

    seen.rev = mark->rev;
    if (!mark->rev || mark->rev == line->row.rev) return false;
    if (app_case_moved(app, &seen, a, &moved, NULL) && moved.words) says = strstr(moved.words, ", ");
    line->changed = true;
    refuse(line, arena_printf(a, "Changed since it was marked: %s", says ? says + 2 : "read it first."));
    return true;
}

/* Of what is ticked, what every case that is ready is asked. */
static void share_checks(App *app, Bulk *b, const CaseDoc *doc, bool first, Arena *a)
{
    ReviewChecks asked;
    size_t kept = 0;

    app_checks_asked(app, doc, b->review, a, &asked);
    if (first) b->checks = asked;
    for (size_t i = 0; i < b->checks.n; i++)
        for (size_t k = 0; k < asked.n; k++)
            if (str_eq(b->checks.items[i].name, asked.items[k].name)) {
                b->checks.items[kept++] = b->checks.items[i];
                break;
            }
    b->checks.n = kept;
}

static size_t count_ready(const Bulk *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->n; i++) n += b->lines[i].stand == BULK_READY;
    return n;
}

static void look(App *app, Bulk *b, const BulkMark *mark, size_t at, Arena *a)
{
    BulkLine *line = &b->lines[at];
    const Duty *duty;
    CaseView view;
    Err why = { 0 };

    if (named_before(b, at)) {
        refuse(line, "It is named twice.");
        return;
    }
    if (!app_case_look(app, line->case_id, "bulk", a, &view, &why)) {
        refuse(line, arena_dup(a, why.text));
        return;
    }
    line->row = view.row;
    line->rev = view.row.rev;
    line->grade = case_grade(&view.doc);
    line->last = case_last(&view.doc, LIST_REVIEWS);
    line->stand = BULK_REFUSED; /* until it is ready: those before are counted */
    if (view.row.restricted)
        refuse(line, "It is restricted: review it by itself.");
    else if (changed(app, mark, line, a))
        return;
    else if (!(duty = open_duty(app, &view, b->duty)))
        refuse(line, "This is not asked of it now.");
    else if (grade_fits(app, b, line, a)) {
        line->due = duty->due;
        share_checks(app, b, &view.doc, count_ready(b) == 0, a);
        line->stand = BULK_READY;
    }
}

static bool rule_of(const App *app, const char *duty, const PolicyDuty **out, Err *err)
{
    const PolicyDuty *rule = *out = policy_duty_by_id(app->policy, duty);

    if (!rule) return err_set(err, ERR_MISSING, "duty", "The policy in force has no duty \"%.60s\".", duty);
    return (rule->review && !str_eq(rule->review, "ps-check") && !str_eq(rule->review, "csu-ds-read")) ||
           err_set(err, ERR_INVALID, "duty", "\"%s\" is not fulfilled by a review that can be made for several cases.", rule->title);
}

static bool not_his(const PolicyDuty *rule, Err *err)
{
    return err_set(err, ERR_DENIED, "duty", "This review is for %s.", role_who_may_review(rule->review));
}

bool app_bulk_may(const App *app, const char *duty, Err *err)
{
    const PolicyDuty *rule;

    return rule_of(app, duty, &rule, err) && (app_may_add(app, LIST_REVIEWS, rule->review) || not_his(rule, err));
}

bool app_bulk_mark(App *app, const char *case_id, Rev *rev, Err *err)
{
    Arena *a = arena_new();
    CaseRow row;
    bool ok = app_may_do(app, PERM_CASE_READ, "case.look", case_id, err) && app_case_find(app, case_id, a, &row, err);

    if (ok) *rev = row.rev;
    arena_free(&a);
    return ok;
}

static bool kind_of(App *app, const char *duty, Bulk *out, Err *err)
{
    const PolicyDuty *rule;

    if (!rule_of(app, duty, &rule, err)) return false;
    if (!app_may_add(app, LIST_REVIEWS, rule->review)) return app_may_do(app, PERM_ADD_REVIEW, "review.add", NULL, err) && not_his(rule, err);
    out->duty = rule->id;
    out->review = rule->review;
    return true;
}

bool app_bulk_look(App *app, const char *duty, const BulkMark *marks, size_t n, Arena *a, Bulk *out, Err *err)
{
    *out = (Bulk){ .grade = CODE_NONE };
    if (!app_may_enter(app, err) || !kind_of(app, duty, out, err)) return false;
    if (n > BULK_MAX) return err_set(err, ERR_INVALID, "cases", "At most %d cases are reviewed at once.", BULK_MAX);
    out->lines = arena_zero(a, n + 1, sizeof *out->lines);
    out->n = n;
    for (size_t i = 0; i < n; i++) out->lines[i] = (BulkLine){ .case_id = arena_dup(a, marks[i].case_id), .says = "", .stand = BULK_REFUSED };
    for (size_t i = 0; i < n; i++) look(app, out, &marks[i], i, a);
    return true;
}

/* ---- the writes ---- */

static void save_one(App *app, const Bulk *b, BulkLine *line, const char *text, Arena *a)
{
    Review r;
    Err why = { 0 };

    case_item_init(LIST_REVIEWS, &r);
    r.kind = vocab_code(app_vocabs(app), VOCAB_REVIEW, b->review);
    r.outcome = vocab_code(app_vocabs(app), VOCAB_REVIEW_OUTCOME, "satisfied");
    r.text = text;
    if (app_review_add(app, &line->row, &(ReviewSaid){ .review = &r, .checks = &b->checks }, a, &why)) {
        line->stand = BULK_SAVED;
        return;
    }
    line->changed = why.kind == ERR_STALE;
    refuse(line, arena_dup(a, why.text));
}

bool app_bulk_add(App *app, Bulk *bulk, const char *text, Arena *a, size_t *saved, Err *err)
{
    size_t n = count_ready(bulk);
    const char *whole;

    *saved = 0;
    if (str_blank(text)) return err_set(err, ERR_INVALID, "text", "A review says what was looked at.");
    if (!n) return err_set(err, ERR_INVALID, "cases", "None of these cases can be reviewed so.");
    bulk->checks.at_once = app_checks_count(&bulk->checks, CHECK_LEFT) < bulk->checks.n;
    whole = n == 1 ? text : arena_printf(a, "%s\n(One text for %zu like cases.)", text, n);
    for (size_t i = 0; i < bulk->n; i++) {
        if (bulk->lines[i].stand != BULK_READY) continue;
        save_one(app, bulk, &bulk->lines[i], whole, a);
        *saved += bulk->lines[i].stand == BULK_SAVED;
    }
    return true;
}
