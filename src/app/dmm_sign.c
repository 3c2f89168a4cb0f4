/* dmm_sign.c — what the signature under a meeting's sheet is over: the facts that the sheet is made of, in a fixed order, so that one changed word
** shows. It does not depend on who prints: a case that is left out for one reader is in the digest all the same. */
#include "dmm_in.h"

#include "app/sign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_text(Hasher *h, const char *s)
{
    crypto_hash_add(h, s ? s : "", s ? strlen(s) : 0);
}

static void add_number(Hasher *h, int64_t n)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", (long long)n);
    add_text(h, text);
}

/* What was not decided; a meeting of before that was kept has none, and its digest stays what it was. */
static bool add_left(App *app, const Meeting *m, Arena *a, Hasher *h, Err *err)
{
    MeetingLeft *left;
    size_t n;

    if (!store_meeting_left(app->store, m->key, a, &left, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        MeetingCase c;
        if (!store_meeting_case(app->store, left[i].key, a, &c, err)) return false;
        add_text(h, c.id);
        add_number(h, left[i].sections);
        add_number(h, left[i].since);
    }
    return true;
}

static bool digest_all(App *app, const Meeting *m, Arena *a, uint8_t out[HASH_BYTES], Err *err)
{
    MeetingSaid *said;
    size_t n;
    Hasher h;

    if (!store_meeting_said(app->store, m->key, a, &said, &n, err)) return false;
    crypto_hash_start(&h, "book124-dmm-sheet-v1");
    add_number(&h, m->key);
    add_number(&h, m->since);
    add_text(&h, m->began_by);
    add_number(&h, m->began_at);
    add_text(&h, m->ended_by);
    add_number(&h, m->ended_at);
    add_text(&h, m->figures);
    for (size_t i = 0; i < n; i++) {
        MeetingCase c;
        if (!store_meeting_case(app->store, said[i].key, a, &c, err)) return false;
        add_text(&h, c.id);
        add_number(&h, said[i].sections);
        add_text(&h, meeting_said_words[said[i].said]);
        add_text(&h, said[i].task);
        add_text(&h, said[i].by);
        add_number(&h, said[i].at);
    }
    if (!add_left(app, m, a, &h, err)) return false;
    crypto_hash_end(&h, out);
    return true;
}

/* Of everything, whoever looks: only a number comes of it. */
bool dmm_digest(App *app, const Meeting *m, Arena *a, uint8_t out[HASH_BYTES], Err *err)
{
    bool ok;

    store_view_all(app->store, true);
    ok = digest_all(app, m, a, out, err);
    store_view_all(app->store, false);
    return ok;
}

bool dmm_digest_now(App *app, const char *about, Arena *a, uint8_t out[HASH_BYTES])
{
    Meeting m;

    return store_meeting_get(app->store, strtoll(about, NULL, 10), a, &m, NULL) && dmm_digest(app, &m, a, out, NULL);
}

static const char *about(const Meeting *m, Arena *a)
{
    return arena_printf(a, "%lld", (long long)m->key);
}

bool dmm_sign(App *app, Tx *tx, const Meeting *m, Arena *a, Err *err)
{
    uint8_t digest[HASH_BYTES];

    return dmm_digest(app, m, a, digest, err) && app_sign_record(app, tx, DMM_SHEET, about(m, a), digest, err);
}

bool dmm_signed_words(App *app, const Meeting *m, Arena *a, const char **out, Err *err)
{
    uint8_t digest[HASH_BYTES];
    SignedRecord *all;
    size_t n;

    *out = signed_stand_word(SIGNED_NOT);
    if (!dmm_digest(app, m, a, digest, err) || !app_signed_list(app, DMM_SHEET, about(m, a), digest, a, &all, &n, err)) return false;
    if (n) *out = arena_printf(a, "%s, by %s with key %s", signed_stand_word(all[n - 1].stand), all[n - 1].by, all[n - 1].number);
    return true;
}
