/* form_spec.h — a *.form file read and checked: the sections and questions of a form, when each is asked, when it is needed, and
** which facts of the case its answers are. Pure and immutable. The language is docs/form.md; the book is policies/book-124d.form.
** A FormSpec knows no screen: the entry screens, the check before submitting, the paper and the command line all walk these rows. */
#ifndef POLICY_FORM_SPEC_H
#define POLICY_FORM_SPEC_H

#include "core/answers.h"
#include "policy/policy.h"

typedef struct FormSpec FormSpec;

typedef enum QuestionKind {
    ASK_TEXT,      /* one line                                                        */
    ASK_ACCOUNT,   /* a long text: what was said and seen                             */
    ASK_DATE,      /* 2010-02-01                                                      */
    ASK_TIME,      /* a time of day, 23:10                                            */
    ASK_MOMENT,    /* date and time, 2010-02-01T23:10:00Z, typed the officers' way    */
    ASK_CHOICE,    /* one code of `choices`                                           */
    ASK_SEVERAL,   /* some codes of `choices`; a list in the answers                  */
    ASK_ANSWER,    /* yes, no, not-known, declined                                    */
    ASK_NUMBER,    /* digits                                                          */
    ASK_REFERENCE, /* a number of `system`, checked by the policy's patterns          */
    ASK_PERSON,    /* a family name: people are looked up while it is typed           */
    ASK_OFFICER,   /* a warrant number: officers are looked up by name or number      */
    ASK_ADDRESS,   /* a place: earlier places are looked up                           */
    ASK_TELEPHONE, /* digits, spaces, one + in front                                  */
    ASK_BODY,      /* a region of the body map (core/body.h)                          */
    ASK_KINDS
} QuestionKind;

/* Who may read an answer, and what leaves it out: a redacted copy has neither safe-contact nor restricted answers. */
typedef enum Sensitivity { SENSITIVE_NOT, SENSITIVE_SAFE_CONTACT, SENSITIVE_RESTRICTED } Sensitivity;

typedef struct FormChoiceWord { const char *code, *words; } FormChoiceWord;

typedef struct FormFact { /* which fact of the case an answer is; list LIST_COUNT with column NULL: none */
    CaseListId list;    /* LIST_COUNT: a scalar of the document; LIST_STATUS: of the person of this section or row */
    const char *column; /* "family", "reported_at"; NULL when the answer only makes an item of `preset` (a yes)    */
    const char *preset; /* "system=cris": the rest of the item; "" for none                                       */
    bool own;           /* it makes an item by itself, not a column of the section's or row's item                 */
} FormFact;

typedef struct FormQuestion {
    const char *name;  /* "victim.family"; in a group the name inside the row: "given" */
    const char *label; /* "Family name" */
    const char *help;  /* why it is asked, a sentence or two; never NULL */
    const char *example;  /* as it is written; NULL for none */
    QuestionKind kind;
    size_t section;    /* index */
    size_t group;      /* index; FORM_NO_GROUP outside of groups */
    size_t limit;      /* characters; 0: the kind's own */
    int rows;          /* of an account on the screen; 0: the screen's own */
    const FormChoiceWord *choices; size_t n_choices; /* ASK_CHOICE, ASK_SEVERAL, ASK_ANSWER */
    const char *system; /* ASK_REFERENCE: "cris", "124d", "warrant" … */
    Sensitivity sensitivity;
    bool required;     /* always needed where it is asked; form_needed tells of conditions too */
    FormFact fact;
    int line;          /* in the file */
} FormQuestion;
#define FORM_NO_GROUP SIZE_MAX

typedef struct FormGroup { /* rows of the same questions: children, injuries, exhibits */
    const char *name;  /* "child" */
    const char *one, *many; /* "Child", "Children" */
    const char *help;
    size_t section;
    size_t first, n;   /* its questions */
    size_t at_most;    /* rows */
    CaseListId list;   /* each row is an item of this list of the case; LIST_COUNT: of none */
    const char *preset; /* "role=child" */
    int line;
} FormGroup;

typedef struct FormSection {
    const char *letter; /* "D" */
    const char *name;   /* "victim" */
    const char *title;  /* "Victim" */
    const char *help;
    const char *filled_by; /* "officer", "supervisor", "unit": whose part of the book it is; a writer sees his own  */
    size_t first, n;    /* its questions, those of its groups among them, in file order */
    CaseListId list;    /* its answers outside of groups are one item of this list; LIST_COUNT: of none */
    const char *preset; /* "role=victim" */
    int line;
} FormSection;

/* --- reading a file --------------------------------------------------------------------------------- */
/* As policy_parse: all problems of one run, NULL when there is any, the text is copied. Words of vocabularies and reference
** systems are those of `p`. A form that claims to be a book lacks nothing that C reasons about (form_must_fill), else it is a problem. */
FormSpec *form_parse(const char *name, const char *text, size_t n, const Policy *p, PolicyProblems *problems);
/* The same with texts of instruments at hand, which `instrument NAME` looks in before those compiled in. */
FormSpec *form_parse_with(const char *name, const char *text, size_t n, const Policy *p, const PolicyFile *instruments, size_t n_instruments, PolicyProblems *problems);
void form_spec_free(FormSpec **f);
const char *form_id(const FormSpec *f);    /* "book-124d" */
const char *form_title(const FormSpec *f);
const char *form_hash(const FormSpec *f);  /* 64 hex digits: BLAKE2b-256 of the text */
const char *form_text(const FormSpec *f, size_t *n);
/* The hash of the instrument's text whose factors this form asks; NULL when it asks none of that instrument. */
const char *form_instrument(const FormSpec *f, const char *id);
/* The forms compiled into the program: policies/<name>.form. */
const char *form_builtin(const char *name, size_t *n);
#define FORM_BOOK "book-124d"
#define FORM_QA   "qa-checklist"

const FormSection *form_sections_of(const FormSpec *f, size_t *n);
const FormGroup *form_groups_of(const FormSpec *f, size_t *n);
const FormQuestion *form_questions_of(const FormSpec *f, size_t *n); /* in file order */
/* The question of a path ("child[3].given" and "victim.family"); NULL when the form has none. */
const FormQuestion *form_question(const FormSpec *f, const char *path);
const FormGroup *form_group(const FormSpec *f, const char *name);
/* The path of a question, in row `row` of its group when it has one. */
char *form_path(const FormSpec *f, const FormQuestion *q, size_t row, char out[ANSWERS_PATH]);

/* --- one answer ---------------------------------------------------------------------------------------- */
/* Is it asked, and is it needed, as the answers stand? A question inside a group is asked of the row in the path. */
bool form_asked(const FormSpec *f, const Answers *a, const char *path);
bool form_needed(const FormSpec *f, const Answers *a, const char *path);
/* Brings what was typed into the one spelling of its kind ("" clears) and puts it; false: `a` is unchanged and the sentence says what is
** wrong and shows how it is written. `now` reads what depends on it ("yesterday 2310"). A reference that only looks unusual is put, with *warning filled (arena). */
bool form_answer(const FormSpec *f, const Policy *p, Answers *a, const char *path, const char *typed, Time now, Arena *arena, const char **warning, Err *err);
/* For people: labels of choices, local times, the region's name; the text itself else. In the arena. */
const char *form_words(const FormSpec *f, const FormQuestion *q, const char *value, Arena *arena);
const char *form_label(const FormSpec *f, const char *path, Arena *arena); /* "Child 1: Given names" */

/* --- the whole -------------------------------------------------------------------------------------------- */
typedef struct FormGap { const char *path; const char *label; const char *says; /* "This is needed." or why it is wrong */ bool wrong; } FormGap;
/* What is missing or wrong, in the form's order, of the sections filled by `who` (NULL: all). In the arena. */
size_t form_gaps(const FormSpec *f, const Policy *p, const Answers *a, const char *who, Time now, Arena *arena, FormGap **out);
typedef struct FormTally { size_t asked, answered, needed, missing; } FormTally;
void form_tally(const FormSpec *f, const Answers *a, size_t section, FormTally *out);
/* The accounts and contexts: every ASK_ACCOUNT answer with its path, for the policy's words. */
size_t form_texts(const FormSpec *f, const Answers *a, Arena *arena, PolicyText **out);

/* --- typed once, used everywhere ---------------------------------------------------------------------------- */
/* `doc` as it is when the facts among the answers are added to it, at `now` by nobody yet (officers are filled in by the app): people by
** role and order (the first victim of the book is the first of the case), numbers that are new, offences and flags that are new, scalars
** that were said. Nothing that the case says already becomes absent. `doc` is the caller's and keeps its old lists; new ones live in `arena`. */
bool form_project(const FormSpec *f, const Answers *a, const Vocabs *v, Time now, CaseDoc *doc, Arena *arena, Err *err);
/* The other way round, for a new book of a case that is known: what the case says already, filled in where nothing is answered. */
void form_prefill(const FormSpec *f, const CaseDoc *doc, const Vocabs *v, Answers *a);
/* The question that a fact of the case comes from ("people", "police_staff", "role=victim"), to lead a flag of the rules to its field; NULL. */
const FormQuestion *form_question_of_fact(const FormSpec *f, CaseListId list, const char *column, const char *preset);

#endif
