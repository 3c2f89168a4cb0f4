/* dmm_paper.c — the sheet of a daily management meeting: what was decided of each case, what was not, the figures of its end, and the head of the
** log that it ended at. Everything on it is a fact by then, so it comes out the same however often it is printed; what was said stands in
** the cases, and a case that is not for whoever prints is not on it. */
#include "dmm_in.h"

#include "app/task.h"
#include "base/mem.h"
#include "base/str.h"
#include "paper/paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Sheet {
    App *app;
    Paper *paper;
    Arena *a;
    Meeting meeting;
    Dmm dmm;
    DmmFigures figures;
    MeetingLeft *left;
    size_t n_left;
    AuditEntry head; /* the entry that it ended with */
    const char *signed_words;
} Sheet;

/* ---- words ---- */

static const char *moment(const Sheet *s, Time t)
{
    char words[CIVIL_TEXT];

    return t == TIME_NONE ? "" : arena_dup(s->a, civil_words_full(t, words));
}

static const char *short_moment(const Sheet *s, Time t)
{
    char words[CIVIL_TEXT];

    return t == TIME_NONE ? "" : arena_dup(s->a, civil_words_short(t, words));
}

static const char *duty_words(const Sheet *s, const char *id)
{
    const PolicyDuty *rule = policy_duty_by_id(s->app->policy, id);

    return rule ? rule->title : id;
}

static const char *sections_words(const Sheet *s, unsigned sections)
{
    Str out = { 0 };
    const char *kept;

    for (DmmSection x = 0; x < DMM_SECTIONS; x++)
        if (sections & 1u << x) str_addf(&out, "%s%s", out.n ? ", " : "", dmm_section_labels[x]);
    kept = arena_dup(s->a, str_text(&out));
    str_finish(&out);
    return kept;
}

/* ---- what was decided ---- */

typedef struct Cells {
    const char **items;
    size_t n, cap;
} Cells;

static void cell(const Sheet *s, Cells *c, const char *text)
{
    c->items = arena_room(s->a, c->items, c->n, &c->cap, sizeof *c->items);
    c->items[c->n++] = text ? text : "";
}

static const char *done_words(const Sheet *s, const Task *t)
{
    return arena_printf(s->a, "Done: %s. %s", t ? t->what : "", t && t->result ? t->result : "");
}

static void said_row(const Sheet *s, Cells *c, const MeetingSaid *said, const DmmItem *x, const Task *t)
{
    bool action = said->said == MEETING_ACTION && t;

    cell(s, c, x->case_id);
    cell(s, c, x->grade ? vocab_label(app_vocabs(s->app), VOCAB_GRADE, x->grade) : "");
    cell(s, c, sections_words(s, said->sections));
    cell(s, c,
        action                          ? t->what
        : said->said == MEETING_DONE    ? done_words(s, t)
        : said->said == MEETING_PASSED  ? "Looked at, nothing said"
                                        : "Satisfied");
    cell(s, c, action ? t->who ? t->who : role_short(app_task_owner(s->app, t)) : "");
    cell(s, c, action ? short_moment(s, t->due) : "");
}

static const DmmItem *item_of(const Sheet *s, CaseKey key)
{
    for (size_t i = 0; i < s->dmm.n; i++)
        if (s->dmm.items[i].key == key) return &s->dmm.items[i];
    return NULL; /* not for this officer */
}

static bool decisions(Sheet *s, Err *err)
{
    static const char *const heads[] = { "Case", "Grade", "On the list as", "What was decided", "Who", "By when" };
    static const int shares[] = { 14, 8, 12, 18, 9, 9 }; /* a number and a grade in one line each */
    MeetingSaid *said;
    size_t n;
    Cells cells = { 0 };

    if (!store_meeting_said(s->app->store, s->meeting.key, s->a, &said, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        const DmmItem *x = item_of(s, said[i].key);
        CaseDoc doc;
        if (!x) continue;
        if (said[i].task && !store_case_load(s->app->store, x->key, app_vocabs(s->app), s->a, &doc, err)) return false;
        said_row(s, &cells, &said[i], x, said[i].task ? app_task_of(&doc, said[i].task) : NULL);
    }
    paper_heading(s->paper, 1, "What was decided");
    if (cells.n == 0)
        paper_text(s->paper, "Nothing was said of any case.");
    else
        paper_table(s->paper, heads, shares, ARRAY_LEN(heads), cells.items, cells.n / ARRAY_LEN(heads));
    return true;
}

/* ---- lists and figures ---- */

static const char *left_words(const Sheet *s, const MeetingLeft *left, const MeetingCase *c)
{
    if (c->erased) return "Erased since";
    if (c->closed_at != TIME_NONE && c->closed_at <= s->meeting.ended_at) return "The case is closed";
    return left->since < s->meeting.began_at ? arena_printf(s->a, "Not decided since the meeting of %s", short_moment(s, left->since)) : "";
}

typedef struct LeftRow {
    MeetingLeft left;
    MeetingCase of;
} LeftRow;

/* By the first reason, and by nothing that changes later. */
static int as_listed(const void *p, const void *q)
{
    const LeftRow *x = p, *y = q;
    int a = __builtin_ctz(x->left.sections), b = __builtin_ctz(y->left.sections);

    return a != b ? a - b : strcmp(x->of.id, y->of.id);
}

/* Those that are there for whoever prints. */
static bool left_rows(Sheet *s, LeftRow **out, size_t *n, Err *err)
{
    *n = 0;
    *out = arena_alloc(s->a, (s->n_left + 1) * sizeof **out);
    for (size_t i = 0; i < s->n_left; i++) {
        LeftRow *r = &(*out)[*n];
        bool mine = true;
        r->left = s->left[i];
        if (!store_meeting_case(s->app->store, r->left.key, s->a, &r->of, err)) return false;
        if (!r->of.erased && !dmm_is_mine(s->app, r->of.id, &mine, err)) return false;
        *n += mine;
    }
    if (*n > 1) qsort(*out, *n, sizeof **out, as_listed);
    return true;
}

static bool undecided(Sheet *s, Err *err)
{
    static const char *const heads[] = { "Case", "On the list as", "What" };
    static const int shares[] = { 14, 26, 36 };
    LeftRow *rows;
    size_t n;
    Cells cells = { 0 };

    if (!left_rows(s, &rows, &n, err)) return false;
    for (size_t i = 0; i < n; i++) {
        const LeftRow *r = &rows[i];
        cell(s, &cells, r->of.id);
        cell(s, &cells, sections_words(s, r->left.sections));
        cell(s, &cells, left_words(s, &r->left, &r->of));
    }
    if (n == 0) return true;
    paper_heading(s->paper, 1, "Not decided: they come again");
    paper_table(s->paper, heads, shares, ARRAY_LEN(heads), cells.items, n);
    return true;
}

static bool list(Sheet *s, DmmSection from, DmmSection to, const char *heading, Err *err)
{
    static const char *const heads[] = { "Case", "On the list as", "What", "Owner", "Due" };
    static const int shares[] = { 14, 13, 25, 9, 11 };
    Cells cells = { 0 };

    for (size_t i = 0; i < s->figures.n_lines; i++) {
        const DmmLine *l = &s->figures.lines[i];
        bool mine;
        if (l->section < from || l->section >= to) continue;
        if (!dmm_is_mine(s->app, l->case_id, &mine, err)) return false;
        if (!mine) continue;
        cell(s, &cells, l->case_id);
        cell(s, &cells, dmm_section_labels[l->section]);
        cell(s, &cells, l->section == DMM_MARAC ? "Do what the MARAC decided" : duty_words(s, l->what));
        cell(s, &cells, l->owner ? role_short(l->owner) : "");
        cell(s, &cells, short_moment(s, l->due));
    }
    if (cells.n == 0) return true;
    paper_heading(s->paper, 1, heading);
    paper_table(s->paper, heads, shares, ARRAY_LEN(heads), cells.items, cells.n / ARRAY_LEN(heads));
    return true;
}

/* The worst of what is overdue, and how many there were. */
static bool overdue(Sheet *s, Err *err)
{
    static const char heading[] = "Overdue actions, CADs and duties";
    size_t shown = 0;

    for (size_t i = 0; i < s->figures.n_lines; i++) shown += s->figures.lines[i].section == DMM_OVERDUE;
    if ((int64_t)shown >= s->figures.n[DMM_OVERDUE]) return list(s, DMM_MARAC, DMM_SECTIONS, heading, err);
    return list(s, DMM_MARAC, DMM_SECTIONS, arena_printf(s->a, "%s: %zu of %lld duties shown", heading, shown, (long long)s->figures.n[DMM_OVERDUE]), err);
}

/* Of restricted cases that are there for whoever prints: the figures that are kept leave them out. */
static bool restricted(Sheet *s, int64_t n[DMM_SECTIONS], Err *err)
{
    unsigned *all = arena_alloc(s->a, (s->dmm.n + s->n_left + 1) * sizeof *all);
    CaseKey *keys = arena_alloc(s->a, (s->dmm.n + s->n_left + 1) * sizeof *keys);
    size_t k = 0;

    for (size_t i = 0; i < s->dmm.n; i++) keys[k] = s->dmm.items[i].key, all[k++] = s->dmm.items[i].sections;
    for (size_t i = 0; i < s->n_left; i++) keys[k] = s->left[i].key, all[k++] = s->left[i].sections;
    for (size_t i = 0; i < k; i++) {
        MeetingCase c;
        if (!store_meeting_case(s->app->store, keys[i], s->a, &c, err)) return false;
        if (!c.restricted) continue;
        for (DmmSection x = 0; x < DMM_OWN; x++) n[x] += (all[i] >> x) & 1;
    }
    return true;
}

static void told_field(const Sheet *s, const DmmTold *t)
{
    const char *who = t->owner ? role_short(t->owner) : dmm_kind_labels[t->kind];

    paper_field(s->paper, arena_printf(s->a, "%s, %s", duty_words(s, t->duty), who),
        t->due ? arena_printf(s->a, "%lld of %lld in time (%lld%%), %lld late, %lld not done", (long long)t->in_time, (long long)t->due,
                     (long long)((t->in_time * 100 + t->due / 2) / t->due), (long long)t->late, (long long)t->open)
               : "none fell due");
}

static bool figures(Sheet *s, Err *err)
{
    const DmmFigures *f = &s->figures;
    const CadRate *c = &f->cads;
    int64_t own[DMM_SECTIONS] = { 0 };
    bool any = false;

    if (!restricted(s, own, err)) return false;
    paper_heading(s->paper, 1, "Figures at the end");
    for (DmmSection x = 0; x < DMM_SECTIONS; x++) {
        any |= own[x] != 0;
        paper_field(s->paper, dmm_section_labels[x], own[x] ? arena_printf(s->a, "%lld, and %lld restricted", (long long)f->n[x], (long long)own[x])
                                                            : arena_printf(s->a, "%lld", (long long)f->n[x]));
    }
    for (Role r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if (f->overdue[r]) paper_field(s->paper, arena_printf(s->a, "Overdue: %s", role_label(r)), arena_printf(s->a, "%lld", (long long)f->overdue[r]));
    if (any) paper_text(s->paper, "Restricted cases are on your own print only, and in no other figure.");
    paper_heading(s->paper, 1, "Victims' code, the last seven days");
    if (f->n_told == 0) paper_text(s->paper, "Nothing fell due.");
    for (size_t i = 0; i < f->n_told; i++) told_field(s, &f->told[i]);
    paper_heading(s->paper, 1, "CAD messages of the last seven days");
    if (c->messages == 0) paper_text(s->paper, "None.");
    if (c->messages)
        paper_field(s->paper, "With their CRIS number", arena_printf(s->a, "%lld of %lld (%lld%%), %lld resulted as not domestic, %lld of the last day, %lld without",
            (long long)c->with_cris, (long long)c->messages, (long long)((c->with_cris * 100 + c->messages / 2) / c->messages), (long long)c->not_domestic,
            (long long)c->young, (long long)c->without));
    return true;
}

/* ---- the sheet ---- */

static bool is_head(void *with, const AuditEntry *e)
{
    AuditEntry *out = with;

    out->seq = e->seq;
    memcpy(out->hash, e->hash, sizeof out->hash);
    return false;
}

static void about(const Sheet *s)
{
    const Meeting *m = &s->meeting;
    char hex[HASH_HEX];

    paper_field(s->paper, "Began", arena_printf(s->a, "%s, %s", moment(s, m->began_at), book_officer(s->app, m->began_by, s->a)));
    paper_field(s->paper, "Ended", arena_printf(s->a, "%s, %s", moment(s, m->ended_at), book_officer(s->app, m->ended_by, s->a)));
    paper_field(s->paper, "Looked back to", moment(s, m->since));
    paper_field(s->paper, "Said",
        arena_printf(s->a, "%zu satisfied, %zu with an action, %zu done, %zu looked at", s->dmm.counts[MEETING_SATISFIED],
            s->dmm.counts[MEETING_ACTION], s->dmm.counts[MEETING_DONE], s->dmm.counts[MEETING_PASSED]));
    paper_field(s->paper, "Signature", s->signed_words);
    paper_field(s->paper, "Head of the log", arena_printf(s->a, "entry %lld  %s", (long long)s->head.seq, crypto_hex(s->head.hash, HASH_BYTES, hex)));
}

static bool compose(Sheet *s, Err *err)
{
    char day[CIVIL_TEXT];
    PaperHead head = {
        .marking = "RESTRICTED",
        .title = "Daily management meeting",
        .subject = arena_printf(s->a, "%s · meeting %lld · %s", app_store(s->app)->borough, (long long)s->meeting.key,
            civil_words_date(civil_local_date(s->meeting.began_at), day)),
        .foot = arena_printf(s->a, "Printed %s by %s.", moment(s, app_now(s->app)), s->app->session.warrant),
        .training = app_store(s->app)->training,
    };

    s->paper = paper_new(&head);
    about(s);
    if (!decisions(s, err) || !undecided(s, err) || !list(s, 0, DMM_OWN, "Not decided: they come again", err)) return false;
    if (!overdue(s, err)) return false;
    if (!figures(s, err)) return false;
    paper_signature(s->paper, "Detective inspector", "");
    return true;
}

static bool find(Sheet *s, int64_t meeting, Err *err)
{
    if (meeting ? !store_meeting_get(s->app->store, meeting, s->a, &s->meeting, err) : !dmm_last(s->app, s->a, &s->meeting, err)) return false;
    if (s->meeting.key == 0) return err_set(err, ERR_MISSING, "meeting", "No meeting was held yet.");
    if (!s->meeting.ended_by && !meeting && s->meeting.key > 1) return find(s, s->meeting.key - 1, err); /* the one before */
    if (!s->meeting.ended_by)
        return err_set(err, ERR_MISSING, "meeting", "The meeting %lld has not ended: its sheet comes at the end.", (long long)s->meeting.key);
    return dmm_agenda(s->app, &s->meeting, s->a, &s->dmm, err) &&
           store_meeting_left(s->app->store, s->meeting.key, s->a, &s->left, &s->n_left, err) && dmm_figures_read(s->meeting.figures, s->a, &s->figures, err) &&
           dmm_signed_words(s->app, &s->meeting, s->a, &s->signed_words, err) &&
           store_audit_each(s->app->store, s->meeting.ended_act, is_head, &s->head, err);
}

static bool put_out(Sheet *s, bool pdf, Str *out, Err *err)
{
    const char *detail = arena_printf(s->a, "sheet of meeting %lld, %s", (long long)s->meeting.key, pdf ? "PDF" : "text");

    if (!compose(s, err) || !app_log_now(s->app, AUDIT_DISCLOSE, "dmm.print", NULL, detail, err)) return false;
    if (pdf) return paper_to_pdf(s->paper, out, err);
    paper_to_text(s->paper, out);
    return true;
}

bool app_dmm_print(App *app, int64_t meeting, bool pdf, Str *out, Err *err)
{
    Sheet s = { .app = app };
    bool ok;

    if (!app_may_do(app, PERM_DMM_READ, "dmm.print", NULL, err) || !again_given(app, "dmm.print", err)) return false;
    if (pdf && !paper_can_pdf()) return paper_to_pdf(NULL, out, err);
    s.a = arena_new_secret();
    ok = find(&s, meeting, err) && put_out(&s, pdf, out, err);
    paper_free(&s.paper);
    arena_free(&s.a);
    return ok;
}
