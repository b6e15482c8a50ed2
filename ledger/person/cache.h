/* The cached state of a person, as it lies in STORE_PERSON. Internal to ledger/person.
 *
 *     value = version u8 (1) || as_of u64 || last day u32 || flags u8 || packed PersonState
 *     flags = 1 an act was corrected, revoked or given back, 2 the birth is provisional
 * The packed state folds every act of the person and has neither history_count nor version (these
 * change with every record that names the person; STORE_HISTORY has them) nor the `disputed` marks
 * of compromised keys (whoever calls a key compromised names no person). `as_of` is index + 1 of
 * the last record that changed it: the state holds at every known position from there on. `last
 * day` is the last day on which anything happens or is uncertain: the state holds on every valid
 * day from there on.
 *
 * A view with a memo (ledger/memo.h) finds what it read or wrote lately there, unpacked once.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_PERSON_CACHE_H
#define LEDGER_PERSON_CACHE_H

#include "ledger/view.h"

#include "civil/v1/person.pb-c.h"

struct cache_entry {
	uint64_t as_of;
	int32_t last_day;
	bool amended;
	bool provisional;
	struct bytes packed;
};

/* STATUS_NOT_FOUND when the person has no act; STATUS_CORRUPT. */
enum status cache_read(struct view *view, struct cache_entry *out,
                       const struct id *person) NODISCARD;

/* Unpacks the state of an entry into the caller's own. STATUS_CORRUPT when it does not parse. */
enum status cache_unpack(Civil__V1__PersonState **out, const struct cache_entry *entry,
                         struct arena *arena) NODISCARD;

/* The state of an entry that cache_read gave, for reading: the fields of the outermost message are
 * the caller's own, what they point to may be shared. Statuses of cache_unpack;
 * STATUS_NO_MEMORY. */
enum status cache_share(struct view *view, Civil__V1__PersonState **out,
                        const struct cache_entry *entry, const struct id *person) NODISCARD;

/* Packs and writes a state. `entry->packed` is not read. */
enum status cache_write(struct view *view, struct store_batch *batch,
                        const struct cache_entry *entry, const Civil__V1__PersonState *state,
                        const struct id *person) NODISCARD;

#endif
