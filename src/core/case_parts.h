/* case_parts.h — what the files of the case share among themselves and show to nobody else. */
#ifndef CORE_CASE_PARTS_H
#define CORE_CASE_PARTS_H

#include "core/case.h"

#include <jansson.h>

enum {
    CASE_ENTRIES_MAX = 5000,   /* of one list                                    */
    CASE_TEXT_MAX = 400,       /* characters of one line                         */
    CASE_NAME_MAX = 40,        /* characters of a warrant number or person's key */
    CASE_LONG_MAX = 60000,     /* characters of lines                            */
    CASE_ANSWERS_MAX = 2000000 /* bytes of answers                               */
};

/* --- the order of a file: ranges [first, last) of case_scalars or case_lists ------------- */
typedef struct CasePart {
    enum { PART_SCALARS, PART_LISTS } kind;
    unsigned first, last;
} CasePart;
extern const CasePart case_parts[];
extern const size_t case_n_parts;

/* --- an item as bytes ---------------------------------------------------------------------- */
static inline void *case_at(const CaseField *f, void *item)
{
    return (char *)item + f->offset;
}
static inline const void *case_in(const CaseField *f, const void *item)
{
    return (const char *)item + f->offset;
}
/* The items of a list inside its holder: the document, or for LIST_STATUS a person. */
void *case_items_in(const void *holder, CaseListId list, size_t *n);
void case_items_put(void *holder, CaseListId list, void *items, size_t n);

/* --- values ---------------------------------------------------------------------------------- */
/* Put a text into a field. The sentence in `err` says what is wrong, without naming the field; err->field stays empty. */
bool case_value_set(const CaseField *f, void *item, const char *text, size_t n, const Vocabs *v, Arena *a, Err *err);
/* Whether a text may stand in a field of this kind: length and controls. */
bool case_text_fits(FieldKind kind, const char *s, size_t n, Err *err);
/* "x" is not one of a, b or c. Returns false. */
bool case_not_a_word(VocabId vocab, const char *word, size_t n, const Vocabs *v, Err *err);
/* `s` as it may stand in a sentence: made safe, and cut when long. */
enum { CASE_QUOTE = 128 };
const char *case_quote(const char *s, size_t n, char out[CASE_QUOTE]);

/* --- JSON ------------------------------------------------------------------------------------- */
/* At most CASE_JSON_DEPTH deep and without NUL bytes; to be asked before anything is parsed. */
bool case_json_shallow(const char *json, size_t n, Err *err);
/* The sentence of a fault says what and where, counting bytes from `offset`. */
json_t *case_json_load(const char *json, size_t n, size_t offset, Err *err);
const char *case_json_word(const json_t *value); /* "a number", "a list" … */
/* The canonical text of an object, in `a`; NULL with a sentence when it is too long. */
const char *case_json_canonical(const json_t *object, Arena *a, Err *err);

/* Check answers {factor: {answer, context}} and drop what is null. `unknown` is told of a key that is neither and says whether
** to drop it and go on; when it says no, `out` stays empty. */
typedef struct AnswerFault {
    const char *factor, *key; /* where; key may be NULL; they live as long as the answers */
    char text[600];
} AnswerFault;
typedef bool UnknownAnswer(void *with, const char *factor, const char *key);
bool case_answers_check(json_t *answers, const Vocabs *v, UnknownAnswer *unknown, void *with, AnswerFault *out);

#endif
