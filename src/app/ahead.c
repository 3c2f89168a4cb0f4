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

static bool begins(const char *text, const char *word)
{
    size_t n = strlen(word);

    return strncmp(text, word, n) == 0 && (text[n] == ' ' || text[n] == '\0');
}

static bool a_weekday(const char *text)
{
    static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

    for (size_t i = 0; i < ARRAY_LEN(days); i++)
        if (strncasecmp(text, days[i], 3) == 0) return true;
    return false;
}

/* A colleague who types a time means the last one when writing something down, and the next one when looking ahead: what
** was read as the past is moved on by the day or week that was left open. */
static Time moved_on(const char *text, Time t, Time now)
{
    if (t > now) return t;
    if (a_weekday(text)) return civil_add_days(t, 7);
    return strchr(text, ' ') ? t : civil_add_days(t, 1);
}

bool app_ahead_typed(const App *app, const char *text, Time *out, Err *err)
{
    char today[100];
    bool tomorrow;
    Time t = TIME_NONE;

    text += strspn(text, " ");
    tomorrow = begins(text, "tomorrow");
    if (tomorrow) snprintf(today, sizeof today, "today%.80s", text + strlen("tomorrow"));
    if (civil_parse_typed(tomorrow ? today : text, app->now, &t, NULL)) {
        *out = tomorrow ? civil_add_days(t, 1) : moved_on(text, t, app->now);
        if (*out > app->now) return true;
        return err_set(err, ERR_INVALID, "ahead", "That moment has passed. Give one to come, such as \"mon 0700\".");
    }
    return err_set(err, ERR_INVALID, "ahead",
        "\"%.40s\" is not a moment that can be read. Write it like \"mon 0700\", \"tomorrow 0900\" or \"2010-02-15 "
        "07:00\".",
        text);
}
