/* csv.c — RFC 4180 in and out, over libcsv, which knows the grammar but not where it is. So it is
** fed piece by piece: runs of plain bytes at once, every comma, quote and line end alone, while
** line and column are counted here. One row is held in memory, for two reasons: its fields are
** handed out, and a row that is broken can be read again. A quote that is never closed would
** swallow the rest of the file; instead only its own line is given up, and reading goes on with the
** line after.
** Blank lines are not rows. Spaces belong to the field. CR, LF and CR LF all end a line. */
#include "base/csv.h"

#include "base/mem.h"
#include "base/utf8.h"
#include <csv.h>
#include <errno.h>
#include <string.h>

enum {
    READ_SIZE = 1 << 16,
    FIELD_STEP = 1 << 14 /* libcsv grows a long field by so much; its own 128 bytes make a megabyte crawl */
};

typedef struct Spot { /* a byte of the file: where it is, and where people say it is */
    size_t at;        /* in buf */
    size_t line, column;
    bool after_cr; /* an LF here is the second half of a line end already counted */
} Spot;

typedef struct Found { /* a field before its text has its final address */
    size_t text, n;
    Spot spot;
} Found;

struct CsvReader {
    FILE *in;
    unsigned char *buf; /* buf[row.at..fill) is the row being read and what follows it */
    size_t fill, cap;
    bool begun, ended;     /* first bytes seen; no more bytes */
    int broken;            /* errno of the read that failed */
    Spot row, field, next; /* where the row and the field began; the byte to be fed next */
    bool row_done;
    struct csv_parser parser;
    Str text; /* the row's fields, each with its NUL */
    Found *found;
    CsvField *fields;
    size_t n, found_cap, fields_cap;
};

/* --- bytes ---------------------------------------------------------------------------- */

/* More bytes behind those of the row. False at the end of the file or when it cannot be read. */
static bool fill(CsvReader *r)
{
    size_t gone = r->row.at, got;

    if (r->ended) return false;
    r->fill -= gone;
    if (gone > 0) memmove(r->buf, r->buf + gone, r->fill);
    r->row.at = 0;
    r->field.at -= gone;
    r->next.at -= gone;

    if (r->cap - r->fill < READ_SIZE) {
        r->cap = r->cap * 2 + READ_SIZE;
        r->buf = mem_grow(r->buf, r->cap, 1);
    }
    errno = 0;
    got = fread(r->buf + r->fill, 1, READ_SIZE, r->in);
    r->fill += got;
    if (got > 0) return true;
    r->ended = true;
    if (ferror(r->in)) r->broken = errno ? errno : EIO;
    return false;
}

static bool have_next(CsvReader *r)
{
    return r->next.at < r->fill || fill(r);
}

static void advance(const CsvReader *r, Spot *spot, size_t n)
{
    for (; n > 0; n--) {
        unsigned char c = r->buf[spot->at++];

        if (c == '\r' || (c == '\n' && !spot->after_cr)) {
            spot->line++;
            spot->column = 1;
        } else if (c != '\n') {
            spot->column++;
        }
        spot->after_cr = c == '\r';
    }
}

static bool at_line_end(const CsvReader *r)
{
    unsigned char c = r->buf[r->next.at];

    return c == '\r' || c == '\n';
}

static void begin_row(CsvReader *r)
{
    r->row = r->field = r->next;
    r->row_done = false;
    r->n = 0;
    str_clear(&r->text);
}

/* To the first byte of a row; false at the end. */
static bool skip_blank_lines(CsvReader *r)
{
    while (begin_row(r), have_next(r)) {
        if (!at_line_end(r)) return true;
        advance(r, &r->next, 1);
    }
    return false;
}

/* The marks some programs put in front of a file. */
static bool read_byte_order_mark(CsvReader *r, Err *err)
{
    if (r->begun) return true;
    r->begun = true;
    if (!have_next(r) || r->fill < 2) return true;
    if (r->fill >= 3 && memcmp(r->buf, "\xEF\xBB\xBF", 3) == 0) r->next.at = 3;
    if (memcmp(r->buf, "\xFF\xFE", 2) != 0 && memcmp(r->buf, "\xFE\xFF", 2) != 0) return true;
    r->ended = true;
    r->next.at = r->fill;
    return err_set(
        err, ERR_INVALID, "", "The file is UTF-16, not UTF-8. Save it again as “CSV UTF-8” and try once more.");
}

/* --- the grammar ------------------------------------------------------------------------ */

static int never_space(unsigned char c)
{
    return 0;
}

static void start_parser(CsvReader *r)
{
    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_space_func(&r->parser, never_space);
    csv_set_blk_size(&r->parser, FIELD_STEP);
}

static void on_field(void *text, size_t n, void *reader)
{
    CsvReader *r = reader;

    r->found = mem_room(r->found, r->n, &r->found_cap, sizeof *r->found);
    r->found[r->n++] = (Found){ .text = r->text.n, .n = n, .spot = r->field };
    str_add_n(&r->text, text, n);
    str_add_char(&r->text, '\0');
}

static void on_row(int end, void *reader)
{
    ((CsvReader *)reader)->row_done = true;
}

/* How many bytes may be fed at once: one that means something, or a run of those that do not. */
static size_t bite(const CsvReader *r)
{
    const unsigned char *s = r->buf + r->next.at;
    size_t n = 0, most = r->fill - r->next.at;

    while (n < most && s[n] != ',' && s[n] != '"' && s[n] != '\r' && s[n] != '\n') n++;
    return n > 0 ? n : 1;
}

/* A quote in the wrong place is reported where it stands; in a field that has run over a line end
** the mistake was most likely made where the field was opened. */
static const char *bad_quote(CsvReader *r, Spot *where)
{
    if (csv_error(&r->parser) == CSV_ENOMEM) mem_exhausted();
    if (r->next.line == r->field.line && r->next.at < r->fill) {
        *where = r->next;
        return "A quote (\") is in the wrong place. A cell with quotes is wholly quoted, and each quote inside "
               "is written twice.";
    }
    *where = r->field;
    return "A quote (\") is opened here and not closed properly.";
}

/* Feeds one row. Why it cannot be used, or NULL. */
static const char *feed_row(CsvReader *r, Spot *where)
{
    while (!r->row_done && have_next(r)) {
        size_t n = bite(r), fields = r->n, fed;

        if (r->next.at + n - r->row.at > CSV_ROW_MAX) {
            *where = r->row;
            return "The row is longer than 1 MiB. Is a quote not closed?";
        }
        fed = csv_parse(&r->parser, r->buf + r->next.at, n, on_field, on_row, r);
        advance(r, &r->next, fed);
        if (fed < n) return bad_quote(r, where);
        if (r->n > fields) r->field = r->next;
    }
    if (r->row_done || r->broken) return NULL;
    return csv_fini(&r->parser, on_field, on_row, r) == 0 ? NULL : bad_quote(r, where);
}

/* To the line after the one where the row began, and a parser that has forgotten it. */
static void give_up_line(CsvReader *r)
{
    size_t line = r->row.line;

    csv_free(&r->parser);
    start_parser(r);
    r->next = r->row;
    while (r->next.line == line && have_next(r)) {
        advance(r, &r->next, 1);
        if (r->next.at > CSV_ROW_MAX) r->row = r->field = r->next; /* of an endless line nothing is kept */
    }
}

/* What the grammar does not mind but nobody can use. */
static const char *check_bytes(CsvReader *r, Spot *where)
{
    const unsigned char *s = r->buf + r->row.at, *nul;
    size_t n = r->next.at - r->row.at, bad = n;
    const char *why = NULL;

    if (!utf8_valid((const char *)s, n, &bad)) why = "A byte here is not UTF-8 text. Save the file again as UTF-8.";
    nul = memchr(s, '\0', bad);
    if (nul) {
        bad = (size_t)(nul - s);
        why = "A byte here is NUL, which no text holds.";
    }
    *where = r->row;
    if (why) advance(r, where, bad);
    return why;
}

/* --- reading ---------------------------------------------------------------------------- */

CsvReader *csv_reader_new(FILE *in)
{
    CsvReader *r = mem_new(sizeof *r);

    r->in = in;
    r->next = (Spot){ .line = 1, .column = 1 };
    start_parser(r);
    return r;
}

void csv_reader_free(CsvReader **r)
{
    if (!r || !*r) return;
    csv_free(&(*r)->parser);
    str_finish(&(*r)->text);
    mem_free((*r)->found);
    mem_free((*r)->fields);
    mem_free((*r)->buf);
    mem_free(*r);
    *r = NULL;
}

static void hand_out(CsvReader *r, CsvRow *row)
{
    if (r->fields_cap < r->found_cap) {
        r->fields_cap = r->found_cap;
        r->fields = mem_grow(r->fields, r->fields_cap, sizeof *r->fields);
    }
    for (size_t i = 0; i < r->n; i++) {
        const Found *f = &r->found[i];

        r->fields[i] =
            (CsvField){ .text = r->text.s + f->text, .n = f->n, .line = f->spot.line, .column = f->spot.column };
    }
    *row = (CsvRow){ .fields = r->fields, .n = r->n, .line = r->row.line };
}

/* The end, or a sentence why there is no more. */
static bool cannot_read(const CsvReader *r, Err *err)
{
    return r->broken && err_set(err, ERR_IO, "", "The file could not be read further than line %zu: %s.", r->next.line,
                            strerror(r->broken));
}

bool csv_read(CsvReader *r, CsvRow *row, Err *err)
{
    const char *why;
    Spot where;

    *row = (CsvRow){ 0 };
    err_clear(err);
    if (!read_byte_order_mark(r, err)) return false;

    if (!skip_blank_lines(r)) return cannot_read(r, err);
    why = feed_row(r, &where);
    if (r->broken) return cannot_read(r, err);
    if (why) {
        size_t line = r->row.line;

        give_up_line(r);
        *row = (CsvRow){ .line = line, .error = why, .error_line = where.line, .error_column = where.column };
    } else if ((why = check_bytes(r, &where))) {
        *row = (CsvRow){ .line = r->row.line, .error = why, .error_line = where.line, .error_column = where.column };
    } else {
        hand_out(r, row);
    }
    return true;
}

/* --- writing ------------------------------------------------------------------------------ */

/* Does a spreadsheet take it for a formula? The wide forms of = + - @ are taken like the narrow. */
static bool would_be_run(const char *text)
{
    static const char *const wide[] = { "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20" };

    if (*text && strchr("=+-@\t\r\n", *text)) return true;
    for (size_t i = 0; i < ARRAY_LEN(wide); i++)
        if (strncmp(text, wide[i], 3) == 0) return true;
    return false;
}

/* Semicolon and tab are quoted too: with them some spreadsheets cut cells, and a formula could
** stand behind. */
void csv_add_cell(Str *line, const char *text)
{
    bool defuse, quote;
    size_t n;

    if (!text) return;
    n = strlen(text);
    defuse = would_be_run(text);
    quote = text[strcspn(text, ",;\t\"\r\n")] || (n > 0 && (text[0] == ' ' || text[n - 1] == ' '));

    if (quote) str_add_char(line, '"');
    if (defuse) str_add_char(line, '\'');
    for (const char *s = text; *s; s++) {
        if (*s == '"') str_add_char(line, '"');
        str_add_char(line, *s);
    }
    if (quote) str_add_char(line, '"');
}
