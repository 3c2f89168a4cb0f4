/* entry_review.c — what a review has besides its text: the checks to tick, the instructions to the officer, and above the form what changed
** since the last one of its kind. A check that nobody touched is not ticked; that all hold is said with one key, and kept as said so. */
#include "screens.h"
#include "entry_review.h"

#define AT_ONCE "at_once"
#define CHECK_PREFIX "check."

/* --- fields ----------------------------------------------------------------------------------- */
static FormField check_field(const ReviewCheck *c, Arena *a)
{
    return (FormField){ .name = arena_printf(a, CHECK_PREFIX "%s", c->name),
        .label = arena_printf(a, "%s (%s)", c->says, c->cite),
        .help = c->otherwise
                    ? arena_printf(a, "Space ticks; y yes, n no, a not applicable. When it does not hold, i asks the officer: \"%s\".", c->otherwise)
                    : "Space ticks; y yes, n no, a not applicable.",
        .kind = FORM_TICK };
}

size_t review_check_fields(const ReviewChecks *checks, FormField *out, Arena *a)
{
    size_t n = 0;

    for (; n < checks->n; n++) out[n] = check_field(&checks->items[n], a);
    if (n) out[n++] = (FormField){ .name = AT_ONCE, .label = "", .kind = FORM_LINE };
    return n;
}

size_t review_fields(const App *app, const CaseDoc *doc, const char *kind, ReviewPart *part, FormField *out, Arena *a)
{
    size_t n = 0;

    app_checks_asked(app, doc, kind, a, &part->checks);
    part->instructs = app_may_add(app, LIST_TASKS, NULL);
    part->whom = str_eq(kind, "cad-supervision") || str_eq(kind, "cris-supervision") ? "pc +1d" : NULL; /* before there is an investigator */
    for (size_t i = 0; i < part->checks.n; i++) out[n++] = check_field(&part->checks.items[i], a);
    if (part->instructs)
        out[n++] = (FormField){ .name = "instructions", .label = "Instructions", .kind = FORM_TEXT, .rows = 2,
            .help = "One a line: whom, by when, what. \"+2d Take the neighbour's statement\", \"di fri 1700 Approve the plan\". io is meant "
                    "when nobody is named; pc, ps, ds, di, ppd, cmu, or a warrant number. Each becomes a task in that queue. \"none: why\" "
                    "when remedial action asks nothing of anybody." };
    if (part->checks.n) out[n++] = (FormField){ .name = AT_ONCE, .label = "", .kind = FORM_LINE };
    return n;
}

/* What the case itself says of it; that it is there needs no line. */
static void note_record(Form *f, const ReviewCheck *c)
{
    char name[64];

    snprintf(name, sizeof name, CHECK_PREFIX "%s", c->name);
    if (c->on_record && c->known != TRUTH_YES)
        form_set_note(f, name, STYLE_WARNING, c->known == TRUTH_NO ? "The case does not have it." : "Nobody has said in the case.");
}

void review_form_ready(Form *f, const ReviewPart *part)
{
    form_show(f, AT_ONCE, false); /* it goes with the draft */
    for (size_t i = 0; i < part->checks.n; i++) note_record(f, &part->checks.items[i]);
    if (part->instructs) form_set_note(f, "instructions", STYLE_MUTED, "One a line: io +2d Take the statement. Or fri 1700, +4h; di, pc, ppd.");
}

/* --- ticking ------------------------------------------------------------------------------------- */
static const char *field_of(const ReviewCheck *c, char out[64])
{
    snprintf(out, 64, CHECK_PREFIX "%s", c->name);
    return out;
}

static CheckTick ticked(Form *f, const ReviewCheck *c)
{
    char name[64];
    const char *value = form_value(f, field_of(c, name));

    for (CheckTick t = CHECK_YES; t < CHECK_TICKS; t++)
        if (str_eq(check_tick_words[t], value)) return t;
    return CHECK_LEFT;
}

void review_read_ticks(Form *f, ReviewPart *part)
{
    for (size_t i = 0; i < part->checks.n; i++) part->checks.items[i].tick = ticked(f, &part->checks.items[i]);
    part->checks.at_once = str_eq(form_value(f, AT_ONCE), "yes");
}

size_t review_all_hold(Form *f, ReviewPart *part)
{
    size_t n = 0;
    char name[64];

    for (size_t i = 0; i < part->checks.n; i++) {
        const ReviewCheck *c = &part->checks.items[i];
        if (ticked(f, c) != CHECK_LEFT || (c->on_record && c->known != TRUTH_YES)) continue; /* what the case does not have is said by itself */
        form_put(f, field_of(&part->checks.items[i], name), "yes");
        n++;
    }
    if (n) form_put(f, AT_ONCE, "yes");
    review_read_ticks(f, part);
    return n;
}

/* "Merlin and CRIS quote each other; …" of those not ticked. */
const char *review_left_words(const ReviewPart *part, Arena *a)
{
    Str out = { 0 };
    const char *words;

    for (size_t i = 0; i < part->checks.n; i++)
        if (part->checks.items[i].tick == CHECK_LEFT) str_addf(&out, "%s%s", out.n ? "; " : "", part->checks.items[i].says);
    words = arena_dup(a, str_text(&out));
    str_finish(&out);
    return words;
}

/* --- what does not hold, asked of the officer --------------------------------------------------------- */
bool review_ask_officer(Form *f, const ReviewPart *part, Arena *a)
{
    char name[64];

    for (size_t i = 0; part->instructs && i < part->checks.n; i++) {
        const ReviewCheck *c = &part->checks.items[i];
        const char *before;
        if (!c->otherwise || !str_eq(form_focused(f), field_of(c, name))) continue;
        form_put(f, name, "no");
        before = arena_dup(a, form_value(f, "instructions"));
        form_put(f, "instructions", arena_printf(a, "%s%s%s %s", before, *before ? "\n" : "", part->whom ? part->whom : "io +2d", c->otherwise));
        return true;
    }
    return false;
}

/* --- since the last one ----------------------------------------------------------------------------------- */
static const char *since_words(const App *app, const Since *since, Arena *a)
{
    char when[CIVIL_TEXT];

    civil_words_short(since->when, when);
    if (!since->review) return arena_printf(a, "Since it was reported %s", when);
    return arena_printf(a, "Since the last %s, %s", label_inside(vocab_label(app_vocabs(app), VOCAB_REVIEW, since->review->kind), a), when);
}

const char *review_since_title(const App *app, const Since *since, size_t shown, Arena *a)
{
    const char *words = since_words(app, since, a);

    if (since->n == 0) return arena_printf(a, "%s: nothing has changed", words);
    return since->n > shown ? arena_printf(a, "%s: %zu changes, ^V shows all", words, since->n) : words;
}

void review_since_write(Pager *p, const Since *since, size_t most)
{
    for (size_t i = 0; i < since->n && i < most; i++)
        pager_dated(p, since->lines[i].at, STYLE_NORMAL, since->lines[i].says);
}

/* --- what a review ticked, on paper and on the page ------------------------------------------------------------ */
const char *check_line(const ReviewCheck *c, Arena *a)
{
    static const char *const signs[CHECK_TICKS] = { "[   ]", "[yes]", "[no ]", "[n/a]" };

    return arena_printf(a, "%s %s", signs[c->tick], c->says);
}

void review_checks_write(Pager *p, const Review *r, int indent, Arena *a)
{
    ReviewChecks checks;

    app_checks_of(r, a, &checks);
    for (size_t i = 0; i < checks.n; i++)
        pager_add(p, indent, checks.items[i].tick == CHECK_NO || checks.items[i].tick == CHECK_LEFT ? STYLE_WARNING : STYLE_MUTED,
            check_line(&checks.items[i], a));
    if (checks.at_once) pager_add(p, indent, STYLE_MUTED, "Ticked in one go: all that held.");
    if (checks.despite) pager_add(p, indent, STYLE_WARNING, "Satisfied although not all holds: asked, and meant so.");
    if (checks.none) pager_addf(p, indent, STYLE_WARNING, "Nothing is asked of anybody: %s", checks.none);
}
