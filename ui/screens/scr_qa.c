/* scr_qa.c — dip samples (BD 1.18, WF 1.1): which were drawn, by whom, out of how many books, with which seed; and drawing one. Who draws does
** not choose: the seed is recorded, and the same pool drawn again with it gives the same books (v in a sample proves it). */
#include "qa.h"
#include <errno.h>
#include <stdlib.h>

enum { SAMPLES = 500 };

typedef struct Qa {
    QaSample *items;
    size_t n;
    List list;
    ListColumn columns[6];
} Qa;

enum { DO_BACK = 1, DO_OPEN, DO_DRAW, DO_RESULTS };
static const Action qa_actions[] = {
    { DO_OPEN, "open-sample", "open", "The books of this sample.", "Enter", 0 },
    { DO_DRAW, "draw", "draw a new one", "Draw a new sample.", "n", 1 },
    { DO_RESULTS, "results", "results", "What the checklists say, by team and month.", "r", 2 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Qa *qa_of(const Screen *s)
{
    return s->state;
}

const char *qa_period_words(Time from, Time to, char out[QA_PERIOD])
{
    char a[CIVIL_TEXT], b[CIVIL_TEXT];

    civil_words_date(civil_local_date(from), a);
    civil_words_date(civil_local_date(to), b);
    if (strlen(a) > 5 && strlen(b) > 5 && strcmp(a + strlen(a) - 5, b + strlen(b) - 5) == 0) a[strlen(a) - 5] = '\0';
    snprintf(out, QA_PERIOD, "%s to %s", a, b);
    return out;
}

const char *qa_bar(int64_t part, int64_t whole, int cols, char *out, size_t size)
{
    int64_t full = whole > 0 ? (part * cols + whole / 2) / whole : 0;
    size_t n = 0;

    out[0] = '\0';
    for (int i = 0; i < cols && n + 4 < size; i++) n += (size_t)snprintf(out + n, size - n, "%s", i < full ? "█" : "░");
    return out;
}

/* --- the samples ------------------------------------------------------------------------------------------ */
static size_t qa_count(void *of)
{
    return qa_of(of)->n;
}

static int64_t qa_id(void *of, size_t i)
{
    return qa_of(of)->items[i].key;
}

static void qa_row(void *of, size_t i, ListRow *out)
{
    const QaSample *q = &qa_of(of)->items[i];
    char words[QA_PERIOD];
    int64_t drawn = q->wanted < q->pool ? q->wanted : q->pool;

    list_cellf(out, 0, STYLE_NORMAL, "%s", civil_words_short(q->drawn_at, words) + 4);
    list_cellf(out, 1, STYLE_NORMAL, "%s", qa_period_words(q->from, q->to, words));
    list_cell(out, 2, STYLE_NORMAL, q->team && *q->team ? q->team : "all teams");
    list_cellf(out, 3, STYLE_NORMAL, "%lld of %lld", (long long)drawn, (long long)q->pool);
    list_cell(out, 4, STYLE_MUTED, q->drawn_by);
    list_cellf(out, 5, STYLE_MUTED, "%lld", (long long)q->seed);
}

static bool qa_open(Screen *self, const void *arg, Err *err)
{
    Qa *q = qa_of(self);

    q->columns[0] = (ListColumn){ .title = "Drawn", .width = 12 };
    q->columns[1] = (ListColumn){ .title = "Books completed", .width = 26 };
    q->columns[2] = (ListColumn){ .title = "Team", .width = 0 };
    q->columns[3] = (ListColumn){ .title = "Books", .width = 10, .right = true };
    q->columns[4] = (ListColumn){ .title = "By", .width = 6 };
    q->columns[5] = (ListColumn){ .title = "Seed", .width = 20, .drop = 1 };
    list_init(&q->list, q->columns, 6, (ListSource){ .of = self, .count = qa_count, .id = qa_id, .row = qa_row });
    q->list.empty = "No sample was drawn yet. n draws one.";
    return true;
}

static bool qa_load(Screen *self, Err *err)
{
    Qa *q = qa_of(self);

    q->n = 0;
    if (!app_qa_samples(app_of(self), SAMPLES, self->arena, &q->items, &q->n, err)) return false;
    list_refresh(&q->list);
    return true;
}

static React qa_event(Screen *self, const Event *e)
{
    return list_event(&qa_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React qa_act(Screen *self, int action)
{
    int64_t key = list_id(&qa_of(self)->list);

    switch (action) {
    case DO_OPEN: return loop_go(self->loop, &scr_qa_sample, &key);
    case DO_DRAW: return loop_go(self->loop, &scr_qa_draw, NULL);
    case DO_RESULTS: return loop_go(self->loop, &scr_qa_results, NULL);
    default: return REACT_POP;
    }
}

static Can qa_can(const Screen *self, int action, const char **why)
{
    *why = "There is no sample yet: n draws one.";
    return action != DO_OPEN || list_any(&qa_of(self)->list) ? CAN : CAN_NOT;
}

static void qa_draw(Screen *self, View v)
{
    view_text(v, 0, 1, STYLE_HEADING, "Dip samples of books 124D");
    view_rule(v, 1);
    list_draw(&qa_of(self)->list, view_part(v, 2, 0, -1, -1), true);
}

const ScreenClass scr_qa = {
    .name = "qa",
    .actions = qa_actions,
    .state_size = sizeof(Qa),
    .open = qa_open,
    .load = qa_load,
    .event = qa_event,
    .can = qa_can,
    .act = qa_act,
    .draw = qa_draw,
};

/* --- drawing one -------------------------------------------------------------------------------------------- */
typedef struct Draw {
    Form *form;
} Draw;

enum { DRAW_SAVE = 1, DRAW_LEAVE };
static const Action draw_actions[] = {
    { DRAW_SAVE, "draw", "draw", "Draw the sample now.", "Ctrl-S F10", 0 },
    { DRAW_LEAVE, "leave", "leave", "Draw nothing.", "Esc F12 F3", 1 },
    { 0 },
};

static Draw *draw_of(const Screen *s)
{
    return s->state;
}

static bool draw_open(Screen *self, const void *arg, Err *err)
{
    char first[CIVIL_TEXT], last[CIVIL_TEXT];
    int year, month, day;

    civil_of_date(civil_local_date(now_of(self)), &year, &month, &day);
    civil_format_date(civil_date(year, month - 1, 1), first); /* the month that is over */
    civil_format_date(civil_date(year, month, 0), last);
    const FormField fields[] = {
        { .name = "from",
            .label = "Completed from",
            .kind = FORM_DATE,
            .required = true,
            .value = first,
            .help = "The first day of the period." },
        { .name = "to", .label = "to", .kind = FORM_DATE, .required = true, .value = last, .help = "Its last day." },
        { .name = "team",
            .label = "Team",
            .kind = FORM_LINE,
            .limit = 60,
            .help = "Books of this team only; empty: of all teams." },
        { .name = "wanted",
            .label = "How many books",
            .kind = FORM_NUMBER,
            .required = true,
            .value = "10",
            .help = "All of them, where there are fewer." },
        { .name = "seed",
            .label = "Seed",
            .kind = FORM_NUMBER,
            .help =
                "Empty: a random one is drawn and recorded. The same seed over the same books gives the same sample." },
    };
    draw_of(self)->form = form_new(fields, ARRAY_LEN(fields), now_of(self));
    return true;
}

static bool read_number(Form *f, const char *name, int64_t *out, Err *err)
{
    const char *text = form_value(f, name);
    char *end = NULL;

    errno = 0;
    *out = strtoll(text, &end, 10);
    if (!errno && end && !*end && *out >= 0) return true;
    return err_set(err, ERR_INVALID, name, "This number is too large, or none: 10.");
}

static bool read_ask(Form *f, QaAsk *out, Err *err)
{
    Date from, to;

    if (!form_check(f, true, err)) return false;
    if (!civil_parse_date(form_value(f, "from"), &from, err) || !civil_parse_date(form_value(f, "to"), &to, err))
        return false;
    out->from = civil_day_start(from);
    out->to = civil_day_end(to);
    if (to < from) return err_set(err, ERR_INVALID, "to", "The period ends before it begins.");
    return read_number(f, "wanted", &out->wanted, err) && read_number(f, "seed", &out->seed, err);
}

static React draw_refused(Screen *self, const Err *err)
{
    Form *f = draw_of(self)->form;

    if (err->kind == ERR_INVALID && form_has(f, err->field)) {
        form_set_error(f, err->field, err->text);
        form_focus(f, err->field);
    }
    loop_status_err(self->loop, err);
    return REACT_STATUS;
}

static React draw_now(Screen *self)
{
    Loop *l = self->loop;
    QaAsk ask = { 0 };
    QaSample sample;
    Err err = { 0 };

    if (!read_ask(draw_of(self)->form, &ask, &err)) return draw_refused(self, &err);
    ask.team = arena_dup(self->arena, form_value(draw_of(self)->form, "team"));
    if (!app_qa_draw(app_of(self), &ask, self->arena, &sample, &err)) return draw_refused(self, &err);
    loop_status(l, STYLE_GOOD, "Drawn: %lld of %lld books, seed %lld.",
        (long long)(sample.wanted < sample.pool ? sample.wanted : sample.pool), (long long)sample.pool,
        (long long)sample.seed);
    loop_pop(l);
    loop_go(l, &scr_qa_sample, &sample.key);
    return REACT_STATUS | REACT_RELOAD_ALL;
}

static React draw_event(Screen *self, const Event *e)
{
    Form *f = draw_of(self)->form;

    switch (form_event(f, e)) {
    case FORM_UNUSED: return REACT_UNUSED;
    case FORM_SAVE: return draw_now(self);
    case FORM_LEAVE: return REACT_POP;
    default: break;
    }
    if (*form_notice(f)) loop_status(self->loop, STYLE_WARNING, "%s", form_notice(f));
    return REACT_REDRAW;
}

static React draw_act(Screen *self, int action)
{
    return action == DRAW_SAVE ? draw_now(self) : REACT_POP;
}

static bool draw_typing(const Screen *self)
{
    return form_typing(draw_of(self)->form);
}

static void draw_draw(Screen *self, View v)
{
    view_text(v, 0, 1, STYLE_HEADING, "Draw a dip sample");
    view_rule(v, 1);
    form_draw(draw_of(self)->form, view_prose(view_part(v, 2, 0, -1, -1)), true);
}

static void draw_close(Screen *self)
{
    form_free(&draw_of(self)->form);
}

const ScreenClass scr_qa_draw = {
    .name = "qa-draw",
    .actions = draw_actions,
    .state_size = sizeof(Draw),
    .open = draw_open,
    .event = draw_event,
    .act = draw_act,
    .typing = draw_typing,
    .draw = draw_draw,
    .close = draw_close,
};
