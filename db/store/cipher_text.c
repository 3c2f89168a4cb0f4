/* cipher_text.c — text to the disk and back. Whoever has the file and no officer's password has nothing of a restricted case, and no number or
** address of safe contact of any. A text is bound to its place (case, column, entry, version) and to the generation of its key, so that it
** opens nowhere else. In an ordinary case what is secret lies under the key of the unit: numbers and addresses of safe contact, where people other
** than suspects live, and the answers of a book that its form marks so. */
#include "inside.h"

#include "base/mem.h"
#include "base/protection.h"
#include "base/str.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool hands_have(Store *s, CaseKey key, int64_t generation, uint8_t out[PW_KEY], bool *have, Err *err)
{
    const CipherHands *h = &s->cipher.hands;

    *have = false;
    return !h->key_of || h->key_of(h->with, key, generation, out, have, err);
}

/* ---- one text ---- */

/* A mark names the key: "3" is the case's third, "u1" the unit's first. */
static const char *place(const CipherAt *at, const char *column, const char *mark, Arena *a)
{
    if (WITHOUT("bound-text")) return "";
    return arena_printf(a, "book124 text %" PRId64 " %s.%s %" PRId64 ".%" PRId64 " version %" PRId64 " under %s", at->key, at->table, column,
        at->owner, at->seq, at->version, mark);
}

static void put_by(
    Store *s, const uint8_t key[PW_KEY], CaseKey whose, int64_t generation, const CipherAt *at, const char *column, const char **text, Arena *a)
{
    char mark[24];

    if (WITHOUT("ciphered")) return;
    snprintf(mark, sizeof mark, "%s%" PRId64, whose == CIPHER_UNIT ? "u" : "", generation);
    *text = crypto_seal_text(key, mark, place(at, column, mark, a), *text, a);
    s->cipher.wrote = true;
}

/* *done: the key was there. */
static bool put(Store *s, CaseKey whose, int64_t generation, const CipherAt *at, const char *column, const char **text, Arena *a, bool *done, Err *err)
{
    uint8_t key[PW_KEY];

    if (!hands_have(s, whose, generation, key, done, err)) return false;
    if (*done) put_by(s, key, whose, generation, at, column, text, a);
    crypto_wipe(key, sizeof key);
    return true;
}

typedef enum Taken { TAKEN, NO_KEY, NOT_BY_KEY } Taken;

static bool take(
    Store *s, CaseKey whose, int64_t generation, const CipherAt *at, const char *column, const char **text, Arena *a, Taken *how, Err *err)
{
    uint8_t key[PW_KEY];
    char mark[24];
    const char *plain;
    bool have;

    if (!hands_have(s, whose, generation, key, &have, err)) return false;
    *how = have ? NOT_BY_KEY : NO_KEY;
    if (!have || !crypto_sealed_text(*text, mark)) return true;
    plain = crypto_unseal_text(key, place(at, column, mark, a), *text, a);
    crypto_wipe(key, sizeof key);
    if (!plain) return true;
    *text = plain;
    *how = TAKEN;
    return true;
}

bool store_cipher_denied(Err *err)
{
    return err_set(err, ERR_DENIED, "",
        "This case lies enciphered, and your keys do not open it yet. They will as soon as the detective inspector or Professional Standards has agreed to them and somebody who sees the case has signed in; until then, ask them.");
}

bool cipher_out(Store *s, const CipherAt *at, const char *column, const char **text, Arena *a, Err *err)
{
    int64_t generation = cipher_of(s, at->key);
    bool done;

    if (generation == 0 || !*text || !**text) return true;
    return put(s, at->key, generation, at, column, text, a, &done, err) && (done || store_cipher_denied(err));
}

/* *how is TAKEN also where nothing was to be opened. */
static bool text_in(Store *s, const CipherAt *at, const char *column, const char **text, Arena *a, Taken *how, Err *err)
{
    int64_t generation = cipher_of(s, at->key);
    char mark[24];

    *how = TAKEN;
    if (generation == 0 || !*text || s->cipher.raw || !crypto_sealed_text(*text, mark)) return true;
    return take(s, at->key, generation, at, column, text, a, how, err) &&
           (*how != NOT_BY_KEY ||
               err_set(err, ERR_CORRUPT, column, "A text of a restricted case does not open with its key: it was changed behind the program, or moved."));
}

bool cipher_in(Store *s, const CipherAt *at, const char *column, const char **text, Arena *a, Err *err)
{
    Taken how;

    return text_in(s, at, column, text, a, &how, err);
}

bool cipher_in_words(Store *s, const CipherAt *at, const char *column, const char **text, Arena *a, Err *err)
{
    Taken how;

    if (!text_in(s, at, column, text, a, &how, err)) return false;
    if (how == NO_KEY) *text = "(enciphered)";
    return true;
}

static bool wait(Store *s, CaseKey key, Err *err)
{
    Stmt *q = stmt(s, SQL_CIPHER_WAIT_ADD);

    bind_int(q, "case_key", key);
    return stmt_run(q, err);
}

bool cipher_secret_out(Store *s, const CipherAt *at, const char *column, const char **text, Arena *a, Err *err)
{
    int64_t unit = cipher_of(s, CIPHER_UNIT);
    bool done = false;
    char mark[24];

    if (!*text || !**text) return true;
    if (cipher_of(s, at->key)) return cipher_out(s, at, column, text, a, err);
    if (unit && !put(s, CIPHER_UNIT, unit, at, column, text, a, &done, err)) return false;
    if (done) return true;
    if (crypto_sealed_text(*text, mark))
        return err_set(err, ERR_DENIED, column, "This number or address lies enciphered, and your keys do not open it yet. Nothing was changed.");
    return wait(s, at->key, err);
}

bool cipher_secret_in(Store *s, const CipherAt *at, const char *column, const char **text, Arena *a, Err *err)
{
    char mark[24];
    Taken how;
    int64_t generation;

    if (!*text || s->cipher.raw || !crypto_sealed_text(*text, mark)) return true;
    generation = strtoll(mark + (*mark == 'u'), NULL, 10);
    return take(s, *mark == 'u' ? CIPHER_UNIT : at->key, generation, at, column, text, a, &how, err);
}

/* ---- the answers of a book that are safe contact, inside its JSON ---- */

/* "sealed:u1:…" stands for the value as it stood, with its quotes: what was signed is the text to the last byte. */
static const char answer_mark[] = "\"sealed:u";

/* Behind the string, the number or the list that begins here. */
static const char *value_end(const char *p)
{
    int depth = 0;

    do {
        if (*p == '"') {
            for (p++; *p && *p != '"'; p++)
                if (*p == '\\' && p[1]) p++;
        } else if (*p == '[' || *p == '{') {
            depth++;
        } else if (*p == ']' || *p == '}') {
            if (depth-- == 0) return p;
        } else if (*p == ',' && depth == 0) {
            return p;
        }
        if (*p) p++;
    } while (*p && (depth > 0 || (*p != ',' && *p != '}')));
    return p;
}

typedef struct Pair { /* one question and its answer, as they stand */
    const char *question, *value;
    size_t n_question, n_value;
} Pair;

/* The next of a canonical object, which has no blanks; `from` comes behind it. */
static bool pair_next(const char **from, Pair *out)
{
    const char *p = *from;

    if (*p == '{' || *p == ',') p++;
    if (*p != '"') return false;
    out->question = p + 1;
    for (p = out->question; *p && *p != '"'; p++)
        if (*p == '\\' && p[1]) p++;
    out->n_question = (size_t)(p - out->question);
    if (p[0] != '"' || p[1] != ':') return false;
    out->value = p + 2;
    *from = value_end(out->value);
    out->n_value = (size_t)(*from - out->value);
    return out->n_value > 0;
}

typedef struct Hiding {
    Store *store;
    const CipherAt *at;
    const void *form;
    Arena *a;
    uint8_t key[PW_KEY]; /* the unit's of that generation, looked for once for all the answers of a book */
    int64_t generation;
    bool have, failed;
    bool changed, left; /* some was; some could not be hidden */
    Err *err;
} Hiding;

static bool key_for(Hiding *h, int64_t generation)
{
    if (h->generation != generation) h->failed |= !hands_have(h->store, CIPHER_UNIT, generation, h->key, &h->have, h->err);
    h->generation = generation;
    return h->have;
}

static bool is_hidden(const Pair *p)
{
    return p->n_value > sizeof answer_mark && strncmp(p->value, answer_mark, sizeof answer_mark - 1) == 0;
}

/* NULL: it stays. */
static const char *hide_answer(Hiding *h, const Pair *p)
{
    int64_t unit = cipher_of(h->store, CIPHER_UNIT);
    const char *sealed = arena_dup_n(h->a, p->value, p->n_value), *body;

    if (is_hidden(p) || !h->store->cipher.hands.secret(h->form, arena_dup_n(h->a, p->question, p->n_question))) return NULL;
    if (!unit || !key_for(h, unit)) return h->left = true, NULL;
    put_by(h->store, h->key, CIPHER_UNIT, unit, h->at, "answers", &sealed, h->a);
    if (WITHOUT("ciphered")) return NULL;
    body = sealed + strlen("{\"sealed\":\"");
    return arena_printf(h->a, "\"sealed:%.*s\"", (int)(strlen(body) - 2), body);
}

/* What does not open stays: somebody may have typed it so. */
static const char *show_answer(Hiding *h, const Pair *p)
{
    const char *sealed;
    char mark[24];

    if (!is_hidden(p)) return NULL;
    sealed = arena_printf(h->a, "{\"sealed\":\"%.*s}", (int)(p->n_value - strlen("\"sealed:")), p->value + strlen("\"sealed:"));
    if (!crypto_sealed_text(sealed, mark) || !key_for(h, strtoll(mark + 1, NULL, 10))) return NULL;
    return crypto_unseal_text(h->key, place(h->at, "answers", mark, h->a), sealed, h->a);
}

static const char *each_answer(Hiding *h, const char *json, const char *(*one)(Hiding *h, const Pair *p))
{
    const char *from = json, *done = json, *is;
    Str out = { 0 };
    Pair p;

    while (pair_next(&from, &p)) {
        if ((is = one(h, &p)) == NULL) continue;
        str_add_n(&out, done, (size_t)(p.value - done));
        str_add(&out, is);
        done = from;
        h->changed = true;
    }
    str_add(&out, done);
    if (h->changed) json = arena_dup(h->a, str_text(&out));
    if (out.s) crypto_wipe(out.s, out.cap);
    str_finish(&out);
    crypto_wipe(h->key, sizeof h->key);
    return json;
}

bool cipher_answers_out(Store *s, const CipherAt *at, const char **json, Arena *a, Err *err)
{
    const CipherHands *hands = &s->cipher.hands;
    Hiding h = { .store = s, .at = at, .a = a, .err = err };

    if (!*json || !hands->form_of || !(h.form = hands->form_of(hands->with, *json))) return true;
    *json = each_answer(&h, *json, hide_answer);
    return !h.failed && (!h.left || wait(s, at->key, err));
}

bool cipher_answers_in(Store *s, const CipherAt *at, const char **json, Arena *a, Err *err)
{
    Hiding h = { .store = s, .at = at, .a = a, .err = err };

    if (!*json || s->cipher.raw || !strstr(*json, answer_mark)) return true;
    *json = each_answer(&h, *json, show_answer);
    return !h.failed;
}

/* ---- all that was written ---- */

typedef struct Again {
    Store *store;
    CaseKey key;
    int64_t was, now;
} Again;

static bool key_lost(const Again *x, const char *column, Err *err)
{
    return err_set(err, ERR_CORRUPT, column, "A text of the case does not open with the key of its generation %" PRId64 ". Nothing was changed.", x->was);
}

/* What is secret in every case names its key itself. */
static bool again_secret(const Again *x, const CipherAt *at, const char *column, const char **text, Arena *a, Err *err)
{
    const char *was = *text;
    char mark[24];

    if (!cipher_secret_in(x->store, at, column, text, a, err)) return false;
    if (*text == was && crypto_sealed_text(was, mark)) return *mark == 'u' || key_lost(x, column, err); /* the unit's stays the unit's */
    return cipher_secret_out(x->store, at, column, text, a, err);
}

static bool lives_here(Store *s, const CipherAt *at, bool *suspect, Err *err)
{
    Stmt *q = stmt(s, SQL_PERSON_ROLE);

    bind_int(q, "case_key", at->key);
    bind_int(q, "seq", at->seq);
    bind_int(q, "version", at->version);
    *suspect = stmt_row(q) && str_eq(s->engine->get_text(q->raw, 0).p, "suspect");
    return stmt_end(q, err);
}

/* What lies plain in an ordinary case, but for what is secret there. */
static bool again_ordinary(const Again *x, const CipherAt *at, const RewriteAt *where, const char **text, Arena *a, Err *err)
{
    bool suspect = true;

    if (where->list == LIST_BOOKS && where->field->kind == FIELD_JSON) return cipher_answers_out(x->store, at, text, a, err);
    if (where->field && where->field->flags & FIELD_HOME && !lives_here(x->store, at, &suspect, err)) return false;
    return suspect || again_secret(x, at, where->column, text, a, err);
}

static bool again(void *with, const RewriteAt *where, const char *text, Arena *a, const char **out, Err *err)
{
    const Again *x = with;
    CipherAt at = { .key = x->key, .table = where->table, .seq = where->seq, .version = where->version };
    Taken how = TAKEN;
    bool done;

    *out = text;
    if (!*text || (where->field && !case_field_is_text(where->field))) return true;
    if (where->field && where->field->flags & FIELD_SECRET) return again_secret(x, &at, where->column, out, a, err);
    if (x->was == 0 && x->now == 0) return again_ordinary(x, &at, where, out, a, err);
    if (x->was == x->now) return true;
    if (x->was && !take(x->store, x->key, x->was, &at, where->column, out, a, &how, err)) return false;
    if (how != TAKEN) return key_lost(x, where->column, err);
    if (x->now == 0) return again_ordinary(x, &at, where, out, a, err);
    if (where->list == LIST_BOOKS && !cipher_answers_in(x->store, &at, out, a, err)) return false;
    return put(x->store, x->key, x->now, &at, where->column, out, a, &done, err) && (done || store_cipher_denied(err));
}

typedef struct Birth {
    struct Birth *next;
    int64_t seq, version;
    Date born;
    const char *sealed;
} Birth;

static bool birth_write(const Again *x, Birth *b, Arena *a, Err *err)
{
    CipherAt at = { .key = x->key, .table = case_lists[LIST_PEOPLE].name, .seq = b->seq, .version = b->version };
    const char *text = b->sealed ? b->sealed : arena_printf(a, "%ld", (long)b->born);
    Taken how = TAKEN;
    bool done = true;
    Stmt *q;

    if (b->sealed && !take(x->store, x->key, x->was, &at, "born", &text, a, &how, err)) return false;
    if (how != TAKEN) return key_lost(x, "born", err);
    b->born = (Date)strtol(text, NULL, 10);
    if (x->now && !put(x->store, x->key, x->now, &at, "born", &text, a, &done, err)) return false;
    if (!done) return store_cipher_denied(err);
    q = stmt(x->store, SQL_BIRTH_REWRITE);
    if (x->now)
        bind_null(q, "born");
    else
        bind_int(q, "born", b->born);
    bind_text(q, "born_sealed", x->now ? text : NULL);
    bind_int(q, "case_key", x->key);
    bind_int(q, "seq", b->seq);
    bind_int(q, "version", b->version);
    return stmt_run(q, err);
}

static bool births_again(Store *s, CaseKey key, void *with, Arena *a, Err *err)
{
    const Again *x = with;
    Stmt *q = stmt(s, SQL_BIRTHS_OF_CASE);
    Birth *all = NULL, **end = &all;

    bind_int(q, "case_key", key);
    while (x->was != x->now && stmt_row(q)) {
        if (col_null(q, 2) && col_null(q, 3)) continue;
        *end = arena_alloc(a, sizeof **end);
        **end = (Birth){ .seq = col_int(q, 0), .version = col_int(q, 1), .born = (Date)col_int(q, 2), .sealed = col_text(q, 3, a) };
        end = &(*end)->next;
    }
    if (!stmt_end(q, err)) return false;
    for (Birth *b = all; b; b = b->next)
        if (!birth_write(x, b, a, err)) return false;
    return true;
}

bool store_cipher_again(Tx *tx, CaseKey key, int64_t was, Err *err)
{
    Again x = { tx->store, key, was, 0 };

    if (!cipher_fresh(tx->store, err)) return false;
    x.now = cipher_of(tx->store, key);
    return case_rewrite(tx, key, again, births_again, &x, err);
}

