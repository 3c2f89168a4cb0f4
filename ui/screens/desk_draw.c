/* desk_draw.c — how the desk looks. */
#include "desk.h"

static int tabs_width(const Desk *d, const char *const names[TAB_COUNT])
{
    int width = desk_tabs_shown(d) - 1;

    for (int t = 0; t < desk_tabs_shown(d); t++)
        width += snprintf(NULL, 0, " %d %s %lld ", t + 1, names[t], (long long)d->counts[t]);
    return width;
}

static void draw_tabs(const Desk *d, View v)
{
    int col = 0;
    size_t level = 0;

    while (level + 1 < ARRAY_LEN(desk_tab_names) && tabs_width(d, desk_tab_names[level]) > v.cols) level++;
    for (int t = 0; t < desk_tabs_shown(d); t++) {
        bool on = t == (int)d->query.tab;
        unsigned style = on ? STYLE_SELECTED : t == TAB_OVERDUE && d->counts[t] ? STYLE_OVERDUE : STYLE_NORMAL;
        if (t) col += view_text(v, 0, col, STYLE_RULE, "│");
        col += view_textf(v, 0, col, style, "%s%d %s %lld%s", on ? "[" : " ", t + 1, desk_tab_names[level][t],
            (long long)d->counts[t], on ? "]" : " ");
    }
}

/* Which views have which digit, where nothing else stands. */
static int draw_views(const Desk *d, View v)
{
    static const char *const digits[VIEW_DIGITS] = { "7", "8", "9", "0" };
    Str s = { 0 };
    int from = v.cols;

    for (size_t i = 0; i < d->n_views && i < VIEW_DIGITS; i++) str_addf(&s, " %s %s ", digits[i], d->views[i].name);
    if (s.n && utf8_width(str_text(&s)) + 30 <= v.cols) from = view_text_right(v, 0, STYLE_MUTED, str_text(&s));
    str_finish(&s);
    return from;
}

static const char *of_words(const Desk *d)
{
    if (str_eq(d->of, OF_ME)) return "my own cases";
    if (str_eq(d->of, OF_NOBODY)) return "nobody's cases";
    for (size_t i = 0; i < d->n_names; i++)
        if (str_eq(d->names[i].warrant, d->of)) return d->names[i].name;
    return d->of;
}

/* Returns the column where it begins: what stands on the left ends before. */
static int draw_chip(const Screen *self, View v)
{
    const Desk *d = desk_of(self);
    Str chip = { 0 };
    char grade[24];
    int from = v.cols;

    if (d->view[0]) {
        str_addf(&chip, " view %s " SIGN_DOT " Esc clears ", d->view);
        from = view_text_right(v, 0, STYLE_MARK, str_text(&chip));
        str_finish(&chip);
        return from;
    }
    if (d->as) str_addf(&chip, " queue of %s ", role_label(d->as));
    if (*d->of) str_addf(&chip, " %s ", of_words(d));
    if (d->query.only_grade) str_addf(&chip, " only %s ", grade_word(vocabs_of(self), d->query.only_grade, grade));
    if (d->query.only_duty) str_addf(&chip, " only %s ", duty_title(app_of(self), d->query.only_duty));
    if (d->query.only_words) str_addf(&chip, " only \"%s\" ", d->query.only_words);
    if (!chip.n) from = draw_views(d, v);
    if (chip.n) {
        str_add(&chip, SIGN_DOT " Esc clears ");
        from = view_text_right(v, 0, STYLE_MARK, str_text(&chip));
    }
    str_finish(&chip);
    return from;
}

/* Where a filter leaves no room for the words, the key and its number. */
static int draw_news(View v, int col, const char *words, const char *brief)
{
    if (col + utf8_width(words) + 1 > v.cols) words = brief;
    return col + utf8_width(words) + 1 > v.cols ? col : col + view_text(v, 0, col, STYLE_WARNING, words) + 1;
}

/* Under the tabs, when there are any. A broken glass is the louder of the two. */
static void draw_alerts(const Desk *d, View v)
{
    char words[48], news[80], brief[24];
    int col = 1;

    if (d->glass[0]) {
        view_cell(v, 0, 1, v.cols - 8, STYLE_OVERDUE, d->glass);
        view_text_right(view_part(v, 0, 0, 1, v.cols - 1), 0, STYLE_WARNING, " V ");
        return;
    }
    if (d->no_crimes) {
        snprintf(news, sizeof news, " %zu no crime%s to decide: N ", d->no_crimes, d->no_crimes == 1 ? "" : "s");
        snprintf(brief, sizeof brief, " N %zu ", d->no_crimes);
        col = draw_news(v, col, news, brief);
    }
    if (d->handed[0]) col = draw_news(v, col, d->handed, " H ");
    if (d->alerts) {
        snprintf(news, sizeof news, " %s: A ", alert_count_words(d->alerts, words));
        snprintf(brief, sizeof brief, " A %lld ", (long long)d->alerts);
        col = draw_news(v, col, news, brief);
    }
    if (d->idle) {
        snprintf(news, sizeof news, " %lld%s without a next step: W ", (long long)d->idle, d->idle == WATCH_MOST ? " or more" : "");
        snprintf(brief, sizeof brief, " W %lld ", (long long)d->idle);
        col = draw_news(v, col, news, brief);
    }
    if (d->nobodys && !str_eq(d->of, OF_NOBODY)) {
        snprintf(news, sizeof news, " %lld nobody's: I ", (long long)d->nobodys);
        snprintf(brief, sizeof brief, " I %lld ", (long long)d->nobodys);
        draw_news(v, col, news, brief);
    }
}

/* Where one stands: "12 of 60"; not known when the window began at the end. */
static void draw_place(const Desk *d, View v)
{
    char words[48];

    if (d->marks.n) view_textf(v, 0, 1, STYLE_MARK, " * %zu marked: B ", d->marks.n);
    if (d->rows.n == 0 || d->rows.before || d->query.only_grade || d->query.only_duty || d->query.only_words) return;
    snprintf(words, sizeof words, " %zu of %lld ", list_at(&d->list) + 1, (long long)d->counts[d->query.tab]);
    view_text_right(view_part(v, 0, 0, 1, v.cols - 1), 0, STYLE_MUTED, words);
}

static void draw_peek(const Screen *self, View v)
{
    const Desk *d = desk_of(self);
    const QueueRow *q = desk_current(d);
    const Peek *p = &d->peek;
    Pen pen = pen_at(v, 0, 1);
    View text = view_part(v, 0, 1, -1, v.cols - 2);
    int row, left;

    if (!q) return;
    if (p->row != window_queue.id(q)) {
        pen_piece(&pen, STYLE_HEADING, q->case_id);
        pen_piece(&pen, STYLE_NORMAL, q->says ? q->says : duty_title(app_of(self), q->duty));
        pen_piece(&pen, STYLE_MUTED, duty_cite(app_of(self), q->duty));
        return;
    }
    if (!p->ok) {
        view_wrapped(text, 0, STYLE_ERROR, p->err.text);
        return;
    }
    pen.v = view_part(v, 0, 0, 2, -1);
    case_words_draw(&pen, &p->words);
    row = pen.row < 2 ? pen.row + 1 : 2;
    row += view_wrapped(view_part(text, row, 0, 2, -1), 0, STYLE_NORMAL, p->why);
    row += view_wrapped(view_part(text, row, 5, 1, -1), 0, STYLE_NORMAL, p->clock);
    text = view_prose(text);
    left = v.rows - row;
    if (left == 1)
        view_cell(text, row, 5, text.cols - 5, STYLE_NORMAL, p->clears); /* … says that there is more */
    else
        row += view_wrapped(view_part(text, row, 5, left < 2 ? left : 2, -1), 0, STYLE_NORMAL, p->clears);
    if (v.rows > PREVIEW_ROWS && p->place) row += view_wrapped(view_part(text, row, 0, 2, -1), 0, STYLE_NORMAL, p->place);
    if (v.rows > PREVIEW_ROWS) view_wrapped(view_part(text, row, 0, -1, -1), 0, STYLE_MUTED, p->last);
}

/* Rows for the preview: on a low screen it takes what a short list leaves. */
static int preview_rows(const Desk *d, int rows)
{
    int spare = rows - 3 - (int)d->rows.n;

    if (rows >= 30) return PREVIEW_ROWS + rows / 8;
    if (rows >= 20) return PREVIEW_ROWS;
    return spare > PREVIEW_ROWS ? PREVIEW_ROWS : spare > 4 ? spare : 4;
}

void desk_draw(Screen *self, View v)
{
    Desk *d = desk_of(self);
    int peek = preview_rows(d, v.rows);
    int rows = v.rows - peek - 3, chip;

    desk_set_columns(d, v.cols);
    d->list.titles = v.rows >= 30;
    draw_tabs(d, view_part(v, 0, 0, 1, -1));
    view_rule(v, 1);
    chip = draw_chip(self, view_part(v, 1, 0, 1, v.cols - 1));
    draw_alerts(d, view_part(v, 1, 0, 1, chip < 1 ? 1 : chip));
    list_draw(&d->list, view_part(v, 2, 0, rows, -1), true);
    view_rule(v, 2 + rows);
    draw_place(d, view_part(v, 2 + rows, 0, 1, -1));
    draw_peek(self, view_part(v, 3 + rows, 0, peek, -1));
}
