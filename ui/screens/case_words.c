/* case_words.c — a case in few words, the same ones on the desk, the case page and above a form:
** how grave, what, whether a suspect is outstanding, whether children have their Merlin. It only reads
** facts; what is overdue comes from the duties of the view. */
#include "caseload.h"
#include <ctype.h>

const char *person_name(const Person *p, Arena *a)
{
    if (p->given && p->family) return arena_printf(a, "%s %s", p->given, p->family);
    if (p->family) return p->family;
    if (p->given) return p->given;
    return arena_printf(a, "(no name, %s)", p->key ? p->key : "?");
}

const char *person_words(const CaseDoc *doc, const char *key, Arena *a)
{
    for (size_t i = 0; key && i < doc->n_people; i++)
        if (str_eq(doc->people[i].key, key)) return person_name(&doc->people[i], a);
    return key ? key : "";
}

const char *officer_words(const char *warrant, Arena *a)
{
    if (!warrant || !*warrant) return "";
    return strcmp(warrant, "-") == 0 ? "by the program itself" : arena_printf(a, "officer %s", warrant);
}

static const char *upper(const char *s, Arena *a)
{
    char *out = arena_dup(a, s);
    for (char *c = out; *c; c++) *c = (char)toupper((unsigned char)*c);
    return out;
}

/* "Outstanding" inside a sentence; "CRIS" stays as it is. */
const char *label_inside(const char *label, Arena *a)
{
    char *s = arena_dup(a, label);

    if (s[0] && islower((unsigned char)s[1])) s[0] = (char)tolower((unsigned char)s[0]);
    return s;
}

static const Status *latest_status(const Person *p)
{
    return p->n_status ? &p->status[p->n_status - 1] : NULL;
}

/* The worst suspect speaks for the case: one that is outstanding longest, else the last status there is. */
static void suspect_words(const CaseView *view, const Vocabs *v, Time now, Arena *a, CaseWords *out)
{
    Code suspect = vocab_code(v, VOCAB_PERSON_ROLE, "suspect");
    Code outstanding = vocab_code(v, VOCAB_SUSPECT_STATUS, "outstanding");
    const Status *worst = NULL;
    size_t n = 0;

    for (size_t i = 0; i < view->doc.n_people; i++) {
        const Person *p = &view->doc.people[i];
        const Status *s = latest_status(p);
        if (p->role != suspect) continue;
        n++;
        if (!s) continue;
        if (!worst || (s->status == outstanding && (worst->status != outstanding || s->at < worst->at))) worst = s;
    }
    out->suspect_style = STYLE_NORMAL;
    if (n == 0)
        out->suspect = "no suspect recorded";
    else if (!worst)
        out->suspect = "suspect's status not recorded";
    else if (worst->status == outstanding) {
        char span[CIVIL_TEXT] = "";
        if (worst->at != TIME_NONE) span_words(now - worst->at, span);
        out->suspect = arena_printf(a, "suspect OUTSTANDING %s", span);
        out->suspect_style = STYLE_WARNING;
    } else
        out->suspect =
            arena_printf(a, "suspect %s", label_inside(vocab_label(v, VOCAB_SUSPECT_STATUS, worst->status), a));
}

static const Reference *reference_of(const CaseDoc *doc, Code system)
{
    for (size_t i = 0; i < doc->n_references; i++)
        if (doc->references[i].withdrawn.at == TIME_NONE && doc->references[i].system == system) return &doc->references[i];
    return NULL;
}

static void children_words(const CaseView *view, const Vocabs *v, Arena *a, CaseWords *out)
{
    const CaseDoc *doc = &view->doc;
    const char *word = vocab_word(v, VOCAB_CHILDREN, doc->children);
    const Reference *merlin = reference_of(doc, vocab_code(v, VOCAB_SYSTEM, "merlin"));
    const char *state;

    out->children_style = STYLE_NORMAL;
    if (strcmp(word, "none") == 0) {
        out->children = "no children";
        return;
    }
    if (strcmp(word, "present") != 0 && strcmp(word, "not-present") != 0) {
        out->children = "children NOT ANSWERED";
        out->children_style = STYLE_WARNING;
        return;
    }
    state = strcmp(word, "present") == 0 ? "children present" : "children, not present";
    if (merlin)
        out->children = arena_printf(a, "%s, Merlin %s", state, merlin->number ? merlin->number : "?");
    else {
        out->children = arena_printf(a, "%s, Merlin MISSING", state);
        out->children_style = STYLE_WARNING;
    }
}

/* The overdue duties, the longest overdue first. */
static void overdue_words(const App *app, const CaseView *view, Arena *a, CaseWords *out)
{
    Str s = { 0 };
    Time now = app_now(app), from = TIME_NONE;
    const Duty *next = view->duties;

    while (next) {
        next = NULL;
        for (size_t i = 0; i < view->n_duties; i++) {
            const Duty *d = &view->duties[i];
            if (duty_state(d, now) == DUTY_OVERDUE && d->due > from && (!next || d->due < next->due)) next = d;
        }
        for (size_t i = 0; next && i < view->n_duties; i++) {
            const Duty *d = &view->duties[i];
            if (duty_state(d, now) != DUTY_OVERDUE || d->due != next->due) continue;
            str_addf(&s, "%s%s", out->n_overdue ? "; " : "", duty_title(app, d->id));
            out->n_overdue++;
        }
        if (next) from = next->due;
    }
    if (out->n_overdue) out->overdue = arena_printf(a, "%zu OVERDUE: %s", out->n_overdue, str_text(&s));
    str_finish(&s);
}

/* "! ORDER EXPIRES in 12 d (KG-7F3Q2) +1": the one that presses most, where it stands when not here, and how many more press. */
void case_words_orders(CaseWords *out, const OrderView *orders, size_t n, Arena *a)
{
    const OrderView *most = NULL;
    size_t press = 0;

    for (size_t i = 0; i < n; i++) {
        if (orders[i].stand == ORDER_ENDED) continue;
        press += orders[i].sign[0] == '!';
        if (!most || orders[i].stand > most->stand || (orders[i].stand == most->stand && orders[i].until < most->until))
            most = &orders[i];
    }
    out->order = NULL;
    if (!most) return;
    out->order = arena_printf(a, "%s%s%s%s", most->sign, most->here ? "" : " (", most->here ? "" : most->case_id,
        most->here ? "" : ")");
    if (press > 1) out->order = arena_printf(a, "%s +%zu", out->order, press - 1);
    out->order_style = most->sign[0] == '!' ? STYLE_WARNING : STYLE_NORMAL;
}

static void reach_words(const App *app, const CaseView *view, Arena *a, CaseWords *out)
{
    SafeWay *ways;
    size_t n = app_safe_ways(app, view, a, &ways), blocked = 0;
    const char *first = NULL;

    for (size_t i = 0; i < n; i++) {
        if (ways[i].blocked && !first) first = ways[i].what;
        blocked += ways[i].blocked;
    }
    if (first) out->reach = arena_printf(a, "! DO NOT USE %s", label_inside(first, a));
    if (blocked > 1) out->reach = arena_printf(a, "%s +%zu", out->reach, blocked - 1);
}

static void counter_words(const CaseView *view, const Vocabs *v, Arena *a, CaseWords *out)
{
    for (size_t i = 0; i < view->doc.n_links; i++)
        if (str_eq(vocab_word(v, VOCAB_LINK, view->doc.links[i].why), "counter-allegation"))
            out->counter = arena_printf(a, "! BOTH ALLEGE: %s", view->doc.links[i].to);
}

void case_words(const App *app, const CaseView *view, Arena *a, CaseWords *out)
{
    const CaseDoc *doc = &view->doc;
    const Vocabs *v = app_vocabs(app);
    Code offence = case_main_offence(doc), grade = case_grade(doc);
    const Owner *owner = case_owner(doc);
    const char *kind = vocab_label(v, VOCAB_CASE_KIND, doc->kind);
    char words[CIVIL_TEXT], word[24];
    OrderView *own;
    size_t n_own;

    *out = (CaseWords){ .id = view->row.id ? view->row.id : doc->id };
    out->grade = arena_dup(a, grade_word(v, grade, word));
    out->grade_style = grade_style(grade);
    out->what = offence ? arena_printf(a, "%s", vocab_label(v, VOCAB_OFFENCE, offence)) : kind;
    out->reported = doc->reported_at == TIME_NONE
                        ? NULL
                        : arena_printf(a, "reported %s", civil_words_short(doc->reported_at, words));
    out->owner = owner ? arena_printf(a, "owner %s", vocab_label(v, VOCAB_UNIT, owner->unit)) : "no owner";
    if (doc->n_investigators) out->officer = app_investigating_words(app, doc, a);
    if (doc->restricted_at != TIME_NONE) out->restricted = RESTRICTED_WORD;
    if (doc->closed_at != TIME_NONE)
        out->closed = arena_printf(a, "closed %s", civil_words_short(doc->closed_at, words));
    if (doc->cad_result == CAD_NOT_DOMESTIC) out->closed = upper("not domestic", a);
    suspect_words(view, v, app_now(app), a, out);
    children_words(view, v, a, out);
    overdue_words(app, view, a, out);
    n_own = order_views(doc, doc->id, v, app_now(app), a, &own);
    case_words_orders(out, own, n_own, a);
    reach_words(app, view, a, out);
    counter_words(view, v, a, out);
}

void case_words_draw(Pen *p, const CaseWords *w)
{
    pen_piece(p, STYLE_HEADING, w->id);
    pen_piece(p, STYLE_WARNING, w->restricted);
    pen_piece(p, w->grade_style, w->grade);
    pen_piece(p, w->order_style, w->order);
    pen_piece(p, STYLE_WARNING, w->reach);
    pen_piece(p, STYLE_WARNING, w->counter);
    pen_piece(p, STYLE_NORMAL, w->what);
    pen_piece(p, STYLE_NORMAL, w->reported);
    pen_piece(p, STYLE_WARNING, w->closed);
    pen_piece(p, w->suspect_style, w->suspect);
    pen_piece(p, w->children_style, w->children);
    pen_piece(p, STYLE_NORMAL, w->owner);
    pen_piece(p, STYLE_NORMAL, w->officer);
}

React case_news_status(Screen *self, const CaseRow *seen, Rev *told)
{
    Arena *a = arena_new();
    CaseMoved news;
    React react = REACT_NONE;

    if (app_case_moved(app_of(self), seen, a, &news, NULL) && news.words && news.rev != *told) {
        *told = news.rev;
        loop_status(self->loop, STYLE_WARNING, "%s ^L takes it in.", news.words);
        react = REACT_STATUS;
    }
    arena_free(&a);
    return react;
}
