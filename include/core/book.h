/* book.h — how a book 124D stands, read off the case: its versions, who checked which, where it is. Pure.
** A version is an entry of `books`; versions of one book share the serial and are numbered by time from 1. */
#ifndef CORE_BOOK_H
#define CORE_BOOK_H

#include "base/crypto.h"
#include "core/case.h"

typedef enum BookState {
    BOOK_SUBMITTED, /* waits for the sergeant (BD 1.2)               */
    BOOK_RETURNED,  /* the newest reading sent it back (WF 4.3)      */
    BOOK_SIGNED,    /* the sergeant is satisfied; waits for the CSU  */
    BOOK_READ,      /* a CSU detective sergeant has read it (WF 4.2) */
    BOOK_INDEXED,   /* and it is filed (BD 1.17)                     */
    BOOK_STATES
} BookState;

typedef struct BookStand {
    const Book *latest;
    size_t versions;
    BookState state;
    const Review *check, *read;     /* the newest ps-check and csu-ds-read of the newest version; NULL */
    const Review *returned;         /* the reading that sent the newest version back; NULL */
    const BookMove *move;           /* the newest; NULL */
    const char *index_number;       /* of any version */
    Time index_at;
    size_t addenda;
} BookStand;

/* False when the case has no book of that serial; NULL: the newest book. */
bool book_stand(const CaseDoc *doc, const Vocabs *v, const char *serial, BookStand *out);
/* The version a review was about: the newest of its book (of any, where it names none) completed by then. */
const Book *book_of_review(const CaseDoc *doc, const Review *r);
const char *book_state_word(BookState s);  /* "returned": for files */
const char *book_state_label(BookState s); /* "returned for rework" */
bool book_state_by_word(const char *word, BookState *out);
/* What a signature is bound to: serial, times, writer and the canonical answers, as 64 hex digits. */
void book_digest(const char *case_id, const Book *b, char out[HASH_HEX]);

#endif
