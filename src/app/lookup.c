/* lookup.c — people, places, officers and numbers, looked up while they are typed. Each is a look: the log says which
** cases a name was found in before the name is shown; what was typed may be a name and is not written. */
#include "inside.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"

#include <string.h>

enum { TYPED_MAX = 200, NAMED_MAX = 20 };

/* ---- may he, and is there anything to look for ---- */

/* An empty beginning would list everybody: it finds nobody. */
static bool worth_looking(App *app, const char *act, const char *typed, bool *worth, Err *err)
{
    size_t n = strlen(typed);

    *worth = false;
    if (!app_may_do(app, PERM_CASE_READ, act, NULL, err)) return false;
    if (n > TYPED_MAX || !utf8_valid(typed, n, NULL))
        return err_set(err, ERR_INVALID, "text", "That is not a name or a number.");
    *worth = strspn(typed, " ") != n;
    return true;
}

typedef struct Named { /* the cases that a look-up showed */
    Str text;
    size_t n;
} Named;

static void name_case(Named *named, const char *id)
{
    if (named->n++ < NAMED_MAX) str_addf(&named->text, "%s %s", named->n == 1 ? ":" : ",", id);
}

static bool log_look(App *app, const char *act, size_t found, Named *named, Err *err)
{
    Str detail = { 0 };
    bool ok;

    str_addf(&detail, "%zu found%s%s", found, str_text(&named->text), named->n > NAMED_MAX ? ", …" : "");
    ok = app_log_now(app, AUDIT_CONSULT, act, NULL, str_text(&detail), err);
    str_finish(&detail);
    str_finish(&named->text);
    return ok;
}

/* ---- people and places ---- */

bool app_find_people(App *app, const char *begins, size_t limit, Arena *a, PersonHit **out, size_t *n, Err *err)
{
    PersonHit *hits = NULL;
    size_t found = 0;
    Named named = { 0 };
    bool worth;

    *out = NULL, *n = 0;
    if (!worth_looking(app, "lookup.people", begins, &worth, err)) return false;
    if (!worth) return true;
    if (!store_people_find(app->store, begins, limit, app_vocabs(app), a, &hits, &found, err)) return false;
    for (size_t i = 0; i < found; i++)
        for (size_t c = 0; c < hits[i].n_cases; c++) name_case(&named, hits[i].case_ids[c]);
    if (!log_look(app, "lookup.people", found, &named, err)) return false;
    *out = hits, *n = found;
    return true;
}

bool app_find_places(App *app, const char *begins, size_t limit, Arena *a, const char ***out, size_t *n, Err *err)
{
    const char **places = NULL;
    size_t found = 0;
    Named none = { 0 };
    bool worth;

    *out = NULL, *n = 0;
    if (!worth_looking(app, "lookup.places", begins, &worth, err)) return false;
    if (!worth) return true;
    if (!store_places_find(app->store, begins, limit, a, &places, &found, err)) return false;
    if (!log_look(app, "lookup.places", found, &none, err)) return false;
    *out = places, *n = found;
    return true;
}

/* ---- officers ---- */

static bool is_part(const char *folded, const char *text)
{
    char *all = utf8_fold(text);
    bool part = all && strstr(all, folded);

    mem_free(all);
    return part;
}

static bool answers_to(const Officer *o, const char *folded, const char *typed)
{
    return strncmp(o->warrant, typed, strlen(typed)) == 0 || is_part(folded, o->name);
}

bool app_find_officers(App *app, const char *begins, size_t limit, Arena *a, OfficerHit **out, size_t *n, Err *err)
{
    Officer *all = NULL;
    size_t n_all = 0;
    Named none = { 0 };
    OfficerHit *hits;
    char *folded;
    bool worth;

    *out = NULL, *n = 0;
    if (!worth_looking(app, "lookup.officers", begins, &worth, err)) return false;
    if (!worth) return true;
    if (!store_officer_list(app->store, a, &all, &n_all, err)) return false;
    hits = arena_zero(a, n_all + 1, sizeof *hits);
    folded = utf8_fold(begins);
    for (size_t i = 0; i < n_all; i++) {
        crypto_wipe(&all[i].password, sizeof all[i].password);
        if (*n < limit && !all[i].suspended && folded && answers_to(&all[i], folded, begins))
            hits[(*n)++] = (OfficerHit){ all[i].warrant, all[i].name, all[i].roles };
    }
    mem_free(folded);
    if (!log_look(app, "lookup.officers", *n, &none, err)) return *n = 0, false;
    *out = hits;
    return true;
}

/* ---- numbers ---- */

/* Folded, without spaces: as the search key of the store is made. */
static char *key_of(const char *text)
{
    char *key = utf8_fold(text), *to = key;

    for (char *p = key; p && *p; p++)
        if (*p != ' ') *to++ = *p;
    if (to) *to = '\0';
    return key;
}

/* What a hit shows is "CRIS 4212345/10" or the number alone: the number must be all of it, or all behind the system. */
static bool is_that_number(const CaseHit *hit, const char *key)
{
    const char *texts[] = { hit->shown, hit->what };
    bool same = false;

    for (size_t i = 0; i < ARRAY_LEN(texts) && !same; i++) {
        char *whole = key_of(texts[i] ? texts[i] : ""),
             *behind = key_of(texts[i] && strchr(texts[i], ' ') ? strchr(texts[i], ' ') : "");
        same = str_eq(whole, key) || str_eq(behind, key);
        mem_free(whole);
        mem_free(behind);
    }
    return same;
}

bool app_find_reference(App *app, const char *number, const char *except, Arena *a, CaseHits *out, Err *err)
{
    enum { LOOKED_AT = 40 };
    CaseHits hits = { 0 };
    Named named = { 0 };
    size_t kept = 0;
    char *key;
    bool worth;

    *out = hits;
    if (!worth_looking(app, "lookup.reference", number, &worth, err)) return false;
    if (!worth) return true;
    if (!store_case_search(app->store, number, LOOKED_AT, app_vocabs(app), a, &hits.items, &hits.n, err)) return false;
    key = key_of(number);
    for (size_t i = 0; i < hits.n; i++) {
        if (str_eq(hits.items[i].row.id, except) || !key || !is_that_number(&hits.items[i], key)) continue;
        name_case(&named, hits.items[i].row.id);
        hits.items[kept++] = hits.items[i];
    }
    hits.n = kept;
    mem_free(key);
    if (!log_look(app, "lookup.reference", kept, &named, err)) return false;
    *out = hits;
    return true;
}
