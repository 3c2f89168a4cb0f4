/* book_log.h — what was done to the answers of a form, so that it can be taken back and done again: values, rows that came, rows
** that went. It changes the answers itself; nothing else may, or the log no longer fits them. Knows no screen. */
#ifndef SCREENS_BOOK_LOG_H
#define SCREENS_BOOK_LOG_H

#define Event CaseEvent /* as in screens.h */
#include "policy/form_spec.h"
#undef Event

typedef struct BookLog BookLog;
/* Both stay the caller's and outlive the log. */
BookLog *book_log_new(const FormSpec *form, Answers *answers);
void book_log_free(BookLog **log); /* wiped */

/* One answer in its final spelling ("" takes it away). Puts to the same path one after another are one step, until book_log_seal. */
void book_log_put(BookLog *log, const char *path, const char *text);
/* The same, when the answers hold the new text already; `before` is what stood there. */
void book_log_was(BookLog *log, const char *path, const char *before);
bool book_log_row_add(BookLog *log, const char *group);
void book_log_row_drop(BookLog *log, const char *group, size_t row);
void book_log_seal(BookLog *log);
/* What is done between them is taken back as one. */
void book_log_begin(BookLog *log);
void book_log_end(BookLog *log);

/* Told of each answer that is other now, and of each group of which rows came or went, so that what shows them follows. */
typedef void BookTouched(void *with, const char *path, bool rows);
/* False when there is nothing. *path: where it happened; the group itself when a row of it is gone. */
bool book_log_undo(BookLog *log, char path[ANSWERS_PATH], BookTouched *touched, void *with);
bool book_log_redo(BookLog *log, char path[ANSWERS_PATH], BookTouched *touched, void *with);

#endif
