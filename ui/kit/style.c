/* style.c — the names and letters of styles, for scripts and tests. How a style looks is term_show.c's business. */
#include "ui/grid.h"

static const struct {
    const char *name;
    char letter;
} styles[STYLE_COUNT] = {
    [STYLE_NORMAL] = { "normal", '.' },
    [STYLE_TITLE] = { "title", 't' },
    [STYLE_HEADING] = { "heading", 'd' },
    [STYLE_LABEL] = { "label", 'l' },
    [STYLE_HINT] = { "hint", 'i' },
    [STYLE_KEY] = { "key", 'k' },
    [STYLE_SELECTED] = { "selected", 's' },
    [STYLE_OVERDUE] = { "overdue", 'o' },
    [STYLE_HIGH] = { "high", 'h' },
    [STYLE_MEDIUM] = { "medium", 'm' },
    [STYLE_GOOD] = { "good", 'g' },
    [STYLE_WARNING] = { "warning", 'w' },
    [STYLE_ERROR] = { "error", 'e' },
    [STYLE_MUTED] = { "muted", 'u' },
    [STYLE_RULE] = { "rule", 'r' },
    [STYLE_FIELD] = { "field", 'f' },
    [STYLE_FIELD_FOCUS] = { "field-focus", 'c' },
    [STYLE_MARK] = { "mark", 'a' },
};

const char *style_name(Style s)
{
    return s < STYLE_COUNT ? styles[s].name : "?";
}

char grid_style_letter(unsigned style)
{
    unsigned plain = style & ~STYLE_ON;
    char c = plain < STYLE_COUNT ? styles[plain].letter : '?';
    if (!(style & STYLE_ON)) return c;
    return c == '.' ? 'S' : (char)(c - 'a' + 'A');
}
