/* key.c — keys by name, both ways: "Ctrl-P" is what a key file says, a script types and the help shows.
** It does not know what any key does. */
#include "base/mem.h"
#include "base/utf8.h"
#include "ui/event.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* The first name of a key is the one that is printed; the others are only understood. */
static const struct {
    Key key;
    const char *name;
} names[] = {
    { K_ENTER, "Enter" },
    { K_ESC, "Esc" },
    { K_TAB, "Tab" },
    { K_BACKTAB, "Shift-Tab" },
    { K_BACKSPACE, "Backspace" },
    { K_DELETE, "Del" },
    { K_INSERT, "Ins" },
    { K_UP, "Up" },
    { K_DOWN, "Down" },
    { K_LEFT, "Left" },
    { K_RIGHT, "Right" },
    { K_HOME, "Home" },
    { K_END, "End" },
    { K_PAGE_UP, "PgUp" },
    { K_PAGE_DOWN, "PgDn" },
    { ' ', "Space" },
    { K_ENTER, "Return" },
    { K_ESC, "Escape" },
    { K_BACKTAB, "BackTab" },
    { K_DELETE, "Delete" },
    { K_INSERT, "Insert" },
    { K_PAGE_UP, "PageUp" },
    { K_PAGE_DOWN, "PageDown" },
};

bool key_is_text(Key k)
{
    return k >= ' ' && k != 0x7f && k < K_NAMED;
}

static const char *plain_name(Key k, char out[KEY_TEXT])
{
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (names[i].key == k) return names[i].name;
    if (k > K_F0 && k <= K_LAST) {
        snprintf(out, KEY_TEXT, "F%u", (unsigned)(k - K_F0));
        return out;
    }
    size_t n = utf8_encode(k, out);
    out[n] = '\0';
    return n ? out : "?";
}

char *key_spell(Key k, char out[KEY_TEXT])
{
    char plain[KEY_TEXT];
    Key bare = k & ~(K_CTRL | K_ALT | K_SHIFT);
    const char *name = plain_name(bare, plain);
    if ((k & K_CTRL) && bare >= 'a' && bare <= 'z') plain[0] = (char)(plain[0] - 'a' + 'A');
    snprintf(out, KEY_TEXT, "%s%s%s%.12s", k & K_CTRL ? "Ctrl-" : "", k & K_ALT ? "Alt-" : "",
        k & K_SHIFT ? "Shift-" : "", name);
    return out;
}

char *key_short(Key k, char out[KEY_TEXT])
{
    Key bare = k & ~K_CTRL;
    if (!(k & K_CTRL) || !key_is_text(bare) || bare == ' ') return key_spell(k, out);
    char plain[KEY_TEXT];
    key_spell(k, plain);
    snprintf(out, KEY_TEXT, "^%s", plain + strlen("Ctrl-"));
    return out;
}

static Key parse_bare(const char *s, size_t n)
{
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strlen(names[i].name) == n && strncasecmp(names[i].name, s, n) == 0) return names[i].key;
    if (n >= 2 && n <= 3 && (s[0] == 'F' || s[0] == 'f')) {
        int tens = n == 3 ? s[1] - '0' : 0, f = tens * 10 + s[n - 1] - '0';
        bool digits = s[n - 1] >= '0' && s[n - 1] <= '9' && tens >= 0 && tens <= 1;
        if (digits && f >= 1 && f <= 12) return K_F(f);
    }
    size_t len = 0;
    uint32_t cp = n ? utf8_decode(s, n, &len) : UTF8_BAD;
    return cp != UTF8_BAD && len == n && key_is_text(cp) ? cp : K_NONE;
}

static bool take_prefix(const char **s, size_t *n, const char *prefix)
{
    size_t len = strlen(prefix);
    if (*n <= len || strncasecmp(*s, prefix, len) != 0) return false;
    *s += len;
    *n -= len;
    return true;
}

Key key_parse(const char *s, size_t n)
{
    Key mods = 0, k = parse_bare(s, n);
    if (k != K_NONE) return k; /* also "-" and "^" and "Shift-Tab" */
    for (;;) {
        if (take_prefix(&s, &n, "Ctrl-") || take_prefix(&s, &n, "^"))
            mods |= K_CTRL;
        else if (take_prefix(&s, &n, "Alt-"))
            mods |= K_ALT;
        else if (take_prefix(&s, &n, "Shift-"))
            mods |= K_SHIFT;
        else
            break;
    }
    k = parse_bare(s, n);
    if (k == K_NONE) return K_NONE;
    if ((mods & K_CTRL) && k >= 'A' && k <= 'Z') k = k - 'A' + 'a';
    if ((mods & K_SHIFT) && !(k & K_NAMED)) return K_NONE; /* Shift and a letter is the other letter */
    return k | mods;
}
