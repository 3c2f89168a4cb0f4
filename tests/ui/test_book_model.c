/* test_book_model.c — thousands of random things done to a form give the answers that a plain table of texts gives: typing, undo
** and redo of the whole form, rows that come and go, other sizes, other sections, and going on from what was saved. */
#include "book_help.h"

enum { MOST_ROWS = 4, STEPS = 4000, ROW_FIELDS = 3, FIXED = 7, DEEP = 6000, CELL = 256 };

static const char form_words_[] =
    "form trial \"Trial\"\n"
    "choices weapon\n"
    "    fist \"Fist\", knife \"Knife\", none \"None\"\n"
    "section one \"One\" letter A filled by officer\n"
    "    help \"Why.\"\n"
    "    a.name text \"Name\" required limit 200\n"
    "        help \"Why.\"\n"
    "    a.sure answer \"Sure\" required\n"
    "        help \"Why.\"\n"
    "    a.more text \"More\" limit 200 asked if a.sure is yes required if a.sure is yes\n"
    "        help \"Why.\"\n"
    "    a.kind choice weapon \"Kind\"\n"
    "        help \"Why.\"\n"
    "section two \"Two\" letter B filled by officer\n"
    "    help \"Why.\"\n"
    "    b.account account \"Account\" required\n"
    "        help \"Why.\"\n"
    "    b.count number \"Count\" limit 6\n"
    "        help \"Why.\"\n"
    "    group child \"Child\" many \"Children\" up to 4\n"
    "        help \"Why.\"\n"
    "        given text \"Given\" limit 200\n"
    "            help \"Why.\"\n"
    "        there answer \"There\" required\n"
    "            help \"Why.\"\n"
    "        words account \"Words\" asked if there is yes\n"
    "            help \"Why.\"\n"
    "section three \"Three\" letter C filled by officer\n"
    "    help \"Why.\"\n"
    "    c.last text \"Last\" required limit 200\n"
    "        help \"Why.\"\n";

/* --- the plain table --------------------------------------------------------------------------- */
static const char *const fixed[FIXED] = { "a.name", "a.sure", "a.more", "a.kind", "b.account", "b.count", "c.last" };
static const char *const in_row[ROW_FIELDS] = { "given", "there", "words" };

typedef struct Table {
    char fixed[FIXED][CELL];
    char row[MOST_ROWS][ROW_FIELDS][CELL];
    size_t rows;
} Table;

typedef struct World {
    const FormSpec *form;
    const Policy *policy;
    Answers *answers;
    Writer *w;
    Table now, *before, *after; /* stacks of whole tables */
    size_t n_before, n_after;
    char open[64]; /* the field whose keystrokes still run together; "" for none */
    unsigned seed;
} World;

static unsigned rnd(World *x, unsigned below)
{
    x->seed = x->seed * 1103515245u + 12345u;
    return (x->seed >> 12) % below;
}

static char *cell(Table *t, const char *path)
{
    char group[ANSWERS_PATH], name[ANSWERS_PATH];
    size_t row = 0;

    for (size_t i = 0; i < FIXED; i++)
        if (str_eq(fixed[i], path)) return t->fixed[i];
    assert_true(answers_path_split(path, group, &row, name));
    for (size_t i = 0; i < ROW_FIELDS; i++)
        if (str_eq(in_row[i], name)) return t->row[row][i];
    fail();
    return NULL;
}

/* A step is done: what was before can come back, what was taken back cannot. */
static void stepped(World *x, const Table *was)
{
    assert_true(x->n_before < DEEP);
    x->before[x->n_before++] = *was;
    x->n_after = 0;
}

static void same(World *x, const char *what)
{
    char path[ANSWERS_PATH];

    writer_settle(x->w);
    for (size_t i = 0; i < FIXED; i++)
        if (!str_eq(answers_get(x->answers, fixed[i]), x->now.fixed[i]))
            fail_msg(
                "%s: %s is \"%s\", not \"%s\"", what, fixed[i], answers_get(x->answers, fixed[i]), x->now.fixed[i]);
    if (answers_rows(x->answers, "child") != x->now.rows)
        fail_msg("%s: %zu rows, not %zu", what, answers_rows(x->answers, "child"), x->now.rows);
    for (size_t r = 0; r < x->now.rows; r++)
        for (size_t i = 0; i < ROW_FIELDS; i++)
            if (!str_eq(answers_get(x->answers, answers_path(path, "child", r, in_row[i])), x->now.row[r][i]))
                fail_msg("%s: %s is \"%s\", not \"%s\"", what, path, answers_get(x->answers, path), x->now.row[r][i]);
    if (*writer_path(x->w) && *writer_path(x->w) != '+') /* and what is shown is what is kept */
        assert_string_equal(writer_value(x->w), answers_get(x->answers, writer_path(x->w)));
}

/* --- what is done ---------------------------------------------------------------------------------- */
static const char *any_path(World *x, char out[ANSWERS_PATH])
{
    unsigned i = rnd(x, FIXED + (unsigned)x->now.rows * ROW_FIELDS);

    if (i < FIXED) return fixed[i];
    i -= FIXED;
    return answers_path(out, "child", i / ROW_FIELDS, in_row[i % ROW_FIELDS]);
}

static void type_words(World *x, const FormQuestion *q, char *to)
{
    size_t n = strlen(to);
    unsigned letters = 1 + rnd(x, 5);

    if (n > 150 || rnd(x, 4) == 0) {
        for (; n > 0; n--) press(x->w, K_BACKSPACE);
        memset(to, 0, CELL); /* tables are compared byte by byte */
    }
    if (q->kind == ASK_NUMBER && n > 3) letters = 0;
    while (letters-- > 0) {
        char c = (char)(q->kind == ASK_NUMBER ? '1' + (int)rnd(x, 9) : 'a' + (int)rnd(x, 26));
        press(x->w, (Key)c);
        n = strlen(to);
        to[n] = c;
        to[n + 1] = '\0';
    }
}

static void choose(World *x, const FormQuestion *q, char *to)
{
    static const struct {
        char key;
        const char *code;
    } answers[] = { { 'y', "yes" }, { 'n', "no" }, { 'u', "not-known" }, { 'd', "declined" } },
      kinds[] = { { 'f', "fist" }, { 'k', "knife" }, { 'n', "none" } };
    unsigned i = rnd(x, q->kind == ASK_CHOICE ? 3 : 4);

    if (*to) x->n_after = 0; /* taking it away is done before another one comes: nothing can be done again after that */
    press(x->w, K_BACKSPACE);
    memset(to, 0, CELL);
    if (rnd(x, 5) == 0) return;
    press(x->w, (Key)(q->kind == ASK_CHOICE ? kinds[i].key : answers[i].key));
    strcpy(to, q->kind == ASK_CHOICE ? kinds[i].code : answers[i].code);
}

static void burst(World *x)
{
    char made[ANSWERS_PATH];
    const char *path = any_path(x, made);
    Table was = x->now;
    const FormQuestion *q;
    char *to = cell(&x->now, path);

    if (!writer_go(x->w, path)) return; /* not asked just now */
    if (!str_eq(path, x->open)) x->open[0] = '\0';
    q = writer_question(x->w);
    press(x->w, K_CTRL | K_END);
    if (q->kind == ASK_ANSWER || q->kind == ASK_CHOICE)
        choose(x, q, to);
    else
        type_words(x, q, to);
    writer_settle(x->w);
    bool runs = str_eq(x->open, path);
    if (!runs && memcmp(&was, &x->now, sizeof was) == 0) return;
    snprintf(x->open, sizeof x->open, "%s", path);
    if (!runs) {
        stepped(x, &was);
    } else if (memcmp(&x->before[x->n_before - 1], &x->now, sizeof was) == 0) {
        x->n_before--; /* typed, and taken away again */
        x->open[0] = '\0';
    }
}

static void leave_field(World *x)
{
    static const Key keys[] = { K_TAB, K_BACKTAB, K_PAGE_DOWN, K_PAGE_UP, CTRL_KEY('g') };

    press(x->w, keys[rnd(x, 4)]);
    x->open[0] = '\0';
    writer_begin(x->w); /* seals, whether the key left the field or not */
    writer_end(x->w);
}

static void back(World *x)
{
    bool did = writer_undo(x->w);

    assert_int_equal(did, x->n_before > 0);
    x->open[0] = '\0';
    if (!did) return;
    x->after[x->n_after++] = x->now;
    x->now = x->before[--x->n_before];
}

static void forth(World *x)
{
    bool did = writer_redo(x->w);

    assert_int_equal(did, x->n_after > 0);
    x->open[0] = '\0';
    if (!did) return;
    x->before[x->n_before++] = x->now;
    x->now = x->after[--x->n_after];
}

static void row_comes(World *x)
{
    Table was = x->now;
    bool did = writer_row_add(x->w, form_group(x->form, "child"));

    assert_int_equal(did, x->now.rows < MOST_ROWS);
    if (!did) return;
    x->now.rows++;
    stepped(x, &was);
    x->open[0] = '\0';
}

static void row_goes(World *x)
{
    Table was = x->now;
    size_t row;

    if (x->now.rows == 0) return;
    row = rnd(x, (unsigned)x->now.rows);
    writer_row_drop(x->w, form_group(x->form, "child"), row);
    for (size_t r = row; r + 1 < MOST_ROWS; r++) memcpy(x->now.row[r], x->now.row[r + 1], sizeof x->now.row[r]);
    memset(x->now.row[MOST_ROWS - 1], 0, sizeof x->now.row[0]);
    x->now.rows--;
    stepped(x, &was);
    x->open[0] = '\0';
}

static void two_at_once(World *x)
{
    Table was = x->now;

    writer_begin(x->w);
    memset(x->now.fixed[0], 0, CELL);
    memset(x->now.fixed[6], 0, CELL);
    snprintf(x->now.fixed[0], sizeof x->now.fixed[0], "x%u", rnd(x, 1000));
    snprintf(x->now.fixed[6], sizeof x->now.fixed[6], "y%u", rnd(x, 1000));
    writer_put(x->w, "a.name", x->now.fixed[0]);
    writer_put(x->w, "c.last", x->now.fixed[6]);
    writer_end(x->w);
    x->open[0] = '\0';
    if (memcmp(&was, &x->now, sizeof was) != 0) stepped(x, &was);
}

static void drawn(World *x)
{
    int rows = 3 + (int)rnd(x, 40), cols = 20 + (int)rnd(x, 140);
    Grid *g = grid_new(rows, cols, rnd(x, 2));

    writer_draw(x->w, grid_view(g), true);
    assert_grid_whole(g);
    grid_free(&g);
}

static bool row_is_empty(const Table *t, size_t row)
{
    for (size_t i = 0; i < ROW_FIELDS; i++)
        if (t->row[row][i][0]) return false;
    return true;
}

static void start(World *x)
{
    WriterOf of = { .form = x->form, .policy = x->policy, .answers = x->answers, .who = "officer" };

    x->w = writer_new(&of);
    x->n_before = x->n_after = 0;
    x->open[0] = '\0';
}

/* As after a power cut: the answers from their text, and nothing to take back. */
static void saved_and_resumed(World *x)
{
    Str text = { 0 };

    writer_settle(x->w);
    answers_write(x->answers, &text);
    writer_free(&x->w);
    answers_free(&x->answers);
    x->answers = answers_read(str_text(&text), text.n, NULL);
    assert_non_null(x->answers);
    str_finish(&text);
    while (x->now.rows > 0 && row_is_empty(&x->now, x->now.rows - 1))
        x->now.rows--; /* nothing empty is kept at the end */
    start(x);
}

static void anything_done_in_any_order_keeps_the_answers_right(void **unused)
{
    static const struct {
        const char *what;
        void (*act)(World *);
        unsigned weight;
    } acts[] = { { "typing", burst, 40 }, { "leaving", leave_field, 20 }, { "undo", back, 12 }, { "redo", forth, 8 },
        { "a row more", row_comes, 6 }, { "a row less", row_goes, 4 }, { "two at once", two_at_once, 4 },
        { "drawing", drawn, 8 }, { "save and resume", saved_and_resumed, 1 } };
    Policy *policy = book_policy();
    FormSpec *form = book_form("trial.form", form_words_, sizeof form_words_ - 1, policy);
    unsigned total = 0;

    for (size_t i = 0; i < ARRAY_LEN(acts); i++) total += acts[i].weight;
    for (unsigned seed = 1; seed <= 6; seed++) {
        World x = { .form = form, .policy = policy, .answers = answers_new(), .seed = seed * 7919u };
        x.before = mem_new(DEEP * sizeof(Table));
        x.after = mem_new(DEEP * sizeof(Table));
        start(&x);
        for (int step = 0; step < STEPS; step++) {
            unsigned pick = rnd(&x, total);
            size_t i = 0;
            while (pick >= acts[i].weight) pick -= acts[i++].weight;
            acts[i].act(&x);
            same(&x, acts[i].what);
        }
        writer_free(&x.w);
        answers_free(&x.answers);
        mem_free(x.before);
        mem_free(x.after);
    }
    form_spec_free(&form);
    policy_free(&policy);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(anything_done_in_any_order_keeps_the_answers_right) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
