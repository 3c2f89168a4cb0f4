/* undo.c — what was saved just now is taken back with one key, on the page that says that it was saved: the withdrawal of exactly that entry, with
** the reason to be typed. It is an offer and no memory: the next save takes its place, and a lock or the end of the session ends it. */
#include "case_more.h"

#include "app/bulk.h"
#include "app/withdraw.h"

typedef struct Made {
    char case_id[48];
    CaseListId list;
    Time at;
} Made;
typedef struct Undo {
    char warrant[16];
    const Screen *page; /* on which it is offered: compared, never followed */
    size_t n;
    Made of[BULK_MAX];
} Undo;

static Undo *undo_of(const Loop *l)
{
    return ((Ui *)loop_context(l))->undo;
}

void undo_offer(Loop *l, const MadeEntry *made, size_t n)
{
    Ui *ui = loop_context(l);
    Undo *u = ui->undo ? ui->undo : (ui->undo = mem_new(sizeof *u));

    *u = (Undo){ .n = 0 };
    if (!app_session(ui->app)) return;
    snprintf(u->warrant, sizeof u->warrant, "%s", app_session(ui->app)->warrant);
    for (size_t i = 0; i < n && u->n < BULK_MAX; i++) {
        Made *m = &u->of[u->n];
        if (!app_may_withdraw_own(ui->app, made[i].list)) continue;
        snprintf(m->case_id, sizeof m->case_id, "%s", made[i].case_id);
        m->list = made[i].list;
        m->at = made[i].at;
        u->n++;
    }
    undo_here(l);
}

void undo_here(Loop *l)
{
    if (undo_of(l)) undo_of(l)->page = loop_top(l);
}

bool undo_offered(const Screen *self)
{
    const Undo *u = undo_of(self->loop);
    const Session *s = app_session(app_of(self));

    return u && u->n > 0 && u->page == self && s && str_eq(u->warrant, s->warrant);
}

/* --- taking back ---------------------------------------------------------------------------------------- */
typedef struct Found {
    CaseView view;
    CaseListId list;
    size_t index;
} Found;

static bool find(Screen *self, const Made *m, Found *out, Err *err)
{
    App *app = app_of(self);

    out->list = m->list;
    if (!app_case_look(app, m->case_id, "take-back", self->arena, &out->view, err)) return false;
    return app_entry_made(app, &out->view.doc, m->list, m->at, &out->index) ||
           err_set(err, ERR_MISSING, "", "%s: it was taken back already.", m->case_id);
}

static const char *what_words(Screen *self, const Undo *u, const Found *first)
{
    size_t n;
    const char *items = case_items(&first->view.doc, first->list, &n);
    const char *one = case_entry_words(app_of(self), &first->view, first->list, items + first->index * case_lists[first->list].item_size, self->arena);
    Str ids = { 0 };
    const char *words;

    for (size_t i = 0; i < u->n; i++) str_addf(&ids, "%s%s", i ? ", " : "", u->of[i].case_id);
    words = u->n == 1 ? arena_printf(self->arena, "%s: %s", str_text(&ids), one)
                      : arena_printf(self->arena, "%zu entries, each in its case, with the same reason: %s\n%s", u->n, str_text(&ids), one);
    str_finish(&ids);
    return words;
}

/* One that somebody changed meanwhile is read once more; what is taken back stays the same entry. */
static bool take_one(Screen *self, const Made *m, const char *why, Err *err)
{
    Found f;

    for (int tries = 0; tries < 2; tries++) {
        err_clear(err);
        if (!find(self, m, &f, err)) return false;
        if (app_entry_withdraw(app_of(self), &f.view.row, f.list, f.index, why, err)) return true;
        if (err->kind != ERR_STALE) return false;
    }
    return false;
}

/* Those that are taken back leave the offer; those that are not stay in it. */
static size_t take_all(Screen *self, Undo *u, const char *why, Err *first_err)
{
    size_t kept = 0, n = u->n;

    for (size_t i = 0; i < n; i++) {
        Err err = { 0 };
        if (take_one(self, &u->of[i], why, &err)) continue;
        if (!first_err->kind) *first_err = err;
        u->of[kept++] = u->of[i];
    }
    u->n = kept;
    return n - kept;
}

static React told(Screen *self, size_t done, size_t n, const Err *err)
{
    if (done == n)
        loop_status(self->loop, STYLE_GOOD, "Taken back%s: it does not count from now on, and stays on the case with your reason.", n > 1 ? ", all of them" : "");
    else
        loop_status(self->loop, STYLE_WARNING, "%zu of %zu taken back. %s", done, n, err->text);
    return REACT_RELOAD_ALL | REACT_STATUS;
}

React undo_take_back(Screen *self)
{
    Undo *u = undo_of(self->loop);
    Found first;
    Err err = { 0 };
    Str why = { 0 };
    size_t n = u->n, done = 0;
    const char *what, *wrong = NULL;

    if (!find(self, &u->of[0], &first, &err)) {
        loop_status_err(self->loop, &err);
        u->n = 0;
        return REACT_STATUS;
    }
    what = what_words(self, u, &first);
    for (;;) { /* what was typed stands there again when it was refused */
        if (!case_ask_why(self, what, wrong, &why) || loop_top(self->loop) != self || !undo_offered(self)) {
            str_finish(&why);
            return REACT_NONE;
        }
        err_clear(&err);
        done = take_all(self, u, str_text(&why), &err);
        if (done || err.kind != ERR_INVALID) break;
        wrong = err.text;
    }
    str_finish(&why);
    return told(self, done, n, &err);
}
