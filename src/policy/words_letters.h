/* words_letters.h — the letters that a pattern needs: whatever it matches holds one of each set. Private to src/policy. */
#ifndef POLICY_WORDS_LETTERS_H
#define POLICY_WORDS_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

enum { LETTERS_SET = 48, LETTERS_LENGTH = 16, LETTERS_NEEDS = 4 };

typedef struct LetterSet {
    char of[LETTERS_SET][LETTERS_LENGTH + 1]; /* ASCII, small letters, blanks made one */
    size_t n;
} LetterSet;

typedef struct LetterNeeds { /* the best sets, best first */
    LetterSet sets[LETTERS_NEEDS];
    size_t n;
} LetterNeeds;

/* False when nothing is sure: then the pattern must always be tried. */
bool words_letters(const char *pattern, LetterNeeds *out);

#endif
