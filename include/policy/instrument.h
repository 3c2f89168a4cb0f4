/* instrument.h — a *.instrument file read and checked: the factors of a risk assessment, with short names of our own.
** A force that has a licence for an instrument's wording loads its own file. Pure and immutable. The language is in docs/form.md.
** The grade is never computed from factors: they are what the officer asked, and the judgement is the officer's. */
#ifndef POLICY_INSTRUMENT_H
#define POLICY_INSTRUMENT_H

#include "policy/policy.h"

typedef struct Instrument Instrument;

typedef struct InstrumentGroup {
    const char *name, *title;          /* "main", "The six main factors" */
    const size_t *openers; size_t n_openers; /* a supplement: asked after a yes to one of these factors (indices); none: always asked */
} InstrumentGroup;
typedef struct InstrumentFactor {
    const char *code;  /* "separation": the key in an assessment's answers */
    const char *label; /* "Separation or child contact" */
    const char *help;  /* why it is asked */
    size_t group;      /* index */
    bool high;         /* a yes points to a risk of serious harm by itself */
    int line;          /* in the file */
} InstrumentFactor;

/* How many yes make what, on a form of how many factors, and from when to when. A file whose form has another number of factors is refused:
** the 14 of a checklist of 24 means nothing on one of 27. It is told after the grade and gives none. */
typedef struct InstrumentThreshold {
    const char *name, *title, *help;
    int yes, of;
    Date from, until; /* included; DATE_NONE: no end */
    int line;
} InstrumentThreshold;

typedef enum InstrumentUse { INSTRUMENT_NOT, INSTRUMENT_ALSO, INSTRUMENT_USUAL } InstrumentUse;

/* As policy_parse: all problems of one run, NULL when there is any, the text is copied. */
Instrument *instrument_parse(const char *name, const char *text, size_t n, PolicyProblems *problems);
void instrument_free(Instrument **i);
const char *instrument_id(const Instrument *i);    /* "specss-plus": a word of the vocabulary of instruments */
const char *instrument_title(const Instrument *i);
const char *instrument_hash(const Instrument *i);  /* 64 hex digits: BLAKE2b-256 of the text */
const char *instrument_text(const Instrument *i, size_t *n);
const InstrumentGroup *instrument_groups(const Instrument *i, size_t *n);
const InstrumentFactor *instrument_factors(const Instrument *i, size_t *n); /* in file order */
size_t instrument_always(const Instrument *i); /* how many factors are asked of everybody: those outside of supplements */
const InstrumentThreshold *instrument_thresholds(const Instrument *i, size_t *n);
const InstrumentThreshold *instrument_threshold(const Instrument *i, const char *name, Date on); /* the one that holds on a day, or NULL */
/* What it is for at a stage (word of the vocabulary), and from when to when it may be used; DATE_NONE: no such limit. */
InstrumentUse instrument_use(const Instrument *i, const char *stage);
void instrument_dates(const Instrument *i, Date *from, Date *until);
bool instrument_valid(const Instrument *i, Date on);
/* Names beside the answers of an assessment that is being made: no factor can be called so. NULL ends. */
extern const char *const instrument_kept[]; /* "grade", "rationale", "reason", "observed" */
/* The instruments compiled into the program: policies/<name>.instrument. NULL when there is none of that name. */
const char *instrument_builtin(const char *name, size_t *n);

#endif
