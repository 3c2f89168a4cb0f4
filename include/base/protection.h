/* protection.h — a protection that a test can switch off, to see that the test which guards it fails then. Only in a build made for that
** (-Dprotections=true): there the environment names one (BOOK124_WITHOUT=gate). In every other build WITHOUT is false, and nothing of this is in the
** program. tests/protections/run.py knows the names and the tests. */
#ifndef BASE_PROTECTION_H
#define BASE_PROTECTION_H

#include <stdbool.h>

#ifdef BOOK124_PROTECTIONS
bool protection_is_off(const char *name); /* read once, before the environment is cleaned */
#define WITHOUT(name) protection_is_off(name)
#else
#define WITHOUT(name) false
#endif

#endif
