/* What is printed on a document against what the register says: rule P11.
 *
 * Thread: pure. Memory: paths are static. */
#ifndef LEDGER_RULES_SNAPSHOT_H
#define LEDGER_RULES_SNAPSHOT_H

#include <stddef.h>

#include "civil/v1/document.pb-c.h"
#include "civil/v1/person.pb-c.h"

enum { SNAPSHOT_FIELDS = 6 }; /* name, sex, birth, nationality, address, number */

/* Writes the paths of the fields that differ ("snapshot.birth"); returns how many. */
size_t snapshot_differences(const char *paths[SNAPSHOT_FIELDS],
                            const Civil__V1__DocumentSnapshot *snapshot,
                            const Civil__V1__PersonState *state);

#endif
