/* risk_submit.c — from a draft to an assessment: what is missing, what does not fit together, who may give that grade, and the
** act itself. The grade is what the officer chose and nothing else: the answers are never added up on the way to it. How many were
** yes is counted once, after the assessment is in the store. Whoever was faster with another assessment is met
** in the same write: the grade that must not be lowered is the one that the case has then. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *said(const RiskWork *work, const char *path)
{
    return answers_get(work->answers, path);
}

static const char *context_path(const InstrumentFactor *f, char out[ANSWERS_PATH])
{
    snprintf(out, ANSWERS_PATH, "%s.context", f->code);
    return out;
}

/* ---- grading down ---- */

static bool is_lower(Code was, Code is)
{
    return was != CODE_NONE && is != CODE_NONE && is < was; /* words of a grade stand in rising order */
}

const char *risk_may_not(const App *app, Code was, Code is, Arena *a)
{
    const char *from = vocab_word(app_vocabs(app), VOCAB_GRADE, was);

    if (!is_lower(was, is) || role_may_grade_down(app->session.roles, from)) return NULL;
    return arena_printf(a, "From %s only %s grades down.", from, role_who_may_grade_down(from));
}

bool risk_item_fits(const App *app, const CaseDoc *before, const Assessment *item, Arena *a, Err *err)
{
    const char *stage = vocab_word(app_vocabs(app), VOCAB_STAGE, item->stage);
    Code was = case_grade(before);
    const char *may_not = risk_may_not(app, was, item->grade, a);

    if (!role_may_assess(app->session.roles, stage))
        return err_set(err, ERR_DENIED, "stage", "This assessment is made by %s.", role_who_may_assess(stage));
    if (may_not) return err_set(err, ERR_DENIED, "grade", "%s", may_not);
    return !is_lower(was, item->grade) || !str_blank(item->reason) ||
           err_set(err, ERR_INVALID, "reason", "Say why the grade is lower than %s.",
               vocab_word(app_vocabs(app), VOCAB_GRADE, was));
}

/* ---- the assessment as it will be ---- */

static json_t *factors_of(const RiskWork *work)
{
    json_t *all = json_object();
    size_t n;
    const InstrumentFactor *f = instrument_factors(work->instrument, &n);
    char path[ANSWERS_PATH];

    for (size_t i = 0; i < n; i++) {
        json_t *one;
        if (!app_risk_asked(work, &f[i]) || !*said(work, f[i].code)) continue;
        one = json_object();
        json_object_set_new(one, "answer", json_string(said(work, f[i].code)));
        if (!str_blank(said(work, context_path(&f[i], path))))
            json_object_set_new(one, "context", json_string(said(work, path)));
        json_object_set_new(all, f[i].code, one);
    }
    return all;
}

static bool set(const App *app, const char *column, Assessment *item, const char *text, Arena *a, Err *err)
{
    return case_field_set(case_list_field(LIST_ASSESSMENTS, column), item, text, app_vocabs(app), a, err);
}

static bool set_answers(const App *app, const RiskWork *work, Assessment *item, Arena *a, Err *err)
{
    json_t *all = factors_of(work);
    char *text = json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS);
    bool ok;

    if (!text) mem_exhausted();
    ok = set(app, "answers", item, text, a, err);
    crypto_wipe(text, strlen(text));
    free(text);
    json_decref(all);
    return ok;
}

/* A reason is of a grade that goes down; one left over from another choice is not recorded. */
static bool item_of(const App *app, const RiskWork *work, Code was, Assessment *item, Arena *a, Err *err)
{
    const char *rationale = said(work, "rationale"), *observed = said(work, "observed"), *reason = said(work, "reason");

    case_item_init(LIST_ASSESSMENTS, item);
    item->instrument = vocab_code(app_vocabs(app), VOCAB_INSTRUMENT, instrument_id(work->instrument));
    item->stage = vocab_code(app_vocabs(app), VOCAB_STAGE, work->stage);
    item->version = instrument_hash(work->instrument);
    item->by = app->session.warrant;
    item->at = app->now;
    if (!set(app, "grade", item, said(work, "grade"), a, err)) return false;
    if (!is_lower(was, item->grade)) reason = "";
    return set(app, "rationale", item, str_blank(rationale) ? "" : rationale, a, err) &&
           set(app, "reason", item, str_blank(reason) ? "" : reason, a, err) &&
           set(app, "observed", item, str_blank(observed) ? "" : observed, a, err) &&
           set_answers(app, work, item, a, err);
}

/* ---- what is missing ---- */

static void gap(RiskCheck *out, Arena *a, const char *path, const char *label, const char *says)
{
    out->gaps[out->n_gaps++] = (RiskGap){ arena_dup(a, path), label, says };
}

static void gaps_of_factor(const App *app, const RiskWork *work, const InstrumentFactor *f, Arena *a, RiskCheck *out)
{
    const char *answer = said(work, f->code);
    char path[ANSWERS_PATH];
    bool silent = str_blank(said(work, context_path(f, path)));

    if (!*answer)
        gap(out, a, f->code, f->label, "Every factor is answered: yes, no, not known, declined, or not asked.");
    else if (!vocab_code(app_vocabs(app), VOCAB_ANSWER, answer))
        gap(out, a, f->code, f->label, "This is none of the answers.");
    else if (str_eq(answer, "yes") && silent)
        gap(out, a, path, f->label, "A yes needs its context: who did what, when, and what was said of it.");
    else if (str_eq(answer, "not-asked") && silent)
        gap(out, a, path, f->label, "Say why it was not asked.");
}

static bool says_nothing(const char *text)
{
    static const char *const words[] = { "nothing", "none", "nil", "n/a", "not applicable", "no" };
    size_t n = 0, blanks = 0;

    for (const char *p = text; *p; p++) blanks += *p == ' ';
    text += strspn(text, " \t\r\n-.");
    if (!*text) return true;
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        n = strlen(words[i]);
        if (strncasecmp(text, words[i], n) == 0 && !isalpha((unsigned char)text[n])) return blanks < 3;
    }
    return false;
}

/* What was answered is one half; what the officer saw is the other, and is counted apart (Casey Brittle: her word was taken for it). */
static void gaps_of_observed(const RiskWork *work, Arena *a, RiskCheck *out)
{
    const char *observed = said(work, "observed");

    if (str_blank(observed))
        gap(out, a, "observed", "What you saw yourself", "Say what you saw and heard, apart from what was answered; if nothing, why.");
    else if (says_nothing(observed))
        gap(out, a, "observed", "What you saw yourself", "Say why nothing was seen: by telephone, not at home, somebody else there.");
}

static void gaps_of_history(const RiskWork *work, Arena *a, RiskCheck *out)
{
    if (!app_risk_seen(work, a))
        gap(out, a, RISK_HISTORY, "Earlier cases",
            arena_printf(a, "Read what is known of %zu other case%s of these people to its end.", work->n_earlier,
                work->n_earlier == 1 ? "" : "s"));
}

static void gaps_of_grade(const App *app, const RiskWork *work, Code was, Arena *a, RiskCheck *out)
{
    const char *grade = said(work, "grade");
    Code is = vocab_code(app_vocabs(app), VOCAB_GRADE, grade);

    out->downgrade = is_lower(was, is);
    out->may_not = risk_may_not(app, was, is, a);
    if (!*grade)
        gap(out, a, "grade", "Grade", "The grade is yours to give: it is a judgement, not a sum.");
    else if (!is)
        gap(out, a, "grade", "Grade", "There is no such grade.");
    if (str_blank(said(work, "rationale")))
        gap(out, a, "rationale", "Rationale", "Say why this grade: what was said and seen.");
    if (out->downgrade && str_blank(said(work, "reason")))
        gap(out, a, "reason", "Reason for less",
            arena_printf(a, "Say why the grade is lower than %s.", vocab_word(app_vocabs(app), VOCAB_GRADE, was)));
}

static void find_gaps(const App *app, const RiskWork *work, Code was, Arena *a, RiskCheck *out)
{
    size_t n;
    const InstrumentFactor *f = instrument_factors(work->instrument, &n);

    out->gaps = arena_zero(a, n + 6, sizeof *out->gaps);
    for (size_t i = 0; i < n; i++)
        if (app_risk_asked(work, &f[i])) gaps_of_factor(app, work, &f[i], a, out);
    gaps_of_history(work, a, out);
    gaps_of_observed(work, a, out);
    gaps_of_grade(app, work, was, a, out);
}

/* ---- what does not fit together ---- */

typedef struct Texts {
    PolicyText *items;
    size_t n;
} Texts;

static void add_text(Texts *t, const RiskWork *work, const char *path, Arena *a)
{
    const char *text = said(work, path);

    if (*text) t->items[t->n++] = (PolicyText){ arena_dup(a, path), arena_dup(a, text) };
}

/* The accounts of the latest book, and what is written here. */
static Texts texts_of(App *app, const RiskWork *work, const CaseDoc *doc, Arena *a)
{
    const Book *book = case_book(doc, NULL);
    Answers *answers = book_answers(book ? book->answers : NULL);
    const FormSpec *form = book && book->answers ? app_form_of(app, answers, NULL) : NULL;
    PolicyText *of_book = NULL;
    size_t n = form ? form_texts(form, answers, a, &of_book) : 0, n_factors;
    const InstrumentFactor *f = instrument_factors(work->instrument, &n_factors);
    Texts t = { arena_zero(a, n + n_factors + 2, sizeof *t.items), 0 };
    char path[ANSWERS_PATH];

    for (size_t i = 0; i < n; i++)
        t.items[t.n++] = (PolicyText){ arena_dup(a, of_book[i].path), arena_dup(a, of_book[i].text) };
    for (size_t i = 0; i < n_factors; i++)
        if (app_risk_asked(work, &f[i])) add_text(&t, work, context_path(&f[i], path), a);
    add_text(&t, work, "observed", a);
    add_text(&t, work, "rationale", a);
    answers_free(&answers);
    return t;
}

static const char *factor_called(const RiskWork *work, const char *code, size_t n_code)
{
    size_t n;
    const InstrumentFactor *f = instrument_factors(work->instrument, &n);

    for (size_t i = 0; i < n; i++)
        if (strlen(f[i].code) == n_code && memcmp(f[i].code, code, n_code) == 0) return f[i].code;
    return NULL;
}

/* "weapons.context" of here and "risk.weapons.context" of the book are of the factor weapons. */
static const char *factor_of_path(const RiskWork *work, const char *path)
{
    const char *from = strncmp(path, "risk.", 5) == 0 ? path + 5 : path, *dot = strchr(from, '.');

    return factor_called(work, from, dot ? (size_t)(dot - from) : strlen(from));
}

static const char *path_of_alert(const RiskWork *work, const AlertFired *fired)
{
    const char *path = NULL;

    for (size_t i = 0; i < fired->n_facts && !path; i++) {
        const FactName *fact = &fired->facts[i];
        if (fact->list != LIST_ASSESSMENTS) continue;
        path = str_eq(fact->column, "grade") ? "grade"
               : fact->preset                ? factor_called(work, fact->preset, strlen(fact->preset))
                                             : NULL;
    }
    for (size_t i = 0; i < fired->n_hits && !path; i++)
        if (fired->hits[i].path) path = factor_of_path(work, fired->hits[i].path);
    return path;
}

/* Of answers or of words; a number that is missing elsewhere is not told here. */
static bool concerns_risk(const AlertFired *fired)
{
    for (size_t i = 0; i < fired->n_facts; i++)
        if (fired->facts[i].list == LIST_ASSESSMENTS) return true;
    return fired->n_hits > 0;
}

static void find_alerts(App *app, const RiskWork *work, const CaseDoc *after, Arena *a, RiskCheck *out)
{
    Texts t = texts_of(app, work, after, a);
    size_t n = policy_alerts(app->policy, after, t.items, t.n, app->now, a, &out->alerts);

    out->alert_paths = arena_zero(a, n + 1, sizeof *out->alert_paths);
    for (size_t i = 0; i < n; i++) {
        if (!concerns_risk(&out->alerts[i])) continue;
        out->alerts[out->n_alerts] = out->alerts[i];
        out->alert_paths[out->n_alerts] = path_of_alert(work, &out->alerts[i]);
        out->n_alerts++;
    }
}

static const char *honour_says(const App *app, const CaseDoc *doc, Code grade)
{
    bool flagged = false;

    for (size_t i = 0; i < doc->n_flags; i++) {
        const char *flag = vocab_word(app_vocabs(app), VOCAB_FLAG, doc->flags[i].flag);
        flagged |= str_eq(flag, "hbv") || str_eq(flag, "fm");
    }
    if (!flagged || grade == CODE_NONE || grade >= GRADE_HIGH) return NULL;
    return "Honour-based violence or forced marriage is flagged: always high, or potentially high, whatever it looks "
           "like (BD 4.6). "
           "Say in the rationale why it is less.";
}

/* ---- the check ---- */

static void check(App *app, const RiskWork *work, const CaseDoc *before, Arena *a, RiskCheck *out)
{
    Code was = case_grade(before);
    CaseDoc after = *before;
    Assessment item;
    Err why = { 0 };

    memset(out, 0, sizeof *out);
    find_gaps(app, work, was, a, out);
    out->honour = honour_says(app, before, vocab_code(app_vocabs(app), VOCAB_GRADE, said(work, "grade")));
    if (!item_of(app, work, was, &item, a, &why)) {
        if (out->n_gaps == 0)
            gap(out, a, why.field, "Risk assessment", arena_dup(a, why.text)); /* a gap says it better */
        return;
    }
    case_append(&after, LIST_ASSESSMENTS, &item, a);
    case_sort(&after);
    find_alerts(app, work, &after, a, out);
}

bool app_risk_check(App *app, const RiskWork *work, Arena *a, RiskCheck *out, Err *err)
{
    memset(out, 0, sizeof *out);
    if (!app_somebody(app, err)) return false;
    check(app, work, &work->view.doc, a, out);
    return true;
}

/* ---- the act ---- */

typedef struct Submitting {
    const RiskWork *work;
    CaseRow row;
    CaseDoc doc; /* as it is now; then with the assessment */
    Assessment item;
    Code was;
} Submitting;

static bool refuse(App *app, const RiskWork *work, const char *field, const char *sentence, Err *err)
{
    Err why = { 0 };

    err_set(&why, ERR_DENIED, field, "%s", sentence);
    if (err) *err = why;
    return app_denied(app, "risk.submit", work->case_id, why.text);
}

static bool may_submit(App *app, const RiskWork *work, Err *err)
{
    char sentence[400];

    if (!app_may_do(app, PERM_ADD_ASSESSMENT, "risk.submit", work->case_id, err)) return false;
    if (role_may_assess(app->session.roles, work->stage)) return true;
    snprintf(sentence, sizeof sentence, "This assessment is made by %s.", role_who_may_assess(work->stage));
    return refuse(app, work, "stage", sentence, err);
}

static bool nothing_stands(App *app, const RiskWork *work, const RiskCheck *c, Err *err)
{
    if (c->may_not) return refuse(app, work, "grade", c->may_not, err);
    return c->n_gaps == 0 || err_set(err, ERR_INVALID, c->gaps[0].path, "%s: %s%s", c->gaps[0].label, c->gaps[0].says,
                                 c->n_gaps > 1 ? " And more is missing." : "");
}

/* The case as it is now, and is this still an assessment that may be made of it? */
static bool prepare(App *app, Submitting *s, Arena *a, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    RiskCheck c;

    if (!app_case_find(app, s->work->case_id, a, &s->row, err)) return false;
    if (!store_case_load(app->store, s->row.key, v, a, &s->doc, err)) return false;
    s->was = case_grade(&s->doc);
    check(app, s->work, &s->doc, a, &c);
    return nothing_stands(app, s->work, &c, err) && item_of(app, s->work, s->was, &s->item, a, err) &&
           case_check_item(&s->doc, LIST_ASSESSMENTS, &s->item, v, app->now, err);
}

static bool drop_draft(App *app, Tx *tx, const RiskWork *work, Err *err)
{
    Err why = { 0 };

    if (store_draft_drop(tx, app->session.warrant, work->about, &why) || why.kind == ERR_MISSING) return true;
    if (err) *err = why;
    return false;
}

/* "secondary specss-plus 3f8a01c2 high", "… medium, down from high" */
static const char *detail_of(const App *app, const Submitting *s, Arena *a)
{
    const Vocabs *v = app_vocabs(app);
    bool down = is_lower(s->was, s->item.grade);

    return arena_printf(a, "%s %s %.8s %s%s%s%s%s", s->work->stage, instrument_id(s->work->instrument), s->item.version,
        vocab_word(v, VOCAB_GRADE, s->item.grade), down ? ", down from " : "",
        down ? vocab_word(v, VOCAB_GRADE, s->was) : "", s->work->n_earlier ? ", seen " : "",
        s->work->n_earlier ? said(s->work, RISK_HISTORY) : "");
}

static bool write(App *app, Submitting *s, Arena *a, Err *err)
{
    const Vocabs *v = app_vocabs(app);
    const char *who = app->session.warrant;
    Tx tx = { 0 };
    bool ok = false;

    case_append(&s->doc, LIST_ASSESSMENTS, &s->item, a);
    case_sort(&s->doc);
    if (!store_begin(app->store, &tx, err)) goto out;
    if (!store_case_add(&tx, s->row.key, s->row.rev, LIST_ASSESSMENTS, &s->item, v, app->now, who, err)) goto out;
    if (!app_derive(app, &tx, s->row.key, &s->doc, a, err)) goto out;
    if (!app_log_case(app, &tx, AUDIT_ALTER, "risk.submit", s->row.key, NULL, detail_of(app, s, a), err)) goto out;
    if (!drop_draft(app, &tx, s->work, err)) goto out;
    ok = store_commit(&tx, err);
out:
    store_end(&tx);
    return ok;
}

/* Told only now. */
static void count(const RiskWork *work, size_t *yes, size_t *of)
{
    size_t n;
    const InstrumentFactor *f = instrument_factors(work->instrument, &n);

    *yes = *of = 0;
    for (size_t i = 0; i < n; i++) {
        if (!app_risk_asked(work, &f[i])) continue;
        *of += 1;
        *yes += str_eq(said(work, f[i].code), "yes");
    }
}

bool app_risk_submit(App *app, RiskWork *work, Arena *a, CaseRow *row, size_t *yes, size_t *of, Err *err)
{
    Submitting s = { .work = work };
    Arena *own = arena_new_secret();
    Err why = { 0 };
    bool ok =
        may_submit(app, work, &why) && app_risk_save(app, work, &why); /* stale when another terminal took it over */

    *yes = *of = 0;
    for (int i = 0; ok && i < BOOK_TRIES; i++) {
        arena_reset(own);
        why = (Err){ 0 };
        bool ready = prepare(app, &s, own, &why);
        if (ready && write(app, &s, own, &why)) break;
        if (!ready || why.kind != ERR_STALE || i == BOOK_TRIES - 1) ok = false;
    }
    if (ok) {
        count(work, yes, of);
        *row = (CaseRow){ s.row.key, s.row.rev + 1, arena_dup(a, work->case_id), app->now,
            arena_dup(a, app->session.warrant) };
    } else if (err)
        *err = why;
    arena_free(&own);
    return ok;
}
