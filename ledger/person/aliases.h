/* The persons that a state names, each as whom they stand for. Internal to ledger/person.
 *
 * A state is folded without asking who was merged later: a merge that names other people cannot
 * change it. The alias is read when the state is. Thread and memory as ledger/view.h. */
#ifndef LEDGER_PERSON_ALIASES_H
#define LEDGER_PERSON_ALIASES_H

#include "ledger/view.h"

#include "civil/v1/person.pb-c.h"

/* `*out` is `state` itself when it names nobody who was absorbed, else a copy of it: what a state
 * points to may be shared. STATUS_OK; STATUS_NO_MEMORY; trouble of the store. */
enum status aliases_read(struct view *view, Civil__V1__PersonState **out,
                         Civil__V1__PersonState *state) NODISCARD;

#endif
