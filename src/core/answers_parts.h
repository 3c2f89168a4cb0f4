/* answers_parts.h — what the two files of the answers share. Private to src/core. */
#ifndef CORE_ANSWERS_PARTS_H
#define CORE_ANSWERS_PARTS_H

#include "core/answers.h"

#include "case_parts.h"

struct Answers {
    json_t *root; /* an object */
    Str *list;    /* what answers_get last said of a list */
};

typedef struct Place { /* a path, taken apart */
    bool in_row;
    char group[ANSWERS_PATH], name[ANSWERS_PATH];
    size_t row;
} Place;

typedef enum AnswerSort { SORT_TEXT, SORT_LIST, SORT_ROWS, SORT_FOREIGN } AnswerSort;
AnswerSort answers_sort(const json_t *value);    /* an empty list is SORT_LIST */
bool answers_nothing(const json_t *value);       /* left out of the canonical form */
void answers_wipe(json_t *value);                /* every text inside, before it is freed */
void answers_join(const json_t *list, Str *out); /* "a,b" */

#endif
