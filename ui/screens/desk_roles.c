/* desk_roles.c — what is the desk of each role. All of them are the queue of the role; here stands what an empty one says, which is where the role's
** own work is found beside the queue, and which verbs are nobody's business there. */
#include "desk_roles.h"

/* clang-format off */
static const struct {
    Role role;
    const char *empty; /* of a whole desk without a duty */
} desks[] = {
    { ROLE_RESPONSE_PC,       "Nothing waits for you. n writes the book of a new incident, / finds a case." },
    { ROLE_RESPONSE_PS,       "No book waits to be read. H is the change of shifts, / finds a case." },
    { ROLE_IBOS,              "No CAD waits to be supervised. / finds one by its number." },
    { ROLE_CMU,               "No CRIS report and no no-crime waits for you. / finds a report by its number." },
    { ROLE_PPD,               "No Merlin waits. / finds one by its number." },
    { ROLE_CSU_IO,            "Nothing waits in your cases. / finds a case." },
    { ROLE_CSU_DS,            "Nothing waits for you. W has what nothing is dated for, / finds a case." },
    { ROLE_CSU_DI,            "Nothing waits for you. M is the daily meeting, R another role's queue." },
    { ROLE_DCI,               "No review waits. R is another role's queue, O the suspects outstanding." },
    { ROLE_MARAC_COORDINATOR, "No action waits for you. C has the meetings, their lists and minutes." },
    { ROLE_DPS,               "Nothing of police staff waits for you. / finds a case that you may look at." },
};
/* clang-format on */

const char *desk_empty_words(RoleSet roles)
{
    Role only = ROLE_NONE;

    for (size_t i = 0; i < ARRAY_LEN(desks); i++) {
        if (!(roles & ROLE_BIT(desks[i].role))) continue;
        if (only != ROLE_NONE) return "Nothing waits for you. / finds a case."; /* of more than one role */
        only = desks[i].role;
    }
    for (size_t i = 0; i < ARRAY_LEN(desks); i++)
        if (desks[i].role == only) return desks[i].empty;
    return "Nothing waits for you. / finds a case.";
}

bool desk_has_alerts(const App *app)
{
    const Policy *p = app_policy(app);

    for (size_t i = 0; i < policy_alert_count(p); i++)
        if (role_may_alert(app_session(app)->roles, policy_alert(p, i)->owner)) return true;
    return false;
}

bool desk_adds_anything(const App *app)
{
    for (size_t i = 0; i < entry_n_lists; i++)
        if (app_may_add(app, entry_lists[i], NULL)) return true;
    for (size_t i = 0; i < fact_n_groups; i++)
        if (app_may_quietly(app, fact_groups[i].perm)) return true;
    return false;
}
