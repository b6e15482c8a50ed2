/* The floor: how far this node has come, kept outside the engine's log.
 *
 * The engine recovers to a point in time and can silently drop what lies behind damage. So after
 * each group of commits the node writes here what it has committed; a start that finds the ledger
 * below its floor knows that something was lost, and replays or refuses.
 *
 *   file   8,192 bytes: slot 0 at 0, slot 1 at 4,096 (each in a disk block of its own)
 *   slot     0  24  "civil-ledger/floor/v1" LF, two zero bytes
 *           24   8  generation, u64 big-endian; slot = generation mod 2
 *           32   8  batch     last batch committed
 *           40   8  size      records committed
 *           48  32  head      hash of the last record; zero when there is none
 *           80  32  SHA-256 of the 80 bytes before
 *          112      zeros to the end of the block
 * Raising overwrites the older slot and calls fdatasync. The file is written full once, so that
 * this needs no change of metadata: 0.11-0.14 ms where appending took 0.31-0.39 ms.
 *
 * Invariants
 *   I1  One slot is whole at any moment, whatever part of the other one a crash let through.
 *   I2  The floor is raised after the commit it speaks of is durable, never before; so the ledger
 *       is at the floor or above it.
 *   I3  batch and size never go down.
 *   I4  After STATUS_IO the floor is not used again: a failed fdatasync is not tried twice.
 * Thread: one owner. Memory: one file descriptor, from floor_open to floor_close. */
#ifndef NODE_FLOOR_H
#define NODE_FLOOR_H

#include "ledger/base/bytes.h"
#include "ledger/base/detail.h"
#include "ledger/base/status.h"

enum {
	FLOOR_SLOT_BYTES = 112,
	FLOOR_SLOT_DISTANCE = 4096,
	FLOOR_FILE_BYTES = 2 * FLOOR_SLOT_DISTANCE,
};

struct floor_state {
	uint64_t batch;
	uint64_t size;
	struct hash head;
};

struct floor {
	int file;
	uint64_t generation;
	struct floor_state state; /* the last one raised to */
	/* One slot was not whole at opening: an interrupted write, or damage to the newest slot.
	 * The floor may then be one group lower than it was. For the log. */
	bool one_slot_lost;
};

/* Makes the file with this state in both slots. STATUS_EXISTS when there is one; STATUS_IO. */
enum status floor_create(const char *path, const struct floor_state *state,
                         struct detail *detail) NODISCARD;

/* Opens the file and takes the newer whole slot.
 * STATUS_NOT_FOUND; STATUS_CORRUPT when no slot is whole or the file has another size; STATUS_IO.
 */
enum status floor_open(struct floor *floor, const char *path, struct detail *detail) NODISCARD;

/* Closes the file. Accepts a floor that was never opened, with file = -1. */
void floor_close(struct floor *floor);

/* Raises the floor to `state`, durably. STATUS_OK; STATUS_IO, which is fatal. That it does not go
 * down is asserted. */
enum status floor_raise(struct floor *floor, const struct floor_state *state,
                        struct detail *detail) NODISCARD;

/* Compares a ledger with the floor. `head_at_floor` is the ledger's hash of record floor->size - 1,
 * or zero for size 0; not looked at when the ledger is smaller.
 *   STATUS_OK            the ledger contains what the floor says
 *   STATUS_OUT_OF_RANGE  it is behind: committed batches are missing; both positions in `detail`
 *   STATUS_DIVERGED      it has other records than were committed here */
enum status floor_check(const struct floor_state *floor, const struct floor_state *ledger,
                        const struct hash *head_at_floor, struct detail *detail) NODISCARD;

#endif
