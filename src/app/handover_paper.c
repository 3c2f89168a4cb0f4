/* handover_paper.c — the hand-over on paper, for the briefing: which duties, not what the cases say. It can be lost on the way, so cases that only
** some may see are not on it. */
#include "app/handover.h"

#include "handover_in.h"

#include "base/mem.h"
#include "paper/paper.h"

typedef struct Sheet {
    App *app;
    Arena *a;
    const HandoverList *list;
    Paper *paper;
} Sheet;

static const char *when_words(const Sheet *s, Time t)
{
    char words[CIVIL_TEXT];

    return arena_dup(s->a, civil_words_short(t, words));
}

static const char *grade_words(const Sheet *s, Code grade)
{
    return grade ? vocab_label(app_vocabs(s->app), VOCAB_GRADE, grade) : "no grade";
}

static void part(const Sheet *s, HandoverPart which)
{
    static const char *const heads[] = { "When", "Case", "Grade", "What", "Whose" };
    static const int shares[] = { 18, 11, 10, 31, 10 };
    const char **cells = arena_alloc(s->a, (s->list->n + 1) * 5 * sizeof *cells);
    size_t n = 0;

    for (size_t i = 0; i < s->list->n; i++) {
        const HandoverLine *l = &s->list->lines[i];
        if (l->part != which || l->restricted) continue;
        cells[n * 5] = when_words(s, l->when);
        cells[n * 5 + 1] = l->case_id;
        cells[n * 5 + 2] = l->note ? "" : grade_words(s, l->grade);
        cells[n * 5 + 3] = l->note ? arena_printf(s->a, "NOTE of %s: %s%s%s", l->by, l->what, l->read_by ? " Read by " : "", l->read_by ? l->read_by : "")
                           : l->task ? arena_printf(s->a, "TASK: %s", l->what) : l->what;
        cells[n++ * 5 + 4] = l->owner ? role_short(l->owner) : "";
    }
    if (n == 0) return;
    paper_heading(s->paper, 2, arena_printf(s->a, "%s: %zu", handover_part_titles[which], n));
    paper_table(s->paper, heads, shares, 5, cells, n);
}

static bool compose(Sheet *s, Err *err)
{
    const HandoverList *l = s->list;
    char now[CIVIL_TEXT], hex[HASH_HEX];
    LogHead log;
    PaperHead head = {
        .marking = "RESTRICTED",
        .title = arena_printf(s->a, "Hand-over: %s", role_label(l->role)),
        .subject = arena_printf(s->a, "%s · to %s", app_store(s->app)->borough, when_words(s, l->until)),
        .foot = arena_printf(s->a, "Printed %s by %s. Destroy after the briefing.", civil_words_full(l->at, now), s->app->session.warrant),
        .training = app_store(s->app)->training,
    };

    if (!app_log_head(s->app, &log, err)) return false;
    s->paper = paper_new(&head);
    paper_text(s->paper, app_handover_words(&l->last, s->a));
    paper_note(s->paper, "Cases that only some may see are never on this sheet.");
    for (HandoverPart p = 0; p < HAND_PARTS; p++) part(s, p);
    if (l->n == 0) paper_text(s->paper, "Nothing waits.");
    if (l->cut) paper_note(s->paper, "There is more than is listed: the queue has all of it.");
    paper_space(s->paper);
    paper_signature(s->paper, "Handed over by", l->last.key ? l->last.by : "");
    paper_signature(s->paper, "Taken over by", l->last.taken_by ? l->last.taken_by : "");
    paper_note(s->paper, arena_printf(s->a, "The log stands at entry %lld, %.8s.", (long long)log.seq, crypto_hex(log.hash, HASH_BYTES, hex)));
    return true;
}

bool app_handover_print(App *app, Time until, bool pdf, Str *out, Err *err)
{
    HandoverList list;
    Sheet s = { .app = app, .list = &list };
    bool ok;

    if (pdf && !paper_can_pdf()) return paper_to_pdf(NULL, out, err);
    s.a = arena_new_secret();
    ok = app_handover_list(app, until, s.a, &list, err) && again_given(app, "handover.print", err) &&
         app_log_now(app, AUDIT_DISCLOSE, "handover.print", NULL, arena_printf(s.a, "%s, %zu lines, %s", role_word(list.role), list.n, pdf ? "PDF" : "text"), err) &&
         compose(&s, err);
    if (ok && pdf)
        ok = paper_to_pdf(s.paper, out, err);
    else if (ok)
        paper_to_text(s.paper, out);
    paper_free(&s.paper);
    arena_free(&s.a);
    return ok;
}
