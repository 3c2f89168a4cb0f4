/* body.h — the regions of the body map, once: what a mark may name, on which side it lies, and where it is drawn.
** The person's own left and right (as a doctor says it), so that on the front their left is the reader's right. */
#ifndef CORE_BODY_H
#define CORE_BODY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct BodyRegion {
    const char *code;  /* "front-left-forearm"            */
    const char *words; /* "left forearm, front"           */
    bool back;
    int row, col, cols; /* in the picture: where a mark stands and how wide the region is */
} BodyRegion;

enum { BODY_ROWS = 17, BODY_COLS = 21 }; /* of one side's picture */
const BodyRegion *body_regions(size_t *n); /* front first, from the head down */
const BodyRegion *body_region(const char *code); /* NULL when there is none */
/* The lines of one side, ASCII, BODY_ROWS of BODY_COLS columns. */
const char *body_line(bool back, int row);
/* The nearest region from `from` in a direction (dr, dc one of -1 0 1) on the same side; `from` itself when there is none. */
const BodyRegion *body_next(const BodyRegion *from, int dr, int dc);

#endif
