/* hint.c — the bar at the foot of the screen: live keys only, in the order of the tables, and when room is short the
** least important go first. What it shows is true by making: it reads the keymap that dispatch reads. */
#include "base/mem.h"
#include "grid_in.h"
#include <string.h>

#include "ui/action.h"

typedef struct Item {
    const Hint *hint;
    char key[KEY_TEXT];
    int width;
} Item;

enum { MOST = 48, GAP = 2 };

static bool make_item(const Keymap *m, const Hint *h, bool typing, Item *out)
{
    Key keys[8];
    if (!h->action->label) return false;
    size_t n = keymap_keys(m, h->scope, h->action, keys, ARRAY_LEN(keys));
    for (size_t i = 0; i < n; i++) {
        if (typing && key_is_text(keys[i])) continue;
        out->hint = h;
        key_short(keys[i], out->key);
        out->width =
            text_width(out->key, strlen(out->key)) + 1 + text_width(h->action->label, strlen(h->action->label)) + GAP;
        return true;
    }
    return false;
}

static size_t least_important(const Item *items, size_t n)
{
    size_t worst = 0;
    for (size_t i = 1; i < n; i++)
        if (items[i].hint->action->priority >= items[worst].hint->action->priority) worst = i;
    return worst;
}

static int total_width(const Item *items, size_t n)
{
    int sum = -GAP;
    for (size_t i = 0; i < n; i++) sum += items[i].width;
    return sum;
}

void hint_draw(View v, const Keymap *m, const Hint *hints, size_t n, bool typing)
{
    Item items[MOST];
    size_t count = 0;
    for (size_t i = 0; i < n && count < MOST; i++)
        if (make_item(m, &hints[i], typing, &items[count])) count++;
    while (count > 0 && total_width(items, count) > v.cols - 1) {
        size_t worst = least_important(items, count);
        memmove(items + worst, items + worst + 1, (count - worst - 1) * sizeof *items);
        count--;
    }
    view_fill(view_part(v, 0, 0, 1, -1), STYLE_HINT);
    for (size_t i = 0, col = 1; i < count; i++) {
        col += (size_t)view_text(v, 0, (int)col, STYLE_KEY, items[i].key) + 1;
        col += (size_t)view_text(v, 0, (int)col, STYLE_HINT, items[i].hint->action->label) + GAP;
    }
}
