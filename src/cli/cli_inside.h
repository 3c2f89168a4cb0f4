/* cli_inside.h — what the commands share: the one table they stand in, and the hand that each of them is given. */
#ifndef CLI_INSIDE_H
#define CLI_INSIDE_H

#include "base/str.h"
#include "cli/cli.h"
#include "out.h"

/* --- options --------------------------------------------------------------------------------- */
typedef enum OptId {
    OPT_STORE,
    OPT_AS,
    OPT_NOW,
    OPT_FORMAT,
    OPT_ASCII,
    OPT_LOCK_AFTER,
    OPT_HELP,
    OPT_VERSION,
    OPT_SCRIPT,
    OPT_OFFICER,
    OPT_MINE,
    OPT_NOBODY,
    OPT_OFFICERS,
    OPT_REASON,
    OPT_KIND,
    OPT_ANCHOR,
    OPT_NEWEST,
    OPT_KEY,
    OPT_SECRET,
    OPT_DIR,
    OPT_EVERY,
    OPT_THIN,
    OPT_TRAINING,
    OPT_CASES,
    OPT_SEED,
    OPT_BOROUGH,
    OPT_ROLE,
    OPT_STATE,
    OPT_TAB,
    OPT_LIMIT,
    OPT_CASE,
    OPT_CYCLE,
    OPT_DRY_RUN,
    OPT_LENIENT,
    OPT_OUTPUT,
    OPT_UNDO,
    OPT_FROM,
    OPT_THOROUGH,
    OPT_GRADE,
    OPT_DUTY,
    OPT_SERIAL,
    OPT_REVISION,
    OPT_SHEET,
    OPT_REDACTED,
    OPT_PDF,
    OPT_HOLDER,
    OPT_INDEX,
    OPT_TO,
    OPT_TEAM,
    OPT_WANTED,
    OPT_COVERAGE,
    OPT_BY,
    OPT_AHEAD,
    OPT_UNTIL,
    OPT_LEAVE,
    OPT_STRENGTH,
    OPT_MINUTES_A_DAY,
    OPT_MINUTES,
    OPT_ACTED,
    OPT_DISMISSED,
    OPT_BASIS,
    OPT_GROUNDS,
    OPT_RESTRICTED,
    OPT_CRIS,
    OPT_MERLIN,
    OPT_SKIP_BAD,
    OPT_ATHENA,
    OPT_MEETING,
    OPT_SET_BY,
    OPT_APPROACH,
    OPT_OWNER,
    OPT_WHO,
    OPT_DUE,
    OPT_RATIONALE,
    OPT_REVIEW,
    OPT_OPEN,
    OPT_AGENCIES,
    OPT_COPIES,
    OPT_SUBJECT,
    OPT_ALONE,
    OPT_PURPOSE,
    OPT_OVERRIDE,
    OPT_CONFIRMED,
    OPT_WITH,
    OPT_AT,
    OPT_PROTECTS,
    OPT_COURT,
    OPT_NUMBER,
    OPT_TERMS,
    OPT_EXPIRES,
    OPT_SERVED,
    OPT_CONDITION,
    OPT_OFFENCE,
    OPT_ARREST,
    OPT_PLACES,
    OPT_VIEW,
    OPT_WORDS,
    OPT_SHARE,
    OPT_COUNT
} OptId;

typedef const char *Words(size_t i); /* the i-th word an option takes; NULL behind the last */
Words cli_kind_words; /* of the log */
typedef struct Option {
    OptId id;
    const char *name;     /* "store": said as --store */
    const char *argument; /* "DIRECTORY"; NULL when it takes none */
    const char *help;     /* half a sentence, small first letter, no stop */
    Words *words;         /* NULL: anything */
    bool hidden;          /* for tests; not in the help */
} Option;

/* Lists of options end with a NULL name. */
extern const Option cli_options[]; /* those of every command */

/* --- commands -------------------------------------------------------------------------------- */
typedef struct Cli Cli;
typedef enum Needs {
    NEEDS_NOTHING,
    NEEDS_STORE,  /* signs in when --as was given */
    NEEDS_OFFICER /* --as and a password          */
} Needs;
enum { WORDS_MAX = 56, GIVEN_MAX = 64, LIMIT_MAX = 10000000 };

typedef struct Command {
    const char *name;      /* "case show": one or two words */
    const char *arguments; /* "CASE DUTY"; "" for none      */
    int least, most;       /* how many of them              */
    Needs needs;
    unsigned formats;    /* bits 1 << Format              */
    const char *summary; /* one line, no stop             */
    const char *help;    /* sentences; may be NULL        */
    bool (*run)(Cli *cli, Err *err);
    const Option *options; /* its own; may be NULL         */
} Command;

extern const Command cli_commands[];
extern const size_t cli_n_commands;

/* --- what a command is given ----------------------------------------------------------------- */
typedef struct Given {
    OptId id;
    const char *value;
} Given;
struct Cli {
    const Command *command;
    Given given[GIVEN_MAX]; /* options, as they came */
    size_t n_given;
    const char *words[WORDS_MAX];
    size_t n_words;
    Arena *arena; /* wiped at the end */
    App *app;     /* open when the command needs a store */
    const char *dir;
    Time now; /* --now, else TIME_NONE */
    Format format;
    Look look; /* colour, ASCII: of standard output */
    Progress progress;
    CliScreens *screens;
    bool found; /* done, but something was found or refused: exit status 1 */
    int worse;  /* what was found is worse than that: this exit status; 0 when it is not */
};

const Command *cli_command_named(const char *first, const char *second, bool *family); /* second may be NULL */
/* The sentence for words that name no command, with the nearest that do. Returns false. */
bool cli_unknown_command(const char *first, const char *second, bool family, Err *err);
/* cli_args.c: reading the words. Fills cli->command, given and words; NULL command = none was named. */
bool cli_parse(Cli *cli, int argc, char **argv, Err *err);
const char *cli_value(const Cli *cli, OptId id); /* the last one given, or NULL */
bool cli_has(const Cli *cli, OptId id);
/* A whole number between least and most; `otherwise` when it was not given. */
bool cli_number(const Cli *cli, OptId id, int64_t least, int64_t most, int64_t otherwise, int64_t *out, Err *err);
const Option *cli_option(const Command *c, OptId id);
/* --from and --to, both needed; a day stands for its first second, or its last. */
bool cli_period(const Cli *cli, Time *from, Time *to, Err *err);
RoleSet cli_roles(const Cli *cli);                 /* of every --role */
bool cli_borough_fits(const char *code, Err *err); /* NULL fits */
Words cli_role_words, cli_state_words, cli_tab_words, cli_format_words, cli_grade_words, cli_book_state_words, cli_by_words, cli_forecast_words, cli_basis_words,
    cli_task_source_words, cli_approach_words, cli_owner_words, cli_purpose_words;

/* cli_help.c: the same table, read by people and by shells. */
void cli_help(FILE *to);
void cli_help_of(const Command *c, FILE *to);
void cli_help_family(const char *word, FILE *to); /* "officer": its commands */
void cli_completion_bash(FILE *to);
void cli_manual(FILE *to); /* the commands and options of book124(1), as mdoc */

/* cli.c: opens the store that the command line names into cli->app. */
bool cli_open_store(Cli *cli, Err *err);
/* Where there is no home, there is no store unless one is named: ERR_USAGE. */
bool cli_store_named(const Cli *cli, Err *err);

/* cli_signin.c */
bool cli_sign_in(Cli *cli, Err *err);
/* A new password, typed twice or from the file of BOOK124_NEW_PASSWORD_FILE. Lives in cli->arena. */
const char *cli_new_password(Cli *cli, const char *whose, Err *err);
/* The officer's own password once more, for an act that signs. Lives in cli->arena, which is wiped. */
const char *cli_password_again(Cli *cli, Err *err);
/* That of a second officer, typed by them or from the file of BOOK124_SECOND_PASSWORD_FILE. Lives in cli->arena. */
const char *cli_second_password(Cli *cli, const char *whose, Err *err);

/* cmd_policy.c: a file read and checked; NULL when it has problems, which are told */
Policy *cli_policy_read(Cli *cli, const char *name, Err *err);

/* cli_stop.c: the interrupt key and how far a long work is */
void cli_stop_start(void);
bool cli_stopped(void);
Progress cli_progress(const char *verb); /* "import": told on standard error when it is a terminal */
void cli_progress_end(void);

/* cli_file.c: files as the user names them */
enum { SHOWN_MAX = 200 };
const char *cli_shown(const char *name, char out[SHOWN_MAX]); /* as it may stand in a sentence: safe, one line, cut */
FILE *cli_open_input(const char *name, Err *err); /* "-" is standard input */
typedef struct Target {
    FILE *file;
    char *name, *temporary;
} Target;
bool cli_target_open(Target *t, const char *name, Err *err); /* NULL or "-" is standard output */
bool cli_target_keep(Target *t, Err *err);                   /* synced, then renamed into place */
void cli_target_end(Target *t);                              /* gives up what was not kept */
bool cli_read_all(const char *name, Str *out, Err *err);     /* at most 16 MiB */

/* cli_say.c: sentences on standard error, made safe: "book124: …" */
void cli_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void cli_say_error(const Err *err);
int cli_status(const Err *err);
void cli_print(const Cli *cli, const char *fmt, ...)
    __attribute__((format(printf, 2, 3))); /* result for people, on standard output, made safe */
/* `text` in lines of at most `width` columns, each behind `indent` blanks. */
/* "✓ signature valid, key 0123456789abcdef"; `key` may be NULL. */
const char *cli_signed_words(Cli *cli, SignedStand stand, const char *key);
void cli_print_wrapped(const Cli *cli, const char *text, int indent, int width);
Out *cli_out(Cli *cli, const Column *columns, size_t n);

/* cmd_qa.c: --from and --to, both needed; a day stands for its first second, or its last */
bool cli_period(const Cli *cli, Time *from, Time *to, Err *err);

/* cmd_book.c: a paper as text or PDF, to --output or standard output. A PDF does not go to a terminal. */
bool cli_paper_has_place(const Cli *cli, bool pdf, Err *err);
bool cli_paper_write(Cli *cli, const Str *paper, Err *err);

/* cmd_policy.c: what policy files, words files and form files share */
void cli_say_problems(Cli *cli, const char *name, const Str *text, const PolicyProblems *problems);
bool cli_show_text(Cli *cli, const char *text, size_t n); /* a file as it is, made safe */

/* cmd_policy_cover.c */
bool cli_policy_coverage(Cli *cli, const Policy *p, Err *err);

/* cmd_duties.c and cmd_why_check.c: explanations */
void cli_why_lines(Str *json, const WhyLine *lines, size_t n);            /* ,"lines":[…] */
void cli_why_sections(Cli *cli, const WhyLine *lines, size_t n);          /* for people, under headings */
bool cli_why_check(Cli *cli, RuleKind kind, const CaseView *view, bool expected, Err *err); /* of a gate or an alert */

/* cli_start.c: before anything else (reliability: the process). Descriptors that were left open are closed, but for those that a word
** of the command line names ("/dev/fd/63"). */
void cli_start(int argc, char **argv);
/* cli_confine.c: once the store is open. What cannot be done is passed over; doctor says which. */
void cli_confine(Cli *cli);
const char *cli_confined_files(Arena *a);
const char *cli_confined_calls(Arena *a);

/* the commands */
bool cmd_init(Cli *cli, Err *err);
bool cmd_training(Cli *cli, Err *err);
bool cmd_officer_add(Cli *cli, Err *err);
bool cmd_officer_list(Cli *cli, Err *err);
bool cmd_officer_suspend(Cli *cli, Err *err);
bool cmd_officer_password(Cli *cli, Err *err);
bool cmd_officer_role(Cli *cli, Err *err);
bool cmd_import_cases(Cli *cli, Err *err);
bool cmd_import_cad(Cli *cli, Err *err);
bool cmd_export_cases(Cli *cli, Err *err);
bool cmd_duties(Cli *cli, Err *err);
bool cmd_queue(Cli *cli, Err *err);
bool cmd_why(Cli *cli, Err *err);
bool cmd_why_not(Cli *cli, Err *err);
bool cmd_case_show(Cli *cli, Err *err);
bool cmd_case_search(Cli *cli, Err *err);
bool cmd_case_since(Cli *cli, Err *err);
bool cmd_case_counter(Cli *cli, Err *err);
bool cmd_order_list(Cli *cli, Err *err);
bool cmd_order_add(Cli *cli, Err *err);
bool cmd_order_served(Cli *cli, Err *err);
bool cmd_order_considered(Cli *cli, Err *err);
bool cmd_order_end(Cli *cli, Err *err);
bool cmd_order_extend(Cli *cli, Err *err);
bool cmd_order_breach(Cli *cli, Err *err);
bool cmd_bail_add(Cli *cli, Err *err);
bool cmd_contact_list(Cli *cli, Err *err);
bool cmd_contact_add(Cli *cli, Err *err);
bool cmd_contact_ways(Cli *cli, Err *err);
bool cmd_contact_open(Cli *cli, Err *err);
bool cmd_contact_confirm(Cli *cli, Err *err);
bool cmd_brief(Cli *cli, Err *err);
bool cmd_forecast(Cli *cli, Err *err);
bool cmd_policy_check(Cli *cli, Err *err);
bool cmd_policy_show(Cli *cli, Err *err);
bool cmd_policy_diff(Cli *cli, Err *err);
bool cmd_policy_backtest(Cli *cli, Err *err);
bool cmd_policy_list(Cli *cli, Err *err);
bool cmd_policy_propose(Cli *cli, Err *err);
bool cmd_policy_activate(Cli *cli, Err *err);
bool cmd_policy_withdraw(Cli *cli, Err *err);
bool cmd_book_show(Cli *cli, Err *err);
bool cmd_book_print(Cli *cli, Err *err);
bool cmd_book_list(Cli *cli, Err *err);
bool cmd_book_move(Cli *cli, Err *err);
bool cmd_book_index(Cli *cli, Err *err);
bool cmd_form_check(Cli *cli, Err *err);
bool cmd_form_show(Cli *cli, Err *err);
bool cmd_form_activate(Cli *cli, Err *err);
bool cmd_case_add(Cli *cli, Err *err);
bool cmd_case_say(Cli *cli, Err *err);
bool cmd_case_review(Cli *cli, Err *err);
bool cmd_case_withdraw(Cli *cli, Err *err);
bool cmd_closing(Cli *cli, Err *err);
bool cmd_case_close(Cli *cli, Err *err);
bool cmd_case_reopen(Cli *cli, Err *err);
bool cmd_owner(Cli *cli, Err *err);
bool cmd_reconcile(Cli *cli, Err *err);
bool cmd_access_restrict(Cli *cli, Err *err);
bool cmd_access_show(Cli *cli, Err *err);
bool cmd_access_grant(Cli *cli, Err *err);
bool cmd_access_revoke(Cli *cli, Err *err);
bool cmd_access_subject(Cli *cli, Err *err);
bool cmd_access_clear(Cli *cli, Err *err);
bool cmd_access_holders(Cli *cli, Err *err);
bool cmd_access_agree(Cli *cli, Err *err);
bool cmd_access_propose(Cli *cli, Err *err);
bool cmd_access_withdraw(Cli *cli, Err *err);
bool cmd_access_confirm(Cli *cli, Err *err);
bool cmd_access_glass(Cli *cli, Err *err);
bool cmd_access_glasses(Cli *cli, Err *err);
bool cmd_access_review(Cli *cli, Err *err);
bool cmd_access_matches(Cli *cli, Err *err);
bool cmd_retention_due(Cli *cli, Err *err);
bool cmd_retention_keep(Cli *cli, Err *err);
bool cmd_retention_propose(Cli *cli, Err *err);
bool cmd_retention_withdraw(Cli *cli, Err *err);
bool cmd_retention_erase(Cli *cli, Err *err);
bool cmd_retention_erased(Cli *cli, Err *err);
bool cmd_officer_custodians(Cli *cli, Err *err);
bool cmd_officer_recover(Cli *cli, Err *err);
bool cmd_alert_list(Cli *cli, Err *err);
bool cmd_alert_answer(Cli *cli, Err *err);
bool cmd_alert_budget(Cli *cli, Err *err);
bool cmd_gate(Cli *cli, Err *err);
bool cmd_task_list(Cli *cli, Err *err);
bool cmd_task_add(Cli *cli, Err *err);
bool cmd_handover_show(Cli *cli, Err *err);
bool cmd_handover_give(Cli *cli, Err *err);
bool cmd_handover_note(Cli *cli, Err *err);
bool cmd_handover_read(Cli *cli, Err *err);
bool cmd_handover_take(Cli *cli, Err *err);
bool cmd_view_list(Cli *cli, Err *err);
bool cmd_view_add(Cli *cli, Err *err);
bool cmd_view_rename(Cli *cli, Err *err);
bool cmd_view_remove(Cli *cli, Err *err);
bool cmd_workload(Cli *cli, Err *err);
bool cli_caseloads(Cli *cli, Err *err); /* workload --officers */
bool cmd_case_assign(Cli *cli, Err *err);
bool cmd_caseload_show(Cli *cli, Err *err);
bool cmd_caseload_move(Cli *cli, Err *err);
bool cmd_watchdog(Cli *cli, Err *err);
bool cmd_hold_add(Cli *cli, Err *err);
bool cmd_hold_end(Cli *cli, Err *err);
bool cmd_task_done(Cli *cli, Err *err);
bool cmd_task_approve(Cli *cli, Err *err);
bool cmd_risk_show(Cli *cli, Err *err);
bool cmd_risk_compare(Cli *cli, Err *err);
bool cmd_risk_drift(Cli *cli, Err *err);
bool cmd_instrument_check(Cli *cli, Err *err);
bool cmd_instrument_show(Cli *cli, Err *err);
bool cmd_instrument_activate(Cli *cli, Err *err);
bool cmd_referral_list(Cli *cli, Err *err);
bool cmd_referral_offer(Cli *cli, Err *err);
bool cmd_referral_answer(Cli *cli, Err *err);
bool cmd_referral_send(Cli *cli, Err *err);
bool cmd_referral_skip(Cli *cli, Err *err);
bool cmd_referral_accept(Cli *cli, Err *err);
bool cmd_referral_decline(Cli *cli, Err *err);
bool cmd_referral_close(Cli *cli, Err *err);
bool cmd_referral_gaps(Cli *cli, Err *err);
bool cmd_report_referrals(Cli *cli, Err *err);
bool cmd_marac_agenda(Cli *cli, Err *err);
bool cmd_marac_list(Cli *cli, Err *err);
bool cmd_marac_hear(Cli *cli, Err *err);
bool cmd_marac_action(Cli *cli, Err *err);
bool cmd_marac_actions(Cli *cli, Err *err);
bool cmd_marac_grounds(Cli *cli, Err *err);
bool cmd_marac_form(Cli *cli, Err *err);
bool cmd_marac_pack(Cli *cli, Err *err);
bool cmd_qa_draw(Cli *cli, Err *err);
bool cmd_qa_list(Cli *cli, Err *err);
bool cmd_qa_show(Cli *cli, Err *err);
bool cmd_qa_results(Cli *cli, Err *err);
bool cmd_dmm(Cli *cli, Err *err);
bool cmd_dmm_meetings(Cli *cli, Err *err);
bool cmd_dmm_sheet(Cli *cli, Err *err);
bool cmd_roundup(Cli *cli, Err *err);
bool cmd_audit_verify(Cli *cli, Err *err);
bool cmd_audit_list(Cli *cli, Err *err);
bool cmd_audit_who_looked(Cli *cli, Err *err);
bool cmd_audit_my_record(Cli *cli, Err *err);
bool cmd_audit_restricted(Cli *cli, Err *err);
bool cmd_audit_seal(Cli *cli, Err *err);
bool cmd_backup_keygen(Cli *cli, Err *err);
bool cmd_backup_make(Cli *cli, Err *err);
bool cmd_backup_check(Cli *cli, Err *err);
bool cmd_restore(Cli *cli, Err *err);
bool cmd_rebuild(Cli *cli, Err *err);
bool cmd_doctor(Cli *cli, Err *err);
bool cmd_completion(Cli *cli, Err *err);
bool cmd_help(Cli *cli, Err *err);

/* --- cmd_review.c: what a review has besides the fields of its entry ------------------------------------ */
size_t cli_review_words(Cli *cli, size_t from, const char **out); /* taken out of the words; at most as many as there are */
bool cli_review_add(Cli *cli, CaseView *view, const Review *review, const char *const *words, size_t n, Err *err);

#endif
