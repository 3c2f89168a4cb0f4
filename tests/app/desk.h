/* desk.h — what the tests of the app share: a training store in a directory of its own, a clock that stands still,
** officers by role, and made-up cases in a few words. */
#ifndef TESTS_APP_DESK_H
#define TESTS_APP_DESK_H

#include "app/access.h"
#include "app/app.h"
#include "base/mem.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOW "2010-06-01T09:00:00Z"

#define PC      "900001"
#define PS      "900002"
#define IO      "900006"
#define DS      "900007"
#define DI      "900008"
#define AUDITOR "900012"
#define KEEPER  "900013"

typedef struct Desk {
    char dir[64]; /* of the test  */
    char store[80];
    App *app;
    Arena *a;
    Err err;
    Str said; /* what imports said, one a line */
} Desk;

Time T(const char *text);
/* A training store without cases, open, nobody signed in; and what takes it away again, proving its log first. */
int desk_setup(void **state);
int desk_teardown(void **state);
Desk *desk_new(bool training);
void desk_free(Desk **d);
/* Another terminal at the same store. */
App *desk_terminal(const Desk *d, const char *now);
void desk_reopen(Desk *d, const char *now);
void desk_as(Desk *d, const char *warrant); /* signs in */

/* --- files --- */
FILE *desk_file(const char *text, size_t n);
/* Imports the text; the report must be read=… as given, -1 for any. */
ImportReport desk_import(Desk *d, const char *lines);
ImportReport desk_import_cad(Desk *d, const char *csv);
char *desk_export(Desk *d, const char *id); /* in the arena */

/* --- cases --- */
/* One line: a crime of that id, reported on 1 May 2010 at 10:00Z, with `more` members ("" for none). */
char *case_line(Arena *a, const char *id, const char *more);
/* A setup: the sergeant is signed in, and there is one such case. */
int desk_with(void **state, const char *id, const char *more);
CaseView desk_look(Desk *d, const char *id);
void desk_restrict(Desk *d, const char *id, const char *subject); /* by whoever is signed in; subject: "" for nobody */

/* --- the log --- */
int64_t log_size(Desk *d);
/* The last entry: its kind, act, case and detail are as said (NULL = any). */
void assert_logged(Desk *d, AuditKind kind, const char *act, const char *case_id);
bool log_holds_together(const char *dir, Err *err);

#define assert_did(d, call)                                                                                            \
    do {                                                                                                               \
        if (!(call)) fail_msg("%s: %s: %s", #call, err_kind_word((d)->err.kind), (d)->err.text);                       \
    } while (0)
#define assert_refused(d, k, call)                                                                                     \
    do {                                                                                                               \
        (d)->err = (Err){ 0 };                                                                                         \
        if (call) fail_msg("%s should have been refused", #call);                                                      \
        if ((d)->err.kind != (k))                                                                                      \
            fail_msg(                                                                                                  \
                "%s: %s instead of %s: %s", #call, err_kind_word((d)->err.kind), err_kind_word(k), (d)->err.text);     \
        assert_true((d)->err.text[0] != '\0');                                                                         \
    } while (0)

/* Statements behind the program, by a connection without its rules. */
void desk_by_hand(const Desk *d, const char *statements);

#endif
