/* style.c — the names of styles, for scripts and tests. How a style looks is term_show.c's business. */
#include "ui/grid.h"

static const char *const names[STYLE_COUNT] = {
    [STYLE_NORMAL] = "normal",
    [STYLE_TITLE] = "title",
    [STYLE_HEADING] = "heading",
    [STYLE_LABEL] = "label",
    [STYLE_HINT] = "hint",
    [STYLE_KEY] = "key",
    [STYLE_SELECTED] = "selected",
    [STYLE_OVERDUE] = "overdue",
    [STYLE_HIGH] = "high",
    [STYLE_MEDIUM] = "medium",
    [STYLE_GOOD] = "good",
    [STYLE_WARNING] = "warning",
    [STYLE_ERROR] = "error",
    [STYLE_MUTED] = "muted",
    [STYLE_RULE] = "rule",
    [STYLE_FIELD] = "field",
    [STYLE_FIELD_FOCUS] = "field-focus",
    [STYLE_MARK] = "mark",
};

const char *style_name(Style s)
{
    return s < STYLE_COUNT ? names[s] : "?";
}
