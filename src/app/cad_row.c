/* cad_row.c — the CAD listing as a table: its columns, and a row as what it says of a case. Pure.
** A number that a closed CAD quotes was known when it was closed; on an open CAD, and where the listing was made
** before the closing, it is known now. Opening code, caller and remarks have no place in a case and are not kept. */
#include "cad_row.h"

#include "base/mem.h"
#include "base/str.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *const cad_column_names[CAD_COLUMNS] = {
    [CAD_NUMBER] = "cad",
    [CAD_RECEIVED] = "received",
    [CAD_CLOSED] = "closed",
    [CAD_OPENING_CODE] = "opening_code",
    [CAD_RESULT] = "result",
    [CAD_LOCATION] = "location",
    [CAD_CALLER] = "caller",
    [CAD_REMARKS] = "remarks",
    [CAD_CRIS] = "cris",
    [CAD_MERLIN] = "merlin",
};
#define CHOICES "cad, received, closed, opening_code, result, location, caller, remarks, cris and merlin"

/* ---- the header ---- */

/* Small letters, without blanks around: how a header and a result are compared. */
static void plain(const char *s, char out[64])
{
    size_t n = 0;

    while (isspace((unsigned char)*s)) s++;
    for (; *s && n < 63; s++) out[n++] = (char)tolower((unsigned char)*s);
    while (n > 0 && isspace((unsigned char)out[n - 1])) n--;
    out[n] = '\0';
}

static int column_by_name(const char *name)
{
    for (int i = 0; i < CAD_COLUMNS; i++)
        if (str_eq(cad_column_names[i], name)) return i;
    return -1;
}

static bool unknown_column(const char *name, Err *err)
{
    const char *near = str_nearest(name, cad_column_names, CAD_COLUMNS);

    return err_set(err, ERR_INVALID, "header",
        "The column \"%s\" is not known%s%s%s. The first row names the columns, in any order: " CHOICES ".", name,
        near ? " (did you mean \"" : "", near ? near : "", near ? "\"?)" : "");
}

static bool header_fault(const CsvRow *row, size_t i, Err *err)
{
    return err_wrap(err, "line %lld: column %zu: ", (long long)row->line, row->fields[i].column);
}

bool cad_header(const CsvRow *row, CadHeader *out, Err *err)
{
    char name[64];

    if (row->error)
        return err_set(err, ERR_INVALID, "header", "line %lld: column %zu: %s", (long long)row->line, row->error_column,
            row->error);
    if (row->n == 1 && strchr(row->fields[0].text, ';'))
        return err_set(err, ERR_INVALID, "header",
            "line %lld: The fields are separated by semicolons; save it with commas.", (long long)row->line);
    *out = (CadHeader){ .n = row->n };
    for (int i = 0; i < CAD_COLUMNS; i++) out->at[i] = -1;
    for (size_t i = 0; i < row->n; i++) {
        plain(row->fields[i].text, name);
        int column = column_by_name(name);
        if (column < 0) return unknown_column(name, err) || header_fault(row, i, err);
        if (out->at[column] >= 0)
            return err_set(err, ERR_INVALID, "header", "The column \"%s\" is there twice.", name) ||
                   header_fault(row, i, err);
        out->at[column] = (int)i;
    }
    for (int i = CAD_NUMBER; i <= CAD_RECEIVED; i++)
        if (out->at[i] < 0)
            return err_set(err, ERR_INVALID, "header",
                "line 1: The column \"%s\" is missing; only cad and received are needed. The columns are " CHOICES ".",
                cad_column_names[i]);
    return true;
}

/* ---- a time ---- */

static bool wall_clock(Civil c, Time *out)
{
    int year, month, day;

    if (c.month < 1 || c.month > 12 || c.hour > 23 || c.minute > 59 || c.second > 59) return false;
    civil_of_date(civil_date(c.year, c.month, c.day), &year, &month, &day);
    if (day != c.day || month != c.month || year < 1900 || year > 2200) return false;
    *out = civil_from_local(c);
    return true;
}

static bool all_eaten(const char *s, int eaten)
{
    return eaten > 0 && s[eaten] == '\0';
}

static bool local_time(const char *s, Civil *out, Time *at)
{
    Civil c = { 0 };
    int eaten = 0, minutes = 0;

    if (strspn(s, "0123456789-/:. T") == strlen(s)) {
        if (sscanf(s, "%4d-%2d-%2d%*1[ T]%2d:%2d%n:%2d%n", &c.year, &c.month, &c.day, &c.hour, &c.minute, &minutes,
                &c.second, &eaten) >= 5 &&
            (all_eaten(s, eaten) || all_eaten(s, minutes)) && wall_clock(c, at))
            return *out = c, true;
        c.second = eaten = minutes = 0;
        if (sscanf(s, "%2d/%2d/%4d %2d:%2d%n:%2d%n", &c.day, &c.month, &c.year, &c.hour, &c.minute, &minutes, &c.second,
                &eaten) >= 5 &&
            (all_eaten(s, eaten) || all_eaten(s, minutes)) && wall_clock(c, at))
            return *out = c, true;
    }
    return false;
}

bool cad_time(const char *s, Time *out, Err *err)
{
    Civil c;

    if (civil_parse_time(s, out, NULL) || local_time(s, &c, out)) return true;
    return err_set(err, ERR_INVALID, "",
        "\"%.40s\" is not a time. Write it as 2010-02-01T22:14:00Z, 2010-02-01 22:14 or 01/02/2010 22:14.", s);
}

/* ---- a row ---- */

typedef struct Reading {
    const CsvRow *row;
    const CadHeader *h;
    const Policy *policy;
    Time now;
    Arena *a;
    CaseDoc *doc;
    char *warning;
} Reading;

/* The text of a column without blanks around, NULL when empty or not in the listing. */
static const char *cell(const Reading *r, CadColumn column)
{
    int at = r->h->at[column];
    const char *s;
    size_t n;

    if (at < 0 || (size_t)at >= r->row->n) return NULL;
    s = r->row->fields[at].text;
    while (isspace((unsigned char)*s)) s++;
    n = strlen(s);
    while (n > 0 && isspace((unsigned char)s[n - 1])) n--;
    return n ? arena_dup_n(r->a, s, n) : NULL;
}

static bool wrong(const Reading *r, CadColumn column, Err *err)
{
    int at = r->h->at[column];

    if (err) snprintf(err->field, sizeof err->field, "%s", cad_column_names[column]);
    if (at < 0 || (size_t)at >= r->row->n) return false;
    return err_wrap(err, "column %zu (%s): ", r->row->fields[at].column, cad_column_names[column]);
}

static void warn(const Reading *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void warn(const Reading *r, const char *fmt, ...)
{
    size_t n = strlen(r->warning);
    va_list args;

    if (n > 0 && n + 2 < CAD_WARNING) r->warning[n++] = ' ';
    va_start(args, fmt);
    vsnprintf(r->warning + n, CAD_WARNING - n, fmt, args);
    va_end(args);
}

/* On the nights when the clocks change an hour of the wall is missing, and another is there twice. */
static void say_odd_hour(const Reading *r, CadColumn column, const char *s, Time at)
{
    Civil typed, is, later;
    Time same;
    char taken[CIVIL_TEXT];

    if (civil_parse_time(s, &same, NULL) || !local_time(s, &typed, &same)) return;
    is = civil_local(at);
    later = civil_local(at + HOUR);
    civil_format_time(at, taken);
    if (is.hour != typed.hour)
        warn(r, "column %s: the clocks went forward and there was no %.20s; it is taken as %02d:%02d (%s).",
            cad_column_names[column], s, is.hour, is.minute, taken);
    else if (later.hour == typed.hour)
        warn(r, "column %s: the clocks went back and %.20s was there twice; it is taken as the first (%s).",
            cad_column_names[column], s, taken);
}

static bool read_time(const Reading *r, CadColumn column, Time *out, Err *err)
{
    const char *s = cell(r, column);

    *out = TIME_NONE;
    if (!s) return true;
    if (!cad_time(s, out, err)) return wrong(r, column, err);
    say_odd_hour(r, column, s, *out);
    if (*out <= r->now) return true;
    err_set(err, ERR_INVALID, "", "%s is in the future.", s);
    return wrong(r, column, err);
}

static bool read_result(const Reading *r, Err *err)
{
    const Vocabs *v = policy_vocabs(r->policy);
    const char *s = cell(r, CAD_RESULT);
    char word[64];
    Str list = { 0 };

    if (!s) return true;
    plain(s, word);
    r->doc->cad_result = vocab_code(v, VOCAB_CAD_RESULT, word);
    if (r->doc->cad_result) return true;
    vocab_list(v, VOCAB_CAD_RESULT, &list);
    err_set(
        err, ERR_INVALID, "", "\"%.40s\" is not a result; it is %s, or empty while there is none.", s, str_text(&list));
    str_finish(&list);
    return wrong(r, CAD_RESULT, err);
}

/* The number as the policy writes it; what looks unusual is kept and said. */
static bool read_number(const Reading *r, CadColumn column, const char *system, const char **out, Err *err)
{
    const char *s = cell(r, column);
    char normal[64] = "", sentence[240] = "";
    RefVerdict verdict;

    *out = NULL;
    if (!s) return true;
    verdict = policy_reference(r->policy, system, s, normal, sentence);
    if (verdict == REF_WARN && strlen(s) >= sizeof normal) {
        snprintf(sentence, sizeof sentence, "A number has at most %zu characters.", sizeof normal - 1);
        verdict = REF_REFUSED;
    }
    if (verdict == REF_REFUSED) {
        err_set(err, ERR_INVALID, "", "%s", sentence);
        return wrong(r, column, err);
    }
    if (verdict == REF_WARN) warn(r, "column %s: %s", cad_column_names[column], sentence);
    *out = arena_dup(r->a, normal);
    return true;
}

const char *cad_plain(const char *cad)
{
    return cad && strncmp(cad, "CAD", 3) == 0 && isdigit((unsigned char)cad[3]) ? cad + 3 : cad;
}

static bool read_reference(const Reading *r, CadColumn column, Err *err)
{
    Reference ref = { .system = vocab_code(policy_vocabs(r->policy), VOCAB_SYSTEM, cad_column_names[column]),
        .at = r->doc->cad_closed_at,
        .withdrawn = { .at = TIME_NONE } };

    if (!read_number(r, column, cad_column_names[column], &ref.number, err)) return false;
    if (!ref.number) return true;
    if (ref.at == TIME_NONE) ref.at = r->now;
    case_append(r->doc, LIST_REFERENCES, &ref, r->a);
    return true;
}

static bool needed(const Reading *r, CadColumn column, bool there, Err *err)
{
    if (there) return true;
    err_set(err, ERR_INVALID, "", "This is needed and empty.");
    return wrong(r, column, err);
}

bool cad_row_read(const CsvRow *row, const CadHeader *h, const Policy *p, Time now, Arena *a, CaseDoc *out,
    char warning[CAD_WARNING], Err *err)
{
    Reading r = { row, h, p, now, a, out, warning };

    case_init(out);
    warning[0] = '\0';
    if (row->error) return err_set(err, ERR_INVALID, "", "column %zu: %s", row->error_column, row->error);
    if (row->n != h->n)
        return err_set(err, ERR_INVALID, "", "The row has %zu fields and the header %zu.", row->n, h->n);
    if (!read_number(&r, CAD_NUMBER, "cad", &out->cad_number, err)) return false;
    out->cad_number = cad_plain(out->cad_number);
    if (!needed(&r, CAD_NUMBER, out->cad_number != NULL, err)) return false;
    if (!read_time(&r, CAD_RECEIVED, &out->cad_received_at, err)) return false;
    if (!needed(&r, CAD_RECEIVED, out->cad_received_at != TIME_NONE, err)) return false;
    if (!read_time(&r, CAD_CLOSED, &out->cad_closed_at, err) || !read_result(&r, err)) return false;
    if (out->cad_closed_at != TIME_NONE && out->cad_closed_at < out->cad_received_at)
        warn(&r, "column closed: this is before the message was received.");
    out->incident_place = cell(&r, CAD_LOCATION);
    return read_reference(&r, CAD_CRIS, err) && read_reference(&r, CAD_MERLIN, err);
}

bool cad_row_loses(const CsvRow *row, const CadHeader *h)
{
    static const CadColumn lost[] = { CAD_OPENING_CODE, CAD_CALLER, CAD_REMARKS };

    for (size_t i = 0; i < ARRAY_LEN(lost); i++) {
        int at = h->at[lost[i]];
        if (at >= 0 && (size_t)at < row->n && row->fields[at].n > 0) return true;
    }
    return false;
}
