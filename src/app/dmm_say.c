/* dmm_say.c — holding a daily management meeting: it begins, something is said of a case, it ends. What is said is one write with the review and
** the task that it makes, so that a crash leaves all of it or none; and it is refused when somebody said something else meanwhile. */
#include "dmm_in.h"

#include "app/task.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

/* ---- beginning ---- */

static bool not_set_back(App *app, Err *err)
{
    bool live = false;

    if (!queue_needs_live(app, &live, err)) return false;
    return !live || err_set(err, ERR_INVALID, "", "The clock is set back to before the last fact: no meeting is held in the past.");
}

/* The one that is held is asked for inside the write: of two who begin at once, one goes on with the other's. */
static bool begin(App *app, Tx *tx, Arena *a, int64_t *meeting, bool *resumed, Err *err)
{
    Meeting last, new = { .began_by = app->session.warrant, .began_at = app->now };

    if (!dmm_last(app, a, &last, err)) return false;
    *resumed = last.key && !last.ended_by;
    if (*resumed) {
        *meeting = last.key;
        return app_log(app, tx, AUDIT_CONSULT, "dmm.resume", NULL, arena_printf(a, "meeting %lld", (long long)last.key), err);
    }
    new.since = last.key ? last.began_at : app->now - DAY;
    return store_meeting_begin(tx, &new, meeting, err) &&
           app_log(app, tx, AUDIT_COLLECT, "dmm.begin", NULL, arena_printf(a, "meeting %lld", (long long)*meeting), err);
}

bool app_dmm_begin(App *app, int64_t *meeting, bool *resumed, Err *err)
{
    Arena *a;
    Tx tx = { 0 };
    bool ok;

    *meeting = 0, *resumed = false;
    if (!app_may_do(app, PERM_DMM_HOLD, "dmm.begin", NULL, err) || !not_set_back(app, err)) return false;
    a = arena_new();
    ok = store_begin(app->store, &tx, err) && begin(app, &tx, a, meeting, resumed, err) && store_commit(&tx, err);
    store_end(&tx);
    arena_free(&a);
    return ok;
}

/* ---- saying ---- */

typedef struct Saying {
    App *app;
    CaseRow *row; /* NULL: passed */
    const DmmSay *say;
    Arena *a;
    CaseDoc doc;
    const char *task; /* key of the one that is set or done */
} Saying;

static bool may_say(const Saying *x, Err *err)
{
    App *app = x->app;
    const char *id = x->say->item->case_id;

    if (!app_may_do(app, PERM_DMM_HOLD, "dmm.say", id, err)) return false;
    if (x->say->said == MEETING_DONE) return app_may_do(app, PERM_TASK_DONE, "dmm.say", id, err);
    if (x->say->said == MEETING_ACTION && !app_may_do(app, PERM_ADD_TASK, "dmm.say", id, err)) return false;
    return x->say->said == MEETING_PASSED || app_may_do(app, PERM_ADD_REVIEW, "dmm.say", id, err);
}

static bool add_review(Saying *x, Err *err)
{
    const Vocabs *v = app_vocabs(x->app);
    const DmmSay *say = x->say;
    const char *text = say->said == MEETING_ACTION ? say->line : say->text;
    Review r;

    case_item_init(LIST_REVIEWS, &r);
    r.kind = vocab_code(v, VOCAB_REVIEW, DMM_DUTY);
    r.outcome = vocab_code(v, VOCAB_REVIEW_OUTCOME, say->said == MEETING_ACTION ? "remedial" : "satisfied");
    r.text = text && *text ? text : arena_printf(x->a, "DMM %lld: satisfied.", (long long)say->meeting);
    if (!app_item_fits(x->app, &x->doc, LIST_REVIEWS, &r, x->a, err) || !sign_review(x->app, x->row->id, &r, x->a, err)) return false;
    case_append(&x->doc, LIST_REVIEWS, &r, x->a);
    return true;
}

static bool add_task(Saying *x, Err *err)
{
    const Vocabs *v = app_vocabs(x->app);
    const DmmAction *action = x->say->action;
    Task t;

    if (!action) return err_set(err, ERR_BUG, "line", "An action says what, who and by when.");
    case_item_init(LIST_TASKS, &t);
    t.source = vocab_code(v, VOCAB_TASK_SOURCE, "dmm");
    t.what = action->what;
    t.who = action->who;
    t.owner = vocab_code(v, VOCAB_ROLE, role_word(action->owner));
    t.due = action->due;
    if (!app_item_fits(x->app, &x->doc, LIST_TASKS, &t, x->a, err) || !task_item_fits(&x->doc, &t, err)) return false;
    case_append(&x->doc, LIST_TASKS, &t, x->a);
    x->task = t.key;
    return true;
}

static bool tick_off(Saying *x, Err *err)
{
    const char *result = x->say->text ? x->say->text : "";
    Task *own = arena_alloc(x->a, (x->doc.n_tasks + 1) * sizeof *own), *t = NULL;

    if (x->doc.n_tasks) memcpy(own, x->doc.tasks, x->doc.n_tasks * sizeof *own);
    x->doc.tasks = own;
    for (size_t i = 0; i < x->doc.n_tasks; i++)
        if (str_eq(own[i].key, x->say->task)) t = &own[i];
    if (!t) return err_set(err, ERR_MISSING, "task", "The case %s has no task \"%.20s\".", x->row->id, x->say->task ? x->say->task : "");
    if (t->done_at != TIME_NONE) return err_set(err, ERR_STALE, "task", "The officer %s ticked this off already.", t->done_by ? t->done_by : "");
    if (!app_may_task_done(x->app, t)) {
        err_set(err, ERR_DENIED, "task", "This is ticked off by %s.", role_label(app_task_owner(x->app, t)));
        return app_denied(x->app, "dmm.say", x->row->id, "a task of another role");
    }
    if (str_blank(result)) return err_set(err, ERR_INVALID, "text", "Say what came of it.");
    t->done_at = x->app->now;
    t->done_by = x->app->session.warrant;
    t->result = result;
    x->task = t->key;
    return item_fields_fit(app_vocabs(x->app), LIST_TASKS, t, x->a, err);
}

/* The case as it will be. */
static bool prepare(Saying *x, Err *err)
{
    if (x->say->said == MEETING_PASSED) return true;
    if (!x->row) return err_set(err, ERR_BUG, "", "Nothing is said of a case that was not read.");
    if (!store_case_load(x->app->store, x->row->key, app_vocabs(x->app), x->a, &x->doc, err)) return false;
    if (x->say->said == MEETING_DONE ? !tick_off(x, err) : !add_review(x, err)) return false;
    if (x->say->said == MEETING_ACTION && !add_task(x, err)) return false;
    case_sort(&x->doc);
    return case_check(&x->doc, app_vocabs(x->app), x->app->now, err);
}

/* The meeting is still held, and nobody said anything of this case since it was read. */
static bool still_so(const Saying *x, Err *err)
{
    const DmmItem *item = x->say->item;
    Meeting m;
    MeetingSaid *said;
    size_t n;
    char when[CIVIL_TEXT];

    if (!store_meeting_get(x->app->store, x->say->meeting, x->a, &m, err)) return false;
    if (m.ended_by)
        return err_set(err, ERR_STALE, "meeting", "The officer %s ended this meeting at %s. Nothing was saved.", m.ended_by,
            civil_words_clock(m.ended_at, when));
    if (!store_meeting_said(x->app->store, m.key, x->a, &said, &n, err)) return false;
    for (size_t i = n; i-- > 0;)
        if (said[i].key == item->key && said[i].seq > item->seen)
            return err_set(err, ERR_STALE, "said", "The officer %s said \"%s\" of this case at %s. Nothing was saved: read it again.", said[i].by,
                meeting_said_words[said[i].said], civil_words_clock(said[i].at, when));
    return true;
}

static bool change(Saying *x, Tx *tx, Err *err)
{
    App *app = x->app;
    const DmmSay *say = x->say;
    const char *detail = arena_printf(x->a, "meeting %lld: %s", (long long)say->meeting, meeting_said_words[say->said]);

    if (!x->row) return app_log(app, tx, AUDIT_CONSULT, "dmm.say", say->item->case_id, detail, err);
    return store_case_update(tx, x->row->key, x->row->rev, &x->doc, app_vocabs(app), app->now, app->session.warrant, err) &&
           app_derive(app, tx, x->row->key, &x->doc, x->a, err) &&
           app_log_case(app, tx, AUDIT_ALTER, "dmm.say", x->row->key, NULL, detail, err);
}

static bool write(Saying *x, Err *err)
{
    MeetingSaid said = { .key = x->say->item->key,
        .sections = x->say->item->sections,
        .said = x->say->said,
        .task = x->task,
        .by = x->app->session.warrant,
        .at = x->app->now };
    Tx tx = { 0 };
    bool ok = store_begin(x->app->store, &tx, err) && still_so(x, err) && store_meeting_say(&tx, x->say->meeting, &said, err) &&
              change(x, &tx, err) && store_commit(&tx, err);

    store_end(&tx);
    return ok;
}

bool app_dmm_say(App *app, CaseRow *row, const DmmSay *say, Err *err)
{
    Saying x = { .app = app, .row = say->said == MEETING_PASSED ? NULL : row, .say = say };
    bool ok;

    if (say->said <= MEETING_NOTHING || say->said >= MEETING_SAID_COUNT) return err_set(err, ERR_BUG, "said", "Nothing was said.");
    if (!may_say(&x, err)) return false;
    x.a = arena_new_secret();
    ok = prepare(&x, err) && write(&x, err);
    arena_free(&x.a);
    if (ok && x.row) case_raised(app, row, 1);
    return ok;
}

/* ---- ending ---- */

/* What is not decided comes again: for everybody, also where whoever ends it does not see the case. */
static bool leave(App *app, Tx *tx, const Meeting *m, Arena *a, Err *err)
{
    Dmm dmm;
    bool ok;

    store_view_all(app->store, true);
    ok = dmm_agenda(app, m, a, &dmm, err);
    store_view_all(app->store, false);
    for (size_t i = 0; ok && i < dmm.n; i++) {
        const DmmItem *x = &dmm.items[i];
        MeetingLeft left = { x->key, x->sections & DMM_OWN_BITS, x->left_since != TIME_NONE ? x->left_since : m->began_at };
        if (!x->decided && left.sections) ok = store_meeting_leave(tx, m->key, &left, err);
    }
    return ok;
}

/* What the sheet tells everybody, and the log: nothing of restricted cases, whoever ends it. */
static bool for_everybody(App *app, const Meeting *m, Arena *a, Dmm *dmm, DmmFigures *f, Err *err)
{
    bool ok;

    store_view_plain(app->store, true);
    ok = dmm_agenda(app, m, a, dmm, err) && dmm_figures(app, DMM_TOLD_MOST, a, f, err);
    store_view_plain(app->store, false);
    return ok;
}

static bool finish(App *app, Tx *tx, int64_t meeting, Arena *a, Err *err)
{
    Meeting m;
    Dmm dmm;
    DmmFigures f;
    char when[CIVIL_TEXT];

    if (!store_meeting_get(app->store, meeting, a, &m, err)) return false;
    if (m.ended_by)
        return err_set(err, ERR_STALE, "meeting", "The officer %s ended this meeting at %s already.", m.ended_by, civil_words_clock(m.ended_at, when));
    if (!for_everybody(app, &m, a, &dmm, &f, err) || !leave(app, tx, &m, a, err)) return false;
    m.ended_by = app->session.warrant;
    m.ended_at = app->now;
    m.figures = dmm_figures_write(&f, a);
    return store_meeting_end(tx, meeting, m.ended_by, m.ended_at, m.figures, err) && dmm_sign(app, tx, &m, a, err) &&
           app_log(app, tx, AUDIT_COLLECT, "dmm.end", NULL, arena_printf(a, "meeting %lld, %zu cases", (long long)meeting, dmm.n), err);
}

bool app_dmm_end(App *app, int64_t meeting, Err *err)
{
    Arena *a;
    Tx tx = { 0 };
    bool ok;

    if (!app_may_do(app, PERM_DMM_HOLD, "dmm.end", NULL, err) || !again_given(app, "dmm.end", err)) return false;
    a = arena_new_secret();
    ok = store_begin(app->store, &tx, err) && finish(app, &tx, meeting, a, err) && store_commit(&tx, err);
    store_end(&tx);
    arena_free(&a);
    return ok;
}
