/* out.c — rows for people and for programs. A cell is written when it comes; only a table waits, until enough
** lines are known to settle its widths. Writing errors are remembered and told once, at the end. */
#include "out.h"

#include "base/csv.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { KEPT_LINES = 400, FLUSH_BYTES = 1 << 16, WIDEST = 60 };

const char *const format_words[FORMAT_COUNT] = { "table", "csv", "json" };

typedef struct Cell {
    char *text;
    Shade shade;
} Cell;

struct Out {
    FILE *to;
    Format format;
    Look look;
    const Column *columns;
    size_t n, at; /* at: the column of the next cell */
    Str line;     /* csv, json: what is not yet written */
    int *width;   /* table */
    Cell *kept;   /* table: rows × columns, waiting for the widths */
    size_t n_kept;
    bool settled;
    int failed; /* errno of the first write that did not work */
};

/* --- writing --------------------------------------------------------------------------------- */
static void spill(Out *o)
{
    if (o->line.n && !o->failed && fwrite(o->line.s, 1, o->line.n, o->to) != o->line.n) o->failed = errno ? errno : EIO;
    str_clear(&o->line);
}

bool out_reader_gone(FILE *to)
{
    struct pollfd p = { .fd = fileno(to) };

    return ferror(to) && poll(&p, 1, 0) == 1 && (p.revents & POLLERR);
}

static bool not_written(int why, Err *err)
{
    return err_set(
        err, ERR_IO, "", "Not everything could be written: %s.", why ? strerror(why) : "an earlier write failed");
}

bool out_flush(FILE *to, Err *err)
{
    errno = 0;
    if (!fflush(to) && !ferror(to)) return true;
    return out_reader_gone(to) || not_written(errno, err);
}

/* --- safe text ------------------------------------------------------------------------------- */
static const struct {
    uint32_t cp;
    const char *ascii;
} plain_signs[] = { { 0xb7, "-" }, { 0x2013, "-" }, { 0x2014, "-" }, { 0x2018, "'" }, { 0x2019, "'" }, { 0x201c, "\"" },
    { 0x201d, "\"" }, { 0x2026, "..." }, { 0x2192, "->" }, { 0x2264, "<=" }, { 0x2265, ">=" }, { 0x2260, "!=" },
    { 0xa7, "s." }, { 0xa0, " " } };

static const char *plain_sign(uint32_t cp)
{
    for (size_t i = 0; i < ARRAY_LEN(plain_signs); i++)
        if (plain_signs[i].cp == cp) return plain_signs[i].ascii;
    return "?";
}

static char *make_ascii(const char *s)
{
    Str b = { 0 };
    size_t n = strlen(s);

    for (size_t at = 0, len; at < n; at = utf8_next(s, n, at)) {
        uint32_t cp = utf8_decode(s + at, n - at, &len);
        if (cp < 0x80)
            str_add_char(&b, (char)cp);
        else
            str_add(&b, plain_sign(cp));
    }
    return str_take(&b);
}

char *out_safe(const char *s, bool lines, bool ascii)
{
    char *safe = utf8_make_safe(s, strlen(s), lines, ascii), *plain;

    if (!ascii) return safe;
    plain = make_ascii(safe);
    mem_free(safe);
    return plain ? plain : mem_dup("");
}

/* Where nothing needs to be escaped most of the text is copied at once. */
static size_t harmless(const char *s, size_t n)
{
    size_t at = 0;

    while (at < n && (unsigned char)s[at] >= 0x20 && (unsigned char)s[at] < 0x7f && s[at] != '"' && s[at] != '\\') at++;
    return at;
}

static void json_add_escaped(Str *line, uint32_t cp)
{
    static const char short_form[] = "\b\f\n\r\t\"\\", letter[] = "bfnrt\"\\";
    const char *short_one = cp && cp < 0x80 ? strchr(short_form, (int)cp) : NULL;

    if (short_one)
        str_addf(line, "\\%c", letter[short_one - short_form]);
    else if (cp < 0x10000)
        str_addf(line, "\\u%04x", cp);
    else
        str_addf(line, "\\u%04x\\u%04x", 0xd800 + ((cp - 0x10000) >> 10), 0xdc00 + ((cp - 0x10000) & 0x3ff));
}

void json_add(Str *line, const char *s)
{
    size_t n = strlen(s), len;

    str_add_char(line, '"');
    for (size_t at = 0; at < n; at += len) {
        uint32_t cp;
        len = harmless(s + at, n - at);
        if (len) {
            str_add_n(line, s + at, len);
            continue;
        }
        cp = utf8_decode(s + at, n - at, &len);
        if (cp == UTF8_BAD)
            str_add(line, "\\ufffd");
        else if (cp == '"' || cp == '\\' || utf8_is_hostile(cp))
            json_add_escaped(line, cp);
        else
            str_add_n(line, s + at, len);
    }
    str_add_char(line, '"');
}

void json_member(Str *line, const char *name, const char *value)
{
    str_addf(line, ",\"%s\":", name);
    if (value)
        json_add(line, value);
    else
        str_add(line, "null");
}

void json_add_time(Str *line, Time t)
{
    char text[CIVIL_TEXT];

    if (t == TIME_NONE)
        str_add(line, "null");
    else
        str_addf(line, "\"%s\"", civil_format_time(t, text));
}

/* --- beginning ------------------------------------------------------------------------------- */
Out *out_new(FILE *to, Format format, Look look, const Column *columns, size_t n)
{
    Out *o = mem_new(sizeof *o);
    bool first = true;

    *o = (Out){ .to = to, .format = format, .look = look, .columns = columns, .n = n };
    if (format == FORMAT_TABLE) {
        o->width = mem_new(n * sizeof *o->width);
        o->kept = mem_new(KEPT_LINES * n * sizeof *o->kept);
        for (size_t c = 0; c < n; c++) o->width[c] = utf8_width(columns[c].heading);
    }
    if (format != FORMAT_CSV) return o;
    for (size_t c = 0; c < n; c++) {
        if (!(columns[c].in & AS_CSV)) continue;
        if (!first) str_add_char(&o->line, ',');
        csv_add_cell(&o->line, columns[c].name);
        first = false;
    }
    str_add(&o->line, "\r\n");
    return o;
}

/* --- the table ------------------------------------------------------------------------------- */
static const char *const shades[] = { "", "\033[1;31m", "\033[1;33m", "\033[32m", "\033[2m" };

static size_t last_column(const Out *o)
{
    size_t last = 0;

    for (size_t c = 0; c < o->n; c++)
        if (o->columns[c].in & AS_TABLE) last = c;
    return last;
}

static void add_cell_text(Out *o, size_t c, const char *text, Shade shade, size_t last)
{
    int blanks = o->width[c] - utf8_width(text);

    if (o->columns[c].right) str_addf(&o->line, "%*s", blanks > 0 ? blanks : 0, "");
    if (o->look.colour && shade)
        str_addf(&o->line, "%s%s\033[0m", shades[shade], text);
    else
        str_add(&o->line, text);
    if (!o->columns[c].right && c != last) str_addf(&o->line, "%*s", blanks > 0 ? blanks : 0, "");
    if (c != last) str_add(&o->line, "  ");
}

static void table_line(Out *o, Cell *cells)
{
    size_t last = last_column(o);

    for (size_t c = 0; c < o->n; c++) {
        if (o->columns[c].in & AS_TABLE) add_cell_text(o, c, cells[c].text ? cells[c].text : "", cells[c].shade, last);
        mem_free(cells[c].text);
        cells[c] = (Cell){ 0 };
    }
    while (o->line.n && o->line.s[o->line.n - 1] == ' ') o->line.s[--o->line.n] = 0;
    str_add_char(&o->line, '\n');
}

/* The widths are known: the heading and the lines that waited. */
static void settle(Out *o)
{
    size_t last = last_column(o);

    o->settled = true;
    for (size_t c = 0; c < o->n; c++)
        if (o->columns[c].in & AS_TABLE) add_cell_text(o, c, o->columns[c].heading, SHADE_DIM, last);
    str_add_char(&o->line, '\n');
    for (size_t r = 0; r < o->n_kept; r++) table_line(o, o->kept + r * o->n);
    o->n_kept = 0;
}

static void table_cell(Out *o, const char *s, Shade shade)
{
    Cell *cell = &o->kept[o->n_kept * o->n + o->at];
    int width;

    cell->text = out_safe(s, false, o->look.ascii);
    cell->shade = shade;
    width = utf8_width(cell->text);
    if (!o->settled && width > o->width[o->at]) o->width[o->at] = width < WIDEST ? width : WIDEST;
}

/* --- cells ----------------------------------------------------------------------------------- */
static bool wanted(const Out *o)
{
    return o->at < o->n && (o->columns[o->at].in & 1u << o->format);
}

/* What stands in front of a cell of csv or json. */
static void introduce(Out *o)
{
    bool first = true;

    for (size_t c = 0; c < o->at && first; c++) first = !(o->columns[c].in & 1u << o->format);
    if (o->format == FORMAT_CSV) {
        if (!first) str_add_char(&o->line, ',');
        return;
    }
    str_add_n(&o->line, first ? "{\"" : ",\"", 2);
    str_add(&o->line, o->columns[o->at].name);
    str_add_n(&o->line, "\":", 2);
}

static void csv_text(Out *o, const char *s)
{
    char *safe = out_safe(s, true, false);

    csv_add_cell(&o->line, safe);
    mem_free(safe);
}

void out_shaded(Out *o, const char *s, Shade shade)
{
    if (wanted(o)) {
        if (o->format == FORMAT_TABLE)
            table_cell(o, s ? s : "", shade);
        else
            introduce(o);
        if (o->format == FORMAT_CSV && s) csv_text(o, s);
        if (o->format == FORMAT_JSON && s) json_add(&o->line, s);
        if (o->format == FORMAT_JSON && !s) str_add(&o->line, "null");
    }
    o->at++;
}

void out_text(Out *o, const char *s)
{
    out_shaded(o, s, SHADE_NONE);
}

void out_text_if(Out *o, const char *s)
{
    if (s || o->format != FORMAT_JSON)
        out_text(o, s);
    else
        o->at++;
}

static void out_raw(Out *o, const char *s, size_t n)
{
    if (wanted(o)) {
        if (o->format == FORMAT_TABLE)
            table_cell(o, s, SHADE_NONE);
        else
            introduce(o), str_add_n(&o->line, s, n);
    }
    o->at++;
}

void out_int(Out *o, int64_t value)
{
    char digits[24], *p = digits + sizeof digits - 1;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    *p = 0;
    do *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0) *--p = '-';
    out_raw(o, p, strlen(p));
}

void out_yes(Out *o, bool yes)
{
    if (o->format == FORMAT_TABLE)
        out_text(o, yes ? "yes" : "no");
    else
        out_raw(o, yes ? "true" : "false", yes ? 4 : 5);
}

static void put_digits(char *to, int n, int digits)
{
    for (; digits > 0; n /= 10) to[--digits] = (char)('0' + n % 10);
}

/* What civil_format_time says, without printf: there are four times in a row of duties. */
static void add_time(Out *o, Time t)
{
    char text[] = "0000-00-00T00:00:00Z";
    Civil c = civil_utc(t);

    put_digits(text, c.year, 4);
    put_digits(text + 5, c.month, 2);
    put_digits(text + 8, c.day, 2);
    put_digits(text + 11, c.hour, 2);
    put_digits(text + 14, c.minute, 2);
    put_digits(text + 17, c.second, 2);
    str_add_n(&o->line, text, sizeof text - 1);
}

void out_time(Out *o, Time t)
{
    char words[CIVIL_TEXT];

    if (o->format == FORMAT_TABLE || t == TIME_NONE) {
        out_text(o, t == TIME_NONE ? NULL : civil_words_full(t, words));
        return;
    }
    if (wanted(o)) {
        introduce(o);
        if (o->format == FORMAT_JSON) str_add_char(&o->line, '"');
        add_time(o, t);
        if (o->format == FORMAT_JSON) str_add_char(&o->line, '"');
    }
    o->at++;
}

void out_words(Out *o, const char *const *list, size_t n)
{
    Str b = { 0 };

    for (size_t i = 0; i < n; i++) {
        if (i) str_add_char(&b, o->format == FORMAT_JSON ? ',' : ' ');
        if (o->format == FORMAT_JSON)
            json_add(&b, list[i]);
        else
            str_add(&b, list[i]);
    }
    if (o->format == FORMAT_JSON && wanted(o))
        introduce(o), str_addf(&o->line, "[%s]", str_text(&b)), o->at++;
    else
        out_text(o, str_text(&b));
    str_finish(&b);
}

/* --- rows ------------------------------------------------------------------------------------ */
bool out_row(Out *o)
{
    o->at = 0;
    if (o->format == FORMAT_TABLE) {
        if (o->settled)
            table_line(o, o->kept);
        else if (++o->n_kept == KEPT_LINES)
            settle(o);
    } else
        str_add(&o->line, o->format == FORMAT_CSV ? "\r\n" : "}\n");
    if (o->line.n >= FLUSH_BYTES) spill(o);
    return !o->failed;
}

bool out_end(Out **out, Err *err)
{
    Out *o = *out;
    bool ok;

    if (!o) return true;
    if (o->format == FORMAT_TABLE && !o->settled && o->n_kept) settle(o);
    spill(o);
    ok = o->failed ? out_reader_gone(o->to) || not_written(o->failed, err) : out_flush(o->to, err);
    str_finish(&o->line);
    mem_free(o->width);
    mem_free(o->kept);
    mem_free(o);
    *out = NULL;
    return ok;
}
