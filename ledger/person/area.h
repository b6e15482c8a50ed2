/* The area that a person belongs to in lists: of the residence, else of the birth.
 * Thread: pure. Memory: none; the code is borrowed from the state. */
#ifndef LEDGER_PERSON_AREA_H
#define LEDGER_PERSON_AREA_H

#include "civil/v1/person.pb-c.h"

/* Its code as recorded; "" when neither is known, or lies abroad. */
const char *person_area(const Civil__V1__PersonState *state);

#endif
