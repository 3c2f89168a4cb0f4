/* menu.c — the list of keys (`?`) and the palette (`:`): the same deeds, shown by key or by name, and done when chosen. Both
** teach: the palette shows the key, the list says the sentence. */
#include "base/mem.h"
#include "loop_in.h"
#include <stdio.h>
#include <string.h>

enum { MOST = 160 };

typedef struct Menu {
    Deed deeds[MOST];
    Choice items[MOST];
    char *texts[MOST], *rights[MOST];
    size_t n;
} Menu;

/* All keys of a deed: "Enter o F4". */
static void keys_of(const Loop *l, const Deed *d, Str *out)
{
    Key keys[8];
    char name[KEY_TEXT];
    size_t n = keymap_keys(l->keys, d->scope, d->action, keys, ARRAY_LEN(keys));
    for (size_t i = 0; i < n; i++) str_addf(out, "%s%s", i ? " " : "", key_spell(keys[i], name));
}

static void add_item(Menu *m, const Loop *l, const Deed *d, bool by_key)
{
    Str keys = { 0 }, text = { 0 };
    keys_of(l, d, &keys);
    if (by_key)
        str_addf(&text, "%-16s %s", str_text(&keys), d->action->help);
    else
        str_addf(&text, "%-20s %s", d->action->name, d->action->help);
    const char *right = d->can == CAN_NOT ? d->why : by_key ? d->action->name : str_text(&keys);
    m->texts[m->n] = str_take(&text);
    m->rights[m->n] = mem_dup(right ? right : "");
    m->deeds[m->n] = *d;
    m->items[m->n] = (Choice){ m->texts[m->n], m->rights[m->n], d->action->name, d->can == CAN_NOT };
    m->n++;
    str_finish(&keys);
}

static Menu *menu_new(Loop *l, bool by_key)
{
    Menu *m = mem_new(sizeof *m);
    Deed deeds[MOST];
    size_t n = loop_deeds(l, deeds, MOST);
    for (size_t i = 0; i < n; i++) {
        bool itself = deeds[i].action->id == ACT_KEYS || deeds[i].action->id == ACT_PALETTE;
        if (!itself) add_item(m, l, &deeds[i], by_key);
    }
    return m;
}

static void menu_free(Menu *m)
{
    for (size_t i = 0; i < m->n; i++) {
        mem_free(m->texts[i]);
        mem_free(m->rights[i]);
    }
    mem_free(m);
}

static void run_command(Loop *l, const char *line)
{
    line += strspn(line, " ");
    if (!*line) return;
    React r = l->hooks->command ? l->hooks->command(l, line) : REACT_UNUSED;
    if (r & REACT_UNUSED) loop_status(l, STYLE_WARNING, "There is no command \"%.60s\".", line);
    if (r & REACT_QUIT) loop_quit(l);
    if (r & REACT_POP) loop_pop(l);
    for (size_t i = 0; (r & (REACT_RELOAD | REACT_RELOAD_ALL)) && i < l->n; i++)
        if ((r & REACT_RELOAD_ALL) || i + 1 == l->n) l->stack[i]->stale = true;
}

static void run(Loop *l, const char *title, bool by_key)
{
    Str typed = { 0 };
    Menu *m = menu_new(l, by_key);
    int i = choice_run(l, title, m->items, m->n, 0, by_key ? NULL : &typed);
    if (i >= 0) {
        Deed d = m->deeds[i];
        menu_free(m);
        loop_do(l, &d);
    } else {
        menu_free(m);
        if (!loop_ended(l)) run_command(l, str_text(&typed));
    }
    str_finish(&typed);
}

void menu_keys(Loop *l)
{
    run(l, "What can be done here", true);
}

void menu_palette(Loop *l)
{
    run(l, "Commands", false);
}
