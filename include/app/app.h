/* app.h — what one can do with book124. Every business act is a verb here and has the same beats:
** may he? is it valid? begin, change, derive, audit, commit. The faces (cli, ui) know nothing below. */
#ifndef APP_APP_H
#define APP_APP_H

#include "core/signed.h"
#include "policy/policy.h"
#include "store/store.h"
#include <stdio.h>

typedef struct App App;

/* --- opening ------------------------------------------------------------------------------------ */
typedef struct AppOptions {
    const char *dir;      /* the store's directory                                       */
    Time now;             /* TIME_NONE = the machine's clock; else refused on a store that is not a training store */
    const char *terminal; /* for the log: "pts/3", "cli"                                  */
} AppOptions;
App *app_open(const AppOptions *o, Err *err);
void app_close(App **app);
Time app_now(const App *app); /* the moment that is shown: see app_ahead */
/* The moment counts as now for what follows (screens call it once a turn, so that one screen shows one time). */
void app_tick(App *app);
const StoreInfo *app_store(const App *app);
const char *app_dir(const App *app); /* where it lies */
const Policy *app_policy(const App *app);
const Vocabs *app_vocabs(const App *app);
Store *app_store_handle(App *app); /* for tests and benchmarks only */
/* $BOOK124_STORE, else $XDG_DATA_HOME/book124, else ~/.local/share/book124. In `a`. */
const char *app_default_dir(Arena *a);

typedef struct Progress { /* long work tells how far it is and may be stopped */
    bool (*step)(void *with, int64_t done, int64_t total); /* total 0 = unknown; false stops (ERR_STOPPED) */
    void *with;
} Progress;

/* --- making a store ------------------------------------------------------------------------------- */
typedef struct InitOptions {
    const char *dir, *borough; /* borough "KG" when NULL */
    bool training;
    int64_t cases;             /* made-up cases of a training store */
    uint64_t seed;
    Time now;                  /* TIME_NONE = the machine's clock   */
} InitOptions;
bool app_init(const InitOptions *o, const Progress *p, Err *err);
#define TRAINING_PASSWORD "training-book124"
typedef struct TrainingOfficer { const char *warrant, *name; Role role; } TrainingOfficer;
extern const TrainingOfficer training_officers[13]; /* 900001 … 900013, in the order of interchange §3 */

/* Made-up cases, obviously fictitious, lifelike around `now`: the i-th of a seed is always the same. */
typedef struct Training Training;
Training *training_new(uint64_t seed, const char *borough, Time now, int64_t cases);
void training_case(Training *t, int64_t i, const Vocabs *v, Arena *a, CaseDoc *out);
void training_free(Training **t);

/* --- who is at the keyboard -------------------------------------------------------------------------- */
typedef struct Session {
    char warrant[16];
    char name[80];
    RoleSet roles;
    Time since, last_at;
    bool locked;
    bool must_change; /* somebody else chose the password: until one's own is chosen, nothing else can be done */
} Session;
/* Unknown, wrong, locked and suspended look alike (ERR_DENIED). Wrong ones slow down 0 0 1 2 4 s and lock for 15 minutes at five; counters live in the store. */
bool app_sign_in(App *app, const char *warrant, const char *password, Err *err);
void app_sign_out(App *app);                                    /* logged; content when nobody is in */
bool app_lock(App *app, Err *err);                               /* logged; what is being typed can still be put as a draft */
bool app_unlock(App *app, const char *password, Err *err);       /* the same officer                  */
/* Asked at every key: is whoever is signed in still to be (not suspended, no password set by the keeper meanwhile, not for twelve
** hours)? One row is read. False: the sentence says why, and the session is to be ended. Locked sessions are asked too. */
bool app_still_in(App *app, Err *err);
const Session *app_session(const App *app);                      /* NULL when nobody is signed in     */
bool app_may(App *app, Perm perm, Err *err);                     /* false: the sentence says who may; a refusal is logged */
bool app_may_quietly(const App *app, Perm perm);                 /* for drawing: what to offer        */

/* --- the queue ------------------------------------------------------------------------------------------ */
typedef struct DeskQuery {
    QueueTab tab;
    RoleSet roles; /* 0 = the officer's own; others need PERM_QUEUE_ALL */
    const QueueRow *from;
    bool backwards;
    size_t limit;
    Code only_grade;
    const char *only_duty;
    const char *only_of;    /* cases of "me", "nobody" or an investigating officer by warrant; NULL = all. app/caseload.h */
    const char *only_words; /* in the number of the case, what must be done, the offence; along the queue, up to 20,000 rows; NULL = all */
} DeskQuery;
/* Rows say which case, which duty, how late: no case text. Reading them is not a look at a case. Under a clock set by hand to a moment
** before the last fact they are computed from every case, because the stored ones are of all facts. */
bool app_queue_page(App *app, const DeskQuery *q, Arena *a, QueueRow **rows, size_t *n, Err *err);
bool app_queue_counts(App *app, RoleSet roles, int64_t out[TAB_COUNT], Err *err);
bool app_queue_counts_of(App *app, RoleSet roles, const char *only_of, int64_t out[TAB_COUNT], Err *err); /* of one officer's cases; NULL: of all */
const PolicyDuty *app_rule(const App *app, const char *duty); /* title, paragraph, which form fulfils it */

/* --- a case ------------------------------------------------------------------------------------------------ */
typedef struct CaseView {
    CaseRow row;
    CaseDoc doc;
    Duty *duties; /* evaluated now, in order of id and cycle */
    size_t n_duties;
} CaseView;
/* The look is on the disk in the log before anything is returned; if it cannot be, nothing is. ERR_MISSING and ERR_DENIED
** say the same sentence. Under a clock set by hand the document is as it was known then. `purpose` is a word for the log: "desk.preview", "case.open", "why", "export". */
bool app_case_look(App *app, const char *id, const char *purpose, Arena *a, CaseView *out, Err *err);
/* What says where a victim is or how to reach them is CASE_HIDDEN in what is returned; app/contact.h is the door to it. */
#define CASE_HIDDEN     "(hidden)"
#define SAFE_SAID_AGAIN "(hidden, and said again later)" /* of safe contact: a newer entry is of the same value */
bool app_case_why(App *app, const CaseView *view, const char *duty, int cycle, Arena *a, Why *out, Err *err); /* no second look */
typedef struct CaseHits { CaseHit *items; size_t n; } CaseHits;
bool app_case_search(App *app, const char *text, size_t limit, Arena *a, CaseHits *out, Err *err); /* logged */

/* Record one more entry of a list: review, reference, cross reference, contact, notice, event, referral, flag, offence, status … The officer
** and the time are filled in (`by`; `at` = now where the item has TIME_NONE). Checked by the catalogue, the policy's reference formats and the permission
** table. A reference that fits but looks unusual lands with *warning filled (arena `a`; may be NULL). On success *row has the new revision.
** ERR_STALE: somebody else changed the case; err says who and when.
** An item that names an entry which is there says more about it: a book of that serial (its index, its answers), a unit's pending offer
** (accepted_at), a person of that key (particulars, and more `status`). LIST_STATUS itself is added with its person. */
bool app_case_add(App *app, CaseRow *row, CaseListId list, const void *item, Arena *a, const char **warning, Err *err);
/* May the signed-in officer add to this list (and, for reviews, this kind; NULL = any)? */
bool app_may_add(const App *app, CaseListId list, const char *review_kind);

/* --- drafts: what is typed and not yet saved ---------------------------------------------------------------------- */
typedef struct DraftView {
    const char *about;
    const char *text;
    Time at;
    const char *elsewhere; /* the terminal at which another session of this officer writes it; NULL when none does */
} DraftView;
/* `about` names the form: "KG-7F3Q2 reviews ds-supervision 0". Sealed with a key that only the officer's password opens. */
/* From its first put on a draft is this session's. ERR_STALE when another one has it: the sentence says where. */
bool app_draft_put(App *app, const char *about, const char *text, Err *err);
bool app_draft_list(App *app, Arena *a, DraftView **out, size_t *n, Err *err);
bool app_draft_get(App *app, const char *about, Arena *a, DraftView *out, Err *err); /* ERR_MISSING */
bool app_draft_drop(App *app, const char *about, Err *err);
/* Taken, it is this session's, whoever had it (who died without a word, too); ERR_MISSING. Let go, anybody's of this officer: content
** when it is not there or not ours. Signing out lets go of all. */
bool app_draft_take(App *app, const char *about, Err *err);
bool app_draft_release(App *app, const char *about, Err *err);

/* --- in and out ------------------------------------------------------------------------------------------------------ */
typedef struct ImportReport {
    int64_t read, added, changed, same, refused;
    int64_t not_tried; /* after a stop or a failure: read, and not landed                 */
    int64_t go_on;     /* the line of the first of these, or behind the last that counted */
} ImportReport;
typedef struct ImportOptions {
    const char *name;   /* the file as the user called it, for messages */
    bool lenient, dry_run;
    void (*say)(void *with, const char *sentence); /* one refused record or warning: "cases.jsonl: line 12: people[1].nmae: unknown key." */
    void *with;
    const Progress *progress;
} ImportOptions;
bool app_import_cases(App *app, FILE *in, const ImportOptions *o, ImportReport *out, Err *err);
bool app_import_cad(App *app, FILE *in, const ImportOptions *o, ImportReport *out, Err *err);
bool app_export_cases(App *app, const char *only_id, FILE *out, const Progress *p, int64_t *n, Err *err); /* in order of id; logged as disclose */

/* Every duty of every case the officer may see (or of one case), evaluated at app_now; in order of case, duty, cycle. */
typedef struct DutyFilter { const char *case_id; Role owner; unsigned states; /* bits 1 << DutyState; 0 = all */ } DutyFilter;
typedef bool DutyVisitor(void *with, const char *case_id, const Duty *d, DutyState state, Err *err);
bool app_duties_each(App *app, const DutyFilter *f, DutyVisitor *each, void *with, Err *err);

/* --- care --------------------------------------------------------------------------------------------------------------- */
bool app_rebuild(App *app, const Progress *p, int64_t *cases, bool *changed, Err *err);
/* The same, reading every account again for its alerts, also where nothing says that they are not as they were made. */
bool app_rebuild_thorough(App *app, const Progress *p, int64_t *cases, bool *changed, Err *err);
/* What was proved: the chain; cases that are as the log says; up to which entry the file `heads` bears the log out (0: none). `says` puts the
** last two into sentences. What that proves and what not is in docs/audit.md. */
/* What an entry says besides: what is told of a restricted case lies enciphered, and is opened for who has its key. In `a`, or the entry's own. */
const char *app_log_detail(App *app, const AuditEntry *e, Arena *a);
typedef struct AuditVerdict { int64_t entries; Time first, last; char head[HASH_HEX]; int64_t cases, unsaid, erased, anchored, noted, keys_unsigned /* of a store of before */, closed /* enciphered, and not for who asks */; SignedCount signatures; char changed[48]; /* a case with a signed text that changed; "" */ char says[800]; } AuditVerdict;
/* ERR_CORRUPT names the first bad entry, the entries that are missing, or the case that is not what was written. */
bool app_audit_verify(App *app, const Progress *p, AuditVerdict *out, Err *err);
/* Notes of where a log stood, from elsewhere: lines that hold a number and behind it a hash, or the eight digits of one that people
** write down (a copy of heads, the system log, what stood on a screen at the way out). In order of seq. */
typedef struct AuditAnchor { int64_t seq; uint8_t hash[HASH_BYTES]; size_t n; /* bytes of it */ } AuditAnchor;
bool audit_anchors_read(FILE *in, Arena *a, AuditAnchor **out, size_t *n, Err *err);
/* Held against such notes too: what was written anew with `heads` to fit is found by them alone. */
bool app_audit_verify_with(App *app, const AuditAnchor *anchors, size_t n, const Progress *p, AuditVerdict *out, Err *err);
/* The log read: each reading is itself in the log before the first entry is given. `q` sieves (its case and officer count where
** the verb does not name them); entries come until `each` returns false. Texts live until it returns. */
bool app_audit_find(App *app, const AuditQuery *q, AuditVisitor *each, void *with, Err *err); /* PERM_AUDIT_READ */
/* Looks at one case, searches that showed it, what was taken of it: consult, disclose and combine unless q->kinds says. PERM_AUDIT_CASE.
** Of a search only how many it found is told: the others may not be for this reader. */
bool app_who_looked(App *app, const char *case_id, const AuditQuery *q, AuditVisitor *each, void *with, Err *err);
/* What the log holds about the signed-in officer: his own acts, what was done to his account, tries to sign in as him. */
bool app_my_record(App *app, const AuditQuery *q, AuditVisitor *each, void *with, Err *err);
/* Looks and refused looks at cases that are restricted now and that this officer may see; the week up to now unless q says.
** PERM_AUDIT_RESTRICTED. */
bool app_restricted_looks(App *app, const AuditQuery *q, AuditVisitor *each, void *with, Err *err);
/* Where the log stands: for sheets that are printed, for the way out. After a sign-out: the entry of that. */
bool app_log_head(App *app, LogHead *out, Err *err);
/* Every note of where the log stands goes to `tell` too (syslog, when the program is run by hand). */
void app_on_head(App *app, void (*tell)(void *with, const char *line), void *with);

/* A month of the log as a file of its own: a line that says which, one line an entry, a line with a hash over all of it. What is in the
** store stays. `out` gets it only after the sealing is in the log. ERR_INVALID while the month is not over. PERM_AUDIT_READ. */
typedef struct AuditSeal {
    char month[8], store[33], borough[8]; /* "2010-02" */
    int64_t first, last, entries;         /* last 0: none in that month */
    char prev[HASH_HEX], head[HASH_HEX], hash[HASH_HEX];
} AuditSeal;
bool app_audit_seal(App *app, const char *month, FILE *out, AuditSeal *seal, Err *err);
/* Pure: needs no store. ERR_CORRUPT names the first line that is not as it was written. */
bool audit_seal_check(FILE *in, AuditSeal *seal, Err *err);
/* The first officer of a store can only be a keeper, and is the one that can be added without signing in. */
bool app_officer_add(App *app, const char *warrant, const char *name, RoleSet roles, const char *password, Err *err);
bool app_officer_list(App *app, Arena *a, Officer **out, size_t *n, Err *err);
bool app_officer_suspend(App *app, const char *warrant, bool suspended, Err *err);
bool app_officer_password(App *app, const char *warrant, const char *password, Err *err); /* one's own, or as keeper */
int app_password_least(RoleSet roles); /* characters: 12, 15 for who signs (role_signs) */
bool app_officer_role(App *app, const char *warrant, RoleSet roles, Err *err);
bool app_doctor(App *app, bool thorough, Arena *a, StoreCheck **out, size_t *n, Err *err);

/* --- putting a policy in force ------------------------------------------------------------------------------------------------ */
/* One officer proposes, another approves; the store keeps every text. A running session notices (app_tick, at most once a second)
** and goes on under the new one; pointers into the old one stay good until app_close. */
typedef enum PolicyStanding { POLICY_PROPOSED, POLICY_IN_FORCE, POLICY_WAS_IN_FORCE, POLICY_WITHDRAWN, POLICY_STANDINGS } PolicyStanding;
extern const char *const policy_standing_words[POLICY_STANDINGS];  /* "proposed", "in-force", "was-in-force", "withdrawn" */
extern const char *const policy_standing_labels[POLICY_STANDINGS]; /* "proposed", "in force", … */
typedef struct PolicyEntry {
    int64_t proposal, policy; /* their rows; 0 when there is none */
    const char *id, *hash;
    PolicyStanding standing;
    const char *by;           /* who proposed it, NULL: it came with the program */
    Time at;
    const char *decided_by;   /* who put it in force or withdrew it; NULL while it is proposed, or the program */
    Time decided_at, until;   /* until: when the next one took its place */
} PolicyEntry;
bool app_policy_list(App *app, Arena *a, PolicyEntry **out, size_t *n, Err *err); /* proposed first, then newest first; PERM_POLICY_READ */
/* The one whose hash begins so (6 digits or more); of equal texts the newest that is proposed, else the newest. ERR_MISSING, ERR_INVALID when several fit. */
bool app_policy_find(App *app, const char *hash, Arena *a, PolicyEntry *out, Err *err);
bool app_policy_text(App *app, const PolicyEntry *e, Arena *a, const char **text, size_t *n, Err *err);
/* Refused when the file has a problem (then `problems` says which), is in force or proposed already, or lacks a word that cases use. */
bool app_policy_propose(App *app, const char *name, const char *text, size_t n, PolicyProblems *problems, char hash[HASH_HEX], Err *err);
bool app_policy_withdraw(App *app, const char *hash, Err *err);
/* Approves: a CSU detective inspector who did not propose it, with the password again. Then derives every duty anew, in slices: `p`
** stopping that (ERR_STOPPED, out->in_force) leaves the policy in force; the rest is derived when this is called again, or by a rebuild. */
typedef struct PolicyActivated { char was[HASH_HEX], is[HASH_HEX]; int64_t cases; bool changed, in_force; } PolicyActivated;
bool app_policy_activate(App *app, const char *hash, const char *password, const Progress *p, PolicyActivated *out, Err *err);
/* Which one made what is shown: "mps-dv-2010, 3f8a01c2, in force since 1 Feb 2010 09:12". */
const char *app_policy_words(const App *app, Arena *a);
int64_t app_policy_key(const App *app); /* changes when another one is picked up */

/* --- the clock set ahead ---------------------------------------------------------------------------------------------------------- */
/* What is read (queue, counts, duties, cases, brief) is read as it will be at `t` if nothing is done before; app_now says `t`. Works on
** every store: facts, the log and passwords keep the real clock, and nothing can be entered meanwhile. TIME_NONE = back to now. Signing in
** sets it back. ERR_INVALID for a moment that has passed, or is more than a year away. */
bool app_ahead(App *app, Time t, Err *err);
Time app_ahead_at(const App *app); /* TIME_NONE when it is not set ahead */
bool app_may_enter(const App *app, Err *err); /* false, with a sentence, while it is set ahead */
/* What people type for a moment to come: "mon 0700", "tomorrow 0900", "0700" (the next), "15 feb 2010 0700", RFC 3339. */
bool app_ahead_typed(const App *app, const char *text, Time *out, Err *err);

/* --- who will be late first -------------------------------------------------------------------------------------------------------- */
/* A plain simulation, so that it can be explained: day by day, every role takes its open duties in order of due, as many minutes as its
** strength has; on days that are no working days of the policy nothing is done. A duty is in time when it is done on the day it is due at
** the latest. A repeating duty comes again from when it was done, and is taken up when half its time is over. Nothing new comes in. */
typedef struct ForecastLeave { const char *warrant; Date from, to; RoleSet roles; /* filled in by app_forecast */ } ForecastLeave;
typedef struct ForecastDuty { const char *case_id, *duty; int cycle; Role owner; Time opens, due; int minutes; int64_t again; /* seconds; 0 = once */ } ForecastDuty;
typedef struct ForecastInput {
    Time now, until;
    int strength[ROLE_COUNT];
    int minutes_a_day;
    const ForecastLeave *leave; size_t n_leave;
    const ForecastDuty *duties; size_t n_duties;
    const Policy *calendar;
} ForecastInput;
typedef struct ForecastLate { const char *case_id, *duty; int cycle; Role owner; Time due; Date done; /* DATE_NONE: not by `until` */ } ForecastLate;
typedef struct ForecastDay { Date day; Role role; int64_t asked, capacity, worked, left; /* minutes: of duties due that day; what there is; done; open at its end */ int64_t late; } ForecastDay;
typedef struct Forecast {
    Time now, until;
    int strength[ROLE_COUNT];
    int minutes_a_day;
    int64_t overdue; /* duties that are late already */
    ForecastLate *late; size_t n_late; /* those that will be, in order of due */
    ForecastDay *days;  size_t n_days; /* in order of day and role: roles that have duties */
} Forecast;
void forecast_run(const ForecastInput *in, Arena *a, Forecast *out); /* pure */
enum { FORECAST_MINUTES_A_DAY = 240, FORECAST_DAYS_MAX = 92 };
typedef struct ForecastOptions {
    Time until;
    int strength[ROLE_COUNT]; /* -1 = as many as have the role and are not suspended */
    int minutes_a_day;        /* of each officer, for duties; 0 = FORECAST_MINUTES_A_DAY */
    int minutes;              /* what a duty takes when the policy does not say; 0 = then it is refused */
    ForecastLeave *leave; size_t n_leave;
} ForecastOptions;
bool app_forecast(App *app, const ForecastOptions *o, Arena *a, Forecast *out, Err *err); /* PERM_QUEUE_ALL; logged as a look */

/* --- trying a policy before living under it ------------------------------------------------------------------------------ */
/* The cases of the store as they were on every local day of a period at 07:00, under the policy in force ([0]) and under another
** one ([1]). Nothing is written but the log entry of the look. Needs PERM_QUEUE_ALL. */
typedef enum TrialChange { TRIAL_GAINED, TRIAL_LOST, TRIAL_MOVED /* asked by both, due or owner differ */, TRIAL_CHANGES } TrialChange;
extern const char *const trial_words[TRIAL_CHANGES]; /* "gained", "lost", "moved" */
typedef struct TrialSums { /* under one policy, over the period */
    int64_t asked;         /* duties                                                     */
    int64_t late;          /* …that went past due in it                                  */
    int64_t open, overdue; /* duty-days: mornings on which one was open, or overdue      */
    int64_t minutes;       /* what they ask for, each done when due at the latest        */
} TrialSums;
typedef struct TrialDuty { const char *id, *title; Role owner; int64_t n[TRIAL_CHANGES]; TrialSums sums[2]; } TrialDuty;
typedef struct TrialRole { Role role; int64_t n[TRIAL_CHANGES]; TrialSums sums[2]; } TrialRole;
typedef struct TrialDay { /* one role on one day */
    Date day;
    Role role;
    int64_t n[TRIAL_CHANGES];                 /* by the day they were first asked, or the first of the period */
    int64_t open[2], overdue[2], minutes[2];  /* at 07:00; minutes up to then since the day before */
} TrialDay;
typedef struct TrialCase { const char *case_id, *duty; int cycle; Role owner; TrialChange change; Time due[2]; /* TIME_NONE: not asked */ } TrialCase;
typedef struct TrialHarm { /* a high-harm outcome that the other policy would have flagged earlier */
    const char *case_id, *offence;
    Time at;
    const char *duty;
    int cycle;
    Time flagged[2]; /* since when that duty was overdue before the outcome; TIME_NONE: not at all */
} TrialHarm;
typedef struct Backtest {
    const char *id[2], *hash[2];
    Date from, to;
    Date first;            /* of the period: from here on there was a case at all, averages are over the days since; after `to`: none */
    int64_t cases, harmed; /* looked at; with a high-harm outcome in the period, more than a day after the report */
    bool any_minutes;      /* does either file say how long anything takes? */
    TrialDuty *duties; size_t n_duties; /* in order of id: every duty of either policy */
    TrialRole *roles;  size_t n_roles;  /* those that own one */
    TrialDay *days;    size_t n_days;   /* in order of day and role: those on which there was anything */
    TrialCase *changes; size_t n_changes; int64_t left_off; /* by case; at most 100,000 are kept */
    TrialHarm *harms;  size_t n_harms;
} Backtest;
typedef struct BacktestOptions {
    const Policy *trial;
    Date from, to; /* both included; DATE_NONE: the year up to yesterday */
    const Progress *progress;
} BacktestOptions;
bool app_backtest(App *app, const BacktestOptions *o, Arena *a, Backtest *out, Err *err);
/* The result in sentences, one each, most important first: what a screen and a command say alike. */
size_t app_backtest_words(const Backtest *b, Arena *a, const char ***out);
bool app_backtest_differs(const TrialDuty *d); /* is the duty otherwise under the trial in anything? */

/* Two policies as texts: statement by statement, duties clause by clause, notes and spaces left out. Pure: needs no store. */
typedef enum DiffKind { DIFF_ADDED, DIFF_REMOVED, DIFF_CHANGED, DIFF_KINDS } DiffKind;
extern const char *const diff_words[DIFF_KINDS]; /* "added", "removed", "changed" */
typedef struct DiffRow {
    DiffKind kind;
    const char *what;    /* "duty ds-supervision", "condition serious", "bank holidays" */
    const char *clause;  /* "every", "example \"closed early\"" …; "" for the whole statement */
    const char *text[2]; /* as it was and as it is; NULL where it is not */
    int line[2];         /* 0 where it is not */
    const char *written; /* its own lines, notes and all, of a statement that came or went; else NULL */
} DiffRow;
typedef struct PolicyDiff {
    DiffRow *rows; size_t n; /* in the order of the second file; what it lacks last */
    const char **fails; size_t n_fails; /* sentences: examples of the first that do not come out under the second */
} PolicyDiff;
/* The texts of a row as they are shown: of two long ones only what differs, between dots. */
void app_diff_texts(const DiffRow *r, Arena *a, const char *out[2]);
void app_policy_diff(const Policy *was, const Policy *is, Arena *a, PolicyDiff *out);

/* What waits, for whom, how late: the page shown where there is no terminal. No sign-in is needed on a training store only. */
enum { BRIEF_WORST = 3 };
typedef struct BriefLine {
    Role role;
    int64_t counts[TAB_COUNT];
    Time oldest_due;
    int64_t alerts;                   /* that wait for an answer of this role: what the desk says */
    AlertRow *worst; size_t n_worst;  /* the first BRIEF_WORST of them, by grade, then the oldest */
} BriefLine;
bool app_brief(App *app, Arena *a, BriefLine **out, size_t *n, Err *err);

#endif
