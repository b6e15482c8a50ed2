/* What a document prints against what the register says.
 *
 * A field that the document does not print (empty name, sex, birth, ...) is not compared. Names are
 * compared byte for byte, dates as they are known (basis and lunar date aside), addresses by code,
 * house and street, a nationality or number by whether the person has it now. A residence of old
 * is printed with the code that its area has on the day of issue: code_now of the state's residence
 * counts beside the code as recorded.
 *
 * Thread: any. Memory: texts live in the arena given. */
#ifndef LEDGER_PERSON_INCONSISTENCY_H
#define LEDGER_PERSON_INCONSISTENCY_H

#include "ledger/base/arena.h"

#include "civil/v1/document.pb-c.h"
#include "civil/v1/person.pb-c.h"

enum { INCONSISTENCY_FIELDS = 6 };

struct inconsistency {
	const char *field;       /* name, sex, birth, nationality, address, number */
	const char *in_document; /* as printed */
	const char *in_register; /* "" when the register has none */
};

/* True for a nationality that the person had and has no more. */
bool nationality_ended(const Civil__V1__PersonNationality *nationality);

/* Writes the fields that differ, in the order above. STATUS_OK; STATUS_NO_MEMORY. */
enum status inconsistency_find(struct inconsistency out[INCONSISTENCY_FIELDS], size_t *count,
                               const Civil__V1__DocumentSnapshot *snapshot,
                               const Civil__V1__PersonState *state, struct arena *arena) NODISCARD;

#endif
