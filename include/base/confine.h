/* confine.h — a process that gives up what it does not need: files beneath a few names (Landlock), calls of the kernel outside a
** table (seccomp). Neither can be taken back. What the kernel does not have is said, and the program goes on. */
#ifndef BASE_CONFINE_H
#define BASE_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum ConfineRight {
    CONFINE_READ,   /* read the file, or everything beneath the directory      */
    CONFINE_DEVICE, /* read and write what is there                            */
    CONFINE_WRITE,  /* and make, replace and remove files                      */
} ConfineRight;
typedef struct ConfinePath {
    const char *path; /* what is not there is passed over */
    ConfineRight right;
} ConfinePath;

typedef enum ConfineState { CONFINE_OFF, CONFINE_LACKING, CONFINE_IN_FORCE } ConfineState;

/* From now on this process opens nothing but these. *version: of the kernel's interface. */
ConfineState confine_files(const ConfinePath *paths, size_t n, int *version);
/* From now on this process makes no call of the kernel but those of the table in confine_calls.c: others are refused (EPERM), and those
** that start a program or reach into another one end it. *allowed: how many the table has. */
ConfineState confine_calls(size_t *allowed);
/* Has this process a filter of calls? As the kernel says it. */
bool confine_calls_seen(void);

#endif
