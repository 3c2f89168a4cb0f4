/* role.c — roles, what each may do, which reviews and assessments each may enter, and who grades down: tables with their source.
** `BD n` is a paragraph of the Barking and Dagenham report, `WF n` of the Waltham Forest one; `access` is this
** program's own rule. Deny beats allow and the default is no. The sentences that say who may are made from the same
** rows, so that they cannot say something else. */
#include "core/role.h"

#include "base/mem.h"
#include "base/protection.h"
#include "base/str.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* ---- the roles ---- */

typedef struct RoleRow {
    const char *word, *label, *shorter, *phrase;
} RoleRow;

/* clang-format off */
static const RoleRow role_rows[ROLE_COUNT] = {
    [ROLE_NONE]              = { "",                  "",                        "",        "nobody" },
    [ROLE_RESPONSE_PC]       = { "response-pc",       "Response constable",      "Resp PC", "a response constable" },
    [ROLE_RESPONSE_PS]       = { "response-ps",       "Response sergeant",       "Resp PS", "a response sergeant" },
    [ROLE_IBOS]              = { "ibos",              "IBO supervisor",          "IBOS",    "the IBO supervisor" },
    [ROLE_CMU]               = { "cmu",               "Crime Management Unit",   "CMU",     "the Crime Management Unit" },
    [ROLE_PPD]               = { "ppd",               "Public Protection Desk",  "PPD",     "the Public Protection Desk" },
    [ROLE_CSU_IO]            = { "csu-io",            "CSU investigating officer", "CSU IO", "a CSU investigating officer" },
    [ROLE_CSU_DS]            = { "csu-ds",            "CSU detective sergeant",  "CSU DS",  "a CSU detective sergeant" },
    [ROLE_CSU_DI]            = { "csu-di",            "CSU detective inspector", "CSU DI",  "the CSU detective inspector" },
    [ROLE_DCI]               = { "dci",               "Detective chief inspector", "DCI",   "the detective chief inspector" },
    [ROLE_MARAC_COORDINATOR] = { "marac-coordinator", "MARAC coordinator",       "MARAC",   "the MARAC coordinator" },
    [ROLE_DPS]               = { "dps",               "Professional Standards",  "DPS",     "Professional Standards" },
    [ROLE_AUDITOR]           = { "auditor",           "Auditor",                 "Auditor", "the auditor" },
    [ROLE_KEEPER]            = { "keeper",            "Keeper of the store",     "Keeper",  "the keeper of the store" },
};

/* ---- the actions ---- */

#define R(role)   ROLE_BIT(ROLE_##role)
#define RESPONSE  (R(RESPONSE_PC) | R(RESPONSE_PS))
#define DESKS     (R(IBOS) | R(CMU) | R(PPD))
#define CSU       (R(CSU_IO) | R(CSU_DS) | R(CSU_DI))
#define CASE_ROLES (RESPONSE | DESKS | CSU | R(DCI) | R(MARAC_COORDINATOR) | R(DPS))
#define READERS   (R(AUDITOR) | R(KEEPER))

typedef struct PermRow {
    RoleSet allow, deny;
    const char *cite;
} PermRow;

static const PermRow perm_rows[PERM_COUNT] = {
    [PERM_QUEUE_READ]          = { CASE_ROLES,                               READERS, "access" },
    [PERM_QUEUE_ALL]           = { R(RESPONSE_PS) | R(IBOS) | R(CMU) | R(CSU_DS) | R(CSU_DI) | R(DCI), READERS, "BD 1.8, 1.12, 1.14" },
    [PERM_WATCH_READ]          = { R(CSU_DS) | R(CSU_DI) | R(DCI),           READERS, "BD 1.12, access" },
    [PERM_VIEW_SHARE]          = { R(CSU_DS) | R(CSU_DI),                    READERS, "access" },
    [PERM_HANDOVER]            = { R(RESPONSE_PS) | DESKS | R(CSU_DS) | R(CSU_DI), READERS, "BD 1.8, access" },
    [PERM_CASE_READ]           = { CASE_ROLES | R(AUDITOR),                  R(KEEPER), "access" },
    [PERM_CASE_IMPORT]         = { R(CSU_DS) | R(CSU_DI),                    READERS, "access" },
    [PERM_CASE_EXPORT]         = { R(CSU_DS) | R(CSU_DI),                    READERS, "access" },
    [PERM_BOOK_PRINT]          = { R(RESPONSE_PS) | CSU | R(DCI),            READERS, "BD 1.17" },
    [PERM_BOOK_INDEX]          = { R(IBOS) | CSU,                            READERS, "BD 1.2, 1.17" },
    [PERM_QA_DRAW]             = { R(CSU_DS) | R(CSU_DI) | R(DCI),           READERS, "BD 1.12, 1.18, WF 1.1" },
    [PERM_ROUNDUP_READ]        = { RESPONSE | R(CMU) | CSU | R(DCI),         READERS, "BD 1.7, 2.12" },
    [PERM_ROUNDUP_PRINT]       = { R(RESPONSE_PS) | R(CSU_DS) | R(CSU_DI) | R(DCI), READERS, "BD 1.7, 2.12" },
    [PERM_DMM_READ]            = { R(CMU) | R(CSU_DS) | R(CSU_DI) | R(DCI),  READERS, "BD 1.4, 3.7" },
    [PERM_DMM_HOLD]            = { R(CSU_DI) | R(DCI),                       READERS, "BD 1.4" },
    [PERM_MARAC_READ]          = { R(PPD) | CSU | R(DCI) | R(MARAC_COORDINATOR), READERS, "BD 2.3, WF 7.5" },
    [PERM_MARAC_PACK]          = { R(CSU_DS) | R(CSU_DI) | R(MARAC_COORDINATOR), READERS, "BD 2.3, 3.8" },
    [PERM_ADD_OFFENCE]         = { RESPONSE | R(CMU) | CSU,                  READERS, "BD 1.3" },
    [PERM_ADD_FLAG]            = { RESPONSE | R(CMU) | R(PPD) | CSU,         READERS, "BD 1.20, WF 8.2" },
    [PERM_ADD_PERSON]          = { RESPONSE | R(PPD) | CSU,                  READERS, "BD 1.2, 1.6" },
    [PERM_ADD_REFERENCE]       = { RESPONSE | DESKS | CSU,                   READERS, "BD 1.13" },
    [PERM_ADD_CROSS_REFERENCE] = { RESPONSE | R(CMU) | R(PPD) | CSU,         READERS, "BD 1.14, 1.16" },
    [PERM_ADD_BOOK]            = { RESPONSE | CSU,                           READERS, "BD 1.2, 1.17" },
    [PERM_ADD_ADDENDUM]        = { RESPONSE | CSU,                           READERS, "BD 1.15, WF 4.4" },
    [PERM_ADD_BOOK_MOVE]       = { RESPONSE | R(IBOS) | CSU,                 READERS, "BD 1.2, 1.17" },
    [PERM_ADD_ASSESSMENT]      = { RESPONSE | CSU | R(MARAC_COORDINATOR),    READERS, "BD 1.2, 1.5, 1.6" },
    [PERM_ADD_REVIEW]          = { R(RESPONSE_PS) | DESKS | R(CSU_DS) | R(CSU_DI) | R(DCI), READERS, "BD 1.1 to 1.12, WF 4.2" },
    [PERM_ADD_REFERRAL]        = { R(RESPONSE_PS) | R(PPD) | CSU,            READERS, "BD 1.5, 1.6, 2.15" },
    [PERM_ADD_CONTACT]         = { RESPONSE | CSU,                           READERS, "BD 3.5" },
    [PERM_ADD_EVENT]           = { RESPONSE | R(CMU) | CSU,                  READERS, "BD 1.7, 3.5" },
    [PERM_ADD_NOTICE]          = { R(RESPONSE_PS) | CSU | R(DCI),           READERS, "BD 1.20 to 1.22, 2.6, 3.6" },
    [PERM_ADD_OWNER]           = { R(RESPONSE_PS) | R(CMU) | R(CSU_DS) | R(CSU_DI) | R(DCI) | R(DPS), READERS, "BD 1.10" },
    [PERM_ADD_CONSENT]         = { RESPONSE | CSU,                           READERS, "BD 2.15" },
    [PERM_ADD_TASK]            = { R(RESPONSE_PS) | DESKS | CSU | R(DCI) | R(MARAC_COORDINATOR), READERS, "BD 1.1, 1.3, 1.4, 1.6, WF 7.5" },
    [PERM_ADD_REFERRAL_STEP]   = { R(RESPONSE_PS) | R(PPD) | CSU | R(MARAC_COORDINATOR), READERS, "BD 1.5, 2.15, WF 5" },
    [PERM_ADD_HEARING]         = { R(CSU_DS) | R(CSU_DI) | R(MARAC_COORDINATOR), READERS, "BD 2.3, 3.8, WF 7.5" },
    [PERM_ADD_ORDER]           = { RESPONSE | CSU,                         READERS, "BD 3.5" },
    [PERM_ADD_BAIL]            = { RESPONSE | CSU,                         READERS, "BD 3.5" },
    [PERM_ADD_BREACH]          = { RESPONSE | CSU,                         READERS, "BD 3.5" },
    [PERM_ADD_SAFE_CONTACT]    = { RESPONSE | CSU,                         READERS, "BD 3.2, 3.6" },
    [PERM_ADD_ATTEMPT]         = { RESPONSE | CSU,                         READERS, "BD 1.7" },
    [PERM_ADD_HOLD]            = { R(RESPONSE_PS) | DESKS | R(CSU_DS) | R(CSU_DI) | R(DCI), READERS, "access" },
    [PERM_ADD_LINK]            = { RESPONSE | R(CMU) | CSU,                READERS, "BD 1.12" },
    [PERM_ADD_DISPOSAL]        = { R(CMU) | CSU,                           READERS, "BD 1.3, 2.7" },
    [PERM_ADD_REOPENING]       = { R(CSU_DS) | R(CSU_DI) | R(DCI),           READERS, "BD 1.12" },
    [PERM_CASE_ASSIGN]         = { R(CSU_DS) | R(CSU_DI) | R(DCI),           READERS, "BD 1.5, 1.12" },
    [PERM_CASE_INVESTIGATE]    = { R(CSU_IO) | R(CSU_DS),                    READERS, "BD 1.5" },
    [PERM_CLASS_DOWN]          = { R(CSU_DS) | R(CSU_DI) | R(DCI),           READERS, "BD 1.3, 1.12" },
    [PERM_TASK_DONE]           = { CASE_ROLES,                               READERS, "BD 1.4, 1.6, WF 7.5" },
    [PERM_WITHDRAW]            = { R(RESPONSE_PS) | R(CSU_DS) | R(CSU_DI) | R(DCI), READERS, "access" },
    [PERM_TASK_APPROVE]        = { R(CSU_DI),                                READERS, "BD 1.6" },
    [PERM_FACT_ATTENDED]       = { RESPONSE | R(IBOS) | CSU,                 READERS, "BD 1.1" },
    [PERM_FACT_CHILDREN]       = { RESPONSE | R(PPD) | CSU,                  READERS, "BD 1.13" },
    [PERM_FACT_INCIDENT]       = { RESPONSE | R(CMU) | CSU,                  READERS, "BD 1.2" },
    [PERM_FACT_KIND]           = { R(CMU) | CSU,                             READERS, "BD 1.3" },
    [PERM_FACT_CAD]            = { R(RESPONSE_PS) | R(IBOS) | CSU,           READERS, "BD 1.1, 1.13" },
    [PERM_FACT_PUT_AWAY]       = { R(IBOS),                                  READERS, "BD 1.8, 1.13" },
    [PERM_FACT_CLOSE]          = { R(CSU_DS) | R(CSU_DI) | R(DCI),           READERS, "BD 1.12" },
    [PERM_CONTACT_OPEN]        = { RESPONSE | CSU | R(DCI) | R(MARAC_COORDINATOR), READERS, "BD 3.2, 3.6" },
    [PERM_CONTACT_OVERRIDE]    = { R(CSU_DS) | R(CSU_DI),                  READERS, "BD 3.2" },
    [PERM_REFERENCE_UNUSUAL]   = { DESKS | R(CSU_DS) | R(CSU_DI),            READERS, "BD 1.13" },
    [PERM_ALERT_ANSWER]        = { CASE_ROLES,                               READERS, "access" },
    [PERM_CASE_RESTRICT]       = { R(CSU_DS) | R(CSU_DI),                    READERS, "BD 1.20, 1.22" },
    [PERM_ACCESS_CHANGE]       = { R(CSU_DS) | R(CSU_DI) | R(DPS),           READERS, "access" },
    [PERM_GLASS_BREAK]         = { CASE_ROLES,                               READERS, "access" },
    [PERM_GLASS_SECOND]        = { R(RESPONSE_PS) | R(CSU_DS) | R(CSU_DI) | R(DCI) | R(DPS), READERS, "access" },
    [PERM_GLASS_REVIEW]        = { R(CSU_DI) | R(DPS),                       READERS, "access" },
    [PERM_HOLDERS]             = { R(CSU_DI) | R(DPS),                       READERS, "access" },
    [PERM_RETENTION]           = { R(CSU_DI) | R(DCI),                       READERS, "MoPI" },
    [PERM_MATCH_READ]          = { R(CSU_DI),                                READERS, "access" },
    [PERM_POLICY_READ]         = { CASE_ROLES | R(AUDITOR) | R(KEEPER),      0,       "access" },
    [PERM_POLICY_PROPOSE]      = { R(KEEPER),                                R(AUDITOR), "access" },
    [PERM_POLICY_ACTIVATE]     = { R(CSU_DI),                                READERS, "access" },
    [PERM_REBUILD]             = { R(KEEPER),                                R(AUDITOR), "access" },
    [PERM_OFFICER_MANAGE]      = { R(KEEPER),                                R(AUDITOR), "access" },
    [PERM_AUDIT_READ]          = { R(AUDITOR),                               R(KEEPER), "access" },
    [PERM_AUDIT_CASE]          = { R(AUDITOR) | R(CSU_DI) | R(DCI) | R(DPS), R(KEEPER), "BD 1.20 to 1.22" },
    [PERM_AUDIT_RESTRICTED]    = { R(AUDITOR) | R(CSU_DI) | R(DPS),          R(KEEPER), "BD 1.20 to 1.22" },
    [PERM_STORE_CARE]          = { R(KEEPER),                                R(AUDITOR), "access" },
};

/* ---- the reviews, the stages of assessing risk, grading down ---- */

typedef struct WordRow { /* a word of a vocabulary, and whose it is */
    const char *word;
    RoleSet allow;
    const char *cite;
} WordRow;

static const WordRow review_rows[] = {
    { "cad-supervision",  R(IBOS),                           "BD 1.1"          },
    { "ps-check",         R(RESPONSE_PS),                    "BD 1.2, WF 4.2"  },
    { "cris-supervision", R(CMU) | R(RESPONSE_PS),           "BD 1.3"          },
    { "csu-ds-read",      R(CSU_DS) | R(CSU_DI),             "WF 4.2, BD 1.5"  },
    { "dmm",              R(CSU_DI) | R(DCI),                "BD 1.4"          },
    { "ds-supervision",   R(CSU_DS) | R(CSU_DI),             "BD 1.12"         },
    { "serious-assault",  R(CSU_DS) | R(CSU_DI),             "BD 1.12"         },
    { "di-review",        R(CSU_DI) | R(DCI),                "BD 1.12"         },
    { "dci-review",       R(DCI),                            "BD 1.12"         },
    { "ppd-merlin",       R(PPD),                            "BD 1.6"          },
    { "risk-plan",        R(CSU_DS) | R(CSU_DI),             "BD 4.6"          },
    { "roundup",          R(CSU_DS) | R(CSU_DI),             "BD 1.7"          },
    { "inspector",        R(CSU_DI) | R(DCI),                "access"          },
    { "qa",               R(CSU_DS) | R(CSU_DI) | R(DCI),    "BD 1.12, 1.18"   },
};
static const WordRow stage_rows[] = {
    { "initial",          RESPONSE | CSU,                    "BD 1.2"          },
    { "secondary",        CSU,                               "BD 1.5"          },
    { "marac",            CSU | R(MARAC_COORDINATOR),        "BD 1.6"          },
    { "review",           R(CSU_DS) | R(CSU_DI),             "BD 1.5, 1.12"    },
};
/* By the grade that the case has: who may give it a lower one. */
static const WordRow down_rows[] = {
    { "high",             R(CSU_DI),                         "access"          },
    { "medium",           R(CSU_DS) | R(CSU_DI),             "access"          },
};
/* By the unit that was offered a case: who answers. */
static const WordRow unit_rows[] = {
    { "response",         R(RESPONSE_PS),                    "BD 1.10"         },
    { "csu",              R(CSU_DS) | R(CSU_DI),             "BD 1.10"         },
    { "dps",              R(DPS) | R(CSU_DI),                "BD 1.10, 1.20"   },
};
/* By disposal, and by the reason of one: who decides it (BD 1.3; a victim who declines is never the reason by itself). */
static const WordRow disposal_rows[] = {
    { "no-crime",             R(CMU) | R(CSU_DI),            "BD 1.3"          },
    { "no-crime-refused",     R(CMU) | R(CSU_DI),            "BD 1.3"          },
    { "conditional-caution",  R(CSU_DS) | R(CSU_DI),         "BD 4.14"         },
    { "victim-declines",      R(CSU_DS) | R(CSU_DI),         "access"          },
};
static const WordRow disposal_other = { "", R(CMU) | CSU, "BD 1.3, 2.7" };
/* A unit without roles here answers by letter or telephone: the detective inspector or CMU records what it said. */
static const WordRow unit_added = { "", R(CMU) | R(CSU_DI) | R(DCI), "BD 1.10" };
/* Words that a policy file adds: the supervisors of the unit. */
static const WordRow review_added = { "", R(CSU_DS) | R(CSU_DI) | R(DCI), "access" };
static const WordRow stage_added = { "", R(CSU_DS) | R(CSU_DI), "access" };
/* Who answers an alert, or ticks off a task, in the place of its owner. */
static const RoleSet above_rows[ROLE_COUNT] = {
    [ROLE_RESPONSE_PC]       = R(RESPONSE_PS),
    [ROLE_RESPONSE_PS]       = R(CSU_DS) | R(CSU_DI),
    [ROLE_IBOS]              = R(CSU_DI),
    [ROLE_CMU]               = R(CSU_DS) | R(CSU_DI),
    [ROLE_PPD]               = R(CSU_DS) | R(CSU_DI),
    [ROLE_CSU_IO]            = R(CSU_DS) | R(CSU_DI),
    [ROLE_CSU_DS]            = R(CSU_DI),
    [ROLE_CSU_DI]            = R(DCI),
    [ROLE_MARAC_COORDINATOR] = R(CSU_DI),
};
/* clang-format on */

typedef struct WordTable {
    const WordRow *rows;
    size_t n;
    const WordRow *other; /* what holds for every other word */
} WordTable;

typedef enum WordOf { WORD_REVIEW, WORD_STAGE, WORD_DOWN, WORD_UNIT, WORD_DISPOSAL, WORD_TABLES } WordOf;
static const WordTable word_tables[WORD_TABLES] = {
    [WORD_REVIEW] = { review_rows, ARRAY_LEN(review_rows), &review_added },
    [WORD_STAGE] = { stage_rows, ARRAY_LEN(stage_rows), &stage_added },
    [WORD_DOWN] = { down_rows, ARRAY_LEN(down_rows), &stage_added },
    [WORD_UNIT] = { unit_rows, ARRAY_LEN(unit_rows), &unit_added },
    [WORD_DISPOSAL] = { disposal_rows, ARRAY_LEN(disposal_rows), &disposal_other },
};

/* The place of a word in its table; behind the last: another word. */
static size_t word_at(WordOf of, const char *word)
{
    size_t i = 0;

    while (i < word_tables[of].n && !str_eq(word_tables[of].rows[i].word, word)) i++;
    return i;
}

static const WordRow *word_row(WordOf of, const char *word)
{
    size_t i = word_at(of, word);

    return i < word_tables[of].n ? &word_tables[of].rows[i] : word_tables[of].other;
}

bool role_may(RoleSet roles, Perm perm)
{
    if ((unsigned)perm >= PERM_COUNT) return false;
    if (WITHOUT("roles")) return true;
    return (roles & perm_rows[perm].allow) != 0 && (roles & perm_rows[perm].deny) == 0;
}

bool role_signs(RoleSet roles)
{
    static const Perm signing[] = { PERM_ADD_REVIEW, PERM_POLICY_PROPOSE, PERM_POLICY_ACTIVATE, PERM_OFFICER_MANAGE };

    for (size_t i = 0; i < ARRAY_LEN(signing); i++)
        if (role_may(roles, signing[i])) return true;
    return false;
}

bool role_may_review(RoleSet roles, const char *review)
{
    return role_may(roles, PERM_ADD_REVIEW) && (roles & word_row(WORD_REVIEW, review)->allow) != 0;
}

bool role_may_assess(RoleSet roles, const char *stage)
{
    return role_may(roles, PERM_ADD_ASSESSMENT) && (roles & word_row(WORD_STAGE, stage)->allow) != 0;
}

bool role_may_grade_down(RoleSet roles, const char *from)
{
    return role_may(roles, PERM_ADD_ASSESSMENT) && (roles & word_row(WORD_DOWN, from)->allow) != 0;
}

static bool owns_or_supervises(RoleSet roles, Role owner)
{
    return owner != ROLE_NONE && (unsigned)owner < ROLE_COUNT && (roles & (ROLE_BIT(owner) | above_rows[owner])) != 0;
}

bool role_may_accept(RoleSet roles, const char *unit)
{
    return role_may(roles, PERM_ADD_OWNER) && (roles & word_row(WORD_UNIT, unit)->allow) != 0;
}

bool role_may_dispose(RoleSet roles, const char *word)
{
    return role_may(roles, PERM_ADD_DISPOSAL) && (roles & word_row(WORD_DISPOSAL, word)->allow) != 0;
}

bool role_may_alert(RoleSet roles, Role owner)
{
    return role_may(roles, PERM_ALERT_ANSWER) && owns_or_supervises(roles, owner);
}

bool role_may_task(RoleSet roles, Role owner)
{
    return role_may(roles, PERM_TASK_DONE) && owns_or_supervises(roles, owner);
}

/* ---- who may, in words ---- */

enum { PHRASE_MAX = 600, WORD_ROWS = ARRAY_LEN(review_rows) /* of the longest table */ };
static char perm_phrases[PERM_COUNT][PHRASE_MAX];
static char word_phrases[WORD_TABLES][WORD_ROWS + 1][PHRASE_MAX];
static char above_phrases[ROLE_COUNT][PHRASE_MAX];

/* "a, b or c" of the roles in the set. */
static void phrase_make(RoleSet roles, char out[PHRASE_MAX])
{
    size_t left = (size_t)__builtin_popcount(roles), at = 0;

    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++) {
        if (!(roles & ROLE_BIT(r))) continue;
        left--;
        at += (size_t)snprintf(out + at, PHRASE_MAX - at, "%s%s", role_rows[r].phrase,
            left > 1    ? ", "
            : left == 1 ? " or "
                        : "");
        if (at >= PHRASE_MAX) return;
    }
}

static void phrases_make(void)
{
    for (Perm p = 0; p < PERM_COUNT; p++) {
        if ((perm_rows[p].allow & CASE_ROLES) == CASE_ROLES)
            snprintf(perm_phrases[p], PHRASE_MAX, "an officer who works on cases");
        else
            phrase_make(perm_rows[p].allow, perm_phrases[p]);
    }
    for (WordOf of = 0; of < WORD_TABLES; of++) {
        for (size_t i = 0; i < word_tables[of].n; i++) phrase_make(word_tables[of].rows[i].allow, word_phrases[of][i]);
        phrase_make(word_tables[of].other->allow, word_phrases[of][word_tables[of].n]);
    }
    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++) phrase_make(ROLE_BIT(r) | above_rows[r], above_phrases[r]);
}

static void phrases_ready(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, phrases_make);
}

const char *role_who_may(Perm perm)
{
    phrases_ready();
    return (unsigned)perm < PERM_COUNT ? perm_phrases[perm] : role_rows[ROLE_NONE].phrase;
}

static const char *who_may(WordOf of, const char *word)
{
    phrases_ready();
    return word_phrases[of][word_at(of, word)];
}

const char *role_who_may_review(const char *review)
{
    return who_may(WORD_REVIEW, review);
}

const char *role_who_may_assess(const char *stage)
{
    return who_may(WORD_STAGE, stage);
}

const char *role_who_may_accept(const char *unit)
{
    return who_may(WORD_UNIT, unit);
}

const char *role_who_may_dispose(const char *word)
{
    return who_may(WORD_DISPOSAL, word);
}

const char *role_who_may_grade_down(const char *from)
{
    return who_may(WORD_DOWN, from);
}

const char *role_who_may_alert(Role owner)
{
    phrases_ready();
    return (unsigned)owner < ROLE_COUNT && owner ? above_phrases[owner] : role_rows[ROLE_NONE].phrase;
}

const char *role_who_may_task(Role owner)
{
    return role_who_may_alert(owner);
}

const char *role_cite(Perm perm)
{
    return (unsigned)perm < PERM_COUNT ? perm_rows[perm].cite : "";
}

const char *role_cite_review(const char *review)
{
    return word_row(WORD_REVIEW, review)->cite;
}

const char *role_cite_assess(const char *stage)
{
    return word_row(WORD_STAGE, stage)->cite;
}

/* ---- words ---- */

static const RoleRow *row_of(Role r)
{
    return &role_rows[(unsigned)r < ROLE_COUNT ? r : ROLE_NONE];
}

const char *role_word(Role r)
{
    return row_of(r)->word;
}

const char *role_label(Role r)
{
    return row_of(r)->label;
}

const char *role_short(Role r)
{
    return row_of(r)->shorter;
}

Role role_by_word(const char *word)
{
    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if (str_eq(role_rows[r].word, word)) return r;
    return ROLE_NONE;
}

void roles_write(RoleSet roles, const char *between, Str *out)
{
    bool any = false;

    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++) {
        if (!(roles & ROLE_BIT(r))) continue;
        str_addf(out, "%s%s", any ? between : "", role_word(r));
        any = true;
    }
}

RoleSet roles_by_words(const char *words)
{
    RoleSet roles = 0;

    for (size_t n; *words; words += n) {
        char word[32];
        Role r;
        n = strspn(words, " ,");
        words += n;
        n = strcspn(words, " ,");
        snprintf(word, sizeof word, "%.*s", n < sizeof word ? (int)n : 0, words);
        r = role_by_word(word);
        if (r != ROLE_NONE) roles |= ROLE_BIT(r);
    }
    return roles;
}

bool role_is_case_role(Role r)
{
    return (unsigned)r < ROLE_COUNT && (ROLE_BIT(r) & CASE_ROLES) != 0;
}

RoleSet roles_of_cases(void)
{
    return CASE_ROLES;
}

bool roles_fit(RoleSet roles, const char **why_not)
{
    const char *why = NULL;

    if (roles & ~(CASE_ROLES | READERS))
        why = "There is no such role.";
    else if ((roles & R(AUDITOR)) && roles != R(AUDITOR))
        why = "An auditor reads what the others do, and so has no other role.";
    else if ((roles & R(KEEPER)) && roles != R(KEEPER))
        why = "The keeper of the store sees no case, and so has no role on cases.";
    if (why && why_not) *why_not = why;
    return why == NULL;
}
