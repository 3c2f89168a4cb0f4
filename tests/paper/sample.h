/* sample.h — the documents that the tests of the paper print. Everybody in them is made up. */
#ifndef TESTS_PAPER_SAMPLE_H
#define TESTS_PAPER_SAMPLE_H

#include "paper/paper.h"

Paper *sample_report(bool training); /* one of everything, about two pages */
Paper *sample_of_rows(size_t rows);  /* a heading and one long table */
Paper *sample_of_odd_texts(void);    /* wide, joined, right-to-left, endless and hostile ones */

extern const char
    *const sample_texts[]; /* what must be found in the report, in the scripts of DejaVu; ends with NULL */

#endif
