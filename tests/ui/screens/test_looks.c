/* test_looks.c — a look is in the log before anything is drawn, and where it cannot be, nothing is: on every screen that shows something of a
** case, the real screens over a store whose log refuses each entry of a look.
** One script walks through all of them twice. First all is well, and every screen must show a word that only a look brings: else the walk proves
** nothing. Then no look can be written, and no such word may be anywhere; what still shows are numbers, dates and duties, which are no text of a case.
** A list whose rows are those and nothing more is no look: it must not say the word at any time, and what it opens is one. */
#include "screens.h"

#include "engine/engine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define CANARY "Quetzalcoatl"
#define PAGE   "8 Reviews" /* the head of a case's page */

extern void store_use_engine(const Engine *e); /* of the store, for tests */

static char root[] = "/tmp/b124-looks-XXXXXX";

/* ---- an engine whose log takes no entry of a look ---- */

static Engine refusing;
static EngStmt *refused;
static bool refuses;
static int times;

static void bind_text(EngStmt *s, int at, const char *p, size_t n)
{
    if (refuses && n == 7 && p && memcmp(p, "consult", 7) == 0) refused = s;
    engine_sqlite.bind_text(s, at, p, n);
}

static EngResult step(EngStmt *s)
{
    if (s != refused) return engine_sqlite.step(s);
    refused = NULL;
    times++;
    return ENG_FULL;
}

/* ---- a case with that word wherever it says something ---- */

static const char document[] =
    "{\"format\":\"book124.case/1\",\"id\":\"KG-CANRY\",\"borough\":\"KG\",\"reported_at\":\"2010-01-28T20:10:00Z\",\"reported_how\":\"call\","
    "\"attended_at\":\"2010-01-28T20:31:00Z\",\"kind\":\"crime\",\"incident\":{\"from\":\"2010-01-28T19:00:00Z\",\"place\":\"" CANARY " Road\"},"
    "\"offences\":[{\"class\":\"s20\",\"at\":\"2010-01-28T20:40:00Z\"}],\"flags\":[{\"flag\":\"dv\",\"at\":\"2010-01-28T20:40:00Z\"}],"
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"" CANARY "\",\"given\":\"Anne\",\"born\":\"1980-03-04\",\"recorded_at\":\"2010-01-28T20:50:00Z\"},"
    "{\"key\":\"s1\",\"role\":\"suspect\",\"family\":\"" CANARY "\",\"given\":\"Paul\",\"recorded_at\":\"2010-01-28T20:50:00Z\","
    "\"warnings\":\"" CANARY " bites\",\"status\":[{\"status\":\"outstanding\",\"at\":\"2010-01-28T20:50:00Z\"}]}],"
    "\"books\":[{\"serial\":\"T00777\",\"by\":\"900001\",\"completed_at\":\"2010-01-28T22:00:00Z\",\"answers\":{\"account\":{\"victim\":\"" CANARY " came in.\"},\"reported.words\":\"She brought shame on the family.\"}}],"
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\",\"at\":\"2010-01-28T21:00:00Z\",\"grade\":\"high\","
    "\"rationale\":\"" CANARY " was said.\"}],"
    "\"reviews\":[{\"kind\":\"ps-check\",\"by\":\"900002\",\"at\":\"2010-01-28T23:00:00Z\",\"outcome\":\"satisfied\",\"text\":\"" CANARY " read.\"}],"
    "\"owners\":[{\"unit\":\"csu\",\"offered_at\":\"2010-01-29T08:00:00Z\",\"accepted_at\":\"2010-01-29T08:10:00Z\"}],"
    "\"referrals\":[{\"to\":\"marac\",\"basis\":\"crime\",\"grounds\":[\"judgement\"],\"by\":\"900007\",\"at\":\"2010-01-29T09:00:00Z\",\"text\":\"" CANARY " asked.\"}],"
    "\"hearings\":[{\"key\":\"m1\",\"meeting\":\"2010-02-05T10:00:00Z\",\"by\":\"900007\",\"at\":\"2010-01-29T10:00:00Z\"}],"
    "\"tasks\":[{\"key\":\"t1\",\"from\":\"plan\",\"approach\":\"reduce\",\"what\":\"Ring\",\"owner\":\"csu-io\",\"due\":\"2010-02-03T10:00:00Z\","
    "\"by\":\"900007\",\"at\":\"2010-01-29T10:00:00Z\",\"rationale\":\"" CANARY "\"}],"
    "\"orders\":[{\"key\":\"o1\",\"kind\":\"non-molestation\",\"person\":\"s1\",\"protects\":\"v1\",\"court\":\"" CANARY " County Court\",\"at\":\"2010-01-29T11:00:00Z\"}]}\n";

/* One in which everything was done, and that is not closed. */
static const char quiet[] =
    "{\"format\":\"book124.case/1\",\"id\":\"KG-CANR1\",\"reported_at\":\"2010-01-20T10:00:00Z\",\"reported_how\":\"station\",\"kind\":\"incident\","
    "\"incident\":{\"place\":\"" CANARY " Road\"},\"children\":{\"answer\":\"none\",\"at\":\"2010-01-20T10:30:00Z\"},"
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"" CANARY "\",\"given\":\"Ann\",\"recorded_at\":\"2010-01-20T10:50:00Z\"}],"
    "\"references\":[{\"system\":\"cris\",\"number\":\"4212345/10\",\"at\":\"2010-01-20T11:00:00Z\"}],"
    "\"cross_references\":[{\"in\":\"cris\",\"to\":\"124d\",\"at\":\"2010-01-20T11:00:00Z\"},{\"in\":\"cris\",\"to\":\"risk\",\"at\":\"2010-01-20T11:00:00Z\"}],"
    "\"books\":[{\"serial\":\"B1\",\"by\":\"900001\",\"completed_at\":\"2010-01-20T12:00:00Z\",\"index\":{\"number\":\"1\",\"at\":\"2010-01-20T16:00:00Z\"}}],"
    "\"assessments\":[{\"instrument\":\"specss-plus\",\"stage\":\"initial\",\"by\":\"900001\",\"at\":\"2010-01-20T11:30:00Z\",\"grade\":\"medium\"}],"
    "\"reviews\":[{\"kind\":\"ps-check\",\"outcome\":\"satisfied\",\"by\":\"900002\",\"at\":\"2010-01-20T13:00:00Z\",\"text\":\"x\"},"
    "{\"kind\":\"csu-ds-read\",\"outcome\":\"satisfied\",\"by\":\"900007\",\"at\":\"2010-01-20T14:00:00Z\",\"text\":\"x\"},"
    "{\"kind\":\"cris-supervision\",\"outcome\":\"satisfied\",\"by\":\"900004\",\"at\":\"2010-01-20T15:00:00Z\",\"text\":\"x\"}],"
    "\"referrals\":[{\"to\":\"victim-support\",\"at\":\"2010-01-20T17:00:00Z\"}]}\n";

/* One that was closed so long ago that it is due for review. */
static const char old[] =
    "{\"format\":\"book124.case/1\",\"id\":\"KG-CANR0\",\"borough\":\"KG\",\"reported_at\":\"2002-01-28T20:10:00Z\",\"reported_how\":\"call\","
    "\"attended_at\":\"2002-01-28T20:31:00Z\",\"kind\":\"incident\",\"incident\":{\"from\":\"2002-01-28T19:00:00Z\",\"place\":\"" CANARY " Road\"},"
    "\"people\":[{\"key\":\"v1\",\"role\":\"victim\",\"family\":\"" CANARY "\",\"given\":\"Zoe\",\"born\":\"1970-03-04\",\"recorded_at\":\"2002-01-28T20:50:00Z\"}],"
    "\"closed_at\":\"2002-03-01T10:00:00Z\",\"outcome\":\"undetected\"}\n";

/* The screens, and how one comes to each. What was on the one before is left first. */
static const struct {
    const char *what, *keys;
    const char *word; /* that only a look brings; NULL: the canary */
    bool plain;       /* `word` stands there without a look, and the canary at no time */
    const char *who;  /* NULL: the detective inspector */
} screens[] = {
    { "the case", ": \"case KG-CANRY\" Enter" },
    { "the case, its people", ": \"case KG-CANRY\" Enter 3" },
    { "the case, its risk", ": \"case KG-CANRY\" Enter 7" },
    { "the case, its reviews", ": \"case KG-CANRY\" Enter 8" },
    { "the list of who may see it", ": \"access KG-CANRY\" Enter", "roles alone decide" },
    { "referrals", ": \"referral KG-CANRY\" Enter", "ORDER NOT SERVED" },
    { "the risk wizard", ": \"risk assess KG-CANRY secondary specss-plus\" Enter", "Separation, child contact" },
    { "assessments side by side", ": \"risk compare KG-CANRY\" Enter" },
    { "a book being read", ": \"book KG-CANRY\" Enter", "What the rules say" },
    { "search", ": \"search " CANARY "\" Enter" },
    { "Operation Roundup", ": \"roundup\" Enter" },
    { "why a duty", ": \"why KG-CANRY serious-assault\" Enter", "What is asked" },
    { "a book read from the case", ": \"case KG-CANRY\" Enter r", "What the rules say" },
    { "the list of the DMM, and the case under its cursor", ": \"dmm\" Enter" },
    { "the list of alerts", "A", "KG-CANRY", true, "900007" },
    { "a case from the list of alerts", "A Enter", PAGE, false, "900007" },
    { "the register of books", ": \"register\" Enter", "T00777", true },
    { "a book from the register", ": \"register\" Enter Enter", "What the rules say" },
    { "orders and bail", ": \"case KG-CANRY\" Enter O", CANARY " County Court" },
    { "the watchdog", "W", "KG-CANR1", true },
    { "a case from the watchdog", "W Enter", PAGE },
    { "the change of shifts", "H", "KG-CANRY", true },
    { "a case from the change of shifts", "H Enter", PAGE },
    { "what is due for review", ": \"retention\" Enter", "KG-CANR0", true },
    { "a case that is due for review", ": \"retention\" Enter Enter", PAGE },
    { "MARAC", ": \"marac\" Enter Enter", "Professional judgement" },
    { "the desk's preview", "" },
};

static const char *walk(const char *path)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fprintf(f, "update\nsize 110 44\n");
    for (size_t i = 0; i < ARRAY_LEN(screens); i++) {
        fprintf(f, "login %s\n", screens[i].who ? screens[i].who : "900008");
        if (*screens[i].keys) fprintf(f, "keys %s\n", screens[i].keys);
        fprintf(f, "wait 1\n# %s\nexpect\n", screens[i].what);
    }
    fclose(f);
    return path;
}

static App *open_as_di(const char *dir, Err *err)
{
    return app_open(&(AppOptions){ dir, civil_from_utc((Civil){ 2010, 2, 1, 9, 12, 0 }), "test" }, err);
}

static void make_store(const char *dir)
{
    InitOptions o = { .dir = dir, .training = true, .seed = 1, .now = civil_from_utc((Civil){ 2010, 2, 1, 9, 12, 0 }) };
    ImportOptions how = { .name = "test" };
    ImportReport report;
    Err err = { 0 };
    FILE *f = tmpfile();
    App *app;

    if (!app_init(&o, NULL, &err)) fail_msg("%s", err.text);
    fputs(document, f);
    fputs(quiet, f);
    fputs(old, f);
    rewind(f);
    app = open_as_di(dir, &err);
    if (!app || !app_sign_in(app, "900008", TRAINING_PASSWORD, &err) || !app_import_cases(app, f, &how, &report, &err)) fail_msg("%s", err.text);
    assert_int_equal(report.added, 3);
    fclose(f);
    app_close(&app);
}

/* What was seen: the script, with the screens in it. */
static char *seen(const char *dir, const char *script)
{
    static char text[2][400000];
    static int which;
    char *out = text[which++ % 2];
    UiOptions o = { .script = walk(script) };
    Err err = { 0 };
    App *app = open_as_di(dir, &err);
    FILE *f;
    size_t n;

    if (!app) fail_msg("%s", err.text);
    ui_run(app, &o, &err);
    app_close(&app);
    f = fopen(script, "r");
    n = fread(out, 1, sizeof text[0] - 1, f);
    out[n] = '\0';
    fclose(f);
    return out;
}

/* Screen i of the walk: from its line to the next sign-in. The keys that led there hold the word too, and are not among it. */
static bool shows(const char *text, size_t i, const char *what)
{
    char line[80];
    const char *from, *end, *word;

    snprintf(line, sizeof line, "\n# %s\n", screens[i].what);
    from = strstr(text, line);
    assert_non_null(from);
    end = strstr(from, "\nlogin ");
    word = strstr(from, what);
    return word && (!end || word < end);
}

static void no_screen_shows_a_case_whose_look_is_not_in_the_log(void **state)
{
    char dir[80], script[80];
    const char *well, *broken;
    Err err = { 0 };

    assert_non_null(mkdtemp(root));
    snprintf(dir, sizeof dir, "%s/store", root);
    snprintf(script, sizeof script, "%s/walk.b124test", root);
    make_store(dir);
    if (!crypto_start(&err)) fail_msg("%s", err.text);
    refusing = engine_sqlite;
    refusing.bind_text = bind_text;
    refusing.step = step;
    store_use_engine(&refusing);
    well = seen(dir, script);
    refuses = true;
    broken = seen(dir, script);
    refuses = false;
    if (getenv("SHOW")) puts(getenv("SHOW")[0] == 'b' ? broken : well);
    for (size_t i = 0; i < ARRAY_LEN(screens); i++) {
        const char *word = screens[i].word ? screens[i].word : CANARY;
        if (screens[i].plain && (shows(well, i, CANARY) || !shows(broken, i, word))) fail_msg("%s is no list of numbers alone", screens[i].what);
        if (!shows(well, i, word)) fail_msg("%s does not show \"%s\": the walk proves nothing of it", screens[i].what, word);
        if ((!screens[i].plain && shows(broken, i, word)) || shows(broken, i, CANARY)) fail_msg("%s shows a case though its look is not in the log", screens[i].what);
    }
    print_message("%d looks refused on %zu screens\n", times, ARRAY_LEN(screens));
    assert_true(times >= (int)ARRAY_LEN(screens) / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(no_screen_shows_a_case_whose_look_is_not_in_the_log) };
    int failed = cmocka_run_group_tests_name("looks", tests, NULL, NULL);
    char command[120];

    snprintf(command, sizeof command, "rm -rf %s", root);
    return system(command) != 0 || failed;
}
