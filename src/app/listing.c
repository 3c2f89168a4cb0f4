/* listing.c — what a borough can get out of CRIS and Merlin: CSV with a header, or the text of a screen. In a screen's text the numbers are
** found by the formats that the policy has for references, so that another layout needs no other program. */
#include "listing.h"

#include "base/csv.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const listed_words[LISTED_SYSTEMS] = { "cris", "merlin", "cad" };
const char *const listed_labels[LISTED_SYSTEMS] = { "CRIS", "Merlin", "CAD" };

enum { RECORDS_MAX = 200000, COLUMNS_MAX = 64 };

typedef struct Reading {
    const Policy *policy;
    ListedSystem system;
    const char *name;
    Arena *a;
    ListedRecord *items;
    size_t n, cap;
    bool skip_bad;
    ListedBad *bad;
    size_t n_bad, bad_cap;
} Reading;

/* ---- numbers ---- */

/* In normal form; NULL when it is no number of that system. */
static const char *number_of(const Reading *r, ListedSystem s, const char *text)
{
    char normal[64], says[240];

    if (strlen(text) >= sizeof normal || policy_reference(r->policy, listed_words[s], text, normal, says) != REF_OK) return NULL;
    return *normal ? arena_dup(r->a, normal) : NULL;
}

/* A system that the policy has no format for would take every word of a screen. */
static bool has_format(const Reading *r, ListedSystem s)
{
    char normal[64], says[240];

    return policy_reference(r->policy, listed_words[s], "?", normal, says) != REF_OK;
}

static bool keep(Reading *r, const ListedRecord *one, Err *err)
{
    if (!one->numbers[r->system]) return true;
    if (r->n == RECORDS_MAX)
        return err_set(err, ERR_INVALID, "file", "%s: more than %d records; give it in parts.", r->name, RECORDS_MAX);
    r->items = arena_room(r->a, r->items, r->n, &r->cap, sizeof *r->items);
    r->items[r->n++] = *one;
    return true;
}

/* ---- the text of a screen ---- */

static bool screen_line(Reading *r, const char *line, size_t number, Err *err)
{
    char *copy = arena_dup(r->a, line), *rest = NULL;
    ListedRecord one = { .line = number };

    for (char *word = strtok_r(copy, " \t,;|()[]", &rest); word; word = strtok_r(NULL, " \t,;|()[]", &rest))
        for (ListedSystem s = 0; s < LISTED_SYSTEMS; s++)
            if (!one.numbers[s] && has_format(r, s)) one.numbers[s] = number_of(r, s, word);
    return keep(r, &one, err);
}

/* ---- CSV ---- */

typedef struct Columns {
    int at[LISTED_SYSTEMS];
    size_t n;
} Columns;

static bool name_is(const char *cell, const char *word)
{
    char folded[64];
    size_t n = 0;

    for (; *cell && n + 1 < sizeof folded; cell++)
        if (*cell != ' ' && *cell != '_') folded[n++] = (char)((*cell >= 'A' && *cell <= 'Z') ? *cell + 32 : *cell);
    folded[n] = '\0';
    return str_eq(folded, word);
}

static bool header(const Reading *r, const CsvRow *row, Columns *out)
{
    *out = (Columns){ .at = { -1, -1, -1 }, .n = row->n };
    for (size_t i = 0; i < row->n && i < COLUMNS_MAX; i++) {
        for (ListedSystem s = 0; s < LISTED_SYSTEMS; s++)
            if (name_is(row->fields[i].text, listed_words[s])) out->at[s] = (int)i;
        if (out->at[r->system] < 0 && name_is(row->fields[i].text, "number")) out->at[r->system] = (int)i;
    }
    return out->at[r->system] >= 0;
}

/* Kept apart, or the end of it. */
static bool bad_row(Reading *r, size_t line, size_t column, const char *value, const char *says, Err *err)
{
    if (!r->skip_bad)
        return err_set(err, ERR_INVALID, "row", "%s Nothing was compared: put it right, or go on with the good rows alone.", says);
    r->bad = arena_room(r->a, r->bad, r->n_bad, &r->bad_cap, sizeof *r->bad);
    r->bad[r->n_bad++] = (ListedBad){ line, column, arena_dup(r->a, value), says };
    return true;
}

static bool no_number(Reading *r, ListedSystem s, const CsvField *f, Err *err)
{
    const char *example = policy_reference_example(r->policy, listed_words[s]);

    return bad_row(r, f->line, f->column, f->text,
        arena_printf(r->a, "%s:%zu:%zu: \"%.40s\" is no %s number%s%s.", r->name, f->line, f->column, f->text, listed_labels[s],
            example ? ", which looks like " : "", example ? example : ""),
        err);
}

static bool csv_row(Reading *r, const Columns *c, const CsvRow *row, Err *err)
{
    ListedRecord one = { .line = row->line };

    if (row->error)
        return bad_row(r, row->error_line, row->error_column, "",
            arena_printf(r->a, "%s:%zu:%zu: %s%s", r->name, row->error_line, row->error_column, row->error, row->error[strlen(row->error) - 1] == '.' ? "" : "."), err);
    for (ListedSystem s = 0; s < LISTED_SYSTEMS; s++) {
        const char *text = c->at[s] >= 0 && (size_t)c->at[s] < row->n ? row->fields[c->at[s]].text : "";
        one.numbers[s] = *text ? number_of(r, s, text) : NULL;
        if (*text && !one.numbers[s]) return no_number(r, s, &row->fields[c->at[s]], err);
    }
    return keep(r, &one, err);
}

static bool csv_all(Reading *r, FILE *in, Columns *c, Err *err)
{
    CsvReader *csv = csv_reader_new(in);
    Err why = { 0 };
    CsvRow row;
    bool ok = csv_read(csv, &row, &why) && header(r, &row, c);

    while (ok && csv_read(csv, &row, &why)) ok = csv_row(r, c, &row, &why);
    csv_reader_free(&csv);
    if (why.kind == ERR_NONE) return true;
    if (err) *err = why;
    return false;
}

/* ---- which of the two, and all of it ---- */

static bool read_all(FILE *in, Str *out, Err *err)
{
    enum { MOST = 64 << 20 };
    char part[1 << 16];
    size_t n;

    while ((n = fread(part, 1, sizeof part, in)) > 0) {
        if (out->n + n > MOST) return err_set(err, ERR_INVALID, "file", "A listing has at most 64 MiB.");
        str_add_n(out, part, n);
    }
    return !ferror(in) || err_set(err, ERR_IO, "file", "The listing cannot be read.");
}

/* The first line names columns, one of which is the system's own. */
static bool is_csv(Reading *r, const Str *text)
{
    FILE *in = text->n ? fmemopen(text->s, text->n, "r") : NULL;
    CsvReader *csv;
    CsvRow row;
    Columns c;
    bool ok;

    if (!in) return false;
    csv = csv_reader_new(in);
    ok = csv_read(csv, &row, NULL) && !row.error && header(r, &row, &c);
    csv_reader_free(&csv);
    fclose(in);
    return ok;
}

static bool take(Reading *r, Str *text, Err *err)
{
    size_t line = 1;
    Columns c;
    FILE *in;
    bool ok = true;

    if (!utf8_valid(str_text(text), text->n, NULL) || memchr(str_text(text), '\0', text->n))
        return err_set(err, ERR_INVALID, "file", "%s: this is not text.", r->name);
    if (is_csv(r, text)) {
        in = fmemopen(text->s, text->n, "r");
        ok = csv_all(r, in, &c, err);
        fclose(in);
        return ok;
    }
    for (char *at = text->n ? text->s : NULL, *next; ok && at && *at; at = next, line++) {
        next = strchr(at, '\n');
        if (next) *next++ = '\0';
        at[strcspn(at, "\r")] = '\0';
        ok = screen_line(r, at, line, err);
    }
    return ok;
}

static ListedSystem sorted_by; /* one thread: qsort has no place for it */

static int by_number(const void *x, const void *y)
{
    const ListedRecord *a = x, *b = y;
    int d = strcmp(a->numbers[sorted_by], b->numbers[sorted_by]);

    return d ? d : (a->line > b->line) - (a->line < b->line);
}

bool listing_read(const Policy *p, ListedSystem system, const char *name, FILE *in, bool skip_bad, Arena *a, Listing *out, Err *err)
{
    Reading r = { .policy = p, .system = system, .name = name, .a = a, .skip_bad = skip_bad };
    Str text = { 0 };
    bool ok = read_all(in, &text, err) && take(&r, &text, err);

    str_finish(&text);
    sorted_by = system;
    if (ok && r.n > 1) qsort(r.items, r.n, sizeof *r.items, by_number);
    *out = (Listing){ .system = system, .items = r.items, .n = r.n, .bad = r.bad, .n_bad = r.n_bad };
    return ok;
}

const ListedRecord *listing_find(const Listing *l, const char *number)
{
    size_t from = 0, to = l->n;

    while (from < to) {
        size_t mid = from + (to - from) / 2;
        if (strcmp(l->items[mid].numbers[l->system], number) < 0)
            from = mid + 1;
        else
            to = mid;
    }
    return from < l->n && str_eq(l->items[from].numbers[l->system], number) ? &l->items[from] : NULL;
}
