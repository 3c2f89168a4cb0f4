/* policy.h — a checked, immutable set of rules, and its answer for one case.
** Pure: no clock, store, screen or environment. The language is docs/policy.md. */
#ifndef POLICY_POLICY_H
#define POLICY_POLICY_H

#include "base/arena.h"
#include "base/err.h"
#include "core/case.h"
#include "core/duty.h"

typedef struct Policy Policy;

/* --- reading a file -------------------------------------------------------------------- */
typedef struct PolicyProblem {
    int line, column, width; /* from 1; width in columns of what is underlined */
    const char *text;        /* "There is no field \"reprted\"."                        */
    const char *expected;    /* "a moment: reported, attended, …"; "" when obvious     */
    const char *nearest;     /* "reported"; "" when nothing is near                    */
    bool warning;            /* worth a look, and stops nothing: a rule that can never fire */
} PolicyProblem;

typedef struct PolicyProblems {
    Arena *arena; /* whose the texts are; given by the caller */
    PolicyProblem *items;
    size_t n;
} PolicyProblems;

/* All problems of one run, in file order. NULL when one of them is more than a warning. `name` is what messages call the file.
** Examples in the file are run as part of the check; one that fails is a problem. The policy keeps its own copy of the text.
** `words from NAME` and `use RULE from NAME` look among the files that the program carries. */
Policy *policy_parse(const char *name, const char *text, size_t n, PolicyProblems *problems);
/* A whole text (policy_whole_text) that was checked when it was put in force: its examples are not run again, nothing is analysed, and
** its words are made ready when a text is first searched. The caller compares policy_hash with what was kept. */
Policy *policy_parse_checked(const char *name, const char *text, size_t n, PolicyProblems *problems);
/* The same with words files at hand, which `words from NAME` looks in before those compiled in; one named "learning.policy" serves
** `use RULE from learning`. */
typedef struct PolicyFile { const char *name, *text; size_t n; } PolicyFile; /* name: "accounts" */
Policy *policy_parse_with(const char *name, const char *text, size_t n, const PolicyFile *words, size_t n_words, PolicyProblems *problems);
/* A words file by itself: patterns are compiled, examples run. False when there is any problem. *n_lists may be NULL. */
bool policy_words_check(const char *name, const char *text, size_t n, size_t *n_lists, PolicyProblems *problems);
void policy_free(Policy **p);
/* "file:12:9: error: …" with the line, carets, what was expected and the nearest name, as people know it from compilers. */
void policy_problem_print(const PolicyProblem *problem, const char *name, const char *text, size_t n, Str *out);

/* --- what it is ---------------------------------------------------------------------------- */
const char *policy_id(const Policy *p);    /* "mps-dv-2010" */
const char *policy_title(const Policy *p);
const char *policy_hash(const Policy *p);  /* 64 hex digits: BLAKE2b-256 of the whole text: with the words files it uses */
const char *policy_text(const Policy *p, size_t *n);  /* as it was given */
/* The text with the words files it uses behind it: a policy by itself, of the same hash, whatever words a later program brings.
** This is what is kept when a policy is activated. */
const char *policy_whole_text(const Policy *p, size_t *n);
const Vocabs *policy_vocabs(const Policy *p); /* the standard words and those the file adds */

typedef enum SpanUnit { SPAN_SECONDS, SPAN_DAYS /* the same time of day */, SPAN_WORKING_DAYS } SpanUnit;
typedef struct PolicyEscalation { Role role; SpanUnit unit; int n; } PolicyEscalation; /* `then ROLE after n …`, counted from when it was due */

typedef enum DutyTick { /* ticked off in words, and how */
    TICK_NONE,  /* another record of the case shows that it is done */
    TICK_ENTRY, /* it is for a task: done when that is              */
    TICK_RULE   /* `task`: done by an entry of tasks that names the rule (and, `for each`, the key of its entry) */
} DutyTick;

typedef struct PolicyDuty { /* one rule as written */
    const char *id, *title, *cite;
    Role owner;            /* ROLE_NONE: whoever the entry that it is for names (Duty.owner) */
    int line;              /* where it stands in the file */
    const char *text;      /* the rule's own lines, not NUL-terminated */
    size_t text_n;
    const char *review;    /* the review kind (vocabulary word) that fulfils it, or NULL: which form opens for the duty */
    CaseListId list;       /* the list an entry of which fulfils it; LIST_COUNT when a scalar does */
    int minutes;           /* of work, as the file says; its policy-wide figure else; 0 when it says none */
    DutyTick tick;
    bool repeats;          /* `every`: done, it comes again */
    const char *preset;    /* what that entry's form starts with, as "kind=ds-supervision" or "to=idva" or "in=cris to=merlin"; of a scalar its column, "attended_at"; "" for none */
    const PolicyEscalation *then; /* who gets it too when it stays undone, the earliest first */
    size_t n_then;
    const Policy *policy; /* whose it is */
} PolicyDuty;
size_t policy_duty_count(const Policy *p);
const PolicyDuty *policy_duty(const Policy *p, size_t i); /* in order of id */
const PolicyDuty *policy_duty_by_id(const Policy *p, const char *id);
/* What an entry of `tasks` says under "rule" to fulfil the duty of a `task`: "photographs-again", "photographs-again o1". In `a`. */
const char *policy_tick_rule(const PolicyDuty *rule, const Duty *d, Arena *a);
/* Whose queues it stands in at `now`: its owner's, and those it has come to since it was due. 0 when it waits for nobody (done or ended).
** Fills at most n of out; returns how many there are. Derived: nothing of it is kept. */
size_t policy_duty_queues(const PolicyDuty *rule, const Duty *d, Time now, Role out[], size_t n);
Time policy_escalates_at(const PolicyDuty *rule, const Duty *d, size_t i); /* when it comes to rule->then[i], if it is not done by then */
/* For how long at most a duty may be put aside in a case of that grade (CODE_NONE: not yet assessed), from `at` on; TIME_NONE: not at all.
** What the file says in its statements `hold`. */
Time policy_hold_most(const Policy *p, Code grade, Time at);
const char *policy_hold_words(const Policy *p, Code grade, Arena *a); /* "24 hours"; NULL: not at all */
/* When the next shift begins after that moment, by the clock on the wall: what the file says in its statement `shifts`, or 07:00, 15:00 and 23:00. */
enum { SHIFTS_MAX = 8 };
Time policy_shift_after(const Policy *p, Time at);
const char *policy_shift_words(const Policy *p, Arena *a); /* "07:00, 15:00 and 23:00" */
/* The hold that puts a live duty aside at `now`, if any: one that was made when the duty was asked already. Until when is Duty.held: never
** longer than the grade that the case has allows, and never past the moment the duty is due. What is overdue is never put aside. */
const Hold *policy_hold_of(const Policy *p, const CaseDoc *doc, const Duty *d, Time now);
/* Rules that are `off by default` and that no `use` switched on: they are checked and ask nothing. In order of kind and id. */
size_t policy_off_count(const Policy *p);
const char *policy_off(const Policy *p, size_t i);

/* --- the answer for one case ------------------------------------------------------------------ */
/* Every duty the policy asks of `doc` (sorted, see case_sort) at `now`, in order of id and cycle; what is dated after `now`
** is left out before anything is computed. The array lives in `a`; ids live as long as the policy. */
size_t policy_evaluate(const Policy *p, const CaseDoc *doc, Time now, Arena *a, Duty **out);

/* --- explanations: the trace of the same evaluation ----------------------------------------------- */
typedef enum WhyKind {
    WHY_RULE,      /* title and paragraph of the rule              */
    WHY_CONDITION, /* a condition: `truth` says how it came out    */
    WHY_FACT,      /* a fact that decided: what, who, when         */
    WHY_CLOCK,     /* one line of clock arithmetic                 */
    WHY_STATE,     /* where it stands now                          */
    WHY_CLEARS,    /* the smallest change that would clear it      */
    WHY_TEXT       /* the rule as written, one source line each    */
} WhyKind;
typedef enum Truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN /* never answered */ } Truth;
typedef struct WhyLine {
    WhyKind kind;
    Truth truth;      /* WHY_CONDITION */
    int indent;
    int line;         /* in the policy file; 0 when none */
    const char *text; /* a sentence or a phrase for people */
} WhyLine;
typedef struct Why {
    bool asked;       /* the duty exists for this case at `now` */
    Duty duty;        /* when asked: the cycle explained        */
    WhyLine *lines;
    size_t n;
    const char *short_why;    /* one sentence for a preview: "A serious assault must be reviewed between 10 and 18 hours (BD 1.12)." */
    const char *short_clock;  /* "reported Sun 15:02 → opens Mon 01:02 → due Mon 09:02" */
    const char *short_clears; /* "review serious-assault by a CSU detective sergeant"    */
} Why;
/* `cycle` -1 = the live cycle, else the last. False (ERR_MISSING, nearest name) when the policy has no such duty.
** When the duty is not asked, the lines say which condition was false and which was never answered. */
bool policy_why(const Policy *p, const CaseDoc *doc, Time now, const char *duty, int cycle, Arena *a, Why *out, Err *err);

/* --- gates: what may not happen yet ------------------------------------------------------------------ */
typedef struct PolicyText { const char *path, *text; } PolicyText; /* an account: where it stands, "allegation.account", and its words */
typedef struct PolicyGate { const char *id, *title, *cite, *act; int line; const char *text; size_t text_n; } PolicyGate; /* act: "submit-book" */
size_t policy_gate_count(const Policy *p);
const PolicyGate *policy_gate(const Policy *p, size_t i); /* in order of id; NULL behind the last */
typedef struct GateVerdict {
    const PolicyGate *gate;
    Truth open;       /* TRUTH_YES: the act may happen; TRUTH_UNKNOWN: something it asks was never answered, so it may not */
    const char *says; /* one sentence: what is missing */
    WhyLine *lines;   /* the conditions as they came out, and the facts */
    size_t n;
} GateVerdict;
/* The acts that gates can stop: a closed vocabulary, because each is asked for by a verb of the app. */
extern const char *const policy_acts[]; /* "submit-book", "sign-book", "close-cad", "close-case" … NULL ends */
/* Every gate that stops `act`, shut ones first. `texts` are the accounts of the latest book; may be NULL. */
size_t policy_gates(const Policy *p, const char *act, const CaseDoc *doc, const PolicyText *texts, size_t n_texts, Time now, Arena *a, GateVerdict **out);

/* --- checklists: what a review ticks -------------------------------------------------------------------- */
enum { POLICY_CHECKS_MAX = 24 }; /* of one checklist */
typedef struct PolicyCheck {
    const char *name;      /* "victim-updated": what an answer is kept under */
    const char *says;      /* "The victim was spoken to and updated"         */
    const char *otherwise; /* what is asked of the officer when it does not hold, or NULL */
    const char *cite;      /* its paragraph, else the checklist's */
    int line;
    bool on_record;        /* the file says how the record shows it: policy_check_known */
} PolicyCheck;
typedef struct PolicyChecklist { const char *review, *title, *cite; int line; } PolicyChecklist;
/* The checks of a kind of review (a vocabulary word) that apply to the case at `now`, in the order of the file; one whose condition was
** never answered applies: unknown is not no. 0 when there is no such checklist. `about` may be NULL. */
size_t policy_checklist(const Policy *p, const char *review, const CaseDoc *doc, Time now, Arena *a, const PolicyCheck ***out, PolicyChecklist *about);
/* What the case itself says of a check that is `on_record`. */
Truth policy_check_known(const Policy *p, const char *review, const char *check, const CaseDoc *doc, Time now, Arena *a);
size_t policy_checklist_count(const Policy *p);

/* --- alerts: what does not fit ------------------------------------------------------------------------- */
typedef struct PolicyAlert { const char *id, *title, *cite; Role owner; int line; const char *text; size_t text_n; const char *because; /* one sentence, or NULL */ } PolicyAlert;
size_t policy_alert_count(const Policy *p);
const PolicyAlert *policy_alert(const Policy *p, size_t i); /* in order of id; NULL behind the last */
typedef struct TextHit { const char *path; size_t from, to; /* bytes */ const char *words; /* "strangulation" */ } TextHit;
typedef struct FactName { CaseListId list; const char *column; const char *preset; } FactName; /* as FormFact: which fact decided */
typedef struct AlertFired {
    const PolicyAlert *alert;
    const char *says;  /* the sentence of its `because`, else its title */
    const char *basis; /* changes when the facts behind it change: an answered alert opens again. 16 hex digits */
    FactName *facts; size_t n_facts;
    TextHit *hits; size_t n_hits;
    WhyLine *lines; size_t n;
} AlertFired;
/* Every alert that fires, in order of id. One whose words reached their limit fires too, and says so. `hits` are of at most 20 places a
** list; `facts` are what decided: column NULL when it was an entry as such ("role=child"); list assessments, column "answers" with a
** factor as preset for a risk answer. Hits in contexts have the path "risk.FACTOR.context" of the latest initial assessment. */
size_t policy_alerts(const Policy *p, const CaseDoc *doc, const PolicyText *texts, size_t n_texts, Time now, Arena *a, AlertFired **out);
/* The same, asked of one case at many moments: what was read of its texts and assessments is kept in the memo, so that it is read once. Policy,
** document and arena are the same from call to call, and a list of texts that is not the same is another list. */
typedef struct PolicyMemo PolicyMemo;
PolicyMemo *policy_memo(Arena *a);
size_t policy_alerts_kept(PolicyMemo *m, const Policy *p, const CaseDoc *doc, const PolicyText *texts, size_t n_texts, Time now, Arena *a, AlertFired **out);

/* --- proof: every rule explains itself ---------------------------------------------------------------- */
typedef enum RuleKind { RULE_DUTY, RULE_GATE, RULE_ALERT } RuleKind;
bool policy_rule_kind(const Policy *p, const char *id, RuleKind *out); /* false: there is none of that name. A duty goes before a gate */

typedef struct PolicyChange { /* one thing that would have to be otherwise */
    CaseListId list;    /* LIST_COUNT: of the case itself */
    const char *column; /* NULL: an entry more, `value` says with what: "kind=ds-supervision"; else the column that changes */
    const char *value;  /* its word, "" when it would have to be absent; a risk answer as "strangulation=yes" */
    const char *entry;  /* of an existing entry: which, the key of a person or its number from 0; NULL when it is a new one or the case's */
    const char *says;   /* "record a Merlin number" */
} PolicyChange;
/* The smallest change, found by trying those of every fact that the rule names: first what says only what nobody has said yet, then also
** what says otherwise than the case does. */
typedef struct PolicyClears {
    PolicyChange *changes; size_t n; /* 0: none was found */
    bool gave_up;       /* not everything was tried */
    size_t tried;
    const char *says;   /* "record a Merlin number and set the flag HBV"; "" when none was found */
} PolicyClears;
/* What would fulfil a duty (or end its being asked), open a gate, or silence an alert, with at most three changes made at `now`.
** False when nothing needs clearing or there is no such rule. What people wrote is not changed. */
bool policy_clears(const Policy *p, RuleKind kind, const char *id, int cycle, const CaseDoc *doc, const PolicyText *texts, size_t n_texts, Time now, Arena *a, PolicyClears *out);

typedef struct WhyCheck { /* a gate or an alert */
    bool asked;         /* the gate is shut, the alert fires */
    Truth truth;        /* of the gate: open; of the alert: fires. TRUTH_UNKNOWN: something was never answered */
    GateVerdict gate;   /* of a gate */
    const char *says;   /* one sentence */
    PolicyClears clears; /* when asked */
    WhyLine *lines; size_t n; /* the rule with its source, conditions and facts, the state, what would clear it, the rule as written */
} WhyCheck;
/* False (ERR_MISSING, nearest name) when the policy has no such gate or alert. */
bool policy_why_gate(const Policy *p, const CaseDoc *doc, const PolicyText *texts, size_t n_texts, Time now, const char *gate, Arena *a, WhyCheck *out, Err *err);
bool policy_why_alert(const Policy *p, const CaseDoc *doc, const PolicyText *texts, size_t n_texts, Time now, const char *alert, Arena *a, WhyCheck *out, Err *err);

/* --- words: named patterns over accounts (*.words) -------------------------------------------------------- */
/* Every hit of every word list in a text, in order of place. A pattern that reached its limit is told in *gave_up (its list's name, else NULL). */
size_t policy_words(const Policy *p, const PolicyText *text, Arena *a, TextHit **out, const char **gave_up);

/* --- what the examples of the file reach --------------------------------------------------------------------- */
typedef struct PolicyCover { /* one part of a condition, what became of its rule, or one pattern */
    const char *kind, *id;   /* "duty", "gate", "alert", "checklist" or "words", and which */
    int line;                /* behind the policy's own last line when it stands in a words file */
    const char *text;        /* "reference merlin"; "asked", "done", "open", "fires"; the name of a check; the pattern */
    bool yes, no, unknown;   /* how it came out in the examples of its own rule */
} PolicyCover;
/* Duties, gates, alerts in order of id, then patterns in order of the file. A part without yes, or with nothing but yes, no example tests. In `a`. */
size_t policy_coverage(const Policy *p, Arena *a, PolicyCover **out);

/* --- references ------------------------------------------------------------------------------------ */
typedef enum RefVerdict { REF_OK, REF_WARN /* kept as typed, said */, REF_REFUSED } RefVerdict;
/* Checks a number of a system (vocabulary word, "cris", "pnc", "124d" …) by the policy's patterns and check letters.
** `normal` gets the number with spaces and case made normal (kept as typed when it does not fit). The sentence shows an example. */
const char *policy_reference_example(const Policy *p, const char *system); /* NULL when the policy does not say its shape */
RefVerdict policy_reference(const Policy *p, const char *system, const char *number, char normal[64], char sentence[240]);

/* --- trying a policy --------------------------------------------------------------------------------------- */
/* Is this one of the offences that a back-test takes for a high-harm outcome (`high harm offence in …`)? */
bool policy_is_high_harm(const Policy *p, Code offence);

/* --- calendar ------------------------------------------------------------------------------------------ */
bool policy_is_working_day(const Policy *p, Date d);

/* The policies compiled into the program: policies/<name>.policy. NULL when there is none of that name. */
const char *policy_builtin(const char *name, size_t *n);
#define POLICY_STANDARD "mps-dv-2010"
#define POLICY_LEARNING "learning" /* rules from what inspectorates found, each off until a policy uses it */
/* The words files compiled into the program: policies/<name>.words. */
const char *policy_words_builtin(const char *name, size_t *n);

#endif
