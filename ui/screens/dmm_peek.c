/* dmm_peek.c — the case under the cursor of a daily management meeting: what was said of it, what is open and overdue, which positive interventions
** are documented (BD 1.4), and what happened last. It reproaches nothing that the case does not ask for. */
#include "dmm.h"

bool dmm_is_word(const Screen *self, VocabId vocab, Code code, const char *word)
{
    return str_eq(vocab_word(vocabs_of(self), vocab, code), word);
}

bool dmm_is_open_action(const Screen *self, const Task *t, const char *source)
{
    return t->done_at == TIME_NONE && dmm_is_word(self, VOCAB_TASK_SOURCE, t->source, source);
}

bool dmm_is_overdue(const Screen *self, const Duty *d)
{
    return duty_is_live(d) && d->due < now_of(self);
}

/* What was said of it, now or at an earlier meeting, and what that is worth. */
static int draw_stand(const Screen *self, View v, int row, const DmmItem *x)
{
    char when[CIVIL_TEXT];

    if (x->said)
        view_textf(v, row++, 0, x->decided ? STYLE_GOOD : STYLE_WARNING, "Said at %s by %s: %s.%s", civil_words_clock(x->at, when), x->by,
            meeting_said_words[x->said], x->decided ? "" : " Its check has opened since: say it again.");
    else if (x->left)
        view_textf(v, row++, 0, STYLE_WARNING, "Not decided since the meeting of %s.", civil_words_short(x->left_since, when));
    else if (x->before)
        view_textf(v, row++, 0, STYLE_NORMAL, "Seen at the meeting of %s: %s.", civil_words_short(x->before_at, when), meeting_said_words[x->before]);
    if (x->opens != TIME_NONE && x->opens > now_of(self) && row < v.rows)
        view_textf(v, row++, 0, STYLE_NORMAL, "Its check opens %s: what is said before is said again.", civil_words_short(x->opens, when));
    return row;
}

static int draw_actions(const Screen *self, View v, int row, const CaseDoc *doc)
{
    char when[CIVIL_TEXT];

    for (size_t i = 0; i < doc->n_tasks && row < v.rows; i++) {
        const Task *t = &doc->tasks[i];
        bool late = t->due < now_of(self);
        if (!dmm_is_open_action(self, t, "dmm") && !(late && dmm_is_open_action(self, t, "marac"))) continue;
        view_textf(v, row++, 0, late ? STYLE_OVERDUE : STYLE_WARNING, "%s %s%s%s, by %s", late ? "! OVERDUE:" : SIGN_RIGHT " Open:", t->what, t->who ? ", " : "",
            t->who ? t->who : "", civil_words_short(t->due, when));
    }
    return row;
}

/* Of a case that is only there for it: which duty is overdue the longest, and how many more. */
static int draw_overdue(const Screen *self, View v, int row, const DmmItem *x, const CaseView *view)
{
    const Duty *worst = NULL;
    size_t n = 0;
    char span[CIVIL_TEXT], all[40] = "";

    for (size_t i = 0; i < view->n_duties; i++) {
        const Duty *d = &view->duties[i];
        if (!dmm_is_overdue(self, d)) continue;
        if (!worst || d->due < worst->due) worst = d;
        n++;
    }
    if (!worst || !x->told || row >= v.rows) return row;
    if (n > 1) snprintf(all, sizeof all, ", the worst of %zu", n);
    span_words(now_of(self) - worst->due, span);
    view_textf(v, row, 0, STYLE_OVERDUE, "! OVERDUE %s: %s " SIGN_DOT " %s%s", span, duty_title(app_of(self), worst->id), role_short(worst->owner), all);
    return row + 1;
}

static bool has_reference(const Screen *self, const CaseDoc *doc, const char *system)
{
    for (size_t i = 0; i < doc->n_references; i++)
        if (doc->references[i].withdrawn.at == TIME_NONE && dmm_is_word(self, VOCAB_SYSTEM, doc->references[i].system, system)) return true;
    return false;
}

/* The positive interventions that are documented, and those that are not: whether they are enough is the question. An arrest is missed where there
** is a crime, a Merlin where there are children. */
static void draw_interventions(const Screen *self, View v, int row, const CaseDoc *doc)
{
    Pen pen = pen_at(view_part(v, row, 0, 1, -1), 0, 0);
    bool arrest = false, spoke = false, merlin = has_reference(self, doc, "merlin");
    bool crime = dmm_is_word(self, VOCAB_CASE_KIND, doc->kind, "crime");
    bool children = doc->children != CODE_NONE && !dmm_is_word(self, VOCAB_CHILDREN, doc->children, "none");
    char words[40];

    for (size_t i = 0; i < doc->n_events; i++)
        arrest |= doc->events[i].withdrawn.at == TIME_NONE && dmm_is_word(self, VOCAB_EVENT, doc->events[i].kind, "arrest");
    for (size_t i = 0; i < doc->n_contacts; i++)
        spoke |= doc->contacts[i].withdrawn.at == TIME_NONE && dmm_is_word(self, VOCAB_CONTACT_WITH, doc->contacts[i].with, "victim") &&
                 dmm_is_word(self, VOCAB_CONTACT_RESULT, doc->contacts[i].result, "spoke");
    snprintf(words, sizeof words, "%s%zu referral%s", doc->n_referrals ? SIGN_TICK " " : SIGN_CROSS " ", doc->n_referrals, doc->n_referrals == 1 ? "" : "s");
    if (arrest || crime) pen_piece(&pen, arrest ? STYLE_GOOD : STYLE_WARNING, arrest ? SIGN_TICK " arrest" : SIGN_CROSS " no arrest");
    pen_piece(&pen, doc->n_referrals ? STYLE_GOOD : STYLE_WARNING, words);
    pen_piece(&pen, spoke ? STYLE_GOOD : STYLE_WARNING, spoke ? SIGN_TICK " spoke with the victim" : SIGN_CROSS " victim not spoken with since");
    if (merlin || children) pen_piece(&pen, merlin ? STYLE_GOOD : STYLE_WARNING, merlin ? SIGN_TICK " Merlin" : SIGN_CROSS " no Merlin");
}

/* In the rows that are left; what does not fit says so. */
static void draw_wrapped(View v, int row, unsigned style, const char *text)
{
    View rest = view_part(v, row, 0, -1, -1);
    size_t n = strlen(text), fits = n;
    char *shown;

    if (rest.rows < 1 || rest.cols < 1) return;
    shown = mem_new(n + sizeof SIGN_MORE);
    memcpy(shown, text, n);
    while (fits > 0 && text_rows(shown, rest.cols) > rest.rows) {
        size_t most = (size_t)rest.rows * (size_t)rest.cols * 4;
        if (fits > most) fits = most; /* no more bytes than that can be there */
        while (fits > 0 && shown[fits - 1] != ' ') fits--;
        while (fits > 0 && shown[fits - 1] == ' ') fits--;
        memcpy(shown + fits, SIGN_MORE, sizeof SIGN_MORE);
    }
    view_wrapped(rest, 0, style, shown);
    crypto_wipe(shown, n + sizeof SIGN_MORE);
    mem_free(shown);
}

/* What happened last. */
static void draw_last(const Screen *self, View v, int row, const CaseDoc *doc)
{
    const Vocabs *vocabs = vocabs_of(self);
    const Review *r = case_last(doc, LIST_REVIEWS);
    const CaseEvent *e = case_last(doc, LIST_EVENTS);
    char when[CIVIL_TEXT];
    Str text = { 0 };

    if (row < v.rows && e)
        view_textf(v, row++, 0, STYLE_NORMAL, "Last event: %s, %s", vocab_label(vocabs, VOCAB_EVENT, e->kind), civil_words_short(e->at, when));
    if (row >= v.rows || !r) return;
    str_addf(&text, "Last review: %s, %s%s%s", vocab_label(vocabs, VOCAB_REVIEW, r->kind), civil_words_short(r->at, when), r->text ? ": " : "",
        r->text ? r->text : "");
    draw_wrapped(v, row, STYLE_MUTED, str_text(&text));
    crypto_wipe(text.s, text.cap);
    str_finish(&text);
}

void dmm_peek_draw(const Screen *self, View v, int row, const DmmItem *x, const CaseView *view)
{
    row = draw_stand(self, v, row, x);
    row = draw_actions(self, v, row, &view->doc);
    row = draw_overdue(self, v, row, x, view);
    if (row < v.rows) draw_interventions(self, v, row++, &view->doc);
    draw_last(self, v, row, &view->doc);
}
