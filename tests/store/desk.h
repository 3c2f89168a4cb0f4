/* desk.h — what the store's tests share: a store in a directory of its own, and made-up cases. */
#ifndef TESTS_STORE_DESK_H
#define TESTS_STORE_DESK_H

#include "../../db/store/inside.h"
#include "base/mem.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NOW ((Time)1266000000) /* 2010-02-12T18:40:00Z, a Friday */

extern char desk_root[64]; /* a fresh directory under the temporary one; removed by desk_finish */
void desk_start(void);
void desk_finish(void);
const char *desk_path(const char *name); /* root/name; lives until the fourth call after */
/* A new store of this name, opened. */
Store *desk_store(const char *name);
void desk_remove(const char *name);

/* Case number i of these tests, always the same; rich has people, statuses, a book, an assessment and so on. */
void desk_case(int i, bool rich, Arena *a, CaseDoc *out);
/* Six duties for it, four of them live, spread around NOW. */
size_t desk_duties(int i, Duty out[6]);
/* None, one, two or three alerts that fire on it. */
size_t desk_alerts(int i, CaseAlert out[3]);
/* When they and others fired on it, in order: some until the facts changed, one on two bases. */
enum { DESK_RUNS = 6 };
size_t desk_runs(int i, AlertRun out[DESK_RUNS]);
const char *desk_investigator(const char *id); /* whose case it is, by its number; NULL: nobody's */
CaseBadge desk_badge(const CaseDoc *doc);
AuditEntry desk_entry(const char *act, const char *case_id);
/* The end of an act: logged and committed when it went well so far, ended in any case. */
bool desk_end(Tx *tx, bool ok, Err *err);

/* A whole save: begin, insert, duties, log, commit. The key, or 0 with err filled. */
CaseKey desk_save(Store *s, int i, bool rich, Err *err);
CaseKey desk_must_save(Store *s, int i, bool rich);
/* Many cases in one write. */
void desk_fill(Store *s, int from, int n, bool rich);
/* Erases the case of that key, as if it had been due. */
void desk_erase(Store *s, CaseKey key);
bool desk_log_holds(Store *s, int64_t *entries, Err *err);

#define must(call)                                                                                                     \
    do {                                                                                                               \
        Err must_err = { 0 };                                                                                          \
        Err *E = &must_err;                                                                                            \
        if (!(call)) fail_msg("%s: %s", #call, must_err.text);                                                         \
    } while (0)

#endif
