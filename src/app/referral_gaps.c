/* referral_gaps.c — eligible against referred, over the cases reported in a period (WF 5): a row for every gap with its reason, and
** figures by agency and month. It walks every case of the store, tells how far it is, and may be stopped. */
#include "inside.h"

#include "app/referral.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

typedef struct Gaps {
    App *app;
    Time from, to;
    const Progress *progress;
    int64_t seen, total;
    Arena *a; /* what is handed back */
    ReferralGap *gaps;
    size_t n_gaps, gaps_cap;
    ReferralFigure *figures;
    size_t n_figures, figures_cap;
} Gaps;

static ReferralFigure *figure_of(Gaps *g, const char *to, const char *month)
{
    for (size_t i = 0; i < g->n_figures; i++)
        if (str_eq(g->figures[i].to, to) && str_eq(g->figures[i].month, month)) return &g->figures[i];
    g->figures = mem_room(g->figures, g->n_figures, &g->figures_cap, sizeof *g->figures);
    g->figures[g->n_figures] = (ReferralFigure){ .to = to, .month = arena_dup(g->a, month) };
    return &g->figures[g->n_figures++];
}

static void count(ReferralFigure *f, const ReferralLine *line)
{
    ReferralState s = line->stand.state;

    f->eligible += line->eligible;
    f->referred += line->eligible && !line->gap;
    f->others += !line->eligible && referral_was_made(&line->stand);
    if (!line->gap) return;
    f->gap++;
    f->refused += s == REFERRAL_REFUSED;
    f->not_made += s == REFERRAL_NOT_MADE;
    f->waiting += s == REFERRAL_OFFERED || s == REFERRAL_AGREED;
    f->silent += s == REFERRAL_NONE;
}

static void keep_gap(Gaps *g, const CaseDoc *doc, const ReferralLine *line)
{
    const Vocabs *v = app_vocabs(g->app);

    g->gaps = mem_room(g->gaps, g->n_gaps, &g->gaps_cap, sizeof *g->gaps);
    g->gaps[g->n_gaps++] = (ReferralGap){ .case_id = arena_dup(g->a, doc->id),
        .to = vocab_word(v, VOCAB_REFERRAL, line->stand.to),
        .state = referral_state_word(line->stand.state),
        .why = line->why,
        .cite = line->cite,
        .reason = arena_dup(g->a, line->reason),
        .reported_at = doc->reported_at };
}

static void count_case(Gaps *g, const CaseDoc *doc, Arena *work)
{
    CaseView view = { .doc = *doc };
    Civil c = civil_local(doc->reported_at);
    ReferralLine *lines;
    char month[24];
    size_t n;

    if (g->app->fixed != TIME_NONE) case_as_of(&view.doc, app_now(g->app));
    view.n_duties = policy_evaluate(g->app->policy, &view.doc, app_now(g->app), work, &view.duties);
    app_referrals_of(g->app, &view, work, &lines, &n);
    snprintf(month, sizeof month, "%04d-%02d", c.year, c.month);
    for (size_t i = 0; i < n; i++) {
        count(figure_of(g, vocab_word(app_vocabs(g->app), VOCAB_REFERRAL, lines[i].stand.to), month), &lines[i]);
        if (lines[i].gap) keep_gap(g, doc, &lines[i]);
    }
}

static bool visit(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Gaps *g = with;

    (void)row;
    if (doc->reported_at >= g->from && doc->reported_at <= g->to) {
        Arena *work = arena_new_secret();
        count_case(g, doc, work);
        arena_free(&work);
    }
    g->seen++;
    if (!g->progress || !g->progress->step || g->seen % 64) return true;
    return g->progress->step(g->progress->with, g->seen, g->total) ||
           err_set(err, ERR_STOPPED, "", "Stopped. Nothing was counted.");
}

static bool walk(Gaps *g, Err *err)
{
    Err why = { 0 };

    if (!store_case_count(g->app->store, &g->total, err)) return false;
    if (store_case_each(g->app->store, WALK_BY_KEY, app_vocabs(g->app), visit, g, &why) && why.kind == ERR_NONE) return true;
    if (err) *err = why;
    return false;
}

static int by_case(const void *left, const void *right)
{
    const ReferralGap *l = left, *r = right;
    int order = strcmp(l->case_id, r->case_id);

    return order ? order : strcmp(l->to, r->to);
}

static int by_agency(const void *left, const void *right)
{
    const ReferralFigure *l = left, *r = right;
    int order = strcmp(l->to, r->to);

    return order ? order : strcmp(l->month, r->month);
}

/* The list sorted, in the arena. */
static void *handed(Arena *a, void *items, size_t n, size_t size, int (*order)(const void *, const void *))
{
    void *out = arena_zero(a, n + 1, size);

    if (!n) return out;
    qsort(items, n, size, order);
    memcpy(out, items, n * size);
    return out;
}

bool app_referral_gaps(App *app, Time from, Time to, const Progress *p, Arena *a, ReferralGap **gaps, size_t *n_gaps,
    ReferralFigure **figures, size_t *n_figures, Err *err)
{
    Gaps g = { .app = app, .from = from, .to = to, .progress = p, .a = a };
    bool ok;

    if (!app_may_do(app, PERM_QA_DRAW, "referral.gaps", NULL, err)) return false;
    if (from > to) return err_set(err, ERR_INVALID, "from", "The period ends before it begins.");
    ok = walk(&g, err) && app_log_now(app, AUDIT_CONSULT, "referral.gaps", NULL, NULL, err);
    if (ok && gaps) *gaps = handed(a, g.gaps, *n_gaps = g.n_gaps, sizeof *g.gaps, by_case);
    if (ok && figures) *figures = handed(a, g.figures, *n_figures = g.n_figures, sizeof *g.figures, by_agency);
    mem_free(g.gaps);
    mem_free(g.figures);
    return ok;
}
