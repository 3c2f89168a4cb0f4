/* import_cases.c — case documents, one a line (interchange §1). What is read is checked against the catalogue and
** the clock before it comes near the store. The same file again changes nothing; a document that says more than the
** store extends the case; one that says less is refused with what is missing, because a document can add and never
** take away. */
#include "import.h"
#include "app/retention.h"
#include "lines.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
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
    { "SQLite format 3", 15, "This is a database, not a file of cases. Put back your last copy of the whole directory while nobody works in it." },
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

/* ---- what may change, but not in silence ---- */

/* On these hang clocks, who may see the case, and who is protected from whom. */
static const char *const watched_scalars[] = { "reported_at", "restricted_at", "closed_at" };
static const char *const watched_of_people[] = { "role", "police_staff" };

static void watch_field(Import *im, const Incoming *in, const CaseField *f, const char *place, const void *before,
    const void *after, Arena *a)
{
    const char *was = case_field_text(f, before, app_vocabs(im->app), a);
    const char *is = case_field_text(f, after, app_vocabs(im->app), a);

    if (!was || !is || str_eq(was, is) || (f->kind == FIELD_YES && str_eq(is, "true"))) return;
    import_say(im, in->line, "warning: %s%s: %s had %s, and now has %s.", place, f->path, in->doc.id, was, is);
    str_addf(&im->noted, "; %s%s was %s", place, f->path, was);
}

static const CaseField *scalar(const char *column)
{
    for (size_t i = 0; i < case_n_scalars; i++)
        if (str_eq(case_scalars[i].column, column)) return &case_scalars[i];
    return NULL;
}

static const Person *person_of(const CaseDoc *doc, const char *key)
{
    for (size_t i = 0; i < doc->n_people; i++)
        if (str_eq(doc->people[i].key, key)) return &doc->people[i];
    return NULL;
}

static void watch(Import *im, const Incoming *in, const CaseDoc *before, const CaseDoc *after, Arena *a)
{
    char place[32];

    for (size_t i = 0; i < ARRAY_LEN(watched_scalars); i++)
        watch_field(im, in, scalar(watched_scalars[i]), "", before, after, a);
    for (size_t i = 0; i < after->n_people; i++) {
        const Person *was = person_of(before, after->people[i].key);
        snprintf(place, sizeof place, "people[%zu].", i);
        for (size_t k = 0; was && k < ARRAY_LEN(watched_of_people); k++)
            watch_field(im, in, case_list_field(LIST_PEOPLE, watched_of_people[k]), place, was, &after->people[i], a);
    }
}

/* ---- one document and the store ---- */

static bool meet_case(Import *im, const Incoming *in, CaseRow *row, CaseDoc *before, CaseDoc *after, Arena *a, Err *err)
{
    Store *store = im->app->store;
    CaseLack lack = { .where = "" };
    Err why = { 0 };

    *after = in->doc;
    if (!store_case_find(store, in->doc.id, a, row, &why)) {
        if (why.kind == ERR_MISSING) return true;
        if (err) *err = why;
        return false;
    }
    if (!store_case_load(store, row->key, app_vocabs(im->app), a, before, err)) return false;
    links_keep(im->app, before, after, a);
    if (!case_extends(after, before, app_vocabs(im->app), &lack))
        return err_set(err, ERR_INVALID, lack.where,
            "%s: the store holds %s%s%s%s, which this document lacks. A document can add to a case, never take away: "
            "export the case, add to that, and import it again.",
            in->doc.id, lack.what, str_eq(lack.what, lack.where) ? "" : " (",
            str_eq(lack.what, lack.where) ? "" : lack.where, str_eq(lack.what, lack.where) ? "" : ")");
    watch(im, in, before, after, a);
    return true;
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

/* Numbers of other systems, by the formats of the policy: one that is refused refuses the document. They are kept as given. */
static void references_fit(Import *im, Incoming *in)
{
    const Vocabs *v = app_vocabs(im->app);
    char normal[64], sentence[240];

    for (size_t i = 0; i < in->doc.n_references; i++) {
        const Reference *r = &in->doc.references[i];
        RefVerdict verdict =
            policy_reference(im->app->policy, vocab_word(v, VOCAB_SYSTEM, r->system), r->number, normal, sentence);
        const char *said;
        if (verdict == REF_OK) continue;
        said = arena_printf(im->arena, "references[%zu].number: %s", i, sentence);
        if (verdict == REF_WARN)
            import_warn(im, in, said);
        else if (!in->refusal)
            in->refusal = said;
    }
}

/* Records do say such things, and duties cope; but most often it is a slip. */
static void order_fits(Import *im, Incoming *in)
{
    const CaseDoc *doc = &in->doc;

    if (doc->attended_at != TIME_NONE && doc->attended_at < doc->reported_at)
        import_warn(im, in, "attended_at: this is before the case was reported.");
    if (doc->cad_closed_at != TIME_NONE && doc->cad_received_at != TIME_NONE &&
        doc->cad_closed_at < doc->cad_received_at)
        import_warn(im, in, "cad.closed_at: this is before the message was received.");
}

/* Of a case that was erased where the file was made. */
static bool is_tombstone(const Lines *l)
{
    static const char begins[] = "{\"format\":\"" TOMBSTONE_FORMAT "\"";

    return l->text.n >= sizeof begins && strncmp(l->text.s, begins, sizeof begins - 1) == 0;
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
    else {
        warn(im, in, &warnings);
        references_fit(im, in);
        order_fits(im, in);
    }
    in->id = in->doc.id;
    return import_add(im, l->text.n, l->bytes, err);
}

static bool read_all(Import *im, Lines *l, Err *err)
{
    const char *bytes = NULL;
    Err why = { 0 };
    size_t n = lines_peek(l, &bytes, &why);

    if (n > 0 && !looks_right(bytes, n, err)) return false;
    while (lines_next(l, &why)) {
        if (is_tombstone(l)) {
            im->report->read++;
            im->report->same++;
            import_say(im, l->number, "warning: this is what remains of a case that was erased: there is nothing to take in.");
        } else if (!is_blank(&l->text) && !read_line(im, l, err))
            return false;
    }
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
    if (!ok) err_wrap(err, "%s: ", im.file);
    if (ok && out->read == 0) import_say(&im, 0, "There is no case in it.");
    lines_finish(&l);
    import_finish(&im);
    return ok;
}
