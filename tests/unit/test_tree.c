/* Goal: roots of every past size and every proof come out of the stored nodes as RFC 9162 says.
 * Method: grow a tree in a store in memory and compare every root, inclusion and consistency proof
 * up to size_tested with a naive recursive model; then damage the store. */
#include "ledger/log/tree.h"
#include "ledger/store/keys.h"
#include "tests/support/effort.h"
#include "tests/support/naive_tree.h"
#include "tests/support/stores.h"

#include <check.h>
#include <stdlib.h>

static size_t size_tested; /* all sizes up to it; 300, or 1,024 with EFFORT=long */

static struct tree tree;
static struct store_view *view;

static void setup(void)
{
	size_tested = (size_t)effort(300, 1024);
	naive_tree_init(size_tested);
	tree_init(&tree);
	struct store_batch *batch = store_batch_begin(stores_store);

	for (size_t i = 0; i < size_tested; i++) {
		struct hash leaf = naive_tree_leaf(i);

		tree_append(&tree, batch, &leaf);
	}
	ck_assert_int_eq(store_batch_commit(batch, STORE_UNSYNCED), STATUS_OK);
	store_batch_end(batch);
	view = store_view_begin(stores_store);
}

static void teardown(void)
{
	store_view_end(view);
	naive_tree_fini();
}

static void ck_assert_proof_eq(const struct proof *proof, const struct proof *expected)
{
	ck_assert_uint_eq(proof->count, expected->count);
	for (size_t i = 0; i < proof->count; i++) {
		ck_assert(hash_equal(&proof->hashes[i], &expected->hashes[i]));
	}
}

START_TEST(the_root_of_every_size_is_that_of_the_model)
{
	for (size_t size = 0; size <= size_tested; size++) {
		struct hash expected = naive_tree_root(size);
		struct hash root;

		ck_assert_int_eq(tree_root_at(view, &root, size), STATUS_OK);
		ck_assert(hash_equal(&root, &expected));
	}
}
END_TEST

START_TEST(a_tree_opened_at_any_size_grows_like_the_one_that_never_closed)
{
	struct store_batch *batch = store_batch_begin(stores_store);

	for (size_t size = 0; size < size_tested; size++) {
		struct hash leaf = naive_tree_leaf(size);
		struct hash expected = naive_tree_root(size);
		struct hash root;
		struct tree opened;

		ck_assert_int_eq(tree_open(&opened, view, size), STATUS_OK);
		tree_root(&opened, &root);
		ck_assert(hash_equal(&root, &expected));
		tree_append(&opened, batch, &leaf);
		expected = naive_tree_root(size + 1);
		tree_root(&opened, &root);
		ck_assert(hash_equal(&root, &expected));
	}
	store_batch_end(batch);
}
END_TEST

START_TEST(every_inclusion_proof_is_that_of_the_model)
{
	for (size_t size = 1; size <= size_tested; size++) {
		for (size_t index = 0; index < size; index++) {
			struct proof proof;
			struct proof expected;

			ck_assert_int_eq(tree_prove_inclusion(view, &proof, index, size),
			                 STATUS_OK);
			naive_tree_path(&expected, index, size);
			ck_assert_proof_eq(&proof, &expected);
		}
	}
}
END_TEST

START_TEST(every_consistency_proof_is_that_of_the_model)
{
	for (size_t size = 0; size <= size_tested; size++) {
		for (size_t old_size = 0; old_size <= size; old_size++) {
			struct proof proof;
			struct proof expected;

			ck_assert_int_eq(tree_prove_consistency(view, &proof, old_size, size),
			                 STATUS_OK);
			naive_tree_consistency(&expected, old_size, size);
			ck_assert_proof_eq(&proof, &expected);
		}
	}
}
END_TEST

START_TEST(indexes_and_sizes_out_of_bounds_are_refused)
{
	struct proof proof = { .count = 7 };
	struct hash root;
	struct tree opened;

	ck_assert_int_eq(tree_prove_inclusion(view, &proof, 0, 0), STATUS_OUT_OF_RANGE);
	ck_assert_int_eq(tree_prove_inclusion(view, &proof, 5, 5), STATUS_OUT_OF_RANGE);
	ck_assert_int_eq(tree_prove_inclusion(view, &proof, 0, TREE_SIZE_MAX + 1),
	                 STATUS_OUT_OF_RANGE);
	ck_assert_int_eq(tree_prove_consistency(view, &proof, 6, 5), STATUS_OUT_OF_RANGE);
	ck_assert_int_eq(tree_prove_consistency(view, &proof, 0, TREE_SIZE_MAX + 1),
	                 STATUS_OUT_OF_RANGE);
	ck_assert_int_eq(tree_root_at(view, &root, TREE_SIZE_MAX + 1), STATUS_OUT_OF_RANGE);
	ck_assert_uint_eq(proof.count, 7);
	ck_assert_int_eq(tree_open(&opened, view, TREE_SIZE_MAX + 1), STATUS_CORRUPT);
	ck_assert_int_eq(tree_open(&opened, view, size_tested + 1), STATUS_CORRUPT);
	ck_assert_int_eq(tree_root_at(view, &root, size_tested + 1), STATUS_CORRUPT);
}
END_TEST

START_TEST(a_missing_or_shortened_node_is_corruption)
{
	struct store_batch *batch = store_batch_begin(stores_store);
	struct store_view *damaged = store_batch_view(batch);
	struct tree opened;
	struct hash root;
	struct key key;

	key_tree(&key, 3, 0); /* leaves 0 to 7 */
	store_batch_put(batch, STORE_TREE, key_bytes(&key), bytes_of("", 0));
	ck_assert_int_eq(tree_root_at(damaged, &root, 9), STATUS_CORRUPT);
	ck_assert_int_eq(tree_open(&opened, damaged, 9), STATUS_CORRUPT);
	store_batch_delete(batch, STORE_TREE, key_bytes(&key));
	ck_assert_int_eq(tree_root_at(damaged, &root, 9), STATUS_CORRUPT);
	ck_assert_int_eq(tree_root_at(damaged, &root, 7), STATUS_OK);
	store_batch_end(batch);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("tree");
	TCase *tcase = tcase_create("tree");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, stores_setup_memory, stores_teardown_memory);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, the_root_of_every_size_is_that_of_the_model);
	tcase_add_test(tcase, a_tree_opened_at_any_size_grows_like_the_one_that_never_closed);
	tcase_add_test(tcase, every_inclusion_proof_is_that_of_the_model);
	tcase_add_test(tcase, every_consistency_proof_is_that_of_the_model);
	tcase_add_test(tcase, indexes_and_sizes_out_of_bounds_are_refused);
	tcase_add_test(tcase, a_missing_or_shortened_node_is_corruption);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
