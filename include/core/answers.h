/* answers.h — what a filled-in form says: question names and their answers, nothing of what they mean.
** A path names one answer: "victim.family", or "child[0].given" for a question of the first row of the group "child".
** Every answer is a text in one spelling (a code, an ISO date, RFC 3339); several choices are a list of codes. As a file: one
** JSON object of texts, lists of texts, and lists of rows: {"child":[{"given":"Ada"}],"injury.kinds":["bruise"],"victim.family":"Example"}.
** The canonical form (keys in order, nothing empty) is what is stored, hashed and signed (store.md). */
#ifndef CORE_ANSWERS_H
#define CORE_ANSWERS_H

#include "base/arena.h"
#include "base/crypto.h"
#include "base/err.h"
#include "base/str.h"

typedef struct Answers Answers;

enum { ANSWERS_PATH = 128, ANSWERS_ROWS = 200 /* of one group */ };

Answers *answers_new(void);
void answers_free(Answers **a); /* wiped */
Answers *answers_copy(const Answers *a);
/* Any JSON object is taken, as import takes it: what is not a text, a list of texts or a list of rows is kept as it is, and is
** seen by answers_write and answers_each only. NULL or "" reads as no answers. */
Answers *answers_read(const char *json, size_t n, Err *err);
void answers_write(const Answers *a, Str *out); /* canonical; "{}" when there is none */
void answers_digest(const Answers *a, uint8_t out[HASH_BYTES]);
bool answers_same(const Answers *a, const Answers *b);

/* --- one answer --------------------------------------------------------------------------------- */
/* "" when there is none; a list comes as "a,b". Lives until the answers change or this is called again for a list. */
const char *answers_get(const Answers *a, const char *path);
/* "" takes the answer away. A row that is not there yet is made, and those before it. False only when the path is none or the text is not UTF-8. */
bool answers_put(Answers *a, const char *path, const char *text);
bool answers_put_list(Answers *a, const char *path, const char *codes); /* "a,b": a list of texts */

/* --- rows of a group ------------------------------------------------------------------------------ */
size_t answers_rows(const Answers *a, const char *group);
bool answers_row_add(Answers *a, const char *group);              /* an empty one at the end; false when ANSWERS_ROWS is reached */
void answers_row_insert(Answers *a, const char *group, size_t i); /* an empty one before i */
void answers_row_drop(Answers *a, const char *group, size_t i);
bool answers_row_empty(const Answers *a, const char *group, size_t i);
/* "child", 0, "given" → "child[0].given", and back: false when the path has no row (then `name` is the whole). */
char *answers_path(char out[ANSWERS_PATH], const char *group, size_t row, const char *name);
bool answers_path_split(const char *path, char group[ANSWERS_PATH], size_t *row, char name[ANSWERS_PATH]);

/* --- walking and comparing -------------------------------------------------------------------------- */
/* Every answer in canonical order; a value of another sort comes as its JSON. `each` returning false stops. */
void answers_each(const Answers *a, bool (*each)(void *with, const char *path, const char *text), void *with);
typedef struct AnswerChange { const char *path, *before, *after; /* "" = no answer */ } AnswerChange;
/* What differs, in canonical order. Rows are compared place by place. In `arena`. */
size_t answers_compare(const Answers *before, const Answers *after, Arena *arena, AnswerChange **out);

#endif
