/* action.c — looking into a table of actions: by id, by name, by what somebody half remembers; and whether the table
** keeps the house's promises. Which key means which action is keymap.c's business. */
#include "ui/action.h"
#include "base/mem.h"
#include <ctype.h>
#include <string.h>

const Action *action_by_name(const Action *t, const char *name)
{
    for (; t && t->id; t++)
        if (strcmp(t->name, name) == 0) return t;
    return NULL;
}

/* --- the check ---------------------------------------------------------------------- */

static bool is_f_key(Key k)
{
    Key bare = k & ~(K_CTRL | K_ALT | K_SHIFT);
    return bare > (Key)K_F0 && bare <= (Key)K_LAST;
}

static bool next_word(const char **s, const char **word, size_t *n)
{
    *s += strspn(*s, " ");
    *word = *s;
    *n = strcspn(*s, " ");
    *s += *n;
    return *n > 0;
}

static bool has_key(const Action *a, Key k)
{
    const char *s = a->keys ? a->keys : "", *word = NULL;
    size_t n = 0;
    while (next_word(&s, &word, &n))
        if (key_parse(word, n) == k) return true;
    return false;
}

static void check_keys(const Action *t, const Action *a, Str *out)
{
    const char *s = a->keys ? a->keys : "", *word = NULL;
    size_t n = 0, keys = 0, f_keys = 0;
    while (next_word(&s, &word, &n)) {
        Key k = key_parse(word, n);
        if (k == K_NONE) str_addf(out, "%s: there is no key \"%.*s\".\n", a->name, (int)n, word);
        keys++;
        f_keys += is_f_key(k);
        for (const Action *b = t; b != a; b++)
            if (k != K_NONE && has_key(b, k))
                str_addf(out, "%s: the key %.*s is already %s.\n", a->name, (int)n, word, b->name);
    }
    if (keys > 0 && keys == f_keys) str_addf(out, "%s: only an F-key reaches it.\n", a->name);
}

bool action_check(const Action *t, Str *out)
{
    size_t before = out->n;
    for (const Action *a = t; a && a->id; a++) {
        if (!a->name || !*a->name) {
            str_addf(out, "action %d: it has no name.\n", a->id);
            continue;
        }
        if (!a->help || !*a->help) str_addf(out, "%s: it has no help sentence.\n", a->name);
        for (const Action *b = t; b != a; b++) {
            if (b->name && strcmp(a->name, b->name) == 0) str_addf(out, "%s: named twice.\n", a->name);
            if (b->id == a->id) str_addf(out, "%s: the number %d is used twice.\n", a->name, a->id);
        }
        check_keys(t, a, out);
    }
    return out->n == before;
}

/* --- half remembered ------------------------------------------------------------------ */

/* Letters in order; the start of a word and neighbours count more, and short names win over long ones. */
int fuzzy_score(const char *typed, const char *name)
{
    int score = 1, run = 0;
    const char *p = name;
    for (; *typed; typed++) {
        if (*typed == ' ') continue;
        int want = tolower((unsigned char)*typed);
        const char *from = p;
        while (*p && tolower((unsigned char)*p) != want) p++;
        if (!*p) return 0;
        bool word_start = p == name || p[-1] == '-' || p[-1] == ' ';
        run = p == from && from != name ? run + 1 : 0;
        score += 10 + (word_start ? 15 : 0) + run * 8;
        p++;
    }
    size_t len = strlen(name);
    return score * 100 - (len > 90 ? 90 : (int)len) > 0 ? score * 100 - (len > 90 ? 90 : (int)len) : 1;
}
