/* What a document or the register says of a person, as text for people.
 *
 * Thread: pure. Memory: the arena given; constants and borrowed texts where nothing is put
 * together.
 */
#ifndef LEDGER_PERSON_STATEMENT_H
#define LEDGER_PERSON_STATEMENT_H

#include "ledger/base/arena.h"

#include "civil/v1/common.pb-c.h"

/* "surname given / Surname Given": Khmer, then Latin where there is one. "" for NULL; NULL when
 * memory is exhausted. */
const char *statement_name(const Civil__V1__Name *name, struct arena *arena);

/* "female"; "" for none. */
const char *statement_sex(Civil__V1__Sex sex);

/* "code house street"; "" for NULL; NULL when memory is exhausted. */
const char *statement_address(const Civil__V1__Address *address, struct arena *arena);

#endif
