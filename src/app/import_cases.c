/* import_cases.c — case documents, one a line (interchange §1). What is read is checked against the catalogue and
** the clock before it comes near the store. The same file again changes nothing; a document that says more than the
** store extends the case; one that says less is refused with what is missing, because a document can add and never
** take away. */
#include "import.h"
#include "lines.h"

#include "base/str.h"

#include <string.h>

/* ---- is it a file of cases at all? ---- */

static const struct {
    const char *bytes;
    size_t n;
    const char *what;
} foreign[] = {
    { "\xff\xfe", 2, "This is UTF-16. Save it as UTF-8." },
    { "\xfe\xff", 2, "This is UTF-16. Save it as UTF-8." },
    { "\x1f\x8b", 2, "This is compressed (gzip). Unpack it first." },
    { "PK\x03\x04", 4, "This is a zip archive or an office document. Save its cases as JSON Lines." },
    { "BZh", 3, "This is compressed (bzip2). Unpack it first." },
    { "\xfd"
      "7zXZ",
        5, "This is compressed (xz). Unpack it first." },
    { "\x28\xb5\x2f\xfd", 4, "This is compressed (zstd). Unpack it first." },
    { "SQLite format 3", 15, "This is a database, not a file of cases. To put back a backup use restore." },
    { "%PDF", 4, "This is a PDF document, not a file of cases." },
    { "\x7f"
      "ELF",
        4, "This is a program, not a file of cases." },
};

static bool looks_right(const char *bytes, size_t n, Err *err)
{
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
        if (n >= foreign[i].n && memcmp(bytes, foreign[i].bytes, foreign[i].n) == 0)
            return err_set(err, ERR_INVALID, "", "%s", foreign[i].what);
    return true;
}

static bool is_blank(const Str *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->s[i] != ' ' && s->s[i] != '\t' && s->s[i] != '\r') return false;
    return true;
}

/* ---- one document and the store ---- */

static bool meet_case(Import *im, const Incoming *in, CaseRow *row, CaseDoc *before, CaseDoc *after, Arena *a, Err *err)
{
    Store *store = im->app->store;
    char where[64] = "";
    Err why = { 0 };

    *after = in->doc;
    if (!store_case_find(store, in->doc.id, a, row, &why)) {
        if (why.kind == ERR_MISSING) return true;
        if (err) *err = why;
        return false;
    }
    if (!store_case_load(store, row->key, app_vocabs(im->app), a, before, err)) return false;
    if (case_extends(after, before, where)) return true;
    return err_set(err, ERR_INVALID, where,
        "%s: the store holds %s, which this document lacks. A document can add to a case, never take away: export the "
        "case, add to that, and import it again.",
        in->doc.id, where);
}

/* ---- reading ---- */

static void warn(Import *im, Incoming *in, const CaseWarnings *w)
{
    size_t kept = sizeof w->text / sizeof w->text[0];
    char more[60];

    for (size_t i = 0; i < w->n && i < kept; i++) import_warn(im, in, w->text[i]);
    snprintf(more, sizeof more, "%zu more like these.", w->n - kept);
    if (w->n > kept) import_warn(im, in, more);
}

static bool read_line(Import *im, const Lines *l, Err *err)
{
    Incoming *in = import_place(im);
    CaseWarnings warnings = { .n = 0 }, *lenient = im->o->lenient ? &warnings : NULL;
    Err why = { 0 };

    im->report->read++;
    in->line = l->number;
    if (l->too_long)
        in->refusal = "This line is longer than 8 MiB, which no case is. One case is one line.";
    else if (!case_read(l->text.s, l->text.n, app_vocabs(im->app), im->app->now, im->arena, &in->doc, lenient, &why))
        in->refusal = arena_dup(im->arena, why.text);
    else
        warn(im, in, &warnings);
    in->id = in->doc.id;
    return import_add(im, l->text.n, l->bytes, err);
}

static bool read_all(Import *im, Lines *l, Err *err)
{
    const char *bytes = NULL;
    Err why = { 0 };
    size_t n = lines_peek(l, &bytes, &why);

    if (n > 0 && !looks_right(bytes, n, err)) return false;
    while (lines_next(l, &why))
        if (!is_blank(&l->text) && !read_line(im, l, err)) return false;
    if (!import_flush(im, err)) return false;
    if (why.kind != ERR_NONE && err) *err = why;
    return why.kind == ERR_NONE;
}

bool app_import_cases(App *app, FILE *in, const ImportOptions *o, ImportReport *out, Err *err)
{
    Import im;
    Lines l;
    bool ok;

    memset(out, 0, sizeof *out);
    if (!app_may_do(app, PERM_CASE_IMPORT, "case.import", NULL, err)) return false;
    import_start(&im, app, o, in, out, meet_case, "case.import");
    lines_start(&l, in);
    ok = read_all(&im, &l, err);
    if (!ok) err_wrap(err, "%s: ", o->name ? o->name : "-");
    if (ok && out->read == 0) import_say(&im, 0, "There is no case in it.");
    lines_finish(&l);
    import_finish(&im);
    return ok;
}
