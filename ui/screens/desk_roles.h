/* desk_roles.h — what is the desk of each role. */
#ifndef SCREENS_DESK_ROLES_H
#define SCREENS_DESK_ROLES_H

#include "screens.h"

const char *desk_empty_words(RoleSet roles);  /* a whole desk without a duty */
bool desk_has_alerts(const App *app);         /* the policy has some that the officer answers */
bool desk_adds_anything(const App *app);      /* is there an entry or a fact that the officer may say of a case? */

#endif
