/* test_book_hostile.c — hostile strings pasted into a book and into the words with which it is sent back, in the real program: nothing
** that a terminal would obey goes over the line but what the program sends by itself, the book can be handed in, read, printed and
** shown, and what one store exports another one takes and exports again byte for byte. */
#include "story.h"

#include "../data/naughty.h"

enum { SOME = 60, LONGEST = 400 };

static NaughtyList all;
static const Naughty *some[SOME];
static char written[128], id[16];

/* ---- what goes over the line ---- */

typedef struct Shapes { /* control sequences, those that move the cursor left out */
    char *items[400];
    size_t n;
} Shapes;

static bool shape_known(const Shapes *s, const char *shape)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->items[i], shape) == 0) return true;
    return false;
}

/* Where the cursor goes and what is blanked: of a screen that has these numbers. */
static bool moves_a_little(const char *p, size_t n)
{
    if (n < 3 || p[1] != '[' || !strchr("HABCDGdXPLM@brST", p[n - 1])) return false;
    for (const char *at = p + 2; at < p + n - 1; at += strspn(at, "0123456789"), at += *at == ';')
        if ((*at != ';' && (*at < '0' || *at > '9')) || atoi(at) > 200) return false;
    return true;
}

/* Of one sequence at p: its length, and what it is; "" where it only moves. */
static size_t shape_of(const char *p, const char *end, char shape[64])
{
    size_t n = 1, out = 0;

    if (p + 1 < end && p[1] == '[') {
        for (n = 2; p + n < end && !(p[n] >= '@' && p[n] <= '~');) n++;
        n++;
    } else if (p + 1 < end && strchr("]PX^_", p[1])) {
        for (n = 2; p + n < end && p[n] != '\a' && p[n] != '\033';) n++;
        n++;
    } else if (p + 1 < end) {
        n = strchr("()*+#% ", p[1]) ? 3 : 2;
    }
    if (p + n > end) n = (size_t)(end - p);
    if (moves_a_little(p, n)) return *shape = '\0', n;
    for (size_t i = 0; i < n && out < 60; i++) shape[out++] = p[i];
    shape[out] = '\0';
    return n;
}

static bool never(const char *p, size_t room) /* as UTF-8: C1, bidi, zero width, tags */
{
    const unsigned char *u = (const unsigned char *)p;

    if (room >= 2 && u[0] == 0xc2 && u[1] >= 0x80 && u[1] <= 0x9f) return true;
    if (room >= 2 && u[0] == 0xd8 && u[1] == 0x9c) return true;
    if (room >= 3 && u[0] == 0xe2 && u[1] == 0x80 &&
        (u[2] == 0x8b || u[2] == 0x8e || u[2] == 0x8f || (u[2] >= 0xa8 && u[2] <= 0xae)))
        return true;
    if (room >= 3 && u[0] == 0xe2 && u[1] == 0x81 && u[2] >= 0xa0 && u[2] <= 0xaf) return true;
    if (room >= 3 && u[0] == 0xef && u[1] == 0xbb && u[2] == 0xbf) return true;
    return room >= 3 && u[0] == 0xf3 && u[1] == 0xa0 && (u[2] & 0xfe) == 0x80;
}

/* The first thing that the program does not send by itself, NULL when there is none. With `learn` all that is sent becomes known. */
static const char *foreign(Shapes *known, const char *out, size_t n, bool learn)
{
    const char *end = out + n;
    size_t len;

    for (const char *p = out; p < end; p += len) {
        char shape[64] = { *p, '\0' };
        len = *p == '\033' ? shape_of(p, end, shape) : 1;
        if (never(p, (size_t)(end - p))) return p;
        if (!*shape || !(((unsigned char)*p < 0x20) || *p == 0x7f) || shape_known(known, shape)) continue;
        if (!learn) return p;
        assert_true(known->n < 400);
        known->items[known->n++] = strdup(shape);
    }
    return NULL;
}

static Shapes own; /* what the program sends when the words are harmless */

static void judge(Tt *t, size_t from, bool learn)
{
    tt_settle(t, 60);
    const char *out = tt_output(t) + from, *at = foreign(&own, out, tt_bytes_out(t) - from, learn);
    if (at)
        fail_msg("byte %zu is nothing that the program sends by itself: %02x \"%.20s\"", (size_t)(at - out),
            (unsigned char)*at, at + 1);
}

/* ---- the store with the whole book as a draft ---- */

static int write_the_book(void **state)
{
    size_t n = 0;

    naughty_lines(&all, NAUGHTY_DATA "/naughty.txt", naughty_spelt);
    for (size_t i = 0; n < SOME && i < all.n * SOME;
         i += all.n / SOME) /* from all its parts, and not the enormous ones */
        if (all.items[i % all.n].n <= LONGEST) some[n++] = &all.items[i % all.n];
    return story_station(state, id, written, sizeof written);
}

static int put_back(void **state)
{
    Station *s = *state;

    s->now = NOW;
    return story_copy(written, s->store);
}

static Tt *go_on(Station *s)
{
    Tt *t = station_terminal(s, ROWS, COLS, NULL, NULL);

    sign_in(t, PC);
    see(t, "You left 1 text unsaved.");
    tt_type(t, ENTER);
    see(t, "is back");
    return t;
}

/* ---- every field of the book ---- */

static void paste_of(Tt *t, bool hostile, size_t i)
{
    static const char *const harmless[] = { "x", "word", "31/2/2010",
        "a longer line of words that fills most of the field", "q" };
    const char *text = harmless[i % 5];

    if (hostile)
        tt_paste(t, some[i % SOME]->s, some[i % SOME]->n);
    else
        tt_paste(t, text, strlen(text));
}

/* Round the whole form, a paste into each field, whatever its kind. */
static void paste_everywhere(Station *s, bool hostile)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUV";
    Tt *t = go_on(s);
    size_t i = 0, from = tt_bytes_out(t);
    char key[4];

    for (const char *l = letters; *l; l++) {
        snprintf(key, sizeof key, CTRL_B "%c", *l | 0x20);
        tt_type(t, key);
        tt_settle(t, 30);
        for (int field = 0; field < 12; field++) {
            paste_of(t, hostile, i++);
            tt_settle(t, 5);
            tt_type(t, "\t");
        }
        tt_settle(t, 20);
        if (hostile) judge(t, from, false);
    }
    judge(t, from, !hostile);
    assert_true(tt_on_alternate_screen(t));
    type_see(t, CTRL_S, "Saved 09:12");
    station_leave(s, &t);
    from = 0;
    t = go_on(s);
    tt_type(t, CTRL_L);
    judge(t, from, !hostile);
}

static void pasted_into_every_field_nothing_is_obeyed(void **state)
{
    Station *s = *state;

    paste_everywhere(s, false);
    for (size_t i = 0; i < sizeof s->open / sizeof s->open[0]; i++)
        if (s->open[i]) station_leave(s, &(Tt *){ s->open[i] });
    put_back(state);
    paste_everywhere(s, true);
    print_message("%zu kinds of control sequences are the program's own\n", own.n);
}

/* The ear hears: each of our strings that holds ESC, sent as it is, would have been found. */
static void what_a_terminal_would_obey_is_heard(void **state)
{
    size_t heard = 0;

    assert_true(own.n > 5);
    for (size_t i = 0; i < all.n; i++) {
        const Naughty *s = &all.items[i];
        if (s->n < 3 || !memchr(s->s, '\033', s->n)) continue;
        heard += foreign(&own, s->s, s->n, false) != NULL; /* the rest is like the program's own: colours, a place */
    }
    assert_true(heard > 60);
    assert_non_null(foreign(&own, "a\xe2\x80\xae", 4, false));
    assert_non_null(foreign(&own,
        "\xc2\x9b"
        "31m",
        5, false));
    assert_null(foreign(&own, "\033[12;7Hplain", 12, false));
}

/* ---- the way of a book ---- */

static void harmless(const char *text)
{
    for (const char *p = text; *p; p++) {
        if (((unsigned char)*p < 0x20 && *p != '\n' && *p != '\f') || *p == 0x7f) fail_msg("a control in: %.60s", p);
        if (never(p, strlen(p))) fail_msg("a character that deceives in: %.60s", p);
    }
}

/* Into the account, one below the other, and one each into a name, a place, a text and a context. */
static void into_the_answers(Tt *t, bool hostile)
{
    static const struct {
        const char *keys; /* to the field */
        size_t string;
    } fields[] = { { CTRL_B "d\t", 7 }, { CTRL_B "d\t\t", 21 }, { CTRL_B "a\t\t\t\t\t\t\t\t\t\t", 33 },
        { CTRL_B "o", 45 } };

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        tt_type(t, fields[i].keys);
        tt_settle(t, 40);
        paste_of(t, hostile, fields[i].string);
        tt_settle(t, 20);
    }
    tt_type(t, CTRL_B "o");
    see(t, "Demeanour");
    for (size_t i = 0; i < SOME; i++) {
        paste_of(t, hostile, i);
        tt_type(t, ENTER);
    }
    tt_settle(t, 100);
}

static void desk_and_screens(Station *s, const char *officer, bool learn)
{
    Tt *t = station_desk(s, officer);
    size_t from = 0;

    story_command(t, "book ", id);
    see(t, "version 1 of 1");
    story_read(t);
    judge(t, from, learn);
    tt_type(t, ESC);
    see_not(t, "version 1 of 1");
    story_command(t, "case ", id);
    see(t, "Duties");
    for (int page = 0; page < 6; page++) {
        tt_type(t, " ");
        tt_settle(t, 60);
    }
    tt_type(t, ESC);
    see_not(t, "Duties");
    story_command(t, "register", "");
    tt_settle(t, 400);
    judge(t, from, learn);
    station_leave(s, &t);
}

static void sends_it_back(Station *s, bool hostile)
{
    Tt *t = station_desk(s, PS);

    story_command(t, "book ", id);
    see(t, "version 1 of 1");
    story_read(t);
    type_see(t, "t", "Return of a book");
    tt_type(t, " \t");
    for (size_t i = 0; i < SOME; i++) paste_of(t, hostile, i);
    tt_type(t, "Write it anew.");
    tt_settle(t, 100);
    tt_type(t, CTRL_S);
    story_password(t);
    judge(t, 0, !hostile);
    station_leave(s, &t);
    t = station_desk(s, PC);
    story_command(t, "case ", id);
    see(t, "Duties");
    type_see(t, "B", "Came back from");
    judge(t, 0, !hostile);
    station_leave(s, &t);
}

static void as_paper_and_as_words(Station *s)
{
    harmless(MUST(s, DI, "book", "show", id));
    harmless(MUST(s, DI, "--format", "json", "book", "show", id));
    harmless(MUST(s, DI, "book", "print", id));
    harmless(MUST(s, DI, "book", "print", id, "--sheet"));
    harmless(MUST(s, DI, "book", "print", id, "--redacted"));
    harmless(MUST(s, DI, "case", "show", id));
    harmless(MUST(s, DI, "book", "list"));
}

/* What needs no cleaning stands there as it came. */
static void said_as_it_came(const char *exported)
{
    size_t plain = 0;

    for (size_t i = 0; i < SOME; i++) {
        char text[LONGEST + 1];
        bool ordinary = some[i]->n > 2;
        for (size_t k = 0; k < some[i]->n; k++)
            ordinary = ordinary && some[i]->s[k] > ' ' && some[i]->s[k] <= '~' && !strchr("\"\\/", some[i]->s[k]);
        if (!ordinary) continue;
        snprintf(text, sizeof text, "%.*s\\n", (int)some[i]->n, some[i]->s);
        if (!strstr(exported, text)) fail_msg("%s is not in the account", text);
        plain++;
    }
    assert_true(plain > 2);
}

/* What one store says of the case, another one takes, and says again, byte for byte. */
static void another_store_has_it_byte_for_byte(Station *s)
{
    char path[128], was[sizeof s->store];
    char *first = strdup(MUST(s, DI, "export", "cases", "--case", id));
    const char *now = s->now;

    said_as_it_came(first);
    station_file(s, "one.jsonl", first, path);
    memcpy(was, s->store, sizeof was);
    snprintf(s->store, sizeof s->store, "%.60s/second", s->dir);
    MUST(s, NULL, "init", "--training", "--cases", "1");
    MUST(s, DI, "import", "cases", path);
    assert_string_equal(MUST(s, DI, "export", "cases", "--case", id), first);
    MUST(s, AUDITOR, "audit", "verify");
    memcpy(s->store, was, sizeof was);
    s->now = now;
    free(first);
}

static void the_way(void **state, bool hostile)
{
    Station *s = *state;
    Tt *t = go_on(s);

    into_the_answers(t, hostile);
    type_see(t, CTRL_S, "Saved 09:12");
    judge(t, 0, !hostile);
    story_hand_in(t);
    judge(t, 0, !hostile);
    station_leave(s, &t);
    desk_and_screens(s, PS, !hostile);
    s->now = "2010-02-08T10:00:00Z";
    sends_it_back(s, hostile);
    if (hostile) as_paper_and_as_words(s);
    if (hostile) another_store_has_it_byte_for_byte(s);
}

static void a_book_of_hostile_words_goes_its_way_and_harms_nobody(void **state)
{
    the_way(state, false);
    put_back(state);
    the_way(state, true);
}

/* ---- a copy for somebody else, made at the screen ---- */

/* Where she is, and how she can be reached without him hearing of it. */
static const char *const secret[] = { "12 Example Road", "3 Sample Street", "020 7946 0123",
    "weekdays between 10 and 12" };

static char *printed(Station *s, Tt *t, const char *which, const char *name)
{
    char path[160], line[600];
    size_t n;

    snprintf(path, sizeof path, "%.60s/%s", s->dir, name);
    type_see(t, "p", "Redacted");
    tt_type(t, which);
    tt_settle(t, 200);
    if (strstr(which, "purpose")) type_see(t, ENTER, "for what");
    type_see(t, ENTER, "Once more");
    tt_settle(t, 400);
    type_see(t, "training-book124" ENTER, "Name of the file");
    snprintf(line, sizeof line, "\025%s", name); /* ^U */
    tt_settle(t, 400);
    tt_type(t, line);
    tt_type(t, ENTER);
    see(t, "Written");
    see_not(t, "Name of the file");
    if (strstr(name, ".pdf")) {
        snprintf(line, sizeof line, "pdftotext -layout %s %s.txt", path, path);
        assert_int_equal(system(line), 0);
        strcat(path, ".txt");
    }
    return naughty_file(path, &n);
}

static size_t secrets_in(const char *text)
{
    size_t n = 0;

    for (size_t i = 0; i < sizeof secret / sizeof secret[0]; i++) n += strstr(text, secret[i]) != NULL;
    return n;
}

static void a_redacted_copy_made_at_the_screen_does_not_say_where_she_is(void **state)
{
    Station *s = *state;
    Tt *t = go_on(s);
    char *whole, *text, *pdf;

    story_hand_in(t);
    station_leave(s, &t);
    t = station_desk(s, PS);
    story_command(t, "book ", id);
    see(t, "version 1 of 1");
    whole = printed(s, t, "purpose text", "whole.txt");
    text = printed(s, t, "redacted text", "redacted.txt");
    pdf = printed(s, t, "redacted pdf", "redacted.pdf");
    assert_int_equal(secrets_in(whole), sizeof secret / sizeof secret[0]);
    assert_int_equal(secrets_in(text), 0);
    assert_int_equal(secrets_in(pdf), 0);
    assert_non_null(strstr(text, "[left out]"));
    assert_non_null(strstr(pdf, "Beatrice"));
    free(whole);
    free(text);
    free(pdf);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pasted_into_every_field_nothing_is_obeyed, put_back, story_is_sound),
        cmocka_unit_test_setup_teardown(
            a_redacted_copy_made_at_the_screen_does_not_say_where_she_is, put_back, story_is_sound),
        cmocka_unit_test(what_a_terminal_would_obey_is_heard),
        cmocka_unit_test_setup_teardown(a_book_of_hostile_words_goes_its_way_and_harms_nobody, put_back, story_is_sound),
    };

    book124 = argc > 1 ? argv[1] : "./book124";
    if (argc > 2) cmocka_set_test_filter(argv[2]);
    int failed = cmocka_run_group_tests(tests, write_the_book, station_teardown);
    naughty_free(&all);
    for (size_t i = 0; i < own.n; i++) free(own.items[i]);
    return failed;
}
