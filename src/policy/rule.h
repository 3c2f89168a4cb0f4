/* rule.h — what a policy file has become: the parts that the parser makes, the engine walks and the
** explanations put into words.
** Everything here lives in the arena of its Policy and never changes after policy_parse. Three kinds of thing:
** a Selector picks entries of one list, a Cond is true, false or unknown, a Moment is a time or none. */
#ifndef POLICY_RULE_H
#define POLICY_RULE_H

#include "policy/policy.h"

#include "base/rx.h"

/* A set of codes of one vocabulary. Bit 0 is "absent". */
typedef struct CodeSet {
    uint64_t bits[2];
} CodeSet;

static inline bool set_has(const CodeSet *s, Code c)
{
    return s->bits[c >> 6 & 1] >> (c & 63) & 1;
}
static inline void set_add(CodeSet *s, Code c)
{
    s->bits[c >> 6 & 1] |= (uint64_t)1 << (c & 63);
}
static inline bool set_meets(const CodeSet *a, const CodeSet *b)
{
    return ((a->bits[0] & b->bits[0]) | (a->bits[1] & b->bits[1])) != 0;
}
static inline bool set_same(const CodeSet *a, const CodeSet *b)
{
    return a->bits[0] == b->bits[0] && a->bits[1] == b->bits[1];
}
Code set_first(const CodeSet *s); /* the smallest code but 0; CODE_NONE when there is none */

typedef struct Src { /* where something stands in the policy's text */
    uint32_t at, n;
    int line;
} Src;

/* --- selectors ------------------------------------------------------------------------------ */
typedef struct Selector Selector;

typedef enum TestKind {
    TEST_CODE,   /* the field's word is one of `set`                          */
    TEST_YES,    /* the field is yes                                          */
    TEST_GIVEN,  /* the field has a value (a time: not after now)             */
    TEST_TEXT,   /* the field is this very text                               */
    TEST_PERSON, /* the field names a person that `person` picks              */
    TEST_SAME,   /* the field is answered, and as in the person we came from  */
    TEST_FORMED  /* the number has the shape of its system's numbers          */
} TestKind;

typedef struct Test {
    TestKind kind;
    bool negate;
    bool ignored; /* put there by an `ignore` line of the file, not by the rule */
    const CaseField *field;
    size_t offset;
    CodeSet set;
    CodeSet unsaid; /* codes that say that nobody knows; absent is one of them */
    const char *text;
    const Selector *person;
} Test;

struct Selector {
    CaseListId list;
    Test *tests;
    size_t n_tests;
    CodeSet primary; /* the words wanted of the list's first code field; all of them when it is not tested */
    bool plain;      /* nothing else is tested */
    Src src;
};

/* What the engine must know of a list, read off the catalogue once. */
typedef struct ListShape {
    size_t stride, items, count;
    const CaseField *order;   /* the time the list is in order of, or NULL           */
    const CaseField *since;   /* no order: the time from which an entry exists, or NULL */
    const CaseField *primary; /* the first code field                                 */
} ListShape;
extern ListShape list_shapes[LIST_COUNT]; /* filled by shapes_ready() */
void shapes_ready(void);

/* --- values: something that has one word at a time -------------------------------------------- */
typedef enum ValueKind {
    VALUE_SCALAR, /* a code of the document                                   */
    VALUE_LATEST, /* a code in the latest picked entry that has one           */
    VALUE_INNER,  /* a code in the latest entry of a list inside each picked person: true when it is of some person */
    VALUE_OWNER,  /* the unit of the latest accepted offer                    */
    VALUE_RISK    /* the answer to a risk factor, in the latest assessment that has one */
} ValueKind;

typedef struct Value {
    ValueKind kind;
    VocabId vocab;
    const CaseField *field;
    const CaseField *dated; /* VALUE_SCALAR: the time that dates the answer, or NULL */
    CaseListId inner;       /* VALUE_INNER */
    const char *factor;     /* VALUE_RISK */
    Code stage;             /* VALUE_RISK: of which assessments; CODE_NONE: of any */
    CodeSet instruments;    /* VALUE_RISK: those that have the factor */
    const Selector *of;
    const char *name; /* as the file calls it */
} Value;

/* --- conditions ---------------------------------------------------------------------------- */
typedef struct Cond Cond;
typedef struct Moment Moment;

typedef enum CondKind {
    COND_ALL,     /* every kid                    */
    COND_ANY,     /* some kid                     */
    COND_NOT,     /* not its kid                  */
    COND_IS,      /* value is one of `set`        */
    COND_ISNT,    /* value is none of `set`; true too when it was never answered */
    COND_SAID,    /* value was answered           */
    COND_EXISTS,  /* an entry is picked           */
    COND_MOMENT,  /* a moment has come            */
    COND_NAMED,   /* a definition of the file     */
    COND_MATCHES, /* a text speaks of a word list */
    COND_KINDS
} CondKind;

typedef enum TextsKind {
    TEXTS_ACCOUNT,
    TEXTS_CONTEXT
} TextsKind; /* the accounts given; the contexts of the initial assessment */

struct Cond {
    CondKind kind;
    int slot; /* COND_NAMED: where its answer is kept during one evaluation */
    size_t n;
    Cond **kids;
    const Value *value;
    CodeSet set, unsaid;
    const Selector *selector;
    const Moment *moment;
    TextsKind texts; /* COND_MATCHES */
    size_t list;     /* COND_MATCHES: index in Policy.lists, once all are known */
    const char *name;
    Src src;
};

/* --- moments --------------------------------------------------------------------------------- */
typedef enum DutyPart { PART_START, PART_OPENS, PART_DUE, PART_DONE } DutyPart;

typedef enum MomentKind {
    MOMENT_SCALAR,  /* a time of the document                                    */
    MOMENT_FIRST,   /* the earliest `field` of the entries picked                */
    MOMENT_LATEST,  /* the latest                                                */
    MOMENT_ITS,     /* a time of the entry that the duty is for                  */
    MOMENT_BECAME,  /* the start of the present unbroken run in which `value` is one of `set` */
    MOMENT_DUTY,    /* a time of another duty                                    */
    MOMENT_TICKED,  /* when somebody ticked the task `name` off                  */
    MOMENT_LATER,   /* the latest of the kids; none when one of them is missing  */
    MOMENT_EARLIER, /* the earliest of the kids that have come                   */
    MOMENT_ELSE,    /* the first kid, or else the second                         */
    MOMENT_IF,      /* the kid, as long as `cond` is true                        */
    MOMENT_BEFORE,  /* `span` before the kid                                     */
    MOMENT_NAMED,   /* a definition of the file                                  */
    MOMENT_KINDS
} MomentKind;

struct Moment {
    MomentKind kind;
    int slot;
    size_t n;
    Moment **kids;
    const Selector *selector;
    const CaseField *field;
    const Value *value;
    CodeSet set;
    size_t duty; /* index in Policy.rules, once all are known */
    const char *duty_id;
    DutyPart part;
    const Cond *cond;
    const struct Clock *span; /* MOMENT_BEFORE */
    const char *name;
    Src src;
};

/* --- clocks ------------------------------------------------------------------------------------ */
typedef enum ClockKind {
    CLOCK_NONE,
    CLOCK_SECONDS,    /* n seconds later: minutes and hours         */
    CLOCK_DAYS,       /* the same wall-clock time n days later      */
    CLOCK_WORKING,    /* the end of the n-th working day after      */
    CLOCK_END_OF_DAY, /* the end of the local day                   */
    CLOCK_AT,         /* a wall-clock time, as minutes of the day   */
    CLOCK_MOMENT      /* `at`: a time that an entry says            */
} ClockKind;

typedef enum CapKind { CAP_NONE, CAP_EARLIER, CAP_BETWEEN } CapKind;

typedef struct Clock {
    ClockKind kind;
    int n;
    const Moment *at; /* CLOCK_MOMENT */
    CapKind cap_kind;
    const Moment *cap;
    Src src;
} Clock;

/* --- duties ------------------------------------------------------------------------------------- */
typedef enum Timing {
    TIMING_OPEN,  /* an entry counts from when the duty opens      */
    TIMING_ANY,   /* an entry before the start counts too          */
    TIMING_STRICT /* an entry counts only when later than the start */
} Timing;

typedef struct Ending { /* `while active and owner in …` */
    bool active, owned;
    CodeSet units;
} Ending;

typedef struct Example Example;

typedef struct Rule {
    PolicyDuty face;
    const char *because; /* one sentence, or NULL */
    bool any_case;
    bool off; /* `off by default`, and nothing switched it on */
    const Cond *when;
    int ending; /* index in Policy.endings, -1 for none */
    const Selector *each;
    bool after_first;
    const CaseField *owner, *says; /* of the entry it is for; NULL: the face's owner, its title */
    const char *lead;              /* `says "Tell the victim" its kind, its time`: what stands before the fields; NULL: `says` is a text by itself */
    const CaseField *more[3];      /* the fields behind `says` then */
    size_t n_more;
    const CaseField *key;          /* of that entry; NULL when it has none */
    bool is_task;                  /* `task`: done when it is ticked off */
    const Moment *from, *done;
    Clock opens, due;
    bool every;
    Timing timing;
    size_t *needs; /* rules whose results this one asks for */
    size_t n_needs;
    Src name, while_src, done_src;
    Example *examples;
} Rule;

typedef struct Format { /* of a reference number */
    const char *name;
    Rx *rx;                        /* or NULL */
    const struct Letters *letters; /* or NULL */
    const char *example;
    bool refuse;
} Format;

typedef enum Verdict { VERDICT_OPEN, VERDICT_SHUT, VERDICT_UNKNOWN, VERDICT_ALERT, VERDICT_NO_ALERT, VERDICT_ASKED, VERDICT_NOT_ASKED, VERDICTS } Verdict;

typedef struct Expectation {
    Time at, due;
    int cycle;
    bool asked;
    DutyState state;
    Verdict verdict; /* of a gate, an alert or a checklist; nothing else above then counts but `at` */
    const char *check; /* VERDICT_ASKED, VERDICT_NOT_ASKED: which */
    Src src;
    struct Expectation *next;
} Expectation;

struct Example {
    const char *title;
    CaseDoc doc;
    PolicyText *texts;
    size_t n_texts, cap_texts;
    Expectation *expected;
    struct Example *next;
};

/* --- gates and alerts ------------------------------------------------------------------------------ */
typedef struct Checklist Checklist;

typedef struct Check { /* a gate or an alert: what they have in common, and the face of the one it is; or a checklist, which has only a head */
    const char *id, *title, *cite, *because; /* because: one sentence, or NULL */
    int line;
    const char *text;
    size_t text_n;
    bool is_gate, off;
    const char *act; /* a gate's */
    Role owner;      /* an alert's */
    const Cond *when, *unless;
    Example *examples;
    Src name;
    PolicyGate gate;
    PolicyAlert alert;
    const Checklist *list; /* of a checklist */
} Check;

/* --- checklists: what a review ticks ------------------------------------------------------------------ */
typedef struct CheckAsked { /* one line of it */
    PolicyCheck face;
    const Cond *when; /* NULL: always asked */
    const Cond *record; /* what of the case shows it; NULL: nothing does */
    Src src;
} CheckAsked;

struct Checklist {
    Check *head; /* id: the kind of review */
    CheckAsked *items;
    size_t n, cap;
};

/* --- words ------------------------------------------------------------------------------------------- */
typedef struct WordPattern {
    Rx *rx; /* of a text that was checked before: NULL until it is first needed */
    const char *text;
    bool ignore_case;
    size_t list;
    Src src;
} WordPattern;

typedef struct WordExample {
    const char *text;
    bool matches;
    Src src;
} WordExample;

typedef struct WordList {
    const char *name, *title;
    size_t first, n; /* its patterns */
    WordExample *examples;
    size_t n_examples, examples_cap;
    Src src;
} WordList;

typedef struct Letters Letters;
typedef struct Finder Finder; /* words.c: which patterns a text can match at all */

enum { HOLIDAY_FIRST = 1990, HOLIDAY_LAST = 2100, HOLIDAY_BYTES = (HOLIDAY_LAST - HOLIDAY_FIRST + 1) * 366 / 8 + 1 };

enum { HOLD_GRADES = GRADE_HIGH + 1 }; /* by code; 0 is not yet assessed */
typedef struct HoldSpan { /* n 0: nothing is put aside */
    SpanUnit unit;
    int n;
} HoldSpan;

struct Policy {
    Arena *arena;
    const char *id, *title, *text; /* with the words files behind it */
    size_t text_n, own_n;          /* all of it; what was given */
    char hash[65];
    Vocabs vocabs;

    const Cond *common; /* `all duties`: what every duty needs, or NULL */
    const char *common_title, *common_cite;
    int common_line;

    Rule *rules; /* those that are on, in order of id; behind them those that are off */
    size_t n_rules, n_rules_on;
    size_t *order;    /* the rules, those that others need first, those that are off behind all others */
    bool with_off;    /* examples are being run: of rules that are off, too */
    const char **off; /* the names of all that is off */
    size_t n_off;

    Ending *endings;
    size_t n_endings;
    int n_cond_slots, n_moment_slots;

    Check *gates, *alerts; /* each in the order of the rules */
    size_t n_gates, n_alerts, n_gates_on, n_alerts_on;
    Checklist *checklists; /* in the order of the file */
    size_t n_checklists;
    bool checks_use_duties;

    WordList *lists;
    size_t n_lists;
    WordPattern *patterns;
    size_t n_patterns;
    Finder *finder;

    Format *formats;
    size_t n_formats;
    int minutes;  /* what a duty takes that does not say, or 0 */
    short shifts[SHIFTS_MAX]; /* when they begin, in minutes of the day, rising */
    size_t n_shifts;          /* 0: the file says nothing of them */
    HoldSpan holds[HOLD_GRADES]; /* for how long at most, by grade; n 0: not at all */
    Role roles[128]; /* by word of the vocabulary `role` */
    CodeSet harm; /* offences that are high-harm outcomes      */
    uint8_t holidays[HOLIDAY_BYTES]; /* a bit a day from 1 January HOLIDAY_FIRST */
};

/* How many duties are asked: all of them while examples are run. */
static inline size_t rules_asked(const Policy *p)
{
    return p->with_off ? p->n_rules : p->n_rules_on;
}

/* --- holds.c ------------------------------------------------------------------------------------------ */
Time span_after(const Policy *p, SpanUnit unit, int n, Time from);
void holds_apply(const Policy *p, const CaseDoc *doc, Time now, Duty *duties, size_t n); /* fills in Duty.held */

/* --- calendar.c ------------------------------------------------------------------------------------ */
bool holiday_add(Policy *p, Date d); /* false when it was there already or lies outside */
Date working_day_after(const Policy *p, Date d, int n);

/* --- reference.c ------------------------------------------------------------------------------------- */
const Letters *letters_by_name(const char *name);
const char *const *letters_names(size_t *n);
/* Fits `number` into a format. `why` gets what is wrong with it, as the end of a sentence. */
bool format_fits(const Format *f, const char *number, char normal[64], char why[120]);
/* What is kept looks as the system writes its numbers. A system whose shape the file does not say takes any. */
bool number_formed(const Policy *p, const char *system, const char *number);

/* --- explain.c: the trace that eval.c fills when there is one ----------------------------------------- */
typedef struct Trace Trace;

#endif
