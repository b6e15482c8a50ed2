#include "ledger/log/chain.h"

#include "ledger/base/assert.h"
#include "ledger/log/merkle.h"

void chain_init(struct chain *chain)
{
	*chain = (struct chain){ .count = 0 };
}

enum status chain_append(struct chain *chain, uint64_t index, const struct hash *previous,
                         const struct hash *leaf)
{
	ASSERT(chain->count < TREE_SIZE_MAX);
	if (index != chain->count) {
		return STATUS_OUT_OF_RANGE;
	}
	if (!hash_equal(previous, &chain->head)) {
		return STATUS_DIVERGED;
	}
	chain->head = *leaf;
	chain->count++;
	return STATUS_OK;
}
