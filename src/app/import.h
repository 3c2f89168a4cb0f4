/* import.h — what the imports share: records are read outside the gate and land in batches, one bad record alone is
** refused. */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "inside.h"

#include "base/str.h"

enum { BATCH_RECORDS = 500, BATCH_BYTES = 16 << 20 };

typedef struct Incoming { /* one record, read and understood */
    int64_t line;
    CaseDoc doc;    /* as it came: a whole case, or what a listing says of one */
    const char *id; /* how messages call it: a case number, a CAD number */
    const char
        *refusal; /* why it cannot land; NULL when it can. Said when its turn comes, so that lines are told in order */
    const char **warnings; /* likewise */
    size_t n_warnings;
} Incoming;

typedef struct Import Import;
/* The case this record is about, and what it will be. `before` is filled when it is there already. False refuses the
** record. */
typedef bool Meet(Import *im, const Incoming *in, CaseRow *row, CaseDoc *before, CaseDoc *after, Arena *a, Err *err);

struct Import {
    App *app;
    const ImportOptions *o;
    FILE *in;
    int64_t total; /* bytes of the file; 0 when nobody knows */
    ImportReport *report;
    ImportReport landing; /* of the open write: counts when it is committed */
    Meet *meet;
    const char *act;  /* for the log */
    char *file;       /* the name, made safe for the log */
    const char *unit; /* "line", "row": how messages call a place */
    Arena *arena;     /* of the batch  */
    Arena *work;      /* of one record */
    int64_t settled;  /* the line of the last record that counts */
    int64_t waiting;  /* the line of the first behind it that was read; 0 for none */
    Str noted;        /* of one record: what the log says besides, "; reported_at changed" */
    struct Seen *seen; /* the records that landed, by what they are called */
    size_t n_seen, seen_cap;
    Incoming *batch;
    size_t n;
    size_t size; /* bytes of text in the batch */
    Tx tx;
    int64_t began; /* app_ticks() when the gate was entered */
    int64_t told;  /* app_ticks() of the last progress      */
};

void import_start(
    Import *im, App *app, const ImportOptions *o, FILE *in, ImportReport *report, Meet *meet, const char *act);
void import_finish(Import *im);
/* The next free place of the batch. */
Incoming *import_place(Import *im);
/* The record of import_place() is filled (so many bytes of text; so many of the file are read): counts it in and
** writes the batch when it is full. */
bool import_add(Import *im, size_t bytes, int64_t done, Err *err);
/* Writes what is waiting. */
bool import_flush(Import *im, Err *err);
/* One sentence to the user: "cases.jsonl: line 12: …". */
void import_say(const Import *im, int64_t line, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Keeps a sentence for when the record's turn comes. Copied into the arena of the batch. */
void import_warn(Import *im, Incoming *in, const char *sentence);

#endif
