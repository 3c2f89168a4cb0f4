/* words_letters.h — the letters that a pattern needs: whatever it matches holds one of them. Private to src/policy. */
#ifndef POLICY_WORDS_LETTERS_H
#define POLICY_WORDS_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

enum { LETTERS_SET = 48, LETTERS_LENGTH = 16 };

typedef struct LetterSet {
    char of[LETTERS_SET][LETTERS_LENGTH + 1]; /* ASCII, small letters */
    size_t n;
} LetterSet;

/* False when nothing is sure: then the pattern must always be tried. */
bool words_letters(const char *pattern, LetterSet *out);

#endif
