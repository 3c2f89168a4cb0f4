/* disposal.c — what each disposal is and asks for: the table of §9.2, and the rules that go along it. A conditional caution is never a sanction
** detection (BD 4.14). A no crime is asked for by one officer and decided by another (BD 1.3). Pure. */
#include "core/disposal.h"

#include "core/offence.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
static const DisposalKind kinds[] = {
    /* word                       final  counts admits prosec. status               event                  reasons                                            not when */
    { "charged",                  true,  true,  false, true,  "charged",           "charge",              NULL,                                              "outstanding,died" },
    { "summons",                  true,  true,  false, true,  "charged",           "summons",             NULL,                                              "died" },
    { "caution",                  true,  true,  true,  true,  "cautioned",         "caution",             NULL,                                              "outstanding,charged,died" },
    { "conditional-caution",      true,  false, true,  true,  "cautioned",         "conditional-caution", NULL,                                              "outstanding,charged,died" },
    { "taken-into-consideration", true,  true,  true,  true,  NULL,                NULL,                  NULL,                                              "outstanding,died" },
    { "penalty-notice",           true,  true,  false, true,  NULL,                NULL,                  NULL,                                              "outstanding,charged,died" },
    { "reprimand",                true,  true,  true,  true,  "cautioned",         "caution",             NULL,                                              "outstanding,charged,died" },
    { "no-further-action",        true,  false, false, false, "no-further-action", "no-further-action",   "evidence,victim-declines,public-interest,died,other", "charged,cautioned" },
    { "no-crime-asked",           false, false, false, false, NULL,                NULL,                  "additional-information,wrongly-recorded",         "charged,cautioned" },
    { "no-crime-refused",         false, false, false, false, NULL,                NULL,                  NULL,                                              NULL },
    { "no-crime",                 true,  false, false, false, "no-further-action", "no-further-action",   "additional-information,wrongly-recorded",         "charged,cautioned" },
    { "undetected",               true,  false, false, false, NULL,                NULL,                  "evidence,not-identified,other",                   "charged,cautioned" },
};
/* clang-format on */

enum { OF_AGE = 18 };

const DisposalKind *disposal_kind(const Vocabs *v, Code kind)
{
    const char *word = vocab_word(v, VOCAB_DISPOSAL, kind);

    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_eq(kinds[i].word, word)) return &kinds[i];
    return NULL;
}

/* ---- what the case says already ---- */

static const Person *person_of(const CaseDoc *doc, const char *key)
{
    for (size_t i = 0; i < doc->n_people; i++)
        if (str_eq(doc->people[i].key, key)) return &doc->people[i];
    return NULL;
}

Code disposal_status(const Person *p)
{
    const Status *latest = NULL;

    for (size_t i = 0; i < p->n_status; i++)
        if (!latest || p->status[i].at >= latest->at) latest = &p->status[i];
    return latest ? latest->status : CODE_NONE;
}

const Disposal *disposal_asked(const CaseDoc *doc, const Vocabs *v, const char *person)
{
    const Disposal *asked = NULL;

    for (size_t i = 0; i < doc->n_disposals; i++) {
        const Disposal *d = &doc->disposals[i];
        const char *word = vocab_word(v, VOCAB_DISPOSAL, d->kind);
        if (!str_eq(d->person, person)) continue;
        if (str_eq(word, "no-crime-asked")) asked = d;
        if (str_eq(word, "no-crime") || str_eq(word, "no-crime-refused")) asked = NULL;
    }
    return asked;
}

const Disposal *disposal_of(const CaseDoc *doc, const Vocabs *v, const char *person)
{
    for (size_t i = doc->n_disposals; i-- > 0;) {
        const DisposalKind *k = disposal_kind(v, doc->disposals[i].kind);
        if (str_eq(doc->disposals[i].person, person) && (!k || k->final)) return &doc->disposals[i];
    }
    return NULL;
}

/* As many as have been written up are taken; what is left is the newest. */
const Event *disposal_event(const CaseDoc *doc, const Vocabs *v, Code kind, const char *person)
{
    const DisposalKind *k = disposal_kind(v, kind), *other;
    const Event *newest = NULL;
    size_t left = 0, taken = 0;

    for (size_t i = 0; k && k->event && i < doc->n_events; i++) {
        const Event *e = &doc->events[i];
        if (!str_eq(vocab_word(v, VOCAB_EVENT, e->kind), k->event) || !str_eq(e->person, person)) continue;
        if (e->at == TIME_NONE || case_withdrawal(LIST_EVENTS, e)) continue;
        newest = e;
        left++;
    }
    for (size_t i = 0; newest && i < doc->n_disposals; i++) {
        other = disposal_kind(v, doc->disposals[i].kind);
        taken += other && other->event && str_eq(other->event, k->event) && str_eq(doc->disposals[i].person, person);
    }
    return left > taken ? newest : NULL;
}

bool disposal_needs(const Vocabs *v, Code kind, const char *column)
{
    const DisposalKind *k = disposal_kind(v, kind);

    if (!k) return false;
    if (str_eq(column, "admission")) return k->admits;
    if (str_eq(column, "counted")) return k->counts;
    if (str_eq(column, "reason")) return k->reasons != NULL;
    return str_eq(column, "text") && strncmp(k->word, "no-crime", 8) == 0;
}

bool disposal_no_crime(const CaseDoc *doc, const Vocabs *v)
{
    for (size_t i = doc->n_disposals; i-- > 0;) {
        const DisposalKind *k = disposal_kind(v, doc->disposals[i].kind);
        if (!k || k->final) return k && str_eq(k->word, "no-crime");
    }
    return false;
}

/* ---- the rules ---- */

/* Is the word one of "a,b,c"? */
static bool among(const char *list, const char *word)
{
    size_t n = strlen(word);

    for (const char *at = list; at && *at; at += strcspn(at, ","), at += *at == ',')
        if (strcspn(at, ",") == n && strncmp(at, word, n) == 0) return true;
    return false;
}

static void labels_of(const char *list, const Vocabs *v, Str *out)
{
    for (const char *at = list; at && *at; at += strcspn(at, ","), at += *at == ',')
        str_addf(out, "%s%s", out->n ? "; " : "",
            vocab_label(v, VOCAB_DISPOSAL_REASON, vocab_code_n(v, VOCAB_DISPOSAL_REASON, at, strcspn(at, ","))));
}

static bool reason_fits(const DisposalKind *k, const Vocabs *v, const Disposal *d, Err *err)
{
    const char *word = vocab_word(v, VOCAB_DISPOSAL_REASON, d->reason);
    Str all = { 0 };

    if (!k->reasons && d->reason == CODE_NONE) return true;
    if (!k->reasons)
        return err_set(err, ERR_INVALID, "reason", "Reason: \"%s\" has no reason of this list.",
            vocab_label(v, VOCAB_DISPOSAL, d->kind));
    if (among(k->reasons, word)) return true;
    labels_of(k->reasons, v, &all);
    err_set(err, ERR_INVALID, "reason", "Reason: Say why nothing more is done: %.200s.", str_text(&all));
    str_finish(&all);
    return false;
}

static bool words_fit(const DisposalKind *k, const Vocabs *v, const Disposal *d, Err *err)
{
    const char *reason = vocab_word(v, VOCAB_DISPOSAL_REASON, d->reason);

    if (k->admits && str_blank(d->admission))
        return err_set(err, ERR_INVALID, "admission", "Admission: Say what was admitted, and when.");
    if (str_eq(reason, "victim-declines") && str_blank(d->text))
        return err_set(err, ERR_INVALID, "text",
            "Text: Say what evidence there is without the victim, and why it is not enough: that somebody declines is "
            "no reason by itself.");
    if (str_eq(reason, "other") && str_blank(d->text))
        return err_set(err, ERR_INVALID, "text", "Text: Say what the other reason is.");
    if (str_eq(k->word, "no-crime-refused") && str_blank(d->text))
        return err_set(err, ERR_INVALID, "text", "Text: Say why it stays a crime.");
    return (!str_eq(k->word, "no-crime-asked") && !str_eq(k->word, "no-crime")) || !str_blank(d->text) ||
           err_set(
               err, ERR_INVALID, "text", "Text: Say what shows that there was no crime, and where it can be verified.");
}

static bool detection_fits(const DisposalKind *k, const Vocabs *v, const Disposal *d, Err *err)
{
    bool yes = str_eq(vocab_word(v, VOCAB_DETECTION, d->counted), "yes");

    if (k->counts && d->counted == CODE_NONE)
        return err_set(
            err, ERR_INVALID, "counted", "Sanction detection: Say whether it counts as one; that is never assumed.");
    if (!k->counts && yes)
        return err_set(err, ERR_INVALID, "counted", "Sanction detection: \"%s\" is never one.",
            vocab_label(v, VOCAB_DISPOSAL, d->kind));
    return k->prosecutes || !d->unsupported ||
           err_set(err, ERR_INVALID, "unsupported", "Unsupported: nothing is done here that the victim could support.");
}

static int age_at(Date born, Time at)
{
    int year, month, day, then, its_month, its_day;

    civil_of_date(born, &year, &month, &day);
    civil_of_date(civil_local_date(at), &then, &its_month, &its_day);
    return then - year - (its_month < month || (its_month == month && its_day < day));
}

/* A caution is an adult's, a reprimand is not; whose age nobody knows is not held up. */
static bool age_fits(const DisposalKind *k, const Person *p, Time at, Err *err)
{
    bool young;

    if (p->born == DATE_NONE || at == TIME_NONE) return true;
    young = age_at(p->born, at) < OF_AGE;
    if (young && (str_eq(k->word, "caution") || str_eq(k->word, "conditional-caution")))
        return err_set(err, ERR_INVALID, "kind",
            "Disposal: under %d there is no caution but a reprimand or final warning.", OF_AGE);
    return young || !str_eq(k->word, "reprimand") ||
           err_set(err, ERR_INVALID, "kind", "Disposal: a reprimand is for who is under %d.", OF_AGE);
}

static bool status_fits(const DisposalKind *k, const Vocabs *v, const Person *p, Err *err)
{
    Code status = disposal_status(p);

    if (!among(k->not_when, vocab_word(v, VOCAB_SUSPECT_STATUS, status))) return true;
    return err_set(err, ERR_INVALID, "kind",
        "Disposal: \"%s\" does not go with the status of %s, \"%s\": if that is not so any more, record the status "
        "first.",
        vocab_label(v, VOCAB_DISPOSAL, vocab_code(v, VOCAB_DISPOSAL, k->word)), p->key,
        vocab_label(v, VOCAB_SUSPECT_STATUS, status));
}

/* Asked for by one, decided by another. */
static bool no_crime_fits(const CaseDoc *doc, const DisposalKind *k, const Vocabs *v, const Disposal *d, Err *err)
{
    const Disposal *asked = disposal_asked(doc, v, d->person);

    if (str_eq(k->word, "no-crime-asked"))
        return !asked || err_set(err, ERR_INVALID, "kind",
                             "Disposal: a no crime is asked for already, and nobody has decided on it yet.");
    if (!str_eq(k->word, "no-crime") && !str_eq(k->word, "no-crime-refused")) return true;
    if (!asked)
        return err_set(err, ERR_INVALID, "kind",
            "Disposal: nobody has asked for a no crime: the investigating officer or the sergeant asks, the Crime "
            "Management Unit decides.");
    return !str_eq(asked->by, d->by) ||
           err_set(err, ERR_INVALID, "kind", "Disposal: you asked for this no crime; somebody else decides on it.");
}

static bool offence_fits(const CaseDoc *doc, const Vocabs *v, const Disposal *d, Err *err)
{
    return d->offence == CODE_NONE || offence_class_holds(doc, d->offence) ||
           err_set(err, ERR_INVALID, "offence", "Offence: no offence of the class \"%s\" holds in this case.",
               vocab_label(v, VOCAB_OFFENCE, d->offence));
}

bool disposal_may_stand(const CaseDoc *doc, const Vocabs *v, const Disposal *item, Err *err)
{
    const DisposalKind *k = disposal_kind(v, item->kind);
    const Person *p = person_of(doc, item->person);

    if (item->kind == CODE_NONE) return err_set(err, ERR_INVALID, "kind", "Disposal: This is missing.");
    if (!p || !str_eq(vocab_word(v, VOCAB_PERSON_ROLE, p->role), "suspect"))
        return err_set(err, ERR_INVALID, "person", "Suspect: a disposal is of a suspect of this case.");
    if (!k) return true;
    return no_crime_fits(doc, k, v, item, err) && status_fits(k, v, p, err) && age_fits(k, p, item->at, err) &&
           offence_fits(doc, v, item, err) && reason_fits(k, v, item, err) && words_fit(k, v, item, err) &&
           detection_fits(k, v, item, err);
}
