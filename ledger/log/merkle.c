#include "ledger/log/merkle.h"

#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"

enum { PREFIX_LEAF = 0x00, PREFIX_NODE = 0x01 };

void merkle_empty(struct hash *out)
{
	*out = crypto_sha256(bytes_of("", 0));
}

void merkle_leaf(struct hash *out, struct bytes entry)
{
	const uint8_t prefix = PREFIX_LEAF;
	struct crypto_sha256_state state;

	crypto_sha256_begin(&state);
	crypto_sha256_update(&state, bytes_of(&prefix, 1));
	crypto_sha256_update(&state, entry);
	*out = crypto_sha256_end(&state);
}

void merkle_node(struct hash *out, const struct hash *left, const struct hash *right)
{
	uint8_t joined[1 + 2 * HASH_BYTES];

	joined[0] = PREFIX_NODE;
	memcpy(joined + 1, left->bytes, HASH_BYTES);
	memcpy(joined + 1 + HASH_BYTES, right->bytes, HASH_BYTES);
	*out = crypto_sha256(bytes_of(joined, sizeof(joined)));
}

uint64_t merkle_split(uint64_t count)
{
	ASSERT(count >= 2);
	ASSERT(count <= TREE_SIZE_MAX);
	return UINT64_C(1) << (63 - __builtin_clzll(count - 1));
}
