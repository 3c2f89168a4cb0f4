/* vocab.h — closed vocabularies: the words a field may hold (interchange §1).
** A table, not a switch: a policy file can add words, and C names only the few it reasons about.
** A Code is a word's place in its vocabulary, from 1; 0 is "absent". Codes live in memory only:
** the store and every file keep the words. */
#ifndef CORE_VOCAB_H
#define CORE_VOCAB_H

#include "base/err.h"
#include "base/str.h"
#include <stddef.h>
#include <stdint.h>

typedef uint8_t Code;
enum { CODE_NONE = 0, VOCAB_WORDS_MAX = 120 };

typedef enum VocabId {
    VOCAB_REPORTED_HOW,
    VOCAB_CAD_RESULT,
    VOCAB_CAD_GROUND, /* why a message is not domestic (BD 1.13) */
    VOCAB_CASE_KIND,
    VOCAB_OFFENCE,
    VOCAB_FLAG,
    VOCAB_CHILDREN,
    VOCAB_PERSON_ROLE,
    VOCAB_SEX,
    VOCAB_SUSPECT_STATUS,
    VOCAB_RELATIONSHIP,
    VOCAB_SYSTEM,      /* cad cris merlin crimint pnc custody asn            */
    VOCAB_XREF_TARGET, /* the systems, in the same order, then 124d and risk */
    VOCAB_INSTRUMENT,
    VOCAB_STAGE,
    VOCAB_GRADE, /* standard medium high: in rising order */
    VOCAB_ANSWER,
    VOCAB_REVIEW,
    VOCAB_REVIEW_OUTCOME,
    VOCAB_RETURN_REASON, /* why a book goes back to its officer (WF 4.3) */
    VOCAB_REFERRAL,
    VOCAB_CONTACT_WITH,
    VOCAB_CONTACT_KIND,
    VOCAB_CONTACT_RESULT,
    VOCAB_EVENT,
    VOCAB_NOTICE,
    VOCAB_UNIT,
    VOCAB_CONSENT,
    VOCAB_OUTCOME,
    VOCAB_TASK_SOURCE,
    VOCAB_APPROACH, /* remove avoid reduce accept (BD 1.6) */
    VOCAB_ROLE,     /* the case roles, by their words in role.c */
    VOCAB_BASIS,    /* on what a referral or a disclosure stands */
    VOCAB_MARAC_GROUND,
    VOCAB_REFERRAL_STEP,
    VOCAB_AGENCY,
    VOCAB_ORDER,
    VOCAB_ORDER_END,
    VOCAB_BAIL_CONDITION,
    VOCAB_BAIL_END,
    VOCAB_CONTACT_WAY,
    VOCAB_CONTACT_RULE,
    VOCAB_ATTEMPT,
    VOCAB_LINK,
    VOCAB_DISPOSAL,
    VOCAB_DISPOSAL_REASON,
    VOCAB_DETECTION, /* yes, no: said by somebody */
    VOCAB_COUNT
} VocabId;

typedef struct VocabWord {
    const char *word;  /* "s20-aggravated": what files and the store say   */
    const char *label; /* "wounding s20, aggravated": what screens say      */
} VocabWord;

typedef struct Vocab {
    const char *name; /* as policy files call it: "offence", "review" … */
    size_t n;
    VocabWord words[VOCAB_WORDS_MAX]; /* words[code - 1] */
} Vocab;

typedef struct Vocabs {
    Vocab of[VOCAB_COUNT];
} Vocabs;

/* The words of interchange §1. Static; never changes. */
const Vocabs *vocabs_standard(void);
/* Add a word to a private copy. The strings are borrowed and must outlive `v`. */
bool vocabs_extend(Vocabs *v, VocabId id, const char *word, const char *label, Err *err);

Code vocab_code(const Vocabs *v, VocabId id, const char *word);          /* CODE_NONE when unknown */
Code vocab_code_n(const Vocabs *v, VocabId id, const char *word, size_t n);
const char *vocab_word(const Vocabs *v, VocabId id, Code code);          /* "" for CODE_NONE */
const char *vocab_label(const Vocabs *v, VocabId id, Code code);         /* "" for CODE_NONE */
/* "call, station, third-party, agency or officer": for the sentence that refuses another. */
void vocab_list(const Vocabs *v, VocabId id, Str *out);
bool vocab_by_name(const char *name, VocabId *out);

/* The few words that C reasons about, as codes of every vocabulary (checked by a unit test). */
enum { GRADE_STANDARD = 1, GRADE_MEDIUM = 2, GRADE_HIGH = 3 };
enum { CAD_DOMESTIC = 1, CAD_NOT_DOMESTIC = 2 };
enum { CASE_CRIME = 2, CASE_NO_CRIME = 4 };
enum { TASK_FROM_PLAN = 1, TASK_FROM_POLICY = 6, APPROACH_ACCEPT = 4 };

#endif
