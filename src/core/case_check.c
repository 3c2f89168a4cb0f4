/* case_check.c — what one field cannot say: what must be there, what names a person, what lies ahead, what ends too early.
** The same rules look at a whole document and at one new entry. A fault is a field and a sentence; the two verbs say
** where it is: by path in a file, by label in a form. Only ends that cannot come before their beginnings are looked at:
** a CAD put away before it was received, or a book indexed early, is what records do and what duties must cope with. */
#include "case_parts.h"

#include "base/str.h"

#include <stdio.h>
#include <string.h>

typedef struct Fault {
    const CaseField *field;
    char text[300];
} Fault;

static bool fault(Fault *out, const CaseField *f, const char *text)
{
    out->field = f;
    snprintf(out->text, sizeof out->text, "%s", text);
    return false;
}

/* ---- rules of one field ---- */

static bool is_person(const CaseDoc *doc, const char *key)
{
    for (size_t i = 0; i < doc->n_people; i++)
        if (str_eq(doc->people[i].key, key)) return true;
    return false;
}

static bool person_named(const CaseDoc *doc, const CaseField *f, const void *item, Fault *out)
{
    const char *key = *(const char *const *)case_in(f, item);
    char quoted[CASE_QUOTE], text[200];

    if (is_person(doc, key)) return true;
    snprintf(text, sizeof text, "No person of this case has the key \"%s\".", case_quote(key, strlen(key), quoted));
    return fault(out, f, text);
}

static bool not_ahead(const CaseField *f, const void *item, Time now, Fault *out)
{
    Time at = *(const Time *)case_in(f, item);
    char text[120], then[CIVIL_TEXT], clock[CIVIL_TEXT];

    if (at <= now) return true;
    snprintf(text, sizeof text, "%s is in the future; it is %s now.", civil_format_time(at, then),
        civil_format_time(now, clock));
    return fault(out, f, text);
}

static bool date_not_ahead(const CaseField *f, const void *item, Time now, Fault *out)
{
    Date date = *(const Date *)case_in(f, item);
    char text[120], then[CIVIL_TEXT];

    if (now == TIME_MAX || date <= civil_local_date(now)) return true;
    snprintf(text, sizeof text, "%s is in the future.", civil_format_date(date, then));
    return fault(out, f, text);
}

static bool field_holds(const CaseDoc *doc, const CaseField *f, const void *item, Time now, Fault *out)
{
    if (case_field_absent(f, item)) return !(f->flags & FIELD_REQUIRED) || fault(out, f, "This is missing.");
    switch (f->kind) {
    case FIELD_TIME: return (f->flags & FIELD_AHEAD) || not_ahead(f, item, now, out);
    case FIELD_DATE: return date_not_ahead(f, item, now, out);
    case FIELD_PERSON: return person_named(doc, f, item, out);
    default: return true;
    }
}

/* ---- rules of two fields ---- */

typedef struct Span { /* an end and its beginning, by column */
    CaseListId list;  /* LIST_COUNT: the document itself */
    const char *end, *beginning, *sentence;
} Span;

static const Span spans[] = {
    { LIST_COUNT, "incident_to", "incident_from", "The incident cannot end before it begins." },
    { LIST_COUNT, "closed_at", "reported_at", "A case cannot be closed before it was reported." },
    { LIST_OWNERS, "accepted_at", "offered_at", "An offer cannot be accepted before it was made." },
    { LIST_OWNERS, "refused_at", "offered_at", "An offer cannot be refused before it was made." },
    { LIST_OWNERS, "recalled_at", "offered_at", "An offer cannot be recalled before it was made." },
    { LIST_TASKS, "done_at", "at", "A task cannot be done before it was set." },
    { LIST_HEARINGS, "heard_at", "at", "A case cannot be heard before it was listed." },
    { LIST_ORDERS, "ended_at", "at", "An order cannot end before it was made." },
    { LIST_BAIL, "ended_at", "at", "Bail cannot end before it was given." },
    { LIST_HOLDS, "until", "at", "A hold cannot end before it begins." },
    { LIST_REFERENCES, "withdrawn_at", "at", "An entry cannot be taken back before it was made." },
    { LIST_CROSS_REFERENCES, "withdrawn_at", "at", "An entry cannot be taken back before it was made." },
    { LIST_REVIEWS, "withdrawn_at", "at", "An entry cannot be taken back before it was made." },
    { LIST_CONTACTS, "withdrawn_at", "at", "An entry cannot be taken back before it was made." },
    { LIST_EVENTS, "withdrawn_at", "at", "An entry cannot be taken back before it was made." },
    { LIST_NOTICES, "withdrawn_at", "at", "An entry cannot be taken back before it was made." },
    { LIST_ATTEMPTS, "withdrawn_at", "at", "An entry cannot be taken back before it was made." },
};

static const CaseField *field_of(CaseListId list, const char *column)
{
    if (list != LIST_COUNT) return case_list_field(list, column);
    for (size_t i = 0; i < case_n_scalars; i++)
        if (strcmp(case_scalars[i].column, column) == 0) return &case_scalars[i];
    return NULL;
}

static bool spans_hold(CaseListId list, const void *item, Fault *out)
{
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        if (spans[i].list != list) continue;
        const CaseField *end = field_of(list, spans[i].end), *beginning = field_of(list, spans[i].beginning);
        if (case_field_absent(end, item) || case_field_absent(beginning, item)) continue;
        if (*(const Time *)case_in(end, item) < *(const Time *)case_in(beginning, item))
            return fault(out, end, spans[i].sentence);
    }
    return true;
}

/* ---- rules of one list ---- */

static const char *text_in(const CaseField *f, const void *item)
{
    return *(const char *const *)case_in(f, item);
}

/* What has a key is the only one of its list that has it. */
static bool key_is_own(const CaseDoc *doc, CaseListId list, const char *item, Fault *out)
{
    const CaseField *key = case_list_field(list, "key");
    size_t n, size = case_lists[list].item_size;
    const char *items = case_items_in(doc, list, &n), *end = items + n * size;
    char text[80];

    if (!key) return true;
    if (n > 0 && item >= items && item < end) end = item; /* the second of two is the wrong one */
    for (; n > 0 && items < end; items += size) {
        if (!str_eq(text_in(key, items), text_in(key, item))) continue;
        snprintf(text, sizeof text, "Another %s of this case has this key.", case_lists[list].one);
        return fault(out, key, text);
    }
    return true;
}

static bool relationship_holds(const Person *p, Fault *out)
{
    const CaseField *to = case_list_field(LIST_PEOPLE, "relationship_to");
    const CaseField *kind = case_list_field(LIST_PEOPLE, "relationship_kind");

    if (case_field_absent(to, p) != case_field_absent(kind, p))
        return fault(out, case_field_absent(to, p) ? to : kind, "A relationship says to whom and what kind.");
    if (p->related_to && str_eq(p->related_to, p->key)) return fault(out, to, "Nobody is related to themselves.");
    return true;
}

static bool scalars_hold(const CaseDoc *doc, Time now, Fault *out)
{
    if (doc->id && !case_id_valid(doc->id))
        return fault(out, &case_scalars[0],
            strlen(doc->id) > 40 ? "The number of a case has at most 40 characters."
                                 : "A case is named by 1 to 40 letters, digits, and the signs . _ / - and begins with a "
                                   "letter or a digit.");
    for (size_t i = 0; i < case_n_scalars; i++)
        if (!field_holds(doc, &case_scalars[i], doc, now, out)) return false;
    return spans_hold(LIST_COUNT, doc, out);
}

/* An addendum and a movement are of a book that is there. */
static bool book_named(const CaseDoc *doc, CaseListId list, const void *item, Fault *out)
{
    const CaseField *f = case_list_field(list, "book");
    char quoted[CASE_QUOTE], text[200];
    const char *serial;

    if (list != LIST_ADDENDA && list != LIST_BOOK_MOVES) return true;
    serial = *(const char *const *)case_in(f, item);
    if (case_book(doc, serial)) return true;
    snprintf(text, sizeof text, "No book of this case has the serial \"%s\".",
        case_quote(serial, strlen(serial), quoted));
    return fault(out, f, text);
}

/* A breach is of an order or a bail that is there. */
static bool broken_named(const CaseDoc *doc, const Breach *b, Fault *out)
{
    char quoted[CASE_QUOTE], text[200];

    for (size_t i = 0; i < doc->n_orders; i++)
        if (str_eq(doc->orders[i].key, b->of)) return true;
    for (size_t i = 0; i < doc->n_bail; i++)
        if (str_eq(doc->bail[i].key, b->of)) return true;
    snprintf(text, sizeof text, "No order or bail of this case has the key \"%s\".", case_quote(b->of, strlen(b->of), quoted));
    return fault(out, case_list_field(LIST_BREACHES, "of"), text);
}

/* A line of the plan says what it does with the risk, and one that accepts it says why and until when (BD 1.6). */
static bool task_holds(const Task *t, Fault *out)
{
    const CaseField *source = case_list_field(LIST_TASKS, "from");

    if (t->source == TASK_FROM_PLAN && t->approach == CODE_NONE)
        return fault(out, case_list_field(LIST_TASKS, "approach"),
            "A line of the risk plan says what it does with the risk: remove, avoid, reduce or accept.");
    if (t->source != TASK_FROM_PLAN && t->approach != CODE_NONE)
        return fault(out, source, "Only a line of the risk plan has an approach.");
    if (t->approach == APPROACH_ACCEPT && !(t->rationale && *t->rationale))
        return fault(out, case_list_field(LIST_TASKS, "rationale"), "Accepting a risk needs its reason.");
    if (t->approach == APPROACH_ACCEPT && t->review_at == TIME_NONE)
        return fault(out, case_list_field(LIST_TASKS, "review_at"), "An accepted risk is looked at again: say when.");
    if ((t->source == TASK_FROM_POLICY) != (t->rule && *t->rule))
        return fault(out, source, "A task of the policy names its rule, and no other does.");
    return true;
}

static bool is_hex(const char *text, size_t digits)
{
    return strlen(text) == digits && strspn(text, "0123456789abcdef") == digits;
}

/* A signature and its key come together or not at all. Whether it holds is not asked: what was changed is kept and shown as such. */
static bool signature_is_one(CaseListId list, const void *item, Fault *out)
{
    const CaseField *key = case_list_field(list, "signed_key"), *value = case_list_field(list, "signed_value");

    if (!key || !value) return true;
    if (case_field_absent(key, item) != case_field_absent(value, item))
        return fault(out, case_field_absent(key, item) ? key : value, "A signature stands with the key it was made with.");
    if (case_field_absent(key, item)) return true;
    if (!is_hex(*(const char *const *)case_in(key, item), 64))
        return fault(out, key, "A public key is 64 hex digits, small letters.");
    return is_hex(*(const char *const *)case_in(value, item), 128) ||
           fault(out, value, "A signature is 128 hex digits, small letters.");
}

static bool withdrawal_is_whole(CaseListId list, const void *item, Fault *out)
{
    const CaseField *at = case_list_field(list, "withdrawn_at"), *why = case_list_field(list, "withdrawn_why");

    if (!at || case_field_absent(at, item) == case_field_absent(why, item)) return true;
    return fault(out, case_field_absent(at, item) ? at : why, "An entry that was taken back says when and why.");
}

static bool item_holds(const CaseDoc *doc, CaseListId list, const void *item, Time now, Fault *out)
{
    const CaseList *l = &case_lists[list];

    for (size_t i = 0; i < l->n_fields; i++)
        if (!field_holds(doc, &l->fields[i], item, now, out)) return false;
    if (!book_named(doc, list, item, out) || !signature_is_one(list, item, out)) return false;
    if (!key_is_own(doc, list, item, out) || !withdrawal_is_whole(list, item, out)) return false;
    if (list == LIST_PEOPLE && !relationship_holds(item, out)) return false;
    if (list == LIST_TASKS && !task_holds(item, out)) return false;
    if (list == LIST_BREACHES && !broken_named(doc, item, out)) return false;
    return spans_hold(list, item, out);
}

/* ---- the two verbs ---- */

/* "people[1].relationship.to": the words in front come from the caller, the field's own path goes behind. */
static bool tell(Err *err, const char *in, const Fault *f)
{
    char path[160];

    snprintf(path, sizeof path, "%s%s%s", in, *in ? "." : "", f->field->path);
    return err_set(err, ERR_INVALID, path, "%s: %s", path, f->text);
}

static bool list_check(const CaseDoc *doc, const void *holder, CaseListId list, const char *in, Time now, Err *err)
{
    const CaseList *l = &case_lists[list];
    size_t n;
    const char *items = case_items_in(holder, list, &n);
    char here[96];
    Fault f;

    for (size_t i = 0; i < n; i++) {
        const void *item = items + i * l->item_size;
        bool ok = item_holds(doc, list, item, now, &f);
        if (ok && list != LIST_PEOPLE) continue;
        snprintf(here, sizeof here, "%s%s%s[%zu]", in, *in ? "." : "", l->name, i);
        if (!ok) return tell(err, here, &f);
        if (!list_check(doc, item, LIST_STATUS, here, now, err)) return false;
    }
    return true;
}

static bool consent_check(const CaseDoc *doc, Err *err)
{
    char quoted[CASE_QUOTE];

    for (size_t i = 0; i < doc->n_consent; i++) {
        const char *to = doc->consent[i].to;
        for (size_t k = 0; k < i; k++)
            if (str_eq(doc->consent[k].to, to))
                return err_set(err, ERR_INVALID, "consent", "consent: \"%s\" is answered twice.",
                    case_quote(to, strlen(to), quoted));
    }
    return true;
}

bool case_check(const CaseDoc *doc, const Vocabs *v, Time now, Err *err)
{
    Fault f;

    if (!scalars_hold(doc, now, &f)) return tell(err, "", &f);
    for (CaseListId list = 0; list < LIST_STATUS; list++)
        if (!list_check(doc, doc, list, "", now, err)) return false;
    return consent_check(doc, err);
}

bool case_check_item(const CaseDoc *doc, CaseListId list, const void *item, const Vocabs *v, Time now, Err *err)
{
    Fault f;

    if (item_holds(doc, list, item, now, &f)) return true;
    return err_set(err, ERR_INVALID, f.field->column, "%s: %s", f.field->label, f.text);
}
