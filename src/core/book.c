/* book.c — how a book 124D stands. Everything is read off the lists of the case, so that an imported case and one made here
** stand alike. A reading counts for the version that was the newest when it was made; a version that nobody read is waiting. */
#include "core/book.h"

#include "base/crypto.h"
#include "base/mem.h"
#include "base/str.h"

#include <stdio.h>
#include <string.h>

/* ---- versions ---- */

const Book *case_book(const CaseDoc *doc, const char *serial)
{
    const Book *latest = NULL;

    for (size_t i = 0; i < doc->n_books; i++) {
        const Book *b = &doc->books[i];
        if (serial && !str_eq(b->serial, serial)) continue;
        if (!latest || b->completed_at >= latest->completed_at) latest = b;
    }
    return latest;
}

size_t case_book_version(const CaseDoc *doc, const Book *book)
{
    size_t n = 0;

    for (size_t i = 0; i < doc->n_books; i++) {
        const Book *b = &doc->books[i];
        bool before = b->completed_at < book->completed_at || (b->completed_at == book->completed_at && b <= book);
        if (str_eq(b->serial, book->serial) && before) n++;
    }
    return n;
}

const Book *book_of_review(const CaseDoc *doc, const Review *r)
{
    const Book *found = NULL;

    for (size_t i = 0; i < doc->n_books; i++) {
        const Book *b = &doc->books[i];
        if ((r->book && !str_eq(b->serial, r->book)) || b->completed_at > r->at) continue;
        if (!found || b->completed_at >= found->completed_at) found = b;
    }
    return found;
}

/* ---- readings ---- */

static bool is_kind(const Review *r, const Vocabs *v, const char *kind)
{
    return str_eq(vocab_word(v, VOCAB_REVIEW, r->kind), kind);
}

static bool sent_back(const Review *r, const Vocabs *v)
{
    return str_eq(vocab_word(v, VOCAB_REVIEW_OUTCOME, r->outcome), "returned");
}

/* The newest reading of that kind of exactly this version. */
static const Review *reading_of(const CaseDoc *doc, const Vocabs *v, const Book *b, const char *kind)
{
    const Review *newest = NULL;

    for (size_t i = 0; i < doc->n_reviews; i++) {
        const Review *r = &doc->reviews[i];
        if (!is_kind(r, v, kind) || book_of_review(doc, r) != b) continue;
        if (!newest || r->at >= newest->at) newest = r;
    }
    return newest;
}

static BookState state_of(const BookStand *s, const Vocabs *v)
{
    if (s->returned) return BOOK_RETURNED;
    if (!s->check) return BOOK_SUBMITTED;
    if (s->index_at != TIME_NONE || s->index_number) return s->read ? BOOK_INDEXED : BOOK_SIGNED;
    return s->read ? BOOK_READ : BOOK_SIGNED;
}

static const BookMove *move_of(const CaseDoc *doc, const char *serial)
{
    const BookMove *newest = NULL;

    for (size_t i = 0; i < doc->n_book_moves; i++) {
        const BookMove *m = &doc->book_moves[i];
        if (str_eq(m->book, serial) && (!newest || m->at >= newest->at)) newest = m;
    }
    return newest;
}

static void look_at_versions(const CaseDoc *doc, BookStand *out)
{
    for (size_t i = 0; i < doc->n_books; i++) {
        const Book *b = &doc->books[i];
        if (!str_eq(b->serial, out->latest->serial)) continue;
        out->versions++;
        if (b->index_number) out->index_number = b->index_number;
        if (b->index_at != TIME_NONE) out->index_at = b->index_at;
    }
    for (size_t i = 0; i < doc->n_addenda; i++) out->addenda += str_eq(doc->addenda[i].book, out->latest->serial);
}

bool book_stand(const CaseDoc *doc, const Vocabs *v, const char *serial, BookStand *out)
{
    *out = (BookStand){ .latest = case_book(doc, serial), .index_at = TIME_NONE };
    if (!out->latest) return false;
    look_at_versions(doc, out);
    out->check = reading_of(doc, v, out->latest, "ps-check");
    out->read = reading_of(doc, v, out->latest, "csu-ds-read");
    if (out->check && sent_back(out->check, v)) out->returned = out->check;
    if (out->read && sent_back(out->read, v) && (!out->returned || out->read->at >= out->returned->at))
        out->returned = out->read;
    out->move = move_of(doc, out->latest->serial);
    out->state = state_of(out, v);
    return true;
}

/* ---- words ---- */

static const struct {
    const char *word, *label;
} states[BOOK_STATES] = {
    [BOOK_SUBMITTED] = { "submitted", "waits for the sergeant" },
    [BOOK_RETURNED] = { "returned", "returned for rework" },
    [BOOK_SIGNED] = { "signed", "signed by the sergeant" },
    [BOOK_READ] = { "read", "read by the CSU" },
    [BOOK_INDEXED] = { "indexed", "indexed" },
};

const char *book_state_word(BookState s)
{
    return states[(unsigned)s < BOOK_STATES ? s : 0].word;
}

const char *book_state_label(BookState s)
{
    return states[(unsigned)s < BOOK_STATES ? s : 0].label;
}

bool book_state_by_word(const char *word, BookState *out)
{
    for (BookState s = 0; s < BOOK_STATES; s++) {
        if (!str_eq(states[s].word, word)) continue;
        *out = s;
        return true;
    }
    return false;
}

/* ---- what is signed ---- */

static void add_text(Hasher *h, const char *s)
{
    crypto_hash_add(h, s ? s : "", s ? strlen(s) : 0);
}

void book_digest(const char *case_id, const Book *b, char out[HASH_HEX])
{
    uint8_t hash[HASH_BYTES];
    char time[CIVIL_TEXT];
    Hasher h;

    if (b->whole) {
        snprintf(out, HASH_HEX, "%s", b->whole);
        return;
    }
    crypto_hash_start(&h, "book124-book-v1");
    add_text(&h, case_id);
    add_text(&h, b->serial);
    add_text(&h, b->by);
    add_text(&h, civil_format_time(b->begun_at, time));
    add_text(&h, civil_format_time(b->completed_at, time));
    add_text(&h, b->answers);
    crypto_hash_end(&h, hash);
    crypto_hex(hash, sizeof hash, out);
}
