/* book_writer.h — a form being filled in: the answers, one section of it as fields, and what was done, to be taken back. It asks
** nobody anything and knows no app, so that a test can press keys on it: look-ups, flags and drafts are scr_book.c's. */
#ifndef SCREENS_BOOK_WRITER_H
#define SCREENS_BOOK_WRITER_H

#define Event CaseEvent /* as in screens.h: the kit has events, too */
#include "policy/form_spec.h"
#undef Event
#include "ui/form.h"

typedef struct Writer Writer;

typedef struct WriterOf { /* everything is the caller's and outlives the writer */
    const FormSpec *form;
    const Policy *policy;
    Answers *answers;    /* changed by the writer only */
    const Answers *last; /* the version before: what differs from it is marked; NULL */
    const char *who;     /* "officer": whose sections; NULL: all */
    Time now;
} WriterOf;
Writer *writer_new(const WriterOf *of);
void writer_free(Writer **w);
void writer_set_now(Writer *w, Time now);

/* --- keys ----------------------------------------------------------------------------------- */
typedef enum WriterResult {
    WRITER_UNUSED,
    WRITER_MOVED,
    WRITER_CHANGED,
    WRITER_PICKED, /* an offer: writer_picked() */
    WRITER_SAVE,
    WRITER_LEAVE
} WriterResult;
WriterResult writer_event(Writer *w, const Event *e);
size_t writer_picked(const Writer *w);
const char *writer_notice(const Writer *w); /* what was refused, or "" */
void writer_draw(Writer *w, View v, bool focus);
/* What stands in a long text goes into the answers when the keys rest, when its field is left, and now. */
void writer_settle(Writer *w);

/* --- where one is --------------------------------------------------------------------------------- */
const char *writer_path(const Writer *w); /* of the field, "" when there is none, "+child" on the button of a group */
const FormQuestion *writer_question(const Writer *w); /* NULL on a button */
const char *writer_value(Writer *w);                  /* of the field, until the next call */
bool writer_go(Writer *w, const char *path);          /* a row that is not there is made; false when it is not asked */
void writer_offer(Writer *w, const char *const *lines, size_t n);

typedef struct WriterSection {
    const FormSection *of;
    FormTally tally;
} WriterSection;
size_t writer_sections(const Writer *w);
const WriterSection *writer_section(const Writer *w, size_t i);
size_t writer_section_now(const Writer *w);
void writer_section_go(Writer *w, size_t i);
size_t writer_missing(const Writer *w); /* needed and not answered, of all sections */
void writer_tally(Writer *w);           /* count all sections again: other answers may decide what they ask */

/* The next one in the form's order that is needed and unanswered, or wrong; round the end to the first. False: there is none. */
bool writer_next_missing(Writer *w);
/* The next question after here of which the label or the answer holds the words, without regard to case. */
bool writer_find(Writer *w, const char *words);

/* --- changing ------------------------------------------------------------------------------------------- */
/* As if it had been typed there; what several puts between begin and end do is taken back as one. */
void writer_put(Writer *w, const char *path, const char *typed);
void writer_begin(Writer *w);
void writer_end(Writer *w);
const FormGroup *writer_group(
    const Writer *w, size_t *row);                  /* of the field one stands on; on a button *row is SIZE_MAX */
bool writer_row_add(Writer *w, const FormGroup *g); /* and stand in it; false when it is full */
void writer_row_drop(Writer *w, const FormGroup *g, size_t row);
bool writer_undo(Writer *w); /* the whole form; one stands where it happened */
bool writer_redo(Writer *w);

/* --- remarks beside fields, until they are cleared ---------------------------------------------------------- */
void writer_clear_notes(Writer *w);
void writer_note(Writer *w, const char *path, Style style, const char *sentence);
void writer_error(Writer *w, const char *path, const char *sentence); /* under the field, unless one stands in it */

#endif
