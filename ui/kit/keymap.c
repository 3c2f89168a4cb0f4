/* keymap.c — which key means which action where: the tables' own keys, or those of the user's key file instead.
** A scope is compiled once into a small array; a lookup walks it, which for fifty keys is faster than being clever. */
#include "base/mem.h"
#include "ui/action.h"
#include <stdio.h>
#include <string.h>

typedef struct Binding {
    Key key;
    const Action *action;
} Binding;

typedef struct Scope {
    char *name;
    const Action *actions;
    Binding *bindings;
    size_t n, cap;
} Scope;

typedef struct Wish { /* from a key file: these keys instead of the table's */
    char *scope, *action;
    Str keys;
    unsigned file; /* the same action in one file adds keys; in a later file it replaces them */
} Wish;

struct Keymap {
    Scope *scopes;
    size_t n_scopes, cap_scopes;
    Wish *wishes;
    size_t n_wishes, cap_wishes;
    unsigned files;
};

Keymap *keymap_new(void)
{
    return mem_new(sizeof(Keymap));
}

void keymap_free(Keymap **m)
{
    if (!m || !*m) return;
    for (size_t i = 0; i < (*m)->n_scopes; i++) {
        mem_free((*m)->scopes[i].name);
        mem_free((*m)->scopes[i].bindings);
    }
    for (size_t i = 0; i < (*m)->n_wishes; i++) {
        mem_free((*m)->wishes[i].scope);
        mem_free((*m)->wishes[i].action);
        str_finish(&(*m)->wishes[i].keys);
    }
    mem_free((*m)->scopes);
    mem_free((*m)->wishes);
    mem_free(*m);
    *m = NULL;
}

static Scope *find_scope(const Keymap *m, const char *name)
{
    for (size_t i = 0; i < m->n_scopes; i++)
        if (strcmp(m->scopes[i].name, name) == 0) return &m->scopes[i];
    return NULL;
}

static Wish *find_wish(const Keymap *m, const char *scope, const char *action)
{
    for (size_t i = 0; i < m->n_wishes; i++)
        if (str_eq(m->wishes[i].scope, scope) && str_eq(m->wishes[i].action, action)) return &m->wishes[i];
    return NULL;
}

static void bind_key(Scope *s, Key k, const Action *a)
{
    s->bindings = mem_room(s->bindings, s->n, &s->cap, sizeof *s->bindings);
    s->bindings[s->n++] = (Binding){ k, a };
}

static void bind_action(Keymap *m, Scope *s, const Action *a)
{
    const Wish *wish = find_wish(m, s->name, a->name);
    const char *p = wish ? str_text(&wish->keys) : a->keys ? a->keys : "";
    while (*(p += strspn(p, " "))) {
        size_t n = strcspn(p, " ");
        Key k = key_parse(p, n);
        if (k != K_NONE) bind_key(s, k, a);
        p += n;
    }
}

/* Wished keys come first, so that they win over another action's key of the table. */
static void compile(Keymap *m, Scope *s)
{
    s->n = 0;
    for (int wished = 1; wished >= 0; wished--)
        for (const Action *a = s->actions; a && a->id; a++)
            if ((find_wish(m, s->name, a->name) != NULL) == wished) bind_action(m, s, a);
}

void keymap_add(Keymap *m, const char *name, const Action *actions)
{
    if (find_scope(m, name)) return;
    m->scopes = mem_room(m->scopes, m->n_scopes, &m->cap_scopes, sizeof *m->scopes);
    Scope *s = &m->scopes[m->n_scopes++];
    *s = (Scope){ .name = mem_dup(name), .actions = actions };
    compile(m, s);
}

const Action *keymap_lookup(const Keymap *m, const char *scope, Key k)
{
    const Scope *s = find_scope(m, scope);
    for (size_t i = 0; s && i < s->n; i++)
        if (s->bindings[i].key == k) return s->bindings[i].action;
    return NULL;
}

size_t keymap_keys(const Keymap *m, const char *scope, const Action *a, Key *keys, size_t max)
{
    const Scope *s = find_scope(m, scope);
    size_t n = 0;
    for (size_t i = 0; s && i < s->n && n < max; i++) {
        const Binding *b = &s->bindings[i];
        if (b->action == a && keymap_lookup(m, scope, b->key) == a) keys[n++] = b->key;
    }
    return n;
}

/* --- the key file ------------------------------------------------------------------- */

static void wish(Keymap *m, const char *scope, const char *action, const char *key)
{
    Wish *w = find_wish(m, scope, action);
    if (!w) {
        m->wishes = mem_room(m->wishes, m->n_wishes, &m->cap_wishes, sizeof *m->wishes);
        w = &m->wishes[m->n_wishes++];
        *w = (Wish){ .scope = mem_dup(scope), .action = mem_dup(action) };
    }
    if (w->file != m->files) str_clear(&w->keys);
    w->file = m->files;
    str_addf(&w->keys, "%s ", key);
}

static bool known_action(const Keymap *m, const char *scope, const char *action, Err *err, const char *where)
{
    const Scope *s = find_scope(m, scope);
    if (!s || action_by_name(s->actions, action)) return true;
    return err_set(
        err, ERR_INVALID, where, "Line %s of the key file: there is no action \"%s\" in \"%s\".", where, action, scope);
}

static bool load_line(Keymap *m, char *line, const char *where, Err *err)
{
    char *save = NULL, *scope = strtok_r(line, " \t\r", &save);
    if (!scope || scope[0] == '#') return true;
    if (strcmp(scope, "in") == 0) scope = strtok_r(NULL, " \t\r", &save);
    if (!scope) return err_set(err, ERR_INVALID, where, "Line %s of the key file ends after \"in\".", where);
    for (;;) {
        char *key = strtok_r(NULL, " \t\r", &save);
        if (!key || (key[0] == '#' && key[1] == '\0')) return true;
        char *action = strtok_r(NULL, " \t\r", &save);
        if (key_parse(key, strlen(key)) == K_NONE)
            return err_set(err, ERR_INVALID, where,
                "Line %s of the key file: there is no key \"%s\". Keys are written like Ctrl-P, F10, PgDn, a.", where,
                key);
        if (!action)
            return err_set(err, ERR_INVALID, where, "Line %s of the key file: the key \"%s\" has no action behind it.",
                where, key);
        if (!known_action(m, scope, action, err, where)) return false;
        wish(m, scope, action, key);
    }
}

bool keymap_load(Keymap *m, const char *text, Err *err)
{
    char *copy = mem_dup(text), *save = NULL, where[24];
    size_t number = 0;
    bool ok = true;
    m->files++;
    for (char *line = copy; ok && line; line = save) {
        save = strchr(line, '\n');
        if (save) *save++ = '\0';
        snprintf(where, sizeof where, "%zu", ++number);
        ok = load_line(m, line, where, err);
    }
    mem_free(copy);
    for (size_t i = 0; i < m->n_scopes; i++) compile(m, &m->scopes[i]);
    return ok;
}
