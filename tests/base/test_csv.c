/* test_csv.c — tables in and out, with the place of every mistake. */
#include "helpers.h"

#include "base/csv.h"
#include "base/utf8.h"
#include <jansson.h>
#include <time.h>

/* --- reading into one line of text that a test can say -------------------------------------- */

static FILE *file_of(const char *bytes, size_t n)
{
    FILE *f = n > 0 ? fmemopen((char *)(uintptr_t)bytes, n, "r") : fopen("/dev/null", "r");

    assert_non_null(f);
    return f;
}

/* Rows as "1:[a|b] 2:!3.5": line, fields; a bad row has ! and the place of its error. */
static void describe(const char *bytes, size_t n, Str *out)
{
    FILE *f = file_of(bytes, n);
    CsvReader *r = csv_reader_new(f);
    CsvRow row;
    Err err = { 0 };

    while (csv_read(r, &row, &err)) {
        str_addf(out, "%s%zu:", out->n ? " " : "", row.line);
        if (row.error) {
            str_addf(out, "!%zu.%zu", row.error_line, row.error_column);
            assert_int_equal(row.n, 0);
            continue;
        }
        for (size_t i = 0; i < row.n; i++) {
            assert_int_equal(strlen(row.fields[i].text), row.fields[i].n);
            str_addf(out, "%s%s", i ? "|" : "[", row.fields[i].text);
        }
        str_add(out, "]");
    }
    assert_int_equal(err.kind, ERR_NONE);
    csv_reader_free(&r);
    assert_null(r);
    csv_reader_free(&r);
    fclose(f);
}

static void reads_n(const char *csv, size_t n, const char *wanted)
{
    Str got = { 0 };

    describe(csv, n, &got);
    assert_string_equal(str_text(&got), wanted);
    str_finish(&got);
}

static void reads(const char *csv, const char *wanted)
{
    reads_n(csv, strlen(csv), wanted);
}

/* --- good files ---------------------------------------------------------------------------------- */

static void rows_are_read_with_their_lines(void **unused)
{
    reads("", "");
    reads("a", "1:[a]");
    reads("a,b\r\nc,d\r\n", "1:[a|b] 2:[c|d]");
    reads("a,b\nc,d", "1:[a|b] 2:[c|d]");
    reads("a\rb\r", "1:[a] 2:[b]");
    reads("a,\n,b\n,\n", "1:[a|] 2:[|b] 3:[|]");
    reads("a,b,", "1:[a|b|]");
    reads("\"\"\n", "1:[]");
}

static void blank_lines_are_not_rows_but_are_counted(void **unused)
{
    reads("\n\na\r\n\r\n\r\nb\r\rc\n\n", "3:[a] 6:[b] 8:[c]");
}

static void quoted_cells_hold_anything(void **unused)
{
    reads("\"a,b\",\"c\"\"d\"\n", "1:[a,b|c\"d]");
    reads("\"one\r\ntwo\",x\ny\n", "1:[one\r\ntwo|x] 3:[y]");
    reads("\"\"\"\"", "1:[\"]");
    reads("\"a\",\"\"", "1:[a|]");
}

static void spaces_belong_to_the_cell(void **unused)
{
    reads(" a , b\t,\n", "1:[ a | b\t|]");
    reads("  \n", "1:[  ]");
}

static void a_byte_order_mark_is_no_text(void **unused)
{
    reads("\uFEFFid,name\n", "1:[id|name]");
    reads("\uFEFF\"id\"\n", "1:[id]");
    reads("\uFEFF", "");
}

static void a_file_in_utf16_gets_a_sentence(void **unused)
{
    static const char *const marks[] = { "\xFF\xFEi\0d\0", "\xFE\xFF\0i\0d" };

    for (size_t i = 0; i < 2; i++) {
        FILE *f = file_of(marks[i], 6);
        CsvReader *r = csv_reader_new(f);
        CsvRow row;
        Err err = { 0 };

        assert_false(csv_read(r, &row, &err));
        assert_int_equal(err.kind, ERR_INVALID);
        assert_non_null(strstr(err.text, "UTF-16"));
        assert_false(csv_read(r, &row, &err));
        csv_reader_free(&r);
        fclose(f);
    }
}

static void fields_know_line_and_column(void **unused)
{
    static const char csv[] = "é,\"b\r\nbb\",c\n";
    static const size_t places[][2] = { { 1, 1 }, { 1, 4 }, { 2, 5 } };
    FILE *f = file_of(csv, sizeof csv - 1);
    CsvReader *r = csv_reader_new(f);
    CsvRow row;

    assert_true(csv_read(r, &row, NULL));
    assert_int_equal(row.n, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(row.fields[i].line, places[i][0]);
        assert_int_equal(row.fields[i].column, places[i][1]);
    }
    assert_false(csv_read(r, &row, NULL));
    csv_reader_free(&r);
    fclose(f);
}

/* --- bad rows -------------------------------------------------------------------------------------- */

static void a_misplaced_quote_costs_one_line(void **unused)
{
    reads("a,b\nx\"y,z\nc,d\n", "1:[a|b] 2:!2.2 3:[c|d]");
    reads("\"x\"y,z\nc,d\n", "1:!1.4 2:[c|d]");
    reads("a, \"b\"\nc\n", "1:!1.4 2:[c]");
    reads("x\"y", "1:!1.2");
    reads("x\"y\r\nz", "1:!1.2 2:[z]");
}

static void a_quote_never_closed_costs_its_own_line_only(void **unused)
{
    reads("a,\"b\nc,d\ne,f\n", "1:!1.3 2:[c|d] 3:[e|f]");
    reads("a,\"b\nc,\"d\"\ne,f\n", "1:!1.3 2:[c|d] 3:[e|f]");
    reads("\"", "1:!1.1");
    reads("a\n\"b", "1:[a] 2:!2.1");
    reads("a,\"b\r\nc,d\r\n", "1:!1.3 2:[c|d]");
}

static void broken_text_costs_its_row(void **unused)
{
    reads("a,b\xFF,c\nd\n", "1:!1.4 2:[d]");
    reads("\"a\nb\xE2\x82\",c\nd\n", "1:!2.2 3:[d]");
    reads_n("a\0b,c\nd\n", 8, "1:!1.2 2:[d]");
    reads_n("\"a\n\0\xFF\"\nd\n", 9, "1:!2.1 3:[d]");
}

static void a_row_too_long_is_skipped(void **unused)
{
    Str csv = { 0 };

    str_add(&csv, "a,b\n");
    for (int i = 0; i < CSV_ROW_MAX; i++) str_add_char(&csv, 'x');
    str_add(&csv, ",y\nc,d\n\"");
    for (int i = 0; i < 3 * CSV_ROW_MAX; i++) str_add_char(&csv, 'z');
    str_add(&csv, "\"\r\ne,f\r\n");
    reads_n(csv.s, csv.n, "1:[a|b] 2:!2.1 3:[c|d] 4:!4.1 5:[e|f]");

    str_clear(&csv);
    for (int i = 0; i < CSV_ROW_MAX - 1; i++) str_add_char(&csv, 'x');
    str_add(&csv, "\ny\n");
    {
        FILE *f = file_of(csv.s, csv.n);
        CsvReader *r = csv_reader_new(f);
        CsvRow row;

        assert_true(csv_read(r, &row, NULL)); /* exactly as long as a row may be */
        assert_null(row.error);
        assert_int_equal(row.fields[0].n, CSV_ROW_MAX - 1);
        assert_true(csv_read(r, &row, NULL));
        assert_string_equal(row.fields[0].text, "y");
        csv_reader_free(&r);
        fclose(f);
    }
    str_finish(&csv);
}

static void many_open_quotes_take_no_longer_than_few(void **unused)
{
    Str csv = { 0 };
    FILE *f;
    CsvReader *r;
    CsvRow row;
    size_t bad = 0, all = 0;
    clock_t from = clock();

    for (int i = 0; i < 100000; i++) str_add(&csv, "a,\"never closed\nb,c\n\"\"\"\"\n");
    f = file_of(csv.s, csv.n);
    r = csv_reader_new(f);
    for (; csv_read(r, &row, NULL); all++) bad += row.error != NULL;
    assert_int_equal(bad, 100000);
    assert_int_equal(all, 300000);
    assert_true((double)(clock() - from) / CLOCKS_PER_SEC < 10);
    csv_reader_free(&r);
    fclose(f);
    str_finish(&csv);
}

static void a_file_that_cannot_be_read_says_so_again_and_again(void **unused)
{
    FILE *f = fopen("/", "r");
    CsvReader *r = csv_reader_new(f);
    CsvRow row;

    for (int i = 0; i < 2; i++) {
        Err err = { 0 };

        assert_false(csv_read(r, &row, &err));
        assert_int_equal(err.kind, ERR_IO);
        assert_non_null(strstr(err.text, "line 1"));
    }
    csv_reader_free(&r);
    fclose(f);
}

/* --- writing ---------------------------------------------------------------------------------------- */

static void writes(const char *text, const char *wanted)
{
    Str line = { 0 };

    csv_add_cell(&line, text);
    assert_string_equal(str_text(&line), wanted);
    str_finish(&line);
}

static void cells_are_quoted_when_needed(void **unused)
{
    writes("plain", "plain");
    writes("", "");
    writes(NULL, "");
    writes("a,b", "\"a,b\"");
    writes("a;b", "\"a;b\"");
    writes("say \"so\"", "\"say \"\"so\"\"\"");
    writes("one\ntwo", "\"one\ntwo\"");
    writes(" a", "\" a\"");
    writes("O'Neill", "O'Neill");
}

static void a_spreadsheet_is_given_nothing_to_run(void **unused)
{
    writes("=1+1", "'=1+1");
    writes("+44 7700", "'+44 7700");
    writes("-5", "'-5");
    writes("@SUM(A1)", "'@SUM(A1)");
    writes("\t=1", "\"'\t=1\"");
    writes("\r=1", "\"'\r=1\"");
    writes("＝1", "'＝1");
    writes("=cmd|'/C calc'!\"A0\"", "\"'=cmd|'/C calc'!\"\"A0\"\"\"");
    writes("a=1", "a=1");
}

static void the_known_injections_are_defused(void **unused)
{
    size_t n;
    char *file = shared_file("corpora/csv-injection/Intruder/csv-payload.txt", &n), *rest = file, *text;

    while ((text = strsep(&rest, "\n"))) {
        Str line = { 0 };
        const char *cell;

        csv_add_cell(&line, text);
        cell = str_text(&line);
        if (*cell == '"') cell++;
        assert_null(*cell ? strchr("=+-@\t\r", *cell) : NULL);
        str_finish(&line);
    }
    mem_free(file);
}

static void what_is_written_is_read_back(void **unused)
{
    static const char *const bits[] = { "a", "é", ",", "\"", "\r", "\n", " ", "'", ";", "=", "語", "\t" };
    uint64_t seed = 55;

    for (int round = 0; round < 5000; round++) {
        Str csv = { 0 }, cells[6] = { { 0 } };
        size_t columns = 2 + dice_below(&seed, 4);
        FILE *f;
        CsvReader *r;
        CsvRow row;

        for (size_t i = 0; i < columns; i++) {
            for (size_t k = dice_below(&seed, 8); k > 0; k--)
                str_add(&cells[i], bits[dice_below(&seed, ARRAY_LEN(bits))]);
            if (i > 0) str_add_char(&csv, ',');
            csv_add_cell(&csv, str_text(&cells[i]));
        }
        str_add(&csv, "\r\n");
        f = file_of(csv.s, csv.n);
        r = csv_reader_new(f);
        assert_true(csv_read(r, &row, NULL));
        assert_int_equal(row.n, columns);
        for (size_t i = 0; i < columns; i++) {
            const char *got = row.fields[i].text, *meant = str_text(&cells[i]);

            if (*meant && strchr("=\t\r\n", *meant)) assert_int_equal(*got++, '\'');
            assert_string_equal(got, meant);
        }
        assert_false(csv_read(r, &row, NULL));
        csv_reader_free(&r);
        fclose(f);
        str_finish(&csv);
        for (size_t i = 0; i < columns; i++) str_finish(&cells[i]);
    }
}

/* --- corpora and chance -------------------------------------------------------------------------------- */

static void check_spectrum(const char *name)
{
    char path[200];
    size_t n, rows = 0;
    char *csv, *text, *names[16];
    json_t *json;
    FILE *f;
    CsvReader *r;
    CsvRow row;
    size_t columns;

    snprintf(path, sizeof path, "corpora/csv-spectrum/csvs/%s.csv", name);
    csv = shared_file(path, &n);
    f = file_of(csv, n);
    snprintf(path, sizeof path, "corpora/csv-spectrum/json/%s.json", name);
    text = shared_file(path, &n);
    json = json_loads(text, 0, NULL);
    assert_non_null(json);

    r = csv_reader_new(f);
    assert_true(csv_read(r, &row, NULL));
    columns = row.n;
    for (size_t i = 0; i < columns; i++) names[i] = mem_dup(row.fields[i].text);
    for (; csv_read(r, &row, NULL); rows++) {
        json_t *wanted = json_array_get(json, rows);

        assert_int_equal(row.n, columns);
        for (size_t i = 0; i < row.n; i++) {
            const char *value = json_string_value(json_object_get(wanted, names[i]));

            if (!value || strcmp(value, row.fields[i].text) != 0) fail_msg("%s: row %zu, “%s”", name, rows, names[i]);
        }
    }
    assert_int_equal(rows, json_array_size(json));
    for (size_t i = 0; i < columns; i++) mem_free(names[i]);
    json_decref(json);
    csv_reader_free(&r);
    fclose(f);
    mem_free(text);
    mem_free(csv);
}

static void the_csv_spectrum_is_read_as_it_should(void **unused)
{
    static const char *const names[] = { "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines",
        "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8" };

    for (size_t i = 0; i < ARRAY_LEN(names); i++) check_spectrum(names[i]);
}

/* Of its files one has a quote in the middle of an unquoted cell (37°36'37.8"N), which others guess at. */
static void a_quote_in_the_middle_of_a_cell_is_not_guessed_at(void **unused)
{
    size_t n;
    char *csv = shared_file("corpora/csv-spectrum/csvs/location_coordinates.csv", &n);

    reads_n(csv, n, "1:[Contact Phone Number|Location Coordinates|Cities|Counties] 2:!2.24");
    mem_free(csv);
}

/* Where people would find line and column in the bytes. */
static const char *spot(const char *s, const char *end, size_t line, size_t column)
{
    for (; line > 1 && s < end; s++)
        if (*s == '\n' || (*s == '\r' && (s + 1 == end || s[1] != '\n'))) line--;
    return s + column - 1;
}

static void every_field_is_where_it_says(void **unused)
{
    static const char *const bits[] = { "a", "bc", ",", ",", "\"", "\"\"", "\r", "\n", "\r\n", " ", "é", "\xFF" };
    uint64_t seed = 77;

    for (int round = 0; round < 10000; round++) {
        Str csv = { 0 };
        size_t last_line = 0, rows = 0;
        FILE *f;
        CsvReader *r;
        CsvRow row;

        for (size_t i = dice_below(&seed, 30); i > 0; i--) str_add(&csv, bits[dice_below(&seed, ARRAY_LEN(bits))]);
        f = file_of(str_text(&csv), csv.n);
        r = csv_reader_new(f);
        while (csv_read(r, &row, NULL)) {
            assert_true(row.line > last_line && ++rows <= 100);
            last_line = row.line;
            if (row.error) assert_true(row.error_line >= row.line && row.error_column >= 1);
            for (size_t i = 0; i < row.n; i++) {
                const CsvField *cell = &row.fields[i];
                const char *at = spot(csv.s, csv.s + csv.n, cell->line, cell->column);

                assert_true(utf8_valid(cell->text, cell->n, NULL));
                assert_true(at <= csv.s + csv.n);
                if (*at == '"')
                    assert_true(cell->n == 0 || at[1] == cell->text[0] || at[1] == '"');
                else
                    assert_memory_equal(at, cell->text, cell->n);
            }
        }
        csv_reader_free(&r);
        fclose(f);
        str_finish(&csv);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_are_read_with_their_lines),
        TEST(blank_lines_are_not_rows_but_are_counted),
        TEST(quoted_cells_hold_anything),
        TEST(spaces_belong_to_the_cell),
        TEST(a_byte_order_mark_is_no_text),
        TEST(a_file_in_utf16_gets_a_sentence),
        TEST(fields_know_line_and_column),
        TEST(a_misplaced_quote_costs_one_line),
        TEST(a_quote_never_closed_costs_its_own_line_only),
        TEST(broken_text_costs_its_row),
        TEST(a_row_too_long_is_skipped),
        TEST(many_open_quotes_take_no_longer_than_few),
        TEST(a_file_that_cannot_be_read_says_so_again_and_again),
        TEST(cells_are_quoted_when_needed),
        TEST(a_spreadsheet_is_given_nothing_to_run),
        TEST(the_known_injections_are_defused),
        TEST(what_is_written_is_read_back),
        TEST(the_csv_spectrum_is_read_as_it_should),
        TEST(a_quote_in_the_middle_of_a_cell_is_not_guessed_at),
        TEST(every_field_is_where_it_says),
    };

    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
