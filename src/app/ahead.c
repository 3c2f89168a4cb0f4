/* ahead.c — the clock set ahead: what is read is read as it will be then, if nothing is done before. Duties are times,
** so nothing has to be computed for that; a later `now` is enough. The real clock stays where it is for the log, for
** passwords and for whatever is written, which is nothing of a case: every permission to enter is refused meanwhile. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

enum { YEAR = 366 * DAY };

/* What may be done while the clock is set ahead: looking. */
static const bool only_looks[PERM_COUNT] = {
    [PERM_QUEUE_READ] = true,
    [PERM_QUEUE_ALL] = true,
    [PERM_CASE_READ] = true,
    [PERM_POLICY_READ] = true,
    [PERM_AUDIT_READ] = true,
};

bool app_not_ahead(const App *app, Perm perm, Err *err)
{
    char at[CIVIL_TEXT];

    if (app->ahead == TIME_NONE || ((unsigned)perm < PERM_COUNT && only_looks[perm])) return true;
    return err_set(err, ERR_DENIED, "",
        "The clock is set ahead to %s: what you see is not so yet, and nothing can be entered. Set it back first.",
        civil_words_full(app->ahead, at));
}

bool app_may_enter(const App *app, Err *err)
{
    return app_not_ahead(app, PERM_ADD_REVIEW, err);
}

bool app_ahead(App *app, Time t, Err *err)
{
    if (t != TIME_NONE && t <= app->now)
        return err_set(err, ERR_INVALID, "ahead",
            "The clock can be set ahead, not back. How things stood before can be seen on a training store, with "
            "--now.");
    if (t != TIME_NONE && t - app->now > YEAR)
        return err_set(err, ERR_INVALID, "ahead", "The clock can be set ahead by a year at most.");
    app->ahead = t;
    return true;
}

Time app_ahead_at(const App *app)
{
    return app->ahead;
}

/* ---- what people type ---- */

bool app_ahead_typed(const App *app, const char *text, Time *out, Err *err)
{
    if (civil_parse_coming(text, app->now, out, err)) return true;
    if (err) snprintf(err->field, sizeof err->field, "ahead");
    return false;
}
