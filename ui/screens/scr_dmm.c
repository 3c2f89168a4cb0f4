/* scr_dmm.c — the daily management meeting (BD 1.4), walked case by case at the speed of a meeting: Enter passes on, s is satisfied, a sets an
** action. Everything that is said is stored at once, so that another terminal, or this one after a crash, goes on where it was.
** Rows never move under the cursor: what was said stands first, what comes in meanwhile last, and it is announced. */
#include "access.h"
#include "dmm.h"

enum { REST_MS = 150, POLL_MS = 5000, PREVIEW_ROWS = 8 };

enum { DMM_COLUMNS = 7 };

typedef struct Meet {
    Dmm dmm;
    List list;
    ListColumn columns[DMM_COLUMNS];
    int cell[DMM_COLUMNS];
    bool begun;      /* the cursor stands where the meeting is */
    int64_t polled_ms;
    size_t known;    /* cases, and words said, at the last load */
    int64_t words;   /* said, all together */
    size_t late;     /* cases that came in since it began */
    struct {
        int64_t row; /* id of its row; 0: none */
        bool ok;
        Arena *arena;
        CaseView view;
        CaseWords words;
        Err err;
    } peek;
} Meet;

enum { DO_BACK = 1, DO_BEGIN, DO_NEXT, DO_SATISFIED, DO_WORDS, DO_ACTION, DO_DONE, DO_SECTION, DO_OPEN, DO_WHY, DO_FIGURES, DO_END, DO_SHEET, DO_REFRESH };
static const Action meet_actions[] = {
    { DO_BEGIN, "begin", "begin", "Begin the meeting.", "b", 0 },
    { DO_NEXT, "next-case", "next", "Nothing is said of this case: the next one.", "Enter", 0 },
    { DO_SATISFIED, "satisfied", "satisfied", "What was done is enough: a review of the DMM is recorded.", "s", 0 },
    { DO_ACTION, "action", "action", "Somebody is to do something: what, who, by when in one line.", "a", 0 },
    { DO_DONE, "done", "done", "An action of an earlier meeting is done: what came of it.", "d", 1 },
    { DO_WORDS, "satisfied-with-words", NULL, "Satisfied, with a sentence why.", "S", 9 },
    { DO_SECTION, "next-section", "section", "Go to the first case of the next section: what stands between stays undecided.", "n", 5 },
    { DO_OPEN, "open-case", "open", "Open the whole case.", "o", 3 },
    { DO_WHY, "why", NULL, "Why this case is on the list, reason by reason.", "w", 9 },
    { DO_FIGURES, "figures", "figures", "Numbers and bars: overdue, victims' code, CADs, MARAC.", "f", 2 },
    { DO_END, "end-meeting", "end", "End the meeting: its sheet can be printed then.", "e", 2 },
    { DO_SHEET, "sheet", "sheet", "The sheet of the last meeting that ended.", "p", 4 },
    { DO_REFRESH, "refresh", NULL, "Take in what is new.", "Ctrl-L F5", 9 },
    { DO_BACK, "back", "back", "Leave; the meeting goes on until it is ended.", "Esc q F3 F12", 0 },
    { 0 },
};

static Meet *meet_of(const Screen *s)
{
    return s->state;
}

static bool is_held(const Meet *m)
{
    return m->dmm.meeting.key != 0;
}

const char *dmm_sections_words(unsigned sections, char out[96])
{
    size_t n = 0;

    out[0] = '\0';
    for (DmmSection s = 0; s < DMM_SECTIONS && n < 96; s++)
        if (sections & 1u << s) n += (size_t)snprintf(out + n, 96 - n, "%s%s", n ? ", " : "", dmm_section_labels[s]);
    return out;
}

/* --- rows ---------------------------------------------------------------------------------------------- */
enum { CELL_SAID, CELL_CASE, CELL_GRADE, CELL_WHY, CELL_OFFENCE, CELL_OFFICER, CELL_AGE };
static const struct {
    int cell, from, width;
    const char *title;
} columns[] = {
    { CELL_SAID, 0, 12, "Said" },
    { CELL_CASE, 0, 9, "Case" },
    { CELL_GRADE, 0, 8, "Grade" },
    { CELL_WHY, 0, 0, "On the list as" },
    { CELL_OFFENCE, 70, 18, "Offence" },
    { CELL_OFFICER, 116, 16, "Investigates" },
    { CELL_AGE, 100, 16, "Reported" },
};

static size_t rows_count(void *of)
{
    return meet_of(of)->dmm.n;
}

static int64_t rows_id(void *of, size_t i)
{
    return meet_of(of)->dmm.items[i].key;
}

/* Of one that is not decided. */
static const char *dmm_stand_word(const DmmItem *x)
{
    if (x->erased) return "  erased";
    if (x->closed_at != TIME_NONE) return "  closed";
    if (x->late) return "  came in";
    if (x->left) return "  left over";
    return x->before || x->said ? "  seen" : "";
}

static const char *said_cell(const DmmItem *x, unsigned *style)
{
    static const char *const words[MEETING_SAID_COUNT] = { "", SIGN_TICK " satisfied", SIGN_RIGHT " action", SIGN_TICK " done", SIGN_DOT " passed" };

    if (!x->decided) {
        *style = x->erased || x->closed_at != TIME_NONE ? STYLE_MUTED : STYLE_WARNING;
        return dmm_stand_word(x);
    }
    *style = x->said == MEETING_ACTION ? STYLE_WARNING : x->said == MEETING_PASSED ? STYLE_MUTED : STYLE_GOOD;
    return words[x->said];
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const Meet *m = meet_of(self);
    const DmmItem *x = &m->dmm.items[i];
    bool here = i == list_at(&m->list);
    char grade[24], words[96], when[CIVIL_TEXT];
    unsigned style;

    for (size_t c = 0; c < m->list.n_columns; c++) {
        int column = (int)c;
        switch (m->cell[c]) {
        case CELL_SAID: list_cellf(out, column, STYLE_NORMAL, "%s", said_cell(x, &style)); out->style[c] = style; break;
        case CELL_CASE: list_cell(out, column, STYLE_NORMAL, x->case_id); break;
        case CELL_GRADE:
            list_cellf(out, column, x->grade ? grade_style(x->grade) : STYLE_MUTED, "%s", grade_word(vocabs_of(self), x->grade, grade));
            break;
        case CELL_WHY: list_cellf(out, column, STYLE_NORMAL, "%s", dmm_sections_words(x->sections, words)); break;
        case CELL_OFFENCE: list_cell(out, column, STYLE_NORMAL, offence_or_kind(vocabs_of(self), x->offence)); break;
        case CELL_OFFICER: list_cell(out, column, STYLE_NORMAL, x->officer); break;
        default: list_cellf(out, column, STYLE_MUTED, "%s", civil_words_short(x->reported_at, when)); break;
        }
        if (here) out->style[c] = STYLE_NORMAL; /* the row one stands on is one bar */
    }
}

_Static_assert(ARRAY_LEN(columns) <= DMM_COLUMNS, "a column has its place");

static void set_columns(Meet *m, int cols)
{
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
        if (cols < columns[i].from) continue;
        m->cell[n] = columns[i].cell;
        m->columns[n++] = (ListColumn){ .title = columns[i].title, .width = columns[i].width };
    }
    m->list.columns = m->columns;
    m->list.n_columns = n;
}

/* " It comes again: …" when what is said now does not fulfil its check; "". */
const char *dmm_again_words(const Screen *self, const DmmItem *x, char out[96])
{
    char when[CIVIL_TEXT];

    out[0] = '\0';
    if (x->opens != TIME_NONE && x->opens > now_of(self))
        snprintf(out, 96, " It comes again: its check opens %s.", civil_words_short(x->opens, when));
    return out;
}

static DmmSection dmm_first_section(const DmmItem *x)
{
    return x->sections ? (DmmSection)__builtin_ctz(x->sections) : DMM_SECTIONS;
}

static const DmmItem *current(const Meet *m)
{
    return list_any(&m->list) && list_at(&m->list) < m->dmm.n ? &m->dmm.items[list_at(&m->list)] : NULL;
}

/* --- load ------------------------------------------------------------------------------------------------- */
static bool meet_open(Screen *self, const void *arg, Err *err)
{
    Meet *m = meet_of(self);

    list_init(&m->list, m->columns, 0, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    m->peek.arena = arena_new_secret();
    return true;
}

/* Changes with every case that comes and every word that is said. */
static size_t known(const Dmm *d)
{
    size_t n = d->n * 1000003u + (size_t)d->meeting.key;

    for (size_t i = 0; i < d->n; i++) n = n * 31 + (size_t)d->items[i].seen + (size_t)d->items[i].key;
    return n;
}

static size_t late_ones(const Dmm *d, const DmmItem **last)
{
    size_t n = 0;

    *last = NULL;
    for (size_t i = 0; i < d->n; i++)
        if (d->items[i].late) *last = &d->items[i], n++;
    return n;
}

static int64_t words_said(const Dmm *d)
{
    int64_t n = 0;

    for (size_t i = 0; i < d->n; i++)
        if (d->items[i].seen > n) n = d->items[i].seen;
    return n;
}

static bool meet_load(Screen *self, Err *err)
{
    Meet *m = meet_of(self);
    const DmmItem *last;

    m->dmm = (Dmm){ .n = 0 };
    if (!app_dmm(app_of(self), self->arena, &m->dmm, err)) return false;
    list_refresh(&m->list);
    if (is_held(m) && !m->begun) {
        list_go(&m->list, m->dmm.at < m->dmm.n ? m->dmm.at : m->dmm.n ? m->dmm.n - 1 : 0);
        m->begun = true;
    }
    m->known = known(&m->dmm);
    m->words = words_said(&m->dmm);
    m->late = late_ones(&m->dmm, &last);
    m->polled_ms = loop_clock_ms(self->loop);
    m->list.empty = is_held(m) ? "Nothing is on the list." : "Nothing is on the list since the last meeting.";
    m->peek.row = 0;
    return true;
}

/* Read at once: a key that was typed ahead must not meet the old rows. */
static bool reload(Screen *self)
{
    Err err = { 0 };

    arena_reset(self->arena);
    if (meet_load(self, &err)) return true;
    loop_status_err(self->loop, &err);
    return false;
}

/* --- the case under the cursor: a look, once the cursor has come to rest ------------------------------------ */
static bool peek_at(Screen *self, const DmmItem *x)
{
    Meet *m = meet_of(self);

    arena_reset(m->peek.arena);
    err_clear(&m->peek.err);
    m->peek.row = x->key;
    m->peek.ok = app_case_look(app_of(self), x->case_id, "dmm", m->peek.arena, &m->peek.view, &m->peek.err);
    if (m->peek.ok) case_words(app_of(self), &m->peek.view, m->peek.arena, &m->peek.words);
    return m->peek.ok;
}

/* --- going on ------------------------------------------------------------------------------------------------ */
static void say_where(Screen *self, const char *said, size_t own_before)
{
    const Meet *m = meet_of(self);
    bool own_done = m->dmm.own_decided == m->dmm.own && own_before < m->dmm.own;

    if (m->dmm.at < m->dmm.n && own_done)
        loop_status(self->loop, STYLE_GOOD, "%s Next: %s, overdue. e ends the meeting.", said, current(m)->case_id);
    else if (m->dmm.at < m->dmm.n)
        loop_status(self->loop, STYLE_GOOD, "%s Next: %s.", said, current(m)->case_id);
    else
        loop_status(self->loop, STYLE_GOOD, "%s That was the last one: e ends the meeting.", said);
}

/* Behind the one under the cursor, else the first: where one jumped over a section one goes on behind it. 0: there is none. */
static CaseKey next_undecided(const Meet *m)
{
    for (size_t i = list_at(&m->list) + 1; i < m->dmm.n; i++)
        if (!m->dmm.items[i].decided) return m->dmm.items[i].key;
    return 0;
}

/* Sections are in one order, so the next begins where the first reason changes. */
static void next_section(Meet *m)
{
    size_t at = list_at(&m->list), i = at + 1;

    while (i < m->dmm.n && (m->dmm.items[i].decided || dmm_first_section(&m->dmm.items[i]) == dmm_first_section(&m->dmm.items[at]))) i++;
    list_go(&m->list, i < m->dmm.n ? i : m->dmm.at < m->dmm.n ? m->dmm.at : at);
}

void dmm_went_on(Screen *self, const char *said)
{
    Meet *m = meet_of(self);
    size_t own = m->dmm.own_decided;
    CaseKey next = next_undecided(m);

    if (!reload(self)) return;
    for (size_t i = 0; i < m->dmm.n; i++)
        if (m->dmm.items[i].key == next && !m->dmm.items[i].decided) {
            list_go(&m->list, i);
            say_where(self, said, own);
            return;
        }
    if (m->dmm.at < m->dmm.n) list_go(&m->list, m->dmm.at);
    say_where(self, said, own);
}

static React refused(Screen *self, const Err *err)
{
    char words[sizeof err->text];

    snprintf(words, sizeof words, "%s", err->text);
    if (err->kind == ERR_STALE && reload(self))
        loop_status(self->loop, STYLE_WARNING, "%s", words);
    else
        loop_status_err(self->loop, err);
    return REACT_STATUS;
}

/* The case must have been read: what is said of it is said of that. */
static bool is_read(Screen *self, const DmmItem *x)
{
    Meet *m = meet_of(self);

    if (m->peek.row == x->key && m->peek.ok) return true;
    if (peek_at(self, x)) return true;
    loop_status_err(self->loop, &m->peek.err);
    return false;
}

static React say(Screen *self, const DmmItem *x, MeetingWord word)
{
    Meet *m = meet_of(self);
    char said[200], again[96];
    Err err = { 0 };

    snprintf(said, sizeof said, "%s: %s.%s", x->case_id, word == MEETING_PASSED ? "nothing said" : "satisfied", dmm_again_words(self, x, again));
    if (!(x->erased && word == MEETING_PASSED) && !is_read(self, x)) return REACT_STATUS;
    if (!app_dmm_say(app_of(self), &m->peek.view.row, &(DmmSay){ .meeting = m->dmm.meeting.key, .item = x, .said = word }, &err))
        return refused(self, &err);
    dmm_went_on(self, said);
    return REACT_STATUS;
}

/* One that something was said of already is only passed by. */
static React next(Screen *self, const DmmItem *x)
{
    Meet *m = meet_of(self);

    if (is_held(m) && !x->decided && app_may_quietly(app_of(self), PERM_DMM_HOLD)) return say(self, x, MEETING_PASSED);
    if (list_at(&m->list) + 1 < m->dmm.n) list_go(&m->list, list_at(&m->list) + 1);
    return REACT_REDRAW;
}

static React type_line(Screen *self, const DmmItem *x, MeetingWord word, const Task *task)
{
    DmmLineAsk ask = { .meeting = meet_of(self)->dmm.meeting.key, .item = *x, .row = meet_of(self)->peek.view.row, .said = word };

    if (task) ask.task = task->key, ask.what = task->what;
    return loop_go(self->loop, &scr_dmm_line, &ask);
}

/* Which of its open actions is done. */
static React done(Screen *self, const DmmItem *x)
{
    const CaseDoc *doc = &meet_of(self)->peek.view.doc;
    const Task *open[32];
    AskItem items[32];
    size_t n = 0;
    int pick = 0;

    for (size_t i = 0; i < doc->n_tasks && n < ARRAY_LEN(open); i++) {
        if (!dmm_is_open_action(self, &doc->tasks[i], "dmm")) continue;
        open[n] = &doc->tasks[i];
        items[n++] = (AskItem){ .text = doc->tasks[i].what, .right = doc->tasks[i].who ? doc->tasks[i].who : "" };
    }
    if (n == 0) {
        loop_status(self->loop, STYLE_WARNING, "This case has no open action of the DMM.");
        return REACT_STATUS;
    }
    if (n > 1) pick = ask_choice(self->loop, "Which is done", items, n, 0);
    if (pick < 0 || loop_top(self->loop) != self) return REACT_NONE;
    return type_line(self, x, MEETING_DONE, open[pick]);
}

/* New ones whose check opens only later are said at once: what is decided of them now is not all. */
static void say_begun(Screen *self, int64_t meeting, bool resumed)
{
    const Dmm *d = &meet_of(self)->dmm;
    Time first = TIME_MAX;
    size_t n = 0;
    char when[CIVIL_TEXT];

    for (size_t i = 0; i < d->n; i++) {
        if (d->items[i].opens == TIME_NONE || d->items[i].opens <= now_of(self)) continue;
        n++;
        if (d->items[i].opens < first) first = d->items[i].opens;
    }
    if (n)
        loop_status(self->loop, STYLE_WARNING, "Meeting %lld %s. %zu new case%s checked only from %s on, and come%s again then.", (long long)meeting,
            resumed ? "goes on" : "has begun", n, n == 1 ? " is" : "s are", civil_words_short(first, when), n == 1 ? "s" : "");
    else
        loop_status(self->loop, STYLE_GOOD, resumed ? "Meeting %lld goes on." : "Meeting %lld has begun.", (long long)meeting);
}

/* --- the meeting ---------------------------------------------------------------------------------------------- */
static React begin(Screen *self)
{
    int64_t meeting;
    bool resumed;
    Err err = { 0 };

    if (!app_dmm_begin(app_of(self), &meeting, &resumed, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    meet_of(self)->begun = false;
    if (reload(self)) say_begun(self, meeting, resumed);
    return REACT_STATUS;
}

static bool sheet_make(Screen *self, bool pdf, Str *out, Err *err)
{
    return app_dmm_print(app_of(self), 0, pdf, out, err);
}

static React sheet(Screen *self)
{
    return paper_sheet(self, "The sheet of the last meeting", "dmm.print", "dmm", sheet_make);
}

static React end(Screen *self)
{
    Meet *m = meet_of(self);
    char question[240];
    size_t left = m->dmm.own - m->dmm.own_decided;
    Err err = { 0 };

    snprintf(question, sizeof question, "Meeting %lld: %zu satisfied, %zu with an action, %zu looked at. %zu not decided%s",
        (long long)m->dmm.meeting.key, m->dmm.counts[MEETING_SATISFIED], m->dmm.counts[MEETING_ACTION], m->dmm.counts[MEETING_PASSED], left,
        left ? ": they come again at the next one." : ".");
    if (m->dmm.told_decided < m->dmm.told)
        snprintf(question + strlen(question), sizeof question - strlen(question), " Nothing was said of %zu that are overdue.", m->dmm.told - m->dmm.told_decided);
    if (!ask_confirm(self->loop, "End the meeting", question, "End it") || loop_top(self->loop) != self) return REACT_NONE;
    if (!again_ask(self, "dmm.end", "Sign the sheet")) return REACT_STATUS;
    if (!app_dmm_end(app_of(self), m->dmm.meeting.key, &err)) return refused(self, &err);
    m->begun = false;
    if (reload(self)) loop_status(self->loop, STYLE_GOOD, "The meeting has ended. p prints its sheet, with the head of the log.");
    return REACT_STATUS;
}

static React meet_act(Screen *self, int action)
{
    Meet *m = meet_of(self);
    const DmmItem *x = current(m);

    switch (action) {
    case DO_BEGIN: return begin(self);
    case DO_NEXT: return next(self, x);
    case DO_SATISFIED: return say(self, x, MEETING_SATISFIED);
    case DO_WORDS: return is_read(self, x) ? type_line(self, x, MEETING_SATISFIED, NULL) : REACT_STATUS;
    case DO_ACTION: return is_read(self, x) ? type_line(self, x, MEETING_ACTION, NULL) : REACT_STATUS;
    case DO_DONE: return is_read(self, x) ? done(self, x) : REACT_STATUS;
    case DO_SECTION: next_section(m); return REACT_REDRAW;
    case DO_OPEN: return ui_open_case(self->loop, x->case_id);
    case DO_WHY: return loop_go(self->loop, &scr_dmm_why, x);
    case DO_FIGURES: return loop_go(self->loop, &scr_dmm_figures, NULL);
    case DO_END: return end(self);
    case DO_SHEET: return sheet(self);
    case DO_REFRESH: reload(self); return REACT_REDRAW | REACT_REPAINT;
    default: return REACT_POP;
    }
}

static Can meet_can(const Screen *self, int action, const char **why)
{
    const Meet *m = meet_of(self);
    bool holds = app_may_quietly(app_of(self), PERM_DMM_HOLD);

    switch (action) {
    case DO_BACK:
    case DO_FIGURES:
    case DO_SHEET:
    case DO_REFRESH: return CAN;
    case DO_BEGIN: return !holds || is_held(m) ? CAN_HIDE : CAN;
    case DO_END: return holds && is_held(m) ? CAN : CAN_HIDE;
    case DO_SATISFIED:
    case DO_WORDS:
    case DO_ACTION:
    case DO_DONE:
        if (!holds || !is_held(m)) return CAN_HIDE;
        break;
    default: break;
    }
    *why = "There is no case to do it with.";
    if (!current(m)) return CAN_NOT;
    if (action == DO_DONE && !(current(m)->sections & 1u << DMM_ACTIONS)) return CAN_HIDE;
    return CAN;
}

/* --- events ---------------------------------------------------------------------------------------------------- */
static React meet_event(Screen *self, const Event *e)
{
    if (e->kind == EVENT_KEY && e->key == K_ENTER) return REACT_UNUSED;
    return list_event(&meet_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

/* What others said and what came in meanwhile is taken in: it stands behind what is on the list, or in the place where it stood. What only became
** due meanwhile is no news. */
static React poll(Screen *self)
{
    Meet *m = meet_of(self);
    Arena *a = arena_new();
    Dmm now;
    const DmmItem *last;
    size_t late = m->late, at_before = m->known;
    int64_t words = m->words;
    bool changed = app_dmm(app_of(self), a, &now, NULL) && known(&now) != at_before;

    arena_free(&a);
    m->polled_ms = loop_clock_ms(self->loop);
    if (!changed || !reload(self)) return REACT_NONE;
    if (late_ones(&m->dmm, &last) > late)
        loop_status(self->loop, STYLE_WARNING, "%zu case%s came in: %s. It stands behind the others.", m->late - late, m->late - late == 1 ? "" : "s",
            last->case_id);
    else if (m->words != words)
        loop_status(self->loop, STYLE_NORMAL, "Somebody else said something: it is taken in.");
    else
        return REACT_REDRAW;
    return REACT_REDRAW | REACT_STATUS;
}

static React meet_idle(Screen *self, int64_t ms)
{
    Meet *m = meet_of(self);
    const DmmItem *x = current(m);

    if (x && ms >= REST_MS && m->peek.row != x->key) {
        peek_at(self, x);
        return REACT_REDRAW | REACT_STATUS;
    }
    return loop_clock_ms(self->loop) - m->polled_ms < POLL_MS ? REACT_NONE : poll(self);
}

/* --- draw ---------------------------------------------------------------------------------------------------------- */
static void draw_head(const Screen *self, View v)
{
    const Meet *m = meet_of(self);
    Pen pen = pen_at(v, 0, 1);
    char words[120], when[CIVIL_TEXT];

    if (is_held(m)) {
        snprintf(words, sizeof words, "DMM %lld", (long long)m->dmm.meeting.key);
        pen_piece(&pen, STYLE_HEADING, words);
        snprintf(words, sizeof words, "%zu of %zu", m->dmm.own_decided, m->dmm.own);
        pen_piece(&pen, m->dmm.own_decided == m->dmm.own ? STYLE_GOOD : STYLE_NORMAL, words);
        snprintf(words, sizeof words, "overdue %zu of %zu", m->dmm.told_decided, m->dmm.told);
        if (m->dmm.told) pen_piece(&pen, m->dmm.told_decided == m->dmm.told ? STYLE_GOOD : STYLE_MUTED, words);
        snprintf(words, sizeof words, "began %s, %s", civil_words_clock(m->dmm.meeting.began_at, when), m->dmm.meeting.began_by);
        pen_piece(&pen, STYLE_NORMAL, words);
    } else {
        pen_piece(&pen, STYLE_HEADING, "Daily management meeting");
        snprintf(words, sizeof words, "%zu case%s", m->dmm.own, m->dmm.own == 1 ? "" : "s");
        pen_piece(&pen, STYLE_NORMAL, words);
        snprintf(words, sizeof words, "%zu more overdue", m->dmm.told);
        if (m->dmm.told) pen_piece(&pen, STYLE_MUTED, words);
    }
    snprintf(words, sizeof words, "since %s", civil_words_short(m->dmm.meeting.since, when));
    pen_piece(&pen, STYLE_MUTED, words);
}

static void draw_peek(const Screen *self, View v)
{
    const Meet *m = meet_of(self);
    const DmmItem *x = current(m);
    Pen pen = pen_at(view_part(v, 0, 0, 2, -1), 0, 1);
    View text = view_part(v, 0, 1, -1, v.cols - 2);
    char words[96];

    if (!x) return;
    if (m->peek.row != x->key) {
        pen_piece(&pen, STYLE_HEADING, x->case_id);
        pen_piece(&pen, STYLE_NORMAL, dmm_sections_words(x->sections, words));
        return;
    }
    if (!m->peek.ok) {
        view_wrapped(text, 0, STYLE_ERROR, m->peek.err.text);
        return;
    }
    case_words_draw(&pen, &m->peek.words);
    dmm_peek_draw(self, text, pen.row < 1 ? 1 : 2, x, &m->peek.view);
}

static void meet_draw(Screen *self, View v)
{
    Meet *m = meet_of(self);
    int peek = v.rows >= 30 ? PREVIEW_ROWS + v.rows / 8 : v.rows >= 18 ? PREVIEW_ROWS - 1 : 4, rows = v.rows - peek - 3;

    set_columns(m, v.cols);
    m->list.titles = v.rows >= 18;
    draw_head(self, view_part(v, 0, 0, 1, -1));
    view_rule(v, 1);
    list_draw(&m->list, view_part(v, 2, 0, rows, -1), true);
    view_rule(v, 2 + rows);
    draw_peek(self, view_part(v, 3 + rows, 0, peek, -1));
}

static void meet_close(Screen *self)
{
    arena_free(&meet_of(self)->peek.arena);
}

const ScreenClass scr_dmm = {
    .name = "dmm",
    .actions = meet_actions,
    .state_size = sizeof(Meet),
    .open = meet_open,
    .load = meet_load,
    .event = meet_event,
    .can = meet_can,
    .act = meet_act,
    .draw = meet_draw,
    .idle = meet_idle,
    .rest_ms = REST_MS,
    .close = meet_close,
};
