/* common.c — the small words all screens say: how late, how grave, whose. */
#include "screens.h"
#include <ctype.h>

Ui *ui_of(const Screen *s)
{
    return s->context;
}

App *app_of(const Screen *s)
{
    return ui_of(s)->app;
}

const Vocabs *vocabs_of(const Screen *s)
{
    return app_vocabs(app_of(s));
}

Time now_of(const Screen *s)
{
    return app_now(app_of(s));
}

const char *grade_word(const Vocabs *v, Code grade, char out[24])
{
    size_t i = 0;
    const char *word = vocab_word(v, VOCAB_GRADE, grade);

    if (grade == CODE_NONE) word = "no grade";
    for (; word[i] && i < 23; i++) out[i] = (char)(grade == CODE_NONE ? word[i] : toupper((unsigned char)word[i]));
    out[i] = '\0';
    return out;
}

Style grade_style(Code grade)
{
    if (grade == GRADE_HIGH) return STYLE_HIGH;
    if (grade == GRADE_MEDIUM) return STYLE_MEDIUM;
    return STYLE_NORMAL;
}

const char *offence_or_kind(const Vocabs *v, const char *word)
{
    Code offence = vocab_code(v, VOCAB_OFFENCE, word ? word : ""), kind = vocab_code(v, VOCAB_CASE_KIND, word ? word : "");

    return offence ? vocab_label(v, VOCAB_OFFENCE, offence) : kind ? vocab_label(v, VOCAB_CASE_KIND, kind) : word ? word : "";
}

const char *duty_title(const App *app, const char *duty)
{
    const PolicyDuty *rule = app_rule(app, duty);
    return rule ? rule->title : duty;
}

const char *duty_cite(const App *app, const char *duty)
{
    const PolicyDuty *rule = app_rule(app, duty);
    return rule && rule->cite ? rule->cite : "";
}

Role role_first(RoleSet roles)
{
    for (int r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
        if (roles & ROLE_BIT(r)) return (Role)r;
    return ROLE_NONE;
}

/* The unit an officer sits in, by the first of the roles. */
const char *unit_of_roles(RoleSet roles)
{
    static const char *const units[ROLE_COUNT] = {
        [ROLE_RESPONSE_PC] = "Response team",
        [ROLE_RESPONSE_PS] = "Response team",
        [ROLE_IBOS] = "Integrated Borough Operations",
        [ROLE_CMU] = "Crime Management Unit",
        [ROLE_PPD] = "Public Protection Desk",
        [ROLE_CSU_IO] = "Community Safety Unit",
        [ROLE_CSU_DS] = "Community Safety Unit",
        [ROLE_CSU_DI] = "Community Safety Unit",
        [ROLE_DCI] = "Crime command",
        [ROLE_MARAC_COORDINATOR] = "MARAC",
        [ROLE_DPS] = "Professional Standards",
        [ROLE_AUDITOR] = "Audit",
        [ROLE_KEEPER] = "Keeper of the store",
    };
    const char *unit = units[role_first(roles)];
    return unit ? unit : "";
}

/* A weekday and a clock time while that is clear; a date when it is more than six days away. */
static void near_words(Time t, Time now, char out[CIVIL_TEXT])
{
    char words[CIVIL_TEXT], clock[CIVIL_TEXT];
    Date days = civil_local_date(t) - civil_local_date(now);

    civil_words_clock(t, clock);
    if (days == 0) {
        snprintf(out, CIVIL_TEXT, "%s", clock);
        return;
    }
    civil_words_short(t, words); /* "Mon 1 Feb 09:12" */
    if (days > 0 && days < 7)
        snprintf(out, CIVIL_TEXT, "%.3s %.5s", words, clock);
    else {
        civil_words_date(civil_local_date(t), words); /* "1 Feb 2010" */
        char *year = strrchr(words, ' ');
        if (year) *year = '\0';
        snprintf(out, CIVIL_TEXT, "%s", words);
    }
}

const char *span_words(int64_t seconds, char out[CIVIL_TEXT])
{
    char *gap;

    civil_words_span(seconds, out);
    while ((gap = strstr(out, "  "))) memmove(gap, gap + 1, strlen(gap));
    return out;
}

void due_words(Time opens, Time due, Time now, DueWords *out)
{
    char words[CIVIL_TEXT];

    *out = (DueWords){ .sign = " ", .style = STYLE_NORMAL };
    if (now > due) {
        out->sign = "!";
        out->style = STYLE_OVERDUE;
        snprintf(out->word, sizeof out->word, "OVERDUE");
        civil_words_span(now - due, out->when);
    } else if (now < opens) {
        out->style = STYLE_MUTED;
        snprintf(out->word, sizeof out->word, "opens");
        near_words(opens, now, out->when);
    } else if (civil_local_date(due) == civil_local_date(now)) {
        snprintf(out->word, sizeof out->word, "today");
        civil_words_clock(due, out->when);
    } else {
        civil_words_short(due, words); /* "Wed 10 Feb 17:00" */
        civil_words_clock(due, out->when);
        if (civil_local_date(due) - civil_local_date(now) <= 7)
            snprintf(out->word, sizeof out->word, "%.*s", (int)(4 + strcspn(words + 4, " ")), words);
        else
            snprintf(out->word, sizeof out->word, "%.*s", (int)(strlen(words) - 10), words + 4);
    }
}

void held_words(Time until, Time now, DueWords *out)
{
    *out = (DueWords){ .sign = " ", .word = "held to", .style = STYLE_MUTED };
    near_words(until, now, out->when);
}

View view_prose(View v)
{
    return view_part(v, 0, 0, -1, v.cols > PROSE_COLS ? PROSE_COLS : v.cols);
}

/* --- pieces of a line --------------------------------------------------------------------- */
Pen pen_at(View v, int row, int col)
{
    return (Pen){ .v = v, .row = row, .col = col, .first = true };
}

void pen_piece(Pen *p, unsigned style, const char *text)
{
    int width, gap = p->first ? 0 : 3;

    if (!text || !*text || p->row >= p->v.rows) return;
    width = utf8_width(text);
    if (!p->first && p->col + gap + width > p->v.cols) {
        p->row++;
        p->col = 1;
        gap = 0;
        if (p->row >= p->v.rows) return;
    }
    if (gap) view_text(p->v, p->row, p->col, STYLE_MUTED, " " SIGN_DOT " ");
    p->col += gap;
    if (p->col + width > p->v.cols)
        view_cell(p->v, p->row, p->col, p->v.cols - p->col, style, text);
    else
        view_text(p->v, p->row, p->col, style, text);
    p->col += width;
    p->first = false;
}

void pager_dated(Pager *p, Time at, unsigned style, const char *words)
{
    enum { COL_WORDS = 24 };
    char when[CIVIL_TEXT];

    pager_begin(p, 1, COL_WORDS - 1);
    pager_put(p, STYLE_MUTED, at == TIME_NONE ? "(no time)" : civil_words_full(at, when));
    pager_to(p, COL_WORDS);
    pager_put(p, style, words);
    pager_end(p);
}

void status_next(Loop *l, const char *said, const char *case_id, size_t passed)
{
    if (passed)
        loop_status(l, STYLE_GOOD, "%s Next: %s, past %zu other%s.", said, case_id, passed, passed == 1 ? "" : "s");
    else
        loop_status(l, STYLE_GOOD, "%s Next: %s.", said, case_id);
}

static Style signed_style(SignedStand stand)
{
    static const Style styles[SIGNED_STANDS] = { [SIGNED_NOT] = STYLE_MUTED,
        [SIGNED_VALID] = STYLE_GOOD,
        [SIGNED_CHANGED] = STYLE_ERROR,
        [SIGNED_UNKNOWN] = STYLE_WARNING };

    return styles[stand];
}

void signed_write(Pager *p, int indent, SignedStand stand)
{
    pager_add(p, indent, signed_style(stand), signed_line(stand));
}

void signed_put(Pager *p, SignedStand stand)
{
    pager_put(p, signed_style(stand), signed_line(stand));
}
