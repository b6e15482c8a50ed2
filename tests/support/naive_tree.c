#include "tests/support/naive_tree.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static size_t leaves;
static struct hash *known; /* [begin * (leaves + 1) + end] */
static bool *is_known;

void naive_tree_init(size_t count)
{
	leaves = count;
	known = calloc((count + 1) * (count + 1), sizeof(*known));
	is_known = calloc((count + 1) * (count + 1), sizeof(*is_known));
	ck_assert(known != NULL && is_known != NULL);
}

void naive_tree_fini(void)
{
	free(known);
	free(is_known);
}

struct hash naive_tree_leaf(size_t index)
{
	char text[32];
	struct hash hash;

	(void)snprintf(text, sizeof(text), "leaf %zu", index);
	merkle_leaf(&hash, bytes_of_string(text));
	return hash;
}

static size_t largest_power_below(size_t count)
{
	size_t power = 1;

	while (power * 2 < count) {
		power *= 2;
	}
	return power;
}

/* MTH(D[begin:end]) */
static struct hash naive_hash(size_t begin, size_t end)
{
	size_t slot = begin * (leaves + 1) + end;

	if (is_known[slot]) {
		return known[slot];
	}
	if (end - begin == 1) {
		known[slot] = naive_tree_leaf(begin);
	} else {
		size_t k = largest_power_below(end - begin);
		struct hash left = naive_hash(begin, begin + k);
		struct hash right = naive_hash(begin + k, end);

		merkle_node(&known[slot], &left, &right);
	}
	is_known[slot] = true;
	return known[slot];
}

struct hash naive_tree_root(size_t size)
{
	struct hash empty;

	merkle_empty(&empty);
	return size == 0 ? empty : naive_hash(0, size);
}

/* PATH(index, D[begin:end]), index counted from begin */
static void naive_path(struct proof *proof, size_t index, size_t begin, size_t end)
{
	if (end - begin == 1) {
		return;
	}
	size_t k = largest_power_below(end - begin);

	if (index < k) {
		naive_path(proof, index, begin, begin + k);
		proof->hashes[proof->count++] = naive_hash(begin + k, end);
	} else {
		naive_path(proof, index - k, begin + k, end);
		proof->hashes[proof->count++] = naive_hash(begin, begin + k);
	}
}

void naive_tree_path(struct proof *proof, size_t index, size_t size)
{
	proof->count = 0;
	naive_path(proof, index, 0, size);
}

/* SUBPROOF(m, D[begin:end], whole) */
static void naive_subproof(struct proof *proof, size_t m, size_t begin, size_t end, bool whole)
{
	if (m == end - begin) {
		if (!whole) {
			proof->hashes[proof->count++] = naive_hash(begin, end);
		}
		return;
	}
	size_t k = largest_power_below(end - begin);

	if (m <= k) {
		naive_subproof(proof, m, begin, begin + k, whole);
		proof->hashes[proof->count++] = naive_hash(begin + k, end);
	} else {
		naive_subproof(proof, m - k, begin + k, end, false);
		proof->hashes[proof->count++] = naive_hash(begin, begin + k);
	}
}

void naive_tree_consistency(struct proof *proof, size_t old_size, size_t size)
{
	proof->count = 0;
	if (old_size > 0) {
		naive_subproof(proof, old_size, 0, size, true);
	}
}
