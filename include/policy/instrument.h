/* instrument.h — a *.instrument file read and checked: the factors of a risk assessment, with short names of our own.
** A force that has a licence for an instrument's wording loads its own file. Pure and immutable. The language is in docs/form.md.
** The grade is never computed from factors: they are what the officer asked, and the judgement is the officer's. */
#ifndef POLICY_INSTRUMENT_H
#define POLICY_INSTRUMENT_H

#include "policy/policy.h"

typedef struct Instrument Instrument;

typedef struct InstrumentGroup { const char *name, *title; } InstrumentGroup; /* "main", "The six main factors" */
typedef struct InstrumentFactor {
    const char *code;  /* "separation": the key in an assessment's answers */
    const char *label; /* "Separation or child contact" */
    const char *help;  /* why it is asked */
    size_t group;      /* index */
    bool high;         /* a yes points to a risk of serious harm by itself */
    int line;          /* in the file */
} InstrumentFactor;

/* As policy_parse: all problems of one run, NULL when there is any, the text is copied. */
Instrument *instrument_parse(const char *name, const char *text, size_t n, PolicyProblems *problems);
void instrument_free(Instrument **i);
const char *instrument_id(const Instrument *i);    /* "specss-plus": a word of the vocabulary of instruments */
const char *instrument_title(const Instrument *i);
const char *instrument_hash(const Instrument *i);  /* 64 hex digits: BLAKE2b-256 of the text */
const char *instrument_text(const Instrument *i, size_t *n);
const InstrumentGroup *instrument_groups(const Instrument *i, size_t *n);
const InstrumentFactor *instrument_factors(const Instrument *i, size_t *n); /* in file order */
/* The instruments compiled into the program: policies/<name>.instrument. NULL when there is none of that name. */
const char *instrument_builtin(const char *name, size_t *n);

#endif
