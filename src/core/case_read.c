/* case_read.c — a case document from JSON, by the rows of the catalogue.
** One walk in document order, so that the first fault of a file is the first one told. Faults name their path; whoever
** reads a file of cases puts file and line in front. Beyond the catalogue there are three things: the format, the
** status list inside a person, and consent, a map {to: answer}. */
#include "base/mem.h"
#include "base/str.h"

#include "case_parts.h"
#include "case_scan.h"

#include <stdio.h>
#include <string.h>

static const char format_word[] = "book124.case/1";

typedef struct Reader {
    Scan sc;
    const Vocabs *v;
    Arena *a;
    CaseWarnings *warnings;
    bool format; /* has been seen */
    Err *err;
} Reader;

/* Where we are: a chain up the stack, spelled out only for a fault. */
typedef struct Where {
    const struct Where *up;
    ScanText key; /* .s is NULL for an item of a list */
    size_t index;
} Where;

/* ---- faults ---- */

static void path_add(const Where *w, Str *out)
{
    char quoted[CASE_QUOTE];

    if (!w) return;
    path_add(w->up, out);
    if (!w->key.s)
        str_addf(out, "[%zu]", w->index);
    else
        str_addf(out, "%s%s", out->n ? "." : "", case_quote(w->key.s, w->key.n, quoted));
}

/* Put the path in front of the sentence in `err`. */
static bool fault_here(const Where *w, Err *err)
{
    Str path = { 0 };
    Err e = *err;

    path_add(w, &path);
    err_set(err, ERR_INVALID, str_text(&path), "%s%s%s", str_text(&path), w ? ": " : "", e.text);
    str_finish(&path);
    return false;
}

static bool fault(Reader *r, const Where *w, const char *sentence)
{
    err_set(r->err, ERR_INVALID, "", "%s", sentence);
    return fault_here(w, r->err);
}

static bool wrong_type(Reader *r, const Where *w, const char *wanted, ScanKind kind)
{
    if (kind == SCAN_BAD) return false;
    err_set(r->err, ERR_INVALID, "", "This must be %s, not %s.", wanted, scan_word(kind));
    return fault_here(w, r->err);
}

/* Kept as far as it fits, never half a character. */
static void warn(CaseWarnings *to, const char *sentence)
{
    size_t n = strlen(sentence), room = sizeof to->text[0] - 1;

    if (to->n < ARRAY_LEN(to->text)) {
        if (n > room)
            for (n = room; (sentence[n] & 0xC0) == 0x80;) n--;
        memcpy(to->text[to->n], sentence, n);
        to->text[to->n][n] = '\0';
    }
    to->n++;
}

/* An unknown key: a fault, or with lenient reading a warning. `known` are the keys that could be meant. */
static bool unknown_key(Reader *r, const Where *w, const char *const *known, size_t n_known)
{
    const char *wrong = arena_dup_n(r->a, w->key.s, w->key.n < 64 ? w->key.n : 64);
    const char *near = str_nearest(wrong, known, n_known);
    Err e = { 0 };

    err_set(&e, ERR_INVALID, "", "unknown key%s%s%s.", near ? " (did you mean \"" : "", near ? near : "",
        near ? "\"?)" : "");
    fault_here(w, &e);
    if (r->warnings)
        warn(r->warnings, e.text);
    else
        *r->err = e;
    return r->warnings != NULL;
}

/* ---- JSON that the catalogue does not look into ---- */

/* The next value as a tree; NULL with the sentence told. */
static json_t *take_tree(Reader *r)
{
    ScanText text;

    if (!scan_extent(&r->sc, &text)) return NULL;
    return case_json_load(text.s, text.n, (size_t)(text.s - r->sc.start), r->err);
}

/* What lenient reading skips must be good JSON all the same. */
static bool skip_value(Reader *r)
{
    json_t *value = take_tree(r);

    json_decref(value);
    return value != NULL;
}

typedef struct AnswersAt {
    Reader *r;
    const Where *w;
} AnswersAt;

static bool unknown_in_answers(void *with, const char *factor, const char *key)
{
    static const char *const known[] = { "answer", "context" };
    const AnswersAt *at = with;
    Where outer = { .up = at->w, .key = { factor, strlen(factor) } };
    Where inner = { .up = &outer, .key = { key, strlen(key) } };

    return unknown_key(at->r, &inner, known, ARRAY_LEN(known));
}

static bool answers_hold(Reader *r, json_t *answers, const Where *w)
{
    AnswersAt at = { r, w };
    AnswerFault f = { 0 };
    Where outer = { .up = w }, inner = { .up = &outer };

    if (case_answers_check(answers, r->v, unknown_in_answers, &at, &f)) return true;
    if (!f.factor) return false; /* the unknown key has been told */
    outer.key = (ScanText){ f.factor, strlen(f.factor) };
    if (f.key) inner.key = (ScanText){ f.key, strlen(f.key) };
    err_set(r->err, ERR_INVALID, "", "%s", f.text);
    return fault_here(f.key ? &inner : &outer, r->err);
}

static bool read_answers(Reader *r, const CaseField *f, void *item, const Where *w)
{
    const char **at = case_at(f, item);
    json_t *answers;
    bool ok;

    if (r->sc.end - r->sc.p >= 2 && r->sc.p[1] == '}') { /* "{}": as most are */
        r->sc.p += 2;
        *at = "{}";
        return true;
    }
    answers = take_tree(r);
    ok = answers != NULL;
    if (ok && f->kind == FIELD_ANSWERS) ok = answers_hold(r, answers, w);
    if (ok && !(*at = case_json_canonical(answers, r->a, r->err))) ok = fault_here(w, r->err);
    json_decref(answers);
    return ok;
}

/* ---- a list of words ---- */

static bool read_codes(Reader *r, const CaseField *f, void *item, const Where *up)
{
    Where w = { .up = up };
    Str codes = { 0 };
    bool more = true, ok = true;

    scan_enter(&r->sc);
    for (bool first = true; ok && more && (ok = scan_item(&r->sc, first, &more)) && more; first = false, w.index++) {
        ScanKind kind = scan_peek(&r->sc);
        ScanText text;
        Code code = CODE_NONE;
        if (kind != SCAN_TEXT) {
            ok = wrong_type(r, &w, "a text", kind);
        } else if ((ok = scan_text(&r->sc, &text))) {
            code = vocab_code_n(r->v, f->vocab, text.s, text.n);
            if (code == CODE_NONE) {
                case_not_a_word(f->vocab, text.s, text.n, r->v, r->err);
                ok = fault_here(&w, r->err);
            }
        }
        if (ok) str_addf(&codes, "%s%s", first ? "" : ",", vocab_word(r->v, f->vocab, code));
    }
    if (ok && codes.n)
        ok = case_value_set(f, item, codes.s, codes.n, r->v, r->a, r->err) || fault_here(up, r->err);
    str_finish(&codes);
    return ok;
}

/* ---- one value ---- */

static const char *wanted_type(FieldKind kind)
{
    switch (kind) {
    case FIELD_TIME: return "a time such as \"2010-02-01T22:14:00Z\"";
    case FIELD_DATE: return "a date such as \"1980-03-04\"";
    case FIELD_CODES: return "a list of words";
    case FIELD_YES: return "true or false";
    case FIELD_JSON:
    case FIELD_ANSWERS: return "an object";
    default: return "a text";
    }
}

static ScanKind wanted_kind(FieldKind kind)
{
    if (kind == FIELD_CODES) return SCAN_LIST;
    return kind == FIELD_YES ? SCAN_YES : kind == FIELD_JSON || kind == FIELD_ANSWERS ? SCAN_OBJECT : SCAN_TEXT;
}

static bool read_value(Reader *r, const CaseField *f, void *item, const Where *w)
{
    ScanKind kind = scan_peek(&r->sc), wanted = wanted_kind(f->kind);
    ScanText text;

    if (kind == SCAN_NULL) return scan_literal(&r->sc);
    if (kind != wanted && !(wanted == SCAN_YES && kind == SCAN_NO)) return wrong_type(r, w, wanted_type(f->kind), kind);
    if (wanted == SCAN_OBJECT) return read_answers(r, f, item, w);
    if (wanted == SCAN_LIST) return read_codes(r, f, item, w);
    if (wanted == SCAN_YES) {
        *(bool *)case_at(f, item) = kind == SCAN_YES;
        return scan_literal(&r->sc);
    }
    if (!scan_text(&r->sc, &text)) return false;
    return case_value_set(f, item, text.s, text.n, r->v, r->a, r->err) || fault_here(w, r->err);
}

/* ---- an object by its rows ---- */

typedef struct Rows {
    const CaseField *fields;
    size_t n;
    ScanText inside; /* "cad" while reading the object of that name */
} Rows;

/* What an object holds beyond its rows. */
typedef struct Extra {
    const char *const *keys;
    size_t n;
    bool (*read)(Reader *r, void *item, size_t which, const Where *w);
} Extra;

static const Extra nothing_else;
enum { EXTRA_BIT = 32, KEYS_MAX = 48, KEY_BYTES = 32 };

static bool is_key(const char *name, ScanText key)
{
    return key.n > 0 && name[0] == key.s[0] && strncmp(name, key.s, key.n) == 0 && name[key.n] == '\0';
}

/* The part of a path that is a key here: "number" of "cad.number" inside "cad"; NULL when the row is not of this object. */
static const char *key_here(const Rows *rows, const CaseField *f)
{
    size_t n = rows->inside.n;

    if (n == 0) return f->path;
    return strncmp(f->path, rows->inside.s, n) == 0 && f->path[n] == '.' ? f->path + n + 1 : NULL;
}

/* The row of a key, or the first row of the object of that name; -1 when there is neither. */
static int row_of(const Rows *rows, ScanText key, bool *group)
{
    for (size_t i = 0; i < rows->n; i++) {
        const char *here = key_here(rows, &rows->fields[i]);
        if (!here || key.n == 0 || here[0] != key.s[0] || strncmp(here, key.s, key.n) != 0) continue;
        *group = here[key.n] == '.';
        if ((here[key.n] == '\0' && !memchr(key.s, '.', key.n)) || *group) return (int)i;
    }
    return -1;
}

static int extra_of(const Extra *extra, ScanText key)
{
    for (size_t i = 0; i < extra->n; i++)
        if (is_key(extra->keys[i], key)) return (int)i;
    return -1;
}

/* No row and no extra has this key: say which could be meant, and with lenient reading go on. */
static bool refuse_key(Reader *r, const Rows *rows, const Extra *extra, const Where *w)
{
    const char *known[KEYS_MAX];
    char groups[KEYS_MAX][KEY_BYTES];
    size_t n = 0;

    for (size_t i = 0; i < rows->n && n < KEYS_MAX; i++) {
        const char *here = key_here(rows, &rows->fields[i]), *dot = here ? strchr(here, '.') : NULL;
        if (dot) snprintf(groups[n], KEY_BYTES, "%.*s", (int)(dot - here), here);
        if (here) known[n] = dot ? groups[n] : here, n++;
    }
    for (size_t i = 0; i < extra->n && n < KEYS_MAX; i++) known[n++] = extra->keys[i];
    return unknown_key(r, w, known, n) && skip_value(r);
}

static bool read_object(Reader *r, const Rows *rows, const Extra *extra, void *item, const Where *up);

static bool read_group(Reader *r, const Rows *rows, void *item, const Where *w)
{
    Rows inner = { rows->fields, rows->n, w->key };
    ScanKind kind = scan_peek(&r->sc);

    if (kind == SCAN_NULL) return scan_literal(&r->sc);
    if (kind != SCAN_OBJECT) return wrong_type(r, w, "an object", kind);
    return read_object(r, &inner, &nothing_else, item, w);
}

static bool read_member(Reader *r, const Rows *rows, const Extra *extra, void *item, const Where *w, uint64_t *seen)
{
    bool group = false;
    int row = row_of(rows, w->key, &group), which = row < 0 ? extra_of(extra, w->key) : -1;
    uint64_t bit = (uint64_t)1 << (row >= 0 ? row : EXTRA_BIT + which);

    if (row < 0 && which < 0) return refuse_key(r, rows, extra, w);
    if (*seen & bit) return fault(r, w, "This key is given twice.");
    *seen |= bit;
    if (which >= 0) return extra->read(r, item, (size_t)which, w);
    return group ? read_group(r, rows, item, w) : read_value(r, &rows->fields[row], item, w);
}

static bool read_object(Reader *r, const Rows *rows, const Extra *extra, void *item, const Where *up)
{
    Where w = { .up = up };
    uint64_t seen = 0;
    bool more;

    scan_enter(&r->sc);
    for (bool first = true; scan_member(&r->sc, first, &w.key, &more); first = false) {
        if (!more) return true;
        if (!read_member(r, rows, extra, item, &w, &seen)) return false;
    }
    return false;
}

/* ---- lists ---- */

/* A list that grows while it is read; then the holder's. */
typedef struct Growing {
    CaseListId list;
    char *items;
    size_t n, cap;
} Growing;

static void *grow(Growing *g, Arena *a)
{
    size_t size = case_lists[g->list].item_size;
    void *item;

    if (g->n == g->cap) {
        char *wider = arena_alloc(a, (g->cap ? g->cap * 2 : 4) * size);
        if (g->n > 0) memcpy(wider, g->items, g->n * size);
        g->items = wider;
        g->cap = g->cap ? g->cap * 2 : 4;
    }
    item = g->items + g->n++ * size;
    case_item_init(g->list, item);
    return item;
}

static bool room_left(Reader *r, const Growing *g, const Where *up)
{
    if (g->n < CASE_ENTRIES_MAX) return true;
    err_set(r->err, ERR_INVALID, "", "This list holds more than %d entries.", CASE_ENTRIES_MAX);
    return fault_here(up, r->err);
}

static bool read_status(Reader *r, void *person, size_t which, const Where *w);
static const char *const person_keys[] = { "status" };
static const Extra person_extra = { person_keys, 1, read_status };

static bool read_list(Reader *r, void *holder, CaseListId list, const Where *up)
{
    Rows rows = { case_lists[list].fields, case_lists[list].n_fields, { 0 } };
    const Extra *extra = list == LIST_PEOPLE ? &person_extra : &nothing_else;
    ScanKind kind = scan_peek(&r->sc);
    Growing g = { .list = list };
    Where w = { .up = up };
    bool more;

    if (kind == SCAN_NULL) return scan_literal(&r->sc);
    if (kind != SCAN_LIST) return wrong_type(r, up, "a list", kind);
    scan_enter(&r->sc);
    for (bool first = true; scan_item(&r->sc, first, &more); first = false) {
        if (!more) {
            case_items_put(holder, list, g.items, g.n);
            return true;
        }
        w.index = g.n;
        kind = scan_peek(&r->sc);
        if (kind != SCAN_OBJECT) return wrong_type(r, &w, "an object", kind);
        if (!room_left(r, &g, up) || !read_object(r, &rows, extra, grow(&g, r->a), &w)) return false;
    }
    return false;
}

static bool read_status(Reader *r, void *person, size_t which, const Where *w)
{
    return read_list(r, person, LIST_STATUS, w);
}

/* {"victim-support": "given"}: an agency with null has not been asked about. */
static bool read_consent(Reader *r, CaseDoc *doc, const Where *up)
{
    const CaseField *to = &case_lists[LIST_CONSENT].fields[0], *answer = &case_lists[LIST_CONSENT].fields[1];
    ScanKind kind = scan_peek(&r->sc);
    Growing g = { .list = LIST_CONSENT };
    Where w = { .up = up };
    bool more;

    if (kind == SCAN_NULL) return scan_literal(&r->sc);
    if (kind != SCAN_OBJECT) return wrong_type(r, up, "an object {agency: answer}", kind);
    scan_enter(&r->sc);
    for (bool first = true; scan_member(&r->sc, first, &w.key, &more); first = false) {
        if (!more) {
            case_items_put(doc, LIST_CONSENT, g.items, g.n);
            return true;
        }
        if (scan_peek(&r->sc) == SCAN_NULL) {
            if (!scan_literal(&r->sc)) return false;
            continue;
        }
        if (!room_left(r, &g, up)) return false;
        void *item = grow(&g, r->a);
        if (!case_value_set(to, item, w.key.s, w.key.n, r->v, r->a, r->err)) return fault_here(&w, r->err);
        if (!read_value(r, answer, item, &w)) return false;
    }
    return false;
}

/* ---- the document ---- */

/* The lists in the order of CaseListId, then the format. */
enum { DOC_FORMAT = LIST_STATUS, DOC_KEYS };

static bool wrong_format(Reader *r)
{
    return err_set(r->err, ERR_INVALID, "format", "format: This must be \"%s\".", format_word);
}

static bool read_format(Reader *r)
{
    ScanText text;

    if (scan_peek(&r->sc) == SCAN_TEXT) {
        if (!scan_text(&r->sc, &text)) return false;
        if (is_key(format_word, text)) return r->format = true;
    }
    return wrong_format(r);
}

static bool read_list_or_format(Reader *r, void *doc, size_t which, const Where *w)
{
    if (which == LIST_CONSENT) return read_consent(r, doc, w);
    return which == DOC_FORMAT ? read_format(r) : read_list(r, doc, (CaseListId)which, w);
}

static bool read_doc(Reader *r, CaseDoc *out)
{
    Rows rows = { case_scalars, case_n_scalars, { 0 } };
    const char *keys[DOC_KEYS];
    Extra extra = { keys, DOC_KEYS, read_list_or_format };
    ScanKind kind = scan_peek(&r->sc);

    for (CaseListId list = 0; list < LIST_STATUS; list++) keys[list] = case_lists[list].name;
    keys[DOC_FORMAT] = "format";
    if (kind != SCAN_OBJECT) return wrong_type(r, NULL, "a case, an object {…}", kind);
    if (!read_object(r, &rows, &extra, out, NULL) || !scan_finish(&r->sc)) return false;
    return r->format || wrong_format(r);
}

bool case_read(
    const char *json, size_t n, const Vocabs *v, Time now, Arena *a, CaseDoc *out, CaseWarnings *warnings, Err *err)
{
    Err own = { 0 };
    Reader r = { .v = v, .a = a, .warnings = warnings, .err = err ? err : &own };
    bool ok;

    case_init(out);
    if (warnings) warnings->n = 0;
    if (!case_json_shallow(json, n, r.err)) return false;
    scan_start(&r.sc, json, n, a);
    ok = read_doc(&r, out);
    if (!ok && r.sc.fault) scan_tell(&r.sc, r.err);
    ok = ok && case_check(out, v, now, r.err);
    if (ok) case_sort(out);
    return ok;
}
