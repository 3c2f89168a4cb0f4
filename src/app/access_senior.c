/* access_senior.c — a restricted case is never only for those below: an active detective inspector or officer of Professional Standards sees it, whom it does
** not name as victim or suspect. When the last of them is named, the next comes on the list: another inspector, the chief inspector, Professional Standards. */
#include "access_in.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

static const Role seniors[] = { ROLE_CSU_DI, ROLE_DCI, ROLE_DPS };

typedef struct Seniors { /* a list as it is inside the write */
    AccessEntry *entries;
    size_t n;
    AccessList list;
    Officer *officers;
    size_t n_officers;
} Seniors;

static bool look(App *app, CaseKey key, Seniors *s, Arena *a, Err *err)
{
    if (!store_access_of_case(app->store, key, a, &s->entries, &s->n, err) || !store_officer_list(app->store, a, &s->officers, &s->n_officers, err)) return false;
    access_list(s->entries, s->n, a, &s->list);
    return true;
}

/* By the list alone: a broken glass is over by the clock. */
static bool sees(const Seniors *s, const Officer *o)
{
    Viewer who = { o->warrant, o->roles, TIME_MAX };

    return access_sight(s->entries, s->n, &who, NULL) == ACCESS_SEEN;
}

static bool any(const Seniors *s, Role role, bool who_sees)
{
    for (size_t i = 0; i < s->n_officers; i++) {
        const Officer *o = &s->officers[i];
        if (!(o->roles & ROLE_BIT(role)) || o->suspended || access_subject(&s->list, o->warrant)) continue;
        if (!who_sees || sees(s, o)) return true;
    }
    return false;
}

bool senior_other(App *app, Role role, const char *than, Arena *a)
{
    Officer *all;
    size_t n = 0;

    if (!store_officer_list(app->store, a, &all, &n, NULL)) return false;
    for (size_t i = 0; i < n; i++)
        if ((all[i].roles & ROLE_BIT(role)) && !all[i].suspended && !str_eq(all[i].warrant, than)) return true;
    return false;
}

static bool put_next(App *app, ListChange *c, Tx *tx, const Seniors *s, bool *put, Err *err)
{
    *put = false;
    for (size_t i = 0; i < ARRAY_LEN(seniors) && !*put; i++) {
        if (!any(s, seniors[i], false)) continue;
        if (!access_put(app, c, tx, (AccessEntry){ .verb = ACCESS_GRANT, .role = seniors[i], .reason = "Nobody above would see it otherwise." }, err)) return false;
        *put = true;
    }
    return true;
}

bool senior_keeps(App *app, ListChange *c, Tx *tx, SeniorRule rule, Arena *a, Err *err)
{
    Seniors s;
    bool put = false;

    if (!look(app, c->key, &s, a, err)) return false;
    if (any(&s, ROLE_CSU_DI, true) || any(&s, ROLE_DPS, true)) return true;
    if (rule == SENIOR_REFUSE && !any(&s, ROLE_CSU_DI, false) && !any(&s, ROLE_DPS, false) && any(&s, ROLE_DCI, true)) return true;
    if (rule != SENIOR_REFUSE && !put_next(app, c, tx, &s, &put, err)) return false;
    return put || rule == SENIOR_PUT ||
           err_set(err, ERR_INVALID, "officer",
               "Then no detective inspector, chief inspector or officer of Professional Standards would see the case, and nobody could find it again. "
               "Put one of them on the list first; when there is none, the keeper of the store adds or restores one.");
}
