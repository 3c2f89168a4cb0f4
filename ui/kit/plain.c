/* plain.c — what stands for a character where only ASCII can be shown: a twin that takes as many columns, so that
** nothing moves. Accents fall off, signs become the nearest key, everything else is a question mark. */
#include "base/mem.h"
#include "base/utf8.h"
#include "grid_in.h"
#include <utf8proc.h>

static const struct {
    uint32_t cp;
    char c;
} twins[] = {
    { 0xa0, ' ' },
    { 0xb7, '.' },
    { 0xd7, 'x' },
    { 0xdf, 's' },
    { 0xe6, 'a' },
    { 0xf8, 'o' },
    { 0xd8, 'O' },
    { 0xc6, 'A' },
    { 0x111, 'd' },
    { 0x110, 'D' },
    { 0x131, 'i' },
    { 0x142, 'l' },
    { 0x141, 'L' },
    { 0x2010, '-' },
    { 0x2011, '-' },
    { 0x2012, '-' },
    { 0x2013, '-' },
    { 0x2014, '-' },
    { 0x2018, '\'' },
    { 0x2019, '\'' },
    { 0x201c, '"' },
    { 0x201d, '"' },
    { 0x2022, '*' },
    { 0x2026, '~' },
    { 0x2039, '<' },
    { 0x203a, '>' },
    { 0x2190, '<' },
    { 0x2191, '^' },
    { 0x2192, '>' },
    { 0x2193, 'v' },
    { 0x2500, '-' },
    { 0x2502, '|' },
    { 0x2550, '=' },
    { 0x2588, '#' },
    { 0x2591, '.' },
    { 0x25cc, '?' },
    { 0x2713, '+' },
    { 0x2717, 'x' },
};

static char of_code_point(uint32_t cp)
{
    for (size_t i = 0; i < ARRAY_LEN(twins); i++)
        if (twins[i].cp == cp) return twins[i].c;
    if (cp >= 0x2500 && cp < 0x2580) return '+'; /* corners and crossings of boxes */
    if (cp >= 0x2581 && cp < 0x2588) return '#'; /* bars of a figure */

    utf8proc_int32_t parts[8];
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char(
        (utf8proc_int32_t)cp, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK, &boundary);
    if (n >= 1 && n <= 8 && parts[0] > ' ' && parts[0] < 0x7f) return (char)parts[0];
    return '?';
}

void plain_twin(const char *s, size_t n, int width, char out[3])
{
    size_t len = 0;
    uint32_t cp = utf8_decode(s, n, &len);
    out[0] = cp < 0x80 ? (char)cp : of_code_point(cp);
    if (cp < ' ' || cp == 0x7f) out[0] = '?';
    out[1] = width == 2 ? (out[0] == '?' ? '?' : ' ') : '\0';
    out[2] = '\0';
}
