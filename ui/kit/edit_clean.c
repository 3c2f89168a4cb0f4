/* edit_clean.c — the door of the editor: what of a typed character or a paste may come in. Controls, bidi and invisible
** characters, broken UTF-8 and a fifth mark on one letter stay outside and are counted; line ends become one kind. */
#include "base/utf8.h"
#include "edit_in.h"
#include <utf8proc.h>

enum { MARKS = 4 }; /* what a screen cell can hold on one letter */

static bool is_mark(uint32_t cp)
{
    if (cp < 0x300) return false;
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME || c == UTF8PROC_CATEGORY_MC;
}

/* Marks that already stand in front of the cursor. */
static int marks_before(const Editor *e)
{
    const Para *p = &e->paras[e->at.para];
    size_t start = e->at.byte > 24 ? e->at.byte - 24 : 0, len = 0;
    int marks = 0;
    while (start < e->at.byte && ((unsigned char)p->s[start] & 0xc0) == 0x80) start++;
    for (size_t i = start; i < e->at.byte; i += len) {
        uint32_t cp = utf8_decode(p->s + i, e->at.byte - i, &len);
        marks = is_mark(cp) ? marks + 1 : 0;
    }
    return marks;
}

/* How a code point is put in: itself, a blank or a line feed for blanks of other kinds; UTF8_BAD: not at all. */
static uint32_t admit(const Editor *e, uint32_t cp, int *marks)
{
    if (cp == '\n' || cp == 0x2028 || cp == 0x2029) {
        *marks = 0;
        return e->o.lines ? '\n' : ' ';
    }
    if (cp == '\t') return ' ';
    if (cp == UTF8_BAD || utf8_is_hostile(cp)) return UTF8_BAD;
    *marks = is_mark(cp) ? *marks + 1 : 0;
    return *marks > MARKS ? UTF8_BAD : cp;
}

Cleaned edit_clean(const Editor *e, const char *text, size_t n, size_t room, Str *out)
{
    Cleaned c = { 0, 0 };
    int marks = marks_before(e);
    for (size_t i = 0, len = 0; i < n; i += len) {
        uint32_t cp = utf8_decode(text + i, n - i, &len);
        if (cp == '\r') {
            if (i + 1 < n && text[i + 1] == '\n') continue;
            cp = '\n';
        }
        cp = admit(e, cp, &marks);
        if (cp == UTF8_BAD) {
            c.refused++;
        } else if (room == 0) {
            c.dropped++;
        } else {
            char buf[4];
            str_add_n(out, buf, utf8_encode(cp, buf));
            room--;
        }
    }
    return c;
}
