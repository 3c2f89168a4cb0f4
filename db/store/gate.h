/* gate.h — one writer at a time, in the order they came. */
#ifndef DB_GATE_H
#define DB_GATE_H

#include "base/err.h"

typedef struct Gate Gate;

Gate *gate_open(const char *path, Err *err); /* made with mode 0600 when missing */
void gate_close(Gate **g);                   /* leaves it first                  */
/* Waits at most `patience` milliseconds, then ERR_BUSY. */
bool gate_enter(Gate *g, int patience, Err *err);
void gate_leave(Gate *g); /* twice is harmless */
bool gate_is_held(const Gate *g);

#endif
