/* risk_submit.c — the grade, and the way out. The form of the last step begins without a grade: it is the officer's, given with its reason.
** How many factors were answered with yes is said behind it, when the assessment is in the store. */
#include "risk_screen.h"

enum { MOST_ITEMS = 120 };

/* --- the form of the last step --------------------------------------------------------------------------- */
static const char *const grade_fields[] = { "observed", "grade", "rationale", "reason" };

static Form *grade_form(const Screen *self)
{
    const Vocab *v = &vocabs_of(self)->of[VOCAB_GRADE];
    FormChoice grades[8] = { { 0 } };
    size_t n = v->n < ARRAY_LEN(grades) ? v->n : ARRAY_LEN(grades);
    FormField fields[] = {
        { .name = "observed",
            .label = "What you saw yourself",
            .help = "Apart from what was answered: fear, injuries, how they were with each other, the place. If nothing, why.",
            .kind = FORM_TEXT,
            .required = true,
            .rows = 3 },
        { .name = "grade",
            .label = "Grade",
            .help = "Your judgement. Standard: nothing points to serious harm now. Medium: it could happen if things "
                    "change. High: it could happen at any time, and would be grave.",
            .kind = FORM_CHOICE,
            .required = true,
            .choices = grades,
            .n_choices = n },
        { .name = "rationale",
            .label = "Why this grade",
            .help = "What weighs for it and what against it, in sentences that somebody can read who was not there.",
            .kind = FORM_TEXT,
            .required = true,
            .rows = 4 },
        { .name = "reason",
            .label = "Why it is lower than before",
            .help = "What has changed since the higher grade was given, and how you know.",
            .kind = FORM_TEXT,
            .required = true,
            .rows = 3 },
    };

    for (size_t i = 0; i < n; i++) grades[i] = (FormChoice){ v->words[i].word, v->words[i].label };
    return form_new(fields, ARRAY_LEN(fields), now_of(self));
}

void wizard_make_grade(Screen *self)
{
    RiskPage *r = wizard_of(self);

    if (!r->grade) {
        r->grade = grade_form(self);
        form_set_part(r->grade);
        for (size_t i = 0; i < ARRAY_LEN(grade_fields); i++)
            form_set(r->grade, grade_fields[i], answers_get(r->work.answers, grade_fields[i]));
        form_to_start(r->grade);
    }
    form_show(r->grade, "reason", r->check.downgrade);
}

/* A reason that is not asked any more, because the grade went up again, stays in the form and not in the answers. */
void wizard_take_grade(RiskPage *r)
{
    if (!r->grade) return;
    for (size_t i = 0; i < ARRAY_LEN(grade_fields); i++)
        answers_put(r->work.answers, grade_fields[i], form_value(r->grade, grade_fields[i]));
    if (r->checked && !r->check.downgrade) answers_put(r->work.answers, "reason", "");
}

/* --- what the app says to it ---------------------------------------------------------------------------------- */
void wizard_check(Screen *self)
{
    RiskPage *r = wizard_of(self);
    Err err = { 0 };

    arena_reset(r->check_arena);
    r->checked = app_risk_check(app_of(self), &r->work, r->check_arena, &r->check, &err);
    if (!r->checked) {
        r->check = (RiskCheck){ 0 };
        loop_status_err(self->loop, &err);
    }
    if (!r->grade) return;
    form_show(r->grade, "reason", r->check.downgrade);
    form_set_note(r->grade, "grade", STYLE_WARNING, r->check.may_not ? r->check.may_not : r->check.honour); /* copied */
}

React wizard_missing_list(Screen *self)
{
    RiskPage *r = wizard_of(self);
    AskItem items[MOST_ITEMS];
    size_t n;
    char title[80];
    int pick;

    wizard_settle(r);
    wizard_check(self);
    n = r->check.n_gaps < MOST_ITEMS ? r->check.n_gaps : MOST_ITEMS;
    if (n == 0) {
        loop_status(self->loop, STYLE_GOOD, "Nothing that is needed is missing.");
        return REACT_STATUS;
    }
    for (size_t i = 0; i < n; i++)
        items[i] = (AskItem){ .text = r->check.gaps[i].label, .right = r->check.gaps[i].says };
    snprintf(title, sizeof title, n == 1 ? "One thing is missing" : "%zu things are missing", n);
    pick = ask_choice(self->loop, title, items, n, 0);
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    wizard_go_path(self, r->check.gaps[pick].path);
    r->rested = false;
    return REACT_REDRAW;
}

/* --- submitting --------------------------------------------------------------------------------------------- */
/* Was the case graded meanwhile? It is read again (a look, logged), so that what is known and what a lower grade needs are of now. */
static bool graded_meanwhile(Screen *self)
{
    RiskPage *r = wizard_of(self);
    size_t before = r->work.view.doc.n_assessments;
    char grade[24], clock[CIVIL_TEXT];
    CaseView now;

    if (!app_case_look(app_of(self), r->work.case_id, "risk", r->arena, &now, NULL)) return false;
    r->work.view = now;
    r->rested = false;
    wizard_check(self);
    wizard_write_known(self);
    if (now.doc.n_assessments <= before) return false;
    const Assessment *x = &now.doc.assessments[now.doc.n_assessments - 1];
    loop_status(self->loop, STYLE_WARNING,
        "Not submitted yet, and nothing is lost: officer %s graded it %s meanwhile (%s). Read what is known, then "
        "submit.",
        x->by ? x->by : "?", grade_word(vocabs_of(self), x->grade, grade),
        x->at == TIME_NONE ? "no time" : civil_words_clock(x->at, clock));
    return true;
}

static React refused(Screen *self, const Err *err)
{
    if ((err->kind == ERR_DENIED || err->kind == ERR_INVALID || err->kind == ERR_STALE) && graded_meanwhile(self))
        return REACT_STATUS;
    return work_refused(self, &wizard_work, err);
}

static const char *grade_now(const Screen *self, char out[24])
{
    const RiskPage *r = wizard_of(self);
    Code grade = vocab_code(vocabs_of(self), VOCAB_GRADE, answers_get(r->work.answers, "grade"));

    snprintf(out, 24, "%s", grade_word(vocabs_of(self), grade, (char[24]){ 0 }));
    return out;
}

static bool confirmed(Screen *self)
{
    const RiskPage *r = wizard_of(self);
    char text[500], grade[24];

    snprintf(text, sizeof text,
        "%.60s goes on %s, graded %s%s. It never changes; a later assessment stands beside it.%s",
        instrument_title(r->work.instrument), r->work.case_id, grade_now(self, grade),
        r->check.downgrade ? ", lower than before" : "",
        r->check.n_alerts ? "\n\nSomething does not fit (see What is known); it stands beside the assessment." : "");
    return ask_confirm(self->loop, "Submit the assessment", text, "Submit");
}

static bool submit_now(Screen *self, size_t *yes, size_t *of, Err *err)
{
    RiskPage *r = wizard_of(self);
    CaseRow row = { 0 };

    if (app_risk_submit(app_of(self), &r->work, r->check_arena, &row, yes, of, err)) return true;
    if (err->kind != ERR_BUSY) return false;
    *err = (Err){ 0 };
    return app_risk_submit(app_of(self), &r->work, r->check_arena, &row, yes, of, err);
}

React wizard_submit(Screen *self)
{
    RiskPage *r = wizard_of(self);
    size_t yes = 0, of = 0;
    char grade[24], case_id[48];
    const char *reached;
    Err err = { 0 };

    if (r->keeping.lost) {
        loop_status(self->loop, STYLE_WARNING, "It is made at another terminal now. ^S takes it back first.");
        return REACT_STATUS;
    }
    wizard_settle(r);
    if (r->keeping.dirty && !work_save_now(self, &wizard_work)) return REACT_STATUS;
    wizard_check(self);
    if (!r->checked) return REACT_STATUS;
    if (r->check.n_gaps) return wizard_missing_list(self);
    if (r->check.may_not) {
        wizard_go_path(self, "grade");
        loop_status(self->loop, STYLE_ERROR, "%s", r->check.may_not);
        return REACT_STATUS;
    }
    if (!confirmed(self) || loop_top(self->loop) != self) return REACT_NONE;
    grade_now(self, grade);
    snprintf(case_id, sizeof case_id, "%s", r->work.case_id);
    if (!submit_now(self, &yes, &of, &err)) return refused(self, &err);
    r->keeping.dirty = r->keeping.stored = false;
    loop_pop(self->loop); /* its memory stays until the key is done with; what lies below has loaded */
    reached = app_risk_threshold(&r->work, yes, now_of(self), r->arena);
    loop_status(self->loop, STYLE_GOOD, "%s is graded %s. %zu of %zu answered yes.%s%s", case_id, grade, yes, of,
        reached ? " " : "", reached ? reached : "");
    return REACT_RELOAD | REACT_STATUS;
}
