/* Goal: a version of the map never changes, whatever is done to its successors.
 * Method: keep many versions of a map while it changes, then read all of each. */
#include "ledger/store/treap.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

enum { KEYS = 200, VERSIONS = 40 };

static struct treap_node *root;

static void setup(void)
{
	root = NULL;
}

static void teardown(void)
{
	treap_release(root);
}

static struct bytes key_of(char out[8], int number)
{
	(void)snprintf(out, 8, "k%05d", number);
	return bytes_of(out, 6);
}

static void put(int number, uint8_t value)
{
	char key[8];

	ck_assert(treap_put(&root, key_of(key, number), bytes_of(&value, 1)));
}

START_TEST(the_empty_map_has_nothing)
{
	ck_assert_ptr_null(treap_find(NULL, bytes_of("k", 1)));
	ck_assert_ptr_null(treap_from(NULL, bytes_of("", 0)));
	ck_assert_ptr_null(treap_after(NULL, bytes_of("", 0)));
	ck_assert(treap_delete(&root, bytes_of("k", 1)));
	ck_assert_ptr_null(root);
	treap_release(treap_retain(NULL));
}
END_TEST

START_TEST(neighbours_are_found_in_order)
{
	char key[8];

	for (int i = 0; i < KEYS; i += 2) {
		put(i, (uint8_t)i);
	}
	for (int i = 0; i < KEYS - 2; i++) {
		char expected[8];
		const struct treap_node *from = treap_from(root, key_of(key, i));
		const struct treap_node *after = treap_after(root, key_of(key, i));

		ck_assert(bytes_equal(treap_key(from), key_of(expected, i + i % 2)));
		ck_assert(bytes_equal(treap_key(after), key_of(expected, i + 2 - i % 2)));
		ck_assert((treap_find(root, key_of(key, i)) != NULL) == (i % 2 == 0));
	}
	ck_assert_ptr_null(treap_after(root, key_of(key, KEYS - 2)));
}
END_TEST

START_TEST(every_version_stays_as_it_was)
{
	struct treap_node *versions[VERSIONS];
	uint8_t values[VERSIONS][KEYS] = { { 0 } };
	uint32_t seed = 1;

	for (int version = 0; version < VERSIONS; version++) {
		if (version > 0) {
			memcpy(values[version], values[version - 1], KEYS);
		}
		for (int step = 0; step < 60; step++) {
			seed = seed * 1664525 + 1013904223;
			int number = (int)(seed >> 16) % KEYS;
			uint8_t value = (uint8_t)(seed >> 8 & 3);
			char key[8];

			if (value == 0) {
				ck_assert(treap_delete(&root, key_of(key, number)));
			} else {
				put(number, value);
			}
			values[version][number] = value;
		}
		versions[version] = treap_retain(root);
	}
	for (int version = 0; version < VERSIONS; version++) {
		for (int number = 0; number < KEYS; number++) {
			char key[8];
			const struct treap_node *node =
			        treap_find(versions[version], key_of(key, number));
			uint8_t value = node == NULL ? 0 : treap_value(node).data[0];

			ck_assert_uint_eq(value, values[version][number]);
		}
		treap_release(versions[version]);
	}
}
END_TEST

static void take_in_order(void *context, const struct treap_node *node)
{
	int *next = context;
	char key[8];

	ck_assert(bytes_equal(treap_key(node), key_of(key, *next)));
	ck_assert_int_eq(treap_is_grave(node), *next % 3 == 0);
	ck_assert_uint_eq(treap_value(node).size, *next % 3 == 0 ? 0 : 1);
	(*next)++;
}

START_TEST(a_walk_gives_keys_in_order_and_graves_among_them)
{
	char key[8];
	int next = 0;

	for (int i = KEYS - 1; i >= 0; i--) {
		put(i, 1);
	}
	for (int i = 0; i < KEYS; i++) {
		ck_assert(treap_bury(&root, key_of(key, i)));
	}
	for (int i = 0; i < KEYS; i++) { /* what is put again is there again */
		if (i % 3 != 0) {
			put(i, 2);
		}
	}
	treap_walk(root, take_in_order, &next);
	ck_assert_int_eq(next, KEYS);
}
END_TEST

START_TEST(keys_in_order_do_not_make_a_list)
{
	enum { MANY = 50000 };
	char key[8];

	/* Quadratic work, were the tree a list: this would not end. */
	for (int i = 0; i < MANY; i++) {
		put(i, 1);
	}
	for (int i = 0; i < MANY; i++) {
		ck_assert(treap_delete(&root, key_of(key, i)));
	}
	ck_assert_ptr_null(root);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("treap");
	TCase *tcase = tcase_create("treap");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, the_empty_map_has_nothing);
	tcase_add_test(tcase, neighbours_are_found_in_order);
	tcase_add_test(tcase, every_version_stays_as_it_was);
	tcase_add_test(tcase, a_walk_gives_keys_in_order_and_graves_among_them);
	tcase_add_test(tcase, keys_in_order_do_not_make_a_list);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
