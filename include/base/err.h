/* err.h — an error: a kind for the program and a sentence for a person.
** The sentence names the thing in the user's words and says what to do.
** Nothing below the faces (ui, cli) prints; errors travel upwards in an Err. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

typedef enum ErrKind {
    ERR_NONE = 0,
    ERR_INVALID, /* what was given does not fit; `field` says which part     */
    ERR_USAGE,   /* the command line was not understood                      */
    ERR_DENIED,  /* the officer may not, or the thing is not there for them  */
    ERR_MISSING, /* there is no such thing                                   */
    ERR_STALE,   /* changed by somebody else since it was read               */
    ERR_BUSY,    /* somebody else is writing; trying again may help          */
    ERR_IO,      /* disk, file or terminal failed                            */
    ERR_CORRUPT, /* the store or a file is not what it should be             */
    ERR_STOPPED, /* the user stopped it                                      */
    ERR_BUG      /* our own mistake                                          */
} ErrKind;

typedef struct Err {
    ErrKind kind;
    char field[64]; /* what it is about: "reviews[2].kind", "password"; may be "" */
    char text[600]; /* one sentence or two, ends with a full stop                 */
} Err;

/* Fill `err` (which may be NULL) and return false, so that it can be returned. */
bool err_set(Err *err, ErrKind kind, const char *field, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* Put words in front of the sentence: "cases.jsonl: line 12: …". Returns false.
** Words that do not end in a space are followed by ": ". */
bool err_wrap(Err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void err_clear(Err *err);
/* The word for a kind: "invalid", "denied", … for logs and tests. */
const char *err_kind_word(ErrKind kind);

#endif
