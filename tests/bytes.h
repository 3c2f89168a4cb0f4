/* bytes.h — is a text in any byte of a folder's files? For canaries: words that stand nowhere else. */
#ifndef TESTS_BYTES_H
#define TESTS_BYTES_H

/* The name of a file that holds it, until the next call; NULL: none does. A folder or a file that cannot be read ends the test program. */
const char *folder_holds(const char *folder, const char *text);

/* The same of all folders beneath, in letters large or small, in the names of the files too; the folder `but` (a whole path, or NULL) is left out. What
** goes away meanwhile is not there. */
const char *tree_holds(const char *root, const char *text, const char *but);

#endif
