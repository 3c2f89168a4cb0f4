/* moved.c — what others did to a case that is on a screen: who, when, and what. One row is read, and when it moved, one entry of the log; nothing of what
** the case says is, so that this is no look at it. */
#include "app/moved.h"

#include "inside.h"

#include "base/str.h"

#include <string.h>

typedef struct Last {
    char act[48], who[16];
    Time at;
} Last;

static bool note(void *with, const AuditEntry *e)
{
    Last *l = with;

    snprintf(l->act, sizeof l->act, "%s", e->act);
    snprintf(l->who, sizeof l->who, "%s", e->who);
    l->at = e->at;
    return false;
}

/* "review.add": "review added"; "task.done": "task done". */
static const char *act_words(const char *act, Arena *a)
{
    const char *dot = strrchr(act, '.');
    char *words;

    if (!dot) return arena_dup(a, act);
    words = arena_printf(a, "%.*s %s", (int)(dot - act), act, str_eq(dot, ".add") ? "added" : dot + 1);
    for (char *p = words; *p; p++)
        if (*p == '-' || *p == '.') *p = ' ';
    return words;
}

bool app_case_moved(App *app, const CaseRow *seen, Arena *a, CaseMoved *out, Err *err)
{
    AuditQuery q = { .kinds = 1u << AUDIT_ALTER | 1u << AUDIT_COLLECT, .from = TIME_NONE, .to = TIME_NONE, .limit = 1, .newest = true };
    char when[CIVIL_TEXT];
    Last last = { .at = TIME_NONE };
    CaseRow row;
    Err why = { 0 };

    *out = (CaseMoved){ .rev = seen->rev };
    if (!app->in || app->session.locked || app_ahead_at(app) != TIME_NONE) return true;
    if (!store_case_row(app->store, seen->key, a, &row, &why)) /* restricted meanwhile: as if it never was */
        return why.kind == ERR_MISSING || (err && (*err = why, false));
    if (row.rev == seen->rev) return true;
    out->rev = row.rev;
    q.case_id = row.id;
    if (!store_audit_find(app->store, &q, note, &last, err)) return false;
    if (!str_eq(last.who, row.changed_by)) snprintf(last.act, sizeof last.act, "changed");
    if (civil_local_date(row.changed_at) == civil_local_date(app->now))
        civil_words_clock(row.changed_at, when);
    else
        civil_words_short(row.changed_at, when);
    out->words = arena_printf(a, "%s, %s, officer %s: %s.", row.id, when, row.changed_by, act_words(last.act, a));
    return true;
}
