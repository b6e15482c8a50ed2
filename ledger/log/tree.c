#include "ledger/log/tree.h"

#include "ledger/base/assert.h"
#include "ledger/store/keys.h"

/* Leaves begin .. end-1, where the tree has a (perhaps incomplete) subtree of exactly those. */
struct range {
	uint64_t begin;
	uint64_t end;
};

void tree_init(struct tree *tree)
{
	tree->size = 0;
}

enum status tree_node(struct store_view *view, struct hash *out, uint8_t level, uint64_t index)
{
	struct key key;
	struct buf value;
	enum status status;

	ASSERT(level < TREE_LEVELS);
	key_tree(&key, level, index);
	buf_init(&value, HASH_BYTES);
	status = store_get(view, &value, STORE_TREE, key_bytes(&key));
	if (status == STATUS_NOT_FOUND || (status == STATUS_OK && value.size != HASH_BYTES)) {
		status = STATUS_CORRUPT;
	}
	if (status == STATUS_OK) {
		memcpy(out->bytes, value.data, HASH_BYTES);
	}
	buf_fini(&value);
	return status;
}

static void tree_put_node(struct store_batch *batch, const struct hash *hash, uint8_t level,
                          uint64_t index)
{
	struct key key;

	key_tree(&key, level, index);
	store_batch_put(batch, STORE_TREE, key_bytes(&key), bytes_of_hash(hash));
}

enum status tree_open(struct tree *tree, struct store_view *view, uint64_t size)
{
	if (size > TREE_SIZE_MAX) {
		return STATUS_CORRUPT;
	}
	for (uint8_t level = 0; level < TREE_LEVELS; level++) {
		uint64_t complete = size >> level; /* subtrees of this level */

		if ((complete & 1) == 0) {
			continue;
		}
		enum status status = tree_node(view, &tree->frontier[level], level, complete - 1);
		if (status != STATUS_OK) {
			return status;
		}
	}
	tree->size = size;
	return STATUS_OK;
}

void tree_append(struct tree *tree, struct store_batch *batch, const struct hash *leaf)
{
	ASSERT(tree->size < TREE_SIZE_MAX);

	struct hash hash = *leaf;
	uint8_t level = 0;

	if (batch != NULL) {
		tree_put_node(batch, &hash, level, tree->size);
	}
	for (; (tree->size >> level & 1) == 1; level++) {
		merkle_node(&hash, &tree->frontier[level], &hash);
		if (batch != NULL) {
			tree_put_node(batch, &hash, (uint8_t)(level + 1),
			              tree->size >> (level + 1));
		}
	}
	tree->frontier[level] = hash;
	tree->size++;
}

void tree_root(const struct tree *tree, struct hash *root)
{
	bool begun = false;

	merkle_empty(root);
	for (size_t level = 0; level < TREE_LEVELS; level++) {
		if ((tree->size >> level & 1) == 0) {
			continue;
		}
		if (begun) {
			merkle_node(root, &tree->frontier[level], root);
		} else {
			*root = tree->frontier[level];
		}
		begun = true;
	}
}

/* Hash of a range: its complete subtrees, the smallest and last one first, taken up from there. */
static enum status tree_range(struct store_view *view, struct hash *out, struct range range)
{
	uint64_t count = range.end - range.begin;
	struct hash whole;
	bool begun = false;

	ASSERT(count > 0);
	for (uint8_t level = 0; level < TREE_LEVELS; level++) {
		if ((count >> level & 1) == 0) {
			continue;
		}
		uint64_t before = count >> level ^ 1; /* the larger ones, counted in this level */
		struct hash node;
		enum status status = tree_node(view, &node, level, (range.begin >> level) + before);

		if (status != STATUS_OK) {
			return status;
		}
		if (begun) {
			merkle_node(&whole, &node, &whole);
		} else {
			whole = node;
		}
		begun = true;
	}
	*out = whole;
	return STATUS_OK;
}

enum status tree_root_at(struct store_view *view, struct hash *root, uint64_t size)
{
	if (size == 0) {
		merkle_empty(root);
		return STATUS_OK;
	}
	if (size > TREE_SIZE_MAX) {
		return STATUS_OUT_OF_RANGE;
	}
	return tree_range(view, root, (struct range){ .begin = 0, .end = size });
}

/* Reads the hashes of ranges found on the way down; a proof lists them on the way up. */
static enum status tree_read_proof(struct store_view *view, struct proof *proof,
                                   const struct range ranges[], size_t count)
{
	ASSERT(count <= PROOF_HASHES_MAX);
	for (size_t i = 0; i < count; i++) {
		enum status status = tree_range(view, &proof->hashes[i], ranges[count - 1 - i]);

		if (status != STATUS_OK) {
			return status;
		}
	}
	proof->count = count;
	return STATUS_OK;
}

enum status tree_prove_inclusion(struct store_view *view, struct proof *proof, uint64_t index,
                                 uint64_t size)
{
	struct range ranges[PROOF_HASHES_MAX];
	struct range at = { .begin = 0, .end = size };
	size_t count = 0;

	if (size > TREE_SIZE_MAX || index >= size) {
		return STATUS_OUT_OF_RANGE;
	}
	while (at.end - at.begin > 1) {
		uint64_t middle = at.begin + merkle_split(at.end - at.begin);

		if (index < middle) {
			ranges[count++] = (struct range){ .begin = middle, .end = at.end };
			at.end = middle;
		} else {
			ranges[count++] = (struct range){ .begin = at.begin, .end = middle };
			at.begin = middle;
		}
	}
	return tree_read_proof(view, proof, ranges, count);
}

enum status tree_prove_consistency(struct store_view *view, struct proof *proof, uint64_t old_size,
                                   uint64_t size)
{
	struct range ranges[PROOF_HASHES_MAX];
	struct range at = { .begin = 0, .end = size };
	size_t count = 0;

	if (size > TREE_SIZE_MAX || old_size > size) {
		return STATUS_OUT_OF_RANGE;
	}
	if (old_size == 0 || old_size == size) {
		proof->count = 0;
		return STATUS_OK;
	}
	/* Down to the subtree that ends where the old tree ended. */
	while (at.end != old_size) {
		uint64_t middle = at.begin + merkle_split(at.end - at.begin);

		if (old_size <= middle) {
			ranges[count++] = (struct range){ .begin = middle, .end = at.end };
			at.end = middle;
		} else {
			ranges[count++] = (struct range){ .begin = at.begin, .end = middle };
			at.begin = middle;
		}
	}
	if (at.begin != 0) { /* else it is the old tree itself, whose root is known */
		ranges[count++] = at;
	}
	return tree_read_proof(view, proof, ranges, count);
}
