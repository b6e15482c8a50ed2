#include "node/refusals.h"

#include "ledger/base/assert.h"

void refusals_init(struct refusals *refusals, const uint8_t key[CRYPTO_SHORT_KEY_BYTES],
                   uint64_t since)
{
	memset(refusals, 0, sizeof(*refusals));
	memcpy(refusals->key, key, CRYPTO_SHORT_KEY_BYTES);
	refusals->since = since;
}

void refusals_add(struct refusals *refusals, uint64_t batch, struct bytes event)
{
	struct refusal *place = &refusals->ring[refusals->count % REFUSALS_MAX];

	ASSERT(batch > refusals->since);
	ASSERT(refusals->count == 0 ||
	       refusals->ring[(refusals->count - 1) % REFUSALS_MAX].batch <= batch);
	if (refusals->count >= REFUSALS_MAX) {
		refusals->since = place->batch; /* others of that batch may be gone too */
	}
	*place =
	        (struct refusal){ .batch = batch, .hash = crypto_short_hash(event, refusals->key) };
	refusals->count++;
}

bool refusals_find(const struct refusals *refusals, uint64_t seen, struct bytes event)
{
	uint64_t kept = refusals->count < REFUSALS_MAX ? refusals->count : REFUSALS_MAX;

	if (seen < refusals->since) {
		return true;
	}
	if (kept == 0) {
		return false;
	}
	uint64_t hash = crypto_short_hash(event, refusals->key);

	/* The newest first: rarely are there any that the sender has not seen. */
	for (uint64_t i = 1; i <= kept; i++) {
		const struct refusal *refusal =
		        &refusals->ring[(refusals->count - i) % REFUSALS_MAX];

		if (refusal->batch <= seen) {
			break;
		}
		if (refusal->hash == hash) {
			return true;
		}
	}
	return false;
}
