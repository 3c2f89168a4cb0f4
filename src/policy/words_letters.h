/* words_letters.h — the letters that a pattern needs: whatever it matches holds one of each set. Private to src/policy. */
#ifndef POLICY_WORDS_LETTERS_H
#define POLICY_WORDS_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

enum { LETTERS_SET = 48, LETTERS_LENGTH = 16, LETTERS_NEEDS = 4 };
#define LETTERS_FAR (~0u)
/* A stretch of a text: letters of words side by side, or blanks side by side, or one character of another sort. Characters beyond ASCII
** can be of either sort: they begin no stretch and end none. */

typedef struct LetterSet {
    char of[LETTERS_SET][LETTERS_LENGTH + 1]; /* ASCII, small letters, blanks made one */
    size_t n;
    bool first;     /* each stands at the very beginning of what it is of */
    unsigned reach; /* their end lies in that many stretches from where a match begins, at most; LETTERS_FAR: anywhere */
} LetterSet;

typedef struct LetterNeeds { /* the best sets, best first */
    LetterSet sets[LETTERS_NEEDS];
    size_t n;
} LetterNeeds;

/* False when nothing is sure: then the pattern must always be tried. */
bool words_letters(const char *pattern, LetterNeeds *out);

#endif
