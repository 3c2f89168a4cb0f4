/* utf8_safe.c — hostile text is shown, never obeyed.
** What can move the cursor, turn the reading direction, hide, or pile up is replaced by a mark that
** names it. One walk decides for both questions (is it safe? make it safe), so they cannot
** disagree.
** Beyond the single characters, two things are hostile by their place:
**   - a fifth mark on one letter, and a mark with no letter before it, which would sit on the frame
**     of the screen;
**   - the joiners ZWJ and ZWNJ, except between two letters of a script that is written with them
**     (Arabic and its neighbours, the Indic scripts, Burmese, Khmer, Mongolian). Joined emoji come
**     apart, visibly. */
#include "base/utf8.h"
#include "base/protection.h"

#include "base/str.h"
#include <string.h>
#include <utf8proc.h>

enum { ZWNJ = 0x200C, ZWJ = 0x200D, MARKS_ON_A_LETTER = 4 };

typedef struct Range {
    uint32_t first, last;
} Range;

static bool in_ranges(uint32_t cp, const Range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (cp >= ranges[i].first && cp <= ranges[i].last) return true;
    return false;
}

#define IN(cp, ranges) in_ranges((cp), (ranges), sizeof(ranges) / sizeof((ranges)[0]))

/* --- single characters ---------------------------------------------------------------- */

/* Format characters that are seen: signs that stand under or around digits. */
static const Range visible_formats[] = {
    { 0x0600, 0x0605 },
    { 0x06DD, 0x06DD },
    { 0x070F, 0x070F },
    { 0x0890, 0x0891 },
    { 0x08E2, 0x08E2 },
    { 0x110BD, 0x110BD },
    { 0x110CD, 0x110CD },
    { 0x13430, 0x1343F },
};

/* Blank although Unicode calls them letters, marks or nothing yet. Variation selectors 1–16 stay:
** they are part of ordinary emoji, and count as marks. */
static const Range blanks[] = {
    { 0x034F, 0x034F },
    { 0x115F, 0x1160 },
    { 0x17B4, 0x17B5 },
    { 0x180B, 0x180F },
    { 0x2065, 0x2065 },
    { 0x3164, 0x3164 },
    { 0xFFA0, 0xFFA0 },
    { 0xFFF0, 0xFFF8 },
    { 0xE0000, 0xE00FF },
    { 0xE01F0, 0xE0FFF },
};

bool utf8_is_hostile(uint32_t cp)
{
    if (cp < 0x7F) return cp < 0x20;
    if (cp < 0xA0) return true;
    if (cp > 0x10FFFF || (cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF)) return true;

    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return true;
    case UTF8PROC_CATEGORY_CF: return !IN(cp, visible_formats);
    default: return IN(cp, blanks);
    }
}

/* --- the walk ------------------------------------------------------------------------- */

static const Range joining_scripts[] = {
    { 0x0600, 0x07FF }, /* Arabic, Syriac, Thaana, NKo */
    { 0x0840, 0x08FF }, /* Mandaic, Arabic additions */
    { 0x0900, 0x0DFF }, /* Devanagari … Sinhala */
    { 0x1000, 0x109F }, /* Burmese */
    { 0x1780, 0x17FF }, /* Khmer */
    { 0x1800, 0x18AF }, /* Mongolian */
    { 0xA8E0, 0xA8FF }, /* Devanagari additions */
    { 0xFB50, 0xFDFF }, /* Arabic presentation forms */
    { 0xFE70, 0xFEFC },
};

static bool is_mark(uint32_t cp)
{
    utf8proc_category_t c;

    if (cp < 0x300 || cp == UTF8_BAD) return false;
    c = utf8proc_category((utf8proc_int32_t)cp);
    return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC || c == UTF8PROC_CATEGORY_ME;
}

static bool is_joining_letter(uint32_t cp)
{
    utf8proc_category_t c;

    if (cp == UTF8_BAD || !IN(cp, joining_scripts)) return false;
    c = utf8proc_category((utf8proc_int32_t)cp);
    return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) || is_mark(cp);
}

typedef struct Walk {
    const char *s;
    size_t n, at;
    bool lines;
    uint32_t last;  /* the code point before, UTF8_BAD for none or a hostile one */
    int marks_left; /* how many more marks the letter before may carry */
} Walk;

static Walk walk(const char *s, size_t n, bool lines)
{
    return (Walk){ .s = s, .n = n, .lines = lines, .last = UTF8_BAD };
}

static bool joiner_is_needed(const Walk *w)
{
    size_t len;

    return is_joining_letter(w->last) && is_joining_letter(utf8_decode(w->s + w->at, w->n - w->at, &len));
}

/* Is cp, just read, hostile here? Keeps count of the marks on the letter before. */
static bool hostile_here(Walk *w, uint32_t cp)
{
    if ((cp == ZWNJ || cp == ZWJ) && joiner_is_needed(w)) return false;
    if (is_mark(cp) && !utf8_is_hostile(cp)) return w->marks_left-- <= 0;

    w->marks_left = 0;
    if (w->lines && (cp == '\n' || cp == '\t')) return false;
    if (cp == UTF8_BAD || utf8_is_hostile(cp)) return true;
    w->marks_left = MARKS_ON_A_LETTER;
    return false;
}

/* One code point (or broken sequence) further. */
static uint32_t step(Walk *w, size_t *len, bool *hostile)
{
    uint32_t cp = utf8_decode(w->s + w->at, w->n - w->at, len);

    w->at += *len;
    *hostile = hostile_here(w, cp);
    w->last = *hostile ? UTF8_BAD : cp;
    return cp;
}

/* How many plain ASCII bytes lie ahead; they need no thought. */
static size_t plain_ahead(const Walk *w)
{
    size_t n = 0;

    while (w->at + n < w->n && w->s[w->at + n] >= 0x20 && w->s[w->at + n] < 0x7F) n++;
    return n;
}

static void skip_plain(Walk *w, size_t n)
{
    if (n == 0) return;
    w->at += n;
    w->last = (unsigned char)w->s[w->at - 1];
    w->marks_left = MARKS_ON_A_LETTER;
}

/* --- the two questions ------------------------------------------------------------------ */

bool utf8_is_safe(const char *s, size_t n, bool lines)
{
    Walk w = walk(s, n, lines);

    if (WITHOUT("safe-output")) return true;
    while (w.at < n) {
        size_t len;
        bool hostile;

        skip_plain(&w, plain_ahead(&w));
        if (w.at == n) break;
        step(&w, &len, &hostile);
        if (hostile) return false;
    }
    return true;
}

static const char *control_name(uint32_t cp)
{
    static const char *const names[] = { "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF",
        "VT", "FF", "CR", "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC",
        "FS", "GS", "RS", "US" };

    if (cp == 0x7F) return "DEL";
    return cp < 0x20 ? names[cp] : NULL;
}

static void add_mark(Str *out, uint32_t cp, const char *bytes, size_t len, bool ascii)
{
    const char *open = ascii ? "<" : "\u2039", *close = ascii ? ">" : "\u203A";

    if (cp == UTF8_BAD) {
        for (size_t i = 0; i < len; i++) str_addf(out, "%sbyte %02X%s", open, (unsigned)(unsigned char)bytes[i], close);
    } else if (control_name(cp)) {
        str_addf(out, "%s%s%s", open, control_name(cp), close);
    } else {
        str_addf(out, "%sU+%04X%s", open, (unsigned)cp, close);
    }
}

char *utf8_make_safe(const char *s, size_t n, bool lines, bool ascii)
{
    Walk w = walk(s, n, lines);
    Str out = { 0 };

    if (WITHOUT("safe-output")) {
        str_add_n(&out, s, n);
        return str_take(&out);
    }
    while (w.at < n) {
        size_t plain = plain_ahead(&w), len;
        bool hostile;
        uint32_t cp;

        str_add_n(&out, s + w.at, plain);
        skip_plain(&w, plain);
        if (w.at == n) break;
        cp = step(&w, &len, &hostile);
        if (hostile)
            add_mark(&out, cp, s + w.at - len, len, ascii);
        else
            str_add_n(&out, s + w.at - len, len);
    }
    return str_take(&out);
}
