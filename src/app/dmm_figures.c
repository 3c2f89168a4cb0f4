/* dmm_figures.c — the numbers of a daily management meeting: what is on the list, what is overdue by owner, the victims' code in the last seven days
** (BD 3.7), and the items that are told and not walked. At its end they are kept as JSON, so that the sheet says for ever what was
** said then. */
#include "dmm_in.h"

#include "base/mem.h"
#include "base/str.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { WEEK_DAYS = 7 };

const char *const dmm_kind_words[DMM_KINDS] = { "all", "dv", "sexual" };
const char *const dmm_kind_labels[DMM_KINDS] = { "All cases", "Domestic violence", "Sexual offences" };

/* ---- counting ---- */

typedef struct Figures {
    App *app;
    Arena *a;
    DmmFigures *out;
    size_t most; /* lines of a section */
    size_t cap_lines, cap_told;
} Figures;

static bool line(Figures *f, DmmSection section, const MeetingRow *r, bool *taken, Err *err)
{
    DmmFigures *out = f->out;
    MeetingCase c;

    if (!store_meeting_case(f->app->store, r->key, f->a, &c, err) || !dmm_is_mine(f->app, c.id, taken, err)) return false;
    if (!*taken) return true;
    out->lines = arena_room(f->a, out->lines, out->n_lines, &f->cap_lines, sizeof *out->lines);
    out->lines[out->n_lines++] = (DmmLine){ section, c.id, r->what, r->owner, r->due };
    return true;
}

static bool told_lines(Figures *f, DmmSection section, Err *err)
{
    MeetingRow *rows;
    size_t n;
    bool taken;

    if (!dmm_section(f->app, section, TIME_NONE, f->most, f->a, &rows, &n, err)) return false;
    for (size_t i = 0; i < n; i++)
        if (!line(f, section, &rows[i], &taken, err)) return false;
    return section == DMM_OVERDUE || dmm_section_count(f->app, section, f->a, &f->out->n[section], err); /* that is the sum of its owners' */
}

static DmmTold *told_of(Figures *f, const char *duty, DmmKind kind, Role owner)
{
    DmmFigures *out = f->out;

    for (size_t i = 0; i < out->n_told; i++)
        if (out->told[i].duty == duty && out->told[i].kind == kind && out->told[i].owner == owner) return &out->told[i];
    out->told = arena_room(f->a, out->told, out->n_told, &f->cap_told, sizeof *out->told);
    out->told[out->n_told] = (DmmTold){ .duty = duty, .owner = owner, .kind = kind };
    return &out->told[out->n_told++];
}

static void told_add(DmmTold *t, const ToldDuty *d, bool done)
{
    t->due++;
    *(done ? d->done <= d->due ? &t->in_time : &t->late : &t->open) += 1;
}

/* Those that fell due in the week and were not given up before: in time, late, or not done. */
static bool victims(Figures *f, Err *err)
{
    static const char *const duties[] = { "victim-update", "victim-told" };
    Time now = app_now(f->app), from = civil_add_days(now, -WEEK_DAYS);

    for (size_t i = 0; i < ARRAY_LEN(duties); i++) {
        ToldDuty *all;
        size_t n;
        if (!store_duties_told(f->app->store, duties[i], from, now, f->a, &all, &n, err)) return false;
        for (DmmKind k = 0; n && k < DMM_KINDS; k++) told_of(f, duties[i], k, ROLE_NONE); /* in this order; a kind without any says so */
        for (size_t k = 0; k < n; k++) {
            const ToldDuty *d = &all[k];
            bool done = d->done != TIME_NONE && d->done <= now;
            if (d->ended != TIME_NONE && d->ended <= d->due && !done) continue;
            told_add(told_of(f, duties[i], DMM_ALL, ROLE_NONE), d, done);
            if (d->dv) told_add(told_of(f, duties[i], DMM_DV, ROLE_NONE), d, done);
            if (d->sexual) told_add(told_of(f, duties[i], DMM_SEXUAL, ROLE_NONE), d, done);
            told_add(told_of(f, duties[i], DMM_ALL, d->owner), d, done);
        }
    }
    return store_cads_received(f->app->store, from, now, now - DAY, &f->out->cads, err);
}

static bool overdue_by_owner(Figures *f, Err *err)
{
    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++) {
        int64_t counts[TAB_COUNT] = { 0 };
        if (!role_is_case_role(r)) continue;
        if (!app_counts(f->app, ROLE_BIT(r), counts, err)) return false;
        f->out->overdue[r] = counts[TAB_OVERDUE];
        f->out->n[DMM_OVERDUE] += counts[TAB_OVERDUE];
    }
    return true;
}

/* Cases on the list, each once in a section. */
static bool walked(Figures *f, Err *err)
{
    Meeting last;
    Dmm dmm;

    if (!dmm_last(f->app, f->a, &last, err)) return false;
    if (last.key == 0 || last.ended_by) last = (Meeting){ .since = last.key ? last.began_at : app_now(f->app) - DAY };
    if (!dmm_agenda(f->app, &last, f->a, &dmm, err)) return false;
    for (size_t i = 0; i < dmm.n; i++)
        for (DmmSection s = 0; s < DMM_OWN; s++) f->out->n[s] += (dmm.items[i].sections >> s) & 1;
    if (f->out->n[DMM_NEW] >= DMM_SECTION_MOST) return store_duties_count(f->app->store, DMM_DUTY, TIME_MAX, TIME_MAX, &f->out->n[DMM_NEW], err);
    return true;
}

bool dmm_figures(App *app, size_t most, Arena *a, DmmFigures *out, Err *err)
{
    Figures f = { .app = app, .a = a, .out = out, .most = most };

    *out = (DmmFigures){ .n_told = 0 };
    return walked(&f, err) && told_lines(&f, DMM_MARAC, err) && told_lines(&f, DMM_IBO, err) && told_lines(&f, DMM_OVERDUE, err) && victims(&f, err) &&
           overdue_by_owner(&f, err);
}

bool app_dmm_figures(App *app, size_t most, Arena *a, DmmFigures *out, Err *err)
{
    *out = (DmmFigures){ .n_told = 0 };
    return app_may_do(app, PERM_DMM_READ, "dmm.read", NULL, err) && dmm_figures(app, most, a, out, err);
}

/* ---- as JSON and back ---- */

static json_t *time_json(Time t)
{
    return t == TIME_NONE ? json_null() : json_integer(t);
}

static json_t *lines_json(const DmmFigures *f)
{
    json_t *all = json_array();

    for (size_t i = 0; i < f->n_lines; i++)
        json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:s, s:o}", "section", dmm_section_words[f->lines[i].section], "case",
                                       f->lines[i].case_id, "what", f->lines[i].what ? f->lines[i].what : "", "owner",
                                       role_word(f->lines[i].owner), "due", time_json(f->lines[i].due)));
    return all;
}

static json_t *told_json(const DmmFigures *f)
{
    json_t *all = json_array();

    for (size_t i = 0; i < f->n_told; i++) {
        const DmmTold *t = &f->told[i];
        json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:I}", "duty", t->duty, "owner", t->owner ? role_word(t->owner) : "",
                                       "kind", dmm_kind_words[t->kind], "due",
                                       (json_int_t)t->due, "in_time", (json_int_t)t->in_time, "late", (json_int_t)t->late, "open",
                                       (json_int_t)t->open));
    }
    return all;
}

static json_t *cads_json(const CadRate *c)
{
    return json_pack("{s:I, s:I, s:I, s:I, s:I}", "messages", (json_int_t)c->messages, "with_cris", (json_int_t)c->with_cris, "not_domestic",
        (json_int_t)c->not_domestic, "young", (json_int_t)c->young, "without", (json_int_t)c->without);
}

const char *dmm_figures_write(const DmmFigures *f, Arena *a)
{
    json_t *n = json_object(), *overdue = json_object(), *all = json_object();
    char *text;
    const char *kept;

    for (DmmSection s = 0; s < DMM_SECTIONS; s++) json_object_set_new(n, dmm_section_words[s], json_integer(f->n[s]));
    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if (f->overdue[r]) json_object_set_new(overdue, role_word(r), json_integer(f->overdue[r]));
    json_object_set_new(all, "n", n);
    json_object_set_new(all, "overdue", overdue);
    json_object_set_new(all, "told", told_json(f));
    json_object_set_new(all, "lines", lines_json(f));
    json_object_set_new(all, "cads", cads_json(&f->cads));
    text = json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(all);
    if (!text) mem_exhausted();
    kept = arena_dup(a, text);
    free(text);
    return kept;
}

static const char *word_of(const json_t *o, const char *name, Arena *a)
{
    const char *s = json_string_value(json_object_get(o, name));

    return arena_dup(a, s ? s : "");
}

static int64_t int_of(const json_t *o, const char *name)
{
    return json_integer_value(json_object_get(o, name));
}

static DmmSection section_of(const char *word)
{
    DmmSection s = 0;

    while (s < DMM_SECTIONS && !str_eq(dmm_section_words[s], word)) s++;
    return s;
}

static void read_lines(const json_t *all, Arena *a, DmmFigures *out)
{
    size_t i;
    json_t *o;

    out->lines = arena_zero(a, json_array_size(all) + 1, sizeof *out->lines);
    json_array_foreach(all, i, o)
    {
        DmmSection s = section_of(word_of(o, "section", a));
        const json_t *due = json_object_get(o, "due");
        if (s == DMM_SECTIONS) continue;
        out->lines[out->n_lines++] = (DmmLine){ s, word_of(o, "case", a), word_of(o, "what", a), role_by_word(word_of(o, "owner", a)),
            json_is_integer(due) ? json_integer_value(due) : TIME_NONE };
    }
}

static DmmKind kind_of(const char *word) /* of a meeting of before there were kinds: all */
{
    DmmKind k = DMM_KINDS - 1;

    while (k > DMM_ALL && !str_eq(dmm_kind_words[k], word)) k--;
    return k;
}

static void read_told(const json_t *all, Arena *a, DmmFigures *out)
{
    size_t i;
    json_t *o;

    out->told = arena_zero(a, json_array_size(all) + 1, sizeof *out->told);
    json_array_foreach(all, i, o) out->told[out->n_told++] = (DmmTold){ word_of(o, "duty", a), role_by_word(word_of(o, "owner", a)),
        kind_of(word_of(o, "kind", a)), int_of(o, "due"), int_of(o, "in_time"), int_of(o, "late"), int_of(o, "open") };
}

static CadRate cads_of(const json_t *o)
{
    return (CadRate){ int_of(o, "messages"), int_of(o, "with_cris"), int_of(o, "not_domestic"), int_of(o, "young"), int_of(o, "without") };
}

bool dmm_figures_read(const char *json, Arena *a, DmmFigures *out, Err *err)
{
    json_t *all = json_loads(json ? json : "", 0, NULL);

    *out = (DmmFigures){ .n_told = 0 };
    if (!json_is_object(all)) {
        json_decref(all);
        return err_set(err, ERR_CORRUPT, "figures", "The figures of this meeting cannot be read.");
    }
    for (DmmSection s = 0; s < DMM_SECTIONS; s++) out->n[s] = int_of(json_object_get(all, "n"), dmm_section_words[s]);
    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++) out->overdue[r] = int_of(json_object_get(all, "overdue"), role_word(r));
    read_told(json_object_get(all, "told"), a, out);
    read_lines(json_object_get(all, "lines"), a, out);
    out->cads = cads_of(json_object_get(all, "cads"));
    json_decref(all);
    return true;
}
