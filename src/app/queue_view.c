/* queue_view.c — saved views of the desk: a filter with a name. An officer's own, or shared with a role by who leads it. And the filter by words, which
** no index has: it goes through the rows of the queue, and stops after so many. */
#include "app/queue.h"

#include "app/caseload.h"

#include "inside.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <string.h>

/* ---- the filter by words ---- */

static bool has_words(const App *app, const QueueRow *r, const char *folded)
{
    const Vocabs *v = app_vocabs(app);
    const PolicyDuty *rule = app_rule(app, r->duty);
    Code offence = vocab_code(v, VOCAB_OFFENCE, r->offence ? r->offence : ""), kind = vocab_code(v, VOCAB_CASE_KIND, r->offence ? r->offence : "");
    Str all = { 0 };
    char *fold;
    bool found;

    str_addf(&all, "%s %s %s %s %s", r->case_id, r->duty, rule ? rule->title : "", r->says ? r->says : "",
        offence ? vocab_label(v, VOCAB_OFFENCE, offence) : kind ? vocab_label(v, VOCAB_CASE_KIND, kind) : "");
    fold = utf8_fold(str_text(&all));
    found = fold && strstr(fold, folded) != NULL;
    mem_free(fold);
    str_finish(&all);
    return found;
}

bool queue_words_page(App *app, const QueueQuery *q, const char *words, Arena *a, QueueRow **rows, size_t *n, Err *err)
{
    enum { STRIDE = 250, LOOKED_AT = 20000 };
    char *folded = utf8_fold(words);
    QueueQuery one = *q;
    QueueRow *page, *out = arena_alloc(a, (q->limit + 1) * sizeof *out);
    size_t got = 0, looked = 0, m = STRIDE;
    bool ok = true;

    one.limit = STRIDE;
    while (ok && m == STRIDE && got < q->limit && looked < LOOKED_AT) {
        ok = app_page(app, &one, a, &page, &m, err);
        for (size_t i = 0; ok && i < m && got < q->limit; i++) {
            const QueueRow *r = &page[q->backwards ? m - 1 - i : i];
            if (!folded || has_words(app, r, folded)) out[got++] = *r;
        }
        if (ok && m) one.from = &page[q->backwards ? 0 : m - 1];
        looked += ok ? m : 0;
    }
    for (size_t i = 0; q->backwards && i < got / 2; i++) {
        QueueRow held = out[i];
        out[i] = out[got - 1 - i];
        out[got - 1 - i] = held;
    }
    *rows = out;
    *n = got;
    mem_free(folded);
    return ok;
}

/* ---- views ---- */

bool app_view_list(App *app, Arena *a, DeskView **out, size_t *n, Err *err)
{
    *n = 0;
    return app_may_do(app, PERM_QUEUE_READ, "view.list", NULL, err) &&
           store_desk_views(app->store, app->session.warrant, app->session.roles, a, out, n, err);
}

bool app_view_find(App *app, const char *name, Arena *a, DeskView *out, Err *err)
{
    DeskView *all;
    size_t n;

    if (!app_view_list(app, a, &all, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(all[i].name, name)) continue;
        *out = all[i];
        return true;
    }
    return err_set(err, ERR_MISSING, "name", "There is no view \"%.40s\" of yours or of your role.", name);
}

static bool name_fits(App *app, const char *name, Role role, Arena *a, Err *err)
{
    DeskView *all;
    size_t n;

    if (str_blank(name) || utf8_width(name) > 24 || strpbrk(name, "\r\n\t"))
        return err_set(err, ERR_INVALID, "name", "A view has a name of 1 to 24 characters, such as \"High, this week\".");
    if (!store_desk_views(app->store, app->session.warrant, role != ROLE_NONE ? ROLE_BIT(role) : 0, a, &all, &n, err)) return false;
    for (size_t i = 0; i < n; i++)
        if (all[i].role == role && str_eq(all[i].name, name))
            return err_set(err, ERR_INVALID, "name", "There is a view of that name already.");
    return true;
}

static bool view_fits(App *app, const DeskView *v, Arena *a, Err *err)
{
    if (v->grade && !vocab_code(app_vocabs(app), VOCAB_GRADE, v->grade)) return err_set(err, ERR_INVALID, "grade", "There is no grade \"%.40s\".", v->grade);
    if (v->duty && !app_rule(app, v->duty)) return err_set(err, ERR_MISSING, "duty", "The policy has no duty \"%.60s\".", v->duty);
    if (v->words && (str_blank(v->words) || strlen(v->words) > 120)) return err_set(err, ERR_INVALID, "words", "The words of a view are one line of at most 120 characters.");
    if (v->investigator && !caseload_is_named(app, v->investigator, a, err)) return false;
    if (!v->grade && !v->duty && !v->words && !v->investigator && v->queue == ROLE_NONE)
        return err_set(err, ERR_INVALID, "", "A view is a filter with a name: say a grade, a duty, an officer, words or a queue.");
    if (v->role != ROLE_NONE && !role_is_case_role(v->role)) return err_set(err, ERR_INVALID, "role", "Views are shared with the roles that have a queue.");
    return name_fits(app, v->name, v->role, a, err);
}

/* Whose it is: one's own, or one that is shared with a role by whoever may share. */
static bool may_touch(App *app, const DeskView *v, const char *act, Err *err)
{
    return app_may_do(app, v->role != ROLE_NONE ? PERM_VIEW_SHARE : PERM_QUEUE_READ, act, NULL, err);
}

typedef enum ViewAct { VIEW_ADD, VIEW_RENAME, VIEW_REMOVE } ViewAct;

static bool write(App *app, ViewAct what, const DeskView *v, const char *name, Err *err)
{
    static const char *const acts[] = { "view.add", "view.rename", "view.remove" };
    Tx tx = { 0 };
    bool ok = false;

    if (!store_begin(app->store, &tx, err)) goto out;
    if (what == VIEW_ADD      ? !store_desk_view_add(&tx, v, err)
        : what == VIEW_RENAME ? !store_desk_view_rename(&tx, v->key, name, err)
                              : !store_desk_view_remove(&tx, v->key, err))
        goto out;
    if (!app_log(app, &tx, AUDIT_CARE, acts[what], NULL, v->role != ROLE_NONE ? role_word(v->role) : "own", err)) goto out;
    ok = store_commit(&tx, err);
out:
    store_end(&tx);
    return ok;
}

bool app_view_save(App *app, const DeskView *view, Err *err)
{
    DeskView v = *view;
    Arena *a;
    bool ok;

    if (!may_touch(app, &v, "view.add", err)) return false;
    a = arena_new();
    v.officer = v.role == ROLE_NONE ? app->session.warrant : NULL;
    v.by = app->session.warrant;
    v.at = app->now;
    ok = view_fits(app, &v, a, err) && write(app, VIEW_ADD, &v, NULL, err);
    arena_free(&a);
    return ok;
}

bool app_view_rename(App *app, const DeskView *v, const char *name, Err *err)
{
    Arena *a;
    bool ok;

    if (!may_touch(app, v, "view.rename", err)) return false;
    a = arena_new();
    ok = name_fits(app, name, v->role, a, err) && write(app, VIEW_RENAME, v, name, err);
    arena_free(&a);
    return ok;
}

bool app_view_remove(App *app, const DeskView *v, Err *err)
{
    return may_touch(app, v, "view.remove", err) && write(app, VIEW_REMOVE, v, NULL, err);
}

void app_view_query(const App *app, const DeskView *v, DeskQuery *q)
{
    const PolicyDuty *rule = v->duty ? app_rule(app, v->duty) : NULL;

    q->tab = v->tab;
    q->roles = v->queue != ROLE_NONE ? ROLE_BIT(v->queue) : 0;
    q->only_grade = v->grade ? vocab_code(app_vocabs(app), VOCAB_GRADE, v->grade) : CODE_NONE;
    q->only_duty = v->duty ? (rule ? rule->id : v->duty) : NULL;
    q->only_words = v->words;
    q->only_of = v->investigator;
}

const char *app_view_words(const App *app, const DeskView *v, Arena *a)
{
    static const char *const tabs[TAB_COUNT] = { "Overdue", "Today", "This week", "Waiting", "All", "Held" };
    const PolicyDuty *rule = v->duty ? app_rule(app, v->duty) : NULL;
    Str s = { 0 };
    const char *out;

    str_add(&s, tabs[v->tab]);
    if (v->grade) str_addf(&s, ", %s risk", v->grade);
    if (v->duty) str_addf(&s, ", %s", rule ? rule->title : v->duty);
    if (v->investigator) str_addf(&s, ", %s", app_caseload_whose(app, v->investigator, a));
    if (v->words) str_addf(&s, ", \"%s\"", v->words);
    if (v->queue != ROLE_NONE) str_addf(&s, ", queue of %s", role_label(v->queue));
    out = arena_dup(a, str_text(&s));
    str_finish(&s);
    return out;
}
