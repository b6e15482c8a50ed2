/* Goal: what an order keeps is read as it was written, and nothing else is taken for it.
 * Method: each key and value there and back; bytes that are shorter, longer or of another ledger.
 */
#include "node/order_keys.h"

#include <check.h>
#include <stdlib.h>

enum { ARENA_BYTES = 1 << 16 };

static struct arena arena;
static const struct id ledger = { .bytes = { 0xab, 1 } };
static const struct id other = { .bytes = { 0xab, 2 } };

static void setup(void)
{
	arena_init(&arena, ARENA_BYTES);
}

static void teardown(void)
{
	arena_fini(&arena);
}

START_TEST(keys_have_the_form_that_the_header_says)
{
	ck_assert(bytes_equal(order_key(&arena, &ledger, "tail"),
	                      bytes_of_string("/civil/ab010000000000000000000000000000/tail")));
	ck_assert(bytes_equal(order_key_of_slot(&arena, &ledger, 42),
	                      bytes_of_string("/civil/ab010000000000000000000000000000/batch/"
	                                      "00000000000000000042")));
	ck_assert(bytes_equal(order_key_of_node(&arena, &ledger, "kep"),
	                      bytes_of_string("/civil/ab010000000000000000000000000000/node/kep")));
}
END_TEST

START_TEST(the_number_of_a_slot_comes_back)
{
	static const uint64_t numbers[] = { 1, 9, 10, 1000000, UINT64_MAX };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct bytes key = order_key_of_slot(&arena, &ledger, numbers[i]);

		ck_assert_uint_eq(order_slot_of_key(key, &ledger), numbers[i]);
		ck_assert_uint_eq(order_slot_of_key(key, &other), 0);
		ck_assert_uint_eq(order_slot_of_key(bytes_of(key.data, key.size - 1), &ledger), 0);
	}
}
END_TEST

START_TEST(keys_of_slots_stand_in_the_order_of_their_numbers)
{
	struct bytes nine = order_key_of_slot(&arena, &ledger, 9);
	struct bytes ten = order_key_of_slot(&arena, &ledger, 10);
	struct bytes last = order_key_of_slot(&arena, &ledger, UINT64_MAX);
	struct bytes end = order_key_end(&arena, &ledger);

	ck_assert_int_lt(memcmp(nine.data, ten.data, nine.size), 0);
	ck_assert_int_lt(memcmp(ten.data, last.data, ten.size), 0);
	ck_assert_int_lt(memcmp(last.data, end.data, end.size), 0);
}
END_TEST

START_TEST(what_is_no_slot_has_no_number)
{
	static const char *const keys[] = {
		"/civil/ab010000000000000000000000000000/batch/",
		"/civil/ab010000000000000000000000000000/batch/0000000000000000004x",
		"/civil/ab010000000000000000000000000000/batch/-0000000000000000042",
		"/civil/ab010000000000000000000000000000/batch/000000000000000000042",
		/* one more than 64 bits hold */
		"/civil/ab010000000000000000000000000000/batch/18446744073709551616",
		"/civil/ab010000000000000000000000000000/node/00000000000000000042",
		"",
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		ck_assert_uint_eq(order_slot_of_key(bytes_of_string(keys[i]), &ledger), 0);
	}
}
END_TEST

START_TEST(the_name_of_a_node_comes_back_and_no_other_key_has_one)
{
	char name[SEQUENCER_NAME_MAX + 1];
	char longest[SEQUENCER_NAME_MAX + 2];

	ck_assert(order_node_of_key(name, order_key_of_node(&arena, &ledger, "kep"), &ledger));
	ck_assert_str_eq(name, "kep");
	ck_assert(!order_node_of_key(name, order_key_of_node(&arena, &ledger, ""), &ledger));
	ck_assert(!order_node_of_key(name, order_key_of_node(&arena, &ledger, "kep"), &other));
	ck_assert(!order_node_of_key(name, order_key_of_slot(&arena, &ledger, 1), &ledger));
	memset(longest, 'n', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	ck_assert(!order_node_of_key(name, order_key_of_node(&arena, &ledger, longest), &ledger));
	longest[SEQUENCER_NAME_MAX] = '\0';
	ck_assert(order_node_of_key(name, order_key_of_node(&arena, &ledger, longest), &ledger));
	ck_assert_str_eq(name, longest);
}
END_TEST

START_TEST(values_come_back)
{
	struct order_root root = { .generation = { 1 }, .begin = 5, .size = 6, .head = { { 7 } } };
	struct order_root root_read;
	struct order_tail tail = { .number = 8, .sealed = { { 9 } } };
	struct order_tail tail_read;
	struct order_node node = {
		.address = "127.0.0.1:1",
		.position = { .applied = 3, .durable = 2, .size = 9, .head = { { 4 } } },
	};
	struct order_node node_read;

	ck_assert(order_root_read(&root_read, order_root_bytes(&arena, &root)));
	ck_assert_mem_eq(root_read.generation, root.generation, SEAL_GENERATION_BYTES);
	ck_assert_uint_eq(root_read.begin, 5);
	ck_assert_uint_eq(root_read.size, 6);
	ck_assert(hash_equal(&root_read.head, &root.head));
	ck_assert(order_tail_read(&tail_read, order_tail_bytes(&arena, &tail)));
	ck_assert_uint_eq(tail_read.number, 8);
	ck_assert(hash_equal(&tail_read.sealed, &tail.sealed));
	ck_assert(order_node_read(&node_read, order_node_bytes(&arena, &node)));
	ck_assert_str_eq(node_read.address, node.address);
	ck_assert_uint_eq(node_read.position.applied, 3);
	ck_assert_uint_eq(node_read.position.durable, 2);
	ck_assert_uint_eq(node_read.position.size, 9);
	ck_assert(hash_equal(&node_read.position.head, &node.position.head));
}
END_TEST

START_TEST(values_of_another_size_are_none)
{
	struct order_root root = { .begin = 5 };
	struct order_tail tail = { .number = 8 };
	struct order_node node = { .address = "" };
	struct bytes bytes = order_root_bytes(&arena, &root);

	ck_assert(!order_root_read(&root, bytes_of(bytes.data, bytes.size - 1)));
	ck_assert(!order_root_read(&root, bytes_of(NULL, 0)));
	bytes = order_tail_bytes(&arena, &tail);
	ck_assert(!order_tail_read(&tail, bytes_of(bytes.data, bytes.size - 1)));
	bytes = order_node_bytes(&arena, &node);
	ck_assert(order_node_read(&node, bytes));
	ck_assert_str_eq(node.address, "");
	ck_assert(!order_node_read(&node, bytes_of(bytes.data, bytes.size - 1)));
	uint8_t *larger = arena_alloc(&arena, bytes.size + SEQUENCER_NAME_MAX + 1);
	ck_assert(!order_node_read(&node, bytes_of(larger, bytes.size + SEQUENCER_NAME_MAX + 1)));
}
END_TEST

START_TEST(a_leader_has_a_name_and_an_address)
{
	char name[SEQUENCER_NAME_MAX + 1];
	char address[SEQUENCER_NAME_MAX + 1];

	ck_assert(
	        order_leader_read(name, address, order_leader_bytes(&arena, "kep", "127.0.0.1:9")));
	ck_assert_str_eq(name, "kep");
	ck_assert_str_eq(address, "127.0.0.1:9");
	ck_assert(!order_leader_read(name, address, order_leader_bytes(&arena, "", "a")));
	ck_assert(!order_leader_read(name, address, order_leader_bytes(&arena, "a", "")));
	ck_assert(!order_leader_read(name, address, bytes_of_string("kep")));
	ck_assert(!order_leader_read(name, address, bytes_of("a\0b\0c", 5)));
	ck_assert(!order_leader_read(name, address, bytes_of(NULL, 0)));
}
END_TEST

START_TEST(an_arena_that_is_full_gives_no_bytes)
{
	struct arena full;
	const struct order_root root = { .begin = 1 };
	const struct order_tail tail = { .number = 1 };
	const struct order_node node = { .address = "" };

	arena_init(&full, 8);
	ck_assert_ptr_null(order_key(&full, &ledger, "tail").data);
	ck_assert_ptr_null(order_root_bytes(&full, &root).data);
	ck_assert_ptr_null(order_tail_bytes(&full, &tail).data);
	ck_assert_ptr_null(order_node_bytes(&full, &node).data);
	ck_assert_ptr_null(order_leader_bytes(&full, "kep", "127.0.0.1:9").data);
	arena_fini(&full);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("order_keys");
	TCase *tcase = tcase_create("order_keys");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, keys_have_the_form_that_the_header_says);
	tcase_add_test(tcase, the_number_of_a_slot_comes_back);
	tcase_add_test(tcase, keys_of_slots_stand_in_the_order_of_their_numbers);
	tcase_add_test(tcase, what_is_no_slot_has_no_number);
	tcase_add_test(tcase, the_name_of_a_node_comes_back_and_no_other_key_has_one);
	tcase_add_test(tcase, values_come_back);
	tcase_add_test(tcase, values_of_another_size_are_none);
	tcase_add_test(tcase, a_leader_has_a_name_and_an_address);
	tcase_add_test(tcase, an_arena_that_is_full_gives_no_bytes);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
