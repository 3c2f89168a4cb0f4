/* test_text.c — a document as text. Two small documents are compared with files that one can read (UPDATE=1 writes them); what
** holds for every document is tried on random ones made of hostile bits, and on the corpora. */
#include "../base/helpers.h"

#include "base/str.h"
#include "base/utf8.h"
#include "sample.h"

enum { HEAD = 4 }; /* lines: marking, names, rule, empty */

/* --- reading pages back ---------------------------------------------------------------- */

typedef struct Lines {
    char *text; /* cut at its line ends */
    char **line;
    size_t n, pages;
} Lines;

/* Fails when a page has not exactly its lines. */
static Lines lines_of(const Paper *p)
{
    Str out = { 0 };
    Lines l = { 0 };
    size_t cap = 0;

    paper_to_text(p, &out);
    assert_true(out.n > 0 && out.s[out.n - 1] == '\f');
    l.text = str_take(&out);
    for (char *at = l.text, *end; *at; at = end + 1) {
        bool foot = l.n % (PAPER_LINES - 1) == 0 && l.n > 0 && *at == '\f';
        if (foot) {
            l.pages++;
            end = at;
            continue;
        }
        end = strchr(at, '\n');
        assert_non_null(end);
        *end = '\0';
        assert_null(strchr(at, '\f'));
        l.line = mem_room(l.line, l.n, &cap, sizeof *l.line);
        l.line[l.n++] = at;
    }
    assert_int_equal(l.n, l.pages * (PAPER_LINES - 1));
    return l;
}

static void lines_finish(Lines *l)
{
    mem_free(l->line);
    mem_free(l->text);
}

/* The marking stands in the middle of the line, whatever stands beside it. */
static void carries_marking(const char *line, const char *marking)
{
    const char *at = strstr(line, marking);

    assert_non_null(at);
    assert_int_equal(utf8_width_n(line, (size_t)(at - line)), (PAPER_COLS - utf8_width(marking)) / 2);
}

static void is_printable(const char *line)
{
    size_t n = strlen(line);

    assert_true(utf8_valid(line, n, NULL));
    assert_true(utf8_is_safe(line, n, false));
    if (utf8_width(line) > PAPER_COLS) fail_msg("%d columns: %s", utf8_width(line), line);
    assert_true(n == 0 || line[n - 1] != ' ');
    for (size_t i = 0; i < n; i++) assert_true((unsigned char)line[i] >= ' ' && line[i] != 0x7F);
}

/* What holds for every document that is RESTRICTED. */
static void is_well_printed(const Paper *p)
{
    Lines l = lines_of(p);
    char number[64];

    assert_int_equal(l.pages, paper_pages(p));
    for (size_t i = 0; i < l.n; i++) is_printable(l.line[i]);
    for (size_t page = 0; page < l.pages; page++) {
        char **first = l.line + page * (PAPER_LINES - 1), *last = first[PAPER_LINES - 2];
        carries_marking(first[0], "RESTRICTED");
        carries_marking(last, "RESTRICTED");
        snprintf(number, sizeof number, "Page %zu of %zu", page + 1, l.pages);
        assert_string_equal(last + strlen(last) - strlen(number), number);
        assert_int_equal(utf8_width(last), PAPER_COLS);
    }
    lines_finish(&l);
}

static Paper *restricted(void)
{
    return paper_new(&(PaperHead){ .marking = "RESTRICTED", .title = "Title" });
}

/* --- two documents to read --------------------------------------------------------------- */

static void reads_as(const Paper *p, const char *name)
{
    char path[4096];
    Str out = { 0 };
    char *wanted = NULL;
    size_t n = 0;
    FILE *f;

    snprintf(path, sizeof path, "%s/tests/paper/data/%s", getenv("BOOK124_SOURCE"), name);
    paper_to_text(p, &out);
    if (getenv("UPDATE")) {
        f = fopen(path, "wb");
        assert_non_null(f);
        assert_int_equal(fwrite(out.s, 1, out.n, f), out.n);
        fclose(f);
    }
    f = fopen(path, "rb");
    assert_non_null(f);
    wanted = mem_new(out.n + 2);
    n = fread(wanted, 1, out.n + 1, f);
    fclose(f);
    assert_string_equal(str_text(&out), wanted);
    assert_int_equal(n, out.n);
    mem_free(wanted);
    str_finish(&out);
}

static void a_report_reads_like_a_form(void **unused)
{
    Paper *p = sample_report(true);

    reads_as(p, "report.txt");
    is_well_printed(p);
    paper_free(&p);
}

static void odd_texts_keep_their_columns(void **unused)
{
    Paper *p = sample_of_odd_texts();

    reads_as(p, "odd.txt");
    is_well_printed(p);
    paper_free(&p);
}

/* --- facts ---------------------------------------------------------------------------------- */

static void an_empty_document_is_one_page(void **unused)
{
    Paper *p = paper_new(&(PaperHead){ .marking = "RESTRICTED" });

    assert_int_equal(paper_pages(p), 1);
    is_well_printed(p);
    paper_heading(p, 1, NULL);
    paper_text(p, NULL);
    paper_field(p, NULL, NULL);
    paper_mono(p, NULL);
    paper_signature(p, NULL, NULL);
    is_well_printed(p);
    paper_free(&p);
    assert_null(p);
    paper_free(&p);
}

static void a_training_page_says_so_at_its_head(void **unused)
{
    Paper *real = sample_report(false), *training = sample_report(true);
    Lines r = lines_of(real), t = lines_of(training);

    assert_true(t.pages > 1);
    for (size_t i = 0; i < t.n; i += PAPER_LINES - 1) {
        assert_int_equal(strncmp(t.line[i], "TRAINING ", 9), 0);
        assert_string_equal(t.line[i] + strlen(t.line[i]) - 9, " TRAINING");
    }
    for (size_t i = 0; i < r.n; i++) assert_null(strstr(r.line[i], "TRAINING"));
    lines_finish(&r);
    lines_finish(&t);
    paper_free(&real);
    paper_free(&training);
}

static void a_head_too_long_for_its_line_is_cut_visibly(void **unused)
{
    char long_text[400];
    Paper *p;
    Lines l;

    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    p = paper_new(&(PaperHead){ long_text, long_text, long_text, long_text, true });
    l = lines_of(p);
    for (size_t i = 0; i < l.n; i++) is_printable(l.line[i]);
    assert_non_null(strstr(l.line[0], "xxx… "));
    assert_non_null(strstr(l.line[1], "xxx…"));
    assert_non_null(strstr(l.line[2], "xxx…"));
    assert_non_null(strstr(l.line[PAPER_LINES - 3], "xxx…"));
    assert_non_null(strstr(l.line[PAPER_LINES - 2], "xxx…"));
    assert_non_null(strstr(l.line[PAPER_LINES - 2], "Page 1 of 1"));
    lines_finish(&l);
    paper_free(&p);
}

static void a_table_repeats_its_head_on_each_page(void **unused)
{
    Paper *p = sample_of_rows(50);
    Lines l = lines_of(p);
    size_t heads = 0, rows = 0;

    for (size_t i = 0; i < l.n; i++) {
        heads += strstr(l.line[i], "What was done") != NULL;
        rows += strncmp(l.line[i], "50 ", 3) == 0 && strstr(l.line[i], "Mon 1 Feb 2010 09:12");
    }
    assert_true(l.pages > 2);
    assert_int_equal(heads, l.pages);
    assert_int_equal(rows, 50);
    is_well_printed(p);
    lines_finish(&l);
    paper_free(&p);
}

/* The first line of the body of each page, and the last that has ink. */
static const char *edge(const Lines *l, size_t page, bool last)
{
    char **body = l->line + page * (PAPER_LINES - 1) + HEAD;
    size_t n = PAPER_LINES - 1 - HEAD - 2, i = n;

    if (!last) return body[0];
    while (i > 1 && (body[i - 1][0] == '\0' || strncmp(body[i - 1], "───", 9) == 0)) i--;
    return body[i - 1];
}

/* Headings stand at every place of a page in turn. */
static void a_heading_is_never_the_last_of_its_page(void **unused)
{
    for (int lead = 0; lead < 70; lead++) {
        Paper *p = restricted();
        Lines l;
        for (int i = 0; i < lead; i++) paper_field(p, "Filler", "x");
        for (int i = 0; i < 40; i++) {
            paper_heading(p, 1, "Upper heading");
            paper_heading(p, 2, "Lower heading");
            if (i % 3 == 0) paper_space(p);
            if (i % 4 == 0) paper_rule(p);
            paper_text(p, "What stands under it");
        }
        l = lines_of(p);
        assert_true(l.pages > 2);
        for (size_t page = 0; page < l.pages; page++) {
            const char *last = edge(&l, page, true);
            assert_null(strstr(last, "heading"));
            assert_null(strstr(last, "═"));
        }
        lines_finish(&l);
        paper_free(&p);
    }
}

static void no_line_of_a_text_stands_alone(void **unused)
{
    Str text = { 0 };

    for (int i = 0; i < 6; i++)
        str_addf(&text, "%sline %d of six, long enough that no other fits beside it on its eighty columns",
            i ? " " : "", i + 1);
    for (int lead = 0; lead < 70; lead++) {
        Paper *p = restricted();
        Lines l;
        for (int i = 0; i < lead; i++) paper_field(p, "Filler", "x");
        for (int i = 0; i < 12; i++) paper_text(p, str_text(&text));
        l = lines_of(p);
        for (size_t page = 0; page < l.pages; page++) {
            assert_null(strstr(edge(&l, page, true), "line 1 of six"));
            assert_null(strstr(edge(&l, page, false), "line 6 of six"));
        }
        lines_finish(&l);
        paper_free(&p);
    }
    str_finish(&text);
}

static void a_drawing_stays_on_one_page(void **unused)
{
    for (int lead = 0; lead < 62; lead++) {
        Paper *p = restricted();
        Lines l;
        size_t from = 0, to = 0;
        for (int i = 0; i < lead; i++) paper_field(p, "Filler", "x");
        paper_mono(p, "first\n  |\n\n  |  lines as they are: five  blanks     here\n\n  |\nlast");
        l = lines_of(p);
        for (size_t i = 0; i < l.n; i++) {
            if (strcmp(l.line[i], "first") == 0) from = i;
            if (strcmp(l.line[i], "last") == 0) to = i;
        }
        assert_int_equal(to, from + 6);
        assert_string_equal(l.line[from + 3], "  |  lines as they are: five  blanks     here");
        lines_finish(&l);
        paper_free(&p);
    }
}

/* --- nothing lost, nothing cut ---------------------------------------------------------------- */

static const char *const bits[] = { "a", "word ", "  ", "\n", "\t", "\r", "\x1B[2J", "é", "\u0301", "e\u0301\u0302",
    " \u0301", "\u200D", "\u0645\u062D\u0645\u062F ", "\u0915\u094D\u0937\u093F", "\u202E", "👩\u200D👧", "👍🏽",
    "🇬🇧", "🇬", "❤\uFE0F", "\xE2\x82", "\xFF", "李小龍", "ｆｕｌｌ", "한국어", "\u1100\u1161\u11A8", "\U000E0041",
    "\u0600", "\u0E01\u0E33", "—", "\u00A0",
    "averyverylongwordthatdoesnotfitintoanycolumnofanytableandnotintoalineofthepageeitherbecauseithasnoblank", "\f",
    "\v" };

static void random_text(uint64_t *seed, Str *s, size_t most)
{
    for (size_t i = dice_below(seed, most); i > 0; i--) str_add(s, bits[dice_below(seed, ARRAY_LEN(bits))]);
}

/* Walks the printed lines of one text along its safe form: the same letters in the same order, each line beginning at a cluster. */
static void holds_all_of(const Lines *l, const char *safe)
{
    size_t n = strlen(safe), at = 0, cluster = 0;

    for (size_t i = 0; i < l->n; i++) {
        size_t row = i % (PAPER_LINES - 1);
        if (row < HEAD || row >= PAPER_LINES - 3) continue;
        while (at < n && (safe[at] == ' ' || safe[at] == '\n') && utf8_next(safe, n, at) == at + 1) at++;
        while (cluster < at) cluster = utf8_next(safe, n, cluster);
        if (*l->line[i]) assert_int_equal(cluster, at);
        for (const char *c = l->line[i]; *c; c++) {
            if (*c == ' ') continue;
            while (safe[at] == ' ') at++;
            assert_int_equal(*c, safe[at]);
            at++;
        }
    }
    while (safe[at] == ' ' || safe[at] == '\n') at++;
    assert_int_equal(at, n);
}

static void a_text_is_broken_without_loss_and_never_inside_a_letter(void **unused)
{
    uint64_t seed = 124;

    for (int round = 0; round < 2000; round++) {
        Paper *p = restricted();
        Str text = { 0 };
        char *safe;
        Lines l;
        random_text(&seed, &text, 300);
        if (round % 2)
            paper_text(p, str_text(&text));
        else
            paper_mono(p, str_text(&text));
        safe = utf8_make_safe(str_text(&text), text.n, true, false);
        for (char *c = safe; *c; c++)
            if (*c == '\t') *c = ' ';
        l = lines_of(p);
        holds_all_of(&l, safe);
        lines_finish(&l);
        mem_free(safe);
        str_finish(&text);
        paper_free(&p);
    }
}

static void add_random_table(Paper *p, uint64_t *seed)
{
    const char *texts[6 * 9];
    Str kept[6 * 9] = { 0 };
    int shares[6];
    size_t columns = 1 + dice_below(seed, 6), rows = dice_below(seed, 9);

    for (size_t i = 0; i < columns * (rows + 1); i++) {
        random_text(seed, &kept[i], i % 7 ? 8 : 60);
        texts[i] = str_text(&kept[i]);
    }
    for (size_t i = 0; i < columns; i++) shares[i] = (int)dice_below(seed, 40) - 2;
    paper_table(p, texts, shares, columns, texts + columns, rows);
    for (size_t i = 0; i < columns * (rows + 1); i++) str_finish(&kept[i]);
}

static void add_random_block(Paper *p, uint64_t *seed)
{
    Str a = { 0 }, b = { 0 };

    random_text(seed, &a, 12);
    random_text(seed, &b, dice_below(seed, 8) ? 30 : 2000);
    switch (dice_below(seed, 10)) {
    case 0: paper_heading(p, 1, str_text(&a)); break;
    case 1: paper_heading(p, 2, str_text(&b)); break;
    case 2: paper_text(p, str_text(&b)); break;
    case 3: paper_note(p, str_text(&b)); break;
    case 4: paper_rule(p); break;
    case 5: paper_space(p); break;
    case 6: paper_signature(p, str_text(&a), dice_below(seed, 2) ? str_text(&b) : NULL); break;
    case 7: paper_mono(p, str_text(&b)); break;
    case 8: add_random_table(p, seed); break;
    default: paper_field(p, str_text(&a), str_text(&b)); break;
    }
    str_finish(&a);
    str_finish(&b);
}

static void whatever_is_printed_fits_its_page(void **unused)
{
    uint64_t seed = 2010;

    for (int round = 0; round < 1200; round++) {
        Str texts[3] = { 0 };
        Paper *p;
        for (int i = 0; i < 3; i++) random_text(&seed, &texts[i], dice_below(&seed, 3) ? 5 : 60);
        p = paper_new(&(PaperHead){
            "RESTRICTED", str_text(&texts[0]), str_text(&texts[1]), str_text(&texts[2]), dice_below(&seed, 2) });
        for (size_t i = dice_below(&seed, 25); i > 0; i--) add_random_block(p, &seed);
        is_well_printed(p);
        paper_free(&p);
        for (int i = 0; i < 3; i++) str_finish(&texts[i]);
    }
}

static void many_narrow_columns_share_the_line(void **unused)
{
    static const char *const texts[] = { "李", "bb", "c", "dddd", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o",
        "p" };
    static const int shares[16] = { 1000, -5, 0, 1 };
    Paper *p = restricted();

    paper_table(p, texts, shares, 16, texts, 1);
    is_well_printed(p);
    paper_free(&p);
}

static void a_megabyte_without_a_blank_is_soon_printed(void **unused)
{
    Paper *p = restricted();
    Str text = { 0 };

    for (int i = 0; i < 1 << 20; i++) str_add_char(&text, (char)('a' + i % 26));
    paper_field(p, "Answer", str_text(&text));
    paper_heading(p, 1, str_text(&text));
    is_well_printed(p);
    assert_true(paper_pages(p) > 400);
    str_finish(&text);
    paper_free(&p);
}

static void a_corpus_can_be_printed(const char *path)
{
    size_t n;
    char *file = shared_file(path, &n);
    Paper *p = restricted();

    assert_true(n > 1000);
    paper_text(p, file);
    paper_field(p, file, file);
    paper_mono(p, file);
    is_well_printed(p);
    paper_free(&p);
    mem_free(file);
}

static void the_corpora_can_be_printed(void **unused)
{
    a_corpus_can_be_printed("corpora/kuhn-utf8/UTF-8-test.txt");
    a_corpus_can_be_printed("corpora/kuhn-utf8/UTF-8-demo.txt");
    a_corpus_can_be_printed("corpora/utf8tests/artifacts/utf8.replace.ref.txt");
    a_corpus_can_be_printed("corpora/utf8tests/artifacts/utf8.skip.ref.txt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_report_reads_like_a_form),
        TEST(odd_texts_keep_their_columns),
        TEST(an_empty_document_is_one_page),
        TEST(a_training_page_says_so_at_its_head),
        TEST(a_head_too_long_for_its_line_is_cut_visibly),
        TEST(a_table_repeats_its_head_on_each_page),
        TEST(a_heading_is_never_the_last_of_its_page),
        TEST(no_line_of_a_text_stands_alone),
        TEST(a_drawing_stays_on_one_page),
        TEST(a_text_is_broken_without_loss_and_never_inside_a_letter),
        TEST(whatever_is_printed_fits_its_page),
        TEST(many_narrow_columns_share_the_line),
        TEST(a_megabyte_without_a_blank_is_soon_printed),
        TEST(the_corpora_can_be_printed),
    };

    return cmocka_run_group_tests_name("paper text", tests, NULL, NULL);
}
