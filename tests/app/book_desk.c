/* book_desk.c — a book filled in by a program that answers whatever the form still needs. It knows the form only by its
** questions, so that the form may change; the few answers that lead somewhere are said by name. */
#include "book_desk.h"

static void add_officer(Desk *d, const char *warrant, const char *name, RoleSet roles)
{
    assert_did(d, app_officer_add(d->app, warrant, name, roles, TRAINING_PASSWORD, &d->err));
}

int book_setup(void **state)
{
    Desk *d;

    desk_setup(state);
    d = *state;
    desk_as(d, KEEPER);
    add_officer(d, SECOND_PC, "PC Second Example", ROLE_BIT(ROLE_RESPONSE_PC));
    add_officer(d, SECOND_PS, "PS Second Example", ROLE_BIT(ROLE_RESPONSE_PS));
    add_officer(
        d, BOTH, "DS Both Example", ROLE_BIT(ROLE_RESPONSE_PC) | ROLE_BIT(ROLE_RESPONSE_PS) | ROLE_BIT(ROLE_CSU_DS));
    desk_as(d, DS);
    desk_import(d, case_line(d->a, ONE, ""));
    return 0;
}

/* What leads to as little as possible. */
static const char *const usual[] = {
    "officer.team",
    "B relief",
    "header.reported",
    "2010-05-01 11:00",
    "incident.from",
    "2010-05-01 10:50",
    "incident.place",
    "12 Example Road",
    "reported.how",
    "station",
    "victim.family",
    "Example",
    "victim.given",
    "Anne",
    "victim.born",
    "1980-03-04",
    "victim.sex",
    "female",
    "victim.staff",
    "no",
    "victim.interpreter",
    "no",
    "suspect.known",
    "yes",
    "suspect.family",
    "Specimen",
    "suspect.given",
    "Paul",
    "suspect.sex",
    "male",
    "suspect.staff",
    "no",
    "suspect.there",
    "no",
    "suspect.arrested",
    "yes",
    "suspect.arrest-at",
    "2010-05-01 12:00",
    "suspect.status",
    "arrested",
    "suspect.status-at",
    "2010-05-01 12:00",
    "relationship.kind",
    "spouse",
    "children.answer",
    "none",
    "allegation.kind",
    "crime",
    "allegation.offences",
    "common-assault",
    "allegation.account",
    ACCOUNT,
    "allegation.honour",
    "no",
    "allegation.forced-marriage",
    "no",
    "allegation.sexual",
    "no",
    "injury.any",
    "no",
    "injury.strangled",
    "no",
    "risk.grade",
    "medium",
    "risk.rationale",
    "An invented reason.",
    "scene.state",
    "untidy",
    "action.taken",
    "arrest",
    NULL,
};

static void answer(Desk *d, BookWork *work, const char *path, const char *typed)
{
    const char *warning = NULL;

    if (!form_question(work->form, path)) return;
    if (!form_answer(
            work->form, app_policy(d->app), work->answers, path, typed, app_now(d->app), d->a, &warning, &d->err))
        fail_msg("%s: \"%s\": %s", path, typed, d->err.text);
}

static const char *plain(const FormQuestion *q)
{
    switch (q->kind) {
    case ASK_CHOICE:
    case ASK_SEVERAL:
    case ASK_ANSWER:
        for (size_t i = 0; i < q->n_choices; i++)
            if (str_eq(q->choices[i].code, "no") || str_eq(q->choices[i].code, "none") ||
                str_eq(q->choices[i].code, "met"))
                return q->choices[i].code;
        return q->choices[0].code;
    case ASK_DATE: return "2010-04-01";
    case ASK_TIME: return "1010";
    case ASK_MOMENT: return "2010-05-01 10:55";
    case ASK_NUMBER: return "1";
    case ASK_OFFICER: return PC;
    case ASK_REFERENCE: return q->example ? q->example : "1";
    case ASK_TELEPHONE: return "020 7946 0000";
    case ASK_BODY: return "front-left-forearm";
    default: return "as invented";
    }
}

static void fill_gaps(Desk *d, BookWork *work)
{
    FormGap *gaps = NULL;
    size_t n, rounds = 0;

    while (
        (n = form_gaps(work->form, app_policy(d->app), work->answers, "officer", app_now(d->app), d->a, &gaps)) > 0) {
        const FormQuestion *q = form_question(work->form, gaps[0].path);
        if (++rounds > 400 || !q) fail_msg("%s: %s", gaps[0].path, gaps[0].says);
        answer(d, work, gaps[0].path, plain(q));
    }
}

void book_fill(Desk *d, BookWork *work, const char *const *more)
{
    for (size_t i = 0; more && more[i]; i += 2) answer(d, work, more[i], more[i + 1]);
    for (size_t i = 0; usual[i]; i += 2)
        if (!*answers_get(work->answers, usual[i])) answer(d, work, usual[i], usual[i + 1]);
    fill_gaps(d, work);
}

const char *book_write(Desk *d, const char *case_id, const char *const *more)
{
    BookWork work;
    CaseRow row;
    const char *id;

    assert_did(d, app_book_open(d->app, case_id, NULL, d->a, &work, &d->err));
    book_fill(d, &work, more);
    assert_did(d, app_book_submit(d->app, &work, d->a, &row, &d->err));
    id = arena_dup(d->a, row.id);
    app_book_leave(d->app, &work);
    return id;
}

BookView book_view(Desk *d, const char *case_id)
{
    BookView view;

    assert_did(d, app_book_read(d->app, case_id, NULL, 0, d->a, &view, &d->err));
    return view;
}

bool book_sign(Desk *d, const char *case_id, const char *outcome, const char *reasons, const char *text)
{
    BookView view = book_view(d, case_id);
    BookReading reading = {
        .kind = view.kind, .outcome = outcome, .reasons = reasons, .text = text, .password = TRAINING_PASSWORD
    };
    bool ok = app_book_review(d->app, &view, &reading, d->a, &d->err);

    app_book_close(&view);
    return ok;
}

void book_at(Desk *d, const char *now, const char *warrant)
{
    desk_reopen(d, now);
    desk_as(d, warrant);
}

DutyState duty_of(Desk *d, const char *case_id, const char *duty, bool *asked)
{
    CaseView v = desk_look(d, case_id);
    DutyState state = DUTY_WAITING;

    *asked = false;
    for (size_t i = 0; i < v.n_duties; i++) {
        if (!str_eq(v.duties[i].id, duty)) continue;
        *asked = true;
        state = duty_state(&v.duties[i], app_now(d->app));
    }
    return state;
}
