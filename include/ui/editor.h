/* editor.h — the field editor: text as people type it, in graphemes, with undo. Headless: events
** in, a drawing out.
** Wrapping is a view and never enters the text. What could deceive a reader or a terminal is
** refused at the door and
** counted in a notice. Work per key is that of one paragraph. Memory is wiped when it is given
** back.
**
** Arrows, Ctrl-arrows (words), Home End (row), Ctrl-Home Ctrl-End (text), PgUp PgDn, ^A ^E,
** Backspace Delete,
** ^W word before, ^K to the end, ^U to the start, ^Z undo, ^Y redo. Enter, Tab, Esc are not used in
** one line;
** Enter is a new line in many. */
#ifndef UI_EDITOR_H
#define UI_EDITOR_H

#include "ui/event.h"
#include "ui/grid.h"

typedef struct Editor Editor;

typedef struct EditorOptions {
    bool lines;     /* many lines; else line feeds become blanks */
    bool secret;    /* shown as bullets, no undo, fixed memory that is wiped */
    bool read_only; /* moves only */
    size_t limit;   /* characters (code points); 0: 60,000, or 200 in one line */
} EditorOptions;

typedef enum EditorResult {
    EDITOR_UNUSED, /* the event is somebody else's */
    EDITOR_MOVED,  /* the cursor, or nothing        */
    EDITOR_CHANGED,
    EDITOR_REFUSED /* nothing or less than wanted was put in: see editor_notice */
} EditorResult;

Editor *editor_new(EditorOptions o);
void editor_free(Editor **e);

/* Replaces everything, forgets undo; cursor at the end. Hostile characters that are already in a
** stored text are kept
** (and shown as ‹U+202E›): opening must not change. */
void editor_set(Editor *e, const char *text);
char *editor_text(Editor *e);         /* NFC, malloc'd; the caller frees (and wipes, if secret) */
size_t editor_count(const Editor *e); /* characters */
size_t editor_remaining(const Editor *e);
bool editor_empty(const Editor *e);
bool editor_changed(const Editor *e);       /* since set or keep */
void editor_keep(Editor *e);                /* what is there now counts as unchanged */
const char *editor_notice(const Editor *e); /* a sentence about the last event, or "" */

EditorResult editor_event(Editor *e, const Event *ev);
void editor_insert(Editor *e, const char *text, size_t n); /* like a paste: cleaned, one undo step */
bool editor_undo(Editor *e);
bool editor_redo(Editor *e);
void editor_to_start(Editor *e);
void editor_to_end(Editor *e);
/* Goes behind the next place of the words, without regard to the case of A to Z; false: not there, and nothing moved. */
bool editor_find(Editor *e, const char *words);
bool editor_at_first_row(const Editor *e); /* so that Up may leave the field */
bool editor_at_last_row(const Editor *e);

/* Draws into v (one line: its first row), scrolled so that the cursor is seen; with focus the
** cursor is put. */
void editor_draw(Editor *e, View v, bool focus);
int editor_rows(Editor *e, int cols); /* rows the whole text takes at that width */

#endif
