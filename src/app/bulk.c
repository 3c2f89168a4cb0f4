/* bulk.c — one review for several like cases. What speeds up thirty routine entries must not hide the one that is none: so every case is
** looked at first, what is high risk or not graded stays out, nothing is ticked, and each review says that it was made with others. A line
** that fails takes no other with it. */
#include "app/bulk.h"

#include "app/review.h"
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

static void look(App *app, Bulk *b, size_t at, Arena *a)
{
    BulkLine *line = &b->lines[at];
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
    line->grade = case_grade(&view.doc);
    if (view.row.restricted)
        refuse(line, "It is restricted: review it by itself.");
    else if (!open_duty(app, &view, b->duty))
        refuse(line, "This is not asked of it now.");
    else if (grade_fits(app, b, line, a))
        line->stand = BULK_READY;
}

static bool kind_of(App *app, const char *duty, Bulk *out, Err *err)
{
    const PolicyDuty *rule = policy_duty_by_id(app->policy, duty);

    if (!rule) return err_set(err, ERR_MISSING, "duty", "The policy in force has no duty \"%.60s\".", duty);
    if (!rule->review || str_eq(rule->review, "ps-check") || str_eq(rule->review, "csu-ds-read"))
        return err_set(err, ERR_INVALID, "duty", "The duty %s is not fulfilled by a review that can be made for several cases.", rule->id);
    if (!app_may_add(app, LIST_REVIEWS, rule->review))
        return app_may_do(app, PERM_ADD_REVIEW, "review.add", NULL, err) &&
               err_set(err, ERR_DENIED, "duty", "This review is for %s.", role_who_may_review(rule->review));
    out->duty = rule->id;
    out->review = rule->review;
    return true;
}

bool app_bulk_look(App *app, const char *duty, const char *const *ids, size_t n, Arena *a, Bulk *out, Err *err)
{
    *out = (Bulk){ .grade = CODE_NONE };
    if (!app_may_enter(app, err) || !kind_of(app, duty, out, err)) return false;
    if (n > BULK_MAX) return err_set(err, ERR_INVALID, "cases", "At most %d cases are reviewed at once.", BULK_MAX);
    out->lines = arena_zero(a, n + 1, sizeof *out->lines);
    out->n = n;
    for (size_t i = 0; i < n; i++) out->lines[i] = (BulkLine){ .case_id = arena_dup(a, ids[i]), .says = "" };
    for (size_t i = 0; i < n; i++) look(app, out, i, a);
    return true;
}

/* ---- the writes ---- */

static size_t count_ready(const Bulk *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->n; i++) n += b->lines[i].stand == BULK_READY;
    return n;
}

static void save_one(App *app, const Bulk *b, BulkLine *line, const char *text, Arena *a)
{
    Review r;
    Err why = { 0 };

    case_item_init(LIST_REVIEWS, &r);
    r.kind = vocab_code(app_vocabs(app), VOCAB_REVIEW, b->review);
    r.outcome = vocab_code(app_vocabs(app), VOCAB_REVIEW_OUTCOME, "satisfied");
    r.text = text;
    if (app_review_add(app, &line->row, &(ReviewSaid){ .review = &r }, a, &why))
        line->stand = BULK_SAVED;
    else
        refuse(line, arena_dup(a, why.text));
}

bool app_bulk_add(App *app, Bulk *bulk, const char *text, Arena *a, size_t *saved, Err *err)
{
    size_t n = count_ready(bulk);
    const char *whole;

    *saved = 0;
    if (str_blank(text)) return err_set(err, ERR_INVALID, "text", "A review says what was looked at.");
    if (!n) return err_set(err, ERR_INVALID, "cases", "None of these cases can be reviewed so.");
    whole = n == 1 ? text : arena_printf(a, "%s\n(One text for %zu like cases.)", text, n);
    for (size_t i = 0; i < bulk->n; i++) {
        if (bulk->lines[i].stand != BULK_READY) continue;
        save_one(app, bulk, &bulk->lines[i], whole, a);
        *saved += bulk->lines[i].stand == BULK_SAVED;
    }
    return true;
}
