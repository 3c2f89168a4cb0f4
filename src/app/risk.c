/* risk.c — an assessment on the desk of its maker: opened, taken up again, kept while it is made. What is answered is the draft
** of the assessment and nobody's record until it is submitted (risk_submit.c). Nothing of an earlier assessment is taken
** over: it stands beside, and every factor is asked afresh. The grade least of all is ever filled in here. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* ---- who may ---- */

bool app_may_assess(const App *app, const char *stage)
{
    return app_may_quietly(app, PERM_ADD_ASSESSMENT) && role_may_assess(app->session.roles, stage);
}

static bool may_assess(App *app, const char *stage, const char *act, const char *case_id, Err *err)
{
    Err why = { 0 };

    if (!app_may_do(app, PERM_ADD_ASSESSMENT, act, case_id, err)) return false;
    if (!vocab_code(app_vocabs(app), VOCAB_STAGE, stage))
        return err_set(err, ERR_INVALID, "stage", "There is no stage \"%.40s\" of assessing risk.", stage);
    if (role_may_assess(app->session.roles, stage)) return true;
    err_set(&why, ERR_DENIED, "stage", "This assessment is made by %s.", role_who_may_assess(stage));
    if (err) *err = why;
    return app_denied(app, act, case_id, why.text);
}

/* ---- what an assessment says, as flat answers ---- */

static void put_factors(Answers *out, const char *json)
{
    json_t *all = json ? json_loads(json, 0, NULL) : NULL, *one;
    const char *factor;
    char path[ANSWERS_PATH];

    json_object_foreach(all, factor, one)
    {
        if (snprintf(path, sizeof path, "%s.context", factor) >= (int)sizeof path) continue;
        answers_put(out, factor, json_string_value(json_object_get(one, "answer")));
        answers_put(out, path, json_string_value(json_object_get(one, "context")));
    }
    json_decref(all);
}

Answers *app_risk_answers(const App *app, const Assessment *made)
{
    Answers *out = answers_new();

    put_factors(out, made->answers);
    answers_put(out, "grade", vocab_word(app_vocabs(app), VOCAB_GRADE, made->grade));
    answers_put(out, "rationale", made->rationale);
    answers_put(out, "reason", made->reason);
    answers_put(out, "observed", made->observed);
    return out;
}

/* ---- the draft ---- */

static AnswersDraft draft_kind(void)
{
    return (AnswersDraft){ .mark = "book124.risk/1", .what = "a risk assessment" };
}

/* Goes on with the text of the instrument that it was begun with. */
static void adopt(App *app, RiskWork *work, const AnswersDraft *d)
{
    Assessment made = { .version = d->word,
        .instrument = vocab_code(app_vocabs(app), VOCAB_INSTRUMENT, instrument_id(work->instrument)) };

    work->instrument = app_instrument_of(app, &made);
    answers_free(&work->answers);
    work->answers = d->answers;
    work->begun_at = d->begun_at;
    work->draft_at = d->at;
    work->resumed = true;
    work->elsewhere = d->elsewhere;
}

/* ---- its name: "KG-7F3Q2 risk secondary specss-plus" ---- */

static bool name_it(RiskWork *out, const char *case_id, const char *stage, const char *instrument, Err *err)
{
    int n = snprintf(out->about, sizeof out->about, "%s risk %s %s", case_id, stage, instrument);

    if (n < 0 || (size_t)n >= sizeof out->about || strlen(case_id) >= sizeof out->case_id)
        return err_set(err, ERR_INVALID, "case", "The name of this assessment is too long to be kept.");
    memcpy(out->case_id, case_id, strlen(case_id) + 1);
    return true;
}

static bool about_read(const char *about, char case_id[48], char stage[48], char instrument[48], Err *err)
{
    int end = 0;

    if (sscanf(about, "%47s risk %47s %47s%n", case_id, stage, instrument, &end) == 3 && about[end] == '\0' &&
        case_id_valid(case_id))
        return true;
    return err_set(err, ERR_INVALID, "about", "This is not the draft of a risk assessment.");
}

/* ---- what is on the desk ---- */

/* The latest with the same instrument, else the latest of any. */
static const Assessment *latest(const CaseDoc *doc, Code instrument)
{
    for (size_t i = doc->n_assessments; i-- > 0;)
        if (doc->assessments[i].instrument == instrument) return &doc->assessments[i];
    return doc->n_assessments ? &doc->assessments[doc->n_assessments - 1] : NULL;
}

static void stand_beside(const App *app, RiskWork *out)
{
    Code code = vocab_code(app_vocabs(app), VOCAB_INSTRUMENT, instrument_id(out->instrument));

    out->before = latest(&out->view.doc, code);
    if (out->before) out->last = app_risk_answers(app, out->before);
}

static bool resume(App *app, const DraftView *view, RiskWork *out, Err *err)
{
    AnswersDraft d = draft_kind();
    bool ok = draft_answers_resume(app, view, &d, err);

    if (!d.answers) return false;
    adopt(app, out, &d);
    return ok;
}

/* What was begun, else a clean sheet. */
static bool lay_out(App *app, RiskWork *out, Arena *a, Err *err)
{
    DraftView draft;
    Err why = { 0 };

    if (app_draft_get(app, out->about, a, &draft, &why)) {
        if (!resume(app, &draft, out, err)) return false;
    } else if (why.kind != ERR_MISSING) {
        if (err) *err = why;
        return false;
    } else {
        out->begun_at = app->now;
        out->answers = answers_new();
    }
    stand_beside(app, out);
    return true;
}

static void forget(RiskWork *work)
{
    answers_free(&work->answers);
    answers_free(&work->last);
}

/* What was begun is put away again when it could not be opened. */
static bool opened(RiskWork *out, bool ok)
{
    if (ok) return true;
    forget(out);
    memset(out, 0, sizeof *out);
    return false;
}

/* ---- with which instrument ---- */

static const char *begun_with(App *app, const char *case_id, const char *stage, Arena *a)
{
    DraftView *all = NULL;
    size_t n = 0;
    char id[48], of[48], instrument[48];

    if (!app_draft_list(app, a, &all, &n, NULL)) return NULL;
    for (size_t i = 0; i < n; i++)
        if (about_read(all[i].about, id, of, instrument, NULL) && str_eq(id, case_id) && str_eq(of, stage))
            return arena_dup(a, instrument);
    return NULL;
}

/* The one asked for, else the one begun with, else the usual one. */
static const char *choose(App *app, const char *case_id, const char *stage, const char *instrument, Arena *a)
{
    const char *const *offered, *begun;

    if (instrument) return instrument;
    begun = begun_with(app, case_id, stage, a);
    if (begun) return begun;
    return app_instruments_for(app, stage, &offered) ? offered[0] : NULL;
}

static bool fits_stage(const App *app, const Instrument *i, const char *stage, Err *err)
{
    Code code = vocab_code(app_vocabs(app), VOCAB_STAGE, stage);
    Date from, until;
    char day[CIVIL_TEXT];

    if (instrument_use(i, stage) == INSTRUMENT_NOT)
        return err_set(err, ERR_INVALID, "instrument", "%s is not for the stage %s.", instrument_title(i),
            vocab_label(app_vocabs(app), VOCAB_STAGE, code));
    if (instrument_valid(i, civil_local_date(app->now))) return true;
    instrument_dates(i, &from, &until);
    if (from != DATE_NONE && civil_local_date(app->now) < from)
        return err_set(err, ERR_INVALID, "instrument", "%s is valid from %s on.", instrument_title(i),
            civil_words_date(from, day));
    return err_set(err, ERR_INVALID, "instrument", "%s was valid until %s; the keeper puts its successor in force.",
        instrument_title(i), civil_words_date(until, day));
}

static bool take_instrument(
    App *app, const char *case_id, const char *stage, const char *id, Arena *a, RiskWork *out, Err *err)
{
    id = choose(app, case_id, stage, id, a);
    if (!id)
        return err_set(err, ERR_MISSING, "instrument", "No instrument is in force that this assessment is made with.");
    out->instrument = app_instrument(app, id, err);
    out->stage = vocab_word(app_vocabs(app), VOCAB_STAGE, vocab_code(app_vocabs(app), VOCAB_STAGE, stage));
    return out->instrument && fits_stage(app, out->instrument, stage, err);
}

/* ---- opening ---- */

static bool open_on(
    App *app, const char *case_id, const char *stage, const char *instrument, Arena *a, RiskWork *out, Err *err)
{
    memset(out, 0, sizeof *out);
    out->draft_at = TIME_NONE;
    return may_assess(app, stage, "risk.open", case_id, err) &&
           app_case_look(app, case_id, "risk.assess", a, &out->view, err) &&
           app_same_cases(app, &out->view.doc, false, "risk.history", a, &out->earlier, &out->n_earlier, err) &&
           take_instrument(app, out->view.row.id, stage, instrument, a, out, err) &&
           name_it(out, out->view.row.id, stage, instrument_id(out->instrument), err) && lay_out(app, out, a, err);
}

bool app_risk_open(
    App *app, const char *case_id, const char *stage, const char *instrument, Arena *a, RiskWork *out, Err *err)
{
    return opened(out, open_on(app, case_id, stage, instrument, a, out, err));
}

bool app_risk_resume(App *app, const char *about, Arena *a, RiskWork *out, Err *err)
{
    char case_id[48], stage[48], instrument[48];
    DraftView draft;

    memset(out, 0, sizeof *out);
    if (!app_may_do(app, PERM_ADD_ASSESSMENT, "risk.open", NULL, err)) return false;
    if (!app_draft_get(app, about, a, &draft, err) || !about_read(about, case_id, stage, instrument, err)) return false;
    return app_risk_open(app, case_id, stage, instrument, a, out, err);
}

/* ---- while it is made ---- */

bool app_risk_asked(const RiskWork *work, const InstrumentFactor *factor)
{
    size_t n;
    const InstrumentFactor *factors = instrument_factors(work->instrument, &n);
    const InstrumentGroup *g = &instrument_groups(work->instrument, &n)[factor->group];

    for (size_t i = 0; i < g->n_openers; i++)
        if (str_eq(answers_get(work->answers, factors[g->openers[i]].code), "yes")) return true;
    return g->n_openers == 0;
}

bool app_risk_save(App *app, const RiskWork *work, Err *err)
{
    AnswersDraft d = draft_kind();

    d.begun_at = work->begun_at;
    strcpy(d.word, instrument_hash(work->instrument));
    d.answers = work->answers;
    return draft_answers_put(app, work->about, &d, err);
}

bool app_risk_take(App *app, RiskWork *work, Err *err)
{
    AnswersDraft d = draft_kind();

    if (!draft_answers_take(app, work->about, &d, err)) return false;
    adopt(app, work, &d);
    return true;
}

bool app_risk_discard(App *app, const RiskWork *work, Err *err)
{
    return app_draft_drop(app, work->about, err);
}

void app_risk_leave(App *app, RiskWork *work)
{
    if (work->answers && app->in) app_draft_release(app, work->about, NULL);
    forget(work);
}
