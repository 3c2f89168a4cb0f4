/* again.c — the password once more: the table, and the word that was given for one act. */
#include "app/again.h"
#include "inside.h"

#include "base/mem.h"
#include "base/protection.h"
#include "base/str.h"

#include <stdio.h>

/* clang-format off */
const AgainRow again_rows[] = {
    /* one's own writing, signed as it is saved */
    { "book.submit",        AGAIN_SILENT,  "handing in a book" },
    { "review.add",         AGAIN_SILENT,  "a check, a review, a supervision" },
    { "dmm.say",            AGAIN_SILENT,  "what a meeting says of a case" },
    { "policy.propose",     AGAIN_SILENT,  "proposing a policy: another officer approves it" },
    /* signing what others wrote */
    { "book.read",          AGAIN_ALWAYS,  "signing or returning a book" },
    { "policy.approve",     AGAIN_ALWAYS,  "approving a policy" },
    { "dmm.end",            AGAIN_SCREENS, "ending a meeting, which signs its sheet" },
    /* who may see */
    { "case.restrict",      AGAIN_ALWAYS,  "restricting a case" },
    { "access.grant",       AGAIN_ALWAYS,  "putting somebody on its list" },
    { "access.revoke",      AGAIN_ALWAYS,  "taking somebody off it" },
    { "access.subject",     AGAIN_ALWAYS,  "naming its victim or suspect" },
    { "access.propose",     AGAIN_ALWAYS,  "proposing to unrestrict it" },
    { "access.withdraw",    AGAIN_ALWAYS,  "withdrawing that" },
    { "access.lift",        AGAIN_ALWAYS,  "unrestricting it" },
    { "access.glass",       AGAIN_ALWAYS,  "breaking the glass, by both" },
    { "access.review",      AGAIN_ALWAYS,  "reviewing a broken glass" },
    /* what cannot be taken back */
    { "retention.propose",  AGAIN_ALWAYS,  "proposing to erase a case" },
    { "case.erase",         AGAIN_ALWAYS,  "erasing it" },
    /* what leaves the store */
    { "case.export",        AGAIN_SCREENS, "exporting cases" },
    { "book.print",         AGAIN_SCREENS, "a book on paper" },
    { "roundup.print",      AGAIN_SCREENS, "the briefing sheet on paper" },
    { "dmm.print",          AGAIN_SCREENS, "the sheet of a meeting on paper" },
    { "handover.print",     AGAIN_SCREENS, "the hand-over on paper" },
    { "marac.pack",         AGAIN_SCREENS, "a pack for a partner of MARAC" },
    { "audit.seal",         AGAIN_SCREENS, "a month of the log as a file" },
    /* shown on the screen, and on paper from the command line alone; sealed to a key that lies elsewhere */
    { "marac.print",        AGAIN_SILENT,  "the referral form" },
    { "store.backup",       AGAIN_SILENT,  "a backup" },
};
/* clang-format on */
const size_t again_n = ARRAY_LEN(again_rows);

const AgainRow *again_row(const char *act)
{
    for (size_t i = 0; i < again_n; i++)
        if (str_eq(again_rows[i].act, act)) return &again_rows[i];
    return NULL;
}

void app_at_screens(App *app)
{
    app->at_screens = true;
}

bool app_asks_again(const App *app, const char *act)
{
    const AgainRow *row = again_row(act);

    return row && (row->how == AGAIN_ALWAYS || (row->how == AGAIN_SCREENS && app->at_screens));
}

void again_forget(App *app)
{
    app->again[0] = '\0';
}

bool app_again(App *app, const char *act, const char *password, Err *err)
{
    again_forget(app);
    if (!app_somebody(app, err)) return false;
    if (!app_prove_again(app, password, AUDIT_SIGN_IN, "again.password", err)) {
        if (err && err->kind == ERR_DENIED) err_set(err, ERR_DENIED, "password", "Not right, or too soon to try again. Nothing was done.");
        return false;
    }
    snprintf(app->again, sizeof app->again, "%s", act);
    return true;
}

bool again_given(App *app, const char *act, Err *err)
{
    bool given = WITHOUT("password-again") || !app_asks_again(app, act) || str_eq(app->again, act);

    again_forget(app);
    return given || err_set(err, ERR_DENIED, "password", "This asks for your password once more. Nothing was done.");
}
