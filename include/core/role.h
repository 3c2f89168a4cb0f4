/* role.h — roles, and which role may do which action. One table; deny beats allow; the default is no. */
#ifndef CORE_ROLE_H
#define CORE_ROLE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum Role {
    ROLE_NONE,
    ROLE_RESPONSE_PC, ROLE_RESPONSE_PS, ROLE_IBOS, ROLE_CMU, ROLE_PPD, ROLE_CSU_IO, ROLE_CSU_DS, ROLE_CSU_DI, ROLE_DCI,
    ROLE_MARAC_COORDINATOR, ROLE_DPS, ROLE_AUDITOR, ROLE_KEEPER,
    ROLE_COUNT
} Role;

typedef uint32_t RoleSet; /* bit 1 << role */
#define ROLE_BIT(role) (1u << (role))

/* Actions an officer may or may not do (role.c holds the table with the source paragraph of each). */
typedef enum Perm {
    PERM_QUEUE_READ,   /* see the queue of one's own roles            */
    PERM_QUEUE_ALL,    /* see other roles' queues                     */
    PERM_WATCH_READ,   /* live cases for which nothing is dated       */
    PERM_VIEW_SHARE,   /* saved views for a role                      */
    PERM_HANDOVER,     /* hand a shift over, take one over            */
    PERM_CASE_READ,    /* look at a case                              */
    PERM_CASE_IMPORT, PERM_CASE_EXPORT,
    PERM_BOOK_PRINT,   /* a book on paper, or as a file               */
    PERM_BOOK_INDEX,   /* say where a book is filed                   */
    PERM_QA_DRAW,      /* draw a dip sample, see its results          */
    PERM_ROUNDUP_READ, /* the list of suspects who are outstanding    */
    PERM_ROUNDUP_PRINT, /* the briefing sheet                         */
    PERM_DMM_READ,     /* what the daily management meeting looks at, its sheets */
    PERM_DMM_HOLD,     /* hold it                                     */
    PERM_MARAC_READ,   /* the lists of MARAC meetings and their actions */
    PERM_MARAC_PACK,   /* what partners get on paper          */
    PERM_ADD_OFFENCE, PERM_ADD_FLAG, PERM_ADD_PERSON, PERM_ADD_REFERENCE, PERM_ADD_CROSS_REFERENCE, PERM_ADD_BOOK, PERM_ADD_ADDENDUM, PERM_ADD_BOOK_MOVE,
    PERM_ADD_ASSESSMENT,
    PERM_ADD_REVIEW, PERM_ADD_REFERRAL, PERM_ADD_CONTACT, PERM_ADD_EVENT, PERM_ADD_NOTICE, PERM_ADD_OWNER,
    PERM_CASE_ASSIGN,  /* give a case to an investigating officer     */
    PERM_ADD_CONSENT,
    PERM_ADD_TASK, PERM_ADD_REFERRAL_STEP, PERM_ADD_HEARING, PERM_ADD_ORDER, PERM_ADD_BAIL, PERM_ADD_BREACH, PERM_ADD_SAFE_CONTACT,
    PERM_ADD_ATTEMPT, PERM_ADD_HOLD, PERM_ADD_LINK, PERM_ADD_DISPOSAL, PERM_ADD_REOPENING,
    PERM_CASE_INVESTIGATE, /* have cases of one's own; take one that is nobody's */
    PERM_CLASS_DOWN,   /* classify a high-harm offence as a lesser one */
    PERM_TASK_DONE,    /* tick off a task: see role_may_task          */
    PERM_WITHDRAW,     /* take back an entry that somebody else made by mistake */
    PERM_TASK_APPROVE, /* approve that a risk is accepted             */
    PERM_FACT_ATTENDED, PERM_FACT_CHILDREN, PERM_FACT_INCIDENT, PERM_FACT_KIND, PERM_FACT_CAD, PERM_FACT_PUT_AWAY, PERM_FACT_CLOSE, /* core/fact_groups.h */
    PERM_CONTACT_OPEN, PERM_CONTACT_OVERRIDE, /* be told a number or an address; one that must not be used */
    PERM_REFERENCE_UNUSUAL, /* say that a number is right although it has not the usual shape */
    PERM_ALERT_ANSWER, /* say that an alert was acted on, or dismiss it: see role_may_alert */
    PERM_CASE_RESTRICT, /* restrict a case: at once, alone          */
    PERM_ACCESS_CHANGE, /* change the list of a restricted case, propose and confirm that it be lifted: on the list only */
    PERM_GLASS_BREAK, PERM_GLASS_SECOND, PERM_GLASS_REVIEW, /* see a restricted case without its list; be the second; review it */
    PERM_HOLDERS,      /* agree that an officer is given keys of restricted cases */
    PERM_RETENTION,    /* cases due for review: kept, or erased by two */
    PERM_MATCH_READ,   /* people of restricted cases that turn up in others */
    PERM_POLICY_READ,
    PERM_POLICY_PROPOSE, PERM_POLICY_ACTIVATE, /* never the same officer */
    PERM_REBUILD,
    PERM_OFFICER_MANAGE, PERM_AUDIT_READ,
    PERM_AUDIT_CASE,       /* who looked at a case that one may look at   */
    PERM_AUDIT_RESTRICTED, /* looks at restricted cases                    */
    PERM_STORE_CARE,
    PERM_COUNT
} Perm;

bool role_may(RoleSet roles, Perm perm);
/* Do they set their name under the work of others, or run the store? Their passwords are longer. */
bool role_signs(RoleSet roles);
/* Which review kinds a role set may enter: the reviewer's rank and unit (BD 1.2, 1.12, WF 4.2). `review` is the vocabulary word. */
bool role_may_review(RoleSet roles, const char *review);
/* Which stages of the risk assessment a role set may make (BD 1.2, 1.5, 1.6), and who may give a case a lower grade than the one it
** has: from high the detective inspector alone. Both are words of the vocabularies. */
bool role_may_assess(RoleSet roles, const char *stage);
bool role_may_grade_down(RoleSet roles, const char *from);
/* Who says yes or no for a unit that was offered a case; the unit's own where it has roles here, else on its behalf (BD 1.10). */
bool role_may_accept(RoleSet roles, const char *unit);
const char *role_who_may_accept(const char *unit);
/* Who decides a disposal, by its word or by that of its reason: a no crime is the Crime Management Unit's (BD 1.3). */
bool role_may_dispose(RoleSet roles, const char *word);
const char *role_who_may_dispose(const char *word);
/* An alert is answered by its owner, or by who supervises the owner. */
bool role_may_alert(RoleSet roles, Role owner);
const char *role_who_may_alert(Role owner); /* static */
/* A task is ticked off by the role that owns it, or by who supervises that role (and, which is not this table's, by the officer who set it). */
bool role_may_task(RoleSet roles, Role owner);
const char *role_who_may_task(Role owner); /* static */
/* The sentence part that says who may: "a CSU detective sergeant or detective inspector". Static. */
const char *role_who_may(Perm perm);
const char *role_who_may_review(const char *review);
const char *role_who_may_assess(const char *stage);
const char *role_who_may_grade_down(const char *from);
/* What the row of the table stands on: "BD 1.12, WF 4.2", or "access" for this program's own rule. Static. */
const char *role_cite(Perm perm);
const char *role_cite_review(const char *review);
const char *role_cite_assess(const char *stage);

const char *role_word(Role r);  /* "csu-ds" */
const char *role_label(Role r); /* "CSU detective sergeant" */
const char *role_short(Role r); /* "CSU DS": at most 8 columns, for lists */
Role role_by_word(const char *word); /* ROLE_NONE when unknown */
void roles_write(RoleSet roles, const char *between, Str *out); /* "csu-ds csu-di": appended */
RoleSet roles_by_words(const char *words);                      /* with blanks or commas between; what is no role is passed over */
/* True when the set may stand together: keeper never with a case role, auditor alone. */
bool roles_fit(RoleSet roles, const char **why_not);
bool role_is_case_role(Role r);
RoleSet roles_of_cases(void); /* all of those */

#endif
