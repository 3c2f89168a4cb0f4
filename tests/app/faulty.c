/* faulty.c — see faulty.h. */
#include "faulty.h"

extern void store_use_engine(const Engine *e); /* of the store, for tests */

int faulty(void **state, int (*setup)(void **state))
{
    engine_fault_over(&engine_sqlite);
    engine_fault_at(0, ENG_IO);
    store_use_engine(&engine_fault);
    return setup(state);
}

int faulty_end(void **state)
{
    engine_fault_at(0, ENG_IO);
    store_use_engine(&engine_sqlite);
    return desk_teardown(state);
}
