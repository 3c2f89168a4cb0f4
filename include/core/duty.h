/* duty.h — what somebody must do, by when, and because of which rule (duties.md).
** Overdue is never written down; it is read off `due`, so time passing needs no save. */
#ifndef CORE_DUTY_H
#define CORE_DUTY_H

#include "base/civil.h"
#include "core/role.h"

typedef enum DutyState { DUTY_WAITING, DUTY_OPEN, DUTY_OVERDUE, DUTY_DONE, DUTY_LATE, DUTY_VOID, DUTY_MISSED, DUTY_STATE_COUNT } DutyState;

typedef struct Duty {
    const char *id;     /* "ds-supervision"; lives as long as the policy (or the arena it was read into) */
    int cycle;          /* from 0 */
    Role owner;
    Time start, opens, due;
    Time done;          /* TIME_NONE while it is not                                  */
    Time ended;         /* when it was no longer asked for, unfinished; else TIME_NONE */
    const char *says;   /* what the entry it is for says is to be done, shown in place of the title; NULL. Lives as long as the document */
    Time held;          /* a hold puts it aside until then, and its clock runs on; 0 or a moment that has passed: it is not put aside */
    const char *of;     /* the key of the entry it is for, "t1"; NULL when it is for none, or one without. Not kept by the store */
} Duty;

DutyState duty_state(const Duty *d, Time now);
const char *duty_state_word(DutyState s);
bool duty_state_by_word(const char *word, DutyState *out);
bool duty_is_live(const Duty *d); /* neither done nor ended: it waits for somebody */
int duty_compare(const Duty *a, const Duty *b); /* by id, then cycle */

#endif
