/* test_book_hostile.c — every string of naughty.txt and of the shared corpora, pasted and typed into every kind of question of the
** shipped book: what stands in the answers is what came, cleaned and composed, or a notice says what was left out; what was saved
** is there again; and whatever stands in a field, the screen around it stays as it was and no cell holds what a terminal obeys. */
#include "book_help.h"

#include "../data/naughty.h"
#include "base/utf8.h"
#include "core/body.h"

#include <utf8proc.h>

enum {
    MOST_TYPED = 40 /* of a string, as keys */,
    MARKS = 4,
    LINE = 200,
    ACCOUNT = 60000,
    MOST_PLACES = 2 * ASK_KINDS
};

static const struct {
    int rows, cols;
    bool ascii;
} sizes[] = { { 24, 80, false }, { 20, 60, true }, { 48, 160, false } };
enum { SIZES = ARRAY_LEN(sizes) };

typedef struct Place { /* one question of its kind, outside of groups or in their first row */
    char path[ANSWERS_PATH];
    const FormQuestion *q;
} Place;

static struct {
    Policy *policy;
    FormSpec *form;
    Answers *answers;
    Writer *w;
    Time now;
    Place places[MOST_PLACES];
    size_t n_places;
    bool have[2][ASK_KINDS]; /* outside of groups, in a row */
    NaughtyList list;
    size_t ours; /* of the list; the rest is others' */
} t;

static const char *const asked_when[][2] = { { "reported.how", "call" }, { "suspect.known", "yes" },
    { "children.answer", "present" }, { "injury.any", "yes" }, { "photo.any", "yes" }, { "orders.any", "yes" },
    { "history.checked", "yes" }, { "suspect.weapons", "yes" }, { "others.house-to-house", "yes" },
    { "exhibit.any", "yes" }, { "safe.ok", "yes" } };

/* What the shipped book does not ask today. */
static const char more[] = "\nsection more \"More\" letter Y filled by officer\n"
                           "    help \"Why.\"\n"
                           "    more.time time \"Time\" help \"Why.\"\n"
                           "    more.last text \"Last\" help \"Why.\"\n";

/* --- which questions ------------------------------------------------------------------------------------------- */
static void fresh_writer(void)
{
    writer_free(&t.w);
    t.w = writer_new(
        &(WriterOf){ .form = t.form, .policy = t.policy, .answers = t.answers, .who = "officer", .now = t.now });
}

static uint64_t asked_of_all(void)
{
    size_t n;
    const FormQuestion *q = form_questions_of(t.form, &n);
    char path[ANSWERS_PATH];
    uint64_t sum = 0;

    for (size_t i = 0; i < n; i++) sum = sum * 31 + form_asked(t.form, t.answers, form_path(t.form, &q[i], 0, path));
    return sum;
}

/* An answer to it decides nothing about others, so that the screen around it may be compared. */
static bool stands_alone(const char *path)
{
    uint64_t before = asked_of_all(), after;

    if (!form_asked(t.form, t.answers, path) || *answers_get(t.answers, path)) return false;
    answers_put(t.answers, path, "x");
    after = asked_of_all();
    answers_put(t.answers, path, "");
    return before == after;
}

static void find_places(void)
{
    size_t n;
    const FormQuestion *q = form_questions_of(t.form, &n);
    const FormSection *sections = form_sections_of(t.form, &(size_t){ 0 });

    memset(t.have, 0, sizeof t.have);
    for (size_t i = 0; i < n; i++) {
        bool in_row = q[i].group != FORM_NO_GROUP;
        Place *p = &t.places[t.n_places];
        if (t.have[in_row][q[i].kind] || !str_eq(sections[q[i].section].filled_by, "officer")) continue;
        if (!stands_alone(form_path(t.form, &q[i], 0, p->path))) continue;
        if (!writer_go(t.w, p->path)) continue;
        p->q = &q[i];
        t.n_places++;
        t.have[in_row][q[i].kind] = true;
    }
    for (int kind = 0; kind < ASK_KINDS; kind++)
        if (!t.have[0][kind] && !t.have[1][kind]) fail_msg("no question of kind %d can be stood on by itself", kind);
}

/* --- the screen ---------------------------------------------------------------------------------------------------- */
static Grid *drawn(size_t size)
{
    Grid *g = grid_new(sizes[size].rows, sizes[size].cols, sizes[size].ascii);

    writer_draw(t.w, grid_view(g), true);
    return g;
}

static bool obeyed(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x200b || cp == 0x200e || cp == 0x200f || cp == 0x61c ||
           cp == 0xfeff || (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2060 && cp <= 0x206f) ||
           (cp >= 0xe0000 && cp <= 0xe007f) || cp == UTF8_BAD;
}

static void assert_harmless(const Grid *g)
{
    assert_grid_whole(g);
    for (int row = 0; row < grid_rows(g); row++) {
        for (int col = 0; col < grid_cols(g); col++) {
            const Cell *c = grid_cell(g, row, col);
            for (size_t i = 0, len = 0; i < c->n; i += len)
                if (obeyed(utf8_decode(c->text + i, c->n - i, &len))) fail_msg("row %d, column %d is obeyed", row, col);
            int width =
                c->n ? utf8_cluster_width(c->text, c->n) : 0; /* one that takes no column gets one all the same */
            if (c->n && (width ? width : 1) != c->width)
                fail_msg("row %d, column %d: \"%s\" (%d bytes) is %d wide, not %d", row, col, c->text, c->n, width,
                    c->width);
            if (grid_ascii(g) && c->n && (c->n != 1 || c->text[0] < 0x20 || c->text[0] > 0x7e))
                fail_msg("row %d is not ASCII", row);
        }
    }
}

typedef struct Spot {
    int here, first, last;
} Spot; /* rows: of the sign, of the field */

static bool is_field(const Grid *g, int row)
{
    for (int col = 2; col < grid_cols(g); col++)
        if (grid_cell(g, row, col)->style == STYLE_FIELD_FOCUS) return true;
    return false;
}

static Spot spot(const Grid *g)
{
    Spot s = { .here = 0 };

    while (s.here < grid_rows(g) && strcmp(grid_cell(g, s.here, 0)->text, grid_ascii(g) ? ">" : SIGN_HERE) != 0)
        s.here++;
    if (s.here == grid_rows(g)) fail_msg("the field is out of sight");
    for (s.first = s.here; s.first < grid_rows(g) && !is_field(g, s.first);) s.first++;
    if (s.first == grid_rows(g)) fail_msg("the field is not drawn");
    for (s.last = s.first; s.last + 1 < grid_rows(g) && is_field(g, s.last + 1);) s.last++;
    return s;
}

static bool same_cell(const Cell *a, const Cell *b)
{
    return a->style == b->style && a->width == b->width && strcmp(a->text, b->text) == 0;
}

static void same_row(const Grid *a, int row_a, const Grid *b, int row_b)
{
    if (row_a < 0 || row_b < 0 || row_a >= grid_rows(a) || row_b >= grid_rows(b)) return;
    for (int col = 0; col < grid_cols(a); col++)
        if (!same_cell(grid_cell(a, row_a, col), grid_cell(b, row_b, col)))
            fail_msg("column %d of a neighbour: \"%s\" was \"%s\"", col, grid_cell(b, row_b, col)->text,
                grid_cell(a, row_a, col)->text);
}

/* Rows of the field: what is left of it stays; the sign of what is needed goes, and a time says how it is understood. */
static void same_beside(const Grid *a, int row_a, const Grid *b, int row_b)
{
    for (int col = 0; col < grid_cols(a); col++) {
        const Cell *was = grid_cell(a, row_a, col), *is = grid_cell(b, row_b, col);
        if (was->style == STYLE_FIELD_FOCUS) return;
        if (col != 1 && !same_cell(was, is))
            fail_msg("column %d beside the field: \"%s\" was \"%s\"", col, is->text, was->text);
    }
}

/* The field may be higher than it was, and the section scrolled: the rest is the same, row for row. */
static void around_it_nothing_moved(const Grid *was, const Grid *is)
{
    Spot a = spot(was), b = spot(is);

    for (int d = 1; d < grid_rows(is); d++) same_row(was, a.here - d, is, b.here - d);
    for (int d = 1; d < grid_rows(is); d++) same_row(was, a.last + d, is, b.last + d);
    assert_int_equal(a.first - a.here, b.first - b.here);
    for (int d = 0; d <= a.first - a.here; d++) same_beside(was, a.here + d, is, b.here + d);
}

static bool chosen(const FormQuestion *q)
{
    return q->kind == ASK_CHOICE || q->kind == ASK_SEVERAL || q->kind == ASK_ANSWER || q->kind == ASK_BODY;
}

static Grid *empty[SIZES]; /* the section as it was before something came into the field */

static size_t now_at; /* the string */

/* Every fourth string at every size, the others at one size in turn: drawing is what takes the time. */
static bool is_looked_at(size_t size)
{
    return now_at % 4 == 0 || size == now_at % SIZES;
}

static void look_before(void)
{
    for (size_t i = 0; i < SIZES; i++) {
        if (!is_looked_at(i)) continue;
        grid_free(&empty[i]);
        empty[i] = drawn(i);
    }
}

static void look(const Place *p)
{
    for (size_t i = 0; i < SIZES; i++) {
        if (!is_looked_at(i)) continue;
        Grid *g = drawn(i);
        assert_harmless(g);
        if (!chosen(p->q))
            around_it_nothing_moved(empty[i], g);
        else
            for (int row = 0; row < grid_rows(g); row++) same_row(empty[i], row, g, row);
        grid_free(&g);
    }
}

/* --- what must stand there -------------------------------------------------------------------------------------------- */
typedef struct Wanted {
    Str text; /* cleaned, composed */
    size_t lost;
} Wanted;

static size_t limit_of(const FormQuestion *q)
{
    if (q->kind == ASK_DATE || q->kind == ASK_MOMENT || q->kind == ASK_NUMBER) return 40;
    return q->limit ? q->limit : q->kind == ASK_ACCOUNT ? ACCOUNT : LINE;
}

static bool is_mark(uint32_t cp)
{
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return cp >= 0x300 && (c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_ME || c == UTF8PROC_CATEGORY_MC);
}

static void compose(Str *s)
{
    char *nfc = utf8_nfc(str_text(s));

    assert_non_null(nfc);
    str_clear(s);
    str_add(s, nfc);
    mem_free(nfc);
}

static Wanted wanted_of(const FormQuestion *q, const char *s, size_t n)
{
    Wanted w = { { 0 }, 0 };
    size_t room = limit_of(q);
    int marks = 0;
    char bytes[4];

    for (size_t i = 0, len = 0; i < n; i += len) {
        uint32_t cp = utf8_decode(s + i, n - i, &len);
        if (cp == '\r' && i + 1 < n && s[i + 1] == '\n') continue;
        if (cp == '\r' || cp == 0x2028 || cp == 0x2029) cp = '\n';
        if (cp == '\t' || (cp == '\n' && q->kind != ASK_ACCOUNT)) cp = ' ';
        marks = cp != UTF8_BAD && is_mark(cp)                           ? marks + 1
                : cp == UTF8_BAD || (cp != '\n' && utf8_is_hostile(cp)) ? marks
                                                                        : 0;
        if (cp == UTF8_BAD || (cp != '\n' && utf8_is_hostile(cp)) || marks > MARKS || room == 0) {
            w.lost++;
            continue;
        }
        str_add_n(&w.text, bytes, utf8_encode(cp, bytes));
        room--;
    }
    compose(&w.text);
    return w;
}

/* The one spelling that its kind makes of it, or itself where it is not understood. */
static void assert_kept(const Place *p, const char *text)
{
    Answers *plain = answers_new();
    Arena *a = arena_new();
    const char *warning, *got = answers_get(t.answers, p->path);
    Err err = { 0 };
    bool ok = form_answer(t.form, t.policy, plain, p->path, text, t.now, a, &warning, &err);

    assert_string_equal(got, ok ? answers_get(plain, p->path) : text);
    if ((p->q->kind == ASK_TEXT || p->q->kind == ASK_PERSON) && ok) { /* nothing but blanks around it is gone */
        const char *at = *got ? strstr(text, got) : text;
        assert_non_null(at);
        assert_int_equal(strspn(text, " "), *got ? (size_t)(at - text) : strlen(text));
    }
    arena_free(&a);
    answers_free(&plain);
}

static void assert_code(const Place *p)
{
    const char *value = answers_get(t.answers, p->path);
    size_t regions = 0, n = p->q->n_choices;
    const BodyRegion *body = body_regions(&regions);

    for (const char *c = value; *c; c += strcspn(c, ","), c += *c == ',') {
        bool known = false;
        size_t len = strcspn(c, ",");
        for (size_t i = 0; i < n && !known; i++)
            known = strlen(p->q->choices[i].code) == len && strncmp(p->q->choices[i].code, c, len) == 0;
        for (size_t i = 0; p->q->kind == ASK_BODY && i < regions && !known; i++)
            known = strlen(body[i].code) == len && strncmp(body[i].code, c, len) == 0;
        if (!known) fail_msg("%s is \"%s\"", p->path, value);
    }
}

/* --- in it goes ---------------------------------------------------------------------------------------------------------- */
static void leave_and_come_back(const Place *p)
{
    const Place *other = p == t.places ? &t.places[1] : &t.places[0];

    assert_true(writer_go(t.w, other->path));
    assert_true(writer_go(t.w, p->path));
}

static void pasted(const Place *p, const Naughty *s)
{
    Event e = { .kind = EVENT_PASTE, .text = s->s, .n = s->n };
    Wanted w = wanted_of(p->q, s->s, s->n);

    assert_true(writer_go(t.w, p->path));
    look_before();
    writer_event(t.w, &e);
    if (chosen(p->q)) { /* a paste never chooses */
        assert_string_equal(writer_value(t.w), "");
        str_clear(&w.text);
    } else {
        if (w.lost > 0) assert_true(strlen(writer_notice(t.w)) > 10);
        if (p->q->kind != ASK_DATE && p->q->kind != ASK_MOMENT)
            assert_string_equal(writer_value(t.w), str_text(&w.text));
    }
    look(p);
    leave_and_come_back(p);
    assert_kept(p, str_text(&w.text));
    assert_string_equal(writer_value(t.w), answers_get(t.answers, p->path));
    str_finish(&w.text);
}

/* The characters of it as keys: those that are none (Enter of a line, controls, broken bytes) belong to the terminal. */
static Str keys_of(const FormQuestion *q, const Naughty *s)
{
    Str out = { 0 };
    char bytes[4];
    int typed = 0;

    for (size_t i = 0, len = 0; i < s->n && typed < MOST_TYPED; i += len) {
        uint32_t cp = utf8_decode(s->s + i, s->n - i, &len);
        bool digit = cp == '-' || (cp >= '0' && cp <= '9');
        if (cp == UTF8_BAD || (cp < 0x20 && !(cp == '\n' && q->kind == ASK_ACCOUNT)) || cp == 0x7f) continue;
        if (q->kind == ASK_NUMBER && !digit) continue;
        str_add_n(&out, bytes, utf8_encode(cp, bytes));
        typed++;
    }
    return out;
}

static void typed(const Place *p, const Naughty *s)
{
    Str keys = keys_of(p->q, s);
    Wanted w = wanted_of(p->q, str_text(&keys), keys.n);

    assert_true(writer_go(t.w, p->path));
    look_before();
    for (size_t i = 0, len = 0; i < keys.n; i += len) {
        uint32_t cp = utf8_decode(keys.s + i, keys.n - i, &len);
        press(t.w, cp == '\n' ? (Key)K_ENTER : (Key)cp);
        assert_string_equal(writer_path(t.w), p->path);
    }
    if (chosen(p->q)) {
        Grid *g = drawn(now_at % SIZES);
        assert_harmless(g);
        grid_free(&g);
        press(t.w, K_ESC); /* an opened list */
        assert_code(p);
    } else {
        look(p);
        leave_and_come_back(p);
        assert_kept(p, str_text(&w.text));
    }
    str_finish(&keys);
    str_finish(&w.text);
}

/* Everything that stands in the book now, as after a power cut. */
static void saved_and_resumed(void)
{
    Str text = { 0 };
    Answers *was = answers_copy(t.answers);
    Err err = { 0 };

    writer_settle(t.w);
    answers_write(t.answers, &text);
    assert_true(utf8_valid(str_text(&text), text.n, &(size_t){ 0 }));
    writer_free(&t.w);
    answers_free(&t.answers);
    t.answers = answers_read(str_text(&text), text.n, &err);
    if (!t.answers) fail_msg("%s", err.text);
    fresh_writer();
    for (size_t i = 0; i < t.n_places; i++) {
        const Place *p = &t.places[i];
        if (!writer_go(t.w, p->path)) fail_msg("%s is not there again", p->path);
        assert_string_equal(writer_value(t.w), answers_get(was, p->path));
    }
    answers_free(&was);
    str_finish(&text);
}

/* --- the facts -------------------------------------------------------------------------------------------------------------- */
static const char *now_in = ""; /* for the message of a failure */

/* A kind that has a field outside of groups and one in a row takes one string here and the next one there. */
static bool is_turn(const Place *p, size_t string)
{
    bool in_row = p->q->group != FORM_NO_GROUP;

    return !t.have[!in_row][p->q->kind] || in_row == (string % 2 == 1);
}

static void through(void (*in)(const Place *, const Naughty *), size_t string, size_t from, size_t step)
{
    now_at = string;
    for (size_t i = from; i < t.n_places; i += step) {
        if (step == 1 && !is_turn(&t.places[i], string)) continue;
        now_in = t.places[i].path;
        in(&t.places[i], &t.list.items[string]);
    }
    now_in = "all";
    saved_and_resumed();
    for (size_t i = 0; i < t.n_places; i++) answers_put(t.answers, t.places[i].path, "");
    fresh_writer();
}

static void every_string_pasted_into_every_kind_is_kept_or_said(void **unused)
{
    for (size_t i = 0; i < t.list.n; i++) through(pasted, i, 0, 1);
    print_message("%zu strings into %zu fields\n", t.list.n, t.n_places);
}

/* Ours into every kind; of the others' each into one field in turn. */
static void every_string_typed_into_every_kind_is_kept_or_said(void **unused)
{
    for (size_t i = 0; i < t.ours; i++) through(typed, i, 0, 1);
    for (size_t i = t.ours; i < t.list.n; i++) through(typed, i, i % t.n_places, t.n_places);
}

static int start(void **unused)
{
    size_t n;
    const char *text = form_builtin(FORM_BOOK, &n);
    Str whole = { 0 };

    t.policy = book_policy();
    str_add_n(&whole, text, n);
    str_add(&whole, more);
    t.form = book_form(FORM_BOOK, str_text(&whole), whole.n, t.policy);
    str_finish(&whole);
    civil_parse_time("2010-02-01T07:12:00Z", &t.now, NULL);
    t.ours = naughty_lines(&t.list, NAUGHTY_DATA "/naughty.txt", naughty_spelt);
    if (t.ours < 400) fail_msg("naughty.txt holds %zu strings", t.ours);
    if (naughty_corpora(&t.list, SHARED_DATA) == 0) print_message("no corpora beside the source: ours only\n");
    return 0;
}

static int stop(void **unused)
{
    form_spec_free(&t.form);
    policy_free(&t.policy);
    naughty_free(&t.list);
    return 0;
}

static int up(void **unused)
{
    t.answers = answers_new();
    for (size_t i = 0; i < ARRAY_LEN(asked_when); i++)
        if (form_question(t.form, asked_when[i][0])) answers_put(t.answers, asked_when[i][0], asked_when[i][1]);
    fresh_writer();
    t.n_places = 0;
    find_places();
    return 0;
}

static int down(void **unused)
{
    for (size_t k = 0; k < SIZES; k++) grid_free(&empty[k]);
    writer_free(&t.w);
    answers_free(&t.answers);
    if (now_at + 1 < t.list.n) { /* it ended early */
        const Naughty *s = &t.list.items[now_at];
        char *shown = utf8_make_safe(s->s, s->n < 80 ? s->n : 80, false, true);
        print_message("string %zu in %s: %s\n", now_at, now_in, shown);
        mem_free(shown);
    }
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_string_pasted_into_every_kind_is_kept_or_said, up, down),
        cmocka_unit_test_setup_teardown(every_string_typed_into_every_kind_is_kept_or_said, up, down),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
