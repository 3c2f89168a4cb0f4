/* body.c — the two pictures of the body map and the regions that lie in them.
** The rows of the table are the whole truth: codes, words and places. On the front the person's left is on the
** reader's right; on the back it is on the reader's left. What a mark covers is inside the outline, never on it,
** but for the ears and the mouth, which are drawn. */
#include "core/body.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdlib.h>

/* clang-format off */
static const char *const front[BODY_ROWS] = {
    "        .---.        ",
    "       /     \\       ",
    "       | o o |       ",
    "        \\ ~ /        ",
    "         | |         ",
    "     .---' '---.     ",
    "    /           \\    ",
    "   /  /|     |\\  \\   ",
    "  /  / |     | \\  \\  ",
    " (__/  |     |  \\__) ",
    "       |__.__|       ",
    "       |  |  |       ",
    "       |  |  |       ",
    "       |--|--|       ",
    "       |  |  |       ",
    "       |  |  |       ",
    "      (___|___)      ",
};

static const char *const back[BODY_ROWS] = {
    "        .---.        ",
    "       /     \\       ",
    "       |     |       ",
    "        \\   /        ",
    "         | |         ",
    "     .---' '---.     ",
    "    /     :     \\    ",
    "   /  /|  :  |\\  \\   ",
    "  /  / |  :  | \\  \\  ",
    " (__/  |     |  \\__) ",
    "       |__|__|       ",
    "       |  |  |       ",
    "       |  |  |       ",
    "       |--|--|       ",
    "       |  |  |       ",
    "       |  |  |       ",
    "      (_U_|_U_)      ",
};

#define F(code, words, row, col, cols) { "front-" code, words, false, row, col, cols }
#define B(code, words, row, col, cols) { "back-" code, words, true, row, col, cols }
static const BodyRegion regions[] = {
    F("forehead",        "forehead and scalp, front",  1,  8, 5),
    F("right-ear",       "right ear",                  2,  7, 1),
    F("right-eye",       "right eye",                  2,  9, 1),
    F("nose",            "nose",                       2, 10, 1),
    F("left-eye",        "left eye",                   2, 11, 1),
    F("left-ear",        "left ear",                   2, 13, 1),
    F("mouth",           "mouth, cheeks and jaw",      3,  9, 3),
    F("neck",            "neck, front",                4, 10, 1),
    F("right-shoulder",  "right shoulder, front",      6,  5, 2),
    F("chest",           "chest and breasts",          6,  7, 7),
    F("left-shoulder",   "left shoulder, front",       6, 14, 2),
    F("right-upper-arm", "right upper arm, front",     7,  4, 2),
    F("left-upper-arm",  "left upper arm, front",      7, 15, 2),
    F("right-forearm",   "right forearm, front",       8,  3, 2),
    F("abdomen",         "abdomen",                    8,  8, 5),
    F("left-forearm",    "left forearm, front",        8, 16, 2),
    F("right-hand",      "right hand, palm",           9,  2, 2),
    F("left-hand",       "left hand, palm",            9, 17, 2),
    F("groin",           "groin and hips",            10,  8, 5),
    F("right-thigh",     "right thigh, front",        11,  8, 2),
    F("left-thigh",      "left thigh, front",         11, 11, 2),
    F("right-knee",      "right knee",                13,  8, 2),
    F("left-knee",       "left knee",                 13, 11, 2),
    F("right-shin",      "right shin",                14,  8, 2),
    F("left-shin",       "left shin",                 14, 11, 2),
    F("right-foot",      "right foot",                16,  7, 3),
    F("left-foot",       "left foot",                 16, 11, 3),

    B("head",            "back of the head",           1,  8, 5),
    B("left-ear",        "behind the left ear",        2,  7, 1),
    B("right-ear",       "behind the right ear",       2, 13, 1),
    B("neck",            "back of the neck",           4, 10, 1),
    B("left-shoulder",   "left shoulder, back",        6,  5, 2),
    B("upper-back",      "upper back",                 6,  7, 7),
    B("right-shoulder",  "right shoulder, back",       6, 14, 2),
    B("left-upper-arm",  "left upper arm, back",       7,  4, 2),
    B("right-upper-arm", "right upper arm, back",      7, 15, 2),
    B("left-forearm",    "left elbow and forearm",     8,  3, 2),
    B("lower-back",      "lower back",                 8,  8, 5),
    B("right-forearm",   "right elbow and forearm",    8, 16, 2),
    B("left-hand",       "back of the left hand",      9,  2, 2),
    B("right-hand",      "back of the right hand",     9, 17, 2),
    B("left-buttock",    "left buttock",              10,  8, 2),
    B("right-buttock",   "right buttock",             10, 11, 2),
    B("left-thigh",      "left thigh, back",          11,  8, 2),
    B("right-thigh",     "right thigh, back",         11, 11, 2),
    B("left-knee",       "back of the left knee",     13,  8, 2),
    B("right-knee",      "back of the right knee",    13, 11, 2),
    B("left-calf",       "left calf",                 14,  8, 2),
    B("right-calf",      "right calf",                14, 11, 2),
    B("left-heel",       "left heel and sole",        16,  7, 3),
    B("right-heel",      "right heel and sole",       16, 11, 3),
};
#undef F
#undef B
/* clang-format on */

const BodyRegion *body_regions(size_t *n)
{
    *n = ARRAY_LEN(regions);
    return regions;
}

const BodyRegion *body_region(const char *code)
{
    for (size_t i = 0; i < ARRAY_LEN(regions); i++)
        if (str_eq(regions[i].code, code)) return &regions[i];
    return NULL;
}

const char *body_line(bool of_back, int row)
{
    if (row < 0 || row >= BODY_ROWS) return "";
    return of_back ? back[row] : front[row];
}

/* Twice the middle column, so that it is whole. */
static int middle(const BodyRegion *r)
{
    return 2 * r->col + r->cols - 1;
}

/* How far `to` is when one goes that way, going aside counting more; a row is as high as two columns are wide.
** Negative when it does not lie that way. */
static int way(const BodyRegion *from, const BodyRegion *to, int dr, int dc)
{
    int rows = 4 * (to->row - from->row), cols = middle(to) - middle(from);
    int ahead = dr * rows + dc * cols;
    int aside = dr && dc ? abs(dr * rows - dc * cols) : dr ? abs(cols) : abs(rows);

    return ahead > 0 && (dr || dc) ? ahead + 2 * aside : -1;
}

const BodyRegion *body_next(const BodyRegion *from, int dr, int dc)
{
    const BodyRegion *best = from;
    int nearest = -1;

    for (size_t i = 0; i < ARRAY_LEN(regions); i++) {
        int far = regions[i].back == from->back ? way(from, &regions[i], dr, dc) : -1;
        if (far < 0 || (nearest >= 0 && far >= nearest)) continue;
        nearest = far;
        best = &regions[i];
    }
    return best;
}
