/* vocab.c — looking words up and adding words.
** A vocabulary has a score of words at most, so a look is a walk that compares first letters first; a hash was
** measured and gained nothing. The words themselves are in vocab_words.c. */
#include "core/vocab.h"

#include <string.h>

enum { WORD_LENGTH_MAX = 40 };

/* ---- looking up ---- */

Code vocab_code_n(const Vocabs *v, VocabId id, const char *word, size_t n)
{
    const Vocab *of = &v->of[id];

    if (n == 0) return CODE_NONE;
    for (size_t i = 0; i < of->n; i++) {
        const char *w = of->words[i].word;
        if (w[0] == word[0] && strncmp(w, word, n) == 0 && strlen(w) == n) return (Code)(i + 1);
    }
    return CODE_NONE;
}

Code vocab_code(const Vocabs *v, VocabId id, const char *word)
{
    return word ? vocab_code_n(v, id, word, strlen(word)) : CODE_NONE;
}

static const VocabWord *find(const Vocabs *v, VocabId id, Code code)
{
    static const VocabWord none = { "", "" };
    const Vocab *of = &v->of[id];

    return code == CODE_NONE || code > of->n ? &none : &of->words[code - 1];
}

const char *vocab_word(const Vocabs *v, VocabId id, Code code)
{
    return find(v, id, code)->word;
}

const char *vocab_label(const Vocabs *v, VocabId id, Code code)
{
    return find(v, id, code)->label;
}

void vocab_list(const Vocabs *v, VocabId id, Str *out)
{
    const Vocab *of = &v->of[id];

    for (size_t i = 0; i < of->n; i++) {
        if (i > 0) str_add(out, i + 1 == of->n ? " or " : ", ");
        str_add(out, of->words[i].word);
    }
}

bool vocab_by_name(const char *name, VocabId *out)
{
    const Vocabs *v = vocabs_standard();

    for (VocabId id = 0; id < VOCAB_COUNT; id++) {
        if (str_eq(v->of[id].name, name)) {
            *out = id;
            return true;
        }
    }
    return false;
}

/* ---- adding ---- */

/* Lower case, digits and inner hyphens: what reads alike in a file, on a command line and in a policy. */
static bool word_fits(const char *word)
{
    size_t n = word ? strlen(word) : 0;

    if (n == 0 || n > WORD_LENGTH_MAX || word[0] == '-' || word[n - 1] == '-') return false;
    return strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

static bool add(Vocabs *v, VocabId id, const char *word, const char *label, Err *err)
{
    Vocab *of = &v->of[id];

    if (of->n == VOCAB_WORDS_MAX)
        return err_set(
            err, ERR_INVALID, of->name, "The vocabulary \"%s\" is full: it holds %d words.", of->name, VOCAB_WORDS_MAX);
    of->words[of->n++] = (VocabWord){ word, label && *label ? label : word };
    return true;
}

bool vocabs_extend(Vocabs *v, VocabId id, const char *word, const char *label, Err *err)
{
    const char *name = v->of[id].name;

    if (!word_fits(word))
        return err_set(err, ERR_INVALID, name, "A word of \"%s\" is 1 to %d small letters, digits and inner hyphens.",
            name, WORD_LENGTH_MAX);
    if (vocab_code(v, id, word) != CODE_NONE)
        return err_set(err, ERR_INVALID, name, "\"%s\" is already a word of \"%s\".", word, name);
    /* A new system can be pointed at, too. */
    if (id == VOCAB_SYSTEM && vocab_code(v, VOCAB_XREF_TARGET, word) == CODE_NONE &&
        !add(v, VOCAB_XREF_TARGET, word, label, err))
        return false;
    return add(v, id, word, label, err);
}
