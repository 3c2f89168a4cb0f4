/* csv.h — RFC 4180 in and out, over libcsv. Reading knows line and column of every field;
** writing defuses cells that a spreadsheet would run (= + - @ TAB CR in front). */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/err.h"
#include "base/str.h"
#include <stdio.h>

typedef struct CsvField {
    const char *text; /* NUL-terminated; NULs inside are an error of the row */
    size_t n;
    size_t line, column; /* from 1; column counts bytes */
} CsvField;

typedef struct CsvRow {
    const CsvField *fields;
    size_t n;
    size_t line;       /* where the row starts */
    const char *error; /* why the row cannot be used (bad quote, broken UTF-8, too long), else NULL */
    size_t error_line, error_column;
} CsvRow;

typedef struct CsvReader CsvReader;
enum { CSV_ROW_MAX = 1 << 20 }; /* bytes of one row; a longer one is a bad row and is skipped */
CsvReader *csv_reader_new(FILE *in); /* in stays the caller's; a UTF-8 BOM is skipped */
/* After a row with a bad quote or too long, reading goes on with the line after the one where it began; after
** other bad rows with the next row. Blank lines are not rows.
** True with the next row (valid until the next call); false at the end or, with err filled, on a read error. */
bool csv_read(CsvReader *r, CsvRow *row, Err *err);
void csv_reader_free(CsvReader **r);

/* Append one cell (quoted when needed, defused) to a line; the caller adds commas and "\r\n". */
void csv_add_cell(Str *line, const char *text);

#endif
