/* lines.h — a file of any size as lines of bounded length, in constant memory. */
#ifndef APP_LINES_H
#define APP_LINES_H

#include "base/err.h"
#include "base/str.h"
#include <stdint.h>
#include <stdio.h>

enum { LINE_BYTES_MAX = 8 << 20 };

typedef struct Lines {
    FILE *in;
    char *buffer;
    size_t at, filled;
    Str text;       /* the line, without its end; may hold any bytes */
    int64_t number; /* of the line, from 1                           */
    int64_t bytes;  /* read so far                                   */
    bool too_long;  /* the line was longer than is read; `text` is its beginning */
} Lines;

void lines_start(Lines *l, FILE *in);
/* False at the end, or with err filled. LF and CRLF end a line; the last needs no end; a UTF-8 BOM is skipped. */
bool lines_next(Lines *l, Err *err);
/* The first bytes of the file, before anything is read as a line. */
size_t lines_peek(Lines *l, const char **bytes, Err *err);
void lines_finish(Lines *l);
/* Bytes from here to the end of a regular file; 0 when nobody knows. */
int64_t file_size(FILE *in);

#endif
