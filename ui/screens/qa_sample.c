/* qa_sample.c — one dip sample: its books, and what the checklist says of each. v draws it again with its seed and says whether the same
** books come out. */
#include "qa.h"

typedef struct Sample {
    int64_t key;
    QaSample sample;
    QaPick *items;
    size_t n;
    List list;
    ListColumn columns[6];
} Sample;

enum { DO_BACK = 1, DO_OPEN, DO_READ, DO_VERIFY };
static const Action sample_actions[] = {
    { DO_OPEN, "checklist", "checklist", "The checklist of this book.", "Enter", 0 },
    { DO_READ, "read-book", "read", "Read this book.", "o b", 1 },
    { DO_VERIFY, "draw-again", "draw again", "Draw it again with its seed: the same books must come out.", "v", 2 },
    { DO_BACK, "back", "back", "Back to where you came from.", "Esc q F3 F12", 0 },
    { 0 },
};

static Sample *sample_of(const Screen *s)
{
    return s->state;
}

static size_t picks_count(void *of)
{
    return sample_of(of)->n;
}

static int64_t picks_id(void *of, size_t i)
{
    return (int64_t)i + 1;
}

static void picks_row(void *of, size_t i, ListRow *out)
{
    const QaPick *p = &sample_of(of)->items[i];
    char words[CIVIL_TEXT], bar[80];

    list_cell(out, 0, STYLE_NORMAL, p->serial);
    list_cell(out, 1, STYLE_NORMAL, p->case_id);
    list_cellf(out, 2, STYLE_MUTED, "%s", civil_words_short(p->completed_at, words) + 4);
    if (!p->done) {
        list_cell(out, 3, STYLE_WARNING, "not checked");
        return;
    }
    list_cellf(out, 3, STYLE_NORMAL, "%d of %d", p->met, p->of);
    list_cellf(out, 4, STYLE_NORMAL, "%s", qa_bar(p->met, p->of, 8, bar, sizeof bar));
    list_cellf(out, 5, STYLE_MUTED, "%s %s", p->done->by ? p->done->by : "", civil_words_short(p->done->at, words) + 4);
}

static bool sample_open(Screen *self, const void *arg, Err *err)
{
    Sample *s = sample_of(self);

    s->key = *(const int64_t *)arg;
    s->columns[0] = (ListColumn){ .title = "Serial", .width = 9 };
    s->columns[1] = (ListColumn){ .title = "Case", .width = 9 };
    s->columns[2] = (ListColumn){ .title = "Completed", .width = 12 };
    s->columns[3] = (ListColumn){ .title = "Met", .width = 11 };
    s->columns[4] = (ListColumn){ .title = "", .width = 8 };
    s->columns[5] = (ListColumn){ .title = "Checked", .width = 0, .drop = 1 };
    list_init(
        &s->list, s->columns, 6, (ListSource){ .of = self, .count = picks_count, .id = picks_id, .row = picks_row });
    s->list.empty = "No book was completed in that time.";
    return true;
}

static bool sample_load(Screen *self, Err *err)
{
    Sample *s = sample_of(self);

    s->n = 0;
    if (!app_qa_picks(app_of(self), s->key, self->arena, &s->sample, &s->items, &s->n, err)) return false;
    list_refresh(&s->list);
    return true;
}

static React sample_event(Screen *self, const Event *e)
{
    return list_event(&sample_of(self)->list, e) == LIST_UNUSED ? REACT_UNUSED : REACT_REDRAW;
}

static React verify(Screen *self)
{
    bool same = false;
    Err err = { 0 };

    if (!app_qa_verify(app_of(self), sample_of(self)->key, &same, &err))
        loop_status_err(self->loop, &err);
    else if (same)
        loop_status(self->loop, STYLE_GOOD, "Drawn again with its seed: the same books.");
    else
        loop_status(self->loop, STYLE_WARNING,
            "Drawn again with its seed, other books come out: books of that time came in or changed since.");
    return REACT_STATUS;
}

static React sample_act(Screen *self, int action)
{
    const Sample *s = sample_of(self);
    const QaPick *p = list_any(&s->list) ? &s->items[list_at(&s->list)] : NULL;
    QaListAsk list = {
        .case_id = p ? p->case_id : "", .serial = p ? p->serial : "", .answers = p && p->done ? p->done->answers : NULL
    };
    ReadAsk read = { .case_id = list.case_id, .serial = list.serial };

    switch (action) {
    case DO_OPEN: return loop_go(self->loop, &scr_qa_list, &list);
    case DO_READ: return loop_go(self->loop, &scr_read, &read);
    case DO_VERIFY: return verify(self);
    default: return REACT_POP;
    }
}

static Can sample_can(const Screen *self, int action, const char **why)
{
    *why = "There is no book in this sample.";
    return action == DO_BACK || action == DO_VERIFY || list_any(&sample_of(self)->list) ? CAN : CAN_NOT;
}

static void sample_draw(Screen *self, View v)
{
    Sample *s = sample_of(self);
    Pen pen = pen_at(view_part(v, 0, 0, 2, -1), 0, 1);
    char words[120], period[QA_PERIOD];
    size_t done = 0;
    int row;

    for (size_t i = 0; i < s->n; i++) done += s->items[i].done != NULL;
    snprintf(words, sizeof words, "Sample: %zu of %lld books", s->n, (long long)s->sample.pool);
    pen_piece(&pen, STYLE_HEADING, words);
    pen_piece(&pen, STYLE_NORMAL, qa_period_words(s->sample.from, s->sample.to, period));
    pen_piece(&pen, STYLE_NORMAL, s->sample.team && *s->sample.team ? s->sample.team : "all teams");
    snprintf(words, sizeof words, "%zu checked", done);
    pen_piece(&pen, done == s->n ? STYLE_GOOD : STYLE_NORMAL, words);
    snprintf(words, sizeof words, "seed %lld", (long long)s->sample.seed);
    pen_piece(&pen, STYLE_MUTED, words);
    snprintf(words, sizeof words, "drawn by %s", s->sample.drawn_by ? s->sample.drawn_by : "");
    pen_piece(&pen, STYLE_MUTED, words);
    row = pen.row < 1 ? 1 : 2;
    view_rule(v, row);
    list_draw(&s->list, view_part(v, row + 1, 0, -1, -1), true);
}

const ScreenClass scr_qa_sample = {
    .name = "qa-sample",
    .actions = sample_actions,
    .state_size = sizeof(Sample),
    .open = sample_open,
    .load = sample_load,
    .event = sample_event,
    .can = sample_can,
    .act = sample_act,
    .draw = sample_draw,
};
