/* reference.c — numbers of other systems: their shape, and the check letter that PNC, CRO and ASN numbers end with.
** The letter is the number modulo 23 in an alphabet without I, O and S; what differs is which digits make the number.
** A number that does not fit is kept as it was typed; the policy says whether that is a warning or a refusal. */
#include "rule.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char alphabet[] = "ZABCDEFGHJKLMNPQRTUVWXY";

/* ---- check letters ---- */

/* Up to `most` digits at *s; how many. */
static size_t digits(const char **s, size_t most, uint64_t *value)
{
    size_t n = 0;

    for (*value = 0; n < most && isdigit((unsigned char)**s); n++) *value = *value * 10 + (uint64_t)(*(*s)++ - '0');
    return n;
}

static bool skip(const char **s, char c)
{
    if (**s != c) return false;
    (*s)++;
    return true;
}

static uint64_t power10(size_t n)
{
    uint64_t p = 1;

    while (n-- > 0) p *= 10;
    return p;
}

/* 09/123456C: two digits of the year and the serial padded to seven. 1978/… counts as 78/…. Shown without leading zeros. */
static bool number_pnc(const char *s, uint64_t *sum, const char **letter, char normal[64])
{
    uint64_t year, serial;
    size_t n = digits(&s, 4, &year);

    if ((n != 2 && n != 4) || !skip(&s, '/') || digits(&s, 7, &serial) == 0) return false;
    *sum = year % 100 * power10(7) + serial;
    *letter = s;
    snprintf(normal, 64, "%02u/%u%.1s", (unsigned)(year % 100), (unsigned)serial, s);
    return true;
}

/* 012345/09B: the year and the serial padded to six. SF39/51234U: the year and the serial as it is written. */
static bool number_cro(const char *s, uint64_t *sum, const char **letter, char normal[64])
{
    uint64_t year, serial;
    size_t n;

    snprintf(normal, 64, "%s", s);
    if (strncmp(s, "SF", 2) == 0) {
        s += 2;
        if (digits(&s, 2, &year) != 2 || !skip(&s, '/') || (n = digits(&s, 6, &serial)) == 0) return false;
        *sum = year * power10(n) + serial;
    } else {
        if (digits(&s, 6, &serial) == 0 || !skip(&s, '/') || digits(&s, 2, &year) != 2) return false;
        *sum = year * power10(6) + serial;
    }
    *letter = s;
    return true;
}

/* 09/01KG/01/123456C: force, system, year and the sequence padded to eleven; the letters of the unit do not count. */
static bool number_asn(const char *s, uint64_t *sum, const char **letter, char normal[64])
{
    uint64_t year, force, system, sequence;

    snprintf(normal, 64, "%s", s);
    if (digits(&s, 2, &year) != 2 || !skip(&s, '/') || digits(&s, 2, &force) != 2) return false;
    if (!isalnum((unsigned char)s[0]) || !isalnum((unsigned char)s[1])) return false;
    s += 2;
    if (!skip(&s, '/') || digits(&s, 2, &system) != 2 || !skip(&s, '/') || digits(&s, 11, &sequence) == 0) return false;
    *sum = ((force * 100 + system) * 100 + year) * power10(11) + sequence;
    *letter = s;
    return true;
}

struct Letters {
    const char *name;
    bool (*number)(const char *s, uint64_t *sum, const char **letter, char normal[64]);
};

static const Letters letters_rows[] = {
    { "pnc", number_pnc },
    { "cro", number_cro },
    { "asn", number_asn },
};

const Letters *letters_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(letters_rows); i++)
        if (str_eq(letters_rows[i].name, name)) return &letters_rows[i];
    return NULL;
}

const char *const *letters_names(size_t *n)
{
    static const char *const names[] = { "pnc", "cro", "asn" };

    *n = ARRAY_LEN(names);
    return names;
}

static bool letter_fits(const Letters *letters, char normal[64], char why[120])
{
    char typed[64];
    const char *letter;
    uint64_t sum;

    memcpy(typed, normal, sizeof typed);
    if (!letters->number(typed, &sum, &letter, normal) || !letter[0] || letter[1]) {
        snprintf(why, 120, "it has not the shape of such a number");
        return false;
    }
    if (*letter == alphabet[sum % 23]) return true;
    snprintf(why, 120, "its check letter would be %c, not %c", alphabet[sum % 23], *letter);
    return false;
}

/* ---- shape ---- */

/* Capitals; every blank gone, or (`spaced`) every run of blanks one and none at the ends. */
static bool make_normal(const char *number, bool spaced, char normal[64])
{
    size_t n = 0;

    for (const char *s = number; *s; s++) {
        bool blank = *s == ' ' || *s == '\t';
        if (blank && (!spaced || n == 0 || normal[n - 1] == ' ')) continue;
        if (n + 1 >= 64) return false;
        normal[n++] = blank ? ' ' : (char)toupper((unsigned char)*s);
    }
    if (n > 0 && normal[n - 1] == ' ') n--;
    normal[n] = '\0';
    return n > 0;
}

static bool shape_fits(const Format *f, const char *number, char normal[64], char why[120])
{
    for (int spaced = 0; spaced < 2; spaced++) {
        if (!make_normal(number, spaced, normal)) continue;
        if (!f->rx || rx_match(f->rx, normal, strlen(normal), NULL, NULL) == RX_YES) return true;
    }
    snprintf(why, 120, "it has not the shape of such a number");
    return false;
}

bool format_fits(const Format *f, const char *number, char normal[64], char why[120])
{
    return shape_fits(f, number, normal, why) && (!f->letters || letter_fits(f->letters, normal, why));
}

/* ---- the question ---- */

static const Format *format_of(const Policy *p, const char *name)
{
    for (size_t i = 0; i < p->n_formats; i++)
        if (str_eq(p->formats[i].name, name)) return &p->formats[i];
    return NULL;
}

bool number_formed(const Policy *p, const char *system, const char *number)
{
    const Format *f = format_of(p, system);
    char normal[64], why[120];

    return number && *number && (!f || format_fits(f, number, normal, why));
}

const char *policy_reference_example(const Policy *p, const char *system)
{
    const Format *f = format_of(p, system);

    return f ? f->example : NULL;
}

static void as_typed(const char *number, char normal[64])
{
    size_t n = 0;

    while (number[n] && utf8_next(number, strlen(number), n) < 64) n = utf8_next(number, strlen(number), n);
    memcpy(normal, number, n);
    normal[n] = '\0';
}

/* What a number of this system is called in a sentence. */
static const char *system_label(const Policy *p, const char *name)
{
    Code c = vocab_code(&p->vocabs, VOCAB_XREF_TARGET, name);

    return c ? vocab_label(&p->vocabs, VOCAB_XREF_TARGET, c) : name;
}

RefVerdict policy_reference(
    const Policy *p, const char *system, const char *number, char normal[64], char sentence[240])
{
    const Format *f = format_of(p, system);
    char why[120];

    sentence[0] = '\0';
    if (f && format_fits(f, number, normal, why)) return REF_OK;
    as_typed(number, normal);
    if (!f && strlen(number) < 64) return REF_OK;
    if (!f) {
        snprintf(sentence, 240, "A reference number has at most 63 characters.");
        return REF_REFUSED;
    }
    snprintf(sentence, 240, "This is not a %s number: %s. An example is %s.", system_label(p, system), why, f->example);
    return f->refuse ? REF_REFUSED : REF_WARN;
}
