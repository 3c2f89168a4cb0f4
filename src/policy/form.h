/* form.h — what a form file has become, beside the rows that everybody sees. Private to src/policy.
** The public rows (form_spec.h) say what screens and paper need; a part of the same index says what only the reading of
** answers needs: conditions, and the fact as fields of the catalogue. */
#ifndef POLICY_FORM_H
#define POLICY_FORM_H

#include "parse.h"
#include "policy/form_spec.h"

#define FORM_NONE SIZE_MAX
enum {
    FORM_QUESTIONS = 1000,
    FORM_GROUPS = 60,
    FORM_SECTIONS = 60,
    FORM_CHOICES = 100,
    FORM_NAME = 48,
    FORM_WEIGHT = 400
};

/* --- conditions -------------------------------------------------------------------------------- */
typedef enum FormCondKind {
    FORM_ALL,     /* every kid                                    */
    FORM_ANY,     /* some kid                                     */
    FORM_NOT,     /* not its kid                                  */
    FORM_IS,      /* the answer is one of the words, or holds one */
    FORM_ANSWERED /* there is an answer                           */
} FormCondKind;

typedef struct FormCond FormCond;
struct FormCond {
    FormCondKind kind;
    FormCond **kids;
    size_t n;
    const char *name; /* of the question, as it is written */
    bool any_row;     /* "any child.lives-there …"         */
    size_t question;  /* index, when the file is whole     */
    const char **words;
    size_t *word_tokens, n_words;
    Src src;
};

/* --- facts ---------------------------------------------------------------------------------------- */
typedef struct FormPair { /* "role=victim" */
    const CaseField *field;
    const char *value; /* of a field that names a person: the role of the first such person of the case */
} FormPair;

typedef struct FormPreset {
    FormPair *pairs;
    size_t n;
    const char *text; /* as it is written, blanks made one */
} FormPreset;

/* --- what belongs to the rows of the same index ------------------------------------------------------- */
typedef struct FormRange {
    size_t from, to;
} FormRange; /* tokens */

typedef struct QuestionPart {
    FormCond *asked, *required;
    const CaseField *field; /* of the fact; NULL when none, or when a yes only makes an item */
    FormPreset preset;      /* of an own item */
    const char *factor;     /* of an instrument: this is its answer, or its context */
    bool context;
    bool broken;          /* its clause could not be read: say nothing more of it */
    FormRange name, fact; /* tokens; an empty range when the file has none */
    const char *choices;  /* what it calls its choices */
    VocabId vocab;        /* when they are those of a vocabulary; VOCAB_COUNT: of the file */
    size_t weight;        /* answers to look at before one knows whether it is asked; 0: not counted yet */
    bool counting;
} QuestionPart;

typedef struct EntryPart { /* of a section or a group */
    FormPreset preset;
    FormCond *asked, *required; /* of a group */
    FormRange name, entry;
    const char *instrument, *instrument_hash; /* the one it was read with */
} EntryPart;

typedef struct FormChoices { /* choices NAME … */
    const char *name;
    FormChoiceWord *words;
    size_t n;
    size_t token;
    bool used;
} FormChoices;

struct FormSpec {
    Arena *arena;
    const char *id, *title, *text;
    size_t text_n;
    char hash[65];
    Vocabs vocabs; /* those of the policy it was read with */

    FormSection *sections;
    EntryPart *section_parts;
    size_t n_sections, sections_cap, section_parts_cap;
    FormGroup *groups;
    EntryPart *group_parts;
    size_t n_groups, groups_cap, group_parts_cap;
    FormQuestion *questions;
    QuestionPart *parts;
    size_t n_questions, questions_cap, parts_cap;
    FormChoices *choices;
    size_t n_choices, choices_cap;
    size_t *by_name; /* the questions outside of groups, in order of their names */
    size_t n_by_name;
};

/* --- while a file is read --------------------------------------------------------------------------------- */
typedef struct FormParser {
    Parser p; /* its policy is only a carrier of the text */
    FormSpec *form;
    const Policy *policy;
    const PolicyFile *instruments; /* before those compiled in */
    size_t n_instruments;
    size_t section, group; /* those that are being read */
} FormParser;

Src range_src(const Parser *p, FormRange r);
/* A name that may be given here: letters, digits and hyphens, with dots when `dots`; over it, or NULL with a problem. */
const char *form_name_here(Parser *p, bool dots);
const char *form_strings(Parser *p); /* one text or several, joined by blanks; NULL with a problem */
FormCond *form_cond_parse(Parser *p);
void form_read_section(FormParser *f, size_t from, size_t to);
bool form_read_entry(FormParser *f, CaseListId *list, EntryPart *part);
bool form_read_preset(FormParser *f, CaseListId list, FormPreset *out);
void form_read_instrument(FormParser *f);
void form_question_read(FormParser *f, size_t from, size_t to);
void form_check_whole(FormParser *f);       /* names, conditions, choices, helps */
void form_check_facts(FormParser *f); /* binds facts to the catalogue */
void form_must_fill(FormParser *f);
void problems_sort(PolicyProblems *problems);

/* --- reading answers ------------------------------------------------------------------------------------------ */
bool form_is_answered(const FormSpec *f, const Answers *a, size_t question, size_t row); /* and asked */
const char *form_said(const FormSpec *f, const Answers *a, size_t question, size_t row);
bool form_asks(const FormSpec *f, const Answers *a, size_t question, size_t row);
bool form_needs(const FormSpec *f, const Answers *a, size_t question, size_t row);
bool form_holds(const FormSpec *f, const Answers *a, const FormCond *c, size_t group, size_t row);
bool form_group_asks(const FormSpec *f, const Answers *a, size_t group);
bool form_group_needs(const FormSpec *f, const Answers *a, size_t group);
size_t form_question_index(const FormSpec *f, const char *path, size_t *row); /* FORM_NONE */
/* The one spelling of what was typed for a question; false with a sentence. *out lives in the arena. */
bool form_normal(const FormSpec *f, const Policy *p, const FormQuestion *q, const char *typed, Time now, Arena *arena,
    const char **out, const char **warning, Err *err);
CaseListId form_entry_list(const FormSpec *f, const FormQuestion *q); /* of its group or section */
const FormPreset *form_entry_preset(const FormSpec *f, const FormQuestion *q);

/* --- holders: what an entry of the case is filled from -------------------------------------------------------------- */
typedef struct Holder {    /* a section's own questions, or one row of a group */
    size_t section, group; /* group FORM_NONE: the section */
    size_t row;
    CaseListId list;
    const FormPreset *preset;
    size_t first, n; /* its questions, those of groups between them to be passed over */
} Holder;
Holder form_section_holder(const FormSpec *f, size_t section);
Holder form_row_holder(const FormSpec *f, size_t group, size_t row);
bool form_is_of(const FormSpec *f, const Holder *h, size_t question);
/* Does it say any fact besides a person's role? */
bool form_says(const FormSpec *f, const Answers *a, const Holder *h);
/* A person's role: of the preset, else as it is answered; CODE_NONE when neither. */
Code form_role(const FormSpec *f, const Answers *a, const Holder *h, const Vocabs *v);
/* The question of the holder whose fact is this column (of its list, or with `list` LIST_STATUS of its status); FORM_NONE. */
size_t form_column(const FormSpec *f, const Holder *h, CaseListId list, const char *column);
/* The n-th person of a role; NULL. */
Person *form_person(const CaseDoc *doc, Code role, size_t n);
/* Does an item have what a preset says? A person that it names is not looked at. */
bool form_item_has(
    const FormSpec *f, const FormPreset *preset, CaseListId list, const void *item, const Vocabs *v, Arena *arena);

#endif
