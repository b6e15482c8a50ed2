/* What becomes of an officer's key after its enrolment: other roles, another office, the end.
 *
 * A change holds from its first to its last day; of those that hold on a day the newest counts, and
 * without any the enrolment does. So a change with a last day is a delegation, behind which the
 * scope from before returns; one without roles retires the key for ever.
 *
 *     change = index u64 || roles u32 || from u32 || until u32 || length u8 || office id
 * Days are two's complement. Derived data, part of the key's row
 * (ledger/authority/authority_value.h). A row keeps the newest changes, about SCOPE_BYTES_MAX of
 * them: the older they are the less they hold.
 *
 * Thread: any. Memory: borrowed from the key, new ones from the arena. */
#ifndef LEDGER_AUTHORITY_SCOPE_H
#define LEDGER_AUTHORITY_SCOPE_H

#include "ledger/authority/authority.h"

enum { SCOPE_BYTES_MAX = 4096 };

struct scope_change {
	uint64_t index; /* record that made it */
	uint32_t roles; /* 0: retired */
	int32_t from_day;
	int32_t until_day; /* INT32_MAX when open */
	char office[OFFICE_ID_MAX + 1];
};

/* Turns a key as enrolled into the key as it is on a day: roles, office, first and last day. Sees
 * the changes of records below key->known. */
void scope_on(struct officer_key *key, int32_t day);

/* True when a record below key->known retires the key, now or later. */
bool scope_retired(const struct officer_key *key);

/* Adds a change to a key as enrolled. STATUS_OK; STATUS_NO_MEMORY. */
enum status scope_add(struct officer_key *key, const struct scope_change *change,
                      struct arena *arena) NODISCARD;

/* Leaves of the changes what holds from a day on: for a key that takes the place of another.
 * STATUS_OK; STATUS_NO_MEMORY. */
enum status scope_begin(struct officer_key *key, int32_t day, struct arena *arena) NODISCARD;

#endif
