/* read_page.c — a book 124D as a page to read and sign: first what the rules say, why it came back and what changed since, then
** the sections in words, then who read it, what was added beside it, and where it is. What is signed is all of it. */
#include "read.h"
#include <stdlib.h>

enum { LONG_TEXT = 90, AROUND = 40 };

/* --- what the rules say ------------------------------------------------------------------------------- */
static void write_gates(const ReadPage *p)
{
    for (size_t i = 0; i < p->view->n_gates; i++) {
        const GateVerdict *g = &p->view->gates[i];
        if (g->open == TRUTH_YES) continue;
        pager_item(p->pager, READ_GATE + (int64_t)i);
        pager_begin(p->pager, 1, 2);
        pager_put(p->pager, STYLE_ERROR, SIGN_CROSS " Cannot be signed: ");
        pager_put(p->pager, STYLE_NORMAL, g->says);
        pager_putf(p->pager, STYLE_MUTED, " " SIGN_DOT " %s", g->gate->cite);
        pager_end(p->pager);
    }
    pager_item_end(p->pager);
}

static void write_alerts(const ReadPage *p)
{
    for (size_t i = 0; i < p->view->n_alerts; i++) {
        const AlertFired *alert = &p->view->alerts[i];
        pager_item(p->pager, READ_ALERT + (int64_t)i);
        pager_begin(p->pager, 1, 2);
        pager_putf(p->pager, STYLE_WARNING, "! %s: ", alert->alert->title);
        pager_put(p->pager, STYLE_NORMAL, alert->says);
        pager_putf(p->pager, STYLE_MUTED, " " SIGN_DOT " %s", alert->alert->cite);
        pager_end(p->pager);
    }
    pager_item_end(p->pager);
}

static const FormSection *section_of_path(const BookView *view, const char *path)
{
    const FormQuestion *q = form_question(view->form, path);
    size_t n;
    const FormSection *sections = form_sections_of(view->form, &n);

    return q && q->section < n ? &sections[q->section] : NULL;
}

/* What is missing, a line a section: seventy lines would hide the flags. */
static void write_missing(const ReadPage *p)
{
    const FormSection *last = NULL;
    bool open = false;

    for (size_t i = 0; i < p->view->n_gaps; i++) {
        const FormGap *gap = &p->view->gaps[i];
        const FormSection *section = section_of_path(p->view, gap->path);
        if (gap->wrong) continue;
        if (open && section == last) {
            pager_putf(p->pager, STYLE_NORMAL, ", %s", gap->label);
            continue;
        }
        if (open) pager_end(p->pager);
        pager_begin(p->pager, 1, 2);
        pager_put(p->pager, STYLE_WARNING, "! Missing in ");
        if (section) pager_putf(p->pager, STYLE_WARNING, "%s %s: ", section->letter, section->title);
        pager_put(p->pager, STYLE_NORMAL, gap->label);
        last = section;
        open = true;
    }
    if (open) pager_end(p->pager);
}

static void write_wrong(const ReadPage *p)
{
    for (size_t i = 0; i < p->view->n_gaps; i++) {
        const FormGap *gap = &p->view->gaps[i];
        if (!gap->wrong) continue;
        pager_begin(p->pager, 1, 2);
        pager_put(p->pager, STYLE_WARNING, "! Wrong: ");
        if (strncmp(gap->says, gap->label, strlen(gap->label)) != 0)
            pager_putf(p->pager, STYLE_NORMAL, "%s. ", gap->label);
        pager_put(p->pager, STYLE_NORMAL, gap->says);
        pager_end(p->pager);
    }
}

static bool count_answer(void *with, const char *path, const char *text)
{
    *(size_t *)with += strcmp(path, "form") != 0;
    return true;
}

/* A book of before, or of another system: only that it exists is recorded. */
bool read_is_blank(const BookView *view)
{
    size_t n = 0;
    answers_each(view->answers, count_answer, &n);
    return n == 0;
}

static size_t shut_gates(const BookView *view)
{
    size_t n = 0;
    for (size_t i = 0; i < view->n_gates; i++) n += view->gates[i].open != TRUTH_YES;
    return n;
}

static void write_rules(const ReadPage *p)
{
    pager_heading(p->pager, "What the rules say");
    if (shut_gates(p->view) + p->view->n_alerts + p->view->n_gaps == 0)
        pager_add(p->pager, 1, STYLE_GOOD, SIGN_TICK " Nothing is missing and nothing is flagged.");
    write_gates(p);
    write_alerts(p);
    if (read_is_blank(p->view)) {
        pager_add(
            p->pager, 1, STYLE_WARNING, "! No answer of this book is recorded here: the paper is what must be read.");
        return;
    }
    write_wrong(p);
    write_missing(p);
}

/* --- what changed --------------------------------------------------------------------------------------- */
/* The beginning both texts share, up to the last blank in it. */
static size_t same_start(const char *a, const char *b)
{
    size_t n = 0, word = 0;

    for (; a[n] && a[n] == b[n]; n++)
        if (a[n] == ' ' || a[n] == '\n') word = n + 1;
    return a[n] == b[n] ? n : word;
}

/* The end both share, behind `from`, from a blank on. */
static size_t same_end(const char *a, size_t na, const char *b, size_t nb, size_t from)
{
    size_t n = 0, word = 0;

    for (; n < na - from && n < nb - from && a[na - n - 1] == b[nb - n - 1]; n++)
        if (a[na - n - 1] == ' ' || a[na - n - 1] == '\n') word = n + 1;
    return word;
}

static const char *middle(const char *s, size_t n, size_t start, size_t end, Arena *a)
{
    size_t from = start > AROUND ? start - AROUND : 0, to = n - (end > AROUND ? end - AROUND : 0);

    while (from > 0 && s[from - 1] != ' ' && s[from - 1] != '\n') from--;
    while (to < n && s[to] != ' ' && s[to] != '\n') to++;
    return arena_printf(
        a, "%s%.*s%s", from ? SIGN_MORE " " : "", (int)(to - from), s + from, to < n ? " " SIGN_MORE : "");
}

void read_difference(const char *before, const char *after, Arena *a, const char **was, const char **is)
{
    size_t nb = strlen(before), na = strlen(after), start, end;

    *was = before;
    *is = after;
    if (nb < LONG_TEXT || na < LONG_TEXT) return;
    start = same_start(before, after);
    end = same_end(before, nb, after, na, start);
    *was = middle(before, nb, start, end, a);
    *is = middle(after, na, start, end, a);
}

static const char *in_words(const ReadPage *p, const char *path, const char *value)
{
    const FormQuestion *q = form_question(p->view->form, path);

    if (!*value) return "no answer";
    return q ? form_words(p->view->form, q, value, p->a) : value;
}

static void write_change(const ReadPage *p, const AnswerChange *c)
{
    const char *was, *is,
        *label = form_question(p->view->form, c->path) ? form_label(p->view->form, c->path, p->a) : c->path;

    read_difference(in_words(p, c->path, c->before), in_words(p, c->path, c->after), p->a, &was, &is);
    pager_begin(p->pager, 1, 3);
    pager_putf(p->pager, STYLE_LABEL, "* %s: ", label);
    pager_put(p->pager, STYLE_MUTED, was);
    pager_put(p->pager, STYLE_LABEL, " " SIGN_RIGHT " ");
    pager_put(p->pager, STYLE_NORMAL, is);
    pager_end(p->pager);
}

typedef struct Placed { /* a change where the form has its question */
    const AnswerChange *change;
    size_t place, row, order;
} Placed;

static Placed placed(const ReadPage *p, size_t i)
{
    const FormQuestion *q = form_question(p->view->form, p->view->changes[i].path), *all;
    char group[ANSWERS_PATH], name[ANSWERS_PATH];
    Placed out = { .change = &p->view->changes[i], .place = SIZE_MAX, .order = i };
    size_t n;

    all = form_questions_of(p->view->form, &n);
    if (!answers_path_split(out.change->path, group, &out.row, name)) out.row = 0;
    if (q)
        out.place = q->group == FORM_NO_GROUP ? (size_t)(q - all) : form_groups_of(p->view->form, &n)[q->group].first;
    return out;
}

/* Row by row where it is a group; as it came where the form does not know it. */
static int by_place(const void *x, const void *y)
{
    const Placed *a = x, *b = y;
    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    if (a->row != b->row) return a->row < b->row ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void write_changes(const ReadPage *p)
{
    Placed *order = arena_zero(p->a, p->view->n_changes + 1, sizeof *order);
    size_t shown = 0;

    if (p->view->version < 2) return;
    pager_heading(p->pager, arena_printf(p->a, "What changed since version %zu", p->view->version - 1));
    for (size_t i = 0; i < p->view->n_changes; i++) order[i] = placed(p, i);
    if (p->view->n_changes) qsort(order, p->view->n_changes, sizeof *order, by_place);
    for (size_t i = 0; i < p->view->n_changes; i++)
        if (strcmp(order[i].change->path, "form") != 0) {
            write_change(p, order[i].change);
            shown++;
        }
    if (!shown) pager_add(p->pager, 1, STYLE_WARNING, "! Not one answer differs from that version.");
}

/* --- readings --------------------------------------------------------------------------------------------- */
static const char *reasons_words(const ReadPage *p, const char *reasons)
{
    return case_field_words(case_list_field(LIST_REVIEWS, "reasons"), &(Review){ .reasons = reasons }, p->v, p->a);
}

/* Is what is here exactly the version that was read? */
static void write_read_text(const ReadPage *p, const Review *r)
{
    const Book *book = book_of_review(&p->view->view.doc, r);
    char digest[HASH_HEX], span[CIVIL_TEXT];

    if (r->opened_at != TIME_NONE && r->at >= r->opened_at)
        pager_addf(p->pager, 3, STYLE_MUTED, "It was open for %s.", read_open_words(r->at - r->opened_at, span));
    if (!r->signature || !*r->signature || !book) return;
    book_digest(p->view->view.doc.id, book, digest);
    if (str_eq(digest, r->signature))
        pager_addf(p->pager, 3, STYLE_MUTED, "Read as %.16s: exactly this text.", r->signature);
    else
        pager_addf(p->pager, 3, STYLE_ERROR, "! THE TEXT THAT WAS READ WAS ANOTHER ONE: read as %.16s, here %.16s.",
            r->signature, digest);
}

void read_review_write(const ReadPage *p, const Review *r)
{
    const Book *book = book_of_review(&p->view->view.doc, r);
    const char *outcome = label_inside(vocab_label(p->v, VOCAB_REVIEW_OUTCOME, r->outcome), p->a);
    bool satisfied = str_eq(vocab_word(p->v, VOCAB_REVIEW_OUTCOME, r->outcome), "satisfied");

    pager_dated(p->pager, r->at, satisfied ? STYLE_NORMAL : STYLE_WARNING,
        arena_printf(p->a, "%s of version %zu: %s, %s", vocab_label(p->v, VOCAB_REVIEW, r->kind),
            book ? case_book_version(&p->view->view.doc, book) : 0, outcome, officer_words(r->by, p->a)));
    if (r->reasons && *r->reasons) pager_addf(p->pager, 3, STYLE_WARNING, "Because: %s", reasons_words(p, r->reasons));
    if (r->text && *r->text) pager_add(p->pager, 3, STYLE_NORMAL, r->text);
    write_read_text(p, r);
    signed_write(p->pager, 3, app_reading_signed(p->app, &p->view->view.doc, r));
}

static bool is_of_book(const ReadPage *p, const Review *r)
{
    static const char *const kinds[] = { "ps-check", "csu-ds-read", "qa" };
    const Book *book = book_of_review(&p->view->view.doc, r);

    if (!book || !str_eq(book->serial, p->view->book->serial)) return false;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_eq(vocab_word(p->v, VOCAB_REVIEW, r->kind), kinds[i])) return true;
    return false;
}

/* The reading that sent back the version before the one shown, or this one. */
static const Review *sent_back(const ReadPage *p)
{
    const CaseDoc *doc = &p->view->view.doc;

    for (size_t i = doc->n_reviews; i > 0; i--) {
        const Review *r = &doc->reviews[i - 1];
        const Book *book = is_of_book(p, r) ? book_of_review(doc, r) : NULL;
        size_t version = book ? case_book_version(doc, book) : 0;
        if (!str_eq(vocab_word(p->v, VOCAB_REVIEW_OUTCOME, r->outcome), "returned")) continue;
        if (version == p->view->version || version + 1 == p->view->version) return r;
    }
    return NULL;
}

static void write_returned(const ReadPage *p)
{
    const Review *r = sent_back(p);

    if (!r) return;
    pager_heading(p->pager, "Why it came back");
    read_review_write(p, r);
}

static void write_readings(const ReadPage *p)
{
    const CaseDoc *doc = &p->view->view.doc;
    size_t n = 0;

    pager_heading(p->pager, "Readings");
    for (size_t i = doc->n_reviews; i > 0; i--) {
        if (!is_of_book(p, &doc->reviews[i - 1])) continue;
        read_review_write(p, &doc->reviews[i - 1]);
        n++;
    }
    if (!n) pager_add(p->pager, 1, STYLE_MUTED, "Nobody has read it yet.");
}

static void write_addenda(const ReadPage *p)
{
    const CaseDoc *doc = &p->view->view.doc;
    size_t n = 0;

    pager_heading(p->pager, "Addenda");
    for (size_t i = 0; i < doc->n_addenda; i++) {
        const Addendum *x = &doc->addenda[i];
        if (!str_eq(x->book, p->view->book->serial)) continue;
        pager_dated(p->pager, x->at, STYLE_NORMAL,
            arena_printf(p->a, "%s%s%s", x->about ? x->about : "", x->about && *x->about ? ", " : "",
                officer_words(x->by, p->a)));
        pager_add(p->pager, 3, STYLE_NORMAL, x->text);
        n++;
    }
    if (!n) pager_add(p->pager, 1, STYLE_MUTED, "Nothing was added beside it.");
}

static void write_moves(const ReadPage *p)
{
    const CaseDoc *doc = &p->view->view.doc;
    const BookStand *stand = &p->view->stand;
    char when[CIVIL_TEXT];
    size_t n = 0;

    pager_heading(p->pager, "Where it is");
    for (size_t i = doc->n_book_moves; i > 0; i--) {
        const BookMove *m = &doc->book_moves[i - 1];
        if (!str_eq(m->book, p->view->book->serial)) continue;
        pager_dated(p->pager, m->at, n++ ? STYLE_MUTED : STYLE_NORMAL,
            arena_printf(
                p->a, "received: %s%s%s", m->to, m->by ? ", said " : "", m->by ? officer_words(m->by, p->a) : ""));
    }
    if (!n) pager_add(p->pager, 1, STYLE_MUTED, "Nobody has said who has it.");
    if (stand->index_number || stand->index_at != TIME_NONE)
        pager_dated(p->pager, stand->index_at, STYLE_NORMAL,
            arena_printf(p->a, "indexed %s", stand->index_number ? stand->index_number : ""));
    else
        pager_add(p->pager, 1, STYLE_MUTED, "It is not indexed yet.");
    pager_addf(p->pager, 1, STYLE_MUTED, "Completed %s; begun %s.", civil_words_full(p->view->book->completed_at, when),
        p->view->book->begun_at == TIME_NONE ? "at a time not known"
                                             : civil_words_full(p->view->book->begun_at, (char[CIVIL_TEXT]){ 0 }));
    pager_begin(p->pager, 1, 3);
    pager_put(p->pager, STYLE_MUTED, "Its writer's signature: ");
    signed_put(p->pager, app_book_signed(p->app, p->view->view.doc.id, p->view->book));
    pager_end(p->pager);
    pager_addf(p->pager, 1, STYLE_MUTED, "Its text is %.16s; the form it was filled in on is %s.", p->view->digest,
        *answers_get(p->view->answers, "form") ? answers_get(p->view->answers, "form") : "not named");
}

/* --- the page ------------------------------------------------------------------------------------------------ */
void read_page_write(Pager *pager, const App *app, const BookView *view, unsigned parts, bool only_changes, Arena *a)
{
    ReadPage p = { .pager = pager, .app = app, .view = view, .v = app_vocabs(app), .a = a };

    pager_clear(pager);
    if (parts & READ_RULES) {
        write_rules(&p);
        write_returned(&p);
        write_changes(&p);
    }
    if (!(parts & READ_BOOK)) return;
    if (only_changes) {
        pager_blank(pager);
        pager_add(
            pager, 1, STYLE_MUTED, "Only what changed is shown: c shows the whole book, which is what is signed.");
        return;
    }
    if (!read_is_blank(view)) read_answers_write(&p);
    write_readings(&p);
    write_addenda(&p);
    write_moves(&p);
}
