/* bytes.h — is a text in any byte of a folder's files? For canaries: words that stand nowhere else. */
#ifndef TESTS_BYTES_H
#define TESTS_BYTES_H

/* The name of a file that holds it, until the next call; NULL: none does. A folder or a file that cannot be read ends the test program. */
const char *folder_holds(const char *folder, const char *text);

#endif
