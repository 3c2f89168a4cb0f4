/* dmm_line.c — an action of the meeting in one line, as it is said in the room: what, who, by when. */
#include "dmm_in.h"

#include "base/str.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define EXAMPLE "Write it like \"ring her, DC Webb, fri 1200\": what, who, by when."

static const char *trimmed(Arena *a, const char *from, const char *to)
{
    while (from < to && *from == ' ') from++;
    while (to > from && to[-1] == ' ') to--;
    return arena_dup_n(a, from, (size_t)(to - from));
}

/* The last comma before `to`; NULL. */
static const char *comma_before(const char *line, const char *to)
{
    while (to > line)
        if (*--to == ',') return to;
    return NULL;
}

/* ---- in whose queue it comes ---- */

static Role first_case_role(RoleSet roles)
{
    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if ((roles & ROLE_BIT(r)) && role_is_case_role(r)) return r;
    return ROLE_NONE;
}

static Role by_officer(App *app, const char *who, Arena *a, Err *err)
{
    Officer *all;
    size_t n;

    if (!store_officer_list(app->store, a, &all, &n, err)) return ROLE_NONE;
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].warrant, who) || strcasecmp(all[i].name, who) == 0) return first_case_role(all[i].roles);
    return ROLE_NONE;
}

static Role by_role(const char *who)
{
    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if (role_is_case_role(r) && (strcasecmp(role_word(r), who) == 0 || strcasecmp(role_label(r), who) == 0 || strcasecmp(role_short(r), who) == 0))
            return r;
    return ROLE_NONE;
}

static Role by_rank(const char *who)
{
    static const struct {
        const char *rank;
        Role role;
    } ranks[] = { { "DCI", ROLE_DCI }, { "DI", ROLE_CSU_DI }, { "DS", ROLE_CSU_DS }, { "DC", ROLE_CSU_IO }, { "PS", ROLE_RESPONSE_PS },
        { "PC", ROLE_RESPONSE_PC } };

    for (size_t i = 0; i < sizeof ranks / sizeof ranks[0]; i++) {
        size_t n = strlen(ranks[i].rank);
        if (strncasecmp(who, ranks[i].rank, n) == 0 && (who[n] == ' ' || who[n] == '\0')) return ranks[i].role;
    }
    return ROLE_CSU_IO;
}

/* ---- the line ---- */

bool app_dmm_action(App *app, const char *line, Arena *a, DmmAction *out, Err *err)
{
    const char *end = line + strlen(line), *last = comma_before(line, end), *middle = last ? comma_before(line, last) : NULL;
    Err why = { 0 };

    *out = (DmmAction){ .due = TIME_NONE };
    if (!last) return err_set(err, ERR_INVALID, "line", "When is it to be done? " EXAMPLE);
    out->what = trimmed(a, line, middle ? middle : last);
    out->who = middle ? trimmed(a, middle + 1, last) : "";
    if (!*out->what) return err_set(err, ERR_INVALID, "line", "What is to be done? " EXAMPLE);
    if (!app_ahead_typed(app, trimmed(a, last + 1, end), &out->due, &why))
        return err_set(err, ERR_INVALID, "line", "By when? \"%.30s\" is no moment to come. " EXAMPLE, trimmed(a, last + 1, end));
    out->owner = by_role(out->who);
    if (!out->owner && *out->who) {
        err_clear(&why);
        out->owner = by_officer(app, out->who, a, &why);
        if (why.kind) {
            if (err) *err = why;
            return false;
        }
    }
    if (!out->owner) out->owner = by_rank(out->who);
    if (!*out->who) out->who = NULL;
    return true;
}
