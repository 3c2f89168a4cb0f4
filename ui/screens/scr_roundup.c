/* scr_roundup.c — Operation Roundup (BD 1.7): the suspects who are outstanding, high risk and the oldest report first. What was tried is
** recorded from here; an arrest takes the row away. The list comes in pages as one goes down: it is as long as it is, and only what is
** shown is read (and logged as looked at). */
#include "access.h"
#include "pages.h"

enum { PAGE = 40, DETAIL_ROWS = 7 };

typedef struct Roundup {
    Pages rows; /* RoundupRow */
    List list;
    ListColumn columns[8];
    int cell[8]; /* which cell each shown column holds */
    bool athena; /* the day's list of Operation Athena */
    int64_t arrests; /* of today */
} Roundup;

enum { DO_BACK = 1, DO_OPEN, DO_TRY, DO_ARREST, DO_REVIEW, DO_SHEET, DO_ATHENA, DO_REFRESH };
static const Action roundup_actions[] = {
    { DO_OPEN, "open-case", "open", "Open the case of this suspect.", "Enter o", 0 },
    { DO_TRY, "attempt", "attempt", "Record an attempt to arrest, and what came of it.", "t", 1 },
    { DO_ARREST, "arrest", "arrested", "Record the arrest: status and event are written with it.", "a", 1 },
    { DO_REVIEW, "roundup-review", "review", "Write the weekly Roundup review of this case.", "r", 2 },
    { DO_SHEET, "sheet", "sheet", "The briefing sheet, as text or PDF: never a victim's address.", "p", 3 },
    { DO_ATHENA, "athena", "Athena", "The day's list of Operation Athena, with the arrests made from it; and back.", "A", 9 },
    { DO_REFRESH, "refresh", NULL, "Take in what is new.", "Ctrl-L F5", 8 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Roundup *roundup_of(const Screen *s)
{
    return s->state;
}

static const RoundupRow *row_at(const Roundup *x, size_t i)
{
    return (const RoundupRow *)x->rows.items + i;
}

enum { NAME = 160 };
static const char *name_words(const Person *p, char out[NAME])
{
    if (!p->family && !p->given) return "(no name)";
    snprintf(out, NAME, "%.78s%s%.78s", p->given ? p->given : "", p->given && p->family ? " " : "", p->family ? p->family : "");
    return out;
}

/* --- rows ------------------------------------------------------------------------------------------ */
enum { CELL_GRADE, CELL_NAME, CELL_CASE, CELL_AGE, CELL_TRIES, CELL_LAST, CELL_WHERE, CELL_WARNING };
static const struct {
    int cell, from, width;
    const char *title;
    bool right;
} columns[] = {
    { CELL_GRADE, 0, 8, "Grade", false },
    { CELL_NAME, 0, 0, "Suspect", false },
    { CELL_WARNING, 0, 1, "", false },
    { CELL_CASE, 0, 9, "Case", false },
    { CELL_AGE, 0, 5, "Age", true },
    { CELL_TRIES, 0, 5, "Tries", true },
    { CELL_LAST, 70, 18, "Last result", false },
    { CELL_WHERE, 100, 0, "Where to look", false },
};

static size_t rows_count(void *of)
{
    return roundup_of(of)->rows.n;
}

/* Of the case and the person's key: stays the same when rows come and go. */
static int64_t rows_id(void *of, size_t i)
{
    const RoundupRow *r = row_at(roundup_of(of), i);
    uint64_t h = 0xcbf29ce484222325u ^ (uint64_t)r->row.key;

    for (const char *p = r->place.person; *p; p++) h = (h ^ (unsigned char)*p) * 0x100000001b3u;
    return (int64_t)(h >> 1) | 1;
}

static const char *last_result(const Screen *self, const RoundupRow *r)
{
    return r->n_attempts ? vocab_label(vocabs_of(self), VOCAB_ATTEMPT, r->attempts[r->n_attempts - 1].result) : "not tried";
}

static void rows_row(void *of, size_t i, ListRow *out)
{
    const Screen *self = of;
    const Roundup *x = roundup_of(self);
    const RoundupRow *r = row_at(x, i);
    bool here = i == list_at(&x->list);
    char grade[24], name[NAME];

    for (size_t c = 0; c < x->list.n_columns; c++) {
        int column = (int)c;
        switch (x->cell[c]) {
        case CELL_GRADE:
            list_cellf(out, column, here ? STYLE_NORMAL : r->place.grade ? grade_style(r->place.grade) : STYLE_MUTED, "%s",
                grade_word(vocabs_of(self), r->place.grade, grade));
            break;
        case CELL_NAME: list_cellf(out, column, STYLE_NORMAL, "%s", name_words(&r->person, name)); break;
        case CELL_WARNING: list_cell(out, column, here ? STYLE_NORMAL : STYLE_WARNING, r->person.warnings ? "!" : ""); break;
        case CELL_CASE: list_cell(out, column, STYLE_NORMAL, r->row.id); break;
        case CELL_AGE:
            list_cellf(out, column, STYLE_NORMAL, "%lldd", (long long)((now_of(self) - (x->athena ? r->place.since : r->place.reported_at)) / DAY));
            break;
        case CELL_TRIES: list_cellf(out, column, STYLE_NORMAL, "%zu", r->n_attempts); break;
        case CELL_LAST: list_cell(out, column, here || r->n_attempts ? STYLE_NORMAL : STYLE_MUTED, last_result(self, r)); break;
        default: list_cell(out, column, STYLE_NORMAL, r->address ? r->address : "not known"); break;
        }
    }
}

static void set_columns(Roundup *x, int cols)
{
    size_t n = 0;

    for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
        if (cols < columns[i].from) continue;
        x->cell[n] = columns[i].cell;
        x->columns[n++] =
            (ListColumn){ .title = x->athena && columns[i].cell == CELL_AGE ? "Since" : columns[i].title, .width = columns[i].width, .right = columns[i].right };
    }
    x->list.columns = x->columns;
    x->list.n_columns = n;
}

static const RoundupRow *current(const Roundup *x)
{
    return list_any(&x->list) && list_at(&x->list) < x->rows.n ? row_at(x, list_at(&x->list)) : NULL;
}

/* --- load ---------------------------------------------------------------------------------------------- */
static bool fetch(Screen *self, const void *last, size_t limit, void **rows, size_t *n, bool *more, Err *err)
{
    RoundupRow *some;

    if (!app_roundup_page(app_of(self), last, limit, self->arena, &some, n, more, err)) return false;
    *rows = some;
    return true;
}

static bool roundup_open(Screen *self, const void *arg, Err *err)
{
    Roundup *x = roundup_of(self);

    x->athena = arg && str_eq(arg, "athena");
    x->rows = (Pages){ .row_size = sizeof(RoundupRow), .page = PAGE, .fetch = fetch };
    list_init(&x->list, x->columns, 0, (ListSource){ .of = self, .count = rows_count, .id = rows_id, .row = rows_row });
    x->list.empty = "No suspect is outstanding.";
    return true;
}

static bool roundup_load(Screen *self, Err *err)
{
    Roundup *x = roundup_of(self);

    return (!x->athena || app_roundup_arrests(app_of(self), civil_local_date(now_of(self)), &x->arrests, err)) &&
           pages_load(self, &x->rows, &x->list, err);
}

static React roundup_event(Screen *self, const Event *e)
{
    Roundup *x = roundup_of(self);

    return pages_event(self, &x->rows, &x->list, e);
}

/* --- act -------------------------------------------------------------------------------------------------- */
static React record(Screen *self, const RoundupRow *r, bool arrest)
{
    EntryAsk ask = { .case_id = r->row.id,
        .list = LIST_ATTEMPTS,
        .preset = arena_printf(self->arena, "person=%s%s", r->place.person, arrest ? " result=arrested" : "") };
    Err err = { 0 };

    if (app_may_enter(app_of(self), &err)) return loop_go(self->loop, &scr_entry, &ask);
    loop_status_err(self->loop, &err);
    return REACT_STATUS;
}

/* The cycle of the duty that is live is the one the review fulfils. */
static React review(Screen *self, const RoundupRow *r)
{
    DutyName name = { .case_id = r->row.id, .duty = "roundup" };
    CaseView view;
    EntryAsk ask;
    Err err = { 0 };

    if (!app_case_look(app_of(self), r->row.id, "roundup", self->arena, &view, &err) ||
        !entry_for_duty(app_of(self), &name, &ask, &err)) {
        loop_status_err(self->loop, &err);
        return REACT_STATUS;
    }
    for (size_t i = 0; i < view.n_duties; i++)
        if (str_eq(view.duties[i].id, name.duty) && duty_is_live(&view.duties[i])) ask.cycle = view.duties[i].cycle;
    return loop_go(self->loop, &scr_entry, &ask);
}

static bool sheet_make(Screen *self, bool pdf, Str *out, Err *err)
{
    RoundupPaper how = { .pdf = pdf, .athena = roundup_of(self)->athena };
    size_t left = 0;

    if (!app_roundup_print(app_of(self), &how, out, &left, err)) return false;
    if (left)
        ask_tell(self->loop, "Not on the sheet",
            arena_printf(self->arena, "%zu suspect%s of restricted cases: paper can be lost. The sheet does not say so.", left, left == 1 ? "" : "s"));
    return true;
}

static React sheet(Screen *self)
{
    return paper_sheet(self, "The briefing sheet", "roundup.print", roundup_of(self)->athena ? "athena" : "roundup", sheet_make);
}

static React roundup_act(Screen *self, int action)
{
    const RoundupRow *r = current(roundup_of(self));

    switch (action) {
    case DO_OPEN: return ui_open_case(self->loop, r->row.id);
    case DO_TRY: return record(self, r, false);
    case DO_ARREST: return record(self, r, true);
    case DO_REVIEW: return review(self, r);
    case DO_SHEET: return sheet(self);
    case DO_ATHENA: roundup_of(self)->athena = !roundup_of(self)->athena; return REACT_RELOAD;
    case DO_REFRESH: return REACT_RELOAD | REACT_REPAINT;
    default: return REACT_POP;
    }
}

static Can roundup_can(const Screen *self, int action, const char **why)
{
    const App *app = app_of(self);

    *why = "There is no row to do it with.";
    switch (action) {
    case DO_BACK:
    case DO_ATHENA:
    case DO_REFRESH: return CAN;
    case DO_SHEET: return app_may_quietly(app, PERM_ROUNDUP_PRINT) ? CAN : CAN_HIDE;
    case DO_TRY:
    case DO_ARREST:
        if (!app_may_add(app, LIST_ATTEMPTS, NULL)) return CAN_HIDE;
        break;
    case DO_REVIEW:
        if (!app_may_add(app, LIST_REVIEWS, "roundup")) return CAN_HIDE;
        break;
    default: break;
    }
    return current(roundup_of(self)) ? CAN : CAN_NOT;
}

/* --- draw --------------------------------------------------------------------------------------------------- */
static int draw_attempts(const Screen *self, const RoundupRow *r, View v, int row)
{
    char when[CIVIL_TEXT];

    if (r->n_attempts == 0) view_text(v, row, 0, STYLE_MUTED, "No attempt recorded.");
    for (size_t i = r->n_attempts; i-- > 0 && row < v.rows;) {
        const Attempt *t = &r->attempts[i];
        int col = view_textf(v, row, 0, STYLE_MUTED, "%s  ", civil_words_short(t->at, when));
        view_textf(v, row++, col, STYLE_NORMAL, "%s%s%s%s%s", vocab_label(vocabs_of(self), VOCAB_ATTEMPT, t->result),
            t->place ? ", " : "", t->place ? t->place : "", t->text ? ": " : "", t->text ? t->text : "");
    }
    return row;
}

static void draw_detail(const Screen *self, View v)
{
    const RoundupRow *r = current(roundup_of(self));
    Pen pen = pen_at(view_part(v, 0, 0, 2, -1), 0, 1);
    View text = view_part(v, 0, 1, -1, v.cols - 2);
    char words[200], span[CIVIL_TEXT], name[NAME];
    int row;

    if (!r) return;
    pen_piece(&pen, STYLE_HEADING, name_words(&r->person, name));
    if (r->person.born != DATE_NONE) {
        snprintf(words, sizeof words, "born %s", civil_words_date(r->person.born, span));
        pen_piece(&pen, STYLE_NORMAL, words);
    }
    pen_piece(&pen, STYLE_NORMAL, offence_or_kind(vocabs_of(self), r->offence));
    snprintf(words, sizeof words, "OUTSTANDING %s", span_words(now_of(self) - r->place.since, span));
    pen_piece(&pen, STYLE_WARNING, words);
    if (r->bail_failures) {
        snprintf(words, sizeof words, "%zu bail failure%s", r->bail_failures, r->bail_failures == 1 ? "" : "s");
        pen_piece(&pen, STYLE_WARNING, words);
    }
    row = pen.row < 1 ? 1 : 2;
    if (r->person.warnings) {
        snprintf(words, sizeof words, "! Warnings: %.180s", r->person.warnings);
        row += view_wrapped(view_part(text, row, 0, 2, -1), 0, STYLE_WARNING, words);
    }
    snprintf(words, sizeof words, "Where: %.120s%s", r->address ? r->address : "not known",
        !r->address         ? ""
        : r->from_incident ? r->not_on_paper ? " (place of the incident: not on the sheet)" : " (place of the incident)"
        : r->not_on_paper  ? " (the victim's too: not on the sheet)"
                           : "");
    row += view_wrapped(view_part(text, row, 0, 2, -1), 0, STYLE_NORMAL, words);
    draw_attempts(self, r, text, row);
}

static void roundup_draw(Screen *self, View v)
{
    Roundup *x = roundup_of(self);
    int detail = v.rows >= 30 ? DETAIL_ROWS + v.rows / 8 : v.rows >= 18 ? DETAIL_ROWS : 4, rows = v.rows - detail - 3;
    char words[64];

    set_columns(x, v.cols);
    x->list.titles = v.rows >= 16;
    if (x->athena)
        view_textf(v, 0, 1, STYLE_HEADING, "Operation Athena: suspects to arrest " SIGN_DOT " %lld arrested today", (long long)x->arrests);
    else
        view_text(v, 0, 1, STYLE_HEADING, "Operation Roundup: suspects outstanding");
    if (x->rows.n) {
        snprintf(words, sizeof words, x->rows.more ? "%zu of more than %zu " : "%zu of %zu ", list_at(&x->list) + 1, x->rows.n);
        view_text_right(view_part(v, 0, 0, 1, -1), 0, STYLE_MUTED, words);
    }
    view_rule(v, 1);
    list_draw(&x->list, view_part(v, 2, 0, rows, -1), true);
    view_rule(v, 2 + rows);
    draw_detail(self, view_part(v, 3 + rows, 0, detail, -1));
}

const ScreenClass scr_roundup = {
    .name = "roundup",
    .actions = roundup_actions,
    .state_size = sizeof(Roundup),
    .open = roundup_open,
    .load = roundup_load,
    .event = roundup_event,
    .can = roundup_can,
    .act = roundup_act,
    .draw = roundup_draw,
};
