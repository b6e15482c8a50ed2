/* Goal: a proof is accepted exactly when it is the proof of what it is offered for.
 * Method: proofs of a naive recursive model are accepted for every index and size up to
 * size_tested; then every bit of many is flipped, and hashes are dropped, added, doubled, swapped
 * and spliced. */
#include "ledger/log/proof.h"
#include "tests/support/effort.h"
#include "tests/support/naive_tree.h"

#include <check.h>
#include <stdlib.h>

static size_t size_tested; /* all sizes up to it; 300, or 1,024 with EFFORT=long */

/* Sizes on both sides of powers of two, where the mistakes are. */
static const size_t edges[] = { 1,  2,  3,   4,   5,   7,   8,   9,   31,
	                        32, 33, 100, 127, 128, 129, 255, 256, 257 };
enum { EDGES = sizeof(edges) / sizeof(edges[0]) };

static void setup(void)
{
	size_tested = (size_t)effort(300, 1024);
	naive_tree_init(size_tested);
}

static void teardown(void)
{
	naive_tree_fini();
}

static struct tree_head head_of(size_t size)
{
	return (struct tree_head){ .size = size, .root = naive_tree_root(size) };
}

/* One statement and its proof; `old` is used for consistency, `index` and `leaf` for inclusion. */
struct claim {
	bool consistency;
	struct tree_head old;
	struct tree_head head;
	uint64_t index;
	struct hash leaf;
	struct proof proof;
};

static enum status claim_check(const struct claim *claim)
{
	if (claim->consistency) {
		return proof_check_consistency(&claim->old, &claim->head, &claim->proof);
	}
	return proof_check_inclusion(&claim->head, claim->index, &claim->leaf, &claim->proof);
}

static struct claim claim_inclusion(size_t index, size_t size)
{
	struct claim claim = { .head = head_of(size),
		               .index = index,
		               .leaf = naive_tree_leaf(index) };

	naive_tree_path(&claim.proof, index, size);
	return claim;
}

static struct claim claim_consistency(size_t old_size, size_t size)
{
	struct claim claim = { .consistency = true,
		               .old = head_of(old_size),
		               .head = head_of(size) };

	naive_tree_consistency(&claim.proof, old_size, size);
	return claim;
}

static void ck_assert_refused(const struct claim *claim)
{
	ck_assert_int_eq(claim_check(claim), STATUS_INVALID);
}

static void ck_assert_every_bit_counts(struct claim *claim, struct hash *hash)
{
	for (size_t bit = 0; bit < 8 * HASH_BYTES; bit++) {
		hash->bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
		ck_assert_refused(claim);
		hash->bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
}

/* Every change of the list of hashes that keeps the hashes themselves. */
static void ck_assert_every_rearrangement_is_refused(const struct claim *good)
{
	struct claim claim = *good;
	size_t count = good->proof.count;

	for (size_t i = 0; i < count; i++) {
		claim = *good; /* drop one */
		memmove(&claim.proof.hashes[i], &claim.proof.hashes[i + 1],
		        (count - i - 1) * sizeof(struct hash));
		claim.proof.count--;
		ck_assert_refused(&claim);
		claim = *good; /* repeat one */
		memmove(&claim.proof.hashes[i + 1], &claim.proof.hashes[i],
		        (count - i) * sizeof(struct hash));
		claim.proof.count++;
		ck_assert_refused(&claim);
		if (i > 0) { /* swap two */
			claim = *good;
			claim.proof.hashes[i] = good->proof.hashes[i - 1];
			claim.proof.hashes[i - 1] = good->proof.hashes[i];
			ck_assert_refused(&claim);
		}
	}
	const struct hash extra[] = { good->head.root, good->leaf, good->old.root, { { 0 } } };
	for (size_t i = 0; i < sizeof(extra) / sizeof(extra[0]); i++) {
		claim = *good; /* one too many */
		claim.proof.hashes[claim.proof.count++] = extra[i];
		ck_assert_refused(&claim);
	}
	claim = *good;
	claim.proof.count = PROOF_HASHES_MAX + 1;
	ck_assert_refused(&claim);
}

START_TEST(every_true_inclusion_is_accepted_and_no_neighbour_of_it)
{
	for (size_t size = 1; size <= size_tested; size++) {
		for (size_t index = 0; index < size; index++) {
			struct claim claim = claim_inclusion(index, size);

			ck_assert_int_eq(claim_check(&claim), STATUS_OK);
			claim.index = index + 1;
			ck_assert_refused(&claim);
			claim.index = index - 1; /* UINT64_MAX for the first */
			ck_assert_refused(&claim);
		}
	}
}
END_TEST

START_TEST(every_true_consistency_is_accepted)
{
	for (size_t size = 0; size <= size_tested; size++) {
		for (size_t old_size = 0; old_size <= size; old_size++) {
			struct claim claim = claim_consistency(old_size, size);

			ck_assert_int_eq(claim_check(&claim), STATUS_OK);
		}
	}
}
END_TEST

START_TEST(every_bit_of_an_inclusion_proof_counts) /* loop test over edges */
{
	size_t size = edges[_i];

	for (size_t index = 0; index < size; index += size / 8 + 1) {
		struct claim claim = claim_inclusion(index, size);

		ck_assert_int_eq(claim_check(&claim), STATUS_OK);
		for (size_t i = 0; i < claim.proof.count; i++) {
			ck_assert_every_bit_counts(&claim, &claim.proof.hashes[i]);
		}
		ck_assert_every_bit_counts(&claim, &claim.head.root);
		ck_assert_every_bit_counts(&claim, &claim.leaf);
		ck_assert_every_rearrangement_is_refused(&claim);
	}
}
END_TEST

START_TEST(every_bit_of_a_consistency_proof_counts) /* loop test over edges */
{
	size_t size = edges[_i];

	for (size_t old_size = 1; old_size < size; old_size += size / 8 + 1) {
		struct claim claim = claim_consistency(old_size, size);

		ck_assert_int_eq(claim_check(&claim), STATUS_OK);
		for (size_t i = 0; i < claim.proof.count; i++) {
			ck_assert_every_bit_counts(&claim, &claim.proof.hashes[i]);
		}
		ck_assert_every_bit_counts(&claim, &claim.old.root);
		ck_assert_every_bit_counts(&claim, &claim.head.root);
		ck_assert_every_rearrangement_is_refused(&claim);
	}
}
END_TEST

START_TEST(a_proof_of_other_sizes_is_refused_unless_it_says_the_same)
{
	for (size_t i = 0; i < EDGES; i++) {
		for (size_t j = 0; j < i; j++) {
			struct claim claim = claim_consistency(edges[j], edges[i]);

			claim.old.size++;
			ck_assert_refused(&claim);
			claim.old.size -= 2;
			ck_assert_refused(&claim);
		}
	}
}
END_TEST

START_TEST(nothing_is_in_the_empty_tree)
{
	struct claim claim = { .head = head_of(0), .leaf = naive_tree_leaf(0) };

	ck_assert_refused(&claim);
	claim.leaf = claim.head.root;
	ck_assert_refused(&claim);
}
END_TEST

START_TEST(the_empty_tree_is_the_beginning_of_every_tree_with_an_empty_proof)
{
	struct claim claim = claim_consistency(0, 5);

	ck_assert_int_eq(claim_check(&claim), STATUS_OK);
	claim.old.root = naive_tree_root(1);
	ck_assert_refused(&claim);
	claim = claim_consistency(0, 5);
	claim.proof.hashes[claim.proof.count++] = claim.head.root;
	ck_assert_refused(&claim);
	claim = claim_consistency(0, 0);
	ck_assert_int_eq(claim_check(&claim), STATUS_OK);
	claim.head.root = naive_tree_root(1);
	ck_assert_refused(&claim);
}
END_TEST

START_TEST(equal_sizes_need_equal_roots_and_an_empty_proof)
{
	struct claim claim = claim_consistency(6, 6);

	ck_assert_int_eq(claim_check(&claim), STATUS_OK);
	claim.old.root = naive_tree_root(5);
	ck_assert_refused(&claim);
	claim = claim_consistency(6, 6);
	claim.proof.hashes[claim.proof.count++] = claim.head.root;
	ck_assert_refused(&claim);
}
END_TEST

START_TEST(sizes_out_of_order_or_bounds_are_refused)
{
	struct claim claim = claim_consistency(5, 6);
	struct tree_head head = claim.head;

	claim.head = claim.old;
	claim.old = head;
	ck_assert_refused(&claim);
	claim = claim_consistency(5, 6);
	claim.head.size = TREE_SIZE_MAX + 1;
	ck_assert_refused(&claim);
	claim.head.size = UINT64_MAX;
	ck_assert_refused(&claim);
	claim.old.size = UINT64_MAX;
	ck_assert_refused(&claim);
	claim = claim_inclusion(3, 5);
	claim.head.size = UINT64_MAX;
	ck_assert_refused(&claim);
	claim.index = UINT64_MAX;
	ck_assert_refused(&claim);
}
END_TEST

/* The left leaf's neighbours up to the root of the largest tree: 63 hashes, no shift overflows. */
START_TEST(the_largest_tree_is_within_bounds)
{
	struct claim claim = { .head = { .size = TREE_SIZE_MAX }, .leaf = naive_tree_leaf(0) };

	claim.proof.count = 63;
	claim.head.root = claim.leaf;
	for (size_t i = 0; i < claim.proof.count; i++) {
		claim.proof.hashes[i] = naive_tree_leaf(i);
		merkle_node(&claim.head.root, &claim.head.root, &claim.proof.hashes[i]);
	}
	ck_assert_int_eq(claim_check(&claim), STATUS_OK);
	ck_assert_every_rearrangement_is_refused(&claim);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("proof");
	TCase *tcase = tcase_create("proof");

	tcase_set_timeout(tcase, 240);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, every_true_inclusion_is_accepted_and_no_neighbour_of_it);
	tcase_add_test(tcase, every_true_consistency_is_accepted);
	tcase_add_loop_test(tcase, every_bit_of_an_inclusion_proof_counts, 0, EDGES);
	tcase_add_loop_test(tcase, every_bit_of_a_consistency_proof_counts, 0, EDGES);
	tcase_add_test(tcase, a_proof_of_other_sizes_is_refused_unless_it_says_the_same);
	tcase_add_test(tcase, nothing_is_in_the_empty_tree);
	tcase_add_test(tcase, the_empty_tree_is_the_beginning_of_every_tree_with_an_empty_proof);
	tcase_add_test(tcase, equal_sizes_need_equal_roots_and_an_empty_proof);
	tcase_add_test(tcase, sizes_out_of_order_or_bounds_are_refused);
	tcase_add_test(tcase, the_largest_tree_is_within_bounds);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
