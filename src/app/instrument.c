/* instrument.c — which risk instruments are in force, and with which one an assessment was made. Their texts are facts of the
** store beside the forms: an assessment names the hash of the text it was made with, so that years later it is known what was
** asked. A store that has none of an id yet gets the one compiled into the program, and the log says so. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"

#include <string.h>

/* ---- those that were read ---- */

void app_instruments_free(App *app)
{
    for (size_t i = 0; i < app->n_instruments; i++) instrument_free(&app->instruments[i]);
    mem_free(app->instruments);
    app->instruments = NULL;
    app->n_instruments = app->cap_instruments = 0;
}

static const Instrument *kept(const App *app, const char *id, const char *hash)
{
    for (size_t i = 0; i < app->n_instruments; i++)
        if (str_eq(instrument_id(app->instruments[i]), id) && str_eq(instrument_hash(app->instruments[i]), hash))
            return app->instruments[i];
    return NULL;
}

static const Instrument *keep(App *app, Instrument *instrument)
{
    app->instruments = mem_room(app->instruments, app->n_instruments, &app->cap_instruments, sizeof(Instrument *));
    app->instruments[app->n_instruments++] = instrument;
    return instrument;
}

/* A problem in a text of the store is the store's or a newer program's, never the officer's. */
static const Instrument *parse(App *app, const StoredForm *stored, Err *err)
{
    const Instrument *known = kept(app, stored->id, stored->hash);
    Arena *a;
    Instrument *i;

    if (known) return known;
    a = arena_new();
    PolicyProblems problems = { .arena = a };
    i = instrument_parse(stored->id, stored->text, stored->n, &problems);
    if (!i)
        err_set(err, ERR_CORRUPT, "instrument",
            "The instrument %s cannot be read by this version of book124: line %d: %s", stored->id,
            problems.n ? problems.items[0].line : 0, problems.n ? problems.items[0].text : "it is empty.");
    else if (!str_eq(instrument_hash(i), stored->hash) || !str_eq(instrument_id(i), stored->id)) {
        instrument_free(&i);
        err_set(err, ERR_CORRUPT, "instrument", "The text of the instrument %s is not the one that was activated.",
            stored->id);
    }
    arena_free(&a);
    return i ? keep(app, i) : NULL;
}

/* ---- the one in force ---- */

static bool no_such(const char *id, Err *err)
{
    return err_set(err, ERR_MISSING, "instrument", "There is no risk instrument \"%.40s\".", id);
}

/* The text that comes with the program, as the store would hold it. */
static bool builtin(const char *id, char hex[HASH_HEX], StoredForm *out, Err *err)
{
    uint8_t hash[HASH_BYTES];
    size_t n = 0;
    const char *text = instrument_builtin(id, &n);

    if (!text) return no_such(id, err);
    crypto_hash(text, n, hash);
    *out = (StoredForm){ .id = id, .hash = crypto_hex(hash, sizeof hash, hex), .text = text, .n = n };
    return true;
}

/* The one in force; `put`: one that the store does not hold yet is put there. */
static const Instrument *in_force(App *app, const char *id, bool put, Err *err)
{
    Arena *a;
    StoredForm stored = { 0 };
    Err why = { 0 };
    const Instrument *i = NULL;
    char hex[HASH_HEX];
    bool ok;

    if (!vocab_code(app_vocabs(app), VOCAB_INSTRUMENT, id)) return no_such(id, err), NULL;
    a = arena_new();
    ok = store_form_active(app->store, id, a, &stored, &why);
    if (!ok && why.kind == ERR_MISSING)
        ok = builtin(id, hex, &stored, err) &&
             (!put || app_form_put(app, "instrument.activate", id, stored.hash, stored.text, stored.n, err));
    else if (!ok && err)
        *err = why;
    if (ok) i = parse(app, &stored, err);
    arena_free(&a);
    return i;
}

const Instrument *app_instrument(App *app, const char *id, Err *err)
{
    return in_force(app, id, true, err);
}

bool instruments_in_force(App *app, Instruments *out, Err *err)
{
    const Vocab *words = &app_vocabs(app)->of[VOCAB_INSTRUMENT];

    out->n = 0;
    for (size_t i = 0; i < words->n; i++) {
        Err why = { 0 };
        const Instrument *one = in_force(app, words->words[i].word, false, &why);
        if (one)
            out->items[out->n++] = one;
        else if (why.kind != ERR_MISSING) { /* a word that has no instrument stands for none */
            if (err) *err = why;
            return false;
        }
    }
    return true;
}

bool instruments_put(App *app, const FormSpec *form, Err *err)
{
    const Vocab *words = &app_vocabs(app)->of[VOCAB_INSTRUMENT];

    for (size_t i = 0; i < words->n; i++)
        if (form_instrument(form, words->words[i].word) && !app_instrument(app, words->words[i].word, err))
            return false;
    return true;
}

/* ---- the one of an assessment ---- */

static const Instrument *of_hash(App *app, const char *id, const char *hash)
{
    const Instrument *i = kept(app, id, hash);
    Arena *a;
    StoredForm stored = { 0 };

    if (i) return i;
    a = arena_new();
    if (store_form_by_hash(app->store, hash, a, &stored, NULL) && str_eq(stored.id, id)) i = parse(app, &stored, NULL);
    arena_free(&a);
    return i;
}

const Instrument *app_instrument_of(App *app, const Assessment *made)
{
    const char *id = vocab_word(app_vocabs(app), VOCAB_INSTRUMENT, made->instrument);
    const Instrument *i = made->version ? of_hash(app, id, made->version) : NULL;

    return i ? i : app_instrument(app, id, NULL);
}

void risk_stamp(App *app, Assessment *item)
{
    const Instrument *i = app_instrument(app, vocab_word(app_vocabs(app), VOCAB_INSTRUMENT, item->instrument), NULL);

    item->version = i ? instrument_hash(i) : NULL;
}

/* ---- which for what ---- */

size_t app_instruments_for(App *app, const char *stage, const char *const **out)
{
    const Vocab *words = &app_vocabs(app)->of[VOCAB_INSTRUMENT];
    Code code = vocab_code(app_vocabs(app), VOCAB_STAGE, stage);
    const char **offered = app->offered[code < STAGES_MAX ? code : 0];
    Date today = civil_local_date(app->now);
    size_t n = 0;

    *out = offered;
    for (InstrumentUse use = INSTRUMENT_USUAL; code && use > INSTRUMENT_NOT; use--)
        for (size_t i = 0; i < words->n; i++) {
            const Instrument *one = app_instrument(app, words->words[i].word, NULL);
            if (one && instrument_use(one, stage) == use && instrument_valid(one, today))
                offered[n++] = words->words[i].word;
        }
    return n;
}

/* ---- a new one ---- */

static bool wanted(const App *app, const Instrument *i, Err *err)
{
    return vocab_code(app_vocabs(app), VOCAB_INSTRUMENT, instrument_id(i)) ||
           err_set(err, ERR_INVALID, "instrument",
               "The policy in force knows no instrument \"%.40s\": its name must be a word of its vocabulary.",
               instrument_id(i));
}

/* The one that comes with the program is put in the store first: what was made with it stays readable. */
static bool before_it(App *app, const char *id, const Instrument **out, Err *err)
{
    size_t n;

    *out = instrument_builtin(id, &n) ? app_instrument(app, id, err) : NULL;
    return *out || !instrument_builtin(id, &n);
}

bool app_instrument_activate(App *app, const char *name, const char *text, size_t n, PolicyProblems *problems, Err *err)
{
    Instrument *i;
    const Instrument *now = NULL;
    bool ok;

    if (!app_may_do(app, PERM_STORE_CARE, "instrument.activate", NULL, err)) return false;
    i = instrument_parse(name, text, n, problems);
    if (!i)
        return err_set(err, ERR_INVALID, "instrument",
            "%.80s has %zu problem%s; the instrument in force stays as it is.", name, problems->n,
            problems->n == 1 ? "" : "s");
    ok = wanted(app, i, err) && before_it(app, instrument_id(i), &now, err);
    ok = ok && ((now && str_eq(instrument_hash(now), instrument_hash(i))) ||
                   app_form_put(app, "instrument.activate", instrument_id(i), instrument_hash(i), text, n, err));
    instrument_free(&i);
    return ok;
}
