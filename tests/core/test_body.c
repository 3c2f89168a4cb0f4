/* test_body.c — the body map: pictures of one size, regions that lie inside and apart, and ways between all of them. */
#include "core_test.h"

#include "core/body.h"

static void every_line_of_the_pictures_has_its_width_in_ascii(void **state)
{
    for (int side = 0; side < 2; side++)
        for (int row = 0; row < BODY_ROWS; row++) {
            const char *line = body_line(side, row);
            assert_int_equal(strlen(line), BODY_COLS);
            for (const char *c = line; *c; c++) assert_in_range(*c, ' ', '~');
        }
    assert_string_equal(body_line(false, -1), "");
    assert_string_equal(body_line(true, BODY_ROWS), "");
}

static void codes_are_of_their_side_and_found_again(void **state)
{
    size_t n;
    const BodyRegion *r = body_regions(&n);

    assert_true(n > 40);
    for (size_t i = 0; i < n; i++) {
        assert_ptr_equal(body_region(r[i].code), &r[i]);
        assert_int_equal(strncmp(r[i].code, r[i].back ? "back-" : "front-", r[i].back ? 5 : 6), 0);
        if (i > 0) assert_true(r[i].back > r[i - 1].back || (r[i].back == r[i - 1].back && r[i].row >= r[i - 1].row));
        for (size_t k = 0; k < i; k++) assert_string_not_equal(r[i].words, r[k].words);
    }
    assert_null(body_region("front-tail"));
    assert_null(body_region(""));
}

static void no_region_lies_on_another_or_outside(void **state)
{
    size_t n;
    const BodyRegion *r = body_regions(&n);

    for (size_t i = 0; i < n; i++) {
        assert_in_range(r[i].row, 0, BODY_ROWS - 1);
        assert_true(r[i].cols > 0 && r[i].col >= 0 && r[i].col + r[i].cols <= BODY_COLS);
        for (size_t k = 0; k < i; k++) {
            bool apart = r[i].back != r[k].back || r[i].row != r[k].row || r[i].col + r[i].cols <= r[k].col ||
                         r[k].col + r[k].cols <= r[i].col;
            if (!apart) fail_msg("%s lies on %s", r[i].code, r[k].code);
        }
    }
}

/* A region never begins beyond the outline: on each side of it in its row something is drawn. */
static void every_region_lies_inside_the_outline(void **state)
{
    size_t n;
    const BodyRegion *r = body_regions(&n);

    for (size_t i = 0; i < n; i++) {
        const char *line = body_line(r[i].back, r[i].row);
        bool left = false, right = false;
        for (int c = 0; c <= r[i].col; c++) left = left || line[c] != ' ';
        for (int c = r[i].col + r[i].cols - 1; c < BODY_COLS; c++) right = right || line[c] != ' ';
        if (!left || !right) fail_msg("%s lies outside", r[i].code);
    }
}

/* On the front the person's left is the reader's right. */
static void left_and_right_are_the_persons_own(void **state)
{
    size_t n;
    const BodyRegion *r = body_regions(&n);

    for (size_t i = 0; i < n; i++) {
        bool left = strstr(r[i].code, "-left-"), right = strstr(r[i].code, "-right-");
        bool on_readers_right = 2 * r[i].col + r[i].cols > BODY_COLS;
        if (left) assert_int_equal(on_readers_right, !r[i].back);
        if (right) assert_int_equal(on_readers_right, r[i].back);
    }
}

static void the_arrows_lead_where_they_point(void **state)
{
    size_t n;
    const BodyRegion *r = body_regions(&n);

    for (size_t i = 0; i < n; i++)
        for (int d = 0; d < 4; d++) {
            int dr = d == 0 ? -1 : d == 1 ? 1 : 0, dc = d == 2 ? -1 : d == 3 ? 1 : 0;
            const BodyRegion *to = body_next(&r[i], dr, dc);
            assert_int_equal(to->back, r[i].back);
            if (to == &r[i]) continue;
            assert_true(dr * (to->row - r[i].row) + dc * (2 * to->col + to->cols - 2 * r[i].col - r[i].cols) > 0);
        }
    assert_string_equal(body_next(body_region("front-chest"), 1, 0)->code, "front-abdomen");
    assert_string_equal(body_next(body_region("front-right-thigh"), 0, 1)->code, "front-left-thigh");
    assert_string_equal(body_next(body_region("front-right-eye"), 0, 1)->code, "front-nose");
    assert_ptr_equal(body_next(body_region("front-forehead"), -1, 0), body_region("front-forehead"));
    assert_ptr_equal(body_next(body_region("front-nose"), 0, 0), body_region("front-nose"));
}

/* By arrows alone one comes from anywhere to everywhere on the same side. */
static void every_region_can_be_reached(void **state)
{
    size_t n;
    const BodyRegion *r = body_regions(&n);

    for (size_t start = 0; start < n; start++) {
        bool seen[80] = { false };
        size_t count = 1, all = 0;
        seen[start] = true;
        for (bool more = true; more;) {
            more = false;
            for (size_t i = 0; i < n; i++)
                for (int d = 0; seen[i] && d < 4; d++) {
                    const BodyRegion *to = body_next(&r[i], d == 0 ? -1 : d == 1, d == 2 ? -1 : d == 3);
                    if (seen[to - r]) continue;
                    seen[to - r] = more = true;
                    count++;
                }
        }
        for (size_t i = 0; i < n; i++) {
            all += r[i].back == r[start].back;
            if (r[i].back == r[start].back && !seen[i])
                print_message("%s is not reached from %s\n", r[i].code, r[start].code);
        }
        assert_int_equal(count, all);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_of_the_pictures_has_its_width_in_ascii),
        cmocka_unit_test(codes_are_of_their_side_and_found_again),
        cmocka_unit_test(no_region_lies_on_another_or_outside),
        cmocka_unit_test(every_region_lies_inside_the_outline),
        cmocka_unit_test(left_and_right_are_the_persons_own),
        cmocka_unit_test(the_arrows_lead_where_they_point),
        cmocka_unit_test(every_region_can_be_reached),
    };

    return cmocka_run_group_tests_name("core body", tests, NULL, NULL);
}
