/* risk_compare.c — assessments side by side, and how far the second one is from the first over many cases. A row is a factor, by
** its code: what two instruments ask under one code is one row. Columns are in order of time. The drift counts pairs, the latest
** initial assessment before a secondary one, by the team that wrote the book, and says no name and no case. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* ---- the rows ---- */

typedef struct Rows {
    RiskRow *items;
    size_t n, cap, n_columns;
    Arena *a;
} Rows;

static RiskRow *row_of(Rows *r, const char *factor)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_eq(r->items[i].factor, factor)) return &r->items[i];
    return NULL;
}

static RiskRow *row_made(Rows *r, const char *factor, const char *label, const InstrumentFactor *of)
{
    RiskRow *row = row_of(r, factor);

    if (row) return row;
    r->items = mem_room(r->items, r->n, &r->cap, sizeof *r->items);
    row = &r->items[r->n++];
    *row = (RiskRow){ .factor = arena_dup(r->a, factor), .label = arena_dup(r->a, label), .of = of };
    row->answer = arena_zero(r->a, r->n_columns + 1, sizeof *row->answer);
    row->context = arena_zero(r->a, r->n_columns + 1, sizeof *row->context);
    return row;
}

/* A factor that everybody is asked has a row also where nobody answered it; one of a supplement when it was asked. */
static void rows_of_instrument(Rows *r, const Instrument *i, const Answers *said)
{
    size_t n, n_groups;
    const InstrumentFactor *f = instrument_factors(i, &n);
    const InstrumentGroup *g = instrument_groups(i, &n_groups);

    for (size_t k = 0; k < n; k++)
        if (g[f[k].group].n_openers == 0 || *answers_get(said, f[k].code)) row_made(r, f[k].code, f[k].label, &f[k]);
}

typedef struct Filling {
    Rows *rows;
    size_t column;
    RiskColumn *of;
} Filling;

static bool is_context(const char *path, char factor[ANSWERS_PATH])
{
    const char *dot = strrchr(path, '.');

    if (!dot || !str_eq(dot, ".context")) return false;
    snprintf(factor, ANSWERS_PATH, "%.*s", (int)(dot - path), path);
    return true;
}

static bool is_kept(const char *path)
{
    for (size_t i = 0; instrument_kept[i]; i++)
        if (str_eq(path, instrument_kept[i])) return true;
    return false;
}

static bool fill_one(void *with, const char *path, const char *text)
{
    Filling *f = with;
    char factor[ANSWERS_PATH];

    if (is_kept(path)) return true;
    if (is_context(path, factor)) {
        row_made(f->rows, factor, factor, NULL)->context[f->column] = arena_dup(f->rows->a, text);
        return true;
    }
    row_made(f->rows, path, path, NULL)->answer[f->column] = arena_dup(f->rows->a, text);
    if (!f->of->made->grade) return true; /* no count before there is a grade */
    f->of->asked++;
    f->of->yes += str_eq(text, "yes");
    return true;
}

static void mark_changed(RiskRow *row, size_t n_columns)
{
    const char *first = NULL;

    for (size_t c = 0; c < n_columns; c++) {
        if (!row->answer[c]) continue;
        row->changed |= first && !str_eq(first, row->answer[c]);
        first = row->answer[c];
    }
}

static void add_column(App *app, Rows *rows, size_t c, RiskColumn *out)
{
    const Assessment *made = out->made;
    const Instrument *i = app_instrument_of(app, made);
    Answers *said = app_risk_answers(app, made);
    Filling f = { rows, c, out };
    char at[CIVIL_TEXT];

    out->title = arena_printf(rows->a, "%s · %s", vocab_label(app_vocabs(app), VOCAB_STAGE, made->stage),
        made->at == TIME_NONE ? "no time" : civil_words_short(made->at, at));
    if (i && made->answers) rows_of_instrument(rows, i, said);
    answers_each(said, fill_one, &f);
    answers_free(&said);
}

void app_risk_compare(App *app, const CaseDoc *doc, Arena *a, RiskTable *out)
{
    Rows rows = { .n_columns = doc->n_assessments, .a = a };

    *out = (RiskTable){ .columns = arena_zero(a, doc->n_assessments + 1, sizeof *out->columns),
        .n_columns = doc->n_assessments };
    for (size_t c = 0; c < out->n_columns; c++) {
        out->columns[c].made = &doc->assessments[c];
        add_column(app, &rows, c, &out->columns[c]);
    }
    for (size_t i = 0; i < rows.n; i++) mark_changed(&rows.items[i], out->n_columns);
    out->rows = arena_zero(a, rows.n + 1, sizeof *out->rows);
    if (rows.n) memcpy(out->rows, rows.items, rows.n * sizeof *out->rows);
    out->n_rows = rows.n;
    mem_free(rows.items);
}

/* ---- the drift ---- */

typedef struct Drift {
    App *app;
    Time from, to;
    const Progress *progress;
    Arena *a;
    RiskDrift *teams;
    size_t n_teams, teams_cap;
    FactorDrift *factors;
    size_t n_factors, factors_cap;
    int64_t seen, total;
} Drift;

static RiskDrift *team_of(Drift *d, const char *team)
{
    for (size_t i = 0; i < d->n_teams; i++)
        if (str_eq(d->teams[i].team, team)) return &d->teams[i];
    d->teams = mem_room(d->teams, d->n_teams, &d->teams_cap, sizeof *d->teams);
    d->teams[d->n_teams] = (RiskDrift){ .team = arena_dup(d->a, team) };
    return &d->teams[d->n_teams++];
}

static FactorDrift *factor_of(Drift *d, const InstrumentFactor *f)
{
    for (size_t i = 0; i < d->n_factors; i++)
        if (str_eq(d->factors[i].factor, f->code)) return &d->factors[i];
    d->factors = mem_room(d->factors, d->n_factors, &d->factors_cap, sizeof *d->factors);
    d->factors[d->n_factors] = (FactorDrift){ .factor = arena_dup(d->a, f->code), .label = arena_dup(d->a, f->label) };
    return &d->factors[d->n_factors++];
}

/* The team of the book that the initial assessment stands in; "" when no book says one. */
static void count_team(Drift *d, const CaseDoc *doc, const Assessment *first, const Assessment *second)
{
    const Book *book = NULL;
    Answers *answers;
    RiskDrift *team;

    for (size_t i = 0; i < doc->n_books; i++)
        if (!book || doc->books[i].completed_at <= first->at) book = &doc->books[i];
    answers = book_answers(book ? book->answers : NULL);
    team = team_of(d, answers_get(answers, ANSWER_TEAM));
    answers_free(&answers);
    team->both++;
    team->same += second->grade == first->grade;
    team->up += second->grade > first->grade;
    team->down += second->grade < first->grade;
}

static void count_factors(Drift *d, const Assessment *first, const Assessment *second)
{
    const Instrument *i = first->instrument == second->instrument ? app_instrument_of(d->app, second) : NULL;
    Answers *was = app_risk_answers(d->app, first), *is = app_risk_answers(d->app, second);
    size_t n = 0;
    const InstrumentFactor *f = i ? instrument_factors(i, &n) : NULL;

    for (size_t k = 0; k < n; k++) {
        FactorDrift *drift = factor_of(d, &f[k]); /* all of them, so that they stand in the order of the file */
        const char *before = answers_get(was, f[k].code), *after = answers_get(is, f[k].code);
        if (!*before || !*after) continue;
        drift->both++;
        drift->same += str_eq(before, after);
        drift->to_yes += !str_eq(before, "yes") && str_eq(after, "yes");
        drift->from_yes += str_eq(before, "yes") && !str_eq(after, "yes");
    }
    answers_free(&was);
    answers_free(&is);
}

static bool is_stage(const Drift *d, const Assessment *s, const char *stage)
{
    return s->grade && s->at != TIME_NONE && str_eq(vocab_word(app_vocabs(d->app), VOCAB_STAGE, s->stage), stage);
}

/* An initial assessment is met by the first secondary one behind it. */
static bool count_case(void *with, const CaseRow *row, const CaseDoc *doc, Err *err)
{
    Drift *d = with;
    const Assessment *first = NULL;

    for (size_t i = 0; i < doc->n_assessments; i++) {
        const Assessment *s = &doc->assessments[i];
        if (is_stage(d, s, "initial")) first = s;
        if (!first || !is_stage(d, s, "secondary")) continue;
        if (s->at >= d->from && s->at <= d->to) {
            count_team(d, doc, first, s);
            count_factors(d, first, s);
        }
        first = NULL;
    }
    d->seen++;
    if (!d->progress || !d->progress->step || d->seen % 64) return true;
    return d->progress->step(d->progress->with, d->seen, d->total) ||
           err_set(err, ERR_STOPPED, "", "Stopped. Nothing was counted.");
}

static int by_team(const void *left, const void *right)
{
    return strcmp(((const RiskDrift *)left)->team, ((const RiskDrift *)right)->team);
}

static void keep(Drift *d, RiskDrift **teams, size_t *n_teams, FactorDrift **factors, size_t *n_factors)
{
    *teams = arena_zero(d->a, d->n_teams + 1, sizeof **teams);
    *factors = arena_zero(d->a, d->n_factors + 1, sizeof **factors);
    if (d->n_teams) {
        qsort(d->teams, d->n_teams, sizeof *d->teams, by_team);
        memcpy(*teams, d->teams, d->n_teams * sizeof **teams);
    }
    *n_teams = d->n_teams;
    for (size_t i = 0; i < d->n_factors; i++)
        if (d->factors[i].both) (*factors)[(*n_factors)++] = d->factors[i];
}

static bool walk(Drift *d, Err *err)
{
    Err why = { 0 };

    if (!store_case_count(d->app->store, &d->total, err)) return false;
    if (store_case_each(d->app->store, WALK_BY_KEY, app_vocabs(d->app), count_case, d, &why) && why.kind == ERR_NONE)
        return true;
    if (err) *err = why;
    return false;
}

static void instruments_ready(App *app)
{
    const Vocab *words = &app_vocabs(app)->of[VOCAB_INSTRUMENT];

    for (size_t i = 0; i < words->n; i++) app_instrument(app, words->words[i].word, NULL);
}

bool app_risk_drift(App *app, Time from, Time to, const Progress *p, Arena *a, RiskDrift **teams, size_t *n_teams,
    FactorDrift **factors, size_t *n_factors, Err *err)
{
    Drift d = { .app = app, .from = from, .to = to, .progress = p, .a = a };
    bool ok;

    *teams = NULL, *n_teams = 0, *factors = NULL, *n_factors = 0;
    if (!app_may_do(app, PERM_QA_DRAW, "risk.drift", NULL, err)) return false;
    if (from > to) return err_set(err, ERR_INVALID, "from", "The period ends before it begins.");
    if (app->fixed != TIME_NONE && to > app->now) d.to = app->now;
    instruments_ready(app); /* nothing is written while the cases are walked */
    ok = walk(&d, err) && app_log_now(app, AUDIT_CONSULT, "risk.drift", NULL, NULL, err);
    if (ok) keep(&d, teams, n_teams, factors, n_factors);
    mem_free(d.teams);
    mem_free(d.factors);
    return ok;
}
