/* cli_table.c — every command and every option of the command line, once. What is read, helped, completed and
** printed in the manual comes from these rows: adding a command is adding a row and its function. */
#include "cli_inside.h"

#include "base/mem.h"

/* clang-format off */
#define END { OPT_COUNT, NULL, NULL, NULL, NULL, false }
/* clang-format on */

/* --- options of every command ---------------------------------------------------------------- */
const Option cli_options[] = {
    { OPT_STORE, "store", "DIRECTORY", "the store; else $BOOK124_STORE, else $XDG_DATA_HOME/book124", NULL, false },
    { OPT_AS, "as", "WARRANT", "sign in as this officer", NULL, false },
    { OPT_NOW, "now", "TIME", "the clock of this one command, as 2010-02-01T09:12:00Z; training stores only", NULL,
        false },
    { OPT_FORMAT, "format", "FORMAT", "table, csv or json", cli_format_words, false },
    { OPT_ASCII, "ascii", NULL, "no character outside ASCII, on the screens and in tables", NULL, false },
    { OPT_LOCK_AFTER, "lock-after", "MINUTES", "lock the screens after so many idle minutes, 1 to 15; 5 unless said", NULL,
        false },
    { OPT_HELP, "help", NULL, "show help and stop", NULL, false },
    { OPT_VERSION, "version", NULL, "show the version and stop", NULL, false },
    { OPT_SCRIPT, "script", "FILE", "drive the screens from a file, without a terminal", NULL, true },
    END,
};

/* Of the commands that read what is due. */
#define AHEAD                                                                                                          \
    { OPT_AHEAD, "ahead", "TIME", "as it will be then if nothing is done, as \"mon 0700\" or \"2010-02-08 07:00\"",      \
        NULL, false }

/* --- options of single commands -------------------------------------------------------------- */
static const Option init_options[] = {
    { OPT_TRAINING, "training", NULL, "a training store: ready-made officers, made-up cases, and --now works", NULL,
        false },
    { OPT_CASES, "cases", "N", "how many made-up cases; 300 unless said, 0 for none", NULL, false },
    { OPT_SEED, "seed", "N", "which made-up cases; 1 unless said", NULL, false },
    { OPT_BOROUGH, "borough", "CODE", "the borough's two letters; KG unless said", NULL, false },
    END,
};
static const Option training_options[] = {
    { OPT_CASES, "cases", "N", "how many; 300 unless said", NULL, false },
    { OPT_SEED, "seed", "N", "the same seed, time and number give the same cases; 1 unless said", NULL, false },
    { OPT_BOROUGH, "borough", "CODE", "the borough's two letters; KG unless said", NULL, false },
    END,
};
static const Option role_options[] = {
    { OPT_ROLE, "role", "ROLE", "a role of the officer; may be given several times", cli_role_words, false },
    END,
};
static const Option suspend_options[] = {
    { OPT_UNDO, "undo", NULL, "let the officer sign in again", NULL, false },
    END,
};
static const Option dry_run_options[] = {
    { OPT_DRY_RUN, "dry-run", NULL, "change nothing, say what would change", NULL, false },
    END,
};
#define REASON { OPT_REASON, "reason", "TEXT", "why it changes hands, such as leave", NULL, false }
static const Option assign_options[] = {
    { OPT_MINE, "mine", NULL, "take it oneself", NULL, false },
    { OPT_NOBODY, "nobody", NULL, "it is nobody's again", NULL, false },
    REASON,
    END,
};
static const Option move_options[] = {
    { OPT_DRY_RUN, "dry-run", NULL, "change nothing, say what would change", NULL, false },
    REASON,
    END,
};
static const Option workload_options[] = {
    { OPT_OFFICERS, "officers", NULL, "a line for each investigating officer", NULL, false },
    END,
};
static const Option import_options[] = {
    { OPT_DRY_RUN, "dry-run", NULL, "change nothing, say what would change", NULL, false },
    { OPT_LENIENT, "lenient", NULL, "an unknown key is a warning and not an error", NULL, false },
    END,
};
static const Option export_options[] = {
    { OPT_CASE, "case", "ID", "only this case", NULL, false },
    { OPT_OUTPUT, "output", "FILE", "write to a file, which appears only when it is whole", NULL, false },
    END,
};
static const Option duties_options[] = {
    { OPT_CASE, "case", "ID", "only of this case", NULL, false },
    { OPT_ROLE, "role", "ROLE", "only those of this owner", cli_role_words, false },
    { OPT_STATE, "state", "STATE", "only in this state; may be given several times", cli_state_words, false },
    AHEAD,
    END,
};
static const Option queue_options[] = {
    { OPT_ROLE, "role", "ROLE", "another role's queue; may be given several times", cli_role_words, false },
    { OPT_TAB, "tab", "TAB", "overdue, today, week, waiting, held or all; all unless said", cli_tab_words, false },
    { OPT_GRADE, "grade", "GRADE", "only cases of this grade", cli_grade_words, false },
    { OPT_DUTY, "duty", "DUTY", "only this duty", NULL, false },
    { OPT_OFFICER, "officer", "OFFICER", "only cases of this investigating officer: a warrant number, part of the name, me, nobody", NULL, false },
    { OPT_WORDS, "words", "TEXT", "only rows that say this: number, duty, offence", NULL, false },
    { OPT_VIEW, "view", "NAME", "a saved view; other options narrow it", NULL, false },
    { OPT_LIMIT, "limit", "N", "at most so many rows", NULL, false },
    { OPT_PLACES, "places", NULL, "say of each row why it stands where it stands", NULL, false },
    AHEAD,
    END,
};
static const Option why_options[] = {
    { OPT_CYCLE, "cycle", "N", "which cycle; the live one unless said, else the last", NULL, false },
    AHEAD,
    END,
};
static const Option brief_options[] = {
    AHEAD,
    END,
};
static const Option forecast_options[] = {
    { OPT_UNTIL, "until", "TIME", "how far to look ahead, as \"fri 1700\"", NULL, false },
    { OPT_LEAVE, "leave", "WARRANT:FROM:TO", "an officer is away on these days; may be given several times", NULL, false },
    { OPT_STRENGTH, "strength", "ROLE=N", "so many officers of a role, not as many as have it; several times", NULL, false },
    { OPT_MINUTES_A_DAY, "minutes-a-day", "N", "what an officer has for duties each working day; 240 unless said", NULL, false },
    { OPT_MINUTES, "minutes", "N", "what a duty takes when the policy does not say", NULL, false },
    { OPT_BY, "by", "WHAT", "only the rows of this: late or day", cli_forecast_words, false },
    END,
};
static const Option check_options[] = {
    { OPT_COVERAGE, "coverage", NULL, "which parts of the rules its examples reach", NULL, false },
    END,
};
static const Option search_options[] = {
    { OPT_LIMIT, "limit", "N", "at most so many hits; 50 unless said", NULL, false },
    END,
};
#define AT(what) { OPT_AT, "at", "TIME", what "; now unless said", NULL, false }
#define TERMS    { OPT_TERMS, "terms", "TEXT", "what is forbidden or asked, in words", NULL, false }
static const Option order_add_options[] = {
    { OPT_PROTECTS, "protects", "PERSON", "the key of the person it protects", NULL, false },
    { OPT_EXPIRES, "expires", "TIME", "its last moment; a day stands for its end", NULL, false },
    { OPT_SERVED, "served", "TIME", "when it was handed to the person", NULL, false },
    { OPT_COURT, "court", "NAME", "the court that made it", NULL, false },
    { OPT_NUMBER, "number", "NUMBER", "the court's number", NULL, false },
    TERMS,
    AT("when it was made"),
    END,
};
static const Option order_at_options[] = {
    AT("when it happened"),
    END,
};
static const Option breach_options[] = {
    { OPT_OFFENCE, "offence", NULL, "classify it as the offence that it is", NULL, false },
    { OPT_ARREST, "arrest", NULL, "the person was arrested for it then", NULL, false },
    AT("when it happened"),
    END,
};
static const Option bail_add_options[] = {
    { OPT_CONDITION, "condition", "WORD", "no-contact, not-to-go, residence, curfew, reporting, passport, other; several times", NULL, false },
    { OPT_UNTIL, "until", "TIME", "when the person is to return; a day stands for its end", NULL, false },
    TERMS,
    AT("when it was given"),
    END,
};
static const Option contact_add_options[] = {
    { OPT_WITH, "with", "WHOM", "victim, suspect, witness or other; the victim unless said", NULL, false },
    { OPT_OVERRIDE, "override", "REASON", "why a way was used that must not be; a supervisor of the unit", NULL, false },
    AT("when it was tried"),
    END,
};
static const Option contact_open_options[] = {
    { OPT_PURPOSE, "purpose", "WORD", "what for; the log keeps it", cli_purpose_words, false },
    { OPT_OVERRIDE, "override", "REASON", "why although it must not be used; a supervisor of the unit", NULL, false },
    { OPT_CONFIRMED, "confirmed", NULL, "you ask first whether it is safe now, and confirm it afterwards", NULL, false },
    END,
};
#define PURPOSE { OPT_PURPOSE, "purpose", "WORD", "with safe contact, for this; the log keeps it", cli_purpose_words, false }
static const Option book_options[] = {
    { OPT_SERIAL, "serial", "SERIAL", "which book of the case; the newest unless said", NULL, false },
    END,
};
static const Option book_show_options[] = {
    { OPT_SERIAL, "serial", "SERIAL", "which book of the case; the newest unless said", NULL, false },
    { OPT_REVISION, "revision", "N", "which version of the book; the newest unless said", NULL, false },
    PURPOSE,
    END,
};
static const Option book_print_options[] = {
    { OPT_SERIAL, "serial", "SERIAL", "which book of the case; the newest unless said", NULL, false },
    { OPT_REVISION, "revision", "N", "which version of the book; the newest unless said", NULL, false },
    { OPT_SHEET, "sheet", NULL, "the supervisor's sheet instead of the book", NULL, false },
    { OPT_REDACTED, "redacted", NULL, "a copy without addresses, telephones and safe contact", NULL, false },
    PURPOSE,
    { OPT_PDF, "pdf", NULL, "as PDF, to a file or a pipe", NULL, false },
    { OPT_OUTPUT, "output", "FILE", "write to a file, which appears only when it is whole", NULL, false },
    END,
};
static const Option book_list_options[] = {
    { OPT_STATE, "state", "STATE", "only in this state; may be given several times", cli_book_state_words, false },
    { OPT_SERIAL, "serial", "TEXT", "whose serial begins so, in that order", NULL, false },
    { OPT_HOLDER, "holder", "TEXT", "who have come to a place or an officer that begins so", NULL, false },
    { OPT_INDEX, "index", "TEXT", "whose index number begins so, in that order", NULL, false },
    { OPT_LIMIT, "limit", "N", "at most so many rows", NULL, false },
    END,
};
static const Option dmm_meetings_options[] = {
    { OPT_LIMIT, "limit", "N", "at most so many meetings; 50 unless said", NULL, false },
    END,
};
static const Option dmm_sheet_options[] = {
    { OPT_MEETING, "meeting", "N", "of this meeting; the last one that ended unless said", NULL, false },
    { OPT_PDF, "pdf", NULL, "as PDF, to a file or a pipe", NULL, false },
    { OPT_OUTPUT, "output", "FILE", "write to a file, which appears only when it is whole", NULL, false },
    END,
};
static const Option roundup_options[] = {
    { OPT_LIMIT, "limit", "N", "at most so many suspects", NULL, false },
    { OPT_ATHENA, "athena", NULL, "as the day's list of Operation Athena, with the arrests made so far", NULL, false },
    { OPT_SHEET, "sheet", NULL, "the briefing sheet instead of the list", NULL, false },
    { OPT_PDF, "pdf", NULL, "the sheet as PDF, to a file or a pipe", NULL, false },
    { OPT_OUTPUT, "output", "FILE", "write the sheet to a file, which appears only when it is whole", NULL, false },
    END,
};
static const Option qa_draw_options[] = {
    { OPT_FROM, "from", "DAY", "books completed from this day on", NULL, false },
    { OPT_TO, "to", "DAY", "up to the end of this day", NULL, false },
    { OPT_TEAM, "team", "TEAM", "only of this team, as the books have it", NULL, false },
    { OPT_WANTED, "count", "N", "how many books; 10 unless said", NULL, false },
    { OPT_SEED, "seed", "N", "the same seed draws the same books; a random one unless said", NULL, false },
    END,
};
static const Option qa_list_options[] = {
    { OPT_LIMIT, "limit", "N", "at most so many samples; 50 unless said", NULL, false },
    END,
};
static const Option qa_results_options[] = {
    { OPT_FROM, "from", "DAY", "checklists filled in from this day on", NULL, false },
    { OPT_TO, "to", "DAY", "up to the end of this day", NULL, false },
    END,
};
static const Option reconcile_options[] = {
    { OPT_CRIS, "cris", "FILE", "a listing of CRIS; - is standard input", NULL, false },
    { OPT_MERLIN, "merlin", "FILE", "a listing of Merlin", NULL, false },
    { OPT_SKIP_BAD, "skip-bad", NULL, "go on without rows that cannot be used, and list them", NULL, false },
    { OPT_FROM, "from", "DAY", "the rate and what is not listed: from this day", NULL, false },
    { OPT_TO, "to", "DAY", "up to the end of this day", NULL, false },
    END,
};
static const Option restrict_options[] = {
    { OPT_SUBJECT, "subject", "WARRANT", "an officer who is its victim or suspect, kept from it by every road", NULL, false },
    { OPT_ALONE, "alone", NULL, "cases that it names as linked stay open", NULL, false },
    END,
};
static const Option glass_options[] = {
    { OPT_MINUTES, "minutes", "N", "for how long; 60 unless said, which is the most", NULL, false },
    END,
};
static const Option matches_options[] = {
    { OPT_LIMIT, "limit", "N", "at most so many rows; 1000 unless said", NULL, false },
    END,
};
static const Option alert_list_options[] = {
    { OPT_CASE, "case", "ID", "those of this case, the answered ones too", NULL, false },
    { OPT_ROLE, "role", "ROLE", "only those of this owner; may be given several times", cli_role_words, false },
    { OPT_LIMIT, "limit", "N", "at most so many rows", NULL, false },
    END,
};
static const Option alert_answer_options[] = {
    { OPT_ACTED, "acted", NULL, "it was acted on", NULL, false },
    { OPT_DISMISSED, "dismissed", NULL, "it is dismissed, and REASON says why", NULL, false },
    END,
};
static const Option alert_budget_options[] = {
    { OPT_FROM, "from", "DAY", "alerts that began to wait on this day or later", NULL, false },
    { OPT_TO, "to", "DAY", "up to the end of this day", NULL, false },
    END,
};
static const Option task_list_options[] = {
    { OPT_CASE, "case", "ID", "of this case", NULL, false },
    { OPT_OPEN, "open", NULL, "only what is not done yet", NULL, false },
    END,
};
static const Option task_add_options[] = {
    { OPT_CASE, "case", "ID", "of this case", NULL, false },
    { OPT_SET_BY, "set-by", "SOURCE", "who asks for it: plan, marac, dmm, review, roundup or other; plan unless said", cli_task_source_words, false },
    { OPT_APPROACH, "approach", "WORD", "of a line of the plan: remove, avoid, reduce or accept", cli_approach_words, false },
    { OPT_OWNER, "owner", "ROLE", "in whose queue it stands", cli_owner_words, false },
    { OPT_WHO, "who", "NAME", "the officer or the agency that is to do it", NULL, false },
    { OPT_DUE, "due", "TIME", "by when, as \"fri 1700\" or \"2010-02-08 17:00\"", NULL, false },
    { OPT_RATIONALE, "rationale", "TEXT", "why a risk is accepted", NULL, false },
    { OPT_REVIEW, "review", "TIME", "when an accepted risk is looked at again", NULL, false },
    END,
};
static const Option view_options[] = {
    { OPT_TAB, "tab", "TAB", "overdue, today, week, waiting, held or all; all unless said", cli_tab_words, false },
    { OPT_GRADE, "grade", "GRADE", "only cases of this grade", cli_grade_words, false },
    { OPT_DUTY, "duty", "DUTY", "only this duty", NULL, false },
    { OPT_OFFICER, "officer", "OFFICER", "only cases of this investigating officer: a warrant number, part of the name, me, nobody", NULL, false },
    { OPT_WORDS, "words", "TEXT", "only rows that say this: number, duty, offence", NULL, false },
    { OPT_ROLE, "role", "ROLE", "of another role's queue", cli_role_words, false },
    { OPT_SHARE, "share", "ROLE", "for every officer of this role", cli_role_words, false },
    END,
};
#define SHIFT { OPT_UNTIL, "until", "TIME", "when the next shift ends; at the next change of shifts unless said", NULL, false }
static const Option handover_options[] = {
    SHIFT,
    { OPT_SHEET, "sheet", NULL, "the list on paper", NULL, false },
    { OPT_PDF, "pdf", NULL, "as PDF", NULL, false },
    { OPT_OUTPUT, "output", "FILE", "write to a file, which appears only when it is whole", NULL, false },
    END,
};
static const Option handover_note_options[] = {
    { OPT_CASE, "case", "ID", "of this case", NULL, false },
    SHIFT,
    END,
};
static const Option handover_give_options[] = {
    SHIFT,
    END,
};
static const Option hold_options[] = {
    { OPT_UNTIL, "until", "TIME", "when it comes back by itself, as \"tomorrow 0700\"", NULL, false },
    END,
};
static const Option task_options[] = {
    { OPT_CASE, "case", "ID", "of this case", NULL, false },
    END,
};
static const Option drift_options[] = {
    { OPT_FROM, "from", "DAY", "second assessments from this day on", NULL, false },
    { OPT_TO, "to", "DAY", "up to the end of this day", NULL, false },
    END,
};
/* Of the commands that read the log. */
#define LOG_SPAN                                                                                                       \
    { OPT_FROM, "from", "N or TIME", "from this entry, day or time on", NULL, false },                                  \
        { OPT_TO, "to", "N or TIME", "up to this entry, the end of this day, or this time", NULL, false }
#define LOG_SIEVE                                                                                                      \
    { OPT_KIND, "kind", "KIND", "only acts of this kind; may be given several times", cli_kind_words, false },          \
        { OPT_NEWEST, "newest", NULL, "the newest first", NULL, false },                                               \
        { OPT_LIMIT, "limit", "N", "at most so many entries", NULL, false }

static const Option audit_options[] = {
    LOG_SPAN,
    { OPT_CASE, "case", "ID", "only what was done with this case", NULL, false },
    { OPT_OFFICER, "who", "WARRANT", "only what this officer did", NULL, false },
    LOG_SIEVE,
    END,
};
static const Option who_looked_options[] = {
    LOG_SPAN,
    { OPT_OFFICER, "who", "WARRANT", "only this officer", NULL, false },
    LOG_SIEVE,
    END,
};
static const Option my_record_options[] = {
    LOG_SPAN,
    LOG_SIEVE,
    END,
};
static const Option verify_options[] = {
    { OPT_ANCHOR, "anchor", "FILE", "notes of where the log stood, kept elsewhere", NULL, false },
    END,
};
static const Option seal_options[] = {
    { OPT_OUTPUT, "output", "FILE", "write to a file, which appears only when it is whole", NULL, false },
    END,
};
static const Option backup_options[] = {
    { OPT_KEY, "key", "FILE", "the public key that it is sealed to", NULL, false },
    { OPT_DIR, "dir", "DIRECTORY", "into this directory, under a name with the time", NULL, false },
    { OPT_OUTPUT, "output", "FILE", "write to a file, which appears only when it is whole", NULL, false },
    { OPT_EVERY, "every", "MINUTES", "again and again, until it is stopped", NULL, false },
    { OPT_THIN, "thin", NULL, "remove old ones: hourly after an hour, daily after a day, weekly after two weeks, none after twelve", NULL, false },
    END,
};
static const Option secret_options[] = {
    { OPT_SECRET, "secret", "FILE", "the secret key that opens it", NULL, false },
    END,
};
static const Option rebuild_options[] = {
    { OPT_THOROUGH, "thorough", NULL, "read every account again for its alerts", NULL, false },
    END,
};
static const Option doctor_options[] = {
    { OPT_THOROUGH, "thorough", NULL, "read every page of the store, the whole log, and every account", NULL, false },
    END,
};

static const Option backtest_options[] = {
    { OPT_FROM, "from", "DATE", "the first day; a year before the last unless said", NULL, false },
    { OPT_TO, "to", "DATE", "the last day; yesterday unless said", NULL, false },
    { OPT_BY, "by", "WHAT", "only the rows of this: duty, role, day, case or outcome", cli_by_words, false },
    END,
};

static const Option period_options[] = {
    { OPT_FROM, "from", "DATE", "the first day of reports", NULL, false },
    { OPT_TO, "to", "DATE", "the last day of reports", NULL, false },
    END,
};
static const Option send_options[] = {
    { OPT_BASIS, "basis", "BASIS", "on what it stands; the victim's consent unless said", cli_basis_words, false },
    { OPT_GROUNDS, "grounds", "WORDS", "of a MARAC: judgement, visible-high-risk, escalation, repeat, with commas", NULL, false },
    { OPT_RESTRICTED, "restricted", NULL, "a restricted MARAC", NULL, false },
    END,
};

#define MEETING                                                                                                        \
    { OPT_MEETING, "meeting", "TIME", "which meeting, as \"wed 1000\"; next is the next one", NULL, false }
#define RESTRICTED_ONE                                                                                                 \
    { OPT_RESTRICTED, "restricted", NULL, "the restricted meeting of that moment", NULL, false }
static const Option agenda_options[] = {
    MEETING,
    RESTRICTED_ONE,
    END,
};
static const Option listing_options[] = {
    RESTRICTED_ONE,
    { OPT_AGENCIES, "agencies", "WORDS", "who may be there and gets the papers, as idva,housing", NULL, false },
    END,
};
static const Option marac_actions_options[] = {
    MEETING,
    { OPT_OPEN, "open", NULL, "only those that are not done", NULL, false },
    END,
};
static const Option form_print_options[] = {
    { OPT_PDF, "pdf", NULL, "as PDF", NULL, false },
    { OPT_OUTPUT, "output", "FILE", "where to; standard output unless said", NULL, false },
    END,
};
static const Option pack_options[] = {
    MEETING,
    RESTRICTED_ONE,
    { OPT_COPIES, "copies", "N", "how many numbered copies; one unless said", NULL, false },
    { OPT_PDF, "pdf", NULL, "as PDF", NULL, false },
    { OPT_OUTPUT, "output", "FILE", "where to; standard output unless said", NULL, false },
    END,
};

/* --- the commands ---------------------------------------------------------------------------- */
/* clang-format off */
const Command cli_commands[] = {
    { "init", "", 0, 0, NEEDS_NOTHING, AS_TABLE,
        "make a store",
        "Makes the directory when it is not there; one that holds anything is refused. A real store begins "
        "without officers: name its keeper next, with officer add.",
        cmd_init, init_options },
    { "training", "", 0, 0, NEEDS_NOTHING, AS_TABLE | AS_JSON,
        "write made-up cases to standard output",
        "Case documents (JSON Lines), obviously fictitious and lifelike around now. No store is needed.",
        cmd_training, training_options },
    { "officer add", "WARRANT NAME", 2, 2, NEEDS_STORE, AS_TABLE,
        "make an account",
        "Asks for the password twice, or takes it from the file named by BOOK124_NEW_PASSWORD_FILE. The first "
        "officer of a store is its keeper and is added without signing in.",
        cmd_officer_add, role_options },
    { "officer list", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list the accounts",
        NULL,
        cmd_officer_list, NULL },
    { "officer custodians", "[WARRANT...]", 0, 5, NEEDS_OFFICER, AS_ANY,
        "name the custodians, or list them",
        "Three to five officers, named by the keeper. When nobody is left whose keys open a restricted case, any two of them give its key anew to "
        "those who are due by its list; one alone can do nothing, and they see no text by it.",
        cmd_officer_custodians, NULL },
    { "officer recover", "WARRANT", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "give keys anew, as two custodians",
        "You are one custodian and WARRANT is another, who gives a password too, or has it in the file named by BOOK124_SECOND_PASSWORD_FILE.",
        cmd_officer_recover, NULL },
    { "officer suspend", "WARRANT", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "keep an officer from signing in",
        NULL,
        cmd_officer_suspend, suspend_options },
    { "officer password", "[WARRANT]", 0, 1, NEEDS_OFFICER, AS_TABLE,
        "change a password",
        "One's own, or as keeper another officer's: that one is good for choosing another, and for nothing else. The "
        "new password is asked for twice, or comes from the file named by BOOK124_NEW_PASSWORD_FILE.",
        cmd_officer_password, NULL },
    { "officer role", "WARRANT", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "say which roles an officer has",
        "The roles given replace those the officer had.",
        cmd_officer_role, role_options },
    { "import cases", "FILE", 1, 1, NEEDS_OFFICER, AS_TABLE | AS_JSON,
        "read case documents",
        "One JSON object a line (format book124.case/1); - is standard input. A record that is refused is named "
        "with its line and reason, the others land, and the exit status is 1. A document can add to a case and "
        "correct it, never take away: one that lacks what the store holds is refused. A change of reported_at, "
        "restricted_at, closed_at, a person's role or police_staff lands with a warning, and so does a case that "
        "was in the file before. Numbers are checked by the formats of the policy. An import that is stopped says from "
        "which line to go on.",
        cmd_import_cases, import_options },
    { "import cad", "FILE", 1, 1, NEEDS_OFFICER, AS_TABLE | AS_JSON,
        "read a CAD listing",
        "CSV with a header row naming, in any order, cad, received, closed, opening_code, result, location, "
        "caller, remarks, cris, merlin; only cad and received are needed. A row makes or updates the case of its "
        "CAD number. A time without Z or an offset is local; one that the change of the clocks skips or repeats is "
        "read with a warning.",
        cmd_import_cad, dry_run_options },
    { "export cases", "", 0, 0, NEEDS_OFFICER, AS_TABLE | AS_JSON,
        "write case documents",
        "Every case the officer may see, in order of id, as import reads them. What could deceive a reader, such as "
        "signs that turn the direction of writing, leaves as its number: \\u202e.",
        cmd_export_cases, export_options },
    { "duties", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list every duty with its clock and state",
        "In order of case, duty and cycle. The states are waiting, open, overdue, done, late, void and missed.",
        cmd_duties, duties_options },
    { "queue", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list what waits here, most urgent first",
        "What is overdue, then what is to be done now, then what waits; inside each by grade (high, not yet assessed, medium, standard), then what is due first.",
        cmd_queue, queue_options },
    { "view list", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list saved views of the queue",
        "The officer's own, then those shared with the role.",
        cmd_view_list, NULL },
    { "view add", "NAME", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "keep a filter of the queue under a name",
        "On the desk the first four views have the digits 7, 8, 9 and 0. A CSU detective sergeant or inspector shares one with a role.",
        cmd_view_add, view_options },
    { "view rename", "NAME NEW", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "give a view another name",
        NULL,
        cmd_view_rename, NULL },
    { "view remove", "NAME", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "remove a view",
        NULL,
        cmd_view_remove, NULL },
    { "workload", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "say how much waits for each role",
        "Cases with something that waits, by grade; duties overdue, due within seven days, put aside; the minutes that the overdue and the week's take, and what that is "
        "for each officer of the role if it were shared out evenly. With --officers a line for each investigating officer, and one for the cases that are nobody's: "
        "live cases by grade, duties of an investigating officer overdue and due within seven days, and the case without an entry for the longest.",
        cmd_workload, workload_options },
    { "caseload show", "[OFFICER]", 0, 1, NEEDS_OFFICER, AS_ANY,
        "list the cases of an investigating officer",
        "One's own unless said: a warrant number, part of a name, me, nobody. High risk first, then those in which nothing was entered for the longest.",
        cmd_caseload_show, NULL },
    { "caseload move", "FROM TO [CASE]...", 2, 502, NEEDS_OFFICER, AS_ANY,
        "hand on many cases",
        "FROM and TO are officers, or nobody. Without CASE all of them. Each is given in a write of its own, and the list says what became of each; a restricted case "
        "goes only to who sees it already. The exit status is 1 when one was refused.",
        cmd_caseload_move, move_options },
    { "watchdog", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list live cases without a dated next step",
        "Not closed, and no duty waits and nobody has a task there: nothing would bring them back to anybody. High risk first, then those that have been "
        "so longest. The exit status is 1 when there is one.",
        cmd_watchdog, NULL },
    { "why", "CASE NAME", 2, 2, NEEDS_OFFICER, AS_TABLE | AS_JSON,
        "say why a duty or alert is there",
        "Or why a gate is shut: the rule and its paragraph, the facts, the clock line by line, and what would clear it. The exit status "
        "is 1 when the duty is not asked, the gate open, or the alert silent.",
        cmd_why, why_options },
    { "why-not", "CASE NAME", 2, 2, NEEDS_OFFICER, AS_TABLE | AS_JSON,
        "say why a duty or alert is not there",
        "Or why a gate is open: which condition fails, and which was never answered. The exit status is 1 when the duty is asked after "
        "all, the gate shut, or the alert there.",
        cmd_why_not, why_options },
    { "case show", "CASE", 1, 1, NEEDS_OFFICER, AS_TABLE | AS_JSON,
        "show a case",
        "As json: its case document. Numbers and addresses of safe contact are hidden: contact open.",
        cmd_case_show, NULL },
    { "case search", "TEXT", 1, 1, NEEDS_OFFICER, AS_ANY,
        "find cases by number or family name",
        "A case, CAD, CRIS, Merlin or other number, a book's serial or index number, or the beginning of a family "
        "name.",
        cmd_case_search, search_options },
    { "case since", "CASE [WHEN]", 1, 2, NEEDS_OFFICER, AS_ANY,
        "list what changed in a case",
        "Newest first. WHEN is a kind of review (since the last one of it), or a time such as \"mon 0900\"; without it, since the report. What was "
        "written down since counts too, whatever its date.",
        cmd_case_since, NULL },
    { "case counter", "CASE", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "make a counter-allegation a case of its own",
        "Victim and suspect change places in a new report, and the two cases name each other. Its number is printed.",
        cmd_case_counter, NULL },
    { "order list", "CASE", 1, 1, NEEDS_OFFICER, AS_ANY,
        "list orders and bail of a case",
        "And those that hold in other cases of its victims and suspects (the same name and birth date); what presses most first. They "
        "stand as holds, not-served, ends-soon (28 days), over or ended.",
        cmd_order_list, NULL },
    { "order add", "CASE KIND PERSON", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "record an order of a court",
        "KIND is non-molestation, occupation, restraining, prohibited-steps, forced-marriage, anti-social or other; PERSON the key of who "
        "must obey it, such as s1.",
        cmd_order_add, order_add_options },
    { "order served", "CASE KEY", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "say that an order was served",
        NULL,
        cmd_order_served, order_at_options },
    { "order considered", "CASE KEY", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "say that its end was considered",
        "Renewed, or the victim told.",
        cmd_order_considered, order_at_options },
    { "order end", "CASE KEY HOW", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "say that an order ended",
        "HOW is expired, discharged or replaced.",
        cmd_order_end, order_at_options },
    { "order extend", "CASE KEY UNTIL", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "let an order last longer",
        "A new one like it takes its place; it is served anew.",
        cmd_order_extend, NULL },
    { "order breach", "CASE KEY [TEXT]", 2, 3, NEEDS_OFFICER, AS_TABLE,
        "record that it was broken",
        NULL,
        cmd_order_breach, breach_options },
    { "bail list", "CASE", 1, 1, NEEDS_OFFICER, AS_ANY,
        "list orders and bail of a case",
        "As order list.",
        cmd_order_list, NULL },
    { "bail add", "CASE PERSON", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "record bail and its conditions",
        "PERSON is the key of who is on bail. The event of which the victim is told is recorded with it.",
        cmd_bail_add, bail_add_options },
    { "bail end", "CASE KEY HOW", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "say that bail ended",
        "HOW is charged, no-further-action, cancelled or extended. The event of which the victim is told is recorded with it.",
        cmd_order_end, order_at_options },
    { "bail extend", "CASE KEY UNTIL", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "let bail last longer",
        "New bail on the same conditions takes its place.",
        cmd_order_extend, NULL },
    { "bail breach", "CASE KEY [TEXT]", 2, 3, NEEDS_OFFICER, AS_TABLE,
        "record that bail was broken",
        NULL,
        cmd_order_breach, breach_options },
    { "contact list", "CASE", 1, 1, NEEDS_OFFICER, AS_ANY,
        "list who was reached, and who was not",
        "Only having spoken with the victim counts as an update.",
        cmd_contact_list, NULL },
    { "contact add", "CASE ABOUT RESULT [TEXT]", 3, 4, NEEDS_OFFICER, AS_TABLE,
        "record a contact",
        "ABOUT is update, safety, statement or event; RESULT spoke, no-answer, voicemail, message, or unsafe, which is also when somebody "
        "else answered.",
        cmd_contact_add, contact_add_options },
    { "contact ways", "CASE", 1, 1, NEEDS_OFFICER, AS_ANY,
        "list the ways to reach somebody, without numbers",
        NULL,
        cmd_contact_ways, NULL },
    { "contact open", "CASE WAY", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "tell one number or address",
        "The log says who asked, and what for, before it is told. What must not be used is told to a supervisor of the unit alone, with "
        "--override; what was confirmed more than 28 days ago, or before the suspect was released, only with --confirmed.",
        cmd_contact_open, contact_open_options },
    { "contact confirm", "CASE WAY", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "say that the person confirmed a way just now",
        NULL,
        cmd_contact_confirm, NULL },
    { "book show", "CASE", 1, 1, NEEDS_OFFICER, AS_TABLE | AS_JSON,
        "show a book 124D",
        "Every answer in words, what the rules say, and the addenda. As json: the answers as they are stored. Safe contact is "
        "hidden unless --purpose says what it is for.",
        cmd_book_show, book_show_options },
    { "book print", "CASE", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "print a book 124D",
        "With protective marking and page numbers, as text of 80 columns or as PDF. What leaves is logged as disclosed. "
        "Safe contact is hidden unless --purpose says what it is for. The redacted copy strikes what it leaves out wherever it stands word for word; read it before it is handed on.",
        cmd_book_print, book_print_options },
    { "book list", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list the book register",
        "One row a book, newest first unless it is looked for by serial, holder or index number. The states are "
        "submitted, returned, signed, read and indexed.",
        cmd_book_list, book_list_options },
    { "book move", "CASE TO", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "say who has a book now",
        "TO is a warrant number or a place such as \"CSU tray\".",
        cmd_book_move, book_options },
    { "book index", "CASE NUMBER", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "say where a book is filed",
        NULL,
        cmd_book_index, book_options },
    { "risk show", "CASE", 1, 1, NEEDS_OFFICER, AS_ANY,
        "show the risk assessments of a case",
        "Who graded what, when, with which version of the instrument, and why; the oldest first.",
        cmd_risk_show, NULL },
    { "risk compare", "CASE", 1, 1, NEEDS_OFFICER, AS_ANY,
        "show the risk assessments of a case side by side",
        "One row a factor, one column an assessment, the oldest first. csv and json have the contexts too.",
        cmd_risk_compare, NULL },
    { "risk drift", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "count how second grades differ from first ones",
        "Grades by the team that wrote the book, answers by factor: the same, up (a higher grade, or an answer that became "
        "yes), down. Figures only: no names, no cases.",
        cmd_risk_drift, drift_options },
    { "dmm list", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list what the daily management meeting looks at",
        "The same as dmm.",
        cmd_dmm, NULL },
    { "dmm meetings", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list the meetings that were held",
        NULL,
        cmd_dmm_meetings, dmm_meetings_options },
    { "dmm sheet", "", 0, 0, NEEDS_OFFICER, AS_TABLE,
        "print the sheet of a meeting that ended",
        "What was decided of each case, what was not, the figures of its end, and the head of the log. What leaves is logged as disclosed.",
        cmd_dmm_sheet, dmm_sheet_options },
    { "dmm", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list what the daily management meeting looks at",
        "Since the last one: open actions, new crimes, high risk, police staff, Merlins, in the order in which they are walked; then overdue "
        "actions of a MARAC, CADs without their numbers, and the worst of what is overdue. The meeting is held on the screens.",
        cmd_dmm, NULL },
    { "roundup", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list the suspects who are outstanding",
        "High risk first, then the oldest report: who, where to look, warnings, what was tried. Each case in the list is logged "
        "as looked at. The briefing sheet never says an address of a victim, a witness or a child, and no suspect of a restricted case is on it. "
        "With --athena it is the list of an Athena day, and says how many were arrested today.",
        cmd_roundup, roundup_options },
    { "qa draw", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "draw a dip sample of books",
        "Out of the newest versions of the books completed in that time. The seed is kept, so that anybody can draw "
        "the same sample again.",
        cmd_qa_draw, qa_draw_options },
    { "qa list", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list the dip samples",
        NULL,
        cmd_qa_list, qa_list_options },
    { "qa show", "SAMPLE", 1, 1, NEEDS_OFFICER, AS_ANY,
        "show the books of a sample and how each was found",
        "Draws it again first and says whether it comes out the same; the exit status is 1 when it does not.",
        cmd_qa_show, NULL },
    { "qa results", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list what checklists found, by team and month",
        "Items that were met, of those that applied.",
        cmd_qa_results, qa_results_options },
    { "case add", "CASE LIST FIELD=VALUE...", 3, 48, NEEDS_OFFICER, AS_TABLE,
        "record an entry of a case",
        "LIST and FIELD are those of the case document: case add KG-7F3Q2 contacts with=victim kind=update result=spoke. You are the "
        "officer who did it, and it was now unless a time is given: RFC 3339, or as on the screens, at=\"yesterday 2310\". A review has besides "
        "check.NAME=yes, no or na, and instruction=\"pc +1d Record the CRIS number\" once for each. Remedial action needs one, or "
        "instruction=\"none: why\"; satisfied although a check does not hold, despite=yes.",
        cmd_case_add, NULL },
    { "case review", "DUTY TEXT CASE...", 3, 52, NEEDS_OFFICER, AS_ANY,
        "one review for like cases",
        "Each case is looked at first, and reviewed by itself in a write of its own. Ready are those of which the duty is asked now, of one grade; "
        "high risk, without a grade or restricted: never. No check is ticked, and each review says with how many others it was made. The exit "
        "status is 1 when one was refused.",
        cmd_case_review, dry_run_options },
    { "case assign", "CASE [OFFICER]", 1, 2, NEEDS_OFFICER, AS_TABLE,
        "give a case to an officer",
        "OFFICER is a warrant number or part of a name. A CSU detective sergeant or inspector gives any case to whoever may have one; a CSU investigating officer takes "
        "one that is nobody's. Who had it before stays in its history.",
        cmd_case_assign, assign_options },
    { "case withdraw", "CASE LIST [NUMBER REASON]", 2, 4, NEEDS_OFFICER, AS_TABLE,
        "take back an entry",
        "LIST is reviews, contacts, references, events, notices or attempts; without NUMBER its entries are listed with "
        "theirs. One made by mistake stays, with who took it back, when and why, and counts as not made from then on. Who made it may, and a supervisor; "
        "not of a closed case, and not the reading of a book.",
        cmd_case_withdraw, NULL },
    { "case say", "CASE WHAT [FIELD=VALUE]...", 2, 16, NEEDS_OFFICER, AS_TABLE,
        "say what a case has once",
        "WHAT is attended, children, incident, kind, cad, put-away or close: case say KG-7F3Q2 children children.answer=none; case say "
        "KG-7F3Q2 close outcome=charged. The policy's gates are asked: what they miss is said, and nothing is recorded.",
        cmd_case_say, NULL },
    { "case close", "CASE OUTCOME", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "close a case",
        "OUTCOME is charged, cautioned, no-further-action …: how it ended, as you see it. The same as case say CASE close outcome=OUTCOME. What is missing is said, "
        "and nothing is recorded.",
        cmd_case_close, NULL },
    { "case reopen", "CASE REASON", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "open a closed case again",
        "How it had been closed stays in its history; its clocks run again.",
        cmd_case_reopen, NULL },
    { "closing", "CASE", 1, 1, NEEDS_OFFICER, AS_ANY,
        "what a case lacks before it is closed",
        "Said too is what closing would end. missing: the gates of the policy that are shut, and each suspect of a crime without a disposal; missed and ends: duties that nobody did; runs-on: tasks, "
        "referrals, orders and bail that nobody here would look after. The exit status is 1 when something is missing.",
        cmd_closing, NULL },
    { "owner offer", "CASE UNIT", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "offer a case to a unit",
        "The sender goes on owning it until the unit has accepted. One offer at a time.",
        cmd_owner, NULL },
    { "owner accept", "CASE", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "accept the case that was offered",
        "For a supervisor of the unit, or on behalf of one that has nobody here.",
        cmd_owner, NULL },
    { "owner refuse", "CASE REASON", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "refuse the case that was offered",
        "The sender keeps it, and reads why.",
        cmd_owner, NULL },
    { "owner recall", "CASE REASON", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "take an offer back",
        "As long as the unit has not answered it.",
        cmd_owner, NULL },
    { "reconcile", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "hold other systems' listings against the cases",
        "A listing is CSV with a header (number, or cris or merlin; cad), or pasted screen text: a line is a record, and the numbers in it "
        "are those that fit the formats of the policy. Told are numbers no case has, numbers a case lacks, numbers that differ, records "
        "that do not quote each other, and with a period what is not listed, the CAD messages without a CRIS number, and as the last row the "
        "CAD-to-CRIS rate: of all messages received, with its exceptions named. One row that cannot be used ends it, unless --skip-bad. The exit status is "
        "1 when something does not agree.",
        cmd_reconcile, reconcile_options },
    { "access restrict", "CASE REASON", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "restrict a case at once",
        "For a CSU detective sergeant or inspector, who gives the password once more. From then on it is there only for that officer, "
        "the detective inspector (unless that is the subject) and Professional Standards; for everybody else there is no such case. "
        "Cases that it names as linked, such as a counter-allegation, tell the same story: they are restricted in the same way unless --alone is said.",
        cmd_access_restrict, restrict_options },
    { "access show", "CASE", 1, 1, NEEDS_OFFICER, AS_ANY,
        "show the list of a restricted case",
        "Every entry, the oldest first; then whose keys open it, and who is on the list and waits for the key. The exit status is 1 when the case is not restricted.",
        cmd_access_show, NULL },
    { "access grant", "CASE WHO REASON", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "put an officer or a role on the list",
        "WHO is a warrant number or a role such as csu-io. For officers on the list.",
        cmd_access_grant, NULL },
    { "access revoke", "CASE WHO REASON", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "take an officer or a role off the list",
        "The detective inspector or Professional Standards stays on it.",
        cmd_access_revoke, NULL },
    { "access subject", "CASE WARRANT REASON", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "name its victim or suspect",
        "From then on the case is not there for that officer, whatever else the list says.",
        cmd_access_subject, NULL },
    { "access clear", "CASE WARRANT REASON", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "take back that naming",
        "Two officers on the list: the first proposes that the officer is no victim or suspect after all, the second says the same.",
        cmd_access_clear, NULL },
    { "access propose", "CASE REASON", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "propose to unrestrict a case",
        NULL,
        cmd_access_propose, NULL },
    { "access withdraw", "CASE", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "withdraw that proposal",
        NULL,
        cmd_access_withdraw, NULL },
    { "access confirm", "CASE", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "unrestrict a case that another officer proposed",
        NULL,
        cmd_access_confirm, NULL },
    { "access holders", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list officers who wait for keys",
        "Officers who came, or have new keys or another role, since the first case of this store was restricted: they are given no key of a restricted case "
        "until the detective inspector or Professional Standards agrees. For those two.",
        cmd_access_holders, NULL },
    { "access agree", "WARRANT", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "agree to an officer's keys",
        "For the detective inspector or Professional Standards, with the password once more, and for nobody's own keys. It is signed, and holds for these "
        "keys and roles: whoever has the password set anew waits again.",
        cmd_access_agree, NULL },
    { "access glass", "CASE WARRANT REASON", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "break the glass of a case",
        "WARRANT is a second officer, a supervisor, who gives a password too, or has it in the file named by BOOK124_SECOND_PASSWORD_FILE. "
        "Both see the case for an hour at most. The detective inspector and Professional Standards have it on their desks at once, and a "
        "third officer reviews it. For when a life may hang on it.",
        cmd_access_glass, glass_options },
    { "access glasses", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list the broken glasses that wait for a review",
        NULL,
        cmd_access_glasses, NULL },
    { "access review", "CASE ENTRY TEXT", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "say what came of a broken glass",
        "For the detective inspector or Professional Standards, and not for one of the two who broke it.",
        cmd_access_review, NULL },
    { "access matches", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list people who turn up elsewhere",
        "People of restricted cases, by family name and date of birth; and cases that came in under the number of a restricted one. For the detective inspector.",
        cmd_access_matches, matches_options },
    { "retention due", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list closed cases that are due for review",
        "The longest closed first; by the groups of review of police information, which stand with their years in policies/retention.groups. A newer case of the "
        "same victim or suspect sets the clock back. For the detective inspector and the detective chief inspector.",
        cmd_retention_due, matches_options },
    { "retention keep", "CASE UNTIL REASON", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "keep a closed case until a day",
        "UNTIL is a day as 2016-02-01, at most as many years ahead as its group says.",
        cmd_retention_keep, NULL },
    { "retention propose", "CASE REASON", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "propose to erase a case that is due",
        "With the password once more. The reason stays when the case is gone: nothing of a person in it. Nothing is erased before a second officer does it.",
        cmd_retention_propose, NULL },
    { "retention withdraw", "CASE", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "withdraw that proposal",
        NULL,
        cmd_retention_withdraw, NULL },
    { "retention erase", "CASE", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "erase a case that another officer proposed",
        "With the password once more, and for good: every fact and text of it, what was derived from them, drafts about it. What remains is its number, its days, who "
        "decided it and why, and the log. Backups that were made before keep it until they are thrown away; so do copies on paper and files that were exported.",
        cmd_retention_erase, NULL },
    { "retention erased", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list what remains of erased cases",
        NULL,
        cmd_retention_erased, NULL },
    { "alert list", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list the alerts that wait here",
        "By grade, then the oldest first. Of one case: what was said to them as well; an alert that was answered waits again, as "
        "reopened, when the facts behind it change.",
        cmd_alert_list, alert_list_options },
    { "alert answer", "CASE ALERT [REASON]", 2, 3, NEEDS_OFFICER, AS_TABLE,
        "answer an alert",
        "Says that it was acted on, or dismisses it. For the alert's owner, or who supervises the owner. It stays quiet until the facts behind it change.",
        cmd_alert_answer, alert_answer_options },
    { "alert budget", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "say what became of alerts",
        "How often each fired, and how it ended: the facts changed, an officer acted or dismissed it, or nobody has said anything yet. "
        "An alert that nobody acts on takes time from those that matter.",
        cmd_alert_budget, alert_budget_options },
    { "gate", "CASE [ACT]", 1, 2, NEEDS_OFFICER, AS_ANY,
        "say what may not happen yet",
        "Every gate of the case, or those of one act: submit-book, sign-book, close-cad, close-case. The exit status is 1 when one is shut. "
        "Imported facts are not stopped by gates: an act that is done already although a gate is shut is said so.",
        cmd_gate, NULL },
    { "referral list", "CASE", 1, 1, NEEDS_OFFICER, AS_ANY,
        "show how the referrals of a case stand",
        "One row for each agency that the case is eligible for, or that something is recorded of; a gap says why.",
        cmd_referral_list, NULL },
    { "referral offer", "CASE TO [TEXT]", 2, 3, NEEDS_OFFICER, AS_TABLE,
        "say that it was offered",
        NULL,
        cmd_referral_offer, NULL },
    { "referral answer", "CASE TO WORD [WHY]", 3, 4, NEEDS_OFFICER, AS_TABLE,
        "say what the victim answered",
        "TO is the agency; WORD is given or refused, and a refusal needs its reason. It is the consent of the case, too.",
        cmd_referral_answer, NULL },
    { "referral send", "CASE TO [TEXT]", 2, 3, NEEDS_OFFICER, AS_TABLE,
        "refer the case to an agency",
        "Needs the victim's consent, or a basis in law and in TEXT why it is shared without consent. Victim Support never gets what the "
        "victim refused. A MARAC needs its grounds, and is restricted where HBV or FM is flagged.",
        cmd_referral_send, send_options },
    { "referral skip", "CASE TO REASON", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "say why it is not made",
        NULL,
        cmd_referral_skip, NULL },
    { "referral accept", "CASE TO [TEXT]", 2, 3, NEEDS_OFFICER, AS_TABLE,
        "say that the agency accepted",
        NULL,
        cmd_referral_accept, NULL },
    { "referral decline", "CASE TO REASON", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "say that the agency declined",
        NULL,
        cmd_referral_decline, NULL },
    { "referral close", "CASE TO REASON", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "say that its work is over",
        NULL,
        cmd_referral_close, NULL },
    { "referral gaps", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list the referrals that are missing",
        "Of the cases reported in that time, one row for each agency with the reason. The exit status is 1 when there is one.",
        cmd_referral_gaps, period_options },
    { "report referrals", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "count eligible against referred",
        "By agency and month of the report, and the gap by its reason: refused, not made, waiting for an answer, no reason recorded. "
        "Besides are those that were referred although nothing asks for it.",
        cmd_report_referrals, period_options },
    { "task list", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list the plan and the tasks of a case",
        "Those that are open first, in order of due; then those that are done.",
        cmd_task_list, task_list_options },
    { "task add", "WHAT", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "give somebody a task, or plan a line",
        "WHAT is one line, which the queue shows. Accepting a risk needs --rationale and --review, and is never all that is planned "
        "while the risk is high. Prints the key of the task.",
        cmd_task_add, task_add_options },
    { "task done", "TASK RESULT", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "tick off a task",
        "TASK is its key, or the name of a task of the policy; RESULT says what came of it. For the role that owns it, who supervises "
        "that role, and the officer who set it.",
        cmd_task_done, task_options },
    { "task approve", "TASK", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "approve that a risk is accepted",
        "For a CSU detective inspector who did not write the line.",
        cmd_task_approve, task_options },
    { "handover show", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list what waits at the change of shifts",
        "For the officer's role and those it supervises: what is overdue, what is to be done before the next shift ends, what comes back or opens in it, "
        "books that were returned, suspects outstanding; and who handed over last; and before all of it the notes that were written for the shift.",
        cmd_handover_show, handover_options },
    { "handover note", "TEXT", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "write a note for the next shift",
        "For the next shift of the officer's role, of a case (--case) or of none. Whoever comes next ticks it as read; what somebody must do is a task.",
        cmd_handover_note, handover_note_options },
    { "handover read", "NUMBER", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "tick a note as read",
        NULL,
        cmd_handover_read, NULL },
    { "handover give", "", 0, 0, NEEDS_OFFICER, AS_TABLE,
        "hand over to the next shift",
        NULL,
        cmd_handover_give, handover_give_options },
    { "handover take", "", 0, 0, NEEDS_OFFICER, AS_TABLE,
        "take over what was handed over",
        "By another officer of the same role, once.",
        cmd_handover_take, NULL },
    { "hold add", "CASE DUTY REASON", 3, 3, NEEDS_OFFICER, AS_TABLE,
        "put a duty aside for a while",
        "It leaves the tabs of the queue and comes back by itself; its state and its clock do not change. The policy says for how long at most, by "
        "the grade; never past the moment it is due, and what is overdue is never put aside.",
        cmd_hold_add, hold_options },
    { "hold end", "CASE DUTY", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "take back what is put aside",
        NULL,
        cmd_hold_end, NULL },
    { "marac agenda", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list meetings, or the cases of one",
        "Without --meeting the meetings of a year back and a year ahead; a meeting is the cases that are listed for it. Only cases that the officer may see.",
        cmd_marac_agenda, agenda_options },
    { "marac list", "CASE MEETING", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "put a case on a list",
        "The case is referred to MARAC first. HBV and FM go to a restricted meeting only, and that names its agencies.",
        cmd_marac_list, listing_options },
    { "marac hear", "CASE MINUTES", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "record that a case was heard",
        NULL,
        cmd_marac_hear, NULL },
    { "marac action", "CASE LINE", 2, 2, NEEDS_OFFICER, AS_TABLE,
        "give somebody an action",
        "LINE says what, who, by when: \"Change the locks, Housing, fri 1600\".",
        cmd_marac_action, NULL },
    { "marac actions", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list the actions",
        "Of the cases on the lists of a year back and a year ahead, or of one meeting; open ones first, the longest overdue at the top. The "
        "exit status is 1 when one is overdue.",
        cmd_marac_actions, marac_actions_options },
    { "marac grounds", "CASE", 1, 1, NEEDS_OFFICER, AS_ANY,
        "say on which grounds it goes there",
        "Three counts and a judgement, never added up: visible high risk counts answers, escalation counts reports in 12 months, a repeat "
        "counts from the last referral.",
        cmd_marac_grounds, NULL },
    { "marac form", "CASE", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "print the referral form",
        "Filled in from the case. Logged as disclosed.",
        cmd_marac_form, form_print_options },
    { "marac pack", "AGENCY", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "print the papers of a meeting",
        "With what that partner may have and nothing else, for the cases it is invited to. Every page carries the agency, the copy and the "
        "entry of the log.",
        cmd_marac_pack, pack_options },
    { "brief", "", 0, 0, NEEDS_STORE, AS_ANY,
        "say what waits, for whom and how late",
        "With the alerts that wait, and the worst three of them. On a training store nobody needs to sign in.",
        cmd_brief, brief_options },
    { "forecast", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "say which duties will be late first",
        "Day by day until --until, every role takes its open duties in order of due, as many minutes as its officers have; "
        "nothing is done on days that are no working days, and nothing new comes in.",
        cmd_forecast, forecast_options },
    { "policy check", "FILE", 1, 1, NEEDS_NOTHING, AS_ANY,
        "check a policy file",
        "Or a file that ends in .words, .form or .instrument. Prints every problem with its line; the exit status is 1 when "
        "there is one that is more than a warning.",
        cmd_policy_check, check_options },
    { "policy show", "[NAME]", 0, 1, NEEDS_NOTHING, AS_TABLE,
        "print a policy",
        "The one in force, or one that comes with the program; with --as, one that the store keeps, named by the "
        "beginning of its hash.",
        cmd_policy_show, NULL },
    { "policy diff", "FILE [FILE]", 1, 2, NEEDS_NOTHING, AS_ANY,
        "compare two policy files, clause by clause",
        "With --as one file is enough: it is compared with the policy in force, and tried over the last year. The "
        "examples of the first file are run under the second; the exit status is 1 when one does not come out.",
        cmd_policy_diff, NULL },
    { "policy backtest", "FILE", 1, 1, NEEDS_OFFICER, AS_ANY,
        "try a policy over the store's history",
        "What it would have asked for beside the policy in force, on every morning of a period: duties gained and lost, "
        "minutes of work, and high-harm outcomes that would have been flagged earlier. Nothing is changed.",
        cmd_policy_backtest, backtest_options },
    { "policy list", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list the policies of the store",
        "What is proposed, what is and was in force, and who decided.",
        cmd_policy_list, NULL },
    { "policy propose", "FILE", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "propose a policy",
        "For the keeper of the store. The file is checked and its examples are run.",
        cmd_policy_propose, NULL },
    { "policy activate", "HASH", 1, 1, NEEDS_OFFICER, AS_TABLE | AS_JSON,
        "put a proposed policy in force",
        "For a CSU detective inspector, who did not propose it and gives the password once more. Then every duty is "
        "derived anew. HASH is the beginning of the hash that policy list shows, six digits or more.",
        cmd_policy_activate, NULL },
    { "policy withdraw", "HASH", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "withdraw a proposed policy",
        NULL,
        cmd_policy_withdraw, NULL },
    { "form check", "FILE", 1, 1, NEEDS_NOTHING, AS_TABLE,
        "check a form file",
        "Or a risk instrument, which ends in .instrument. Prints every problem with its line; the exit status is 1 when "
        "there is one.",
        cmd_form_check, NULL },
    { "form show", "[NAME]", 0, 1, NEEDS_NOTHING, AS_TABLE,
        "print a form",
        "With --as the one in force, else the one that comes with the program. NAME is book-124d or qa-checklist.",
        cmd_form_show, NULL },
    { "form activate", "FILE", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "put a form in force",
        "Or a risk instrument, which ends in .instrument. It is checked first; every problem is printed with its line. Books "
        "keep the form they were filled in on.",
        cmd_form_activate, NULL },
    { "instrument check", "FILE", 1, 1, NEEDS_NOTHING, AS_TABLE,
        "check a risk instrument",
        "Prints every problem with its line; the exit status is 1 when there is one.",
        cmd_instrument_check, NULL },
    { "instrument show", "NAME", 1, 1, NEEDS_NOTHING, AS_ANY,
        "list the factors of a risk instrument",
        "NAME is specss-plus or dash-2009 as they come with the program, with --as as they are in force, or a file.",
        cmd_instrument_show, NULL },
    { "instrument activate", "FILE", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "put a risk instrument in force",
        "For the keeper of the store. It is checked first; every problem is printed with its line. Assessments keep the "
        "version they were made with.",
        cmd_instrument_activate, NULL },
    { "audit verify", "[FILE]", 0, 1, NEEDS_NOTHING, AS_ANY,
        "prove the log",
        "Every entry and the one before it, the file heads, every case against what the log says of it, and every signature: "
        "how many are valid, how many texts changed since they were signed, how many signers are unknown. With a file: that "
        "of a sealed month, without a store. --anchor takes lines that hold the number of an entry and its hash, or the first "
        "eight digits as they stand on the screen at the way out: a copy of heads kept elsewhere, lines of the system log. "
        "The exit status is 3 when something does not hold.",
        cmd_audit_verify, verify_options },
    { "audit list", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list the log",
        "The kinds are collect, alter, consult, disclose, combine, erase, sign-in, sign-out, denied and care. That it was "
        "read is in the log.",
        cmd_audit_list, audit_options },
    { "audit who-looked", "CASE", 1, 1, NEEDS_OFFICER, AS_ANY,
        "say who looked at a case",
        "Looks, searches and look-ups that showed it, and what was printed or taken out of the store; other acts by --kind.",
        cmd_audit_who_looked, who_looked_options },
    { "audit restricted", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list looks at restricted cases",
        "Also those that were refused. The last seven days unless --from or --to says; only cases that the reader may see.",
        cmd_audit_restricted, who_looked_options },
    { "audit my-record", "", 0, 0, NEEDS_OFFICER, AS_ANY,
        "list what the log holds about you",
        "Your own acts, what was done to your account, and tries to sign in as you.",
        cmd_audit_my_record, my_record_options },
    { "audit seal", "MONTH", 1, 1, NEEDS_OFFICER, AS_TABLE,
        "write a month of the log as a file",
        "MONTH is as 2010-02, and over. What is in the store stays there. The file proves itself: audit verify FILE needs no "
        "store.",
        cmd_audit_seal, seal_options },
    { "backup keygen", "NAME", 1, 1, NEEDS_NOTHING, AS_TABLE,
        "make the pair of keys for backups",
        "NAME.public seals and goes to the host of the store. NAME.secret opens: keep it elsewhere, twice; it is refused in the "
        "store's directory.",
        cmd_backup_keygen, NULL },
    { "backup make", "", 0, 0, NEEDS_STORE, AS_ANY,
        "copy the store, checked and sealed to a key",
        "Nobody waits for it, and nobody need sign in: whoever runs the store runs it, from a timer or with --every. Only the secret key "
        "opens the file. Where the log stood is in its first line, in the open.",
        cmd_backup_make, backup_options },
    { "backup check", "FILE", 1, 1, NEEDS_NOTHING, AS_ANY,
        "say what a backup is",
        "With --secret all of it is opened, and thrown away: is it whole?",
        cmd_backup_check, secret_options },
    { "restore", "FILE", 1, 1, NEEDS_NOTHING, AS_TABLE,
        "make the store anew out of a backup",
        "Into --store DIRECTORY, which must be empty or not there: nothing is ever written over. Checked page by page, and its log is "
        "proved; the exit status is 3 when something does not hold.",
        cmd_restore, secret_options },
    { "rebuild", "", 0, 0, NEEDS_OFFICER, AS_TABLE | AS_JSON,
        "make what is derived again from the facts",
        "Duties, the queue and the search keys. The exit status is 1 when that changed anything.",
        cmd_rebuild, rebuild_options },
    { "doctor", "", 0, 0, NEEDS_NOTHING, AS_ANY,
        "examine terminal, process and store",
        "The checks of the store need --as. The exit status is 1 when something is not as it should be, and 3 when it "
        "is the store itself: missing, newer than the program, or damaged.",
        cmd_doctor, doctor_options },
    { "completion", "SHELL", 1, 1, NEEDS_NOTHING, AS_TABLE,
        "print completions for a shell",
        "SHELL is bash.",
        cmd_completion, NULL },
    { "help", "[COMMAND]", 0, 2, NEEDS_NOTHING, AS_TABLE,
        "show help",
        NULL,
        cmd_help, NULL },
};
/* clang-format on */
const size_t cli_n_commands = ARRAY_LEN(cli_commands);
