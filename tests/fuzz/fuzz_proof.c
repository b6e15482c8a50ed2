/* Goal: no bytes prove a leaf that the tree does not hold at that place.
 * Method: fixed trees of 1 to 32 leaves with roots computed by the recursive definition of
 * RFC 6962. The input chooses size, index, leaf and path; whatever is accepted must be the leaf
 * that stands there, and, since audit paths are unique, the path of the definition.
 *
 *     input   size - 1, index (8 bytes), leaf number, then 33 bytes a step of the path: 255 takes
 *             the 32 bytes as they are; n takes the honest step, with byte n - 1 of it flipped when
 *             1 <= n <= 32 */
#include "ledger/base/assert.h"
#include "ledger/log/proof.h"

#include <string.h>

enum { LEAVES = 32, STEP_BYTES = 33, FIXED_BYTES = 10, STEPS_MAX = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct hash leaf_of(uint64_t index)
{
	struct hash leaf;
	const uint8_t entry = (uint8_t)index;

	merkle_leaf(&leaf, bytes_of(&entry, 1));
	return leaf;
}

/* Root of leaves [first, first + count), by the definition. */
static struct hash root_of(uint64_t first, uint64_t count)
{
	if (count == 1) {
		return leaf_of(first);
	}
	const uint64_t split = merkle_split(count);
	struct hash left = root_of(first, split);
	const struct hash right = root_of(first + split, count - split);

	merkle_node(&left, &left, &right);
	return left;
}

/* The audit path of RFC 6962 section 2.1.1, from the leaf upwards. */
static void path_of(struct proof *out, uint64_t first, uint64_t count, uint64_t index)
{
	if (count == 1) {
		return;
	}
	const uint64_t split = merkle_split(count);

	if (index < split) {
		path_of(out, first, split, index);
		out->hashes[out->count++] = root_of(first + split, count - split);
	} else {
		path_of(out, first + split, count - split, index - split);
		out->hashes[out->count++] = root_of(first, split);
	}
}

static void mutate_path(struct proof *proof, const struct proof *honest, struct bytes steps)
{
	while (steps.size >= STEP_BYTES && proof->count < STEPS_MAX) {
		const uint8_t choice = steps.data[0];
		struct hash *hash = &proof->hashes[proof->count];

		*hash = honest->hashes[proof->count];
		if (choice == UINT8_MAX) {
			memcpy(hash->bytes, steps.data + 1, HASH_BYTES);
		} else if (choice >= 1 && choice <= HASH_BYTES) {
			hash->bytes[choice - 1] ^= 1;
		}
		proof->count++;
		steps = bytes_of(steps.data + STEP_BYTES, steps.size - STEP_BYTES);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < FIXED_BYTES) {
		return 0;
	}
	const uint64_t leaves = data[0] % LEAVES + 1u;
	const uint64_t index = bytes_read_u64(data + 1);
	const struct hash leaf = leaf_of(data[9] % LEAVES);
	const struct tree_head head = { .size = leaves, .root = root_of(0, leaves) };
	struct proof honest = { 0 };
	struct proof proof = { 0 };

	path_of(&honest, 0, leaves, index % leaves);
	mutate_path(&proof, &honest, bytes_of(data + FIXED_BYTES, size - FIXED_BYTES));

	const struct hash wanted = leaf_of(index % leaves);
	const bool is_honest = index < leaves && memcmp(&leaf, &wanted, sizeof(leaf)) == 0 &&
	                       proof.count == honest.count &&
	                       memcmp(proof.hashes, honest.hashes, proof.count * HASH_BYTES) == 0;
	const enum status status = proof_check_inclusion(&head, index, &leaf, &proof);

	ASSERT(is_honest == (status == STATUS_OK));
	return 0;
}
