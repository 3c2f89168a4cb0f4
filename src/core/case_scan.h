/* case_scan.h — JSON text read piece by piece, in order, without a tree.
** The reader of cases asks for what it expects next; texts without escapes are ranges of the input. A fault of the
** JSON is kept as a phrase and a place, and from then on every call says no. */
#ifndef CORE_CASE_SCAN_H
#define CORE_CASE_SCAN_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct Scan {
    const char *start, *p, *end;
    Arena *a;          /* for texts with escapes              */
    const char *fault; /* what is wrong with the JSON, or NULL */
} Scan;

typedef enum ScanKind {
    SCAN_BAD,
    SCAN_OBJECT,
    SCAN_LIST,
    SCAN_TEXT,
    SCAN_NUMBER,
    SCAN_YES,
    SCAN_NO,
    SCAN_NULL
} ScanKind;

typedef struct ScanText {
    const char *s; /* not NUL-terminated */
    size_t n;
} ScanText;

void scan_start(Scan *sc, const char *json, size_t n, Arena *a);
bool scan_finish(Scan *sc); /* nothing may follow */
/* The sentence of the fault: "This is not good JSON: it ends too early (byte 17)." Returns false. */
bool scan_tell(const Scan *sc, Err *err);

ScanKind scan_peek(Scan *sc); /* what the next value is; SCAN_BAD at a fault */
const char *scan_word(ScanKind kind);

/* --- taking what scan_peek promised ------------------------------------------------------ */
bool scan_text(Scan *sc, ScanText *out);
bool scan_literal(Scan *sc); /* true, false, null */
/* The extent of any value, by brackets and quotes alone: whoever takes it looks inside. */
bool scan_extent(Scan *sc, ScanText *out);

/* --- walking: scan_enter, then scan_member or scan_item until *more is false -------------- */
bool scan_enter(Scan *sc);
bool scan_member(Scan *sc, bool first, ScanText *key, bool *more);
bool scan_item(Scan *sc, bool first, bool *more);

#endif
