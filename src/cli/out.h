/* out.h — rows for people and for programs: one description of columns, three ways to write them. table: aligned
** by what the terminal shows, everything hostile made visible. csv: RFC 4180, formulas defused. json: one object a
** line, keys in the order of the columns, no blanks. Fast enough for millions of rows: nothing is kept of a row
** but the first few hundred lines of a table, which settle its widths. */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include "base/civil.h"
#include "base/err.h"
#include "base/str.h"
#include <stdio.h>

typedef enum Format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON, FORMAT_COUNT } Format;
extern const char *const format_words[FORMAT_COUNT];
enum {
    AS_TABLE = 1 << FORMAT_TABLE,
    AS_CSV = 1 << FORMAT_CSV,
    AS_JSON = 1 << FORMAT_JSON,
    AS_ANY = AS_TABLE | AS_CSV | AS_JSON,
    AS_DATA = AS_CSV | AS_JSON
};

typedef struct Look {
    bool colour, ascii;
} Look;
typedef enum Shade { SHADE_NONE, SHADE_BAD, SHADE_WARN, SHADE_GOOD, SHADE_DIM } Shade;

typedef struct Column {
    const char *name;    /* the key in json, the header in csv */
    const char *heading; /* of the table                       */
    unsigned in;         /* AS_…: where it is shown; cells elsewhere are dropped */
    bool right;          /* numbers stand right                */
} Column;

typedef struct Out Out;
Out *out_new(FILE *to, Format format, Look look, const Column *columns, size_t n);
/* The cells of a row, left to right, then the row. NULL and TIME_NONE are null in json and nothing elsewhere. */
void out_text(Out *o, const char *s);
void out_text_if(Out *o, const char *s); /* NULL: in json the key is left out */
void out_shaded(Out *o, const char *s, Shade shade);
void out_int(Out *o, int64_t n);
void out_yes(Out *o, bool yes);                             /* true/false; yes/no in a table */
void out_time(Out *o, Time t);                              /* RFC 3339; local words in a table */
void out_words(Out *o, const char *const *words, size_t n); /* an array; joined by blanks elsewhere */
bool out_row(Out *o);                                       /* false once writing has failed: stop */
/* Writes what is left and frees. A reader that went away (| head) is no error. */
bool out_end(Out **o, Err *err);

/* JSON text of a string, quotes included: what a terminal could obey is escaped, which changes nothing for a
** program. */
void json_add(Str *line, const char *s);
void json_member(Str *line, const char *name, const char *value); /* ,"name":"value"; null for NULL */
void json_add_time(Str *line, Time t); /* "…Z" or null */
/* `s` made safe for a line (or lines) of text; with ascii, without any character outside ASCII. The caller frees. */
char *out_safe(const char *s, bool lines, bool ascii);
/* Flushes. True also when the reader went away (| head). */
bool out_flush(FILE *to, Err *err);
bool out_reader_gone(FILE *to);

#endif
