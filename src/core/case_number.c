/* case_number.c — numbers that a case made here gets, and the ids that import keeps.
** The check character makes a polynomial over GF(32) vanish at a primitive element: any one wrong character and any
** two neighbours changed over, borough included, are found. The alphabet has no I, O, 0 or 1. */
#include "core/case.h"

#include <stdio.h>
#include <string.h>

static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
enum { BOROUGH_MAX = 8, DIGITS = 5 };

/* times x in GF(2)[x] / (x^5 + x^2 + 1) */
static unsigned times_x(unsigned e)
{
    e <<= 1;
    return e & 32 ? e ^ 37 : e;
}

/* The borough's letters and the number's characters run through one Horner scheme. */
static unsigned borough_sum(const char *borough, size_t n)
{
    unsigned sum = 0;

    for (size_t i = 0; i < n; i++) sum = times_x(sum) ^ (unsigned)(borough[i] - 'A' + 1);
    return sum;
}

static bool borough_fits(const char *s, size_t n)
{
    if (n == 0 || n > BOROUGH_MAX) return false;
    for (size_t i = 0; i < n; i++)
        if (s[i] < 'A' || s[i] > 'Z') return false;
    return true;
}

void case_number_make(const char *borough, uint32_t random, char out[16])
{
    size_t n = strlen(borough);
    unsigned sum;
    char digits[DIGITS + 1] = "";

    if (!borough_fits(borough, n)) borough = "XX", n = 2;
    sum = borough_sum(borough, n);
    for (int i = 0; i < DIGITS - 1; i++, random >>= 5) {
        digits[i] = alphabet[random & 31];
        sum = times_x(sum) ^ (random & 31);
    }
    digits[DIGITS - 1] = alphabet[times_x(sum)];
    snprintf(out, 16, "%.*s-%s", BOROUGH_MAX, borough, digits);
}

bool case_number_ok(const char *number)
{
    const char *dash = number ? strchr(number, '-') : NULL;
    unsigned sum;

    if (!dash || !borough_fits(number, (size_t)(dash - number))) return false;
    if (strlen(dash + 1) != DIGITS) return false;
    sum = borough_sum(number, (size_t)(dash - number));
    for (const char *p = dash + 1; *p; p++) {
        const char *at = strchr(alphabet, *p);
        if (!at) return false;
        sum = times_x(sum) ^ (unsigned)(at - alphabet);
    }
    return sum == 0;
}

bool case_id_valid(const char *id)
{
    size_t n = id ? strlen(id) : 0;

    return n >= 1 && n <= 40 && !strchr("._/-", id[0]) &&
           strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-") == n;
}
