/* case_ended.c — how it ended, in words: which class of an offence holds and what it was before, how it ended for each suspect, and that a closed case
** was opened again. For the page of the case and its timeline. */
#include "case_more.h"

#include "core/disposal.h"
#include "core/offence.h"

static const char *by_words(const char *warrant, Arena *a)
{
    return warrant && *warrant ? arena_printf(a, ", %s", officer_words(warrant, a)) : "";
}

static const char *tail(const char *text, Arena *a)
{
    return str_blank(text) ? "" : arena_printf(a, ": %s", text);
}

const char *case_offence_words(const Vocabs *v, const Offence *o, Arena *a)
{
    const char *class = vocab_label(v, VOCAB_OFFENCE, o->class), *attempt = o->attempt ? " (attempt)" : "";

    if (o->replaces == CODE_NONE) return arena_printf(a, "%s%s%s", class, attempt, by_words(o->by, a));
    return arena_printf(a, "%s%s instead of %s%s%s", class, attempt, vocab_label(v, VOCAB_OFFENCE, o->replaces),
        by_words(o->by, a), tail(o->reason, a));
}

const char *case_disposal_words(const CaseDoc *doc, const Vocabs *v, const Disposal *d, Arena *a)
{
    const DisposalKind *k = disposal_kind(v, d->kind);
    const char *offence = d->offence ? arena_printf(a, ", %s", vocab_label(v, VOCAB_OFFENCE, d->offence)) : "";
    const char *reason =
        d->reason ? arena_printf(a, " (%s)", label_inside(vocab_label(v, VOCAB_DISPOSAL_REASON, d->reason), a)) : "";
    const char *counts = d->detection ? ", sanction detection" : k && k->counts ? ", no sanction detection" : "";

    return arena_printf(a, "%s: %s%s%s%s%s%s%s", person_words(doc, d->person, a),
        label_inside(vocab_label(v, VOCAB_DISPOSAL, d->kind), a), reason, offence, counts,
        d->unsupported ? ", without the victim's support" : "", by_words(d->by, a), tail(d->text, a));
}

const char *case_reopening_words(const Vocabs *v, const Reopening *r, Arena *a)
{
    char when[CIVIL_TEXT];

    return arena_printf(a, "Opened again%s%s%s%s%s", r->closed_at != TIME_NONE ? ", closed since " : "",
        r->closed_at != TIME_NONE ? civil_words_short(r->closed_at, when) : "",
        r->outcome ? arena_printf(a, " (%s)", label_inside(vocab_label(v, VOCAB_OUTCOME, r->outcome), a)) : "",
        by_words(r->by, a), tail(r->reason, a));
}

/* What holds in full, what was replaced paler and marked: nothing that was once said of a case goes away. */
void case_offences_write(Pager *p, const CaseDoc *doc, const Vocabs *v, Arena *a)
{
    for (size_t i = 0; i < doc->n_offences; i++) {
        const Offence *o = &doc->offences[i];
        bool holds = offence_holds(doc, i);
        pager_dated(p, o->at, holds ? STYLE_NORMAL : STYLE_MUTED,
            arena_printf(a, "%s%s", holds ? "" : "was ", case_offence_words(v, o, a)));
    }
}

void case_ended_write(Pager *p, const CaseDoc *doc, const Vocabs *v, Arena *a)
{
    for (size_t i = 0; i < doc->n_disposals; i++) {
        const Disposal *d = &doc->disposals[i];
        bool waits = disposal_asked(doc, v, d->person) == d;
        pager_dated(p, d->at, waits ? STYLE_WARNING : STYLE_NORMAL,
            arena_printf(a, "%s%s", waits ? "! " : "", case_disposal_words(doc, v, d, a)));
        if (!str_blank(d->admission)) pager_addf(p, 4, STYLE_NORMAL, "admitted: %s", d->admission);
    }
    for (size_t i = 0; i < doc->n_reopenings; i++)
        pager_dated(p, doc->reopenings[i].at, STYLE_NORMAL, case_reopening_words(v, &doc->reopenings[i], a));
    if (doc->closed_at != TIME_NONE)
        pager_dated(p, doc->closed_at, STYLE_NORMAL,
            arena_printf(a, "Closed: %s", vocab_label(v, VOCAB_OUTCOME, doc->outcome)));
}
