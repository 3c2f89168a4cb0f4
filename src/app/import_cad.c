/* import_cad.c — a CAD listing: a row makes or updates the case of its CAD number. What the listing says of the CAD
** counts; what officers wrote in the case stays. A new case gets a random number and belongs to response, as every
** call does until it is offered on. */
#include "import.h"

#include "cad_row.h"

#include "base/str.h"

#include <string.h>

/* ---- a row and the store ---- */

static bool new_case(Import *im, const Incoming *in, CaseDoc *after, Arena *a, Err *err)
{
    const Vocabs *v = app_vocabs(im->app);
    Owner response;
    char number[16];

    if (!app_case_number(im->app, number, err)) return false;
    *after = in->doc;
    after->id = arena_dup(a, number);
    after->borough = arena_dup(a, app_store(im->app)->borough);
    after->reported_at = in->doc.cad_received_at;
    after->reported_how = vocab_code(v, VOCAB_REPORTED_HOW, "call");
    case_item_init(LIST_OWNERS, &response);
    response.unit = vocab_code(v, VOCAB_UNIT, "response");
    response.offered_at = response.accepted_at = in->doc.cad_received_at;
    case_append(after, LIST_OWNERS, &response, a);
    return true;
}

static const Reference *reference_of(const CaseDoc *doc, const Reference *r)
{
    for (size_t i = 0; i < doc->n_references; i++)
        if (doc->references[i].withdrawn.at == TIME_NONE && doc->references[i].system == r->system && str_eq(doc->references[i].number, r->number))
            return &doc->references[i];
    return NULL;
}

static void update_case(const CaseDoc *listed, CaseDoc *after, Arena *a)
{
    after->cad_received_at = listed->cad_received_at;
    if (listed->cad_closed_at != TIME_NONE) after->cad_closed_at = listed->cad_closed_at;
    if (listed->cad_result != CODE_NONE) after->cad_result = listed->cad_result;
    if (!after->incident_place) after->incident_place = listed->incident_place;
    for (size_t i = 0; i < listed->n_references; i++)
        if (!reference_of(after, &listed->references[i]))
            case_append(after, LIST_REFERENCES, &listed->references[i], a);
}

/* The listing counts for the CAD, so the time is taken; clocks start at the report, which stays what it was. */
static void say_moved(const Import *im, const Incoming *in, const CaseDoc *before)
{
    char was[CIVIL_TEXT], is[CIVIL_TEXT], reported[CIVIL_TEXT];

    if (before->cad_received_at == TIME_NONE || before->cad_received_at == in->doc.cad_received_at) return;
    import_say(im, in->line, "warning: column received: %s had %s and now has %s; it stays reported at %s.", before->id,
        civil_format_time(before->cad_received_at, was), civil_format_time(in->doc.cad_received_at, is),
        civil_format_time(before->reported_at, reported));
}

static bool meet_cad(Import *im, const Incoming *in, CaseRow *row, CaseDoc *before, CaseDoc *after, Arena *a, Err *err)
{
    const Vocabs *v = app_vocabs(im->app);
    Err why = { 0 };

    if (store_case_by_cad(im->app->store, in->doc.cad_number, a, row, &why)) {
        if (!store_case_load(im->app->store, row->key, v, a, before, err)) return false;
        *after = *before;
        say_moved(im, in, before);
        update_case(&in->doc, after, a);
    } else if (why.kind != ERR_MISSING) {
        if (err) *err = why;
        return false;
    } else if (!new_case(im, in, after, a, err))
        return false;
    case_sort(after);
    return case_check(after, v, im->app->now, err);
}

/* ---- reading ---- */

static bool is_blank(const CsvRow *row)
{
    return !row->error && (row->n == 0 || (row->n == 1 && row->fields[0].n == 0));
}

static bool read_row(Import *im, const CsvRow *row, const CadHeader *h, bool *told, Err *err)
{
    Incoming *in = import_place(im);
    char warning[CAD_WARNING];
    Err why = { 0 };

    im->report->read++;
    in->line = (int64_t)row->line;
    if (!cad_row_read(row, h, im->app->policy, im->app->now, im->arena, &in->doc, warning, &why))
        in->refusal = arena_dup(im->arena, why.text);
    if (warning[0]) import_warn(im, in, warning);
    if (!*told && cad_row_loses(row, h))
        import_warn(im, in, "opening_code, caller and remarks are read and not kept; a case has no place for them.");
    *told = *told || cad_row_loses(row, h);
    in->id = in->doc.cad_number;
    return import_add(im, 0, (int64_t)ftello(im->in), err);
}

static bool read_rows(Import *im, CsvReader *reader, Err *err)
{
    CsvRow row;
    CadHeader header;
    Err why = { 0 };
    bool told = false;

    if (!csv_read(reader, &row, &why)) {
        if (why.kind != ERR_NONE && err) *err = why;
        return why.kind == ERR_NONE;
    }
    if (!cad_header(&row, &header, err)) return false;
    while (csv_read(reader, &row, &why))
        if (!is_blank(&row) && !read_row(im, &row, &header, &told, err)) return false;
    if (!import_flush(im, err)) return false;
    if (why.kind != ERR_NONE && err) *err = why;
    return why.kind == ERR_NONE;
}

bool app_import_cad(App *app, FILE *in, const ImportOptions *o, ImportReport *out, Err *err)
{
    Import im;
    CsvReader *reader;
    bool ok;

    memset(out, 0, sizeof *out);
    if (!app_may_do(app, PERM_CASE_IMPORT, "cad.import", NULL, err)) return false;
    import_start(&im, app, o, in, out, meet_cad, "cad.import");
    reader = csv_reader_new(in);
    ok = read_rows(&im, reader, err);
    if (!ok) err_wrap(err, "%s: ", im.file);
    if (ok && out->read == 0) import_say(&im, 0, "There is no row in it.");
    csv_reader_free(&reader);
    import_finish(&im);
    return ok;
}
