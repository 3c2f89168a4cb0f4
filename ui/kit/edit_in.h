/* edit_in.h — the inside of the field editor, for its files: edit_text.c (the buffer and undo), edit_clean.c (the door),
** edit_move.c (places and rows), edit_draw.c, editor.c (keys). A text is an array of paragraphs, so that the work of a key
** is that of one paragraph; line feeds are between them and never in them. */
#ifndef UI_KIT_EDIT_IN_H
#define UI_KIT_EDIT_IN_H

#include "base/str.h"
#include "ui/editor.h"

typedef struct Para {
    char *s; /* not NUL-terminated; may be NULL when n is 0 */
    size_t n, cap;
    int rows, rows_at; /* rows when wrapped to rows_at columns; rows_at 0: not known */
} Para;

typedef struct Pos {
    size_t para, byte;
} Pos;

typedef struct Change { /* at `at`, `removed` was replaced by `added` */
    Pos at;
    Str removed, added;
} Change;

struct Editor {
    EditorOptions o;
    Para *paras;
    size_t n, cap;
    size_t chars; /* code points, line feeds included */
    Pos at;
    int goal;       /* the column that Up and Down want; -1: the one where the cursor is */
    int cols, page; /* of the last drawing */
    Pos top;        /* lines: paragraph and row (in byte) at the top; one line: byte at the left */

    Change *changes; /* [0, done) can be undone, [done, n_changes) redone */
    size_t n_changes, cap_changes, done;
    size_t kept; /* `done` when it was unchanged; SIZE_MAX: never again */
    size_t change_bytes;
    bool run; /* the next typed character belongs to the last change */
    bool secret_changed;
    char notice[200];
};

/* --- edit_text.c -------------------------------------------------------------------- */
void edit_clear(Editor *e);
void edit_load(Editor *e, const char *text, size_t n);
void edit_append_text(const Editor *e, Str *out);
/* Replace [from, to) by text; remembers it for undo; the cursor goes behind what was put in. */
void edit_replace(Editor *e, Pos from, Pos to, const char *text, size_t n, bool typed);
size_t edit_chars(const char *s, size_t n);

/* --- edit_clean.c ------------------------------------------------------------------- */
/* What may come in of text[0..n) at the cursor, at most `room` characters, added to out. */
typedef struct Cleaned {
    size_t refused; /* hostile or broken characters */
    size_t dropped; /* characters for which there was no room */
} Cleaned;
Cleaned edit_clean(const Editor *e, const char *text, size_t n, size_t room, Str *out);

/* --- edit_move.c ---------------------------------------------------------------------- */
Pos edit_next(const Editor *e, Pos p);
Pos edit_prev(const Editor *e, Pos p);
Pos edit_word_next(const Editor *e, Pos p);
Pos edit_word_prev(const Editor *e, Pos p);
bool edit_same(Pos a, Pos b);
int edit_wrap_cols(const Editor *e);
int edit_para_rows(Editor *e, size_t para);
/* The row of its paragraph in which p stands; *start and *next are the row's bytes. */
int edit_row_of(const Editor *e, Pos p, size_t *start, size_t *next);
Pos edit_row_start(const Editor *e, Pos p);
Pos edit_row_end(const Editor *e, Pos p);
Pos edit_rows_away(Editor *e, Pos p, int by, int goal);
int edit_column(const Editor *e, Pos p);

#endif
