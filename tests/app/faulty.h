/* faulty.h — a desk whose engine can be made to fail at any step: what is set up on it, and what takes it away again. */
#ifndef TESTS_APP_FAULTY_H
#define TESTS_APP_FAULTY_H

#include "desk.h"
#include "engine/engine.h"

int faulty(void **state, int (*setup)(void **state)); /* for use in a setup: everything below goes over the engine that fails */
int faulty_end(void **state);                         /* a teardown */

#endif
