/* policy_files.h — what the policy tests share: files, the standard policy, cases, and duties as lines. */
#ifndef TESTS_POLICY_FILES_H
#define TESTS_POLICY_FILES_H

#include "policy/policy.h"

#include "base/str.h"

char *file_read(const char *path, size_t *n); /* malloc'd, NUL added; NULL when it cannot be read */
/* A path in tests/policy/data, by the directory that meson gives. */
const char *data_path(const char *name);
/* A path in the shared folder of scenarios; NULL when it is not there. */
const char *shared_path(const char *name);

Policy *standard_policy(void); /* parsed; ends the test with the problems when it cannot be */
/* The problems of a text as one page, as people see them; "" when there are none (then *policy is it, if asked for). */
char *problems_of(const char *text, size_t n, Policy **policy);

typedef struct Cases {
    CaseDoc *docs;
    size_t n;
} Cases;
Cases cases_read(const char *path, const Vocabs *v, Arena *a);

/* Every duty of every case at `now`, a line each, as `duties --format json` without cite and policy. */
void duties_as_lines(const Policy *p, const Cases *cases, Time now, Str *out);
Time at(const char *text); /* RFC 3339 */

#endif
