/* read.h — what the files of the reading share: the state of the screen, the page it writes, and what can be done beside
** a book. Private to scr_read.c and read_*.c. */
#ifndef SCREENS_READ_H
#define SCREENS_READ_H

#include "screens.h"

/* --- the state of the reading (scr_read.c) ------------------------------------------------------ */
enum { READ_PERMS = 4 };
typedef struct Reading {
    char case_id[48], serial[64];
    size_t version; /* asked for; 0: the newest */
    bool walking, indexing, only_changes;
    bool open; /* `view` holds something */
    BookView view;
    CaseWords words;
    size_t missing, wrong; /* of its gaps */
    char began[HASH_HEX];  /* the digest that has been on the screen since opened_at */
    Time opened_at;
    char seen[HASH_HEX];           /* the digest of which the end has been on the screen */
    Pager *whole, *body, *side;    /* the page; and on a wide screen the book alone, with the rules beside it */
    char who_may[READ_PERMS][320]; /* sentences */
    Pager *now;                    /* the one that keys move: whole or body */
} Reading;
Reading *reading_of(const Screen *s);
const char *reading_digest16(const Reading *r, char out[24]);       /* "1a2b 3c4d 5e6f 7a8b" */
const char *read_open_words(int64_t seconds, char out[CIVIL_TEXT]); /* "4m 12s", "35s", "2h 10m" */
/* After a reading was stored: back, or the next book of the walk. `said` tells what was done. */
React reading_done(Screen *self, const char *said, bool skip);
/* It is not the newest version any more: say so and open that one. */
React reading_stale(Screen *self, const Err *err);

/* --- the page (read_page.c, read_answers.c, read_body.c) -------------------------------------------- */
enum { READ_RULES = 1, READ_BOOK = 2 }; /* parts of the page */
enum { READ_GATE = 1000, READ_ALERT = 2000 /* items: READ_ALERT + i is the i-th flag */ };

typedef struct ReadPage {
    Pager *pager;
    const App *app;
    const BookView *view;
    const Vocabs *v;
    Arena *a;
} ReadPage;
void read_page_write(Pager *p, const App *app, const BookView *view, unsigned parts, bool only_changes, Arena *a);
bool read_is_blank(const BookView *view);   /* no answers are recorded */
void read_answers_write(const ReadPage *p); /* sections A to X, and what the form does not know */
void read_body_write(const ReadPage *p, const FormGroup *group, size_t rows);
void read_labelled(
    const ReadPage *p, const char *sign, const char *label, unsigned style, const char *words, const char *mark);
/* What differs between two long texts, with a little of what stands around it. In the arena. */
void read_difference(const char *before, const char *after, Arena *a, const char **was, const char **is);
/* One reading of the book in lines: outcome, by whom, reasons, words, what its signature holds. */
void read_review_write(const ReadPage *p, const Review *r);

/* --- what can be done (read_sign.c, read_words.c, read_paper.c) ----------------------------------------- */
React read_sign(Screen *self);
/* Asks the password and stores the reading. A wrong password is asked again. False: *react is what the screen answers. */
bool read_store(
    Screen *self, Screen *asking, const char *title, const char *text, BookReading *reading, React *react, Err *err);
void read_after_csu(Screen *self); /* the index number, and that it is here now */
React read_index(Screen *self);
React read_move(Screen *self);
React read_print(Screen *self);

typedef enum WordsKind { WORDS_RETURNED, WORDS_REMEDIAL, WORDS_ADDENDUM, WORDS_KINDS } WordsKind;
typedef struct WordsAsk {
    Screen *reading; /* stands below for as long as the words are typed */
    WordsKind kind;
} WordsAsk;
React read_words(Screen *self, WordsKind kind);

typedef struct FlagAsk { /* for scr_read_flag: exactly one of the two */
    const char *case_id;
    const AlertFired *alert;
    const GateVerdict *gate;
    const Answers *answers; /* what the flag found is shown out of these */
    const FormSpec *form;
} FlagAsk;

#endif
