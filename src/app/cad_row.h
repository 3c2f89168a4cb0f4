/* cad_row.h — the CAD listing as a table (interchange §2): its columns, and a row as what it says of a case. */
#ifndef APP_CAD_ROW_H
#define APP_CAD_ROW_H

#include "base/csv.h"
#include "policy/policy.h"

typedef enum CadColumn {
    CAD_NUMBER,
    CAD_RECEIVED,
    CAD_CLOSED,
    CAD_OPENING_CODE,
    CAD_RESULT,
    CAD_LOCATION,
    CAD_CALLER,
    CAD_REMARKS,
    CAD_CRIS,
    CAD_MERLIN,
    CAD_COLUMNS
} CadColumn;

typedef struct CadHeader {
    int at[CAD_COLUMNS]; /* which field of a row; -1 = not in this listing */
    size_t n;            /* fields of a row */
} CadHeader;

enum { CAD_WARNING = 600 }; /* bytes: what is kept and said, one sentence after another */
extern const char *const cad_column_names[CAD_COLUMNS];
bool cad_header(const CsvRow *row, CadHeader *out, Err *err);
/* What a row says, as a case with nothing but the CAD, the place and the references. Texts live in `a`. err->field
** is the column's name and the sentence begins with its place. `warning` is "" or a sentence. */
bool cad_row_read(const CsvRow *row, const CadHeader *h, const Policy *p, Time now, Arena *a, CaseDoc *out,
    char warning[CAD_WARNING], Err *err);
/* True when the row has something in the columns that are read and not kept. */
bool cad_row_loses(const CsvRow *row, const CadHeader *h);
/* "CAD8123/01FEB10" and "8123/01FEB10" are one message: the number alone. NULL stays NULL. */
const char *cad_plain(const char *cad);
/* RFC 3339, or local "2010-02-01 22:14[:00]" or "01/02/2010 22:14[:00]". */
bool cad_time(const char *s, Time *out, Err *err);

#endif
