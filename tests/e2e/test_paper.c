/* test_paper.c — papers that the screens write into files: nothing but a name may be typed, nothing of the store is ever written over, and what is
** there already only after a question. */
#include "station.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#define PS "900002"

static void papers_go_into(const char *folder)
{
    setenv("BOOK124_PRINT_DIR", folder, 1);
}

/* From the desk: the hand-over as text, as far as the question for the name. */
static Tt *name_is_asked(Station *s)
{
    Tt *t = station_desk(s, PS);

    type_see(t, "H", "Hand-over");
    type_see(t, "p", "as text");
    type_see(t, "\033[B" ENTER, "Once more");
    tt_settle(t, 400);
    type_see(t, "training-book124" ENTER, "Name of the file");
    tt_settle(t, 400);
    return t;
}

static void name_it(Tt *t, const char *name)
{
    tt_type(t, "\025"); /* ^U */
    tt_type(t, name);
    tt_type(t, ENTER);
}

static long size_of(const char *folder, const char *name)
{
    char path[300];
    struct stat st;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return lstat(path, &st) == 0 ? (long)st.st_size : -1;
}

static size_t hidden_files(const char *folder)
{
    DIR *d = opendir(folder);
    size_t n = 0;

    assert_non_null(d);
    for (const struct dirent *e; (e = readdir(d));) n += e->d_name[0] == '.' && strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(d);
    return n;
}

static void nothing_but_a_name_is_taken(void **state)
{
    static const char *const roads[] = { "store/book124.db", "store/heads", "../x.txt", "/tmp/x.txt", "./x.txt", ".profile", ".." };
    Station *s = *state;
    char inside[160];
    Tt *t;

    papers_go_into(s->dir);
    t = name_is_asked(s);
    for (size_t i = 0; i < sizeof roads / sizeof roads[0]; i++) {
        name_it(t, roads[i]);
        see(t, "A name only, without /");
        see(t, s->dir);
    }
    name_it(t, "store"); /* a folder is there: asked, and not written over */
    see(t, "Replace the file");
    tt_settle(t, 400);
    type_see(t, "y", "cannot be written");
    tt_type(t, ESC);
    see_not(t, "Name of the file");
    station_leave(s, &t);
    snprintf(inside, sizeof inside, "%s/store", s->dir);
    assert_true(size_of(inside, "book124.db") > 0);
    assert_int_equal(hidden_files(s->dir), 0);
}

/* However the folder is named, also one below it. */
static void nothing_goes_into_the_folder_of_the_store(void **state)
{
    static const char *const names[] = { "heads", "book124.db", "new.txt" };
    Station *s = *state;
    char below[200], around[300];
    long heads = size_of(s->store, "heads");
    Tt *t;

    snprintf(below, sizeof below, "%s/papers", s->store);
    snprintf(around, sizeof around, "%s/../store/.", s->store);
    assert_int_equal(mkdir(below, 0700), 0);
    for (int way = 0; way < 3; way++) {
        papers_go_into(way == 0 ? s->store : way == 1 ? below : around);
        t = name_is_asked(s);
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            name_it(t, names[i]);
            see(t, "No paper goes into the folder of the store.");
        }
        station_leave(s, &t);
        assert_int_equal(size_of(s->store, "new.txt"), -1);
        assert_int_equal(size_of(below, "new.txt"), -1);
        assert_true(size_of(s->store, "heads") >= heads);
    }
    assert_int_equal(rmdir(below), 0);
}

static void what_is_there_is_replaced_after_a_question_and_whole(void **state)
{
    Station *s = *state;
    char folder[120], path[200];
    struct stat st;
    Tt *t;

    snprintf(folder, sizeof folder, "%s/papers", s->dir);
    assert_int_equal(mkdir(folder, 0700), 0);
    papers_go_into(folder);
    station_file(s, "papers/hand.txt", "what was there\n", path);
    t = name_is_asked(s);
    name_it(t, "hand.txt");
    see(t, "hand.txt is there already.");
    tt_type(t, ENTER); /* Cancel is what one stands on */
    see_not(t, "Replace the file");
    assert_int_equal(size_of(folder, "hand.txt"), strlen("what was there\n"));
    name_it(t, "hand.txt");
    see(t, "Replace the file");
    tt_settle(t, 400);
    type_see(t, "y", "Written: ");
    station_leave(s, &t);
    assert_int_equal(lstat(path, &st), 0);
    assert_true(st.st_size > 100);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(hidden_files(folder), 0);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_but_a_name_is_taken, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(nothing_goes_into_the_folder_of_the_store, station_setup, station_teardown),
        cmocka_unit_test_setup_teardown(what_is_there_is_replaced_after_a_question_and_whole, station_setup, station_teardown),
    };

    if (argc < 2) return 2;
    book124 = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
