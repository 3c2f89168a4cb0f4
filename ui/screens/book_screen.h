/* book_screen.h — the inside of the screen on which a book is written, for its files: scr_book.c (keys and verbs), book_keep.c
** (opening, saving, leaving), book_lookup.c (who is meant), book_submit.c (what is missing, and the way out), book_draw.c. */
#ifndef SCREENS_BOOK_SCREEN_H
#define SCREENS_BOOK_SCREEN_H

#include "work_keep.h"

#define Event CaseEvent
#include "app/book.h"
#undef Event

#include "book_writer.h"

enum { BOOK_REST_MS = 250, BOOK_OFFERS = 8 };

typedef struct BookFound { /* what was looked up for the field one stands in */
    Arena *arena;
    QuestionKind kind;
    char typed[ANSWERS_PATH]; /* the field in which something was typed last: what is only passed is not looked up */
    char path[ANSWERS_PATH], value[200]; /* for which it was asked, so that it is asked once */
    PersonHit *people;
    OfficerHit *officers;
    const char **places;
    size_t n;
    char noted[ANSWERS_PATH]; /* the reference that other cases hold */
    char note[200];
} BookFound;

typedef struct BookPage {
    Arena *arena; /* of the work: as long as the screen */
    BookWork work;
    Writer *writer;
    Keeping keeping;
    Arena *check_arena;
    BookCheck check;
    bool checked, rested, f1;
    bool walking; /* from the list of what is missing: Enter goes on to the next of it */
    BookFound found;
    PersonHit earlier; /* whose earlier cases stand in `earlier_arena`; n_cases 0: nobody's */
    Arena *earlier_arena;
    char find[200];
} BookPage;

BookPage *book_of(const Screen *s);
void book_say_moved(Screen *self); /* where one came to, on the status line */

/* --- book_keep.c ------------------------------------------------------------------------------ */
bool book_open(Screen *self, const void *arg, Err *err);
bool book_join(Screen *self); /* into the case that has its CAD message; false: not, and a sentence may say why */
extern const WorkKind book_work;

/* --- book_lookup.c ---------------------------------------------------------------------------- */
void book_look_up(Screen *self); /* when the keys rest */
React book_pick(Screen *self);   /* an offer was taken */
React book_earlier(Screen *self);

/* --- book_submit.c ------------------------------------------------------------------------------ */
void book_check(Screen *self); /* flags beside their fields */
size_t book_in_the_way(const BookPage *b);
/* A shut gate at a question that is missing anyway says nothing new. */
bool book_gate_is_gap(const BookPage *b, size_t i);
size_t book_gates_beside(const BookPage *b); /* the others */
React book_missing_list(Screen *self);
React book_submit(Screen *self);

/* --- book_draw.c ---------------------------------------------------------------------------------- */
void book_draw(Screen *self, View v);

void book_section_row(View row, const WriterSection *s, bool here); /* a line of the list of sections */
View book_box(View v, int rows, int cols, const char *title);       /* cleared and framed in the middle; its inside */

/* --- the body map ----------------------------------------------------------------------------------- */
bool book_wants_map(const BookPage *b, const Event *e);
React book_open_map(Screen *self);
void book_take_region(Loop *l, const char *path, const char *code);

#endif
