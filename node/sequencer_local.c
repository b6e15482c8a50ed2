#include "node/sequencer.h"

#include "ledger/base/limits.h"

#include <stdlib.h>

/* A Batch of BATCH_BYTES_MAX event bytes, with a frame for each event and the batch's own fields.
 */
enum { BATCH_MESSAGE_BYTES_MAX = BATCH_BYTES_MAX + 8 * BATCH_EVENTS_MAX + 1024 };

struct local {
	struct sequencer sequencer;
	uint64_t decided; /* number of the newest batch */
	struct buf batch; /* its bytes; empty when the ledger held it at the start */
};

static struct local *local_of(struct sequencer *sequencer)
{
	return (struct local *)(void *)sequencer; /* its first member */
}

static enum status local_append(struct sequencer *sequencer, uint64_t number, struct bytes batch,
                                struct detail *detail)
{
	struct local *local = local_of(sequencer);

	if (number <= local->decided) {
		bool same =
		        number == local->decided && bytes_equal(batch, buf_bytes(&local->batch));

		return same ? STATUS_OK : STATUS_EXISTS;
	}
	if (number != local->decided + 1) {
		detail_set(detail, "", "batch %llu follows %llu", (unsigned long long)number,
		           (unsigned long long)local->decided);
		return STATUS_OUT_OF_RANGE;
	}
	enum status status = buf_assign(&local->batch, batch);
	if (status == STATUS_OK) {
		local->decided = number;
	}
	return status;
}

static enum status local_next(struct sequencer *sequencer, uint64_t number, struct buf *batch,
                              struct detail *detail)
{
	struct local *local = local_of(sequencer);

	if (number > local->decided) {
		return STATUS_NOT_FOUND;
	}
	if (number < local->decided || local->batch.size == 0) {
		detail_set(detail, "", "batch %llu is in the ledger only",
		           (unsigned long long)number);
		return STATUS_OUT_OF_RANGE;
	}
	return buf_assign(batch, buf_bytes(&local->batch));
}

static void local_free(struct sequencer *sequencer)
{
	struct local *local = local_of(sequencer);

	buf_fini(&local->batch);
	free(local);
}

struct sequencer *sequencer_local_new(uint64_t applied)
{
	static const struct sequencer_methods methods = {
		.append = local_append,
		.next = local_next,
		.free = local_free,
	};
	struct local *local = calloc(1, sizeof(*local));

	if (local == NULL) {
		return NULL;
	}
	local->sequencer.methods = &methods;
	local->sequencer.durability = STORE_SYNCED;
	local->decided = applied;
	buf_init(&local->batch, BATCH_MESSAGE_BYTES_MAX);
	return &local->sequencer;
}
