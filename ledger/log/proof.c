#include "ledger/log/proof.h"

/* Where a check stands: the node being rebuilt, and the last node of the tree, on one level. */
struct climb {
	uint64_t node;
	uint64_t last;
};

static void climb_up(struct climb *climb)
{
	climb->node >>= 1;
	climb->last >>= 1;
}

/* True when the next hash of the proof is the left sibling: the node is a right child, or the last
 * of its level, which has no right sibling and rises until it is a right child. */
static bool climb_takes_left(struct climb *climb)
{
	if ((climb->node & 1) == 0 && climb->node != climb->last) {
		return false;
	}
	while ((climb->node & 1) == 0 && climb->node != 0) {
		climb_up(climb);
	}
	return true;
}

enum status proof_check_inclusion(const struct tree_head *head, uint64_t index,
                                  const struct hash *leaf, const struct proof *proof)
{
	if (head->size > TREE_SIZE_MAX || index >= head->size || proof->count > PROOF_HASHES_MAX) {
		return STATUS_INVALID;
	}
	struct climb climb = { .node = index, .last = head->size - 1 };
	struct hash hash = *leaf;

	for (size_t i = 0; i < proof->count; i++) {
		if (climb.last == 0) {
			return STATUS_INVALID; /* at the root, and hashes are left over */
		}
		if (climb_takes_left(&climb)) {
			merkle_node(&hash, &proof->hashes[i], &hash);
		} else {
			merkle_node(&hash, &hash, &proof->hashes[i]);
		}
		climb_up(&climb);
	}
	return climb.last == 0 && hash_equal(&hash, &head->root) ? STATUS_OK : STATUS_INVALID;
}

/* The cases in which there is nothing to climb. */
static enum status check_without_climb(const struct tree_head *old, const struct tree_head *head,
                                       const struct proof *proof)
{
	struct hash empty;
	bool holds = proof->count == 0;

	if (old->size == 0) {
		merkle_empty(&empty);
		holds = holds && hash_equal(&old->root, &empty);
	}
	if (old->size == head->size) {
		holds = holds && hash_equal(&old->root, &head->root);
	}
	return holds ? STATUS_OK : STATUS_INVALID;
}

static bool is_power_of_two(uint64_t value)
{
	return (value & (value - 1)) == 0;
}

/* Rebuilds both roots at once: every hash of the new tree's path that lies left is in the old one
 * too. `next` is the first hash of the proof not used as the start. */
static enum status check_climb(const struct tree_head *old, const struct tree_head *head,
                               const struct proof *proof)
{
	struct climb climb = { .node = old->size - 1, .last = head->size - 1 };
	bool implied = is_power_of_two(old->size);
	struct hash old_hash = implied ? old->root : proof->hashes[0];
	struct hash new_hash = old_hash;

	while ((climb.node & 1) == 1) { /* up to the root of the last complete subtree of `old` */
		climb_up(&climb);
	}
	for (size_t i = implied ? 0 : 1; i < proof->count; i++) {
		const struct hash *hash = &proof->hashes[i];

		if (climb.last == 0) {
			return STATUS_INVALID;
		}
		if (climb_takes_left(&climb)) {
			merkle_node(&old_hash, hash, &old_hash);
			merkle_node(&new_hash, hash, &new_hash);
		} else {
			merkle_node(&new_hash, &new_hash, hash);
		}
		climb_up(&climb);
	}
	return climb.last == 0 && hash_equal(&old_hash, &old->root) &&
	                       hash_equal(&new_hash, &head->root)
	               ? STATUS_OK
	               : STATUS_INVALID;
}

enum status proof_check_consistency(const struct tree_head *old, const struct tree_head *head,
                                    const struct proof *proof)
{
	if (head->size > TREE_SIZE_MAX || old->size > head->size ||
	    proof->count > PROOF_HASHES_MAX) {
		return STATUS_INVALID;
	}
	if (old->size == 0 || old->size == head->size) {
		return check_without_climb(old, head, proof);
	}
	return proof->count == 0 ? STATUS_INVALID : check_climb(old, head, proof);
}
