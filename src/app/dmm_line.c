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

/* "DI Hana Example" is meant by "Hana Example", "Example" and "DI Example", too. */
static bool is_name_of(const char *name, const char *who)
{
    const char *last = strrchr(name, ' '), *rank = strchr(name, ' ');
    size_t n = strlen(who), tail = last ? strlen(last) : 0;

    if (strcasecmp(name, who) == 0 || (rank && strcasecmp(rank + 1, who) == 0) || (last && strcasecmp(last + 1, who) == 0)) return true;
    return rank && last != rank && n > tail && strncasecmp(name, who, (size_t)(rank - name) + 1) == 0 && strcasecmp(who + n - tail, last) == 0 &&
           n == (size_t)(rank - name) + tail;
}

/* By number or name; a name that two have is nobody's. */
static Role by_officer(App *app, const char *who, Arena *a, Err *err)
{
    const Officer *found = NULL;
    Officer *all;
    size_t n, names = 0;

    if (!store_officer_list(app->store, a, &all, &n, err)) return ROLE_NONE;
    for (size_t i = 0; i < n; i++) {
        if (str_eq(all[i].warrant, who)) return first_case_role(all[i].roles);
        if (is_name_of(all[i].name, who)) found = &all[i], names++;
    }
    return names == 1 ? first_case_role(found->roles) : ROLE_NONE;
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
    return ROLE_NONE;
}

/* Nobody is guessed: who is not known is asked about. */
static bool desk_of(App *app, const char *who, Arena *a, Role *out, Err *err)
{
    Err why = { 0 };

    *out = *who ? by_role(who) : ROLE_CSU_IO;
    if (*out) return true;
    *out = by_officer(app, who, a, &why);
    if (why.kind) {
        if (err) *err = why;
        return false;
    }
    if (!*out) *out = by_rank(who);
    return *out || err_set(err, ERR_INVALID, "line",
                       "In whose queue? \"%.40s\" is no desk here. Name an officer (DC Webb, 900006), or a desk: csu-io, csu-ds, ppd, cmu. For somebody outside, "
                       "name who asks them: \"ask %.40s, csu-io, fri 1200\".", who, who);
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
    if (!desk_of(app, out->who, a, &out->owner, err)) return false;
    if (!*out->who) out->who = NULL;
    return true;
}
