/* handover_in.h — shared by the two files of the hand-over. */
#ifndef APP_HANDOVER_IN_H
#define APP_HANDOVER_IN_H

#include "inside.h"

Time handover_until(const Policy *policy, Time now); /* when the shift ends that is handed over to now */

#endif
