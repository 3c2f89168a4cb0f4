/* book_body.h — the body map: both sides drawn with the marks in them, and the overlay in which one is set. */
#ifndef SCREENS_BOOK_BODY_H
#define SCREENS_BOOK_BODY_H

#include "core/answers.h"
#include "core/body.h"
#include "ui/grid.h"

enum { BODY_MARKS = 60 };

typedef struct BodyMark {
    char region[40]; /* code; "" is not drawn, but counts */
    char words[80];  /* "Bruise, cut" */
} BodyMark;

typedef struct BodyAsk {     /* copied by the overlay */
    char path[ANSWERS_PATH]; /* of the answer it sets */
    char region[40];         /* where one stands; "" */
    char label[60];          /* "Injury 2" */
    BodyMark marks[BODY_MARKS];
    size_t n, at; /* `at`: which of the marks is being set */
} BodyAsk;

/* One side, BODY_ROWS of BODY_COLS, with the numbers of the marks; `here` is shown reversed, or NULL. */
void body_draw(View v, bool back, const BodyMark *marks, size_t n, const BodyRegion *here);
/* "1 left forearm, front: Bruise" for each mark, from row 0; returns the rows used. `now`: the one being set, SIZE_MAX for none. */
int body_list(View v, const BodyMark *marks, size_t n, size_t now);

#endif
